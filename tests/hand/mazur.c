/* Gradient descent on Mazur's network by the functions of data/mazur.expr: data/mazur.tsv in, each
 * number beside what it should be and what he published out, and as the last line how many
 * passed and failed.
 *
 * The one idea: the model's outputs are its next inputs, so that training is a loop of calls. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mazur.h"

enum { WEIGHTS = 8, STEPS = 10000 };

typedef struct State {
    double w[WEIGHTS];      /* the weights */
    double e, o1, o2;       /* error and outputs with them */
    double g[WEIGHTS];      /* the gradient there */
    double next[WEIGHTS];   /* the weights after one more step */
} State;

/* All that the model says of the weights. */
static void look(State *s)
{
    const double *w = s->w;
    double *g = s->g, *n = s->next;
    mazur_value(w[0], w[1], w[2], w[3], w[4], w[5], w[6], w[7], &s->e, &s->o1, &s->o2,
                g, g + 1, g + 2, g + 3, g + 4, g + 5, g + 6, g + 7,
                n, n + 1, n + 2, n + 3, n + 4, n + 5, n + 6, n + 7);
}

static void step(State *s)
{
    memcpy(s->w, s->next, sizeof s->w);
    look(s);
}

/* The number that a line of the table speaks of, and how far it may be off. */
static double number_of(const char *what, const State *start, const State *one, const State *end,
                        double *tolerance)
{
    int k = atoi(what + strcspn(what, "0123456789")) - 1;
    *tolerance = strstr(what, "10000") ? 1e-6 : 1e-9;
    if (!strncmp(what, "gradient", 8))
        return start->g[k];
    if (*what == 'w')
        return one->w[k];
    if (*what == 'E')
        return strstr(what, "10000") ? end->e : one->e;
    return k ? end->o2 : end->o1;
}

int main(int argc, char **argv)
{
    State start = {.w = {0.15, 0.20, 0.25, 0.30, 0.40, 0.45, 0.50, 0.55}};
    char line[200];
    int passed = 0, failed = 0;
    look(&start);
    State one = start;
    step(&one);
    State end = one;
    for (int i = 1; i < STEPS; i++)
        step(&end);
    FILE *in = argc > 1 ? fopen(argv[1], "r") : NULL;
    if (!in)
        return 2;
    printf("%-14s %-23s %-23s %s\n", "Mazur", "computed", "recomputed elsewhere", "published");
    while (fgets(line, sizeof line, in)) {
        double tolerance;
        char *what = strtok(line, "\t\n"), *want = strtok(NULL, "\t\n"), *published = strtok(NULL, "\t\n");
        if (*what == '#' || !published)
            continue;
        double got = number_of(what, &start, &one, &end, &tolerance), right = strtod(want, NULL);
        int ok = fabs(got - right) <= tolerance * fabs(right);
        printf("%-14s %-23.17g %-23s %s%s\n", what, got, want, published, ok ? "" : "  WRONG");
        passed += ok;
        failed += !ok;
    }
    fclose(in);
    printf("%d %d\n", passed, failed);
    return failed > 0;
}
