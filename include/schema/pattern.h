/* pattern -- the pattern constraint: a regular expression that a whole text
 * must match.
 *
 * Table Schema asks for the expressions of XML Schema, which name classes such as
 * \d and \p{L} and are anchored at both ends. libc's regex has no \d and reads
 * bytes unless a locale is set; Hyperscan, which the project needs anyway, has
 * both and matches in linear time whatever the expression. What XML Schema has
 * and Hyperscan has not (\i, \c, and subtraction as in [a-z-[aeiou]]) is
 * refused, not guessed; ^ and $ are anchors, since that is what people mean. */
#ifndef PATTERN_H
#define PATTERN_H

#include "base/span.h"

struct pattern;

/* Compiles TEXT, which has a NUL behind it. NULL with *WHY set if that fails:
 * good until the next call. */
struct pattern *pattern_compile(const char *text, const char **why);

/* Whether all of TEXT, valid UTF-8, matches. */
bool pattern_matches(const struct pattern *p, struct span text);

void pattern_free(struct pattern *p);

#endif
