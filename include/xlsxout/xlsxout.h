/* xlsxout -- an Excel workbook being written, by libxlsxwriter.
 *
 * Only where that was found when the project was built; without it toxlsx and the format xlsx of
 * report are left out. The same content gives the same bytes: no date of making is in it. */
#ifndef XLSXOUT_H
#define XLSXOUT_H

#include "base/arena.h"
#include "base/intern.h"
#include "stream/output.h"

#define XLSXOUT_ROWS ((size_t)1048576)
#define XLSXOUT_COLUMNS ((size_t)16384)
#define XLSXOUT_TEXT ((size_t)32767) /* letters in a cell, as UTF-16 counts them */

enum xlsxout_format {
    XLSXOUT_PLAIN,
    XLSXOUT_TITLE,
    XLSXOUT_HEAD, /* of columns: bold, a line below */
    XLSXOUT_LINK,
    XLSXOUT_WRAPPED,
    XLSXOUT_DATE,
    XLSXOUT_PERCENT, /* no decimals; one; two; ... */
    XLSXOUT_FORMATS = XLSXOUT_PERCENT + 10
};

enum xlsxout_memory {
    XLSXOUT_WHOLE,  /* cells in any order */
    XLSXOUT_ROWWISE /* a row at a time: memory of one row */
};

/* A sheet of a workbook. */
struct xlsxout_sheet {
    void *sheet;      /* the library's */
    const char *name; /* good until xlsxout_finish() */
};

struct xlsxout {
    void *book, *formats[XLSXOUT_FORMATS]; /* the library's */
    struct intern sheets;                  /* names in lower case, which must differ */
    struct arena arena;
    struct buf text;
    int fd;
};

void xlsxout_open(struct xlsxout *w, struct span title, enum xlsxout_memory memory);

/* A new sheet called WANTED as far as Excel allows: letters that it forbids replaced, cut after 31,
 * numbered if there is one of the name. */
struct xlsxout_sheet xlsxout_sheet(struct xlsxout *w, struct span wanted);

/* Cells; a text is never a formula, whatever it begins with. */
void xlsxout_put(struct xlsxout *w, const struct xlsxout_sheet *s, size_t row, size_t column,
                 struct span text, enum xlsxout_format format);
void xlsxout_put_number(struct xlsxout *w, const struct xlsxout_sheet *s, size_t row, size_t column,
                        double number, enum xlsxout_format format); /* nothing for NAN */

void xlsxout_put_bool(struct xlsxout *w, const struct xlsxout_sheet *s, size_t row, size_t column,
                      bool truth);

/* A number of JSON: as a number if no digit is lost, else as text. */
void xlsxout_put_exact(struct xlsxout *w, const struct xlsxout_sheet *s, size_t row, size_t column,
                       struct span number);

/* "2020-02-29" as a date; false if TEXT is none that a workbook knows. */
bool xlsxout_put_date(struct xlsxout *w, const struct xlsxout_sheet *s, size_t row, size_t column,
                      struct span text);

/* A link to another sheet. */
void xlsxout_put_link(struct xlsxout *w, const struct xlsxout_sheet *s, size_t row, size_t column,
                      const struct xlsxout_sheet *to, struct span text);

/* How wide columns are, in letters. */
void xlsxout_widths(const struct xlsxout_sheet *s, size_t first, size_t last, double width);

/* The first row stays in sight and filters the rows below. */
void xlsxout_filter(const struct xlsxout_sheet *s, size_t rows, size_t columns);

/* A chart of bars beside the cells, at ROW and COLUMN: a series for each of COUNT columns from
 * FIRST on, every STEP, named by row HEAD; its categories stand in column 0, rows FROM to TO. */
struct xlsxout_chart {
    size_t row, column, first, step, count, head, from, to;
    const char *title;
};
void xlsxout_bars(struct xlsxout *w, const struct xlsxout_sheet *s, const struct xlsxout_chart *c);

/* Whether a cell holds TEXT, in the units that Excel counts. */
bool xlsxout_holds(struct span text);

/* Writes the file into OUT. */
void xlsxout_finish(struct xlsxout *w, struct output *out);

#endif
