/* mailsize -- how much of a mail can be taken apart in bounded memory.
 *
 * The weights are bytes that GMime 3.2 was seen to hold: of an empty part, of a header, of a byte
 * of one, of an address and of a parameter in one. Where it is not plain whether a line is a header
 * or ends a part, it is taken for one: the sum is an upper bound, and 32 MiB are 25,000 parts,
 * 80,000 headers or 45,000 addresses. */
#include "mailsize.h"

#include <stdbool.h>
#include <strings.h>

#define MOST ((size_t)32 * 1024 * 1024)
#define OF_PART 1300
#define OF_HEADER 320
#define OF_BYTE 9
#define OF_ADDRESS 700
#define OF_PARAMETER 400
#define BOUNDARIES 32

struct weighing {
    struct span boundaries[BOUNDARIES];
    size_t count;
    bool any;     /* a boundary is not known as it stands: each line with -- may be one */
    bool header;  /* the line is of a header */
    bool message; /* a message with headers of its own may come behind the blank line */
    bool digest;  /* each part may be a message */
    size_t weight;
};

static const char *find_word(struct span text, const char *word)
{
    size_t len = strlen(word);
    for (size_t i = 0; i + len <= text.len; i++)
        if ((text.at[i] | 32) == *word && strncasecmp(text.at + i, word, len) == 0)
            return text.at + i;
    return NULL;
}

/* Notes the boundary whose name ends at AT; its value may stand in the next line. */
static void note_boundary(struct weighing *w, const char *at, const char *end)
{
    while (at < end && strchr(" \t\r\n", *at))
        at++;
    if (at == end || *at != '=') {
        w->any = w->any || (at < end && strchr("*(", *at));
        return;
    }
    for (at++; at < end && strchr(" \t\r\n\"", *at);)
        at++;
    const char *to = at;
    while (to < end && !strchr("\"; \t\r\n", *to))
        to++;
    struct span value = span_from(at, to);
    if (w->count == BOUNDARIES || value.len == 0 || memchr(at, '\\', value.len) || *at == '(')
        w->any = true;
    else
        w->boundaries[w->count++] = value;
}

static void note_boundaries(struct weighing *w, struct span line, const char *end)
{
    const char *at = line.at;
    while ((at = find_word(span_from(at, span_end(line)), "boundary")))
        note_boundary(w, at += strlen("boundary"), end);
}

static bool ends_part(const struct weighing *w, struct span line)
{
    if (!span_starts(line, SPAN("--")))
        return false;
    struct span rest = {line.at + 2, line.len - 2};
    for (size_t i = 0; i < w->count; i++)
        if (span_starts(rest, w->boundaries[i]))
            return true;
    return w->any;
}

static size_t count_byte(struct span line, char c)
{
    size_t count = 0;
    const char *end = span_end(line);
    for (const char *at = line.at; at < end && (at = memchr(at, c, (size_t)(end - at))); at++)
        count++;
    return count;
}

static void weigh_header(struct weighing *w, struct span line)
{
    w->weight += OF_HEADER + OF_BYTE * line.len + OF_ADDRESS * count_byte(line, ',') +
                 OF_PARAMETER * count_byte(line, ';');
    w->message = w->message || find_word(line, "message/");
    w->digest = w->digest || find_word(line, "digest");
}

/* The next line of a message; what it declares may go on to END. */
static void weigh_line(struct weighing *w, struct span line, const char *end)
{
    bool blank = line.len == 0 || (line.len == 1 && *line.at == '\r');
    if (w->header || (line.len && memchr(line.at, '=', line.len)))
        note_boundaries(w, line, end);
    if (ends_part(w, line)) {
        w->weight += OF_PART;
        w->header = true;
        w->message = w->digest;
    } else if (w->header && blank) {
        w->header = w->message;
        w->message = false;
    } else if (w->header) {
        weigh_header(w, line);
    }
}

size_t mailsize_of(struct span text)
{
    struct weighing w = {.header = true};
    const char *end = span_end(text);
    for (const char *at = text.at; at < end;) {
        const char *lf = memchr(at, '\n', (size_t)(end - at));
        struct span line = span_from(at, lf ? lf : end);
        weigh_line(&w, line, end);
        if (w.weight > MOST)
            return (size_t)(at - text.at);
        at = lf ? lf + 1 : end;
    }
    return text.len;
}
