/* cluster -- values of a field that are probably the same, as a proposal.
 *
 * Each distinct value gets a key that spelling, case, punctuation or the order of
 * words do not change (OpenRefine's keys); the values of one key are a cluster. What is
 * written are pairs for a person to accept or refuse, one a value, that normalise
 * then replaces: nothing is merged here. Input order shows nowhere.
 * Memory: the distinct values and their keys, with some 130 bytes each; never the records. */
#include "base/fail.h"
#include "stream/emit.h"
#include "stream/filter.h"
#include "text/fingerprint.h"

#include <stdlib.h>

#define NGRAM 2 /* OpenRefine's */
#define NGRAM_MAX 100

enum key_kind { KEY_WORDS, KEY_NGRAM, KEY_PHONETIC };

static const struct choice KINDS[] = {
    {"fingerprint", KEY_WORDS}, {"ngram", KEY_NGRAM}, {"phonetic", KEY_PHONETIC}, {0}};

struct options {
    const char *field;
    int kind;
    size_t ngram;
    bool keys;
};

static const struct opt OPTIONS[] = {
    {"field", 0, "FIELD", OPT_REQUIRED_FIELD, offsetof(struct options, field),
     "the field whose values to compare, each element of a list; required"},
    {"key", 0, NULL, OPT_CHOICE(KINDS), offsetof(struct options, kind),
     "what makes two values probably the same (default: fingerprint)"},
    {"ngram", 0, "N", OPT_COUNT_IN(1, NGRAM_MAX), offsetof(struct options, ngram),
     "with --key ngram, compare runs of N characters (default: 2)"},
    {"keys", 0, NULL, OPT_FLAG, offsetof(struct options, keys),
     "write every value with its key instead, clusters or not"},
    {0},
};

static const struct opt_program PROGRAM = {
    .name = "cluster",
    .args = "--field FIELD [FILE...]",
    .about = "Lists values of a field that are probably the same, largest cluster first.",
    .options = OPTIONS,
    .notes = "Set \"accept\" to true or false in each line; then the list is a \"replace\" of "
             "normalise.\n  cluster --field supplier foi.jsonl >suppliers.jsonl",
};

/* A distinct value, with its key when all are read. */
struct value_count {
    struct span text, key; /* a NULL key: it has none and is compared with nothing */
    size_t n;
};

/* A run of values with the same key. */
struct group {
    size_t first, size;
    size_t n; /* how often its values stand */
    struct span key;
};

struct cluster {
    const struct options *options;
    struct lookup field;
    struct intern values, keys;
    struct value_count *counts; /* by index in VALUES until they are sorted */
    size_t counts_cap;
    struct group *groups;
    size_t group_count, groups_cap;
    size_t strings, missing, others, too_long, without_key, clustered;
    struct buf scratch;
};

/* ---- reading ---- */

static void add_value(struct cluster *c, const struct value *v)
{
    if (v->type == VALUE_NULL) {
        c->missing++;
        return;
    }
    if (v->type != VALUE_STRING) {
        c->others++;
        return;
    }
    struct span text = value_text(v, &c->scratch);
    if (text.len > KEY_LONGEST) {
        c->too_long++;
        return;
    }
    size_t before = c->values.count, index = intern_add(&c->values, text);
    c->counts = array_grow(c->counts, &c->counts_cap, c->values.count, sizeof *c->counts);
    if (index == before)
        c->counts[index] = (struct value_count){.text = c->values.keys[index]};
    c->counts[index].n++;
    c->strings++;
}

static void add_record(struct cluster *c, const struct record *r)
{
    const struct value *v = record_find(r, &c->field);
    if (!v) {
        c->missing++;
        return;
    }
    if (v->type != VALUE_LIST) {
        add_value(c, v);
        return;
    }
    struct span rest = v->raw;
    struct value item;
    while (value_next(&rest, NULL, &item))
        add_value(c, &item);
}

/* ---- keys ---- */

static void add_key(struct fingerprint *f, struct buf *b, const struct options *o, struct span text)
{
    switch ((enum key_kind)o->kind) {
    case KEY_WORDS:
        fingerprint_words(f, b, text);
        break;
    case KEY_NGRAM:
        fingerprint_ngram(f, b, text, o->ngram);
        break;
    case KEY_PHONETIC:
        fingerprint_phonetic(f, b, text);
        break;
    }
}

static void find_keys(struct cluster *c)
{
    struct fingerprint f = {0};
    for (size_t i = 0; i < c->values.count; i++) {
        buf_clear(&c->scratch);
        add_key(&f, &c->scratch, c->options, c->counts[i].text);
        if (c->scratch.len == 0) {
            c->without_key++;
            continue;
        }
        size_t index = intern_add(&c->keys, buf_span(&c->scratch));
        c->counts[i].key = c->keys.keys[index];
    }
    fingerprint_free(&f);
}

/* ---- order, of which nothing depends on the order of the input ---- */

static int descending(size_t a, size_t b)
{
    return (a < b) - (a > b);
}

