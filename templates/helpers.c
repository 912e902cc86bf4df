@@ sign
/* -1, 0 or 1; NaN and the zeros are handed on. */
static $r @sign($r x)
{
    return x > 0 ? 1 : x < 0 ? -1 : x;
}

@@ min
/* The lesser of two, or a NaN if there is one. */
static $r @min($r x, $r y)
{
    return x < y || x != x ? x : y;
}

@@ max
/* The greater of two, or a NaN if there is one. */
static $r @max($r x, $r y)
{
    return x > y || x != x ? x : y;
}

@@ clamp min max
/* x, but no less than low and no more than high; a NaN is handed on. */
static $r @clamp($r x, $r low, $r high)
{
    return @min(@max(x, low), high);
}

@@ picot
/* pi*cot(pi*x) for x from -1/2 to 1/2, accurate near its zeros, too. */
static $r @picot($r x)
{
    const $r pi = 3.14159265358979323846264$;
    if (fabs$(x) < 0.25$)
        return pi/tan$(pi*x);
    return pi*tan$(pi*(x < 0 ? -0.5$ - x : 0.5$ - x));
}

@@ digamma picot
/* The derivative of ln(gamma(x)). From 10 on by the asymptotic series, DLMF 5.11.2; below as
 * psi(x) - psi(x0), x0 the zero, both from arguments 10 higher (DLMF 5.5.2) and subtracted term
 * by term, so that nothing cancels; x < 0 by reflection, DLMF 5.5.4. */
static $r @digamma($r x)
{
    /* Bernoulli's numbers B(2k), divided by 2k */
    static const $r b[10] = {
        1.0$/12, -1.0$/120, 1.0$/252, -1.0$/240, 1.0$/132, -691.0$/32760, 1.0$/12,
        -3617.0$/8160, 43867.0$/14364, -174611.0$/6600
    };
    const $r x0 = 1.46163214496836234126266$;
    /* what x0 lacks, from parts that are exact: x0 = (12261059 + (1750514 - ...)/2^24)/2^23 */
    const $r rest = 12261059.0$/8388608.0$ - x0 + 1750514.0$/140737488355328.0$
        - 298795.0$/2361183241434822606848.0$ - 4.588794999602692463206e-23$;
    const $r y0 = x0 + 10, v0 = 1/(y0*y0), d = x - x0 - rest;
    $r y, v, p = b[9], q = 0, sum = 0;
    int k;
    if (x > -0.2$ && x < 0.4$)
        return @digamma(x + 1) - 1/x;
    if (x < 0)
        return x == floor$(x) ? (x - x)/(x - x) : @digamma(1 - x) - @picot(x - round$(x));
    if (x >= 10) {
        v = 1/x*(1/x);
        for (k = 8; k >= 0; k--)
            p = p*v + b[k];
        return log$(x) - (0.5$/x + p*v);
    }
    y = x + 10;
    v = 1/(y*y);
    for (k = 8; k >= 0; k--) { /* q = (p(v) - p(v0))/(v - v0), with p = sum b[k] v^k */
        q = q*v + p;
        p = p*v0 + b[k];
    }
    q = q*v + p;
    for (k = 9; k >= 0; k--)
        sum += 1/((x + ($r)k)*(x0 + ($r)k));
    return d*(sum + (0.5$/(y*y0) + (y + y0)*v*v0*q)) + log1p$(d/y0);
}

@@ polygamma
/* The n-th derivative of digamma, n = 1, 2, ...: n! times the sum of 1/(x + k)^(n+1), DLMF 5.15.1,
 * of which all from x + k = 10 + 2n on is the asymptotic series, DLMF 5.15.9; x < 0 by reflection
 * (DLMF 5.15.6) at x and at its distance from the nearest integer. */
