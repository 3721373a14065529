/* jansson -- the baseline: each line parsed into a tree and dumped again. */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

int main(void)
{
    char *line = NULL;
    size_t cap = 0;
    ssize_t len;
    while ((len = getline(&line, &cap, stdin)) > 0) {
        json_error_t error;
        json_t *root = json_loadb(line, (size_t)len, JSON_REJECT_DUPLICATES, &error);
        if (!root || json_dumpf(root, stdout, JSON_COMPACT) != 0 || putchar('\n') == EOF)
            return 1;
        json_decref(root);
    }
    free(line);
    return fflush(stdout) == 0 ? 0 : 1;
}
