/* Reverse mode: outputs and seeds in, adjoints out. Users follow operands, so it is one loop
 * down: v gives each operand u the contribution v_bar * dv/du, summed over the indices that v
 * has and u has not. At the read of an array it becomes an addend of the array's adjoint, at the
 * read's subscripts; the array hands its adjoint to its parts, at theirs.
 *
 * note [guards]: what only one arm of a condition needs must not influence the result when the
 * other is taken, and 0 times infinity is NaN. So each adjoint knows the condition outside of
 * which it is 0: `hard` where a condition of the model decides, `soft` where a kink does (as
 * max(x, 0)), and what is computed from it is computed under that condition: a select, never
 * a product with 0. Behind a soft guard this is needed only where a partial can be infinite,
 * which those of sums are not, nor those of products by what is finite as a rule. Through an array
 * it is what those who read the array say of the elements that they read (arrive.c), and where
 * that would be long a test of the adjoint itself; so it is of elements that may be read by nobody,
 * where what they are made of may be infinite. */
#include "pass/pass.h"

/* ---- what a node hands its adjoint to: operands, parts, and of x[e] the array x */

/* Of these it is something else than their operands. */
static bool is_special(Op op)
{
    switch (op) {
    case OP_ARRAY: case OP_MEMBER: case OP_FACTOR: case OP_REF:
    case OP_SOLVE: case OP_TSOLVE: case OP_INVERSE: case OP_DET: return true;
    default: return false;
    }
}

static uint32_t special_sources(const Reverse *s, NodeId v)
{
    const Node *n = node_at(s->g, v);
    switch (n->op) {
    case OP_ARRAY: return tuple_size(s->g, n->a);
    case OP_MEMBER: return 0; /* by way of its system: note [recurrences] */
    case OP_FACTOR: return 0; /* what is solved with it sees to the matrix */
    case OP_REF: return n->b != 0;
    default: return (uint32_t)node_arity(s->g, v);
    }
}

static NodeId special_source(const Reverse *s, NodeId v, uint32_t i)
{
    const Node *n = node_at(s->g, v);
    switch (n->op) {
    case OP_ARRAY: return tuple_item(s->g, n->a, i);
    case OP_REF: return s->whole[n->a];
    default: break;
    }
    BP_VERIFY(linear_is((Op)n->op));
    return i ? linear_right(s->g, v) : linear_matrix(s->g, v);
}

static inline uint32_t sources(const Reverse *s, NodeId v)
{
    return is_special(node_op(s->g, v)) ? special_sources(s, v) : (uint32_t)node_arity(s->g, v);
}

static inline NodeId source(const Reverse *s, NodeId v, uint32_t i)
{
    return is_special(node_op(s->g, v)) ? special_source(s, v, i)
                                        : node_operand(s->g, v, (int)i);
}

static inline bool takes(const Reverse *s, NodeId v, uint32_t i)
{
    return s->varied[source(s, v, i)] && rule_differentiable(node_op(s->g, v), (int)i);
}

uint32_t reverse_sources(const Reverse *s, NodeId v) { return sources(s, v); }
NodeId reverse_source(const Reverse *s, NodeId v, uint32_t i) { return source(s, v, i); }
bool reverse_takes(const Reverse *s, NodeId v, uint32_t i) { return takes(s, v, i); }

static void find_whole(Reverse *s)
{
    s->whole = array_new(graph_ctx(s->g), sym_count(s->g), sizeof *s->whole);
    for (NodeId id = 1; id < s->end; id++)
        if (node_op(s->g, id) == OP_REF && node_is_array(s->g, id))
            s->whole[node_at(s->g, id)->a] = id;
}

/* The indices that a node has values for: of a part and of a reduction's body also those that
 * are bound there. */
SetId reverse_scope(Graph *g, NodeId id)
{
    const Node n = *node_at(g, id);
    if (n.op == OP_PART)
        return set_union(g, n.free, n.c);
    return op_info((Op)n.op)->flags & OPF_REDUCE ? set_with(g, n.free, n.b) : n.free;
}

static SetId scope_without(Graph *g, NodeId id)
{
    const Node n = *node_at(g, id);
    return n.op == OP_PART ? set_union(g, n.free, n.c) : n.free;
}

