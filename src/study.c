/* study -- a whole study: its settings, its run and what came of it.
 *
 * `run` makes the results of a study folder by the scripts in pipelines/; `settings`, `keep`
 * and `stage` are what those scripts need beyond the programs themselves.
 * Memory: the settings and the counts; records only pass. */
#include "study/settings.h"

#include <jansson.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/fail.h"
#include "base/memory.h"
#include "base/opt.h"
#include "stream/output.h"
#include "study/check.h"
#include "study/differ.h"
#include "study/headings.h"
#include "study/keep.h"
#include "study/partner.h"
#include "study/run.h"

struct options {
    const char *script, *from, *shown, *folder, *output;
    bool rejects, trust, no_sync, strict, progress, verbose, first;
};

static const struct opt OPTIONS[] = {
    {"from", 0, "results", OPT_TEXT, offsetof(struct options, from),
     "run: begin here and take over what was made before, if nothing that it was made of has "
     "changed"},
    {"no-sync", 0, NULL, OPT_FLAG, offsetof(struct options, no_sync),
     "run: do not wait until the results are on disk"},
    {"progress", 0, NULL, OPT_FLAG, offsetof(struct options, progress),
     "run: on a terminal, draw a meter, and sum up the results at the end"},
    {"rejects", 0, NULL, OPT_FLAG, offsetof(struct options, rejects),
     "run: list bad records in OUT/rejects and go on, instead of stopping at the first"},
    {"script", 0, "FILE", OPT_TEXT, offsetof(struct options, script),
     "run, check, account: the script that starts the stages"},
    {"strict", 0, NULL, OPT_FLAG, offsetof(struct options, strict),
     "run: what the study names and no record has is an error"},
    {"trust", 0, NULL, OPT_FLAG, offsetof(struct options, trust),
     "the study may name files outside its folder, and programs to run"},
    {"first", 0, NULL, OPT_FLAG, offsetof(struct options, first),
     "stage: it is the first and reads no records"},
    {"in", 0, "FOLDER", OPT_TEXT, offsetof(struct options, folder),
     "stage: the folder to run it in"},
    {"shown", 0, "TEXT", OPT_TEXT, offsetof(struct options, shown),
     "stage: the command as the user gave it, for messages"},
    {"output", 'o', "FILE", OPT_TEXT, offsetof(struct options, output),
     "settings, check, diff: write to FILE, which appears only when complete (default: standard "
     "output)"},
    {"verbose", 'v', NULL, OPT_FLAG, offsetof(struct options, verbose),
     "say on standard error what was found and decided"},
    {0},
};

static const struct opt_program PROGRAM = {
    .name = "study",
    .args = "run STUDY [OUT [DATA]]\ncheck STUDY [DATA]\ndiff OLD NEW\naccount STUDY "
            "[DATA]\nsettings STUDY "
            "[DATA]\nkeep FILE\nlink RECORDS OTHERS\nheadings RECORDS\n"
            "stage NAME PROGRAM -- COMMAND [ARGUMENT...]",
    .about = "Runs whole studies, and serves the scripts that do.",
    .options = OPTIONS,
    .notes = "With STATS, a folder, in the environment, 'keep' and 'stage' leave there what they "
             "counted.\n"
             "\n"
             "  foi run samples/nhs-2020 results",
};

struct call {
    const struct options *o;
    char **operands;
    size_t count;
};

static void needs(const struct call *c, size_t least, size_t most, const char *usage)
{
    if (c->count < least + 1 || c->count > most + 1)
        fail(STATUS_USAGE, "usage: %s (try --help)", usage);
}

static const char *operand(const struct call *c, size_t i)
{
    return i < c->count ? c->operands[i] : NULL;
}

/* Messages come from the script that the user called. */
static void speak_as(const char *script)
{
    const char *slash = strrchr(script, '/');
    fail_program(slash ? slash + 1 : script);
}

static void do_run(const struct call *c)
{
    const struct options *o = c->o;
    if (!o->script)
        fail(STATUS_USAGE, "'run' needs '--script' (call pipelines/study.sh, or foi run)");
    speak_as(o->script);
    needs(c, 1, 3, "study.sh [OPTION...] STUDY [OUT [DATA]]");
    struct arena a = {0};
    if (o->from && strcmp(o->from, "results") != 0)
        fail(STATUS_USAGE, "option '--from' takes results, not %s (try --help)",
             quote(span_of(o->from)));
    struct run_options how = {.script = o->script,
                              .study = operand(c, 1),
                              .out = c->count > 2 ? operand(c, 2)
                                                  : settings_path(&a, operand(c, 1), "results"),
                              .out_named = c->count > 2,
                              .data = operand(c, 3),
                              .from = o->from,
                              .rejects = o->rejects,
                              .trust = o->trust,
                              .no_sync = o->no_sync,
                              .strict = o->strict,
                              .meter = o->progress && isatty(STDERR_FILENO)};
    run_study(&how);
    arena_free(&a);
}

