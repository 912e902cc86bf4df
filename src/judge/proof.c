/* proof: a claim in the graph in, whether it is true by the laws of real numbers out.
 *
 * The one idea: both sides are written as quotients of polynomials over atoms, which are inputs and
 * what no law looks into; they are equal if these are. Exponentials of sums are products, a square
 * of a root is what is under it, that of a truth value the value, and cos^2 is 1 - sin^2; functions
 * of the exponential family are written with it; of a sum over an index what does not depend on the
 * index is taken out. Where it all becomes too large nothing is said. */
#include <string.h>

#include "judge/judge.h"

enum { DEPTH_MAX = 200, SUM_SERIAL = INDEX_BETWEEN + 1000 };

typedef struct Proof {
    const Judge *j;
    Graph *g;
    Algebra a;
    VEC(Quotient) known;   /* a node each, */
    U32Vec state;          /* and whether it is known */
} Proof;

static Quotient form_of(Proof *p, NodeId id, uint32_t depth);

/* ---- small things ----------------------------------------------------------------------- */

static Quotient integer(Proof *p, long n)
{
    return quotient_of(&p->a, polynomial_fraction(&p->a, n, 1));
}

static Quotient add(Proof *p, Quotient x, Quotient y)
{
    return quotient_add(&p->a, x, y);
}

static Quotient subtract(Proof *p, Quotient x, Quotient y)
{
    return quotient_add(&p->a, x, quotient_negate(&p->a, y));
}

static Quotient multiply(Proof *p, Quotient x, Quotient y)
{
    return quotient_multiply(&p->a, x, y);
}

static Quotient divide(Proof *p, Quotient x, Quotient y)
{
    return quotient_divide(&p->a, x, y);
}

static SetId free_of(const Proof *p, Quotient x)
{
    SetId free = 0;
    const Polynomial both[2] = {x.above, x.below};
    for (int side = 0; side < 2; side++)
        for (uint32_t k = 0; k < both[side].count; k++)
            for (uint32_t i = 0; i < both[side].terms[k].count; i++)
                free = set_union(p->g, free,
                                 p->a.atoms.at[both[side].terms[k].powers[i].atom].free);
    return free;
}

/* An atom that is a function of values. */
static uint32_t atom_of(Proof *p, AtomKind kind, const char *name, const Quotient *x, int count)
{
    Text key = text_new(p->j->ctx);
    SetId free = 0;
    text_put(&key, name);
    for (int i = 0; i < count; i++) {
        text_char(&key, ';');
        quotient_text(&p->a, x[i], &key);
        free = set_union(p->g, free, free_of(p, x[i]));
    }
    uint32_t atom = algebra_atom(&p->a, kind, key.at);
    p->a.atoms.at[atom].free = free;
    text_free(&key);
    return atom;
}

static Quotient of_atom(Proof *p, uint32_t atom)
{
    return quotient_of(&p->a, polynomial_atom(&p->a, atom, 1));
}

/* What no law looks into: the node itself. */
static Quotient opaque(Proof *p, NodeId id)
{
    char key[40];
    snprintf(key, sizeof key, "node %u", (unsigned)id);
    uint32_t atom = algebra_atom(&p->a, ATOM_PLAIN, key);
    p->a.atoms.at[atom].free = node_at(p->g, id)->free;
    return of_atom(p, atom);
}

/* ---- functions -------------------------------------------------------------------------- */

/* The exponential: a product over the terms of a sum. */
static Quotient exponential(Proof *p, Quotient x)
{
    Quotient r = integer(p, 1);
    for (uint32_t k = 0; k < x.above.count; k++) {
        Monomial *term = ctx_alloc(p->j->ctx, sizeof *term);
        *term = x.above.terms[k];
        long power = term->above;
        term->above = 1;
        Quotient inner = {{1, term}, x.below};
        uint32_t atom = atom_of(p, ATOM_PLAIN, "exp", &inner, 1);
        r = multiply(p, r, quotient_of(&p->a, polynomial_atom(&p->a, atom, power)));
    }
    return r;
}

static Quotient logarithm(Proof *p, Quotient x)
{
    if (x.above.count == 1 && x.below.count == 1 && !x.above.terms[0].count &&
        !x.below.terms[0].count && x.above.terms[0].above == x.above.terms[0].below)
        return integer(p, 0);
    return of_atom(p, atom_of(p, ATOM_PLAIN, "log", &x, 1));
}

static Quotient root(Proof *p, Quotient x)
{
    uint32_t atom = atom_of(p, ATOM_ROOT, "sqrt", &x, 1);
    p->a.atoms.at[atom].square = x;
    return of_atom(p, atom);
}

