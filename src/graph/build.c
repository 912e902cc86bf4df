/* Operators and operands in, nodes out: folds constants (exactly as rationals, else in
 * NUMBER_BITS bits), and recognises literal powers and norms. */
#include <assert.h>

#include "graph/graph.h"

/* Rationals beyond this many bits go on as floating-point numbers. */
enum { RATIONAL_BITS = 4096 };

/* ---- constants */

NodeId build_ratio(Graph *g, long numerator, unsigned long denominator)
{
    Number n;
    number_init(&n);
    mpq_set_si(n.ratio, numerator, denominator);
    mpq_canonicalize(n.ratio);
    NodeId id = build_number(g, &n);
    number_clear(&n);
    return id;
}

static NodeId build_value(Graph *g, mpfr_srcptr value)
{
    const Number n = {.rational = false, .real = {*value}}; /* shares the limbs, only read */
    return build_number(g, &n);
}

NodeId build_pi(Graph *g)
{
    mpfr_t pi;
    mpfr_init2(pi, NUMBER_BITS);
    mpfr_const_pi(pi, MPFR_RNDN);
    NodeId id = build_value(g, pi);
    mpfr_clear(pi);
    return id;
}

NodeId build_inf(Graph *g)
{
    mpfr_t inf;
    mpfr_init2(inf, NUMBER_BITS);
    mpfr_set_inf(inf, 1);
    NodeId id = build_value(g, inf);
    mpfr_clear(inf);
    return id;
}

/* An integer found by floating point is that integer, if it is of moderate size. */
static void set_value(Number *n, mpfr_srcptr value)
{
    if (!mpfr_number_p(value) || !mpfr_integer_p(value) || mpfr_get_exp(value) > 64 ||
        (mpfr_zero_p(value) && mpfr_signbit(value))) {
        number_set_real(n, value);
        return;
    }
    mpfr_get_z(mpq_numref(n->ratio), value, MPFR_RNDN);
    mpz_set_ui(mpq_denref(n->ratio), 1);
}

/* A rational that has become too long is rounded. */
static void limit_bits(Number *n)
{
    if (mpz_sizeinbase(mpq_numref(n->ratio), 2) < RATIONAL_BITS &&
        mpz_sizeinbase(mpq_denref(n->ratio), 2) < RATIONAL_BITS)
        return;
    mpfr_t value;
    mpfr_init2(value, NUMBER_BITS);
    mpfr_set_q(value, n->ratio, MPFR_RNDN);
    number_set_real(n, value);
    mpfr_clear(value);
}

/* Comparisons of rationals. */
static bool compare_exactly(Op op, Number *r, const Number *x, const Number *y)
{
    bool holds;
    switch (op) {
    case OP_LT: holds = mpq_cmp(x->ratio, y->ratio) < 0; break;
    case OP_LE: holds = mpq_cmp(x->ratio, y->ratio) <= 0; break;
    case OP_GT: holds = mpq_cmp(x->ratio, y->ratio) > 0; break;
    case OP_GE: holds = mpq_cmp(x->ratio, y->ratio) >= 0; break;
    case OP_EQ: holds = mpq_equal(x->ratio, y->ratio); break;
    case OP_NE: holds = !mpq_equal(x->ratio, y->ratio); break;
    default: return false;
    }
    mpq_set_ui(r->ratio, holds, 1);
    return true;
}

/* Exact results for rationals; false where floating point must do (also for the sign of 0). */
static bool fold_exactly(Op op, Number *r, const Number *x, const Number *y)
{
    bool zero = mpq_sgn(x->ratio) == 0 || (y && mpq_sgn(y->ratio) == 0);
    switch (op) {
    case OP_ADD: mpq_add(r->ratio, x->ratio, y->ratio); break;
    case OP_SUB: mpq_sub(r->ratio, x->ratio, y->ratio); break;
    case OP_NEG: if (zero) return false; mpq_neg(r->ratio, x->ratio); break;
    case OP_MUL: if (zero) return false; mpq_mul(r->ratio, x->ratio, y->ratio); break;
    case OP_DIV: if (zero) return false; mpq_div(r->ratio, x->ratio, y->ratio); break;
    default: return compare_exactly(op, r, x, y);
    }
    limit_bits(r);
    return true;
}

