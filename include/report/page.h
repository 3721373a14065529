/* page -- a table as people read it: texts in rows and columns, with notes,
 * printed as plain text, Markdown, HTML or LaTeX.
 *
 * A page is built once and knows nothing of its form. All its texts are
 * UTF-8 that the caller keeps (an arena) until the page is written. */
#ifndef PAGE_H
#define PAGE_H

#include "base/arena.h"
#include "base/buf.h"

enum page_form { PAGE_TEXT, PAGE_MARKDOWN, PAGE_HTML, PAGE_LATEX };

struct page {
    struct arena *arena;
    struct span title;
    size_t rows, columns; /* row 0 holds the heads, column 0 what each row is about */
    struct span *texts;   /* row-major; columns from 1 on are set to the right */
    struct span *notes;
    size_t note_count, note_cap;
};

/* An empty page with room for the texts, all empty. No rows: notes only. */
struct page page_new(struct arena *a, struct span title, size_t rows, size_t columns);

static inline struct span *page_at(struct page *p, size_t row, size_t column)
{
    return &p->texts[row * p->columns + column];
}

/* A paragraph below the table. The text is copied. */
void page_note(struct page *p, struct span text);

/* What stands before the first page and behind the last one. */
void page_begin(struct buf *b, enum page_form form);
void page_end(struct buf *b, enum page_form form);

void page_write(struct buf *b, const struct page *p, enum page_form form);

/* Frees the list of notes; the texts go with the arena. */
void page_free(struct page *p);

#endif
