/* chain -- the stages of a pipe started and waited for.
 *
 * A stage is one of the project's programs if its first word is the name of a file in OWN, the
 * folder of the program that runs, and else whatever PATH has. */
#ifndef CHAIN_H
#define CHAIN_H

#include "base/fail.h"
#include "chain/commands.h"

enum chain_links { CHAIN_LINKS, CHAIN_PLAIN };

/* Does stage I pass its records to the next one by a link? */
bool chain_is_linked(const struct commands *c, size_t i, const char *own);

/* Runs all to their ends. The status is that of the last stage that failed, as with the shell's
 * pipefail; how a stage failed that says nothing itself is told. */
enum status chain_run(const struct commands *c, const char *own, enum chain_links links);

#endif
