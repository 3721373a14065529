/* page -- the page on which people check records: its head, the records, its end. */
#ifndef REVIEW_PAGE_H
#define REVIEW_PAGE_H

#include "codebook/codebook.h"
#include "stream/record.h"

struct review_settings {
    const char *only, *coder, *key; /* NULL: not given */
    bool blind;
    const struct codebook *book; /* NULL: none */
};

void review_page_begin(struct buf *b, const struct review_settings *s);
void review_page_add(struct buf *b, struct span line); /* a record */

/* After the records: what the FILES say was decided before, of a blind coder's own alone. Whatever
 * is wrong with them is a fault (base/fault.h). */
void review_page_decided(struct buf *b, const struct review_settings *s, const char *const *files,
                         size_t count);

void review_page_end(struct buf *b);

#endif
