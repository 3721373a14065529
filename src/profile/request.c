/* request -- the questions that a request asks, as a start of a questionnaire. */
#include "profile/request.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "stream/emit.h"
#include "text/label.h"

#define MOST_BYTES 4000  /* of a question; what is longer is a text behind it */
#define MOST_APART 60    /* a number above is a year or a street */
#define MOST_WRAPPED 100 /* columns: a text with longer lines is not cut where they are full */

struct posed {
    struct label label; /* no parts: it has no number */
    struct span text;
};

struct asking {
    struct span text;
    size_t at;    /* the line that comes next */
    size_t width; /* of the longest line */
    struct posed *found;
    size_t count, cap;
    struct arena arena;
    struct buf scratch;
};

struct line {
    struct span text; /* without the spaces and the bullet around it */
    size_t width;
    bool bulleted;
};

static bool next_line(struct asking *a, struct line *l)
{
    static const struct span bullets[] = {SPAN_ROW("- "),      SPAN_ROW("* "),     SPAN_ROW("> "),
                                          SPAN_ROW("\u2022"),  SPAN_ROW("\u00b7"), SPAN_ROW("o\t"),
                                          SPAN_ROW("\u2013 "), SPAN_ROW("\u25aa")};
    if (a->at >= a->text.len)
        return false;
    struct span rest = span_part(a->text, a->at, a->text.len - a->at);
    const char *stop = memchr(rest.at, '\n', rest.len);
    size_t len = stop ? (size_t)(stop - rest.at) : rest.len;
    a->at += stop ? len + 1 : len;
    *l = (struct line){.text = span_trimmed(span_part(rest, 0, len)), .width = len};
    for (size_t i = 0; i < sizeof bullets / sizeof *bullets; i++)
        if (span_starts(l->text, bullets[i])) {
            size_t behind = bullets[i].len;
            l->text = span_trimmed(span_part(l->text, behind, l->text.len - behind));
            l->bulleted = true;
        }
    return true;
}

static size_t words_in(struct span text)
{
    size_t words = 0;
    for (size_t i = 0; i < text.len; i++)
        words += isalpha((unsigned char)text.at[i]) && (i == 0 || text.at[i - 1] == ' ');
    return words;
}

static bool ends_in(struct span text, const char *marks)
{
    return text.len > 0 && strchr(marks, text.at[text.len - 1]) != NULL;
}

/* ---- numbers ---- */

/* Whether PART comes next behind BEFORE; first, where that is NULL. One figure may be left out. */
static bool follows(const char *part, const char *before)
{
    bool is_digit = isdigit((unsigned char)*part);
    if (before && is_digit != (isdigit((unsigned char)*before) != 0))
        return false;
    for (int reading = LABEL_AS_LETTER; reading <= LABEL_AS_ROMAN; reading++) {
        size_t last = before ? label_ordinal(before, (enum label_reading)reading) : 0;
        size_t here = label_ordinal(part, (enum label_reading)reading);
        if (here == last + 1 || (is_digit && before && here == last + 2))
            return true;
    }
    return false;
}

/* Whether a label of one part counts on from LAST, beside it, above it or below it: made whole. */
static bool counts_on_by_one(const struct label *last, struct label *l)
{
    for (size_t depth = last->count; depth > 0; depth--)
        if (follows(l->part[0], last->part[depth - 1]))
            return label_join(l, last, depth - 1, l);
    return follows(l->part[0], NULL) &&
           (last->count == 0 ||
            (!isdigit((unsigned char)l->part[0][0]) && label_join(l, last, last->count, l)));
}

/* Whether L counts on from LAST, as the next or as a part of it; it is made whole. */
static bool counts_on(const struct label *last, struct label *l)
{
    if (l->count == 1)
        return counts_on_by_one(last, l);
    for (size_t same = 0; same < l->count && same <= last->count && label_same(l, last, same);
         same++) {
        bool fits = follows(l->part[same], same < last->count ? last->part[same] : NULL);
        for (size_t i = same + 1; i < l->count; i++)
            fits = fits && follows(l->part[i], NULL);
        if (fits)
            return true;
    }
    return false;
}

