/* fuzz_scan -- a line as the record reader and as Jansson see it: both take it or neither does, and
 * written again it is the same. */
#include <jansson.h>

#include "fuzz.h"
#include "stream/scan.h"

/* What Jansson and I-JSON do not agree on by their rules: numbers beyond a double, depth, NUL. */
static bool is_comparable(struct span line)
{
    int depth = 0;
    for (size_t i = 0; i < line.len; i++) {
        char c = line.at[i];
        depth += (c == '{' || c == '[') - (c == '}' || c == ']');
        if (depth > 60 || c == '\0' || c == '\n' || c == '\r')
            return false;
    }
    return !memmem(line.at, line.len, "\\u0000", 6);
}

static void try_input(struct span input)
{
    static struct scan scan;
    if (!is_comparable(input))
        return;
    struct buf line = fuzz_padded(input), again = {0};
    struct record r = {0};
    bool taken = scan_record(&scan, buf_span(&line), &r);
    json_error_t error;
    json_t *tree = json_loadb(line.at, line.len, JSON_REJECT_DUPLICATES, &error);
    bool is_object = tree && json_is_object(tree);
    bool is_range = !tree && (json_error_code(&error) == json_error_numeric_overflow ||
                              json_error_code(&error) == json_error_stack_overflow);
    FUZZ_CHECK(is_range || taken == is_object);
    if (taken) {
        FUZZ_CHECK(is_range || json_object_size(tree) == r.count);
        for (size_t i = 0; i < r.count; i++) {
            struct lookup l = {.name = r.fields[i].name};
            FUZZ_CHECK(record_place(&r, &l) == i);
        }
        record_write(&again, &r);
        scan_buf(&scan, &again, &r);
    } else {
        FUZZ_CHECK(scan_column(&scan) <= input.len + 1);
        FUZZ_CHECK(*scan_error(&scan));
    }
    json_decref(tree);
    buf_free(&line);
    buf_free(&again);
}
