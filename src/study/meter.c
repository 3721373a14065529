/* meter -- the progress of a run. */
#include "meter.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/arena.h"
#include "base/buf.h"
#include "study/settings.h"

#define METER_EVERY 0.25 /* seconds */
#define METER_WIDTH 78

static double seconds(const struct timespec *from, const struct timespec *to)
{
    return (double)(to->tv_sec - from->tv_sec) + (double)(to->tv_nsec - from->tv_nsec) / 1e9;
}

void meter_start(struct meter *m, const char *stats)
{
    *m = (struct meter){.stats = stats};
    clock_gettime(CLOCK_MONOTONIC, &m->start);
    m->drawn = m->start;
}

static size_t number_in(const char *path)
{
    size_t number = 0;
    FILE *file = fopen(path, "re");
    if (!file)
        return 0;
    if (fscanf(file, "%zu", &number) != 1)
        number = 0;
    fclose(file); /* was only read: nothing can be lost */
    return number;
}

/* The file that was noted last is what the stages are at. */
static void add_latest(struct meter *m, struct buf *line, double passed)
{
    struct arena a = {0};
    struct timespec newest = {0};
    const char *latest = NULL, *name = NULL;
    DIR *folder = opendir(m->stats);
    const struct dirent *entry;
    while (folder && (entry = readdir(folder))) {
        struct stat status;
        const char *dot = strrchr(entry->d_name, '.');
        const char *path = settings_path(&a, m->stats, entry->d_name);
        if (!dot || strcmp(dot, ".now") != 0 || stat(path, &status) != 0 ||
            seconds(&newest, &status.st_mtim) < 0)
            continue;
        newest = status.st_mtim;
        latest = path;
        name = arena_text(&a, span_from(entry->d_name, dot));
    }
    if (folder)
        closedir(folder);
    size_t records = latest ? number_in(latest) : 0;
    if (latest)
        buf_addf(line, ": %s, %zu records, %.0f a second", name, records, (double)records / passed);
    arena_free(&a);
}

void meter_draw(struct meter *m)
{
    struct timespec now;
    struct buf line = {0};
    clock_gettime(CLOCK_MONOTONIC, &now);
    if (seconds(&m->drawn, &now) < METER_EVERY)
        return;
    m->drawn = now;
    double passed = seconds(&m->start, &now);
    buf_addf(&line, "%.0f s", passed);
    add_latest(m, &line, passed);
    if (line.len > METER_WIDTH)
        line.len = METER_WIDTH;
    fprintf(stderr, "\r%-*s", METER_WIDTH, buf_text(&line));
    m->shown = true;
    buf_free(&line);
}

void meter_clear(struct meter *m)
{
    if (m->shown)
        fprintf(stderr, "\r%*s\r", METER_WIDTH, "");
    m->shown = false;
}
