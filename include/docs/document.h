/* document -- a JSON document that a person wrote: a schema, a codebook, a plan.
 *
 * Read whole with Jansson, since clarity counts here and not speed. A struct
 * document is a place in it: the value, and the way that leads there, so that
 * every fault is told as "plan.json: tables[2].field: expected a string, not a number" and
 * is raised (base/fault.h). Places live on the stack: one is good as
 * long as the place it was taken from, and texts are good until document_free(). */
#ifndef DOCUMENT_H
#define DOCUMENT_H

#include <jansson.h>

#include "base/buf.h"
#include "base/choice.h"
#include "base/span.h"

struct document {
    json_t *json;
    const struct document *parent; /* NULL at the root */
    const char *key;               /* in an object; NULL in a list */
    size_t index;                  /* in a list */
    void *iterator;                /* of document_next() */
    const char *file;              /* at the root */
};

/* The root of FILE. A file that cannot be read or is not JSON, one with an
 * object that names a member twice included, is a fault, and so is one that would take more than 36
 * MiB of memory: some 300,000 values, which people do not write. */
struct document document_load(const char *file);

/* The same from JSON that is in memory already. */
struct document document_parse(const char *file, struct span json);
void document_free(struct document *root);

/* The bytes of FILE, of any kind, at the end of B. */
void document_read(struct buf *b, const char *file);

/* Raises the fault "FILE: PLACE: WHAT"; the second frees WORDS, which the arguments may be of. */
_Noreturn void document_fail(const struct document *d, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
_Noreturn void document_fail_freeing(struct buf *words, const struct document *d,
                                     const char *format, ...) __attribute__((format(printf, 3, 4)));

/* The same where the reader can go on behind it: kept where faults are collected (base/fault.h). */
void document_mention(const struct document *d, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Reads D by READ as one of several items or steps. False if there was a fault, which was kept;
 * where none are, it is raised. */
bool document_try(const struct document *d, void (*read)(void *with, const struct document *d),
                  void *with);

/* The member KEY of the object D. False if it is absent or null, which mean
 * the same in a document. document_need() raises a fault instead. */
bool document_get(const struct document *d, const char *key, struct document *member);
void document_need(const struct document *d, const char *key, struct document *member);

/* Raises a fault if the object D has a key that is not in KEYS, a list that ends
 * with NULL, since a misspelt key must not be passed over. A key that starts
 * with '_', '$' or "x-" or that holds a ':' is the author's own and let through. */
void document_keys(const struct document *d, const char *const *keys);

/* Walks the items of a list, or an object's members in their order: MEMBER
 * starts zeroed. False at the end. Nulls are given like any other value. */
bool document_next(const struct document *d, struct document *member);
size_t document_count(const struct document *d); /* of a list's items */

/* The value, or a fault if it is of another type. A text has a
 * NUL behind it and none inside. */
struct span document_text(const struct document *d);
bool document_bool(const struct document *d);
double document_number(const struct document *d);
size_t document_size(const struct document *d); /* a whole number from 0 */
int document_word(const struct document *d, const struct choice *choices); /* what it stands for */

/* The same for the member KEY of D, with what an absent one means. One of a wrong type may be
 * mentioned, and means the same then. */
struct span document_text_or(const struct document *d, const char *key, struct span otherwise);
bool document_bool_or(const struct document *d, const char *key, bool otherwise);
double document_number_or(const struct document *d, const char *key, double otherwise);
size_t document_size_or(const struct document *d, const char *key, size_t otherwise);
int document_word_or(const struct document *d, const char *key, const struct choice *choices,
                     int otherwise);

/* Raises a fault if D is of another type. */
void document_must_be_list(const struct document *d);
void document_must_be_object(const struct document *d);

#endif
