/* findings -- what is wrong with a study. */
#include "findings.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/fail.h"

#define SHOWN_OF_A_KIND 10 /* the same said of more places is counted */

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

/* A file with one fault in a thousand rows is told by a few of them. */
static void tell_more(const struct intern *kinds, const size_t *counts, struct buf *b)
{
    for (size_t i = 0; i < kinds->count; i++)
        if (counts[i] > SHOWN_OF_A_KIND)
            buf_addf(b, "%zu more%.*s\n", counts[i] - SHOWN_OF_A_KIND, SPAN_ARGS(kinds->keys[i]));
}

void findings_write(struct findings *f, struct buf *b)
{
    struct intern kinds = {0};
    size_t *counts = NULL, cap = 0;
    if (f->count)
        qsort(f->at, f->count, sizeof *f->at, order);
    for (size_t i = 0; i < f->count; i++) {
        size_t before = kinds.count, kind = intern_add(&kinds, kind_of(f->at[i].text));
        counts = array_grow(counts, &cap, kinds.count, sizeof *counts);
        if (kind == before)
            counts[kind] = 0;
        if (++counts[kind] > SHOWN_OF_A_KIND)
            continue;
        buf_addf(b, "%s%s\n", f->at[i].kind == FINDINGS_REMARK ? "remark: " : "", f->at[i].text);
    }
    tell_more(&kinds, counts, b);
    intern_free(&kinds);
    free(counts);
}

void findings_free(struct findings *f)
{
    free(f->at);
    intern_free(&f->seen);
    arena_free(&f->arena);
    *f = (struct findings){0};
}
