#include "chain/commands.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"

/* One command's text on its way into words. */
struct reader {
    struct commands *to;
    const char *at;
    struct buf word;
    bool in_word; /* quotes make an empty one too */
};

static void add_word(struct command *c, char *word)
{
    c->words = array_grow(c->words, &c->cap, c->count + 1, sizeof *c->words);
    c->words[c->count++] = word;
}

static struct command *last(struct reader *r)
{
    return &r->to->at[r->to->count - 1];
}

static void end_word(struct reader *r)
{
    if (!r->in_word)
        return;
    char *word = arena_alloc(&r->to->arena, r->word.len + 1);
    memcpy(word, buf_text(&r->word), r->word.len + 1);
    add_word(last(r), word);
    buf_clear(&r->word);
    r->in_word = false;
}

static void start_stage(struct commands *c)
{
    c->at = array_grow(c->at, &c->cap, c->count + 1, sizeof *c->at);
    c->at[c->count++] = (struct command){0};
}

/* False if the stage has no word. */
static bool end_stage(struct reader *r)
{
    end_word(r);
    if (last(r)->count == 0)
        return false;
    add_word(last(r), NULL);
    last(r)->count--;
    return true;
}

static const char *say(struct reader *r, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
static const char *say(struct reader *r, const char *format, ...)
{
    struct buf text = {0};
    va_list args;
    va_start(args, format);
    buf_addv(&text, format, args);
    va_end(args);
    const char *kept = arena_text(&r->to->arena, buf_span(&text));
    buf_free(&text);
    return kept;
}

/* A line that goes on on the next one. */
static bool is_continued(const struct reader *r)
{
    return r->at[0] == '\\' && r->at[1] == '\n';
}

/* From the opening quote to behind the closing one. Between double quotes a backslash takes
 * a quote, a sign that is for a shell or itself for a text. */
static const char *take_quoted(struct reader *r)
{
    char quote = *r->at++;
    r->in_word = true;
    for (; *r->at && *r->at != quote; r->at++) {
        if (quote == '"' && is_continued(r)) {
            r->at++;
            continue;
        }
        if (quote == '"' && (*r->at == '$' || *r->at == '`'))
            return say(r, "nothing is put in for '%c' here (use single quotes)", *r->at);
        if (quote == '"' && *r->at == '\\' && r->at[1] && strchr("\"\\$`", r->at[1]))
            r->at++;
        buf_addc(&r->word, *r->at);
    }
    if (!*r->at)
        return say(r, "the quote %c is not closed", quote);
    r->at++;
    return NULL;
}

/* One character outside quotes. NULL, or what is wrong with it. */
static const char *take(struct reader *r)
{
    char c = *r->at;
    if (c == '\'' || c == '"')
        return take_quoted(r);
    if (is_continued(r)) {
        r->at++;
    } else if (strchr(" \t\r\n", c)) {
        end_word(r);
    } else if (c == '|') {
        if (r->at[1] == '|' || r->at[1] == '&')
            return say(r, "'|%c' is for a shell", r->at[1]);
        if (!end_stage(r))
            return say(r, "there is no program before '|'");
        start_stage(r->to);
    } else if (strchr("<>&;()$`*?[]{}~#!", c) && (!r->in_word || !strchr("~#!]}", c))) {
        return say(r, "'%c' is for a shell (in quotes it is a text)", c);
    } else {
        if (c == '\\' && r->at[1])
            c = *++r->at;
        buf_addc(&r->word, c);
        r->in_word = true;
    }
    r->at++;
    return NULL;
}

static bool is_setting(const char *word)
{
    size_t len = strspn(word, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_");
    return len && word[len] == '=' && (word[0] < '0' || word[0] > '9');
}

/* What `env` would do for a stage, unless it is asked for something else. */
static void take_env(struct command *c, struct arena *a)
{
    size_t at = 1;
    if (strcmp(c->words[0], "env") != 0)
        return;
    const char *folder = NULL;
    if (c->count > 2 && strcmp(c->words[1], "-C") == 0) {
        folder = c->words[2];
        at = 3;
    }
    size_t first = at;
    while (at < c->count && is_setting(c->words[at]))
        at++;
    if (at >= c->count || c->words[at][0] == '-' || strchr(c->words[at], '='))
        return;
    c->folder = folder;
    c->setting_count = at - first;
    c->settings = arena_array(a, c->setting_count, sizeof *c->settings);
    for (size_t i = first; i < at; i++)
        c->settings[i - first] = c->words[i];
    c->count -= at;
    memmove(c->words, c->words + at, (c->count + 1) * sizeof *c->words);
}

bool commands_read(struct commands *c, const char *text, const char **wrong)
{
    struct reader r = {.to = c, .at = text};
    *wrong = NULL;
    start_stage(c);
    while (*r.at && !*wrong)
        *wrong = take(&r);
    if (!*wrong && !end_stage(&r))
        *wrong = c->count > 1 ? "there is no program behind '|'" : "there is no program in it";
    buf_free(&r.word);
    for (size_t i = 0; !*wrong && i < c->count; i++)
        take_env(&c->at[i], &c->arena);
    return !*wrong;
}

void commands_free(struct commands *c)
{
    for (size_t i = 0; i < c->count; i++)
        free(c->at[i].words);
    free(c->at);
    arena_free(&c->arena);
    *c = (struct commands){0};
}
