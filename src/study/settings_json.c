/* settings_json -- study.json: all that a study can say about itself.
 *
 * Its JSON Schema is samples/study.schema.json; docs/studies.md tells what each key is for. */
#include <stdlib.h>
#include <string.h>

#include "base/fail.h"
#include "docs/document.h"
#include "settings_read.h"

/* ---- texts, lists of texts, names of files ---- */

static void add_text(struct settings *s, struct settings_words *w, const struct document *d)
{
    struct span text = document_text(d);
    if (text.len == 0)
        document_fail(d, "is empty");
    for (size_t i = 0; i < text.len; i++)
        if ((unsigned char)text.at[i] < 0x20 || text.at[i] == 0x7f)
            document_fail(d, "holds a control character");
    settings_add_word(s, w, text);
}

/* A text, or a list of them. */
static void add_texts(struct settings *s, struct settings_words *w, const struct document *d)
{
    if (!json_is_array(d->json)) {
        add_text(s, w, d);
        return;
    }
    struct document item = {0};
    while (document_next(d, &item))
        add_text(s, w, &item);
}

/* The same for names of files below FOLDER; PATHS: kept with the folder before them. */
enum as { AS_NAMES, AS_PATHS };

static void add_file(struct settings *s, struct settings_words *w, const struct document *d,
                     const char *folder, enum as as)
{
    struct span name = document_text(d);
    const char *fault = settings_name_fault(s, folder, name);
    if (fault)
        document_fail(d, "%s %s", quote(name), fault);
    if (as == AS_PATHS)
        name = span_of(settings_path(&s->arena, folder, arena_text(&s->arena, name)));
    settings_add_word(s, w, name);
}

static void add_files(struct settings *s, struct settings_words *w, const struct document *d,
                      const char *folder, enum as as)
{
    if (!json_is_array(d->json)) {
        add_file(s, w, d, folder, as);
        return;
    }
    struct document item = {0};
    while (document_next(d, &item))
        add_file(s, w, &item, folder, as);
}

/* The path of the file that KEY of D names, or NULL. */
static const char *path_of(struct settings *s, const struct document *d, const char *key)
{
    struct document member;
    struct settings_words one = {0};
    if (!document_get(d, key, &member))
        return NULL;
    add_file(s, &one, &member, s->folder, AS_PATHS);
    const char *path = one.at[0];
    free(one.at);
    return path;
}

static const char *text_of(struct settings *s, const struct document *d, const char *key)
{
    struct document member;
    struct settings_words one = {0};
    if (!document_get(d, key, &member))
        return NULL;
    add_text(s, &one, &member);
    const char *text = one.at[0];
    free(one.at);
    return text;
}

/* ---- how a file is read: each key is an option of the reader ---- */

enum value { VALUE_IS_TEXT, VALUE_IS_NUMBER, VALUE_IS_FLAG };

static const struct {
    const char *key, *option, *sheet_option; /* NULL: the program has no such option */
    enum value value;
} READING[] = {
    {"sheet", NULL, "--sheet", VALUE_IS_TEXT},
    {"range", NULL, "--range", VALUE_IS_TEXT},
    {"skip", "--skip", "--skip", VALUE_IS_NUMBER},
    {"header_rows", "--header-rows", "--headers", VALUE_IS_NUMBER},
    {"encoding", "--encoding", NULL, VALUE_IS_TEXT},
    {"delimiter", "--delimiter", NULL, VALUE_IS_TEXT},
    {"ragged", "--ragged", NULL, VALUE_IS_TEXT},
    {"stop_at_blank", "--stop-at-blank", "--stop-at-blank", VALUE_IS_FLAG},
    {"drop_blank", "--blank-rows=drop", NULL, VALUE_IS_FLAG},
};

/* "--skip=2"; a number may be a word, such as "auto". */
static void add_option(struct settings *s, struct settings_words *w, const struct document *d,
                       const char *option, enum value value)
{
    struct buf text = {0};
    if (value == VALUE_IS_FLAG) {
        if (document_bool(d))
            settings_add_word(s, w, span_of(option));
        return;
    }
    if (value == VALUE_IS_NUMBER && json_is_integer(d->json))
        buf_addf(&text, "%s=%zu", option, document_size(d));
    else
        buf_addf(&text, "%s=%.*s", option, SPAN_ARGS(document_text(d)));
    settings_add_word(s, w, buf_span(&text));
    buf_free(&text);
}

static void read_part(struct settings *s, struct settings_part *part, const struct document *d)
{
    struct document member;
    if (document_get(d, "file", &member))
        add_files(s, &part->files, &member, part->folder, AS_NAMES);
    bool sheet = document_get(d, "sheet", &member) || document_get(d, "range", &member);
    if (sheet)
        part->reader = SETTINGS_SHEET;
    for (size_t i = 0; i < sizeof READING / sizeof *READING; i++) {
        if (!document_get(d, READING[i].key, &member))
            continue;
        const char *option = sheet ? READING[i].sheet_option : READING[i].option;
        if (!option)
            document_fail(&member, "is nothing for a workbook's sheet");
        add_option(s, &part->more, &member, option, READING[i].value);
    }
}

