/* libcsv -- the baseline: libcsv's own parse with callbacks that only count. */
#include <csv.h>
#include <stdio.h>
#include <unistd.h>

struct counts {
    size_t fields, bytes, rows;
};

static void on_field(void *text, size_t len, void *counts)
{
    struct counts *c = counts;
    (void)text;
    c->fields++;
    c->bytes += len;
}

static void on_row(int end, void *counts)
{
    struct counts *c = counts;
    (void)end;
    c->rows++;
}

int main(void)
{
    static char block[256 * 1024];
    struct csv_parser parser;
    struct counts c = {0};
    ssize_t got;
    if (csv_init(&parser, 0) != 0)
        return 1;
    while ((got = read(STDIN_FILENO, block, sizeof block)) > 0)
        if (csv_parse(&parser, block, (size_t)got, on_field, on_row, &c) != (size_t)got)
            return 1;
    csv_fini(&parser, on_field, on_row, &c);
    csv_free(&parser);
    printf("%zu fields, %zu bytes, %zu rows\n", c.fields, c.bytes, c.rows);
    return got == 0 && fflush(stdout) == 0 ? 0 : 1;
}
