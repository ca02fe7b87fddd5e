# SPDX-License-Identifier: GPL-3.0-or-later
#
# Writes own-describe.tsv, own-change.tsv and own-raters.tsv, and their data in r/: case weights,
# frequencies and autocorrelation; change of single cases; agreement of raters.
#
# Integer weights are done by base R on the data with each row repeated (rep), which is what a
# frequency weight means, and by Hmisc's wtd.* functions.

suppressMessages ({
  library (e1071)
  library (Hmisc)
  library (psych)
  library (vcd)
})
source ("table.R")

# Data ---------------------------------------------------------------------------------------------

set.seed (20261122)
weights <- data.frame (
  answer = sample (c (1:5, NA), 90, TRUE, c (1, 2, 4, 3, 2, 1)),
  score = round (rnorm (90, 50, 10), 2),
  team = sample (c ("a", "b", "c"), 90, TRUE, c (5, 3, 1)),
  whole = sample (c (0, 1, 2, 3, 7, NA, -1), 90, TRUE, c (1, 5, 4, 3, 1, 1, 1)),
  part = round (rexp (90), 3))
weights$score[c (4, 17, 60)] <- NA
weights <- write (weights, "own_weights.csv")

codes <- data.frame (first = sample (1:4, 150, TRUE, c (4, 3, 2, 1)))
codes$second <- ifelse (runif (150) < 0.6, codes$first, sample (1:4, 150, TRUE))
# the second coder never uses 3
codes$without3 <- ifelse (codes$second == 3, 2, codes$second)
codes$first[c (3, 50, 99)] <- NA
codes$second[c (50, 120)] <- NA
codes <- write (codes, "own_codes.csv")

spread <- function (table) {
  table <- as.data.frame (as.table (table), stringsAsFactors = FALSE)
  table <- table[rep (seq_len (nrow (table)), table$Freq), ]
  data.frame (a = table[[1]], b = table[[2]])
}
fun <- unclass (SexualFun)
dimnames (fun) <- list (1:4, 1:4)
fun <- write (spread (fun), "own_sexualfun.csv")
ms <- unclass (MSPatients[, , 1])
dimnames (ms) <- list (1:4, 1:4)
ms <- write (spread (ms), "own_mspatients.csv")

before <- round (rnorm (45, 18, 6), 1)
change <- data.frame (before = before, after = round (before + rnorm (45, 5, 6), 1))
change$after[c (7, 31)] <- NA
change$before[12] <- NA
change <- write (change, "own_change.csv")

goals <- data.frame (score = c (1, 1, 1, -1, 0, 2, 1, -2, NA, 0.5),
                     weight = c (1, 2, 3, 4, 1, 2.5, NA, 1, 2, 3))
goals <- write (goals, "own_goals.csv")
# a person with goals of equal weight, one of them open; and one with many unequal ones
goals_few <- write (data.frame (score = c (-1, NA, 2, 0), weight = c (2, 2, 2, 2)), "own_goals_few.csv")
goals_many <- write (data.frame (score = c (2, 2, -2, 1, 0, -1, 1, NA, 2, -1, 0, 1),
                                 weight = c (10, 0.5, 4, 7, 1, 3, 2.25, 6, 8, 1, 5, 9)), "own_goals_many.csv")

case <- rnorm (28, 6, 1.5)
family <- data.frame (case = 1:28, sapply (c (mother = 0, father = -1, youth = -2, worker = 0.5), function (d)
  round (pmin (10, pmax (0, case + d + rnorm (28))), 1)))
family$father[sample (28, 9)] <- NA
family$youth[sample (28, 6)] <- NA
family[5, c ("mother", "father", "youth")] <- NA
family[9, -1] <- NA
family <- write (family, "own_family.csv")

# Describe -----------------------------------------------------------------------------------------

