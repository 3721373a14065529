/* joiner -- what becomes of each record of a join. */
#include "joiner.h"

#include <stdlib.h>

#include "emit.h"
#include "fail.h"

static const char *const VALIDATE[] = {"1:1", "1:m", "m:1", "m:m"};

void joiner_start(struct joiner *j, enum pair_clash clash)
{
    j->key[ON_LEFT].is_left = true;
    if (j->rules.as != JOINKEY_EXACT || j->rules.aliases || j->rules.succession)
        j->key[ON_LEFT].rules = j->key[ON_RIGHT].rules = &j->rules;
    held_init(&j->held, &j->key[ON_RIGHT]);
    for (int side = 0; side < 2; side++)
        outer_init(&j->outer[side], &j->key[side]);
    pair_init(&j->pair, &j->key[ON_LEFT], &j->key[ON_RIGHT], &j->outer[ON_RIGHT].names, &j->merge);
    j->pair.clash = clash;
}

static bool is_unique(const struct joiner *j, enum join_side side)
{
    if (side == ON_RIGHT)
        return j->validate == ONE_TO_ONE || j->validate == MANY_TO_ONE;
    return j->validate == ONE_TO_ONE || j->validate == ONE_TO_MANY;
}

static bool writes_right(const struct joiner *j)
{
    return j->kind != JOIN_SEMI && j->kind != JOIN_ANTI;
}

static bool takes(const struct joiner *j, enum join_side side)
{
    return j->kind == JOIN_FULL || j->kind == (side == ON_LEFT ? JOIN_LEFT : JOIN_RIGHT);
}

/* The current key of R's SIDE was seen before, at LINE. */
static void repeated(struct joiner *j, enum join_side side, const struct record *r, size_t line)
{
    const struct joinkey *key = &j->key[side];
    enum join_validate allows =
        is_unique(j, !side) ? (side == ON_RIGHT ? ONE_TO_MANY : MANY_TO_ONE) : MANY_TO_MANY;
    buf_clear(&j->text);
    joinkey_show(key, &j->text);
    if (j->filter->options.rejects)
        filter_reject(j->filter, r, key->parts[0].field.name,
                      "key %s seen before at line %zu (use --validate %s to allow)",
                      buf_text(&j->text), line, VALIDATE[allows]);
    else {
        if (side == ON_RIGHT && j->names_left)
            map_add(&j->broken_keys, key->key);
        listing_add(&j->broken,
                    "%s:%zu: key %s seen before at line %zu (use --validate %s to allow)", r->file,
                    r->number, buf_text(&j->text), line, VALIDATE[allows]);
    }
}

/* Whether a record of SIDE can be joined at all, and its keys; if not, it was rejected. */
static bool take_keys(struct joiner *j, enum join_side side, const struct record *r)
{
    struct joinkey *key = &j->key[side];
    bool lists = side == ON_LEFT && j->each != EACH_NONE;
    const char *hint = side == ON_RIGHT ? " on the right side" : " (see --each)";
    j->file[side] = r->file;
    if (!missing_read(&j->missing, r)) {
        filter_reject(j->filter, r, SPAN("_missing"), "not an object of reasons");
        return false;
    }
    struct span date;
    if (j->merge.may_fail && !merge_dates_valid(&j->merge, r, &date)) {
        filter_reject(j->filter, r, date, "not a date as --merge needs it (2020-02-29)");
        return false;
    }
    if (joinkey_take(key, r, lists))
        return true;
    filter_reject(j->filter, r, key->fault_field, "%s%s", key->fault, lists ? "" : hint);
    return false;
}

/* Whether R, whose key's body is not what it was, is the record of it to keep. *LINE is where
 * its key was seen before, or 0. */
