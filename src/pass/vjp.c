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
 * which sums and products of finite numbers are not. Through an array it is known where the
 * array is read just as its part is written, else it is a test of the adjoint itself. */
#include "pass/pass.h"

/* A contribution. */
typedef struct Gift {
    NodeId to;   /* an array: at the addend's subscripts */
    SetId scope; /* the indices that it has values for */
    Addend a;
} Gift;

/* note [recurrences]: the adjoint of a recurrence is the recurrence of the adjoints of its arrays,
 * whose elements are sums of what the rest of the model contributes, and of what each part
 * contributes to each element that it reads, from the adjoint of the element that it gives. So
 * when all outside have contributed there is a sweep over what is at home in the system, from
 * OWN elements of the adjoint to OWN elements of the system; in its results those of the system are
 * read from outside. What this sweep contributes to nodes that are not at home waits until there
 * is the adjoint, and reads that from outside, too. */
typedef struct Within {
    struct Within *outer;
    NodeId system;
    uint8_t *in;      /* a node each: is it at home here? */
    TupleId arrays;   /* of the system */
    SymId *sym;       /* of the adjoint of each, 0 if nothing contributes to it */
    AddendVec *lists; /* what is contributed to the elements of each */
    bool hard, soft;  /* can adjoints be 0 by a condition? note [guards] */
    VEC(Gift) gifts;  /* to nodes outside */
    U32Vec released;  /* nodes outside: one contribution less to wait for */
} Within;

typedef struct Sweep {
    Rules *r;
    Graph *g;
    uint32_t end;        /* of the nodes that the graph had */
    uint8_t *varied;     /* a node each: does it depend on a marked one? */
    uint8_t *live;       /* a node each: does an output need it? */
    uint32_t *waiting;   /* a node each: contributions that are still to come */
    NodeId *bar;         /* a node each: the sum so far, then the adjoint */
    NodeId *hard, *soft; /* a node each: note [guards]; 0 before the first contribution */
    uint8_t *seed;       /* a node each: was it given a seed that is no constant? */
    U32Vec whole;        /* a symbol each: the REF of it as a whole, 0 if there is none */
    uint32_t *list;      /* a node each: of an array 1 + the place of its addends */
    VEC(AddendVec) lists;
    OwnerVec owners;
    uint8_t *cut;        /* a node each: an array of a recurrence that is an input */
    uint8_t *visited;    /* a node each: in the sweep over a recurrence */
    Within *within;      /* the recurrence that is swept over */
    SweepKind kind;
} Sweep;

/* ---- what a node hands its adjoint to: operands, parts, and of x[e] the array x */

static uint32_t sources_of(const Sweep *s, NodeId v)
{
    if (node_op(s->g, v) == OP_ARRAY)
        return tuple_size(s->g, node_at(s->g, v)->a);
    if (node_op(s->g, v) == OP_MEMBER) /* by way of its system: note [recurrences] */
        return 0;
    return node_op(s->g, v) == OP_REF ? node_at(s->g, v)->b != 0 : (uint32_t)node_arity(s->g, v);
}

static NodeId source_of(const Sweep *s, NodeId v, uint32_t i)
{
    const Node *n = node_at(s->g, v);
    if (n->op == OP_ARRAY)
        return tuple_item(s->g, n->a, i);
    if (n->op == OP_REF)
        return n->a < s->whole.count ? s->whole.at[n->a] : 0;
    return node_operand(s->g, v, (int)i);
}

static void find_whole(Sweep *s)
{
    for (NodeId id = 1; id < s->end; id++) {
        const Node *n = node_at(s->g, id);
        if (n->op != OP_REF || n->b || !node_is_array(s->g, id))
            continue;
        while (s->whole.count <= n->a)
            *vec_push(graph_ctx(s->g), &s->whole) = 0;
        s->whole.at[n->a] = id;
    }
}

/* The indices that a node has values for: of a part and of a reduction's body also those that
 * are bound there. */
static SetId scope_within(Graph *g, NodeId id)
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
    if (node_op(g, condition) == OP_NE) /* as the rows of ops.def have it: f == 0 ? 0 : p */
        return build_select(g, build_not(g, condition), build_int(g, 0), p);
    return build_select(g, condition, p, build_int(g, 0));
}

