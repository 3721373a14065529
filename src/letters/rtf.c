/* rtf -- Rich Text Format, by unrtf where it is installed, which makes a page of it. */
#include "converter.h"
#include "kinds.h"
#include "quoted.h"

void rtf_read(struct reader *r, struct span bytes, struct letter *l)
{
    static const char *const argv[] = {"unrtf", "--html", "--nopict", "/dev/stdin", NULL};
    struct buf page = {0}, errors = {0};
    enum converter_end end = converter_run(r, argv, bytes, &page, &errors, &l->trouble);
    if (end == CONVERTER_ABSENT)
        trouble_set(&l->trouble, TROUBLE_UNSUPPORTED, "no unrtf here (Debian: unrtf)");
    else if (end != CONVERTER_DONE)
        trouble_set(&l->trouble, TROUBLE_CORRUPT, "unrtf cannot read it");
    else {
        html_text(buf_span(&page), "UTF-8", l);
        quoted_split(l);
        quoted_sign(l);
    }
    buf_free(&page);
    buf_free(&errors);
}
