/* package -- the files within a file, by libarchive. */
#include "package/package.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <stdint.h>
#include <stdlib.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fail.h"

#define BLOCK ((size_t)64 * 1024)
#define BOMB_SIZE ((uint64_t)64 * 1024 * 1024) /* bytes from which on the ratio counts */
#define BOMB_RATIO 250                         /* office files reach some 50 */
#define MAX_ENTRIES 100000

struct part {
    struct archive *archive;
    struct archive_entry *entry;
    char *buf;
    uint64_t given;  /* bytes of this part so far */
    uint64_t stored; /* bytes that the package takes as a whole */
    size_t entries;
};

static uint64_t size_of(const struct package *p)
{
    struct stat status;
    if (!p->path)
        return p->bytes.len;
    return stat(p->path, &status) == 0 ? (uint64_t)status.st_size : 0;
}

bool package_start(const struct package *p, char *bytes, size_t size, size_t *len,
                   struct trouble *t)
{
    *len = 0;
    if (!p->path) {
        *len = p->bytes.len < size ? p->bytes.len : size;
        if (*len)
            memcpy(bytes, p->bytes.at, *len);
        return true;
    }
    int fd = open(p->path, O_RDONLY | O_CLOEXEC);
    ssize_t got = fd < 0 ? -1 : read(fd, bytes, size);
    if (got < 0)
        trouble_set(t, TROUBLE_CORRUPT, "%s", strerror(errno));
    else
        *len = (size_t)got;
    if (fd >= 0)
        close(fd);
    return got >= 0;
}

/* Reads FD to its end. */
static bool read_all(int fd, size_t limit, struct buf *b, struct trouble *t)
{
    for (size_t before = b->len;;) {
        buf_reserve(b, BLOCK);
        ssize_t got = read(fd, b->at + b->len, BLOCK);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            trouble_set(t, TROUBLE_CORRUPT, "%s", strerror(errno));
        if (got <= 0)
            return got == 0;
        b->len += (size_t)got;
        if (b->len - before > limit) {
            trouble_set(t, TROUBLE_TOO_LARGE, "more than %zu bytes", limit);
            return false;
        }
    }
}

bool package_bytes(const struct package *p, size_t limit, struct buf *b, struct trouble *t)
{
    if (!p->path) {
        buf_add(b, p->bytes);
        return true;
    }
    int fd = open(p->path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        trouble_set(t, TROUBLE_CORRUPT, "%s", strerror(errno));
        return false;
    }
    bool read = read_all(fd, limit, b, t);
    close(fd);
    return read;
}

static bool same_name(const char *a, struct span b)
{
    while (*a == '/' || (a[0] == '.' && a[1] == '/'))
        a += *a == '/' ? 1 : 2;
    while (b.len && *b.at == '/')
        b = (struct span){b.at + 1, b.len - 1};
    return strlen(a) == b.len && strncasecmp(a, b.at, b.len) == 0;
}

static bool fault(struct archive *a, struct trouble *t)
{
    const char *what = archive_error_string(a);
    if (what && strcasestr(what, "encrypt"))
        trouble_set(t, TROUBLE_ENCRYPTED, "needs a password");
    trouble_set(t, TROUBLE_CORRUPT, "%s", what ? quote(span_of(what)) : "broken archive");
    return false;
}

enum kinds { ZIP_ONLY, ANY_ARCHIVE, PACKED };

static struct part *start(const struct package *p, enum kinds kinds, struct trouble *t)
{
    struct archive *a = archive_read_new();
    struct part *part = calloc(1, sizeof *part);
    char *buf = malloc(BLOCK);
    if (!a || !part || !buf)
        fail_memory();
    *part = (struct part){.archive = a, .buf = buf};
    if (kinds != PACKED)
        archive_read_support_format_zip_seekable(a);
    if (kinds != ZIP_ONLY)
        archive_read_support_filter_all(a);
    if (kinds == ANY_ARCHIVE) {
        archive_read_support_format_7zip(a);
        archive_read_support_format_tar(a);
        archive_read_support_format_cpio(a);
        archive_read_support_format_rar(a);
        archive_read_support_format_rar5(a);
        archive_read_support_format_cab(a);
        archive_read_support_format_lha(a);
    } else if (kinds == PACKED) {
        archive_read_support_format_raw(a);
    }
    int opened = p->path ? archive_read_open_filename(a, p->path, BLOCK)
                         : archive_read_open_memory(a, p->bytes.at, p->bytes.len);
    if (opened != ARCHIVE_OK) {
        fault(a, t);
        part_close(part);
        return NULL;
    }
    part->stored = size_of(p);
    return part;
}

