#include "cells/settings.h"

#include <stdlib.h>

#include "base/fail.h"

static const char *const KEYS[] = {"family",   "expected", "paired",  "trend", "scores",
                                   "pairwise", "equal",    "letters", NULL};

static void take_scores(struct settings *s, const struct document *d, struct arena *a)
{
    struct document list, item = {0};
    if (!document_get(d, "scores", &list))
        return;
    s->score_count = document_count(&list);
    if (s->score_count < 2)
        document_fail(&list, "expected a score for each group, at least two");
    double *scores = arena_array(a, s->score_count, sizeof *scores);
    for (size_t i = 0; document_next(&list, &item); i++)
        scores[i] = document_number(&item);
    s->scores = scores;
    s->trend = true;
}

static void take_shares(struct settings *s, const struct document *d, struct arena *a)
{
    struct document object, member = {0};
    if (!document_get(d, "expected", &object))
        return;
    document_must_be_object(&object);
    struct settings_share *shares = arena_array(a, json_object_size(object.json), sizeof *shares);
    for (s->share_count = 0; document_next(&object, &member); s->share_count++) {
        double share = document_number(&member);
        if (!(share > 0))
            document_fail(&member, "expected a share above 0");
        shares[s->share_count] = (struct settings_share){arena_copy(a, span_of(member.key)), share};
    }
    if (s->share_count == 0)
        document_fail(&object, "expected a share for each value");
    s->shares = shares;
}

/* What D, a plan's "chisq", sets; a key that it does not have is left as it was in S. A fault ends
 * the program with status 2. Texts and arrays lie in A. */
static void settings_read(struct settings *s, const struct document *d, struct arena *a)
{
    if (json_is_false(d->json)) {
        s->skip = true;
        return;
    }
    document_must_be_object(d);
    document_keys(d, KEYS);
    struct document family;
    if (document_get(d, "family", &family))
        s->family = arena_copy(a, document_text(&family));
    s->paired = document_bool_or(d, "paired", s->paired);
    s->trend = document_bool_or(d, "trend", s->trend);
    s->pairwise = document_bool_or(d, "pairwise", s->pairwise);
    s->letters = document_bool_or(d, "letters", s->letters);
    struct document equal;
    if (document_get(d, "equal", &equal))
        s->equal = document_bool(&equal) ? SETTINGS_EQUAL : SETTINGS_NOT_EQUAL;
    take_scores(s, d, a);
    take_shares(s, d, a);
}

struct span settings_text(const struct document *d, const char *key, struct arena *a)
{
    struct document member;
    struct settings checked = {0};
    if (!document_get(d, key, &member))
        return (struct span){0};
    settings_read(&checked, &member, a);
    char *json = json_dumps(member.json, JSON_COMPACT | JSON_ENCODE_ANY);
    if (!json)
        fail_memory();
    struct span text = arena_copy(a, span_of(json));
    free(json);
    return text;
}

void settings_parse(struct settings *s, struct span text, const char *file, struct arena *a)
{
    json_t *json = json_loadb(text.at, text.len, JSON_DECODE_ANY, NULL);
    if (!json)
        fail(STATUS_USAGE, "%s: chisq: %s is out of range", file, quote(text));
    struct document root = {.json = json, .file = file};
    settings_read(s, &root, a);
    json_decref(json);
}
