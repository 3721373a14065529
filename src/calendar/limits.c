/* limits -- those of the United Kingdom's laws of access to information. */
#include "calendar/limits.h"

#include <string.h>

/* Freedom of Information Act 2000, section 10(1). Environmental Information Regulations 2004,
 * regulations 5(2) and 7(1): 20 days, 40 where a request is complex and voluminous. Freedom of
 * Information (Scotland) Act 2002, sections 10(1) and 73. Freedom of Information (Time for
 * Compliance with Request) Regulations 2004: a school has 20 of its own days and 60 working days at
 * most. */
static const struct limit LIMITS[] = {
    {"foi", 20, "uk"},         {"eir", 20, "uk"},     {"eir-extended", 40, "uk"},
    {"foisa", 20, "scotland"}, {"schools", 60, "uk"},
};

const struct limit *limits_find(const char *name)
{
    for (size_t i = 0; i < sizeof LIMITS / sizeof *LIMITS; i++)
        if (strcmp(LIMITS[i].name, name) == 0)
            return &LIMITS[i];
    return NULL;
}
