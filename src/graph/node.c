/* Nodes: their storage, and what is known of each as soon as it is made.
 *
 * In: an operator and its operands. Out: the node of these contents, old or new, with its flags and
 * the indices that it is free in; and the graph without those that nobody needs any more.
 *
 * The idea: everything is interned. The same contents are the same number, so that equal
 * subexpressions are one node.
 */
#include <assert.h>
#include <string.h>

#include "graph/graph.h"

/* What numbers of nodes leave room for. */
enum { NODES_MOST = INT32_MAX };

/* ---- graph */

Graph *graph_new(Ctx *ctx)
{
    Graph *g = ctx_alloc(ctx, sizeof *g);
    g->ctx = ctx;
    graph_limit(g, 0);
    memset(vec_push(ctx, &g->nodes), 0, sizeof *g->nodes.at);
    *vec_push(ctx, &g->origin) = 0;
    lists_begin(ctx, &g->sets);
    lists_begin(ctx, &g->tuples);
    syms_begin(g);
    indices_begin(g);
    constants_begin(g);
    places_begin(g);
    bodies_begin(g);
    return g;
}

static void set_most(Graph *g)
{
    g->most = g->limit + g->uncounted < NODES_MOST ? g->limit + g->uncounted : NODES_MOST;
}

void graph_limit(Graph *g, uint32_t most)
{
    g->limit = most && most < NODES_MOST ? most : NODES_MOST;
    set_most(g);
}

void graph_uncounted_begin(Graph *g)
{
    g->uncounted -= g->nodes.count; /* modulo 2^32 until the end */
    g->most = NODES_MOST;
}

void graph_uncounted_end(Graph *g)
{
    g->uncounted += g->nodes.count;
    set_most(g);
}

void graph_origin(Graph *g, SymId definition, Maker maker)
{
    g->origin_now = definition * 4 + (uint32_t)maker;
}

void graph_origin_of(Graph *g, NodeId id) { g->origin_now = g->origin.at[id]; }

void graph_origin_to(Graph *g, NodeId id, NodeId model)
{
    if (node_maker(g, model) == MADE_BY_MODEL && node_maker(g, id) != MADE_BY_MODEL)
        g->origin.at[id] = g->origin.at[model];
}

void graph_promise(Graph *g, NodeId node) { *vec_push(g->ctx, &g->promises) = node; }
const U32Vec *graph_promises(const Graph *g) { return &g->promises; }

SymId node_definition(const Graph *g, NodeId id)
{
    SymId origin = node_origin(g, id);
    return g->syms.at[origin].kind == SYM_EQUATION ? g->syms.at[origin].base : origin;
}

/* ---- nodes */

/* Is half of all nodes a product with this one, or a sum? */
static bool is_common(const Graph *g, NodeId id)
{
    return g->nodes.at[id].flags & (NODE_CONST | NODE_SEED);
}

/* What a node is commonly made soon after, and few others are: the later operand, if it is not a
 * common one. Of a leaf what it stands for. */
static uint32_t near_node(const Graph *g, Op op, uint32_t a, uint32_t b)
{
    const int arity = op_info(op)->arity;
    if (arity == 1)
        return a;
    const bool common = arity && is_common(g, a);
    return common == (arity && is_common(g, b)) ? (a > b ? a : b) : common ? b : a;
}

/* Operands of a commuting operator make the same node in either order. */
static LookupKey node_key(const Graph *g, Op op, uint32_t a, uint32_t b, uint32_t c)
{
    const bool turn = op_info(op)->flags & OPF_COMMUTES && a > b;
    const uint32_t hash = hash_mix(hash_mix(hash_mix(op, turn ? b : a), turn ? a : b), c);
    return (LookupKey)near_node(g, op, a, b) << 32 | hash;
}

static LookupKey key_of_node(const void *with, uint32_t id)
{
    const Graph *g = with;
    const Node *n = &g->nodes.at[id];
    return node_key(g, (Op)n->op, n->a, n->b, n->c);
}

/* What an index's range is free in. */
static SetId range_free(Graph *g, IndexId index)
{
    return set_union(g, g->nodes.at[g->indices.at[index].lower].free,
                     g->nodes.at[g->indices.at[index].upper].free);
}