/* The next entry. libarchive gives names in the locale's encoding, and none where that lacks a
 * letter, as the locale C does that the programs run in: for this call it is UTF-8. */
static int next_entry(struct part *part)
{
    static locale_t utf8;
    if (!utf8)
        utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
    locale_t before = utf8 ? uselocale(utf8) : (locale_t)0;
    int status;
    do
        status = archive_read_next_header(part->archive, &part->entry);
    while (status == ARCHIVE_RETRY);
    if (utf8)
        uselocale(before);
    return status;
}

bool part_next(struct part *part, struct trouble *t)
{
    int status = next_entry(part);
    part->given = 0;
    if (status == ARCHIVE_EOF)
        return false;
    if (status < ARCHIVE_WARN)
        return fault(part->archive, t);
    if (++part->entries > MAX_ENTRIES) {
        trouble_set(t, TROUBLE_TOO_LARGE, "more than %d members", MAX_ENTRIES);
        return false;
    }
    return true;
}

struct part *part_first(const struct package *p, struct trouble *t)
{
    return start(p, ANY_ARCHIVE, t);
}

struct part *part_packed(const struct package *p, struct trouble *t)
{
    struct part *part = start(p, PACKED, t);
    if (part && part_next(part, t)) {
        if (archive_filter_count(part->archive) > 1)
            return part;
        trouble_set(t, TROUBLE_CORRUPT, "a broken archive"); /* packed by nothing that is known */
    }
    part_close(part);
    return NULL;
}

struct part *part_open(const struct package *p, struct span name, struct trouble *t)
{
    struct part *part = start(p, ZIP_ONLY, t);
    while (part && part_next(part, t)) {
        const char *path = archive_entry_pathname(part->entry);
        if (path && same_name(path, name))
            return part;
    }
    part_close(part);
    return NULL;
}

struct span part_name(const struct part *part)
{
    const char *path = archive_entry_pathname(part->entry);
    return span_of(path ? path : "");
}

enum part_kind part_kind(const struct part *part)
{
    if (archive_entry_hardlink(part->entry))
        return PART_NO_FILE;
    unsigned type = archive_entry_filetype(part->entry);
    return type == AE_IFREG ? PART_FILE : type == AE_IFDIR ? PART_FOLDER : PART_NO_FILE;
}

static bool part_is_encrypted(const struct part *part)
{
    return archive_entry_is_encrypted(part->entry) != 0;
}

/* Whether the part holds far more than the archive can have stored of it. */
static bool is_bomb(struct part *part)
{
    if (part->given < BOMB_SIZE)
        return false;
    return part->given / BOMB_RATIO > part->stored;
}

ssize_t part_read(struct part *part, const char **bytes, struct trouble *t)
{
    la_ssize_t got = archive_read_data(part->archive, part->buf, BLOCK);
    if (got < 0) {
        if (part_is_encrypted(part))
            trouble_set(t, TROUBLE_ENCRYPTED, "needs a password");
        fault(part->archive, t);
        return -1;
    }
    part->given += (uint64_t)got;
    if (is_bomb(part)) {
        trouble_set(t, TROUBLE_TOO_LARGE, "unpacks to more than %d times its size", BOMB_RATIO);
        return -1;
    }
    *bytes = part->buf;
    return (ssize_t)got;
}

bool part_read_up_to(struct part *part, size_t len, struct buf *b, struct trouble *t)
{
    const char *bytes;
    for (size_t before = b->len; b->len - before < len;) {
        ssize_t got = part_read(part, &bytes, t);
        if (got <= 0)
            return got == 0;
        buf_add(b, (struct span){bytes, (size_t)got});
    }
    return true;
}

bool part_read_all(struct part *part, size_t limit, struct buf *b, struct trouble *t)
{
    size_t before = b->len;
    const char *bytes;
    for (ssize_t got; (got = part_read(part, &bytes, t)) != 0;) {
        if (got < 0)
            return false;
        if (b->len - before + (size_t)got > limit) {
            trouble_set(t, TROUBLE_TOO_LARGE, "holds more than %zu bytes", limit);
            return false;
        }
        buf_add(b, (struct span){bytes, (size_t)got});
    }
    return true;
}

void part_close(struct part *part)
{
    if (!part)
        return;
    archive_read_free(part->archive);
    free(part->buf);
    free(part);
}
