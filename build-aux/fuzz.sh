#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Builds the fuzz targets with clang and runs each for some seconds, one after the other.
#   sh build-aux/fuzz.sh [SECONDS [TARGET…]]    20 seconds each, all targets
. "$(dirname -- "$0")/common.sh"

# shellcheck disable=SC2086 # the lists are meant to be split
install_packages $run_packages $test_packages

seconds=${1:-20}
[ $# -eq 0 ] || shift
if [ $# -eq 0 ]; then
  # shellcheck disable=SC2046 # a target a word
  set -- $(fuzz_targets)
fi
build_fuzz "$source_dir/build-fuzz" "$@"
for target; do
  targets="${targets:-} fuzz/$target"
done
# shellcheck disable=SC2086
DHK_FUZZ_SECONDS=$seconds meson test -C "$source_dir/build-fuzz" --no-rebuild --print-errorlogs $targets
