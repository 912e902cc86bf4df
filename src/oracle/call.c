/* call: functions of the user's. Arguments come in, the value of the body goes out.
 *
 * The one idea: a body at work is an activation, which holds its parameters and locals; a call
 * with the same arguments in the same world need not be made again.
 */
#include "oracle/oracle.h"

enum { WALK_CALLS = 4096 }; /* results of calls that are remembered */

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
        value_drop(o, a->slot[i]);
    ctx_resize(o->ctx, a->sizes, 0);
    ctx_resize(o->ctx, a->slot, 0);
    ctx_resize(o->ctx, a->state, 0);
    ctx_resize(o->ctx, a, 0);
}

/* ---- remembered calls ------------------------------------------------------------------- */

static uint64_t hash_call(const Activation *a)
{
    uint64_t hash = lanes_mix(a->world->serial, a->function);
    for (uint32_t i = 0; i < a->params; i++)
        hash = lanes_mix(hash, value_hash(a->slot[i]));
    return hash;
}

static WalkCall *call_place(Oracle *o, const Activation *a)
{
    if (!o->calls)
        o->calls = array_new(o->ctx, WALK_CALLS, sizeof *o->calls);
    return &o->calls[hash_call(a) % WALK_CALLS];
}

/* The result of the same call made before, held; NULL if it is not remembered. */
static Value *recall(Oracle *o, const Activation *a)
{
    const WalkCall *call = call_place(o, a);
    if (!call->value || call->serial != a->world->serial || call->function != a->function)
        return NULL;
    for (uint32_t i = 0; i < a->params; i++)
        if (!value_equal(call->args[i], a->slot[i]))
            return NULL;
    return value_hold(call->value);
}

static void forget(Oracle *o, WalkCall *call)
{
    for (uint32_t i = 0; i < call->count; i++)
        value_drop(o, call->args[i]);
    value_drop(o, call->value);
    ctx_resize(o->ctx, call->args, 0);
    *call = (WalkCall){.value = NULL};
}

static void remember(Oracle *o, const Activation *a, Value *value)
{
    WalkCall *call = call_place(o, a);
    forget(o, call);
    Value **args = array_new(o->ctx, a->params + 1, sizeof *args);
    for (uint32_t i = 0; i < a->params; i++)
        args[i] = value_hold(a->slot[i]);
    *call = (WalkCall){.serial = a->world->serial, .function = a->function, .args = args,
                       .count = a->params, .value = value_hold(value)};
}

/* ---- sizes ------------------------------------------------------------------------------ */

/* The sizes that parameters bind take their values from the arguments. */
static void bind_sizes(Oracle *o, Activation *a, const Function *f)
{
    a->sizes = array_new(o->ctx, f->sizes.count + 1, sizeof *a->sizes);
    for (uint32_t i = 0; i < f->sizes.count; i++)
        a->sizes[i] = o->sizes[f->sizes.at[i]];
    for (uint32_t p = 0; p < f->params; p++)
        for (uint32_t k = 0; k < f->locals.at[p].count; k++) {
            const AstNode *n =
                &o->unit->ast->nodes.at[o->unit->ast->list.at[f->locals.at[p].items + k]];
            if (n->kind == AST_NAME && n->resolution == RES_SIZE)
                o->sizes[n->target] = a->slot[p]->extent[k];
        }
}

static void restore_sizes(Oracle *o, const Activation *a)
{
    if (!a->sizes)
        return;
    const Function *f = &o->unit->functions.at[a->function];
    for (uint32_t i = 0; i < f->sizes.count; i++)
        o->sizes[f->sizes.at[i]] = a->sizes[i];
}

/* ---- bodies ----------------------------------------------------------------------------- */

static void activation_end(Oracle *o, Activation *a)
{
    restore_sizes(o, a);
    if (a->function != ORACLE_NONE && !o->tape)
        remember(o, a, o->returned);
    activation_free(o, a);
    o->frames.count--;
}

/* A frame for the next element of a local that is defined by its elements; false if all are
 * there. What its equation does not give is NaN. */
static bool local_element(Oracle *o, Activation *a, uint32_t local)
{
    long at[ORACLE_RANK_MAX];
    Loop loops[ORACLE_RANK_MAX];
    uint32_t bound;
    const Local *l = &a->locals->at[local];
    if (!a->slot[local]) {
        uint32_t rank = size_shape(o, l->shape, at);
        a->slot[local] = value_new(o, rank, at);
    }
    Value *v = a->slot[local];
    for (; v->known < v->count; v->known++) {
        if (v->at[v->known])
            continue;
        walk_subscripts(v->extent, v->rank, v->known, at);
        if (size_match(o, l->items, l->count, at, loops, &bound)) {
            walk_element(o, a->world, a, l->value, v, v->known, loops, bound,
                         lanes_mix(a->path, v->known));
            return true;
        }
        v->at[v->known] = lanes_new(o, 0, 1, MPFR_PREC_MIN);
    }
    return false;
}

