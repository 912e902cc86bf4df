/* Functions over the graph, and their application to arguments, which is substitution: a rule, a
 * user's function and a derivative are applied alike. */
#include <assert.h>
#include <stdlib.h>

#include "graph/graph.h"

static const char *const role_names[ARG_ROLE_COUNT] = {
    [ARG_DIM] = "dim", [ARG_INPUT] = "input", [ARG_PARAM] = "param", [ARG_INDEX] = "index",
    [ARG_TANGENT] = "tangent", [ARG_SEED] = "seed", [ARG_OUTPUT] = "output",
    [ARG_OUTPUT_TANGENT] = "output_tangent", [ARG_ADJOINT] = "adjoint",
    [ARG_ADJOINT_TANGENT] = "adjoint_tangent", [ARG_JACOBIAN] = "jacobian",
    [ARG_HESSIAN] = "hessian", [ARG_WORK] = "work",
};

static const char *const kind_names[FN_KIND_COUNT] = {
    [FN_VALUE] = "value", [FN_FORWARD] = "forward", [FN_REVERSE] = "reverse",
    [FN_GRADIENT] = "gradient", [FN_JACOBIAN] = "jacobian", [FN_HESSIAN] = "hessian",
    [FN_HVP] = "hvp",
};

const char *role_suffix(SymRole role)
{
    static const char *const suffixes[ROLE_COUNT] = {
        [ROLE_SELF] = "", [ROLE_DOT] = "_dot", [ROLE_BAR] = "_bar", [ROLE_OUT] = "_out",
        [ROLE_SUM] = "_sum", [ROLE_VALUE] = "_value",
        [ROLE_LU] = "_lu",
        [ROLE_KEPT] = "_kept",
    };
    return suffixes[role];
}

const char *arg_role_name(ArgRole role) { return role_names[role]; }
const char *fn_kind_name(FnKind kind) { return kind_names[kind]; }

/* ---- bodies */

/* Which parameter is this? Their count if it is none. */
static uint32_t param_of(const FnBody *body, SymId sym)
{
    uint32_t low = 0, high = body->by_sym.count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2, param = body->by_sym.at[middle];
        if (body->params[param] == sym)
            return param;
        if (body->params[param] < sym)
            low = middle + 1;
        else
            high = middle;
    }
    return body->count;
}

typedef struct ByNumber {
    uint32_t key, number;
} ByNumber;

static int by_number(const void *left, const void *right)
{
    const ByNumber *a = left, *b = right;
    return (a->key > b->key) - (a->key < b->key);
}

static void sort_params(Ctx *ctx, FnBody *body)
{
    ByNumber *list = array_new(ctx, body->count + 1, sizeof *list);
    for (uint32_t i = 0; i < body->count; i++)
        list[i] = (ByNumber){body->params[i], i};
    qsort(list, body->count, sizeof *list, by_number);
    for (uint32_t i = 0; i < body->count; i++)
        *vec_push(ctx, &body->by_sym) = list[i].number;
    ctx_resize(ctx, list, 0);
}

static bool binds(const Node *n)
{
    return n->op == OP_PART || op_info((Op)n->op)->flags & OPF_REDUCE;
}

static void add_to_order(Graph *g, FnBody *body, NodeId id)
{
    *vec_push(graph_ctx(g), &body->order) = id;
    body->binds |= binds(node_at(g, id));
}

/* The nodes that contain a parameter are not before the symbols of these: so a body costs what it
 * is long, however long the model is. */
