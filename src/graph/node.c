/* Storage of nodes, symbols, indices, sets and lists. Everything is interned: the same contents
 * are the same number, so that equal subexpressions are one node. */
#include <assert.h>
#include <string.h>

#include "graph/graph.h"

/* What numbers of nodes leave room for. */
enum { NODES_MOST = INT32_MAX };

typedef struct Run {
    uint32_t start, count; /* of graph->items */
} Run;

typedef VEC(Run) RunVec;

/* Integers of these are the commonest constants. */
enum { INTEGERS_LEAST = -16, INTEGERS_MOST = 111 };

/* Names of names whose meaning is remembered: chains of them grow at their ends. */
enum { RENAMED = 64 };

struct Graph {
    NodeVec nodes;        /* first: graph.h looks into it */
    Ctx *ctx;
    U32Vec origin;        /* a node each: definition, twice, plus 1 if derived */
    uint32_t origin_now;
    uint32_t limit;       /* no more nodes than this */
    VEC(Sym) syms;
    U32Vec likes;         /* a tuple each: the symbol of sym_like with these numbers */
    VEC(Index) indices;
    VEC(Number) numbers;
    U32Vec items;         /* the members of sets and tuples */
    RunVec sets;
    RunVec tuples;
    VEC(FnBody) rules;    /* what RULE nodes apply: hand derivatives of users' functions */
    VEC(FnBody) bodies;   /* what CALL nodes apply */
    U32Vec promises;      /* integer nodes */
    VEC(NodePlace) places; /* of nodes of some operators, ascending */
    NodePlace place_now;
    Lookup node_table, set_table, tuple_table, number_table, index_table;
    uint32_t integers[INTEGERS_MOST - INTEGERS_LEAST + 1]; /* their numbers; 0: not made yet */
    NodeId integer_nodes[INTEGERS_MOST - INTEGERS_LEAST + 1]; /* likewise their nodes */
    struct {
        NodeId name, meaning;
    } renamed[RENAMED];
};

/* ---- graph */

static void clear_numbers(void *object)
{
    Graph *g = object;
    for (uint32_t i = 1; i < g->numbers.count; i++)
        number_clear(&g->numbers.at[i]);
}

Graph *graph_new(Ctx *ctx)
{
    Graph *g = ctx_alloc(ctx, sizeof *g);
    g->ctx = ctx;
    graph_limit(g, 0);
    memset(vec_push(ctx, &g->nodes), 0, sizeof *g->nodes.at);
    *vec_push(ctx, &g->origin) = 0;
    memset(vec_push(ctx, &g->syms), 0, sizeof *g->syms.at);
    memset(vec_push(ctx, &g->indices), 0, sizeof *g->indices.at);
    memset(vec_push(ctx, &g->numbers), 0, sizeof *g->numbers.at);
    memset(vec_push(ctx, &g->sets), 0, sizeof *g->sets.at);
    memset(vec_push(ctx, &g->tuples), 0, sizeof *g->tuples.at);
    ctx_at_free(ctx, clear_numbers, g);
    return g;
}

void graph_limit(Graph *g, uint32_t most)
{
    g->limit = most && most < NODES_MOST ? most : NODES_MOST;
}

Ctx *graph_ctx(const Graph *g) { return g->ctx; }
uint32_t graph_count(const Graph *g) { return g->nodes.count; }

void graph_origin(Graph *g, SymId definition, bool derived)
{
    g->origin_now = definition * 2 + derived;
}

SymId node_origin(const Graph *g, NodeId id) { return g->origin.at[id] / 2; }

void graph_promise(Graph *g, NodeId node) { *vec_push(g->ctx, &g->promises) = node; }
const U32Vec *graph_promises(const Graph *g) { return &g->promises; }

SymId node_definition(const Graph *g, NodeId id)
{
    SymId origin = node_origin(g, id);
    return g->syms.at[origin].kind == SYM_EQUATION ? g->syms.at[origin].base : origin;
}

void graph_place(Graph *g, uint32_t place, uint32_t call)
{
    g->place_now = (NodePlace){0, place, call};
}

NodePlace graph_place_now(const Graph *g) { return g->place_now; }

