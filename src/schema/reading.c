/* reading -- from a cell to a value, a reason or a fault. */
#include "schema/reading.h"

#include "stream/scalar.h"

static void doubt(struct reading *a, const char *kind, struct span detail)
{
    if (a->doubt_count < READING_DOUBTS)
        a->doubts[a->doubt_count++] = (struct reading_doubt){kind, detail, {0}};
}

static void invalid(struct reading *a, const char *why)
{
    a->kind = READING_INVALID;
    a->why = why;
}

static void missing(struct reading *a, struct span reason)
{
    a->kind = READING_MISSING;
    a->reason = reason;
}

static void wrong_type(struct reading *a, const struct schema_field *f, const struct value *v)
{
    buf_clear(&a->message);
    buf_addf(&a->message, "expected %s, not %s",
             schema_type_name(f->is_list ? SCHEMA_LIST : f->as.type), scalar_type_name(v));
    a->value = v;
    invalid(a, buf_text(&a->message));
}

/* ---- refusals ---- */

/* A phrase that is the whole cell says what it says; one in a longer text is a guess. */
static bool is_whole(struct span part, struct span text)
{
    while (text.len && (text.at[text.len - 1] == '.' || text.at[text.len - 1] == ' '))
        text.len--;
    return part.at <= text.at && part.at + part.len >= text.at + text.len;
}

/* Whether TIDY is a refusal or another reason for no answer; what only mentions one is flagged. */
static bool refused(struct reading *a, const struct schema_field *f, struct span tidy)
{
    if (!f->recognise)
        return false;
    struct refusal found = refusal_find(&a->refusals, tidy);
    if (found.kind == REFUSAL_NONE)
        return false;
    bool sure = found.kind == REFUSAL_SURE;
    if (!sure || !is_whole(found.matched, tidy)) {
        doubt(a, sure ? "refusal" : "refusal_mention", found.matched);
        a->doubts[a->doubt_count - 1].reason = found.reason;
    }
    if (sure)
        missing(a, found.reason);
    return sure;
}

/* ---- casting ---- */

/* The cell as a string, for what it is cast to and for what is kept of it if that fails. */
static void as_string(struct reading *a, const struct value *v, struct span text, struct span tidy)
{
    a->cast.text = tidy;
    if (v->type == VALUE_STRING && (tidy.at == text.at || span_eq(tidy, text)) &&
        tidy.len == text.len)
        a->cast.value = v;
    else
        cast_quote(&a->cast);
    a->value = a->cast.value;
}

static void check(struct reading *a, const struct schema_field *f)
{
    if (f->is_constrained && !constraint_holds(&a->constraint, f, &a->cast))
        invalid(a, buf_text(&a->constraint.why));
}

/* A number that was written otherwise, such as 1,000, may be a missing value
 * in its plain form, as which it would be found the second time. */
static bool missing_after_cast(struct reading *a, const struct schema_field *f, struct span tidy)
{
    struct span text = a->cast.text;
    if (f->as.type == SCHEMA_BOOLEAN || (text.at == tidy.at && text.len == tidy.len))
        return false;
    const struct word *word = words_find(&f->words, text);
    if (!word || word->kind != WORD_MISSING)
        return false;
    missing(a, word->to);
    return true;
}

/* A value that nothing is to be done to. */
static void take(struct reading *a, const struct schema_field *f, const struct value *v)
{
    a->value = a->cast.value = v;
    a->cast.text = v->raw;
    check(a, f);
}

static void take_string(struct reading *a, const struct schema_field *f, const struct value *v,
                        struct span text, struct span tidy)
{
    if (f->recognise && !constraint_lists(&a->constraint, f, tidy) && refused(a, f, tidy))
        return;
    if (f->clean == SCHEMA_TEXT && !a->replaced)
        tidy = cast_lines(&a->cast, f, text, tidy);
    as_string(a, v, text, tidy);
    check(a, f);
}

