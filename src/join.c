/* join -- merge records with those of a second file that have the same key.
 *
 * RIGHT is held: the bytes of its lines and a hash index. LEFT streams past it,
 * each record looked up by its key or, where the key is a list, by each
 * element. Nothing is lost unseen: a record without a partner is written,
 * listed or counted, whatever the kind of join.
 * Memory: RIGHT's bytes and at most 57 bytes a record; under --validate 1:1 and
 * 1:m also LEFT's keys, which have to be told apart. */
#include "fail.h"
#include "filter.h"
#include "joiner.h"

struct options {
    struct opt_list on;
    int kind, each, validate, clash;
    const char *unmatched[2]; /* by side */
    const char *require;
    struct opt_list merge;
    const char *conflicts;
    bool provenance;
    size_t max_listed;
};

static const struct opt OPTIONS[] = {
    {"on", 0, "FIELD[=RIGHT][,...]", OPT_LIST, offsetof(struct options, on),
     "the key fields, with their names on the right where these differ"},
    {"kind", 0, "inner|left|right|full|semi|anti", OPT_CHOICE, offsetof(struct options, kind),
     "which records to write (default: inner)"},
    {"each", 0, "rows|lists", OPT_CHOICE, offsetof(struct options, each),
     "look up each element of a list: a record an element, or RIGHT's fields as lists"},
    {"validate", 0, "1:1|1:m|m:1|m:m", OPT_CHOICE, offsetof(struct options, validate),
     "how often a key may stand on each side (default: m:1)"},
    {"on-clash", 0, "suffix|left|right|error", OPT_CHOICE, offsetof(struct options, clash),
     "what to do with a field on both sides: RIGHT's as NAME_right, one side's only, or stop "
     "(default: suffix)"},
    {"merge", 0, "FIELD=RULE", OPT_LIST, offsetof(struct options, merge),
     "one value for a field on both sides, '*' for all others: left, right, agree, union or "
     "newest:DATEFIELD"},
    {"conflicts", 0, "FILE", OPT_TEXT, offsetof(struct options, conflicts),
     "list the values on which --merge found the sides to disagree in FILE"},
    {"provenance", 0, NULL, OPT_FLAG, offsetof(struct options, provenance),
     "tell in _provenance which side each merged field came from"},
    {"unmatched-left", 0, "FILE", OPT_TEXT, offsetof(struct options, unmatched[ON_LEFT]),
     "list LEFT records without a partner in FILE"},
    {"unmatched-right", 0, "FILE", OPT_TEXT, offsetof(struct options, unmatched[ON_RIGHT]),
     "list RIGHT records without a partner in FILE"},
    {"require", 0, "SIDE[,SIDE]", OPT_TEXT, offsetof(struct options, require),
     "fail if a record of left, right or both has no partner"},
    {"max-listed", 0, "N", OPT_COUNT, offsetof(struct options, max_listed),
     "tell at most N keys that break --validate (default: 20)"},
    {0},
};

static const struct opt_program PROGRAM = {
    "join", "RIGHT [LEFT]",
    "Merge the records of LEFT (default: standard input), as they come, with those of RIGHT, "
    "which is held in memory.",
    OPTIONS,
    "Null, absent and empty keys match nothing. Keys compare with their type: 1 is not \"1\"."};

/* The sides named in --require. */
static void parse_require(const char *text, bool required[2])
{
    for (const char *at = text; at && *at; at += strcspn(at, ",")) {
        at += *at == ',';
        struct span side = {at, strcspn(at, ",")};
        bool right = span_eq(side, SPAN("right"));
        if (!right && !span_eq(side, SPAN("left")))
            fail(STATUS_USAGE, "option '--require' takes left, right or both, not %s (try --help)",
                 quote(side));
        required[right ? ON_RIGHT : ON_LEFT] = true;
    }
}