/* x^n for a rational x and a small integer n. */
static bool fold_power(Op op, Number *r, const Number *x, const Number *y)
{
    long n;
    if ((op != OP_POW && op != OP_IPOW) || !x->rational || !number_integer(y, &n) ||
        mpq_sgn(x->ratio) == 0)
        return false;
    unsigned long size = n < 0 ? -(unsigned long)n : (unsigned long)n;
    size_t bits = mpz_sizeinbase(mpq_numref(x->ratio), 2) + mpz_sizeinbase(mpq_denref(x->ratio), 2);
    if (size > RATIONAL_BITS || bits * size > RATIONAL_BITS)
        return false;
    mpz_pow_ui(mpq_numref(r->ratio), mpq_numref(x->ratio), size);
    mpz_pow_ui(mpq_denref(r->ratio), mpq_denref(x->ratio), size);
    if (n < 0)
        mpq_inv(r->ratio, r->ratio);
    return true;
}

/* The sum of two integers of less than this in size fits a long of 32 bits, too. */
enum { SMALL = 1 << 30 };

static bool small_product(long a, long b, long *r)
{
    const int64_t product = (int64_t)a * b;
    *r = (long)product;
    return product && product > -SMALL && product < SMALL;
}

/* Most constants are small integers, and so is what becomes of them: without memory for numbers.
 * False where it is not so simple. */
static bool fold_small(const Graph *g, Op op, const NodeId *x, int arity, long *r)
{
    long a, b = 0;
    if (!node_integer(g, x[0], &a) || (arity > 1 && !node_integer(g, x[1], &b)) || arity > 2 ||
        a <= -SMALL || a >= SMALL || b <= -SMALL || b >= SMALL)
        return false;
    switch (op) {
    case OP_ADD: *r = a + b; return true;
    case OP_SUB: *r = a - b; return true;
    case OP_NEG: *r = -a; return a != 0;
    case OP_MUL: return small_product(a, b, r);
    case OP_DIV: *r = b ? a / b : 0; return a && b && a % b == 0;
    case OP_LT: *r = a < b; return true;
    case OP_LE: *r = a <= b; return true;
    case OP_GT: *r = a > b; return true;
    case OP_GE: *r = a >= b; return true;
    case OP_EQ: *r = a == b; return true;
    case OP_NE: *r = a != b; return true;
    default: return false;
    }
}

/* By floating point. Rationals are as exact as comparisons and powers need them; beside a number
 * that was rounded they are rounded, too: relu(1.9/0.75) == 1.9/0.75. */
static void fold_rounded(Op op, Number *r, const Number *const *x, int arity, bool rational)
{
    mpfr_t real[3], value;
    mpfr_srcptr args[3] = {real[0], real[1], real[2]};
    for (int i = 0; i < arity; i++) {
        mpfr_init2(real[i], rational ? 2 * RATIONAL_BITS : NUMBER_BITS);
        number_get(x[i], real[i]);
    }
    mpfr_init2(value, NUMBER_BITS);
    op_eval(op, value, args);
    set_value(r, value);
    mpfr_clear(value);
    for (int i = 0; i < arity; i++)
        mpfr_clear(real[i]);
}

static NodeId fold(Graph *g, Op op, const Number *const *x, int arity)
{
    Number r;
    number_init(&r);
    bool rational = true;
    for (int i = 0; i < arity; i++)
        rational = rational && x[i]->rational;
    if (!(rational && arity < 3 && fold_exactly(op, &r, x[0], arity > 1 ? x[1] : NULL)) &&
        !(arity == 2 && fold_power(op, &r, x[0], x[1])))
        fold_rounded(op, &r, x, arity, rational);
    NodeId id = build_number(g, &r);
    number_clear(&r);
    return id;
}

