#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Installs what Driehoek needs, builds it, and opens it on the sample study.
# Without a display it writes the sample's report as PDF and says where.
#   sh build-aux/run.sh [ARGUMENT…]    arguments go to the program instead
. "$(dirname -- "$0")/common.sh"

# shellcheck disable=SC2086 # the list is meant to be split
install_packages $run_packages
build "$source_dir/build" --buildtype=release

driehoek="$source_dir/build/src/driehoek"

if [ $# -gt 0 ]; then
  exec "$driehoek" "$@"
elif [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
  exec "$driehoek" --sample
fi

output="$source_dir/build/sample-report.pdf"
study=$(mktemp -d)
trap 'rm -rf "$study"' EXIT
"$driehoek" new "$study/sample.driehoek" >/dev/null
"$driehoek" import "$study/sample.driehoek" "$source_dir"/data/sample/*.xlsx
"$driehoek" report "$study/sample.driehoek" -o "$output"
say "No display: the sample's report is in $output"
