/* fault -- one call of a program fails: a library to be preloaded.
 *
 *   LD_PRELOAD=fault.so FAULT_KIND=KIND FAULT_AT=N [FAULT_COUNT=FILE] PROGRAM...
 *
 * The N-th call of KIND fails as the system would let it fail, all others do what they should:
 *
 *   alloc       malloc, calloc, realloc, strdup and its like: ENOMEM
 *   read        read: EIO         shortread   one byte is read
 *   write       write: ENOSPC     shortwrite  half is written
 *   open        open: EMFILE      rename      EACCES
 *   close       EIO               fsync       EIO
 *   fchmod      EPERM             getrandom   EAGAIN
 *   pipe        EMFILE            fork        EAGAIN
 *   memfd       EMFILE            truncate    ENOSPC
 *
 * With FAULT_COUNT the number of calls of KIND is put into FILE at the end, so that a loop knows
 * where to stop; of several processes the largest number. With FAULT_PROGRAM only a program of that
 * name is disturbed, and counted. Calls on descriptor 2 always succeed: they are how a fault is
 * told. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

extern void *__libc_malloc(size_t);
extern void *__libc_calloc(size_t, size_t);
extern void *__libc_realloc(void *, size_t);

static const char *kind;
static long at, count;
static bool is_ready;

static void set_up(void)
{
    is_ready = true;
    const char *program = getenv("FAULT_PROGRAM");
    if (program && strcmp(program, program_invocation_short_name) != 0)
        return;
    kind = getenv("FAULT_KIND");
    const char *number = getenv("FAULT_AT");
    at = number ? atol(number) : 0;
}

/* Whether this call, one of KIND, is the one to fail. */
static bool fails(const char *this_kind)
{
    if (!is_ready)
        set_up();
    return kind && strcmp(kind, this_kind) == 0 &&
           __atomic_add_fetch(&count, 1, __ATOMIC_RELAXED) == at; /* a library may have threads */
}

/* The number that another process has left in FILE. */
static long told(const char *file)
{
    char text[32] = "";
    int fd = open(file, O_RDONLY);
    if (fd < 0)
        return 0;
    ssize_t length = read(fd, text, sizeof text - 1);
    close(fd);
    return length > 0 ? atol(text) : 0;
}

static __attribute__((destructor)) void tell(void)
{
    const char *file = getenv("FAULT_COUNT");
    bool is_counted = kind;
    kind = NULL;
    if (!file || !is_counted || told(file) >= count)
        return;
    char text[32];
    int length = snprintf(text, sizeof text, "%ld\n", count);
    int fd = open(file, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (fd >= 0 && write(fd, text, (size_t)length) == length)
        close(fd);
}

/* The system's own function NAME. */
#define NEXT(name) (__extension__(__typeof__(&name)) dlsym(RTLD_NEXT, #name))

static void *out_of_memory(void)
{
    errno = ENOMEM;
    return NULL;
}

void *malloc(size_t size)
{
    return fails("alloc") ? out_of_memory() : __libc_malloc(size);
}

void *calloc(size_t number, size_t size)
{
    return fails("alloc") ? out_of_memory() : __libc_calloc(number, size);
}

void *realloc(void *old, size_t size)
{
    return fails("alloc") ? out_of_memory() : __libc_realloc(old, size);
}

ssize_t read(int fd, void *to, size_t size)
{
    if (fails("read")) {
        errno = EIO;
        return -1;
    }
    if (fails("shortread") && size > 1)
        size = 1;
    return NEXT(read)(fd, to, size);
}

ssize_t write(int fd, const void *from, size_t size)
{
    if (fd != STDERR_FILENO && fails("write")) {
        errno = ENOSPC;
        return -1;
    }
    if (fd != STDERR_FILENO && fails("shortwrite") && size > 1)
        size /= 2;
    return NEXT(write)(fd, from, size);
}

static int fail_with(int error)
{
    errno = error;
    return -1;
}

int open(const char *path, int flags, ...)
{
    va_list more;
    va_start(more, flags);
    mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(more, mode_t) : 0;
    va_end(more);
    return fails("open") ? fail_with(EMFILE) : NEXT(open)(path, flags, mode);
}

int rename(const char *from, const char *to)
{
    return fails("rename") ? fail_with(EACCES) : NEXT(rename)(from, to);
}

/* FAULT_EXCHANGE=no is a file system that knows no exchange. */
int renameat2(int from_base, const char *from, int to_base, const char *to, unsigned flags)
{
    const char *exchange = getenv("FAULT_EXCHANGE");
    if (flags & RENAME_EXCHANGE && exchange && strcmp(exchange, "no") == 0)
        return fail_with(EINVAL);
    return fails("rename") ? fail_with(EACCES)
                           : NEXT(renameat2)(from_base, from, to_base, to, flags);
}

int close(int fd)
{
    int result = NEXT(close)(fd);
    return fails("close") ? fail_with(EIO) : result;
}

int fsync(int fd)
{
    return fails("fsync") ? fail_with(EIO) : NEXT(fsync)(fd);
}

int fchmod(int fd, mode_t mode)
{
    return fails("fchmod") ? fail_with(EPERM) : NEXT(fchmod)(fd, mode);
}

ssize_t getrandom(void *to, size_t size, unsigned flags)
{
    return fails("getrandom") ? fail_with(EAGAIN) : NEXT(getrandom)(to, size, flags);
}

int pipe2(int ends[2], int flags)
{
    return fails("pipe") ? fail_with(EMFILE) : NEXT(pipe2)(ends, flags);
}

pid_t fork(void)
{
    return fails("fork") ? fail_with(EAGAIN) : NEXT(fork)();
}

int memfd_create(const char *name, unsigned flags)
{
    return fails("memfd") ? fail_with(EMFILE) : NEXT(memfd_create)(name, flags);
}

int ftruncate(int fd, off_t size)
{
    return fails("truncate") ? fail_with(ENOSPC) : NEXT(ftruncate)(fd, size);
}
