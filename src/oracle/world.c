/* world: an assignment of values to names. A point and the names that diffs have moved come in;
 * the values of entities as seen from there go out, each computed once.
 *
 * The one idea: a diff sees its expression in a world within the world where it stands. There
 * one name is moved, what depends on it is computed anew, and everything else is looked up
 * further out.
 */
#include "oracle/oracle.h"

static World *world_new(Oracle *o, World *parent, mpfr_prec_t bits)
{
    World *w = ctx_resize(o->ctx, NULL, sizeof *w);
    *w = (World){.parent = parent, .depth = parent ? parent->depth + 1 : 0, .bits = bits,
                 .trial = parent ? parent->trial : 0, .serial = ++o->serial};
    return w;
}

World *world_root(Oracle *o, uint64_t trial, int attempt, mpfr_prec_t bits)
{
    World **place = &o->roots[trial][attempt];
    static const mpfr_prec_t extra[ORACLE_ATTEMPTS] = {128, 512, 2200, 4400};
    mpfr_prec_t wanted = bits + ORACLE_GUARD;
    bits = wanted + extra[attempt];
    World *w = *place;
    if (w && w->bits >= bits)
        return w;
    world_close(o, w);
    *place = NULL;
    w = world_new(o, NULL, bits);
    *place = w;
    w->trial = trial;
    w->wanted = wanted;
    w->memo = array_new(o->ctx, o->unit->entities.count + 1, sizeof *w->memo);
    return w;
}

World *world_inner(Oracle *o, World *parent, mpfr_prec_t bits, const uint32_t *by, uint32_t count)
{
    World *w = world_new(o, parent, bits);
    if (count) {
        w->depends = tree_dependents(o, parent, by, count);
        w->memo = array_new(o->ctx, o->unit->entities.count + 1, sizeof *w->memo);
    }
    return w;
}

void world_move(World *world, uint32_t entity, Value *value)
{
    world->memo[entity] = value;
}

void world_close(Oracle *o, World *w)
{
    if (!w)
        return;
    for (uint32_t i = 0; w->memo && i < o->unit->entities.count; i++)
        value_drop(o, w->memo[i]);
    ctx_resize(o->ctx, w->memo, 0);
    ctx_resize(o->ctx, w->depends, 0);
    ctx_resize(o->ctx, w, 0);
}

void world_forget(Oracle *o)
{
    for (int trial = 0; trial <= ORACLE_TRIALS; trial++)
        for (int attempt = 0; attempt < ORACLE_ATTEMPTS; attempt++) {
            world_close(o, o->roots[trial][attempt]);
            o->roots[trial][attempt] = NULL;
        }
}

/* ---- values ----------------------------------------------------------------------------- */

/* The world on whose moves the entity depends. */
static World *home_of(World *w, uint32_t entity)
{
    while (w->parent && !(w->depends && tree_varies(w->depends[entity])))
        w = w->parent;
    return w;
}

static Lanes *nothing(Oracle *o)
{
    return lanes_new(o, 0, 1, MPFR_PREC_MIN);
}

/* Inputs that were not set are NaN, integers are numbers. */
static Value *given(Oracle *o, uint32_t entity)
{
    long extent[ORACLE_RANK_MAX];
    const Entity *e = &o->unit->entities.at[entity];
    bool integer = e->kind == ENTITY_DIM || e->kind == ENTITY_INDEX;
    if (e->dim)
        return value_integer(o, size_node(o, e->node));
    if (!o->inputs[entity]) {
        Value *v = value_new(o, size_shape(o, e->shape, extent), extent);
        for (size_t k = 0; k < v->count; k++) {
            v->at[k] = integer ? lanes_new(o, 0, 1, 64) : nothing(o);
            if (integer)
                mpfr_set_si(v->at[k]->at[0], o->integers[entity] ? o->integers[entity][k] : 0,
                            MPFR_RNDN);
        }
        o->inputs[entity] = v;
    }
    return value_hold(o->inputs[entity]);
}

