compared <- 0
skipped <- character()
near <- function(where, what, got, want, tolerance, least) {
  if (is.null(want)) return(invisible())
  compared <<- compared + 1
  if (length(got) != 1 || is.na(got) ||
      abs(got - want) > tolerance * max(abs(want), least))
    stop(where, ": ", what, " is ", format(got, digits = 15), " here and ",
         format(want, digits = 15), " in chisq", call. = FALSE)
}
value <- function(where, what, got, want) near(where, what, got, want, 1e-9, 1)
tail <- function(where, what, got, want) near(where, what, got, want, 1e-7, 1e-300)
end <- function(where, what, got, want) near(where, what, got, want, 1e-6, 1e-3)
skip <- function(where, what, why)
  skipped <<- c(skipped, paste0(where, ": ", what, " (", why, ")"))
upper <- function(x, df) pchisq(x, df, lower.tail = FALSE)

# A row of the table of statistics: GOT and WANT are c(value, low, high) or c(statistic, p).
figure <- function(where, what, got, want) {
  if (is.null(got)) return(invisible())
  for (i in which(!is.na(want)))
    if (i > length(got)) skip(where, paste("interval of", what), "too large for R")
    else if (length(want) == 2 && i == 2) tail(where, paste("p of", what), got[i], want[i])
    else if (i == 1) value(where, what, got[i], want[i])
    else end(where, paste("an end of", what), got[i], want[i])
}

# The noncentralities by which x is likely: all but two tails where they are large, one else.
noncentral <- function(x, df, level) {
  a <- 1 - level
  of <- function(x, tail) {
    f <- function(l) pchisq(x, df, l, lower.tail = FALSE) - tail
    most <- x + 200 * sqrt(x + df) + 1000
    suppressWarnings(if (f(0) >= 0) 0 else uniroot(f, c(0, most), tol = 1e-10)$root)
  }
  strong <- of(df, 1 - a / 2)
  low <- of(x, a)
  if (low >= strong) low <- max(strong, of(x, a / 2))
  c(low, max(x, if (x > df) of(x, 1 - a / 2) else strong))
}

# The conditional odds ratio and its interval, by finer roots than fisher.test()'s.
exact_ratio <- function(m, level) {
  hits <- sum(m[, 1]); misses <- sum(m[, 2]); draws <- sum(m[1, ])
  support <- max(0, draws - misses):min(draws, hits)
  weight <- dhyper(support, hits, misses, draws, log = TRUE)
  density <- function(l) { d <- weight + l * support; d <- exp(d - max(d)); d / sum(d) }
  x <- m[1, 1]
  find <- function(f) exp(uniroot(f, c(-60, 60), tol = 1e-13)$root)
  least <- x == min(support); most <- x == max(support); a <- (1 - level) / 2
  c(if (least) 0 else if (most) NA else find(function(l) sum(density(l) * support) - x),
    if (least) 0 else find(function(l) sum(density(l)[support >= x]) - a),
    if (most) NA else find(function(l) a - sum(density(l)[support <= x])))
}

fisher <- function(where, m, w) {
  if (!is.null(w$fisher) && all(dim(m) == 2)) {
    if (sum(m) > 1e6) return(skip(where, "Fisher's test", "table too large for R"))
    f <- exact_ratio(m, w$level)
    end(where, "conditional odds ratio", f[1], w$exact_value)
    end(where, "its low end", f[2], w$exact_low)
    end(where, "its high end", f[3], w$exact_high)
  }
  if (is.null(w$fisher) || sum(m) > 1e6) return(invisible())
  p <- tryCatch(fisher.test(m, workspace = 2e7)$p.value, error = function(e) NA)
  if (is.na(p)) return(skip(where, "Fisher's test", "R's cannot take the table"))
  near(where, "p by Fisher", p, w$fisher, 1e-6, 1e-300)
}

# Random tables of R's own: by chance the p may differ, but not by five standard errors.
random <- function(where, draw, w) {
  if (is.null(w$random)) return(invisible())
  set.seed(w$seed)
  replicates <- min(w$replicates, 20000)
  p <- draw(replicates)
  off <- 5 * sqrt(w$random * (1 - w$random) * (1 / replicates + 1 / w$replicates)) +
    2 / replicates
  near(where, "p by Monte Carlo", p, w$random, off / w$random, 0)
}

