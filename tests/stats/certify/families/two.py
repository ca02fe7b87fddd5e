# SPDX-License-Identifier: GPL-3.0-or-later
"""Compare two: t tests, standardised differences, rank tests, equal variances."""
import csv
import functools
import pathlib
import re
import sys

from certify import Call, Figure

EFFECT = {
    "cohen_d_pooled": "cohen_d",
    "cohen_d_ci95_lower": "cohen_d_ci/low", "cohen_d_ci95_upper": "cohen_d_ci/high",
    "cohen_d_ci95_lower_normal_approx": "cohen_d_normal_ci/low",
    "cohen_d_ci95_upper_normal_approx": "cohen_d_normal_ci/high",
    "cohen_d_se_hedges_olkin_1985": "cohen_d_se",
    "hedges_J_exact": "hedges/j", "hedges_g_exact": "hedges/g",
    "hedges_J_approx_1-3/(4df-1)": "hedges/j_approximate",
    "hedges_g_approx": "hedges/g_approximate",
    "hedges_g_ci95_lower_J*d_ci": "hedges/g_ci/low",
    "hedges_g_ci95_upper_J*d_ci": "hedges/g_ci/high",
    "ncp_ci95_lower": "noncentrality_ci/low", "ncp_ci95_upper": "noncentrality_ci/high",
    "glass_delta_sd1": "glass_a/d", "glass_delta_sd2": "glass_b/d",
    "cohen_d_average_var": "average/d", "r_from_t": "r",
}
STUDENT = {
    "n1": "a/n", "mean1": "a/mean", "sd1": "a/sd", "n2": "b/n", "mean2": "b/mean", "sd2": "b/sd",
    "diff": "difference", "var_ratio_F": "variance_ratio/f", "var_ratio_p": "variance_ratio/p",
    **{stat: "effect_size/" + path for stat, path in EFFECT.items()},
}
TEST = {"t": "t", "df": "df", "se": "se", "p_two": "p", "p_one_greater": "p_greater",
        "p_one_less": "p_less", "ci95_lower": "ci/low", "ci95_upper": "ci/high"}

PAIRED = {
    "n_pairs": "n", "mean_diff": "difference", "sd_diff": "sd", "t": "t", "df": "df", "p_two": "p",
    "ci95_lower": "ci/low", "ci95_upper": "ci/high", "r_xy": "correlation_r",
    "dz": "effect_size/d_z", "gz_hedges_exact": "effect_size/hedges/g",
    "dz_ci95_lower": "effect_size/d_z_ci/low", "dz_ci95_upper": "effect_size/d_z_ci/high",
    "d_av": "effect_size/d_average", "d_av_mean_of_sds": "effect_size/d_mean_of_sds",
    "d_rm": "effect_size/repeated/d",
}
ONE = {
    "n": "n", "mean": "mean", "sd": "sd", "t": "t", "df": "df", "p_two": "p",
    "diff_ci95_lower": "ci/low", "diff_ci95_upper": "ci/high",
    "cohen_d": "effect_size/cohen_d", "cohen_d_ci95_lower": "effect_size/cohen_d_ci/low",
    "cohen_d_ci95_upper": "effect_size/cohen_d_ci/high",
}
MANN_WHITNEY = {
    "rank_sum1": "rank_sum_a", "rank_sum2": "rank_sum_b", "U1_(R_W)": "u_a", "U2": "u_b",
    "U_min": "u", "z_no_cc": "normal/z", "p_asymptotic_no_cc": "normal/p",
    "p_asymptotic_cc_(R_default)": "normal/p_corrected", "p_exact_permutation": "exact/p",
    "p_exact": "exact/p", "p_exact_greater": "exact/p_greater", "p_exact_less": "exact/p_less",
    "rank_biserial_(U1-U2)/(n1n2)": "rank_biserial", "r_z/sqrtN": "normal/r",
    "prob_superiority_U1/(n1n2)": "superiority",
    "rank_biserial_ci95_lower": "rank_biserial_ci/low",
    "rank_biserial_ci95_upper": "rank_biserial_ci/high",
    "has_ties": lambda result: float(result["n_ties"] > 0),
}
WILCOXON = {
    "n_nonzero": "n", "n_zero": "n_zeros", "V_plus": "w_plus", "V_minus": "w_minus",
    "p_asymptotic_no_cc": "normal/p", "p_asymptotic_cc_(R_default)": "normal/p_corrected",
    "z_no_cc": "normal/z", "rank_biserial": "rank_biserial", "p_exact_conditional": "exact/p",
    "p_exact": "exact/p", "p_exact_greater": "exact/p_greater", "p_exact_less": "exact/p_less",
    "rank_biserial_ci95_lower": "rank_biserial_ci/low",
    "rank_biserial_ci95_upper": "rank_biserial_ci/high",
}


