/* normal_form -- utf8proc's forms of a text in a buffer.
 *
 * A text with more than 64 combining marks in a row is left as it is, since
 * utf8proc sorts them in the square of their number. */
#ifndef NORMAL_FORM_H
#define NORMAL_FORM_H

#include "base/buf.h"

/* Puts what B holds from FROM on through utf8proc with OPTIONS (of its enum);
 * false if that changed nothing. The text must be valid UTF-8. */
bool normal_form(struct buf *b, size_t from, int options);

/* NFC, with a fast way out for texts below U+0300. */
bool normal_form_compose(struct buf *b, size_t from);

#endif
