/* html -- a web page or the HTML part of a mail, as a person sees it.
 *
 * libxml2's HTML parser makes a tree of whatever it gets. Blocks are lines, rows of tables have
 * tabs, lists their numbers, boxes their ticks; what is not displayed is left out. */
#include <libxml/HTMLparser.h>
#include <libxml/tree.h>
#include <stdio.h>
#include <strings.h>

#include "base/memory.h"
#include "charset.h"
#include "flow.h"
#include "kinds.h"
#include "plain.h"
#include "quoted.h"

#define DEPTH 200 /* elements within elements; what is deeper is left out and noted */

struct page {
    struct flow flow;
    struct letter *letter;
    bool space;        /* white space goes before the next text */
    size_t depth, pre; /* within <pre> */
    size_t hidden;     /* elements left out since they are not displayed */
    bool deep;
};

static bool is_one_of(const char *name, const char *const *names)
{
    for (; *names; names++)
        if (strcasecmp(name, *names) == 0)
            return true;
    return false;
}

static const char *attribute(const xmlNode *node, const char *name)
{
    for (const xmlAttr *a = node->properties; a; a = a->next)
        if (strcasecmp((const char *)a->name, name) == 0)
            return a->children && a->children->content ? (const char *)a->children->content : "";
    return NULL;
}

