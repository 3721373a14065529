/* leftover -- unfinished files that a killed program left beside its output. */
#include "stream/leftover.h"

#include <ctype.h>
#include <dirent.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"

#define TAIL_LETTERS 6 /* of mkstemp() */

bool leftover_is_named(const char *name, const char *base, const char *ending)
{
    size_t len = strlen(base), tail = strlen(ending);
    if (name[0] != '.' || strncmp(name + 1, base, len) != 0 || name[len + 1] != '.')
        return false;
    const char *letters = name + len + 2;
    for (size_t i = 0; i < TAIL_LETTERS; i++)
        if (!isalnum((unsigned char)letters[i]))
            return false;
    return strlen(letters) == TAIL_LETTERS + tail && strcmp(letters + TAIL_LETTERS, ending) == 0;
}

bool leftover_hold(int fd)
{
    struct stat status;
    /* where there are no locks, nothing is ever swept either */
    return flock(fd, LOCK_EX | LOCK_NB) != 0 || fstat(fd, &status) != 0 || status.st_nlink > 0;
}

/* Removes NAME unless somebody holds it. The lock is ours by then, so nobody starts on it anew. */
static void remove_free(int folder, const char *name)
{
    struct stat status;
    int fd = openat(folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0)
        return;
    if (fstat(fd, &status) == 0 && S_ISREG(status.st_mode) && status.st_uid == geteuid() &&
        flock(fd, LOCK_EX | LOCK_NB) == 0)
        unlinkat(folder, name, 0);
    close(fd); /* was only read: nothing can be lost */
}

void leftover_sweep(const char *target)
{
    const char *slash = strrchr(target, '/'), *base = slash ? slash + 1 : target;
    struct buf path = {0};
    buf_add(&path, slash ? span_from(target, base) : SPAN("."));
    DIR *folder = opendir(buf_text(&path));
    buf_free(&path);
    if (!folder)
        return;
    const struct dirent *entry;
    while ((entry = readdir(folder)))
        if (leftover_is_named(entry->d_name, base, ""))
            remove_free(dirfd(folder), entry->d_name);
    closedir(folder);
}
