#include "chain/chain.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/broken.h"
#include "base/child.h"
#include "stream/link.h"

#define NOT_FOUND 127
#define NOT_STARTED 126

/* The programs that write or read records through the room `stream` alone, by standard output or
 * input. */
static const char *const WRITERS[] = {"fromcsv", "fromsheet", "normalise", "code",
                                      "join",    "deadline",  "match",     NULL};
static const char *const READERS[] = {"normalise", "code",  "join",   "tabulate",
                                      "deadline",  "match", "sample", NULL};

/* What lies between a stage and the next: the ends that each gets. */
struct joint {
    int pipe[2];
    int memory, free[2]; /* -1 unless it is a link */
};

struct stage {
    pid_t pid;
    int input, output; /* the ends of the pipes that it reads and writes; -1: none of this chain */
    int ended;         /* how, as wait() says it */
    bool left;         /* something stood in the pipe when it ended */
};

static const struct joint NO_JOINT = {{-1, -1}, -1, {-1, -1}};

static bool is_one_of(const char *name, const char *const *names)
{
    for (; *names; names++)
        if (strcmp(name, *names) == 0)
            return true;
    return false;
}

static char *own_path(const char *own, const char *name)
{
    char *path;
    if (asprintf(&path, "%s/%s", own, name) < 0)
        fail_memory();
    return path;
}

static bool is_own(const char *own, const char *name)
{
    if (strchr(name, '/'))
        return false;
    char *path = own_path(own, name);
    bool there = access(path, X_OK) == 0;
    free(path);
    return there;
}

/* A stage that names a descriptor may use it as what it is not here. */
static bool names_descriptor(const struct command *c)
{
    for (size_t i = 1; i < c->count; i++)
        if (strcmp(c->words[i], "-") == 0 || strstr(c->words[i], "/dev/"))
            return true;
    return false;
}

static bool may_link(const struct command *c, const char *own, const char *const *names)
{
    return is_one_of(c->words[0], names) && is_own(own, c->words[0]) && !names_descriptor(c);
}

bool chain_is_linked(const struct commands *c, size_t i, const char *own)
{
    return i + 1 < c->count && may_link(&c->at[i], own, WRITERS) &&
           may_link(&c->at[i + 1], own, READERS);
}

static struct joint make_joint(bool linked)
{
    struct joint j = NO_JOINT;
    if (pipe2(j.pipe, O_CLOEXEC) != 0)
        fail(STATUS_DATA, "cannot make a pipe: %s", strerror(errno));
    if (linked && link_make(&j.memory) && pipe2(j.free, O_CLOEXEC) != 0)
        fail(STATUS_DATA, "cannot make a pipe: %s", strerror(errno));
    return j;
}

static void close_joint(const struct joint *j)
{
    const int ends[] = {j->pipe[0], j->pipe[1], j->memory, j->free[0], j->free[1]};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (ends[i] >= 0)
            close(ends[i]);
}

/* The end of a stage that did not begin: those behind it must not take its silence for a result. */
static _Noreturn void end_unstarted(int status)
{
    broken_mark();
    _exit(status);
}

/* The same where the system gives no more of something, memory most of all: no fault of the stage.
 */
static _Noreturn void end_lacking(const char *stage)
{
    warn("cannot start '%s': %s", stage, strerror(errno));
    end_unstarted(STATUS_DATA);
}

/* Leaves the link's descriptors open for the program that comes, and tells it which they are. */
static void lend_link(const char *stage, const char *name, const struct joint *j, int free_end)
{
    char words[32];
    if (j->memory < 0)
        return;
    (void)fcntl(j->memory, F_SETFD, 0);
    (void)fcntl(free_end, F_SETFD, 0);
    snprintf(words, sizeof words, "%d:%d", j->memory, free_end);
    if (setenv(name, words, 1) != 0) /* it would take the numbers of blocks for text */
        end_lacking(stage);
}

/* In the new process. The reader of a link keeps the end of FREE that it does not use, so that a
 * block given back to a writer that has ended is no error. */
static _Noreturn void become(const struct command *c, const char *own, const struct joint *before,
                             const struct joint *behind)
{
    if ((before->pipe[0] >= 0 && dup2(before->pipe[0], STDIN_FILENO) < 0) ||
        (behind->pipe[1] >= 0 && dup2(behind->pipe[1], STDOUT_FILENO) < 0))
        end_lacking(c->words[0]);
    lend_link(c->words[0], "FOI_LINK_IN", before, before->free[1]);
    if (before->memory >= 0)
        (void)fcntl(before->free[0], F_SETFD, 0);
    lend_link(c->words[0], "FOI_LINK_OUT", behind, behind->free[0]);
    if (c->folder && chdir(c->folder) != 0) {
        warn("cannot change to %s: %s", quote(span_of(c->folder)), strerror(errno));
        end_unstarted(STATUS_DATA);
    }
    for (size_t i = 0; i < c->setting_count; i++)
        if (putenv(c->settings[i]) != 0)
            end_lacking(c->words[0]);
    if (is_own(own, c->words[0]))
        execv(own_path(own, c->words[0]), c->words);
    else
        execvp(c->words[0], c->words);
    end_unstarted(errno == ENOENT ? NOT_FOUND : NOT_STARTED);
}

static pid_t start(const struct command *c, const char *own, const struct joint *before,
                   const struct joint *behind)
{
    pid_t pid = child_fork(SIGTERM);
    if (pid == 0)
        become(c, own, before, behind);
    if (pid < 0)
        fail(STATUS_DATA, "cannot start '%s': %s", c->words[0], strerror(errno));
    return pid;
}

static void tell_left(const struct commands *c, size_t i)
{
    warn("stage %zu, %s, left before the end of what it was given", i + 1,
         quote(span_of(c->at[i].words[0])));
}

