/* stem -- what is left of an English word without its endings. */
#include "text/stem.h"

#define MIN_STEM 2
#define MIN_TYPO 5
#define MIN_AKIN 6

static const struct span endings[] = {
    SPAN_ROW("ments"), SPAN_ROW("ment"), SPAN_ROW("ations"), SPAN_ROW("ation"), SPAN_ROW("ings"),
    SPAN_ROW("ing"),   SPAN_ROW("ers"),  SPAN_ROW("er"),     SPAN_ROW("ees"),   SPAN_ROW("ee"),
    SPAN_ROW("ies"),   SPAN_ROW("ied"),  SPAN_ROW("es"),     SPAN_ROW("ed"),    SPAN_ROW("ly"),
    SPAN_ROW("s"),     SPAN_ROW("e"),    SPAN_ROW("y"),
};

static bool is_number(struct span word)
{
    return word.len && word.at[0] >= '0' && word.at[0] <= '9';
}

static struct span cut(struct span word)
{
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        size_t len = endings[i].len;
        if (word.len >= len + MIN_STEM && memcmp(word.at + word.len - len, endings[i].at, len) == 0)
            return (struct span){word.at, word.len - len};
    }
    return word;
}

struct span stem_of(struct span word)
{
    if (is_number(word))
        return word;
    if (word.len > 2 && memcmp(word.at + word.len - 2, "'s", 2) == 0)
        word.len -= 2;
    struct span once = cut(word);
    return once.len < word.len ? once : word;
}

bool stem_typo(struct span a, struct span b)
{
    if (a.len < b.len) {
        struct span swap = a;
        a = b;
        b = swap;
    }
    if (b.len < MIN_TYPO - 1 || a.len < MIN_TYPO || a.len - b.len > 1 || is_number(a) ||
        a.at[0] != b.at[0])
        return false;
    size_t head = 0, tail = 0;
    while (head < b.len && a.at[head] == b.at[head])
        head++;
    while (tail < b.len - head && a.at[a.len - 1 - tail] == b.at[b.len - 1 - tail])
        tail++;
    size_t left = b.len - head - tail; /* of the shorter, that agrees with nothing */
    if (a.len > b.len)
        return left == 0;
    return left <= 1 || (left == 2 && a.at[head] == b.at[head + 1] && a.at[head + 1] == b.at[head]);
}

bool stem_akin(struct span a, struct span b)
{
    size_t shorter = a.len < b.len ? a.len : b.len, longer = a.len + b.len - shorter, same = 0;
    if (is_number(a) || is_number(b))
        return false;
    while (same < shorter && a.at[same] == b.at[same])
        same++;
    return same >= MIN_AKIN && 10 * same >= 6 * longer;
}
