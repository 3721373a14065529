/* spread -- column by column, in the order of the source. */
#include "spread.h"

#include "stream/emit.h"
#include "text/clean.h"

bool spread_add(struct buf *b, const struct schema_field *f, const struct record *r,
                const size_t *places, size_t count)
{
    struct buf decoded = {0}, cleaned = {0};
    bool any = false;
    buf_addc(b, '[');
    for (size_t i = 0; i < count; i++) {
        const struct field *column = &r->fields[places[i]];
        if (column->value.type == VALUE_NULL)
            continue;
        struct span text = clean_text(value_text(&column->value, &decoded), &cleaned), part;
        const struct word *word = words_find(&f->words, text);
        if (text.len == 0 || (word && word->kind == WORD_MISSING))
            continue;
        any = true;
        derive_takes(&f->derive, column->name, &part);
        if (f->derive.items == DERIVE_HEADERS && !derive_chooses(text))
            continue;
        emit_item(b);
        emit_string(b, f->derive.items == DERIVE_HEADERS ? part : text);
    }
    buf_addc(b, ']');
    buf_free(&decoded);
    buf_free(&cleaned);
    return any;
}