/* What there is of an array that is defined by its elements. */
static Value *partial(Oracle *o, World *home, uint32_t entity)
{
    long extent[ORACLE_RANK_MAX];
    if (!home->memo[entity]) {
        uint32_t rank = size_shape(o, o->unit->entities.at[entity].shape, extent);
        home->memo[entity] = value_new(o, rank, extent);
    }
    return home->memo[entity];
}

/* The equation that gives an element, and the values of its indices there; NULL if none does. */
static const Equation *equation_for(Oracle *o, uint32_t entity, const long *at, Loop *loops,
                                    uint32_t *bound)
{
    for (uint32_t i = o->unit->entities.at[entity].equation; i;) {
        const Equation *e = &o->unit->equations.at[i - 1];
        if (size_match(o, e->items, e->count, at, loops, bound))
            return e;
        i = e->next;
    }
    return NULL;
}

bool oracle_is_given(Oracle *o, uint32_t entity, size_t element)
{
    long extent[ORACLE_RANK_MAX], at[ORACLE_RANK_MAX];
    Loop loops[ORACLE_RANK_MAX];
    uint32_t bound;
    if (!o->unit->entities.at[entity].partial)
        return true;
    const uint32_t rank = oracle_shape(o, oracle_entity(entity), extent);
    walk_subscripts(extent, rank, element, at);
    return equation_for(o, entity, at, loops, &bound) != NULL;
}

/* A frame for the element, by the equation that gives it; the element itself if none does. */
static Lanes *define_element(Oracle *o, World *home, uint32_t entity, size_t element)
{
    long at[ORACLE_RANK_MAX];
    Loop loops[ORACLE_RANK_MAX];
    uint32_t bound;
    Value *array = partial(o, home, entity);
    walk_subscripts(array->extent, array->rank, element, at);
    const Equation *e = equation_for(o, entity, at, loops, &bound);
    if (e) {
        walk_element(o, home, NULL, e->value, array, element, loops, bound,
                     lanes_mix(lanes_mix(entity, 2), element));
        walk_top(o)->entity = entity;
        return NULL;
    }
    array->at[element] = nothing(o);
    return lanes_hold(array->at[element]);
}

/* Is it no expression that is to be walked? A dim with a value is one of integers. */
static bool is_given(const Oracle *o, uint32_t entity)
{
    const Entity *e = &o->unit->entities.at[entity];
    return entity_is_argument(e->kind) || e->dim;
}

Lanes *world_element(Oracle *o, World *world, uint32_t entity, size_t element)
{
    World *home = home_of(world, entity);
    Value *known = home->memo[entity];
    if (known && known->at[element] == o->busy)
        ctx_fatal(o->ctx, STATUS_MODEL, "'%s' is computed from its own elements in a circle",
                  name_text(o->ctx, o->unit->entities.at[entity].name));
    if (known && known->at[element])
        return lanes_hold(known->at[element]);
    if (is_given(o, entity)) {
        Value *v = given(o, entity);
        Lanes *lanes = lanes_hold(v->at[element]);
        value_drop(o, v);
        return lanes;
    }
    if (o->unit->entities.at[entity].element)
        return define_element(o, home, entity, element);
    walk_expression(o, home, NULL, o->unit->entities.at[entity].value, entity,
                    lanes_mix(entity, 2));
    return NULL;
}

Value *world_fetch(Oracle *o, World *world, uint32_t entity)
{
    World *home = home_of(world, entity);
    if (!home->memo[entity] && is_given(o, entity))
        return given(o, entity);
    if (!home->memo[entity] && !o->unit->entities.at[entity].element) {
        walk_expression(o, home, NULL, o->unit->entities.at[entity].value, entity,
                        lanes_mix(entity, 2));
        return NULL;
    }
    Value *v = partial(o, home, entity);
    for (size_t k = v->known; k < v->count; v->known = ++k) {
        Lanes *lanes = world_element(o, home, entity, k);
        if (!lanes)
            return NULL;
        lanes_drop(o, lanes);
    }
    return value_hold(v);
}
