#include "schema/recall.h"

#include <stdlib.h>

#include "base/fail.h"

bool recall_suits(const struct schema_field *f)
{
    bool is_date = f->as.type == SCHEMA_DATE || f->as.type == SCHEMA_DATETIME;
    /* days and months in any order are read by what the column held so far */
    return !f->into.at && !(is_date && f->as.date_form == SCHEMA_ANY_DMY);
}

void recall_keep(struct recall *c, struct span raw, const struct reading *a)
{
    if (a->kind == READING_INVALID || a->doubt_count || a->cast.unit.len || raw.len > MEMO_KEY - 8)
        return;
    struct span text = a->kind == READING_VALUE ? a->value->raw : a->reason;
    size_t place = !text.at || text.len > BUF_SHORT ? MEMO_NONE : memo_keep(&c->memo, raw);
    if (place == MEMO_NONE)
        return;
    if (!c->outcomes)
        c->outcomes = calloc(MEMO_SLOTS, sizeof *c->outcomes);
    if (!c->outcomes)
        fail_memory();
    struct recall_outcome *outcome = &c->outcomes[place];
    outcome->kind = (uint8_t)a->kind;
    outcome->type = a->kind == READING_VALUE ? (uint8_t)a->value->type : VALUE_NULL;
    outcome->escaped = a->kind == READING_VALUE && a->value->escaped;
    outcome->len = (uint32_t)text.len;
    memcpy(outcome->text, text.at, text.len);
}

void recall_free(struct recall *c)
{
    memo_free(&c->memo);
    free(c->outcomes);
    c->outcomes = NULL;
}
