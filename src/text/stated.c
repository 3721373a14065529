/* stated -- the figures of an answer, those left out that do not count, and the one that is left.
 */
#include <stdlib.h>
#include <strings.h>

#include "base/arena.h"
#include "base/fail.h"
#include "stated_parts.h"
#include "text/label.h"
#include "words_near.h"

#define SENTENCE_WORDS 8 /* one that has more says what it counts */
#define WORDS_BEFORE 3   /* a figure, and behind it, that tell what it is */
#define WORDS_BEHIND 4
#define NOUN_WORDS 2    /* behind a figure */
#define BEGIN 3         /* bytes before a figure that begins the answer */
#define MOST_FIGURES 24 /* an answer with more states several */

/* ---- the figures ---- */

/* The value of IT as JSON; empty if it has none that is exact. */
static struct span read_value(struct stated_work *w, const struct number_style *style,
                              const struct figure *it)
{
    struct number_style as = {.decimal = style->decimal,
                              .group = style->group.len ? style->group : SPAN(","),
                              .multipliers = style->multipliers};
    struct span json = {0};
    if (it->is_vague)
        return json;
    if (it->is_words) {
        buf_clear(&w->number);
        buf_addf(&w->number, "%zu", it->number);
        return buf_span(&w->number);
    }
    size_t first = digits_at(it->text, 0);
    if (byte_at(it->text, first) == ' ' && is_digit(byte_at(it->text, first + 1)))
        as.group = SPAN(" ");
    if (span_eq(as.group, as.decimal))
        as.group = (struct span){0};
    bool is_number = number_parse(&as, it->text, &w->number, &json) == NUMBER_OK;
    return is_number ? json : (struct span){0};
}

/* False if there are too many. */
static bool collect(struct stated_work *w, const struct number_style *style)
{
    struct figures walk = {.text = w->text, .multipliers = style->multipliers};
    struct figure it;
    buf_clear(&w->values);
    w->count = 0;
    while (figures_next(&walk, &it)) {
        if (w->count == MOST_FIGURES)
            return false;
        struct span value = read_value(w, style, &it);
        w->figures = array_grow(w->figures, &w->cap, w->count + 1, sizeof *w->figures);
        w->figures[w->count++] = (struct stated_figure){it, w->values.len, value.len, false};
        buf_add(&w->values, value);
        buf_addc(&w->values, '\0'); /* strtod wants it */
    }
    return true;
}

/* ---- what does not count ---- */

static bool is_kind_asked(const struct stated_work *w, const struct stated_figure *f)
{
    return w->sought.question.len == 0 || f->is.kind == w->sought.kind;
}

static bool is_new(const struct stated_work *w, const struct stated_figure *f)
{
    return f->is.is_words || !sought_has(&w->sought, f->is.text);
}

/* Whether the words right behind the figure are those of what is asked for. */
static bool counts_it(const struct stated_work *w, const struct stated_figure *f)
{
    size_t to = f->is.to;
    for (int i = 0; i < NOUN_WORDS && word_behind(w->text, &to).len; i++)
        ;
    return sought_shares(&w->sought, (struct stretch){f->is.to, to}) & w->sought.thing;
}

/* Whether one that is neither in brackets nor aside does. */
static bool is_counted(const struct stated_work *w)
{
    for (size_t i = 0; i < w->count; i++) {
        const struct stated_figure *f = &w->figures[i];
        if (!f->is_out && !f->is.is_inside && !f->is.is_aside && counts_it(w, f))
            return true;
    }
    return false;
}

static bool is_outside(const struct stated_work *w, const struct stated_figure *f)
{
    return !f->is.is_inside || (!w->is_counted && counts_it(w, f) && !f->is.is_part);
}

static bool is_no_base(const struct stated_work *w, const struct stated_figure *f)
{
    (void)w;
    return !f->is.is_base;
}

/* Whether the base that the answer begins with is alone in having words of the question, so that it
 * may be what is asked for: "Of the 18 notices issued 2 were cancelled." */
static bool may_be_base(const struct stated_work *w)
{
    uint64_t base = 0, others = 0;
    for (size_t i = 0; i < w->count; i++) {
        const struct stated_figure *f = &w->figures[i];
        uint64_t shares = sought_shares(&w->sought, stated_stretch(w, f, STATED_CLAUSE));
        *(i == 0 ? &base : &others) |= shares;
    }
    return w->count > 1 && w->figures[0].is.is_base && base && !others;
}

static bool is_no_aside(const struct stated_work *w, const struct stated_figure *f)
{
    return !f->is.is_aside || (!w->is_counted && counts_it(w, f));
}

