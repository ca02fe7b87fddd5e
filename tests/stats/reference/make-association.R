# SPDX-License-Identifier: GPL-3.0-or-later
#
# Writes own-association.tsv and its data in r/: what r/reference.tsv lacks of correlations and
# tables of two categories. Exact and permutation p of rank correlations, matrices with Holm's
# adjustment, differences of correlations, Fisher's exact test, odds ratios, the interval of
# Cramér's V.
#
# The exact p with ties is counted over all orders with cor(). Conditional odds ratios are solved
# with dhyper() and uniroot() to the last digits, where fisher.test() is off by up to 7e-3; the interval of
# V likewise with pchisq(ncp), where effectsize stops at 1e-4. Both are held against those here.

suppressMessages ({
  library (psych)
  library (effectsize)
  library (vcd)
})
source ("table.R")

holes <- function (x, n) { x[sample (length (x), n)] <- NA; x }

near <- function (a, b, tolerance) {
  if (abs (a - b) > tolerance * max (1, abs (b))) stop (paste ("differ:", a, b))
}

# Rank correlations

orders <- function (n) {
  if (n == 1) return (matrix (1))
  less <- orders (n - 1)
  do.call (rbind, lapply (1:n, function (i) cbind (i, less + (less >= i))))
}

share_of_orders <- function (x, y, method) {
  found <- abs (cor (x, y, method = method))
  all <- apply (orders (length (x)), 1, function (o) abs (cor (x, y[o], method = method)))
  mean (all > found - 1e-9)
}

ranks <- function (case, name, x, y, ties) {
  data <- read (name)[c (x, y)]
  data <- data[complete.cases (data), ]
  vars <- paste (x, y, sep = ",")
  a <- data[[1]]
  b <- data[[2]]
  small <- if (ties && nrow (data) < 9) "all orders, cor()" else "cor.test(exact=TRUE)"
  put <- function (analysis, stat, value, source)
    add (case, name, analysis, vars, "pairwise", stat, value, source)
  put ("spearman", "n", nrow (data), "complete.cases")
  put ("spearman", "rho", cor (a, b, method = "spearman"), "cor")
  put ("spearman", "p_t_approx", cor.test (rank (a), rank (b))$p.value, "cor.test(rank, rank)")
  put ("kendall", "tau_b", cor (a, b, method = "kendall"), "cor")
  plain <- suppressWarnings (cor.test (a, b, method = "kendall", exact = FALSE))
  corrected <- suppressWarnings (cor.test (a, b, method = "kendall", exact = FALSE,
                                           continuity = TRUE))
  put ("kendall", "z", plain$statistic, "cor.test(exact=FALSE)")
  put ("kendall", "p", plain$p.value, "cor.test(exact=FALSE)")
  put ("kendall", "z_continuity", corrected$statistic, "cor.test(exact=FALSE, continuity=TRUE)")
  put ("kendall", "p_continuity", corrected$p.value, "cor.test(exact=FALSE, continuity=TRUE)")
  if (ties && nrow (data) >= 9) return (invisible ())
  put ("spearman", "p_permutation",
       if (ties) share_of_orders (a, b, "spearman")
       else cor.test (a, b, method = "spearman", exact = TRUE)$p.value, small)
  put ("kendall", "p_exact",
       if (ties) share_of_orders (a, b, "kendall")
       else cor.test (a, b, method = "kendall", exact = TRUE)$p.value, small)
}

set.seed (20261122)
n <- 45
trait <- rnorm (n)
own <- data.frame (
  team = sample (c ("north", "south"), n, TRUE, c (0.65, 0.35)),
  a = holes (round (trait + rnorm (n), 4), 3), b = holes (round (trait + rnorm (n), 4), 4),
  c = holes (round (rnorm (n) - 0.4 * trait, 4), 2), d = holes (round (2 * trait + rnorm (n), 4), 5),
  likert = holes (pmin (5, pmax (1, round (3 + trait + rnorm (n)))), 3),
  few = c (round (trait[1:8], 3), rep (NA, n - 8)),
  tied = c (round (trait[1:6] + rnorm (6)), NA, 2, rep (NA, n - 8)))
