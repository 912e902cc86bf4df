/* Conditions in, what they say of values out: bounds of single values, and which of two is the
 * less. Of a value that is bounded its operands are bounded, too, where an operator can be turned
 * round. */
#include <math.h>

#include "warn/warn.h"

/* How far what conditions bound is looked into: it is short, as people write it. */
enum { BOUND_DEPTH = 16 };

static const double infinite = (double)INFINITY;

NodeId fact_bare(const Graph *g, NodeId node)
{
    for (;;) {
        const Node *n = node_at(g, node);
        if (n->op != OP_NAME && n->op != OP_TEMP && n->op != OP_LINK && n->op != OP_STOP &&
            n->op != OP_HOLD)
            return node;
        node = n->a;
    }
}

/* ---- conditions */

static void compare(Graph *g, Op op, NodeId a, NodeId b, RelationVec *out)
{
    Ctx *ctx = graph_ctx(g);
    switch (op) {
    case OP_LT: case OP_LE:
        *vec_push(ctx, out) = (Relation){.less = a, .more = b, .strict = op == OP_LT};
        break;
    case OP_GT: case OP_GE:
        *vec_push(ctx, out) = (Relation){.less = b, .more = a, .strict = op == OP_GT};
        break;
    case OP_EQ:
        *vec_push(ctx, out) = (Relation){.less = a, .more = b};
        *vec_push(ctx, out) = (Relation){.less = b, .more = a};
        break;
    case OP_NE: *vec_push(ctx, out) = (Relation){.less = a, .more = b, .unequal = true}; break;
    default: break;
    }
}

void fact_relations(Graph *g, NodeId condition, bool holds, uint32_t most, RelationVec *out)
{
    Ctx *ctx = graph_ctx(g);
    VEC(struct { NodeId node; bool holds; }) left = {0};
    vec_push(ctx, &left)->node = condition;
    left.at[0].holds = holds;
    for (uint32_t parts = 0; left.count > 0 && parts < most; parts++) {
        const bool here = left.at[--left.count].holds;
        const Node n = *node_at(g, left.at[left.count].node);
        const bool number = n.op == OP_SELECT && node_is_int(g, n.b, 1) && node_is_int(g, n.c, 0);
        const bool both = n.op == (here ? OP_AND : OP_OR);
        if (n.op != OP_NOT && !number && !both) {
            const bool tested = n.op == OP_NONZERO;
            const Op op = tested ? OP_NE : (Op)n.op;
            compare(g, here ? op : op_opposite(op), n.a, tested ? build_int(g, 0) : n.b, out);
            continue;
        }
        for (int i = 0; i < (both ? 2 : 1); i++) {
            vec_push(ctx, &left)->node = i ? n.b : n.a;
            left.at[left.count - 1].holds = here != (n.op == OP_NOT);
        }
    }
    vec_free(ctx, &left);
}

/* ---- bounds */

static bool is_number(const Graph *g, NodeId id, double *value)
{
    const Number *n = node_number(g, id);
    mpfr_t real;
    if (!n)
        return false;
    mpfr_init2(real, 53);
    number_get(n, real);
    *value = mpfr_get_d(real, MPFR_RNDN);
    mpfr_clear(real);
    return !isnan(*value);
}

/* ---- differences */

/* A value as another one and a number. */
typedef struct Shifted {
    NodeId node; /* 0: the number alone */
    double by;
} Shifted;

static Shifted shifted(const Graph *g, NodeId id)
{
    Shifted s = {fact_bare(g, id), 0};
    for (int depth = 0; depth < BOUND_DEPTH; depth++) {
        const Node n = *node_at(g, s.node);
        double number;
        if (is_number(g, s.node, &number))
            return (Shifted){0, s.by + number};
        if ((n.op == OP_ADD || n.op == OP_SUB) && is_number(g, n.b, &number)) {
            s.by += n.op == OP_ADD ? number : -number;
            s.node = fact_bare(g, n.a);
        } else if (n.op == OP_ADD && is_number(g, n.a, &number)) {
            s.by += number;
            s.node = fact_bare(g, n.b);
        } else {
            break;
        }
    }
    return s;
}

