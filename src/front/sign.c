/* Polynomials in, whether they can be below 0 out: over all values of dims, which are 0 or more,
 * and of what has a range. The one idea: what has a range is replaced by what it is where the
 * polynomial is least, until all that is left is dims; what is not found that way is not proved. */
#include "front/front.h"

/* How deep proofs go, and how often a dim is set apart from 0. */
enum { MAX_DEPTH = 6, MAX_SPLITS = 6, ATOMS = 16 };

/* What is known not to be below 0. */
typedef struct Known {
    Poly at[FACTS + MAX_DEPTH];
    uint32_t count;
} Known;

/* What atoms may be replaced by: values that they have, or bounds, which they may not reach. The
 * lower bound of a division is a fraction, or 0. */
typedef enum Bounds { BOUNDS_REACHED, BOUNDS_FRACTION, BOUNDS_ZERO } Bounds;

static bool prove(Graph *g, const Poly *p, const Known *known, int depth);

/* Of what may be a fraction: a multiple that is an integer has the same sign. */
static bool prove_multiple(Graph *g, const Poly *p, const Known *known, int depth)
{
    Poly whole = {.count = 0};
    poly_add(&whole, p, poly_denominator(p), 1);
    return poly_denominator(&whole) == 1 && prove(g, &whole, known, depth);
}

static void known_of(Graph *g, const NodeId *facts, uint32_t count, int depth, Known *known)
{
    known->count = 0;
    for (uint32_t i = 0; i < count && i < FACTS; i++)
        known->at[known->count++] = poly_of(g, facts[i], depth + 1);
}

/* ---- replacing atoms */

/* How often the atom is among these. */
static uint32_t times_of(Graph *g, TupleId atoms, NodeId atom)
{
    uint32_t times = 0, size = tuple_size(g, atoms);
    for (uint32_t k = 0; k < size; k++)
        times += tuple_item(g, atoms, k) == atom;
    return times;
}

static TupleId without(Graph *g, TupleId atoms, NodeId atom)
{
    NodeId rest[POLY_DEGREE];
    uint32_t count = 0, size = tuple_size(g, atoms);
    for (uint32_t k = 0; k < size; k++)
        if (tuple_item(g, atoms, k) != atom)
            rest[count++] = tuple_item(g, atoms, k);
    return tuple_of(g, rest, count);
}

/* The coefficient of atom^power. */
static Poly coefficient(Graph *g, const Poly *p, NodeId atom, uint32_t power)
{
    Poly r = {.count = 0, .lost = p->lost};
    for (uint32_t i = 0; i < p->count; i++) {
        const Term *t = &p->at[i];
        if (times_of(g, t->atoms, atom) != power)
            continue;
        Poly term = {.at = {{power ? without(g, t->atoms, atom) : t->atoms, t->num, t->den}},
                     .count = 1};
        poly_add(&r, &term, 1, 1);
    }
    return r;
}

static uint32_t degree_in(Graph *g, const Poly *p, NodeId atom)
{
    uint32_t most = 0;
    for (uint32_t i = 0; i < p->count; i++) {
        const uint32_t times = times_of(g, p->at[i].atoms, atom);
        most = times > most ? times : most;
    }
    return most;
}

static Poly substitute(Graph *g, const Poly *p, NodeId atom, const Poly *value)
{
    const uint32_t most = degree_in(g, p, atom);
    if (!most)
        return *p;
    Poly r = coefficient(g, p, atom, 0), power = poly_constant(1);
    for (uint32_t k = 1; k <= most; k++) {
        Poly c = coefficient(g, p, atom, k);
        power = poly_product(g, &power, value);
        if (!c.count)
            continue;
        Poly term = poly_product(g, &c, &power);
        poly_add(&r, &term, 1, 1);
    }
    return r;
}

static Poly minus(const Poly *p, const Poly *q)
{
    Poly r = *p;
    poly_add(&r, q, -1, 1);
    return r;
}

