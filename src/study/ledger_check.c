/* ledger_check -- the counts of a study that have to agree. */
#include <string.h>

#include "base/fail.h"
#include "check_decisions.h"
#include "files.h"
#include "ledger.h"
#include "titles.h"
#include "tree.h"

static bool ran(const struct ledger *l, const char *stage)
{
    return json_object_get(l->stages, stage) != NULL;
}

static bool is_swapped(const struct ledger *l, const char *stage)
{
    return json_is_true(json_object_get(json_object_get(l->stages, stage), "swapped"));
}

/* Every record read was written or rejected, where a stage maps record to record. */
static void check_mapped(struct ledger *l, const char *stage)
{
    long long rejected = ledger_count(l, stage, "rejected"); /* a swapped stage has none */
    ledger_balance(l, ledger_count(l, stage, "read"),
                   ledger_count(l, stage, "written") + (rejected > 0 ? rejected : 0),
                   "%s: read = written + rejected", stage);
}

/* Every row of people's decisions that is the stage's own changed or confirmed something, or it is
 * told why it did not; the others are other stages' rows. */
static void check_decided(struct ledger *l, const char *stage)
{
    if (!ran(l, stage) || is_swapped(l, stage) || ledger_count(l, stage, "decisions") <= 0)
        return;
    ledger_balance(l, ledger_count(l, stage, "decisions"),
                   ledger_count(l, stage, "decisions_changed") +
                       ledger_count(l, stage, "decisions_confirmed") +
                       ledger_count(l, stage, "decisions_overruled") +
                       ledger_count(l, stage, "decisions_not_used"),
                   "%s: decisions = changed + confirmed + overruled + not used", stage);
}

/* A row about a cell is one source's; N rows that no source had are told. */
static void tell_homeless(const struct ledger *l)
{
    const char *stage;
    json_t *counts;
    long long rows = 0, taken = 0;
    json_object_foreach(l->stages, stage, counts)
    {
        long long elsewhere = ledger_count(l, stage, "decisions_elsewhere");
        long long own = ledger_count(l, stage, "decisions");
        if (elsewhere < 0 || own < 0 || !strstr(stage, "-normalise"))
            continue;
        rows = own + elsewhere > rows ? own + elsewhere : rows;
        taken += own;
    }
    if (rows > taken)
        warn("decisions about cells that no source has (a file or a field of another name): %lld",
             rows - taken);
}

/* What one stage wrote the next one read. */
static void check_next(struct ledger *l, const char *stage, const char *before, long long written)
{
    ledger_balance(l, ledger_count(l, stage, "read"), written, "%s: read = %s: written", stage,
                   before);
}

static void check_kept(struct ledger *l, const char *file, const char *stage, long long written)
{
    ledger_balance(l, written, ledger_records(l, file), "%s: written = records in %s", stage, file);
}

/* ---- a source ---- */

/* Rows of a spreadsheet: those that are dropped by an option are counted beside the rejected. */
static void check_rows(struct ledger *l, const char *stage)
{
    if (!is_swapped(l, stage))
        check_mapped(l, stage);
}

/* Every file of a folder of documents was read, unless some are of a kind that is passed over. */
static void check_files(struct ledger *l, const struct settings_part *part, const char *stage)
{
    long long files = 0;
    if (ledger_count(l, stage, "passed_over") > 0 || is_swapped(l, stage))
        return;
    for (size_t i = 0; i < part->files.count; i++)
        files += tree_count(settings_path(&l->arena, part->folder, part->files.at[i]));
    ledger_balance(l, ledger_count(l, stage, "files"), files, "%s: files = files in %s", stage,
                   part->files.at[0]);
}

/* Documents that could not be read are records, too, each with its reason. */
static void check_unread(struct ledger *l, const char *docs)
{
    long long unread = ledger_count(l, docs, "unread"), reasons = 0;
    const char *word;
    json_t *count;
    if (unread <= 0 || is_swapped(l, docs))
        return;
    json_object_foreach(json_object_get(json_object_get(l->stages, docs), "reasons"), word, count)
        reasons += json_integer_value(count);
    ledger_balance(l, unread, reasons, "%s: documents not read = their reasons", docs);
}

