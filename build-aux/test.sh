#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Installs what the tests need, builds, and runs all suites; then the
# displayless ones once more under the address and undefined-behaviour sanitizers, and
# every fuzz target for 20 seconds. The last line counts them all.
#   sh build-aux/test.sh [--quick]    without the sanitized variant and the fuzz targets
. "$(dirname -- "$0")/common.sh"

# shellcheck disable=SC2086 # the lists are meant to be split
install_packages $run_packages $test_packages
install_dutch_locale

# All laws at 10 000 random cases take eight minutes: `meson test -C build-test stats/laws`.
export DHK_LAW_CASES="${DHK_LAW_CASES:-2500}"

failed=0
rm -f "$source_dir"/build-*/meson-logs/testlog*.json
build "$source_dir/build-test"
meson test -C "$source_dir/build-test" --no-rebuild --print-errorlogs --no-suite drive || failed=1

# Once more under the sanitizers, then the fuzz targets.
rest() {
  status=0
  build "$source_dir/build-sanitized" -Db_sanitize=address,undefined -Db_lundef=false \
    -Dwindow=false -Doptimization=1
  meson test -C "$source_dir/build-sanitized" --no-rebuild --print-errorlogs \
    --suite displayless || status=1
  sh "$source_dir/build-aux/fuzz.sh" 20 || status=1
  return $status
}

# Who drives the window mostly waits for it: the rest goes on meanwhile, and gives way.
rest=
if [ "${1:-}" != --quick ]; then
  (
    renice -n 19 -p "$(exec sh -c 'echo $PPID')" >/dev/null
    rest
  ) &
  rest=$!
fi
meson test -C "$source_dir/build-test" --no-rebuild --print-errorlogs --suite drive \
  --logbase testlog-drive || failed=1
[ -z "$rest" ] || wait "$rest" || failed=1

python3 "$source_dir/build-aux/count-tests.py" "$source_dir/build-test" \
  $([ "${1:-}" = --quick ] || echo "$source_dir/build-sanitized" "$source_dir/build-fuzz") || failed=1
exit $failed
