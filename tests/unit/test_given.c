/* What equations give and what is read, for all pairs of some ranges: what is said of the model is
 * held to the elements themselves, for sizes up to a few. */
#include <check.h>
#include <string.h>

#include "checked.h"
#include "each.h"

enum { LEAST = 3, MOST = 7, FOUND = 95 }; /* sizes; percent */

/* Ends of the range of j, where i runs over 0..n. */
typedef struct End {
    const char *text;
    int per_n, per_i, more; /* per_n*n + per_i*i + more */
} End;

static const End starts[] = {{"0", 0, 0, 0}, {"1", 0, 0, 1}, {"i", 0, 1, 0}, {"i+1", 0, 1, 1}};
static const End ends[] = {{"n", 1, 0, 0},   {"n+1", 1, 0, 1}, {"i", 0, 1, 0},
                           {"i+1", 0, 1, 1}, {"i+2", 0, 1, 2}, {"n-i", 1, -1, 0}};
enum { STARTS = sizeof starts / sizeof *starts, ENDS = sizeof ends / sizeof *ends,
       RANGES = STARTS * ENDS };

static Ctx *ctx;

static void setup(void) { ctx = ctx_new(); }
static void teardown(void) { ctx_free(ctx); }

static const End *start_of(int range) { return &starts[range % STARTS]; }
static const End *end_of(int range) { return &ends[range / STARTS]; }

static int at(const End *end, int n, int i) { return end->per_n * n + end->per_i * i + end->more; }

static bool has(int range, int n, int i, int j)
{
    return i < n && at(start_of(range), n, i) <= j && j < at(end_of(range), n, i);
}

static bool is_box(int range) { return !start_of(range)->per_i && !end_of(range)->per_i; }

/* Is an element read that neither equation gives? Is one given twice? (-1: no second equation) */
static bool misses(int one, int other, int read, int n)
{
    for (int i = 0; i < n; i++)
        for (int j = 0; j < 2 * n + 2; j++)
            if (has(read, n, i, j) && !has(one, n, i, j) && (other < 0 || !has(other, n, i, j)))
                return true;
    return false;
}

static bool repeats(int one, int other, int n)
{
    for (int i = 0; i < n; i++)
        for (int j = 0; j < 2 * n + 2; j++)
            if (other >= 0 && has(one, n, i, j) && has(other, n, i, j))
                return true;
    return false;
}

static bool misses_always(int one, int other, int read)
{
    for (int n = LEAST; n <= MOST; n++)
        if (!misses(one, other, read, n))
            return false;
    return true;
}

static bool repeats_always(int one, int other)
{
    for (int n = LEAST; n <= MOST; n++)
        if (!repeats(one, other, n))
            return false;
    return true;
}

/* ---- what is said */

static void put_equation(Text *text, int range, const char *value)
{
    text_printf(text, "A[i in 0..n, j in %s..%s] = %s\n", start_of(range)->text,
                end_of(range)->text, value);
}

/* The messages of the model. */
static const char *said_of(int one, int other, int read)
{
    Text text = text_new(ctx), said = text_new(ctx);
    text_put(&text, "dim n\ninput x\n");
    put_equation(&text, one, "x");
    if (other >= 0)
        put_equation(&text, other, "2*x");
    if (read >= 0)
        text_printf(&text, "f = sum[i in 0..n, j in %s..%s](A[i,j])\n", start_of(read)->text,
                    end_of(read)->text);
    checked(ctx, text.at);
    diag_print(ctx, &said, false);
    return said.len ? said.at : "";
}

/* How often there was something to find, and it was found. */
typedef struct Tally {
    int wanted, found;
} Tally;

/* What is said must be so for all sizes; what is so is to be found, if the model is well else. */
static void judge(Tally *t, const char *said, const char *name, bool always)
{
    const bool seen = strstr(said, name) != NULL;
    each_assert_msg(!seen || always, "not so: %s", said);
    t->wanted += always && !strstr(said, "[bounds]");
    t->found += seen && !strstr(said, "[bounds]");
    teardown();
    setup();
}

