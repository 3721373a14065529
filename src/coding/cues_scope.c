/* cues_scope -- statuses of mentions from the cues around them, in one sweep. */
#include "cues_words.h"

#define MAX_INVERTED 4 /* words between "no plans" and "to stop using" */

struct sweep {
    const struct cues *cues;
    const struct prose *prose;
    struct cue_mention *mentions;
    size_t mention_count, mention; /* the next one */
    const struct cue_hit *hits;
    size_t hit_count, hit; /* the next one */

    const struct cue_hit *scope; /* the hit whose scope is open, or NULL */
    uint32_t limit;              /* the ordinal of the last word that it reaches */
    bool holds;                  /* a mention already */
    bool lists;                  /* it was followed by a colon: semicolons part what it lists */
    bool aside;                  /* it stands in a clause such as ", which replaced VB6," */

    const struct cue_hit *except; /* the hit behind which mentions count, or NULL */
    size_t back_from;  /* the first mention that the last cue behind its mentions decided, */
    uint32_t back_end; /* and the last word of that cue */

    uint32_t asked;           /* the cue of questions, or CUES_NONE */
    size_t sentence;          /* the first word of the sentence, */
    size_t sentence_mentions; /* and the first mention */
    size_t asked_from;        /* the first mention of the question before, or none */
};

/* ---- words ---- */

/* What may stand behind the last word of what a cue says, and what starts another clause. */
static struct cues_list final_words = {.words = "it|this|these|them|that|here|anymore|yet"};
static struct cues_list clause_starts = {.words =
                                             "and|but|so|as|because|since|however|although|though"};

static struct cues_list subjects = {.words = "we|they|the|trust|our"};
static struct cues_list relatives = {.words = "which|that|and|but|it|this|these"};
static struct cues_list asides = {.words = "which|that|who"};
static struct cues_list pronouns = {.words = "it|them|this|these"};
static struct cues_list alternatives = {.words = "or|nor"};

static struct cues_list use_verbs = {.words = "use|uses|used"};
static struct cues_list singular_verbs = {.words = "is|was|has|isn't|wasn't|hasn't"};
static struct cues_list staying_verbs = {.words = "is|are|still|remains|remain"};
static struct cues_list list_verbs = {.words = "use|uses|using|used|in|with|have|has|are|run"};
static struct cues_list taking_verbs = {.words = "use|uses|used|using|in|with|have|run|runs"};

static struct cues_list answer_words = {.words = "we|it|they|the|trust|council|so|answer"};
static struct cues_list question_words = {
    .words = "do|does|did|is|are|was|were|has|have|can|could|which|what|who|how|if|whether|please"};

/* Behind "except": where. */
static struct cues_list places = {.words = "in|for|by|within|on|at|when|where"};

/* Between "except" and what is excepted, or between two of these. */
static struct cues_list excepted = {.words = "and|or|the|a|some|our|of|using|in|few|its|use"};

/* Words that, behind the first mention that a cue holds, start what it is not about: "migrated
 * from Java to Python", "no Java, we use Python". */
static struct cues_list turning = {
    .words = "with|to|towards|toward|onto|by|in|into|from|using|now|favour|favor|being|we|it|they|"
             "everything|all|our|existing|current|others"};

/* ---- the scope ---- */

/* A line ends a scope unless it runs on: the line before stops at a comma, a
 * colon, a conjunction or the cue itself. */
static bool line_runs_on(const struct sweep *s, size_t i)
{
    const struct prose *p = s->prose;
    if (p->at[i].flags & PROSE_PARAGRAPH || cues_is_mark(p, i) || i == 0)
        return false;
    char c = cues_mark(p, i - 1);
    return c == ',' || c == ':' || cues_is_joint(p, i - 1) || !s->holds;
}

static void close_scope(struct sweep *s)
{
    s->scope = NULL;
}

static bool mention_starts(const struct sweep *s, size_t i)
{
    return s->mention < s->mention_count && s->mentions[s->mention].first == i;
}

static bool hit_starts(const struct sweep *s, size_t i)
{
    return s->hit < s->hit_count && s->hits[s->hit].first == i;
}

static bool has_status(const struct cues *c, uint32_t cue, const char *words)
{
    return cue != CUES_NONE && cues_is_one_of(c->at[cue].status, words);
}

