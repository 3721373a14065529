/* echoes_order -- the order of what is left: where as many parts of a letter are free as there are
 * questions, each may answer the question in its place. */
#include <stdlib.h>

#include "echoes_parts.h"

#define ORDER_FITS 0.55F
#define ORDER_SCORE 0.4F /* of a place alone: under what is taken by default */

enum parts { PARAGRAPHS, LINES };

/* Lines or paragraphs that are free, the greeting left out. */
static void gather_parts(struct echoes *e, const unsigned char *used, enum parts parts)
{
    const struct paper *l = &e->f->paper;
    for (size_t i = 0; i < l->count; i++) {
        size_t last = i;
        while (parts == PARAGRAPHS && last + 1 < l->count && !used[last + 1] &&
               !l->lines[last + 1].apart)
            last++;
        size_t word = tokens_from(&l->words, l->lines[i].start);
        bool greeting = word < l->words.count &&
                        formulas_match(l, word, l->words.count,
                                       "dear|hello|hi|good|freedom|thank|ref|reference|our|re");
        bool leads = l->text.at[l->lines[last].end - 1] == ':';
        if (!used[i] && !greeting && !leads && l->lines[i].cells == 1 &&
            echoes_words(l, l->lines[i].start, l->lines[last].end))
            echoes_add(e, (struct echoes_piece){l->lines[i].start,
                                                l->lines[last].end,
                                                l->lines[i].start,
                                                l->lines[last].end,
                                                QUESTIONS_NONE,
                                                {0}});
        i = last;
    }
}

/* Whether the pieces, one a question, fit: a figure where one is asked for, and more than one of
 * them. */
static bool fits_order(const struct echoes *e)
{
    size_t figures = 0, wanted = 0;
    for (size_t i = 0; i < e->count; i++) {
        if (!echoes_wants_figure(e->f, i))
            continue;
        wanted++;
        figures += echoes_is_figure(e->f, &e->pieces[i]);
    }
    return wanted > 1 && figures == wanted;
}

/* Where as many parts are left as there are questions, their order is a proposal; where figures
 * stand in all places that want them, it is more than that. */
void echoes_order(struct finder *f)
{
    struct arena arena = {0};
    unsigned char *used = arena_array(&arena, f->paper.count + 1, 1);
    echoes_mark_used(f, used);
    for (enum parts parts = PARAGRAPHS; parts <= LINES; parts++) {
        struct echoes e = {.f = f};
        gather_parts(&e, used, parts);
        bool as_many = e.count == f->questions->count && e.count > 1;
        float score = as_many && fits_order(&e) ? ORDER_FITS : ORDER_SCORE;
        for (size_t i = 0; i < e.count && as_many; i++) {
            size_t at;
            buf_clear(&f->text);
            stretches_text(&f->paper, e.pieces[i].from, e.pieces[i].to, &f->text, &at);
            finder_take(
                f,
                &(struct candidate){
                    .question = (uint32_t)i, .how = FINDING_ORDER, .score = score, .at = at},
                buf_span(&f->text));
        }
        free(e.pieces);
        if (as_many)
            break;
    }
    arena_free(&arena);
}