own$few[3] <- own$few[5]
own <- write (own, "association.csv")
ten <- write (data.frame (x = c (1.1, 2.7, 0.4, 5.9, 3.3, 8.2, NA, 6.4, 4.1, 7.7, 9.5),
                          y = c (2.1, 1.4, 0.3, 7.7, 3.9, 6.0, 5.5, 9.9, NA, 4.4, 8.1)),
              "association_nine.csv")
for (pair in list (c ("a", "b"), c ("a", "c"), c ("c", "d"), c ("b", "d")))
  ranks ("continuous", "association.csv", pair[1], pair[2], FALSE)
ranks ("likert", "association.csv", "a", "likert", TRUE)
ranks ("few", "association.csv", "few", "tied", TRUE)
ranks ("nine", "association_nine.csv", "x", "y", FALSE)

# Part correlations, with missing values

part <- function (case, name, x, y, controls) {
  data <- read (name)[c (x, y, controls)]
  data <- data[complete.cases (data), ]
  vars <- paste0 (x, ",", y, "|", paste (controls, collapse = ","))
  rest <- function (v) resid (lm (reformulate (controls, v), data))
  put <- function (stat, value, source)
    add (case, name, "partial_correlation", vars, "listwise", stat, value, source)
  put ("n", nrow (data), "complete.cases")
  put ("r", cor (rest (x), rest (y)), "cor(resid(lm), resid(lm))")
  put ("semipartial_x_with_(y|z)", cor (data[[x]], rest (y)), "cor(x, resid(lm))")
  put ("semipartial_(x|z)_with_y", cor (rest (x), data[[y]]), "cor(resid(lm), y)")
  both <- summary (lm (reformulate (c (y, controls), x), data))$coefficients[2, ]
  put ("t", both[3], "summary(lm): t of y among the predictors of x")
  put ("p", both[4], "summary(lm)")
}
part ("continuous", "association.csv", "a", "b", c ("c", "d"))
part ("bfi", "bfi_scales.csv", "E", "N", c ("A", "C", "O"))
part ("attitude", "attitude.csv", "rating", "complaints", c ("learning", "raises", "advance"))

# Matrices

matrices <- function (case, name, columns) {
  data <- read (name)[columns]
  for (missing in c ("pairwise", "listwise"))
    for (method in c ("pearson", "spearman", "kendall")) {
      used <- if (missing == "listwise") na.omit (data) else data
      pairs <- combn (length (columns), 2)
      tests <- apply (pairs, 2, function (k) suppressWarnings (
        if (method == "kendall")
          cor.test (used[[k[1]]], used[[k[2]]], method = method, exact = FALSE)
        else {
          ok <- complete.cases (used[k])
          f <- if (method == "spearman") rank else identity
          cor.test (f (used[ok, k[1]]), f (used[ok, k[2]]))
        }))
      p <- sapply (tests, function (t) t$p.value)
      holm <- p.adjust (p, "holm")
      if (method == "pearson") {
        whole <- corr.test (used, adjust = "holm")
        for (i in seq_along (p)) near (whole$p[pairs[1, i], pairs[2, i]], holm[i], 1e-9)
      }
      for (i in seq_along (p)) {
        names <- paste (columns[pairs[, i]], collapse = ",")
        put <- function (stat, value, source)
          add (case, name, "correlation_matrix", paste (columns, collapse = ","),
               paste (method, missing, "holm", names), stat, value, source)
        put ("n", sum (complete.cases (used[pairs[, i]])), "complete.cases")
        put ("r", tests[[i]]$estimate, "cor.test")
        put ("p", p[i], "cor.test")
        put ("p_adjusted", holm[i], "p.adjust(holm)")
      }
    }
}
matrices ("continuous", "association.csv", c ("a", "b", "c", "d", "likert"))
matrices ("bfi", "bfi_scales.csv", c ("A", "E", "N", "age"))
matrices ("attitude", "attitude.csv", c ("rating", "complaints", "critical", "advance"))

