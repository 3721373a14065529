#!/usr/bin/env bash
# shots.sh -- the sample study's page as people see it: on a phone, a tablet and a desk, in the dark
# and on paper, as pictures to be looked at when the page changes. Needs Chromium.
#
#   tests/shots.sh FOLDER
set -euo pipefail
cd "$(dirname "$0")/.."
[ $# -eq 1 ] || { echo "usage: shots.sh FOLDER" >&2; exit 2; }
mkdir -p "$1"
out=$(cd "$1" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
pipelines/study.sh samples/nhs-2020 "$work/out"

browser() {
    timeout 120 chromium --headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking \
        --disable-component-update --disable-sync --hide-scrollbars --user-data-dir="$work/profile" "$@" \
        "file://$work/out/report.html" >"$work/log" 2>&1
}

browser --window-size=360,6000 --screenshot="$out/phone.png"
browser --window-size=800,6000 --screenshot="$out/tablet.png"
browser --window-size=1400,6000 --screenshot="$out/desk.png"
browser --window-size=1400,6000 --blink-settings=preferredColorScheme=0 --screenshot="$out/dark.png"
browser --no-pdf-header-footer --print-to-pdf="$out/paper.pdf"
# What the README opens with.
browser --window-size=1180,1120 --screenshot="$out/readme.png"
