/* verdict_parts -- what the files of verdict share; nobody else's business. */
#ifndef VERDICT_PARTS_H
#define VERDICT_PARTS_H

#include "verdict.h"

/* ---- words ---- */

struct span verdict_trim(struct span s);
bool verdict_alnum(char c);

/* Whether WORDS, or one of LIST, stand in TEXT; whether TEXT is one of LIST. */
bool verdict_says(struct span text, const char *words);
bool verdict_says_any(struct span text, const char *const *list);
bool verdict_is_one(struct span text, const char *const *list);

/* SENTENCE without adverbs, years and dates, good until the next call. */
struct span verdict_plain(struct verdict *v, struct span sentence);

/* Whether it begins with yes, no, or "about 12". */
bool verdict_begins(struct span sentence);

/* Whether it begins with a number in words: "Eleven works could not be found". */
bool verdict_counts(struct span sentence);

/* Whether TEXT begins with a figure that something is said of, or one that stands for others:
 * "£1.2m, though its parts are exempt", "<5 (exact number withheld)". */
bool verdict_heads_figure(struct span text);

/* Whether it has a figure that is no year, date or number of a section or question. */
bool verdict_has_figure(struct verdict *v, struct span sentence);

/* ---- sentences ---- */

/* Why SENTENCE is no answer, by what it cites and by set phrases: for sure, or by a mention with
 * the words for it. */
struct span verdict_told(struct verdict *v, struct span sentence);

/* By its grammar alone. What is told before others are named is an answer: FIRST says that nothing
 * was. */
struct span verdict_denied(struct verdict *v, struct span sentence, bool first);

/* The reason that is mentioned in it; SURE if nothing in it may be an answer. */
struct span verdict_find(struct verdict *v, struct span sentence, bool *sure);

/* Whether the recogniser's REASON is one in a letter: "None received" is an answer there. */
bool verdict_is_reason(struct span reason);

/* Whether a sentence with a refusal in it gives something as well, is about a part, or goes on to
 * tell; and whether it says that nothing is held. */
bool verdict_gives_some(struct span sentence);
bool verdict_takes_back(struct span sentence);
bool verdict_not_held(struct span sentence);

#endif
