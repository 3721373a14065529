/* xml -- an XML part of a package as a stream. */
#include "package/xml.h"

#include <libxml/parser.h>
#include <stdlib.h>

#include "base/fail.h"
#include "base/memory.h"

#define MAX_DEPTH 4000 /* of elements; an office program writes some 50 */

struct xml {
    struct part *part;
    xmlParserCtxtPtr parser;
    const struct xml_handler *handler;
    void *data;
    struct trouble *trouble;
    size_t depth; /* elements that are open */
};

static struct span name_of(const xmlChar *name)
{
    return span_of((const char *)name);
}

/* libxml2 hands over its own context, in which ours is kept. */
static struct xml *ours(void *context)
{
    return ((xmlParserCtxtPtr)context)->_private;
}

/* libxml2 counts attributes by five pointers each; the parameters are its own. */
static void start_element(void *context, const xmlChar *name, const xmlChar *prefix,
                          const xmlChar *uri, int spaces, const xmlChar **namespaces, int count,
                          int defaulted, const xmlChar **attributes)
{
    (void)prefix, (void)uri, (void)spaces, (void)namespaces, (void)defaulted;
    struct xml *x = ours(context);
    struct xml_attributes a = {attributes, count};
    if (++x->depth > MAX_DEPTH) {
        trouble_set(x->trouble, TROUBLE_TOO_LARGE, "elements nested more than %d deep", MAX_DEPTH);
        xmlStopParser(x->parser);
    }
    if (x->handler->start)
        x->handler->start(x->data, name_of(name), &a);
}

static void end_element(void *context, const xmlChar *name, const xmlChar *prefix,
                        const xmlChar *uri)
{
    (void)prefix, (void)uri;
    struct xml *x = ours(context);
    x->depth--;
    if (x->handler->end)
        x->handler->end(x->data, name_of(name));
}

static void characters(void *context, const xmlChar *text, int len)
{
    struct xml *x = ours(context);
    if (x->handler->text)
        x->handler->text(x->data, (struct span){(const char *)text, (size_t)len});
}

static void doctype(void *context, const xmlChar *name, const xmlChar *external,
                    const xmlChar *system)
{
    (void)name, (void)external, (void)system;
    struct xml *x = ours(context);
    trouble_set(x->trouble, TROUBLE_CORRUPT,
                "a document type declaration, which no office program writes");
    xmlStopParser(x->parser);
}

/* Faults are asked for at the end of a block; libxml2 must not print them. */
static void quiet(void *context, xmlErrorPtr error)
{
    (void)context, (void)error;
}

struct xml *xml_open(const struct package *p, struct span name, const struct xml_handler *handler,
                     void *data, struct trouble *t)
{
    struct part *part = part_open(p, name, t);
    if (!part)
        return NULL;
    xmlSAXHandler sax = {
        .initialized = XML_SAX2_MAGIC,
        .startElementNs = start_element,
        .endElementNs = end_element,
        .characters = characters,
        .ignorableWhitespace = characters,
        .cdataBlock = characters,
        .internalSubset = doctype,
        .serror = quiet,
    };
    struct xml *x = malloc(sizeof *x);
    xmlMemSetup(memory_free, memory_alloc, memory_grow, memory_copy);
    xmlParserCtxtPtr parser = xmlCreatePushParserCtxt(&sax, NULL, NULL, 0, NULL);
    if (!x || !parser)
        fail_memory();
    xmlCtxtUseOptions(parser, XML_PARSE_NONET);
    parser->_private = x;
    *x = (struct xml){part, parser, handler, data, t, 0};
    return x;
}

static enum xml_status fault(struct xml *x)
{
    const xmlError *error = xmlCtxtGetLastError(x->parser);
    struct span what = span_of(error && error->message ? error->message : "broken XML");
    while (what.len && what.at[what.len - 1] == '\n')
        what.len--;
    trouble_set(x->trouble, TROUBLE_CORRUPT, "broken XML: %s", quote(what));
    return XML_BAD;
}

enum xml_status xml_more(struct xml *x)
{
    const char *bytes;
    ssize_t got = part_read(x->part, &bytes, x->trouble);
    if (got < 0)
        return XML_BAD;
    int broken = xmlParseChunk(x->parser, got ? bytes : "", (int)got, got == 0);
    if (x->trouble->kind != TROUBLE_NONE)
        return XML_BAD;
    if (broken || (got == 0 && !x->parser->wellFormed))
        return fault(x);
    return got ? XML_MORE : XML_END;
}

void xml_close(struct xml *x)
{
    if (!x)
        return;
    xmlFreeParserCtxt(x->parser);
    part_close(x->part);
    free(x);
}

bool xml_read(const struct package *p, struct span name, const struct xml_handler *handler,
              void *data, struct trouble *t)
{
    struct xml *x = xml_open(p, name, handler, data, t);
    if (!x)
        return false;
    enum xml_status status;
    while ((status = xml_more(x)) == XML_MORE)
        ;
    xml_close(x);
    return status == XML_END;
}

struct span xml_attribute(const struct xml_attributes *a, const char *prefix, const char *name)
{
    for (int i = 0; i < a->count; i++) {
        const unsigned char **attribute = a->at + 5 * (ptrdiff_t)i;
        if (strcmp((const char *)attribute[0], name) != 0)
            continue;
        if (prefix && (!attribute[1] || strcmp((const char *)attribute[1], prefix) != 0))
            continue;
        return span_from((const char *)attribute[3], (const char *)attribute[4]);
    }
    return (struct span){NULL, 0};
}

size_t xml_number(struct span text, size_t otherwise)
{
    size_t number = 0;
    if (text.len == 0 || text.len > 18)
        return otherwise;
    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] < '0' || text.at[i] > '9')
            return otherwise;
        number = number * 10 + (size_t)(text.at[i] - '0');
    }
    return number;
}

bool xml_truth(struct span text)
{
    return span_eq(text, SPAN("1")) || span_eq(text, SPAN("true")) || span_eq(text, SPAN("on"));
}
