/* inbox -- the files of a folder of replies. */
#include "letters/inbox.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <strings.h>
#include <sys/stat.h>

#include "base/buf.h"
#include "base/fail.h"
#include "base/within.h"
#include "letters/reader.h"

#define DEPTH 64

static struct span base_name(struct span path)
{
    while (path.len > 1 && path.at[path.len - 1] == '/')
        path.len--;
    for (size_t i = path.len; i > 0; i--)
        if (path.at[i - 1] == '/')
            return (struct span){path.at + i, path.len - i};
    return path;
}

/* The length of NAME before its last dot, if letters or digits follow that. */
static size_t before_dot(struct span name)
{
    size_t at = name.len;
    while (at > 1 && name.at[at - 1] != '.' && name.len - at < 6)
        at--;
    return at > 1 && name.at[at - 1] == '.' && at < name.len ? at - 1 : name.len;
}

/* The name of a file without its folder and without what says its kind: "RXX" of "a/RXX.tar.gz". */
static struct span inbox_stem(struct span path)
{
    static const char *const packed[] = {".gz", ".bz2", ".xz", ".zst"};
    struct span name = base_name(path);
    size_t len = before_dot(name);
    for (size_t i = 0; i < sizeof packed / sizeof *packed; i++)
        if (name.len - len == strlen(packed[i]) &&
            strncasecmp(name.at + len, packed[i], name.len - len) == 0)
            return (struct span){name.at, before_dot((struct span){name.at, len})};
    return (struct span){name.at, len};
}

static void add_file(struct inbox *in, const char *path, struct span reply, const char *unfit)
{
    in->files = array_grow(in->files, &in->cap, in->count + 1, sizeof *in->files);
    in->files[in->count++] = (struct inbox_file){path, reply, unfit};
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

struct listing {
    const char **names;
    size_t count, cap;
};

static void list(struct inbox *in, const char *folder, struct listing *l)
{
    DIR *dir = opendir(folder);
    if (!dir)
        fail(STATUS_DATA, "%s: %s", folder, strerror(errno));
    errno = 0;
    for (struct dirent *entry; (entry = readdir(dir)) != NULL; errno = 0) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        l->names = array_grow(l->names, &l->cap, l->count + 1, sizeof *l->names);
        l->names[l->count++] = arena_text(&in->arena, span_of(entry->d_name));
    }
    if (errno)
        fail(STATUS_DATA, "%s: %s", folder, strerror(errno));
    closedir(dir);
    if (l->count)
        qsort(l->names, l->count, sizeof *l->names, by_name);
}

static const char *join(struct inbox *in, const char *folder, const char *name)
{
    struct buf path = {0};
    buf_add(&path, span_of(folder));
    if (path.len && path.at[path.len - 1] != '/')
        buf_addc(&path, '/');
    buf_add(&path, span_of(name));
    const char *kept = arena_text(&in->arena, buf_span(&path));
    buf_free(&path);
    return kept;
}

/* Links are followed, but not to folders, among which there may be circles, and not out of the
 * folder without leave. Such a link, and one to nothing, is a document that cannot be read. */
static const char *unfit(struct inbox *in, const char *path, mode_t mode)
{
    struct stat led;
    if (S_ISLNK(mode) && in->links == INBOX_STAYS && within_of(in->top, path) == WITHIN_OUTSIDE) {
        in->led_out++;
        return "a link out of the folder (--trust follows it)";
    }
    if (S_ISLNK(mode))
        mode = stat(path, &led) == 0 ? led.st_mode : 0;
    return S_ISREG(mode)
               ? NULL
               : "no file but a device, a pipe, a socket, or a link to a folder or to nothing";
}

static mode_t mode_of(const char *path)
{
    struct stat status;
    if (lstat(path, &status) != 0)
        fail(STATUS_DATA, "%s: %s", path, strerror(errno));
    return status.st_mode;
}

/* All files below FOLDER. REPLY NULL at: each is a reply by its name. */
static void walk(struct inbox *in, const char *folder, struct span reply, size_t depth)
{
    struct listing l = {0};
    if (depth > DEPTH)
        fail(STATUS_DATA, "%s: more than %d folders within each other", folder, DEPTH);
    list(in, folder, &l);
    for (size_t i = 0; i < l.count; i++) {
        const char *path = join(in, folder, l.names[i]);
        if (reader_passes(span_of(l.names[i]))) {
            in->passed_over++;
            continue;
        }
        mode_t mode = mode_of(path);
        if (S_ISDIR(mode))
            walk(in, path, reply, depth + 1);
        else
            add_file(in, path, reply.at ? reply : inbox_stem(span_of(path)), unfit(in, path, mode));
    }
    free(l.names);
}

/* The files of the reply in FOLDER. */
static void walk_reply(struct inbox *in, const char *folder, struct span reply, size_t depth)
{
    size_t before = in->count;
    walk(in, folder, reply, depth);
    if (in->count > before)
        return;
    in->empty_folders++;
    warn("%s: no file in this folder: a reply without a record", folder);
}

static bool has_folders(struct inbox *in, const char *folder, const struct listing *l)
{
    struct stat status;
    for (size_t i = 0; i < l->count; i++)
        if (lstat(join(in, folder, l->names[i]), &status) == 0 && S_ISDIR(status.st_mode) &&
            !reader_passes(span_of(l->names[i])))
            return true;
    return false;
}

/* A folder of replies: its folders and the files beside them. */
static void walk_replies(struct inbox *in, const char *folder, const struct listing *l)
{
    for (size_t i = 0; i < l->count; i++) {
        const char *path = join(in, folder, l->names[i]);
        if (reader_passes(span_of(l->names[i]))) {
            in->passed_over++;
            continue;
        }
        mode_t mode = mode_of(path);
        if (S_ISDIR(mode))
            walk_reply(in, path, span_of(l->names[i]), 1);
        else
            add_file(in, path, inbox_stem(span_of(path)), unfit(in, path, mode));
    }
}

/* The name of the folder itself, also of "." and of "a/..". */
static struct span folder_name(struct inbox *in, const char *path)
{
    struct span name = base_name(span_of(path));
    char *real = NULL;
    if (span_eq(name, SPAN(".")) || span_eq(name, SPAN("..")))
        real = realpath(path, NULL);
    if (real)
        name = arena_copy(&in->arena, base_name(span_of(real)));
    free(real);
    return name;
}

void inbox_add(struct inbox *in, const char *path, enum inbox_each each)
{
    struct stat status;
    struct listing l = {0};
    if (stat(path, &status) != 0)
        fail(STATUS_DATA, "%s: %s", path, strerror(errno));
    if (!S_ISDIR(status.st_mode)) {
        add_file(in, path, inbox_stem(span_of(path)), NULL);
        return;
    }
    in->top = path;
    if (each == INBOX_FILE) {
        walk(in, path, (struct span){NULL, 0}, 0);
        return;
    }
    list(in, path, &l);
    if (has_folders(in, path, &l))
        walk_replies(in, path, &l);
    else
        walk_reply(in, path, folder_name(in, path), 0);
    free(l.names);
}

void inbox_free(struct inbox *in)
{
    free(in->files);
    arena_free(&in->arena);
}
