/* Integer nodes in, polynomials over atoms out, and back: a normal form, so that equal sums and
 * products are found equal. What is none (a division, a minimum) is an atom itself. */
#include <string.h>

#include "front/front.h"

/* Nodes are looked into no deeper: what is below is an atom. */
enum { POLY_DEPTH = 24 };

/* No coefficient is larger. */
enum { COEFFICIENT_MOST = 1 << 30 };

/* ---- arithmetic */

static int64_t gcd(int64_t a, int64_t b)
{
    while (b) {
        int64_t r = a % b;
        a = b;
        b = r;
    }
    return a < 0 ? -a : a;
}

static void poly_add_term(Poly *p, TupleId atoms, int64_t num, int64_t den)
{
    uint32_t i = 0;
    while (i < p->count && p->at[i].atoms < atoms)
        i++;
    bool there = i < p->count && p->at[i].atoms == atoms;
    if (there) {
        num = num * p->at[i].den + p->at[i].num * den;
        den *= p->at[i].den;
    }
    const int64_t common = gcd(num, den), limit = COEFFICIENT_MOST;
    if (common)
        num /= common, den /= common;
    if (num > limit || num < -limit || den > limit || (!there && p->count == POLY_TERMS)) {
        p->lost = true;
        return;
    }
    if (there && !num) {
        memmove(p->at + i, p->at + i + 1, (p->count - i - 1) * sizeof *p->at);
        p->count--;
    } else if (there) {
        p->at[i].num = num;
        p->at[i].den = den;
    } else if (num) {
        memmove(p->at + i + 1, p->at + i, (p->count - i) * sizeof *p->at);
        p->at[i] = (Term){atoms, num, den};
        p->count++;
    }
}

/* p + q*num/den */
void poly_add(Poly *p, const Poly *q, int64_t num, int64_t den)
{
    p->lost |= q->lost;
    for (uint32_t i = 0; i < q->count && !p->lost; i++)
        poly_add_term(p, q->at[i].atoms, q->at[i].num * num, q->at[i].den * den);
}

static TupleId atoms_product(Graph *g, TupleId a, TupleId b, bool *lost)
{
    NodeId items[2 * POLY_DEGREE];
    uint32_t i = 0, k = 0, count = 0, m = tuple_size(g, a), n = tuple_size(g, b);
    if (m + n > POLY_DEGREE) {
        *lost = true;
        return 0;
    }
    while (i < m || k < n)
        if (k == n || (i < m && tuple_item(g, a, i) <= tuple_item(g, b, k)))
            items[count++] = tuple_item(g, a, i++);
        else
            items[count++] = tuple_item(g, b, k++);
    return tuple_of(g, items, count);
}

Poly poly_product(Graph *g, const Poly *p, const Poly *q)
{
    Poly r = {.count = 0, .lost = p->lost || q->lost};
    for (uint32_t i = 0; i < p->count; i++)
        for (uint32_t k = 0; k < q->count && !r.lost; k++)
            poly_add_term(&r, atoms_product(g, p->at[i].atoms, q->at[k].atoms, &r.lost),
                          p->at[i].num * q->at[k].num, p->at[i].den * q->at[k].den);
    return r;
}

Poly poly_constant(int64_t value)
{
    Poly p = {.count = 0};
    poly_add_term(&p, 0, value, 1);
    return p;
}

static Poly poly_atom(Graph *g, NodeId node)
{
    Poly p = {.count = 0};
    poly_add_term(&p, tuple_of(g, &node, 1), 1, 1);
    return p;
}

int64_t poly_denominator(const Poly *p)
{
    int64_t den = 1;
    const int64_t limit = COEFFICIENT_MOST;
    for (uint32_t i = 0; i < p->count && den < limit; i++) /* denominators are from 1 on */
        den = den / gcd(den, p->at[i].den) * p->at[i].den; /* NOLINT(*-core.DivideZero) */
    return den < limit ? den : limit;
}

/* ---- normal forms */

uint32_t poly_atoms(Graph *g, const Poly *p, NodeId *atoms, uint32_t most)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < p->count; i++)
        for (uint32_t k = 0; k < tuple_size(g, p->at[i].atoms); k++) {
            NodeId atom = tuple_item(g, p->at[i].atoms, k);
            uint32_t seen = 0;
            while (seen < count && atoms[seen] != atom)
                seen++;
            if (seen == count && count < most)
                atoms[count++] = atom;
            else if (seen == count)
                return most + 1;
        }
    return count;
}

