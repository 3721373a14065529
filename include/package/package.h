/* package -- the files within a file: the parts of an office document, the
 * members of an archive.
 *
 * libarchive reads them, one after the other and without writing anything. A part
 * is bounded in how much more it may hold than it takes, so that a bomb of a
 * few kilobytes ends as "too large" and not as a full disk. */
#ifndef PACKAGE_H
#define PACKAGE_H

#include <sys/types.h>

#include "package/trouble.h"

struct package {
    const char *path;  /* of the file, or NULL: then */
    struct span bytes; /* it is in memory */
};

struct part;

/* The first bytes of the package itself, up to SIZE. */
bool package_start(const struct package *p, char *bytes, size_t size, size_t *len,
                   struct trouble *t);

/* All of the package itself, at the end of B. More than LIMIT bytes are trouble. */
bool package_bytes(const struct package *p, size_t limit, struct buf *b, struct trouble *t);

/* The part NAME, whatever the case of its letters. NULL if there is none or on trouble. */
struct part *part_open(const struct package *p, struct span name, struct trouble *t);

/* The parts one after the other, of archives of any kind that libarchive knows:
 * NULL on trouble, and part_next() is false at the end and on trouble. */
struct part *part_first(const struct package *p, struct trouble *t);
bool part_next(struct part *part, struct trouble *t);

/* What gzip, bzip2, xz or zstd hold, as one part. NULL on trouble. */
struct part *part_packed(const struct package *p, struct trouble *t);

/* As the archive says it: any bytes. Good until the next part. */
struct span part_name(const struct part *part);

/* A link, also to another member, a device and a pipe are no file. */
enum part_kind { PART_FILE, PART_FOLDER, PART_NO_FILE };
enum part_kind part_kind(const struct part *part);

/* The next bytes: their number, 0 at the end, -1 on trouble. Good until the next call. */
ssize_t part_read(struct part *part, const char **bytes, struct trouble *t);

/* At least LEN bytes at the end of B, unless the part is shorter. */
bool part_read_up_to(struct part *part, size_t len, struct buf *b, struct trouble *t);

/* All that is left of the part, at the end of B. More than LIMIT bytes are trouble. */
bool part_read_all(struct part *part, size_t limit, struct buf *b, struct trouble *t);

void part_close(struct part *part);

#endif
