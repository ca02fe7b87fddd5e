# SPDX-License-Identifier: GPL-3.0-or-later
"""Agreement of raters."""
import re

from certify import Call, Figure

JUDGES = {"J1-J4": [f"J{i}" for i in range(1, 5)],
          "N1-N5 as judges": [f"N{i}" for i in range(1, 6)],
          "7 items as judges": ["rating", "complaints", "privileges", "learning", "raises",
                                "critical", "advance"]}
COUNTS = {"n_targets": "n", "k_judges": "n_judges"}


def shrout_fleiss(row):
    call = Call("icc-raters", row.data, value=JUDGES[row.vars])
    if row.stat.startswith("ms_") or row.stat in COUNTS:
        return Figure(call, COUNTS.get(row.stat, row.stat))
    found = re.fullmatch(r"ICC(\d_[1k])(?:_ci95_(low|upp)er)?", row.stat)
    part = {None: "icc", "low": "icc_ci/low", "upp": "icc_ci/high"}[found[2]]
    return Figure(call, f"icc{found[1]}/{part}")


def icc(row):
    name, confidence = row.term.split(" confidence=")
    call = Call("icc-raters", row.data, value=row.vars.split(), option={"confidence": confidence})
    if row.stat in ("f", "df1", "df2", "p"):
        return Figure(call, f"test{1 if name.startswith('icc1') else 2}/{row.stat}")
    return Figure(call, name + {"icc": "/icc", "ci_low": "/icc_ci/low",
                                "ci_high": "/icc_ci/high"}[row.stat])


def kappa(row):
    weights, confidence = row.term.split(" confidence=")
    call = Call("kappa", row.data, value=row.vars.split(),
                option={"weights": weights, "confidence": confidence})
    parts = {"ci_low": "kappa_ci/low", "ci_high": "kappa_ci/high", "se0": "test/se0",
             "z": "test/z", "p": "test/p"}
    return Figure(call, parts.get(row.stat, row.stat))


HANDLERS = {"icc_shrout_fleiss": shrout_fleiss, "icc_raters": icc, "kappa": kappa}
