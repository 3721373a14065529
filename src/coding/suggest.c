/* suggest -- terms that phrases which no term took may be meant for. */
#include "coding/suggest.h"

#include "base/nearest.h"
#include "residue_phrase.h"
#include "stream/csvcell.h"
#include "text/clean.h"

#define LEAST 4 /* letters: shorter words are near too many */

struct suggestion {
    const char *how; /* NULL: none */
    const struct codebook_term *term;
    struct span code, group;
};

/* Letters and digits alone, folded. */
static struct span squeezed(struct buf *b, struct buf *scratch, struct span text)
{
    buf_clear(scratch);
    buf_clear(b);
    clean_fold(scratch, text);
    for (size_t i = 0; i < scratch->len; i++) {
        unsigned char c = (unsigned char)scratch->at[i];
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c >= 0x80 || c == '#' || c == '+')
            buf_addc(b, (char)c);
    }
    return buf_span(b);
}

/* Is PHRASE the term's letters, perhaps with a version behind? */
static bool is_glued(struct span phrase, struct span term)
{
    if (term.len < LEAST || !span_starts(phrase, term))
        return false;
    for (size_t i = term.len; i < phrase.len; i++)
        if (!strchr("0123456789", phrase.at[i]) && i + 1 < phrase.len)
            return false;
    return true;
}

struct buffers {
    struct buf phrase, term, scratch;
};

static void try_terms(const struct codebook_field *f, struct span phrase, struct buffers *x,
                      struct suggestion *found)
{
    struct nearest near = {0};
    for (size_t i = 0; i < f->term_count; i++) {
        const struct codebook_term *t = &f->terms[i];
        if (t->match == CODEBOOK_REGEX || t->match == CODEBOOK_WILDCARD)
            continue;
        struct span term = squeezed(&x->term, &x->scratch, t->text);
        if (is_glued(phrase, term)) {
            *found = (struct suggestion){.how = "glue", .term = t};
            return;
        }
        size_t before = near.name.at ? near.distance : SIZE_MAX;
        if (term.len >= LEAST)
            nearest_try(&near, phrase, term);
        if (near.name.at && near.distance < before)
            *found = (struct suggestion){.how = "spelling", .term = t};
    }
}

static struct suggestion suggest(const struct codebook_field *f, const struct residue_phrase *p,
                                 struct buffers *x)
{
    struct suggestion found = {0};
    struct span phrase = squeezed(&x->phrase, &x->scratch, p->shown);
    if (phrase.len >= LEAST)
        try_terms(f, phrase, x, &found);
    if (found.term) {
        found.code = f->codes[found.term->code].code;
        found.group = f->codes[found.term->code].group;
    } else if (p->beside != MENTIONS_NONE) {
        found.how = "neighbourhood";
        found.group = f->codes[p->beside].group;
    }
    return found;
}

static void put_row(struct buf *b, const struct codebook_target *target,
                    const struct codebook_field *f, const struct residue_phrase *p,
                    const struct suggestion *s)
{
    const struct span cells[] = {target->from,     target->into, s->code,
                                 (struct span){0}, s->group,     p->shown};
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
        if (cells[i].len)
            csvcell_put(b, cells[i], ',');
        buf_addc(b, ',');
    }
    buf_addf(b, "%zu,", p->count);
    csvcell_put(b, s->term ? s->term->text : f->codes[p->beside].code, ',');
    buf_addf(b, ",%s,\n", s->how);
}

void suggest_write(const struct residue *r, const struct codebook *book, struct buf *b)
{
    struct buffers x = {0};
    buf_add(b, SPAN("from,into,code,label,group,term,records,like,how,accept\n"));
    for (size_t i = 0; i < r->ranked; i++) {
        const struct residue_phrase *p = &r->phrases[i];
        const struct codebook_target *target = &book->targets[p->target];
        const struct codebook_field *f = &book->fields[target->field];
        if (p->around >= p->count)
            continue;
        struct suggestion s = suggest(f, p, &x);
        if (s.how)
            put_row(b, target, f, p, &s);
    }
    buf_free(&x.phrase);
    buf_free(&x.term);
    buf_free(&x.scratch);
}
