/* A resolved unit in, the order of its computation out: constants, definitions and functions,
 * each behind what it uses, otherwise as written. What is in a cycle is one step if it is a
 * recurrence, and else an error. Tarjan's walk for strongly connected components, with a stack
 * of its own. */
#include "front/front.h"

/* Entities and functions as one range of numbers: entities first. */
typedef struct Frame {
    uint32_t vertex; /* which */
    AstId next, end; /* the nodes of an equation of its that are still to be looked at */
    uint32_t equation; /* 1 + the equation that comes then; 0 if none */
} Frame;

typedef struct Walk {
    Unit *unit;
    uint32_t *number; /* a vertex each: 0 new, else the how manieth; UINT32_MAX once placed */
    uint32_t *low;    /* a vertex each: the first one on the path that it leads to */
    uint8_t *itself;  /* a vertex each: does it use itself? */
    uint32_t count;   /* numbers given */
    VEC(Frame) path;  /* from the start to where we are */
    U32Vec waiting;   /* vertices whose component is not complete */
    StepVec *all;     /* all vertices placed */
} Walk;

static bool is_function(const Unit *u, uint32_t v) { return v >= u->entities.count; }

/* Widens first..last by an expression, or by those of a list. */
static void widen(const Unit *u, AstId root, AstId *first, AstId *last)
{
    if (!root)
        return;
    if (!*last || u->ast->nodes.at[root].first < *first)
        *first = u->ast->nodes.at[root].first;
    if (root > *last)
        *last = root;
}

static void widen_list(const Unit *u, uint32_t items, uint32_t count, AstId *first, AstId *last)
{
    for (uint32_t k = 0; k < count; k++)
        widen(u, u->ast->list.at[items + k], first, last);
}

/* Where the nodes of its statement begin and end; a definition's equations come one by one. */
static void range(const Unit *u, uint32_t v, AstId *first, AstId *last)
{
    *first = 1;
    *last = 0;
    if (!is_function(u, v)) {
        const Entity *e = &u->entities.at[v];
        widen_list(u, e->items, e->count, first, last);
        widen(u, e->limit, first, last);
        if (!e->equation)
            widen(u, e->value, first, last);
        return;
    }
    const Function *f = &u->functions.at[v - u->entities.count];
    widen(u, f->result, first, last);
    for (uint32_t i = 0; i < f->locals.count; i++) {
        widen(u, f->locals.at[i].value, first, last);
        widen_list(u, f->locals.at[i].items, f->locals.at[i].count, first, last);
    }
}

static const char *vertex_name(const Unit *u, uint32_t v)
{
    return name_text(u->ctx, is_function(u, v) ? u->functions.at[v - u->entities.count].name
                                               : u->entities.at[v].name);
}

static Span vertex_span(const Unit *u, uint32_t v)
{
    return is_function(u, v) ? u->functions.at[v - u->entities.count].span : u->entities.at[v].span;
}

/* The vertex that a node refers to; UINT32_MAX for none. */
static uint32_t refers(const Unit *u, const AstNode *n)
{
    if (n->resolution == RES_ENTITY)
        return n->target;
    if (n->resolution == RES_FUNCTION)
        return u->entities.count + n->target;
    return UINT32_MAX;
}

static void enter(Unit *u, uint32_t v, Frame *f)
{
    AstId first, last;
    range(u, v, &first, &last);
    *f = (Frame){v, first, last + 1, is_function(u, v) ? 0 : u->entities.at[v].equation};
}

/* What it uses next; UINT32_MAX behind the last. */
static uint32_t next_used(Unit *u, Frame *f)
{
    for (;;) {
        while (f->next < f->end) {
            uint32_t to = refers(u, &u->ast->nodes.at[f->next++]);
            if (to != UINT32_MAX)
                return to;
        }
        if (!f->equation)
            return UINT32_MAX;
        const Equation *e = &u->equations.at[f->equation - 1];
        AstId first = 0, last = 0;
        widen(u, e->value, &first, &last);
        widen_list(u, e->items, e->count, &first, &last);
        f->next = first;
        f->end = last + 1;
        f->equation = e->next;
    }
}

