/* results -- the lines of tabulate and chisq, taken in. */
#include "report/results.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/fail.h"
#include "docs/document.h"
#include "shown.h"

/* One line of chisq, kept whole. A line that is rejected is left out. */
static void take_test(struct results *s, struct filter *f, const struct record *r)
{
    const struct value *table = record_get(r, SPAN("table"));
    const struct value *sentence = record_get(r, SPAN("sentence"));
    if (!table || table->type != VALUE_STRING) {
        filter_reject(f, r, SPAN("table"), "not the name of a table");
        return;
    }
    if (!value_missing(sentence) && sentence->type != VALUE_STRING) {
        filter_reject(f, r, SPAN("sentence"), "not a sentence");
        return;
    }
    json_t *json =
        json_loadb(r->line.at, r->line.len, JSON_ALLOW_NUL | JSON_DECODE_INT_AS_REAL, NULL);
    if (!json) {
        filter_reject(f, r, (struct span){0}, "a number of this test is out of range");
        return;
    }
    s->tests = array_grow(s->tests, &s->tests_cap, s->test_count + 1, sizeof *s->tests);
    s->tests[s->test_count++] =
        (struct results_test){arena_copy(&s->arena, value_text(table, &s->scratch)), json, false};
}

static void keep_line(struct results *s, const struct record *r)
{
    const struct value *records = record_get(r, SPAN("records"));
    s->lines = array_grow(s->lines, &s->lines_cap, s->line_count + 1, sizeof *s->lines);
    struct results_line *line = &s->lines[s->line_count++];
    *line = (struct results_line){.text = arena_copy(&s->arena, r->line)};
    if (records && records->type == VALUE_LIST)
        line->records =
            (struct span){line->text.at + (records->raw.at - r->line.at), records->raw.len};
}

void results_take(struct results *s, struct filter *f, const struct record *r)
{
    if (s->options.lines)
        keep_line(s, r);
    if (cells_is_line(r))
        cells_add(&s->cells, f, r);
    else if (record_get(r, SPAN("test")))
        take_test(s, f, r);
    else
        filter_reject(f, r, (struct span){0}, "neither a cell of tabulate nor a test of chisq");
}

void results_finish(struct results *s)
{
    cells_finish(&s->cells);
}

void results_manifest(struct results *s, const char *file)
{
    struct document root = document_load(file);
    document_must_be_object(&root);
    s->manifest = json_incref(root.json);
    document_free(&root);
}

void results_agreement(struct results *s, const char *file)
{
    FILE *in = fopen(file, "rb");
    char *text = NULL;
    size_t cap = 0;
    ssize_t len;
    if (!in)
        fail(STATUS_USAGE, "%s: %s", file, strerror(errno));
    s->agreement = json_array();
    while ((len = getline(&text, &cap, in)) >= 0) {
        json_t *line = json_loadb(text, (size_t)len, JSON_DECODE_INT_AS_REAL, NULL);
        if (!json_is_number(json_object_get(line, "agreement")) ||
            json_array_append_new(s->agreement, line) != 0)
            fail(STATUS_USAGE, "%s:%zu: not a line of kappa", file,
                 json_array_size(s->agreement) + 1);
    }
    if (ferror(in))
        fail(STATUS_USAGE, "%s: %s", file, strerror(errno));
    free(text);
    fclose(in);
}

struct span results_title(struct results *s)
{
    const json_t *name = s->manifest ? json_object_get(s->manifest, "study") : NULL;
    if (s->options.title)
        return shown_text(s, span_of(s->options.title));
    if (s->cells.labels.title.at)
        return shown_text(s, s->cells.labels.title);
    return json_is_string(name) ? shown_text(s, span_of(json_string_value(name))) : SPAN("Results");
}

void results_free(struct results *s)
{
    for (size_t i = 0; i < s->test_count; i++)
        json_decref(s->tests[i].json);
    free(s->tests);
    free(s->lines);
    json_decref(s->manifest);
    json_decref(s->agreement);
    cells_free(&s->cells);
    arena_free(&s->arena);
    buf_free(&s->scratch);
}