NodePlace node_place(const Graph *g, NodeId id)
{
    uint32_t low = 0, high = g->places.count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (g->places.at[middle].node == id)
            return g->places.at[middle];
        if (g->places.at[middle].node < id)
            low = middle + 1;
        else
            high = middle;
    }
    return (NodePlace){0};
}

/* A new node of an operator that something may be said about. */
static void note_place(Graph *g, NodeId id, Op op)
{
    if (!(op_info(op)->flags & (OPF_POLE | OPF_STEP)))
        return;
    NodePlace place = g->place_now;
    place.node = id;
    *vec_push(g->ctx, &g->places) = place;
}

bool node_is_derived(const Graph *g, NodeId id) { return g->origin.at[id] & 1; }

/* ---- nodes */

/* Operands of a commuting operator make the same node in either order. */
static uint32_t node_hash(uint32_t op, uint32_t a, uint32_t b, uint32_t c)
{
    if (op_info((Op)op)->flags & OPF_COMMUTES && a > b)
        return hash_mix(hash_mix(hash_mix(op, b), a), c);
    return hash_mix(hash_mix(hash_mix(op, a), b), c);
}

static uint32_t hash_of_node(const void *with, uint32_t id)
{
    const Graph *g = with;
    const Node *n = &g->nodes.at[id];
    return node_hash(n->op, n->a, n->b, n->c);
}

