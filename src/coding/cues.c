/* cues -- statuses of mentions from the phrases around them. */
#include "coding/cues.h"

#include <stdlib.h>

#include "base/fail.h"

/* Words between a mention and a cue behind it, and how far to look. */
#define MAX_BETWEEN 6
#define SMALL_WORDS "currently|now|also|which|that|it|this|these|they|we|the|trust|both|all"
#define THINGS                                                                                     \
    "database|databases|system|systems|site|sites|website|websites|app|apps|application|"          \
    "applications|page|pages|script|scripts|code|software|project|projects|server|servers|"        \
    "solution|solutions|form|forms|tool|tools|version|versions|messaging|messages"
#define COPULAS "is|was|are|were|has|have|been|being|be"
#define PLURAL_COPULAS "are|were|have"
#define MAX_TITLE 3 /* words of a form's entry behind the mention: "Python 3 scripting: No" */

/* ---- the lists ---- */

/* Is TEXT one of WORDS, which are parted by '|'? Asked of most words of an answer, so
 * bytes are walked here and no function is called for each of WORDS. */
static bool is_one_of(struct span text, const char *words)
{
    for (const char *at = words;; at++) {
        size_t same = 0;
        while (same < text.len && at[same] == text.at[same] && at[same] != '\0')
            same++;
        if (same == text.len && (at[same] == '|' || at[same] == '\0'))
            return true;
        while (*at != '|')
            if (*at++ == '\0')
                return false;
    }
}

/* Does the phrase end in a word that something has to come behind? */
static bool needs_object(struct span phrase)
{
    if (is_one_of(phrase, "replaced|has replaced|have replaced"))
        return true;
    const char *last = memrchr(phrase.at, ' ', phrase.len);
    struct span word =
        last ? span_from(last + 1, phrase.at + phrase.len) : (struct span){phrase.at, phrase.len};
    return is_one_of(word, "not|never|without|neither|nor|any|of|to|from|than|for|use|uses|using|"
                           "with|have|has|hold|develop|in|don't|doesn't|didn't|isn't|aren't|"
                           "avoid|avoids|avoiding|lack|lacks|consider|considering|exploring|"
                           "investigating|evaluating|reviewing|looking at|into|run|support|"
                           "longer|build|own|operate|employ|utilise|previously|formerly|be|"
                           "historically");
}

/* "replaced by", "in development": never about what comes behind. */
static bool never_ahead(struct span phrase)
{
    if (is_one_of(phrase, "in development|under development|in the pipeline|being implemented|"
                          "being introduced|being rolled out|to be implemented|to be introduced"))
        return true;
    static const struct span ends[] = {{" by", 3}, {"replaced with", 13}};
    for (size_t i = 0; i < 2; i++)
        if (phrase.len >= ends[i].len &&
            memcmp(phrase.at + phrase.len - ends[i].len, ends[i].at, ends[i].len) == 0)
            return true;
    return false;
}

static enum cue_kind kind_of(struct span status)
{
    if (span_eq(status, SPAN("used")))
        return CUE_USED;
    if (span_eq(status, SPAN("pseudo")))
        return CUE_PSEUDO;
    return span_eq(status, SPAN("terminators")) ? CUE_END : CUE_STATUS;
}

static void add(struct cues *c, struct span status, struct span phrase)
{
    c->at = array_grow(c->at, &c->cap, c->count + 1, sizeof *c->at);
    c->at[c->count++] = (struct cue){.kind = kind_of(status),
                                     .status = status,
                                     .phrase = phrase,
                                     .number = (uint32_t)intern_add_borrowed(&c->statuses, status),
                                     .needs_object = needs_object(phrase),
                                     .never_ahead = never_ahead(phrase)};
}

static bool keeps(const struct codebook_field *f, struct span status)
{
    if (!f->some_default_cues)
        return true;
    for (size_t i = 0; i < f->default_cues.count; i++)
        if (span_eq(f->default_cues.at[i], status))
            return true;
    return false;
}

static void check_defaults(const struct codebook_field *f)
{
    for (size_t i = 0; i < f->default_cues.count; i++) {
        const struct cues_default *d = CUES_ENGLISH;
        while (d->status && !span_eq(f->default_cues.at[i], span_of(d->status)))
            d++;
        if (!d->status)
            codebook_fail(f->place, "'default_cues': there are no English cues for the status %s",
                          quote(f->default_cues.at[i]));
    }
}

