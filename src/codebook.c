/* codebook -- the care of codebooks: checked and converted.
 *
 * `check` tries each term with the matcher of `code` and tells what cannot be meant;
 * `convert` writes a codebook in another form. Memory: the codebooks. */
#include "codebook.h"

#include <strings.h>

#include "codebook_check.h"
#include "codebook_write.h"
#include "fail.h"
#include "filter.h"
#include "qdc.h"

enum form { FORM_JSON, FORM_CSV, FORM_QDC, FORM_UNSAID };

struct options {
    int to; /* enum form */
};

static const struct opt OPTIONS[] = {
    {"to", 0, "json|csv|qdc", OPT_CHOICE, offsetof(struct options, to),
     "convert: the form to write (default: by the ending of the name after -o)"},
    {0},
};

static const struct opt_program PROGRAM = {
    .name = "codebook",
    .args = "check BOOK...\nconvert BOOK -o OTHER",
    .about = "Checks and converts codebooks.",
    .options = OPTIONS,
    .notes = "A book is JSON or CSV, as 'code' reads it, or a REFI-QDA codebook (.qdc).\n"
             "\n"
             "  codebook check codebook.csv\n"
             "  codebook convert codebook.csv -o codebook.json",
};

static bool ends_with(const char *name, const char *ending)
{
    size_t len = strlen(name), end = strlen(ending);
    return len >= end && strcasecmp(name + len - end, ending) == 0;
}

static void load(struct codebook *book, const char *file, struct losses *losses)
{
    if (ends_with(file, ".qdc"))
        qdc_load(book, file, losses);
    else
        codebook_load(book, file);
}

/* ---- check ---- */

static int check(struct filter *f)
{
    size_t bad = 0;
    if (f->operand_count < 2)
        fail(STATUS_USAGE, "'check' needs a codebook (try --help)");
    for (size_t i = 1; i < f->operand_count; i++) {
        struct codebook book;
        struct losses losses = {0};
        load(&book, f->operands[i], &losses);
        losses_free(&losses);
        size_t found = codebook_check(&book, &f->out);
        for (size_t j = 0; j < book.count; j++)
            f->read += book.fields[j].term_count;
        f->written += found;
        bad += found > 0;
        codebook_free(&book);
    }
    size_t problems = f->written, books = f->operand_count - 1;
    int status = filter_close(f);
    if (problems == 0)
        return status;
    warn("%zu %s in %zu of %zu codebooks", problems, problems == 1 ? "problem" : "problems", bad,
         books);
    return STATUS_DATA;
}

/* ---- convert ---- */

static enum form form_to_write(const struct filter *f, const struct options *o)
{
    const char *name = f->options.output;
    if (o->to != FORM_UNSAID)
        return (enum form)o->to;
    if (name && ends_with(name, ".json"))
        return FORM_JSON;
    if (name && ends_with(name, ".csv"))
        return FORM_CSV;
    if (name && ends_with(name, ".qdc"))
        return FORM_QDC;
    fail(STATUS_USAGE, "'convert' needs '--to', or '-o' with a name in .json, .csv or .qdc "
                       "(try --help)");
}

static int convert(struct filter *f, const struct options *o)
{
    struct codebook book;
    struct losses losses = {0};
    if (f->operand_count != 2)
        fail(STATUS_USAGE, "'convert' takes one codebook (try --help)");
    enum form to = form_to_write(f, o);
    load(&book, f->operands[1], &losses);
    if (to == FORM_JSON)
        codebook_write_json(&book, &f->out.buf);
    else if (to == FORM_CSV)
        codebook_write_csv(&book, &f->out.buf, &losses);
    else
        qdc_write(&book, &f->out.buf, &losses);
    for (size_t i = 0; i < book.count; i++)
        f->read += book.fields[i].term_count;
    f->written = f->read;
    if (losses.text.len)
        warn("%s: not carried over: %s", book.file, buf_text(&losses.text));
    losses_free(&losses);
    codebook_free(&book);
    return filter_close(f);
}

int main(int argc, char **argv)
{
    struct options o = {.to = FORM_UNSAID};
    struct filter f;
    filter_start(&f, &PROGRAM, &o, argc, argv);
    const char *command = f.operand_count > 0 ? f.operands[0] : "";
    if (strcmp(command, "check") == 0)
        return check(&f);
    if (strcmp(command, "convert") == 0)
        return convert(&f, &o);
    fail(STATUS_USAGE, "%s is none of check|convert (try --help)", quote(span_of(command)));
}
