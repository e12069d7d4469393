#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# lint.sh man|desktop|appstream|schema|python TREE: checks the files of one kind; 77 when there are none.
set -u
kind=$1 tree=$2
case $kind in
  man) names=(-name '*.[1-9]' -o -name '*.[1-9].in') ;;
  desktop) names=(-name '*.desktop' -o -name '*.desktop.in') ;;
  appstream) names=(-name '*.metainfo.xml' -o -name '*.metainfo.xml.in') ;;
  schema) names=(-name '*.gschema.xml') ;;
  python) names=(-name '*.py') ;;
  *) echo "unknown kind: $kind" >&2; exit 2 ;;
esac
mapfile -d '' files < <(find "$tree/data" "$tree/docs" "$tree/src" "$tree/tests" -type f \
  -not -path '*/node_modules/*' \( "${names[@]}" \) -print0 2>/dev/null)
[ ${#files[@]} -gt 0 ] || exit 77
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0
for file in "${files[@]}"; do
  # Validators go by the name's ending and refuse ".in".
  copy=$work/$(basename "${file%.in}")
  cp "$file" "$copy"
  echo "$file"
  case $kind in
    man) mandoc -T lint -W warning "$copy" ;;
    desktop) desktop-file-validate --no-hints "$copy" ;;
    # As it is where the project is published; the pictures it names are in the tree.
    appstream)
      sed -i -e 's|@published_at@|https://example.org/edge-net|' -e 's|@[a-z_]*@||' "$copy"
      appstreamcli validate --strict --no-net "$copy" &&
        sed -nE 's|.*<image>.*/(screenshots/.*)</image>|\1|p' "$copy" | while read -r picture; do
          [ "$(head -c 4 "$tree/$picture" | tail -c 3)" = PNG ] || { echo "no picture $picture"; exit 1; }
        done ;;
    schema) glib-compile-schemas --strict --dry-run "$work" ;;
    python) python3 -m py_compile "$copy" ;;
  esac || failed=1
done
exit $failed