/* What the operation on constants is; 0 if not all operands are known. */
static NodeId fold_constants(Graph *g, Op op, const NodeId *operands, int arity)
{
    const Number *numbers[3] = {NULL, NULL, NULL};
    long small;
    if (arity < 1)
        return 0;
    for (int i = 0; i < arity; i++)
        if (!(node_at(g, operands[i])->flags & NODE_CONST))
            return 0;
    if (fold_small(g, op, operands, arity, &small))
        return build_int(g, small);
    for (int i = 0; i < arity; i++)
        if (!(numbers[i] = constant_number(g, operands[i])))
            return 0;
    return fold(g, op, numbers, arity);
}

/* ---- operators */

static NodeId build_power(Graph *g, NodeId a, NodeId b)
{
    long n;
    if (!node_integer(g, b, &n))
        return graph_put(g, OP_POW, a, b, 0);
    if (n == 0)
        return build_int(g, 1);
    return n == 1 ? a : graph_put(g, OP_IPOW, a, build_int(g, n), 0);
}

/* ---- integers: no NaN, no sign of zero, so that more can be said at once */

static bool is_int(const Graph *g, NodeId id) { return node_at(g, id)->flags & NODE_INT; }

/* (p + c1) + c2 and the like: the constants together. */
static NodeId add_constant(Graph *g, NodeId a, NodeId constant)
{
    const Node n = *node_at(g, a);
    if (node_is_int(g, constant, 0))
        return a;
    if (n.op == OP_ADD && node_op(g, n.b) == OP_CONST)
        return add_constant(g, n.a, build2(g, OP_ADD, n.b, constant));
    if (n.op == OP_SUB && node_op(g, n.b) == OP_CONST)
        return add_constant(g, n.a, build2(g, OP_SUB, constant, n.b));
    if (number_sign(node_number(g, constant)) < 0)
        return graph_put(g, OP_SUB, a, build2(g, OP_SUB, build_int(g, 0), constant), 0);
    return graph_put(g, OP_ADD, a, constant, 0);
}

/* As (q - s) + s, an index that counts from s on in a loop over all of them. */
static NodeId add_integers(Graph *g, NodeId a, NodeId b)
{
    const Node *m = node_at(g, a), *n = node_at(g, b);
    if (m->op == OP_SUB && m->b == b)
        return m->a;
    if (n->op == OP_SUB && n->b == a)
        return n->a;
    if (node_op(g, b) == OP_CONST)
        return add_constant(g, a, b);
    if (node_op(g, a) == OP_CONST)
        return add_constant(g, b, a);
    return 0;
}

static NodeId subtract_integers(Graph *g, NodeId a, NodeId b)
{
    const Node n = *node_at(g, a);
    if (a == b)
        return build_int(g, 0);
    if (node_op(g, b) == OP_CONST)
        return add_constant(g, a, build2(g, OP_SUB, build_int(g, 0), b));
    if (n.op == OP_ADD && (n.a == b || n.b == b))
        return n.a == b ? n.b : n.a;
    if (n.op == OP_SUB && n.a == b && node_op(g, n.b) == OP_CONST)
        return build2(g, OP_SUB, build_int(g, 0), n.b);
    return 0;
}

static NodeId multiply_integers(Graph *g, NodeId a, NodeId b)
{
    if (node_is_int(g, a, 0) || node_is_int(g, b, 1))
        return a;
    return node_is_int(g, b, 0) || node_is_int(g, a, 1) ? b : 0;
}

/* a < b, or a <= b, where the ranges of their indices say it; 0 if they do not. */
static NodeId compare_integers(Graph *g, NodeId a, NodeId b, bool strictly)
{
    if (bound_at_most(g, a, b, strictly))
        return build_true(g);
    return bound_at_most(g, b, a, !strictly) ? build_false(g) : 0;
}

static NodeId equal_integers(Graph *g, NodeId a, NodeId b)
{
    if (a == b)
        return build_true(g);
    return bound_at_most(g, a, b, 1) || bound_at_most(g, b, a, 1) ? build_false(g) : 0;
}

