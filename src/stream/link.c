#include "stream/link.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fail.h"
#include "base/writing.h"

#define SIZE (LINK_BLOCKS * sizeof(struct link_block))

bool link_make(int *memory)
{
    *memory = memfd_create("foi", 0);
    if (*memory < 0)
        return false;
    if (ftruncate(*memory, (off_t)SIZE) == 0)
        return true;
    close(*memory);
    return false;
}

/* What the environment says of the link for FD. It is for this program, not for those it starts. */
static bool read_words(int fd, int *memory, int *free_end)
{
    const char *name = fd == STDIN_FILENO ? "FOI_LINK_IN" : "FOI_LINK_OUT";
    const char *words = getenv(name);
    bool is_link = words && sscanf(words, "%d:%d", memory, free_end) == 2;
    unsetenv(name);
    return is_link;
}

struct link *link_find(int fd)
{
    int memory, free_end;
    struct stat state;
    if (!read_words(fd, &memory, &free_end))
        return NULL;
    if (fstat(memory, &state) != 0 || state.st_size != (off_t)SIZE)
        fail(STATUS_DATA, "the link that FOI_LINK_%s names is none",
             fd == STDIN_FILENO ? "IN" : "OUT");
    struct link *l = malloc(sizeof *l);
    void *blocks = mmap(NULL, SIZE, PROT_READ | PROT_WRITE, MAP_SHARED, memory, 0);
    if (!l || blocks == MAP_FAILED)
        fail_memory();
    close(memory);
    (void)fcntl(free_end, F_SETFD, FD_CLOEXEC);
    *l = (struct link){
        .blocks = blocks, .pipe = fd, .free = free_end, .free_count = LINK_BLOCKS, .held = -1};
    return l;
}

/* One byte from FD: 1, 0 at the end, or -1 with errno. */
static ssize_t read_byte(int fd, unsigned char *byte)
{
    for (;;) {
        ssize_t got = read(fd, byte, 1);
        if (got >= 0 || (errno != EINTR && errno != EAGAIN && errno != EWOULDBLOCK))
            return got;
        if (errno != EINTR)
            writing_wait(fd, POLLIN);
    }
}

/* Waits until the next block is free. */
static bool wait_for_block(struct link *l)
{
    while (l->free_count == 0) {
        unsigned char number;
        ssize_t got = read_byte(l->free, &number);
        if (got < 0)
            return false;
        if (got == 0) { /* the reader is gone: said as it is for any pipe */
            if (writing_all(l->pipe, SPAN("\0"))) { /* its end of this one is about to close */
                raise(SIGPIPE);
                errno = EPIPE;
            }
            return false;
        }
        l->free_count++;
    }
    return true;
}

bool link_lend(struct link *l, struct buf *text, struct buf *places)
{
    if (!wait_for_block(l))
        return false;
    struct link_block *block = &l->blocks[l->next];
    buf_free(text);
    buf_free(places);
    *text = (struct buf){.at = block->text, .cap = LINK_TEXT, .lent = true};
    *places = (struct buf){.at = block->at, .cap = LINK_PLACES, .lent = true};
    return true;
}

/* Fills the next block, which is free, and passes it on. */
static bool pass(struct link *l, struct span text, struct span places)
{
    struct link_block *block = &l->blocks[l->next];
    if (block->text != text.at)
        memcpy(block->text, text.at, text.len);
    memset(block->text + text.len, 0, LINK_PAD);
    if (places.len && block->at != places.at)
        memcpy(block->at, places.at, places.len);
    block->len = text.len;
    block->places = places.len;
    char number = (char)l->next;
    l->next = (l->next + 1) % LINK_BLOCKS;
    l->free_count--;
    return writing_all(l->pipe, (struct span){&number, 1});
}

bool link_write(struct link *l, struct span text, struct span places)
{
    if (text.len > LINK_TEXT || places.len > LINK_PLACES)
        places.len = 0;
    while (text.len > 0) {
        size_t len = text.len < LINK_TEXT ? text.len : LINK_TEXT;
        if (!wait_for_block(l) || !pass(l, (struct span){text.at, len}, places))
            return false;
        text.at += len;
        text.len -= len;
    }
    return true;
}

const struct link_block *link_next(struct link *l)
{
    unsigned char number;
    if (l->held >= 0) {
        char held = (char)l->held;
        l->held = -1;
        (void)writing_all(l->free, (struct span){&held, 1}); /* a writer that ended needs none */
    }
    ssize_t got = read_byte(l->pipe, &number);
    if (got < 0)
        fail(STATUS_DATA, "<stdin>: %s", strerror(errno));
    if (got == 0)
        return NULL;
    if (number >= LINK_BLOCKS)
        fail(STATUS_DATA, "<stdin>: what comes through the link is no block");
    l->held = number;
    return &l->blocks[number];
}

void link_close(struct link *l)
{
    if (!l)
        return;
    (void)munmap(l->blocks, SIZE);
    close(l->free);
    free(l);
}