/* Is the first term negative? Then an odd or even function is taken of the other sign. */
static bool is_turned(Quotient x)
{
    return x.above.count && x.above.terms[0].above < 0;
}

static Quotient sine(Proof *p, Quotient x)
{
    bool turned = is_turned(x);
    Quotient y = turned ? quotient_negate(&p->a, x) : x;
    Quotient r = of_atom(p, atom_of(p, ATOM_PLAIN, "sin", &y, 1));
    return turned ? quotient_negate(&p->a, r) : r;
}

static Quotient cosine(Proof *p, Quotient x)
{
    Quotient y = is_turned(x) ? quotient_negate(&p->a, x) : x;
    uint32_t other = atom_of(p, ATOM_PLAIN, "sin", &y, 1);
    uint32_t atom = atom_of(p, ATOM_COSINE, "cos", &y, 1);
    p->a.atoms.at[atom].sine = other;
    return of_atom(p, atom);
}

static Quotient sigmoid(Proof *p, Quotient x)
{
    Quotient e = exponential(p, x);
    return divide(p, e, add(p, integer(p, 1), e));
}

/* (e^x + sign*e^-x)/2 */
static Quotient hyperbolic(Proof *p, Quotient x, long sign)
{
    Quotient e = exponential(p, x), inverse = exponential(p, quotient_negate(&p->a, x));
    Quotient sum = add(p, e, multiply(p, integer(p, sign), inverse));
    return divide(p, sum, integer(p, 2));
}

static Quotient softplus(Proof *p, Quotient x)
{
    return logarithm(p, add(p, integer(p, 1), exponential(p, x)));
}

/* ---- conditions ------------------------------------------------------------------------- */

static Quotient negated(Proof *p, Quotient x)
{
    return subtract(p, integer(p, 1), x);
}

static Quotient truth(Proof *p, const char *name, Quotient x, Quotient y)
{
    const Quotient both[2] = {x, y};
    return of_atom(p, atom_of(p, ATOM_TRUTH, name, both, 2));
}

static Quotient select(Proof *p, Quotient c, Quotient yes, Quotient no)
{
    return add(p, no, multiply(p, c, subtract(p, yes, no)));
}

static Quotient comparison(Proof *p, Op op, Quotient x, Quotient y)
{
    switch (op) {
    case OP_GT: return truth(p, "less", y, x);
    case OP_LE: return negated(p, truth(p, "less", y, x));
    case OP_GE: return negated(p, truth(p, "less", x, y));
    case OP_EQ: return truth(p, "equal", x, y);
    case OP_NE: return negated(p, truth(p, "equal", x, y));
    default: return truth(p, "less", x, y);
    }
}

/* ---- nodes ------------------------------------------------------------------------------ */

static Quotient constant(Proof *p, NodeId id)
{
    const Number *n = node_number(p->g, id);
    if (!n->rational || !mpz_fits_slong_p(mpq_numref(n->ratio)) ||
        !mpz_fits_slong_p(mpq_denref(n->ratio)))
        return opaque(p, id);
    return quotient_of(&p->a, polynomial_fraction(&p->a, mpz_get_si(mpq_numref(n->ratio)),
                                            mpz_get_si(mpq_denref(n->ratio))));
}

/* What there is no law for: a function of the values of its operands. */
static Quotient function(Proof *p, NodeId id, const Quotient *x)
{
    const Node n = *node_at(p->g, id);
    Quotient args[3];
    int arity = node_arity(p->g, id);
    for (int i = 0; i < arity; i++)
        args[i] = x[i];
    return of_atom(p, atom_of(p, ATOM_PLAIN, op_info((Op)n.op)->id, args, arity));
}

static Quotient power(Proof *p, NodeId id, const Quotient *x)
{
    long exponent;
    if (!node_integer(p->g, node_operand(p->g, id, 1), &exponent) ||
        exponent > 20 || exponent < -20)
        return function(p, id, x);
    return quotient_power(&p->a, x[0], exponent);
}

