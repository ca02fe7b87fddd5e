# SPDX-License-Identifier: GPL-3.0-or-later
#
# Writes own-more.tsv and its data in r/: what r/reference.tsv lacks of several means. Friedman's
# test, repeated measures, covariance.
#
# R 4.2.2 (mauchly.test, and car after it) has 3 k with k occasions where Box's term has 3 p with
# p = k - 1 contrasts: those p values stand here as mauchly_p_R.
#
# Iman and Davenport's F is the analysis of variance of the ranks within cases, which base R has.

suppressMessages ({
  library (car)
  library (afex)
  library (effectsize)
  library (rstatix)
})
source ("table.R")

set.seed (20240611)
n <- 27
level <- rnorm (n, 50, 9)
step <- matrix (rnorm (n * 5, 0, rep (c (1, 2, 3, 5, 7), each = n)), n)
made <- as.data.frame (round (level + t (apply (step, 1, cumsum)) + rep (c (0, 1, 1, 3, 5), each = n), 2))
names (made) <- paste0 ("t", 1:5)
made[3, 2] <- NA
made[11, 5] <- NA
made[11, 1] <- NA
made[20, 3] <- NA
write (made, "more_repeated.csv")

likert <- as.data.frame (matrix (pmin (pmax (round (rnorm (40 * 4, 3 + rep (c (0, 0.3, 0.6, 0), each = 40), 1.1)), 1), 5), 40))
names (likert) <- c ("a", "b", "c", "d")
likert[cbind (c (2, 9, 9, 33), c (1, 2, 4, 3))] <- NA
write (likert, "more_likert.csv")

group <- rep (c ("north", "east", "south", "west"), c (14, 9, 21, 6))
x <- round (rnorm (50, 30, 6) + 3 * (group == "south"), 1)
z <- round (1000 + rnorm (50, 0, 2) + 0.2 * x, 2)
y <- round (200 + 1.4 * x - 2 * (z - 1000) + 5 * (group == "east") + rnorm (50, 0, 6), 2)
made <- data.frame (y, group, x, z)
made$y[c (5, 30)] <- NA
made$x[c (17, 41)] <- NA
made$group[22] <- NA
write (made, "more_ancova.csv")

# car's tables of a wide matrix, cases by columns
model_within <- function (wide, columns) {
  wide <- as.matrix (wide)
  model <- Anova (lm (wide ~ 1), idata = data.frame (occasion = factor (columns, columns)),
                  idesign = ~ occasion, type = 3)
  suppressWarnings (summary (model, multivariate = FALSE))
}
within_cases <- function (wide, columns) model_within (wide, columns)$univariate.tests

# T. W. Anderson, An Introduction to Multivariate Statistical Analysis (2003) 10.7.4
box_p <- function (w, p, df) {
  rho <- 1 - (2 * p^2 + p + 2) / (6 * p * df)
  omega <- (p + 2) * (p - 1) * (p - 2) * (2 * p^3 + 6 * p^2 + 3 * p + 2) / (288 * (p * df * rho)^2)
  z <- -df * rho * log (w)
  f <- p * (p + 1) / 2 - 1
  first <- pchisq (z, f, lower.tail = FALSE)
  first + omega * (pchisq (z, f + 4, lower.tail = FALSE) - first)
}

# Friedman

friedman <- function (case, data, columns) {
  vars <- paste (columns, collapse = " ")
  put <- function (term, stat, value, source) add (case, data, "friedman", vars, term, stat, value, source)
  x <- na.omit (read (data)[columns])
  test <- friedman.test (as.matrix (x))
  put ("all", "n", nrow (x), "na.omit")
  put ("all", "chi2", unname (test$statistic), "friedman.test")
  put ("all", "df", unname (test$parameter), "friedman.test")
  put ("all", "p", test$p.value, "friedman.test")
  long <- data.frame (score = unlist (x, use.names = FALSE), case = factor (rep (seq_len (nrow (x)), ncol (x))),
                      occasion = factor (rep (columns, each = nrow (x)), columns))
  put ("all", "kendall_w", friedman_effsize (long, score ~ occasion | case)$effsize[[1]],
       "rstatix::friedman_effsize")
  ranks <- t (apply (x, 1, rank))
  table <- within_cases (ranks, columns)
  put ("all", "iman_davenport_F", table["occasion", "F value"], "car::Anova of ranks")
  put ("all", "iman_davenport_df1", table["occasion", "num Df"], "car::Anova of ranks")
  put ("all", "iman_davenport_df2", table["occasion", "den Df"], "car::Anova of ranks")
  put ("all", "iman_davenport_p", table["occasion", "Pr(>F)"], "car::Anova of ranks")
  for (name in columns) put (name, "mean_rank", mean (ranks[, name]), "rank")
}

