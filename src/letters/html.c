/* html -- a web page or the HTML part of a mail, as a person sees it.
 *
 * libxml2's HTML parser makes elements of whatever it gets. Blocks are lines, rows of tables have
 * tabs, lists their numbers, boxes their ticks; what is not displayed is left out. No tree is made:
 * one of a page of 10 MB took 550 MiB. */
#include <libxml/HTMLparser.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>

#include "base/fail.h"
#include "base/memory.h"
#include "charset.h"
#include "flow.h"
#include "kinds.h"
#include "plain.h"
#include "quoted.h"

#define DEPTH 200            /* elements within elements; what is deeper is left out and noted */
#define MOST_DEPTH 1000      /* no more are parsed: each end looks through all that are open */
#define MOST_ATTRIBUTES 1000 /* of one element: the parser compares each with all */
#define TITLE_DEPTH 4

struct element {
    bool ordered; /* a list with numbers */
    char type;    /* of its numbers */
    long place;   /* of the next item */
};

struct page {
    struct flow flow;
    struct letter *letter;
    htmlParserCtxtPtr parser;
    bool space;                         /* white space goes before the next text */
    size_t depth, pre;                  /* elements that are open; of them <pre> */
    size_t skip;                        /* the depth at which what is left out began, or 0 */
    struct element elements[DEPTH + 1]; /* that are open, by depth */
    size_t hidden;                      /* elements left out since they are not displayed */
    struct buf title;
    bool deep, cut, titled, in_title;
};

static bool is_one_of(const char *name, const char *const *names)
{
    for (; *names; names++)
        if (strcasecmp(name, *names) == 0)
            return true;
    return false;
}

/* Attributes come as names and values in turn. */
static const char *attribute(const xmlChar **attributes, const char *name)
{
    for (const xmlChar **a = attributes; a && *a; a += 2)
        if (strcasecmp((const char *)a[0], name) == 0)
            return a[1] ? (const char *)a[1] : "";
    return NULL;
}

/* Whether the element says itself that it is not shown. */
static bool is_hidden(const xmlChar **attributes)
{
    const char *style = attribute(attributes, "style");
    if (attribute(attributes, "hidden"))
        return true;
    for (const char *at = style; at && (at = strcasestr(at, "display")); at++) {
        const char *value = at + strlen("display");
        value += strspn(value, " :");
        if (strncasecmp(value, "none", 4) == 0)
            return true;
    }
    return style && strcasestr(style, "mso-hide:all");
}

static void add_text(struct page *p, struct span text)
{
    if (p->pre) {
        flow_add(&p->flow, text);
        return;
    }
    for (size_t i = 0; i < text.len;) {
        if (strchr(" \t\r\n\f", text.at[i])) {
            p->space = true;
            i++;
            continue;
        }
        size_t from = i;
        while (i < text.len && !strchr(" \t\r\n\f", text.at[i]))
            i++;
        const struct buf *to = flow_target(&p->flow);
        if (p->space && to->len && to->at[to->len - 1] != '\n' && to->at[to->len - 1] != ' ')
            flow_add(&p->flow, SPAN(" "));
        p->space = false;
        flow_add(&p->flow, (struct span){text.at + from, i - from});
    }
}

static void note_list(struct element *list, const char *name, const xmlChar **attributes)
{
    const char *start = attribute(attributes, "start"), *type = attribute(attributes, "type");
    *list = (struct element){.ordered = strcasecmp(name, "ol") == 0, .place = 1};
    if (list->ordered && start)
        list->place = atol(start);
    if (list->ordered && type)
        list->type = *type;
}

/* The place of an item, from 1 or where the list or an item says. One that is hidden counts. */
static long count_item(struct page *p, const xmlChar **attributes)
{
    struct element *list = &p->elements[p->depth - 1];
    const char *value = attribute(attributes, "value");
    long place = value ? atol(value) : list->place;
    list->place = place < LONG_MAX ? place + 1 : place;
    return place;
}

static void add_bullet(struct page *p, long place)
{
    char label[32];
    const struct element *list = &p->elements[p->depth - 1];
    if (!list->ordered)
        snprintf(label, sizeof label, "• ");
    else if ((list->type == 'a' || list->type == 'A') && place >= 1 && place <= 26)
        snprintf(label, sizeof label, "%c. ", list->type + (int)place - 1);
    else
        snprintf(label, sizeof label, "%ld. ", place);
    flow_add(&p->flow, span_of(label));
    p->space = false;
}

/* What a form shows: boxes with their ticks, the entry that is filled in. */
static void add_input(struct page *p, const xmlChar **attributes)
{
    const char *type = attribute(attributes, "type"), *value = attribute(attributes, "value");
    const struct buf *to = flow_target(&p->flow);
    if (p->space && to->len && to->at[to->len - 1] != '\n' && to->at[to->len - 1] != ' ')
        flow_add(&p->flow, SPAN(" "));
    p->space = false;
    if (type && (strcasecmp(type, "checkbox") == 0 || strcasecmp(type, "radio") == 0))
        flow_add(&p->flow, attribute(attributes, "checked") ? SPAN("☒ ") : SPAN("☐ "));
    else if (value && (!type || strcasecmp(type, "text") == 0))
        add_text(p, span_of(value));
}

