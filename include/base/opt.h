/* opt -- one table of options that both parses and makes --help.
 *
 * A row names the option, its kind and the member of the program's options
 * struct that it fills. glibc's argp does the parsing and sets the help page;
 * what it prints on an error is replaced by one line in our form. */
#ifndef OPT_H
#define OPT_H

#include <stdbool.h>
#include <stddef.h>

enum opt_kind {
    OPT_FLAG,   /* bool, set to true */
    OPT_TEXT,   /* const char * */
    OPT_COUNT,  /* size_t, a whole number */
    OPT_NUMBER, /* double, finite */
    OPT_CHOICE, /* int: the position of the word in the row's ARG, "keep|drop|reject" */
    OPT_LIST    /* struct opt_list: every use of the option, in order */
};

struct opt_list {
    const char **at;
    size_t count, cap;
};

struct opt {
    const char *name;
    char letter; /* 0 for none */
    const char *arg;
    enum opt_kind kind;
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
 * --version are answered here; a wrong option ends the program with status 2. */
int opt_parse(const struct opt_program *program, void *values, const struct opt *common,
              void *common_values, int argc, char **argv);

void opt_list_free(struct opt_list *list);

#endif
