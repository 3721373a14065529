/* codebook -- what a study's free-text answers are coded to, and by which terms.
 *
 * Both forms, JSON and CSV, are read into this one struct, which carries all
 * that either can say; programs that convert or compare codebooks walk it.
 * Texts lie in the codebook's arena and are good until codebook_free(). An
 * optional text that is not given has a NULL at.
 *
 * Faults of a codebook end the program with status 2 and the place: "book.csv:17"
 * or "book.json: fields[0].codes[3]". */
#ifndef CODEBOOK_H
#define CODEBOOK_H

#include "base/arena.h"
#include "base/fault.h"
#include "base/intern.h"
#include "base/span.h"
#include "docs/document.h"
#include "docs/sheet.h"

enum codebook_match {
    CODEBOOK_WORDS,    /* whole words, anywhere in the answer */
    CODEBOOK_EXACT,    /* the whole answer */
    CODEBOOK_WILDCARD, /* whole words, with * and ? for letters in a word */
    CODEBOOK_REGEX     /* a regular expression over the answer as it stands */
};

/* What has to stand, or must not stand, near a mention for it to count. */
enum codebook_rule {
    CODEBOOK_EXCLUDE,  /* a phrase that the mention is part of: void */
    CODEBOOK_NEAR,     /* one of these within so many words */
    CODEBOOK_NOT_NEAR, /* none of these within so many words */
    CODEBOOK_AFTER,    /* one of these before it, within so many words */
    CODEBOOK_RULES
};

/* Rows of a table, or codes of another program's file. 80,000 take up to 55 MiB; nobody has written
 * so many. JSON has a bound of its own (docs/document.h). */
#define CODEBOOK_MOST_ROWS ((size_t)80000)

#define CODEBOOK_WITHIN 5 /* words, unless the codebook says otherwise */

struct codebook_phrases {
    struct span *at;
    size_t count, cap;
};

struct codebook_term {
    struct span text;
    size_t code; /* its place in the field's codes */
    enum codebook_match match;
    bool exact_case;
    struct codebook_phrases rules[CODEBOOK_RULES];
    size_t within;
    struct span notes, records; /* what only people read */
    const char *place;          /* for messages */
};

struct codebook_code {
    struct span code, label, group, notes;
    const char *place;
};

/* A phrase that gives mentions a status, or one of the two that only steer this. */
struct codebook_cue {
    struct span status, phrase, notes;
};

/* What a person noted beside a setting. */
struct codebook_remark {
    struct span setting, notes;
};

struct codebook_field {
    struct span from, into; /* both without an at in a codebook for any field */
    struct span group_into; /* no at: INTO_group if a code has a group; empty: none */
    struct span otherwise;  /* the code of an answer in which nothing is found */
    bool multiple;
    struct codebook_code *codes;
    size_t code_count, codes_cap;
    struct intern code_index; /* from code to place */
    struct codebook_term *terms;
    size_t term_count, terms_cap;
    struct codebook_cue *cues;
    size_t cue_count, cues_cap;
    struct codebook_phrases default_cues; /* the statuses whose English cues apply */
    bool some_default_cues;               /* false: all of them */
    struct span notes;
    struct codebook_remark *remarks;
    size_t remark_count, remarks_cap;
    const char *place;
};

/* What a coded answer is read from and written to. */
struct codebook_target {
    struct span from, into;
    struct span group_into; /* no at: no groups are written */
    size_t field;           /* its place in the codebook's fields */
};

struct codebook {
    const char *file;
    const char *guessed; /* the encoding, if it is a guess other than UTF-8 */
    struct span name, version, title, description, notes;
    size_t own_keys; /* of the author, in JSON: not kept */
    struct codebook_field *fields;
    size_t count, cap;
    struct codebook_target *targets;
    size_t target_count, targets_cap;
    struct arena arena;
};

/* FILE as JSON if its name ends in ".json", else as CSV. The terms of a code stand
 * together, in the order of the codes, and the cues of a status likewise. False if the file is no
 * good, for the reason in FAULT. */
bool codebook_load(struct codebook *b, const char *file, struct fault *fault);
void codebook_free(struct codebook *b);

/* The place of CODE in the field's codes, or the count of them. */
size_t codebook_find(const struct codebook_field *f, struct span code);

/* Is it one for any field? Then it has no targets until codebook_apply() gives
 * it one, which ends the program if INTO is taken. */
bool codebook_is_general(const struct codebook *b);
void codebook_apply(struct codebook *b, struct span from, struct span into);

/* The same for a list of "FROM[=INTO]", as option --field has them: there must be some
 * if the codebook is for any field, and none if not. */
void codebook_apply_all(struct codebook *b, const char *const *fields, size_t count);

/* ---- for the two readers ---- */

/* What has to be freed if a fault ends the reading. */
struct codebook_source {
    struct document root;
    struct sheet sheet;
};

void codebook_read_json(struct codebook *b, struct codebook_source *from);
void codebook_read_csv(struct codebook *b, struct codebook_source *from);

/* What codebook_load() does when all is read. */
void codebook_settle(struct codebook *b);

struct codebook_field *codebook_add_field(struct codebook *b, const char *place);
/* NULL if the field has the code already. */
struct codebook_code *codebook_add_code(struct codebook_field *f, struct span code);
struct codebook_term *codebook_add_term(struct codebook_field *f, size_t code, const char *place);
struct codebook_cue *codebook_add_cue(struct codebook_field *f, struct span status,
                                      struct span phrase);
/* The remark beside SETTING, new or known. */
struct codebook_remark *codebook_remark(struct codebook_field *f, struct span setting);
void codebook_add_phrase(struct codebook_phrases *list, struct span phrase);

/* Raises the fault "PLACE: WHAT"; PLACE begins with the file. */
_Noreturn void codebook_fail(const char *place, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif
