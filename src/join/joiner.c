/* joiner -- what becomes of each record of a join. */
#include "join/joiner.h"

#include <stdlib.h>

#include "joiner_admit.h"
#include "stream/emit.h"
#include "twin.h"

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

void joiner_hold(struct joiner *j, const struct record *r)
{
    struct joinkey *key = &j->key[ON_RIGHT];
    if (!joiner_take_keys(j, ON_RIGHT, r))
        return;
    joinkey_next(key);
    bool lacking = key->lacking < key->count;
    if (!lacking && !joiner_may_hold(j, r))
        return;
    outer_see(&j->outer[ON_RIGHT], r);
    if (lacking && !joiner_tells_right(j))
        j->counts.unmatched[ON_RIGHT]++;
    else
        held_add(&j->held, r, lacking ? (struct span){0} : key->key);
}

void joiner_held_all(struct joiner *j)
{
    if (!j->names_left)
        listing_end(&j->broken, "keys that break --validate");
    asked_tell_fields(&j->filter->asked, ASKED_OTHER);
    joiner_drop_merged(j);
    if (j->each == EACH_LISTS)
        gather_init(&j->gather, &j->outer[ON_RIGHT]);
    j->counts.rejected[ON_RIGHT] = j->filter->rejected;
}

static void write_pair(struct joiner *j, const struct record *right, enum pair_partner partner)
{
    if (partner != PAIR_REAL)
        j->pair.match = (struct span){0};
    pair_write(&j->pair, right, partner, &j->filter->out);
    filter_written(j->filter);
}

static void write_alone(struct joiner *j, const struct record *r)
{
    record_note(&j->filter->out.buf, r, j->filter->out.places);
    filter_written(j->filter);
}

/* R, a record or a row made from one, has no partner. */
static void without_partner(struct joiner *j, const struct record *r)
{
    unmatched_record(&j->unmatched[ON_LEFT], r, &j->key[ON_LEFT], joiner_reason(j),
                     buf_span(&j->elements));
    if (j->kind == JOIN_ANTI)
        write_alone(j, r);
    else if (joiner_takes(j, ON_LEFT))
        write_pair(j, outer_right(&j->outer[ON_RIGHT], joiner_reason(j)), PAIR_NO_RIGHT);
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
    for (size_t at = first; joiner_writes_right(j) && at != HELD_NONE;
         at = held_next(&j->held, at)) {
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
    if (key->lacking == key->count)
        twin_look(j);
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
    } else if (joiner_writes_right(j)) {
        if (j->match_text.len)
            buf_addc(&j->match_text, ']');
        j->pair.match = buf_span(&j->match_text);
        write_pair(j, gather_record(&j->gather), PAIR_REAL);
    }
    return true;
}

void joiner_join(struct joiner *j, const struct record *r)
{
    bool any = false;
    if (j->kind == JOIN_FULL || j->kind == JOIN_RIGHT)
        outer_see(&j->outer[ON_LEFT], r);
    if (!joiner_take_keys(j, ON_LEFT, r))
        return;
    if (j->broken_keys.count) {
        joiner_name_broken(j, r);
        return;
    }
    if (!joiner_is_kept(j, r) || !joiner_is_allowed(j, r))
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
    if (!joiner_takes(j, ON_RIGHT))
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
    if (!joiner_take_keys(j, ON_RIGHT, r))
        return;
    joinkey_next(&j->key[ON_RIGHT]);
    outer_see(&j->outer[ON_RIGHT], r);
    miss_right(j, r);
}

void joiner_forget_right(struct joiner *j)
{
    outer_free(&j->outer[ON_RIGHT]);
    outer_init(&j->outer[ON_RIGHT], &j->key[ON_RIGHT]);
}

void joiner_end_left(struct joiner *j)
{
    listing_end(&j->broken, "keys that break --validate");
    bodies_end(&j->bodies[ON_RIGHT]);
    bodies_end(&j->bodies[ON_LEFT]);
}

void joiner_finish(struct joiner *j)
{
    joiner_end_left(j);
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
    intern_free(&j->left_seen);
    intern_free(&j->broken_keys);
    buf_free(&j->twin);
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
