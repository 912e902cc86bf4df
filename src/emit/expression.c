/* Nodes of a plan in, infix C out. What has a local is its name; the rest is written out with
 * no bracket that the grammar of C does not need. Statements are short (PlanLimits), so that
 * recursion over what is written out is, too. */
#include <assert.h>
#include <string.h>

#include "emit/emit.h"

typedef struct Printer {
    Job *job;
    const Plan *plan;
    Text *out;
    bool integers; /* a constant is an integer here: in sizes, bounds, subscripts */
} Printer;

static Prec put_node(Printer *p, NodeId node);

/* Puts a node, in brackets if its text binds looser than `around`. */
static void put(Printer *p, NodeId node, Prec around)
{
    size_t start = p->out->len;
    Prec prec = put_node(p, node);
    if (prec >= around)
        return;
    text_insert(p->out, start, "(");
    text_char(p->out, ')');
}

static NodeId operand(const Printer *p, NodeId node, int i)
{
    return plan_operand(p->job->model->graph, p->plan->alias.at, p->plan->alias.count, node, i);
}

static bool is_inline(const Printer *p, NodeId node, Op op)
{
    return node_op(p->job->model->graph, node) == op && !plan_local(p->plan, node);
}

static bool is_integer(const Printer *p, NodeId node)
{
    return node_at(p->job->model->graph, node)->flags & NODE_INT;
}

/* ---- constants */

static const char *suffix(const Printer *p)
{
    return p->job->real == REAL_FLOAT ? "f" : p->job->real == REAL_LONG_DOUBLE ? "l" : "";
}

static Prec put_special(Printer *p, bool nan, bool minus)
{
    static const char *const huge[] = {
        [REAL_FLOAT] = "HUGE_VALF", [REAL_DOUBLE] = "HUGE_VAL", [REAL_LONG_DOUBLE] = "HUGE_VALL",
        [REAL_COMPLEX] = "HUGE_VAL",
    };
    if (nan) {
        text_printf(p->out, "(%s)NAN", real_name(p->job->real));
        return PREC_UNARY;
    }
    text_printf(p->out, "%s%s", minus ? "-" : "", huge[p->job->real]);
    return minus ? PREC_UNARY : PREC_CALL;
}

/* In what is computed in integers: as it is, whatever the type of the real numbers is. */
static Prec put_whole(Printer *p, NodeId node)
{
    char digits[64] = "";
    long value;
    if (constant_integer(p->job->model->graph, node, &value) && value >= 0) {
        text_number(p->out, (unsigned long)value);
        return PREC_CALL;
    }
    const Number *number = constant_number(p->job->model->graph, node);
    assert(number->rational && mpz_sizeinbase(mpq_numref(number->ratio), 10) < sizeof digits - 2);
    mpz_get_str(digits, 10, mpq_numref(number->ratio));
    text_printf(p->out, "%s%s", *digits == '-' ? "(size_t)" : "", digits);
    return *digits == '-' ? PREC_UNARY : PREC_CALL;
}

/* Small integers are written as such where C converts them; `real` asks for a real literal. */
static Prec put_constant(Printer *p, NodeId node, bool real)
{
    if (p->integers)
        return put_whole(p, node);
    Text *out = p->out;
    const size_t start = out->len;
    text_put(out, names_of_number(p->job->names, node, p->job->real));
    const bool minus = out->at[start] == '-';
    const char *digits = out->at + start + minus;
    if (*digits == 'n' || *digits == 'i') {
        const bool nan = *digits == 'n';
        out->len = start;
        return put_special(p, nan, minus);
    }
    const size_t length = strlen(digits);
    bool integer = strspn(digits, "0123456789") == length;
    if (integer && (real || length > 8 || (minus && *digits == '0'))) {
        text_put(out, ".0");
        integer = false;
    }
    if (!integer)
        text_put(out, p->job->real == REAL_FLOAT ? "f"
                      : p->job->real == REAL_LONG_DOUBLE ? "L" : "");
    return minus ? PREC_UNARY : PREC_CALL;
}

/* ---- references */

