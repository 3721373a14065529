/* kinds -- the readers of each kind of document. */
#ifndef KINDS_H
#define KINDS_H

#include "letters/reader.h"

/* These fill L from the document's BYTES; what is wrong is set in L's trouble. */
void docx_read(struct reader *r, struct span bytes, struct letter *l);
void odt_read(struct reader *r, struct span bytes, struct letter *l);
void html_read(struct reader *r, struct span bytes, struct letter *l);
void pdf_read(struct reader *r, struct span bytes, struct letter *l);
void workbook_read(struct reader *r, struct span bytes, struct letter *l);
void picture_read(struct reader *r, struct span bytes, struct letter *l);
void rtf_read(struct reader *r, struct span bytes, struct letter *l);
void word_read(struct reader *r, struct span bytes, struct letter *l);
void csv_read(struct reader *r, struct span bytes, struct letter *l);
void plain_read(struct reader *r, struct span bytes, struct letter *l);

/* The same for a page in memory; CHARSET as a server or a mail says it, or NULL. */
void html_text(struct span page, const char *charset, struct letter *l);

/* These give letters of their own, which take over from L what it has. */
void mail_read(struct reader *r, struct span bytes, struct letter *l);
void mail_read_box(struct reader *r, struct span bytes, struct letter *l);
void members_read(struct reader *r, struct span bytes, struct letter *l);
void warc_read(struct reader *r, struct span bytes, struct letter *l);

/* What of a document stands within another, as the place of a part: "a.zip/b.pdf". */
void reader_part(struct buf *part, const struct letter *of, struct span name);

/* A letter that is finished goes to the caller, and is freed. */
void reader_give(struct reader *r, struct letter *l);

/* Whether the file may give one more letter. The last one it may give is L, which then says that
 * there are more, and is given. */
bool reader_has_room(struct reader *r, struct letter *l);

/* Reads a document within another: BYTES, called NAME there, at PART. */
void reader_read_part(struct reader *r, struct span bytes, struct span name,
                      const struct letter *parent, struct span part, const char *said);

/* Takes BYTES from what the file may unpack to. False, with trouble in T, if that is used up. */
bool reader_spend(struct reader *r, size_t bytes, struct trouble *t);

#endif
