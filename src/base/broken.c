#include "base/broken.h"

#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#define NAME "FOI_PIPE_BROKEN"

int broken_lay(void)
{
    char number[16];
    int fd = eventfd(0, EFD_NONBLOCK);
    if (fd < 0)
        return -1;
    snprintf(number, sizeof number, "%d", fd);
    setenv(NAME, number, 1);
    return fd;
}

/* Nothing is written to what is another kind of file, whatever the environment says. */
static int laid(void)
{
    const char *number = getenv(NAME);
    char path[32], kind[32] = "";
    int fd;
    if (!number || sscanf(number, "%d", &fd) != 1 || fd < 0)
        return -1;
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    if (readlink(path, kind, sizeof kind - 1) < 0 || strcmp(kind, "anon_inode:[eventfd]") != 0)
        return -1;
    return fd;
}

void broken_mark(void)
{
    const uint64_t one = 1;
    int fd = laid();
    if (fd >= 0 && write(fd, &one, sizeof one) < 0)
        return; /* those behind will say more than they need */
}

bool broken_is(void)
{
    struct pollfd at = {.fd = laid(), .events = POLLIN};
    return at.fd >= 0 && poll(&at, 1, 0) > 0 && at.revents & POLLIN;
}
