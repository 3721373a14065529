/* parts -- a package whose parts are told by the input: those of a plain one, and in place of each,
 * if the input has it, what stands behind a line "== NAME" up to the next such line. */
#ifndef PARTS_H
#define PARTS_H

#include "zip.h"

struct part {
    const char *name, *text;
};

/* What INPUT has for NAME; a NULL at if it has nothing. */
static inline struct span parts_find(struct span input, const char *name)
{
    char mark[96];
    int len = snprintf(mark, sizeof mark, "== %s\n", name);
    const char *end = input.at + input.len;
    const char *found = input.len ? memmem(input.at, input.len, mark, (size_t)len) : NULL;
    if (!found)
        return (struct span){0};
    found += len;
    const char *next = memmem(found, (size_t)(end - found), "\n== ", 4);
    return span_from(found, next ? next : end);
}

static inline struct span parts_pack(struct zip *z, const struct part *plain, struct span input)
{
    for (; plain->name; plain++) {
        struct span own = parts_find(input, plain->name);
        if (own.at || plain->text)
            zip_add(z, plain->name, own.at ? own : span_of(plain->text));
    }
    return zip_end(z);
}

#endif
