/* stated -- the figures of an answer, those left out that do not count, and the one that is left.
 */
#include "text/stated.h"

#include <stdlib.h>
#include <strings.h>

#include "asked.h"
#include "base/arena.h"
#include "text/label.h"

#define LEAD_WORDS 3     /* of a first sentence that is the answer: "12 cameras." */
#define SENTENCE_WORDS 8 /* one that has more says what it counts */

/* Stretches of a text, and what ends them. */
enum stretch { SENTENCE, CLAUSE };
static const char *const ENDS[] = {[SENTENCE] = ".!?\n", [CLAUSE] = ",;:.!?()\n"};

struct stated_figure {
    struct figure is;
    size_t from, len; /* its value in the reader's; empty for one that is vague */
    bool is_out;
};

static struct span value_of(const struct stated_reader *r, const struct stated_figure *f)
{
    return (struct span){r->values.at + f->from, f->len};
}

/* ---- the figures ---- */

/* The value of IT as JSON; empty if it has none that is exact. */
static struct span read_value(struct stated_reader *r, const struct number_style *style,
                              const struct figure *it)
{
    struct number_style as = {.decimal = style->decimal,
                              .group = style->group.len ? style->group : SPAN(","),
                              .multipliers = style->multipliers};
    struct span json = {0};
    if (it->is_vague)
        return json;
    if (it->is_words) {
        buf_clear(&r->number);
        buf_addf(&r->number, "%zu", it->number);
        return buf_span(&r->number);
    }
    if (span_eq(as.group, as.decimal))
        as.group = (struct span){0};
    bool is_number = number_parse(&as, it->text, &r->number, &json) == NUMBER_OK;
    return is_number ? json : (struct span){0};
}

static void collect(struct stated_reader *r, const struct number_style *style, struct span text)
{
    struct figures walk = {.text = text, .multipliers = style->multipliers};
    struct figure it;
    buf_clear(&r->values);
    r->count = 0;
    while (figures_next(&walk, &it)) {
        struct span value = read_value(r, style, &it);
        r->figures = array_grow(r->figures, &r->cap, r->count + 1, sizeof *r->figures);
        r->figures[r->count++] = (struct stated_figure){it, r->values.len, value.len, false};
        buf_add(&r->values, value);
        buf_addc(&r->values, '\0');
    }
}

/* ---- what does not count ---- */

static bool is_kind_asked(const struct stated_reader *r, struct span question,
                          const struct stated_figure *f)
{
    (void)r;
    return asked_wants(question, f->is.kind);
}

static bool is_new(const struct stated_reader *r, struct span question,
                   const struct stated_figure *f)
{
    return f->len == 0 || f->is.is_words || !asked_has(question, value_of(r, f));
}

static bool is_outside(const struct stated_reader *r, struct span question,
                       const struct stated_figure *f)
{
    (void)r, (void)question;
    return !f->is.is_inside;
}

static bool is_no_base(const struct stated_reader *r, struct span question,
                       const struct stated_figure *f)
{
    (void)r, (void)question;
    return !f->is.is_base;
}

static bool is_part(const struct stated_reader *r, struct span question,
                    const struct stated_figure *f)
{
    (void)r, (void)question;
    return f->is.is_part;
}

static bool is_whole(const struct stated_reader *r, struct span question,
                     const struct stated_figure *f)
{
    (void)r, (void)question;
    return !f->is.is_part;
}

/* Leaves those that COUNTS holds of, if there are any. */
static void keep(struct stated_reader *r, struct span question,
                 bool (*counts)(const struct stated_reader *, struct span,
                                const struct stated_figure *))
{
    bool any = false;
    for (size_t i = 0; i < r->count; i++)
        any |= !r->figures[i].is_out && counts(r, question, &r->figures[i]);
    for (size_t i = 0; any && i < r->count; i++)
        r->figures[i].is_out |= !counts(r, question, &r->figures[i]);
}

/* ---- the one that counts ---- */

/* Whether the numbers that stand before FROM and behind TO are two of a list, be they the same. */
static bool is_listed(struct span text, size_t from, size_t to)
{
    struct span between = span_part(text, from, to - from);
    return memchr(between.at, ';', between.len) || memmem(between.at, between.len, " and ", 5);
}

