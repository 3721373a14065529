#include "base/optlist.h"

#include "base/fail.h"
#include "base/utf8.h"

void optlist_open(struct optlist *l, const char *text, enum optlist_form form)
{
    *l = (struct optlist){.form = form, .at = text};
}

void optlist_close(struct optlist *l)
{
    buf_free(&l->text);
}

/* Takes the quoted part that AT stands in front of. What is behind it, or NULL without an end. */
static const char *take_quoted(struct buf *text, const char *at)
{
    for (at++; *at; at++) {
        if (*at == '"' && *++at != '"')
            return at;
        buf_addc(text, *at);
    }
    return NULL;
}

/* Whether the character behind a backslash stands for itself. */
static bool is_escaped(char c)
{
    return c && strchr(",=\"\\", c);
}

/* Notes an equals sign that parts the item, at the end of its text. */
static void see_equals(struct optlist *l, size_t *parting)
{
    if (l->form == OPTLIST_PAIRS_LAST || (l->form == OPTLIST_PAIRS && *parting == SIZE_MAX))
        *parting = l->text.len;
}

/* Takes one item; *PARTING is the equals sign's place in its text, if it has one. */
static bool take_item(struct optlist *l, size_t *parting)
{
    bool starts = true; /* where a quote opens a quoted part */
    while (*l->at && *l->at != ',') {
        if (*l->at == '\n' || *l->at == '\r')
            return false;
        if (*l->at == '"' && starts) {
            l->at = take_quoted(&l->text, l->at);
            if (!l->at || (*l->at && *l->at != ',' && *l->at != '='))
                return false;
            starts = false;
            continue;
        }
        starts = *l->at == '=' && l->form != OPTLIST_NAMES;
        if (starts)
            see_equals(l, parting);
        else if (*l->at == '\\' && is_escaped(l->at[1]))
            l->at++;
        buf_addc(&l->text, *l->at++);
    }
    return true;
}

enum optlist_status optlist_next(struct optlist *l)
{
    size_t parting = SIZE_MAX;
    if (!l->at)
        return OPTLIST_END;
    const char *from = l->at;
    l->item = span_of(from);
    buf_clear(&l->text);
    buf_reserve(&l->text, 1);
    if (!take_item(l, &parting) || !utf8_valid(buf_span(&l->text), NULL))
        return OPTLIST_BAD;
    l->item = span_from(from, l->at);
    l->at = *l->at ? l->at + 1 : NULL;
    l->name = buf_span(&l->text);
    l->value = (struct span){0};
    if (parting == SIZE_MAX)
        return OPTLIST_ITEM;
    l->value = (struct span){l->text.at + parting + 1, l->text.len - parting - 1};
    l->name.len = parting;
    return OPTLIST_ITEM;
}

size_t optlist_names(const char *option, const char *text, struct intern *names)
{
    struct optlist list;
    enum optlist_status status;
    size_t count = 0;
    optlist_open(&list, text, OPTLIST_NAMES);
    while ((status = optlist_next(&list)) == OPTLIST_ITEM) {
        count++;
        if (!*text)
            break; /* no list of one empty name, but no list */
        if (list.name.len == 0)
            fail(STATUS_USAGE, "option '--%s': name %zu is empty (try --help)", option, count);
        if (intern_find(names, list.name) != INTERN_NONE)
            fail(STATUS_USAGE, "option '--%s': name %s is given twice (try --help)", option,
                 quote(list.name));
        intern_add(names, list.name);
    }
    if (status != OPTLIST_END)
        fail(STATUS_USAGE, "option '--%s' takes names separated by commas, not %s (try --help)",
             option, quote(span_of(text)));
    optlist_close(&list);
    return count;
}
