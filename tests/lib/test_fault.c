/* Readers hand back what is wrong with a file, and the process goes on. */
#include "base/fault.h"
#include "calendar/holidays.h"
#include "check.h"
#include "codebook/codebook.h"
#include "join/aliases.h"
#include "join/succession.h"
#include "schema/schema.h"
#include "tables/plan.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static char path[40];

static const char *file_of(const char *ending, const char *text)
{
    snprintf(path, sizeof path, "/tmp/fault-XXXXXX%s", ending);
    int fd = mkstemps(path, (int)strlen(ending));
    if (fd < 0 || write(fd, text, strlen(text)) != (ssize_t)strlen(text) || close(fd) != 0)
        abort();
    return path;
}

/* The fault of a reader that gave GOOD, as a message behind the file's name. */
static void check_fault(bool good, struct fault *fault, const char *expected, const char *name)
{
    struct buf text = {0};
    CHECK(!good, "the file is refused");
    fault_add(&text, fault);
    struct span behind = {text.at + strlen(path), text.len - strlen(path)};
    check_text(behind, span_of(expected), name, __FILE__, __LINE__);
    fault_free(fault);
    buf_free(&text);
    unlink(path);
}

static void test_plan(void)
{
    struct plan p;
    struct fault f;
    bool good =
        plan_load(&p, file_of(".json", "{\"tables\":[{\"field\":\"a\"},{\"field\":1}]}"), &f);
    CHECK(!good && f.place && strcmp(f.place, "tables[1].field") == 0, "the place is a path");
    CHECK(!good && strcmp(f.words, "expected a string, not a number") == 0,
          "the words stand alone");
    check_fault(good, &f, ": tables[1].field: expected a string, not a number", "a plan's fault");
    plan_free(&p);
    good = plan_load(&p, file_of(".json", "{\"tables\":[{\"field\":\"a\",\"interval\":\"wald\"}]}"),
                     &f);
    CHECK(!good && strstr(f.words, "'wald' is none of wilson|"), "words that came from a buffer");
    fault_free(&f);
    plan_free(&p);
    unlink(path);
    CHECK(plan_load(&p, file_of(".json", "{\"tables\":[{\"field\":\"a\"}]}"), &f) && p.count == 1,
          "a good plan after a bad one");
    plan_free(&p);
    unlink(path);
}

static void test_codebook(void)
{
    struct codebook b;
    struct fault f;
    bool good = codebook_load(&b, file_of(".csv", "code,term,match\na,b,\n,c,\n"), &f);
    check_fault(good, &f, ":3: no code", "a codebook's fault has the line");
    codebook_free(&b);
    good = codebook_load(&b, file_of(".csv", "code,term,colour\na,b,\n"), &f);
    check_fault(good, &f, ": unknown column 'colour'", "a fault of the file as such");
    codebook_free(&b);
    good = codebook_load(&b, file_of(".json", "{\"fields\":[{\"codes\":[{\"code\":1}]}]}"), &f);
    check_fault(good, &f, ": fields[0].codes[0].code: expected a string, not a number",
                "a codebook in JSON");
    codebook_free(&b);
}

/* What was collected, a line a fault, without the file's name. */
static void check_collected(struct fault_list *faults, const char *expected, const char *name)
{
    struct buf text = {0}, all = {0};
    for (size_t i = 0; i < faults->count; i++) {
        buf_clear(&text);
        fault_add(&text, &faults->at[i]);
        buf_addf(&all, "%.*s\n", (int)(text.len - strlen(path)), text.at + strlen(path));
    }
    check_text(buf_span(&all), span_of(expected), name, __FILE__, __LINE__);
    buf_free(&text);
    buf_free(&all);
    fault_list_free(faults);
    unlink(path);
}

