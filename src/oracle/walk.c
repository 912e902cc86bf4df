/* walk: the evaluation of expressions. Trees as written come in; their values in a world go out.
 *
 * The one idea: an expression is the run of nodes first..root, operands before users, so a walk
 * is a loop over it. What a node needs beyond that (a definition, a call, a diff, a reduction) is
 * a frame on a stack of our own, and the loop goes on when it has returned: nothing recurses.
 */
#include <string.h>

#include "oracle/oracle.h"

WalkFrame *walk_top(Oracle *o)
{
    return &o->frames.at[o->frames.count - 1];
}

void walk_push(Oracle *o, WalkFrame frame)
{
    *vec_push(o->ctx, &o->frames) = frame;
}

/* ---- frames ----------------------------------------------------------------------------- */

static WalkFrame expression(Oracle *o, World *world, Activation *within, AstId root, uint64_t path)
{
    AstId first = o->unit->ast->nodes.at[root].first;
    WalkFrame f = {.kind = FRAME_EXPRESSION, .world = world, .activation = within, .next = first,
                   .first = first, .root = root, .slots = o->slots.count, .entity = ORACLE_NONE,
                   .path = path};
    for (AstId id = first; id <= root; id++)
        *vec_push(o->ctx, &o->slots) = (WalkSlot){NULL, 0};
    return f;
}

void walk_expression(Oracle *o, World *world, Activation *within, AstId root, uint32_t entity,
                     uint64_t path)
{
    WalkFrame f = expression(o, world, within, root, path);
    f.entity = entity;
    walk_push(o, f);
}

void walk_element(Oracle *o, World *world, Activation *within, AstId value, Value *array,
                  size_t element, const Loop *loops, uint32_t count, uint64_t path)
{
    WalkFrame f = expression(o, world, within, value, path);
    f.element = (WalkElement){.of = value_hold(array), .element = element, .count = count,
                              .loops = array_new(o->ctx, count + 1, sizeof *loops)};
    memcpy(f.element.loops, loops, count * sizeof *loops);
    array->at[element] = lanes_hold(o->busy);
    walk_push(o, f);
}

void walk_subscripts(const long *extent, uint32_t rank, size_t element, long *at)
{
    for (uint32_t k = rank; k-- > 0;) {
        at[k] = (long)(element % (size_t)extent[k]);
        element /= (size_t)extent[k];
    }
}

void walk_fetch(Oracle *o, World *world, uint32_t entity)
{
    walk_push(o, (WalkFrame){.kind = FRAME_FETCH, .world = world, .entity = entity});
}

void walk_activation(Oracle *o, Activation *activation)
{
    walk_push(o, (WalkFrame){.kind = FRAME_ACTIVATION, .activation = activation});
}

void walk_slope(Oracle *o, Slope *slope)
{
    walk_push(o, (WalkFrame){.kind = FRAME_SLOPE, .slope = slope});
}

/* ---- expressions ------------------------------------------------------------------------ */

static void element_end(Oracle *o, const WalkFrame *f, Value *value)
{
    const WalkElement *e = &f->element;
    value = tape_define(o, f->world, value, f->entity, e->element);
    lanes_drop(o, e->of->at[e->element]);
    e->of->at[e->element] = lanes_hold(value->at[0]);
    size_restore(o, e->loops, e->count);
    value_drop(o, e->of);
    value_drop(o, value);
    ctx_resize(o->ctx, e->loops, 0);
}

/* What is kept elsewhere is not returned: who asked for it asks there again. */
static void expression_end(Oracle *o)
{
    const WalkFrame *f = walk_top(o);
    Value *value = o->slots.at[f->slots + (f->root - f->first)].value;
    o->slots.at[f->slots + (f->root - f->first)].value = NULL;
    for (uint32_t i = f->slots; i < o->slots.count; i++)
        value_drop(o, o->slots.at[i].value);
    o->slots.count = f->slots;
    o->returned = NULL;
    if (f->element.of)
        element_end(o, f, value);
    else if (f->entity != ORACLE_NONE)
        f->world->memo[f->entity] = tape_define(o, f->world, value, f->entity, 0);
    else
        o->returned = value;
    o->frames.count--;
}

static void put(Oracle *o, const WalkFrame *f, AstId id, Value *value)
{
    o->slots.at[f->slots + (id - f->first)] = (WalkSlot){value, o->tree.uses[id]};
}

/* The next node to be looked at: arms that are not wanted are passed over, and so are operands
 * of what sees to them itself. */
static AstId next_node(const Oracle *o, const WalkFrame *f)
{
    AstId id = f->next, behind;
    while (id <= f->root && (behind = node_skip(o, f, id)) != id)
        id = behind;
    AstId leap = id <= f->root ? tree_leap(o, id, f->root) : 0;
    return leap ? leap : id;
}

static void expression_step(Oracle *o)
{
    if (o->returned) {
        WalkFrame *f = walk_top(o);
        put(o, f, f->next++, o->returned);
        o->returned = NULL;
    }
    for (;;) {
        WalkFrame *f = walk_top(o);
        f->next = next_node(o, f);
        if (f->next > f->root)
            break;
        WalkFrame copy = *f; /* the frames may move */
        Value *value = NULL;
        if (!node_evaluate(o, &copy, copy.next, &value))
            return;
        put(o, &copy, copy.next, value);
        walk_top(o)->next++;
    }
    expression_end(o);
}

static void fetch_step(Oracle *o)
{
    const WalkFrame f = *walk_top(o);
    Value *value = world_fetch(o, f.world, f.entity);
    if (!value)
        return;
    o->returned = value;
    o->frames.count--;
}

/* ---- the loop --------------------------------------------------------------------------- */

Value *walk_run(Oracle *o)
{
    while (o->frames.count) {
        switch (walk_top(o)->kind) {
        case FRAME_EXPRESSION: expression_step(o); break;
        case FRAME_ACTIVATION: activation_step(o); break;
        case FRAME_SLOPE: slope_step(o); break;
        case FRAME_REDUCE: reduce_step(o); break;
        case FRAME_MAP: map_step(o); break;
        case FRAME_FETCH: fetch_step(o); break;
        }
    }
    Value *value = o->returned;
    o->returned = NULL;
    return value;
}
