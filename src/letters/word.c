/* word -- a document of Word 97 to 2003, by antiword or catdoc, whichever is installed. */
#include "converter.h"
#include "kinds.h"
#include "pages.h"
#include "quoted.h"

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
        pages_read(buf_span(&text), l);
        l->pages = 0;
        quoted_split(l);
        quoted_sign(l);
    }
    buf_free(&text);
    buf_free(&errors);
}