/* ---- guards */

NodeId guard_apply(Graph *g, NodeId condition, NodeId p)
{
    if (node_op(g, condition) != OP_NE)
        return build_select(g, condition, p, build_int(g, 0));
    condition = build_not(g, condition); /* as the rows of ops.def have it: f == 0 ? 0 : p */
    return build_select(g, condition, build_int(g, 0), p);
}

/* Is it one of those that the condition is the conjunction of? */
static bool includes(const Graph *g, NodeId condition, NodeId one)
{
    while (condition != one && node_op(g, condition) == OP_AND) {
        if (node_at(g, condition)->b == one)
            return true;
        condition = node_at(g, condition)->a;
    }
    return condition == one;
}

NodeId guard_inside(Graph *g, NodeId condition, NodeId bar)
{
    Node n = *node_at(g, bar);
    if (n.op == OP_TEMP)
        n = *node_at(g, n.a);
    if (n.op == OP_SELECT && node_is_int(g, n.c, 0) && includes(g, condition, n.a))
        return n.b;
    if (n.op == OP_SELECT && node_is_int(g, n.b, 0) && includes(g, condition, build_not(g, n.a)))
        return n.c;
    return bar;
}

void guards_join(Graph *g, NodeId *hard, NodeId *soft, NodeId outer, NodeId inner)
{
    if (*hard != outer) {
        *soft = build_and(g, *hard, *soft);
        inner = build_and(g, outer, inner);
    }
    *hard = build_or(g, *hard, outer);
    *soft = build_or(g, *soft, inner);
}

/* ---- contributions */

static void receive(Reverse *s, NodeId u, Addend a)
{
    if (node_is_int(s->g, a.value, 0)) /* nothing depends on it: not even NaN comes of that */
        return;
    if (s->bar[u]) {
        Addend sum = {.value = s->bar[u], .hard = s->hard[u], .soft = s->soft[u]};
        addend_join(s->g, &sum, &a);
        a = sum;
    }
    s->bar[u] = a.value;
    s->hard[u] = a.hard;
    s->soft[u] = a.soft;
}

static void add_to_array(Reverse *s, NodeId array, Addend a)
{
    if (node_is_int(s->g, a.value, 0))
        return;
    if (!s->list[array]) {
        Addends none = {0};
        *vec_push(graph_ctx(s->g), &s->lists) = none;
        s->list[array] = s->lists.count;
    }
    addends_add(s->g, &s->lists.at[s->list[array] - 1], node_shape(s->g, array), a);
}

/* To a node, unless it has to wait; what is at home in a recurrence has values for what that is
 * free in, whether it says so or not. */
void reverse_deliver(Reverse *s, Gift gift)
{
    Graph *g = s->g;
    Within *w = s->within;
    if (w && !w->in[gift.to]) {
        *vec_push(graph_ctx(g), &w->gifts) = gift;
        return;
    }
    SetId own = w ? node_at(g, w->system)->free : 0;
    SetId over = set_minus(g, gift.scope, set_union(g, scope_without(g, gift.to), own));
    if (node_is_array(g, gift.to)) {
        gift.a.bound = over;
        add_to_array(s, gift.to, gift.a);
        return;
    }
    addend_sum(g, &gift.a, over);
    receive(s, gift.to, gift.a);
}

static void contribute(Reverse *s, NodeId v, NodeId u, NodeId value, NodeId hard, NodeId soft)
{
    reverse_deliver(
        s, (Gift){u, reverse_scope(s->g, v), {.value = value, .hard = hard, .soft = soft}});
}

/* ---- arrays */

/* The read v of an array. */
static void contribute_read(Reverse *s, NodeId v, NodeId array)
{
    Addend a = {.value = s->bar[v], .at = node_tuple(s->g, v), .hard = s->hard[v],
                .soft = s->soft[v]};
    reverse_deliver(s, (Gift){array, node_at(s->g, v)->free, a});
}

static void seed_part(Reverse *s, NodeId array, NodeId part)
{
    const Node p = *node_at(s->g, part);
    add_to_array(s, array, (Addend){.value = p.a, .at = p.b, .bound = p.c,
                                    .hard = build_true(s->g), .soft = build_true(s->g)});
}

/* A seed that is one part, or the sum of some, is what these add; another is added to what reads
 * add. */
