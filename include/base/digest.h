/* digest -- the SHA-256 of bytes as they pass, by nettle, which uses the processor's own
 * instructions where it has them. */
#ifndef DIGEST_H
#define DIGEST_H

#include <nettle/sha2.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define DIGEST_TEXT (2 * SHA256_DIGEST_SIZE + 1) /* in hex, with its NUL */

struct digest {
    struct sha256_ctx context;
};

void digest_start(struct digest *d);
void digest_add(struct digest *d, const void *at, size_t len);

/* The digest in hex; D starts anew. */
void digest_end(struct digest *d, char text[DIGEST_TEXT]);

/* That of all of FILE; false, with errno set, if it cannot be read. */
bool digest_file(const char *file, char text[DIGEST_TEXT]);

/* That of the next LEN bytes that FD gives; false, with errno set, if it cannot be read or ends
 * before them (then errno is 0). */
bool digest_bytes_of(int fd, uint64_t len, char text[DIGEST_TEXT]);

#endif
