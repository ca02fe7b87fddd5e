# SPDX-License-Identifier: GPL-3.0-or-later
"""Description of columns, frequencies, autocorrelation."""
import re

from certify import Call, Figure, entry

STATS = {
    "n": "n", "n_valid": "n", "n_missing": "n_missing", "mean": "mean", "sum": "sum", "sd": "sd",
    "variance": "variance", "se": "se", "se_mean": "se", "ci_low": "mean_ci/low",
    "ci_high": "mean_ci/high", "mean_ci95_lower": "mean_ci/low",
    "mean_ci95_upper": "mean_ci/high", "min": "order/min", "max": "order/max",
    "median": "order/median", "tukey_hinge_lower": "order/hinge_low",
    "tukey_hinge_upper": "order/hinge_high", "hinge_low": "order/hinge_low",
    "hinge_high": "order/hinge_high", "se_skewness": "skewness/se", "se_kurtosis": "kurtosis/se",
    "mode": "mode/value", "mode_count": "mode/count", "n_modes": "mode/n_modes",
}


def path_of(stat):
    if stat in STATS:
        return STATS[stat]
    if found := re.fullmatch(r"(skewness|kurtosis)(?:_excess)?_(type\d)", stat):
        return f"{found[1]}/{found[2]}"
    if found := re.fullmatch(r"quantile_0\.(\d\d)_(type\d)", stat):
        return f"order/p{found[1]}_{found[2]}"
    if re.fullmatch(r"p\d\d_type\d", stat):
        return "order/" + stat
    return None


def follow(item, path):
    for part in path.split("/"):
        item = item[part]
    return item


def of_column(data, columns, term, path):
    """The figure `path` of a column ("score", "score * weight"), of all rows or of a group."""
    value, *weight = columns.split(" * ")
    group, _, level = term.partition("=")
    call = Call("describe", data, value=[value], group=[group] if level else (),
                weight=weight[0] if weight else None)
    if not level:
        return Figure(call, "values/0/" + path)
    return Figure(call, lambda result: follow(
        entry(result["values"][0]["groups"], group=level), path))


def descriptives(row):
    path = path_of(row.stat)
    if row.stat == "n_total":
        figure = of_column(row.data, row.vars, row.term, "n")
        first = figure.path
        both = of_column(row.data, row.vars, row.term, "n_missing")
        return Figure(figure.call, lambda result: sum(
            Figure(figure.call, p).find(result) for p in (first, both.path)))
    if path is None:
        return None
    figure = of_column(row.data, row.vars, row.term, path)
    # NIST's sets far from zero: their third moment is rounding in R, and nearly zero in truth
    if row.data in ("nist_numacc2.csv", "nist_numacc3.csv",
                    "nist_numacc4.csv") and row.stat.startswith("skewness"):
        figure.absolute = 1e-7
    return figure


def groups(row):
    value, group = row.vars.split("~")
    return of_column(row.data, value, f"{group}={row.term}", path_of(row.stat))


def weighted(row):
    return of_column(row.data, row.vars, row.term, path_of(row.stat))


def frequencies(row):
    value, *weight = row.vars.split(" * ")
    call = Call("frequencies", row.data, value=[value], weight=weight[0] if weight else None)
    if row.term == "all":
        return Figure(call, "values/0/" + row.stat)
    return Figure(call, lambda result: next(
        line[row.stat] for line in result["values"][0]["table"]
        if abs(line["value"] - float(row.term)) < 1e-12))


def autocorrelation(row):
    return Figure(Call("autocorrelation", row.data, value=[row.vars]), "r")


HANDLERS = {
    "descriptives": descriptives,
    "oneway_groups": groups,
    "describe_weighted": weighted,
    "frequencies": frequencies,
    "autocorrelation": autocorrelation,
}