/* ---- sources ---- */

static const struct choice CLASHES[] = {
    {"error", 0}, {"suffix", 1}, {"left", 2}, {"right", 3}, {0}};

static const struct choice FORMATS[] = {{"text", 0},  {"markdown", 1}, {"html", 2},
                                        {"latex", 3}, {"xlsx", 4},     {"csv", 5},
                                        {"jsonl", 6}, {"figures", 7},  {0}};

#define PART_KEYS                                                                                  \
    "file", "sheet", "range", "skip", "header_rows", "encoding", "delimiter", "ragged",            \
        "stop_at_blank", "drop_blank"

static const struct choice MERGERS[] = {{"error", 0}, {"first", 1}, {"last", 2}, {"both", 3}, {0}};

/* {"grant": "agree"} as join takes it, which knows the rules. */
static void add_merges(struct settings *s, struct settings_words *w, const struct document *d)
{
    struct document all, member = {0};
    struct buf word = {0};
    if (!document_get(d, "merge", &all))
        return;
    document_must_be_object(&all);
    while (document_next(&all, &member)) {
        buf_clear(&word);
        buf_addf(&word, "%s=%.*s", member.key, SPAN_ARGS(document_text(&member)));
        if (strpbrk(buf_text(&word), "\r\n"))
            document_fail_freeing(&word, &member, "holds a control character");
        settings_add_word(s, w, buf_span(&word));
    }
    buf_free(&word);
}

static void read_source(struct settings *s, struct settings_source *source,
                        const struct document *d)
{
    struct document member;
    source->present = true;
    read_part(s, settings_add_part(s, source), d);
    if (document_get(d, "key", &member))
        add_texts(s, &source->keys, &member);
    source->schema = path_of(s, d, "schema");
    source->aliases = path_of(s, d, "aliases");
    source->succession = path_of(s, d, "succession");
    source->as_at = text_of(s, d, "as_at");
    if (document_get(d, "clash", &member))
        source->clash = choice_word(CLASHES, document_word(&member, CLASHES));
    add_merges(s, &source->merge, d);
    if (document_get(d, "on_merge", &member))
        source->on_merge = choice_word(MERGERS, document_word(&member, MERGERS));
    if (source->succession && !source->as_at)
        document_fail(d, "'succession' needs 'as_at', the date that counts");
}

static void read_roster(void *with, const struct document *d)
{
    struct settings *s = with;
    static const char *const keys[] = {PART_KEYS, "key",   "schema", "aliases",  "succession",
                                       "as_at",   "clash", "merge",  "on_merge", NULL};
    document_keys(d, keys);
    read_source(s, &s->roster, d);
}

/* The replies: one description, or a list of them, of which the first has what holds for all. */
static void read_replies(void *with, const struct document *d)
{
    struct settings *s = with;
    static const char *const keys[] = {PART_KEYS, "key", "schema", NULL};
    static const char *const more[] = {PART_KEYS, NULL};
    struct document item = {0};
    if (!json_is_array(d->json)) {
        document_keys(d, keys);
        read_source(s, &s->foi, d);
        return;
    }
    for (size_t i = 0; document_next(d, &item); i++) {
        document_keys(&item, i == 0 ? keys : more);
        if (i == 0)
            read_source(s, &s->foi, &item);
        else
            read_part(s, settings_add_part(s, &s->foi), &item);
    }
}

static void read_website(void *with, const struct document *d)
{
    struct settings *s = with;
    static const char *const keys[] = {PART_KEYS, "key", "schema", "field", "clash", NULL};
    document_keys(d, keys);
    read_source(s, &s->website, d);
    s->coded_field = text_of(s, d, "field");
}

static void read_lookup(void *with, const struct document *d)
{
    struct settings *s = with;
    static const char *const keys[] = {PART_KEYS, "name",       "key",   "schema",
                                       "aliases", "succession", "as_at", "clash",
                                       "merge",   "on_merge",   NULL};
    struct document name;
    document_keys(d, keys);
    document_need(d, "name", &name);
    const char *fault = settings_lookup_fault(s, document_text(&name));
    if (fault)
        document_fail(&name, "%s %s", quote(document_text(&name)), fault);
    struct settings_source *lookup = settings_add_lookup(s, document_text(&name));
    const char *kept = lookup->name;
    lookup->part_count = 0; /* described below */
    read_source(s, lookup, d);
    lookup->name = kept;
    lookup->parts[0].folder = s->folder;
}

/* ---- documents: replies as they came, pages as they were saved ---- */

static void read_documents(struct settings *s, struct settings_source *source,
                           const struct document *d)
{
    static const char *const keys[] = {"folder", "each", "ocr", "at_least", NULL};
    struct document member;
    document_keys(d, keys);
    source->present = true;
    struct settings_part *part =
        source->part_count ? &source->parts[0] : settings_add_part(s, source);
    part->reader = SETTINGS_DOCS;
    part->files.count = 0;
    document_need(d, "folder", &member);
    add_files(s, &part->files, &member, part->folder, AS_NAMES);
    if (document_get(d, "each", &member))
        add_option(s, &part->more, &member, "--each", VALUE_IS_TEXT);
    if (document_get(d, "ocr", &member))
        add_option(s, &part->more, &member, "--ocr", VALUE_IS_FLAG);
    if (document_get(d, "at_least", &member)) {
        struct buf text = {0};
        buf_addf(&text, "--at-least=%g", document_number(&member));
        settings_add_word(s, &source->extract, buf_span(&text));
        buf_free(&text);
    }
}

