/* A long body in, the same in parts of a few hundred statements out, each of which becomes a
 * function: the time of compilers grows faster than the length of a function.
 *
 * The one idea: a part finds in the array `kept` what earlier parts computed, and leaves there what
 * later ones need. An atom is what cannot be cut: a statement, a nest of loops, or all from the
 * beginning of a sum to its last term. Cuts are made where few values are alive; a value has its
 * element of `kept` from the part that computes it to the last that mentions it, and no longer. */
#include <stdlib.h>

#include "plan/plan.h"

/* ---- atoms */

static bool is_integer(const Plan *plan, uint32_t local)
{
    return node_at(plan->graph, plan->locals.at[local].node)->flags & NODE_INT;
}

/* The local that a statement defines where it stands; 0 if none. */
static uint32_t defined_by(const Plan *plan, const PlanStmt *s)
{
    uint32_t local = plan_local(plan, s->node);
    const PlanArray *a;
    switch ((PlanKind)s->kind) {
    case PLAN_LET: return plan->locals.at[local].array ? 0 : local;
    case PLAN_START: return local;
    case PLAN_PUT:
        a = &plan->arrays.at[plan->array_of.at[s->node]];
        return a->once ? a->local : 0;
    case PLAN_STORE: case PLAN_LOOP: case PLAN_IF: case PLAN_END: case PLAN_FOLD: case PLAN_KEEP:
    case PLAN_ADD: case PLAN_ZERO: case PLAN_CALL: break;
    }
    return 0;
}

/* The variable that a statement sets or changes; 0 if none. */
static uint32_t changed_by(const Plan *plan, const PlanStmt *s)
{
    uint32_t array = 0;
    switch ((PlanKind)s->kind) {
    case PLAN_START: case PLAN_FOLD: case PLAN_KEEP: return plan_local(plan, s->node);
    case PLAN_PUT: case PLAN_ADD: case PLAN_ZERO: array = plan->array_of.at[s->node]; break;
    case PLAN_LET: array = plan->locals.at[plan_local(plan, s->node)].array; break;
    case PLAN_STORE: case PLAN_LOOP: case PLAN_IF: case PLAN_END: case PLAN_CALL: break;
    }
    const PlanArray *a = &plan->arrays.at[array];
    return a->scalar && !a->once ? a->local : 0;
}

/* The statements and nests of the body as atoms, one each. */
static void find_units(Split *s)
{
    uint32_t depth = 0;
    for (uint32_t i = 0; i < s->plan->stmts.count; i++) {
        const PlanStmt *stmt = &s->plan->stmts.at[i];
        if (!depth) {
            SplitAtom atom = {.first = i};
            *vec_push(s->ctx, &s->atoms) = atom;
        }
        depth += stmt->kind == PLAN_LOOP || stmt->kind == PLAN_IF;
        depth -= stmt->kind == PLAN_END;
        s->atoms.at[s->atoms.count - 1].end = i + 1;
    }
}

/* Makes one atom of all from where a variable is first set to where it last changes. */
static void join_units(Split *s)
{
    uint32_t *first = array_new(s->ctx, s->plan->locals.count, sizeof *first); /* atom + 1 */
    uint32_t *until = array_new(s->ctx, s->atoms.count, sizeof *until);
    uint32_t count = 0, end = 0;
    for (uint32_t a = 0; a < s->atoms.count; a++)
        for (uint32_t i = s->atoms.at[a].first; i < s->atoms.at[a].end; i++) {
            uint32_t local = changed_by(s->plan, &s->plan->stmts.at[i]);
            if (local && !first[local])
                first[local] = a + 1;
            if (local)
                until[first[local] - 1] = a;
        }
    for (uint32_t a = 0; a < s->atoms.count; a++) {
        SplitAtom atom = s->atoms.at[a];
        if (a && a <= end)
            s->atoms.at[count - 1].end = atom.end;
        else
            s->atoms.at[count++] = atom;
        end = until[a] > end ? until[a] : end;
    }
    s->atoms.count = count;
    ctx_resize(s->ctx, first, 0);
    ctx_resize(s->ctx, until, 0);
}

/* ---- who defines and who mentions */

