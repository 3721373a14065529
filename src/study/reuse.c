/* reuse -- what a run takes over from the last one. */
#include "reuse.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/digest.h"
#include "base/fail.h"
#include "base/version.h"
#include "files.h"
#include "manifest.h"

/* ---- has anything changed? ---- */

static bool is_plan(const struct settings *s, const char *file)
{
    for (size_t i = 0; i < s->plans.count; i++)
        if (strcmp(files_base(s->plans.at[i]), file) == 0)
            return true;
    return s->website_plan && strcmp(files_base(s->website_plan), file) == 0;
}

static const char *member(const json_t *entry, const char *key)
{
    const char *text = json_string_value(json_object_get(entry, key));
    return text ? text : "";
}

/* The inputs that are no plans, one "FILE SHA256" a line. */
static void list_inputs(struct buf *b, const json_t *inputs, const struct settings *s)
{
    size_t i;
    json_t *entry;
    json_array_foreach(inputs, i, entry)
    {
        if (!is_plan(s, member(entry, "file")))
            buf_addf(b, "%s %s\n", member(entry, "file"), member(entry, "sha256"));
    }
}

/* The first line that the two do not share, without its hash. */
static void name_change(struct buf *reason, const struct buf *now, const struct buf *before)
{
    size_t at = 0;
    while (at < now->len && at < before->len && now->at[at] == before->at[at])
        at++;
    const struct buf *longer = now->len > at ? now : before;
    while (at > 0 && longer->at[at - 1] != '\n')
        at--;
    struct span rest = {longer->at + at, longer->len - at};
    const char *space = rest.len ? memchr(rest.at, ' ', rest.len) : NULL;
    if (space)
        buf_add(reason, span_from(rest.at, space));
    buf_add(reason, SPAN(" has changed"));
}

static bool same_inputs(const struct reuse *u, const struct settings *s, const json_t *old,
                        struct buf *reason)
{
    struct buf now = {0}, before = {0};
    json_t *inputs = manifest_inputs(NULL, s, u->yes_no_book);
    list_inputs(&now, inputs, s);
    list_inputs(&before, json_object_get(old, "inputs"), s);
    bool same = span_eq(buf_span(&now), buf_span(&before));
    if (!same)
        name_change(reason, &now, &before);
    json_decref(inputs);
    buf_free(&now);
    buf_free(&before);
    return same;
}

static bool same_outputs(const struct reuse *u, const json_t *old, struct buf *reason)
{
    struct arena a = {0};
    char sum[DIGEST_TEXT];
    size_t i;
    json_t *entry;
    bool same = true;
    json_array_foreach(json_object_get(old, "outputs"), i, entry)
    {
        const char *file = member(entry, "file");
        if (!same || strcmp(file, "results.jsonl") == 0)
            continue;
        same = !strchr(file, '/') && digest_file(settings_path(&a, u->old, file), sum) &&
               strcmp(sum, member(entry, "sha256")) == 0;
        if (!same)
            buf_addf(reason, "%s in the results has changed", file);
    }
    arena_free(&a);
    return same && i > 0;
}

static bool is_result_stage(const char *stage)
{
    size_t len = strlen(stage);
    return strncmp(stage, "report-", 7) == 0 ||
           (len > 9 && strcmp(stage + len - 9, "-tabulate") == 0) ||
           (len > 6 && strcmp(stage + len - 6, "-chisq") == 0);
}

/* A program of the user's own may give something else today. */
static bool no_swaps(const json_t *old, struct buf *reason)
{
    const char *stage;
    json_t *counts;
    json_object_foreach(json_object_get(old, "stages"), stage, counts)
    {
        if (is_result_stage(stage) || !json_is_true(json_object_get(counts, "swapped")))
            continue;
        buf_addf(reason, "%s was a program of your own", stage);
        return false;
    }
    static const char *const variables[] = {"FROMCSV",   "FROMSHEET", "FROMDOCS",    "EXTRACT",
                                            "NORMALISE", "CODE",      "YES_NO_CODE", "JOIN"};
    for (size_t i = 0; i < sizeof variables / sizeof *variables; i++) {
        const char *value = getenv(variables[i]);
        if (!value || !*value)
            continue;
        buf_addf(reason, "%s names a program of your own", variables[i]);
        return false;
    }
    return true;
}

static bool same_version(const json_t *old, struct buf *reason)
{
    bool same = strcmp(member(old, "version"), FOI_VERSION) == 0;
    if (!same)
        buf_add(reason, SPAN("they were made by another version"));
    return same;
}

/* ---- taking over ---- */

static bool is_remade(const char *name)
{
    return strncmp(name, "results.", 8) == 0 || strncmp(name, "report.", 7) == 0 ||
           strcmp(name, "manifest.json") == 0 || strcmp(name, "figures") == 0 || name[0] == '.';
}

static void copy(const char *from, const char *to)
{
    char block[64 * 1024];
    int in = open(from, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    int out = open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    ssize_t got = -1;
    while (in >= 0 && out >= 0 && (got = read(in, block, sizeof block)) > 0)
        files_write_all(out, (struct span){block, (size_t)got}, to);
    if (got < 0 || close(out) != 0)
        fail(STATUS_DATA, "cannot write %s: %s", to, strerror(errno));
    close(in); /* was only read: nothing can be lost */
}

static void link_files(const struct reuse *u)
{
    struct arena a = {0};
    DIR *folder = opendir(u->old);
    const struct dirent *entry;
    while (folder && (entry = readdir(folder))) {
        if (is_remade(entry->d_name))
            continue;
        const char *from = settings_path(&a, u->old, entry->d_name);
        const char *to = settings_path(&a, u->staging, entry->d_name);
        if (settings_is_file(from) && link(from, to) != 0)
            copy(from, to);
    }
    if (folder)
        closedir(folder);
    arena_free(&a);
}

static void leave(const struct reuse *u, struct arena *a, const char *name, const char *ending,
                  const json_t *counts)
{
    char *text = json_dumps(counts, JSON_COMPACT);
    if (!text)
        fail_memory();
    files_write(files_stat_path(a, u->stats, name, ending), span_of(text), FILES_ANEW);
    free(text);
}

static void take_counts(const struct reuse *u, const json_t *old)
{
    struct arena a = {0};
    const char *stage;
    json_t *counts;
    size_t i;
    json_object_foreach(json_object_get(old, "stages"), stage, counts)
    {
        if (!is_result_stage(stage) && !strchr(stage, '/'))
            leave(u, &a, stage, ".json", counts);
    }
    json_array_foreach(json_object_get(old, "outputs"), i, counts)
    {
        const char *file = member(counts, "file");
        if (strcmp(file, "results.jsonl") != 0 && !strchr(file, '/'))
            leave(u, &a, file, ".kept", counts);
    }
    arena_free(&a);
}

bool reuse_merged(const struct reuse *u, const struct settings *s, struct buf *reason)
{
    json_t *old = manifest_load(u->old);
    if (!old) {
        buf_add(reason, SPAN("there are no results yet"));
        return false;
    }
    bool good = same_version(old, reason) && no_swaps(old, reason) &&
                same_inputs(u, s, old, reason) && same_outputs(u, old, reason);
    if (good) {
        link_files(u);
        take_counts(u, old);
    }
    json_decref(old);
    return good;
}