NodeId guard_inside(Graph *g, NodeId condition, NodeId bar)
{
    Node n = *node_at(g, bar);
    if (n.op == OP_TEMP)
        n = *node_at(g, n.a);
    if (n.op == OP_SELECT && n.a == condition && node_is_int(g, n.c, 0))
        return n.b;
    if (n.op == OP_SELECT && build_not(g, n.a) == condition && node_is_int(g, n.b, 0))
        return n.c;
    return bar;
}

/* ---- contributions */

static void receive(Sweep *s, NodeId u, Addend a)
{
    if (s->bar[u]) {
        Addend sum = {.value = s->bar[u], .hard = s->hard[u], .soft = s->soft[u]};
        addend_join(s->g, &sum, &a);
        a = sum;
    }
    s->bar[u] = a.value;
    s->hard[u] = a.hard;
    s->soft[u] = a.soft;
}

static void add_to_array(Sweep *s, NodeId array, Addend a)
{
    if (!s->list[array]) {
        AddendVec none = {0};
        *vec_push(graph_ctx(s->g), &s->lists) = none;
        s->list[array] = s->lists.count;
    }
    addends_add(s->g, &s->lists.at[s->list[array] - 1], node_shape(s->g, array), a);
}

/* To a node, unless it has to wait; what is at home in a recurrence has values for what that is
 * free in, whether it says so or not. */
static void deliver(Sweep *s, Gift gift)
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

static void contribute(Sweep *s, NodeId v, NodeId u, NodeId value, NodeId hard, NodeId soft)
{
    deliver(s, (Gift){u, scope_within(s->g, v), {.value = value, .hard = hard, .soft = soft}});
}

/* ---- arrays */

/* The read v of an array. */
static void contribute_read(Sweep *s, NodeId v, NodeId array)
{
    Addend a = {s->bar[v], node_tuple(s->g, v), 0, s->hard[v], s->soft[v]};
    deliver(s, (Gift){array, node_at(s->g, v)->free, a});
}

/* A seed that is a list of parts is what they add; another is added to what reads add. */
static void seed_array(Sweep *s, NodeId array, NodeId seed)
{
    Graph *g = s->g;
    const Node n = *node_at(g, seed);
    if (n.op != OP_ARRAY) {
        s->bar[array] = seed;
        s->seed[array] = 1;
        return;
    }
    for (uint32_t i = 0; i < tuple_size(g, n.a); i++) {
        const Node part = *node_at(g, tuple_item(g, n.a, i));
        Addend a = {part.a, part.b, part.c, build_true(g), build_true(g)};
        add_to_array(s, array, a);
    }
}

/* The adjoint's name: as a value of the model it has one. */
static SymId adjoint_sym(Sweep *s, NodeId array, SymRole role)
{
    SymId of = array_sym(s->g, array);
    if (role == ROLE_SUM) /* the seed has the name already */
        of = sym_derived(s->g, of, ROLE_BAR);
    return s->kind == SWEEP_NAMED ? sym_derived(s->g, of, role) : sym_beside(s->g, of, role);
}

static void add_seed(Sweep *s, NodeId array)
{
    Graph *g = s->g;
    Addend a = {.hard = build_true(g), .soft = build_true(g)};
    a.at = index_axes(g, node_shape(g, array), 0, &a.bound);
    a.value = build_read(g, s->bar[array], a.at);
    add_to_array(s, array, a);
}

static void finish_array(Sweep *s, NodeId array)
{
    Graph *g = s->g;
    NodeId seed = s->bar[array];
    if (!s->list[array])
        return;
    if (seed)
        add_seed(s, array);
    s->bar[array] = addends_array(g, &s->lists.at[s->list[array] - 1],
                                  adjoint_sym(s, array, seed ? ROLE_SUM : ROLE_BAR));
}

/* From an array to one of its parts. */
static void contribute_part(Sweep *s, NodeId array, NodeId part)
{
    Graph *g = s->g;
    TupleId at = node_at(g, part)->b;
    const AddendVec *list = s->list[array] ? &s->lists.at[s->list[array] - 1] : NULL;
    NodeId value = build_read(g, s->bar[array], at), hard = build_true(g), soft = hard;
    bool guarded = false;
    for (uint32_t i = 0; list && i < list->count; i++)
        guarded = guarded || list->at[i].hard != hard || list->at[i].soft != hard;
    if (list && list->count == 1 && list->at[0].at == at) {
        hard = list->at[0].hard;
        soft = list->at[0].soft;
        if (s->kind != SWEEP_NAMED) /* nobody else reads it */
            value = list->at[0].value;
    } else if (guarded) {
        hard = soft = build2(g, OP_NE, value, build_int(g, 0));
    }
    contribute(s, array, part, value, hard, soft);
}

