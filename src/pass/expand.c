/* The model's `diff` expressions in, the derivatives they stand for out. A derivative is taken as
 * soon as its value is known, so that values with derivatives in them have their own. */
#include <assert.h>

#include "pass/pass.h"

/* note [cuts]: diff(diff(q*q*e, e), q) with q = exp(e) is taken where q is an input: the inner
 * derivative, too, and it is q*q. And in the body f(t) = diff(t*e, e) the parameter is an input,
 * whatever the argument depends on. So where a diff would look behind such a name at what it is
 * differentiated by, it is expanded by itself, with leaves in place of the names, that take on
 * their values at last. The leaves are STOPs: no derivative goes through them, but they are active
 * where the names are. Other names that depend on them are values of their own there. */
enum { CUT_LEAF = 2, CUTS_MAX = 100 };

/* A derivative of a higher order is refused: each takes a sweep over what the last one made. */
enum { ORDERS_MAX = 1000 };

typedef struct Expand {
    Rules *r;
    Graph *g;
    uint32_t end;  /* of the nodes at the outset */
    uint32_t cuts; /* how many are around */
    uint8_t *live;
    uint8_t *cut;  /* a node each: is it a DIFF that is expanded by itself? */
    uint32_t *orders; /* a node each: how many DIFFs are in one another in it */
    NodeId *image; /* a node each; of DIFF nodes known as soon as one of the same value is */
} Expand;

/* Ends the run: there are too many diffs in one another. */
_Noreturn static void stop_deep(const Expand *e, NodeId id, int most)
{
    Ctx *ctx = graph_ctx(e->g);
    diag_error(ctx, sym_at(e->g, node_origin(e->g, id))->span, "limit",
               "more than %d diffs in one another", most);
    diag_system(ctx);
    diag_stop(ctx);
}

static void expand_roots(Rules *r, Graph *g, U32Vec *roots, uint32_t cuts);

/* Marks the arguments that values below f hold constant since rules go with them. Those that f
 * itself is computed from, as the body of a function with rules, belong to links around it. */
static uint8_t *held_within(Graph *g, NodeId f)
{
    uint8_t *live = graph_live(g, &f, 1);
    uint32_t end = graph_count(g);
    U32Vec held = {0};
    for (NodeId id = 1; id < end; id++)
        if (live[id] && node_op(g, id) == OP_LINK)
            *vec_push(graph_ctx(g), &held) = graph_put(g, OP_STOP, node_at(g, id)->b, 1, 0);
    ctx_resize(graph_ctx(g), live, 0);
    uint8_t *marks = array_new(graph_ctx(g), graph_count(g), 1);
    for (uint32_t i = 0; i < held.count; i++)
        marks[held.at[i]] = 1;
    vec_free(graph_ctx(g), &held);
    return marks;
}

void derive_release(Graph *g, NodeId f, U32Vec *roots)
{
    if (!graph_rule_count(g))
        return;
    Ctx *ctx = graph_ctx(g);
    uint8_t *held = held_within(g, f);
    uint32_t end = graph_count(g);
    uint8_t *live = graph_live(g, roots->at, roots->count);
    NodeId *image = array_new(ctx, end, sizeof *image);
    for (NodeId id = 1; id < end; id++) {
        if (!live[id])
            continue;
        Node n = *node_at(g, id);
        if (n.op == OP_STOP && held[id])
            image[id] = image[n.a];
        else if (n.op == OP_LINK && node_op(g, n.a) != OP_LINK)
            image[id] = build(g, OP_LINK, n.a, image[n.b], image[n.c]);
        else
            image[id] = node_map(g, id, image);
    }
    for (uint32_t i = 0; i < roots->count; i++)
        roots->at[i] = image[roots->at[i]];
    ctx_resize(ctx, held, 0);
    ctx_resize(ctx, live, 0);
    ctx_resize(ctx, image, 0);
}

/* ---- the derivatives of one value: a list of its DIFF nodes in, their images out */

/* What a DIFF is by, in the image; 0 if that was made later, so that the value cannot use it. */
static NodeId target_of(const Expand *e, NodeId diff)
{
    NodeId by = node_at(e->g, diff)->b;
    return node_op(e->g, by) == OP_REF ? by : e->image[by];
}

/* The result at the subscripts of a DIFF, if it is an array. */
static NodeId element_at(Graph *g, NodeId diff, NodeId bar)
{
    TupleId at = node_tuple(g, diff);
    if (!bar)
        return build_int(g, 0);
    return at ? build_read(g, bar, at) : bar;
}

