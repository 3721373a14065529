/* mail -- a message, or a box of them, by GMime.
 *
 * The body is the plain part unless the HTML part is better: where a table was made into plain
 * text, its cells are in a heap. Every other part is a document of its own. */
#include <gmime/gmime.h>
#include <strings.h>

#include "base/fail.h"
#include "charset.h"
#include "kinds.h"
#include "mailbox.h"
#include "mailsize.h"
#include "plain.h"
#include "quoted.h"

#define MAX_PARTS 1000                  /* of one message */
#define LOGO_BYTES ((gint64)100 * 1024) /* as sent */

struct mail {
    struct reader *reader;
    struct letter *letter; /* the message's own */
    struct letter own;     /* what the others take over from the message's */
    struct buf html;       /* what the HTML part makes */
    bool has_plain, has_html;
    bool in_box;
    size_t cut; /* bytes at the end that were too much to take apart */
    size_t parts, left_out, pictures;
    GPtrArray *others; /* documents of their own */
};

static void start_once(void)
{
    static bool started;
    if (!started)
        g_mime_init();
    started = true;
}

/* An address list as text, freed by the caller's buffer being filled. */
static void take_addresses(InternetAddressList *list, struct buf *to)
{
    char *text = list ? internet_address_list_to_string(list, NULL, FALSE) : NULL;
    if (text)
        buf_add(to, span_of(text));
    plain_clean(to);
    g_free(text);
}

/* The date of the message; of one that Outlook saved as text it is called Sent. */
static void take_date(GMimeMessage *message, struct letter *l)
{
    const char *header = g_mime_object_get_header(GMIME_OBJECT(message), "Date");
    if (!header)
        header = g_mime_object_get_header(GMIME_OBJECT(message), "Sent");
    GDateTime *date = header ? g_mime_utils_header_decode_date(header) : NULL;
    char *text = date ? g_date_time_format(date, "%Y-%m-%dT%H:%M:%S%:z") : NULL;
    if (text && g_date_time_get_year(date) >= 1980)
        letter_set_date(l, span_of(text));
    else if (header)
        letter_note(l, "its date is none that can be read");
    g_free(text);
    if (date)
        g_date_time_unref(date);
}

/* A page that a browser saved as a mail says where it came from. */
static void take_url(GMimeMessage *message, struct letter *l)
{
    const char *url = g_mime_object_get_header(GMIME_OBJECT(message), "Snapshot-Content-Location");
    if (url)
        buf_add(&l->url, span_of(url));
}

static void take_headers(GMimeMessage *message, struct letter *l)
{
    struct buf *fields[] = {&l->from, &l->to, &l->subject};
    for (size_t i = 0; i < 3; i++)
        buf_clear(fields[i]);
    take_addresses(g_mime_message_get_from(message), &l->from);
    take_addresses(g_mime_message_get_to(message), &l->to);
    const char *subject = g_mime_message_get_subject(message);
    if (subject)
        buf_add(&l->subject, span_of(subject));
    plain_clean(&l->subject);
    take_date(message, l);
    take_url(message, l);
}

/* The part's bytes without their transfer encoding. */
static bool decode_part(struct mail *m, GMimePart *part, struct buf *b)
{
    GMimeDataWrapper *content = g_mime_part_get_content(part);
    if (!content)
        return true;
    GMimeStream *stream = g_mime_stream_mem_new();
    g_mime_data_wrapper_write_to_stream(content, stream);
    const GByteArray *bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream));
    bool fits = reader_spend(m->reader, bytes->len, &m->letter->trouble);
    if (fits)
        buf_add(b, (struct span){(const char *)bytes->data, bytes->len});
    g_object_unref(stream);
    return fits;
}

/* Paragraphs of format=flowed: lines that end with a space go on in the next. */
static void unflow(struct buf *text, bool delete_space)
{
    size_t to = 0, line = 0;
    for (size_t i = 0; i < text->len; i++) {
        char c = text->at[i];
        if (i == line && c == ' ' && text->len > i + 1) {
            line = SIZE_MAX; /* stuffed */
            continue;
        }
        bool flows = c == '\n' && to > 0 && text->at[to - 1] == ' ';
        bool sign = flows && to >= 3 && memcmp(text->at + to - 3, "-- ", 3) == 0 &&
                    (to == 3 || text->at[to - 4] == '\n');
        bool marked = i + 1 < text->len && text->at[i + 1] == '>';
        if (c == '\n')
            line = i + 1;
        if (flows && !sign && !marked)
            to -= delete_space;
        else
            text->at[to++] = c;
    }
    text->len = to;
}

