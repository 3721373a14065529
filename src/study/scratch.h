/* scratch -- a folder for files that nobody keeps, in TMPDIR or /tmp.
 *
 * A kill leaves it there, with what a study holds; so whoever makes one first removes those of the
 * same user that nobody is using. In use is one that is locked (flock): by the program that made
 * it, or by a process begun by it that is not at its end yet. */
#ifndef SCRATCH_H
#define SCRATCH_H

/* A new folder NAME.XXXXXX for this user alone, with FOLDERS in it, one or more, a list that ends
 * with NULL. Its path without links, which the caller frees; the folder is removed by
 * tree_remove(). Ends the program if there can be none. */
char *scratch_make(const char *name, const char *const *folders);

#endif
