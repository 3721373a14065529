#include "stream/scan.h"

#include <stdlib.h>

#include "base/bytes.h"
#include "base/fail.h"
#include "base/utf8.h"

#define FEW_NAMES 16 /* up to here comparing each with each beats hashing */

/* Records where and what; NULL, for the caller to return. */
static const char *bad(struct scan *s, const char *at, const char *what)
{
    if (!s->error_at) {
        s->error_at = at;
        buf_clear(&s->error);
        buf_add(&s->error, span_of(what));
    }
    return NULL;
}

static const char *bad_name(struct scan *s, const char *at, struct span name)
{
    bad(s, at, "duplicate name '");
    buf_add(&s->error, name);
    buf_addc(&s->error, '\'');
    return NULL;
}

/* The byte at the line's end is LF, CR or NUL, so only CR needs the bound. */
static inline const char *skip_space(const struct scan *s, const char *at)
{
    while (*at == ' ' || *at == '\t' || (*at == '\r' && at < s->end))
        at++;
    return at;
}

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

/* The four hexadecimal digits at AT, or -1; stops by itself at the line's end. */
static int hex4(const char *at)
{
    int code = 0;
    for (int i = 0; i < 4; i++) {
        int digit = hex_digit(at[i]);
        if (digit < 0)
            return -1;
        code = code * 16 + digit;
    }
    return code;
}

/* The escape whose backslash is at AT: the first byte behind it, or NULL. */
static const char *scan_escape(struct scan *s, const char *at)
{
    switch (at[1]) {
    case '"':
    case '\\':
    case '/':
    case 'b':
    case 'f':
    case 'n':
    case 'r':
    case 't':
        return at + 2;
    case 'u':
        break;
    default:
        return bad(s, at, at + 1 >= s->end ? "unterminated string" : "invalid escape");
    }
    int code = hex4(at + 2);
    if (code < 0)
        return bad(s, at, "invalid escape");
    if (code < 0xd800 || code > 0xdfff)
        return at + 6;
    if (code > 0xdbff || at[6] != '\\' || at[7] != 'u')
        return bad(s, at, "lone surrogate");
    int low = hex4(at + 8);
    if (low < 0xdc00 || low > 0xdfff)
        return bad(s, at, low < 0 ? "invalid escape" : "lone surrogate");
    return at + 12;
}

/* From behind the opening quote to the closing one; NULL if it is no string. */
static const char *scan_string(struct scan *s, const char *at, bool *escaped)
{
    /* bytes up to SCAN_PAD behind the line may be looked at, and a plain run
     * always stops at the line's end, so short strings need no bytewise tail */
    const char *limit = s->end + SCAN_PAD;
    for (;;) {
        at = bytes_skip_plain(at, limit);
        if (*at == '"' && at < s->end)
            return at;
        if (at >= s->end)
            return bad(s, s->end, "unterminated string");
        if (*at == '\\') {
            *escaped = true;
            at = scan_escape(s, at);
            if (!at)
                return NULL;
        } else if ((unsigned char)*at < 0x20) {
            return bad(s, at, "control character in a string");
        } else {
            do {
                size_t length = utf8_sequence(at, s->end);
                if (length == 0)
                    return bad(s, at, "invalid UTF-8");
                at += length;
            } while ((unsigned char)*at >= 0x80 && at < s->end);
        }
    }
}

static inline bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static const char *scan_number(struct scan *s, const char *at)
{
    const char *from = at;
    if (*at == '-')
        at++;
    if (!is_digit(*at))
        return bad(s, from, "invalid number");
    if (*at == '0')
        at++;
    else
        while (is_digit(*at))
            at++;
    if (is_digit(*at))
        return bad(s, from, "invalid number");
    if (*at == '.') {
        if (!is_digit(*++at))
            return bad(s, from, "invalid number");
        while (is_digit(*at))
            at++;
    }
    if (*at == 'e' || *at == 'E') {
        at++;
        if (*at == '+' || *at == '-')
            at++;
        if (!is_digit(*at))
            return bad(s, from, "invalid number");
        while (is_digit(*at))
            at++;
    }
    return at;
}

static const char *scan_word(struct scan *s, const char *at, struct span word)
{
    if ((size_t)(s->end - at) < word.len || memcmp(at, word.at, word.len) != 0)
        return bad(s, at, "not a JSON value");
    return at + word.len;
}

static const char *scan_value(struct scan *s, const char *at, struct value *v, int depth);

/* The decoded name between FROM and TO; escapes are decoded into the record's own arena. */
static struct span decode_name(struct scan *s, const char *from, const char *to, bool escaped)
{
    if (!escaped)
        return span_from(from, to);
    struct value quoted = {span_from(from - 1, to + 1), VALUE_STRING, true};
    return arena_copy(&s->names, value_text(&quoted, &s->scratch));
}

