/* result_flow -- an account of replies: who was asked, what came back, what is usable.
 *
 * Response rates are those of AAPOR 2023, "Standard Definitions", with I complete, P partial,
 * R refused, NC no reply, O other and U unknown whether eligible:
 *     RR1 = I / ((I + P) + (R + NC + O) + U)
 *     RR2 = (I + P) / the same. */
#include "result.h"

static void add_step(struct result *r, struct cells_step step, double n, double base)
{
    step.cell = (struct cells_cell){.n = n,
                                    .unweighted = NAN,
                                    .share = {base, base > 0 ? 100 * n / base : NAN, NAN, NAN},
                                    .lowest = NAN,
                                    .highest = NAN};
    r->to->steps[r->to->step_count++] = step;
}

static enum plan_class class_of(const struct result *r, size_t value)
{
    return plan_class_of(r->plan->flow, r->to->values[value].text);
}

static void add_classes(struct result *r, double asked, double sums[PLAN_CLASS_COUNT])
{
    const struct cells_table *t = r->to;
    for (enum plan_class class = 0; class < PLAN_CLASS_COUNT; class ++) {
        sums[class] = 0;
        for (size_t v = 0; v < t->value_count; v++)
            if (class_of(r, v) == class)
                sums[class] += cells_at(t, 0, v, 0)->n;
        struct cells_step step = {.field = t->field, .step = plan_class_name(class)};
        add_step(r, step, sums[class], asked);
        for (size_t v = 0; v < t->value_count; v++) {
            step.detail = t->values[v].text;
            if (class_of(r, v) == class)
                add_step(r, step, cells_at(t, 0, v, 0)->n, asked);
        }
    }
}

static void add_questions(struct result *r, double asked)
{
    const struct plan_flow *flow = r->plan->flow;
    for (size_t i = 0; i < flow->question_count; i++) {
        const struct count_table *t = &r->counts->tables[flow->first_question + i];
        size_t place = intern64_find(&t->places, count_total_key(0));
        double n = place == INTERN64_NONE ? 0 : (double)t->counts[place];
        struct cells_step step = {.field = t->plan->field, .step = SPAN("usable")};
        add_step(r, step, n, asked);
    }
}

void result_flow(struct result *r)
{
    struct cells_table *t = r->to;
    double sums[PLAN_CLASS_COUNT], asked = t->whole[0].n;
    size_t most = 1 + PLAN_CLASS_COUNT + t->value_count + r->plan->flow->question_count + 2;
    t->steps = arena_array(r->arena, most, sizeof *t->steps);
    struct cells_step step = {.field = t->field, .step = SPAN("asked")};
    add_step(r, step, asked, asked);
    add_classes(r, asked, sums);
    add_questions(r, asked);
    double complete = sums[PLAN_COMPLETE], base = asked - sums[PLAN_NOT_ELIGIBLE];
    step = (struct cells_step){.is_rate = true, .field = t->field, .step = SPAN("RR1")};
    add_step(r, step, complete, base);
    step.step = SPAN("RR2");
    add_step(r, step, complete + sums[PLAN_PARTIAL], base);
    t->value_count = 0; /* they are told as steps */
}
