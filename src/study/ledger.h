/* ledger -- what every stage of a run counted, and whether it adds up.
 *
 * Each line is two counts that have to agree: what a stage read is what it wrote and
 * rejected, what one wrote the next one read, what a file holds is what its maker wrote.
 * A line that does not add up ends the program with status 1. */
#ifndef LEDGER_H
#define LEDGER_H

#include <jansson.h>

#include "study/settings.h"

#define LEDGER_NONE ((long long)-1)

struct ledger {
    json_t *stages; /* by name: what --stats wrote */
    json_t *kept;   /* by file: what passed into it */
    json_t *lines;
    struct arena arena;
    struct buf text;
};

/* Takes in what the stages left in STATS. */
void ledger_read(struct ledger *l, const char *stats);
/* The counts of reports, where the ledger is for one of them. */
void ledger_leave_out_reports(struct ledger *l);

void ledger_free(struct ledger *l);

/* Checks the run of study S, whose files stand in FOLDER. What is no fault but worth a word is
 * told, with the files where they will stand, in OUT; NULL: it is not. */
void ledger_check(struct ledger *l, const struct settings *s, const char *folder, const char *out);

/* Ends the program if a stage wrote nothing that wrote something in the run that OLD, a
 * manifest, tells of. */
void ledger_compare(const struct ledger *l, const json_t *old);

/* A count of a stage, or LEDGER_NONE. */
long long ledger_count(const struct ledger *l, const char *stage, const char *key);
long long ledger_records(const struct ledger *l, const char *file);

void ledger_balance(struct ledger *l, long long left, long long right, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* What people are to look at, counted over all stages. */
struct ledger_attention {
    long long uncoded, flagged, unmatched, rejected, unplaced;
};
struct ledger_attention ledger_attention(const struct ledger *l);

/* The name of a stage of source S, "foi-normalise"; good until the next. */
const char *ledger_stage(struct ledger *l, const char *source, const char *stage);

/* The file that holds the records of SOURCE, "foi.jsonl". */
const char *ledger_file(struct ledger *l, const char *source);

/* How the stages of lookup I and of the plan in FILE are called. */
const char *ledger_lookup_stage(struct ledger *l, size_t i);
const char *ledger_plan_name(struct ledger *l, const char *file);

#endif
