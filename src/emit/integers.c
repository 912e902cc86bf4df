/* What is computed in integers: sizes, bounds and subscripts are unsigned in C, and nothing may be
 * subtracted there that can come out negative. */
#include "emit/emit.h"

/* ---- terms */

/* Of a product with a number, the number and the other factor. */
static bool is_multiple(Graph *g, NodeId node, NodeId *number, NodeId *other)
{
    const Node n = *node_at(g, node);
    if (n.op != OP_MUL)
        return false;
    *number = node_number(g, n.a) ? n.a : n.b;
    *other = *number == n.a ? n.b : n.a;
    return node_number(g, *number) != NULL;
}

/* The terms of a sum that are added, and those that are subtracted. */
static void split_terms(Graph *g, NodeId node, bool minus, U32Vec *plus, U32Vec *less)
{
    const Node n = *node_at(g, node);
    const NodeId zero = build_int(g, 0);
    NodeId by, of;
    if (n.op == OP_ADD || n.op == OP_SUB) {
        split_terms(g, n.a, minus, plus, less);
        split_terms(g, n.b, n.op == OP_SUB ? !minus : minus, plus, less);
    } else if (node_number(g, node) && number_sign(node_number(g, node)) < 0) {
        *vec_push(graph_ctx(g), minus ? plus : less) = build2(g, OP_SUB, zero, node);
    } else if (is_multiple(g, node, &by, &of) && number_sign(node_number(g, by)) < 0) {
        NodeId opposite = build2(g, OP_MUL, build2(g, OP_SUB, zero, by), of);
        split_terms(g, opposite, !minus, plus, less);
    } else if (is_multiple(g, node, &by, &of) &&
               (node_op(g, of) == OP_ADD || node_op(g, of) == OP_SUB)) {
        const Node m = *node_at(g, of);
        split_terms(g, build2(g, OP_MUL, m.a, by), minus, plus, less);
        split_terms(g, build2(g, OP_MUL, m.b, by), m.op == OP_SUB ? !minus : minus, plus, less);
    } else {
        *vec_push(graph_ctx(g), minus ? less : plus) = node;
    }
}

/* Takes the numbers out of the terms; gives their sum. */
static NodeId take_numbers(Graph *g, U32Vec *terms)
{
    uint32_t kept = 0;
    NodeId sum = build_int(g, 0);
    for (uint32_t i = 0; i < terms->count; i++)
        if (node_number(g, terms->at[i]))
            sum = build2(g, OP_ADD, sum, terms->at[i]);
        else
            terms->at[kept++] = terms->at[i];
    terms->count = kept;
    return sum;
}

static void put_terms(Job *job, const Plan *plan, const U32Vec *terms, Text *out)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < terms->count; i++) {
        if (node_is_int(job->model->graph, terms->at[i], 0))
            continue;
        text_put(out, count ? " + " : "");
        put_integer(job, plan, terms->at[i], count++ ? PREC_MUL : PREC_ADD, out);
    }
    text_put(out, count ? "" : "0");
}

/* Can it be negative? Then it is computed as signed. n*(n - 1) cannot, nor can i/n. */
static bool subtracts(Graph *g, NodeId node)
{
    const Node n = *node_at(g, node);
    if (n.op == OP_MUL && (n.b == build2(g, OP_SUB, n.a, build_int(g, 1)) ||
                           n.a == build2(g, OP_SUB, n.b, build_int(g, 1))))
        return subtracts(g, n.b == build2(g, OP_SUB, n.a, build_int(g, 1)) ? n.a : n.b);
    if (n.op == OP_IDIV || n.op == OP_IMOD)
        return subtracts(g, n.a) || subtracts(g, n.b);
    return !extent_promised(g, node);
}

static bool any_subtracts(Graph *g, const U32Vec *terms)
{
    for (uint32_t i = 0; i < terms->count; i++)
        if (subtracts(g, terms->at[i]))
            return true;
    return false;
}

/* The numbers among the terms of a side are one, behind the others: v + 1 + 1 <= q is v + 2 <= q.
 * What both have can be left out, v + 2 > 2 is v > 0, where that is not added to what may be less
 * than 0, and would wrap around without it. */
static void join_numbers(Graph *g, U32Vec *sides, bool shorten)
{
    NodeId numbers[2], common = build_int(g, 0);
    for (int i = 0; i < 2; i++)
        numbers[i] = take_numbers(g, &sides[i]);
    if (shorten && !any_subtracts(g, &sides[0]) && !any_subtracts(g, &sides[1]))
        common = build2(g, OP_MIN, numbers[0], numbers[1]);
    for (int i = 0; i < 2; i++) {
        const NodeId rest = build2(g, OP_SUB, numbers[i], common);
        if (!node_is_int(g, rest, 0))
            *vec_push(graph_ctx(g), &sides[i]) = rest;
    }
}

