/* latex -- text that every engine sets as it stands. */
#include "latex.h"

#include "base/utf8.h"

struct mapped {
    uint32_t code;
    const char *latex;
};

static const struct mapped ASCII[] = {
    {'&', "\\&"},
    {'%', "\\%"},
    {'$', "\\$"},
    {'#', "\\#"},
    {'_', "\\_"},
    {'{', "\\{"},
    {'}', "\\}"},
    {'~', "\\textasciitilde{}"},
    {'^', "\\textasciicircum{}"},
    {'\\', "\\textbackslash{}"},
    {'<', "$<$"},
    {'>', "$>$"},
    {'|', "\\textbar{}"},
    {'"', "\\textquotedbl{}"},
    {'`', "\\textasciigrave{}"},
};

static const struct mapped BEYOND[] = {
    {0xA0, "~"},
    {0xAD, "\\-"},
    {0xB2, "$^2$"},
    {0xB3, "$^3$"},
    {0xB9, "$^1$"},
    {0xB1, "$\\pm$"},
    {0xB5, "$\\mu$"},
    {0xD7, "$\\times$"},
    {0xF7, "$\\div$"},
    {0x3B1, "$\\alpha$"},
    {0x3B2, "$\\beta$"},
    {0x3BA, "$\\kappa$"},
    {0x3BB, "$\\lambda$"},
    {0x3BC, "$\\mu$"},
    {0x3C4, "$\\tau$"},
    {0x3C6, "$\\varphi$"},
    {0x3C7, "$\\chi$"},
    {0x2010, "-"},
    {0x2011, "-"},
    {0x2013, "--"},
    {0x2014, "---"},
    {0x2018, "`"},
    {0x2019, "'"},
    {0x201C, "``"},
    {0x201D, "''"},
    {0x2022, "\\textbullet{}"},
    {0x2026, "\\ldots{}"},
    {0x20AC, "\\texteuro{}"},
    {0x2190, "$\\leftarrow$"},
    {0x2192, "$\\rightarrow$"},
    {0x2212, "$-$"},
    {0x2260, "$\\neq$"},
    {0x2264, "$\\leq$"},
    {0x2265, "$\\geq$"},
};

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))

static const char *find(const struct mapped *rows, size_t count, uint32_t code)
{
    for (size_t i = 0; i < count; i++)
        if (rows[i].code == code)
            return rows[i].latex;
    return NULL;
}

/* Two of these together are a ligature: "--", ",,", "''"; and so is "?`". */
static bool is_ligature(char before, char c)
{
    return c == before && strchr("-',<>", c) != NULL;
}

/* What a font of pdfTeX in the encoding T1 has. */
static bool is_latin(uint32_t code)
{
    return code >= 0xA1 && code <= 0x17F;
}

static void add_beyond(struct buf *b, struct span letter, uint32_t code)
{
    const char *latex = find(BEYOND, COUNT(BEYOND), code);
    if (latex)
        buf_add(b, span_of(latex));
    else if (code >= 0x2080 && code <= 0x2089)
        buf_addf(b, "$_%c$", (char)('0' + (code - 0x2080)));
    else if (is_latin(code))
        buf_add(b, letter);
    else {
        buf_add(b, SPAN("\\ifdefined\\Umathchar "));
        buf_add(b, letter);
        buf_addf(b, "\\else U+%04X\\fi{}", (unsigned)code);
    }
}

void latex_add(struct buf *b, struct span text)
{
    char before = '\0';
    for (const char *at = text.at, *end = at + text.len; at < end;) {
        const char *from = at;
        uint32_t code = utf8_next(&at);
        const char *latex = code < 0x80 ? find(ASCII, COUNT(ASCII), code) : NULL;
        if (code >= 0x80) {
            add_beyond(b, span_from(from, at), code);
        } else if (latex) {
            buf_add(b, span_of(latex));
        } else {
            if (is_ligature(before, *from))
                buf_add(b, SPAN("{}"));
            buf_addc(b, *from);
        }
        before = code < 0x80 ? *from : '\0';
    }
}