static bool keeps_body(struct joiner *j, enum join_side side, const struct record *r, size_t *line)
{
    struct bodies *b = &j->bodies[side];
    enum bodies_news news = bodies_see(b, &j->key[side], r, line);
    if (news != BODIES_AGAIN)
        *line = 0;
    if (b->rule == BODIES_ERROR)
        return news != BODIES_OTHER;
    if (b->rule == BODIES_LAST || bodies_keeps(b, &j->key[side]))
        return true; /* which one is the last is not known yet */
    j->counts.merged[side]++;
    return false;
}

/* Whether R may stand beside the RIGHT records before it. */
static bool may_hold(struct joiner *j, const struct record *r)
{
    const struct joinkey *key = &j->key[ON_RIGHT];
    size_t line = 0;
    if (key->changed) {
        if (!keeps_body(j, ON_RIGHT, r, &line))
            return false;
    } else if (is_unique(j, ON_RIGHT)) {
        size_t first = held_find(&j->held, key->key);
        line = first == HELD_NONE ? 0 : held_line(&j->held, first);
    }
    if (line == 0 || !is_unique(j, ON_RIGHT))
        return true;
    repeated(j, ON_RIGHT, r, line);
    return false;
}

void joiner_hold(struct joiner *j, const struct record *r)
{
    struct joinkey *key = &j->key[ON_RIGHT];
    if (!take_keys(j, ON_RIGHT, r))
        return;
    joinkey_next(key);
    bool lacking = key->lacking < key->count;
    if (!lacking && !may_hold(j, r))
        return;
    outer_see(&j->outer[ON_RIGHT], r);
    held_add(&j->held, r, lacking ? (struct span){0} : key->key);
}

/* Drops the RIGHT records of bodies of which others came last. */
static void drop_merged(struct joiner *j)
{
    struct joinkey *key = &j->key[ON_RIGHT];
    if (j->bodies[ON_RIGHT].rule != BODIES_LAST || !bodies_any(&j->bodies[ON_RIGHT]))
        return;
    for (size_t i = 0; i < j->held.count; i++) {
        joinkey_take(key, held_read(&j->held, i), false);
        joinkey_next(key);
        if (!key->changed || bodies_keeps(&j->bodies[ON_RIGHT], key))
            continue;
        held_drop(&j->held, i);
        j->counts.merged[ON_RIGHT]++;
    }
}

/* A key field that no record has is a slip in --on, and all that follows would be empty. */
static void check_key_fields(const struct joiner *j, enum join_side side)
{
    const struct joinkey *key = &j->key[side];
    for (size_t i = 0; j->file[side] && i < key->count; i++)
        if (!key->parts[i].ever_present)
            warn("%s: no record has the key field %s", j->file[side],
                 quote(key->parts[i].field.name));
}

void joiner_held_all(struct joiner *j)
{
    if (!j->names_left)
        listing_end(&j->broken, "keys that break --validate");
    check_key_fields(j, ON_RIGHT);
    drop_merged(j);
    gather_init(&j->gather, &j->outer[ON_RIGHT]);
    j->counts.rejected[ON_RIGHT] = j->filter->rejected;
}

static void write_pair(struct joiner *j, const struct record *right, enum pair_partner partner)
{
    if (partner != PAIR_REAL)
        j->pair.match = (struct span){0};
    pair_write(&j->pair, right, partner, &j->filter->out.buf);
    filter_written(j->filter);
}

static void write_alone(struct joiner *j, const struct record *r)
{
    record_write(&j->filter->out.buf, r);
    filter_written(j->filter);
}

/* The reason for which the current key of the LEFT record found nothing. */
static struct span reason(struct joiner *j)
{
    const struct joinkey *key = &j->key[ON_LEFT];
    return key->lacking < key->count ? joinkey_reason(key, &j->missing) : SPAN("unmatched");
}

/* R, a record or a row made from one, has no partner. */
static void without_partner(struct joiner *j, const struct record *r)
{
    unmatched_record(&j->unmatched[ON_LEFT], r, &j->key[ON_LEFT], reason(j),
                     buf_span(&j->elements));
    if (j->kind == JOIN_ANTI)
        write_alone(j, r);
    else if (takes(j, ON_LEFT))
        write_pair(j, outer_right(&j->outer[ON_RIGHT], reason(j)), PAIR_NO_RIGHT);
}