# ---- for each row of the table of statistics: of the counts and of what is wanted ----

expected_counts <- function(m, w) {
  if (is.null(w$shares)) outer(rowSums(m), colSums(m)) / sum(m)
  else sum(m) * w$shares / sum(w$shares)
}

statistic_and_p <- function(x) c(unname(x$statistic), x$p.value)

yates <- function(m, w) switch(w$kind,
  independence = {
    e <- expected_counts(m, w); off <- abs(m - e)
    x <- sum((off - pmin(0.5, off))^2 / e)
    c(x, upper(x, 1))
  },
  conditional_independence = if (dim(m)[3] > 1) statistic_and_p(mantelhaen.test(m)),
  symmetry = statistic_and_p(mcnemar.test(m)))

likelihood_ratio <- function(m, w) {
  e <- expected_counts(m, w)
  g <- 2 * sum(ifelse(m > 0, m * log(m / e), 0))
  c(g, upper(g, if (is.null(w$shares)) prod(dim(m) - 1) else length(m) - 1))
}

on_log_scale <- function(x, se, w)
  if (is.finite(se)) x * exp(c(0, -1, 1) * qnorm((1 + w$level) / 2) * se) else x

# Of weighted sums: the variance of F by its slopes at each sum (Taylor), taken by small steps.
linearised <- function(m, w, f) {
  if (any(m == 0)) return(f(m))
  slope <- vapply(seq_along(m), function(i) {
    step <- replace(0 * m, i, m[i] * 1e-5)
    (f(m + step) - f(m - step)) / (2 * m[i] * 1e-5)
  }, 0)
  squares <- matrix(w$squares, nrow(m), byrow = TRUE)
  f(m) + c(0, -1, 1) * qnorm((1 + w$level) / 2) * sqrt(w$records / (w$records - 1) * sum(squares * slope^2))
}

odds_ratio <- function(m, w) {
  if (!is.null(w$squares)) return(exp(linearised(m, w, function(m) log(m[1] * m[4] / m[2] / m[3]))))
  if (length(dim(m)) == 3) {
    if (dim(m)[3] < 2) return(NULL)
    x <- mantelhaen.test(m, correct = FALSE, conf.level = w$level)
    return(c(unname(x$estimate), x$conf.int))
  }
  on_log_scale(m[1, 1] * m[2, 2] / (m[1, 2] * m[2, 1]), sqrt(sum(1 / m)), w)
}

pearson <- function(m) unname(suppressWarnings(chisq.test(m, correct = FALSE))$statistic)

cramers_v <- function(m, w) {
  scale <- sum(m) * (min(dim(m)) - 1); x <- pearson(m)
  if (!is.null(w$squares) || x > 1e4) return(sqrt(x / scale))
  c(sqrt(x / scale), pmin(1, sqrt(noncentral(x, prod(dim(m) - 1), w$level) / scale)))
}

corrected_v <- function(m, w) {
  if (!is.null(w$squares)) return(NULL)
  n <- sum(m)
  square <- max(0, pearson(m) / n - prod(dim(m) - 1) / (n - 1))
  sides <- dim(m) - (dim(m) - 1)^2 / (n - 1)
  sqrt(square / (min(sides) - 1))
}

phi <- function(m, w) {
  n <- sum(m); r <- rowSums(m) / n; k <- colSums(m) / n
  x <- (m[1, 1] * m[2, 2] - m[1, 2] * m[2, 1]) / sqrt(prod(rowSums(m)) * prod(colSums(m)))
  skew <- c(r[1] - r[2], k[1] - k[2]) / sqrt(c(prod(r), prod(k)))
  variance <- 1 - x^2 + x * (1 + x^2 / 2) * prod(skew) - 0.75 * x^2 * sum(skew^2)
  half <- qnorm((1 + w$level) / 2) * sqrt(max(0, variance) / n)
  c(x, max(-1, x - half), min(1, x + half))
}

# The share of wrong guesses that is saved; its variance by the delta method, from the gradient of each cell's share.
lambda <- function(m, w) {
  p <- m / sum(m); mode <- which.max(rowSums(m)); wrong <- 1 - max(rowSums(p))
  best <- outer(seq_len(nrow(m)), apply(m, 2, which.max), "==")
  x <- 1 - (1 - sum(p[best])) / wrong
  gradient <- (best - (1 - x) * (row(m) == mode)) / wrong
  se <- sqrt(max(0, sum(p * gradient^2) - sum(p * gradient)^2) / sum(m))
  c(x, pmin(1, pmax(0, x + c(-1, 1) * qnorm((1 + w$level) / 2) * se)))
}

