/* csvcut -- the parts of a CSV file found, in one pass, and hashed in another. */
#include "stream/csvcut.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fail.h"

#define END_OF_TEXT '\x1a' /* Ctrl-Z: at the end of a part it would end the file */

struct cutter {
    struct csvtable *r;
    struct cut part; /* the one that is open */
    int fd;          /* the file once more, for its bytes' hashes */
    uint64_t start, size;
};

static void open_file(struct cutter *k)
{
    const struct csvin *c = &k->r->in;
    struct stat s;
    if (c->text.converts)
        fail(STATUS_DATA, "%s: cannot be cut: it is in %s, not UTF-8 (cut its records instead)",
             c->file, c->text.encoding);
    k->fd = c->text.in.fd == STDIN_FILENO ? -1 : open(c->file, O_RDONLY | O_CLOEXEC);
    if (k->fd < 0 || fstat(k->fd, &s) != 0 || !S_ISREG(s.st_mode))
        fail(STATUS_DATA, "%s: cannot be cut: not a regular file", c->file);
    k->size = (uint64_t)s.st_size;
}

/* The part begins at the row that comes now. */
static void begin_part(struct cutter *k)
{
    const struct csvtable *r = k->r;
    k->part.part++;
    k->part.from = decode_offset(&r->in.text);
    k->part.line = r->in.line;
    k->part.first = r->f->read + 1;
    k->part.behind_blank = csvtable_is_behind_blank(r);
}

static void end_part(struct cutter *k, uint64_t to)
{
    struct filter *f = k->r->f;
    const char *file = k->r->in.file;
    k->part.to = to;
    k->part.last = f->read;
    errno = 0;
    if (lseek(k->fd, (off_t)k->part.from, SEEK_SET) < 0 ||
        !digest_bytes_of(k->fd, to - k->part.from, k->part.sha256))
        fail(STATUS_DATA, "%s: %s", file, errno ? strerror(errno) : "became shorter meanwhile");
    cut_write(&f->out.buf, &k->part, span_of(file));
    filter_written(f);
}

/* Whether the open part has its share of the bytes when it ends at AT. */
static bool is_full(const struct cutter *k, uint64_t at)
{
    const struct cut *p = &k->part;
    return p->part < p->of && at - k->start >= (k->size - k->start) / p->of * p->part;
}

static void see_row(struct cutter *k, bool may_cut)
{
    uint64_t at = decode_offset(&k->r->in.text);
    if (k->part.part == 0) {
        k->start = at;
        begin_part(k);
    }
    while (may_cut && k->part.first <= k->r->f->read && is_full(k, at)) {
        end_part(k, at);
        begin_part(k);
    }
    csvtable_count(k->r);
}

void csvcut_write(struct csvtable *r, size_t count)
{
    struct csvin *c = &r->in;
    struct cutter k = {.r = r, .part = {.of = count}};
    bool may_cut = true;
    open_file(&k);
    for (enum csvin_status status; (status = csvin_next(c)) != CSVIN_END;) {
        if (status == CSVIN_BAD)
            fail(STATUS_DATA, "%s:%zu:%zu: cannot be cut: %s (cut its records instead)", c->file,
                 c->error_line, c->error_column, buf_text(&c->error));
        see_row(&k, may_cut);
        may_cut = c->raw.len == 0 || c->raw.at[c->raw.len - 1] != END_OF_TEXT;
    }
    if (k.part.part == 0)
        begin_part(&k);
    for (end_part(&k, k.size); k.part.part < count; end_part(&k, k.size))
        begin_part(&k);
    close(k.fd); /* was only read: nothing can be lost */
}
