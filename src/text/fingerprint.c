/* fingerprint -- OpenRefine's keys for clustering. */
#include "text/fingerprint.h"

#include <stdint.h>
#include <stdlib.h>

#include <utf8proc.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "normal_form.h"
#include "text/clean.h"

/* ---- the steps that words and n-grams share ---- */

/* Letters that NFKD leaves as they are. */
static struct span spelt_out(uint32_t c)
{
    switch (c) {
    case 0xDF:
        return SPAN("ss");
    case 0xE6:
        return SPAN("ae");
    case 0xF8:
    case 0x153:
        return SPAN("oe");
    case 0xA9:
        return SPAN("c");
    case 0xF0:
    case 0x111:
    case 0x256:
        return SPAN("d");
    case 0xFE:
        return SPAN("th");
    case 0x1BF:
        return SPAN("w");
    case 0x127:
        return SPAN("h");
    case 0x131:
        return SPAN("i");
    case 0x138:
        return SPAN("k");
    case 0x142:
        return SPAN("l");
    case 0x14B:
        return SPAN("n");
    case 0x17F:
    case 0x1E9C:
    case 0x1E9D:
        return SPAN("s");
    case 0x167:
        return SPAN("t");
    default:
        return (struct span){0};
    }
}

/* Accents, their spacing forms, punctuation and control characters. */
static bool is_dropped(uint32_t c)
{
    if (c >= 0x300 && c <= 0x36F)
        return true;
    switch (utf8proc_category((int32_t)c)) {
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_SK:
    case UTF8PROC_CATEGORY_PC:
    case UTF8PROC_CATEGORY_PD:
    case UTF8PROC_CATEGORY_PS:
    case UTF8PROC_CATEGORY_PE:
    case UTF8PROC_CATEGORY_PI:
    case UTF8PROC_CATEGORY_PF:
    case UTF8PROC_CATEGORY_PO:
    case UTF8PROC_CATEGORY_CC:
        return true;
    default:
        return false;
    }
}

/* TEXT in lower case, without accents and punctuation, each run of white space
 * as one ' ' or as nothing. */
static void reduce(struct fingerprint *f, struct span text, bool keep_spaces)
{
    struct buf *b = &f->text;
    buf_clear(b);
    const char *at = text.at, *end = span_end(text);
    while (at < end)
        utf8_add(b, (uint32_t)utf8proc_tolower((int32_t)utf8_next(&at)));
    normal_form(b, 0, UTF8PROC_STABLE | UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE);
    char *to = b->at;
    at = b->at;
    end = b->at + b->len;
    while (at < end) {
        const char *start = at;
        uint32_t c = utf8_next(&at);
        struct span letter = spelt_out(c);
        if (!letter.at)
            letter = span_from(start, at);
        if (clean_is_space(c))
            letter = keep_spaces ? SPAN(" ") : SPAN("");
        else if (is_dropped(c))
            continue;
        memmove(to, letter.at, letter.len); /* no longer than what it replaces */
        to += letter.len;
    }
    b->len = (size_t)(to - b->at);
}

static int by_bytes(const void *a, const void *b)
{
    return span_order(*(const struct span *)a, *(const struct span *)b);
}

/* The first COUNT parts, sorted, each once, with GAP between them. */
static void join_parts(struct fingerprint *f, size_t count, struct span gap, struct buf *b)
{
    if (count)
        qsort(f->parts, count, sizeof *f->parts, by_bytes);
    for (size_t i = 0; i < count; i++) {
        if (i && span_eq(f->parts[i], f->parts[i - 1]))
            continue;
        if (i)
            buf_add(b, gap);
        buf_add(b, f->parts[i]);
    }
}

static void add_part(struct fingerprint *f, size_t count, struct span part)
{
    if (count == f->parts_cap)
        f->parts = array_grow(f->parts, &f->parts_cap, count + 1, sizeof *f->parts);
    f->parts[count] = part;
}

void fingerprint_words(struct fingerprint *f, struct buf *b, struct span text)
{
    reduce(f, text, true);
    size_t count = 0;
    const char *at = f->text.at, *end = at + f->text.len;
    while (at < end) {
        const char *gap = memchr(at, ' ', (size_t)(end - at));
        const char *stop = gap ? gap : end;
        if (stop > at)
            add_part(f, count++, span_from(at, stop));
        at = gap ? gap + 1 : end;
    }
    join_parts(f, count, SPAN(" "), b);
}

void fingerprint_ngram(struct fingerprint *f, struct buf *b, struct span text, size_t n)
{
    reduce(f, text, false);
    struct span whole = buf_span(&f->text);
    if (utf8_count(whole) < n) {
        buf_add(b, whole);
        return;
    }
    const char *at = whole.at, *end = span_end(whole), *stop = at;
    for (size_t i = 0; i < n; i++)
        utf8_next(&stop);
    size_t count = 0;
    for (;;) {
        add_part(f, count++, span_from(at, stop));
        if (stop == end)
            break;
        utf8_next(&at);
        utf8_next(&stop);
    }
    join_parts(f, count, SPAN(""), b);
}

/* ---- Cologne phonetics, after the table of Postel 1969 ---- */

static bool one_of(char c, const char *letters)
{
    return c && strchr(letters, c);
}

/* The code of C between BEFORE and NEXT, NUL at the ends. */
static const char *cologne_c(char before, char next)
{
    bool hard = one_of(next, before ? "ahkoqux" : "ahkloqrux");
    return hard && !one_of(before, "sz") ? "4" : "8";
}

static const char *cologne_code(char c, char before, char next)
{
    switch (c) {
    case 'h':
        return "";
    case 'b':
        return "1";
    case 'p':
        return next == 'h' ? "3" : "1";
    case 'd':
    case 't':
        return one_of(next, "csz") ? "8" : "2";
    case 'f':
    case 'v':
    case 'w':
        return "3";
    case 'g':
    case 'k':
    case 'q':
        return "4";
    case 'c':
        return cologne_c(before, next);
    case 'x':
        return one_of(before, "ckq") ? "8" : "48";
    case 'l':
        return "5";
    case 'm':
    case 'n':
        return "6";
    case 'r':
        return "7";
    case 's':
    case 'z':
        return "8";
    default:
        return "0"; /* a e i j o u y */
    }
}

/* Codes side by side count once; then zeros go, but in front. */
static void add_cologne(struct buf *b, struct span letters)
{
    size_t from = b->len;
    char last = 0;
    for (size_t i = 0; i < letters.len; i++) {
        char before = i ? letters.at[i - 1] : '\0';
        char next = i + 1 < letters.len ? letters.at[i + 1] : '\0';
        for (const char *code = cologne_code(letters.at[i], before, next); *code; code++) {
            if (*code != last && (*code != '0' || b->len == from))
                buf_addc(b, *code);
            last = *code;
        }
    }
}

void fingerprint_phonetic(struct fingerprint *f, struct buf *b, struct span text)
{
    buf_clear(&f->text);
    clean_bare(&f->text, text);
    size_t len = 0;
    for (size_t i = 0; i < f->text.len; i++)
        if (f->text.at[i] >= 'a' && f->text.at[i] <= 'z')
            f->text.at[len++] = f->text.at[i];
    add_cologne(b, (struct span){f->text.at, len});
}

void fingerprint_free(struct fingerprint *f)
{
    buf_free(&f->text);
    free(f->parts);
    *f = (struct fingerprint){0};
}
