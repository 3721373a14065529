/* joiner_admit -- keys that must be unique, names that must not clash, bodies that
 * have become one: each record's right to be joined. */
#include "joiner_admit.h"

#include "stream/origin.h"

static const char *const VALIDATE[] = {"1:1", "1:m", "m:1", "m:m"};

bool joiner_is_unique(const struct joiner *j, enum join_side side)
{
    if (side == ON_RIGHT)
        return j->validate == ONE_TO_ONE || j->validate == MANY_TO_ONE;
    return j->validate == ONE_TO_ONE || j->validate == ONE_TO_MANY;
}

bool joiner_writes_right(const struct joiner *j)
{
    return j->kind != JOIN_SEMI && j->kind != JOIN_ANTI;
}

bool joiner_takes(const struct joiner *j, enum join_side side)
{
    return j->kind == JOIN_FULL || j->kind == (side == ON_LEFT ? JOIN_LEFT : JOIN_RIGHT);
}

bool joiner_tells_right(const struct joiner *j)
{
    const struct unmatched *wanted = &j->unmatched[ON_RIGHT];
    return joiner_takes(j, ON_RIGHT) || wanted->listed || wanted->required;
}

/* The current key of R's SIDE was seen before, at LINE. */
static void repeated(struct joiner *j, enum join_side side, const struct record *r, size_t line)
{
    const struct joinkey *key = &j->key[side];
    enum join_validate allows =
        joiner_is_unique(j, !side) ? (side == ON_RIGHT ? ONE_TO_MANY : MANY_TO_ONE) : MANY_TO_MANY;
    struct buf file = {0};
    size_t number;
    origin_where(r, &file, &number);
    bool elsewhere = !span_eq(buf_span(&file), span_of(r->file)); /* LINE is the stream's */
    buf_clear(&j->text);
    joinkey_show(key, &j->text);
    buf_addf(&j->text, " seen before at line %zu%s%s (use --validate %s to allow)", line,
             elsewhere ? " of " : "", elsewhere ? r->file : "", VALIDATE[allows]);
    if (side == ON_RIGHT && j->names_left && !j->filter->options.rejects)
        intern_add(&j->broken_keys, key->key);
    if (j->filter->options.rejects)
        filter_reject(j->filter, r, key->parts[0].field.name, "key %s", buf_text(&j->text));
    else
        listing_add(&j->broken, "%s:%zu: key %s", buf_text(&file), number, buf_text(&j->text));
    buf_free(&file);
}

void joiner_refuse_right(struct joiner *j, const struct record *r, size_t line)
{
    repeated(j, ON_RIGHT, r, line);
}

