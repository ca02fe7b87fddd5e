#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Proves that both commands of the README work as written on a bare Debian 12:
# makes one with mmdebstrap, clones this checkout into it, and runs them there, as
# root and as a user with sudo. Needs root, mmdebstrap, and about 4 GB of disk.
#   sh build-aux/prove-setup.sh [--quick]    without the sanitized tests
. "$(dirname -- "$0")/common.sh"

[ "$(id -u)" -eq 0 ] || { say "This needs root: it makes and enters another system."; exit 1; }
install_packages mmdebstrap git

work=$(mktemp -d)
leave() {
  for mounted in proc dev; do
    if mountpoint -q "$work/root/$mounted"; then
      umount -R -l "$work/root/$mounted"
    fi
  done
}
cleanup() {
  leave
  rm -rf --one-file-system "$work"
}
trap cleanup EXIT INT TERM

# One try in a fresh root: prove WHO SHELL-PREFIX
prove() {
  who=$1
  say "== as $who =="
  rm -rf --one-file-system "$work/root"
  mkdir "$work/root"
  tar -C "$work/root" -xf "$work/bare.tar"
  cp /etc/resolv.conf "$work/root/etc/resolv.conf"
  mkdir -p "$work/root/home/$who"
  git clone -q --no-hardlinks "$source_dir" "$work/root/home/$who/driehoek"
  if [ "$who" != root ]; then
    chroot "$work/root" useradd -d "/home/$who" -s /bin/sh "$who"
    echo "$who ALL=(ALL) NOPASSWD: ALL" >"$work/root/etc/sudoers.d/$who"
    chroot "$work/root" chown -R "$who" "/home/$who"
  fi
  mount -t proc proc "$work/root/proc"
  mount --rbind /dev "$work/root/dev"
  mount --make-rslave "$work/root/dev"

  for command in "build-aux/run.sh" "build-aux/test.sh ${quick:-}" "build-aux/run.sh"; do
    start=$(date +%s)
    chroot "$work/root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME="/home/$who" \
      su -s /bin/sh "$who" -c "cd /home/$who/driehoek && sh $command"
    say "-- $who: sh $command: done in $(($(date +%s) - start)) s"
  done

  leave
}

quick=${1:-}
mmdebstrap --variant=minbase --include=sudo,ca-certificates bookworm "$work/bare.tar"
prove root
prove researcher
say "Both commands work on a bare Debian 12, as root and with sudo."