/* Every reply whose documents were read is one whose answers were looked for. */
static void check_replies(struct ledger *l, const char *docs, const char *extract)
{
    long long rejected = ledger_count(l, extract, "rejected");
    if (ran(l, extract) && !is_swapped(l, extract) && !is_swapped(l, docs))
        ledger_balance(l, ledger_count(l, docs, "replies"),
                       ledger_count(l, extract, "written") + (rejected > 0 ? rejected : 0),
                       "%s: replies = %s: written + rejected", docs, extract);
}

static long long read_parts(struct ledger *l, const struct settings_source *source)
{
    long long sum = 0;
    for (size_t i = 0; i < source->part_count; i++) {
        const struct settings_part *part = &source->parts[i];
        const char *stage = ledger_stage(l, part->name, settings_reader_name(part->reader));
        if (!ran(l, stage))
            fail(STATUS_DATA, "the ledger does not add up: %s left no counts", stage);
        if (part->reader != SETTINGS_DOCS) {
            check_rows(l, stage);
        } else {
            check_files(l, part, stage);
            check_unread(l, stage);
            check_replies(l, stage, ledger_stage(l, source->name, "extract"));
        }
        sum += ledger_count(l, stage, "written");
    }
    return sum;
}

/* One stage of a chain, if it ran; STAGE and WRITTEN are those of the one before. */
static void check_link(struct ledger *l, const char *next, const char **stage, long long *written)
{
    if (!ran(l, next))
        return;
    check_next(l, next, *stage, *written);
    *stage = next;
    *written = ledger_count(l, next, "written");
}

static void check_source(struct ledger *l, const struct settings_source *source)
{
    static const char *const chain[] = {"normalise", "yes-no", "code"};
    const struct settings_part *first = &source->parts[0];
    long long written = read_parts(l, source);
    const char *stage = source->part_count == 1
                            ? ledger_stage(l, first->name, settings_reader_name(first->reader))
                            : source->name;
    check_link(l, ledger_stage(l, source->name, "extract"), &stage, &written);
    for (size_t i = 0; i < sizeof chain / sizeof *chain; i++) {
        const char *next = ledger_stage(l, source->name, chain[i]);
        if (ran(l, next))
            check_mapped(l, next);
        check_link(l, next, &stage, &written);
    }
    const char *file = ledger_file(l, source->name);
    check_kept(l, file, stage, written);
    if (written == 0)
        fail(STATUS_DATA, "%s: no records in %s", stage, first->files.at[0]);
}

/* ---- what is merged ---- */

static void check_merge(struct ledger *l, const struct settings *s)
{
    long long before = ledger_records(l, "foi.jsonl");
    const char *stage = "foi.jsonl";
    if (s->roster.present) {
        long long right = ledger_count(l, "merge-foi", "right_read");
        ledger_balance(l, ledger_count(l, "merge-foi", "read"), before,
                       "merge-foi: read = records in foi.jsonl");
        if (right != LEDGER_NONE)
            ledger_balance(l, right, ledger_records(l, "roster.jsonl"),
                           "merge-foi: right_read = records in roster.jsonl");
        stage = "merge-foi";
        before = ledger_count(l, stage, "written");
    }
    if (s->website.present)
        check_link(l, "merge-website", &stage, &before);
    for (size_t i = 0; i < s->lookup_count; i++)
        check_link(l, ledger_lookup_stage(l, i), &stage, &before);
    check_kept(l, "merged.jsonl", stage, before);
    ledger_balance(l, ledger_records(l, "merged.jsonl"),
                   ledger_records(l, s->roster.present ? "roster.jsonl" : "foi.jsonl"),
                   s->roster.present ? "merged records = bodies on the roster"
                                     : "merged records = replies");
}

/* Rows of a lookup that nothing needed may be spelt otherwise than what needed them. */
static void tell_unmatched(struct ledger *l, const struct settings *s, const char *out)
{
    for (size_t i = 0; i < s->lookup_count; i++) {
        const char *stage = ledger_lookup_stage(l, i), *name = files_base(s->lookups[i].name);
        long long rows = ledger_count(l, stage, "right_unmatched");
        if (rows > 0)
            warn("%s: %lld of %lld rows matched nothing (see %s/unmatched_%s.jsonl)", name, rows,
                 ledger_count(l, stage, "right_read"), out, name);
        if (rows > 0 && s->strict)
            fail(STATUS_DATA, "rows without a use, which --strict does not allow");
    }
}

/* ---- the results ---- */

