# SPDX-License-Identifier: GPL-3.0-or-later
"""The random-intercept model.

lme4's theta is right to some ten digits (see make-multilevel.R), lmerTest's degrees of
freedom come from numerical derivatives, to which a tiny p answers strongly, and nlme is a
second program that converges to half the digits of a double."""
from certify import Call, Figure, entry

TERM = {"b": "b", "se": "se", "df": "test/df", "t": "test/t", "p": "test/p"}
MODEL = {
    "between_variance": "between_variance", "within_variance": "within_variance",
    "between_sd": "between_sd", "within_sd": "within_sd", "icc": "icc",
    "log_likelihood": "log_likelihood", "aic": "aic", "bic": "bic", "n": "n",
    "n_clusters": "n_clusters", "mean_cluster_size": "mean_cluster_size",
    "chi2_between": "variance_test/chi_squared", "icc_low": "icc_ci/low", "icc_high": "icc_ci/high",
}
TOLERANCE = {"df": 1e-6, "p": 1e-5}


def term_path(term, path):
    first, _, rest = path.partition("/")
    if term == "(Intercept)":
        return "intercept/" + path

    def find(result):
        item = entry(result["terms"], predictor=term)[first]
        return item[rest] if rest else item
    return find


def random_intercept(row):
    formula, cluster, method = row.vars.split("|")
    value, predictors = formula.split("~")
    call = Call("random-intercept", row.data, value=[value],
                predictor=predictors.split("+") if predictors else (), cluster=cluster,
                option={"method": method})
    if row.term == "nlme":
        return Figure(call, MODEL[row.stat], tolerance=1e-6)
    if row.term == "model":
        return Figure(call, MODEL[row.stat], tolerance=1e-9, absolute=1e-9 if row.value == 0 else None)
    return Figure(call, term_path(row.term, TERM[row.stat]), tolerance=TOLERANCE.get(row.stat, 1e-9))


HANDLERS = {"random_intercept": random_intercept}
