/* mentions -- mentions of one field's terms: case, rules, longest, cues. */
#include "coding/mentions.h"

#include <stdlib.h>

#include "cues_words.h"
#include "longest.h"

enum use_kind {
    USE_EXCLUDE = CODEBOOK_EXCLUDE,
    USE_NEAR = CODEBOOK_NEAR,
    USE_NOT_NEAR = CODEBOOK_NOT_NEAR,
    USE_AFTER = CODEBOOK_AFTER,
    USE_TERM,
    USE_CUE
};

struct mentions_use {
    enum use_kind kind;
    uint32_t index; /* of the term or the cue */
    uint32_t next;
    struct span phrase; /* as the codebook has it */
    bool ruled;         /* a term with a context rule */
};

/* ---- building ---- */

static bool has_rules(const struct mentions *m, size_t term)
{
    size_t count = 0;
    for (int rule = 0; rule < CODEBOOK_RULES; rule++)
        count += m->field->terms[term].rules[rule].count;
    return count > 0;
}

static void add_use(struct mentions *m, size_t phrase, enum use_kind kind, size_t index,
                    struct span text)
{
    size_t known = m->first_use_cap;
    m->first_use = array_grow(m->first_use, &m->first_use_cap, phrase + 1, sizeof *m->first_use);
    for (size_t i = known; i < m->first_use_cap; i++)
        m->first_use[i] = MENTIONS_NONE;
    m->uses = array_grow(m->uses, &m->uses_cap, m->use_count + 1, sizeof *m->uses);
    m->uses[m->use_count] = (struct mentions_use){kind, (uint32_t)index, m->first_use[phrase], text,
                                                  kind == USE_TERM && has_rules(m, index)};
    m->first_use[phrase] = (uint32_t)m->use_count++;
}

static void add_term(struct mentions *m, size_t index)
{
    const struct codebook_term *t = &m->field->terms[index];
    size_t phrase;
    if (t->match == CODEBOOK_REGEX)
        phrase = phrases_add_pattern(&m->phrases, t->text, t->exact_case, t->place);
    else if (t->match == CODEBOOK_WILDCARD)
        phrase = phrases_add_wildcard(&m->phrases, t->text);
    else
        phrase = phrases_add_words(&m->phrases, t->text);
    if (phrase == PHRASES_NONE)
        codebook_fail(t->place, "a term of nothing but spaces");
    add_use(m, phrase, USE_TERM, index, t->text);
    for (int rule = 0; rule < CODEBOOK_RULES; rule++) {
        for (size_t i = 0; i < t->rules[rule].count; i++) {
            phrase = phrases_add_words(&m->phrases, t->rules[rule].at[i]);
            if (phrase == PHRASES_NONE)
                codebook_fail(t->place, "a rule's phrase of nothing but spaces");
            if (m->phrases.prose.main > m->longest_rule)
                m->longest_rule = m->phrases.prose.main;
            add_use(m, phrase, (enum use_kind)rule, index, t->rules[rule].at[i]);
        }
    }
}

void mentions_init(struct mentions *m, const struct codebook_field *field)
{
    *m = (struct mentions){.field = field};
    for (size_t i = 0; i < field->term_count; i++)
        add_term(m, i);
    cues_init(&m->cues, field);
    for (size_t i = m->cues.count; i-- > 0;) { /* the first use of a phrase is added last */
        size_t phrase = phrases_add_words(&m->phrases, m->cues.at[i].phrase);
        if (phrase == PHRASES_NONE)
            codebook_fail(field->place, "a cue of nothing but spaces");
        add_use(m, phrase, USE_CUE, i, m->cues.at[i].phrase);
    }
    phrases_compile(&m->phrases);
}

/* ---- from hits to candidates ---- */

/* Does the term stand in the answer in its own case? Word by word, since the
 * white space may differ. */
static bool same_case(const struct mentions *m, const struct phrase_hit *hit, struct span term,
                      struct span answer)
{
    const struct prose *p = &m->phrases.prose;
    const char *at = term.at, *end = at + term.len;
    if (hit->reread)
        return span_eq(term, (struct span){answer.at + hit->start, hit->end - hit->start});
    for (size_t i = hit->first; i <= hit->last; i++) {
        struct span word = {answer.at + p->at[i].start, p->at[i].end - p->at[i].start};
        while (at < end && (*at == ' ' || (*at == '-' && word.at[0] != '-')))
            at++;
        struct span rest = span_from(at, end);
        if (hit->plural && i == hit->last)
            return span_starts(word, rest) && word.at[word.len - 1] == 's';
        if (!span_starts(rest, word))
            return false;
        at += word.len;
    }
    return at == end;
}

/* Are there nothing but marks beside the hit? */
static bool is_whole(const struct mentions *m, const struct phrase_hit *hit)
{
    const struct prose *p = &m->phrases.prose;
    const struct prose_word *last = &p->at[hit->last], *end = &p->at[p->main - 1];
    return p->at[hit->first].ordinal == 0 &&
           last->ordinal + !(last->flags & PROSE_MARK) == end->ordinal + !(end->flags & PROSE_MARK);
}

