/* What outputs need in; out: warnings of inputs whose derivative is 0 everywhere, and of inputs and
 * definitions that nothing needs. The first is read from the graph, the second from the text:
 * what is written to be used is used, even if it is of no consequence. */
#include "warn/warn.h"

static const AstNode *node(const Unit *u, AstId id) { return &u->ast->nodes.at[id]; }

/* ---- derivatives that are 0 */

/* How the outputs need a symbol. */
typedef struct Way {
    uint8_t marks;  /* enum ReachMark */
    NodeId through; /* a step that ends its derivative */
} Way;

static Way *ways_of(Model *m, const Reach *reach)
{
    Way *ways = array_new(m->ctx, sym_count(m->graph), sizeof *ways);
    for (NodeId id = 1; id < reach->count; id++) {
        const Node *n = node_at(m->graph, id);
        if (n->op != OP_REF || !(reach->marks[id] & REACH_LIVE))
            continue;
        ways[n->a].marks |= reach->marks[id];
        if (!ways[n->a].through)
            ways[n->a].through = reach->through[id];
    }
    return ways;
}

/* What ends the derivative, as a reader calls it. */
static const char *step_name(const Unit *u, const AstNode *n)
{
    if (n->kind == AST_CALL)
        return name_text(u->ctx, n->name);
    return n->kind == AST_BINARY || n->kind == AST_UNARY ? op_info((Op)n->op)->spelling : "?:";
}

static void warn_zero(Model *m, const Entity *e, const Way *way)
{
    const Unit *u = m->unit;
    const NodePlace place = node_place(m->graph, way->through);
    const char *name = name_text(u->ctx, e->name);
    if (!place.place) {
        diag_warning(u->ctx, e->span, "zero-gradient",
                     "the derivative by '%s' is 0 everywhere: only what is piecewise constant "
                     "depends on it", name);
    } else {
        const AstNode *n = node(u, place.place);
        diag_warning(u->ctx, n->span, "zero-gradient",
                     "the derivative by '%s' is 0 everywhere: it reaches the outputs only through "
                     "'%s', which is piecewise constant", name, step_name(u, n));
        if (place.call)
            diag_note(u->ctx, node(u, place.call)->span, "in this call");
    }
    diag_hint(u->ctx, "declare '%s' as a param, or write stop_gradient(%s) if that is meant", name,
              name);
}

static void warn_zeros(Model *m, const Reach *reach)
{
    const Unit *u = m->unit;
    Way *ways = ways_of(m, reach);
    for (uint32_t i = 0; i < u->entities.count; i++) {
        const Entity *e = &u->entities.at[i];
        const Way *way = &ways[e->sym];
        if (e->kind == ENTITY_INPUT && way->marks & REACH_LIVE && way->through &&
            !(way->marks & (REACH_FLOW | REACH_STOPPED)))
            warn_zero(m, e, way);
    }
    ctx_resize(m->ctx, ways, 0);
}

/* ---- what nothing uses */

typedef struct Uses {
    const Unit *u;
    uint8_t *used;  /* an entity each, then a function each */
    U32Vec left;    /* those whose uses are still to be looked at */
} Uses;

static void use(Uses *s, uint32_t which)
{
    if (!s->used[which])
        *vec_push(s->u->ctx, &s->left) = which;
    s->used[which] = 1;
}

static void use_expression(Uses *s, AstId root)
{
    for (AstId id = root ? node(s->u, root)->first : 1; id <= root; id++) {
        const AstNode *n = node(s->u, id);
        if (n->resolution == RES_ENTITY)
            use(s, n->target);
        if (n->resolution == RES_FUNCTION)
            use(s, s->u->entities.count + n->target);
    }
}

static void use_list(Uses *s, uint32_t items, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        use_expression(s, s->u->ast->list.at[items + i]);
}

static void use_locals(Uses *s, const LocalVec *locals, AstId result)
{
    for (uint32_t i = 0; i < locals->count; i++) {
        use_list(s, locals->at[i].items, locals->at[i].count);
        use_expression(s, locals->at[i].value);
    }
    use_expression(s, result);
}

static void use_entity(Uses *s, const Entity *e)
{
    const Unit *u = s->u;
    use_list(s, e->items, e->count);
    use_expression(s, e->limit);
    use_expression(s, e->value);
    for (uint32_t i = e->equation; i; i = u->equations.at[i - 1].next) {
        use_list(s, u->equations.at[i - 1].items, u->equations.at[i - 1].count);
        use_expression(s, u->equations.at[i - 1].value);
    }
}

/* Outputs, checks, functions and rules; then what these use, and so on. */
static void find_uses(Uses *s)
{
    const Unit *u = s->u;
    for (uint32_t i = 0; i < u->outputs.count; i++)
        use(s, u->outputs.at[i]);
    for (uint32_t i = 0; i < u->functions.count; i++)
        use(s, u->entities.count + i);
    for (uint32_t i = 0; i < u->rules.count; i++)
        use_locals(s, &u->rules.at[i].locals, u->rules.at[i].result);
    for (uint32_t i = 0; i < u->checks.count; i++) {
        use_expression(s, u->checks.at[i].left);
        use_expression(s, u->checks.at[i].right);
    }
    while (s->left.count) {
        const uint32_t which = s->left.at[--s->left.count];
        if (which < u->entities.count)
            use_entity(s, &u->entities.at[which]);
        else
            use_locals(s, &u->functions.at[which - u->entities.count].locals,
                       u->functions.at[which - u->entities.count].result);
    }
}

static void warn_unused(const Unit *u, const Entity *e)
{
    const char *name = name_text(u->ctx, e->name);
    switch (e->kind) {
    case ENTITY_INPUT:
        diag_warning(u->ctx, e->span, "unused-input", "no output depends on the input '%s'", name);
        break;
    case ENTITY_PARAM: case ENTITY_INDEX:
        diag_warning(u->ctx, e->span, "unused-param", "no output depends on the %s '%s'",
                     e->kind == ENTITY_PARAM ? "param" : "index", name);
        break;
    case ENTITY_DEF:
        diag_warning(u->ctx, e->span, "unused-definition", "no output depends on '%s'", name);
        break;
    case ENTITY_DIM: case ENTITY_CONST: break;
    }
}

static void warn_all_unused(const Unit *u)
{
    Uses s = {.u = u, .used = array_new(u->ctx, u->entities.count + u->functions.count + 1, 1)};
    find_uses(&s);
    for (uint32_t i = 0; i < u->entities.count; i++)
        if (!s.used[i])
            warn_unused(u, &u->entities.at[i]);
    ctx_resize(u->ctx, s.used, 0);
    vec_free(u->ctx, &s.left);
}

void warn_useless(Model *m, const Reach *reach)
{
    warn_all_unused(m->unit);
    warn_zeros(m, reach);
}
