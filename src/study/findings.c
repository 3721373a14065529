/* findings -- what is wrong with a study. */
#include "findings.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/fail.h"

#define SHOWN_OF_A_KIND 10 /* the same said of more places is counted */
#define SHOWN_ALIKE 50     /* so is the same said of more values */

void findings_add(struct findings *f, enum findings_kind kind, const char *format, ...)
{
    struct buf b = {0};
    va_list args;
    va_start(args, format);
    buf_addv(&b, format, args);
    va_end(args);
    size_t before = f->seen.count;
    if (intern_add(&f->seen, buf_span(&b)) == before) {
        f->at = array_grow(f->at, &f->cap, f->count + 1, sizeof *f->at);
        f->at[f->count++] = (struct finding){arena_text(&f->arena, buf_span(&b)), kind};
        f->counts[kind]++;
    }
    buf_free(&b);
}

const char *findings_meant(struct findings *f, const struct nearest *near)
{
    struct buf b = {0};
    if (!near->name.at)
        return "";
    buf_addf(&b, " (did you mean %s?)", quote(near->name));
    const char *text = arena_text(&f->arena, buf_span(&b));
    buf_free(&b);
    return text;
}

/* Numbers in places by their size: line 9 before line 10. */
static int order(const void *a, const void *b)
{
    const struct finding *one = a, *other = b;
    return strverscmp(one->text, other->text);
}

/* What is said of the place: findings that say the same are of one kind. */
static struct span kind_of(const char *text)
{
    const char *colon = strstr(text, ": ");
    return span_of(colon ? colon : text);
}

/* The same without the value and what may have been meant: "field 'sent': '...' is no date". */
static void add_likeness(struct buf *b, struct span kind)
{
    const char *end = memmem(kind.at, kind.len, " (did you mean ", 15), *value = NULL;
    if (end)
        kind = span_from(kind.at, end);
    if (kind.len > 4)
        value = memmem(kind.at + 2, kind.len - 2, ": '", 3);
    const char *shut =
        value ? memmem(value + 3, (size_t)(span_end(kind) - value - 3), "' ", 2) : NULL;
    buf_add(b, span_from(kind.at, shut ? value + 3 : span_end(kind)));
    if (shut)
        buf_addf(b, "...%.*s", SPAN_ARGS(span_from(shut, span_end(kind))));
}

/* What is told so many times, and then counted. */
struct told {
    struct intern kinds;
    size_t *counts, cap;
};

static bool is_too_much(struct told *t, struct span kind, size_t most)
{
    size_t before = t->kinds.count, index = intern_add(&t->kinds, kind);
    t->counts = array_grow(t->counts, &t->cap, t->kinds.count, sizeof *t->counts);
    if (index == before)
        t->counts[index] = 0;
    return ++t->counts[index] > most;
}

/* A file with one fault in a thousand rows is told by a few of them. */
static void tell_more(struct told *t, size_t most, struct buf *b)
{
    for (size_t i = 0; i < t->kinds.count; i++)
        if (t->counts[i] > most)
            buf_addf(b, "%zu more%.*s\n", t->counts[i] - most, SPAN_ARGS(t->kinds.keys[i]));
    intern_free(&t->kinds);
    free(t->counts);
}

void findings_write(struct findings *f, struct buf *b)
{
    struct told same = {0}, alike = {0};
    struct buf likeness = {0};
    if (f->count)
        qsort(f->at, f->count, sizeof *f->at, order);
    for (size_t i = 0; i < f->count; i++) {
        struct span kind = kind_of(f->at[i].text);
        buf_clear(&likeness);
        add_likeness(&likeness, kind);
        if (is_too_much(&same, kind, SHOWN_OF_A_KIND) ||
            is_too_much(&alike, buf_span(&likeness), SHOWN_ALIKE))
            continue;
        buf_addf(b, "%s%s\n", f->at[i].kind == FINDINGS_REMARK ? "remark: " : "", f->at[i].text);
    }
    tell_more(&same, SHOWN_OF_A_KIND, b);
    tell_more(&alike, SHOWN_ALIKE, b);
    buf_free(&likeness);
}

void findings_free(struct findings *f)
{
    free(f->at);
    intern_free(&f->seen);
    arena_free(&f->arena);
    *f = (struct findings){0};
}
