/* copy -- reads a file and copies each block of it once by memcpy(): what any stage would take that
 * only passed its bytes on in memory. */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define BLOCK ((size_t)128 * 1024)

int main(int argc, char **argv)
{
    static char from[BLOCK], to[BLOCK];
    int fd = argc == 2 ? open(argv[1], O_RDONLY) : -1;
    ssize_t got;
    unsigned char last = 0;
    if (fd < 0) {
        fputs("usage: copy FILE\n", stderr);
        return 2;
    }
    while ((got = read(fd, from, sizeof from)) > 0) {
        memcpy(to, from, (size_t)got);
        last ^= (unsigned char)to[got - 1]; /* so that the copy is not left out */
    }
    close(fd);
    return got < 0 || (last && argc > 2) ? 1 : 0;
}
