/* layout_tests -- what chisq says of a table: sentences, or one table of tests where
 * there are many, such as one for each technology. */
#include <stdlib.h>

#include "layout.h"

#include "shown.h"
#include "testing/sentence.h"
#include "testline.h"

#define MOST_SENTENCES 3 /* more tests of one table are a table of tests */

/* ---- a test in words ---- */

static void add_label(struct buf *b, struct results *s, const struct cells_code *codes,
                      size_t count, const json_t *raw)
{
    const struct cells_code *code = testline_code(codes, count, raw);
    if (code)
        buf_add(b, shown_code(s, code));
    else
        testline_add_text(b, raw);
}

void layout_test_subject(struct buf *b, struct results *s, const struct cells_table *t,
                         const json_t *test)
{
    const json_t *parts[] = {testline_get(test, "stratum"), testline_get(test, "item"),
                             json_array_get(testline_get(test, "pair"), 0),
                             json_array_get(testline_get(test, "pair"), 1)};
    for (size_t i = 0; i < 4; i++) {
        if (!parts[i])
            continue;
        if (b->len)
            buf_add(b, i == 3 ? SPAN(" and ") : SPAN(", "));
        if (!t)
            testline_add_text(b, parts[i]);
        else if (i == 0)
            add_label(b, s, t->layers, t->layer_count, parts[i]);
        else if (i == 1)
            add_label(b, s, t->values, t->value_count, parts[i]);
        else
            add_label(b, s, t->groups, t->group_count, parts[i]);
    }
}

static bool has_subject(const json_t *test)
{
    return testline_get(test, "stratum") || testline_get(test, "item") ||
           testline_get(test, "pair");
}

/* ---- the table of tests ---- */

static void add_p(struct buf *b, double p, enum results_style style)
{
    size_t from = b->len;
    if (isnan(p)) {
        buf_add(b, SPAN("–"));
        return;
    }
    sentence_p(b, p, style == RESULTS_APA ? SENTENCE_APA : SENTENCE_PLAIN);
    size_t drop = span_starts(buf_from(b, from), SPAN("p = ")) ? 4 : 2;
    memmove(b->at + from, b->at + from + drop, b->len - from - drop);
    b->len -= drop;
}

static void add_effect(struct buf *b, const json_t *test)
{
    const json_t *v = testline_get(test, "cramers_v");
    double value = testline_number(v, "value"), low = testline_number(v, "low"),
           high = testline_number(v, "high");
    if (isnan(value)) {
        buf_add(b, SPAN("–"));
        return;
    }
    buf_addf(b, "%.2f", value);
    if (!isnan(low) && !isnan(high))
        buf_addf(b, " (%.2f–%.2f)", low, high);
}

void layout_test_cells(struct results *s, const json_t *test, struct grid_cell cells[4])
{
    struct buf b = {0};
    enum results_style style = (enum results_style)s->options.style;
    const double numbers[] = {NAN, testline_p(test), testline_number(test, "p_adjusted"),
                              testline_number(testline_get(test, "cramers_v"), "value")};
    for (size_t c = 0; c < 4; c++) {
        if (c == 0)
            testline_add_way(&b, test);
        else if (c < 3)
            add_p(&b, numbers[c], style);
        else
            add_effect(&b, test);
        cells[c] = (struct grid_cell){
            .text = shown_keep(s, &b), .n = numbers[c], .share = {NAN, NAN, NAN, NAN}};
    }
    buf_free(&b);
}

static void put_test(struct results *s, const struct layout *l, const struct grid *g, size_t row,
                     const json_t *test, struct buf *b)
{
    layout_test_subject(b, s, l->table, test);
    grid_put(g, row, 0, shown_keep(s, b));
    layout_test_cells(s, test, grid_at(g, row, 1));
}

static void add_adjusted_head(struct buf *b, const json_t *test)
{
    const json_t *adjust = testline_get(test, "adjust");
    buf_add(b, SPAN("adjusted p"));
    const char *method = json_string_value(testline_get(adjust, "method"));
    if (method && strcmp(method, "none") != 0)
        buf_addf(b, " (%s)", testline_adjust_label(method));
}

static void lay_tests(struct results *s, struct layout *l, size_t count, struct buf *b)
{
    static const struct span heads[] = {SPAN_ROW("Test of"), SPAN_ROW("test"), SPAN_ROW("p"),
                                        SPAN_ROW("adjusted p"), SPAN_ROW("Cramér's V (95% CI)")};
    struct grid g = grid_new(&s->arena, count + 1, 5);
    for (size_t c = 0; c < 5; c++)
        grid_put(&g, 0, c, heads[c]);
    size_t row = 1;
    for (size_t i = 0; i < s->test_count; i++) {
        if (!testline_is_shown(s, i, l) || !has_subject(s->tests[i].json))
            continue;
        if (row == 1)
            add_adjusted_head(b, s->tests[i].json);
        if (b->len)
            grid_put(&g, 0, 3, shown_keep(s, b));
        put_test(s, l, &g, row++, s->tests[i].json, b);
    }
    l->tests = g;
}