/* The first name of NAMES that came before, or COUNT. */
static size_t first_repeat(struct scan *s, const struct span *names, size_t count)
{
    if (count <= FEW_NAMES) {
        for (size_t i = 1; i < count; i++)
            for (size_t j = 0; j < i; j++)
                if (span_eq(names[i], names[j]))
                    return i;
        return count;
    }
    intern_clear(&s->seen);
    for (size_t i = 0; i < count; i++)
        if (intern_add_borrowed(&s->seen, names[i]) != i)
            return i;
    return count;
}

/* An object inside a record, from behind its brace: only validated. */
static const char *scan_members(struct scan *s, const char *at, int depth)
{
    const char *start = at;
    size_t first = s->open_count;
    struct value ignored;
    at = skip_space(s, at);
    if (*at == '}')
        return at + 1;
    for (;;) {
        if (*at != '"')
            return bad(s, at, "expected a name in quotes");
        bool escaped = false;
        const char *close = scan_string(s, at + 1, &escaped);
        if (!close)
            return NULL;
        s->open_names =
            array_grow(s->open_names, &s->open_cap, s->open_count + 1, sizeof *s->open_names);
        s->open_names[s->open_count++] = decode_name(s, at + 1, close, escaped);
        at = skip_space(s, close + 1);
        if (*at != ':')
            return bad(s, at, "expected ':'");
        at = scan_value(s, skip_space(s, at + 1), &ignored, depth);
        if (!at)
            return NULL;
        at = skip_space(s, at);
        if (*at == '}')
            break;
        if (*at != ',')
            return bad(s, at, "expected ',' or '}'");
        at = skip_space(s, at + 1);
    }
    size_t count = s->open_count - first;
    size_t repeat = first_repeat(s, s->open_names + first, count);
    if (repeat < count)
        return bad_name(s, start - 1, s->open_names[first + repeat]);
    s->open_count = first;
    return at + 1;
}

static const char *scan_list(struct scan *s, const char *at, int depth)
{
    struct value ignored;
    at = skip_space(s, at);
    if (*at == ']')
        return at + 1;
    for (;;) {
        at = scan_value(s, at, &ignored, depth);
        if (!at)
            return NULL;
        at = skip_space(s, at);
        if (*at == ']')
            return at + 1;
        if (*at != ',')
            return bad(s, at, "expected ',' or ']'");
        at = skip_space(s, at + 1);
    }
}

/* Recursion is bounded by SCAN_DEPTH. DEPTH is that of the value's container. */
static const char *scan_value(struct scan *s, const char *at, struct value *v, int depth)
{
    const char *from = at;
    v->escaped = false;
    switch (*at) {
    case '"':
        v->type = VALUE_STRING;
        at = scan_string(s, at + 1, &v->escaped);
        if (at)
            at++;
        break;
    case '{':
    case '[':
        v->type = *at == '{' ? VALUE_OBJECT : VALUE_LIST;
        if (depth >= SCAN_DEPTH)
            return bad(s, at, "nested deeper than 64 levels");
        at = *at == '{' ? scan_members(s, at + 1, depth + 1) : scan_list(s, at + 1, depth + 1);
        break;
    case 't':
        v->type = VALUE_TRUE;
        at = scan_word(s, at, SPAN("true"));
        break;
    case 'f':
        v->type = VALUE_FALSE;
        at = scan_word(s, at, SPAN("false"));
        break;
    case 'n':
        v->type = VALUE_NULL;
        at = scan_word(s, at, SPAN("null"));
        break;
    default:
        if (*at != '-' && !is_digit(*at))
            return bad(s, at,
                       at >= s->end ? "the line ends inside the object" : "not a JSON value");
        v->type = VALUE_NUMBER;
        at = scan_number(s, at);
    }
    if (at)
        v->raw = span_from(from, at);
    return at;
}

/* A copy with as many readable bytes behind it as bytes_equal_padded() looks at. */
static struct span copy_padded(struct arena *a, struct span text)
{
    char *at = arena_alloc(a, text.len + 16);
    memcpy(at, text.at, text.len);
    return (struct span){at, text.len};
}

/* Keeps the names of this record as the shape expected of the next. */
static void keep_shape(struct scan *s, size_t count)
{
    /* names may still be slices of the old shape, so the new one is built beside it */
    struct arena old = s->shape_arena;
    s->shape_arena = s->spare_arena;
    arena_clear(&s->shape_arena);
    s->shape = array_grow(s->shape, &s->shape_cap, count, sizeof *s->shape);
    for (size_t i = 0; i < count; i++) {
        const struct field *f = &s->fields[i];
        bool escaped = false;
        const char *close = scan_string(s, f->at + 1, &escaped);
        struct span text = copy_padded(&s->shape_arena, span_from(f->at, close + 1));
        struct span name = {text.at + 1, text.len - 2};
        s->shape[i].text = text;
        s->shape[i].name = escaped ? arena_copy(&s->shape_arena, f->name) : name;
    }
    s->shape_count = count;
    s->shapes++;
    s->spare_arena = old;
    for (size_t i = 0; i < count; i++)
        s->fields[i].name = s->shape[i].name;
}