static NodeId lesser_integer(Graph *g, NodeId a, NodeId b)
{
    return bound_at_most(g, a, b, 0) ? a : bound_at_most(g, b, a, 0) ? b : 0;
}

static NodeId greater_integer(Graph *g, NodeId a, NodeId b)
{
    const NodeId lesser = lesser_integer(g, a, b);
    return !lesser ? 0 : lesser == a ? b : a;
}

/* What an operation on integers is without being done; 0 if it must be. */
static NodeId build_integer(Graph *g, Op op, NodeId a, NodeId b)
{
    NodeId equal;
    if (op == OP_REAL)
        return is_int(g, a) ? 0 : a;
    if (op_info(op)->arity != 2 || (!is_int(g, a) && !is_int(g, b)))
        return 0;
    switch (op) {
    case OP_ADD: return add_integers(g, a, b);
    case OP_SUB: return subtract_integers(g, a, b);
    case OP_MUL: return multiply_integers(g, a, b);
    case OP_IDIV: return node_is_int(g, b, 1) ? a : 0;
    case OP_IMOD: return node_is_int(g, b, 1) ? build_int(g, 0) : 0;
    case OP_MIN: return lesser_integer(g, a, b);
    case OP_MAX: return greater_integer(g, a, b);
    case OP_EQ: case OP_NE:
        equal = equal_integers(g, a, b);
        return equal && op == OP_NE ? build_not(g, equal) : equal;
    case OP_LT: return compare_integers(g, a, b, true);
    case OP_LE: return compare_integers(g, a, b, false);
    case OP_GT: return compare_integers(g, b, a, true);
    case OP_GE: return compare_integers(g, b, a, false);
    default: return 0;
    }
}

NodeId build_real_of(Graph *g, NodeId integer) { return build1(g, OP_REAL, integer); }

NodeId build_extent(Graph *g, IndexId index)
{
    NodeId lower = index_at(g, index)->lower, upper = index_at(g, index)->upper;
    NodeId extent = build2(g, OP_SUB, upper, lower);
    const Node *n = node_at(g, extent);
    if (n->op == OP_REF && sym_at(g, n->a)->kind == SYM_DIM)
        return extent;
    return build2(g, OP_MAX, extent, build_int(g, 0));
}

/* A sum begins with 0, and so is never -0: 0 beside it, as of a sum without turns, adds nothing. */
static bool is_sum_and_zero(const Graph *g, NodeId sum, NodeId zero)
{
    return node_op(g, sum) == OP_SUM && node_is_int(g, zero, 0);
}

NodeId build(Graph *g, Op op, NodeId a, NodeId b, NodeId c)
{
    const NodeId operands[3] = {a, b, c};
    const int arity = op_info(op)->arity;
    assert(arity <= 3);
    switch (op) {
    case OP_NAME: case OP_TEMP: case OP_DIFF: case OP_LINK: return graph_put(g, op, a, b, c);
    case OP_SUM:
    case OP_PROD:
    case OP_RMAX:
    case OP_RMIN:
    case OP_RHYPOT: return build_reduce(g, op, a, b);
    case OP_READ: return build_read(g, a, b);
    case OP_MEMBER: return build_member(g, a, b);
    case OP_PART: return build_part(g, a, b, c);
    case OP_FACTOR: case OP_SOLVE: case OP_TSOLVE: case OP_INVERSE: case OP_DET:
        return graph_put(g, op, a, b, c);
    case OP_SELECT: return build_select(g, a, b, c);
    case OP_AND: return build_and(g, a, b);
    case OP_OR: return build_or(g, a, b);
    case OP_NOT: return build_not(g, a);
    case OP_ACTIVE:
        if (node_at(g, a)->flags & NODE_OPEN)
            return graph_put(g, op, a, 0, 0);
        return node_at(g, a)->flags & NODE_ACTIVE ? build_true(g) : build_false(g);
    default: break;
    }
    const NodeId constant = fold_constants(g, op, operands, arity);
    if (constant)
        return constant;
    NodeId integer = build_integer(g, op, a, b);
    if (integer)
        return integer;
    if (op == OP_ADD && is_sum_and_zero(g, a, b))
        return a;
    if (op == OP_ADD && is_sum_and_zero(g, b, a))
        return b;
    if (op == OP_POW || op == OP_IPOW)
        return build_power(g, a, b);
    if (op == OP_SQRT && node_at(g, a)->flags & NODE_SQUARES)
        return graph_put(g, OP_NORM, a, 0, 0);
    return graph_put(g, op, a, b, c);
}

