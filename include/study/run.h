/* run -- a whole study: the scripts of pipelines/ run in a folder of their own, and what
 * they made put in its place. */
#ifndef RUN_H
#define RUN_H

#include <stdbool.h>

struct run_options {
    const char *script;             /* pipelines/study.sh */
    const char *study, *out, *data; /* DATA may be NULL */
    const char *from;               /* the step to begin with, or NULL */
    bool out_named;                 /* on the command line */
    bool rejects, trust, no_sync, strict, meter;
};

/* Makes the results, or ends the program: with the script's own status if a stage failed.
 * A signal that ends it leaves nothing behind but the old results. */
void run_study(const struct run_options *o);

/* Within a run with these options, before its reports: the ledger so far, from the counts in STATS,
 * and manifest.json in FOLDER. */
void run_account(const struct run_options *o, const char *folder, const char *stats);

#endif
