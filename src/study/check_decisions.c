/* check_decisions -- row by row, each with what was probably meant. */
#include "check_decisions.h"

#include <string.h>

#include "base/fail.h"
#include "base/fault.h"
#include "check_lists.h"
#include "codebook/codebook.h"
#include "decisions/decisions.h"
#include "schema/schema.h"
#include "text/bars.h"
#include "text/date.h"

struct looking {
    const struct settings *settings;
    struct findings *findings;
    struct decisions rows;
    const char *file;
    struct intern fields; /* of all sources */
    struct codebook book;
    bool has_book;
    size_t faults;
};

/* What a row is about. */
enum about { ABOUT_CODES, ABOUT_CELLS, ABOUT_ANSWERS, ABOUT_OTHERS };

static const struct choice KINDS[] = {{"code", ABOUT_CODES},       {"codes", ABOUT_CODES},
                                      {"answer", ABOUT_ANSWERS},   {"unplaced", ABOUT_ANSWERS},
                                      {"conflict", ABOUT_ANSWERS}, {"correction", ABOUT_ANSWERS},
                                      {"extract", ABOUT_ANSWERS},  {"flag", ABOUT_CELLS},
                                      {"cluster", ABOUT_CELLS},    {"replace", ABOUT_CELLS},
                                      {"match", ABOUT_OTHERS},     {"merge", ABOUT_OTHERS},
                                      {"merged", ABOUT_OTHERS},    {0}};

/* Whether the replies are letters: `extract` takes rows about them, those without a kind, too. */
static bool has_letters(const struct settings *s)
{
    return s->foi.part_count > 0 && s->foi.parts[0].reader == SETTINGS_DOCS;
}

/* What a row is about by its kind; and why no program takes it, or NULL. */
static const char *about_of(const struct settings *s, const struct decision *it, int *about)
{
    *about = ABOUT_OTHERS;
    if (decision_kind(it).len == 0 && has_letters(s))
        *about = ABOUT_ANSWERS;
    else if (!choice_find(KINDS, decision_kind(it), about))
        return "is none that a program takes";
    return *about == ABOUT_ANSWERS && !has_letters(s) ? "is about letters, and there are none"
                                                      : NULL;
}

/* ---- what there is ---- */

static void add_schema(struct looking *k, const struct settings_source *source)
{
    struct schema schema;
    struct fault fault = {0};
    if (!schema_load(&schema, source->schema, &fault))
        fault_free(&fault); /* told elsewhere */
    for (size_t i = 0; i < schema.count; i++) {
        intern_add(&k->fields, schema.fields[i].name);
        if (schema.fields[i].into.at)
            intern_add(&k->fields, schema.fields[i].into);
    }
    schema_free(&schema);
}

static void read_what_there_is(struct looking *k)
{
    const struct settings *s = k->settings;
    const struct settings_source *source;
    struct fault fault = {0};
    for (size_t i = 0; (source = settings_source(s, i)); i++)
        add_schema(k, source);
    k->has_book = s->codebook && codebook_load(&k->book, s->codebook, &fault);
    fault_free(&fault);
}

/* ---- rows ---- */

/* "FILE:LINE: COLUMN 'VALUE' WHAT (did you mean ...?)" */
static void tell(struct looking *k, const struct decision *it, const char *column,
                 struct span value, const char *what, const struct nearest *near)
{
    findings_add(k->findings, FINDINGS_PROBLEM, "%s:%zu: %s %s %s%s", decision_file(it),
                 decision_line(it), column, quote(value), what, findings_meant(k->findings, near));
    k->faults++;
}

static const struct codebook_field *coded_field(const struct looking *k, struct span into)
{
    for (size_t i = 0; i < k->book.target_count; i++)
        if (span_eq(k->book.targets[i].into, into))
            return &k->book.fields[k->book.targets[i].field];
    return NULL;
}

/* "python", or "python:not_used". */
static bool is_code(const struct codebook_field *f, struct span text)
{
    const char *colon = text.len ? memrchr(text.at, ':', text.len) : NULL;
    return codebook_find(f, text) < f->code_count ||
           (colon && codebook_find(f, span_from(text.at, colon)) < f->code_count);
}

