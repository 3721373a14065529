/* cues_english -- reads the default cues from the document that is compiled in.
 *
 * The document is ours, so what it cannot mean is a fault of the build: the test that holds
 * every row to its sentence finds it. */
#include "cues_english.h"

#include "base/buf.h"
#include "cues_words.h"

static const unsigned char TEXT[] = {
#include "cues.inc"
};

const struct span CUES_ENGLISH = {(const char *)TEXT, sizeof TEXT};

#define MAX_LISTS 32

struct list {
    struct span name, choices;
};

struct reader {
    struct span rest;
    uint32_t row;
    struct list lists[MAX_LISTS];
    size_t list_count;
    struct cue section; /* what its rows have in common */
    struct arena *arena;
    void (*take)(void *context, const struct cue *cue);
    void *context;
    struct buf phrase;
};

/* TEXT up to what parts it, which is left out; *REST is what follows. */
static struct span cut(struct span text, struct span parting, struct span *rest)
{
    const char *at = memmem(text.at, text.len, parting.at, parting.len), *end = span_end(text);
    *rest = at ? span_from(at + parting.len, end) : (struct span){end, 0};
    return span_from(text.at, at ? at : end);
}

static bool next_line(struct span *rest, struct span *line, uint32_t *row)
{
    while (rest->len) {
        *line = span_trimmed(cut(*rest, SPAN("\n"), rest));
        (*row)++;
        if (line->len && line->at[0] != '#')
            return true;
    }
    return false;
}

/* ---- sections ---- */

static enum cue_kind kind_of(struct span status, struct span detail)
{
    if (span_eq(detail, SPAN("stopping")))
        return CUE_STOPPING;
    if (span_eq(detail, SPAN("exceptions")))
        return CUE_EXCEPT;
    if (span_eq(status, SPAN("used")))
        return CUE_USED;
    if (span_eq(status, SPAN("pseudo")))
        return CUE_PSEUDO;
    return span_eq(status, SPAN("terminators")) ? CUE_END : CUE_STATUS;
}

/* "[status]" or "[status: detail]"; false if LINE is no heading. "[ ]" is a phrase. */
static bool read_section(struct span line, struct cue *section)
{
    if (line.len < 4 || line.at[0] != '[' || line.at[line.len - 1] != ']' || line.at[1] == ' ')
        return false;
    struct span detail, status = cut((struct span){line.at + 1, line.len - 2}, SPAN(": "), &detail);
    *section = (struct cue){.kind = kind_of(status, detail),
                            .status = status,
                            .is_mark = span_eq(detail, SPAN("marks")),
                            .near = span_eq(detail, SPAN("near")),
                            .moves = span_eq(detail, SPAN("moves")),
                            .is_wide = span_eq(detail, SPAN("determiners"))};
    return true;
}

bool cues_english_has(struct span status)
{
    struct span rest = CUES_ENGLISH, line;
    struct cue section;
    uint32_t row = 0;
    while (next_line(&rest, &line, &row))
        if (read_section(line, &section) && span_eq(section.status, status))
            return true;
    return false;
}

/* ---- rows ---- */

/* "...": the place of the mention. */
static struct cue take_dots(struct cue cue, struct span *phrase)
{
    cue.joined = span_starts(*phrase, SPAN("...-"));
    bool before = cue.joined || span_starts(*phrase, SPAN("... "));
    if (before)
        *phrase = (struct span){phrase->at + 4, phrase->len - 4};
    bool behind = phrase->len > 4 && memcmp(phrase->at + phrase->len - 4, " ...", 4) == 0;
    if (behind)
        phrase->len -= 4;
    cue.of_subject = before && behind;
    cue.never_ahead = before && !behind;
    cue.needs_object = behind && !before;
    return cue;
}

static struct span list_named(const struct reader *rd, struct span name)
{
    for (size_t i = 0; i < rd->list_count; i++)
        if (span_eq(rd->lists[i].name, name))
            return rd->lists[i].choices;
    return (struct span){0};
}

/* PHRASE with what its {names} stand for, in brackets unless they stand in some. */
static struct span with_lists(struct reader *rd, struct span phrase)
{
    struct buf b = {0};
    bool inside = false;
    for (size_t i = 0; i < phrase.len; i++) {
        bool opens = (phrase.at[i] == '(' && i + 1 < phrase.len && phrase.at[i + 1] != ' ') ||
                     phrase.at[i] == '<';
        inside = opens || (inside && phrase.at[i] != ')' && phrase.at[i] != '>');
        if (phrase.at[i] != '{') {
            buf_addc(&b, phrase.at[i]);
            continue;
        }
        struct span rest, tail = {phrase.at + i + 1, phrase.len - i - 1};
        struct span name = cut(tail, SPAN("}"), &rest);
        buf_add(&b, inside ? SPAN("") : SPAN("("));
        buf_add(&b, list_named(rd, name));
        buf_add(&b, inside ? SPAN("") : SPAN(")"));
        i += name.len + 1;
    }
    struct span kept = arena_copy(rd->arena, buf_span(&b));
    buf_free(&b);
    return kept;
}

