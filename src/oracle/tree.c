/* tree: what is known of the tree before it is walked. The unit comes in; how often a node's
 * value is used, where diffs begin, and which names depend on which go out.
 *
 * The one idea: what the walk would have to find out again and again is found once, in passes
 * over the array of nodes.
 */
#include "oracle/oracle.h"

static const AstNode *node_of(const Oracle *o, AstId id)
{
    return &o->unit->ast->nodes.at[id];
}

/* ---- nodes ------------------------------------------------------------------------------ */

static void use(OracleTree *tree, AstId id)
{
    if (tree->uses[id] < UINT8_MAX)
        tree->uses[id]++;
}

/* Does it evaluate its operands itself, in a world or with indices of its own? */
static bool leaps(const AstNode *n)
{
    return n->kind == AST_REDUCE || (n->kind == AST_CALL && n->resolution == RES_DIFF);
}

/* What is computed in integers has no values. */
static bool is_integer(const Oracle *o, AstId id) { return node_of(o, id)->subscript; }

static void scan_node(Oracle *o, AstId id)
{
    OracleTree *tree = &o->tree;
    const AstNode *n = node_of(o, id);
    AstId child;
    for (uint32_t k = 0; (child = ast_child(o->unit->ast, id, k)) && !leaps(n); k++)
        use(tree, child);
    if (is_integer(o, id))
        return;
    if (n->kind == AST_COND) {
        tree->arm[node_of(o, n->b)->first] = id;
        tree->arm[node_of(o, n->c)->first] = id;
    }
    if (n->kind == AST_BINARY && (n->op == OP_AND || n->op == OP_OR))
        tree->arm[node_of(o, n->b)->first] = id;
}

/* From the last node to the first: outer ones come before inner ones. */
static void scan_leaps(Oracle *o)
{
    AstId *leap = o->tree.leap;
    for (AstId id = o->tree.scanned - 1; id > 0; id--) {
        const AstNode *n = node_of(o, id);
        if (leaps(n)) {
            leap[id] = leap[n->first];
            leap[n->first] = id;
        }
    }
}

AstId tree_leap(const Oracle *o, AstId id, AstId root)
{
    const AstId *leap = o->tree.leap;
    if (!leap[id] || leap[id] > root || leap[id] <= id)
        return 0;
    AstId call = leap[id];
    while (leap[call] && leap[call] <= root)
        call = leap[call];
    return call;
}

/* ---- references ------------------------------------------------------------------------- */

/* The entity or function that a node refers to; ORACLE_NONE if none. */
static uint32_t refers(const Oracle *o, const AstNode *n)
{
    if ((n->kind == AST_NAME || n->kind == AST_SUBSCRIPT) && n->resolution == RES_ENTITY)
        return n->target;
    if (n->kind == AST_CALL && n->resolution == RES_FUNCTION)
        return o->unit->entities.count + n->target;
    return ORACLE_NONE;
}

static void scan_edges(Oracle *o, AstId root)
{
    if (!root)
        return;
    for (AstId id = node_of(o, root)->first; id <= root; id++) {
        uint32_t to = refers(o, node_of(o, id));
        if (to != ORACLE_NONE)
            *vec_push(o->ctx, &o->tree.edges) = to;
    }
}

static void scan_definition(Oracle *o, const Entity *e)
{
    uint32_t next = e->kind == ENTITY_DEF ? e->equation : 0;
    if (!next)
        scan_edges(o, e->value);
    for (; next; next = o->unit->equations.at[next - 1].next)
        scan_edges(o, o->unit->equations.at[next - 1].value);
}

static void scan_references(Oracle *o)
{
    const Unit *u = o->unit;
    OracleTree *tree = &o->tree;
    uint32_t count = u->entities.count + u->functions.count;
    tree->edges.count = 0;
    for (uint32_t v = 0; v < count; v++) {
        tree->edge_first[v] = tree->edges.count;
        if (v < u->entities.count) {
            scan_definition(o, &u->entities.at[v]);
            continue;
        }
        const Function *f = &u->functions.at[v - u->entities.count];
        for (uint32_t i = f->params; i < f->locals.count; i++)
            scan_edges(o, f->locals.at[i].value);
        scan_edges(o, f->result);
    }
    tree->edge_first[count] = tree->edges.count;
}

