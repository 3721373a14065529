#!/usr/bin/env Rscript
# Makes tests/data/r-statistics.tsv: for each statistic 500 tables with what R says of them, by its own functions where it
# has them, else by a formula that is not the program's. chisq.bats and tabulate.bats compare.
# Run as: Rscript tests/r-statistics.R > tests/data/r-statistics.tsv (needs the package survey)

suppressMessages(library(survey))
suppressWarnings(RNGversion("4.0.0"))
set.seed(20250202)
CASES <- 500
cat("# ", R.version.string, ", survey ", format(packageVersion("survey")), ", tests/r-statistics.R: kind, rows, columns, counts, figures\n", sep = "")

line <- function(kind, rows, columns, counts, figures)
  cat(kind, "\t", rows, "\t", columns, "\t", paste(counts, collapse = ","), "\t",
      paste(ifelse(is.na(figures), "-", sprintf("%.12g", figures)), collapse = ","), "\n", sep = "")
pick <- function(n) sample.int(n, 1)
table_of <- function(rows, columns, mean) {
  shares <- outer(rexp(rows) + 0.2, rexp(columns) + 0.2)
  if (runif(1) < 0.5) shares <- shares * matrix(rexp(rows * columns) + 0.2, rows)
  matrix(rpois(rows * columns, mean * shares), rows)
}
full <- function(m) all(rowSums(m) > 0) && all(colSums(m) > 0)
repeat_for <- function(draw, of) {
  made <- 0
  while (made < CASES) made <- made + if (is.null(case <- draw(made))) 0 else of(case)
}

# V by chisq.test(); its ends by the noncentralities at which pchisq() has the tails: 5% below the lower end while that is small,
# else 2.5%; 2.5% above the upper end, which for a statistic under its df is that of its df.
v_ends <- function(x, df) {
  root <- function(x, tail) {
    f <- function(l) pchisq(x, df, ncp = l, lower.tail = FALSE) - tail
    if (f(0) >= 0) 0 else uniroot(f, c(0, 4 * x + 100 * df + 100), tol = 1e-12)$root
  }
  least <- root(df, 0.975); low <- root(x, 0.05)
  if (low >= least) low <- max(least, root(x, 0.025))
  c(low, max(x, if (x > df) root(x, 0.975) else least))
}
cramers_v <- function(m) {
  x <- suppressWarnings(unname(chisq.test(m, correct = FALSE)$statistic))
  pmin(1, sqrt(c(x, v_ends(x, prod(dim(m) - 1))) / sum(m) / (min(dim(m)) - 1)))
}

# lambda by counting wrong guesses, its variance by the delta method from the gradient of each cell's share.
lambda <- function(m) {
  p <- m / sum(m); best <- apply(m, 2, which.max); mode <- which.max(rowSums(m))
  wrong <- sum(m) - max(rowSums(m))
  if (wrong == 0) return(c(NA, NA, NA))
  value <- 1 - (sum(m) - sum(apply(m, 2, max))) / wrong
  hit <- outer(seq_len(nrow(m)), best, "==") * 1; guess <- (row(m) == mode) * 1
  gradient <- (hit - guess + value * guess) / (wrong / sum(m))
  se <- sqrt(max(0, sum(p * gradient^2) - sum(p * gradient)^2) / sum(m))
  c(value, pmin(1, pmax(0, value + c(-1, 1) * qnorm(0.975) * se)))
}

repeat_for(function(i) {
  m <- table_of(1 + pick(4), 1 + pick(5), 10^runif(1, 0.3, 2))
  if (full(m) && suppressWarnings(chisq.test(m, correct = FALSE)$statistic) < 1000) m
}, function(m) {
  line("effects", nrow(m), ncol(m), t(m), c(cramers_v(m), lambda(m)))
  1
})

# Bowker by mcnemar.test(); the margins by the generalised Cochran-Mantel-Haenszel test of records as strata, which are two
# answers each (mantelhaen.test), those who did not change left out: it is Stuart and Maxwell's.
margins <- function(m) {
  changed <- which(m > 0 & row(m) != col(m), arr.ind = TRUE)
  answers <- rbind(changed[rep(seq_len(nrow(changed)), m[changed]), ])
  a <- array(0, c(2, nrow(m), nrow(answers)))
  for (i in seq_len(nrow(answers))) { a[1, answers[i, 1], i] <- 1; a[2, answers[i, 2], i] <- 1 }
  x <- tryCatch(mantelhaen.test(a, correct = FALSE), error = function(e) NULL)
  if (is.null(x)) c(NA, NA) else c(unname(x$statistic), x$p.value)
}
repeat_for(function(i) {
  m <- table_of(k <- 1 + pick(4), k, 10^runif(1, 0, 1.2))
  off <- m - diag(diag(m), k)
  if (full(m) && all(rowSums(off) + colSums(off) > 0)) m
}, function(m) {
  b <- mcnemar.test(m, correct = FALSE)
  s <- margins(m)
  if (is.na(s[1]) || is.nan(b$statistic)) return(0)
  line("symmetry", nrow(m), ncol(m), t(m), c(unname(b$statistic), b$p.value, s))
  1
})