void put_offset(Job *job, const Plan *plan, TupleId subscripts, TupleId shape, Text *out)
{
    Graph *g = job->model->graph;
    NodeId offset = subscripts ? tuple_item(g, subscripts, 0) : build_int(g, 0);
    for (uint32_t i = 1; i < tuple_size(g, subscripts); i++) {
        offset = build2(g, OP_MUL, offset, tuple_item(g, shape, i));
        offset = build2(g, OP_ADD, offset, tuple_item(g, subscripts, i));
    }
    put_integer(job, plan, offset, PREC_COND, out);
}

static TupleId joined(Graph *g, TupleId a, TupleId b)
{
    NodeId items[128];
    uint32_t count = 0;
    if (!a)
        return b;
    for (uint32_t i = 0; i < tuple_size(g, a) && count < 128; i++)
        items[count++] = tuple_item(g, a, i);
    for (uint32_t i = 0; i < tuple_size(g, b) && count < 128; i++)
        items[count++] = tuple_item(g, b, i);
    return tuple_of(g, items, count);
}

/* Where the last elements are kept in turns, a whole round more is the same one: t + 1 by 2 is
 * t - 1, and is there where sizes, which have no sign, might be less than 1. */
static NodeId in_turns(Graph *g, NodeId at, NodeId count)
{
    long turns, behind;
    const Node n = *node_at(g, at);
    if (n.op == OP_SUB && node_integer(g, n.b, &behind) && node_integer(g, count, &turns) &&
        !extent_nonnegative(g, at, NULL, 0) && !extent_promised(g, at))
        at = build2(g, OP_ADD, n.a, build_int(g, (turns - behind%turns)%turns));
    return build2(g, OP_IMOD, at, count);
}

void put_element(Job *job, const Plan *plan, uint32_t array, TupleId subscripts, Text *out)
{
    const PlanArray *a = &plan->arrays.at[array];
    Graph *g = job->model->graph;
    NodeId kept[64];
    uint32_t count = 0;
    for (uint32_t i = 0; i < tuple_size(g, subscripts) && i < 64; i++)
        if (a->rolling == i + 1)
            kept[count++] = in_turns(g, tuple_item(g, subscripts, i), tuple_item(g, a->extents, i));
        else if (!(a->dropped >> i & 1))
            kept[count++] = tuple_item(g, subscripts, i);
    subscripts = tuple_of(g, kept, count);
    text_put(out,
             a->own ? names_of_local(job->names, plan, a->local) : names_of(job->names, a->sym));
    if (a->scalar)
        return;
    text_char(out, '[');
    put_offset(job, plan, joined(job->model->graph, a->outer, subscripts), a->extents, out);
    text_char(out, ']');
}

void put_block(Job *job, const Plan *plan, NodeId node, Text *out)
{
    Graph *g = job->model->graph;
    if (node_op(g, node) == OP_REF) {
        text_put(out, names_of(job->names, node_at(g, node)->a));
        return;
    }
    const PlanArray *a = &plan->arrays.at[plan->array_of.at[plan_kept_as(g, node)]];
    text_put(out,
             a->own ? names_of_local(job->names, plan, a->local) : names_of(job->names, a->sym));
    if (!a->outer)
        return;
    NodeId at[64];
    uint32_t rank = tuple_size(g, a->extents), outer = tuple_size(g, a->outer);
    for (uint32_t i = 0; i < rank && i < 64; i++)
        at[i] = i < outer ? tuple_item(g, a->outer, i) : build_int(g, 0);
    text_put(out, " + ");
    put_offset(job, plan, tuple_of(g, at, rank), a->extents, out);
}

static NodeId factor_of(const Graph *g, NodeId node)
{
    return node_op(g, node) == OP_FACTOR ? node : node_at(g, node)->a;
}

