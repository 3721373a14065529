/* columns_unfound -- the likely cause when no field has a column, and the nearest column. */
#include "columns_unfound.h"

#include <stdlib.h>

#include "base/fail.h"
#include "text/clean.h"

/* ---- no field at all ---- */

/* How many values of R are names, titles or aliases in the schema, up to two. */
static size_t count_headers(const struct columns *c, const struct record *r)
{
    struct buf form = {0}, text = {0};
    size_t headers = 0;
    for (size_t i = 0; i < r->count && headers < 2; i++) {
        const struct value *v = &r->fields[i].value;
        if (v->type != VALUE_STRING || r->fields[i].name.len == 0 || r->fields[i].name.at[0] == '_')
            continue;
        buf_clear(&form);
        clean_header(&form, value_text(v, &text));
        headers += form.len && intern_find(&c->schema->forms, buf_span(&form)) != INTERN_NONE;
    }
    buf_free(&form);
    buf_free(&text);
    return headers;
}

void columns_look(struct columns *c, const struct record *r)
{
    if (c->looked++ == 0 && r->count)
        buf_add(&c->first, r->fields[0].name);
    size_t enough = c->schema->count > 1 ? 2 : 1;
    if (c->header_row == 0 && count_headers(c, r) >= enough)
        c->header_row = c->looked;
}

static bool has_any(struct span text, const char *signs)
{
    for (size_t i = 0; i < text.len; i++)
        if (strchr(signs, text.at[i]) && text.at[i])
            return true;
    return false;
}

/* Why the columns are not the schema's, as far as their look tells. */
static const char *likely_cause(const struct columns *c, struct buf *text)
{
    struct span first = buf_span(&c->first);
    if (c->header_row)
        buf_addf(text, "record %zu holds the headers: fromcsv --skip %zu, or --skip auto",
                 c->header_row, c->header_row);
    else if (first.len && (first.at[0] == '<' || span_starts(first, SPAN("%PDF")) ||
                           span_starts(first, SPAN("PK"))))
        buf_addf(text, "the first column is called %s: was this CSV at all?", quote(first));
    else if (c->shape.count == 1 && has_any(first, ",;\t|"))
        buf_addf(text, "the only column is called %s: another separator? see fromcsv -d",
                 quote(first));
    else
        buf_addf(text,
                 "the first column is called %s: another file's schema, or titles above the "
                 "headers? see fromcsv --skip",
                 quote(first));
    return buf_text(text);
}

/* ---- one field ---- */

/* The forms of the names of those fields without a column that will be told. */
static size_t forms_told(const struct columns *c, struct schema_form *forms)
{
    const struct schema *s = c->schema;
    size_t count = 0, told = 0, field = SIZE_MAX;
    for (size_t i = 0; i < s->form_count; i++) { /* those of one field stand together */
        const struct schema_form *it = &s->form_fields[i];
        if (!asked_is_open(&c->filter->asked, c->asked[it->field]))
            continue;
        told += it->field != field;
        field = it->field;
        if (told > ASKED_TOLD)
            break;
        forms[count++] = *it;
    }
    return count;
}

/* Offers the column NAME for the fields of FORMS to whose names its header is near. */
static void offer(struct columns *c, struct span name, const struct schema_form *forms,
                  size_t count)
{
    struct buf form = {0};
    clean_header(&form, name);
    for (size_t i = 0; i < count; i++)
        asked_near_as(&c->filter->asked, c->asked[forms[i].field],
                      c->schema->forms.keys[forms[i].form], buf_span(&form), name);
    buf_free(&form);
}

static void offer_all(struct columns *c)
{
    size_t cap = 0;
    struct schema_form *forms = array_grow(NULL, &cap, c->schema->form_count, sizeof *forms);
    size_t count = forms_told(c, forms);
    for (size_t i = 0; i < c->names.count; i++)
        if (c->meanings[i].role == COLUMNS_EXTRA)
            offer(c, c->names.keys[i], forms, count);
    free(forms);
}

/* Replacements of a field with a column that replaced nothing. Of records that were rejected not
 * all cells were looked at, so then nobody knows. */
static void tell_replacements(struct columns *c, size_t field)
{
    const struct schema_field *f = &c->schema->fields[field];
    struct buf where = {0};
    buf_addf(&where, "%s: field %s", c->schema->file, quote(f->name));
    for (size_t i = 0; i < f->words.texts.count; i++) {
        const struct word *word = &f->words.at[i];
        bool form = i > 0 && f->words.at[i - 1].to.at == word->to.at; /* of the one before */
        if (word->kind == WORD_REPLACE && !form && !words_was_used(&f->words, i))
            asked_thing(&c->filter->asked, "replacement", f->words.texts.keys[i],
                        "was never applied", buf_text(&where));
    }
    buf_free(&where);
}

void columns_tell(struct columns *c)
{
    for (size_t i = 0; i < c->schema->count; i++)
        if (c->filter->rejected == 0 && !asked_is_open(&c->filter->asked, c->asked[i]))
            tell_replacements(c, i);
    if (c->found == c->schema->count)
        return;
    if (c->found == 0 && c->first.len) {
        struct buf why = {0};
        fail(STATUS_DATA, "%s: none of the fields in %s has a column (%s)", buf_text(&c->file),
             c->schema->file, likely_cause(c, &why));
    }
    offer_all(c);
}
