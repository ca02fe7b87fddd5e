# SPDX-License-Identifier: GPL-3.0-or-later
# What run.sh and test.sh share. Sourced, not run; POSIX sh.

set -eu

source_dir=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)

# What the program is built from and runs with.
run_packages='gcc meson ninja-build pkg-config gettext libglib2.0-dev libglib2.0-bin
  libgtk-4-dev libadwaita-1-dev libxml2-dev libjson-glib-dev libsqlite3-dev libsodium-dev libdeflate-dev libzip-dev
  libreadstat-dev r-mathlib liblapacke-dev libcairo2-dev libpango1.0-dev adwaita-icon-theme fonts-cantarell
  fonts-dejavu-core librsvg2-common desktop-file-utils'

# What the tests need besides.
test_packages='clang clang-format libclang-rt-14-dev xvfb xauth xdotool x11-utils xclip openbox xcompmgr dbus
  at-spi2-core python3 python3-gi gir1.2-atspi-2.0 locales poppler-utils appstream
  libxml2-utils sqlite3 git valgrind libc6-dbg'

say() {
  printf '%s\n' "$*" >&2
}

as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  elif command -v sudo >/dev/null 2>&1; then
    sudo "$@"
  else
    say "Packages must be installed: run this as root, or install sudo."
    exit 1
  fi
}

# Installs what is missing of the named packages; silent when nothing is.
install_packages() {
  missing=
  for package in "$@"; do
    status=$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null || true)
    [ "$status" = installed ] || missing="$missing $package"
  done
  [ -n "$missing" ] || return 0
  say "Installing:$missing"
  as_root apt-get -q update >/dev/null
  # shellcheck disable=SC2086 # the list is meant to be split
  as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y install --no-install-recommends $missing >/dev/null
}

# The Dutch locale, for the tests that run under it.
install_dutch_locale() {
  if ! locale -a 2>/dev/null | grep -qi '^nl_NL\.utf-\?8$'; then
    as_root localedef -i nl_NL -f UTF-8 nl_NL.UTF-8
  fi
}

# Lines suffice for the stacks that tests print, and compile a sixth faster than all of -g.
lines_only=-Dc_args=-g1

# build FOLDER [MESON OPTION…]: configures once, then builds what changed.
build() {
  folder=$1
  shift
  if [ ! -f "$folder/build.ninja" ]; then
    meson setup "$folder" "$source_dir" $lines_only "$@" >"$folder.log" 2>&1 || {
      cat "$folder.log" >&2
      exit 1
    }
    rm -f "$folder.log"
  fi
  ninja -C "$folder" >"$folder/build.log" 2>&1 || {
    grep -A 20 -E 'FAILED|error' "$folder/build.log" >&2 || cat "$folder/build.log" >&2
    exit 1
  }
}

# build_fuzz FOLDER TARGET…: configures once for clang, then builds these fuzz targets.
build_fuzz() {
  folder=$1
  shift
  if [ ! -f "$folder/build.ninja" ]; then
    CC=clang meson setup "$folder" "$source_dir" $lines_only -Dfuzz=true -Dwindow=false \
      -Db_lundef=false -Doptimization=1 >"$folder.log" 2>&1 || {
      cat "$folder.log" >&2
      exit 1
    }
    rm -f "$folder.log"
  fi
  programs=
  for target; do
    programs="$programs tests/fuzz/fuzz-$target"
  done
  # shellcheck disable=SC2086 # one program a word
  ninja -C "$folder" $programs >"$folder/build.log" 2>&1 || {
    grep -A 20 -E 'FAILED|error' "$folder/build.log" >&2 || cat "$folder/build.log" >&2
    exit 1
  }
}

# The fuzz targets there are.
fuzz_targets() {
  sed -n "s/^  '\([a-z-]*\)': \[.*/\1/p" "$source_dir/tests/fuzz/meson.build"
}