/* What the end of stage I means. A stage whose reader left before the end is cut off: its result
 * would pass for whole. */
static enum status status_of(const struct commands *c, size_t i, const struct stage *stage,
                             const char *own, bool next_failed)
{
    const char *name = quote(span_of(c->at[i].words[0]));
    int ended = stage->ended, code = WIFEXITED(ended) ? WEXITSTATUS(ended) : -1;
    if (code == 0 && stage->left)
        tell_left(c, i);
    if (code == 0)
        return stage->left ? STATUS_DATA : STATUS_OK;
    if (code < 0 && WTERMSIG(ended) == SIGPIPE) {
        if (i + 1 == c->count) { /* the reader of the whole pipe has left */
            signal(SIGPIPE, SIG_DFL);
            raise(SIGPIPE);
        } else if (!next_failed) {
            tell_left(c, i + 1);
        }
    } else if (code < 0) {
        warn("stage %zu, %s, was ended by signal %d", i + 1, name, WTERMSIG(ended));
    } else if (code == NOT_FOUND || code == NOT_STARTED) {
        warn("stage %zu: %s is no program that can be started", i + 1, name);
        return STATUS_USAGE;
    } else if (code == BROKEN_STATUS || !is_own(own, c->at[i].words[0])) {
        warn("stage %zu, %s, ended with status %d", i + 1, name, code);
    }
    return code == STATUS_USAGE ? STATUS_USAGE : STATUS_DATA;
}

static bool is_failure(const struct stage *stage)
{
    if (WIFEXITED(stage->ended))
        return WEXITSTATUS(stage->ended) != 0 || stage->left;
    return WTERMSIG(stage->ended) != SIGPIPE; /* its reader left, and is told of itself */
}

/* What a stage has not read is still in the pipe: a little fits in there, so that the stage before
 * it may have ended long since and know nothing of it. */
static void has_ended(struct stage *stage, int ended)
{
    int unread = 0;
    stage->ended = ended;
    if (stage->input >= 0) {
        stage->left = ioctl(stage->input, FIONREAD, &unread) == 0 && unread > 0;
        close(stage->input);
    }
    if (is_failure(stage))
        broken_mark();
    if (stage->output >= 0)
        close(stage->output);
}

/* Waits for all. The ends of a stage's pipes are held open until here: of its output, so that those
 * behind it do not see the end before they can know that it failed, even if it could not say so
 * itself; of its input, to see whether it read all. */
static void wait_for(struct stage *stages, size_t count)
{
    for (size_t running = count; running > 0;) {
        int ended;
        pid_t pid = wait(&ended);
        if (pid < 0 && errno != EINTR)
            fail(STATUS_DATA, "cannot wait for the stages: %s", strerror(errno));
        for (size_t i = 0; pid >= 0 && i < count; i++)
            if (stages[i].pid == pid) {
                has_ended(&stages[i], ended);
                running--;
            }
    }
}

/* Whether stage I says no more than that another one failed. Programs of other people end with
 * this status too (jq does for a filter that it cannot read): SURELY is for the project's own. */
static bool is_of_another(const struct commands *c, const struct stage *stages, size_t i,
                          const char *own, bool surely)
{
    int ended = stages[i].ended;
    return WIFEXITED(ended) && WEXITSTATUS(ended) == BROKEN_STATUS &&
           (!surely || is_own(own, c->at[i].words[0]));
}

/* Whether a stage failed by itself. */
static bool is_explained(const struct commands *c, const struct stage *stages, const char *own,
                         bool surely)
{
    for (size_t i = 0; i < c->count; i++)
        if (is_failure(&stages[i]) && !is_of_another(c, stages, i, own, surely))
            return true;
    return false;
}

static enum status judge(const struct commands *c, const struct stage *stages, const char *own)
{
    enum status status = STATUS_OK;
    bool next_failed = false, surely = !is_explained(c, stages, own, false);
    bool explained = is_explained(c, stages, own, surely);
    for (size_t i = c->count; i-- > 0;) {
        enum status this = STATUS_OK; /* another stage's counts */
        if (!explained || !is_of_another(c, stages, i, own, surely))
            this = status_of(c, i, &stages[i], own, next_failed);
        next_failed = this != STATUS_OK;
        if (status == STATUS_OK)
            status = this;
    }
    return status;
}

/* All stages are equally urgent: one that wakes up does not take the place of one that computes,
 * and the pipe spends a twentieth less of its time on changing places. */
static void take_turns(void)
{
    if (sched_getscheduler(0) == SCHED_OTHER)
        (void)sched_setscheduler(0, SCHED_BATCH, &(struct sched_param){0});
}

enum status chain_run(const struct commands *c, const char *own, enum chain_links links)
{
    struct arena arena = {0};
    struct stage *stages = arena_array(&arena, c->count, sizeof *stages);
    struct joint before = NO_JOINT;
    int broken = broken_lay();
    take_turns();
    for (size_t i = 0; i < c->count; i++) {
        struct joint behind = NO_JOINT;
        if (i + 1 < c->count)
            behind = make_joint(links == CHAIN_LINKS && chain_is_linked(c, i, own));
        pid_t pid = start(&c->at[i], own, &before, &behind);
        int input = before.memory < 0 ? before.pipe[0] : -1; /* a link's reader says if it fails */
        stages[i] = (struct stage){pid, input, behind.pipe[1], 0, false};
        behind.pipe[1] = -1;
        before.pipe[0] = input < 0 ? before.pipe[0] : -1;
        close_joint(&before);
        before = behind;
    }
    wait_for(stages, c->count);
    enum status status = judge(c, stages, own);
    if (broken >= 0)
        close(broken);
    arena_free(&arena);
    return status;
}
