/* cues_english -- the default cues, as src/coding/cues.txt has them. */
#ifndef CUES_ENGLISH_H
#define CUES_ENGLISH_H

#include "base/arena.h"
#include "coding/cues.h"

/* The document that is compiled in. */
extern const struct span CUES_ENGLISH;

/* Is there a section for STATUS? */
bool cues_english_has(struct span status);

/* Calls TAKE for each phrase, with its status and what its row says of it. Phrases
 * are good as long as ARENA. */
void cues_english_each(struct arena *arena, void (*take)(void *context, const struct cue *cue),
                       void *context);

#endif
