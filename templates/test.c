
/* ---- from here on it is the same for all models ------------------------------------------------
 *
 * Each test compares two lists of derivatives, element by element, at all points. An error counts
 * relative to the largest element of its block. */

#define TOLERANCE (EPSILON < 1e-10 ? 1e-9 : EPSILON < 1e-5 ? 2e-4 : 1e-3) /* of formulas */
#define SWEEP_TOLERANCE (EPSILON < 1e-10 ? 1e-6 : 1e-2)                    /* of differences */

typedef enum Verdict { CONFIRMED, UNDECIDED, REFUTED } Verdict;

static double arg[POINTS][ARGS + 1], out[POINTS][OUTPUTS + 1], seed[POINTS][OUTPUTS + 1];
static double bar[POINTS][INPUTS + 1], yours[POINTS][INPUTS + 1];
static int indices[POINTS][INDICES + 1];
static int refuted, undecided;
static unsigned long long state;

/* Uniform between 0 and 1. */
static double draw(void)
{
    state = state*6364136223846793005ULL + 1442695040888963407ULL;
    return (double)(state >> 11)/9007199254740992.0;
}

static int is_finite(double x) { return x - x == 0; }

static double larger(double a, double b) { return a > b ? a : b; }

/* ---- points */

/* A number for an argument within what the model assumes of it. */
static double draw_argument(const Block *b, int turn)
{
    static const double low[] = {-2, 0.1, 0, -0.9, 1}, high[] = {2, 2, 1, 0.9, 3};
    double from = low[turn%5], to = high[turn%5];
    if (b->low > -DBL_MAX && b->high < DBL_MAX) {
        from = b->low;
        to = b->high;
    } else if (b->low > -DBL_MAX && from < b->low) {
        from = b->low;
        to = b->low + 2;
    } else if (b->high < DBL_MAX && to > b->high) {
        from = b->high - 2;
        to = b->high;
    }
    /* not too close to the bounds */
    return from + (to - from)*(0.02 + 0.96*draw());
}

static void draw_arguments(int p, int turn)
{
    for (const Block *b = arguments; b->name; b++)
        for (int i = 0; i < b->count; i++)
            arg[p][b->offset + i] = HAS_POINT ? given[b->offset + i] : draw_argument(b, turn);
    for (const IndexBlock *b = index_arguments; b->name; b++)
        for (int i = 0; i < b->count; i++)
            indices[p][b->offset + i] = HAS_POINT ? given_indices[b->offset + i]
                                                  : (int)(draw()*b->limit);
}

static int all_finite(const double *x, int count)
{
    for (int i = 0; i < count; i++)
        if (!is_finite(x[i]))
            return 0;
    return 1;
}

/* Is it a point in the domain of values and derivatives? */
static int is_usable(int p)
{
    if (!is_assumed(arg[p], indices[p]))
        return 0;
    call_reverse(arg[p], indices[p], seed[p], out[p], bar[p]);
    return all_finite(out[p], OUTPUTS) && all_finite(bar[p], INPUTS);
}

/* Do the outputs hardly change where inputs do in their last digits? If they do, huge numbers
 * cancel on the way to them, and derivatives come to no more than rounding. */
static int is_steady(int p)
{
    static double x[ARGS + 1], value[OUTPUTS + 1], unused[INPUTS + 1];
    double most = 0, change = 0;
    for (int turn = 0; turn < 4; turn++) {
        memcpy(x, arg[p], sizeof x);
        for (const Block *b = inputs; b->name; b++)
            for (int i = 0; i < b->count; i++)
                x[b->argument + i] *= 1 + ((b->offset + i) >> turn/2 & 1 ? 1 : -1)*
                    (turn%2 ? 2 : -2)*EPSILON;
        call_reverse(x, indices[p], seed[p], value, unused);
        for (int i = 0; i < OUTPUTS; i++) {
            most = larger(most, fabs(out[p][i]));
            change = larger(change, fabs(value[i] - out[p][i]));
        }
    }
    return change <= larger(TOLERANCE/100, 100*EPSILON)*most;
}

