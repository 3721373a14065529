/* recheck_script -- the functions of the R script, a line each; ends with NULL. */
#ifndef RECHECK_SCRIPT_H
#define RECHECK_SCRIPT_H

extern const char *const RECHECK_SCRIPT[];

#endif
