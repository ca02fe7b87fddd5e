#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Response files and group profiles, by command.

test-self-rating.py DRIEHOEK SOURCE_ROOT
"""
import pathlib
import re
import subprocess
import sys
import tempfile
import zlib

DRIEHOEK = sys.argv[1]
TEACHERS, WORKERS = "leraren", "hulpverleners"
GONE = 0x7731C0FFEE5EDA11C0DE7731C0FFEE5E


def run(*arguments, status=0):
    done = subprocess.run([DRIEHOEK, *map(str, arguments)], capture_output=True, text=True, check=False)
    assert done.returncode == status, (arguments, done.returncode, done.stdout, done.stderr)
    return done.stdout + done.stderr


def write(folder, name, number, form=TEACHERS, sector="so-vso", first=1, saved="2026-10-01T10:00:00", state="finished"):
    answers = "".join(f'<answer item="{scale}{item}" code="{first if item == 1 else 3}"/>'
                      for scale in ("bel", "lukt") for item in range(1, 11))
    (folder / f"{name}.driehoek-response").write_text(
        f'<response format="1" id="{number:032x}" state="{state}" instrument="partnerschap-2023" version="1" '
        f'sha256="{"0" * 64}" questionnaire="{form}" started="2026-10-01T09:00:00" saved="{saved}">'
        f'<answer variable="sector" category="{sector}"/>{answers}</response>')


def totals(text):
    return re.findall(r"(\d+) found, (\d+) new, (\d+) present, (\d+) kept aside", text)[-1]


def test_import(folder):
    study, files = folder / "study.driehoek", folder / "map"
    files.mkdir()
    run("new", study)
    for number in range(12):
        write(files, f"a{number}", number, first=1 + number % 5)
    for number in range(12, 15):
        write(files, f"b{number}", number, form=WORKERS)
    write(files, "begun", 99, state="begun")
    assert totals(run("import", study, files)) == ("16", "15", "0", "1")
    assert totals(run("import", study, files)) == ("16", "0", "15", "1")
    # A corrected version takes the place of the earlier.
    write(files, "a0", 0, first=5, saved="2026-11-01T10:00:00")
    changed = run("import", study, files / "a0.driehoek-response")
    assert re.search(r"\d answers? ha(s|ve) changed", changed), changed
    # What was begun is finished later, and is then new.
    write(files, "begun", 99, saved="2026-12-01T10:00:00")
    assert totals(run("import", study, files))[1] == "1"
    (files / "a0.driehoek-response").write_text("<response broken")
    assert "a0.driehoek-response" in run("import", study, files)
    run("import", study, files / "a0.driehoek-response", status=1)
    empty = folder / "empty"
    empty.mkdir()
    assert "holds no response files" in run("import", study, empty, status=1)
    return study


def holds(path, wanted):
    """In the file, or in what is compressed in it."""
    data = path.read_bytes()
    streams = [data[i:] for i in range(len(data)) if data[i] == 0x78 and int.from_bytes(data[i:i + 2], "big") % 31 == 0]
    for stream in streams:
        try:
            data += zlib.decompressobj().decompress(stream, 1 << 20)
        except zlib.error:
            continue
    return wanted.encode() in data or bytes.fromhex(wanted) in data


def test_erase(folder):
    """Who handed in a response file is gone with it, and does not come back; others given with it stay."""
    study, files = folder / "wissen.driehoek", folder / "los"
    files.mkdir()
    run("new", study)
    for number in range(4):
        write(files, f"a{number}", number)
    write(files, "zij", GONE)
    (files / "kapot.driehoek-response").write_text("<response broken")
    given = sorted(files.iterdir())
    said = run("import", study, *given)
    assert totals(said)[:2] == ("5", "5") and "kapot.driehoek-response" in said, said
    assert holds(study, f"{GONE:032x}")
    run("erase", study, "leraren:5", "--yes", "--yes")
    assert not holds(study, f"{GONE:032x}") and not holds(study, f"{GONE:032x}"[:8])
    assert totals(run("import", study, *given))[1:] == ("0", "4", "1")
    assert not holds(study, f"{GONE:032x}")


def groups(path):
    text = path.read_text()
    assert "<row" not in text and "respondent" not in text
    return re.findall(r'<group type="(\w+)"(?: variable="(\w+)" category="([\w-]+)")?>', text)


def test_group_profile(study, folder):
    out = folder / "group.driehoek-group"
    run("group-profile", study, out)
    # Thirteen teachers; of three workers nothing is told.
    assert groups(out) == [("leraar", "", "")], groups(out)
    assert 'item="bel2" n="13" mean="3.00" sd="0.00"' in out.read_text()
    run("group-profile", study, out, "--by", "sector")
    assert groups(out) == [("leraar", "", ""), ("leraar", "sector", "so-vso")]
    assert "Nothing was written" in run("group-profile", study, out, "--minimum", "14", status=1)
    before = out.read_bytes()
    run("group-profile", study, out, "--minimum", "9", status=2)
    run("group-profile", study, out, "--by", "age", status=2)
    run("group-profile", study, status=2)
    assert out.read_bytes() == before


def main():
    with tempfile.TemporaryDirectory(prefix="self-rating-") as name:
        folder = pathlib.Path(name)
        study = test_import(folder)
        test_erase(folder)
        test_group_profile(study, folder)
    print("response files and group profiles: as they should be")
    return 0


if __name__ == "__main__":
    sys.exit(main())