NodeId build1(Graph *g, Op op, NodeId a) { return build(g, op, a, 0, 0); }
NodeId build2(Graph *g, Op op, NodeId a, NodeId b) { return build(g, op, a, b, 0); }

/* ---- leaves, names, sums */

NodeId build_ref(Graph *g, SymId sym, TupleId subscripts)
{
    return graph_put(g, OP_REF, sym, subscripts, 0);
}

NodeId build_name(Graph *g, SymId sym, NodeId value, TupleId subscripts)
{
    return graph_put(g, OP_NAME, value, sym, subscripts);
}

NodeId build_temp(Graph *g, NodeId value, NodeId partner, SymRole role)
{
    return graph_put(g, OP_TEMP, value, partner, (uint32_t)role);
}

NodeId build_index(Graph *g, IndexId index)
{
    return graph_put(g, OP_INDEX, index, 0, 0);
}

/* Is it seen to be finite where what it is made of is, and its derivatives, too? So many nodes are
 * looked at, and no elements of arrays but those of arguments. */
static bool is_finite(const Graph *g, NodeId id, int *left)
{
    const Node *n = node_at(g, id);
    const OpInfo *info = op_info((Op)n->op);
    const bool large = *info->domain && !(info->flags & (OPF_KINK | OPF_STEP));
    const bool tame = (n->op == OP_DIV && node_op(g, n->b) == OP_CONST) ||
                      (n->op == OP_IPOW && number_sign(node_number(g, n->b)) >= 0);
    if ((*left)-- == 0 || (large && !tame) || n->op == OP_READ || n->op == OP_OWN)
        return false;
    for (int i = 0; i < info->arity; i++)
        if (!is_finite(g, node_operand(g, id, i), left))
            return false;
    return true;
}

/* A sum of nothing is 0, whatever would be added. */
static NodeId sum_of_same(Graph *g, NodeId body, IndexId index)
{
    enum { MOST = 32 };
    int left = MOST;
    const Index i = *index_at(g, index);
    const NodeId product = build2(g, OP_MUL, build_real_of(g, build_extent(g, index)), body);
    if (!i.lower || bound_at_most(g, i.lower, i.upper, 1) || is_finite(g, body, &left))
        return product;
    return build_select(g, build2(g, OP_GT, i.upper, i.lower), product, build_int(g, 0));
}

NodeId build_sum(Graph *g, NodeId body, IndexId index)
{
    if (index_is_empty(g, index))
        return build_int(g, 0);
    if (set_has(g, node_at(g, body)->free, index) || node_is_int(g, body, 0))
        return node_is_int(g, body, 0) ? body : graph_put(g, OP_SUM, body, index, 0);
    if (node_is_int(g, body, 1))
        return build_real_of(g, build_extent(g, index));
    return sum_of_same(g, body, index);
}

NodeId build_neutral(Graph *g, Op op)
{
    if (op == OP_SUM || op == OP_PROD || op == OP_RHYPOT)
        return build_int(g, op == OP_PROD);
    return op == OP_RMIN ? build_inf(g) : build1(g, OP_NEG, build_inf(g));
}

/* A reduction over nothing is its neutral element, so that one of a body without the index is
 * not the body. */
NodeId build_reduce(Graph *g, Op op, NodeId body, IndexId index)
{
    if (op == OP_SUM)
        return build_sum(g, body, index);
    return index_is_empty(g, index) ? build_neutral(g, op) : graph_put(g, op, body, index, 0);
}