/* ---- what atoms are between */

/* The values of an atom that has a range, half open. */
static bool atom_range(Graph *g, NodeId atom, Bounds bounds, NodeId *lower, NodeId *upper)
{
    const Node n = *node_at(g, atom);
    *lower = build_int(g, 0);
    if (n.op == OP_INDEX) {
        *lower = index_at(g, n.a)->lower;
        *upper = index_at(g, n.a)->upper;
        return true;
    }
    if (n.op == OP_REF && sym_at(g, n.a)->kind == SYM_INDEX) {
        *upper = sym_at(g, n.a)->limit;
        return *upper != 0;
    }
    *upper = n.b; /* of a remainder, which is computed: the divisor is not 0 */
    return n.op == OP_IMOD && bounds != BOUNDS_REACHED;
}

/* The divisor of a division by a number above 0; 0 of other nodes. */
static long divisor_of(Graph *g, NodeId atom)
{
    const Node n = *node_at(g, atom);
    long divisor;
    const Number *number = n.op == OP_IDIV ? node_number(g, n.b) : NULL;
    return number && number_integer(number, &divisor) && divisor > 0 ? divisor : 0;
}

/* The least and the greatest value; false if they are not known. */
static bool atom_between(Graph *g, NodeId atom, Bounds bounds, int depth, Poly *low, Poly *high)
{
    NodeId lower, upper;
    long divisor = bounds == BOUNDS_REACHED ? 0 : divisor_of(g, atom);
    if (divisor) {
        Poly a = poly_of(g, node_at(g, atom)->a, depth + 1), rest = poly_constant(divisor - 1);
        *high = *low = (Poly){.count = 0};
        poly_add(high, &a, 1, divisor);
        rest = minus(&a, &rest);
        if (bounds == BOUNDS_FRACTION || !poly_nonnegative(g, &a, NULL, 0, depth + 1))
            poly_add(low, &rest, 1, divisor);
        return true;
    }
    if (!atom_range(g, atom, bounds, &lower, &upper))
        return false;
    Poly one = poly_constant(1);
    *low = poly_of(g, lower, depth + 1);
    *high = poly_of(g, upper, depth + 1);
    if (node_op(g, atom) == OP_IMOD && !poly_nonnegative(g, high, NULL, 0, depth + 1))
        return false;
    *high = minus(high, &one);
    return true;
}

/* Is the entry, or the index, in the integer? */
static bool is_in(Graph *g, NodeId atom, NodeId integer)
{
    const Node n = *node_at(g, atom);
    if (n.op == OP_INDEX)
        return set_has(g, node_at(g, integer)->free, n.a);
    const Poly p = poly_of(g, integer, 0);
    NodeId atoms[ATOMS];
    const uint32_t count = poly_atoms(g, &p, atoms, ATOMS);
    uint32_t i = 0;
    while (i < count && i < ATOMS && atoms[i] != atom)
        i++;
    return i < count;
}

/* Does a value or a range depend on the other atom? */
static bool depends(Graph *g, NodeId atom, Bounds bounds, NodeId other)
{
    NodeId lower, upper;
    if (node_op(g, atom) != OP_INDEX && node_op(g, other) == OP_INDEX && is_in(g, other, atom))
        return true;
    return atom_range(g, atom, bounds, &lower, &upper) &&
           (is_in(g, other, lower) || is_in(g, other, upper));
}

/* An atom with bounds that no other one depends on; 0 if there is none. */
static NodeId innermost(Graph *g, const NodeId *atoms, uint32_t count, Bounds bounds)
{
    for (uint32_t i = 0; i < count; i++) {
        NodeId lower, upper;
        bool free = atom_range(g, atoms[i], bounds, &lower, &upper) ||
                    (bounds != BOUNDS_REACHED && divisor_of(g, atoms[i]));
        const bool leaf = node_op(g, atoms[i]) == OP_INDEX || node_op(g, atoms[i]) == OP_REF;
        for (uint32_t k = 0; k < count && free && leaf; k++)
            free = k == i || !depends(g, atoms[k], bounds, atoms[i]);
        if (free)
            return atoms[i];
    }
    return 0;
}

