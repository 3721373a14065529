/* Unit tests of document. A fault ends the program, so each is tried in a
 * child whose message and status are compared. */
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/fail.h"
#include "check.h"
#include "docs/document.h"

static const struct choice CASES[] = {{"lower", 3}, {"upper", 7}, {0}};

static char path[] = "/tmp/document-XXXXXX";

static void write_file(struct span text)
{
    FILE *f = fopen(path, "w");
    if (!f || fwrite(text.at, 1, text.len, f) != text.len || fclose(f) != 0)
        abort();
}

static const char *const KEYS[] = {"name", "colour", "fields", NULL};

/* What a program does with such a document. */
static void use(void)
{
    struct document root = document_load(path), fields, field = {0}, member;
    document_keys(&root, KEYS);
    document_need(&root, "fields", &fields);
    document_must_be_list(&fields);
    while (document_next(&fields, &field)) {
        document_need(&field, "name", &member);
        document_text(&member);
        document_bool_or(&field, "required", false);
        document_size_or(&field, "size", 0);
        document_number_or(&field, "number", 0);
        document_word_or(&field, "case", CASES, 0);
    }
    document_free(&root);
}

static void check_fault(struct span json, const char *message, const char *name)
{
    write_file(json);
    int ends[2];
    if (pipe(ends) != 0)
        abort();
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        dup2(ends[1], STDERR_FILENO);
        use();
        _exit(0);
    }
    close(ends[1]);
    struct buf got = {0}, expected = {0};
    char byte;
    while (read(ends[0], &byte, 1) == 1)
        buf_addc(&got, byte);
    close(ends[0]);
    int status = 0;
    waitpid(child, &status, 0);
    buf_addf(&expected, "test: %s%s\n", path, message);
    check_text(buf_span(&got), buf_span(&expected), name, __FILE__, __LINE__);
    CHECK(WIFEXITED(status) && WEXITSTATUS(status) == STATUS_USAGE, "its status is 2");
    buf_free(&got);
    buf_free(&expected);
}

static void test_faults(void)
{
    check_fault(SPAN(""), ":1: not valid JSON: there is nothing in it", "an empty file");
    check_fault(SPAN("{\n  \"a\": 1,\n}"), ":3:1: not valid JSON: string or '}' expected near '}'",
                "a broken document has line and column");
    check_fault(SPAN("{\"a\":1,\"a\":2}"),
                ":1:10: not valid JSON: duplicate object key near '\"a\"'", "a member named twice");
    check_fault(SPAN("[]"), ": expected an object, not a list", "the root is of another type");
    check_fault(SPAN("{}"), ": 'fields' is missing", "a member that is needed");
    check_fault(SPAN("{\"fields\":null}"), ": 'fields' is null", "null is as good as absent");
    check_fault(SPAN("null"), ": expected an object, not null", "the root is no document");
    check_fault(SPAN("{\"colours\":null}"),
                ": 'colours' is null (leave it out, or give it a value)",
                "an unknown key with null");
    check_fault(SPAN("{\"fields\":{}}"), ": fields: expected a list, not an object",
                "another type is told with its place");
    check_fault(SPAN("{\"fields\":[{\"name\":\"a\"},{\"name\":3}]}"),
                ": fields[1].name: expected a string, not a number", "the way to a place");
    check_fault(SPAN("{\"fields\":[7]}"), ": fields[0]: expected an object, not a number",
                "an item of another type");
    check_fault(SPAN("{\"feilds\":[]}"), ": unknown key 'feilds' (did you mean 'fields'?)",
                "a misspelt key");
    check_fault(SPAN("{\"Colour\":[]}"), ": unknown key 'Colour' (did you mean 'colour'?)",
                "a key in another case");
    check_fault(SPAN("{\"weight\":1}"), ": unknown key 'weight'", "a key near none");
    check_fault(SPAN("{\"fields\":[{\"name\":\"a\",\"required\":\"yes\"}]}"),
                ": fields[0].required: expected true or false, not a string", "a boolean");
    check_fault(SPAN("{\"fields\":[{\"name\":\"a\",\"size\":1.5}]}"),
                ": fields[0].size: expected a whole number from 0", "a whole number");
    check_fault(SPAN("{\"fields\":[{\"name\":\"a\",\"size\":\"1\"}]}"),
                ": fields[0].size: expected a whole number, not a string", "a size in quotes");
    check_fault(SPAN("{\"fields\":[{\"name\":\"a\",\"number\":true}]}"),
                ": fields[0].number: expected a number, not true or false", "a number");
    check_fault(SPAN("{\"fields\":[{\"name\":\"a\",\"case\":\"up\"}]}"),
                ": fields[0].case: 'up' is none of lower|upper", "a choice");
    check_fault(SPAN("{\"fields\":[],\"_note\":1,\"x-by\":2,\"dc:title\":3,\"a\\u001b\":1}"),
                ": unknown key 'a\\x1b'", "keys of the author's own pass");
}

static void test_missing_file(void)
{
    int ends[2];
    if (pipe(ends) != 0)
        abort();
    fflush(stdout);
    if (fork() == 0) {
        dup2(ends[1], STDERR_FILENO);
        document_load("/nowhere/plan.json");
        _exit(0);
    }
    close(ends[1]);
    char got[200];
    ssize_t len = read(ends[0], got, sizeof got);
    close(ends[0]);
    wait(NULL);
    CHECK_TEXT(((struct span){got, len > 0 ? (size_t)len : 0}),
               "test: /nowhere/plan.json: No such file or directory\n", "a file that is not there");
}

static void test_values(void)
{
    write_file(SPAN("\xEF\xBB\xBF{\"text\":\"caf\\u00e9\",\"size\":7,\"number\":2.5,\"yes\":true,"
                    "\"none\":null,\"case\":\"upper\",\"list\":[1,null]}"));
    struct document root = document_load(path), member = {0};
    CHECK_TEXT(document_text_or(&root, "text", SPAN("")), "caf\u00E9", "a text");
    CHECK_TEXT(document_text_or(&root, "none", SPAN("x")), "x", "null is what absent means");
    CHECK(document_size_or(&root, "size", 0) == 7, "a size");
    CHECK(document_number_or(&root, "number", 0) > 2.4, "a number");
    CHECK(document_bool_or(&root, "yes", false), "a boolean");
    CHECK(document_word_or(&root, "case", CASES, 0) == 7, "a word is what it stands for");
    struct buf order = {0};
    while (document_next(&root, &member))
        buf_addf(&order, "%s ", member.key);
    CHECK_TEXT(buf_span(&order), "text size number yes none case list ",
               "members come in their order, nulls too");
    buf_free(&order);
    struct document list, item = {0};
    document_need(&root, "list", &list);
    size_t items = 0;
    while (document_next(&list, &item))
        items++;
    CHECK(items == 2 && document_count(&list) == 2, "a list's nulls are items");
    document_free(&root);
}

int main(void)
{
    fail_program("test");
    int fd = mkstemp(path);
    if (fd < 0)
        abort();
    close(fd);
    test_faults();
    test_missing_file();
    test_values();
    remove(path);
    return check_done();
}
