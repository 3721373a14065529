# Lines of tabulate and chisq whose every text wants to be something else: $e holds markup of all
# forms, $esc what a terminal obeys and what turns a line round, $long 10,000 letters.
{kind: "labels", title: $e, fields: {f: $e, g: $esc}, tables: {}, reasons: {r: $e}, public: []},
({table: "t", title: $esc, kind: "cell", field: "f", by: "g", low: 5, high: 95, multiple: false} as $t |
 ($t + {value: $e, group: $esc, n: 1, base: 4, percent: 25}),
 ($t + {value: $e, group: $long, n: 2, base: 5, percent: 40}),
 ($t + {value: "[x", group: $esc, n: 3, base: 4, percent: 75}),
 ($t + {value: "[x", group: $long, n: 3, base: 5, percent: 60}),
 ($t + {kind: "missing", value: "r", group: $esc, n: 2, base: null, percent: null, low: null, high: null}),
 ($t + {kind: "missing", value: $long, group: $long, n: 2, base: null, percent: null, low: null, high: null})),
({table: $e, title: $e, kind: "cell", field: "f", by: null, group: null, base: 9, low: 5, high: 95, multiple: true} as $t |
 ($t + {value: "*a", n: 2, percent: 22}), ($t + {value: "=1+1", n: 1, percent: 11}),
 ($t + {value: $long, n: 3, percent: 33}), ($t + {value: $esc, n: 4, percent: 44}),
 ($t + {kind: "total", value: null, n: 9, percent: 100, low: null, high: null})),
{table: "t", test: "independence", n: 9, statistic: 1, df: 1, p: 0.3, p_adjusted: 0.6,
 adjust: {method: "holm", family: $e, size: 2}, preferred: "pearson",
 residuals: [{value: "[x", group: $esc, expected: 1, adjusted: 2.5}], warnings: [$e], sentence: ($esc + $e)}
