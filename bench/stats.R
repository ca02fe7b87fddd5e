# SPDX-License-Identifier: GPL-3.0-or-later
# The jobs of stats.c, as a user writes them who wants them fast. Called by stats.py:
# Rscript stats.R FILE prints job, seconds, check sum.
file <- commandArgs(TRUE)[1]
d <- if (requireNamespace("data.table", quietly = TRUE))
  data.table::fread(file, data.table = FALSE) else read.csv(file)
items_of <- c(5, 5, 5, 5, 5, 6, 6)
last <- cumsum(items_of)
first <- last - items_of + 1
items <- as.matrix(d[, -(1:4)])
storage.mode(items) <- "double"
type <- factor(d$type); sector <- factor(d$sector); sex <- factor(d$sex)
cell <- interaction(type, sector)
scores <- NULL

alpha <- function(x) {
  x <- x[complete.cases(x), , drop = FALSE]
  v <- cov(x)
  ncol(x) / (ncol(x) - 1) * (1 - sum(diag(v)) / sum(v))
}
describe <- function(g) {
  sum(vapply(seq_along(items_of), function(s) {
    x <- scores[, s]
    groups <- split(x[!is.na(x)], g[!is.na(x)])
    sum(vapply(groups, mean, 0)) + sum(vapply(groups, sd, 0)) + sum(lengths(groups))
  }, 0))
}
jobs <- list(
  scores = function() {
    scores <<- vapply(seq_along(items_of),
                      function(s) rowMeans(items[, first[s]:last[s]]), numeric(nrow(items)))
    sum(!is.na(scores[1, ]))
  },
  means = function() describe(type) + describe(sector) + describe(cell),
  alpha = function() sum(vapply(levels(type), function(t) {
    x <- items[type == t, ]
    sum(vapply(seq_along(items_of), function(s) alpha(x[, first[s]:last[s]]), 0))
  }, 0)),
  anova_tukey = function() sum(vapply(seq_along(items_of), function(s) {
    fit <- aov(scores[, s] ~ type)
    ss <- summary(fit)[[1]][["Sum Sq"]]
    tukey <- TukeyHSD(fit)$type
    ss[1] / sum(ss) + sum(abs(tukey[, "diff"])) + sum(tukey[, "p adj"])
  }, 0)),
  t_tests = function() sum(vapply(seq_along(items_of), function(s)
    t.test(scores[, s] ~ sex, var.equal = TRUE)$p.value, 0)),
  correlations = function() {
    r <- cor(cbind(scores, d$age), use = "pairwise.complete.obs")
    sum(r[lower.tri(r)])
  })
for (name in names(jobs)) {
  gc(FALSE)
  start <- proc.time()[["elapsed"]]
  # what is too short for R's clock is done until it is long enough
  repeats <- 0
  repeat {
    result <- jobs[[name]]()
    repeats <- repeats + 1
    elapsed <- proc.time()[["elapsed"]] - start
    if (elapsed > 0.2) break
  }
  cat(sprintf("%s\t%.9f\t%.12g\n", name, elapsed / repeats, result))
}
