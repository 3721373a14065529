/* stated_parts -- the figures of an answer while the one that counts is looked for. */
#ifndef STATED_PARTS_H
#define STATED_PARTS_H

#include "sought.h"
#include "text/stated.h"

struct stated_figure {
    struct figure is;
    size_t from, len; /* its value among the values; empty for one that is vague */
    bool is_out;      /* it does not count */
};

struct stated_work {
    struct stated_figure *figures;
    size_t count, cap;
    struct buf number, values;
    struct span text;
    bool is_counted; /* what is asked for, by a figure that is neither in brackets nor aside */
    struct sought sought;
};

static inline struct span stated_value(const struct stated_work *w, const struct stated_figure *f)
{
    return (struct span){w->values.at + f->from, f->len};
}

/* Stretches of the text, and what ends them. */
enum stated_within { STATED_SENTENCE, STATED_CLAUSE };
struct stretch stated_stretch(const struct stated_work *w, const struct stated_figure *f,
                              enum stated_within within);

/* Leaves those that COUNTS holds of, if there are any. */
void stated_keep(struct stated_work *w,
                 bool (*counts)(const struct stated_work *, const struct stated_figure *));

/* The only value among those that are left, or, if TOTALS, among the totals of these; NULL if there
 * is none, and *SEVERAL if there is more than one. */
const struct stated_figure *stated_only(const struct stated_work *w, bool totals, bool *several);

/* The figure of an answer that begins with it and a full stop ("None. The last was sold in 2020."),
 * or NULL. There must be one at least. */
const struct stated_figure *stated_lead(const struct stated_work *w);

/* The one that counts of those that are left, as sums, parts and the question's words tell; NULL
 * if there is none, and *SEVERAL if there are more. */
const struct stated_figure *stated_choose(struct stated_work *w, bool *several);

#endif