describe_values <- function (case, data, vars, term, x, n_missing, how) {
  put <- function (stat, value, source)
    add (case, data, "describe_weighted", vars, term, stat, value, paste (how, source))
  n <- length (x)
  put ("n", n, "length")
  put ("n_missing", n_missing, "is.na")
  put ("mean", mean (x), "mean")
  put ("sum", sum (x), "sum")
  put ("sd", sd (x), "sd")
  put ("variance", var (x), "var")
  ci <- t.test (x)$conf.int
  put ("ci_low", ci[1], "t.test")
  put ("ci_high", ci[2], "t.test")
  put ("median", median (x), "median")
  for (type in c (2, 6, 7))
    for (p in c (5, 25, 75, 95))
      put (sprintf ("p%02d_type%d", p, type), quantile (x, p / 100, type = type), "quantile")
  put ("hinge_low", fivenum (x)[2], "fivenum")
  put ("hinge_high", fivenum (x)[4], "fivenum")
  for (type in 1:3) {
    put (sprintf ("skewness_type%d", type), e1071::skewness (x, type = type), "e1071::skewness")
    put (sprintf ("kurtosis_type%d", type), e1071::kurtosis (x, type = type), "e1071::kurtosis")
  }
  count <- table (x)
  put ("mode", min (as.numeric (names (count))[count == max (count)]), "table")
  put ("mode_count", max (count), "table")
  put ("n_modes", sum (count == max (count)), "table")
}

repeated <- function (case, data, table, value, weight, group = NULL) {
  for (level in c ("all", if (!is.null (group)) sort (unique (table[[group]])))) {
    part <- if (level == "all") table else table[table[[group]] == level, ]
    w <- if (is.null (weight)) rep (1, nrow (part)) else part[[weight]]
    kept <- !is.na (w) & w > 0
    x <- rep (part[[value]][kept], w[kept])
    describe_values (case, data, paste (c (value, weight), collapse = " * "),
                     if (level == "all") level else paste0 (group, "=", level),
                     x[!is.na (x)], sum (is.na (x)), "of rep (x, w):")
  }
}
repeated ("weights", "own_weights.csv", weights, "answer", "whole", "team")
repeated ("weights", "own_weights.csv", weights, "score", "whole", "team")
repeated ("weights", "own_weights.csv", weights, "score", NULL, "team")
repeated ("warpbreaks", "warpbreaks.csv", read ("warpbreaks.csv"), "breaks", NULL, "tension")
bfi <- read ("bfi_keyed.csv")
repeated ("bfi", "bfi_keyed.csv", bfi, "N1", "education")
repeated ("bfi", "bfi_keyed.csv", bfi, "age", "O1")

# Fractional weights: the sum of weights as n, which is what Hmisc does.
fractions <- function (case, data, table, value, weight) {
  kept <- !is.na (table[[weight]]) & table[[weight]] > 0 & !is.na (table[[value]])
  x <- table[[value]][kept]
  w <- table[[weight]][kept]
  put <- function (stat, number, source)
    add (case, data, "describe_weighted", paste (value, "*", weight), "all", stat, number, source)
  put ("n", sum (w), "sum")
  put ("mean", wtd.mean (x, w), "Hmisc::wtd.mean")
  put ("variance", wtd.var (x, w), "Hmisc::wtd.var")
  for (p in c (5, 25, 75, 95))
    put (sprintf ("p%02d_type7", p), wtd.quantile (x, w, p / 100), "Hmisc::wtd.quantile")
}
fractions ("weights", "own_weights.csv", weights, "score", "part")
fractions ("weights", "own_weights.csv", weights, "answer", "part")
fractions ("bfi", "bfi_keyed.csv", bfi, "N3", "age")
sleep <- read ("sleep.csv")
fractions ("sleep", "sleep.csv", transform (sleep, ID = as.numeric (ID)), "extra", "ID")

