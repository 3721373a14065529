/* chart_flow -- from who was asked to what can be used: boxes down the page, what was lost
 * beside them, and the usable answers to each question at its foot. */
#include "chart.h"

#include "shown.h"

#define BOX 230.0
#define SIDE_X 300.0
#define SIDE 372.0
#define LINE 17.0
#define PAD 9.0
#define GAP 26.0
#define BAR_X 330.0

struct flow {
    struct results *results;
    const struct layout *layout;
    struct drawing *d;
    double y;
};

static const struct cells_step *step_of(const struct flow *f, size_t i)
{
    return &f->layout->table->steps[i];
}

static bool is_step(const struct cells_step *s, const char *name)
{
    return span_eq(s->step, span_of(name)) && !s->detail.at && !s->is_rate;
}

static double count_of(const struct flow *f, const char *name)
{
    for (size_t i = 0; i < f->layout->table->step_count; i++)
        if (is_step(step_of(f, i), name))
            return step_of(f, i)->cell.n;
    return 0;
}

/* The label of a step; details stand indented, without the dash that they have in a table. */
static struct span label_of(const struct flow *f, size_t i)
{
    struct span text = grid_at(&f->layout->counts, i + 1, 0)->text;
    static const struct span dash = SPAN_ROW("– ");
    if (step_of(f, i)->detail.at && span_starts(text, dash))
        text = (struct span){text.at + dash.len, text.len - dash.len};
    return text;
}

/* A label to the left of a bar, in one line or two; gives how many. */
static int draw_label(struct flow *f, struct span text)
{
    double room = BAR_X - 12;
    const char *cut = text.at, *end = span_end(text);
    if (drawing_text_width(text, CHART_SMALL) > room) {
        for (const char *at = text.at; at < end; at++)
            if (*at == ' ' && drawing_text_width(span_from(text.at, at), CHART_SMALL) <= room)
                cut = at;
    }
    if (cut == text.at) {
        drawing_text(f->d, BAR_X - 10, f->y + 13, CHART_SMALL, DRAWING_END, DRAWING_INK,
                     drawing_fit(f->d, text, CHART_SMALL, room));
        return 1;
    }
    drawing_text(f->d, BAR_X - 10, f->y + 10, CHART_SMALL, DRAWING_END, DRAWING_INK,
                 span_from(text.at, cut));
    drawing_text(f->d, BAR_X - 10, f->y + 23, CHART_SMALL, DRAWING_END, DRAWING_INK,
                 drawing_fit(f->d, span_from(cut + 1, end), CHART_SMALL, room));
    return 2;
}

static struct span figure_of(const struct flow *f, double n, double of)
{
    if (isnan(n) || !(of > 0))
        return SPAN("withheld");
    struct cells_share share = {of, 100 * n / of, NAN, NAN};
    return chart_text(f->d, "%.0f (%.*s)", n,
                      SPAN_ARGS(chart_percent(f->d, n, &share, f->layout->decimals)));
}

static void draw_box(struct flow *f, struct span label, struct span figure)
{
    double height = 2 * LINE + PAD;
    drawing_rect(f->d, 0.5, f->y, BOX, height, DRAWING_GROUND, DRAWING_RULE);
    drawing_text(f->d, BOX / 2, f->y + PAD + 9, CHART_SIZE, DRAWING_MIDDLE, DRAWING_INK,
                 drawing_fit(f->d, label, CHART_SIZE, BOX - 12));
    drawing_text(f->d, BOX / 2, f->y + PAD + 10 + LINE, 14, DRAWING_MIDDLE, DRAWING_ACCENT, figure);
    drawing_bold(f->d);
    f->y += height;
}

/* The steps that are lost between asked and replied: each with its statuses. */
static bool is_lost(const struct cells_step *s)
{
    static const char *const kept[] = {"asked", "complete", "partial", "usable"};
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++)
        if (span_eq(s->step, span_of(kept[i])))
            return false;
    return !s->is_rate && s->cell.n > 0;
}