# Column proportions: pairwise.prop.test() of the columns whose share is neither 0 nor 1, p times all pairs of columns; a cell
# is the number whose binary digits are the columns with a smaller share.
smaller <- function(m) {
  got <- matrix(0, nrow(m), ncol(m)); n <- colSums(m); pairs <- choose(ncol(m), 2)
  for (r in seq_len(nrow(m))) {
    k <- which(m[r, ] > 0 & m[r, ] < n)
    if (length(k) < 2) next
    p <- suppressWarnings(pairwise.prop.test(m[r, k], n[k], p.adjust.method = "none", correct = FALSE)$p.value)
    for (a in seq_along(k)) for (b in seq_len(a - 1)) if (isTRUE(p[a - 1, b] * pairs < 0.05)) {
      more <- if (m[r, k[a]] / n[k[a]] > m[r, k[b]] / n[k[b]]) c(k[a], k[b]) else c(k[b], k[a])
      got[r, more[1]] <- got[r, more[1]] + 2^(more[2] - 1)
    }
  }
  got
}
repeat_for(function(i) {
  m <- table_of(1 + pick(3), 1 + pick(5), 10^runif(1, 0.5, 2))
  if (full(m)) m
}, function(m) { line("letters", nrow(m), ncol(m), t(m), t(smaller(m))); 1 })

# Goodness of fit of few records: binom.test(), or dmultinom() of every way to spread them. Equal shares in every second.
ways <- function(left, k)
  if (k == 1) matrix(left, 1) else do.call(cbind, lapply(0:left, function(i) rbind(i, ways(left - i, k - 1))))
repeat_for(function(i) {
  m <- rpois(1 + pick(3), runif(1, 1, 6))
  if (sum(m) > 0) list(m = m, shares = if (i %% 2) rep(1, length(m)) else sample(1:5, length(m), TRUE))
}, function(x) {
  p <- x$shares / sum(x$shares)
  exact <- if (length(p) == 2) binom.test(x$m[1], sum(x$m), p[1])$p.value else {
    each <- apply(ways(sum(x$m), length(p)), 2, dmultinom, prob = p)
    sum(each[each <= dmultinom(x$m, prob = p) * (1 + 1e-7)])
  }
  pearson <- suppressWarnings(chisq.test(x$m, p = p))
  line("goodness", length(p), 1, c(x$m, x$shares), c(unname(pearson$statistic), pearson$p.value, exact))
  1
})

# Strata: mantelhaen.test(), plain, corrected, exact; the common odds ratio with its interval.
repeat_for(function(i) {
  a <- array(rpois(4 * (k <- 1 + pick(5)), 10^runif(1, -0.3, 1.3) * (0.3 + rexp(4 * k))), c(2, 2, k))
  s <- apply(a, 1:2, sum)
  alone <- apply(a, 3, sum) < 2
  if (full(s) && !any(alone)) a
}, function(a) {
  x <- tryCatch(mantelhaen.test(a, correct = FALSE), error = function(e) NULL)
  e <- tryCatch(mantelhaen.test(a, exact = TRUE)$p.value, error = function(e) NA)
  if (is.null(x) || is.na(x$statistic) || is.na(e) || !all(is.finite(c(x$estimate, x$conf.int))) || x$estimate == 0) return(0)
  line("strata", dim(a)[3], 4, as.vector(aperm(a, c(2, 1, 3))),
       c(unname(x$statistic), x$p.value, mantelhaen.test(a)$p.value, e, unname(x$estimate), x$conf.int))
  1
})

# Cochran's Q: friedman.test() of the records as rows of 0 and 1. The counts are each record's values as binary digits.
repeat_for(function(i) {
  k <- 1 + pick(4); n <- 4 + pick(26)
  m <- sapply(seq_len(k), function(j) rbinom(n, 1, runif(1, 0.1, 0.9)))
  if (all(colSums(m) > 0) && any(rowSums(m) > 0 & rowSums(m) < k)) m
}, function(m) {
  x <- friedman.test(m)
  line("cochran", nrow(m), ncol(m), m %*% 2^(seq_len(ncol(m)) - 1), c(unname(x$statistic), x$p.value))
  1
})

