/* link -- a pipe between two of the project's programs whose bytes stand in memory of both.
 *
 * The program `pipe` lays it and names it in the environment of the two, as descriptors:
 * FOI_LINK_OUT=MEMORY:FREE for the standard output of one, FOI_LINK_IN=MEMORY:FREE for the
 * standard input of the other. Nothing else can lay one. What goes through the pipe itself is the
 * number of each block that is full, a byte each, and through FREE, back, of each that may be
 * filled again: so the end of either program is seen as in any pipe.
 *
 * A block is what a write would have been, cut at LINK_TEXT bytes; with it come the places of the
 * values in its lines, if its lines are whole and it has room for them. The writer puts its lines
 * together in a block lent to its buffers, so that they are copied only where they outgrow it. */
#ifndef LINK_H
#define LINK_H

#include "base/buf.h"

#define LINK_BLOCKS 5 /* one of them lent to the writer */
#define LINK_TEXT ((size_t)192 * 1024)
#define LINK_PLACES ((size_t)128 * 1024)
#define LINK_PAD 64 /* readable bytes behind the text */

struct link_block {
    size_t len;    /* bytes of text */
    size_t places; /* bytes of them, 0 if there are none */
    char text[LINK_TEXT + LINK_PAD];
    _Alignas(8) char at[LINK_PLACES];
};

struct link {
    struct link_block *blocks; /* LINK_BLOCKS of them */
    int pipe, free;
    unsigned free_count; /* blocks that the writer may fill, */
    unsigned next;       /* from this one on, in turn */
    int held;            /* the block that the reader holds, -1 for none */
};

/* What the program that lays a link gives to both: a descriptor of the memory, and the words for
 * the environment. False if the system has no such memory. */
bool link_make(int *memory);

/* The link laid for descriptor FD, standard input or output, or NULL if there is none. */
struct link *link_find(int fd);

/* Waits for a block that is free and lends its room to TEXT and PLACES, which give up what they
 * had. It goes with the next link_write(). Both are false with errno set if the reader is gone or
 * the pipe broken. */
bool link_lend(struct link *l, struct buf *text, struct buf *places);
bool link_write(struct link *l, struct span text, struct span places);

/* Gives back the block that is held and waits for the next: NULL at the end. */
const struct link_block *link_next(struct link *l);

void link_close(struct link *l);

#endif