static SetId free_of_part(Graph *g, uint32_t value, TupleId subscripts, SetId bound)
{
    SetId set = set_union(g, g->nodes.at[value].free, tuple_free(g, subscripts));
    for (uint32_t i = 0; i < set_size(g, bound); i++)
        set = set_union(g, set, range_free(g, set_member(g, bound, i)));
    return set_minus(g, set, bound);
}

/* Of those that need more than their operands. */
static SetId free_indices(Graph *g, Op op, uint32_t a, uint32_t b, uint32_t c)
{
    switch (op) {
    case OP_INDEX: return set_with(g, range_free(g, a), a);
    case OP_REF: case OP_RULE: case OP_CALL: case OP_OWN: return tuple_free(g, b);
    case OP_READ: return set_union(g, g->nodes.at[a].free, tuple_free(g, b));
    case OP_PART: return free_of_part(g, a, b, c);
    case OP_ARRAY: case OP_SYSTEM: return tuple_free(g, a);
    case OP_NAME: case OP_DIFF:
        return set_union(g, g->nodes.at[a].free, tuple_free(g, c));
    case OP_SUM: case OP_PROD: case OP_RMAX: case OP_RMIN: case OP_RHYPOT:
        return set_union(g, set_without(g, g->nodes.at[a].free, b), range_free(g, b));
    default: return g->nodes.at[a].free; /* HOLD, MEMBER */
    }
}

static bool same_commuted(Op op, uint32_t a, uint32_t b)
{
    return op_info(op)->flags & OPF_COMMUTES && a != b;
}

/* What a name stands for. */
static NodeId unnamed(Graph *g, NodeId name)
{
    NodeId id = name;
    while (g->nodes.at[id].op == OP_NAME)
        id = g->renamed[id % RENAMED].name == id ? g->renamed[id % RENAMED].meaning
                                                 : g->nodes.at[id].a;
    if (id != name) {
        g->renamed[name % RENAMED].name = name;
        g->renamed[name % RENAMED].meaning = id;
    }
    return id;
}

enum { INHERITED = NODE_ACTIVE | NODE_OPEN };

static unsigned flags_of_ref(const Graph *g, SymId id)
{
    const Sym *sym = &g->syms.at[id];
    unsigned flags = sym->integer ? NODE_INT : 0;
    switch ((SymKind)sym->kind) {
    case SYM_INPUT: return flags | NODE_ACTIVE;
    case SYM_ARG: return flags | NODE_OPEN;
    case SYM_DIM: case SYM_INDEX: return NODE_INT;
    case SYM_DERIVED: return flags | NODE_SEED;
    case SYM_PARAM: case SYM_CONST: case SYM_DEF: case SYM_EQUATION: case SYM_CALL: break;
    }
    return flags;
}

static unsigned flags_of_list(const Graph *g, TupleId list)
{
    unsigned flags = 0;
    for (uint32_t i = 0; i < tuple_size(g, list); i++)
        flags |= g->nodes.at[tuple_item(g, list, i)].flags;
    return flags & INHERITED;
}

/* Of what is computed in integers if an operand is. */
static unsigned integer_flags(const Graph *g, uint32_t a, uint32_t b)
{
    return (g->nodes.at[a].flags | g->nodes.at[b].flags) & NODE_INT;
}

/* What the operator adds to the flags that operands hand on. A sum of squares is told as written:
 * a^2, a*a, their sums, also with 0; the root of one is a norm. */
static unsigned flags_of_op(Graph *g, Op op, uint32_t a, uint32_t b, uint32_t c)
{
    const Node *nodes = g->nodes.at;
    switch (op) {
    case OP_CONST: return NODE_CONST | (a == common_integer(0) ? NODE_SQUARES : 0u);
    case OP_REF: return flags_of_ref(g, a);
    case OP_INDEX: return NODE_INT;
    case OP_OWN: return NODE_ACTIVE;
    case OP_CALL: return NODE_OPEN;
    case OP_ARRAY: case OP_SYSTEM: return flags_of_list(g, a);
    case OP_NAME:
        return (nodes[a].flags & (NODE_INT | NODE_SQUARES)) |
               (g->syms.at[b].kind == SYM_CONST ? NODE_CONST : 0u);
    case OP_TEMP: return nodes[a].flags & (NODE_INT | NODE_SQUARES);
    case OP_LINK: case OP_STOP: case OP_SUM: return nodes[a].flags & NODE_SQUARES;
    case OP_NEG: return nodes[a].flags & NODE_INT;
    case OP_IPOW: return node_is_int(g, b, 2) ? NODE_SQUARES : 0;
    case OP_MUL:
        return integer_flags(g, a, b) | (unnamed(g, a) == unnamed(g, b) ? NODE_SQUARES : 0u);
    case OP_ADD: return integer_flags(g, a, b) | (nodes[a].flags & nodes[b].flags & NODE_SQUARES);
    case OP_SUB: case OP_MIN: case OP_MAX: case OP_IDIV: case OP_IMOD:
        return integer_flags(g, a, b);
    case OP_SELECT: return integer_flags(g, b, c);
    default: return 0;
    }
}