static const char *plural(size_t count)
{
    return count == 1 ? "" : "s";
}

static void do_check(const struct call *c)
{
    const struct options *o = c->o;
    struct output out;
    size_t remarks;
    if (!o->script)
        fail(STATUS_USAGE, "'check' needs '--script' (call pipelines/check.sh, or foi check)");
    speak_as(o->script);
    needs(c, 1, 2, "check.sh [OPTION...] STUDY [DATA]");
    struct check_options how = {.script = o->script,
                                .study = operand(c, 1),
                                .data = operand(c, 2),
                                .trust = o->trust ? SETTINGS_TRUSTED : SETTINGS_FOREIGN};
    output_open(&out, o->output, OUTPUT_WHOLE);
    size_t problems = check_study(&how, &out, &remarks);
    output_close(&out);
    if (problems)
        fail(STATUS_DATA, "%zu problem%s, %zu remark%s", problems, plural(problems), remarks,
             plural(remarks));
}

static void do_account(const struct call *c)
{
    const char *work = getenv("WORK"), *stats = getenv("STATS");
    needs(c, 1, 2, "study account --script FILE STUDY [DATA]");
    if (!c->o->script || !work || !stats)
        fail(STATUS_USAGE, "'account' is for pipelines/study.sh alone (try --help)");
    speak_as(c->o->script);
    const struct run_options how = {.script = c->o->script,
                                    .study = operand(c, 1),
                                    .data = operand(c, 2),
                                    .trust = c->o->trust};
    run_account(&how, work, stats);
}

static void do_diff(const struct call *c)
{
    struct output out;
    needs(c, 2, 2, "study diff OLD NEW");
    output_open(&out, c->o->output, OUTPUT_WHOLE);
    differ_results(operand(c, 1), operand(c, 2), &out);
    output_close(&out);
}

static void do_settings(const struct call *c)
{
    struct settings s;
    struct output out;
    needs(c, 1, 2, "study settings STUDY [DATA]");
    settings_load(&s, operand(c, 1), operand(c, 2),
                  c->o->trust ? SETTINGS_TRUSTED : SETTINGS_FOREIGN);
    output_open(&out, c->o->output, OUTPUT_WHOLE);
    settings_print(&s, &out.buf);
    output_close(&out);
    settings_free(&s);
}

static void do_keep(const struct call *c)
{
    needs(c, 1, 1, "study keep FILE");
    keep_stream(operand(c, 1), getenv("STATS"));
}

static void do_link(const struct call *c)
{
    struct output out;
    needs(c, 2, 2, "study link RECORDS OTHERS");
    output_open(&out, c->o->output, OUTPUT_WHOLE);
    partner_find(operand(c, 1), operand(c, 2), &out.buf);
    output_close(&out);
}

static void do_headings(const struct call *c)
{
    struct output out;
    needs(c, 1, 1, "study headings RECORDS");
    output_open(&out, c->o->output, OUTPUT_WHOLE);
    buf_addf(&out.buf, "%zu\n", headings_count(operand(c, 1)));
    output_close(&out);
}

static void do_stage(const struct call *c)
{
    needs(c, 3, SIZE_MAX - 1, "study stage NAME PROGRAM -- COMMAND [ARGUMENT...]");
    struct swap s = {.name = operand(c, 1),
                     .program = operand(c, 2),
                     .command = c->operands + 3,
                     .shown = c->o->shown ? c->o->shown : operand(c, 3),
                     .folder = c->o->folder,
                     .stats = getenv("STATS"),
                     .reads = !c->o->first};
    fail_program(s.program);
    swap_run(&s);
}

static const struct {
    const char *name;
    void (*act)(const struct call *c);
} COMMANDS[] = {
    {"run", do_run},   {"check", do_check},       {"account", do_account},
    {"diff", do_diff}, {"settings", do_settings}, {"keep", do_keep},
    {"link", do_link}, {"stage", do_stage},       {"headings", do_headings},
};

int main(int argc, char **argv)
{
    struct options o = {0};
    json_set_alloc_funcs(memory_alloc, memory_free); /* before anything of Jansson's is made */
    int first = opt_parse(&PROGRAM, &o, NULL, NULL, argc, argv);
    struct call c = {&o, argv + first, (size_t)(argc - first)};
    const char *command = c.count > 0 ? c.operands[0] : "";
    for (size_t i = 0; i < sizeof COMMANDS / sizeof *COMMANDS; i++) {
        if (strcmp(command, COMMANDS[i].name) != 0)
            continue;
        COMMANDS[i].act(&c);
        return STATUS_OK;
    }
    fail(STATUS_USAGE,
         "%s is none of run|check|diff|account|settings|keep|link|headings|stage (try --help)",
         quote(span_of(command)));
}