static $r @polygamma($r n, $r x)
{
    /* Bernoulli's numbers B(2k), divided by (2k)! */
    static const $r b[10] = {
        1.0$/12, -1.0$/720, 1.0$/30240, -1.0$/1209600, 1.0$/47900160, -691.0$/1307674368000.0$,
        1.0$/74724249600.0$, -3617.0$/10670622842880000.0$, 43867.0$/5109094217170944000.0$,
        -174611.0$/802857662698291200000.0$
    };
    const $r s = n + 1, sign = fmod$(n, 2) > 0 ? 1 : -1;
    $r k, y, z, u, h, sum = 0, factorial = 1;
    if (x < 0) {
        const $r f = x - round$(x), g = fabs$(f);
        const $r low = @polygamma(n, g), mid = @polygamma(n, 1 - g);
        const $r high = @polygamma(n, 1 - x);
        return sign > 0 ? low + (mid - high) : f/g*(low - mid) + high;
    }
    for (u = 2; u <= n && u < 2000; u++)
        factorial *= u;
    k = x < 10 + 2*n && n < 2000 ? ceil$(10 + 2*n - x) : 0;
    y = x + k;
    z = 1/y;
    u = s*z*z;
    for (int i = 0; i < 10; i++) {
        sum += b[i]*u;
        u *= (s + ($r)(2*i + 1))*z*((s + ($r)(2*i + 2))*z);
    }
    h = pow$(y, -n/2);
    sum = factorial*h*(1/n + (z/2 + sum))*h;
    while (k > 0) {
        k -= 1;
        sum += factorial*pow$(x + k, -s);
    }
    return sign*sum;
}

@@ logaddexp
/* ln(exp(x) + exp(y)), without overflow, and accurate where the greater of the two is near 0. */
static $r @logaddexp($r x, $r y)
{
    const $r high = x > y ? x : y, low = x > y ? y : x;
    if (fabs$(high) < 1)
        return log1p$(expm1$(high) + exp$(low));
    return high == low ? high + 0.693147180559945309417232$ : high + log1p$(exp$(low - high));
}

@@ sigmoid
/* 1/(1 + exp(-x)), without overflow. */
static $r @sigmoid($r x)
{
    const $r e = exp$(-fabs$(x));
    return x < 0 ? e/(1 + e) : 1/(1 + e);
}

@@ softplus
/* ln(1 + exp(x)), without overflow. */
static $r @softplus($r x)
{
    return (x > 0 ? x : 0) + log1p$(exp$(-fabs$(x)));
}

@@ gelu
/* x times the normal distribution function erfc(-x/sqrt(2))/2, DLMF 7.2(i). Where erfc is steep,
 * what rounding did to its argument is put right to first order. */
static $r @gelu($r x)
{
    const $r t = x*-0.707106781186547524400844$, p = t*t;
    $r q;
    if (x < -200)
        return -0.0$;
    q = erfc$(t);
    if (t > 0.5$) /* (x^2/2 - t^2)/(2t) is that error, 1/sqrt(pi) = 0.56... */
        q -= 0.564189583547756286948080$*exp$(-p)*(fma$(x/2, x, -p) - fma$(t, t, -p))/t;
    return x/2*q;
}

@@ silu
/* x/(1 + exp(-x)); for x < 0 with the root of exp(x), which does not vanish before the result. */
static $r @silu($r x)
{
    const $r h = exp$(-fabs$(x/2));
    if (x < -20000)
        return -0.0$;
    return x < 0 ? x*h/(1 + h*h)*h : x/(1 + h*h);
}

@@ floor_div
/* The quotient of integers, rounded down. */
static ptrdiff_t @floor_div(ptrdiff_t a, ptrdiff_t b)
{
    const ptrdiff_t q = a/b;
    return a % b != 0 && (a < 0) != (b < 0) ? q - 1 : q;
}

@@ floor_mod
/* The rest of a division of integers that rounds down: it has the divisor's sign. */
static ptrdiff_t @floor_mod(ptrdiff_t a, ptrdiff_t b)
{
    const ptrdiff_t r = a % b;
    return r != 0 && (r < 0) != (b < 0) ? r + b : r;
}

@@ exchange
/* Exchanges two rows of m elements. */
static void @exchange(size_t m, $r *x, $r *y)
{
    for (size_t j = 0; j < m; j++) {
        const $r z = x[j];
        x[j] = y[j];
        y[j] = z;
    }
}

@@ subtract
/* Subtracts c times a row of m elements from another. */
static void @subtract(size_t m, $r c, const $r *x, $r *y)
{
    for (size_t j = 0; j < m; j++)
        y[j] -= c*x[j];
}

