/* finder -- the answers that one document holds: which evidence is looked at in which order.
 *
 * Tables, quotes and numbers first; then sentences that name a question or speak of all of them;
 * prose where nothing else was found. What turns out to be no answer is forgotten again. Another
 * mail below counts where the letter has none. */
#include "finder_parts.h"

#include <stdlib.h>
#include <strings.h>

#include "headings.h"

#define QUOTED_TRUST 0.9F /* of what stands in another's mail below */
#define MAY_WORDS 40      /* before a refusal that may say that it is none yet */
#define FEW 4       /* a letter that places less than one in so many answers the rest in prose */
#define SURE 0.5F   /* a sentence that is more than a guess */
#define CHANCE 0.3F /* few of them in a letter that answers nothing else */

/* ---- what is found so far ---- */

static size_t count_found(const struct finder *f, float at_least)
{
    size_t count = 0;
    for (size_t i = 0; i < f->questions->count; i++)
        count += finder_has(f, i) && f->found[i].score >= at_least;
    return count;
}

static void forget(struct finder *f)
{
    for (size_t i = 0; i < f->questions->count; i++) {
        f->found[i] = (struct finding){.question = QUESTIONS_NONE};
        f->lists[i] = 0;
    }
}

/* ---- no answers after all ---- */

static bool says(const struct finder *f, enum formula kind)
{
    return formulas_in(&f->paper, 0, f->paper.words.count, kind, NULL);
}

/* A sentence that refuses the request as a whole answers no question of it. */
static void forget_wholesale(struct finder *f)
{
    for (size_t q = 0; q < f->questions->count; q++) {
        struct finding *it = &f->found[q];
        if (!finder_has(f, q) || !it->reason.at)
            continue;
        size_t first = tokens_from(&f->paper.words, f->starts[q]), last = first;
        while (last < f->paper.words.count &&
               f->paper.words.at[last].start < f->starts[q] + it->text.len)
            last++;
        if (formulas_in(&f->paper, first, last, FORMULA_WHOLE, NULL))
            it->question = QUESTIONS_NONE;
    }
}

/* Whether what finding Q says is what happens to the request: "We will reply within 20 working
 * days". ASKS: the letter wants something clarified. */
static bool is_procedure(const struct finder *f, size_t q, bool asks)
{
    const struct tokens *words = &f->paper.words;
    size_t first = tokens_from(words, f->starts[q]), last = first;
    while (last < words->count && words->at[last].start < f->starts[q] + f->found[q].text.len)
        last++;
    bool about = formulas_in(&f->paper, first, last, FORMULA_HOLDING, NULL) ||
                 formulas_in(&f->paper, first, last, FORMULA_CLARIFY, NULL);
    for (size_t i = first; i < last && !about; i++)
        about = formulas_match(&f->paper, i, last, "your|this request|enquiry|query");
    if (asks) /* "please say: 1. whether ..." */
        about |= formulas_match(&f->paper, first, last, "if|whether|what|which|when|who|how *") > 0;
    return about;
}

/* Nothing that a number names is an answer. */
static void forget_numbers(struct finder *f)
{
    forget(f);
    for (size_t i = 0; i < f->events.count; i++)
        if (f->events.at[i].kind == EVENT_QUESTION)
            f->events.at[i].kind = EVENT_DROPPED;
}

/* Numbered sections with headings of their own are those of another text, a policy or a decision
 * notice, where nothing but its numbers names a question. */
static bool forget_sections(struct finder *f)
{
    for (size_t q = 0; q < f->questions->count; q++)
        if (finder_has(f, q) && f->found[q].how != FINDING_NUMBER)
            return false;
    if (!behind_is_sections(f))
        return false;
    forget_numbers(f);
    return true;
}

/* Whether what stands before byte AT says that something may be refused: "the following exemption
 * may apply". */
static bool may_refuse(const struct finder *f, size_t at)
{
    const struct paper *l = &f->paper;
    size_t last = tokens_from(&l->words, at), i = last > MAY_WORDS ? last - MAY_WORDS : 0;
    for (; i < last; i++)
        if (formulas_match(l, i, last, "may|might|could apply|be|also?") ||
            formulas_match(l, i, last, "considering|consider|assess|assessing whether"))
            return true;
    return false;
}

/* A letter that asks for more time names what may be refused in the end: no refusal yet. */
static void forget_possible(struct finder *f)
{
    bool any = false;
    for (size_t q = 0; q < f->questions->count; q++)
        if (finder_has(f, q)) {
            any = true;
            if (!f->found[q].reason.at || !may_refuse(f, f->starts[q]))
                return;
        }
    if (any && says(f, FORMULA_HOLDING))
        forget(f);
}

