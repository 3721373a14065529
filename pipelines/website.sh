#!/usr/bin/env bash
# website.sh -- the website search about what the replies name.
#
#   website.sh STUDY [WEBSITE.csv... | --files] >website.jsonl
# shellcheck source=pipelines/common.bash
source "$(dirname "${BASH_SOURCE[0]}")/common.bash"
[ $# -ge 1 ] || die 2 "usage: website.sh STUDY [WEBSITE.csv... | --files]"
study=$1
shift
exec "$pipelines/source.sh" "$study" website "$@"
