/* report -- cells and tests as tables, pages and pictures for people.
 *
 * Collects the cells that tabulate wrote and the tests that chisq added, and prints
 * each table as `n/N (%)` with its base, the reasons for missing answers and
 * its tests. Tables come in the order of their first line, whatever the order
 * of the lines. Memory: the cells and the tests. */
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/allocators.h"
#include "base/fail.h"
#include "report/figure.h"
#include "report/formats.h"
#include "report/full.h"

#define USUAL_WIDTH ((size_t)79)
#define USUAL_MM 170.0
#define USUAL_DPI ((size_t)300)
#define LEAST_WIDTH ((size_t)40)

struct options {
    const char *format, *title, *manifest, *agreement, *figure;
    double mm;
    size_t dpi;
    int style, bars;
    bool names, intervals, no_intervals;
    size_t decimals, width;
};

enum bars { BARS_AUTO, BARS_ALWAYS, BARS_NEVER };

static const struct choice STYLES[] = {
    {"jmir", RESULTS_JMIR}, {"apa", RESULTS_APA}, {"plain", RESULTS_PLAIN}, {0}};

static const struct choice BARS[] = {
    {"auto", BARS_AUTO}, {"always", BARS_ALWAYS}, {"never", BARS_NEVER}, {0}};

static const struct opt OPTIONS[] = {
    {"format", 'f', "FORMAT", OPT_TEXT, offsetof(struct options, format),
     "what to print, see below (default: text)"},
    {"title", 0, "TEXT", OPT_TEXT, offsetof(struct options, title),
     "the title of the whole (default: the plan's)"},
    {"style", 0, NULL, OPT_CHOICE(STYLES), offsetof(struct options, style),
     "decimals by the largest base of a table (jmir, the default), or always one"},
    {"decimals", 0, "N", OPT_COUNT_IN(0, 9), offsetof(struct options, decimals),
     "decimals of all percentages"},
    {"intervals", 0, NULL, OPT_FLAG, offsetof(struct options, intervals),
     "print confidence intervals inside the brackets of percentages (default: after them)"},
    {"no-intervals", 0, NULL, OPT_FLAG, offsetof(struct options, no_intervals),
     "print percentages without confidence intervals"},
    {"names", 0, NULL, OPT_FLAG, offsetof(struct options, names),
     "print the names of fields, values and reasons, not their labels"},
    {"width", 0, "COLUMNS", OPT_COUNT_FROM(LEAST_WIDTH), offsetof(struct options, width),
     "the widest line of text (default: the terminal's, else 79)"},
    {"bars", 0, NULL, OPT_CHOICE(BARS), offsetof(struct options, bars),
     "draw bars in text: auto is on a terminal"},
    {"manifest", 0, "FILE", OPT_TEXT, offsetof(struct options, manifest),
     "say on the page where the figures come from, by the manifest of study.sh"},
    {"agreement", 0, "FILE", OPT_TEXT, offsetof(struct options, agreement),
     "say on the page how well coders agreed, by the lines of kappa"},
    {"figure", 0, "ID", OPT_TEXT, offsetof(struct options, figure),
     "write only the chart of this table, as svg, pdf or png; 'all' into --output FOLDER/"},
    {"figure-width", 0, "MM", OPT_NUMBER_IN(20, 2000), offsetof(struct options, mm),
     "how wide a figure is, in millimetres (default: 170)"},
    {"dpi", 0, "N", OPT_COUNT_IN(30, 2400), offsetof(struct options, dpi),
     "dots an inch of a png (default: 300)"},
    {0},
};

static const struct opt_program PROGRAM = {
    "report",
    "[FILE...]",
    "Prints the cells of tabulate and the tests of chisq as tables for people.",
    OPTIONS,
    NULL, /* add_notes() */
};

