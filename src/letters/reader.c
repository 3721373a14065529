/* reader -- documents of every kind, and those within them. */
#include "letters/reader.h"

#include "charset.h"
#include "kinds.h"
#include "plain.h"
#include "quoted.h"
#include "sniff.h"

#define MIB ((size_t)1024 * 1024)

void reader_start(struct reader *r, void (*give)(void *data, const struct letter *l), void *data)
{
    *r = (struct reader){
        .limits =
            {.depth = 8, .letters = 20000, .bytes = 256 * MIB, .total = 2048 * MIB, .seconds = 60},
        .give = give,
        .data = data,
    };
}

bool reader_spend(struct reader *r, size_t bytes, struct trouble *t)
{
    if (bytes <= r->limits.total - r->total) {
        r->total += bytes;
        return true;
    }
    trouble_set(t, TROUBLE_TOO_LARGE, "the file unpacks to more than %zu bytes", r->limits.total);
    return false;
}

void reader_part(struct buf *part, const struct letter *of, struct span name)
{
    buf_clear(part);
    if (of && of->part.len) {
        buf_add(part, buf_span(&of->part));
        buf_addc(part, '/');
    }
    buf_add(part, name);
}

void reader_give(struct reader *r, struct letter *l)
{
    r->letters++;
    if (r->letters <= r->limits.letters)
        r->give(r->data, l);
    letter_free(l);
}

bool reader_has_room(struct reader *r, struct letter *l)
{
    if (r->letters + 1 < r->limits.letters)
        return true;
    if (r->letters + 1 == r->limits.letters) {
        trouble_set(&l->trouble, TROUBLE_TOO_LARGE, "more than %zu documents in one file",
                    r->limits.letters);
        reader_give(r, l);
    }
    return false;
}

static void read_kind(struct reader *r, struct span bytes, const struct sniff_kind *kind,
                      struct letter *l)
{
    if (!kind->read)
        trouble_set(&l->trouble, kind->trouble, "%s", kind->what);
    else if (r->depth > r->limits.depth)
        trouble_set(&l->trouble, TROUBLE_TOO_LARGE, "more than %zu documents within each other",
                    r->limits.depth);
    else if (!kind->gives && bytes.len > r->limits.bytes)
        trouble_set(&l->trouble, TROUBLE_TOO_LARGE, "more than %zu bytes", r->limits.bytes);
    else
        kind->read(r, bytes, l);
}

void reader_read_part(struct reader *r, struct span bytes, struct span name,
                      const struct letter *parent, struct span part, const char *said)
{
    struct sniff_kind kind = sniff(bytes, name, said);
    struct letter l;
    letter_start(&l, kind.type);
    if (parent)
        letter_inherit(&l, parent);
    buf_add(&l.part, part);
    if (!reader_has_room(r, &l)) {
        letter_free(&l);
        return;
    }
    r->depth++;
    size_t before = r->letters;
    read_kind(r, bytes, &kind, &l);
    r->depth--;
    bool given = kind.gives && r->letters > before && l.trouble.kind == TROUBLE_NONE;
    if (!given)
        reader_give(r, &l);
    else
        letter_free(&l);
}

void reader_read(struct reader *r, struct span bytes, struct span name)
{
    reader_read_part(r, bytes, name, NULL, SPAN(""), NULL);
}

/* A text as it is: quoted messages and signatures are cut off as of a mail. */
void plain_read(struct reader *r, struct span bytes, struct letter *l)
{
    (void)r;
    charset_decode(bytes, NULL, &l->text, l);
    plain_clean(&l->text);
    quoted_split(l);
    quoted_sign(l);
}

/* The last part of a path. */
static struct span base_name(struct span name)
{
    for (size_t i = name.len; i > 0; i--)
        if (name.at[i - 1] == '/')
            return (struct span){name.at + i, name.len - i};
    return name;
}

bool reader_passes(struct span name)
{
    static const struct span names[] = {SPAN_ROW(".DS_Store"), SPAN_ROW("Thumbs.db"),
                                        SPAN_ROW("desktop.ini")};
    struct span base = base_name(name);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (span_eq(base, names[i]))
            return true;
    return span_starts(name, SPAN("__MACOSX/")) || span_starts(base, SPAN("._")) ||
           span_starts(base, SPAN("~$"));
}