static void decide(struct sweep *s, struct cue_mention *m, const struct cue_hit *hit,
                   enum cue_how how)
{
    if (m->fixed)
        return;
    m->cue = s->cues->at[hit->cue].kind == CUE_STATUS ? hit->cue : CUES_NONE;
    m->by = hit->cue;
    m->how = how;
    m->cue_first = hit->first;
    m->cue_last = hit->last;
}

/* ---- a cue behind its mention ---- */

/* Does what a cue says end at its last word? */
static bool is_final(const struct sweep *s, size_t i)
{
    const struct prose *p = s->prose;
    while (i < p->main && cues_is_word(p, i, &final_words))
        i++;
    if (i >= p->main || p->at[i].flags & PROSE_LINE)
        return true;
    if (cues_is_mark(p, i))
        return !strchr("'\"/&", cues_mark(p, i)) || !cues_mark(p, i);
    return cues_is_word(p, i, &clause_starts);
}

/* A hit between a mention and the next hit parts them, unless it only joins two clauses. */
static bool parts(const struct sweep *s, size_t from)
{
    if (s->hit == 0 || s->hits[s->hit - 1].last < from)
        return false;
    return s->cues->at[s->hits[s->hit - 1].cue].kind != CUE_END;
}

static enum cues_link link_before(const struct sweep *s, const struct cue_hit *hit, bool *many)
{
    if (s->mention == 0)
        return LINK_NONE;
    size_t from = s->mentions[s->mention - 1].last + 1;
    if (parts(s, from))
        return LINK_NONE;
    for (size_t i = from; i <= hit->first; i++)
        if (s->prose->at[i].flags & PROSE_LINE)
            return LINK_NONE;
    enum cues_link link = cues_link_of(s->prose, from, hit->first, many);
    if (link == LINK_NONE || !cues_is_copula(s->prose, hit->first))
        return link;
    *many |= cues_is_plural_copula(s->prose, hit->first);
    return link > LINK_COPULA ? link : LINK_COPULA;
}

static bool is_bare(const struct cue *cue)
{
    return cue->is_mark || cues_is_one_of(cue->phrase, "none");
}

/* Is the mention before HIT its subject: nothing between them that starts another clause? */
static bool is_subject(const struct sweep *s, const struct cue_hit *hit)
{
    const struct prose *p = s->prose;
    for (size_t i = s->mentions[s->mention - 1].last + 1; i < hit->first; i++) {
        if (cues_is_word(p, i, &subjects))
            return false;
        if (cues_mark(p, i) == ',' && !cues_is_word(p, i + 1, &relatives))
            return false;
    }
    return true;
}

/* Whether the cue is about the mention before it rather than those behind. */
static bool looks_back(const struct sweep *s, const struct cue_hit *hit, enum cues_link link)
{
    const struct cue *cue = &s->cues->at[hit->cue];
    size_t next = hit->last + 1;
    if (link == LINK_NONE || (next < s->prose->main && cues_mark(s->prose, next) == ':'))
        return false;
    bool entitled = link >= LINK_DASH && link != LINK_COPULA;
    if (cue->kind == CUE_USED && cue->needs_object && !is_final(s, next))
        return false;
    if (cue->kind == CUE_USED)
        return entitled || (cue->never_ahead && is_subject(s, hit));
    if (cue->of_subject)
        return is_subject(s, hit) && (!entitled || !mention_starts(s, next));
    if (is_final(s, next))
        return true;
    if (is_bare(cue) && link == LINK_BRACKET && !cues_is_mark(s->prose, next))
        return false; /* "Java (no new development)" */
    if (cue->never_ahead || (link == LINK_BRACKET && !mention_starts(s, next)))
        return true;
    if (cue->needs_object || (is_bare(cue) && link < LINK_DASH))
        return false;
    if (link == LINK_COLON || link == LINK_COPULA || is_bare(cue))
        return true;
    return !mention_starts(s, next);
}

/* Is the mention joined to the one before it by more than a comma? */
static bool is_joined(const struct sweep *s, const struct cue_mention *m)
{
    if (m == s->mentions || m->first == 0 || !cues_listed_together(s->prose, m - 1, m))
        return false;
    return cues_is_joint(s->prose, m->first - 1) ||
           (cues_mark(s->prose, m->first - 1) && strchr("&/", cues_mark(s->prose, m->first - 1)));
}

