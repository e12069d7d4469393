# shellcheck shell=bash
# Sourced by ./run, ./test and ./dev: finds or makes the place in which
# everything is built and run. Sets nothing up until edge_prepare is called.
#
#   edge_prepare    makes the build root (or finds the host's own packages), then configures and compiles
#   edge_exec CMD…  replaces this process by CMD in that place, built programs first on PATH
#
# EDGE_NET_CACHE   where the build root is kept (default: edge-net in the person's cache folder)
# EDGE_NET_MIRROR  the Debian mirror it is made from (default: the one in this machine's apt sources)
# EDGE_NET_ROOT    always: never use the host's own packages; never: use nothing else

: "${HOME:=$(getent passwd "$(id -u)" | cut -d: -f6)}"
export HOME
EDGE_TREE=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
EDGE_CACHE=${EDGE_NET_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/edge-net}
EDGE_PACKAGES=$EDGE_TREE/build-aux/packages
EDGE_SUITE=trixie
EDGE_BUILD=${EDGE_BUILD:-$EDGE_TREE/build}
# Commands beyond compiler and libraries that the caller is going to use.
EDGE_TOOLS=(meson ninja pkg-config gcc blueprint-compiler msgfmt python3)

if [ -t 2 ]; then
  edge_say() { printf '\033[1m==>\033[0m %s\n' "$*" >&2; }
else
  edge_say() { printf '==> %s\n' "$*" >&2; }
fi
edge_die() { printf 'error: %s\n' "$*" >&2; exit 1; }
edge_package_list() { grep -v '^#' "$EDGE_PACKAGES" | paste -sd,; }

edge_root_dir() {
  echo "$EDGE_CACHE/root-$({ cat "$EDGE_PACKAGES"; echo "$EDGE_SUITE"; } | sha256sum | cut -c1-16)"
}

# The host's own packages serve when every library is new enough and every
# tool is there. Found out once.
edge_native() {
  [ -n "${EDGE_IS_NATIVE-}" ] || { if edge_look_for_packages; then EDGE_IS_NATIVE=yes; else EDGE_IS_NATIVE=no; fi; }
  [ "$EDGE_IS_NATIVE" = yes ]
}

edge_look_for_packages() {
  [ "${EDGE_NET_ROOT-}" != always ] || return 1
  local tool module
  for tool in "${EDGE_TOOLS[@]}"; do
    command -v "$tool" >/dev/null 2>&1 || { edge_lacking "$tool"; return 1; }
  done
  for module in 'gio-2.0 >= 2.84' 'gtk4 >= 4.18' 'libadwaita-1 >= 1.7' 'gstreamer-1.0 >= 1.26' \
    'gstreamer-webrtc-1.0 >= 1.26' gstreamer-sdp-1.0 'nice >= 0.1.22' 'libsoup-3.0 >= 3.6' 'json-glib-1.0 >= 1.10' \
    'libsodium >= 1.0.18' libsecret-1 'sqlite3 >= 3.46' libqrencode zbar libportal-gtk4; do
    pkg-config --exists "$module" 2>/dev/null || { edge_lacking "$module"; return 1; }
  done
  for module in webrtcbin nicesrc dtlsenc sctpenc; do
    gst-inspect-1.0 --exists "$module" >/dev/null 2>&1 || { edge_lacking "the GStreamer element $module"; return 1; }
  done
}

edge_lacking() {
  [ "${EDGE_NET_ROOT-}" != never ] || edge_die "this machine lacks $1, and EDGE_NET_ROOT=never forbids to make a build root"
}

edge_as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"
  elif command -v sudo >/dev/null; then sudo "$@"
  else edge_die "this step needs root: install sudo, or run the same command as root"
  fi
}

