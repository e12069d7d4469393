#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# flatpak.sh bundle|try: makes the .flatpak file, or makes it and tries it in a throw-away installation; as root.
#
# Nothing is fetched but Debian packages. Two trees of them stand in for GNOME's platform and SDK, under their names, in an
# installation of its own; the manifest is built there as it is, without a network. Each stage is kept in flatpak/ of the cache
# under the hash of what it was made from, so what did not change is not made again.
set -euo pipefail
EDGE_NET_ROOT=always
. "$(dirname "${BASH_SOURCE[0]}")/env.sh"

APP=org.edgenet.EdgeNet
MANIFEST=$EDGE_TREE/flatpak/$APP.yml
LISTS=$EDGE_TREE/build-aux/flatpak-packages
ARCH=$(uname -m)
HALL=$EDGE_CACHE/flatpak
OUT=$EDGE_TREE/build/flatpak
# Where whoever installs the bundle gets the runtime from.
RUNTIME_REPO=https://dl.flathub.org/repo/flathub.flatpakrepo
# Who builds and runs in the workshop: a person without rights, as on a desktop.
PERSON=1000

manifest_value() { sed -nE "s/^$1: *'?([^' #]+)'?.*/\1/p" "$MANIFEST"; }
PLATFORM=$(manifest_value runtime)
SDK=$(manifest_value sdk)
VERSION=$(manifest_value runtime-version)

# packages SECTION: its lines in flatpak-packages.
packages() { awk -v want="[$1]" '/^\[/ { on = $0 == want; next } on && NF && !/^#/' "$LISTS"; }
hash_of() { sha256sum | cut -c1-16; }

# stage NAME KEY FUNCTION: sets STAGE to the folder flatpak/NAME-KEY, which FUNCTION fills under another name the first time.
# Older folders of the same name go before, for the disk's sake.
stage() {
  local name=$1 key=$2 make=$3 began=$SECONDS log=$HALL/log/$1.log
  STAGE=$HALL/$name-$key
  if [ -d "$STAGE" ]; then
    edge_say "$name: as before"
    return
  fi
  edge_say "$name: being made"
  find "$HALL" -mindepth 1 -maxdepth 1 -name "$name-*" -exec rm -rf --one-file-system {} +
  mkdir "$STAGE.part"
  # A child of its own, waited for: 'set -e' would not hold in a function whose status is looked at.
  (set -e; "$make" "$STAGE.part") >"$log" 2>&1 </dev/null &
  wait $! || { tail -n 40 "$log" >&2; edge_die "$name failed; the whole log is $log"; }
  mv "$STAGE.part" "$STAGE"
  edge_say "$name: made in $((SECONDS - began)) s"
}

# enter online|offline TREE CMD…: runs CMD as root with TREE as the root of the file system, the cache's folder at /hall, and
# nothing else of the machine. A process namespace, so that nothing outlives CMD. Offline, in the workshop alone, also a network
# of its own, with loopback and one address that nobody else has, and a true root, without which bubblewrap does not work inside.
enter() {
  local net=$1 tree=$2
  shift 2
  local space=(--mount --propagation private --pid --fork --kill-child)
  [ "$net" = online ] || space+=(--net)
  # shellcheck disable=SC2016
  unshare "${space[@]}" bash -ec '
    net=$1 tree=$2 hall=$3; shift 3
    set -- env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 TERM=dumb \
      DEBIAN_FRONTEND=noninteractive "$@"
    mount --bind "$tree" "$tree"
    mkdir -p "$tree/hall" "$tree/.old"
    mount --bind "$hall" "$tree/hall"
    mount --rbind /dev "$tree/dev"
    mount -t proc proc "$tree/proc"
    mount --rbind /sys "$tree/sys"
    mount -t tmpfs -o mode=0755 tmpfs "$tree/run"
    mount -t tmpfs -o mode=1777 tmpfs "$tree/tmp"
    if [ "$net" = online ]; then
      cp /etc/resolv.conf "$tree/etc/resolv.conf"
      exec chroot "$tree" "$@"
    fi
    cd "$tree"
    pivot_root . .old
    cd /
    umount -l /.old
    # The portal of documents mounts a file system of its own; the device may be for root alone.
    if [ -e /dev/fuse ]; then
      mknod -m 0666 /run/fuse c 10 229
      mount --bind /run/fuse /dev/fuse
    fi
    ip link set lo up
    ip link add edge0 type veth peer name edge1
    ip address add 198.18.0.1/24 dev edge0
    ip link set edge0 up
    ip link set edge1 up
    exec "$@"' enter "$net" "$tree" "$HALL" "$@"
}

