/* descent: a minimum by the method of limited memory of Broyden, Fletcher, Goldfarb and Shanno
 * (L-BFGS), with steps that are halved until they lower the function enough. */
#ifndef DESCENT_H
#define DESCENT_H

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DESCENT_MEMORY = 10 };

/* The function: its value at x, and its gradient. */
typedef double Objective(const double *x, double *gradient, void *data);

typedef struct Descent {
    size_t n;                /* unknowns */
    double *s[DESCENT_MEMORY]; /* the last steps */
    double *y[DESCENT_MEMORY]; /* and what they changed of the gradient */
    double sy[DESCENT_MEMORY]; /* the products of the two */
    size_t count;            /* of all steps; step k is in place k % DESCENT_MEMORY */
} Descent;

static inline double descent_dot(size_t n, const double *a, const double *b)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += a[i]*b[i];
    return sum;
}

static inline void descent_add(size_t n, double *a, double factor, const double *b)
{
    for (size_t i = 0; i < n; i++)
        a[i] += factor*b[i];
}

/* The gradient in p becomes the direction of descent. */
static inline void descent_direction(const Descent *d, double *p)
{
    size_t kept = d->count < DESCENT_MEMORY ? d->count : DESCENT_MEMORY;
    double a[DESCENT_MEMORY];

    for (size_t k = d->count; k-- > d->count - kept;) {
        size_t i = k%DESCENT_MEMORY;
        a[i] = descent_dot(d->n, d->s[i], p)/d->sy[i];
        descent_add(d->n, p, -a[i], d->y[i]);
    }
    if (kept) {
        size_t last = (d->count - 1)%DESCENT_MEMORY;
        double scale = d->sy[last]/descent_dot(d->n, d->y[last], d->y[last]);
        descent_add(d->n, p, scale - 1, p);
    }
    for (size_t k = d->count - kept; k < d->count; k++) {
        size_t i = k%DESCENT_MEMORY;
        descent_add(d->n, p, a[i] - descent_dot(d->n, d->y[i], p)/d->sy[i], d->s[i]);
    }
    descent_add(d->n, p, -2, p);
}

/* Minimises from x on, in x, until the gradient is no longer than `tolerance`, no step lowers the
 * function, or `steps` are done. Gives the least value. */
static inline double descent(Objective *f, void *data, size_t n, double *x, double tolerance, int steps)
{
    double *room = malloc((2*DESCENT_MEMORY + 4)*n*sizeof *room);
    double *g = room, *p = g + n, *x_new = p + n, *g_new = x_new + n;
    Descent d = {.n = n};

    if (!room) {
        fputs("descent: out of memory\n", stderr);
        exit(EXIT_FAILURE);
    }
    for (size_t i = 0; i < DESCENT_MEMORY; i++) {
        d.s[i] = room + (4 + 2*i)*n;
        d.y[i] = d.s[i] + n;
    }
    double value = f(x, g, data);
    while (steps-- > 0 && sqrt(descent_dot(n, g, g)) > tolerance) {
        memcpy(p, g, n*sizeof *p);
        descent_direction(&d, p);
        double slope = descent_dot(n, p, g), length = d.count ? 1 : 1/(1 + sqrt(-slope)), next;
        do {
            memcpy(x_new, x, n*sizeof *x);
            descent_add(n, x_new, length, p);
            next = f(x_new, g_new, data);
        } while (!(next <= value + 1e-4*length*slope) && (length /= 2) > 1e-12);
        if (!(next < value))
            break;
        double *s = d.s[d.count%DESCENT_MEMORY], *y = d.y[d.count%DESCENT_MEMORY];
        for (size_t i = 0; i < n; i++) {
            s[i] = x_new[i] - x[i];
            y[i] = g_new[i] - g[i];
        }
        double sy = descent_dot(n, s, y);
        if (sy > 0)
            d.sy[d.count++%DESCENT_MEMORY] = sy;
        value = next;
        memcpy(x, x_new, n*sizeof *x);
        memcpy(g, g_new, n*sizeof *g);
    }
    free(room);
    return value;
}

/* The greatest difference between a component of the gradient at x and the central difference of
 * the function there. */
static inline double descent_check(Objective *f, void *data, size_t n, double *x)
{
    const double h = 1e-5;
    double *g = malloc(2*n*sizeof *g), worst = 0;

    if (!g)
        exit(EXIT_FAILURE);
    f(x, g, data);
    for (size_t i = 0; i < n; i++) {
        double at = x[i];
        x[i] = at + h;
        double above = f(x, g + n, data);
        x[i] = at - h;
        double below = f(x, g + n, data);
        x[i] = at;
        worst = fmax(worst, fabs((above - below)/(2*h) - g[i]));
    }
    free(g);
    return worst;
}

#endif
