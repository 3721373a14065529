#include "stream/input.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/fail.h"
#include "base/watched.h"
#include "base/writing.h"
#include "stream/link.h"
#include "stream/pipe.h"

#ifndef INPUT_BLOCK /* a search sets it to a few bytes, so that its inputs are read in parts */
#define INPUT_BLOCK ((size_t)256 * 1024)
#endif

static bool is_standard(const char *file)
{
    return strcmp(file, "-") == 0;
}

void input_open(struct input *in, char *const *files, size_t count, size_t max_line)
{
    *in = (struct input){.max_line = max_line ? max_line : INPUT_MAX_LINE, .fd = -1};
    in->name = "<stdin>";
    if (count == 0) {
        static char standard[] = "-";
        in->no_files[0] = standard;
        files = in->no_files;
        count = 1;
    }
    in->files = files;
    in->count = count;
    bool seen = false;
    for (size_t i = 0; i < count; i++) {
        if (!is_standard(files[i]))
            continue;
        if (seen)
            fail(STATUS_USAGE, "standard input named twice (try --help)");
        seen = true;
    }
}

/* Text from the link, as a read would give it. */
static ssize_t read_link(struct input *in, char *to, size_t room)
{
    if (!in->block || in->block_at == in->block->len) {
        in->block = link_next(in->link);
        in->block_at = in->place_at = 0;
    }
    if (!in->block)
        return 0;
    size_t left = in->block->len - in->block_at, len = left < room ? left : room;
    memcpy(to, in->block->text + in->block_at, len);
    in->block_at += len;
    in->place_at = in->block->places; /* they are of the lines from its start */
    return (ssize_t)len;
}

static ssize_t read_some(struct input *in, char *to, size_t room)
{
    if (in->link)
        return read_link(in, to, room);
    for (;;) {
        ssize_t got = read(in->fd, to, room);
        if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
            writing_wait(in->fd, POLLIN);
        else if (got >= 0 || errno != EINTR)
            return got;
    }
}

static void read_more(struct input *in)
{
    size_t kept = in->end - in->at;
    if (in->at > 0)
        memmove(in->buf, in->buf + in->at, kept);
    in->at = 0;
    in->end = kept;
    if (in->cap - kept < INPUT_BLOCK + INPUT_PAD || WATCHED) {
        size_t cap = in->cap ? in->cap : INPUT_BLOCK;
        while (cap - kept < INPUT_BLOCK + INPUT_PAD) {
            if (cap > SIZE_MAX / 2)
                fail_memory();
            cap *= 2;
        }
        char *buf = realloc(in->buf, cap);
        if (!buf)
            fail_memory();
        in->buf = buf;
        in->cap = cap;
    }
    size_t room = in->cap - INPUT_PAD - in->end;
    ssize_t got = read_some(in, in->buf + in->end, in->most < room ? (size_t)in->most : room);
    if (got < 0)
        fail(STATUS_DATA, "%s: %s", in->name, strerror(errno));
    if (in->seen)
        in->seen(in->with, (struct span){in->buf + in->end, (size_t)got});
    in->at_end_of_file = got == 0;
    in->end += (size_t)got;
    in->bytes += (uint64_t)got;
    in->most -= (uint64_t)got;
    memset(in->buf + in->end, 0, INPUT_PAD);
}

static void close_file(struct input *in)
{
    if (in->fd > STDIN_FILENO)
        close(in->fd); /* was only read: nothing can be lost */
    in->fd = -1;
}

bool input_file(struct input *in)
{
    close_file(in);
    if (in->next >= in->count)
        return false;
    const char *file = in->files[in->next++];
    if (in->instead) {
        in->name = is_standard(file) ? "<stdin>" : file;
        in->fd = in->instead - 1;
    } else if (is_standard(file)) {
        in->name = "<stdin>";
        in->fd = STDIN_FILENO;
        in->link = link_find(STDIN_FILENO);
    } else {
        in->name = file;
        in->fd = open(file, O_RDONLY | O_CLOEXEC);
        if (in->fd < 0)
            fail(STATUS_DATA, "%s: %s", file, strerror(errno));
    }
    pipe_widen(in->fd);
    in->line = 0;
    in->most = UINT64_MAX;
    in->at = in->end = 0;
    in->at_end_of_file = false;
    while (in->end - in->at < 3 && !in->at_end_of_file)
        read_more(in);
    in->byte_order_mark = in->end - in->at >= 3 && memcmp(in->buf + in->at, "\xef\xbb\xbf", 3) == 0;
    if (in->byte_order_mark)
        in->at += 3;
    return true;
}

void input_instead(struct input *in, int fd)
{
    in->instead = fd + 1;
}

void input_window(struct input *in, uint64_t from, uint64_t to)
{
    if (from > INT64_MAX || lseek(in->fd, (off_t)from, SEEK_SET) < 0)
        fail(STATUS_DATA, "%s: cannot go to byte %llu: %s", in->name, (unsigned long long)from,
             strerror(from > INT64_MAX ? EINVAL : errno));
    in->at = in->end = 0;
    in->most = to - from;
    in->at_end_of_file = false;
}

bool input_more(struct input *in)
{
    if (!in->at_end_of_file)
        read_more(in);
    return !in->at_end_of_file;
}

/* The next line with its line end, if it has one. False at the end of the
 * open file, or before the first: then input_file() goes on to the next. */
static bool input_raw_line(struct input *in, struct span *line)
{
    if (in->fd < 0)
        return false;
    size_t searched = 0; /* bytes from in->at that hold no line end */
    for (;;) {
        const char *from = in->buf + in->at;
        size_t held = in->end - in->at;
        const char *lf = memchr(from + searched, '\n', held - searched);
        size_t length = lf ? (size_t)(lf - from) + 1 : held;
        if (length > in->max_line && length - (lf ? 1 : 0) > in->max_line)
            fail(STATUS_DATA, "%s:%zu: line longer than %zu bytes (see --max-line)", in->name,
                 in->line + 1, in->max_line);
        if (lf || in->at_end_of_file) {
            if (length == 0)
                return false;
            *line = (struct span){from, length};
            in->at += length;
            in->line++;
            return true;
        }
        searched = held;
        read_more(in);
    }
}

bool input_line(struct input *in, struct span *line)
{
    while (!input_raw_line(in, line))
        if (!input_file(in))
            return false;
    if (line->len && line->at[line->len - 1] == '\n') {
        line->len--;
        if (line->len && line->at[line->len - 1] == '\r')
            line->len--;
    }
    return true;
}

bool input_placed(struct input *in, struct span *line, struct places_told *places)
{
    if (!in->link || in->fd != STDIN_FILENO || in->at < in->end || in->seen)
        return false;
    if (!in->block || in->block_at == in->block->len) {
        in->block = link_next(in->link);
        in->block_at = in->place_at = 0;
    }
    struct places_line head;
    if (!in->block || in->place_at + sizeof head > in->block->places)
        return false;
    memcpy(&head, in->block->at + in->place_at, sizeof head);
    if (head.len == 0 || head.len > in->block->len - in->block_at || head.len - 1 > in->max_line)
        return false;
    *line = (struct span){in->block->text + in->block_at, head.len - 1};
    *places = (struct places_told){
        (const struct value_place *)(const void *)(in->block->at + in->place_at + sizeof head),
        head.count, head.names};
    in->block_at += head.len;
    in->place_at += places_room(head.count);
    in->bytes += head.len;
    in->line++;
    return true;
}

void input_close(struct input *in)
{
    close_file(in);
    link_close(in->link);
    in->link = NULL;
    free(in->buf);
    in->buf = NULL;
}
