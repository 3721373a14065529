#include "filling.h"

#include <math.h>

void filling_init(struct filling *f, struct arena *a, size_t rows)
{
    *f = (struct filling){.rows = rows};
    f->count = arena_array(a, rows, sizeof *f->count);
    f->rest = arena_array(a, rows, sizeof *f->rest);
    f->room = arena_array(a, rows, sizeof *f->room);
}

/* The least filling of rows FROM and after, given rest[FROM]. */
static void fill_least(struct filling *f, size_t from)
{
    for (size_t i = from; i < f->rows; i++) {
        f->count[i] = fmax(0, f->rest[i] - f->room[i]);
        if (i + 1 < f->rows)
            f->rest[i + 1] = f->rest[i] - f->count[i];
    }
}

void filling_start(struct filling *f, const double *left, double column_sum)
{
    f->left = left;
    double room = 0;
    for (size_t i = f->rows; i-- > 0;) {
        f->room[i] = room;
        room += left[i];
    }
    f->rest[0] = column_sum;
    fill_least(f, 0);
}

bool filling_next(struct filling *f)
{
    for (size_t i = f->rows - 1; i-- > 0;)
        if (f->count[i] < fmin(f->left[i], f->rest[i])) {
            f->count[i]++;
            f->rest[i + 1] = f->rest[i] - f->count[i];
            fill_least(f, i + 1);
            return true;
        }
    return false;
}
