/* placing -- see placing.h. */
#include "placing.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fail.h"
#include "stream/leftover.h"

enum moved {
    MOVED_NOT,
    MOVED_IN,        /* where no file was */
    MOVED_EXCHANGED, /* the old file is TEMPORARY */
    MOVED_BESIDE,    /* the old file is ASIDE */
    MOVED_FOR_GOOD   /* there is no way back */
};

struct placing {
    const char *temporary, *target;
    char *aside;
    int folder; /* that TARGET is in, or -1 */
    int old;    /* holds the old file against sweeps while it has a leftover's name, or -1 */
    enum moved moved;
};

/* The folder of FILE, or -1. Where a folder cannot be synced, nothing is lost by it. */
static int open_folder(const char *file)
{
    const char *slash = strrchr(file, '/');
    char *folder = slash ? strndup(file, (size_t)(slash - file) + 1) : strdup(".");
    if (!folder)
        fail_memory();
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    free(folder);
    return fd;
}

struct placing *placing_new(const char *temporary, const char *target, enum placing_sync sync)
{
    struct placing *p = calloc(1, sizeof *p);
    char *aside = strdup(temporary);
    if (!p || !aside)
        fail_memory();
    *p = (struct placing){.temporary = temporary,
                          .target = target,
                          .aside = aside,
                          .folder = sync == PLACING_SYNC ? open_folder(target) : -1,
                          .old = -1};
    return p;
}

static void hold_old(struct placing *p)
{
    /* what its owner may not read, a sweep of theirs cannot open either */
    p->old = open(p->target, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (p->old >= 0)
        (void)leftover_hold(p->old); /* if another process holds it, it is held too */
}

/* A second name for the old file, which is TEMPORARY with another letter at its end. */
static bool link_aside(struct placing *p)
{
    char *last = p->aside + strlen(p->aside) - 1;
    for (const char *letter = "abcdefghijklmnopqrstuvwxyz"; *letter; letter++) {
        *last = *letter;
        if (link(p->target, p->aside) == 0)
            return true;
        if (errno != EEXIST)
            break;
    }
    return false;
}

static bool rename_over(struct placing *p, enum moved moved)
{
    if (rename(p->temporary, p->target) == 0) {
        p->moved = moved;
        return true;
    }
    int error = errno;
    if (moved == MOVED_BESIDE)
        unlink(p->aside);
    errno = error;
    return false;
}

bool placing_take(struct placing *p, enum placing_way way)
{
    struct stat old;
    if (way == PLACING_LAST)
        return rename_over(p, MOVED_FOR_GOOD);
    if (lstat(p->target, &old) != 0)
        return rename_over(p, MOVED_IN);
    if (!S_ISREG(old.st_mode))
        return rename_over(p, MOVED_FOR_GOOD); /* which refuses a folder */
    hold_old(p);
    if (renameat2(AT_FDCWD, p->temporary, AT_FDCWD, p->target, RENAME_EXCHANGE) == 0) {
        p->moved = MOVED_EXCHANGED;
        return true;
    }
    if (errno != ENOSYS && errno != EINVAL && errno != ENOTSUP)
        return false;
    return rename_over(p, link_aside(p) ? MOVED_BESIDE : MOVED_FOR_GOOD);
}

bool placing_undo(struct placing *p)
{
    bool undone = true;
    if (p->moved == MOVED_IN) {
        undone = rename(p->target, p->temporary) == 0;
    } else if (p->moved == MOVED_EXCHANGED) {
        undone = renameat2(AT_FDCWD, p->temporary, AT_FDCWD, p->target, RENAME_EXCHANGE) == 0;
    } else if (p->moved == MOVED_BESIDE) {
        undone = link(p->target, p->temporary) == 0 && rename(p->aside, p->target) == 0;
    } else if (p->moved == MOVED_FOR_GOOD) {
        errno = ENOTSUP;
        undone = false;
    }
    if (undone)
        p->moved = MOVED_NOT;
    return undone;
}

void placing_settle(struct placing *p)
{
    if (p->moved == MOVED_EXCHANGED)
        unlink(p->temporary);
    else if (p->moved == MOVED_BESIDE)
        unlink(p->aside);
    if (p->folder >= 0) {
        (void)fsync(p->folder);
        close(p->folder);
    }
    if (p->old >= 0)
        close(p->old); /* was only read: nothing can be lost */
    free(p->aside);
    free(p);
}
