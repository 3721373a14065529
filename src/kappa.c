/* kappa -- how far two or more coders agree who coded the same answers.
 *
 * Each coder's file (or column) gives a coding of a unit, the answer named by the key.
 * In a field of several codes the question is, for each answer and code, whether the
 * code stands. Measures and their sources: see stats/agreement. Memory: the codes of
 * each unit and coder, by number. */
#include <math.h>
#include <stdlib.h>

#include "agree/differing.h"
#include "agree/opinions.h"
#include "agree/reliability.h"
#include "agree/reliability_emit.h"
#include "base/fail.h"
#include "base/optlist.h"
#include "stream/emit.h"
#include "stream/filter.h"
#include "stream/scalar.h"

struct options {
    const char *field, *by, *coders, *text, *order, *disagreements;
    int scale, weights;
    double confidence;
};

static const struct choice SCALES[] = {{"nominal", RELIABILITY_NOMINAL},
                                       {"ordinal", RELIABILITY_ORDINAL},
                                       {"interval", RELIABILITY_INTERVAL},
                                       {0}};

static const struct choice WEIGHTS[] = {{"none", AGREEMENT_EXACT},
                                        {"linear", AGREEMENT_LINEAR},
                                        {"quadratic", AGREEMENT_QUADRATIC},
                                        {0}};

static const struct opt OPTIONS[] = {
    {"by", 0, "KEY[,...]", OPT_TEXT, offsetof(struct options, by),
     "the fields that identify the answer; not for files of decisions"},
    {"field", 0, "FIELD", OPT_FIELD, offsetof(struct options, field),
     "the coded field, in one file a coder"},
    {"coders", 0, "FIELD,FIELD[,...]", OPT_TEXT, offsetof(struct options, coders),
     "instead: one file with a coded field for each coder"},
    {"text", 0, "FIELD", OPT_FIELD, offsetof(struct options, text),
     "the field with the answer that was coded, to list with disagreements"},
    {"scale", 0, NULL, OPT_CHOICE(SCALES), offsetof(struct options, scale),
     "how distances between categories count in Krippendorff's alpha (default: nominal)"},
    {"weights", 0, NULL, OPT_CHOICE(WEIGHTS), offsetof(struct options, weights),
     "how far neighbouring categories count as agreement in weighted kappa and Gwet's AC2 "
     "(default: none)"},
    {"order", 0, "VALUE,...", OPT_TEXT, offsetof(struct options, order),
     "the categories from least to most (default: numbers by size, texts by their bytes)"},
    {"confidence", 0, "LEVEL", OPT_NUMBER_BETWEEN(0, 1), offsetof(struct options, confidence),
     "the level of the interval of Cohen's kappa (default: 0.95)"},
    {"disagreements", 0, "FILE", OPT_TEXT, offsetof(struct options, disagreements),
     "list every answer that was not coded alike, with all codings"},
    {0},
};

static const struct opt_program PROGRAM = {
    "kappa",
    "FILE FILE...",
    "Measures the agreement of coders, for each code and overall.",
    OPTIONS,
    "Files of decisions as review saves them, or of records: one file a coder, or\none file and "
    "--coders:\n"
    "  kappa anna.csv ben.csv\n"
    "  kappa --by trust --field tech anna.jsonl ben.jsonl\n"
    "  kappa --by trust --coders tech_anna,tech_ben both.jsonl",
};

struct kappa {
    struct ratings codings;
    struct lookup *by, *fields; /* the key's fields; the coded field of each coder, or the one */
    size_t by_count, field_count;
    struct lookup text;
    struct span *coders;
    struct opinions opinions; /* where files hold decisions */
    struct span field;        /* of the decisions that are measured, else no at */
    size_t units, differ;     /* in all fields */
    struct output list;       /* of answers that were not coded alike */
    size_t *levels;           /* of each code, by its rank */
    double *values;           /* by rank */
    struct buf json,          /* the key of the record */
        scratch, decoded;
    struct arena arena;
};

