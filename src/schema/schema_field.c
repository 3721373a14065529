/* schema_field -- one field of a schema: its type and how its cells are read. */
#include "base/fail.h"
#include "schema_read.h"
#include "stream/emit.h"

#define DATES (SCHEMA_BIT(SCHEMA_DATE) | SCHEMA_BIT(SCHEMA_DATETIME))
#define NUMBERS (SCHEMA_BIT(SCHEMA_INTEGER) | SCHEMA_BIT(SCHEMA_NUMBER))
#define TEXTS (SCHEMA_BIT(SCHEMA_STRING) | SCHEMA_BIT(SCHEMA_LIST) | SCHEMA_BIT(SCHEMA_ANY))

static const struct choice TYPES[] = {{"string", SCHEMA_STRING},
                                      {"integer", SCHEMA_INTEGER},
                                      {"number", SCHEMA_NUMBER},
                                      {"boolean", SCHEMA_BOOLEAN},
                                      {"date", SCHEMA_DATE},
                                      {"datetime", SCHEMA_DATETIME},
                                      {"year", SCHEMA_YEAR},
                                      {"list", SCHEMA_LIST},
                                      {"any", SCHEMA_ANY},
                                      {"month", SCHEMA_MONTH},
                                      {"yearmonth", SCHEMA_MONTH},
                                      {"quarter", SCHEMA_QUARTER},
                                      {"financial_year", SCHEMA_FINANCIAL_YEAR},
                                      {0}};

static const struct choice SERIALS[] = {{"1900", SCHEMA_1900}, {"1904", SCHEMA_1904}, {0}};

static const struct choice ITEM_TYPES[] = {{"string", SCHEMA_STRING},
                                           {"integer", SCHEMA_INTEGER},
                                           {"number", SCHEMA_NUMBER},
                                           {"boolean", SCHEMA_BOOLEAN},
                                           {"date", SCHEMA_DATE},
                                           {"datetime", SCHEMA_DATETIME},
                                           {0}};

static const struct choice STRING_FORMS[] = {
    {"default", SCHEMA_ANY_TEXT}, {"email", SCHEMA_EMAIL}, {"uri", SCHEMA_URI},
    {"binary", SCHEMA_BINARY},    {"uuid", SCHEMA_UUID},   {0}};

static const struct choice NO_FORM[] = {{"default", 0}, {0}};

static const struct choice CASES[] = {
    {"keep", SCHEMA_KEEP}, {"lower", SCHEMA_LOWER}, {"upper", SCHEMA_UPPER}, {0}};

static const struct schema_row FIELD_ROWS[] = {
    {"name", SCHEMA_ALL},
    {"title", SCHEMA_ALL},
    {"number", SCHEMA_ALL},
    {"questions", SCHEMA_ALL},
    {"aliases", SCHEMA_ALL},
    {"description", SCHEMA_ALL},
    {"example", SCHEMA_ALL},
    {"examples", SCHEMA_ALL},
    {"rdfType", SCHEMA_ALL},
    {"type", SCHEMA_ALL},
    {"format", SCHEMA_ALL},
    {"constraints", SCHEMA_ALL},
    {"missingValues", SCHEMA_ALL},
    {"clean", SCHEMA_ALL},
    {"case", TEXTS | SCHEMA_BIT(SCHEMA_BOOLEAN)},
    {"replace", TEXTS | NUMBERS},
    {"into", SCHEMA_BIT(SCHEMA_STRING)},
    {"categories", SCHEMA_BIT(SCHEMA_STRING) | SCHEMA_BIT(SCHEMA_INTEGER)},
    {"categoriesOrdered", SCHEMA_BIT(SCHEMA_STRING) | SCHEMA_BIT(SCHEMA_INTEGER)},
    {"trueValues", SCHEMA_BIT(SCHEMA_BOOLEAN)},
    {"falseValues", SCHEMA_BIT(SCHEMA_BOOLEAN)},
    {"blankIsNo", SCHEMA_BIT(SCHEMA_BOOLEAN)},
    {"serials", DATES},
    {"from", SCHEMA_ALL},
    {"columns", SCHEMA_ALL},
    {"items", SCHEMA_BIT(SCHEMA_LIST)},
    {"bareNumber", NUMBERS},
    {"multipliers", NUMBERS},
    {"prose", SCHEMA_BIT(SCHEMA_INTEGER) | SCHEMA_BIT(SCHEMA_NUMBER)},
    {"groupChar", NUMBERS},
    {"decimalChar", SCHEMA_BIT(SCHEMA_NUMBER)},
    {"delimiter", SCHEMA_BIT(SCHEMA_LIST)},
    {"itemType", SCHEMA_BIT(SCHEMA_LIST)},
};

