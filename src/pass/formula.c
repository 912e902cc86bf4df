/* An expression in, the same one out as a person would write it: each product one fraction with its
 * number in front, equal factors made powers; each sum with its like terms added up. It holds for
 * real numbers, not to the last bit, and is for reading only. */
#include "pass/pass.h"

/* Longer sums and products are left as they are: nobody reads them. */
enum { MOST = 200, ROUNDS = 4 };

typedef struct Factor {
    NodeId base;
    long power;
} Factor;

typedef VEC(Factor) FactorVec;

/* A number times powers. */
typedef struct Product {
    NodeId number;
    FactorVec factors;
    bool lost; /* there were too many */
} Product;

typedef struct Summand {
    NodeId number, rest; /* rest: a product without a number */
} Summand;

typedef VEC(Summand) SummandVec;

/* ---- products */

static NodeId power_of(Graph *g, NodeId base, long power)
{
    return power == 1 ? base : build2(g, OP_IPOW, base, build_int(g, power));
}

/* A small power of a number, exactly; 0 if it is none. */
static NodeId number_power(Graph *g, NodeId number, long power)
{
    NodeId result = build_int(g, 1);
    if (power > 64 || power < -64 || (power < 0 && node_is_int(g, number, 0)))
        return 0;
    for (long i = 0; i < power; i++)
        result = build2(g, OP_MUL, result, number);
    for (long i = power; i < 0; i++)
        result = build2(g, OP_DIV, result, number);
    return node_op(g, result) == OP_CONST ? result : 0;
}

static void add_factor(Graph *g, Product *p, NodeId base, long power)
{
    for (uint32_t i = 0; i < p->factors.count; i++)
        if (p->factors.at[i].base == base) {
            p->factors.at[i].power += power;
            return;
        }
    p->lost = p->lost || p->factors.count >= MOST;
    *vec_push(graph_ctx(g), &p->factors) = (Factor){base, power};
}

/* Multiplies by a node to a power, or lists what it is made of. */
static void take_factor(Graph *g, Product *p, Factor f, FactorVec *open)
{
    const Node n = *node_at(g, f.base);
    Ctx *ctx = graph_ctx(g);
    long exponent;
    NodeId number;
    if (n.op == OP_CONST && (number = number_power(g, f.base, f.power))) {
        p->number = build2(g, OP_MUL, p->number, number);
    } else if (n.op == OP_MUL || n.op == OP_DIV) {
        *vec_push(ctx, open) = (Factor){n.b, n.op == OP_MUL ? f.power : -f.power};
        *vec_push(ctx, open) = (Factor){n.a, f.power};
    } else if (n.op == OP_NEG) {
        if (f.power % 2)
            p->number = build1(g, OP_NEG, p->number);
        *vec_push(ctx, open) = (Factor){n.a, f.power};
    } else if (n.op == OP_IPOW && node_integer(g, n.b, &exponent) &&
               exponent > -1000 && exponent < 1000 && f.power > -1000 && f.power < 1000) {
        *vec_push(ctx, open) = (Factor){n.a, f.power * exponent};
    } else if ((n.op == OP_SQRT || n.op == OP_NORM) && f.power % 2 == 0) {
        *vec_push(ctx, open) = (Factor){n.a, f.power / 2};
    } else {
        add_factor(g, p, f.base, f.power);
    }
}

static Product product_of(Graph *g, NodeId node)
{
    Product p = {.number = build_int(g, 1)};
    FactorVec open = {0};
    *vec_push(graph_ctx(g), &open) = (Factor){node, 1};
    while (open.count && !p.lost) {
        Factor f = open.at[--open.count];
        take_factor(g, &p, f, &open);
    }
    for (uint32_t i = 0; i < p.factors.count; i++) { /* sqrt(x)*sqrt(x) */
        Factor f = p.factors.at[i];
        const Node n = *node_at(g, f.base);
        if ((n.op != OP_SQRT && n.op != OP_NORM) || f.power % 2 || !f.power)
            continue;
        p.factors.at[i].power = 0;
        add_factor(g, &p, n.a, f.power / 2);
    }
    vec_free(graph_ctx(g), &open);
    return p;
}

