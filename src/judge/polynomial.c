/* polynomial: quotients of polynomials over atoms. Sums, products and powers come in and go out in
 * one form for each value, but for common factors: two are equal if the numerator of their
 * difference has no terms.
 *
 * An exponent may be negative, so that what is divided by a product of atoms stays a polynomial. */
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "judge/judge.h"

static const size_t labour_most = 200000;

/* ---- atoms ------------------------------------------------------------------------------ */

static LookupKey key_of_atom(const void *with, uint32_t number)
{
    return hash_mix(0, ((const Algebra *)with)->atoms.at[number - 1].key);
}

uint32_t algebra_atom(Algebra *a, AtomKind kind, const char *key)
{
    const Name name = name_of(a->ctx, key);
    LookupTry at = lookup_try(hash_mix(0, name));
    uint32_t number;
    while ((number = lookup_find(&a->by_key, &at)))
        if (a->atoms.at[number - 1].key == name)
            return number - 1;
    *vec_push(a->ctx, &a->atoms) = (Atom){.kind = kind, .key = name};
    lookup_enter(a->ctx, &a->by_key, a->atoms.count, &at, key_of_atom, a);
    return a->atoms.count - 1;
}

/* ---- numbers ---------------------------------------------------------------------------- */

static long greatest_divisor(long a, long b)
{
    while (b) {
        long rest = a%b;
        a = b;
        b = rest;
    }
    return a < 0 ? -a : a;
}

/* Above it sums of products no longer fit. */
enum { NUMBER_MAX = 1 << 30 };

/* above/below in lowest terms; too large numbers are a failure. */
static Monomial number(Algebra *a, long above, long below)
{
    long common = greatest_divisor(above, below) * (below < 0 ? -1 : 1);
    if (!below || labs(above/common) > NUMBER_MAX || labs(below/common) > NUMBER_MAX) {
        a->failed = true;
        return (Monomial){.above = 0, .below = 1};
    }
    return (Monomial){.above = above/common, .below = below/common};
}

static Monomial times(Algebra *a, const Monomial *x, const Monomial *y)
{
    return number(a, x->above*y->above, x->below*y->below);
}

static Monomial plus(Algebra *a, const Monomial *x, const Monomial *y)
{
    return number(a, x->above*y->below + y->above*x->below, x->below*y->below);
}

/* ---- terms ------------------------------------------------------------------------------ */

static int compare_powers(const Monomial *x, const Monomial *y)
{
    for (uint32_t k = 0; k < x->count && k < y->count; k++) {
        if (x->powers[k].atom != y->powers[k].atom)
            return x->powers[k].atom < y->powers[k].atom ? -1 : 1;
        if (x->powers[k].exponent != y->powers[k].exponent)
            return x->powers[k].exponent < y->powers[k].exponent ? -1 : 1;
    }
    return x->count == y->count ? 0 : x->count < y->count ? -1 : 1;
}

static int compare_terms(const void *x, const void *y)
{
    return compare_powers(x, y);
}

static Monomial product(Algebra *a, const Monomial *x, const Monomial *y)
{
    Monomial r = times(a, x, y);
    uint32_t i = 0, k = 0;
    r.powers = ctx_alloc(a->ctx, (x->count + y->count + 1)*sizeof *r.powers);
    while (i < x->count || k < y->count) {
        bool left = k == y->count || (i < x->count && x->powers[i].atom <= y->powers[k].atom);
        bool right = i == x->count || (k < y->count && y->powers[k].atom <= x->powers[i].atom);
        Power p = left ? x->powers[i] : y->powers[k];
        if (left && right)
            p.exponent += y->powers[k].exponent;
        i += left;
        k += right;
        if (p.exponent)
            r.powers[r.count++] = p;
    }
    return r;
}

/* Brings terms into order and adds up those of the same powers. */
static Polynomial collect(Algebra *a, Monomial *terms, uint32_t count)
{
    Polynomial r = {.terms = terms};
    a->labour += count;
    a->failed = a->failed || a->labour > labour_most;
    qsort(terms, count, sizeof *terms, compare_terms);
    for (uint32_t k = 0; k < count; k++) {
        if (r.count && compare_powers(&terms[r.count - 1], &terms[k]) == 0) {
            Monomial sum = plus(a, &terms[r.count - 1], &terms[k]);
            terms[r.count - 1].above = sum.above;
            terms[r.count - 1].below = sum.below;
        } else {
            terms[r.count++] = terms[k];
        }
        if (terms[r.count - 1].above == 0)
            r.count--;
    }
    return r;
}

/* ---- polynomials ------------------------------------------------------------------------ */