/* The names of a list, as look-ups. */
static struct lookup *read_names(struct arena *a, const char *option, const char *list,
                                 size_t *count)
{
    struct intern words = {0};
    *count = optlist_names(option, list, &words);
    struct lookup *names = arena_array(a, *count, sizeof *names);
    for (size_t i = 0; i < *count; i++)
        names[i].name = arena_copy(a, words.keys[i]);
    intern_free(&words);
    return names;
}

/* All fields that the options name are to be in the records. */
static void ask(const struct kappa *k, const struct options *o, struct asked *a)
{
    for (size_t i = 0; i < k->by_count; i++)
        asked_field(a, ASKED_MAIN, k->by[i].name, "--by");
    for (size_t i = 0; i < k->field_count; i++)
        asked_field(a, ASKED_MAIN, k->fields[i].name, o->coders ? "--coders" : "--field");
    if (o->text)
        asked_field(a, ASKED_MAIN, k->text.name, "--text");
}

static void set_up(struct kappa *k, const struct options *o, struct filter *f)
{
    if (!o->by)
        fail(STATUS_USAGE, "option '--by' is required (try --help)");
    if (!o->field == !o->coders)
        fail(STATUS_USAGE, "give either '--field' or '--coders' (try --help)");
    k->by = read_names(&k->arena, "by", o->by, &k->by_count);
    k->fields = read_names(&k->arena, o->field ? "field" : "coders",
                           o->field ? o->field : o->coders, &k->field_count);
    k->text.name = span_of(o->text ? o->text : "");
    size_t coders = o->coders ? k->field_count : f->operand_count;
    if (o->field && k->field_count > 1)
        fail(STATUS_USAGE, "option '--field' names one field (see --coders)");
    if (coders < 2)
        fail(STATUS_USAGE, "agreement needs two coders or more (try --help)");
    k->coders = arena_array(&k->arena, coders, sizeof *k->coders);
    for (size_t i = 0; i < coders; i++)
        k->coders[i] = o->coders ? k->fields[i].name : span_of(f->operands[i]);
    for (size_t i = 0; i < coders; i++)
        for (size_t j = 0; j < i; j++)
            if (span_eq(k->coders[i], k->coders[j]))
                fail(STATUS_USAGE, "coder %s named twice (try --help)", quote(k->coders[i]));
    ratings_init(&k->codings, k->coders, coders);
    ask(k, o, &f->asked);
}

/* The record's unit: a list of JSON, its values in one spelling each. False if its key has a part
 * that is missing or no single value. */
static bool take_key(struct kappa *k, struct filter *f, const struct record *r)
{
    buf_clear(&k->json);
    buf_addc(&k->json, '[');
    for (size_t i = 0; i < k->by_count; i++) {
        const struct value *v = record_find(r, &k->by[i]);
        if (value_missing(v) || v->type == VALUE_LIST || v->type == VALUE_OBJECT) {
            filter_reject(f, r, k->by[i].name,
                          value_missing(v) ? "the key is missing" : "the key is no single value");
            return false;
        }
        struct span spelling = scalar_spell(v, &k->scratch, &k->decoded);
        emit_item(&k->json);
        buf_add(&k->json, spelling);
    }
    buf_addc(&k->json, ']');
    return true;
}

static void take_record(struct kappa *k, struct filter *f, const struct record *r, size_t coder)
{
    if (!take_key(k, f, r))
        return;
    size_t unit = ratings_unit(&k->codings, buf_span(&k->json), buf_span(&k->json));
    if (k->text.name.len)
        ratings_text(&k->codings, unit, record_find(r, &k->text));
    size_t from = k->field_count > 1 ? 0 : coder,
           to = k->field_count > 1 ? k->field_count : from + 1;
    for (size_t i = from; i < to; i++) {
        struct lookup *field = &k->fields[k->field_count > 1 ? i : 0];
        const char *wrong = ratings_add(&k->codings, unit, i, record_find(r, field));
        if (wrong) {
            filter_reject(f, r, field->name, "%s: %s", k->json.len ? quote(buf_span(&k->json)) : "",
                          wrong);
            return;
        }
    }
    f->written++;
}

/* --- the order of categories --- */

static const struct intern *sorted; /* qsort has no room for an argument */

