/* check -- all that is wrong with a study, at once.
 *
 * The script pipelines/check.sh tries each part by itself, with the programs' own words for
 * what is wrong; what they list, and what only shows when the parts are held side by side,
 * is put together here, each with its place, and sorted by it. */
#ifndef CHECK_H
#define CHECK_H

#include "study/settings.h"

struct output;

struct check_options {
    const char *script, *study, *data;
    enum settings_trust trust;
};

/* Writes a line a problem or remark. Gives the number of problems; remarks are counted too. */
size_t check_study(const struct check_options *o, struct output *out, size_t *remarks);

#endif
