/* quotes_align -- the words of a letter that agree with those of a question, by weight.
 *
 * Stretches in which most words are the question's are looked at; there its words are aligned with
 * the letter's (Smith & Waterman 1981). */
#include "quotes_parts.h"

#define FOREIGN 0.6F /* what a word costs that the question does not have */
#define FOREIGN_PLAIN 0.1F
#define LOST 0.35F     /* the part of its weight that a word of the question costs if lost */
#define PLAIN_MAX 0.2F /* words that weigh more tell something */
#define MARGIN 4       /* words around a stretch that are aligned too */

/* ---- the words of the letter ---- */

/* Whether a question cannot go on from word I - 1 to word I: a cell or a paragraph ends. */
static bool parted(const struct paper *l, size_t i)
{
    if (i == 0)
        return true;
    const char *at = l->text.at + l->words.at[i - 1].end, *end = l->text.at + l->words.at[i].start;
    for (; at < end; at++) {
        if (*at == '\t')
            return true;
        if (*at == '\n' && l->lines[paper_line_at(l, (size_t)(at + 1 - l->text.at))].apart)
            return true;
    }
    return false;
}

static float foreign(const struct paper *l, size_t i)
{
    return l->plain[i] ? FOREIGN_PLAIN : FOREIGN;
}

float quotes_likeness(const struct questions *q, const struct paper *l, size_t question,
                      size_t start, size_t end, float *told)
{
    float all = 0, known = 0;
    const bool *has = q->at[question].has;
    for (size_t i = tokens_from(&l->words, start); i < l->words.count; i++) {
        if (l->words.at[i].start >= end)
            break;
        uint32_t stem = l->stems[i];
        bool plain = l->plain[i];
        float weight = stem != QUESTIONS_NONE ? q->weights[stem] : plain ? FOREIGN_PLAIN : FOREIGN;
        all += weight;
        if (stem != QUESTIONS_NONE && has[stem])
            known += weight;
    }
    if (told)
        *told = known;
    return all > 0 ? known / all : 0;
}

/* ---- where to look ---- */

/* The next stretch from word *AT on whose words are mostly those of the question. */
bool quotes_stretch(const struct question *it, const struct paper *l, const struct questions *q,
                    size_t *at, float spark, struct stretch *x)
{
    float run = 0, peak = 0;
    size_t first = *at, top = first;
    for (size_t i = *at; i <= l->words.count; i++) {
        bool over = i == l->words.count;
        bool cut = over || run <= 0 || parted(l, i) || run < peak - spark;
        if (cut && peak >= spark) {
            *x = (struct stretch){first, top + 1};
            *at = top + 1;
            return true;
        }
        if (over)
            break;
        if (cut) {
            run = peak = 0;
            first = i;
        }
        uint32_t stem = l->stems[i];
        run += stem != QUESTIONS_NONE && it->has[stem] ? q->weights[stem] : -foreign(l, i) * 0.7F;
        if (run > peak) {
            peak = run;
            top = i;
        }
    }
    *at = l->words.count;
    return false;
}

/* The stretch with some words around, within its cell or paragraph. */
static struct stretch widen(const struct paper *l, struct stretch x, size_t wanted)
{
    size_t more = MARGIN + wanted / 4;
    for (size_t i = 0; i < more && x.first > 0 && !parted(l, x.first); i++)
        x.first--;
    for (size_t i = 0; i < more && x.last < l->words.count && !parted(l, x.last); i++)
        x.last++;
    return x;
}

/* ---- aligning ---- */

enum way { STOP, MATCH, SKIP_TEXT, SKIP_WORD };

static void fill(struct quotes *s, const struct paper *l, const struct wording *w, struct stretch x)
{
    size_t width = w->count + 1, height = x.last - x.first + 1;
    s->cells = array_grow(s->cells, &s->cells_cap, width * height, sizeof *s->cells);
    s->ways = array_grow(s->ways, &s->ways_cap, width * height, sizeof *s->ways);
    for (size_t k = 0; k < width; k++) {
        s->cells[k] = 0;
        s->ways[k] = STOP;
    }
    for (size_t i = 1; i < height; i++) {
        float *row = s->cells + i * width, *above = row - width;
        uint8_t *ways = s->ways + i * width;
        uint32_t stem = l->stems[x.first + i - 1];
        float skip = foreign(l, x.first + i - 1);
        row[0] = 0;
        ways[0] = STOP;
        for (size_t k = 1; k < width; k++) {
            const struct question_word *word = &w->words[k - 1];
            float best = 0;
            uint8_t way = STOP;
            if (word->stem == stem && above[k - 1] + word->weight > best) {
                best = above[k - 1] + word->weight;
                way = MATCH;
            }
            if (above[k] - skip > best) {
                best = above[k] - skip;
                way = SKIP_TEXT;
            }
            if (row[k - 1] - LOST * word->weight > best) {
                best = row[k - 1] - LOST * word->weight;
                way = SKIP_WORD;
            }
            row[k] = best;
            ways[k] = way;
        }
    }
}

/* The best alignment: of several the one that ends first. */
bool quotes_align(struct quotes *s, const struct paper *l, const struct wording *w,
                  struct stretch x, struct match *m)
{
    x = widen(l, x, w->count);
    fill(s, l, w, x);
    size_t width = w->count + 1, height = x.last - x.first + 1, at = 0, to = 0;
    float best = 0;
    for (size_t i = 1; i < height; i++)
        for (size_t k = 1; k < width; k++)
            if (s->cells[i * width + k] > best + 0.001F) {
                best = s->cells[i * width + k];
                at = i;
                to = k;
            }
    *m = (struct match){.left = w->count - to};
    if (best <= 0)
        return false;
    m->last = x.first + at - 1;
    for (;;) {
        enum way way = (enum way)s->ways[at * width + to];
        if (way == STOP)
            return true;
        if (way == MATCH) {
            m->first = x.first + at - 1;
            m->told += w->words[to - 1].weight;
            m->agreed++;
            m->solid += w->words[to - 1].weight > PLAIN_MAX;
            at--;
            to--;
        } else if (way == SKIP_TEXT) {
            m->lost += foreign(l, x.first + at - 1);
            m->between++;
            at--;
        } else {
            to--;
        }
    }
}