SetId tuple_free(Graph *g, TupleId tuple)
{
    SetId set = 0;
    for (uint32_t i = 0; i < tuple_size(g, tuple); i++)
        set = set_union(g, set, g->nodes.at[tuple_item(g, tuple, i)].free);
    return set;
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

static SetId free_indices(Graph *g, Op op, uint32_t a, uint32_t b, uint32_t c)
{
    switch (op) {
    case OP_CONST: return 0;
    case OP_INDEX: return set_with(g, range_free(g, a), a);
    case OP_REF: case OP_RULE: case OP_CALL: case OP_OWN: return tuple_free(g, b);
    case OP_READ: return set_union(g, g->nodes.at[a].free, tuple_free(g, b));
    case OP_PART: return free_of_part(g, a, b, c);
    case OP_ARRAY: case OP_SYSTEM: return tuple_free(g, a);
    case OP_NAME: case OP_DIFF:
        return set_union(g, g->nodes.at[a].free, tuple_free(g, c));
    case OP_TEMP: return g->nodes.at[a].free;
    case OP_SUM: case OP_PROD: case OP_RMAX: case OP_RMIN: case OP_RHYPOT:
        return set_union(g, set_without(g, g->nodes.at[a].free, b), range_free(g, b));
    default: break;
    }
    SetId set = 0;
    const uint32_t operands[3] = {a, b, c};
    for (int i = 0; i < op_info(op)->arity; i++)
        set = set_union(g, set, g->nodes.at[operands[i]].free);
    return set;
}

static bool same_commuted(const Graph *g, Op op, uint32_t a, uint32_t b)
{
    (void)g;
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

/* A sum of squares as written: a^2, a*a, their sums, also with 0. The root of one is a norm. */
static bool is_squares(Graph *g, Op op, uint32_t a, uint32_t b)
{
    const Node *nodes = g->nodes.at;
    switch (op) {
    case OP_IPOW: return node_is_int(g, b, 2);
    case OP_MUL: return unnamed(g, a) == unnamed(g, b);
    case OP_CONST: return g->numbers.at[a].rational && mpq_sgn(g->numbers.at[a].ratio) == 0;
    case OP_ADD: return nodes[a].flags & nodes[b].flags & NODE_SQUARES;
    case OP_NAME: case OP_TEMP: case OP_LINK: case OP_STOP: case OP_SUM:
        return nodes[a].flags & NODE_SQUARES;
    default: return false;
    }
}

static bool is_integer(const Graph *g, Op op, uint32_t a, uint32_t b, uint32_t c)
{
    const Node *nodes = g->nodes.at;
    switch (op) {
    case OP_INDEX: return true;
    case OP_REF:
        return g->syms.at[a].kind == SYM_DIM || g->syms.at[a].kind == SYM_INDEX ||
               g->syms.at[a].integer;
    case OP_NEG: case OP_NAME: case OP_TEMP: return nodes[a].flags & NODE_INT;
    case OP_ADD: case OP_SUB: case OP_MUL: case OP_MIN: case OP_MAX: case OP_IDIV: case OP_IMOD:
        return (nodes[a].flags | nodes[b].flags) & NODE_INT;
    case OP_SELECT: return (nodes[b].flags | nodes[c].flags) & NODE_INT;
    default: return false;
    }
}

static uint16_t node_flags(Graph *g, Op op, uint32_t a, uint32_t b, uint32_t c)
{
    unsigned flags = 0;
    const uint32_t operands[3] = {a, b, c};
    const int arity = op_info(op)->arity;
    assert(arity <= 3);
    if ((op == OP_REF && g->syms.at[a].kind == SYM_INPUT) || op == OP_OWN)
        flags |= NODE_ACTIVE;
    if (op == OP_CALL || (op == OP_REF && g->syms.at[a].kind == SYM_ARG))
        flags |= NODE_OPEN;
    if (is_integer(g, op, a, b, c))
        flags |= NODE_INT;
    for (uint32_t i = 0; (op == OP_ARRAY || op == OP_SYSTEM) && i < tuple_size(g, a); i++)
        flags |= g->nodes.at[tuple_item(g, a, i)].flags & (NODE_ACTIVE | NODE_OPEN);
    for (int i = 0; i < arity; i++)
        flags |= g->nodes.at[operands[i]].flags & (NODE_ACTIVE | NODE_OPEN);
    if (op == OP_STOP && !b)
        flags &= ~(unsigned)NODE_ACTIVE;
    if (is_squares(g, op, a, b))
        flags |= NODE_SQUARES;
    if (op == OP_CONST || (op == OP_NAME && g->syms.at[b].kind == SYM_CONST))
        flags |= NODE_CONST;
    return (uint16_t)flags;
}

/* Ends the run: there are too many nodes. */
_Noreturn static void stop_full(const Graph *g)
{
    diag_error(g->ctx, g->syms.at[g->origin_now / 2].span, "limit",
               "the model and its derivatives need more than %u operations", (unsigned)g->limit);
    diag_hint(g->ctx, "--max-nodes=N allows N; derivatives of derivatives, functions that call "
                      "functions and loops that are written out (--unroll) multiply operations");
    diag_system(g->ctx);
    diag_stop(g->ctx);
}

NodeId graph_put(Graph *g, Op op, uint32_t a, uint32_t b, uint32_t c)
{
    const uint32_t hash = node_hash(op, a, b, c);
    uint32_t id, place = hash;
    while ((id = lookup_find(&g->node_table, hash, &place))) {
        const Node *n = &g->nodes.at[id];
        if (n->op == op && n->c == c &&
            ((n->a == a && n->b == b) ||
             (same_commuted(g, op, a, b) && n->a == b && n->b == a)))
            return id;
    }
    if (g->nodes.count > g->limit)
        stop_full(g);
    Node n = {(uint16_t)op, node_flags(g, op, a, b, c), a, b, c, free_indices(g, op, a, b, c)};
    *vec_push(g->ctx, &g->nodes) = n;
    *vec_push(g->ctx, &g->origin) = g->origin_now;
    id = g->nodes.count - 1;
    lookup_enter(g->ctx, &g->node_table, id, hash_of_node, g);
    if (g->place_now.place)
        note_place(g, id, op);
    return id;
}

uint32_t graph_mark(const Graph *g) { return g->nodes.count; }

/* Symbols of sym_like whose key names nodes that are gone are so no more. */
static void release_likes(Graph *g, uint32_t mark)
{
    for (uint32_t i = 0; i < g->likes.count; i++) {
        bool gone = false;
        for (uint32_t k = 1; g->likes.at[i] && k < 3; k++) {
            TupleId of = tuple_item(g, i, k);
            for (uint32_t n = 0; n < tuple_size(g, of); n++)
                gone = gone || tuple_item(g, of, n) >= mark;
        }
        if (gone)
            g->likes.at[i] = 0;
    }
}

/* Indices whose range is gone have none, so that whoever goes over all of them meets no node of
 * another kind there, or none at all. */
static void release_ranges(Graph *g, uint32_t mark)
{
    for (uint32_t i = 1; i < g->indices.count; i++)
        if (g->indices.at[i].lower >= mark || g->indices.at[i].upper >= mark)
            g->indices.at[i].lower = g->indices.at[i].upper = 0;
}

void graph_release(Graph *g, uint32_t mark)
{
    release_likes(g, mark);
    release_ranges(g, mark);
    for (int i = 0; i <= INTEGERS_MOST - INTEGERS_LEAST; i++)
        if (g->integer_nodes[i] >= mark)
            g->integer_nodes[i] = 0;
    while (g->places.count && g->places.at[g->places.count - 1].node >= mark)
        g->places.count--;
    for (uint32_t id = g->nodes.count - 1; id >= mark; id--)
        lookup_remove(&g->node_table, id, hash_of_node(g, id));
    for (SymId sym = g->syms.count; sym-- > 0 && g->syms.at[sym].born > mark;)
        g->syms.at[sym].born = mark;
    g->nodes.count = mark;
    g->origin.count = mark;
    memset(g->renamed, 0, sizeof g->renamed);
}

/* ---- what is kept */

/* The lists that the graph itself keeps of nodes; of rules and bodies, which nobody makes behind a
 * mark, nothing is to be seen to. */
uint32_t graph_loose(const Graph *g, uint32_t mark)
{
    NodeId last = mark ? mark - 1 : 0;
    for (uint32_t i = 0; i < g->indices.count; i++) {
        last = g->indices.at[i].lower > last ? g->indices.at[i].lower : last;
        last = g->indices.at[i].upper > last ? g->indices.at[i].upper : last;
    }
    for (uint32_t i = 0; i < g->promises.count; i++)
        last = g->promises.at[i] > last ? g->promises.at[i] : last;
    for (SymId sym = 1; sym < g->syms.count; sym++)
        for (uint32_t k = 0; k < tuple_size(g, g->syms.at[sym].shape); k++) {
            const NodeId extent = tuple_item(g, g->syms.at[sym].shape, k);
            last = extent > last ? extent : last;
        }
    for (uint32_t i = 0; i < g->likes.count; i++)
        for (uint32_t k = 1; g->likes.at[i] && k < 3; k++)
            for (uint32_t n = 0; n < tuple_size(g, tuple_item(g, i, k)); n++) {
                const NodeId item = tuple_item(g, tuple_item(g, i, k), n);
                last = item > last ? item : last;
            }
    return last + 1 < g->nodes.count ? last + 1 : g->nodes.count;
}

static void keep_places(Graph *g, const NodeId *image)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < g->places.count; i++) {
        NodePlace place = g->places.at[i];
        place.node = image[place.node];
        if (place.node)
            g->places.at[count++] = place;
    }
    g->places.count = count;
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
    keep_places(g, image);
    for (int i = 0; i <= INTEGERS_MOST - INTEGERS_LEAST; i++)
        g->integer_nodes[i] = image[g->integer_nodes[i]];
    for (SymId sym = g->syms.count; sym-- > 0 && g->syms.at[sym].born > mark;)
        g->syms.at[sym].born = mark;
    g->nodes.count = g->origin.count = next;
    vec_fit(g->ctx, &g->nodes);
    vec_fit(g->ctx, &g->origin);
    lookup_renew(g->ctx, &g->node_table, next - 1, hash_of_node, g);
    memset(g->renamed, 0, sizeof g->renamed);
}

