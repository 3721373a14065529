/* keeping -- blocks written, counted and hashed on their way. */
#include "stream/keeping.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/fail.h"
#include "base/writing.h"
#include "stream/emit.h"

/* ---- lines ---- */

void keeping_count(struct keeping_lines *l, struct span block)
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

size_t keeping_counted(const struct keeping_lines *l)
{
    return l->count + (l->last != '\n' && l->last != '\0');
}

/* ---- the copy ---- */

static _Noreturn void cannot_write(const char *file)
{
    fail(STATUS_DATA, "cannot write %s: %s", file, strerror(errno));
}

static int open_anew(const char *file)
{
    int fd = open(file, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (fd < 0)
        cannot_write(file);
    return fd;
}

static char *copied(const char *text)
{
    char *copy = strdup(text);
    if (!copy)
        fail_memory();
    return copy;
}

void keeping_open(struct keeping *k, const char *file, const char *report)
{
    *k = (struct keeping){
        .file = copied(file), .report = report ? copied(report) : NULL, .out = open_anew(file)};
    digest_start(&k->digest);
}

void keeping_add(struct keeping *k, struct span block)
{
    keeping_count(&k->lines, block);
    digest_add(&k->digest, block.at, block.len);
    k->bytes += block.len;
    if (!writing_all(k->out, block))
        cannot_write(k->file);
}

static void tell(struct keeping *k)
{
    char sum[DIGEST_TEXT];
    struct buf text = {0};
    const char *slash = strrchr(k->file, '/');
    digest_end(&k->digest, sum);
    buf_add(&text, SPAN("{\"file\":"));
    emit_any_string(&text, span_of(slash ? slash + 1 : k->file));
    emit_count_field(&text, SPAN("records"), keeping_counted(&k->lines));
    emit_count_field(&text, SPAN("bytes"), k->bytes);
    emit_string_field(&text, SPAN("sha256"), span_of(sum));
    buf_add(&text, SPAN("}\n"));
    int fd = open_anew(k->report);
    if (!writing_all(fd, buf_span(&text)) || close(fd) != 0)
        cannot_write(k->report);
    buf_free(&text);
}

void keeping_close(struct keeping *k)
{
    if (close(k->out) != 0)
        cannot_write(k->file);
    if (k->report)
        tell(k);
    free(k->file);
    free(k->report);
}

/* ---- in the environment ---- */

struct keeping *keeping_find(void)
{
    const char *file = getenv("FOI_KEEP");
    if (!file || !*file)
        return NULL;
    struct keeping *k = malloc(sizeof *k);
    const char *report = getenv("FOI_KEPT");
    if (!k)
        fail_memory();
    keeping_open(k, file, report && *report ? report : NULL);
    unsetenv("FOI_KEEP"); /* it is for this program, not for those that it starts */
    unsetenv("FOI_KEPT");
    return k;
}