bool joiner_take_keys(struct joiner *j, enum join_side side, const struct record *r)
{
    struct joinkey *key = &j->key[side];
    bool lists = side == ON_LEFT && j->each != EACH_NONE;
    const char *hint = side == ON_RIGHT ? " on the right side" : " (see --each)";
    j->file[side] = r->file;
    if (!missing_read(&j->missing, r)) {
        filter_reject(j->filter, r, SPAN("_missing"), "%s", j->missing.fault);
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
    if (bodies_look_ahead(b) || bodies_keeps(b, &j->key[side]))
        return true; /* which one stays is not known yet */
    j->counts.merged[side]++;
    return false;
}

bool joiner_may_hold(struct joiner *j, const struct record *r)
{
    const struct joinkey *key = &j->key[ON_RIGHT];
    size_t line = 0;
    if (key->changed) {
        if (!keeps_body(j, ON_RIGHT, r, &line))
            return false;
    } else if (joiner_is_unique(j, ON_RIGHT)) {
        size_t first = held_find(&j->held, key->key);
        line = first == HELD_NONE ? 0 : held_line(&j->held, first);
    }
    if (line == 0 || !joiner_is_unique(j, ON_RIGHT))
        return true;
    repeated(j, ON_RIGHT, r, line);
    return false;
}

void joiner_drop_merged(struct joiner *j)
{
    struct joinkey *key = &j->key[ON_RIGHT];
    if (!bodies_look_ahead(&j->bodies[ON_RIGHT]) || !bodies_any(&j->bodies[ON_RIGHT]))
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

struct span joiner_reason(struct joiner *j)
{
    const struct joinkey *key = &j->key[ON_LEFT];
    return key->lacking < key->count ? joinkey_reason(key, &j->missing) : SPAN("unmatched");
}

/* The line of the left record with the current key that came before, or 0. What has a partner on
 * the right is noted there, 8 bytes each, where the key itself would take ten times that. */
static size_t line_before(struct joiner *j, const struct record *r)
{
    const struct joinkey *key = &j->key[ON_LEFT];
    bool are_held = !j->sorted && !j->by_parts && !j->rules.succession && j->each == EACH_NONE;
    size_t partner = are_held ? held_find(&j->held, key->key) : HELD_NONE;
    if (partner != HELD_NONE)
        return held_partner(&j->held, partner, r->number);
    if (j->sorted && intern_find(&j->left_seen, key->key) == INTERN_NONE)
        intern_clear(&j->left_seen); /* what came before cannot come again */
    size_t before = j->left_seen.count;
    size_t at = intern_add(&j->left_seen, j->rules.succession ? key->original : key->key);
    if (at < before)
        return j->left_lines[at];
    j->left_lines = array_grow(j->left_lines, &j->left_lines_cap, at + 1, sizeof *j->left_lines);
    j->left_lines[at] = r->number;
    return 0;
}

/* Whether the current key, where it must be unique, is new on the left. */
static bool is_new(struct joiner *j, const struct record *r)
{
    const struct joinkey *key = &j->key[ON_LEFT];
    if (!joiner_is_unique(j, ON_LEFT) || key->lacking < key->count)
        return true;
    size_t line = line_before(j, r);
    if (line != 0)
        repeated(j, ON_LEFT, r, line);
    return line == 0;
}

/* Whether no name of R is one of the records that it would be put together with. */
static bool is_free(struct joiner *j, const struct record *r)
{
    const struct joinkey *key = &j->key[ON_LEFT];
    bool lacking = key->lacking < key->count;
    if (j->pair.clash != PAIR_ERROR || !joiner_writes_right(j))
        return true;
    pair_left(&j->pair, r);
    size_t at = lacking ? HELD_NONE : held_find(&j->held, key->key);
    struct span name = {0};
    if (at == HELD_NONE && joiner_takes(j, ON_LEFT))
        name = pair_clashes(&j->pair, outer_right(&j->outer[ON_RIGHT], joiner_reason(j)));
    for (; at != HELD_NONE && !name.at; at = held_next(&j->held, at))
        name = pair_clashes(&j->pair, held_read(&j->held, at));
    if (name.at)
        filter_reject(j->filter, r, name, "stands on both sides, here and in %s (see --on-clash)",
                      j->file[ON_RIGHT]);
    return !name.at;
}

bool joiner_is_allowed(struct joiner *j, const struct record *r)
{
    struct joinkey *key = &j->key[ON_LEFT];
    if (!joiner_is_unique(j, ON_LEFT) && j->pair.clash != PAIR_ERROR)
        return true;
    while (joinkey_next(key))
        if (!is_new(j, r) || !is_free(j, r))
            return false;
    joinkey_rewind(key);
    return true;
}

bool joiner_is_kept(struct joiner *j, const struct record *r)
{
    struct joinkey *key = &j->key[ON_LEFT];
    struct bodies *b = &j->bodies[ON_LEFT];
    size_t line;
    bool kept = true;
    if (!j->rules.succession)
        return true;
    joinkey_next(key);
    if (key->lacking == key->count && key->changed && bodies_look_ahead(b)) {
        kept = bodies_keeps(b, key);
        j->counts.merged[ON_LEFT] += !kept;
    } else if (key->lacking == key->count && key->changed) {
        kept = keeps_body(j, ON_LEFT, r, &line);
    }
    joinkey_rewind(key);
    return kept;
}

void joiner_name_broken(struct joiner *j, const struct record *r)
{
    struct joinkey *key = &j->key[ON_LEFT];
    while (joinkey_next(key)) {
        if (intern_find(&j->broken_keys, key->key) == INTERN_NONE)
            continue;
        buf_clear(&j->text);
        joinkey_show(key, &j->text);
        listing_add(&j->broken, "%s:%zu: key %s is on the right side more than once", r->file,
                    r->number, buf_text(&j->text));
    }
}

bool joiner_looks_ahead(const struct joiner *j)
{
    return j->rules.succession && bodies_look_ahead(&j->bodies[ON_LEFT]);
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