count <- function (case, data, table, value, weight = NULL) {
  w <- if (is.null (weight)) rep (1, nrow (table)) else table[[weight]]
  kept <- !is.na (w) & w > 0
  x <- rep (table[[value]][kept], w[kept])
  counts <- table (x)
  shares <- 100 * prop.table (counts)
  vars <- paste (c (value, weight), collapse = " * ")
  for (level in names (counts)) {
    put <- function (stat, number, source)
      add (case, data, "frequencies", vars, level, stat, number, source)
    put ("count", counts[[level]], "table")
    put ("percent", 100 * prop.table (table (x, useNA = "always"))[[level]], "prop.table")
    put ("valid_percent", shares[[level]], "prop.table")
    put ("cumulative_percent", cumsum (shares)[[level]], "cumsum")
  }
  add (case, data, "frequencies", vars, "all", "n_missing", sum (is.na (x)), "is.na")
  add (case, data, "frequencies", vars, "all", "missing_percent", 100 * mean (is.na (x)), "mean")
}
count ("weights", "own_weights.csv", weights, "answer")
count ("weights", "own_weights.csv", weights, "answer", "whole")
count ("bfi", "bfi_keyed.csv", bfi, "education")
count ("warpbreaks", "warpbreaks.csv", read ("warpbreaks.csv"), "breaks")

neighbours <- function (case, data, value) {
  x <- read (data)[[value]]
  r <- acf (x, lag.max = 1, plot = FALSE, na.action = na.pass)$acf[2]
  add (case, data, "autocorrelation", value, "all", "r", r, "acf (na.action = na.pass)")
}
neighbours ("weights", "own_weights.csv", "score")
neighbours ("weights", "own_weights.csv", "answer")
neighbours ("bfi", "bfi_keyed.csv", "N4")
neighbours ("attitude", "attitude.csv", "rating")
neighbours ("change", "own_change.csv", "after")

finish ("own-describe.tsv", c ("e1071", "Hmisc"))

# Change -------------------------------------------------------------------------------------------

# No package computes these: arithmetic of base R, written out from the formula of the source.
reliable <- function (case, data, table, vars, reliability, sd = NULL, confidence = 0.95,
                      root = sqrt (2), lower = FALSE) {
  table <- table[vars]
  both <- complete.cases (table)
  norm <- if (is.null (sd)) stats::sd (table[both, 1]) else sd
  error <- root * norm * sqrt (1 - reliability)
  criterion <- qnorm (1 - (1 - confidence) / 2)
  rci <- (table[[2]] - table[[1]]) / error
  verdict <- sign (if (lower) -rci else rci) * (abs (rci) > criterion)
  term <- sprintf ("reliability=%g sd=%g confidence=%g variant=%d better=%d", reliability,
                   if (is.null (sd)) 0 else sd, confidence, if (root == 1) 1 else 0, lower)
  put <- function (stat, value)
    add (case, data, "reliable_change", paste (vars, collapse = " "), term, stat, value,
         "base R, formula of Jacobson & Truax (1991)")
  put ("n", sum (both))
  put ("n_missing", sum (!both))
  put ("sd", norm)
  put ("se_difference", error)
  put ("smallest_reliable_change", criterion * error)
  put ("n_improved", sum (verdict == 1, na.rm = TRUE))
  put ("n_deteriorated", sum (verdict == -1, na.rm = TRUE))
  put ("n_unchanged", sum (verdict == 0, na.rm = TRUE))
  for (i in head (which (both), 12)) put (paste0 ("rci_", i), rci[i])
}
attitude <- read ("attitude.csv")
reliable ("change", "own_change.csv", change, c ("before", "after"), 0.8)
reliable ("change", "own_change.csv", change, c ("before", "after"), 0.88, 7.5)
reliable ("change", "own_change.csv", change, c ("before", "after"), 0.88, 7.5, 0.9, 1)
reliable ("change", "own_change.csv", change, c ("before", "after"), 0.7, lower = TRUE)
reliable ("attitude", "attitude.csv", attitude, c ("rating", "complaints"), 0.75)
reliable ("attitude", "attitude.csv", attitude, c ("raises", "advance"), 0.9, 10, 0.8)
reliable ("bfi", "bfi_keyed.csv", bfi, c ("N1", "N2"), 0.6, confidence = 0.68)

