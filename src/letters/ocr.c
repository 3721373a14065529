/* ocr -- the text of pictures, by tesseract where it is installed. */
#include "ocr.h"

#include <stdio.h>

#include "converter.h"
#include "pages.h"
#include "quoted.h"

#define MAX_PAGES 200

/* The text of one picture at the end of TEXT. False on trouble. */
static bool read_picture(struct reader *r, struct span bytes, struct buf *text, struct trouble *t)
{
    static const char *const argv[] = {"tesseract", "/dev/stdin", "stdout", NULL};
    struct buf errors = {0};
    enum converter_end end = converter_run(r, argv, bytes, text, &errors, t);
    buf_free(&errors);
    if (end == CONVERTER_ABSENT)
        trouble_set(t, TROUBLE_SCANNED, "no tesseract here (Debian: tesseract-ocr)");
    else if (end != CONVERTER_DONE)
        trouble_set(t, TROUBLE_CORRUPT, "a picture that tesseract cannot read");
    return end == CONVERTER_DONE;
}

static void take(const struct buf *text, struct letter *l)
{
    size_t pages = l->pages;
    pages_read(buf_span(text), l);
    l->pages = pages ? pages : l->pages;
    if (l->text.len == 0) {
        trouble_set(&l->trouble, TROUBLE_SCANNED, "no text to be seen in it");
        return;
    }
    letter_note(l, "read from a picture (ocr): figures and names may be wrong");
    quoted_split(l);
    quoted_sign(l);
}

void ocr_picture(struct reader *r, struct span bytes, struct letter *l)
{
    struct buf text = {0};
    if (read_picture(r, bytes, &text, &l->trouble))
        take(&text, l);
    buf_free(&text);
}

/* Draws page NUMBER and reads it. */
static bool read_page(struct reader *r, struct span bytes, size_t number, struct buf *text,
                      struct trouble *t)
{
    char page[24];
    snprintf(page, sizeof page, "%zu", number);
    const char *const argv[] = {"pdftoppm", "-r", "300", "-gray",      "-f",
                                page,       "-l", page,  "/dev/stdin", NULL};
    struct buf picture = {0}, errors = {0};
    enum converter_end end = converter_run(r, argv, bytes, &picture, &errors, t);
    bool read = end == CONVERTER_DONE && read_picture(r, buf_span(&picture), text, t);
    if (end == CONVERTER_FAILED)
        trouble_set(t, TROUBLE_CORRUPT, "page %zu cannot be drawn", number);
    buf_free(&picture);
    buf_free(&errors);
    return read;
}

void ocr_pdf(struct reader *r, struct span bytes, size_t pages, struct letter *l)
{
    struct buf text = {0};
    bool read = true;
    for (size_t i = 1; i <= pages && i <= MAX_PAGES && read; i++) {
        read = read_page(r, bytes, i, &text, &l->trouble);
        if (text.len && text.at[text.len - 1] != '\f')
            buf_addc(&text, '\f');
    }
    if (pages > MAX_PAGES)
        letter_note(l, "only the first %d of %zu pages were read", MAX_PAGES, pages);
    if (read)
        take(&text, l);
    buf_free(&text);
}
