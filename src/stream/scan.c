#include "stream/scan.h"

#include <stdlib.h>

#include "base/bytes.h"
#include "base/fail.h"
#include "base/utf8.h"

#define FEW_NAMES 16      /* up to here comparing each with each beats hashing */
#define MOST_NAMES 16384U /* in the tree; it starts anew when half full */
#define MOST_BESIDE 8     /* names below one that are looked at: more are no regular shape */

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
static __attribute__((noinline)) const char *skip_some_space(const struct scan *s, const char *at)
{
    while (*at == ' ' || *at == '\t' || (*at == '\r' && at < s->end))
        at++;
    return at;
}

static inline const char *skip_space(const struct scan *s, const char *at)
{
    return (unsigned char)*at > ' ' ? at : skip_some_space(s, at);
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

static const char *scan_any(struct scan *s, const char *at, struct value *v, int depth);

static inline const char *take_word(const char *at, size_t len, struct value *v,
                                    enum value_type type)
{
    *v = (struct value){{at, len}, type, false};
    return at + len;
}

/* Any value but a string. None of the words reaches past the line's end, where a line end or NUL
 * stands. */
static __attribute__((noinline)) const char *scan_other(struct scan *s, const char *at,
                                                        struct value *v, int depth)
{
    size_t len = 4;
    v->escaped = false;
    if (memcmp(at, "true", 4) == 0) {
        v->type = VALUE_TRUE;
    } else if (memcmp(at, "null", 4) == 0) {
        v->type = VALUE_NULL;
    } else if (memcmp(at, "fals", 4) == 0 && at[4] == 'e') {
        v->type = VALUE_FALSE;
        len = 5;
    } else {
        return scan_any(s, at, v, depth);
    }
    v->raw = (struct span){at, len};
    return at + len;
}

/* A value; DEPTH is that of its container. Most are strings without anything special. */
static inline const char *scan_value(struct scan *s, const char *at, struct value *v, int depth)
{
    if (*at != '"')
        return scan_other(s, at, v, depth);
    const char *close = bytes_skip_plain(at + 1, s->end + SCAN_PAD);
    v->type = VALUE_STRING;
    v->escaped = false;
    if (*close != '"' || close >= s->end) {
        close = scan_string(s, close, &v->escaped);
        if (!close)
            return NULL;
    }
    v->raw = span_from(at, close + 1);
    return close + 1;
}

/* The decoded name between FROM and TO; escapes are decoded into the record's own arena. */
static struct span decode_name(struct scan *s, const char *from, const char *to, bool escaped)
{
    if (!escaped)
        return span_from(from, to);
    struct value quoted = {span_from(from - 1, to + 1), VALUE_STRING, true};
    return arena_copy(&s->decoded, value_text(&quoted, &s->scratch));
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

/* A number, a list or an object. Recursion is bounded by SCAN_DEPTH. */
static const char *scan_any(struct scan *s, const char *at, struct value *v, int depth)
{
    const char *from = at;
    v->escaped = false;
    switch (*at) {
    case '{':
    case '[':
        v->type = *at == '{' ? VALUE_OBJECT : VALUE_LIST;
        if (depth >= SCAN_DEPTH)
            return bad(s, at, "nested deeper than 64 levels");
        at = *at == '{' ? scan_members(s, at + 1, depth + 1) : scan_list(s, at + 1, depth + 1);
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

/* The name below ABOVE that stands at AT; 0 if there is none. */
static inline uint32_t name_at(const struct scan *s, uint32_t above, const char *at)
{
    size_t left = (size_t)(s->end - at);
    uint32_t i = s->names[above].below;
    for (int looked = 0; i && looked < MOST_BESIDE; looked++) {
        struct span text = s->names[i].text;
        if (text.len <= left && bytes_equal_padded(text.at, at, text.len))
            return i;
        i = s->names[i].beside;
    }
    return 0;
}

/* Adds a name below ABOVE, before those that are there. */
static uint32_t add_name(struct scan *s, uint32_t above, const struct field *f)
{
    bool escaped = false;
    const char *close = scan_string(s, f->at + 1, &escaped);
    s->names = array_grow(s->names, &s->names_cap, s->name_count + 1, sizeof *s->names);
    struct span text = copy_padded(&s->name_arena, span_from(f->at, close + 1));
    struct span name = {text.at + 1, text.len - 2};
    uint32_t added = (uint32_t)s->name_count++;
    s->names[added] = (struct scan_name){
        .text = text,
        .name = escaped ? arena_copy(&s->name_arena, f->name) : name,
        .beside = s->names[above].below,
    };
    s->names[above].below = added;
    return added;
}

/* An empty tree. */
static void clear_names(struct scan *s)
{
    arena_clear(&s->name_arena);
    s->names = array_grow(s->names, &s->names_cap, 1, sizeof *s->names);
    s->names[0] = (struct scan_name){0};
    s->name_count = 1;
}

/* Leads a way down the tree for the names of this record, which are all distinct, and gives
 * the last of them: 0 if there are too many to keep. */
static uint32_t keep_names(struct scan *s, size_t count)
{
    if (count > MOST_NAMES - s->name_count)
        return 0;
    uint32_t last = 0;
    for (size_t i = 0; i < count; i++) {
        uint32_t next = name_at(s, last, s->fields[i].at);
        last = next ? next : add_name(s, last, &s->fields[i]);
        s->fields[i].name = s->names[last].name;
    }
    return last;
}

/* A name at AT that the tree does not have there: fills F. */
static const char *scan_new_name(struct scan *s, const char *at, struct field *f)
{
    if (*at != '"')
        return bad(s, at,
                   at >= s->end ? "the line ends inside the object" : "expected a name in quotes");
    bool escaped = false;
    const char *close = scan_string(s, at + 1, &escaped);
    if (!close)
        return NULL;
    f->name = decode_name(s, at + 1, close, escaped);
    return close + 1;
}

/* The record left the tree's ways: checks its names for repeats and makes a way for them. */
static bool check_names(struct scan *s, size_t count, uint32_t *last)
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
    *last = keep_names(s, count);
    return true;
}

/* The fields from behind the opening brace: the closing brace, or NULL. LAST gets the last
 * name's place in the tree. */
static const char *scan_fields(struct scan *s, const char *at, size_t *count, uint32_t *last)
{
    bool is_new = false;
    size_t n = 0;
    at = skip_space(s, at);
    while (*at != '}' || n > 0) {
        if (n == s->fields_cap)
            s->fields = array_grow(s->fields, &s->fields_cap, n + 1, sizeof *s->fields);
        if (n == SCAN_FIELDS)
            return bad(s, at, "more than 131072 fields");
        struct field *f = &s->fields[n++];
        f->at = at;
        uint32_t name = is_new ? 0 : name_at(s, *last, at);
        if (name) {
            *last = name;
            f->name = s->names[name].name;
            at += s->names[name].text.len;
        } else {
            is_new = true;
            at = scan_new_name(s, at, f);
            if (!at)
                return NULL;
        }
        at = skip_space(s, at);
        if (*at != ':')
            return bad(s, at, "expected ':'");
        at = scan_value(s, skip_space(s, at + 1), &f->value, 1);
        if (!at)
            return NULL;
        at = skip_space(s, at);
        if (*at == '}')
            break;
        if (*at != ',')
            return bad(s, at,
                       at >= s->end ? "the line ends inside the object" : "expected ',' or '}'");
        at = skip_space(s, at + 1);
    }
    *count = n;
    return is_new && !check_names(s, n, last) ? NULL : at;
}

/* The number of the list of names that ends with LAST. */
static size_t shape_of(struct scan *s, uint32_t last)
{
    static size_t shapes; /* over all readers */
    if (last && !s->names[last].shape)
        s->names[last].shape = ++shapes;
    return s->names[last].shape;
}

static void start(struct scan *s, struct span line)
{
    s->start = line.at;
    s->end = line.at + line.len;
    s->error_at = NULL;
    s->open_count = 0;
    arena_clear(&s->decoded);
    if (s->name_count == 0 || s->name_count > MOST_NAMES / 2)
        clear_names(s);
}

/* Every field has to start where the one before ended, with a name that the tree has there, and
 * its value behind the colon. */
bool scan_placed(struct scan *s, struct span line, const struct value_place *places, size_t count,
                 struct record *r)
{
    start(s, line);
    if (s->fields_cap < count)
        s->fields = array_grow(s->fields, &s->fields_cap, count, sizeof *s->fields);
    const char *at = line.at;
    char before = '{';
    uint32_t last = 0;
    for (size_t i = 0; i < count; i++) {
        const struct value_place *place = &places[i];
        if (*at != before || place->end >= line.len)
            return false;
        last = name_at(s, last, ++at);
        const char *value = line.at + place->value, *end = line.at + place->end;
        const char *colon = at + s->names[last].text.len;
        if (!last || *colon != ':' || colon + 1 != value || end <= value)
            return false;
        s->fields[i] = (struct field){
            s->names[last].name,
            at,
            {span_from(value, end), (enum value_type)place->type, place->escaped != 0}};
        at = end;
        before = ',';
    }
    if (*at != '}' || at + 1 != s->end)
        return false;
    r->line = line;
    r->fields = s->fields;
    r->count = count;
    r->shape = shape_of(s, last);
    return true;
}

bool scan_record(struct scan *s, struct span line, struct record *r)
{
    start(s, line);
    const char *from = skip_space(s, line.at);
    if (*from != '{' || from >= s->end) {
        bad(s, from, "not a JSON object");
        return false;
    }
    size_t count = 0;
    uint32_t last = 0;
    const char *close = scan_fields(s, from + 1, &count, &last);
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
    r->shape = shape_of(s, last);
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
    free(s->names);
    free(s->open_names);
    arena_free(&s->name_arena);
    arena_free(&s->decoded);
    buf_free(&s->scratch);
    buf_free(&s->error);
    intern_free(&s->seen);
    *s = (struct scan){0};
}
