/* disagreements -- items that coders decided differently. */
#include "review/disagreements.h"

#include <stdlib.h>

#include "stream/emit.h"
#include "text/bars.h"
#include "text/key.h"

static void add_letters(struct buf *key, struct span text)
{
    for (size_t i = 0; i < text.len; i++)
        if ((unsigned char)text.at[i] > ' ')
            buf_addc(key, text.at[i]);
}

static bool is_pair(const struct decision *it)
{
    return span_eq(it->kind, SPAN("match")) || span_eq(it->kind, SPAN("cluster"));
}

static size_t item_of(struct disagreements *d, const struct decision *it)
{
    const struct span parts[] = {it->kind, it->by, it->reply, it->field,
                                 is_pair(it) ? it->was : SPAN("")};
    buf_clear(&d->key);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        key_add(&d->key, KEY_STRING, parts[i]);
    add_letters(&d->key, it->text);
    return intern_add(&d->items, buf_span(&d->key));
}

/* A file is a coder's where it does not say whose. */
static struct span coder_of(const struct decision *it)
{
    return it->coder.len ? it->coder : span_of(it->file);
}

void disagreements_load(struct disagreements *d, char *const *files, size_t count)
{
    struct decisions *all = &d->decisions;
    all->key = DECISIONS_BY_TEXT;
    for (size_t i = 0; i < count; i++)
        decisions_load(all, files[i], NULL, NULL);
    d->item = array_grow(d->item, &d->item_cap, all->count + 1, sizeof *d->item);
    struct intern holders = {0};
    size_t *last = NULL, cap = 0;
    for (size_t i = 0; i < all->count; i++) {
        d->item[i] = item_of(d, &all->at[i]);
        struct span coder = coder_of(&all->at[i]);
        buf_addf(&d->key, "|%s|%.*s", coder.at == all->at[i].file ? "" : all->at[i].file,
                 SPAN_ARGS(coder));
        size_t before = holders.count, at = intern_add(&holders, buf_span(&d->key));
        last = array_grow(last, &cap, at + 1, sizeof *last);
        if (at < before)
            d->item[last[at]] = SIZE_MAX;
        last[at] = i;
    }
    intern_free(&holders);
    free(last);
}

static bool holds(struct span codes, struct span code)
{
    struct buf own = {0};
    struct span one;
    bool found = false;
    while (!found && bars_next(&codes, &own, &one))
        found = span_eq(one, code);
    buf_free(&own);
    return found;
}

/* Whether all codes of A are in B. */
static bool within(struct span a, struct span b)
{
    struct buf own = {0};
    struct span one;
    bool all = true;
    while (all && bars_next(&a, &own, &one))
        all = holds(b, one);
    buf_free(&own);
    return all;
}

static bool same_value(const struct decision *a, const struct decision *b)
{
    if (span_eq(a->kind, SPAN("codes")))
        return within(a->value, b->value) && within(b->value, a->value);
    return decisions_same_text(a->value, b->value);
}

static void emit_opinion(struct buf *b, const struct decision *it)
{
    emit_item(b);
    buf_addc(b, '{');
    emit_string_field(b, SPAN("coder"), coder_of(it));
    emit_string_field(b, SPAN("value"), it->value);
    emit_string_field(b, SPAN("date"), it->date);
    emit_string_field(b, SPAN("comment"), it->comment);
    buf_addc(b, '}');
}

static bool differ(const struct disagreements *d, size_t item, const struct decision **first)
{
    bool different = false;
    *first = NULL;
    for (size_t i = 0; i < d->decisions.count; i++) {
        if (d->item[i] != item)
            continue;
        if (d->decisions.at[i].settles.len)
            return false;
        if (!*first)
            *first = &d->decisions.at[i];
        different |= !same_value(*first, &d->decisions.at[i]);
    }
    return different;
}

bool disagreements_emit(const struct disagreements *d, size_t item, struct buf *b)
{
    const struct decision *first;
    if (!differ(d, item, &first))
        return false;
    buf_addc(b, '{');
    emit_string_field(b, SPAN("kind"), first->kind);
    emit_string_field(b, SPAN("by"), first->by);
    emit_string_field(b, SPAN("reply"), first->reply);
    emit_string_field(b, SPAN("field"), first->field);
    emit_string_field(b, SPAN("was"), first->was);
    emit_string_field(b, SPAN("text"), first->text);
    emit_name(b, SPAN("opinions"));
    buf_addc(b, '[');
    for (size_t i = 0; i < d->decisions.count; i++)
        if (d->item[i] == item)
            emit_opinion(b, &d->decisions.at[i]);
    buf_add(b, SPAN("]}"));
    return true;
}

void disagreements_free(struct disagreements *d)
{
    decisions_free(&d->decisions);
    intern_free(&d->items);
    free(d->item);
    buf_free(&d->key);
    *d = (struct disagreements){0};
}
