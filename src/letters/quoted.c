/* quoted -- the message below, and the signature. */
#include "quoted.h"

#include <ctype.h>
#include <strings.h>

#define HEAD_LINES 8       /* in which a quoted message's headers stand together */
#define SIGNATURE_LINES 16 /* lines that a signature fills at most */
#define SHORT 600          /* bytes of a text that only says where the answers are */

/* The line at AT, without its end. */
static struct span line_at(struct span text, size_t at)
{
    const char *end = at < text.len ? memchr(text.at + at, '\n', text.len - at) : NULL;
    size_t to = end ? (size_t)(end - text.at) : text.len;
    return (struct span){text.at + at, at < text.len ? to - at : 0};
}

static size_t next_line(struct span text, size_t at)
{
    size_t next = at + line_at(text, at).len + 1;
    return next < text.len ? next : text.len;
}

/* Without white space, quote marks, asterisks and page breaks at its start. */
static struct span bare(struct span line)
{
    while (line.len && strchr(" \t>*\r\f|", *line.at))
        line = (struct span){line.at + 1, line.len - 1};
    if (span_starts(line, SPAN("\xc2\xa0")))
        return bare((struct span){line.at + 2, line.len - 2});
    while (line.len && strchr(" \t\r*", line.at[line.len - 1]))
        line.len--;
    return line;
}

static bool begins(struct span line, const char *word)
{
    size_t len = strlen(word);
    return line.len >= len && strncasecmp(line.at, word, len) == 0;
}

static bool ends(struct span line, const char *word)
{
    size_t len = strlen(word);
    return line.len >= len && strncasecmp(line.at + line.len - len, word, len) == 0;
}

/* A header of a quoted message: "Sent: ", also "*Sent:*" and "Sent :". */
static bool is_header(struct span line, const char *name)
{
    if (!begins(line, name))
        return false;
    size_t at = strlen(name);
    while (at < line.len && (line.at[at] == ' ' || line.at[at] == '\t' || line.at[at] == '*'))
        at++;
    return at < line.len && line.at[at] == ':';
}

static bool is_any_header(struct span line, const char *const *names)
{
    for (; *names; names++)
        if (is_header(line, *names))
            return true;
    return false;
}

/* From, Sent (or Date) and To or Subject within a few lines. */
static bool is_head(struct span text, size_t at)
{
    static const char *const from[] = {"From", "Von", "De", NULL},
                             *const sent[] = {"Sent", "Date", "Gesendet", "Datum", "Envoyé", NULL},
                             *const to[] = {"To",      "Subject", "Cc",    "An",
                                            "Betreff", "À",       "Objet", NULL};
    if (!is_any_header(bare(line_at(text, at)), from))
        return false;
    bool has_sent = false, has_to = false;
    for (size_t i = 0, next = next_line(text, at); i < HEAD_LINES && next < text.len;
         i++, next = next_line(text, next)) {
        struct span line = bare(line_at(text, next));
        has_sent = has_sent || is_any_header(line, sent);
        has_to = has_to || is_any_header(line, to);
    }
    return has_sent && has_to;
}

/* "-----Original Message-----", "---------- Forwarded message ---------", "Begin forwarded
 * message:" */
static bool is_divider(struct span line)
{
    if (begins(line, "Begin forwarded message"))
        return true;
    if (!begins(line, "--") && !begins(line, "__"))
        return false;
    while (line.len && strchr("-_ ", *line.at))
        line = (struct span){line.at + 1, line.len - 1};
    return begins(line, "Original Message") || begins(line, "Forwarded message") ||
           begins(line, "Forwarded by") || begins(line, "Original Appointment") ||
           begins(line, "Urspr") || begins(line, "Message d'origine");
}

/* "On Mon, 2 Mar 2020 at 10:15, A. Person <a@example.org> wrote:", on one line or up to three. */
static bool is_attribution(struct span text, size_t at)
{
    struct span first = bare(line_at(text, at));
    if (!begins(first, "On ") && !begins(first, "Am ") && !begins(first, "Le "))
        return false;
    bool digits = false;
    for (size_t i = 0; i < 3 && at < text.len; i++, at = next_line(text, at)) {
        struct span line = bare(line_at(text, at));
        for (size_t j = 0; j < line.len; j++)
            digits = digits || isdigit((unsigned char)line.at[j]);
        if (digits && (ends(line, "wrote:") || ends(line, "schrieb:") || ends(line, "écrit :") ||
                       ends(line, "wrote :")))
            return true;
        if (line.len == 0 || ends(line, "."))
            return false;
    }
    return false;
}