void put_linear(Job *job, const Plan *plan, NodeId node, Text *out)
{
    Graph *g = job->model->graph;
    Op op = node_op(g, node);
    TupleId shape = op == OP_DET ? 0 : node_shape(g, node);
    text_printf(out, "%s_%s(", job->prefix, op_info(op)->spelling);
    put_integer(job, plan, tuple_item(g, node_shape(g, factor_of(g, node)), 1), PREC_COND, out);
    if (node_arity(g, node) > 1) {
        text_put(out, ", ");
        put_integer(job, plan,
                    tuple_size(g, shape) > 1 ? tuple_item(g, shape, 1) : build_int(g, 1),
                    PREC_COND, out);
    }
    for (int i = 0; i < node_arity(g, node); i++) {
        text_put(out, ", ");
        put_block(job, plan, node_operand(g, node, i), out);
    }
    if (op != OP_DET) {
        text_put(out, ", ");
        put_block(job, plan, node, out);
    }
    text_char(out, ')');
    job_calls(job, op);
}

void put_local_text(Job *job, const Plan *plan, uint32_t local, Text *out)
{
    const PlanLocal l = plan->locals.at[local];
    if (l.array)
        put_element(job, plan, l.array, l.at, out);
    else
        text_put(out, names_of_local(job->names, plan, local));
}

static Prec put_read(Printer *p, NodeId node)
{
    Node n = *node_at(p->job->model->graph, node);
    put_element(p->job, p->plan, p->plan->array_of.at[n.a], n.b, p->out);
    return PREC_CALL;
}

/* An element of a recurrence: the plan's array of that symbol. */
static Prec put_own(Printer *p, NodeId node)
{
    Node n = *node_at(p->job->model->graph, node);
    put_element(p->job, p->plan, p->plan->array_of_sym.at[n.a], n.b, p->out);
    return PREC_CALL;
}

bool is_entry(Graph *g, NodeId node)
{
    return node_op(g, node) == OP_REF && sym_at(g, node_at(g, node)->a)->kind == SYM_INDEX;
}

void put_reference(Job *job, const Plan *plan, NodeId ref, Text *out)
{
    Graph *g = job->model->graph;
    Node n = *node_at(g, ref);
    text_put(out, names_of(job->names, n.a));
    if (n.b) {
        text_char(out, '[');
        put_offset(job, plan, n.b, sym_at(g, n.a)->shape, out);
        text_char(out, ']');
    }
}

static Prec put_ref(Printer *p, NodeId node)
{
    const bool entry = is_entry(p->job->model->graph, node); /* an int: subscripts are size_t */
    text_put(p->out, entry ? "(size_t)" : "");
    put_reference(p->job, p->plan, node, p->out);
    return entry ? PREC_UNARY : PREC_CALL;
}

/* ---- operators */

/* x*x*x for x^3; |n| up to 4. */
static void put_product(Printer *p, NodeId base, long n)
{
    for (long i = 0; i < n; i++) {
        if (i)
            text_char(p->out, '*');
        put(p, base, PREC_CALL);
    }
}

static long power_of(const Printer *p, NodeId node)
{
    long n = 0;
    node_integer(p->job->model->graph, node_at(p->job->model->graph, node)->b, &n);
    return n;
}

static bool is_short(long n) { return n >= -4 && n <= 4; }

/* The divisor of 1/x^n. */
static void put_divisor(Printer *p, NodeId base, long n)
{
    text_put(p->out, n > 1 ? "(" : "");
    put_product(p, base, n);
    text_put(p->out, n > 1 ? ")" : "");
}

static void put_text(Printer *p, NodeId node, Op op);

static Prec put_power(Printer *p, NodeId node)
{
    long n = power_of(p, node);
    NodeId base = operand(p, node, 0);
    if (!is_short(n)) {
        put_text(p, node, OP_POW);
        return PREC_CALL;
    }
    if (n > 0) {
        put_product(p, base, n);
    } else {
        text_put(p->out, "1/");
        put_divisor(p, base, -n);
    }
    return PREC_MUL;
}

/* A product whose second factor is a small power is written out in one row. */
static bool put_times_power(Printer *p, NodeId a, NodeId b)
{
    if (!is_inline(p, b, OP_IPOW) || !is_short(power_of(p, b)))
        return false;
    long n = power_of(p, b);
    put(p, a, PREC_MUL);
    text_char(p->out, n > 0 ? '*' : '/');
    if (n > 0)
        put_product(p, operand(p, b, 0), n);
    else
        put_divisor(p, operand(p, b, 0), -n);
    return true;
}

