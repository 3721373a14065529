/* codebook_use -- which terms of a codebook the answers of given records have. */
#include "coding/codebook_use.h"

#include "stream/emit.h"

void codebook_use_init(struct codebook_use *u, const struct codebook *book)
{
    *u = (struct codebook_use){.book = book};
    u->targets = arena_array(&u->arena, book->target_count, sizeof *u->targets);
    for (size_t i = 0; i < book->target_count; i++) {
        struct codebook_use_target *t = &u->targets[i];
        t->names = &book->targets[i];
        t->from.name = t->names->from;
        coding_init(&t->coding, &book->fields[t->names->field]);
        t->used = arena_array(&u->arena, t->coding.field->term_count, sizeof *t->used);
    }
}

void codebook_use_free(struct codebook_use *u)
{
    for (size_t i = 0; i < u->book->target_count; i++)
        coding_free(&u->targets[i].coding);
    buf_free(&u->text);
    arena_free(&u->arena);
    *u = (struct codebook_use){0};
}

struct use_answer {
    struct codebook_use *use;
    struct codebook_use_target *target;
    const char *wrong;
};

/* What a cue or a rule makes of a mention is another question: the term was there. */
static bool use_piece(void *with, const struct value *piece, size_t item)
{
    struct use_answer *a = with;
    (void)item;
    a->wrong = coding_no_answer(piece);
    if (a->wrong || piece->type == VALUE_NULL)
        return !a->wrong;
    struct mentions *m = &a->target->coding.matcher;
    mentions_find(m, value_text(piece, &a->use->text));
    for (size_t i = 0; i < m->count; i++)
        a->target->used[m->mentions[i].term] = true;
    return true;
}

const char *codebook_use_record(struct codebook_use *u, const struct record *r, struct span *field)
{
    u->records++;
    for (size_t i = 0; i < u->book->target_count; i++) {
        struct codebook_use_target *t = &u->targets[i];
        const struct value *answer = record_find(r, &t->from);
        struct use_answer a = {u, t, NULL};
        *field = t->from.name;
        if (!value_missing(answer) && !coding_each(answer, use_piece, &a))
            return a.wrong;
    }
    return NULL;
}

static void write_term(const struct codebook_use *u, const struct codebook_use_target *t,
                       const struct codebook_term *term, struct output *out)
{
    struct buf *b = &out->buf;
    buf_addc(b, '{');
    emit_string_field(b, SPAN("file"), span_of(u->book->file));
    emit_string_field(b, SPAN("place"), span_of(term->place));
    emit_string_field(b, SPAN("field"), t->names->into);
    emit_string_field(b, SPAN("code"), t->coding.field->codes[term->code].code);
    emit_string_field(b, SPAN("term"), term->text);
    emit_string_field(b, SPAN("problem"), SPAN("unused"));
    emit_name(b, SPAN("detail"));
    buf_addf(b, "\"in none of %zu records\"", u->records);
    emit_string_field(b, SPAN("severity"), SPAN("remark"));
    buf_addc(b, '}');
    output_line(out);
}

size_t codebook_use_write(struct codebook_use *u, struct output *out)
{
    size_t unused = 0;
    for (size_t i = 0; i < u->book->target_count; i++) {
        const struct codebook_use_target *t = &u->targets[i];
        for (size_t j = 0; j < t->coding.field->term_count; j++) {
            if (t->used[j])
                continue;
            write_term(u, t, &t->coding.field->terms[j], out);
            unused++;
        }
    }
    return unused;
}