void schema_check_keys(const struct document *d, const struct schema_row *rows, size_t count,
                       enum schema_type type)
{
    struct arena arena = {0};
    const char **keys = arena_array(&arena, count + 1, sizeof *keys);
    for (size_t i = 0; i < count; i++)
        keys[i] = rows[i].key;
    document_keys(d, keys);
    arena_free(&arena);
    struct document member = {0};
    while (document_next(d, &member))
        for (size_t i = 0; i < count; i++)
            if (strcmp(member.key, rows[i].key) == 0 && !(rows[i].types & SCHEMA_BIT(type)))
                document_mention(&member, "has no effect on %s", schema_type_name(type));
}

const char *schema_type_name(enum schema_type type)
{
    static const char *const names[] = {
        [SCHEMA_STRING] = "a string",   [SCHEMA_INTEGER] = "an integer",
        [SCHEMA_NUMBER] = "a number",   [SCHEMA_BOOLEAN] = "a boolean",
        [SCHEMA_DATE] = "a date",       [SCHEMA_DATETIME] = "a date with time",
        [SCHEMA_YEAR] = "a year",       [SCHEMA_MONTH] = "a month",
        [SCHEMA_QUARTER] = "a quarter", [SCHEMA_FINANCIAL_YEAR] = "a financial year",
        [SCHEMA_LIST] = "a list",       [SCHEMA_ANY] = "a field of any type",
    };
    return names[type];
}

/* ---- formats ---- */

/* What normalise writes is read again as it is, so a format that reads the
 * written form as another day could not be applied twice. */
static void check_format_twice(const struct document *d, const struct date_format *format)
{
    struct date read;
    if (date_parse(format, SPAN("2001-02-03"), &read) == DATE_OK &&
        (read.month != 2 || read.day != 3))
        document_fail(d, "takes the dates that are written, such as 2001-02-03, for others");
}

static void read_date_format(struct schema_reader *rd, const struct document *d,
                             struct schema_reading *as)
{
    struct span text = document_text(d), bad;
    if (span_eq(text, SPAN("default")))
        return;
    if (span_eq(text, SPAN("any-dmy"))) {
        as->date_form = SCHEMA_ANY_DMY;
        return;
    }
    if (span_eq(text, SPAN("any")))
        document_fail(d, "'any' would guess (use 'any-dmy' for dates with the day first)");
    const char *wrong = date_format_compile(&as->format, &rd->schema->arena, text, &bad);
    if (wrong)
        document_fail(d, "%s: %s", quote(bad), wrong);
    if (as->type == SCHEMA_DATETIME && !as->format.has_time)
        document_fail(d, "%s has no time of day", quote(text));
    check_format_twice(d, &as->format);
    as->date_form = SCHEMA_FORMAT;
    as->format_text = (struct span){arena_text(&rd->schema->arena, text), text.len};
}

/* "serials" is true, "1900" or "1904". */
static void read_serials(const struct document *d, struct schema_reading *as)
{
    struct document serials;
    if (!document_get(d, "serials", &serials))
        return;
    if (json_is_boolean(serials.json))
        as->serials = document_bool(&serials) ? SCHEMA_1900 : SCHEMA_NO_SERIALS;
    else
        as->serials = (enum schema_serials)document_word(&serials, SERIALS);
}

static void read_format(struct schema_reader *rd, const struct document *d,
                        struct schema_reading *as, bool is_list)
{
    struct document format;
    read_serials(d, as);
    if (!document_get(d, "format", &format))
        return;
    if (SCHEMA_BIT(as->type) & DATES)
        read_date_format(rd, &format, as);
    else if (as->type == SCHEMA_STRING && !is_list)
        as->string_form = (enum schema_string_form)document_word(&format, STRING_FORMS);
    else
        document_word(&format, NO_FORM);
}

