/* code -- free-text answers to codes, by a codebook.
 *
 * Each answer is split into words and searched once for all terms of the
 * codebook; of mentions that lie across each other the longest counts, and a
 * mention under a cue ("we do not use Python") is not coded. Answers that are
 * missing stay so, with their reason. Memory: the codebook and one record. */
#include "codebook.h"
#include "coder.h"
#include "fail.h"
#include "filter.h"

struct options {
    const char *codebook, *uncoded;
    struct opt_list fields;
    struct coder_options coder;
};

#define AT(member) offsetof(struct options, member)
static const struct opt OPTIONS[] = {
    {"codebook", 'c', "FILE", OPT_TEXT, AT(codebook),
     "the codebook: JSON if FILE ends in .json, else CSV"},
    {"field", 0, "FROM[=INTO]", OPT_LIST, AT(fields),
     "code FROM by a codebook that names no field, into INTO (default: FROM_code); repeatable"},
    {"evidence", 0, NULL, OPT_FLAG, AT(coder.evidence),
     "add '_evidence': the words behind each code, and what voided or negated others"},
    {"status", 0, NULL, OPT_FLAG, AT(coder.status),
     "add INTO_status: mentions that are not coded, as CODE:STATUS"},
    {"uncoded", 0, "FILE", OPT_TEXT, AT(uncoded),
     "write the records with an answer that got no code to FILE"},
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

static void apply_fields(struct codebook *b, const struct opt_list *fields)
{
    if (!codebook_is_general(b) && fields->count)
        fail(STATUS_USAGE, "%s: names its fields itself (leave '--field' out)", b->file);
    if (codebook_is_general(b) && fields->count == 0)
        fail(STATUS_USAGE, "%s: names no field (use --field)", b->file);
    for (size_t i = 0; i < fields->count; i++) {
        const char *equals = strchr(fields->at[i], '=');
        if (equals) {
            codebook_apply(b, span_from(fields->at[i], equals), span_of(equals + 1));
            continue;
        }
        struct buf into = {0};
        buf_addf(&into, "%s_code", fields->at[i]);
        codebook_apply(b, span_of(fields->at[i]), arena_copy(&b->arena, buf_span(&into)));
        buf_free(&into);
    }
}

static void code_record(struct filter *f, struct coder *c, struct output *uncoded,
                        const struct record *r)
{
    struct coder_fault fault;
    if (!coder_code(c, r, &fault)) {
        filter_reject(f, r, fault.field, "%s", fault.what);
        return;
    }
    coder_write(c, r, &f->out.buf);
    filter_written(f);
    if (uncoded->name && c->uncoded) {
        coder_write_uncoded(c, r, &uncoded->buf);
        output_line(uncoded);
    }
}

static void run(struct filter *f, struct coder *c, struct output *uncoded)
{
    struct record r;
    size_t answers = 0;
    while (filter_next(f, &r)) {
        if (c->target_count > 0) {
            code_record(f, c, uncoded, &r);
            answers += c->uncoded;
        } else {
            record_write(&f->out.buf, &r);
            filter_written(f);
        }
    }
    filter_count(f, "answers_without_code", answers);
}

int main(int argc, char **argv)
{
    struct options o = {0};
    struct filter f;
    struct codebook book;
    struct coder coder;
    struct output uncoded = {0};
    filter_open(&f, &PROGRAM, &o, argc, argv);
    if (!o.codebook)
        fail(STATUS_USAGE, "option '--codebook' is needed (try --help)");
    codebook_load(&book, o.codebook);
    apply_fields(&book, &o.fields);
    coder_init(&coder, &book, &o.coder);
    if (o.uncoded)
        output_open(&uncoded, o.uncoded, OUTPUT_WHOLE);
    run(&f, &coder, &uncoded);
    if (o.uncoded)
        output_close(&uncoded);
    int status = filter_close(&f);
    coder_free(&coder);
    codebook_free(&book);
    opt_list_free(&o.fields);
    return status;
}
