/* kinds -- words that say what kind of body a name is one of. */
#include "kinds.h"

struct kind {
    struct span word;
    uint32_t class;
    bool is_weak; /* says so only where no other word does: a City University is no council */
};

static const struct kind KINDS[] = {
    {SPAN_ROW("council"), KINDS_COUNCIL, false},
    {SPAN_ROW("corporation"), KINDS_COUNCIL, true},
    {SPAN_ROW("county"), KINDS_COUNCIL, true},
    {SPAN_ROW("borough"), KINDS_COUNCIL, true},
    {SPAN_ROW("district"), KINDS_COUNCIL, true},
    {SPAN_ROW("city"), KINDS_COUNCIL, true},
    {SPAN_ROW("metropolitan"), 0, true},
    {SPAN_ROW("unitary"), KINDS_COUNCIL, true},
    {SPAN_ROW("cyngor"), KINDS_COUNCIL, false},
    {SPAN_ROW("bwrdeistref"), KINDS_COUNCIL, true},
    {SPAN_ROW("sirol"), KINDS_COUNCIL, true},
    {SPAN_ROW("sir"), KINDS_COUNCIL, true},
    {SPAN_ROW("dinas"), KINDS_COUNCIL, true},
    {SPAN_ROW("comhairle"), KINDS_COUNCIL, false},
    {SPAN_ROW("university"), KINDS_UNIVERSITY, true},
    {SPAN_ROW("prifysgol"), KINDS_UNIVERSITY, false},
    {SPAN_ROW("college"), KINDS_COLLEGE, true},
    {SPAN_ROW("coleg"), KINDS_COLLEGE, true},
    {SPAN_ROW("police"), KINDS_POLICE, false},
    {SPAN_ROW("heddlu"), KINDS_POLICE, false},
    {SPAN_ROW("fire"), KINDS_FIRE, false},
    {SPAN_ROW("nhs"), KINDS_HEALTH, false},
    {SPAN_ROW("healthcare"), KINDS_HEALTH, false},
    {SPAN_ROW("hospital"), KINDS_HEALTH, false},
    {SPAN_ROW("hospitals"), KINDS_HEALTH, false},
    {SPAN_ROW("limited"), KINDS_COMPANY, false},
    {SPAN_ROW("plc"), KINDS_COMPANY, false},
    {SPAN_ROW("board"), 0, true},
    {SPAN_ROW("authority"), 0, true},
    {SPAN_ROW("group"), 0, true},
    {SPAN_ROW("department"), 0, true},
    {SPAN_ROW("system"), 0, true},
    {SPAN_ROW("integrated"), 0, true},
    {SPAN_ROW("clinical"), 0, true},
};

static const struct kind *find(struct span word)
{
    for (size_t i = 0; i < sizeof KINDS / sizeof *KINDS; i++)
        if (span_eq(word, KINDS[i].word))
            return &KINDS[i];
    return NULL;
}

bool kinds_has(struct span word)
{
    const struct kind *kind = find(word);
    return kind && !(kind->class & (KINDS_HEALTH | KINDS_COLLEGE | KINDS_FIRE));
}

uint32_t kinds_of(struct span form)
{
    uint32_t sure = 0, weak = 0;
    while (form.len) {
        const char *space = memchr(form.at, ' ', form.len);
        struct span word = {form.at, space ? (size_t)(space - form.at) : form.len};
        const struct kind *kind = find(word);
        if (kind && kind->is_weak)
            weak |= kind->class;
        else if (kind)
            sure |= kind->class;
        size_t taken = word.len + (space != NULL);
        form = (struct span){form.at + taken, form.len - taken};
    }
    if (!sure && weak & (KINDS_UNIVERSITY | KINDS_COLLEGE))
        weak &= (uint32_t) ~(unsigned)KINDS_COUNCIL;
    return sure ? sure : weak;
}
