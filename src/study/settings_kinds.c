/* settings_kinds -- the files of a study are files.
 *
 * A fifo would be waited for, a device may give bytes for ever: a study that came by mail can hold
 * links to either. Folders, and what is not there, are told by those that open them. */
#include <sys/stat.h>

#include "base/fault.h"
#include "settings_read.h"

/* What it is instead of a file, or NULL. */
static const char *odd_kind(const char *path)
{
    struct stat status;
    if (!path || stat(path, &status) != 0 || S_ISREG(status.st_mode) || S_ISDIR(status.st_mode))
        return NULL;
    return S_ISFIFO(status.st_mode) ? "fifo" : S_ISSOCK(status.st_mode) ? "socket" : "device";
}

static void look_at_file(const char *path)
{
    const char *kind = odd_kind(path);
    if (kind)
        fault_mention(path, "is no file but a %s", kind);
}

void settings_must_be_plain(const char *path)
{
    const char *kind = odd_kind(path);
    if (kind)
        fault_raise(path, "is no file but a %s", kind);
}

static void look_at_words(const struct settings_words *w)
{
    for (size_t i = 0; i < w->count; i++)
        look_at_file(w->at[i]);
}

static void look_at_source(struct settings *s, const struct settings_source *source)
{
    look_at_file(source->schema);
    look_at_file(source->aliases);
    look_at_file(source->succession);
    for (size_t i = 0; i < source->part_count; i++) {
        const struct settings_part *part = &source->parts[i];
        for (size_t k = 0; k < part->files.count; k++)
            look_at_file(settings_path(&s->arena, part->folder, part->files.at[k]));
    }
}

void settings_look_at_kinds(struct settings *s)
{
    const struct settings_source *source;
    for (size_t i = 0; (source = settings_source(s, i)); i++)
        look_at_source(s, source);
    look_at_file(s->codebook);
    look_at_file(s->overrides);
    look_at_file(s->website_plan);
    look_at_words(&s->decisions);
    look_at_words(&s->plans);
    look_at_words(&s->named);
}
