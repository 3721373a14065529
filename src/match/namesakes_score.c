/* namesakes_score -- how much two names are alike, and why. */
#include <math.h>

#include "kinds.h"
#include "namesakes_parts.h"
#include "stream/emit.h"

#define ASKED_SHARE 0.75  /* of the exponent; 0.5 would be the cosine */
#define INITIALS_LIKE 0.8 /* initials say less than the words */
#define OTHER_ORDER 0.98  /* for names whose words stand in another order */
#define UNEQUAL_MOST 0.99 /* for names whose forms are not equal */
#define OTHER_CLASS 0.5   /* for a college and a university */
#define OTHER_WORDS 0.7   /* for Leeds College of Music and Royal College of Music */
#define DECIMALS 1e4

static const uint32_t *words_of(const struct namesakes *n, uint32_t name)
{
    return n->flat + n->starts[name];
}

static double weight_at(const struct namesakes *n, uint32_t name, size_t place)
{
    return n->weights[words_of(n, name)[place]];
}

/* ---- what was found where ---- */

static void take_readings(struct namesakes *n, uint32_t name, size_t place)
{
    const struct namesakes_mark *mark = &n->marks[words_of(n, name)[place]];
    size_t at = mark->query == n->query ? mark->first : 0;
    while (at) {
        const struct namesakes_reading *r = &n->readings[at - 1];
        struct namesakes_token *t = &n->tokens[r->token];
        n->held_likeness[place] = fmax(n->held_likeness[place], r->likeness);
        if (r->likeness > t->likeness) {
            t->how = r->how;
            t->likeness = r->likeness;
            t->edits = r->edits;
            t->place = place;
        }
        at = r->next;
    }
}

static double covered_weight(const struct namesakes *n, uint32_t name, uint32_t covered)
{
    double weight = 0;
    for (size_t i = 0; i < namesakes_word_count(n, name); i++)
        if (initials_covers(covered, i))
            weight += weight_at(n, name, i);
    return weight;
}

/* Initials can stand for a name in several ways: the one that says most counts, and the
 * one with the smaller number of two that say as much. */
static void take_initials(struct namesakes *n, uint32_t name)
{
    for (size_t i = 0; i < n->hit_count; i++) {
        const struct namesakes_initials *hit = &n->hits[i];
        struct namesakes_token *t = &n->tokens[hit->token];
        if (hit->name != name || t->likeness > INITIALS_LIKE)
            continue;
        if (t->how == INITIALS_WORD &&
            covered_weight(n, name, hit->covered) <= covered_weight(n, name, t->covered))
            continue;
        t->how = INITIALS_WORD;
        t->likeness = INITIALS_LIKE;
        t->covered = hit->covered;
    }
    for (size_t i = 0; i < n->token_count; i++)
        for (size_t j = 0; j < namesakes_word_count(n, name); j++)
            if (n->tokens[i].how == INITIALS_WORD && initials_covers(n->tokens[i].covered, j))
                n->held_likeness[j] = fmax(n->held_likeness[j], INITIALS_LIKE);
}

static void find_tokens(struct namesakes *n, uint32_t name)
{
    size_t count = namesakes_word_count(n, name);
    n->held_likeness =
        array_grow(n->held_likeness, &n->held_likeness_cap, count, sizeof *n->held_likeness);
    for (size_t i = 0; i < n->token_count; i++) {
        n->tokens[i].how = NOT_FOUND;
        n->tokens[i].likeness = 0;
    }
    for (size_t i = 0; i < count; i++) {
        n->held_likeness[i] = 0;
        take_readings(n, name, i);
    }
    if (n->hit_count)
        take_initials(n, name);
}

static bool has_place(const struct namesakes_token *t)
{
    return t->how == SAME_WORD || t->how == EDITED_WORD || t->how == SHORT_WORD;
}

static bool is_in_order(const struct namesakes *n)
{
    size_t last = 0;
    for (size_t i = 0; i < n->token_count; i++) {
        const struct namesakes_token *t = &n->tokens[i];
        if (!has_place(t) || kinds_has(t->text))
            continue; /* "Bristol University" is in the order of "University of Bristol" */
        if (t->place < last)
            return false;
        last = t->place;
    }
    return true;
}

/* Has each side a telling word that the other lacks, and that of the asked side stands in other
 * names? Then they are two of a kind. */
static bool has_other_words(const struct namesakes *n, uint32_t name)
{
    bool asked = false, held = false;
    for (size_t i = 0; i < n->token_count && !asked; i++)
        asked = n->tokens[i].how == NOT_FOUND && n->tokens[i].word != UINT32_MAX &&
                n->is_rare[n->tokens[i].word];
    for (size_t i = 0; asked && i < namesakes_word_count(n, name) && !held; i++)
        held = n->held_likeness[i] <= 0 && n->is_rare[words_of(n, name)[i]];
    return asked && held;
}

/* ---- the score ---- */