static NodeId times(Graph *g, NodeId a, NodeId b)
{
    return !a ? b : build2(g, OP_MUL, a, b);
}

/* The number as numerator and denominator, both without sign. */
static void split_number(Graph *g, NodeId number, NodeId *over, NodeId *under)
{
    const Number *n = node_number(g, number);
    *over = number_sign(n) < 0 ? build1(g, OP_NEG, number) : number;
    *under = build_int(g, 1);
    n = node_number(g, *over);
    if (!n->rational || mpz_cmp_ui(mpq_denref(n->ratio), 1000) > 0 ||
        mpz_divisible_ui_p(mpq_denref(n->ratio), 5)) /* 0.1 stays so */
        return;
    NodeId ratio = *over;
    long whole = (long)mpz_get_ui(mpq_denref(n->ratio));
    *under = build_int(g, whole);
    *over = build2(g, OP_MUL, ratio, *under);
}

/* The product as a fraction; with the number, or without it. */
static NodeId fraction(Graph *g, const Product *p, bool with_number)
{
    NodeId over = 0, under = 0, number_over = build_int(g, 1), number_under = number_over;
    if (with_number)
        split_number(g, p->number, &number_over, &number_under);
    if (!node_is_int(g, number_over, 1))
        over = number_over;
    if (!node_is_int(g, number_under, 1))
        under = number_under;
    for (uint32_t i = 0; i < p->factors.count; i++) {
        Factor f = p->factors.at[i];
        if (f.power > 0)
            over = times(g, over, power_of(g, f.base, f.power));
        else if (f.power < 0)
            under = times(g, under, power_of(g, f.base, -f.power));
    }
    over = over ? over : number_over;
    over = under ? build2(g, OP_DIV, over, under) : over;
    return with_number && number_sign(node_number(g, p->number)) < 0 ? build1(g, OP_NEG, over)
                                                                     : over;
}

static NodeId tidy_product(Graph *g, NodeId node)
{
    Product p = product_of(g, node);
    NodeId result = node;
    if (!p.lost && node_op(g, p.number) == OP_CONST && number_sign(node_number(g, p.number)) != 2)
        result =
            number_sign(node_number(g, p.number)) == 0 ? build_int(g, 0) : fraction(g, &p, true);
    vec_free(graph_ctx(g), &p.factors);
    return result;
}

/* ---- sums */

static NodeId tidy_product(Graph *g, NodeId node);

/* Two conditional terms under one condition are one: arm by arm. */
static bool join_arms(Graph *g, Summand *a, const Summand *b)
{
    const Node x = *node_at(g, a->rest), y = *node_at(g, b->rest);
    NodeId arms[2];
    if (x.op != OP_SELECT || y.op != OP_SELECT || x.a != y.a)
        return false;
    for (int i = 0; i < 2; i++) {
        NodeId left = tidy_product(g, build2(g, OP_MUL, a->number, i ? x.c : x.b));
        NodeId right = tidy_product(g, build2(g, OP_MUL, b->number, i ? y.c : y.b));
        arms[i] = build2(g, OP_ADD, left, right);
    }
    a->number = build_int(g, 1);
    a->rest = build_select(g, x.a, arms[0], arms[1]);
    return true;
}

static void add_term(Graph *g, SummandVec *terms, NodeId node, bool minus)
{
    Product p = product_of(g, node);
    Summand t = {build_int(g, minus ? -1 : 1), node};
    if (!p.lost) {
        t.number = minus ? build1(g, OP_NEG, p.number) : p.number;
        t.rest = fraction(g, &p, false);
    }
    vec_free(graph_ctx(g), &p.factors);
    for (uint32_t i = 0; i < terms->count; i++)
        if (terms->at[i].rest == t.rest) {
            terms->at[i].number = build2(g, OP_ADD, terms->at[i].number, t.number);
            return;
        } else if (join_arms(g, &terms->at[i], &t)) {
            return;
        }
    *vec_push(graph_ctx(g), terms) = t;
}

