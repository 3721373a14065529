/* notcsv -- the signatures of formats that come under the name of CSV. */
#include "notcsv.h"

#include <strings.h>

#define PAGE "HTML, not CSV (a page to sign in or of an error, perhaps: get the file anew)"

static const struct signature {
    struct span start;
    const char *kind;
} SIGNATURES[] = {
    {SPAN_ROW("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
     "a workbook such as .xls, not CSV (use fromsheet, or save the sheet as CSV)"},
    {SPAN_ROW("%PDF-"), "a PDF, not CSV (use fromdocs and extract, or ask for the spreadsheet)"},
    {SPAN_ROW("{\\rtf"), "RTF, not CSV (open it and save its table as CSV)"},
    {SPAN_ROW("\x1f\x8b"), "compressed by gzip (use zcat)"},
    {SPAN_ROW("BZh"), "compressed by bzip2 (use bzcat)"},
    {SPAN_ROW("\xfd"
              "7zXZ"),
     "compressed by xz (use xzcat)"},
    {SPAN_ROW("\x28\xb5\x2f\xfd"), "compressed by zstd (use zstdcat)"},
    {SPAN_ROW("7z\xbc\xaf\x27\x1c"), "a 7z archive, not CSV (unpack it)"},
    {SPAN_ROW("Rar!\x1a\x07"), "a RAR archive, not CSV (unpack it)"},
    {SPAN_ROW("\x89PNG\r\n"), "a picture, not CSV"},
    {SPAN_ROW("\xff\xd8\xff"), "a picture, not CSV"},
    {SPAN_ROW("GIF8"), "a picture, not CSV"},
    {SPAN_ROW("SQLite format 3"), "a database of SQLite, not CSV (use sqlite3 -csv)"},
};

/* How markup begins, in any case. */
static const struct signature MARKUP[] = {
    {SPAN_ROW("<!doctype html"), PAGE},
    {SPAN_ROW("<html"), PAGE},
    {SPAN_ROW("<head"), PAGE},
    {SPAN_ROW("<body"), PAGE},
    {SPAN_ROW("<script"), PAGE},
    {SPAN_ROW("<meta"), PAGE},
    {SPAN_ROW("<title"), PAGE},
    {SPAN_ROW("<table"), PAGE},
    {SPAN_ROW("<style"), PAGE},
    {SPAN_ROW("<!--"), PAGE},
    {SPAN_ROW("<?xml"), "XML, not CSV (a workbook saved as XML, perhaps: save it as CSV)"},
};

static bool has(struct span text, struct span part)
{
    return memmem(text.at, text.len, part.at, part.len) != NULL;
}

static const char *zip_kind(struct span start)
{
    if (has(start, SPAN("opendocument.spreadsheet")))
        return "a zip archive: an .ods workbook, not CSV (use fromsheet, or save the sheet as CSV)";
    if (has(start, SPAN("opendocument")))
        return "a zip archive: an OpenDocument file, not CSV";
    return "a zip archive such as .xlsx, not CSV (use fromsheet, or save the sheet as CSV)";
}

static struct span skip(struct span text, const char *what)
{
    while (text.len && text.at[0] && strchr(what, text.at[0]))
        text = (struct span){text.at + 1, text.len - 1};
    return text;
}

const char *notcsv_kind(struct span start)
{
    if (span_starts(start, SPAN("PK\3\4")) || span_starts(start, SPAN("PK\5\6")))
        return zip_kind(start);
    for (size_t i = 0; i < sizeof SIGNATURES / sizeof *SIGNATURES; i++)
        if (span_starts(start, SIGNATURES[i].start))
            return SIGNATURES[i].kind;
    struct span text = skip(start, " \t\r\n");
    for (size_t i = 0; i < sizeof MARKUP / sizeof *MARKUP; i++)
        if (text.len >= MARKUP[i].start.len &&
            strncasecmp(text.at, MARKUP[i].start.at, MARKUP[i].start.len) == 0)
            return MARKUP[i].kind;
    return NULL;
}