/* The only value among those that are left, or, if TOTALS, among the totals of these; NULL if there
 * is none, and *SEVERAL if there is more than one. */
static const struct stated_figure *only_one(const struct stated_reader *r, struct span text,
                                            bool totals, bool *several)
{
    const struct stated_figure *one = NULL, *last = NULL;
    *several = false;
    for (size_t i = 0; i < r->count; i++) {
        const struct stated_figure *f = &r->figures[i];
        if (f->is_out || (totals && !f->is.is_total))
            continue;
        *several |= one && (!span_eq(value_of(r, one), value_of(r, f)) ||
                            is_listed(text, last->is.to, f->is.from));
        one = one ? one : f;
        last = f;
    }
    return *several ? NULL : one;
}

/* The figure that is the sum of all others, of which there are at least two. */
static const struct stated_figure *sum_of_others(const struct stated_reader *r)
{
    double sum = 0, largest = 0;
    const struct stated_figure *most = NULL;
    size_t count = 0;
    for (size_t i = 0; i < r->count; i++) {
        const struct stated_figure *f = &r->figures[i];
        if (f->is_out)
            continue;
        if (f->len == 0)
            return NULL;
        double value = strtod(value_of(r, f).at, NULL);
        sum += value;
        count++;
        if (value > largest) {
            largest = value;
            most = f;
        }
    }
    double rest = sum - largest;
    return count > 2 && rest - largest < 1e-9 * sum && largest - rest < 1e-9 * sum ? most : NULL;
}

/* The figure whose stretch of the text has more of the question's words than that of
 * any other: *MOST of them. */
static const struct stated_figure *nearest(struct stated_reader *r, struct span question,
                                           struct span text, enum stretch within, size_t *most)
{
    const struct stated_figure *best = NULL;
    const char *best_at = NULL; /* its stretch: a part in the same clause is no other answer */
    *most = 0;
    for (size_t i = 0; i < r->count; i++) {
        const struct stated_figure *f = &r->figures[i];
        if (f->is_out)
            continue;
        struct span stretch = asked_stretch(text, f->is.from, f->is.to, ENDS[within]);
        size_t shared = asked_shared(question, stretch, &r->word);
        bool is_same = best && span_eq(value_of(r, best), value_of(r, f));
        if (within == CLAUSE && !asked_says_much(stretch))
            return NULL; /* nothing tells what it counts */
        is_same |= within == CLAUSE && f->is.is_part && stretch.at == best_at;
        if (shared > *most) {
            best = f;
            best_at = stretch.at;
            *most = shared;
        } else if (shared == *most && !is_same) {
            best = NULL;
        }
    }
    return *most > 0 ? best : NULL;
}

/* "207, of which 61 ..." */
static bool begins_with_whole(const struct stated_reader *r)
{
    return r->count > 0 && r->figures[0].is.from == 0 && !r->figures[0].is_out &&
           !r->figures[0].is.is_part;
}

static bool has_parts(const struct stated_reader *r)
{
    for (size_t i = 0; i < r->count; i++)
        if (!r->figures[i].is_out && r->figures[i].is.is_part)
            return true;
    return false;
}

/* Of a whole and its parts the one that the question's words are with; the whole, if the question
 * says nothing that is not said of it. */
static const struct stated_figure *whole_or_part(struct stated_reader *r, struct span question,
                                                 struct span text, bool *several)
{
    size_t most, all = asked_shared(question, question, &r->word);
    if (asked_part(question)) {
        keep(r, question, is_part);
        return NULL;
    }
    const struct stated_figure *f = nearest(r, question, text, SENTENCE, &most);
    if (f || (f = nearest(r, question, text, CLAUSE, &most)))
        return f;
    *several = most > 0 && most < all && !begins_with_whole(r);
    if (!*several)
        keep(r, question, is_whole);
    return NULL;
}

/* An answer that begins with its figure and a full stop: "None. The last was sold in 2020." */
static const struct stated_figure *lead(const struct stated_reader *r, struct span text)
{
    if (r->count == 0)
        return NULL;
    const struct stated_figure *f = &r->figures[0];
    struct span sentence = asked_stretch(text, f->is.from, f->is.to, ENDS[SENTENCE]);
    bool is_first = sentence.at == text.at && asked_words(sentence) <= LEAD_WORDS;
    size_t second = r->count > 1 ? r->figures[1].is.from : text.len;
    bool is_alone = second > sentence.len;
    bool is_number_of_list = sentence.len == f->is.to && second == f->is.to + 2 && !f->is.is_words;
    return is_first && is_alone && !is_number_of_list ? f : NULL;
}