/* Words one space apart, whatever was left out between them. */
static void add_words(struct buf *b, struct span text)
{
    for (size_t i = 0; i < text.len; i++)
        if (text.at[i] != ' ' || (b->len > 0 && b->at[b->len - 1] != ' '))
            buf_addc(b, text.at[i]);
}

/* Every phrase that what is put together already and REST stand for. */
static void expand(struct reader *rd, const struct cue *cue, struct span rest)
{
    size_t before = rd->phrase.len, plain = 0;
    while (plain < rest.len &&
           (rest.at[plain] != '(' || plain + 1 == rest.len || rest.at[plain + 1] == ' '))
        plain++;
    add_words(&rd->phrase, (struct span){rest.at, plain});
    if (plain == rest.len) {
        struct cue made = *cue;
        made.phrase = arena_copy(rd->arena, span_trimmed(buf_span(&rd->phrase)));
        rd->take(rd->context, &made);
    } else {
        struct span behind, open = {rest.at + plain + 1, rest.len - plain - 1};
        struct span choices = cut(open, SPAN(")"), &behind);
        size_t here = rd->phrase.len;
        for (bool more = true; more; rd->phrase.len = here) {
            more = memchr(choices.at, '|', choices.len) != NULL;
            add_words(&rd->phrase, cut(choices, SPAN("|"), &choices));
            expand(rd, cue, behind);
        }
    }
    rd->phrase.len = before;
}

static struct cues_list *list_of(struct reader *rd, struct span words)
{
    struct cues_list *list = arena_array(rd->arena, 1, sizeof *list);
    *list = (struct cues_list){.words = arena_text(rd->arena, words)};
    return list;
}

/* The <a|b> at the start of PHRASE, up to CUE_BESIDE of them. */
static void take_before(struct reader *rd, struct cue *cue, struct span *phrase)
{
    for (size_t i = 0; i < CUE_BESIDE && phrase->len && phrase->at[0] == '<'; i++) {
        struct span rest, open = {phrase->at + 1, phrase->len - 1};
        cue->before[i] = list_of(rd, cut(open, SPAN(">"), &rest));
        *phrase = span_trimmed(rest);
    }
}

/* Those at its end. */
static void take_behind(struct reader *rd, struct cue *cue, struct span *phrase)
{
    const char *at = memchr(phrase->at, '<', phrase->len);
    if (!at)
        return;
    struct span rest = span_from(at, span_end(*phrase));
    *phrase = span_trimmed(span_from(phrase->at, at));
    for (size_t i = 0; i < CUE_BESIDE && rest.len; i++) {
        struct span open = {rest.at + 1, rest.len - 1};
        cue->behind[i] = list_of(rd, cut(open, SPAN(">"), &rest));
        rest = span_trimmed(rest);
    }
}

static void read_row(struct reader *rd, struct span line)
{
    struct span sentence, phrase;
    struct span name = cut((struct span){line.at + 1, line.len - 1}, SPAN("} = "), &phrase);
    if (phrase.len > 0) {
        if (rd->list_count < MAX_LISTS)
            rd->lists[rd->list_count++] = (struct list){name, phrase};
        return;
    }
    phrase = span_trimmed(cut(line, SPAN("=>"), &sentence));
    struct cue cue = take_dots(rd->section, &phrase);
    cue.row = rd->row;
    if (cue.moves && !cue.never_ahead)
        cue.kind = CUE_MOVE;
    phrase = with_lists(rd, phrase);
    take_before(rd, &cue, &phrase);
    take_behind(rd, &cue, &phrase);
    expand(rd, &cue, phrase);
}

void cues_english_each(struct arena *arena, void (*take)(void *context, const struct cue *cue),
                       void *context)
{
    struct reader rd = {.rest = CUES_ENGLISH, .arena = arena, .take = take, .context = context};
    struct span line;
    while (next_line(&rd.rest, &line, &rd.row))
        if (!read_section(line, &rd.section))
            read_row(&rd, line);
    buf_free(&rd.phrase);
}
