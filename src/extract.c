/* extract -- the answers to a questionnaire, out of the letters that came.
 *
 * Reads the documents of `fromdocs` and a schema whose fields say what was asked. Each document is
 * searched by itself (replies/finder.h), and what a body sent is put together at the end
 * (replies/dossier.h), since letters of a reply need not stand together.
 * Memory: one document, and the answers. */
#include <stdlib.h>

#include "base/fault.h"
#include "replies/telling.h"
#include "schema/schema.h"
#include "stream/filter.h"
#include "text/clean.h"

struct options {
    const char *schema, *unplaced, *conflicts;
    struct opt_list decisions;
    double at_least;
    size_t max_text;
};

#define MAX_TEXT ((size_t)1 << 20) /* some 300 pages; all that is found in it is held */

static const struct opt OPTIONS[] = {
    {"schema", 's', "FILE", OPT_REQUIRED_TEXT, offsetof(struct options, schema),
     "the Table Schema whose fields are the questions; required"},
    {"at-least", 0, "S", OPT_NUMBER_IN(0, 1), offsetof(struct options, at_least),
     "take answers with a score of at least S, from 0 to 1 (default: 0.5)"},
    {"max-text", 0, "BYTES", OPT_COUNT, offsetof(struct options, max_text),
     "leave documents with a longer text unread, and say so (default: 1 MiB)"},
    {"unplaced", 0, "FILE", OPT_TEXT, offsetof(struct options, unplaced),
     "list in FILE what was found and not taken, with the nearest question, one JSON object a "
     "line"},
    {"conflicts", 0, "FILE", OPT_TEXT, offsetof(struct options, conflicts),
     "list in FILE what a later letter corrected, and where letters disagree"},
    {"decisions", 0, "FILE", OPT_LIST, offsetof(struct options, decisions),
     "answers that people decided on (CSV: reply, field, value, coder, date, text), which override "
     "the letters; may be given several times"},
    {0},
};

static const struct opt_program PROGRAM = {
    .name = "extract",
    .args = "[FILE...]",
    .about =
        "Finds the answers to a questionnaire in letters, with where each stands and how sure it "
        "is.",
    .options = OPTIONS,
    .notes = "Input: records of fromdocs, {\"reply\", \"file\", \"date\", \"text\", ...}.\n"
             "In the schema a question's field has its wording as \"title\", its number as\n"
             "\"number\", further wordings as \"questions\":\n"
             "  {\"name\": \"spend\", \"number\": \"4a\", \"title\": \"What was the total "
             "spend?\"}\n"
             "Output: a record a reply: reply, received, status, the fields, and in\n"
             "_evidence the file, page and line of each answer.\n"
             "The manual page is docs/extract.md.",
};

enum column { REPLY, FILE_NAME, PART, DATE, TEXT, QUOTED, REASON, COLUMNS };

struct extract {
    struct filter filter;
    struct options options;
    struct schema schema;
    struct questions questions;
    struct finder *finder;
    struct dossiers dossiers;
    struct decisions decisions;
    struct telling telling;
    struct output unplaced, conflicts;
    struct lookup columns[COLUMNS];
    struct buf texts[COLUMNS];
    size_t unreadable, unplaced_count;
    size_t too_large; /* documents longer than --max-text */
    struct buf first_too_large;
    size_t mute; /* replies that could be read, and in which nothing was found */
    struct span first_mute;
};

/* ---- the questionnaire ---- */

/* The field that a column NAME fills: by name, title or alias, also in another spelling. */
static size_t field_of(const struct schema *s, struct span name)
{
    size_t at = intern_find(&s->names, name);
    if (at != INTERN_NONE)
        return s->name_field[at];
    struct buf form = {0};
    clean_header(&form, name);
    at = intern_find(&s->forms, buf_span(&form));
    buf_free(&form);
    return at == INTERN_NONE ? s->count : s->form_fields[s->form_first[at]].field;
}

/* Whether the title is a question by its form: a number in front, or a mark at the end. */
static bool asks(struct span title)
{
    struct label l;
    size_t end;
    return title.len && (title.at[title.len - 1] == '?' ||
                         (label_read(title, 0, &l, &end) && end < title.len && !l.dashed));
}

/* Fields with a number or further wordings are questions; where there are none of these, those
 * whose title asks; where none does, all with a title but keys. */
enum rule { RULE_NUMBERED, RULE_ASKING, RULE_TITLED };

static bool by_rule(const struct schema *s, size_t field, enum rule rule)
{
    const struct schema_field *f = &s->fields[field];
    if (f->number.len || f->question_count)
        return true;
    if (rule == RULE_NUMBERED || f->title.len == 0 || f->unique || f->required)
        return asks(f->title);
    for (size_t i = 0; i < s->key_count; i++)
        for (size_t k = 0; k < s->keys[i].count; k++)
            if (s->keys[i].fields[k] == field)
                return false;
    return rule == RULE_TITLED || asks(f->title);
}

