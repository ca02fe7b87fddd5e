# SPDX-License-Identifier: GPL-3.0-or-later
"""Consistency: checks of printed tables, against brute force. The options stand in `vars`, the table
in `term`."""
from certify import Call, Figure

METHODS = ("grim", "grimmer", "check-total", "check-subscales", "check-alpha", "recompute-anova",
           "recompute-t")


def handle(row):
    option = dict(word.split("=") for word in row.vars.split())
    return Figure(Call(row.analysis, summary=row.term, option=option), row.stat, absolute=1e-9)


HANDLERS = {method: handle for method in METHODS}