/* Makes the atom what it is where p is least; false if that is not known. */
static bool minimise(Graph *g, Poly *p, NodeId atom, Bounds bounds, const Known *known, int depth)
{
    Poly low, high;
    bool rises = true, falls = true;
    if (!atom_between(g, atom, bounds, depth, &low, &high))
        return false;
    const uint32_t most = degree_in(g, p, atom);
    for (uint32_t k = 1; k <= most; k++) {
        Poly c = coefficient(g, p, atom, k), zero = {.count = 0};
        if (!c.count)
            continue;
        if (k > 1 && !prove_multiple(g, &low, known, depth + 1))
            return false;
        Poly less = minus(&zero, &c);
        rises = rises && prove_multiple(g, &c, known, depth + 1);
        falls = falls && prove_multiple(g, &less, known, depth + 1);
    }
    if (!rises && !falls)
        return false;
    *p = substitute(g, p, atom, rises ? &low : &high);
    return !p->lost;
}

static void minimise_all(Graph *g, Poly *p, Bounds bounds, const Known *known, int depth)
{
    for (int turn = 0; turn < ATOMS && !p->lost; turn++) {
        NodeId atoms[ATOMS];
        uint32_t n = poly_atoms(g, p, atoms, ATOMS);
        NodeId atom = n <= ATOMS ? innermost(g, atoms, n, bounds) : 0;
        if (!atom || !minimise(g, p, atom, bounds, known, depth))
            return;
    }
}

void poly_least(Graph *g, Poly *p, const NodeId *facts, uint32_t count)
{
    Known known;
    known_of(g, facts, count, 0, &known);
    minimise_all(g, p, BOUNDS_REACHED, &known, 0);
}

/* ---- signs without ranges */

/* Where there is a quotient or a remainder, its divisor is not 0 (bounds.c): a size is above it. */
static bool is_above_zero(const Graph *g, NodeId divisor)
{
    const Number *number = node_number(g, divisor);
    return number ? number_sign(number) > 0 : node_op(g, divisor) == OP_REF;
}

static bool atom_nonnegative(Graph *g, NodeId atom, int depth)
{
    const Node n = *node_at(g, atom);
    Poly a;
    switch (n.op) {
    case OP_REF: return true;
    case OP_IMOD: return is_above_zero(g, n.b);
    case OP_IDIV:
        a = poly_of(g, n.a, depth + 1);
        return is_above_zero(g, n.b) && poly_nonnegative(g, &a, NULL, 0, depth + 1);
    default: return false;
    }
}

static bool term_nonnegative(Graph *g, const Term *t, int depth)
{
    for (uint32_t k = 0; k < tuple_size(g, t->atoms); k++)
        if (!atom_nonnegative(g, tuple_item(g, t->atoms, k), depth))
            return false;
    return t->num >= 0;
}

/* No term is below 0; or so it is of p where an atom of such a term is 0, and where it is one more
 * than something: as n*n - n is. */
static bool obvious(Graph *g, const Poly *p, int splits, int depth)
{
    NodeId atom = 0;
    bool all = !p->lost;
    for (uint32_t i = 0; i < p->count && all; i++) {
        const Term *t = &p->at[i];
        if (term_nonnegative(g, t, depth))
            continue;
        all = false;
        if (t->atoms && t->num < 0)
            atom = tuple_item(g, t->atoms, 0);
    }
    if (all || !atom || !splits || !atom_nonnegative(g, atom, depth) ||
        (!p->at[0].atoms && p->at[0].num < 0)) /* where all atoms are 0 */
        return all;
    Poly zero = {.count = 0}, more = poly_of(g, atom, depth), one = poly_constant(1);
    poly_add(&more, &one, 1, 1);
    zero = substitute(g, p, atom, &zero);
    more = substitute(g, p, atom, &more);
    return obvious(g, &zero, splits - 1, depth) && obvious(g, &more, splits - 1, depth);
}