risk_ratio <- function(m, w) {
  n <- colSums(m); p <- m[1, ] / n
  if (!is.null(w$squares))
    return(exp(linearised(m, w, function(m) -diff(log(m[1, ] / colSums(m))))))
  on_log_scale(p[1] / p[2], sqrt(sum(1 / m[1, ] - 1 / n)), w)
}

wilson <- function(x, n, z) {
  p <- x / n
  half <- z * sqrt(p * (1 - p) / n + z^2 / (4 * n^2))
  (p + z^2 / (2 * n) + c(-1, 1) * half) / (1 + z^2 / n)
}

risk_difference <- function(m, w) {
  if (!is.null(w$squares)) return(pmax(-1, pmin(1, linearised(m, w, function(m) -diff(m[1, ] / colSums(m))))))
  z <- qnorm((1 + w$level) / 2)
  n <- colSums(m); p <- m[1, ] / n
  a <- wilson(m[1, 1], n[1], z); b <- wilson(m[1, 2], n[2], z); d <- p[1] - p[2]
  c(d, d - sqrt((p[1] - a[1])^2 + (b[2] - p[2])^2),
    d + sqrt((a[2] - p[1])^2 + (p[2] - b[1])^2))
}

binomial_p <- function(m, w) {
  b <- m[upper.tri(m)]; c <- t(m)[upper.tri(m)]; only <- which(b + c > 0)
  binom.test(b[only], b[only] + c[only])$p.value
}

multinomial_p <- function(m, w) {
  share <- w$shares / sum(w$shares)
  if (length(m) == 2) return(binom.test(m, p = share[1])$p.value)
  n <- sum(m)
  if (choose(n + length(m) - 1, length(m) - 1) > 2e5) return(NULL)
  ways <- function(left, k) # a column for each way
    if (k == 1) matrix(left, 1)
    else do.call(cbind, lapply(0:left, function(i) rbind(i, ways(left - i, k - 1))))
  p <- apply(ways(n, length(m)), 2, dmultinom, prob = share)
  sum(p[p <= dmultinom(m, prob = share) * (1 + 1e-7)])
}

stuart_maxwell <- function(m, w) {
  k <- which(rowSums(m) + colSums(m) > 2 * diag(m))
  if (length(k) < 2) return(NULL)
  m <- m[k, k]; n <- length(k) - 1; i <- seq_len(n)
  d <- (rowSums(m) - colSums(m))[i]
  s <- -(m + t(m)); diag(s) <- rowSums(m) + colSums(m) - 2 * diag(m)
  x <- sum(d * solve(s[i, i], d))
  c(x, upper(x, n))
}

# t of two, F of more means with the errors of records drawn with unequal weights, and its p.
wald <- function(n, mean, error) {
  k <- length(mean); records <- sum(n); v <- records / (records - 1) * error^2
  if (k == 2) {
    t <- (mean[1] - mean[2]) / sqrt(sum(v))
    return(c(t, 2 * pt(-abs(t), records - 2)))
  }
  d <- mean[-1] - mean[1]
  f <- sum(d * solve(diag(v[-1], k - 1) + v[1], d)) / (k - 1)
  c(f, pf(f, k - 1, records - k, lower.tail = FALSE))
}

rank_test <- function(m, w) wald(m$n, m$place, m$place_error)

mean_difference <- function(m, w) {
  if (!is.null(m$error)) {
    records <- sum(m$n); se <- sqrt(records / (records - 1) * sum(m$error^2))
    return(m$mean[1] - m$mean[2] + c(0, -1, 1) * qt((1 + w$level) / 2, records - 2) * se)
  }
  se <- sqrt(sum(m$sd^2 / m$n))
  df <- se^4 / sum((m$sd^2 / m$n)^2 / (m$n - 1))
  m$mean[1] - m$mean[2] + c(0, -1, 1) * qt((1 + w$level) / 2, df) * se
}

