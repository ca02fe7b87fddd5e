#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The commands that keep a study safe: passwords, backups.

test-protect.py DRIEHOEK SOURCE_ROOT
"""
import contextlib
import csv
import os
import pathlib
import pty
import select
import signal
import sqlite3
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
    run("export", study, "-o", folder / "all.csv", "--password-file", word)
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
    refused = run("backup", "restore", study, "9", status=1)
    check(str(folder) not in str(refused), f"a path is shown: {refused}")
    run("backup", "restore", study, lines[0].split()[1])
    check(run("table", study, "1") == before, "the study is not as it was in the backup")
    run("backup", "restore", study, "1")
    check(run("table", study, "1") == after, "going back cannot be taken back")
    run("backup", "make", study)
    check(len(run("backup", "list", study).splitlines()) >= 3, "a backup was not made")
    run("backup", "burn", study, status=2)

    data = study.read_bytes()
    broken, saved = folder / "broken.driehoek", folder / "saved.driehoek"
    broken.write_bytes(data[:len(data) // 2] + bytes(4096) + data[len(data) // 2 + 4096:])
    damaged = broken.read_bytes()
    check("holds" in run("repair", broken, saved), "repair says nothing")
    check(broken.read_bytes() == damaged, "repair changed the damaged file")
    run("table", saved, "1")
    run("repair", broken, saved, status=1)
    broken.write_bytes(bytes(len(data)))
    run("repair", broken, folder / "none.driehoek", status=1)


def read_sheet(path):
    """The first sheet of one of our sample workbooks, as rows of texts."""
    import re
    import zipfile
    from xml.etree import ElementTree
    space = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
    with zipfile.ZipFile(path) as package:
        strings = []
        if "xl/sharedStrings.xml" in package.namelist():
            for item in ElementTree.fromstring(package.read("xl/sharedStrings.xml")).findall("m:si", space):
                strings.append("".join(text.text or "" for text in item.iter(f"{{{space['m']}}}t")))
        sheet = ElementTree.fromstring(package.read("xl/worksheets/sheet1.xml"))
    rows = []
    for row in sheet.iter(f"{{{space['m']}}}row"):
        cells = {}
        for cell in row.findall("m:c", space):
            letters = re.match("[A-Z]+", cell.get("r")).group()
            column = 0
            for letter in letters:
                column = column * 26 + ord(letter) - 64
            value = cell.find("m:v", space)
            text = "".join(t.text or "" for t in cell.iter(f"{{{space['m']}}}t"))
            if value is not None:
                text = strings[int(value.text)] if cell.get("t") == "s" else value.text
            cells[column - 1] = text
        rows.append([cells.get(i, "") for i in range(max(cells) + 1)] if cells else [])
    width = max(map(len, rows))
    return [row + [""] * (width - len(row)) for row in rows]


def test_key_file(folder):
    rows = read_sheet(SAMPLE[1])
    names = [f"Wilhelmina Zonderling-{i}" for i in range(len(rows))]
    source = folder / "Ouders.csv"
    with source.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        head = [cell for cell in rows[0]]
        keep = [i for i, cell in enumerate(head) if cell.casefold() not in ("naam", "name", "e-mail", "email", "e-mailadres")]
        out.writerow([head[i] for i in keep] + ["Naam", "E-mail"])
        for i, row in enumerate(rows[1:]):
            out.writerow([row[k] for k in keep] + [names[i], f"zonderling{i}@voorbeeld.nl"])
    study, key, word = folder / "K.driehoek", folder / "K.driehoek-key", folder / "word"
    word.write_text("sleutelwoord\n")
    run("new", study)

    def secret():
        found = []
        for path in folder.rglob("*"):
            if path.is_file() and path != source and path.name != "out.csv":
                data = path.read_bytes()
                if b"Zonderling" in data or b"zonderling" in data:
                    found.append(path.name)
        return found

    undecided = folder / "Onbeslist.driehoek"
    run("new", undecided)
    check("--key-file" not in run("import", undecided, SAMPLE[0]), "told of names where there are none")
    check("--key-file" in run("import", undecided, source), "names dropped without a word")
    run("undo", undecided)
    check("--key-file" not in run("import", undecided, source, "--drop-personal"), "told of what was decided")
    run("undo", undecided)
    check("--key-file" not in run("import", undecided, source), "told again")

    run("import", study, source, "--key-file", key, status=1)
    run("import", study, source, "--key-file", key, "--key-password-file", word, "--drop-personal", status=1)
    run("import", study, source, "--key-file", key, "--key-password-file", word)
    check(not secret(), f"names in {secret()}")
    listed = run("key", "list", key, "--key-password-file", word)
    n = int(listed.split()[0])
    check(n > 50 and names[0] in listed and "zonderling0@voorbeeld.nl" in listed, f"key list: {listed[:200]}")
    # The pseudonyms are those of the study.
    with contextlib.closing(sqlite3.connect(study)) as connection:
        pseudonyms = dict(connection.execute("SELECT pseudonym, number FROM respondent"))
    check(len(pseudonyms) == n, f"{len(pseudonyms)} pseudonyms, {n} persons")
    check(all(line.split()[0] in pseudonyms for line in listed.splitlines()[1:]), "unknown pseudonyms")

    out = folder / "out.csv"
    out.write_text("before", encoding="utf-8")
    out.chmod(0o644)
    run("key", "export", key, out, "--key-password-file", word)
    check(out.stat().st_mode & 0o777 == 0o600, f"others may read the names: {out.stat().st_mode:o}")
    with out.open(encoding="utf-8", newline="") as file:
        exported = list(csv.DictReader(file))
    check(len(exported) == n and {"Naam", "E-mail"} <= set(exported[0]), f"exported {exported[:1]}")
    check({row["Naam"] for row in exported} <= set(names), "other names")

    # Who exports to the wrong name loses neither the key file nor the study.
    whole = key.read_bytes(), study.read_bytes()
    for target in (key, study):
        refusal = run("key", "export", key, target, "--key-password-file", word, status=1)
        check("written over" in refusal, f"exported over {target.name}: {refusal}")
    check((key.read_bytes(), study.read_bytes()) == whole, "an export was written over a key file or a study")
    check("is a key file" in run("peek", key, status=1), "peek takes a key file for a table")

    # Asked once: the study keeps names from now on, or says otherwise.
    run("import", study, SAMPLE[0], status=1)
    run("import", study, SAMPLE[0], "--key-file", key, "--key-password-file", word)
    run("import", study, SAMPLE[2], "--drop-personal")
    run("import", study, SAMPLE[3])
    one = exported[0]["pseudonym"]
    found = run("key", "find", key, "ZONDERLING-7", "--key-password-file", word)
    check("Zonderling-7;" in found and names[0] + ";" not in found, f"key find: {found}")
    check(one in run("key", "find", key, one.lower(), "--key-password-file", word), "found by pseudonym")
    run("key", "find", key, "Jansen", "--key-password-file", word, status=1)
    new = folder / "new-word"
    new.write_text("nieuw sleutelwoord\n")
    run("key", "password", key, "--key-password-file", word, "--new-password-file", new)
    run("key", "list", key, "--key-password-file", word, status=1)
    word.write_text("nieuw sleutelwoord\n")
    run("key", "remove", key, one, "--key-password-file", word)

    # Erasing cannot reach a key file that is locked away, and says so.
    lasting = folder / "Blijft.driehoek"
    run("new", lasting)
    run("import", lasting, source, "--key-file", folder / "Blijft.driehoek-key", "--key-password-file", word)
    told = run("erase", lasting, "1", "--yes", "--yes")
    check("still in the key file" in told, f"erase: {told}")
    pseudonym = told.split("KEYFILE ")[1].split("”")[0]
    run("key", "remove", folder / "Blijft.driehoek-key", pseudonym, "--key-password-file", word)
    run("key", "remove", key, one, "--key-password-file", word, status=1)
    check(one not in run("key", "list", key, "--key-password-file", word), "still there")
    check(not secret(), f"names in {secret()}")


def test_retention(folder):
    study = folder / "R.driehoek"
    run("new", study)
    check("No date" in run("retention", study), "a date in a new study")
    check("31 December 2031" in run("retention", study, "31-12-2031"), "date")
    check("which is past" in run("retention", study, "2001-02-03"), "past date")
    run("retention", study, "2031-02-30", status=2)
    check("Retention until" in run("undo", study), "undo")
    check("31 December 2031" in run("retention", study), "date after undo")
    check("No date" in run("retention", study, "none"), "none")
    report = run("problem-report", study)
    check("integrity: ok" in report and str(folder) not in report and "R.driehoek" not in report, report)
    out = folder / "report.txt"
    run("problem-report", study, "-o", out)
    check("retention: <10" in out.read_text(), out.read_text())
    check("version: " in run("problem-report"), "without a study")
    run("problem-report", study, study, status=2)


def main():
    for test in (test_retention, test_key_file, test_password, test_terminal, test_backups):
        with tempfile.TemporaryDirectory() as name:
            test(pathlib.Path(name))
    for failure in failures:
        print(failure)
    print(f"{len(failures)} failures")
    sys.exit(1 if failures else 0)


main()