# Differences of correlations. psych's z and t are those of |difference| or with the sign of r12 −
# r34: the sign is set here.

signed <- function (value, difference) sign (difference) * abs (value)

independent <- function (case, data, vars, term, r, n) {
  test <- r.test (n = n[1], r12 = r[1], r34 = r[2], n2 = n[2])
  put <- function (stat, value, source)
    add (case, data, "correlation_difference", vars, term, stat, value, source)
  put ("difference", r[1] - r[2], "cor")
  put ("z", signed (test$z, r[1] - r[2]), "psych::r.test")
  put ("p", test$p, "psych::r.test")
}

by_group <- function (case, name, x, y, group, levels) {
  data <- read (name)
  data <- data[complete.cases (data[c (x, y, group)]), ]
  parts <- lapply (levels, function (l) data[data[[group]] == l, ])
  r <- sapply (parts, function (d) cor (d[[x]], d[[y]]))
  independent (case, name, paste0 (x, ",", y, " ~ ", group), paste (levels, collapse = " - "), r,
               sapply (parts, nrow))
}
by_group ("bfi", "bfi_scales.csv", "E", "N", "gender", c ("1", "2"))
by_group ("bfi", "bfi_scales.csv", "O", "age", "gender", c ("2", "1"))
by_group ("continuous", "association.csv", "a", "b", "team", c ("north", "south"))
by_group ("continuous", "association.csv", "c", "d", "team", c ("south", "north"))
independent ("summary", "30 0.4; 50 0.6", "r", "all", c (0.4, 0.6), c (30, 50))
independent ("summary2", "145 0.49; 87 0.36", "r", "all", c (0.49, 0.36), c (145, 87))
independent ("summary3", "12 -0.93; 300 -0.1", "r", "all", c (-0.93, -0.1), c (12, 300))

overlapping <- function (case, data, vars, r, n) {
  put <- function (stat, value, source)
    add (case, data, "correlation_difference_dependent", vars, "all", stat, value, source)
  williams <- r.test (n = n, r12 = r[1], r13 = r[2], r23 = r[3])
  # two pairs of columns of which 1 and 3 are the same one; both correlations are replaced by their
  # mean in the covariance
  steiger <- r.test (n = n, r12 = r[1], r34 = r[2], r13 = 1, r14 = (r[1] + r[2]) / 2,
                     r23 = (r[1] + r[2]) / 2, r24 = r[3])
  put ("williams_t", signed (williams$t, r[1] - r[2]), "psych::r.test")
  put ("williams_p", williams$p, "psych::r.test")
  put ("steiger_z", signed (steiger$z, r[1] - r[2]), "psych::r.test, r13 = 1")
  put ("steiger_p", 2 * pnorm (-abs (steiger$z)), "psych::r.test, r13 = 1; pnorm")
}

apart <- function (case, data, vars, r, n) {
  put <- function (stat, value, source)
    add (case, data, "correlation_difference_nonoverlapping", vars, "all", stat, value, source)
  steiger <- r.test (n = n, r12 = r[1], r34 = r[2], r13 = r[3], r14 = r[4], r23 = r[5],
                     r24 = r[6])
  put ("steiger_z", signed (steiger$z, r[1] - r[2]), "psych::r.test")
  put ("steiger_p", 2 * pnorm (-abs (steiger$z)), "psych::r.test; pnorm")
}

dependent <- function (case, name, columns) {
  data <- na.omit (read (name)[columns])
  r <- cor (data)
  vars <- paste (columns, collapse = ",")
  if (length (columns) == 3)
    overlapping (case, name, vars, c (r[1, 2], r[1, 3], r[2, 3]), nrow (data))
  else
    apart (case, name, vars, c (r[1, 2], r[3, 4], r[1, 3], r[1, 4], r[2, 3], r[2, 4]), nrow (data))
}
dependent ("bfi", "bfi_scales.csv", c ("A", "E", "N"))
dependent ("attitude", "attitude.csv", c ("rating", "complaints", "learning"))
dependent ("continuous", "association.csv", c ("a", "b", "c"))
dependent ("likert", "association.csv", c ("d", "likert", "a"))
dependent ("bfi", "bfi_scales.csv", c ("A", "E", "C", "N"))
dependent ("attitude", "attitude.csv", c ("rating", "complaints", "critical", "advance"))
dependent ("continuous", "association.csv", c ("a", "b", "c", "d"))
overlapping ("summary", "103 0.4 0.5 0.6", "r", c (0.4, 0.5, 0.6), 103)
overlapping ("summary2", "15 0.63 -0.03 -0.19", "r", c (0.63, -0.03, -0.19), 15)
apart ("summary", "103 0.5 0.6 0.5 0.8 0.5 0.6", "r", c (0.5, 0.6, 0.5, 0.8, 0.5, 0.6), 103)