static struct span question_of(const struct schema_field *f)
{
    return f->title.len ? f->title : f->name;
}

/* The figure that a sentence states: taken, and shown to a person in any case. */
static void take_stated(struct reading *a, const struct schema_field *f, const struct value *v,
                        struct span text, struct span tidy)
{
    struct span json;
    bool is_refusal = a->doubt_count > 0; /* or mentions one */
    enum stated what = stated_find(&a->stated, &f->as.number, question_of(f), tidy, &json);
    bool is_whole = f->as.type != SCHEMA_INTEGER || number_is_integer(json);
    if (what != STATED_ONE || !is_whole || is_refusal) {
        const char *why = what != STATED_ONE ? stated_name(what)
                          : is_refusal       ? "a refusal is mentioned"
                                             : "not a whole number";
        doubt(a, "no_figure", span_of(why));
        missing(a, SPAN("no_figure"));
        return;
    }
    doubt(a, "figure", json);
    cast_figure(&a->cast, json);
    a->value = a->cast.value;
    check(a, f);
    if (a->kind == READING_INVALID)
        as_string(a, v, text, tidy);
}

static void cast_one(struct reading *a, const struct schema_field *f, const struct value *v,
                     struct span text, struct span tidy)
{
    struct cast *c = &a->cast;
    bool is_cast = cast_value(c, f, v, tidy);
    if (is_cast && f->as.prose && c->unit.len && !stated_suits(&a->stated, question_of(f), tidy)) {
        take_stated(a, f, v, text, tidy);
        return;
    }
    if (!is_cast) {
        if (refused(a, f, tidy))
            return;
        if (f->as.prose) {
            take_stated(a, f, v, text, tidy);
            return;
        }
        as_string(a, v, text, tidy);
        invalid(a, buf_text(&c->why));
        return;
    }
    if (missing_after_cast(a, f, tidy))
        return;
    if (c->value->type == VALUE_STRING)
        as_string(a, v, text, c->text);
    a->value = c->value;
    check(a, f);
    if (a->kind == READING_INVALID)
        as_string(a, v, text, tidy);
}

static void cast_many(struct reading *a, const struct schema_field *f, const struct value *v,
                      struct span text)
{
    bool list = v->type == VALUE_LIST;
    a->value = v;
    if (!(list ? cast_list(&a->cast, f, v) : cast_split(&a->cast, f, text))) {
        invalid(a, buf_text(&a->cast.why));
        return;
    }
    check(a, f);
    if (a->kind == READING_VALUE)
        a->value = a->cast.value;
}

/* A cell that is no word with a meaning of its own. */
static void read_plain(struct reading *a, const struct schema_field *f, const struct value *v,
                       struct span text, struct span tidy)
{
    if (f->is_list) {
        if (!refused(a, f, tidy))
            cast_many(a, f, v, text);
    } else if (f->as.type == SCHEMA_STRING ||
               (f->as.type == SCHEMA_ANY && v->type == VALUE_STRING)) {
        take_string(a, f, v, text, tidy);
    } else if (f->as.type == SCHEMA_ANY) {
        take(a, f, v);
    } else {
        cast_one(a, f, v, text, tidy);
    }
}

/* ---- doubts ---- */

static void doubt_date(struct reading *a)
{
    if (a->cast.doubts & DATE_MONTH_FIRST)
        doubt(a, "month_first", a->cast.text);
    if (a->cast.doubts & DATE_SHORT_YEAR)
        doubt(a, "short_year", a->cast.text);
    if (a->cast.doubts & DATE_FAR_YEAR)
        doubt(a, "far_year", a->cast.text);
    if (a->cast.doubts & DATE_TIME_DROPPED)
        doubt(a, "time_dropped", a->cast.text);
}

