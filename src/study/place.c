/* place -- the folder of results. */
#include "place.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/fail.h"
#include "base/within.h"
#include "study/settings.h"
#include "tree.h"

/* ---- before the work ---- */

static _Noreturn void refuse(const struct place *p, const char *why)
{
    fail(STATUS_USAGE, "%s: %s; it will not be replaced", *p->shown ? p->shown : "''", why);
}

/* Whether PATH is where another file system begins, which no rename can move. */
static bool is_mount(const char *path)
{
    struct statx x;
    if (statx(AT_FDCWD, path, AT_SYMLINK_NOFOLLOW, STATX_BASIC_STATS, &x) == 0 &&
        (x.stx_attributes_mask & STATX_ATTR_MOUNT_ROOT))
        return x.stx_attributes & STATX_ATTR_MOUNT_ROOT;
    struct stat here, above;
    struct arena a = {0};
    bool mount = stat(path, &here) == 0 && stat(settings_path(&a, path, ".."), &above) == 0 &&
                 here.st_dev != above.st_dev;
    arena_free(&a);
    return mount;
}

static const char *kept(struct place *p, char *text)
{
    if (!text)
        fail_memory();
    const char *copy = arena_text(&p->arena, span_of(text));
    free(text);
    return copy;
}

/* What is there already must be results of an earlier run, or empty. */
static void check_old(struct place *p, const char *study, const char *data)
{
    struct stat status;
    if (stat(p->target, &status) != 0)
        fail(STATUS_USAGE, "%s: %s", p->shown, strerror(errno));
    if (is_mount(p->target))
        refuse(p, "is a mount point");
    if (!S_ISDIR(status.st_mode) || !(sweep_is_empty(p->target) || sweep_is_result(p->target)))
        refuse(p, "exists and is no result of study.sh");
    if (within_of(p->target, study) == WITHIN_INSIDE || within_of(p->target, data) == WITHIN_INSIDE)
        refuse(p, "holds the study itself");
}

static void make_folders(const char *path)
{
    char *copy = strdup(path);
    if (!copy)
        fail_memory();
    for (char *slash = copy + 1; (slash = strchr(slash, '/')); slash++) {
        *slash = '\0';
        if (mkdir(copy, 0777) != 0 && errno != EEXIST)
            fail(STATUS_DATA, "%s: %s", copy, strerror(errno));
        *slash = '/';
    }
    if (mkdir(copy, 0777) != 0 && errno != EEXIST)
        fail(STATUS_DATA, "%s: %s", copy, strerror(errno));
    free(copy);
}

/* Results within results would go with them when they are replaced. */
static void refuse_within(const struct place *p)
{
    struct arena a = {0};
    for (struct span folder = span_of(p->parent); folder.len;
         folder.len = (size_t)((const char *)memrchr(folder.at, '/', folder.len) - folder.at))
        if (sweep_is_result(arena_text(&a, folder)))
            fail(STATUS_USAGE,
                 "%s: is inside results, %s, and would be lost when they are made anew", p->shown,
                 arena_text(&a, folder));
    arena_free(&a);
}

/* A place that is not there yet: the folder above it, and its name. */
static void plan_new(struct place *p, struct span typed)
{
    const char *path = arena_text(&p->arena, typed), *slash = strrchr(path, '/');
    const char *above = !slash          ? "."
                        : slash == path ? "/"
                                        : arena_text(&p->arena, span_from(path, slash));
    make_folders(above);
    p->parent = kept(p, realpath(above, NULL));
    p->target = settings_path(&p->arena, strcmp(p->parent, "/") == 0 ? "" : p->parent,
                              slash ? slash + 1 : path);
    refuse_within(p);
}

static void plan_old(struct place *p)
{
    p->exists = true;
    char *real = realpath(p->shown, NULL);
    if (!real)
        fail(STATUS_USAGE, "%s: %s", p->shown, strerror(errno));
    p->target = kept(p, real);
    char *copy = strdup(p->target);
    if (!copy)
        fail_memory();
    p->parent = arena_text(&p->arena, span_of(dirname(copy)));
    free(copy);
}

void place_check(struct place *p, const char *out, const char *study, const char *data)
{
    struct span typed = span_of(out);
    while (typed.len > 1 && typed.at[typed.len - 1] == '/')
        typed.len--;
    *p = (struct place){.lock.fd = -1};
    p->shown = arena_text(&p->arena, typed);
    const char *slash = strrchr(p->shown, '/'), *name = slash ? slash + 1 : p->shown;
    if (!*p->shown)
        refuse(p, "is no name of a folder");
    if (!*name || strcmp(name, ".") == 0 || strcmp(name, "..") == 0)
        refuse(p, "names no folder of its own");
    struct stat link;
    if (lstat(p->shown, &link) != 0) {
        if (errno != ENOENT)
            fail(STATUS_USAGE, "%s: %s", p->shown, strerror(errno));
        plan_new(p, span_of(p->shown));
        return;
    }
    struct stat status;
    p->is_link = S_ISLNK(link.st_mode);
    if (p->is_link && stat(p->shown, &status) != 0)
        refuse(p, "is a symbolic link to nothing");
    plan_old(p);
    check_old(p, study, data);
}

