#include "stream/filter.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/fail.h"
#include "base/memory.h"
#include "base/utf8.h"
#include "base/version.h"
#include "stream/emit.h"
#include "stream/origin.h"

#define PROGRESS_RECORDS 65536 /* between two drawings of the meter */

static const struct opt COMMON[] = {
    {"output", 'o', "FILE", OPT_TEXT, offsetof(struct filter_options, output),
     "write to FILE, which appears only when complete (default: standard output)"},
    {"stats", 0, "FILE", OPT_TEXT, offsetof(struct filter_options, stats),
     "write the counts of records as a JSON object to FILE"},
    {"rejects", 0, "FILE", OPT_TEXT, offsetof(struct filter_options, rejects),
     "list bad records in FILE and go on, instead of stopping at the first"},
    {"max-rejects", 0, "N", OPT_COUNT, offsetof(struct filter_options, max_rejects),
     "with --rejects, stop when more than N records are bad"},
    {"max-line", 0, "BYTES", OPT_COUNT, offsetof(struct filter_options, max_line),
     "the longest line to accept (default: 67108864; for a row of CSV 4194304)"},
    {"strict", 0, NULL, OPT_FLAG, offsetof(struct filter_options, strict),
     "fail if a field, value or key that the program was told to find is in no record"},
    {"verbose", 'v', NULL, OPT_FLAG, offsetof(struct filter_options, verbose),
     "say on standard error what was found and decided"},
    {"progress", 0, NULL, OPT_FLAG, offsetof(struct filter_options, progress),
     "draw a meter on standard error, if a terminal"},
    {0},
};

enum output_place { IN_FILE, IN_FILE_OR_FOLDER };

static bool is_folder(const char *file, enum output_place place)
{
    size_t length = file ? strlen(file) : 0;
    return place == IN_FILE_OR_FOLDER && length > 0 && file[length - 1] == '/';
}

void filter_parse(struct filter *f, const struct opt_program *program, void *values, int argc,
                  char **argv)
{
    *f = (struct filter){.program = program};
    f->options.max_rejects = SIZE_MAX;
    json_set_alloc_funcs(memory_alloc, memory_free);
    int first = opt_parse(program, values, COMMON, &f->options, argc, argv);
    f->operands = argv + first;
    f->operand_count = (size_t)(argc - first);
    opt_needs(f->options.max_rejects != SIZE_MAX, "max-rejects", f->options.rejects, "rejects");
    f->options.progress = f->options.progress && isatty(STDERR_FILENO);
    f->next_progress = PROGRESS_RECORDS;
}

static void open_outputs(struct filter *f, enum output_place place)
{
    f->counts = json_object();
    if (!f->counts)
        fail_memory();
    output_open(&f->out, is_folder(f->options.output, place) ? "/dev/null" : f->options.output,
                OUTPUT_WHOLE);
    if (f->options.rejects)
        output_open(&f->rejects, f->options.rejects, OUTPUT_KEPT);
    if (f->options.stats)
        output_open(&f->stats, f->options.stats, OUTPUT_WHOLE);
}

void filter_start(struct filter *f, const struct opt_program *program, void *values, int argc,
                  char **argv)
{
    filter_parse(f, program, values, argc, argv);
    open_outputs(f, IN_FILE);
}

void filter_read(struct filter *f, char *const *files, size_t count)
{
    jsonl_open(&f->in, files, count, f->options.max_line);
}

void filter_open(struct filter *f, const struct opt_program *program, void *values, int argc,
                 char **argv)
{
    filter_start(f, program, values, argc, argv);
    filter_read(f, f->operands, f->operand_count);
}

void filter_open_or_folder(struct filter *f)
{
    open_outputs(f, IN_FILE_OR_FOLDER);
    filter_read(f, f->operands, f->operand_count);
}

void filter_progress(struct filter *f, size_t records, uint64_t bytes)
{
    if (!f->options.progress || records < f->next_progress)
        return;
    f->next_progress = records + PROGRESS_RECORDS;
    fprintf(stderr, "\r%s: %zu records, %.0f MB", f->program->name, records, (double)bytes / 1e6);
}

/* The exact bytes of what cannot be written as text, so that nothing is lost. */
static void emit_hex_field(struct buf *b, struct span raw)
{
    emit_name(b, SPAN("record_hex"));
    buf_addc(b, '"');
    for (size_t i = 0; i < raw.len; i++) {
        static const char digits[] = "0123456789abcdef";
        unsigned char byte = (unsigned char)raw.at[i];
        buf_addc(b, digits[byte >> 4]);
        buf_addc(b, digits[byte & 15]);
    }
    buf_addc(b, '"');
}

struct reject {
    const char *file;
    size_t line, column;
    struct span field;
    struct span record; /* JSON if PARSED, else what was read */
    bool parsed;
};

static void list_reject(struct filter *f, const struct reject *at, const char *reason)
{
    struct buf *b = &f->rejects.buf;
    buf_addc(b, '{');
    emit_string_field(b, SPAN("program"), span_of(f->program->name));
    emit_name(b, SPAN("file"));
    emit_any_string(b, span_of(at->file));
    emit_count_field(b, SPAN("line"), at->line);
    if (at->column)
        emit_count_field(b, SPAN("column"), at->column);
    emit_name(b, SPAN("field"));
    if (at->field.len)
        emit_any_string(b, at->field);
    else
        emit_null(b);
    emit_name(b, SPAN("reason"));
    emit_any_string(b, span_of(reason));
    emit_name(b, SPAN("record"));
    if (at->parsed)
        buf_add(b, at->record);
    else
        emit_any_string(b, at->record);
    if (!at->parsed && !utf8_valid(at->record, NULL))
        emit_hex_field(b, at->record);
    buf_addc(b, '}');
    output_line(&f->rejects);
}

