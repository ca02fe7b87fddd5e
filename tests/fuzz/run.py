#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs one fuzz target for a while.

run.py PROGRAM TARGET BUILD_FOLDER

First over all inputs that were ever found to matter (found/TARGET), then from the seeds on
for DHK_FUZZ_SECONDS (20). The corpus stays in BUILD_FOLDER, so a next run goes on where this
one stopped; an input that fails is kept there too, with the command that repeats it.
"""
import os
import pathlib
import subprocess
import sys

program, target, build = sys.argv[1], sys.argv[2], pathlib.Path(sys.argv[3])
here = pathlib.Path(__file__).resolve().parent
seconds = os.environ.get("DHK_FUZZ_SECONDS", "20")
corpus, seeds, failed = build / "corpus" / target, build / "seeds" / target, build / "failed"
for folder in (corpus, seeds, failed):
    folder.mkdir(parents=True, exist_ok=True)
dictionary = build / f"{target}.dict"
subprocess.run([sys.executable, str(here / "make-seeds.py"), target, str(seeds), str(dictionary)], check=True)

environment = {**os.environ, "LC_ALL": "C.UTF-8", "ASAN_OPTIONS": "detect_leaks=1:allocator_may_return_null=1",
               "UBSAN_OPTIONS": "print_stacktrace=1:halt_on_error=1",
               "LSAN_OPTIONS": f"print_suppressions=0:suppressions={here.parent / 'lsan.supp'}"}
folders = [corpus, seeds] + [folder for folder in [here / "found" / target] if folder.is_dir()]
command = [program, f"-max_total_time={seconds}", "-timeout=30", "-rss_limit_mb=1500", "-max_len=65536", "-close_fd_mask=1",
           "-print_final_stats=1", *([f"-dict={dictionary}"] if dictionary.is_file() else []), f"-artifact_prefix={failed}/{target}-", *map(str, folders)]
run = subprocess.run(command, env=environment, stderr=subprocess.PIPE, check=False)
lines = run.stderr.decode("utf-8", "replace").splitlines()
if run.returncode != 0:
    print("\n".join(lines[-80:]))
    print(f"Repeat with: {program} {failed}/{target}-…")
else:
    print("\n".join(line for line in lines if line.startswith("stat::")))
sys.exit(1 if run.returncode else 0)
