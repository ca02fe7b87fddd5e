# SPDX-License-Identifier: GPL-3.0-or-later
"""Pairs of groups: post hoc procedures, Dunnett, Dunn, compact letters, adjusted p."""
import math
import re

from certify import Call, Figure, entry, pair

# of R's figure: the procedure, the field of the pair
PAIRS = {
    "diff": ("tukey", "difference"),
    "se_pooled": ("tukey", "se"),
    "t_pooled": ("tukey", "t"),
    "df_pooled": ("tukey", "df"),
    "p_lsd": ("lsd", "p"),
    "p_bonferroni": ("bonferroni", "p"),
    "p_holm": ("holm", "p"),
    "p_hochberg": ("hochberg", "p"),
    "p_BH": ("benjamini-hochberg", "p"),
    "p_sidak": ("sidak", "p"),
    "p_tukey": ("tukey", "p"),
    "p_scheffe": ("scheffe", "p"),
    "gh_se": ("games-howell", "se"),
    "gh_t": ("games-howell", "t"),
    "gh_df": ("games-howell", "df"),
    "gh_p": ("games-howell", "p"),
}
INTERVALS = {"lsd": "lsd", "bonferroni": "bonferroni", "tukey": "tukey", "scheffe": "scheffe",
             "gh": "games-howell"}
# R computes these as 1 minus a probability
ABSOLUTE = {"p_tukey": 1e-10, "gh_p": 1e-10, "p_dunnett": 1e-10, "p_sidak": 1e-12}


def call(row, method, option=None):
    """From the data, or from "a: n=20 M=3.1 SD=0.9; b: …", whose groups are numbered."""
    if row.vars == "summary":
        summary = "; ".join(" ".join(numbers) for numbers in re.findall(
            r"n=(\S+) M=(\S+) SD=([^\s;]+)", row.data))
        return Call(method, summary=summary, option=option)
    value, group = row.vars.split("~")
    data = row.data.split(" ")[0]
    levels = ["L", "M", "H"] if data == "warpbreaks.csv" else []
    return Call(method, data, value=[value], group=[group], levels=levels, option=option)


def find_pair(row, result):
    """The pair of the term "second - first"."""
    levels = row.term.split(" - ")
    if row.vars == "summary":
        names = re.findall(r"(\S+): n=", row.data)
        levels = [str(names.index(level) + 1) for level in levels]
    return pair(result["pairs"], *levels)


def end_of_interval(stat):
    return "low" if stat.endswith("lower") else "high"


def post_hoc(row):
    if row.stat == "tukey_q_crit_0.95":
        return Figure(call(row, "posthoc"),
                      lambda result: result["pairs"][0]["critical"] * math.sqrt(2))
    interval = re.fullmatch(r"(\w+)_ci95_(lower|upper)", row.stat)
    if interval:
        procedure = INTERVALS[interval.group(1)]
        return Figure(call(row, "posthoc", {"procedure": procedure}),
                      lambda result: find_pair(row, result)["ci"][end_of_interval(row.stat)])
    if row.stat not in PAIRS:
        return None
    procedure, field = PAIRS[row.stat]
    return Figure(call(row, "posthoc", {"procedure": procedure}),
                  lambda result: find_pair(row, result)[field], absolute=ABSOLUTE.get(row.stat))


def range_quantile(row):
    """The table of the studentized range: one group has all the degrees of freedom."""
    means, df = int(row.vars.removeprefix("k=")), row.term.removeprefix("df=")
    # 1e12 is infinity to the last digit but two
    cases = 10**12 if df == "Inf" else int(df) + 1
    summary = "; ".join([f"{cases} 0 1"] + ["1 0 0"] * (means - 1))
    confidence = row.stat.removeprefix("q_")
    return Figure(Call("posthoc", summary=summary, option={"confidence": confidence}),
                  lambda result: result["pairs"][0]["critical"] * math.sqrt(2))


DUNNETT = {"diff": "difference", "t": "t", "p_dunnett": "p"}


def dunnett(row):
    if row.stat == "d_crit_two_sided_0.95":
        return Figure(call(row, "dunnett"), "pairs/0/critical")
    if row.stat in DUNNETT:
        return Figure(call(row, "dunnett"),
                      lambda result: find_pair(row, result)[DUNNETT[row.stat]],
                      absolute=ABSOLUTE.get(row.stat))
    return Figure(call(row, "dunnett"),
                  lambda result: find_pair(row, result)["ci"][end_of_interval(row.stat)])


DUNN = {"z": ("none", "z"), "p": ("none", "p"), "p_holm": ("holm", "p"),
        "p_bonferroni": ("bonferroni", "p")}


def dunn(row):
    adjust, field = DUNN[row.stat]
    return Figure(call(row, "dunn", {"adjust": adjust}),
                  lambda result: find_pair(row, result)[field])


def dunnett_multcomp(row):
    """multcomp's intervals rest on a Monte Carlo quantile, right to about 1e-5."""
    exact = {"estimate": "difference", "t": "t"}
    if row.stat in exact:
        return Figure(call(row, "dunnett"), lambda result: find_pair(row, result)[exact[row.stat]])
    end = {"lwr": "low", "upr": "high"}[row.stat]
    return Figure(call(row, "dunnett"), lambda result: find_pair(row, result)["ci"][end],
                  absolute=2e-4)


def dunnett_mvtnorm(row):
    """P(max |T| > |t|) by pmvt, within three times its own estimate of its Monte Carlo error,
    which the table gives to one digit."""
    return Figure(call(row, "dunnett"), lambda result: find_pair(row, result)["p"],
                  absolute=3 * float(row.source.split(" ")[-1]))


def sets_of_letters(names):
    """{"x": "ab", "y": "b"} -> the sets of groups that share a letter, whatever it is called"""
    letters = {letter for text in names.values() for letter in text}
    return {frozenset(name for name, text in names.items() if letter in text)
            for letter in letters}


def letters(row):
    """The term holds multcompView's letters: "ctrl=ab trt1=a trt2=b"."""
    expected = dict(part.split("=") for part in row.term.split(" "))

    def same_sets(result):
        own = {str(group["group"]): "".join(group["letters"]) for group in result["groups"]}
        return float(sets_of_letters(own) == sets_of_letters(expected))
    return Figure(call(row, "posthoc", {"procedure": row.stat}), same_sets)


def p_adjust(row):
    method = {"BH": "benjamini-hochberg"}.get(row.stat, row.stat)
    return Figure(Call("p-adjust", row.data, value=[row.vars], option={"method": method}),
                  lambda result: entry(result["tests"], row=row.term)["p"])


HANDLERS = {
    "posthoc": post_hoc,
    "studentized_range_quantile": range_quantile,
    "dunnett": dunnett,
    "dunn": dunn,
    "dunnett_multcomp": dunnett_multcomp,
    "dunnett_mvtnorm": dunnett_mvtnorm,
    "posthoc_letters": letters,
    "p_adjust": p_adjust,
}
