/* settings -- a study's settings, whichever of the two files holds them. */
#include "study/settings.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fault.h"
#include "base/within.h"
#include "settings_read.h"

void settings_add_word(struct settings *s, struct settings_words *w, struct span text)
{
    w->at = array_grow(w->at, &w->cap, w->count + 1, sizeof *w->at);
    w->at[w->count++] = arena_text(&s->arena, text);
}

void settings_split(struct settings *s, struct settings_words *w, struct span text)
{
    const char *end = span_end(text);
    for (const char *at = text.at; at < end;) {
        const char *comma = memchr(at, ',', (size_t)(end - at));
        const char *stop = comma ? comma : end;
        if (stop > at)
            settings_add_word(s, w, span_from(at, stop));
        at = stop + 1;
    }
}

const char *settings_path(struct arena *a, const char *folder, const char *name)
{
    size_t front = strlen(folder), back = strlen(name);
    if (*name == '/')
        return arena_text(a, span_of(name));
    char *path = arena_alloc(a, front + back + 2);
    memcpy(path, folder, front);
    path[front] = '/';
    memcpy(path + front + 1, name, back);
    return path;
}

bool settings_is_file(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && !S_ISDIR(status.st_mode);
}

struct settings_part *settings_add_part(struct settings *s, struct settings_source *source)
{
    struct settings_part *parts =
        arena_array(&s->arena, source->part_count + 1, sizeof *source->parts);
    if (source->part_count)
        memcpy(parts, source->parts, source->part_count * sizeof *parts);
    source->parts = parts;
    struct settings_part *part = &parts[source->part_count++];
    part->name = source->name;
    part->folder = s->data;
    if (source->part_count == 1)
        return part;
    buf_clear(&s->scratch);
    buf_addf(&s->scratch, "%s-%zu", source->name, source->part_count);
    part->name = arena_text(&s->arena, buf_span(&s->scratch));
    return part;
}

struct settings_source *settings_add_lookup(struct settings *s, struct span name)
{
    struct settings_source *all = arena_array(&s->arena, s->lookup_count + 1, sizeof *all);
    if (s->lookup_count)
        memcpy(all, s->lookups, s->lookup_count * sizeof *all);
    s->lookups = all;
    struct settings_source *source = &all[s->lookup_count++];
    source->name = arena_text(&s->arena, name);
    source->present = true;
    settings_add_part(s, source)->folder = s->folder;
    return source;
}

/* ---- names that a study gives ---- */

static bool has_dots(struct span name)
{
    for (const char *at = name.at, *end = span_end(name); at < end;) {
        const char *slash = memchr(at, '/', (size_t)(end - at));
        const char *stop = slash ? slash : end;
        if (span_eq(span_from(at, stop), SPAN("..")))
            return true;
        at = stop + 1;
    }
    return false;
}

/* Whether NAME leads below FOLDER when every link is followed. One that is not there does. */
static bool stays_below(const char *folder, const char *name)
{
    struct arena a = {0};
    bool below = within_of(folder, settings_path(&a, folder, name)) != WITHIN_OUTSIDE;
    arena_free(&a);
    return below;
}

const char *settings_name_fault(const struct settings *s, const char *folder, struct span name)
{
    if (name.len == 0)
        return "is empty";
    for (size_t i = 0; i < name.len; i++)
        if ((unsigned char)name.at[i] < 0x20 || name.at[i] == 0x7f)
            return "holds a control character";
    if (s->trust == SETTINGS_TRUSTED)
        return NULL;
    struct arena a = {0};
    bool out = name.at[0] == '/' || has_dots(name) || !stays_below(folder, arena_text(&a, name));
    arena_free(&a);
    return out ? "leads out of the study's folder (--trust lets it)" : NULL;
}