/* "3a" of 3 and a, "2.1" of 2 and 1. */
static void add_number(struct buf *b, const struct label *l)
{
    for (size_t i = 0; i < l->count; i++) {
        bool digits =
            i && isdigit((unsigned char)l->part[i][0]) && isdigit((unsigned char)l->part[i - 1][0]);
        buf_addf(b, "%s%.*s", digits ? "." : "", LABEL_PART, l->part[i]);
    }
}

/* ---- numbered questions ---- */

static struct posed *add(struct asking *a, const struct label *label, struct span text)
{
    a->found = array_grow(a->found, &a->cap, a->count + 1, sizeof *a->found);
    a->found[a->count] = (struct posed){.label = *label, .text = text};
    return &a->found[a->count++];
}

static void go_on(struct asking *a, struct posed *it, struct span line)
{
    buf_clear(&a->scratch);
    buf_add(&a->scratch, it->text);
    buf_add(&a->scratch, it->text.len ? SPAN(" ") : SPAN(""));
    buf_add(&a->scratch, line);
    it->text = arena_copy(&a->arena, buf_span(&a->scratch));
}

/* The number in front of LINE if it may be a question's, and what is behind it: for the FIRST two
 * words or more, then one ("2. Why?"), and behind a letter a year or nothing will do. */
static bool read_number(struct span line, bool first, struct label *l, struct span *behind)
{
    size_t end;
    if (!label_read(line, 0, l, &end) || l->word == LABEL_SECTION || l->word == LABEL_ANSWER)
        return false;
    if (l->word == LABEL_BARE && !l->terminal && l->count == 1)
        return false;
    *behind = span_part(line, end, line.len - end);
    size_t least = first ? 2 : isdigit((unsigned char)l->part[0][0]) ? 1 : 0;
    return label_ordinal(l->part[0], LABEL_AS_LETTER) <= MOST_APART &&
           (behind->len == 0 || words_in(*behind) >= least);
}

/* Whether a line of BEFORE columns was cut because the first word of L did not fit. */
static bool was_full(const struct asking *a, size_t before, const struct line *l)
{
    const char *stop = memchr(l->text.at, ' ', l->text.len);
    size_t word = stop ? (size_t)(stop - l->text.at) : l->text.len;
    return a->width <= MOST_WRAPPED && before + 1 + word > a->width;
}

/* Whether L is more of the question IT, whose last line had BEFORE columns: not the next paragraph
 * of a document that has no blank lines. */
static bool is_more(const struct asking *a, const struct posed *it, const struct line *l,
                    size_t before)
{
    if (it->text.len > MOST_BYTES)
        return false;
    return it->text.len == 0 || l->bulleted || !ends_in(it->text, ".?!") ||
           islower((unsigned char)l->text.at[0]) || was_full(a, before, l);
}

static void find_numbered(struct asking *a)
{
    const struct label none = {0};
    struct posed *open = NULL; /* what the next line may go on with */
    size_t before = 0;
    struct label label;
    struct span behind;
    struct line l;
    while (a->count < REQUEST_MOST && next_line(a, &l)) {
        const struct label *last = a->count ? &a->found[a->count - 1].label : &none;
        if (l.text.len == 0)
            open = open && ends_in(open->text, ":") ? open : NULL;
        else if (read_number(l.text, a->count == 0, &label, &behind) && counts_on(last, &label))
            open = add(a, &label, behind);
        else if (open && is_more(a, open, &l, before))
            go_on(a, open, l.text);
        else
            open = NULL;
        before = l.width;
    }
}

/* ---- questions without numbers ---- */

