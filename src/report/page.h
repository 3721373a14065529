/* page -- the parts of the HTML page that write_html puts together. */
#ifndef PAGE_H
#define PAGE_H

#include "layout.h"

struct page {
    struct results *results;
    struct output *whole;
    struct buf *out;        /* its end, see page_pass() */
    size_t tables, figures; /* so far */
    bool are_many;          /* public records: too many to be listed */
};

/* Passes on what is there of a long page; nothing looks back at it. */
static inline void page_pass(struct page *p)
{
    if (p->out->len >= OUTPUT_BLOCK)
        output_flush(p->whole);
}

/* "t-ID", the anchor of a table, and "f-ID" of its figure: WHAT is the letter. */
void page_anchor(struct page *p, char what, const struct layout *l);

/* TEXT escaped; what could turn round the text beside it stands for itself. */
void page_text(struct page *p, struct span text);

/* "<TAG class=...>TEXT</TAG>\n". */
void page_element(struct page *p, const char *open, struct span text, const char *close);

void page_question(struct page *p, const struct layout *l); /* a label too long for a head */
bool page_is_hidden(const struct layout *l);                /* the table stands behind a triangle */
void page_table(struct page *p, const struct layout *l);    /* counts with bars, missing */
void page_tests(struct page *p, const struct layout *l);    /* sentences, all figures */
void page_tests_at_once(struct page *p);                    /* one table of all tests */
void page_lead(struct page *p);                             /* what the page is of */
void page_methods(struct page *p);
void page_sources(struct page *p);
void page_downloads(struct page *p);

/* Who is behind the counts, as far as the plan makes it public. */
void page_members(struct page *p, const struct layout *l);

/* The public records: number 0 is of the study, the others of other sources. */
size_t page_records_count(const struct page *p);
const struct labels_records *page_records_of(const struct page *p, size_t number);
struct span page_records_title(struct page *p, size_t number);
void page_records_anchor(struct page *p, size_t number);
void page_records(struct page *p, size_t number);

/* A value of JSON as text. */
void page_value(struct page *p, const struct value *v, struct buf *scratch);

/* The text of a cell, a link to who is behind it where that is public. */
void page_count(struct page *p, const struct layout *l, const struct grid_cell *cell);

/* Rows and heads of G without bars. */
void page_grid(struct page *p, const struct grid *g, const char *class, struct span caption);

#endif
