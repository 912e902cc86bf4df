/* Made by bpgen 0.1.0 from the standard input with
 * --with=value,forward,reverse,gradient,jacobian,hessian,hvp --jacobian=reverse --prefix=m
 * --unroll=0 --stack=0 --checkpoint=2.
 *
 * At a kink the derivative is the element of least norm among the subgradients: 0 for abs and
 * relu at 0, half each for a tie of max or min. At a pole it is what IEEE arithmetic says. What
 * the arm of a condition that is not taken needs has no influence.
 *
 * This text belongs to the user of bpgen; it is under no licence of bpgen's authors.
 */
#include <math.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/* How many numbers its last argument, `work`, must have room for. */
size_t m_value_work(size_t n, size_t d)
{
    (void)d;
    return 3*n;
}

/* The outputs. */
void m_value(size_t n, size_t d, const double *g, double *F, double *work)
{
    (void)d;

    double *b = work;
    double *h = b + n;
    double *u = h + n;

    /* b[q in 0..n] = sin(g[0]) */
    const double b_1 = sin(g[0]);
    for (size_t q = 0; q < n; q++) {
        b[q] = b_1;
    }

    /* h[q in 0..n] = cos(sum[r in 0..2](q > r ? u[q-1-r] : 0)) */
    for (size_t q = 0; q < n; q++) {
        double h_1 = 0;
        for (size_t r = 0; r < 2; r++) {
            h_1 += q > r ? u[q - 1 - r] : 0;
        }
        double u_1 = 0;

        /* u[r in 0..n] = sum[l in r..n](b[l]) + (r > 0 ? h[r-1] : 0) */
        for (size_t l = q; l < n; l++) {
            u_1 += b[l];
        }
        u[q] = u_1 + (q > 0 ? h[q - 1] : 0);

        /* h[q in 0..n] = cos(sum[r in 0..2](q > r ? u[q-1-r] : 0)) */
        h[q] = cos(h_1);
    }
    double F_value = 0;

    /* F = sum[i in 0..n](h[i]) */
    for (size_t i = 0; i < n; i++) {
        F_value += h[i];
    }
    *F = F_value;
}

/* How many numbers its last argument, `work`, must have room for. */
size_t m_forward_work(size_t n, size_t d)
{
    (void)d;
    return 6*n;
}

/* The outputs and their tangents along one direction of the inputs. */
void m_forward(size_t n, size_t d, const double *g, const double *g_dot, double *F, double *F_dot,
               double *work)
{
    (void)d;

    double *b = work;
    double *h = b + n;
    double *u = h + n;
    double *b_dot = u + n;
    double *h_dot = b_dot + n;
    double *u_dot = h_dot + n;

    /* b[q in 0..n] = sin(g[0]) */
    const double b_1 = sin(g[0]);

    /* tangent of b[q in 0..n] = sin(g[0]) */
    const double b_dot_1 = g_dot[0]*cos(g[0]);

    /* b[q in 0..n] = sin(g[0]) */
    for (size_t q = 0; q < n; q++) {
        b[q] = b_1;

        /* tangent of b[q in 0..n] = sin(g[0]) */
        b_dot[q] = b_dot_1;
    }

    /* h[q in 0..n] = cos(sum[r in 0..2](q > r ? u[q-1-r] : 0)) */
    for (size_t q = 0; q < n; q++) {
        double h_1 = 0;
        double h_1_dot = 0;
        for (size_t r = 0; r < 2; r++) {
            h_1 += q > r ? u[q - 1 - r] : 0;

            /* tangent of h[q in 0..n] = cos(sum[r in 0..2](q > r ? u[q-1-r] : 0)) */
            h_1_dot += q > r ? u_dot[q - 1 - r] : 0;
        }
        double u_1 = 0;
        double u_1_dot = 0;

        /* u[r in 0..n] = sum[l in r..n](b[l]) + (r > 0 ? h[r-1] : 0) */
        for (size_t l = q; l < n; l++) {
            u_1 += b[l];

            /* tangent of u[r in 0..n] = sum[l in r..n](b[l]) + (r > 0 ? h[r-1] : 0) */
            u_1_dot += b_dot[l];
        }

        /* u[r in 0..n] = sum[l in r..n](b[l]) + (r > 0 ? h[r-1] : 0) */
        u[q] = u_1 + (q > 0 ? h[q - 1] : 0);

        /* h[q in 0..n] = cos(sum[r in 0..2](q > r ? u[q-1-r] : 0)) */
        h[q] = cos(h_1);

        /* tangent of u[r in 0..n] = sum[l in r..n](b[l]) + (r > 0 ? h[r-1] : 0) */
        u_dot[q] = u_1_dot + (q > 0 ? h_dot[q - 1] : 0);

        /* tangent of h[q in 0..n] = cos(sum[r in 0..2](q > r ? u[q-1-r] : 0)) */
        h_dot[q] = h_1_dot == 0 ? 0 : -h_1_dot*sin(h_1);
    }
    double F_value = 0;
    double F_dot_1 = 0;

    /* F = sum[i in 0..n](h[i]) */
    for (size_t i = 0; i < n; i++) {
        F_value += h[i];

        /* tangent of F = sum[i in 0..n](h[i]) */
        F_dot_1 += h_dot[i];
    }

    /* F = sum[i in 0..n](h[i]) */
    *F = F_value;

    /* tangent of F = sum[i in 0..n](h[i]) */
    *F_dot = F_dot_1;
}

