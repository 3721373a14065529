#include "base/fail.h"

#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/broken.h"
#include "base/buf.h"
#include "base/show.h"
#include "base/writing.h"

#define QUOTE_LIMIT 100 /* bytes of a value worth showing on one line */
#define QUOTES 4
#define CLEANUPS 4 /* two rooms have some */
#define SHORT 512  /* bytes of a message that needs no memory */

static const char *program = "foi";
static void (*cleanups[CLEANUPS])(void);
static size_t cleanup_count;

/* Libraries begin threads of their own. Of all threads one ends the program, or takes its results
 * to their places: the others wait for the end. */
enum course { WORKING, SETTLED, ENDING };
static atomic_int course = WORKING;
static _Thread_local bool is_mine;

static void take_course(enum course to)
{
    int now = WORKING;
    if (!is_mine && !atomic_compare_exchange_strong(&course, &now, (int)to))
        for (;;)
            pause();
    is_mine = true;
    atomic_store(&course, (int)to);
}

void fail_settle(void)
{
    take_course(SETTLED);
}

bool fail_is_mine(void)
{
    return is_mine && atomic_load(&course) == ENDING;
}

void fail_program(const char *name)
{
    program = name;
}

void fail_cleanup(void (*clean)(void))
{
    if (!clean)
        cleanup_count = 0;
    else if (cleanup_count < CLEANUPS)
        cleanups[cleanup_count++] = clean;
}

/* A message with nothing that a terminal obeys: names of files come from others too. */
static void write_shown(const char *line, size_t len)
{
    struct buf shown = {0};
    show_add(&shown, (struct span){line, len}, SHOW_ESCAPED);
    buf_addc(&shown, '\n');
    (void)writing_all(STDERR_FILENO, buf_span(&shown)); /* nowhere left to report to */
    buf_free(&shown);
}

static bool is_plain(const char *line, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (line[i] < 0x20 || line[i] >= 0x7f)
            return false;
    return true;
}

/* One write(2) a message, so that messages of a pipeline's stages do not mix. That memory is
 * short must not keep what is told behind the end of the work from being said. */
static void print(const char *format, va_list args)
{
    char few[SHORT], *line = NULL;
    va_list again;
    va_copy(again, args);
    int length = vsnprintf(NULL, 0, format, again);
    va_end(again);
    size_t head = strlen(program) + 2;
    if (length >= 0)
        line = head + (size_t)length + 2 <= SHORT ? few : malloc(head + (size_t)length + 2);
    if (!line) {
        static const char plain[] = "foi: out of memory\n";
        (void)writing_all(STDERR_FILENO, (struct span){plain, sizeof plain - 1});
        return;
    }
    snprintf(line, head + 1, "%s: ", program);
    vsnprintf(line + head, (size_t)length + 1, format, args);
    size_t len = head + (size_t)length;
    if (is_plain(line, len)) {
        line[len] = '\n';
        (void)writing_all(STDERR_FILENO, (struct span){line, len + 1});
    } else {
        write_shown(line, len);
    }
    if (line != few)
        free(line);
}

static _Noreturn void end(int status)
{
    take_course(ENDING);
    broken_mark();
    while (cleanup_count)
        cleanups[--cleanup_count]();
    /* The heap goes with the process; a leak report on this path would hide
     * the status that the caller waits for. */
    _exit(status);
}

void fail_with_pipe(void)
{
    end(BROKEN_STATUS);
}

void fail(enum status status, const char *format, ...)
{
    va_list args;
    take_course(ENDING);
    va_start(args, format);
    print(format, args);
    va_end(args);
    end((int)status);
}

void fail_memory(void)
{
    fail(STATUS_DATA, "out of memory");
}

void warn(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    print(format, args);
    va_end(args);
}

const char *quote(struct span text)
{
    static struct buf ring[QUOTES];
    static unsigned next;
    struct buf *b = &ring[next++ % QUOTES];
    buf_clear(b);
    buf_addc(b, '\'');
    const char *at = text.at, *end = at + text.len;
    while (at < end && b->len <= QUOTE_LIMIT)
        at = show_next(b, at, end, SHOW_ESCAPED);
    buf_add(b, at < end ? SPAN("'...") : SPAN("'"));
    return buf_text(b);
}
