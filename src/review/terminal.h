/* terminal -- single keys and a drawn screen on the terminal that the program was started from.
 *
 * Input is read from /dev/tty, since records may come on standard input. However the program ends
 * (its end, fail(), a signal), the terminal is as it was; only kill -9 leaves it. */
#ifndef TERMINAL_H
#define TERMINAL_H

#include "base/buf.h"

enum terminal_key {
    TERMINAL_END = -1, /* the terminal is gone */
    TERMINAL_RESIZED = 256,
    TERMINAL_UP,
    TERMINAL_DOWN,
    TERMINAL_LEFT,
    TERMINAL_RIGHT,
    TERMINAL_ESCAPE
};

/* False, with errno, if there is none. */
bool terminal_open(void);
void terminal_close(void);

/* A byte, or one of the keys above. */
int terminal_read(void);

void terminal_size(size_t *rows, size_t *columns);

/* Draws SCREEN, lines with "\n", in place of what is there. */
void terminal_draw(struct span screen);

#endif
