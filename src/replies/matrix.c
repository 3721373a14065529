/* matrix -- tables whose rows and columns ask together: "Total spend" beside, "2021-22" above.
 *
 * A row says what several questions have in common, a heading above its cells what tells them
 * apart. A row is taken only if each of its questions has a column of its own, and no column
 * fits two. */
#include "finder_parts.h"

#define MAX_COLUMNS 24
#define MAX_SIBLINGS 24
#define LIKE 0.5F /* of a row to its questions, and the weight that it must tell */
#define TOLD 0.8F
#define AS_MUCH 0.95F /* of what the likest question has, for the others of the row */
#define SCORE 0.85F

struct siblings {
    uint32_t question[MAX_SIBLINGS];
    size_t column[MAX_SIBLINGS]; /* of its answer; 0 if it has none */
    size_t count;
};

/* The questions that have as much in common with what stands beside the row as the likest one. */
static void find_siblings(const struct finder *f, const struct paper_cell *c, struct siblings *s)
{
    float best = 0, told;
    s->count = 0;
    for (size_t q = 0; q < f->questions->count; q++) {
        float like = quotes_likeness(f->questions, &f->paper, q, c->start, c->end, &told);
        if (like >= LIKE && told > best)
            best = told;
    }
    for (size_t q = 0; q < f->questions->count && best >= TOLD; q++) {
        quotes_likeness(f->questions, &f->paper, q, c->start, c->end, &told);
        if (told >= AS_MUCH * best && s->count < MAX_SIBLINGS)
            s->question[s->count++] = (uint32_t)q;
    }
}

/* Whether the heading says nothing that QUESTION does not say, and something at all. */
static bool is_headed(const struct finder *f, const struct paper_cell *c, uint32_t question)
{
    const struct tokens *words = &f->paper.words;
    size_t i = tokens_from(words, c->start), known = 0;
    for (; i < words->count && words->at[i].start < c->end; i++) {
        uint32_t stem = f->paper.stems[i];
        if (stem == QUESTIONS_NONE || !f->questions->at[question].has[stem])
            return false;
        known += !f->questions->plain[stem];
    }
    return known > 0;
}

/* Gives each sibling the one column that is headed for it alone. False if fewer than two have one.
 */
static bool set_columns(const struct finder *f, const struct paper_cell *heads, size_t count,
                        struct siblings *s)
{
    size_t set = 0;
    memset(s->column, 0, sizeof s->column);
    for (size_t k = 1; k < count; k++) {
        size_t fits = 0, which = 0;
        for (size_t i = 0; i < s->count; i++)
            if (is_headed(f, &heads[k], s->question[i])) {
                fits++;
                which = i;
            }
        if (fits != 1)
            continue;
        if (s->column[which])
            return false;
        s->column[which] = k;
        set++;
    }
    return set > 1 && set == s->count;
}

static void take_cells(struct finder *f, const struct paper_cell *cells, size_t count,
                       const struct siblings *s)
{
    for (size_t i = 0; i < s->count; i++) {
        if (s->column[i] >= count)
            continue;
        struct paper_cell c = cells[s->column[i]];
        if (c.end > c.start)
            finder_take(f,
                        &(struct candidate){.question = s->question[i],
                                            .how = FINDING_TABLE,
                                            .score = SCORE,
                                            .at = c.start},
                        paper_slice(&f->paper, c.start, c.end));
    }
}

void matrix_read(struct finder *f)
{
    const struct paper *l = &f->paper;
    struct paper_cell heads[MAX_COLUMNS], cells[MAX_COLUMNS];
    struct siblings s;
    for (size_t head = 0; head + 1 < l->count; head++) {
        size_t columns = l->lines[head].cells > 2 && !f->claimed[head]
                             ? paper_cut(l, head, heads, MAX_COLUMNS)
                             : 0;
        bool taken = false;
        for (size_t row = head + 1; columns && row < l->count && l->lines[row].cells > 1; row++) {
            size_t count = paper_cut(l, row, cells, MAX_COLUMNS);
            if (f->claimed[row] || count < 3)
                continue;
            find_siblings(f, &cells[0], &s);
            if (s.count < 2 || !set_columns(f, heads, columns, &s))
                continue;
            take_cells(f, cells, count, &s);
            f->claimed[row] = 1;
            taken = true;
        }
        if (taken)
            f->claimed[head] = 1;
    }
}
