#include "base/choice.h"

bool choice_find(const struct choice *choices, struct span word, int *value)
{
    for (const struct choice *c = choices; c->word; c++) {
        if (!span_eq(span_of(c->word), word))
            continue;
        *value = c->value;
        return true;
    }
    return false;
}

const char *choice_word(const struct choice *choices, int value)
{
    while (choices->value != value)
        choices++;
    return choices->word;
}

void choice_list(struct buf *b, const struct choice *choices, const char *separator)
{
    for (const struct choice *c = choices; c->word; c++)
        buf_addf(b, "%s%s", c == choices ? "" : separator, c->word);
}
