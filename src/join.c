/* join -- merge records with those of a second file that have the same key.
 *
 * RIGHT is held: the bytes of its lines and a hash index. LEFT streams past it,
 * each record looked up by its key or, where the key is a list, by each
 * element. Nothing is lost unseen: a record without a partner is written,
 * listed or counted, whatever the kind of join.
 * Memory: RIGHT's bytes, at most 57 bytes a record and up to 4 MiB for places of values, or as
 * --memory says; under --validate 1:1 and 1:m also LEFT's keys, which have to be told apart. */
#include "base/fail.h"
#include "base/optlist.h"
#include "join/grace.h"
#include "join/sorted.h"
#include "stream/filter.h"

static const struct choice KINDS[] = {{"inner", JOIN_INNER},
                                      {"left", JOIN_LEFT},
                                      {"right", JOIN_RIGHT},
                                      {"full", JOIN_FULL},
                                      {"semi", JOIN_SEMI},
                                      {"anti", JOIN_ANTI},
                                      {0}};

static const struct choice EACHES[] = {{"rows", EACH_ROWS}, {"lists", EACH_LISTS}, {0}};

static const struct choice VALIDATES[] = {
    {"1:1", ONE_TO_ONE}, {"1:m", ONE_TO_MANY}, {"m:1", MANY_TO_ONE}, {"m:m", MANY_TO_MANY}, {0}};

static const struct choice CLASHES[] = {{"suffix", PAIR_SUFFIX},
                                        {"left", PAIR_LEFT},
                                        {"right", PAIR_RIGHT},
                                        {"error", PAIR_ERROR},
                                        {0}};

static const struct choice KEYS_AS[] = {{"exact", JOINKEY_EXACT},
                                        {"caseless", JOINKEY_CASELESS},
                                        {"organisation", JOINKEY_ORGANISATION},
                                        {0}};

static const struct choice SPLITS[] = {
    {"error", SPLIT_ERROR}, {"first", SPLIT_FIRST}, {"last", SPLIT_LAST}, {0}};

static const struct choice CYCLES[] = {{"error", CYCLE_ERROR}, {"latest", CYCLE_LATEST}, {0}};

static const struct choice MERGERS[] = {{"error", BODIES_ERROR},
                                        {"first", BODIES_FIRST},
                                        {"last", BODIES_LAST},
                                        {"both", BODIES_BOTH},
                                        {0}};

struct options {
    struct opt_list on;
    int kind, each, validate, clash;
    const char *unmatched[2]; /* by side */
    const char *require;
    struct opt_list merge, decisions;
    const char *conflicts;
    bool provenance, sorted;
    int key_as, on_split, on_cycle, on_merge;
    const char *aliases, *succession, *as_at, *merged;
    size_t max_listed;
    const char *memory;
};

