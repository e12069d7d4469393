# shellcheck shell=bash
# Sourced by ./run, ./test and ./dev: finds or makes the place in which
# everything is built and run. Sets nothing up until edge_prepare is called.
#
#   edge_prepare    makes the build root (or finds the host's own packages), then configures and compiles
#   edge_exec CMD…  replaces this process by CMD in that place, built programs first on PATH

EDGE_TREE=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
EDGE_CACHE=${EDGE_NET_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/edge-net}
EDGE_PACKAGES=$EDGE_TREE/build-aux/packages
EDGE_SUITE=trixie
EDGE_BUILD=${EDGE_BUILD:-$EDGE_TREE/build}

edge_say() { printf '\033[1m==>\033[0m %s\n' "$*" >&2; }
edge_die() { printf 'error: %s\n' "$*" >&2; exit 1; }
edge_package_list() { grep -v '^#' "$EDGE_PACKAGES" | paste -sd,; }

edge_root_dir() {
  echo "$EDGE_CACHE/root-$({ cat "$EDGE_PACKAGES"; echo "$EDGE_SUITE"; } | sha256sum | cut -c1-16)"
}

# The host's own packages serve when every library is new enough.
edge_native() {
  [ "${EDGE_NET_ROOT-}" != always ] || return 1
  command -v pkg-config meson ninja blueprint-compiler bwrap >/dev/null 2>&1 || return 1
  pkg-config --atleast-version=4.18 gtk4 2>/dev/null &&
    pkg-config --atleast-version=1.7 libadwaita-1 2>/dev/null &&
    pkg-config --atleast-version=1.26 gstreamer-webrtc-1.0 2>/dev/null &&
    pkg-config --atleast-version=0.1.22 nice 2>/dev/null &&
    pkg-config --atleast-version=3.6 libsoup-3.0 2>/dev/null &&
    pkg-config --exists gio-2.0 json-glib-1.0 libsodium libsecret-1 sqlite3 libqrencode zbar libportal-gtk4
}

edge_as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"
  elif command -v sudo >/dev/null; then sudo "$@"
  else edge_die "this step needs root: install sudo, or run it as root"
  fi
}

