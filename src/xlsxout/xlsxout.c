/* xlsxout -- an Excel workbook being written, by libxlsxwriter. */
#include "xlsxout/xlsxout.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include "base/fail.h"
#include "base/utf8.h"

#define LONGEST_NAME ((size_t)31)
#define MADE ((time_t)946684800) /* 2000-01-01: a date that says nothing */

static void check(lxw_error error)
{
    if (error != LXW_NO_ERROR)
        fail(STATUS_DATA, "cannot make the workbook: %s", lxw_strerror(error));
}

/* ---- formats ---- */

static lxw_format *new_format(const struct xlsxout *w)
{
    lxw_format *f = workbook_add_format(w->book);
    if (!f)
        fail_memory();
    return f;
}

static void make_formats(struct xlsxout *w)
{
    for (size_t i = XLSXOUT_TITLE; i < XLSXOUT_FORMATS; i++)
        w->formats[i] = new_format(w);
    format_set_bold(w->formats[XLSXOUT_TITLE]);
    format_set_font_size(w->formats[XLSXOUT_TITLE], 14);
    format_set_bold(w->formats[XLSXOUT_HEAD]);
    format_set_bottom(w->formats[XLSXOUT_HEAD], LXW_BORDER_THIN);
    format_set_text_wrap(w->formats[XLSXOUT_HEAD]);
    format_set_align(w->formats[XLSXOUT_HEAD], LXW_ALIGN_VERTICAL_TOP);
    format_set_font_color(w->formats[XLSXOUT_LINK], 0x0B63A5);
    format_set_underline(w->formats[XLSXOUT_LINK], LXW_UNDERLINE_SINGLE);
    format_set_text_wrap(w->formats[XLSXOUT_WRAPPED]);
    format_set_align(w->formats[XLSXOUT_WRAPPED], LXW_ALIGN_VERTICAL_TOP);
    format_set_num_format(w->formats[XLSXOUT_DATE], "yyyy-mm-dd");
    for (int decimals = 0; decimals < 10; decimals++) {
        char code[32];
        snprintf(code, sizeof code, decimals ? "0.%.*s%%" : "0%.*s%%", decimals, "0000000000");
        format_set_num_format(w->formats[XLSXOUT_PERCENT + decimals], code);
    }
}

/* ---- opening ---- */

void xlsxout_open(struct xlsxout *w, struct span title, enum xlsxout_memory memory)
{
    char path[64];
    *w = (struct xlsxout){.fd = memfd_create("workbook", MFD_CLOEXEC)};
    if (w->fd < 0)
        fail(STATUS_DATA, "cannot make the workbook: %s", strerror(errno));
    snprintf(path, sizeof path, "/proc/self/fd/%d", w->fd);
    lxw_workbook_options options = {.constant_memory = memory == XLSXOUT_ROWWISE};
    w->book = workbook_new_opt(path, &options);
    if (!w->book)
        fail_memory();
    char *name = (char *)(uintptr_t)arena_text(&w->arena, title); /* copied, never written */
    lxw_doc_properties properties = {.title = name, .created = MADE};
    check(workbook_set_properties(w->book, &properties));
    make_formats(w);
}

/* ---- sheets ---- */

static bool is_forbidden(char c)
{
    return c == '\0' || strchr("[]:*?/\\'", c) != NULL || (unsigned char)c < 0x20;
}

/* The units of UTF-16, in which Excel counts. */
static size_t units(uint32_t code)
{
    return code > 0xFFFF ? 2 : 1;
}

/* TEXT without what Excel forbids in the name of a sheet, at most MOST units long. */
static void add_name(struct buf *b, struct span text, size_t most)
{
    size_t count = 0;
    for (const char *at = text.at, *end = at + text.len; at < end;) {
        const char *from = at;
        count += units(utf8_next(&at));
        if (count > most)
            return;
        if (is_forbidden(*from))
            buf_addc(b, '_');
        else
            buf_add(b, span_from(from, at));
    }
    if (text.len == 0)
        buf_add(b, SPAN("sheet"));
}

/* Names differ by more than the case of letters; that of ASCII is what Excel minds most. */
static bool is_new(struct xlsxout *w, struct span name)
{
    struct buf lower = {0};
    for (size_t i = 0; i < name.len; i++)
        buf_addc(&lower,
                 name.at[i] >= 'A' && name.at[i] <= 'Z' ? (char)(name.at[i] | 0x20) : name.at[i]);
    size_t before = w->sheets.count;
    bool added = intern_add(&w->sheets, buf_span(&lower)) == before;
    buf_free(&lower);
    return added;
}