static double token_weight(const struct namesakes *n, uint32_t name,
                           const struct namesakes_token *t)
{
    if (has_place(t))
        return weight_at(n, name, t->place);
    if (t->how == INITIALS_WORD)
        return covered_weight(n, name, t->covered);
    if (t->word != UINT32_MAX)
        return n->weights[t->word];
    return namesakes_is_slight(t->text) ? n->slight : n->unknown;
}

static bool is_same_form(const struct namesakes *n, uint32_t name)
{
    size_t count;
    if (n->asked_form == UINT32_MAX)
        return false;
    const struct posting *p = postings_find(&n->by_form, n->asked_form, &count);
    for (; count > 0; count--, p++)
        if (p->a == name)
            return true;
    return false;
}

double namesakes_score(struct namesakes *n, uint32_t name)
{
    double asked = 0, asked_found = 0, held = 0, held_found = 0;
    if (is_same_form(n, name))
        return 1;
    find_tokens(n, name);
    for (size_t i = 0; i < n->token_count; i++) {
        double weight = token_weight(n, name, &n->tokens[i]);
        asked += weight;
        asked_found += weight * n->tokens[i].likeness;
    }
    for (size_t i = 0; i < namesakes_word_count(n, name); i++) {
        held += weight_at(n, name, i);
        held_found += weight_at(n, name, i) * n->held_likeness[i];
    }
    if (asked_found <= 0 || held_found <= 0)
        return 0;
    double score = pow(asked_found / asked, ASKED_SHARE) * pow(held_found / held, 1 - ASKED_SHARE);
    if (!is_in_order(n))
        score *= OTHER_ORDER;
    if (n->asked_classes && n->classes[name] && !(n->asked_classes & n->classes[name]))
        score *= OTHER_CLASS;
    if (has_other_words(n, name))
        score *= OTHER_WORDS;
    return round(fmin(score, UNEQUAL_MOST) * DECIMALS) / DECIMALS;
}

/* ---- reasons ---- */

static void begin(struct namesakes *n, struct span what)
{
    buf_clear(&n->reason);
    buf_add(&n->reason, what);
}

static void add_text(struct namesakes *n, struct span text)
{
    buf_addc(&n->reason, ' ');
    buf_add(&n->reason, text);
}

/* Ends a reason; one to which nothing was added since LENGTH is left out. */
static void end(struct namesakes *n, struct buf *b, size_t length)
{
    if (n->reason.len == length)
        return;
    emit_item(b);
    emit_string(b, buf_span(&n->reason));
}

static void add_same(struct namesakes *n, struct buf *b, bool rare)
{
    begin(n, rare ? SPAN("rare words:") : SPAN("common words:"));
    size_t length = n->reason.len;
    for (size_t i = 0; i < n->token_count; i++)
        if (n->tokens[i].how == SAME_WORD && n->is_rare[n->tokens[i].word] == rare)
            add_text(n, n->tokens[i].text);
    end(n, b, length);
}

static void add_other(struct namesakes *n, struct buf *b, uint32_t name,
                      const struct namesakes_token *t)
{
    begin(n, (struct span){0});
    if (t->how == EDITED_WORD)
        buf_addf(&n->reason, "%zu edit%s: ", t->edits, t->edits == 1 ? "" : "s");
    else
        buf_add(&n->reason, t->how == SHORT_WORD ? SPAN("short form: ") : SPAN("initials: "));
    buf_add(&n->reason, t->text);
    buf_addc(&n->reason, ',');
    for (size_t i = 0; i < namesakes_word_count(n, name); i++)
        if (t->how == INITIALS_WORD ? initials_covers(t->covered, i) : t->place == i)
            add_text(n, n->words.keys[words_of(n, name)[i]]);
    end(n, b, 0);
}

static void add_left_over(struct namesakes *n, struct buf *b, uint32_t name)
{
    begin(n, SPAN("only on the left:"));
    size_t length = n->reason.len;
    for (size_t i = 0; i < n->token_count; i++)
        if (n->tokens[i].how == NOT_FOUND)
            add_text(n, n->tokens[i].text);
    end(n, b, length);
    begin(n, SPAN("only on the right:"));
    length = n->reason.len;
    for (size_t i = 0; i < namesakes_word_count(n, name); i++)
        if (n->held_likeness[i] <= 0)
            add_text(n, n->words.keys[words_of(n, name)[i]]);
    end(n, b, length);
}

void namesakes_reasons(struct namesakes *n, struct span asked, size_t i, struct buf *b)
{
    uint32_t name = n->found[i].name;
    if (span_eq(asked, n->names.keys[name]) || is_same_form(n, name)) {
        begin(n, span_eq(asked, n->names.keys[name])
                     ? SPAN("the same name")
                     : SPAN("the same but for case, punctuation or usual abbreviations"));
        end(n, b, 0);
        return;
    }
    find_tokens(n, name);
    add_same(n, b, true);
    add_same(n, b, false);
    for (size_t j = 0; j < n->token_count; j++)
        if (n->tokens[j].how > SAME_WORD)
            add_other(n, b, name, &n->tokens[j]);
    if (!is_in_order(n)) {
        begin(n, SPAN("other word order"));
        end(n, b, 0);
    }
    add_left_over(n, b, name);
}
