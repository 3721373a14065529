/* manifest -- what a run was made of and what came of it. */
#include "manifest.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/digest.h"
#include "base/fail.h"
#include "base/intern.h"
#include "base/version.h"
#include "base/within.h"
#include "docs/sheet.h"
#include "files.h"
#include "stream/emit.h"

static json_t *checked(json_t *json)
{
    if (!json)
        fail_memory();
    return json;
}

static void set(json_t *object, const char *key, json_t *value)
{
    if (json_object_set_new(object, key, checked(value)) != 0)
        fail_memory();
}

static void append(json_t *list, json_t *value)
{
    if (json_array_append_new(list, checked(value)) != 0)
        fail_memory();
}

/* Names of files are bytes; JSON wants UTF-8. */
static json_t *name_of(const char *name)
{
    struct buf text = {0};
    emit_any_string(&text, span_of(name));
    json_t *json = checked(json_loadb(text.at, text.len, JSON_DECODE_ANY, NULL));
    buf_free(&text);
    return json;
}

/* ---- inputs ---- */

struct inputs {
    json_t *list;
    const struct ledger *ledger;
    const char *top; /* the folder of documents that is gone through */
    bool follows;    /* links out of it */
    struct arena arena;
};

static void add_input(struct inputs *in, const char *shown, const char *path, const char *known)
{
    char sum[DIGEST_TEXT];
    if (!known && !digest_file(path, sum)) {
        if (errno == ENOENT)
            return; /* what is needed was missed before; what is not need not be there */
        fail(STATUS_DATA, "%s: %s", path, strerror(errno));
    }
    json_t *entry = checked(json_object());
    set(entry, "file", name_of(shown));
    set(entry, "sha256", json_string(known ? known : sum));
    append(in->list, entry);
}

static void add_path(struct inputs *in, const char *path)
{
    if (path)
        add_input(in, files_base(path), path, NULL);
}

static void add_paths(struct inputs *in, const struct settings_words *paths)
{
    for (size_t i = 0; i < paths->count; i++)
        add_path(in, paths->at[i]);
}

/* What the reader found FILE's digest to be, as it read it. */
static const char *digest_of(const struct inputs *in, const char *stage, const char *file)
{
    size_t i;
    json_t *entry;
    if (!in->ledger)
        return NULL;
    json_array_foreach(json_object_get(json_object_get(in->ledger->stages, stage), "files"), i,
                       entry)
    {
        const char *name = json_string_value(json_object_get(entry, "file"));
        if (name && strcmp(name, file) == 0)
            return json_string_value(json_object_get(entry, "sha256"));
    }
    return NULL;
}

static void add_folder(struct inputs *in, const char *shown, const char *path);

/* Whether PATH is what fromdocs reads: a file, or a link to one that may be followed. */
static bool is_read(const struct inputs *in, const char *path, const struct stat *own)
{
    struct stat led;
    return stat(path, &led) == 0 && S_ISREG(led.st_mode) &&
           (!S_ISLNK(own->st_mode) || in->follows || within_of(in->top, path) == WITHIN_INSIDE);
}

/* What lies in a folder of documents. A link to a folder or out of the documents, a fifo or a
 * device is not gone into and not read, and has no digest. */
static void add_member(struct inputs *in, const char *shown, const char *path)
{
    struct stat own = {0};
    if (lstat(path, &own) == 0 && S_ISDIR(own.st_mode)) {
        add_folder(in, shown, path);
    } else if (is_read(in, path, &own)) {
        add_input(in, shown, path, NULL);
    } else {
        json_t *entry = checked(json_object());
        set(entry, "file", name_of(shown));
        set(entry, "sha256", json_null());
        append(in->list, entry);
    }
}

