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

/* Gives the numbers their questions, and finds those within lines. */
void events_resolve(struct events *e, const struct questions *q, const struct paper *l);

/* Puts questions into lists; drops the lists that are none of the questionnaire's. */
void events_list(struct events *e, const struct questions *q, const struct paper *l);

#endif