/* A sign that no number is written with by itself. */
static struct span number_sign(struct schema_reader *rd, const struct document *d, const char *key,
                               struct span otherwise)
{
    struct document sign;
    if (!document_get(d, key, &sign))
        return otherwise;
    struct span text = document_text(&sign);
    if (text.len == 0)
        document_fail(&sign, "is empty");
    for (size_t i = 0; i < text.len; i++)
        if ((text.at[i] >= '0' && text.at[i] <= '9') || text.at[i] == '-' || text.at[i] == '+')
            document_fail(&sign, "%s is part of numbers themselves", quote(text));
    return arena_copy(&rd->schema->arena, text);
}

static void read_number_style(struct schema_reader *rd, const struct document *d,
                              struct schema_reading *as)
{
    as->number.group = number_sign(rd, d, "groupChar", (struct span){0});
    as->number.decimal = number_sign(rd, d, "decimalChar", (struct span){0});
    as->number.strip = !document_bool_or(d, "bareNumber", true);
    as->number.multipliers = document_bool_or(d, "multipliers", false);
    as->prose = document_bool_or(d, "prose", false);
    /* an integer has no decimals, so a point is free to part its groups */
    if (as->type == SCHEMA_INTEGER && span_eq(as->number.group, SPAN(".")))
        as->number.decimal = SPAN(",");
    struct span decimal = as->number.decimal.len ? as->number.decimal : SPAN(".");
    if (span_eq(as->number.group, decimal))
        document_fail(d, "'groupChar' and 'decimalChar' are the same");
}

/* ---- the field ---- */

static void read_type(const struct document *d, struct schema_field *f, enum schema_type *declared)
{
    struct document type;
    bool given = document_get(d, "type", &type); /* what else is said depends on it */
    *declared = given ? (enum schema_type)document_word(&type, TYPES) : SCHEMA_ANY;
    f->as.type = *declared;
    f->is_list = *declared == SCHEMA_LIST;
    if (!f->is_list)
        return;
    f->as.type = (enum schema_type)document_word_or(d, "itemType", ITEM_TYPES, SCHEMA_STRING);
    f->delimiter = document_text_or(d, "delimiter", SPAN(","));
    if (f->delimiter.len == 0)
        document_fail(d, "'delimiter' is empty");
}

static enum schema_clean read_clean(const struct document *clean, enum schema_type declared)
{
    if (json_is_boolean(clean->json))
        return document_bool(clean) ? SCHEMA_CLEAN : SCHEMA_AS_IT_IS;
    struct span word = document_text(clean);
    bool text = span_eq(word, SPAN("text"));
    if (!text && !span_eq(word, SPAN("organisation")))
        document_fail(clean, "expected true, false, 'text' or 'organisation'");
    if (declared != SCHEMA_STRING && !(text && declared == SCHEMA_ANY))
        document_fail(clean, "%s has no effect on %s", quote(word), schema_type_name(declared));
    return text ? SCHEMA_TEXT : SCHEMA_ORGANISATION;
}

/* "organisation" needs "into". */
static void read_cleaning(struct schema_reader *rd, const struct document *d,
                          struct schema_field *f, enum schema_type declared)
{
    struct document clean, into;
    f->clean = SCHEMA_CLEAN;
    f->clean_given = document_get(d, "clean", &clean);
    if (f->clean_given)
        f->clean = read_clean(&clean, declared);
    bool has_into = document_get(d, "into", &into);
    if (has_into != (f->clean == SCHEMA_ORGANISATION))
        document_fail(d, "'into' and '\"clean\": \"organisation\"' go together");
    if (has_into)
        f->into = arena_copy(&rd->schema->arena, document_text(&into));
}

/* Whether a cell of several lines can be free text. What is compared with listed values, a
 * pattern or other cells is one line. */
static bool holds_text(const struct schema_field *f)
{
    bool is_string = f->as.type == SCHEMA_STRING || f->as.type == SCHEMA_ANY;
    return is_string && !f->is_list && f->as.string_form == SCHEMA_ANY_TEXT && !f->unique &&
           !f->has_values && !f->has_categories && !f->pattern;
}