mann_whitney <- function(m, w) {
  n <- m$n; u <- m$rank_sum[1] - n[1] * (n[1] + 1) / 2
  if (all(n < 50) && m$ties == 0)
    return(c(u, min(1, 2 * pwilcox(min(u, prod(n) - u), n[1], n[2]))))
  sigma <- sqrt(prod(n) / 12 * (sum(n) + 1 - m$ties / (sum(n) * (sum(n) - 1))))
  z <- max(0, abs(u - prod(n) / 2) - 0.5) / sigma
  c(u, 2 * pnorm(-z))
}

kruskal_wallis <- function(m, w) {
  n <- sum(m$n)
  h <- (12 / (n * (n + 1)) * sum(m$rank_sum^2 / m$n) - 3 * (n + 1)) / (1 - m$ties / (n^3 - n))
  c(h, upper(h, length(m$n) - 1))
}

# ---- tests ----

# A two by two table for each value and each group.
spmi <- function(where, m, w) {
  x <- c(); p <- c()
  for (v in seq_along(m$rows)) for (g in seq_along(m$columns)) {
    a <- m$both[v, g]
    t <- matrix(c(a, m$columns[g] - a, m$rows[v] - a, m$records - m$rows[v] - m$columns[g] + a), 2)
    if (any(rowSums(t) == 0) || any(colSums(t) == 0)) next
    test <- suppressWarnings(chisq.test(t, correct = FALSE))
    x <- c(x, test$statistic); p <- c(p, test$p.value)
  }
  value(where, "sum of the pairs", sum(x), w$statistic)
  tail(where, "p", min(p.adjust(p, "bonferroni")), w$p)
}

cochran_q <- function(where, m, w) {
  k <- length(m$hits); total <- sum(m$hits)
  q <- (k - 1) * (k * sum(m$hits^2) - total^2) / (k * total - sum(m$both))
  value(where, "Q", q, w$statistic)
  tail(where, "p", upper(q, k - 1), w$p)
}

weighted_location <- function(where, m, w) {
  x <- wald(m$n, m$mean, m$error)
  value(where, "t or F", x[1], w$statistic)
  tail(where, "p", x[2], w$p)
}

# Of numbers in groups: what oneway.test() and t.test() make of the numbers themselves.
location <- function(where, m, w) {
  e <- m$sd^2 / m$n; k <- length(m$n)
  if (k == 2) {
    t <- (m$mean[1] - m$mean[2]) / sqrt(sum(e)); df <- sum(e)^2 / sum(e^2 / (m$n - 1))
    value(where, "t", t, w$statistic)
    value(where, "df", df, w$df)
    return(tail(where, "p", 2 * pt(-abs(t), df), w$p))
  }
  weight <- 1 / e; mean <- sum(weight * m$mean) / sum(weight)
  spread <- sum((1 - weight / sum(weight))^2 / (m$n - 1)) / (k^2 - 1)
  f <- sum(weight * (m$mean - mean)^2) / (k - 1) / (1 + 2 * (k - 2) * spread)
  value(where, "F", f, w$statistic)
  value(where, "second df", 1 / (3 * spread), w$df2)
  tail(where, "p", pf(f, k - 1, 1 / (3 * spread), lower.tail = FALSE), w$p)
}

independence <- function(where, m, w) {
  x <- suppressWarnings(chisq.test(m, correct = FALSE))
  value(where, "statistic", unname(x$statistic), w$statistic)
  value(where, "df", unname(x$parameter), w$df)
  tail(where, "p", x$p.value, w$p)
  value(where, "least expected count", min(x$expected), w$least)
  for (i in seq_along(w$residuals))
    value(where, "adjusted residual", t(x$stdres)[i], w$residuals[i])
  fisher(where, m, w)
  random(where, function(b)
    if (w$by_fisher) fisher.test(m, simulate.p.value = TRUE, B = b)$p.value
    else chisq.test(m, simulate.p.value = TRUE, B = b)$p.value, w)
}

trend <- function(where, m, rows, columns, w) {
  total <- sum(m)
  a <- sum(rowSums(m) * rows) / total; b <- sum(colSums(m) * columns) / total
  r <- sum(m * outer(rows - a, columns - b)) /
    sqrt(sum(rowSums(m) * (rows - a)^2) * sum(colSums(m) * (columns - b)^2))
  value(where, "linear-by-linear", (total - 1) * r^2, w$linear)
  tail(where, "p of linear-by-linear", upper((total - 1) * r^2, 1), w$linear_p)
  if (is.null(w$trend)) return(invisible())
  x <- suppressWarnings(if (nrow(m) == 2) prop.trend.test(m[1, ], colSums(m), columns)
                        else prop.trend.test(m[, 1], rowSums(m), rows))
  end(where, "Cochran-Armitage", unname(x$statistic), w$trend)
  near(where, "p of Cochran-Armitage", x$p.value, w$trend_p, 1e-6, 1e-12)
}

