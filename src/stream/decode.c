#include "stream/decode.h"

#include <ctype.h>
#include <errno.h>

#include "base/fail.h"
#include "base/utf8.h"
#include "base/watched.h"
#include "notcsv.h"

#define CONVERT_BYTES ((size_t)64 * 1024)
#define MARK '\xff'

static const char UTF8[] = "UTF-8", UTF16LE[] = "UTF-16LE", UTF16BE[] = "UTF-16BE",
                  WINDOWS_1252[] = "windows-1252";

/* Whether NAME begins with START, ignoring case, hyphens and other marks: utf8 is UTF-8. */
static bool begins(const char *name, const char *start)
{
    for (; *start; start++) {
        if (!isalnum((unsigned char)*start))
            continue;
        while (*name && !isalnum((unsigned char)*name))
            name++;
        if (tolower((unsigned char)*name++) != tolower((unsigned char)*start))
            return false;
    }
    return true;
}

static bool is_utf8(const char *encoding)
{
    return begins(encoding, UTF8) && begins(UTF8, encoding);
}

/* Bytes of the encoding's smallest unit: what is skipped where it makes no text. */
static size_t unit(const char *encoding)
{
    if (begins(encoding, "UTF16") || begins(encoding, "UCS2") || begins(encoding, "UNICODE"))
        return 2;
    return begins(encoding, "UTF32") || begins(encoding, "UCS4") ? 4 : 1;
}

/* Not with a suffix such as //IGNORE, with which iconv would drop bytes unseen. */
static iconv_t converter(const char *encoding)
{
    iconv_t made = strstr(encoding, "//") ? (iconv_t)-1 : iconv_open(UTF8, encoding);
    if (made == (iconv_t)-1)
        fail(STATUS_USAGE, "unknown encoding %s (iconv -l lists them)", quote(span_of(encoding)));
    return made;
}

void decode_open(struct decode *d, char *const *files, size_t count, const char *encoding)
{
    *d = (struct decode){.asked = encoding};
    if (encoding && is_utf8(encoding))
        d->asked = UTF8;
    else if (encoding)
        iconv_close(converter(encoding));
    input_open(&d->in, files, count, 0);
}

static const char *guess_utf16(struct span block)
{
    size_t zeros[2] = {0, 0};
    for (size_t i = 0; i < block.len; i++)
        zeros[i & 1] += block.at[i] == '\0';
    size_t units = block.len / 2;
    if (zeros[1] * 4 >= units && zeros[1] > zeros[0] * 4)
        return UTF16LE;
    if (zeros[0] * 4 >= units && zeros[0] > zeros[1] * 4)
        return UTF16BE;
    return NULL;
}

/* Whether the block ends within a sequence that starts at AT. */
static bool is_cut_off(const char *at, const char *end)
{
    unsigned char lead = (unsigned char)*at;
    ptrdiff_t whole = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4 || end - at >= whole)
        return false;
    while (++at < end)
        if (!utf8_tail((unsigned char)*at))
            return false;
    return true;
}

/* The encoding of a file that begins with BLOCK; WHOLE if that is all of it. */
static const char *guess(struct span block, bool whole)
{
    if (memchr(block.at, '\0', block.len)) {
        const char *utf16 = guess_utf16(block);
        if (utf16)
            return utf16;
    }
    size_t sequences = 0, wrong = 0;
    for (const char *at = block.at, *end = at + block.len; at < end;) {
        size_t len = utf8_sequence(at, end);
        if (len == 0 && !whole && is_cut_off(at, end))
            break;
        sequences += len > 1;
        wrong += len == 0;
        at += len ? len : 1;
    }
    return wrong == 0 || sequences > wrong ? UTF8 : WINDOWS_1252;
}

/* The encoding whose byte order mark the file begins with, or NULL. */
static const char *marked(const struct input *in, size_t *mark)
{
    *mark = 0;
    if (in->byte_order_mark)
        return UTF8;
    if (in->end - in->at < 2)
        return NULL;
    const char *start = in->buf + in->at;
    *mark = 2;
    if (memcmp(start, "\xff\xfe", 2) == 0)
        return UTF16LE;
    if (memcmp(start, "\xfe\xff", 2) == 0)
        return UTF16BE;
    *mark = 0;
    return NULL;
}

static const char *not_csv(struct span text)
{
    return notcsv_kind(span_part(text, 0, text.len < NOTCSV_BYTES ? text.len : NOTCSV_BYTES));
}