const char *settings_lookup_fault(const struct settings *s, struct span name)
{
    static const struct span sources[] = {SPAN_ROW("roster"), SPAN_ROW("foi"), SPAN_ROW("website"),
                                          SPAN_ROW("webpages"), SPAN_ROW("merged")};
    for (size_t i = 0; i < sizeof sources / sizeof *sources; i++)
        if (span_eq(name, sources[i]))
            return "is the name of records of the study's own (give the lookup another)";
    return settings_name_fault(s, s->folder, name);
}

/* ---- what is not said ---- */

static bool is_workbook(const char *path)
{
    unsigned char head[8];
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0)
        return false;
    ssize_t got = read(fd, head, sizeof head);
    close(fd); /* was only read: nothing can be lost */
    return got == sizeof head && (memcmp(head, "PK\3\4", 4) == 0 ||
                                  memcmp(head, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8) == 0);
}

/* NAME.csv, or the workbook of that name where there is no such file. */
static void default_file(struct settings *s, struct settings_part *part, const char *name)
{
    static const char *const endings[] = {".csv", ".xlsx", ".ods", ".xls"};
    for (size_t i = 0; i <= sizeof endings / sizeof *endings; i++) {
        bool last = i == sizeof endings / sizeof *endings;
        buf_clear(&s->scratch);
        buf_addf(&s->scratch, "%s%s", name, endings[last ? 0 : i]);
        if (!last &&
            !settings_is_file(settings_path(&s->arena, part->folder, buf_text(&s->scratch))))
            continue;
        settings_add_word(s, &part->files, buf_span(&s->scratch));
        return;
    }
}

static void complete_source(struct settings *s, struct settings_source *source)
{
    if (source->part_count == 0)
        settings_add_part(s, source);
    for (size_t i = 0; i < source->part_count; i++) {
        struct settings_part *part = &source->parts[i];
        if (part->files.count == 0)
            default_file(s, part, source->name);
        const char *first = settings_path(&s->arena, part->folder, part->files.at[0]);
        if (part->reader == SETTINGS_CSV && is_workbook(first))
            part->reader = SETTINGS_SHEET;
    }
    if (!source->schema) {
        buf_clear(&s->scratch);
        buf_addf(&s->scratch, "%s.schema.json", source->name);
        source->schema = settings_path(&s->arena, s->folder, buf_text(&s->scratch));
    }
    source->present = source->present || settings_is_file(source->schema);
}

/* FOLDER/NAME if it is there. */
static const char *found(struct settings *s, const char *name)
{
    const char *path = settings_path(&s->arena, s->folder, name);
    return settings_is_file(path) ? path : NULL;
}

static int is_csv(const struct dirent *entry)
{
    const char *dot = strrchr(entry->d_name, '.');
    return entry->d_name[0] != '.' && dot && strcmp(dot, ".csv") == 0;
}

/* What people decided: decisions.csv, then the files of the folder `decisions` by their names. */
static void find_decisions(struct settings *s)
{
    struct dirent **names;
    const char *folder = settings_path(&s->arena, s->folder, "decisions");
    if (found(s, "decisions.csv"))
        settings_add_word(s, &s->decisions, span_of(found(s, "decisions.csv")));
    int count = scandir(folder, &names, is_csv, alphasort);
    for (int i = 0; i < count; i++) {
        settings_add_word(s, &s->decisions,
                          span_of(settings_path(&s->arena, folder, names[i]->d_name)));
        free(names[i]);
    }
    if (count >= 0)
        free(names);
}

/* Letters may lie elsewhere, too. */
static void follow_links(struct settings *s)
{
    const struct settings_source *source;
    for (size_t i = 0; (source = settings_source(s, i)); i++)
        for (size_t k = 0; k < source->part_count; k++)
            if (source->parts[k].reader == SETTINGS_DOCS)
                settings_add_word(s, &source->parts[k].more, SPAN("--trust"));
}