static const struct opt OPTIONS[] = {
    {"on", 0, "FIELD[=RIGHT][,...]", OPT_REQUIRED_LIST, offsetof(struct options, on),
     "the key fields, with their names on the right where these differ"},
    {"kind", 0, NULL, OPT_CHOICE(KINDS), offsetof(struct options, kind),
     "which records to write (default: inner)"},
    {"each", 0, NULL, OPT_CHOICE(EACHES), offsetof(struct options, each),
     "look up each element of a list: a record an element, or RIGHT's fields as lists"},
    {"validate", 0, NULL, OPT_CHOICE(VALIDATES), offsetof(struct options, validate),
     "how often a key may stand on each side (default: m:1)"},
    {"on-clash", 0, NULL, OPT_CHOICE(CLASHES), offsetof(struct options, clash),
     "what to do with a field on both sides: RIGHT's as NAME_right, one side's only, or stop "
     "(default: suffix)"},
    {"merge", 0, "FIELD=RULE", OPT_LIST, offsetof(struct options, merge),
     "one value for a field on both sides, '*' for all others: left, right, agree, union or "
     "newest:DATEFIELD"},
    {"conflicts", 0, "FILE", OPT_TEXT, offsetof(struct options, conflicts),
     "list the values on which --merge found the sides to disagree in FILE"},
    {"provenance", 0, NULL, OPT_FLAG, offsetof(struct options, provenance),
     "record in _provenance which side each merged field came from"},
    {"decisions", 0, "FILE", OPT_LIST, offsetof(struct options, decisions),
     "a CSV file of decisions about what --merge and --on-merge found, as review saves it"},
    {"key-as", 0, NULL, OPT_CHOICE(KEYS_AS), offsetof(struct options, key_as),
     "compare texts as they are, regardless of case, or as names of bodies (default: exact)"},
    {"aliases", 0, "FILE", OPT_TEXT, offsetof(struct options, aliases),
     "treat the accepted pairs of FILE (left, right, accept) as the same key"},
    {"succession", 0, "FILE", OPT_TEXT, offsetof(struct options, succession),
     "compare bodies as what they had become, by the steps in FILE (predecessor, successor, "
     "effective_date)"},
    {"as-at", 0, "DATE", OPT_TEXT, offsetof(struct options, as_at),
     "with --succession: as of this date, inclusive"},
    {"on-split", 0, NULL, OPT_CHOICE(SPLITS), offsetof(struct options, on_split),
     "with --succession: a body with two successors is an error, or the first or last step counts "
     "(default: error)"},
    {"on-cycle", 0, NULL, OPT_CHOICE(CYCLES), offsetof(struct options, on_cycle),
     "with --succession: a body that becomes itself is an error, or the latest step is its last "
     "(default: error)"},
    {"on-merge", 0, NULL, OPT_CHOICE(MERGERS), offsetof(struct options, on_merge),
     "with --succession: whose records stay where two keys have become one body (default: error)"},
    {"merged", 0, "FILE", OPT_TEXT, offsetof(struct options, merged),
     "with --succession: list the keys that have become one body in FILE"},
    {"sorted", 0, NULL, OPT_FLAG, offsetof(struct options, sorted),
     "both sides are in the order of their keys: hold only one key's records of RIGHT"},
    {"unmatched-left", 0, "FILE", OPT_TEXT, offsetof(struct options, unmatched[ON_LEFT]),
     "list LEFT records without a match in FILE"},
    {"unmatched-right", 0, "FILE", OPT_TEXT, offsetof(struct options, unmatched[ON_RIGHT]),
     "list RIGHT records without a match in FILE"},
    {"require", 0, "SIDE[,SIDE]", OPT_TEXT, offsetof(struct options, require),
     "fail if a record of left, right or both has no match"},
    {"memory", 0, "SIZE", OPT_TEXT, offsetof(struct options, memory),
     "split RIGHT by its keys into temporary files in $TMPDIR if it takes more than SIZE, as 256M "
     "or 2G, and join part by part"},
    {"max-listed", 0, "N", OPT_COUNT, offsetof(struct options, max_listed),
     "name at most N keys that break --validate (default: 20)"},
    {0},
};

static const struct opt_program PROGRAM = {
    "join", "RIGHT [LEFT]",
    "Merges the records of LEFT (default: standard input), as they come, with those of RIGHT, "
    "which is held in memory.",
    OPTIONS,
    "Null, absent and empty keys match nothing. Keys compare with their type: 1 is not \"1\".\n"
    "  join --on trust --kind left foi.jsonl roster.jsonl >merged.jsonl"};

/* A number of bytes, or of those that its letter says. */
static size_t read_size(const char *text)
{
    static const char units[] = "KMGT";
    size_t size = 0;
    const char *at = text;
    for (; *at >= '0' && *at <= '9' && size < SIZE_MAX / 20; at++)
        size = size * 10 + (size_t)(*at - '0');
    const char *unit = at > text && *at ? strchr(units, *at) : NULL;
    unsigned shift = unit ? 10 * (unsigned)(unit - units + 1) : 0;
    at += unit != NULL;
    if (at == text || *at || size > SIZE_MAX >> shift || size << shift < GRACE_LEAST)
        fail(STATUS_USAGE,
             "option '--memory' takes a size from 64K, as 268435456 or 256M, not %s "
             "(try --help)",
             quote(span_of(text)));
    return size << shift;
}