# Tables

solve <- function (f, low, high)
  uniroot (f, c (low, high), tol = 1e-15, maxiter = 10000, extendInt = "yes")$root

v_interval <- function (table) {
  test <- suppressWarnings (chisq.test (table, correct = FALSE))
  x <- unname (test$statistic)
  df <- unname (test$parameter)
  end <- function (share) {
    if (pchisq (x, df) < share) return (0)
    lambda <- solve (function (l) pchisq (x, df, l) - share, 0, 4 * x + 10)
    min (1, sqrt (lambda / (sum (table) * (min (dim (table)) - 1))))
  }
  found <- c (end (0.975), end (0.025))
  with <- suppressWarnings (cramers_v (table, alternative = "two.sided", adjust = FALSE))
  # effectsize's search goes astray where the lower end is 0
  if (found[1] > 0) {
    near (found[1], with$CI_low, 1e-3)
    near (found[2], with$CI_high, 1e-3)
  }
  found
}

conditional <- function (table) {
  support <- max (0, sum (table[1, ]) - sum (table[, 2])):min (sum (table[1, ]), sum (table[, 1]))
  base <- dhyper (support, sum (table[, 1]), sum (table[, 2]), sum (table[1, ]), log = TRUE)
  chances <- function (theta) {
    w <- base + theta * support
    w <- exp (w - max (w))
    w / sum (w)
  }
  x <- table[1, 1]
  found <- exp (c (solve (function (t) sum (chances (t) * (support - x)), -5, 5),
                   solve (function (t) sum (chances (t)[support >= x]) - 0.025, -5, 5),
                   solve (function (t) 0.025 - sum (chances (t)[support <= x]), -5, 5)))
  with <- fisher.test (table)
  near (log (found[1]), log (with$estimate), 1e-2)
  near (log (found[2]), log (with$conf.int[1]), 1e-2)
  near (log (found[3]), log (with$conf.int[2]), 1e-2)
  found
}

two_by_two <- function (put, table) {
  yates <- suppressWarnings (chisq.test (table))
  put ("yates_chi2", yates$statistic, "chisq.test")
  put ("yates_p", yates$p.value, "chisq.test")
  put ("phi_signed", cor (rep (c (1, 1, 0, 0), t (table)), rep (c (1, 0, 1, 0), t (table))),
       "cor of the cases coded 1 and 0")
  odds <- loddsratio (table)
  ends <- exp (confint (odds))
  put ("odds_ratio", exp (unname (coef (odds))), "vcd::loddsratio")
  put ("odds_ratio_ci95_lower", ends[1], "vcd confint")
  put ("odds_ratio_ci95_upper", ends[2], "vcd confint")
  given <- conditional (table)
  put ("conditional_odds_ratio", given[1], "dhyper, uniroot")
  put ("conditional_odds_ratio_ci95_lower", given[2], "dhyper, uniroot")
  put ("conditional_odds_ratio_ci95_upper", given[3], "dhyper, uniroot")
  put ("fisher_p_less", fisher.test (table, alternative = "less")$p.value, "fisher.test")
  put ("fisher_p_greater", fisher.test (table, alternative = "greater")$p.value, "fisher.test")
}

