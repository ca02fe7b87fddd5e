# SPDX-License-Identifier: GPL-3.0-or-later
# R's results on the sample with 5 % of its answers emptied:
#   python3 golden.py --write-emptied ../../data/sample emptied.csv
#   Rscript emptied.R emptied.csv data/emptied.tsv
# Only base R: aov, TukeyHSD, t.test, cor.test; scores are means of the answered items.

arguments <- commandArgs(trailingOnly = TRUE)
lines <- strsplit(readLines(arguments[1], encoding = "UTF-8"), ",", fixed = TRUE)
sectors <- c("SO/VSO" = "so-vso", "Ambulant/Dagopvang" = "ambulant-dagopvang", "Residentieel" = "residentieel")
sexes <- c(jongen = "man", man = "man", meisje = "vrouw", vrouw = "vrouw")
types <- c(Jeugdigen = "jeugdige", Ouders = "ouder", Hulpverleners = "hulpverlener", Leraren = "leraar")

# Which columns belong to which scale and perspective, in the order of each form.
alliance <- function(over, first) {
  scales <- c(band = 0, doel = 4, taak = 8)
  parts <- lapply(names(scales), function(s) list(scale = s, over = over, columns = first + scales[[s]] + 0:3, need = 3))
  c(parts, list(list(scale = "alliantie", over = over, columns = first + 0:11, need = 9)))
}
part <- function(scale, over, columns, need) list(list(scale = scale, over = over, columns = columns, need = need))
professional <- c(
  alliance("jeugdige", 1), part("inspraak", "jeugdige", 13:16, 3),
  alliance("ouder", 17), part("opvoedcompetentie", "ouder", 29:32, 3),
  part("belangrijk", "", 33:42, 8), part("lukt", "", 43:52, 8))
layout <- list(
  jeugdige = c(alliance("hulpverlener", 1), part("inspraak", "hulpverlener", 13:16, 3)),
  ouder = c(alliance("hulpverlener", 1), part("opvoedcompetentie", "hulpverlener", 13:16, 3)),
  hulpverlener = professional, leraar = professional)

scores <- do.call(rbind, lapply(lines, function(cells) {
  cells <- c(cells, rep("", 60))
  type <- types[[cells[1]]]
  answers <- as.numeric(cells[5:56])
  do.call(rbind, lapply(layout[[type]], function(m) {
    values <- answers[m$columns]
    data.frame(
      type = type, sector = if (cells[2] == "") NA else sectors[[cells[2]]], sex = sexes[[cells[3]]],
      age = as.numeric(cells[4]), scale = m$scale, over = m$over,
      score = if (sum(!is.na(values)) >= m$need) mean(values, na.rm = TRUE) else NA)
  }))
}))
scores$person <- rep(seq_along(lines), vapply(lines, function(c) length(layout[[types[[c[1]]]]]), 1L))

out <- list()
emit <- function(table, kind, scale, type, over, sector, sex, stat, value) {
  out[[length(out) + 1]] <<- paste(table, kind, scale, type, over, sector, sex, stat,
                                   format(value, digits = 17), sep = "\t")
}
members <- function(scale, type, over, sector = "", sex = "") {
  kinds <- if (type == "professional") c("hulpverlener", "leraar") else type
  d <- scores[scores$scale == scale & scores$type %in% kinds & scores$over == over & !is.na(scores$score), ]
  if (sector != "") d <- d[!is.na(d$sector) & d$sector == sector, ]
  if (sex != "") d <- d[d$sex == sex, ]
  d
}
cell <- function(table, scale, type, over, sector = "", sex = "") {
  x <- members(scale, type, over, sector, sex)$score
  if (length(x) == 0) return(invisible())
  emit(table, "cell", scale, type, over, sector, sex, "n", length(x))
  emit(table, "cell", scale, type, over, sector, sex, "mean", mean(x))
  emit(table, "cell", scale, type, over, sector, sex, "sd", sd(x))
}
by_sector <- function(table, scale, type, over) {
  d <- members(scale, type, over)
  d <- d[!is.na(d$sector), ]
  for (s in unique(d$sector)) cell(table, scale, type, over, s)
  fit <- aov(score ~ sector, d)
  a <- summary(fit)[[1]]
  put <- function(stat, value) emit(table, "anova", scale, "", "", "", "", stat, value)
  put("statistic", a[1, "F value"]); put("df1", a[1, "Df"]); put("df2", a[2, "Df"]); put("p", a[1, "Pr(>F)"])
  put("eta_squared", a[1, "Sum Sq"] / sum(a[, "Sum Sq"]))
  tukey <- TukeyHSD(fit)$sector
  # so-vso and ambulant-dagopvang hold hyphens themselves
  for (pair in combn(levels(factor(d$sector)), 2, simplify = FALSE)) {
    row <- intersect(c(paste(pair, collapse = "-"), paste(rev(pair), collapse = "-")), rownames(tukey))
    put(paste("p", pair[1], pair[2], sep = ":"), tukey[row, "p adj"])
  }
}
by_sex <- function(table, scale, type, over) {
  for (s in c("man", "vrouw")) cell(table, scale, type, over, "", s)
  d <- members(scale, type, over)
  for (equal in c(TRUE, FALSE)) {
    t <- t.test(score ~ factor(sex, c("man", "vrouw")), d, var.equal = equal)
    kind <- if (equal) "student-t" else "welch-t"
    for (s in c("statistic", "df1", "p")) {
      emit(table, kind, scale, "", "", "", "", s, switch(s, statistic = t$statistic[[1]], df1 = t$parameter[[1]], p = t$p.value))
    }
  }
}

