/* The same differential test with the byte search in plain C, as on machines
 * without SSE2 or NEON: this object's scanner stands before the library's. */
#define BYTES_PLAIN
#include "../../src/stream/scan.c"
#include "../../src/stream/scan_placed.c"
#include "../../src/stream/scan_tree.c"
#include "../../src/stream/scan_value.c"
#include "test_scan.c"