static const struct stated_figure *choose(struct stated_reader *r, struct span question,
                                          struct span text, bool *several)
{
    size_t most;
    const struct stated_figure *f = only_one(r, text, true, several);
    if (f && f->len)
        return f;
    if (has_parts(r) && ((f = whole_or_part(r, question, text, several)) || *several))
        return f;
    f = only_one(r, text, false, several);
    if (!*several)
        return f;
    if ((f = sum_of_others(r)) || (f = nearest(r, question, text, SENTENCE, &most)))
        return f;
    return nearest(r, question, text, CLAUSE, &most);
}

/* Whether the sentence has to do with the question, as far as a short one must say. */
static bool is_about(struct stated_reader *r, struct span question, struct span text,
                     const struct stated_figure *f)
{
    struct span sentence = asked_stretch(text, f->is.from, f->is.to, ENDS[SENTENCE]);
    return !asked_says_much(question) || asked_words(sentence) <= SENTENCE_WORDS ||
           asked_shared(question, sentence, &r->word) > 0;
}

/* QUESTION without its number, which is no figure of it. */
static struct span without_number(struct span question)
{
    struct label number;
    size_t start;
    if (!label_read(question, 0, &number, &start) || !number.terminal)
        return question;
    return span_trimmed(span_part(question, start, question.len - start));
}

/* TEXT without the question that it may begin with. */
static struct span behind_question(struct span text)
{
    const char *mark = text.len ? memrchr(text.at, '?', text.len) : NULL;
    struct span rest = mark ? span_trimmed(span_from(mark + 1, span_end(text))) : text;
    return rest.len ? rest : text;
}

/* The figure that answers a question for one, or NULL. */
static const struct stated_figure *find_one(struct stated_reader *r, struct span question,
                                            struct span text, bool *several)
{
    keep(r, question, is_outside);
    const struct stated_figure *f = choose(r, question, text, several);
    bool is_denied =
        f && (asked_is_denied(text) || !is_about(r, question, text, f) ||
              asked_is_other(question, asked_stretch(text, f->is.from, f->is.to, ENDS[CLAUSE])));
    return is_denied ? NULL : f;
}

enum stated stated_find(struct stated_reader *r, const struct number_style *style,
                        struct span question, struct span text, struct span *json)
{
    bool several = false;
    text = behind_question(text);
    question = without_number(question);
    if (text.len > STATED_LONGEST)
        return STATED_SEVERAL;
    collect(r, style, text);
    const struct stated_figure *f = asked_several(question) ? NULL : lead(r, text);
    if (!f) {
        keep(r, question, is_no_base);
        if (question.len)
            keep(r, question, is_kind_asked);
        keep(r, question, is_new);
        f = asked_several(question) ? only_one(r, text, false, &several)
                                    : find_one(r, question, text, &several);
    }
    if (!f || (asked_count(question) && f->is.kind != FIGURE_COUNT))
        return several ? STATED_SEVERAL : STATED_NONE;
    *json = value_of(r, f);
    return f->len ? STATED_ONE : STATED_VAGUE;
}

bool stated_asked(struct span question)
{
    static const struct span starts[] = {SPAN_ROW("how many"),      SPAN_ROW("how much"),
                                         SPAN_ROW("number of"),     SPAN_ROW("total"),
                                         SPAN_ROW("the number of"), SPAN_ROW("what was the total")};
    question = without_number(question);
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
        if (question.len >= starts[i].len &&
            strncasecmp(question.at, starts[i].at, starts[i].len) == 0)
            return true;
    return false;
}

const char *stated_name(enum stated what)
{
    static const char *const names[] = {[STATED_ONE] = "one figure",
                                        [STATED_NONE] = "no figure",
                                        [STATED_SEVERAL] = "several figures",
                                        [STATED_VAGUE] = "no exact figure"};
    return names[what];
}

void stated_free(struct stated_reader *r)
{
    free(r->figures);
    buf_free(&r->number);
    buf_free(&r->values);
    buf_free(&r->word);
    *r = (struct stated_reader){0};
}