/* Locals one after the other, then the result. */
void activation_step(Oracle *o)
{
    WalkFrame *f = walk_top(o);
    Activation *a = f->activation;
    uint32_t count = a->locals->count;
    if (o->returned && f->next == count) {
        activation_end(o, a);
        return;
    }
    if (o->returned) {
        a->slot[f->next] = o->returned;
        a->state[f->next++] = SLOT_READY;
        o->returned = NULL;
    }
    for (;; f->next++) {
        while (f->next < count && a->state[f->next] != SLOT_WANTED)
            f->next++;
        if (f->next == count || !a->locals->at[f->next].count)
            break;
        if (local_element(o, a, f->next))
            return;
        a->state[f->next] = SLOT_READY;
    }
    AstId root = f->next < count ? a->locals->at[f->next].value : a->result;
    walk_expression(o, a->world, a, root, ORACLE_NONE, a->path);
}

/* ---- calls ------------------------------------------------------------------------------ */

/* A function that goes over the elements of its arguments. */
struct Map {
    uint32_t function; /* which */
    World *world;      /* where */
    uint64_t path;     /* tells this call from others */
    Value **args;      /* its arguments */
    Value *result;     /* the elements so far, and room for the others */
    size_t next;       /* the element that is computed next */
};

/* A body at arguments, which stay the caller's: its value if it is known. */
static Value *enter(Oracle *o, uint32_t function, World *world, uint64_t path, Value *const *args)
{
    const Function *called = &o->unit->functions.at[function];
    Activation *a = activation_new(o, &called->locals, called->params, called->result, world, path);
    a->function = function;
    for (uint32_t i = 0; i < called->params; i++)
        a->slot[i] = value_hold(args[i]);
    Value *known = o->tape ? NULL : recall(o, a); /* a tape needs every step */
    if (known) {
        activation_free(o, a);
    } else {
        bind_sizes(o, a, called);
        walk_activation(o, a);
    }
    return known;
}

static void drop_arguments(Oracle *o, Value **args, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        value_drop(o, args[i]);
    ctx_resize(o->ctx, args, 0);
}

/* The first argument that the function takes element by element; NULL if it takes all whole. */
static const Value *mapped(const Function *f, Value *const *args)
{
    for (uint32_t i = 0; i < f->params; i++)
        if (!f->locals.at[i].bracketed && args[i]->rank)
            return args[i];
    return NULL;
}

static void map_push(Oracle *o, const WalkFrame *f, AstId id, Value **args, const Value *shape)
{
    Map *m = ctx_resize(o->ctx, NULL, sizeof *m);
    *m = (Map){.function = o->unit->ast->nodes.at[id].target, .world = f->world,
               .path = lanes_mix(f->path, id), .args = args, .result = value_like(o, shape)};
    walk_push(o, (WalkFrame){.kind = FRAME_MAP, .map = m});
}

static void map_end(Oracle *o, Map *m)
{
    drop_arguments(o, m->args, o->unit->functions.at[m->function].params);
    o->returned = m->result;
    ctx_resize(o->ctx, m, 0);
    o->frames.count--;
}

void map_step(Oracle *o)
{
    Map *m = walk_top(o)->map;
    const Function *f = &o->unit->functions.at[m->function];
    for (;;) {
        if (o->returned) {
            m->result->at[m->next++] = lanes_hold(o->returned->at[0]);
            value_drop(o, o->returned);
            o->returned = NULL;
        }
        if (m->next == m->result->count)
            break;
        Value **args = array_new(o->ctx, f->params + 1, sizeof *args);
        for (uint32_t i = 0; i < f->params; i++)
            args[i] = f->locals.at[i].bracketed || !m->args[i]->rank
                          ? value_hold(m->args[i])
                          : value_of(o, lanes_hold(m->args[i]->at[m->next]));
        o->returned = enter(o, m->function, m->world, lanes_mix(m->path, m->next), args);
        drop_arguments(o, args, f->params);
        if (!o->returned)
            return;
    }
    map_end(o, m);
}

Value *call_function(Oracle *o, const WalkFrame *f, AstId id)
{
    const AstNode *n = &o->unit->ast->nodes.at[id];
    const Function *called = &o->unit->functions.at[n->target];
    Value **args = array_new(o->ctx, n->b + 1, sizeof *args);
    for (uint32_t i = 0; i < n->b; i++)
        args[i] = tape_refer(o, f->world, node_take(o, f, o->unit->ast->list.at[n->a + i]),
                             o->unit->ast->list.at[n->a + i]);
    const Value *shape = mapped(called, args);
    if (shape) {
        map_push(o, f, id, args, shape);
        return NULL;
    }
    Value *known = enter(o, n->target, f->world, lanes_mix(f->path, id), args);
    drop_arguments(o, args, n->b);
    return known;
}
