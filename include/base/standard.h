/* standard -- standard input, output and error, whoever started the program.
 *
 * A program that is started with one of them closed gets that number for the next file it
 * opens, and messages would land in a result. */
#ifndef STANDARD_H
#define STANDARD_H

/* Puts something in each place that is closed, first thing in every program: what is read from it
 * or written to it fails as it would on a closed one, but messages, which go nowhere. */
void standard_open(void);

#endif
