/* files -- small files, written whole. */
#include "files.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "base/fail.h"
#include "base/writing.h"

static _Noreturn void cannot_write(const char *name)
{
    fail(STATUS_DATA, "cannot write %s: %s", name, strerror(errno));
}

void files_write_all(int fd, struct span text, const char *name)
{
    if (!writing_all(fd, text))
        cannot_write(name);
}

void files_write(const char *path, struct span text, enum files_how how)
{
    int flags = O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW;
    int fd = open(path, flags | (how == FILES_NEW ? O_EXCL : O_TRUNC), 0666);
    if (fd < 0)
        cannot_write(path);
    files_write_all(fd, text, path);
    if (close(fd) != 0)
        cannot_write(path);
}

const char *files_base(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

const char *files_stat_path(struct arena *a, const char *stats, const char *name,
                            const char *ending)
{
    size_t folder = strlen(stats), base = strlen(name), tail = strlen(ending);
    char *path = arena_alloc(a, folder + base + tail + 2);
    memcpy(path, stats, folder);
    path[folder] = '/';
    memcpy(path + folder + 1, name, base);
    memcpy(path + folder + 1 + base, ending, tail + 1);
    return path;
}