/* "Python and Java will be introduced", but "we use Python and Java will be introduced". */
static bool is_list_of(const struct sweep *s, const struct cue_hit *hit)
{
    const struct cue_mention *m = &s->mentions[s->mention - 1];
    if (s->cues->at[hit->cue].is_wide)
        return true;
    if (!is_joined(s, m))
        return false;
    if (cues_is_word(s->prose, hit->first, &singular_verbs))
        return false;
    while (m > s->mentions && cues_listed_together(s->prose, m - 1, m))
        m--;
    return m->first == 0 || !cues_is_word(s->prose, m->first - 1, &list_verbs);
}

static void set_back(struct sweep *s, const struct cue_hit *hit, bool many, enum cue_how how)
{
    struct cue_mention *m = &s->mentions[s->mention - 1];
    decide(s, m, hit, how);
    while (m > s->mentions &&
           (m[-1].end > m->start || (many && cues_listed_together(s->prose, m - 1, m))))
        decide(s, --m, hit, how);
    s->back_from = (size_t)(m - s->mentions);
    s->back_end = hit->last;
}

/* "No Python is used" is said of the whole clause: a later "is used" changes nothing, unless
 * a comma starts a clause anew. */
static bool is_held(const struct sweep *s)
{
    const struct cue_mention *m = &s->mentions[s->mention - 1];
    if (m->how != CUE_AHEAD || m->cue == CUES_NONE)
        return false;
    if (s->cues->at[m->cue].is_wide || has_status(s->cues, m->cue, "asked"))
        return true;
    return is_joined(s, m) || cues_mark(s->prose, m->first - 1) != ',';
}

/* ---- a cue before its mentions ---- */

/* "No, we use Python" is an answer, not a word about Python. */
static bool opens_scope(const struct sweep *s, const struct cue_hit *hit)
{
    const struct cue *cue = &s->cues->at[hit->cue];
    size_t next = hit->last + 1;
    return !cue->never_ahead &&
           !(is_bare(cue) && next < s->prose->main && cues_is_mark(s->prose, next));
}

static bool is_aside(const struct prose *p, size_t first)
{
    return first > 1 && cues_is_word(p, first - 1, &asides) && cues_mark(p, first - 2) == ',';
}

static void open_scope(struct sweep *s, const struct cue_hit *hit)
{
    s->scope = hit;
    s->limit = s->prose->at[hit->last].ordinal + CUES_REACH + 1;
    s->holds = false;
    s->aside = is_aside(s->prose, hit->first);
    s->lists = hit->last + 1 < s->prose->main && cues_mark(s->prose, hit->last + 1) == ':';
}

/* "Until recently we used Perl": a bare "used" ends no scope, unless it is the
 * title of a list. After "none of us", nothing that we use does. */
static bool is_part_of_scope(const struct sweep *s, const struct cue_hit *hit)
{
    size_t next = hit->last + 1;
    if (s->scope && !s->holds && s->cues->at[s->scope->cue].is_wide)
        return true;
    if (next < s->prose->main && cues_mark(s->prose, next) == ':')
        return false;
    return span_eq(s->cues->at[hit->cue].phrase, SPAN("used"));
}

/* "No plans to stop using", "we will not replace": what would end goes on. */
static bool is_inverted(const struct sweep *s, const struct cue_hit *hit)
{
    if (s->holds || !s->scope || !has_status(s->cues, s->scope->cue, "not_used|planned|evaluating"))
        return false;
    if (s->cues->at[hit->cue].kind == CUE_STATUS &&
        (!has_status(s->cues, hit->cue, "stopped") || s->cues->at[hit->cue].never_ahead))
        return false;
    uint32_t between = s->prose->at[hit->first].ordinal - s->prose->at[s->scope->last].ordinal;
    for (size_t i = s->scope->last + 1; i < hit->first; i++)
        if (cues_is_mark(s->prose, i))
            return false;
    return between <= MAX_INVERTED + 1;
}

/* ---- questions and their answers ---- */

/* "You asked about R. We do not use it.": the hit starts a sentence that names nothing. */
static bool is_answer(const struct sweep *s, const struct cue_hit *hit)
{
    if (s->asked_from >= s->mention || s->mention > s->sentence_mentions)
        return false;
    for (size_t i = s->sentence; i < hit->first; i++)
        if (!cues_is_word(s->prose, i, &answer_words) &&
            !(cues_mark(s->prose, i) && strchr(":-", cues_mark(s->prose, i))))
            return false;
    const struct cue *cue = &s->cues->at[hit->cue];
    return cue->never_ahead || is_final(s, hit->last + 1);
}