/* All files below a folder of documents, in the order of their names. */
static void add_folder(struct inputs *in, const char *shown, const char *path)
{
    struct dirent **names;
    int count = scandir(path, &names, NULL, alphasort);
    if (count < 0) {
        add_input(in, shown, path, NULL);
        return;
    }
    for (int i = 0; i < count; i++) {
        const char *name = names[i]->d_name;
        if (strcmp(name, ".") != 0 && strcmp(name, "..") != 0)
            add_member(in, settings_path(&in->arena, shown, name),
                       settings_path(&in->arena, path, name));
        free(names[i]);
    }
    free(names);
}

static void add_part(struct inputs *in, const struct settings_part *part)
{
    struct buf stage = {0};
    buf_addf(&stage, "%s-%s", part->name, settings_reader_name(part->reader));
    for (size_t i = 0; i < part->files.count; i++) {
        const char *file = part->files.at[i];
        const char *path = settings_path(&in->arena, part->folder, file);
        in->top = path;
        if (part->reader == SETTINGS_DOCS)
            add_folder(in, file, path);
        else
            add_input(in, file, path, digest_of(in, buf_text(&stage), file));
    }
    buf_free(&stage);
}

/* Those that the schemas name; the study's own codebook may be one of them. */
static void add_named(struct inputs *in, const struct settings *s)
{
    for (size_t i = 0; i < s->named.count; i++)
        if (!s->codebook || strcmp(s->named.at[i], s->codebook) != 0)
            add_path(in, s->named.at[i]);
}

json_t *manifest_inputs(const struct ledger *l, const struct settings *s, const char *yes_no_book)
{
    struct inputs in = {
        .list = checked(json_array()), .ledger = l, .follows = s->trust == SETTINGS_TRUSTED};
    const struct settings_source *source;
    for (size_t i = 0; (source = settings_source(s, i)); i++)
        for (size_t j = 0; j < source->part_count; j++)
            add_part(&in, &source->parts[j]);
    for (size_t i = 0; (source = settings_source(s, i)); i++) {
        add_path(&in, source->schema);
        add_path(&in, source->aliases);
        add_path(&in, source->succession);
    }
    add_path(&in, s->codebook);
    add_named(&in, s);
    if (s->webpages.present) {
        add_path(&in, settings_path(&in.arena, s->folder, "webpages.codebook.csv"));
        add_path(&in, settings_path(&in.arena, s->folder, "webpages.codebook.json"));
    }
    add_path(&in, yes_no_book);
    add_path(&in, s->overrides);
    add_paths(&in, &s->decisions);
    add_path(&in, s->file);
    add_paths(&in, &s->plans);
    if (s->website.present)
        add_path(&in, s->website_plan);
    arena_free(&in.arena);
    return in.list;
}

/* ---- the document ---- */

static json_t *outputs(const struct ledger *l)
{
    json_t *list = checked(json_array());
    const char *file;
    json_t *kept;
    json_object_foreach(l->kept, file, kept)
    {
        append(list, json_incref(kept));
    }
    return list;
}

/* What people decided: a file's rows, and by how many coders. */
static json_t *decisions_in(const char *path, struct intern *all)
{
    struct sheet sheet = {0};
    struct intern coders = {0};
    static const char *const wanted[] = {"coder", NULL};
    sheet_load(&sheet, path, SHEET_CSV, wanted);
    size_t column = sheet_column(&sheet, "coder");
    for (size_t i = 0; i < sheet.rows; i++)
        if (sheet_cell(&sheet, i, column).len) {
            intern_add(&coders, sheet_cell(&sheet, i, column));
            intern_add(all, sheet_cell(&sheet, i, column));
        }
    json_t *entry = checked(json_object());
    set(entry, "file", name_of(files_base(path)));
    set(entry, "rows", json_integer((json_int_t)sheet.rows));
    set(entry, "coders", json_integer((json_int_t)coders.count));
    intern_free(&coders);
    sheet_free(&sheet);
    return entry;
}

static json_t *decisions(const struct settings *s, struct intern *coders)
{
    json_t *list = checked(json_array());
    for (size_t i = 0; i < s->decisions.count; i++)
        append(list, decisions_in(s->decisions.at[i], coders));
    if (s->overrides)
        append(list, decisions_in(s->overrides, coders));
    return list;
}

