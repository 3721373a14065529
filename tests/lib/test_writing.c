/* Unit tests of writing all of a text, where the system does not take it at once. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include "base/writing.h"
#include "check.h"

static int trouble[4]; /* what the next calls say, errno each */
static size_t calls, waits;
static char taken[16];
static size_t taken_len;

/* Stands in for the library's: takes two bytes, after the troubles. */
ssize_t write(int fd, const void *bytes, size_t len)
{
    (void)fd;
    if (calls < 4 && trouble[calls]) {
        errno = trouble[calls++];
        return -1;
    }
    calls++;
    size_t some = len < 2 ? len : 2;
    memcpy(taken + taken_len, bytes, some);
    taken_len += some;
    return (ssize_t)some;
}

int poll(struct pollfd *waited, nfds_t count, int timeout)
{
    waits += waited && count == 1 && timeout == -1;
    return 1;
}

static bool write_after(int first, int second)
{
    calls = waits = taken_len = 0;
    trouble[0] = first;
    trouble[1] = second;
    return writing_all(1, SPAN("abcde"));
}

int main(void)
{
    bool whole = write_after(0, 0) && taken_len == 5 && memcmp(taken, "abcde", 5) == 0;
    bool resumed = write_after(EINTR, EINTR) && taken_len == 5 && waits == 0;
    bool waited = write_after(EAGAIN, EAGAIN) && taken_len == 5 && waits == 2;
    bool failed = !write_after(ENOSPC, 0) && errno == ENOSPC && calls == 1 && taken_len == 0;
    CHECK(whole, "what is taken in pieces is written whole");
    CHECK(resumed, "a signal is no fault");
    CHECK(waited, "a descriptor that does not block is waited for");
    CHECK(failed, "a full disk is one");
    return check_done();
}
