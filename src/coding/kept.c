#include "kept.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/digest.h"
#include "base/fail.h"
#include "base/writing.h"

#define MAGIC SPAN("foi-filters phrases 1\n")
#define MOST_KEPT ((size_t)64 * 1024 * 1024) /* bytes of a file that is worth keeping */

/* The folder, made if need be; false if there is none. */
static bool folder(struct buf *path)
{
    const char *own = getenv("FOI_CACHE"), *cache = getenv("XDG_CACHE_HOME"),
               *home = getenv("HOME");
    if (own) {
        buf_add(path, span_of(own));
        return *own && (mkdir(buf_text(path), 0700) == 0 || errno == EEXIST);
    }
    if (cache && *cache == '/')
        buf_add(path, span_of(cache));
    else if (home && *home == '/')
        buf_addf(path, "%s/.cache", home);
    else
        return false;
    if (mkdir(buf_text(path), 0700) != 0 && errno != EEXIST)
        return false;
    buf_add(path, SPAN("/foi-filters"));
    return mkdir(buf_text(path), 0700) == 0 || errno == EEXIST;
}

static bool file_for(struct buf *path, struct span key)
{
    if (!folder(path))
        return false;
    struct digest digest;
    char name[DIGEST_TEXT];
    digest_start(&digest);
    digest_add(&digest, key.at, key.len);
    digest_end(&digest, name);
    buf_addf(path, "/%s", name);
    return true;
}

/* The whole of a file that is the user's own and that nobody else may write. */
static bool read_own(const char *path, struct buf *b)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    struct stat is;
    bool good = fd >= 0 && fstat(fd, &is) == 0 && S_ISREG(is.st_mode) && is.st_uid == geteuid() &&
                !(is.st_mode & 022) && (size_t)is.st_size <= MOST_KEPT;
    size_t size = good ? (size_t)is.st_size : 0;
    if (good)
        buf_reserve(b, size);
    while (good && b->len < size) {
        ssize_t got = read(fd, b->at + b->len, size - b->len);
        if (got < 0 && errno == EINTR)
            continue;
        good = got > 0;
        b->len += good ? (size_t)got : 0;
    }
    if (fd >= 0)
        close(fd);
    return good;
}

hs_database_t *kept_load(struct span key)
{
    struct buf path = {0}, text = {0};
    hs_database_t *database = NULL;
    if (file_for(&path, key) && read_own(buf_text(&path), &text)) {
        struct span rest = buf_span(&text);
        size_t head = MAGIC.len + key.len;
        if (rest.len > head && span_starts(rest, MAGIC) &&
            span_eq((struct span){rest.at + MAGIC.len, key.len}, key) &&
            hs_deserialize_database(rest.at + head, rest.len - head, &database) != HS_SUCCESS)
            database = NULL; /* of another machine, or damaged */
    }
    buf_free(&path);
    buf_free(&text);
    return database;
}

/* Beside its place first, so that a file is there as a whole or not at all. */
static void write_beside(const char *path, const struct span *parts, size_t count)
{
    struct buf beside = {0};
    buf_addf(&beside, "%s.XXXXXX", path);
    buf_text(&beside);
    int fd = mkostemp(beside.at, O_CLOEXEC);
    bool good = fd >= 0;
    for (size_t i = 0; i < count && good; i++)
        good = writing_all(fd, parts[i]);
    if (fd >= 0 && close(fd) != 0)
        good = false;
    if (fd >= 0 && !(good && rename(beside.at, path) == 0))
        unlink(beside.at);
    buf_free(&beside);
}

void kept_save(struct span key, const hs_database_t *database)
{
    char *bytes = NULL;
    size_t length = 0;
    hs_error_t error = hs_serialize_database(database, &bytes, &length);
    if (error == HS_NOMEM)
        fail_memory();
    struct buf path = {0};
    if (error == HS_SUCCESS && length + key.len < MOST_KEPT && file_for(&path, key))
        write_beside(buf_text(&path), (const struct span[]){MAGIC, key, {bytes, length}}, 3);
    buf_free(&path);
    free(bytes);
}