static void check_usage(const struct filter *f, const struct options *o)
{
    if (o->on.count == 0)
        fail(STATUS_USAGE, "option '--on' is required (try --help)");
    if (f->operand_count < 1 || f->operand_count > 2)
        fail(STATUS_USAGE, "RIGHT and at most one LEFT file are required (try --help)");
    if (o->merge.count == 0 && (o->conflicts || o->provenance))
        fail(STATUS_USAGE, "option '--%s' needs '--merge' (try --help)",
             o->conflicts ? "conflicts" : "provenance");
    if (o->merge.count && o->each == EACH_LISTS)
        fail(STATUS_USAGE, "option '--merge' cannot go with '--each lists' (try --help)");
    if (strcmp(f->operands[0], "-") == 0 &&
        (f->operand_count == 1 || strcmp(f->operands[1], "-") == 0))
        fail(STATUS_USAGE, "standard input cannot be both sides (try --help)");
}

static void start(struct joiner *j, struct filter *f, const struct options *o)
{
    bool required[2] = {false, false};
    *j = (struct joiner){.filter = f,
                         .kind = (enum join_kind)o->kind,
                         .each = (enum join_each)o->each,
                         .validate = (enum join_validate)o->validate,
                         .broken.max = o->max_listed};
    joinkey_parse(&j->key[ON_LEFT], &j->key[ON_RIGHT], o->on.at, o->on.count);
    parse_require(o->require, required);
    for (int side = 0; side < 2; side++)
        unmatched_open(&j->unmatched[side], o->unmatched[side], required[side]);
    merge_open(&j->merge, &o->merge, o->conflicts);
    joiner_start(j, (enum pair_clash)o->clash);
    j->pair.provenance = o->provenance;
}

static void hold_right(struct joiner *j, struct filter *f)
{
    struct jsonl reader;
    struct record r;
    jsonl_open(&reader, f->operands, 1, f->options.max_line);
    while (filter_next_from(f, &reader, &r))
        joiner_hold(j, &r);
    joiner_held_all(j);
    filter_count(f, "right_read", reader.records);
    filter_say(f, "%s: %zu records held", reader.in.name, j->held.count);
    jsonl_close(&reader);
}

static void count(struct filter *f, const struct joiner *j)
{
    const struct joiner_counts *n = &j->counts;
    filter_count(f, "left_matched", n->matched[ON_LEFT]);
    filter_count(f, "left_unmatched", n->unmatched[ON_LEFT]);
    filter_count(f, "left_rejected", n->rejected[ON_LEFT]);
    filter_count(f, "left_keys", n->keys);
    filter_count(f, "left_keys_unmatched", n->keys_unmatched);
    filter_count(f, "right_matched", n->matched[ON_RIGHT]);
    filter_count(f, "right_unmatched", n->unmatched[ON_RIGHT]);
    filter_count(f, "right_rejected", n->rejected[ON_RIGHT]);
    filter_count(f, "pairs", n->pairs);
    if (j->merge.count && json_object_set_new(f->counts, "merge", merge_counts(&j->merge)) != 0)
        fail_memory();
    filter_say(f, "%zu records matched, %zu unmatched; of RIGHT %zu matched, %zu unmatched",
               n->matched[ON_LEFT], n->unmatched[ON_LEFT], n->matched[ON_RIGHT],
               n->unmatched[ON_RIGHT]);
}

int main(int argc, char **argv)
{
    struct options o = {.each = EACH_NONE, .validate = MANY_TO_ONE, .max_listed = 20};
    struct filter f;
    struct joiner j;
    struct record r;
    filter_start(&f, &PROGRAM, &o, argc, argv);
    check_usage(&f, &o);
    start(&j, &f, &o);
    filter_read(&f, f.operands + 1, f.operand_count - 1);
    hold_right(&j, &f);
    while (filter_next(&f, &r))
        joiner_join(&j, &r);
    joiner_finish(&j);
    count(&f, &j);
    joiner_free(&j);
    opt_list_free(&o.on);
    opt_list_free(&o.merge);
    return filter_close(&f);
}
