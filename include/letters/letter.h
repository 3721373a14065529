/* letter -- one document as it was read: what becomes a record of fromdocs. */
#ifndef LETTER_H
#define LETTER_H

#include <stdint.h>

#include "base/intern.h"
#include "package/trouble.h"

#define LETTER_NO_TIME INT64_MIN

struct letter {
    const char *type; /* "email", "pdf", ...: a constant */
    struct buf part;  /* its place within the file; empty for the file itself */
    struct buf date, from, to, subject, title, url;
    struct buf text, quoted, signature;
    struct buf margins; /* page headers, footers and numbers, taken out of the text */
    struct buf notes;   /* what was decided and left out, a line each */
    struct intern noted;
    size_t pages; /* 0 if not known */
    int64_t time; /* of DATE, in seconds since 1970; LETTER_NO_TIME if there is none */
    struct trouble trouble;
};

void letter_start(struct letter *l, const char *type);
void letter_free(struct letter *l);

/* Takes over what a document that belongs to another has of that: when and from whom it came. */
void letter_inherit(struct letter *l, const struct letter *from);

/* Adds a note, once; of more than 2,000 only that there are more. */
void letter_note(struct letter *l, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The date from TEXT in ISO form, with or without a time. False if it is none. */
bool letter_set_date(struct letter *l, struct span text);

/* The record, without its line end. What is not UTF-8 is replaced, and noted by those who read. */
void letter_emit(const struct letter *l, struct span reply, struct span file, struct buf *b);

#endif
