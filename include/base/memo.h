/* memo -- what was made of the texts seen last, so that it need not be made again.
 *
 * Most cells of a survey come from a few hundred texts: yes, no, a status, a date. A memo
 * keeps for a short text a number that its user makes of it. Each text has one place, by a
 * cheap hash of its ends and length, and loses it to the next text that wants it; it is found
 * only if every byte agrees, so a memo can never give a wrong answer, only none. Bounded: 14
 * KiB each, allocated with the first text. Texts must be followed by MEMO_KEY readable bytes, as
 * all are that stand in a line being read. A zeroed struct is ready. */
#ifndef MEMO_H
#define MEMO_H

#include <stdint.h>

#include "base/bytes.h"
#include "base/span.h"

#define MEMO_KEY 48 /* longer texts are not kept */
#define MEMO_SLOTS 256

struct memo_slot {
    char key[MEMO_KEY];
    uint32_t len; /* plus one; 0 is a free slot */
    uint32_t value;
};

struct memo {
    struct memo_slot *slots;
    size_t hits;
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
    return mixed >> 56; /* MEMO_SLOTS places */
}

/* Whether TEXT is known, and its VALUE. */
static inline bool memo_find(struct memo *m, struct span text, uint32_t *value)
{
    if (!m->slots || text.len > MEMO_KEY - 8)
        return false;
    const struct memo_slot *slot = &m->slots[memo_place(text)];
    if (slot->len != text.len + 1 || !bytes_equal_padded(slot->key, text.at, text.len))
        return false;
    *value = slot->value;
    m->hits++;
    return true;
}

/* Keeps VALUE for TEXT in the place of another one. */
void memo_keep(struct memo *m, struct span text, uint32_t value);

void memo_free(struct memo *m);

#endif