/* The field's own come first, so that they win over a default of the same words. */
void cues_init(struct cues *c, const struct codebook_field *f)
{
    *c = (struct cues){0};
    check_defaults(f);
    for (size_t i = 0; i < f->cue_count; i++)
        add(c, f->cues[i].status, f->cues[i].phrase);
    for (const struct cues_default *d = CUES_ENGLISH; d->status; d++) {
        if (!keeps(f, span_of(d->status)))
            continue;
        for (const char *at = d->phrases; *at;) {
            size_t len = strcspn(at, "|");
            add(c, span_of(d->status), (struct span){at, len});
            at += len + (at[len] == '|');
        }
    }
}

void cues_free(struct cues *c)
{
    free(c->at);
    intern_free(&c->statuses);
    *c = (struct cues){0};
}

/* ---- which hits count ---- */

static bool overlap(uint32_t first, uint32_t last, uint32_t from, uint32_t to)
{
    return first <= to && from <= last;
}

/* Does A, which stands before B or longer, take the words that both want? */
static bool beats(const struct cues *c, const struct cue_hit *a, const struct cue_hit *b)
{
    uint32_t a_length = a->last - a->first, b_length = b->last - b->first;
    if (a_length != b_length)
        return a_length > b_length;
    /* "we do not": the end of a scope gives way to the start of one */
    return c->at[a->cue].kind == CUE_STATUS || c->at[b->cue].kind != CUE_STATUS;
}

/* Of hits that overlap the longest stays; a hit that touches a mention goes.
 * HITS is by first word, the longer first. */
static size_t cut_down(const struct cues *c, const struct cue_mention *mentions, size_t count,
                       struct cue_hit *hits, size_t hit_count)
{
    size_t kept = 0, m = 0;
    for (size_t i = 0; i < hit_count; i++) {
        struct cue_hit hit = hits[i];
        while (m < count && mentions[m].last < hit.first)
            m++;
        if (m < count && overlap(hit.first, hit.last, mentions[m].first, mentions[m].last))
            continue;
        bool loses = false;
        while (kept > 0 && hits[kept - 1].last >= hit.first && !loses) {
            loses = beats(c, &hits[kept - 1], &hit);
            kept -= !loses;
        }
        if (!loses)
            hits[kept++] = hit;
    }
    return kept;
}

/* ---- the sweep over an answer's words ---- */

struct sweep {
    const struct cues *cues;
    const struct prose *prose;
    struct cue_mention *mentions;
    size_t mention_count, mention; /* the next one */
    const struct cue_hit *hits;
    size_t hit_count, hit; /* the next one */

    uint32_t cue;   /* whose scope is open, or CUES_NONE */
    uint32_t limit; /* the ordinal of the last word that it reaches */
    bool holds;     /* a mention already */
    bool lists;     /* it was followed by a colon: semicolons part what it lists */
    bool aside;     /* it stands in a clause such as ", which replaced VB6," */
};

static bool is_mark(const struct prose *p, size_t i)
{
    return p->at[i].flags & PROSE_MARK;
}

/* The byte of a mark of one ASCII character, or 0. */
static char mark(const struct prose *p, size_t i)
{
    return is_mark(p, i) ? p->text.at[p->at[i].folded] : '\0';
}

static bool is_word(const struct prose *p, size_t i, const char *words)
{
    return !is_mark(p, i) && is_one_of(prose_folded(p, i), words);
}

/* A full stop ends a sentence unless it belongs to an abbreviation. */
static bool ends_sentence(const struct prose *p, size_t i)
{
    char c = mark(p, i);
    if (c == '!' || c == '?')
        return true;
    return c == '.' && !(i > 0 && is_word(p, i - 1,
                                          "e.g|i.e|eg|ie|incl|inc|vs|viz|cf|approx|dept|"
                                          "ver|no|ltd"));
}

/* A line ends a scope unless it runs on: the line before stops at a comma, a
 * colon, a conjunction or the cue itself. */
static bool line_runs_on(const struct sweep *s, size_t i)
{
    const struct prose *p = s->prose;
    if (p->at[i].flags & PROSE_PARAGRAPH || is_mark(p, i) || i == 0)
        return false;
    char c = mark(p, i - 1);
    return c == ',' || c == ':' || is_word(p, i - 1, "and|or|nor") || !s->holds;
}

static void close_scope(struct sweep *s)
{
    s->cue = CUES_NONE;
}

static bool mention_starts(const struct sweep *s, size_t i)
{
    return s->mention < s->mention_count && s->mentions[s->mention].first == i;
}

static bool hit_starts(const struct sweep *s, size_t i)
{
    return s->hit < s->hit_count && s->hits[s->hit].first == i;
}

/* ---- a cue behind its mention ---- */

enum link {
    LINK_NONE,
    LINK_PLAIN, /* nothing but commas and small words between */
    LINK_DASH,
    LINK_BRACKET, /* an opening one */
    LINK_COPULA,  /* "is", "are" */
    LINK_COLON    /* a form's colon, equals sign or bar */
};

