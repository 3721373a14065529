#include "base/opt.h"

#include <argp.h>
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/fail.h"
#include "base/standard.h"
#include "base/utf8.h"
#include "base/version.h"
#include "base/writing.h"

#define KEY_HELP 0x10000 /* keys above any letter */
#define KEY_VERSION 0x10001
#define KEY_TABLE 0x10002
#define KEY_ROW 0x10003 /* plus the row's number, for options without a letter */

struct row {
    const struct opt *opt;
    char *values; /* the struct that the row's offset is in */
    bool given;
};

struct parse {
    const struct opt_program *program;
    struct row *rows;
    size_t count;
    struct argp_option *table;
    struct argp argp;
    struct arena arena;
    int operands;
};

static size_t whole_number(const struct opt *o, const char *text)
{
    char *end;
    errno = 0;
    unsigned long long number = strtoull(text, &end, 10);
    if (*text < '0' || *text > '9' || *end || errno || number > SIZE_MAX)
        fail(STATUS_USAGE, "option '--%s' takes a whole number, not %s (try --help)", o->name,
             quote(span_of(text)));
    bool within = number >= o->takes.least && number <= o->takes.most;
    if (!within && o->takes.most == SIZE_MAX)
        fail(STATUS_USAGE, "option '--%s' takes %zu or more, not %llu (try --help)", o->name,
             o->takes.least, number);
    if (!within)
        fail(STATUS_USAGE, "option '--%s' takes %zu to %zu, not %llu (try --help)", o->name,
             o->takes.least, o->takes.most, number);
    return (size_t)number;
}

static double real_number(const struct opt *o, const char *text)
{
    char *end;
    double number = strtod(text, &end), low = o->takes.low, high = o->takes.high;
    if (end == text || *end || !isfinite(number))
        fail(STATUS_USAGE, "option '--%s' takes a number, not %s (try --help)", o->name,
             quote(span_of(text)));
    if (o->takes.open && (number <= low || number >= high))
        fail(STATUS_USAGE, "option '--%s' takes a number between %g and %g, not %g (try --help)",
             o->name, low, high, number);
    if (number < low || number > high)
        fail(STATUS_USAGE, "option '--%s' takes %g to %g, not %g (try --help)", o->name, low, high,
             number);
    return number;
}

static const char *field_name(const struct opt *o, const char *text)
{
    if (!*text || !utf8_valid(span_of(text), NULL))
        fail(STATUS_USAGE, "option '--%s' takes the name of a field, not %s (try --help)", o->name,
             quote(span_of(text)));
    return text;
}

static int chosen(const struct opt *o, const char *text)
{
    int value;
    if (choice_find(o->takes.choices, span_of(text), &value))
        return value;
    struct buf words = {0};
    choice_list(&words, o->takes.choices, "|");
    fail(STATUS_USAGE, "option '--%s' takes %s, not %s (try --help)", o->name, buf_text(&words),
         quote(span_of(text)));
}

static void fill_member(struct row *row, const char *arg)
{
    const struct opt *o = row->opt;
    void *member = row->values + o->offset;
    row->given = true;
    switch (o->takes.kind) {
    case OPT_KIND_FLAG:
        *(bool *)member = true;
        break;
    case OPT_KIND_TEXT:
        *(const char **)member = arg;
        break;
    case OPT_KIND_FIELD:
        *(const char **)member = field_name(o, arg);
        break;
    case OPT_KIND_COUNT:
        *(size_t *)member = whole_number(o, arg);
        break;
    case OPT_KIND_NUMBER:
        *(double *)member = real_number(o, arg);
        break;
    case OPT_KIND_CHOICE:
        *(int *)member = chosen(o, arg);
        break;
    case OPT_KIND_LIST: {
        struct opt_list *list = member;
        list->at = array_grow(list->at, &list->cap, list->count + 1, sizeof *list->at);
        list->at[list->count++] = arg;
        break;
    }
    }
}

/* argp prints --help itself but never looks whether the write came through. */
static void print_checked(const char *text, size_t len)
{
    if (!writing_all(STDOUT_FILENO, (struct span){text, len}) || close(STDOUT_FILENO) != 0)
        fail(STATUS_DATA, "cannot write standard output: %s", strerror(errno));
}

