# SPDX-License-Identifier: GPL-3.0-or-later
#
# What the scripts make-*.R share. They run in this folder, and have their data in r/.

rows <- list ()

# One figure. A number is written with 15 digits; text, as of format (), as it is.
add <- function (case, data, analysis, vars, term, stat, value, source) {
  if (length (value) != 1 || is.na (value)) stop (paste (case, analysis, vars, term, stat))
  if (!is.character (value)) value <- sprintf ("%.15g", as.numeric (value))
  rows[[length (rows) + 1]] <<- c (case, data, analysis, vars, term, stat, value, source)
}

# Writes the figures since the last call.
finish <- function (name, packages = character ()) {
  versions <- sapply (packages, function (p) paste (p, packageVersion (p)))
  writeLines (c (paste ("#", paste (c (R.version.string, versions), collapse = ", ")),
                 "case\tdata\tanalysis\tvars\tterm\tstat\tvalue\tsource",
                 sapply (rows, paste, collapse = "\t")), name)
  rows <<- list ()
}

# An empty cell is a missing value.
read <- function (name)
  read.csv (file.path ("r", name), check.names = FALSE, na.strings = c ("NA", ""))

# Made data, read back, so that both sides have the same digits.
write <- function (table, name) {
  write.csv (table, file.path ("r", name), row.names = FALSE, na = "", quote = FALSE)
  invisible (read (name))
}