static enum link stronger(enum link a, enum link b)
{
    return a > b ? a : b;
}

static bool is_version(struct span text)
{
    size_t digits = 0;
    for (size_t i = 0; i < text.len; i++)
        digits += text.at[i] >= '0' && text.at[i] <= '9';
    return digits > 0 && text.len <= 8;
}

/* How the words from FROM to TO, between a mention and a cue, link the two. */
static enum link link_of(const struct prose *p, size_t from, size_t to, bool *many)
{
    enum link link = LINK_PLAIN;
    size_t others = 0;
    *many = false;
    if (to - from > MAX_BETWEEN)
        return LINK_NONE;
    for (size_t i = from; i < to; i++) {
        char c = mark(p, i);
        if (is_mark(p, i) && (!c || !strchr(":=|?-(,\"'*)", c)))
            return LINK_NONE;
        if (c == ':' || c == '=' || c == '|' || c == '?')
            link = stronger(link, LINK_COLON);
        else if (c == '-')
            link = stronger(link, LINK_DASH);
        else if (c == '(')
            link = stronger(link, LINK_BRACKET);
        else if (is_word(p, i, COPULAS)) {
            link = stronger(link, LINK_COPULA);
            *many |= is_word(p, i, PLURAL_COPULAS);
        } else if (!is_mark(p, i) && !is_version(prose_folded(p, i)) &&
                   !is_word(p, i, SMALL_WORDS) && !is_word(p, i, THINGS)) {
            if (++others > MAX_TITLE)
                return LINK_NONE; /* too many, whatever links them */
        }
    }
    bool entitled = link == LINK_COLON || link == LINK_DASH || link == LINK_BRACKET;
    return others == 0 || entitled ? link : LINK_NONE;
}

/* Does what a cue says end at its last word? */
static bool is_final(const struct sweep *s, size_t i)
{
    const struct prose *p = s->prose;
    while (i < p->main && is_word(p, i, "it|this|these|them|that|here|anymore"))
        i++;
    if (i >= p->main || p->at[i].flags & PROSE_LINE)
        return true;
    if (is_mark(p, i))
        return !strchr("'\"/&", mark(p, i)) || !mark(p, i);
    return is_word(p, i, "and|but|so|as|because|since|however|although|though");
}

static enum link link_before(const struct sweep *s, const struct cue_hit *hit, bool *many)
{
    if (s->mention == 0)
        return LINK_NONE;
    size_t from = s->mentions[s->mention - 1].last + 1;
    if (s->hit > 0 && s->hits[s->hit - 1].last >= from)
        return LINK_NONE;
    for (size_t i = from; i <= hit->first; i++)
        if (s->prose->at[i].flags & PROSE_LINE)
            return LINK_NONE;
    enum link link = link_of(s->prose, from, hit->first, many);
    if (link == LINK_NONE || !is_word(s->prose, hit->first, COPULAS))
        return link;
    *many |= is_word(s->prose, hit->first, PLURAL_COPULAS);
    return stronger(link, LINK_COPULA);
}

static bool is_bare(const struct cue *cue)
{
    return is_one_of(cue->phrase, "no|n|none|nil");
}

/* Whether the cue is about the mention before it rather than those behind. */
static bool looks_back(const struct sweep *s, const struct cue_hit *hit, enum link link)
{
    const struct cue *cue = &s->cues->at[hit->cue];
    size_t next = hit->last + 1;
    if (link == LINK_NONE || (next < s->prose->main && mark(s->prose, next) == ':'))
        return false;
    if (cue->kind == CUE_USED)
        return link >= LINK_DASH && link != LINK_COPULA;
    if (is_final(s, next))
        return true;
    if (cue->never_ahead || (link == LINK_BRACKET && !mention_starts(s, next)))
        return true;
    if (cue->needs_object || (is_bare(cue) && link < LINK_DASH))
        return false;
    if (link == LINK_COLON || link == LINK_COPULA || is_bare(cue))
        return true;
    return !mention_starts(s, next);
}

/* Do only commas and conjunctions stand between two mentions? */
static bool listed_together(const struct prose *p, const struct cue_mention *a,
                            const struct cue_mention *b)
{
    for (size_t i = a->last + 1; i < b->first; i++) {
        char c = mark(p, i);
        if (c != ',' && c != '&' && c != '/' && !is_word(p, i, "and|or|nor|both") &&
            (is_mark(p, i) || !is_version(prose_folded(p, i))))
            return false;
    }
    return true;
}

