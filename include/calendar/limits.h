/* limits -- the time that a law leaves for a reply, by name. */
#ifndef LIMITS_H
#define LIMITS_H

#include <stddef.h>

struct limit {
    const char *name;
    size_t days;          /* working days following receipt */
    const char *holidays; /* whose bank holidays are none, as holidays_load() names them */
};

/* The limit called NAME, or NULL. */
const struct limit *limits_find(const char *name);

#endif
