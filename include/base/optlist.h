/* optlist -- lists of names on the command line, "a,b=c,d", with one rule for all of them:
 * what would part them stands in double quotes, as in CSV ("last, first", where "" is one
 * quote), or behind a backslash (\, \= \" \\). */
#ifndef OPTLIST_H
#define OPTLIST_H

#include "base/buf.h"
#include "base/intern.h"

enum optlist_form {
    OPTLIST_NAMES,     /* NAME,NAME: an equals sign is a character like others */
    OPTLIST_PAIRS,     /* NAME=VALUE,NAME: the first equals sign parts them */
    OPTLIST_PAIRS_LAST /* the last does */
};

enum optlist_status {
    OPTLIST_ITEM,
    OPTLIST_END,
    OPTLIST_BAD /* a quote without its end or with text behind it, a line end, no UTF-8 */
};

struct optlist {
    enum optlist_form form;
    const char *at;   /* what is still to read, or NULL */
    struct span item; /* as it stands there; of a bad one all that is left */
    struct buf text;
    struct span name, value; /* of the item, until the next; VALUE.at is NULL if it has none */
};

void optlist_open(struct optlist *l, const char *text, enum optlist_form form);
enum optlist_status optlist_next(struct optlist *l);
void optlist_close(struct optlist *l);

/* Adds the names that TEXT, the value of OPTION, lists, and gives their number. One that is
 * empty or that NAMES has already is wrong usage. */
size_t optlist_names(const char *option, const char *text, struct intern *names);

#endif
