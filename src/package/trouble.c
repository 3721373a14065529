/* trouble -- why a document cannot be read. */
#include "package/trouble.h"

#include <stdarg.h>

const char *trouble_word(enum trouble_kind kind)
{
    static const char *const words[] = {"",        "scanned",     "encrypted",
                                        "corrupt", "unsupported", "too_large"};
    return words[kind];
}

void trouble_set(struct trouble *t, enum trouble_kind kind, const char *format, ...)
{
    if (t->kind != TROUBLE_NONE)
        return;
    t->kind = kind;
    va_list args;
    va_start(args, format);
    buf_clear(&t->what);
    buf_addv(&t->what, format, args);
    va_end(args);
}

void trouble_clear(struct trouble *t)
{
    t->kind = TROUBLE_NONE;
    buf_clear(&t->what);
}

void trouble_free(struct trouble *t)
{
    buf_free(&t->what);
    *t = (struct trouble){0};
}