/* If a name of the shape stands at AT, its place from *EXPECTED on, else shape_count. */
static size_t match_shape(const struct scan *s, const char *at, size_t expected)
{
    size_t left = (size_t)(s->end - at);
    for (size_t i = expected; i < s->shape_count; i++) {
        struct span text = s->shape[i].text;
        if (text.len <= left && bytes_equal_padded(text.at, at, text.len))
            return i;
    }
    return s->shape_count;
}

/* A name at AT: fills F and moves *EXPECTED on; *FOREIGN if it is not in the shape's order. */
static const char *scan_name(struct scan *s, const char *at, struct field *f, size_t *expected,
                             bool *foreign)
{
    f->at = at;
    size_t place = *foreign ? s->shape_count : match_shape(s, at, *expected);
    if (place < s->shape_count) {
        f->name = s->shape[place].name;
        *expected = place + 1;
        return at + s->shape[place].text.len;
    }
    if (*at != '"')
        return bad(s, at,
                   at >= s->end ? "the line ends inside the object" : "expected a name in quotes");
    *foreign = true;
    bool escaped = false;
    const char *close = scan_string(s, at + 1, &escaped);
    if (!close)
        return NULL;
    f->name = decode_name(s, at + 1, close, escaped);
    return close + 1;
}

/* The record had names outside the shape: checks all for repeats and makes them the shape. */
static bool check_names(struct scan *s, size_t count)
{
    s->open_count = 0;
    s->open_names = array_grow(s->open_names, &s->open_cap, count, sizeof *s->open_names);
    for (size_t i = 0; i < count; i++)
        s->open_names[i] = s->fields[i].name;
    size_t repeat = first_repeat(s, s->open_names, count);
    if (repeat < count) {
        bad_name(s, s->fields[repeat].at, s->fields[repeat].name);
        return false;
    }
    keep_shape(s, count);
    return true;
}

/* The fields from behind the opening brace: the closing brace, or NULL. */
static const char *scan_fields(struct scan *s, const char *at, size_t *count)
{
    size_t expected = 0;
    bool foreign = false;
    *count = 0;
    at = skip_space(s, at);
    if (*at == '}')
        return at;
    for (;;) {
        if (*count == s->fields_cap)
            s->fields = array_grow(s->fields, &s->fields_cap, *count + 1, sizeof *s->fields);
        struct field *f = &s->fields[*count];
        at = scan_name(s, at, f, &expected, &foreign);
        if (!at)
            return NULL;
        at = skip_space(s, at);
        if (*at != ':')
            return bad(s, at, "expected ':'");
        at = scan_value(s, skip_space(s, at + 1), &f->value, 1);
        if (!at)
            return NULL;
        ++*count;
        at = skip_space(s, at);
        if (*at == '}')
            break;
        if (*at != ',')
            return bad(s, at,
                       at >= s->end ? "the line ends inside the object" : "expected ',' or '}'");
        at = skip_space(s, at + 1);
    }
    return foreign && !check_names(s, *count) ? NULL : at;
}

bool scan_record(struct scan *s, struct span line, struct record *r)
{
    s->start = line.at;
    s->end = line.at + line.len;
    s->error_at = NULL;
    s->open_count = 0;
    arena_clear(&s->names);
    const char *from = skip_space(s, line.at);
    if (*from != '{' || from >= s->end) {
        bad(s, from, "not a JSON object");
        return false;
    }
    size_t count;
    const char *close = scan_fields(s, from + 1, &count);
    if (!close)
        return false;
    const char *rest = skip_space(s, close + 1);
    if (rest < s->end) {
        bad(s, rest, "text behind the object");
        return false;
    }
    r->line = span_from(from, close + 1);
    r->fields = s->fields;
    r->count = count;
    /* names found in the shape's order are all of it if they are as many */
    r->shape = count == s->shape_count ? s->shapes : 0;
    return true;
}

void scan_buf(struct scan *s, struct buf *b, struct record *r)
{
    buf_reserve(b, SCAN_PAD);
    memset(b->at + b->len, 0, SCAN_PAD);
    if (!scan_record(s, buf_span(b), r))
        fail(STATUS_DATA, "internal error: a record put together is not valid: %s", scan_error(s));
}

size_t scan_column(const struct scan *s)
{
    return (size_t)(s->error_at - s->start) + 1;
}

const char *scan_error(struct scan *s)
{
    return buf_text(&s->error);
}

void scan_free(struct scan *s)
{
    free(s->fields);
    free(s->shape);
    free(s->open_names);
    arena_free(&s->shape_arena);
    arena_free(&s->spare_arena);
    arena_free(&s->names);
    buf_free(&s->scratch);
    buf_free(&s->error);
    intern_free(&s->seen);
    *s = (struct scan){0};
}
