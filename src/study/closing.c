/* closing -- the lines at the end of a run. */
#include "closing.h"

#include <stdio.h>

static void add_part(struct buf *b, long long count, const char *what, const char *out,
                     const char *file)
{
    if (count <= 0)
        return;
    buf_addf(b, "%s%lld %s (foi tocsv %s/%s)", b->len ? ", " : "", count, what, out, file);
}

static void tell_records(const struct ledger *l, const struct settings *s)
{
    long long replies = ledger_records(l, "foi.jsonl"), out = ledger_records(l, "merged.jsonl");
    fprintf(stderr, "%lld replies in, %lld %s out, %lld lines of results\n", replies, out,
            s->roster.present ? "bodies" : "records", ledger_records(l, "results.jsonl"));
}

static void tell_attention(const struct ledger *l, const char *out)
{
    struct ledger_attention a = ledger_attention(l);
    struct buf b = {0};
    long long yes_no = ledger_count(l, "foi-yes-no", "uncoded");
    long long unread = ledger_count(l, "foi-fromdocs", "unread");
    yes_no = yes_no > 0 ? yes_no : 0;
    add_part(&b, a.uncoded - yes_no, "uncoded", out, "uncoded.jsonl");
    add_part(&b, yes_no, "neither yes nor no", out, "uncoded_yes_no.jsonl");
    add_part(&b, a.flagged, "flagged", out, "flags_foi.jsonl");
    add_part(&b, a.unplaced, "unplaced", out, "unplaced_foi.jsonl");
    if (unread > 0)
        buf_addf(&b, "%s%lld documents not read (foi fromdocs -v names them)", b.len ? ", " : "",
                 unread);
    if (a.unmatched > 0)
        buf_addf(&b, "%s%lld unmatched (ls %s/unmatched_*)", b.len ? ", " : "", a.unmatched, out);
    if (a.rejected > 0)
        buf_addf(&b, "%s%lld rejected (ls %s/rejects)", b.len ? ", " : "", a.rejected, out);
    fprintf(stderr, "needs a person: %s\n", b.len ? buf_text(&b) : "nothing");
    buf_free(&b);
}

void closing_tell(const struct ledger *l, const struct settings *s, const char *out)
{
    static const char *const reports[] = {"report.html", "results.txt", "results.md"};
    struct arena a = {0};
    tell_records(l, s);
    tell_attention(l, out);
    for (size_t i = 0; i < sizeof reports / sizeof *reports; i++) {
        const char *path = settings_path(&a, out, reports[i]);
        if (!settings_is_file(path))
            continue;
        fprintf(stderr, "the report: %s\n", path);
        break;
    }
    arena_free(&a);
}
