# SPDX-License-Identifier: GPL-3.0-or-later
#
# Reference figures of regression: residual checks, powers, no intercept, steps
# and logistic regression, computed by R's own functions and packages.
# Writes own-regression.tsv and its data in r/.

suppressMessages({
  library(lmtest)
  library(e1071)
  library(MASS)
})

source("table.R")

# Data: teams of unequal size, gaps everywhere, decimals and large offsets.
set.seed(20240311)
n <- 137
team <- sample(1:14, n, TRUE, prob = (1:14)^1.2)
age <- round(rnorm(n, 34, 9), 1)
load <- round(rgamma(n, 3, 0.8), 2)
support <- round(0.4 * load + rnorm(14)[team] + rnorm(n), 3)
year <- 2000000 + sample(0:9, n, TRUE)
score <- round(12 + 0.15 * age - 0.8 * load + 0.9 * support + 1.1 * rnorm(14)[team] + rnorm(n, 0, 2), 2)
noise <- round(rnorm(n, 50, 10), 1)
left <- rbinom(n, 1, plogis(-2.2 + 0.05 * age + 0.35 * load - 0.4 * support))
made <- data.frame(score, age, load, support, year, left, noise, team)
for (column in c("score", "age", "load", "support", "left", "noise", "team"))
  made[sample(n, 6), column] <- NA
write(made, "regression_made.csv")
weights <- birthwt[c("low", "age", "lwt", "smoke", "ht", "ui", "bwt")]
weights$lwt[c(3, 60, 118)] <- NA
write(weights, "regression_birthwt.csv")

write_row <- function(case, data, analysis, vars, term, stat, value, source)
  add(case, data, analysis, vars, term, stat, format(value, digits = 17, trim = TRUE), source)

write_terms <- function(case, data, analysis, vars, model, names) {
  table <- coef(summary(model))
  ci <- confint(model)
  for (i in seq_len(nrow(table))) {
    name <- names[i]
    for (k in 1:4)
      write_row(case, data, analysis, vars, name, c("b", "se", "t", "p")[k], table[i, k], "summary.lm")
    write_row(case, data, analysis, vars, name, "ci95_lower", ci[i, 1], "confint")
    write_row(case, data, analysis, vars, name, "ci95_upper", ci[i, 2], "confint")
  }
}

linear <- function(case, data, formula, intercept = "yes", degree = 1) {
  frame <- read(data)
  y <- all.vars(formula)[1]
  x <- all.vars(formula)[-1]
  vars <- paste0(y, "~", paste(x, collapse = "+"), "|intercept=", intercept, "|degree=", degree)
  model <- lm(formula, frame)
  residuals <- rstandard(model)
  s <- summary(model)
  names <- if (degree > 1) paste0("power", seq_len(degree)) else x
  if (intercept == "yes") names <- c("(Intercept)", names)
  write_terms(case, data, "regression_model", vars, model, names)
  figures <- list(
    n = nobs(model), R2 = s$r.squared, adj_R2 = s$adj.r.squared, sigma = s$sigma,
    F = unname(s$fstatistic[1]), df1 = unname(s$fstatistic[2]), df2 = unname(s$fstatistic[3]),
    p = unname(pf(s$fstatistic[1], s$fstatistic[2], s$fstatistic[3], lower.tail = FALSE)),
    log_likelihood = as.numeric(logLik(model)), AIC = AIC(model), BIC = BIC(model),
    durbin_watson = unname(dwtest(model)$statistic), largest_residual = max(abs(residuals)),
    n_beyond_2 = sum(abs(residuals) > 2), n_beyond_3 = sum(abs(residuals) > 3),
    largest_cook = max(cooks.distance(model)), largest_leverage = max(hatvalues(model)),
    skewness = skewness(residuals(model), type = 1), kurtosis = kurtosis(residuals(model), type = 1))
  if (intercept == "yes") {
    bp <- bptest(model)
    figures <- c(figures, list(bp = unname(bp$statistic), bp_df = unname(bp$parameter),
                               bp_p = unname(bp$p.value)))
  }
  for (stat in names(figures))
    write_row(case, data, "regression_model", vars, "model", stat, figures[[stat]],
              "summary.lm, lmtest, e1071")
}

