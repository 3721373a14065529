/* picture -- a scan or photograph, whose text is read only if asked for. */
#include "kinds.h"
#include "ocr.h"

void picture_read(struct reader *r, struct span bytes, struct letter *l)
{
    if (r->ocr)
        ocr_picture(r, bytes, l);
    else
        trouble_set(&l->trouble, TROUBLE_SCANNED, "a picture (--ocr reads it)");
}