/* Minus stands before a whole product. */
static Prec put_negative(Printer *p, NodeId node)
{
    NodeId inner = operand(p, node, 0);
    text_char(p->out, '-');
    size_t start = p->out->len;
    put(p, inner, PREC_MUL);
    if (p->out->at[start] == '-') { /* never -- */
        text_insert(p->out, start, "(");
        text_char(p->out, ')');
        return PREC_UNARY;
    }
    return is_inline(p, inner, OP_MUL) || is_inline(p, inner, OP_DIV) ||
                   is_inline(p, inner, OP_IPOW)
               ? PREC_MUL
               : PREC_UNARY;
}

/* An arm of a condition; where both are constants they are written as real numbers. */
static void put_arm(Printer *p, NodeId arm, bool real, Prec around)
{
    if (real && node_op(p->job->model->graph, arm) == OP_CONST) {
        put_constant(p, arm, true);
        return;
    }
    put(p, arm, around);
}

static bool is_number_like(const Printer *p, NodeId node)
{
    return is_inline(p, node, OP_CONST) || is_inline(p, node, OP_SELECT);
}

static Prec put_select(Printer *p, NodeId node)
{
    NodeId yes = operand(p, node, 1), no = operand(p, node, 2);
    bool real = !p->integers && is_number_like(p, yes) && is_number_like(p, no);
    put(p, operand(p, node, 0), PREC_OR);
    text_put(p->out, " ? ");
    put_arm(p, yes, real, PREC_OR);
    text_put(p->out, " : ");
    put_arm(p, no, real, PREC_COND);
    return PREC_COND;
}

/* What differentiation made has no order of its own: its sums and products need no brackets. */
static bool is_flat(const Printer *p, NodeId node, Op op, int i)
{
    return i == 1 && (op == OP_ADD || op == OP_MUL) &&
           node_is_derived(p->job->model->graph, node) && is_inline(p, operand(p, node, 1), op);
}

/* How tightly an operand must bind in the text of its operator. */
static Prec around_operand(const Printer *p, NodeId node, Op op, int i)
{
    const OpInfo *info = op_info(op);
    if (is_flat(p, node, op, i))
        return info->prec;
    switch (info->prec) {
    case PREC_CALL: return PREC_COND;
    case PREC_REL: return PREC_ADD;
    case PREC_OR: return PREC_REL; /* compilers want a && b in brackets there */
    case PREC_AND: return PREC_AND;
    case PREC_ADD: return i == 0 ? PREC_ADD : PREC_MUL;
    case PREC_MUL: return i == 0 ? PREC_MUL : PREC_UNARY;
    case PREC_COND: return PREC_MUL; /* texts of conditions use their operands in comparisons */
    case PREC_LEAF: case PREC_UNARY: return PREC_UNARY;
    }
    return PREC_CALL;
}

/* Compilers warn of a division by 0, not by 0.0. */
static bool divides_by_zero(const Printer *p, Op op, int i, NodeId by)
{
    return op == OP_DIV && i == 1 && node_is_int(p->job->model->graph, by, 0);
}

/* Is a number all that is written of the node? */
static bool is_number(const Printer *p, NodeId node)
{
    return !plan_local(p->plan, node) && is_inline(p, plan_unnamed(p->plan, node), OP_CONST);
}

/* Two numbers stand side by side, as without brackets or where one is all that a value is, and C
 * would compute in `int` with them. */
static bool meets_number(const Printer *p, NodeId node, Op op, int i)
{
    if (i != 0)
        return false;
    const NodeId other = operand(p, node, 1);
    return op == OP_DIV ? is_number(p, other)
                        : is_flat(p, node, op, 1) && plan_begins_with_number(p->plan, other);
}