static void start_table(struct page *p, const char *name)
{
    if (strcasecmp(name, "table") == 0)
        flow_table(&p->flow);
    else if (strcasecmp(name, "tr") == 0)
        flow_row(&p->flow);
    p->space = false;
}

static void end_table(struct page *p, const char *name)
{
    if (strcasecmp(name, "table") == 0)
        flow_end_table(&p->flow);
    else if (strcasecmp(name, "tr") == 0)
        flow_end_row(&p->flow);
    else
        flow_end_cell(&p->flow);
    p->space = false;
}

/* A block begins or ends. */
static void break_line(struct page *p, const char *name)
{
    static const char *const apart[] = {"p",  "h1", "h2", "h3", "h4",         "h5",
                                        "h6", "ul", "ol", "dl", "blockquote", NULL};
    if (is_one_of(name, apart))
        flow_gap(&p->flow);
    else
        flow_line(&p->flow);
    p->space = false;
}

static bool is_table(const char *name)
{
    static const char *const parts[] = {"table", "tr", "td", "th", NULL};
    return is_one_of(name, parts);
}

static bool is_block(const char *name)
{
    static const char *const blocks[] = {
        "p",       "div",    "h1",      "h2",         "h3",         "h4",     "h5",
        "h6",      "ul",     "ol",      "li",         "dl",         "dt",     "dd",
        "section", "main",   "form",    "fieldset",   "article",    "header", "footer",
        "nav",     "aside",  "address", "pre",        "legend",     "figure", "hr",
        "caption", "center", "option",  "blockquote", "figcaption", NULL};
    return is_one_of(name, blocks);
}

/* Whether nothing of the element is shown. */
static bool starts_skip(struct page *p, const char *name, const xmlChar **attributes)
{
    static const char *const unseen[] = {"script", "style", "template", "noscript", "svg",
                                         "head",   "title", "object",   "iframe",   NULL};
    if (p->depth > DEPTH) {
        p->deep = true;
        return true;
    }
    if (is_one_of(name, unseen))
        return true;
    bool hidden = is_hidden(attributes);
    p->hidden += hidden;
    return hidden;
}

static void start_shown(struct page *p, const char *name, const xmlChar **attributes, long place)
{
    bool item = strcasecmp(name, "li") == 0;
    if (strcasecmp(name, "br") == 0) {
        flow_add(&p->flow, SPAN("\n"));
        p->space = false;
    } else if (strcasecmp(name, "input") == 0) {
        add_input(p, attributes);
    } else if (is_table(name)) {
        start_table(p, name);
    } else if (is_block(name)) {
        break_line(p, name);
        if (item)
            add_bullet(p, place);
        p->pre += strcasecmp(name, "pre") == 0;
    }
}

static void start(void *data, const xmlChar *tag, const xmlChar **attributes)
{
    struct page *p = data;
    const char *name = (const char *)tag;
    p->depth++;
    if (p->depth > MOST_DEPTH) {
        p->cut = true;
        xmlStopParser(p->parser);
    }
    if (!p->titled && p->depth <= TITLE_DEPTH && strcasecmp(name, "title") == 0)
        p->titled = p->in_title = true;
    if (p->skip)
        return;
    long place = 0;
    if (p->depth <= DEPTH) {
        note_list(&p->elements[p->depth], name, attributes);
        place = strcasecmp(name, "li") == 0 ? count_item(p, attributes) : 0;
    }
    if (starts_skip(p, name, attributes))
        p->skip = p->depth;
    else
        start_shown(p, name, attributes, place);
}

static void end(void *data, const xmlChar *tag)
{
    struct page *p = data;
    const char *name = (const char *)tag;
    size_t depth = p->depth;
    p->depth -= depth != 0;
    p->in_title = false;
    if (p->skip) {
        p->skip = p->skip == depth ? 0 : p->skip;
        return;
    }
    if (is_table(name)) {
        end_table(p, name);
    } else if (is_block(name)) {
        p->pre -= strcasecmp(name, "pre") == 0;
        break_line(p, name);
    }
}

static void text(void *data, const xmlChar *at, int len)
{
    struct page *p = data;
    struct span piece = {(const char *)at, (size_t)len};
    if (p->in_title)
        buf_add(&p->title, piece);
    if (!p->skip)
        add_text(p, piece);
}

/* A page that a browser saved begins with a comment: saved from url=(0019)http://x.example/ */
static void take_url(struct span page, struct letter *l)
{
    struct span head = {page.at, page.len < 4096 ? page.len : 4096};
    const char *at = head.len ? memmem(head.at, head.len, "saved from url=(", 16) : NULL;
    const char *end = span_end(head);
    at = at && l->url.len == 0 ? memchr(at, ')', (size_t)(end - at)) : NULL;
    if (!at)
        return;
    const char *to = ++at;
    while (to < end && !strchr(" \t\r\n>", *to))
        to++;
    buf_add(&l->url, span_from(at, to));
}