static void look_at_code(struct looking *k, const struct decision *it,
                         const struct codebook_field *f, struct span code)
{
    struct nearest near = {0};
    if (code.len == 0 || is_code(f, code))
        return;
    for (size_t i = 0; i < f->code_count; i++)
        nearest_try(&near, code, f->codes[i].code);
    tell(k, it, "value", code, "is no code of the codebook", &near);
}

static void look_at_codes(struct looking *k, const struct decision *it)
{
    const struct codebook_field *f = coded_field(k, decision_field(it));
    struct nearest near = {0};
    if (!f) {
        for (size_t i = 0; i < k->book.target_count; i++)
            nearest_try(&near, decision_field(it), k->book.targets[i].into);
        tell(k, it, "field", decision_field(it), "is none that the codebook codes into", &near);
        return;
    }
    if (decision_missing(it).at || span_eq(decision_value(it), SPAN("[]")))
        return;
    struct span rest = decision_value(it), code;
    struct buf own = {0};
    while (bars_next(&rest, &own, &code))
        look_at_code(k, it, f, code);
    buf_free(&own);
}

static void look_at_cell(struct looking *k, const struct decision *it)
{
    struct nearest near = {0};
    if (decision_field(it).len == 0 || intern_find(&k->fields, decision_field(it)) != INTERN_NONE)
        return;
    for (size_t i = 0; i < k->fields.count; i++)
        nearest_try(&near, decision_field(it), k->fields.keys[i]);
    tell(k, it, "field", decision_field(it), "is in no schema", &near);
}

static void look_at_person(struct looking *k, const struct decision *it)
{
    struct date date;
    if (decision_date(it).len && date_iso(decision_date(it), &date) != DATE_OK)
        tell(k, it, "date", decision_date(it), "is no day such as 2020-01-31",
             &(struct nearest){0});
    if (decision_coder(it).len == 0)
        findings_add(k->findings, FINDINGS_REMARK, "%s:%zu: nobody's name stands under 'coder'",
                     decision_file(it), decision_line(it));
}

static void look_at_row(struct looking *k, const struct decision *it)
{
    int about;
    struct nearest near = {0};
    const char *untaken = about_of(k->settings, it, &about);
    if (untaken) {
        for (const struct choice *c = KINDS; c->word && about == ABOUT_OTHERS; c++)
            nearest_try(&near, decision_kind(it), span_of(c->word));
        tell(k, it, "kind", decision_kind(it), untaken, &near);
    }
    if (about == ABOUT_CODES && k->has_book)
        look_at_codes(k, it);
    if (about == ABOUT_CELLS || about == ABOUT_ANSWERS)
        look_at_cell(k, it);
    look_at_person(k, it);
}

static void load_rows(void *with)
{
    struct looking *k = with;
    decisions_load(&k->rows, k->file, NULL, "");
}

/* The rows of FILE; false if it cannot be read, which is told. */
static bool load(struct looking *k, const char *file)
{
    struct fault fault = {0};
    struct buf text = {0};
    k->file = file;
    if (fault_catch(&fault, load_rows, k))
        return true;
    fault_add(&text, &fault);
    findings_add(k->findings, FINDINGS_PROBLEM, "%s", buf_text(&text));
    fault_free(&fault);
    buf_free(&text);
    k->faults++;
    return false;
}

bool decisions_look(const struct settings *s, struct findings *f)
{
    struct looking k = {.settings = s, .findings = f};
    if (s->decisions.count == 0)
        return false;
    read_what_there_is(&k);
    for (size_t i = 0; i < s->decisions.count; i++) {
        if (load(&k, s->decisions.at[i]))
            for (size_t j = 0; j < k.rows.count; j++)
                look_at_row(&k, &k.rows.at[j]);
        decisions_free(&k.rows);
        k.rows = (struct decisions){0};
    }
    intern_free(&k.fields);
    codebook_free(&k.book);
    return k.faults > 0;
}

