#!/usr/bin/env bash
# deb.sh -- a Debian package of what is built, in FOLDER: `make deb` calls it.
#
#   MAKE=make BUILD=build packaging/deb.sh FOLDER
#
# The package is what `make install` puts below /usr, stripped, with the papers that Debian asks
# for. Its dependencies are those of the programs as they were linked.
set -euo pipefail
export LC_ALL=C
here=$(cd "$(dirname "$0")" && pwd)
folder=$1
version=$(sed -n 's/.*FOI_VERSION "\(.*\)"/\1/p' "$here/../include/base/version.h")
released=$(sed -n 's/^date-released: //p' "$here/../CITATION.cff")
architecture=$(dpkg --print-architecture)
root=$folder/root doc=$folder/root/usr/share/doc/foi-filters
maintainer="${DEBFULLNAME:-the foi-filters authors} <${DEBEMAIL:-foi-filters@foi-filters.org}>"
rm -rf "$folder"
mkdir -p "$folder/debian" "$root/DEBIAN"
"${MAKE:-make}" -s -C "$here/.." install BUILD="${BUILD:-build}" DESTDIR="$(cd "$root" && pwd)" PREFIX=/usr \
    libdir="/usr/lib/$(dpkg-architecture -qDEB_HOST_MULTIARCH)"

# --- as Debian has it -------------------------------------------------------------------

find "$root" -type d -exec chmod 755 {} +
find "$root/usr/libexec" "$root/usr/bin" -type f -perm /111 | while read -r file; do
    [ "$(head -c 4 "$file" | tail -c 3)" != ELF ] || strip --strip-unneeded -R .comment -R .note "$file"
done
find "$root" -name '*.a' -exec strip --strip-debug {} +
find "$root/usr/share/man" -type f -exec gzip -9n {} +
find "$root/usr/share/zsh" -depth -name site-functions -execdir mv {} vendor-completions \;
rm -f "$doc/LICENCE"
find "$root" -name .gitattributes -delete
{
    printf 'Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\nUpstream-Name: foi-filters\n\n'
    printf 'Files: *\nCopyright: 2026 the foi-filters authors\nLicense: Expat\n'
    sed '1,/^Copyright/d; /./!s/.*/./; s/^/ /' "$here/../LICENCE" | sed '1{/^ \.$/d;}'
} >"$doc/copyright"
printf 'foi-filters (%s) unstable; urgency=medium\n\n  * See changes.md.\n\n -- %s  %s\n' \
    "$version" "$maintainer" "$(date -R -u -d "$released")" | gzip -9n >"$doc/changelog.gz"

# --- what it is -------------------------------------------------------------------------

printf 'Source: foi-filters\n\nPackage: foi-filters\nArchitecture: any\n' >"$folder/debian/control"
needs=$(cd "$folder" && find root/usr/libexec -type f -perm /111 |
    while read -r file; do [ "$(head -c 4 "$file" | tail -c 3)" != ELF ] || printf ' -e%s' "$file"; done |
    xargs dpkg-shlibdeps -O 2>/dev/null | sed -n 's/^shlibs:Depends=//p')
cat >"$root/DEBIAN/control" <<END
Package: foi-filters
Version: $version
Architecture: $architecture
Maintainer: $maintainer
Installed-Size: $(du -sk --exclude=DEBIAN "$root" | cut -f 1)
Depends: $needs
Recommends: poppler-utils
Suggests: man-db, jq, r-base-core, pandoc, tesseract-ocr, libjansson-dev
Section: science
Priority: optional
Description: tables and tests from replies to Freedom of Information requests
 Small filters that turn the replies to one request sent to many public bodies,
 and searches of their websites, into coded, merged, tabulated and tested
 results: letters and spreadsheets in, JSON Lines between, a report out. A study
 is a folder, run by one command, from cron if need be.
END
(cd "$root" && find usr -type f -print0 | sort -z | xargs -0 md5sum) >"$root/DEBIAN/md5sums"
chmod 644 "$root"/DEBIAN/*
dpkg-deb --root-owner-group -Zxz --build "$root" "$folder/foi-filters_${version}_$architecture.deb" >/dev/null
echo "$folder/foi-filters_${version}_$architecture.deb"
