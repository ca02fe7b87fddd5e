#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Real, broken and hostile files through “driehoek peek” and “driehoek import”.

test-files.py DRIEHOEK [--unbounded]

Small files of our own come first. Then, where DHK_REFERENCE_DIR has them, the collected files of
other programs (each must give what its manifest states) and those made to break readers:
a refusal in one sentence that leaves the study as it was, or the content that the manifest
allows, within 2 seconds and 200 MB. --unbounded (sanitizers) skips the bounds.
"""
import csv
import glob
import hashlib
import importlib.util
import json
import os
import pathlib
import re
import socket
import struct
import subprocess
import sys
import tempfile
import time

spec = importlib.util.spec_from_file_location(
    "seeds", pathlib.Path(__file__).resolve().parent.parent / "fuzz" / "make-seeds.py")
seeds = importlib.util.module_from_spec(spec)
spec.loader.exec_module(seeds)

DRIEHOEK = os.path.abspath(sys.argv[1])
BOUNDED = "--unbounded" not in sys.argv
# Processor time; by the clock other jobs on the machine count as well, so there only a hang does.
MAX_SECONDS, MAX_WAIT, MAX_KILOBYTES = 2.0, 10.0, 200 * 1024
ENVIRONMENT = {**os.environ, "LC_ALL": "C.UTF-8", "LANGUAGE": "en"}
REFUSAL = re.compile(r"^driehoek: [A-Z“][^\n]*[.?!]$")
failures, checks = [], 0


def check(condition, text):
    global checks
    checks += 1
    if not condition:
        failures.append(text[:600])
    return condition


class Run:
    """One run of the program, with what it cost."""

    def __init__(self, folder, *arguments):
        out, err = folder / "stdout", folder / "stderr"
        start = time.monotonic()
        with open(out, "wb") as stdout, open(err, "wb") as stderr:
            process = subprocess.Popen([DRIEHOEK, *map(str, arguments)], stdin=subprocess.DEVNULL, stdout=stdout,
                                       stderr=stderr, cwd=folder, env=ENVIRONMENT)
            _, status, usage = os.wait4(process.pid, 0)
        self.wall = time.monotonic() - start
        self.seconds = usage.ru_utime + usage.ru_stime
        self.kilobytes = usage.ru_maxrss
        self.status = os.waitstatus_to_exitcode(status)
        process.returncode = self.status
        self.output = out.read_text(encoding="utf-8", errors="surrogateescape")
        self.message = err.read_text(encoding="utf-8", errors="surrogateescape")
        out.unlink()
        err.unlink()

    def json(self):
        return json.loads(self.output)


def peek(folder, path, *options):
    return Run(folder, "peek", "--json", path, *options)


def texts(row):
    return [cell["text"] if cell else "" for cell in row["cells"]]


def cell_of(rows, line, column):
    for row in rows:
        if row["row"] == line and column < len(row["cells"]):
            return row["cells"][column]
    return None


# Files of our own -------------------------------------------------------------------


def sav(cases=((1.0, b"a"), (9.0, b"b")), n_cases=None, tail=b"", variables=None, extensions=b"", compression=0):
    """A small system file: a number with labels and a missing value, and a text."""
    header = b"$FL2" + b"@(#) SPSS DATA FILE test".ljust(60) + struct.pack(
        "<iiiiid", 2, 2, compression, 0, len(cases) if n_cases is None else n_cases, 100.0)
    header += b"01 Jan 2301:01:01" + b" " * 64 + b"\0" * 3
    if variables is None:
        variables = struct.pack("<iiiiii8s", 2, 0, 1, 1, 0x050800, 0x050800, b"SCORE   ")
        variables += struct.pack("<i8s", 5, b"Score\0\0\0") + struct.pack("<d", 9.0)
        variables += struct.pack("<iiiiii8s", 2, 8, 0, 0, 0x010800, 0x010800, b"NAME    ")
        variables += struct.pack("<ii", 3, 1) + struct.pack("<d", 1.0) + b"\x03Low\0\0\0\0" + struct.pack("<iii", 4, 1, 1)
    encoding = struct.pack("<iiii", 7, 20, 1, 5) + b"UTF-8"
    data = b"".join(struct.pack("<d", number) + text.ljust(8) for number, text in cases)
    return header + variables + encoding + extensions + struct.pack("<ii", 999, 0) + data + tail


def extension(subtype, data, size=1):
    return struct.pack("<iiii", 7, subtype, size, len(data) // size) + data


def costly_files():
    """Small files that could cost much time or memory."""
    def many(n, name=lambda i: b"V%d" % i):
        form = seeds.System()
        for i in range(n):
            form.variable(name(i), 0)
        return form

    def finish(form, n):
        return form.finish(struct.pack("<d", 1.0) * n, 1)

    form = many(16000, lambda i: b"SAME")
    yield "same-names.sav", finish(form, 16000), lambda found: (
        len({v["name"] for v in first_sheet(found)["variables"]}) == 16000)
    form = many(2000)
    form.labels({float(i): b"x" for i in range(2000)}, *range(1, 2001))
    yield "many-labels.sav", finish(form, 2000), None
    form = many(500)
    form.labels({float(i): b"%d" % i for i in range(200)}, *range(1, 501))
    yield "shared-labels.sav", finish(form, 500), lambda found: texts(first_sheet(found)["rows"][1]) == ["1"] * 500
    form = many(16000)
    form.extension(21, (struct.pack("<i", 6) + b"V15999" + struct.pack("<ii", 8, 0)) * 60000)
    yield "searched-names.sav", finish(form, 16000), noted
    form = many(16000)
    for _ in range(2000):
        form.extension(13, b"V1=One")
    yield "named-often.sav", finish(form, 16000), None
    form = many(17000)
    yield "too-wide.sav", finish(form, 17000), None


def own_files():
    """name, bytes, and what must come of them: None for a refusal, or a check of the JSON."""
    def rows_are(*expected):
        return lambda found: [texts(row) for row in found["sheets"][0]["rows"]] == [list(row) for row in expected]

    def noted(word, inner):
        return lambda found: any(word in note for note in found["notes"]) and inner(found)

    good = rows_are(["Score", "NAME"], ["Low", "a"], ["9", "b"])
    yield "good.sav", sav(), lambda found: good(found) and [
        row["cells"][0]["kind"] for row in found["sheets"][0]["rows"]] == ["text", "text", "missing"]
    yield "unknown-n.sav", sav(n_cases=-1), good
    yield "more-cases.sav", sav(n_cases=1), noted("more cases", rows_are(["Score", "NAME"], ["Low", "a"]))
    yield "fewer-cases.sav", sav(n_cases=3), None
    yield "half-case.sav", sav(n_cases=-1, tail=b"12345678"), None
    yield "no-cases.sav", sav(cases=()), rows_are(["Score", "NAME"])
    yield "odd-compressed.sav", sav(compression=1, tail=b"123"), None
    yield "empty-extension.sav", sav(extensions=extension(18, b"")), good
    yield "strange-extension.sav", sav(extensions=extension(4711, b"abcd")), good
    yield "long-name.sav", sav(extensions=extension(13, b"SCORE=Score_of_a_test\tNAME=Name")), lambda found: (
        [v["name"] for v in found["sheets"][0]["variables"]] == ["Score_of_a_test", "Name"])
    yield "long-name-cut.sav", sav(extensions=extension(13, b"SCORE=Sc\tNA")), noted("long names", good)
    yield "very-long-beyond.sav", sav(extensions=extension(14, b"NAME=01000\0\t")), None
    yield "very-long-number.sav", sav(extensions=extension(14, b"SCORE=00300\0\t")), None
    yield "very-long-nobody.sav", sav(extensions=extension(14, b"OTHER=00300\0\t")), None
    yield "long-labels-cut.sav", sav(extensions=extension(21, struct.pack("<i", 4) + b"NAME" + struct.pack("<iii", 8, 9, 8))), \
        noted("value labels", good)
    yield "encoding-odd.sav", sav(extensions=extension(20, b"EBCDIC-US")), None
    yield "display-odd.sav", sav(extensions=extension(11, struct.pack("<i", 7), 4)), good
    yield "half-letter.sav", sav(cases=((1.0, "abcdefgë".encode()[:8]),)), rows_are(["Score", "NAME"], ["Low", "abcdefg"])
    yield "broken-letter.sav", sav(cases=((1.0, b"a\xffb"),)), noted("no meaning", rows_are(["Score", "NAME"], ["Low", "a�b"]))
    yield "header-only.sav", sav()[:176], None
    yield "named.sav", b"no system file\n" * 3, None
    yield "no-table.por", b"ASCII SPSS PORT FILE".rjust(60).ljust(200) + b"0" * 300, None
    whole = rows_are(["Score", "Naïef", "WHEN", "AGE", "Long_text", "Middle"],
                     ["Low", "Label of a", "1994-09-26 23:06:40", "20", "l" * 255 + "m" * 48, "An a"],
                     ["None", "", "", "95", "", "ë"])
    for order, compression in (("<", 0), ("<", 1), ("<", 2), (">", 0), (">", 1)):
        yield f"whole-{order == '<'}-{compression}.sav", seeds.System(order, compression).build(), whole
    portable = rows_are(["Score", "NAME", "AGE"], ["Low", "An a", "20.5"], ["", "b", "-36000"])
    for number, data in enumerate(list(seeds.por())[:2]):
        yield f"whole-{number}.por", data, portable
    yield from costly_files()
    yield "plain.csv", "a;b\n1,5;één\n2,25;x\n".encode(), lambda found: (
        found["encoding"] == "UTF-8" and found["separator"] == ";"
        and found["sheets"][0]["guesses"][0]["numbers"] == "decimal comma")
    yield "empty.csv", b"", None
    yield "cut.xlsx", b"PK\3\4" + b"\0" * 60, None
    yield "page.xls", b"<html><table><tr><td>1</td></tr></table></html>", None


def check_own(folder, study):
    for name, data, expected in own_files():
        path = folder / name
        path.write_bytes(data)
        check_file(folder, study, path, expected, must_refuse=expected is None, must_accept=expected is not None)
        path.unlink()
    text = Run(folder, "peek", "nothing.sav")
    check(text.status == 1 and REFUSAL.match(text.message.strip()), f"absent file: {text.status} {text.message}")


# The rules that hold for every file ----------------------------------------------------


def within_bounds(run):
    return run.seconds <= MAX_SECONDS and run.wall <= MAX_WAIT and run.kilobytes <= MAX_KILOBYTES


def measured(make):
    """Another job on this machine may take the time; three runs must all be slow to fail."""
    for _ in range(3):
        run = make()
        if not BOUNDED or within_bounds(run):
            break
    return run


def check_run(name, run):
    if BOUNDED:
        check(within_bounds(run), f"{name}: {run.seconds:.1f} s, {run.wall:.1f} s by the clock, {run.kilobytes // 1024} MB")
    check(run.status in (0, 1), f"{name}: exit status {run.status}: {run.message}")
    if run.status == 1:
        last = run.message.strip().split("\n")[0] if "question" in run.message else run.message.strip()
        check(REFUSAL.match(last) or "question" in run.message, f"{name}: no sentence: {run.message}")
        check("/tmp" not in run.message and "null" not in run.message, f"{name}: shows its insides: {run.message}")


def check_file(folder, study, path, expected=None, must_refuse=False, must_accept=False):
    """Through peek and import. Returns the JSON, or None."""
    name, found = path.name, None
    run = measured(lambda: peek(folder, path))
    check_run(f"{name} (peek)", run)
    if run.status == 0:
        found = run.json()
    check(not (must_refuse and run.status == 0), f"{name}: must be refused, gave {run.output[:300]}")
    check(not (must_accept and run.status != 0), f"{name}: must be read: {run.message}")
    if found is not None and expected is not None:
        check(expected(found), f"{name}: unexpected content: {run.output[:400]}\n{found['notes']}")
    # People read the text; the same file, the same verdict.
    text = Run(folder, "peek", path)
    check(text.status == run.status, f"{name}: text and JSON differ: {text.message}{run.message}")
    check("\x1b" not in text.output and "\x07" not in text.output, f"{name}: control characters reach the terminal")

    before = study.read_bytes()
    run = measured(lambda: Run(folder, "import", study, path))
    check_run(f"{name} (import)", run)
    if run.status != 0:
        check(hashlib.sha256(study.read_bytes()).digest() == hashlib.sha256(before).digest(),
              f"{name}: a refused file changed the study")
    else:
        check(not must_refuse, f"{name}: was imported")
        study.write_bytes(before)
    left = {entry.name for entry in folder.iterdir()} - {study.name, path.name, "files"}
    check(not left, f"{name}: left behind {left}")
    return found


# Files of other programs ----------------------------------------------------------------


def check_no_files(folder, study):
    """What is no ordinary file is refused at once by whatever opens one, and nobody waits for its other end."""
    kept = folder / "kept"
    kept.mkdir()
    os.mkfifo(folder / "pipe.csv")
    with socket.socket(socket.AF_UNIX) as listener:
        # a name of its own: the path of a socket has at most 108 bytes
        here = os.getcwd()
        os.chdir(folder)
        listener.bind("socket.csv")
        os.chdir(here)
    before = study.read_bytes()
    for path in (folder / "pipe.csv", folder / "socket.csv", kept, "/dev/zero", "/dev/null", folder / "absent.csv"):
        for arguments in (["peek", path], ["import", study, path], ["instrument", "check", path],
                          ["instrument", "new", path, folder / "new.xml"], ["repair", path, folder / "new.driehoek"],
                          ["new", folder / "new.driehoek", "--instrument", path], ["stats", "describe", "--value", "a", "--data", path],
                          ["answers", path]):
            run = Run(folder, *arguments)
            check(run.status in (1, 2) and REFUSAL.match(run.message) and run.wall < MAX_WAIT and run.seconds < MAX_SECONDS,
                  f"{arguments}: {run.status} after {run.wall:.1f} s: {run.message}")
            check(not list(folder.glob("new.*")), f"{arguments} left a file")
    check(study.read_bytes() == before, "the study was changed")
    (folder / "list.csv").write_text("a,b\n1,2\n", encoding="ascii")
    laid = subprocess.run(f"'{DRIEHOEK}' peek --json /dev/stdin < /dev/null; cat list.csv | '{DRIEHOEK}' peek --json /dev/stdin",
                          shell=True, cwd=folder, env=ENVIRONMENT, capture_output=True, check=False)
    check(laid.returncode == 0 and texts(json.loads(laid.stdout)["sheets"][0]["rows"][1]) == ["1", "2"],
          f"a pipe of the shell: {laid.stdout[:200]} {laid.stderr[:200]}")


def check_names(folder, study):
    """A name cannot steer the terminal: not in messages, and not in what is printed on one."""
    evil = folder / "a\x1b[2J\u202e.csv"
    evil.write_text("a,b\n1,2\n", encoding="ascii")
    for arguments in (["import", study, evil], ["answers", evil], ["peek", evil]):
        run = Run(folder, *arguments)
        check(not {"\x1b", "\u202e"} & set(run.message), f"{arguments}: {run.message!r}")
        ours, theirs = os.openpty()
        process = subprocess.Popen([DRIEHOEK, *map(str, arguments)], stdin=subprocess.DEVNULL, stdout=theirs, stderr=theirs,
                                   env=ENVIRONMENT)
        os.close(theirs)
        shown = b""
        try:
            while piece := os.read(ours, 4096):
                shown += piece
        except OSError:
            pass  # how the end of a terminal is told
        os.close(ours)
        process.wait()
        check("a·[2J·.csv".encode() in shown and b"\x1b" not in shown, f"{arguments} on a terminal: {shown[:300]!r}")


def same_text(found, stated):
    """A manifest cuts long texts with … and keeps what a library makes of line ends."""
    stated = stated.replace("\\r", "").replace("\\n", "\n").replace("_x000D_", "").strip()
    found = (found or "").replace("\r", "").replace("_x000D_", "").strip()
    found, stated = re.sub(r"[ \n]+", " ", found), re.sub(r"[ \n]+", " ", stated)
    if stated.endswith("…"):
        return found.startswith(stated[:-1].strip())
    if found == stated or found + " 00:00:00" == stated:
        return True
    try:
        return float(found) == float(stated)
    except ValueError:
        return False


def alternatives(value):
    """“x (openpyxl) / y (readxl as text)” → x, y"""
    match = re.fullmatch(r"(.*) \(openpyxl\) / (.*) \(readxl as text\)", value, re.S)
    return list(match.groups()) if match else [value]


def column_number(letters):
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


class Manifest:
    """One file's statements, each held against what peek tells."""

    def __init__(self, folder, path, expected):
        self.name = path.name
        self.sheets = {}
        found = peek(folder, path)
        check(found.status == 0, f"{self.name}: {found.message}")
        self.found = found.json() if found.status == 0 else None
        for sheet in self.found["sheets"] if self.found else ():
            one = peek(folder, path, "--sheet", str(sheet["sheet"])).json()["sheets"][0]
            self.sheets[sheet["name"]] = one
        self.unknown = []
        for statement in re.split(r"; (?=\S)", expected) if self.found else ():
            self.hold(statement)

    def check(self, condition, statement):
        check(condition, f"{self.name}: not so: {statement}")

    def hold(self, statement):
        for pattern, method in self.PATTERNS:
            match = re.fullmatch(pattern, statement, re.S)
            if match:
                method(self, statement, *match.groups())
                return
        check(False, f"{self.name}: statement not understood: {statement}")

    def sheet_names(self, statement, _number, names):
        self.check([name for name in names.split(" | ") if name in self.sheets] == list(self.sheets), statement)
        self.stated = names.split(" | ")

    def chart(self, statement, name):
        self.check(name not in self.sheets, statement)

    def hidden(self, statement, names):
        self.check({name for name, sheet in self.sheets.items() if not sheet["visible"]}
                   == {pair.split("=")[0] for pair in names.split(", ")}, statement)

    def date_system(self, statement, _year):
        pass  # shows in the dates of the cells

    def empty_sheet(self, statement, name):
        self.check(self.sheets[name]["n_rows"] == 0, statement)

    def used(self, statement, name, letters, row, n_rows, _rest):
        sheet = self.sheets[name]
        self.check((sheet["n_columns"], sheet["last_row"], sheet["n_rows"])
                   == (column_number(letters), int(row), int(n_rows)), f"{statement} ({sheet['n_columns']}, "
                   f"{sheet['last_row']}, {sheet['n_rows']})")

    def cell(self, statement, name, letters, row, value):
        cell = cell_of(self.sheets[name]["rows"], int(row), column_number(letters) - 1)
        if value.startswith("#"):  # an error value is no text
            self.check(cell["kind"] == "error" and same_text(cell["text"], alternatives(value)[0]), statement)
        else:
            self.check(cell is not None and any(same_text(cell["text"], one) for one in alternatives(value)),
                       f"{statement} ({cell})")

    # SPSS

    def variables(self):
        return {variable["name"]: variable for variable in self.found["sheets"][0]["variables"]}

    def cases(self, statement, n_cases, n_variables):
        sheet = self.found["sheets"][0]
        self.check((sheet["n_rows"] - 1, len(sheet["variables"])) == (int(n_cases), int(n_variables)), statement)

    def variable_list(self, statement, names):
        stated = [name for name in names.replace(" …", "").split(", ") if name]
        found = [f'{v["name"]}[{v["format"]}]' for v in self.found["sheets"][0]["variables"]]
        self.check(found[: len(stated)] == stated and (len(found) == len(stated) or "…" in names), f"{statement} ({found})")

    def label(self, statement, name, label):
        self.check(self.variables()[name]["label"] == label, statement)

    def value_labels(self, statement, name, n, labels):
        found = [f'{one["value"]}={one["label"]}' for one in self.variables()[name]["labels"]]
        self.check(sorted(found) == sorted(labels.split("|")) and len(found) == int(n), f"{statement} ({found})")

    def missing(self, statement, name, values, low, high):
        found = self.variables()[name]["missing"]
        self.check([one["value"] for one in found if "value" in one] == values.split(","), statement)
        ranges = [(one["low"], one["high"]) for one in found if "low" in one]
        self.check(ranges == ([(float(low), float(high))] if low else []), statement)

    def first_case(self, statement, values):
        sheet = self.found["sheets"][0]
        names = [variable["name"] for variable in sheet["variables"]]
        for pair in values.split(", "):
            name, _, value = pair.partition("=")
            cell = cell_of(sheet["rows"], 2, names.index(name))
            coded = cell["kind"] in ("number", "missing") or self.variables()[name]["labels"]
            shown = cell["number"] if coded and "number" in cell else cell["text"]
            self.check(same_text(str(shown), value), f"{pair} ({cell})")

    # Separated text

    def encoding(self, statement, name):
        known = {"utf-8": "UTF-8", "utf-8-sig": "UTF-8", "utf-16": "UTF-16LE", "cp1252": "WINDOWS-1252"}
        self.check(self.found["encoding"] == known[name], statement)

    def records(self, statement, n):
        self.check(self.found["sheets"][0]["n_rows"] == int(n), statement)

    def fields(self, statement, counts):
        # Fields that are empty to the end of a row cannot be seen.
        widths = {len(row["cells"]) for row in self.found["sheets"][0]["rows"]}
        stated = {int(count) for count in counts.split(", ")}
        self.check(widths == stated or (max(widths) < max(stated) and len(stated) == 1), statement)

    def record(self, statement, number, fields):
        found = texts(self.found["sheets"][0]["rows"][int(number) - 1])
        stated = fields.split(" ¦ ")
        if stated[-1] == "…":
            stated.pop()
        self.check(all(same_text(found[i] if i < len(found) else "", one) for i, one in enumerate(stated)), statement)

    PATTERNS = (
        (r"(\d+) sheet\(s\) in workbook order: (.*)", sheet_names),
        (r"chart sheet \(no cells\): (.*)", chart),
        (r"not visible: (.*)", hidden),
        (r"date system (\d+)", date_system),
        (r"\[(.*)\] empty", empty_sheet),
        (r"\[(.*)\] last used cell ([A-Z]+)(\d+), (\d+) non-empty rows(.*)", used),
        (r"(.*)!([A-Z]+)(\d+) = (.*)", cell),
        (r"haven [\d.]+ \(user_na=TRUE\): (\d+) cases x (\d+) variables", cases),
        (r"variables: (.*)", variable_list),
        (r"label\((.*)\)=(.*)", label),
        (r"value labels (\S+) \((\d+)\): (.*)", value_labels),
        (r"user-missing (\S+): values (\S+)(?: range (\S+)\.\.(\S+))?", missing),
        (r"case 1: (.*)", first_case),
        (r"(utf-8|utf-8-sig|utf-16|cp1252)", encoding),
        (r"(\d+) records", records),
        (r"fields per record \[(.*)\]", fields),
        (r"record (\d+): (.*)", record),
    )


