/* settings -- how one table is to be tested, as its plan says under "chisq".
 *
 *     {"family":"primary","expected":{"yes":60,"no":40},"paired":false,"trend":true,
 *      "scores":[1,2,4],"pairwise":false,"equal":true}
 *
 * or false: not at all. The plan is checked when tabulate reads it; the object then
 * rides along in the cells, as text, and is read again here. */
#ifndef SETTINGS_H
#define SETTINGS_H

#include "base/arena.h"
#include "docs/document.h"

/* An expected share of a goodness of fit. */
struct settings_share {
    struct span value; /* as people write it, or JSON text */
    double share;      /* above 0, in any scale */
};

/* Whether a one-way table without expected shares is tested against equal ones. */
enum settings_equal {
    SETTINGS_UNSAID, /* cells that do not say it: yes */
    SETTINGS_EQUAL,
    SETTINGS_NOT_EQUAL /* a plan that does not ask for it */
};

struct settings {
    enum settings_equal equal;
    bool skip;          /* no test */
    struct span family; /* a NULL at for the usual one */
    bool paired, trend, pairwise, letters;
    const double *scores; /* of the groups; NULL for the usual ones */
    size_t score_count;
    const struct settings_share *shares;
    size_t share_count;
};

/* The JSON text of the member KEY of D, checked as by settings_read(), in A; a NULL at if it is
 * absent. */
struct span settings_text(const struct document *d, const char *key, struct arena *a);

/* settings_read() of TEXT, JSON that came with the cells of FILE. */
void settings_parse(struct settings *s, struct span text, const char *file, struct arena *a);

#endif
