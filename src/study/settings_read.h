/* settings_read -- what the two readers of a study's settings share. */
#ifndef SETTINGS_READ_H
#define SETTINGS_READ_H

#include "study/settings.h"

void settings_read_conf(struct settings *s);
void settings_read_json(struct settings *s);

void settings_add_word(struct settings *s, struct settings_words *w, struct span text);

/* The words of a list with commas between. */
void settings_split(struct settings *s, struct settings_words *w, struct span text);

/* A further part of a source, named after it. */
struct settings_part *settings_add_part(struct settings *s, struct settings_source *source);

/* A further lookup; its pointer is good until the next. */
struct settings_source *settings_add_lookup(struct settings *s, struct span name);

/* The files that the schemas name, when all sources are known. */
void settings_find_named(struct settings *s);

/* Raises a fault if PATH is there and no file of the study: a fifo, a device, a link that leads
 * elsewhere. The other mentions each that the settings name or that counts by its name. */
void settings_must_be_plain(const struct settings *s, const char *path);
void settings_look_at_kinds(struct settings *s);

/* What is wrong with NAME as the name of a file below FOLDER, or NULL. */
const char *settings_name_fault(const struct settings *s, const char *folder, struct span name);

/* The same of the name of a lookup, which is also that of its records in the results. */
const char *settings_lookup_fault(const struct settings *s, struct span name);

#endif
