#include "base/memo.h"

#include <stdlib.h>

#include "base/fail.h"

void memo_keep(struct memo *m, struct span text, uint32_t value)
{
    if (text.len > MEMO_KEY - 8)
        return;
    if (!m->slots)
        m->slots = calloc(MEMO_SLOTS, sizeof *m->slots);
    if (!m->slots)
        fail_memory();
    struct memo_slot *slot = &m->slots[memo_place(text)];
    memcpy(slot->key, text.at, text.len);
    slot->len = (uint32_t)text.len + 1;
    slot->value = value;
}

void memo_free(struct memo *m)
{
    free(m->slots);
    *m = (struct memo){0};
}
