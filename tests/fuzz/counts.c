/* counts -- libFuzzer's counters of edges in memory that children share, so that the search learns
 * from what they did. A file of its own that no sanitizer sees: clang puts variables of these names
 * into every file that it watches. */
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

extern char first_count[] __asm__("__start___sancov_cntrs");
extern char counts_end[] __asm__("__stop___sancov_cntrs");

void counts_share(void);

/* Only whole pages: what stands beside the counters is a child's own. */
void counts_share(void)
{
    static bool shared;
    uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
    uintptr_t from = ((uintptr_t)first_count + page - 1) / page * page;
    uintptr_t to = (uintptr_t)counts_end / page * page;
    if (!shared && from < to &&
        mmap((void *)from, to - from, PROT_READ | PROT_WRITE,
             MAP_SHARED | MAP_ANONYMOUS | MAP_FIXED, -1, 0) == MAP_FAILED)
        abort();
    shared = true;
}