static bool is_member(const Graph *g, NodeId by) { return by && node_op(g, by) == OP_MEMBER; }

/* By one sweep in reverse: the adjoint of a name is the derivative with the model cut there. Not so
 * of an array of a recurrence, whose elements depend on each other where it is not cut: for each a
 * sweep of its own, `only`. Those done are taken off the list of targets. */
static void reverse_sweep(Expand *e, NodeId f, U32Vec *diffs, U32Vec *targets, NodeId only)
{
    Graph *g = e->g;
    Ctx *ctx = graph_ctx(g);
    NodeId seed = build_int(g, 1);
    uint8_t *varied = array_new(ctx, graph_count(g), 1);
    for (uint32_t i = 0; i < targets->count; i++)
        if (targets->at[i] != UINT32_MAX &&
            (only ? targets->at[i] == only : !is_member(g, targets->at[i])))
            varied[targets->at[i]] = 1;
    varied[0] = 0;
    Adjoints a = vjp(e->r, g, &f, &seed, 1, varied, SWEEP_PLAIN);
    for (uint32_t i = 0; i < targets->count; i++) {
        NodeId by = targets->at[i];
        if (by == UINT32_MAX || (only ? by != only : is_member(g, by)))
            continue;
        diffs->at[i] = element_at(g, diffs->at[i], by < a.count ? a.bar[by] : 0);
        targets->at[i] = UINT32_MAX;
    }
    ctx_resize(ctx, varied, 0);
    ctx_resize(ctx, a.bar, 0);
}

static void expand_in_reverse(Expand *e, NodeId f, U32Vec *diffs)
{
    U32Vec targets = {0};
    for (uint32_t i = 0; i < diffs->count; i++)
        *vec_push(graph_ctx(e->g), &targets) = target_of(e, diffs->at[i]);
    reverse_sweep(e, f, diffs, &targets, 0);
    for (uint32_t i = 0; i < targets.count; i++)
        if (targets.at[i] != UINT32_MAX)
            reverse_sweep(e, f, diffs, &targets, targets.at[i]);
    vec_free(graph_ctx(e->g), &targets);
}

/* The derivative of f by one name; in an element at indices that occur nowhere else, `fresh`. */
static NodeId forward_by(Expand *e, NodeId f, NodeId by, TupleId fresh, SweepKind kind)
{
    Graph *g = e->g;
    if (!by)
        return build_int(g, 0);
    NodeId *tangent = array_tangents(g, &f, 1, by, fresh);
    jvp(e->r, g, &f, 1, tangent, kind);
    NodeId dot = tangent[f] ? tangent[f] : build_int(g, 0);
    ctx_resize(graph_ctx(g), tangent, 0);
    return dot;
}

/* A value with free indices, an element of an array: forward, a sweep for each name. */
static void expand_forward(Expand *e, NodeId f, U32Vec *diffs, SweepKind kind)
{
    Graph *g = e->g;
    U32Vec targets = {0};
    for (uint32_t i = 0; i < diffs->count; i++)
        *vec_push(graph_ctx(g), &targets) = target_of(e, diffs->at[i]);
    for (uint32_t i = 0; i < targets.count; i++) {
        NodeId by = targets.at[i];
        if (by == UINT32_MAX)
            continue;
        bool array = node_tuple(g, diffs->at[i]);
        TupleId fresh = array && by ? array_fresh(g, node_shape(g, by)) : 0;
        NodeId dot = forward_by(e, f, by, fresh, kind);
        for (uint32_t k = i; k < targets.count; k++)
            if (targets.at[k] == by) {
                diffs->at[k] = array_at(g, dot, fresh, node_tuple(g, diffs->at[k]));
                targets.at[k] = UINT32_MAX;
            }
    }
    vec_free(graph_ctx(g), &targets);
}

/* Is the node a diff of this value, to be expanded with others of it? */
static bool is_diff_of(const Expand *e, NodeId id, NodeId value)
{
    return e->live[id] && node_op(e->g, id) == OP_DIFF && node_at(e->g, id)->a == value &&
           !e->cut[id];
}

/* note [orders]: derivatives by one number are taken forward from the third order on. Each sweep in
 * reverse goes through all that the last one made, and its adjoints share nothing with that: the
 * tenth derivative of tanh would be ten thousand operations, each order doubling them. A sweep
 * forward gives a node the same tangent every time, so that an order adds those of new nodes. */
