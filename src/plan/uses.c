/* Which nodes get a statement of their own: names, what is used more than once, and what would
 * make an expression too long. Counts mentions in the text from the results down; a node with
 * a statement mentions its operands once however often it is used itself. */
#include <string.h>

#include "front/front.h"
#include "plan/plan.h"

typedef struct Uses {
    Graph *g;
    const Fn *fn;
    uint32_t count;       /* of nodes */
    const NodeId *need;
    const uint8_t *circular;
    const NodeId *alias;
    uint8_t *stated;
    uint32_t *mentions;   /* a node each: in the text, if its users are as `stated` says */
    uint8_t *hoisted;     /* a node each: does it vary less than a user? */
    uint8_t *whole;       /* a node each: is it computed in integers, for a subscript or a bound? */
    U32Vec stack;         /* what is to be marked as `whole` */
    bool loops;           /* are there any? */
    bool again;           /* must there be another pass? */
    uint8_t texts[OP_COUNT][3]; /* how often operators' texts mention their operands */
} Uses;

static uint8_t mentions_in_text(Op op, int i)
{
    uint8_t count = 0;
    for (const char *at = op_info(op)->c; *at; at++)
        count = (uint8_t)(count + (at[0] == '%' && at[1] == '0' + i));
    return count ? count : 1;
}

static void read_texts(Uses *u)
{
    for (int op = 1; op < OP_COUNT; op++)
        for (int i = 0; i < 3; i++)
            u->texts[op][i] = mentions_in_text((Op)op, i);
}

/* Small powers are products, other operators' texts say. */
uint32_t plan_mentions(const Graph *g, NodeId id, int i)
{
    const Node *n = node_at(g, id);
    long power = 0;
    if (n->op != OP_IPOW)
        return mentions_in_text((Op)n->op, i);
    node_integer(g, n->b, &power);
    power = power < 0 ? -power : power;
    return i == 0 && power <= 4 ? (uint32_t)power : 1;
}

static uint32_t mentions(const Uses *u, NodeId id, int i)
{
    const Op op = node_op(u->g, id);
    return op == OP_IPOW ? plan_mentions(u->g, id, i) : u->texts[op][i];
}

/* Leaves are short enough to be written again. */
static bool is_atomic(const Graph *g, NodeId id)
{
    Op op = node_op(g, id);
    return op == OP_CONST || op == OP_REF || op == OP_INDEX || op == OP_READ || op == OP_OWN;
}

/* ---- what is computed in integers */

/* A subscript or a bound, and all that it is made of: also a choice between two numbers, which is
 * a real number elsewhere. */
static void mark_whole(Uses *u, NodeId root)
{
    U32Vec *stack = &u->stack;
    *vec_push(graph_ctx(u->g), stack) = root;
    while (stack->count) {
        const NodeId id = stack->at[--stack->count];
        if (id >= u->count || u->whole[id])
            continue;
        u->whole[id] = 1;
        for (int i = 0; i < node_arity(u->g, id); i++)
            *vec_push(graph_ctx(u->g), stack) = plan_operand(u->g, u->alias, u->count, id, i);
    }
}

static TupleId subscripts_of(const Graph *g, NodeId id)
{
    const Op op = node_op(g, id);
    return op == OP_REF || op == OP_READ || op == OP_OWN || op == OP_PART ? node_tuple(g, id) : 0;
}

static void find_whole(Uses *u)
{
    for (NodeId id = 1; id < u->count; id++) {
        const TupleId at = u->need[id] ? subscripts_of(u->g, id) : 0;
        if (node_at(u->g, id)->flags & NODE_INT)
            mark_whole(u, id);
        for (uint32_t i = 0; i < tuple_size(u->g, at); i++)
            mark_whole(u, tuple_item(u->g, at, i));
    }
    for (IndexId i = 1; i < index_count(u->g); i++) {
        mark_whole(u, index_at(u->g, i)->lower);
        mark_whole(u, index_at(u->g, i)->upper);
    }
    vec_free(graph_ctx(u->g), &u->stack);
}