static bool is_marked(struct span line)
{
    while (line.len && (*line.at == ' ' || *line.at == '\t'))
        line = (struct span){line.at + 1, line.len - 1};
    return line.len && *line.at == '>';
}

/* Where lines that all begin with > reach to the end of TEXT, looked at from START on; text.len if
 * they do not. */
static size_t marked_tail(struct span text, size_t start)
{
    size_t from = text.len, count = 0;
    for (size_t at = start; at < text.len; at = next_line(text, at)) {
        struct span line = line_at(text, at);
        if (is_marked(line)) {
            from = count++ ? from : at;
        } else if (bare(line).len) {
            from = text.len;
            count = 0;
        }
    }
    return count > 1 ? from : text.len;
}

/* Where the message below begins, looked for from START on; text.len if there is none. */
static size_t find_quoted(struct span text, size_t start)
{
    for (size_t at = start; at < text.len; at = next_line(text, at))
        if (is_divider(bare(line_at(text, at))) || is_head(text, at) || is_attribution(text, at))
            return at;
    return marked_tail(text, start);
}

/* Whether lines without a mark follow marked ones, more than a word: answers between the lines. */
static bool is_interleaved(struct span quoted)
{
    bool marked = false;
    size_t answers = 0;
    for (size_t at = 0; at < quoted.len; at = next_line(quoted, at)) {
        struct span line = line_at(quoted, at);
        if (is_marked(line))
            marked = true;
        else if (marked && bare(line).len)
            answers++;
    }
    return answers > 0;
}

/* Whether TEXT has the words A and B, B not far behind A. */
static bool has_near(struct span text, const char *a, const char *b)
{
    for (size_t i = 0; i < text.len; i++) {
        struct span rest = {text.at + i, text.len - i};
        if (!begins(rest, a))
            continue;
        for (size_t j = 0; j < 60 && j < rest.len; j++)
            if (begins((struct span){rest.at + j, rest.len - j}, b))
                return true;
    }
    return false;
}

static bool is_closing(struct span line)
{
    static const char *const closings[] = {
        "kind regards",      "kindest regards",  "best regards",
        "warm regards",      "regards",          "best wishes",
        "yours sincerely",   "yours faithfully", "yours truly",
        "with kind regards", "with best wishes", "many thanks",
        "sincerely",         "kind wishes",      "cofion",
        "yn gywir",          "with regards",     "warmest regards",
        "thanks and regards"};
    for (size_t i = 0; i < sizeof closings / sizeof *closings; i++) {
        size_t len = strlen(closings[i]);
        if (!begins(line, closings[i]))
            continue;
        while (len < line.len && strchr(",.! -", line.at[len]))
            len++;
        if (len == line.len)
            return true;
    }
    return line.len == 2 && begins(line, "--");
}

/* Lines that a signature does not hold: an annex, a question or an answer. */
static bool goes_on(struct span line)
{
    static const char *const words[] = {"annex",    "appendix",  "question",  "request",
                                        "response", "answer",    "enclosure", "schedule",
                                        "table ",   "exemption", "section "};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (begins(line, words[i]))
            return true;
    size_t digits = 0;
    digits +=
        line.len > 1 && (*line.at == 'Q' || *line.at == 'q') && isdigit((unsigned char)line.at[1]);
    while (digits < line.len && isdigit((unsigned char)line.at[digits]))
        digits++;
    return digits > 0 && digits < 4 && digits < line.len && strchr(".):", line.at[digits]) &&
           (digits + 1 == line.len || !isdigit((unsigned char)line.at[digits + 1]));
}

/* Whether answers stand in TEXT before its closing. */
static bool has_answers(struct span text)
{
    for (size_t at = 0; at < text.len; at = next_line(text, at)) {
        struct span line = bare(line_at(text, at));
        if (is_closing(line))
            return false;
        if (goes_on(line))
            return true;
    }
    return false;
}