static _Noreturn void print_help(const struct parse *p)
{
    char *text = NULL;
    size_t len = 0;
    FILE *page = open_memstream(&text, &len);
    if (!page)
        fail_memory();
    char *name = strdup(p->program->name); /* argp_help wants it writable */
    if (!name)
        fail_memory();
    /* the same page whatever the caller's environment, without argp's note on arguments */
    if (setenv("ARGP_HELP_FMT", "no-dup-args-note", 1) != 0)
        fail_memory();
    argp_help(&p->argp, page, ARGP_HELP_SHORT_USAGE | ARGP_HELP_LONG | ARGP_HELP_DOC, name);
    if (fclose(page) != 0)
        fail_memory();
    print_checked(text, len);
    _exit(STATUS_OK);
}

static _Noreturn void print_version(const struct parse *p)
{
    char *text = NULL;
    int len = asprintf(&text, "%s (foi-filters) %s\n", p->program->name, FOI_VERSION);
    if (len < 0)
        fail_memory();
    print_checked(text, (size_t)len);
    _exit(STATUS_OK);
}

/* The options for who writes completions of them, a line each: name, letter, value, help. */
static _Noreturn void print_table(const struct parse *p)
{
    struct buf text = {0};
    for (const struct argp_option *o = p->table; o->name; o++) {
        if (o->flags & OPTION_HIDDEN)
            continue;
        buf_addf(&text, "%s\t", o->name);
        if (o->key < KEY_HELP)
            buf_addc(&text, (char)o->key);
        buf_addf(&text, "\t%s\t%s\n", o->arg ? o->arg : "", o->doc);
    }
    print_checked(text.at, text.len);
    _exit(STATUS_OK);
}

/* How many long options NAME (of LEN bytes) can mean; FOUND is the last, or the exact one. */
static size_t meanings(const struct parse *p, const char *name, size_t len,
                       const struct argp_option **found)
{
    size_t count = 0;
    for (const struct argp_option *o = p->table; o->name || o->key || o->doc; o++) {
        if (!o->name || strncmp(o->name, name, len) != 0)
            continue;
        *found = o;
        if (o->name[len] == '\0')
            return 1;
        count++;
    }
    return count;
}

/* Says what was wrong with WORD, if anything was. */
static void wrong_option(const struct parse *p, const char *word)
{
    if (!word || word[0] != '-')
        return;
    if (strncmp(word, "--", 2) == 0) {
        const struct argp_option *found = NULL;
        size_t len = strcspn(word + 2, "=");
        size_t count = meanings(p, word + 2, len, &found);
        const char *shown = quote((struct span){word, len + 2});
        if (count == 0)
            fail(STATUS_USAGE, "unrecognized option %s (try --help)", shown);
        if (count > 1)
            fail(STATUS_USAGE, "option %s is ambiguous (try --help)", shown);
        if (found->arg && word[2 + len] != '=')
            fail(STATUS_USAGE, "option '--%s' requires a value (try --help)", found->name);
        if (word[2 + len] == '=')
            fail(STATUS_USAGE, "option '--%s' takes no value (try --help)", found->name);
        return;
    }
    for (const char *at = word + 1; *at; at++) {
        const struct argp_option *o = p->table;
        while ((o->name || o->key || o->doc) && o->key != (unsigned char)*at)
            o++;
        char letter[2] = {'-', *at};
        const char *shown = quote((struct span){letter, 2});
        if (!o->key)
            fail(STATUS_USAGE, "unrecognized option %s (try --help)", shown);
        if (o->arg && !at[1])
            fail(STATUS_USAGE, "option %s requires a value (try --help)", shown);
    }
}

/* argp stopped at the word before NEXT, or, inside a cluster of letters, at NEXT. */
static _Noreturn void wrong_usage(const struct parse *p, char **argv, int next)
{
    if (errno == ENOMEM)
        fail_memory();
    wrong_option(p, argv[next - 1]);
    wrong_option(p, argv[next]);
    fail(STATUS_USAGE, "wrong options (try --help)");
}

