/* sniff -- what kind of document some bytes are.
 *
 * By content: names lie, and a docx may be called .pdf. Names decide only between kinds of
 * text. */
#include "sniff.h"

#include <ctype.h>
#include <strings.h>

#include "base/utf8.h"
#include "kinds.h"
#include "package/package.h"

#define HEAD ((size_t)4096)

static struct sniff_kind readable(const char *type,
                                  void (*read)(struct reader *, struct span, struct letter *))
{
    return (struct sniff_kind){.type = type, .read = read};
}

static struct sniff_kind giving(const char *type,
                                void (*read)(struct reader *, struct span, struct letter *))
{
    return (struct sniff_kind){.type = type, .read = read, .gives = true};
}

static struct sniff_kind unsupported(const char *type, const char *what)
{
    return (struct sniff_kind){.type = type, .what = what, .trouble = TROUBLE_UNSUPPORTED};
}

static bool holds(struct span bytes, const char *text, size_t len)
{
    return bytes.len && memmem(bytes.at, bytes.len, text, len) != NULL;
}

static bool begins(struct span text, const char *word)
{
    size_t len = strlen(word);
    return text.len >= len && strncasecmp(text.at, word, len) == 0;
}

static bool has_suffix(struct span name, const char *suffix)
{
    size_t len = strlen(suffix);
    return name.len >= len && strncasecmp(name.at + name.len - len, suffix, len) == 0;
}

static bool has_part(struct span bytes, const char *name)
{
    struct package p = {.bytes = bytes};
    struct trouble none = {0};
    struct part *part = part_open(&p, span_of(name), &none);
    part_close(part);
    trouble_free(&none);
    return part != NULL;
}

/* An OpenDocument file says what it is in its first part; else by what is in its content. */
static struct sniff_kind open_document(struct span bytes)
{
    struct package p = {.bytes = bytes};
    struct trouble none = {0};
    struct buf type = {0};
    struct part *part = part_open(&p, SPAN("mimetype"), &none);
    if (part)
        part_read_all(part, 1000, &type, &none);
    part_close(part);
    trouble_free(&none);
    bool text = holds(buf_span(&type), "opendocument.text", 17);
    bool sheet = type.len == 0 || holds(buf_span(&type), "spreadsheet", 11);
    buf_free(&type);
    if (text)
        return readable("odt", odt_read);
    return sheet ? readable("ods", workbook_read)
                 : unsupported("odf", "an OpenDocument file of "
                                      "neither text nor sheets");
}

static struct sniff_kind zip(struct span bytes)
{
    if (has_part(bytes, "word/document.xml") || has_part(bytes, "word/document2.xml"))
        return readable("docx", docx_read);
    if (has_part(bytes, "xl/workbook.xml"))
        return readable("xlsx", workbook_read);
    if (has_part(bytes, "content.xml"))
        return open_document(bytes);
    if (has_part(bytes, "xl/workbook.bin"))
        return unsupported("xlsb", "a binary workbook (save it as .xlsx)");
    if (has_part(bytes, "ppt/presentation.xml"))
        return unsupported("pptx", "a presentation");
    return giving("zip", members_read);
}

/* Names of a compound file's streams are in UTF-16. */
static struct sniff_kind compound(struct span bytes)
{
    static const char package[] = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e",
                      word[] = "W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t",
                      book[] = "W\0o\0r\0k\0b\0o\0o\0k", old_book[] = "B\0o\0o\0k\0\0",
                      message[] = "_\0_\0s\0u\0b\0s\0t\0g\0001\0.\0000";
    if (holds(bytes, package, sizeof package))
        return (struct sniff_kind){
            .type = "office", .what = "needs a password", .trouble = TROUBLE_ENCRYPTED};
    if (holds(bytes, word, sizeof word))
        return readable("doc", word_read);
    if (holds(bytes, book, sizeof book) || holds(bytes, old_book, sizeof old_book))
        return readable("xls", workbook_read);
    if (holds(bytes, message, sizeof message))
        return unsupported("msg", "an Outlook message (save it as .eml)");
    return unsupported("compound", "a compound file of an unknown kind");
}

static bool is_picture(struct span b)
{
    return span_starts(b, SPAN("\xff\xd8\xff")) || span_starts(b, SPAN("\x89PNG")) ||
           span_starts(b, SPAN("GIF8")) || span_starts(b, SPAN("II*\0")) ||
           span_starts(b, SPAN("MM\0*")) ||
           (span_starts(b, SPAN("RIFF")) && b.len > 12 && memcmp(b.at + 8, "WEBP", 4) == 0) ||
           (span_starts(b, SPAN("BM")) && b.len > 18 && b.at[14] == 40) ||
           (b.len > 12 && memcmp(b.at + 4, "ftypheic", 8) == 0);
}

/* gzip holds a web archive, an archive or one file: members_read() looks. */
static bool is_archive(struct span b)
{
    return span_starts(b, SPAN("\x1f\x8b")) || span_starts(b, SPAN("BZh")) ||
           span_starts(b, SPAN("\xfd"
                               "7zXZ")) ||
           span_starts(b, SPAN("\x28\xb5\x2f\xfd")) || span_starts(b, SPAN("7z\xbc\xaf\x27\x1c")) ||
           span_starts(b, SPAN("Rar!")) || (b.len > 262 && memcmp(b.at + 257, "ustar", 5) == 0);
}

