#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The commands that keep a study safe: passwords, backups.

test-protect.py DRIEHOEK SOURCE_ROOT
"""
import os
import pathlib
import pty
import select
import signal
import subprocess
import sys
import tempfile
import time

DRIEHOEK, ROOT = sys.argv[1], pathlib.Path(sys.argv[2])
SAMPLE = [str(ROOT / "data" / "sample" / f"{name}.xlsx")
          for name in ("Jeugdigen", "Ouders", "Hulpverleners", "Leraren")]
ENVIRONMENT = {**os.environ, "LC_ALL": "C.UTF-8", "LANGUAGE": "en"}
failures = []


def check(condition, message):
    if not condition:
        failures.append(message)


def run(*arguments, status=0):
    result = subprocess.run([DRIEHOEK, *map(str, arguments)], capture_output=True, text=True, check=False,
                            stdin=subprocess.DEVNULL, env=ENVIRONMENT)
    check(result.returncode == status, f"{arguments}: status {result.returncode}, {result.stderr}")
    if status:
        check(result.stderr.strip() and not result.stdout, f"{arguments}: output {result.stdout!r}")
    else:
        check(not result.stderr, f"{arguments}: stderr {result.stderr!r}")
    return result.stdout + result.stderr


def readable(folder):
    return [path.name for path in folder.rglob("*") if path.is_file() and b"SQLite format" in path.read_bytes()]


def on_terminal(answers, *arguments):
    """Runs a command on a terminal of its own, where a person types `answers`. Returns what the screen shows."""
    child, terminal = pty.fork()
    if child == 0:
        os.execve(DRIEHOEK, [DRIEHOEK, *map(str, arguments)], ENVIRONMENT)
    shown = b""
    waiting = list(answers)
    deadline = time.monotonic() + 60
    while select.select([terminal], [], [], max(0, deadline - time.monotonic()))[0]:
        try:
            part = os.read(terminal, 4096)
        except OSError:
            break
        if not part:
            break
        shown += part
        if waiting and part.rstrip(b" ").endswith(b":"):
            os.write(terminal, waiting.pop(0).encode() + b"\n")
    if time.monotonic() >= deadline:
        os.kill(child, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), shown.decode()


def test_password(folder):
    study, word, other = folder / "S.driehoek", folder / "word", folder / "other"
    word.write_text("een goed wachtwoord\nnot this line\n")
    other.write_text("iets anders\r\n")
    run("new", "--encrypt", study, status=1)
    check(not study.exists(), "a study was made without a password")
    run("new", "--encrypt", "--password-file", word, study)
    check("protected with a password" in run("import", study, *SAMPLE, status=1), "no word about the password")
    check("not the password" in run("import", study, *SAMPLE, "--password-file", other, status=1), "wrong password")
    run("import", study, *SAMPLE, "--password-file", folder / "none", status=1)
    run("import", study, *SAMPLE, "--password-file", word)
    before = run("table", study, "1", "--password-file", word)
    check("479" in before, f"table 1: {before}")
    csv = folder / "all.csv"
    run("export", study, "-o", csv, "--password-file", word)
    run("undo", study, "--password-file", word)
    run("redo", study, "--password-file", word)
    check(not readable(folder), f"readable: {readable(folder)}")

    run("password", study, "--password-file", word, status=1)
    run("password", study, "--password-file", word, "--new-password-file", other)
    run("table", study, "1", "--password-file", word, status=1)
    check(run("table", study, "1", "--password-file", other) == before, "changed with the password")
    run("encrypt", study, "--password-file", other, status=1)
    run("decrypt", study, "--password-file", other)
    check(readable(folder), "the study is not readable")
    check(run("table", study, "1") == before, "changed by decrypting")
    run("decrypt", study, status=1)
    run("encrypt", study, "--new-password-file", word)
    check(not readable(folder), f"readable: {readable(folder)}")
    check(run("table", study, "1", "--password-file", word) == before, "changed by encrypting")


def test_terminal(folder):
    study = folder / "T.driehoek"
    status, shown = on_terminal(["geheim woord", "geheim wordt"], "new", "--encrypt", study)
    check(status == 1 and not study.exists(), f"two passwords: {status}, {shown!r}")
    status, shown = on_terminal(["geheim woord", "geheim woord"], "new", "--encrypt", study)
    check(status == 0 and study.exists(), f"new --encrypt: {status}, {shown!r}")
    check("geheim" not in shown, f"the password is on the screen: {shown!r}")
    status, shown = on_terminal(["geheim woord"], "table", study, "1")
    check(status == 0 and "geheim" not in shown, f"table: {status}, {shown!r}")
    status, shown = on_terminal(["geheim wordt"], "table", study, "1")
    check(status == 1 and "not the password" in shown, f"wrong: {status}, {shown!r}")


def test_backups(folder):
    study = folder / "B.driehoek"
    run("new", study)
    check("no backups" in run("backup", "list", study), "backups of a new study")
    run("import", study, SAMPLE[0])
    empty = run("backup", "list", study)
    check("no backups" in empty, f"a study with nothing in it was backed up: {empty}")
    before = run("table", study, "1")
    run("import", study, *SAMPLE)
    after = run("table", study, "1")
    check(before != after, "the second import brought nothing")
    lines = run("backup", "list", study).splitlines()
    check(len(lines) == 1, f"backups: {lines}")
    run("backup", "restore", study, status=2)
    run("backup", "restore", study, "9", status=1)
    run("backup", "restore", study, lines[0].split()[1])
    check(run("table", study, "1") == before, "the study is not as it was in the backup")
    run("backup", "restore", study, "1")
    check(run("table", study, "1") == after, "going back cannot be taken back")
    run("backup", "make", study)
    check(len(run("backup", "list", study).splitlines()) >= 3, "a backup was not made")
    run("backup", "burn", study, status=2)


def main():
    for test in (test_password, test_terminal, test_backups):
        with tempfile.TemporaryDirectory() as name:
            test(pathlib.Path(name))
    for failure in failures:
        print(failure)
    print(f"{len(failures)} failures")
    sys.exit(1 if failures else 0)


main()