@@ divide
/* Divides a row of m elements. */
static void @divide(size_t m, $r c, $r *x)
{
    for (size_t j = 0; j < m; j++)
        x[j] /= c;
}

@@ factor exchange subtract
/* The factors of a matrix with its rows exchanged, so that no element of L is above 1: L below the
 * diagonal of lu, where its own are 1, U on and above it; and in one row more, with which row each
 * was exchanged. Golub and Van Loan, Matrix Computations, algorithm 3.4.1. */
static void @factor(size_t n, const $r *a, $r *lu)
{
    $r *swap = lu + n*n;
    for (size_t i = 0; i < n*n; i++)
        lu[i] = a[i];
    for (size_t k = 0; k < n; k++) {
        size_t p = k;
        for (size_t i = k + 1; i < n; i++)
            if (fabs$(lu[i*n + k]) > fabs$(lu[p*n + k]))
                p = i;
        swap[k] = ($r)p;
        @exchange(n, lu + k*n, lu + p*n);
        for (size_t i = k + 1; lu[k*n + k] != 0 && i < n; i++) {
            $r *row = lu + i*n + k;
            row[0] /= lu[k*n + k];
            @subtract(n - k - 1, row[0], lu + k*n + k + 1, row + 1);
        }
    }
}

@@ solved exchange subtract divide
/* In the place of a right side of m columns the solution, from factors. */
static void @solved(size_t n, size_t m, const $r *lu, $r *x)
{
    const $r *swap = lu + n*n;
    for (size_t k = 0; k < n; k++)
        @exchange(m, x + k*m, x + (size_t)swap[k]*m);
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < i; k++)
            @subtract(m, lu[i*n + k], x + k*m, x + i*m);
    for (size_t i = n; i-- > 0;) {
        for (size_t k = i + 1; k < n; k++)
            @subtract(m, lu[i*n + k], x + k*m, x + i*m);
        @divide(m, lu[i*n + i], x + i*m);
    }
}

@@ solve solved
/* The solution x of a*x = b, where b has m columns, from the factors of a. */
static void @solve(size_t n, size_t m, const $r *lu, const $r *b,
    $r *x)
{
    for (size_t i = 0; i < n*m; i++)
        x[i] = b[i];
    @solved(n, m, lu, x);
}

@@ solve_transposed exchange subtract divide
/* The solution x of a'*x = b, where b has m columns, from the factors of a. */
static void @solve_transposed(size_t n, size_t m, const $r *lu,
    const $r *b, $r *x)
{
    const $r *swap = lu + n*n;
    for (size_t i = 0; i < n*m; i++)
        x[i] = b[i];
    for (size_t k = 0; k < n; k++) {
        @divide(m, lu[k*n + k], x + k*m);
        for (size_t i = k + 1; i < n; i++)
            @subtract(m, lu[k*n + i], x + k*m, x + i*m);
    }
    for (size_t k = n; k-- > 0;)
        for (size_t i = 0; i < k; i++)
            @subtract(m, lu[k*n + i], x + k*m, x + i*m);
    for (size_t k = n; k-- > 0;)
        @exchange(m, x + k*m, x + (size_t)swap[k]*m);
}

@@ inverse solved
/* The inverse of a matrix, from its factors. */
static void @inverse(size_t n, const $r *lu, $r *x)
{
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++)
            x[i*n + j] = i == j;
    @solved(n, n, lu, x);
}

@@ det
/* The determinant of a matrix, from its factors. */
static $r @det(size_t n, const $r *lu)
{
    const $r *swap = lu + n*n;
    $r d = 1;
    for (size_t k = 0; k < n; k++)
        d *= (size_t)swap[k] == k ? lu[k*n + k] : -lu[k*n + k];
    return d;
}

@@ pow
/* A power of complex numbers that are real, or a step beside: cpow would turn one below 0 by an
 * angle that is rounded, and have no power 0 of 0. */
static $r @pow($r x, $r y)
{
    const double n = creal(y);
    if (cimag(y) != 0 || n != floor(n))
        return cpow(x, y);
    if (n == 0)
        return 1;
    return creal(x) >= 0 ? cpow(x, y) : fmod(n, 2) == 0 ? cpow(-x, y) : -cpow(-x, y);
}
