# SPDX-License-Identifier: GPL-3.0-or-later
#
# Writes own-structure.tsv and r/own_factors.csv: factor analysis, factorability and parallel
# analysis by psych, GPArotation and base R.
suppressPackageStartupMessages({ library(psych); library(GPArotation) })
source("table.R")
options(warn = -1)
set.seed(20261122)

# Data: three factors that correlate, twelve items of unequal quality, with gaps
phi <- matrix(c(1, .4, .2, .4, 1, .3, .2, .3, 1), 3)
pattern <- matrix(0, 12, 3)
pattern[cbind(1:12, rep(1:3, c(5, 4, 3)))] <-
  c(.8, .7, .6, .5, .75, .65, .85, .55, .7, .6, .8, .7)
pattern[3, 2] <- .25
common <- matrix(rnorm(160 * 3), 160) %*% chol(phi) %*% t(pattern)
unique_sd <- sqrt(1 - diag(pattern %*% phi %*% t(pattern)))
own <- common + matrix(rnorm(160 * 12), 160) %*% diag(unique_sd)
own <- round(50 + 10 * own, 2)
own[sample(length(own), 40)] <- NA
own <- as.data.frame(own)
names(own) <- paste0("f", 1:12)
own <- write(own, "own_factors.csv")
bfi <- read("bfi_keyed.csv")[, paste0(rep(c("A", "C", "E", "N", "O"), each = 5), 1:5)]
attitude <- read("attitude.csv")

put <- function(set, analysis, term, stat, value, source)
  add(set$case, set$file, analysis, paste(names(set$data), collapse = " "), term, stat, value, source)

correlate <- function(data, missing) {
  if (missing == "pairwise") {
    valid <- !is.na(as.matrix(data))
    return(list(r = cor(data, use = "pairwise"), n = min(crossprod(valid))))
  }
  data <- data[complete.cases(data), ]
  list(r = cor(data), n = nrow(data))
}

# Factor analysis. Principal axes iterated to the end are the minimum of minres; psych's own
# search for minres stops at about six digits.
settle <- function(L, Phi) {
  ss <- diag(Phi %*% t(L) %*% L)
  order <- order(ss, decreasing = TRUE)
  sign <- sign(colSums(L))[order]
  list(L = L[, order, drop = FALSE] %*% diag(sign, length(sign)), ss = ss[order],
       Phi = (Phi[order, order, drop = FALSE]) * outer(sign, sign))
}

