/* settings_json -- study.json: all that a study can say about itself.
 *
 * Its JSON Schema is samples/study.schema.json; docs/studies.md tells what each key is for. */
#include <stdlib.h>
#include <string.h>

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
        document_fail(d, "%.*s %s", SPAN_ARGS(name), fault);
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
    if (source->succession && !source->as_at)
        document_fail(d, "'succession' needs 'as_at', the date that counts");
}

static void read_roster(struct settings *s, const struct document *d)
{
    static const char *const keys[] = {PART_KEYS,    "key",   "schema", "aliases",
                                       "succession", "as_at", "clash",  NULL};
    document_keys(d, keys);
    read_source(s, &s->roster, d);
}

/* The replies: one description, or a list of them, of which the first has what holds for all. */
static void read_replies(struct settings *s, const struct document *d)
{
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

static void read_website(struct settings *s, const struct document *d)
{
    static const char *const keys[] = {PART_KEYS, "key", "schema", "field", "clash", NULL};
    document_keys(d, keys);
    read_source(s, &s->website, d);
    s->coded_field = text_of(s, d, "field");
}

static void read_lookup(struct settings *s, const struct document *d)
{
    static const char *const keys[] = {PART_KEYS,    "name",  "key",   "schema", "aliases",
                                       "succession", "as_at", "clash", NULL};
    struct document name;
    document_keys(d, keys);
    document_need(d, "name", &name);
    const char *fault = settings_name_fault(s, s->folder, document_text(&name));
    if (fault)
        document_fail(&name, "%.*s %s", SPAN_ARGS(document_text(&name)), fault);
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

static void read_stage(struct settings *s, const char *stage, const struct document *d)
{
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
    swap->stage = stage;
    add_texts(s, &swap->command, d);
}

/* ---- the whole ---- */

static void read_lists(struct settings *s, const struct document *d)
{
    struct document member, item = {0};
    if (document_get(d, "lookups", &member))
        while (document_next(&member, &item))
            read_lookup(s, &item);
    if (document_get(d, "yes_no", &member))
        add_texts(s, &s->yes_no, &member);
    if (document_get(d, "decisions", &member))
        add_files(s, &s->decisions, &member, s->folder, AS_PATHS);
    if (document_get(d, "plans", &member))
        add_files(s, &s->plans, &member, s->folder, AS_PATHS);
    if (!document_get(d, "formats", &member))
        return;
    document_must_be_list(&member);
    for (item = (struct document){0}; document_next(&member, &item);) {
        document_word(&item, FORMATS);
        add_text(s, &s->formats, &item);
    }
}

void settings_read_json(struct settings *s)
{
    static const char *const keys[] = {
        "roster",    "foi",      "website",     "lookups",   "replies",  "webpages",
        "yes_no",    "codebook", "overrides",   "decisions", "plans",    "website_plan",
        "formats",   "strict",   "fromcsv",     "fromsheet", "fromdocs", "extract",
        "normalise", "code",     "yes_no_code", "join",      "tabulate", "chisq",
        "report",    NULL};
    struct document root = document_load(s->file), member;
    document_keys(&root, keys);
    if (document_get(&root, "roster", &member))
        read_roster(s, &member);
    if (document_get(&root, "foi", &member))
        read_replies(s, &member);
    if (document_get(&root, "website", &member))
        read_website(s, &member);
    if (document_get(&root, "replies", &member))
        read_documents(s, &s->foi, &member);
    if (document_get(&root, "webpages", &member))
        read_documents(s, &s->webpages, &member);
    read_lists(s, &root);
    s->codebook = path_of(s, &root, "codebook");
    s->overrides = path_of(s, &root, "overrides");
    s->website_plan = path_of(s, &root, "website_plan");
    s->strict = document_bool_or(&root, "strict", false);
    for (size_t i = 0; i < STAGE_COUNT; i++)
        if (document_get(&root, STAGES[i], &member))
            read_stage(s, STAGES[i], &member);
    document_free(&root);
}
