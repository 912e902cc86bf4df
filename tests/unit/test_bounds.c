/* Subscripts under conditions within loops whose ranges depend on each other: what is said of them
 * is held to all turns, for sizes up to a few. */
#include <check.h>
#include <string.h>

#include "checked.h"
#include "each.h"

enum { LEAST = 3, LARGE = 5, MOST = 8, FOUND = 98, SEEN = 94 }; /* sizes; percent */

/* What people write of i, j and n, and its value. */
typedef struct Written {
    const char *text;
    int per_n, per_i, per_j, more;
} Written;

/* Where j begins and ends; i runs over 0..n. Not below 0: conditions. Subscripts of x[n]. */
static const Written starts[] = {{"0", 0, 0, 0, 0}, {"1", 0, 0, 0, 1}, {"i", 0, 1, 0, 0}},
    ends[] = {{"n", 1, 0, 0, 0}, {"i+1", 0, 1, 0, 1}, {"i", 0, 1, 0, 0}, {"n-i", 1, -1, 0, 0}},
    conditions[] = {
        {"i > 0", 0, 1, 0, -1},      {"i+1 < n", 1, -1, 0, -2}, {"j >= 1", 0, 0, 1, -1},
        {"j < n-1", 1, 0, -1, -2},   {"j <= i", 0, 1, -1, 0},   {"i < j", 0, -1, 1, -1},
        {"n > i+j", 1, -1, -1, -1},  {"i+j >= n", -1, 1, 1, 0}, {"j == 0", 0, 0, -1, 0},
        {"i != 0", 0, 1, 0, -1}, {"-j <= -1", 0, 0, 1, -1}},
    subscripts[] = {
        {"i+1", 0, 1, 0, 1}, {"j+1", 0, 0, 1, 1}, {"i-1", 0, 1, 0, -1}, {"j-1", 0, 0, 1, -1},
        {"i+j", 0, 1, 1, 0}, {"j+2", 0, 0, 1, 2}, {"n-1-j", 1, 0, -1, -1}, {"i-j", 0, 1, -1, 0}};

enum {
    STARTS = sizeof starts / sizeof *starts,
    ENDS = sizeof ends / sizeof *ends,
    CONDITIONS = sizeof conditions / sizeof *conditions,
    SUBSCRIPTS = sizeof subscripts / sizeof *subscripts
};

static Ctx *ctx;

static void setup(void)
{
    ctx = ctx_new();
    diag_option(ctx, "maybe-bounds");
}

static void teardown(void) { ctx_free(ctx); }

/* Of a model. */
typedef struct Case {
    const Written *start, *end, *one, *other, *subscript;
} Case;

static int value(const Written *w, int n, int i, int j)
{
    return w->per_n * n + w->per_i * i + w->per_j * j + w->more;
}

/* Is the subscript out of bounds in some turn? */
static bool leaves(const Case *c, int n)
{
    for (int i = 0; i < n; i++)
        for (int j = value(c->start, n, i, 0); j < value(c->end, n, i, 0); j++) {
            const int at = value(c->subscript, n, i, j);
            if (value(c->one, n, i, j) >= 0 && value(c->other, n, i, j) >= 0 && (at < 0 || at >= n))
                return true;
        }
    return false;
}

/* In how many of these sizes? */
static int leaves_in(const Case *c, int least)
{
    int count = 0;
    for (int n = least; n <= MOST; n++)
        count += leaves(c, n);
    return count;
}

/* How often something was wrong for all sizes, and was found; was well, and seen to be. */
typedef struct Tally {
    int wrong, found, well, seen;
} Tally;

static void judge(Tally *t, const Case *c)
{
    Text text = text_new(ctx), said = text_new(ctx);
    text_printf(&text,
                "dim n\ninput x[n], y\nf = sum[i in 0..n, j in %s..%s](%s && %s ? x[%s] : y)\n",
                c->start->text, c->end->text, c->one->text, c->other->text, c->subscript->text);
    Unit *u = checked(ctx, text.at);
    diag_print(ctx, &said, false);
    const bool error = diag_errors(ctx), silent = !said.len && !u->preconditions.count;
    const bool wrong = leaves_in(c, LEAST) == MOST - LEAST + 1, well = !leaves_in(c, 0),
               wrong_if_large = leaves_in(c, LARGE) == MOST - LARGE + 1;
    each_assert_msg(!error || (wrong_if_large && strstr(said.at, "[bounds]")), "not so: %s",
                    said.at);
    each_assert_msg(!silent || well, "not seen: %s", text.at);
    t->wrong += wrong;
    t->found += error;
    t->well += well;
    t->seen += silent;
    teardown();
    setup();
}

START_TEST(subscripts_stay_where_they_should)
{
    Tally t = {0, 0, 0, 0};
    for (int r = 0; r < STARTS * ENDS; r++)
        for (int one = 0; one < CONDITIONS; one++)
            for (int k = 0; k < SUBSCRIPTS; k++)
                for (int other = (r + k) % 3; other < CONDITIONS; other += 3)
                    judge(&t, &(Case){&starts[r % STARTS], &ends[r / STARTS], &conditions[one],
                                      &conditions[other], &subscripts[k]});
    ck_assert_int_ge(t.found * 100, t.wrong * FOUND);
    ck_assert_int_ge(t.seen * 100, t.well * SEEN);
}
END_TEST

/* ---- divisors */

/* Within a loop over 0..n whose range is inferred behind it, and what is said: kinds of messages, or
 * nothing where a divisor is never 0, or not for admitted sizes. */
static const struct { const char *divisor, *said; } divisors[] = {
    {"i+1", NULL},        {"-1-i", NULL},  {"-1", NULL}, {"n-i", NULL}, {"i-n", NULL}, {"n", NULL},
    {"i", "[bounds]"},    {"n-1-i", "[bounds]"}, {"2*i-n", "[-Wmaybe-bounds]"},
};

START_TEST(divisors_are_not_0)
{
    Text text = text_new(ctx), said = text_new(ctx);
    text_printf(&text, "dim n\ninput x[n]\nf = sum[i](x[max(min(i %% (%s), n-1), 0)]*x[i])\n",
                divisors[_i].divisor);
    const Unit *u = checked(ctx, text.at);
    diag_print(ctx, &said, false);
    if (!divisors[_i].said) {
        ck_assert_uint_eq(said.len, 0);
        ck_assert(u->entities.at[unit_find(u, name_of(ctx, "f"))].known);
    } else {
        ck_assert_msg(said.len && strstr(said.at, divisors[_i].said), "%s", divisors[_i].divisor);
    }
}
END_TEST

Suite *suite_bounds(void);
Suite *suite_bounds(void)
{
    Suite *s = suite_create("bounds");
    TCase *c = tcase_create("bounds");
    tcase_add_checked_fixture(c, setup, teardown);
    tcase_add_test(c, subscripts_stay_where_they_should);
    tcase_add_loop_test(c, divisors_are_not_0, 0, sizeof divisors / sizeof *divisors);
    suite_add_tcase(s, c);
    return s;
}
