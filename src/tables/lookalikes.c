/* lookalikes -- values that people take for one: told, since a table counts them apart.
 *
 * The number 1 and the text "1", `Yes` and `yes `: texts that are the same but for their type, the
 * case of their letters and white space at their ends. One message a field. */
#include "tables/lookalikes.h"

#include "base/fail.h"
#include "stream/scalar.h"
#include "text/clean.h"

#define MOST_TOLD 3 /* pairs of a field; the others are counted */

static void tell(const struct variables *v, size_t field, struct buf *pairs, size_t count)
{
    if (count == 0)
        return;
    if (count > MOST_TOLD)
        buf_addf(pairs, " and %zu more", count - MOST_TOLD);
    warn("field %s: values that look alike are counted apart: %s (normalise can make them one)",
         quote(v->names.keys[field]), buf_text(pairs));
}

static void look_at(const struct variables *v, size_t field)
{
    const struct intern *values = &v->fields[field].values;
    struct intern folded = {0};
    struct buf text = {0}, fold = {0}, pairs = {0};
    struct arena arena = {0};
    size_t *first = arena_array(&arena, values->count, sizeof *first), count = 0;
    for (size_t i = 0; i < values->count; i++) {
        buf_clear(&fold);
        clean_fold(&fold, span_trimmed(scalar_text(values->keys[i], &text)));
        size_t before = folded.count, index = intern_add(&folded, buf_span(&fold));
        if (index == before)
            first[index] = i;
        else if (count++ < MOST_TOLD)
            buf_addf(&pairs, "%s%s and %s", count > 1 ? ", " : "",
                     quote(values->keys[first[index]]), quote(values->keys[i]));
    }
    tell(v, field, &pairs, count);
    arena_free(&arena);
    intern_free(&folded);
    buf_free(&text);
    buf_free(&fold);
    buf_free(&pairs);
}

void lookalikes_tell(const struct count *c)
{
    for (size_t field = 0; field < c->answers.names.count; field++) {
        bool is_counted = false;
        for (size_t i = 0; i < c->plan->count && !is_counted; i++) {
            const struct count_table *t = &c->tables[i];
            bool has_rows = t->rows.field == field && t->plan->rows == PLAN_VALUES;
            is_counted = !t->plan->hidden && (has_rows || t->groups.field == field);
        }
        if (is_counted)
            look_at(&c->answers, field);
    }
}