tables <- function (case, data, vars, table, cells = TRUE) {
  table <- unclass (table)
  names (dimnames (table)) <- NULL
  put <- function (stat, value, source, term = "all")
    add (case, data, "crosstab", vars, term, stat, value, source)
  test <- suppressWarnings (chisq.test (table, correct = FALSE))
  put ("N", sum (table), "sum")
  put ("chi2", test$statistic, "chisq.test(correct=FALSE)")
  put ("p", test$p.value, "chisq.test(correct=FALSE)")
  put ("n_expected_lt5", sum (test$expected < 5), "chisq.test$expected")
  stats <- assocstats (table)
  put ("G2_likelihood_ratio", stats$chisq_tests[1, 1], "vcd::assocstats")
  put ("contingency_C", stats$contingency, "vcd::assocstats")
  put ("cramers_V", stats$cramer, "vcd::assocstats")
  v <- v_interval (table)
  put ("V_ci95_lower", v[1], "pchisq(ncp), uniroot")
  put ("V_ci95_upper", v[2], "pchisq(ncp), uniroot")
  if (all (table == round (table)))
    put ("fisher_p", fisher.test (table, workspace = 2e7)$p.value, "fisher.test")
  if (all (dim (table) == 2) && all (table > 0)) two_by_two (put, table)
  if (cells)
    for (i in seq_len (nrow (table)))
      for (j in seq_len (ncol (table))) {
        here <- function (stat, value, source)
          put (stat, value, source, paste (rownames (table)[i], "x", j))
        here ("residual", table[i, j] - test$expected[i, j], "chisq.test")
        here ("resid_adjusted_(R_stdres)", test$stdres[i, j], "chisq.test$stdres")
        here ("row_percent", 100 * prop.table (table, 1)[i, j], "prop.table")
        here ("column_percent", 100 * prop.table (table, 2)[i, j], "prop.table")
        here ("total_percent", 100 * prop.table (table)[i, j], "prop.table")
      }
}

from_data <- function (case, name, row, column, weight = NULL) {
  data <- read (name)
  formula <- reformulate (c (row, column), weight)
  tables (case, name, paste0 (row, " x ", column, if (!is.null (weight)) paste0 (" * ", weight)),
          xtabs (formula, data[complete.cases (data[c (row, column, weight)]), ]))
}

n <- 70
own <- data.frame (team = holes (sample (c ("east", "north", "west"), n, TRUE, c (0.5, 0.3, 0.2)), 4),
                   yes = NA, answer = NA, weight = sample (1:3, n, TRUE),
                   share = round (runif (n, 0.4, 1.9), 2))
own$yes <- holes (1 + (runif (n) < ifelse (own$team %in% "north", 0.7, 0.35)), 3)
own$answer <- holes (pmin (4, 1 + rpois (n, ifelse (own$team %in% "west", 1.4, 0.7))), 5)
own$weight[7] <- NA
own$half <- ifelse (own$team %in% "east", "first", "second")
write (own, "association_table.csv")
from_data ("own", "association_table.csv", "team", "answer")
from_data ("own", "association_table.csv", "team", "yes")
from_data ("own", "association_table.csv", "half", "yes")
from_data ("own", "association_table.csv", "half", "yes", "weight")
from_data ("own", "association_table.csv", "team", "answer", "share")
job <- matrix (c (1, 2, 1, 0, 3, 3, 6, 1, 10, 10, 14, 9, 6, 7, 12, 11), 4)
from_counts <- function (case, table)
  tables (case, paste (apply (table, 1, paste, collapse = " "), collapse = "; "), "counts", table,
          FALSE)
from_counts ("job", job)
from_counts ("tea", matrix (c (3, 1, 1, 3), 2))
from_counts ("twins", matrix (c (2, 10, 15, 3), 2))
from_counts ("many", matrix (c (50000, 300000, 450, 4200), 2))
from_counts ("large", matrix (c (500, 300, 450, 420), 2))
from_counts ("wide", matrix (c (4, 0, 3, 7, 1, 5, 2, 2, 9, 1, 0, 6), 2))
from_counts ("tall", matrix (c (8, 2, 5, 1, 7, 3, 2, 6, 4, 9, 0, 3), 6))

finish ("own-association.tsv", c ("psych", "effectsize", "vcd"))