/* ---- the work's own folder ---- */

static const char *joined(struct place *p, const char *front, const char *back)
{
    struct buf b = {0};
    buf_addf(&b, "%s%s", front, back);
    const char *text = arena_text(&p->arena, buf_span(&b));
    buf_free(&b);
    return text;
}

void place_open(struct place *p, enum place_sync sync)
{
    p->sync = sync;
    const char *base = strrchr(p->target, '/') + 1;
    const char *lock = joined(p, p->is_link ? p->target : p->shown, ".lock");
    lock_take(&p->lock, lock, p->shown);
    sweep(p->parent, base);
    struct stat status;
    p->exists = lstat(p->target, &status) == 0; /* a sweep may have put back what a kill left out */
    if (p->exists && !(sweep_is_empty(p->target) || sweep_is_result(p->target)))
        refuse(p, "exists and is no result of study.sh");
    const char *hidden = joined(p, joined(p, p->parent, "/."), joined(p, base, ".XXXXXX"));
    char *path = strdup(hidden);
    if (!path)
        fail_memory();
    if (!mkdtemp(path))
        fail(STATUS_DATA, "cannot make a folder in %s: %s", p->parent, strerror(errno));
    p->staging = path;
}

const char *place_path(struct place *p, const char *name)
{
    return settings_path(&p->arena, p->staging, name);
}

/* ---- the exchange ---- */

static _Noreturn void cannot_replace(const struct place *p)
{
    fail(STATUS_DATA, "cannot replace %s: %s", p->shown, strerror(errno));
}

/* Where the file system has no exchange: the old results step aside, for a moment. A kill in
 * between leaves them beside, from where the next run's sweep puts them back. */
static void exchange_in_two(struct place *p, int parent)
{
    const char *aside = joined(p, p->staging, SWEEP_ASIDE);
    if (rename(p->target, aside) != 0)
        cannot_replace(p);
    bool is_there = rename(p->staging, p->target) == 0;
    /* once synced: the old results must not lose the name they are put back by */
    if (is_there && (parent < 0 || tree_sync_opened(parent)) && rename(aside, p->staging) == 0)
        return;
    int error = errno;
    if ((is_there && rename(p->target, p->staging) != 0) || rename(aside, p->target) != 0)
        warn("%s: the old results are now in %s", p->shown, aside);
    errno = error;
    cannot_replace(p);
}

static void exchange(struct place *p, int parent)
{
    struct stat old;
    bool there = lstat(p->target, &old) == 0;
    mode_t mode = there ? old.st_mode & 0777 : 0700;
    if (there)
        tree_narrow(p->staging, p->target);
    if (chmod(p->staging, mode) != 0)
        cannot_replace(p);
    if (!there) {
        if (rename(p->staging, p->target) != 0)
            cannot_replace(p);
        free(p->staging);
        p->staging = NULL;
        return;
    }
    if (renameat2(AT_FDCWD, p->staging, AT_FDCWD, p->target, RENAME_EXCHANGE) == 0)
        return;
    if (errno != ENOSYS && errno != EINVAL && errno != ENOTSUP)
        cannot_replace(p);
    exchange_in_two(p, parent);
}

/* The staging folder holds the old results, which a run that fails leaves in their place. */
static void take_back(struct place *p)
{
    if (renameat2(AT_FDCWD, p->staging, AT_FDCWD, p->target, RENAME_EXCHANGE) == 0)
        return;
    const char *aside = joined(p, p->staging, SWEEP_ASIDE);
    if (rename(p->target, aside) != 0 || rename(p->staging, p->target) != 0 ||
        rename(aside, p->staging) != 0)
        warn("%s: cannot be put back: %s", p->shown, strerror(errno));
}

void place_exchange(struct place *p)
{
    bool syncs = p->sync == PLACE_SYNC;
    int parent = syncs ? tree_open_folder(p->parent) : -1; /* before there is something to undo */
    if (syncs && (parent < 0 || !tree_sync(p->staging)))
        fail(STATUS_DATA, "cannot write %s: %s", p->shown, strerror(errno));
    exchange(p, parent);
    if (syncs && !tree_sync_opened(parent)) {
        int error = errno;
        if (p->staging)
            take_back(p);
        fail(STATUS_DATA, "cannot write %s: %s", p->parent, strerror(error));
    }
    if (parent >= 0)
        close(parent);
}

void place_close(struct place *p)
{
    if (p->staging && !sweep_discard(p->staging, p->sync))
        warn("%s: cannot be removed: %s", p->staging, strerror(errno));
    free(p->staging);
    p->staging = NULL;
    lock_drop(&p->lock);
}
