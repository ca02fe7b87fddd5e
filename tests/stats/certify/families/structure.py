# SPDX-License-Identifier: GPL-3.0-or-later
"""Eigenvalues, factorability, parallel analysis, factor analysis."""
import re

from certify import RELATIVE, Call, Figure, entry

ATTITUDE = "rating complaints privileges learning raises critical advance".split()


def items_of(words):
    """The columns that `vars` of a row stands for."""
    if words == "all 7":
        return ATTITUDE
    if words.startswith("25 items"):
        return [f"{scale}{i}" for scale in "ACENO" for i in range(1, 6)]
    return words.split()


def options_of(term):
    """Options from words like "factors=3"; other words tell what the figure is about."""
    return dict(word.split("=") for word in term.split() if "=" in word)


def subject_of(term):
    words = [word for word in term.split() if "=" not in word]
    return words[0] if words else ""


def tolerances_of(row):
    """What the source says where R's own figure is less exact: relative, and absolute."""
    relative = re.search(r"tolerance ([0-9.e-]+)", row.source)
    absolute = re.search(r"absolute ([0-9.e-]+)", row.source)
    return (float(relative[1]) if relative else RELATIVE,
            float(absolute[1]) if absolute else None)


def number_of(stat):
    return int(stat.rpartition("_")[2]) - 1


FACTORABILITY = {
    "n_listwise": "n",
    "KMO": "kmo/overall",
    "bartlett_sphericity_chi2": "bartlett/chi_squared",
    "bartlett_sphericity_df": "bartlett/df",
    "bartlett_sphericity_p": "bartlett/p",
    "det_R": "determinant",
}


def factorability(row):
    items, options = items_of(row.vars), options_of(row.term)
    if row.stat.startswith("eigenvalue_"):
        call = Call("eigenvalues", row.data, value=items, option=options)
        return Figure(call, f"eigenvalues/{number_of(row.stat)}/value", *tolerances_of(row))
    call = Call("factorability", row.data, value=items, option=options)
    if row.stat == "MSA":
        return Figure(call, lambda r: entry(r["items"], value=subject_of(row.term))["msa"],
                      *tolerances_of(row))
    return Figure(call, FACTORABILITY[row.stat], *tolerances_of(row))


def parallel(row):
    call = Call("parallel-analysis", row.data, value=items_of(row.vars),
                option={**options_of(row.term), "sets": "20000"})
    if row.stat.startswith(("observed_", "random_")):
        name = row.stat.rpartition("_")[0]
        return Figure(call, f"components/{number_of(row.stat)}/{name}", *tolerances_of(row))
    return Figure(call, row.stat, *tolerances_of(row))


FIT = {
    "n": "n",
    "rmsr": "rmsr",
    "chi_squared": "fit/chi_squared",
    "df": "fit/test/df",
    "p": "fit/test/p",
}


def factors(row):
    call = Call("factor-analysis", row.data, value=items_of(row.vars), option=options_of(row.term))
    subject, tolerances = subject_of(row.term), tolerances_of(row)
    if row.stat in FIT:
        return Figure(call, FIT[row.stat], *tolerances)
    if row.stat.startswith("loading_"):
        return Figure(call, lambda r: entry(r["items"], value=subject)["loadings"]
                      [number_of(row.stat)], *tolerances)
    if row.stat == "communality":
        return Figure(call, lambda r: entry(r["items"], value=subject)["communality"], *tolerances)
    if row.stat.startswith("phi_"):
        f, g = (int(i) - 1 for i in row.stat.split("_")[1:])
        return Figure(call, f"factors/{f}/correlations/{g}", *tolerances)
    name = row.stat.rpartition("_")[0]
    return Figure(call, f"factors/{number_of(row.stat)}/{name}", *tolerances)


HANDLERS = {
    "factorability": factorability,
    "parallel_analysis": parallel,
    "factor_analysis": factors,
}