void tree_scan(Oracle *o)
{
    OracleTree *tree = &o->tree;
    const Unit *u = o->unit;
    if (tree->scanned == u->ast->nodes.count)
        return;
    ctx_resize(o->ctx, tree->uses, 0);
    ctx_resize(o->ctx, tree->leap, 0);
    ctx_resize(o->ctx, tree->arm, 0);
    ctx_resize(o->ctx, tree->edge_first, 0);
    tree->scanned = u->ast->nodes.count;
    tree->uses = array_new(o->ctx, tree->scanned + 1, sizeof *tree->uses);
    tree->leap = array_new(o->ctx, tree->scanned + 1, sizeof *tree->leap);
    tree->arm = array_new(o->ctx, tree->scanned + 1, sizeof *tree->arm);
    tree->edge_first = array_new(o->ctx, u->entities.count + u->functions.count + 1,
                                 sizeof *tree->edge_first);
    for (AstId id = 1; id < tree->scanned; id++)
        scan_node(o, id);
    scan_leaps(o);
    scan_references(o);
}

/* ---- dependence ------------------------------------------------------------------------- */

static bool reaches(const Oracle *o, uint32_t vertex, const uint8_t *depends)
{
    const OracleTree *tree = &o->tree;
    for (uint32_t i = tree->edge_first[vertex]; i < tree->edge_first[vertex + 1]; i++)
        if (tree_varies(depends[tree->edges.at[i]]))
            return true;
    return false;
}

/* Marks an entity or function that refers to something that varies; true if that is new. */
static bool mark(const Oracle *o, uint32_t v, uint8_t *depends)
{
    if (depends[v] != TREE_FREE || !reaches(o, v, depends))
        return false;
    depends[v] = TREE_DEPENDS;
    return true;
}

static bool mark_step(const Oracle *o, const Step *step, uint8_t *depends)
{
    const Unit *u = o->unit;
    bool found = false;
    if (!step->system)
        return mark(o, step->target + (step->function ? u->entities.count : 0), depends);
    const U32Vec *members = &u->systems.at[step->system - 1].members;
    for (uint32_t i = 0; i < members->count; i++)
        found |= mark(o, members->at[i], depends);
    return found;
}

/* Marks what refers to something that varies; false if there is nothing new. */
static bool spread(const Oracle *o, uint8_t *depends)
{
    bool found = false;
    for (uint32_t i = 0; i < o->unit->order.count; i++)
        found |= mark_step(o, &o->unit->order.at[i], depends);
    return found;
}

/* A name that a diff further out has cut off from its definition depends on nothing. Recurrences
 * of several arrays make a second look necessary. */
uint8_t *tree_dependents(Oracle *o, const World *world, const uint32_t *by, uint32_t count)
{
    const Unit *u = o->unit;
    uint8_t *depends = array_new(o->ctx, u->entities.count + u->functions.count + 1, 1);
    for (const World *w = world; w; w = w->parent)
        for (uint32_t i = 0; w->depends && i < u->entities.count; i++)
            if (w->depends[i] == TREE_MOVED)
                depends[i] = TREE_CUT;
    for (uint32_t i = 0; i < count; i++)
        depends[by[i]] = TREE_MOVED;
    while (spread(o, depends))
        ;
    return depends;
}

static void add_source(Oracle *o, uint32_t vertex, uint8_t *marks, U32Vec *pending)
{
    if (vertex == ORACLE_NONE || marks[vertex])
        return;
    marks[vertex] = 1;
    *vec_push(o->ctx, pending) = vertex;
}

uint8_t *tree_sources(Oracle *o, const OracleOf *wanted, uint32_t count)
{
    const OracleTree *tree = &o->tree;
    U32Vec pending = {0};
    tree_scan(o);
    uint8_t *marks = array_new(o->ctx, o->unit->entities.count + o->unit->functions.count + 1, 1);
    for (uint32_t i = 0; i < count; i++) {
        AstId root = wanted[i].root;
        if (!root)
            add_source(o, wanted[i].entity, marks, &pending);
        for (AstId id = root ? node_of(o, root)->first : 1; id <= root; id++)
            add_source(o, refers(o, node_of(o, id)), marks, &pending);
    }
    while (pending.count) {
        uint32_t v = pending.at[--pending.count];
        for (uint32_t i = tree->edge_first[v]; i < tree->edge_first[v + 1]; i++)
            add_source(o, tree->edges.at[i], marks, &pending);
    }
    vec_free(o->ctx, &pending);
    return marks;
}

bool tree_touches(const Oracle *o, AstId root, const uint8_t *marked, const uint8_t *locals)
{
    for (AstId id = node_of(o, root)->first; id <= root; id++) {
        const AstNode *n = node_of(o, id);
        uint32_t to = refers(o, n);
        if (marked && to != ORACLE_NONE && tree_varies(marked[to]))
            return true;
        if (locals && (n->kind == AST_NAME || n->kind == AST_SUBSCRIPT) &&
            n->resolution == RES_LOCAL && locals[n->target])
            return true;
    }
    return false;
}
