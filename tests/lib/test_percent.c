/* Percentages: by hand. 1/8 = 12.5, 3/8 = 37.5, 23/800 = 2.875, 1/30001 = .0033. */
#include "check.h"
#include "stats/percent.h"

static void shows(double n, double base, int decimals, const char *expected)
{
    struct buf b = {0};
    percent_add(&b, n, base, decimals);
    check_text(buf_span(&b), span_of(expected), expected, __FILE__, __LINE__);
    buf_free(&b);
}

static void shows_plain(double percent, int decimals, const char *expected)
{
    struct buf b = {0};
    percent_add_plain(&b, percent, decimals);
    check_text(buf_span(&b), span_of(expected), expected, __FILE__, __LINE__);
    buf_free(&b);
}

int main(void)
{
    shows(1, 8, 0, "13");
    shows(3, 8, 0, "38");
    shows(5, 8, 0, "63");
    shows(1, 400, 1, "0.3");
    shows(23, 800, 2, "2.88");
    shows(201, 20000, 2, "1.01"); /* 1.005, which as a double is less */
    shows(1, 3, 1, "33.3");
    shows(0, 3, 1, "0.0");
    shows(3, 3, 1, "100.0");
    shows(1, 30001, 2, "<0.01");
    shows(30000, 30001, 2, ">99.99");
    shows(1, 1000, 0, "<1");
    shows(999, 1000, 0, ">99");
    shows(5, 1000, 0, "1");
    shows(0.6, 0.3 + 0.6 + 0.1, 0, "60");
    shows(0.3 + 0.6 + 0.1, 1, 0, "100");
    shows(1e15, 3e15, 2, "33.33");
    shows_plain(12.5, 0, "13");
    shows_plain(0, 1, "0.0");
    shows_plain(99.96, 1, "100.0");
    return check_done();
}
