/* full -- the report that is linked with the libraries of pictures and workbooks.
 *
 * Cairo, Pango and libxlsxwriter bring forty libraries with them, which take longer to load than a
 * table takes to print, and GLib ends the process where it gets no memory. So report is linked
 * twice: bin/report without them, bin/full/report with them (by weak references, from the same
 * objects), and the first runs the second when a PDF, a PNG or a workbook is asked for. */
#ifndef FULL_H
#define FULL_H

/* Does all that ARGV asks by the full report beside this program: its status. */
int full_run(char **argv);

#endif