static void set_back(struct sweep *s, const struct cue_hit *hit, bool many)
{
    bool used = s->cues->at[hit->cue].kind == CUE_USED;
    struct cue_mention *m = &s->mentions[s->mention - 1];
    m->cue = used ? CUES_NONE : hit->cue;
    while (m > s->mentions &&
           (m[-1].last >= m->first || (many && listed_together(s->prose, m - 1, m))))
        (--m)->cue = used ? CUES_NONE : hit->cue;
}

/* "No, we use Python" is an answer, not a word about Python. */
static bool opens_scope(const struct sweep *s, const struct cue_hit *hit)
{
    const struct cue *cue = &s->cues->at[hit->cue];
    size_t next = hit->last + 1;
    return !cue->never_ahead && !(is_bare(cue) && next < s->prose->main && is_mark(s->prose, next));
}

static bool is_aside(const struct prose *p, size_t first)
{
    return first > 1 && is_word(p, first - 1, "which|that|who") && mark(p, first - 2) == ',';
}

static void open_scope(struct sweep *s, const struct cue_hit *hit)
{
    s->cue = hit->cue;
    s->limit = s->prose->at[hit->last].ordinal + CUES_REACH + 1;
    s->holds = false;
    s->aside = is_aside(s->prose, hit->first);
    s->lists = hit->last + 1 < s->prose->main && mark(s->prose, hit->last + 1) == ':';
}

/* "Until recently we used Perl": a bare "used" ends no scope, unless it is the
 * title of a list. */
static bool is_past(const struct sweep *s, const struct cue_hit *hit)
{
    size_t next = hit->last + 1;
    return span_eq(s->cues->at[hit->cue].phrase, SPAN("used")) &&
           !(next < s->prose->main && mark(s->prose, next) == ':');
}

static void take_hit(struct sweep *s)
{
    const struct cue_hit *hit = &s->hits[s->hit];
    enum cue_kind kind = s->cues->at[hit->cue].kind;
    bool many = false;
    enum link link =
        kind == CUE_STATUS || kind == CUE_USED ? link_before(s, hit, &many) : LINK_NONE;
    bool back = looks_back(s, hit, link);
    s->hit++;
    if (kind == CUE_PSEUDO || (kind == CUE_USED && !back && is_past(s, hit)))
        return;
    if (back)
        set_back(s, hit, many || link == LINK_COLON);
    if (kind == CUE_STATUS && !back && opens_scope(s, hit))
        open_scope(s, hit);
    else
        close_scope(s);
}

static void take_mention(struct sweep *s)
{
    struct cue_mention *m = &s->mentions[s->mention++];
    if (s->cue == CUES_NONE)
        return;
    m->cue = s->cue;
    s->limit = s->prose->at[m->last].ordinal + CUES_REACH + 1;
    s->holds = true;
}

/* Words that, behind the first mention that a cue holds, start what it is not
 * about: "migrated from Java to Python", "no Java, we use Python". */
#define TURNS                                                                                      \
    "with|to|by|in|into|from|using|now|favour|favor|being|we|it|they|everything|all|our|existing|" \
    "current|others"

/* A word or mark that is neither cue nor mention. */
static void take_plain(struct sweep *s, size_t i)
{
    const struct prose *p = s->prose;
    char c = mark(p, i);
    bool ends = ends_sentence(p, i) || c == ')' || (c == ';' && !s->lists);
    bool turns = c == ':' || (c == ',' && s->aside) || is_word(p, i, TURNS);
    if (ends || (turns && s->holds))
        close_scope(s);
}

size_t cues_apply(const struct cues *c, const struct prose *p, struct cue_mention *mentions,
                  size_t count, struct cue_hit *hits, size_t hit_count)
{
    for (size_t i = 0; i < count; i++)
        mentions[i].cue = CUES_NONE;
    hit_count = cut_down(c, mentions, count, hits, hit_count);
    if (count == 0 || hit_count == 0)
        return hit_count;
    struct sweep s = {.cues = c,
                      .prose = p,
                      .mentions = mentions,
                      .mention_count = count,
                      .hits = hits,
                      .hit_count = hit_count,
                      .cue = CUES_NONE};
    for (size_t i = 0; i < p->main; i++) {
        if (s.cue != CUES_NONE &&
            (p->at[i].ordinal > s.limit || (p->at[i].flags & PROSE_LINE && !line_runs_on(&s, i))))
            close_scope(&s);
        if (hit_starts(&s, i)) {
            i = hits[s.hit].last;
            take_hit(&s);
        } else if (mention_starts(&s, i)) {
            i = mentions[s.mention].last;
            while (s.mention < count && mentions[s.mention].first <= i)
                take_mention(&s);
        } else {
            take_plain(&s, i);
        }
    }
    return hit_count;
}