static enum rule rule_of(const struct schema *s)
{
    bool asking = false;
    for (size_t i = 0; i < s->count; i++) {
        if (s->fields[i].number.len || s->fields[i].question_count)
            return RULE_NUMBERED;
        asking |= asks(s->fields[i].title);
    }
    return asking ? RULE_ASKING : RULE_TITLED;
}

static void add_question(struct extract *x, const struct schema_field *f)
{
    questions_add(&x->questions, f->name, f->number);
    questions_word(&x->questions, f->title.len ? f->title : f->name);
    for (size_t i = 0; i < f->question_count; i++)
        questions_word(&x->questions, f->questions[i]);
}

static void load_questions(struct extract *x)
{
    static const struct span own[] = {SPAN_ROW("reply"), SPAN_ROW("received"), SPAN_ROW("status")};
    const struct schema *s = &x->schema;
    enum rule rule = rule_of(s);
    size_t taken[sizeof own / sizeof *own];
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        taken[i] = field_of(s, own[i]);
    for (size_t i = 0; i < s->count; i++) {
        const struct schema_field *f = &s->fields[i];
        bool mine = i == taken[0] || i == taken[1] || i == taken[2];
        if (mine && f->number.len)
            fail(STATUS_USAGE, "%s: field %s: extract itself writes reply, received and status",
                 s->file, quote(f->name));
        if (!mine && by_rule(s, i, rule))
            add_question(x, f);
    }
    if (x->questions.count == 0)
        fail(STATUS_USAGE, "%s: no field is a question (give it a 'title' and a 'number')",
             s->file);
    questions_weigh(&x->questions);
    /* a key of one field that is no other name for the reply gets its code */
    for (size_t i = 0; i < s->key_count && taken[0] == s->count; i++)
        if (s->keys[i].primary && s->keys[i].count == 1 && !by_rule(s, s->keys[i].fields[0], rule))
            x->telling.key = &s->fields[s->keys[i].fields[0]].name;
}

/* ---- documents ---- */

/* The text of column C of R; empty if it is missing. False, with the record rejected, if it is
 * no string. */
static bool column(struct extract *x, const struct record *r, enum column c, struct span *text)
{
    const struct value *v = record_find(r, &x->columns[c]);
    *text = (struct span){"", 0};
    if (value_missing(v))
        return true;
    if (v->type != VALUE_STRING) {
        filter_reject(&x->filter, r, x->columns[c].name, "expected a string or null");
        return false;
    }
    *text = value_text(v, &x->texts[c]);
    return true;
}

static bool read_document(struct extract *x, const struct record *r)
{
    struct span cells[COLUMNS];
    for (int i = 0; i < COLUMNS; i++)
        if (!column(x, r, (enum column)i, &cells[i]))
            return false;
    if (cells[REPLY].len == 0) {
        filter_reject(&x->filter, r, SPAN("reply"), "no reply's code (see fromdocs)");
        return false;
    }
    if (value_missing(record_find(r, &x->columns[TEXT])) && cells[REASON].len == 0)
        cells[REASON] = SPAN("no_text");
    bool readable = cells[REASON].len == 0 || cells[TEXT].len > 0;
    if (readable && cells[TEXT].len + cells[QUOTED].len > x->options.max_text) {
        readable = false;
        cells[REASON] = SPAN("too_large");
        if (x->too_large++ == 0)
            buf_add(&x->first_too_large, cells[FILE_NAME]);
    }
    struct dossier_source source = {
        .file = cells[FILE_NAME], .part = cells[PART], .date = cells[DATE]};
    if (!readable) {
        source.reason = cells[REASON];
        x->unreadable++;
    } else {
        finder_read(x->finder, cells[TEXT], cells[QUOTED]);
        source.kind = finder_kind(x->finder);
    }
    struct dossier *it = dossiers_of(&x->dossiers, cells[REPLY]);
    dossiers_add(&x->dossiers, it, &source, readable ? x->finder : NULL);
    return true;
}

/* ---- start, run and finish ---- */

/* Kinds of items that this program made; a row without a kind is taken for one of them. */
static const char *const KINDS[] = {"",         "answer",     "unplaced", "extract",
                                    "conflict", "correction", NULL};

static void load_decisions(struct extract *x)
{
    struct decisions *d = &x->decisions;
    struct intern fields = {0};
    for (size_t i = 0; i < x->questions.count; i++)
        intern_add(&fields, x->questions.at[i].name);
    for (size_t i = 0; i < x->options.decisions.count; i++)
        decisions_load(d, x->options.decisions.at[i], KINDS, "reply");
    for (size_t i = 0; i < d->count; i++)
        if (intern_find(&fields, decision_field(&d->at[i])) == INTERN_NONE)
            decisions_fail(&d->at[i], "%s is no question of the schema",
                           quote(decision_field(&d->at[i])));
    x->telling.decisions = d;
    intern_free(&fields);
}

