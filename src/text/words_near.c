/* words_near -- bytes that belong to a word, and those that part clauses. */
#include "words_near.h"

size_t digits_at(struct span text, size_t at)
{
    size_t count = 0;
    while (is_digit(byte_at(text, at + count)))
        count++;
    return count;
}

struct span word_at(struct span text, size_t at)
{
    size_t end = at;
    while (is_letter(byte_at(text, end)) ||
           (end > at && byte_at(text, end) == '\'' && is_letter(byte_at(text, end + 1))))
        end++;
    return span_part(text, at, end - at);
}

struct span word_before(struct span text, size_t *at)
{
    size_t end = *at;
    while (end > 0 &&
           ((unsigned char)text.at[end - 1] >= 0x80 || strchr(" =:$\"", text.at[end - 1])))
        end--;
    bool is_pointed =
        end > 1 && end < *at && text.at[end - 1] == '.' && is_letter(text.at[end - 2]);
    end -= is_pointed;
    size_t from = end;
    while (from > 0 && (is_letter(text.at[from - 1]) || (from < end && text.at[from - 1] == '\'')))
        from--;
    struct span word = span_part(text, from, end - from);
    if (is_pointed &&
        !is_any_case(word, "approx c ca no ref para sec reg art est max min app tel ext"))
        return (struct span){0}; /* of the sentence before */
    *at = from;
    return word;
}

struct span word_behind(struct span text, size_t *at)
{
    while (byte_at(text, *at) == ' ')
        (*at)++;
    struct span word = word_at(text, *at);
    *at += word.len;
    return word;
}

bool before_is(struct span text, size_t at, const char *words)
{
    return is_any_case(word_before(text, &at), words);
}

bool behind_is(struct span text, size_t at, const char *words)
{
    return is_any_case(word_behind(text, &at), words);
}

bool behind_are(struct span text, size_t at, const char *first, const char *second)
{
    return is_any_case(word_behind(text, &at), first) && behind_is(text, at, second);
}
