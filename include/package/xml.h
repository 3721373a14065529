/* xml -- an XML part of a package as a stream of starts, ends and texts.
 *
 * libxml2's push parser: a part of any size takes one block. Names are local names;
 * there are no entities but XML's own, no network, and a part with a document type
 * declaration is refused, since no office program writes one. */
#ifndef XML_H
#define XML_H

#include "package/package.h"

struct xml_attributes {
    const unsigned char **at; /* as libxml2 gives them */
    int count;
};

/* NULL for what is passed over. */
struct xml_handler {
    void (*start)(void *data, struct span name, const struct xml_attributes *attributes);
    void (*end)(void *data, struct span name);
    void (*text)(void *data, struct span text);
};

enum xml_status { XML_MORE, XML_END, XML_BAD };

struct xml;

/* NULL if the package has no such part, or on trouble. */
struct xml *xml_open(const struct package *p, struct span name, const struct xml_handler *handler,
                     void *data, struct trouble *t);

/* Reads a block on. XML_BAD: trouble, also if the handler has set any. */
enum xml_status xml_more(struct xml *x);
void xml_close(struct xml *x);

/* The whole part at once. False if it is not there, or on trouble. */
bool xml_read(const struct package *p, struct span name, const struct xml_handler *handler,
              void *data, struct trouble *t);

/* The value of the attribute NAME, in PREFIX if that is not NULL; a NULL at if absent. */
struct span xml_attribute(const struct xml_attributes *a, const char *prefix, const char *name);

/* A whole number; OTHERWISE if TEXT is none or too large. */
size_t xml_number(struct span text, size_t otherwise);

/* Whether TEXT is one of XML's ways to say yes. */
bool xml_truth(struct span text);

#endif