/* How many numbers its last argument, `work`, must have room for. */
size_t m_reverse_work(size_t n, size_t d)
{
    (void)d;
    return 6*n + 2;
}

/* The outputs and the adjoints of the inputs for given seeds of the outputs. */
void m_reverse(size_t n, size_t d, const double *g, double F_bar, double *F, double *g_bar,
               double *work)
{
    double *b = work;
    double *h = b + n;
    double *u = h + n;
    double *h_bar = u + n;
    double *u_bar = h_bar + n;
    double *b_bar = u_bar + n;
    double *h_1 = b_bar + n;

    /* b[q in 0..n] = sin(g[0]) */
    const double b_1 = sin(g[0]);
    for (size_t q = 0; q < n; q++) {
        u_bar[q] = 0;
        b[q] = b_1;
    }

    /* h[q in 0..n] = cos(sum[r in 0..2](q > r ? u[q-1-r] : 0)) */
    for (size_t q = 0; q < n; q++) {
        double h_1_here = 0;
        for (size_t r = 0; r < 2; r++) {
            h_1_here += q > r ? u[q - 1 - r] : 0;
        }
        h_1[q%2] = h_1_here;
        double u_1 = 0;

        /* u[r in 0..n] = sum[l in r..n](b[l]) + (r > 0 ? h[r-1] : 0) */
        for (size_t l = q; l < n; l++) {
            u_1 += b[l];
        }
        u[q] = u_1 + (q > 0 ? h[q - 1] : 0);

        /* h[q in 0..n] = cos(sum[r in 0..2](q > r ? u[q-1-r] : 0)) */
        h[q] = cos(h_1[q%2]);
    }
    double F_value = 0;

    /* F = sum[i in 0..n](h[i]) */
    for (size_t i = 0; i < n; i++) {
        F_value += h[i];

        /* backwards through F = sum[i in 0..n](h[i]) */
        h_bar[i] = F_bar;
    }

    /* F = sum[i in 0..n](h[i]) */
    *F = F_value;
    for (size_t q = 0; q < n; q++) {
        b_bar[q] = 0;
    }

    /* by blocks of turns: their values again, from the states that were kept */
    for (size_t block = (n + 1)/2; block-- > 0;) {
        /* h[q in 0..n] = cos(sum[r in 0..2](q > r ? u[q-1-r] : 0)) */
        for (size_t q = block*2; q < (block*2 + 2 < n ? block*2 + 2 : n); q++) {
            double h_1_here = 0;
            for (size_t r = 0; r < 2; r++) {
                h_1_here += q > r ? u[q - 1 - r] : 0;
            }
            h_1[q%2] = h_1_here;
            double u_1 = 0;

            /* u[r in 0..n] = sum[l in r..n](b[l]) + (r > 0 ? h[r-1] : 0) */
            for (size_t l = q; l < n; l++) {
                u_1 += b[l];
            }
            u[q] = u_1 + (q > 0 ? h[q - 1] : 0);

            /* h[q in 0..n] = cos(sum[r in 0..2](q > r ? u[q-1-r] : 0)) */
            h[q] = cos(h_1[q%2]);
        }

        /* backwards through u[r in 0..n] = sum[l in r..n](b[l]) + (r > 0 ? h[r-1] : 0) */
        for (size_t q = block*2 + 2 < n ? block*2 + 2 : n; q-- > block*2;) {
            if (q > 0)
                h_bar[q - 1] += u_bar[q];

            /* backwards through h[q in 0..n] = cos(sum[r in 0..2](q > r ? u[q-1-r] : 0)) */
            for (size_t r = 0; r < 2; r++) {
                if (h_bar[q] != 0 && q > r)
                    u_bar[q - 1 - r] -= h_bar[q]*sin(h_1[q%2]);
            }

            /* backwards through u[r in 0..n] = sum[l in r..n](b[l]) + (r > 0 ? h[r-1] : 0) */
            for (size_t l = q; l < n; l++) {
                b_bar[l] += u_bar[q];
            }
        }
    }
    double b_bar_1 = 0;

    /* backwards through b[q in 0..n] = sin(g[0]) */
    for (size_t q = 0; q < n; q++) {
        b_bar_1 += b_bar[q];
    }
    const double b_1_bar = b_bar_1;
    for (size_t i = 0; i < d; i++) {
        g_bar[i] = 0;
    }
    if (b_1_bar != 0)
        g_bar[0] += b_1_bar*cos(g[0]);
}