/* The sides named in --require. */
static void parse_require(const char *text, bool required[2])
{
    struct optlist list;
    enum optlist_status status;
    optlist_open(&list, text, OPTLIST_NAMES);
    while ((status = optlist_next(&list)) != OPTLIST_END) {
        bool right = status == OPTLIST_ITEM && span_eq(list.name, SPAN("right"));
        if (!right && !(status == OPTLIST_ITEM && span_eq(list.name, SPAN("left"))))
            fail(STATUS_USAGE, "option '--require' takes left, right or both, not %s (try --help)",
                 quote(list.item));
        required[right ? ON_RIGHT : ON_LEFT] = true;
    }
    optlist_close(&list);
}

static void check_usage(const struct filter *f, const struct options *o)
{
    bool succession = o->succession != NULL;
    if (f->operand_count < 1 || f->operand_count > 2)
        fail(STATUS_USAGE, "RIGHT and at most one LEFT file are required (try --help)");
    opt_needs(o->decisions.count, "decisions", o->merge.count || succession, "merge");
    opt_needs(o->conflicts, "conflicts", o->merge.count, "merge");
    opt_needs(o->provenance, "provenance", o->merge.count, "merge");
    opt_needs(succession, "succession", o->as_at, "as-at");
    opt_needs(o->as_at, "as-at", succession, "succession");
    opt_needs(o->on_split, "on-split", succession, "succession");
    opt_needs(o->on_cycle, "on-cycle", succession, "succession");
    opt_needs(o->on_merge, "on-merge", succession, "succession");
    opt_needs(o->merged, "merged", succession, "succession");
    if (o->merge.count && o->each == EACH_LISTS)
        fail(STATUS_USAGE, "option '--merge' cannot go with '--each lists' (try --help)");
    if (succession && o->each != EACH_NONE)
        fail(STATUS_USAGE, "option '--succession' cannot go with '--each' (try --help)");
    if (o->sorted && (succession || o->aliases || o->each != EACH_NONE))
        fail(STATUS_USAGE, "option '--sorted' cannot go with '--each', '--aliases' or "
                           "'--succession' (try --help)");
    if (o->memory && (o->sorted || succession || o->each != EACH_NONE))
        fail(STATUS_USAGE, "option '--memory' cannot go with '--each', '--sorted' or "
                           "'--succession' (try --help)");
    if (strcmp(f->operands[0], "-") == 0 &&
        (f->operand_count == 1 || strcmp(f->operands[1], "-") == 0))
        fail(STATUS_USAGE, "standard input cannot be both sides (try --help)");
}

/* What texts stand for, read from the files that tell it. */
struct knowledge {
    struct aliases aliases;
    struct succession succession;
    struct rulings rulings;
    struct output merged;
};

static void learn(struct knowledge *k, struct joiner *j, const struct options *o)
{
    struct fault fault;
    j->rules.as = (enum joinkey_as)o->key_as;
    if (o->aliases) {
        if (!aliases_load(&k->aliases, o->aliases, &fault))
            fault_end(&fault, STATUS_DATA);
        j->rules.aliases = &k->aliases;
    }
    if (o->decisions.count) {
        rulings_load(&k->rulings, &o->decisions);
        j->merge.rulings = &k->rulings;
    }
    if (!o->succession)
        return;
    if (!succession_load(&k->succession, o->succession, o->as_at,
                         (enum succession_split)o->on_split, (enum succession_cycle)o->on_cycle,
                         &fault))
        fault_end(&fault, STATUS_DATA);
    j->rules.succession = &k->succession;
    if (o->merged)
        output_open(&k->merged, o->merged, OUTPUT_KEPT);
    for (int side = 0; side < 2; side++)
        j->bodies[side] = (struct bodies){.rule = (enum bodies_rule)o->on_merge,
                                          .side = side == ON_LEFT ? "left" : "right",
                                          .as_at = k->succession.as_at,
                                          .rulings = j->merge.rulings,
                                          .out = o->merged ? &k->merged : NULL,
                                          .broken = &j->broken,
                                          .max_listed = o->max_listed};
}

