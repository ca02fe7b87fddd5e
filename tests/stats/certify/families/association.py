# SPDX-License-Identifier: GPL-3.0-or-later
"""Correlations, their differences, and tables of two categories."""
import re

from certify import Call, Figure, entry

PEARSON = {"n": "n", "r": "r", "t": "t", "df": "df", "p": "p", "ci95_lower": "ci/low",
           "ci95_upper": "ci/high"}
SPEARMAN = {"n": "n", "rho": "rho", "p_t_approx": "p", "p_permutation": "permutation_p",
            "ci95_lower_fisher": "fisher_ci/low", "ci95_upper_fisher": "fisher_ci/high",
            "ci95_lower_fieller1957": "fieller_ci/low", "ci95_upper_fieller1957": "fieller_ci/high",
            "ci95_lower_bonett_wright2000": "bonett_wright_ci/low",
            "ci95_upper_bonett_wright2000": "bonett_wright_ci/high"}
KENDALL = {"n": "n", "tau_b": "tau", "z": "z", "p": "p", "p_exact": "exact_p",
           "z_continuity": "z_corrected", "p_continuity": "p_corrected",
           "ci95_lower_fieller1957": "ci/low", "ci95_upper_fieller1957": "ci/high"}
PARTIAL = {"n": "n", "r": "r", "t": "t", "df": "df", "p": "p", "ci95_lower": "ci/low",
           "ci95_upper": "ci/high", "semipartial_x_with_(y|z)": "part_y",
           "semipartial_(x|z)_with_y": "part_x"}
TABLE = {"N": "n", "chi2": "chi_squared", "df": "df", "p": "p", "min_expected": "min_expected",
         "share_expected_lt5": "share_expected_below_5", "n_expected_lt5": "n_expected_below_5",
         "G2_likelihood_ratio": "likelihood_ratio", "G2_p": "likelihood_ratio_p",
         "cramers_V": "cramers_v", "cramers_V_bias_corrected_(Bergsma)": "bergsma_v",
         "contingency_C": "contingency_c", "goodman_kruskal_gamma": "gamma_estimate",
         "phi": "phi", "fisher_p": "exact_p",
         "V_ci95_lower": "cramers_v_ci/low", "V_ci95_upper": "cramers_v_ci/high",
         "yates_chi2": "two_by_two/yates_chi_squared", "yates_p": "two_by_two/yates_p",
         "phi_signed": "two_by_two/phi", "odds_ratio": "two_by_two/sample_odds/estimate",
         "odds_ratio_ci95_lower": "two_by_two/sample_odds/ci/low",
         "odds_ratio_ci95_upper": "two_by_two/sample_odds/ci/high",
         "conditional_odds_ratio": "two_by_two/conditional_odds/estimate",
         "conditional_odds_ratio_ci95_lower": "two_by_two/conditional_odds/ci/low",
         "conditional_odds_ratio_ci95_upper": "two_by_two/conditional_odds/ci/high",
         "fisher_p_less": "two_by_two/exact_p_less",
         "fisher_p_greater": "two_by_two/exact_p_greater"}
CELL = {"observed": "observed", "expected": "expected", "residual": "residual",
        "resid_pearson_(SPSS_standardized)": "pearson_residual",
        "resid_adjusted_(R_stdres)": "adjusted_residual", "row_percent": "row_percent",
        "column_percent": "column_percent", "total_percent": "total_percent"}
DIFFERENCE = {"n_a": "n_a", "n_b": "n_b", "r_a": "r_a", "r_b": "r_b", "difference": "difference",
              "z": "z", "p": "p", "n": "n", "williams_t": "williams_t", "williams_p": "williams_p",
              "steiger_z": "steiger_z", "steiger_p": "steiger_p"}

# The second categories of a table are told by their place, in the order of the alphabet.
EYES = ["Blue", "Brown", "Green", "Hazel"]


def correlation(method, paths):
    def handle(row):
        if row.stat not in paths:
            return None
        call = Call("correlation", row.data, value=row.vars.split(","), option={"method": method})
        return Figure(call, paths[row.stat])
    return handle


def partial(row):
    if row.stat not in PARTIAL:
        return None
    values, controls = row.vars.split("|")
    call = Call("partial-correlation", row.data, value=values.split(","),
                predictor=controls.split(","))
    return Figure(call, PARTIAL[row.stat])


def matrix(row):
    """vars "a,b,c"; term "pearson pairwise holm a,b"."""
    method, missing, adjust, names = row.term.split(" ")
    a, b = names.split(",")
    call = Call("correlation-matrix", row.data, value=row.vars.split(","),
                option={"method": method, "missing": missing, "adjust": adjust})
    return Figure(call, lambda result: entry(result["pairs"], a=a, b=b)[row.stat])


def crosstab(row):
    """vars "rows x columns", perhaps " * weight"; or data "a b; c d", the counts themselves."""
    if ";" in row.data:
        call = Call("crosstab", summary=row.data)
    else:
        names, _, weight = row.vars.partition(" * ")
        names = names.split(" x ")
        call = Call("crosstab", row.data, group=names, weight=weight or None)
    if row.term == "all":
        path = TABLE.get(row.stat)
        return path and Figure(call, path)
    if row.stat not in CELL:
        return None
    first, second = row.term.split(" x ")
    place = EYES.index(second) if second in EYES else int(second) - 1
    return Figure(call, lambda result: entry(result["rows"], group=first)["cells"][place][
        CELL[row.stat]])


def difference(row):
    """data a CSV file, or "n r; n r"; vars "x,y ~ group"; term "a - b"."""
    if ";" in row.data:
        return Figure(Call("correlation-difference", summary=row.data), DIFFERENCE[row.stat])
    values, group = row.vars.split(" ~ ")
    call = Call("correlation-difference", row.data, value=values.split(","), group=[group],
                levels=row.term.split(" - "))
    return Figure(call, DIFFERENCE[row.stat])


def dependent(method):
    def handle(row):
        if re.fullmatch(r"[-\d. ]+", row.data):
            return Figure(Call(method, summary=row.data), DIFFERENCE[row.stat])
        return Figure(Call(method, row.data, value=row.vars.split(",")), DIFFERENCE[row.stat])
    return handle


HANDLERS = {
    "pearson": correlation("pearson", PEARSON),
    "spearman": correlation("spearman", SPEARMAN),
    "kendall": correlation("kendall", KENDALL),
    "partial_correlation": partial,
    "correlation_matrix": matrix,
    "crosstab": crosstab,
    "correlation_difference": difference,
    "correlation_difference_dependent": dependent("correlation-difference-dependent"),
    "correlation_difference_nonoverlapping": dependent("correlation-difference-nonoverlapping"),
}