static bool is_higher_order(const Expand *e, NodeId value, const U32Vec *diffs)
{
    NodeId by = 0;
    for (uint32_t i = 0; i < diffs->count; i++) {
        const NodeId other = target_of(e, diffs->at[i]);
        if (node_tuple(e->g, diffs->at[i]) || (by && other != by))
            return false;
        by = other;
    }
    return by && e->orders[value] > 1;
}

static void expand_value(Expand *e, NodeId value)
{
    Graph *g = e->g;
    NodeId f = e->image[value];
    U32Vec diffs = {0};
    for (NodeId id = value; id < e->end; id++)
        if (is_diff_of(e, id, value))
            *vec_push(graph_ctx(g), &diffs) = id;
    const bool higher = is_higher_order(e, value, &diffs);
    const SymId definition = graph_origin_now(g);
    graph_origin(g, definition, MADE_BY_DIFF);
    if (node_at(g, f)->free || higher)
        expand_forward(e, f, &diffs, higher ? SWEEP_HIGHER : SWEEP_PLAIN);
    else
        expand_in_reverse(e, f, &diffs);
    derive_release(g, f, &diffs);
    graph_origin(g, definition, MADE_BY_MODEL);
    for (NodeId id = e->end - 1; diffs.count > 0; id--)
        if (is_diff_of(e, id, value))
            e->image[id] = diffs.at[--diffs.count];
    vec_free(graph_ctx(g), &diffs);
}

/* ---- cuts */

/* Marks what a value needs, not looking behind the marked names. */
static uint8_t *live_before(Graph *g, NodeId root, const uint8_t *names)
{
    uint8_t *live = array_new(graph_ctx(g), root + 1, 1);
    live[root] = 1;
    for (NodeId id = root; id > 0; id--)
        for (uint32_t k = 0; live[id] && !names[id] && node_need(g, id, k); k++)
            live[node_need(g, id, k)] = 1;
    return live;
}

/* What a diff differentiates, without HOLD. */
static NodeId value_of(Graph *g, NodeId diff)
{
    NodeId value = node_at(g, diff)->a;
    return node_op(g, value) == OP_HOLD ? node_at(g, value)->a : value;
}

/* The names that are inputs to a diff: what it is by, and the parameters of its body. */
static void list_inputs(Graph *g, NodeId diff, U32Vec *names)
{
    NodeId value = node_at(g, diff)->a, by = node_at(g, diff)->b;
    TupleId held = node_op(g, value) == OP_HOLD ? node_tuple(g, value) : 0;
    *vec_push(graph_ctx(g), names) = by;
    for (uint32_t i = 0; i < tuple_size(g, held); i++)
        if (tuple_item(g, held, i) != by)
            *vec_push(graph_ctx(g), names) = tuple_item(g, held, i);
}

/* Is there something behind a name, in which `by` is found? */
static bool hides(Graph *g, NodeId name, NodeId by)
{
    if (node_arity(g, name) == 0 || by >= name)
        return false;
    uint8_t *behind = graph_live(g, &name, 1);
    bool found = behind[by];
    ctx_resize(graph_ctx(g), behind, 0);
    return found;
}

/* Would the diff, or one within it, look behind a name that is an input to it? */
static bool needs_cut(Graph *g, NodeId diff)
{
    Ctx *ctx = graph_ctx(g);
    U32Vec names = {0};
    bool found = false;
    NodeId value = value_of(g, diff);
    if (node_tuple(g, diff)) /* by an array */
        return false;
    uint8_t *mark = array_new(ctx, graph_count(g), 1);
    list_inputs(g, diff, &names);
    for (uint32_t i = 0; i < names.count; i++)
        mark[names.at[i]] = node_arity(g, names.at[i]) > 0;
    uint8_t *live = live_before(g, value, mark);
    for (uint32_t i = 0; i < names.count && !found; i++) {
        NodeId name = names.at[i];
        if (name > value || !live[name] || !mark[name])
            continue;
        found = i > 0 && hides(g, name, names.at[0]);
        for (NodeId id = value; id > name && !found; id--)
            found = live[id] && node_op(g, id) == OP_DIFF && hides(g, name, node_at(g, id)->b);
    }
    ctx_resize(ctx, mark, 0);
    ctx_resize(ctx, live, 0);
    vec_free(ctx, &names);
    return found;
}

/* The expression with some nodes replaced by others. Names that so become other values are none,
 * but stay apart from each other. */
