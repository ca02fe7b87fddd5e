# SPDX-License-Identifier: GPL-3.0-or-later
"""Change of single cases, and the spread between their raters."""
from certify import Call, Figure


def options_of(term):
    return dict(word.split("=") for word in term.split())


def change(row):
    options = options_of(row.term)
    for name, choices in (("variant", ("jacobson-truax-1991", "jacobson-follette-revenstorf-1984")),
                          ("better", ("higher", "lower"))):
        options[name] = choices[int(options[name])]
    call = Call("reliable-change", row.data, value=row.vars.split(), option=options)
    if row.stat.startswith("rci_"):
        return Figure(call, f"cases/{int(row.stat[4:]) - 1}/rci")
    return Figure(call, row.stat)


def error(row):
    call = Call("measurement-error", row.data, value=[row.vars], option=options_of(row.term))
    path = {"score_ci_low": "score_ci/low", "score_ci_high": "score_ci/high"}
    return Figure(call, path.get(row.stat, row.stat))


def attainment(row):
    value, *weight = row.vars.split(" * ")
    if value == "first three":
        left = [3]

        def rows(line):
            left[0] -= 1
            return left[0] >= 0
        call = Call("goal-attainment", row.data, value=["score"], option=options_of(row.term),
                    rows=rows, rows_key=value)
    else:
        call = Call("goal-attainment", row.data, value=[value], option=options_of(row.term),
                    weight=weight[0] if weight else None)
    return Figure(call, row.stat)


def spread(row):
    call = Call("rater-spread", row.data, value=row.vars.split())
    name, _, number = row.stat.rpartition("_")
    if number.isdigit():
        return Figure(call, f"cases/{int(number) - 1}/{name}")
    counts = {"n_cases": "n", "n_left_out": "n_missing"}
    return Figure(call, counts.get(row.stat, row.stat))


HANDLERS = {
    "reliable_change": change,
    "measurement_error": error,
    "goal_attainment": attainment,
    "rater_spread": spread,
}
