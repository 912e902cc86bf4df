/* walk: the evaluation of expressions. Trees as written come in; their values in a world go out.
 *
 * The one idea: an expression is the run of nodes first..root, operands before users, so a walk
 * is a loop over it. What a node needs beyond that (a definition, a call, a diff) is a frame on
 * a stack of our own, and the loop goes on when it has returned: nothing recurses.
 */
#include <string.h>

#include "oracle/oracle.h"

enum { WALK_CALLS = 4096 }; /* results of calls that are remembered */

static const AstNode *node_of(const Oracle *o, AstId id)
{
    return &o->unit->ast->nodes.at[id];
}

static WalkFrame *top_of(Oracle *o)
{
    return &o->frames.at[o->frames.count - 1];
}

static void push(Oracle *o, WalkFrame frame)
{
    *vec_push(o->ctx, &o->frames) = frame;
}

/* ---- frames ----------------------------------------------------------------------------- */

void walk_expression(Oracle *o, World *world, Activation *within, AstId root, uint32_t entity,
                     uint64_t path)
{
    AstId first = node_of(o, root)->first;
    WalkFrame f = {.kind = FRAME_EXPRESSION, .world = world, .activation = within, .next = first,
                   .first = first, .root = root, .slots = o->slots.count, .entity = entity,
                   .path = path};
    for (AstId id = first; id <= root; id++)
        *vec_push(o->ctx, &o->slots) = (WalkSlot){NULL, 0};
    push(o, f);
}

void walk_activation(Oracle *o, Activation *activation)
{
    push(o, (WalkFrame){.kind = FRAME_ACTIVATION, .activation = activation});
}

void walk_slope(Oracle *o, Slope *slope)
{
    push(o, (WalkFrame){.kind = FRAME_SLOPE, .slope = slope});
}

/* ---- activations ------------------------------------------------------------------------ */

Activation *activation_new(Oracle *o, const LocalVec *locals, uint32_t params, AstId result,
                           World *world, uint64_t path)
{
    Activation *a = ctx_resize(o->ctx, NULL, sizeof *a);
    uint32_t count = locals->count;
    *a = (Activation){.locals = locals, .params = params, .result = result,
                      .function = ORACLE_NONE, .world = world, .path = path,
                      .slot = array_new(o->ctx, count + 1, sizeof *a->slot),
                      .state = array_new(o->ctx, 2 * (count + 1), 1)};
    a->cut = a->state + count + 1;
    for (uint32_t i = 0; i < count; i++)
        a->state[i] = i < params ? SLOT_READY : SLOT_WANTED;
    return a;
}

void activation_free(Oracle *o, Activation *a)
{
    for (uint32_t i = 0; i < a->locals->count; i++)
        lanes_drop(o, a->slot[i]);
    ctx_resize(o->ctx, a->slot, 0);
    ctx_resize(o->ctx, a->state, 0);
    ctx_resize(o->ctx, a, 0);
}

/* ---- remembered calls ------------------------------------------------------------------- */

static uint64_t hash_call(const Activation *a)
{
    uint64_t hash = lanes_mix(a->world->serial, a->function);
    for (uint32_t i = 0; i < a->params; i++) {
        double x = mpfr_get_d(a->slot[i]->at[a->slot[i]->count / 2], MPFR_RNDN);
        uint64_t bits;
        memcpy(&bits, &x, sizeof bits);
        hash = lanes_mix(hash, bits);
    }
    return hash;
}

static WalkCall *call_place(Oracle *o, const Activation *a)
{
    if (!o->calls)
        o->calls = array_new(o->ctx, WALK_CALLS, sizeof *o->calls);
    return &o->calls[hash_call(a) % WALK_CALLS];
}

/* The result of the same call made before, held; NULL if it is not remembered. */
static Lanes *recall(Oracle *o, const Activation *a)
{
    const WalkCall *call = call_place(o, a);
    if (!call->value || call->serial != a->world->serial || call->function != a->function)
        return NULL;
    for (uint32_t i = 0; i < a->params; i++)
        if (!lanes_equal(call->args[i], a->slot[i]))
            return NULL;
    return lanes_hold(call->value);
}

static void forget(Oracle *o, WalkCall *call)
{
    for (uint32_t i = 0; i < call->count; i++)
        lanes_drop(o, call->args[i]);
    lanes_drop(o, call->value);
    ctx_resize(o->ctx, call->args, 0);
    *call = (WalkCall){.value = NULL};
}

