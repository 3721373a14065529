/* notices -- what a letter says of the whole request, or of all that it does not answer: "The
 * remaining information is exempt", "Your request is vexatious".
 *
 * A letter that answers nothing and says no such thing in words that are known is looked at once
 * more: a section that it names, a limit, a denial of anything, and what tells that it is not the
 * body to ask are then said of the request. */
#include "finder_parts.h"

#define NOTICE_SCORE 0.7F
#define HINT_SCORE 0.55F
#define LONG_LETTER 4000 /* bytes, of what is no mere notice */

/* ---- sentences of a letter ---- */

struct walk {
    size_t line, last;   /* of the paragraph */
    size_t start, end;   /* of the sentence */
    bool begins, inside; /* the sentence begins its paragraph; a paragraph is being read */
};

/* The next sentence of L, within its paragraph; false behind the last. */
static bool walk_next(const struct paper *l, struct walk *w)
{
    w->begins = !w->inside;
    if (w->inside && w->end < l->lines[w->last].end) {
        w->start = w->end;
    } else {
        w->line = w->inside ? w->last + 1 : w->line;
        if (w->line >= l->count)
            return false;
        w->begins = w->inside = true;
        w->last = w->line;
        while (w->last + 1 < l->count && !l->lines[w->last + 1].apart)
            w->last++;
        w->start = l->lines[w->line].start;
    }
    w->end = stretches_sentence(l, w->start, l->lines[w->last].end);
    return true;
}

/* The sentence that W is at, in F's text and on one line; in *AT the byte where it begins. */
static struct span walk_text(struct finder *f, const struct walk *w, size_t *at)
{
    buf_clear(&f->text);
    stretches_text(&f->paper, w->start, w->end, &f->text, at);
    return finder_flat(f, buf_span(&f->text));
}

static bool walk_has(const struct finder *f, const struct walk *w, enum formula kind)
{
    const struct paper *l = &f->paper;
    return formulas_in(l, tokens_from(&l->words, w->start), tokens_from(&l->words, w->end), kind,
                       NULL);
}

/* Whether the sentence belongs to nothing that was read otherwise. */
static bool walk_is_free(const struct finder *f, const struct walk *w)
{
    return !namings_owner(f, w->start) && !f->claimed[paper_line_at(&f->paper, w->start)];
}

/* ---- notices ---- */

/* REASON, of the text that F has, which begins at byte AT, for all questions without an answer. */
static void spread(struct finder *f, struct span reason, size_t at, float score)
{
    for (size_t q = 0; q < f->questions->count; q++)
        if (!finder_has(f, q))
            finder_take(f,
                        &(struct candidate){.question = (uint32_t)q,
                                            .how = FINDING_LETTER,
                                            .score = score,
                                            .at = at,
                                            .reason = reason},
                        buf_span(&f->text));
}

/* A sentence with a reason that holds for what has no answer, one that names its section if CITED;
 * REST: its paragraph speaks of what is left. */
static bool is_notice(struct finder *f, const struct walk *w, bool any, bool cited, bool rest)
{
    size_t at;
    struct span flat = walk_text(f, w, &at);
    if (!flat.len)
        return false;
    bool whole = !any && walk_has(f, w, FORMULA_WHOLE);
    struct span reason =
        whole ? verdict_of_whole(&f->verdict, flat) : verdict_of_letter(&f->verdict, flat);
    if (!reason.at || (cited && span_eq(reason, SPAN("refused"))))
        return false;
    if ((any && !rest) || walk_has(f, w, FORMULA_HOLDING))
        return false;
    spread(f, reason, at, NOTICE_SCORE);
    return true;
}

static bool find_notice(struct finder *f, bool any, bool cited)
{
    bool rest = false;
    for (struct walk w = {0}; walk_next(&f->paper, &w);) {
        rest = !w.begins && rest;
        if (!walk_is_free(f, &w))
            continue;
        rest |= walk_has(f, &w, FORMULA_REST);
        if (is_notice(f, &w, any, cited, rest))
            return true;
    }
    return false;
}

/* Whether a sentence, which refuses for REASON, says so of all that was asked: in so many words, or
 * since it cites a section and means no single question or part. */
static bool is_of_whole(const struct finder *f, const struct walk *w, struct span reason)
{
    static const struct span cited = SPAN_ROW("refused:");
    const struct paper *l = &f->paper;
    size_t first = tokens_from(&l->words, w->start), last = tokens_from(&l->words, w->end);
    if (formulas_in(l, first, last, FORMULA_WHOLE, NULL))
        return true;
    for (size_t i = first; i < last; i++)
        if (formulas_match(l, i, last, "part|parts|element|aspect|point|question|questions|item"))
            return false;
    return span_starts(reason, cited) && echoes_question(f, w->start, w->end) == QUESTIONS_NONE;
}

