/* plan_flow -- accounts of the replies to a request: what each status means.
 *
 * The classes are those of AAPOR 2023, "Standard Definitions": complete (I), partial
 * (P), refusal (R), non-contact (NC), other (O), unknown eligibility (UH, UO). */
#include "plan_read.h"

#include "base/fail.h"

static const struct span CLASS_NAMES[PLAN_CLASS_COUNT] = {
    [PLAN_COMPLETE] = {"complete", 8},
    [PLAN_PARTIAL] = {"partial", 7},
    [PLAN_REFUSED] = {"refused", 7},
    [PLAN_NO_REPLY] = {"no_reply", 8},
    [PLAN_OTHER] = {"other", 5},
    [PLAN_UNKNOWN] = {"unknown", 7},
    [PLAN_NOT_ELIGIBLE] = {"not_eligible", 12},
};

/* What a status means of which the plan says nothing. */
static const char *const DEFAULTS[PLAN_CLASS_COUNT][4] = {
    [PLAN_COMPLETE] = {"complete", "answered"},
    [PLAN_PARTIAL] = {"partial", "partly"},
    [PLAN_REFUSED] = {"refused", "refused:*"},
    [PLAN_NO_REPLY] = {"no_reply", "no_response"},
    [PLAN_OTHER] = {"other"},
    [PLAN_UNKNOWN] = {"unknown"},
    [PLAN_NOT_ELIGIBLE] = {"not_eligible"},
};

struct span plan_class_name(enum plan_class class)
{
    return CLASS_NAMES[class];
}

static bool matches(struct span pattern, struct span text)
{
    if (pattern.len && pattern.at[pattern.len - 1] == '*')
        return span_starts(text, (struct span){pattern.at, pattern.len - 1});
    return span_eq(pattern, text);
}

/* A status named in full wins over a beginning; what nobody names is "other". */
enum plan_class plan_class_of(const struct plan_flow *flow, struct span text)
{
    for (enum plan_class class = 0; class < PLAN_CLASS_COUNT; class ++)
        for (size_t i = 0; i < flow->status_counts[class]; i++)
            if (span_eq(flow->statuses[class][i], text))
                return class;
    for (enum plan_class class = 0; class < PLAN_CLASS_COUNT; class ++)
        for (size_t i = 0; i < flow->status_counts[class]; i++)
            if (matches(flow->statuses[class][i], text))
                return class;
    return PLAN_OTHER;
}

static void add_status(struct plan *p, struct plan_flow *flow, enum plan_class class,
                       const struct document *item)
{
    struct span text = document_text(item);
    for (enum plan_class other = 0; other < PLAN_CLASS_COUNT; other++)
        for (size_t i = 0; i < flow->status_counts[other]; i++)
            if (span_eq(flow->statuses[other][i], text))
                document_fail(item, "%s is listed twice", quote(text));
    flow->statuses[class][flow->status_counts[class]++] = plan_keep(p, text);
}

static void take_class(struct plan *p, const struct document *d, struct plan_flow *flow,
                       enum plan_class class)
{
    struct document list, item = {0};
    if (document_get(d, CLASS_NAMES[class].at, &list)) {
        flow->statuses[class] =
            arena_array(&p->arena, document_count(&list), sizeof *flow->statuses[class]);
        while (document_next(&list, &item))
            add_status(p, flow, class, &item);
        return;
    }
    flow->statuses[class] = arena_array(&p->arena, 4, sizeof *flow->statuses[class]);
    for (size_t i = 0; DEFAULTS[class][i]; i++)
        flow->statuses[class][flow->status_counts[class]++] = span_of(DEFAULTS[class][i]);
}

/* One more table over the records of the account at INDEX. */
static struct plan_table *add_like(struct plan *p, size_t index, const struct document *field)
{
    struct plan_table *t = plan_add_table(p);
    const struct plan_table *flow = &p->tables[index];
    struct span name = document_text(field);
    if (name.len == 0)
        document_fail(field, "expected a field's name, not an empty string");
    t->field = plan_keep(p, name);
    t->where_count = flow->where_count;
    t->where = flow->where;
    t->interval = flow->interval;
    t->of_count = 1;
    return t;
}

static void add_questions(struct plan *p, const struct document *d, struct plan_flow *flow,
                          size_t index)
{
    struct document list, item = {0};
    flow->first_question = p->count;
    if (!document_get(d, "questions", &list))
        return;
    document_must_be_list(&list);
    while (document_next(&list, &item)) {
        struct plan_table *t = add_like(p, index, &item);
        t->rows = PLAN_NO_ROWS;
        t->hidden = true;
        flow->question_count++;
    }
}

static void add_comparisons(struct plan *p, const struct document *d, const struct plan_flow *flow,
                            size_t index)
{
    struct document list, item = {0};
    if (!document_get(d, "compare", &list))
        return;
    document_must_be_list(&list);
    while (document_next(&list, &item)) {
        struct plan_table *t = add_like(p, index, &item);
        static const char *const names[] = {"\"respondent\"", "\"non-respondent\""};
        struct buf text = {0};
        buf_addf(&text, "%.*s_%.*s", SPAN_ARGS(p->tables[index].id), SPAN_ARGS(t->field));
        t->id = plan_keep(p, buf_span(&text));
        buf_free(&text);
        t->by = p->tables[index].field;
        t->respondents = flow;
        /* whether those who answered are like the others is another question than the study's */
        t->chisq = SPAN("{\"family\":\"respondents\"}");
        t->group_count = 2;
        t->groups = arena_array(&p->arena, 2, sizeof *t->groups);
        for (size_t i = 0; i < 2; i++)
            t->groups[i] = (struct plan_value){span_of(names[i]), {0}, PLAN_NONE};
    }
}

/* Labels may come from schemas, which are read after the plan. */
void plan_title_comparisons(struct plan *p)
{
    struct buf text = {0};
    for (size_t i = 0; i < p->count; i++) {
        struct plan_table *t = &p->tables[i];
        if (!t->respondents)
            continue;
        struct span label = labels_find(&p->labels.fields, t->field);
        buf_clear(&text);
        buf_addf(&text, "Respondents and non-respondents by %.*s",
                 SPAN_ARGS(label.at ? label : t->field));
        t->title = plan_keep(p, buf_span(&text));
    }
    buf_free(&text);
}

static void take_share(const struct document *d, struct plan_flow *flow)
{
    struct document e;
    flow->e = NAN;
    if (!document_get(d, "e", &e))
        return;
    flow->e = document_number(&e);
    if (!(flow->e >= 0 && flow->e <= 1))
        document_fail(&e, "expected a share from 0 to 1");
}

void plan_read_flow(struct plan *p, const struct document *table, size_t index)
{
    static const char *const keys[] = {"complete", "partial",      "refused",   "no_reply", "other",
                                       "unknown",  "not_eligible", "questions", "compare",  "e",
                                       NULL};
    struct document d;
    document_need(table, "flow", &d);
    document_keys(&d, keys);
    struct plan_flow *flow = arena_alloc(&p->arena, sizeof *flow);
    for (enum plan_class class = 0; class < PLAN_CLASS_COUNT; class ++)
        take_class(p, &d, flow, class);
    take_share(&d, flow);
    p->tables[index].flow = flow;
    p->tables[index].rows = PLAN_STATUSES;
    add_questions(p, &d, flow, index);
    add_comparisons(p, &d, flow, index);
}
