/* emit -- JSON text written into a buffer.
 *
 * Commas come by themselves: a name or an item puts one before it unless an
 * opening bracket stands there. Used for records and, since numbers must carry
 * their shortest exact text, for every other JSON output too. */
#ifndef EMIT_H
#define EMIT_H

#include <stdint.h>

#include "base/buf.h"
#include "base/span.h"

/* TEXT quoted and escaped. TEXT must be valid UTF-8. */
void emit_string(struct buf *b, struct span text);

/* The same for any bytes: what is not UTF-8 shows as U+FFFD. For names of files
 * and what is only shown to people, never for data. */
void emit_any_string(struct buf *b, struct span text);

/* "NAME": with a comma before it where one is due. */
void emit_name(struct buf *b, struct span name);

/* The comma before a list's next item where one is due: unless an opening
 * bracket stands last, with which a complete value never ends. */
static inline void emit_item(struct buf *b)
{
    char last = b->len ? b->at[b->len - 1] : '{';
    if (last != '{' && last != '[' && last != '\n')
        buf_addc(b, ',');
}

/* The shortest decimal that reads back as the same double. A NaN or an
 * infinity, which JSON lacks, is written as null. */
void emit_number(struct buf *b, double number);
void emit_integer(struct buf *b, int64_t number);
void emit_count(struct buf *b, size_t number);
void emit_bool(struct buf *b, bool truth);
static inline void emit_null(struct buf *b)
{
    buf_add(b, SPAN("null"));
}

/* Name and value in one call. */
void emit_string_field(struct buf *b, struct span name, struct span text);
void emit_number_field(struct buf *b, struct span name, double number);
void emit_count_field(struct buf *b, struct span name, size_t number);

#endif
