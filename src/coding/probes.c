/* probes -- answers in which a term should be found. */
#include "probes.h"

#define FILLER " qxz" /* a word that no codebook holds */

void probes_sample(struct buf *sample, const struct codebook_term *t, bool long_form)
{
    buf_clear(sample);
    for (size_t i = 0; i < t->text.len; i++) {
        char letter = t->text.at[i];
        bool wild = t->match == CODEBOOK_WILDCARD;
        if (wild && letter == '*')
            buf_add(sample, long_form ? SPAN("xq") : SPAN(""));
        else
            buf_addc(sample, wild && letter == '?' ? 'x' : letter);
    }
}

static void add_probe(struct probes *p, const char *before, const char *after)
{
    buf_add(&p->all, span_of(before));
    buf_add(&p->all, buf_span(&p->sample));
    buf_add(&p->all, span_of(after));
    buf_addc(&p->all, '\0');
}

/* BEFORE and AFTER the term, next to it or one word away. */
static void add_around(struct probes *p, struct span before, struct span after, bool away)
{
    struct buf front = {0}, back = {0};
    if (before.at)
        buf_addf(&front, "%s%s ", before.at, away ? FILLER : "");
    if (after.at)
        buf_addf(&back, "%s %s", away ? FILLER : "", after.at);
    add_probe(p, buf_text(&front), buf_text(&back));
    buf_free(&front);
    buf_free(&back);
}

/* The sample among the phrases that the term's rules ask for. */
static void add_contexts(struct probes *p, const struct codebook_term *t)
{
    const struct codebook_phrases *near = &t->rules[CODEBOOK_NEAR],
                                  *after = &t->rules[CODEBOOK_AFTER];
    const struct span none = {0};
    for (int away = 0; away < 2; away++) {
        if (near->count == 0 && after->count == 0 && !away)
            add_probe(p, "", "");
        for (size_t i = 0; i < near->count; i++) {
            add_around(p, after->count ? after->at[0] : none, near->at[i], away);
            if (after->count == 0)
                add_around(p, near->at[i], none, away);
        }
        for (size_t i = 0; i < after->count; i++)
            add_around(p, after->at[i], near->count ? near->at[0] : none, away);
    }
}

static void change_case(struct buf *text, char from, char to)
{
    for (size_t i = 0; i < text->len; i++)
        if (text->at[i] >= from && text->at[i] <= from + 25)
            text->at[i] = (char)(text->at[i] - from + to);
}

void probes_make(struct probes *p, const struct codebook_term *t)
{
    buf_clear(&p->all);
    for (int form = 0; form < (t->match == CODEBOOK_WILDCARD ? 2 : 1); form++) {
        probes_sample(&p->sample, t, form == 1);
        add_contexts(p, t);
        if (t->exact_case)
            continue;
        change_case(&p->sample, 'a', 'A');
        add_contexts(p, t);
        change_case(&p->sample, 'A', 'a');
        add_contexts(p, t);
    }
}

void probes_free(struct probes *p)
{
    buf_free(&p->sample);
    buf_free(&p->all);
}
