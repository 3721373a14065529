/* within -- whether a path stays in a folder when every link on its way is followed: links that
 * came with somebody's folder must not lead a program to other files. */
#ifndef WITHIN_H
#define WITHIN_H

enum within {
    WITHIN_INSIDE, /* the folder itself, or below it */
    WITHIN_OUTSIDE,
    WITHIN_NOWHERE /* one of them is not there */
};

enum within within_of(const char *folder, const char *path);

#endif