bool fact_split(const Graph *g, NodeId a, NodeId b, Difference *d)
{
    const Shifted x = shifted(g, a), y = shifted(g, b);
    const Node n = *node_at(g, x.node ? x.node : y.node);
    *d = (Difference){x.node, y.node, x.by - y.by};
    if (x.node && y.node)
        return true;
    if (n.op != OP_SUB)
        return false;
    const Shifted p = shifted(g, n.a), q = shifted(g, n.b);
    d->plus = x.node ? p.node : q.node;
    d->minus = x.node ? q.node : p.node;
    d->by += x.node ? p.by - q.by : q.by - p.by;
    return d->plus && d->minus;
}

bool fact_difference(const Relation *s, const Difference *known, const Difference *asked,
                     Range *range)
{
    const double by = asked->by, gap = known->by;
    const bool same = asked->plus == known->plus && asked->minus == known->minus;
    if (same) /* plus - minus + gap > 0 */
        *range = range_between(by - gap, infinite, s->strict, true);
    else if (asked->plus == known->minus && asked->minus == known->plus)
        *range = range_between(-infinite, by + gap, true, s->strict);
    else
        return false;
    if (s->unequal) {
        const bool zero = same ? by == gap : by == -gap;
        *range = range_all();
        range->flags |= zero ? RANGE_NOT_ZERO : 0u;
    }
    return true;
}

/* Of u, what a bound of |u|^n says. */
static Range root_of(Range range, double n)
{
    double most = n == 1 ? range.high : nextafter(pow(range.high, 1 / n), infinite);
    if (n == 2 && sqrt(range.high) * sqrt(range.high) == range.high)
        most = sqrt(range.high);
    Range r = range_all();
    if (range.high < infinite && range.high >= 0) {
        const bool open = range.flags & RANGE_HIGH_OPEN;
        r = range_between(-most, most, open, open);
    }
    if (!range_has(&range, 0))
        r.flags |= RANGE_NOT_ZERO;
    return r;
}

/* Turns one operator round: the operand that varies, and its range; 0 if that cannot be done. */
static NodeId turn_round(Graph *g, NodeId node, Range *range)
{
    const Node n = *node_at(g, node);
    double a = 0, b = 0;
    const bool second = is_number(g, n.op == OP_NEG || n.op == OP_ABS ? 0 : n.b, &b);
    const bool first = !second && op_info((Op)n.op)->arity == 2 && is_number(g, n.a, &a);
    Range number = range_point(second ? b : a), minus = range_neg(&number);
    switch (n.op) {
    case OP_REAL: return n.a;
    case OP_NEG: *range = range_neg(range); return n.a;
    case OP_ABS: *range = root_of(*range, 1); return n.a;
    case OP_IPOW:
        if (!second || b <= 0 || fmod(b, 2) != 0)
            return 0;
        *range = root_of(*range, b);
        return n.a;
    case OP_ADD:
        *range = range_add(range, &minus);
        return second ? n.a : first ? n.b : 0;
    case OP_SUB:
        if (first)
            *range = range_neg(range);
        *range = range_add(range, &number);
        return second ? n.a : first ? n.b : 0;
    case OP_MUL:
        if (fact_bare(g, n.a) == fact_bare(g, n.b)) {
            *range = root_of(*range, 2);
            return n.a;
        }
        if ((!second && !first) || number.low == 0)
            return 0;
        *range = range_div(range, &number);
        return second ? n.a : n.b;
    case OP_DIV:
        *range = range_mul(range, &number);
        return second && b != 0 ? n.a : 0;
    default: return 0;
    }
}

bool fact_bound(Graph *g, NodeId node, Range range, bool number, FactVec *out)
{
    NodeId last = 0;
    for (int depth = 0; node && depth < BOUND_DEPTH; depth++) {
        node = fact_bare(g, node);
        *vec_push(graph_ctx(g), out) = (Fact){node, range, number};
        last = node;
        if (op_info(node_op(g, node))->arity == 0)
            break;
        node = turn_round(g, node, &range);
    }
    return last && node_op(g, last) == OP_REF;
}
