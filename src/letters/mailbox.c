/* mailbox -- where the messages in a file of many begin. */
#include "mailbox.h"

#include <ctype.h>

static const char *line_end(const char *at, const char *end)
{
    const char *lf = at < end ? memchr(at, '\n', (size_t)(end - at)) : NULL;
    return lf ? lf + 1 : end;
}

/* "Subject: ..." or what else a message begins with. */
static bool is_header(struct span line)
{
    size_t len = 0;
    while (len < line.len && line.at[len] > ' ' && line.at[len] < 127 && line.at[len] != ':')
        len++;
    return len > 0 && len < line.len && line.at[len] == ':';
}

/* Whether AT, which has a byte before it and three from it on, is the colon of a time. */
static bool is_time(const char *at)
{
    return *at == ':' && isdigit((unsigned char)at[-1]) && isdigit((unsigned char)at[1]) &&
           isdigit((unsigned char)at[2]);
}

/* Whether a year begins at AT, which has a byte before it and four from it on. */
static bool is_year(const char *at)
{
    return at[-1] == ' ' && (strncmp(at, "19", 2) == 0 || strncmp(at, "20", 2) == 0) &&
           isdigit((unsigned char)at[2]) && isdigit((unsigned char)at[3]);
}

static bool is_dated(struct span line)
{
    bool time = false, year = false;
    for (size_t i = 1; i + 4 <= line.len; i++) {
        time = time || is_time(line.at + i);
        year = year || is_year(line.at + i);
    }
    return time && year;
}

static bool is_behind_blank(struct span bytes, size_t at)
{
    const char *line = bytes.at + at;
    if (at < 2)
        return true;
    return line[-2] == '\n' || (at > 2 && line[-2] == '\r' && line[-3] == '\n');
}

/* Whether the line at AT, which begins with From, stands before a message. */
static bool begins(struct span bytes, size_t at)
{
    const char *line = bytes.at + at, *end = span_end(bytes), *next = line_end(line, end);
    return is_header(span_from(next, line_end(next, end))) &&
           (is_behind_blank(bytes, at) || is_dated(span_from(line, next)));
}

/* The place of the next such line behind AT, or the end. */
static size_t next_start(struct span bytes, size_t at)
{
    const char *found = bytes.at + at, *end = span_end(bytes);
    while ((found = memmem(found, (size_t)(end - found), "\nFrom ", 6)) != NULL)
        if (begins(bytes, (size_t)(++found - bytes.at)))
            return (size_t)(found - bytes.at);
    return bytes.len;
}

bool mailbox_next(struct mailbox *box, struct span *message)
{
    if (box->at >= box->bytes.len)
        return false;
    const char *first = line_end(box->bytes.at + box->at, span_end(box->bytes));
    box->at = next_start(box->bytes, box->at);
    *message = span_from(first, box->bytes.at + box->at);
    return true;
}
