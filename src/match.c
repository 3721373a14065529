/* match -- names of LEFT that probably mean a name of RIGHT, as a proposal.
 *
 * The names of RIGHT are held in an index of their rare words; each distinct name of
 * LEFT is looked up in it and written with up to three names that it may mean, the
 * score of each and its reasons. Nothing is merged: a person sets `accept`, and `join --aliases`
 * reads the file. Memory: the distinct names of both sides and the index, never the records. */
#include "base/fail.h"
#include "base/utf8.h"
#include "match/namesakes.h"
#include "stream/emit.h"
#include "stream/filter.h"
#include "text/fingerprint.h"

#include <stdlib.h>

#define TOP 3
#define AT_LEAST 0.5

struct options {
    const char *field;
    struct opt_list also;
    size_t top;
    double at_least;
    bool omit_equal;
};

static const struct opt OPTIONS[] = {
    {"field", 0, "FIELD[=RIGHT]", OPT_REQUIRED_TEXT, offsetof(struct options, field),
     "the field with the name, and what it is called on the right where that differs; each "
     "element of a list; required"},
    {"also", 0, "FIELD", OPT_LIST, offsetof(struct options, also),
     "a field of RIGHT with other names of the same body (Welsh, former, short); repeatable"},
    {"top", 0, "N", OPT_COUNT_FROM(1), offsetof(struct options, top),
     "propose at most N names for each (default: 3)"},
    {"at-least", 0, "S", OPT_NUMBER_IN(0, 1), offsetof(struct options, at_least),
     "propose names with a score of at least S, from 0 to 1 (default: 0.5)"},
    {"omit-equal", 0, NULL, OPT_FLAG, offsetof(struct options, omit_equal),
     "leave out names that stand on the right as they are, which join finds by itself"},
    {0},
};

static const struct opt_program PROGRAM = {
    .name = "match",
    .args = "--field FIELD[=RIGHT] RIGHT [LEFT]",
    .about = "Proposes for each name of LEFT (default: standard input) the names of RIGHT that it "
             "probably means.",
    .options = OPTIONS,
    .notes = "Set \"accept\" to true in the lines that are right; then the list is for --aliases "
             "of join.\n  match --field name roster.jsonl replies.jsonl >pairs.jsonl",
};

/* The names of one side. */
struct side {
    const char *name; /* for --stats and messages */
    struct lookup field;
    size_t names, missing, others; /* others: values that are no strings */
    size_t too_long;
};

struct match {
    const struct options *options;
    struct filter filter;
    struct side left, right;
    struct intern asked; /* the distinct names of LEFT */
    size_t *counts;      /* of them */
    size_t counts_cap;
    struct namesakes held;
    struct lookup *also; /* fields of RIGHT with other names, by option */
    struct buf main;
    struct arena arena;
    struct buf text;
    size_t equal, proposed, unmatched, proposals;
};

/* ---- reading ---- */

/* V, or false if it is no name. */
static bool take_name(struct side *s, const struct value *v, struct buf *scratch, struct span *name)
{
    if (value_missing(v)) {
        s->missing++;
        return false;
    }
    if (v->type != VALUE_STRING) {
        s->others++;
        return false;
    }
    *name = value_text(v, scratch);
    if (name->len == 0) {
        s->missing++;
        return false;
    }
    if (name->len > KEY_LONGEST) {
        s->too_long++;
        return false;
    }
    s->names++;
    return true;
}

static void add_name(struct match *m, struct side *s, const struct value *v)
{
    struct span name;
    if (!take_name(s, v, &m->text, &name))
        return;
    if (s == &m->right) {
        namesakes_add(&m->held, name);
        return;
    }
    size_t index = intern_add(&m->asked, name), before = m->counts_cap;
    m->counts = array_grow(m->counts, &m->counts_cap, index + 1, sizeof *m->counts);
    if (m->counts_cap > before)
        memset(m->counts + before, 0, (m->counts_cap - before) * sizeof *m->counts);
    m->counts[index]++;
}