/* Is it a multiple of c whatever the atoms are? Tried with all remainders. */
static bool divides(Graph *g, const Poly *p, long c)
{
    NodeId atoms[3];
    uint32_t count = poly_atoms(g, p, atoms, 3);
    if (count > 3 || c < 1 || c > 12)
        return false;
    long values[3] = {0};
    for (;;) {
        long sum = 0;
        for (uint32_t i = 0; i < p->count; i++) {
            long product = (long)(p->at[i].num % c);
            if (p->at[i].den != 1)
                return false;
            for (uint32_t k = 0; k < tuple_size(g, p->at[i].atoms); k++)
                for (uint32_t a = 0; a < count; a++)
                    if (tuple_item(g, p->at[i].atoms, k) == atoms[a])
                        product = product * values[a] % c;
            sum += product;
        }
        if (sum % c)
            return false;
        uint32_t a = 0;
        while (a < count && ++values[a] == c)
            values[a++] = 0;
        if (a == count)
            return true;
    }
}

static Poly poly_extreme(Graph *g, NodeId node, int depth)
{
    const Node n = *node_at(g, node);
    Poly a = poly_of(g, n.a, depth + 1), b = poly_of(g, n.b, depth + 1), d = a;
    poly_add(&d, &b, -1, 1);
    bool above = poly_nonnegative(g, &d, NULL, 0, depth + 1);
    Poly minus = {.count = 0};
    poly_add(&minus, &d, -1, 1);
    bool below = !above && poly_nonnegative(g, &minus, NULL, 0, depth + 1);
    if (above)
        return n.op == OP_MAX ? a : b;
    if (below)
        return n.op == OP_MAX ? b : a;
    return poly_atom(g, node);
}

bool poly_integer(const Graph *g, NodeId node, long *value)
{
    return node_integer(g, node, value) && *value < COEFFICIENT_MOST && *value > -COEFFICIENT_MOST;
}

Poly poly_of(Graph *g, NodeId node, int depth)
{
    const Node n = *node_at(g, node);
    long value;
    if (poly_integer(g, node, &value))
        return poly_constant(value);
    if (depth > POLY_DEPTH || n.flags & NODE_CONST)
        return poly_atom(g, node);
    switch (n.op) {
    case OP_ADD: case OP_SUB: {
        Poly a = poly_of(g, n.a, depth + 1), b = poly_of(g, n.b, depth + 1);
        poly_add(&a, &b, n.op == OP_ADD ? 1 : -1, 1);
        return a.lost ? poly_atom(g, node) : a;
    }
    case OP_NEG: {
        Poly a = {.count = 0}, b = poly_of(g, n.a, depth + 1);
        poly_add(&a, &b, -1, 1);
        return a;
    }
    case OP_MUL: {
        Poly a = poly_of(g, n.a, depth + 1), b = poly_of(g, n.b, depth + 1);
        Poly r = poly_product(g, &a, &b);
        return r.lost ? poly_atom(g, node) : r;
    }
    case OP_IDIV:
        if (node_integer(g, n.b, &value)) {
            Poly a = poly_of(g, n.a, depth + 1), r = {.count = 0};
            if (divides(g, &a, value)) {
                poly_add(&r, &a, 1, value);
                return r.lost ? poly_atom(g, node) : r;
            }
        }
        return poly_atom(g, node);
    case OP_MIN: case OP_MAX: return poly_extreme(g, node, depth);
    default: return poly_atom(g, node);
    }
}

/* The polynomial as a node; 0 if it has fractions that are no division of the whole. */
NodeId poly_node(Graph *g, const Poly *p)
{
    NodeId sum = build_int(g, 0);
    int64_t den = poly_denominator(p);
    for (int pass = 0; pass < 2; pass++) /* the constant last */
        for (uint32_t i = 0; i < p->count; i++) {
            if ((p->at[i].atoms == 0) != (pass == 1))
                continue;
            NodeId term = build_int(g, (long)(p->at[i].num * (den / p->at[i].den)));
            bool minus = p->at[i].num < 0;
            if (minus)
                term = build_int(g, (long)(-p->at[i].num * (den / p->at[i].den)));
            for (uint32_t k = 0; k < tuple_size(g, p->at[i].atoms); k++)
                term = build2(g, OP_MUL, term, tuple_item(g, p->at[i].atoms, k));
            sum = build2(g, minus ? OP_SUB : OP_ADD, sum, term);
        }
    return den == 1 ? sum : build2(g, OP_IDIV, sum, build_int(g, (long)den));
}

