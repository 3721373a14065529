/* fuzz_cues -- answers as `code` reads them: mentions stand in the answer, in order, one beside the
 * other, and each has a cue that there is. */
#include "base/utf8.h"
#include "coding/mentions.h"
#include "fuzz.h"

static const char BOOK[] = "from,into,code,label,group,term,match,case,exclude\n"
                           "a,b,py,Python,language,Python,,,\n"
                           "a,b,cs,C#,language,C#,,,C# minor\n"
                           "a,b,c,C,language,C,,exact,\n"
                           "a,b,sql,SQL,database,SQL,,,\n"
                           "a,b,sqls,SQL Server,database,SQL Server,,,\n"
                           "a,b,web,Web,other,web*,wildcard,,\n"
                           "a,b,no,,,\\bex[a-c]+\\b,regex,,\n";

static struct mentions *matcher(void)
{
    static struct mentions m;
    static struct codebook b;
    struct fault fault;
    if (b.count == 0) {
        const char *name = fuzz_name(SPAN(BOOK), "csv");
        FUZZ_CHECK(codebook_load(&b, name, &fault));
        unlink(name);
        mentions_init(&m, &b.fields[0]);
    }
    return &m;
}

static void try_input(struct span input)
{
    if (!utf8_valid(input, NULL))
        return;
    struct buf text = fuzz_padded(input);
    struct mentions *m = matcher();
    mentions_find(m, buf_span(&text));
    for (size_t i = 0; i < m->count; i++) {
        const struct mention *it = &m->mentions[i];
        FUZZ_CHECK(it->start < it->end && it->end <= text.len);
        FUZZ_CHECK(it->first <= it->last);
        FUZZ_CHECK(it->term < m->field->term_count);
        FUZZ_CHECK(it->cue == MENTIONS_NONE || it->cue < m->cues.count);
        FUZZ_CHECK(it->decided == MENTIONS_NONE || it->decided < m->cues.count);
        FUZZ_CHECK(i == 0 || it[-1].start <= it->start);
    }
    buf_free(&text);
}