/* Boxes mark a line that begins with From by a >. */
static void unescape(struct buf *text)
{
    size_t to = 0;
    for (size_t i = 0; i < text->len; i++) {
        bool first = i == 0 || text->at[i - 1] == '\n';
        if (first && text->len - i > 6 && memcmp(text->at + i, ">From ", 6) == 0)
            continue;
        text->at[to++] = text->at[i];
    }
    text->len = to;
}

static bool has_parameter(GMimeContentType *type, const char *name, const char *value)
{
    const char *is = g_mime_content_type_get_parameter(type, name);
    return is && strcasecmp(is, value) == 0;
}

static void read_plain(struct mail *m, GMimePart *part, GMimeContentType *type)
{
    struct buf bytes = {0}, text = {0};
    if (decode_part(m, part, &bytes)) {
        charset_decode(buf_span(&bytes), g_mime_content_type_get_parameter(type, "charset"), &text,
                       m->letter);
        plain_clean(&text);
        if (m->in_box)
            unescape(&text);
        if (has_parameter(type, "format", "flowed"))
            unflow(&text, has_parameter(type, "delsp", "yes"));
        if (m->letter->text.len && text.len)
            buf_add(&m->letter->text, SPAN("\n\n"));
        buf_add(&m->letter->text, buf_span(&text));
    }
    m->has_plain = true;
    buf_free(&bytes);
    buf_free(&text);
}

static void read_html(struct mail *m, GMimePart *part, GMimeContentType *type)
{
    struct buf bytes = {0};
    struct letter page;
    letter_start(&page, "html");
    if (decode_part(m, part, &bytes)) {
        html_text(buf_span(&bytes), g_mime_content_type_get_parameter(type, "charset"), &page);
        buf_add(&m->html, buf_span(&page.text));
        for (struct span rest = buf_span(&page.notes); rest.len;) {
            const char *end = memchr(rest.at, '\n', rest.len);
            letter_note(m->letter, "%.*s", (int)(end - rest.at), rest.at);
            rest = span_from(end + 1, span_end(rest));
        }
    }
    m->has_html = true;
    letter_free(&page);
    buf_free(&bytes);
}

/* Whether a part is the message's own text rather than a document that came with it. */
static bool is_body(GMimeObject *object)
{
    GMimeContentDisposition *d = g_mime_object_get_content_disposition(object);
    if (d && g_mime_content_disposition_is_attachment(d))
        return false;
    return !g_mime_part_get_filename(GMIME_PART(object));
}

static void visit(struct mail *m, GMimeObject *object, size_t depth);

static void visit_parts(struct mail *m, GMimeObject *object, size_t depth)
{
    GMimeMultipart *parts = GMIME_MULTIPART(object);
    int count = g_mime_multipart_get_count(parts);
    if (count == 0)
        letter_note(m->letter, "a multipart without parts");
    for (int i = 0; i < count; i++)
        visit(m, g_mime_multipart_get_part(parts, i), depth + 1);
}

/* A small picture that the HTML part shows: a logo below the signature, mostly. */
static bool is_logo(GMimeObject *object)
{
    GMimeContentType *type = g_mime_object_get_content_type(object);
    GMimeContentDisposition *d = g_mime_object_get_content_disposition(object);
    if (!GMIME_IS_PART(object) || !g_mime_object_get_content_id(object) ||
        !g_mime_content_type_is_type(type, "image", "*") ||
        (d && g_mime_content_disposition_is_attachment(d)))
        return false;
    GMimeDataWrapper *content = g_mime_part_get_content(GMIME_PART(object));
    GMimeStream *stream = content ? g_mime_data_wrapper_get_stream(content) : NULL;
    return stream && g_mime_stream_length(stream) < LOGO_BYTES;
}

/* A digital signature, which is no document. */
static bool is_proof(GMimeContentType *type)
{
    return g_mime_content_type_is_type(type, "application", "pkcs7-signature") ||
           g_mime_content_type_is_type(type, "application", "x-pkcs7-signature") ||
           g_mime_content_type_is_type(type, "application", "pgp-signature");
}