# Repeated measures

repeated <- function (case, data, columns) {
  vars <- paste (columns, collapse = " ")
  put <- function (term, stat, value, source) add (case, data, "anova_repeated", vars, term, stat, value, source)
  x <- na.omit (read (data)[columns])
  k <- length (columns)
  put ("all", "n", nrow (x), "na.omit")
  for (name in columns) {
    put (name, "mean", mean (x[[name]]), "mean")
    put (name, "sd", sd (x[[name]]), "sd")
  }
  long <- data.frame (score = unlist (x, use.names = FALSE), case = factor (rep (seq_len (nrow (x)), k)),
                      occasion = factor (rep (columns, each = nrow (x)), columns))
  result <- model_within (x, columns)
  table <- result$univariate.tests
  put ("all", "ss_cases", table["(Intercept)", "Error SS"], "car::Anova")
  put ("all", "ss_occasions", table["occasion", "Sum Sq"], "car::Anova")
  put ("all", "ss_error", table["occasion", "Error SS"], "car::Anova")
  put ("all", "F", table["occasion", "F value"], "car::Anova")
  put ("all", "df1", table["occasion", "num Df"], "car::Anova")
  put ("all", "df2", table["occasion", "den Df"], "car::Anova")
  put ("all", "p", table["occasion", "Pr(>F)"], "car::Anova")
  for (effect in c ("pes", "ges")) {
    fit <- aov_ez ("case", "score", long, within = "occasion",
                   anova_table = list (es = effect, correction = "none"))
    put ("all", effect, fit$anova_table["occasion", effect], "afex::aov_ez")
  }
  if (k < 3) return ()
  put ("all", "mauchly_W", result$sphericity.tests["occasion", "Test statistic"], "car::Anova")
  w <- result$sphericity.tests["occasion", "Test statistic"]
  put ("all", "mauchly_p_R", result$sphericity.tests["occasion", "p-value"], "car::Anova")
  put ("all", "mauchly_p", box_p (w, k - 1, nrow (x) - 1), "Anderson (2003) 10.7, from car's W")
  gg <- result$pval.adjustments["occasion", "GG eps"]
  put ("all", "gg_epsilon", gg, "car::Anova")
  put ("all", "gg_p", result$pval.adjustments["occasion", "Pr(>F[GG])"], "car::Anova")
  put ("all", "hf_epsilon", result$pval.adjustments["occasion", "HF eps"], "car::Anova")
  put ("all", "hf_p", result$pval.adjustments["occasion", "Pr(>F[HF])"], "car::Anova")
  corrected <- aov_ez ("case", "score", long, within = "occasion",
                       anova_table = list (es = "none", correction = "GG"))$anova_table
  put ("all", "gg_df1", corrected["occasion", "num Df"], "afex::aov_ez")
  put ("all", "gg_df2", corrected["occasion", "den Df"], "afex::aov_ez")
}

# Covariance