/* ---- hand derivatives */

uint32_t graph_rule_new(Graph *g)
{
    memset(vec_push(g->ctx, &g->rules), 0, sizeof *g->rules.at);
    return g->rules.count - 1;
}

void graph_rule_set(Graph *g, uint32_t rule, NodeId result, const SymId *params, uint32_t count)
{
    fn_body_end(g, &g->rules.at[rule]);
    g->rules.at[rule] = fn_body(g, result, params, count);
}

uint32_t graph_rule_count(const Graph *g) { return g->rules.count; }
NodeId graph_rule_result(const Graph *g, uint32_t rule) { return g->rules.at[rule].result; }

void graph_rule_replace(Graph *g, uint32_t rule, NodeId result)
{
    graph_rule_set(g, rule, result, g->rules.at[rule].params, g->rules.at[rule].count);
}

NodeId graph_rule_apply(Graph *g, NodeId id)
{
    const Node n = *node_at(g, id);
    const uint32_t count = tuple_size(g, n.b);
    NodeId *items = array_new(g->ctx, count + 1, sizeof *items);
    for (uint32_t i = 0; i < count; i++)
        items[i] = tuple_item(g, n.b, i);
    NodeId result = fn_apply(g, &g->rules.at[n.a], items);
    ctx_resize(g->ctx, items, 0);
    return result;
}

