/* A table of models, points and expected numbers, and the functions generated from the models
 * (`models`) in; a line for each that differs out, and as the last line four numbers: rows passed,
 * rows failed, derivatives computed, those within the bound.
 *
 *     driver [bound=ULPS] [relative=ERROR] [spread] [quiet] [beyond=FILE] TABLE
 *
 * A row of the table holds, behind tabs, an id, a model (`"`: that of the row above), a point
 * (`x=1 y=-inf`), what is expected there, and a note. Expected are `f=VALUE` of an output and
 * `f/x=DERIVATIVE`, both by each function that computes them; `==` in place of `=` asks for that
 * very number. Else a number may be off by `bound` ulps (default 4) or by the relative error; an
 * infinity, a NaN and a zero must come out as they are.
 *
 * spread: print how many ulps the numbers are off. quiet: where all that is expected is finite, nothing may raise "invalid" or
 * "division by zero", unless `loud` stands among it: the model itself asks for such a value.
 * beyond: what is farther off and why, a line each: the table's name, the id, the number (`f` or
 * `f/x`), how many ulps at most, the reason. A line that is not needed is a failure, too.
 *
 * The one idea: expected numbers are read to long double, so that an error is known to a fraction
 * of an ulp of double; on a machine without a longer type, to half an ulp.
 */
#define _GNU_SOURCE 1

#include <fenv.h>
#include <float.h>
#include <math.h>
#include <setjmp.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "driver.h"

enum { SIZE = 64, LINE = 1 << 16 };

typedef enum Way { VALUE, FORWARD, REVERSE, GRADIENT, WAYS } Way;

static const char *const way_names[WAYS] = {"value", "forward", "reverse", "gradient"};

/* All that a model computes at a point. */
typedef struct Answers {
    double out[WAYS][SIZE];             /* the outputs; of FORWARD and REVERSE those of one call */
    double slope[WAYS][SIZE][SIZE];     /* output by input */
    bool differ;                        /* outputs of the calls of one function do not agree */
} Answers;

typedef struct Beyond {
    char id[100], number[100];
    double most;      /* ulps */
    bool used;
} Beyond;

typedef struct Row {
    const Model *model;
    const char *id, *text;  /* the id and the model as the table has them */
    double in[SIZE];
} Row;

static double bound = 4, relative = 0;
static bool spread, quiet;
static const char *table, *beyond_file;
static Beyond beyond[1000];
static int beyond_count;

static const double limits[] = {0.5, 1, 2, 4, 16, HUGE_VAL};
enum { LIMITS = sizeof limits / sizeof *limits };
static int counts[WAYS][LIMITS]; /* VALUE: values by all functions */
static int derivatives, derivatives_within;

static Answers answers;

/* ---- numbers */

/* How far the number is from what the text says, in units of its last place. */
static double ulps(double got, const char *text)
{
    long double want = strtold(text, NULL);
    double near = strtod(text, NULL);
    if (isnan(near) || isnan(got))
        return isnan(near) && isnan(got) ? 0 : HUGE_VAL;
    if (want == 0 || fabsl(want) > LDBL_MAX)
        return got == want ? 0 : HUGE_VAL;
    if (isinf(near)) /* beyond the largest double: as far as from the power of 2 behind it */
        want = copysignl(ldexpl(1, 1024), want);
    long double number = got;
    if (isinf(got))
        number = copysignl(ldexpl(1, 1024), number);
    int exponent = isinf(near) ? 1023 : near == 0 ? -1022 : ilogb(near);
    return (double)(fabsl(number - want) / ldexpl(1, (exponent < -1022 ? -1022 : exponent) - 52));
}

static bool within_relative(double got, const char *text)
{
    long double want = strtold(text, NULL);
    return fabsl(got - want) <= relative * fabsl(want);
}

/* ---- names */

/* The place of a name among those of a model; C may have put a '_' behind it. */
static int find_name(const char *names, const char *name, size_t length)
{
    for (int strict = 1; strict >= 0; strict--) {
        const char *p = names;
        for (int i = 0; *p; i++) {
            size_t n = strcspn(p, " ");
            if (!strncmp(p, name, length) &&
                (n == length || (!strict && n == length + 1 && p[length] == '_')))
                return i;
            p += n + 1;
        }
    }
    return -1;
}

static const Model *find_model(int line)
{
    const Model *found = NULL;
    for (int i = 0; models[i]; i++)
        if (models[i]->line == line)
            found = models[i];
    return found;
}

/* ---- calls */

static void copy_outputs(const Model *m, Way way, const double *out, bool first)
{
    for (int i = 0; i < m->outputs; i++) {
        if (!first && memcmp(&out[i], &answers.out[way][i], sizeof out[i]) &&
            !(isnan(out[i]) && isnan(answers.out[way][i])))
            answers.differ = true;
        answers.out[way][i] = out[i];
    }
}