static void seed_array(Reverse *s, NodeId array, NodeId seed)
{
    Graph *g = s->g;
    const Node n = *node_at(g, seed);
    const NodeId only = array_only_part(g, seed);
    if (only)
        seed_part(s, array, only);
    else if (n.op == OP_ARRAY && n.c == ARRAY_ADD)
        for (uint32_t i = 0; i < tuple_size(g, n.a); i++)
            seed_part(s, array, tuple_item(g, n.a, i));
    else
        s->bar[array] = seed;
}

/* The adjoint's name: as a value of the model it has one. */
SymId reverse_sym(Reverse *s, NodeId array, SymRole role)
{
    SymId of = array_sym(s->g, array);
    if (!of)
        return sym_new(s->g, 0, SYM_DERIVED, node_shape(s->g, array));
    if (role == ROLE_SUM) /* the seed has the name already */
        of = sym_derived(s->g, of, ROLE_BAR);
    return s->kind == SWEEP_NAMED ? sym_derived(s->g, of, role) : sym_beside(s->g, of, role);
}

void reverse_add_seed(Reverse *s, NodeId array)
{
    Graph *g = s->g;
    Addend a = {.hard = build_true(g), .soft = build_true(g)};
    a.at = index_axes(g, node_shape(g, array), 0, &a.bound);
    a.value = build_read(g, s->bar[array], a.at);
    add_to_array(s, array, a);
}

void reverse_finish_array(Reverse *s, NodeId array)
{
    Graph *g = s->g;
    NodeId seed = s->bar[array];
    if (!s->list[array])
        return;
    if (seed)
        reverse_add_seed(s, array);
    s->bar[array] = addends_array(g, &s->lists.at[s->list[array] - 1],
                                  reverse_sym(s, array, seed ? ROLE_SUM : ROLE_BAR));
}

/* Where an operator, of finite operands, is infinite or no number, or its partial: where its
 * operand is large, as that of exp, or at a pole. */
typedef enum Steep { STEEP_NOWHERE, STEEP_LARGE, STEEP_POLE } Steep;

static Steep steep(const Graph *g, NodeId v)
{
    const Node *n = node_at(g, v);
    const OpInfo *info = op_info((Op)n->op);
    long power = 0;
    bool pole = info->flags & OPF_POLE;
    if (n->op == OP_IPOW)
        pole = node_integer(g, n->b, &power) && power < 0;
    if (n->op == OP_LINK)
        pole = rule_is_steep(g, v);
    if (n->op == OP_DIV) /* by a number or a size it is for all elements or for none */
        pole = node_op(g, n->b) != OP_CONST &&
               (node_op(g, n->b) != OP_REAL || node_at(g, n->b)->free);
    if (pole)
        return STEEP_POLE;
    const bool large = *info->domain && !(info->flags & (OPF_POLE | OPF_KINK | OPF_STEP));
    return large ? STEEP_LARGE : STEEP_NOWHERE;
}

/* Of what is in it: poles also in arrays whose elements it reads, whether that varies or not. What
 * is large there, or for all elements, is so for those that are read, too. */
static Steep find_steep(const Reverse *s, NodeId v)
{
    const Node *n = node_at(s->g, v);
    Steep found = steep(s->g, v);
    if (found == STEEP_LARGE && !n->free)
        found = STEEP_NOWHERE;
    for (int i = 0; i < node_arity(s->g, v) && found != STEEP_POLE; i++)
        if (s->poles[node_operand(s->g, v, i)] > found)
            found = (Steep)s->poles[node_operand(s->g, v, i)];
    const TupleId arrays = n->op == OP_ARRAY || n->op == OP_SYSTEM ? n->a : 0;
    for (uint32_t i = 0; i < tuple_size(s->g, arrays); i++)
        if (s->poles[tuple_item(s->g, arrays, i)] == STEEP_POLE)
            found = STEEP_POLE;
    return found;
}

static bool has_pole(Reverse *s, NodeId v)
{
    if (!s->poles) {
        s->poles = array_new(graph_ctx(s->g), s->end, 1);
        for (NodeId id = 1; id < s->end; id++)
            s->poles[id] = s->live[id] ? (uint8_t)find_steep(s, id) : STEEP_NOWHERE;
    }
    return s->poles[v];
}

