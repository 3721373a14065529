#include "stream/pipe.h"

#include <fcntl.h>

#define PIPE_BYTES (1024 * 1024) /* what Linux grants every user by default */

void pipe_widen(int fd)
{
#ifdef F_SETPIPE_SZ
    int size = fcntl(fd, F_GETPIPE_SZ); /* -1 where FD is no pipe */
    if (size >= 0 && size < PIPE_BYTES)
        (void)fcntl(fd, F_SETPIPE_SZ, PIPE_BYTES);
#else
    (void)fd;
#endif
}
