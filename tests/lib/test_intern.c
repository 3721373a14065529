/* Unit tests of intern: what no input can know. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/intern.h"
#include "check.h"

/* The hash of a key in a process of its own, as text. */
static void hash_elsewhere(char *text, int size)
{
    FILE *other = popen("\"$SELF\" print", "r");
    if (!other || !fgets(text, size, other))
        snprintf(text, (size_t)size, "none");
    if (other)
        pclose(other);
}

static void test_secret(const char *self)
{
    char one[32], two[32];
    setenv("SELF", self, 1);
    hash_elsewhere(one, sizeof one);
    hash_elsewhere(two, sizeof two);
    CHECK(strcmp(one, "none") != 0 && strcmp(one, two) != 0,
          "a key has another hash in each process, so that none can be made to collide");
    CHECK(intern_hash(SPAN("a key")) == intern_hash(SPAN("a key")), "and the same within one");
}

int main(int argc, char **argv)
{
    if (argc > 1) {
        printf("%lu %llu\n", (unsigned long)intern_hash(SPAN("a key")),
               (unsigned long long)intern_mix(7));
        return 0;
    }
    test_secret(argv[0]);
    return check_done();
}