/* How the current key was found in the RIGHT record, for `_match` of their pair. */
static void note_match(struct joiner *j, const struct record *right)
{
    struct buf *b = &j->match_text;
    buf_clear(b);
    if (!j->key[ON_LEFT].rules)
        return;
    buf_add(b, buf_span(&j->key[ON_LEFT].match));
    if (j->rules.succession) {
        struct joinkey *key = &j->key[ON_RIGHT];
        joinkey_take(key, right, false);
        joinkey_next(key);
        if (b->len && key->match.len)
            buf_addc(b, ',');
        buf_add(b, buf_span(&key->match));
    }
    if (b->len && j->rules.succession)
        emit_string_field(b, SPAN("as_at"), j->rules.succession->as_at);
    j->pair.match = buf_span(b);
}

/* R goes with the RIGHT records from FIRST on. */
static void with_partners(struct joiner *j, const struct record *r, size_t first)
{
    if (j->kind == JOIN_SEMI)
        write_alone(j, r);
    for (size_t at = first; writes_right(j) && at != HELD_NONE; at = held_next(&j->held, at)) {
        const struct record *right = held_read(&j->held, at);
        note_match(j, right);
        write_pair(j, right, PAIR_REAL);
        j->counts.pairs++;
    }
}

/* The first RIGHT record with the current key of R, or HELD_NONE; counted. */
static size_t look_up(struct joiner *j, const struct record *r)
{
    const struct joinkey *key = &j->key[ON_LEFT];
    size_t first = key->lacking < key->count ? HELD_NONE : held_find(&j->held, key->key);
    j->counts.keys++;
    if (first != HELD_NONE) {
        held_match(&j->held, first);
        return first;
    }
    j->counts.keys_unmatched++;
    /* an answer that is missing or empty names nothing that could be without a partner */
    if (j->each == EACH_NONE || key->lacking == key->count || joinkey_is_list(key))
        unmatched_key(&j->unmatched[ON_LEFT], r, key);
    return HELD_NONE;
}

/* R with the current key's element for its list, or R itself: whether that has a partner. */
static bool join_row(struct joiner *j, const struct record *r)
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

static void gather_from(struct joiner *j, size_t first)
{
    for (size_t at = first; at != HELD_NONE; at = held_next(&j->held, at)) {
        gather_add(&j->gather, held_read(&j->held, at));
        j->counts.pairs++;
    }
}

/* That the current key was found by another name, for `_match` of the record. */
static void note_element(struct joiner *j)
{
    const struct joinkey *key = &j->key[ON_LEFT];
    struct buf *b = &j->match_text;
    if (key->match.len == 0)
        return;
    if (b->len == 0)
        buf_add(b, SPAN("\"elements\":["));
    else
        buf_addc(b, ',');
    buf_addc(b, '{');
    emit_name(b, SPAN("key"));
    joinkey_emit(key, b);
    buf_addc(b, ',');
    buf_add(b, buf_span(&key->match));
    buf_addc(b, '}');
}