static void remember(Oracle *o, const Activation *a, Lanes *value)
{
    WalkCall *call = call_place(o, a);
    forget(o, call);
    Lanes **args = array_new(o->ctx, a->params + 1, sizeof *args);
    for (uint32_t i = 0; i < a->params; i++)
        args[i] = lanes_hold(a->slot[i]);
    *call = (WalkCall){.serial = a->world->serial, .function = a->function, .args = args,
                       .count = a->params, .value = lanes_hold(value)};
}

/* Locals one after the other, then the result. */
static void activation_step(Oracle *o)
{
    WalkFrame *f = top_of(o);
    Activation *a = f->activation;
    uint32_t count = a->locals->count;
    if (o->returned && f->next == count) {
        if (a->function != ORACLE_NONE)
            remember(o, a, o->returned);
        activation_free(o, a);
        o->frames.count--;
        return;
    }
    if (o->returned) {
        a->slot[f->next] = o->returned;
        a->state[f->next++] = SLOT_READY;
        o->returned = NULL;
    }
    while (f->next < count && a->state[f->next] != SLOT_WANTED)
        f->next++;
    AstId root = f->next < count ? a->locals->at[f->next].value : a->result;
    walk_expression(o, a->world, a, root, ORACLE_NONE, a->path);
}

/* ---- nodes ------------------------------------------------------------------------------ */

static void put(Oracle *o, const WalkFrame *f, AstId id, Lanes *value)
{
    o->slots.at[f->slots + (id - f->first)] = (WalkSlot){value, o->tree.uses[id]};
}

/* The value of an operand, held: its own hold if nobody else will ask. */
static Lanes *take(Oracle *o, const WalkFrame *f, AstId id)
{
    WalkSlot *slot = &o->slots.at[f->slots + (id - f->first)];
    Lanes *value = slot->value;
    if (slot->left == UINT8_MAX || slot->left > 1) {
        if (slot->left != UINT8_MAX)
            slot->left--;
        return lanes_hold(value);
    }
    slot->value = NULL;
    return value;
}

static uint64_t where_of(const WalkFrame *f, AstId id)
{
    return lanes_mix(f->path, id);
}

static void BP_NORETURN no_scalar(Oracle *o)
{
    ctx_fatal(o->ctx, STATUS_SYSTEM, "the oracle evaluates scalar expressions only");
}

static Lanes *name_value(Oracle *o, const WalkFrame *f, AstId id)
{
    const AstNode *n = node_of(o, id);
    switch ((Resolution)n->resolution) {
    case RES_ENTITY: return world_fetch(o, f->world, n->target);
    case RES_LOCAL: return lanes_hold(f->activation->slot[n->target]);
    case RES_PI: return lanes_pi(o, f->world, where_of(f, id));
    case RES_INF: return lanes_inf(o);
    case RES_NONE: case RES_INDEX: case RES_SIZE: case RES_OP: case RES_FUNCTION: case RES_DIFF:
    case RES_REDUCTION: case RES_ARRAY:
        break;
    }
    no_scalar(o);
}

static Lanes *apply(Oracle *o, const WalkFrame *f, Op op, AstId id, const AstId *from, int count)
{
    Lanes *x[3] = {NULL, NULL, NULL};
    for (int i = 0; i < count; i++)
        x[i] = take(o, f, from[i]);
    Lanes *r = lanes_apply(o, f->world, op, x, where_of(f, id));
    for (int i = 0; i < count; i++)
        lanes_drop(o, x[i]);
    return r;
}

static Lanes *select_value(Oracle *o, const WalkFrame *f, const AstNode *n)
{
    Lanes *condition = take(o, f, n->a), *yes = take(o, f, n->b), *no = take(o, f, n->c);
    Lanes *r = lanes_select(o, f->world, condition, yes, no);
    lanes_drop(o, condition);
    lanes_drop(o, yes);
    lanes_drop(o, no);
    return r;
}

/* The first two arguments, then each further one with what came before. */
static Lanes *fold(Oracle *o, const WalkFrame *f, Op op, AstId id, const AstId *args,
                   uint32_t count)
{
    Lanes *r = apply(o, f, op, id, args, 2);
    for (uint32_t i = 2; i < count; i++) {
        Lanes *x[2] = {r, take(o, f, args[i])};
        r = lanes_apply(o, f->world, op, x, where_of(f, id));
        lanes_drop(o, x[0]);
        lanes_drop(o, x[1]);
    }
    return r;
}

/* leaky_relu(x) and elu(x): the second argument has a default. */
static Lanes *with_default(Oracle *o, const WalkFrame *f, Op op, AstId id, AstId arg)
{
    Name text = name_of(o->ctx, op == OP_ELU ? "1" : "0.01");
    Lanes *x[2] = {take(o, f, arg), lanes_literal(o, f->world, text, ~where_of(f, id))};
    Lanes *r = lanes_apply(o, f->world, op, x, where_of(f, id));
    lanes_drop(o, x[0]);
    lanes_drop(o, x[1]);
    return r;
}

