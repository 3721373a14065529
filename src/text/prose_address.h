/* prose_address -- links, mail addresses and units in a text: names in them are no words.
 *
 * Addresses are recognised by their form alone: a scheme, "www.", an at sign, or a host that ends
 * in one of the domains that public bodies and their suppliers have. */
#ifndef PROSE_ADDRESS_H
#define PROSE_ADDRESS_H

#include "base/span.h"

/* The end of the host that starts at AT, behind a scheme ("://") or with "www."; NULL if
 * none does. */
const char *prose_address_end(struct span text, const char *at, const char *end);

/* Is WORD, which holds a full stop or an at sign, a host or a mail address? */
bool prose_is_address(struct span word);

/* The end of the port, path and query behind HOST, a word of TEXT: where it ends itself if it has
 * none or is no host. Marks that end a sentence or close a bracket are none of it. */
const char *prose_path_end(struct span text, struct span host);

/* The end of what starts at AT with a mark that ends at NEXT, if that is a unit or a sign in
 * letters ("°C", "(R)", "(C) 2021"), else NULL. */
const char *prose_unit_end(struct span text, const char *at, const char *next);

#endif
