#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# potfiles.sh TREE [--write]: holds po/POTFILES.in to the files that have texts for people, and
# xgettext to reading them all. With --write it makes the list anew.
set -eu
cd "$1"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

{
  printf '%s\n' data/*.desktop.in data/*.metainfo.xml.in data/*.gschema.xml
  grep -rlE --include='*.[ch]' --include='*.blp' '\b(_|N_|C_|NC_|ngettext|g_dngettext|g_dpgettext2) ?\("' src ui
} | LC_ALL=C sort >"$work/wanted"

if [ "${2-}" = --write ]; then
  cp "$work/wanted" po/POTFILES.in
  exit
fi
if ! diff -u po/POTFILES.in "$work/wanted"; then
  echo "po/POTFILES.in is not up to date; run: tests/potfiles.sh . --write" >&2
  exit 1
fi

# A file of unknown kind, such as a Blueprint one, is read as C; anything else it says is a fault.
xgettext --from-code=UTF-8 --add-comments=Translators --files-from=po/POTFILES.in --output="$work/all.pot" \
  --keyword=_ --keyword=N_ --keyword=C_:1c,2 --keyword=NC_:1c,2 --keyword=ngettext:1,2 \
  --keyword=g_dngettext:2,3 --keyword=g_dpgettext2:2c,3 2>"$work/said" || { cat "$work/said" >&2; exit 1; }
if grep -v "extension 'blp' is unknown; will try C" "$work/said"; then exit 1; fi
# Each listed file was read.
while read -r file; do
  grep -qE "^#:(.* )?$file(:| |$)" "$work/all.pot" || { echo "$file: xgettext found no text in it" >&2; exit 1; }
done <"$work/wanted"
echo "$(grep -c '^msgid ' "$work/all.pot") texts in $(wc -l <"$work/wanted") files"