# add_packages TREE SECTION: installs what a section lists in TREE.
add_packages() {
  local list
  mapfile -t list < <(packages "$2")
  enter online "$1" apt-get update
  enter online "$1" apt-get install -y --no-install-recommends -o Dpkg::Options::=--force-unsafe-io -o Acquire::Retries=3 "${list[@]}"
  enter online "$1" apt-get clean
}

# person CMD…: runs CMD in the workshop as a person, offline, with a home that is gone afterwards and a session bus. The system bus
# is there because flatpak asks it, before an installation, whether the person may.
person() {
  # shellcheck disable=SC2016
  enter offline "$WORKSHOP/root" bash -ec '
    id=$1 installation=$2; shift 2
    mkdir -p /run/dbus
    dbus-daemon --system --nopidfile --fork
    install -d -m 0700 -o "$id" -g "$id" "/run/user/$id" /tmp/home
    cd /tmp/home
    # This shell stays, as the first process: it takes the orphans that a bus and sandboxes leave.
    setpriv --reuid="$id" --regid="$id" --clear-groups env HOME=/tmp/home USER=person XDG_RUNTIME_DIR="/run/user/$id" \
      FLATPAK_USER_DIR="$installation" XDG_CURRENT_DESKTOP=GNOME dbus-run-session -- "$@" || exit' \
    person "$PERSON" "$INSTALLATION" "$@"
}

make_workshop() {
  cp -a --reflink=auto "$(edge_root_dir)" "$1/root"
  add_packages "$1/root" workshop
  chroot "$1/root" useradd --uid "$PERSON" --create-home person
}

# Turns a tree into what flatpak calls a runtime, and puts it into the repository.
export_runtime() {
  local work=$1 tree=$2 name=$3 layout=$1/layout
  mkdir -p "$layout/files" "$layout/var"
  mv "$tree/usr" "$layout/usr"
  # In the sandbox /usr is all there is; each file of its etc/ appears in /etc.
  rm -rf "$layout/usr/etc"
  mv "$tree/etc" "$layout/usr/etc"
  (
    cd "$layout/usr"
    # What belongs to a machine or its package manager, not to a runtime.
    rm -rf etc/{passwd,group,shadow,gshadow,subuid,subgid}* etc/.pwd.lock etc/machine-id etc/hostname etc/hosts etc/resolv.conf \
      etc/localtime etc/timezone etc/fstab etc/mtab etc/apt etc/dpkg etc/cron* etc/init.d etc/rc?.d etc/pam* etc/security \
      etc/systemd etc/default etc/skel local games src share/doc share/info share/man share/lintian share/bug
    # Where flatpak's own call of ldconfig, which it looks for in bin alone, finds the libraries of apps and extensions.
    rm -rf etc/ld.so.cache etc/ld.so.conf.d
    printf '%s\n' 'include /run/flatpak/ld.so.conf.d/app-*.conf' /app/lib 'include /run/flatpak/ld.so.conf.d/runtime-*.conf' \
      >etc/ld.so.conf
    ln -sf ../sbin/ldconfig bin/ldconfig
    # This file makes meson install into Debian's folders, where nothing of an app is looked for.
    rm -f etc/debian_version
  )
  chmod -R u+rwX,go+rX,a-s "$layout/usr"
  printf '[Runtime]\nname=%s\nruntime=%s\nsdk=%s\n' "$name" "$PLATFORM/$ARCH/$VERSION" "$SDK/$ARCH/$VERSION" >"$layout/metadata"
  chown -R "$PERSON:$PERSON" "$layout"
  person flatpak build-export --disable-fsync --disable-sandbox --runtime "$INSIDE/repo" "$INSIDE/layout" "$VERSION"
  rm -rf "$layout" "$tree"
}

