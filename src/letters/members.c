/* members -- the documents in an archive: zip, 7z, tar, rar as far as libarchive reads it, and
 * what gzip and its kin hold. Nothing is written: a name is a name and no path. */
#include <stdlib.h>

#include "kinds.h"
#include "package/package.h"
#include "warc.h"

static void give_trouble(struct reader *r, const struct letter *of, struct span part,
                         struct trouble *t)
{
    struct letter l;
    letter_start(&l, "unknown");
    letter_inherit(&l, of);
    buf_add(&l.part, part);
    l.trouble = *t; /* which is taken over */
    *t = (struct trouble){0};
    reader_give(r, &l);
}

static bool take_member(struct reader *r, struct part *member, struct buf *bytes, struct trouble *t)
{
    if (part_kind(member) == PART_FILE)
        return part_read_all(member, r->limits.bytes, bytes, t) && reader_spend(r, bytes->len, t);
    trouble_set(t, TROUBLE_UNSUPPORTED, "no file but a link, a device or a pipe in an archive");
    return false;
}

/* A member that was read into BYTES, or could not be. */
static void read_member(struct reader *r, struct part *member, const struct letter *l,
                        struct buf *bytes, bool *broken)
{
    struct trouble t = {0};
    struct buf place = {0}, name = {0};
    buf_add(&name, part_name(member));
    reader_part(&place, l, buf_span(&name));
    buf_clear(bytes);
    if (take_member(r, member, bytes, &t))
        reader_read_part(r, buf_span(bytes), buf_span(&name), l, buf_span(&place), NULL);
    else {
        *broken = t.kind == TROUBLE_CORRUPT;
        give_trouble(r, l, buf_span(&place), &t);
    }
    trouble_free(&t);
    buf_free(&place);
    buf_free(&name);
}

static void read_members(struct reader *r, struct part *member, struct letter *l)
{
    struct buf bytes = {0};
    size_t files = 0;
    bool broken = false;
    while (!broken && part_next(member, &l->trouble)) {
        if (part_kind(member) == PART_FOLDER)
            continue;
        if (reader_passes(part_name(member))) {
            r->passed_over++;
            continue;
        }
        files++;
        read_member(r, member, l, &bytes, &broken);
        if (r->letters >= r->limits.letters)
            break;
    }
    if (files == 0 && l->trouble.kind == TROUBLE_NONE)
        letter_note(l, "an archive without documents");
    buf_free(&bytes);
}

/* gzip and its kin around a single file: its first bytes tell whether it is a web archive. */
static bool read_packed(struct reader *r, struct span bytes, struct letter *l)
{
    struct package p = {.bytes = bytes};
    struct part *part = part_packed(&p, &l->trouble);
    if (!part)
        return false;
    struct buf all = {0};
    bool read = part_read_up_to(part, 16, &all, &l->trouble);
    bool warc = read && span_starts(buf_span(&all), SPAN("WARC/"));
    if (warc) {
        warc_read_packed(r, part, &all, l);
    } else if (read && part_read_all(part, r->limits.bytes, &all, &l->trouble) &&
               reader_spend(r, all.len, &l->trouble)) {
        struct buf place = {0};
        reader_part(&place, l, SPAN("unpacked"));
        reader_read_part(r, buf_span(&all), SPAN(""), l, buf_span(&place), NULL);
        buf_free(&place);
    }
    part_close(part);
    buf_free(&all);
    return true;
}

void members_read(struct reader *r, struct span bytes, struct letter *l)
{
    struct package p = {.bytes = bytes};
    struct trouble t = {0};
    struct part *member = part_first(&p, &t);
    if (member) {
        read_members(r, member, l);
        part_close(member);
        /* some members may have been read: what broke off behind them is told as well */
        if (l->trouble.kind != TROUBLE_NONE && r->letters > 0) {
            struct buf place = {0};
            reader_part(&place, l, SPAN("other members"));
            give_trouble(r, l, buf_span(&place), &l->trouble);
            buf_free(&place);
        }
    } else if (!read_packed(r, bytes, l)) {
        trouble_clear(&l->trouble);
        trouble_set(&l->trouble, TROUBLE_CORRUPT, "%s", buf_text(&t.what));
    }
    trouble_free(&t);
}
