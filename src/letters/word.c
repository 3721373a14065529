/* word -- a document of Word 97 to 2003, by antiword or catdoc, whichever is installed. */
#include "converter.h"
#include "kinds.h"
#include "pages.h"
#include "quoted.h"

/* antiword draws tables, |a |b |: the lines that are rows of one have their cells set apart by
 * tabs. */
static void undraw(struct buf *text)
{
    size_t to = 0;
    for (size_t from = 0; from < text->len;) {
        const char *lf = memchr(text->at + from, '\n', text->len - from);
        size_t end = lf ? (size_t)(lf - text->at) : text->len;
        size_t last = end;
        while (last > from && strchr(" \t\r", text->at[last - 1]))
            last--;
        bool row = last > from + 1 && text->at[from] == '|' && text->at[last - 1] == '|';
        size_t at = row ? from + 1 : from, stop = row ? last - 1 : end;
        for (; at < stop; at++) {
            bool cell = row && text->at[at] == '|';
            while (cell && to && strchr(" \t", text->at[to - 1]))
                to--;
            if (!(row && text->at[at] == '\t'))
                text->at[to++] = cell ? '\t' : text->at[at];
        }
        if (lf)
            text->at[to++] = '\n';
        from = end + 1;
    }
    text->len = to;
}

void word_read(struct reader *r, struct span bytes, struct letter *l)
{
    static const char *const antiword[] = {"antiword", "-m",         "UTF-8.txt", "-w",
                                           "0",        "/dev/stdin", NULL},
                             *const catdoc[] = {"catdoc", "-d", "utf-8", "-w", "/dev/stdin", NULL};
    static const char *const *const programs[] = {antiword, catdoc};
    enum converter_end end = CONVERTER_ABSENT;
    struct buf text = {0}, errors = {0};
    bool any = false;
    for (size_t i = 0; i < 2 && end != CONVERTER_DONE && end != CONVERTER_TOO_LARGE; i++) {
        buf_clear(&text);
        end = converter_run(r, programs[i], bytes, &text, &errors, &l->trouble);
        any = any || end != CONVERTER_ABSENT;
    }
    if (!any)
        trouble_set(&l->trouble, TROUBLE_UNSUPPORTED,
                    "no antiword or catdoc here (Debian: antiword, catdoc)");
    else if (end != CONVERTER_DONE)
        trouble_set(&l->trouble, TROUBLE_CORRUPT, "neither antiword nor catdoc can read it");
    else {
        undraw(&text);
        pages_read(buf_span(&text), l);
        l->pages = 0;
        quoted_split(l);
        quoted_sign(l);
    }
    buf_free(&text);
    buf_free(&errors);
}
