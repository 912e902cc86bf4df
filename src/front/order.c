/* A resolved unit in, the order of its computation out: constants, definitions and functions,
 * each behind what it uses, otherwise as written. A depth-first walk with a stack of its own. */
#include "front/front.h"

/* Entities and functions as one range of numbers: entities first. */
typedef struct Frame {
    uint32_t vertex; /* which */
    AstId next, end; /* the nodes of an equation of its that are still to be looked at */
    uint32_t equation; /* 1 + the equation that comes then; 0 if none */
} Frame;

typedef struct Walk {
    Unit *unit;
    uint8_t *state;   /* a vertex each: 0 new, 1 on the path, 2 placed */
    VEC(Frame) path;  /* from the start to where we are */
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

/* The path leads back to `v`: the part from there on is the cycle. */
static void report_cycle(Walk *w, const Frame *path, uint32_t count, uint32_t v)
{
    Unit *u = w->unit;
    uint32_t from = count - 1;
    while (path[from].vertex != v)
        from--;
    bool element = false;
    for (uint32_t i = from; i < count; i++)
        element |= !is_function(u, path[i].vertex) && u->entities.at[path[i].vertex].element;
    if (element) {
        diag_error(u->ctx, vertex_span(u, v), "recurrence",
                   "the array '%s' is computed from its own elements", vertex_name(u, v));
        diag_hint(u->ctx, "this version of bpgen takes no recurrences");
        return;
    }
    if (from == count - 1) {
        diag_error(u->ctx, vertex_span(u, v), "cycle",
                   is_function(u, v) ? "the function '%s' calls itself"
                                     : "'%s' is defined by itself",
                   vertex_name(u, v));
    } else {
        Text cycle = text_new(u->ctx);
        for (uint32_t i = from; i < count; i++) {
            if (i - from == 12 && count - i > 2) {
                text_put(&cycle, "... -> ");
                i = count - 1;
            }
            text_printf(&cycle, "%s -> ", vertex_name(u, path[i].vertex));
        }
        diag_error(u->ctx, vertex_span(u, v), "cycle", "%s in a cycle: %s%s",
                   is_function(u, v) ? "functions call each other" : "values are defined",
                   cycle.at, vertex_name(u, v));
        text_free(&cycle);
    }
    diag_hint(u->ctx, "%s",
              is_function(u, v) ? "functions cannot be recursive"
              : from == count - 1
                  ? "a new value of a name needs a name of its own"
                  : "definitions are equations: one of these must not need the others");
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

static void enter(Walk *w, uint32_t v)
{
    AstId first, last;
    range(w->unit, v, &first, &last);
    Frame f = {v, first, last + 1, is_function(w->unit, v) ? 0 : w->unit->entities.at[v].equation};
    w->state[v] = 1;
    *vec_push(w->unit->ctx, &w->path) = f;
}

static void leave(Walk *w, uint32_t v)
{
    Unit *u = w->unit;
    w->state[v] = 2;
    Step step = {is_function(u, v), is_function(u, v) ? v - u->entities.count : v};
    *vec_push(u->ctx, w->all) = step;
    if (step.function || u->entities.at[v].value)
        *vec_push(u->ctx, &u->order) = step;
}

/* Gives the path up, so that what depends on the cycle is not reported again. */
static void abandon(Walk *w)
{
    while (w->path.count)
        w->state[w->path.at[--w->path.count].vertex] = 2;
}

static void visit(Walk *w, uint32_t start)
{
    enter(w, start);
    while (w->path.count) {
        Frame *top = &w->path.at[w->path.count - 1];
        if (top->next >= top->end && top->equation) {
            const Equation *e = &w->unit->equations.at[top->equation - 1];
            AstId first = 0, last = 0;
            widen(w->unit, e->value, &first, &last);
            widen_list(w->unit, e->items, e->count, &first, &last);
            top->next = first;
            top->end = last + 1;
            top->equation = e->next;
            continue;
        }
        if (top->next >= top->end) {
            leave(w, top->vertex);
            w->path.count--;
            continue;
        }
        uint32_t to = refers(w->unit, &w->unit->ast->nodes.at[top->next++]);
        if (to == UINT32_MAX || w->state[to] == 2)
            continue;
        if (w->state[to] == 1) {
            report_cycle(w, w->path.at, w->path.count, to);
            abandon(w);
        } else {
            enter(w, to);
        }
    }
}

void order_unit(Unit *unit, StepVec *all)
{
    uint32_t count = unit->entities.count + unit->functions.count;
    Walk w = {.unit = unit, .state = array_new(unit->ctx, count + 1, 1), .all = all};
    for (uint32_t v = 0; v < count; v++)
        if (w.state[v] == 0)
            visit(&w, v);
    ctx_resize(unit->ctx, w.state, 0);
    vec_free(unit->ctx, &w.path);
}