/* Truth values and negatives are written again where they are used: their operands are what
 * is kept. So are integers, which are what subscripts are made of. */
static bool is_inline_always(const Uses *u, NodeId id)
{
    const Node *n = node_at(u->g, id);
    switch (n->op) {
    case OP_CONST: case OP_REF: case OP_INDEX: case OP_READ: case OP_OWN:
    case OP_NEG: case OP_REAL: case OP_PART: case OP_ARRAY: case OP_SYSTEM: case OP_MEMBER:
        return true;
    default:
        return u->whole[id] || op_info((Op)n->op)->flags & (OPF_BOOL | OPF_ARRAY);
    }
}

/* ---- what does not vary in a loop */

/* What is dearer than this is computed before a loop that it does not vary in, if need be into an
 * array; cheaper, only where it varies in no loop at all. */
enum { DEAR = 16 };

uint32_t plan_cost(const Graph *g, NodeId id, const uint8_t *stated, const NodeId *alias,
                   uint32_t count)
{
    uint32_t sum = 0, depth = 0;
    NodeId stack[64];
    stack[depth++] = id;
    while (depth && sum < 1000) {
        NodeId at = stack[--depth];
        const OpInfo *info = op_info(node_op(g, at));
        sum += info->flags & OPF_REDUCE ? 1000 : (uint32_t)info->cost;
        for (int i = 0; i < node_arity(g, at) && node_op(g, at) != OP_READ; i++) {
            NodeId operand = plan_operand(g, alias, count, at, i);
            if (operand < count && stated[operand])
                continue;
            if (depth == 64)
                return 1000;
            stack[depth++] = operand;
        }
    }
    return sum;
}

/* The indices of the loops in which a user's text is computed. */
static SetId domain_of(Graph *g, NodeId user)
{
    const Node n = *node_at(g, user);
    if (n.op == OP_PART)
        return set_union(g, n.free, n.c);
    if (op_info((Op)n.op)->flags & OPF_REDUCE)
        return set_with(g, n.free, n.b);
    return n.free;
}

/* Would the operand be computed again and again in the user's text? */
static bool is_invariant(Uses *u, NodeId user, NodeId operand)
{
    Graph *g = u->g;
    SetId domain = domain_of(g, user), free = node_at(g, operand)->free;
    if (domain == free || is_inline_always(u, operand) || node_op(g, user) == OP_READ ||
        !set_size(g, set_minus(g, domain, free)))
        return false;
    uint32_t cost = plan_cost(g, operand, u->stated, u->alias, u->count);
    return free ? cost >= DEAR : cost > 0;
}

/* What is circular (need.c) is written out again, but not without limit. */
enum { MAX_COPIES = 4 };

static bool wants_statement(const Uses *u, NodeId id)
{
    Op op = node_op(u->g, id);
    if (op == OP_NAME || op_info(op)->flags & OPF_REDUCE || u->hoisted[id])
        return !u->whole[id];
    if (u->circular[id] && u->mentions[id] <= MAX_COPIES)
        return false;
    return u->mentions[id] > 1 && !is_inline_always(u, id);
}

/* The conditions of a guard are texts, too. Guards are new nodes over old conditions. */
static void mention_guard(Uses *u, NodeId guard, int depth)
{
    if (guard < u->count) {
        u->mentions[u->alias[guard]]++;
        return;
    }
    for (int i = 0; i < node_arity(u->g, guard) && depth > 0; i++)
        mention_guard(u, node_operand(u->g, guard, i), depth - 1);
}

static NodeId operand_of(const Uses *u, NodeId id, int i)
{
    return plan_operand(u->g, u->alias, u->count, id, i);
}