/* ---- functions that call others */

uint32_t graph_body_put(Graph *g, const FnBody *body)
{
    *vec_push(g->ctx, &g->bodies) = *body;
    return g->bodies.count - 1;
}

const FnBody *graph_body(const Graph *g, uint32_t number) { return &g->bodies.at[number]; }

/* ---- symbols, indices */

SymId sym_new(Graph *g, Name name, SymKind kind, TupleId shape)
{
    Sym s = {.name = name, .kind = (uint8_t)kind, .shape = shape, .born = g->nodes.count};
    *vec_push(g->ctx, &g->syms) = s;
    return g->syms.count - 1;
}

SymId sym_derived(Graph *g, SymId base, SymRole role)
{
    for (SymId known = g->syms.at[base].derived; known; known = g->syms.at[known].beside)
        if (g->syms.at[known].role == role)
            return known;
    SymId id = sym_new(g, g->syms.at[base].name, SYM_DERIVED, g->syms.at[base].shape);
    Sym *sym = &g->syms.at[id];
    sym->role = (uint8_t)role;
    sym->base = base;
    sym->span = g->syms.at[base].span;
    sym->beside = g->syms.at[base].derived;
    g->syms.at[base].derived = id;
    return id;
}

SymId sym_like(Graph *g, SymId sym, TupleId before, TupleId parts, TupleId shape)
{
    const Sym old = g->syms.at[sym];
    if (before == parts && old.shape == shape)
        return sym;
    uint32_t key[3] = {sym, parts, shape};
    TupleId known = tuple_of(g, key, 3);
    while (g->likes.count <= known)
        *vec_push(g->ctx, &g->likes) = 0;
    if (!g->likes.at[known]) {
        SymId like = sym_new(g, old.name, old.kind, shape);
        g->syms.at[like].span = old.span;
        g->syms.at[like].line = old.line;
        g->syms.at[like].role = old.role;
        g->syms.at[like].base = old.base;
        g->likes.at[known] = like;
    }
    return g->likes.at[known];
}

Sym *sym_at(Graph *g, SymId id) { return &g->syms.at[id]; }
uint32_t sym_count(const Graph *g) { return g->syms.count; }

static uint32_t index_hash(const Index *i)
{
    return hash_mix(hash_mix(hash_mix(i->name, i->lower), i->upper), i->serial);
}

static uint32_t hash_of_index(const void *with, uint32_t id)
{
    const Graph *g = with;
    return index_hash(&g->indices.at[id]);
}

IndexId index_of(Graph *g, Name name, NodeId lower, NodeId upper, uint32_t serial)
{
    Index i = {name, lower, upper, serial};
    const uint32_t hash = index_hash(&i);
    uint32_t id, place = hash;
    while ((id = lookup_find(&g->index_table, hash, &place))) {
        const Index *o = &g->indices.at[id];
        if (o->name == name && o->lower == lower && o->upper == upper && o->serial == serial)
            return id;
    }
    *vec_push(g->ctx, &g->indices) = i;
    lookup_enter(g->ctx, &g->index_table, g->indices.count - 1, hash_of_index, g);
    return g->indices.count - 1;
}

uint32_t index_count(const Graph *g) { return g->indices.count; }
const Index *index_at(const Graph *g, IndexId id) { return &g->indices.at[id]; }

/* ---- runs of items: sets and tuples */

