/* events_parts -- what the files of events share; nobody else's business. */
#ifndef EVENTS_PARTS_H
#define EVENTS_PARTS_H

#include "events.h"

struct event *events_add(struct events *e, struct event it);
void events_set(struct events *e, struct event *it, const uint32_t *questions, size_t count);
/* Whether anything but "Answer:" and the like stands in the bytes [FROM, TO). */
bool events_say(const struct paper *l, size_t from, size_t to);

void events_sort(struct events *e);

/* The place in the alphabet of a label that is one letter; 26 of any other. */
size_t events_letter(const struct label *l);

/* Whether one of the first COUNT events, in order, covers byte AT: a quoted question, or a label
 * before one. */
bool events_covered(const struct events *e, size_t count, size_t at);

/* The bytes of whose a question is at AT of TEXT: "Your question 1"; 0 if that is not said. */
size_t events_owner(struct span text, size_t at);

/* Adds the numbers in front of lines that no quote covers, CLAIMED as of events_find(), E in order.
 */
void events_numbers(struct events *e, const struct questions *q, const struct paper *l,
                    const unsigned char *claimed);

/* Drops letters that mark answers, "A: Yes" below each question; then bare numbers that are
 * answers, as "4" and "0 " mostly are: labels are those that count upwards, line by line. */
void events_drop_letters(struct events *e, const struct paper *l);
void events_drop_weak(struct events *e, const struct questions *q, const struct paper *l);

/* Gives the numbers their questions, and finds those within lines. */
void events_resolve(struct events *e, const struct questions *q, const struct paper *l);

/* Puts questions into lists; drops the lists that are none of the questionnaire's. */
void events_list(struct events *e, const struct questions *q, const struct paper *l);

#endif
