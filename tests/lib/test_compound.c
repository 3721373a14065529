/* Unit tests of compound files: long and short streams, and a table that the header does not hold.
 * The file is laid out by [MS-CFB], sections 2.2 to 2.6. */
#include <stdint.h>

#include "check.h"
#include "package/compound.h"

#define SECTOR 512
#define NONE 0xFFFFFFFFU
#define END 0xFFFFFFFEU
#define TABLE 0xFFFFFFFDU
#define LONG 5000 /* bytes of the long stream: sectors 4 to 13 */
#define SHORT 100 /* bytes of the short one: small sectors 0 and 1 */
#define FIRST_LONG 4
#define LAST_LONG 13
#define EXTRA 14 /* the sector that goes on from the header's list of tables */

static char file[SECTOR * (EXTRA + 2)];

static void put(size_t at, uint32_t number, size_t bytes)
{
    for (size_t i = 0; i < bytes; i++)
        file[at + i] = (char)(number >> (8 * i));
}

static size_t place(uint32_t sector)
{
    return (sector + 1) * (size_t)SECTOR;
}

/* An entry of the directory, in sector 1. */
static void entry(size_t number, const char *name, uint32_t kind, uint32_t first, uint32_t size)
{
    size_t at = place(1) + number * 128, len = strlen(name);
    for (size_t i = 0; i < len; i++)
        put(at + 2 * i, (unsigned char)name[i], 2);
    put(at + 64, (uint32_t)(len + 1) * 2, 2);
    put(at + 66, kind, 1);
    put(at + 116, first, 4);
    put(at + 120, size, 4);
}

/* The table of sectors in sector 0, that of small sectors in 2; small sectors in 3. */
static void tables(void)
{
    for (uint32_t i = 0; i < SECTOR / 4; i++) {
        put(place(0) + 4 * (size_t)i, NONE, 4);
        put(place(2) + 4 * (size_t)i, NONE, 4);
        put(place(EXTRA) + 4 * (size_t)i, NONE, 4);
    }
    put(place(0), TABLE, 4);
    for (uint32_t i = 1; i <= LAST_LONG; i++)
        put(place(0) + 4 * (size_t)i, i < FIRST_LONG || i == LAST_LONG ? END : i + 1, 4);
    put(place(2), 1, 4);
    put(place(2) + 4, END, 4);
    put(place(EXTRA), 0, 4);
    put(place(EXTRA) + SECTOR - 4, END, 4);
}

static void lay_out(bool in_header)
{
    memset(file, 0, sizeof file);
    put(30, 9, 2);
    put(32, 6, 2);
    put(48, 1, 4);
    put(56, 4096, 4);
    put(60, 2, 4);
    put(68, in_header ? END : EXTRA, 4);
    for (size_t i = 0; i < 109; i++)
        put(76 + 4 * i, i == 0 && in_header ? 0 : NONE, 4);
    tables();
    entry(0, "Root Entry", 5, 3, 128);
    entry(1, "Long", 2, FIRST_LONG, LONG);
    entry(2, "Short", 2, 0, SHORT);
    for (size_t i = 0; i < LONG; i++)
        file[place(FIRST_LONG) + i] = (char)('a' + i % 23);
    for (size_t i = 0; i < SHORT; i++)
        file[place(3) + i] = (char)('A' + i % 19);
}

static bool is_stream(const char *name, size_t len, char first, size_t period)
{
    struct buf b = {0};
    struct trouble t = {0};
    bool good = compound_stream((struct span){file, sizeof file}, name, &b, &t) && b.len == len;
    for (size_t i = 0; good && i < len; i++)
        good = b.at[i] == (char)(first + (char)(i % period));
    buf_free(&b);
    trouble_free(&t);
    return good;
}

int main(void)
{
    lay_out(true);
    CHECK(is_stream("Long", LONG, 'a', 23), "a long stream is read");
    CHECK(is_stream("Short", SHORT, 'A', 19), "a short stream is read from the small sectors");
    CHECK(!is_stream("Shor", SHORT, 'A', 19), "another name is another stream");
    lay_out(false);
    CHECK(is_stream("Long", LONG, 'a', 23),
          "a table that stands behind the header's list is found");
    CHECK(is_stream("Short", SHORT, 'A', 19), "for short streams too");
    put(place(EXTRA) + SECTOR - 4, EXTRA, 4);
    CHECK(!is_stream("Long", LONG, 'a', 23), "a list in a circle is broken");
    return check_done();
}
