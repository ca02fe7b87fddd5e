# SPDX-License-Identifier: GPL-3.0-or-later
"""What the scripts here share: the driver, the language, pictures, and the window they look at.

A driver for GTK windows is named by DHK_DRIVER_DIR or stands beside the reference material; without one a script
ends with 77 (skipped) as soon as it takes this in. The arguments of a script hold its language, nl or en, and perhaps
“dark”. With DHK_SCREENSHOTS set to a folder, pictures are put there.
"""
import contextlib
import os
import subprocess
import sys

LANGUAGE = next(argument for argument in sys.argv if argument in ("nl", "en"))
DARK = "dark" in sys.argv
DUTCH = LANGUAGE == "nl"
# Seconds, on a machine that does other things as well.
PATIENCE = 60


def find_driver():
    places = [os.environ.get("DHK_DRIVER_DIR")]
    if os.environ.get("DHK_REFERENCE_DIR"):
        places.append(os.path.join(os.environ["DHK_REFERENCE_DIR"], "tools", "uidrive"))
    for place in filter(None, places):
        if os.path.exists(os.path.join(place, "uidrive.py")):
            return place
    return None


def skip(why):
    print(f"skipped: {why}")
    sys.exit(77)


DRIVER = find_driver()
if DRIVER is None:
    skip("no driver for GTK windows here (DHK_DRIVER_DIR)")
sys.dont_write_bytecode = True
sys.path.insert(0, DRIVER)
import uidrive  # noqa: E402  pylint: disable=wrong-import-position,import-error


def speak(words):
    """Takes key -> (Dutch, English); gives the function that says them in the language of the window."""
    def word(key, *values):
        text = words[key][0 if DUTCH else 1]
        return text.format(*values) if values else text
    return word


def photographer(prefix=""):
    """Gives the function that takes pictures, whose names begin with this."""
    def picture(session, name):
        folder = os.environ.get("DHK_SCREENSHOTS")
        if folder:
            session.settle()
            session.screenshot(os.path.join(folder, f"{prefix}{name}-{LANGUAGE}{'-dark' if DARK else ''}.png"))
    return picture


@contextlib.contextmanager
def window(*command, picture, environment=None):
    """The program in its language and colours, with a picture of where it failed. It may say no warning."""
    environment = {"ADW_DEBUG_COLOR_SCHEME": "prefer-dark" if DARK else "prefer-light", **(environment or {})}
    with uidrive.Session([str(part) for part in command], env=environment,
                         lang="nl_NL.UTF-8" if DUTCH else "C.UTF-8") as session:
        try:
            yield session
            warnings = session.warnings()
            assert not warnings, warnings
        except (uidrive.UiError, AssertionError):
            if session.alive():
                picture(session, "failed")
            raise


def run(driehoek, *arguments, fails=False):
    """What a command says, in English."""
    done = subprocess.run([str(driehoek), *map(str, arguments)], capture_output=True, text=True, check=False,
                          env={**os.environ, "LC_ALL": "C.UTF-8", "LANGUAGE": "en"})
    assert (done.returncode != 0) == fails, (arguments, done.returncode, done.stdout, done.stderr)
    return done.stdout + done.stderr


# Waiting -------------------------------------------------------------------------------------

def wait_for(condition, what, seconds=20):
    return uidrive.wait_until(condition, seconds, what)


def dialogs_of(session):
    """The windows of the program above its first."""
    return [shown for shown in session.windows() if shown["managed"]][1:]


def wait_dialog(session, what="the dialog"):
    wait_for(lambda: dialogs_of(session), what)
    session.settle()


def wait_no_dialog(session):
    wait_for(lambda: not dialogs_of(session), "the dialog to close")
    session.settle()


def close(session):
    """Closes the window, and waits for the program to end."""
    session.key("ctrl+w")
    session.app.wait(20)


# Choosing files ------------------------------------------------------------------------------

def save_as(session, path):
    """Types a path into the chooser that comes up for saving, and accepts it."""
    wait_dialog(session, "the chooser")
    session.key("ctrl+a")
    session.keys_text(str(path))
    session.settle()
    session.key("Return")
    wait_no_dialog(session)


def open_file(session, path):
    """What is chosen may be asked about at once, in a dialog of its own."""
    wait_dialog(session, "the chooser")
    chooser = {dialog["id"] for dialog in dialogs_of(session)}
    session.key("ctrl+l")
    session.settle()
    session.keys_text(str(path))
    session.settle()
    session.key("Return")
    wait_for(lambda: not chooser & {dialog["id"] for dialog in dialogs_of(session)}, "the chooser to close")
    session.settle()