/* False if there are too many. */
static bool terms_of(Graph *g, NodeId node, SummandVec *terms)
{
    typedef struct Open { NodeId node; bool minus; } Open;
    VEC(Open) open = {0};
    Ctx *ctx = graph_ctx(g);
    *vec_push(ctx, &open) = (Open){node, false};
    while (open.count && terms->count < MOST && open.count < MOST) {
        Open o = open.at[--open.count];
        const Node n = *node_at(g, o.node);
        if (n.op == OP_ADD || n.op == OP_SUB) {
            *vec_push(ctx, &open) = (Open){n.b, n.op == OP_SUB ? !o.minus : o.minus};
            *vec_push(ctx, &open) = (Open){n.a, o.minus};
        } else if (n.op == OP_NEG) {
            *vec_push(ctx, &open) = (Open){n.a, !o.minus};
        } else {
            add_term(g, terms, o.node, o.minus);
        }
    }
    bool all = open.count == 0;
    vec_free(ctx, &open);
    return all;
}

/* A term without its sign. */
static NodeId term_node(Graph *g, const Summand *t, bool minus)
{
    NodeId number = minus ? build1(g, OP_NEG, t->number) : t->number;
    return tidy_product(g, build2(g, OP_MUL, number, t->rest));
}

/* Is it worth to stand before a bracket: no plain name? */
static bool is_worth_a_bracket(const Graph *g, NodeId base)
{
    Op op = node_op(g, base);
    return op != OP_REF && op != OP_NAME && op != OP_READ && op != OP_OWN && op != OP_CONST;
}

/* The power of a base in a product: 0 if it is no factor. */
static long power_in(const Product *p, NodeId base)
{
    for (uint32_t i = 0; i < p->factors.count; i++)
        if (p->factors.at[i].base == base)
            return p->factors.at[i].power;
    return 0;
}

/* Keeps of the factors only what this product has, too. */
static void keep_common(Product *common, const Product *p)
{
    for (uint32_t i = 0; i < common->factors.count; i++) {
        Factor *f = &common->factors.at[i];
        const long own = power_in(p, f->base);
        if (f->power > 0)
            f->power = own < 0 ? 0 : own < f->power ? own : f->power;
        else
            f->power = own > 0 ? 0 : own > f->power ? own : f->power;
    }
}

/* What all terms have as a factor goes before a bracket: takes it out of them. 0 if nothing. */
static NodeId take_common(Graph *g, SummandVec *terms)
{
    Product common = product_of(g, terms->at[0].rest);
    for (uint32_t i = 0; i < common.factors.count; i++)
        if (!is_worth_a_bracket(g, common.factors.at[i].base))
            common.factors.at[i].power = 0;
    common.number = build_int(g, 1);
    for (uint32_t i = 1; i < terms->count; i++) {
        Product p = product_of(g, terms->at[i].rest);
        keep_common(&common, &p);
        vec_free(graph_ctx(g), &p.factors);
    }
    NodeId factor = common.lost ? 0 : fraction(g, &common, false);
    vec_free(graph_ctx(g), &common.factors);
    if (!factor || node_op(g, factor) == OP_CONST)
        return 0;
    for (uint32_t i = 0; i < terms->count; i++)
        terms->at[i].rest = tidy_product(g, build2(g, OP_DIV, terms->at[i].rest, factor));
    return factor;
}

static NodeId tidy_sum(Graph *g, NodeId node)
{
    SummandVec terms = {0};
    NodeId sum = 0;
    if (!terms_of(g, node, &terms)) {
        vec_free(graph_ctx(g), &terms);
        return node;
    }
    NodeId factor = terms.count > 1 ? take_common(g, &terms) : 0;
    for (int negative = 0; negative < 2; negative++) /* what is added first, 1 - f for -f + 1 */
        for (uint32_t i = 0; i < terms.count; i++) {
            const Number *number = node_number(g, terms.at[i].number);
            if (!number || number_sign(number) == 0 || (number_sign(number) < 0) != negative)
                continue;
            NodeId term = term_node(g, &terms.at[i], negative && sum);
            sum = !sum ? term : build2(g, negative ? OP_SUB : OP_ADD, sum, term);
        }
    vec_free(graph_ctx(g), &terms);
    sum = sum ? sum : build_int(g, 0);
    return factor ? tidy_product(g, build2(g, OP_MUL, factor, sum)) : sum;
}

