/* sniff -- what kind of document some bytes are. */
#ifndef SNIFF_H
#define SNIFF_H

#include "letters/reader.h"

struct sniff_kind {
    const char *type;                                                    /* as records name it */
    void (*read)(struct reader *r, struct span bytes, struct letter *l); /* NULL: unsupported */
    bool gives;       /* READ gives letters of its own */
    const char *what; /* why it is unsupported or cannot be read; NULL if READ */
    enum trouble_kind trouble;
};

/* NAME only tells kinds of text apart. SAID is the type that a mail or server claims, or NULL. */
struct sniff_kind sniff(struct span bytes, struct span name, const char *said);

#endif
