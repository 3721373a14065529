/* titles -- whether a report has all the tables, and its last one whole.
 *
 * Titles and report are compared by their letters and digits alone, since reports break
 * lines and escape what is special in their form. Of the last table each row must be there: the
 * first word of its label, behind the table's title. */
#include "titles.h"

#include <ctype.h>
#include <stdint.h>
#include <stdlib.h>

#include "docs/document.h"
#include "stream/jsonl.h"

struct titles {
    struct intern seen; /* tables */
    struct span *plain; /* the title of each, in the order of the results */
    size_t count, cap;
    struct span *words; /* the same as words */
    size_t words_cap;
    struct intern rows; /* of the last table: " WORD " for each label */
    struct arena arena;
};

/* Entities of HTML stand for one character each that is no letter. */
static size_t entity(struct span text)
{
    size_t len = 1;
    while (len < text.len && len < 10 &&
           (isalnum((unsigned char)text.at[len]) || text.at[len] == '#'))
        len++;
    return len < text.len && text.at[len] == ';' ? len + 1 : 1;
}

static void add_plain(struct buf *b, struct span text)
{
    for (size_t i = 0; i < text.len;) {
        unsigned char c = (unsigned char)text.at[i];
        if (isalnum(c) || c >= 0x80)
            buf_addc(b, (char)tolower(c));
        i += c == '&' ? entity((struct span){text.at + i, text.len - i}) : 1;
    }
}

/* Words of letters and digits between single blanks, one at each end too. */
static void add_words(struct buf *b, struct span text)
{
    buf_addc(b, ' ');
    for (size_t i = 0; i < text.len;) {
        unsigned char c = (unsigned char)text.at[i];
        if (isalnum(c) || c >= 0x80)
            buf_addc(b, (char)tolower(c));
        else if (b->at[b->len - 1] != ' ')
            buf_addc(b, ' ');
        i += c == '&' ? entity((struct span){text.at + i, text.len - i}) : 1;
    }
    if (b->at[b->len - 1] != ' ')
        buf_addc(b, ' ');
}

/* A row that stands in the table by a label or a text. */
static void add_row(struct titles *t, const struct record *r, struct buf *scratch)
{
    const struct value *kind = record_get(r, SPAN("kind")), *label = record_get(r, SPAN("label"));
    const struct value *shown = label ? label : record_get(r, SPAN("value"));
    if (!kind || !span_eq(kind->raw, SPAN("\"cell\"")) || !shown || shown->type != VALUE_STRING)
        return;
    struct buf words = {0};
    add_words(&words, value_text(shown, scratch));
    struct span all = buf_span(&words);
    const char *end = all.len > 1 ? memchr(all.at + 1, ' ', all.len - 1) : NULL;
    if (end)
        intern_add(&t->rows, span_from(all.at, end + 1));
    buf_free(&words);
}

static void add_title(struct titles *t, const struct record *r, struct buf *scratch)
{
    const struct value *table = record_get(r, SPAN("table")), *title = record_get(r, SPAN("title"));
    if (!table || !title || title->type != VALUE_STRING)
        return;
    size_t before = t->seen.count, at = intern_add(&t->seen, table->raw);
    if (at == before)
        intern_free(&t->rows);
    if (at + 1 == t->seen.count)
        add_row(t, r, scratch);
    if (at < before)
        return;
    struct buf plain = {0};
    add_plain(&plain, value_text(title, scratch));
    t->plain = array_grow(t->plain, &t->cap, t->count + 1, sizeof *t->plain);
    t->words = array_grow(t->words, &t->words_cap, t->count + 1, sizeof *t->words);
    t->plain[t->count] = arena_copy(&t->arena, buf_span(&plain));
    buf_clear(&plain);
    add_words(&plain, value_text(title, scratch));
    t->words[t->count++] = arena_copy(&t->arena, buf_span(&plain));
    buf_free(&plain);
}

static void read_titles(struct titles *t, const char *path)
{
    char *files[] = {(char *)(uintptr_t)path};
    struct jsonl in;
    struct record r;
    struct buf scratch = {0};
    jsonl_open(&in, files, 1, 0);
    while (jsonl_next(&in, &r) == JSONL_RECORD)
        add_title(t, &r, &scratch);
    jsonl_close(&in);
    buf_free(&scratch);
}

/* How many of them stand in the report one behind the other. */
static long long found_in(const struct titles *t, const char *path)
{
    struct buf text = {0}, plain = {0};
    document_read(&text, path);
    add_plain(&plain, buf_span(&text));
    struct span rest = buf_span(&plain);
    long long found = 0;
    for (size_t i = 0; i < t->count && rest.len > 0; i++) {
        const char *at = memmem(rest.at, rest.len, t->plain[i].at, t->plain[i].len);
        if (!at)
            continue;
        found++;
        rest = span_from(at + t->plain[i].len, span_end(rest));
    }
    buf_free(&text);
    buf_free(&plain);
    return found;
}

/* What stands behind the titles, each looked for behind the one before. */
static struct span behind_titles(struct span text, const struct titles *t)
{
    for (size_t i = 0; i < t->count; i++) {
        const char *at = memmem(text.at, text.len, t->words[i].at, t->words[i].len);
        if (at)
            text = span_from(at + t->words[i].len - 1, span_end(text)); /* with its last blank */
    }
    return text;
}

/* How many rows of the last table stand in the report. */
static long long rows_in(const struct titles *t, const char *path)
{
    struct buf text = {0}, words = {0};
    long long found = 0;
    document_read(&text, path);
    add_words(&words, buf_span(&text));
    struct span rest = behind_titles(buf_span(&words), t);
    for (size_t i = 0; i < t->rows.count; i++) {
        struct span word = t->rows.keys[i];
        found += memmem(rest.at, rest.len, word.at, word.len) != NULL;
    }
    buf_free(&text);
    buf_free(&words);
    return found;
}

/* Whether a page comes to its end; a report of the user's own may be no page. */
static bool is_whole_page(const char *path)
{
    struct buf text = {0};
    document_read(&text, path);
    bool whole = !memmem(text.at, text.len, "<html", 5) || memmem(text.at, text.len, "</html>", 7);
    buf_free(&text);
    return whole;
}

static void check_end(struct ledger *l, const struct titles *t, const char *name, const char *path)
{
    if (strcmp(name, "report.html") == 0)
        ledger_balance(l, 1, is_whole_page(path), "ends of a page = those of %s", name);
    else if (t->rows.count > 0)
        ledger_balance(l, (long long)t->rows.count, rows_in(t, path),
                       "rows of the last table in results.jsonl = rows in %s", name);
}

void titles_check(struct ledger *l, const char *folder)
{
    static const char *const reports[] = {"results.txt", "results.md", "report.html"};
    struct titles t = {0};
    read_titles(&t, settings_path(&l->arena, folder, "results.jsonl"));
    for (size_t i = 0; i < sizeof reports / sizeof *reports; i++) {
        const char *path = settings_path(&l->arena, folder, reports[i]);
        if (!settings_is_file(path))
            continue;
        ledger_balance(l, (long long)t.count, found_in(&t, path),
                       "tables in results.jsonl = tables in %s", reports[i]);
        check_end(l, &t, reports[i], path);
    }
    intern_free(&t.rows);
    intern_free(&t.seen);
    arena_free(&t.arena);
    free(t.plain);
    free(t.words);
}
