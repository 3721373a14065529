/* reason -- labels for the vocabulary of missing answers, and the sections of the
 * Freedom of Information Act 2000 by what they are known for. */
#include "text/reason.h"

struct row {
    struct span name, label;
};

static const struct row REASONS[] = {
    {SPAN_ROW("absent"), SPAN_ROW("no such field")},
    {SPAN_ROW("missing"), SPAN_ROW("no answer, no reason given")},
    {SPAN_ROW("blank"), SPAN_ROW("left blank")},
    {SPAN_ROW("no_response"), SPAN_ROW("no reply")},
    {SPAN_ROW("no_reply"), SPAN_ROW("no reply")},
    {SPAN_ROW("not_held"), SPAN_ROW("information not held")},
    {SPAN_ROW("refused"), SPAN_ROW("refused, no section named")},
    {SPAN_ROW("ncnd"), SPAN_ROW("neither confirmed nor denied")},
    {SPAN_ROW("not_applicable"), SPAN_ROW("not applicable")},
    {SPAN_ROW("not_asked"), SPAN_ROW("not asked")},
    {SPAN_ROW("not_given"), SPAN_ROW("not given, no reason")},
    {SPAN_ROW("withdrawn"), SPAN_ROW("request withdrawn")},
    {SPAN_ROW("unmatched"), SPAN_ROW("no matching record")},
    {SPAN_ROW("uncoded"), SPAN_ROW("answer not coded")},
    {SPAN_ROW("no_figure"), SPAN_ROW("no one figure stated")},
    {SPAN_ROW("no_group"), SPAN_ROW("code without a group")},
    {SPAN_ROW("empty"), SPAN_ROW("nothing to look up")},
    {SPAN_ROW("conflict"), SPAN_ROW("sources disagree")},
    {SPAN_ROW("invalid"), SPAN_ROW("not readable as its type")},
    {SPAN_ROW("open"), SPAN_ROW("no reply yet, none due yet")},
};

static const struct row SECTIONS[] = {
    {SPAN_ROW("12"), SPAN_ROW("cost limit")},
    {SPAN_ROW("14"), SPAN_ROW("vexatious or repeated")},
    {SPAN_ROW("21"), SPAN_ROW("accessible by other means")},
    {SPAN_ROW("22"), SPAN_ROW("future publication")},
    {SPAN_ROW("23"), SPAN_ROW("security bodies")},
    {SPAN_ROW("24"), SPAN_ROW("national security")},
    {SPAN_ROW("26"), SPAN_ROW("defence")},
    {SPAN_ROW("27"), SPAN_ROW("international relations")},
    {SPAN_ROW("28"), SPAN_ROW("relations within the UK")},
    {SPAN_ROW("29"), SPAN_ROW("the economy")},
    {SPAN_ROW("30"), SPAN_ROW("investigations")},
    {SPAN_ROW("31"), SPAN_ROW("law enforcement")},
    {SPAN_ROW("32"), SPAN_ROW("court records")},
    {SPAN_ROW("33"), SPAN_ROW("audit functions")},
    {SPAN_ROW("34"), SPAN_ROW("parliamentary privilege")},
    {SPAN_ROW("35"), SPAN_ROW("government policy")},
    {SPAN_ROW("36"), SPAN_ROW("conduct of public affairs")},
    {SPAN_ROW("37"), SPAN_ROW("communications with the Crown")},
    {SPAN_ROW("38"), SPAN_ROW("health and safety")},
    {SPAN_ROW("39"), SPAN_ROW("environmental information")},
    {SPAN_ROW("40"), SPAN_ROW("personal information")},
    {SPAN_ROW("41"), SPAN_ROW("given in confidence")},
    {SPAN_ROW("42"), SPAN_ROW("legal privilege")},
    {SPAN_ROW("43"), SPAN_ROW("commercial interests")},
    {SPAN_ROW("44"), SPAN_ROW("disclosure prohibited")},
};

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))

static struct span find(const struct row *rows, size_t count, struct span name)
{
    for (size_t i = 0; i < count; i++)
        if (span_eq(rows[i].name, name))
            return rows[i].label;
    return (struct span){0};
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* "s12" or "s43(2)": the section with what it is known for. False for anything else. */
static bool add_section(struct buf *b, struct span text)
{
    size_t digits = 1;
    if (text.len < 2 || text.at[0] != 's')
        return false;
    while (digits < text.len && is_digit(text.at[digits]))
        digits++;
    if (digits == 1 || (digits < text.len && text.at[digits] != '('))
        return false;
    struct span number = {text.at + 1, digits - 1};
    struct span known = find(SECTIONS, COUNT(SECTIONS), number);
    buf_add(b, SPAN("refused, section "));
    buf_add(b, (struct span){text.at + 1, text.len - 1});
    if (known.at) {
        buf_add(b, SPAN(" ("));
        buf_add(b, known);
        buf_addc(b, ')');
    }
    return true;
}

/* "refused:r12(4)(b)", of the Environmental Information Regulations, and "refused:foisa_s33". */
static bool add_other_law(struct buf *b, struct span reason)
{
    static const struct span regulation = SPAN_ROW("refused:r1"), act = SPAN_ROW("refused:foisa_s");
    bool scottish = span_starts(reason, act);
    if (!scottish && !span_starts(reason, regulation))
        return false;
    size_t taken = scottish ? act.len : regulation.len - 1;
    buf_add(b, scottish ? SPAN("refused, section ") : SPAN("refused, regulation "));
    buf_add(b, (struct span){reason.at + taken, reason.len - taken});
    buf_add(b, scottish ? SPAN(" (Scotland)") : SPAN(" (environmental information)"));
    return true;
}

void reason_label(struct buf *b, struct span reason)
{
    static const struct span refused = SPAN_ROW("refused:");
    struct span known = find(REASONS, COUNT(REASONS), reason);
    if (known.at) {
        buf_add(b, known);
        return;
    }
    if (add_other_law(b, reason))
        return;
    if (span_starts(reason, refused) &&
        add_section(b, (struct span){reason.at + refused.len, reason.len - refused.len}))
        return;
    for (size_t i = 0; i < reason.len; i++)
        buf_addc(b, reason.at[i] == '_' ? ' ' : reason.at[i]);
}
