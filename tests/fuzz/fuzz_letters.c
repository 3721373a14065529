/* fuzz_letters -- mails, mailboxes, Word and OpenDocument files, pages, web archives, texts, and
 * bytes that are none of them: each comes out as records, never silently as nothing. */
#include "apart.h"
#include "lines.h"
#include "parts.h"

int fromdocs_main(int argc, char **argv);

static const struct part DOCX[] = {
    {"[Content_Types].xml", "<Types/>"},
    {"_rels/.rels",
     "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
     "<Relationship Id=\"r\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/"
     "relationships/officeDocument\" Target=\"word/document.xml\"/></Relationships>"},
    {"word/_rels/document.xml.rels", NULL},
    {"word/numbering.xml", NULL},
    {"word/styles.xml", NULL},
    {"word/footnotes.xml", NULL},
    {"word/comments.xml", NULL},
    {"word/header1.xml", NULL},
    {"word/document.xml", "<w:document/>"},
    {"docProps/core.xml", NULL},
    {0}};

static const struct part ODT[] = {{"mimetype", "application/vnd.oasis.opendocument.text"},
                                  {"content.xml", "<office:document-content/>"},
                                  {"styles.xml", NULL},
                                  {"meta.xml", NULL},
                                  {0}};

/* The first byte says which. */
static void try_input(struct span input)
{
    if (input.len == 0)
        return;
    static const char *const endings[] = {"docx", "odt",  "eml", "mbox",
                                          "html", "warc", "txt", "zip"};
    struct span rest = {input.at + 1, input.len - 1};
    struct zip z = {0};
    unsigned form = (unsigned char)input.at[0] % 8;
    struct span file = form == 0   ? parts_pack(&z, DOCX, rest)
                       : form == 1 ? parts_pack(&z, ODT, rest)
                                   : rest;
    const char *name = fuzz_name(file, endings[form]);
    char *argv[] = {"fromdocs", "--jobs=1", "--timeout=10", (char *)(uintptr_t)name, NULL};
    struct apart a = {0};
    apart_run(&a, fromdocs_main, argv, SPAN(""));
    FUZZ_CHECK(a.status != 0 || a.out.len > 0);
    /* what fromdocs says of a reader of its own that was ended */
    static const char ended[] = "\"detail\":\"reading it ";
    FUZZ_CHECK(!memmem(a.out.at, a.out.len, ended, sizeof ended - 1));
    if (a.status == 0)
        lines_check(buf_span(&a.out));
    unlink(name);
    apart_free(&a);
    zip_free(&z);
}