/* One of the first points that will do. */
static int draw_point(int p)
{
    enum { CHOOSY = 100 };
    for (int i = 0; i < OUTPUTS; i++)
        seed[p][i] = OUTPUTS == 1 ? 1 : 0.5 + draw();
    for (int turn = 0; turn < 1000; turn++) {
        draw_arguments(p, turn);
        if (is_usable(p) && (HAS_POINT || turn >= CHOOSY || is_steady(p)))
            return 1;
        if (HAS_POINT)
            return 0;
    }
    return 0;
}

/* ---- comparisons */

static double largest(const double *x, int count)
{
    double most = 0;
    for (int i = 0; i < count; i++)
        most = larger(most, fabs(x[i]));
    return most;
}

/* What derivatives may come to by rounding alone, where they are 0, is no error. What cancels in
 * outputs that are 0 is not known: numbers such as arguments are drawn from. */
static double noise_of(const double *right)
{
    double size = 0;
    for (int p = 0; p < POINTS; p++)
        size = larger(size, largest(out[p], OUTPUTS));
    size = larger(size > 0 ? size : 1, largest(right, INPUTS));
    return 10*EPSILON/TOLERANCE*size;
}

/* What an error in a block is measured by. */
static double scale_of(const Block *b, const double *right)
{
    const double scale = larger(largest(right + b->offset, b->count), noise_of(right));
    return scale > 0 ? scale : 1;
}

static double error_of(double a, double b, double scale)
{
    double error = fabs(a - b)/scale;
    return is_finite(error) ? error : a == b ? 0 : HUGE_VAL;
}

static double block_error(const Block *b, const double *a, const double *right)
{
    double worst = 0;
    for (int i = 0; i < b->count; i++)
        worst = larger(worst, error_of(a[b->offset + i], right[b->offset + i], scale_of(b, right)));
    return worst;
}

static int digits_of(double error)
{
    double digits = error > 0 ? -log10(error) : 16;
    return digits < 0 ? 0 : digits > 16 ? 16 : (int)digits;
}

static void verdict(const char *what, Verdict v, double error, const char *more)
{
    static const char *const names[] = {"confirmed", "undecided", "REFUTED"};
    printf("  %-42s %s", what, names[v]);
    if (v == CONFIRMED)
        printf(", %d digits", digits_of(error));
    printf("%s%s\n", *more ? ": " : "", more);
    refuted += v == REFUTED;
    undecided += v == UNDECIDED;
}

/* ---- forward against reverse: seed . (J x_dot) = (J' seed) . x_dot */

static void test_modes(void)
{
    double worst = 0;
    for (int p = 0; p < POINTS; p++) {
        static double dot[INPUTS + 1], out_dot[OUTPUTS + 1], value[OUTPUTS + 1];
        double forward = 0, reverse = 0, size = 0;
        for (int i = 0; i < INPUTS; i++)
            dot[i] = 2*draw() - 1;
        call_forward(arg[p], indices[p], dot, value, out_dot);
        for (int i = 0; i < OUTPUTS; i++)
            forward += seed[p][i]*out_dot[i];
        for (int i = 0; i < INPUTS; i++) {
            reverse += bar[p][i]*dot[i];
            size += fabs(bar[p][i]*dot[i]);
        }
        size = larger(size, noise_of(bar[p]));
        worst = larger(worst, error_of(forward, reverse, size > 0 ? size : 1));
        for (int i = 0; i < OUTPUTS; i++)
            worst = larger(worst, error_of(value[i], out[p][i], larger(fabs(out[p][i]), 1e-300)));
    }
    verdict("forward against reverse", worst < TOLERANCE ? CONFIRMED : REFUTED, worst, "");
}

/* ---- central differences, over steps from large to small */

enum { STEPS = 10 };