Polynomial polynomial_fraction(Algebra *a, long above, long below)
{
    Polynomial r = {.terms = ctx_alloc(a->ctx, sizeof *r.terms)};
    bool fits = labs(above) < LONG_MAX && labs(below) < LONG_MAX;
    r.terms[0] = number(a, fits ? above : 0, fits ? below : 0);
    r.count = r.terms[0].above != 0;
    return r;
}

Polynomial polynomial_atom(Algebra *a, uint32_t atom, long exponent)
{
    Polynomial r = polynomial_fraction(a, 1, 1);
    r.terms[0].count = 1;
    r.terms[0].powers = ctx_alloc(a->ctx, sizeof *r.terms[0].powers);
    r.terms[0].powers[0] = (Power){atom, exponent};
    return r;
}

Polynomial polynomial_add(Algebra *a, Polynomial x, Polynomial y)
{
    Monomial *terms = ctx_alloc(a->ctx, (x.count + y.count + 1)*sizeof *terms);
    if (x.count)
        memcpy(terms, x.terms, x.count*sizeof *terms);
    if (y.count)
        memcpy(terms + x.count, y.terms, y.count*sizeof *terms);
    return collect(a, terms, x.count + y.count);
}

Polynomial polynomial_multiply(Algebra *a, Polynomial x, Polynomial y)
{
    size_t all = (size_t)x.count*y.count;
    a->failed = a->failed || all > labour_most/4 || a->labour > labour_most;
    if (a->failed)
        return (Polynomial){0, NULL};
    Monomial *terms = ctx_alloc(a->ctx, (all + 1)*sizeof *terms);
    for (uint32_t i = 0; i < x.count; i++)
        for (uint32_t k = 0; k < y.count; k++)
            terms[i*y.count + k] = product(a, &x.terms[i], &y.terms[k]);
    return collect(a, terms, (uint32_t)all);
}

Polynomial polynomial_scale(Algebra *a, Polynomial x, long above, long below)
{
    return polynomial_multiply(a, x, polynomial_fraction(a, above, below));
}

static bool same(Polynomial x, Polynomial y)
{
    if (x.count != y.count)
        return false;
    for (uint32_t k = 0; k < x.count; k++)
        if (compare_powers(&x.terms[k], &y.terms[k]) || x.terms[k].above != y.terms[k].above ||
            x.terms[k].below != y.terms[k].below)
            return false;
    return true;
}

/* ---- replacement ------------------------------------------------------------------------ */

/* A power that can be written otherwise: of a truth, a root, a cosine; -1 if the term has none. */
static int reducible(const Algebra *a, const Monomial *t)
{
    for (uint32_t k = 0; k < t->count; k++) {
        AtomKind kind = a->atoms.at[t->powers[k].atom].kind;
        long e = t->powers[k].exponent;
        if (kind != ATOM_PLAIN && e >= 2)
            return (int)k;
    }
    return -1;
}

/* What the power is. */
static Quotient replaced(Algebra *a, const Power *p)
{
    const Atom atom = a->atoms.at[p->atom];
    Quotient one = quotient_of(a, polynomial_fraction(a, 1, 1));
    if (atom.kind == ATOM_TRUTH)
        return quotient_of(a, polynomial_atom(a, p->atom, 1));
    Quotient rest = p->exponent%2 ? quotient_of(a, polynomial_atom(a, p->atom, 1)) : one;
    if (atom.kind == ATOM_ROOT)
        return quotient_multiply(a, rest, quotient_power(a, atom.square, p->exponent/2));
    Quotient sine = quotient_of(a, polynomial_scale(a, polynomial_atom(a, atom.sine, 2), -1, 1));
    return quotient_multiply(a, rest, quotient_power(a, quotient_add(a, one, sine), p->exponent/2));
}

static Monomial without(Algebra *a, const Monomial *t, int power)
{
    Monomial r = *t;
    r.powers = ctx_alloc(a->ctx, (t->count + 1)*sizeof *r.powers);
    r.count = 0;
    for (uint32_t k = 0; k < t->count; k++)
        if ((int)k != power)
            r.powers[r.count++] = t->powers[k];
    return r;
}

static Quotient reduce_poly(Algebra *a, Polynomial x)
{
    Quotient sum = quotient_of(a, polynomial_fraction(a, 0, 1));
    bool found = false;
    for (uint32_t k = 0; k < x.count && !a->failed; k++) {
        int power = reducible(a, &x.terms[k]);
        Monomial *term = ctx_alloc(a->ctx, sizeof *term);
        *term = power < 0 ? x.terms[k] : without(a, &x.terms[k], power);
        Quotient q = quotient_of(a, (Polynomial){1, term});
        if (power >= 0)
            q = quotient_multiply(a, q, replaced(a, &x.terms[k].powers[power]));
        found = found || power >= 0;
        sum = quotient_add(a, sum, q);
    }
    return found && !a->failed ? quotient_reduce(a, sum) : sum;
}

