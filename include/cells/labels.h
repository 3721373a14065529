/* labels -- what people read for the names of a study: its title, its fields, its
 * reasons for missing answers, and the fields of which anybody may see the records.
 *
 * tabulate writes them once, as a line before the tables, where a plan or a schema gives any:
 *
 *     {"kind":"labels","title":"Software teams","date":"June 2020","confidence":0.95,
 *      "fields":{"gde":"GDE funding"},"tables":{"grant_by_gde":"Tried for a
 * grant"},"reasons":{"not_held":"not held"}, "public":["trust"]}
 *
 * `public` comes with `records`, the values of these fields of every record that was counted; the
 * first is what identifies a record in the cells.
 *
 * Runs over other records (of a website search, say) have other public fields, and are kept apart.
 *
 * `tables` names the counted field of one table otherwise than elsewhere. Labels of values and
 * groups stand in the cells. Lines of several runs add up: the first label of a name stays. */
#ifndef LABELS_H
#define LABELS_H

#include "base/intern.h"
#include "stream/filter.h"

struct labels_list {
    struct intern names;
    struct span *texts; /* by index in NAMES */
    size_t cap;
};

/* The records behind the cells of a run, by the fields that anybody may see. */
struct labels_records {
    struct span title; /* of the run's plan; a NULL at for none */
    struct intern open;
    struct span *bodies; /* lists of JSON */
    size_t count, cap;
};

struct labels {
    struct span title, date; /* a NULL at for none */
    double confidence;       /* of the intervals; 0 if it is not told */
    struct labels_list fields, tables, reasons;
    struct labels_records records, *more; /* of the first run that has any, and of others */
    size_t more_count, more_cap;
    struct arena arena;
};

/* The label of NAME, unless it has one already. TEXT is copied. */
void labels_add(struct labels *l, struct labels_list *list, struct span name, struct span text);

/* A NULL at for none. */
struct span labels_find(const struct labels_list *list, struct span name);

/* The label of a reason at the end of B: the study's own, else the vocabulary's. */
void labels_add_reason(struct buf *b, const struct labels *l, struct span reason);

/* One more record that anybody may see. */
void labels_add_body(struct labels *l, struct labels_records *to, struct span fields);

bool labels_any(const struct labels *l);

/* Writes the line, counted as written by F. */
void labels_write(struct filter *f, const struct labels *l);

/* Takes in the line R; rejects it through F if it is no good. */
bool labels_is_line(const struct record *r);
void labels_take(struct labels *l, struct filter *f, const struct record *r);

void labels_free(struct labels *l);

#endif
