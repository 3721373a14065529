/* cues_scope -- statuses of mentions from the cues around them, in one sweep.
 *
 * A cue before its mentions opens a scope, which holds them until something ends it; one behind its
 * mention looks back (cues_back); questions are answered by the sentence behind them. */
#include "cues_sweep.h"

#define MAX_INVERTED 4 /* words between "no plans" and "to stop using" */

/* ---- words ---- */

static struct cues_list asides = {.words = "which|that|who"};
static struct cues_list pronouns = {.words = "it|them|this|these"};
static struct cues_list alternatives = {.words = "or|nor"};

static struct cues_list use_verbs = {.words = "use|uses|used"};
static struct cues_list staying_verbs = {.words = "is|are|has|have|was|were|still|remains|remain"};
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

static struct cues_list articles = {.words = "the|this|that|our|its|their"};
static struct cues_list bonds = {
    .words = "contract|unit|scheme|licence|license|agreement|subscription|arrangement|programme|"
             "deal|certificate|membership|service"};
static struct cues_list sources = {.words = "from"};
static struct cues_list months = {
    .words =
        "january|february|march|april|may|june|july|august|september|october|november|december|"
        "jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec|spring|summer|autumn|winter"};

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

static bool hit_starts(const struct sweep *s, size_t i)
{
    return s->hit < s->hit_count && s->hits[s->hit].first == i;
}

/* ---- a cue before its mentions ---- */

/* "All except Perl.", but "everything except the Perl pages is hosted elsewhere": do names alone
 * stand from word I on, up to the end of what is said? */
static bool only_names(const struct sweep *s, size_t i)
{
    if (!sweep_mention_starts(s, i))
        return false;
    const struct cue_mention *m = &s->mentions[s->mention], *end = s->mentions + s->mention_count;
    while (m + 1 < end && cues_listed_together(s->prose, m, m + 1))
        m++;
    return sweep_is_final(s, m->last + 1);
}

/* "No, we use Python" is an answer, not a word about Python. */
static bool opens_scope(const struct sweep *s, const struct cue_hit *hit)
{
    const struct cue *cue = &s->cues->at[hit->cue];
    size_t next = hit->last + 1;
    return !cue->never_ahead && (!cue->near || only_names(s, next)) &&
           !(sweep_is_bare(cue) && next < s->prose->main && cues_is_mark(s->prose, next));
}

static bool is_aside(const struct prose *p, size_t first)
{
    return first > 1 && cues_is_word(p, first - 1, &asides) && cues_mark(p, first - 2) == ',';
}

/* HIT holds what stands behind word LAST. */
static void open_scope(struct sweep *s, const struct cue_hit *hit, size_t last)
{
    s->scope = hit;
    s->limit = s->prose->at[last].ordinal + CUES_REACH + 1;
    s->holds = false;
    s->aside = is_aside(s->prose, hit->first);
    s->lists = last + 1 < s->prose->main && cues_mark(s->prose, last + 1) == ':';
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
    if (s->holds || !s->scope ||
        !sweep_has_status(s->cues, s->scope->cue, "not_used|planned|evaluating"))
        return false;
    if (s->cues->at[hit->cue].kind == CUE_STATUS &&
        (!sweep_has_status(s->cues, hit->cue, "stopped") || s->cues->at[hit->cue].never_ahead))
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
    return cue->never_ahead || sweep_is_final(s, hit->last + 1);
}

static void answer(struct sweep *s, const struct cue_hit *hit)
{
    for (size_t i = s->asked_from; i < s->mention; i++)
        sweep_decide(s, &s->mentions[i], hit, CUE_ANSWER);
}

