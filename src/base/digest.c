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

bool digest_file(const char *file, char text[DIGEST_TEXT])
{
    uint8_t block[READ_BYTES];
    struct digest d;
    int fd = open(file, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (fd < 0)
        return false;
    digest_start(&d);
    ssize_t got;
    while ((got = read(fd, block, sizeof block)) != 0) {
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            break;
        digest_add(&d, block, (size_t)got);
    }
    int error = errno;
    close(fd); /* was only read: nothing can be lost */
    errno = error;
    digest_end(&d, text);
    return got == 0;
}