static void add_notes(struct buf *b)
{
    buf_add(b, SPAN("Formats:\n"));
    formats_list(b);
    buf_add(b, SPAN("\n  tabulate -p plan.json foi.jsonl | chisq --pass >results.jsonl\n"
                    "  report -f html results.jsonl >report.html\n"
                    "  report --figure grant_by_gde -o grant.pdf results.jsonl"));
}

static size_t terminal_width(void)
{
    struct winsize size;
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col < LEAST_WIDTH)
        return USUAL_WIDTH;
    return size.ws_col - 1U;
}

/* Width, bars and colours depend on where the text goes. */
static void see_terminal(struct results_options *s, const struct options *o, const char *output)
{
    bool is_terminal = (!output || strcmp(output, "-") == 0) && isatty(STDOUT_FILENO);
    const char *no_color = getenv("NO_COLOR"), *term = getenv("TERM");
    bool is_dumb = !term || strcmp(term, "dumb") == 0;
    s->width = o->width ? o->width : is_terminal ? terminal_width() : USUAL_WIDTH;
    s->bars = o->bars == BARS_ALWAYS || (o->bars == BARS_AUTO && is_terminal);
    s->colour = is_terminal && !is_dumb && !(no_color && *no_color);
}

static struct figure_options figure_of(const struct options *o, const char *output)
{
    return (struct figure_options){
        .id = o->figure, .form = o->format, .file = output, .mm = o->mm, .dpi = (double)o->dpi};
}

/* A figure is of another form than all the rest. */
static const struct format *format_of(const struct options *o)
{
    const char *format = o->format ? o->format : "text";
    opt_needs(o->mm != USUAL_MM, "figure-width", o->figure, "figure");
    opt_needs(o->dpi != USUAL_DPI, "dpi", o->figure, "figure");
    if (!o->figure)
        return formats_find(format);
    if (o->format && !figure_is_form(o->format))
        fail(STATUS_USAGE,
             "option '--format' takes svg|pdf|png with '--figure', not %s (try --help)",
             quote(span_of(o->format)));
    return NULL;
}

static enum results_intervals intervals_of(const struct options *o, const struct format *format)
{
    if (o->intervals && o->no_intervals)
        fail(STATUS_USAGE, "option '--intervals' cannot go with '--no-intervals' (try --help)");
    if (o->no_intervals)
        return RESULTS_NO_INTERVALS;
    if (format && format->apart)
        return RESULTS_APART;
    return o->intervals ? RESULTS_WITHIN : RESULTS_BEHIND;
}

/* Pictures and workbooks take libraries that this program may not be linked with. */
static bool needs_full(const struct format *format, const struct figure_options *figure)
{
    return format ? !format->write : figure_needs_full(figure);
}

int main(int argc, char **argv)
{
    struct options o = {.decimals = RESULTS_BY_STYLE, .mm = USUAL_MM, .dpi = USUAL_DPI};
    struct opt_program program = PROGRAM;
    struct buf notes = {0};
    struct filter f;
    struct results results = {0};
    struct record r;
    add_notes(&notes);
    program.notes = buf_text(&notes);
    filter_parse(&f, &program, &o, argc, argv);
    const struct format *format = format_of(&o);
    struct figure_options figure = figure_of(&o, f.options.output);
    if (needs_full(format, &figure)) {
        buf_free(&notes);
        return full_run(argv);
    }
    filter_open_or_folder(&f);
    results.options = (struct results_options){.style = o.style,
                                               .decimals = o.decimals,
                                               .names = o.names,
                                               .intervals = intervals_of(&o, format),
                                               .title = o.title,
                                               .lines = format && format->lines};
    see_terminal(&results.options, &o, f.options.output);
    if (o.manifest)
        results_manifest(&results, o.manifest);
    if (o.agreement)
        results_agreement(&results, o.agreement);
    while (filter_next(&f, &r))
        results_take(&results, &f, &r);
    results_finish(&results);
    if (format)
        format->write(&results, &f);
    else
        figure_write(&results, &f, &figure);
    results_free(&results);
    int status = filter_close(&f);
    buf_free(&notes);
    return status;
}
