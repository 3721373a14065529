#include "stream/jsonl.h"

void jsonl_open(struct jsonl *j, char *const *files, size_t count, size_t max_line)
{
    *j = (struct jsonl){0};
    input_open(&j->in, files, count, max_line);
}

static bool is_blank(struct span line)
{
    for (size_t i = 0; i < line.len; i++)
        if (line.at[i] != ' ' && line.at[i] != '\t' && line.at[i] != '\r')
            return false;
    return true;
}

enum jsonl_status jsonl_next(struct jsonl *j, struct record *r)
{
    struct places_told places;
    do {
        places.count = 0;
        if (!input_placed(&j->in, &j->line, &places) && !input_line(&j->in, &j->line))
            return JSONL_END;
    } while (places.count == 0 && is_blank(j->line));
    j->records++;
    r->file = j->in.name;
    r->number = j->in.line;
    if (places.count > 0 && scan_placed(&j->scan, j->line, &places, r))
        return JSONL_RECORD;
    return scan_record(&j->scan, j->line, r) ? JSONL_RECORD : JSONL_BAD;
}

size_t jsonl_column(const struct jsonl *j)
{
    return scan_column(&j->scan);
}

const char *jsonl_error(struct jsonl *j)
{
    return scan_error(&j->scan);
}

void jsonl_close(struct jsonl *j)
{
    input_close(&j->in);
    scan_free(&j->scan);
}