static void visit(struct mail *m, GMimeObject *object, size_t depth)
{
    if (++m->parts > MAX_PARTS || depth > 32) {
        m->left_out++;
        return;
    }
    GMimeContentType *type = g_mime_object_get_content_type(object);
    if (GMIME_IS_MULTIPART_ENCRYPTED(object)) {
        trouble_set(&m->letter->trouble, TROUBLE_ENCRYPTED, "an encrypted message");
    } else if (GMIME_IS_MULTIPART(object)) {
        visit_parts(m, object, depth);
    } else if (GMIME_IS_PART(object) && is_body(object) &&
               g_mime_content_type_is_type(type, "text", "plain") && !m->has_html) {
        read_plain(m, GMIME_PART(object), type);
    } else if (GMIME_IS_PART(object) && is_body(object) && !m->has_html &&
               g_mime_content_type_is_type(type, "text", "html")) {
        read_html(m, GMIME_PART(object), type);
    } else if (is_proof(type)) {
        letter_note(m->letter, "signed digitally, which was not checked");
    } else if (is_logo(object) && m->has_html) {
        m->pictures++;
    } else {
        g_ptr_array_add(m->others, object);
    }
}

/* Whether TEXT has at least two lines with cells. */
static bool has_table(struct span text)
{
    size_t rows = 0;
    bool tab = false;
    for (size_t i = 0; i < text.len; i++) {
        tab = tab || text.at[i] == '\t';
        if (text.at[i] == '\n') {
            rows += tab;
            tab = false;
        }
    }
    return rows + tab >= 2;
}

/* The HTML part is the text if there is no other, if it has a table, or if the plain one says next
 * to nothing. */
static void choose_text(struct mail *m)
{
    struct letter *l = m->letter;
    if (!m->has_html || m->html.len == 0)
        return;
    bool table = has_table(buf_span(&m->html)), scant = l->text.len * 4 < m->html.len;
    if (m->has_plain && l->text.len && !table && !scant)
        return;
    if (m->has_plain && l->text.len)
        letter_note(l, table ? "text from the HTML part, which has a table"
                             : "text from the HTML part, which says more than the plain one");
    buf_clear(&l->text);
    buf_add(&l->text, buf_span(&m->html));
}

static void name_part(GMimeObject *object, size_t number, struct buf *name)
{
    const char *file = GMIME_IS_PART(object) ? g_mime_part_get_filename(GMIME_PART(object)) : NULL;
    const char *subject = NULL;
    if (GMIME_IS_MESSAGE_PART(object)) {
        GMimeMessage *message = g_mime_message_part_get_message(GMIME_MESSAGE_PART(object));
        subject = message ? g_mime_message_get_subject(message) : NULL;
    }
    if (file && *file)
        buf_add(name, span_of(file));
    else if (subject && *subject)
        buf_addf(name, "%s.eml", subject);
    else
        buf_addf(name, "part %zu", number);
}

static void read_message(struct mail *m, GMimeMessage *message);

static void set_too_large(const struct mail *m, struct trouble *t)
{
    if (m->cut)
        trouble_set(t, TROUBLE_TOO_LARGE,
                    "the last %zu bytes, behind more headers and parts than mail has", m->cut);
    else
        trouble_set(t, TROUBLE_TOO_LARGE, "%zu parts beyond the first %d", m->left_out, MAX_PARTS);
}

/* A letter in the place of what is not read. */
static void give_rest(const struct mail *m)
{
    struct letter rest;
    letter_start(&rest, "email");
    letter_inherit(&rest, m->letter);
    reader_part(&rest.part, m->letter, SPAN("other parts"));
    set_too_large(m, &rest.trouble);
    reader_give(m->reader, &rest);
}

static void read_attached(struct mail *m, GMimeObject *object, struct span part)
{
    GMimeMessage *message = g_mime_message_part_get_message(GMIME_MESSAGE_PART(object));
    struct letter l;
    letter_start(&l, "email");
    letter_inherit(&l, m->letter);
    buf_add(&l.part, part);
    m->reader->depth++;
    if (!message)
        trouble_set(&l.trouble, TROUBLE_CORRUPT, "no message in it");
    else if (m->reader->depth > m->reader->limits.depth)
        trouble_set(&l.trouble, TROUBLE_TOO_LARGE, "more than %zu documents within each other",
                    m->reader->limits.depth);
    if (l.trouble.kind != TROUBLE_NONE)
        reader_give(m->reader, &l);
    else if (reader_has_room(m->reader, &l))
        read_message(&(struct mail){.reader = m->reader, .letter = &l, .in_box = m->in_box},
                     message);
    letter_free(&l);
    m->reader->depth--;
}

