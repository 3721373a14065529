/* fuzz_pages -- pages of a PDF as `pdftotext` lays them out, beside the places of their words:
 * paragraphs, tables, columns and margins are put in order, and no letter is lost or doubled. */
#include "base/arena.h"
#include "base/utf8.h"
#include "fuzz.h"
#include "letters/letter.h"
#include "letters/newspaper.h"
#include "letters/pages.h"
#include "letters/places.h"
#include "letters/spacing.h"
#include "letters/tables.h"

static size_t letters_in(struct span text)
{
    size_t letters = 0;
    for (size_t i = 0; i < text.len; i++)
        letters += !strchr(" \t\n\f\r", text.at[i]) || !text.at[i];
    return letters;
}

/* Four bytes are a word: how far to the right, how much further down, how long, which letter. */
static void write_words(struct span bytes, struct buf *told)
{
    double y = 40;
    buf_add(told, SPAN("<page width=\"612\" height=\"792\">\n"));
    for (size_t i = 0; i + 4 <= bytes.len; i += 4) {
        const unsigned char *b = (const unsigned char *)bytes.at + i;
        double x = b[0] * 2.3;
        size_t len = 1 + b[2] % 9;
        y += (b[1] % 64) / 2.0;
        if (b[1] >= 250) {
            buf_add(told, SPAN("</page>\n<page width=\"612\" height=\"792\">\n"));
            y = 40;
        }
        buf_addf(told, "<word xMin=\"%f\" yMin=\"%f\" xMax=\"%f\" yMax=\"%f\">", x, y,
                 x + 5.5 * (double)len, y + 11);
        while (len--)
            buf_addc(told, (char)(b[3] % 4 ? 'a' + b[3] % 26 : '0' + b[3] % 10));
        buf_add(told, SPAN("</word>\n"));
    }
    buf_add(told, SPAN("</page>\n"));
}

/* The words of TOLD a line each as the places have it, each page ended by a form feed. */
static void lay_out(struct span told, struct buf *text)
{
    struct arena arena = {0};
    struct places p;
    for (size_t at = 0; places_next(told, &at, &p, &arena);) {
        for (size_t i = 0; i < p.count; i++) {
            if (i)
                buf_add(text, p.at[i].line == p.at[i - 1].line ? SPAN("   ") : SPAN("\n"));
            buf_add(text, p.at[i].text);
        }
        buf_add(text, SPAN("\n\f"));
    }
    arena_free(&arena);
}

static void check(struct span text, struct span told)
{
    struct buf spaced = {0}, tables = {0}, columns = {0};
    struct letter l;
    (void)tables_likely(text);
    (void)spacing_likely(text);
    spacing_put(text, told, &spaced);
    FUZZ_CHECK(letters_in(buf_span(&spaced)) == letters_in(text));
    tables_put(buf_span(&spaced), told, &tables);
    FUZZ_CHECK(letters_in(buf_span(&tables)) == letters_in(text));
    if (newspaper_read(text, &columns))
        FUZZ_CHECK(letters_in(buf_span(&columns)) == letters_in(text));
    letter_start(&l, "pdf");
    pages_read(buf_span(&tables), &l);
    FUZZ_CHECK(utf8_valid(buf_span(&l.text), NULL) || !utf8_valid(buf_span(&tables), NULL));
    letter_free(&l);
    buf_free(&spaced);
    buf_free(&tables);
    buf_free(&columns);
}

/* The first byte says which: words, or a layout and behind a line "--" what is told of places. */
static void try_input(struct span input)
{
    struct buf text = {0}, told = {0};
    if (input.len == 0)
        return;
    struct span rest = {input.at + 1, input.len - 1};
    if (input.at[0] & 1) {
        write_words(rest, &told);
        lay_out(buf_span(&told), &text);
    } else {
        const char *cut = rest.len ? memmem(rest.at, rest.len, "\n--\n", 4) : NULL;
        buf_add(&text, cut ? span_from(rest.at, cut + 1) : rest);
        buf_add(&told, cut ? span_from(cut + 4, span_end(rest)) : SPAN(""));
    }
    if (text.len)
        check(buf_span(&text), buf_span(&told));
    buf_free(&text);
    buf_free(&told);
}
