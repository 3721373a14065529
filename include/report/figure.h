/* figure -- a chart of the report alone, as a file for a paper. */
#ifndef FIGURE_H
#define FIGURE_H

#include "report/results.h"

struct figure_options {
    const char *id;   /* of the table, or "all" */
    const char *form; /* "svg", "pdf", "png"; NULL: by the ending of FILE, else svg */
    const char *file; /* of -o: a file, or a folder for "all" */
    double mm;        /* how wide */
    double dpi;       /* of a PNG */
};

/* Whether NAME is one of the forms. */
bool figure_is_form(const char *name);

/* Whether O asks for what only the full report draws (report/full.h). A form that was not built in
 * ends the program with status 2. */
bool figure_needs_full(const struct figure_options *o);

/* Writes the figure into F's output, or all into the folder. A table that is not there or has no
 * chart ends the program with status 2. */
void figure_write(struct results *s, struct filter *f, const struct figure_options *o);

#endif
