/* account -- what became of a sheet's rows and columns. */
#include "sheets/account.h"

bool account_line(const struct grid *g, size_t rows, size_t late, size_t index,
                  struct account_line *line)
{
    const struct book_found *b = book_found(g->book);
    const struct grid_found *f = &g->found;
    bool visible = g->options.visible;
    const struct account_line lines[] = {
        {"header_row", "header in row", f->header_row},
        {"rows_above", "rows above the header passed over", f->above},
        {"rows", "rows", rows},
        {"columns", "columns", g->count},
        {"late_columns", "columns that the first rows did not use", late},
        {"blank_rows", "blank rows passed over", f->blank_rows + b->blank_rows},
        {"behind_blank", "rows behind a blank one left out", f->behind_blank},
        {"blank_columns", "blank columns passed over", f->blank_columns},
        {"hidden_rows", visible ? "hidden rows left out" : "hidden rows read", b->hidden_rows},
        {"filtered_rows", visible ? "of them by a filter" : "rows that a filter hides read",
         b->filtered_rows},
        {"hidden_columns", visible ? "hidden columns left out" : "hidden columns read",
         f->hidden_columns},
        {"merged_ranges", "merged ranges", b->merged},
        {"comments", "comments", b->comments},
        {"formulas", "formulas, of which the last result is read", b->formulas},
        {"formulas_without_result", "formulas without a stored result", b->no_result},
        {"error_cells", "cells with an error", b->errors},
        {"impossible_dates", "dates that no calendar has", b->doubts},
    };
    if (index >= sizeof lines / sizeof *lines)
        return false;
    *line = lines[index];
    return true;
}