/* How many numbers its last argument, `work`, must have room for. */
size_t m_gradient_work(size_t n, size_t d)
{
    (void)d;
    return 6*n + 2;
}

/* The output and its derivative in each input. */
void m_gradient(size_t n, size_t d, const double *g, double *F, double *g_bar, double *work)
{
    double *b = work;
    double *h = b + n;
    double *u = h + n;
    double *h_bar = u + n;
    double *u_bar = h_bar + n;
    double *b_bar = u_bar + n;
    double *h_1 = b_bar + n;

    /* b[q in 0..n] = sin(g[0]) */
    const double b_1 = sin(g[0]);
    for (size_t q = 0; q < n; q++) {
        u_bar[q] = 0;
        b[q] = b_1;
    }

    /* h[q in 0..n] = cos(sum[r in 0..2](q > r ? u[q-1-r] : 0)) */
    for (size_t q = 0; q < n; q++) {
        double h_1_here = 0;
        for (size_t r = 0; r < 2; r++) {
            h_1_here += q > r ? u[q - 1 - r] : 0;
        }
        h_1[q%2] = h_1_here;
        double u_1 = 0;

        /* u[r in 0..n] = sum[l in r..n](b[l]) + (r > 0 ? h[r-1] : 0) */
        for (size_t l = q; l < n; l++) {
            u_1 += b[l];
        }
        u[q] = u_1 + (q > 0 ? h[q - 1] : 0);

        /* h[q in 0..n] = cos(sum[r in 0..2](q > r ? u[q-1-r] : 0)) */
        h[q] = cos(h_1[q%2]);
    }
    double F_value = 0;

    /* F = sum[i in 0..n](h[i]) */
    for (size_t i = 0; i < n; i++) {
        F_value += h[i];

        /* backwards through F = sum[i in 0..n](h[i]) */
        h_bar[i] = 1;
    }

    /* F = sum[i in 0..n](h[i]) */
    *F = F_value;
    for (size_t q = 0; q < n; q++) {
        b_bar[q] = 0;
    }

    /* by blocks of turns: their values again, from the states that were kept */
    for (size_t block = (n + 1)/2; block-- > 0;) {
        /* h[q in 0..n] = cos(sum[r in 0..2](q > r ? u[q-1-r] : 0)) */
        for (size_t q = block*2; q < (block*2 + 2 < n ? block*2 + 2 : n); q++) {
            double h_1_here = 0;
            for (size_t r = 0; r < 2; r++) {
                h_1_here += q > r ? u[q - 1 - r] : 0;
            }
            h_1[q%2] = h_1_here;
            double u_1 = 0;

            /* u[r in 0..n] = sum[l in r..n](b[l]) + (r > 0 ? h[r-1] : 0) */
            for (size_t l = q; l < n; l++) {
                u_1 += b[l];
            }
            u[q] = u_1 + (q > 0 ? h[q - 1] : 0);

            /* h[q in 0..n] = cos(sum[r in 0..2](q > r ? u[q-1-r] : 0)) */
            h[q] = cos(h_1[q%2]);
        }

        /* backwards through u[r in 0..n] = sum[l in r..n](b[l]) + (r > 0 ? h[r-1] : 0) */
        for (size_t q = block*2 + 2 < n ? block*2 + 2 : n; q-- > block*2;) {
            if (q > 0)
                h_bar[q - 1] += u_bar[q];

            /* backwards through h[q in 0..n] = cos(sum[r in 0..2](q > r ? u[q-1-r] : 0)) */
            for (size_t r = 0; r < 2; r++) {
                if (h_bar[q] != 0 && q > r)
                    u_bar[q - 1 - r] -= h_bar[q]*sin(h_1[q%2]);
            }

            /* backwards through u[r in 0..n] = sum[l in r..n](b[l]) + (r > 0 ? h[r-1] : 0) */
            for (size_t l = q; l < n; l++) {
                b_bar[l] += u_bar[q];
            }
        }
    }
    double b_bar_1 = 0;

    /* backwards through b[q in 0..n] = sin(g[0]) */
    for (size_t q = 0; q < n; q++) {
        b_bar_1 += b_bar[q];
    }
    const double b_1_bar = b_bar_1;
    for (size_t i = 0; i < d; i++) {
        g_bar[i] = 0;
    }
    if (b_1_bar != 0)
        g_bar[0] += b_1_bar*cos(g[0]);
}

/* How many numbers its last argument, `work`, must have room for. */
size_t m_jacobian_work(size_t n, size_t d)
{
    return 6*n + d + 2;
}

