# SPDX-License-Identifier: GPL-3.0-or-later
#
# Writes own-two.tsv and own-power.tsv, and their data in r/: two groups of unequal size with
# missing values, pairs whose differences tie only in decimals; power by pwr and by R's own
# power.t.test and power.anova.test.
#
# pwr and power.t.test find n to four digits; here uniroot looks for it in their power, to 1e-12.
# The exact power of r integrates the density of r that Hotelling gave (1953), by gsl's
# hypergeometric function; the library goes another way.

suppressMessages ({
  library (car)
  library (coin)
  library (effectsize)
  library (gsl)
  library (pwr)
})
source ("table.R")

# Data ---------------------------------------------------------------------------------------------

set.seed (20261122)
n <- 43
two <- data.frame (
  team = sample (c ("a", "b"), n, TRUE, c (3, 1)),
  before = round (rnorm (n, 5, 1.2), 1),
  score = round (rnorm (n, 50, 9), 5))
two$after <- round (two$before + rnorm (n, 0.4, 0.8), 1)
two$later <- round (two$score + rnorm (n, 2, 4), 5)
two$score <- two$score + ifelse (two$team == "a", 4, 0)
two$before[c (3, 20)] <- NA
two$after[c (3, 9)] <- NA
two$score[c (1, 40)] <- NA
two <- write (two, "own_two.csv")

# Two groups ---------------------------------------------------------------------------------------

groups <- function (case, file, value, group, levels) {
  table <- read (file)
  x <- table[[value]][table[[group]] == levels[1]]
  y <- table[[value]][table[[group]] == levels[2]]
  x <- x[!is.na (x)]
  y <- y[!is.na (y)]
  vars <- paste0 (value, "~", group)
  term <- paste (levels, collapse = " - ")
  put <- function (analysis, stat, value, source)
    add (case, file, analysis, vars, term, stat, value, source)

  for (variant in c ("student", "welch")) {
    test <- function (...) t.test (x, y, var.equal = variant == "student", ...)
    stat <- function (name) paste0 (variant, "_", name)
    put ("t_test_independent", stat ("t"), test ()$statistic, "t.test")
    put ("t_test_independent", stat ("df"), test ()$parameter, "t.test")
    put ("t_test_independent", stat ("se"), test ()$stderr, "t.test")
    put ("t_test_independent", stat ("p_two"), test ()$p.value, "t.test")
    put ("t_test_independent", stat ("p_one_greater"), test (alternative = "greater")$p.value,
         "t.test")
    put ("t_test_independent", stat ("p_one_less"), test (alternative = "less")$p.value, "t.test")
    put ("t_test_independent", stat ("ci95_lower"), test ()$conf.int[1], "t.test")
    put ("t_test_independent", stat ("ci95_upper"), test ()$conf.int[2], "t.test")
  }
  put ("t_test_independent", "cohen_d_pooled", cohens_d (x, y)$Cohens_d, "effectsize::cohens_d")
  put ("t_test_independent", "hedges_g_exact", hedges_g (x, y)$Hedges_g, "effectsize::hedges_g")
  put ("t_test_independent", "var_ratio_F", var.test (x, y)$statistic, "var.test")
  put ("t_test_independent", "var_ratio_p", var.test (x, y)$p.value, "var.test")

  rank <- function (...) suppressWarnings (wilcox.test (x, y, ...))
  biserial <- suppressMessages (rank_biserial (x, y))
  put ("mann_whitney", "U1_(R_W)", rank ()$statistic, "wilcox.test")
  put ("mann_whitney", "p_asymptotic_no_cc", rank (exact = FALSE, correct = FALSE)$p.value,
       "wilcox.test")
  put ("mann_whitney", "p_asymptotic_cc_(R_default)", rank (exact = FALSE)$p.value, "wilcox.test")
  put ("mann_whitney", "rank_biserial_(U1-U2)/(n1n2)", biserial$r_rank_biserial,
       "effectsize::rank_biserial")
  put ("mann_whitney", "rank_biserial_ci95_lower", biserial$CI_low, "effectsize::rank_biserial")
  put ("mann_whitney", "rank_biserial_ci95_upper", biserial$CI_high, "effectsize::rank_biserial")
  if (max (length (x), length (y)) < 50) {
    label <- factor (rep (c ("x", "y"), c (length (x), length (y))))
    exact <- function (side)
      as.numeric (pvalue (wilcox_test (c (x, y) ~ label, distribution = "exact",
                                       alternative = side)))
    put ("mann_whitney", "p_exact", exact ("two.sided"), "coin::wilcox_test (exact)")
    put ("mann_whitney", "p_exact_greater", exact ("greater"), "coin::wilcox_test (exact)")
    put ("mann_whitney", "p_exact_less", exact ("less"), "coin::wilcox_test (exact)")
  }
}

groups ("two_score", "own_two.csv", "score", "team", c ("a", "b"))
groups ("two_before", "own_two.csv", "before", "team", c ("b", "a"))
groups ("toothgrowth_supp_own", "toothgrowth.csv", "len", "supp", c ("OJ", "VC"))
groups ("sprays_a_c", "insectsprays.csv", "count", "spray", c ("A", "C"))
groups ("bfi_E_gender", "bfi_scales.csv", "E", "gender", c ("1", "2"))

