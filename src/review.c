/* review -- a page on which people check what the programs decided.
 *
 * Records of code --evidence, extract, match and cluster, and the lists of extract and normalise,
 * go into one HTML page as they are; its script makes an item of each thing to decide
 * and saves decisions in the forms that the programs take. Memory: one record. */
#include "base/fail.h"
#include "review/page.h"
#include "stream/filter.h"

struct options {
    const char *codebook, *coder, *key;
    int only;
    bool blind;
};

enum { ALL, UNCODED, NEGATED, FLAGGED, CONFLICTS, UNPLACED };
static const struct choice ONLY[] = {{"all", ALL},
                                     {"uncoded", UNCODED},
                                     {"negated", NEGATED},
                                     {"flagged", FLAGGED},
                                     {"conflicts", CONFLICTS},
                                     {"unplaced", UNPLACED},
                                     {0}};

static const struct opt OPTIONS[] = {
    {"codebook", 'c', "FILE", OPT_TEXT, offsetof(struct options, codebook),
     "the codebook, whose codes can be added"},
    {"only", 0, NULL, OPT_CHOICE(ONLY), offsetof(struct options, only),
     "the items to begin with (default: all)"},
    {"key", 0, "FIELD", OPT_FIELD, offsetof(struct options, key),
     "the field that names a coded record (default: the first without a gap or a repeated value)"},
    {"coder", 0, "NAME", OPT_FIELD, offsetof(struct options, coder), "who decides"},
    {"blind", 0, NULL, OPT_FLAG, offsetof(struct options, blind),
     "hide what the program decided, for an independent coding"},
    {0},
};

static const struct opt_program PROGRAM = {
    .name = "review",
    .args = "[FILE...]",
    .about = "Makes one HTML page of records, on which people check what the programs decided.",
    .options = OPTIONS,
    .notes = "  review -c codebook.csv --coder ann -o page.html coded.jsonl",
};

int main(int argc, char **argv)
{
    struct options o = {0};
    struct codebook book = {0};
    struct fault fault;
    struct filter f;
    struct record r;
    filter_open(&f, &PROGRAM, &o, argc, argv);
    if (o.codebook && !codebook_load(&book, o.codebook, &fault))
        fault_end(&fault, STATUS_USAGE);
    struct review_settings settings = {.only = choice_word(ONLY, o.only),
                                       .coder = o.coder,
                                       .key = o.key,
                                       .blind = o.blind,
                                       .book = o.codebook ? &book : NULL};
    review_page_begin(&f.out.buf, &settings);
    while (filter_next(&f, &r)) {
        review_page_add(&f.out.buf, &r);
        filter_written(&f);
    }
    review_page_end(&f.out.buf);
    output_line(&f.out);
    codebook_free(&book);
    return filter_close(&f);
}
