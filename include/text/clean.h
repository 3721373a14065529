/* clean -- text as people type it, made plain.
 *
 * What clean_text() does, until nothing changes any more:
 *   - white space (Unicode's White_Space: tab, line breaks, NBSP, the spaces of
 *     U+2000..200A, U+202F, U+205F, U+3000, ...) is trimmed at both ends, and
 *     each run inside becomes one space;
 *   - what shows nothing and takes no room vanishes, since it is no gap a
 *     reader could see: U+200B zero-width space, U+2060 word joiner, U+FEFF
 *     byte order mark, U+00AD soft hyphen, the marks of writing direction
 *     (U+061C, U+200E, U+200F, U+202A..202E, U+2066..206F), U+2061..2064, the
 *     variation selectors (U+FE00..FE0F, U+E0100..E01EF: a tick with U+FE0F is a tick),
 *     U+034F, U+180E, U+FFF9..FFFB, and the control characters of ASCII that are not
 *     white space. U+200C and
 *     U+200D (non-joiner, joiner) vanish too, save between two characters from
 *     U+0600 on that have no case, where they are part of Persian, Indic and
 *     emoji spelling;
 *   - typographic quotes become ' and ", dashes and the minus sign become -;
 *   - the text is put in Unicode NFC.
 * The C1 control characters (U+0080..009F, but U+0085, which is white space)
 * stay: they are the trace of a wrongly read encoding, and damage.h has to see
 * it. A text with more than 64 combining marks in a row is not put in NFC: no
 * language writes that, and sorting the marks takes the square of their number.
 *
 * Most cells need nothing of this. clean_needed() finds that out at about 16
 * bytes a step, and clean_text() then gives back its argument, nothing copied.
 *
 * All texts given must be valid UTF-8 and must not lie in the buffer that the
 * call writes to. What is returned as a span is good until that buffer changes. */
#ifndef CLEAN_H
#define CLEAN_H

#include <stdint.h>

#include "base/buf.h"
#include "base/span.h"

/* False only if TEXT is surely clean already. */
bool clean_needed(struct span text);

/* TEXT itself if it was clean, else the clean form in SCRATCH, which is
 * emptied first. */
struct span clean_text(struct span text, struct buf *scratch);

/* TEXT with its lines in TO, which is emptied first: each line is cleaned by itself, runs of
 * empty lines become one, and those at either end go. A tab inside a line stays a tab, since it
 * parts the cells of a table. A second time changes nothing. */
struct span clean_lines(struct span text, struct buf *to, struct buf *scratch);

/* Whether there is a line break in TEXT. */
bool clean_has_lines(struct span text);

/* Whether C is white space by Unicode. */
bool clean_is_space(uint32_t c);

/* TEXT in another case at the end of B, character by character (Unicode's
 * simple mappings: no language's rules, and an upper-case ß stays ß). */
void clean_lower(struct buf *b, struct span text);
void clean_upper(struct buf *b, struct span text);

/* TEXT at the end of B so that texts which differ in case alone become equal
 * (Unicode's full case folding, in NFC: ß is ss). */
void clean_fold(struct buf *b, struct span text);

/* The same without accents (é is e, ø is o, æ is ae): for comparing, never for
 * showing. */
void clean_bare(struct buf *b, struct span text);

/* The form in which a column's header is compared with a field's name, title
 * and aliases, at the end of B: case folded, spaces and punctuation gone, so
 * that "Public body", "public_body" and "PublicBody?" are one. Letters,
 * marks and digits count, and so do the symbols that tell one column from another: # % & @
 * and Unicode's symbols but its accents and the separators | and ~ (so + < = > £ $ € count).
 * Between two digits whatever is left out leaves a point: Q2.1 and q2_1 are one, and Q21 is
 * another question. A header with nothing of that ("???") is compared by its clean text. */
void clean_header(struct buf *b, struct span text);

#endif
