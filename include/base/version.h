/* version -- what --version, --stats and manifests say. */
#ifndef VERSION_H
#define VERSION_H

#define FOI_VERSION "0.2.0"

#endif