/* To an arm of a condition. */
static void contribute_arm(Sweep *s, NodeId v, int i)
{
    Graph *g = s->g;
    Node n = *node_at(g, v);
    NodeId condition = i == 1 ? n.a : build_not(g, n.a);
    NodeId hard = build_and(g, s->hard[v], condition);
    NodeId bar = guard_inside(g, s->hard[v], s->bar[v]);
    contribute(s, v, node_operand(g, v, i), guard_apply(g, hard, bar), hard, s->soft[v]);
}

static void contribute_operand(Sweep *s, NodeId v, int i)
{
    Graph *g = s->g;
    Op op = node_op(g, v);
    NodeId u = source_of(s, v, (uint32_t)i);
    NodeId hard = s->hard[v], soft = s->soft[v];
    switch (op) {
    case OP_SELECT: contribute_arm(s, v, i); return;
    case OP_READ: case OP_REF: contribute_read(s, v, u); return;
    case OP_ARRAY: contribute_part(s, v, u); return;
    default: break;
    }
    bool constant = rule_is_constant(s->r, v, i);
    NodeId guard = constant ? build_true(g)
                            : op_info(op)->flags & OPF_CHEAP ? hard : build_and(g, hard, soft);
    NodeId bar = guard_inside(g, guard, s->bar[v]);
    NodeId value = rule_scale(s->r, bar, v, i);
    if (!value)
        return;
    soft = build_and(g, soft, rule_support(s->r, v, i));
    contribute(s, v, u, value == bar ? s->bar[v] : guard_apply(g, guard, value), hard, soft);
}

/* ---- names */

/* A seed or another adjoint handed through needs no name of its own. */
static bool is_plain(Graph *g, NodeId bar)
{
    Op op = node_op(g, bar);
    return op == OP_CONST || op == OP_NAME || op == OP_TEMP || op == OP_READ ||
           (op == OP_REF && sym_at(g, node_at(g, bar)->a)->kind == SYM_DERIVED);
}

static NodeId name_adjoint(Sweep *s, NodeId u)
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
static void finish(Sweep *s, NodeId u)
{
    if (node_op(s->g, u) == OP_MEMBER) /* visit_system */
        return;
    if (node_is_array(s->g, u))
        finish_array(s, u);
    else if (s->kind != SWEEP_PLAIN && s->bar[u])
        s->bar[u] = name_adjoint(s, u);
}

/* ---- the sweep */

static bool takes_part(const Sweep *s, NodeId v, uint32_t i)
{
    NodeId u = source_of(s, v, i);
    Op op = node_op(s->g, v);
    return s->varied[u] && (op == OP_ARRAY || op == OP_REF || rule_differentiable(op, (int)i));
}

/* An element of a recurrence varies where the array does, or is an input itself. */
static bool varies_by_system(const Sweep *s, NodeId v)
{
    Graph *g = s->g;
    const NodeId own = owner_of(g, &s->owners, v).array;
    if (node_op(g, v) == OP_OWN)
        return own && (s->varied[own] || s->cut[own]);
    if (node_op(g, v) == OP_MEMBER)
        return s->varied[member_array(g, v)];
    const TupleId arrays = node_op(g, v) == OP_SYSTEM ? node_at(g, v)->a : 0;
    for (uint32_t k = 0; k < tuple_size(g, arrays); k++)
        if (s->varied[tuple_item(g, arrays, k)] || s->cut[tuple_item(g, arrays, k)])
            return true;
    return false;
}

static void extend_varied(Sweep *s)
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
            for (uint32_t i = 0; i < sources_of(s, v) && !s->varied[v]; i++)
                s->varied[v] = takes_part(s, v, i);
            if (s->owners.count && !s->varied[v])
                s->varied[v] = varies_by_system(s, v);
            again = again || (s->varied[v] && owner_of(s->g, &s->owners, v).array);
        }
    }
}

