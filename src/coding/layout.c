/* layout -- marks in the cells of forms: which side of the names they stand on.
 *
 * "Python No C# Yes" and "No Python Yes C#" are read by one decision for the whole answer:
 * on which side do more of its marks have a name of their own, first in the same line, then
 * in the next one. A form of two marks or more is one; a box is by itself. */
#include "cues_words.h"

#define MAX_TITLE 3    /* words of an entry between its name and its mark */
#define MAX_QUESTION 6 /* the same where the entry is a question */

enum side { SIDE_NONE, SIDE_BEHIND, SIDE_BEFORE };

/* A mark, or several that say one thing: "Yes [ ] No [x]". */
struct cell {
    uint32_t first, last;
    uint32_t cue;        /* or CUES_NONE: it says nothing, such as "Yes / No" */
    size_t from, behind; /* its hits */
    bool is_box;
};

struct form {
    const struct cues *cues;
    const struct prose *prose;
    struct cue_mention *mentions;
    size_t mention_count;
    struct cue_hit *hits;
    size_t hit_count;
    uint32_t crossed;              /* the cue that a crossed box is where ticks say yes */
    size_t cells, same[3], far[3]; /* by side: cells with a name there */
    enum side first;               /* of the first cell: where the first name stands */
    bool has_box;
};

static bool starts_line(const struct prose *p, size_t i)
{
    return i == 0 || i >= p->main || (p->at[i].flags & PROSE_LINE);
}

static bool is_one_of_marks(const struct prose *p, size_t i, const char *marks)
{
    char c = cues_mark(p, i);
    return c && strchr(marks, c);
}

/* A bullet, a box, a dash of another script. */
static bool is_high_mark(const struct prose *p, size_t i)
{
    return (unsigned char)cues_mark(p, i) >= 0x80;
}