def check_open(folder, reference):
    with open(reference / "open" / "MANIFEST.tsv", encoding="utf-8", newline="") as manifest:
        rows = list(csv.DictReader(manifest, delimiter="\t", quoting=csv.QUOTE_NONE))
    check(len(rows) == 30, f"{len(rows)} files in the manifest")
    for row in rows:
        path = reference / row["file"]
        if row["expected"].startswith("must be refused"):
            run = peek(folder, path)
            check(run.status == 1 and "password" in run.message, f"{path.name}: {run.message}")
        else:
            Manifest(folder, path, row["expected"])


# Files made to break readers ----------------------------------------------------------------


def first_sheet(found):
    return found["sheets"][0]


def two_rows(found):
    rows = first_sheet(found)["rows"]
    return len(rows) == 3 and texts(rows[1])[0] == "1" and texts(rows[2])[1] == "3.5"


def no_host_name(found):
    return socket.gethostname() not in json.dumps(found)


def column(found, number):
    return [texts(row)[number] if number < len(row["cells"]) else "" for row in first_sheet(found)["rows"]]


def noted(found):
    return bool(found["notes"])


# What the manifest says of content, where the file is not refused.
CONTENT = {
    "ok_control.xlsx": two_rows, "zip_garbage_prefix.xlsx": two_rows, "zip_backslash_names.xlsx": two_rows,
    "zip_path_traversal.xlsx": two_rows, "dim_absurd_max.xlsx": two_rows, "dim_absurd_overflow.xlsx": two_rows,
    "dim_negative_reversed.xlsx": two_rows, "xml_xxe_dtd_url.xlsx": two_rows, "xml_xxe_file.xlsx": no_host_name,
    "zip_duplicate_members.xlsx": lambda found: noted(found) and ("666" in json.dumps(found)) != two_rows(found),
    "xlsx_named.csv": lambda found: found["kind"] == "xlsx" and two_rows(found),
    "csv_named.xlsx": lambda found: found["kind"] == "csv" and column(found, 1) == ["score", "2"],
    "sheet_names_hostile.xlsx": lambda found: [sheet["name"] for sheet in found["sheets"]]
    == ["<b>bold</b> &amp; %s%n%n", "../../etc/passwd", "\u202egnp.exe\u202c"],
    "names_hostile_header.xlsx": lambda found: column(found, 1)[0].startswith("=HYPERLINK"),
    "cell_values_odd_numbers.xlsx": lambda found: not any(
        cell and cell["kind"] == "number" and cell["number"] is None for row in first_sheet(found)["rows"]
        for cell in row["cells"]),
    "sst_index_out_of_range.xlsx": noted,
    "boolean_and_date_odd.xlsx": noted,
    "csv_only_header.csv": lambda found: first_sheet(found)["n_rows"] == 1,
    "csv_broken_utf8.csv": lambda found: noted(found) and column(found, 1) == ["score", *"1234567"],
    "csv_utf16_odd_length.csv": noted, "csv_utf16_lone_surrogate.csv": noted,
    "csv_unterminated_quote.csv": lambda found: any(re.search(r"\d", note) for note in found["notes"]),
    "csv_ragged.csv": lambda found: noted(found) and column(found, 0) == ["a", "1", "4", "6", "10"],
    "csv_mixed_line_ends.csv": lambda found: column(found, 1) == ["x", "2", "4", "6", "8"],
    "csv_delimiter_ambiguous.csv": lambda found: first_sheet(found)["n_columns"] == 3,
    "csv_semicolon_decimal_comma.csv": lambda found: first_sheet(found)["guesses"][1]["numbers"] == "decimal comma",
    "csv_numbers_odd.csv": lambda found: "1e999" in column(found, 0) and "Inf" in column(found, 0),
    "sav_ncases_negative.sav": lambda found: first_sheet(found)["n_rows"] == 6,
    "sav_ncases_minus_7.sav": lambda found: first_sheet(found)["n_rows"] == 6,
    "sav_ncases_huge.sav": noted, "sav_weight_index_huge.sav": noted, "sav_data_random.sav": noted,
    "sav_nominal_case_size_huge.sav": lambda found: first_sheet(found)["n_rows"] == 6,
    "sav_duplicate_var_names.sav": lambda found: len({v["name"].lower() for v in first_sheet(found)["variables"]}) == 7,
    "sav_var_name_nonprint.sav": lambda found: all(v["name"].isprintable() and v["name"]
                                                   for v in first_sheet(found)["variables"]),
}
MUST_ACCEPT = ("ok_control.xlsx", "sav_ncases_negative.sav", "csv_semicolon_decimal_comma.csv", "dim_absurd_max.xlsx",
               "csv_mixed_line_ends.csv", "csv_broken_utf8.csv")