/* What does not depend on the index goes before the sum over it. */
static NodeId tidy_reduction(Graph *g, NodeId node)
{
    const Node n = *node_at(g, node);
    Product p = product_of(g, n.a), out = {.number = p.number};
    if (p.lost) {
        vec_free(graph_ctx(g), &p.factors);
        return node;
    }
    for (uint32_t i = 0; i < p.factors.count; i++)
        if (!set_has(g, node_at(g, p.factors.at[i].base)->free, n.b)) {
            *vec_push(graph_ctx(g), &out.factors) = p.factors.at[i];
            p.factors.at[i].power = 0;
        }
    if (out.factors.count || !node_is_int(g, out.number, 1)) {
        node = fraction(g, &out, true);
        node = build2(g, OP_MUL, node, build_sum(g, fraction(g, &p, false), n.b));
    }
    vec_free(graph_ctx(g), &p.factors);
    vec_free(graph_ctx(g), &out.factors);
    return node;
}

/* Is there a reduction over an index that the condition is free in? There it is another one. */
static bool binds_again(Graph *g, const uint8_t *live, NodeId end, NodeId c)
{
    for (NodeId id = 1; id < end; id++)
        if (live[id] && op_info(node_op(g, id))->flags & OPF_REDUCE &&
            set_has(g, node_at(g, c)->free, node_at(g, id)->b))
            return true;
    return false;
}

/* A value with the conditions in it that are decided: c holds, or it does not. */
static NodeId decided(Graph *g, NodeId node, NodeId c, bool holds)
{
    uint8_t *live = graph_live(g, &node, 1);
    if (binds_again(g, live, node + 1, c)) {
        ctx_resize(graph_ctx(g), live, 0);
        return node;
    }
    NodeId *image = array_new(graph_ctx(g), node + 1, sizeof *image);
    for (NodeId id = 1; id <= node; id++) {
        const Node n = *node_at(g, id);
        if (!live[id] || n.flags & NODE_INT)
            continue;
        image[id] =
            n.op == OP_SELECT && n.a == c ? image[holds ? n.b : n.c] : node_map(g, id, image);
    }
    node = image[node] ? image[node] : node;
    ctx_resize(graph_ctx(g), live, 0);
    ctx_resize(graph_ctx(g), image, 0);
    return node;
}

static NodeId tidy_select(Rules *r, Graph *g, NodeId node)
{
    const Node n = *node_at(g, node);
    NodeId yes = decided(g, n.b, n.a, true), no = decided(g, n.c, n.a, false);
    node = build_select(g, n.a, yes, no);
    return rule_identity(r, node, true);
}

/* ---- all of it */

static NodeId tidy_node(Rules *r, Graph *g, NodeId id, const NodeId *image)
{
    if (node_at(g, id)->flags & NODE_INT)
        return id;
    NodeId node = node_map(g, id, image);
    switch (node_op(g, node)) {
    case OP_TEMP: case OP_STOP: case OP_HOLD: case OP_LINK: return node_at(g, node)->a;
    case OP_SUM: return tidy_product(g, tidy_reduction(g, node));
    case OP_MUL: case OP_DIV: case OP_NEG: case OP_IPOW: return tidy_product(g, node);
    case OP_ADD: case OP_SUB: return tidy_sum(g, node);
    case OP_SELECT: return tidy_select(r, g, node);
    default: return rule_identity(r, node, true);
    }
}

/* Elements of recurrences belong to arrays that must stay as they are. */
static bool has_recurrence(Graph *g, const uint8_t *live, NodeId end)
{
    for (NodeId id = 1; id < end; id++)
        if (live[id] && (node_op(g, id) == OP_OWN || node_op(g, id) == OP_SYSTEM))
            return true;
    return false;
}

