#include "base/intern.h"

#include <stdlib.h>
#include <sys/random.h>
#include <time.h>
#include <unistd.h>

#include "base/fail.h"
#include "base/mix.h"

#define FIRST_SLOTS ((size_t)16)

static uint64_t word(const char *at, size_t len)
{
    uint64_t w = 0;
    memcpy(&w, at, len < 8 ? len : 8);
    return w;
}

/* Start and multipliers; secret ones keep what a difference of two keys becomes unknown. */
struct secret {
    uint64_t start, factor, last;
};

static inline uint64_t mix(struct span key, const struct secret *s)
{
    uint64_t h = mix_fold(key.len ^ s->start, s->last);
    const char *at = key.at;
    size_t left = key.len;
    for (; left > 8; at += 8, left -= 8)
        h = mix_fold(h ^ word(at, 8), s->factor);
    return mix_fold(h ^ (left ? word(at, left) : 0) ^ s->start, s->last);
}

static struct secret secret;

/* Without random numbers of the system, what differs between processes anyway. */
static __attribute__((noinline, cold)) void make_secret(void)
{
    uint64_t made[3] = {0};
    if (getrandom(made, sizeof made, GRND_NONBLOCK) != sizeof made) {
        struct timespec now;
        clock_gettime(CLOCK_REALTIME, &now);
        made[0] = (uint64_t)now.tv_nsec ^ (uint64_t)getpid() << 32;
        made[1] = mix_fold((uint64_t)now.tv_sec ^ (uintptr_t)&now, UINT64_C(0x9e3779b97f4a7c15));
        made[2] = mix_fold(made[0], made[1] | 1);
    }
    secret = (struct secret){made[0], made[1] | UINT64_C(0x8000000000000001),
                             made[2] | UINT64_C(0x8000000000000001)};
}

uint32_t intern_hash(struct span key)
{
    if (!secret.factor)
        make_secret();
    uint64_t h = mix(key, &secret);
    return (uint32_t)(h ^ (h >> 32));
}

uint64_t intern_mix(uint64_t key)
{
    if (!secret.factor)
        make_secret();
    return mix_fold(key ^ secret.start, secret.factor);
}

static void grow_slots(struct intern *m)
{
    size_t cap = m->slots_cap ? m->slots_cap * 2 : FIRST_SLOTS;
    struct intern_slot *slots = calloc(cap, sizeof *slots);
    if (!slots)
        fail_memory();
    for (size_t i = 0; i < m->slots_cap; i++) {
        if (m->slots[i].index == 0)
            continue;
        size_t at = m->slots[i].hash & (cap - 1);
        while (slots[at].index)
            at = (at + 1) & (cap - 1);
        slots[at] = m->slots[i];
    }
    free(m->slots);
    m->slots = slots;
    m->slots_cap = cap;
}

/* The slot of KEY, or the free slot where it would stand. */
static struct intern_slot *slot_of(const struct intern *m, struct span key, uint32_t h)
{
    size_t at = h & (m->slots_cap - 1);
    while (m->slots[at].index) {
        if (m->slots[at].hash == h && span_eq(m->keys[m->slots[at].index - 1], key))
            break;
        at = (at + 1) & (m->slots_cap - 1);
    }
    return &m->slots[at];
}

size_t intern_find(const struct intern *m, struct span key)
{
    if (m->count == 0)
        return INTERN_NONE;
    const struct intern_slot *slot = slot_of(m, key, intern_hash(key));
    return slot->index ? slot->index - 1 : INTERN_NONE;
}

size_t intern_add_borrowed(struct intern *m, struct span key)
{
    if (m->slots_cap == 0 || m->count >= m->slots_cap / 4 * 3)
        grow_slots(m);
    uint32_t h = intern_hash(key);
    struct intern_slot *slot = slot_of(m, key, h);
    if (slot->index)
        return slot->index - 1;
    if (m->count >= UINT32_MAX - 1)
        fail(STATUS_DATA, "more than %u distinct keys", UINT32_MAX - 1);
    m->keys = array_grow(m->keys, &m->keys_cap, m->count + 1, sizeof *m->keys);
    m->keys[m->count] = key;
    *slot = (struct intern_slot){h, (uint32_t)++m->count};
    return m->count - 1;
}

size_t intern_add(struct intern *m, struct span key)
{
    size_t before = m->count;
    size_t index = intern_add_borrowed(m, key);
    if (index == before)
        m->keys[index] = arena_copy(&m->arena, key);
    return index;
}

void intern_clear(struct intern *m)
{
    if (m->slots)
        memset(m->slots, 0, m->slots_cap * sizeof *m->slots);
    m->count = 0;
    arena_clear(&m->arena);
}

void intern_free(struct intern *m)
{
    free(m->keys);
    free(m->slots);
    arena_free(&m->arena);
    *m = (struct intern){0};
}
