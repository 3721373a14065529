/* formats -- what report can print. A new format is its writer and a row here. */
#include "report/formats.h"

#include "base/fail.h"
#include "writers.h"

static const struct format FORMATS[] = {
    {"text", write_text, false, false, "plain text, for a terminal or an email"},
    {"markdown", write_markdown, false, false, "Markdown that GitHub and pandoc render"},
    {"html", write_html, true, true, "the study on one page that needs nothing else"},
    {"csv", write_csv, false, false, "the cells as one flat table with labels"},
    {"jsonl", write_jsonl, false, false, "the same as JSON Lines"},
#ifdef HAVE_XLSXWRITER
    {"xlsx", write_xlsx, false, true, "a workbook: a sheet a table with typed numbers and charts"},
#endif
    {"latex", write_latex, false, false, "tables for a paper, with booktabs and threeparttable"},
};

#define FORMAT_COUNT (sizeof FORMATS / sizeof *FORMATS)

/* "text|markdown|...", for messages and --help. */
static const char *formats_names(void)
{
    static struct buf names;
    buf_clear(&names);
    for (size_t i = 0; i < FORMAT_COUNT; i++)
        buf_addf(&names, i ? "|%s" : "%s", FORMATS[i].name);
    return buf_text(&names);
}

void formats_list(struct buf *b)
{
    for (size_t i = 0; i < FORMAT_COUNT; i++)
        buf_addf(b, "  %-10s %s\n", FORMATS[i].name, FORMATS[i].about);
}

const struct format *formats_find(const char *name)
{
    for (size_t i = 0; i < FORMAT_COUNT; i++)
        if (strcmp(FORMATS[i].name, name) == 0)
            return &FORMATS[i];
    fail(STATUS_USAGE, "option '--format' takes %s, not %s (try --help)", formats_names(),
         quote(span_of(name)));
}
