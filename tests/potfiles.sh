#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# potfiles.sh TREE [--write | --pot FILE]: holds po/POTFILES.in to the files that have texts for people, xgettext
# to reading them all, po/edge-net.pot to what it read, and the translations to be whole. --write makes list and texts
# anew, and brings the new ones into the translations, where they wait for a translator; --pot writes the texts to FILE.
set -eu
cd "$1"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

{
  printf '%s\n' data/*.desktop.in data/*.metainfo.xml.in data/*.gschema.xml
  grep -rlE --include='*.[ch]' --include='*.blp' '\b(_|N_|C_|NC_|ngettext|g_dngettext|g_dpgettext2) ?\("' src ui
} | LC_ALL=C sort >"$work/wanted"
[ "${2-}" != --write ] || cp "$work/wanted" po/POTFILES.in
if ! diff -u po/POTFILES.in "$work/wanted"; then
  echo "po/POTFILES.in is not up to date; run: tests/potfiles.sh . --write" >&2
  exit 1
fi

# A file of unknown kind, such as a Blueprint one, is read as C; anything else it says is a fault.
xgettext --from-code=UTF-8 --add-comments=Translators --files-from=po/POTFILES.in --output="$work/all.pot" \
  --package-name=edge-net --add-location=file \
  --keyword=_ --keyword=N_ --keyword=C_:1c,2 --keyword=NC_:1c,2 --keyword=ngettext:1,2 \
  --keyword=g_dngettext:2,3 --keyword=g_dpgettext2:2c,3 2>"$work/said" || { cat "$work/said" >&2; exit 1; }
if grep -v "extension 'blp' is unknown; will try C" "$work/said"; then exit 1; fi
# Each listed file was read.
while read -r file; do
  grep -qE "^#:(.* )?$file( |$)" "$work/all.pot" || { echo "$file: xgettext found no text in it" >&2; exit 1; }
done <"$work/wanted"
# Whoever wrote the text is not known here, and when is the same for the same texts.
sed -i -e '/^"POT-Creation-Date:/d' -e '1,3d' -e '4s/.*/# SPDX-License-Identifier: GPL-3.0-or-later/' "$work/all.pot"
# A macro in the middle of a text cuts it off there; <inttypes.h> has those that gettext knows.
if grep -rnE '"[^"]*" *G_G(U?INT64|SIZE|SSIZE)_FORMAT' src --include='*.[ch]' | grep -E '\b(_|N_|ngettext) ?\(' >&2; then
  echo "gettext does not know that macro; use one of <inttypes.h>" >&2
  exit 1
fi
if [ "${2-}" = --pot ]; then
  cp "$work/all.pot" "$3"
elif [ "${2-}" = --write ]; then
  cp "$work/all.pot" po/edge-net.pot
  for po in po/*.po; do
    msgmerge --quiet --update --backup=none --no-fuzzy-matching --add-location=file "$po" "$work/all.pot"
  done
else
  # In one form, whichever gettext wrote them.
  texts_of() { msgcat --no-wrap --add-location=file "$1" | sed '1,/^$/d'; }
  diff -u <(texts_of po/edge-net.pot) <(texts_of "$work/all.pot") >&2 || {
    echo "po/edge-net.pot is not up to date; run: tests/potfiles.sh . --write" >&2
    exit 1
  }
  while read -r language; do
    # Counted over the texts of now: what the translation has beyond them is old.
    msgmerge --quiet --no-fuzzy-matching --output-file="$work/$language.po" "po/$language.po" "$work/all.pot"
    msgfmt --check --check-accelerators=_ --output-file=/dev/null "$work/$language.po"
    missing=$(msgattrib --untranslated --no-obsolete "$work/$language.po")
    fuzzy=$(msgattrib --only-fuzzy --no-obsolete "$work/$language.po")
    [ -z "$missing$fuzzy" ] || {
      printf '%s\n' "$missing" "$fuzzy" "po/$language.po is not whole: see above" >&2
      exit 1
    }
  done < <(grep -v '^#' po/LINGUAS)
fi
echo "$(grep -c '^msgid ' "$work/all.pot") texts in $(wc -l <"$work/wanted") files"