/* "Please see our answers below in red": the quoted message holds them, unless they follow at
 * once. */
static bool points_below(struct span text)
{
    static const char *const what[] = {"answer", "response", "repl", "comment", "see", NULL},
                             *const where[] = {"below",   "in red",   "in blue",
                                               "in bold", "in line",  "inline",
                                               "beneath", "embedded", NULL};
    if (text.len > SHORT || has_answers(text))
        return false;
    for (const char *const *a = what; *a; a++)
        for (const char *const *b = where; *b; b++)
            if (has_near(text, *a, *b))
                return true;
    return false;
}

static bool is_blank(struct span text)
{
    for (size_t at = 0; at < text.len; at = next_line(text, at))
        if (bare(line_at(text, at)).len)
            return false;
    return true;
}

static bool was_forwarded(struct letter *l)
{
    struct span subject = buf_span(&l->subject);
    return begins(subject, "FW:") || begins(subject, "Fwd:") || begins(subject, "WG:") ||
           begins(subject, "TR:");
}

static void cut_end(struct buf *text, size_t at)
{
    text->len = at;
    while (text->len && strchr(" \t\r\n_", text->at[text->len - 1]))
        text->len--;
}

void quoted_split(struct letter *l)
{
    struct span text = buf_span(&l->text);
    size_t at = find_quoted(text, 0);
    if (strcmp(l->type, "email") != 0 && is_blank((struct span){text.at, at})) {
        /* a memorandum or a printed mail begins with a head of its own */
        while (at < text.len && bare(line_at(text, at)).len)
            at = next_line(text, at);
        at = find_quoted(text, at);
    }
    if (at >= text.len)
        return;
    struct span above = {text.at, at}, below = {text.at + at, text.len - at};
    if (is_interleaved(below)) {
        letter_note(l, "answers between the lines of the message quoted: nothing cut off");
        return;
    }
    if (points_below(above)) {
        letter_note(l, "points to answers below: the message quoted was not cut off");
        return;
    }
    if (is_blank(above) && was_forwarded(l)) {
        letter_note(l, "forwarded without a word: the message below is the text");
        return;
    }
    buf_add(&l->quoted, below);
    cut_end(&l->text, at);
}

/* Whether LINE tells how to ask for a review. */
static bool is_review(struct span line)
{
    return has_near(line, "internal", "review") || has_near(line, "not", "satisfied") ||
           has_near(line, "dissatisfied", "with") || has_near(line, "unhappy", "with");
}

/* The end of the signature that begins at FROM. A list behind it that counts the steps of a review
 * stays with the line that says so, since by itself it reads as answers. */
static size_t signature_end(struct span text, size_t from)
{
    size_t at = next_line(text, from), end = at, lines = 0, review = text.len;
    for (; at < text.len && lines < SIGNATURE_LINES; at = next_line(text, at)) {
        struct span line = line_at(text, at), content = bare(line);
        if (goes_on(content) && review < end)
            return review;
        if (memchr(line.at, '\f', line.len) || memchr(content.at, '\t', content.len) ||
            goes_on(content) || content.len > 200)
            break;
        if (review == text.len && is_review(content))
            review = at;
        if (content.len) {
            lines++;
            end = next_line(text, at);
        }
    }
    return end;
}

void quoted_sign(struct letter *l)
{
    struct span text = buf_span(&l->text);
    size_t from = text.len;
    for (size_t at = 0; at < text.len; at = next_line(text, at))
        if (is_closing(bare(line_at(text, at))))
            from = at;
    if (from == text.len || is_blank((struct span){text.at, from}))
        return;
    size_t end = signature_end(text, from);
    buf_add(&l->signature, (struct span){text.at + from, end - from});
    cut_end(&l->signature, l->signature.len);
    struct buf rest = {0};
    buf_add(&rest, (struct span){text.at + end, text.len - end});
    cut_end(&l->text, from);
    if (!is_blank(buf_span(&rest))) {
        buf_addc(&l->text, '\n');
        buf_add(&l->text, buf_span(&rest));
    }
    buf_free(&rest);
}