/* The values of the parts of an array of a recurrence that it hands its adjoint to. */
static bool hands_on(const Sweep *s, NodeId array, uint32_t i, NodeId *part)
{
    *part = tuple_item(s->g, node_tuple(s->g, array), i);
    return s->varied[array] && !s->cut[array] && s->varied[node_at(s->g, *part)->a];
}

static void count_waiting_of_system(Sweep *s, NodeId system)
{
    const TupleId arrays = node_at(s->g, system)->a;
    NodeId part;
    for (uint32_t k = 0; k < tuple_size(s->g, arrays); k++) {
        NodeId array = tuple_item(s->g, arrays, k);
        for (uint32_t i = 0; i < tuple_size(s->g, node_tuple(s->g, array)); i++)
            if (hands_on(s, array, i, &part))
                s->waiting[node_at(s->g, part)->a]++;
    }
}

static void count_waiting(Sweep *s)
{
    for (NodeId v = 1; v < s->end; v++) {
        if (!s->live[v] || !s->varied[v])
            continue;
        for (uint32_t i = 0; i < sources_of(s, v); i++)
            s->waiting[source_of(s, v, i)] += takes_part(s, v, i);
        if (node_op(s->g, v) == OP_SYSTEM)
            count_waiting_of_system(s, v);
    }
}

/* One contribution less to wait for. */
static void release(Sweep *s, NodeId u)
{
    if (s->within && !s->within->in[u])
        *vec_push(graph_ctx(s->g), &s->within->released) = u;
    else if (--s->waiting[u] == 0)
        finish(s, u);
}

/* ---- recurrences */

/* From an element of a recurrence to the adjoint. */
static void visit_own(Sweep *s, NodeId v)
{
    Graph *g = s->g;
    const Owner o = owner_of(g, &s->owners, v);
    Addend a = {s->bar[v], node_tuple(g, v), 0, s->hard[v], s->soft[v]};
    if (!s->bar[v])
        return;
    if (s->cut[o.array]) {
        deliver(s, (Gift){build_member(g, o.system, o.number), node_at(g, v)->free, a});
        return;
    }
    a.bound = set_minus(g, node_at(g, v)->free, node_at(g, o.system)->free);
    addends_add(g, &s->within->lists[o.number], node_shape(g, o.array), a);
}

/* The node by which the array is read from outside; 0 if it is not. */
static NodeId member_of(const Sweep *s, const Within *w, uint32_t k)
{
    NodeId member = build_member(s->g, w->system, k);
    return member < s->end ? member : 0;
}

static bool gets_from_outside(const Sweep *s, const Within *w, uint32_t k)
{
    NodeId member = member_of(s, w, k);
    return member && (s->bar[member] || s->list[member]);
}

static void reach_parts(const Sweep *s, NodeId array, uint8_t *reached)
{
    NodeId part;
    reached[array] = 1;
    for (uint32_t i = 0; i < tuple_size(s->g, node_tuple(s->g, array)); i++)
        if (hands_on(s, array, i, &part))
            reached[node_at(s->g, part)->a] = 1;
}

/* Marks what the node hands something to; gives whether it is an array not marked before. */
static bool reach_from(const Sweep *s, const Within *w, NodeId v, uint8_t *reached)
{
    Graph *g = s->g;
    const Owner o = owner_of(g, &s->owners, v);
    const Node n = *node_at(g, v);
    if (n.op == OP_MEMBER)
        reached[n.a] = 1;
    for (uint32_t k = 0; n.op == OP_SYSTEM && k < tuple_size(g, n.a); k++)
        reach_parts(s, tuple_item(g, n.a, k), reached);
    for (uint32_t i = 0; i < sources_of(s, v); i++)
        if (takes_part(s, v, i))
            reached[source_of(s, v, i)] = 1;
    if (n.op != OP_OWN || o.system != w->system || s->cut[o.array] || reached[o.array])
        return false;
    reach_parts(s, o.array, reached);
    return true;
}

