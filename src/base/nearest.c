/* nearest -- the edit distance (Levenshtein 1966), by the row of Wagner & Fischer 1974. */
#include "base/nearest.h"

static int lower(char c)
{
    return c >= 'A' && c <= 'Z' ? c + 32 : c;
}

static size_t distance(struct span a, struct span b)
{
    size_t row[NEAREST_LONGEST + 1];
    for (size_t j = 0; j <= b.len; j++)
        row[j] = j;
    for (size_t i = 0; i < a.len; i++) {
        size_t diagonal = row[0];
        row[0] = i + 1;
        for (size_t j = 0; j < b.len; j++) {
            size_t replaced = diagonal + (lower(a.at[i]) != lower(b.at[j]));
            diagonal = row[j + 1];
            size_t shifted = (row[j] < row[j + 1] ? row[j] : row[j + 1]) + 1;
            row[j + 1] = replaced < shifted ? replaced : shifted;
        }
    }
    return row[b.len];
}

/* One slip in a name of two letters, two from four on, then a third of the longer name. */
static size_t limit(size_t longer)
{
    if (longer < 2)
        return 0;
    return longer < 4 ? 1 : longer < 6 ? 2 : longer / 3;
}

void nearest_try(struct nearest *n, struct span wanted, struct span candidate)
{
    size_t longer = wanted.len > candidate.len ? wanted.len : candidate.len;
    size_t shorter = wanted.len + candidate.len - longer;
    size_t most = limit(longer);
    if (longer > NEAREST_LONGEST || (n->name.at && n->distance == 0))
        return;
    if (n->name.at && n->distance - 1 < most)
        most = n->distance - 1;
    if (longer - shorter > most)
        return;
    size_t far = distance(wanted, candidate);
    if (far > most || (far > 0 && far >= shorter))
        return;
    n->name = candidate;
    n->distance = far;
}
