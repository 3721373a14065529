/* places -- where the values of a line stand, noted while it is written.
 *
 * A reader in the same pipe of programs (stream/link.h) takes them for the values instead of
 * looking for them. They are a shortcut and no more: the reader checks the names, and that each
 * value starts behind its name, and reads the line by itself where it finds otherwise. A line
 * whose values were not noted, or not all, has none.
 *
 * The text between the values, which holds the names, is the same in most lines, and its writer
 * mostly knows that without looking: it copies fields of a shape, or writes the names of a table.
 * So it tells by a number, made of what it wrote, which lines agree in all of that text, and the
 * reader checks the names of one line for each number. A line of which not all names were
 * told has the number 0 and is checked by itself.
 *
 * Everything here may be called with P NULL, and does nothing then. */
#ifndef PLACES_H
#define PLACES_H

#include <stdint.h>
#include <string.h>

#include "base/mix.h"
#include "stream/record.h"

struct value_place {
    uint16_t value, end; /* bytes from the line's start */
    uint8_t type;        /* enum value_type */
    bool escaped;
};

struct places_line {
    uint32_t len;   /* of the line, its LF included */
    uint32_t count; /* of the places that follow, one a field; 0 for none */
    uint64_t names; /* lines with the same number agree in what stands between their values */
};

/* What is told of a line. */
struct places_told {
    const struct value_place *at;
    size_t count;
    uint64_t names; /* 0 if they are not told */
};

/* The bytes that a struct places_line and COUNT places take. */
static inline size_t places_room(size_t count)
{
    return (sizeof(struct places_line) + count * sizeof(struct value_place) + 7) / 8 * 8;
}

struct places {
    struct buf lines; /* a struct places_line and its places, line after line */
    size_t start;     /* of the line that is being written, in the output's buffer */
    size_t head;      /* of its struct places_line in LINES */
    bool whole;       /* every field so far was noted */
    uint64_t names;   /* of those told so far, */
    size_t named;     /* and how many they are */
    uint64_t secret;  /* keeps names from being made to pass for others */
};

#define PLACES_FACTOR UINT64_C(0x9e3779b97f4a7c15)

void places_start(struct places *p, size_t start);

/* The next field's value stands from VALUE to END in the output's buffer. */
void places_value(struct places *p, const struct buf *out, size_t value, size_t end);

/* The same where its type is known. */
static inline void places_typed(struct places *p, size_t value, size_t end, enum value_type type,
                                bool escaped)
{
    if (!p)
        return;
    p->whole &= end - p->start <= UINT16_MAX;
    struct value_place place = {(uint16_t)(value - p->start), (uint16_t)(end - p->start),
                                (uint8_t)type, escaped};
    buf_reserve(&p->lines, sizeof place);
    memcpy(p->lines.at + p->lines.len, &place, sizeof place);
    p->lines.len += sizeof place;
}

/* The names of the next COUNT fields are told: WHAT is the same only where all is the same that
 * stands before and between their values. */
static inline void places_named(struct places *p, size_t count, uint64_t what)
{
    if (!p)
        return;
    p->names = mix_fold(p->names ^ what, PLACES_FACTOR);
    p->named += count;
}

/* The next field's name is told: it stands in OUT from FROM to the end, with whatever else stands
 * before the value. */
void places_name(struct places *p, const struct buf *out, size_t from);

/* A number for the bytes of TEXT, for places_named(). */
uint64_t places_text(struct span text);

/* The fields of R from FIRST to before END, written at FROM as they came: true if their places were
 * known, so that they are noted now. */
bool places_shifted(struct places *p, const struct record *r, size_t first, size_t end,
                    size_t from);

/* F was just written at the end of OUT as it came. */
static inline void places_field(struct places *p, const struct buf *out, const struct field *f)
{
    if (p)
        places_typed(p, out->len - f->value.raw.len, out->len, f->value.type, f->value.escaped);
}

/* A field of the line is not noted. */
static inline void places_miss(struct places *p)
{
    if (p)
        p->whole = false;
}

/* The line is taken back and written anew. */
void places_again(struct places *p);

/* The line ends before END, and the next one starts there. */
void places_end(struct places *p, size_t end);

#endif