static void answer(struct sweep *s, const struct cue_hit *hit)
{
    for (size_t i = s->asked_from; i < s->mention; i++)
        decide(s, &s->mentions[i], hit, CUE_ANSWER);
}

/* A sentence ends before word NEXT: were its mentions asked about? */
static void end_sentence(struct sweep *s, size_t next, bool is_question)
{
    const struct prose *p = s->prose;
    bool asks =
        is_question && s->asked != CUES_NONE && cues_is_word(p, s->sentence, &question_words);
    if (s->mention > s->sentence_mentions) {
        const struct cue_mention *last = &s->mentions[s->mention - 1];
        bool asked = asks || has_status(s->cues, last->cue, "asked");
        s->asked_from = asked ? s->sentence_mentions : s->mention_count;
        struct cue_hit question = {s->asked, (uint32_t)s->sentence, (uint32_t)s->sentence, false};
        for (size_t i = s->sentence_mentions; asks && i < s->mention; i++)
            decide(s, &s->mentions[i], &question, CUE_QUESTION);
    }
    s->sentence = next;
    s->sentence_mentions = s->mention;
}

/* ---- the sweep ---- */

/* The first of the mentions before "except in one team" that it is about: those that a cue behind
 * them or the open scope decided, or none. */
static size_t excepted_from(const struct sweep *s, const struct cue_hit *hit)
{
    size_t first = s->mention;
    if (s->back_from < s->mention && hit->first <= s->back_end + 2)
        return s->back_from;
    if (!s->scope || !s->holds)
        return first;
    while (first > s->sentence_mentions && s->mentions[first - 1].how == CUE_AHEAD &&
           s->mentions[first - 1].cue_first == s->scope->first)
        first--;
    return first;
}

static void take_except(struct sweep *s, const struct cue_hit *hit)
{
    size_t next = hit->last + 1, from = excepted_from(s, hit);
    close_scope(s);
    s->except = hit;
    if (!cues_is_word(s->prose, next, &places))
        return;
    for (size_t i = from; i < s->mention; i++) {
        decide(s, &s->mentions[i], hit, CUE_EXCEPTED);
        s->mentions[i].fixed = true;
    }
}

/* "We tested Python and now use it", "Java is installed but nobody uses it": what is said of "it"
 * is said of the last mention. */
static bool takes_up(const struct sweep *s, const struct cue_hit *hit)
{
    const struct cue *cue = &s->cues->at[hit->cue];
    size_t it = hit->last + 1;
    bool uses = cue->needs_object;
    if (cue->kind == CUE_STATUS) {
        it += cue->is_wide && cues_is_word(s->prose, it, &use_verbs);
        uses = cues_is_word(s->prose, it - 1, &taking_verbs);
    }
    return uses && s->mention > s->sentence_mentions && it < s->prose->main &&
           cues_is_word(s->prose, it, &pronouns) && is_final(s, it);
}

/* "Python and R are not supported by IT but are used by analysts": what is said anew, without
 * another subject, is said of the mentions that the cue before was about. */
static bool says_anew(const struct sweep *s, const struct cue_hit *hit)
{
    if (s->cues->at[hit->cue].kind != CUE_USED || s->hit == 0 || s->back_from >= s->mention)
        return false;
    const struct cue_hit *joint = &s->hits[s->hit - 1];
    return s->cues->at[joint->cue].kind == CUE_END && joint->last + 1 == hit->first &&
           joint->first > s->mentions[s->mention - 1].last &&
           cues_is_word(s->prose, hit->first, &staying_verbs);
}

