/* ods_value -- the typed value of an OpenDocument cell. */
#include "ods_value.h"

#include <stdio.h>
#include <stdlib.h>

#include "serial.h"
#include "sheets/book.h"

static void take(struct ods_value *v, struct span text)
{
    v->len = text.len < sizeof v->text ? text.len : 0;
    if (v->len)
        memcpy(v->text, text.at, v->len);
    v->text[v->len] = '\0';
}

void ods_value_read(struct ods_value *v, const struct xml_attributes *a)
{
    *v = (struct ods_value){0};
    struct span type = xml_attribute(a, "office", "value-type");
    if (span_eq(xml_attribute(a, "calcext", "value-type"), SPAN("error"))) {
        v->type = ODS_ERROR;
    } else if (span_eq(type, SPAN("float")) || span_eq(type, SPAN("currency"))) {
        v->type = ODS_NUMBER;
        take(v, xml_attribute(a, "office", "value"));
    } else if (span_eq(type, SPAN("percentage"))) {
        v->type = ODS_PERCENT;
        take(v, xml_attribute(a, "office", "value"));
    } else if (span_eq(type, SPAN("date"))) {
        v->type = ODS_DATE;
        take(v, xml_attribute(a, "office", "date-value"));
    } else if (span_eq(type, SPAN("time"))) {
        v->type = ODS_TIME;
        take(v, xml_attribute(a, "office", "time-value"));
    } else if (span_eq(type, SPAN("boolean"))) {
        v->type = ODS_BOOLEAN;
        take(v, xml_attribute(a, "office", "boolean-value"));
    }
}

/* Whether TEXT is NUMBER filled up with zeros, as codes are shown. */
static bool is_filled(struct span text, double number)
{
    double shown = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] < '0' || text.at[i] > '9')
            return false;
        shown = shown * 10 + (text.at[i] - '0');
    }
    return text.len > 1 && text.len < 16 && *text.at == '0' && shown == number;
}

static bool write_number(const struct ods_value *v, struct buf *text, size_t from)
{
    double number;
    if (!serial_read(v->text, &number))
        return false;
    if (is_filled(buf_from(text, from), number))
        return true;
    struct numberformat format = {.percents = v->type == ODS_PERCENT};
    text->len = from;
    serial_write(text, number, &format, SERIAL_1900);
    return true;
}

/* PT27H30M00S is 27:30:00. */
static bool write_time(const struct ods_value *v, struct buf *text, size_t from)
{
    unsigned hours, minutes;
    double seconds;
    const char *at = v->text + (*v->text == '-');
    if (sscanf(at, "PT%uH%uM%lfS", &hours, &minutes, &seconds) != 3 || !(seconds < 100))
        return false;
    text->len = from;
    if (*v->text == '-')
        buf_addc(text, '-');
    buf_addf(text, "%02u:%02u:%02.0f", hours, minutes, seconds);
    return true;
}

/* With the fractions of a second left out that are nothing but zeros. */
static bool write_date(const struct ods_value *v, struct buf *text, size_t from)
{
    size_t len = v->len;
    if (memchr(v->text, '.', len))
        while (len && (v->text[len - 1] == '0' || v->text[len - 1] == '.') && len > 19)
            len--;
    text->len = from;
    buf_add(text, (struct span){v->text, len});
    return true;
}

unsigned ods_value_write(const struct ods_value *v, struct buf *text, size_t from)
{
    switch (v->type) {
    case ODS_TEXT:
        return 0;
    case ODS_ERROR:
        return text->len > from ? BOOK_ERROR : 0;
    case ODS_BOOLEAN:
        text->len = from;
        buf_add(text, xml_truth((struct span){v->text, v->len}) ? SPAN("TRUE") : SPAN("FALSE"));
        return 0;
    case ODS_NUMBER:
    case ODS_PERCENT:
        return v->len && !write_number(v, text, from) ? BOOK_ERROR : 0;
    case ODS_DATE:
        return v->len && !write_date(v, text, from) ? BOOK_DOUBT : 0;
    case ODS_TIME:
        return v->len && !write_time(v, text, from) ? BOOK_DOUBT : 0;
    }
    return 0;
}
