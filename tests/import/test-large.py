#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Size alone is no reason to refuse a file; what it unpacks to beside its own size is.

test-large.py DRIEHOEK SOURCE_ROOT

A million responses whose sheet is 1.4 GB of XML are imported; sheets of 1.1 GB that pack to one
thousandth are refused at once, and so is a .zsav of that kind.
"""
import pathlib
import random
import resource
import struct
import subprocess
import sys
import tempfile
import time
import zipfile
import zlib

DRIEHOEK, ROOT = sys.argv[1], pathlib.Path(sys.argv[2])
sys.path.insert(0, str(ROOT / "bench"))
import import_data  # noqa: E402  pylint: disable=wrong-import-position

N_ROWS, XML_BYTES = 1_000_000, 1_400_000_000
MAX_REFUSAL_SECONDS, MAX_KILOBYTES = 2.0, 2 * 1024 * 1024
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PARTS = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
                   f'<Relationship Id="a" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets><sheet name="S" sheetId="1" r:id="a"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
                                  f'<Relationship Id="a" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
}
failures = []


def check(condition, text):
    if not condition:
        failures.append(text)


def run(*arguments):
    start = time.monotonic()
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run([DRIEHOEK, *map(str, arguments)], capture_output=True, text=True, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return done, cpu, time.monotonic() - start


def letters(index):
    return (letters(index // 26 - 1) if index >= 26 else "") + chr(65 + index % 26)


def sheet(n):
    """The XML of a million responses, piece by piece."""
    rng = random.Random(n)
    columns = [letters(i) for i in range(len(import_data.HEADS))]
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<worksheet xmlns="{MAIN}"><sheetData><row r="1">' + "".join(
        f'<c r="{column}1" t="inlineStr"><is><t>{head}</t></is></c>' for column, head in zip(columns, import_data.HEADS)) + "</row>"
    def cells(few, answers):
        return "".join(f'<c r="{column}#" t="n"><v>{answer}</v></c>' for column, answer in zip(few, answers))

    def numbered(few):
        """Every row of answers on these columns, so that no two responses are alike."""
        return [cells(few, [1 + i // 5**k % 5 for k in range(len(few))]) for i in range(5 ** len(few))]

    slow, fast = numbered(columns[3:8]), numbered(columns[8:12])
    rest = [cells(columns[12:], rng.choices(range(1, 6), k=len(columns) - 12)) for _ in range(500)]
    times = [f'<c r="A#"><v>@</v></c><c r="B#"><v>{day:.8f}</v></c><c r="C#"><v>{day + 0.005:.8f}</v></c>'
             for day in (46027 + rng.random() * 300 for _ in range(5000))]
    for first in range(1, n + 1, 625):
        start = slow[first // 625 % 3125]
        yield "".join((f'<row r="#" spans="1:41">{rng.choice(times)}{start}{answers}{rng.choice(rest)}</row>')
                      .replace("#", str(number + 1)).replace("@", str(number))
                      for number, answers in zip(range(first, min(first + 625, n + 1)), fast))
    yield "</sheetData></worksheet>"


def write_workbook(path, n):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in PARTS.items():
            archive.writestr(name, content)
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            size = 0
            for piece in sheet(n):
                data = piece.encode()
                size += part.write(data)
    return size


def write_bomb(path, start, unit, times, end):
    """A sheet of one piece again and again, packed once: its blocks stand apart."""
    deflate = zlib.compressobj(9, zlib.DEFLATED, -15)
    big = unit * (1024 * 1024 // len(unit))
    packed = deflate.compress(start) + deflate.flush(zlib.Z_FULL_FLUSH)
    one = deflate.compress(big) + deflate.flush(zlib.Z_FULL_FLUSH)
    last = deflate.compress(end) + deflate.flush()
    crc, size = zlib.crc32(start), len(start) + len(big) * times + len(end)
    for _ in range(times):
        crc = zlib.crc32(big, crc)
    crc = zlib.crc32(end, crc)
    data = packed + one * times + last
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in PARTS.items():
            archive.writestr(name, content)
    whole = path.read_bytes()
    at = whole.rfind(b"PK\5\6")
    count, length, offset = struct.unpack_from("<HII", whole, at + 10)
    name = b"xl/worksheets/sheet1.xml"
    local = struct.pack("<IHHHHHIIIHH", 0x04034B50, 20, 0, 8, 0, 0x5021, crc, len(data), size, len(name), 0) + name + data
    entry = struct.pack("<IHHHHHHIIIHHHHHII", 0x02014B50, 20, 20, 0, 8, 0, 0x5021, crc, len(data), size, len(name), 0, 0, 0, 0, 0,
                        offset) + name
    directory = whole[offset:offset + length] + entry
    path.write_bytes(whole[:offset] + local + directory + struct.pack(
        "<IHHHHIIH", 0x06054B50, 0, 0, count + 1, count + 1, len(directory), offset + len(local), 0))
    return size


def check_bombs(folder, study):
    head = f'<worksheet xmlns="{MAIN}"><sheetData>'.encode()
    bombs = {
        "white-space.xlsx": (head + b'<row r="1"><c r="A1"><v>1</v></c>', b" " * 1024, b"</row></sheetData></worksheet>"),
        "rows.xlsx": (head, b"<row><c><v>0</v></c></row>", b"</sheetData></worksheet>"),
        "long-cell.xlsx": (head + b'<row r="1"><c r="A1" t="inlineStr"><is><t>', b"A" * 1024,
                           b"</t></is></c></row></sheetData></worksheet>"),
    }
    for name, (start, unit, end) in bombs.items():
        path = folder / name
        size = write_bomb(path, start, unit, 1100, end)
        check(size > 1_100_000_000 and path.stat().st_size * 150 < size, f"{name} is no bomb: {size}")
        for command in (("peek", path), ("import", study, path)):
            done, cpu, _ = run(*command)
            check(done.returncode == 1 and done.stderr.startswith("driehoek: "), f"{name}: {done.returncode} {done.stderr}")
            check(cpu <= MAX_REFUSAL_SECONDS, f"{name}: {cpu:.1f} s to refuse")
        path.unlink()


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        study, workbook = folder / "study.driehoek", folder / "answers.xlsx"
        (folder / "bench.xml").write_text(import_data.instrument(), encoding="utf-8")
        done, _, _ = run("new", study, "--instrument", folder / "bench.xml")
        check(done.returncode == 0, f"no study: {done.stderr}")
        check_bombs(folder, study)
        size = write_workbook(workbook, N_ROWS)
        print(f"{size} bytes of XML, {workbook.stat().st_size} packed")
        check(size >= XML_BYTES, f"only {size} bytes of XML")
        done, cpu, wall = run("import", "--json", study, workbook)
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
        print(f"import: {cpu:.1f} s of processor, {wall:.1f} s, {peak // 1024} MB at most")
        check(done.returncode == 0 and f'"new" : {N_ROWS}' in done.stdout, f"not imported: {done.stdout[:300]}{done.stderr}")
        check(peak <= MAX_KILOBYTES, f"{peak // 1024} MB in memory")
    print("\n".join(failures))
    return 1 if failures else 0


sys.exit(main())
