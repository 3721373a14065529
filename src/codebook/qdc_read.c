/* qdc_read -- codebooks from programs of qualitative data analysis, by libxml2.
 *
 * The file is pulled through node by node, without a tree and without recursion. */
#include <libxml/xmlreader.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/fail.h"
#include "base/memory.h"
#include "codebook/qdc.h"
#include "docs/document.h"

#define NONE SIZE_MAX

struct node {
    struct span guid, name, description;
    struct span set; /* the name of the first set that it is in, if that is no field */
    size_t parent;   /* its place among the nodes, or NONE */
    int line;
    bool codable, coloured, has_children;
};

struct set {
    struct span name, description;
    struct span *members; /* guids */
    size_t count, cap;
};

struct reader {
    struct codebook *book;
    xmlTextReader *xml;
    struct buf bytes; /* of the file */
    struct losses *losses;
    struct node *nodes;
    size_t count, cap;
    struct set *sets;
    size_t set_count, sets_cap;
    size_t open; /* the code that is open, or NONE */
    bool in_set, in_description;
    struct buf text;     /* of the open description */
    size_t deep, twins;  /* codes in groups of groups; codes of the same name */
    size_t further;      /* sets of codes that have a group already */
    struct intern names; /* the names of such codes with their groups, */
    size_t *numbers;     /* and the last number given to each */
    size_t numbers_cap;
};

static _Noreturn void fail_at(const struct reader *r, int line, const char *what)
{
    fault_raise_at(r->book->file, (size_t)line, 0, "%s", what);
}

/* The parser itself is ahead of the node that it gave. */
static int line_of(const struct reader *r)
{
    const xmlNode *node = xmlTextReaderCurrentNode(r->xml);
    long line = node ? xmlGetLineNo(node) : 0;
    return line > 0 ? (int)line : xmlTextReaderGetParserLineNumber(r->xml);
}

static struct span kept(const struct reader *r, struct span text)
{
    while (text.len && strchr(" \t\r\n", text.at[0]))
        text = (struct span){text.at + 1, text.len - 1};
    while (text.len && strchr(" \t\r\n", text.at[text.len - 1]))
        text.len--;
    return (struct span){arena_text(&r->book->arena, text), text.len};
}

/* No at if there is no such attribute. */
static struct span attribute(const struct reader *r, const char *name)
{
    xmlChar *value = xmlTextReaderGetAttribute(r->xml, (const xmlChar *)name);
    struct span text = {0};
    if (value)
        text = kept(r, span_of((const char *)value));
    xmlFree(value);
    return text;
}

/* ---- nodes ---- */

static void open_code(struct reader *r)
{
    if (r->count == CODEBOOK_MOST_ROWS)
        fault_raise(r->book->file, "more than %zu codes", CODEBOOK_MOST_ROWS);
    r->nodes = array_grow(r->nodes, &r->cap, r->count + 1, sizeof *r->nodes);
    struct node *n = &r->nodes[r->count];
    struct span codable = attribute(r, "isCodable");
    *n = (struct node){.guid = attribute(r, "guid"),
                       .name = attribute(r, "name"),
                       .parent = r->open,
                       .line = line_of(r),
                       .codable = !span_eq(codable, SPAN("false")) && !span_eq(codable, SPAN("0")),
                       .coloured = attribute(r, "color").len > 0};
    if (n->name.len == 0)
        fail_at(r, n->line, "a code without a name");
    if (r->open != NONE)
        r->nodes[r->open].has_children = true;
    r->count++;
    if (!xmlTextReaderIsEmptyElement(r->xml))
        r->open = r->count - 1;
}

static void open_set(struct reader *r)
{
    r->sets = array_grow(r->sets, &r->sets_cap, r->set_count + 1, sizeof *r->sets);
    r->sets[r->set_count++] = (struct set){.name = attribute(r, "name")};
    r->in_set = !xmlTextReaderIsEmptyElement(r->xml);
}

static void add_member(struct reader *r)
{
    struct set *s = &r->sets[r->set_count - 1];
    struct span guid = attribute(r, "guid");
    s->members = array_grow(s->members, &s->cap, s->count + 1, sizeof *s->members);
    s->members[s->count++] = guid.at ? guid : attribute(r, "targetGUID");
}

static void start_element(struct reader *r, const char *name)
{
    if (strcmp(name, "Code") == 0)
        open_code(r);
    else if (strcmp(name, "Set") == 0)
        open_set(r);
    else if (strcmp(name, "MemberCode") == 0 && r->in_set)
        add_member(r);
    else if (strcmp(name, "Description") == 0 && !xmlTextReaderIsEmptyElement(r->xml))
        r->in_description = true;
    buf_clear(&r->text);
}

