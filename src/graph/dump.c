/* A graph as text for people and tests: a line a live node, `%7 = MUL %3 %5 {i}`. Nodes are
 * numbered anew, those that are live alone, so that the text tells of the function and not of how
 * it came to be. */
#include "graph/graph.h"

static void put_name(Graph *g, Name name, Text *out)
{
    text_put(out, name_text(graph_ctx(g), name));
}

static void put_set(Graph *g, SetId set, Text *out)
{
    if (!set)
        return;
    text_put(out, " {");
    for (uint32_t i = 0; i < set_size(g, set); i++) {
        text_put(out, i ? "," : "");
        put_name(g, index_at(g, set_member(g, set, i))->name, out);
    }
    text_char(out, '}');
}

static void put_sym(Graph *g, SymId sym, Text *out)
{
    text_char(out, ' ');
    put_name(g, sym_at(g, sym)->name, out);
    text_put(out, role_suffix(sym_at(g, sym)->role));
}

/* ` i in %1..%2` */
static void put_index(GraphDump *d, IndexId id)
{
    const Index index = *index_at(d->g, id);
    text_char(d->out, ' ');
    put_name(d->g, index.name, d->out);
    text_put(d->out, " in ");
    graph_dump_node(d, index.lower);
    text_put(d->out, "..");
    graph_dump_node(d, index.upper);
}

static void put_tuple(GraphDump *d, TupleId tuple)
{
    for (uint32_t i = 0; i < tuple_size(d->g, tuple); i++) {
        text_char(d->out, i ? ',' : '[');
            graph_dump_node(d, tuple_item(d->g, tuple, i));
    }
    text_put(d->out, tuple ? "]" : "");
}

/* What a node has beside its operands. */
static void put_payload(GraphDump *d, NodeId id)
{
    Graph *g = d->g;
    const Node n = *node_at(g, id);
    const bool reduces = op_info((Op)n.op)->flags & OPF_REDUCE;
    if (n.op == OP_CONST) {
        text_char(d->out, ' ');
        number_text(d->out, node_number(g, id), REAL_DOUBLE);
    } else if (n.op == OP_REF || n.op == OP_OWN) {
        put_sym(g, n.a, d->out);
    } else if (n.op == OP_NAME || n.op == OP_ARRAY) {
        put_sym(g, n.b, d->out);
        text_put(d->out, n.op == OP_ARRAY && n.c == ARRAY_ADD ? " +=" : "");
    } else if (n.op == OP_MEMBER) {
        text_printf(d->out, " %u", (unsigned)n.b);
    } else if (reduces || n.op == OP_INDEX) {
        put_index(d, reduces ? n.b : n.a);
    }
    put_tuple(d, node_tuple(g, id));
    if (n.op == OP_PART && n.c) {
        text_put(d->out, " for all");
        put_set(g, n.c, d->out);
    }
}

static void put_line(GraphDump *d, NodeId id)
{
    graph_dump_node(d, id);
    text_printf(d->out, " = %s", op_info(node_op(d->g, id))->id);
    for (int i = 0; i < node_arity(d->g, id); i++) {
        text_char(d->out, ' ');
        graph_dump_node(d, node_operand(d->g, id, i));
    }
    put_payload(d, id);
    put_set(d->g, node_at(d->g, id)->free, d->out);
    text_put(d->out, node_is_derived(d->g, id) ? " '\n" : "\n");
}

void graph_dump_begin(GraphDump *d, Graph *g, const U32Vec *roots, Text *out)
{
    uint8_t *live = graph_live(g, roots->at, roots->count);
    uint32_t count = 0;
    *d = (GraphDump){.g = g, .out = out, .count = graph_count(g)};
    d->number = array_new(graph_ctx(g), d->count, sizeof *d->number);
    for (NodeId id = 1; id < d->count; id++)
        d->number[id] = live[id] ? ++count : 0;
    ctx_resize(graph_ctx(g), live, 0);
}

void graph_dump_end(GraphDump *d) { ctx_resize(graph_ctx(d->g), d->number, 0); }

void graph_dump_node(GraphDump *d, NodeId id)
{
    text_printf(d->out, "%%%u", (unsigned)d->number[id]);
}

void graph_dump_nodes(GraphDump *d)
{
    for (NodeId id = 1; id < d->count; id++)
        if (d->number[id])
            put_line(d, id);
}

void graph_dump_results(GraphDump *d, const Fn *fn)
{
    for (uint32_t i = 0; i < fn->results.count; i++) {
        const Result *r = &fn->results.at[i];
        text_put(d->out, arg_role_name(r->role));
        put_sym(d->g, r->sym, d->out);
        text_put(d->out, " = ");
        graph_dump_node(d, r->node);
        text_char(d->out, '\n');
    }
}

void graph_dump(Graph *g, const Fn *fn, Text *out)
{
    GraphDump d;
    U32Vec roots = {0};
    for (uint32_t i = 0; i < fn->results.count; i++)
        *vec_push(graph_ctx(g), &roots) = fn->results.at[i].node;
    graph_dump_begin(&d, g, &roots, out);
    graph_dump_nodes(&d);
    graph_dump_results(&d, fn);
    graph_dump_end(&d);
    vec_free(graph_ctx(g), &roots);
}
