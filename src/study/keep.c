/* keep -- bytes kept on their way from one stage to the next. */
#include "study/keep.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/fail.h"
#include "files.h"
#include "stream/keeping.h"
#include "stream/pipe.h"

#define KEEP_BLOCK ((size_t)1024 * 1024)
#define METER_BYTES ((size_t)8 * 1024 * 1024) /* between two notes for the meter */

struct passing {
    struct keeping keeping;
    const char *now; /* the file of the meter of the run; NULL if there is none */
    size_t next_note;
};

/* The number of records so far. */
static void note(struct passing *p)
{
    if (!p->now || p->keeping.bytes < p->next_note)
        return;
    p->next_note = p->keeping.bytes + METER_BYTES;
    struct buf text = {0};
    buf_addf(&text, "%zu\n", keeping_counted(&p->keeping.lines));
    files_write(p->now, buf_span(&text), FILES_ANEW);
    buf_free(&text);
}

static void pass_all(struct passing *p)
{
    char *block = malloc(KEEP_BLOCK);
    ssize_t got;
    if (!block)
        fail_memory();
    while ((got = read(STDIN_FILENO, block, KEEP_BLOCK)) != 0) {
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            fail(STATUS_DATA, "<stdin>: %s", strerror(errno));
        struct span all = {block, (size_t)got};
        keeping_add(&p->keeping, all);
        files_write_all(STDOUT_FILENO, all, "standard output");
        note(p);
    }
    free(block);
}

void keep_stream(const char *file, const char *stats)
{
    struct arena a = {0};
    struct passing p = {.now = NULL};
    const char *base = files_base(file);
    if (stats && getenv("STUDY_METER"))
        p.now = files_stat_path(&a, stats, base, ".now");
    pipe_widen(STDIN_FILENO);
    pipe_widen(STDOUT_FILENO);
    keeping_open(&p.keeping, file, stats ? files_stat_path(&a, stats, base, ".kept") : NULL);
    pass_all(&p);
    keeping_close(&p.keeping);
    if (close(STDOUT_FILENO) != 0)
        fail(STATUS_DATA, "cannot write standard output: %s", strerror(errno));
    arena_free(&a);
}
