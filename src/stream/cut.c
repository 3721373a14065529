/* cut -- the list of a file's parts, written and read. */
#include "stream/cut.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/fail.h"
#include "stream/emit.h"
#include "stream/jsonl.h"
#include "stream/scalar.h"

void cut_write(struct buf *b, const struct cut *c, struct span file)
{
    buf_addc(b, '{');
    emit_count_field(b, SPAN("part"), c->part);
    emit_count_field(b, SPAN("of"), c->of);
    emit_name(b, SPAN("file"));
    emit_any_string(b, file);
    emit_count_field(b, SPAN("from"), c->from);
    emit_count_field(b, SPAN("to"), c->to);
    emit_count_field(b, SPAN("line"), c->line);
    emit_count_field(b, SPAN("first"), c->first);
    emit_count_field(b, SPAN("last"), c->last);
    emit_name(b, SPAN("behind_blank"));
    emit_bool(b, c->behind_blank);
    emit_string_field(b, SPAN("sha256"), span_of(c->sha256));
    buf_addc(b, '}');
}

static uint64_t need(const struct record *r, struct span name)
{
    uint64_t n;
    if (!scalar_count(record_get(r, name), &n))
        fail(STATUS_DATA, "%s:%zu: field %s: not as a list of parts has it (see fromcsv --parts)",
             r->file, r->number, quote(name));
    return n;
}

static void read_cut(struct cut *c, const struct record *r)
{
    struct buf scratch = {0};
    const struct value *blank = record_get(r, SPAN("behind_blank"));
    const struct value *sha256 = record_get(r, SPAN("sha256"));
    c->of = need(r, SPAN("of"));
    c->from = need(r, SPAN("from"));
    c->to = need(r, SPAN("to"));
    c->line = need(r, SPAN("line"));
    c->first = need(r, SPAN("first"));
    c->last = need(r, SPAN("last"));
    c->behind_blank = blank && blank->type == VALUE_TRUE;
    struct span text = sha256 ? value_text(sha256, &scratch) : (struct span){0};
    if (text.len != DIGEST_TEXT - 1 || c->from > c->to || c->first == 0 || c->last + 1 < c->first)
        fail(STATUS_DATA, "%s:%zu: not a line of a list of parts (see fromcsv --parts)", r->file,
             r->number);
    memcpy(c->sha256, text.at, text.len);
    buf_free(&scratch);
}

/* "3" or "3/8". */
static void read_numbers(struct cut *c, const char *part)
{
    char *end = NULL;
    errno = 0;
    c->part = strtoull(part, &end, 10);
    bool good = *part >= '0' && *part <= '9';
    if (good && *end == '/' && end[1] >= '0' && end[1] <= '9') {
        c->of = strtoull(end + 1, &end, 10);
        good = c->of >= c->part;
    }
    if (!good || *end || errno || c->part == 0)
        fail(STATUS_USAGE,
             "option '--part' takes a number from 1, as 3 or 3/8, not %s (try --help)",
             quote(span_of(part)));
}

static void digest_bytes(void *with, struct span bytes)
{
    digest_add(with, bytes.at, bytes.len);
}

/* All lines of LIST, for its digest; false if none is C's. */
static bool find_cut(struct cut *c, struct jsonl *reader)
{
    bool found = false;
    struct record r;
    enum jsonl_status status;
    while ((status = jsonl_next(reader, &r)) == JSONL_RECORD) {
        if (need(&r, SPAN("part")) != c->part)
            continue;
        read_cut(c, &r);
        found = true;
    }
    if (status == JSONL_BAD)
        fail(STATUS_DATA, "%s:%zu:%zu: %s", reader->in.name, reader->in.line, jsonl_column(reader),
             jsonl_error(reader));
    return found;
}

void cut_load(struct cut *c, const char *part, const char *list)
{
    char *files[] = {(char *)list};
    struct jsonl reader;
    struct digest digest;
    *c = (struct cut){0};
    read_numbers(c, part);
    uint64_t of = c->of;
    if (!list)
        return;
    digest_start(&digest);
    jsonl_open(&reader, files, 1, 0);
    reader.in.seen = digest_bytes;
    reader.in.with = &digest;
    if (!find_cut(c, &reader))
        fail(STATUS_DATA, "%s: there is no part %llu", list, (unsigned long long)c->part);
    if (of && of != c->of)
        fail(STATUS_DATA, "%s: has %llu parts, not %llu", list, (unsigned long long)c->of,
             (unsigned long long)of);
    digest_end(&digest, c->list);
    jsonl_close(&reader);
}