# Platform and SDK, and an installation that has them.
make_runtime() {
  local work=$1
  INSIDE=/hall/${work##*/}
  INSTALLATION=$INSIDE/installation
  packages platform >"$work/list"
  (EDGE_PACKAGES=$work/list; edge_bootstrap --mode=root "$EDGE_SUITE" "$work/platform")
  # flatpak-builder runs everything in this locale.
  chroot "$work/platform" localedef -i en_US -f UTF-8 en_US.UTF-8
  cp -a --reflink=auto "$work/platform" "$work/sdk"
  add_packages "$work/sdk" sdk
  chown "$PERSON:$PERSON" "$work"
  person ostree init --repo="$INSIDE/repo" --mode=bare-user-only
  export_runtime "$work" "$work/platform" "$PLATFORM"
  export_runtime "$work" "$work/sdk" "$SDK"
  person bash -ec 'flatpak remote-add --user --no-gpg-verify trees "file://$1/repo"
    flatpak install --user --assumeyes --noninteractive trees "$2" "$3"
    flatpak remote-delete --user --force trees' - "$INSIDE" "$PLATFORM//$VERSION" "$SDK//$VERSION"
  rm -rf "$work/repo"
}

# The manifest's downloads, from Debian's source packages where the hash is the same, laid out as flatpak-builder keeps them.
make_sources() {
  local work=$1 inside=/hall/${1##*/} url hash file list
  mapfile -t list < <(packages sources)
  echo "deb-src $(edge_mirror) $EDGE_SUITE main" >"$work/list"
  mkdir "$work/debian"
  enter online "$WORKSHOP/root" bash -ec 'cp "$1/list" /etc/apt/sources.list.d/sources.list; apt-get update; cd "$1/debian"; shift
    apt-get source --download-only --tar-only "$@"' - "$inside" "${list[@]}"
  while read -r url hash; do
    for file in "$work"/debian/*.orig.*; do
      if [ "$(sha256sum <"$file" | cut -d' ' -f1)" = "$hash" ]; then
        install -D -m 0644 "$file" "$work/$hash/${url##*/}"
        echo "$url is $(basename "$file")"
      fi
    done
    [ -d "$work/$hash" ] || { echo "no source package has $url, sha256 $hash"; return 1; }
  done < <(awk '/^ *url:/ { url = $2 } /^ *sha256:/ { print url, $2 }' "$MANIFEST")
  rm -rf "$work/debian" "$work/list"
}

# What the app is built from, as git knows it or would be told of it.
app_files() { git -C "$EDGE_TREE" ls-files -z --cached --others --exclude-standard -- LICENSE meson.build meson.options data flatpak po src ui; }
app_key() {
  (cd "$EDGE_TREE" && { declare -f make_app; app_files | sort -z | xargs -0 sha256sum 2>/dev/null; echo "$RUNTIME $SOURCES"; }) | hash_of
}

make_app() {
  local work=$1 inside=/hall/${1##*/} state=$HALL/state source=$HALL/source
  rm -rf "$source"
  mkdir -p "$source" "$state/downloads"
  (cd "$EDGE_TREE" && app_files | while IFS= read -r -d '' file; do [ ! -e "$file" ] || printf '%s\0' "$file"; done |
    tar -c --no-recursion --null -T -) | tar -x -C "$source"
  cp -r "$SOURCES"/. "$state/downloads/"
  # A module stays cached as long as nothing before it changes, the runtime and the manifest's place included.
  chown "$PERSON:$PERSON" "$work"
  chown -R "$PERSON:$PERSON" "$state" "$source"
  person flatpak-builder --user --force-clean --disable-download --disable-updates --disable-rofiles-fuse --default-branch=stable \
    --state-dir=/hall/state --repo="$inside/repo" /hall/state/build "/hall/source/flatpak/$APP.yml"
  person flatpak build-bundle --runtime-repo="$RUNTIME_REPO" "$inside/repo" "$inside/$APP.flatpak" "$APP" stable
  rm -rf "$source" "$work/repo" "$state/build"
}

bundle() {
  local key
  mkdir -p "$HALL/log"
  exec {lock}>"$HALL/lock"
  flock -n "$lock" || { edge_say "Waiting for another flatpak.sh on this machine"; flock "$lock"; }
  edge_setup_root
  key=$({ basename "$(edge_root_dir)"; packages workshop; declare -f make_workshop; } | hash_of)
  stage workshop "$key" make_workshop
  WORKSHOP=$STAGE
  key=$({ packages platform; packages sdk; declare -f make_runtime export_runtime; echo "$EDGE_SUITE $PLATFORM $SDK $VERSION"; } | hash_of)
  stage runtime "$key" make_runtime
  RUNTIME=$STAGE
  INSTALLATION=/hall/${RUNTIME##*/}/installation
  key=$({ packages sources; declare -f make_sources; grep -E '^ *(url|sha256):' "$MANIFEST"; } | hash_of)
  stage sources "$key" make_sources
  SOURCES=$STAGE
  stage app "$(app_key)" make_app
  BUNDLE=$STAGE/$APP.flatpak
}

# Puts what someone wants to have where they find it, and says what to do with it.
hand_over() {
  mkdir -p "$OUT"
  cp "$BUNDLE" "$OUT/"
  local bundle=$OUT/${BUNDLE##*/}
  cat <<TEXT
$bundle
  $(du -h --apparent-size "$bundle" | cut -f1)iB, $(sha256sum "$bundle" | cut -d' ' -f1)
To install it, on a machine with flatpak:
  flatpak install --user ${bundle##*/}
which takes $PLATFORM $VERSION from Flathub, unless it is there. To start it: from the app grid, or
  flatpak run $APP
To remove it and all it kept:
  flatpak uninstall --delete-data $APP
TEXT
}

# log_result RESULT SECONDS TAPFILE: leaves the log that tests/summary.py counts.
log_result() {
  local log=$EDGE_TREE/build/meson-logs/testlog-flatpak.json
  mkdir -p "${log%/*}"
  {
    printf '{"name": "edge-net:flatpak / flatpak", "result": "%s", "duration": %d, "stdout": "' "$1" "$2"
    [ ! -f "$3" ] || sed -e 's/[\\"]/\\&/g' -e 's/[[:cntrl:]]/ /g' -e 's/$/\\n/' "$3" | tr -d '\n'
    printf '"}\n'
  } >"$log"
}

# What this needs of a machine and cannot make itself; says what is missing.
lacking() {
  if [ "$(id -u)" != 0 ]; then
    echo "this makes roots and namespaces: run it as root, or with sudo"
  elif ! unshare --mount --propagation private --pid --net --fork --kill-child \
    mount -t tmpfs tmpfs /tmp 2>/dev/null; then
    echo "this machine does not let even root mount in a namespace of its own"
  elif mkdir -p "$HALL" && [ "$(df -Pk "$HALL" | awk 'NR == 2 { print $4 }')" -lt 12000000 ] && ! compgen -G "$HALL/runtime-*" >/dev/null; then
    echo "it needs 12 GB free in $HALL; free some, or set EDGE_NET_CACHE to another place"
  fi
}

# Tries the bundle among a relay and two nodes of the ordinary build; leaves a log for tests/summary.py.
try_it() {
  local part began=$SECONDS result=OK trial=$HALL/trial
  edge_compile
  rm -rf "$trial"
  mkdir -p "$trial/build-aux" "$trial/out" "$OUT"
  for part in relay/edge-net-relay cli/edge-net-node; do install -D -m 0755 -t "$trial/bin" "$EDGE_BUILD/src/$part"; done
  install -m 0755 "$EDGE_TREE/build-aux/display.sh" "$trial/build-aux/"
  install -m 0644 "$EDGE_TREE/build-aux/fonts.conf" "$trial/build-aux/"
  install -m 0644 "$EDGE_TREE"/tests/flatpak/{try,desktop}.py "$EDGE_TREE/tests/window/driver.py" "$BUNDLE" "$trial/"
  chown -R "$PERSON:$PERSON" "$trial"
  edge_say "Trying the bundle"
  person env PATH=/hall/trial/bin:/usr/bin:/bin XDG_DATA_DIRS="$INSTALLATION/exports/share:/usr/local/share:/usr/share" \
    PYTHONDONTWRITEBYTECODE=1 EDGE_WINDOW_LIMIT="${EDGE_WINDOW_LIMIT:-60}" \
    /hall/trial/build-aux/display.sh python3 /hall/trial/try.py "/hall/trial/${BUNDLE##*/}" /hall/trial/out \
    </dev/null | tee "$trial/out/try.tap" || result=FAIL
  cp -r "$trial/out/." "$OUT/"
  chown -R "$(stat -c %u:%g "$EDGE_TREE")" "$OUT"
  log_result "$result" $((SECONDS - began)) "$trial/out/try.tap"
  edge_say "Pictures and logs are in $OUT"
  [ "$result" = OK ]
}

missing=$(lacking)
case ${1-} in
  bundle)
    [ -z "$missing" ] || edge_die "$missing"
    bundle
    hand_over ;;
  try)
    if [ -n "$missing" ]; then
      edge_say "The Flatpak is skipped: $missing"
      log_result SKIP 0 /dev/null
      exit 0
    fi
    bundle
    try_it ;;
  *) echo "Usage: $0 bundle|try" >&2; exit 2 ;;
esac