edge_host_tools() {
  local missing=()
  command -v bwrap >/dev/null || missing+=(bubblewrap)
  if [ ! -d "$(edge_root_dir)" ]; then
    command -v mmdebstrap >/dev/null || missing+=(mmdebstrap)
    [ -e /usr/share/keyrings/debian-archive-trixie-stable.gpg ] ||
      [ -e /usr/share/keyrings/debian-archive-trixie-stable.pgp ] ||
      [ -e /usr/share/keyrings/debian-archive-keyring.gpg ] ||
      [ -e /usr/share/keyrings/debian-archive-keyring.pgp ] || missing+=(debian-archive-keyring)
  fi
  if [ ${#missing[@]} -gt 0 ]; then
    command -v apt-get >/dev/null ||
      edge_die "please install ${missing[*]} first (this script does it by itself on Debian and its kin only)"
    edge_say "Installing ${missing[*]} on this machine"
    edge_as_root apt-get -o DPkg::Lock::Timeout=300 update -qq ||
      edge_die "apt could not read its package lists; see above"
    edge_as_root env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 \
      install -y -qq --no-install-recommends "${missing[@]}" ca-certificates >/dev/null </dev/null ||
      edge_die "apt could not install ${missing[*]}; see above"
  fi
  bwrap --ro-bind / / --dev-bind /dev /dev true 2>/dev/null || edge_die "\
this machine does not let bubblewrap make a namespace ($(bwrap --ro-bind / / --dev-bind /dev /dev true 2>&1 | head -n 1)).
Allow unprivileged user namespaces, or run the same command as root, in a container with --privileged"
}

edge_mirror() {
  local mirror=${EDGE_NET_MIRROR-}
  [ -n "$mirror" ] || mirror=$(grep -rhoE "^(deb|URIs:).*https?://[^ ]+/debian/?( |$)" \
    /etc/apt/sources.list /etc/apt/sources.list.d/ 2>/dev/null | grep -oE 'https?://[^ ]+' | head -n 1)
  [ -n "$mirror" ] || edge_die "no Debian mirror in the apt sources of this machine; set EDGE_NET_MIRROR=URL"
  echo "$mirror"
}

# Whether this person may make a root without being root.
edge_may_unshare() {
  command -v newuidmap >/dev/null && grep -qsE "^($(id -un)|$(id -u)):" /etc/subuid &&
    grep -qsE "^($(id -un)|$(id -u)):" /etc/subgid && unshare --user --map-root-user true 2>/dev/null
}

edge_bootstrap() {
  mmdebstrap --variant=apt --aptopt='APT::Install-Recommends "false"' --aptopt='Acquire::Retries "3"' \
    --dpkgopt=force-unsafe-io --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-exclude=/usr/share/info/*' \
    --customize-hook='od -An -N16 -tx1 /dev/urandom | tr -d " \n" >"$1/etc/machine-id"' \
    --include="$(edge_package_list)" "$@" "deb $(edge_mirror) $EDGE_SUITE main" </dev/null
}

# Made under a temporary name and renamed at the end, so an interrupted
# set-up never looks like a finished one.
edge_make_root() {
  local root=$1 part=$1.part lock
  [ ! -d "$root" ] || return 0
  mkdir -p "$EDGE_CACHE"
  exec {lock}>"$EDGE_CACHE/lock"
  flock -n "$lock" || { edge_say "Waiting for another set-up on this machine"; flock "$lock"; }
  if [ ! -d "$root" ]; then
    [ "$(df -Pk "$EDGE_CACHE" | awk 'NR == 2 {print $4}')" -gt 4000000 ] ||
      edge_die "the build root needs 4 GB free in $EDGE_CACHE; free some, or set EDGE_NET_CACHE to another place"
    edge_say "Making a Debian 13 build root in $root (once; a few minutes and 3 GB)"
    if [ "$(id -u)" != 0 ] && edge_may_unshare; then
      [ ! -e "$part" ] || rm -rf --one-file-system "$part" 2>/dev/null || edge_as_root rm -rf --one-file-system "$part"
      mkdir "$part"
      edge_bootstrap --mode=unshare --format=tar "$EDGE_SUITE" - |
        tar -x -C "$part" --no-same-owner --exclude='./dev/*' || edge_root_failed
      mv "$part" "$root"
    else
      [ "$(id -u)" = 0 ] || edge_say "This asks for root by sudo"
      edge_as_root rm -rf --one-file-system "$part"
      # In namespaces of its own it leaves no mount and no process behind, however it ends.
      edge_as_root unshare --mount --pid --fork --kill-child --mount-proc bash -c "$(declare -f edge_bootstrap edge_package_list edge_mirror edge_die)
        EDGE_PACKAGES=\$1 EDGE_SUITE=\$2 EDGE_NET_MIRROR=\$3; shift 3; edge_bootstrap \"\$@\"" bash \
        "$EDGE_PACKAGES" "$EDGE_SUITE" "$(edge_mirror)" --mode=root "$EDGE_SUITE" "$part" || edge_root_failed
      edge_as_root mv "$part" "$root"
    fi
    edge_say "Build root ready"
  fi
  exec {lock}>&-
}

edge_root_failed() {
  edge_die "the build root could not be made; see above. Run the same command again to start over"
}

# Adds a bind to EDGE_ENTER for each path that is there.
edge_bind() {
  local how=$1 path
  shift
  for path in "$@"; do [ ! -e "$path" ] || EDGE_ENTER+=("$how" "$path" "$path"); done
}

# Sets the array EDGE_ENTER: the words before a command that bring it into the
# build root, with this tree, the home folder, the display and the buses.
edge_enter_words() {
  EDGE_ENTER=()
  if edge_native; then return; fi
  local root file word
  root=$(edge_root_dir)
  mkdir -p "$EDGE_CACHE" "$EDGE_BUILD"
  EDGE_ENTER=(bwrap --die-with-parent
    --ro-bind "$root/usr" /usr --symlink usr/bin /bin --symlink usr/lib /lib
    --symlink usr/lib64 /lib64 --symlink usr/sbin /sbin
    --ro-bind "$root/etc" /etc --ro-bind "$root/var" /var --tmpfs /var/tmp
    --dev-bind /dev /dev --proc /proc --ro-bind /sys /sys
    --perms 1777 --tmpfs /tmp --perms 1777 --dir /tmp/.X11-unix --tmpfs /run
    --bind "$HOME" "$HOME" --bind "$EDGE_TREE" "$EDGE_TREE"
    --bind "$EDGE_CACHE" "$EDGE_CACHE" --bind "$EDGE_BUILD" "$EDGE_BUILD"
    --setenv EDGE_NET_IN_ROOT 1 --setenv PATH /usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin)
  # What the host sets for its own compilers and interpreters would mislead those of the root.
  for word in LD_LIBRARY_PATH LD_PRELOAD LIBRARY_PATH CPATH C_INCLUDE_PATH PKG_CONFIG_PATH PYTHONPATH PYTHONHOME \
    GI_TYPELIB_PATH GST_PLUGIN_PATH GST_PLUGIN_SYSTEM_PATH GIO_EXTRA_MODULES GTK_PATH NODE_OPTIONS; do
    EDGE_ENTER+=(--unsetenv "$word")
  done
  # Tests make network namespaces of their own, for which root keeps its rights.
  [ "$(id -u)" != 0 ] || EDGE_ENTER+=(--cap-add ALL)
  for file in /etc/resolv.conf /etc/hosts /etc/passwd /etc/group; do
    [ ! -e "$file" ] || [ ! -e "$root$file" ] || EDGE_ENTER+=(--ro-bind "$(readlink -f "$file")" "$file")
  done
  edge_bind --ro-bind /etc/ssl/certs /usr/share/ca-certificates /usr/local/share/ca-certificates /run/dbus
  if [ -d "${XDG_RUNTIME_DIR-}" ]; then
    edge_bind --bind "$XDG_RUNTIME_DIR"
  else
    EDGE_ENTER+=(--perms 0700 --dir /tmp/runtime --setenv XDG_RUNTIME_DIR /tmp/runtime)
  fi
  if [ -n "${DISPLAY-}" ]; then
    edge_bind --ro-bind /tmp/.X11-unix "${XAUTHORITY:-$HOME/.Xauthority}"
  fi
  case ${DBUS_SESSION_BUS_ADDRESS-} in
    unix:path=/tmp/*) word=${DBUS_SESSION_BUS_ADDRESS#unix:path=}; edge_bind --ro-bind "${word%%,*}" ;;
  esac
}

edge_setup_root() {
  if edge_native; then return; fi
  edge_host_tools
  edge_make_root "$(edge_root_dir)"
}

edge_in() { edge_enter_words; "${EDGE_ENTER[@]}" "$@"; }

# Shows ninja's count as it goes on a terminal, nothing elsewhere.
edge_progress() {
  if [ -t 2 ]; then
    awk -v width="$(tput cols 2>/dev/null || echo 80)" \
      '/^\[[0-9]+\/[0-9]+\]/ { printf "\r\033[K%s", substr($0, 1, width - 1) > "/dev/stderr"; fflush("/dev/stderr") }
       END { printf "\r\033[K" > "/dev/stderr" }'
  else
    cat >/dev/null
  fi
}

# edge_compile [MESON OPTION…]: configures EDGE_BUILD where that is due, and compiles.
# A folder that was left half configured, or made in another root, starts anew.
edge_compile() {
  local log=$EDGE_BUILD/setup.log place=host lock
  edge_native || place=$(basename "$(edge_root_dir)")
  mkdir -p "$EDGE_BUILD"
  exec {lock}>"$EDGE_BUILD/lock"
  flock -n "$lock" || { edge_say "Waiting for another build in $EDGE_BUILD"; flock "$lock"; }
  if [ "$(cat "$EDGE_BUILD/place" 2>/dev/null)" != "$place $*" ]; then
    [ ! -d "$EDGE_BUILD/meson-private" ] ||
      find "$EDGE_BUILD" -mindepth 1 -maxdepth 1 ! -name lock -exec rm -rf --one-file-system {} +
    edge_say "Configuring in $EDGE_BUILD"
    edge_in meson setup "$EDGE_BUILD" "$EDGE_TREE" "$@" >"$log" 2>&1 || {
      tail -n 30 "$log" >&2
      edge_die "meson setup failed; the whole log is $log"
    }
    echo "$place $*" >"$EDGE_BUILD/place"
  # Ninja sees changed files by itself, but not a meson.build that was not there before.
  elif [ -n "$(find "$EDGE_TREE/src" "$EDGE_TREE/tests" "$EDGE_TREE/data" "$EDGE_TREE/po" "$EDGE_TREE/ui" \
    -name meson.build -newer "$EDGE_BUILD/build.ninja" -print -quit 2>/dev/null)" ]; then
    edge_in meson setup --reconfigure "$EDGE_BUILD" "$EDGE_TREE" >"$log" 2>&1 || {
      tail -n 30 "$log" >&2
      edge_die "meson setup failed; the whole log is $log"
    }
  fi
  edge_say "Compiling"
  if ! (set -o pipefail; edge_in ninja -C "$EDGE_BUILD" 2>&1 | tee "$EDGE_BUILD/compile.log" | edge_progress); then
    grep -E 'error|FAILED|undefined reference' -A 4 "$EDGE_BUILD/compile.log" | head -n 60 >&2
    edge_die "the build failed; the whole log is $EDGE_BUILD/compile.log"
  fi
  exec {lock}>&-
}

edge_prepare() { edge_setup_root; edge_compile "$@"; }

edge_exec() {
  edge_enter_words
  local path=/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin part
  if edge_native; then path=$PATH:/usr/sbin:/sbin; fi
  for part in ledger sandbox relay cli app; do path=$EDGE_BUILD/src/$part:$path; done
  exec "${EDGE_ENTER[@]}" env PATH="$path" \
    EDGE_NET_BUILD="$EDGE_BUILD" EDGE_NET_LOCALEDIR="$EDGE_BUILD/po" GSETTINGS_SCHEMA_DIR="$EDGE_BUILD/data" "$@"
}