static void read_other(struct mail *m, GMimeObject *object, size_t number)
{
    struct buf name = {0}, part = {0}, bytes = {0};
    name_part(object, number, &name);
    reader_part(&part, m->letter, buf_span(&name));
    if (GMIME_IS_MESSAGE_PART(object)) {
        read_attached(m, object, buf_span(&part));
    } else if (GMIME_IS_PART(object) && decode_part(m, GMIME_PART(object), &bytes)) {
        char *said = g_mime_content_type_get_mime_type(g_mime_object_get_content_type(object));
        reader_read_part(m->reader, buf_span(&bytes), buf_span(&name), m->letter, buf_span(&part),
                         said);
        g_free(said);
    }
    buf_free(&name);
    buf_free(&part);
    buf_free(&bytes);
}

/* Gives the letter, which is the message's, and then what came with it. */
static void read_message(struct mail *m, GMimeMessage *message)
{
    struct letter *l = m->letter;
    m->others = g_ptr_array_new();
    take_headers(message, l);
    GMimeObject *root = g_mime_message_get_mime_part(message);
    if (root)
        visit(m, root, 0);
    choose_text(m);
    bool nothing = m->cut && l->text.len == 0 && m->others->len == 0;
    if (nothing)
        set_too_large(m, &l->trouble);
    quoted_split(l);
    quoted_sign(l);
    m->own = (struct letter){.type = "email", .time = l->time};
    letter_inherit(&m->own, l);
    buf_add(&m->own.part, buf_span(&l->part));
    if (m->pictures)
        letter_note(l, "%zu small pictures in the text not read", m->pictures);
    if (m->left_out)
        letter_note(l, "%zu parts beyond the first %d left out", m->left_out, MAX_PARTS);
    reader_give(m->reader, l);
    m->letter = &m->own;
    for (guint i = 0; i < m->others->len; i++)
        read_other(m, g_ptr_array_index(m->others, i), i + 1);
    if (!nothing && (m->left_out || m->cut))
        give_rest(m);
    letter_free(&m->own);
    buf_free(&m->html);
    g_ptr_array_free(m->others, TRUE);
}

static void read_whole(struct reader *r, struct span bytes, struct letter *l, bool in_box)
{
    struct span whole = {bytes.at, mailsize_of(bytes)};
    GMimeStream *stream = g_mime_stream_mem_new_with_buffer(whole.at, whole.len);
    GMimeParser *parser = g_mime_parser_new_with_stream(stream);
    g_mime_parser_set_format(parser, GMIME_FORMAT_MESSAGE);
    g_object_unref(stream);
    GMimeMessage *message = g_mime_parser_construct_message(parser, NULL);
    struct mail m = {.reader = r, .letter = l, .in_box = in_box, .cut = bytes.len - whole.len};
    if (message) {
        read_message(&m, message);
        g_object_unref(message);
    } else if (m.cut) {
        set_too_large(&m, &l->trouble);
    } else {
        trouble_set(&l->trouble, TROUBLE_CORRUPT, "no mail that can be read");
    }
    g_object_unref(parser);
}

void mail_read(struct reader *r, struct span bytes, struct letter *l)
{
    start_once();
    read_whole(r, bytes, l, false);
}

static void read_boxed(struct reader *r, struct span bytes, size_t number, const struct letter *box)
{
    struct letter l;
    struct buf name = {0};
    size_t before = r->letters;
    letter_start(&l, "email");
    buf_addf(&name, "message %zu", number);
    reader_part(&l.part, box, buf_span(&name));
    buf_free(&name);
    if (reader_has_room(r, &l))
        read_whole(r, bytes, &l, true);
    if (r->letters == before)
        reader_give(r, &l);
}

void mail_read_box(struct reader *r, struct span bytes, struct letter *l)
{
    struct mailbox box = {.bytes = bytes};
    size_t number = 0;
    start_once();
    for (struct span message; r->letters < r->limits.letters && mailbox_next(&box, &message);)
        read_boxed(r, message, ++number, l);
}
