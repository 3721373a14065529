/* run -- a whole study, made beside its place and put there when all adds up. */
#include "study/run.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fail.h"
#include "base/within.h"
#include "closing.h"
#include "files.h"
#include "manifest.h"
#include "place.h"
#include "reuse.h"
#include "supervise.h"
#include "sweep.h"
#include "tree.h"

struct run {
    const struct run_options *o;
    struct settings settings;
    struct place place;
    const char *stats;
    const char *yes_no_book; /* NULL if no field needs it */
    struct meter meter;
};

static struct run run; /* one a process: a signal must find what there is to be cleaned up */

static void clean_up(void)
{
    place_close(&run.place);
}

static void make_folder(const char *path)
{
    if (mkdir(path, 0777) != 0)
        fail(STATUS_DATA, "%s: %s", path, strerror(errno));
}

static void export(const char *name, const char *value)
{
    if (setenv(name, value, 1) != 0)
        fail_memory();
}

/* The codebook for yes/no answers: the study's own, or the one beside the scripts, as they look
 * for it themselves. */
static const char *find_yes_no_book(struct arena *a, const struct settings *s, const char *script)
{
    static const char *const places[] = {"../samples/yes_no.csv",
                                         "../../../share/foi-filters/samples/yes_no.csv"};
    const char *book = settings_path(a, s->folder, "yes_no.csv"), *slash = strrchr(script, '/');
    const char *folder = slash ? arena_text(a, span_from(script, slash)) : ".";
    if (s->yes_no.count == 0)
        return NULL;
    for (size_t i = 0; !settings_is_file(book) && i < 2; i++)
        book = settings_path(a, folder, places[i]);
    return book;
}

static void leave_settings(void)
{
    struct buf text = {0};
    settings_print(&run.settings, &text);
    const char *path = place_path(&run.place, "stats/settings.bash");
    files_write(path, buf_span(&text), FILES_NEW);
    export("SETTINGS", path);
    buf_free(&text);
}

/* What is in the folder by now is on disk before anything else changes there. */
static void sync_so_far(void)
{
    if (!run.o->no_sync && !tree_sync(run.place.staging))
        fail(STATUS_DATA, "cannot write %s: %s", run.place.shown, strerror(errno));
}

/* What the scripts need to know beyond the study's settings. */
static void prepare(void)
{
    const struct run_options *o = run.o;
    files_write(place_path(&run.place, SWEEP_MARK), SPAN("a run that has not ended\n"), FILES_NEW);
    sync_so_far(); /* a sweep after a loss of power must know the folder by its mark */
    run.stats = place_path(&run.place, "stats");
    make_folder(run.stats);
    export("WORK", run.place.staging);
    export("STATS", run.stats);
    unsetenv("REJECTS");
    if (o->rejects) {
        make_folder(place_path(&run.place, "rejects"));
        export("REJECTS", place_path(&run.place, "rejects"));
    }
    export("FOI_SYNC", "no"); /* all is synced at the end, in one go */
    export("STRICT", run.settings.strict ? "--strict" : "");
    export("TRUST", o->trust ? "--trust" : "");
    if (o->meter)
        export("STUDY_METER", "1");
    export("FROM_STAGE", "");
    leave_settings();
}

static void take_over(void)
{
    struct reuse u = {run.place.target, run.place.staging, run.stats, run.yes_no_book};
    struct buf reason = {0};
    if (!run.o->from)
        return;
    if (reuse_merged(&u, &run.settings, &reason))
        export("FROM_STAGE", "results");
    else
        warn("all is made anew: %s", buf_text(&reason));
    buf_free(&reason);
}

static void run_script(void)
{
    const char *command[] = {"bash", run.o->script, "--stages", NULL};
    struct supervise s = {.command = (char *const *)(uintptr_t)command,
                          .hide = run.place.staging,
                          .show = run.place.shown,
                          .meter = run.o->meter ? &run.meter : NULL,
                          .clean = clean_up};
    meter_start(&run.meter, run.stats);
    int status = supervise(&s);
    if (status == 0)
        return;
    clean_up();
    exit(status == 126 || status == 127 ? STATUS_DATA : status); /* bash could not read */
}

/* Lists of nothing only stand in the way. */
static void drop_empty_lists(void)
{
    DIR *folder = opendir(run.place.staging);
    const struct dirent *entry;
    struct stat status;
    if (!folder)
        fail(STATUS_DATA, "cannot read %s: %s", run.place.shown, strerror(errno));
    while ((entry = readdir(folder)))
        if ((strncmp(entry->d_name, "flags_", 6) == 0 ||
             strncmp(entry->d_name, "unmatched_", 10) == 0 ||
             strncmp(entry->d_name, "unplaced_", 9) == 0 ||
             strncmp(entry->d_name, "merged_", 7) == 0 ||
             strncmp(entry->d_name, "conflicts_", 10) == 0) &&
            fstatat(dirfd(folder), entry->d_name, &status, AT_SYMLINK_NOFOLLOW) == 0 &&
            S_ISREG(status.st_mode) && status.st_size == 0)
            unlinkat(dirfd(folder), entry->d_name, 0);
    closedir(folder);
}

static void finish(void)
{
    struct ledger l;
    ledger_read(&l, run.stats);
    ledger_check(&l, &run.settings, run.place.staging, run.place.shown);
    json_t *old = run.place.exists ? manifest_load(run.place.target) : NULL;
    if (old)
        ledger_compare(&l, old);
    json_decref(old);
    manifest_write(&l, &run.settings, run.yes_no_book, run.place.staging);
    tree_remove(run.stats);
    drop_empty_lists();
    sync_so_far(); /* and then by its manifest */
    unlink(place_path(&run.place, SWEEP_MARK));
    place_exchange(&run.place);
    place_close(&run.place);
    if (run.o->meter)
        closing_tell(&l, &run.settings, run.place.shown);
    ledger_free(&l);
}

/* Where nobody said OUT, a study that came by mail does not say which results are replaced. */
static void check_unnamed(const struct run_options *o)
{
    if (!o->out_named && !o->trust && within_of(o->study, o->out) == WITHIN_OUTSIDE)
        fail(STATUS_USAGE,
             "%s: is a link that leads out of the study's folder (--trust lets it; or name OUT)",
             o->out);
}

void run_study(const struct run_options *o)
{
    run.o = o;
    settings_load(&run.settings, o->study, o->data, o->trust ? SETTINGS_TRUSTED : SETTINGS_FOREIGN);
    run.settings.strict = run.settings.strict || o->strict;
    check_unnamed(o);
    place_check(&run.place, o->out, run.settings.folder, run.settings.data);
    fail_cleanup(clean_up);
    place_open(&run.place, o->no_sync ? PLACE_NO_SYNC : PLACE_SYNC);
    run.yes_no_book = find_yes_no_book(&run.place.arena, &run.settings, o->script);
    prepare();
    take_over();
    run_script();
    finish();
    settings_free(&run.settings);
    arena_free(&run.place.arena);
}

void run_account(const struct run_options *o, const char *folder, const char *stats)
{
    struct settings s;
    struct ledger l;
    settings_load(&s, o->study, o->data, o->trust ? SETTINGS_TRUSTED : SETTINGS_FOREIGN);
    ledger_read(&l, stats);
    ledger_leave_out_reports(&l); /* they are being made now, some sooner than others */
    ledger_check(&l, &s, folder, NULL);
    manifest_write(&l, &s, find_yes_no_book(&s.arena, &s, o->script), folder);
    ledger_free(&l);
    settings_free(&s);
}
