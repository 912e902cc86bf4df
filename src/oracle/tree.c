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

/* The arguments of a diff are not evaluated where it stands, so it uses none. */
static void scan_node(Oracle *o, const AstNode *n)
{
    OracleTree *tree = &o->tree;
    if (n->kind == AST_UNARY || n->kind == AST_BINARY || n->kind == AST_COND)
        use(tree, n->a);
    if (n->kind == AST_BINARY || n->kind == AST_COND)
        use(tree, n->b);
    if (n->kind == AST_COND)
        use(tree, n->c);
    if (n->kind == AST_CALL && n->resolution != RES_DIFF)
        for (uint32_t i = 0; i < n->b; i++)
            use(tree, o->unit->ast->list.at[n->a + i]);
}

/* From the last node to the first: outer diffs come before inner ones. */
static void scan_leaps(Oracle *o)
{
    AstId *leap = o->tree.leap;
    for (AstId id = o->tree.scanned - 1; id > 0; id--) {
        const AstNode *n = node_of(o, id);
        if (n->kind == AST_CALL && n->resolution == RES_DIFF) {
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
    if (n->kind == AST_NAME && n->resolution == RES_ENTITY)
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

static void scan_references(Oracle *o)
{
    const Unit *u = o->unit;
    OracleTree *tree = &o->tree;
    uint32_t count = u->entities.count + u->functions.count;
    tree->edges.count = 0;
    for (uint32_t v = 0; v < count; v++) {
        tree->edge_first[v] = tree->edges.count;
        if (v < u->entities.count) {
            scan_edges(o, u->entities.at[v].value);
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
    ctx_resize(o->ctx, tree->edge_first, 0);
    tree->scanned = u->ast->nodes.count;
    tree->uses = array_new(o->ctx, tree->scanned + 1, sizeof *tree->uses);
    tree->leap = array_new(o->ctx, tree->scanned + 1, sizeof *tree->leap);
    tree->edge_first = array_new(o->ctx, u->entities.count + u->functions.count + 1,
                                 sizeof *tree->edge_first);
    for (AstId id = 1; id < tree->scanned; id++)
        scan_node(o, node_of(o, id));
    scan_leaps(o);
    scan_references(o);
}

/* ---- dependence ------------------------------------------------------------------------- */

static bool reaches(const Oracle *o, uint32_t vertex, const uint8_t *depends)
{
    const OracleTree *tree = &o->tree;
    for (uint32_t i = tree->edge_first[vertex]; i < tree->edge_first[vertex + 1]; i++)
        if (depends[tree->edges.at[i]] == TREE_DEPENDS)
            return true;
    return false;
}

/* A name that a diff further out has cut off from its definition depends on nothing. */
uint8_t *tree_dependents(Oracle *o, const World *world, uint32_t by)
{
    const Unit *u = o->unit;
    uint8_t *depends = array_new(o->ctx, u->entities.count + u->functions.count + 1, 1);
    for (const World *w = world; w; w = w->parent)
        if (w->by != ORACLE_NONE)
            depends[w->by] = TREE_CUT;
    depends[by] = TREE_DEPENDS;
    for (uint32_t i = 0; i < u->order.count; i++) {
        const Step *step = &u->order.at[i];
        uint32_t v = step->target + (step->function ? u->entities.count : 0);
        if (depends[v] == TREE_FREE && reaches(o, v, depends))
            depends[v] = TREE_DEPENDS;
    }
    return depends;
}

bool tree_touches(const Oracle *o, AstId root, const uint8_t *marked, const uint8_t *locals)
{
    for (AstId id = node_of(o, root)->first; id <= root; id++) {
        const AstNode *n = node_of(o, id);
        uint32_t to = refers(o, n);
        if (marked && to != ORACLE_NONE && marked[to] == TREE_DEPENDS)
            return true;
        if (locals && n->kind == AST_NAME && n->resolution == RES_LOCAL && locals[n->target])
            return true;
    }
    return false;
}
