#include "stream/scan.h"

#include <stdlib.h>

#include "base/bytes.h"
#include "base/fail.h"
#include "base/utf8.h"

#define FEW_NAMES 16      /* up to here comparing each with each beats hashing */
#define MOST_NAMES 16384U /* in the tree; it starts anew when half full */
#define NEW_NAME 1        /* in the tree: what has no way further down */
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
static __attribute__((noinline)) const char *scan_string(struct scan *s, const char *at,
                                                         bool *escaped)
{
    for (;;) {
        at = bytes_find_special(at); /* the line's end at last, and SCAN_PAD bytes stand there */
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

static __attribute__((noinline)) const char *scan_any(struct scan *s, const char *at,
                                                      struct value *v, int depth);

/* The words of JSON by two bits of their first byte, so that which one it is, which changes with
 * every answer, takes no branch. */
struct word {
    char text[8], mask[8]; /* the bytes that count */
    uint8_t len, type;
};

static inline const struct word *word_at(const char *at)
{
    static const struct word words[4] = {
        [('f' >> 3) & 3] = {"false", "\xff\xff\xff\xff\xff", 5, VALUE_FALSE},
        [('n' >> 3) & 3] = {"null", "\xff\xff\xff\xff", 4, VALUE_NULL},
        [('t' >> 3) & 3] = {"true", "\xff\xff\xff\xff", 4, VALUE_TRUE},
        [3] = {"none", "", 0, VALUE_NULL},
    };
    const struct word *word = &words[((unsigned char)*at >> 3) & 3];
    uint64_t there, text, mask;
    memcpy(&there, at, sizeof there);
    memcpy(&text, word->text, sizeof text);
    memcpy(&mask, word->mask, sizeof mask);
    return (there & mask) == text ? word : NULL;
}

/* A value; DEPTH is that of its container. Most are strings without anything special. */
static inline const char *scan_value(struct scan *s, const char *at, struct value *v, int depth)
{
    if (*at != '"') {
        const struct word *word = word_at(at);
        if (!word)
            return scan_any(s, at, v, depth);
        *v = (struct value){{at, word->len}, (enum value_type)word->type, false};
        return at + word->len;
    }
    const char *close = bytes_find_special(at + 1);
    v->type = VALUE_STRING;
    v->escaped = false;
    if (*close != '"') {
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

/* A copy with as many readable bytes behind it as is_name_at() looks at. */
static struct span copy_padded(struct arena *a, struct span text)
{
    char *at = arena_alloc(a, text.len + BYTES_BLOCK);
    memcpy(at, text.at, text.len);
    return (struct span){at, text.len};
}

/* No name reaches over a line's end, so only one beyond the readable bytes there needs the bound.
 */
static inline bool is_name_at(struct span text, const char *at, const char *end)
{
    if (text.len <= SCAN_PAD)
        return bytes_equal_padded(text.at, at, text.len);
    return text.len <= (size_t)(end - at) && memcmp(text.at, at, text.len) == 0;
}

static __attribute__((noinline)) const struct scan_name *find_name(const struct scan *s,
                                                                   uint32_t above, const char *at)
{
    uint32_t i = s->names[above].below;
    for (int looked = 0; i && looked < MOST_BESIDE; looked++) {
        const struct scan_name *name = &s->names[i];
        if (is_name_at(name->text, at, s->end))
            return name;
        i = name->beside;
    }
    return NULL;
}

/* The name below ABOVE that stands at AT; NULL if there is none. Nearly always it is short, and the
 * one that followed last. */
static inline const struct scan_name *name_at(const struct scan *s, uint32_t above, const char *at)
{
    const struct scan_name *name = &s->names[s->names[above].below];
    struct span text = name->text; /* that of the root is none */
    return text.len <= 16 && bytes_equal_padded(text.at, at, text.len) ? name
                                                                       : find_name(s, above, at);
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
        .number = added,
        .beside = s->names[above].below,
    };
    s->names[above].below = added;
    return added;
}

/* An empty tree. */
static void clear_names(struct scan *s)
{
    arena_clear(&s->name_arena);
    s->names = array_grow(s->names, &s->names_cap, 2, sizeof *s->names);
    s->names[0] = s->names[NEW_NAME] = (struct scan_name){.text = {NULL, SIZE_MAX}};
    s->name_count = 2;
    for (size_t i = 0; i < SCAN_OUTLINES; i++)
        s->outlines[i].count = 0; /* its names are gone */
}

/* Leads a way down the tree for the names of this record, which are all distinct, and gives
 * the last of them: 0 if there are too many to keep. */
static uint32_t keep_names(struct scan *s, size_t count)
{
    if (count > MOST_NAMES - s->name_count)
        return 0;
    uint32_t last = 0;
    for (size_t i = 0; i < count; i++) {
        const struct scan_name *next = name_at(s, last, s->fields[i].at);
        last = next ? next->number : add_name(s, last, &s->fields[i]);
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

/* Room for COUNT fields, or false if they are too many. */
static __attribute__((noinline)) bool more_fields(struct scan *s, size_t count)
{
    if (count > SCAN_FIELDS)
        return false;
    s->fields = array_grow(s->fields, &s->fields_cap, count, sizeof *s->fields);
    if (s->fields_cap > SCAN_FIELDS)
        s->fields_cap = SCAN_FIELDS;
    return true;
}

/* A name at AT that has no place below LAST, and LAST becomes NEW_NAME: what stands behind it. */
static __attribute__((noinline)) const char *leave_way(struct scan *s, const char *at,
                                                       struct field *f, uint32_t *last)
{
    *last = NEW_NAME;
    return scan_new_name(s, at, f);
}

/* The field at AT, name, colon and value; LAST, the name before, becomes its own. */
static inline const char *scan_field(struct scan *s, const char *at, struct field *f,
                                     uint32_t *last)
{
    const struct scan_name *name = name_at(s, *last, at);
    f->at = at;
    if (name) {
        *last = name->number;
        f->name = name->name;
        at += name->text.len;
    } else {
        at = leave_way(s, at, f, last);
        if (!at)
            return NULL;
    }
    if (*at != ':') {
        at = skip_space(s, at);
        if (*at != ':')
            return bad(s, at, "expected ':'");
    }
    return scan_value(s, skip_space(s, at + 1), &f->value, 1);
}

/* The fields from the first on, to the closing brace, or NULL. LAST gets the last name's place in
 * the tree. */
static const char *scan_fields(struct scan *s, const char *at, size_t *count, uint32_t *last)
{
    uint32_t way = 0;
    size_t n = 0;
    for (;;) {
        if (n == s->fields_cap && !more_fields(s, n + 1))
            return bad(s, at, "more than 131072 fields");
        at = scan_field(s, at, &s->fields[n++], &way);
        if (!at)
            return NULL;
        if (*at != ',') {
            at = skip_space(s, at);
            if (*at == '}')
                break;
            if (*at != ',')
                return bad(s, at,
                           at >= s->end ? "the line ends inside the object"
                                        : "expected ',' or '}'");
        }
        at = skip_space(s, at + 1);
    }
    *count = n;
    *last = way;
    return way == NEW_NAME && !check_names(s, n, last) ? NULL : at;
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
static bool scan_places(struct scan *s, struct span line, const struct value_place *places,
                        size_t count, struct record *r)
{
    start(s, line);
    if (s->fields_cap < count && !more_fields(s, count))
        return false;
    const char *at = line.at;
    char before = '{';
    uint32_t last = 0;
    for (size_t i = 0; i < count; i++) {
        const struct value_place *place = &places[i];
        if (*at != before || place->end >= line.len)
            return false;
        const struct scan_name *name = name_at(s, last, ++at);
        if (!name)
            return false;
        const char *value = line.at + place->value, *end = line.at + place->end;
        const char *colon = at + name->text.len;
        if (*colon != ':' || colon + 1 != value || end <= value)
            return false;
        last = name->number;
        s->fields[i] = (struct field){
            name->name, at, {span_from(value, end), (enum value_type)place->type, place->escaped}};
        at = end;
        before = ',';
    }
    if (*at != '}' || at + 1 != s->end)
        return false;
    r->line = line;
    r->fields = s->fields;
    r->places = places;
    r->count = count;
    r->shape = shape_of(s, last);
    return true;
}

/* The outline for lines with the number NAMES, or NULL. Mostly it is the one before. */
static inline struct outline *known_outline(struct scan *s, const struct places_told *places)
{
    for (size_t i = 0; i < SCAN_OUTLINES; i++) {
        size_t at = (s->outline + i) % SCAN_OUTLINES;
        struct outline *o = &s->outlines[at];
        if (o->names == places->names && o->count == places->count) {
            s->outline = at;
            return o;
        }
    }
    return NULL;
}

/* By places, all names checked or told by the writer to be those of a line that was checked. */
static struct outline *follow(struct scan *s, struct span line, const struct places_told *places,
                              struct record *r)
{
    struct outline *o = places->names ? known_outline(s, places) : NULL;
    if (o && outline_fill(o, line, places->at))
        return o;
    o = &s->outlines[places->names ? s->next_outline++ % SCAN_OUTLINES
                                   : places->count % SCAN_OUTLINES];
    if (!places->names && o->count == places->count && o->comparable &&
        outline_follow(o, line, places->at))
        return o;
    if (!scan_places(s, line, places->at, places->count, r))
        return NULL;
    outline_take(o, r, places->names);
    return o;
}

bool scan_placed(struct scan *s, struct span line, const struct places_told *places,
                 struct record *r)
{
    const struct outline *o = follow(s, line, places, r);
    if (!o)
        return false;
    r->line = line;
    r->fields = o->fields;
    r->places = places->at;
    r->count = places->count;
    r->shape = o->shape;
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
    const char *close = skip_space(s, from + 1);
    if (*close != '}')
        close = scan_fields(s, close, &count, &last);
    if (!close)
        return false;
    const char *rest = skip_space(s, close + 1);
    if (rest < s->end) {
        bad(s, rest, "text behind the object");
        return false;
    }
    r->line = span_from(from, close + 1);
    r->fields = s->fields;
    r->places = NULL;
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
    for (size_t i = 0; i < SCAN_OUTLINES; i++)
        outline_free(&s->outlines[i]);
    arena_free(&s->name_arena);
    arena_free(&s->decoded);
    buf_free(&s->scratch);
    buf_free(&s->error);
    intern_free(&s->seen);
    *s = (struct scan){0};
}
