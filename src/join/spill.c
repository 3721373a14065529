/* spill -- parts of a temporary file. */
#include "spill.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/fail.h"
#include "stream/scan.h"

static const char *folder(void)
{
    const char *named = getenv("TMPDIR");
    return named && *named ? named : "/tmp";
}

static _Noreturn void fail_file(const char *what)
{
    int error = errno;
    fail(STATUS_DATA, "cannot %s a temporary file in %s: %s (see TMPDIR)", what,
         quote(span_of(folder())), strerror(error));
}

/* Where the file system knows no file without a name: no signal comes between its making and the
 * taking away of its name. */
static int make_and_unlink(void)
{
    sigset_t all, before;
    struct buf name = {0};
    buf_addf(&name, "%s/foi-join-XXXXXX", folder());
    sigfillset(&all);
    sigprocmask(SIG_BLOCK, &all, &before);
    int fd = mkostemp((char *)buf_text(&name), O_CLOEXEC);
    int error = errno;
    if (fd >= 0)
        unlink(buf_text(&name));
    sigprocmask(SIG_SETMASK, &before, NULL);
    errno = error;
    buf_free(&name);
    return fd;
}

int spill_file(void)
{
    int fd = -1;
#ifdef O_TMPFILE
    fd = open(folder(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
#endif
    if (fd < 0)
        fd = make_and_unlink();
    if (fd < 0)
        fail_file("make");
    return fd;
}

void spill_write(int fd, const char *at, size_t len, uint64_t offset)
{
    while (len > 0) {
        ssize_t done = pwrite(fd, at, len, (off_t)offset);
        if (done < 0 && errno == EINTR)
            continue;
        if (done < 0)
            fail_file("write");
        at += done;
        len -= (size_t)done;
        offset += (uint64_t)done;
    }
}

void spill_open(struct spill *s, size_t block)
{
    *s = (struct spill){.fd = spill_file(), .block = block};
}

static void write_block(struct spill *s, struct spill_part *p)
{
    spill_write(s->fd, p->block, p->used, s->end);
    p->blocks = array_grow(p->blocks, &p->cap, p->count + 1, sizeof *p->blocks);
    p->blocks[p->count++] = s->end;
    s->end += s->block;
    p->used = 0;
}

static void put(struct spill *s, struct spill_part *p, const void *from, size_t len)
{
    const char *at = from;
    p->bytes += len;
    while (len > 0) {
        if (!p->block)
            p->block = malloc(s->block);
        if (!p->block)
            fail_memory();
        size_t room = s->block - p->used, some = len < room ? len : room;
        memcpy(p->block + p->used, at, some);
        p->used += some;
        at += some;
        len -= some;
        if (p->used == s->block)
            write_block(s, p);
    }
}

void spill_add(struct spill *s, size_t part, const struct spill_entry *e)
{
    struct spill_part *p = &s->parts[part];
    struct spill_head head = e->head;
    if (e->key.len > UINT32_MAX || e->text.len > UINT32_MAX)
        fail(STATUS_DATA, "a record of more than 4 GiB cannot be joined with --memory");
    head.key_len = (uint32_t)e->key.len;
    head.line_len = (uint32_t)e->text.len;
    put(s, p, &head, sizeof head);
    put(s, p, e->key.at, e->key.len);
    put(s, p, e->text.at, e->text.len);
    p->entries++;
}

void spill_close(struct spill *s)
{
    for (size_t i = 0; i < SPILL_PARTS; i++) {
        free(s->parts[i].block);
        free(s->parts[i].blocks);
    }
    close(s->fd); /* was read to its end, and has no name: nothing can be lost */
}

/* ---- reading ---- */

void spill_reader_open(struct spill_reader *r, struct spill *s, size_t part)
{
    *r = (struct spill_reader){.spill = s, .part = &s->parts[part]};
    if (r->part->used)
        write_block(s, r->part);
    free(r->part->block);
    r->part->block = NULL;
}

/* Reads the next block. False if there is none. */
static bool next_block(struct spill_reader *r)
{
    struct spill *s = r->spill;
    uint64_t before = (uint64_t)r->next * s->block;
    if (r->next == r->part->count)
        return false;
    uint64_t left = r->part->bytes - before;
    if (!r->block)
        r->block = malloc(s->block);
    if (!r->block)
        fail_memory();
    r->at = 0;
    r->held = left < s->block ? (size_t)left : s->block;
    for (size_t done = 0; done < r->held;) {
        ssize_t got =
            pread(s->fd, r->block + done, r->held - done, (off_t)(r->part->blocks[r->next] + done));
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0) {
            errno = got == 0 ? EIO : errno;
            fail_file("read");
        }
        done += (size_t)got;
    }
    r->next++;
    return true;
}

/* The next LEN bytes; false at the end. */
static bool take(struct spill_reader *r, void *to, size_t len)
{
    char *at = to;
    while (len > 0) {
        if (r->at == r->held && !next_block(r))
            return false;
        size_t left = r->held - r->at, some = len < left ? len : left;
        memcpy(at, r->block + r->at, some);
        r->at += some;
        at += some;
        len -= some;
    }
    return true;
}

bool spill_reader_next(struct spill_reader *r)
{
    struct spill_entry *e = &r->entry;
    r->has = take(r, &e->head, sizeof e->head);
    if (!r->has) {
        free(r->block);
        r->block = NULL;
        return false;
    }
    size_t key = e->head.key_len, line = e->head.line_len;
    buf_clear(&r->bytes);
    buf_reserve(&r->bytes, key + line + SCAN_PAD);
    if (!take(r, r->bytes.at, key + line))
        fail(STATUS_DATA, "internal error: a temporary file ends within a record");
    memset(r->bytes.at + key + line, 0, SCAN_PAD);
    e->key = (struct span){r->bytes.at, key};
    e->text = (struct span){r->bytes.at + key, line};
    return true;
}

void spill_reader_close(struct spill_reader *r)
{
    free(r->block);
    buf_free(&r->bytes);
    *r = (struct spill_reader){0};
}

/* ---- all parts in order ---- */

static bool comes_before(const struct spill_merge *m, size_t a, size_t b)
{
    uint64_t left = m->readers[a].entry.head.seq, right = m->readers[b].entry.head.seq;
    return left < right || (left == right && a < b);
}

static void sink(struct spill_merge *m, size_t at)
{
    for (;;) {
        size_t least = at, below = 2 * at + 1;
        for (size_t i = below; i < below + 2 && i < m->count; i++)
            if (comes_before(m, m->heap[i], m->heap[least]))
                least = i;
        if (least == at)
            return;
        size_t moved = m->heap[at];
        m->heap[at] = m->heap[least];
        m->heap[least] = moved;
        at = least;
    }
}

void spill_merge_open(struct spill_merge *m, struct spill *s)
{
    *m = (struct spill_merge){.count = 0};
    for (size_t i = 0; i < SPILL_PARTS; i++) {
        spill_reader_open(&m->readers[i], s, i);
        if (spill_reader_next(&m->readers[i]))
            m->heap[m->count++] = i;
    }
    for (size_t i = m->count / 2; i-- > 0;)
        sink(m, i);
}

const struct spill_entry *spill_merge_next(struct spill_merge *m)
{
    if (m->started && m->count && !spill_reader_next(&m->readers[m->heap[0]]))
        m->heap[0] = m->heap[--m->count];
    if (m->started)
        sink(m, 0);
    m->started = true;
    return m->count ? &m->readers[m->heap[0]].entry : NULL;
}

void spill_merge_close(struct spill_merge *m)
{
    for (size_t i = 0; i < SPILL_PARTS; i++)
        spill_reader_close(&m->readers[i]);
}
