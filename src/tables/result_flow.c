/* result_flow -- an account of replies: who was asked, what came back, what is usable.
 *
 * Response rates are those of AAPOR 2023, "Standard Definitions", with I complete, P partial,
 * R refused, NC no reply, O other and U unknown whether eligible:
 *     RR1 = I / ((I + P) + (R + NC + O) + U)      RR2 = (I + P) / the same
 *     RR3, RR4: the same with e U                 RR5, RR6: without U
 *     REF1, REF2, REF3 = R / the bases of RR1, RR3, RR5
 * and e the share of eligible ones among those of whom it is known, unless the plan gives it. */
#include <math.h>

#include "result.h"

#define RATES 10 /* with e itself */

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

static void add_rate(struct result *r, struct span name, double n, double base)
{
    struct cells_step step = {.is_rate = true, .field = r->to->field, .step = name};
    add_step(r, step, n, base);
}

/* Of those whose eligibility is not known, all count (1, 2), a share (3, 4), or none (5, 6). */
static void add_rates(struct result *r, const double sums[PLAN_CLASS_COUNT])
{
    double complete = sums[PLAN_COMPLETE], any = complete + sums[PLAN_PARTIAL];
    double refused = sums[PLAN_REFUSED], unknown = sums[PLAN_UNKNOWN];
    double known = any + refused + sums[PLAN_NO_REPLY] + sums[PLAN_OTHER];
    double screened = known + sums[PLAN_NOT_ELIGIBLE];
    double share =
        isnan(r->plan->flow->e) ? (screened > 0 ? known / screened : 1) : r->plan->flow->e;
    double bases[] = {known + unknown, known + share * unknown, known};
    static const struct span names[] = {SPAN_ROW("RR1"),  SPAN_ROW("RR2"),  SPAN_ROW("RR3"),
                                        SPAN_ROW("RR4"),  SPAN_ROW("RR5"),  SPAN_ROW("RR6"),
                                        SPAN_ROW("REF1"), SPAN_ROW("REF2"), SPAN_ROW("REF3")};
    for (size_t i = 0; i < 6; i++)
        add_rate(r, names[i], i % 2 ? any : complete, bases[i / 2]);
    for (size_t i = 0; i < 3; i++)
        add_rate(r, names[6 + i], refused, bases[i]);
    if (isnan(r->plan->flow->e))
        add_rate(r, SPAN("e"), known, screened);
    else
        add_rate(r, SPAN("e"), share, 1);
}

void result_flow(struct result *r)
{
    struct cells_table *t = r->to;
    double sums[PLAN_CLASS_COUNT], asked = t->whole[0].n;
    size_t most = 1 + PLAN_CLASS_COUNT + t->value_count + r->plan->flow->question_count + RATES;
    t->steps = arena_array(r->arena, most, sizeof *t->steps);
    struct cells_step step = {.field = t->field, .step = SPAN("asked")};
    add_step(r, step, asked, asked);
    add_classes(r, asked, sums);
    add_questions(r, asked);
    add_rates(r, sums);
    t->value_count = 0; /* they are told as steps */
}
