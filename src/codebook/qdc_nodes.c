/* qdc_nodes -- a REFI-QDA codebook pulled through node by node. */
#include "qdc_nodes.h"

#include <libxml/xmlreader.h>
#include <stdlib.h>

#include "base/fail.h"
#include "base/memory.h"
#include "codebook/qdc.h"
#include "docs/document.h"

static _Noreturn void fail_at(const struct qdc_nodes *q, int line, const char *what)
{
    fault_raise_at(q->file, (size_t)line, 0, "%s", what);
}

/* The parser itself is ahead of the node that it gave. */
static int line_of(const struct qdc_nodes *q)
{
    const xmlNode *node = xmlTextReaderCurrentNode(q->xml);
    long line = node ? xmlGetLineNo(node) : 0;
    return line > 0 ? (int)line : xmlTextReaderGetParserLineNumber(q->xml);
}

struct span qdc_kept(struct arena *a, struct span text)
{
    while (text.len && strchr(" \t\r\n", text.at[0]))
        text = (struct span){text.at + 1, text.len - 1};
    while (text.len && strchr(" \t\r\n", text.at[text.len - 1]))
        text.len--;
    return (struct span){arena_text(a, text), text.len};
}

/* No at if there is no such attribute. */
static struct span attribute(const struct qdc_nodes *q, const char *name)
{
    xmlChar *value = xmlTextReaderGetAttribute(q->xml, (const xmlChar *)name);
    struct span text = {0};
    if (value)
        text = qdc_kept(q->arena, span_of((const char *)value));
    xmlFree(value);
    return text;
}

static void open_code(struct qdc_nodes *q)
{
    if (q->count == CODEBOOK_MOST_ROWS)
        fault_raise(q->file, "more than %zu codes", CODEBOOK_MOST_ROWS);
    q->nodes = array_grow(q->nodes, &q->cap, q->count + 1, sizeof *q->nodes);
    struct qdc_node *n = &q->nodes[q->count];
    struct span codable = attribute(q, "isCodable");
    *n = (struct qdc_node){.guid = attribute(q, "guid"),
                           .name = attribute(q, "name"),
                           .parent = q->open,
                           .line = line_of(q),
                           .codable =
                               !span_eq(codable, SPAN("false")) && !span_eq(codable, SPAN("0")),
                           .coloured = attribute(q, "color").len > 0};
    if (n->name.len == 0)
        fail_at(q, n->line, "a code without a name");
    if (q->open != QDC_NONE)
        q->nodes[q->open].has_children = true;
    q->count++;
    if (!xmlTextReaderIsEmptyElement(q->xml))
        q->open = q->count - 1;
}

static void open_set(struct qdc_nodes *q)
{
    q->sets = array_grow(q->sets, &q->sets_cap, q->set_count + 1, sizeof *q->sets);
    q->sets[q->set_count++] = (struct qdc_set){.name = attribute(q, "name")};
    q->in_set = !xmlTextReaderIsEmptyElement(q->xml);
}

static void add_member(struct qdc_nodes *q)
{
    struct qdc_set *s = &q->sets[q->set_count - 1];
    struct span guid = attribute(q, "guid");
    s->members = array_grow(s->members, &s->cap, s->count + 1, sizeof *s->members);
    s->members[s->count++] = guid.at ? guid : attribute(q, "targetGUID");
}

static void start_element(struct qdc_nodes *q, const char *name)
{
    if (strcmp(name, "Code") == 0)
        open_code(q);
    else if (strcmp(name, "Set") == 0)
        open_set(q);
    else if (strcmp(name, "MemberCode") == 0 && q->in_set)
        add_member(q);
    else if (strcmp(name, "Description") == 0 && !xmlTextReaderIsEmptyElement(q->xml))
        q->in_description = true;
    buf_clear(&q->text);
}