static void test_several(void)
{
    struct plan p;
    struct codebook b;
    struct fault f = {0};
    struct fault_list all = {0};
    fault_collect(&all);
    CHECK(plan_load(&p,
                    file_of(".json", "{\"titel\":1,\"tables\":[{\"field\":\"a\",\"top\":0,"
                                     "\"interval\":\"x\"},\"a by\",{\"fields\":1}]}"),
                    &f),
          "reading goes on");
    plan_free(&p);
    check_collected(&all,
                    ": unknown key 'titel' (did you mean 'title'?)\n"
                    ": tables[0].top: expected at least 1\n"
                    ": tables[0].interval: 'x' is none of "
                    "wilson|clopper-pearson|agresti-coull|jeffreys|none\n"
                    ": tables[1]: expected 'FIELD' or 'FIELD by OTHER'\n"
                    ": tables[2]: unknown key 'fields' (did you mean 'field'?)\n"
                    ": tables[2]: 'field' is missing\n",
                    "six faults of a plan");
    CHECK(codebook_load(&b, file_of(".csv", "code,term,match\na,b,\n,c,\nd,e,f\n"), &f),
          "rows behind a bad one");
    CHECK(b.count == 1 && b.fields[0].code_count == 2, "are read");
    codebook_free(&b);
    check_collected(&all,
                    ":3: no code\n"
                    ":4: 'match' is 'f', none of words|exact|wildcard|regex|cue|setting\n",
                    "two faults of a codebook");
    CHECK(!plan_load(&p, file_of(".json", "{\"tables\":["), &f) && all.count == 0,
          "what ends the reading is handed back");
    fault_free(&f);
    plan_free(&p);
    unlink(path);
    fault_collect(NULL);
}

static void test_pairs(void)
{
    struct aliases a;
    struct fault f;
    bool good = aliases_load(&a, file_of(".csv", "left,right,accept\na,b,yes\na,c,yes\n"), &f);
    check_fault(good, &f, ":3: 'a' is accepted for 'c', and for 'b' at line 2", "pairs that clash");
    aliases_free(&a);
    good = aliases_load(&a, file_of(".jsonl", "{\"left\":\"a\"\n"), &f);
    check_fault(good, &f, ":1:12: the line ends inside the object", "a broken record");
    aliases_free(&a);
}

static void test_steps(void)
{
    static const char ring[] = "predecessor,successor,effective_date\n"
                               "A,B,2019-04-01\nB,A,2020-04-01\n";
    struct succession s;
    struct fault f;
    bool good =
        succession_load(&s, file_of(".csv", ring), "2021-01-01", SPLIT_ERROR, CYCLE_ERROR, &f);
    CHECK(!good && strstr(f.words, "a body becomes itself by 2021-01-01: "), "a ring is told");
    fault_free(&f);
    succession_free(&s);
    CHECK(succession_load(&s, path, "2021-01-01", SPLIT_ERROR, CYCLE_LATEST, &f), "or cut");
    succession_free(&s);
    unlink(path);
}

static void test_holidays(void)
{
    struct holidays h;
    struct fault f;
    bool good = holidays_load(&h, file_of(".json", "{\"events\":[{\"date\":\"1/1/2020\"}]}"), &f);
    check_fault(good, &f, ": events[0].date: '1/1/2020' is not a date as 2020-02-29",
                "a list of holidays");
    holidays_free(&h);
    CHECK(holidays_load(&h, "uk", &f) && h.days.count > 50, "the built-in list");
    holidays_free(&h);
}

static void test_schema(void)
{
    struct schema s;
    struct fault f;
    bool good = schema_load(
        &s, file_of(".json", "{\"fields\":[{\"name\":\"a\",\"type\":\"colour\"}]}"), &f);
    CHECK(!good && strstr(f.words, "'colour' is none of string|integer|"), "words of a type");
    fault_free(&f);
    unlink(path);
    schema_free(&s);
    good = schema_load(&s, file_of(".json", "{\"fields\":[{\"name\":\"_a\"}]}"), &f);
    check_fault(
        good, &f,
        ": fields[0].name: '_a' cannot name a field: names with '_' in front are the tools'",
        "a schema's fault");
    schema_free(&s);
}

static void read_inner(void *with)
{
    fault_raise_at("inner", 3, 5, "%s", (const char *)with);
}

static void read_outer(void *with)
{
    struct fault inner;
    if (!fault_catch(&inner, read_inner, with))
        fault_free(&inner);
    fault_raise("outer", "goes on");
}

static void test_nesting(void)
{
    struct fault f;
    char words[] = "breaks";
    strcpy(path, "outer");
    check_fault(fault_catch(&f, read_outer, words), &f, ": goes on", "a reader within a reader");
    strcpy(path, "inner");
    check_fault(fault_catch(&f, read_inner, words), &f, ":3:5: breaks", "line and column");
}

int main(void)
{
    fail_program("test");
    test_plan();
    test_codebook();
    test_several();
    test_pairs();
    test_steps();
    test_holidays();
    test_schema();
    test_nesting();
    return check_done();
}
