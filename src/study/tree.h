/* tree -- folders with all that is in them, never through a link. */
#ifndef TREE_H
#define TREE_H

#include <stdbool.h>

/* Removes PATH and all below it. What appears while it works is removed too, as long as it
 * does not go on for ever. False if something stays. */
bool tree_remove(const char *path);

/* Every file and folder below PATH, and PATH, on disk. False, with errno set, if one is not. */
bool tree_sync(const char *path);

/* How many files there are at or below PATH, which may be one itself. */
long long tree_count(const char *path);

/* No file below PATH may be read or written by more people than the one of the same name
 * below OLD. */
void tree_narrow(const char *path, const char *old);

/* The entries of the folder PATH on disk; in two steps, where the descriptor must be had before
 * there is something to sync (-1: there is none). */
bool tree_sync_folder(const char *path);
int tree_open_folder(const char *path);
bool tree_sync_opened(int folder);

#endif
