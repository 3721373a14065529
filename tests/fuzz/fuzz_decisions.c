/* fuzz_decisions -- what people decided, out of any spreadsheet: rows are held and found again, or
 * there is a fault with words. */
#include "base/fault.h"
#include "decisions/decisions.h"
#include "fuzz.h"

struct load {
    struct decisions d;
    const char *name;
};

static void load(void *with)
{
    struct load *l = with;
    decisions_load(&l->d, l->name, NULL, "id");
}

static void try_input(struct span input)
{
    struct load l = {.name = fuzz_name(input, "csv")};
    struct fault fault = {0};
    (void)decisions_recognise(l.name);
    if (fault_catch(&fault, load, &l)) {
        for (size_t i = 0; i < l.d.count; i++) {
            const struct decision *it = &l.d.at[i];
            size_t first =
                decisions_of_record(&l.d, decision_by(it), decision_reply(it), decision_field(it));
            FUZZ_CHECK(first < l.d.count);
            struct span text = decision_text(it);
            (void)decisions_fitting(&l.d, first, &text, 1);
        }
    } else {
        FUZZ_CHECK(*fault.words);
        fault_free(&fault);
    }
    unlink(l.name);
    decisions_free(&l.d);
}