static bool is_word(const struct mentions *m, size_t i, struct cues_list *list)
{
    const struct prose *p = &m->phrases.prose;
    return i < p->main && cues_is_word(p, i, list);
}

static struct cues_list function_words = {.words = "of|the|to|on|in|a|and|for|by|at|up|off"};
static struct cues_list as_a_language = {
    .words = "based|like|style|language|code|script|scripts|program|programs|programming|developer|"
             "developers|shiny|markdown"};

/* Is the hit part of a longer word that hyphens join: "AUDIT-C", "state-of-the-art"? A name of
 * one letter is one by itself only. */
static bool is_compound(const struct mentions *m, const struct phrase_hit *hit)
{
    const struct prose *p = &m->phrases.prose;
    bool left = p->at[hit->first].flags & PROSE_HYPHEN;
    bool right = hit->last + 1 < p->main && p->at[hit->last + 1].flags & PROSE_HYPHEN;
    if (!left && !right)
        return false;
    if (hit->end - hit->start == 1)
        return left || !is_word(m, hit->last + 1, &as_a_language);
    return (left && is_word(m, hit->first - 1, &function_words)) ||
           (right && is_word(m, hit->last + 1, &function_words));
}

static bool is_mention(const struct mentions *m, const struct phrase_hit *hit,
                       const struct codebook_term *t, struct span answer)
{
    if (t->match == CODEBOOK_REGEX)
        return true;
    if (is_compound(m, hit))
        return false;
    if (t->exact_case && !same_case(m, hit, t->text, answer))
        return false;
    return t->match != CODEBOOK_EXACT || (!hit->plural && is_whole(m, hit));
}

static void add_mention(struct mentions *m, const struct phrase_hit *hit,
                        const struct mentions_use *use)
{
    m->mentions = array_grow(m->mentions, &m->cap, m->count + 1, sizeof *m->mentions);
    m->mentions[m->count++] = (struct mention){.term = use->index,
                                               .start = hit->start,
                                               .end = hit->end,
                                               .first = hit->first,
                                               .last = hit->last,
                                               .cue = MENTIONS_NONE,
                                               .decided = MENTIONS_NONE,
                                               .plural = hit->plural};
    m->ruled |= use->ruled;
    m->crossed |= m->count > 1 && hit->start < m->mentions[m->count - 2].end;
}

/* The longest of the cues with the phrase whose words stand beside it, in its place among those
 * before it. */
static void take_cue(struct mentions *m, const struct phrase_hit *hit)
{
    const struct prose *p = &m->phrases.prose;
    struct cue_hit best = {CUES_NONE, 0, 0, false};
    if (hit->plural || hit->reread)
        return;
    for (uint32_t u = m->first_use[hit->phrase]; u != MENTIONS_NONE; u = m->uses[u].next) {
        struct cue_hit found = {m->uses[u].index, hit->first, hit->last, false};
        if (m->uses[u].kind == USE_CUE && cues_fit(&m->cues.at[found.cue], p, &found) &&
            (best.cue == CUES_NONE || found.last - found.first > best.last - best.first))
            best = found;
    }
    if (best.cue == CUES_NONE)
        return;
    m->cue_hits =
        array_grow(m->cue_hits, &m->cue_hits_cap, m->cue_hit_count + 1, sizeof *m->cue_hits);
    size_t i = m->cue_hit_count++;
    for (;
         i > 0 && (m->cue_hits[i - 1].first > best.first ||
                   (m->cue_hits[i - 1].first == best.first && m->cue_hits[i - 1].last < best.last));
         i--)
        m->cue_hits[i] = m->cue_hits[i - 1];
    m->cue_hits[i] = best;
}

static void take_hit(struct mentions *m, const struct phrase_hit *hit, struct span answer)
{
    bool cue = false, rule = false;
    for (uint32_t u = m->first_use[hit->phrase]; u != MENTIONS_NONE; u = m->uses[u].next) {
        const struct mentions_use *use = &m->uses[u];
        if (use->kind == USE_TERM && is_mention(m, hit, &m->field->terms[use->index], answer)) {
            add_mention(m, hit, use);
        } else if (use->kind == USE_CUE) {
            cue = true;
        } else if (use->kind < USE_TERM) {
            rule = true;
        }
    }
    if (cue)
        take_cue(m, hit);
    if (!rule)
        return;
    m->rule_hits =
        array_grow(m->rule_hits, &m->rule_hits_cap, m->rule_hit_count + 1, sizeof *m->rule_hits);
    m->rule_hits[m->rule_hit_count++] = *hit;
}

/* ---- rules ---- */

static uint32_t ordinal(const struct mentions *m, uint32_t word)
{
    return m->phrases.prose.at[word].ordinal;
}

/* Does the phrase stand where the rule looks for it? */
static bool in_place(const struct mentions *m, const struct mention *mention,
                     const struct phrase_hit *hit, enum codebook_rule rule, size_t within)
{
    if (rule == CODEBOOK_EXCLUDE)
        return hit->start < mention->end && mention->start < hit->end;
    if (hit->last < mention->first)
        return ordinal(m, mention->first) - ordinal(m, hit->last) <= within;
    return rule != CODEBOOK_AFTER && hit->first > mention->last &&
           ordinal(m, hit->first) - ordinal(m, mention->last) <= within;
}

