/* rewrite -- reads records and writes every field of each again, one by one:
 * the record stream alone, for the benchmark against whole-tree parsers. */
#include "stream/emit.h"
#include "stream/filter.h"

static const struct opt_program PROGRAM = {"rewrite", "[FILE...]",
                                           "Writes every field of every record again.", NULL, NULL};

int main(int argc, char **argv)
{
    struct filter f;
    struct record r;
    filter_open(&f, &PROGRAM, NULL, argc, argv);
    while (filter_next(&f, &r)) {
        struct buf *b = &f.out.buf;
        buf_addc(b, '{');
        for (size_t i = 0; i < r.count; i++)
            record_note_field(b, &r.fields[i], NULL);
        buf_addc(b, '}');
        filter_written(&f);
    }
    return filter_close(&f);
}
