/* compound -- the streams of a compound file.
 *
 * A small file system: sectors that a table chains, a directory, and for short streams small
 * sectors within a stream of their own. Chains are followed for no more sectors than the file has,
 * so that a circle ends. */
#include "package/compound.h"

#include <stdint.h>

#define FREE 0xFFFFFFFAU /* and above: no sector */
#define HEADER 512
#define ENTRY 128
#define HEADER_TABLES 109

struct compound {
    struct span file;
    size_t sector, small_sector, cutoff;
    struct buf table, small_table; /* the chains, as bytes of the file */
    struct buf directory, small_stream;
    struct trouble *trouble;
};

static uint32_t get32(struct span bytes, size_t at)
{
    const unsigned char *p = (const unsigned char *)bytes.at + at;
    return at + 4 > bytes.len
               ? FREE
               : (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

static uint32_t get16(struct span bytes, size_t at)
{
    const unsigned char *p = (const unsigned char *)bytes.at + at;
    return at + 2 > bytes.len ? 0 : (uint32_t)p[0] | (uint32_t)p[1] << 8;
}

/* Sector NUMBER; shorter at the end of a file that was cut off. */
static struct span sector(const struct compound *c, uint32_t number)
{
    size_t at = ((size_t)number + 1) * c->sector;
    if (number >= FREE || at >= c->file.len)
        return SPAN("");
    size_t left = c->file.len - at;
    return (struct span){c->file.at + at, left < c->sector ? left : c->sector};
}

static bool broken(struct compound *c)
{
    trouble_set(c->trouble, TROUBLE_CORRUPT, "broken or cut off");
    return false;
}

/* The sectors chained from FIRST on, at the end of B. */
static bool chain(struct compound *c, uint32_t first, struct buf *b)
{
    size_t most = c->file.len / c->sector + 1;
    for (uint32_t at = first; at < FREE; at = get32(buf_span(&c->table), (size_t)at * 4)) {
        struct span s = sector(c, at);
        if (most-- == 0 || s.len == 0)
            return broken(c);
        buf_add(b, s);
    }
    return true;
}

/* The small sectors chained from FIRST on. */
static bool small_chain(struct compound *c, uint32_t first, struct buf *b)
{
    size_t most = c->small_stream.len / c->small_sector + 1;
    for (uint32_t at = first; at < FREE; at = get32(buf_span(&c->small_table), (size_t)at * 4)) {
        size_t from = (size_t)at * c->small_sector;
        if (most-- == 0 || from >= c->small_stream.len)
            return broken(c);
        size_t left = c->small_stream.len - from;
        buf_add(b, (struct span){c->small_stream.at + from,
                                 left < c->small_sector ? left : c->small_sector});
    }
    return true;
}

/* Puts the table of chains together: its sectors are named in the header and in a chain of their
 * own behind it. */
static bool read_table(struct compound *c)
{
    size_t most = c->file.len / c->sector + 1;
    for (size_t i = 0; i < HEADER_TABLES; i++)
        buf_add(&c->table, sector(c, get32(c->file, 76 + i * 4)));
    for (uint32_t at = get32(c->file, 68); at < FREE;) {
        struct span more = sector(c, at);
        if (most-- == 0 || more.len < c->sector)
            return broken(c);
        for (size_t i = 0; i + 8 <= more.len; i += 4)
            buf_add(&c->table, sector(c, get32(more, i)));
        at = get32(more, more.len - 4);
    }
    return true;
}

static bool open_file(struct compound *c)
{
    uint32_t shift = get16(c->file, 30), small_shift = get16(c->file, 32);
    if (c->file.len < HEADER || (shift != 9 && shift != 12) || small_shift > shift ||
        small_shift < 4)
        return broken(c);
    c->sector = (size_t)1 << shift;
    c->small_sector = (size_t)1 << small_shift;
    c->cutoff = get32(c->file, 56);
    return read_table(c) && chain(c, get32(c->file, 48), &c->directory) &&
           chain(c, get32(c->file, 60), &c->small_table) && c->directory.len >= ENTRY &&
           chain(c, get32(buf_span(&c->directory), 116), &c->small_stream);
}

/* Whether the entry at AT of the directory is the stream NAME. */
static bool is_stream(const struct compound *c, size_t at, const char *name)
{
    struct span entry = {c->directory.at + at, ENTRY};
    size_t len = strlen(name);
    if (entry.at[66] != 2 || get16(entry, 64) != (len + 1) * 2)
        return false;
    for (size_t i = 0; i < len; i++)
        if (get16(entry, i * 2) != (unsigned char)name[i])
            return false;
    return true;
}

static bool read_stream(struct compound *c, const char *name, struct buf *b)
{
    for (size_t at = 0; at + ENTRY <= c->directory.len; at += ENTRY) {
        if (!is_stream(c, at, name))
            continue;
        struct span entry = {c->directory.at + at, ENTRY};
        size_t size = get32(entry, 120), before = b->len;
        bool small = size < c->cutoff;
        bool read = small ? small_chain(c, get32(entry, 116), b) : chain(c, get32(entry, 116), b);
        if (read && b->len - before < size)
            read = broken(c);
        if (read)
            b->len = before + size;
        return read;
    }
    return false;
}

bool compound_stream(struct span file, const char *name, struct buf *b, struct trouble *t)
{
    struct compound c = {.file = file, .trouble = t};
    bool read = open_file(&c) && read_stream(&c, name, b);
    buf_free(&c.table);
    buf_free(&c.small_table);
    buf_free(&c.directory);
    buf_free(&c.small_stream);
    return read;
}