edge_host_tools() {
  local missing=()
  command -v bwrap >/dev/null || missing+=(bubblewrap)
  command -v mmdebstrap >/dev/null || missing+=(mmdebstrap)
  [ -e /usr/share/keyrings/debian-archive-trixie-stable.gpg ] ||
    [ -e /usr/share/keyrings/debian-archive-keyring.gpg ] || missing+=(debian-archive-keyring)
  [ ${#missing[@]} -gt 0 ] || return 0
  command -v apt-get >/dev/null ||
    edge_die "please install ${missing[*]} first (this script does it by itself on Debian only)"
  edge_say "Installing ${missing[*]} on this machine"
  edge_as_root apt-get update -qq
  edge_as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
    "${missing[@]}" ca-certificates >/dev/null
}

edge_mirror() {
  local mirror=${EDGE_NET_MIRROR-}
  [ -n "$mirror" ] || mirror=$(grep -rhoE "https?://[^ ]+/debian/?( |$)" \
    /etc/apt/sources.list /etc/apt/sources.list.d/ 2>/dev/null | head -n 1 | tr -d ' ')
  [ -n "$mirror" ] || edge_die "no Debian mirror in the apt sources of this machine; set EDGE_NET_MIRROR=URL"
  echo "$mirror"
}

# Made under a temporary name and renamed at the end, so an interrupted
# set-up never looks like a finished one.
edge_make_root() {
  local root=$1 part lock
  [ ! -d "$root" ] || return 0
  mkdir -p "$EDGE_CACHE"
  exec {lock}>"$EDGE_CACHE/lock"
  flock "$lock"
  if [ ! -d "$root" ]; then
    edge_say "Making a Debian 13 build root in $root (once; about two minutes and 3 GB)"
    part=$root.part
    edge_as_root rm -rf --one-file-system "$part"
    edge_as_root mmdebstrap --mode=root --variant=apt \
      --aptopt='APT::Install-Recommends "false"' --dpkgopt=force-unsafe-io \
      --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-exclude=/usr/share/info/*' \
      --include="$(edge_package_list)" "$EDGE_SUITE" "$part" "deb $(edge_mirror) $EDGE_SUITE main" ||
      edge_die "the build root could not be made; see above. Run the same command again to start over"
    edge_as_root mv "$part" "$root"
    edge_say "Build root ready"
  fi
  flock -u "$lock"
}

# Sets the array EDGE_ENTER: the words before a command that bring it into the
# build root, with this tree, the home folder, the display and the buses.
edge_enter_words() {
  EDGE_ENTER=()
  if edge_native; then return; fi
  local root; root=$(edge_root_dir)
  EDGE_ENTER=(bwrap --die-with-parent
    --ro-bind "$root/usr" /usr --symlink usr/bin /bin --symlink usr/lib /lib
    --symlink usr/lib64 /lib64 --symlink usr/sbin /sbin
    --ro-bind "$root/etc" /etc --ro-bind "$root/var" /var --tmpfs /var/tmp
    --dev-bind /dev /dev --proc /proc --ro-bind /sys /sys
    --perms 1777 --tmpfs /tmp --tmpfs /run
    --bind "$HOME" "$HOME" --bind "$EDGE_TREE" "$EDGE_TREE"
    --setenv EDGE_NET_IN_ROOT 1)
  mkdir -p "$EDGE_CACHE" "$EDGE_BUILD"
  EDGE_ENTER+=(--bind "$EDGE_CACHE" "$EDGE_CACHE" --bind "$EDGE_BUILD" "$EDGE_BUILD")
  # Tests make network namespaces of their own, for which root keeps its rights.
  [ "$(id -u)" != 0 ] || EDGE_ENTER+=(--cap-add ALL)
  local f
  for f in /etc/resolv.conf /etc/hosts /etc/passwd /etc/group; do
    [ ! -e "$f" ] || [ ! -e "$root$f" ] || EDGE_ENTER+=(--ro-bind "$(readlink -f "$f")" "$f")
  done
  [ ! -d /etc/ssl/certs ] || EDGE_ENTER+=(--ro-bind /etc/ssl/certs /etc/ssl/certs)
  [ ! -d /usr/share/ca-certificates ] || EDGE_ENTER+=(--ro-bind /usr/share/ca-certificates /usr/share/ca-certificates)
  [ ! -d /usr/local/share/ca-certificates ] || EDGE_ENTER+=(--ro-bind /usr/local/share/ca-certificates /usr/local/share/ca-certificates)
  if [ -n "${XDG_RUNTIME_DIR-}" ] && [ -d "$XDG_RUNTIME_DIR" ]; then
    EDGE_ENTER+=(--bind "$XDG_RUNTIME_DIR" "$XDG_RUNTIME_DIR")
  fi
  if [ -n "${DISPLAY-}" ] && [ -d /tmp/.X11-unix ]; then
    EDGE_ENTER+=(--ro-bind /tmp/.X11-unix /tmp/.X11-unix)
    [ ! -f "${XAUTHORITY-}" ] || EDGE_ENTER+=(--ro-bind "$XAUTHORITY" "$XAUTHORITY")
  fi
  [ ! -d /run/dbus ] || EDGE_ENTER+=(--ro-bind /run/dbus /run/dbus)
}

edge_setup_root() {
  edge_native && return
  edge_host_tools
  edge_make_root "$(edge_root_dir)"
}

edge_in() { edge_enter_words; "${EDGE_ENTER[@]}" "$@"; }

edge_compile() {
  local log=$EDGE_BUILD/setup.log
  mkdir -p "$EDGE_BUILD"
  if [ ! -e "$EDGE_BUILD/build.ninja" ]; then
    edge_say "Configuring in $EDGE_BUILD"
    edge_in meson setup "$EDGE_BUILD" "$EDGE_TREE" "$@" >"$log" 2>&1 || { tail -n 30 "$log" >&2; edge_die "meson setup failed; the whole log is $log"; }
  fi
  edge_say "Compiling"
  edge_in ninja -C "$EDGE_BUILD" >"$EDGE_BUILD/compile.log" 2>&1 || { grep -E 'error|FAILED' -A 4 "$EDGE_BUILD/compile.log" | head -n 60 >&2; edge_die "the build failed; the whole log is $EDGE_BUILD/compile.log"; }
}

edge_prepare() { edge_setup_root; edge_compile "$@"; }

edge_exec() {
  edge_enter_words
  local path=$PATH:/usr/sbin:/sbin part
  for part in ledger sandbox relay cli app; do path=$EDGE_BUILD/src/$part:$path; done
  exec "${EDGE_ENTER[@]}" env PATH="$path" \
    EDGE_NET_BUILD="$EDGE_BUILD" GSETTINGS_SCHEMA_DIR="$EDGE_BUILD/data" "$@"
}
