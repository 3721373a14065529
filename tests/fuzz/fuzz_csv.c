/* fuzz_csv -- rows as the direct reader and as libcsv cut them: the same cells. */
#include "fuzz.h"
#include "stream/csvrow.h"

static void split_both(struct csvrow *direct, struct csvrow *libcsv, struct span text)
{
    enum csvrow_status one = csvrow_split(direct, text, true);
    enum csvrow_status other = csvrow_split(libcsv, text, true);
    FUZZ_CHECK(one == other);
    FUZZ_CHECK(direct->len <= text.len);
    if (one != CSVROW_WHOLE)
        return;
    FUZZ_CHECK(direct->len == libcsv->len);
    FUZZ_CHECK(direct->count == libcsv->count);
    for (size_t i = 0; i < direct->count; i++)
        FUZZ_CHECK(span_eq(direct->cells[i], libcsv->cells[i]));
}

static void try_input(struct span input)
{
    if (input.len == 0)
        return;
    static const char separators[] = ",;\t|";
    struct csvrow direct = {.separator = separators[input.at[0] & 3]};
    struct csvrow libcsv = {.separator = direct.separator, .reader = CSVROW_LIBCSV};
    struct buf text = fuzz_padded((struct span){input.at + 1, input.len - 1});
    struct span rest = buf_span(&text);
    while (rest.len > 0) {
        if (csvrow_is_end(rest.at[0])) { /* libcsv passes over empty rows by itself */
            rest = (struct span){rest.at + 1, rest.len - 1};
            continue;
        }
        split_both(&direct, &libcsv, rest);
        if (direct.len == 0)
            break;
        rest = (struct span){rest.at + direct.len, rest.len - direct.len};
    }
    csvrow_free(&direct);
    csvrow_free(&libcsv);
    buf_free(&text);
}