/* Behind the last attribute of the tag at AT; counts them as the parser does. */
static const char *count_attributes(const char *at, const char *end, size_t *count)
{
    *count = 0;
    for (bool blank = false; at < end && *at != '>'; at++) {
        bool now = strchr(" \t\r\n\f", *at) != NULL;
        *count += blank && !now;
        blank = now;
        if (*at != '=')
            continue;
        while (at + 1 < end && strchr(" \t\r\n\f", at[1]))
            at++;
        if (at + 1 == end || (at[1] != '"' && at[1] != '\''))
            continue;
        const char *quote = memchr(at + 2, at[1], (size_t)(end - at - 2));
        at = quote ? quote : end - 1;
        blank = true; /* the next one needs no space */
    }
    return at;
}

/* Where the element NAME ends whose tag ends at AT. */
static const char *end_of(const char *at, const char *end, const char *name)
{
    size_t len = strlen(name);
    for (; at < end && (at = memchr(at, '<', (size_t)(end - at))); at++)
        if ((size_t)(end - at) > len + 1 && at[1] == '/' && strncasecmp(at + 2, name, len) == 0)
            return at;
    return end;
}

/* Behind what starts behind the '<' at AT: a tag, a comment, or a script or style with what
 * stands in it, which are no tags whatever they look like. */
static const char *pass_tag(const char *at, const char *end, size_t *count)
{
    static const char *const raw[] = {"script", "style"};
    const char *start = at;
    *count = 0;
    if (end - at > 3 && memcmp(at, "!--", 3) == 0) {
        const char *close = memmem(at, (size_t)(end - at), "-->", 3);
        return close ? close : end;
    }
    if (at == end || (*at | 32) < 'a' || (*at | 32) > 'z')
        return at;
    at = count_attributes(at, end, count);
    for (size_t i = 0; i < sizeof raw / sizeof *raw; i++) {
        size_t len = strlen(raw[i]);
        if ((size_t)(at - start) >= len && strncasecmp(start, raw[i], len) == 0)
            return end_of(at, end, raw[i]);
    }
    return at;
}

static bool has_endless_tag(struct span page)
{
    const char *end = span_end(page);
    for (const char *at = page.at; at < end && (at = memchr(at, '<', (size_t)(end - at)));) {
        size_t count;
        at = pass_tag(at + 1, end, &count);
        if (count > MOST_ATTRIBUTES)
            return true;
    }
    return false;
}

static void parse(struct page *p, struct buf *utf8)
{
    xmlMemSetup(memory_free, memory_alloc, memory_grow, memory_copy);
    p->parser = htmlNewParserCtxt();
    if (!p->parser)
        fail_memory();
    xmlSAXHandler sax = {.startElement = start,
                         .endElement = end,
                         .characters = text,
                         .ignorableWhitespace = text,
                         .cdataBlock = text};
    *p->parser->sax = sax;
    p->parser->userData = p;
    htmlCtxtReadMemory(p->parser, buf_text(utf8), (int)utf8->len, NULL, "UTF-8",
                       HTML_PARSE_NONET | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
                           HTML_PARSE_RECOVER);
    htmlFreeParserCtxt(p->parser);
}

/* What parse() left in P, to the letter. */
static void take_page(struct page *p, struct letter *l)
{
    flow_finish(&p->flow);
    if (l->text.len == 0) { /* moved: it may be large */
        struct buf old = l->text;
        l->text = p->flow.text;
        p->flow.text = old;
    } else {
        buf_add(&l->text, buf_span(&p->flow.text));
    }
    plain_clean(&l->text);
    plain_clean(&p->title);
    if (l->title.len == 0)
        buf_add(&l->title, buf_span(&p->title));
    if (p->hidden)
        letter_note(l, "%zu hidden elements left out", p->hidden);
    if (p->deep)
        letter_note(l, "elements deeper than %d left out", DEPTH);
    if (p->cut)
        letter_note(l, "all behind an element deeper than %d left out", MOST_DEPTH);
    flow_free(&p->flow);
    buf_free(&p->title);
}

void html_text(struct span page, const char *charset, struct letter *l)
{
    char named[48];
    struct buf utf8 = {0};
    if ((!charset || !*charset) && charset_of_page(page, named, sizeof named))
        charset = named;
    charset_decode(page, charset, &utf8, l);
    take_url(buf_span(&utf8), l);
    if (utf8.len > INT32_MAX / 2) {
        trouble_set(&l->trouble, TROUBLE_TOO_LARGE, "a page of %zu bytes", utf8.len);
    } else if (has_endless_tag(buf_span(&utf8))) {
        trouble_set(&l->trouble, TROUBLE_TOO_LARGE, "an element of more than %d attributes",
                    MOST_ATTRIBUTES);
    } else {
        struct page p = {.letter = l};
        parse(&p, &utf8);
        buf_free(&utf8);
        take_page(&p, l);
    }
    buf_free(&utf8);
}

void html_read(struct reader *r, struct span bytes, struct letter *l)
{
    (void)r;
    html_text(bytes, NULL, l);
}
