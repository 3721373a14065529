/* scan_value -- strings, numbers, lists and objects, checked by the grammar and sliced. */
#include "base/utf8.h"
#include "scan_parts.h"

/* Records where and what; NULL, for the caller to return. */
const char *scan_bad(struct scan *s, const char *at, const char *what)
{
    if (!s->error_at) {
        s->error_at = at;
        buf_clear(&s->error);
        buf_add(&s->error, span_of(what));
    }
    return NULL;
}

const char *scan_bad_name(struct scan *s, const char *at, struct span name)
{
    scan_bad(s, at, "duplicate name '");
    buf_add(&s->error, name);
    buf_addc(&s->error, '\'');
    return NULL;
}

/* The byte at the line's end is LF, CR or NUL, so only CR needs the bound. */
__attribute__((noinline)) const char *scan_skip_some(const struct scan *s, const char *at)
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
        return scan_bad(s, at, at + 1 >= s->end ? "unterminated string" : "invalid escape");
    }
    int code = hex4(at + 2);
    if (code < 0)
        return scan_bad(s, at, "invalid escape");
    if (code < 0xd800 || code > 0xdfff)
        return at + 6;
    if (code > 0xdbff || at[6] != '\\' || at[7] != 'u')
        return scan_bad(s, at, "lone surrogate");
    int low = hex4(at + 8);
    if (low < 0xdc00 || low > 0xdfff)
        return scan_bad(s, at, low < 0 ? "invalid escape" : "lone surrogate");
    return at + 12;
}

/* From behind the opening quote to the closing one; NULL if it is no string. */
__attribute__((noinline)) const char *scan_string(struct scan *s, const char *at, bool *escaped)
{
    for (;;) {
        at = bytes_find_special(at); /* the line's end at last, and SCAN_PAD bytes stand there */
        if (*at == '"' && at < s->end)
            return at;
        if (at >= s->end)
            return scan_bad(s, s->end, "unterminated string");
        if (*at == '\\') {
            *escaped = true;
            at = scan_escape(s, at);
            if (!at)
                return NULL;
        } else if ((unsigned char)*at < 0x20) {
            return scan_bad(s, at, "control character in a string");
        } else {
            do {
                size_t length = utf8_sequence(at, s->end);
                if (length == 0)
                    return scan_bad(s, at, "invalid UTF-8");
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
        return scan_bad(s, from, "invalid number");
    if (*at == '0')
        at++;
    else
        while (is_digit(*at))
            at++;
    if (is_digit(*at))
        return scan_bad(s, from, "invalid number");
    if (*at == '.') {
        if (!is_digit(*++at))
            return scan_bad(s, from, "invalid number");
        while (is_digit(*at))
            at++;
    }
    if (*at == 'e' || *at == 'E') {
        at++;
        if (*at == '+' || *at == '-')
            at++;
        if (!is_digit(*at))
            return scan_bad(s, from, "invalid number");
        while (is_digit(*at))
            at++;
    }
    return at;
}

/* The decoded name between FROM and TO; escapes are decoded into the record's own arena. */
struct span scan_decode(struct scan *s, const char *from, const char *to, bool escaped)
{
    if (!escaped)
        return span_from(from, to);
    struct value quoted = {span_from(from - 1, to + 1), VALUE_STRING, true};
    return arena_copy(&s->decoded, value_text(&quoted, &s->scratch));
}

/* The first name of NAMES that came before, or COUNT. */
size_t scan_repeat(struct scan *s, const struct span *names, size_t count)
{
    if (count <= SCAN_FEW_NAMES) {
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
    const char *scan_start = at;
    size_t first = s->open_count;
    struct value ignored;
    at = scan_skip(s, at);
    if (*at == '}')
        return at + 1;
    for (;;) {
        if (*at != '"')
            return scan_bad(s, at, "expected a name in quotes");
        bool escaped = false;
        const char *close = scan_string(s, at + 1, &escaped);
        if (!close)
            return NULL;
        s->open_names =
            array_grow(s->open_names, &s->open_cap, s->open_count + 1, sizeof *s->open_names);
        s->open_names[s->open_count++] = scan_decode(s, at + 1, close, escaped);
        at = scan_skip(s, close + 1);
        if (*at != ':')
            return scan_bad(s, at, "expected ':'");
        at = scan_value(s, scan_skip(s, at + 1), &ignored, depth);
        if (!at)
            return NULL;
        at = scan_skip(s, at);
        if (*at == '}')
            break;
        if (*at != ',')
            return scan_bad(s, at, "expected ',' or '}'");
        at = scan_skip(s, at + 1);
    }
    size_t count = s->open_count - first;
    size_t repeat = scan_repeat(s, s->open_names + first, count);
    if (repeat < count)
        return scan_bad_name(s, scan_start - 1, s->open_names[first + repeat]);
    s->open_count = first;
    return at + 1;
}

static const char *scan_list(struct scan *s, const char *at, int depth)
{
    struct value ignored;
    at = scan_skip(s, at);
    if (*at == ']')
        return at + 1;
    for (;;) {
        at = scan_value(s, at, &ignored, depth);
        if (!at)
            return NULL;
        at = scan_skip(s, at);
        if (*at == ']')
            return at + 1;
        if (*at != ',')
            return scan_bad(s, at, "expected ',' or ']'");
        at = scan_skip(s, at + 1);
    }
}

/* A number, a list or an object. Recursion is bounded by SCAN_DEPTH. */
const char *scan_any(struct scan *s, const char *at, struct value *v, int depth)
{
    const char *from = at;
    v->escaped = false;
    switch (*at) {
    case '{':
    case '[':
        v->type = *at == '{' ? VALUE_OBJECT : VALUE_LIST;
        if (depth >= SCAN_DEPTH)
            return scan_bad(s, at, "nested deeper than 64 levels");
        at = *at == '{' ? scan_members(s, at + 1, depth + 1) : scan_list(s, at + 1, depth + 1);
        break;
    default:
        if (*at != '-' && !is_digit(*at))
            return scan_bad(s, at,
                            at >= s->end ? "the line ends inside the object" : "not a JSON value");
        v->type = VALUE_NUMBER;
        at = scan_number(s, at);
    }
    if (at)
        v->raw = span_from(from, at);
    return at;
}
