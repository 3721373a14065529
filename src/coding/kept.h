/* kept -- compiled databases of phrases, kept from one run to the next.
 *
 * Compiling the phrases of a codebook takes tens of milliseconds, most of what a small study
 * spends on coding. A database is kept in the user's cache folder ($XDG_CACHE_HOME/foi-filters
 * or ~/.cache/foi-filters) under a hash of its key, which holds all that it was compiled
 * from; the key stands in the file too, so that another database can never be taken for it. The
 * folder is safe to lose: what is not there, not whole, of another machine or not the
 * user's own is compiled anew and kept again. FOI_CACHE names another folder, or with an empty text
 * none. */
#ifndef KEPT_H
#define KEPT_H

#include <hs.h>

#include "base/span.h"

/* The database kept under KEY, or NULL. */
hs_database_t *kept_load(struct span key);

/* Keeps DATABASE under KEY. What cannot be written is not kept, without a word. */
void kept_save(struct span key, const hs_database_t *database);

#endif
