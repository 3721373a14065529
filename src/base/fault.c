#include "base/fault.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"

/* The runs that are under way, the innermost first. */
struct trap {
    jmp_buf back;
    struct fault *fault;
    struct trap *outer;
};

static struct trap *innermost;
static struct fault_list *collected; /* NULL: faults are raised */

bool fault_catch(struct fault *fault, void (*read)(void *with), void *with)
{
    struct trap trap = {.fault = fault, .outer = innermost};
    *fault = (struct fault){0};
    innermost = &trap;
    bool good = setjmp(trap.back) == 0;
    if (good)
        read(with);
    innermost = trap.outer;
    return good;
}

void fault_throw(struct fault fault)
{
    if (!innermost)
        fault_end(&fault, STATUS_USAGE);
    *innermost->fault = fault;
    longjmp(innermost->back, 1);
}

/* ---- several faults ---- */

void fault_collect(struct fault_list *to)
{
    collected = to;
}

void fault_keep(struct fault fault)
{
    struct fault_list *l = collected;
    if (!l)
        fault_throw(fault);
    l->at = array_grow(l->at, &l->cap, l->count + 1, sizeof *l->at);
    l->at[l->count++] = fault;
}

bool fault_item(void (*read)(void *with), void *with)
{
    struct fault fault;
    if (!collected) {
        read(with);
        return true;
    }
    if (fault_catch(&fault, read, with))
        return true;
    fault_keep(fault);
    return false;
}

void fault_list_free(struct fault_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        fault_free(&list->at[i]);
    free(list->at);
    *list = (struct fault_list){0};
}

/* ---- one fault ---- */

static char *copy(const char *text)
{
    char *own = strdup(text);
    if (!own)
        fail_memory();
    return own;
}

static char *format_words(const char *format, va_list args)
{
    char *words;
    if (vasprintf(&words, format, args) < 0)
        fail_memory();
    return words;
}

void fault_raise(const char *file, const char *format, ...)
{
    struct buf none = {0};
    va_list args;
    va_start(args, format);
    struct fault fault = fault_of(file, &none, format, args);
    va_end(args);
    fault_throw(fault);
}

void fault_mention(const char *file, const char *format, ...)
{
    struct buf none = {0};
    va_list args;
    va_start(args, format);
    struct fault fault = fault_of(file, &none, format, args);
    va_end(args);
    fault_keep(fault);
}

void fault_raise_at(const char *file, size_t line, size_t column, const char *format, ...)
{
    struct buf place = {0};
    va_list args;
    buf_addf(&place, "%zu", line);
    if (column)
        buf_addf(&place, ":%zu", column);
    va_start(args, format);
    struct fault fault = fault_of(file, &place, format, args);
    va_end(args);
    fault_throw(fault);
}

struct fault fault_of(const char *file, struct buf *place, const char *format, va_list args)
{
    struct fault fault = {copy(file), NULL, format_words(format, args)};
    if (place->len) {
        buf_text(place);
        fault.place = place->at;
    } else {
        buf_free(place);
    }
    return fault;
}

void fault_add(struct buf *b, const struct fault *fault)
{
    bool is_line = fault->place && *fault->place >= '0' && *fault->place <= '9';
    buf_addf(b, "%s%s%s: %s", fault->file, fault->place ? is_line ? ":" : ": " : "",
             fault->place ? fault->place : "", fault->words);
}

void fault_end(const struct fault *fault, enum status status)
{
    struct buf text = {0};
    fault_add(&text, fault);
    fail(status, "%s", buf_text(&text));
}

void fault_free(struct fault *fault)
{
    free(fault->file);
    free(fault->place);
    free(fault->words);
    *fault = (struct fault){0};
}
