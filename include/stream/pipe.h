/* pipe -- room in the pipes between two stages.
 *
 * A pipe holds 64 KiB unless asked otherwise, less than a block of output: each stage then
 * waits for the next one, and a second core brings nothing. Measured on 2 cores for the whole
 * job of tests/bench/job: see docs/benchmarks.md. */
#ifndef PIPE_H
#define PIPE_H

/* Asks for more room where FD is a pipe; less is no fault, only slower. */
void pipe_widen(int fd);

#endif
