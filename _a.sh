mkdir -p _out; [ -e _out/asan/build.ninja ] || meson setup _out/asan -Db_sanitize=address,undefined -Db_lundef=false >_out/asan.log 2>&1
nice ninja -C _out/asan "$@" > _out/asan-compile.log 2>&1 || tail -30 _out/asan-compile.log
