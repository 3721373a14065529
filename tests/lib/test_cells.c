/* Unit tests of cells: tables put together from lines in any order, and lines that
 * are no good. The tables are written out by hand in the form of docs/tabulate.md. */
#include "cells/cells.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"
#include "stream/scan.h"

static const struct opt_program PROGRAM = {"test", "", "", NULL, NULL};

/* A reader whose rejects are listed in memory. */
struct bench {
    struct filter filter;
    struct cells cells;
    struct scan scan;
    struct buf line;
};

static void begin(struct bench *b)
{
    *b = (struct bench){.filter = {.program = &PROGRAM}};
    b->filter.options.rejects = "rejects";
    b->filter.options.max_rejects = SIZE_MAX;
}

static void end(struct bench *b)
{
    cells_free(&b->cells);
    scan_free(&b->scan);
    buf_free(&b->line);
    buf_free(&b->filter.rejects.buf);
}

static void give(struct bench *b, const char *json)
{
    struct record r = {0};
    buf_clear(&b->line);
    buf_add(&b->line, span_of(json));
    scan_buf(&b->scan, &b->line, &r);
    r.file = "cells.jsonl";
    r.number = ++b->filter.in.records;
    cells_add(&b->cells, &b->filter, &r);
}

/* The keys that all lines of the test table share stand in front. */
static void give_line(struct bench *b, const char *rest)
{
    char *json;
    if (asprintf(&json, "{\"table\":\"t\",\"title\":null,\"field\":\"a\",\"by\":\"g\",%s}", rest) <
        0)
        return;
    give(b, json);
    free(json);
}

static const char *const LINES[] = {
    "\"kind\":\"cell\",\"value\":\"yes\",\"group\":1,\"n\":3,\"base\":4,\"percent\":75",
    "\"kind\":\"cell\",\"value\":\"yes\",\"group\":2,\"n\":0,\"base\":2,\"percent\":0",
    "\"kind\":\"cell\",\"value\":true,\"group\":1,\"n\":1,\"base\":4,\"percent\":25",
    "\"kind\":\"cell\",\"value\":true,\"group\":2,\"n\":2,\"base\":2,\"percent\":100",
    "\"kind\":\"total\",\"value\":null,\"group\":1,\"n\":4,\"base\":4",
    "\"kind\":\"total\",\"value\":null,\"group\":2,\"n\":2,\"base\":2",
    "\"kind\":\"total\",\"value\":null,\"group\":null,\"n\":6,\"base\":6",
    "\"kind\":\"missing\",\"value\":\"blank\",\"group\":2,\"n\":5",
};
#define LINE_COUNT (sizeof LINES / sizeof *LINES)

static void check_table(const struct cells *c, size_t yes, size_t one)
{
    const struct cells_table *t = &c->tables[0];
    size_t truth = 1 - yes, two = 1 - one;
    CHECK(c->count == 1 && t->value_count == 2 && t->group_count == 2 && t->layer_count == 1,
          "two values, two groups, one layer");
    CHECK_TEXT(t->values[yes].raw, "\"yes\"", "a value keeps its spelling");
    CHECK_TEXT(t->values[yes].text, "yes", "and has a text");
    CHECK_TEXT(t->values[truth].raw, "true", "another type");
    CHECK_TEXT(t->groups[one].text, "1", "a group");
    CHECK(cells_at(t, 0, yes, one)->n == 3 && cells_at(t, 0, yes, two)->n == 0 &&
              cells_at(t, 0, truth, one)->n == 1 && cells_at(t, 0, truth, two)->n == 2,
          "the counts stand in their places");
    CHECK(cells_at(t, 0, yes, one)->share.percent == 75 &&
              isnan(cells_at(t, 0, yes, one)->share.low),
          "percentages come along, an absent end is NAN");
    CHECK(cells_base(t, 0, one) == 4 && cells_base(t, 0, two) == 2 && t->whole[0].n == 6,
          "the totals");
    CHECK(t->missing_count == 1 && t->missing[0].n == 5 && t->missing[0].group == two,
          "the missing answers of a group");
    CHECK_TEXT(t->missing[0].reason, "blank", "their reason");
}

static void test_order(void)
{
    struct bench b;
    begin(&b);
    for (size_t i = 0; i < LINE_COUNT; i++)
        give_line(&b, LINES[i]);
    cells_finish(&b.cells);
    check_table(&b.cells, 0, 0);
    end(&b);
    begin(&b);
    for (size_t i = LINE_COUNT; i-- > 0;)
        give_line(&b, LINES[i]);
    cells_finish(&b.cells);
    check_table(&b.cells, 1, 1);
    CHECK(b.filter.rejects.buf.len == 0, "nothing is rejected");
    end(&b);
}