static NodeId replace(Graph *g, NodeId root, const U32Vec *from, const U32Vec *to)
{
    Ctx *ctx = graph_ctx(g);
    uint32_t end = graph_count(g);
    NodeId *image = array_new(ctx, end, sizeof *image);
    uint8_t *mark = array_new(ctx, end, 1);
    for (uint32_t i = 0; i < from->count; i++) {
        mark[from->at[i]] = 1;
        image[from->at[i]] = to->at[i];
    }
    uint8_t *live = live_before(g, root, mark);
    for (NodeId id = 1; id <= root; id++) {
        if (!live[id] || mark[id])
            continue;
        const Node n = *node_at(g, id);
        image[id] = node_map(g, id, image);
        if (n.op == OP_SYSTEM)
            image[id] = system_like(g, id, node_at(g, image[id])->a);
        if (n.op == OP_NAME && image[id] != id)
            image[id] = build_temp(g, image[n.a], n.b, ROLE_SELF);
    }
    NodeId result = image[root];
    ctx_resize(ctx, live, 0);
    ctx_resize(ctx, mark, 0);
    ctx_resize(ctx, image, 0);
    return result;
}

/* Marks the nodes that the roots need, and the diffs that are expanded by themselves: they need
 * their inputs only. */
static void mark_live(Expand *e, const U32Vec *roots)
{
    Graph *g = e->g;
    U32Vec inputs = {0};
    e->live = array_new(graph_ctx(g), e->end, 1);
    e->cut = array_new(graph_ctx(g), e->end, 1);
    for (uint32_t i = 0; i < roots->count; i++)
        e->live[roots->at[i]] = 1;
    for (NodeId id = e->end - 1; id > 0; id--) {
        if (!e->live[id])
            continue;
        e->cut[id] = node_op(g, id) == OP_DIFF && needs_cut(g, id);
        for (uint32_t k = 0; !e->cut[id] && node_need(g, id, k); k++)
            e->live[node_need(g, id, k)] = 1;
        if (!e->cut[id])
            continue;
        inputs.count = 0;
        list_inputs(g, id, &inputs);
        for (uint32_t i = 0; i < inputs.count; i++)
            e->live[inputs.at[i]] = 1;
    }
    vec_free(graph_ctx(g), &inputs);
}

static NodeId reverse_by(Expand *e, NodeId f, NodeId by)
{
    Ctx *ctx = graph_ctx(e->g);
    NodeId seed = build_int(e->g, 1);
    uint8_t *varied = array_new(ctx, graph_count(e->g), 1);
    varied[by] = 1;
    Adjoints a = vjp(e->r, e->g, &f, &seed, 1, varied, SWEEP_PLAIN);
    NodeId bar = a.bar[by];
    ctx_resize(ctx, varied, 0);
    ctx_resize(ctx, a.bar, 0);
    return bar ? bar : build_int(e->g, 0);
}

/* One derivative, with the model cut at its inputs before anything in the value is expanded. */
static NodeId expand_cut(Expand *e, NodeId diff)
{
    Graph *g = e->g;
    Ctx *ctx = graph_ctx(g);
    U32Vec names = {0}, leaves = {0}, values = {0}, root = {0};
    if (e->cuts == CUTS_MAX)
        stop_deep(e, diff, CUTS_MAX);
    list_inputs(g, diff, &names);
    assert(names.count > 0); /* the first is what it is by */
    for (uint32_t i = 0; i < names.count; i++) {
        NodeId value = e->image[names.at[i]];
        bool leaf = node_arity(g, value) == 0;
        *vec_push(ctx, &values) = value;
        *vec_push(ctx, &leaves) = leaf ? value : graph_put(g, OP_STOP, value, CUT_LEAF, 0);
    }
    NodeId value = replace(g, value_of(g, diff), &names, &leaves);
    *vec_push(ctx, &root) = value;
    expand_roots(e->r, g, &root, e->cuts + 1);
    NodeId f = root.at[0];
    root.at[0] = node_at(g, f)->free ? forward_by(e, f, leaves.at[0], 0, SWEEP_PLAIN)
                                     : reverse_by(e, f, leaves.at[0]);
    derive_release(g, f, &root);
    NodeId result = replace(g, root.at[0], &leaves, &values);
    vec_free(ctx, &names);
    vec_free(ctx, &leaves);
    vec_free(ctx, &values);
    vec_free(ctx, &root);
    return result;
}

/* ---- the nodes above them */

