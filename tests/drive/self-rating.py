#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A self-rating with the keyboard alone, from its start to the printed profile and the response file.

self-rating.py DRIEHOEK WINDOW SELF_RATING LANGUAGE [dark]

On a machine where colleagues' answers are in a study, in response files, in lists of recent files and on the clipboard, a
teacher answers; the program is killed in the middle and what it said to be saved is there; then it goes on, shows
the profile beside a group's, and writes PDF and response file. Whatever the program holds or can reach is searched for the
colleagues. The researcher imports the response file, by command and in the window.
"""
import csv
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile

from gi.repository import GLib

import common
from common import DUTCH, dialogs_of, open_file, save_as, uidrive, wait_dialog, wait_no_dialog

DRIEHOEK, WINDOW, SELF_RATING = sys.argv[1:4]
SUFFIX = ".driehoek-response"

word = common.speak({
    "begin": ("Beginnen…", "Begin…"),
    "of": ("{} van 20", "{} of 20"),
    "saved": ("{} antwoorden bewaard", "{} answers saved"),
    "profile": ("Mijn profiel", "My Profile"),
    "gap": ("Dit vindt u belangrijk en lukt u minder", "This you find important, and it succeeds less"),
    "group": ("Leraren, SO/VSO (n = ", "Teachers, Special education (n = "),
    "secret": ("Wachtwoord", "Password"),
    "add": ("Aan studie toevoegen", "Add to Study"),
    "table": ("Belangrijk", "Important"),
    "compare": ("alt+g", "alt+g"),
    "own": ("Mijn eigen zelfbeoordeling invullen", "Fill In My Own Self-Rating"),
})
picture = common.photographer("self-")
# Of the ten pairs: how important, how well it succeeds.
IDEAL = (5, 4, 5, 3, 2, 5, 4, 4, 3, 5)
ACTUAL = (3, 4, 5, 2, 4, 1, 4, 2, 3, 4)
PASSWORD = "vier losse woorden"
KILLED_AFTER = 7


# The machine ---------------------------------------------------------------------------------

class Machine:
    """A home where a study and twelve colleagues' response files are, and lists of recent files name them."""

    def __init__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="drive-self-"))
        self.home = self.folder / "home"
        self.own = self.home / "Documents"
        self.research = self.home / "Onderzoek"
        for path in (self.own, self.research / "collegas", self.home / ".config/driehoek", self.home / ".local/share"):
            path.mkdir(parents=True)
        (self.home / ".config/user-dirs.dirs").write_text('XDG_DOCUMENTS_DIR="$HOME/Documents"\n')
        self.study = self.research / "Geheime-studie.driehoek"
        self.group = self.own / "groep.driehoek-group"
        self.ids = [f"{number:02x}c0113a9ue{number:02x}".replace("ue", "0e") * 2 + "0" * 4 for number in range(12)]
        self.ids = [identity[:32].ljust(32, "a") for identity in self.ids]
        common.run(DRIEHOEK, "new", self.study)
        self.write_colleagues()
        common.run(DRIEHOEK, "import", self.study, self.research / "collegas")
        common.run(DRIEHOEK, "group-profile", self.study, self.group, "--by", "sector")
        self.name_recent()

    def write_colleagues(self):
        for number, identity in enumerate(self.ids):
            answers = "".join(
                f'<answer item="{scale}{item + 1}" code="{1 + (number + item + shift) % 5}"/>'
                for shift, scale in enumerate(("bel", "lukt")) for item in range(10))
            (self.research / "collegas" / f"Geheime-collega-{number}{SUFFIX}").write_text(
                f'<?xml version="1.0"?><response format="1" id="{identity}" state="finished" instrument="partnerschap-2023" '
                f'version="1" sha256="{"0" * 64}" questionnaire="leraren" started="2026-10-01T09:{number:02}:00" '
                f'saved="2026-10-01T10:00:00"><answer variable="sector" category="so-vso"/>{answers}</response>')

    def name_recent(self):
        uris = [self.study.as_uri()] + [path.as_uri() for path in (self.research / "collegas").iterdir()]
        (self.home / ".config/driehoek/window.ini").write_text(f"[recent]\nstudies={uris[0]};\n")
        (self.home / ".local/share/recently-used.xbel").write_text(
            '<?xml version="1.0"?><xbel version="1.0" xmlns:bookmark="http://www.freedesktop.org/standards/desktop-bookmarks" '
            'xmlns:mime="http://www.freedesktop.org/standards/shared-mime-info">' + "".join(
                f'<bookmark href="{uri}" added="2026-11-01T00:00:00Z" modified="2026-11-01T00:00:00Z" '
                'visited="2026-11-01T00:00:00Z"><info><metadata owner="http://freedesktop.org"><mime:mime-type '
                'type="application/octet-stream"/><bookmark:applications><bookmark:application name="x" exec="x" '
                'modified="2026-11-01T00:00:00Z" count="1"/></bookmark:applications></metadata></info></bookmark>'
                for uri in uris) + "</xbel>")

    def environment(self):
        return {"HOME": str(self.home), "XDG_CONFIG_HOME": str(self.home / ".config"),
                "XDG_DATA_HOME": str(self.home / ".local/share"), "XDG_CACHE_HOME": str(self.home / ".cache")}

    def session(self, *arguments):
        return common.window(*arguments, picture=picture, environment=self.environment())

    def secrets(self):
        """What would tell that a colleague's answers or files have come in."""
        return [identity.encode() for identity in self.ids] + [b"Geheime-collega", b"Geheime-studie"]


