/* within -- whether a path stays in a folder when links are followed. */
#include "base/within.h"

#include <stdlib.h>
#include <string.h>

enum within within_of(const char *folder, const char *path)
{
    char *top = realpath(folder, NULL), *real = top ? realpath(path, NULL) : NULL;
    enum within is = real ? WITHIN_OUTSIDE : WITHIN_NOWHERE;
    size_t len = top && strcmp(top, "/") != 0 ? strlen(top) : 0;
    if (real && strncmp(real, top, len) == 0 && (real[len] == '/' || !real[len]))
        is = WITHIN_INSIDE;
    free(top);
    free(real);
    return is;
}
