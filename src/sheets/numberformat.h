/* numberformat -- what a cell's number format says its number means. */
#ifndef NUMBERFORMAT_H
#define NUMBERFORMAT_H

#include <stddef.h>

#include "base/span.h"

enum numberformat_kind {
    NUMBERFORMAT_NUMBER,
    NUMBERFORMAT_DATE,
    NUMBERFORMAT_YEAR, /* a date that shows its year alone */
    NUMBERFORMAT_TIME,
    NUMBERFORMAT_DATETIME,
    NUMBERFORMAT_ELAPSED, /* [h]:mm */
    NUMBERFORMAT_TEXT
};

struct numberformat {
    enum numberformat_kind kind;
    unsigned percents; /* each shows the number a hundred times as large */
    unsigned zeros;    /* of a format such as 00000, to which whole numbers are filled up */
    bool fractions;    /* seconds are shown with their decimals */
};

/* The format that CODE writes, such as dd/mm/yyyy or 0.0%. */
struct numberformat numberformat_read(struct span code);

/* A format that Excel has built in. */
struct numberformat numberformat_builtin(size_t id);

#endif
