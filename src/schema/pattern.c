/* pattern -- regular expressions over whole texts, by Hyperscan. */
#include "schema/pattern.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/fail.h"
#include "text/hyper.h"
#include "text/repeats.h"

struct pattern {
    hs_database_t *database;
    hs_scratch_t *scratch;
};

static hs_database_t *compile(const char *text, const char **why)
{
    static struct buf message;
    unsigned flags = HS_FLAG_UTF8 | HS_FLAG_UCP | HS_FLAG_ALLOWEMPTY | HS_FLAG_SINGLEMATCH;
    hs_database_t *database;
    hs_compile_error_t *error;
    hyper_start();
    if (hs_compile(text, flags, HS_MODE_BLOCK, NULL, &database, &error) == HS_SUCCESS)
        return database;
    hyper_check(error);
    buf_clear(&message);
    buf_add(&message, span_of(error->message));
    while (message.len && message.at[message.len - 1] == '.')
        message.len--;
    hs_free_compile_error(error);
    *why = buf_text(&message);
    return NULL;
}

/* What XML Schema gives another meaning than Hyperscan does, or NULL. */
static const char *foreign(const char *text)
{
    bool in_class = false;
    for (const char *at = text; *at; at++) {
        if (*at == '\\' && at[1]) {
            at++;
            if (*at == 'i' || *at == 'I' || *at == 'c' || *at == 'C')
                return "the name classes \\i and \\c are not supported";
        } else if (in_class && at[0] == '-' && at[1] == '[') {
            return "subtraction of classes is not supported";
        } else if (*at == '[') {
            in_class = true;
        } else if (*at == ']') {
            in_class = false;
        }
    }
    return NULL;
}

struct pattern *pattern_compile(const char *text, const char **why)
{
    *why = repeats_are_few(text, REPEATS_UNICODE) ? foreign(text) : REPEATS_MANY;
    if (*why)
        return NULL;
    /* Alone first: what is wrong by itself might be right between brackets. */
    hs_database_t *alone = compile(text, why);
    if (!alone)
        return NULL;
    hs_free_database(alone);
    struct buf whole = {0};
    buf_addf(&whole, "\\A(?:%s)\\z", text);
    struct pattern *p = calloc(1, sizeof *p);
    if (!p)
        fail_memory();
    p->database = compile(buf_text(&whole), why);
    buf_free(&whole);
    if (!p->database) {
        free(p);
        return NULL;
    }
    if (hs_alloc_scratch(p->database, &p->scratch) != HS_SUCCESS)
        fail_memory();
    return p;
}

static int stop(unsigned id, unsigned long long from, unsigned long long to, unsigned flags,
                void *found)
{
    (void)id, (void)from, (void)to, (void)flags;
    *(bool *)found = true;
    return 1;
}

bool pattern_matches(const struct pattern *p, struct span text)
{
    bool found = false;
    hs_error_t status = hs_scan(p->database, text.len ? text.at : "", (unsigned)text.len, 0,
                                p->scratch, stop, &found);
    if (status != HS_SUCCESS && status != HS_SCAN_TERMINATED)
        fail(STATUS_DATA, "the matcher of patterns failed with code %d", status);
    return found;
}

void pattern_free(struct pattern *p)
{
    if (!p)
        return;
    hs_free_scratch(p->scratch);
    hs_free_database(p->database);
    free(p);
}
