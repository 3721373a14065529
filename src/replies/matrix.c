/* matrix -- tables whose rows and columns ask together: "Total spend" beside, "2021-22" above.
 *
 * A row says what several questions have in common, a heading above its cells what tells them
 * apart. A row is taken only if each of its questions has a column of its own, and no column
 * fits two. */
#include "finder_parts.h"

#define MAX_COLUMNS 24
#define MAX_SIBLINGS 24
#define MAX_HEADS 32 /* of a table: more are no headings */
#define LIKE 0.5F    /* of a row to its questions, and the weight that it must tell */
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

/* The lines above a row, in the same table, that may head its columns. */
struct heads {
    size_t at[MAX_HEADS], count;
};

/* Whether two columns of a line are headed for some question each. */
static bool may_head(const struct finder *f, size_t line)
{
    struct paper_cell cells[MAX_COLUMNS];
    size_t count = paper_cut(&f->paper, line, cells, MAX_COLUMNS), headed = 0;
    for (size_t k = 1; k < count && headed < 2; k++)
        for (size_t q = 0; q < f->questions->count; q++)
            if (is_headed(f, &cells[k], (uint32_t)q)) {
                headed++;
                break;
            }
    return headed > 1;
}

static void read_row(struct finder *f, const struct heads *heads, size_t row)
{
    struct paper_cell above[MAX_COLUMNS], cells[MAX_COLUMNS];
    struct siblings s;
    size_t count = paper_cut(&f->paper, row, cells, MAX_COLUMNS);
    if (count < 3)
        return;
    find_siblings(f, &cells[0], &s);
    for (size_t i = 0; i < heads->count && s.count > 1; i++) {
        size_t columns = paper_cut(&f->paper, heads->at[i], above, MAX_COLUMNS);
        if (!set_columns(f, above, columns, &s))
            continue;
        take_cells(f, cells, count, &s);
        f->claimed[row] = 1;
        f->claimed[heads->at[i]] = 1;
        return;
    }
}

void matrix_read(struct finder *f)
{
    struct heads heads = {.count = 0};
    for (size_t line = 0; line < f->paper.count; line++) {
        size_t cells = f->paper.lines[line].cells;
        if (cells < 2)
            heads.count = 0; /* the table has ended */
        if (cells < 2 || f->claimed[line])
            continue;
        if (heads.count)
            read_row(f, &heads, line);
        if (cells > 2 && heads.count < MAX_HEADS && !f->claimed[line] && may_head(f, line))
            heads.at[heads.count++] = line;
    }
}
