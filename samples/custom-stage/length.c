/* length -- adds reply_length, the characters of the field technologies, to each record.
 *
 * A stage in C on libfoi: one record in memory, what is not asked for is copied as it stands. */
#include <base/fail.h>
#include <stream/emit.h>
#include <stream/filter.h>

static const struct opt OPTIONS[] = {{0}};

static const struct opt_program PROGRAM = {
    .name = "length",
    .args = "[FILE...]",
    .about = "Adds the length of the reply about technologies.",
    .options = OPTIONS,
};

/* Characters, not bytes: what begins one in UTF-8. */
static size_t characters(struct span text)
{
    size_t count = 0;
    for (size_t i = 0; i < text.len; i++)
        count += ((unsigned char)text.at[i] & 0xc0) != 0x80;
    return count;
}

int main(int argc, char **argv)
{
    struct filter f;
    struct record r;
    struct buf text = {0}, number = {0};
    struct lookup reply = {.name = SPAN("technologies")};
    struct record_set set = {.name = {.name = SPAN("reply_length")}};
    filter_open(&f, &PROGRAM, NULL, argc, argv);
    while (filter_next(&f, &r)) {
        const struct value *v = record_find(&r, &reply);
        buf_clear(&number);
        if (value_missing(v))
            emit_null(&number);
        else
            emit_count(&number, characters(value_text(v, &text)));
        set.raw = buf_span(&number);
        record_write_with(&f.out.buf, &r, &set, 1);
        filter_written(&f);
    }
    buf_free(&text);
    buf_free(&number);
    return filter_close(&f);
}