/* A sentence ends before word NEXT: were its mentions asked about? */
static void end_sentence(struct sweep *s, size_t next, bool is_question)
{
    const struct prose *p = s->prose;
    bool asks =
        is_question && s->asked != CUES_NONE && cues_is_word(p, s->sentence, &question_words);
    if (s->mention > s->sentence_mentions) {
        const struct cue_mention *last = &s->mentions[s->mention - 1];
        bool asked = asks || sweep_has_status(s->cues, last->cue, "asked");
        s->asked_from = asked ? s->sentence_mentions : s->mention_count;
        struct cue_hit question = {s->asked, (uint32_t)s->sentence, (uint32_t)s->sentence, false};
        for (size_t i = s->sentence_mentions; asks && i < s->mention; i++)
            sweep_decide(s, &s->mentions[i], &question, CUE_QUESTION);
    }
    s->move = NULL;
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
        sweep_decide(s, &s->mentions[i], hit, CUE_EXCEPTED);
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
           cues_is_word(s->prose, it, &pronouns) && sweep_is_final(s, it);
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

/* "A SIEM has been bought but not yet set up": what is denied without another subject is denied of
 * the mention before. */
static bool denies_anew(const struct sweep *s, const struct cue_hit *hit)
{
    const struct cue *cue = &s->cues->at[hit->cue];
    if (cue->kind != CUE_STATUS || sweep_is_bare(cue) || s->hit == 0 ||
        s->mention == s->sentence_mentions || s->mentions[s->mention - 1].cue != CUES_NONE)
        return false;
    const struct cue_hit *joint = &s->hits[s->hit - 1];
    size_t next = joint->last + 1, behind = hit->last + 1;
    if (s->cues->at[joint->cue].kind != CUE_END || joint->first <= s->mentions[s->mention - 1].last)
        return false;
    bool bound = next + 2 == hit->first && cues_is_word(s->prose, next, &articles) &&
                 cues_is_word(s->prose, next + 1, &bonds);
    next += next < hit->first && cues_is_copula(s->prose, next);
    return (next == hit->first &&
            (sweep_is_final(s, behind) || (cue->negates && sweep_is_undone(s, behind)))) ||
           (bound && sweep_has_status(s->cues, hit->cue, "stopped"));
}

/* A status, or that mentions count. */
static void take_cue(struct sweep *s, const struct cue_hit *hit)
{
    const struct cue *cue = &s->cues->at[hit->cue];
    bool many = false;
    enum cues_link link = sweep_link(s, hit, &many);
    bool back = sweep_looks_back(s, hit, link), anew = says_anew(s, hit);
    bool denied = !back && (takes_up(s, hit) || denies_anew(s, hit));
    s->hit++;
    if (anew) {
        for (size_t i = s->back_from; i < s->mention; i++)
            sweep_decide(s, &s->mentions[i], hit, CUE_BACK);
        return;
    }
    if (link == LINK_NONE && is_answer(s, hit)) {
        answer(s, hit);
        close_scope(s);
        return;
    }
    if (denied) {
        sweep_back(s, hit, false, CUE_BACK);
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
    if (back && !(subject && cue->kind == CUE_USED && sweep_is_held(s)))
        sweep_back(s, hit, subject ? sweep_is_list(s, hit) : many || link == LINK_COLON,
                   subject ? CUE_SUBJECT : CUE_BACK);
    if (cue->kind == CUE_STATUS && !back && opens_scope(s, hit))
        open_scope(s, hit, hit->last);
    else
        close_scope(s);
}

static void take_hit(struct sweep *s)
{
    const struct cue_hit *hit = &s->hits[s->hit];
    enum cue_kind kind = s->cues->at[hit->cue].kind;
    s->except = NULL;
    if (s->cues->at[hit->cue].moves)
        s->move = hit;
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
        sweep_decide(s, m, s->except, CUE_EXCEPTED);
        m->fixed = true;
    }
    if (!s->scope)
        return;
    sweep_decide(s, m, s->scope, CUE_AHEAD);
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

/* The "from" of "moved to Python from Java", unless a date stands behind it. */
static bool names_source(const struct sweep *s, size_t i)
{
    return cues_is_word(s->prose, i, &sources) && i + 1 < s->prose->main &&
           !cues_is_version(prose_folded(s->prose, i + 1)) &&
           !cues_is_word(s->prose, i + 1, &months);
}

/* "No Tesla, 12 Nissan": a number in a list is of what follows. */
static bool starts_count(const struct sweep *s, size_t i)
{
    const struct prose *p = s->prose;
    return s->scope && sweep_is_bare(&s->cues->at[s->scope->cue]) && i > 0 && !cues_is_mark(p, i) &&
           cues_is_version(prose_folded(p, i)) &&
           (cues_mark(p, i - 1) == ',' || cues_is_joint(p, i - 1));
}

/* A word or mark that is neither cue nor mention. */
static void take_plain(struct sweep *s, size_t i)
{
    const struct prose *p = s->prose;
    char c = cues_mark(p, i);
    bool ends = cues_ends_sentence(p, i);
    if (s->except && c != ',' && !cues_is_word(p, i, &excepted))
        s->except = NULL;
    if (s->move && !s->scope && names_source(s, i)) {
        open_scope(s, s->move, i);
        return;
    }
    if (s->holds && starts_count(s, i))
        close_scope(s);
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
        } else if (sweep_mention_starts(s, i)) {
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
