/* codebook -- the care of codebooks: checked, converted, compared.
 *
 * `check` tries each term with the matcher of `code` and tells what cannot be meant;
 * `convert` writes a codebook in another form; `compare` tells what two versions
 * differ in, and which records are coded otherwise. Memory: the codebooks. */
#include "codebook/codebook.h"

#include <strings.h>

#include "base/fail.h"
#include "codebook/codebook_compare.h"
#include "codebook/codebook_write.h"
#include "codebook/qdc.h"
#include "coding/codebook_check.h"
#include "coding/codebook_use.h"
#include "coding/coding_versions.h"
#include "stream/filter.h"

enum form { FORM_JSON, FORM_CSV, FORM_QDC, FORM_UNSAID };

static const struct choice FORMS[] = {
    {"json", FORM_JSON}, {"csv", FORM_CSV}, {"qdc", FORM_QDC}, {0}};

struct options {
    int to; /* enum form */
    struct opt_list fields;
};

static const struct opt OPTIONS[] = {
    {"to", 0, NULL, OPT_CHOICE(FORMS), offsetof(struct options, to),
     "convert: the form to write (default: by the ending of the name after -o)"},
    {"field", 0, "FROM[=INTO]", OPT_LIST, offsetof(struct options, fields),
     "check, compare: the field of RECORDS to code with codebooks that name none; repeatable"},
    {0},
};

static const struct opt_program PROGRAM = {
    .name = "codebook",
    .args = "check BOOK...\ncheck BOOK RECORDS.jsonl...\nconvert BOOK -o OTHER\ncompare OLD NEW "
            "[RECORDS...]",
    .about = "Checks, converts and compares codebooks.",
    .options = OPTIONS,
    .notes = "A book is JSON or CSV, as 'code' reads it, or a REFI-QDA codebook (.qdc).\n"
             "\n"
             "  codebook check codebook.csv\n"
             "  codebook convert codebook.csv -o codebook.json\n"
             "  codebook compare old.csv codebook.csv replies.jsonl",
};

static bool ends_with(const char *name, const char *ending)
{
    size_t len = strlen(name), end = strlen(ending);
    return len >= end && strcasecmp(name + len - end, ending) == 0;
}

static void load(struct codebook *book, const char *file, struct losses *losses)
{
    struct fault fault;
    bool good = ends_with(file, ".qdc") ? qdc_load(book, file, losses, &fault)
                                        : codebook_load(book, file, &fault);
    if (!good)
        fault_end(&fault, STATUS_USAGE);
}

/* ---- check ---- */

static bool is_records(const char *name)
{
    return strcmp(name, "-") == 0 || ends_with(name, ".jsonl") || ends_with(name, ".ndjson");
}

/* Which terms are in none of the records; gives how many they are. */
static size_t check_use(struct filter *f, const struct options *o, struct codebook *book,
                        size_t first)
{
    struct codebook_use use;
    struct record r;
    codebook_apply_all(book, o->fields.at, o->fields.count);
    codebook_use_init(&use, book);
    filter_read(f, f->operands + first, f->operand_count - first);
    while (filter_next(f, &r)) {
        struct span field;
        const char *wrong = codebook_use_record(&use, &r, &field);
        if (wrong)
            filter_reject(f, &r, field, "%s", wrong);
    }
    size_t unused = codebook_use_write(&use, &f->out);
    codebook_use_free(&use);
    return unused;
}

static int check(struct filter *f, const struct options *o)
{
    struct codebook_found all = {0};
    size_t bad = 0, books = 1;
    while (books < f->operand_count && !is_records(f->operands[books]))
        books++;
    if (books < 2)
        fail(STATUS_USAGE, "'check' needs a codebook (try --help)");
    if (books > 2 && books < f->operand_count)
        fail(STATUS_USAGE, "'check' takes one codebook with records (try --help)");
    for (size_t i = 1; i < books; i++) {
        struct codebook book;
        struct losses losses = {0};
        load(&book, f->operands[i], &losses);
        losses_free(&losses);
        struct codebook_found found = codebook_check(&book, &f->out);
        if (books < f->operand_count)
            found.remarks += check_use(f, o, &book, books);
        else
            for (size_t j = 0; j < book.count; j++)
                f->read += book.fields[j].term_count;
        all.faults += found.faults;
        all.remarks += found.remarks;
        bad += found.faults + found.remarks > 0;
        codebook_free(&book);
    }
    f->written = all.faults + all.remarks;
    filter_count(f, "faults", all.faults);
    filter_count(f, "remarks", all.remarks);
    int status = filter_close(f);
    size_t problems = all.faults + all.remarks;
    if (problems > 0)
        warn("%zu %s in %zu of %zu codebooks%s", problems, problems == 1 ? "problem" : "problems",
             bad, books - 1, all.faults == 0 ? ", remarks only" : "");
    return all.faults > 0 ? STATUS_DATA : status;
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
    losses_add(&losses, "the author's own keys", book.own_keys);
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

/* ---- compare ---- */

static void compare_record(struct filter *f, struct coding_versions *x, const struct record *r)
{
    for (size_t i = 0; i < x->count; i++) {
        struct span field;
        const char *wrong = coding_versions_target(x, &x->targets[i], r, &field);
        if (wrong) {
            filter_reject(f, r, field, "%s", wrong);
            return;
        }
    }
    for (size_t i = 0; i < x->count; i++) {
        if (!coding_versions_differs(&x->targets[i]))
            continue;
        coding_versions_emit(x, &x->targets[i], r, &f->out.buf);
        filter_written(f);
    }
}

static void compare_records(struct filter *f, const struct options *o, struct codebook books[2])
{
    struct coding_versions x;
    struct record r;
    for (int i = 0; i < 2; i++)
        codebook_apply_all(&books[i], o->fields.at, o->fields.count);
    coding_versions_init(&x, &books[0], &books[1]);
    filter_read(f, f->operands + 3, f->operand_count - 3);
    while (filter_next(f, &r))
        compare_record(f, &x, &r);
    coding_versions_free(&x);
}

static int compare(struct filter *f, const struct options *o)
{
    struct codebook books[2];
    struct losses losses = {0};
    if (f->operand_count < 3)
        fail(STATUS_USAGE, "'compare' needs two codebooks (try --help)");
    for (int i = 0; i < 2; i++)
        load(&books[i], f->operands[i + 1], &losses);
    size_t differences = codebook_compare(&books[0], &books[1], &f->out);
    f->written = differences;
    filter_count(f, "differences", differences);
    if (f->operand_count > 3)
        compare_records(f, o, books);
    for (int i = 0; i < 2; i++)
        codebook_free(&books[i]);
    losses_free(&losses);
    return filter_close(f);
}

int main(int argc, char **argv)
{
    struct options o = {.to = FORM_UNSAID};
    struct filter f;
    filter_start(&f, &PROGRAM, &o, argc, argv);
    const char *command = f.operand_count > 0 ? f.operands[0] : "";
    int status = -1;
    if (strcmp(command, "check") == 0)
        status = check(&f, &o);
    else if (strcmp(command, "convert") == 0)
        status = convert(&f, &o);
    else if (strcmp(command, "compare") == 0)
        status = compare(&f, &o);
    opt_list_free(&o.fields);
    if (status >= 0)
        return status;
    fail(STATUS_USAGE, "%s is none of check|convert|compare (try --help)", quote(span_of(command)));
}
