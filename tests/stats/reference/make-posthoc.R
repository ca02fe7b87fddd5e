# SPDX-License-Identifier: GPL-3.0-or-later
#
# Writes own-posthoc.tsv and its data r/posthoc_*.csv.
suppressPackageStartupMessages({
  library(multcomp)
  library(mvtnorm)
  library(multcompView)
  library(rstatix)
})

source("table.R")

# Data: groups of very different sizes and spreads, with missing values --------

set.seed(20261122)
make <- function(file, n, means, sds, digits) {
  g <- rep(letters[seq_along(n)], n)
  y <- round(rnorm(length(g), rep(means, n), rep(sds, n)), digits)
  y[sample(length(y), 6)] <- NA
  g[sample(length(g), 2)] <- NA
  o <- sample(length(y))
  write(data.frame(y = y, g = g)[o, ], file)
}
make("posthoc_unequal.csv", c(5, 11, 24, 40, 8), c(3, 3.4, 4.1, 4.4, 5.2), c(.6, 1.1, .9, 1.4, .5), 2)
make("posthoc_control.csv", c(7, 45, 16, 29), c(10, 11.2, 12.5, 10.4), c(2, 2.4, 1.7, 2.9), 1)
make("posthoc_likert.csv", c(12, 30, 55, 9, 21, 33), c(2.5, 2.9, 3.1, 3.6, 3.3, 4), rep(1, 6), 0)
set.seed(3)
p <- c(round(rbeta(14, .4, 2), 6), NA, .01, .01, NA, 1, 0, 3.2e-17)
write(data.frame(p = p, test = seq_along(p)), "posthoc_p.csv")

load <- function(file, value, group) {
  d <- read(file)
  d <- data.frame(y = d[[value]], g = factor(d[[group]]))
  droplevels(d[complete.cases(d), ])
}

# Dunnett ----------------------------------------------------------------------

dunnett <- function(case, file, value, group) {
  d <- load(file, value, group)
  vars <- paste0(value, "~", group)
  fit <- aov(y ~ g, d)
  test <- glht(fit, linfct = mcp(g = "Dunnett"))
  s <- summary(test)$test
  ci <- confint(test, calpha = qmvt(.95, df = fit$df.residual, corr = cov2cor(vcov(test)),
                                    tail = "both.tails", ptol = 1e-5, maxiter = 50,
                                    algorithm = GenzBretz(maxpts = 1e5, abseps = 1e-5))$quantile)$confint
  corr <- cov2cor(vcov(test))
  for (i in seq_along(s$tstat)) {
    term <- names(s$tstat)[i]
    a <- abs(s$tstat[i])
    add(case, file, "dunnett_multcomp", vars, term, "estimate", s$coefficients[i], "multcomp glht")
    add(case, file, "dunnett_multcomp", vars, term, "t", s$tstat[i], "multcomp glht")
    add(case, file, "dunnett_multcomp", vars, term, "lwr", ci[i, "lwr"], "multcomp confint, mvtnorm qmvt")
    add(case, file, "dunnett_multcomp", vars, term, "upr", ci[i, "upr"], "multcomp confint, mvtnorm qmvt")
    k <- length(s$tstat)
    inside <- pmvt(rep(-a, k), rep(a, k), df = fit$df.residual, corr = corr,
                   algorithm = GenzBretz(maxpts = 1e6, abseps = 1e-9))
    add(case, file, "dunnett_mvtnorm", vars, term, "p", 1 - inside,
        sprintf("mvtnorm pmvt, own estimate of its error %.0e", attr(inside, "error")))
  }
}
dunnett("posthoc_unequal", "posthoc_unequal.csv", "y", "g")
dunnett("posthoc_control", "posthoc_control.csv", "y", "g")
dunnett("posthoc_likert", "posthoc_likert.csv", "y", "g")
dunnett("bfi_N_education", "bfi_scales.csv", "N", "education")

# Letters ----------------------------------------------------------------------

all_letters <- function(case, file, value, group) {
  d <- load(file, value, group)
  vars <- paste0(value, "~", group)
  show <- function(stat, p, source) {
    l <- multcompLetters(p, threshold = .05)$Letters
    term <- paste(names(l), l, sep = "=", collapse = " ")
    add(case, file, "posthoc_letters", vars, gsub("(?<=[a-z]) +(?=[a-z]( |$))", "", term, perl = TRUE),
        stat, 1, paste("multcompView multcompLetters of", source))
  }
  tukey <- TukeyHSD(aov(y ~ g, d))$g[, "p adj"]
  show("tukey", tukey, "TukeyHSD")
  for (m in c("holm", "bonferroni", "hochberg", "BH", "none")) {
    p <- pairwise.t.test(d$y, d$g, p.adjust.method = m)$p.value
    v <- as.vector(p)
    names(v) <- paste(rownames(p)[row(p)], colnames(p)[col(p)], sep = "-")
    show(c(holm = "holm", bonferroni = "bonferroni", hochberg = "hochberg",
           BH = "benjamini-hochberg", none = "lsd")[[m]], v[!is.na(v)], "pairwise.t.test")
  }
  gh <- games_howell_test(d, y ~ g)
  v <- gh$p.adj
  names(v) <- paste(gh$group1, gh$group2, sep = "-")
  show("games-howell", v, "rstatix games_howell_test")
}
all_letters("posthoc_unequal", "posthoc_unequal.csv", "y", "g")
all_letters("posthoc_control", "posthoc_control.csv", "y", "g")
all_letters("posthoc_likert", "posthoc_likert.csv", "y", "g")
all_letters("insectsprays", "insectsprays.csv", "count", "spray")
all_letters("bfi_A_education", "bfi_scales.csv", "A", "education")

# Dunn -------------------------------------------------------------------------

dunn <- function(case, file) {
  d <- load(file, "y", "g")
  for (m in c("holm", "bonferroni")) {
    t <- dunn_test(d, y ~ g, p.adjust.method = m)
    for (i in seq_len(nrow(t))) {
      term <- paste(t$group2[i], "-", t$group1[i])
      if (m == "holm") {
        add(case, file, "dunn", "y~g", term, "z", t$statistic[i], "rstatix dunn_test")
        add(case, file, "dunn", "y~g", term, "p", t$p[i], "rstatix dunn_test")
      }
      add(case, file, "dunn", "y~g", term, paste0("p_", m), t$p.adj[i], "rstatix dunn_test")
    }
  }
}
dunn("posthoc_unequal", "posthoc_unequal.csv")
dunn("posthoc_control", "posthoc_control.csv")
dunn("posthoc_likert", "posthoc_likert.csv")

# Adjusted p -------------------------------------------------------------------

for (m in c("holm", "bonferroni", "hochberg", "BH")) {
  adjusted <- p.adjust(p, m)
  for (i in which(!is.na(p)))
    add("posthoc_p", "posthoc_p.csv", "p_adjust", "p", i, m, adjusted[i], "p.adjust")
}

finish("own-posthoc.tsv", c("multcomp", "mvtnorm", "multcompView", "rstatix"))