/* The outputs and their Jacobian: outputs by inputs, row by row. */
void m_jacobian(size_t n, size_t d, const double *g, double *F, double *jac, double *work)
{
    double *b = work;
    double *h = b + n;
    double *u = h + n;
    double *h_bar = u + n;
    double *u_bar = h_bar + n;
    double *b_bar = u_bar + n;
    double *g_bar_ = b_bar + n;
    double *h_1 = g_bar_ + d;

    /* b[q in 0..n] = sin(g[0]) */
    const double b_1 = sin(g[0]);
    for (size_t q = 0; q < n; q++) {
        u_bar[q] = 0;
        b[q] = b_1;
    }

    /* h[q in 0..n] = cos(sum[r in 0..2](q > r ? u[q-1-r] : 0)) */
    for (size_t q = 0; q < n; q++) {
        double h_1_here = 0;
        for (size_t r = 0; r < 2; r++) {
            h_1_here += q > r ? u[q - 1 - r] : 0;
        }
        h_1[q%2] = h_1_here;
        double u_1 = 0;

        /* u[r in 0..n] = sum[l in r..n](b[l]) + (r > 0 ? h[r-1] : 0) */
        for (size_t l = q; l < n; l++) {
            u_1 += b[l];
        }
        u[q] = u_1 + (q > 0 ? h[q - 1] : 0);

        /* h[q in 0..n] = cos(sum[r in 0..2](q > r ? u[q-1-r] : 0)) */
        h[q] = cos(h_1[q%2]);
    }
    double F_value = 0;

    /* F = sum[i in 0..n](h[i]) */
    for (size_t i = 0; i < n; i++) {
        F_value += h[i];

        /* derivatives of F = sum[i in 0..n](h[i]) */
        h_bar[i] = 1;
    }

    /* F = sum[i in 0..n](h[i]) */
    *F = F_value;
    for (size_t q = 0; q < n; q++) {
        b_bar[q] = 0;
    }

    /* by blocks of turns: their values again, from the states that were kept */
    for (size_t block = (n + 1)/2; block-- > 0;) {
        /* h[q in 0..n] = cos(sum[r in 0..2](q > r ? u[q-1-r] : 0)) */
        for (size_t q = block*2; q < (block*2 + 2 < n ? block*2 + 2 : n); q++) {
            double h_1_here = 0;
            for (size_t r = 0; r < 2; r++) {
                h_1_here += q > r ? u[q - 1 - r] : 0;
            }
            h_1[q%2] = h_1_here;
            double u_1 = 0;

            /* u[r in 0..n] = sum[l in r..n](b[l]) + (r > 0 ? h[r-1] : 0) */
            for (size_t l = q; l < n; l++) {
                u_1 += b[l];
            }
            u[q] = u_1 + (q > 0 ? h[q - 1] : 0);

            /* h[q in 0..n] = cos(sum[r in 0..2](q > r ? u[q-1-r] : 0)) */
            h[q] = cos(h_1[q%2]);
        }

        /* derivatives of u[r in 0..n] = sum[l in r..n](b[l]) + (r > 0 ? h[r-1] : 0) */
        for (size_t q = block*2 + 2 < n ? block*2 + 2 : n; q-- > block*2;) {
            if (q > 0)
                h_bar[q - 1] += u_bar[q];

            /* derivatives of h[q in 0..n] = cos(sum[r in 0..2](q > r ? u[q-1-r] : 0)) */
            for (size_t r = 0; r < 2; r++) {
                if (h_bar[q] != 0 && q > r)
                    u_bar[q - 1 - r] -= h_bar[q]*sin(h_1[q%2]);
            }

            /* derivatives of u[r in 0..n] = sum[l in r..n](b[l]) + (r > 0 ? h[r-1] : 0) */
            for (size_t l = q; l < n; l++) {
                b_bar[l] += u_bar[q];
            }
        }
    }
    double b_2 = 0;

    /* derivatives of b[q in 0..n] = sin(g[0]) */
    for (size_t q = 0; q < n; q++) {
        b_2 += b_bar[q];
    }
    const double b_1_bar = b_2;
    for (size_t i = 0; i < d; i++) {
        g_bar_[i] = 0;
    }
    if (b_1_bar != 0)
        g_bar_[0] += b_1_bar*cos(g[0]);
    for (size_t i = 0; i < d; i++) {
        jac[i] = g_bar_[i];
    }
}

/* How many numbers its last argument, `work`, must have room for. */
size_t m_hessian_work(size_t n, size_t d)
{
    return 7*n + 5*d + 5*n*d + d*d + (n + 1)/2*d + 2;
}

