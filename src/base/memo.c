#include "base/memo.h"

#include <stdlib.h>

#include "base/fail.h"

#define SPAN_KEPT (4 * MEMO_SLOTS) /* texts after which it is asked whether that was worth it */
#define LONG_REST (64 * MEMO_SLOTS)

/* Ends a span of texts kept: to rest if not a quarter as many were known. */
static bool is_of_use(struct memo *m)
{
    bool was = m->hits - m->hits_before >= SPAN_KEPT / 4;
    m->hits_before = m->hits;
    m->kept = 0;
    if (was)
        return true;
    m->resting_slots = m->slots;
    m->slots = NULL;
    m->rest = LONG_REST;
    return false;
}

static void wake(struct memo *m)
{
    m->slots = m->resting_slots ? m->resting_slots : calloc(MEMO_SLOTS, sizeof *m->slots);
    m->resting_slots = NULL;
    if (!m->slots)
        fail_memory();
}

size_t memo_keep(struct memo *m, struct span text)
{
    if (text.len > MEMO_KEY - 8)
        return MEMO_NONE;
    if (memo_rests(m))
        return MEMO_NONE;
    if (!m->slots)
        wake(m);
    if (m->kept++ == SPAN_KEPT && !is_of_use(m))
        return MEMO_NONE;
    size_t place = memo_place(text);
    struct memo_slot *slot = &m->slots[place];
    memcpy(slot->key, text.at, text.len);
    slot->len = (uint32_t)text.len + 1;
    return place;
}

void memo_free(struct memo *m)
{
    free(m->slots);
    free(m->resting_slots);
    *m = (struct memo){0};
}