# Searching ------------------------------------------------------------------------------------

def check_open_files(process, machine):
    """No file, no mapping and no library that could read a study."""
    held = [os.readlink(f"/proc/{process}/fd/{name}") for name in os.listdir(f"/proc/{process}/fd")]
    mapped = pathlib.Path(f"/proc/{process}/maps").read_text()
    assert not [path for path in held if "Onderzoek" in path or path.endswith(".driehoek")], held
    assert "Onderzoek" not in mapped
    for library in ("libsqlite3", "libzip", "libreadstat"):
        assert library not in mapped, f"{library} is in the self-rating"
    assert str(machine.study) not in " ".join(held)


def check_memory(process, machine):
    """Not even in the memory of the process."""
    wanted = re.compile(b"|".join(re.escape(secret) for secret in machine.secrets()))
    with open(f"/proc/{process}/maps", encoding="utf-8") as maps, open(f"/proc/{process}/mem", "rb", 0) as memory:
        for line in maps:
            start, end = (int(part, 16) for part in line.split()[0].split("-"))
            if " rw" not in line or end - start > 1 << 28:
                continue
            memory.seek(start)
            try:
                found = wanted.search(memory.read(end - start))
            except OSError:
                continue
            assert not found, f"the memory holds {found.group()}"


def check_folders(session, machine):
    """What it wrote for itself names nobody; what others wrote is as it was."""
    secrets = machine.secrets()
    runtime = pathlib.Path(session.env["XDG_RUNTIME_DIR"])
    kept = machine.home / ".local/share/recently-used.xbel"
    for root in (runtime, machine.own, machine.home / ".cache"):
        for path in root.rglob("*"):
            if path.is_file() and path != machine.group:
                data = path.read_bytes()
                assert not [secret for secret in secrets if secret in data], path
    assert kept.read_text().count("Geheime-collega") == 12, "the list of recent files of others was changed"


def read_all_texts(session):
    """None when something went away while it was read."""
    session.settle()
    try:
        return "\n".join(node.label() for node in session.find_all(visible=False)) or " "
    except GLib.Error:
        return None


def check_shown(session, machine):
    """No text in any window, open or closed, tells of a colleague."""
    texts = uidrive.wait_until(lambda: read_all_texts(session), 20, "a window that holds still")
    for secret in machine.secrets():
        assert secret.decode() not in texts, f"{secret} is shown"


def check_alone(session, machine):
    process = session.app.pid
    check_shown(session, machine)
    check_open_files(process, machine)
    check_memory(process, machine)
    check_folders(session, machine)


# The clipboard ---------------------------------------------------------------------------------

