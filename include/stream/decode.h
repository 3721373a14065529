/* decode -- text files in any encoding as UTF-8.
 *
 * UTF-8 passes through where it was read, uncopied and unchecked; anything else goes
 * through iconv. Nothing is ever replaced: what is no text in the file's encoding
 * is put into the text as 0xFF, its bytes in hex, 0xFF, which no UTF-8 holds, so
 * that whoever validates a piece of text with decode_fault() finds it there.
 *
 * Without an encoding given, a byte order mark decides; else the first 64 KiB:
 * UTF-16 if a quarter of the units have a zero high byte, UTF-8 if it is valid (or has
 * more valid sequences than invalid bytes: then it is damaged UTF-8), else windows-1252, which says
 * the same as Latin-1 wherever text is concerned. What comes later and contradicts the guess is a
 * fault. */
#ifndef DECODE_H
#define DECODE_H

#include <iconv.h>

#include "base/buf.h"
#include "stream/input.h"

#define DECODE_PAD INPUT_PAD
#define DECODE_GUESS ((size_t)64 * 1024) /* bytes on which a guess rests */

enum decode_by { DECODE_ASKED, DECODE_MARKED, DECODE_GUESSED };

struct decode {
    struct input in;
    struct span held; /* text not yet taken; DECODE_PAD readable bytes follow */
    bool at_end;      /* the file has no more */

    const char *encoding; /* of the open file, as iconv names it */
    enum decode_by by;
    const char *not_csv; /* what the file is instead of CSV, with what to do about it; or NULL */
    bool mixed;          /* set by the caller: read as UTF-8 what would be taken for windows-1252 */

    const char *asked;
    iconv_t converter; /* unused for UTF-8 */
    bool converts;
    struct buf text;
};

/* ENCODING as iconv names it, or NULL to find out; one that iconv does not
 * know is wrong usage. */
void decode_open(struct decode *d, char *const *files, size_t count, const char *encoding);

/* Opens the next file and reads its start. False after the last. */
bool decode_file(struct decode *d);

/* Gets more text behind what is held, which may move. False at the end of the file. */
bool decode_more(struct decode *d);

/* Goes to the bytes FROM to TO of the open file, which must be in UTF-8 and a regular one. */
void decode_window(struct decode *d, uint64_t from, uint64_t to);

/* Where what is held starts in the open file, if that is in UTF-8. */
static inline uint64_t decode_offset(const struct decode *d)
{
    return d->in.bytes - d->held.len;
}

static inline void decode_take(struct decode *d, size_t len)
{
    d->held.at += len;
    d->held.len -= len;
}

/* Whether TEXT, a piece of what was held, has a place that is no text in the
 * file's encoding: the first is at *OFFSET, WHAT says what is wrong. */
bool decode_fault(const struct decode *d, struct span text, size_t *offset, struct buf *what);

/* TEXT, a piece of what was held, with its faults as the file has them: UTF-8 but for the bytes
 * that are no text. It may be put into BUF. */
struct span decode_restore(const struct decode *d, struct span text, struct buf *buf);

void decode_close(struct decode *d);

#endif