/* What extract finds a question by beside its title: its number, further wordings. */
static void read_question(struct schema_reader *rd, const struct document *d,
                          struct schema_field *f)
{
    struct document number, questions, question = {0};
    if (document_get(d, "number", &number)) {
        f->number = arena_copy(&rd->schema->arena, document_text(&number));
        if (f->number.len == 0)
            document_fail(&number, "is empty");
    }
    if (!document_get(d, "questions", &questions))
        return;
    document_must_be_list(&questions);
    f->questions =
        arena_array(&rd->schema->arena, document_count(&questions), sizeof *f->questions);
    while (document_next(&questions, &question))
        f->questions[f->question_count++] =
            arena_copy(&rd->schema->arena, document_text(&question));
}

static void read_name(struct schema_reader *rd, const struct document *d, struct schema_field *f)
{
    struct document name;
    f->title = arena_copy(&rd->schema->arena, document_text_or(d, "title", (struct span){"", 0}));
    document_need(d, "name", &name);
    f->name = arena_copy(&rd->schema->arena, document_text(&name));
    if (f->name.len == 0 || f->name.at[0] == '_')
        document_fail(&name, "%s cannot name a field%s", quote(f->name),
                      f->name.len ? ": names with '_' in front are the tools'" : "");
    struct buf prefix = {0};
    buf_addc(&prefix, ',');
    emit_string(&prefix, f->name);
    buf_addc(&prefix, ':');
    char *at = arena_alloc(&rd->schema->arena, prefix.len + BUF_SHORT);
    memcpy(at, prefix.at, prefix.len);
    f->prefix = (struct span){at, prefix.len};
    buf_free(&prefix);
}

/* A field of which one step after the other is read, each as far as it is good. */
struct field_reading {
    struct schema_reader *reader;
    struct schema_field *field;
    enum schema_type declared;
    bool is_made;
};

static void step_type(void *with, const struct document *d)
{
    struct field_reading *x = with;
    read_type(d, x->field, &x->declared);
}

static void step_made(void *with, const struct document *d)
{
    struct field_reading *x = with;
    x->is_made = schema_is_made(d);
    if (x->is_made)
        schema_read_made(x->reader, d, x->field, x->declared);
}

static void step_name(void *with, const struct document *d)
{
    struct field_reading *x = with;
    read_name(x->reader, d, x->field);
}

static void step_source(void *with, const struct document *d)
{
    struct field_reading *x = with;
    schema_check_keys(d, FIELD_ROWS, sizeof FIELD_ROWS / sizeof *FIELD_ROWS, x->declared);
    schema_read_source(x->reader, d, x->field);
}

static void step_question(void *with, const struct document *d)
{
    struct field_reading *x = with;
    x->field->delimiter = arena_copy(&x->reader->schema->arena, x->field->delimiter);
    read_question(x->reader, d, x->field);
}

static void step_cleaning(void *with, const struct document *d)
{
    struct field_reading *x = with;
    read_cleaning(x->reader, d, x->field, x->declared);
    x->field->letters = (enum schema_case)document_word_or(d, "case", CASES, SCHEMA_KEEP);
}

static void step_format(void *with, const struct document *d)
{
    struct field_reading *x = with;
    read_format(x->reader, d, &x->field->as, x->field->is_list);
}

static void step_number(void *with, const struct document *d)
{
    struct field_reading *x = with;
    read_number_style(x->reader, d, &x->field->as);
}

static void step_words(void *with, const struct document *d)
{
    struct field_reading *x = with;
    schema_read_words(x->reader, d, x->field);
}

static void step_constraints(void *with, const struct document *d)
{
    struct field_reading *x = with;
    schema_read_constraints(x->reader, d, x->field, x->declared);
}

void schema_read_field(struct schema_reader *rd, const struct document *d, struct schema_field *f)
{
    static void (*const cell[])(void *with, const struct document *d) = {
        step_source, step_question, step_cleaning,   step_format,
        step_number, step_words,    step_constraints};
    struct field_reading x = {.reader = rd, .field = f};
    document_must_be_object(d);
    bool typed = document_try(d, step_type, &x);
    document_try(d, step_made, &x);
    document_try(d, step_name, &x);
    for (size_t i = 0; typed && !x.is_made && i < sizeof cell / sizeof *cell; i++)
        document_try(d, cell[i], &x);
    if (!x.is_made && !f->clean_given && holds_text(f))
        f->clean = SCHEMA_TEXT;
}
