/* keep -- bytes kept on their way from one stage to the next. */
#include "study/keep.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/digest.h"
#include "base/fail.h"
#include "files.h"
#include "stream/emit.h"
#include "stream/pipe.h"

#define KEEP_BLOCK ((size_t)1024 * 1024)
#define METER_BYTES ((size_t)8 * 1024 * 1024) /* between two notes for the meter */

void keep_count(struct keep_lines *l, struct span block)
{
    const char *end = block.at + block.len;
    for (const char *at = block.at; at < end;) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        if (!stop)
            break;
        char before = stop > block.at ? stop[-1] : l->last;
        l->count += before != '\n' && before != '\0';
        at = stop + 1;
    }
    if (block.len)
        l->last = end[-1];
}

size_t keep_counted(const struct keep_lines *l)
{
    return l->count + (l->last != '\n' && l->last != '\0');
}

struct keeping {
    const char *file, *stats;
    int out;
    struct keep_lines lines;
    struct digest digest;
    size_t bytes, next_note;
    struct arena arena;
};

/* The number of records so far, for the meter of the run. */
static void note(struct keeping *k)
{
    if (!k->stats || !getenv("STUDY_METER") || k->bytes < k->next_note)
        return;
    k->next_note = k->bytes + METER_BYTES;
    struct buf text = {0};
    buf_addf(&text, "%zu\n", keep_counted(&k->lines));
    files_write(files_stat_path(&k->arena, k->stats, files_base(k->file), ".now"), buf_span(&text),
                FILES_ANEW);
    buf_free(&text);
}

static void pass(struct keeping *k, struct span block)
{
    keep_count(&k->lines, block);
    digest_add(&k->digest, block.at, block.len);
    k->bytes += block.len;
    files_write_all(k->out, block, k->file);
    files_write_all(STDOUT_FILENO, block, "standard output");
    note(k);
}

static void tell(struct keeping *k)
{
    char sum[DIGEST_TEXT];
    struct buf text = {0};
    digest_end(&k->digest, sum);
    buf_add(&text, SPAN("{\"file\":"));
    emit_any_string(&text, span_of(files_base(k->file)));
    emit_count_field(&text, SPAN("records"), keep_counted(&k->lines));
    emit_count_field(&text, SPAN("bytes"), k->bytes);
    emit_string_field(&text, SPAN("sha256"), span_of(sum));
    buf_add(&text, SPAN("}\n"));
    files_write(files_stat_path(&k->arena, k->stats, files_base(k->file), ".kept"), buf_span(&text),
                FILES_ANEW);
    buf_free(&text);
}

void keep_stream(const char *file, const char *stats)
{
    struct keeping k = {.file = file, .stats = stats};
    char *block = malloc(KEEP_BLOCK);
    if (!block)
        fail_memory();
    pipe_widen(STDIN_FILENO);
    pipe_widen(STDOUT_FILENO);
    k.out = open(file, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (k.out < 0)
        fail(STATUS_DATA, "cannot write %s: %s", file, strerror(errno));
    digest_start(&k.digest);
    ssize_t got;
    while ((got = read(STDIN_FILENO, block, KEEP_BLOCK)) != 0) {
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            fail(STATUS_DATA, "<stdin>: %s", strerror(errno));
        pass(&k, (struct span){block, (size_t)got});
    }
    if (close(k.out) != 0 || close(STDOUT_FILENO) != 0)
        fail(STATUS_DATA, "cannot write %s: %s", file, strerror(errno));
    if (stats)
        tell(&k);
    arena_free(&k.arena);
    free(block);
}