/* The outputs, weighted by their seeds, with one argument moved. */
static double moved(int p, int at, double by)
{
    static double x[ARGS + 1], value[OUTPUTS + 1];
    double sum = 0;
    memcpy(x, arg[p], sizeof x);
    x[at] += by;
    call_value(x, indices[p], value);
    for (int i = 0; i < OUTPUTS; i++)
        sum += seed[p][i]*value[i];
    return sum;
}

static void print_sweep(const double *steps, const double *errors)
{
    printf("    step  ");
    for (int k = 0; k < STEPS; k++)
        printf(" %7.0e", steps[k]);
    printf("\n    digits");
    for (int k = 0; k < STEPS; k++)
        printf(" %7d", digits_of(errors[k]));
    printf("\n");
}

static void test_differences(void)
{
    double steps[STEPS], errors[STEPS] = {0}, worst = 0;
    int kinks = 0;
    for (int k = 0; k < STEPS; k++)
        steps[k] = pow(10, -1 - k);
    for (int p = 0; p < POINTS; p++)
        for (const Block *b = inputs; b->name; b++)
            for (int i = 0; i < b->count; i++) {
                const double right = bar[p][b->offset + i], scale = scale_of(b, bar[p]);
                double best = HUGE_VAL, sides = 0, rounding = 0;
                for (int k = 0; k < STEPS; k++) {
                    const double size = larger(1, fabs(arg[p][b->argument + i]))*steps[k];
                    const double above = moved(p, b->argument + i, size);
                    const double below = moved(p, b->argument + i, -size);
                    const double here = moved(p, b->argument + i, 0);
                    const double error = error_of((above - below)/(2*size), right, scale);
                    errors[k] = larger(errors[k], error);
                    if (error < best) {
                        best = error;
                        rounding = 8*EPSILON*fabs(here)/(size*scale);
                        sides = fabs(above - 2*here + below)/(size*scale);
                    }
                }
                if (best > larger(SWEEP_TOLERANCE, rounding) && sides > 0.01 + rounding)
                    kinks++;
                else if (best > rounding || best < SWEEP_TOLERANCE) /* which alone is no error */
                    worst = larger(worst, best);
            }
    verdict("central differences",
            worst > SWEEP_TOLERANCE ? REFUTED : kinks ? UNDECIDED : CONFIRMED, worst,
            kinks ? "a kink or a pole is near" : "");
    print_sweep(steps, errors);
}

/* ---- complex steps: Im f(x + ih)/h, without cancellation */

static void test_complex(void)
{
    double worst = 0;
    for (int p = 0; p < POINTS; p++)
        for (const Block *b = inputs; b->name; b++)
            for (int i = 0; i < b->count; i++) {
                const double step = call_complex(arg[p], indices[p], b->argument + i, seed[p]);
                worst = larger(worst, error_of(step, bar[p][b->offset + i], scale_of(b, bar[p])));
            }
    verdict("complex steps", worst < TOLERANCE ? CONFIRMED : REFUTED, worst, "");
}

/* ---- names of elements */

static const char *element_name(const Block *b, int i)
{
    static char name[120];
    if (b->rows > 0)
        snprintf(name, sizeof name, "%s[%d,%d]", b->name, i/b->columns, i%b->columns);
    else if (b->scalar)
        snprintf(name, sizeof name, "%s", b->name);
    else
        snprintf(name, sizeof name, "%s[%d]", b->name, i);
    return name;
}

/* ---- diagnosis: a mistake explains a block if with it the right list is what came out, at all
 * points */

/* Does a*right + b*other explain the block? `other` may be NULL. */
static int explains(const Block *b, double (*is)[INPUTS + 1], double factor, double share,
                    double (*other)[INPUTS + 1])
{
    for (int p = 0; p < POINTS; p++)
        for (int i = 0; i < b->count; i++) {
            const double right = bar[p][b->offset + i];
            const double want = factor*right + (other ? share*other[p][b->offset + i] : 0);
            if (error_of(is[p][b->offset + i], want, scale_of(b, bar[p])) > TOLERANCE)
                return 0;
        }
    return 1;
}