/* The first rule hit that a rule of MENTION could look at. */
static size_t first_in_reach(const struct mentions *m, const struct mention *mention, size_t within)
{
    size_t low = 0, high = m->rule_hit_count, reach = within + m->longest_rule;
    uint32_t at = ordinal(m, mention->first);
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (ordinal(m, m->rule_hits[middle].first) + reach < at)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The phrase that makes a rule of MENTION true; no at if there is none. */
static struct span find_rule(const struct mentions *m, const struct mention *mention,
                             enum codebook_rule rule)
{
    size_t within = m->field->terms[mention->term].within;
    for (size_t i = first_in_reach(m, mention, within); i < m->rule_hit_count; i++) {
        const struct phrase_hit *hit = &m->rule_hits[i];
        if (ordinal(m, hit->first) > ordinal(m, mention->last) + within)
            break;
        if (!in_place(m, mention, hit, rule, within))
            continue;
        for (uint32_t u = m->first_use[hit->phrase]; u != MENTIONS_NONE; u = m->uses[u].next)
            if (m->uses[u].kind == (enum use_kind)rule && m->uses[u].index == mention->term)
                return m->uses[u].phrase;
    }
    return (struct span){0};
}

static void apply_rules(const struct mentions *m, struct mention *mention)
{
    const struct codebook_phrases *rules = m->field->terms[mention->term].rules;
    for (int rule = 0; rule < CODEBOOK_RULES && !mention->is_void; rule++) {
        if (rules[rule].count == 0)
            continue;
        bool needed = rule == CODEBOOK_NEAR || rule == CODEBOOK_AFTER;
        mention->by = find_rule(m, mention, (enum codebook_rule)rule);
        mention->rule = (enum codebook_rule)rule;
        mention->is_void = needed ? !mention->by.at : mention->by.at != NULL;
    }
}

/* ---- cues ---- */

/* What a rule makes void keeps its words: no cue in them counts either. */
static void drop_void_cues(struct mentions *m)
{
    size_t kept = 0, at = 0;
    for (size_t i = 0; i < m->cue_hit_count; i++) {
        const struct cue_hit *hit = &m->cue_hits[i];
        while (at < m->count && (!m->mentions[at].is_void || m->mentions[at].last < hit->first))
            at++;
        if (at == m->count || hit->first < m->mentions[at].first ||
            hit->last > m->mentions[at].last)
            m->cue_hits[kept++] = *hit;
    }
    m->cue_hit_count = kept;
}

static void apply_cues(struct mentions *m)
{
    const struct prose *p = &m->phrases.prose;
    m->cue_mentions =
        array_grow(m->cue_mentions, &m->cue_mentions_cap, m->count, sizeof *m->cue_mentions);
    size_t count = 0;
    for (size_t i = 0; i < m->count; i++)
        if (!m->mentions[i].is_void)
            m->cue_mentions[count++] = (struct cue_mention){.start = m->mentions[i].start,
                                                            .end = m->mentions[i].end,
                                                            .first = m->mentions[i].first,
                                                            .last = m->mentions[i].last,
                                                            .cue = CUES_NONE,
                                                            .by = CUES_NONE};
    if (m->ruled)
        drop_void_cues(m);
    m->cue_hit_count =
        cues_apply(&m->cues, p, m->cue_mentions, count, m->cue_hits, m->cue_hit_count);
    count = 0;
    for (size_t i = 0; i < m->count; i++) {
        if (m->mentions[i].is_void)
            continue;
        const struct cue_mention *decided = &m->cue_mentions[count++];
        m->mentions[i].cue = decided->cue;
        m->mentions[i].decided = decided->by;
        m->mentions[i].how = decided->how;
        m->mentions[i].cue_first = decided->cue_first;
        m->mentions[i].cue_last = decided->cue_last;
    }
}

void mentions_find(struct mentions *m, struct span answer)
{
    m->count = m->rule_hit_count = m->cue_hit_count = 0;
    m->ruled = m->crossed = false;
    phrases_find(&m->phrases, answer);
    for (size_t i = 0; i < m->phrases.hit_count; i++)
        take_hit(m, &m->phrases.hits[i], answer);
    if (m->count == 0)
        return;
    if (m->ruled)
        for (size_t i = 0; i < m->count; i++)
            apply_rules(m, &m->mentions[i]);
    if (m->crossed)
        longest_keep(m);
    if (m->cue_hit_count > 0)
        apply_cues(m);
}

void mentions_free(struct mentions *m)
{
    phrases_free(&m->phrases);
    cues_free(&m->cues);
    free(m->uses);
    free(m->first_use);
    free(m->mentions);
    free(m->rule_hits);
    free(m->cue_hits);
    free(m->cue_mentions);
    buf_free(&m->taken);
    *m = (struct mentions){0};
}