def xclip(session, selection, *options, **more):
    return subprocess.Popen(["setpriv", "--pdeathsig", "TERM", "--", "xclip", "-selection", selection, "-t",
                             "text/uri-list", *options], env={**os.environ, "DISPLAY": session.display},
                            stderr=subprocess.DEVNULL, **more)


def read_clipboards(session):
    """None of one that has nothing of that kind."""
    return [xclip(session, selection, "-o", stdout=subprocess.PIPE).communicate(timeout=10)[0]
            for selection in ("clipboard", "primary")]


def copy_colleagues(session, machine):
    """As who copied colleagues' files in a file manager: to be pasted, and by the middle button."""
    uris = "".join(path.as_uri() + "\r\n" for path in sorted((machine.research / "collegas").iterdir())).encode()
    for selection in ("clipboard", "primary"):
        owner = xclip(session, selection, "-loops", "0", "-quiet", stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)
        owner.stdin.write(uris)
        owner.stdin.close()
    uidrive.wait_until(lambda: read_clipboards(session) == [uris, uris], 10, "the clipboards")
    return [uris, uris]


def paste_everywhere(session):
    width, height = session.size
    session.key("ctrl+v", "shift+Insert")
    session.click_at(width // 2, height // 3, button=2)
    session.settle()


# The chooser ----------------------------------------------------------------------------------


# Filling in ------------------------------------------------------------------------------------

def answer(session, number, code):
    """Question `number`: the digit, then on. The page says which question it is."""
    session.wait_text(word("of", number))
    session.key(str(code))
    session.key("Return")


def begin(session, machine, path):
    session.find("button", word("begin"), timeout=30)
    picture(session, "start")
    session.key("Return")
    wait_dialog(session)
    check_shown(session, machine)
    picture(session, "where")
    save_as(session, path)
    session.key("2", "Return")
    session.settle()
    picture(session, "sector")
    session.key("1", "Return")


def read_codes(path):
    return dict(re.findall(r'item="(\w+)" code="(\d)"', path.read_text()))


def kill_in_the_middle(machine, path):
    with machine.session(SELF_RATING) as session:
        begin(session, machine, path)
        for number in range(1, KILLED_AFTER + 1):
            answer(session, number, IDEAL[number - 1])
        # Besides these the sector: what is said to be saved.
        session.wait_text(word("saved", KILLED_AFTER + 1))
        check_alone(session, machine)
        os.kill(session.app.pid, signal.SIGKILL)
        session.app.wait(10)
    codes = read_codes(path)
    assert codes == {f"bel{number}": str(IDEAL[number - 1]) for number in range(1, KILLED_AFTER + 1)}, codes
    assert os.stat(path).st_mode & 0o777 == 0o600
    assert 'state="begun"' in path.read_text()


def finish(session, machine):
    """Goes on where it was left; one answer is looked at again on the way."""
    session.wait_text(word("of", KILLED_AFTER + 1))
    session.key("BackSpace")
    session.wait_text(word("of", KILLED_AFTER))
    picture(session, "again")
    copied = copy_colleagues(session, machine)
    paste_everywhere(session)
    session.wait_text(word("of", KILLED_AFTER))
    session.key("Return")
    for number in range(KILLED_AFTER + 1, 21):
        answer(session, number, (IDEAL + ACTUAL)[number - 1])
    session.wait_text(word("profile"))
    session.wait_text(word("saved", 21))
    session.wait_text(word("gap"))
    picture(session, "profile")
    paste_everywhere(session)
    check_alone(session, machine)
    assert read_clipboards(session) == copied, "the clipboard was taken"


def go_on(machine, path, pdf, response):
    """By the command, as a double click on the file does it."""
    with machine.session(DRIEHOEK, "--self-rating", path) as session:
        finish(session, machine)
        session.key(word("compare"))
        open_file(session, machine.group)
        session.wait_text(word("group"))
        picture(session, "group")
        session.key("ctrl+e")
        save_as(session, pdf)
        # What is said of it may be gone before a busy machine has read it.
        uidrive.wait_until(pdf.exists, 20, "the PDF")
        session.key("ctrl+s")
        wait_dialog(session)
        session.keys_text(PASSWORD)
        session.key("Tab")
        session.keys_text(PASSWORD)
        session.settle()
        picture(session, "password")
        asked = {dialog["id"] for dialog in dialogs_of(session)}
        session.key("Return")
        # Making a key takes a while; then it is asked where the file goes.
        uidrive.wait_until(lambda: {dialog["id"] for dialog in dialogs_of(session)} - asked, 30, "the chooser")
        save_as(session, response)
        uidrive.wait_until(response.exists, 20, "the response file")
        check_alone(session, machine)


def check_files(machine, path, pdf, response):
    text = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], check=True, capture_output=True, text=True).stdout
    text = re.sub(r"\s+", " ", text)
    mean = re.search(r'item="bel1" n="12" mean="([\d.]+)"', machine.group.read_text()).group(1)
    for wanted in (word("gap"), word("group"), word("table"), mean.replace(".", ",") if DUTCH else mean):
        assert wanted in text, f"“{wanted}” is not in the PDF: {text}"
    codes = read_codes(path)
    assert [codes[f"bel{i + 1}"] for i in range(10)] == [str(code) for code in IDEAL]
    assert [codes[f"lukt{i + 1}"] for i in range(10)] == [str(code) for code in ACTUAL]
    sealed = response.read_bytes()
    assert sealed.startswith(b"DHKSEAL") and b"bel1" not in sealed
    for secret in machine.secrets():
        assert secret not in sealed and secret not in pdf.read_bytes()