static void decide(struct decode *d)
{
    struct input *in = &d->in;
    size_t mark;
    d->not_csv = not_csv(span_from(in->buf + in->at, in->buf + in->end));
    const char *by_mark = marked(in, &mark);
    if (d->asked && by_mark && !begins(by_mark, d->asked)) {
        if (by_mark == UTF8 || unit(d->asked) == 1 || begins(d->asked, "UTF16"))
            fail(STATUS_DATA, "%s:1:1: byte order mark of %s in a file to be read as %s (%s)",
                 in->name, by_mark, d->asked,
                 by_mark == UTF8 && unit(d->asked) == 1 ? "leave out -e, or see --mixed"
                                                        : "see -e");
        by_mark = NULL; /* UCS-2, UTF-32: iconv knows what the mark means there */
        mark = 0;
    }
    if (by_mark) {
        d->by = DECODE_MARKED;
        d->encoding = by_mark;
    } else if (d->asked) {
        d->by = DECODE_ASKED;
        d->encoding = d->asked;
    } else {
        d->by = DECODE_GUESSED;
        size_t len = in->end - in->at; /* not all: a pipe and a file must give the same */
        struct span block = {in->buf + in->at, len < DECODE_GUESS ? len : DECODE_GUESS};
        d->encoding = guess(block, in->at_end_of_file && len == block.len);
        if (d->mixed && d->encoding == WINDOWS_1252)
            d->encoding = UTF8;
    }
    in->at += mark;
}

bool decode_file(struct decode *d)
{
    struct input *in = &d->in;
    if (!input_file(in))
        return false;
    while (in->end - in->at < DECODE_GUESS && input_more(in))
        ;
    decide(d);
    if (d->converts)
        iconv_close(d->converter);
    d->converts = d->encoding != UTF8;
    d->at_end = false;
    if (d->converts) {
        d->converter = converter(d->encoding);
        buf_clear(&d->text);
        d->held = (struct span){NULL, 0};
        decode_more(d);
        d->not_csv = d->not_csv ? d->not_csv : not_csv(d->held); /* a page in UTF-16 */
    } else {
        d->held = span_from(in->buf + in->at, in->buf + in->end);
        d->at_end = in->at_end_of_file;
    }
    return true;
}

static void mark_fault(struct buf *text, const char *bytes, size_t len)
{
    buf_addc(text, MARK);
    for (size_t i = 0; i < len; i++)
        buf_addf(text, "%02x", (unsigned char)bytes[i]);
    buf_addc(text, MARK);
}

/* Where the first UTF-8 sequence that windows-1252 text never has by chance starts: one of
 * Latin letters (lead C2, C3) or of typographic marks (E2 80). LEN if there is none. */
static size_t find_utf8(const char *at, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)at[i];
        if ((c == 0xC2 || c == 0xC3 || c == 0xE2) && utf8_sequence(at + i, at + len) &&
            (c != 0xE2 || (unsigned char)at[i + 1] == 0x80))
            return i;
    }
    return len;
}

/* Converts LEN raw bytes at *AT, which moves past what was done. False if the rest is a
 * sequence that is cut off. */
static bool convert(struct decode *d, char **at, size_t len)
{
    while (len > 0) {
        buf_reserve(&d->text, len * 2 + DECODE_PAD);
        char *to = d->text.at + d->text.len;
        size_t room = d->text.cap - d->text.len;
        size_t done = iconv(d->converter, at, &len, &to, &room);
        int error = errno;
        d->text.len = (size_t)(to - d->text.at);
        if (done != (size_t)-1)
            return true;
        if (error == EINVAL)
            return false;
        if (error == EILSEQ) {
            size_t skip = unit(d->encoding);
            skip = skip < len ? skip : len;
            mark_fault(&d->text, *at, skip);
            *at += skip;
            len -= skip;
        }
    }
    return true;
}

static void convert_block(struct decode *d)
{
    struct input *in = &d->in;
    bool last = in->end - in->at < CONVERT_BYTES && !input_more(in);
    char *at = in->buf + in->at;
    size_t len = in->end - in->at;
    last = last && len <= CONVERT_BYTES;
    len = len < CONVERT_BYTES ? len : CONVERT_BYTES;
    bool watch = d->by == DECODE_GUESSED && d->encoding == WINDOWS_1252;
    for (int i = 0; watch && !last && i < 3 && len > 1 && (unsigned char)at[len - 1] >= 0x80; i++)
        len--; /* no UTF-8 sequence may hide across two blocks */
    size_t safe = watch ? find_utf8(at, len) : len;
    bool whole = convert(d, &at, safe);
    if (safe < len) {
        size_t sequence = utf8_sequence(at, at + (len - safe));
        mark_fault(&d->text, at, sequence);
        at += sequence;
    }
    in->at = (size_t)(at - in->buf);
    if (!whole && last) {
        mark_fault(&d->text, in->buf + in->at, in->end - in->at);
        in->at = in->end;
    }
}

