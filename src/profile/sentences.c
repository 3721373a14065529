/* sentences -- each value read as normalise will read it. */
#include "sentences.h"

#include "fits.h"
#include "text/stated.h"

/* The figure that TEXT is or states; false if there is none. */
static bool read_figure(struct stated_reader *r, struct buf *scratch, struct span question,
                        struct span text, struct span *json)
{
    struct number_style style = {.group = {",", 1}, .multipliers = fits_multiplier(text)};
    return fits_number(text, scratch, json) != FITS_NO_NUMBER ||
           stated_find(r, &style, question, text, json) == STATED_ONE;
}

static bool is_numeric(const struct guess *g)
{
    return g->type == GUESS_INTEGER || g->type == GUESS_NUMBER || g->type == GUESS_MEASURE;
}

void sentences_look(const struct column *c, struct guess *g)
{
    struct span question = c->name, json;
    struct stated_reader r = {0};
    struct buf scratch = {0};
    size_t read = 0;
    bool is_whole = true, multiplies = false;
    /* the rest of a column of numbers may be words alone, which say why there is none */
    bool is_plain =
        is_numeric(g) && c->kinds.number + c->kinds.measure + c->kinds.stand_ins >= c->filled;
    if (!stated_may_ask(question) || is_plain || c->overflows)
        return;
    for (size_t i = 0; i < c->values.names.count; i++) {
        struct span text = c->values.names.keys[i];
        if (!read_figure(&r, &scratch, question, text, &json))
            continue;
        read += c->values.counts[i];
        is_whole &= number_is_integer(json);
        multiplies |= fits_multiplier(text);
    }
    stated_free(&r);
    buf_free(&scratch);
    if (read * 2 < c->filled)
        return;
    *g = (struct guess){.type = GUESS_STATED,
                        .others = c->filled - read,
                        .is_whole = is_whole,
                        .multiplies = multiplies};
}

struct column_counted sentences_others(const struct column *c)
{
    struct column_counted others = {0};
    struct stated_reader r = {0};
    struct buf scratch = {0};
    struct span json;
    for (size_t i = 0; i < c->values.names.count; i++)
        if (!read_figure(&r, &scratch, c->name, c->values.names.keys[i], &json))
            column_count(&others, c->values.names.keys[i], c->values.counts[i]);
    stated_free(&r);
    buf_free(&scratch);
    return others;
}
