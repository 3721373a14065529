/* prose -- text into whole words, folded for comparison, each with its place. */
#include "text/prose.h"

#include <stdlib.h>

#include <utf8proc.h>

#include "base/arena.h"
#include "base/bytes.h"
#include "base/utf8.h"
#include "prose_address.h"
#include "prose_words.h"
#include "text/clean.h"

enum kind {
    KIND_MARK = 'm',
    KIND_SPACE = 's',
    KIND_LINE = 'n', /* a line break */
    KIND_LETTER = 'l',
    KIND_HYPHEN = 'h',
    KIND_APOSTROPHE = 'a',
    KIND_NOTHING = '0' /* takes no room: soft hyphen, joiners, byte order mark */
};

#define MAX_INITIALS 2 /* letters on either side of '&' in one word */

/* The kinds of ASCII, 32 characters a row. */
static const char KINDS[] = "ssssssssssnnnnssssssssssssssssss"
                            "smmmmmmammmmmhmmllllllllllmmmmmm"
                            "mllllllllllllllllllllllllllmmmml"
                            "allllllllllllllllllllllllllmmmms";

static enum kind kind_high(uint32_t c)
{
    switch (c) {
    case 0x85:
    case 0x2028:
    case 0x2029:
        return KIND_LINE;
    case 0x200B: /* a zero-width space parts words as a space does */
        return KIND_SPACE;
    case 0xAD:
    case 0x200C:
    case 0x200D:
    case 0x2060:
    case 0xFEFF:
        return KIND_NOTHING;
    case 0x2010:
    case 0x2011:
        return KIND_HYPHEN;
    case 0xBA: /* a letter to Unicode, typed for a degree sign */
        return KIND_MARK;
    case 0xB4:
    case 0x2BC:
    case 0x2018:
    case 0x2019:
        return KIND_APOSTROPHE;
    default:
        break;
    }
    utf8proc_category_t category = utf8proc_category((int32_t)c);
    if (category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_NO)
        return KIND_LETTER; /* letters, marks and numbers stand together in utf8proc's order */
    return category == UTF8PROC_CATEGORY_ZS || category == UTF8PROC_CATEGORY_CC ? KIND_SPACE
                                                                                : KIND_MARK;
}

/* What stands at AT, and where the next character starts. */
static enum kind look(const char *at, const char *end, const char **next)
{
    if (at >= end) {
        *next = end;
        return KIND_SPACE;
    }
    if ((unsigned char)*at < 0x80) {
        *next = at + 1;
        return (enum kind)KINDS[(unsigned char)*at];
    }
    *next = at;
    uint32_t c = utf8_next(next);
    return kind_high(c);
}

static bool is_letter(const char *at, const char *end)
{
    const char *next;
    return look(at, end, &next) == KIND_LETTER;
}

static inline bool is_plain_letter(char c)
{
    return (unsigned char)c < 0x80 && KINDS[(unsigned char)c] == KIND_LETTER;
}

/* How many letters stand at AT. */
static size_t letters(const char *at, const char *end)
{
    size_t count = 0;
    const char *next;
    for (; look(at, end, &next) == KIND_LETTER; at = next)
        count++;
    return count;
}

/* Is what follows the apostrophe that ends at AT a possessive s? */
static bool is_possessive(const char *at, const char *end)
{
    return at < end && (*at | 0x20) == 's' && !is_letter(at + 1, end);
}

/* The end of a run of '#' or '+', at which a word ends, or AT if the sign is no
 * part of the word. */
static const char *sign_end(const char *at, const char *end)
{
    const char *after = at;
    while (after < end && *after == *at)
        after++;
    if (*at == '+' && after == at + 1 && is_letter(after, end))
        return at;
    return after;
}

/* What a word holds beside letters of which only the case of ASCII has to be folded. */
enum seen { SEEN_HIGH = 1, SEEN_STOP = 2, SEEN_AT = 4 };

/* The end of the word that starts at AT, and in SEEN what it holds. */
static const char *word_end(const char *at, const char *end, unsigned *seen)
{
    const char *start = at, *next;
    if (*at == '.')
        at++;
    for (;; at = next) {
        at += bytes_word_length(at, (size_t)(end - at));
        if (at < end && *at == ' ')
            return at;
        enum kind kind = look(at, end, &next);
        if (next - at > 1 || kind == KIND_APOSTROPHE)
            *seen |= SEEN_HIGH;
        if (kind == KIND_LETTER || kind == KIND_NOTHING)
            continue;
        if (kind == KIND_APOSTROPHE && is_letter(next, end) && !is_possessive(next, end))
            continue;
        if (kind != KIND_MARK || at == start)
            return at;
        if ((*at == '.' || *at == '@') && is_letter(next, end)) {
            *seen |= *at == '@' ? SEEN_AT : SEEN_STOP;
            continue;
        }
        if (*at == '#' || *at == '+') {
            next = sign_end(at, end);
            if (next == at || !is_letter(next, end) || (*next >= '0' && *next <= '9'))
                return next;
            continue;
        }
        if (*at == '&' && at - start <= MAX_INITIALS &&
            letters(start, at) == (size_t)(at - start) && letters(next, end) - 1 < MAX_INITIALS)
            continue;
        return at;
    }
}

