/* margins -- whether a line at the edge of several pages is the page's and not the letter's. */
#include "text/margins.h"

#include <ctype.h>

#define FAR 20        /* spaces before what stands at the right */
#define MIN_LETTERS 4 /* of a line of words */

/* Letters make a line one of words; digits and marks alone are an answer. */
static bool is_worded(struct span line)
{
    size_t letters = 0;
    for (size_t i = 0; i < line.len; i++)
        letters += isalpha((unsigned char)line.at[i]) != 0 || (line.at[i] & 0x80) != 0;
    return letters >= MIN_LETTERS;
}

static bool has_address(struct span line)
{
    static const char marks[] = "@|";
    for (size_t i = 0; i < line.len; i++)
        if (strchr(marks, line.at[i]) ||
            span_starts((struct span){line.at + i, line.len - i}, SPAN("www.")))
            return true;
    return false;
}

/* Whether most words begin with a capital, and more than two or all letters are capitals: "St
 * Hilda's Hospital", "OFFICIAL". */
static bool is_named(struct span line)
{
    size_t words = 0, capitals = 0, small = 0;
    for (size_t i = 0; i < line.len; i++) {
        unsigned char c = (unsigned char)line.at[i];
        bool begins =
            isalpha(c) &&
            (i == 0 || !(isalpha((unsigned char)line.at[i - 1]) || line.at[i - 1] == '\''));
        words += begins;
        capitals += begins && isupper(c);
        small += islower(c) != 0;
    }
    return (words > 2 && 3 * capitals >= 2 * words) || (words == 1 && small == 0);
}

bool margins_repeat(struct span line, size_t pages)
{
    size_t indent = 0;
    while (line.len && isspace((unsigned char)line.at[line.len - 1]))
        line.len--;
    while (indent < line.len && line.at[indent] == ' ')
        indent++;
    struct span text = {line.at + indent, line.len - indent};
    if (pages < 2 || !is_worded(text))
        return false;
    if (pages > 2 || indent >= FAR)
        return true;
    bool stops = strchr(".?!;:", text.at[text.len - 1]) != NULL;
    bool digit = false;
    for (size_t i = 0; i < text.len; i++)
        digit |= isdigit((unsigned char)text.at[i]) != 0;
    return has_address(text) || (!stops && (digit || is_named(text)));
}