static void complete(struct settings *s)
{
    complete_source(s, &s->roster);
    complete_source(s, &s->foi);
    if (s->foi.keys.count == 0 && s->foi.parts[0].reader == SETTINGS_DOCS)
        settings_add_word(s, &s->foi.keys, SPAN("reply")); /* the name of a letter's folder */
    complete_source(s, &s->website);
    if (s->webpages.present)
        complete_source(s, &s->webpages);
    for (size_t i = 0; i < s->lookup_count; i++)
        complete_source(s, &s->lookups[i]);
    s->foi.present = true;
    if (s->trust == SETTINGS_TRUSTED)
        follow_links(s);
    if (!s->codebook)
        s->codebook = found(s, "codebook.csv");
    if (!s->codebook)
        s->codebook = found(s, "codebook.json");
    if (s->decisions.count == 0)
        find_decisions(s);
    if (!s->overrides)
        s->overrides = found(s, "overrides.csv");
    if (s->plans.count == 0)
        settings_add_word(s, &s->plans, span_of(settings_path(&s->arena, s->folder, "plan.json")));
    if (!s->website_plan)
        s->website_plan = found(s, "website.plan.json");
}

static const char *without_slash(struct settings *s, const char *folder)
{
    struct span name = span_of(folder);
    while (name.len > 1 && name.at[name.len - 1] == '/')
        name.len--;
    return arena_text(&s->arena, name);
}

static void must_be_folder(const char *folder, const char *what)
{
    struct stat status;
    if (stat(folder, &status) != 0 || !S_ISDIR(status.st_mode))
        fail(STATUS_USAGE, "%s: no such %s folder", *folder ? folder : "''", what);
}

void settings_load(struct settings *s, const char *folder, const char *data,
                   enum settings_trust trust)
{
    *s = (struct settings){.trust = trust};
    must_be_folder(folder, "study");
    s->folder = without_slash(s, folder);
    if (data)
        must_be_folder(data, "data");
    s->data = data ? without_slash(s, data) : s->folder;
    s->roster.name = "roster";
    s->foi.name = "foi";
    s->website.name = "website";
    s->webpages.name = "webpages";
    settings_must_be_plain(s, settings_path(&s->arena, s->folder, "study.json"));
    const char *json = found(s, "study.json"), *conf = found(s, "study.conf");
    if (json && conf)
        fault_raise(json, "%s is there as well (only one may hold the settings)", conf);
    s->file = json ? json : settings_path(&s->arena, s->folder, "study.conf");
    settings_must_be_plain(s, s->file);
    if (json)
        settings_read_json(s);
    else
        settings_read_conf(s);
    complete(s);
    settings_find_named(s);
    settings_look_at_kinds(s);
}

const char *settings_reader_name(enum settings_reader reader)
{
    static const char *const names[] = {"fromcsv", "fromsheet", "fromdocs"};
    return names[reader];
}

const struct settings_source *settings_source(const struct settings *s, size_t i)
{
    const struct settings_source *main[] = {&s->roster, &s->foi, &s->website, &s->webpages};
    for (size_t j = 0; j < 4; j++)
        if (main[j]->present && i-- == 0)
            return main[j];
    return i < s->lookup_count ? &s->lookups[i] : NULL;
}

static void free_source(struct settings_source *source)
{
    for (size_t i = 0; i < source->part_count; i++) {
        free(source->parts[i].files.at);
        free(source->parts[i].more.at);
    }
    free(source->keys.at);
    free(source->extract.at);
    free(source->merge.at);
}

void settings_free(struct settings *s)
{
    free_source(&s->roster);
    free_source(&s->foi);
    free_source(&s->website);
    free_source(&s->webpages);
    for (size_t i = 0; i < s->lookup_count; i++)
        free_source(&s->lookups[i]);
    for (size_t i = 0; i < s->swap_count; i++)
        free(s->swaps[i].command.at);
    free(s->yes_no.at);
    free(s->decisions.at);
    free(s->plans.at);
    free(s->named.at);
    free(s->books.at);
    free(s->looked_at.at);
    free(s->formats.at);
    arena_free(&s->arena);
    buf_free(&s->scratch);
    *s = (struct settings){0};
}