/* The output and its Hessian: inputs by inputs, row by row. */
void m_hessian(size_t n, size_t d, const double *g, double *F, double *hess, double *work)
{
    double *b = work;
    double *h = b + n;
    double *u = h + n;
    double *h_bar = u + n;
    double *u_bar = h_bar + n;
    double *b_bar = u_bar + n;
    double *h_dot = b_bar + n;
    double *u_dot = h_dot + d;
    double *b_dot = u_dot + n*d;
    double *h_bar_dot = b_dot + n*d;
    double *u_bar_dot = h_bar_dot + n*d;
    double *b_bar_dot = u_bar_dot + n*d;
    double *g_bar__dot = b_bar_dot + n*d;
    double *h_2 = g_bar__dot + d*d;
    double *h_3 = h_2 + 2;
    double *h_4 = h_3 + n;
    double *h_2_dot = h_4 + d;
    double *u_1_dot = h_2_dot + 2*d;
    double *h_dot_kept = u_1_dot + d;

    /* b[q in 0..n] = sin(g[0]) */
    const double b_1 = sin(g[0]);

    /* derivatives of b[q in 0..n] = sin(g[0]) */
    const double b_2 = cos(g[0]);
    for (size_t q = 0; q < n; q++) {
        u_bar[q] = 0;

        /* derivatives of h[q in 0..n] = cos(sum[r in 0..2](q > r ? u[q-1-r] : 0)) */
        for (size_t i = 0; i < d; i++) {
            const double h_1 = 0 == i ? b_2 : 0;
            b_dot[i*n + q] = h_1;
        }

        /* b[q in 0..n] = sin(g[0]) */
        b[q] = b_1;
    }

    /* h[q in 0..n] = cos(sum[r in 0..2](q > r ? u[q-1-r] : 0)) */
    for (size_t q = 0; q < n; q++) {
        double h_2_here = 0;
        for (size_t r = 0; r < 2; r++) {
            h_2_here += q > r ? u[q - 1 - r] : 0;
        }
        h_2[q%2] = h_2_here;
        double u_1 = 0;

        /* u[r in 0..n] = sum[l in r..n](b[l]) + (r > 0 ? h[r-1] : 0) */
        for (size_t l = q; l < n; l++) {
            u_1 += b[l];
        }
        u[q] = u_1 + (q > 0 ? h[q - 1] : 0);

        /* h[q in 0..n] = cos(sum[r in 0..2](q > r ? u[q-1-r] : 0)) */
        h[q] = cos(h_2[q%2]);
    }
    double F_value = 0;

    /* F = sum[i in 0..n](h[i]) */
    for (size_t i = 0; i < n; i++) {
        F_value += h[i];

        /* derivatives of F = sum[i in 0..n](h[i]) */
        h_bar[i] = 1;
    }
    for (size_t q = 0; q < n; q++) {
        b_bar[q] = 0;
    }

    /* by blocks of turns: their values again, from the states that were kept */
    for (size_t block = (n + 1)/2; block-- > 0;) {
        /* h[q in 0..n] = cos(sum[r in 0..2](q > r ? u[q-1-r] : 0)) */
        for (size_t q = block*2; q < (block*2 + 2 < n ? block*2 + 2 : n); q++) {
            double h_2_here = 0;
            for (size_t r = 0; r < 2; r++) {
                h_2_here += q > r ? u[q - 1 - r] : 0;
            }
            h_2[q%2] = h_2_here;
            double u_1 = 0;

            /* u[r in 0..n] = sum[l in r..n](b[l]) + (r > 0 ? h[r-1] : 0) */
            for (size_t l = q; l < n; l++) {
                u_1 += b[l];
            }
            u[q] = u_1 + (q > 0 ? h[q - 1] : 0);
            h[q] = cos(h_2[q%2]);
        }

        /* derivatives of u[r in 0..n] = sum[l in r..n](b[l]) + (r > 0 ? h[r-1] : 0) */
        for (size_t q = block*2 + 2 < n ? block*2 + 2 : n; q-- > block*2;) {
            if (q > 0)
                h_bar[q - 1] += u_bar[q];

            /* derivatives of h[q in 0..n] = cos(sum[r in 0..2](q > r ? u[q-1-r] : 0)) */
            h_3[q] = sin(h_2[q%2]);
            for (size_t r = 0; r < 2; r++) {
                if (h_bar[q] != 0 && q > r)
                    u_bar[q - 1 - r] -= h_bar[q]*h_3[q];
            }

            /* derivatives of u[r in 0..n] = sum[l in r..n](b[l]) + (r > 0 ? h[r-1] : 0) */
            for (size_t l = q; l < n; l++) {
                b_bar[l] += u_bar[q];
            }
        }
    }
    double b_3 = 0;
    for (size_t q = 0; q < n; q++) {
        for (size_t i = 0; i < d; i++) {
            u_bar_dot[q*d + i] = 0;
        }

        /* derivatives of b[q in 0..n] = sin(g[0]) */
        b_3 += b_bar[q];
    }
    for (size_t q = 0; q < n; q++) {
        for (size_t i = 0; i < d; i++) {
            h_bar_dot[q*d + i] = 0;
        }
    }

    /* F = sum[i in 0..n](h[i]) */
    *F = F_value;

    /* derivatives of h[q in 0..n] = cos(sum[r in 0..2](q > r ? u[q-1-r] : 0)) */
    for (size_t q = 0; q < n; q++) {
        if (q%2 == 0) {
            for (size_t i = 0; i < d; i++) {
                h_dot_kept[q/2*d + i] = h_dot[i];
            }
        }
        for (size_t i = 0; i < d; i++) {
            h_4[i] = 0;
            double u_1_dot_here = 0;
            for (size_t l = q; l < n; l++) {
                u_1_dot_here += b_dot[i*n + l];
            }
            u_1_dot[i] = u_1_dot_here;
        }
        for (size_t r = 0; r < 2; r++) {
            for (size_t i = 0; i < d; i++) {
                h_4[i] += q > r ? u_dot[(q - 1 - r)*d + i] : 0;
            }
        }
        for (size_t i = 0; i < d; i++) {
            h_2_dot[q%2*d + i] = h_4[i];
            u_dot[q*d + i] = u_1_dot[i] + (q > 0 ? h_dot[i] : 0);
            h_dot[i] = h_2_dot[q%2*d + i] == 0 ? 0 : -h_2_dot[q%2*d + i]*h_3[q];
        }
    }
    for (size_t j = 0; j < d; j++) {
        for (size_t q = 0; q < n; q++) {
            b_bar_dot[j*n + q] = 0;
        }
    }

    /* by blocks of turns: their values again, from the states that were kept */
    for (size_t block = (n + 1)/2; block-- > 0;) {
        for (size_t i = 0; i < d; i++) {
            h_dot[i] = h_dot_kept[block*d + i];
        }

        /* derivatives of h[q in 0..n] = cos(sum[r in 0..2](q > r ? u[q-1-r] : 0)) */
        for (size_t q = block*2; q < (block*2 + 2 < n ? block*2 + 2 : n); q++) {
            for (size_t i = 0; i < d; i++) {
                h_4[i] = 0;
                double u_1_dot_here = 0;
                for (size_t l = q; l < n; l++) {
                    u_1_dot_here += b_dot[i*n + l];
                }
                u_1_dot[i] = u_1_dot_here;
            }
            for (size_t r = 0; r < 2; r++) {
                for (size_t i = 0; i < d; i++) {
                    h_4[i] += q > r ? u_dot[(q - 1 - r)*d + i] : 0;
                }
            }
            for (size_t i = 0; i < d; i++) {
                h_2_dot[q%2*d + i] = h_4[i];
                u_dot[q*d + i] = u_1_dot[i] + (q > 0 ? h_dot[i] : 0);
                h_dot[i] = h_2_dot[q%2*d + i] == 0 ? 0 : -h_2_dot[q%2*d + i]*h_3[q];
            }
        }
        for (size_t q = block*2 + 2 < n ? block*2 + 2 : n; q-- > block*2;) {
            for (size_t i = 0; i < d; i++) {
                if ((u_bar[q] != 0 || u_bar_dot[q*d + i] != 0) && q > 0)
                    h_bar_dot[(q - 1)*d + i] += u_bar_dot[q*d + i];
            }
            for (size_t r = 0; r < 2; r++) {
                for (size_t i = 0; i < d; i++) {
                    if ((h_bar[q] != 0 || h_bar_dot[q*d + i] != 0) && q > r)
                        u_bar_dot[(q - 1 - r)*d + i] -= (h_bar_dot[q*d + i] == 0 ? 0
                            : h_bar_dot[q*d + i]*h_3[q]) +
                            (h_2_dot[q%2*d + i] == 0 ? 0 : h_bar[q]*h_2_dot[q%2*d + i]*h[q]);
                }
            }

            /* derivatives of u[r in 0..n] = sum[l in r..n](b[l]) + (r > 0 ? h[r-1] : 0) */
            for (size_t l = q; l < n; l++) {
                for (size_t j = 0; j < d; j++) {
                    b_bar_dot[j*n + l] += u_bar_dot[q*d + j];
                }
            }
        }
    }

    /* derivatives of b[q in 0..n] = sin(g[0]) */
    for (size_t j = 0; j < d; j++) {
        double b_4 = 0;
        for (size_t q = 0; q < n; q++) {
            b_4 += b_bar_dot[j*n + q];
        }
        for (size_t i = 0; i < d; i++) {
            g_bar__dot[j*d + i] = 0;
        }
        if (b_3 != 0 || b_4 != 0)
            g_bar__dot[j*d] += (b_4 == 0 ? 0 : b_4*b_2) + (0 == j ? -b_1*b_3 : 0);
    }
    for (size_t i = 0; i < d; i++) {
        for (size_t j = 0; j < d; j++) {
            hess[i*d + j] = g_bar__dot[j*d + i];
        }
    }
}

