nice ninja -C build tests/bench/bench-relay src/relay/edge-net-relay >_out/b.log 2>&1 || grep -A5 "error\|warning" _out/b.log
timeout 200 python3 tests/bench/relay.py --build build "$@" 2>&1 | tail -30