/* ---- putting words down ---- */

struct prose_word *prose_add_word(struct prose *p, size_t start, size_t end, unsigned flags)
{
    if (p->count == p->cap)
        p->at = array_grow(p->at, &p->cap, p->count + 1, sizeof *p->at);
    uint32_t ordinal = prose_next_ordinal(p);
    buf_addc(&p->text, ' ');
    struct prose_word *word = &p->at[p->count++];
    *word = (struct prose_word){(uint32_t)start, (uint32_t)end, (uint32_t)p->text.len, ordinal,
                                (uint8_t)flags};
    return word;
}

static void fold_plain(struct buf *b, struct span text)
{
    buf_reserve(b, text.len);
    char *to = b->at + b->len;
    bytes_lower(to, text.at, text.len);
    b->len += text.len;
}

/* Apostrophes made plain and what takes no room left out, then case folded. */
static void fold_high(struct prose *p, struct span text)
{
    buf_clear(&p->scratch);
    const char *at = text.at, *end = at + text.len, *next;
    for (; at < end; at = next) {
        enum kind kind = look(at, end, &next);
        if (kind == KIND_APOSTROPHE)
            buf_addc(&p->scratch, '\'');
        else if (kind != KIND_NOTHING)
            buf_add(&p->scratch, span_from(at, next));
    }
    clean_fold(&p->text, buf_span(&p->scratch));
}

bool prose_is_plain(struct span text)
{
    return utf8_ascii(text) && !memchr(text.at, '`', text.len);
}

void prose_fold(struct prose *p, struct span text, bool plain)
{
    if (plain)
        fold_plain(&p->text, text);
    else
        fold_high(p, text);
}

/* A mark by itself; all dashes are one. */
static const char *take_mark(struct prose *p, struct span text, const char *at, unsigned flags)
{
    const char *end = span_end(text), *next;
    enum kind kind = look(at, end, &next);
    size_t len = (size_t)(next - at);
    while ((size_t)(end - next) >= len && memcmp(next, at, len) == 0)
        next += len;
    const char *behind_unit = prose_unit_end(text, at, next);
    if (behind_unit) {
        prose_add_word(p, (size_t)(at - text.at), (size_t)(behind_unit - text.at),
                       flags | PROSE_MARK);
        buf_add(&p->text, SPAN("\xc2\xae"));
        return behind_unit;
    }
    prose_add_word(p, (size_t)(at - text.at), (size_t)(next - text.at), flags | PROSE_MARK);
    const char *behind = at;
    uint32_t c = utf8_next(&behind);
    if (kind == KIND_HYPHEN || (c >= 0x2012 && c <= 0x2015) || c == 0x2212)
        buf_addc(&p->text, '-');
    else if (kind == KIND_APOSTROPHE)
        buf_addc(&p->text, '\'');
    else
        buf_add(&p->text, span_from(at, behind));
    return next;
}

/* An address takes in the words that hyphens join it to: "java-dev@x.example". They
 * were put down already and are taken back. */
static const char *start_of_address(struct prose *p, struct span text, const char *at,
                                    unsigned *flags)
{
    while (*flags & PROSE_HYPHEN && p->count > 0 && !(p->at[p->count - 1].flags & PROSE_MARK)) {
        const struct prose_word *word = &p->at[--p->count];
        *flags = word->flags;
        p->text.len = word->folded - 1;
        at = text.at + word->start;
    }
    return at;
}

static const char *take_word(struct prose *p, struct span text, const char *at, unsigned flags)
{
    unsigned seen = 0;
    bool may_be_host = (*at | 0x20) == 'w' || (at > text.at && at[-1] == '/');
    const char *end = may_be_host ? prose_address_end(text, at, span_end(text)) : NULL;
    bool address = end != NULL;
    if (!address) {
        end = word_end(at, span_end(text), &seen);
        address = seen & (SEEN_STOP | SEEN_AT) && prose_is_address(span_from(at, end));
    }
    if (address) {
        at = start_of_address(p, text, at, &flags);
        seen = SEEN_HIGH;
        flags |= PROSE_ADDRESS;
    }
    bool broken = end < span_end(text) && *end == '-';
    if (seen & SEEN_STOP || broken || prose_ends_version(span_from(at, end)))
        p->again = flags |= PROSE_AGAIN;
    prose_add_word(p, (size_t)(at - text.at), (size_t)(end - text.at), flags);
    prose_fold(p, span_from(at, end),
               !(seen & SEEN_HIGH) || (address && prose_is_plain(span_from(at, end))));
    return end;
}

