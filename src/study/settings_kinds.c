/* settings_kinds -- the files of a study are files, and its own.
 *
 * A fifo would be waited for, a device may give bytes for ever, and a link may lead to somebody
 * else's file: a study that came by mail can hold all of these, under the names that it may give as
 * well as under those that files have by default. What is not there is told by those that open it;
 * what is there and would be passed over for something else (a link to nothing, a folder) here. */
#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/fault.h"
#include "base/within.h"
#include "settings_read.h"

/* What it is instead of a file, or NULL. */
static const char *odd_kind(mode_t mode)
{
    return S_ISREG(mode) || S_ISDIR(mode) ? NULL
           : S_ISFIFO(mode)               ? "no file but a fifo"
           : S_ISSOCK(mode)               ? "no file but a socket"
                                          : "no file but a device";
}

/* What is wrong with PATH as a file or folder of the study, or NULL. */
static const char *kind_fault(const struct settings *s, const char *path)
{
    struct stat status;
    if (lstat(path, &status) != 0)
        return NULL;
    bool there = stat(path, &status) == 0;
    const char *odd = there ? odd_kind(status.st_mode) : NULL;
    if (odd)
        return odd;
    if (s->trust == SETTINGS_FOREIGN && within_of(s->folder, path) == WITHIN_OUTSIDE &&
        within_of(s->data, path) == WITHIN_OUTSIDE)
        return "a link that leads out of the study's folder (--trust lets it)";
    return there ? NULL : "a link to nothing";
}

void settings_must_be_plain(const struct settings *s, const char *path)
{
    const char *fault = kind_fault(s, path);
    if (fault)
        fault_raise(path, "is %s", fault);
}

static void add_path(struct settings *s, struct settings_words *w, const char *path)
{
    if (path)
        settings_add_word(s, w, span_of(path));
}

static void add_paths(struct settings *s, struct settings_words *w,
                      const struct settings_words *paths)
{
    for (size_t i = 0; i < paths->count; i++)
        add_path(s, w, paths->at[i]);
}

static void add_source(struct settings *s, struct settings_words *w,
                       const struct settings_source *source)
{
    add_path(s, w, source->schema);
    add_path(s, w, source->aliases);
    add_path(s, w, source->succession);
    for (size_t i = 0; i < source->part_count; i++) {
        const struct settings_part *part = &source->parts[i];
        for (size_t k = 0; k < part->files.count; k++)
            add_path(s, w, settings_path(&s->arena, part->folder, part->files.at[k]));
    }
}

static void add_named(struct settings *s, struct settings_words *w)
{
    const struct settings_source *source;
    for (size_t i = 0; (source = settings_source(s, i)); i++)
        add_source(s, w, source);
    add_path(s, w, s->codebook);
    add_path(s, w, s->overrides);
    add_path(s, w, s->website_plan);
    add_paths(s, w, &s->decisions);
    add_paths(s, w, &s->plans);
    add_paths(s, w, &s->named);
}

static int is_schema(const struct dirent *entry)
{
    static const char ending[] = ".schema.json";
    size_t len = strlen(entry->d_name), tail = sizeof ending - 1;
    return entry->d_name[0] != '.' && len > tail && strcmp(entry->d_name + len - tail, ending) == 0;
}

/* All schemas in the folder give the tables their titles. */
static void add_schemas(struct settings *s, struct settings_words *w)
{
    struct dirent **names;
    int count = scandir(s->folder, &names, is_schema, alphasort);
    for (int i = 0; i < count; i++) {
        add_path(s, w, settings_path(&s->arena, s->folder, names[i]->d_name));
        free(names[i]);
    }
    if (count >= 0)
        free(names);
}

/* Files that count if they are there. */
static void add_optional(struct settings *s, struct settings_words *w)
{
    static const char *const names[] = {
        "agreement.jsonl",       "codebook.csv",           "codebook.json",
        "decisions.csv",         "overrides.csv",          "yes_no.csv",
        "webpages.codebook.csv", "webpages.codebook.json", "website.plan.json",
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *path = settings_path(&s->arena, s->folder, names[i]);
        struct stat status;
        add_path(s, w, path);
        if (stat(path, &status) == 0 && S_ISDIR(status.st_mode))
            fault_mention(path, "is no file but a folder");
    }
    add_path(s, w, settings_path(&s->arena, s->folder, "decisions"));
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

void settings_look_at_kinds(struct settings *s)
{
    struct settings_words *all = &s->looked_at;
    add_named(s, all);
    add_schemas(s, all);
    add_optional(s, all);
    qsort(all->at, all->count, sizeof *all->at, by_name);
    for (size_t i = 0; i < all->count; i++) {
        bool again = i && strcmp(all->at[i], all->at[i - 1]) == 0;
        const char *fault = again ? NULL : kind_fault(s, all->at[i]);
        if (fault)
            fault_mention(all->at[i], "is %s", fault);
    }
}
