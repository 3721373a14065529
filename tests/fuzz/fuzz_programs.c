/* fuzz_programs -- every program that reads records or tables, as a whole: it ends with a status of
 * its own and words, and what it writes with status 0 is what its readers take. */
#include "apart.h"
#include "lines.h"

#define PROGRAM(name) int name##_main(int argc, char **argv);
PROGRAM(fromcsv)
PROGRAM(normalise)
PROGRAM(code)
PROGRAM(join)
PROGRAM(tabulate)
PROGRAM(chisq)
PROGRAM(report)
PROGRAM(tocsv)
PROGRAM(deadline)
PROGRAM(cluster)
PROGRAM(match)
PROGRAM(codebook)
PROGRAM(kappa)
PROGRAM(describe)
PROGRAM(extract)
PROGRAM(review)
PROGRAM(sample)

enum writes { RECORDS, TEXT, BYTES };

/* @ is a file: what stands in the input behind the first line "--". */
static const struct row {
    int (*run)(int, char **);
    enum writes writes;
    const char *ending, *argv[12];
} ROWS[] = {
    {fromcsv_main, RECORDS, "csv", {"fromcsv"}},
    {fromcsv_main,
     RECORDS,
     "csv",
     {"fromcsv", "--mixed", "--origin", "--ragged=fill", "--skip=auto"}},
    {normalise_main, RECORDS, "schema.json", {"normalise", "-s", "@", "--invalid=null"}},
    {code_main, RECORDS, "csv", {"code", "-c", "@", "--explain", "--status"}},
    {join_main, RECORDS, "jsonl", {"join", "--on=a", "--validate=m:m", "--each=lists", "@"}},
    {join_main, RECORDS, "jsonl", {"join", "--on=a", "--kind=full", "--key-as=organisation", "@"}},
    {tabulate_main, RECORDS, "plan.json", {"tabulate", "-p", "@"}},
    {tabulate_main, RECORDS, "json", {"tabulate", "--field=a", "--by=b"}},
    {chisq_main, RECORDS, "json", {"chisq", "--pass", "--trend", "--pairwise", "--letters"}},
    {chisq_main, RECORDS, "json", {"chisq", "--field=a", "--by=b", "--exact=always"}},
    {report_main, TEXT, "json", {"report", "--names", "--intervals"}},
    {report_main, TEXT, "json", {"report", "-f", "markdown"}},
    {report_main, TEXT, "json", {"report", "-f", "html"}},
    {report_main, TEXT, "json", {"report", "-f", "latex"}},
    {tocsv_main, BYTES, "json", {"tocsv", "--reasons"}},
    {deadline_main, RECORDS, "json", {"deadline", "--from=a", "--to=b"}},
    {cluster_main, RECORDS, "json", {"cluster", "--field=a", "--key=phonetic"}},
    {match_main, RECORDS, "jsonl", {"match", "--field=a", "@"}},
    {codebook_main, BYTES, "csv", {"codebook", "convert", "--to=qdc", "@"}},
    {codebook_main, BYTES, "json", {"codebook", "convert", "--to=csv", "@"}},
    {codebook_main, BYTES, "json", {"codebook", "check", "@"}},
    {kappa_main, RECORDS, "jsonl", {"kappa", "--by=k", "--field=a", "-", "@"}},
    {describe_main, TEXT, "json", {"describe"}},
    {describe_main, BYTES, "json", {"describe", "--schema"}},
    {extract_main, RECORDS, "json", {"extract", "-s", "@"}},
    {review_main, TEXT, "json", {"review", "--key=a"}},
    {sample_main, RECORDS, "json", {"sample", "-n", "3"}},
};

static void check_text(struct span text)
{
    FUZZ_CHECK(utf8_valid(text, NULL));
    for (size_t i = 0; i < text.len; i++)
        FUZZ_CHECK((unsigned char)text.at[i] >= 0x20 || text.at[i] == '\n' || text.at[i] == '\t');
}

/* What stands before the line "--"; *FILE is what stands behind it. */
static struct span cut(struct span input, struct span *file)
{
    const char *mark = memmem(input.at, input.len, "\n--\n", 4);
    *file = mark ? span_from(mark + 4, input.at + input.len) : SPAN("");
    return mark ? span_from(input.at, mark + 1) : input;
}

static void try_input(struct span input)
{
    if (input.len == 0)
        return;
    const struct row *row = &ROWS[(unsigned char)input.at[0] % (sizeof ROWS / sizeof *ROWS)];
    struct span file;
    struct span stream = cut((struct span){input.at + 1, input.len - 1}, &file);
    char *argv[13] = {0};
    const char *name = fuzz_name(file, row->ending);
    for (size_t i = 0; i < 12 && row->argv[i]; i++)
        argv[i] = (char *)(uintptr_t)(*row->argv[i] == '@' ? name : row->argv[i]);
    struct apart a = {0};
    apart_run(&a, row->run, argv, stream);
    if (a.status == 0 && row->writes == RECORDS)
        lines_check(buf_span(&a.out));
    else if (a.status == 0 && row->writes == TEXT)
        check_text(buf_span(&a.out));
    unlink(name);
    apart_free(&a);
}