struct xlsxout_sheet xlsxout_sheet(struct xlsxout *w, struct span wanted)
{
    struct buf b = {0};
    add_name(&b, wanted, LONGEST_NAME);
    for (size_t i = 2; !is_new(w, buf_span(&b)); i++) {
        char number[24];
        int length = snprintf(number, sizeof number, " (%zu)", i);
        buf_clear(&b);
        add_name(&b, wanted, LONGEST_NAME - (size_t)length);
        buf_addf(&b, "%s", number);
    }
    struct xlsxout_sheet s = {.name = arena_text(&w->arena, buf_span(&b))};
    buf_free(&b);
    s.sheet = workbook_add_worksheet(w->book, s.name);
    if (!s.sheet)
        fail(STATUS_DATA, "cannot make the sheet %s", quote(span_of(s.name)));
    worksheet_set_landscape(s.sheet); /* on paper as wide as the page */
    worksheet_fit_to_pages(s.sheet, 1, 0);
    return s;
}

/* ---- cells ---- */

bool xlsxout_holds(struct span text)
{
    size_t count = 0;
    for (const char *at = text.at, *end = at + text.len; at < end && count <= XLSXOUT_TEXT;)
        count += units(utf8_next(&at));
    return count <= XLSXOUT_TEXT;
}

static bool is_hex(char c)
{
    return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'f');
}

/* "_x000D_" stands for a character in a workbook, so one that is text gets its line escaped. */
static bool is_escape(const char *at, const char *end)
{
    return end - at >= 7 && at[0] == '_' && at[1] == 'x' && is_hex(at[2]) && is_hex(at[3]) &&
           is_hex(at[4]) && is_hex(at[5]) && at[6] == '_';
}

static const char *cell_text(struct xlsxout *w, struct span text)
{
    buf_clear(&w->text);
    for (const char *at = text.at, *end = at + text.len; at < end; at++) {
        if (is_escape(at, end))
            buf_add(&w->text, SPAN("_x005F"));
        buf_addc(&w->text, *at);
    }
    return buf_text(&w->text);
}

/* TEXT cut to what a cell holds. */
static struct span cut(struct span text)
{
    size_t count = 0;
    for (const char *at = text.at, *end = at + text.len; at < end;) {
        const char *from = at;
        count += units(utf8_next(&at));
        if (count > XLSXOUT_TEXT)
            return span_from(text.at, from);
    }
    return text;
}

void xlsxout_put(struct xlsxout *w, const struct xlsxout_sheet *s, size_t row, size_t column,
                 struct span text, enum xlsxout_format format)
{
    check(worksheet_write_string(s->sheet, (lxw_row_t)row, (lxw_col_t)column,
                                 cell_text(w, xlsxout_holds(text) ? text : cut(text)),
                                 w->formats[format]));
}

void xlsxout_put_number(struct xlsxout *w, const struct xlsxout_sheet *s, size_t row, size_t column,
                        double number, enum xlsxout_format format)
{
    if (isnan(number))
        return;
    check(worksheet_write_number(s->sheet, (lxw_row_t)row, (lxw_col_t)column, number,
                                 w->formats[format]));
}

void xlsxout_put_bool(struct xlsxout *w, const struct xlsxout_sheet *s, size_t row, size_t column,
                      bool truth)
{
    (void)w;
    check(worksheet_write_boolean(s->sheet, (lxw_row_t)row, (lxw_col_t)column, truth, NULL));
}

/* The digits of NUMBER from the first that is not 0 to the last, without its point. */
static size_t significant(struct span number)
{
    size_t count = 0, zeros = 0;
    for (size_t i = 0; i < number.len && (number.at[i] | 0x20) != 'e'; i++) {
        char c = number.at[i];
        if (c < '0' || c > '9' || (c == '0' && count == 0))
            continue;
        zeros = c == '0' ? zeros + 1 : 0;
        count++;
    }
    return count - zeros;
}

#define DIGITS ((size_t)15) /* that a double holds, and Excel shows */

void xlsxout_put_exact(struct xlsxout *w, const struct xlsxout_sheet *s, size_t row, size_t column,
                       struct span number)
{
    double x = strtod(cell_text(w, number), NULL);
    if (significant(number) > DIGITS || !isfinite(x) || (x == 0 && significant(number) > 0))
        xlsxout_put(w, s, row, column, number, XLSXOUT_PLAIN);
    else
        xlsxout_put_number(w, s, row, column, x, XLSXOUT_PLAIN);
}

static int digits(const char *at, int count)
{
    int number = 0;
    for (int i = 0; i < count; i++)
        number = at[i] >= '0' && at[i] <= '9' ? 10 * number + at[i] - '0' : -100000;
    return number;
}