static NodeId tidy_once(Rules *r, Graph *g, NodeId root)
{
    Ctx *ctx = graph_ctx(g);
    uint8_t *live = graph_live(g, &root, 1);
    NodeId *image = array_new(ctx, root + 1, sizeof *image);
    if (!has_recurrence(g, live, root + 1))
        for (NodeId id = 1; id <= root; id++)
            if (live[id])
                image[id] = tidy_node(r, g, id, image);
    NodeId result = image[root] ? image[root] : root;
    ctx_resize(ctx, live, 0);
    ctx_resize(ctx, image, 0);
    return result;
}

/* Is it a call's name, or that of one of its arguments? Note [gates] of lower_call.c. */
static bool is_gate(Graph *g, NodeId id)
{
    const Node *n = node_at(g, id);
    return n->op == OP_NAME && sym_at(g, n->b)->kind == SYM_CALL;
}

/* What lowering takes off the exponents of softmax and logsumexp, lest they overflow: it is of no
 * consequence, and no textbook has it. */
bool formula_is_shift(Graph *g, NodeId id)
{
    const Node stop = *node_at(g, id), shift = *node_at(g, stop.a);
    if (stop.op != OP_STOP || stop.b || shift.op != OP_SELECT || !node_is_int(g, shift.c, 0))
        return false;
    NodeId size = build1(g, OP_ABS, shift.b);
    return shift.a == build2(g, OP_LT, size, build_inf(g));
}

/* The derivative of a norm, which is 0 where the norm is: no textbook says so. */
static bool is_norm_guard(Graph *g, NodeId id)
{
    const Node n = *node_at(g, id);
    if (n.op != OP_SELECT || !node_is_int(g, n.b, 0) || node_op(g, n.a) != OP_EQ)
        return false;
    const Node test = *node_at(g, n.a), held = *node_at(g, test.a);
    return node_is_int(g, test.b, 0) && held.op == OP_STOP && node_op(g, held.a) == OP_RHYPOT;
}

static NodeId without_zero(Graph *g, NodeId id)
{
    const Node *n = node_at(g, id);
    if (n->op == OP_ADD && node_is_int(g, n->a, 0))
        return n->b;
    return (n->op == OP_ADD || n->op == OP_SUB) && node_is_int(g, n->b, 0) ? n->a : id;
}

NodeId formula_plain(Graph *g, NodeId root)
{
    U32Vec below = graph_below(g, root);
    NodeId *image = graph_zeros(g);
    for (uint32_t i = 0; i < below.count; i++) {
        const NodeId id = below.at[i];
        const Node n = *node_at(g, id);
        if (n.flags & NODE_INT)
            continue;
        const bool bare = n.op == OP_TEMP || n.op == OP_STOP || n.op == OP_HOLD || n.op == OP_LINK;
        if (n.op == OP_NONZERO) {
            image[id] = build2(g, OP_NE, image[n.a], build_int(g, 0));
            continue;
        }
        if (n.op == OP_SELECT && node_op(g, n.a) == OP_NONZERO && node_is_int(g, n.c, 0)) {
            image[id] = image[n.b]; /* of v == 0 ? 0 : v*p, see note [supports] */
            continue;
        }
        image[id] = formula_is_shift(g, id) ? build_int(g, 0) : is_norm_guard(g, id) ? image[n.c]
                    : bare || is_gate(g, id) ? image[n.a] : without_zero(g, node_map(g, id, image));
    }
    root = image[root] ? image[root] : root;
    for (uint32_t i = 0; i < below.count; i++)
        image[below.at[i]] = 0;
    vec_free(graph_ctx(g), &below);
    return root;
}

NodeId formula_tidy(Rules *r, Graph *g, NodeId root)
{
    NodeId before = 0;
    for (int i = 0; i < ROUNDS && root != before; i++) {
        before = root;
        root = tidy_once(r, g, root);
    }
    return root;
}
