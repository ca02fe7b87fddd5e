# SPDX-License-Identifier: GPL-3.0-or-later
"""Several means."""
import re

from certify import Call, Figure, entry


def file_of(row):
    return row.data.split(" ")[0]


# One-way, from data and from summaries

ANOVA = {
    "N": "n", "k": "n_groups", "ss_between": "ss_between", "ss_within": "ss_within",
    "ss_total": "ss_total", "df_between": "df1", "df_within": "df2", "ms_between": "ms_between",
    "ms_within": "mse", "F": "f", "p": "p", "eta2": "eta_squared",
    "partial_eta2": "effect/eta_squared", "epsilon2": "effect/epsilon_squared",
    "omega2": "omega_squared", "cohen_f": "effect/cohen_f", "icc1_k=mean_n": "icc/icc1_mean_size",
    "icc1_k=n0": "icc/icc1", "icc2": "icc/icc2", "n0": "icc/n0",
}
ICC_CI = {"icc1_ci95_lower_k=n0": "icc/icc1_ci/low", "icc1_ci95_upper_k=n0": "icc/icc1_ci/high",
          "icc2_ci95_lower": "icc/icc2_ci/low", "icc2_ci95_upper": "icc/icc2_ci/high"}
ROBUST = {"welch": "welch-anova", "brown_forsythe_means": "brown-forsythe"}
CONVERSIONS = {"(lambda+N)": "eta_squared_ci", "(lambda+df1+df2+1)": "eta_squared_ci",
               "(lambda+df2)": "eta_squared_sample_ci"}


def share_interval(stat):
    """The level and the path within an effect of an interval made from that of λ."""
    found = re.fullmatch(r"(?:partial_)?eta2_ci(90|95)_(lower|upper)_lambda/(.*)", stat)
    if found:
        name = CONVERSIONS[found[3]]
    else:
        found = re.fullmatch(r"ncF_lambda_ci(90|95)_(lower|upper)", stat)
        name = "lambda_ci"
    if not found:
        return None
    return int(found[1]) / 100, name + ("/low" if found[2] == "lower" else "/high")


def one_way_figure(row, **source):
    def call(method, confidence=0.95):
        return Call(method, option={"confidence": confidence}, **source)

    path = ANOVA.get(row.stat) or ICC_CI.get(row.stat)
    if path:
        return Figure(call("anova"), path)
    interval = share_interval(row.stat)
    if interval:
        return Figure(call("anova", interval[0]), "effect/" + interval[1])
    for prefix, method in ROBUST.items():
        if row.stat.startswith(prefix + "_"):
            return Figure(call(method), row.stat[len(prefix) + 1:].lower())
    return None


def one_way(row):
    value, group = row.vars.split("~")
    return one_way_figure(row, data=file_of(row), value=[value], group=[group])


def from_summary(row):
    summary = "; ".join(" ".join(found) for found in
                        re.findall(r"n=(\d+) M=([-\d.]+) SD=([\d.]+)", row.data))
    return one_way_figure(row, summary=summary)


def group_of(call, row, name):
    return Figure(call, lambda result: entry(result["groups"], group=row.term)[name])


def groups(row):
    value, group = row.vars.split("~")
    return group_of(Call("anova", file_of(row), value=[value], group=[group]), row, row.stat)


def kruskal_wallis(row):
    value, group = row.vars.split("~")
    call = Call("kruskal-wallis", file_of(row), value=[value], group=[group])
    if row.stat == "mean_rank":
        return group_of(call, row, "mean_rank")
    path = {"H": "h", "df": "df", "p": "p", "epsilon2": "epsilon_squared",
            "eta2_H": "eta_squared_h"}.get(row.stat)
    return path and Figure(call, path)


# Two-way. The levels of the second factor are numbered in their order.

SECOND_LEVELS = {"tension": ["H", "L", "M"], "dose": ["0.5", "1", "2"],
                 "education": ["1", "2", "3", "4", "5"]}


def two_way_call(row, kind=3, confidence=0.95):
    value, a, b = re.split(r"[~*]", row.vars)
    return Call("anova-two-way", file_of(row), value=[value], group=[a, b],
                option={"type": kind, "confidence": confidence})


def two_way(row):
    path = {("Residuals", "ss"): "ss_error", ("Residuals", "df"): "df_error",
            ("Total", "ss_corrected"): "ss_total", ("Model", "R2"): "r_squared",
            ("Model", "adj_R2"): "adjusted_r_squared"}.get((row.term, row.stat))
    return path and Figure(two_way_call(row), path)


def two_way_cell(row):
    first, second = row.term.split(" x ")
    number = SECOND_LEVELS[row.vars.split("*")[1]].index(second)
    return Figure(two_way_call(row),
                  lambda result: entry(result["groups"], group=first)["cells"][number][row.stat])