/* By key, those without one last; then the most frequent value first. */
static int by_key(const void *a, const void *b)
{
    const struct value_count *x = a, *y = b;
    if (!x->key.at != !y->key.at)
        return x->key.at ? -1 : 1;
    int order = span_order(x->key, y->key);
    if (order != 0)
        return order;
    return x->n != y->n ? descending(x->n, y->n) : span_order(x->text, y->text);
}

/* The most values first, then the most records; then by key. */
static int by_size(const void *a, const void *b)
{
    const struct group *x = a, *y = b;
    if (x->size != y->size)
        return descending(x->size, y->size);
    return x->n != y->n ? descending(x->n, y->n) : span_order(x->key, y->key);
}

static void add_group(struct cluster *c, size_t first, size_t end)
{
    struct group g = {first, end - first, 0, c->counts[first].key};
    for (size_t i = first; i < end; i++)
        g.n += c->counts[i].n;
    c->groups = array_grow(c->groups, &c->groups_cap, c->group_count + 1, sizeof *c->groups);
    c->groups[c->group_count++] = g;
    c->clustered += g.size;
}

static void find_groups(struct cluster *c)
{
    size_t count = c->values.count - c->without_key;
    for (size_t first = 0, end; first < count; first = end) {
        for (end = first + 1; end < count && c->counts[end].key.at == c->counts[first].key.at;)
            end++;
        if (end - first > 1)
            add_group(c, first, end);
    }
    if (c->group_count)
        qsort(c->groups, c->group_count, sizeof *c->groups, by_size);
}

/* ---- writing ---- */

static void write_groups(struct cluster *c, struct filter *f)
{
    struct buf *b = &f->out.buf;
    for (size_t i = 0; i < c->group_count; i++) {
        const struct group *g = &c->groups[i];
        const struct value_count *values = c->counts + g->first;
        for (size_t j = 0; j < g->size; j++) {
            buf_addc(b, '{');
            emit_string_field(b, SPAN("field"), c->field.name);
            emit_count_field(b, SPAN("cluster"), i + 1);
            emit_string_field(b, SPAN("key"), g->key);
            emit_count_field(b, SPAN("n"), values[j].n);
            emit_string_field(b, SPAN("from"), values[j].text);
            emit_string_field(b, SPAN("to"), values[0].text);
            emit_name(b, SPAN("accept"));
            emit_null(b);
            buf_addc(b, '}');
            filter_written(f);
        }
    }
}

static void write_keys(struct cluster *c, struct filter *f)
{
    struct buf *b = &f->out.buf;
    for (size_t i = 0; i < c->values.count; i++) {
        const struct value_count *v = &c->counts[i];
        buf_addc(b, '{');
        emit_string_field(b, SPAN("field"), c->field.name);
        emit_string_field(b, SPAN("value"), v->text);
        emit_count_field(b, SPAN("n"), v->n);
        emit_name(b, SPAN("key"));
        if (v->key.at)
            emit_string(b, v->key);
        else
            emit_null(b);
        buf_addc(b, '}');
        filter_written(f);
    }
}

static void run(struct cluster *c, struct filter *f)
{
    struct record r;
    while (filter_next(f, &r))
        add_record(c, &r);
    find_keys(c);
    if (c->values.count)
        qsort(c->counts, c->values.count, sizeof *c->counts, by_key);
    find_groups(c);
    if (c->options->keys)
        write_keys(c, f);
    else
        write_groups(c, f);
    filter_count(f, "values", c->strings);
    filter_count(f, "missing", c->missing);
    filter_count(f, "not_strings", c->others);
    filter_count(f, "distinct", c->values.count);
    filter_count(f, "without_key", c->without_key);
    filter_count(f, "clustered", c->clustered);
    filter_count(f, "clusters", c->group_count);
    filter_say(f, "distinct values: %zu, in clusters: %zu, clusters: %zu", c->values.count,
               c->clustered, c->group_count);
    if (c->too_long) {
        filter_count(f, "too_long", c->too_long);
        warn("values of more than %zu bytes left out: %zu", KEY_LONGEST, c->too_long);
    }
    if (c->others)
        filter_say(f, "values that are no strings left out: %zu", c->others);
}

static void check_usage(struct options *o)
{
    if (o->ngram == SIZE_MAX)
        o->ngram = NGRAM;
    else if (o->kind != KEY_NGRAM)
        fail(STATUS_USAGE, "option '--ngram' needs '--key ngram' (try --help)");
}

int main(int argc, char **argv)
{
    struct options o = {.ngram = SIZE_MAX};
    struct filter f;
    filter_open(&f, &PROGRAM, &o, argc, argv);
    check_usage(&o);
    struct cluster c = {.options = &o, .field = {.name = span_of(o.field)}};
    asked_field(&f.asked, ASKED_MAIN, c.field.name, "--field");
    run(&c, &f);
    intern_free(&c.values);
    intern_free(&c.keys);
    free(c.counts);
    free(c.groups);
    buf_free(&c.scratch);
    return filter_close(&f);
}
