#!/usr/bin/env bash
# website.sh -- the website search about what the replies name.
#
#   website.sh STUDY [WEBSITE.csv] >website.jsonl
# shellcheck source=pipelines/common.bash
source "$(dirname "${BASH_SOURCE[0]}")/common.bash"
[ $# -eq 1 ] || [ $# -eq 2 ] || die 2 "usage: website.sh STUDY [WEBSITE.csv]"
exec "$(dirname "$0")/source.sh" "$1" website ${2+"$2"}