static void end_element(struct reader *r, const char *name)
{
    if (strcmp(name, "Code") == 0) {
        r->open = r->nodes[r->open].parent;
    } else if (strcmp(name, "Set") == 0) {
        r->in_set = false;
    } else if (strcmp(name, "Description") == 0) {
        struct span text = kept(r, buf_span(&r->text));
        if (r->in_set)
            r->sets[r->set_count - 1].description = text;
        else if (r->open != NONE)
            r->nodes[r->open].description = text;
        r->in_description = false;
    }
}

static void check_root(const struct reader *r, const char *name)
{
    const char *space = (const char *)xmlTextReaderConstNamespaceUri(r->xml);
    if (strcmp(name, "CodeBook") != 0 || !space ||
        strncmp(space, "urn:QDA-XML:codebook:", sizeof "urn:QDA-XML:codebook:" - 1) != 0)
        fail_at(r, line_of(r), "not a REFI-QDA codebook");
}

static _Noreturn void fail_declaration(const struct reader *r, int line)
{
    fail_at(r, line, "a document type declaration, which no codebook needs");
}

static void take_node(struct reader *r)
{
    const char *name = (const char *)xmlTextReaderConstLocalName(r->xml);
    switch (xmlTextReaderNodeType(r->xml)) {
    case XML_READER_TYPE_DOCUMENT_TYPE:
        fail_declaration(r, line_of(r));
    case XML_READER_TYPE_ELEMENT:
        if (xmlTextReaderDepth(r->xml) == 0)
            check_root(r, name);
        start_element(r, name);
        break;
    case XML_READER_TYPE_END_ELEMENT:
        end_element(r, name);
        break;
    case XML_READER_TYPE_TEXT:
    case XML_READER_TYPE_CDATA:
    case XML_READER_TYPE_SIGNIFICANT_WHITESPACE:
        if (r->in_description)
            buf_add(&r->text, span_of((const char *)xmlTextReaderConstValue(r->xml)));
        break;
    default:
        break;
    }
}

static _Noreturn void fail_xml(const struct reader *r)
{
    const xmlError *error = xmlGetLastError();
    if (!error || !error->message)
        fault_raise(r->book->file, "cannot be read as XML");
    struct span what = span_of(error->message);
    while (what.len && what.at[what.len - 1] == '\n')
        what.len--;
    fault_raise_at(r->book->file, (size_t)error->line, 0, "not XML: %s", quote(what));
}

/* The parser reads ahead, so a declaration in front of all elements is refused before
 * it starts; in other encodings than UTF-8, when it gives the declaration. */
static void check_prolog(const struct reader *r, struct span text)
{
    int line = 1;
    for (size_t i = 0; i + 1 < text.len; i++) {
        struct span rest = {text.at + i, text.len - i};
        line += text.at[i] == '\n';
        if (span_starts(rest, SPAN("<!DOCTYPE")))
            fail_declaration(r, line);
        if (text.at[i] == '<' && text.at[i + 1] != '?' && text.at[i + 1] != '!')
            return;
    }
}

