/* Who reads what and who writes it: uses and writers as they are noted, found again by node or array
 * and by statement.
 *
 * The idea: those of one node, and those of one statement, are in chains, so that whoever asks of one
 * array does not look at all that there is. */
#include "plan/plan.h"

static PlanChain *chain_at(Schedule *s, PlanChains *chains, uint32_t key)
{
    while (chains->count <= key)
        *vec_push(s->plan->ctx, chains) = (PlanChain){0, 0};
    return &chains->at[key];
}

static uint32_t first_of(const PlanChains *chains, uint32_t key)
{
    return key < chains->count ? chains->at[key].first : 0;
}

/* Puts another chain behind one: by statement (`at`) or not. */
static void append_use(Schedule *s, PlanChain *chain, PlanChain more, bool at)
{
    PlanUse *last = chain->last ? &s->uses.at[chain->last - 1] : NULL;
    *(!last ? &chain->first : at ? &last->next_at : &last->next) = more.first;
    chain->last = more.last;
}

static void append_writer(Schedule *s, PlanChain *chain, PlanChain more, bool at)
{
    PlanWriter *last = chain->last ? &s->writers.at[chain->last - 1] : NULL;
    *(!last ? &chain->first : at ? &last->next_at : &last->next) = more.first;
    chain->last = more.last;
}

void plan_note_use(Schedule *s, PlanUse use)
{
    use.next = use.next_at = 0;
    *vec_push(s->plan->ctx, &s->uses) = use;
    const PlanChain this = {s->uses.count, s->uses.count};
    append_use(s, chain_at(s, &s->uses_of, use.node), this, false);
    append_use(s, chain_at(s, &s->uses_at, use.at), this, true);
}

void plan_note_writer(Schedule *s, NodeId array, TupleId subscripts, TreeId at, bool adds)
{
    PlanWriter w = {array, subscripts, at, adds, 0, 0};
    *vec_push(s->plan->ctx, &s->writers) = w;
    const PlanChain this = {s->writers.count, s->writers.count};
    append_writer(s, chain_at(s, &s->writers_of, array), this, false);
    append_writer(s, chain_at(s, &s->writers_at, at), this, true);
    elements_add(s->g, &s->written, array, subscripts, s->writers.count);
}

void plan_keep_in(Schedule *s, NodeId node, uint32_t array, TupleId at)
{
    PlanLocal *local = &s->plan->locals.at[s->plan->local_of.at[node]];
    local->array = array;
    local->at = at;
    PlanChain *chain = chain_at(s, &s->kept_in, array);
    *vec_push(s->plan->ctx, &s->kept) = (PlanKept){node, 0};
    *(chain->last ? &s->kept.at[chain->last - 1].next : &chain->first) = s->kept.count;
    chain->last = s->kept.count;
}

uint32_t plan_uses_of(const Schedule *s, NodeId node) { return first_of(&s->uses_of, node); }

uint32_t plan_uses_at(const Schedule *s, TreeId at) { return first_of(&s->uses_at, at); }

uint32_t plan_writers_of(const Schedule *s, NodeId array)
{
    return first_of(&s->writers_of, array);
}

uint32_t plan_writers_at(const Schedule *s, TreeId at) { return first_of(&s->writers_at, at); }

uint32_t plan_kept_in(const Schedule *s, uint32_t array) { return first_of(&s->kept_in, array); }

/* The first use of the next value that is kept in the array and used. */
static void next_kept(const Schedule *s, PlanReads *r)
{
    do
        r->kept = r->kept ? plan_kept(s, r->kept)->next
                          : plan_kept_in(s, s->plan->array_of.at[r->array]);
    while (r->kept && !(r->use = plan_uses_of(s, plan_kept(s, r->kept)->node)));
}

const PlanUse *plan_next_read(const Schedule *s, PlanReads *r)
{
    const bool begins = !r->use && !r->kept;
    r->use = begins ? plan_uses_of(s, r->array) : plan_use(s, r->use)->next;
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
    for (uint32_t i = plan_uses_at(s, from); i; i = plan_use(s, i)->next_at)
        s->uses.at[i - 1].at = to;
    for (uint32_t i = plan_writers_at(s, from); i; i = plan_writer(s, i)->next_at)
        s->writers.at[i - 1].at = to;
    const TreeId last = from > to ? from : to;
    chain_at(s, &s->uses_at, last), chain_at(s, &s->writers_at, last);
    PlanChain *uses = &s->uses_at.at[from], *writers = &s->writers_at.at[from];
    if (uses->first)
        append_use(s, &s->uses_at.at[to], *uses, true);
    if (writers->first)
        append_writer(s, &s->writers_at.at[to], *writers, true);
    *uses = *writers = (PlanChain){0, 0};
    tree_remove(&s->tree, from);
}

void plan_access_end(Schedule *s)
{
    Ctx *ctx = s->plan->ctx;
    vec_free(ctx, &s->uses);
    vec_free(ctx, &s->uses_of);
    vec_free(ctx, &s->uses_at);
    vec_free(ctx, &s->writers);
    vec_free(ctx, &s->writers_of);
    vec_free(ctx, &s->writers_at);
    elements_end(s->g, &s->written);
    vec_free(ctx, &s->kept);
    vec_free(ctx, &s->kept_in);
}
