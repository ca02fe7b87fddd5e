# SPDX-License-Identifier: GPL-3.0-or-later
"""Linear regression, its steps, and logistic regression."""
from certify import Call, Figure, entry

MODEL = {
    "n": "n", "R2": "r_squared", "R": "r", "adj_R2": "adjusted_r_squared", "sigma": "residual_sd",
    "F": "test/f", "df1": "test/df1", "df2": "test/df2", "p": "test/p", "ss_res": "ss_residual",
    "ss_reg": "ss_model", "log_likelihood": "likelihood/log_likelihood", "AIC": "likelihood/aic",
    "BIC": "likelihood/bic", "durbin_watson": "checks/durbin_watson",
    "largest_residual": "checks/largest_residual", "n_beyond_2": "checks/n_beyond_2",
    "n_beyond_3": "checks/n_beyond_3", "largest_cook": "checks/largest_cook",
    "largest_leverage": "checks/largest_leverage", "skewness": "checks/shape/skewness",
    "kurtosis": "checks/shape/kurtosis", "bp": "checks/breusch_pagan/chi_squared",
    "bp_df": "checks/breusch_pagan/df", "bp_p": "checks/breusch_pagan/p",
}
TERM = {
    "b": "b", "se": "se", "t": "test/t", "p": "test/p", "ci95_lower": "b_ci/low",
    "ci95_upper": "b_ci/high", "beta_std": "beta", "vif": "vif", "tolerance": "tolerance",
    "partial_r": "partial_r", "semipartial_r": "part_r",
}
STEP = {
    "R2": "r_squared", "adj_R2": "adjusted_r_squared", "R2_change": "r_squared_change",
    "sigma": "residual_sd", "F_change": "change_test/f", "df1": "change_test/df1",
    "df2": "change_test/df2", "p_change": "change_test/p", "F": "test/f",
}
LOGISTIC = {
    "n": "n", "n_events": "n_events", "log_likelihood": "log_likelihood",
    "null_log_likelihood": "null_log_likelihood", "deviance": "deviance", "AIC": "aic", "BIC": "bic",
    "chi2": "test/chi_squared", "df": "test/df", "p": "test/p", "mcfadden": "mcfadden",
    "cox_snell": "cox_snell", "nagelkerke": "nagelkerke", "n_true_positive": "n_true_positive",
    "n_false_positive": "n_false_positive", "n_true_negative": "n_true_negative",
    "n_false_negative": "n_false_negative",
}
LOGISTIC_TERM = {
    "b": "b", "se": "se", "z": "z", "p": "p", "ci95_lower": "b_ci/low", "ci95_upper": "b_ci/high",
    "odds_ratio": "odds_ratio/estimate",
}


def follow(item, path):
    for part in path.split("/"):
        item = item[part]
    return item


def term_path(term, path):
    """Of the intercept, of a predictor, or of a power ("power2")."""
    if term == "(Intercept)":
        return "intercept/" + path
    if term.startswith("power"):
        return f"terms/{int(term[5:]) - 1}/{path}"
    return lambda result: follow(entry(result["terms"], predictor=term), path)


def find(row, call, model, terms, **tolerance):
    if row.term == "model":
        return Figure(call, model[row.stat], **tolerance) if row.stat in model else None
    return Figure(call, term_path(row.term, terms[row.stat]), **tolerance) if row.stat in terms else None


def regression(row):
    value, predictors = row.vars.split("~")
    call = Call("regression", row.data, value=[value], predictor=predictors.split("+"))
    # R's own standard errors of Longley have 13 digits of ours at best
    return find(row, call, MODEL, TERM)


def regression_model(row):
    formula, intercept, degree = row.vars.split("|")
    value, predictors = formula.split("~")
    call = Call("regression", row.data, value=[value], predictor=predictors.split("+"),
                option=dict(part.split("=") for part in (intercept, degree)))
    # columns of R's model matrix that are nearly collinear (powers, a year of seven digits)
    return find(row, call, MODEL, TERM, tolerance=1e-8 if "year" in row.vars else 1e-9)


def regression_steps(row):
    value, steps = row.vars.split("~")
    steps = [step.split("+") for step in steps.split("|")]
    call = Call("regression-steps", row.data, value=[value], predictor=steps)
    if row.term.startswith("step"):
        if row.stat == "n":
            return Figure(call, "model/n")
        if row.stat == "AIC":
            return Figure(call, "model/likelihood/aic")
        return Figure(call, f"steps/{int(row.term[4:]) - 1}/{STEP[row.stat]}")
    if row.term == "(Intercept)":
        return Figure(call, "model/intercept/" + TERM[row.stat], tolerance=1e-8)
    return Figure(call, term_path(row.term, TERM[row.stat]))


def logistic(row):
    value, predictors = row.vars.split("~")
    columns = None
    if value == "woman":
        columns = {"woman": lambda line: int(line["gender"]) - 1 if line["gender"] else ""}
    call = Call("logistic-regression", row.data, value=[value], predictor=predictors.split("+"),
                columns=columns, columns_key="woman" if columns else "")
    return find(row, call, LOGISTIC, LOGISTIC_TERM)


HANDLERS = {
    "regression": regression, "regression_model": regression_model,
    "regression_steps": regression_steps, "logistic": logistic,
}
