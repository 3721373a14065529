/* memo -- what was made of the texts seen last, so that it need not be made again.
 *
 * Most cells of a survey come from a few hundred texts: yes, no, a status, a date. A memo
 * keeps a place for a short text, at which its user keeps what it makes of it. Each text has one
 * place, by a cheap hash of its ends and length, and loses it to the next text that wants it; it is
 * found only if every byte agrees, so a memo can never give a wrong answer, only none. One that
 * hardly ever knows a text (a number of the reply) rests for some time. Bounded: 56 KiB each, of
 * which only the places that texts took are ever touched, allocated with the first text. Texts must
 * be followed by MEMO_KEY readable bytes, as all are that stand in a line being read. A zeroed
 * struct is ready. */
#ifndef MEMO_H
#define MEMO_H

#include <stdint.h>

#include "base/bytes.h"
#include "base/span.h"

#define MEMO_KEY 48 /* longer texts are not kept */
#define MEMO_SLOTS 1024

struct memo_slot {
    char key[MEMO_KEY];
    uint32_t len;   /* plus one; 0 is a free slot */
    uint32_t value; /* its user's, who may have more elsewhere */
};

struct memo {
    struct memo_slot *slots; /* NULL before the first text, and at rest */
    struct memo_slot *resting_slots;
    size_t hits, hits_before; /* now, and when the span was begun that is looked at */
    uint32_t kept, rest;      /* texts kept in that span, and that are still to be passed by */
};

/* The first 8 bytes of a text that is at least LEN long, the rest zeros. */
static inline uint64_t memo_word(const char *at, size_t len)
{
    uint64_t word;
    memcpy(&word, at, sizeof word);
    return len >= 8 ? word : word & ((UINT64_C(1) << (8 * len)) - 1);
}

static inline size_t memo_place(struct span text)
{
    uint64_t first = memo_word(text.at, text.len), last = first;
    if (text.len > 8)
        memcpy(&last, text.at + text.len - 8, sizeof last);
    uint64_t mixed = (first ^ (last << 1 | last >> 63) ^ text.len) * UINT64_C(0x9e3779b97f4a7c15);
    return mixed >> 54; /* MEMO_SLOTS places */
}

#define MEMO_NONE MEMO_SLOTS

/* The place of TEXT, by which its user keeps what it makes of it; MEMO_NONE if it is not known. */
static inline size_t memo_find(struct memo *m, struct span text)
{
    if (!m->slots || text.len > MEMO_KEY - 8)
        return MEMO_NONE;
    size_t place = memo_place(text);
    const struct memo_slot *slot = &m->slots[place];
    if (slot->len != text.len + 1 || !bytes_equal_padded(slot->key, text.at, text.len))
        return MEMO_NONE;
    m->hits++;
    return place;
}

/* Whether M rests, which is over when this was asked often enough: then a text that might be kept
 * need not be looked at. */
static inline bool memo_rests(struct memo *m)
{
    if (m->rest == 0)
        return false;
    m->rest--;
    return true;
}

/* The place that TEXT takes, from another one; MEMO_NONE if it is too long or the memo rests. */
size_t memo_keep(struct memo *m, struct span text);

void memo_free(struct memo *m);

#endif