/* ---- what is known */

/* An atom that a fact has alone and once: the fact bounds it. */
static NodeId bounded_atom(Graph *g, const Poly *fact)
{
    for (uint32_t i = 0; i < fact->count; i++) {
        const Term *t = &fact->at[i];
        NodeId atom = tuple_size(g, t->atoms) == 1 ? tuple_item(g, t->atoms, 0) : 0;
        if (!atom || t->num != 1 || t->den != 1 || node_op(g, atom) != OP_REF)
            continue;
        Poly rest = coefficient(g, fact, atom, 0);
        if (rest.count + 1 == fact->count)
            return atom;
    }
    return 0;
}

/* p in terms of the fact, which is 0 or more, in the place of what it bounds. */
static Poly in_terms_of(Graph *g, const Poly *p, const Poly *fact)
{
    NodeId atom = bounded_atom(g, fact);
    if (!atom)
        return *p;
    Poly value = poly_of(g, atom, 0), rest = coefficient(g, fact, atom, 0);
    value = minus(&value, &rest);
    return substitute(g, p, atom, &value);
}

/* Bounds of dims by numbers, of several the highest for each. */
static Poly raised(Graph *g, const Poly *p, const Known *known)
{
    Poly r = *p;
    for (uint32_t i = 0; i < known->count; i++) {
        const Poly *f = &known->at[i];
        NodeId atom = f->count == 2 && !f->at[0].atoms && f->at[0].num < 0 ? bounded_atom(g, f) : 0;
        bool highest = atom != 0;
        for (uint32_t k = 0; k < known->count && highest; k++) {
            const Poly *o = &known->at[k];
            highest = k == i || o->count != 2 || o->at[0].atoms || bounded_atom(g, o) != atom ||
                      o->at[0].num > f->at[0].num || (o->at[0].num == f->at[0].num && k > i);
        }
        if (highest)
            r = in_terms_of(g, &r, f);
    }
    return r;
}

/* A bound of an integer: that is not below 0 if it is above -1. */
static Poly rounded(const Poly *p)
{
    Poly r = *p, most = poly_constant(poly_denominator(p) - 1);
    poly_add(&r, &most, 1, poly_denominator(p));
    return r;
}

static bool follows(Graph *g, const Poly *p, const Known *known, int depth)
{
    Poly r = rounded(p), up = raised(g, &r, known);
    if (obvious(g, &up, MAX_SPLITS, depth))
        return true;
    for (uint32_t i = 0; i < known->count; i++) {
        Poly f = raised(g, &known->at[i], known), rest = minus(&up, &f);
        if (obvious(g, &rest, MAX_SPLITS, depth))
            return true;
        rest = in_terms_of(g, &r, &known->at[i]);
        if (obvious(g, &rest, MAX_SPLITS, depth))
            return true;
    }
    return false;
}

/* ---- minima and maxima: one operand or the other */

/* An atom that is one of two operations; 0 if there is none. */
static NodeId atom_by(Graph *g, const Poly *p, Op one, Op other)
{
    NodeId atoms[ATOMS];
    uint32_t n = poly_atoms(g, p, atoms, ATOMS);
    for (uint32_t i = 0; i < n && n <= ATOMS; i++)
        if (node_op(g, atoms[i]) == one || node_op(g, atoms[i]) == other)
            return atoms[i];
    return 0;
}

/* An atom that is one of two others; 0 if there is none. */
static NodeId alternative(Graph *g, const Poly *p)
{
    const NodeId extreme = atom_by(g, p, OP_MIN, OP_MAX);
    return extreme ? extreme : atom_by(g, p, OP_SELECT, OP_SELECT);
}