static void forget(struct knowledge *k, struct filter *f, const struct options *o)
{
    if (o->decisions.count)
        decisions_close(&k->rulings.decisions, f);
    rulings_free(&k->rulings);
    if (o->merged)
        output_close(&k->merged);
    aliases_free(&k->aliases);
    succession_free(&k->succession);
}

/* A key field that no record has is a slip in --on, and all that follows would be empty. */
static void ask(const struct joiner *j, struct filter *f)
{
    for (int side = 0; side < 2; side++) {
        bool named = side == ON_RIGHT || f->operand_count > 1;
        const char *file = named ? f->operands[side == ON_LEFT] : "-";
        for (size_t i = 0; i < j->key[side].count; i++)
            asked_field(&f->asked, side == ON_LEFT ? ASKED_MAIN : ASKED_OTHER,
                        j->key[side].parts[i].field.name,
                        strcmp(file, "-") == 0 ? "<stdin>" : file);
    }
}

static void start(struct joiner *j, struct filter *f, const struct options *o, struct knowledge *k)
{
    bool required[2] = {false, false};
    *j =
        (struct joiner){.filter = f,
                        .kind = (enum join_kind)o->kind,
                        .each = (enum join_each)o->each,
                        .validate = o->validate < 0 ? MANY_TO_ONE : (enum join_validate)o->validate,
                        .names_left = o->validate >= 0,
                        .sorted = o->sorted,
                        .broken.max = o->max_listed};
    joinkey_parse(&j->key[ON_LEFT], &j->key[ON_RIGHT], o->on.at, o->on.count);
    ask(j, f);
    parse_require(o->require, required);
    for (int side = 0; side < 2; side++)
        unmatched_open(&j->unmatched[side], o->unmatched[side], required[side]);
    merge_open(&j->merge, &o->merge, o->conflicts);
    learn(k, j, o);
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
    if (j->rules.succession) {
        filter_count(f, "left_merged", n->merged[ON_LEFT]);
        filter_count(f, "right_merged", n->merged[ON_RIGHT]);
    }
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

/* LEFT read to its end first, where what to do with a record depends on those behind it. */
static void join_from_memory(struct joiner *j, struct filter *f)
{
    struct held left;
    struct record r;
    held_init(&left, &j->key[ON_LEFT]);
    while (filter_next(f, &r)) {
        joiner_note(j, &r);
        held_add(&left, &r, (struct span){0});
    }
    for (size_t i = 0; i < left.count; i++)
        joiner_join(j, held_read(&left, i));
    held_free(&left);
}

static void join_left(struct joiner *j, struct filter *f)
{
    struct record r;
    if (joiner_looks_ahead(j)) {
        join_from_memory(j, f);
        return;
    }
    while (filter_next(f, &r))
        joiner_join(j, &r);
}

static void join_all(struct joiner *j, struct filter *f, const char *memory)
{
    if (memory) {
        filter_count(f, "right_read", grace_join(j, f, read_size(memory)));
        return;
    }
    if (j->sorted) {
        filter_count(f, "right_read", sorted_join(j, f->operands));
        return;
    }
    hold_right(j, f);
    join_left(j, f);
}

int main(int argc, char **argv)
{
    struct options o = {.each = EACH_NONE, .validate = -1, .max_listed = 20};
    struct knowledge k = {0};
    struct filter f;
    struct joiner j;
    filter_start(&f, &PROGRAM, &o, argc, argv);
    check_usage(&f, &o);
    start(&j, &f, &o, &k);
    filter_read(&f, f.operands + 1, f.operand_count - 1);
    join_all(&j, &f, o.memory);
    joiner_finish(&j);
    count(&f, &j);
    joiner_free(&j);
    forget(&k, &f, &o);
    opt_list_free(&o.on);
    opt_list_free(&o.merge);
    opt_list_free(&o.decisions);
    return filter_close(&f);
}
