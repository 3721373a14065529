/* layout -- a table of the study with all that stands around it: title, counts, the
 * reasons for missing answers, notes and tests, as every form prints them. */
#ifndef LAYOUT_H
#define LAYOUT_H

#include "grid.h"
#include "report/results.h"

enum layout_note_kind {
    LAYOUT_BASE,        /* what the percentages are of */
    LAYOUT_MISSING,     /* why answers are missing */
    LAYOUT_BOUNDS,      /* what they could change */
    LAYOUT_SENTENCE,    /* a test */
    LAYOUT_EXPLANATION, /* what it means */
    LAYOUT_WARNING      /* what to mind */
};

struct layout_note {
    enum layout_note_kind kind;
    struct span text;
};

struct layout {
    struct span id, title;
    const struct cells_table *table; /* NULL for tests that came without their cells */
    size_t layer;
    int decimals;
    struct grid counts, missing, tests; /* no rows: there is none */
    struct layout_note *notes;
    size_t note_count, note_cap;
};

/* All of a study in its order, each given to TAKE, which frees nothing. */
void layout_each(struct results *s, void (*take)(void *context, const struct layout *l),
                 void *context);

/* Parts of a layout, in files of their own. */
void layout_add_note(struct results *s, struct layout *l, enum layout_note_kind kind,
                     struct buf *b);
void layout_notes(struct results *s, struct layout *l);
void layout_letters(struct results *s, struct layout *l); /* of a table of counts */
void layout_tests(struct results *s, struct layout *l);

/* What a test is of, if not of the whole table: an item, a stratum, two groups. T may be NULL. */
void layout_test_subject(struct buf *b, struct results *s, const struct cells_table *t,
                         const json_t *test);

/* Its method, p, adjusted p and effect, with the numbers behind them. */
void layout_test_cells(struct results *s, const json_t *test, struct grid_cell cells[4]);

#endif
