/* findings -- what is wrong with a study, a line each, in the order of its places. */
#ifndef FINDINGS_H
#define FINDINGS_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/intern.h"
#include "base/nearest.h"

enum findings_kind { FINDINGS_PROBLEM, FINDINGS_REMARK };

struct finding {
    const char *text;
    enum findings_kind kind;
};

struct findings {
    struct finding *at;
    size_t count, cap, counts[2];
    struct intern seen;
    struct arena arena;
};

/* "WHERE: WHAT"; the same twice is one. */
void findings_add(struct findings *f, enum findings_kind kind, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* " (did you mean 'x'?)", or nothing. */
const char *findings_meant(struct findings *f, const struct nearest *near);

void findings_write(struct findings *f, struct buf *b);
void findings_free(struct findings *f);

#endif