/* ---- cycles */

static bool is_by_element(const Unit *u, uint32_t v)
{
    return !is_function(u, v) && u->entities.at[v].element;
}

/* The vertex of a cycle to begin with: one that makes it no recurrence. */
static uint32_t first_of(const Unit *u, const U32Vec *component)
{
    for (uint32_t i = 0; i < component->count; i++)
        if (!is_by_element(u, component->at[i]))
            return component->at[i];
    return component->at[0];
}

/* The shortest way from one vertex back to it, within the component. */
static void shortest_cycle(Walk *w, const U32Vec *component, U32Vec *cycle)
{
    Unit *u = w->unit;
    uint32_t count = u->entities.count + u->functions.count, from = first_of(u, component);
    uint32_t *before = array_new(u->ctx, count + 1, sizeof *before); /* 1 + vertex */
    uint8_t *inside = array_new(u->ctx, count + 1, 1);
    U32Vec queue = {0};
    for (uint32_t i = 0; i < component->count; i++)
        inside[component->at[i]] = 1;
    *vec_push(u->ctx, &queue) = from;
    for (uint32_t i = 0; i < queue.count && !before[from]; i++) {
        Frame f;
        uint32_t to;
        enter(u, queue.at[i], &f);
        while ((to = next_used(u, &f)) != UINT32_MAX)
            if (inside[to] && !before[to]) {
                before[to] = queue.at[i] + 1;
                *vec_push(u->ctx, &queue) = to;
            }
    }
    for (uint32_t v = before[from] - 1; v != from; v = before[v] - 1)
        *vec_push(u->ctx, cycle) = v;
    *vec_push(u->ctx, cycle) = from;
    for (uint32_t i = 0; i < cycle->count / 2; i++) {
        uint32_t v = cycle->at[i];
        cycle->at[i] = cycle->at[cycle->count - 1 - i];
        cycle->at[cycle->count - 1 - i] = v;
    }
    vec_free(u->ctx, &queue);
    ctx_resize(u->ctx, before, 0);
    ctx_resize(u->ctx, inside, 0);
}

static void hint_cycle(Unit *u, const U32Vec *cycle)
{
    for (uint32_t i = 0; i < cycle->count; i++)
        if (is_by_element(u, cycle->at[i])) {
            diag_hint(u->ctx,
                      "a recurrence, as h[t+1 in 1..n] = f(h[t]), is of arrays by element alone: "
                      "'%s' is none",
                      vertex_name(u, cycle->at[0]));
            return;
        }
    diag_hint(u->ctx, "%s",
              is_function(u, cycle->at[0]) ? "functions cannot be recursive"
              : cycle->count == 1
                  ? "a new value of a name needs a name of its own"
                  : "definitions are equations: one of these must not need the others");
}

static void report_cycle(Walk *w, const U32Vec *component)
{
    Unit *u = w->unit;
    U32Vec cycle = {0};
    shortest_cycle(w, component, &cycle);
    uint32_t v = cycle.at[0];
    if (cycle.count == 1) {
        diag_error(u->ctx, vertex_span(u, v), "cycle",
                   is_function(u, v) ? "the function '%s' calls itself"
                                     : "'%s' is defined by itself",
                   vertex_name(u, v));
    } else {
        Text text = text_new(u->ctx);
        for (uint32_t i = 0; i < cycle.count; i++) {
            if (i == 12 && cycle.count - i > 2) {
                text_put(&text, "... -> ");
                i = cycle.count - 1;
            }
            text_printf(&text, "%s -> ", vertex_name(u, cycle.at[i]));
        }
        bool functions = true;
        for (uint32_t i = 0; i < cycle.count; i++)
            functions = functions && is_function(u, cycle.at[i]);
        diag_error(u->ctx, vertex_span(u, v), "cycle", "%s in a cycle: %s%s",
                   functions ? "functions call each other" : "values are defined", text.at,
                   vertex_name(u, v));
        text_free(&text);
    }
    hint_cycle(u, &cycle);
    vec_free(u->ctx, &cycle);
}