/* ---- notes ---- */

static void note_string(struct results *s, struct layout *l, enum layout_note_kind kind,
                        const json_t *text, struct buf *b)
{
    if (!json_is_string(text))
        return;
    buf_add(b, testline_text(text));
    layout_add_note(s, l, kind, b);
}

/* "Note", with what the test is of where no sentence tells it. */
static void note_warning(struct results *s, struct layout *l, const json_t *test,
                         const json_t *text, struct buf *b)
{
    struct buf subject = {0};
    if (!testline_get(test, "sentence"))
        layout_test_subject(&subject, s, l->table, test);
    buf_add(b, SPAN("Note"));
    if (subject.len) {
        buf_add(b, SPAN(" ("));
        buf_add(b, buf_span(&subject));
        buf_addc(b, ')');
    }
    buf_add(b, SPAN(": "));
    testline_add_text(b, text);
    buf_addc(b, '.');
    layout_add_note(s, l, LAYOUT_WARNING, b);
    buf_free(&subject);
}

static void note_test(struct results *s, struct layout *l, const json_t *test, struct buf *b)
{
    size_t i;
    json_t *warning;
    note_string(s, l, LAYOUT_SENTENCE, testline_get(test, "sentence"), b);
    note_string(s, l, LAYOUT_EXPLANATION, testline_get(test, "explanation"), b);
    for (i = 0; (warning = json_array_get(json_object_get(test, "warnings"), i)) != NULL; i++)
        note_warning(s, l, test, warning, b);
}

/* Warnings of many tests that differ in their figures alone are told once. */
struct alike {
    struct intern forms; /* the warnings without their figures */
    struct buf *subjects;
    struct span *texts;
    size_t *counts;
    size_t subjects_cap, texts_cap, counts_cap;
};

static size_t form_of(struct alike *a, const json_t *warning)
{
    struct buf form = {0};
    struct span text = testline_text(warning);
    for (size_t i = 0; i < text.len; i++)
        if ((text.at[i] < '0' || text.at[i] > '9') && text.at[i] != '.')
            buf_addc(&form, text.at[i]);
    size_t before = a->forms.count, index = intern_add(&a->forms, buf_span(&form));
    buf_free(&form);
    a->subjects = array_grow(a->subjects, &a->subjects_cap, index + 1, sizeof *a->subjects);
    a->texts = array_grow(a->texts, &a->texts_cap, index + 1, sizeof *a->texts);
    a->counts = array_grow(a->counts, &a->counts_cap, index + 1, sizeof *a->counts);
    if (index == before) {
        a->subjects[index] = (struct buf){0};
        a->texts[index] = text;
        a->counts[index] = 0;
    }
    return index;
}

#define MOST_NAMED 6

static void collect(struct alike *a, struct results *s, const struct layout *l, const json_t *test)
{
    size_t i;
    json_t *warning;
    for (i = 0; (warning = json_array_get(json_object_get(test, "warnings"), i)) != NULL; i++) {
        size_t form = form_of(a, warning);
        if (a->counts[form]++ >= MOST_NAMED)
            continue;
        struct buf subject = {0};
        layout_test_subject(&subject, s, l->table, test);
        if (a->subjects[form].len)
            buf_add(&a->subjects[form], SPAN(", "));
        buf_add(&a->subjects[form], buf_span(&subject));
        buf_free(&subject);
    }
}

static void note_alike(struct results *s, struct layout *l, struct alike *a, struct buf *b)
{
    for (size_t i = 0; i < a->forms.count; i++) {
        buf_add(b, SPAN("Note ("));
        buf_add(b, buf_span(&a->subjects[i]));
        if (a->counts[i] > MOST_NAMED)
            buf_addf(b, " and %zu more", a->counts[i] - MOST_NAMED);
        buf_add(b, a->counts[i] > 1 ? SPAN("; the figures of the first): ") : SPAN("): "));
        buf_add(b, a->texts[i]);
        buf_addc(b, '.');
        layout_add_note(s, l, LAYOUT_WARNING, b);
        buf_free(&a->subjects[i]);
    }
    intern_free(&a->forms);
    free(a->subjects);
    free(a->texts);
    free(a->counts);
}

/* ---- all of a table ---- */

void layout_tests(struct results *s, struct layout *l)
{
    struct buf b = {0};
    struct alike alike = {0};
    size_t count = 0;
    for (size_t i = 0; i < s->test_count; i++)
        count += testline_is_shown(s, i, l) && has_subject(s->tests[i].json);
    if (count > MOST_SENTENCES)
        lay_tests(s, l, count, &b);
    for (size_t i = 0; i < s->test_count; i++) {
        if (!testline_is_shown(s, i, l))
            continue;
        if (count > MOST_SENTENCES && has_subject(s->tests[i].json))
            collect(&alike, s, l, s->tests[i].json);
        else
            note_test(s, l, s->tests[i].json, &b);
        s->tests[i].told = true;
    }
    note_alike(s, l, &alike, &b);
    buf_free(&b);
}
