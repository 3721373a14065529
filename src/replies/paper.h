/* paper -- the text of a document as clean lines, each with its page and line.
 *
 * What belongs to the page and not to the letter goes: page numbers, and headers and footers
 * that more than one page has. Columns that only spaces make (the layout of a PDF) become
 * cells with tabs between. What is left is one text, so that a question or an answer
 * may go over lines and pages. A letter is filled again for each document. */
#ifndef PAPER_H
#define PAPER_H

#include "base/arena.h"
#include "replies/questions.h"
#include "tokens.h"

struct paper_line {
    uint32_t start, end; /* bytes in the text, the line feed not among them */
    uint32_t page, line; /* where it stands, both from 1; the line in its page */
    uint32_t cells;      /* tabs and one; 1 in a line of prose */
    bool apart;          /* an empty line or a page's end stands before it */
};

struct paper {
    struct buf text;
    struct paper_line *lines;
    size_t count, cap;
    struct tokens words;
    uint32_t *stems; /* of the words */
    bool *plain;     /* whether each is one that every letter has */
    size_t stems_cap, plain_cap;

    struct paper_raw *raw; /* the lines as they came */
    size_t raw_count, raw_cap;
    struct columns_line *rows; /* the same while rows are made of them */
    size_t rows_cap;
    struct arena arena; /* what was put together for them */
    struct buf scratch, clean;
};

/* TEXT must be valid UTF-8 of less than 1 GiB. */
void paper_read(struct paper *l, struct questions *q, struct span text);

/* A cell of a line: the bytes between two tabs. */
struct paper_cell {
    size_t start, end;
};

/* Puts the first MOST cells of LINE into CELLS; gives how many there are of them. */
size_t paper_cut(const struct paper *l, size_t line, struct paper_cell *cells, size_t most);

/* The bytes of a bullet beyond ASCII at the start of TEXT. */
size_t paper_bullet(struct span text);

/* The line that byte OFFSET is in. */
size_t paper_line_at(const struct paper *l, size_t offset);

static inline struct span paper_slice(const struct paper *l, size_t start, size_t end)
{
    return (struct span){l->text.at + start, end - start};
}

static inline struct span paper_line_text(const struct paper *l, size_t line)
{
    return paper_slice(l, l->lines[line].start, l->lines[line].end);
}

void paper_free(struct paper *l);

#endif