alliance_scales <- c("band", "doel", "taak", "alliantie")
for (s in alliance_scales) {
  for (p in list(c("jeugdige", "hulpverlener"), c("ouder", "hulpverlener"), c("hulpverlener", "jeugdige"),
                 c("hulpverlener", "ouder"), c("leraar", "jeugdige"), c("leraar", "ouder"))) cell(2, s, p[1], p[2])
}
for (s in c(alliance_scales, "inspraak")) {
  by_sector(6, s, "jeugdige", "hulpverlener")
  by_sector(8, s, "professional", "jeugdige")
  by_sex(10, s, "professional", "jeugdige")
}
for (s in c(alliance_scales, "opvoedcompetentie")) {
  by_sector(7, s, "ouder", "hulpverlener")
  by_sector(9, s, "professional", "ouder")
  by_sex(11, s, "professional", "ouder")
}
for (s in c("belangrijk", "lukt")) {
  by_sector(5, s, "professional", "")
  cell(5, s, "professional", "")
  by_sex(12, s, "professional", "")
}
correlate <- function(x, y, d) {
  t <- cor.test(d$x, d$y)
  put <- function(stat, value, type, over) emit("correlations", "cell", paste(x, y, sep = "~"), type, over, "", "", stat, value)
  put("r", t$estimate[[1]], d$kind[1], d$about[1])
  put("p", t$p.value, d$kind[1], d$about[1])
  put("n", sum(!is.na(d$x) & !is.na(d$y)), d$kind[1], d$about[1])
}
pair_of <- function(x, y, type, over) {
  b <- members(y, type, over)
  a <- if (x == "age") b$age else members(x, type, over)$score[match(b$person, members(x, type, over)$person)]
  correlate(x, y, data.frame(x = a, y = b$score, kind = type, about = over))
}
pair_of("belangrijk", "lukt", "professional", "")
pair_of("age", "band", "jeugdige", "hulpverlener")
pair_of("age", "doel", "professional", "jeugdige")
pair_of("band", "taak", "ouder", "hulpverlener")

# Cronbach's alpha, listwise, from the covariance matrix.
alpha_of <- function(scale, type, over) {
  kinds <- if (type == "professional") c("hulpverlener", "leraar") else type
  rows <- lapply(lines, function(cells) {
    m <- Filter(function(m) m$scale == scale && m$over == over, layout[[types[[cells[1]]]]])
    if (!types[[cells[1]]] %in% kinds || length(m) == 0) return(NULL)
    as.numeric(c(cells, rep("", 60))[5:56])[m[[1]]$columns]
  })
  x <- na.omit(do.call(rbind, rows))
  k <- ncol(x)
  s <- cov(x)
  emit("reliability", "cell", scale, type, over, "", "", "n", nrow(x))
  emit("reliability", "cell", scale, type, over, "", "", "alpha", k / (k - 1) * (1 - sum(diag(s)) / sum(s)))
}
for (s in alliance_scales) {
  for (p in list(c("jeugdige", "hulpverlener"), c("ouder", "hulpverlener"), c("professional", "jeugdige"),
                 c("professional", "ouder"), c("leraar", "ouder"))) alpha_of(s, p[1], p[2])
}
alpha_of("inspraak", "professional", "jeugdige")
alpha_of("opvoedcompetentie", "ouder", "hulpverlener")
for (s in c("belangrijk", "lukt")) alpha_of(s, "professional", "")

writeLines(c("table\tkind\tscale\trespondent_type\tover\tsector\tsex\tstat\tvalue", unlist(out)), arguments[2])