/* The factor between the two lists; 0 if there is none. */
static double common_factor(const Block *b, double (*is)[INPUTS + 1])
{
    double factor = 0, most = 0;
    for (int p = 0; p < POINTS; p++)
        for (int i = 0; i < b->count; i++)
            if (fabs(bar[p][b->offset + i]) > most) {
                most = fabs(bar[p][b->offset + i]);
                factor = is[p][b->offset + i]/bar[p][b->offset + i];
            }
    return most > 0 && is_finite(factor) && explains(b, is, factor, 0, NULL) ? factor : 0;
}

static int is_zero(const Block *b, double (*is)[INPUTS + 1])
{
    for (int p = 0; p < POINTS; p++)
        if (largest(is[p] + b->offset, b->count) > 0)
            return 0;
    return 1;
}

static int is_transposed(const Block *b, double (*is)[INPUTS + 1])
{
    for (int p = 0; p < POINTS && b->rows > 0; p++)
        for (int i = 0; i < b->rows; i++)
            for (int k = 0; k < b->columns; k++)
                if (error_of(is[p][b->offset + k*b->rows + i], bar[p][b->offset + i*b->columns + k],
                             scale_of(b, bar[p])) > TOLERANCE)
                    return 0;
    return b->rows > 0;
}

/* The block whose derivatives these are. */
static const Block *block_like(const Block *b, double (*is)[INPUTS + 1])
{
    for (const Block *c = inputs; c->name; c++) {
        int same = c != b && c->count == b->count;
        for (int p = 0; p < POINTS && same; p++)
            for (int i = 0; i < b->count && same; i++)
                same = error_of(is[p][b->offset + i], bar[p][c->offset + i], scale_of(c, bar[p])) <
                       TOLERANCE;
        if (same)
            return c;
    }
    return NULL;
}

/* The path that was forgotten (-1) or taken twice (+1). */
static const char *path_like(const Block *b, double (*is)[INPUTS + 1], double share)
{
    static double other[POINTS][INPUTS + 1];
    for (int k = 0; k < PATHS; k++) {
        int some = 0;
        for (int p = 0; p < POINTS; p++) {
            call_path(k, arg[p], indices[p], other[p]);
            some = some || largest(other[p] + b->offset, b->count) > 0;
        }
        if (some && explains(b, is, 1, share, other))
            return path_names[k];
    }
    return NULL;
}

static void print_factor(double factor)
{
    if (fabs(factor) < 1 && fabs(1/factor - floor(1/factor + 0.5)) < 1e-6)
        printf("the factor %s1/%.0f is too much", factor < 0 ? "-" : "", fabs(1/factor));
    else
        printf("the factor %.6g is too much", factor);
}

static void diagnose(const Block *b, double (*is)[INPUTS + 1])
{
    const double factor = common_factor(b, is);
    const Block *like = block_like(b, is);
    const char *path;
    printf("      %s: ", b->name);
    if (is_zero(b, is))
        printf("it is 0");
    else if (factor == -1 || (factor < 0 && fabs(factor + 1) < TOLERANCE))
        printf("the sign is wrong");
    else if (is_transposed(b, is))
        printf("it is transposed: stored column by column");
    else if (like && block_like(like, is) == b)
        printf("it is swapped with that of %s", like->name);
    else if (like)
        printf("it is the derivative in %s", like->name);
    else if (factor != 0)
        print_factor(factor);
    else if ((path = path_like(b, is, -1)) != NULL)
        printf("the path by way of %s is missing", path);
    else if ((path = path_like(b, is, 1)) != NULL)
        printf("the path by way of %s is there twice", path);
    else
        printf("no usual mistake explains it");
    printf("\n");
}