error_of <- function (case, data, vars, x, reliability, score = mean (x), confidence = 0.95) {
  sem <- sd (x) * sqrt (1 - reliability)
  z <- qnorm (1 - (1 - confidence) / 2)
  term <- sprintf ("reliability=%g confidence=%g%s", reliability, confidence,
                   if (score == mean (x)) "" else sprintf (" score=%g", score))
  put <- function (stat, value)
    add (case, data, "measurement_error", vars, term, stat, value, "base R, formula")
  put ("sem", sem)
  put ("smallest_detectable_change", z * sqrt (2) * sem)
  put ("score_ci_low", score - z * sem)
  put ("score_ci_high", score + z * sem)
}
error_of ("change", "own_change.csv", "before", na.omit (change$before), 0.8)
error_of ("change", "own_change.csv", "after", na.omit (change$after), 0.91, 25, 0.9)
error_of ("attitude", "attitude.csv", "rating", attitude$rating, 0.75)
error_of ("bfi", "bfi_keyed.csv", "N5", na.omit (bfi$N5), 0)

attainment <- function (case, data, x, w, vars, rho = 0.3) {
  kept <- !is.na (x) & !is.na (w) & w > 0
  x <- x[kept]
  w <- w[kept]
  t <- 50 + 10 * sum (w * x) / sqrt ((1 - rho) * sum (w^2) + rho * sum (w)^2)
  add (case, data, "goal_attainment", vars, sprintf ("rho=%g", rho), "t", t,
       "base R, formula of Kiresuk & Sherman (1968)")
}
ones <- rep (1, nrow (goals))
attainment ("goals", "own_goals.csv", goals$score, goals$weight, "score * weight")
attainment ("goals", "own_goals.csv", goals$score, ones, "score")
attainment ("goals", "own_goals.csv", goals$score, goals$weight, "score * weight", 0)
attainment ("goals", "own_goals.csv", goals$score, goals$weight, "score * weight", 1)
attainment ("goals", "own_goals.csv", goals$score[1:3], ones[1:3], "first three")
for (rho in c (0.3, 0, 0.5)) {
  attainment ("goals_few", "own_goals_few.csv", goals_few$score, goals_few$weight, "score * weight", rho)
  attainment ("goals_many", "own_goals_many.csv", goals_many$score, goals_many$weight, "score * weight", rho)
}

between <- function (case, data, table, raters) {
  x <- as.matrix (table[raters])
  kept <- rowSums (!is.na (x)) >= 2
  long <- data.frame (y = c (x[kept, ]), case = factor (rep (which (kept), length (raters))))
  within <- summary (aov (y ~ case, long))[[1]]["Residuals", "Mean Sq"]
  sds <- apply (x[kept, ], 1, sd, na.rm = TRUE)
  ranges <- apply (x[kept, ], 1, function (r) diff (range (r, na.rm = TRUE)))
  put <- function (stat, value, source)
    add (case, data, "rater_spread", paste (raters, collapse = " "), "all", stat, value, source)
  put ("n_cases", sum (kept), "is.na")
  put ("n_left_out", sum (!kept), "is.na")
  put ("sd_within", sqrt (within), "summary (aov)")
  put ("mean_sd", mean (sds), "sd")
  put ("mean_range", mean (ranges), "range")
  put ("largest_range", max (ranges), "range")
  for (i in head (seq_along (sds), 10)) {
    put (paste0 ("sd_", which (kept)[i]), sds[i], "sd")
    put (paste0 ("mean_", which (kept)[i]), rowMeans (x, na.rm = TRUE)[kept][i], "rowMeans")
  }
}
shrout <- read ("shroutfleiss.csv")
between ("family", "own_family.csv", family, names (family)[-1])
between ("family", "own_family.csv", family, c ("mother", "youth"))
between ("shroutfleiss", "shroutfleiss.csv", shrout, names (shrout))
between ("bfi", "bfi_keyed.csv", bfi, paste0 ("N", 1:5))

finish ("own-change.tsv", character ())

# Raters -------------------------------------------------------------------------------------------