static void mention_operands(Uses *u, NodeId id)
{
    const Op op = node_op(u->g, id);
    const int arity = op == OP_READ ? 0 : op_info(op)->arity;
    if (!arity)
        return;
    bool once = u->stated[id] || u->mentions[id] == 0 || op == OP_PART;
    uint32_t times = once ? 1 : u->mentions[id];
    for (int i = 0; i < arity; i++) {
        NodeId operand = operand_of(u, id, i);
        if (u->loops && !u->hoisted[operand])
            u->hoisted[operand] = is_invariant(u, id, operand);
        uint32_t *m = &u->mentions[operand];
        uint32_t more = times * mentions(u, id, i);
        *m = *m > UINT32_MAX / 2 ? *m : *m + more;
    }
}

/* A new statement may change what the pass that found it has gone by: conditions, whose texts are
 * mentioned beside those of statements, and what varies in loops. Else only operands have fewer
 * mentions, which come behind it. */
static void give_statement(Uses *u, NodeId id)
{
    u->stated[id] = 1;
    u->again |= u->loops || !node_number(u->g, u->need[id]);
}

static void pass_down(Uses *u)
{
    u->again = false;
    memset(u->mentions, 0, u->count * sizeof *u->mentions);
    for (uint32_t i = 0; i < u->fn->results.count; i++)
        u->mentions[u->fn->results.at[i].node]++;
    for (NodeId id = 1; id < u->count; id++) /* of the statements found so far */
        if (u->stated[id] && !node_number(u->g, u->need[id]) && !plan_is_total(u->g, id, u->stated))
            mention_guard(u, u->need[id], 64);
    for (NodeId id = u->count - 1; id > 0; id--) {
        if (!u->need[id])
            continue;
        if (!u->stated[id] && wants_statement(u, id))
            give_statement(u, id);
        mention_operands(u, id);
    }
}

/* A stated adjoint is that of something that the reader can see. */
static void state_partners(Uses *u)
{
    for (NodeId id = 1; id < u->count; id++) {
        const Node *n = node_at(u->g, id);
        if (n->op != OP_TEMP || !u->stated[id] || n->b == 0 || n->b >= u->count)
            continue;
        NodeId partner = u->alias[n->b];
        if (u->need[partner] && !u->circular[partner] && !is_inline_always(u, partner) &&
            !u->stated[partner])
            give_statement(u, partner);
    }
}

static uint32_t inline_size(const Uses *u, const uint32_t *size, NodeId id)
{
    return u->stated[id] || is_atomic(u->g, id) ? 0 : size[id];
}

/* Gives statements to the largest operands of what would be too long, operands first. */
static void cut_long(Uses *u, uint32_t limit)
{
    uint32_t *size = array_new(graph_ctx(u->g), u->count, sizeof *size);
    for (NodeId id = 1; id < u->count; id++) {
        if (!u->need[id])
            continue;
        Op op = node_op(u->g, id);
        if (op == OP_PART || op == OP_ARRAY || op == OP_MEMBER || op == OP_SYSTEM ||
            op_info(op)->flags & OPF_ARRAY || is_atomic(u->g, id))
            continue;
        if (op == OP_NAME || op == OP_TEMP) {
            size[id] = inline_size(u, size, operand_of(u, id, 0));
            continue;
        }
        for (;;) {
            uint32_t sum = 1, largest = 0;
            NodeId victim = 0;
            for (int i = 0; i < node_arity(u->g, id); i++) {
                NodeId operand = operand_of(u, id, i);
                uint32_t part = inline_size(u, size, operand) * mentions(u, id, i);
                sum += part;
                /* a condition only where it is long itself */
                if (op_info(node_op(u->g, operand))->flags & OPF_BOOL && part < limit / 2)
                    continue;
                if (part > largest && !u->whole[operand]) {
                    largest = part;
                    victim = operand;
                }
            }
            size[id] = sum;
            if (sum <= limit || !victim)
                break;
            give_statement(u, victim);
        }
    }
    ctx_resize(graph_ctx(u->g), size, 0);
}