/* What is defined within a nest is of no use behind it. */
static void find_homes(Split *s)
{
    uint32_t depth = 0;
    for (uint32_t a = 0; a < s->atoms.count; a++)
        for (uint32_t i = s->atoms.at[a].first; i < s->atoms.at[a].end; i++) {
            const PlanStmt *stmt = &s->plan->stmts.at[i];
            uint32_t local = changed_by(s->plan, stmt);
            depth += stmt->kind == PLAN_LOOP || stmt->kind == PLAN_IF;
            depth -= stmt->kind == PLAN_END;
            if (!local && !depth)
                local = defined_by(s->plan, stmt);
            if (local && !s->home[local])
                s->home[local] = a + 1;
            if (local && !depth && stmt->kind == PLAN_LET)
                s->let[local] = i + 1;
        }
}

/* Adds a mention of an atom to its list, once. */
static void add_mention(Split *s, uint32_t atom, uint32_t local)
{
    if (s->seen[local] == atom + 1)
        return;
    s->seen[local] = atom + 1;
    *vec_push(s->ctx, &s->mentioned) = local;
}

/* An integer is computed again in each part: that mentions what it is computed from. */
static void find_mentions_of(Split *s, uint32_t atom)
{
    PlanMentions *m = &s->mentions;
    for (uint32_t i = s->atoms.at[atom].first; i < s->atoms.at[atom].end; i++) {
        uint32_t own = defined_by(s->plan, &s->plan->stmts.at[i]);
        if (own)
            s->seen[own] = atom + 1; /* each nest may have its own copy */
        plan_mention(s->plan, &s->plan->stmts.at[i], m);
    }
    while (m->locals.count) {
        uint32_t local = m->locals.at[--m->locals.count];
        if (s->seen[local] == atom + 1)
            continue;
        add_mention(s, atom, local);
        if (is_integer(s->plan, local) && s->let[local])
            plan_mention(s->plan, &s->plan->stmts.at[s->let[local] - 1], m);
    }
    for (uint32_t i = 0; i < m->arrays.count; i++)
        s->reads = s->reads || !s->plan->arrays.at[m->arrays.at[i]].own;
    m->arrays.count = 0;
}

static void find_mentions(Split *s)
{
    for (uint32_t a = 0; a < s->atoms.count; a++) {
        s->atoms.at[a].mentions = s->mentioned.count;
        find_mentions_of(s, a);
    }
    SplitAtom end = {.mentions = s->mentioned.count};
    *vec_push(s->ctx, &s->atoms) = end;
    s->atoms.count--;
}

/* ---- cuts */

/* For each value the last atom that mentions it. */
static void find_last(Split *s)
{
    for (uint32_t a = 0; a < s->atoms.count; a++)
        for (uint32_t m = s->atoms.at[a].mentions; m < s->atoms.at[a + 1].mentions; m++)
            s->last[s->mentioned.at[m]] = a;
}

/* How many values are alive before each atom: computed before it, and mentioned in it or later. */
static uint32_t *find_alive(const Split *s)
{
    uint32_t *alive = array_new(s->ctx, s->atoms.count + 2, sizeof *alive);
    for (uint32_t l = 1; l < s->plan->locals.count; l++)
        if (s->home[l] && s->last[l] + 1 > s->home[l] && !is_integer(s->plan, l)) {
            alive[s->home[l]]++;
            alive[s->last[l] + 1]--;
        }
    for (uint32_t a = 1; a <= s->atoms.count; a++)
        alive[a] += alive[a - 1];
    return alive;
}

/* Begins a part where the fewest values are alive, `least` to `most` statements on. */
static void cut(Split *s)
{
    uint32_t *alive = find_alive(s), count = s->plan->stmts.count, begin = 0;
    *vec_push(s->ctx, &s->plan->parts) = 0;
    for (uint32_t a = 0, best = 0; a < s->atoms.count; a++) {
        uint32_t length = s->atoms.at[a].first - begin;
        if (length >= s->least && (!best || alive[a] < alive[best]))
            best = a;
        if (best && s->atoms.at[a].end - begin > s->most &&
            count - s->atoms.at[best].first >= s->least) {
            begin = s->atoms.at[best].first;
            *vec_push(s->ctx, &s->plan->parts) = begin;
            a = best;
            best = 0;
        }
    }
    ctx_resize(s->ctx, alive, 0);
}

static void find_parts(Split *s)
{
    uint32_t part = 0;
    for (uint32_t a = 0; a < s->atoms.count; a++) {
        while (part + 1 < s->plan->parts.count &&
               s->plan->parts.at[part + 1] <= s->atoms.at[a].first)
            part++;
        s->atoms.at[a].part = part;
    }
}

/* ---- elements of `kept` */

