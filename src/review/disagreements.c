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
    return span_eq(decision_kind(it), SPAN("match")) || span_eq(decision_kind(it), SPAN("cluster"));
}

static size_t item_of(struct disagreements *d, const struct decision *it)
{
    const struct span parts[] = {decision_kind(it), decision_by(it), decision_reply(it),
                                 decision_field(it), is_pair(it) ? decision_was(it) : SPAN("")};
    buf_clear(&d->key);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        key_add(&d->key, KEY_STRING, parts[i]);
    add_letters(&d->key, decision_text(it));
    return intern_add(&d->items, buf_span(&d->key));
}

/* A file is a coder's where it does not say whose. */
static struct span coder_of(const struct decision *it)
{
    return decision_coder(it).len ? decision_coder(it) : span_of(decision_file(it));
}

/* Adds to the key of an item the coder whose the decision is: of a coder's decisions on one item
 * the last holds. */
static void add_coder(struct disagreements *d, const struct decision *it)
{
    struct span coder = coder_of(it);
    const char *file = decision_file(it);
    buf_addf(&d->key, "|%s|%.*s", coder.at == file ? "" : file, SPAN_ARGS(coder));
}

/* Chains the decisions that hold, in their order, by the ITEM of each. */
static void chain(struct disagreements *d, const uint32_t *item)
{
    d->first = array_grow(NULL, &(size_t){0}, d->items.count + 1, sizeof *d->first);
    d->next = array_grow(NULL, &(size_t){0}, d->decisions.count + 1, sizeof *d->next);
    for (size_t i = 0; i < d->items.count; i++)
        d->first[i] = DECISIONS_NONE;
    for (size_t i = d->decisions.count; i-- > 0;) {
        if (item[i] == DECISIONS_NONE)
            continue;
        d->next[i] = d->first[item[i]];
        d->first[item[i]] = (uint32_t)i;
    }
}

void disagreements_load(struct disagreements *d, char *const *files, size_t count)
{
    struct decisions *all = &d->decisions;
    all->key = DECISIONS_BY_TEXT;
    for (size_t i = 0; i < count; i++)
        decisions_load(all, files[i], NULL, NULL);
    struct intern holders = {0};
    uint32_t *last = NULL, *item = array_grow(NULL, &(size_t){0}, all->count + 1, sizeof *item);
    size_t cap = 0;
    for (size_t i = 0; i < all->count; i++) {
        item[i] = (uint32_t)item_of(d, &all->at[i]);
        add_coder(d, &all->at[i]);
        size_t before = holders.count, at = intern_add(&holders, buf_span(&d->key));
        last = array_grow(last, &cap, at + 1, sizeof *last);
        if (at < before)
            item[last[at]] = DECISIONS_NONE;
        last[at] = (uint32_t)i;
    }
    intern_free(&holders);
    free(last);
    chain(d, item);
    free(item);
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
    if (span_eq(decision_kind(a), SPAN("codes")))
        return within(decision_value(a), decision_value(b)) &&
               within(decision_value(b), decision_value(a));
    return decisions_same_text(decision_value(a), decision_value(b));
}

static void emit_opinion(struct buf *b, const struct decision *it)
{
    emit_item(b);
    buf_addc(b, '{');
    emit_string_field(b, SPAN("coder"), coder_of(it));
    emit_string_field(b, SPAN("value"), decision_value(it));
    emit_string_field(b, SPAN("date"), decision_date(it));
    emit_string_field(b, SPAN("comment"), decision_comment(it));
    buf_addc(b, '}');
}

static bool differ(const struct disagreements *d, size_t item, const struct decision **first)
{
    bool different = false;
    *first = NULL;
    for (size_t i = d->first[item]; i != DECISIONS_NONE; i = d->next[i]) {
        if (decision_settles(&d->decisions.at[i]).len)
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
    emit_string_field(b, SPAN("kind"), decision_kind(first));
    emit_string_field(b, SPAN("by"), decision_by(first));
    emit_string_field(b, SPAN("reply"), decision_reply(first));
    emit_string_field(b, SPAN("field"), decision_field(first));
    emit_string_field(b, SPAN("was"), decision_was(first));
    emit_string_field(b, SPAN("text"), decision_text(first));
    emit_name(b, SPAN("opinions"));
    buf_addc(b, '[');
    for (size_t i = d->first[item]; i != DECISIONS_NONE; i = d->next[i])
        emit_opinion(b, &d->decisions.at[i]);
    buf_add(b, SPAN("]}"));
    return true;
}

void disagreements_free(struct disagreements *d)
{
    decisions_free(&d->decisions);
    intern_free(&d->items);
    free(d->first);
    free(d->next);
    buf_free(&d->key);
    *d = (struct disagreements){0};
}