bool xlsxout_put_date(struct xlsxout *w, const struct xlsxout_sheet *s, size_t row, size_t column,
                      struct span text)
{
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (text.len != 10 || text.at[4] != '-' || text.at[7] != '-')
        return false;
    lxw_datetime date = {
        .year = digits(text.at, 4), .month = digits(text.at + 5, 2), .day = digits(text.at + 8, 2)};
    /* before March 1900 Excel has a day that never was */
    if (date.year < 1900 || (date.year == 1900 && date.month < 3) || date.month < 1 ||
        date.month > 12 || date.day < 1)
        return false;
    bool is_leap = (date.year % 4 == 0 && date.year % 100 != 0) || date.year % 400 == 0;
    if (date.day > lengths[date.month - 1] + (date.month == 2 && is_leap))
        return false;
    check(worksheet_write_datetime(s->sheet, (lxw_row_t)row, (lxw_col_t)column, &date,
                                   w->formats[XLSXOUT_DATE]));
    return true;
}

void xlsxout_put_link(struct xlsxout *w, const struct xlsxout_sheet *s, size_t row, size_t column,
                      const struct xlsxout_sheet *to, struct span text)
{
    struct buf url = {0};
    buf_addf(&url, "internal:'%s'!A1", to->name);
    check(worksheet_write_url(s->sheet, (lxw_row_t)row, (lxw_col_t)column, buf_text(&url),
                              w->formats[XLSXOUT_LINK]));
    xlsxout_put(w, s, row, column, text, XLSXOUT_LINK);
    buf_free(&url);
}

void xlsxout_widths(const struct xlsxout_sheet *s, size_t first, size_t last, double width)
{
    check(worksheet_set_column(s->sheet, (lxw_col_t)first, (lxw_col_t)last, width, NULL));
}

void xlsxout_filter(const struct xlsxout_sheet *s, size_t rows, size_t columns)
{
    worksheet_freeze_panes(s->sheet, 1, 0);
    if (rows > 1)
        check(
            worksheet_autofilter(s->sheet, 0, 0, (lxw_row_t)(rows - 1), (lxw_col_t)(columns - 1)));
}

/* ---- charts ---- */

void xlsxout_bars(struct xlsxout *w, const struct xlsxout_sheet *s, const struct xlsxout_chart *c)
{
    lxw_chart *chart = workbook_add_chart(w->book, LXW_CHART_BAR);
    if (!chart)
        fail_memory();
    for (size_t i = 0; i < c->count; i++) {
        lxw_chart_series *series = chart_add_series(chart, NULL, NULL);
        lxw_col_t column = (lxw_col_t)(c->first + i * c->step);
        if (!series)
            fail_memory();
        chart_series_set_categories(series, s->name, (lxw_row_t)c->from, 0, (lxw_row_t)c->to, 0);
        chart_series_set_values(series, s->name, (lxw_row_t)c->from, column, (lxw_row_t)c->to,
                                column);
        chart_series_set_name_range(series, s->name, (lxw_row_t)c->head, column);
        chart_series_set_labels(series);
    }
    chart_axis_set_reverse(chart->y_axis);
    chart_axis_set_min(chart->x_axis, 0);
    chart_axis_set_num_format(chart->x_axis, "0%");
    if (c->count == 1)
        chart_legend_set_position(chart, LXW_CHART_LEGEND_NONE);
    if (c->title)
        chart_title_set_name(chart, c->title);
    else
        chart_title_off(chart);
    size_t bars = (c->to - c->from + 1) * c->count;
    lxw_chart_options options = {.x_scale = 1.4, .y_scale = fmax(1, 0.35 + 0.075 * (double)bars)};
    check(worksheet_insert_chart_opt(s->sheet, (lxw_row_t)c->row, (lxw_col_t)c->column, chart,
                                     &options));
}

/* ---- the end ---- */

void xlsxout_finish(struct xlsxout *w, struct output *out)
{
    lxw_error error = workbook_close(w->book);
    check(error);
    off_t size = lseek(w->fd, 0, SEEK_END);
    if (size < 0 || lseek(w->fd, 0, SEEK_SET) != 0)
        fail(STATUS_DATA, "cannot make the workbook: %s", strerror(errno));
    for (;;) {
        buf_reserve(&out->buf, OUTPUT_BLOCK);
        ssize_t got = read(w->fd, out->buf.at + out->buf.len, OUTPUT_BLOCK);
        if (got < 0)
            fail(STATUS_DATA, "cannot make the workbook: %s", strerror(errno));
        if (got == 0)
            break;
        out->buf.len += (size_t)got;
        output_flush(out);
    }
    close(w->fd);
    intern_free(&w->sheets);
    buf_free(&w->text);
    arena_free(&w->arena);
}