static error_t handle(int key, char *arg, struct argp_state *state)
{
    struct parse *p = state->input;
    switch (key) {
    case KEY_HELP:
        print_help(p);
    case KEY_VERSION:
        print_version(p);
    case KEY_TABLE:
        print_table(p);
    case ARGP_KEY_ARGS:
        p->operands = state->next;
        return 0;
    case ARGP_KEY_INIT:
    case ARGP_KEY_NO_ARGS:
    case ARGP_KEY_END:
    case ARGP_KEY_SUCCESS:
    case ARGP_KEY_FINI:
        return 0;
    case ARGP_KEY_ERROR:
        wrong_usage(p, state->argv, state->next);
    case ARGP_KEY_ARG:
        return ARGP_ERR_UNKNOWN; /* asks for ARGP_KEY_ARGS instead */
    default:
        break;
    }
    for (size_t i = 0; i < p->count; i++) {
        const struct opt *o = p->rows[i].opt;
        if (key == (o->letter ? (unsigned char)o->letter : KEY_ROW + (int)i)) {
            fill_member(&p->rows[i], arg);
            return 0;
        }
    }
    return ARGP_ERR_UNKNOWN;
}

/* What --help shows behind the option's name; NULL for nothing. */
static const char *shown_value(struct parse *p, const struct opt *o)
{
    if (o->takes.kind != OPT_KIND_CHOICE)
        return o->takes.kind == OPT_KIND_FLAG ? NULL : o->arg;
    struct buf words = {0};
    choice_list(&words, o->takes.choices, "|");
    const char *text = arena_text(&p->arena, buf_span(&words));
    buf_free(&words);
    return text;
}

static void check_required(const struct parse *p)
{
    for (size_t i = 0; i < p->count; i++)
        if (p->rows[i].opt->takes.required && !p->rows[i].given)
            fail(STATUS_USAGE, "option '--%s' is required (try --help)", p->rows[i].opt->name);
}

static size_t add_rows(struct parse *p, size_t at, const struct opt *opts, void *values, int group)
{
    for (const struct opt *o = opts; o && o->name; o++, at++) {
        p->rows[at] = (struct row){o, values, false};
        p->table[at] = (struct argp_option){
            .name = o->name,
            .key = o->letter ? (unsigned char)o->letter : KEY_ROW + (int)at,
            .arg = shown_value(p, o),
            .doc = o->help,
            .group = group,
        };
    }
    return at;
}

static size_t count_rows(const struct opt *opts)
{
    size_t count = 0;
    while (opts && opts[count].name)
        count++;
    return count;
}

int opt_parse(const struct opt_program *program, void *values, const struct opt *common,
              void *common_values, int argc, char **argv)
{
    standard_open();
    fail_program(program->name);
    size_t count = count_rows(program->options) + count_rows(common);
    struct parse p = {.program = program, .count = count, .operands = argc};
    p.rows = arena_array(&p.arena, count, sizeof *p.rows);
    p.table = arena_array(&p.arena, count + 4, sizeof *p.table);
    size_t at = add_rows(&p, 0, program->options, values, 1);
    at = add_rows(&p, at, common, common_values, 2);
    p.table[at++] = (struct argp_option){
        .name = "help", .key = KEY_HELP, .doc = "print this page and end", .group = 3};
    p.table[at++] = (struct argp_option){
        .name = "version", .key = KEY_VERSION, .doc = "print the version and end", .group = 3};
    p.table[at] =
        (struct argp_option){.name = "_options", .key = KEY_TABLE, .flags = OPTION_HIDDEN};

    struct buf doc = {0};
    buf_addf(&doc, "%s\v%s", program->about, program->notes ? program->notes : "");
    p.argp = (struct argp){p.table, handle, program->args, buf_text(&doc), NULL, NULL, NULL};
    errno = 0;
    error_t error =
        argp_parse(&p.argp, argc, argv, ARGP_NO_ERRS | ARGP_NO_HELP | ARGP_NO_EXIT, NULL, &p);
    if (error)
        wrong_usage(&p, argv, argc);
    check_required(&p);
    buf_free(&doc);
    arena_free(&p.arena);
    return p.operands;
}

void opt_needs(bool given, const char *option, bool other_given, const char *other)
{
    if (given && !other_given)
        fail(STATUS_USAGE, "option '--%s' needs '--%s' (try --help)", option, other);
}

void opt_list_free(struct opt_list *list)
{
    free(list->at);
    *list = (struct opt_list){0};
}
