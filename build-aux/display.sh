#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# display.sh CMD…: runs CMD on a display of its own (Xvfb with a window manager)
# and a session bus of its own. EDGE_DISPLAY_SIZE is the size of the screen.
set -eu
if [ "${1-}" = --inside ]; then
  shift
  # What the bus daemon and the services it starts say stays in their log.
  exec 1>&3 2>&4 3>&- 4>&-
  openbox --sm-disable >/dev/null 2>&1 &
  wm=$!
  status=0
  "$@" || status=$?
  kill "$wm" 2>/dev/null || true
  exit "$status"
fi

work=$(mktemp -d "${TMPDIR:-/tmp}/edge-display.XXXXXX")
xvfb=
finish() {
  [ -z "$xvfb" ] || { kill "$xvfb" 2>/dev/null || true; wait "$xvfb" 2>/dev/null || true; }
  # The portal of documents mounts a file system there, and may still be about to end.
  fusermount3 -uz "$work/runtime/doc" 2>/dev/null || true
  rm -rf --one-file-system "$work" || true
}
trap finish EXIT
trap 'exit 143' TERM INT HUP

mkfifo "$work/number"
Xvfb -displayfd 3 -screen 0 "${EDGE_DISPLAY_SIZE:-1400x1000}x24" -nolisten tcp -dpi 96 \
  3>"$work/number" >"$work/xvfb.log" 2>&1 &
xvfb=$!
number=
read -r -t 30 number <"$work/number" || true
[ -n "$number" ] || { echo "Xvfb did not start:" >&2; cat "$work/xvfb.log" >&2; exit 1; }

mkdir -m 700 "$work/runtime"
export DISPLAY=:$number XDG_RUNTIME_DIR=$work/runtime GDK_BACKEND=x11
export GSK_RENDERER=${GSK_RENDERER:-cairo} LIBGL_ALWAYS_SOFTWARE=1 NO_AT_BRIDGE=0 GTK_A11Y=${GTK_A11Y:-atspi}
FONTCONFIG_FILE=$(cd "$(dirname "$0")" && pwd)/fonts.conf
export FONTCONFIG_FILE
unset WAYLAND_DISPLAY DBUS_SESSION_BUS_ADDRESS XAUTHORITY
dbus-run-session -- "$0" --inside "$@" 3>&1 4>&2 >"$work/bus.log" 2>&1 &
inner=$!
status=0
wait "$inner" || status=$?
exit "$status"
