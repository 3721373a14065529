/* document_load -- a file's bytes as JSON, if they do not ask for too much memory. */
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "base/fault.h"
#include "document_parts.h"

#define READ_BYTES ((size_t)64 * 1024)
#define MOST_MIB 36 /* of memory for one document */

/* All bytes of FD at the end of B; false with errno if a read failed. */
static bool read_all(struct buf *b, int fd)
{
    for (;;) {
        buf_reserve(b, READ_BYTES);
        ssize_t got = read(fd, b->at + b->len, READ_BYTES);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return got == 0;
        b->len += (size_t)got;
    }
}

void document_read(struct buf *b, const char *file)
{
    int fd = open(file, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        fault_raise(file, "%s", strerror(errno));
    bool good = read_all(b, fd);
    int why = errno;
    close(fd);
    if (good)
        return;
    buf_free(b);
    fault_raise(file, "%s", strerror(why));
}

/* What the library says of an empty file is about brackets. */
static bool is_blank(struct span json)
{
    while (json.len && strchr(" \t\r\n", json.at[0]) && json.at[0])
        json = (struct span){json.at + 1, json.len - 1};
    return json.len == 0;
}

static json_t *parse(struct span json, json_error_t *error)
{
    if (span_starts(json, SPAN("\xEF\xBB\xBF")))
        json = span_from(json.at + 3, span_end(json));
    json_t *root = json_loadb(json.at, json.len, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, error);
    if (!root && is_blank(json))
        snprintf(error->text, sizeof error->text, "there is nothing in it");
    return root;
}

static struct document root_of(const char *file, json_t *json, json_error_t *error)
{
    if (!json) {
        document_make_printable(error->text, strlen(error->text));
        fault_raise_at(file, (size_t)error->line, (size_t)error->column, "not valid JSON: %s",
                       error->text);
    }
    return (struct document){.json = json, .file = file};
}

struct document document_parse(const char *file, struct span json)
{
    json_error_t error;
    json_t *root = parse(json, &error);
    return root_of(file, root, &error);
}

/* About the bytes that Jansson takes for JSON: each object, list, member and value is some blocks
 * of memory beside its text. Measured with version 2.14; counts what stands in texts as well. */
static size_t weight_of(struct span json)
{
    static const unsigned short weights[256] = {['{'] = 260, ['['] = 130, [','] = 110, [':'] = 80};
    size_t weight = json.len;
    for (size_t i = 0; i < json.len; i++)
        weight += weights[(unsigned char)json.at[i]];
    return weight;
}

static void check_weight(const char *file, struct buf *text)
{
    if (weight_of(buf_span(text)) <= (size_t)MOST_MIB * 1024 * 1024)
        return;
    size_t len = text->len;
    buf_free(text);
    fault_raise(file, "is too large: its %zu bytes of JSON would take more than %d MiB of memory",
                len, MOST_MIB);
}

struct document document_load(const char *file)
{
    json_error_t error;
    struct buf text = {0};
    document_read(&text, file);
    check_weight(file, &text);
    json_t *root = parse(buf_span(&text), &error);
    buf_free(&text);
    return root_of(file, root, &error);
}

void document_free(struct document *root)
{
    json_decref(root->json);
    root->json = NULL;
}