/* The record once, with lists of what its keys found. */
static bool join_lists(struct joiner *j, const struct record *r)
{
    struct joinkey *key = &j->key[ON_LEFT];
    bool any = false;
    gather_clear(&j->gather);
    buf_clear(&j->elements);
    buf_clear(&j->match_text);
    while (joinkey_next(key)) {
        size_t first = look_up(j, r);
        any = any || first != HELD_NONE;
        if (first != HELD_NONE) {
            gather_from(j, first);
            note_element(j);
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
    if (j->kind == JOIN_SEMI) {
        write_alone(j, r);
    } else if (writes_right(j)) {
        if (j->match_text.len)
            buf_addc(&j->match_text, ']');
        j->pair.match = buf_span(&j->match_text);
        write_pair(j, gather_record(&j->gather), PAIR_REAL);
    }
    return true;
}

/* Whether the current key, where it must be unique, is new on the left. */
static bool is_new(struct joiner *j, const struct record *r)
{
    const struct joinkey *key = &j->key[ON_LEFT];
    if (!is_unique(j, ON_LEFT) || key->lacking < key->count)
        return true;
    if (j->sorted && map_find(&j->left_seen, key->key) == MAP_NONE)
        map_clear(&j->left_seen); /* what came before cannot come again */
    size_t before = j->left_seen.count;
    size_t at = map_add(&j->left_seen, j->rules.succession ? key->original : key->key);
    if (at < before) {
        repeated(j, ON_LEFT, r, j->left_lines[at]);
        return false;
    }
    j->left_lines = array_grow(j->left_lines, &j->left_lines_cap, at + 1, sizeof *j->left_lines);
    j->left_lines[at] = r->number;
    return true;
}

/* Whether no name of R is one of the records that it would be put together with. */
static bool is_free(struct joiner *j, const struct record *r)
{
    const struct joinkey *key = &j->key[ON_LEFT];
    bool lacking = key->lacking < key->count;
    if (j->pair.clash != PAIR_ERROR || !writes_right(j))
        return true;
    pair_left(&j->pair, r);
    size_t at = lacking ? HELD_NONE : held_find(&j->held, key->key);
    struct span name = {0};
    if (at == HELD_NONE && takes(j, ON_LEFT))
        name = pair_clashes(&j->pair, outer_right(&j->outer[ON_RIGHT], reason(j)));
    for (; at != HELD_NONE && !name.at; at = held_next(&j->held, at))
        name = pair_clashes(&j->pair, held_read(&j->held, at));
    if (name.at)
        filter_reject(j->filter, r, name, "stands on both sides (see --on-clash)");
    return !name.at;
}

/* Whether all pairs that R would make are allowed; if not, it was rejected. */
static bool is_allowed(struct joiner *j, const struct record *r)
{
    struct joinkey *key = &j->key[ON_LEFT];
    if (!is_unique(j, ON_LEFT) && j->pair.clash != PAIR_ERROR)
        return true;
    while (joinkey_next(key))
        if (!is_new(j, r) || !is_free(j, r))
            return false;
    joinkey_rewind(key);
    return true;
}

/* Whether R is the record of its body to keep; if not, it was counted. */
static bool is_kept(struct joiner *j, const struct record *r)
{
    struct joinkey *key = &j->key[ON_LEFT];
    struct bodies *b = &j->bodies[ON_LEFT];
    size_t line;
    bool kept = true;
    if (!j->rules.succession)
        return true;
    joinkey_next(key);
    if (key->lacking == key->count && key->changed && b->rule == BODIES_LAST) {
        kept = bodies_keeps(b, key);
        j->counts.merged[ON_LEFT] += !kept;
    } else if (key->lacking == key->count && key->changed) {
        kept = keeps_body(j, ON_LEFT, r, &line);
    }
    joinkey_rewind(key);
    return kept;
}

/* RIGHT breaks the validation, and nothing is written any more: only tells R's keys that do. */
static void name_broken(struct joiner *j, const struct record *r)
{
    struct joinkey *key = &j->key[ON_LEFT];
    while (joinkey_next(key)) {
        if (map_find(&j->broken_keys, key->key) == MAP_NONE)
            continue;
        buf_clear(&j->text);
        joinkey_show(key, &j->text);
        listing_add(&j->broken, "%s:%zu: key %s is on the right side more than once", r->file,
                    r->number, buf_text(&j->text));
    }
}

bool joiner_looks_ahead(const struct joiner *j)
{
    return j->rules.succession && j->bodies[ON_LEFT].rule == BODIES_LAST;
}

void joiner_note(struct joiner *j, const struct record *r)
{
    struct joinkey *key = &j->key[ON_LEFT];
    size_t line;
    if (!joinkey_take(key, r, false))
        return; /* told when it is joined */
    joinkey_next(key);
    if (key->lacking == key->count && key->changed)
        bodies_see(&j->bodies[ON_LEFT], key, r, &line);
}

void joiner_join(struct joiner *j, const struct record *r)
{
    bool any = false;
    if (j->kind == JOIN_FULL || j->kind == JOIN_RIGHT)
        outer_see(&j->outer[ON_LEFT], r);
    if (!take_keys(j, ON_LEFT, r))
        return;
    if (j->broken_keys.count) {
        name_broken(j, r);
        return;
    }
    if (!is_kept(j, r) || !is_allowed(j, r))
        return;
    if (j->each == EACH_LISTS)
        any = join_lists(j, r);
    else
        while (joinkey_next(&j->key[ON_LEFT]))
            any = join_row(j, r) || any;
    j->counts.matched[ON_LEFT] += any;
    j->counts.unmatched[ON_LEFT] += !any;
}

/* R, a RIGHT record whose key was taken, has no partner. */
static void miss_right(struct joiner *j, const struct record *r)
{
    struct joinkey *key = &j->key[ON_RIGHT];
    missing_read(&j->missing, r);
    struct span why =
        key->lacking < key->count ? joinkey_reason(key, &j->missing) : SPAN("unmatched");
    j->counts.unmatched[ON_RIGHT]++;
    unmatched_key(&j->unmatched[ON_RIGHT], r, key);
    unmatched_record(&j->unmatched[ON_RIGHT], r, key, why, (struct span){0});
    if (!takes(j, ON_RIGHT))
        return;
    pair_left(&j->pair, outer_left(&j->outer[ON_LEFT], r, key, &j->missing));
    write_pair(j, r, PAIR_NO_LEFT);
}

void joiner_finish_right(struct joiner *j)
{
    for (size_t i = 0; i < j->held.count; i++) {
        if (held_dropped(&j->held, i))
            continue;
        if (held_matched(&j->held, i)) {
            j->counts.matched[ON_RIGHT]++;
            continue;
        }
        const struct record *r = held_read(&j->held, i);
        joinkey_take(&j->key[ON_RIGHT], r, false);
        joinkey_next(&j->key[ON_RIGHT]);
        miss_right(j, r);
    }
}

void joiner_pass_right(struct joiner *j, const struct record *r)
{
    if (!take_keys(j, ON_RIGHT, r))
        return;
    joinkey_next(&j->key[ON_RIGHT]);
    outer_see(&j->outer[ON_RIGHT], r);
    miss_right(j, r);
}

void joiner_finish(struct joiner *j)
{
    listing_end(&j->broken, "keys that break --validate");
    if (j->sorted)
        check_key_fields(j, ON_RIGHT);
    check_key_fields(j, ON_LEFT);
    bodies_end(&j->bodies[ON_RIGHT]);
    bodies_end(&j->bodies[ON_LEFT]);
    joiner_finish_right(j);
    j->counts.rejected[ON_LEFT] = j->filter->rejected - j->counts.rejected[ON_RIGHT];
    unmatched_end(&j->unmatched[ON_LEFT], "left");
    unmatched_end(&j->unmatched[ON_RIGHT], "right");
}

void joiner_free(struct joiner *j)
{
    for (int side = 0; side < 2; side++) {
        joinkey_free(&j->key[side]);
        outer_free(&j->outer[side]);
        unmatched_close(&j->unmatched[side]);
        bodies_free(&j->bodies[side]);
    }
    held_free(&j->held);
    pair_free(&j->pair);
    gather_free(&j->gather);
    merge_close(&j->merge);
    missing_free(&j->missing);
    map_free(&j->left_seen);
    map_free(&j->broken_keys);
    free(j->left_lines);
    scan_free(&j->row_scan);
    buf_free(&j->row_text);
    buf_free(&j->elements);
    buf_free(&j->match_text);
    organisation_free(&j->rules.organisation);
    buf_free(&j->rules.cleaned);
    buf_free(&j->rules.form);
    buf_free(&j->text);
    buf_free(&j->broken.last);
}