/* Finds the arrays that something is contributed to, and names their adjoints. */
static void find_reached(Sweep *s, Within *w)
{
    Graph *g = s->g;
    uint8_t *reached = array_new(graph_ctx(g), s->end, 1);
    bool again = true;
    for (uint32_t k = 0; k < tuple_size(g, w->arrays); k++)
        if (gets_from_outside(s, w, k) && !s->cut[tuple_item(g, w->arrays, k)])
            reach_parts(s, tuple_item(g, w->arrays, k), reached);
    while (again) {
        again = false;
        for (NodeId v = w->system - 1; v > 0; v--)
            if (w->in[v] && reached[v] && s->varied[v])
                again = reach_from(s, w, v, reached) || again;
    }
    for (uint32_t k = 0; k < tuple_size(g, w->arrays); k++) {
        NodeId array = tuple_item(g, w->arrays, k), member = member_of(s, w, k);
        if (reached[array])
            w->sym[k] = adjoint_sym(s, array, member && s->bar[member] ? ROLE_SUM : ROLE_BAR);
    }
    ctx_resize(graph_ctx(g), reached, 0);
}

/* Has an addend a guard? */
static void look_for_guards(Graph *g, const AddendVec *list, Within *w)
{
    for (uint32_t i = 0; i < list->count; i++) {
        w->hard = w->hard || !node_number(g, list->at[i].hard);
        w->soft = w->soft || !node_number(g, list->at[i].soft);
    }
    w->soft = w->soft || w->hard;
}

/* The adjoints of its elements to the parts. */
static void contribute_parts(Sweep *s, Within *w)
{
    Graph *g = s->g;
    NodeId part;
    for (uint32_t k = 0; k < tuple_size(g, w->arrays); k++) {
        NodeId array = tuple_item(g, w->arrays, k);
        for (uint32_t i = 0; i < tuple_size(g, node_tuple(g, array)); i++) {
            if (!hands_on(s, array, i, &part))
                continue;
            const Node p = *node_at(g, part);
            if (w->sym[k]) {
                Addend a = {.value = build_own(g, w->sym[k], p.b)};
                NodeId test = build2(g, OP_NE, a.value, build_int(g, 0));
                a.hard = w->hard ? test : build_true(g);
                a.soft = w->soft ? test : build_true(g);
                deliver(s, (Gift){p.a, scope_within(g, part), a});
            }
            release(s, p.a);
        }
    }
}

/* Parts for each array: what comes from outside, then what comes from the recurrence. */
static NodeId adjoint_array(Sweep *s, const Within *w, uint32_t k, const U32Vec *within,
                            uint32_t *next, const NodeId *image)
{
    Graph *g = s->g;
    NodeId member = member_of(s, w, k), array;
    U32Vec parts = {0};
    if (member && s->bar[member])
        add_seed(s, member);
    if (member && s->list[member])
        addends_parts(g, &s->lists.at[s->list[member] - 1], node_shape(g, member), &parts);
    for (uint32_t i = 0; i < w->lists[k].count; i++, (*next)++) {
        NodeId part = within->at[*next];
        *vec_push(graph_ctx(g), &parts) = image[part] ? image[part] : part;
    }
    if (!parts.count) {
        SetId bound;
        TupleId at = index_axes(g, sym_at(g, w->sym[k])->shape, 0, &bound);
        *vec_push(graph_ctx(g), &parts) = build_part(g, build_int(g, 0), at, bound);
    }
    array = build_array(g, tuple_of(g, parts.at, parts.count), w->sym[k], ARRAY_ADD);
    vec_free(graph_ctx(g), &parts);
    return array;
}

/* The recurrence of the adjoints; what reads it, into `owns`. */
static void adjoint_system(Sweep *s, Within *w, OwnImage *owns, uint32_t *count)
{
    Graph *g = s->g;
    Ctx *ctx = graph_ctx(g);
    U32Vec within = {0}, arrays = {0};
    uint32_t next = 0;
    for (uint32_t k = 0; k < tuple_size(g, w->arrays); k++)
        if (w->sym[k])
            addends_parts(g, &w->lists[k], sym_at(g, w->sym[k])->shape, &within);
    NodeId *image = system_outside(g, w->system, w->in, &within, NULL, 0, s->kind != SWEEP_PLAIN);
    for (uint32_t k = 0; k < tuple_size(g, w->arrays); k++) {
        if (!w->sym[k])
            continue;
        owns[arrays.count].own = w->sym[k];
        NodeId array = adjoint_array(s, w, k, &within, &next, image);
        *vec_push(ctx, &arrays) = array;
    }
    NodeId system = arrays.count ? build_system(g, tuple_of(g, arrays.at, arrays.count)) : 0;
    TupleId directions = system ? system_directions(g, &s->owners, system, w->system) : 0;
    if (directions)
        system = system_closed(g, system, directions, s->kind != SWEEP_PLAIN);
    *count = arrays.count;
    for (uint32_t k = 0, i = 0; k < tuple_size(g, w->arrays); k++) {
        NodeId member = member_of(s, w, k);
        if (!w->sym[k])
            continue;
        owns[i].array = build_member(g, system, i);
        owns[i].beside = directions;
        if (member)
            s->bar[member] = member_along(g, owns[i].array, directions);
        i++;
    }
    ctx_resize(ctx, image, 0);
    vec_free(ctx, &within);
    vec_free(ctx, &arrays);
}