static Quotient operation(Proof *p, NodeId id, const Quotient *x)
{
    Op op = node_op(p->g, id);
    switch (op) {
    case OP_NEG: return quotient_negate(&p->a, x[0]);
    case OP_ADD: return add(p, x[0], x[1]);
    case OP_SUB: return subtract(p, x[0], x[1]);
    case OP_MUL: return multiply(p, x[0], x[1]);
    case OP_DIV: return divide(p, x[0], x[1]);
    case OP_IPOW: case OP_POW: return power(p, id, x);
    case OP_SQRT: case OP_NORM: return root(p, x[0]);
    case OP_EXP: return exponential(p, x[0]);
    case OP_EXPM1: return subtract(p, exponential(p, x[0]), integer(p, 1));
    case OP_LOG: case OP_LOG_SUM: return logarithm(p, x[0]);
    case OP_LOG1P: return logarithm(p, add(p, integer(p, 1), x[0]));
    case OP_SIN: return sine(p, x[0]);
    case OP_COS: return cosine(p, x[0]);
    case OP_TAN: return divide(p, sine(p, x[0]), cosine(p, x[0]));
    case OP_SIGMOID: return sigmoid(p, x[0]);
    case OP_SILU: return multiply(p, x[0], sigmoid(p, x[0]));
    case OP_SOFTPLUS: return softplus(p, x[0]);
    case OP_SINH: return hyperbolic(p, x[0], -1);
    case OP_COSH: return hyperbolic(p, x[0], 1);
    case OP_TANH: return divide(p, hyperbolic(p, x[0], -1), hyperbolic(p, x[0], 1));
    case OP_RELU: return multiply(p, truth(p, "less", integer(p, 0), x[0]), x[0]);
    case OP_SELECT: return select(p, x[0], x[1], x[2]);
    case OP_LT: case OP_LE: case OP_GT: case OP_GE: case OP_EQ: case OP_NE:
        return comparison(p, op, x[0], x[1]);
    case OP_AND: return multiply(p, x[0], x[1]);
    case OP_OR: return subtract(p, add(p, x[0], x[1]), multiply(p, x[0], x[1]));
    case OP_NOT: return negated(p, x[0]);
    default: return function(p, id, x);
    }
}

/* An element of an array that one expression gives: that, with its subscripts. */
static NodeId element_of(Proof *p, NodeId array, TupleId at)
{
    Graph *g = p->g;
    if (node_op(g, array) == OP_TEMP || node_op(g, array) == OP_NAME)
        array = node_at(g, array)->a;
    if (node_op(g, array) != OP_ARRAY || tuple_size(g, node_at(g, array)->a) != 1)
        return 0;
    const Node part = *node_at(g, tuple_item(g, node_at(g, array)->a, 0));
    if (!tuple_is_whole(g, part.b, part.c, node_shape(g, array)))
        return 0;
    return array_at(g, part.a, part.b, at);
}

/* ---- sums ------------------------------------------------------------------------------- */

/* How many sums are within each other, to give their indices names by that. */
static uint32_t height_of(Proof *p, NodeId id)
{
    uint32_t most = 0;
    uint8_t *live = graph_live(p->g, &id, 1);
    for (NodeId k = 1; k < id; k++)
        most += live[k] && node_op(p->g, k) == OP_SUM;
    ctx_resize(p->j->ctx, live, 0);
    return most;
}

/* A term of the body: what depends on the index, summed, times what does not. */
static Quotient sum_of_term(Proof *p, const Monomial *t, Polynomial below, IndexId index,
                            Quotient extent)
{
    Monomial outer = {t->above, t->below, 0, NULL}, inner = {1, 1, 0, NULL};
    outer.powers = ctx_alloc(p->j->ctx, (t->count + 1)*sizeof *outer.powers);
    inner.powers = ctx_alloc(p->j->ctx, (t->count + 1)*sizeof *inner.powers);
    for (uint32_t i = 0; i < t->count; i++)
        if (set_has(p->g, p->a.atoms.at[t->powers[i].atom].free, index))
            inner.powers[inner.count++] = t->powers[i];
        else
            outer.powers[outer.count++] = t->powers[i];
    Monomial *terms = ctx_alloc(p->j->ctx, 2*sizeof *terms);
    terms[0] = outer;
    terms[1] = inner;
    Quotient factor = quotient_of(&p->a, (Polynomial){1, &terms[0]});
    Quotient body = {{1, &terms[1]}, below};
    if (!inner.count && !set_has(p->g, free_of(p, body), index))
        return multiply(p, factor, divide(p, extent, quotient_of(&p->a, below)));
    char name[60];
    snprintf(name, sizeof name, "sum %u", (unsigned)index);
    uint32_t atom = atom_of(p, ATOM_PLAIN, name, &body, 1);
    p->a.atoms.at[atom].free = set_without(p->g, p->a.atoms.at[atom].free, index);
    return multiply(p, factor, of_atom(p, atom));
}