/* Is one side nothing, and what the other one, not being negative, is never beyond? Compilers warn
 * of that. */
static bool is_idle(Graph *g, const U32Vec *sides, const char *relation)
{
    const int side = *relation == '<' ? relation[1] != '=' : relation[1] == '=';
    if (*relation != '<' && *relation != '>')
        return false;
    for (uint32_t i = 0; i < sides[side].count; i++)
        if (!node_is_int(g, sides[side].at[i], 0))
            return false;
    return true;
}

/* Nothing is subtracted on either side, so that they compare as they are; if one can be negative
 * all the same, both are compared as signed. */
static void put_compared(Job *job, const Plan *plan, NodeId left, NodeId right,
                         const char *relation, bool shorten, Text *out)
{
    Graph *g = job->model->graph;
    U32Vec sides[2] = {{0}, {0}};
    split_terms(g, left, false, &sides[0], &sides[1]);
    split_terms(g, right, false, &sides[1], &sides[0]);
    join_numbers(g, sides, shorten);
    const bool is_signed = any_subtracts(g, &sides[0]) || any_subtracts(g, &sides[1]) ||
                           is_idle(g, sides, relation);
    for (int i = 0; i < 2; i++) {
        text_put(out, is_signed ? "(ptrdiff_t)(" : "");
        put_terms(job, plan, &sides[i], out);
        text_put(out, is_signed ? ")" : "");
        if (i == 0)
            text_printf(out, " %s ", relation);
        vec_free(job->ctx, &sides[i]);
    }
}

/* As they are, for one of them stands behind. */
void put_below(Job *job, const Plan *plan, NodeId left, NodeId right, const char *relation,
               Text *out)
{
    put_compared(job, plan, left, right, relation, false, out);
}

/* ---- operations */

/* One with its operands. */
typedef struct Operation {
    Job *job;
    const Plan *plan;
    Op op;
    NodeId a, b;
    bool is_signed; /* can an operand be negative? */
    Text *out;
} Operation;

static void put(const Operation *o, NodeId operand, Prec around)
{
    put_integer(o->job, o->plan, operand, around, o->out);
}

NodeId integer_extreme(Graph *g, Op op, NodeId a, NodeId b)
{
    const bool first = node_is_int(g, a, 0);
    if ((op != OP_MIN && op != OP_MAX) || (!first && !node_is_int(g, b, 0)) ||
        subtracts(g, first ? b : a))
        return 0;
    return first == (op == OP_MIN) ? a : b;
}

/* The lesser or greater of two. */
static Prec put_extreme(const Operation *o)
{
    put_below(o->job, o->plan, o->a, o->b, o->op == OP_MAX ? ">" : "<", o->out);
    text_put(o->out, " ? ");
    put(o, o->a, PREC_OR);
    text_put(o->out, " : ");
    put(o, o->b, PREC_COND);
    return PREC_COND;
}

/* Division rounding down: C's, where nothing is negative. */
static Prec put_division(const Operation *o)
{
    if (!o->is_signed) {
        put(o, o->a, PREC_MUL);
        text_put(o->out, o->op == OP_IDIV ? "/" : "%");
        put(o, o->b, PREC_UNARY);
        return PREC_MUL;
    }
    job_calls(o->job, o->op);
    text_printf(o->out, "(size_t)%s_%s((ptrdiff_t)", o->job->prefix,
                o->op == OP_IDIV ? "floor_div" : "floor_mod");
    put(o, o->a, PREC_UNARY);
    text_put(o->out, ", (ptrdiff_t)");
    put(o, o->b, PREC_UNARY);
    text_char(o->out, ')');
    return PREC_UNARY;
}

/* From integer to real. */
static Prec put_conversion(const Operation *o)
{
    text_printf(o->out, "(%s)%s", real_name(o->job->real), o->is_signed ? "(ptrdiff_t)" : "");
    if (is_entry(o->job->model->graph, o->a) && !plan_local(o->plan, o->a))
        put_reference(o->job, o->plan, o->a, o->out);
    else
        put(o, o->a, PREC_UNARY);
    return PREC_UNARY;
}

Prec put_integer_operation(Job *job, const Plan *plan, Op op, NodeId a, NodeId b, Text *out)
{
    Graph *g = job->model->graph;
    if (op_info(op)->prec == PREC_REL) {
        put_compared(job, plan, a, b, op_info(op)->spelling, true, out);
        return PREC_REL;
    }
    const Operation o = {job, plan, op, a, b, subtracts(g, a) || (b && subtracts(g, b)), out};
    if (op == OP_REAL)
        return put_conversion(&o);
    return op == OP_IDIV || op == OP_IMOD ? put_division(&o) : put_extreme(&o);
}