/* What waited, to nodes outside. */
static void deliver_outside(Sweep *s, Within *w, const OwnImage *owns, uint32_t count)
{
    Graph *g = s->g;
    Ctx *ctx = graph_ctx(g);
    U32Vec roots = {0};
    for (uint32_t i = 0; i < w->gifts.count; i++) {
        *vec_push(ctx, &roots) = w->gifts.at[i].a.value;
        *vec_push(ctx, &roots) = w->gifts.at[i].a.hard;
        *vec_push(ctx, &roots) = w->gifts.at[i].a.soft;
    }
    NodeId *image = system_outside(g, w->system, w->in, &roots, owns, count,
                                   s->kind != SWEEP_PLAIN);
    for (uint32_t i = 0; i < w->gifts.count; i++) {
        Gift gift = w->gifts.at[i];
        NodeId *nodes[] = {&gift.a.value, &gift.a.hard, &gift.a.soft};
        for (int k = 0; k < 3; k++)
            *nodes[k] = image[*nodes[k]] ? image[*nodes[k]] : *nodes[k];
        gift.scope = set_union(g, gift.scope, node_at(g, w->system)->free);
        if (s->kind != SWEEP_PLAIN)
            graph_origin(g, node_origin(g, gift.a.value), true);
        deliver(s, gift);
    }
    for (uint32_t i = 0; i < w->released.count; i++)
        release(s, w->released.at[i]);
    ctx_resize(ctx, image, 0);
    vec_free(ctx, &roots);
}

static void visit(Sweep *s, NodeId v);

static void sweep_within(Sweep *s, Within *w)
{
    s->within = w;
    contribute_parts(s, w);
    for (NodeId v = w->system - 1; v > 0; v--)
        if (w->in[v] && s->live[v] && s->varied[v] && !s->visited[v])
            visit(s, v);
    s->within = w->outer;
}

/* As it was before, to sweep again. */
static void forget_within(Sweep *s, Within *w, const uint32_t *waiting)
{
    for (NodeId v = 1; v < w->system; v++) {
        if (!w->in[v])
            continue;
        s->bar[v] = s->hard[v] = s->soft[v] = 0;
        s->list[v] = s->visited[v] = 0;
        s->waiting[v] = waiting[v];
    }
    for (uint32_t k = 0; k < tuple_size(s->g, w->arrays); k++)
        w->lists[k].count = 0;
    w->gifts.count = w->released.count = 0;
}

/* At first as if no adjoint of an element were 0 by a condition; if one turns out to be, again with
 * tests of all. */
static void sweep_with_guards(Sweep *s, Within *w)
{
    Ctx *ctx = graph_ctx(s->g);
    uint32_t *waiting = array_new(ctx, s->end, sizeof *waiting);
    for (NodeId v = 1; v < s->end; v++)
        waiting[v] = s->waiting[v];
    for (uint32_t k = 0; k < tuple_size(s->g, w->arrays); k++) {
        NodeId member = member_of(s, w, k);
        if (member && s->list[member])
            look_for_guards(s->g, &s->lists.at[s->list[member] - 1], w);
    }
    for (int hard = -1, soft = -1; hard != w->hard || soft != w->soft;) {
        if (hard >= 0)
            forget_within(s, w, waiting);
        hard = w->hard;
        soft = w->soft;
        sweep_within(s, w);
        for (uint32_t k = 0; k < tuple_size(s->g, w->arrays); k++)
            look_for_guards(s->g, &w->lists[k], w);
    }
    ctx_resize(ctx, waiting, 0);
}