/* ---- quotients -------------------------------------------------------------------------- */

Quotient quotient_of(Algebra *a, Polynomial above)
{
    return (Quotient){above, polynomial_fraction(a, 1, 1)};
}

Quotient quotient_add(Algebra *a, Quotient x, Quotient y)
{
    if (same(x.below, y.below))
        return (Quotient){polynomial_add(a, x.above, y.above), x.below};
    return (Quotient){polynomial_add(a, polynomial_multiply(a, x.above, y.below),
                               polynomial_multiply(a, y.above, x.below)),
                      polynomial_multiply(a, x.below, y.below)};
}

Quotient quotient_multiply(Algebra *a, Quotient x, Quotient y)
{
    if (same(x.above, y.below))
        return (Quotient){y.above, x.below};
    if (same(y.above, x.below))
        return (Quotient){x.above, y.below};
    return (Quotient){polynomial_multiply(a, x.above, y.above),
                      polynomial_multiply(a, x.below, y.below)};
}

/* A denominator of one term goes into the numerator, if no truth is in it. */
static Quotient flatten(Algebra *a, Quotient x)
{
    if (x.below.count != 1)
        return x;
    Monomial *inverse = ctx_alloc(a->ctx, sizeof *inverse);
    const Monomial *t = &x.below.terms[0];
    *inverse = number(a, t->below, t->above);
    inverse->powers = ctx_alloc(a->ctx, (t->count + 1)*sizeof *inverse->powers);
    for (uint32_t k = 0; k < t->count; k++) {
        if (a->atoms.at[t->powers[k].atom].kind != ATOM_PLAIN)
            return x;
        inverse->powers[inverse->count++] = (Power){t->powers[k].atom, -t->powers[k].exponent};
    }
    return quotient_of(a, polynomial_multiply(a, x.above, (Polynomial){1, inverse}));
}

Quotient quotient_divide(Algebra *a, Quotient x, Quotient y)
{
    a->failed = a->failed || !y.above.count;
    return flatten(a, quotient_multiply(a, x, (Quotient){y.below, y.above}));
}

Quotient quotient_power(Algebra *a, Quotient x, long exponent)
{
    Quotient r = quotient_of(a, polynomial_fraction(a, 1, 1));
    long size = exponent < 0 ? -exponent : exponent;
    a->failed = a->failed || size > 100 || (exponent < 0 && !x.above.count);
    for (long k = 0; k < size && !a->failed; k++)
        r = (Quotient){polynomial_multiply(a, r.above, x.above),
                       polynomial_multiply(a, r.below, x.below)};
    return exponent < 0 ? flatten(a, (Quotient){r.below, r.above}) : r;
}

Quotient quotient_negate(Algebra *a, Quotient x)
{
    return (Quotient){polynomial_scale(a, x.above, -1, 1), x.below};
}

Quotient quotient_reduce(Algebra *a, Quotient x)
{
    Quotient above = reduce_poly(a, x.above), below = reduce_poly(a, x.below);
    return quotient_divide(a, above, below);
}

/* The least exponent of an atom in any term, if that is negative. */
static long least_exponent(const Polynomial *x, uint32_t atom)
{
    long least = 0;
    for (uint32_t k = 0; k < x->count; k++)
        for (uint32_t i = 0; i < x->terms[k].count; i++)
            if (x->terms[k].powers[i].atom == atom && x->terms[k].powers[i].exponent < least)
                least = x->terms[k].powers[i].exponent;
    return least;
}

bool quotient_is_zero(Algebra *a, Quotient x)
{
    Polynomial above = x.above;
    for (uint32_t atom = 0; atom < a->atoms.count && !a->failed; atom++) {
        long least = least_exponent(&above, atom);
        if (least < 0)
            above = polynomial_multiply(a, above, polynomial_atom(a, atom, -least));
    }
    above = reduce_poly(a, above).above;
    return !a->failed && above.count == 0;
}

static void put_poly(const Algebra *a, Polynomial x, Text *out)
{
    (void)a;
    for (uint32_t k = 0; k < x.count; k++) {
        text_printf(out, "+%ld/%ld", x.terms[k].above, x.terms[k].below);
        for (uint32_t i = 0; i < x.terms[k].count; i++)
            text_printf(out, "@%u^%ld", (unsigned)x.terms[k].powers[i].atom,
                        x.terms[k].powers[i].exponent);
    }
}

void quotient_text(const Algebra *a, Quotient x, Text *out)
{
    put_poly(a, x.above, out);
    text_put(out, "|");
    put_poly(a, x.below, out);
}