/* Whether BYTES are text: no control characters but white space. */
static bool sniff_is_text(struct span bytes)
{
    struct span head = {bytes.at, bytes.len < HEAD ? bytes.len : HEAD};
    if (span_starts(head, SPAN("\xff\xfe")) || span_starts(head, SPAN("\xfe\xff")))
        return true;
    size_t zeros = 0, controls = 0;
    for (size_t i = 0; i < head.len; i++) {
        unsigned char c = (unsigned char)head.at[i];
        zeros += c == 0;
        controls += c < 0x20 && !strchr("\t\n\r\f\v\x1a\x1b\x08", c);
    }
    if (zeros * 4 > head.len) /* UTF-16 without a mark */
        return zeros * 5 < head.len * 4;
    return controls <= 4 + head.len / 100;
}

/* Headers that only mail has. */
static bool is_mail(struct span text)
{
    static const char *const names[] = {
        "From:",       "To:",          "Subject:",       "Date:",         "Received:",
        "Message-ID:", "MIME-Version", "Return-Path:",   "Delivered-To:", "Content-Type:",
        "Reply-To:",   "X-",           "DKIM-Signature", "Thread-",       "Cc:"};
    size_t known = 0, lines = 0;
    for (size_t at = 0; at < text.len && lines < 60; lines++) {
        const char *lf = memchr(text.at + at, '\n', text.len - at);
        struct span line = span_from(text.at + at, lf ? lf : span_end(text));
        at += line.len + 1;
        if (line.len <= 1)
            break;
        if (*line.at == ' ' || *line.at == '\t')
            continue;
        const char *colon = memchr(line.at, ':', line.len);
        if (!colon || colon == line.at || memchr(line.at, ' ', (size_t)(colon - line.at)))
            return false;
        bool found = false;
        for (size_t i = 0; i < sizeof names / sizeof *names && !found; i++)
            found = begins(line, names[i]);
        known += found;
    }
    return known >= 2 && !begins(text, "Sent:");
}

static bool is_page(struct span text)
{
    static const char *const starts[] = {"<!doctype html", "<html",  "<head", "<body",
                                         "<table",         "<div",   "<p>",   "<p ",
                                         "<meta",          "<title", "<span", "<h1"};
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
        if (begins(text, starts[i]))
            return true;
    return begins(text, "<?xml") &&
           holds((struct span){text.at, text.len < HEAD ? text.len : HEAD}, "<html", 5);
}

/* A mailbox's first line, "From someone@example.org Mon Mar  2 10:00:00 2020", and headers. */
static bool is_box(struct span bytes)
{
    const char *lf = span_starts(bytes, SPAN("From ")) ? memchr(bytes.at, '\n', bytes.len) : NULL;
    return lf && is_mail(span_from(lf + 1, span_end(bytes)));
}

static struct sniff_kind mail_kind(struct span text)
{
#ifdef HAVE_GMIME
    return is_box(text) ? giving("mbox", mail_read_box) : giving("email", mail_read);
#else
    (void)text;
    return unsupported("email", "built without GMime, which reads mail");
#endif
}

static struct sniff_kind text_kind(struct span bytes, struct span name, const char *said)
{
    struct span text = bytes;
    if (span_starts(text, SPAN("\xef\xbb\xbf")))
        text = (struct span){text.at + 3, text.len - 3};
    while (text.len && isspace((unsigned char)*text.at))
        text = (struct span){text.at + 1, text.len - 1};
    if (begins(text, "WARC/"))
        return giving("warc", warc_read);
    if (is_box(text) || is_mail(text) || (has_suffix(name, ".eml") && text.len))
        return mail_kind(text);
    bool called = has_suffix(name, ".html") || has_suffix(name, ".htm") ||
                  (said && strcasecmp(said, "text/html") == 0);
    if (is_page(text) || (called && text.len && memchr(text.at, '<', text.len)))
        return readable("html", html_read);
    if (has_suffix(name, ".csv") || (said && strcasecmp(said, "text/csv") == 0))
        return readable("csv", csv_read);
    return readable("text", plain_read);
}

struct sniff_kind sniff(struct span bytes, struct span name, const char *said)
{
    struct span head = {bytes.at, bytes.len < 1024 ? bytes.len : 1024};
    if (span_starts(bytes, SPAN("PK\3\4")) || span_starts(bytes, SPAN("PK\5\6")))
        return zip(bytes);
    if (span_starts(bytes, SPAN("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")))
        return compound(bytes);
    if (span_starts(bytes, SPAN("{\\rtf")))
        return readable("rtf", rtf_read);
    if (holds(head, "%PDF-", 5) && !is_mail(bytes))
        return readable("pdf", pdf_read);
    if (is_picture(bytes))
        return readable("image", picture_read);
    if (is_archive(bytes))
        return giving("archive", members_read);
    if (span_starts(bytes, SPAN("\x78\x9f\x3e\x22")))
        return unsupported("tnef", "Outlook's winmail.dat (ask for the mail as plain text)");
    if (sniff_is_text(bytes))
        return text_kind(bytes, name, said);
    return unsupported("unknown", "no kind of document that is known");
}
