/* titles -- whether a report has all the tables.
 *
 * Titles and report are compared by their letters and digits alone, since reports break
 * lines and escape what is special in their form. */
#include "titles.h"

#include <ctype.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/fail.h"
#include "docs/document.h"
#include "stream/jsonl.h"

struct titles {
    struct intern seen; /* tables */
    struct span *plain; /* the title of each, in the order of the results */
    size_t count, cap;
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

static void add_title(struct titles *t, const struct record *r, struct buf *scratch)
{
    const struct value *table = record_get(r, SPAN("table")), *title = record_get(r, SPAN("title"));
    if (!table || !title || title->type != VALUE_STRING)
        return;
    size_t before = t->seen.count;
    if (intern_add(&t->seen, table->raw) < before)
        return;
    struct buf plain = {0};
    add_plain(&plain, value_text(title, scratch));
    t->plain = array_grow(t->plain, &t->cap, t->count + 1, sizeof *t->plain);
    t->plain[t->count++] = arena_copy(&t->arena, buf_span(&plain));
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
        rest = span_from(at + t->plain[i].len, rest.at + rest.len);
    }
    buf_free(&text);
    buf_free(&plain);
    return found;
}

void titles_check(struct ledger *l, const char *folder)
{
    static const char *const reports[] = {"results.txt", "results.md", "report.html"};
    struct titles t = {0};
    read_titles(&t, settings_path(&l->arena, folder, "results.jsonl"));
    for (size_t i = 0; i < sizeof reports / sizeof *reports; i++) {
        const char *path = settings_path(&l->arena, folder, reports[i]);
        if (settings_is_file(path))
            ledger_balance(l, (long long)t.count, found_in(&t, path),
                           "tables in results.jsonl = tables in %s", reports[i]);
    }
    intern_free(&t.seen);
    arena_free(&t.arena);
    free(t.plain);
}
