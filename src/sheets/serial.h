/* serial -- the numbers that spreadsheets keep, as text. */
#ifndef SERIAL_H
#define SERIAL_H

#include "base/buf.h"
#include "numberformat.h"

enum serial_epoch { SERIAL_1900, SERIAL_1904 };

/* The number that a workbook has as TEXT, a decimal with or without an exponent. False if it is
 * none, or larger than numbers go. */
bool serial_read(const char *text, double *number);

/* NUMBER, which is finite, as FORMAT means it, at the end of B. False if it is to be a date that no
 * calendar has: 29 February 1900, the day 0, a day before or past the epoch's reach. What Excel
 * shows then, or the number, is written all the same. */
bool serial_write(struct buf *b, double number, const struct numberformat *format,
                  enum serial_epoch epoch);

#endif