static NodeId expand_node(const Expand *e, NodeId id)
{
    NodeId need;
    if (node_op(e->g, id) == OP_HOLD)
        return e->image[node_at(e->g, id)->a];
    for (uint32_t k = 0; (need = node_need(e->g, id, k)); k++)
        if (e->image[need] && e->image[need] != need)
            return node_map(e->g, id, e->image);
    return id;
}

/* Is there a diff below one of the nodes? */
static bool has_diff(Graph *g, const U32Vec *roots)
{
    bool found = false;
    U32Vec reach = graph_reach(g, roots->at, roots->count);
    for (uint32_t i = 0; i < reach.count && !found; i++)
        found = node_op(g, reach.at[i]) == OP_DIFF;
    vec_free(graph_ctx(g), &reach);
    return found;
}

static uint32_t orders_of(const Expand *e, NodeId id)
{
    uint32_t orders = 0;
    NodeId need;
    for (uint32_t k = 0; (need = node_need(e->g, id, k)); k++)
        orders = e->orders[need] > orders ? e->orders[need] : orders;
    return orders + (node_op(e->g, id) == OP_DIFF);
}

static void count_orders(Expand *e, const U32Vec *roots)
{
    Ctx *ctx = graph_ctx(e->g);
    uint8_t *live = graph_live(e->g, roots->at, roots->count);
    e->orders = array_new(ctx, e->end, sizeof *e->orders);
    for (NodeId id = 1; id < e->end; id++) {
        e->orders[id] = live[id] ? orders_of(e, id) : 0;
        if (e->orders[id] > ORDERS_MAX)
            stop_deep(e, id, ORDERS_MAX);
    }
    ctx_resize(ctx, live, 0);
}

/* Replaces the nodes by what they are with every diff below them expanded. */
static void expand_roots(Rules *r, Graph *g, U32Vec *roots, uint32_t cuts)
{
    Ctx *ctx = graph_ctx(g);
    Expand e = {.r = r, .g = g, .end = graph_count(g), .cuts = cuts};
    count_orders(&e, roots);
    mark_live(&e, roots);
    e.image = array_new(ctx, e.end, sizeof *e.image);
    for (NodeId id = 1; id < e.end; id++) {
        if (!e.live[id] || e.image[id])
            continue;
        graph_origin(g, node_origin(g, id), MADE_BY_MODEL);
        if (e.cut[id])
            e.image[id] = expand_cut(&e, id);
        else if (node_op(g, id) == OP_DIFF)
            expand_value(&e, node_at(g, id)->a);
        else
            e.image[id] = expand_node(&e, id);
    }
    graph_origin(g, 0, MADE_BY_MODEL);
    for (uint32_t i = 0; i < roots->count; i++)
        roots->at[i] = e.image[roots->at[i]];
    ctx_resize(ctx, e.live, 0);
    ctx_resize(ctx, e.cut, 0);
    ctx_resize(ctx, e.orders, 0);
    ctx_resize(ctx, e.image, 0);
}

/* The rules of functions first, for others may apply them. A rule that takes the derivative of a
 * function whose own rule was not expanded before has a diff again, and another turn; one that
 * comes back to itself has one for ever. */
static void expand_rules(Rules *r, Graph *g)
{
    bool again = true;
    U32Vec root = {0};
    *vec_push(graph_ctx(g), &root) = 0;
    for (uint32_t turn = 0; again; turn++) {
        again = false;
        for (uint32_t i = 0; i < graph_rule_count(g); i++) {
            root.at[0] = graph_rule_result(g, i);
            if (!has_diff(g, &root))
                continue;
            if (turn > graph_rule_count(g))
                ctx_fatal(graph_ctx(g), STATUS_MODEL,
                          "a rule takes the derivative that it is the rule for");
            expand_roots(r, g, &root, 0);
            graph_rule_replace(g, i, root.at[0]);
            again = true;
        }
    }
    vec_free(graph_ctx(g), &root);
}

/* Most models have none: then nobody need ask below which nodes they are. */
static bool has_any_diff(const Graph *g)
{
    NodeId id = graph_count(g) - 1;
    while (id && node_op(g, id) != OP_DIFF)
        id--;
    return id != 0;
}

void derive_expand_nodes(Rules *r, Graph *g, U32Vec *nodes)
{
    if (has_any_diff(g) && has_diff(g, nodes))
        expand_roots(r, g, nodes, 0);
}

void derive_expand(Rules *r, Model *model)
{
    expand_rules(r, model->graph);
    derive_expand_nodes(r, model->graph, &model->nodes);
}
