#include "base/writing.h"

#include <errno.h>
#include <poll.h>
#include <unistd.h>

void writing_wait(int fd, short events)
{
    struct pollfd waited = {.fd = fd, .events = events};
    (void)poll(&waited, 1, -1); /* whatever it says, the call that is tried again tells */
}

bool writing_all(int fd, struct span text)
{
    while (text.len > 0) {
        ssize_t put = write(fd, text.at, text.len);
        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) {
            writing_wait(fd, POLLOUT);
            continue;
        }
        if (put < 0)
            return false;
        text.at += put;
        text.len -= (size_t)put;
    }
    return true;
}