/* From an array to one of its parts. */
static void contribute_part(Reverse *s, NodeId array, NodeId part)
{
    Graph *g = s->g;
    TupleId at = node_at(g, part)->b;
    const Addends *list = s->list[array] ? &s->lists.at[s->list[array] - 1] : NULL;
    const bool all = !list || node_at(g, s->bar[array])->c == ARRAY_SET;
    const Receipt receipt = all ? RECEIPT_ALL : addends_receipt(g, list, part);
    if (receipt == RECEIPT_NONE)
        return;
    NodeId value = build_read(g, s->bar[array], at), hard = build_true(g), soft = hard;
    bool guarded = false;
    for (uint32_t i = 0; list && i < list->all.count; i++)
        guarded = guarded || list->all.at[i].hard != hard || list->all.at[i].soft != hard;
    if (list && list->all.count == 1 && list->all.at[0].at == at &&
        places_apart(g, at, list->all.at[0].bound)) {
        hard = list->all.at[0].hard;
        soft = list->all.at[0].soft;
        if (s->kind != SWEEP_NAMED) /* nobody else reads it */
            value = list->all.at[0].value;
    } else if ((guarded || (receipt == RECEIPT_SOME && has_pole(s, part))) &&
               !(list && addends_arrive(g, list, node_shape(g, array), part, &hard, &soft))) {
        hard = soft = outside_test(g, part, node_shape(g, array), value);
    }
    contribute(s, array, part, value, hard, soft);
}

/* To an arm of a condition. */
static void contribute_arm(Reverse *s, NodeId v, int i)
{
    Graph *g = s->g;
    Node n = *node_at(g, v);
    NodeId condition = i == 1 ? support_opened(&s->supports, n.a) : build_not(g, n.a);
    NodeId hard = build_and(g, s->hard[v], condition);
    NodeId bar = guard_inside(g, s->hard[v], s->bar[v]);
    contribute(s, v, node_operand(g, v, i), guard_apply(g, hard, bar), hard, s->soft[v]);
}

/* The other factor of a product, the dividend of a quotient. */
static NodeId factor_of(const Graph *g, NodeId v, int i)
{
    const Node *n = node_at(g, v);
    return n->op == OP_MUL ? (i ? n->a : n->b) : n->op == OP_DIV && i ? n->a : 0;
}

/* Can the partial be infinite? As that of y*log(x) by y; other factors are taken for finite. */
static bool is_steep(const Graph *g, NodeId v, int i)
{
    NodeId factor = factor_of(g, v, i);
    while (factor && (node_op(g, factor) == OP_NAME || node_op(g, factor) == OP_TEMP ||
                      node_op(g, factor) == OP_NEG))
        factor = node_at(g, factor)->a;
    return rule_is_steep(g, v) || (factor && steep(g, factor));
}

/* The condition under which v's adjoint times this partial is computed: note [guards]. */
static NodeId guard_of(Reverse *s, NodeId v, int i, const Partial *p)
{
    Graph *g = s->g;
    const NodeId hard = s->hard[v], soft = s->soft[v], always = build_true(g);
    if ((hard == always && soft == always) || rule_is_constant(s->r, p))
        return always;
    return is_steep(g, v, i) ? build_and(g, hard, soft) : hard;
}

static void contribute_operand(Reverse *s, NodeId v, int i)
{
    Graph *g = s->g;
    Op op = node_op(g, v);
    NodeId u = source(s, v, (uint32_t)i);
    NodeId hard = s->hard[v], soft = s->soft[v];
    switch (op) {
    case OP_SELECT: contribute_arm(s, v, i); return;
    case OP_READ: case OP_REF: contribute_read(s, v, u); return;
    case OP_ARRAY: contribute_part(s, v, u); return;
    case OP_SOLVE: case OP_TSOLVE: case OP_INVERSE: case OP_DET:
        linear_contribute(s, v, (uint32_t)i);
        return;
    default: break;
    }
    const Partial p = rule_partial(s->r, v, i);
    const NodeId support = support_of(&s->supports, factor_of(g, v, i));
    NodeId guard = guard_of(s, v, i, &p);
    if (support) { /* outside of it neither the factor nor the adjoint has to be a number */
        guard = build_and(g, guard, support);
        hard = build_and(g, hard, support);
    }
    NodeId bar = guard_inside(g, guard, s->bar[v]);
    NodeId value = rule_scale(s->r, bar, &p);
    if (!value)
        return;
    soft = build_and(g, soft, rule_support(s->r, &p));
    contribute(s, v, u, value == bar ? s->bar[v] : guard_apply(g, guard, value), hard, soft);
}