/* The first mention that ends at or behind word I. */
static size_t mention_from(const struct form *f, size_t i)
{
    size_t low = 0, high = f->mention_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (f->mentions[middle].last < i)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool touches_mention(const struct form *f, size_t i)
{
    size_t m = mention_from(f, i);
    return m < f->mention_count && f->mentions[m].first <= i;
}

static bool is_box(const struct form *f, const struct cue_hit *hit)
{
    return cues_is_mark(f->prose, hit->first);
}

/* Does the hit stand by itself, as in a cell? A word such as "no" is one between marks,
 * names and the ends of lines; a phrase only where it fills its line or its column. */
static bool is_alone(const struct form *f, const struct cue_hit *hit)
{
    const struct prose *p = f->prose;
    const struct cue *cue = &f->cues->at[hit->cue];
    size_t next = hit->last + 1;
    if (cue->kind != CUE_STATUS && cue->kind != CUE_USED)
        return false;
    if (cue->is_mark && is_box(f, hit))
        return true;
    bool left = starts_line(p, hit->first) || is_one_of_marks(p, hit->first - 1, "|");
    bool right = starts_line(p, next) || is_one_of_marks(p, next, "|");
    if (!cue->is_mark)
        return left && right;
    left = left || is_one_of_marks(p, hit->first - 1, ":-=?(,;/])*") ||
           is_high_mark(p, hit->first - 1) || cues_is_version(prose_folded(p, hit->first - 1)) ||
           touches_mention(f, hit->first - 1);
    right = right || (cues_is_mark(p, next) && !is_one_of_marks(p, next, "'\"")) ||
            touches_mention(f, next);
    return left && right;
}

/* ---- cells ---- */

/* Is hit I the same cell as the one before: nothing but a stroke between? */
static bool continues(const struct form *f, const struct cell *cell, size_t i)
{
    uint32_t first = f->hits[i].first;
    return is_alone(f, &f->hits[i]) && f->cues->at[f->hits[i].cue].is_mark &&
           (first == cell->last + 1 ||
            (first == cell->last + 2 && is_one_of_marks(f->prose, cell->last + 1, "/|"))) &&
           !(f->prose->at[first].flags & PROSE_LINE);
}

/* "Yes [ ] No [x]": the word whose box is ticked, each box on the same side of its word. */
static uint32_t ticked(const struct form *f, const struct cell *cell)
{
    uint32_t cue = CUES_NONE;
    bool boxes_first = is_box(f, &f->hits[cell->from]);
    for (size_t i = cell->from + 1; i < cell->behind; i++) {
        const struct cue_hit *box = &f->hits[boxes_first ? i - 1 : i];
        const struct cue_hit *word = &f->hits[boxes_first ? i : i - 1];
        if (!is_box(f, box) || is_box(f, word) || f->cues->at[box->cue].kind != CUE_USED)
            continue;
        if (cue != CUES_NONE)
            return CUES_NONE;
        cue = word->cue;
    }
    return cue;
}

static uint32_t cue_of_box(const struct form *f, const struct cue_hit *hit)
{
    struct span text = prose_folded(f->prose, hit->first);
    bool crossed = f->crossed != CUES_NONE && span_eq(text, SPAN("\xe2\x98\x92"));
    return crossed ? f->crossed : hit->cue;
}

/* The next cell from hit *I on; false if there is none. */
static bool next_cell(const struct form *f, size_t *i, struct cell *cell)
{
    while (*i < f->hit_count && !is_alone(f, &f->hits[*i]))
        (*i)++;
    if (*i >= f->hit_count)
        return false;
    const struct cue_hit *hit = &f->hits[*i];
    *cell = (struct cell){hit->first, hit->last, cue_of_box(f, hit), *i, *i + 1, is_box(f, hit)};
    bool words = !cell->is_box, pairs = false;
    while (f->cues->at[hit->cue].is_mark && cell->behind < f->hit_count &&
           continues(f, cell, cell->behind)) {
        bool box = is_box(f, &f->hits[cell->behind]);
        pairs = pairs || box != words || !box;
        words = !box;
        cell->is_box |= box;
        cell->last = f->hits[cell->behind++].last;
    }
    if (cell->behind - cell->from > 2 || (cell->behind - cell->from == 2 && pairs))
        cell->cue = ticked(f, cell);
    *i = cell->behind;
    return true;
}

/* ---- sides ---- */

/* How near are words FROM to TO: 2 in one line, 1 over the end of one, 0 not at all? */
static int nearness(const struct prose *p, size_t from, size_t to)
{
    size_t words = 0,
           most = to > from && is_one_of_marks(p, to - 1, "?") ? MAX_QUESTION : MAX_TITLE;
    int near = 2;
    for (size_t i = from; i <= to; i++) {
        if (p->at[i].flags & PROSE_LINE)
            near = 1;
        if (i == to)
            break;
        if (is_one_of_marks(p, i, ".,;!"))
            return 0;
        words += !cues_is_mark(p, i);
    }
    return words > most ? 0 : near;
}

/* The mention beside the cell on SIDE and how near it is, AT least behind word BOUND. */
static int beside(const struct form *f, const struct cell *cell, enum side side, size_t bound,
                  size_t *mention)
{
    size_t m = mention_from(f, cell->first);
    if (side == SIDE_BEFORE) { /* the mark before the name */
        if (m == f->mention_count || f->mentions[m].first >= bound)
            return 0;
        *mention = m;
        return nearness(f->prose, cell->last + 1, f->mentions[m].first);
    }
    if (m == 0 || f->mentions[m - 1].last < bound)
        return 0;
    *mention = m - 1;
    return nearness(f->prose, f->mentions[m - 1].last + 1, cell->first);
}

static void weigh(struct form *f, const struct cell *cell, size_t bound_before, size_t bound_behind)
{
    size_t mention;
    for (enum side side = SIDE_BEHIND; side <= SIDE_BEFORE; side++) {
        size_t bound = side == SIDE_BEHIND ? bound_before : bound_behind;
        int near = beside(f, cell, side, bound, &mention);
        f->same[side] += near == 2;
        f->far[side] += near == 1;
        if (f->cells == 0 && near && f->first == SIDE_NONE)
            f->first = side;
    }
    f->cells++;
    f->has_box |= cell->is_box;
}

static enum side more(const size_t by_side[3])
{
    if (by_side[SIDE_BEHIND] == by_side[SIDE_BEFORE])
        return SIDE_NONE;
    return by_side[SIDE_BEHIND] > by_side[SIDE_BEFORE] ? SIDE_BEHIND : SIDE_BEFORE;
}

static enum side decide_side(const struct form *f)
{
    if (f->cells < 2 && !f->has_box)
        return SIDE_NONE;
    if (f->same[SIDE_BEHIND] + f->same[SIDE_BEFORE] == 0)
        return more(f->far);
    enum side side = more(f->same);
    return side == SIDE_NONE && f->has_box ? f->first : side;
}

/* Every cell with what bounds it: the end of the cell before, the start of the next. */
static void each_cell(struct form *f, enum side side,
                      void (*take)(struct form *f, const struct cell *cell, size_t before,
                                   size_t behind, enum side side))
{
    struct cell cell, next;
    size_t i = 0, before = 0;
    for (bool more_cells = next_cell(f, &i, &cell); more_cells;) {
        more_cells = next_cell(f, &i, &next);
        take(f, &cell, before, more_cells ? next.first : f->prose->main, side);
        before = cell.last + 1;
        cell = next;
    }
}

static void take_weight(struct form *f, const struct cell *cell, size_t before, size_t behind,
                        enum side side)
{
    (void)side;
    weigh(f, cell, before, behind);
}

static void set(struct cue_mention *m, const struct form *f, const struct cell *cell)
{
    uint32_t cue = cell->cue;
    m->cue = f->cues->at[cue].kind == CUE_STATUS ? cue : CUES_NONE;
    m->by = cue;
    m->how = CUE_CELL;
    m->cue_first = cell->first;
    m->cue_last = cell->last;
    m->fixed = true;
}

/* Side by side, with nothing or a mere number between them, two names are two entries. */
static bool shares_cell(const struct form *f, const struct cue_mention *a,
                        const struct cue_mention *b)
{
    if (b->first > a->last &&
        (b->first == a->last + 1 || cues_is_version(prose_folded(f->prose, b->first - 1))))
        return false;
    return cues_listed_together(f->prose, a, b);
}

/* The cell's name, and those that are listed with it. */
static void take_decision(struct form *f, const struct cell *cell, size_t before, size_t behind,
                          enum side side)
{
    size_t m;
    int near = beside(f, cell, side, side == SIDE_BEHIND ? before : behind, &m);
    if (near == 0 || (near == 1 && f->same[side] > 0))
        return;
    for (size_t i = cell->from; i < cell->behind; i++)
        f->hits[i].taken = true;
    if (cell->cue == CUES_NONE)
        return;
    struct cue_mention *at = &f->mentions[m], *end = f->mentions + f->mention_count;
    set(at, f, cell);
    if (side == SIDE_BEHIND)
        for (; at > f->mentions && at[-1].last >= before && shares_cell(f, at - 1, at); at--)
            set(at - 1, f, cell);
    else
        for (; at + 1 < end && at[1].first < behind && shares_cell(f, at, at + 1); at++)
            set(at + 1, f, cell);
}

/* Where ticks say yes, a crossed box says no. */
static uint32_t find_crossed(const struct cues *c, const struct prose *p,
                             const struct cue_hit *hits, size_t count)
{
    bool ticks = false;
    for (size_t i = 0; i < count; i++) {
        if (!c->at[hits[i].cue].is_mark || !cues_is_mark(p, hits[i].first))
            continue;
        struct span text = prose_folded(p, hits[i].first);
        if (c->at[hits[i].cue].kind == CUE_STATUS)
            return CUES_NONE;
        ticks |= !span_eq(text, SPAN("\xe2\x98\x92"));
    }
    return ticks ? c->crossed : CUES_NONE;
}

void layout_apply(const struct cues *c, const struct prose *p, struct cue_mention *mentions,
                  size_t count, struct cue_hit *hits, size_t hit_count)
{
    struct form f = {.cues = c,
                     .prose = p,
                     .mentions = mentions,
                     .mention_count = count,
                     .hits = hits,
                     .hit_count = hit_count};
    f.crossed = find_crossed(c, p, hits, hit_count);
    each_cell(&f, SIDE_NONE, take_weight);
    enum side side = decide_side(&f);
    if (side != SIDE_NONE)
        each_cell(&f, side, take_decision);
}
