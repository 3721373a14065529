/* rtf -- Rich Text Format, by unrtf where it is installed, which makes a page of it. */
#include "converter.h"
#include "kinds.h"
#include "quoted.h"

/* unrtf gives up on groups that are far within each other, at status 0. */
static void tell_depth(struct span errors, struct letter *l)
{
    static const struct span gave_up = SPAN_ROW("Max group depth");
    if (!errors.len || !memmem(errors.at, errors.len, gave_up.at, gave_up.len))
        return;
    if (l->text.len)
        letter_note(l, "groups deeper than unrtf reads left out");
    else
        trouble_set(&l->trouble, TROUBLE_TOO_LARGE, "groups deeper than unrtf reads");
}

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
        tell_depth(buf_span(&errors), l);
    }
    buf_free(&page);
    buf_free(&errors);
}
