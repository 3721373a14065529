/* uuid -- identifiers that follow from names, so that the same input gives the same
 * bytes: version 5 of RFC 9562, by SHA-1 (RFC 3174). */
#ifndef UUID_H
#define UUID_H

#include "base/span.h"

#define UUID_TEXT 37 /* 36 characters and a NUL */

/* Of NAME in the RFC's name space for URLs. */
void uuid_of_name(char text[UUID_TEXT], struct span name);

#endif
