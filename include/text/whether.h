/* whether -- questions that ask whether. */
#ifndef WHETHER_H
#define WHETHER_H

#include "base/span.h"

/* Whether a question that begins with the lower-case WORD has its verb before its subject: "does
 * the council own one", "is there a policy". */
bool whether_begins(struct span word);

/* Whether TEXT, a question with or without its number, asks for yes or no, and nothing of how many
 * or which. */
bool whether_asked(struct span text);

#endif