static uint32_t run_hash(const uint32_t *items, uint32_t count)
{
    uint32_t h = count;
    for (uint32_t i = 0; i < count; i++)
        h = hash_mix(h, items[i]);
    return h;
}

static uint32_t hash_of_set(const void *with, uint32_t id)
{
    const Graph *g = with;
    return run_hash(g->items.at + g->sets.at[id].start, g->sets.at[id].count);
}

static uint32_t hash_of_tuple(const void *with, uint32_t id)
{
    const Graph *g = with;
    return run_hash(g->items.at + g->tuples.at[id].start, g->tuples.at[id].count);
}

static uint32_t run_intern(Graph *g, RunVec *runs, Lookup *table, LookupHash *hash_of,
                           const uint32_t *items, uint32_t count)
{
    if (!count)
        return 0;
    const uint32_t hash = run_hash(items, count);
    uint32_t id, place = hash;
    while ((id = lookup_find(table, hash, &place)))
        if (runs->at[id].count == count &&
            !memcmp(g->items.at + runs->at[id].start, items, count * sizeof *items))
            return id;
    Run run = {g->items.count, count};
    for (uint32_t i = 0; i < count; i++)
        *vec_push(g->ctx, &g->items) = items[i];
    *vec_push(g->ctx, runs) = run;
    lookup_enter(g->ctx, table, runs->count - 1, hash_of, g);
    return runs->count - 1;
}

TupleId tuple_of(Graph *g, const NodeId *nodes, uint32_t count)
{
    return run_intern(g, &g->tuples, &g->tuple_table, hash_of_tuple, nodes, count);
}

TupleId tuple_join(Graph *g, TupleId first, TupleId second)
{
    U32Vec items = {0};
    for (uint32_t i = 0; i < tuple_size(g, first); i++)
        *vec_push(g->ctx, &items) = tuple_item(g, first, i);
    for (uint32_t i = 0; i < tuple_size(g, second); i++)
        *vec_push(g->ctx, &items) = tuple_item(g, second, i);
    TupleId tuple = tuple_of(g, items.at, items.count);
    vec_free(g->ctx, &items);
    return tuple;
}

uint32_t tuple_size(const Graph *g, TupleId tuple) { return g->tuples.at[tuple].count; }

NodeId tuple_item(const Graph *g, TupleId tuple, uint32_t i)
{
    return g->items.at[g->tuples.at[tuple].start + i];
}

uint32_t set_size(const Graph *g, SetId set) { return g->sets.at[set].count; }

IndexId set_member(const Graph *g, SetId set, uint32_t i)
{
    return g->items.at[g->sets.at[set].start + i];
}

bool set_has(const Graph *g, SetId set, IndexId index)
{
    for (uint32_t i = 0; i < set_size(g, set); i++)
        if (set_member(g, set, i) == index)
            return true;
    return false;
}

/* The members of `a` for which set_has(b) is `in`, merged with those of `b` if `both`. */
static SetId set_merge(Graph *g, SetId a, SetId b, bool both)
{
    uint32_t items[64], count = 0, i = 0, k = 0;
    while (i < set_size(g, a) || (both && k < set_size(g, b))) {
        uint32_t x = i < set_size(g, a) ? set_member(g, a, i) : UINT32_MAX;
        uint32_t y = k < set_size(g, b) ? set_member(g, b, k) : UINT32_MAX;
        if (count == 64)
            ctx_fatal(g->ctx, STATUS_SYSTEM, "an expression has more than 64 free indices");
        if (x < y || (x == y && both))
            items[count++] = x;
        else if (both)
            items[count++] = y;
        i += x <= y;
        k += y <= x;
    }
    return run_intern(g, &g->sets, &g->set_table, hash_of_set, items, count);
}

SetId set_union(Graph *g, SetId a, SetId b)
{
    return a == b || !b ? a : !a ? b : set_merge(g, a, b, true);
}

SetId set_minus(Graph *g, SetId a, SetId b)
{
    return !a || !b ? a : a == b ? 0 : set_merge(g, a, b, false);
}

static SetId set_of_one(Graph *g, IndexId index)
{
    return run_intern(g, &g->sets, &g->set_table, hash_of_set, &index, 1);
}

