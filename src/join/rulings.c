/* rulings -- what people decided about the doubts of a join. */
#include "join/rulings.h"

#include <jansson.h>

#include "base/fail.h"
#include "stream/emit.h"
#include "text/bars.h"

static const char *const KINDS[] = {"merge", "merged", NULL};

struct reading {
    struct rulings *rulings;
    const char *file;
};

static void read_file(void *with)
{
    struct reading *reading = with;
    struct decisions *d = &reading->rulings->decisions;
    size_t before = d->count;
    decisions_load(d, reading->file, KINDS, NULL);
    for (size_t i = before; i < d->count; i++)
        if (decision_value(&d->at[i]).len == 0)
            decisions_fail(&d->at[i], "no value");
}

void rulings_load(struct rulings *r, const struct opt_list *files)
{
    struct fault fault;
    *r = (struct rulings){.decisions.unmet = "the sides do not differ there (it is not used)"};
    for (size_t i = 0; i < files->count; i++) {
        struct reading reading = {r, files->at[i]};
        if (!fault_catch(&fault, read_file, &reading))
            fault_end(&fault, STATUS_DATA);
    }
}

/* V as people see it, at the end of B: the items of a list with BETWEEN between them. */
static void add_text(struct rulings *r, struct buf *b, const struct value *v, const char *between)
{
    struct span rest = v->raw;
    struct value item;
    if (v->type != VALUE_LIST) {
        buf_add(b, value_text(v, &r->scratch));
        return;
    }
    for (size_t i = 0; value_next(&rest, NULL, &item); i++) {
        buf_add(b, i ? span_of(between) : SPAN(""));
        buf_add(b, value_text(&item, &r->scratch));
    }
}

static struct decision *find(struct rulings *r, struct span reply, struct span field,
                             const char *kind)
{
    struct span text = buf_span(&r->raw);
    size_t first = decisions_of_record(&r->decisions, SPAN(""), reply, field);
    struct decision *it = decisions_fitting(&r->decisions, first, &text, 1);
    return it && span_eq(decision_kind(it), span_of(kind)) ? it : NULL;
}

struct decision *rulings_conflict(struct rulings *r, const struct joinkey *key, struct span field,
                                  const struct value *left, const struct value *right)
{
    struct buf json = {0};
    joinkey_emit(key, &json);
    struct value reply = value_from(buf_span(&json));
    buf_clear(&r->text);
    buf_clear(&r->left);
    buf_clear(&r->right);
    buf_clear(&r->raw);
    add_text(r, &r->text, &reply, "|");
    add_text(r, &r->left, left, "\n");
    add_text(r, &r->right, right, "\n");
    buf_addf(&r->raw, "%.*s\n%.*s", SPAN_ARGS(buf_span(&r->left)), SPAN_ARGS(buf_span(&r->right)));
    buf_free(&json);
    struct decision *it = find(r, buf_span(&r->text), field, "merge");
    if (it && it->state < DECISION_CONFIRMED)
        it->state = DECISION_CHANGED;
    return it;
}

enum rulings_side rulings_side(const struct rulings *r, const struct decision *it)
{
    if (decisions_same_text(decision_value(it), buf_span(&r->left)))
        return RULINGS_LEFT;
    return decisions_same_text(decision_value(it), buf_span(&r->right)) ? RULINGS_RIGHT
                                                                        : RULINGS_OTHER;
}

/* Lines, or what "|" parts, as a list of texts. */
static void emit_list(struct buf *b, struct span text)
{
    struct buf own = {0};
    buf_addc(b, '[');
    while (text.len) {
        const char *end = span_end(text), *stop = memchr(text.at, '\n', text.len);
        struct span line = span_from(text.at, stop ? stop : end), part;
        while (bars_next(&line, &own, &part)) {
            emit_item(b);
            emit_string(b, part);
        }
        text = span_from(stop ? stop + 1 : end, end);
    }
    buf_addc(b, ']');
    buf_free(&own);
}

/* Whether what was typed is a number of JSON. */
static bool is_number(struct span text)
{
    json_t *typed = json_loadb(text.at, text.len, JSON_DECODE_ANY, NULL);
    bool number = json_is_number(typed);
    json_decref(typed);
    return number;
}

struct span rulings_value(struct rulings *r, const struct decision *it, const struct value *left,
                          const struct value *right)
{
    bool numbers = left->type == VALUE_NUMBER && right->type == VALUE_NUMBER;
    buf_clear(&r->raw);
    if (left->type == VALUE_LIST || right->type == VALUE_LIST)
        emit_list(&r->raw, decision_value(it));
    else if (numbers && is_number(decision_value(it)))
        buf_add(&r->raw, decision_value(it));
    else
        emit_string(&r->raw, decision_value(it));
    return buf_span(&r->raw);
}

enum rulings_keeps rulings_body(struct rulings *r, struct span body, struct span key,
                                struct span other)
{
    struct value ours = value_from(key), theirs = value_from(other);
    buf_clear(&r->left);
    buf_clear(&r->right);
    buf_clear(&r->raw);
    add_text(r, &r->left, &ours, "|");
    add_text(r, &r->right, &theirs, "|");
    buf_addf(&r->raw, "%.*s\n%.*s", SPAN_ARGS(buf_span(&r->left)), SPAN_ARGS(buf_span(&r->right)));
    struct decision *it = find(r, buf_span(&r->left), body, "merged");
    if (!it)
        return RULINGS_UNSAID;
    it->state = DECISION_CHANGED;
    if (decisions_same_text(decision_value(it), buf_span(&r->left)))
        return RULINGS_KEY;
    if (decisions_same_text(decision_value(it), buf_span(&r->right)))
        return RULINGS_OTHER_KEY;
    if (span_eq(decision_value(it), SPAN("both")))
        return RULINGS_BOTH;
    fail(STATUS_DATA, "%s:%zu: %s is neither of the two keys, nor 'both'", decision_file(it),
         decision_line(it), quote(decision_value(it)));
}

void rulings_free(struct rulings *r)
{
    decisions_free(&r->decisions);
    buf_free(&r->text);
    buf_free(&r->left);
    buf_free(&r->right);
    buf_free(&r->scratch);
    buf_free(&r->raw);
}
