# SPDX-License-Identifier: GPL-3.0-or-later
"""Scales: alpha, Guttman's lambdas, split halves, omega."""
import re

from certify import RELATIVE, Call, Figure, entry

ATTITUDE = "rating complaints privileges learning raises critical advance".split()


def items_of(words):
    """The columns that `vars` of a row stands for."""
    if words == "all 7":
        return ATTITUDE
    if words.startswith("25 items"):
        return [f"{scale}{i}" for scale in "ACENO" for i in range(1, 6)]
    span = re.fullmatch(r"([A-Z])1-[A-Z]5 \(keyed\)", words)
    return [f"{span[1]}{i}" for i in range(1, 6)] if span else words.split()


def options_of(term):
    """Options from words like "factors=3"; other words tell what the figure is about."""
    return dict(word.split("=") for word in term.split() if "=" in word)


def tolerance_of(row):
    """What the source says where R's own figure is less exact."""
    said = re.search(r"tolerance ([0-9.e-]+)", row.source)
    return float(said[1]) if said else RELATIVE


ALPHA = {
    "n_items": "cronbach/n_items",
    "n_listwise": "cronbach/n",
    "n_total": lambda r: r["cronbach"]["n"] + r["cronbach"]["n_missing"],
    "alpha_raw": "cronbach/alpha",
    "alpha_std": "standardised/alpha",
    "mean_interitem_r": "between_items/mean_r",
    "min_interitem_r": "between_items/min_r",
    "max_interitem_r": "between_items/max_r",
    "mean_interitem_cov": "mean_covariance",
    "total_mean": "cronbach/total_mean",
    "total_sd": "cronbach/total_sd",
    "total_var": lambda r: r["cronbach"]["total_sd"] ** 2,
    "alpha_ci95_feldt_lower": "cronbach/ci/low",
    "alpha_ci95_feldt_upper": "cronbach/ci/high",
    "alpha_ase_duhachek": "asymptotic/se",
    "alpha_ci95_duhachek_lower": "asymptotic/ci/low",
    "alpha_ci95_duhachek_upper": "asymptotic/ci/high",
    "lambda1": "guttman/lambda1",
    "lambda2": "guttman/lambda2",
    "lambda3": "guttman/lambda3",
    "lambda5": "guttman/lambda5",
    "lambda6_cov": "guttman/lambda6_covariances",
    "lambda6_cor": "guttman/lambda6_correlations",
}

ITEM = {
    "item_n_valid_pairwise": "n_valid",
    "item_mean": "plain/mean",
    "item_sd": "plain/sd",
    "r_item_total_corrected": "plain/item_rest_r",
    "alpha_raw_if_dropped": "plain/alpha_if_dropped",
    "r_item_total_uncorrected": "item_total_r",
    "smc": "multiple_r_squared",
    "scale_mean_if_dropped": "rest_mean",
    "scale_var_if_dropped": "rest_variance",
    "alpha_std_if_dropped": "standardised_alpha_if_dropped",
}

SPLIT = {
    "r": "halves/r",
    "spearman_brown_equal": "halves/spearman_brown",
    "spearman_brown_unequal": "halves/spearman_brown_horst",
    "guttman": "guttman",
    "alpha_a": "a/cronbach/alpha",
    "alpha_b": "b/cronbach/alpha",
    "mean_a": "a/mean",
    "sd_a": "a/sd",
    "mean_b": "b/mean",
    "sd_b": "b/sd",
}

# estimator, where
OMEGA = {
    "omega_total_1f_minres_cor_obsvar": ("minres", "standardised/observed"),
    "omega_total_1f_minres_cor_modelvar": ("minres", "standardised/model"),
    "omega_total_1f_psych": ("minres", "standardised/observed"),
    "omega_total_1f_ML_cor": ("ml", "standardised/model"),
    "omega_total_1f_ML_cov": ("ml", "raw/model"),
}


def of_item(name, path):
    def find(result):
        item = entry(result["items"], value=name)
        for part in path.split("/"):
            item = item[part]
        return item
    return find


def scale(row):
    items = items_of(row.vars)
    missing = "pairwise" if row.analysis.endswith("pairwise") else "listwise"
    tolerance = tolerance_of(row)
    split = re.fullmatch(r"splithalf_(firsthalf|oddeven)_(.+)", row.stat)
    if split:
        words = {"firsthalf": "first-half", "oddeven": "odd-even"}
        call = Call("split-half", row.data, value=items,
                    option={"split": words[split[1]], "missing": missing})
        return Figure(call, SPLIT[split[2]], tolerance)
    if row.stat in OMEGA:
        estimator, path = OMEGA[row.stat]
        call = Call("omega", row.data, value=items,
                    option={"estimator": estimator, "missing": missing})
        return Figure(call, path, 1e-6 if row.stat.endswith("_psych") else tolerance)
    if row.stat == "loading_ML_cov":
        call = Call("omega", row.data, value=items, option={"estimator": "ml", "missing": missing})
        return Figure(call, of_item(row.term, "raw_loading"), tolerance)
    call = Call("alpha", row.data, value=items, option={"missing": missing})
    if row.stat in ALPHA and row.term == "scale":
        return Figure(call, ALPHA[row.stat], tolerance)
    if row.stat in ITEM:
        return Figure(call, of_item(row.term, ITEM[row.stat]), tolerance)
    return None


HANDLERS = {
    "reliability_listwise": scale,
    "reliability_pairwise": scale,
}
