#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The manual, the help of the commands and the help of the window say the same, and all of it.

test-help.py DRIEHOEK SOURCE_ROOT [--write]

 - data/driehoek.1 names every command of `driehoek --help`, and has exactly the options that each
   command's own --help has, with their words
 - `driehoek help TOPIC` prints every topic of data/help/help.xml, in both languages and within 80 columns
 - every page of the window is a topic, and what the help calls a button, a menu or a page is called so there
 - no message counts many things in one way only

--write puts the options into the manual.
"""
import os
import pathlib
import re
import subprocess
import sys
import xml.etree.ElementTree as tree

DRIEHOEK, ROOT = sys.argv[1], pathlib.Path(sys.argv[2])
MANUAL = ROOT / "data" / "driehoek.1"
sys.path.insert(0, str(ROOT / "tests" / "boundary"))
sys.dont_write_bytecode = True
COMMON = {"--help", "--password-file"}
# "driehoek stats" reads its options itself and tells of them in its text.
OWN_HELP = {"stats"}
NOT_PAGES = {"start", "safety", "self-rating"}
OPTION = re.compile(r"^  (?:(-\w), )?(--[\w-]+)(?:=(\S+))?\s+(.*)$", re.M)
failures = []


def check(condition, message):
    if not condition:
        failures.append(message)


def run(*arguments, language="en"):
    locale = "nl_NL.UTF-8" if language == "nl" else "C.UTF-8"
    result = subprocess.run(
        [DRIEHOEK, *arguments], capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL,
        env={**os.environ, "LC_ALL": locale, "LANGUAGE": language},
    )
    return result.returncode, result.stdout


def commands():
    status, text = run("--help")
    check(status == 0, "driehoek --help fails")
    listed = text.split("Commands:\n")[1].split("\nOptions:")[0]
    return [line.split()[0] for line in listed.splitlines() if re.match(r"  \S", line)]


def options_of(command):
    """The options of a command, as its help has them: long name -> (short, value, words)."""
    status, text = run(command, "--help")
    check(status == 0, f"driehoek {command} --help fails")
    return {long: (short, value, words) for short, long, value, words in OPTION.findall(text)}


def roff(text):
    return text.replace("\\", "\\e").replace("-", "\\-")


def entry(long, short, value, words):
    names = f'.BR {roff(short)} ", " {roff(long)}' if short else f".B {roff(long)}"
    if value:
        names = (names if short else f".BR {roff(long)}") + f" =\\fI{roff(value)}\\fR"
    return f".TP\n{names}\n{words[0].upper()}{roff(words[1:])}.\n"


def section_of_options(all_options):
    text = ""
    for command, options in all_options.items():
        own = {long: rest for long, rest in options.items() if long not in COMMON}
        if own:
            text += f".SS driehoek {roff(command)}\n"
            text += "".join(entry(long, *rest) for long, rest in own.items())
    return text


def check_manual():
    manual = MANUAL.read_text(encoding="utf-8")
    plain = re.sub(r"\\f[A-Z]", "", manual.replace("\\-", "-"))
    synopsis = plain.split(".SH SYNOPSIS")[1].split(".SH ")[0]
    all_options = {command: options_of(command) for command in commands() if command not in OWN_HELP}
    for command in [*all_options, *OWN_HELP]:
        check(re.search(rf"(driehoek |\| ){command}\b", synopsis), f"the manual's synopsis lacks {command}")
        check(re.search(rf"^\.B.*\b{command}\b", plain.split(".SH COMMANDS")[1].split(".SH ")[0], re.M),
              f"the manual's commands lack {command}")
    before, found, rest = manual.partition(".\\\" The options, as --help has them.\n")
    check(found, "the manual has no options")
    middle, after = rest.partition(".SH ")[0], ".SH " + rest.partition(".SH ")[2]
    wanted = section_of_options(all_options)
    if middle != wanted and "--write" in sys.argv:
        MANUAL.write_text(before + found + wanted + after, encoding="utf-8")
    elif middle != wanted:
        lacking = set(wanted.splitlines()) ^ set(middle.splitlines())
        failures.append(f"the manual's options are not those of --help: {sorted(lacking)[:6]}")
    for title in ("EXIT STATUS", "ENVIRONMENT", "FILES"):
        check(f".SH {title}" in manual, f"the manual has no {title}")
    known = {long for options in all_options.values() for long in options}
    used = set(re.findall(r"(?<![\w-])--[a-z][\w-]+", plain))
    stats = set(re.findall(r"--[a-z][\w-]+", run("stats", "--help")[1]))
    check(used <= known | stats | {"--version", "--self-rating", "--relations", "--sample"},
          f"the manual has options that are nowhere: {sorted(used - known - stats)}")


def names_in_the_window():
    """What stands on buttons and menus, without mnemonics and dots, in English and in Dutch."""
    from importlib import import_module  # pylint: disable=import-outside-toplevel

    catalogue = import_module("check-translations").read_catalogue(
        (ROOT / "po" / "nl.po").read_text(encoding="utf-8"))
    names = {"nl": set(), "en": set()}
    for message in catalogue:
        for language, text in (("en", message.fields["msgid"]), ("nl", message.translations[0])):
            names[language].add(text.replace("_", "").rstrip("…"))
    return names


def check_topics():
    root = tree.parse(ROOT / "data" / "help" / "help.xml").getroot()
    topics = [topic.get("id") for topic in root.iter("topic")]
    pages = re.findall(r'^  \{ "(\w+)", N_ \("', (ROOT / "src" / "ui" / "dhk-window.c").read_text(encoding="utf-8"),
                       re.M)
    check(len(pages) > 5, "the pages of the window are not found")
    check(set(topics) == set(pages) | NOT_PAGES, f"topics {topics}, pages {pages}")
    check(len(topics) == len(set(topics)), "a topic stands twice")
    names = names_in_the_window()
    for text in root.iter("text"):
        for name in re.findall("“([^”]+)”", text.text):
            check(name in names[text.get("lang")] or name.startswith("driehoek "),
                  f"the help names “{name}”, which the window does not have")
    for language in ("nl", "en"):
        for topic in topics:
            status, printed = run("help", topic, language=language)
            check(status == 0, f"driehoek help {topic} fails")
            # The last word of the last text stands in what is printed.
            last = [t.text for t in root.find(f"topic[@id='{topic}']").iter("text") if t.get("lang") == language][-1]
            check(last.split()[-1] in printed, f"{topic} in {language} is not printed whole")
            for line in printed.splitlines():
                check(len(line) <= 80, f"{topic} in {language}: {line!r} is too long")
    check(run("help", "peek") == run("peek", "--help"), "help on a command is not the command's own")
    check(run("help", "nothing")[0] == 2, "an unknown topic is not refused")


def main():
    check_manual()
    check_topics()
    print("\n".join(failures))
    print(f"{len(failures)} failures")
    return 1 if failures else 0


sys.exit(main())