def two_way_margin(row):
    _, a, b = re.split(r"[~*]", row.vars)
    if row.stat == "emm_" + a:
        return group_of(two_way_call(row), row, "marginal_mean")
    return Figure(two_way_call(row), f"second_groups/{SECOND_LEVELS[b].index(row.term)}/marginal_mean")


def two_way_term(kind):
    paths = {"ss": "ss", "df": "df", "F": "f", "p": "p", "partial_eta2": "effect/eta_squared",
             "eta2_of_SST": "share", "partial_omega2": "effect/omega_squared"}

    def handle(row):
        _, a, b = re.split(r"[~*]", row.vars)
        term = {a: "first", b: "second", f"{a}:{b}": "interaction"}[row.term]
        if row.stat in paths:
            return Figure(two_way_call(row, kind), f"{term}/{paths[row.stat]}")
        level, path = share_interval(row.stat)
        return Figure(two_way_call(row, kind, level), f"{term}/effect/{path}")
    return handle


# Our own table: Friedman, repeated measures, ANCOVA. `vars` holds the columns.

def own(method, paths, lists):
    def handle(row):
        columns = row.vars.replace("~", " ").replace("+", " ").split(" ")
        if method == "ancova":
            call = Call(method, row.data, value=columns[:1], group=columns[1:2], predictor=columns[2:])
        else:
            call = Call(method, row.data, value=columns)
        if row.stat in paths:
            return Figure(call, paths[row.stat].format(term=row.term))
        name, key, path = lists[row.stat]

        def find(result):
            found = entry(result[name], **{key: row.term})
            for part in path.split("/"):
                found = found[part]
            return found
        return Figure(call, find)
    return handle


FRIEDMAN = {"n": "n", "chi2": "chi_squared", "df": "df", "p": "p", "kendall_w": "kendall_w",
            "iman_davenport_F": "iman_davenport/f", "iman_davenport_df1": "iman_davenport/df1",
            "iman_davenport_df2": "iman_davenport/df2", "iman_davenport_p": "iman_davenport/p"}
REPEATED = {
    "n": "n", "F": "f", "df1": "df1", "df2": "df2", "p": "p", "ss_occasions": "ss_occasions",
    "ss_cases": "ss_cases", "ss_error": "ss_error", "pes": "partial_eta_squared",
    "ges": "generalised_eta_squared",
    "mauchly_W": "mauchly/w", "mauchly_p": "mauchly/p", "gg_epsilon": "greenhouse_geisser/epsilon",
    "gg_df1": "greenhouse_geisser/df1", "gg_df2": "greenhouse_geisser/df2",
    "gg_p": "greenhouse_geisser/p", "hf_epsilon": "huynh_feldt/epsilon", "hf_p": "huynh_feldt/p",
}
ANCOVA = {
    "n": "n", "ss_error": "ss_error", "df_error": "df_error", "r2": "r_squared",
    "group_ss": "group/ss", "group_df": "group/df", "group_F": "group/f", "group_p": "group/p",
    "group_partial_eta2": "group/effect/eta_squared", "slopes_ss": "slopes/ss",
    "slopes_df": "slopes/df", "slopes_F": "slopes/f", "slopes_p": "slopes/p",
}
COVARIATES = {
    "b": "b", "se": "se", "b_ci_lower": "b_ci/low", "b_ci_upper": "b_ci/high", "ss": "term/ss",
    "F": "term/f", "p": "term/p", "partial_eta2": "term/effect/eta_squared",
}
ADJUSTED = {"adjusted_mean": "adjusted_mean", "adjusted_se": "adjusted_mean_se",
            "adjusted_ci_lower": "adjusted_mean_ci/low", "adjusted_ci_upper": "adjusted_mean_ci/high"}

HANDLERS = {
    "oneway_anova": one_way, "anova_from_summary": from_summary, "oneway_groups": groups,
    "kruskal_wallis": kruskal_wallis, "twoway": two_way, "twoway_cells": two_way_cell,
    "twoway_margins": two_way_margin, "twoway_typeI": two_way_term(1),
    "twoway_typeII": two_way_term(2), "twoway_typeIII": two_way_term(3),
    "friedman": own("friedman", FRIEDMAN, {"mean_rank": ("occasions", "value", "mean_rank")}),
    "anova_repeated": own("anova-repeated", REPEATED, {"mean": ("occasions", "value", "mean"),
                                                       "sd": ("occasions", "value", "sd")}),
    "ancova": own("ancova", ANCOVA,
                  {**{stat: ("covariates", "predictor", path) for stat, path in COVARIATES.items()},
                   **{stat: ("groups", "group", path) for stat, path in ADJUSTED.items()}}),
}