/* The possessive behind a word, with its apostrophe. */
static const char *take_possessive(struct prose *p, struct span text, const char *at,
                                   const char *letter)
{
    prose_add_word(p, (size_t)(at - text.at), (size_t)(letter + 1 - text.at), 0);
    buf_add(&p->text, SPAN("'s"));
    return letter + 1;
}

/* ---- the text ---- */

/* Passes white space from AT on; FLAGS gets the line breaks in it. */
static const char *skip_space(const char *at, const char *end, unsigned *flags)
{
    const char *next;
    size_t lines = 0;
    if (*at == ' ')
        at++;
    for (; at < end; at = next) {
        enum kind kind = look(at, end, &next);
        if (kind == KIND_LINE)
            lines += !(*at == '\n' && *flags & PROSE_LINE && at[-1] == '\r');
        else if (kind != KIND_SPACE && kind != KIND_NOTHING)
            break;
        if (lines > 0)
            *flags |= lines > 1 ? PROSE_LINE | PROSE_PARAGRAPH : PROSE_LINE;
    }
    return at;
}

/* Whether the character at AT, directly behind a word, can start another one: FOLLOWS is
 * what a word starts with. */
static bool starts_word(enum kind kind, const char *at, const char *next, const char *end)
{
    return kind == KIND_LETTER || (kind == KIND_MARK && *at == '.' && is_letter(next, end));
}

/* The port, path and query behind a host, as one mark. */
static const char *take_path(struct prose *p, struct span text, const char *at)
{
    const struct prose_word *word = &p->at[p->count - 1];
    struct span host = {text.at + word->start, word->end - word->start};
    const char *end = prose_path_end(text, host);
    if (end == at)
        return at;
    prose_add_word(p, (size_t)(at - text.at), (size_t)(end - text.at), PROSE_MARK);
    buf_addc(&p->text, '/');
    return end;
}

static void split_main(struct prose *p, struct span text)
{
    const char *at = text.at, *end = at + text.len;
    bool behind_word = false; /* no space in between */
    unsigned flags = 0;
    if (at < end && is_plain_letter(*at))
        at = prose_plain(p, text, at);
    while (at < end) {
        const char *next;
        if (*at == ' ' && end - at > 1 && is_plain_letter(at[1])) {
            at = prose_plain(p, text, at + 1);
            behind_word = false;
            continue;
        }
        enum kind kind = look(at, end, &next);
        if (kind == KIND_SPACE || kind == KIND_LINE || kind == KIND_NOTHING) {
            at = skip_space(at, end, &flags);
            behind_word = false;
            continue;
        }
        if (kind == KIND_HYPHEN && behind_word && is_letter(next, end)) {
            at = next;
            flags |= PROSE_HYPHEN;
            continue;
        }
        if (kind == KIND_APOSTROPHE && behind_word && is_possessive(next, end)) {
            at = take_possessive(p, text, at, next);
        } else if (starts_word(kind, at, next, end)) {
            at = take_word(p, text, at, flags);
            if (at < end && (*at == '/' || *at == ':' || *at == '?'))
                at = take_path(p, text, at);
            behind_word = true;
        } else {
            at = take_mark(p, text, at, flags);
            behind_word = false;
        }
        flags = 0;
    }
}

void prose_split(struct prose *p, struct span text)
{
    buf_clear(&p->text);
    p->count = 0;
    p->again = false;
    buf_reserve(&p->text, text.len + text.len / 4 + 8);
    split_main(p, text);
    buf_addc(&p->text, ' ');
    p->main = p->count;
    if (p->again)
        prose_again(p, text);
    prose_add_word(p, text.len, text.len,
                   PROSE_MARK); /* stands behind all, so that at[count] is one */
    p->count--;
    p->text.len--;
}

size_t prose_at(const struct prose *p, size_t place)
{
    size_t low = 0, high = p->count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (p->at[middle].folded <= place)
            low = middle;
        else
            high = middle;
    }
    return low;
}

size_t prose_from(const struct prose *p, size_t offset)
{
    size_t low = 0, high = p->main;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (p->at[middle].end <= offset)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

void prose_free(struct prose *p)
{
    free(p->at);
    buf_free(&p->text);
    buf_free(&p->scratch);
    *p = (struct prose){0};
}
