/* code -- free-text answers to codes, by a codebook.
 *
 * Each answer is split into words and searched once for all terms of the
 * codebook; of mentions that lie across each other the longest counts, and a
 * mention under a cue ("we do not use Python") is not coded. Answers that are
 * missing stay so, with their reason. Memory: the codebook and one record. */
#include "base/fail.h"
#include "codebook/codebook.h"
#include "coding/coder.h"
#include "coding/suggest.h"
#include "stream/filter.h"

struct options {
    const char *codebook, *uncoded, *residue, *suggest;
    struct opt_list fields, overrides, decisions;
    struct coder_options coder;
};

#define AT(member) offsetof(struct options, member)
#define MAX_TEXT ((size_t)1 << 20) /* 300 pages; its words take ten times as much */

static const struct opt OPTIONS[] = {
    {"codebook", 'c', "FILE", OPT_REQUIRED_TEXT, AT(codebook),
     "the codebook: JSON if FILE ends in .json, else CSV"},
    {"field", 0, "FROM[=INTO]", OPT_LIST, AT(fields),
     "code FROM by a codebook that names no field, into INTO (default: FROM_code); repeatable"},
    {"evidence", 0, NULL, OPT_FLAG, AT(coder.evidence),
     "add '_evidence': the words behind each code, and what voided or negated others"},
    {"explain", 0, NULL, OPT_FLAG, AT(coder.explain),
     "like --evidence, with the cue that decided about each mention and why, in words"},
    {"status", 0, NULL, OPT_FLAG, AT(coder.status),
     "add INTO_status: mentions that are not coded, as CODE:STATUS"},
    {"uncoded", 0, "FILE", OPT_TEXT, AT(uncoded),
     "write the records with an answer that got no code to FILE"},
    {"residue", 0, "FILE", OPT_TEXT, AT(residue),
     "write the words that no term matched to FILE, as rows of a codebook, the most frequent "
     "first"},
    {"suggest", 0, "FILE", OPT_TEXT, AT(suggest),
     "write guesses at the words that no term matched to FILE, as rows that count once a person "
     "accepts them"},
    {"max-text", 0, "BYTES", OPT_COUNT, AT(coder.max_text),
     "the longest answer to code (default: 1048576)"},
    {"overrides", 0, "FILE", OPT_LIST, AT(overrides),
     "a CSV file of decisions about single answers, which override the codebook: with keys and "
     "codes, or as review saves them"},
    {"decisions", 0, "FILE", OPT_LIST, AT(decisions),
     "answers that people decided on, as review saves them (CSV: kind, by, reply, field, value, "
     "coder, date, text); may be given several times"},
    {0},
};

static const struct opt_program PROGRAM = {
    .name = "code",
    .args = "-c CODEBOOK [FILE...]",
    .about = "Turns free-text answers into codes, by the terms of a codebook.",
    .options = OPTIONS,
    .notes = "A codebook in CSV has one term a row, under the columns\n"
             "from,into,code,label,group,term,match,case,exclude.\n"
             "\n"
             "  code -c codebook.csv --evidence replies.jsonl >coded.jsonl",
};

struct outputs {
    struct output uncoded, residue, suggest; /* with a name if asked for */
};

static void code_record(struct filter *f, struct coder *c, struct outputs *outputs,
                        const struct record *r)
{
    struct coder_fault fault;
    if (!coder_code(c, r, &fault)) {
        filter_reject(f, r, fault.field, "%s", fault.what);
        return;
    }
    coder_write(c, r, &f->out);
    filter_written(f);
    if (outputs->uncoded.name && c->uncoded) {
        coder_write_uncoded(c, r, &outputs->uncoded.buf);
        output_line(&outputs->uncoded);
    }
}

static void run(struct filter *f, struct coder *c, struct outputs *outputs)
{
    struct record r;
    size_t answers = 0;
    while (filter_next(f, &r)) {
        if (c->target_count > 0) {
            code_record(f, c, outputs, &r);
            answers += c->uncoded;
        } else {
            record_note(&f->out.buf, &r, f->out.places);
            filter_written(f);
        }
    }
    filter_count(f, "answers_without_code", answers);
}

