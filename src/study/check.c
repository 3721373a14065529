/* check -- all that is wrong with a study, at once. */
#include "study/check.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/fault.h"
#include "check_data.h"
#include "check_decisions.h"
#include "check_documents.h"
#include "files.h"
#include "findings.h"
#include "scratch.h"
#include "stream/output.h"
#include "supervise.h"
#include "tree.h"

struct check {
    const struct check_options *o;
    struct settings settings;
    struct findings findings;
    char *work; /* a folder for what the steps leave */
    struct arena arena;
};

static struct check check; /* one a process: a signal must find the folder */

static void clean_up(void)
{
    if (check.work)
        tree_remove(check.work);
}

/* ---- what the programs say ---- */

/* Told elsewhere in full, or of interest to a run alone. */
static bool is_summary(struct span text)
{
    static const char *const parts[] = {" rejected (see ", "doubtful cells: ", "more than ",
                                        "rows without a use",
                                        "no reply has the code of this decision"};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (memmem(text.at, text.len, parts[i], strlen(parts[i])))
            return true;
    return false;
}

/* What is for people to look at, though nothing is wrong with the study: letters that no program
 * can read, spellings that a table keeps apart. */
static bool is_remark(struct span text)
{
    static const char *const parts[] = {" could not be read (their records say why)",
                                        "values that look alike are counted apart"};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (memmem(text.at, text.len, parts[i], strlen(parts[i])))
            return true;
    return false;
}

/* "PROGRAM: WHERE: WHAT" without the program, of which a person knows nothing here. */
static void hear(struct span line)
{
    while (line.len && line.at[line.len - 1] == '\n')
        line.len--;
    const char *colon = memmem(line.at, line.len, ": ", 2);
    struct span text = colon ? span_from(colon + 2, span_end(line)) : line;
    if (text.len == 0 || is_summary(text))
        return;
    enum findings_kind kind = is_remark(text) ? FINDINGS_REMARK : FINDINGS_PROBLEM;
    if (!memmem(text.at, text.len, ": ", 2)) /* it has no place: the program is one */
        text = line;
    if (span_starts(text,
                    SPAN("<stdin>: "))) /* records of several sources: the settings say which */
        findings_add(&check.findings, kind, "%s%.*s", check.settings.file,
                     SPAN_ARGS(span_from(text.at + strlen("<stdin>"), span_end(text))));
    else
        findings_add(&check.findings, kind, "%.*s", SPAN_ARGS(text));
}

/* ---- the settings, which must be read before anything else ---- */

static void load_settings(void *with)
{
    const struct check_options *o = with;
    settings_load(&check.settings, o->study, o->data, o->trust);
}

static bool settings_are_good(const struct check_options *o)
{
    struct fault fault = {0};
    struct fault_list faults = {0};
    fault_collect(&faults);
    if (!fault_catch(&fault, load_settings, (void *)(uintptr_t)o))
        fault_keep(fault);
    fault_collect(NULL);
    bool good = faults.count == 0;
    check_take_faults(&check.findings, &faults);
    return good;
}

/* ---- the steps ---- */

static const char *const FOLDERS[] = {"stats", "rejects", NULL};

static void export(const char *name, const char *value)
{
    if (setenv(name, value, 1) != 0)
        fail_memory();
}

/* The scripts do not try what is known to be bad. */
static void try_steps(const struct settings_words *bad)
{
    struct buf text = {0};
    settings_print(&check.settings, &text);
    settings_print_list(&text, "BAD", bad);
    const char *path = settings_path(&check.arena, check.work, "stats/settings.bash");
    files_write(path, buf_span(&text), FILES_NEW);
    buf_free(&text);
    export("SETTINGS", path);
    export("WORK", check.work);
    export("STATS", settings_path(&check.arena, check.work, "stats"));
    const char *command[] = {"bash", check.o->script, "--stages", NULL};
    const char *hide = settings_path(&check.arena, check.work, "");
    struct supervise s = {.command = (char *const *)(uintptr_t)command,
                          .hide = hide,
                          .show = "",
                          .heard = hear,
                          .clean = clean_up};
    int status = supervise(&s);
    if (status != 0)
        findings_add(&check.findings, FINDINGS_PROBLEM, "%s: the check ended early, with status %d",
                     check.o->study, status);
}

size_t check_study(const struct check_options *o, struct output *out, size_t *remarks)
{
    check.o = o;
    if (settings_are_good(o)) {
        struct settings_words bad = {0};
        check.work = scratch_make("foi-check", FOLDERS);
        fail_cleanup(clean_up);
        check_documents(&check.settings, &check.findings, &bad);
        size_t decisions = check.settings.decisions.count;
        if (decisions_look(&check.settings, &check.findings))
            check.settings.decisions.count = 0; /* no stage would take them */
        try_steps(&bad);
        check.settings.decisions.count = decisions;
        decisions_look_for_records(&check.settings, check.work, &check.findings);
        free(bad.at);
        check_data(&check.settings, check.work, &check.findings);
        clean_up();
    }
    settings_free(&check.settings);
    findings_write(&check.findings, &out->buf);
    size_t problems = check.findings.counts[FINDINGS_PROBLEM];
    *remarks = check.findings.counts[FINDINGS_REMARK];
    findings_free(&check.findings);
    arena_free(&check.arena);
    free(check.work);
    return problems;
}
