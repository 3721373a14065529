/* check_lists -- what is bad by itself: cells, and codes that no answer got. */
#ifndef CHECK_LISTS_H
#define CHECK_LISTS_H

#include "codebook/codebook.h"
#include "findings.h"
#include "study/settings.h"

/* What the codebook makes of the replies. */
struct lists_codes {
    struct codebook book;
    bool loaded;
    struct intern fields; /* that it writes */
    struct intern given;  /* "FIELD\nCODE" of all answers */
};

void lists_codes_read(struct lists_codes *c, const char *book, const char *replies);
void lists_codes_free(struct lists_codes *c);

/* Codes that no answer got, as remarks. */
void lists_unused_codes(const struct lists_codes *c, const struct settings *s, struct findings *f);

/* Codes that the website search lacks, and the other way round. */
void lists_website(const struct lists_codes *c, const struct settings *s, const char *folder,
                   struct findings *f);

/* The texts that a field has in RECORDS, a file of them, items of lists too. */
void lists_texts(struct intern *texts, const char *records, struct span field);

/* What `codebook check` found, as check.sh left it in FOLDER. */
void lists_codebook(const char *folder, struct findings *f);

/* The rejects of all steps in FOLDER, with what was probably meant. */
void lists_rejects(const struct settings *s, const char *folder, struct findings *f);

/* The further cells of all records in FOLDER that could not be read. */
void lists_flags(const struct settings *s, const char *folder, struct findings *f);

#endif
