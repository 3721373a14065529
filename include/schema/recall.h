/* recall -- what the cells seen last came to, so that an equal cell need not be read again.
 *
 * One for each field whose reading depends on the cell alone. Kept are cells that left no
 * doubt: a value, as JSON text, or the reason of a missing answer, both short. Bounded, see
 * base/memo.h. A zeroed struct is ready. */
#ifndef RECALL_H
#define RECALL_H

#include "base/memo.h"
#include "schema/reading.h"

struct recall_outcome {
    uint8_t kind, type; /* enum reading_kind, a value or missing; enum value_type of a value */
    bool escaped;       /* the same */
    uint32_t len;
    char text[BUF_SHORT]; /* the value, or the reason */
};

struct recall {
    struct memo memo;
    struct recall_outcome *outcomes; /* by the memo's places */
};

/* Whether readings of F can be recalled: no other cell has a say in them. */
bool recall_suits(const struct schema_field *f);

/* What RAW, a string in the line being read, came to; NULL if that is not known. */
static inline const struct recall_outcome *recall_find(struct recall *c, struct span raw)
{
    size_t place = memo_find(&c->memo, raw);
    return place == MEMO_NONE ? NULL : &c->outcomes[place];
}

/* Keeps what the reading A made of RAW, if it can be kept. */
void recall_keep(struct recall *c, struct span raw, const struct reading *a);

void recall_free(struct recall *c);

#endif