/* Whether the element says itself that it is not shown. */
static bool is_hidden(const xmlNode *node)
{
    const char *style = attribute(node, "style");
    if (attribute(node, "hidden"))
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

/* The place of a list's item, from 1 or where the list or an item says. */
static long place_of(const xmlNode *item)
{
    const char *start = item->parent ? attribute(item->parent, "start") : NULL;
    long place = start ? atol(start) : 1;
    for (const xmlNode *n = item->parent ? item->parent->children : NULL; n; n = n->next) {
        if (n->type != XML_ELEMENT_NODE || strcasecmp((const char *)n->name, "li") != 0)
            continue;
        const char *value = attribute(n, "value");
        place = value ? atol(value) : place;
        if (n == item)
            break;
        place++;
    }
    return place;
}

static void add_bullet(struct page *p, const xmlNode *item)
{
    char label[32];
    const xmlNode *list = item->parent;
    bool ordered = list && list->name && strcasecmp((const char *)list->name, "ol") == 0;
    const char *type = ordered ? attribute(list, "type") : NULL;
    long place = ordered ? place_of(item) : 0;
    if (!ordered)
        snprintf(label, sizeof label, "• ");
    else if (type && (*type == 'a' || *type == 'A') && place >= 1 && place <= 26)
        snprintf(label, sizeof label, "%c. ", *type + (int)place - 1);
    else
        snprintf(label, sizeof label, "%ld. ", place);
    flow_add(&p->flow, span_of(label));
    p->space = false;
}

/* What a form shows: boxes with their ticks, the entry that is filled in. */
static void add_input(struct page *p, const xmlNode *node)
{
    const char *type = attribute(node, "type"), *value = attribute(node, "value");
    const struct buf *to = flow_target(&p->flow);
    if (p->space && to->len && to->at[to->len - 1] != '\n' && to->at[to->len - 1] != ' ')
        flow_add(&p->flow, SPAN(" "));
    p->space = false;
    if (type && (strcasecmp(type, "checkbox") == 0 || strcasecmp(type, "radio") == 0))
        flow_add(&p->flow, attribute(node, "checked") ? SPAN("☒ ") : SPAN("☐ "));
    else if (value && (!type || strcasecmp(type, "text") == 0))
        add_text(p, span_of(value));
}

static void walk(struct page *p, const xmlNode *node);

static void walk_children(struct page *p, const xmlNode *node)
{
    if (p->depth >= DEPTH) {
        p->deep = true;
        return;
    }
    p->depth++;
    for (const xmlNode *n = node->children; n; n = n->next)
        walk(p, n);
    p->depth--;
}

/* An element of a table. False if NODE is none. */
static bool walk_table(struct page *p, const xmlNode *node, const char *name)
{
    if (strcasecmp(name, "table") == 0) {
        flow_table(&p->flow);
        walk_children(p, node);
        flow_end_table(&p->flow);
    } else if (strcasecmp(name, "tr") == 0) {
        flow_row(&p->flow);
        walk_children(p, node);
        flow_end_row(&p->flow);
    } else if (strcasecmp(name, "td") == 0 || strcasecmp(name, "th") == 0) {
        p->space = false;
        walk_children(p, node);
        flow_end_cell(&p->flow);
    } else {
        return false;
    }
    p->space = false;
    return true;
}

static void walk_block(struct page *p, const xmlNode *node, const char *name)
{
    static const char *const apart[] = {"p",  "h1", "h2", "h3", "h4",         "h5",
                                        "h6", "ul", "ol", "dl", "blockquote", NULL};
    bool gap = is_one_of(name, apart), pre = strcasecmp(name, "pre") == 0;
    if (gap)
        flow_gap(&p->flow);
    else
        flow_line(&p->flow);
    p->space = false;
    if (strcasecmp(name, "li") == 0)
        add_bullet(p, node);
    p->pre += pre;
    walk_children(p, node);
    p->pre -= pre;
    if (gap)
        flow_gap(&p->flow);
    else
        flow_line(&p->flow);
    p->space = false;
}

static void walk_element(struct page *p, const xmlNode *node)
{
    static const char *const blocks[] = {
        "p",       "div",    "h1",      "h2",         "h3",         "h4",     "h5",
        "h6",      "ul",     "ol",      "li",         "dl",         "dt",     "dd",
        "section", "main",   "form",    "fieldset",   "article",    "header", "footer",
        "nav",     "aside",  "address", "pre",        "legend",     "figure", "hr",
        "caption", "center", "option",  "blockquote", "figcaption", NULL};
    static const char *const unseen[] = {"script", "style", "template", "noscript", "svg",
                                         "head",   "title", "object",   "iframe",   NULL};
    const char *name = (const char *)node->name;
    if (is_one_of(name, unseen))
        return;
    if (is_hidden(node)) {
        p->hidden++;
        return;
    }
    if (strcasecmp(name, "br") == 0) {
        flow_add(&p->flow, SPAN("\n"));
        p->space = false;
    } else if (strcasecmp(name, "input") == 0) {
        add_input(p, node);
    } else if (!walk_table(p, node, name)) {
        if (is_one_of(name, blocks))
            walk_block(p, node, name);
        else
            walk_children(p, node);
    }
}

static void walk(struct page *p, const xmlNode *node)
{
    if (node->type == XML_ELEMENT_NODE)
        walk_element(p, node);
    else if ((node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE) && node->content)
        add_text(p, span_of((const char *)node->content));
}

/* The first element NAME below NODE, not deep, or NULL. */
static const xmlNode *find(const xmlNode *node, const char *name, size_t depth)
{
    for (; node; node = node->next) {
        if (node->type != XML_ELEMENT_NODE)
            continue;
        if (strcasecmp((const char *)node->name, name) == 0)
            return node;
        const xmlNode *found = depth ? find(node->children, name, depth - 1) : NULL;
        if (found)
            return found;
    }
    return NULL;
}

static void take_title(const xmlNode *root, struct letter *l)
{
    const xmlNode *title = find(root, "title", 3);
    if (!title || !title->children || !title->children->content || l->title.len)
        return;
    buf_add(&l->title, span_of((const char *)title->children->content));
    plain_clean(&l->title);
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
        buf_free(&utf8);
        return;
    }
    xmlMemSetup(memory_free, memory_alloc, memory_grow, memory_copy);
    htmlDocPtr doc = htmlReadMemory(buf_text(&utf8), (int)utf8.len, NULL, "UTF-8",
                                    HTML_PARSE_NONET | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
                                        HTML_PARSE_RECOVER);
    struct page p = {.letter = l};
    if (doc) {
        take_title(doc->children, l);
        for (const xmlNode *n = doc->children; n; n = n->next)
            walk(&p, n);
        xmlFreeDoc(doc);
    }
    flow_finish(&p.flow);
    buf_add(&l->text, buf_span(&p.flow.text));
    plain_clean(&l->text);
    if (p.hidden)
        letter_note(l, "%zu hidden elements left out", p.hidden);
    if (p.deep)
        letter_note(l, "elements deeper than %d left out", DEPTH);
    flow_free(&p.flow);
    buf_free(&utf8);
}

void html_read(struct reader *r, struct span bytes, struct letter *l)
{
    (void)r;
    html_text(bytes, NULL, l);
}