# The columns whose share of the row is smaller, by prop.test() of two, p times the pairs.
smaller_columns <- function(where, m, w, want) {
  n <- colSums(m); k <- ncol(m); names <- c(LETTERS, outer(LETTERS, LETTERS, function(b, a) paste0(a, b)))
  for (r in seq_len(nrow(m))) for (one in seq_len(k)) {
    got <- c()
    for (other in setdiff(seq_len(k), one)) {
      share <- m[r, c(one, other)] / n[c(one, other)]
      if (any(share == 0 | share == 1) || share[1] <= share[2]) next
      p <- suppressWarnings(prop.test(m[r, c(one, other)], n[c(one, other)], correct = FALSE)$p.value)
      if (p * k * (k - 1) / 2 < 1 - w$level) got <- c(got, names[other])
    }
    got <- paste(got, collapse = if (k > 26) " " else "")
    compared <<- compared + 1
    wanted <- gsub("'", "", want[(r - 1) * k + one])
    if (got != wanted) stop(where, ": letters are ", got, " here and ", wanted, " in chisq", call. = FALSE)
  }
}

goodness <- function(where, m, w) {
  x <- suppressWarnings(chisq.test(m, p = w$shares / sum(w$shares)))
  value(where, "statistic", unname(x$statistic), w$statistic)
  value(where, "df", unname(x$parameter), w$df)
  tail(where, "p", x$p.value, w$p)
  for (i in seq_along(w$residuals))
    value(where, "adjusted residual", unname(x$stdres)[i], w$residuals[i])
  random(where, function(b)
    chisq.test(m, p = w$shares / sum(w$shares), simulate.p.value = TRUE,
               B = b)$p.value, w)
}

# The first cell of a table of these margins with the odds ratio theta.
fitted_cell <- function(m, theta) {
  r <- sum(m[1, ]); k <- sum(m[, 1]); n <- sum(m)
  b <- n - r - k + theta * (r + k)
  2 * theta * r * k / (b + sqrt(b^2 - 4 * (theta - 1) * theta * r * k))
}

conditional <- function(where, m, w) {
  off <- 0; variance <- 0
  for (i in seq_len(dim(m)[3])) {
    s <- m[, , i]; n <- sum(s)
    off <- off + s[1, 1] - sum(s[1, ]) * sum(s[, 1]) / n
    variance <- variance + prod(rowSums(s)) * prod(colSums(s)) / (n^2 * (n - 1))
  }
  value(where, "statistic", off^2 / variance, w$statistic)
  tail(where, "p", upper(off^2 / variance, 1), w$p)
  if (dim(m)[3] < 2) return(invisible())
  x <- mantelhaen.test(m, correct = FALSE, conf.level = w$level)
  value(where, "statistic", unname(x$statistic), w$statistic)
  if (!is.null(w$exact)) {
    p <- tryCatch(mantelhaen.test(m, exact = TRUE)$p.value, error = function(e) NA)
    if (is.na(p)) skip(where, "the exact test", "R's cannot take the strata")
    else near(where, "exact p", p, w$exact, 1e-6, 1e-300)
  }
  if (is.null(w$breslow_day)) return(invisible())
  bd <- 0; sum_off <- 0; sum_variance <- 0
  for (i in seq_len(dim(m)[3])) {
    s <- m[, , i]
    a <- fitted_cell(s, unname(x$estimate))
    b <- sum(s[1, ]) - a; c <- sum(s[, 1]) - a
    cells <- c(a, b, c, sum(s) - a - b - c)
    v <- 1 / sum(1 / cells)
    bd <- bd + (s[1, 1] - a)^2 / v
    sum_off <- sum_off + s[1, 1] - a; sum_variance <- sum_variance + v
  }
  end(where, "Breslow-Day", bd, w$breslow_day)
  end(where, "Tarone", bd - sum_off^2 / sum_variance, w$tarone)
}

