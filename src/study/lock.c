/* lock -- one run at a time. */
#include "lock.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/fail.h"

#define LOCK_TRIES 100 /* files removed by others just before they were locked */
#define LOCK_WAITS 10  /* and moments of 50 ms for a run that is ending */

static int open_file(const char *path)
{
    /* O_NONBLOCK: a fifo of that name must not make the run wait */
    int fd = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC | O_NOCTTY, 0600);
    struct stat status;
    if (fd < 0 && errno == ELOOP)
        fail(STATUS_DATA, "%s: is a symbolic link, not a lock file", path);
    if (fd < 0)
        fail(STATUS_DATA, "%s: %s", path, strerror(errno));
    if (fstat(fd, &status) != 0)
        fail(STATUS_DATA, "%s: %s", path, strerror(errno));
    if (!S_ISREG(status.st_mode))
        fail(STATUS_DATA, "%s: is no lock file", path);
    return fd;
}

/* Whether PATH still names the file that was locked, OURS: who held it before removes it. */
static bool still_there(int fd, const char *path, struct stat *ours)
{
    struct stat named;
    return fstat(fd, ours) == 0 && lstat(path, &named) == 0 && ours->st_dev == named.st_dev &&
           ours->st_ino == named.st_ino;
}

/* Locks FD. A process that was killed leaves the lock for a moment to the one it was about to
 * begin. */
static bool take(int fd, const char *path)
{
    static const struct timespec moment = {.tv_nsec = 50 * 1000 * 1000};
    for (int i = 0; i < LOCK_WAITS; i++) {
        if (flock(fd, LOCK_EX | LOCK_NB) == 0)
            return true;
        if (errno != EWOULDBLOCK && errno != EINTR)
            fail(STATUS_DATA, "%s: cannot be locked: %s", path, strerror(errno));
        nanosleep(&moment, NULL);
    }
    return false;
}

void lock_take(struct lock *l, const char *path, const char *folder)
{
    *l = (struct lock){.path = path, .fd = -1};
    for (int i = 0; i < LOCK_TRIES; i++) {
        int fd = open_file(path);
        if (!take(fd, path))
            fail(STATUS_DATA, "%s: another run is making %s", path, folder);
        l->fd = fd;
        struct stat ours;
        if (still_there(fd, path, &ours))
            return;
        close(fd);
        l->fd = -1;
    }
    fail(STATUS_DATA, "%s: cannot be locked", path);
}

void lock_drop(struct lock *l)
{
    if (l->fd < 0)
        return;
    struct stat ours;
    if (still_there(l->fd, l->path, &ours) &&
        ours.st_size == 0) /* a file with content is somebody's */
        unlink(l->path);
    close(l->fd);
    l->fd = -1;
}
