/* settings -- what holds a study together: its files, keys and stages, as study.json or
 * study.conf says.
 *
 * Read, never run. A file that is named there must stay below the folder that it is
 * looked for in, and no program may be named, unless the user trusts the study: it may
 * have come by mail. A fault ends the program with status 2. All texts are good until
 * settings_free(). */
#ifndef SETTINGS_H
#define SETTINGS_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/span.h"

struct settings_words {
    const char **at;
    size_t count, cap;
};

enum settings_reader { SETTINGS_CSV, SETTINGS_SHEET, SETTINGS_DOCS };
enum settings_trust { SETTINGS_FOREIGN, SETTINGS_TRUSTED };

/* Files of a source that are read in one go. */
struct settings_part {
    const char *name;            /* "foi", or "foi-2" for the second part */
    const char *folder;          /* the files are named from here */
    struct settings_words files; /* empty: those that come by default */
    struct settings_words more;  /* arguments of the reader */
    enum settings_reader reader;
};

struct settings_source {
    const char *name;
    const char *schema; /* its path */
    struct settings_part *parts;
    size_t part_count;
    struct settings_words keys;    /* by which it is joined */
    struct settings_words extract; /* arguments of extract, for replies as documents */
    const char *aliases, *succession, *as_at;
    const char *clash; /* what becomes of a field that both sides have */
    const char *on_merge;
    struct settings_words merge; /* fields that are put together by a rule: "grant=agree" */
    bool present;
};

/* A stage that the study itself replaces. */
struct settings_swap {
    const char *stage; /* the program's name, or "yes_no_code" */
    struct settings_words command;
};

struct settings {
    const char *folder, *data; /* as typed, without a slash at the end */
    const char *file;          /* the settings' own path */
    enum settings_trust trust;
    struct settings_source roster, foi, website, webpages;
    struct settings_source *lookups;
    size_t lookup_count;
    const char *coded_field;
    struct settings_words yes_no;     /* fields */
    const char *codebook, *overrides; /* paths, or NULL */
    struct settings_words decisions;  /* paths */
    struct settings_words plans;      /* paths, over the merged records */
    const char *website_plan;         /* its path, or NULL */
    struct settings_words named;      /* files that the schemas name, paths */
    struct settings_words books;      /* those of them that are codebooks */
    struct settings_words looked_at;  /* paths of all that was seen to be a file of the study */
    struct settings_words formats;
    struct settings_swap *swaps;
    size_t swap_count;
    bool strict;
    struct arena arena;
    struct buf scratch;
};

/* FOLDER's study; DATA is the folder of its spreadsheets, NULL for the same. */
void settings_load(struct settings *s, const char *folder, const char *data,
                   enum settings_trust trust);
void settings_free(struct settings *s);

/* As assignments for Bash, each value quoted so that nothing in it can act. */
void settings_print(const struct settings *s, struct buf *b);

/* One more of these: NAME, an array of WORDS. */
void settings_print_list(struct buf *b, const char *name, const struct settings_words *words);

/* "fromcsv" and so on. */
const char *settings_reader_name(enum settings_reader reader);

bool settings_is_file(const char *path);

/* FOLDER/NAME in A. */
const char *settings_path(struct arena *a, const char *folder, const char *name);

/* Walks the sources that the study has, lookups last: I from 0. NULL at the end. */
const struct settings_source *settings_source(const struct settings *s, size_t i);

#endif
