/* prose -- a text as whole words, each with its place in the text.
 *
 * Terms and answers go through the same splitting, so a term is found exactly
 * where its words stand in the answer. The words are put into one text, case
 * folded, a space before each and one at the end (" we use c# and .net . "), so
 * that a search for " c#" that is followed by a space finds whole words only.
 *
 * What makes a word:
 *   - letters, marks and digits of any script, and '_';
 *   - '.' before a letter or digit (".NET", "Node.js", "3.5"), so the full stop
 *     of a sentence is none of its last word;
 *   - '#' behind a letter or digit ("C#"): unless a letter follows, the word ends
 *     there, so "C#.NET" is "C#" and ".NET", and "C#8" is "C#" and "8";
 *   - '+' behind a letter or digit ("C++") likewise, but one '+' between two
 *     words only parts them ("HTML+CSS");
 *   - an apostrophe between letters ("don't"); the possessive "'s" is a word of
 *     its own, so "Python's" holds "Python";
 *   - '&' between at most two letters on either side ("R&D", "A&E").
 * A hyphen between two words parts them without a trace, so "T-SQL" and "T SQL"
 * are the same. Every other mark is a word by itself, a run of the same mark one.
 *
 * The path of a link ("www.example.org/python") is one mark, its host or a mail address one
 * word, hyphens and all, and so is a unit or a sign ("°C", "(R)"): names in them are no
 * mentions.
 *
 * A name that was broken at the end of a line ("Java-\nScript"), one that a
 * number or a version is glued to ("1.Java", "Python3") and two sentences run together ("in
 * Java.Python is") are read both ways: the further reading stands behind the text's own words, from
 * `main` on, parted from them and from each other by a line feed, which is in no phrase.
 *
 * A zeroed struct is ready. Nothing is allocated once the buffers have grown. */
#ifndef PROSE_H
#define PROSE_H

#include <stdint.h>

#include "base/buf.h"
#include "base/span.h"

#define PROSE_LIMIT ((size_t)1 << 30) /* bytes of a text: places are 32 bits wide */

enum prose_flag {
    PROSE_MARK = 1,      /* punctuation or a symbol */
    PROSE_LINE = 2,      /* a line break stands before it */
    PROSE_PARAGRAPH = 4, /* an empty line stands before it */
    PROSE_HYPHEN = 8,    /* a hyphen joins it to the word before */
    PROSE_ADDRESS = 16   /* the host of a link or a mail address */
};

struct prose_word {
    uint32_t start, end; /* its bytes in the text that was split */
    uint32_t folded;     /* where it starts in PROSE->text */
    uint32_t ordinal;    /* its number among the words that are no marks */
    uint8_t flags;
};

struct prose {
    struct buf text;
    struct prose_word *at;
    size_t count, cap; /* at[count] may be read: an empty mark at the end */
    size_t main;       /* the words that stand in the text itself */
    bool again;        /* some may be read another way */
    struct buf scratch;
};

/* TEXT must be valid UTF-8 of at most PROSE_LIMIT bytes. */
void prose_split(struct prose *p, struct span text);

/* The folded text of word I: up to the space, or what else parts readings, before the next. */
static inline struct span prose_folded(const struct prose *p, size_t i)
{
    const char *from = p->text.at + p->at[i].folded, *end = p->text.at + p->at[i + 1].folded - 1;
    while (end > from && (end[-1] == ' ' || end[-1] == '\n'))
        end--;
    return span_from(from, end);
}

/* The word whose folded text starts at PLACE of PROSE->text, which is known to
 * be the start of one. */
size_t prose_at(const struct prose *p, size_t place);

/* The first of the text's own words that ends behind byte OFFSET. */
size_t prose_from(const struct prose *p, size_t offset);

void prose_free(struct prose *p);

#endif