symmetry <- function(where, m, w) {
  a <- m[upper.tri(m)]; b <- t(m)[upper.tri(m)]
  used <- a + b > 0
  x <- sum((a - b)[used]^2 / (a + b)[used])
  value(where, "statistic", x, w$statistic)
  value(where, "df", sum(used), w$df)
  tail(where, "p", upper(x, sum(used)), w$p)
}

# Weighted counts: the design effects are the eigenvalues of the shares' variance by that of as many plain records, within what
# rows and columns alone leave: R's contrasts of their interaction, projected by qr().
weighted <- function(where, m, w) {
  total <- sum(m); n <- w$records; p <- c(m) / total
  s <- if (is.matrix(m)) c(matrix(w$squares, nrow(m), byrow = TRUE)) else w$squares
  s <- s / total^2
  if (w$kind == "goodness_of_fit") {
    share <- w$shares / sum(w$shares)
    x <- n * sum((p - share)^2 / share)
    within <- identity; scale <- 1 / sqrt(share); first_df <- length(p) - 1
  } else {
    x <- n * pearson(m) / total
    cells <- expand.grid(row = factor(seq_len(nrow(m))), column = factor(seq_len(ncol(m))))
    design <- model.matrix(~ row * column, cells, list(row = "contr.helmert", column = "contr.helmert"))
    scale <- ifelse(p > 0, 1 / sqrt(p), 0); first_df <- prod(dim(m) - 1)
    space <- qr(scale * design[, seq(to = ncol(design), length.out = first_df)])
    within <- function(a) qr.fitted(space, a)
  }
  v <- n / (n - 1) * (diag(s) - outer(s, p) - outer(p, s) + sum(s) * outer(p, p))
  delta <- n * within(t(within(outer(scale, scale) * v)))
  trace <- sum(diag(delta)); df <- trace^2 / sum(delta^2)
  value(where, "F", unname(x / trace), w$statistic)
  value(where, "df", df, w$df)
  value(where, "second df", df * (n - 1), w$df2)
  tail(where, "p", unname(pf(x / trace, df, df * (n - 1), lower.tail = FALSE)), w$p)
  value(where, "first-order statistic", unname(x / (trace / first_df)), w$first)
  tail(where, "its p", unname(upper(x / (trace / first_df), first_df)), w$first_p)
}

# All values of a multiple response: eigenvalues of the covariance of all deviations.
set <- function(where, m, w) {
  n <- m$n; hits <- m$hits; both <- m$both
  items <- length(hits) / length(n)
  p <- matrix(hits, ncol = items, byrow = TRUE) / n
  pooled <- colSums(p * n) / sum(n)
  used <- which(pooled > 0 & pooled < 1)
  groups <- which(n > 0)
  share <- n[groups] / sum(n)
  scale <- sqrt(pooled * (1 - pooled))[used]
  deviation <- function(i) (p[groups[i], used] - pooled[used]) / scale
  x <- sum(sapply(seq_along(groups), function(i) n[groups[i]] * sum(deviation(i)^2)))
  covariance <- lapply(groups, function(g) {
    b <- matrix(both[(g - 1) * items^2 + seq_len(items^2)], items)
    (b / n[g] - outer(p[g, ], p[g, ]))[used, used, drop = FALSE] / outer(scale, scale)
  })
  block <- function(i, j) {
    total <- 0
    for (k in seq_along(groups))
      total <- total +
        ((i == k) - share[k]) * ((j == k) - share[k]) * covariance[[k]] / n[groups[k]]
    sqrt(n[groups[i]] * n[groups[j]]) * total
  }
  whole <- do.call(rbind, lapply(seq_along(groups), function(i)
    do.call(cbind, lapply(seq_along(groups), function(j) block(i, j)))))
  root <- eigen(whole, symmetric = TRUE, only.values = TRUE)$values
  mean <- length(used) * (length(groups) - 1)
  value(where, "sum of the items' statistics", x, w$sum)
  value(where, "statistic", x * mean / sum(root^2), w$statistic)
  value(where, "df", mean^2 / sum(root^2), w$df)
  tail(where, "p", upper(x * mean / sum(root^2), mean^2 / sum(root^2)), w$p)
}

family <- function(name, method, p, adjusted) {
  q <- p.adjust(p, method)
  for (i in seq_along(p))
    tail(paste("family", name), "adjusted p", q[i], adjusted[i])
}
