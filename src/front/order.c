/* A resolved unit in, the order of its computation out: constants, definitions and functions,
 * each behind what it uses, otherwise as written. A depth-first walk with a stack of its own. */
#include "front/front.h"

/* Entities and functions as one range of numbers: entities first. */
typedef struct Frame {
    uint32_t vertex; /* which */
    AstId next, end; /* the nodes of its right side that are still to be looked at */
} Frame;

typedef struct Walk {
    Unit *unit;
    uint8_t *state;   /* a vertex each: 0 new, 1 on the path, 2 placed */
    VEC(Frame) path;  /* from the start to where we are */
} Walk;

static bool is_function(const Unit *u, uint32_t v) { return v >= u->entities.count; }

/* Where the nodes of its right side begin and end. */
static void range(const Unit *u, uint32_t v, AstId *first, AstId *last)
{
    const AstNode *nodes = u->ast->nodes.at;
    *first = 1;
    *last = 0;
    if (!is_function(u, v)) {
        AstId root = u->entities.at[v].value;
        if (root) {
            *first = nodes[root].first;
            *last = root;
        }
        return;
    }
    const Function *f = &u->functions.at[v - u->entities.count];
    *last = f->result;
    *first = nodes[f->result].first;
    for (uint32_t i = f->params; i < f->locals.count; i++)
        if (nodes[f->locals.at[i].value].first < *first)
            *first = nodes[f->locals.at[i].value].first;
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
    if (from == count - 1) {
        diag_error(u->ctx, vertex_span(u, v), "cycle",
                   is_function(u, v) ? "the function '%s' calls itself" : "'%s' is defined by itself",
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
    diag_hint(u->ctx, "%s", is_function(u, v) ? "functions cannot be recursive"
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
    Frame f = {v, first, last + 1};
    w->state[v] = 1;
    *vec_push(w->unit->ctx, &w->path) = f;
}

static void leave(Walk *w, uint32_t v)
{
    Unit *u = w->unit;
    w->state[v] = 2;
    Step step = {is_function(u, v), is_function(u, v) ? v - u->entities.count : v};
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

void order_unit(Unit *unit)
{
    uint32_t count = unit->entities.count + unit->functions.count;
    Walk w = {.unit = unit, .state = array_new(unit->ctx, count + 1, 1)};
    for (uint32_t v = 0; v < count; v++)
        if (w.state[v] == 0)
            visit(&w, v);
    ctx_resize(unit->ctx, w.state, 0);
    vec_free(unit->ctx, &w.path);
}