# Variances of several groups ----------------------------------------------------------------------

variances <- function (case, file, value, group) {
  table <- read (file)
  x <- table[[value]]
  label <- factor (table[[group]])
  vars <- paste0 (value, "~", group)
  put <- function (stat, value, source)
    add (case, file, "variance_test", vars, "all", stat, value, source)

  for (centre in c ("mean", "median")) {
    test <- leveneTest (x, label, center = get (centre))
    put (paste0 ("levene_", centre, "_F"), test[1, "F value"], "car::leveneTest")
    put (paste0 ("levene_", centre, "_p"), test[1, "Pr(>F)"], "car::leveneTest")
  }
  put ("levene_df1", test[1, "Df"], "car::leveneTest")
  put ("levene_df2", test[2, "Df"], "car::leveneTest")
  put ("bartlett_K2", bartlett.test (x, label)$statistic, "bartlett.test")
  put ("bartlett_df", bartlett.test (x, label)$parameter, "bartlett.test")
  put ("bartlett_p", bartlett.test (x, label)$p.value, "bartlett.test")
}

variances ("two_variances", "own_two.csv", "score", "team")
variances ("bfi_C_education", "bfi_scales.csv", "C", "education")
variances ("warpbreaks_wool", "warpbreaks.csv", "breaks", "wool")

# Pairs --------------------------------------------------------------------------------------------

pairs <- function (case, file, first, second, digits = Inf) {
  table <- read (file)
  keep <- !is.na (table[[first]]) & !is.na (table[[second]])
  x <- table[[first]][keep]
  y <- table[[second]][keep]
  # differences that tie in decimals do so in R only when it is told how many digits count
  rank <- function (...) suppressWarnings (wilcox.test (x, y, paired = TRUE, digits.rank = digits, ...))
  d <- if (is.finite (digits)) signif (x - y, digits) else x - y
  vars <- paste (first, "-", second)
  put <- function (analysis, stat, value, source)
    add (case, file, analysis, vars, "x - y", stat, value, source)

  test <- t.test (x, y, paired = TRUE)
  put ("t_test_paired", "n_pairs", length (x), "length")
  put ("t_test_paired", "t", test$statistic, "t.test")
  put ("t_test_paired", "df", test$parameter, "t.test")
  put ("t_test_paired", "p_two", test$p.value, "t.test")
  put ("t_test_paired", "ci95_lower", test$conf.int[1], "t.test")
  put ("t_test_paired", "ci95_upper", test$conf.int[2], "t.test")
  put ("t_test_paired", "r_xy", cor (x, y), "cor")
  put ("t_test_paired", "dz", cohens_d (x, y, paired = TRUE)$Cohens_d, "effectsize::cohens_d")
  put ("t_test_paired", "gz_hedges_exact", hedges_g (x, y, paired = TRUE)$Hedges_g,
       "effectsize::hedges_g")

  biserial <- suppressMessages (rank_biserial (d))
  put ("wilcoxon_signed_rank", "V_plus", rank ()$statistic, "wilcox.test")
  put ("wilcoxon_signed_rank", "p_asymptotic_no_cc", rank (exact = FALSE, correct = FALSE)$p.value,
       "wilcox.test")
  put ("wilcoxon_signed_rank", "p_asymptotic_cc_(R_default)", rank (exact = FALSE)$p.value,
       "wilcox.test")
  put ("wilcoxon_signed_rank", "rank_biserial", biserial$r_rank_biserial,
       "effectsize::rank_biserial")
  put ("wilcoxon_signed_rank", "rank_biserial_ci95_lower", biserial$CI_low,
       "effectsize::rank_biserial")
  put ("wilcoxon_signed_rank", "rank_biserial_ci95_upper", biserial$CI_high,
       "effectsize::rank_biserial")
  if (sum (d != 0) >= 50) return ()
  label <- factor (rep (c ("x", "y"), each = length (d)))
  exact <- function (side)
    as.numeric (pvalue (wilcoxsign_test (d ~ zero, data = data.frame (d = d, zero = 0),
                                         distribution = "exact", zero.method = "Wilcoxon",
                                         alternative = side)))
  put ("wilcoxon_signed_rank", "p_exact", exact ("two.sided"), "coin::wilcoxsign_test (exact)")
  put ("wilcoxon_signed_rank", "p_exact_greater", exact ("greater"),
       "coin::wilcoxsign_test (exact)")
  put ("wilcoxon_signed_rank", "p_exact_less", exact ("less"), "coin::wilcoxsign_test (exact)")
}

pairs ("two_before_after", "own_two.csv", "before", "after", 7)
pairs ("two_score_later", "own_two.csv", "score", "later", 9)
pairs ("attitude_raises_critical", "attitude.csv", "raises", "critical")
pairs ("bfi_N1_N2", "bfi_keyed.csv", "N1", "N2")

finish ("own-two.tsv", c ("car", "coin", "effectsize"))

# Power --------------------------------------------------------------------------------------------

