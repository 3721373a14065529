/* Unit tests of outputs and inputs on descriptors that do not block. */
#include <fcntl.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/fail.h"
#include "check.h"
#include "stream/input.h"
#include "stream/output.h"

#define LINES 200000

/* Writes numbered lines to FD through an output, in a process of its own. */
static pid_t write_lines(int fd, int other)
{
    pid_t child = fork();
    if (child != 0)
        return child;
    close(other);
    char name[32];
    snprintf(name, sizeof name, "/dev/fd/%d", fd);
    struct output out;
    output_open(&out, name, OUTPUT_WHOLE);
    for (int i = 0; i < LINES; i++) {
        buf_addf(&out.buf, "%d", i);
        output_line(&out);
    }
    output_close(&out);
    _exit(0);
}

static void dont_block(int fd)
{
    fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK);
}

/* The lines that come through a pipe whose ends do not block, in order. */
static int lines_in_order(void)
{
    int ends[2];
    if (pipe(ends) != 0)
        return -1;
    dont_block(ends[0]);
    dont_block(ends[1]);
    pid_t child = write_lines(ends[1], ends[0]);
    close(ends[1]);
    struct input in;
    struct span line;
    int count = 0;
    dup2(ends[0], STDIN_FILENO); /* opening a path anew would forget the flag */
    input_open(&in, NULL, 0, 0);
    while (input_line(&in, &line)) {
        char text[16];
        snprintf(text, sizeof text, "%d", count);
        if (!span_eq(line, span_of(text)))
            break;
        count++;
        if (count % 50000 == 0)
            usleep(20000); /* so that the writer finds the pipe full */
    }
    input_close(&in);
    int status;
    return waitpid(child, &status, 0) == child && status == 0 ? count : -1;
}

int main(void)
{
    fail_program("test_output");
    CHECK(lines_in_order() == LINES, "every line passes a pipe whose ends do not block");
    return check_done();
}
