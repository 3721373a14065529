/* ocr -- the text of pictures, by tesseract where it is installed. */
#ifndef OCR_H
#define OCR_H

#include "letters/reader.h"

void ocr_picture(struct reader *r, struct span bytes, struct letter *l);

/* The pages of a PDF file, drawn one by one. */
void ocr_pdf(struct reader *r, struct span bytes, size_t pages, struct letter *l);

#endif
