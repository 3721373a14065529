/* cues_back -- cues behind their mentions: "Java is no longer used", "Python: none". */
#include "cues_sweep.h"

/* What may stand behind the last word of what a cue says, and what starts another clause. */
static struct cues_list final_words = {.words = "it|this|these|them|that|here|anymore|yet"};
static struct cues_list clause_starts = {.words =
                                             "and|but|so|as|because|since|however|although|though"};

static struct cues_list subjects = {.words = "we|they|the|trust|our"};
static struct cues_list relatives = {.words = "which|that|and|but|it|this|these"};

static struct cues_list singular_verbs = {.words = "is|was|has|isn't|wasn't|hasn't"};
static struct cues_list list_verbs = {.words = "use|uses|using|used|in|with|have|has|are|run"};

bool sweep_is_final(const struct sweep *s, size_t i)
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

enum cues_link sweep_link(const struct sweep *s, const struct cue_hit *hit, bool *many)
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

static struct cues_list adverbs = {.words = "yet|been|be|ever|being|so|far"};
static struct cues_list participles = {.words =
                                           "proven|upheld|set|put|sold|bought|kept|held|seen|found|"
                                           "made|given|taken|run|built|chosen|worn|paid|sent"};
static struct cues_list wholes = {.words = "all|every|each|everyone|everywhere|everything|both"};
static struct cues_list of_wholes = {.words = "by|for|in|on|across|to|at|with|from"};

/* What is not done to the answer rather than to what it names, or says how and not whether. */
static struct cues_list other_deeds = {
    .words = "limited|restricted|confined|recorded|collated|collected|published|listed|counted|"
             "itemised|separated|disclosed|specified|documented|reported|identified|quantified|"
             "affected|changed|finished|completed|expected|guaranteed|concerned|related|based|"
             "dedicated|fixed|decided|confirmed|noted|monitored|measured|named|integrated|"
             "connected|updated|upgraded|patched|replaced|retired|phased"};

static bool ends_in(struct span word, struct span end)
{
    return word.len > end.len + 1 && memcmp(span_end(word) - end.len, end.at, end.len) == 0;
}

bool sweep_is_undone(const struct sweep *s, size_t i)
{
    const struct prose *p = s->prose;
    while (i < p->main && (cues_is_word(p, i, &adverbs) || ends_in(prose_folded(p, i), SPAN("ly"))))
        i++;
    if (i >= p->main || cues_is_word(p, i, &other_deeds) ||
        !(ends_in(prose_folded(p, i), SPAN("ed")) || cues_is_word(p, i, &participles)))
        return false;
    return !(i + 2 < p->main && cues_is_word(p, i + 1, &of_wholes) &&
             cues_is_word(p, i + 2, &wholes));
}

/* "Brodifacoum is not stocked": HIT is the denial of what stands behind it, and no clause that
 * only says more of the name: "VBA, which is not supported". */
static bool is_denied(const struct sweep *s, const struct cue_hit *hit, enum cues_link link)
{
    if (!s->cues->at[hit->cue].negates || link == LINK_NONE)
        return false;
    for (size_t i = s->mentions[s->mention - 1].last + 1; i < hit->first; i++)
        if (cues_is_word(s->prose, i, &relatives) || cues_mark(s->prose, i) == ',')
            return false;
    return sweep_is_undone(s, hit->last + 1);
}

/* "12 Ford 0 Tesla": do the numbers of a list stand before its names? */
static bool counts_ahead(const struct sweep *s)
{
    const struct cue_mention *m = &s->mentions[s->sentence_mentions];
    return m->first > 0 && !cues_is_mark(s->prose, m->first - 1) &&
           cues_is_version(prose_folded(s->prose, m->first - 1));
}

/* "LFR 0 deployments": what there are none of stands in one word behind the number; "LFR 0 RFR 2".
 */
static bool counts_none(const struct sweep *s, const struct cue_hit *hit)
{
    const struct cue_mention *m = &s->mentions[s->mention - 1];
    size_t next = hit->last + 1;
    if (!cues_is_one_of(s->cues->at[hit->cue].phrase, "0|zero|nil") || next >= s->prose->main ||
        hit->first != m->last + 1)
        return false;
    if (sweep_mention_starts(s, next))
        return !counts_ahead(s);
    return !cues_is_mark(s->prose, next) && sweep_is_final(s, next + 1);
}

bool sweep_looks_back(const struct sweep *s, const struct cue_hit *hit, enum cues_link link)
{
    const struct cue *cue = &s->cues->at[hit->cue];
    size_t next = hit->last + 1;
    if (link == LINK_NONE || (next < s->prose->main && cues_mark(s->prose, next) == ':'))
        return false;
    bool entitled = link >= LINK_DASH && link != LINK_COPULA;
    if (cue->kind == CUE_USED && cue->needs_object && !sweep_is_final(s, next))
        return false;
    if (cue->kind == CUE_USED)
        return entitled || (cue->never_ahead && is_subject(s, hit));
    if (cue->of_subject)
        return is_subject(s, hit) && (!entitled || !sweep_mention_starts(s, next));
    if (sweep_is_final(s, next) || counts_none(s, hit) || is_denied(s, hit, link))
        return true;
    if (sweep_is_bare(cue) && link == LINK_BRACKET && !cues_is_mark(s->prose, next))
        return false; /* "Java (no new development)" */
    if (cue->never_ahead || (link == LINK_BRACKET && !sweep_mention_starts(s, next)))
        return true;
    if (cue->needs_object || (sweep_is_bare(cue) && link < LINK_DASH))
        return false;
    if (link == LINK_COLON || link == LINK_COPULA || sweep_is_bare(cue))
        return true;
    return !sweep_mention_starts(s, next);
}

/* ---- of how many ---- */

/* Is the mention joined to the one before it by more than a comma? */
static bool is_joined(const struct sweep *s, const struct cue_mention *m)
{
    if (m == s->mentions || m->first == 0 || !cues_listed_together(s->prose, m - 1, m))
        return false;
    return cues_is_joint(s->prose, m->first - 1) ||
           (cues_mark(s->prose, m->first - 1) && strchr("&/", cues_mark(s->prose, m->first - 1)));
}

/* "Python and Java will be introduced", but "we use Python and Java will be introduced". */
bool sweep_is_list(const struct sweep *s, const struct cue_hit *hit)
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

void sweep_back(struct sweep *s, const struct cue_hit *hit, bool many, enum cue_how how)
{
    struct cue_mention *m = &s->mentions[s->mention - 1];
    sweep_decide(s, m, hit, how);
    while (m > s->mentions &&
           (m[-1].end > m->start || (many && cues_listed_together(s->prose, m - 1, m))))
        sweep_decide(s, --m, hit, how);
    s->back_from = (size_t)(m - s->mentions);
    s->back_end = hit->last;
}

/* "No Python is used" is said of the whole clause: a later "is used" changes nothing, unless
 * a comma starts a clause anew. */
bool sweep_is_held(const struct sweep *s)
{
    const struct cue_mention *m = &s->mentions[s->mention - 1];
    if (m->how != CUE_AHEAD || m->cue == CUES_NONE)
        return false;
    if (s->cues->at[m->cue].is_wide || sweep_has_status(s->cues, m->cue, "asked"))
        return true;
    return is_joined(s, m) || cues_mark(s->prose, m->first - 1) != ',';
}
