/* warc -- a web archive, as wget --warc-file writes it: a letter a page.
 *
 * A record is a head of named fields and so many bytes. Of responses the page behind the HTTP head
 * is read, if the server gave one; redirects and errors are counted. */
#include "warc.h"

#include <stdint.h>
#include <stdlib.h>
#include <strings.h>

#define MAX_HEAD ((size_t)1 << 20)

/* The archive's bytes as they come. */
struct source {
    struct reader *reader;
    struct part *part; /* NULL: all is in HELD */
    struct buf held;
    size_t at;
    struct trouble *trouble;
};

static struct span held(const struct source *s)
{
    return (struct span){s->held.at + s->at, s->held.len - s->at};
}

/* Gets more bytes. False at the end and on trouble. */
static bool more(struct source *s)
{
    if (!s->part)
        return false;
    if (s->at > 0) {
        memmove(s->held.at, s->held.at + s->at, s->held.len - s->at);
        s->held.len -= s->at;
        s->at = 0;
    }
    const char *bytes;
    ssize_t got = part_read(s->part, &bytes, s->trouble);
    if (got > 0)
        buf_add(&s->held, (struct span){bytes, (size_t)got});
    return got > 0;
}

/* The end of the head that TEXT begins with: behind its blank line. 0 if it is not all there. */
static size_t head_end(struct span text)
{
    const char *end = span_end(text);
    for (const char *at = text.at; at < end && (at = memchr(at, '\n', (size_t)(end - at)));) {
        at++;
        const char *blank = at < end && *at == '\r' ? at + 1 : at;
        if (blank < end && *blank == '\n')
            return (size_t)(blank + 1 - text.at);
    }
    return 0;
}

/* The value of the field NAME of a head; empty if it has none. */
static struct span field(struct span head, const char *name)
{
    size_t len = strlen(name);
    for (size_t at = 0; at < head.len;) {
        const char *lf = memchr(head.at + at, '\n', head.len - at);
        size_t end = lf ? (size_t)(lf - head.at) : head.len;
        if (end - at > len && head.at[at + len] == ':' &&
            strncasecmp(head.at + at, name, len) == 0) {
            struct span value = {head.at + at + len + 1, end - at - len - 1};
            while (value.len && strchr(" \t", *value.at))
                value = (struct span){value.at + 1, value.len - 1};
            while (value.len && strchr(" \t\r", value.at[value.len - 1]))
                value.len--;
            return value;
        }
        at = end + 1;
    }
    return SPAN("");
}

static size_t number_of(struct span text)
{
    size_t number = 0;
    for (size_t i = 0; i < text.len && i < 18 && text.at[i] >= '0' && text.at[i] <= '9'; i++)
        number = number * 10 + (size_t)(text.at[i] - '0');
    return number;
}

/* The parts of a chunked body joined, at the end of B. */
static void join_chunks(struct span body, struct buf *b)
{
    while (body.len) {
        char *end, size_text[20] = "";
        memcpy(size_text, body.at, body.len < 19 ? body.len : 19);
        size_t size = strtoul(size_text, &end, 16);
        const char *lf = memchr(body.at, '\n', body.len);
        if (end == size_text || !lf || size == 0)
            return;
        body = span_from(lf + 1, span_end(body));
        size = size < body.len ? size : body.len;
        buf_add(b, (struct span){body.at, size});
        body = (struct span){body.at + size, body.len - size};
        while (body.len && strchr("\r\n", *body.at))
            body = (struct span){body.at + 1, body.len - 1};
    }
}

/* "text/html; charset=utf-8" as a type and a charset. */
static void split_type(struct span type, char *name, char *charset, size_t size)
{
    size_t len = 0;
    while (len < type.len && len + 1 < size && !strchr("; \t", type.at[len]))
        len++;
    memcpy(name, type.at, len);
    name[len] = *charset = '\0';
    const char *at = type.len ? memmem(type.at, type.len, "charset=", 8) : NULL;
    if (!at)
        return;
    at += 8;
    at += at < span_end(type) && *at == '"';
    for (len = 0; at + len < span_end(type) && len + 1 < size && !strchr("\"; ", at[len]);)
        len++;
    memcpy(charset, at, len);
    charset[len] = '\0';
}

static bool is_packed(struct span encoding)
{
    return encoding.len && !span_eq(encoding, SPAN("identity"));
}

/* A body that the server packed, unpacked at the end of B. */
static bool unpack(struct reader *r, struct span body, struct buf *b, struct trouble *t)
{
    struct package p = {.bytes = body};
    struct part *part = part_packed(&p, t);
    bool read = part && part_read_all(part, r->limits.bytes, b, t) && reader_spend(r, b->len, t);
    part_close(part);
    return read;
}