static void find_order(Graph *g, FnBody *body)
{
    Ctx *ctx = graph_ctx(g);
    const NodeId root = body->result;
    const NodeId first = body->count ? sym_at(g, body->params[body->by_sym.at[0]])->born : root + 1;
    if (first > root)
        return;
    uint8_t *live = array_new(ctx, root - first + 1, 1);
    uint8_t *mark = array_new(ctx, root - first + 1, 1);
    NodeId need;
    live[root - first] = 1;
    for (NodeId id = root; id >= first; id--)
        for (uint32_t k = 0; live[id - first] && (need = node_need(g, id, k)); k++)
            if (need >= first)
                live[need - first] = 1;
    for (NodeId id = first; id <= root; id++) {
        if (!live[id - first])
            continue;
        const Node *n = node_at(g, id);
        bool contains = n->op == OP_REF && param_of(body, n->a) < body->count;
        for (uint32_t k = 0; !contains && (need = node_need(g, id, k)); k++)
            contains = need >= first && mark[need - first];
        mark[id - first] = contains;
        if (contains)
            add_to_order(g, body, id);
    }
    ctx_resize(ctx, live, 0);
    ctx_resize(ctx, mark, 0);
}

FnBody fn_body(Graph *g, NodeId result, const SymId *params, uint32_t count)
{
    FnBody body = {.result = result, .params = params, .count = count};
    sort_params(graph_ctx(g), &body);
    find_order(g, &body);
    return body;
}

void fn_body_end(Graph *g, FnBody *body)
{
    vec_free(graph_ctx(g), &body->by_sym);
    vec_free(graph_ctx(g), &body->order);
}

/* ---- application
 *
 * note [capture]: an argument may be free in an index that the body binds: sum[i](v[i]*a) with
 * a = q[i]. Then the bound index gets another name, and only where it is bound: the same node may
 * stand within the sum and beside it. So binders are renamed one by one, by a substitution in
 * what they bind; and what only such binders need is not applied beside: there may be calls in it,
 * with such binders in what they call, and twice the work at each level is too much. */

/* note [calls] of graph.h: what was applied so far, found by function and arguments. */
typedef struct Call {
    uint32_t body;
    TupleId args;
    NodeId result;
} Call;

typedef struct Calls {
    VEC(Call) list; /* from 1 */
    Lookup table;
    uint32_t depth; /* of binders whose indices are being renamed */
} Calls;

typedef struct Apply {
    Graph *g;
    const FnBody *body;
    const NodeId *args;
    IndexId index;   /* substituted by args[0]; 0 for none */
    SetId avoid;     /* what arguments are free in */
    NodeId *image;   /* of each in the body's order */
    uint8_t *wanted; /* likewise: is it more than renamed binders that needs it? NULL: of all */
    uint32_t done;   /* how many of these are known */
    Calls *calls;
    Call call;       /* what is called by another body: it owns the arguments */
} Apply;

/* Binders within binders, by way of calls, whose indices get other names. */
enum { RENAMED_MOST = 100 };

static NodeId apply(const Apply *outermost);

/* Where in the order a node is; UINT32_MAX if it is none of it. */
static uint32_t place_in_order(const Apply *a, NodeId id)
{
    const U32Vec *order = &a->body->order;
    uint32_t low = 0, high = order->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (order->at[middle] == id)
            return middle;
        if (order->at[middle] < id)
            low = middle + 1;
        else
            high = middle;
    }
    return UINT32_MAX;
}

/* What a node has become: itself, if it is none of `order`. */
static NodeId applied_node(const void *with, NodeId id)
{
    const Apply *a = with;
    const uint32_t place = place_in_order(a, id);
    return place == UINT32_MAX ? id : a->image[place];
}

static TupleId applied_tuple(const Apply *a, TupleId tuple)
{
    return tuple_map_by(a->g, tuple, applied_node, a);
}

/* The indices that a node binds. */
static SetId bound_of(Graph *g, const Node *n)
{
    return n->op == OP_PART ? n->c : binds(n) ? set_with(g, 0, n->b) : 0;
}

/* Does one of the indices become another? */
static bool is_renamed(const Apply *a, SetId bound)
{
    for (uint32_t i = 0; i < set_size(a->g, bound); i++) {
        const IndexId index = set_member(a->g, bound, i);
        const Index *range = index_at(a->g, index);
        if (set_has(a->g, a->avoid, index) || place_in_order(a, range->lower) != UINT32_MAX ||
            place_in_order(a, range->upper) != UINT32_MAX)
            return true;
    }
    return false;
}

