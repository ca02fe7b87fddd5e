# SPDX-License-Identifier: GPL-3.0-or-later
"""Two means."""
import re

from certify import Call, Figure

STUDENT = {
    "n1": "a/n", "mean1": "a/mean", "sd1": "a/sd", "n2": "b/n", "mean2": "b/mean", "sd2": "b/sd",
    "diff": "difference", "student_t": "t", "student_df": "df", "student_se": "se",
    "student_p_two": "p", "cohen_d_pooled": "cohen_d", "hedges_g_exact": "hedges_g",
}
WELCH = {"welch_t": "t", "welch_df": "df", "welch_se": "se", "welch_p_two": "p"}


def find_path(row):
    if row.stat in STUDENT:
        return "student", STUDENT[row.stat]
    if row.stat in WELCH:
        return "welch", WELCH[row.stat]
    return None


def independent(row):
    found = find_path(row)
    if found is None:
        return None
    value, group = row.vars.split("~")
    call = Call("t-test", row.data.split(" ")[0], value=[value], group=[group],
                levels=row.term.split(" - "), option={"variant": found[0]})
    return Figure(call, found[1])


def from_summary(row):
    found = find_path(row)
    if found is None:
        return None
    numbers = re.findall(r"=([-\d.]+)", row.data)
    summary = " ".join(numbers[:3]) + "; " + " ".join(numbers[3:])
    return Figure(Call("t-test", summary=summary, option={"variant": found[0]}), found[1])


HANDLERS = {"t_test_independent": independent, "t_from_summary": from_summary}
