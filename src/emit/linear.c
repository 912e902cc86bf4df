/* What the helper functions for linear algebra compute, in numbers: each operation is done and
 * rounded as there, one after the other. Blocks of elements in, row by row; blocks out. */
#include "emit/emit.h"

typedef struct Rows {
    const Rounding *to;
    mpfr_ptr product; /* for what is subtracted */
    size_t width;
} Rows;

static void exchange(const Rows *r, mpfr_t *x, mpfr_t *y)
{
    for (size_t j = 0; j < r->width; j++)
        mpfr_swap(x[j], y[j]);
}

static void subtract(const Rows *r, size_t from, mpfr_srcptr c, mpfr_t *x, mpfr_t *y)
{
    for (size_t j = from; j < r->width; j++) {
        mpfr_mul(r->product, c, x[j], MPFR_RNDN);
        r->to->round(r->to->with, r->product);
        mpfr_sub(y[j], y[j], r->product, MPFR_RNDN);
        r->to->round(r->to->with, y[j]);
    }
}

static void divide(const Rows *r, mpfr_srcptr c, mpfr_t *x, size_t width)
{
    for (size_t j = 0; j < width; j++) {
        mpfr_div(x[j], x[j], c, MPFR_RNDN);
        r->to->round(r->to->with, x[j]);
    }
}

static void factor(const Rows *r, size_t n, mpfr_t *lu)
{
    for (size_t k = 0; k < n; k++) {
        size_t p = k;
        for (size_t i = k + 1; i < n; i++)
            if (mpfr_cmpabs(lu[i*n + k], lu[p*n + k]) > 0)
                p = i;
        mpfr_set_ui(lu[n*n + k], p, MPFR_RNDN);
        if (p != k)
            exchange(r, lu + k*n, lu + p*n);
        for (size_t i = k + 1; !mpfr_zero_p(lu[k*n + k]) && i < n; i++) {
            divide(r, lu[k*n + k], lu + i*n + k, 1);
            subtract(r, k + 1, lu[i*n + k], lu + k*n, lu + i*n);
        }
    }
}

static void exchange_by(const Rows *r, mpfr_t *lu, size_t n, size_t k, mpfr_t *x)
{
    size_t p = mpfr_get_ui(lu[n*n + k], MPFR_RNDN);
    if (p != k)
        exchange(r, x + k*r->width, x + p*r->width);
}

static void solve(const Rows *r, size_t n, mpfr_t *lu, mpfr_t *x)
{
    size_t m = r->width;
    for (size_t k = 0; k < n; k++)
        exchange_by(r, lu, n, k, x);
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < i; k++)
            subtract(r, 0, lu[i*n + k], x + k*m, x + i*m);
    for (size_t i = n; i-- > 0;) {
        for (size_t k = i + 1; k < n; k++)
            subtract(r, 0, lu[i*n + k], x + k*m, x + i*m);
        divide(r, lu[i*n + i], x + i*m, m);
    }
}

static void solve_transposed(const Rows *r, size_t n, mpfr_t *lu, mpfr_t *x)
{
    size_t m = r->width;
    for (size_t k = 0; k < n; k++) {
        divide(r, lu[k*n + k], x + k*m, m);
        for (size_t i = k + 1; i < n; i++)
            subtract(r, 0, lu[k*n + i], x + k*m, x + i*m);
    }
    for (size_t k = n; k-- > 0;)
        for (size_t i = 0; i < k; i++)
            subtract(r, 0, lu[k*n + i], x + k*m, x + i*m);
    for (size_t k = n; k-- > 0;)
        exchange_by(r, lu, n, k, x);
}

static void determinant(const Rows *r, size_t n, mpfr_t *lu, mpfr_ptr d)
{
    mpfr_set_ui(d, 1, MPFR_RNDN);
    for (size_t k = 0; k < n; k++) {
        mpfr_mul(d, d, lu[k*n + k], MPFR_RNDN);
        if (mpfr_cmp_ui(lu[n*n + k], k) != 0)
            mpfr_neg(d, d, MPFR_RNDN);
        r->to->round(r->to->with, d);
    }
}

void linear_evaluate(Op op, size_t n, size_t m, mpfr_t *from, mpfr_t *right, mpfr_t *out,
                     const Rounding *to)
{
    mpfr_t product;
    mpfr_init2(product, mpfr_get_prec(*out));
    Rows r = {to, product, op == OP_FACTOR ? n : m};
    for (size_t k = 0; k < n*r.width && op != OP_DET; k++)
        if (op == OP_INVERSE)
            mpfr_set_ui(out[k], k/n == k%n, MPFR_RNDN);
        else
            mpfr_set(out[k], op == OP_FACTOR ? from[k] : right[k], MPFR_RNDN);
    if (op == OP_FACTOR)
        factor(&r, n, out);
    else if (op == OP_TSOLVE)
        solve_transposed(&r, n, from, out);
    else if (op == OP_DET)
        determinant(&r, n, from, *out);
    else
        solve(&r, n, from, out);
    mpfr_clear(product);
}
