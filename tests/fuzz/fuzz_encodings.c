/* fuzz_encodings -- one table in every encoding that fromcsv knows by itself: the same records. */
#include <iconv.h>

#include "apart.h"
#include "lines.h"

int fromcsv_main(int argc, char **argv);

/* TEXT, which is UTF-8, in ENCODING behind MARK; false if the encoding has not all of it. */
static bool encode(struct span text, const char *encoding, struct span mark, struct buf *to)
{
    iconv_t cd = iconv_open(encoding, "UTF-8");
    buf_clear(to);
    buf_add(to, mark);
    buf_reserve(to, 4 * text.len + 16);
    char *from = (char *)(uintptr_t)text.at, *at = to->at + to->len;
    size_t left = text.len, room = 4 * text.len + 16;
    bool whole = iconv(cd, &from, &left, &at, &room) == 0;
    iconv_close(cd);
    to->len = (size_t)(at - to->at);
    return whole;
}

static void check_encoding(struct span text, const char *encoding, struct span mark,
                           const char *option, const struct apart *utf8)
{
    struct buf bytes = {0};
    struct apart a = {0};
    char *argv[] = {"fromcsv", (char *)(uintptr_t)option, "-d,", NULL};
    if (encode(text, encoding, mark, &bytes)) {
        apart_run(&a, fromcsv_main, argv, buf_span(&bytes));
        FUZZ_CHECK(a.status == utf8->status);
        FUZZ_CHECK(a.status != 0 || span_eq(buf_span(&a.out), buf_span(&utf8->out)));
    }
    buf_free(&bytes);
    apart_free(&a);
}

static void try_input(struct span input)
{
    /* a mark in the text itself would be taken for that of the file */
    if (!utf8_valid(input, NULL) || input.len == 0 || memchr(input.at, '\0', input.len) ||
        (input.len >= 3 && memcmp(input.at, "\xef\xbb\xbf", 3) == 0))
        return;
    char *argv[] = {"fromcsv", "-eUTF-8", "-d,", NULL};
    struct apart a = {0};
    apart_run(&a, fromcsv_main, argv, input);
    if (a.status == 0)
        lines_check(buf_span(&a.out));
    check_encoding(input, "UTF-8", SPAN("\xef\xbb\xbf"), "-eauto", &a);
    check_encoding(input, "UTF-16LE", SPAN("\xff\xfe"), "-eauto", &a);
    check_encoding(input, "UTF-16BE", SPAN("\xfe\xff"), "-eauto", &a);
    check_encoding(input, "UTF-16LE", SPAN(""), "-eUTF-16LE", &a);
    check_encoding(input, "CP1252", SPAN(""), "-eWindows-1252", &a);
    apart_free(&a);
}