/* How many numbers its last argument, `work`, must have room for. */
size_t m_hvp_work(size_t n, size_t d)
{
    (void)d;
    return 12*n + (n + 1)/2 + 4;
}

/* The output and the Hessian times a direction of the inputs. */
void m_hvp(size_t n, size_t d, const double *g, const double *g_dot, double *F, double *g_bar_dot,
           double *work)
{
    double *b = work;
    double *h = b + n;
    double *u = h + n;
    double *h_bar = u + n;
    double *u_bar = h_bar + n;
    double *b_bar = u_bar + n;
    double *b_dot = b_bar + n;
    double h_dot = 0;
    double *u_dot = b_dot + n;
    double *h_bar_dot = u_dot + n;
    double *u_bar_dot = h_bar_dot + n;
    double *b_bar_dot = u_bar_dot + n;
    double *h_1 = b_bar_dot + n;
    double *h_2 = h_1 + 2;
    double *h_1_dot = h_2 + n;
    double *h_dot_kept = h_1_dot + 2;

    /* b[q in 0..n] = sin(g[0]) */
    const double b_1 = sin(g[0]);

    /* derivatives of b[q in 0..n] = sin(g[0]) */
    const double b_2 = cos(g[0]);
    const double b_3 = g_dot[0]*b_2;
    for (size_t q = 0; q < n; q++) {
        u_bar[q] = 0;
        b_dot[q] = b_3;

        /* b[q in 0..n] = sin(g[0]) */
        b[q] = b_1;
    }

    /* h[q in 0..n] = cos(sum[r in 0..2](q > r ? u[q-1-r] : 0)) */
    for (size_t q = 0; q < n; q++) {
        double h_1_here = 0;
        for (size_t r = 0; r < 2; r++) {
            h_1_here += q > r ? u[q - 1 - r] : 0;
        }
        h_1[q%2] = h_1_here;
        double u_1 = 0;

        /* u[r in 0..n] = sum[l in r..n](b[l]) + (r > 0 ? h[r-1] : 0) */
        for (size_t l = q; l < n; l++) {
            u_1 += b[l];
        }
        u[q] = u_1 + (q > 0 ? h[q - 1] : 0);

        /* h[q in 0..n] = cos(sum[r in 0..2](q > r ? u[q-1-r] : 0)) */
        h[q] = cos(h_1[q%2]);
    }
    double F_value = 0;

    /* F = sum[i in 0..n](h[i]) */
    for (size_t i = 0; i < n; i++) {
        F_value += h[i];

        /* derivatives of F = sum[i in 0..n](h[i]) */
        h_bar[i] = 1;
    }
    for (size_t q = 0; q < n; q++) {
        b_bar[q] = 0;
    }

    /* by blocks of turns: their values again, from the states that were kept */
    for (size_t block = (n + 1)/2; block-- > 0;) {
        /* h[q in 0..n] = cos(sum[r in 0..2](q > r ? u[q-1-r] : 0)) */
        for (size_t q = block*2; q < (block*2 + 2 < n ? block*2 + 2 : n); q++) {
            double h_1_here = 0;
            for (size_t r = 0; r < 2; r++) {
                h_1_here += q > r ? u[q - 1 - r] : 0;
            }
            h_1[q%2] = h_1_here;
            double u_1 = 0;

            /* u[r in 0..n] = sum[l in r..n](b[l]) + (r > 0 ? h[r-1] : 0) */
            for (size_t l = q; l < n; l++) {
                u_1 += b[l];
            }
            u[q] = u_1 + (q > 0 ? h[q - 1] : 0);
            h[q] = cos(h_1[q%2]);
        }

        /* derivatives of u[r in 0..n] = sum[l in r..n](b[l]) + (r > 0 ? h[r-1] : 0) */
        for (size_t q = block*2 + 2 < n ? block*2 + 2 : n; q-- > block*2;) {
            if (q > 0)
                h_bar[q - 1] += u_bar[q];

            /* derivatives of h[q in 0..n] = cos(sum[r in 0..2](q > r ? u[q-1-r] : 0)) */
            h_2[q] = sin(h_1[q%2]);
            for (size_t r = 0; r < 2; r++) {
                if (h_bar[q] != 0 && q > r)
                    u_bar[q - 1 - r] -= h_bar[q]*h_2[q];
            }

            /* derivatives of u[r in 0..n] = sum[l in r..n](b[l]) + (r > 0 ? h[r-1] : 0) */
            for (size_t l = q; l < n; l++) {
                b_bar[l] += u_bar[q];
            }
        }
    }
    double b_4 = 0;
    for (size_t q = 0; q < n; q++) {
        u_bar_dot[q] = 0;

        /* derivatives of b[q in 0..n] = sin(g[0]) */
        b_4 += b_bar[q];
    }
    for (size_t q = 0; q < n; q++) {
        h_bar_dot[q] = 0;
    }

    /* F = sum[i in 0..n](h[i]) */
    *F = F_value;

    /* derivatives of h[q in 0..n] = cos(sum[r in 0..2](q > r ? u[q-1-r] : 0)) */
    for (size_t q = 0; q < n; q++) {
        if (q%2 == 0) {
            h_dot_kept[q/2] = h_dot;
        }
        double h_3 = 0;
        for (size_t r = 0; r < 2; r++) {
            h_3 += q > r ? u_dot[q - 1 - r] : 0;
        }
        h_1_dot[q%2] = h_3;
        double u_1_dot = 0;

        /* derivatives of u[r in 0..n] = sum[l in r..n](b[l]) + (r > 0 ? h[r-1] : 0) */
        for (size_t l = q; l < n; l++) {
            u_1_dot += b_dot[l];
        }
        u_dot[q] = u_1_dot + (q > 0 ? h_dot : 0);

        /* derivatives of h[q in 0..n] = cos(sum[r in 0..2](q > r ? u[q-1-r] : 0)) */
        h_dot = h_1_dot[q%2] == 0 ? 0 : -h_1_dot[q%2]*h_2[q];
    }
    for (size_t q = 0; q < n; q++) {
        b_bar_dot[q] = 0;
    }

    /* by blocks of turns: their values again, from the states that were kept */
    for (size_t block = (n + 1)/2; block-- > 0;) {
        h_dot = h_dot_kept[block];

        /* derivatives of h[q in 0..n] = cos(sum[r in 0..2](q > r ? u[q-1-r] : 0)) */
        for (size_t q = block*2; q < (block*2 + 2 < n ? block*2 + 2 : n); q++) {
            double h_3 = 0;
            for (size_t r = 0; r < 2; r++) {
                h_3 += q > r ? u_dot[q - 1 - r] : 0;
            }
            h_1_dot[q%2] = h_3;
            double u_1_dot = 0;

            /* derivatives of u[r in 0..n] = sum[l in r..n](b[l]) + (r > 0 ? h[r-1] : 0) */
            for (size_t l = q; l < n; l++) {
                u_1_dot += b_dot[l];
            }
            u_dot[q] = u_1_dot + (q > 0 ? h_dot : 0);

            /* derivatives of h[q in 0..n] = cos(sum[r in 0..2](q > r ? u[q-1-r] : 0)) */
            h_dot = h_1_dot[q%2] == 0 ? 0 : -h_1_dot[q%2]*h_2[q];
        }

        /* derivatives of u[r in 0..n] = sum[l in r..n](b[l]) + (r > 0 ? h[r-1] : 0) */
        for (size_t q = block*2 + 2 < n ? block*2 + 2 : n; q-- > block*2;) {
            if ((u_bar[q] != 0 || u_bar_dot[q] != 0) && q > 0)
                h_bar_dot[q - 1] += u_bar_dot[q];

            /* derivatives of h[q in 0..n] = cos(sum[r in 0..2](q > r ? u[q-1-r] : 0)) */
            for (size_t r = 0; r < 2; r++) {
                if ((h_bar[q] != 0 || h_bar_dot[q] != 0) && q > r)
                    u_bar_dot[q - 1 - r] -= (h_bar_dot[q] == 0 ? 0 : h_bar_dot[q]*h_2[q]) +
                        (h_1_dot[q%2] == 0 ? 0 : h_bar[q]*h_1_dot[q%2]*h[q]);
            }

            /* derivatives of u[r in 0..n] = sum[l in r..n](b[l]) + (r > 0 ? h[r-1] : 0) */
            for (size_t l = q; l < n; l++) {
                b_bar_dot[l] += u_bar_dot[q];
            }
        }
    }
    double b_5 = 0;

    /* derivatives of b[q in 0..n] = sin(g[0]) */
    for (size_t q = 0; q < n; q++) {
        b_5 += b_bar_dot[q];
    }
    for (size_t i = 0; i < d; i++) {
        g_bar_dot[i] = 0;
    }
    if (b_4 != 0 || b_5 != 0)
        g_bar_dot[0] += (b_5 == 0 ? 0 : b_5*b_2) - g_dot[0]*b_1*b_4;
}

#ifdef __cplusplus
}
#endif

#include <stdio.h>
#include <stdlib.h>
int main(void){ double g[2]={-0.3619,0.0081},pp[9]={0},F,wb,gb[2],H[16]={NAN,NAN,NAN,NAN,NAN,NAN,NAN,NAN,NAN},*work=malloc(800000); for(int i=0;i<100000;i++)work[i]=0.0/0.0;
double w=0.3831,e=1e-5,p[3],q[3]; m_hessian(3,2,g,&F,H,work);
for(int i=0;i<9;i++)printf("%.7g ",H[i]); printf(" | ");
for(int k=0;k<3;k++){ double o=k?g[k-1]:w; if(k)g[k-1]=o+e; else w=o+e;
m_gradient(3,2,g,&F,gb,work); p[0]=wb;p[1]=gb[0];p[2]=gb[1]; if(k)g[k-1]=o-e; else w=o-e; m_gradient(3,2,g,&F,gb,work); q[0]=wb;q[1]=gb[0];q[2]=gb[1]; if(k)g[k-1]=o; else w=o;
for(int i=0;i<3;i++)printf("%.7g ",(p[i]-q[i])/(2*e));} puts(""); return 0;}