/* An element for a value until its last part is over. */
static void give_slot(Split *s, uint32_t local, uint32_t part)
{
    Plan *plan = s->plan;
    uint32_t last = s->atoms.at[s->last[local]].part, slot;
    if (last <= part || is_integer(plan, local) || plan->slot_of.at[local])
        return;
    if (s->spare.count) {
        slot = s->spare.at[--s->spare.count];
    } else {
        slot = s->slots++;
        *vec_push(s->ctx, &s->next) = 0;
    }
    s->next.at[slot] = s->ending[last];
    s->ending[last] = slot + 1;
    plan->slot_of.at[local] = slot + 1;
    PlanKeep keep = {s->atoms.at[s->home[local] - 1].end - 1, local};
    *vec_push(s->ctx, &plan->keeps) = keep;
}

/* The elements of values that were last mentioned in a part are to be had again behind it. */
static void end_part(Split *s, uint32_t part)
{
    for (uint32_t slot = s->ending[part]; slot; slot = s->next.at[slot - 1])
        *vec_push(s->ctx, &s->spare) = slot - 1;
}

static void give_slots(Split *s)
{
    s->ending = array_new(s->ctx, s->plan->parts.count, sizeof *s->ending);
    for (uint32_t a = 0; a < s->atoms.count; a++) {
        const SplitAtom *atom = &s->atoms.at[a];
        if (a && atom->part != s->atoms.at[a - 1].part)
            end_part(s, s->atoms.at[a - 1].part);
        for (uint32_t i = atom->first; i < atom->end; i++) {
            const PlanStmt *stmt = &s->plan->stmts.at[i];
            uint32_t defined = defined_by(s->plan, stmt), changed = changed_by(s->plan, stmt);
            if (defined && s->home[defined] == a + 1)
                give_slot(s, defined, atom->part);
            if (changed)
                give_slot(s, changed, atom->part);
        }
    }
}

static void add_kept(Split *s)
{
    Graph *g = s->plan->graph;
    NodeId size = build_int(g, (long)s->slots);
    TupleId extents = tuple_of(g, &size, 1);
    if (!s->slots)
        return;
    SymId sym = sym_new(g, name_of(s->ctx, "kept"), SYM_DERIVED, extents);
    PlanLocal local = {.sym = sym};
    *vec_push(s->ctx, &s->plan->locals) = local;
    *vec_push(s->ctx, &s->plan->slot_of) = 0;
    *vec_push(s->ctx, &s->plan->part_of) = 0;
    PlanArray array = {
        .own = true, .local = s->plan->locals.count - 1, .extents = extents};
    *vec_push(s->ctx, &s->plan->arrays) = array;
    s->plan->kept = s->plan->arrays.count - 1;
}

/* ---- all of it */

static void split_begin(Split *s)
{
    uint32_t locals = s->plan->locals.count;
    s->home = array_new(s->ctx, locals, sizeof *s->home);
    s->let = array_new(s->ctx, locals, sizeof *s->let);
    s->last = array_new(s->ctx, locals, sizeof *s->last);
    s->seen = array_new(s->ctx, locals, sizeof *s->seen);
    for (uint32_t i = 0; i < locals; i++)
        *vec_push(s->ctx, &s->plan->slot_of) = 0;
}

static void split_end(Split *s)
{
    void *arrays[] = {s->home, s->let, s->last, s->seen, s->ending};
    for (size_t i = 0; i < sizeof arrays / sizeof *arrays; i++)
        ctx_resize(s->ctx, arrays[i], 0);
    vec_free(s->ctx, &s->atoms);
    vec_free(s->ctx, &s->mentioned);
    plan_mentions_end(s->plan, &s->mentions);
    vec_free(s->ctx, &s->spare);
    vec_free(s->ctx, &s->next);
}

/* Which part each local is computed in, for who emits them. */
static void tell_parts(Split *s)
{
    for (uint32_t i = 0; i < s->plan->locals.count; i++)
        *vec_push(s->ctx, &s->plan->part_of) =
            i < s->plan->slot_of.count && s->home[i] ? 1 + s->atoms.at[s->home[i] - 1].part : 0;
}

void plan_split(Plan *plan, const PlanLimits *limits)
{
    Split s = {.plan = plan, .ctx = plan->ctx};
    if (!limits->split || plan->stmts.count <= limits->split)
        return;
    s.least = limits->split / 5 + 1;
    s.most = 2 * s.least;
    split_begin(&s);
    find_units(&s);
    join_units(&s);
    find_homes(&s);
    find_mentions(&s);
    plan_reorder(&s);
    find_last(&s);
    cut(&s);
    find_parts(&s);
    give_slots(&s);
    tell_parts(&s);
    add_kept(&s);
    split_end(&s);
}