static void start(struct extract *x, int argc, char **argv)
{
    static const struct span names[COLUMNS] = {
        SPAN_ROW("reply"), SPAN_ROW("file"),   SPAN_ROW("part"),  SPAN_ROW("date"),
        SPAN_ROW("text"),  SPAN_ROW("quoted"), SPAN_ROW("reason")};
    struct fault fault;
    x->options.at_least = 0.5;
    x->options.max_text = MAX_TEXT;
    filter_open(&x->filter, &PROGRAM, &x->options, argc, argv);
    if (!schema_load(&x->schema, x->options.schema, &fault))
        fault_end(&fault, STATUS_USAGE);
    load_questions(x);
    if (x->options.decisions.count)
        load_decisions(x);
    for (int i = 0; i < COLUMNS; i++)
        x->columns[i] = (struct lookup){.name = names[i]};
    x->finder = finder_open(&x->questions);
    size_t cap = 0;
    x->telling.questions = &x->questions;
    x->telling.at_least = x->options.at_least;
    x->telling.met = array_grow(NULL, &cap, x->questions.count, sizeof *x->telling.met);
    memset(x->telling.met, 0, x->questions.count * sizeof *x->telling.met);
    if (x->options.unplaced)
        output_open(&x->unplaced, x->options.unplaced, OUTPUT_WHOLE);
    if (x->options.conflicts)
        output_open(&x->conflicts, x->options.conflicts, OUTPUT_WHOLE);
}

static void write_reply(struct extract *x, struct dossier *it)
{
    dossier_settle(&x->dossiers, it, x->questions.count, x->options.at_least);
    enum dossier_status status = telling_record(&x->telling, it, &x->filter.out.buf);
    filter_written(&x->filter);
    size_t before = x->unplaced.buf.len;
    size_t unplaced = telling_unplaced(&x->telling, it, &x->unplaced.buf);
    x->unplaced_count += unplaced;
    if (status == DOSSIER_UNKNOWN && unplaced == 0 && it->unreadable.len == 0 && x->mute++ == 0)
        x->first_mute = it->reply;
    if (!x->options.unplaced)
        x->unplaced.buf.len = before;
    else if (x->unplaced.buf.len >= OUTPUT_BLOCK)
        output_flush(&x->unplaced);
    telling_clashes(&x->telling, it, x->options.conflicts ? &x->conflicts.buf : NULL);
    if (x->options.conflicts && x->conflicts.buf.len >= OUTPUT_BLOCK)
        output_flush(&x->conflicts);
}

static void run(struct extract *x)
{
    struct record r;
    while (filter_next(&x->filter, &r))
        read_document(x, &r);
    for (size_t i = 0; i < x->dossiers.replies.count; i++)
        write_reply(x, &x->dossiers.at[i]);
}

/* Questions that nobody answered are more likely asked of the wrong letters than by chance. */
static void tell_unmet(struct extract *x)
{
    for (size_t i = 0; i < x->questions.count; i++) {
        const struct question *q = &x->questions.at[i];
        size_t row = asked_thing(&x->filter.asked, "question", q->name, "is answered by no reply",
                                 x->options.schema);
        if (x->telling.met[i])
            asked_found(&x->filter.asked, row);
    }
}

/* What a person has to read: a letter of words that no rule knows may answer all the same. */
static void tell_unread(const struct extract *x)
{
    if (x->too_large)
        warn("documents with a longer text than --max-text allows, not read: %zu (the first: %s)",
             x->too_large, quote(buf_span(&x->first_too_large)));
    if (x->mute)
        warn("replies in which nothing was found: %zu, to be read by a person (the first: %s)",
             x->mute, quote(x->first_mute));
}

static int finish(struct extract *x)
{
    const struct telling *t = &x->telling;
    filter_count(&x->filter, "replies", x->dossiers.replies.count);
    filter_count(&x->filter, "unreadable", x->unreadable);
    for (int i = 0; i < DOSSIER_UNKNOWN; i++)
        filter_count(&x->filter, dossier_status_name((enum dossier_status)i), t->statuses[i]);
    filter_count(&x->filter, "unknown", t->statuses[DOSSIER_UNKNOWN]);
    filter_count(&x->filter, "values", t->answered);
    filter_count(&x->filter, "missing", t->missing);
    filter_count(&x->filter, "decided", t->ruled);
    filter_count(&x->filter, "corrections", t->corrections);
    filter_count(&x->filter, "conflicts", t->conflicts);
    filter_count(&x->filter, "unplaced", x->unplaced_count);
    tell_unread(x);
    tell_unmet(x);
    if (x->options.unplaced)
        output_close(&x->unplaced);
    if (x->options.conflicts)
        output_close(&x->conflicts);
    if (x->options.decisions.count) {
        decisions_close(&x->decisions, &x->filter);
        decisions_free(&x->decisions);
        opt_list_free(&x->options.decisions);
    }
    finder_close(x->finder);
    dossiers_free(&x->dossiers);
    telling_free(&x->telling);
    questions_free(&x->questions);
    schema_free(&x->schema);
    buf_free(&x->unplaced.buf);
    buf_free(&x->first_too_large);
    for (int i = 0; i < COLUMNS; i++)
        buf_free(&x->texts[i]);
    return filter_close(&x->filter);
}

int main(int argc, char **argv)
{
    struct extract x = {0};
    start(&x, argc, argv);
    run(&x);
    return finish(&x);
}
