/* document_parts -- what the files of `document` share. */
#ifndef DOCUMENT_PARTS_H
#define DOCUMENT_PARTS_H

#include "docs/document.h"

/* Keys and words come from the file, so what a terminal would obey is taken out. */
void document_make_printable(char *at, size_t len);

/* Raises the fault that D is not EXPECTED ("a list"). */
_Noreturn void document_wrong_type(const struct document *d, const char *expected);

#endif
