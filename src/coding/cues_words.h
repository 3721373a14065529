/* cues_words -- what the words of an answer are to the cues around them. */
#ifndef CUES_WORDS_H
#define CUES_WORDS_H

#include "coding/cues.h"

/* Is TEXT one of WORDS, which are parted by '|'? */
bool cues_is_one_of(struct span text, const char *words);

#define CUES_KINDS 128

/* Words parted by '|' of which words of answers are asked for. Of each kind of word, by its ends
 * and its length, it is known where in the text the first one stands, and whether there are more,
 * so that most words are found or told to be none at once. */
struct cues_list {
    const char *words;
    bool ready; /* since the first look */
    uint16_t
        places[CUES_KINDS]; /* twice the place, plus two and, if there are more, one; 0: none */
};

/* The byte of a mark of one ASCII character, or 0. */
char cues_mark(const struct prose *p, size_t i);

static inline bool cues_is_mark(const struct prose *p, size_t i)
{
    return p->at[i].flags & PROSE_MARK;
}

bool cues_is_word(const struct prose *p, size_t i, struct cues_list *list);

/* "and", "or" or "nor". */
bool cues_is_joint(const struct prose *p, size_t i);

/* "is", "have been"; those of the plural alone: "are". */
bool cues_is_copula(const struct prose *p, size_t i);
bool cues_is_plural_copula(const struct prose *p, size_t i);

/* A full stop ends a sentence unless it belongs to an abbreviation. */
bool cues_ends_sentence(const struct prose *p, size_t i);

/* "3.5", "2016", "v7". */
bool cues_is_version(struct span text);

enum cues_link {
    LINK_NONE,
    LINK_PLAIN, /* nothing but commas and small words between */
    LINK_DASH,
    LINK_BRACKET, /* an opening one */
    LINK_COPULA,  /* "is", "are" */
    LINK_COLON    /* a form's colon, equals sign or bar */
};

/* How the words from FROM to TO, between a mention and a cue, link the two. MANY:
 * what links them is in the plural. */
enum cues_link cues_link_of(const struct prose *p, size_t from, size_t to, bool *many);

/* Do only commas and conjunctions stand between two mentions? */
bool cues_listed_together(const struct prose *p, const struct cue_mention *a,
                          const struct cue_mention *b);

/* Decides the mentions that stand with their marks in the cells of a form, and takes those
 * hits. HITS is cut down already. */
void layout_apply(const struct cues *c, const struct prose *p, struct cue_mention *mentions,
                  size_t count, struct cue_hit *hits, size_t hit_count);

/* Decides the rest, in one sweep over the words. */
void scope_apply(const struct cues *c, const struct prose *p, struct cue_mention *mentions,
                 size_t count, const struct cue_hit *hits, size_t hit_count);

#endif