put_factors <- function(set, m, rotation, normalisation, missing) {
  c <- correlate(set$data, missing)
  k <- ncol(set$data)
  fit <- fa(c$r, m, n.obs = c$n, rotate = "none", fm = "pa", min.err = 1e-15, max.iter = 20000,
            warnings = FALSE)
  L <- matrix(fit$loadings, k)
  Phi <- diag(m)
  by <- "psych::fa(pa, min.err=1e-15)"
  if (rotation == "varimax") {
    # it stops when its criterion stands still, which leaves half of the digits: go on from there
    for (i in 1:200) {
      before <- L
      L <- matrix(varimax(L, normalize = normalisation == "kaiser", eps = 0)$loadings, k)
      if (max(abs(abs(L) - abs(before))) < 1e-14) break
    }
    by <- paste(by, "+ stats::varimax(eps=0), repeated")
  }
  if (rotation == "oblimin") {
    turned <- GPArotation::oblimin(L, normalize = normalisation == "kaiser", eps = 1e-11,
                                   maxit = 20000)
    L <- matrix(turned$loadings, k)
    Phi <- turned$Phi
    by <- paste(by, "+ GPArotation::oblimin(eps=1e-11)")
  }
  s <- settle(L, Phi)
  term <- sprintf("factors=%d rotation=%s normalisation=%s missing=%s", m, rotation, normalisation,
                  missing)
  # GPArotation compares values of its criterion, which leaves half of the digits
  near <- paste0(by, if (rotation == "oblimin") "; absolute 2e-7" else "; absolute 1e-11")
  for (i in 1:k) {
    for (f in 1:m)
      put(set, "factor_analysis", paste(term, names(set$data)[i]), sprintf("loading_%d", f),
          s$L[i, f], near)
    put(set, "factor_analysis", paste(term, names(set$data)[i]), "communality",
        fit$communality[i], "psych::fa(pa, min.err=1e-15)")
  }
  for (f in 1:m) {
    put(set, "factor_analysis", term, sprintf("ss_loadings_%d", f), s$ss[f], near)
    put(set, "factor_analysis", term, sprintf("share_%d", f), s$ss[f] / k, near)
    put(set, "factor_analysis", term, sprintf("cumulative_share_%d", f), sum(s$ss[1:f]) / k, near)
    if (rotation == "oblimin")
      for (g in 1:m)
        put(set, "factor_analysis", term, sprintf("phi_%d_%d", f, g), s$Phi[f, g], near)
  }
  put(set, "factor_analysis", term, "n", c$n, "complete.cases, crossprod(!is.na)")
  put(set, "factor_analysis", term, "rmsr", fit$rms, "psych::fa()$rms")
  put(set, "factor_analysis", term, "chi_squared", fit$STATISTIC, "psych::fa()$STATISTIC")
  if (fit$dof > 0) {
    put(set, "factor_analysis", term, "df", fit$dof, "psych::fa()$dof")
    put(set, "factor_analysis", term, "p", fit$PVAL, "psych::fa()$PVAL; tolerance 1e-7")
  }

  put_minres(set, m, missing, c)
}

# What psych calls minres, to its own digits
done <- character(0)
put_minres <- function(set, m, missing, c) {
  key <- paste(set$case, m, missing)
  if (key %in% done) return(invisible())
  done <<- append(done, key)
  minres <- fa(c$r, m, n.obs = c$n, rotate = "none", fm = "minres", warnings = FALSE)
  for (i in seq_along(set$data))
    put(set, "factor_analysis", sprintf("factors=%d rotation=%s missing=%s %s", m, "none", missing,
                                        names(set$data)[i]),
        "communality", minres$communality[i], "psych::fa(minres); tolerance 1e-3")
}

put_ml <- function(set, m) {
  c <- correlate(set$data, "listwise")
  fit <- factanal(covmat = c$r, factors = m, n.obs = c$n, rotation = "none",
                  control = list(opt = list(factr = 1, maxit = 10000, pgtol = 0)))
  s <- settle(matrix(fit$loadings, ncol(set$data)), diag(m))
  term <- sprintf("factors=%d estimator=ml rotation=none", m)
  for (i in seq_along(set$data)) {
    for (f in 1:m)
      put(set, "factor_analysis", paste(term, names(set$data)[i]), sprintf("loading_%d", f),
          s$L[i, f], "stats::factanal(factr=1); absolute 1e-6")
    put(set, "factor_analysis", paste(term, names(set$data)[i]), "communality",
        1 - fit$uniquenesses[i], "stats::factanal(factr=1); tolerance 1e-6")
  }
  put(set, "factor_analysis", term, "chi_squared", fit$STATISTIC,
      "stats::factanal()$STATISTIC")
  put(set, "factor_analysis", term, "df", fit$dof, "stats::factanal()$dof")
  put(set, "factor_analysis", term, "p", fit$PVAL, "stats::factanal()$PVAL; tolerance 1e-7")
}