/* A status, or that mentions count. */
static void take_cue(struct sweep *s, const struct cue_hit *hit)
{
    const struct cue *cue = &s->cues->at[hit->cue];
    bool many = false;
    enum cues_link link = link_before(s, hit, &many);
    bool back = looks_back(s, hit, link), anew = says_anew(s, hit);
    s->hit++;
    if (anew) {
        for (size_t i = s->back_from; i < s->mention; i++)
            decide(s, &s->mentions[i], hit, CUE_BACK);
        return;
    }
    if (link == LINK_NONE && is_answer(s, hit)) {
        answer(s, hit);
        close_scope(s);
        return;
    }
    if (!back && takes_up(s, hit)) {
        set_back(s, hit, false, CUE_BACK);
        close_scope(s);
        return;
    }
    if (!back && cue->kind == CUE_USED && is_part_of_scope(s, hit)) {
        if (s->scope)
            s->limit = s->prose->at[hit->last].ordinal + CUES_REACH + 1;
        return;
    }
    if (!back && is_inverted(s, hit)) {
        close_scope(s);
        return;
    }
    bool subject = back && (cue->of_subject || (cue->kind == CUE_USED && link < LINK_COLON));
    if (back && !(subject && cue->kind == CUE_USED && is_held(s)))
        set_back(s, hit, subject ? is_list_of(s, hit) : many || link == LINK_COLON,
                 subject ? CUE_SUBJECT : CUE_BACK);
    if (cue->kind == CUE_STATUS && !back && opens_scope(s, hit))
        open_scope(s, hit);
    else
        close_scope(s);
}

static void take_hit(struct sweep *s)
{
    const struct cue_hit *hit = &s->hits[s->hit];
    enum cue_kind kind = s->cues->at[hit->cue].kind;
    s->except = NULL;
    if (!hit->taken && (kind == CUE_STATUS || kind == CUE_USED)) {
        take_cue(s, hit);
        return;
    }
    s->hit++;
    if (hit->taken || kind == CUE_END)
        close_scope(s);
    else if (kind == CUE_EXCEPT)
        take_except(s, hit);
    else if (kind == CUE_STOPPING && is_inverted(s, hit))
        close_scope(s);
}

/* "we do not use Java.Python is in use": one word, but its parts are of two sentences. */
static bool starts_sentence(const struct sweep *s, const struct cue_mention *m)
{
    return m > s->mentions && m->first <= m[-1].last && m->start >= m[-1].end;
}

static void take_mention(struct sweep *s)
{
    struct cue_mention *m = &s->mentions[s->mention];
    if (starts_sentence(s, m)) {
        close_scope(s);
        end_sentence(s, m->first, false);
    }
    s->mention++;
    if (s->except && !m->fixed) {
        decide(s, m, s->except, CUE_EXCEPTED);
        m->fixed = true;
    }
    if (!s->scope)
        return;
    decide(s, m, s->scope, CUE_AHEAD);
    s->limit = s->prose->at[m->last].ordinal + CUES_REACH + 1;
    s->holds = true;
}

static bool turns(const struct sweep *s, size_t i, char c)
{
    if (c)
        return c == ':' || (c == ',' && s->aside);
    return cues_is_word(s->prose, i, &turning) &&
           !(i > 0 && cues_is_word(s->prose, i - 1, &alternatives));
}

/* A word or mark that is neither cue nor mention. */
static void take_plain(struct sweep *s, size_t i)
{
    const struct prose *p = s->prose;
    char c = cues_mark(p, i);
    bool ends = cues_ends_sentence(p, i);
    if (s->except && c != ',' && !cues_is_word(p, i, &excepted))
        s->except = NULL;
    if (s->scope && (ends || c == ')' || (c == ';' && !s->lists) || (s->holds && turns(s, i, c))))
        close_scope(s);
    if (ends)
        end_sentence(s, i + 1, c == '?');
}

static void sweep(struct sweep *s)
{
    const struct prose *p = s->prose;
    for (size_t i = 0; i < p->main; i++) {
        bool line = p->at[i].flags & PROSE_LINE;
        if (s->scope && (p->at[i].ordinal > s->limit || (line && !line_runs_on(s, i))))
            close_scope(s);
        if (line && s->sentence < i)
            end_sentence(s, i, false);
        if (hit_starts(s, i)) {
            i = s->hits[s->hit].last;
            take_hit(s);
        } else if (mention_starts(s, i)) {
            i = s->mentions[s->mention].last;
            while (s->mention < s->mention_count && s->mentions[s->mention].first <= i)
                take_mention(s);
        } else {
            take_plain(s, i);
        }
    }
}

void scope_apply(const struct cues *c, const struct prose *p, struct cue_mention *mentions,
                 size_t count, const struct cue_hit *hits, size_t hit_count)
{
    struct sweep s = {.cues = c,
                      .prose = p,
                      .mentions = mentions,
                      .mention_count = count,
                      .hits = hits,
                      .hit_count = hit_count,
                      .back_from = count,
                      .asked = c->asked,
                      .asked_from = count};
    sweep(&s);
}
