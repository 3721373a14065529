# Numbers in groups against R's own tests of the numbers: reads records {"t","x","g"} and the lines of chisq, and stops if a number
# differs. Rscript location.R RECORDS TESTS
suppressMessages(library(jsonlite))
files <- commandArgs(TRUE)
records <- stream_in(file(files[1]), verbose = FALSE)
tests <- lapply(readLines(files[2]), fromJSON)
same <- function(what, got, want)
  if (length(got) != 1 || is.na(got) || abs(got - want) > 1e-9 * max(1e-3, abs(want)))
    stop(what, ": ", format(want, digits = 15), " here, ", format(got, digits = 15), " in chisq")
for (t in tests) {
  part <- records[records$t == t$table, ]
  part$g <- factor(part$g, levels = unique(part$g))
  ranks <- kruskal.test(x ~ g, part)
  if (nlevels(part$g) == 2) {
    welch <- t.test(x ~ g, part)
    same("difference", t$mean_difference$value, -diff(welch$estimate))
    same("its low end", t$mean_difference$low, welch$conf.int[1])
    w <- suppressWarnings(wilcox.test(x ~ g, part))
    same("W", t$mann_whitney$statistic, w$statistic)
    same("p of W", t$mann_whitney$p, w$p.value)
  } else {
    welch <- oneway.test(x ~ g, part)
    same("second df", t$location$df2, welch$parameter[2])
  }
  same("Welch", t$statistic, welch$statistic)
  same("df", t$df, welch$parameter[1])
  same("p", t$p, welch$p.value)
  same("H", t$kruskal_wallis$statistic, ranks$statistic)
  same("p of H", t$kruskal_wallis$p, ranks$p.value)
}
cat(length(tests), "tables agree\n")
