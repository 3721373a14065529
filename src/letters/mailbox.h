/* mailbox -- where the messages in a file of many begin.
 *
 * Each stands behind a line "From someone@example.org Mon Mar  2 10:00:00 2020". What somebody
 * wrote may begin with From as well, and not every program that keeps mails marks that by a >: so
 * headers must follow, and a blank line stand before it unless it has a time and a year. */
#ifndef MAILBOX_H
#define MAILBOX_H

#include <stdbool.h>

#include "base/span.h"

struct mailbox {
    struct span bytes;
    size_t at; /* of the next message's first line */
};

/* The next message, without the line in front of it. */
bool mailbox_next(struct mailbox *box, struct span *message);

#endif
