/* Unit tests of the English cues: every row of cues.txt decides in its sentence as it says. */
#include "base/fail.h"
#include "check.h"
#include "coding/cues_english.h"
#include "coding/mentions.h"

static const char *const NAMES[] = {"Python", "Java"};

static void build(struct codebook *book)
{
    struct codebook_field *f = codebook_add_field(book, "test");
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++) {
        codebook_add_code(f, span_of(NAMES[i]));
        codebook_add_term(f, i, "test")->text = span_of(NAMES[i]);
    }
}

/* SENTENCE without the brackets around names, and MARKED: a byte for each name, in one or not. */
static void unmark(struct span sentence, struct buf *plain, struct buf *marked)
{
    buf_clear(plain);
    buf_clear(marked);
    for (size_t i = 0; i < sentence.len; i++) {
        struct span rest = {sentence.at + i, sentence.len - i};
        bool named = span_starts(rest, SPAN("Python")) || span_starts(rest, SPAN("Java"));
        if (named)
            buf_addc(marked, i > 0 && sentence.at[i - 1] == '[' ? 'y' : 'n');
        bool opens = rest.len > 1 && rest.at[0] == '[' && (rest.at[1] == 'P' || rest.at[1] == 'J');
        bool closes = rest.at[0] == ']' && i > 0 && strchr("an", sentence.at[i - 1]);
        if (!opens && !closes)
            buf_addc(plain, rest.at[0]);
    }
}

struct row {
    struct span status, sentence;
    uint32_t number;
};

/* What is wrong with what M found, or NULL. */
static const char *wrong(const struct mentions *m, const struct row *row, const struct buf *marked)
{
    static const char *const COUNTS[] = {"used", "pseudo", "terminators"};
    bool counts = false, decides = false;
    for (size_t i = 0; i < 3; i++)
        counts |= span_eq(row->status, span_of(COUNTS[i]));
    if (m->count != marked->len)
        return "not every name is found";
    for (size_t i = 0; i < m->count; i++) {
        const struct mention *mention = &m->mentions[i];
        bool has_status = mention->cue != MENTIONS_NONE;
        if (has_status != (marked->at[i] == 'y'))
            return has_status ? "a name that should count has a status" : "a name has no status";
        if (has_status && !counts && !span_eq(m->cues.at[mention->cue].status, row->status))
            return "a name has another status";
        if (mention->decided != MENTIONS_NONE)
            decides |= m->cues.at[mention->decided].row == row->number;
    }
    for (size_t i = 0; i < m->cue_hit_count; i++)
        decides |= counts && m->cues.at[m->cue_hits[i].cue].row == row->number;
    return decides ? NULL : "the row is not what decides";
}

static void test_row(struct mentions *m, const struct row *row)
{
    struct buf plain = {0}, marked = {0}, name = {0};
    unmark(row->sentence, &plain, &marked);
    mentions_find(m, buf_span(&plain));
    const char *what = wrong(m, row, &marked);
    buf_addf(&name, "cues.txt:%u: %.*s%s%s", row->number, SPAN_ARGS(row->sentence),
             what ? ": " : "", what ? what : "");
    CHECK(!what, buf_text(&name));
    buf_free(&plain);
    buf_free(&marked);
    buf_free(&name);
}

/* The document is read here by itself, as a person reads it. */
static void test_rows(struct mentions *m)
{
    const char *at = CUES_ENGLISH.at, *end = at + CUES_ENGLISH.len;
    struct row row = {0};
    size_t rows = 0;
    for (uint32_t number = 1; at < end; number++) {
        const char *next = memchr(at, '\n', (size_t)(end - at));
        struct span line = span_from(at, next);
        const char *arrow = memmem(line.at, line.len, "=> ", 3);
        if (line.len > 4 && line.at[0] == '[' && line.at[1] != ' ' && !arrow)
            row.status = (struct span){line.at + 1, strcspn(line.at + 1, ":]")};
        if (arrow && line.at[0] != '#') {
            row.sentence = span_from(arrow + 3, next);
            row.number = number;
            test_row(m, &row);
            rows++;
        }
        at = next + 1;
    }
    CHECK(rows > 150, "the document has its rows");
}

int main(void)
{
    struct codebook book = {0};
    struct mentions m;
    build(&book);
    mentions_init(&m, &book.fields[0]);
    test_rows(&m);
    mentions_free(&m);
    codebook_free(&book);
    return check_done();
}