/* What became of the decisions in all stages, for the methods section. */
static json_t *people(const struct ledger *l, size_t coders)
{
    static const char *const kinds[] = {"changed", "confirmed", "stale", "not_used"};
    json_t *counts = checked(json_object());
    const char *stage;
    json_t *stats;
    set(counts, "coders", json_integer((json_int_t)coders));
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        char name[32];
        json_int_t sum = 0;
        snprintf(name, sizeof name, "decisions_%s", kinds[i]);
        json_object_foreach(l->stages, stage, stats) sum +=
            json_integer_value(json_object_get(stats, name));
        set(counts, kinds[i], json_integer(sum));
    }
    return counts;
}

static json_t *attention(const struct ledger *l)
{
    struct ledger_attention a = ledger_attention(l);
    json_t *counts = checked(json_object());
    set(counts, "uncoded", json_integer(a.uncoded));
    set(counts, "flagged", json_integer(a.flagged));
    set(counts, "unmatched", json_integer(a.unmatched));
    set(counts, "rejected", json_integer(a.rejected));
    set(counts, "unplaced", json_integer(a.unplaced));
    return counts;
}

/* The study's name, however its path was typed. */
static json_t *study_name(const struct settings *s)
{
    char *real = realpath(s->folder, NULL);
    json_t *name = name_of(files_base(real ? real : s->folder));
    free(real);
    return name;
}

static json_t *known_inputs(const char *folder)
{
    json_t *before = manifest_load(folder);
    json_t *inputs = before ? json_incref(json_object_get(before, "inputs")) : NULL;
    json_decref(before);
    return inputs;
}

static json_t *key_of(const struct settings *s)
{
    json_t *key = checked(json_array());
    for (size_t i = 0; i < s->foi.keys.count; i++)
        append(key, name_of(s->foi.keys.at[i]));
    return key;
}

void manifest_write(const struct ledger *l, const struct settings *s, const char *yes_no_book,
                    const char *folder)
{
    struct arena a = {0};
    json_t *root = checked(json_object());
    set(root, "study", study_name(s));
    set(root, "version", json_string(FOI_VERSION));
    json_t *inputs = known_inputs(folder);
    set(root, "inputs", inputs ? inputs : manifest_inputs(l, s, yes_no_book));
    set(root, "key", key_of(s));
    struct intern coders = {0};
    set(root, "decisions", decisions(s, &coders));
    set(root, "checked", people(l, coders.count));
    intern_free(&coders);
    set(root, "outputs", outputs(l));
    set(root, "attention", attention(l));
    set(root, "stages", json_incref(l->stages));
    set(root, "ledger", json_incref(l->lines));
    char *text = json_dumps(root, JSON_COMPACT);
    if (!text)
        fail_memory();
    struct buf line = {0};
    buf_addf(&line, "%s\n", text);
    files_write(settings_path(&a, folder, "manifest.json"), buf_span(&line), FILES_ANEW);
    buf_free(&line);
    free(text);
    json_decref(root);
    arena_free(&a);
}

static _Noreturn void cannot_read(const char *path)
{
    fail(STATUS_DATA, "cannot read %s: %s", path, strerror(errno));
}

/* One that is there and cannot be read is not taken for none. */
json_t *manifest_load(const char *folder)
{
    struct arena a = {0};
    const char *path = settings_path(&a, folder, "manifest.json");
    FILE *file = fopen(path, "r");
    if (!file && errno != ENOENT && errno != ENOTDIR)
        cannot_read(path);
    json_t *root = file ? json_loadf(file, 0, NULL) : NULL;
    if (file && ferror(file))
        cannot_read(path);
    if (file)
        fclose(file); /* was only read: nothing can be lost */
    arena_free(&a);
    if (json_is_object(root))
        return root;
    json_decref(root);
    return NULL;
}
