/* organisation -- the names of bodies in a form for comparing. */
#include "text/organisation.h"

#include "base/utf8.h"
#include "text/clean.h"

struct short_form {
    struct span written, whole;
};

#define SHORT(written, whole)                                                                      \
    {                                                                                              \
        {(written), sizeof(written) - 1},                                                          \
        {                                                                                          \
            (whole), sizeof(whole) - 1                                                             \
        }                                                                                          \
    }

static const struct short_form short_forms[] = {
    SHORT("saint", "st"),
    SHORT("ft", "foundation trust"),
    SHORT("nhsft", "nhs foundation trust"),
    SHORT("nhst", "nhs trust"),
    SHORT("hosp", "hospital"),
    SHORT("hosps", "hospitals"),
    SHORT("univ", "university"),
    SHORT("uni", "university"),
    SHORT("ccg", "clinical commissioning group"),
    SHORT("icb", "integrated care board"),
    SHORT("ics", "integrated care system"),
    SHORT("csu", "commissioning support unit"),
    SHORT("pct", "primary care trust"),
    SHORT("lhb", "local health board"),
    SHORT("hscb", "health and social care board"),
    SHORT("mbc", "metropolitan borough council"),
    SHORT("cc", "county council"),
    SHORT("bc", "borough council"),
    SHORT("dc", "district council"),
    SHORT("dept", "department"),
    SHORT("govt", "government"),
    SHORT("auth", "authority"),
    SHORT("assoc", "association"),
    SHORT("ltd", "limited"),
    SHORT("ua", "council"),
    SHORT("mdc", "metropolitan district council"),
    SHORT("cbc", "county borough council"),
    SHORT("lb", "london borough"),
    SHORT("lbc", "london borough council"),
    SHORT("rb", "royal borough"),
    SHORT("ne", "north east"),
    SHORT("nw", "north west"),
    SHORT("se", "south east"),
    SHORT("sw", "south west"),
    SHORT("constabulary", "police"),
};

static void add_word(struct buf *b, size_t from, struct span word)
{
    for (size_t i = 0; i < sizeof short_forms / sizeof *short_forms; i++)
        if (span_eq(word, short_forms[i].written))
            word = short_forms[i].whole;
    if (b->len > from)
        buf_addc(b, ' ');
    buf_add(b, word);
}

/* A space for what parts words, 0 for what vanishes, else C itself, which stands behind LETTERS
 * of its word. A full stop vanishes from N.H.S., and parts St.Mary. */
static uint32_t reduced(uint32_t c, size_t letters)
{
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c >= 0x80)
        return c;
    return (c == '.' && letters < 2) || c == '\'' || c == '`' ? 0 : ' ';
}

/* TEXT, folded, with spaces for punctuation, at the end of B. */
static void add_reduced(struct buf *b, struct span text)
{
    size_t letters = 0;
    for (const char *at = text.at, *end = span_end(text); at < end;) {
        uint32_t typed = utf8_next(&at), c = reduced(typed, letters);
        letters = typed == '.' || c == ' ' ? 0 : letters + (c != 0);
        if (typed == '&' || typed == '+')
            buf_add(b, SPAN(" and "));
        else if (c)
            utf8_add(b, c);
    }
}

static struct span next_word(struct span *rest)
{
    while (rest->len && rest->at[0] == ' ')
        *rest = (struct span){rest->at + 1, rest->len - 1};
    const char *end = rest->len ? memchr(rest->at, ' ', rest->len) : NULL;
    struct span word = {rest->at, end ? (size_t)(end - rest->at) : rest->len};
    *rest = span_from(span_end(word), span_end(*rest));
    return word;
}

static bool only_the(struct span rest)
{
    struct span word;
    while ((word = next_word(&rest)).len)
        if (!span_eq(word, SPAN("the")))
            return false;
    return true;
}

void organisation_add(struct organisation *o, struct buf *b, struct span name)
{
    buf_clear(&o->bare);
    buf_clear(&o->plain);
    clean_bare(&o->bare, clean_text(name, &o->cleaned));
    add_reduced(&o->plain, buf_span(&o->bare));
    size_t from = b->len;
    struct span rest = buf_span(&o->plain), word;
    while ((word = next_word(&rest)).len) {
        bool the = span_eq(word, SPAN("the"));
        if (!the || (b->len > from && !only_the(rest)))
            add_word(b, from, word);
    }
}

void organisation_free(struct organisation *o)
{
    buf_free(&o->cleaned);
    buf_free(&o->bare);
    buf_free(&o->plain);
}
