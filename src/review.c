/* review -- a page on which people check what the programs decided.
 *
 * Records of code --evidence, extract, match and cluster, and the lists of extract and normalise,
 * go into one HTML page as they are; its script makes an item of each thing to decide
 * and saves decisions in the forms that the programs take. Memory: one record. */
#include "base/fail.h"
#include "drawing/reservoir.h"
#include "review/disagreements.h"
#include "review/page.h"
#include "review/walk.h"
#include "stream/filter.h"

#include <stdlib.h>

struct options {
    const char *codebook, *coder, *key;
    struct opt_list decisions;
    size_t sample, seed;
    int only;
    bool blind, adjudicate, tty;
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
    {"decisions", 0, "FILE", OPT_LIST, offsetof(struct options, decisions),
     "what was decided before; items that are still the same are shown as done"},
    {"sample", 0, "N", OPT_COUNT_FROM(1), offsetof(struct options, sample),
     "show N of the records, drawn at random, each with the same chance"},
    {"seed", 0, "N", OPT_COUNT, offsetof(struct options, seed),
     "the seed of --sample (default: 1)"},
    {"adjudicate", 0, NULL, OPT_FLAG, offsetof(struct options, adjudicate),
     "the FILEs are decisions of several coders: show the items on which they disagree"},
    {"tty", 0, NULL, OPT_FLAG, offsetof(struct options, tty),
     "decide on this terminal, by single keys; the output is decisions.csv, written after each key "
     "and continued when started again"},
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

/* The records to be shown, all or those drawn. */
static void read_all(struct filter *f, const struct options *o, struct reservoir *drawn)
{
    struct record r;
    reservoir_init(drawn, o->sample ? o->sample : SIZE_MAX, o->seed);
    while (filter_next(f, &r)) {
        reservoir_add(drawn, &r);
        f->written++;
    }
    reservoir_sort(drawn);
    if (o->sample)
        filter_count(f, "drawn", drawn->count);
}

/* Streams where all are shown, since the page keeps nothing. */
static void add_all(struct filter *f, const struct options *o)
{
    struct reservoir drawn = {0};
    struct record r;
    if (o->sample)
        read_all(f, o, &drawn);
    while (!o->sample && filter_next(f, &r)) {
        review_page_add(&f->out.buf, r.line);
        filter_written(f);
    }
    for (size_t i = 0; i < drawn.count; i++)
        review_page_add(&f->out.buf, buf_span(&drawn.kept[i].line));
    reservoir_free(&drawn);
}

/* To the page, or where ITEMS is not NULL there. */
static void add_disagreements(struct filter *f, struct items *items)
{
    struct disagreements d = {0};
    struct buf line = {0};
    size_t count = 0;
    if (f->operand_count == 0)
        fail(STATUS_USAGE, "option '--adjudicate' needs files of decisions (try --help)");
    disagreements_load(&d, f->operands, f->operand_count);
    for (size_t i = 0; i < d.items.count; i++) {
        buf_clear(&line);
        if (!disagreements_emit(&d, i, &line))
            continue;
        if (items)
            items_add(items, buf_span(&line));
        else
            review_page_add(&f->out.buf, buf_span(&line));
        count++;
    }
    f->read = f->written = d.decisions.count;
    filter_count(f, "items", d.items.count);
    filter_count(f, "disagreements", count);
    filter_say(f, "items on which coders disagree: %zu of %zu", count, d.items.count);
    buf_free(&line);
    disagreements_free(&d);
}

static void decide_here(struct filter *f, const struct options *o, const struct codebook *book)
{
    struct items items = {.book = book, .blind = o->blind};
    struct reservoir drawn = {0};
    const char *none = getenv("NO_COLOR");
    const char *file = f->options.output ? f->options.output : "decisions.csv";
    struct walk walk = {.items = &items,
                        .file = file,
                        .coder = o->coder,
                        .colours = !none || !*none,
                        .decided = &o->decisions};
    if (o->adjudicate)
        add_disagreements(f, &items);
    else
        read_all(f, o, &drawn);
    items.key = o->key ? span_of(o->key) : items_key(&items, &drawn);
    for (size_t i = 0; i < drawn.count; i++)
        items_add(&items, buf_span(&drawn.kept[i].line));
    items_sort(&items, span_of(choice_word(ONLY, o->only)));
    struct buf content = {0};
    filter_count(f, "items", items.count);
    filter_count(f, "decided", walk_items(&walk, &content));
    if (f->options.output)
        buf_add(&f->out.buf, buf_span(&content));
    buf_free(&content);
    reservoir_free(&drawn);
    items_free(&items);
}

static void make_page(struct filter *f, const struct options *o, const struct codebook *book)
{
    struct review_settings settings = {.only = choice_word(ONLY, o->only),
                                       .coder = o->coder,
                                       .key = o->key,
                                       .blind = o->blind,
                                       .book = book};
    review_page_begin(&f->out.buf, &settings);
    if (o->adjudicate)
        add_disagreements(f, NULL);
    else
        add_all(f, o);
    review_page_decided(&f->out.buf, &settings, o->decisions.at, o->decisions.count);
    review_page_end(&f->out.buf);
    output_line(&f->out);
}

int main(int argc, char **argv)
{
    struct options o = {.seed = 1};
    struct codebook book = {0};
    struct fault fault;
    struct filter f;
    filter_start(&f, &PROGRAM, &o, argc, argv);
    if (o.codebook && !codebook_load(&book, o.codebook, &fault))
        fault_end(&fault, STATUS_USAGE);
    if (!o.adjudicate)
        filter_read(&f, f.operands, f.operand_count);
    if (o.tty)
        decide_here(&f, &o, o.codebook ? &book : NULL);
    else
        make_page(&f, &o, o.codebook ? &book : NULL);
    codebook_free(&book);
    opt_list_free(&o.decisions);
    return filter_close(&f);
}
