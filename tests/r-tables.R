#!/usr/bin/env Rscript
# Makes tests/data/r-tables.tsv: 500 tables with what R says of them, for tests/lib/test_r_tables.c.
# Run as: Rscript tests/r-tables.R > tests/data/r-tables.tsv

suppressWarnings(RNGversion("4.0.0"))
set.seed(20250101)

figure <- function(x) if (is.null(x) || is.na(x)) "-" else sprintf("%.17g", x)

# Sizes from 2x2 to 6x8, counts from a handful to millions, related and not.
draw <- function(i) {
  rows <- if (i %% 3 == 0) 2 else sample(2:6, 1)
  columns <- if (i %% 3 == 0) 2 else sample(2:8, 1)
  scale <- 10 ^ runif(1, 0, if (i %% 5 == 0) 6 else 2.5)
  shares <- outer(rexp(rows) + 0.2, rexp(columns) + 0.2)
  if (i %% 2 == 0) shares <- shares * matrix(rexp(rows * columns) + 0.3, rows)
  matrix(rpois(rows * columns, scale * shares), rows)
}

measure <- function(m) {
  plain <- chisq.test(m, correct = FALSE)
  two <- all(dim(m) == 2)
  yates <- if (two) chisq.test(m) else list()
  small <- two || (sum(m) <= 60 && prod(dim(m)) <= 16)
  fisher <- if (small && sum(m) < 1e6) fisher.test(m, workspace = 2e7)$p.value
  expected <- plain$expected
  g <- 2 * sum(ifelse(m > 0, m * log(m / expected), 0))
  c(plain$statistic, plain$parameter, plain$p.value, g, pchisq(g, plain$parameter, lower.tail = FALSE),
    min(expected), plain$stdres[1, 1],
    if (two) c(yates$statistic, yates$p.value) else c(NA, NA),
    if (is.null(fisher)) NA else fisher)
}

cat("# ", R.version.string, ", tests/r-tables.R\n", sep = "")
cat("# rows columns counts X2 df p G G_p least_expected first_residual yates yates_p fisher_p\n")
made <- 0
i <- 0
while (made < 500) {
  i <- i + 1
  m <- draw(i)
  if (any(rowSums(m) == 0) || any(colSums(m) == 0)) next
  figures <- suppressWarnings(measure(m))
  cat(nrow(m), ncol(m), paste(as.vector(t(m)), collapse = ","),
      vapply(figures, figure, ""), sep = "\t")
  cat("\n")
  made <- made + 1
}