void decisions_tell_untaken(const struct settings *s)
{
    struct looking k = {.settings = s};
    for (size_t i = 0; i < s->decisions.count; i++) {
        struct fault fault = {0};
        int about;
        k.file = s->decisions.at[i];
        if (!fault_catch(&fault, load_rows, &k))
            fault_free(&fault); /* a stage ended with it, or none had a row there */
        const char *why = NULL;
        size_t untaken = 0, first = 0;
        for (size_t j = 0; j < k.rows.count; j++) {
            const char *here = about_of(s, &k.rows.at[j], &about);
            first = here && !why ? j : first;
            why = why ? why : here;
            untaken += here != NULL;
        }
        if (untaken)
            warn("%s:%zu: kind %s %s%s", k.file, decision_line(&k.rows.at[first]),
                 quote(decision_kind(&k.rows.at[first])), why,
                 untaken > 1 ? "; further rows are not taken either" : "");
        decisions_free(&k.rows);
        k.rows = (struct decisions){0};
    }
}

/* ---- records ---- */

/* What the field BY holds in the records of all sources. */
static void read_values(const struct looking *k, const char *folder, struct span by,
                        struct intern *values)
{
    struct arena a = {0};
    const struct settings_source *source;
    struct buf name = {0};
    for (size_t i = 0; (source = settings_source(k->settings, i)); i++) {
        buf_clear(&name);
        buf_addf(&name, "%s.jsonl", source->name);
        const char *path = settings_path(&a, folder, buf_text(&name));
        if (settings_is_file(path))
            lists_texts(values, path, by);
    }
    buf_free(&name);
    arena_free(&a);
}

static void look_for(struct looking *k, const struct decision *it, struct span by,
                     const struct intern *values)
{
    struct nearest near = {0};
    if (intern_find(values, decision_reply(it)) != INTERN_NONE)
        return;
    for (size_t i = 0; i < values->count; i++)
        nearest_try(&near, decision_reply(it), values->keys[i]);
    struct buf what = {0};
    buf_addf(&what, "is in the field %s of no record", quote(by));
    tell(k, it, "reply", decision_reply(it), buf_text(&what), &near);
    buf_free(&what);
}

/* The field that names the record of a row. Letters have a code, `reply`, which the schema may call
 * otherwise: then it is the key. */
static struct span own_field(const struct looking *k, const struct decision *it, int about)
{
    struct span by = decision_by(it), reply = SPAN("reply");
    const struct settings_words *keys = &k->settings->foi.keys;
    if (about == ABOUT_ANSWERS)
        by = by.len && !span_eq(by, reply) ? by : keys->count ? span_of(keys->at[0]) : reply;
    return by.len ? by : about == ABOUT_CODES ? reply : SPAN("_origin");
}

/* The fields that name records, each looked through once. */
static void look_by(struct looking *k, const char *folder, struct span by)
{
    struct intern values = {0};
    read_values(k, folder, by, &values);
    for (size_t i = 0; i < k->rows.count; i++) {
        const struct decision *it = &k->rows.at[i];
        int about;
        if (about_of(k->settings, it, &about)) /* told before */
            continue;
        struct span own = own_field(k, it, about);
        if (about == ABOUT_OTHERS || decision_reply(it).len == 0 || !span_eq(own, by))
            continue;
        if (values.count == 0)
            tell(k, it, "by", by, "is a field of no record", &(struct nearest){0});
        else
            look_for(k, it, by, &values);
    }
    intern_free(&values);
}

void decisions_look_for_records(const struct settings *s, const char *folder, struct findings *f)
{
    struct looking k = {.settings = s, .findings = f};
    struct intern names = {0};
    for (size_t i = 0; i < s->decisions.count; i++) {
        k.file = s->decisions.at[i];
        struct fault fault = {0};
        if (!fault_catch(&fault, load_rows, &k))
            fault_free(&fault); /* told before */
        intern_add(&names, SPAN("reply"));
        intern_add(&names, SPAN("_origin"));
        if (s->foi.keys.count)
            intern_add(&names, span_of(s->foi.keys.at[0]));
        for (size_t j = 0; j < k.rows.count; j++)
            if (decision_by(&k.rows.at[j]).len)
                intern_add(&names, decision_by(&k.rows.at[j]));
        for (size_t j = 0; j < names.count; j++)
            look_by(&k, folder, names.keys[j]);
        decisions_free(&k.rows);
        k.rows = (struct decisions){0};
    }
    intern_free(&names);
}