static void visit_system(Sweep *s, NodeId system)
{
    Graph *g = s->g;
    Ctx *ctx = graph_ctx(g);
    Within w = {.outer = s->within, .system = system, .arrays = node_at(g, system)->a};
    uint32_t size = tuple_size(g, w.arrays), count;
    OwnImage *owns = array_new(ctx, size + 1, sizeof *owns);
    w.in = system_region(g, &s->owners, system);
    w.sym = array_new(ctx, size + 1, sizeof *w.sym);
    w.lists = array_new(ctx, size + 1, sizeof *w.lists);
    find_reached(s, &w);
    sweep_with_guards(s, &w);
    adjoint_system(s, &w, owns, &count);
    deliver_outside(s, &w, owns, count);
    for (uint32_t k = 0; k < size; k++)
        if (s->cut[tuple_item(g, w.arrays, k)] && member_of(s, &w, k))
            finish_array(s, member_of(s, &w, k));
    for (uint32_t k = 0; k < size; k++)
        vec_free(ctx, &w.lists[k]);
    ctx_resize(ctx, w.in, 0);
    ctx_resize(ctx, w.sym, 0);
    ctx_resize(ctx, w.lists, 0);
    ctx_resize(ctx, owns, 0);
    vec_free(ctx, &w.gifts);
    vec_free(ctx, &w.released);
}

static void visit(Sweep *s, NodeId v)
{
    if (s->kind != SWEEP_PLAIN) /* else it all belongs to the definition that a diff stands in */
        graph_origin(s->g, node_origin(s->g, v), true);
    s->visited[v] = 1;
    if (node_op(s->g, v) == OP_SYSTEM) {
        visit_system(s, v);
        return;
    }
    if (node_op(s->g, v) == OP_OWN)
        visit_own(s, v);
    uint32_t count = sources_of(s, v);
    for (uint32_t i = 0; i < count && s->bar[v]; i++)
        if (takes_part(s, v, i))
            contribute_operand(s, v, (int)i);
    for (uint32_t i = 0; i < count; i++)
        if (takes_part(s, v, i))
            release(s, source_of(s, v, i));
}

static void sweep_begin(Sweep *s, const NodeId *outputs, uint32_t count)
{
    Ctx *ctx = graph_ctx(s->g);
    s->end = graph_count(s->g);
    s->live = graph_live(s->g, outputs, count);
    s->waiting = array_new(ctx, s->end, sizeof *s->waiting);
    s->bar = array_new(ctx, s->end, sizeof *s->bar);
    s->hard = array_new(ctx, s->end, sizeof *s->hard);
    s->soft = array_new(ctx, s->end, sizeof *s->soft);
    s->seed = array_new(ctx, s->end, 1);
    s->list = array_new(ctx, s->end, sizeof *s->list);
    s->cut = array_new(ctx, s->end, 1);
    s->visited = array_new(ctx, s->end, 1);
    owners_find(s->g, s->live, s->end, &s->owners);
    find_whole(s);
    extend_varied(s);
    count_waiting(s);
}

static void sweep_end(Sweep *s)
{
    Ctx *ctx = graph_ctx(s->g);
    ctx_resize(ctx, s->live, 0);
    ctx_resize(ctx, s->waiting, 0);
    ctx_resize(ctx, s->hard, 0);
    ctx_resize(ctx, s->soft, 0);
    ctx_resize(ctx, s->seed, 0);
    ctx_resize(ctx, s->list, 0);
    for (uint32_t i = 0; i < s->lists.count; i++)
        vec_free(ctx, &s->lists.at[i]);
    vec_free(ctx, &s->lists);
    vec_free(ctx, &s->whole);
    vec_free(ctx, &s->owners);
    ctx_resize(ctx, s->cut, 0);
    ctx_resize(ctx, s->visited, 0);
}

static void plant_seeds(Sweep *s, const NodeId *outputs, const NodeId *seeds, uint32_t count)
{
    Graph *g = s->g;
    for (uint32_t i = 0; i < count; i++) {
        if (!seeds[i] || !s->varied[outputs[i]])
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
    Sweep s = {.r = r, .g = g, .varied = varied, .kind = kind};
    sweep_begin(&s, outputs, count);
    plant_seeds(&s, outputs, seeds, count);
    for (NodeId v = s.end - 1; v > 0; v--)
        if (s.live[v] && s.varied[v] && !s.visited[v])
            visit(&s, v);
    if (kind != SWEEP_PLAIN)
        graph_origin(g, 0, false);
    sweep_end(&s);
    Adjoints result = {s.bar, s.end};
    return result;
}