/* ---- stages that the study replaces ---- */

static const char *const STAGES[] = {"fromcsv",   "fromsheet", "fromdocs",    "extract",
                                     "normalise", "code",      "yes_no_code", "join",
                                     "tabulate",  "chisq",     "report"};
#define STAGE_COUNT (sizeof STAGES / sizeof *STAGES)

struct stage_reading {
    struct settings *settings;
    const char *stage;
};

static void read_stage(void *with, const struct document *d)
{
    const struct stage_reading *one = with;
    struct settings *s = one->settings;
    if (s->trust != SETTINGS_TRUSTED)
        document_fail(d, "names a program to run (--trust lets it)");
    document_must_be_list(d);
    if (document_count(d) == 0)
        document_fail(d, "names no program");
    struct settings_swap *swaps = arena_array(&s->arena, s->swap_count + 1, sizeof *swaps);
    if (s->swap_count)
        memcpy(swaps, s->swaps, s->swap_count * sizeof *swaps);
    s->swaps = swaps;
    struct settings_swap *swap = &swaps[s->swap_count++];
    swap->stage = one->stage;
    add_texts(s, &swap->command, d);
}

/* ---- the whole ---- */

static void read_letters(void *with, const struct document *d)
{
    struct settings *s = with;
    read_documents(s, &s->foi, d);
}

static void read_pages(void *with, const struct document *d)
{
    struct settings *s = with;
    read_documents(s, &s->webpages, d);
}

static void read_lookups(void *with, const struct document *d)
{
    struct document item = {0};
    while (document_next(d, &item))
        document_try(&item, read_lookup, with);
}

static void read_yes_no(void *with, const struct document *d)
{
    struct settings *s = with;
    add_texts(s, &s->yes_no, d);
}

static void read_decisions(void *with, const struct document *d)
{
    struct settings *s = with;
    add_files(s, &s->decisions, d, s->folder, AS_PATHS);
}

static void read_plans(void *with, const struct document *d)
{
    struct settings *s = with;
    add_files(s, &s->plans, d, s->folder, AS_PATHS);
}

static void read_format(void *with, const struct document *d)
{
    struct settings *s = with;
    document_word(d, FORMATS);
    add_text(s, &s->formats, d);
}

static void read_formats(void *with, const struct document *d)
{
    struct document item = {0};
    document_must_be_list(d);
    while (document_next(d, &item))
        document_try(&item, read_format, with);
}

static void read_codebook(void *with, const struct document *root)
{
    struct settings *s = with;
    s->codebook = path_of(s, root, "codebook");
}

static void read_overrides(void *with, const struct document *root)
{
    struct settings *s = with;
    s->overrides = path_of(s, root, "overrides");
}

static void read_website_plan(void *with, const struct document *root)
{
    struct settings *s = with;
    s->website_plan = path_of(s, root, "website_plan");
}

static void read_stages(void *with, const struct document *root)
{
    struct document member;
    for (size_t i = 0; i < STAGE_COUNT; i++) {
        struct stage_reading one = {with, STAGES[i]};
        if (document_get(root, STAGES[i], &member))
            document_try(&member, read_stage, &one);
    }
}

static void read_all(struct settings *s, const struct document *root)
{
    static const struct {
        const char *key;
        void (*read)(void *with, const struct document *d);
    } members[] = {{"roster", read_roster},   {"foi", read_replies},
                   {"website", read_website}, {"replies", read_letters},
                   {"webpages", read_pages},  {"lookups", read_lookups},
                   {"yes_no", read_yes_no},   {"decisions", read_decisions},
                   {"plans", read_plans},     {"formats", read_formats}};
    struct document member;
    for (size_t i = 0; i < sizeof members / sizeof *members; i++)
        if (document_get(root, members[i].key, &member))
            document_try(&member, members[i].read, s);
    document_try(root, read_codebook, s);
    document_try(root, read_overrides, s);
    document_try(root, read_website_plan, s);
    s->strict = document_bool_or(root, "strict", false);
    read_stages(s, root);
}

void settings_read_json(struct settings *s)
{
    static const char *const keys[] = {
        "roster",    "foi",      "website",     "lookups",   "replies",  "webpages",
        "yes_no",    "codebook", "overrides",   "decisions", "plans",    "website_plan",
        "formats",   "strict",   "fromcsv",     "fromsheet", "fromdocs", "extract",
        "normalise", "code",     "yes_no_code", "join",      "tabulate", "chisq",
        "report",    NULL};
    struct document root = document_load(s->file);
    document_keys(&root, keys);
    read_all(s, &root);
    document_free(&root);
}