static Lanes *operator_value(Oracle *o, const WalkFrame *f, AstId id)
{
    const AstNode *n = node_of(o, id);
    const AstId *args = &o->unit->ast->list.at[n->a];
    Op op = (Op)n->target;
    if (op == OP_MIN || op == OP_MAX)
        return fold(o, f, op, id, args, n->b);
    if ((op == OP_LEAKY_RELU || op == OP_ELU) && n->b == 1)
        return with_default(o, f, op, id, args[0]);
    return apply(o, f, op, id, args, op_info(op)->arity);
}

static Lanes *function_value(Oracle *o, const WalkFrame *f, AstId id)
{
    const AstNode *n = node_of(o, id);
    const Function *called = &o->unit->functions.at[n->target];
    Activation *a = activation_new(o, &called->locals, called->params, called->result, f->world,
                                   where_of(f, id));
    a->function = n->target;
    for (uint32_t i = 0; i < n->b; i++)
        a->slot[i] = take(o, f, o->unit->ast->list.at[n->a + i]);
    Lanes *known = recall(o, a);
    if (known)
        activation_free(o, a);
    else
        walk_activation(o, a);
    return known;
}

static Lanes *call_value(Oracle *o, const WalkFrame *f, AstId id)
{
    const AstNode *n = node_of(o, id);
    switch ((Resolution)n->resolution) {
    case RES_OP: return operator_value(o, f, id);
    case RES_FUNCTION: return function_value(o, f, id);
    case RES_DIFF:
        slope_push(o, f->world, f->activation, n, where_of(f, id));
        return NULL;
    case RES_NONE: case RES_ENTITY: case RES_LOCAL: case RES_INDEX: case RES_SIZE: case RES_PI:
    case RES_INF: case RES_REDUCTION: case RES_ARRAY:
        break;
    }
    no_scalar(o);
}

/* The value of a node; NULL: a frame was pushed that returns it. */
static Lanes *node_value(Oracle *o, const WalkFrame *f, AstId id)
{
    const AstNode *n = node_of(o, id);
    AstId operands[2] = {n->a, n->b};
    switch ((AstKind)n->kind) {
    case AST_NUMBER: return lanes_literal(o, f->world, n->name, where_of(f, id));
    case AST_NAME: return name_value(o, f, id);
    case AST_UNARY: return apply(o, f, (Op)n->op, id, operands, 1);
    case AST_BINARY: return apply(o, f, (Op)n->op, id, operands, 2);
    case AST_COND: return select_value(o, f, n);
    case AST_CALL: return call_value(o, f, id);
    case AST_NONE: case AST_SUBSCRIPT: case AST_REDUCE: case AST_MATMUL: case AST_TRANSPOSE:
    case AST_MATRIX: case AST_ROW: case AST_RANGE: case AST_WHOLE: case AST_IN: break;
    }
    no_scalar(o);
}

/* ---- the loop --------------------------------------------------------------------------- */

static void expression_end(Oracle *o)
{
    WalkFrame *f = top_of(o);
    Lanes *value = o->slots.at[f->slots + (f->root - f->first)].value;
    o->slots.at[f->slots + (f->root - f->first)].value = NULL;
    for (uint32_t i = f->slots; i < o->slots.count; i++)
        lanes_drop(o, o->slots.at[i].value);
    o->slots.count = f->slots;
    if (f->entity != ORACLE_NONE)
        f->world->memo[f->entity] = lanes_hold(value);
    o->returned = value;
    o->frames.count--;
}

static void expression_step(Oracle *o)
{
    if (o->returned) {
        WalkFrame *f = top_of(o);
        put(o, f, f->next++, o->returned);
        o->returned = NULL;
    }
    for (;;) {
        WalkFrame *f = top_of(o);
        if (f->next > f->root)
            break;
        AstId call = tree_leap(o, f->next, f->root);
        if (call)
            f->next = call;
        WalkFrame copy = *f; /* the frames may move */
        Lanes *value = node_value(o, &copy, copy.next);
        if (!value)
            return;
        put(o, &copy, copy.next, value);
        top_of(o)->next++;
    }
    expression_end(o);
}

Lanes *walk_run(Oracle *o)
{
    while (o->frames.count) {
        switch (top_of(o)->kind) {
        case FRAME_EXPRESSION: expression_step(o); break;
        case FRAME_ACTIVATION: activation_step(o); break;
        case FRAME_SLOPE: slope_step(o); break;
        }
    }
    Lanes *value = o->returned;
    o->returned = NULL;
    return value;
}