static void want(const Apply *a, NodeId id)
{
    const uint32_t place = place_in_order(a, id);
    if (place != UINT32_MAX)
        a->wanted[place] = 1;
}

/* note [capture] */
static void want_all(Apply *a)
{
    const U32Vec *order = &a->body->order;
    a->wanted = array_new(graph_ctx(a->g), order->count, 1);
    want(a, a->body->result);
    for (uint32_t i = order->count; i-- > 0;) {
        const NodeId id = order->at[i];
        const Node n = *node_at(a->g, id);
        const SetId bound = bound_of(a->g, &n);
        NodeId need;
        if (!a->wanted[i])
            continue;
        for (uint32_t k = 0; !is_renamed(a, bound) && (need = node_need(a->g, id, k)); k++)
            want(a, need);
        for (uint32_t k = 0; k < set_size(a->g, bound); k++) {
            want(a, index_at(a->g, set_member(a->g, bound, k))->lower);
            want(a, index_at(a->g, set_member(a->g, bound, k))->upper);
        }
    }
}

/* Which nodes below the result take part in the substitution of an index? */
static void find_free(Graph *g, IndexId index, FnBody *body)
{
    U32Vec below = graph_below(g, body->result);
    for (uint32_t i = 0; i < below.count; i++)
        if (set_has(g, node_at(g, below.at[i])->free, index))
            add_to_order(g, body, below.at[i]);
    vec_free(graph_ctx(g), &below);
}

/* What a binder's indices become, of those that become others: those that ranges of others depend
 * on come first. */
typedef struct Renamed {
    IndexId from[64], to[64];
    uint32_t count;
} Renamed;

/* What a node below a binder becomes, its bound indices renamed first. */
static NodeId apply_renamed(const Apply *outer, NodeId node, const Renamed *bound)
{
    Apply a = *outer;
    FnBody body = *outer->body;
    if (++a.calls->depth > RENAMED_MOST)
        graph_stop(a.g, "let elements of an array be what is within some of the sums",
                   "more than %d functions with sums call each other within their sums",
                   RENAMED_MOST);
    for (uint32_t i = 0; i < bound->count; i++)
        node = fn_substitute(a.g, node, bound->from[i], build_index(a.g, bound->to[i]));
    body.result = node;
    body.order = (U32Vec){0};
    if (a.index)
        find_free(a.g, a.index, &body);
    else
        find_order(a.g, &body);
    a.body = &body;
    NodeId image = apply(&a);
    vec_free(graph_ctx(a.g), &body.order);
    a.calls->depth--;
    return image;
}

/* What a bound index becomes: another one where its range does, or where an argument is free in
 * it or what is `taken` has it. */
static IndexId bound_image(const Apply *a, IndexId index, SetId taken, const Renamed *before)
{
    const Index i = *index_at(a->g, index);
    NodeId low = before->count ? apply_renamed(a, i.lower, before) : applied_node(a, i.lower);
    NodeId high = before->count ? apply_renamed(a, i.upper, before) : applied_node(a, i.upper);
    IndexId to = index_of(a->g, i.name, low, high, i.serial);
    return index_beside(a->g, to, set_union(a->g, a->avoid, taken));
}

/* Finds what a binder's indices become; gives all of them. */
static SetId rename_bound(const Apply *a, SetId bound, SetId beside, Renamed *renamed)
{
    SetId image = 0;
    for (uint32_t i = 0; i < set_size(a->g, bound); i++) {
        const IndexId index = set_member(a->g, bound, i);
        const SetId others = set_union(a->g, set_without(a->g, bound, index), image);
        const IndexId to = bound_image(a, index, set_union(a->g, beside, others), renamed);
        image = set_with(a->g, image, to);
        renamed->from[renamed->count] = index;
        renamed->to[renamed->count] = to;
        renamed->count += index != to;
    }
    return image;
}