bool plan_is_of_entry(const Graph *g, NodeId id)
{
    NodeId stack[64];
    int depth = 0;
    stack[depth++] = id;
    while (depth) {
        NodeId at = stack[--depth];
        if (subscripts_of(g, at) || depth + node_arity(g, at) > 64)
            return true;
        for (int i = 0; i < node_arity(g, at); i++)
            stack[depth++] = node_operand(g, at, i);
    }
    return false;
}

/* Is there an element at `at`, and at what is below it down to `from`? */
static bool are_within(Graph *g, NodeId from, NodeId at, NodeId extent)
{
    return extent_promised(g, from) &&
           extent_promised(g, build2(g, OP_SUB, extent, build2(g, OP_ADD, at, build_int(g, 1))));
}

/* Is a subscript within its axis in all turns of its loops, and for all sizes? */
static bool is_within(Graph *g, NodeId at, NodeId extent, bool kept)
{
    const Index index = node_op(g, at) == OP_INDEX ? *index_at(g, node_at(g, at)->a) : (Index){0};
    if (index.lower && node_is_int(g, index.lower, 0) && index.upper == extent)
        return true;
    if (!plan_is_of_entry(g, at))
        return are_within(g, at, at, extent);
    const NodeId zero = build_int(g, 0);
    return kept && are_within(g, build2(g, OP_SUB, zero, extent_reach(g, build1(g, OP_NEG, at))),
                              extent_reach(g, at), extent);
}

bool plan_may_be_outside(Graph *g, NodeId id, bool kept)
{
    const Node n = *node_at(g, id);
    const TupleId at = n.op == OP_PART ? 0 : subscripts_of(g, id);
    if (!at)
        return false;
    const TupleId shape = n.op == OP_READ ? node_shape(g, n.a) : sym_at(g, n.a)->shape;
    for (uint32_t i = 0; i < tuple_size(g, at); i++)
        if (!is_within(g, tuple_item(g, at, i), tuple_item(g, shape, i), kept))
            return true;
    return false;
}

/* A text of more than this is taken for one that is not. */
enum { MAX_TOTAL = 256 };

bool plan_is_total(Graph *g, NodeId id, const uint8_t *stated)
{
    NodeId stack[64];
    int depth = 0, looked = 0;
    stack[depth++] = id;
    while (depth) {
        NodeId at = stack[--depth];
        if (looked++ == MAX_TOTAL || !(op_info(node_op(g, at))->flags & OPF_CHEAP) ||
            plan_may_be_outside(g, at, false))
            return false;
        for (int i = 0; i < node_arity(g, at); i++) {
            NodeId operand = node_operand(g, at, i);
            if (stated[operand])
                continue;
            if (depth == 64)
                return false;
            stack[depth++] = operand;
        }
    }
    return true;
}

void plan_stated(Graph *g, const Fn *fn, uint32_t count, const NodeId *need,
                 const uint8_t *circular, const NodeId *alias, bool loops,
                 const PlanLimits *limits, uint8_t *stated)
{
    Uses u = {.g = g, .fn = fn, .count = count, .need = need, .circular = circular,
              .alias = alias, .loops = loops, .stated = stated};
    read_texts(&u);
    u.whole = array_new(graph_ctx(g), count, 1);
    find_whole(&u);
    u.mentions = array_new(graph_ctx(g), count, sizeof *u.mentions);
    u.hoisted = array_new(graph_ctx(g), count, 1);
    do
        pass_down(&u);
    while (u.again);
    state_partners(&u);
    cut_long(&u, limits->operations);
    while (u.again)
        pass_down(&u);
    ctx_resize(graph_ctx(g), u.mentions, 0);
    ctx_resize(graph_ctx(g), u.hoisted, 0);
    ctx_resize(graph_ctx(g), u.whole, 0);
}
