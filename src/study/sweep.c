/* sweep -- what earlier runs left. */
#include "sweep.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/fail.h"
#include "stream/leftover.h"
#include "study/settings.h"
#include "tree.h"

bool sweep_is_empty(const char *path)
{
    DIR *folder = opendir(path);
    const struct dirent *entry;
    size_t count = 0;
    if (!folder)
        return false;
    while ((entry = readdir(folder)))
        count++;
    closedir(folder);
    return count <= 2; /* itself and the one above */
}

/* A regular file NAME in PATH that starts with START. */
static bool has_file(const char *path, const char *name, const char *start)
{
    struct arena a = {0};
    char head[16] = "";
    struct stat status;
    int fd = open(settings_path(&a, path, name), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    arena_free(&a);
    if (fd < 0)
        return false;
    bool regular = fstat(fd, &status) == 0 && S_ISREG(status.st_mode);
    ssize_t got = regular ? read(fd, head, sizeof head) : -1;
    close(fd); /* was only read: nothing can be lost */
    return got >= (ssize_t)strlen(start) && memcmp(head, start, strlen(start)) == 0;
}

bool sweep_is_result(const char *path)
{
    return has_file(path, "manifest.json", "{\"study\":");
}

static bool is_own_folder(const char *path)
{
    struct stat status;
    return lstat(path, &status) == 0 && S_ISDIR(status.st_mode) && status.st_uid == geteuid();
}

/* Old results that stood aside when a run was killed. */
static void put_back(const char *aside, const char *target)
{
    struct stat status;
    if (lstat(target, &status) == 0 || errno != ENOENT)
        tree_remove(aside);
    else if (rename(aside, target) != 0)
        fail(STATUS_DATA, "cannot put %s back from %s: %s", target, aside, strerror(errno));
}

/* The folder that PATH is in, which must not lose the name that says what PATH is. */
static void sync_above(const char *path)
{
    struct buf above = {0};
    const char *slash = strrchr(path, '/');
    buf_add(&above, slash ? span_from(path, slash + 1) : SPAN("."));
    (void)tree_sync_folder(buf_text(&above)); /* what cannot be synced is removed all the same */
    buf_free(&above);
}

bool sweep_discard(const char *path, enum place_sync sync)
{
    struct buf gone = {0};
    buf_addf(&gone, "%s%s", path, SWEEP_GONE);
    bool renamed = rename(path, buf_text(&gone)) == 0;
    if (renamed && sync == PLACE_SYNC)
        sync_above(path);
    bool removed = tree_remove(renamed ? buf_text(&gone) : path);
    buf_free(&gone);
    return removed;
}

/* A folder of that name is taken for ours only if it looks it. */
static void sweep_one(const char *path)
{
    if (sweep_is_empty(path) || sweep_is_result(path) || has_file(path, SWEEP_MARK, ""))
        sweep_discard(path, PLACE_SYNC);
}

void sweep(const char *parent, const char *base)
{
    DIR *folder = opendir(parent);
    const struct dirent *entry;
    struct arena a = {0};
    if (!folder)
        fail(STATUS_DATA, "%s: %s", parent, strerror(errno));
    while ((entry = readdir(folder))) {
        const char *path = settings_path(&a, parent, entry->d_name);
        if (leftover_is_named(entry->d_name, base, SWEEP_ASIDE) && is_own_folder(path))
            put_back(path, settings_path(&a, parent, base));
        else if (leftover_is_named(entry->d_name, base, SWEEP_GONE) && is_own_folder(path))
            tree_remove(path);
        else if (leftover_is_named(entry->d_name, base, "") && is_own_folder(path))
            sweep_one(path);
    }
    closedir(folder);
    arena_free(&a);
}