def file_of(row):
    return row.data.split(" ")[0]


def groups_of(row, method, option=None):
    value, group = row.vars.split("~")
    levels = row.term.split(" - ") if " - " in row.term else ()
    return Call(method, file_of(row), value=[value], group=[group], levels=levels, option=option)


# Two groups

def find_path(stat):
    if stat in STUDENT:
        return "student", STUDENT[stat]
    variant, _, rest = stat.partition("_")
    if variant in ("student", "welch") and rest in TEST:
        return variant, TEST[rest]
    return None


def variances(row):
    found = re.fullmatch(r"(?:levene_(mean|median)_(F|p)|(levene_df[12])|(bartlett_(?:K2|df|p)))",
                         row.stat)
    if found is None:
        return None
    centre, figure, df, bartlett = found.groups()
    if bartlett:
        path = "bartlett/" + {"K2": "chi_squared"}.get(bartlett[9:], bartlett[9:])
    else:
        path = df[7:] if df else figure.lower()
    call = groups_of(row, "variance-test", {"centre": centre or "median"})
    # SmLs01 varies equally in all groups: what is not 0 there is the rounding of its decimals
    return Figure(call, path, absolute=1e-20 if row.value < 1e-20 else None)


def independent(row):
    found = find_path(row.stat)
    if found is None:
        return variances(row)
    return Figure(groups_of(row, "t-test", {"variant": found[0]}), found[1])


def from_summary(row):
    found = find_path(row.stat)
    if found is None:
        return None
    numbers = re.findall(r"=([-\d.]+)", row.data)
    summary = " ".join(numbers[:3]) + "; " + " ".join(numbers[3:])
    return Figure(Call("t-test", summary=summary, option={"variant": found[0]}), found[1])


def mann_whitney(row):
    path = MANN_WHITNEY.get(row.stat)
    return path and Figure(groups_of(row, "mann-whitney"), path)


# Two columns

@functools.lru_cache
def second_values(data, key, group, level, value):
    with open(pathlib.Path(sys.argv[2]) / "r" / data, newline="", encoding="utf-8") as file:
        return {line[key]: line[value] for line in csv.DictReader(file) if line[group] == level}


def columns_of(row, method):
    """Two columns, or two groups whose rows belong together by an ID."""
    if "same ID" not in row.data:
        names = [name.replace("(keyed)", "") for name in row.vars.split(" - ")]
        return Call(method, file_of(row), value=names)
    value = row.vars.split(" ")[0]
    second = second_values(file_of(row), "ID", "group", "2", value)
    return Call(method, file_of(row), value=[value, "second"], rows=lambda line: line["group"] == "1",
                rows_key="first group", columns={"second": lambda line: second[line["ID"]]},
                columns_key="second group")


def paired(row):
    path = PAIRED.get(row.stat)
    return path and Figure(columns_of(row, "t-test-paired"), path)


def wilcoxon(row):
    path = WILCOXON.get(row.stat)
    return path and Figure(columns_of(row, "wilcoxon"), path)


# One column

def one_sample(row):
    path = ONE.get(row.stat)
    expected = row.term.partition("=")[2]
    return path and Figure(Call("t-test-one-sample", file_of(row), value=[row.vars],
                                option={"mean": expected}), path)


HANDLERS = {
    "t_test_independent": independent, "t_from_summary": from_summary, "t_test_paired": paired,
    "t_test_one_sample": one_sample, "mann_whitney": mann_whitney,
    "wilcoxon_signed_rank": wilcoxon, "oneway_anova": variances, "variance_test": variances,
}