/* Whether somebody is addressed: a letter, and not what is sent along. */
static bool is_addressed(const struct finder *f)
{
    for (size_t i = 0; i < f->paper.words.count; i++)
        if (formulas_match(&f->paper, i, f->paper.words.count, "dear|hello|hi|annwyl") &&
            formulas_begins(&f->paper, i))
            return true;
    return false;
}

/* An acknowledgement or a refusal may have numbered points: no answers, where no question is
 * repeated and most of them tell what happens to the request, or where the whole of it is refused
 * and most questions have none. */
static void forget_procedure(struct finder *f)
{
    size_t found = 0, about = 0;
    bool asks = false;
    for (size_t q = 0; q < f->questions->count; q++) {
        if (!finder_has(f, q))
            continue;
        if (f->found[q].how != FINDING_NUMBER)
            return;
        if (found++ == 0)
            asks = says(f, FORMULA_CLARIFY);
        about += is_procedure(f, q, asks);
    }
    bool refused = 2 * found <= f->questions->count && found > 1 && notices_whole(f);
    if ((2 * about < found || about < 2) && !refused)
        return;
    forget_numbers(f);
}

/* ---- the letter ---- */

/* Takes the guesses KEPT, by question, again; where they answer few of the questions they are
 * chance, and left to people. */
static void restore(struct finder *f, const struct finding *kept)
{
    size_t count = 0;
    for (size_t q = 0; q < f->questions->count; q++)
        count += kept[q].question != QUESTIONS_NONE;
    if (3 * count >= f->questions->count) {
        memcpy(f->found, kept, f->questions->count * sizeof *kept);
        return;
    }
    for (size_t q = 0; q < f->questions->count; q++)
        if (kept[q].question != QUESTIONS_NONE)
            finder_leave(f, (uint32_t)q, CHANCE, f->starts[q], kept[q].text);
}

/* Prose: sentences that answer. Few of them in a letter that refuses, asks back or only
 * acknowledges are chance. */
static void read_prose(struct finder *f)
{
    bool holding = says(f, FORMULA_HOLDING), asks = says(f, FORMULA_CLARIFY);
    echoes_sentences(f);
    forget_wholesale(f);
    size_t sure = count_found(f, SURE);
    bool doubtful = holding || asks || notices_whole(f);
    if (sure >= 2 + (size_t)doubtful && (doubtful ? 2 : 3) * sure >= f->questions->count)
        return;
    struct finding *kept = arena_array(&f->arena, f->questions->count, sizeof *kept);
    memcpy(kept, f->found, f->questions->count * sizeof *kept);
    forget(f);
    notices_read(f);
    if (count_found(f, 0) > 0)
        return;
    if (asks || holding) {
        f->kind = asks ? LETTER_CLARIFICATION : LETTER_HOLDING;
        return;
    }
    echoes_order(f);
    if (count_found(f, 0) == 0)
        notices_hinted(f);
    if (count_found(f, 0) == 0)
        restore(f, kept);
}

/* Whether the letter is under Scotland's Act, whose sections have numbers of their own. */
static bool is_scottish(const struct paper *l)
{
    for (size_t i = 0; i < l->words.count; i++)
        if (formulas_match(l, i, l->words.count, "foisa") ||
            formulas_match(l, i, l->words.count, "information scotland act"))
            return true;
    return false;
}

/* Tables, quotes and numbers of TEXT. False if it is empty. */
static bool search(struct finder *f, struct span text)
{
    paper_read(&f->paper, f->questions, text);
    if (f->paper.count == 0)
        return false;
    f->verdict.reader.in_scotland = is_scottish(&f->paper);
    f->claimed = array_grow(f->claimed, &f->claimed_cap, f->paper.count, 1);
    memset(f->claimed, 0, f->paper.count);
    quotes_find(&f->quotes, f->questions, &f->paper);
    across_read(f);
    matrix_read(f);
    grid_read(f);
    listed_read(f);
    headings_find(&f->quotes, f->questions, &f->paper, f->claimed);
    events_find(&f->events, f->questions, &f->paper, &f->quotes, f->claimed);
    behind_read(f);
    return true;
}

/* Whether the letter corrects another one, and answers nothing itself. */
static bool corrects(const struct finder *f)
{
    for (size_t q = 0; q < f->questions->count; q++)
        if (finder_has(f, q) && f->found[q].corrects)
            return true;
    return false;
}