static void end_element(struct qdc_nodes *q, const char *name)
{
    if (strcmp(name, "Code") == 0) {
        q->open = q->nodes[q->open].parent;
    } else if (strcmp(name, "Set") == 0) {
        q->in_set = false;
    } else if (strcmp(name, "Description") == 0) {
        struct span text = qdc_kept(q->arena, buf_span(&q->text));
        if (q->in_set)
            q->sets[q->set_count - 1].description = text;
        else if (q->open != QDC_NONE)
            q->nodes[q->open].description = text;
        q->in_description = false;
    }
}

static void check_root(const struct qdc_nodes *q, const char *name)
{
    const char *space = (const char *)xmlTextReaderConstNamespaceUri(q->xml);
    if (strcmp(name, "CodeBook") != 0 || !space ||
        strncmp(space, "urn:QDA-XML:codebook:", sizeof "urn:QDA-XML:codebook:" - 1) != 0)
        fail_at(q, line_of(q), "not a REFI-QDA codebook");
}

static _Noreturn void fail_declaration(const struct qdc_nodes *q, int line)
{
    fail_at(q, line, "a document type declaration, which no codebook needs");
}

static void take_node(struct qdc_nodes *q)
{
    const char *name = (const char *)xmlTextReaderConstLocalName(q->xml);
    switch (xmlTextReaderNodeType(q->xml)) {
    case XML_READER_TYPE_DOCUMENT_TYPE:
        fail_declaration(q, line_of(q));
    case XML_READER_TYPE_ELEMENT:
        if (xmlTextReaderDepth(q->xml) == 0)
            check_root(q, name);
        start_element(q, name);
        break;
    case XML_READER_TYPE_END_ELEMENT:
        end_element(q, name);
        break;
    case XML_READER_TYPE_TEXT:
    case XML_READER_TYPE_CDATA:
    case XML_READER_TYPE_SIGNIFICANT_WHITESPACE:
        if (q->in_description)
            buf_add(&q->text, span_of((const char *)xmlTextReaderConstValue(q->xml)));
        break;
    default:
        break;
    }
}

static _Noreturn void fail_xml(const struct qdc_nodes *q)
{
    const xmlError *error = xmlGetLastError();
    if (!error || !error->message)
        fault_raise(q->file, "cannot be read as XML");
    struct span what = span_of(error->message);
    while (what.len && what.at[what.len - 1] == '\n')
        what.len--;
    fault_raise_at(q->file, (size_t)error->line, 0, "not XML: %s", quote(what));
}

/* The parser reads ahead, so a declaration in front of all elements is refused before
 * it starts; in other encodings than UTF-8, when it gives the declaration. */
static void check_prolog(const struct qdc_nodes *q, struct span text)
{
    int line = 1;
    for (size_t i = 0; i + 1 < text.len; i++) {
        struct span rest = {text.at + i, text.len - i};
        line += text.at[i] == '\n';
        if (span_starts(rest, SPAN("<!DOCTYPE")))
            fail_declaration(q, line);
        if (text.at[i] == '<' && text.at[i + 1] != '?' && text.at[i + 1] != '!')
            return;
    }
}

void qdc_nodes_read(struct qdc_nodes *q, const char *file, struct arena *a)
{
    q->file = file;
    q->arena = a;
    q->open = QDC_NONE;
    document_read(&q->bytes, q->file);
    if (q->bytes.len > QDC_MAX)
        fault_raise(q->file, "larger than 64 MiB, which no codebook is");
    check_prolog(q, buf_span(&q->bytes));
    buf_reserve(&q->bytes, 1);
    xmlMemSetup(memory_free, memory_alloc, memory_grow, memory_copy);
    q->xml = xmlReaderForMemory(q->bytes.at, (int)q->bytes.len, NULL, NULL,
                                XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
    if (!q->xml)
        fail_xml(q);
    int more;
    while ((more = xmlTextReaderRead(q->xml)) == 1)
        take_node(q);
    if (more < 0)
        fail_xml(q);
}

void qdc_nodes_free(struct qdc_nodes *q)
{
    if (q->xml)
        xmlFreeTextReader(q->xml);
    xmlCleanupParser();
    for (size_t i = 0; i < q->set_count; i++)
        free(q->sets[i].members);
    free(q->sets);
    free(q->nodes);
    buf_free(&q->text);
    buf_free(&q->bytes);
}
