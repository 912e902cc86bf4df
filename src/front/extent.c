/* Integer nodes in, what can be said of them without their values out: equality, and signs over
 * all values of indices, dims and entries. The one idea: a normal form, a polynomial over atoms;
 * what is no polynomial (a division, a minimum) is an atom itself. */
#include <string.h>

#include "front/front.h"

enum { EXTENT_DEPTH = 24, EXTENT_TERMS = 24, EXTENT_DEGREE = 8 };

/* A rational multiple of a product of atoms: node numbers, ascending. */
typedef struct Term {
    TupleId atoms;
    int64_t num, den;
} Term;

typedef struct Poly {
    Term at[EXTENT_TERMS]; /* by atoms, ascending; no zeros */
    uint32_t count;
    bool lost; /* too large for this kind of thought */
} Poly;

static Poly poly_of(Graph *g, NodeId node, int depth);
static bool poly_nonnegative(Graph *g, const Poly *p, const NodeId *facts, uint32_t count,
                             int depth);

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
    int64_t common = gcd(num, den), limit = (int64_t)1 << 30;
    if (common)
        num /= common, den /= common;
    if (num > limit || num < -limit || den > limit || (!there && p->count == EXTENT_TERMS)) {
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
static void poly_add(Poly *p, const Poly *q, int64_t num, int64_t den)
{
    p->lost |= q->lost;
    for (uint32_t i = 0; i < q->count && !p->lost; i++)
        poly_add_term(p, q->at[i].atoms, q->at[i].num * num, q->at[i].den * den);
}

static TupleId atoms_product(Graph *g, TupleId a, TupleId b, bool *lost)
{
    NodeId items[2 * EXTENT_DEGREE];
    uint32_t i = 0, k = 0, count = 0, m = tuple_size(g, a), n = tuple_size(g, b);
    if (m + n > EXTENT_DEGREE) {
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

static Poly poly_product(Graph *g, const Poly *p, const Poly *q)
{
    Poly r = {.count = 0, .lost = p->lost || q->lost};
    for (uint32_t i = 0; i < p->count; i++)
        for (uint32_t k = 0; k < q->count && !r.lost; k++)
            poly_add_term(&r, atoms_product(g, p->at[i].atoms, q->at[k].atoms, &r.lost),
                          p->at[i].num * q->at[k].num, p->at[i].den * q->at[k].den);
    return r;
}

static Poly poly_constant(int64_t value)
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

/* ---- normal forms */

static uint32_t poly_atoms(Graph *g, const Poly *p, NodeId *atoms, uint32_t most)
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
            long product = p->at[i].num % c;
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

static Poly poly_of(Graph *g, NodeId node, int depth)
{
    const Node n = *node_at(g, node);
    long value;
    const Number *number = node_number(g, node);
    if (number && number_integer(number, &value) && value < 1 << 30 && value > -(1 << 30))
        return poly_constant(value);
    if (depth > EXTENT_DEPTH || number)
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
        if (node_number(g, n.b) && number_integer(node_number(g, n.b), &value)) {
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

bool extent_same(Graph *g, NodeId a, NodeId b)
{
    if (a == b)
        return true;
    Poly p = poly_of(g, a, 0), q = poly_of(g, b, 0);
    poly_add(&p, &q, -1, 1);
    return !p.lost && p.count == 0;
}

bool extent_shape_same(Graph *g, TupleId a, TupleId b)
{
    if (tuple_size(g, a) != tuple_size(g, b))
        return false;
    for (uint32_t i = 0; a != b && i < tuple_size(g, a); i++)
        if (!extent_same(g, tuple_item(g, a, i), tuple_item(g, b, i)))
            return false;
    return true;
}

/* ---- signs */

/* The values that an atom takes, half open; false if they are not known. */
static bool atom_range(Graph *g, NodeId atom, NodeId *lower, NodeId *upper)
{
    const Node n = *node_at(g, atom);
    if (n.op == OP_INDEX) {
        *lower = index_at(g, n.a)->lower;
        *upper = index_at(g, n.a)->upper;
        return true;
    }
    if (n.op == OP_REF && sym_at(g, n.a)->kind == SYM_INDEX && sym_at(g, n.a)->limit) {
        *lower = build_int(g, 0);
        *upper = sym_at(g, n.a)->limit;
        return true;
    }
    return false;
}

/* An atom with a range that no other one's range depends on; 0 if there is none. */
static NodeId atom_innermost(Graph *g, const NodeId *atoms, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        NodeId lower, upper;
        bool free = atom_range(g, atoms[i], &lower, &upper);
        for (uint32_t k = 0; k < count && free; k++) {
            NodeId l, u;
            if (k != i && node_op(g, atoms[i]) == OP_INDEX) {
                IndexId index = node_at(g, atoms[i])->a;
                free = !set_has(g, node_at(g, atoms[k])->free, index);
                if (free && atom_range(g, atoms[k], &l, &u))
                    free = !set_has(g, node_at(g, l)->free, index) &&
                           !set_has(g, node_at(g, u)->free, index);
            }
        }
        if (free)
            return atoms[i];
    }
    return 0;
}

/* The coefficient of atom^power. */
static Poly poly_coefficient(Graph *g, const Poly *p, NodeId atom, uint32_t power)
{
    Poly r = {.count = 0, .lost = p->lost};
    for (uint32_t i = 0; i < p->count; i++) {
        NodeId rest[EXTENT_DEGREE];
        uint32_t count = 0, times = 0, size = tuple_size(g, p->at[i].atoms);
        for (uint32_t k = 0; k < size; k++) {
            NodeId a = tuple_item(g, p->at[i].atoms, k);
            if (a == atom)
                times++;
            else
                rest[count++] = a;
        }
        if (times == power)
            poly_add_term(&r, tuple_of(g, rest, count), p->at[i].num, p->at[i].den);
    }
    return r;
}

static Poly poly_substitute(Graph *g, const Poly *p, NodeId atom, const Poly *value)
{
    Poly r = poly_coefficient(g, p, atom, 0), power = poly_constant(1);
    for (uint32_t k = 1; k <= EXTENT_DEGREE; k++) {
        Poly c = poly_coefficient(g, p, atom, k);
        power = poly_product(g, &power, value);
        if (!c.count)
            continue;
        Poly term = poly_product(g, &c, &power);
        poly_add(&r, &term, 1, 1);
    }
    return r;
}

/* Makes the atom what it is where p is least; false if that is not known. */
static bool poly_minimise(Graph *g, Poly *p, NodeId atom, const NodeId *facts, uint32_t count,
                          int depth)
{
    NodeId lower, upper;
    bool rises = true, falls = true;
    atom_range(g, atom, &lower, &upper);
    Poly low = poly_of(g, lower, depth + 1), high = poly_of(g, upper, depth + 1);
    poly_add_term(&high, 0, -1, 1);
    for (uint32_t k = 1; k <= EXTENT_DEGREE; k++) {
        Poly c = poly_coefficient(g, p, atom, k), minus = {.count = 0};
        if (!c.count)
            continue;
        poly_add(&minus, &c, -1, 1);
        if (k > 1 && !poly_nonnegative(g, &low, facts, count, depth + 1))
            return false;
        rises = rises && poly_nonnegative(g, &c, facts, count, depth + 1);
        falls = falls && poly_nonnegative(g, &minus, facts, count, depth + 1);
    }
    if (!rises && !falls)
        return false;
    *p = poly_substitute(g, p, atom, rises ? &low : &high);
    return !p->lost;
}

static bool atom_nonnegative(Graph *g, NodeId atom, int depth)
{
    const Node n = *node_at(g, atom);
    const Number *divisor = n.op == OP_IDIV || n.op == OP_IMOD ? node_number(g, n.b) : NULL;
    Poly a;
    switch (n.op) {
    case OP_REF: return true;
    case OP_IMOD: return divisor && number_sign(divisor) > 0;
    case OP_IDIV:
        a = poly_of(g, n.a, depth + 1);
        return divisor && number_sign(divisor) > 0 && poly_nonnegative(g, &a, NULL, 0, depth + 1);
    case OP_MAX: case OP_MIN: {
        bool one, two;
        a = poly_of(g, n.a, depth + 1);
        one = poly_nonnegative(g, &a, NULL, 0, depth + 1);
        a = poly_of(g, n.b, depth + 1);
        two = poly_nonnegative(g, &a, NULL, 0, depth + 1);
        return n.op == OP_MAX ? one || two : one && two;
    }
    default: return false;
    }
}

static bool obviously(Graph *g, const Poly *p, int depth)
{
    for (uint32_t i = 0; i < p->count; i++) {
        if (p->at[i].num < 0)
            return false;
        for (uint32_t k = 0; k < tuple_size(g, p->at[i].atoms); k++)
            if (!atom_nonnegative(g, tuple_item(g, p->at[i].atoms, k), depth))
                return false;
    }
    return !p->lost;
}

/* Replaces atoms with a range by what they are where p is least. */
static void poly_least(Graph *g, Poly *p, const NodeId *facts, uint32_t count, int depth)
{
    for (int turn = 0; turn < 16 && !p->lost; turn++) {
        NodeId atoms[16];
        uint32_t n = poly_atoms(g, p, atoms, 16);
        NodeId atom = n <= 16 ? atom_innermost(g, atoms, n) : 0;
        if (!atom || !poly_minimise(g, p, atom, facts, count, depth))
            return;
    }
}

static bool poly_nonnegative(Graph *g, const Poly *p, const NodeId *facts, uint32_t count,
                             int depth)
{
    if (p->lost || depth > 6)
        return false;
    if (!p->count || (p->count == 1 && !p->at[0].atoms))
        return !p->count || p->at[0].num >= 0;
    Poly least = *p;
    poly_least(g, &least, facts, count, depth);
    if (obviously(g, &least, depth))
        return true;
    for (uint32_t i = 0; i < count; i++) {
        Poly f = poly_of(g, facts[i], depth + 1), rest = least, first = *p;
        poly_add(&rest, &f, -1, 1);
        poly_add(&first, &f, -1, 1); /* a fact about an index, before that is at its end */
        poly_least(g, &first, NULL, 0, depth);
        if (obviously(g, &rest, depth) || obviously(g, &first, depth))
            return true;
    }
    return false;
}

bool extent_nonnegative(Graph *g, NodeId node, const NodeId *facts, uint32_t count)
{
    Poly p = poly_of(g, node, 0);
    return poly_nonnegative(g, &p, facts, count, 0);
}

bool extent_promised(Graph *g, NodeId node)
{
    const U32Vec *promises = graph_promises(g);
    return extent_nonnegative(g, node, promises->at, promises->count);
}

/* The polynomial as a node; 0 if it has fractions that are no division of the whole. */
static NodeId poly_node(Graph *g, const Poly *p)
{
    NodeId sum = build_int(g, 0);
    int64_t den = 1;
    for (uint32_t i = 0; i < p->count; i++)
        den = den / gcd(den, p->at[i].den) * p->at[i].den;
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

NodeId extent_least(Graph *g, NodeId node, const NodeId *facts, uint32_t count)
{
    Poly p = poly_of(g, node, 0);
    poly_least(g, &p, facts, count, 0);
    if (p.lost)
        return 0;
    NodeId least = poly_node(g, &p);
    return node_at(g, least)->free ? 0 : least;
}

NodeId extent_most(Graph *g, NodeId node, const NodeId *facts, uint32_t count)
{
    Poly p = {.count = 0}, q = poly_of(g, node, 0), r = {.count = 0};
    poly_add(&p, &q, -1, 1);
    poly_least(g, &p, facts, count, 0);
    poly_add(&r, &p, -1, 1);
    if (r.lost)
        return 0;
    NodeId most = poly_node(g, &r);
    return node_at(g, most)->free ? 0 : most;
}

NodeId extent_larger(Graph *g, NodeId a, NodeId b, const NodeId *facts, uint32_t count)
{
    NodeId d = build2(g, OP_SUB, a, b);
    if (extent_nonnegative(g, d, facts, count))
        return a;
    if (extent_nonnegative(g, build2(g, OP_SUB, b, a), facts, count))
        return b;
    return build2(g, OP_MAX, a, b);
}

/* ---- text */

static void put_node(Graph *g, NodeId node, int outer, int depth, Text *out)
{
    static const struct { Op op; const char *text; int binds;
    } infix[] = {
        {OP_ADD, " + ", 1}, {OP_SUB, " - ", 1},  {OP_MUL, "*", 2},
        {OP_IDIV, "/", 2},  {OP_IMOD, " % ", 2},
    };
    Ctx *ctx = graph_ctx(g);
    const Node n = *node_at(g, node);
    if (depth > 20) {
        text_put(out, "...");
        return;
    }
    if (n.op == OP_SUB && node_is_int(g, n.a, 0)) {
        text_put(out, outer ? "(-" : "-");
        put_node(g, n.b, 2, depth + 1, out);
        text_put(out, outer ? ")" : "");
        return;
    }
    for (size_t i = 0; i < sizeof infix / sizeof *infix; i++)
        if (infix[i].op == (Op)n.op) {
            bool brackets = infix[i].binds < outer;
            text_put(out, brackets ? "(" : "");
            put_node(g, n.a, infix[i].binds, depth + 1, out);
            text_put(out, outer ? infix[i].binds == 1 ? n.op == OP_ADD ? "+" : "-" : infix[i].text
                                : infix[i].text);
            put_node(g, n.b, infix[i].binds + 1, depth + 1, out);
            text_put(out, brackets ? ")" : "");
            return;
        }
    if (n.op == OP_CONST) {
        number_text(out, node_number(g, node), REAL_DOUBLE);
    } else if (n.op == OP_INDEX) {
        text_put(out, name_text(ctx, index_at(g, n.a)->name));
    } else if (n.op == OP_REF) {
        text_put(out, name_text(ctx, sym_at(g, n.a)->name));
        for (uint32_t i = 0; i < tuple_size(g, n.b); i++) {
            text_put(out, i ? "," : "[");
            put_node(g, tuple_item(g, n.b, i), 0, depth + 1, out);
        }
        text_put(out, n.b ? "]" : "");
    } else if (n.op == OP_MIN || n.op == OP_MAX) {
        text_put(out, n.op == OP_MIN ? "min(" : "max(");
        put_node(g, n.a, 0, depth + 1, out);
        text_put(out, ", ");
        put_node(g, n.b, 0, depth + 1, out);
        text_char(out, ')');
    } else {
        text_put(out, "...");
    }
}

void extent_text(Graph *g, NodeId node, Text *out)
{
    put_node(g, node, 0, 0, out);
}

void extent_shape_text(Graph *g, TupleId shape, Text *out)
{
    text_char(out, '[');
    for (uint32_t i = 0; i < tuple_size(g, shape); i++) {
        text_put(out, i ? ", " : "");
        put_node(g, tuple_item(g, shape, i), 0, 0, out);
    }
    text_char(out, ']');
}
