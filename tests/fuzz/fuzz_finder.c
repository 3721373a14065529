/* fuzz_finder -- letters as `extract` reads them: what is found stands in the letter, and belongs
 * to a question that there is. */
#include "base/utf8.h"
#include "fuzz.h"
#include "replies/finder.h"

static struct finder *reader(struct questions *q)
{
    static struct finder *f;
    if (f)
        return f;
    static const char *const asked[][3] = {
        {"staff", "1", "How many staff does the trust employ?"},
        {"team", "2a", "Do you have a web development team?"},
        {"tech", "2b", "Which programming languages does the team use?"},
        {"grant", "3", "Have you applied for an innovation grant, and in which year?"}};
    for (size_t i = 0; i < 4; i++) {
        questions_add(q, span_of(asked[i][0]), span_of(asked[i][1]));
        questions_word(q, span_of(asked[i][2]));
    }
    questions_weigh(q);
    return f = finder_open(q);
}

static void check(const struct finding *it, size_t count, struct span text, size_t questions)
{
    for (size_t i = 0; i < count; i++, it++) {
        FUZZ_CHECK(it->question == QUESTIONS_NONE || it->question < questions);
        FUZZ_CHECK(it->score >= 0 && it->score <= 1);
        FUZZ_CHECK(utf8_valid(it->text, NULL));
        FUZZ_CHECK(it->text.len <= text.len);
        FUZZ_CHECK(*finding_how_name(it->how));
    }
}

static void try_input(struct span input)
{
    if (!utf8_valid(input, NULL))
        return;
    static struct questions q;
    struct finder *f = reader(&q);
    struct buf text = fuzz_padded(input);
    size_t count;
    finder_read(f, buf_span(&text), SPAN(""));
    const struct finding *found = finder_findings(f, &count);
    FUZZ_CHECK(count <= q.count);
    check(found, count, buf_span(&text), q.count);
    const struct finding *unplaced = finder_unplaced(f, &count);
    check(unplaced, count, buf_span(&text), q.count);
    buf_free(&text);
}
