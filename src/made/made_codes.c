/* made_codes -- a codebook behind a field of a schema. */
#include "made/made_codes.h"

#include "base/fault.h"
#include "made/made_book.h"

/* An answer that is longer is no answer to a question: its words take ten times as much. */
#define MAX_TEXT ((size_t)1 << 20)

struct made_book {
    struct codebook book;
    struct coding coding;
    bool groups, started;
    struct buf text;
};

/* ---- answers ---- */

static bool code_piece(void *with, const struct value *piece, size_t item)
{
    struct made_book *m = with;
    if (coding_no_answer(piece))
        return false;
    if (piece->type == VALUE_NULL)
        return true;
    struct span text = value_text(piece, &m->text);
    if (text.len <= MAX_TEXT)
        coding_add(&m->coding, text, item, NULL);
    return text.len <= MAX_TEXT;
}

static bool give(void *with, struct buf *b, const struct value *answer, struct derive_row *row)
{
    struct made_book *m = with;
    struct coding *c = &m->coding;
    coding_start(c);
    if (!coding_each(answer, code_piece, m))
        return false;
    coding_finish(c, NULL);
    row->uncoded = !c->found || c->count == 0;
    row->reason = c->count ? SPAN("no_group") : SPAN("uncoded");
    if (!c->field->multiple && (m->groups ? !coding_has_group(c) : c->count == 0))
        return false;
    if (m->groups)
        coding_emit_groups(c, b);
    else
        coding_emit_codes(c, b);
    return true;
}

/* ---- start and end ---- */

struct binding {
    struct made_codes *made;
    struct schema *schema;
    size_t field;
};

/* A codebook that a field above takes, too, is read again: there are few. */
static void bind(struct binding *b)
{
    struct made_codes *m = b->made;
    struct derive_book *book = &b->schema->fields[b->field].derive.book;
    struct made_book *one = arena_alloc(&m->arena, sizeof *one);
    m->books[b->field] = one;
    coding_init(&one->coding, made_book_load(&one->book, b->schema, b->field, &m->arena));
    one->started = true;
    one->groups = book->groups;
    book->give = give;
    book->with = one;
}

static void bind_all(void *with)
{
    struct binding *b = with;
    for (b->field = 0; b->field < b->schema->count; b->field++)
        if (made_book_is_named(b->schema, b->field))
            bind(b);
}

bool made_codes_bind(struct made_codes *m, struct schema *s, struct fault *fault)
{
    struct binding b = {m, s, 0};
    *m = (struct made_codes){.count = s->count};
    m->books = arena_array(&m->arena, s->count, sizeof *m->books);
    return fault_catch(fault, bind_all, &b);
}

void made_codes_free(struct made_codes *m)
{
    for (size_t i = 0; i < m->count; i++) {
        struct made_book *one = m->books[i];
        if (!one)
            continue;
        if (one->started)
            coding_free(&one->coding);
        codebook_free(&one->book);
        buf_free(&one->text);
    }
    arena_free(&m->arena);
    *m = (struct made_codes){0};
}