static void reject(struct filter *f, const struct reject *at, const char *format, va_list args)
{
    char *reason;
    if (vasprintf(&reason, format, args) < 0)
        fail_memory();
    if (!f->options.rejects) {
        char column[24] = "";
        if (at->column)
            snprintf(column, sizeof column, ":%zu", at->column);
        const char *name = at->field.len ? quote(at->field) : "";
        fail(STATUS_DATA, "%s:%zu%s: %s%s%s%s", at->file, at->line, column,
             at->field.len ? "field " : "", name, at->field.len ? ": " : "", reason);
    }
    list_reject(f, at, reason);
    free(reason);
    f->rejected++;
    if (f->rejected > f->options.max_rejects)
        fail(STATUS_DATA, "%s:%zu: more than %zu bad records (see %s)", at->file, at->line,
             f->options.max_rejects, f->options.rejects);
}

void filter_reject(struct filter *f, const struct record *r, struct span field, const char *format,
                   ...)
{
    struct reject at = {r->file, r->number, 0, field, r->line, true};
    struct buf file = {0};
    origin_where_field(r, field, &file, &at.line);
    at.file = buf_text(&file);
    va_list args;
    va_start(args, format);
    reject(f, &at, format, args);
    va_end(args);
    buf_free(&file);
}

void filter_reject_raw(struct filter *f, const char *file, size_t line, size_t column,
                       struct span raw, const char *format, ...)
{
    struct reject at = {file, line, column, {0}, raw, false};
    va_list args;
    va_start(args, format);
    reject(f, &at, format, args);
    va_end(args);
}

bool filter_next_from(struct filter *f, struct jsonl *reader, struct record *r)
{
    for (;;) {
        enum jsonl_status status = jsonl_next(reader, r);
        f->beside += reader != &f->in && status != JSONL_END;
        filter_progress(f, reader->records, reader->in.bytes);
        if (status == JSONL_RECORD)
            asked_meet(&f->asked, reader == &f->in ? ASKED_MAIN : ASKED_OTHER, r);
        if (status != JSONL_BAD)
            return status == JSONL_RECORD;
        filter_reject_raw(f, r->file, r->number, jsonl_column(reader), reader->line, "%s",
                          jsonl_error(reader));
    }
}

bool filter_next(struct filter *f, struct record *r)
{
    bool more = filter_next_from(f, &f->in, r);
    f->read = f->in.records;
    return more;
}

void filter_count(struct filter *f, const char *name, size_t count)
{
    if (json_object_set_new(f->counts, name, json_integer((json_int_t)count)) != 0)
        fail_memory();
}

void filter_say(const struct filter *f, const char *format, ...)
{
    if (!f->options.verbose)
        return;
    char *text;
    va_list args;
    va_start(args, format);
    int length = vasprintf(&text, format, args);
    va_end(args);
    if (length < 0)
        fail_memory();
    warn("%s", text);
    free(text);
}

static void write_stats(struct filter *f)
{
    struct buf *b = &f->stats.buf;
    buf_addc(b, '{');
    emit_string_field(b, SPAN("program"), span_of(f->program->name));
    emit_string_field(b, SPAN("version"), SPAN(FOI_VERSION));
    emit_count_field(b, SPAN("read"), f->read);
    emit_count_field(b, SPAN("written"), f->written);
    emit_count_field(b, SPAN("rejected"), f->rejected);
    char *more = json_dumps(f->counts, JSON_COMPACT | JSON_REAL_PRECISION(17));
    if (!more)
        fail_memory();
    if (more[1] != '}') {
        emit_item(b);
        buf_add(b, (struct span){more + 1, strlen(more) - 2});
    }
    free(more);
    buf_addc(b, '}');
    output_line(&f->stats);
    output_close(&f->stats);
}

/* What was asked for and not found. */
static void tell_asked(struct filter *f)
{
    if (f->asked.count == 0)
        return;
    size_t not_found = asked_tell(&f->asked, f->read > f->rejected);
    if (not_found)
        filter_count(f, "not_found", not_found);
    if (f->asked.fields_told)
        filter_count(f, "fields_not_found", f->asked.fields_told);
    asked_free(&f->asked);
    if (not_found && f->options.strict)
        fail(STATUS_DATA, "not found: %zu of what was asked for, which --strict does not allow",
             not_found);
}

int filter_close(struct filter *f)
{
    if (f->options.progress)
        fprintf(stderr, "\r\033[K");
    tell_asked(f);
    output_close(&f->out);
    if (f->options.rejects)
        output_close(&f->rejects);
    if (f->options.stats)
        write_stats(f);
    if (f->rejected)
        warn("%zu of %zu records rejected (see %s)", f->rejected, f->read + f->beside,
             f->options.rejects);
    jsonl_close(&f->in);
    json_decref(f->counts);
    return STATUS_OK;
}
