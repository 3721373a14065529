/* settings_print -- a study's settings as the pipelines' scripts take them in: assignments
 * for Bash, each value in single quotes, in which nothing is special to it. */
#include <stdlib.h>
#include <string.h>

#include "study/settings.h"

static void put_quoted(struct buf *b, struct span text)
{
    buf_addc(b, '\'');
    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] == '\'')
            buf_add(b, SPAN("'\\''"));
        else
            buf_addc(b, text.at[i]);
    }
    buf_addc(b, '\'');
}

static void put(struct buf *b, const char *name, const char *value)
{
    buf_addf(b, "%s=", name);
    put_quoted(b, span_of(value ? value : ""));
    buf_addc(b, '\n');
}

void settings_print_list(struct buf *b, const char *name, const struct settings_words *w)
{
    buf_addf(b, "%s=(", name);
    for (size_t i = 0; i < w->count; i++) {
        if (i)
            buf_addc(b, ' ');
        put_quoted(b, span_of(w->at[i]));
    }
    buf_add(b, SPAN(")\n"));
}

/* An element of an associative array. */
static void put_at(struct buf *b, const char *name, const char *key, struct span value)
{
    buf_addf(b, "%s[", name);
    put_quoted(b, span_of(key));
    buf_add(b, SPAN("]="));
    put_quoted(b, value);
    buf_addc(b, '\n');
}

/* Words with a line end behind each: no word holds one. */
static void put_words_at(struct buf *b, const char *name, const char *key,
                         const struct settings_words *w)
{
    struct buf lines = {0};
    for (size_t i = 0; i < w->count; i++)
        buf_addf(&lines, "%s%s", i ? "\n" : "", w->at[i]);
    put_at(b, name, key, buf_span(&lines));
    buf_free(&lines);
}

static void put_source(struct buf *b, const struct settings_source *source)
{
    struct buf parts = {0};
    for (size_t i = 0; i < source->part_count; i++) {
        const struct settings_part *part = &source->parts[i];
        buf_addf(&parts, "%s%s", i ? "\n" : "", part->name);
        put_at(b, "READER", part->name, span_of(settings_reader_name(part->reader)));
        put_at(b, "FOLDER", part->name, span_of(part->folder));
        put_words_at(b, "FILES", part->name, &part->files);
        put_words_at(b, "READ", part->name, &part->more);
    }
    put_at(b, "PARTS", source->name, buf_span(&parts));
    put_at(b, "SCHEMA", source->name, span_of(source->schema));
    put_words_at(b, "EXTRACTING", source->name, &source->extract);
    buf_free(&parts);
}

/* ---- joins ---- */

static void add_option(struct buf *b, const char *option, const char *value)
{
    if (value)
        buf_addf(b, "\n%s\n%s", option, value);
}

/* "--on", "a=b,c=d": the left side's keys and the source's. Empty if a side has none. */
static void put_join(struct buf *b, const char *key, const struct settings_words *left,
                     const struct settings_source *source)
{
    struct buf words = {0};
    if (left->count > 0 && left->count == source->keys.count) {
        buf_add(&words, SPAN("--on\n"));
        for (size_t i = 0; i < left->count; i++)
            buf_addf(&words, "%s%s=%s", i ? "," : "", left->at[i], source->keys.at[i]);
        buf_addf(&words, "\n--on-clash\n%s", source->clash ? source->clash : "error");
        add_option(&words, "--aliases", source->aliases);
        add_option(&words, "--succession", source->succession);
        add_option(&words, "--as-at", source->as_at);
        add_option(&words, "--on-merge", source->on_merge);
        for (size_t i = 0; i < source->merge.count; i++)
            add_option(&words, "--merge", source->merge.at[i]);
    }
    put_at(b, "JOINING", key, buf_span(&words));
    buf_free(&words);
}

static void put_joins(struct buf *b, const struct settings *s)
{
    const char *field = s->coded_field;
    struct settings_words coded = {.at = &field, .count = field ? 1 : 0};
    put_join(b, "roster", &s->foi.keys, &s->roster);
    put_join(b, "website", &coded, &s->website);
    put_join(b, "webpages", &s->foi.keys, &s->webpages);
    struct settings_words names = {0};
    for (size_t i = 0; i < s->lookup_count; i++) {
        const struct settings_source *lookup = &s->lookups[i];
        put_join(b, lookup->name, &lookup->keys, lookup);
        names.at = array_grow(names.at, &names.cap, i + 1, sizeof *names.at);
        names.at[names.count++] = lookup->name;
    }
    settings_print_list(b, "LOOKUPS", &names);
    free(names.at);
}

/* The codebooks that a check looks through. */
static void put_books(struct buf *b, const struct settings *s)
{
    struct settings_words books = {0};
    for (size_t i = 0; i < s->books.count + 1; i++) {
        const char *book = i ? s->books.at[i - 1] : s->codebook;
        if (!book || (i && s->codebook && strcmp(book, s->codebook) == 0))
            continue;
        books.at = array_grow(books.at, &books.cap, books.count + 1, sizeof *books.at);
        books.at[books.count++] = book;
    }
    settings_print_list(b, "BOOKS", &books);
    free(books.at);
}

static void put_swaps(struct buf *b, const struct settings *s)
{
    for (size_t i = 0; i < s->swap_count; i++)
        put_words_at(b, "SWAP", s->swaps[i].stage, &s->swaps[i].command);
}

void settings_print(const struct settings *s, struct buf *b)
{
    const struct settings_source *source;
    struct settings_words sources = {0};
    put(b, "STUDY", s->folder);
    put(b, "DATA", s->data);
    put(b, "SETTINGS_FILE", s->file);
    for (size_t i = 0; (source = settings_source(s, i)); i++) {
        put_source(b, source);
        sources.at = array_grow(sources.at, &sources.cap, i + 1, sizeof *sources.at);
        sources.at[sources.count++] = source->name;
    }
    settings_print_list(b, "SOURCES", &sources);
    free(sources.at);
    put_joins(b, s);
    put_swaps(b, s);
    settings_print_list(b, "YES_NO", &s->yes_no);
    put(b, "CODEBOOK", s->codebook);
    put_books(b, s);
    put(b, "OVERRIDES", s->overrides);
    settings_print_list(b, "DECISIONS", &s->decisions);
    settings_print_list(b, "PLANS", &s->plans);
    put(b, "WEBSITE_PLAN", s->website_plan);
    settings_print_list(b, "FORMATS", &s->formats);
}