/* A few of the elements that are wrong. */
static void print_wrong(const Block *b, double (*is)[INPUTS + 1])
{
    int shown = 0;
    for (int p = 0; p < POINTS && shown < 3; p++)
        for (int i = 0; i < b->count && shown < 3; i++) {
            const double right = bar[p][b->offset + i], yours_here = is[p][b->offset + i];
            if (error_of(yours_here, right, scale_of(b, bar[p])) <= TOLERANCE)
                continue;
            printf("      point %d: %s: yours %.10g, correct %.10g\n", p + 1, element_name(b, i),
                   yours_here, right);
            shown++;
        }
}

static void print_point(int p)
{
    printf("    point %d:", p + 1);
    for (const Block *b = arguments; b->name; b++) {
        if (b->count > 9)
            continue;
        printf(" %s = %s", b->name, b->scalar ? "" : "[");
        for (int i = 0; i < b->count; i++)
            printf("%s%.6g", i ? ", " : "", arg[p][b->offset + i]);
        printf("%s%s", b->scalar ? "" : "]", b[1].name ? ";" : "");
    }
    printf("\n");
}

static void judge_blocks(const char *what, double (*is)[INPUTS + 1])
{
    double worst = 0;
    for (const Block *b = inputs; b->name; b++)
        for (int p = 0; p < POINTS; p++)
            worst = larger(worst, block_error(b, is[p], bar[p]));
    verdict(what, worst <= TOLERANCE ? CONFIRMED : REFUTED, worst, "");
    if (worst <= TOLERANCE)
        return;
    for (int p = 0; p < POINTS && p < 3; p++)
        print_point(p);
    for (const Block *b = inputs; b->name; b++) {
        double own = 0;
        for (int p = 0; p < POINTS; p++)
            own = larger(own, block_error(b, is[p], bar[p]));
        if (own <= TOLERANCE)
            continue;
        print_wrong(b, is);
        diagnose(b, is);
    }
}

/* ---- the user's gradient */

/* Calls it with results that hold a number already; what it leaves of that. */
static void call_yours_with(int p, const double *x, double before, double *value, double *result)
{
    for (int i = 0; i < INPUTS; i++)
        result[i] = before;
    for (int i = 0; i < OUTPUTS; i++)
        value[i] = before;
    call_yours(x, indices[p], seed[p], value, result);
}

/* How far from the right derivatives is it with arguments in another order or layout? */
static double error_with(double (*x)[ARGS + 1])
{
    static double value[OUTPUTS + 1], result[INPUTS + 1];
    double worst = 0;
    for (int p = 0; p < POINTS; p++) {
        call_yours_with(p, x[p], 0, value, result);
        for (const Block *b = inputs; b->name; b++)
            worst = larger(worst, block_error(b, result, bar[p]));
    }
    return worst;
}

/* Exchanges two arguments, or transposes one (a == b), at all points. */
static void rearrange(const Block *a, const Block *b, double (*x)[ARGS + 1])
{
    for (int p = 0; p < POINTS; p++) {
        memcpy(x[p], arg[p], sizeof x[p]);
        for (int i = 0; i < a->count; i++) {
            const int to = a == b ? i%a->columns*a->rows + i/a->columns : i;
            x[p][b->offset + to] = arg[p][a->offset + i];
            if (a != b)
                x[p][a->offset + to] = arg[p][b->offset + i];
        }
    }
}

/* What derivatives are in another order in the results, too: only those of the exchanged blocks. */
static int same_but_exchanged(const Block *a, const Block *b, double (*x)[ARGS + 1])
{
    static double value[OUTPUTS + 1], result[INPUTS + 1];
    for (int p = 0; p < POINTS; p++) {
        call_yours_with(p, x[p], 0, value, result);
        for (const Block *c = inputs; c->name; c++) {
            const Block *like = c->argument == a->offset ? b : c->argument == b->offset ? a : NULL;
            const Block *right = c;
            for (const Block *d = inputs; like && d->name; d++)
                if (d->argument == like->offset)
                    right = d;
            for (int i = 0; i < c->count; i++)
                if (error_of(result[c->offset + i], bar[p][right->offset + i],
                             scale_of(right, bar[p])) > TOLERANCE)
                    return 0;
        }
    }
    return 1;
}

