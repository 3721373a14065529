/* differ -- what changed between two results of a study. */
#include "study/differ.h"

#include <jansson.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/fail.h"
#include "base/show.h"
#include "differ_side.h"
#include "manifest.h"
#include "study/settings.h"
#include "sweep.h"

#define SIGNIFICANT 0.05 /* which a p that crosses it is told of */

struct differ {
    const char *old, *new;
    struct output *out;
    json_t *key; /* names of the study's key fields */
    struct differ_side side;
    struct buf name;    /* the key of the newer line */
    struct buf changes; /* the section being made */
    size_t before, now, added, gone, changed;
    struct intern codes; /* "FIELD: CODE" */
    long long *code_counts[2];
    size_t code_caps[2];
    struct arena arena;
};

/* ---- lines of a section ---- */

static void add_shown(struct buf *b, struct span text)
{
    show_add(b, text, SHOW_ESCAPED);
}

/* Ends a section, and gives how many differences it told. */
static size_t section(struct differ *d, const char *what)
{
    struct buf *b = &d->out->buf;
    size_t differences = d->added + d->gone + d->changed;
    buf_addf(b, "%s: %zu before, %zu now", what, d->before, d->now);
    if (differences)
        buf_addf(b, " (%zu new, %zu gone, %zu changed)", d->added, d->gone, d->changed);
    buf_addc(b, '\n');
    buf_add(b, buf_span(&d->changes));
    buf_clear(&d->changes);
    d->before = d->now = d->added = d->gone = d->changed = 0;
    return differences;
}

static void one_line(struct differ *d, char mark, struct span name)
{
    buf_addf(&d->changes, "%c ", mark);
    add_shown(&d->changes, name);
    buf_addc(&d->changes, '\n');
}

/* ---- one kind of lines of both results ---- */

typedef bool compare_lines(struct differ *d, const struct record *old, const struct record *new);

static void compare_files(struct differ *d, const char *file, differ_key *key,
                          compare_lines *compare)
{
    struct jsonl in;
    struct record r;
    char *files[] = {(char *)(uintptr_t)settings_path(&d->arena, d->new, file)};
    differ_side_read(&d->side, settings_path(&d->arena, d->old, file), key, d);
    d->before = d->side.keys.count;
    jsonl_open(&in, files, 1, 0);
    while (jsonl_next(&in, &r) == JSONL_RECORD) {
        buf_clear(&d->name);
        if (!key(&d->name, &r, d))
            continue;
        d->now++;
        const struct record *old = differ_side_get(&d->side, buf_span(&d->name));
        if (old)
            d->changed += compare(d, old, &r);
        else
            one_line(d, '+', buf_span(&d->name));
        d->added += !old;
    }
    jsonl_close(&in);
    struct span lone;
    for (size_t i = 0; differ_side_lone(&d->side, &i, &lone); d->gone++)
        one_line(d, '-', lone);
    differ_side_free(&d->side);
}

/* ---- records ---- */

/* The values of the study's key; the whole record where it has none. */
static bool record_key(struct buf *b, const struct record *r, void *with)
{
    const struct differ *d = with;
    size_t i;
    json_t *name;
    if (json_array_size(d->key) == 0) {
        for (i = 0; i < r->count; i++)
            if (!span_starts(r->fields[i].name, SPAN("_")))
                buf_addf(b, "%s%.*s", i ? " " : "", SPAN_ARGS(r->fields[i].value.raw));
        return true;
    }
    json_array_foreach(d->key, i, name)
    {
        const struct value *v = record_get(r, span_of(json_string_value(name)));
        buf_addf(b, "%s", i ? " " : "");
        buf_add(b, v ? v->raw : SPAN("null"));
    }
    return true;
}

static struct span raw_of(const struct record *r, struct span name)
{
    const struct value *v = record_get(r, name);
    return v ? v->raw : SPAN("null");
}

