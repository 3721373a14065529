/* fuzz_sheets -- workbooks: the parts of an xlsx and an ods, and files taken as they are (xls, torn
 * packages). A workbook is read or refused with words; what is read is records. */
#include "apart.h"
#include "lines.h"
#include "parts.h"

int fromsheet_main(int argc, char **argv);

#define XML "<?xml version=\"1.0\"?>"
#define MAIN "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\""
#define OFFICE "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define PACKAGE "http://schemas.openxmlformats.org/package/2006/"

static const struct part XLSX[] = {
    {"[Content_Types].xml", XML "<Types xmlns=\"" PACKAGE "content-types\"/>"},
    {"_rels/.rels", XML "<Relationships xmlns=\"" PACKAGE
                        "relationships\"><Relationship Id=\"rId1\" Type=\"" OFFICE
                        "/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"},
    {"xl/workbook.xml",
     XML "<workbook " MAIN " xmlns:r=\"" OFFICE "\"><sheets>"
         "<sheet name=\"One\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"},
    {"xl/_rels/workbook.xml.rels", XML
     "<Relationships xmlns=\"" PACKAGE "relationships\">"
     "<Relationship Id=\"rId1\" Type=\"" OFFICE "/worksheet\" Target=\"worksheets/sheet1.xml\"/>"
     "<Relationship Id=\"rId2\" Type=\"" OFFICE "/styles\" Target=\"styles.xml\"/>"
     "<Relationship Id=\"rId3\" Type=\"" OFFICE
     "/sharedStrings\" Target=\"sharedStrings.xml\"/></Relationships>"},
    {"xl/styles.xml",
     XML "<styleSheet " MAIN
         "><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>"},
    {"xl/sharedStrings.xml", XML "<sst " MAIN "><si><t>a</t></si><si><t>b</t></si></sst>"},
    {"xl/comments1.xml", NULL},
    {"xl/worksheets/_rels/sheet1.xml.rels", NULL},
    {"xl/worksheets/sheet1.xml",
     XML "<worksheet " MAIN
         "><sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row></sheetData></worksheet>"},
    {0}};

static const struct part ODS[] = {{"mimetype", "application/vnd.oasis.opendocument.spreadsheet"},
                                  {"META-INF/manifest.xml", NULL},
                                  {"content.xml", "<office:document-content/>"},
                                  {"settings.xml", NULL},
                                  {0}};

/* The first byte says which form, the second which options. */
static void try_input(struct span input)
{
    if (input.len < 2)
        return;
    static char *const options[] = {"--origin", "--comments", "--fill-merged", "--visible"};
    struct span rest = {input.at + 2, input.len - 2};
    struct zip z = {0};
    int form = input.at[0] % 3;
    struct span file = form == 0   ? parts_pack(&z, XLSX, rest)
                       : form == 1 ? parts_pack(&z, ODS, rest)
                                   : rest;
    const char *name = fuzz_name(file, form == 0 ? "xlsx" : form == 1 ? "ods" : "xls");
    char *argv[] = {"fromsheet", options[input.at[1] & 3], (char *)(uintptr_t)name, NULL};
    struct apart a = {0};
    apart_run(&a, fromsheet_main, argv, SPAN(""));
    if (a.status == 0)
        lines_check(buf_span(&a.out));
    unlink(name);
    apart_free(&a);
    zip_free(&z);
}