static size_t lost_count(const struct flow *f)
{
    size_t count = 0;
    for (size_t i = 0; i < f->layout->table->step_count; i++)
        count += is_lost(step_of(f, i));
    return count;
}

static void draw_lost(struct flow *f, double y)
{
    size_t lines = lost_count(f);
    double height = (double)lines * LINE + PAD;
    drawing_rect(f->d, SIDE_X, y, SIDE, height, DRAWING_PAPER, DRAWING_RULE);
    double baseline = y + PAD + 8;
    for (size_t i = 0; i < f->layout->table->step_count; i++) {
        const struct cells_step *s = step_of(f, i);
        if (!is_lost(s))
            continue;
        double indent = s->detail.at ? 24 : 10;
        struct span figure = chart_text(f->d, "%.0f", s->cell.n);
        drawing_text(f->d, SIDE_X + indent, baseline, CHART_SMALL, DRAWING_START,
                     s->detail.at ? DRAWING_MUTED : DRAWING_INK,
                     drawing_fit(f->d, label_of(f, i), CHART_SMALL, SIDE - 80));
        drawing_text(f->d, SIDE_X + SIDE - 10, baseline, CHART_SMALL, DRAWING_END,
                     s->detail.at ? DRAWING_MUTED : DRAWING_INK, figure);
        baseline += LINE;
    }
}

/* From the box above: down to the next one, and off to what was lost. */
static void draw_losses(struct flow *f)
{
    size_t lines = lost_count(f);
    double height = lines ? (double)lines * LINE + PAD : 0;
    double from = f->y, to = f->y + fmax(GAP, height + 2 * PAD);
    drawing_arrow(f->d, BOX / 2, from, BOX / 2, to);
    if (lines) {
        drawing_arrow(f->d, BOX / 2, (from + to) / 2, SIDE_X, (from + to) / 2);
        draw_lost(f, (from + to) / 2 - height / 2);
    }
    f->y = to;
}

static void draw_usable(struct flow *f, double asked)
{
    double room = CHART_WIDTH - BAR_X - 120, base = f->y + GAP;
    bool any = false;
    for (size_t i = 0; i < f->layout->table->step_count; i++) {
        const struct cells_step *s = step_of(f, i);
        if (!is_step(s, "usable"))
            continue;
        if (!any) {
            drawing_arrow(f->d, BOX / 2, f->y, BOX / 2, f->y + GAP - 4);
            drawing_text(f->d, 0, base + 12, CHART_SIZE, DRAWING_START, DRAWING_INK,
                         SPAN("Usable answers, of those asked"));
            drawing_bold(f->d);
            f->y = base + 22;
        }
        any = true;
        double width = asked > 0 ? s->cell.n / asked * room : 0;
        double lower = draw_label(f, shown_other_field(f->results, s->field)) == 2 ? 5 : 0;
        drawing_rect(f->d, BAR_X, f->y + 2 + lower, width, 14, DRAWING_ACCENT, DRAWING_NONE);
        drawing_text(f->d, BAR_X + width + 7, f->y + 13 + lower, CHART_SMALL, DRAWING_START,
                     DRAWING_INK, figure_of(f, s->cell.n, asked));
        f->y += lower > 0 ? 32 : 21;
    }
    if (any)
        drawing_line(f->d, BAR_X, base + 22, BAR_X, f->y, DRAWING_RULE, 1.5);
}

void chart_flow(struct results *s, const struct layout *l, struct drawing *d)
{
    struct flow f = {s, l, d, 1};
    double asked = count_of(&f, "asked"), complete = count_of(&f, "complete"),
           partial = count_of(&f, "partial");
    draw_box(&f, SPAN("Asked"), chart_text(d, "%.0f", asked));
    draw_losses(&f);
    if (partial > 0)
        draw_box(&f, chart_text(d, "Replied (%.0f in part)", partial),
                 figure_of(&f, complete + partial, asked));
    else
        draw_box(&f, SPAN("Replied"), figure_of(&f, complete, asked));
    draw_usable(&f, asked);
    d->height = f.y + 4;
}