/* A stage of the user's own may leave fields out; else the plan is wrong. */
static bool any_swapped(const struct ledger *l)
{
    const char *stage;
    json_t *counts;
    json_object_foreach(l->stages, stage, counts)
    {
        if (is_swapped(l, stage))
            return true;
    }
    return false;
}

/* A plan that names a field which no record has: its table would be one of nothing. */
static long long check_plan(struct ledger *l, const char *plan, const char *file)
{
    const char *name = ledger_plan_name(l, plan);
    const char *tabulate = ledger_stage(l, name, "tabulate"),
               *chisq = ledger_stage(l, name, "chisq");
    ledger_balance(l, ledger_count(l, tabulate, "read"), ledger_records(l, file),
                   strcmp(file, "merged.jsonl") == 0 ? "%s: read = merged records"
                                                     : "%s: read = website records",
                   tabulate);
    if (ledger_count(l, tabulate, "fields_not_found") > 0 && !any_swapped(l))
        fail(STATUS_DATA, "%s: names fields that no record has", plan);
    long long cells = ledger_count(l, tabulate, "written"),
              written = ledger_count(l, chisq, "written");
    check_next(l, chisq, tabulate, cells);
    if (is_swapped(l, chisq)) /* one of the project's own passes all on */
        ledger_balance(l, cells, written < cells ? written : cells,
                       "%s: cells given = cells passed on", chisq);
    return written;
}

static void check_results(struct ledger *l, const struct settings *s)
{
    long long written = 0;
    for (size_t i = 0; i < s->plans.count; i++)
        written += check_plan(l, s->plans.at[i], "merged.jsonl");
    if (s->website.present && s->website_plan)
        written += check_plan(l, s->website_plan, "website.jsonl");
    check_kept(l, "results.jsonl", "chisq", written);
}

static void check_reports(struct ledger *l, const char *folder)
{
    const char *stage;
    json_t *counts;
    json_object_foreach(l->stages, stage, counts)
    {
        if (strncmp(stage, "report-", 7) == 0)
            ledger_balance(l, ledger_count(l, stage, "read"), ledger_records(l, "results.jsonl"),
                           "%s: read = records in results.jsonl", stage);
    }
    titles_check(l, folder);
}

void ledger_check(struct ledger *l, const struct settings *s, const char *folder, const char *out)
{
    const struct settings_source *source;
    for (size_t i = 0; (source = settings_source(s, i)); i++)
        check_source(l, source);
    const char *stage;
    json_t *counts;
    json_object_foreach(l->stages, stage, counts)
    {
        check_decided(l, stage);
    }
    check_merge(l, s);
    check_results(l, s);
    if (!out)
        return; /* the reports are still being written */
    tell_unmatched(l, s, out);
    tell_homeless(l);
    decisions_tell_untaken(s);
    check_reports(l, folder);
}

void ledger_compare(const struct ledger *l, const json_t *old)
{
    const char *stage;
    json_t *counts;
    json_object_foreach(json_object_get(old, "stages"), stage, counts)
    {
        const json_t *before = json_object_get(counts, "written");
        if (ran(l, stage) && json_integer_value(before) > 0 &&
            ledger_count(l, stage, "written") == 0)
            fail(STATUS_DATA, "%s: wrote nothing, where the last run's wrote %lld records", stage,
                 (long long)json_integer_value(before));
    }
}

/* ---- what people are to look at ---- */

static void add(long long *sum, long long count)
{
    *sum += count > 0 ? count : 0;
}

struct ledger_attention ledger_attention(const struct ledger *l)
{
    struct ledger_attention a = {0};
    const char *stage;
    json_t *counts;
    json_object_foreach(l->stages, stage, counts)
    {
        add(&a.uncoded, json_integer_value(json_object_get(counts, "uncoded")));
        add(&a.flagged, json_integer_value(json_object_get(counts, "flags")));
        add(&a.rejected, json_integer_value(json_object_get(counts, "rejected")));
        add(&a.unplaced, json_integer_value(json_object_get(counts, "unplaced")));
        if (strncmp(stage, "merge-lookup", 12) == 0 || strcmp(stage, "merge-website") == 0)
            add(&a.unmatched, json_integer_value(json_object_get(counts, "left_keys_unmatched")));
        if (strncmp(stage, "merge-lookup", 12) == 0)
            add(&a.unmatched, json_integer_value(json_object_get(counts, "right_unmatched")));
    }
    return a;
}
