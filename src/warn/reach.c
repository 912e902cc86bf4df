/* The outputs in; out: which nodes they need, through which of these their derivatives go, and
 * under which conditions each is needed. One sweep down, users before operands.
 *
 * The idea of branches: a node is computed where one of its users is, so what holds wherever it is
 * needed is what the innermost branch around all users says. Users give their branch to a node,
 * which keeps what they have in common. */
#include <string.h>

#include "warn/warn.h"

/* So far is looked for what two branches have in common. */
enum { BRANCH_STEPS = 64 };

static const uint32_t nowhere = UINT32_MAX; /* the branch of a node without a user so far */

static uint32_t branch_new(Reach *r, NodeId condition, bool holds, uint32_t outer)
{
    Branch b = {.condition = condition, .holds = holds, .outer = outer};
    b.depth = outer ? r->branches.at[outer].depth + 1 : 1;
    *vec_push(graph_ctx(r->g), &r->branches) = b;
    return r->branches.count - 1;
}

/* The innermost branch around both; none, if that is far out. */
static uint32_t branch_meet(const Reach *r, uint32_t a, uint32_t b)
{
    if (a == nowhere || b == nowhere)
        return a == nowhere ? b : a;
    for (int steps = 0; a != b; steps++) {
        const bool deeper = r->branches.at[a].depth >= r->branches.at[b].depth;
        if (!a || !b || steps == BRANCH_STEPS)
            return 0;
        if (deeper)
            a = r->branches.at[a].outer;
        else
            b = r->branches.at[b].outer;
    }
    return a;
}

/* The branch without those whose conditions speak of an index that is bound anew: within a loop
 * that is another number. */
static uint32_t branch_outside(const Reach *r, uint32_t branch, SetId bound)
{
    uint32_t outside = branch;
    int steps = 0;
    for (uint32_t b = branch; b && bound; b = r->branches.at[b].outer) {
        const SetId free = node_at(r->g, r->branches.at[b].condition)->free;
        for (uint32_t i = 0; i < set_size(r->g, bound); i++)
            if (set_has(r->g, free, set_member(r->g, bound, i)))
                outside = r->branches.at[b].outer;
        if (++steps == BRANCH_STEPS)
            return 0;
    }
    return outside;
}

/* What a user hands to its operands. */
typedef struct Use {
    NodeId user;
    uint32_t branch;
    bool flow; /* does its derivative go to the operand? */
} Use;

static void use(Reach *r, NodeId id, Use u)
{
    const uint8_t user = r->marks[u.user];
    const uint32_t before = r->branch[id];
    r->branch[id] = branch_meet(r, before, u.branch);
    if (before != nowhere && r->branch[id] != before && r->branch[id] != u.branch)
        r->marks[id] |= REACH_MERGED;
    r->marks[id] |= user & REACH_MERGED;
    r->marks[id] |= REACH_LIVE;
    if (u.flow && user & REACH_FLOW) {
        r->marks[id] |= REACH_FLOW;
        return;
    }
    if (node_op(r->g, u.user) == OP_STOP || user & REACH_STOPPED)
        r->marks[id] |= REACH_STOPPED;
    if (!r->through[id])
        r->through[id] = user & REACH_FLOW ? u.user : r->through[u.user];
}

static void use_tuple(Reach *r, TupleId tuple, Use u)
{
    for (uint32_t i = 0; i < tuple_size(r->g, tuple); i++)
        use(r, tuple_item(r->g, tuple, i), u);
}

static void use_range(Reach *r, IndexId index, Use u)
{
    use(r, index_at(r->g, index)->lower, u);
    use(r, index_at(r->g, index)->upper, u);
}

static bool is_logic(Op op) { return op == OP_AND || op == OP_OR || op == OP_NOT; }

static void use_operands(Reach *r, NodeId id, uint32_t branch)
{
    const Op op = node_op(r->g, id);
    for (int i = 0; i < node_arity(r->g, id); i++) {
        const char *partial = op_info(op)->partial[i];
        const bool none = partial[0] == '0' && !partial[1];
        uint32_t at = branch;
        if (i == 1 && (op == OP_AND || op == OP_OR)) /* looked at by what the first part is */
            at = branch_new(r, node_operand(r->g, id, 0), op == OP_AND, branch);
        use(r, node_operand(r->g, id, i), (Use){id, at, is_logic(op) || !none});
    }
}

/* The derivative ends where the condition compares. */
static void use_select(Reach *r, NodeId id, uint32_t branch)
{
    const Node n = *node_at(r->g, id);
    r->arms[id] = branch_new(r, n.a, true, branch);
    branch_new(r, n.a, false, branch);
    use(r, n.a, (Use){id, branch, true});
    use(r, n.b, (Use){id, r->arms[id], true});
    use(r, n.c, (Use){id, r->arms[id] + 1, true});
}

static void visit(Reach *r, NodeId id)
{
    Graph *g = r->g;
    const Node n = *node_at(g, id);
    const uint32_t branch = r->branch[id];
    const Use still = {id, branch, false}, flows = {id, branch, true};
    uint32_t inside = branch;
    switch (n.op) {
    case OP_SELECT: use_select(r, id, branch); return;
    case OP_LINK: /* what the partial is made of is no part of the value */
        use(r, n.a, flows);
        use(r, n.b, flows);
        return;
    case OP_ARRAY: use_tuple(r, n.a, flows); return;
    case OP_SYSTEM: use_tuple(r, n.a, flows); return;
    case OP_RULE: return;
    case OP_INDEX: use_range(r, n.a, still); return;
    case OP_PART:
        inside = branch_outside(r, branch, n.c);
        for (uint32_t i = 0; i < set_size(g, n.c); i++)
            use_range(r, set_member(g, n.c, i), still);
        use_tuple(r, n.b, (Use){id, inside, false});
        break;
    case OP_SUM: case OP_PROD: case OP_RMAX: case OP_RMIN: case OP_RHYPOT:
        inside = branch_outside(r, branch, set_with(g, 0, n.b));
        use_range(r, n.b, still);
        break;
    case OP_MEMBER: case OP_CONST: break;
    default: use_tuple(r, node_tuple(g, id), still); break;
    }
    use_operands(r, id, inside);
}

void reach_begin(Reach *r, Graph *g, const NodeId *outputs, uint32_t count)
{
    Ctx *ctx = graph_ctx(g);
    *r = (Reach){.g = g, .count = graph_count(g)};
    r->marks = array_new(ctx, r->count, sizeof *r->marks);
    r->branch = array_new(ctx, r->count, sizeof *r->branch);
    r->arms = array_new(ctx, r->count, sizeof *r->arms);
    r->through = array_new(ctx, r->count, sizeof *r->through);
    memset(r->branch, 0xff, r->count * sizeof *r->branch);
    *vec_push(ctx, &r->branches) = (Branch){0};
    for (uint32_t i = 0; i < count; i++) {
        r->marks[outputs[i]] |= REACH_LIVE | REACH_FLOW;
        r->branch[outputs[i]] = 0;
    }
    for (NodeId id = r->count - 1; id > 0; id--)
        if (r->marks[id] & REACH_LIVE)
            visit(r, id);
}

void reach_end(Reach *r)
{
    Ctx *ctx = graph_ctx(r->g);
    ctx_resize(ctx, r->marks, 0);
    ctx_resize(ctx, r->branch, 0);
    ctx_resize(ctx, r->arms, 0);
    ctx_resize(ctx, r->through, 0);
    vec_free(ctx, &r->branches);
}
