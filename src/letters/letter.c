/* letter -- one document as it was read. */
#include "letters/letter.h"

#include <stdarg.h>
#include <time.h>

#include "stream/emit.h"

#define MAX_NOTES 2000

void letter_start(struct letter *l, const char *type)
{
    *l = (struct letter){.type = type, .time = LETTER_NO_TIME};
}

void letter_free(struct letter *l)
{
    struct buf *all[] = {&l->part, &l->date, &l->from,   &l->to,        &l->subject, &l->title,
                         &l->url,  &l->text, &l->quoted, &l->signature, &l->margins, &l->notes};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        buf_free(all[i]);
    intern_free(&l->noted);
    trouble_free(&l->trouble);
}

static void take(struct buf *to, const struct buf *from)
{
    buf_clear(to);
    buf_add(to, buf_span(from));
}

void letter_inherit(struct letter *l, const struct letter *from)
{
    take(&l->date, &from->date);
    take(&l->from, &from->from);
    take(&l->to, &from->to);
    take(&l->subject, &from->subject);
    take(&l->url, &from->url);
    l->time = from->time;
}

void letter_note(struct letter *l, const char *format, ...)
{
    struct buf text = {0};
    va_list args;
    va_start(args, format);
    buf_addv(&text, format, args);
    va_end(args);
    for (size_t i = 0; i < text.len; i++) /* a line each */
        text.at[i] = text.at[i] == '\n' ? ' ' : text.at[i];
    buf_addc(&text, '\n');
    size_t known = l->noted.count;
    if (known <= MAX_NOTES && intern_add(&l->noted, buf_span(&text)) == known)
        buf_add(&l->notes, known < MAX_NOTES ? buf_span(&text) : SPAN("other notes left out\n"));
    buf_free(&text);
}

/* Two digits at AT, or -1. */
static int two(const char *at)
{
    if (at[0] < '0' || at[0] > '9' || at[1] < '0' || at[1] > '9')
        return -1;
    return (at[0] - '0') * 10 + (at[1] - '0');
}

/* The offset from UTC in minutes that stands at AT: Z, +01:00, +0100; 0 if there is none. */
static int offset(const char *at)
{
    if (*at != '+' && *at != '-')
        return 0;
    int hours = two(at + 1);
    const char *rest = hours < 0 ? "" : at + 3;
    rest += *rest == ':';
    int minutes = *rest ? two(rest) : 0;
    int total = (hours < 0 ? 0 : hours) * 60 + (minutes < 0 ? 0 : minutes);
    return *at == '-' ? -total : total;
}

bool letter_set_date(struct letter *l, struct span text)
{
    char at[40] = ""; /* zeroed: every look below stays within */
    if (text.len < 10 || text.len > 35)
        return false;
    memcpy(at, text.at, text.len);
    struct tm tm = {.tm_year = two(at) * 100 + two(at + 2) - 1900, .tm_mon = two(at + 5) - 1};
    tm.tm_mday = two(at + 8);
    if (two(at) < 0 || two(at + 2) < 0 || at[4] != '-' || at[7] != '-' || tm.tm_mon < 0 ||
        tm.tm_mon > 11 || tm.tm_mday < 1 || tm.tm_mday > 31)
        return false;
    int zone = 0;
    if (at[10] == 'T' && two(at + 11) >= 0 && two(at + 14) >= 0) {
        tm.tm_hour = two(at + 11);
        tm.tm_min = two(at + 14);
        tm.tm_sec = at[16] == ':' && two(at + 17) >= 0 ? two(at + 17) : 0;
        const char *rest = at + (at[16] == ':' ? 19 : 16);
        rest += *rest == '.' ? 1 + strspn(rest + 1, "0123456789") : 0;
        zone = offset(rest);
    }
    l->time = (int64_t)timegm(&tm) - (int64_t)zone * 60;
    buf_clear(&l->date);
    buf_add(&l->date, text);
    return true;
}

static void emit_text(struct buf *b, struct span name, const struct buf *text)
{
    emit_name(b, name);
    if (text->len)
        emit_any_string(b, buf_span(text));
    else
        emit_null(b);
}

static void emit_if(struct buf *b, struct span name, const struct buf *text)
{
    if (text->len)
        emit_text(b, name, text);
}

static void emit_notes(struct buf *b, const struct letter *l)
{
    if (l->notes.len == 0)
        return;
    emit_name(b, SPAN("notes"));
    buf_addc(b, '[');
    for (struct span rest = buf_span(&l->notes); rest.len;) {
        const char *end = memchr(rest.at, '\n', rest.len);
        emit_item(b);
        emit_any_string(b, span_from(rest.at, end));
        rest = span_from(end + 1, span_end(rest));
    }
    buf_addc(b, ']');
}

void letter_emit(const struct letter *l, struct span reply, struct span file, struct buf *b)
{
    bool read = l->trouble.kind == TROUBLE_NONE;
    buf_addc(b, '{');
    emit_name(b, SPAN("reply"));
    emit_any_string(b, reply);
    emit_name(b, SPAN("file"));
    emit_any_string(b, file);
    emit_text(b, SPAN("part"), &l->part);
    emit_string_field(b, SPAN("type"), span_of(l->type));
    emit_text(b, SPAN("date"), &l->date);
    emit_text(b, SPAN("from"), &l->from);
    emit_text(b, SPAN("to"), &l->to);
    emit_text(b, SPAN("subject"), &l->subject);
    emit_text(b, SPAN("title"), &l->title);
    emit_text(b, SPAN("url"), &l->url);
    emit_name(b, SPAN("pages"));
    if (l->pages)
        emit_count(b, l->pages);
    else
        emit_null(b);
    emit_name(b, SPAN("text"));
    if (read)
        emit_any_string(b, buf_span(&l->text));
    else
        emit_null(b);
    emit_if(b, SPAN("quoted"), &l->quoted);
    emit_if(b, SPAN("signature"), &l->signature);
    emit_if(b, SPAN("margins"), &l->margins);
    if (!read)
        emit_string_field(b, SPAN("reason"), span_of(trouble_word(l->trouble.kind)));
    if (!read && l->trouble.what.len) {
        emit_name(b, SPAN("detail"));
        emit_any_string(b, buf_span(&l->trouble.what));
    }
    emit_notes(b, l);
    buf_addc(b, '}');
}
