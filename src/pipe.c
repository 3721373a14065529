/* pipe -- a pipe of programs without a shell, and without text between neighbours.
 *
 * Each stage is a process as in any pipe, and swapping one for a program of one's own is as easy.
 * Between two of the project's own the bytes stand in memory of both, with the places of the
 * values, so that nothing is copied through the kernel or looked for twice; what comes out is the
 * same to the byte.
 * Memory: that of the stages, and 1.3 MB for each link. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/fail.h"
#include "base/opt.h"
#include "base/standard.h"
#include "chain/chain.h"

struct options {
    bool plain, verbose;
};

static const struct opt OPTIONS[] = {
    {"plain", 0, NULL, OPT_FLAG, offsetof(struct options, plain),
     "lay plain pipes between all stages, as a shell does"},
    {"verbose", 'v', NULL, OPT_FLAG, offsetof(struct options, verbose),
     "say on standard error what was found and decided"},
    {0},
};

static const struct opt_program PROGRAM = {
    .name = "pipe",
    .args = "'STAGE | STAGE...'",
    .about = "Runs the stages of a pipe, faster than a shell does where neighbours are programs of "
             "foi-filters.",
    .options = OPTIONS,
    .notes = "The text is read as a shell reads it, but has only stages, words and quotes.\n"
             "The status is that of the last stage that failed.\n"
             "\n"
             "  foi pipe 'fromcsv foi.csv | code -c codebook.csv' >coded.jsonl",
};

/* The folder that this program is in, where the others are. */
static char *own_folder(void)
{
    char *path = realpath("/proc/self/exe", NULL);
    if (!path)
        fail(STATUS_DATA, "cannot tell where the programs are: %s", strerror(errno));
    *strrchr(path, '/') = '\0';
    return path;
}

static void say_links(const struct commands *c, const char *own, bool plain)
{
    for (size_t i = 0; i + 1 < c->count; i++)
        warn("%s to %s: %s", c->at[i].words[0], c->at[i + 1].words[0],
             !plain && chain_is_linked(c, i, own) ? "linked" : "a plain pipe");
}

int main(int argc, char **argv)
{
    struct options o = {0};
    struct commands commands = {0};
    const char *wrong;
    int first = opt_parse(&PROGRAM, &o, NULL, NULL, argc, argv);
    if (argc - first != 1)
        fail(STATUS_USAGE, "one text with all stages is required, in quotes (try --help)");
    if (!commands_read(&commands, argv[first], &wrong))
        fail(STATUS_USAGE, "%s: %s (try --help)", quote(span_of(argv[first])), wrong);
    char *own = own_folder();
    if (o.verbose)
        say_links(&commands, own, o.plain);
    enum status status = chain_run(&commands, own, o.plain ? CHAIN_PLAIN : CHAIN_LINKS);
    free(own);
    commands_free(&commands);
    return (int)status;
}
