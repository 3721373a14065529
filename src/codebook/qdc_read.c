/* qdc_read -- the codes and sets of a REFI-QDA file (qdc_nodes.h) as a codebook of ours: a codable
 * node is a code, the nodes around it its group, a set with the lines of a field a field. */
#include <stdlib.h>

#include "base/fail.h"
#include "codebook/qdc.h"
#include "qdc_nodes.h"

struct reader {
    struct codebook *book;
    struct qdc_nodes qdc;
    struct losses *losses;
    size_t deep, twins;  /* codes in groups of groups; codes of the same name */
    size_t further;      /* sets of codes that have a group already */
    struct intern names; /* the names of such codes with their groups, */
    size_t *numbers;     /* and the last number given to each */
    size_t numbers_cap;
};

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
            c->label = qdc_kept(&r->book->arena, text);
            return;
        }
        struct codebook_term *t = codebook_add_term(f, code, c->place);
        t->text = qdc_kept(&r->book->arena, text);
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
    struct span text = qdc_kept(&r->book->arena, buf_span(&notes));
    if (text.len)
        f->codes[code].notes = text;
    buf_free(&notes);
}

/* The names of the codes around a code, from the outermost, parted by " / ". */
static struct span group_of(struct reader *r, const struct qdc_node *n)
{
    struct buf path = {0}, rest = {0};
    for (size_t at = n->parent; at != QDC_NONE; at = r->qdc.nodes[at].parent) {
        buf_clear(&rest);
        buf_add(&rest, buf_span(&path));
        buf_clear(&path);
        buf_add(&path, r->qdc.nodes[at].name);
        if (rest.len)
            buf_add(&path, SPAN(" / "));
        buf_add(&path, buf_span(&rest));
    }
    r->deep += rest.len > 0;
    struct span group = path.len ? qdc_kept(&r->book->arena, buf_span(&path)) : n->set;
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
static struct span own_name(struct reader *r, const struct codebook_field *f,
                            const struct qdc_node *n, struct span group)
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
    struct span own = qdc_kept(&r->book->arena, buf_span(&name));
    buf_free(&name);
    return own;
}

static void add_code(struct reader *r, size_t field, const struct qdc_node *n)
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
static bool is_field(const struct qdc_set *s, struct span *from, struct span *into)
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
    *x = (struct index){.node = calloc(r->qdc.count + 1, sizeof *x->node),
                        .placed = calloc(r->qdc.count + 1, sizeof *x->placed)};
    if (!x->node || !x->placed)
        fail_memory();
    for (size_t i = 0; i < r->qdc.count; i++) {
        size_t known = x->guids.count;
        if (r->qdc.nodes[i].guid.len &&
            intern_add_borrowed(&x->guids, r->qdc.nodes[i].guid) == known)
            x->node[known] = i;
    }
}

static void index_free(struct index *x)
{
    intern_free(&x->guids);
    free(x->node);
    free(x->placed);
}

static void add_field(struct reader *r, struct index *x, const struct qdc_set *s, struct span from,
                      struct span into)
{
    struct codebook_field *f = codebook_add_field(r->book, r->book->file);
    f->from = qdc_kept(&r->book->arena, from);
    f->into = qdc_kept(&r->book->arena, into);
    for (size_t i = 0; i < s->count; i++) {
        size_t at = s->members[i].len ? intern_find(&x->guids, s->members[i]) : INTERN_NONE;
        if (at == INTERN_NONE || !r->qdc.nodes[x->node[at]].codable)
            continue;
        add_code(r, r->book->count - 1, &r->qdc.nodes[x->node[at]]);
        x->placed[x->node[at]] = true;
    }
}

/* A set that is no field is a group of its codes, in programs whose codes have no tree. */
static void take_group(struct reader *r, const struct index *x, const struct qdc_set *s)
{
    for (size_t i = 0; i < s->count; i++) {
        size_t at = s->members[i].len ? intern_find(&x->guids, s->members[i]) : INTERN_NONE;
        if (at == INTERN_NONE)
            continue;
        struct qdc_node *n = &r->qdc.nodes[x->node[at]];
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
    for (size_t i = 0; i < r->qdc.set_count; i++) {
        struct span from, into;
        if (!is_field(&r->qdc.sets[i], &from, &into) && r->qdc.sets[i].name.len)
            take_group(r, &x, &r->qdc.sets[i]);
    }
    for (size_t i = 0; i < r->qdc.set_count; i++) {
        struct span from, into;
        if (is_field(&r->qdc.sets[i], &from, &into))
            add_field(r, &x, &r->qdc.sets[i], from, into);
        else
            nameless += r->qdc.sets[i].name.len == 0;
    }
    bool general = r->book->count == 0;
    if (general)
        codebook_add_field(r->book, r->book->file);
    for (size_t i = 0; i < r->qdc.count; i++) {
        if (general && r->qdc.nodes[i].codable)
            add_code(r, 0, &r->qdc.nodes[i]);
        homeless += !general && r->qdc.nodes[i].codable && !x.placed[i];
    }
    losses_add(l, "sets without a name", nameless);
    losses_add(l, "further sets of a code, which has one group", r->further);
    losses_add(l, "codes that are in no field's set", homeless);
    index_free(&x);
}

static void add_losses(const struct reader *r, struct losses *l)
{
    size_t empty = 0, described = 0, colours = 0;
    for (size_t i = 0; i < r->qdc.count; i++) {
        const struct qdc_node *n = &r->qdc.nodes[i];
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
    qdc_nodes_read(&r->qdc, r->book->file, &r->book->arena);
    add_fields(r, r->losses);
    add_losses(r, r->losses);
    codebook_settle(r->book);
}

bool qdc_load(struct codebook *b, const char *file, struct losses *l, struct fault *fault)
{
    *b = (struct codebook){.file = file};
    struct reader r = {.book = b, .losses = l};
    bool good = fault_catch(fault, read_book, &r);
    qdc_nodes_free(&r.qdc);
    intern_free(&r.names);
    free(r.numbers);
    return good;
}