static void add_record(struct match *m, struct side *s, const struct record *r)
{
    const struct value *v = record_find(r, &s->field);
    if (!v || v->type != VALUE_LIST) {
        add_name(m, s, v);
        return;
    }
    struct span rest = v->raw;
    struct value item;
    while (value_next(&rest, NULL, &item))
        add_name(m, s, &item);
}

static void add_other(struct match *m, struct span name, const struct value *v)
{
    if (value_missing(v) || v->type != VALUE_STRING)
        return;
    struct span other = value_text(v, &m->text);
    m->right.too_long += other.len > KEY_LONGEST;
    if (other.len > 0 && other.len <= KEY_LONGEST)
        namesakes_add_other(&m->held, name, other);
}

/* The other names of a body of RIGHT, once its name is held. */
static void add_others(struct match *m, const struct record *r)
{
    const struct value *v = record_find(r, &m->right.field);
    if (m->options->also.count == 0 || value_missing(v) || v->type != VALUE_STRING)
        return;
    buf_clear(&m->main);
    buf_add(&m->main, value_text(v, &m->text));
    for (size_t i = 0; i < m->options->also.count; i++) {
        const struct value *other = record_find(r, &m->also[i]);
        if (!other || other->type != VALUE_LIST) {
            add_other(m, buf_span(&m->main), other);
            continue;
        }
        struct span rest = other->raw;
        struct value item;
        while (value_next(&rest, NULL, &item))
            add_other(m, buf_span(&m->main), &item);
    }
}

static void ask_others(struct match *m)
{
    m->also = arena_array(&m->arena, m->options->also.count, sizeof *m->also);
    for (size_t i = 0; i < m->options->also.count; i++) {
        m->also[i] = (struct lookup){.name = span_of(m->options->also.at[i])};
        asked_field(&m->filter.asked, ASKED_OTHER, m->also[i].name, "--also");
    }
}

static void read_right(struct match *m)
{
    struct filter *f = &m->filter;
    struct jsonl reader;
    struct record r;
    jsonl_open(&reader, f->operands, 1, f->options.max_line);
    while (filter_next_from(f, &reader, &r)) {
        add_record(m, &m->right, &r);
        add_others(m, &r);
    }
    filter_count(f, "right_read", reader.records);
    jsonl_close(&reader);
    namesakes_build(&m->held);
}

static void read_left(struct match *m)
{
    struct record r;
    while (filter_next(&m->filter, &r))
        add_record(m, &m->left, &r);
}

/* ---- writing ---- */

static void begin_line(struct match *m, size_t asked)
{
    struct buf *b = &m->filter.out.buf;
    buf_addc(b, '{');
    emit_string_field(b, SPAN("left"), m->asked.keys[asked]);
    emit_name(b, SPAN("right"));
}

static void end_line(struct match *m, size_t asked)
{
    struct buf *b = &m->filter.out.buf;
    emit_count_field(b, SPAN("n"), m->counts[asked]);
    emit_name(b, SPAN("accept"));
    emit_null(b);
    buf_addc(b, '}');
    filter_written(&m->filter);
}

/* A name that nothing was found for is a line too, or it would vanish. */
static void write_unmatched(struct match *m, size_t asked)
{
    struct buf *b = &m->filter.out.buf;
    begin_line(m, asked);
    buf_add(b, SPAN("null,\"rank\":null,\"score\":null,\"reasons\":[]"));
    end_line(m, asked);
    m->unmatched++;
}

static void write_proposals(struct match *m, size_t asked)
{
    struct buf *b = &m->filter.out.buf;
    for (size_t i = 0; i < m->held.found_count; i++) {
        begin_line(m, asked);
        const struct namesakes_score *found = &m->held.found[i];
        emit_string(b, m->held.names.keys[found->main]);
        if (found->name != found->main)
            emit_string_field(b, SPAN("also"), m->held.names.keys[found->name]);
        emit_count_field(b, SPAN("rank"), i + 1);
        emit_number_field(b, SPAN("score"), m->held.found[i].score);
        emit_name(b, SPAN("reasons"));
        buf_addc(b, '[');
        namesakes_reasons(&m->held, m->asked.keys[asked], i, b);
        buf_addc(b, ']');
        end_line(m, asked);
        m->proposals++;
    }
}