/* A binder whose indices get other names; 0 if none does. */
static NodeId apply_binder(const Apply *a, NodeId id)
{
    Graph *g = a->g;
    const Node n = *node_at(g, id);
    Renamed renamed = {.count = 0};
    NodeId items[64];
    const uint32_t size = n.op == OP_PART ? tuple_size(g, n.b) : 0;
    const SetId bound = bound_of(g, &n);
    if (!bound || !is_renamed(a, bound))
        return 0;
    const SetId beside = set_minus(g, node_at(g, n.a)->free, bound);
    const SetId image = rename_bound(a, bound, beside, &renamed);
    NodeId body = apply_renamed(a, n.a, &renamed);
    if (n.op != OP_PART)
        return build_reduce(g, (Op)n.op, body, set_member(g, image, 0));
    for (uint32_t i = 0; i < size && i < 64; i++)
        items[i] = apply_renamed(a, tuple_item(g, n.b, i), &renamed);
    return build_part(g, body, tuple_of(g, items, size), image);
}

/* What a part of an array becomes: one without an argument is none of the order, but may bind an
 * index that the array is free in then. */
static NodeId applied_part(const void *with, NodeId id)
{
    const Apply *a = with;
    const NodeId renamed = place_in_order(a, id) == UINT32_MAX ? apply_binder(a, id) : 0;
    return renamed ? renamed : applied_node(a, id);
}

static NodeId apply_node(const Apply *a, NodeId id)
{
    Graph *g = a->g;
    Node n = *node_at(g, id);
    if (n.op == OP_INDEX && n.a == a->index)
        return a->args[0];
    const uint32_t param = n.op == OP_REF && !a->index ? param_of(a->body, n.a) : a->body->count;
    if (param < a->body->count)
        return n.b ? build_read(g, a->args[param], applied_tuple(a, n.b)) : a->args[param];
    NodeId binder = apply_binder(a, id);
    if (binder)
        return binder;
    if (n.op == OP_ARRAY && a->index)
        return node_map_by(g, id, applied_part, a);
    if (n.op == OP_ARRAY) {
        const TupleId parts = tuple_map_by(g, n.a, applied_part, a),
                      shape = applied_tuple(a, sym_at(g, n.b)->shape);
        return build_array(g, parts, sym_like(g, n.b, n.a, parts, shape), (int)n.c);
    }
    if (n.op == OP_SYSTEM)
        return system_like(g, id, applied_tuple(a, n.a));
    return node_map_by(g, id, applied_node, a);
}

/* The copy of a node is written where the node is, and called where the application is. */
static void take_place(const Apply *a, NodeId id, NodePlace now)
{
    if (!(op_info(node_op(a->g, id))->flags & (OPF_POLE | OPF_STEP)))
        return;
    NodePlace own = node_place(a->g, id);
    if (own.place)
        graph_place(a->g, own.place, a->index ? own.call : now.place);
    else
        graph_place(a->g, now.place, now.call);
}

/* ---- calls */

static uint32_t call_hash(Call c) { return hash_mix(hash_mix(0, c.body), c.args); }

static LookupKey key_of_call(const void *with, uint32_t number)
{
    return call_hash(((const Calls *)with)->list.at[number - 1]);
}

/* What a call is; 0 if that is not known yet. */
static NodeId find_call(const Calls *calls, Call call, LookupTry *at)
{
    uint32_t number;
    while ((number = lookup_find(&calls->table, at))) {
        assert(number <= calls->list.count);
        const Call *c = &calls->list.at[number - 1];
        if (c->body == call.body && c->args == call.args)
            return c->result;
    }
    return 0;
}

static void note_call(Ctx *ctx, Calls *calls, Call call)
{
    LookupTry at = lookup_try(call_hash(call));
    while (lookup_find(&calls->table, &at))
        continue;
    *vec_push(ctx, &calls->list) = call;
    lookup_enter(ctx, &calls->table, calls->list.count, &at, key_of_call, calls);
}

/* ---- bodies, each within the one that calls it */

typedef VEC(Apply) ApplyVec;

