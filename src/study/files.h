/* files -- small files of the run itself, written whole or the program ends. */
#ifndef FILES_H
#define FILES_H

#include "base/arena.h"
#include "base/span.h"

enum files_how { FILES_NEW, FILES_ANEW }; /* must not be there yet; in place of what is there */

void files_write(const char *path, struct span text, enum files_how how);
void files_write_all(int fd, struct span text, const char *name);

const char *files_base(const char *path);

/* STATS/NAMEending */
const char *files_stat_path(struct arena *a, const char *stats, const char *name,
                            const char *ending);

#endif