/* ---- names */

/* A seed or another adjoint handed through needs no name of its own. */
static bool is_plain(Graph *g, NodeId bar)
{
    Op op = node_op(g, bar);
    return op == OP_NAME || op == OP_TEMP || op == OP_READ ||
           (op == OP_REF && sym_at(g, node_at(g, bar)->a)->kind == SYM_DERIVED);
}

static NodeId name_adjoint(Reverse *s, NodeId u)
{
    Graph *g = s->g;
    Node n = *node_at(g, u);
    NodeId bar = s->bar[u];
    bool named = s->kind == SWEEP_NAMED;
    if (named && n.op == OP_REF && !n.b) /* an input: known from here on */
        return build_name(g, sym_derived(g, n.a, ROLE_BAR), bar, 0);
    if (node_op(g, bar) == OP_CONST)
        return bar;
    if (named && n.op == OP_NAME && sym_at(g, n.b)->kind != SYM_CONST) {
        SymId sym = sym_derived(g, n.b, ROLE_BAR);
        if (node_op(g, bar) == OP_REF && node_at(g, bar)->a == sym)
            return bar; /* the seed alone */
        if (s->seed[u]) /* the seed has the name already */
            sym = sym_derived(g, sym, ROLE_SUM);
        return build_name(g, sym, bar, n.c);
    }
    if (n.op == OP_REF || n.op == OP_READ || n.op == OP_PART || n.op == OP_TEMP ||
        n.op == OP_LINK || is_plain(g, bar))
        return bar;
    return build_temp(g, bar, u, ROLE_BAR);
}

/* All contributions have come. */
static void finish(Reverse *s, NodeId u)
{
    if (node_op(s->g, u) == OP_MEMBER) /* system_visit */
        return;
    if (node_is_array(s->g, u))
        reverse_finish_array(s, u);
    else if (s->kind != SWEEP_PLAIN && s->bar[u])
        s->bar[u] = name_adjoint(s, u);
}

/* ---- the sweep */

static void extend_varied(Reverse *s)
{
    bool again = true;
    for (NodeId v = 1; v < s->end && s->owners.count; v++)
        if (node_op(s->g, v) == OP_MEMBER && s->varied[v])
            s->cut[member_array(s->g, v)] = 1;
    while (again) { /* once, but for recurrences */
        again = false;
        for (NodeId v = 1; v < s->end; v++) {
            if (s->varied[v])
                continue;
            for (uint32_t i = 0; i < sources(s, v) && !s->varied[v]; i++)
                s->varied[v] = takes(s, v, i);
            if (s->owners.count && !s->varied[v])
                s->varied[v] = system_varies(s, v);
            again = again || (s->varied[v] && owner_of(s->g, &s->owners, v).array);
        }
    }
}

/* Gives how many there are that are swept over. */
static uint32_t count_waiting(Reverse *s)
{
    uint32_t swept = 0;
    for (NodeId v = 1; v < s->end; v++) {
        if (!s->live[v] || !s->varied[v])
            continue;
        swept++;
        const uint32_t count = sources(s, v);
        for (uint32_t i = 0; i < count; i++)
            s->waiting[source(s, v, i)] += takes(s, v, i);
        if (node_op(s->g, v) == OP_SYSTEM)
            system_count_waiting(s, v);
    }
    return swept;
}

/* One contribution less to wait for. */
void reverse_release(Reverse *s, NodeId u)
{
    if (s->within && !s->within->in[u])
        *vec_push(graph_ctx(s->g), &s->within->released) = u;
    else if (--s->waiting[u] == 0)
        finish(s, u);
}

