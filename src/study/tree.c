/* tree -- folders with all that is in them. */
#include "tree.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/fail.h"

#define REMOVE_TRIES 20 /* a stage that outlives its run may still be making files */

static bool is_dots(const char *name)
{
    return strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
}

/* The folder NAME of AT, opened for a walk; NULL if it is none. */
static DIR *open_folder(int at, const char *name)
{
    int fd = openat(at, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0)
        return NULL;
    DIR *folder = fdopendir(fd);
    if (!folder)
        close(fd);
    return folder;
}

/* ---- removing ---- */

static bool remove_at(int at, const char *name);

static void empty(DIR *folder)
{
    const struct dirent *entry;
    while ((entry = readdir(folder)))
        if (!is_dots(entry->d_name))
            remove_at(dirfd(folder), entry->d_name);
}

static bool remove_at(int at, const char *name)
{
    if (unlinkat(at, name, 0) == 0 || errno == ENOENT)
        return true;
    DIR *folder = open_folder(at, name);
    if (!folder)
        return false;
    empty(folder);
    closedir(folder);
    return unlinkat(at, name, AT_REMOVEDIR) == 0 || errno == ENOENT;
}

bool tree_remove(const char *path)
{
    static const struct timespec pause = {.tv_nsec = 50 * 1000 * 1000};
    for (int i = 0; i < REMOVE_TRIES; i++) {
        if (remove_at(AT_FDCWD, path))
            return true;
        nanosleep(&pause, NULL);
    }
    return false;
}

/* ---- what is below a folder, one by one ---- */

static bool walk(DIR *folder, int other, bool (*visit)(int at, const char *name, int other))
{
    const struct dirent *entry;
    bool good = true;
    while (good && (entry = readdir(folder)))
        good = is_dots(entry->d_name) || visit(dirfd(folder), entry->d_name, other);
    return good;
}

/* ---- on disk ---- */

bool tree_sync_opened(int fd)
{
    /* some file systems have no fsync for folders, or are read only */
    return fsync(fd) == 0 || errno == EINVAL || errno == EROFS;
}

static bool sync_at(int at, const char *name, int other)
{
    DIR *folder = open_folder(at, name);
    if (folder) {
        bool good = walk(folder, other, sync_at) && tree_sync_opened(dirfd(folder));
        closedir(folder);
        return good;
    }
    int fd = openat(at, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0)
        return errno == ELOOP;
    bool good = tree_sync_opened(fd);
    int error = errno;
    close(fd); /* was only read: nothing can be lost */
    errno = error;
    return good;
}

bool tree_sync(const char *path)
{
    return sync_at(AT_FDCWD, path, -1);
}

int tree_open_folder(const char *path)
{
    return open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

bool tree_sync_folder(const char *path)
{
    int fd = tree_open_folder(path);
    bool good = fd >= 0 && tree_sync_opened(fd);
    if (fd >= 0)
        close(fd);
    return good;
}

/* ---- modes ---- */

static bool narrow_at(int at, const char *name, int other)
{
    struct stat ours, old;
    if (fstatat(at, name, &ours, AT_SYMLINK_NOFOLLOW) != 0 ||
        fstatat(other, name, &old, AT_SYMLINK_NOFOLLOW) != 0)
        return true;
    DIR *mine = S_ISDIR(ours.st_mode) ? open_folder(at, name) : NULL;
    DIR *theirs = mine ? open_folder(other, name) : NULL;
    if (theirs)
        walk(mine, dirfd(theirs), narrow_at);
    if (theirs)
        closedir(theirs);
    if (mine)
        closedir(mine);
    mode_t both = ours.st_mode & old.st_mode & 0777;
    bool is_kept = S_ISREG(ours.st_mode) || S_ISDIR(ours.st_mode);
    if (is_kept && both != (ours.st_mode & 0777) &&
        fchmodat(at, name, both | (S_ISDIR(ours.st_mode) ? 0700 : 0600), 0) != 0)
        fail(STATUS_DATA, "cannot make %s as narrow as the old result: %s", quote(span_of(name)),
             strerror(errno));
    return true;
}

void tree_narrow(const char *path, const char *old)
{
    DIR *mine = open_folder(AT_FDCWD, path), *theirs = open_folder(AT_FDCWD, old);
    if (mine && theirs)
        walk(mine, dirfd(theirs), narrow_at);
    if (mine)
        closedir(mine);
    if (theirs)
        closedir(theirs);
}

/* ---- how many ---- */

static long long count_at(int at, const char *name)
{
    const struct dirent *entry;
    DIR *folder = open_folder(at, name);
    long long count = 0;
    if (!folder)
        return 1;
    while ((entry = readdir(folder)))
        count += is_dots(entry->d_name) ? 0 : count_at(dirfd(folder), entry->d_name);
    closedir(folder);
    return count;
}

long long tree_count(const char *path)
{
    return count_at(AT_FDCWD, path);
}
