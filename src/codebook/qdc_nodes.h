/* qdc_nodes -- the codes and sets of a REFI-QDA codebook as they stand in the file.
 *
 * The file is pulled through node by node by libxml2, without a tree of it and without recursion.
 * Texts are kept in the arena that the reader is given; codes and sets are its own. */
#ifndef QDC_NODES_H
#define QDC_NODES_H

#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"

#define QDC_NONE SIZE_MAX

/* A code, or, where it is not codable, a group of codes. */
struct qdc_node {
    struct span guid, name, description;
    struct span set; /* the name of the first set that it is in, if that is no field */
    size_t parent;   /* its place among the nodes, or QDC_NONE */
    int line;
    bool codable, coloured, has_children;
};

struct qdc_set {
    struct span name, description;
    struct span *members; /* guids */
    size_t count, cap;
};

struct qdc_nodes {
    const char *file;
    struct arena *arena;
    struct qdc_node *nodes; /* a parent before its children */
    size_t count, cap;
    struct qdc_set *sets;
    size_t set_count, sets_cap;

    /* while the file is read */
    struct _xmlTextReader *xml;
    struct buf bytes; /* of the file */
    size_t open;      /* the code that is open, or QDC_NONE */
    bool in_set, in_description;
    struct buf text; /* of the open description */
};

/* Reads FILE, with texts into A; Q is all zero before. Raises a fault (base/fault.h) with the line
 * if it is no codebook of that form: qdc_nodes_free() is to be called then too. */
void qdc_nodes_read(struct qdc_nodes *q, const char *file, struct arena *a);

void qdc_nodes_free(struct qdc_nodes *q);

/* TEXT without the white space around it, in A, with a NUL behind it. */
struct span qdc_kept(struct arena *a, struct span text);

#endif