/* The text within some words of the figure, in its clause. */
static struct span surroundings(const struct stated_work *w, const struct stated_figure *f)
{
    size_t from = f->is.from, to = f->is.to;
    for (int i = 0; i < WORDS_BEFORE && word_before(w->text, &from).len; i++)
        ;
    for (int i = 0; i < WORDS_BEHIND && word_behind(w->text, &to).len; i++)
        ;
    return span_part(w->text, from, to - from);
}

/* Of what the question speaks of: what is, or what should be or is not; what was before, or not. */
static bool is_as_asked(const struct stated_work *w, const struct stated_figure *f)
{
    struct stretch s = stated_stretch(w, f, STATED_CLAUSE);
    return sought_is_other(surroundings(w, f)) == w->sought.other &&
           sought_is_former(span_part(w->text, s.from, s.to - s.from)) <= w->sought.former;
}

/* Whether the sentence has to do with the question, as far as a short one must say. */
static bool is_about(const struct stated_work *w, const struct stated_figure *f)
{
    struct stretch s = stated_stretch(w, f, STATED_SENTENCE);
    bool begins = f->is.from <= BEGIN; /* behind a currency's sign, perhaps */
    return begins || w->sought.stem_count == 0 || sought_words(&w->sought, s) <= SENTENCE_WORDS ||
           sought_shares(&w->sought, s);
}

static bool is_other_time(const struct stated_work *w, const struct stated_figure *f)
{
    return sought_is_other_time(&w->sought, span_part(w->text, f->is.to, w->text.len - f->is.to));
}

/* ---- the one that counts ---- */

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

/* The figure that answers the question, or NULL. */
static const struct stated_figure *find(struct stated_work *w, bool *several)
{
    const struct stated_figure *f = w->sought.several ? NULL : stated_lead(w);
    if (f && (w->sought.other || !sought_is_other(surroundings(w, f))) && !is_other_time(w, f))
        return f;
    if (may_be_base(w)) {
        *several = true;
        return NULL;
    }
    stated_keep(w, is_no_base);
    stated_keep(w, is_kind_asked);
    stated_keep(w, is_new);
    if (w->sought.several)
        return stated_only(w, false, several);
    w->is_counted = is_counted(w);
    stated_keep(w, is_outside);
    stated_keep(w, is_as_asked);
    stated_keep(w, is_no_aside);
    f = stated_choose(w, several);
    bool is_told = f && !sought_is_denied(w->text) && is_about(w, f) && !is_other_time(w, f) &&
                   (w->sought.other || !sought_is_other(surroundings(w, f)));
    return is_told ? f : NULL;
}

static struct stated_work *begin(struct stated_reader *r)
{
    if (!r->work)
        r->work = calloc(1, sizeof *r->work);
    if (!r->work)
        fail_memory();
    return r->work;
}

enum stated stated_find(struct stated_reader *r, const struct number_style *style,
                        struct span question, struct span text, struct span *json)
{
    struct stated_work *w = begin(r);
    bool several = false;
    w->text = behind_question(text);
    if (w->text.len > STATED_LONGEST || !collect(w, style))
        return STATED_SEVERAL;
    sought_read(&w->sought, without_number(question), w->text);
    bool is_no = w->sought.if_so && sought_is_no(&w->sought, w->text);
    *json = SPAN("0");
    if (w->count == 0)
        return is_no ? STATED_ONE : STATED_NONE;
    const struct stated_figure *f = find(w, &several);
    if (!f || (w->sought.count && f->is.kind != FIGURE_COUNT))
        return several ? STATED_SEVERAL : STATED_NONE;
    *json = stated_value(w, f);
    if (is_no && !span_eq(*json, SPAN("0")))
        return STATED_SEVERAL; /* "No. We hire 3." */
    return f->len ? STATED_ONE : STATED_VAGUE;
}

bool stated_suits(struct stated_reader *r, struct span question, struct span text)
{
    struct stated_work *w = begin(r);
    struct figures walk = {.text = text};
    struct figure it;
    sought_read(&w->sought, without_number(question), SPAN(""));
    if (!figures_next(&walk, &it))
        return true; /* nothing that is read here */
    return !(w->sought.count && w->sought.kind == FIGURE_COUNT && it.kind != FIGURE_COUNT) &&
           !sought_is_other_time(&w->sought, span_part(text, it.to, text.len - it.to));
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

bool stated_may_ask(struct span question)
{
    question = without_number(question);
    bool is_question = question.len && question.at[question.len - 1] == '?';
    return stated_asked(question) || (is_question && sought_a_number(question));
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
    struct stated_work *w = r->work;
    if (!w)
        return;
    free(w->figures);
    buf_free(&w->number);
    buf_free(&w->values);
    sought_free(&w->sought);
    free(w);
    r->work = NULL;
}
