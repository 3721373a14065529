/* whether -- questions that ask whether. */
#include "text/whether.h"

#include <ctype.h>

#include "text/label.h"

#define WORD 12 /* bytes; no word that counts here is longer */

bool whether_begins(struct span word)
{
    static const struct span verbs[] = {SPAN_ROW("do"),   SPAN_ROW("does"), SPAN_ROW("did"),
                                        SPAN_ROW("is"),   SPAN_ROW("are"),  SPAN_ROW("was"),
                                        SPAN_ROW("were"), SPAN_ROW("has"),  SPAN_ROW("have"),
                                        SPAN_ROW("had"),  SPAN_ROW("will"), SPAN_ROW("can")};
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
        if (span_eq(word, verbs[i]))
            return true;
    return false;
}

static bool asks_more(struct span word)
{
    static const struct span words[] = {SPAN_ROW("how"),  SPAN_ROW("what"), SPAN_ROW("which"),
                                        SPAN_ROW("when"), SPAN_ROW("who"),  SPAN_ROW("or")};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (span_eq(word, words[i]))
            return true;
    return false;
}

/* The word at *AT in lower case, in LOWER; *AT goes behind it. Empty at the end. */
static struct span next_word(struct span text, size_t *at, char *lower)
{
    size_t len = 0, i = *at;
    while (i < text.len && !isalpha((unsigned char)text.at[i]))
        i++;
    for (; i < text.len && isalpha((unsigned char)text.at[i]); i++)
        if (len < WORD)
            lower[len++] = (char)tolower((unsigned char)text.at[i]);
    *at = i;
    return (struct span){lower, len};
}

bool whether_asked(struct span text)
{
    char lower[WORD];
    struct label number;
    size_t at = 0;
    if (!label_read(text, 0, &number, &at))
        at = 0;
    if (!whether_begins(next_word(text, &at, lower)))
        return false;
    for (struct span word; (word = next_word(text, &at, lower)).len > 0;)
        if (asks_more(word))
            return false;
    return true;
}