def check_bad(folder, study, reference):
    files = folder / "files"
    subprocess.run([sys.executable, "-W", "ignore", str(reference / "make_bad.py"), str(files)], check=True,
                   stdout=subprocess.DEVNULL)
    with open(files / "MANIFEST.tsv", encoding="utf-8", newline="") as manifest:
        rows = list(csv.DictReader(manifest, delimiter="\t", quoting=csv.QUOTE_NONE))
    check(len(rows) >= 130, f"{len(rows)} files were made")
    for row in rows:
        expected = CONTENT.get(row["file"])
        if row["file"].startswith("sav_truncated"):
            expected = noted
        check_file(folder, study, files / row["file"], expected,
                   must_refuse=row["expected"].startswith("refuse with a clear message"),
                   must_accept=row["file"] in MUST_ACCEPT)
    check(not glob.glob("/tmp/pwned_*"), "a file was written outside")


def main():
    reference = pathlib.Path(os.environ.get("DHK_REFERENCE_DIR", "/nonexistent")) / "reference" / "files"
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        study = folder / "study.driehoek"
        run = Run(folder, "new", study)
        check(run.status == 0, f"no study: {run.message}")
        check_own(folder, study)
        for special in (check_no_files, check_names):
            with tempfile.TemporaryDirectory() as aside:
                special(pathlib.Path(aside), study)
        if (reference / "make_bad.py").exists():
            check_open(folder, reference)
            check_bad(folder, study, reference)
        else:
            print("The collected files are not here; only our own were tried.")
    print("\n".join(failures))
    print(f"{checks} checks, {len(failures)} failures")
    return 1 if failures else 0


sys.exit(main())
