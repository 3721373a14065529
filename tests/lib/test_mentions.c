/* Unit tests of mentions and cues: what a reader would say of each answer. */
#include "base/fail.h"
#include "check.h"
#include "coding/mentions.h"

static const char *const NAMES[] = {"Python", "Java", "C#", "R", "SQL", "SQL Server", "FHIR"};

static void build(struct codebook *book)
{
    struct codebook_field *f = codebook_add_field(book, "test");
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++) {
        codebook_add_code(f, span_of(NAMES[i]));
        struct codebook_term *t = codebook_add_term(f, i, "test");
        t->text = span_of(NAMES[i]);
        t->exact_case = i == 3;
    }
}

/* The mentions as "Python Java:not_used". */
static struct span said(struct mentions *m, const char *answer, struct buf *b)
{
    mentions_find(m, span_of(answer));
    buf_clear(b);
    for (size_t i = 0; i < m->count; i++) {
        const struct mention *mention = &m->mentions[i];
        buf_add(b, b->len ? SPAN(" ") : SPAN(""));
        buf_add(b, m->field->terms[mention->term].text);
        if (mention->cue != MENTIONS_NONE) {
            buf_addc(b, ':');
            buf_add(b, m->cues.at[mention->cue].status);
        }
    }
    return buf_span(b);
}

struct example {
    const char *answer, *said;
};

static const struct example BEFORE[] = {
    {"We do not use Python", "Python:not_used"},
    {"We don\xe2\x80\x99t use Python", "Python:not_used"},
    {"no Python, Java or C#", "Python:not_used Java:not_used C#:not_used"},
    {"neither Python nor Java", "Python:not_used Java:not_used"},
    {"without Python", "Python:not_used"},
    {"C# rather than Java", "C# Java:not_used"},
    {"C# instead of Java", "C# Java:not_used"},
    {"We no longer use Python.", "Python:stopped"},
    {"moved away from Python to Java", "Python:stopped Java"},
    {"We replaced Python with Java", "Python:stopped Java"},
    {"previously Python, now Java", "Python:stopped Java"},
    {"We plan to use FHIR", "FHIR:planned"},
    {"We will be using FHIR", "FHIR:planned"},
    {"considering FHIR", "FHIR:evaluating"},
    {"a proof of concept in Python", "Python:evaluating"},
};

static const struct example BEHIND[] = {
    {"Python: No", "Python:not_used"},
    {"Python: no, Java: yes", "Python:not_used Java"},
    {"Python: No Java: Yes C#: No", "Python:not_used Java C#:not_used"},
    {"Python 3.7: No", "Python:not_used"},
    {"Python scripts: none", "Python:not_used"},
    {"Python? No. Java? Yes.", "Python:not_used Java"},
    {"Python - no, Java - yes", "Python:not_used Java"},
    {"FHIR \xe2\x80\x93 not used", "FHIR:not_used"},
    {"FHIR-not used", "FHIR:not_used"},
    {"Python (not used), Java", "Python:not_used Java"},
    {"Python (planned for 2021), Java", "Python:planned Java"},
    {"Python is not used", "Python:not_used"},
    {"Python and Java are not used", "Python:not_used Java:not_used"},
    {"We use Python and Java is not used", "Python Java:not_used"},
    {"Python has been replaced by Java", "Python:stopped Java"},
    {"Python systems have been decommissioned", "Python:stopped"},
    {"Python, no longer used", "Python:stopped"},
    {"Python, which we no longer use.", "Python:stopped"},
    {"FHIR is under consideration", "FHIR:evaluating"},
    {"Python | No", "Python:not_used"},
    {"Python = n", "Python:not_used"},
    {"Python\nJava - not used\nC#", "Python Java:not_used C#"},
};

static const struct example ENDS[] = {
    {"We do not use Python but Java", "Python:not_used Java"},
    {"no Python, however Java", "Python:not_used Java"},
    {"nothing without Python except Java", "Python:not_used Java"},
    {"no Python. Java", "Python:not_used Java"},
    {"no Python; Java", "Python:not_used Java"},
    {"Not used: Python; Java", "Python:not_used Java:not_used"},
    {"no Python\nJava", "Python:not_used Java"},
    {"no Python,\nJava", "Python:not_used Java:not_used"},
    {"we do not use\nPython", "Python:not_used"},
    {"no Python\n\nJava", "Python:not_used Java"},
    {"C# (not Java) and Python", "C# Java:not_used Python"},
    {"no Python, we use Java", "Python:not_used Java"},
    {"no team of our own to speak of in all the trust Python", "Python"},
    {"e.g. no Python e.g. Java", "Python:not_used Java:not_used"},
    {"C#, which replaced Java, and Python", "C# Java:stopped Python"},
};

static const struct example SEEMING[] = {
    {"Not only Python but Java", "Python Java"},
    {"This is not limited to Python", "Python"},
    {"No, we use Python", "Python"},
    {"No. Python", "Python"},
    {"no plans to replace Python", "Python"},
    {"C# is not open source", "C#"},
    {"C# is not the only one: Java", "C# Java"},
    {"We use Python, not sure what else", "Python"},
    {"NoSQL and Python", "Python"},
    {"yes Python", "Python"},
};

static const struct example LONGEST[] = {
    {"SQL Server", "SQL Server"},
    {"SQL SQL Server", "SQL SQL Server"},
    {"SQL-Server", "SQL Server"},
    {"SQL  Servers", "SQL Server"},
    {"r R R&D", "R"},
    {"JavaScript", ""},
    {"Java-\nScript", "Java"},
    {"", ""},
};

static void check_all(struct mentions *m, const struct example *examples, size_t count)
{
    struct buf b = {0};
    for (size_t i = 0; i < count; i++) {
        struct span got = said(m, examples[i].answer, &b);
        if (!CHECK(span_eq(got, span_of(examples[i].said)), quote(span_of(examples[i].answer))))
            printf("# got '%.*s', expected '%s'\n", SPAN_ARGS(got), examples[i].said);
    }
    buf_free(&b);
}

#define CHECK_ALL(m, examples) check_all((m), (examples), sizeof(examples) / sizeof *(examples))

int main(void)
{
    struct codebook book = {0};
    struct mentions m;
    build(&book);
    mentions_init(&m, &book.fields[0]);
    CHECK_ALL(&m, BEFORE);
    CHECK_ALL(&m, BEHIND);
    CHECK_ALL(&m, ENDS);
    CHECK_ALL(&m, SEEMING);
    CHECK_ALL(&m, LONGEST);
    mentions_free(&m);
    codebook_free(&book);
    return check_done();
}
