/* inbox -- the files of a folder of replies, and which reply each belongs to.
 *
 * Of a folder that has folders, each of these is a reply by its name, and a file beside them is a
 * reply by its own; a folder without folders is a reply. Files come in the order of their names. */
#ifndef INBOX_H
#define INBOX_H

#include "base/arena.h"
#include "base/span.h"

enum inbox_each { INBOX_FOLDER, INBOX_FILE };

/* Whether links may lead out of the folder that was named. A folder of replies is what others sent:
 * a link in it could name any file of the reader's. */
enum inbox_links { INBOX_STAYS, INBOX_FOLLOWS };

struct inbox_file {
    const char *path;
    struct span reply;
    const char *unfit; /* why it is not to be opened, for people; or NULL */
};

struct inbox {
    struct inbox_file *files;
    size_t count, cap;
    enum inbox_links links;
    const char *top;      /* the folder that is gone through */
    size_t passed_over;   /* files that systems leave behind */
    size_t empty_folders; /* replies without a file */
    size_t led_out;       /* links that were not followed since they lead out of their folder */
    struct arena arena;
};

/* Adds what PATH is or holds; IN starts zeroed but for `links`. What cannot be read ends the
 * program with status 1; a reply's folder without a file is warned of. */
void inbox_add(struct inbox *in, const char *path, enum inbox_each each);
void inbox_free(struct inbox *in);

#endif
