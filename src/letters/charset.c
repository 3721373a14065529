/* charset -- text in the encoding that a letter claims, as UTF-8. */
#include "charset.h"

#include <ctype.h>
#include <errno.h>
#include <iconv.h>
#include <strings.h>

#include "base/fail.h"
#include "base/utf8.h"

#define HEAD 2048 /* bytes in which a page names its charset */

/* Names that mail uses and iconv does not know, or for which all programs read another. */
static const char *known_as(const char *claimed)
{
    static const struct {
        const char *name, *means;
    } names[] = {
        {"us-ascii", "UTF-8"},
        {"ascii", "UTF-8"},
        {"iso-8859-1", "windows-1252"},
        {"latin1", "windows-1252"},
        {"iso8859-1", "windows-1252"},
        {"utf8", "UTF-8"},
        {"unicode-1-1-utf-7", "UTF-7"},
        {"ks_c_5601-1987", "CP949"},
        {"gb2312", "GBK"},
        {"x-mac-roman", "MACINTOSH"},
        {"x-sjis", "CP932"},
        {"shift_jis", "CP932"},
        {"iso-8859-8-i", "ISO-8859-8"},
        {"x-unknown", "UTF-8"},
        {"unknown-8bit", "UTF-8"},
        {"default", "UTF-8"},
        {"unicode", "UTF-16"},
        {"iso-8859-9", "windows-1254"},
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcasecmp(claimed, names[i].name) == 0)
            return names[i].means;
    return claimed;
}

/* Converts all of BYTES. False at the first that is no text; then B is as before. */
static bool convert(struct span bytes, const char *encoding, struct buf *b)
{
    size_t before = b->len;
    iconv_t converter = iconv_open("UTF-8", encoding);
    if (converter == (iconv_t)-1)
        return false;
    char *from = (char *)(uintptr_t)bytes.at;
    size_t left = bytes.len, status = 0;
    while (left > 0) {
        buf_reserve(b, left + 64);
        char *to = b->at + b->len;
        size_t room = b->cap - b->len;
        status = iconv(converter, &from, &left, &to, &room);
        b->len = (size_t)(to - b->at);
        if (status == (size_t)-1 && errno != E2BIG)
            break;
    }
    iconv_close(converter);
    if (left == 0)
        return true;
    b->len = before;
    return false;
}

/* Every byte is a character: those that windows-1252 lacks are replaced. */
static void convert_1252(struct span bytes, struct buf *b, struct letter *l)
{
    if (convert(bytes, "windows-1252", b))
        return;
    size_t replaced = 0;
    for (size_t i = 0; i < bytes.len; i++) {
        if (convert((struct span){bytes.at + i, 1}, "windows-1252", b))
            continue;
        utf8_add(b, 0xFFFD);
        replaced++;
    }
    letter_note(l, "%zu bytes are no text and were replaced by U+FFFD", replaced);
}

/* The encoding that a byte order mark tells, or NULL. */
static const char *marked(struct span *bytes)
{
    static const struct {
        struct span mark;
        const char *encoding;
    } marks[] = {{SPAN_ROW("\xef\xbb\xbf"), "UTF-8"},
                 {SPAN_ROW("\xff\xfe"), "UTF-16LE"},
                 {SPAN_ROW("\xfe\xff"), "UTF-16BE"}};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        if (!span_starts(*bytes, marks[i].mark))
            continue;
        *bytes = (struct span){bytes->at + marks[i].mark.len, bytes->len - marks[i].mark.len};
        return marks[i].encoding;
    }
    return NULL;
}

/* UTF-16 without a mark: every other byte of Latin text is zero. */
static const char *zeros(struct span bytes)
{
    size_t even = 0, odd = 0, len = bytes.len < HEAD ? bytes.len : HEAD;
    for (size_t i = 0; i < len; i++) {
        even += bytes.at[i] == '\0' && i % 2 == 0;
        odd += bytes.at[i] == '\0' && i % 2 == 1;
    }
    if (odd * 4 > len && odd > even * 4)
        return "UTF-16LE";
    return even * 4 > len && even > odd * 4 ? "UTF-16BE" : NULL;
}

void charset_decode(struct span bytes, const char *claimed, struct buf *b, struct letter *l)
{
    const char *encoding = marked(&bytes);
    if (!encoding)
        encoding = claimed && *claimed ? known_as(claimed) : zeros(bytes);
    bool valid = utf8_valid(bytes, NULL), ascii = utf8_ascii(bytes);
    bool stateful = encoding && strncasecmp(encoding, "ISO-2022", 8) == 0;
    stateful = stateful || (encoding && (strncasecmp(encoding, "UTF-7", 5) == 0 ||
                                         strncasecmp(encoding, "HZ", 2) == 0));
    bool sixteen = encoding && strncasecmp(encoding, "UTF-16", 6) == 0;
    bool wide = sixteen && bytes.len && memchr(bytes.at, '\0', bytes.len); /* its blanks have one */
    if (!encoding || strcasecmp(encoding, "UTF-8") == 0) {
        if (valid)
            buf_add(b, bytes);
        else
            convert_1252(bytes, b, l);
        if (!valid && claimed && *claimed)
            letter_note(l, "claims to be %s and is not: read as windows-1252", claimed);
        return;
    }
    if (valid && (!ascii || sixteen) && !stateful &&
        !wide) { /* text in another encoding is hardly ever UTF-8 */
        buf_add(b, bytes);
        letter_note(l, "claims to be %s and is UTF-8", claimed ? claimed : encoding);
        return;
    }
    if (convert(bytes, encoding, b))
        return;
    convert_1252(bytes, b, l);
    letter_note(l, "claims to be %s and is not: read as windows-1252",
                claimed ? claimed : encoding);
}

bool charset_of_page(struct span page, char *name, size_t size)
{
    struct span head = {page.at, page.len < HEAD ? page.len : HEAD};
    for (size_t i = 0; i + 8 < head.len; i++) {
        if (strncasecmp(head.at + i, "charset=", 8) != 0)
            continue;
        size_t from = i + 8, len = 0;
        from += head.at[from] == '"' || head.at[from] == '\'';
        while (from + len < head.len && len + 1 < size &&
               (isalnum((unsigned char)head.at[from + len]) || strchr("-_:.", head.at[from + len])))
            len++;
        memcpy(name, head.at + from, len);
        name[len] = '\0';
        return len > 0;
    }
    return false;
}