# The researcher -------------------------------------------------------------------------------

def import_by_command(machine, response):
    passwords = machine.research / "wachtwoorden"
    passwords.write_text(f"een ander\n{PASSWORD}\n")
    refused = common.run(DRIEHOEK, "import", machine.study, response, fails=True)
    assert "responses:sealed=skip" in refused, refused
    assert "1 new, 0 present" in common.run(DRIEHOEK, "import", machine.study, response, "--response-passwords", passwords)
    assert "0 new, 1 present" in common.run(DRIEHOEK, "import", machine.study, response, "--response-passwords", passwords)
    table = machine.research / "antwoorden.csv"
    common.run(DRIEHOEK, "export", machine.study, "-o", table)
    with open(table, encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 13
    assert [rows[-1][f"bel{i + 1}"] for i in range(10)] == [str(code) for code in IDEAL]
    assert [rows[-1][f"lukt{i + 1}"] for i in range(10)] == [str(code) for code in ACTUAL]
    assert rows[-1]["sector"] == "so-vso" and rows[-1]["respondent_type"] == "leraar"


def import_in_the_window(machine, response):
    study = machine.research / "venster.driehoek"
    common.run(DRIEHOEK, "new", study)
    with machine.session(WINDOW, study) as session:
        session.settle()
        session.key("ctrl+i")
        open_file(session, response)
        wait_dialog(session)
        picture(session, "import-password")
        session.keys_text(PASSWORD)
        session.key("Return")
        wait_no_dialog(session)
        session.find("button", word("add"), timeout=30)
        picture(session, "import")
        session.click("button", word("add"))
        uidrive.wait_until(lambda: any("1" in node.label() for node in session.find_all("label")), 20, "the respondent")
        session.settle()
    table = machine.research / "venster.csv"
    common.run(DRIEHOEK, "export", study, "-o", table)
    with open(table, encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 1 and rows[0]["lukt6"] == "1", rows


def offer_on_the_start_page(machine):
    with machine.session(WINDOW) as session:
        session.find("button", word("own"), timeout=30)
        picture(session, "offered")


def main():
    machine = Machine()
    own, pdf = machine.own / f"Mijn antwoorden{SUFFIX}", machine.own / "Mijn profiel.pdf"
    response = machine.own / f"Voor de onderzoeker{SUFFIX}"
    kill_in_the_middle(machine, own)
    go_on(machine, own, pdf, response)
    check_files(machine, own, pdf, response)
    import_by_command(machine, response)
    import_in_the_window(machine, response)
    offer_on_the_start_page(machine)
    shutil.rmtree(machine.folder)
    print("a teacher's 20 answers, killed after 7, printed, handed over and imported; no colleague's anywhere")
    return 0


if __name__ == "__main__":
    sys.exit(main())