find_n <- function (power, wanted, least)
  uniroot (function (n) power (n) - wanted, c (least, 1e5), tol = 1e-12)$root

ask <- function (analysis, options, stat, value, source) {
  term <- paste (paste0 (names (options), "=", options), collapse = " ")
  add (analysis, "none", analysis, "options", term, stat, value, source)
}

text <- function (...) {
  options <- list (...)
  setNames (sapply (options, function (x) format (x, digits = 15)), names (options))
}

types <- c (independent = "two.sample", paired = "paired", "one-sample" = "one.sample")
sides <- c ("two-sided" = "two.sided", "one-sided" = "greater")

for (design in names (types)) for (side in names (sides)) for (alpha in c (0.05, 0.01)) {
  for (d in c (0.2, 0.5, 1.3)) {
    strict <- function (n)
      power.t.test (n, d, 1, alpha, type = types[[design]], strict = TRUE,
                    alternative = if (side == "two-sided") "two.sided" else "one.sided")$power
    with_pwr <- function (n)
      pwr.t.test (n, d, alpha, type = types[[design]], alternative = sides[[side]])$power
    for (n in c (7, 30, 128)) {
      options <- text (design = design, sides = side, d = d, alpha = alpha, n = n)
      ask ("power_t", options, "power", strict (n), "power.t.test (strict)")
    }
    for (power in c (0.8, 0.95)) {
      options <- text (design = design, sides = side, d = d, alpha = alpha, power = power)
      n <- find_n (with_pwr, power, 2 + 1e-9)
      ask ("power_t", options, "n", n, "pwr.t.test, uniroot")
      ask ("power_t", options, "n_rounded", ceiling (n), "pwr.t.test, uniroot")
    }
  }
  if (design != "independent") next
  for (n2 in c (12, 90)) {
    options <- text (design = design, sides = side, d = 0.6, alpha = alpha, n = 40, n2 = n2)
    ask ("power_t", options, "power",
         pwr.t2n.test (40, n2, 0.6, alpha, alternative = sides[[side]])$power, "pwr.t2n.test")
  }
}

for (groups in c (2, 3, 5, 8)) for (f in c (0.1, 0.25, 0.6)) for (alpha in c (0.05, 0.01)) {
  with_pwr <- function (n) pwr.anova.test (groups, n, f, alpha)$power
  for (n in c (4, 20, 75)) {
    options <- text (groups = groups, f = f, alpha = alpha, n = n)
    ask ("power_anova", options, "power", with_pwr (n), "pwr.anova.test")
    ask ("power_anova", options, "power_base",
         power.anova.test (groups, n, groups * f^2 / (groups - 1), 1, alpha)$power,
         "power.anova.test")
  }
  options <- text (groups = groups, f = f, alpha = alpha, power = 0.8)
  n <- find_n (with_pwr, 0.8, 2 + 1e-9)
  ask ("power_anova", options, "n", n, "pwr.anova.test, uniroot")
  ask ("power_anova", options, "n_rounded", ceiling (n), "pwr.anova.test, uniroot")
}

# The density of r (H. Hotelling, J. Royal Statistical Society B 15 (1953) 193-232)
density_r <- function (r, rho, n)
  exp (log (n - 2) + lgamma (n - 1) - lgamma (n - 0.5) - log (2 * pi) / 2
       + (n - 1) / 2 * log1p (-rho^2) + (n - 4) / 2 * log1p (-r^2)
       - (n - 1.5) * log1p (-rho * r)) * hyperg_2F1 (0.5, 0.5, n - 0.5, (1 + rho * r) / 2)

exact_power <- function (n, rho, alpha, side) {
  t <- qt (if (side == "two-sided") alpha / 2 else alpha, n - 2, lower.tail = FALSE)
  critical <- t / sqrt (t^2 + n - 2)
  part <- function (from, to)
    integrate (density_r, from, to, rho = rho, n = n, rel.tol = 1e-12, abs.tol = 0,
               subdivisions = 2000)$value
  part (critical, 1) + if (side == "two-sided") part (-1, -critical) else 0
}

for (side in names (sides)) for (r in c (0.1, 0.3, 0.7)) for (alpha in c (0.05, 0.01)) {
  fisher <- function (n) pwr.r.test (n, r, alpha, alternative = sides[[side]])$power
  exact <- function (n) exact_power (n, r, alpha, side)
  for (n in c (6, 25, 120)) {
    options <- text (variant = "fisher-t", sides = side, r = r, alpha = alpha, n = n)
    ask ("power_r", options, "power", fisher (n), "pwr.r.test")
    options["variant"] <- "exact"
    ask ("power_r", options, "power", exact (n), "integrate (Hotelling's density of r)")
  }
  options <- text (variant = "fisher-t", sides = side, r = r, alpha = alpha, power = 0.8)
  n <- find_n (fisher, 0.8, 4 + 1e-9)
  ask ("power_r", options, "n", n, "pwr.r.test, uniroot")
  ask ("power_r", options, "n_rounded", ceiling (n), "pwr.r.test, uniroot")
}

finish ("own-power.tsv", c ("gsl", "pwr"))
