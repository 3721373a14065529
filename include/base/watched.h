/* watched -- is this a build under AddressSanitizer?
 *
 * WATCHED is 1 there and 0 elsewhere. Memory then is not used again where it would be elsewhere:
 * arenas, buffers and arrays take what they need and no more, and what was read moves at each
 * read. So a look behind an end, or by an address of before, meets memory that is not there. */
#ifndef WATCHED_H
#define WATCHED_H

#if defined __SANITIZE_ADDRESS__
#define WATCHED 1
#elif defined __has_feature
#if __has_feature(address_sanitizer)
#define WATCHED 1
#endif
#endif
#ifndef WATCHED
#define WATCHED 0
#endif

#endif
