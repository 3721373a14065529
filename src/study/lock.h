/* lock -- one run at a time for a folder of results.
 *
 * A file beside it that is locked, never emptied, never followed where it is a link, and
 * removed at the end by the one who holds it. */
#ifndef LOCK_H
#define LOCK_H

struct lock {
    const char *path;
    int fd;
};

/* Ends the program with status 1 if another run holds it for half a second, or what has that name
 * is no file. */
void lock_take(struct lock *l, const char *path, const char *folder);
void lock_drop(struct lock *l); /* only calls what a signal handler may call */

#endif
