/* prose_again -- what can be read another way: names broken at the end of a line, numbers and
 * versions glued to them, sentences run together. */
#include <string.h>

#include "prose_words.h"

#define MIN_PART 2    /* letters of a sentence's last word before a full stop without a space */
#define MAX_NUMBER 2  /* digits of the number of an entry */
#define MAX_BROKEN 64 /* bytes of either half of a name read two ways */

/* "Java-\nScript" as "JavaScript" and as "Java Script": words I, a hyphen, I + 2. */
static void read_broken(struct prose *p, struct span text, size_t i)
{
    struct prose_word first = p->at[i], last = p->at[i + 2];
    struct span halves[2] = {{text.at + first.start, first.end - first.start},
                             {text.at + last.start, last.end - last.start}};
    if (halves[0].len > MAX_BROKEN || halves[1].len > MAX_BROKEN)
        return;
    buf_addc(&p->text, '\n');
    prose_add_word(p, first.start, last.end, 0);
    prose_fold(p, halves[0], prose_is_plain(halves[0]));
    prose_fold(p, halves[1], prose_is_plain(halves[1]));
    buf_add(&p->text, SPAN(" \n"));
    for (int half = 0; half < 2; half++) {
        const struct prose_word *part = half ? &last : &first;
        prose_add_word(p, part->start, part->end, 0);
        prose_fold(p, halves[half], prose_is_plain(halves[half]));
    }
    buf_addc(&p->text, ' ');
}

/* One part of word I, read as a word of its own. */
static void read_part(struct prose *p, struct span text, size_t i, size_t start, size_t end)
{
    struct span part = {text.at + start, end - start};
    buf_addc(&p->text, '\n');
    uint32_t ordinal = p->at[i].ordinal; /* before the words may move */
    prose_add_word(p, start, end, 0)->ordinal = ordinal;
    prose_fold(p, part, prose_is_plain(part));
    buf_addc(&p->text, ' ');
}

static bool is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

/* "in Java.Python is": a full stop before a word with a capital, which is no name
 * if the whole is in no codebook. "ASP.NET" and "Node.JS" are names all the same. */
static void read_stops(struct prose *p, struct span text, size_t i)
{
    struct prose_word whole = p->at[i];
    for (size_t dot = whole.start + MIN_PART; dot + MIN_PART < whole.end; dot++) {
        if (text.at[dot] != '.' || !is_upper(text.at[dot + 1]) || is_upper(text.at[dot + 2]))
            continue;
        read_part(p, text, i, whole.start, dot);
        read_part(p, text, i, dot + 1, whole.end);
        return;
    }
}

/* "1.Python", "b.PHP": a name without the number that is glued to it. */
static void read_numbered(struct prose *p, struct span text, size_t i)
{
    struct prose_word whole = p->at[i];
    size_t at = whole.start, letter = !prose_is_digit(text.at[at]);
    while (at < whole.end && at - whole.start < MAX_NUMBER && prose_is_digit(text.at[at]))
        at++;
    at += letter;
    if (at > whole.start && at + 1 + letter < whole.end && text.at[at] == '.' &&
        !prose_is_digit(text.at[at + 1]))
        read_part(p, text, i, at + 1, whole.end);
}

/* Before the digits and full stops that end at END. */
static size_t before_digits(struct span text, size_t start, size_t end)
{
    while (end > start && (prose_is_digit(text.at[end - 1]) || text.at[end - 1] == '.'))
        end--;
    return end;
}

/* "Python3", "SQL2016", "Java8+", "Oracle19c", "SQL2008R2": a name without the version that is
 * glued to it. */
static void read_version(struct prose *p, struct span text, size_t i)
{
    struct prose_word whole = p->at[i];
    size_t end = whole.end - (text.at[whole.end - 1] == '+');
    for (int part = 0; part < 2; part++) {
        end = before_digits(text, whole.start, end);
        bool release = end >= whole.start + 2 && strchr("cgirxR", text.at[end - 1]) &&
                       (prose_is_digit(text.at[end - 2]) || text.at[end - 2] == '.');
        if (part == 0 && release)
            end--;
    }
    if (end < whole.end && end - whole.start >= PROSE_MIN_VERSIONED)
        read_part(p, text, i, whole.start, end);
}

static bool is_hyphen(const struct prose *p, size_t i)
{
    return p->at[i].flags & PROSE_MARK && p->text.at[p->at[i].folded] == '-';
}

void prose_again(struct prose *p, struct span text)
{
    for (size_t i = 0; i < p->main; i++) {
        if (!(p->at[i].flags & PROSE_AGAIN))
            continue;
        p->at[i].flags &= (uint8_t)~PROSE_AGAIN; /* for the splitter alone */
        if (p->at[i].flags & PROSE_ADDRESS)
            continue;
        struct prose_word word = p->at[i];
        if (memchr(text.at + word.start, '.', word.end - word.start)) {
            read_stops(p, text, i);
            read_numbered(p, text, i);
        }
        if (prose_ends_version((struct span){text.at + word.start, word.end - word.start}))
            read_version(p, text, i);
        if (i + 2 < p->main && is_hyphen(p, i + 1) && !(p->at[i + 2].flags & PROSE_MARK) &&
            p->at[i + 1].start == word.end && p->at[i + 1].end == word.end + 1)
            read_broken(p, text, i);
    }
}
