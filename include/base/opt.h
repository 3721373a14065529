/* opt -- one table of options that both parses and makes --help.
 *
 * A row names the option, what it takes, within which bounds, and the member of the
 * program's options struct that it fills. glibc's argp does the parsing and sets the help page;
 * what it prints on an error is replaced by one line in our form. */
#ifndef OPT_H
#define OPT_H

#include <float.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/choice.h"

enum opt_kind {
    OPT_KIND_FLAG,   /* bool, set to true */
    OPT_KIND_TEXT,   /* const char * */
    OPT_KIND_FIELD,  /* const char *, the name of a field: UTF-8, not empty */
    OPT_KIND_COUNT,  /* size_t, a whole number */
    OPT_KIND_NUMBER, /* double, finite */
    OPT_KIND_CHOICE, /* int, what the word stands for */
    OPT_KIND_LIST    /* struct opt_list: every use of the option, in order */
};

/* What a row takes, by one of the macros below. */
struct opt_takes {
    enum opt_kind kind;
    bool required;
    bool open; /* whether LOW and HIGH themselves are out of bounds */
    size_t least, most;
    double low, high;
    const struct choice *choices;
};

#define OPT_TAKES(...)                                                                             \
    {                                                                                              \
        __VA_ARGS__                                                                                \
    }
#define OPT_FLAG OPT_TAKES(.kind = OPT_KIND_FLAG)
#define OPT_TEXT OPT_TAKES(.kind = OPT_KIND_TEXT)
#define OPT_FIELD OPT_TAKES(.kind = OPT_KIND_FIELD)
#define OPT_LIST OPT_TAKES(.kind = OPT_KIND_LIST)
#define OPT_COUNT OPT_TAKES(.kind = OPT_KIND_COUNT, .most = SIZE_MAX)
#define OPT_NUMBER OPT_TAKES(.kind = OPT_KIND_NUMBER, .low = -DBL_MAX, .high = DBL_MAX)

#define OPT_REQUIRED_TEXT OPT_TAKES(.kind = OPT_KIND_TEXT, .required = true)
#define OPT_REQUIRED_FIELD OPT_TAKES(.kind = OPT_KIND_FIELD, .required = true)
#define OPT_REQUIRED_COUNT_FROM(a)                                                                 \
    OPT_TAKES(.kind = OPT_KIND_COUNT, .required = true, .least = (a), .most = SIZE_MAX)
#define OPT_REQUIRED_LIST OPT_TAKES(.kind = OPT_KIND_LIST, .required = true)

/* From A to B, both included; from A on; between A and B, both excluded. */
#define OPT_COUNT_IN(a, b) OPT_TAKES(.kind = OPT_KIND_COUNT, .least = (a), .most = (b))
#define OPT_COUNT_FROM(a) OPT_COUNT_IN(a, SIZE_MAX)
#define OPT_NUMBER_IN(a, b) OPT_TAKES(.kind = OPT_KIND_NUMBER, .low = (a), .high = (b))
#define OPT_NUMBER_BETWEEN(a, b)                                                                   \
    OPT_TAKES(.kind = OPT_KIND_NUMBER, .open = true, .low = (a), .high = (b))

/* One word of the table, which is also what --help shows: such a row has no ARG. */
#define OPT_CHOICE(table) OPT_TAKES(.kind = OPT_KIND_CHOICE, .choices = (table))

struct opt_list {
    const char **at;
    size_t count, cap;
};

struct opt {
    const char *name;
    char letter; /* 0 for none */
    const char *arg;
    struct opt_takes takes;
    size_t offset; /* of the member: offsetof(struct options, member) */
    const char *help;
};

struct opt_program {
    const char *name;
    const char *args;          /* what follows the options: "[FILE...]" */
    const char *about;         /* one or two sentences on what it turns into what */
    const struct opt *options; /* ends with a row without a name; may be NULL */
    const char *notes;         /* printed below the options: formats, an example; may be NULL */
};

/* Fills VALUES (the program's own struct) and COMMON_VALUES (by the table
 * COMMON, which may be NULL) from the command line and returns the index of
 * the first operand: operands are moved behind the options in ARGV. --help and
 * --version are answered here; a wrong option, or
 * the want of a required one, ends the program with status 2. */
int opt_parse(const struct opt_program *program, void *values, const struct opt *common,
              void *common_values, int argc, char **argv);

/* Wrong usage if OPTION is given without OTHER, without which it is nothing. */
void opt_needs(bool given, const char *option, bool other_given, const char *other);

void opt_list_free(struct opt_list *list);

#endif
