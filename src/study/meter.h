/* meter -- how far a run is: one line on the terminal, drawn over. */
#ifndef METER_H
#define METER_H

#include <stdbool.h>
#include <time.h>

struct meter {
    const char *stats; /* the folder in which the stages leave their counts */
    struct timespec start, drawn;
    bool shown;
};

void meter_start(struct meter *m, const char *stats);
void meter_draw(struct meter *m); /* if it is time */
void meter_clear(struct meter *m);

#endif
