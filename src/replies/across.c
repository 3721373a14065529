/* across -- tables whose questions run across: a row of headings, the answers below them.
 *
 * Workbooks that collect replies have a column a question and a row a body; portals export them
 * so. A row is one of headings where its cells name several questions, each another. One row
 * below answers them; of several each is told by what stands in a column that is no question. */
#include <ctype.h>
#include <stdlib.h>

#include "finder_parts.h"

#define MAX_COLUMNS 64
#define MAX_ROWS 20 /* of answers: more is a list of something else */
#define LIKE 0.5F   /* of a heading to its question, and the weight that it must tell */
#define TOLD 0.75F
#define BASE 0.55F /* of the score, and what the likeness adds */
#define ADDED 0.35F

struct pair {
    size_t column;
    uint32_t question;
    float rank;
};

struct across {
    struct finder *f;
    struct paper_cell heads[MAX_COLUMNS];
    size_t columns;
    struct pair *pairs; /* those that hold: a column and a question once */
    size_t count, cap;
    size_t key; /* the first column that is no question's, or MAX_COLUMNS */
};

static int by_rank(const void *a, const void *b)
{
    const struct pair *x = a, *y = b;
    if (x->rank != y->rank)
        return x->rank < y->rank ? 1 : -1;
    return x->column != y->column ? (x->column > y->column) - (x->column < y->column)
                                  : (x->question > y->question) - (x->question < y->question);
}

/* Whether a head has a word of its own: figures head no column of answers. */
static bool has_word(const struct finder *f, const struct paper_cell *c)
{
    size_t i = tokens_from(&f->paper.words, c->start);
    for (; i < f->paper.words.count && f->paper.words.at[i].start < c->end; i++)
        if (isalpha((unsigned char)f->paper.text.at[f->paper.words.at[i].start]) &&
            !f->paper.plain[i])
            return true;
    return false;
}

static void add_pair(struct across *a, size_t column, size_t question, float rank)
{
    a->pairs = array_grow(a->pairs, &a->cap, a->count + 1, sizeof *a->pairs);
    a->pairs[a->count++] = (struct pair){column, (uint32_t)question, rank};
}

/* Heads that are numbers alone: of as many questions as count upwards without a gap, all but one
 * perhaps; bare ones of all. */
static bool pair_numbers(struct across *a)
{
    const struct finder *f = a->f;
    size_t bare = 0;
    for (size_t k = 0; k < a->columns; k++) {
        struct references r;
        size_t end;
        struct span text = paper_slice(&f->paper, a->heads[k].start, a->heads[k].end);
        bool number = references_read(f->questions, text, 0, &r, &end) && !r.joined &&
                      r.count == 1 && end + 1 >= text.len;
        if (!number && k > 0)
            return false;
        if (number && a->count && r.at[0] != a->pairs[a->count - 1].question + 1)
            return false;
        if (number)
            add_pair(a, k, r.at[0], 2);
        bare += number && r.first.word != LABEL_QUESTION;
    }
    return a->count + 1 >= f->questions->count && (!bare || a->count == f->questions->count);
}

static void pair_heads(struct across *a)
{
    const struct finder *f = a->f;
    if (pair_numbers(a))
        return;
    a->count = 0;
    for (size_t k = 0; k < a->columns; k++)
        for (size_t q = 0; q < f->questions->count && has_word(f, &a->heads[k]); q++) {
            float told, likeness = quotes_likeness(f->questions, &f->paper, q, a->heads[k].start,
                                                   a->heads[k].end, &told);
            if (likeness < LIKE || told < TOLD)
                continue;
            add_pair(a, k, q, likeness + told / f->questions->at[q].weight);
        }
}

/* Leaves each column and each question once, the likest first. */
static void keep_best(struct across *a)
{
    bool column[MAX_COLUMNS] = {false};
    size_t kept = 0;
    qsort(a->pairs, a->count, sizeof *a->pairs, by_rank);
    for (size_t i = 0; i < a->count; i++) {
        struct pair p = a->pairs[i];
        bool used = column[p.column];
        for (size_t k = 0; k < kept; k++)
            used |= a->pairs[k].question == p.question;
        if (used)
            continue;
        column[p.column] = true;
        a->pairs[kept++] = p;
    }
    a->count = kept;
    a->key = 0;
    while (a->key < a->columns && column[a->key])
        a->key++;
    if (a->key == a->columns)
        a->key = MAX_COLUMNS;
}

/* Whether LINE is a row of headings: most of its cells, or of the questions, and three at least. */
static bool is_heads(struct across *a, size_t line)
{
    a->count = 0;
    a->columns = paper_cut(&a->f->paper, line, a->heads, MAX_COLUMNS);
    if (a->columns < 2)
        return false;
    pair_heads(a);
    if (a->count < 2)
        return false;
    keep_best(a);
    size_t all = a->f->questions->count;
    return (a->count >= 3 || a->count == all) &&
           (2 * a->count >= a->columns || 2 * a->count >= all);
}

/* The rows of answers below LINE: as many as have cells. */
static size_t rows_below(const struct across *a, size_t line)
{
    const struct paper *l = &a->f->paper;
    size_t rows = 0;
    while (line + 1 + rows < l->count && l->lines[line + 1 + rows].cells > 1 && rows <= MAX_ROWS)
        rows++;
    return rows;
}

/* "Site: answer", or the answer where there is one row alone. */
static void add_answer(struct across *a, size_t line, size_t column, bool several)
{
    const struct paper *l = &a->f->paper;
    struct paper_cell cells[MAX_COLUMNS];
    size_t count = paper_cut(l, line, cells, MAX_COLUMNS);
    struct buf *b = &a->f->text;
    if (column >= count || cells[column].end == cells[column].start)
        return;
    if (b->len)
        buf_add(b, SPAN("; "));
    if (several && a->key < count && cells[a->key].end > cells[a->key].start) {
        buf_add(b, paper_slice(l, cells[a->key].start, cells[a->key].end));
        buf_add(b, SPAN(": "));
    }
    buf_add(b, paper_slice(l, cells[column].start, cells[column].end));
}

static void take(struct across *a, size_t line, size_t rows)
{
    struct finder *f = a->f;
    for (size_t i = 0; i < a->count; i++) {
        const struct pair *p = &a->pairs[i];
        buf_clear(&f->text);
        for (size_t k = 1; k <= rows; k++)
            add_answer(a, line + k, p->column, rows > 1);
        if (f->text.len)
            finder_take(f,
                        &(struct candidate){.question = p->question,
                                            .how = FINDING_TABLE,
                                            .score = BASE + ADDED * (p->rank > 2 ? 1 : p->rank / 2),
                                            .at = f->paper.lines[line + 1].start},
                        buf_span(&f->text));
    }
    memset(f->claimed + line, 1, rows + 1);
}

void across_read(struct finder *f)
{
    struct across a = {.f = f};
    for (size_t line = 0; line + 1 < f->paper.count; line++) {
        if (f->paper.lines[line].cells < 2 || !is_heads(&a, line))
            continue;
        size_t rows = rows_below(&a, line);
        if (rows && rows <= MAX_ROWS) {
            take(&a, line, rows);
            line += rows;
        }
    }
    free(a.pairs);
}