SetId set_with(Graph *g, SetId set, IndexId index)
{
    return set_union(g, set, set_of_one(g, index));
}

SetId set_without(Graph *g, SetId set, IndexId index)
{
    return set_minus(g, set, set_of_one(g, index));
}

/* ---- constants */

static uint32_t number_hash(const Number *n)
{
    if (!n->rational) {
        double rounded = mpfr_get_d(n->real, MPFR_RNDN);
        uint32_t words[2];
        memcpy(words, &rounded, sizeof words);
        return mpfr_nan_p(n->real) ? 1 : hash_mix(words[0], words[1]);
    }
    uint32_t h = (uint32_t)mpz_get_ui(mpq_numref(n->ratio));
    return hash_mix(hash_mix(h, (uint32_t)mpz_get_ui(mpq_denref(n->ratio))),
               (uint32_t)mpz_sgn(mpq_numref(n->ratio)));
}

static uint32_t hash_of_number(const void *with, uint32_t id)
{
    const Graph *g = with;
    return number_hash(&g->numbers.at[id]);
}

/* Equal to the last bit: signs of zeros differ, NaNs are all one. */
static bool number_same(const Number *a, const Number *b)
{
    if (a->rational != b->rational)
        return false;
    if (a->rational)
        return mpq_equal(a->ratio, b->ratio);
    if (mpfr_nan_p(a->real) || mpfr_nan_p(b->real))
        return mpfr_nan_p(a->real) && mpfr_nan_p(b->real);
    return mpfr_equal_p(a->real, b->real) && mpfr_signbit(a->real) == mpfr_signbit(b->real);
}

static bool is_common(long value) { return value >= INTEGERS_LEAST && value <= INTEGERS_MOST; }

static void note_integer(Graph *g, uint32_t id)
{
    long value;
    if (g->numbers.at[id].rational && number_integer(&g->numbers.at[id], &value) &&
        is_common(value))
        g->integers[value - INTEGERS_LEAST] = id;
}

NodeId build_number(Graph *g, const Number *number)
{
    const uint32_t hash = number_hash(number);
    uint32_t id, place = hash;
    while ((id = lookup_find(&g->number_table, hash, &place)))
        if (number_same(&g->numbers.at[id], number))
            return graph_put(g, OP_CONST, id, 0, 0);
    Number copy; /* it is one of the graph's, to be cleared, when it is whole */
    number_init(&copy);
    copy.rational = number->rational;
    if (number->rational)
        mpq_set(copy.ratio, number->ratio);
    else
        mpfr_set(copy.real, number->real, MPFR_RNDN);
    *vec_push(g->ctx, &g->numbers) = copy;
    id = g->numbers.count - 1;
    lookup_enter(g->ctx, &g->number_table, id, hash_of_number, g);
    note_integer(g, id);
    return graph_put(g, OP_CONST, id, 0, 0);
}

NodeId build_int(Graph *g, long value)
{
    if (!is_common(value))
        return build_ratio(g, value, 1);
    NodeId *known = &g->integer_nodes[value - INTEGERS_LEAST];
    if (!*known) {
        const uint32_t number = g->integers[value - INTEGERS_LEAST];
        *known = number ? graph_put(g, OP_CONST, number, 0, 0) : build_ratio(g, value, 1);
    }
    return *known;
}

/* The node of a constant: through the names of constants. */
static NodeId constant_of(const Graph *g, NodeId id)
{
    while (node_op(g, id) == OP_NAME && g->nodes.at[id].flags & NODE_CONST)
        id = g->nodes.at[id].a;
    return id;
}

const Number *constant_number(const Graph *g, NodeId id)
{
    const Node *n = &g->nodes.at[constant_of(g, id)];
    return n->op == OP_CONST ? &g->numbers.at[n->a] : NULL;
}

bool constant_is_int(const Graph *g, NodeId id, long value)
{
    const Node *n = &g->nodes.at[constant_of(g, id)];
    long found;
    if (n->op != OP_CONST)
        return false;
    if (g->numbers.at[n->a].rational && is_common(value))
        return g->integers[value - INTEGERS_LEAST] == n->a;
    return number_integer(&g->numbers.at[n->a], &found) && found == value;
}
