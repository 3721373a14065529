/* fuzz_qdc -- codebooks of other programs: what is read is written as the same codebook in every
 * form that loses nothing of it, and read again. */
#include "codebook/codebook_compare.h"
#include "codebook/qdc.h"
#include "fuzz.h"

static void check_again(const struct codebook *b, struct span text, const char *ending)
{
    struct codebook again = {0};
    struct fault fault = {0};
    struct buf differences = {0};
    const char *name = fuzz_name(text, ending);
    if (!codebook_load(&again, name, &fault)) {
        fprintf(stderr, "%s: %s\n%.*s\n", ending, fault.words, (int)text.len, text.at);
        FUZZ_CHECK(false); /* what was written is read */
    }
    FUZZ_CHECK(again.count == b->count);
    for (size_t i = 0; i < b->count; i++) {
        FUZZ_CHECK(again.fields[i].code_count == b->fields[i].code_count);
        FUZZ_CHECK(again.fields[i].term_count == b->fields[i].term_count);
    }
    unlink(name);
    codebook_free(&again);
    buf_free(&differences);
}

static void try_input(struct span input)
{
    struct codebook b = {0};
    struct fault fault = {0};
    struct losses lost = {0};
    struct buf json = {0}, csv = {0};
    const char *name = fuzz_name(input, "qdc");
    if (codebook_load(&b, name, &fault)) {
        codebook_write_json(&b, &json);
        codebook_write_csv(&b, &csv, &lost);
        check_again(&b, buf_span(&json), "json");
        if (lost.text.len == 0)
            check_again(&b, buf_span(&csv), "csv");
    } else {
        FUZZ_CHECK(*fault.words);
        fault_free(&fault);
    }
    unlink(name);
    codebook_free(&b);
    losses_free(&lost);
    buf_free(&json);
    buf_free(&csv);
}