/* ---- components */

/* Are they arrays by element, all of them? */
static bool is_recurrence(const Unit *u, const U32Vec *component)
{
    for (uint32_t i = 0; i < component->count; i++)
        if (!is_by_element(u, component->at[i]))
            return false;
    return true;
}

static void place_step(Walk *w, Step step)
{
    Unit *u = w->unit;
    *vec_push(u->ctx, w->all) = step;
    if (step.function || u->entities.at[step.target].value)
        *vec_push(u->ctx, &u->order) = step;
}

static void place_recurrence(Walk *w, U32Vec *component)
{
    Unit *u = w->unit;
    Recurrence r = {.members = *component};
    /* NOLINTNEXTLINE(*-core.NonNullParamChecker): a component has members */
    vec_sort(&r.members, 0);
    *vec_push(u->ctx, &u->systems) = r;
    for (uint32_t i = 0; i < r.members.count; i++)
        u->entities.at[r.members.at[i]].system = u->systems.count;
    place_step(w, (Step){.target = r.members.at[0], .system = u->systems.count});
    *component = (U32Vec){0};
}

/* All from `v` on that wait are what `v` leads to and comes back from. */
static void leave(Walk *w, uint32_t v)
{
    Unit *u = w->unit;
    U32Vec component = {0};
    uint32_t from = w->waiting.count;
    while (w->waiting.at[--from] != v)
        continue;
    for (uint32_t i = from; i < w->waiting.count; i++) {
        *vec_push(u->ctx, &component) = w->waiting.at[i];
        w->number[w->waiting.at[i]] = UINT32_MAX;
    }
    w->waiting.count = from;
    if (component.count == 1 && !w->itself[v]) {
        bool function = is_function(u, v);
        place_step(w, (Step){function, function ? v - u->entities.count : v, 0});
    } else if (is_recurrence(u, &component)) {
        place_recurrence(w, &component);
    } else {
        report_cycle(w, &component);
    }
    vec_free(u->ctx, &component);
}

static void begin(Walk *w, uint32_t v)
{
    enter(w->unit, v, vec_push(w->unit->ctx, &w->path));
    *vec_push(w->unit->ctx, &w->waiting) = v;
    w->number[v] = w->low[v] = ++w->count;
}

static void visit(Walk *w, uint32_t start)
{
    begin(w, start);
    while (w->path.count) {
        Frame *top = &w->path.at[w->path.count - 1];
        uint32_t v = top->vertex, to = next_used(w->unit, top);
        if (to == UINT32_MAX) {
            if (w->low[v] == w->number[v])
                leave(w, v);
            w->path.count--;
            uint32_t user = w->path.count ? w->path.at[w->path.count - 1].vertex : v;
            if (w->low[v] < w->low[user])
                w->low[user] = w->low[v];
            continue;
        }
        w->itself[v] |= to == v;
        if (!w->number[to])
            begin(w, to);
        else if (w->number[to] < w->low[v]) /* never of what is placed */
            w->low[v] = w->number[to];
    }
}

void order_unit(Unit *unit, StepVec *all)
{
    uint32_t count = unit->entities.count + unit->functions.count;
    Walk w = {.unit = unit, .all = all};
    w.number = array_new(unit->ctx, count + 1, sizeof *w.number);
    w.low = array_new(unit->ctx, count + 1, sizeof *w.low);
    w.itself = array_new(unit->ctx, count + 1, 1);
    for (uint32_t v = 0; v < count; v++)
        if (!w.number[v])
            visit(&w, v);
    ctx_resize(unit->ctx, w.number, 0);
    ctx_resize(unit->ctx, w.low, 0);
    ctx_resize(unit->ctx, w.itself, 0);
    vec_free(unit->ctx, &w.waiting);
    vec_free(unit->ctx, &w.path);
}