static void most_are_found(const Tally *t, int least)
{
    ck_assert_int_gt(t->wanted, least);
    ck_assert_int_ge(t->found * 100, t->wanted * FOUND);
}

START_TEST(what_is_missing_is_found)
{
    Tally t = {0, 0};
    for (int one = 0; one < RANGES; one++)
        for (int read = 0; read < RANGES && !is_box(one); read++)
            judge(&t, said_of(one, -1, read), "[missing]", misses_always(one, -1, read));
    most_are_found(&t, 100);
}
END_TEST

START_TEST(what_is_given_twice_is_found)
{
    Tally t = {0, 0};
    for (int one = 0; one < RANGES; one++)
        for (int other = 0; other < RANGES; other++)
            if (!is_box(one) || !is_box(other))
                judge(&t, said_of(one, other, -1), "[redefined]", repeats_always(one, other));
    most_are_found(&t, 100);
}
END_TEST

START_TEST(two_equations_give_what_either_gives)
{
    Tally t = {0, 0};
    for (int one = 0; one < RANGES; one++)
        for (int other = 0; other < RANGES; other++)
            for (int read = 0; read < RANGES; read += 5)
                if ((!is_box(one) || !is_box(other)) && !repeats(one, other, MOST))
                    judge(&t, said_of(one, other, read), "[missing]",
                          misses_always(one, other, read));
    most_are_found(&t, 50);
}
END_TEST

/* ---- boxes, whose ends are sizes */

/* Equations of an array over dims n, m and k; an error, else preconditions: what is not below 0. */
static const struct { const char *equations, *error, *needs; } boxes[] = {
    {"A[i in 0..m] = x\nA[i in m..n] = 2*x", "", "n - m "},
    {"A[i in 0..m] = x\nA[i in k..n] = 2*x", "", "n - k k - m m+(n-k) - max(m, n) "},
    {"A[i in 0..m] = x\nA[i in 0..n] = 2*x", "[redefined]", ""},
    {"A[i in 1..n] = x\nA[i in 7..n+5] = 2*x", "[missing]", ""},
    {"A[i in 1..n, j in 0..m] = x", "[missing]", ""},
    {"A[i in 1..n, j in 0..m] = x\nA[0, j in 0..m] = x", "", "n - 1 "},
    {"A[i in 0..n, j in 1..m] = x\nA[i in 0..n, 0] = x", "", "m - 1 "},
};

START_TEST(boxes_cover_all_once)
{
    Text text = text_new(ctx), said = text_new(ctx), needs = text_new(ctx);
    text_printf(&text, "dim n, m, k\ninput x\n%s\n", boxes[_i].equations);
    Unit *u = checked(ctx, text.at);
    text_put(&needs, "");
    for (uint32_t i = 0; i < u->preconditions.count && !diag_errors(ctx); i++) {
        extent_text(u->graph, u->preconditions.at[i].node, &needs);
        text_char(&needs, ' ');
    }
    diag_print(ctx, &said, false);
    ck_assert_msg(strstr(said.len ? said.at : "", boxes[_i].error) != NULL, "%s", boxes[_i].error);
    ck_assert_str_eq(needs.at, boxes[_i].needs);
}
END_TEST

Suite *suite_given(void);
Suite *suite_given(void)
{
    Suite *s = suite_create("given");
    TCase *t = tcase_create("given");
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_test(t, what_is_missing_is_found);
    tcase_add_test(t, what_is_given_twice_is_found);
    tcase_add_test(t, two_equations_give_what_either_gives);
    tcase_add_loop_test(t, boxes_cover_all_once, 0, sizeof boxes / sizeof *boxes);
    suite_add_tcase(s, t);
    return s;
}