put_factorability <- function(set, missing) {
  c <- correlate(set$data, missing)
  kmo <- KMO(c$r)
  bartlett <- cortest.bartlett(c$r, n = c$n)
  term <- paste0("missing=", missing)
  put(set, "factorability", term, "KMO", kmo$MSA, "psych::KMO")
  for (i in seq_along(set$data))
    put(set, "factorability", paste(term, names(set$data)[i]), "MSA", kmo$MSAi[i], "psych::KMO")
  put(set, "factorability", term, "bartlett_sphericity_chi2", bartlett$chisq,
      "psych::cortest.bartlett")
  put(set, "factorability", term, "bartlett_sphericity_df", bartlett$df, "psych::cortest.bartlett")
  put(set, "factorability", term, "bartlett_sphericity_p", bartlett$p.value,
      "psych::cortest.bartlett; tolerance 1e-7")
  put(set, "factorability", term, "n_listwise", c$n, "complete.cases, crossprod(!is.na)")
  put(set, "factorability", term, "det_R", det(c$r), "det")
  values <- eigen(c$r)$values
  for (i in seq_along(values))
    put(set, "factorability", term, sprintf("eigenvalue_%02d", i), values[i], "eigen(cor)")
}

# Parallel analysis: data drawn and correlated, where the program draws from the Wishart
# distribution. Allowed: five standard errors of both simulations, that of the program having
# 20000 sets; of the 95 % quantile 2.11 SD / sqrt(sets), with a third more for skewness.
put_parallel <- function(set, n_sets) {
  c <- correlate(set$data, "listwise")
  k <- ncol(set$data)
  drawn <- replicate(n_sets, eigen(cor(matrix(rnorm(c$n * k), c$n)), TRUE, TRUE)$values)
  observed <- eigen(c$r)$values
  spread <- apply(drawn, 1, sd) * sqrt(1 / n_sets + 1 / 20000)
  means <- rowMeans(drawn)
  limits <- apply(drawn, 1, quantile, .95)
  by <- sprintf("eigen(cor(rnorm)) of %d sets", n_sets)
  count <- function(limit) if (all(observed > limit)) k else which(observed <= limit)[1] - 1
  for (i in 1:k) {
    put(set, "parallel_analysis", "criterion=mean", sprintf("observed_%02d", i), observed[i],
        "eigen(cor)")
    put(set, "parallel_analysis", "criterion=mean", sprintf("random_mean_%02d", i), means[i],
        sprintf("%s; absolute %.2g", by, 5 * spread[i]))
    put(set, "parallel_analysis", "criterion=quantile", sprintf("random_quantile_%02d", i),
        limits[i], sprintf("%s; absolute %.2g", by, 5 * 2.11 * 1.33 * spread[i]))
  }
  put(set, "parallel_analysis", "criterion=mean", "n_factors", count(means), by)
  put(set, "parallel_analysis", "criterion=quantile", "n_factors", count(limits), by)
}

sets <- list(
  own = list(case = "own_factors", file = "own_factors.csv", data = own),
  bfi = list(case = "bfi25", file = "bfi_keyed.csv", data = bfi),
  ten = list(case = "bfi10", file = "bfi_keyed.csv", data = bfi[, c(1:5, 16:20)]),
  attitude = list(case = "attitude", file = "attitude.csv", data = attitude))

for (missing in c("listwise", "pairwise")) {
  put_factors(sets$own, 3, "oblimin", "kaiser", missing)
  put_factors(sets$own, 3, "varimax", "none", missing)
  put_factorability(sets$own, missing)
}
put_factorability(sets$ten, "pairwise")
put_factorability(sets$attitude, "listwise")
put_factors(sets$own, 2, "varimax", "kaiser", "listwise")
put_factors(sets$bfi, 5, "oblimin", "none", "listwise")
put_factors(sets$bfi, 4, "varimax", "kaiser", "pairwise")
put_factors(sets$ten, 2, "oblimin", "kaiser", "pairwise")
put_factors(sets$attitude, 1, "none", "kaiser", "listwise")
put_factors(sets$attitude, 2, "oblimin", "kaiser", "listwise")
put_ml(sets$own, 3)
put_ml(sets$bfi, 5)
put_ml(sets$attitude, 2)
put_parallel(sets$attitude, 20000)
put_parallel(sets$own, 20000)
put_parallel(sets$ten, 2000)
finish("own-structure.tsv", c("psych", "GPArotation"))
