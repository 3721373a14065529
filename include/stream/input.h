/* input -- the lines of a list of files, or of standard input.
 *
 * Reads in large blocks and hands out slices of its one buffer: a line is good
 * until the next call, and at least INPUT_PAD readable bytes follow it, the first
 * of them a line end or NUL. A read error or a line over the limit ends the
 * program: there is no telling what would be lost. */
#ifndef INPUT_H
#define INPUT_H

#include <stdint.h>

#include "base/span.h"
#include "stream/places.h"

#define INPUT_PAD 64
#define INPUT_MAX_LINE ((size_t)64 * 1024 * 1024)

struct input {
    char *const *files;
    size_t count, next; /* files, and the one to open next */
    size_t max_line;
    int fd;           /* -1 when no file is open */
    const char *name; /* of the open file, "<stdin>" for standard input */
    size_t line;      /* the number of the last line given, from 1 */
    uint64_t bytes;   /* read so far, over all files */

    char *buf;
    size_t at, end, cap;
    uint64_t most; /* bytes of the open file that are still to be read, as if it ended there */
    bool at_end_of_file;
    bool byte_order_mark; /* the open file began with UTF-8's */
    char *no_files[1];
    int instead; /* a descriptor to read in place of the file, plus one; 0 for none */

    struct link *link; /* where standard input is one (stream/link.h) */
    const struct link_block *block;
    size_t block_at, place_at; /* what of its text and its places was given */

    /* Gets all bytes as they are read, if set after input_open(): for a hash of the file. */
    void (*seen)(void *with, struct span bytes);
    void *with;
};

/* FILES as named on the command line; none, or "-", is standard input. Naming
 * standard input twice is wrong usage. MAX_LINE 0 is INPUT_MAX_LINE. */
void input_open(struct input *in, char *const *files, size_t count, size_t max_line);

/* Opens the next file. False after the last. A byte order mark in front is dropped. */
bool input_file(struct input *in);

/* For what is not made of lines: reads more of the open file behind what is held, which
 * stands from in->buf + in->at to in->buf + in->end and may move; the caller moves in->at.
 * False at the end of the file. */
bool input_more(struct input *in);

/* FD, which holds the same bytes and becomes IN's, is read in place of the one file. */
void input_instead(struct input *in, int fd);

/* Goes to the bytes FROM to TO of the open file, a regular one, of which no other will be read. */
void input_window(struct input *in, uint64_t from, uint64_t to);

/* The next line of all files together without its LF or CRLF; false at the end. */
bool input_line(struct input *in, struct span *line);

/* A line of a link with the places of its values, without its LF: false if the next line has
 * none, or is for input_line() to give for another reason. */
bool input_placed(struct input *in, struct span *line, struct places_told *places);

void input_close(struct input *in);

#endif