/* The sentences of a paragraph that end in a question mark. */
static void take_sentences(struct asking *a, struct span text)
{
    const struct label none = {0};
    size_t from = 0;
    for (size_t i = 0; i < text.len && a->count < REQUEST_MOST; i++) {
        bool ends = strchr(".!?:", text.at[i]) && (i + 1 == text.len || text.at[i + 1] == ' ');
        struct span sentence = span_trimmed(span_part(text, from, i + 1 - from));
        if (!ends)
            continue;
        if (text.at[i] == '?' && words_in(sentence) > 1)
            add(a, &none, sentence);
        from = i + 1;
    }
}

static void find_asking(struct asking *a)
{
    struct buf paragraph = {0};
    struct line l;
    a->at = 0;
    for (bool more = true; more;) {
        more = next_line(a, &l);
        if (!more || l.text.len == 0 || l.bulleted) {
            take_sentences(a, arena_copy(&a->arena, buf_span(&paragraph)));
            buf_clear(&paragraph);
        }
        if (more && l.text.len) {
            buf_add(&paragraph, l.text);
            buf_addc(&paragraph, ' ');
        }
    }
    buf_free(&paragraph);
}

/* ---- the draft ---- */

/* Whether the question I is part of the question OF. */
static bool is_part(const struct asking *a, size_t i, size_t of)
{
    const struct label *part = &a->found[i].label, *whole = &a->found[of].label;
    return whole->count > 0 && part->count > whole->count && label_same(part, whole, whole->count);
}

/* Words that only begin what parts go on with: "For each system:". */
static bool only_leads(const struct asking *a, size_t i)
{
    return i + 1 < a->count && is_part(a, i + 1, i) && !ends_in(a->found[i].text, "?");
}

/* A part has what leads to it as a further wording; one without words of its own ("a) 2022") is
 * headed by both and is known by itself, too. */
static void emit_question(struct asking *a, struct buf *b, size_t i, const struct posed *lead)
{
    const struct posed *it = &a->found[i];
    struct span title = it->text, further = SPAN("");
    if (lead && lead->text.len) {
        buf_clear(&a->scratch);
        buf_add(&a->scratch, lead->text);
        buf_addc(&a->scratch, ' ');
        buf_add(&a->scratch, it->text);
        further = arena_copy(&a->arena, buf_span(&a->scratch));
    }
    if (further.len && words_in(it->text) == 0) {
        title = further;
        further = it->text;
    }
    buf_clear(&a->scratch);
    add_number(&a->scratch, &it->label);
    buf_add(&a->scratch, it->label.count ? SPAN(". ") : SPAN(""));
    buf_add(&a->scratch, title);
    buf_addc(b, '{');
    emit_string_field(b, SPAN("name"), buf_span(&a->scratch));
    emit_string_field(b, SPAN("title"), buf_span(&a->scratch));
    if (further.len) {
        emit_name(b, SPAN("questions"));
        buf_addc(b, '[');
        emit_string(b, further);
        buf_addc(b, ']');
    }
    buf_addc(b, '}');
}

size_t request_draft(struct buf *b, struct span text)
{
    struct asking a = {.text = text};
    for (struct line l; next_line(&a, &l);)
        a.width = l.width > a.width ? l.width : a.width;
    a.at = 0;
    const struct posed *lead = NULL;
    size_t drafted = 0;
    find_numbered(&a);
    if (a.count == 0)
        find_asking(&a);
    for (size_t i = 0; i < a.count; i++) {
        if (lead && !is_part(&a, i, (size_t)(lead - a.found)))
            lead = NULL;
        if (only_leads(&a, i))
            lead = &a.found[i];
        else if (a.found[i].text.len) {
            buf_add(b, drafted++ ? SPAN(",\n  ") : SPAN("\n  "));
            emit_question(&a, b, i, lead);
        }
    }
    free(a.found);
    arena_free(&a.arena);
    buf_free(&a.scratch);
    return drafted;
}
