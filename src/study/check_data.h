/* check_data -- what shows only when the parts of a study are held side by side. */
#ifndef CHECK_DATA_H
#define CHECK_DATA_H

#include "findings.h"
#include "study/settings.h"

/* The records that the steps of check.sh left in FOLDER, and their lists of what is bad. */
void check_data(const struct settings *s, const char *folder, struct findings *f);

#endif