static void begin_body(ApplyVec *stack, const Apply *with)
{
    Ctx *ctx = graph_ctx(with->g);
    Apply a = *with;
    const uint32_t args = a.index ? 1 : a.body->count;
    a.avoid = 0;
    a.done = 0;
    a.wanted = NULL;
    for (uint32_t i = 0; i < args; i++)
        a.avoid = set_union(a.g, a.avoid, node_at(a.g, a.args[i])->free);
    a.image = array_new(ctx, a.body->order.count + 1, sizeof *a.image);
    if (a.body->binds)
        want_all(&a);
    *vec_push(ctx, stack) = a;
}

static void know_image(Apply *a, NodeId image) { a->image[a->done++] = image; }

static NodeId end_body(ApplyVec *stack)
{
    Apply *a = &stack->at[stack->count - 1];
    Ctx *ctx = graph_ctx(a->g);
    const NodeId result = applied_node(a, a->body->result);
    ctx_resize(ctx, a->image, 0);
    ctx_resize(ctx, a->wanted, 0);
    if (--stack->count == 0)
        return result;
    a->call.result = result;
    note_call(ctx, a->calls, a->call);
    ctx_resize(ctx, (NodeId *)a->args, 0);
    know_image(a - 1, result);
    return result;
}

/* A CALL is what its body is for the arguments: known, or to be found first. */
static void call(ApplyVec *stack, NodeId id)
{
    Apply *a = &stack->at[stack->count - 1];
    Ctx *ctx = graph_ctx(a->g);
    const Node n = *node_at(a->g, id);
    const Call c = {.body = n.a, .args = applied_tuple(a, n.b)};
    LookupTry at = lookup_try(call_hash(c));
    const NodeId known = find_call(a->calls, c, &at);
    if (known) {
        know_image(a, known);
        return;
    }
    Apply callee = {.g = a->g, .body = graph_body(a->g, n.a), .calls = a->calls, .call = c};
    NodeId *args = array_new(ctx, callee.body->count + 1, sizeof *args);
    for (uint32_t i = 0; i < callee.body->count; i++)
        args[i] = tuple_item(a->g, c.args, i);
    callee.args = args;
    begin_body(stack, &callee);
}

static NodeId apply(const Apply *outermost)
{
    Graph *g = outermost->g;
    Ctx *ctx = graph_ctx(g);
    ApplyVec stack = {0};
    NodeId result = 0;
    const NodePlace place = graph_place_now(g);
    begin_body(&stack, outermost);
    while (stack.count) {
        Apply *a = &stack.at[stack.count - 1];
        if (a->done == a->body->order.count) {
            result = end_body(&stack);
            continue;
        }
        const NodeId id = a->body->order.at[a->done];
        if (a->wanted && !a->wanted[a->done]) {
            know_image(a, 0);
            continue;
        }
        if (place.place)
            take_place(a, id, place);
        if (node_op(g, id) == OP_CALL && !a->index)
            call(&stack, id);
        else
            know_image(a, apply_node(a, id));
    }
    graph_place(g, place.place, place.call);
    vec_free(ctx, &stack);
    return result;
}

NodeId fn_apply(Graph *g, const FnBody *body, const NodeId *args)
{
    Calls calls = {0};
    const Apply a = {.g = g, .body = body, .args = args, .calls = &calls};
    const NodeId result = apply(&a);
    vec_free(graph_ctx(g), &calls.list);
    ctx_resize(graph_ctx(g), calls.table.slots, 0);
    return result;
}

NodeId fn_substitute(Graph *g, NodeId root, IndexId index, NodeId integer)
{
    if (!set_has(g, node_at(g, root)->free, index))
        return root;
    Calls calls = {0};
    FnBody body = {.result = root};
    Apply a = {.g = g, .body = &body, .args = &integer, .index = index, .calls = &calls};
    find_free(g, index, &body);
    const NodeId result = apply(&a);
    vec_free(graph_ctx(g), &body.order);
    return result;
}
