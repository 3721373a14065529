/* words -- texts that mean something in a field. */
#include "schema/words.h"

#include <stdlib.h>

const struct word *words_add(struct words *w, struct span text, enum word_kind kind, struct span to)
{
    size_t before = w->texts.count;
    size_t index = intern_add(&w->texts, text);
    if (index < before) {
        const struct word *is = &w->at[index];
        return is->kind == kind && span_eq(is->to, to) ? NULL : is;
    }
    w->at = array_grow(w->at, &w->cap, index + 1, sizeof *w->at);
    w->at[index] = (struct word){kind, to, bytes_head(text.at, text.len)};
    w->used = array_grow(w->used, &w->used_cap, index + 1, sizeof *w->used);
    w->used[index] = false;
    w->lengths |= words_length_bit(text.len);
    return NULL;
}

const char *words_kind_name(enum word_kind kind)
{
    static const char *const names[] = {
        [WORD_MISSING] = "a missing value",
        [WORD_TRUE] = "a true value",
        [WORD_FALSE] = "a false value",
        [WORD_REPLACE] = "a text to replace",
    };
    return names[kind];
}

bool words_was_used(const struct words *w, size_t index)
{
    const char *to = w->at[index].to.at; /* the forms of one replacement share it */
    for (size_t i = 0; i < w->texts.count; i++)
        if (w->used[i] && w->at[i].kind == WORD_REPLACE && w->at[i].to.at == to)
            return true;
    return false;
}

void words_free(struct words *w)
{
    free(w->used);
    intern_free(&w->texts);
    free(w->at);
    *w = (struct words){0};
}