# Weighted numbers: svymean(), svyvar(), svytotal(); quartiles are the smallest number at which svycdf() reaches the share,
# the rule "math" of survey's vignette "Estimating quantiles" (svyquantile() 4.1-1 itself departs from it below the first number).
repeat_for(function(i) {
  n <- 2 + pick(18)
  list(x = sample(0:20, n, TRUE) / (1 + i %% 4), w = if (i %% 3) sample(1:30, n, TRUE) / 10 else sample(1:4, n, TRUE))
}, function(d) {
  d$x <- round(d$x, 3)
  s <- svydesign(ids = ~1, weights = ~w, data = as.data.frame(d))
  f <- svycdf(~x, s)[[1]]
  quartile <- function(p) { k <- knots(f); k[which(f(k) >= p - 1e-12)[1]] }
  line("weighted", length(d$x), 1, c(d$x, d$w),
       c(coef(svymean(~x, s)), sqrt(coef(svyvar(~x, s))), coef(svytotal(~x, s)), sapply(c(0.25, 0.5, 0.75), quartile)))
  1
})

# Effects of weighted counts: svycontrast() of svytotal(), with confint(). The counts are each record's cell, then the weights.
repeat_for(function(i) {
  n <- 12 + pick(30)
  d <- data.frame(cell = sample(1:4, n, TRUE, rexp(4) + 0.2), w = sample(1:30, n, TRUE) / 10)
  if (all(1:4 %in% d$cell)) d
}, function(d) {
  s <- svydesign(ids = ~1, weights = ~w, data = transform(d, a = cell == 1, b = cell == 2, c = cell == 3, d = cell == 4))
  x <- svycontrast(svytotal(~I(1 * a) + I(1 * b) + I(1 * c) + I(1 * d), s), list(
    odds = quote(log(`I(1 * a)` * `I(1 * d)` / (`I(1 * b)` * `I(1 * c)`))),
    risk = quote(log(`I(1 * a)` / (`I(1 * a)` + `I(1 * c)`) / (`I(1 * b)` / (`I(1 * b)` + `I(1 * d)`)))),
    difference = quote(`I(1 * a)` / (`I(1 * a)` + `I(1 * c)`) - `I(1 * b)` / (`I(1 * b)` + `I(1 * d)`))))
  all <- cbind(coef(x), confint(x))
  line("weighted_effects", nrow(d), 1, c(d$cell, d$w), c(exp(all[1, ]), exp(all[2, ]), pmax(-1, pmin(1, all[3, ]))))
  1
})

# Two multiple responses: of each value with each group n times the squared correlation of the two columns of 0 and 1, their
# sum, how many have one, the least p times that number (Bilder & Loughin 2004), and the largest. A count is a record: its
# values as binary digits and 64 times its groups; some records name none.
repeat_for(function(i) {
  n <- 8 + pick(50); latent <- runif(n)
  set <- function(k) sapply(seq_len(k), function(j) rbinom(n, 1, plogis(rnorm(1, -0.5) + rnorm(1, 0, 3) * (latent - 0.5))))
  d <- list(values = set(pick(5)), groups = set(pick(5)))
  r <- suppressWarnings(cor(d$values, d$groups))
  if (any(!is.na(r))) d
}, function(d) {
  x <- nrow(d$values) * as.vector(suppressWarnings(cor(d$values, d$groups)))^2
  x <- x[!is.na(x)]
  line("spmi", nrow(d$values), 1, d$values %*% 2^(seq_len(ncol(d$values)) - 1) + 64 * d$groups %*% 2^(seq_len(ncol(d$groups)) - 1),
       c(sum(x), length(x), min(p.adjust(pchisq(x, 1, lower.tail = FALSE), "bonferroni")), max(x)))
  1
})

# Response and refusal rates: AAPOR (2023), Standard Definitions, 10th edition, each formula as it is printed there. The counts
# are I, P, R, NC, O, U (UH + UO) and the not eligible, then e in percent, or -1 where it is that of the known ones.
repeat_for(function(i) {
  d <- c(I = 0, P = 0, R = 0, NC = 0, O = 0, U = 0, NE = 0)
  d[] <- rpois(7, rexp(7) * 10^runif(1, 0, 2)) * rbinom(7, 1, 0.85)
  if (sum(d) > 0) c(d, given = if (i %% 3) -1 else sample(0:100, 1))
}, function(d) {
  rate <- function(x, of) if (of > 0) x / of else NA
  figures <- with(as.list(d), {
    e <- if (given >= 0) given / 100 else if (I + P + R + NC + O + NE > 0) (I + P + R + NC + O) / (I + P + R + NC + O + NE) else 1
    c(rate(I, (I + P) + (R + NC + O) + U), rate(I + P, (I + P) + (R + NC + O) + U),
      rate(I, (I + P) + (R + NC + O) + e * U), rate(I + P, (I + P) + (R + NC + O) + e * U),
      rate(I, (I + P) + (R + NC + O)), rate(I + P, (I + P) + (R + NC + O)),
      rate(R, (I + P) + (R + NC + O) + U), rate(R, (I + P) + (R + NC + O) + e * U), rate(R, (I + P) + (R + NC + O)))
  })
  line("aapor", 7, 1, d, figures)
  1
})