void reverse_visit(Reverse *s, NodeId v)
{
    if (s->kind != SWEEP_PLAIN) /* else it all belongs to the definition that a diff stands in */
        graph_origin(s->g, node_origin(s->g, v), MADE_BY_SWEEP);
    s->visited[v] = 1;
    if (node_op(s->g, v) == OP_SYSTEM) {
        system_visit(s, v);
        return;
    }
    if (node_op(s->g, v) == OP_OWN)
        system_visit_own(s, v);
    uint32_t count = sources(s, v);
    for (uint32_t i = 0; i < count && s->bar[v]; i++)
        if (takes(s, v, i))
            contribute_operand(s, v, (int)i);
    for (uint32_t i = 0; i < count; i++)
        if (takes(s, v, i))
            reverse_release(s, source(s, v, i));
}

/* So many nodes are made of one that is swept over, and when they are simplified. */
enum { MADE_OF_EACH = 3 };

static void sweep_begin(Reverse *s, const NodeId *outputs, uint32_t count)
{
    Ctx *ctx = graph_ctx(s->g);
    s->end = graph_count(s->g);
    s->live = graph_live(s->g, outputs, count);
    s->waiting = array_new(ctx, s->end, sizeof *s->waiting);
    s->bar = array_new(ctx, s->end, sizeof *s->bar);
    s->hard = array_new(ctx, s->end, sizeof *s->hard);
    s->soft = array_new(ctx, s->end, sizeof *s->soft);
    s->seed = array_new(ctx, s->end, sizeof *s->seed);
    s->list = array_new(ctx, s->end, sizeof *s->list);
    s->cut = array_new(ctx, s->end, sizeof *s->cut);
    s->visited = array_new(ctx, s->end, sizeof *s->visited);
    supports_find(s->g, s->live, s->end, &s->supports);
    owners_find(s->g, s->live, s->end, &s->owners);
    find_whole(s);
    extend_varied(s);
    graph_expect(s->g, count_waiting(s) * MADE_OF_EACH);
}

static void sweep_end(Reverse *s)
{
    Ctx *ctx = graph_ctx(s->g);
    ctx_resize(ctx, s->live, 0);
    ctx_resize(ctx, s->poles, 0);
    ctx_resize(ctx, s->waiting, 0);
    ctx_resize(ctx, s->hard, 0);
    ctx_resize(ctx, s->soft, 0);
    supports_free(ctx, &s->supports);
    ctx_resize(ctx, s->seed, 0);
    ctx_resize(ctx, s->list, 0);
    for (uint32_t i = 0; i < s->lists.count; i++)
        addends_free(s->g, &s->lists.at[i]);
    vec_free(ctx, &s->lists);
    ctx_resize(ctx, s->whole, 0);
    vec_free(ctx, &s->owners);
    ctx_resize(ctx, s->cut, 0);
    ctx_resize(ctx, s->visited, 0);
}

static void plant_seeds(Reverse *s, const NodeId *outputs, const NodeId *seeds, uint32_t count)
{
    Graph *g = s->g;
    for (uint32_t i = 0; i < count; i++) {
        if (!s->varied[outputs[i]])
            continue;
        if (node_is_array(g, outputs[i])) {
            seed_array(s, outputs[i], seeds[i]);
            continue;
        }
        s->seed[outputs[i]] = node_op(g, seeds[i]) != OP_CONST;
        receive(s, outputs[i], (Addend){.value = seeds[i], .hard = build_true(g),
                                        .soft = build_true(g)});
    }
    for (uint32_t i = 0; i < count; i++)
        if ((s->bar[outputs[i]] || s->list[outputs[i]]) && s->waiting[outputs[i]] == 0)
            finish(s, outputs[i]);
}

Adjoints vjp(Rules *r, Graph *g, const NodeId *outputs, const NodeId *seeds, uint32_t count,
             uint8_t *varied, SweepKind kind)
{
    Reverse s = {.r = r, .g = g, .varied = varied, .kind = kind};
    sweep_begin(&s, outputs, count);
    plant_seeds(&s, outputs, seeds, count);
    for (NodeId v = s.end - 1; v > 0; v--)
        if (s.live[v] && s.varied[v] && !s.visited[v])
            reverse_visit(&s, v);
    if (kind != SWEEP_PLAIN)
        graph_origin(g, 0, MADE_BY_MODEL);
    sweep_end(&s);
    Adjoints result = {s.bar, s.end};
    return result;
}
