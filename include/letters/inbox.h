/* inbox -- the files of a folder of replies, and which reply each belongs to.
 *
 * Of a folder that has folders, each of these is a reply by its name, and a file beside them is a
 * reply by its own; a folder without folders is a reply. Files come in the order of their names. */
#ifndef INBOX_H
#define INBOX_H

#include "base/arena.h"
#include "base/span.h"

enum inbox_each { INBOX_FOLDER, INBOX_FILE };

struct inbox_file {
    const char *path;
    struct span reply;
    bool special; /* a device, a pipe, a socket, a link to a folder or to nothing */
};

struct inbox {
    struct inbox_file *files;
    size_t count, cap;
    size_t passed_over;   /* files that systems leave behind */
    size_t empty_folders; /* replies without a file */
    struct arena arena;
};

/* Adds what PATH is or holds. What cannot be read ends the program with status 1; a reply's folder
 * without a file is warned of. */
void inbox_add(struct inbox *in, const char *path, enum inbox_each each);
void inbox_free(struct inbox *in);

/* The name of a file without its folder and without what says its kind: "RXX" of "a/RXX.tar.gz". */
struct span inbox_stem(struct span path);

#endif
