/* asking -- what a person types on a terminal: texts, and codes by a part of them. */
#include <strings.h>

#include "base/utf8.h"
#include "terminal.h"
#include "walking.h"

static bool holds(struct span text, struct span part)
{
    for (size_t at = 0; text.at && at + part.len <= text.len; at++)
        if (strncasecmp(text.at + at, part.at, part.len) == 0)
            return true;
    return false;
}

/* The code that TYPED stands for: itself, else of those whose code or label has it that of the
 * number CHOICE, or the last one. Without a codebook any word is one. */
static struct span code_like(struct walking *k, struct span typed, size_t *choice)
{
    const struct item *it = walking_item(k);
    if (it->target == SIZE_MAX)
        return typed;
    const struct codebook *book = k->items->book;
    const struct codebook_field *f = &book->fields[book->targets[it->target].field];
    size_t exact = codebook_find(f, typed), found = 0;
    struct span last = {0};
    if (exact < f->code_count && *choice == 0)
        return f->codes[exact].code;
    for (size_t i = 0; i < f->code_count && found <= *choice; i++) {
        if (!holds(f->codes[i].code, typed) && !holds(f->codes[i].label, typed))
            continue;
        last = f->codes[i].code;
        found++;
    }
    if (found && found <= *choice)
        *choice = found - 1;
    return last;
}

static void take_away(struct buf *entry)
{
    do
        entry->len--;
    while (entry->len && utf8_tail((unsigned char)entry->at[entry->len]));
}

/* CODE: where the code that was typed stands, NULL for other texts. */
static bool ask(struct walking *k, const char *question, struct span *code)
{
    struct buf line = {0};
    size_t choice = 0;
    int c = 0;
    buf_clear(&k->entry);
    while (c != '\r' && c != '\n') {
        buf_clear(&line);
        buf_addf(&line, "%s: %.*s", question, (int)k->entry.len, k->entry.len ? k->entry.at : "");
        if (code)
            *code = k->entry.len ? code_like(k, buf_span(&k->entry), &choice) : (struct span){0};
        if (code && code->at)
            buf_addf(&line, "  = %.*s", SPAN_ARGS(*code));
        walking_draw(k, buf_span(&line));
        c = terminal_read();
        if (c == TERMINAL_ESCAPE || c == TERMINAL_END)
            break;
        if ((c == 127 || c == 8) && k->entry.len)
            take_away(&k->entry);
        else if (c >= ' ' && c < 256 && c != 127)
            buf_addc(&k->entry, (char)c);
        if (c == TERMINAL_DOWN)
            choice++;
        else if (c == TERMINAL_UP)
            choice -= choice > 0;
        else if (c != TERMINAL_RESIZED && c != '\r' && c != '\n')
            choice = 0;
    }
    buf_free(&line);
    return (c == '\r' || c == '\n') && k->entry.len && utf8_valid(buf_span(&k->entry), NULL);
}

bool walking_ask(struct walking *k, const char *question, struct span *answer)
{
    bool given = ask(k, question, NULL);
    *answer = buf_span(&k->entry);
    return given;
}

bool walking_ask_code(struct walking *k, const char *question, struct span *code)
{
    return ask(k, question, code);
}