/* Is the gradient right if its arguments are taken otherwise? Then how; else NULL. */
static const char *diagnose_arguments(void)
{
    static double x[POINTS][ARGS + 1];
    static char said[300];
    for (const Block *a = arguments; a->name; a++) {
        if (a->rows > 1 && a->columns > 1) {
            rearrange(a, a, x);
            if (error_with(x) <= TOLERANCE) {
                snprintf(said, sizeof said,
                         "the argument %s is read column by column; it is stored row by row",
                         a->name);
                return said;
            }
        }
        for (const Block *b = a + 1; b->name; b++) {
            if (a->count != b->count || a->scalar != b->scalar)
                continue;
            rearrange(a, b, x);
            if (error_with(x) <= TOLERANCE || same_but_exchanged(a, b, x)) {
                snprintf(said, sizeof said, "the arguments %s and %s are taken in the other order",
                         a->name, b->name);
                return said;
            }
        }
    }
    return NULL;
}

/* Are results added to, or left alone? Gives how many. */
static int diagnose_results(void)
{
    static double value[OUTPUTS + 1], other[INPUTS + 1];
    int wrong = 0;
    for (const Block *b = inputs; b->name; b++) {
        double difference = 0, same = 0;
        for (int p = 0; p < POINTS; p++) {
            call_yours_with(p, arg[p], 0, value, yours[p]);
            call_yours_with(p, arg[p], 1024, value, other);
            for (int i = 0; i < b->count; i++) {
                const double by = other[b->offset + i] - yours[p][b->offset + i];
                difference = larger(difference, fabs(by));
                same = larger(same, fabs(other[b->offset + i] - 1024));
            }
        }
        if (difference <= 1e-6 || b->count == 0)
            continue;
        wrong++;
        if (same == 0) {
            printf("      %s: it is not written\n", b->name);
        } else if (fabs(difference - 1024) < 1e-3) {
            printf("      %s: it is added to what was there; results are to be overwritten\n",
                   b->name);
        } else {
            printf("      %s: it depends on what was there before\n", b->name);
        }
    }
    return wrong;
}

static void judge_values(void)
{
    double worst = 0;
    static double value[OUTPUTS + 1], result[INPUTS + 1];
    for (int p = 0; p < POINTS && YOURS_HAS_VALUE; p++) {
        call_yours_with(p, arg[p], 0, value, result);
        for (int i = 0; i < OUTPUTS; i++)
            worst = larger(worst, error_of(value[i], out[p][i],
                                           larger(largest(out[p], OUTPUTS), 1e-300)));
    }
    if (YOURS_HAS_VALUE)
        verdict("value of " YOURS, worst <= TOLERANCE ? CONFIRMED : REFUTED, worst, "");
}

static void test_yours(void)
{
    static double value[OUTPUTS + 1];
    double worst = 0;
    judge_values();
    for (int p = 0; p < POINTS; p++) {
        call_yours_with(p, arg[p], 0, value, yours[p]);
        for (const Block *b = inputs; b->name; b++)
            worst = larger(worst, block_error(b, yours[p], bar[p]));
    }
    const int before = refuted;
    const char *taken = worst > TOLERANCE ? diagnose_arguments() : NULL;
    if (taken) {
        verdict("gradient of " YOURS, REFUTED, worst, taken);
        return;
    }
    judge_blocks("gradient of " YOURS, yours);
    if (diagnose_results() > 0 && refuted == before)
        verdict("results of " YOURS, REFUTED, 0, "they are not simply overwritten");
}

/* ---- the model's checks */

static double side_at(const double *sides, const Claim *c, int right, int i)
{
    const int count = right ? c->right_count : c->left_count;
    return sides[(right ? c->right : c->left) + (count == 1 ? 0 : i)];
}