/* The index gets one that is the same in all sums over the same range of as many sums. */
static Quotient sum(Proof *p, NodeId id, uint32_t depth)
{
    Graph *g = p->g;
    const Node n = *node_at(g, id);
    const Index old = *index_at(g, n.b);
    IndexId index = index_of(g, name_of(p->j->ctx, "k"), old.lower, old.upper,
                             SUM_SERIAL + height_of(p, n.a));
    NodeId body = fn_substitute(g, n.a, n.b, build_index(g, index));
    Quotient x = quotient_reduce(&p->a, form_of(p, body, depth));
    Quotient extent = form_of(p, build_real(g, build_extent(g, n.b)), depth);
    Quotient r = integer(p, 0);
    for (uint32_t k = 0; k < x.above.count && !p->a.failed; k++)
        r = add(p, r, sum_of_term(p, &x.above.terms[k], x.below, index, extent));
    return r;
}

/* ---- the whole -------------------------------------------------------------------------- */

static Quotient compute(Proof *p, NodeId id, uint32_t depth)
{
    Graph *g = p->g;
    Quotient x[3] = {{{0}, {0}}};
    const Node n = *node_at(g, id);
    NodeId element;
    if (n.op == OP_CONST)
        return constant(p, id);
    if (n.flags & NODE_INT)
        return opaque(p, id);
    if (n.op == OP_NAME || n.op == OP_TEMP || n.op == OP_STOP || n.op == OP_LINK)
        return form_of(p, n.a, depth);
    if (n.op == OP_REAL)
        return opaque(p, n.a);
    if (n.op == OP_READ && (element = element_of(p, n.a, n.b)))
        return form_of(p, element, depth);
    if (n.op == OP_SUM)
        return sum(p, id, depth);
    int arity = node_arity(g, id);
    if (!arity || n.op == OP_READ || op_info((Op)n.op)->flags & OPF_REDUCE || arity > 3)
        return opaque(p, id);
    for (int i = 0; i < arity; i++)
        x[i] = form_of(p, node_operand(g, id, i), depth);
    return operation(p, id, x);
}

static Quotient form_of(Proof *p, NodeId id, uint32_t depth)
{
    if (p->a.failed || depth == 0)
        return opaque(p, id);
    while (p->state.count <= id) {
        *vec_push(p->j->ctx, &p->state) = 0;
        *vec_push(p->j->ctx, &p->known) = (Quotient){{0, NULL}, {0, NULL}};
    }
    if (!p->state.at[id]) {
        Quotient x = compute(p, id, depth - 1);
        p->known.at[id] = quotient_reduce(&p->a, x);
        p->state.at[id] = 1;
    }
    return p->known.at[id];
}

/* A side, or an element of it: at the same subscripts of both. */
static NodeId side_at(Proof *p, NodeId side, TupleId at)
{
    if (!node_is_array(p->g, side))
        return side;
    NodeId element = element_of(p, side, at);
    return element ? element : build_read(p->g, side, at);
}

static TupleId shape_of(Proof *p, NodeId left, NodeId right)
{
    NodeId array = node_is_array(p->g, left) ? left : right;
    return node_is_array(p->g, array) ? node_shape(p->g, array) : 0;
}

/* The sides as they are when all that differentiation made is simplified. */
static void simplified(const Judge *j, NodeId *sides)
{
    Fn fn = {.kind = FN_VALUE};
    for (int i = 0; i < 2; i++) {
        Result r = {.node = sides[i]};
        *vec_push(j->ctx, &fn.results) = r;
    }
    simplify(j->job->rules, j->job->model->graph, &fn);
    for (int i = 0; i < 2; i++)
        sides[i] = fn.results.at[i].node;
    fn_free(j->ctx, &fn);
}

bool proof_of_claim(const Judge *j, uint32_t number)
{
    Graph *g = j->job->model->graph;
    uint32_t mark = graph_mark(g);
    NodeId sides[2] = {j->claims->at[2*number], j->claims->at[2*number + 1]};
    Proof p = {.j = j, .g = g, .a = {.ctx = j->ctx}};
    simplified(j, sides);
    TupleId shape = shape_of(&p, sides[0], sides[1]);
    TupleId at = shape ? array_fresh(g, shape) : 0;
    Quotient left = form_of(&p, side_at(&p, sides[0], at), DEPTH_MAX);
    Quotient right = form_of(&p, side_at(&p, sides[1], at), DEPTH_MAX);
    bool proved = quotient_is_zero(&p.a, subtract(&p, left, right)) && !p.a.failed;
    vec_free(j->ctx, &p.known);
    vec_free(j->ctx, &p.state);
    vec_free(j->ctx, &p.a.atoms);
    lookup_forget(j->ctx, &p.a.by_key);
    graph_release(g, mark);
    return proved;
}