static int by_scalar(const void *a, const void *b)
{
    return scalar_order(sorted->keys[*(const size_t *)a], sorted->keys[*(const size_t *)b]);
}

/* Adds the categories of --order to the known ones: those that nobody used count too. */
static void rank_listed(struct kappa *k, const char *order, size_t *codes, size_t *count)
{
    size_t listed;
    struct lookup *words = read_names(&k->arena, "order", order, &listed);
    for (size_t i = 0; i < listed; i++) {
        size_t code = intern_find(&k->codings.codes, words[i].name); /* a number, true or false */
        if (code == INTERN_NONE) {
            buf_clear(&k->scratch);
            emit_string(&k->scratch, words[i].name);
            code = intern_add(&k->codings.codes, buf_span(&k->scratch));
        }
        for (size_t j = 0; j < *count; j++)
            if (codes[j] == code)
                fail(STATUS_USAGE, "option '--order' has %s twice (try --help)",
                     quote(words[i].name));
        codes[(*count)++] = code;
    }
}

static void rank_codes(struct kappa *k, const struct options *o)
{
    size_t room = k->codings.codes.count + (o->order ? strlen(o->order) : 0) + 1;
    size_t *codes = arena_array(&k->arena, room, sizeof *codes);
    size_t count = 0;
    if (o->order) {
        rank_listed(k, o->order, codes, &count);
        if (count < k->codings.codes.count)
            fail(STATUS_DATA, "categories that are not in the list of '--order': %zu",
                 k->codings.codes.count - count);
    } else {
        for (; count < k->codings.codes.count; count++)
            codes[count] = count;
        sorted = &k->codings.codes;
        qsort(codes, count, sizeof *codes, by_scalar);
    }
    k->levels = arena_array(&k->arena, count, sizeof *k->levels);
    k->values = arena_array(&k->arena, count, sizeof *k->values);
    for (size_t i = 0; i < count; i++) {
        k->levels[codes[i]] = i;
        struct value v = value_from(k->codings.codes.keys[codes[i]]);
        if (!scalar_number(&v, &k->values[i]) && o->scale == RELIABILITY_INTERVAL)
            fail(STATUS_DATA, "category %s is no number, as the interval scale needs",
                 quote(k->codings.codes.keys[codes[i]]));
    }
}

/* --- bounds --- */

/* Agreement is measured on each code over all units, so the time grows with both; a field of free
 * text has as many codes as answers, and no codebook comes near. */
#define CODES_MAX 2000
#define CODINGS_MAX ((size_t)100 * 1000 * 1000)

static void check_work(const struct ratings *c)
{
    if (c->codes.count > CODES_MAX)
        fail(STATUS_DATA,
             "different codes: %zu, at most %d are compared (is the field a coded one?)",
             c->codes.count, CODES_MAX);
    if (c->codes.count && c->units.count > CODINGS_MAX / c->coder_count / c->codes.count)
        fail(STATUS_DATA, "%zu codes of %zu coders in %zu units: too many to compare",
             c->codes.count, c->coder_count, c->units.count);
}

/* --- output --- */

static void write_agreement(struct kappa *k, struct filter *f, const struct options *o, size_t code)
{
    struct reliability r;
    struct reliability_order order = {(enum reliability_scale)o->scale, k->levels, k->values,
                                      (enum agreement_weights)o->weights};
    bool all = code == RELIABILITY_ALL;
    size_t codes = k->codings.codes.count;
    reliability_measure(&k->arena, &k->codings, code, &order, o->confidence, &r);
    struct buf *b = &f->out.buf;
    buf_addc(b, '{');
    emit_string_field(b, SPAN("kind"), all ? SPAN("overall") : SPAN("code"));
    if (k->field.at)
        emit_string_field(b, SPAN("field"), k->field);
    emit_name(b, SPAN("code"));
    buf_add(b, all ? SPAN("null") : k->codings.codes.keys[code]);
    emit_count_field(b, SPAN("coders"), k->codings.coder_count);
    emit_count_field(b, SPAN("units"), r.units);
    emit_count_field(b, SPAN("answers"),
                     r.units / (all && k->codings.multiple && codes ? codes : 1));
    emit_count_field(b, SPAN("codings"), r.ratings);
    emit_count_field(b, SPAN("left_out"), r.left_out);
    emit_name(b, SPAN("prevalence"));
    buf_addc(b, '{');
    for (size_t i = 0; i < k->codings.coder_count && !(all && !k->codings.multiple); i++) {
        emit_name(b, k->coders[i]);
        emit_number(b, r.coded[i] ? (double)r.used[i] / (double)r.coded[i] : NAN);
    }
    buf_addc(b, '}');
    reliability_emit(b, &r);
    bool scaled = all && !k->codings.multiple;
    emit_string_field(b, SPAN("scale"),
                      span_of(choice_word(SCALES, scaled ? o->scale : RELIABILITY_NOMINAL)));
    reliability_emit_warnings(b, &r, k->coders, k->codings.coder_count);
    buf_addc(b, '}');
    output_line(&f->out);
}

