#!/usr/bin/env bash
# deb.sh -- a package installed in a fresh Debian root, used there, and removed again.
#
#   make deb-check                    as root; needs debootstrap, lintian and the network
#   ROOT=FOLDER tests/deb.sh PACKAGE  in a root that is there already
#
# The root has no source tree: the tutorial's commands run by what the package installed and must
# print what the page shows, and when the package is gone nothing of it may be left.
set -euo pipefail
export LC_ALL=C
here=$(cd "$(dirname "$0")" && pwd)
package=$(realpath "$1")
say() { echo "deb.sh: $*"; }

lintian --fail-on error,warning "$package" && say "lintian finds nothing"

own=${ROOT:-}
root=${ROOT:-$(mktemp -d)}
leave() {
    umount "$root/proc" 2>/dev/null || true
    [ -n "$own" ] || rm -rf --one-file-system "$root"
}
trap leave EXIT
[ -n "$own" ] || debootstrap --variant=minbase stable "$root" http://deb.debian.org/debian >/dev/null
for list in /etc/apt/sources.list /etc/apt/apt.conf.d /etc/apt/sources.list.d /etc/resolv.conf; do
    [ ! -e "$list" ] || cp -R --no-target-directory "$list" "$root$list" 2>/dev/null || true
done

mount -t proc proc "$root/proc" # as in any root that runs: /dev/fd leads there

inside() { # COMMAND...
    chroot "$root" env -i HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"
}

files() {
    (cd "$root" && find etc opt usr home root -xdev ! -path '*/__pycache__*' | sort)
}

inside apt-get -qq update
inside apt-get -qq install -y --no-install-recommends jq >/dev/null 2>&1 # the tutorial looks at records with it
# what the package needs comes first, so that only its own files differ
cp "$package" "$root/tmp/foi.deb"
needs=$(dpkg-deb -f "$package" Depends | tr ',' '\n' | sed 's/(.*//; s/ //g')
# shellcheck disable=SC2086 # names of packages
inside apt-get -qq install -y --no-install-recommends $needs >/dev/null 2>&1
files >"$root/tmp/before"
inside dpkg -i /tmp/foi.deb >/dev/null && say "installed: $(inside foi --version)"

rm -rf "$root/tmp/visit"
mkdir -p "$root/tmp/visit"
cd "$(mktemp -d)"
awk '
    /^```console$/ { inside = 1; next }
    /^```/ { inside = 0; more = 0; next }
    !inside { next }
    more || /^\$ / {
        if (!more) { n++; cmd = n ".cmd"; out = n ".out"; printf "" >out; sub(/^\$ /, "") }
        print >cmd; fresh = 1; more = /\\$/; next
    }
    fresh && /^> / { print substr($0, 3) >cmd; next }
    { fresh = 0; print >out }' "$here/../docs/tutorial.md"
count=0
while [ -e "$((count + 1)).cmd" ]; do
    count=$((count + 1))
    mv "$count.cmd" "$root/tmp/visit/$count.cmd"
    inside bash -c "cd /tmp/visit && bash -o pipefail $count.cmd" >got 2>&1 </dev/null || true
    diff -u "$count.out" got || {
        say "in the tutorial: $(cat "$root/tmp/visit/$count.cmd")"
        exit 1
    }
    rm -f "$count.out" got
done
[ "$count" -ge 10 ] && say "$count commands of the tutorial print what it shows"
inside bash -c 'cd /tmp/visit && cp -R /usr/share/foi-filters/samples/nhs-2020 . && foi run nhs-2020 out' && say "the sample study runs"
inside foi help code >/dev/null && say "foi help code opens"

inside dpkg --purge foi-filters >/dev/null
files >"$root/tmp/after"
diff "$root/tmp/before" "$root/tmp/after" && say "removed: nothing is left"
