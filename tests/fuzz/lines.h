/* lines -- what a program wrote, as its readers see it. */
#ifndef LINES_H
#define LINES_H

#include <jansson.h>

#include "fuzz.h"
#include "stream/scan.h"

/* TEXT is a record a line, for us and for Jansson (but for numbers that no double holds). */
static inline void lines_check(struct span text)
{
    static struct scan scan;
    FUZZ_CHECK(text.len == 0 || text.at[text.len - 1] == '\n');
    while (text.len > 0) {
        const char *end = memchr(text.at, '\n', text.len);
        struct buf line = fuzz_padded(span_from(text.at, end));
        struct record r = {0};
        json_error_t error;
        FUZZ_CHECK(scan_record(&scan, buf_span(&line), &r));
        json_t *tree =
            json_loadb(line.at, line.len, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, &error);
        FUZZ_CHECK(tree || json_error_code(&error) == json_error_numeric_overflow ||
                   json_error_code(&error) == json_error_stack_overflow);
        json_decref(tree);
        buf_free(&line);
        text = span_from(end + 1, text.at + text.len);
    }
}

#endif