static void read_letter(struct finder *f, struct span text)
{
    if (!search(f, text))
        return;
    forget_procedure(f);
    forget_possible(f);
    if (forget_sections(f) && !is_addressed(f)) {
        notices_read(f);
        return;
    }
    size_t placed = count_found(f, 0);
    namings_read(f);
    if (count_found(f, 0) == 0) {
        read_prose(f);
        return;
    }
    if (FEW * placed < f->questions->count &&
        !corrects(f)) /* sentences that name questions stand among others that answer */
        echoes_sentences(f);
    notices_read(f);
}

/* ---- another mail below ---- */

/* What quotes another mail: answers between its questions, where the letter has none. */
static void read_quoted(struct finder *f, struct span quoted)
{
    f->trust = QUOTED_TRUST;
    if (!search(f, quoted))
        return;
    if (count_found(f, 0) < 2 && f->questions->count > 2)
        forget(f); /* what follows the last question of a request is no answer */
}

/* Where another mail begins in TEXT: the block "From: ... Sent: ... To: ... Subject: ..." that mail
 * programs put above it. The text's length if there is none. */
static size_t mail_below(struct span text)
{
    static const char *const names[] = {"from:", "sent:", "to:", "date:", "subject:", "cc:"};
    size_t seen = 0, start = 0, line = 0;
    for (size_t at = 0; at < text.len; at = line) {
        const char *end = memchr(text.at + at, '\n', text.len - at);
        line = end ? (size_t)(end - text.at) + 1 : text.len;
        size_t first = at;
        while (first < line && strchr(" \t*>", text.at[first]))
            first++;
        bool named = false;
        for (size_t i = 0; i < sizeof names / sizeof *names; i++)
            named |= line - first > strlen(names[i]) &&
                     strncasecmp(text.at + first, names[i], strlen(names[i])) == 0;
        bool from = line - first > 5 && strncasecmp(text.at + first, "from:", 5) == 0;
        if (from && seen == 0)
            start = at;
        seen = named && (from || seen) ? seen + 1 : 0;
        if (seen == 3)
            return start;
    }
    return text.len;
}

static void gather(struct finder *f)
{
    f->given_count = 0;
    for (size_t i = 0; i < f->questions->count; i++)
        if (finder_has(f, i))
            f->given[f->given_count++] = f->found[i];
}

void finder_read(struct finder *f, struct span text, struct span quoted)
{
    arena_clear(&f->arena);
    f->unplaced_count = f->given_count = 0;
    f->kind = LETTER_REPLY;
    f->trust = 1;
    forget(f);
    size_t below = mail_below(text);
    read_letter(f, (struct span){text.at, below});
    if (count_found(f, 0) == 0 && below < text.len)
        read_quoted(f, (struct span){text.at + below, text.len - below});
    if (count_found(f, 0) == 0 && quoted.len)
        read_quoted(f, quoted);
    gather(f);
}

/* ---- opening, closing, asking ---- */

struct finder *finder_open(struct questions *q)
{
    size_t cap = 0;
    struct finder *f = array_grow(NULL, &cap, 1, sizeof *f);
    *f = (struct finder){.questions = q};
    cap = 0;
    f->found = array_grow(NULL, &cap, q->count + 1, sizeof *f->found);
    cap = 0;
    f->given = array_grow(NULL, &cap, q->count + 1, sizeof *f->given);
    cap = 0;
    f->lists = array_grow(NULL, &cap, q->count + 1, sizeof *f->lists);
    cap = 0;
    f->starts = array_grow(NULL, &cap, q->count + 1, sizeof *f->starts);
    return f;
}

void finder_close(struct finder *f)
{
    paper_free(&f->paper);
    quotes_free(&f->quotes);
    events_free(&f->events);
    verdict_free(&f->verdict);
    free(f->claimed);
    free(f->found);
    free(f->given);
    free(f->unplaced);
    free(f->lists);
    free(f->starts);
    arena_free(&f->arena);
    buf_free(&f->text);
    buf_free(&f->ticks);
    buf_free(&f->flat);
    free(f);
}

enum letter_kind finder_kind(const struct finder *f)
{
    return f->kind;
}

const struct finding *finder_findings(const struct finder *f, size_t *count)
{
    *count = f->given_count;
    return f->given;
}

const struct finding *finder_unplaced(const struct finder *f, size_t *count)
{
    *count = f->unplaced_count;
    return f->unplaced;
}

const char *finding_how_name(enum finding_how how)
{
    static const char *const names[] = {[FINDING_ORDER] = "order",
                                        [FINDING_NUMBER] = "numbered",
                                        [FINDING_QUOTED] = "quoted",
                                        [FINDING_TABLE] = "table",
                                        [FINDING_LETTER] = "letter"};
    return names[how];
}