steps <- function(case, data, y, ...) {
  frame <- read(data)
  blocks <- list(...)
  frame <- frame[complete.cases(frame[c(y, unlist(blocks))]), ]
  vars <- paste0(y, "~", paste(sapply(blocks, paste, collapse = "+"), collapse = "|"))
  before <- lm(reformulate("1", y), frame)
  for (k in seq_along(blocks)) {
    model <- lm(reformulate(unlist(blocks[1:k]), y), frame)
    table <- anova(before, model)
    figures <- list(
      R2 = summary(model)$r.squared, adj_R2 = summary(model)$adj.r.squared,
      R2_change = table[2, "Sum of Sq"] / sum((frame[[y]] - mean(frame[[y]]))^2),
      sigma = sigma(model), F_change = table[2, "F"], df1 = table[2, "Df"], df2 = table[2, "Res.Df"],
      p_change = table[2, "Pr(>F)"], F = unname(summary(model)$fstatistic[1]),
      AIC = AIC(model), n = nobs(model))
    for (stat in names(figures))
      if (stat != "AIC" || k == length(blocks))
        write_row(case, data, "regression_steps", vars, paste0("step", k), stat, figures[[stat]],
                  "anova.lm of two models")
    before <- model
  }
  write_terms(case, data, "regression_steps", vars, model, c("(Intercept)", unlist(blocks)))
}

logistic <- function(case, data, y, x, frame = read(data)) {
  vars <- paste0(y, "~", paste(x, collapse = "+"))
  frame <- frame[complete.cases(frame[c(y, x)]), ]
  control <- glm.control(epsilon = 1e-14, maxit = 100)
  model <- glm(reformulate(x, y), binomial, frame, control = control)
  null <- glm(reformulate("1", y), binomial, frame, control = control)
  # one more round from the end: summary.glm takes its covariances from the round before
  model <- update(model, start = coef(model))
  table <- coef(summary(model))
  ci <- confint.default(model)
  for (i in seq_len(nrow(table))) {
    name <- rownames(table)[i]
    for (k in 1:4)
      write_row(case, data, "logistic", vars, name, c("b", "se", "z", "p")[k], table[i, k], "summary.glm")
    write_row(case, data, "logistic", vars, name, "ci95_lower", ci[i, 1], "confint.default")
    write_row(case, data, "logistic", vars, name, "ci95_upper", ci[i, 2], "confint.default")
    write_row(case, data, "logistic", vars, name, "odds_ratio", exp(table[i, 1]), "exp(coef)")
  }
  test <- anova(null, model, test = "LRT")
  guess <- fitted(model) > 0.5
  event <- frame[[y]] == 1
  size <- nobs(model)
  cox_snell <- 1 - exp(-test[2, "Deviance"] / size)
  figures <- list(
    n = size, n_events = sum(event), log_likelihood = as.numeric(logLik(model)),
    null_log_likelihood = as.numeric(logLik(null)), deviance = deviance(model), AIC = AIC(model),
    BIC = BIC(model), chi2 = test[2, "Deviance"], df = test[2, "Df"], p = test[2, "Pr(>Chi)"],
    mcfadden = 1 - as.numeric(logLik(model)) / as.numeric(logLik(null)), cox_snell = cox_snell,
    nagelkerke = cox_snell / (1 - exp(2 * as.numeric(logLik(null)) / size)),
    n_true_positive = sum(guess & event), n_false_positive = sum(guess & !event),
    n_true_negative = sum(!guess & !event), n_false_negative = sum(!guess & event))
  for (stat in names(figures))
    write_row(case, data, "logistic", vars, "model", stat, figures[[stat]], "glm, anova.glm")
}

linear("attitude", "attitude.csv", rating ~ complaints + learning + raises)
linear("made", "regression_made.csv", score ~ age + load + support + year)
linear("birthwt", "regression_birthwt.csv", bwt ~ age + lwt + smoke + ht + ui)
linear("attitude_zero", "attitude.csv", rating ~ 0 + complaints + learning, intercept = "no")
linear("made_zero", "regression_made.csv", score ~ 0 + age + support, intercept = "no")
linear("attitude_square", "attitude.csv", rating ~ complaints + I(complaints^2), degree = 2)
linear("made_cube", "regression_made.csv", score ~ load + I(load^2) + I(load^3), degree = 3)
steps("attitude", "attitude.csv", "rating", c("complaints"), c("learning", "raises"), c("privileges"))
steps("made", "regression_made.csv", "score", c("age", "year"), c("load"), c("support"))
steps("birthwt", "regression_birthwt.csv", "bwt", c("age", "lwt"), c("smoke", "ht", "ui"))
steps("bfi", "bfi_scales.csv", "N", c("gender", "age"), c("A", "C"), c("E", "O"))
logistic("made", "regression_made.csv", "left", c("age", "load", "support"))
logistic("birthwt", "regression_birthwt.csv", "low", c("age", "lwt", "smoke", "ht", "ui"))
bfi <- read("bfi_scales.csv")
bfi$woman <- bfi$gender - 1
logistic("bfi_woman", "bfi_scales.csv", "woman", c("A", "C", "E", "N", "O", "age"), bfi)
finish("own-regression.tsv", c("lmtest", "e1071", "MASS"))