/* What a spreadsheet did to a text that the schema does not know. */
static void doubt_damage(struct reading *a, const struct schema_field *f, struct span text)
{
    struct span where;
    enum damage damage = damage_find(text, f->hints, &where);
    if (damage != DAMAGE_NONE)
        doubt(a, damage_name(damage), where);
}

/* ---- a cell ---- */

/* value_text(), without the call for nearly every cell. */
static inline struct span plain_text(struct reading *a, const struct value *v)
{
    if (v->type == VALUE_STRING && !v->escaped)
        return (struct span){v->raw.at + 1, v->raw.len - 2};
    return value_text(v, &a->decoded);
}

/* The word that the cell is, in the form it came or tidied. *TIDY becomes the tidy
 * text, or what replaces it. */
static const struct word *look_up(struct reading *a, const struct schema_field *f, struct span text,
                                  struct span *tidy)
{
    const struct word *word = words_find(&f->words, text);
    a->replaced = false;
    if (!word) {
        *tidy = cast_tidy(&a->cast, f, text);
        if (tidy->at != text.at || tidy->len != text.len)
            word = words_find(&f->words, *tidy);
    }
    if (word && word->kind == WORD_REPLACE && !f->is_list) {
        words_use(&f->words, word);
        *tidy = word->to;
        a->replaced = true;
        word = words_find(&f->words, word->to);
    }
    return word;
}

/* A true or false value; if it is not allowed, its text is what is kept. */
static void take_truth(struct reading *a, const struct schema_field *f, const struct value *v,
                       struct span text, bool truth)
{
    cast_truth(&a->cast, truth);
    a->value = a->cast.value;
    check(a, f);
    if (a->kind == READING_INVALID)
        as_string(a, v, text, cast_tidy(&a->cast, f, text));
    if (f->blank_is_no && !truth)
        doubt(a, "blank_or_no", (struct span){0});
}

static void read_scalar(struct reading *a, const struct schema_field *f, const struct value *v)
{
    struct span text = plain_text(a, v), tidy = text;
    bool truth = v->type == VALUE_TRUE || v->type == VALUE_FALSE;
    const struct word *word =
        truth && f->as.type == SCHEMA_BOOLEAN ? NULL : look_up(a, f, text, &tidy);
    if (word && word->kind == WORD_MISSING) {
        missing(a, word->to);
        return;
    }
    if (word && word->kind != WORD_REPLACE && !f->is_list) {
        take_truth(a, f, v, text, word->kind == WORD_TRUE);
        return;
    }
    read_plain(a, f, v, text, tidy);
    bool known = word || a->kind == READING_MISSING ||
                 (a->kind == READING_VALUE && (f->has_values || f->has_categories));
    if (v->type == VALUE_STRING && !known)
        doubt_damage(a, f, text);
}

/* A list or an object. */
static void read_nested(struct reading *a, const struct schema_field *f, const struct value *v)
{
    if (f->is_list && v->type == VALUE_LIST) {
        cast_many(a, f, v, (struct span){0});
    } else if (f->as.type == SCHEMA_ANY) {
        take(a, f, v);
    } else {
        wrong_type(a, f, v);
    }
}

void reading_read(struct reading *a, const struct schema_field *f, const struct value *v)
{
    a->kind = READING_VALUE;
    a->doubt_count = 0;
    a->cast.doubts = 0;
    a->cast.unit.len = 0;
    if (v->type == VALUE_NULL)
        missing(a, (struct span){0});
    else if (v->type == VALUE_LIST || v->type == VALUE_OBJECT)
        read_nested(a, f, v);
    else
        read_scalar(a, f, v);
    if (a->cast.doubts && a->kind == READING_VALUE)
        doubt_date(a);
}

void reading_free(struct reading *a)
{
    cast_free(&a->cast);
    constraint_free(&a->constraint);
    refusal_free(&a->refusals);
    stated_free(&a->stated);
    buf_free(&a->decoded);
    buf_free(&a->message);
    *a = (struct reading){0};
}