static void put_operand(Printer *p, NodeId node, Op op, int i)
{
    const NodeId at = operand(p, node, i);
    const NodeId number = is_number(p, at) && !p->integers ? plan_unnamed(p->plan, at) : 0;
    if (number && (divides_by_zero(p, op, i, number) || meets_number(p, node, op, i)))
        put_constant(p, number, true);
    else
        put(p, at, around_operand(p, node, op, i));
}

static void put_text(Printer *p, NodeId node, Op op)
{
    for (const char *at = job_text_of(p->job, op); *at; at++) {
        if (*at == '%' && at[1] >= '0' && at[1] <= '2') {
            const int i = *++at - '0';
            if (plan_is_silent(p->plan, node, i, at[1]))
                at++;
            else
                put_operand(p, node, op, i);
        } else if (*at == '$') {
            text_put(p->out, suffix(p));
        } else if (*at == '@') {
            text_printf(p->out, "%s_", p->job->prefix);
            job_calls(p->job, op);
        } else {
            text_char(p->out, *at);
        }
    }
}

static Prec put_operator(Printer *p, NodeId node, Op op)
{
    const OpInfo *info = op_info(op);
    const NodeId a = operand(p, node, 0), b = operand(p, node, 1);
    bool integers = info->arity == 2 && (p->integers || is_integer(p, a) || is_integer(p, b));
    if (integers && integer_extreme(p->job->model->graph, op, a, b))
        return put_node(p, integer_extreme(p->job->model->graph, op, a, b));
    if (op == OP_IDIV || op == OP_IMOD ||
        (integers && (op == OP_MIN || op == OP_MAX || info->prec == PREC_REL)))
        return put_integer_operation(p->job, p->plan, op, a, b, p->out);
    if (op == OP_MUL && !integers && put_times_power(p, a, b))
        return PREC_MUL;
    if (info->flags & OPF_HELPER)
        job_calls(p->job, op);
    put_text(p, node, op);
    return info->prec;
}

static Prec put_op(Printer *p, NodeId node, Op op)
{
    Graph *g = p->job->model->graph;
    switch (op) {
    case OP_CONST: return put_constant(p, node, false);
    case OP_REF: return put_ref(p, node);
    case OP_READ: return put_read(p, node);
    case OP_OWN: return put_own(p, node);
    case OP_REAL:
        return put_integer_operation(p->job, p->plan, op, operand(p, node, 0), 0, p->out);
    case OP_INDEX:
        text_put(p->out, names_of_index(p->job->names, node_at(g, node)->a));
        return PREC_CALL;
    case OP_NAME: case OP_TEMP: return put_node(p, operand(p, node, 0));
    case OP_IPOW: return put_power(p, node);
    case OP_NEG: return put_negative(p, node);
    case OP_SELECT: return put_select(p, node);
    case OP_DET:
        put_linear(p->job, p->plan, node, p->out);
        return PREC_CALL;
    default: return put_operator(p, node, op);
    }
}

/* What has a local. */
static Prec put_known(Printer *p, NodeId node, uint32_t local)
{
    put_local_text(p->job, p->plan, local, p->out);
    if (!plan_is_kept_truth(p->plan, node))
        return PREC_CALL;
    text_put(p->out, " != 0");
    return PREC_REL;
}

static Prec put_node(Printer *p, NodeId node)
{
    Graph *g = p->job->model->graph;
    uint32_t local = plan_local(p->plan, node);
    if (local)
        return put_known(p, node, local);
    Op op = node_op(g, node);
    const bool integers = p->integers;
    if (op == OP_REAL || (op != OP_CONST && op != OP_NAME && op != OP_TEMP && is_integer(p, node)))
        p->integers = true; /* and so is all that it is made of */
    const Prec prec = put_op(p, node, op);
    p->integers = integers;
    return prec;
}

void put_expression(Job *job, const Plan *plan, NodeId node, Prec around, Text *out)
{
    Printer p = {job, plan, out, false};
    put(&p, node, around);
}

void put_integer(Job *job, const Plan *plan, NodeId node, Prec around, Text *out)
{
    Printer p = {job, plan, out, true};
    put(&p, node, around);
}