bool notices_whole(struct finder *f)
{
    const struct paper *l = &f->paper;
    if (formulas_in(l, 0, l->words.count, FORMULA_REST, NULL))
        return false;
    for (struct walk w = {0}; walk_next(l, &w);) {
        size_t at;
        struct span flat = walk_text(f, &w, &at);
        struct span reason = flat.len ? verdict_of_letter(&f->verdict, flat) : flat;
        if (flat.len && reason.at && is_of_whole(f, &w, reason))
            return true;
    }
    return false;
}

void notices_read(struct finder *f)
{
    bool any = false, missing = false;
    for (size_t q = 0; q < f->questions->count; q++) {
        any |= finder_has(f, q);
        missing |= !finder_has(f, q);
    }
    if (missing && !find_notice(f, any, true)) /* "REFUSAL NOTICE" names none */
        find_notice(f, any, false);
}

/* ---- where nothing else is told ---- */

/* Whether a sentence tells that this authority has nothing about what is asked, or is not the one
 * to ask. */
static bool has_nothing(const struct finder *f, const struct walk *w)
{
    static const char *const patterns[] = {
        "no|none|nothing|neither|never|not|without * information|data|record|records|document|"
        "documents|documentation|material|files|papers|paperwork|knowledge",
        "no|not|nor|never|without * role|powers|responsibility|responsible|function|functions|"
        "involvement|involved|jurisdiction|remit|duties",
        "not * one|part|any of ours|our",
        "wrong|another|different place|authority|body|organisation|council|trust|force|university",
        "left|here|hold|holds|have|has|had|with nothing|none",
        "nothing|none * * here|left|known|held|kept|us",
        "drew|drawn|come|came|drawing a|up blank|empty",
        "need|should|must|have|best to? be|go? sent|made|put|addressed|directed|approached|to the",
        "body|authority|organisation|council that|which|who|whom? you want|need|seek|should",
        "never run|had|operated|provided|owned|employed|used|managed|been",
    };
    const struct paper *l = &f->paper;
    size_t last = tokens_from(&l->words, w->end);
    for (size_t i = tokens_from(&l->words, w->start); i < last; i++)
        for (size_t k = 0; k < sizeof patterns / sizeof *patterns; k++)
            if (formulas_match(l, i, last, patterns[k]))
                return true;
    return false;
}

/* Whether a sentence says that nothing is withheld or to be paid. */
static bool is_free_of(const struct finder *f, const struct walk *w)
{
    const struct paper *l = &f->paper;
    size_t last = tokens_from(&l->words, w->end);
    for (size_t i = tokens_from(&l->words, w->start); i < last; i++)
        if (formulas_match(l, i, last, "no|none|nothing|not * withheld|redacted|exempt|charge|fee"))
            return true;
    return false;
}

/* The reason that a sentence hints at; NULL at AT if it does at none. */
static struct span hinted(struct finder *f, const struct walk *w, struct span flat)
{
    if (is_free_of(f, w))
        return (struct span){0};
    struct span reason = verdict_hinted(&f->verdict, flat);
    return !reason.at && has_nothing(f, w) ? SPAN("not_held") : reason;
}

/* How much REASON says: a section more than a refusal, that more than that nothing is held. */
static int says(struct span reason)
{
    static const struct span cited = SPAN_ROW("refused:"), refused = SPAN_ROW("refused");
    return !reason.at ? 0 : span_starts(reason, cited) ? 3 : span_starts(reason, refused) ? 2 : 1;
}

void notices_hinted(struct finder *f)
{
    struct walk best = {0};
    struct span reason = {0};
    size_t at;
    if (f->paper.text.len > LONG_LETTER)
        return;
    for (struct walk w = {0}; walk_next(&f->paper, &w);) {
        if (!walk_is_free(f, &w))
            continue;
        if (walk_has(f, &w, FORMULA_ATTACHED))
            return;
        struct span hint = hinted(f, &w, walk_text(f, &w, &at));
        if (says(hint) <= says(reason))
            continue;
        reason = hint;
        best = w;
    }
    if (!reason.at)
        return;
    walk_text(f, &best, &at);
    spread(f, reason, at, HINT_SCORE);
}