static void look_up(struct match *m, size_t asked)
{
    struct span name = m->asked.keys[asked];
    size_t same = intern_find(&m->held.names, name);
    bool is_equal = same != INTERN_NONE && m->held.main_name[same] == same;
    m->equal += is_equal;
    if (is_equal && m->options->omit_equal)
        return;
    namesakes_find(&m->held, name, m->options->top, m->options->at_least);
    m->proposed += !is_equal && m->held.found_count > 0;
    if (m->held.found_count)
        write_proposals(m, asked);
    else
        write_unmatched(m, asked);
}

/* ---- start and finish ---- */

static void count_side(struct match *m, const struct side *s, size_t distinct)
{
    static const char *const what[] = {"names", "missing", "not_strings", "distinct", "too_long"};
    const size_t counts[] = {s->names, s->missing, s->others, distinct, s->too_long};
    size_t count = sizeof what / sizeof *what - (s->too_long == 0);
    for (size_t i = 0; i < count; i++) {
        buf_clear(&m->text);
        buf_addf(&m->text, "%s_%s", s->name, what[i]);
        filter_count(&m->filter, buf_text(&m->text), counts[i]);
    }
    if (s->too_long)
        warn("%s: names of more than %zu bytes left out: %zu", s->name, KEY_LONGEST, s->too_long);
    if (s->others)
        filter_say(&m->filter, "%s: values that are no strings left out: %zu", s->name, s->others);
}

static void count(struct match *m)
{
    struct filter *f = &m->filter;
    count_side(m, &m->right, m->held.names.count - m->held.others);
    count_side(m, &m->left, m->asked.count);
    filter_count(f, "equal", m->equal);
    filter_count(f, "with_proposals", m->proposed);
    filter_count(f, "without_proposal", m->unmatched);
    filter_count(f, "proposals", m->proposals);
    filter_say(f, "distinct names: %zu, equal: %zu, with proposals: %zu, without: %zu",
               m->asked.count, m->equal, m->proposed, m->unmatched);
}

static void parse_field(struct match *m)
{
    const char *text = m->options->field;
    const char *parting = strchr(text, '=');
    struct span left = {text, parting ? (size_t)(parting - text) : strlen(text)};
    struct span right = parting ? span_of(parting + 1) : left;
    if (left.len == 0 || right.len == 0 || !utf8_valid(span_of(text), NULL))
        fail(STATUS_USAGE, "option '--field' takes FIELD[=RIGHT], not %s (try --help)",
             quote(span_of(text)));
    m->left = (struct side){.name = "left", .field = {.name = left}};
    m->right = (struct side){.name = "right", .field = {.name = right}};
    asked_field(&m->filter.asked, ASKED_MAIN, left, "--field");
    asked_field(&m->filter.asked, ASKED_OTHER, right, "--field");
}

static void check_usage(const struct filter *f)
{
    if (f->operand_count < 1 || f->operand_count > 2)
        fail(STATUS_USAGE, "RIGHT and at most one LEFT file are required (try --help)");
    if (strcmp(f->operands[0], "-") == 0 &&
        (f->operand_count == 1 || strcmp(f->operands[1], "-") == 0))
        fail(STATUS_USAGE, "standard input cannot be both sides (try --help)");
}

int main(int argc, char **argv)
{
    struct options o = {.top = TOP, .at_least = AT_LEAST};
    struct match m = {.options = &o};
    struct filter *f = &m.filter;
    filter_start(f, &PROGRAM, &o, argc, argv);
    parse_field(&m);
    ask_others(&m);
    check_usage(f);
    filter_read(f, f->operands + 1, f->operand_count - 1);
    read_right(&m);
    read_left(&m);
    for (size_t i = 0; i < m.asked.count; i++)
        look_up(&m, i);
    count(&m);
    intern_free(&m.asked);
    free(m.counts);
    namesakes_free(&m.held);
    buf_free(&m.text);
    buf_free(&m.main);
    arena_free(&m.arena);
    opt_list_free(&o.also);
    return filter_close(f);
}