static void call_all(const Row *row)
{
    const Model *m = row->model;
    double out[SIZE], dots[SIZE] = {0}, result[SIZE];
    answers.differ = false;
    m->value(row->in, answers.out[VALUE]);
    for (int i = 0; i < m->inputs || i == 0; i++) {
        dots[i] = 1;
        m->forward(row->in, dots, out, result);
        dots[i] = 0;
        copy_outputs(m, FORWARD, out, i == 0);
        for (int k = 0; k < m->outputs; k++)
            answers.slope[FORWARD][k][i] = result[k];
    }
    for (int k = 0; k < m->outputs; k++) {
        dots[k] = 1;
        m->reverse(row->in, dots, out, answers.slope[REVERSE][k]);
        dots[k] = 0;
        copy_outputs(m, REVERSE, out, k == 0);
    }
    if (m->gradient)
        m->gradient(row->in, answers.out[GRADIENT], answers.slope[GRADIENT][0]);
}

/* ---- exceptions */

static sigjmp_buf trapped;

static void on_trap(int sig)
{
    (void)sig;
    siglongjmp(trapped, 1);
}

/* Do the calls raise what they must not, by the flags and, where the machine can, by a trap? */
static bool check_quiet(const Row *row)
{
    const int bad = FE_INVALID | FE_DIVBYZERO;
    feclearexcept(FE_ALL_EXCEPT);
    call_all(row);
    int raised = fetestexcept(bad);
    if (raised)
        printf("%s: %s: raises %s%s: %s\n", table, row->id, raised & FE_INVALID ? "invalid" : "",
               raised & FE_DIVBYZERO ? " division by zero" : "", row->text);
    feclearexcept(FE_ALL_EXCEPT);
#ifdef __GLIBC__
    signal(SIGFPE, on_trap);
    if (sigsetjmp(trapped, 1) == 0) {
        if (feenableexcept(bad) != -1)
            call_all(row);
    } else {
        printf("%s: %s: a trap: %s\n", table, row->id, row->text);
        raised = bad;
    }
    fedisableexcept(FE_ALL_EXCEPT);
    feclearexcept(FE_ALL_EXCEPT);
#endif
    return !raised;
}

/* ---- what is expected */

static void count_one(Way way, bool derivative, double off)
{
    int k = 0;
    while (k < LIMITS - 1 && off > limits[k])
        k++;
    counts[derivative ? way : VALUE][k]++;
    derivatives += derivative;
    derivatives_within += derivative && off <= bound;
}

static Beyond *find_beyond(const char *id, const char *number)
{
    for (int i = 0; i < beyond_count; i++)
        if (!strcmp(beyond[i].id, id) && !strcmp(beyond[i].number, number))
            return &beyond[i];
    return NULL;
}

static bool report(const Row *row, const char *number, Way way, double got, const char *want, double off)
{
    printf("%s: %s: %s by %s is %.17g, expected %.20s", table, row->id, number, way_names[way], got,
           want);
    if (off < 1e15)
        printf(" (%.3g ulps)", off);
    printf(": %s at", row->text);
    for (int i = 0; i < row->model->inputs; i++)
        printf(" %.17g", row->in[i]);
    putchar('\n');
    return false;
}

/* One number by one function. */
static bool check_one(const Row *row, const char *number, Way way, double got, const char *want,
                      bool exact, double *worst)
{
    double off = ulps(got, want);
    count_one(way, strchr(number, '/') != NULL, off);
    if (off > *worst)
        *worst = off;
    if (exact ? off == 0 : off <= bound || within_relative(got, want))
        return true;
    Beyond *b = find_beyond(row->id, number);
    return (b && off <= b->most) || report(row, number, way, got, want, off);
}

/* A direction of 0 times the infinite partial of another input is a NaN in forward mode. */
static bool is_masked(const Row *row, int output, int input)
{
    if (!isnan(answers.slope[FORWARD][output][input]))
        return false;
    for (int i = 0; i < row->model->inputs; i++)
        if (i != input && !isfinite(answers.slope[REVERSE][output][i]))
            return true;
    return false;
}

/* `f=VALUE` or `f/x=DERIVATIVE`. */
static bool check_word(const Row *row, char *word)
{
    const Model *m = row->model;
    char *sign = strchr(word, '=');
    bool ok = true, exact = sign && sign[1] == '=';
    double worst = 0;
    if (!sign)
        return printf("%s: %s: what is %s?\n", table, row->id, word), false;
    *sign = 0;
    const char *want = sign + 1 + exact, *slash = strchr(word, '/');
    int k = find_name(m->output_names, word, strcspn(word, "/"));
    int i = slash ? find_name(m->input_names, slash + 1, strlen(slash + 1)) : 0;
    if (k < 0 || i < 0)
        return printf("%s: %s: the model has no %s\n", table, row->id, word), false;
    for (Way way = slash ? FORWARD : VALUE; way < WAYS; way++) {
        if ((way == GRADIENT && !m->gradient) || (way == FORWARD && slash && is_masked(row, k, i)))
            continue;
        double got = slash ? answers.slope[way][k][i] : answers.out[way][k];
        ok = check_one(row, word, way, got, want, exact, &worst) && ok;
    }
    Beyond *b = find_beyond(row->id, word);
    if (b) {
        b->used = true;
        if (worst <= bound) {
            printf("%s: %s: %s is within %g ulps; it needs no line in %s\n", table, row->id, word,
                   bound, beyond_file);
            ok = false;
        }
    }
    return ok;
}