static void read_xml(struct reader *r)
{
    document_read(&r->bytes, r->book->file);
    if (r->bytes.len > QDC_MAX)
        fault_raise(r->book->file, "larger than 64 MiB, which no codebook is");
    check_prolog(r, buf_span(&r->bytes));
    buf_reserve(&r->bytes, 1);
    xmlMemSetup(memory_free, memory_alloc, memory_grow, memory_copy);
    r->xml = xmlReaderForMemory(r->bytes.at, (int)r->bytes.len, NULL, NULL,
                                XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
    if (!r->xml)
        fail_xml(r);
    int more;
    while ((more = xmlTextReaderRead(r->xml)) == 1)
        take_node(r);
    if (more < 0)
        fail_xml(r);
}

/* ---- codes ---- */

/* What follows START in TEXT, in AFTER. */
static bool follows(struct span text, struct span start, struct span *after)
{
    if (!span_starts(text, start))
        return false;
    *after = (struct span){text.at + start.len, text.len - start.len};
    return true;
}

static struct span next_line(struct span *rest)
{
    const char *end = rest->len ? memchr(rest->at, '\n', rest->len) : NULL;
    struct span line = end ? span_from(rest->at, end) : *rest;
    *rest = end ? span_from(end + 1, span_end(*rest)) : (struct span){0};
    while (line.len && strchr(" \t\r", line.at[line.len - 1]))
        line.len--;
    return line;
}

static void read_line(const struct reader *r, struct codebook_field *f, size_t code,
                      struct span line, struct buf *notes)
{
    struct codebook_code *c = &f->codes[code];
    struct span text;
    for (int i = 0; i < QDC_LINES; i++) {
        if (!follows(line, QDC_STARTS[i], &text) || text.len == 0)
            continue;
        if (i == QDC_LABEL) {
            c->label = kept(r, text);
            return;
        }
        struct codebook_term *t = codebook_add_term(f, code, c->place);
        t->text = kept(r, text);
        t->match = (enum codebook_match)i;
        return;
    }
    if (notes->len)
        buf_addc(notes, '\n');
    buf_add(notes, line);
}

static void read_description(const struct reader *r, struct codebook_field *f, size_t code,
                             struct span description)
{
    struct buf notes = {0};
    for (struct span rest = description; rest.len;)
        read_line(r, f, code, next_line(&rest), &notes);
    struct span text = kept(r, buf_span(&notes));
    if (text.len)
        f->codes[code].notes = text;
    buf_free(&notes);
}

/* The names of the codes around a code, from the outermost, parted by " / ". */
static struct span group_of(struct reader *r, const struct node *n)
{
    struct buf path = {0}, rest = {0};
    for (size_t at = n->parent; at != NONE; at = r->nodes[at].parent) {
        buf_clear(&rest);
        buf_add(&rest, buf_span(&path));
        buf_clear(&path);
        buf_add(&path, r->nodes[at].name);
        if (rest.len)
            buf_add(&path, SPAN(" / "));
        buf_add(&path, buf_span(&rest));
    }
    r->deep += rest.len > 0;
    struct span group = path.len ? kept(r, buf_span(&path)) : n->set;
    r->further += path.len > 0 && n->set.len > 0;
    buf_free(&path);
    buf_free(&rest);
    return group;
}

/* The last number given to a name that several codes have: they may be thousands. */
static size_t *number_of(struct reader *r, struct span name)
{
    size_t before = r->numbers_cap, at = intern_add(&r->names, name);
    r->numbers = array_grow(r->numbers, &r->numbers_cap, at + 1, sizeof *r->numbers);
    for (size_t i = before; i < r->numbers_cap; i++)
        r->numbers[i] = 0;
    return &r->numbers[at];
}

/* Codes of one name in different groups are told apart by the group, then by number. */
static struct span own_name(struct reader *r, const struct codebook_field *f, const struct node *n,
                            struct span group)
{
    struct buf name = {0};
    buf_add(&name, n->name);
    if (codebook_find(f, buf_span(&name)) < f->code_count) {
        buf_clear(&name);
        buf_add(&name, group);
        buf_add(&name, group.len ? SPAN(" / ") : SPAN(""));
        buf_add(&name, n->name);
        size_t *number = number_of(r, buf_span(&name)), len = name.len;
        r->twins++;
        do {
            name.len = len;
            if (++*number > 1)
                buf_addf(&name, " (%zu)", *number);
        } while (codebook_find(f, buf_span(&name)) < f->code_count);
    }
    struct span own = kept(r, buf_span(&name));
    buf_free(&name);
    return own;
}

static void add_code(struct reader *r, size_t field, const struct node *n)
{
    struct codebook_field *f = &r->book->fields[field];
    struct span group = group_of(r, n);
    struct buf place = {0};
    buf_addf(&place, "%s:%d", r->book->file, n->line);
    struct codebook_code *c = codebook_add_code(f, own_name(r, f, n, group));
    c->group = group;
    c->place = arena_text(&r->book->arena, buf_span(&place));
    buf_free(&place);
    read_description(r, f, f->code_count - 1, n->description);
}

/* ---- fields ---- */

/* Is the set one that stands for a field? */
static bool is_field(const struct set *s, struct span *from, struct span *into)
{
    struct span rest = s->description;
    struct span first = next_line(&rest), second = next_line(&rest);
    return follows(first, SPAN(QDC_FROM), from) && follows(second, SPAN(QDC_INTO), into) &&
           from->len && into->len;
}

/* The codes by their guids. */
struct index {
    struct intern guids;
    size_t *node; /* by number of the guid */
    bool *placed; /* by node: it is in a field */
};

static void index_init(struct index *x, const struct reader *r)
{
    *x = (struct index){.node = calloc(r->count + 1, sizeof *x->node),
                        .placed = calloc(r->count + 1, sizeof *x->placed)};
    if (!x->node || !x->placed)
        fail_memory();
    for (size_t i = 0; i < r->count; i++) {
        size_t known = x->guids.count;
        if (r->nodes[i].guid.len && intern_add_borrowed(&x->guids, r->nodes[i].guid) == known)
            x->node[known] = i;
    }
}

static void index_free(struct index *x)
{
    intern_free(&x->guids);
    free(x->node);
    free(x->placed);
}

static void add_field(struct reader *r, struct index *x, const struct set *s, struct span from,
                      struct span into)
{
    struct codebook_field *f = codebook_add_field(r->book, r->book->file);
    f->from = kept(r, from);
    f->into = kept(r, into);
    for (size_t i = 0; i < s->count; i++) {
        size_t at = s->members[i].len ? intern_find(&x->guids, s->members[i]) : INTERN_NONE;
        if (at == INTERN_NONE || !r->nodes[x->node[at]].codable)
            continue;
        add_code(r, r->book->count - 1, &r->nodes[x->node[at]]);
        x->placed[x->node[at]] = true;
    }
}

/* A set that is no field is a group of its codes, in programs whose codes have no tree. */
static void take_group(struct reader *r, const struct index *x, const struct set *s)
{
    for (size_t i = 0; i < s->count; i++) {
        size_t at = s->members[i].len ? intern_find(&x->guids, s->members[i]) : INTERN_NONE;
        if (at == INTERN_NONE)
            continue;
        struct node *n = &r->nodes[x->node[at]];
        r->further += n->set.len > 0;
        if (n->set.len == 0)
            n->set = s->name;
    }
}

/* One field for each set that says it is one; without such, one for any field. */
static void add_fields(struct reader *r, struct losses *l)
{
    struct index x;
    size_t nameless = 0, homeless = 0;
    index_init(&x, r);
    for (size_t i = 0; i < r->set_count; i++) {
        struct span from, into;
        if (!is_field(&r->sets[i], &from, &into) && r->sets[i].name.len)
            take_group(r, &x, &r->sets[i]);
    }
    for (size_t i = 0; i < r->set_count; i++) {
        struct span from, into;
        if (is_field(&r->sets[i], &from, &into))
            add_field(r, &x, &r->sets[i], from, into);
        else
            nameless += r->sets[i].name.len == 0;
    }
    bool general = r->book->count == 0;
    if (general)
        codebook_add_field(r->book, r->book->file);
    for (size_t i = 0; i < r->count; i++) {
        if (general && r->nodes[i].codable)
            add_code(r, 0, &r->nodes[i]);
        homeless += !general && r->nodes[i].codable && !x.placed[i];
    }
    losses_add(l, "sets without a name", nameless);
    losses_add(l, "further sets of a code, which has one group", r->further);
    losses_add(l, "codes that are in no field's set", homeless);
    index_free(&x);
}

static void add_losses(const struct reader *r, struct losses *l)
{
    size_t empty = 0, described = 0, colours = 0;
    for (size_t i = 0; i < r->count; i++) {
        const struct node *n = &r->nodes[i];
        empty += !n->codable && !n->has_children;
        described += !n->codable && n->description.len > 0;
        colours += n->coloured;
    }
    losses_add(l, "groups without codes", empty);
    losses_add(l, "descriptions of groups", described);
    losses_add(l, "colours", colours);
    losses_add(l, "levels of groups, now 'OUTER / INNER'", r->deep);
    losses_add(l, "names that two codes have, now 'GROUP / NAME'", r->twins);
}

static void read_book(void *with)
{
    struct reader *r = with;
    read_xml(r);
    add_fields(r, r->losses);
    add_losses(r, r->losses);
    codebook_settle(r->book);
}

bool qdc_load(struct codebook *b, const char *file, struct losses *l, struct fault *fault)
{
    *b = (struct codebook){.file = file};
    struct reader r = {.book = b, .open = NONE, .losses = l};
    bool good = fault_catch(fault, read_book, &r);
    if (r.xml)
        xmlFreeTextReader(r.xml);
    xmlCleanupParser();
    for (size_t i = 0; i < r.set_count; i++)
        free(r.sets[i].members);
    free(r.sets);
    free(r.nodes);
    intern_free(&r.names);
    free(r.numbers);
    buf_free(&r.text);
    buf_free(&r.bytes);
    return good;
}