/* ---- arrays */

NodeId build_part(Graph *g, NodeId value, TupleId subscripts, SetId bound)
{
    return graph_put(g, OP_PART, value, subscripts, bound);
}

NodeId build_array(Graph *g, TupleId parts, SymId sym, int kind)
{
    return graph_put(g, OP_ARRAY, parts, sym, (uint32_t)kind);
}

/* The value that an array given element by element has at constant subscripts; 0 if it is no
 * such array or has no such element. What has a name is read by it, but for the constants among
 * adjoints. */
static NodeId element_as_written(Graph *g, NodeId array, TupleId subscripts)
{
    const Node n = *node_at(g, array);
    const bool named = n.op == OP_ARRAY && sym_at(g, n.b)->name;
    if (n.op != OP_ARRAY || n.c != ARRAY_SET || (named && !node_is_derivative(g, array)))
        return 0;
    for (uint32_t i = 0; i < tuple_size(g, n.a); i++) {
        const Node *part = node_at(g, tuple_item(g, n.a, i));
        if (part->b == subscripts && !part->c)
            return named && node_op(g, part->a) != OP_CONST ? 0 : part->a;
    }
    return 0;
}

/* Zeros everywhere, as the adjoint of what nothing depends on. */
static bool is_zeros(Graph *g, NodeId array)
{
    const Node n = *node_at(g, node_op(g, array) == OP_MEMBER ? member_array(g, array) : array);
    for (uint32_t i = 0; n.op == OP_ARRAY && i < tuple_size(g, n.a); i++)
        if (!node_is_int(g, node_at(g, tuple_item(g, n.a, i))->a, 0))
            return false;
    return n.op == OP_ARRAY && (n.c == ARRAY_ADD || tuple_size(g, n.a) == 1);
}

/* The constant that all elements of an adjoint are, as of what is summed up; 0 if there is none. */
static NodeId constant_element(Graph *g, NodeId array)
{
    const Node n = *node_at(g, array);
    if (n.op != OP_ARRAY || n.c != ARRAY_SET || tuple_size(g, n.a) != 1 ||
        !node_is_derivative(g, array))
        return 0;
    const Node part = *node_at(g, tuple_item(g, n.a, 0));
    return node_op(g, part.a) == OP_CONST &&
                   tuple_is_whole(g, part.b, part.c, node_shape(g, array))
               ? part.a
               : 0;
}

NodeId build_read(Graph *g, NodeId array, TupleId subscripts)
{
    if (node_op(g, array) == OP_REF)
        return build_ref(g, node_at(g, array)->a, subscripts);
    if (is_zeros(g, array))
        return build_int(g, 0);
    const NodeId constant = constant_element(g, array);
    if (constant)
        return constant;
    NodeId element = element_as_written(g, array, subscripts);
    return element ? element : graph_put(g, OP_READ, array, subscripts, 0);
}

NodeId build_own(Graph *g, SymId sym, TupleId subscripts)
{
    return graph_put(g, OP_OWN, sym, subscripts, 0);
}

NodeId build_system(Graph *g, TupleId arrays) { return graph_put(g, OP_SYSTEM, arrays, 0, 0); }

NodeId build_member(Graph *g, NodeId system, uint32_t number)
{
    return graph_put(g, OP_MEMBER, system, number, 0);
}

/* ---- linear algebra */

NodeId build_factor(Graph *g, NodeId matrix) { return graph_put(g, OP_FACTOR, matrix, 0, 0); }

NodeId build_solve(Graph *g, NodeId factor, NodeId right, bool transposed)
{
    return graph_put(g, transposed ? OP_TSOLVE : OP_SOLVE, factor, right, 0);
}

NodeId build_inverse(Graph *g, NodeId factor) { return graph_put(g, OP_INVERSE, factor, 0, 0); }

NodeId build_det(Graph *g, NodeId factor) { return graph_put(g, OP_DET, factor, 0, 0); }