static bool compare_field(struct differ *d, const struct record *old, const struct record *new,
                          struct span name)
{
    struct span before = raw_of(old, name), now = raw_of(new, name);
    if (span_eq(before, now) || span_starts(name, SPAN("_")))
        return false;
    struct buf *b = &d->changes;
    buf_add(b, SPAN("~ "));
    add_shown(b, buf_span(&d->name));
    buf_add(b, SPAN(": "));
    add_shown(b, name);
    buf_add(b, SPAN(": "));
    add_shown(b, before);
    buf_add(b, SPAN(" -> "));
    add_shown(b, now);
    buf_addc(b, '\n');
    return true;
}

static bool compare_records(struct differ *d, const struct record *old, const struct record *new)
{
    bool changed = false;
    for (size_t i = 0; i < new->count; i++)
        changed |= compare_field(d, old, new, new->fields[i].name);
    for (size_t i = 0; i < old->count; i++)
        if (!record_get(new, old->fields[i].name))
            changed |= compare_field(d, old, new, old->fields[i].name);
    return changed;
}

/* ---- codes ---- */

static void count_code(struct differ *d, int side, struct span field, struct span code)
{
    buf_clear(&d->name);
    buf_addf(&d->name, "%.*s: ", SPAN_ARGS(field));
    buf_add(&d->name, code);
    size_t index = intern_add(&d->codes, buf_span(&d->name));
    for (int i = 0; i < 2; i++) {
        size_t had = d->code_caps[i];
        d->code_counts[i] =
            array_grow(d->code_counts[i], &d->code_caps[i], index + 1, sizeof *d->code_counts[i]);
        for (; had < d->code_caps[i]; had++)
            d->code_counts[i][had] = 0;
    }
    d->code_counts[side][index]++;
}

/* The codes are the elements of lists: so coding writes them, of one answer or several. */
static void count_codes(struct differ *d, int side, const char *folder)
{
    struct jsonl in;
    struct record r;
    char *files[] = {(char *)(uintptr_t)settings_path(&d->arena, folder, "foi.jsonl")};
    jsonl_open(&in, files, 1, 0);
    while (jsonl_next(&in, &r) == JSONL_RECORD)
        for (size_t i = 0; i < r.count; i++) {
            struct span rest = r.fields[i].value.raw;
            struct value item;
            if (r.fields[i].value.type != VALUE_LIST || span_starts(r.fields[i].name, SPAN("_")))
                continue;
            while (value_next(&rest, NULL, &item))
                count_code(d, side, r.fields[i].name, item.raw);
        }
    jsonl_close(&in);
}

static void compare_codes(struct differ *d)
{
    count_codes(d, 0, d->old);
    count_codes(d, 1, d->new);
    for (size_t i = 0; i < d->codes.count; i++) {
        long long before = d->code_counts[0][i], now = d->code_counts[1][i];
        d->before += before > 0;
        d->now += now > 0;
        d->added += before == 0;
        d->gone += now == 0;
        d->changed += before && now && before != now;
        if (before == now)
            continue;
        buf_addf(&d->changes, "%c ", !before ? '+' : !now ? '-' : '~');
        add_shown(&d->changes, d->codes.keys[i]);
        buf_addf(&d->changes, ": %lld -> %lld\n", before, now);
    }
}

/* ---- cells and tests ---- */

static void add_parts(struct buf *b, const struct record *r, const char *const *names)
{
    for (bool any = false; *names; names++) {
        const struct value *v = record_get(r, span_of(*names));
        if (value_missing(v))
            continue;
        buf_addf(b, "%s", any ? " " : "");
        buf_add(b, v->raw);
        any = true;
    }
}

static bool cell_key(struct buf *b, const struct record *r, void *with)
{
    static const char *const names[] = {"table", "stratum", "kind", "of", "value", "group", NULL};
    (void)with;
    if (!record_get(r, SPAN("n")) || !record_get(r, SPAN("kind")))
        return false;
    add_parts(b, r, names);
    return true;
}

static bool test_key(struct buf *b, const struct record *r, void *with)
{
    static const char *const names[] = {"table", "test", "stratum", "item", "groups", NULL};
    (void)with;
    if (!record_get(r, SPAN("test")))
        return false;
    add_parts(b, r, names);
    return true;
}

