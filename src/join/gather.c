/* gather -- fields of many records as lists. */
#include "join/gather.h"

#include <stdlib.h>

#include "join/pair.h"
#include "stream/emit.h"

static const struct value NONE = {{"null", 4}, VALUE_NULL, false};

static void add_lookup(struct gather *g, struct span name)
{
    g->lookups = array_grow(g->lookups, &g->lookups_cap, g->lookups_count + 1, sizeof *g->lookups);
    g->lookups[g->lookups_count++] = (struct lookup){.name = name};
}

void gather_init(struct gather *g, const struct outer *side)
{
    *g = (struct gather){.side = side};
    for (size_t i = 0; i < side->names.count; i++)
        if (!joinkey_repeats(side->key, side->names.keys[i]))
            add_lookup(g, side->names.keys[i]);
    add_lookup(g, SPAN("_missing"));
    add_lookup(g, SPAN("_origin"));
}

void gather_clear(struct gather *g)
{
    g->count = 0;
}

static void add_value(struct gather *g, const struct value *v)
{
    if (g->count == g->cap)
        g->values = array_grow(g->values, &g->cap, g->count + 1, sizeof *g->values);
    g->values[g->count++] = v ? *v : NONE;
}

void gather_add(struct gather *g, const struct record *right)
{
    for (size_t i = 0; i < g->lookups_count; i++)
        add_value(g, record_find(right, &g->lookups[i]));
}

void gather_add_none(struct gather *g)
{
    for (size_t i = 0; i < g->lookups_count; i++)
        add_value(g, NULL);
}

/* Why nothing was found for the field: the first reason that a found record gives. */
static struct span reason_for(struct gather *g, struct span name)
{
    struct span reason = SPAN("missing");
    size_t width = g->lookups_count;
    for (size_t row = 0; row < g->count; row += width) {
        const struct value *reasons = &g->values[row + width - 2];
        struct value item;
        if (value_member(reasons, name, &g->missing.scratch, &item))
            return value_text(&item, &g->missing.scratch);
    }
    return reason;
}

static void emit_column(struct gather *g, size_t column)
{
    struct span name = g->lookups[column].name;
    bool found = false;
    for (size_t at = column; at < g->count && !found; at += g->lookups_count)
        found = g->values[at].type != VALUE_NULL;
    emit_name(&g->text, name);
    if (!found) {
        emit_null(&g->text);
        emit_string_field(&g->reasons, name, reason_for(g, name));
        return;
    }
    buf_addc(&g->text, '[');
    for (size_t at = column; at < g->count; at += g->lookups_count)
        pair_emit_items(&g->text, &g->values[at]);
    buf_addc(&g->text, ']');
}

static void emit_origins(struct gather *g)
{
    size_t before = g->text.len;
    emit_name(&g->text, SPAN("_origin"));
    buf_addc(&g->text, '[');
    size_t empty = g->text.len;
    for (size_t at = g->lookups_count - 1; at < g->count; at += g->lookups_count)
        if (g->values[at].type != VALUE_NULL)
            pair_emit_items(&g->text, &g->values[at]);
    if (g->text.len == empty)
        g->text.len = before;
    else
        buf_addc(&g->text, ']');
}

const struct record *gather_record(struct gather *g)
{
    buf_clear(&g->text);
    buf_clear(&g->reasons);
    buf_addc(&g->text, '{');
    buf_addc(&g->reasons, '{');
    for (size_t i = 0; i + 2 < g->lookups_count; i++)
        emit_column(g, i);
    emit_origins(g);
    if (g->reasons.len > 1) {
        buf_addc(&g->reasons, '}');
        emit_name(&g->text, SPAN("_missing"));
        buf_add(&g->text, buf_span(&g->reasons));
    }
    buf_addc(&g->text, '}');
    scan_buf(&g->scan, &g->text, &g->record);
    return &g->record;
}

void gather_free(struct gather *g)
{
    free(g->values);
    free(g->lookups);
    missing_free(&g->missing);
    buf_free(&g->text);
    buf_free(&g->reasons);
    scan_free(&g->scan);
    *g = (struct gather){0};
}