static void test_two_tables(void)
{
    struct bench b;
    begin(&b);
    give(&b, "{\"table\":\"x\",\"kind\":\"total\",\"field\":\"f\",\"value\":null,\"by\":null,"
             "\"group\":null,\"n\":2}");
    give(&b, "{\"table\":\"y\",\"kind\":\"cell\",\"field\":\"f\",\"value\":\"\\u0041\",\"by\":null,"
             "\"group\":null,\"n\":1,\"label\":\"An A\"}");
    give(&b, "{\"table\":\"x\",\"kind\":\"cell\",\"field\":\"f\",\"value\":1.0,\"by\":null,"
             "\"group\":null,\"n\":2}");
    cells_finish(&b.cells);
    CHECK(b.cells.count == 2, "two tables");
    CHECK_TEXT(b.cells.tables[0].id, "x", "in the order of their first lines");
    CHECK_TEXT(b.cells.tables[0].values[0].raw, "1", "a number has one spelling");
    CHECK_TEXT(b.cells.tables[1].values[0].raw, "\"A\"", "a string too");
    CHECK_TEXT(b.cells.tables[1].values[0].text, "An A", "a label is the text");
    CHECK(b.cells.tables[1].whole[0].n == 1, "a total that has not come is made of the cells");
    end(&b);
}

struct bad_line {
    const char *line, *reason;
};

static const struct bad_line BAD[] = {
    {"\"value\":\"yes\",\"group\":1,\"n\":3", "field 'kind' is not there"},
    {"\"kind\":\"row\",\"value\":\"yes\",\"group\":1,\"n\":3", "'row' is no kind of line"},
    {"\"kind\":\"cell\",\"group\":1,\"n\":3", "field 'value' is not there"},
    {"\"kind\":\"cell\",\"value\":null,\"group\":1,\"n\":3", "expected a value, not null"},
    {"\"kind\":\"cell\",\"value\":[1],\"group\":1,\"n\":3",
     "expected a string, a number, true or false, not a list"},
    {"\"kind\":\"cell\",\"value\":\"yes\",\"group\":null,\"n\":3", "expected a group, not null"},
    {"\"kind\":\"cell\",\"value\":\"yes\",\"group\":1", "field 'n' is not there"},
    {"\"kind\":\"cell\",\"value\":\"yes\",\"group\":1,\"n\":\"3\"",
     "expected a number or null, not a string"},
    {"\"kind\":\"cell\",\"value\":\"yes\",\"group\":1,\"n\":null", "expected a number, not null"},
    {"\"kind\":\"cell\",\"value\":\"yes\",\"group\":1,\"n\":-1", "-1 is out of range"},
    {"\"kind\":\"cell\",\"value\":\"yes\",\"group\":1,\"n\":1e999", "1e999 is out of range"},
    {"\"kind\":\"total\",\"value\":\"yes\",\"group\":1,\"n\":3", "this kind of line has no value"},
    {"\"kind\":\"missing\",\"value\":3,\"group\":1,\"n\":3", "expected a string"},
    {"\"kind\":\"cell\",\"value\":\"no\",\"group\":1,\"n\":3,\"multiple\":\"no\"",
     "expected true or false, not a string"},
    {"\"kind\":\"cell\",\"value\":\"no\",\"group\":1,\"n\":3,\"multiple\":true",
     "table 't' had another before (first at cells.jsonl:1)"},
    {"\"kind\":\"cell\",\"value\":\"yes\",\"group\":1,\"n\":3", "table 't' has this cell twice"},
    {"\"kind\":\"cell\",\"value\":\"no\",\"group\":1,\"n\":3,\"shares\":[{\"of\":\"row\"}]",
     "other kinds than in this table's first cell"},
    {"\"kind\":\"cell\",\"value\":\"no\",\"group\":1,\"n\":3,\"of\":\"all\"",
     "'all' is none of column, row, total, responses"},
};

static void test_bad_lines(void)
{
    for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++) {
        struct bench b;
        begin(&b);
        give_line(&b, LINES[0]);
        give_line(&b, BAD[i].line);
        struct buf *rejects = &b.filter.rejects.buf;
        char *expected;
        if (asprintf(&expected, "\"reason\":\"%s\"", BAD[i].reason) < 0)
            return;
        CHECK(b.filter.rejected == 1 && strstr(buf_text(rejects), expected), BAD[i].reason);
        free(expected);
        end(&b);
    }
}

struct bad_table {
    const char *line; /* in place of the last of LINES */
    size_t left_out;
    const char *name;
};

static const struct bad_table BAD_TABLES[] = {
    {NULL, 2, "a cell that has not come"},
    {"\"kind\":\"cell\",\"value\":true,\"group\":2,\"n\":1", 3, "a sum that is not the total"},
};

/* The end of the program, seen from outside. */
static void test_bad_tables(void)
{
    for (size_t i = 0; i < sizeof BAD_TABLES / sizeof *BAD_TABLES; i++) {
        fflush(stdout);
        pid_t child = fork();
        if (child == 0) {
            struct bench b;
            begin(&b);
            for (size_t k = 0; k < LINE_COUNT; k++)
                if (k != BAD_TABLES[i].left_out)
                    give_line(&b, LINES[k]);
            if (BAD_TABLES[i].line)
                give_line(&b, BAD_TABLES[i].line);
            close(STDERR_FILENO);
            cells_finish(&b.cells);
            _exit(0);
        }
        int status = 0;
        waitpid(child, &status, 0);
        CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 1, BAD_TABLES[i].name);
    }
}

int main(void)
{
    test_order();
    test_two_tables();
    test_bad_lines();
    test_bad_tables();
    return check_done();
}