/* The measures of the codings that were taken in. */
static void measure(struct kappa *k, struct filter *f, const struct options *o)
{
    check_work(&k->codings);
    rank_codes(k, o);
    for (size_t code = 0; code < k->codings.codes.count; code++)
        write_agreement(k, f, o, code);
    write_agreement(k, f, o, RELIABILITY_ALL);
    k->units += k->codings.units.count;
    k->differ += differing_list(&k->codings, k->field, o->disagreements ? &k->list : NULL);
}

static bool are_decisions(const struct filter *f, const struct options *o)
{
    for (size_t i = 0; i < f->operand_count; i++)
        if (!decisions_recognise(f->operands[i]))
            return false;
    return f->operand_count > 0 && !o->by && !o->coders;
}

/* Each field by itself, since their codes have nothing to do with each other. */
static void run_decisions(struct kappa *k, struct filter *f, const struct options *o)
{
    struct opinions *all = &k->opinions;
    struct intern fields = {0};
    opinions_load(all, f->operands, f->operand_count);
    opinions_fields(all, &fields);
    if (o->field && intern_find(&fields, span_of(o->field)) == INTERN_NONE && fields.count)
        fail(STATUS_USAGE, "%s: no decision is about this field", quote(span_of(o->field)));
    if (all->coders.count < 2)
        fail(STATUS_USAGE, "agreement needs two coders or more (try --help)");
    if (o->order && !o->field && fields.count > 1)
        fail(STATUS_USAGE, "option '--order' needs '--field', since decisions are about several");
    k->coders = all->coders.keys;
    for (size_t i = 0; i < fields.count; i++) {
        if (o->field && !span_eq(fields.keys[i], span_of(o->field)))
            continue;
        k->field = fields.keys[i];
        ratings_init(&k->codings, k->coders, all->coders.count);
        opinions_take(all, k->field, &k->codings);
        measure(k, f, o);
        ratings_free(&k->codings);
    }
    f->read = f->written = all->decisions.count;
    intern_free(&fields);
}

static void run(struct kappa *k, struct filter *f, const struct options *o)
{
    struct record r;
    if (o->disagreements)
        output_open(&k->list, o->disagreements, OUTPUT_WHOLE);
    if (are_decisions(f, o)) {
        run_decisions(k, f, o);
    } else {
        set_up(k, o, f);
        filter_read(f, f->operands, f->operand_count);
        while (filter_next(f, &r))
            take_record(k, f, &r, f->in.in.next - 1);
        measure(k, f, o);
    }
    if (o->disagreements)
        output_close(&k->list);
    filter_count(f, "units", k->units);
    filter_count(f, "disagreements", k->differ);
}

int main(int argc, char **argv)
{
    struct options o = {.confidence = 0.95};
    struct filter f;
    struct kappa k = {0};
    filter_start(&f, &PROGRAM, &o, argc, argv);
    run(&k, &f, &o);
    ratings_free(&k.codings);
    opinions_free(&k.opinions);
    arena_free(&k.arena);
    buf_free(&k.json);
    buf_free(&k.scratch);
    buf_free(&k.decoded);
    return filter_close(&f);
}
