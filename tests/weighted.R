# Weighted tables against survey::svychisq(): reads records {"t","x","g","w"} and the lines of chisq, and stops if a number differs.
# Rscript weighted.R RECORDS TESTS
suppressMessages({ library(survey); library(jsonlite) })
files <- commandArgs(TRUE)
records <- stream_in(file(files[1]), verbose = FALSE)
tests <- stream_in(file(files[2]), verbose = FALSE)
for (i in seq_len(nrow(tests))) {
  part <- records[records$t == tests$table[i], ]
  f <- svychisq(~x + g, svydesign(ids = ~1, weights = ~w, data = part))
  got <- c(tests$statistic[i], tests$df[i], tests$p[i])
  want <- c(f$statistic, f$parameter[1], f$p.value)
  if (any(is.na(got)) || any(abs(got / want - 1) > 1e-6)) stop(tests$table[i], ": ", paste(want, collapse = " "))
}
cat(nrow(tests), "tables agree\n")
