/* ledger -- what every stage of a run counted. */
#include "ledger.h"

#include <dirent.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/fail.h"

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

/* ---- what the stages left ---- */

static bool ends_with(const char *name, const char *ending)
{
    size_t len = strlen(name), tail = strlen(ending);
    return len > tail && strcmp(name + len - tail, ending) == 0;
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

static void read_one(struct ledger *l, const char *stats, const char *name)
{
    const char *ending = ends_with(name, ".json") ? ".json" : ".kept";
    if (!ends_with(name, ending))
        return;
    json_error_t error;
    json_t *counts = json_load_file(settings_path(&l->arena, stats, name), 0, &error);
    if (!json_is_object(counts))
        fail(STATUS_DATA, "the counts of %.*s cannot be read: %s",
             (int)(strlen(name) - strlen(ending)), name, error.text);
    const char *key = arena_text(&l->arena, (struct span){name, strlen(name) - strlen(ending)});
    set(*ending && ending[1] == 'j' ? l->stages : l->kept, key, counts);
}

void ledger_read(struct ledger *l, const char *stats)
{
    struct dirent **names;
    *l = (struct ledger){.stages = checked(json_object()),
                         .kept = checked(json_object()),
                         .lines = checked(json_array())};
    int count = scandir(stats, &names, NULL, by_name);
    if (count < 0)
        fail(STATUS_DATA, "%s: %s", stats, strerror(errno));
    for (int i = 0; i < count; i++) {
        read_one(l, stats, names[i]->d_name);
        free(names[i]);
    }
    free(names);
}

void ledger_leave_out_reports(struct ledger *l)
{
    const char *stage;
    json_t *counts;
    void *next;
    json_object_foreach_safe(l->stages, next, stage, counts)
    {
        if (strncmp(stage, "report-", 7) == 0)
            json_object_del(l->stages, stage);
    }
}

void ledger_free(struct ledger *l)
{
    json_decref(l->stages);
    json_decref(l->kept);
    json_decref(l->lines);
    arena_free(&l->arena);
    buf_free(&l->text);
    *l = (struct ledger){0};
}

static long long number_of(const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);
    return json_is_integer(value) ? json_integer_value(value) : LEDGER_NONE;
}

long long ledger_count(const struct ledger *l, const char *stage, const char *key)
{
    return number_of(json_object_get(l->stages, stage), key);
}

long long ledger_records(const struct ledger *l, const char *file)
{
    return number_of(json_object_get(l->kept, file), "records");
}

/* ---- its lines ---- */

static json_t *number_or_null(long long n)
{
    return n == LEDGER_NONE ? json_null() : json_integer(n);
}

static const char *shown(long long n, char text[24])
{
    if (n == LEDGER_NONE)
        return "none";
    snprintf(text, 24, "%lld", n);
    return text;
}

void ledger_balance(struct ledger *l, long long left, long long right, const char *format, ...)
{
    char one[24], other[24];
    struct buf what = {0};
    va_list args;
    va_start(args, format);
    buf_addv(&what, format, args);
    va_end(args);
    if (left == LEDGER_NONE || left != right)
        fail(STATUS_DATA, "the ledger does not add up: %s: %s and %s", buf_text(&what),
             shown(left, one), shown(right, other));
    json_t *line = checked(json_object());
    set(line, "what", json_string(buf_text(&what)));
    set(line, "left", number_or_null(left));
    set(line, "right", number_or_null(right));
    if (json_array_append_new(l->lines, line) != 0)
        fail_memory();
    buf_free(&what);
}

/* ---- names ---- */

static const char *named(struct ledger *l, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static const char *named(struct ledger *l, const char *format, ...)
{
    va_list args;
    buf_clear(&l->text);
    va_start(args, format);
    buf_addv(&l->text, format, args);
    va_end(args);
    return arena_text(&l->arena, buf_span(&l->text));
}

const char *ledger_stage(struct ledger *l, const char *source, const char *stage)
{
    return named(l, "%s-%s", source, stage);
}

const char *ledger_file(struct ledger *l, const char *source)
{
    const char *slash = strrchr(source, '/');
    return named(l, "%s.jsonl", slash ? slash + 1 : source);
}

const char *ledger_lookup_stage(struct ledger *l, size_t i)
{
    return i == 0 ? "merge-lookup" : named(l, "merge-lookup-%zu", i + 1);
}

const char *ledger_plan_name(struct ledger *l, const char *file)
{
    const char *slash = strrchr(file, '/'), *base = slash ? slash + 1 : file;
    size_t len = strlen(base);
    static const char *const endings[] = {".json", ".plan"};
    for (size_t i = 0; i < 2; i++) {
        size_t tail = strlen(endings[i]);
        if (len > tail && memcmp(base + len - tail, endings[i], tail) == 0)
            len -= tail;
    }
    return arena_text(&l->arena, (struct span){base, len});
}
