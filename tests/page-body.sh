#!/usr/bin/env bash
# page-body.sh -- a page of report on standard input without its style, its script, the data to
# download, its figures, the records of the study and the hashes of files: what is compared with tests/golden.
set -euo pipefail
sed -E -e '/^<style>$/,/^<\/style>$/d' -e '/^<script/,/<\/script>$/d' -e '/^<details class="who">/,/^<\/details>$/d' \
    -e '/^<(rect|line|text|path|svg|\/svg)\b/d' -e 's/[0-9a-f]{64}/SHA-256/'