static void diagnose_claim(double (*sides)[SIDES + 1], const Claim *c, int count)
{
    double factor = 0, most = 0;
    for (int p = 0; p < POINTS; p++)
        for (int i = 0; i < count; i++)
            if (fabs(side_at(sides[p], c, 0, i)) > most) {
                most = fabs(side_at(sides[p], c, 0, i));
                factor = side_at(sides[p], c, 1, i)/side_at(sides[p], c, 0, i);
            }
    for (int p = 0; p < POINTS && most > 0; p++)
        for (int i = 0; i < count; i++)
            if (error_of(side_at(sides[p], c, 1, i), factor*side_at(sides[p], c, 0, i), most) >
                TOLERANCE)
                return;
    if (most > 0 && factor != 0 && fabs(factor + 1) < TOLERANCE)
        printf("      the sign is wrong\n");
    else if (most > 0 && factor != 0) {
        printf("      ");
        print_factor(factor);
        printf("\n");
    }
}

static void test_claim(const Claim *c)
{
    static double sides[POINTS][SIDES + 1], x[ARGS + 1];
    const int count = c->left_count > c->right_count ? c->left_count : c->right_count;
    const double tolerance = c->within > 0 ? c->within : TOLERANCE;
    double worst = 0, most = 0;
    int where = 0, element = 0, finite = 1;
    for (int p = 0; p < POINTS; p++) {
        memcpy(x, arg[p], sizeof x);
        for (const Fixed *f = c->at; f && f->offset >= 0; f++)
            x[f->offset] = f->value;
        call_claims(x, indices[p], sides[p]);
        for (int i = 0; i < count; i++)
            most = larger(most, fabs(side_at(sides[p], c, 0, i)));
        for (int i = 0; i < count; i++)
            finite = finite && is_finite(side_at(sides[p], c, 0, i));
    }
    for (int p = 0; p < POINTS; p++)
        for (int i = 0; i < count; i++) {
            const double left = side_at(sides[p], c, 0, i), right = side_at(sides[p], c, 1, i);
            const double error = error_of(right, left, most > 0 ? most : 1);
            if (error > worst) {
                worst = error;
                where = p;
                element = i;
            }
        }
    verdict(c->text, !finite ? UNDECIDED : worst <= tolerance ? CONFIRMED : REFUTED, worst, "");
    if (!finite || worst <= tolerance)
        return;
    if (!c->at)
        print_point(where);
    printf("      line %d, point %d", c->line, where + 1);
    if (count > 1)
        printf(", element %d", element);
    printf(": yours %.10g, correct %.10g\n", side_at(sides[where], c, 1, element),
           side_at(sides[where], c, 0, element));
    diagnose_claim(sides, c, count);
}

int main(int argc, char **argv)
{
    const unsigned long start = argc > 1 ? strtoul(argv[1], NULL, 10) : SEED;
    state = start;
    for (int i = 0; i < 4; i++)
        draw();
    if (HAS_POINT)
        printf("%s: at the point given\n", MODEL);
    else
        printf("%s: %d points, seed %lu\n", MODEL, POINTS, start);
    for (int p = 0; p < POINTS; p++)
        if (!draw_point(p)) {
            printf("  no point found where the model and its derivatives are finite: "
                   "give one by --at\n");
            return 1;
        }
    test_modes();
    if (HAS_DIFFERENCES)
        test_differences();
    else
        printf("  %-42s not for this model: %s\n", "central differences", NO_DIFFERENCES);
    if (HAS_COMPLEX)
        test_complex();
    else
        printf("  %-42s not for this model: %s\n", "complex steps", NO_COMPLEX);
    for (const Claim *c = claims; c->text; c++)
        test_claim(c);
    if (HAS_YOURS)
        test_yours();
    printf("%s: %s\n", MODEL, refuted ? "REFUTED" : undecided ? "undecided" : "confirmed");
    return refuted > 0;
}