/* What is held comes to the start of the text; where memory is watched, of another. */
static void keep_held(struct decode *d)
{
    struct buf moved = {0};
    if (WATCHED) {
        buf_add(&moved, d->held);
        buf_free(&d->text);
        d->text = moved;
    } else if (d->held.len) {
        memmove(d->text.at, d->held.at, d->held.len);
    }
    d->text.len = d->held.len;
}

static bool more_converted(struct decode *d)
{
    struct input *in = &d->in;
    keep_held(d);
    while (d->text.len == d->held.len) {
        if (in->at == in->end && !input_more(in)) {
            d->at_end = true;
            break;
        }
        convert_block(d);
    }
    buf_reserve(&d->text, DECODE_PAD);
    memset(d->text.at + d->text.len, 0, DECODE_PAD);
    d->held = buf_span(&d->text);
    return !d->at_end;
}

bool decode_more(struct decode *d)
{
    if (d->at_end)
        return false;
    if (d->converts)
        return more_converted(d);
    d->in.at = (size_t)(d->held.at - d->in.buf);
    d->at_end = !input_more(&d->in);
    d->held = span_from(d->in.buf + d->in.at, d->in.buf + d->in.end);
    return !d->at_end;
}

void decode_window(struct decode *d, uint64_t from, uint64_t to)
{
    input_window(&d->in, from, to);
    d->held = (struct span){d->in.buf, 0};
    d->at_end = false;
}

/* The bytes between two marks at TEXT as "0x.. 0x..". */
static size_t show_marked(struct span text, struct buf *what)
{
    size_t count = 0;
    for (size_t i = 1; i + 1 < text.len && text.at[i] != MARK; i += 2, count++)
        buf_addf(what, "%s0x%.2s", count ? " " : "", text.at + i);
    return count;
}

bool decode_fault(const struct decode *d, struct span text, size_t *offset, struct buf *what)
{
    const char *nul = memchr(text.at, '\0', text.len);
    size_t bad = text.len;
    if (utf8_valid(text, &bad) && !nul)
        return false;
    buf_clear(what);
    if (nul && (size_t)(nul - text.at) < bad) {
        *offset = (size_t)(nul - text.at);
        buf_addf(what, "NUL byte in %s text (if the file is UTF-16: -e UTF-16LE or UTF-16BE)",
                 d->encoding);
        return true;
    }
    *offset = bad;
    struct buf bytes = {0};
    struct span rest = {text.at + bad, text.len - bad};
    size_t count = 1;
    if (d->converts)
        count = show_marked(rest, &bytes);
    else
        buf_addf(&bytes, "0x%02x", (unsigned char)*rest.at);
    buf_addf(what, "%s %s %s%s", count == 1 ? "byte" : "bytes", buf_text(&bytes),
             count == 1 ? "is not " : "are not ", d->encoding);
    if (d->by == DECODE_GUESSED && !d->mixed)
        buf_addf(what, ", which the start of the file seemed to be (use -e ENCODING%s)",
                 d->converts && (count == 1 || d->encoding != WINDOWS_1252) ? "" : " or --mixed");
    else if (d->by == DECODE_MARKED && !d->converts && !d->mixed)
        buf_addf(what, ", which the byte order mark promised (use --mixed)");
    buf_free(&bytes);
    return true;
}

static unsigned digit(char c)
{
    return (unsigned)(c <= '9' ? c - '0' : c - 'a' + 10);
}

struct span decode_restore(const struct decode *d, struct span text, struct buf *buf)
{
    if (!d->converts || text.len == 0 || !memchr(text.at, (unsigned char)MARK, text.len))
        return text;
    bool marked_bytes = false;
    buf_clear(buf);
    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] == MARK)
            marked_bytes = !marked_bytes;
        else if (!marked_bytes)
            buf_addc(buf, text.at[i]);
        else if (i + 1 < text.len && text.at[i + 1] != MARK) { /* a long row may be cut there */
            buf_addc(buf, (char)(digit(text.at[i]) << 4 | digit(text.at[i + 1])));
            i++;
        }
    }
    return buf_span(buf);
}

void decode_close(struct decode *d)
{
    if (d->converts)
        iconv_close(d->converter);
    buf_free(&d->text);
    input_close(&d->in);
}