ancova <- function (case, data, outcome, group, covariates) {
  vars <- paste0 (outcome, "~", group, "+", paste (covariates, collapse = "+"))
  put <- function (term, stat, value, source) add (case, data, "ancova", vars, term, stat, value, source)
  x <- na.omit (read (data)[c (outcome, group, covariates)])
  names (x)[1:2] <- c ("y", "g")
  x$g <- factor (x$g)
  contrasts (x$g) <- contr.sum (nlevels (x$g))
  sum_of <- paste (covariates, collapse = " + ")
  fit <- lm (as.formula (paste ("y ~ g +", sum_of)), x)
  table <- Anova (fit, type = 3)
  partial <- effectsize::eta_squared (table, partial = TRUE, ci = NULL)
  share <- function (name) partial$Eta2[partial$Parameter == name]
  put ("all", "n", nrow (x), "na.omit")
  put ("all", "ss_error", table["Residuals", "Sum Sq"], "car::Anova(type=3)")
  put ("all", "df_error", table["Residuals", "Df"], "car::Anova(type=3)")
  put ("all", "r2", summary (fit)$r.squared, "summary.lm")
  put ("all", "group_ss", table["g", "Sum Sq"], "car::Anova(type=3), contr.sum")
  put ("all", "group_df", table["g", "Df"], "car::Anova(type=3), contr.sum")
  put ("all", "group_F", table["g", "F value"], "car::Anova(type=3), contr.sum")
  put ("all", "group_p", table["g", "Pr(>F)"], "car::Anova(type=3), contr.sum")
  put ("all", "group_partial_eta2", share ("g"), "effectsize::eta_squared")
  slopes <- anova (fit, lm (as.formula (paste0 ("y ~ g * (", sum_of, ")")), x))
  put ("all", "slopes_ss", slopes[2, "Sum of Sq"], "anova of two lm")
  put ("all", "slopes_df", slopes[2, "Df"], "anova of two lm")
  put ("all", "slopes_F", slopes[2, "F"], "anova of two lm")
  put ("all", "slopes_p", slopes[2, "Pr(>F)"], "anova of two lm")
  limits <- confint (fit)
  for (name in covariates) {
    put (name, "b", coef (fit)[[name]], "lm")
    put (name, "se", summary (fit)$coefficients[name, "Std. Error"], "summary.lm")
    put (name, "b_ci_lower", limits[name, 1], "confint")
    put (name, "b_ci_upper", limits[name, 2], "confint")
    put (name, "ss", table[name, "Sum Sq"], "car::Anova(type=3)")
    put (name, "F", table[name, "F value"], "car::Anova(type=3)")
    put (name, "p", table[name, "Pr(>F)"], "car::Anova(type=3)")
    put (name, "partial_eta2", share (name), "effectsize::eta_squared")
  }
  at <- data.frame (g = factor (levels (x$g), levels (x$g)))
  for (name in covariates) at[[name]] <- mean (x[[name]])
  adjusted <- predict (fit, at, se.fit = TRUE, interval = "confidence")
  for (i in seq_len (nrow (at))) {
    put (levels (x$g)[i], "adjusted_mean", adjusted$fit[i, "fit"], "predict.lm at mean covariates")
    put (levels (x$g)[i], "adjusted_se", adjusted$se.fit[[i]], "predict.lm at mean covariates")
    put (levels (x$g)[i], "adjusted_ci_lower", adjusted$fit[i, "lwr"], "predict.lm at mean covariates")
    put (levels (x$g)[i], "adjusted_ci_upper", adjusted$fit[i, "upr"], "predict.lm at mean covariates")
  }
}

items <- paste0 ("N", 1:5)
judges <- paste0 ("J", 1:4)
aspects <- c ("rating", "complaints", "learning", "advance")
times <- paste0 ("t", 1:5)
for (run in list (friedman, repeated)) {
  run ("bfi_neuroticism", "bfi_keyed.csv", items)
  run ("shroutfleiss", "shroutfleiss.csv", judges)
  run ("attitude", "attitude.csv", aspects)
  run ("attitude_two", "attitude.csv", aspects[c (1, 4)])
  run ("more_repeated", "more_repeated.csv", times)
  run ("more_likert", "more_likert.csv", c ("a", "b", "c", "d"))
}
ancova ("toothgrowth", "toothgrowth.csv", "len", "supp", "dose")
ancova ("bfi_N", "bfi_scales.csv", "N", "education", c ("age", "A"))
ancova ("more_ancova", "more_ancova.csv", "y", "group", c ("x", "z"))
ancova ("more_ancova_one", "more_ancova.csv", "y", "group", "x")

finish ("own-more.tsv", c ("car", "afex", "effectsize", "rstatix"))