static void start_change(struct differ *d)
{
    buf_add(&d->changes, SPAN("~ "));
    add_shown(&d->changes, buf_span(&d->name));
    buf_addc(&d->changes, ':');
}

static double number_of(struct span raw)
{
    struct buf b = {0};
    buf_add(&b, raw);
    double number = strtod(buf_text(&b), NULL); /* a JSON number, in the C locale */
    buf_free(&b);
    return number;
}

/* A figure in six digits, which is more than anybody compares; whole numbers have all of theirs. */
static void add_figure(struct buf *b, struct span raw)
{
    bool is_number = raw.len && (raw.at[0] == '-' || (raw.at[0] >= '0' && raw.at[0] <= '9'));
    if (is_number && memchr(raw.at, '.', raw.len))
        buf_addf(b, "%.6g", number_of(raw));
    else
        buf_add(b, raw);
}

static void tell_change(struct differ *d, const char *what, struct span before, struct span now)
{
    buf_addf(&d->changes, " %s ", what);
    add_figure(&d->changes, before);
    buf_add(&d->changes, SPAN(" -> "));
    add_figure(&d->changes, now);
}

/* A sum in another order differs in its last digit, which is no change. */
static bool same_figure(struct span before, struct span now)
{
    struct buf one = {0}, other = {0};
    add_figure(&one, before);
    add_figure(&other, now);
    bool same = span_eq(buf_span(&one), buf_span(&other));
    buf_free(&one);
    buf_free(&other);
    return same;
}

/* The figures of a cell. Shares are told where no count tells the change, as with weights. */
static bool compare_cells(struct differ *d, const struct record *old, const struct record *new)
{
    static const char *const names[] = {"n",      "base", "sum", "mean",
                                        "median", "min",  "max", "percent"};
    bool changed = false;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct span before = raw_of(old, span_of(names[i])), now = raw_of(new, span_of(names[i]));
        if (same_figure(before, now) || (changed && strcmp(names[i], "percent") == 0))
            continue;
        if (!changed)
            start_change(d);
        changed = true;
        tell_change(d, names[i], before, now);
    }
    if (changed)
        buf_addc(&d->changes, '\n');
    return changed;
}

static bool compare_tests(struct differ *d, const struct record *old, const struct record *new)
{
    struct span before = raw_of(old, SPAN("p")), now = raw_of(new, SPAN("p"));
    struct span was_at = raw_of(old, SPAN("statistic")), is_at = raw_of(new, SPAN("statistic"));
    if (span_eq(before, now) && span_eq(was_at, is_at))
        return false;
    start_change(d);
    if (span_eq(before, now))
        tell_change(d, "statistic", was_at, is_at);
    else
        tell_change(d, "p", before, now);
    bool was = number_of(before) < SIGNIFICANT, is = number_of(now) < SIGNIFICANT;
    if (was != is)
        buf_addf(&d->changes, " (%s .05 now)", is ? "below" : "not below");
    buf_addc(&d->changes, '\n');
    return true;
}

/* ---- the whole ---- */

static void must_be_results(const char *folder)
{
    if (!sweep_is_result(folder))
        fail(STATUS_USAGE, "%s: holds no results of study.sh", folder);
}

bool differ_results(const char *old, const char *new, struct output *out)
{
    struct differ d = {.old = old, .new = new, .out = out};
    must_be_results(old);
    must_be_results(new);
    json_t *manifest = manifest_load(new);
    d.key = json_object_get(manifest, "key");
    size_t differences = 0;
    compare_files(&d, "merged.jsonl", record_key, compare_records);
    differences += section(&d, "records");
    compare_codes(&d);
    differences += section(&d, "codes");
    compare_files(&d, "results.jsonl", cell_key, compare_cells);
    differences += section(&d, "cells");
    compare_files(&d, "results.jsonl", test_key, compare_tests);
    differences += section(&d, "tests");
    json_decref(manifest);
    intern_free(&d.codes);
    free(d.code_counts[0]);
    free(d.code_counts[1]);
    buf_free(&d.name);
    buf_free(&d.changes);
    arena_free(&d.arena);
    return differences > 0;
}
