/* xlsx_parts -- the parts of an Office Open XML workbook beside its sheets. */
#ifndef XLSX_PARTS_H
#define XLSX_PARTS_H

#include "book_parts.h"
#include "serial.h"

/* What a part names as belonging to it. */
struct xlsx_relation {
    struct span id, type, target; /* the last word of the type; the target's name in the package */
};

struct xlsx_relations {
    struct xlsx_relation *at;
    size_t count, cap;
};

struct xlsx_strings {
    struct buf text;
    size_t *ends;
    size_t count, cap;
};

struct xlsx_comment {
    size_t row, column, from, len;
};

struct xlsx_comments {
    struct xlsx_comment *at;
    size_t count, cap;
    struct buf text;
};

struct xlsx {
    struct span *parts; /* by sheet */
    size_t parts_cap;
    struct xlsx_strings strings;
    struct numberformat *formats; /* by cell style */
    size_t formats_count, formats_cap;
    enum serial_epoch epoch;
    struct xlsx_comments comments;
    struct xlsx_rows *rows;
};

/* The relations of PART, "" being the package. Texts live in B's arena. */
void xlsx_relations_read(struct book *b, struct span part, struct xlsx_relations *r);
const struct xlsx_relation *xlsx_relations_find(const struct xlsx_relations *r, const char *id);
const struct xlsx_relation *xlsx_relations_type(const struct xlsx_relations *r, const char *type);
void xlsx_relations_free(struct xlsx_relations *r);

bool xlsx_strings_read(struct book *b, struct span part, struct xlsx_strings *s);
bool xlsx_styles_read(struct book *b, struct span part, struct xlsx *x);
bool xlsx_comments_read(struct book *b, struct span part, struct xlsx_comments *c);

/* The comment at a cell, or NULL. */
const struct xlsx_comment *xlsx_comments_find(const struct xlsx_comments *c, size_t row,
                                              size_t column);

/* Decodes what Excel writes for characters that XML lacks, _x000D_, in TEXT from FROM on. */
void xlsx_decode(struct buf *text, size_t from);

/* Rows of a sheet's part. */
bool xlsx_rows_start(struct book *b, struct span part);
enum xml_status xlsx_rows_more(struct book *b);
void xlsx_rows_close(struct xlsx *x);

#endif
