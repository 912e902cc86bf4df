/* Who reads what and who writes it: uses and writers as they are noted, found again by node or
 * array and by statement.
 *
 * The idea: those of one node, and those of one statement, are in chains, so that whoever asks of
 * one array does not look at all that there is. */
#include "plan/plan.h"

static PlanChain *chain_at(Ctx *ctx, PlanChains *c, uint32_t key)
{
    while (c->of.count <= key)
        *vec_push(ctx, &c->of) = (PlanChain){0, 0};
    return &c->of.at[key];
}

/* Puts what a chain has behind what the key has. */
static void append(Ctx *ctx, PlanChains *c, uint32_t key, PlanChain more)
{
    PlanChain *chain = chain_at(ctx, c, key);
    *(chain->last ? &c->next.at[chain->last - 1] : &chain->first) = more.first;
    chain->last = more.last;
}

/* The next number. */
static void append_new(Ctx *ctx, PlanChains *c, uint32_t key)
{
    *vec_push(ctx, &c->next) = 0;
    append(ctx, c, key, (PlanChain){c->next.count, c->next.count});
}

/* What is of one key is now of another. */
static void move_chain(Ctx *ctx, PlanChains *c, uint32_t from, uint32_t to)
{
    const PlanChain chain = *chain_at(ctx, c, from);
    c->of.at[from] = (PlanChain){0, 0};
    if (chain.first)
        append(ctx, c, to, chain);
}

static void chains_end(Ctx *ctx, PlanChains *c)
{
    vec_free(ctx, &c->of);
    vec_free(ctx, &c->next);
}

void plan_note_use(Schedule *s, PlanUse use)
{
    Ctx *ctx = s->plan->ctx;
    *vec_push(ctx, &s->uses) = use;
    append_new(ctx, &s->uses_of, use.node);
    append_new(ctx, &s->uses_at, use.at);
}

void plan_note_writer(Schedule *s, NodeId array, TupleId subscripts, TreeId at, bool adds)
{
    Ctx *ctx = s->plan->ctx;
    if (!s->loops) /* each element is set once, and not read */
        return;
    *vec_push(ctx, &s->writers) = (PlanWriter){array, subscripts, at, adds};
    append_new(ctx, &s->writers_of, array);
    append_new(ctx, &s->writers_at, at);
    elements_add(s->g, &s->written, array, subscripts, s->writers.count);
    if (!adds)
        elements_add(s->g, &s->set, array, subscripts, s->writers.count);
}

void plan_keep_in(Schedule *s, NodeId node, uint32_t array, TupleId at)
{
    PlanLocal *local = &s->plan->locals.at[s->plan->local_of.at[node]];
    local->array = array;
    local->at = at;
    *vec_push(s->plan->ctx, &s->kept) = node;
    append_new(s->plan->ctx, &s->kept_in, array);
}

/* The first use of the next value that is kept in the array and used. */
static void next_kept(const Schedule *s, PlanReads *r)
{
    do
        r->kept = r->kept ? plan_next(&s->kept_in, r->kept)
                          : plan_first(&s->kept_in, s->plan->array_of.at[r->array]);
    while (r->kept && !(r->use = plan_first(&s->uses_of, s->kept.at[r->kept - 1])));
}

const PlanUse *plan_next_read(const Schedule *s, PlanReads *r)
{
    const bool begins = !r->use && !r->kept;
    r->use = begins ? plan_first(&s->uses_of, r->array) : plan_next(&s->uses_of, r->use);
    if (!r->use)
        next_kept(s, r);
    if (!r->use)
        return NULL;
    const PlanUse *use = plan_use(s, r->use);
    r->at = r->kept ? s->plan->locals.at[plan_local(s->plan, use->node)].at : use->subscripts;
    return use;
}

void plan_replace(Schedule *s, TreeId from, TreeId to)
{
    Ctx *ctx = s->plan->ctx;
    for (uint32_t i = plan_first(&s->uses_at, from); i; i = plan_next(&s->uses_at, i))
        s->uses.at[i - 1].at = to;
    for (uint32_t i = plan_first(&s->writers_at, from); i; i = plan_next(&s->writers_at, i))
        s->writers.at[i - 1].at = to;
    move_chain(ctx, &s->uses_at, from, to);
    move_chain(ctx, &s->writers_at, from, to);
    tree_replace(&s->tree, from, to);
}

void plan_access_end(Schedule *s)
{
    Ctx *ctx = s->plan->ctx;
    PlanChains *const chains[] = {&s->uses_of, &s->uses_at, &s->writers_of, &s->writers_at,
                                  &s->kept_in};
    for (size_t i = 0; i < sizeof chains / sizeof *chains; i++)
        chains_end(ctx, chains[i]);
    vec_free(ctx, &s->uses);
    vec_free(ctx, &s->writers);
    vec_free(ctx, &s->kept);
    elements_end(s->g, &s->written);
    elements_end(s->g, &s->set);
}
