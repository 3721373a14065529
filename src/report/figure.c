/* figure -- a chart of the report alone, as a file for a paper. */
#include "report/figure.h"

#include <errno.h>
#include <sys/stat.h>

#include "base/fail.h"
#include "base/nearest.h"
#include "chart.h"
#include "paint.h"
#include "svg.h"
#include "xml.h"

#define LONGEST_NAME ((size_t)60) /* of an id that can be the name of a file */

enum form { FORM_SVG, FORM_PDF, FORM_PNG, FORM_COUNT };

static const char *const FORMS[FORM_COUNT] = {"svg", "pdf", "png"};

static bool find_form(const char *name, enum form *form)
{
    for (*form = 0; *form < FORM_COUNT; (*form)++)
        if (strcmp(FORMS[*form], name) == 0)
            return true;
    return false;
}

bool figure_is_form(const char *name)
{
    enum form form;
    return find_form(name, &form);
}

/* Whether the figures go into files of their own in a folder: FILE ends with a slash. */
static bool figure_is_folder(const char *file)
{
    size_t length = file ? strlen(file) : 0;
    return length > 0 && file[length - 1] == '/';
}

static enum form form_of(const struct figure_options *o)
{
    enum form form;
    const char *dot = o->file ? strrchr(o->file, '.') : NULL;
    if (o->form)
        find_form(o->form, &form);
    else if (!dot || !find_form(dot + 1, &form))
        form = FORM_SVG;
    if (form != FORM_SVG && !PAINT_IS_THERE)
        fail(STATUS_USAGE, "no %s: built without Cairo and Pango ('make deps' installs them)",
             FORMS[form]);
    return form;
}

bool figure_needs_full(const struct figure_options *o)
{
    return form_of(o) != FORM_SVG && !paint_write;
}

struct figures {
    struct results *results;
    struct filter *f;
    const struct figure_options *options;
    enum form form;
    size_t count;
    bool is_there; /* the table, with a chart or without */
};

static void add_drawing(struct buf *b, const struct drawing *d, const struct figures *w)
{
    const struct figure_options *o = w->options;
    if (w->form == FORM_SVG)
        svg_write(b, d, SVG_FILE, o->mm);
    else
        paint_write(b, d, w->form == FORM_PDF ? PAINT_PDF : PAINT_PNG, o->mm, o->dpi);
}

/* A file of its own, named by the table's id: what is no letter or digit as _HH. */
static void write_file(const struct drawing *d, struct figures *w)
{
    struct buf path = {0};
    struct output out;
    buf_add(&path, span_of(w->options->file));
    if (d->id.len <= LONGEST_NAME)
        xml_add_id(&path, d->id);
    else
        buf_addf(&path, "figure-%zu", w->count + 1);
    buf_addf(&path, ".%s", FORMS[w->form]);
    output_open(&out, buf_text(&path), OUTPUT_WHOLE);
    add_drawing(&out.buf, d, w);
    output_close(&out);
    buf_free(&path);
}

static void take_layout(void *context, const struct layout *l)
{
    struct figures *w = context;
    bool is_all = strcmp(w->options->id, "all") == 0;
    bool is_asked = is_all || span_eq(l->id, span_of(w->options->id));
    w->is_there |= is_asked;
    if (!is_asked || chart_kind_of(l) == CHART_NONE)
        return;
    if (w->count > 0 && !figure_is_folder(w->options->file))
        fail(STATUS_USAGE, "several figures do not fit one file (give '--output FOLDER/')");
    struct drawing d = chart_make(w->results, l);
    if (figure_is_folder(w->options->file))
        write_file(&d, w);
    else
        add_drawing(&w->f->out.buf, &d, w);
    w->count++;
    w->f->written++;
    drawing_free(&d);
}

static void make_folder(const char *folder)
{
    if (mkdir(folder, 0777) != 0 && errno != EEXIST)
        fail(STATUS_DATA, "%s: %s", folder, strerror(errno));
}

/* The name of a table that is near to what was asked for. */
_Noreturn static void fail_absent(const struct results *s, const char *id)
{
    struct nearest nearest = {0};
    for (size_t i = 0; i < s->cells.count; i++)
        nearest_try(&nearest, span_of(id), s->cells.tables[i].id);
    if (nearest.name.at)
        fail(STATUS_USAGE, "no table is called %s (did you mean %s?)", quote(span_of(id)),
             quote(nearest.name));
    fail(STATUS_USAGE, "no table is called %s", quote(span_of(id)));
}

void figure_write(struct results *s, struct filter *f, const struct figure_options *o)
{
    bool is_all = strcmp(o->id, "all") == 0;
    struct figures w = {.results = s, .f = f, .options = o, .form = form_of(o)};
    if (is_all && !figure_is_folder(o->file))
        fail(STATUS_USAGE, "'--figure all' needs a folder: '--output FOLDER/' (try --help)");
    if (figure_is_folder(o->file))
        make_folder(o->file);
    layout_each(s, take_layout, &w);
    if (!w.is_there && !is_all)
        fail_absent(s, o->id);
    if (w.count == 0 && !is_all)
        fail(STATUS_USAGE, "table %s has no chart", quote(span_of(o->id)));
}