intraclass <- function (case, data, table, judges, alpha = 0.05) {
  x <- table[judges]
  result <- suppressWarnings (psych::ICC (x[complete.cases (x), ], alpha = alpha, lmer = FALSE))
  names <- c ("icc1_1", "icc2_1", "icc3_1", "icc1_k", "icc2_k", "icc3_k")
  for (i in 1:6) {
    it <- result$results[i, ]
    put <- function (stat, value)
      add (case, data, "icc_raters", paste (judges, collapse = " "),
           sprintf ("%s confidence=%g", names[i], 1 - alpha), stat, value, "psych::ICC")
    put ("icc", it$ICC)
    put ("f", it$F)
    put ("df1", it$df1)
    put ("df2", it$df2)
    put ("p", it$p)
    put ("ci_low", it$"lower bound")
    put ("ci_high", it$"upper bound")
  }
}
intraclass ("shroutfleiss", "shroutfleiss.csv", shrout, names (shrout))
intraclass ("shroutfleiss", "shroutfleiss.csv", shrout, names (shrout), 0.1)
intraclass ("attitude", "attitude.csv", attitude, names (attitude))
intraclass ("family", "own_family.csv", family, names (family)[-1])
intraclass ("family", "own_family.csv", family, c ("mother", "worker"))
intraclass ("bfi", "bfi_keyed.csv", bfi, paste0 ("N", 1:5))

# κ and its error by vcd; those of unweighted κ are held against psych, whose error of weighted κ is
# another one than that of Fleiss, Cohen and Everitt where the margins differ. The error if κ
# were 0 is vcd's error for the table of expected counts.
agree <- function (case, data, table, vars, levels, alpha = 0.05) {
  kept <- complete.cases (table[vars])
  counts <- table (factor (table[kept, vars[1]], levels), factor (table[kept, vars[2]], levels))
  counts <- matrix (counts, length (levels))
  n <- sum (counts)
  chance <- outer (rowSums (counts), colSums (counts)) / n
  index <- seq_along (levels)
  for (how in c ("none", "linear", "quadratic")) {
    weights <- if (how == "quadratic") "Fleiss-Cohen" else "Equal-Spacing"
    part <- if (how == "none") "Unweighted" else "Weighted"
    k <- vcd::Kappa (counts, weights)[[part]]
    se0 <- vcd::Kappa (chance, weights)[[part]][["ASE"]]
    w <- switch (how, none = diag (length (levels)),
                 1 - abs (outer (index, index, "-") / (length (levels) - 1))^(if (how == "linear") 1 else 2))
    if (how == "none") {
      other <- psych::cohen.kappa (counts, n.obs = n)
      stopifnot (all.equal (c (other$kappa, other$var.kappa), c (k[["value"]], k[["ASE"]]^2),
                            tolerance = 1e-9))
    }
    put <- function (stat, value, source)
      add (case, data, "kappa", paste (vars, collapse = " "),
           sprintf ("%s confidence=%g", how, 1 - alpha), stat, value, source)
    put ("n", n, "complete.cases")
    put ("kappa", k[["value"]], "vcd::Kappa")
    put ("se", k[["ASE"]], "vcd::Kappa")
    put ("ci_low", k[["value"]] - qnorm (1 - alpha / 2) * k[["ASE"]], "vcd::Kappa, qnorm")
    put ("ci_high", k[["value"]] + qnorm (1 - alpha / 2) * k[["ASE"]], "vcd::Kappa, qnorm")
    put ("se0", se0, "vcd::Kappa of the expected counts")
    put ("z", k[["value"]] / se0, "vcd::Kappa of the expected counts")
    put ("p", 2 * pnorm (-abs (k[["value"]] / se0)), "pnorm")
    put ("agreement", sum (w * counts) / n, "sum")
    put ("expected", sum (w * chance) / n, "sum")
  }
}
agree ("codes", "own_codes.csv", codes, c ("first", "second"), 1:4)
agree ("codes", "own_codes.csv", codes, c ("first", "without3"), 1:4, 0.1)
agree ("sexualfun", "own_sexualfun.csv", fun, c ("a", "b"), 1:4)
agree ("mspatients", "own_mspatients.csv", ms, c ("a", "b"), 1:4)
agree ("bfi", "bfi_keyed.csv", bfi, c ("N1", "N2"), 1:6)

finish ("own-raters.tsv", c ("psych", "vcd"))