/* ---- the table */

/* Cuts a line at its tabs. */
static int split(char *line, char **fields, int most)
{
    int n = 0;
    line[strcspn(line, "\n")] = 0;
    for (char *p = line; p && n < most; n++) {
        fields[n] = p;
        p = strchr(p, '\t');
        if (p)
            *p++ = 0;
    }
    return n;
}

static bool read_point(Row *row, char *point)
{
    const Model *m = row->model;
    bool given[SIZE] = {false};
    for (char *word = strtok(point, " "); word; word = strtok(NULL, " ")) {
        char *sign = strchr(word, '=');
        int i = sign ? find_name(m->input_names, word, (size_t)(sign - word)) : -1;
        if (i < 0) /* a row of a model that does not use it */
            continue;
        row->in[i] = strtod(sign + 1, NULL);
        given[i] = true;
    }
    for (int i = 0; i < m->inputs; i++)
        if (!given[i])
            return printf("%s: %s: the point lacks input %d\n", table, row->id, i + 1), false;
    return true;
}

static bool check_row(Row *row, char *point, char *expected)
{
    bool loud = strstr(point, "nan") || strstr(expected, "inf") || strstr(expected, "nan") || strstr(expected, " loud");
    if (!read_point(row, point))
        return false;
    bool ok = !quiet || loud || check_quiet(row);
    call_all(row);
    if (answers.differ) {
        printf("%s: %s: the outputs depend on the direction: %s\n", table, row->id, row->text);
        ok = false;
    }
    for (char *word = strtok(expected, " "); word; word = strtok(NULL, " "))
        ok = (!strcmp(word, "loud") || check_word(row, word)) && ok;
    return ok;
}

static void read_beyond(void)
{
    static char line[LINE];
    char *field[5];
    FILE *in = fopen(beyond_file, "r");
    if (!in)
        return;
    while (fgets(line, sizeof line, in)) {
        if (*line == '#' || split(line, field, 5) < 5 || strcmp(field[0], table))
            continue;
        Beyond *b = &beyond[beyond_count++];
        snprintf(b->id, sizeof b->id, "%s", field[1]);
        snprintf(b->number, sizeof b->number, "%s", field[2]);
        b->most = strtod(field[3], NULL);
    }
    fclose(in);
}

static void read_words(int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        const char *w = argv[i];
        if (!strncmp(w, "bound=", 6))
            bound = strtod(w + 6, NULL);
        else if (!strncmp(w, "relative=", 9))
            relative = strtod(w + 9, NULL);
        else if (!strncmp(w, "beyond=", 7))
            beyond_file = w + 7;
        else if (!strcmp(w, "spread"))
            spread = true;
        else if (!strcmp(w, "quiet"))
            quiet = true;
        else
            table = w;
    }
}

static void print_spread(void)
{
    printf("%-24s %9s %7s %7s %7s %7s %7s\n", table, "nearest", "<=1", "<=2", "<=4", "<=16", "more");
    for (Way way = VALUE; way < WAYS; way++) {
        printf("  %-22s", way == VALUE ? "values" : way_names[way]);
        for (int k = 0; k < LIMITS; k++)
            printf(" %*d", k ? 7 : 9, counts[way][k]);
        putchar('\n');
    }
}

int main(int argc, char **argv)
{
    static char line[LINE], text[LINE];
    char *field[5];
    int number = 0, passed = 0, failed = 0;
    Row row = {0};
    read_words(argc, argv);
    FILE *in = table ? fopen(table, "r") : NULL;
    if (!in)
        return fprintf(stderr, "driver: no table\n"), 2;
    if (strrchr(table, '/'))
        table = strrchr(table, '/') + 1;
    if (beyond_file)
        read_beyond();
    while (fgets(line, sizeof line, in)) {
        number++;
        if (*line == '#' || *line == '\n' || split(line, field, 5) < 4)
            continue;
        if (strcmp(field[1], "\"")) {
            row.model = find_model(number);
            row.text = strcpy(text, field[1]);
        }
        row.id = field[0];
        if (row.model && check_row(&row, field[2], field[3]))
            passed++;
        else
            failed++;
    }
    fclose(in);
    for (int i = 0; i < beyond_count; i++)
        if (!beyond[i].used) {
            printf("%s: %s: no row has this %s of %s\n", table, beyond[i].id, beyond[i].number,
                   beyond_file);
            failed++;
        }
    if (spread)
        print_spread();
    printf("%d %d %d %d\n", passed, failed, derivatives, derivatives_within);
    return failed > 0;
}
