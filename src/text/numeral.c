/* numeral -- small numbers in words. */
#include "text/numeral.h"

#include <ctype.h>
#include <strings.h>

size_t numeral_read(struct span text, size_t *number)
{
    static const char *const names[] = {"one",     "two",       "three",    "four",     "five",
                                        "six",     "seven",     "eight",    "nine",     "ten",
                                        "eleven",  "twelve",    "thirteen", "fourteen", "fifteen",
                                        "sixteen", "seventeen", "eighteen", "nineteen", "twenty"};
    size_t len = 0;
    while (len < text.len && isalpha((unsigned char)text.at[len]))
        len++;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (len != strlen(names[i]) || strncasecmp(text.at, names[i], len) != 0)
            continue;
        *number = i + 1;
        return len;
    }
    return 0;
}
