/* check_made -- what codebooks make of fields that a schema gives codes. */
#ifndef CHECK_MADE_H
#define CHECK_MADE_H

#include "findings.h"
#include "schema/schema.h"
#include "study/settings.h"

/* Reads the codebooks that SCHEMA names; what is wrong with them is kept (fault_collect()). */
void made_look(const struct schema *schema);

/* Codes of such fields of SOURCE that none of its RECORDS got, as remarks. */
void made_unused(const struct settings_source *source, const char *records, struct findings *f);

#endif