/* As either; an extreme is so only where the other one is beyond. */
static bool prove_cases(Graph *g, const Poly *p, NodeId atom, const Known *known, int depth)
{
    const Node n = *node_at(g, atom);
    const bool extreme = n.op != OP_SELECT;
    Poly x = poly_of(g, extreme ? n.a : n.b, depth + 1);
    Poly y = poly_of(g, extreme ? n.b : n.c, depth + 1);
    for (int turn = 0; turn < 2; turn++) {
        Known here = {.count = 0};
        const Poly *is = turn ? &y : &x, *other = turn ? &x : &y;
        for (uint32_t i = 0; i < known->count; i++)
            here.at[here.count++] = substitute(g, &known->at[i], atom, is);
        if (extreme && here.count < FACTS + MAX_DEPTH)
            here.at[here.count++] = n.op == OP_MAX ? minus(is, other) : minus(other, is);
        Poly here_p = substitute(g, p, atom, is);
        if (!prove(g, &here_p, &here, depth + 1))
            return false;
    }
    return true;
}

/* Can what is known not hold? Facts about numbers alone. */
static bool contradicts(const Known *known)
{
    for (uint32_t i = 0; i < known->count; i++)
        if (known->at[i].count == 1 && !known->at[i].at[0].atoms && known->at[i].at[0].num < 0)
            return true;
    return false;
}

/* How often the fact is in p, by a term that both have; 1 at least. */
static int64_t times_in(const Poly *p, const Poly *fact)
{
    int64_t most = 1;
    for (uint32_t i = 0; i < p->count; i++)
        for (uint32_t k = 0; k < fact->count; k++) {
            const Term *t = &p->at[i], *f = &fact->at[k];
            if (t->atoms && t->atoms == f->atoms && t->num/f->num > most)
                most = t->num/f->num;
        }
    return most;
}

/* By a fact about an index, before that is at its end. */
static bool prove_beyond(Graph *g, const Poly *p, const Poly *fact, int64_t times, Bounds bounds,
                         const Known *known, int depth)
{
    const Known none = {.count = 0};
    Poly rest = *p;
    poly_add(&rest, fact, -times, 1);
    minimise_all(g, &rest, bounds, &none, depth);
    return follows(g, &rest, known, depth);
}

static bool prove_least(Graph *g, const Poly *p, Bounds bounds, const Known *known, int depth)
{
    Poly least = *p;
    minimise_all(g, &least, bounds, known, depth);
    const NodeId atom = alternative(g, &least);
    if (atom && depth < MAX_DEPTH && prove_cases(g, &least, atom, known, depth))
        return true;
    if (follows(g, &least, known, depth))
        return true;
    for (uint32_t i = 0; i < known->count; i++) {
        const Poly *fact = &known->at[i];
        const int64_t times = times_in(p, fact);
        if (prove_beyond(g, p, fact, 1, bounds, known, depth) ||
            (times > 1 && prove_beyond(g, p, fact, times, bounds, known, depth)))
            return true;
    }
    return false;
}

static bool prove(Graph *g, const Poly *p, const Known *known, int depth)
{
    if (p->lost || depth > MAX_DEPTH)
        return false;
    if (!p->count || (p->count == 1 && !p->at[0].atoms))
        return !p->count || p->at[0].num >= 0 || contradicts(known);
    const NodeId atom = alternative(g, p);
    if (contradicts(known) || (atom && prove_cases(g, p, atom, known, depth)))
        return true;
    return prove_least(g, p, BOUNDS_FRACTION, known, depth) ||
           (atom_by(g, p, OP_IDIV, OP_IDIV) && prove_least(g, p, BOUNDS_ZERO, known, depth));
}

bool poly_nonnegative(Graph *g, const Poly *p, const NodeId *facts, uint32_t count, int depth)
{
    Known known;
    known_of(g, facts, count, depth, &known);
    return prove(g, p, &known, depth);
}
