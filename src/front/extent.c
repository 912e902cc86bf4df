/* Integer nodes in, what can be said of them without their values out: equality, signs and bounds
 * over all values of indices, dims and entries (poly.c, sign.c); as text. */
#include <stdlib.h>
#include <string.h>

#include "front/front.h"

/* How deep terms are looked for on the right of others: they are short, as people write them. */
enum { EXTENT_DEPTH = 8, EXTENT_DIMS = 12 };

bool extent_same(Graph *g, NodeId a, NodeId b)
{
    if (a == b)
        return true;
    Poly p = poly_of(g, a, 0), q = poly_of(g, b, 0);
    poly_add(&p, &q, -1, 1);
    return !p.lost && p.count == 0;
}

NodeId extent_between(Graph *g, NodeId start, NodeId end)
{
    const NodeId length = build2(g, OP_SUB, end, start);
    const Number *number = node_number(g, length);
    return number && number_sign(number) < 0 ? build_int(g, 0) : length;
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

bool extent_divides(Graph *g, NodeId division)
{
    Poly p = poly_of(g, division, 0);
    return p.count != 1 || p.at[0].atoms != tuple_of(g, &division, 1);
}

bool extent_nonnegative(Graph *g, NodeId node, const NodeId *facts, uint32_t count)
{
    long number;
    if (poly_integer(g, node, &number)) /* of most subscripts in unrolled models */
        return number >= 0;
    Poly p = poly_of(g, node, 0);
    return poly_nonnegative(g, &p, facts, count, 0);
}

/* Of the model, or one that a function's arguments give. */
static bool is_size(Graph *g, NodeId node)
{
    const Sym *sym = node_op(g, node) == OP_REF ? sym_at(g, node_at(g, node)->a) : NULL;
    return sym && (sym->kind == SYM_DIM || (sym->kind == SYM_ARG && sym->integer));
}

bool extent_usual(Graph *g, NodeId node, long least, const NodeId *facts, uint32_t count)
{
    NodeId atoms[EXTENT_DIMS], known[EXTENT_DIMS + FACTS];
    Poly p = poly_of(g, node, 0);
    uint32_t n = poly_atoms(g, &p, atoms, EXTENT_DIMS), all = 0;
    for (uint32_t i = 0; i < count && i < FACTS; i++)
        known[all++] = facts[i];
    for (uint32_t i = 0; i < n && n <= EXTENT_DIMS; i++)
        if (is_size(g, atoms[i]))
            known[all++] = build2(g, OP_SUB, atoms[i], build_int(g, least));
    return poly_nonnegative(g, &p, known, all, 0);
}

NodeId extent_root(Graph *g, NodeId node, IndexId index, bool *less)
{
    NodeId zero = build_int(g, 0), one = build_int(g, 1);
    NodeId first = fn_substitute(g, node, index, zero);
    NodeId step = build2(g, OP_SUB, fn_substitute(g, node, index, one), first);
    *less = extent_same(g, step, build_int(g, -1));
    if (*less)
        return first;
    return extent_same(g, step, one) ? build2(g, OP_SUB, zero, first) : 0;
}

long extent_threshold(Graph *g, NodeId node)
{
    const Poly p = poly_of(g, node, 0);
    for (uint32_t i = 0; i < p.count; i++)
        if (!p.at[i].atoms)
            return labs((long)(p.at[i].num / p.at[i].den));
    return 0;
}

bool extent_promised(Graph *g, NodeId node)
{
    const U32Vec *promises = graph_promises(g);
    return extent_nonnegative(g, node, promises->at, promises->count);
}

bool extent_within(Graph *g, NodeId integer, IndexId index)
{
    const Index x = *index_at(g, index);
    const IndexId other = node_op(g, integer) == OP_INDEX ? node_at(g, integer)->a : 0;
    if (other && x.lower == index_at(g, other)->lower && x.upper == index_at(g, other)->upper)
        return true;
    const NodeId left = build2(g, OP_SUB, x.upper, build2(g, OP_ADD, integer, build_int(g, 1)));
    return extent_promised(g, build2(g, OP_SUB, integer, x.lower)) && extent_promised(g, left);
}

/* What a comparison says the index to be. */
static NodeId equal_to(Graph *g, NodeId test, IndexId index)
{
    const Node n = *node_at(g, test);
    const NodeId leaf = build_index(g, index), other = n.a == leaf ? n.b : n.a;
    if (n.op != OP_EQ || (n.a != leaf && n.b != leaf) || !node_is_integer(g, other) ||
        set_has(g, node_at(g, other)->free, index))
        return 0;
    return extent_within(g, other, index) ? other : 0;
}

NodeId extent_named(Graph *g, NodeId condition, IndexId index)
{
    for (; node_op(g, condition) == OP_AND; condition = node_at(g, condition)->a) {
        const NodeId named = equal_to(g, node_at(g, condition)->b, index);
        if (named)
            return named;
    }
    return equal_to(g, condition, index);
}

/* A bound that is free of indices, as a node. */
static NodeId closed(Graph *g, const Poly *p)
{
    NodeId node = p->lost ? 0 : poly_node(g, p);
    return node && !node_at(g, node)->free ? node : 0;
}

NodeId extent_least(Graph *g, NodeId node, const NodeId *facts, uint32_t count)
{
    Poly p = poly_of(g, node, 0);
    poly_least(g, &p, facts, count);
    return closed(g, &p);
}

NodeId extent_most(Graph *g, NodeId node, const NodeId *facts, uint32_t count)
{
    Poly p = {.count = 0}, q = poly_of(g, node, 0), r = {.count = 0};
    poly_add(&p, &q, -1, 1);
    poly_least(g, &p, facts, count);
    poly_add(&r, &p, -1, 1);
    return closed(g, &r);
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

/* ---- sums */

/* A term, and how often it is added. */
typedef struct Counted {
    NodeId node; /* 0: the constant 1 */
    long times;
} Counted;

typedef VEC(Counted) CountedVec;

/* A product without the number that is its first factor, which is 1 if there is none. */
static NodeId without_number(Graph *g, NodeId node, long *number, int depth)
{
    const Node n = *node_at(g, node);
    const Number *factor = n.op == OP_MUL ? node_number(g, n.a) : NULL;
    long value;
    *number = 1;
    if (factor && number_integer(factor, &value) && value < 1 << 20 && value > -(1 << 20)) {
        *number = value;
        return n.b;
    }
    if (n.op != OP_MUL || factor || depth == EXTENT_DEPTH)
        return node;
    NodeId rest = without_number(g, n.a, number, depth + 1);
    return rest == n.a ? node : build2(g, OP_MUL, rest, n.b);
}

static void add_times(Graph *g, CountedVec *sum, NodeId node, long times)
{
    long value = 1;
    uint32_t i = 0;
    if (poly_integer(g, node, &value))
        node = 0;
    else
        node = without_number(g, node, &value, 0);
    times *= value;
    while (i < sum->count && (!sum->at[i].node != !node ||
                              (node && !extent_same(g, sum->at[i].node, node))))
        i++;
    if (i == sum->count)
        *vec_push(graph_ctx(g), sum) = (Counted){node, 0};
    sum->at[i].times += times;
}

/* The terms of a sum, which are added to or subtracted from it one after the other. */
static void add_terms(Graph *g, CountedVec *sum, NodeId node, long times, int depth)
{
    U32Vec behind = {0}; /* right operands, and whether they are subtracted */
    while ((node_op(g, node) == OP_ADD || node_op(g, node) == OP_SUB) && depth < EXTENT_DEPTH) {
        *vec_push(graph_ctx(g), &behind) = node;
        node = node_at(g, node)->a;
    }
    add_times(g, sum, node, times);
    while (behind.count) {
        const Node n = *node_at(g, behind.at[--behind.count]);
        add_terms(g, sum, n.b, n.op == OP_SUB ? -times : times, depth + 1);
    }
    vec_free(graph_ctx(g), &behind);
}

/* The number as the first factor of a product. */
static NodeId times(Graph *g, long number, NodeId node, int depth)
{
    NodeId factor = build_int(g, number);
    if (!node || number == 1)
        return node ? node : factor;
    const Node n = *node_at(g, node);
    if (n.op == OP_MUL && depth < EXTENT_DEPTH)
        return build2(g, OP_MUL, times(g, number, n.a, depth + 1), n.b);
    return build2(g, OP_MUL, factor, node);
}

/* One more term of a sum that is none yet if it is 0. */
static NodeId plus(Graph *g, NodeId sum, NodeId term)
{
    return sum ? build2(g, OP_ADD, sum, term) : term;
}

void extent_sides(Graph *g, NodeId node, NodeId *more, NodeId *less)
{
    CountedVec sum = {0};
    *more = *less = 0;
    add_terms(g, &sum, node, 1, 0);
    for (int pass = 0; pass < 2; pass++) /* constants come last */
        for (uint32_t i = 0; i < sum.count; i++) {
            const Counted t = sum.at[i];
            NodeId *side = t.times < 0 ? less : more;
            if (t.times && (t.node ? 0 : 1) == pass)
                *side = plus(g, *side, times(g, labs(t.times), t.node, 0));
        }
    vec_free(graph_ctx(g), &sum);
    *more = *more ? *more : build_int(g, 0);
    *less = *less ? *less : build_int(g, 0);
}

NodeId extent_plus(Graph *g, NodeId a, NodeId b)
{
    CountedVec sum = {0};
    NodeId result = 0;
    add_terms(g, &sum, a, 1, 0);
    add_terms(g, &sum, b, 1, 0);
    for (int pass = 0; pass < 3; pass++) /* what is added, what is subtracted, the constant */
        for (uint32_t i = 0; i < sum.count; i++) {
            Counted t = sum.at[i];
            bool less = t.times < 0;
            if (!t.times || (t.node ? less : 2) != pass)
                continue;
            NodeId term = times(g, less ? -t.times : t.times, t.node, 0);
            result = result ? build2(g, less ? OP_SUB : OP_ADD, result, term)
                     : less ? build2(g, OP_SUB, build_int(g, 0), term) : term;
        }
    vec_free(graph_ctx(g), &sum);
    return result ? result : build_int(g, 0);
}

/* ---- text */

static void put_node(Graph *g, NodeId node, int outer, int depth, Text *out)
{
    static const struct { Op op; const char *text; int binds;
    } infix[] = {
        {OP_ADD, " + ", 1}, {OP_SUB, " - ", 1},  {OP_MUL, "*", 2},
        {OP_IDIV, "/", 2},  {OP_IMOD, " % ", 2}, {OP_LT, " < ", 0},  {OP_LE, " <= ", 0},
        {OP_GT, " > ", 0},  {OP_GE, " >= ", 0},  {OP_EQ, " == ", 0}, {OP_NE, " != ", 0},
        {OP_AND, " && ", 0}, {OP_OR, " || ", 0},
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
    if (n.op == OP_SELECT) {
        text_char(out, '(');
        put_node(g, n.a, 0, depth + 1, out);
        text_put(out, " ? ");
        put_node(g, n.b, 0, depth + 1, out);
        text_put(out, " : ");
        put_node(g, n.c, 0, depth + 1, out);
        text_char(out, ')');
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
