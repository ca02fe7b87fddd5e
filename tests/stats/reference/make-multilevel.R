# SPDX-License-Identifier: GPL-3.0-or-later
#
# Reference figures of the random-intercept model, computed by lme4, lmerTest,
# nlme and performance. Writes own-multilevel.tsv and r/multilevel_sleep.csv; reads data that
# make-regression.R makes.
#
# lme4 minimises a deviance, which tells its argument to half the digits of a
# double. Here lme4 is handed an optimiser that finds the zero of the derivative
# of the same deviance (numDeriv, Richardson): theta is then right to 10 digits
# or so, and everything else is lme4's own.

suppressMessages({
  library(lme4)
  library(lmerTest)
  library(numDeriv)
  library(performance)
})

source("table.R")

set.seed(20240312)
sleepy <- sleepstudy
names(sleepy) <- c("reaction", "days", "subject")
sleepy$reaction[sample(180, 15)] <- NA
sleepy$days[sample(180, 4)] <- NA
sleepy$night <- round(rnorm(18, 7, 1.1), 1)[as.integer(sleepy$subject)]
sleepy <- sleepy[-sample(180, 12), ]
write(sleepy, "multilevel_sleep.csv")

by_derivative <- function(fn, par, lower, upper, control, ...) {
  slope <- function(theta) grad(function(t) fn(t), theta, method.args = list(d = 0.05, r = 8))
  start <- optimize(fn, c(0, 20))$minimum
  theta <- if (start < 1e-3) 0 else
    uniroot(slope, c(start * 0.9, start * 1.1), extendInt = "upX", tol = 1e-15)$root
  list(par = theta, fval = fn(theta), conv = 0, message = "", feval = 0)
}
control <- lmerControl(optimizer = by_derivative, calc.derivs = FALSE,
                       check.conv.singular = "ignore", check.conv.grad = "ignore",
                       check.conv.hess = "ignore")

fit <- function(case, data, value, predictors, cluster, reml = TRUE) {
  frame <- read(data)
  frame <- frame[complete.cases(frame[c(value, predictors, cluster)]), ]
  formula <- reformulate(c(if (length(predictors)) predictors else "1", paste0("(1|", cluster, ")")),
                         value)
  model <- lmerTest::lmer(formula, frame, REML = reml, control = control)
  vars <- paste0(value, "~", paste(predictors, collapse = "+"), "|", cluster, "|",
                 if (reml) "reml" else "ml")
  row <- function(term, stat, figure, source)
    add(case, data, "random_intercept", vars, term, stat, format(figure, digits = 16, trim = TRUE),
        source)

  table <- coef(summary(model, ddf = "Satterthwaite"))
  for (i in seq_len(nrow(table)))
    for (k in 1:5)
      row(rownames(table)[i], c("b", "se", "df", "t", "p")[k], table[i, k], "lmerTest")
  variances <- as.data.frame(VarCorr(model))
  row("model", "between_variance", variances$vcov[1], "lme4::VarCorr")
  row("model", "within_variance", variances$vcov[2], "lme4::VarCorr")
  row("model", "between_sd", variances$sdcor[1], "lme4::VarCorr")
  row("model", "within_sd", variances$sdcor[2], "lme4::VarCorr")
  row("model", "icc", if (variances$vcov[1] > 0) icc(model)$ICC_adjusted else 0, "performance::icc")
  row("model", "log_likelihood", as.numeric(logLik(model)), "lme4")
  row("model", "aic", AIC(model), "lme4")
  row("model", "bic", BIC(model), "lme4")
  row("model", "n", nobs(model), "lme4")
  row("model", "n_clusters", ngrps(model), "lme4")
  row("model", "mean_cluster_size", mean(table(frame[[cluster]])), "base R")
  row("model", "chi2_between", if (variances$vcov[1] > 0) ranova(model)[2, "LRT"] else 0, "lmerTest::ranova")

  # the ends of the profile: where lme4's own deviance has risen by the quantile of chi-squared
  deviance <- lme4::lmer(formula, frame, REML = reml, devFunOnly = TRUE)
  theta <- getME(model, "theta")
  level <- deviance(theta) + qchisq(0.95, 1)
  above <- function(t) deviance(t) - level
  high <- uniroot(above, c(theta, theta + 5), extendInt = "upX", tol = 1e-15)$root
  low <- if (above(0) <= 0) 0 else uniroot(above, c(0, theta), tol = 1e-15)$root
  row("model", "icc_low", low^2 / (1 + low^2), "lme4 devfun, uniroot")
  row("model", "icc_high", high^2 / (1 + high^2), "lme4 devfun, uniroot")

  # nlme, another program for the same, as far as it goes
  again <- nlme::lme(reformulate(if (length(predictors)) predictors else "1", value),
                     data = frame, random = as.formula(paste("~1|", cluster)),
                     method = if (reml) "REML" else "ML",
                     control = nlme::lmeControl(msTol = 1e-15, tolerance = 1e-15, niterEM = 200,
                                                returnObject = TRUE))
  row("nlme", "log_likelihood", as.numeric(logLik(again)), "nlme::lme")
  row("nlme", "within_sd", again$sigma, "nlme::lme")
}

for (reml in c(TRUE, FALSE)) {
  fit("sleep", "multilevel_sleep.csv", "reaction", "days", "subject", reml)
  fit("sleep_empty", "multilevel_sleep.csv", "reaction", NULL, "subject", reml)
  fit("made", "regression_made.csv", "score", c("age", "load", "support"), "team", reml)
}
fit("sleep_night", "multilevel_sleep.csv", "reaction", c("days", "night"), "subject")
fit("made_empty", "regression_made.csv", "support", NULL, "team")
fit("made_noise", "regression_made.csv", "noise", NULL, "team")
fit("made_boundary", "regression_made.csv", "load", NULL, "team")
fit("made_boundary", "regression_made.csv", "load", "age", "team", FALSE)
fit("bfi", "bfi_scales.csv", "C", c("age", "N"), "education")
fit("warp", "warpbreaks.csv", "breaks", NULL, "tension")
finish("own-multilevel.tsv", c("lme4", "lmerTest", "nlme", "performance", "numDeriv"))
