/* ods_value -- the typed value of an OpenDocument cell. */
#ifndef ODS_VALUE_H
#define ODS_VALUE_H

#include "package/xml.h"

enum ods_value_type {
    ODS_TEXT,
    ODS_NUMBER,
    ODS_PERCENT,
    ODS_DATE,
    ODS_TIME,
    ODS_BOOLEAN,
    ODS_ERROR
};

struct ods_value {
    enum ods_value_type type;
    char text[64]; /* of numbers, dates and times: longer ones are none */
    size_t len;
};

void ods_value_read(struct ods_value *v, const struct xml_attributes *a);

/* Puts V in place of the text that TEXT has from FROM on, if it is more exact. The cell's marks. */
unsigned ods_value_write(const struct ods_value *v, struct buf *text, size_t from);

#endif