/* The node of these contents, with what is known of it. */
static Node node_of(Graph *g, Op op, uint32_t a, uint32_t b, uint32_t c)
{
    const OpInfo *info = op_info(op);
    const int arity = info->arity;
    const uint32_t operands[3] = {a, b, c};
    unsigned flags = 0;
    SetId free = 0;
    assert(arity <= 3);
    for (int i = 0; i < arity; i++) {
        const Node *operand = &g->nodes.at[operands[i]];
        flags |= operand->flags & INHERITED;
        free = set_union(g, free, operand->free);
    }
    if (op == OP_STOP && !b)
        flags &= ~(unsigned)NODE_ACTIVE;
    flags |= flags_of_op(g, op, a, b, c);
    if (info->flags & OPF_MORE)
        free = free_indices(g, op, a, b, c);
    return (Node){(uint16_t)op, (uint16_t)flags, {{a, b, c}}, free};
}

void graph_at(Graph *g, Span span) { g->at = span; }

void graph_stop(const Graph *g, const char *hint, const char *fmt, ...)
{
    Text text = text_new(g->ctx);
    va_list args;
    va_start(args, fmt);
    text_vprintf(&text, fmt, args);
    va_end(args);
    const SymId definition = graph_origin_now(g);
    diag_error(g->ctx, definition ? g->syms.at[definition].span : g->at, "limit", "%s", text.at);
    diag_hint(g->ctx, "%s", hint);
    diag_system(g->ctx);
    diag_stop(g->ctx);
}

/* note [conditions]: once a function is simplified, nodes have gone and with them their table. What
 * is asked for then are conditions, of which there are few, and constants, whose nodes are known by
 * their numbers. So conditions have a table of their own, until somebody asks for another node,
 * which takes the table of all. */
static bool is_condition(Op op) { return op_info(op)->flags & OPF_BOOL; }

static LookupKey key_of_condition(const void *with, uint32_t number)
{
    return key_of_node(with, ((const Graph *)with)->conditions.at[number - 1]);
}

static void enter_condition(Graph *g, NodeId id, const LookupTry *at)
{
    *vec_push(g->ctx, &g->conditions) = id;
    lookup_enter(g->ctx, &g->condition_table, g->conditions.count, at, key_of_condition, g);
}

static void forget_conditions(Graph *g)
{
    lookup_forget(g->ctx, &g->condition_table);
    vec_free(g->ctx, &g->conditions);
}

/* There is no table of all: the one that the operator's nodes are looked for in. */
static void renew_table_for(Graph *g, Op op)
{
    if (op == OP_CONST)
        return;
    if (!is_condition(op)) {
        forget_conditions(g);
        lookup_renew(g->ctx, &g->node_table, g->nodes.count - 1, key_of_node, g);
    } else if (!g->condition_table.slots) {
        for (NodeId id = 1; id < g->nodes.count; id++)
            if (is_condition((Op)g->nodes.at[id].op))
                *vec_push(g->ctx, &g->conditions) = id;
        lookup_renew(g->ctx, &g->condition_table, g->conditions.count, key_of_condition, g);
    }
}

void graph_expect(Graph *g, uint32_t more)
{
    const uint32_t count = g->nodes.count - 1, most = more < NODES_MOST / 2 ? count + more : count;
    if (count >= NODES_MOST / 2)
        return;
    lookup_expect(g->ctx, &g->node_table, count, most, key_of_node, g);
    forget_conditions(g);
}

