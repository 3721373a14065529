/* pdf -- a PDF file, by poppler's programs in processes of their own. */
#include "converter.h"
#include "kinds.h"
#include "newspaper.h"
#include "ocr.h"
#include "package/xml.h"
#include "pages.h"
#include "quoted.h"
#include "spacing.h"
#include "tables.h"

static bool holds(const struct buf *text, const char *word)
{
    return text->len && memmem(text->at, text->len, word, strlen(word)) != NULL;
}

static bool has_text(const struct buf *text)
{
    for (size_t i = 0; i < text->len; i++)
        if (!strchr(" \t\r\n\f", text->at[i]))
            return true;
    return false;
}

/* The value of the line NAME of what pdfinfo prints. */
static struct span value_of(const struct buf *info, const char *name)
{
    size_t len = strlen(name);
    for (size_t at = 0; at < info->len;) {
        const char *lf = memchr(info->at + at, '\n', info->len - at);
        size_t end = lf ? (size_t)(lf - info->at) : info->len;
        if (end - at > len && memcmp(info->at + at, name, len) == 0) {
            at += len;
            while (at < end && info->at[at] == ' ')
                at++;
            return (struct span){info->at + at, end - at};
        }
        at = end + 1;
    }
    return SPAN("");
}

/* The title, and the date of a document that did not come by mail. */
static void take_info(struct reader *r, struct span bytes, struct letter *l)
{
    static const char *const argv[] = {"pdfinfo", "-isodates", "-enc", "UTF-8", "/dev/stdin", NULL};
    struct buf info = {0}, errors = {0};
    struct trouble none = {0};
    if (converter_run(r, argv, bytes, &info, &errors, &none) == CONVERTER_DONE) {
        buf_add(&l->title, value_of(&info, "Title:"));
        if (l->date.len == 0 && !letter_set_date(l, value_of(&info, "ModDate:")))
            letter_set_date(l, value_of(&info, "CreationDate:"));
        l->pages = xml_number(value_of(&info, "Pages:"), 0);
    }
    buf_free(&info);
    buf_free(&errors);
    trouble_free(&none);
}

static void take_text(struct reader *r, struct span bytes, const struct buf *text,
                      const struct buf *errors, struct letter *l)
{
    size_t pages = l->pages;
    if (!has_text(text)) {
        if (r->ocr)
            ocr_pdf(r, bytes, pages, l);
        else
            trouble_set(&l->trouble, TROUBLE_SCANNED, "no text in it (--ocr reads pictures)");
        return;
    }
    pages_read(buf_span(text), l);
    l->pages = pages ? pages : l->pages;
    if (holds(errors, "Syntax Error"))
        letter_note(l, "damaged: the text may not be complete");
    quoted_split(l);
    quoted_sign(l);
}

/* TEXT with columns that are read one after the other below each other. Whether it had any. */
static bool set_columns(struct buf *text, struct letter *l)
{
    struct buf out = {0};
    bool any = newspaper_read(buf_span(text), &out);
    if (any) {
        letter_note(l, "set in two columns, which are read one after the other");
        buf_clear(text);
        buf_add(text, buf_span(&out));
    }
    buf_free(&out);
    return any;
}

/* TEXT with the paragraphs and the tables that the places of its words show. */
static void set_places(const struct reader *r, struct span bytes, struct buf *text)
{
    static const char *const argv[] = {
        "pdftotext", "-bbox-layout", "-enc", "UTF-8", "/dev/stdin", "-", NULL};
    struct buf told = {0}, errors = {0}, spaced = {0}, out = {0};
    struct trouble none = {0};
    bool any = tables_likely(buf_span(text));
    if (!any && !spacing_likely(buf_span(text)))
        return;
    if (converter_run(r, argv, bytes, &told, &errors, &none) == CONVERTER_DONE && told.len) {
        spacing_put(buf_span(text), buf_span(&told), &spaced);
        if (any)
            tables_put(buf_span(&spaced), buf_span(&told), &out);
        buf_clear(text);
        buf_add(text, buf_span(any ? &out : &spaced));
    }
    buf_free(&spaced);
    buf_free(&told);
    buf_free(&errors);
    buf_free(&out);
    trouble_free(&none);
}

void pdf_read(struct reader *r, struct span bytes, struct letter *l)
{
    static const char *const argv[] = {"pdftotext", "-layout",    "-enc", "UTF-8", "-eol",
                                       "unix",      "/dev/stdin", "-",    NULL};
    struct buf text = {0}, errors = {0};
    enum converter_end end = converter_run(r, argv, bytes, &text, &errors, &l->trouble);
    if (end == CONVERTER_DONE) {
        take_info(r, bytes, l);
        if (!set_columns(&text, l))
            set_places(r, bytes, &text);
        take_text(r, bytes, &text, &errors, l);
    } else if (end == CONVERTER_ABSENT) {
        trouble_set(&l->trouble, TROUBLE_UNSUPPORTED, "no pdftotext here (Debian: poppler-utils)");
    } else if (holds(&errors, "ncorrect password")) {
        trouble_set(&l->trouble, TROUBLE_ENCRYPTED, "needs a password");
    } else {
        trouble_set(&l->trouble, TROUBLE_CORRUPT, "a broken PDF file");
    }
    buf_free(&text);
    buf_free(&errors);
}
