/* digest -- SHA-256. */
#include "base/digest.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <unistd.h>

#define READ_BYTES ((size_t)64 * 1024)

void digest_start(struct digest *d)
{
    sha256_init(&d->context);
}

void digest_add(struct digest *d, const void *at, size_t len)
{
    sha256_update(&d->context, len, at);
}

void digest_end(struct digest *d, char text[DIGEST_TEXT])
{
    static const char digits[] = "0123456789abcdef";
    uint8_t bytes[SHA256_DIGEST_SIZE];
    sha256_digest(&d->context, sizeof bytes, bytes);
    for (size_t i = 0; i < sizeof bytes; i++) {
        text[2 * i] = digits[bytes[i] >> 4];
        text[2 * i + 1] = digits[bytes[i] & 15];
    }
    text[2 * sizeof bytes] = '\0';
}

/* Adds what FD gives, LEN bytes at most; how many there were, or -1 with errno set. */
static int64_t add_from(struct digest *d, int fd, uint64_t len)
{
    uint8_t block[READ_BYTES];
    int64_t read_so_far = 0;
    while (len > 0) {
        ssize_t got = read(fd, block, len < sizeof block ? (size_t)len : sizeof block);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return -1;
        if (got == 0)
            break;
        digest_add(d, block, (size_t)got);
        read_so_far += got;
        len -= (uint64_t)got;
    }
    return read_so_far;
}

bool digest_bytes_of(int fd, uint64_t len, char text[DIGEST_TEXT])
{
    struct digest d;
    digest_start(&d);
    errno = 0;
    int64_t got = add_from(&d, fd, len);
    digest_end(&d, text);
    return got >= 0 && (uint64_t)got == len;
}

bool digest_file(const char *file, char text[DIGEST_TEXT])
{
    struct digest d;
    int fd = open(file, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (fd < 0)
        return false;
    digest_start(&d);
    bool good = add_from(&d, fd, UINT64_MAX) >= 0;
    int error = errno;
    close(fd); /* was only read: nothing can be lost */
    errno = error;
    digest_end(&d, text);
    return good;
}