static bool is_made_of(const Node *n, Op op, uint32_t a, uint32_t b, uint32_t c)
{
    return n->op == op && n->c == c &&
           ((n->a == a && n->b == b) || (same_commuted(op, a, b) && n->a == b && n->b == a));
}

/* The node of these contents; 0 if there is none yet. */
static NodeId find_node(const Graph *g, LookupTry *at, Op op, uint32_t a, uint32_t b, uint32_t c)
{
    uint32_t number;
    if (g->node_table.slots) {
        while ((number = lookup_find(&g->node_table, at)))
            if (is_made_of(&g->nodes.at[number], op, a, b, c))
                return number;
        return 0;
    }
    while ((number = lookup_find(&g->condition_table, at)))
        if (is_made_of(&g->nodes.at[g->conditions.at[number - 1]], op, a, b, c))
            return g->conditions.at[number - 1];
    return 0;
}

void graph_rest(Graph *g) { lookup_forget(g->ctx, &g->node_table); }

NodeId graph_put(Graph *g, Op op, uint32_t a, uint32_t b, uint32_t c)
{
    LookupTry at = lookup_try(node_key(g, op, a, b, c));
    if (!g->node_table.slots) /* nodes went, and until now nobody asked for one */
        renew_table_for(g, op);
    uint32_t id = find_node(g, &at, op, a, b, c);
    if (id)
        return id;
    if (g->nodes.count > g->most)
        graph_stop(g, "--max-nodes=N allows N; derivatives of derivatives, functions that call "
                      "functions and loops that are written out (--unroll) multiply operations",
                   "the model and its derivatives need more than %u operations",
                   (unsigned)g->limit);
    const Node n = node_of(g, op, a, b, c);
    *vec_push(g->ctx, &g->nodes) = n;
    *vec_push(g->ctx, &g->origin) = g->origin_now;
    id = g->nodes.count - 1;
    if (g->node_table.slots)
        lookup_enter(g->ctx, &g->node_table, id, &at, key_of_node, g);
    else if (op != OP_CONST)
        enter_condition(g, id, &at);
    if (op_info(op)->flags & (OPF_POLE | OPF_STEP))
        places_note(g, id);
    return id;
}

uint32_t graph_mark(const Graph *g) { return g->nodes.count; }

void graph_release(Graph *g, uint32_t mark)
{
    syms_release(g, mark);
    indices_release(g, mark);
    constants_release(g, mark);
    places_release(g, mark);
    if (g->nodes.count - mark > mark)
        lookup_forget(g->ctx, &g->node_table);
    for (uint32_t id = g->nodes.count - 1; g->node_table.slots && id >= mark; id--)
        lookup_remove(&g->node_table, id, key_of_node(g, id));
    forget_conditions(g);
    g->nodes.count = mark;
    g->origin.count = mark;
    memset(g->renamed, 0, sizeof g->renamed);
}

/* ---- what is kept */

/* Of the lists that the graph itself keeps; of rules and bodies, which nobody makes behind a mark,
 * nothing is to be seen to. */
uint32_t graph_loose(const Graph *g, uint32_t mark)
{
    NodeId last = mark ? mark - 1 : 0;
    last = indices_last(g, last);
    last = syms_last(g, last);
    for (uint32_t i = 0; i < g->promises.count; i++)
        last = g->promises.at[i] > last ? g->promises.at[i] : last;
    return last + 1 < g->nodes.count ? last + 1 : g->nodes.count;
}

void graph_keep(Graph *g, uint32_t mark, const uint8_t *live, NodeId *image)
{
    const uint32_t end = g->nodes.count;
    uint32_t next = mark;
    for (NodeId id = 0; id < mark; id++)
        image[id] = id;
    for (NodeId id = mark; id < end; id++) {
        if (!live[id])
            continue;
        image[id] = next;
        g->nodes.at[next] = node_renumbered(g, id, image);
        g->origin.at[next++] = g->origin.at[id];
    }
    places_keep(g, image);
    constants_keep(g, image);
    syms_keep(g, mark);
    g->nodes.count = g->origin.count = next;
    vec_fit(g->ctx, &g->nodes);
    vec_fit(g->ctx, &g->origin);
    lookup_forget(g->ctx, &g->node_table);
    forget_conditions(g);
    memset(g->renamed, 0, sizeof g->renamed);
}

