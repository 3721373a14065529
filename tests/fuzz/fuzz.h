/* fuzz -- what every target has in common.
 *
 * A target is one file with
 *
 *     static void try_input(struct span input);
 *
 * that breaks off by FUZZ_CHECK() where something does not hold. Built with libFuzzer it searches
 * (make fuzz); built without, with -DFUZZ_REPLAY, it runs the inputs that are named on its command
 * line (the corpus, as a part of the tests). */
#ifndef FUZZ_H
#define FUZZ_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/fail.h"
#include "base/span.h"

static void try_input(struct span input);

/* What a reader held when a fault ended it goes with the program, so leaks are not looked for. */
const char *__asan_default_options(void);
const char *__asan_default_options(void)
{
    return "detect_leaks=0:abort_on_error=1";
}

#define FUZZ_CHECK(truth)                                                                          \
    do {                                                                                           \
        if (!(truth)) {                                                                            \
            fprintf(stderr, "%s:%d: does not hold: %s\n", __FILE__, __LINE__, #truth);             \
            abort();                                                                               \
        }                                                                                          \
    } while (0)

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    try_input((struct span){(const char *)bytes, size});
    return 0;
}

/* A copy with as many zeros behind it as scanners look at. */
static inline struct buf fuzz_padded(struct span input)
{
    struct buf b = {0};
    buf_add(&b, input);
    buf_reserve(&b, 64);
    memset(b.at + b.len, 0, 64);
    return b;
}

/* INPUT under a name that ends in ENDING. The caller removes it; one at a time. */
static inline const char *fuzz_name(struct span input, const char *ending)
{
    static char name[64];
    snprintf(name, sizeof name, "/tmp/fuzz.%d.%s", (int)getpid(), ending);
    FILE *file = fopen(name, "wb");
    if (!file || fwrite(input.at, 1, input.len, file) != input.len || fclose(file) != 0)
        abort();
    return name;
}

#ifdef FUZZ_REPLAY
int main(int argc, char **argv)
{
    printf("1..%d\n", argc - 1);
    for (int i = 1; i < argc; i++) {
        struct buf b = {0};
        FILE *file = fopen(argv[i], "rb");
        if (!file)
            return 1;
        for (int c; (c = getc(file)) != EOF;)
            buf_addc(&b, (char)c);
        fclose(file);
        try_input(b.at ? buf_span(&b) : SPAN(""));
        buf_free(&b);
        printf("ok %d - %s\n", i, argv[i]);
        fflush(stdout);
    }
    return 0;
}
#endif

#endif