static void open_outputs(struct outputs *outputs, const struct options *o)
{
    *outputs = (struct outputs){0};
    if (o->uncoded)
        output_open(&outputs->uncoded, o->uncoded, OUTPUT_WHOLE);
    if (o->residue)
        output_open(&outputs->residue, o->residue, OUTPUT_WHOLE);
    if (o->suggest)
        output_open(&outputs->suggest, o->suggest, OUTPUT_WHOLE);
}

/* What stands only at the end: the phrases by rank, the overrides without effect. */
static void finish(struct filter *f, const struct coder *c, struct outputs *outputs)
{
    struct residue *residue = c->options.residue;
    if (outputs->uncoded.name)
        output_close(&outputs->uncoded);
    if (residue) {
        residue_rank(residue);
        if (outputs->residue.name) {
            residue_write(residue, c->book, &outputs->residue.buf);
            output_close(&outputs->residue);
        }
        if (outputs->suggest.name) {
            suggest_write(residue, c->book, &outputs->suggest.buf);
            output_close(&outputs->suggest);
        }
        filter_count(f, "residue_low_by", residue->low_by);
        if (residue->low_by)
            filter_say(f, "the counts of the residue may be low by up to %zu records",
                       residue->low_by);
    }
    if (c->options.overrides)
        filter_count(f, "overrides_without_effect", overrides_report(c->options.overrides));
    if (c->options.verdicts)
        decisions_close(&c->options.verdicts->decisions, f);
}

/* What people decided, in either form. */
static void load_people(struct options *o, const struct codebook *book, struct overrides *overrides,
                        struct verdicts *verdicts)
{
    struct fault fault;
    for (size_t i = 0; i < o->overrides.count + o->decisions.count; i++) {
        bool named = i >= o->overrides.count;
        const char *file = named ? o->decisions.at[i - o->overrides.count] : o->overrides.at[i];
        if (named || decisions_recognise(file)) {
            if (!verdicts_load(verdicts, file, book, &fault))
                fault_end(&fault, STATUS_USAGE);
            o->coder.verdicts = verdicts;
            continue;
        }
        if (o->coder.overrides)
            fail(STATUS_USAGE, "%s: one file of overrides by keys can be given", file);
        if (!overrides_load(overrides, file, book, &fault))
            fault_end(&fault, STATUS_USAGE);
        o->coder.overrides = overrides;
    }
}

int main(int argc, char **argv)
{
    struct options o = {.coder.max_text = MAX_TEXT};
    struct filter f;
    struct fault fault;
    struct codebook book;
    struct coder coder;
    struct outputs outputs;
    struct overrides overrides = {0};
    struct verdicts verdicts = {0};
    struct residue residue = {0};
    filter_open(&f, &PROGRAM, &o, argc, argv);
    if (!codebook_load(&book, o.codebook, &fault))
        fault_end(&fault, STATUS_USAGE);
    if (book.guessed)
        filter_say(&f, "%s: read as %s (guessed)", o.codebook, book.guessed);
    codebook_apply_all(&book, o.fields.at, o.fields.count);
    load_people(&o, &book, &overrides, &verdicts);
    if (o.residue || o.suggest) {
        residue_init(&residue);
        residue.votes = o.suggest != NULL;
        o.coder.residue = &residue;
    }
    o.coder.evidence |= o.coder.explain;
    coder_init(&coder, &book, &o.coder);
    open_outputs(&outputs, &o);
    run(&f, &coder, &outputs);
    finish(&f, &coder, &outputs);
    int status = filter_close(&f);
    overrides_free(&overrides);
    verdicts_free(&verdicts);
    residue_free(&residue);
    coder_free(&coder);
    codebook_free(&book);
    opt_list_free(&o.fields);
    opt_list_free(&o.overrides);
    opt_list_free(&o.decisions);
    return status;
}
