/* settings_conf -- study.conf: a setting a line, NAME=VALUE.
 *
 * The form of the first version; it says less than study.json and is still read. */
#include <stdlib.h>
#include <string.h>

#include "base/fault.h"
#include "base/nearest.h"
#include "docs/document.h"
#include "settings_read.h"

enum kind { KIND_FILE, KIND_KEYS, KIND_FIELD, KIND_YES_NO, KIND_LOOKUP, KIND_DOCUMENTS };

struct conf {
    struct settings *s;
    size_t line;
    struct span text, name; /* the line; what stands before its sign */
    struct settings_words lookup_keys;
};

static _Noreturn void wrong(const struct conf *c, struct span value, const char *what)
{
    fault_raise_at(c->s->file, c->line, 0, "%.*s: %s %s", SPAN_ARGS(c->name), quote(value), what);
}

static void check_name(const struct conf *c, const char *folder, struct span value)
{
    const char *fault = settings_name_fault(c->s, folder, value);
    if (fault)
        wrong(c, value, fault);
}

static struct settings_source *source_of(struct settings *s, struct span setting)
{
    return span_starts(setting, SPAN("ROSTER"))    ? &s->roster
           : span_starts(setting, SPAN("WEBSITE")) ? &s->website
                                                   : &s->foi;
}

/* The first part of a source: study.conf knows no others. */
static struct settings_part *part_of(struct settings *s, struct settings_source *source)
{
    return source->part_count ? &source->parts[0] : settings_add_part(s, source);
}

static void take_file(struct conf *c, struct settings_source *source, struct span value)
{
    struct settings_part *part = part_of(c->s, source);
    if (value.len == 0)
        return;
    check_name(c, part->folder, value);
    settings_add_word(c->s, &part->files, value);
}

static void take_documents(struct conf *c, struct settings_source *source, struct span value)
{
    take_file(c, source, value);
    source->present = source->present || value.len;
    if (value.len)
        part_of(c->s, source)->reader = SETTINGS_DOCS;
}

static void take_lookup(struct conf *c, struct span value)
{
    struct settings_words names = {0};
    settings_split(c->s, &names, value);
    for (size_t i = 0; i < names.count; i++) {
        const char *fault = settings_lookup_fault(c->s, span_of(names.at[i]));
        if (fault)
            wrong(c, span_of(names.at[i]), fault);
        settings_add_lookup(c->s, span_of(names.at[i]));
    }
    free(names.at);
}

static const struct {
    struct span name;
    enum kind kind;
} SETTINGS[] = {
    {SPAN_ROW("ROSTER_FILE"), KIND_FILE},  {SPAN_ROW("FOI_FILE"), KIND_FILE},
    {SPAN_ROW("WEBSITE_FILE"), KIND_FILE}, {SPAN_ROW("ROSTER_KEY"), KIND_KEYS},
    {SPAN_ROW("FOI_KEY"), KIND_KEYS},      {SPAN_ROW("WEBSITE_KEY"), KIND_KEYS},
    {SPAN_ROW("CODED_FIELD"), KIND_FIELD}, {SPAN_ROW("YES_NO"), KIND_YES_NO},
    {SPAN_ROW("LOOKUP"), KIND_LOOKUP},     {SPAN_ROW("LOOKUP_KEY"), KIND_LOOKUP},
    {SPAN_ROW("REPLIES"), KIND_DOCUMENTS}, {SPAN_ROW("WEBPAGES"), KIND_DOCUMENTS},
};

static void take(struct conf *c, enum kind kind, struct span value)
{
    struct settings *s = c->s;
    bool is_key = span_eq(c->name, SPAN("LOOKUP_KEY"));
    switch (kind) {
    case KIND_FILE:
        take_file(c, source_of(s, c->name), value);
        break;
    case KIND_KEYS:
        settings_split(s, &source_of(s, c->name)->keys, value);
        break;
    case KIND_FIELD:
        s->coded_field = value.len ? arena_text(&s->arena, value) : NULL;
        break;
    case KIND_YES_NO:
        settings_split(s, &s->yes_no, value);
        break;
    case KIND_LOOKUP:
        if (is_key)
            settings_split(s, &c->lookup_keys, value);
        else
            take_lookup(c, value);
        break;
    case KIND_DOCUMENTS:
        take_documents(c, span_eq(c->name, SPAN("WEBPAGES")) ? &s->webpages : &s->foi, value);
        break;
    }
}

static void take_line(void *with)
{
    struct conf *c = with;
    struct span line = c->text;
    const char *sign = line.len ? memchr(line.at, '=', line.len) : NULL;
    if (line.len == 0 || line.at[0] == '#')
        return;
    c->name = sign ? span_from(line.at, sign) : line;
    for (size_t i = 0; sign && i < sizeof SETTINGS / sizeof *SETTINGS; i++) {
        if (!span_eq(c->name, SETTINGS[i].name))
            continue;
        take(c, SETTINGS[i].kind, span_from(sign + 1, span_end(line)));
        return;
    }
    struct nearest near = {0};
    for (size_t i = 0; sign && i < sizeof SETTINGS / sizeof *SETTINGS; i++)
        nearest_try(&near, c->name, SETTINGS[i].name);
    if (near.name.at)
        fault_raise_at(c->s->file, c->line, 0, "not a setting: %s (did you mean %.*s?)",
                       quote(line), SPAN_ARGS(near.name));
    fault_raise_at(c->s->file, c->line, 0, "not a setting: %s", quote(line));
}

/* A key of the lookup is that of all lookups. */
static void share_keys(struct conf *c)
{
    for (size_t i = 0; i < c->s->lookup_count; i++)
        for (size_t j = 0; j < c->lookup_keys.count; j++)
            settings_add_word(c->s, &c->s->lookups[i].keys, span_of(c->lookup_keys.at[j]));
    free(c->lookup_keys.at);
}

void settings_read_conf(struct settings *s)
{
    struct conf c = {.s = s};
    struct buf text = {0};
    if (!settings_is_file(s->file))
        fault_raise(s->file, "no such file");
    document_read(&text, s->file);
    for (size_t at = 0; at < text.len;) {
        const char *end = memchr(text.at + at, '\n', text.len - at);
        size_t stop = end ? (size_t)(end - text.at) : text.len;
        struct span line = {text.at + at, stop - at};
        if (line.len && line.at[line.len - 1] == '\r')
            line.len--;
        c.line++;
        c.text = line;
        fault_item(take_line, &c);
        at = stop + 1;
    }
    share_keys(&c);
    buf_free(&text);
}
