/* scratch -- a folder for files that nobody keeps. */
#include "scratch.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/fail.h"
#include "study/settings.h"
#include "tree.h"

static const char *place(void)
{
    const char *named = getenv("TMPDIR");
    return named && *named ? named : "/tmp";
}

/* Whether the folder of FD was made here and is used by nobody. One that has not got its FOLDER yet
 * may be another's that is not locked yet. */
static bool is_left(int fd, const char *folder)
{
    struct stat status, inner;
    return fstat(fd, &status) == 0 && status.st_uid == geteuid() &&
           fstatat(fd, folder, &inner, AT_SYMLINK_NOFOLLOW) == 0 && S_ISDIR(inner.st_mode) &&
           flock(fd, LOCK_EX | LOCK_NB) == 0;
}

/* Removes what kills left. What cannot be removed is no reason to do without a folder. */
static void sweep(const char *pattern, const char *folder)
{
    struct arena a = {0};
    DIR *all = opendir(place());
    const struct dirent *entry;
    while (all && (entry = readdir(all))) {
        if (fnmatch(pattern, entry->d_name, 0) != 0)
            continue;
        int fd = openat(dirfd(all), entry->d_name,
                        O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
        if (fd < 0)
            continue;
        if (is_left(fd, folder))
            (void)tree_remove(settings_path(&a, place(), entry->d_name));
        close(fd); /* was only locked: nothing can be lost */
    }
    if (all)
        closedir(all);
    arena_free(&a);
}

/* The lock goes on to the processes that are begun, and lasts until the last of them has ended.
 * Where there are no locks, nothing is swept either. */
static void hold(const char *path)
{
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
    if (fd >= 0)
        (void)flock(fd, LOCK_EX | LOCK_NB);
}

char *scratch_make(const char *name, const char *const *folders)
{
    struct arena a = {0};
    struct buf path = {0};
    buf_addf(&path, "%s.??????", name);
    sweep(buf_text(&path), folders[0]);
    buf_clear(&path);
    buf_addf(&path, "%s/%s.XXXXXX", place(), name);
    (void)buf_text(&path);
    if (!mkdtemp(path.at))
        fail(STATUS_DATA, "cannot make a folder %s.XXXXXX in %s: %s", name, place(),
             strerror(errno));
    char *real = realpath(path.at, NULL); /* programs may run in another folder */
    if (!real)
        fail(STATUS_DATA, "%s: %s", path.at, strerror(errno));
    hold(real);
    for (; *folders; folders++)
        if (mkdir(settings_path(&a, real, *folders), 0700) != 0)
            fail(STATUS_DATA, "%s/%s: %s", real, *folders, strerror(errno));
    buf_free(&path);
    arena_free(&a);
    return real;
}