static void give_page(struct reader *r, struct span head, struct span http, struct span body,
                      const struct letter *of)
{
    char type[64], charset[64];
    struct letter l;
    struct buf joined = {0}, unpacked = {0};
    letter_start(&l, "html");
    split_type(field(http, "Content-Type"), type, charset, sizeof type);
    struct span url = field(head, "WARC-Target-URI");
    if (url.len > 1 && *url.at == '<' && url.at[url.len - 1] == '>')
        url = (struct span){url.at + 1, url.len - 2};
    buf_add(&l.url, url);
    letter_set_date(&l, field(head, "WARC-Date"));
    reader_part(&l.part, of, url);
    if (strncasecmp(field(http, "Transfer-Encoding").at, "chunked", 7) == 0) {
        join_chunks(body, &joined);
        body = buf_span(&joined);
    }
    if (is_packed(field(http, "Content-Encoding")) && unpack(r, body, &unpacked, &l.trouble))
        body = buf_span(&unpacked);
    if (l.trouble.kind == TROUBLE_NONE && strcasecmp(type, "text/html") == 0) {
        html_text(body, charset, &l);
        reader_give(r, &l);
    } else if (l.trouble.kind == TROUBLE_NONE) {
        reader_read_part(r, body, url, &l, buf_span(&l.part), type);
        letter_free(&l);
    } else {
        reader_give(r, &l);
    }
    buf_free(&joined);
    buf_free(&unpacked);
}

/* What a page asks for to be shown, which is no page. */
static bool is_dressing(struct span type)
{
    static const char *const kinds[] = {"text/css",
                                        "application/javascript",
                                        "text/javascript",
                                        "application/x-javascript",
                                        "font/",
                                        "application/font",
                                        "application/json",
                                        "image/",
                                        "audio/",
                                        "video/"};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (type.len >= strlen(kinds[i]) && strncasecmp(type.at, kinds[i], strlen(kinds[i])) == 0)
            return true;
    return false;
}

static void read_record(struct reader *r, struct span head, struct span block,
                        const struct letter *of)
{
    struct span type = field(head, "WARC-Type");
    if (span_eq(type, SPAN("resource"))) {
        give_page(r, head, head, block, of);
        return;
    }
    if (!span_eq(type, SPAN("response")))
        return;
    size_t end = head_end(block);
    struct span http = {block.at, end};
    const char *space = end ? memchr(http.at, ' ', http.len) : NULL;
    bool ok = space && http.at + http.len - space > 3 && space[1] == '2';
    if (!ok || end == block.len || is_dressing(field(http, "Content-Type"))) {
        r->responses++;
        return;
    }
    give_page(r, head, http, (struct span){block.at + end, block.len - end}, of);
}

/* Passes LEN bytes of a record that is too long to be held. */
static bool pass(struct source *s, size_t len)
{
    for (;;) {
        size_t there = s->held.len - s->at;
        size_t take = len < there ? len : there;
        s->at += take;
        len -= take;
        if (len == 0)
            return true;
        if (!more(s))
            return false;
    }
}

static void give_long(struct reader *r, struct span head, const struct letter *of)
{
    struct letter l;
    letter_start(&l, "html");
    buf_add(&l.url, field(head, "WARC-Target-URI"));
    reader_part(&l.part, of, buf_span(&l.url));
    letter_set_date(&l, field(head, "WARC-Date"));
    trouble_set(&l.trouble, TROUBLE_TOO_LARGE, "more than %zu bytes", r->limits.bytes);
    reader_give(r, &l);
}

/* One record. False at the end; trouble is set if the archive breaks off or is none. */
static bool next(struct source *s, const struct letter *of)
{
    struct reader *r = s->reader;
    size_t end;
    for (;;) { /* blank lines stand between records */
        while (s->at < s->held.len && strchr("\r\n", s->held.at[s->at]))
            s->at++;
        if ((end = head_end(held(s))) != 0 || held(s).len > MAX_HEAD || !more(s))
            break;
    }
    if (held(s).len == 0)
        return false;
    if (end == 0 || !span_starts(held(s), SPAN("WARC/"))) {
        trouble_set(s->trouble, TROUBLE_CORRUPT, "the web archive breaks off");
        return false;
    }
    struct buf head = {0};
    buf_add(&head, (struct span){held(s).at, end});
    size_t len = number_of(field(buf_span(&head), "Content-Length"));
    s->at += end;
    bool whole = true;
    if (len > r->limits.bytes) {
        give_long(r, buf_span(&head), of);
        whole = pass(s, len);
    } else {
        while (held(s).len < len && more(s))
            ;
        whole = held(s).len >= len;
        struct span block = {held(s).at, whole ? len : held(s).len};
        read_record(r, buf_span(&head), block, of);
        s->at += block.len;
    }
    buf_free(&head);
    if (!whole)
        trouble_set(s->trouble, TROUBLE_CORRUPT, "the web archive breaks off");
    return whole && r->letters < r->limits.letters;
}

static void read_all(struct source *s, struct letter *l)
{
    while (next(s, l))
        ;
    if (l->trouble.kind == TROUBLE_NONE || s->reader->letters == 0)
        return;
    struct letter rest;
    letter_start(&rest, "warc");
    reader_part(&rest.part, l, SPAN("other pages"));
    rest.trouble = l->trouble;
    l->trouble = (struct trouble){0};
    reader_give(s->reader, &rest);
}

void warc_read_packed(struct reader *r, struct part *part, struct buf *begun, struct letter *l)
{
    struct source s = {.reader = r, .part = part, .trouble = &l->trouble};
    buf_add(&s.held, buf_span(begun));
    read_all(&s, l);
    buf_free(&s.held);
}

void warc_read(struct reader *r, struct span bytes, struct letter *l)
{
    /* which is only read: nothing grows or moves without a part to get more from */
    struct source s = {.reader = r, .trouble = &l->trouble};
    s.held = (struct buf){.at = (char *)(uintptr_t)bytes.at, .len = bytes.len, .cap = bytes.len};
    read_all(&s, l);
}
