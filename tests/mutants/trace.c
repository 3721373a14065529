/* Linked into the build that tests/mutants/mutants.py maps the tests with: notes each function that
 * a process enters, in a file of bytes that all processes of one test and program share, so that
 * neither a kill nor _exit() loses any. A byte stands for an address of the program's text. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#define PLAIN __attribute__((no_instrument_function))
#define TEXT_BYTES ((size_t)32 << 20)

extern const char __executable_start[];
static char *entered;

PLAIN static const char *or_none(const char *text)
{
    return text ? text : "0";
}

/* The file of this test and program: FOLDER/BATS-FILE:NUMBER:PROGRAM. */
PLAIN static int open_file(const char *folder)
{
    char path[4096];
    const char *file = or_none(getenv("BATS_TEST_FILENAME"));
    for (const char *c = file; *c; c++)
        if (*c == '/')
            file = c + 1;
    snprintf(path, sizeof path, "%s/%s:%s:%s", folder, file, or_none(getenv("BATS_TEST_NUMBER")),
             program_invocation_short_name);
    return open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
}

/* A program under a limit of its files is left alone: the file would be over it. */
PLAIN static __attribute__((constructor)) void set_up(void)
{
    struct rlimit most;
    const char *folder = getenv("MUTANTS_TRACE");
    if (!folder || getrlimit(RLIMIT_FSIZE, &most) != 0 || most.rlim_cur != RLIM_INFINITY)
        return;
    int fd = open_file(folder);
    if (fd < 0)
        return;
    if (ftruncate(fd, (off_t)TEXT_BYTES) == 0) {
        void *bytes = mmap(NULL, TEXT_BYTES, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
        entered = bytes == MAP_FAILED ? NULL : bytes;
    }
    close(fd);
}

PLAIN void __cyg_profile_func_enter(void *function, void *caller);
PLAIN void __cyg_profile_func_enter(void *function, void *caller)
{
    (void)caller;
    size_t at = (size_t)((const char *)function - __executable_start);
    if (entered && at < TEXT_BYTES)
        entered[at] = 1;
}

PLAIN void __cyg_profile_func_exit(void *function, void *caller);
PLAIN void __cyg_profile_func_exit(void *function, void *caller)
{
    (void)function;
    (void)caller;
}
