/* join -- merge records with those of a second file that have the same key.
 *
 * RIGHT is held: the bytes of its lines and a hash index. LEFT streams past it,
 * each record looked up by its key or, where the key is a list, by each
 * element. Nothing is lost unseen: a record without a partner is written,
 * listed or counted, whatever the kind of join.
 * Memory: RIGHT's bytes and at most 57 bytes a record; under --validate 1:1 and
 * 1:m also LEFT's keys, which have to be told apart. */
#include <stdlib.h>

#include "emit.h"
#include "fail.h"
#include "filter.h"
#include "gather.h"
#include "held.h"
#include "listing.h"
#include "outer.h"
#include "pair.h"
#include "unmatched.h"

enum kind { INNER, LEFT, RIGHT, FULL, SEMI, ANTI };
enum each { EACH_NONE = -1, EACH_ROWS, EACH_LISTS };
enum validate { ONE_TO_ONE, ONE_TO_MANY, MANY_TO_ONE, MANY_TO_MANY };
enum side { ON_LEFT, ON_RIGHT };

struct options {
    struct opt_list on;
    int kind, each, validate, clash;
    const char *unmatched[2]; /* by side */
    const char *require;
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

struct join {
    struct filter f;
    struct options o;
    struct joinkey key[2];
    struct outer outer[2];
    struct unmatched unmatched[2];
    struct held held;
    struct pair pair;
    struct gather gather;
    struct missing missing; /* of the LEFT record, or of an unmatched RIGHT one */
    struct listing broken;  /* keys that break --validate */
    struct map left_seen;   /* under 1:1 and 1:m, with the lines where they stood */
    size_t *left_lines, left_lines_cap;
    struct scan row_scan; /* of a LEFT record with an element in its list's place */
    struct buf row_text, elements, text;
    size_t right_read, right_rejected, right_missed;
    size_t matched, missed, keys, keys_missed, pairs;
};

static const char *const VALIDATE[] = {"1:1", "1:m", "m:1", "m:m"};

static bool is_unique(const struct join *j, enum side side)
{
    if (side == ON_RIGHT)
        return j->o.validate == ONE_TO_ONE || j->o.validate == MANY_TO_ONE;
    return j->o.validate == ONE_TO_ONE || j->o.validate == ONE_TO_MANY;
}

static bool writes_right(const struct join *j)
{
    return j->o.kind != SEMI && j->o.kind != ANTI;
}

static bool takes(const struct join *j, enum side side)
{
    enum kind kind = (enum kind)j->o.kind;
    return kind == FULL || kind == (side == ON_LEFT ? LEFT : RIGHT);
}

/* The current key of R's SIDE was seen before, at LINE. */
static void repeated(struct join *j, enum side side, const struct record *r, size_t line)
{
    const struct joinkey *key = &j->key[side];
    enum validate allows =
        is_unique(j, !side) ? (side == ON_RIGHT ? ONE_TO_MANY : MANY_TO_ONE) : MANY_TO_MANY;
    buf_clear(&j->text);
    joinkey_show(key, &j->text);
    if (j->f.options.rejects)
        filter_reject(&j->f, r, key->parts[0].field.name,
                      "key %s seen before at line %zu (use --validate %s to allow)",
                      buf_text(&j->text), line, VALIDATE[allows]);
    else
        listing_add(&j->broken,
                    "%s:%zu: key %s seen before at line %zu (use --validate %s to allow)", r->file,
                    r->number, buf_text(&j->text), line, VALIDATE[allows]);
}

/* Takes in one record of RIGHT; false if it cannot be used. */
static bool hold(struct join *j, const struct record *r)
{
    struct joinkey *key = &j->key[ON_RIGHT];
    if (!missing_read(&j->missing, r)) {
        filter_reject(&j->f, r, SPAN("_missing"), "not an object of reasons");
        return false;
    }
    if (!joinkey_take(key, r, false)) {
        filter_reject(&j->f, r, key->fault_field, "%s on the right side", key->fault);
        return false;
    }
    joinkey_next(key);
    bool lacking = key->lacking < key->count;
    size_t first = lacking || !is_unique(j, ON_RIGHT) ? HELD_NONE : held_find(&j->held, key->key);
    if (first != HELD_NONE) {
        repeated(j, ON_RIGHT, r, held_line(&j->held, first));
        return false;
    }
    outer_see(&j->outer[ON_RIGHT], r);
    held_add(&j->held, r, lacking ? (struct span){0} : key->key);
    return true;
}

static void check_key_fields(const struct joinkey *key, const char *file, size_t records)
{
    for (size_t i = 0; records && i < key->count; i++)
        if (!key->parts[i].ever_present)
            warn("%s: no record has the key field %s", file, quote(key->parts[i].field.name));
}

static void load(struct join *j)
{
    struct jsonl reader;
    struct record r;
    jsonl_open(&reader, j->f.operands, 1, j->f.options.max_line);
    held_init(&j->held, &j->key[ON_RIGHT]);
    while (filter_next_from(&j->f, &reader, &r))
        hold(j, &r);
    j->right_read = reader.records;
    j->right_rejected = j->f.rejected;
    listing_end(&j->broken, "keys on the right side seen before");
    check_key_fields(&j->key[ON_RIGHT], reader.in.name, j->right_read);
    filter_say(&j->f, "%s: %zu records held", reader.in.name, j->held.count);
    jsonl_close(&reader);
}

static void write_pair(struct join *j, const struct record *right)
{
    pair_write(&j->pair, right, &j->f.out.buf);
    filter_written(&j->f);
}

static void write_alone(struct join *j, const struct record *r)
{
    record_write(&j->f.out.buf, r);
    filter_written(&j->f);
}

/* The reason for which the current key of the LEFT record found nothing. */
static struct span reason(struct join *j)
{
    const struct joinkey *key = &j->key[ON_LEFT];
    return key->lacking < key->count ? joinkey_reason(key, &j->missing) : SPAN("unmatched");
}

/* R, a record or a row made from one, has no partner. */
static void without_partner(struct join *j, const struct record *r)
{
    unmatched_record(&j->unmatched[ON_LEFT], r, &j->key[ON_LEFT], reason(j),
                     buf_span(&j->elements));
    if (j->o.kind == ANTI)
        write_alone(j, r);
    else if (takes(j, ON_LEFT))
        write_pair(j, outer_right(&j->outer[ON_RIGHT], reason(j)));
}

/* R goes with the RIGHT records from FIRST on. */
static void with_partners(struct join *j, const struct record *r, size_t first)
{
    if (j->o.kind == SEMI)
        write_alone(j, r);
    for (size_t at = first; writes_right(j) && at != HELD_NONE; at = held_next(&j->held, at)) {
        write_pair(j, held_read(&j->held, at));
        j->pairs++;
    }
}

/* The first RIGHT record with the current key of R, or HELD_NONE; counted. */
static size_t look_up(struct join *j, const struct record *r)
{
    const struct joinkey *key = &j->key[ON_LEFT];
    size_t first = key->lacking < key->count ? HELD_NONE : held_find(&j->held, key->key);
    j->keys++;
    if (first != HELD_NONE) {
        held_match(&j->held, first);
        return first;
    }
    j->keys_missed++;
    unmatched_key(&j->unmatched[ON_LEFT], r, key);
    return HELD_NONE;
}

/* R with the current key's element for its list, or R itself: whether that has a partner. */
static bool join_row(struct join *j, const struct record *r)
{
    struct joinkey *key = &j->key[ON_LEFT];
    struct record row;
    buf_clear(&j->row_text);
    if (joinkey_write_row(key, r, &j->row_text)) {
        scan_buf(&j->row_scan, &j->row_text, &row);
        row.file = r->file;
        row.number = r->number;
        r = &row;
    }
    pair_left(&j->pair, r);
    size_t first = look_up(j, r);
    if (first == HELD_NONE)
        without_partner(j, r);
    else
        with_partners(j, r, first);
    return first != HELD_NONE;
}

static void gather_from(struct join *j, size_t first)
{
    for (size_t at = first; at != HELD_NONE; at = held_next(&j->held, at)) {
        gather_add(&j->gather, held_read(&j->held, at));
        j->pairs++;
    }
}

/* The record once, with lists of what its keys found. */
static bool join_lists(struct join *j, const struct record *r)
{
    struct joinkey *key = &j->key[ON_LEFT];
    bool any = false;
    gather_clear(&j->gather);
    buf_clear(&j->elements);
    while (joinkey_next(key)) {
        size_t first = look_up(j, r);
        any = any || first != HELD_NONE;
        if (first != HELD_NONE) {
            gather_from(j, first);
            continue;
        }
        gather_add_none(&j->gather);
        if (!joinkey_is_list(key))
            continue;
        emit_item(&j->elements);
        joinkey_emit(key, &j->elements);
    }
    pair_left(&j->pair, r);
    if (!any) {
        without_partner(j, r);
        return false;
    }
    if (j->elements.len)
        unmatched_record(&j->unmatched[ON_LEFT], r, key, SPAN("unmatched"), buf_span(&j->elements));
    if (j->o.kind == SEMI)
        write_alone(j, r);
    else if (writes_right(j))
        write_pair(j, gather_record(&j->gather));
    return true;
}

/* Whether the current key, where it must be unique, is new on the left. */
static bool is_new(struct join *j, const struct record *r)
{
    const struct joinkey *key = &j->key[ON_LEFT];
    if (!is_unique(j, ON_LEFT) || key->lacking < key->count)
        return true;
    size_t before = j->left_seen.count;
    size_t at = map_add(&j->left_seen, key->key);
    if (at < before) {
        repeated(j, ON_LEFT, r, j->left_lines[at]);
        return false;
    }
    j->left_lines = array_grow(j->left_lines, &j->left_lines_cap, at + 1, sizeof *j->left_lines);
    j->left_lines[at] = r->number;
    return true;
}

/* Whether no name of R is one of the records that it would be put together with. */
static bool is_free(struct join *j, const struct record *r)
{
    const struct joinkey *key = &j->key[ON_LEFT];
    bool lacking = key->lacking < key->count;
    if (j->o.clash != PAIR_ERROR || !writes_right(j))
        return true;
    pair_left(&j->pair, r);
    size_t at = lacking ? HELD_NONE : held_find(&j->held, key->key);
    struct span name = {0};
    if (at == HELD_NONE && takes(j, ON_LEFT))
        name = pair_clashes(&j->pair, outer_right(&j->outer[ON_RIGHT], reason(j)));
    for (; at != HELD_NONE && !name.at; at = held_next(&j->held, at))
        name = pair_clashes(&j->pair, held_read(&j->held, at));
    if (name.at)
        filter_reject(&j->f, r, name, "stands on both sides (see --on-clash)");
    return !name.at;
}

/* Whether R can be joined at all; if not, it was rejected. */
static bool is_usable(struct join *j, const struct record *r)
{
    struct joinkey *key = &j->key[ON_LEFT];
    if (!missing_read(&j->missing, r)) {
        filter_reject(&j->f, r, SPAN("_missing"), "not an object of reasons");
        return false;
    }
    if (!joinkey_take(key, r, j->o.each != EACH_NONE)) {
        filter_reject(&j->f, r, key->fault_field, "%s%s", key->fault,
                      j->o.each == EACH_NONE ? " (see --each)" : "");
        return false;
    }
    if (!is_unique(j, ON_LEFT) && j->o.clash != PAIR_ERROR)
        return true;
    while (joinkey_next(key))
        if (!is_new(j, r) || !is_free(j, r))
            return false;
    joinkey_rewind(key);
    return true;
}

static void join_left(struct join *j, const struct record *r)
{
    bool any = false;
    if (j->o.kind == FULL || j->o.kind == RIGHT)
        outer_see(&j->outer[ON_LEFT], r);
    if (!is_usable(j, r))
        return;
    if (j->o.each == EACH_LISTS)
        any = join_lists(j, r);
    else
        while (joinkey_next(&j->key[ON_LEFT]))
            any = join_row(j, r) || any;
    j->matched += any;
    j->missed += !any;
}

/* What is left of RIGHT when all of LEFT went past. */
static void finish_right(struct join *j)
{
    struct joinkey *key = &j->key[ON_RIGHT];
    for (size_t i = 0; i < j->held.count; i++) {
        if (held_matched(&j->held, i))
            continue;
        const struct record *r = held_read(&j->held, i);
        j->right_missed++;
        joinkey_take(key, r, false);
        joinkey_next(key);
        missing_read(&j->missing, r);
        struct span why =
            key->lacking < key->count ? joinkey_reason(key, &j->missing) : SPAN("unmatched");
        unmatched_key(&j->unmatched[ON_RIGHT], r, key);
        unmatched_record(&j->unmatched[ON_RIGHT], r, key, why, (struct span){0});
        if (!takes(j, ON_RIGHT))
            continue;
        pair_left(&j->pair, outer_left(&j->outer[ON_LEFT], r, key, &j->missing));
        write_pair(j, r);
    }
}

static void count(struct join *j)
{
    struct filter *f = &j->f;
    filter_count(f, "left_matched", j->matched);
    filter_count(f, "left_unmatched", j->missed);
    filter_count(f, "left_rejected", f->rejected - j->right_rejected);
    filter_count(f, "left_keys", j->keys);
    filter_count(f, "left_keys_unmatched", j->keys_missed);
    filter_count(f, "right_read", j->right_read);
    filter_count(f, "right_matched", j->held.count - j->right_missed);
    filter_count(f, "right_unmatched", j->right_missed);
    filter_count(f, "right_rejected", j->right_rejected);
    filter_count(f, "pairs", j->pairs);
}

static void run(struct join *j)
{
    struct record r;
    load(j);
    pair_init(&j->pair, &j->key[ON_LEFT], &j->key[ON_RIGHT], &j->outer[ON_RIGHT].names);
    j->pair.clash = (enum pair_clash)j->o.clash;
    gather_init(&j->gather, &j->outer[ON_RIGHT]);
    while (filter_next(&j->f, &r))
        join_left(j, &r);
    listing_end(&j->broken, "keys on the left side seen before");
    check_key_fields(&j->key[ON_LEFT], j->f.in.in.name, j->f.read);
    finish_right(j);
    unmatched_end(&j->unmatched[ON_LEFT], "left", j->f.operands[0]);
    unmatched_end(&j->unmatched[ON_RIGHT], "right", j->f.in.in.name);
    count(j);
}

static void free_all(struct join *j)
{
    for (int side = 0; side < 2; side++) {
        joinkey_free(&j->key[side]);
        outer_free(&j->outer[side]);
        unmatched_close(&j->unmatched[side]);
    }
    held_free(&j->held);
    pair_free(&j->pair);
    gather_free(&j->gather);
    missing_free(&j->missing);
    map_free(&j->left_seen);
    free(j->left_lines);
    scan_free(&j->row_scan);
    buf_free(&j->row_text);
    buf_free(&j->elements);
    buf_free(&j->text);
    opt_list_free(&j->o.on);
}

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

static void check_usage(struct join *j, bool required[2])
{
    char **operands = j->f.operands;
    if (j->o.on.count == 0)
        fail(STATUS_USAGE, "option '--on' is required (try --help)");
    if (j->f.operand_count < 1 || j->f.operand_count > 2)
        fail(STATUS_USAGE, "RIGHT and at most one LEFT file are required (try --help)");
    if (strcmp(operands[0], "-") == 0 && (j->f.operand_count == 1 || strcmp(operands[1], "-") == 0))
        fail(STATUS_USAGE, "standard input cannot be both sides (try --help)");
    joinkey_parse(&j->key[ON_LEFT], &j->key[ON_RIGHT], j->o.on.at, j->o.on.count);
    parse_require(j->o.require, required);
}

int main(int argc, char **argv)
{
    struct join j = {.o = {.each = EACH_NONE, .validate = MANY_TO_ONE, .max_listed = 20}};
    bool required[2] = {false, false};
    filter_start(&j.f, &PROGRAM, &j.o, argc, argv);
    check_usage(&j, required);
    filter_read(&j.f, j.f.operands + 1, j.f.operand_count - 1);
    for (int side = 0; side < 2; side++) {
        outer_init(&j.outer[side], &j.key[side]);
        unmatched_open(&j.unmatched[side], j.o.unmatched[side], required[side]);
    }
    j.broken.max = j.o.max_listed;
    run(&j);
    int status = filter_close(&j.f);
    free_all(&j);
    return status;
}
