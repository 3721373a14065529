/* show -- text from data as people may be shown it, on a terminal, in a table or in a message.
 *
 * What a terminal would obey or what would make a line look like another one comes out as
 * text: control characters of ASCII and of C1, line ends, the bidirectional controls of
 * Unicode (UAX #9: they turn round what follows), and bytes that are no UTF-8. Every table
 * and every message goes through here; letters of right-to-left scripts stay as they are. */
#ifndef SHOW_H
#define SHOW_H

#include <stdint.h>

#include "base/buf.h"

enum show_spaces {
    SHOW_ESCAPED, /* line ends and tabs as \n \r \t: messages, which quote the data exactly */
    SHOW_FOLDED   /* as one space: tables, where they are but layout */
};

/* TEXT at the end of B, valid UTF-8 without anything that a terminal obeys: \x1b, \u202e. */
void show_add(struct buf *b, struct span text, enum show_spaces spaces);

/* The same of one sequence or byte at AT: gives where the next one starts. */
const char *show_next(struct buf *b, const char *at, const char *end, enum show_spaces spaces);

/* Whether CODE, beyond ASCII, is a control that is shown by its number. */
bool show_is_hidden(uint32_t code);

#endif
