#include "base/fail.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/buf.h"

#define QUOTE_LIMIT 100 /* bytes of a value worth showing on one line */
#define QUOTES 4

static const char *program = "foi";
static void (*cleanup)(void);

void fail_program(const char *name)
{
    program = name;
}

const char *fail_program_name(void)
{
    return program;
}

void fail_cleanup(void (*clean)(void))
{
    cleanup = clean;
}

/* One write(2) a message, so that messages of a pipeline's stages do not mix. */
static void print(const char *format, va_list args)
{
    char *line = NULL;
    va_list again;
    va_copy(again, args);
    int length = vsnprintf(NULL, 0, format, again);
    va_end(again);
    size_t head = strlen(program) + 2;
    if (length >= 0)
        line = malloc(head + (size_t)length + 2);
    if (!line) {
        static const char plain[] = "foi: out of memory\n";
        if (write(STDERR_FILENO, plain, sizeof plain - 1) < 0)
            return;
        return;
    }
    snprintf(line, head + 1, "%s: ", program);
    vsnprintf(line + head, (size_t)length + 1, format, args);
    line[head + (size_t)length] = '\n';
    size_t left = head + (size_t)length + 1;
    for (const char *at = line; left > 0;) {
        ssize_t put = write(STDERR_FILENO, at, left);
        if (put < 0 && errno == EINTR)
            continue;
        if (put <= 0)
            break; /* there is nowhere left to report to */
        at += put;
        left -= (size_t)put;
    }
    free(line);
}

void fail(enum status status, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    print(format, args);
    va_end(args);
    if (cleanup)
        cleanup();
    /* The heap goes with the process; a leak report on this path would hide
     * the status that the caller waits for. */
    _exit(status);
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

/* The length of the UTF-8 sequence at AT that a terminal may be shown, or 0. */
static size_t printable(const unsigned char *at, size_t left)
{
    unsigned char c = *at;
    if (c < 0x80)
        return c >= 0x20 && c != 0x7f;
    size_t length = c >= 0xf0 ? 4 : c >= 0xe0 ? 3 : 2;
    if (c < 0xc2 || c > 0xf4 || left < length)
        return 0;
    for (size_t i = 1; i < length; i++)
        if ((at[i] & 0xc0) != 0x80)
            return 0;
    if (c == 0xc2 && at[1] < 0xa0)
        return 0; /* C1 controls */
    return length;
}

const char *quote(struct span text)
{
    static struct buf ring[QUOTES];
    static unsigned next;
    struct buf *b = &ring[next++ % QUOTES];
    buf_clear(b);
    buf_addc(b, '\'');
    size_t i = 0;
    while (i < text.len && b->len <= QUOTE_LIMIT) {
        const unsigned char *at = (const unsigned char *)text.at + i;
        size_t length = printable(at, text.len - i);
        if (length)
            buf_add(b, (struct span){text.at + i, length});
        else if (*at == '\n')
            buf_add(b, SPAN("\\n"));
        else if (*at == '\t')
            buf_add(b, SPAN("\\t"));
        else if (*at == '\r')
            buf_add(b, SPAN("\\r"));
        else
            buf_addf(b, "\\x%02x", *at);
        i += length ? length : 1;
    }
    buf_add(b, i < text.len ? SPAN("'...") : SPAN("'"));
    return buf_text(b);
}
