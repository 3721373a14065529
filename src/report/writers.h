/* writers -- one for each format; see formats.c. */
#ifndef WRITERS_H
#define WRITERS_H

#include "layout.h"

void write_text(struct results *s, struct filter *f);
void write_markdown(struct results *s, struct filter *f);
void write_html(struct results *s, struct filter *f);
void write_csv(struct results *s, struct filter *f);
void write_jsonl(struct results *s, struct filter *f);
void write_xlsx(struct results *s, struct filter *f) __attribute__((weak)); /* see full.h */
void write_latex(struct results *s, struct filter *f);

#endif
