nice ninja -C build "$@" > _out/b.log 2>&1 || { grep -E "error|FAILED|warning:" -A4 _out/b.log | head -40; exit 1; }
grep -A4 "warning:" _out/b.log | head
exit 0
