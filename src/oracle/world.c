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
                 .trial = parent ? parent->trial : 0, .serial = ++o->serial, .by = ORACLE_NONE};
    return w;
}

World *world_root(Oracle *o, uint64_t trial, int attempt, mpfr_prec_t bits)
{
    World **place = &o->roots[trial][attempt];
    static const mpfr_prec_t extra[ORACLE_ATTEMPTS] = {128, 512, 2200, 4400};
    mpfr_prec_t wanted = bits + ORACLE_GUARD;
    bits = wanted + extra[attempt];
    if (*place && (*place)->bits >= bits)
        return *place;
    world_close(o, *place);
    *place = NULL;
    World *w = world_new(o, NULL, bits);
    *place = w;
    w->trial = trial;
    w->wanted = wanted;
    w->memo = array_new(o->ctx, o->unit->entities.count + 1, sizeof *w->memo);
    return w;
}

World *world_inner(Oracle *o, World *parent, mpfr_prec_t bits, uint32_t by, Lanes *moved)
{
    World *w = world_new(o, parent, bits);
    w->by = by;
    w->moved = moved;
    if (by != ORACLE_NONE) {
        w->depends = tree_dependents(o, parent, by);
        w->memo = array_new(o->ctx, o->unit->entities.count + 1, sizeof *w->memo);
    }
    return w;
}

void world_close(Oracle *o, World *w)
{
    if (!w)
        return;
    for (uint32_t i = 0; w->memo && i < o->unit->entities.count; i++)
        lanes_drop(o, w->memo[i]);
    lanes_drop(o, w->moved);
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

/* The world on whose moves the entity depends. */
static World *home_of(World *w, uint32_t entity)
{
    while (w->parent && !(w->depends && w->depends[entity] == TREE_DEPENDS))
        w = w->parent;
    return w;
}

Lanes *world_fetch(Oracle *o, World *world, uint32_t entity)
{
    World *home = home_of(world, entity);
    const Entity *e = &o->unit->entities.at[entity];
    if (home->by == entity)
        return lanes_hold(home->moved);
    if (e->kind == ENTITY_INPUT || e->kind == ENTITY_PARAM)
        return lanes_hold(o->inputs[entity]);
    if (home->memo[entity])
        return lanes_hold(home->memo[entity]);
    walk_expression(o, home, NULL, e->value, entity, lanes_mix(entity, 2));
    return NULL;
}