# Weighted numbers in groups: of two svyttest() with its interval, of more regTermTest() of svyglm(); svyranktest(). The counts
# are numbers, weights and groups. Equal numbers have equal weights: of others R's places depend on the order of the records.
repeat_for(function(i) {
  n <- 8 + pick(40)
  d <- data.frame(x = sample(1:(3 * n), n, TRUE) / 8, w = sample(1:40, n, TRUE) / 10, g = sample.int(1 + pick(min(4, n %/% 4)), n, TRUE))
  d$w <- d$w[match(d$x, d$x)]
  d$g <- match(d$g, unique(d$g))
  if (max(d$g) > 1 && all(table(d$g) > 1) && all(tapply(d$x, d$g, function(x) length(unique(x))) > 1)) d
}, function(d) {
  s <- svydesign(ids = ~1, weights = ~w, data = transform(d, g = factor(g)))
  r <- svyranktest(x ~ g, s)
  figures <- if (max(d$g) == 2) {
    t <- svyttest(x ~ g, s)
    c(-t$statistic, t$parameter, t$p.value, -t$estimate, -rev(t$conf.int), -r$statistic, r$p.value)
  } else {
    t <- regTermTest(svyglm(x ~ g, s), ~g)
    c(t$Ftest, t$df, t$p, NA, NA, NA, r$parameter / r$statistic, r$p.value)
  }
  line("weighted_location", nrow(d), max(d$g), c(d$x, d$w, d$g), figures)
  1
})

# Weighted tables: svychisq(). The counts are values, groups and weights of the records.
repeat_for(function(i) {
  n <- 10 + pick(50)
  d <- data.frame(x = sample.int(1 + pick(3), n, TRUE), g = sample.int(1 + pick(4), n, TRUE), w = sample(1:40, n, TRUE) / 10)
  if (length(unique(d$x)) > 1 && length(unique(d$g)) > 1) d
}, function(d) {
  f <- tryCatch(svychisq(~x + g, svydesign(ids = ~1, weights = ~w, data = d)), error = function(e) NULL)
  if (is.null(f) || !is.finite(f$statistic)) return(0)
  line("svychisq", nrow(d), 1, c(d$x, d$g, d$w), c(f$statistic, f$parameter, f$p.value))
  1
})

# Numbers in groups: t.test() or oneway.test(), wilcox.test() of two, kruskal.test(). The counts are numbers and groups.
repeat_for(function(i) {
  n <- 8 + pick(60)
  d <- data.frame(x = sample(1:(n * (1 + i %% 3)), n, TRUE) / 4, g = sample.int(1 + pick(min(4, n %/% 4)), n, TRUE))
  d$g <- match(d$g, unique(d$g))
  if (max(d$g) > 1 && all(tapply(d$x, d$g, function(x) length(unique(x))) > 1)) d
}, function(d) {
  d$g <- factor(d$g); two <- nlevels(d$g) == 2
  t <- if (two) t.test(x ~ g, d) else oneway.test(x ~ g, d)
  w <- if (two) suppressWarnings(wilcox.test(x ~ g, d)); k <- kruskal.test(x ~ g, d)
  line("location", nrow(d), nlevels(d$g), c(d$x, as.integer(d$g)),
       c(t$statistic, t$parameter[1], t$p.value, if (two) c(w$statistic, w$p.value) else c(NA, NA), k$statistic, k$p.value))
  1
})

# Weighted goodness of fit: Rao & Scott (1981), X^2 of the shares times the records by the eigenvalues of the variance of
# svymean() by that of simple random sampling; F as Thomas & Rao (1987). The counts are values and weights, then the expected.
repeat_for(function(i) {
  n <- 10 + pick(50); k <- 1 + pick(4)
  d <- data.frame(x = sample.int(k, n, TRUE), w = sample(1:40, n, TRUE) / 10)
  if (length(unique(d$x)) == k) list(d = d, p = sample(1:5, k, TRUE))
}, function(x) {
  n <- nrow(x$d); p <- x$p / sum(x$p)
  m <- svymean(~factor(x), svydesign(ids = ~1, weights = ~w, data = x$d))
  lambda <- Re(eigen(n * vcov(m) / p, only.values = TRUE)$values)
  df <- sum(lambda)^2 / sum(lambda^2); f <- n * sum((coef(m) - p)^2 / p) / sum(lambda)
  line("weighted_goodness", n, length(p), c(x$d$x, x$d$w, x$p), c(f, df, df * (n - 1), pf(f, df, df * (n - 1), lower.tail = FALSE)))
  1
})
