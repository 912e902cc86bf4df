/* The invariants of the graph, and its text for people and tests. */
#include <string.h>

#include "graph/graph.h"

const char *graph_verify(const Graph *g)
{
    for (NodeId id = 1; id < graph_count(g); id++) {
        const Node *n = node_at(g, id);
        if (n->op == OP_NONE || n->op >= OP_COUNT)
            return "a node has no operator";
        for (int i = 0; i < node_arity(g, id); i++) {
            NodeId operand = node_operand(g, id, i);
            if (operand == 0 || operand >= id)
                return "an operand does not precede its user";
        }
        if (op_info((Op)n->op)->flags & OPF_REDUCE && set_has(g, n->free, n->b))
            return "a reduction is still free in its index";
    }
    return NULL;
}

static void put_set(const Graph *g, SetId set, Text *out)
{
    if (!set)
        return;
    text_put(out, " {");
    for (uint32_t i = 0; i < set_size(g, set); i++)
        text_printf(out, "%s%s", i ? "," : "",
                    name_text(graph_ctx(g), index_at(g, set_member(g, set, i))->name));
    text_char(out, '}');
}

static void put_sym(Graph *g, SymId sym, Text *out)
{
    const Sym *s = sym_at(g, sym);
    text_printf(out, " %s%s", name_text(graph_ctx(g), s->name), role_suffix(s->role));
}

static void put_payload(Graph *g, NodeId id, Text *out)
{
    const Node *n = node_at(g, id);
    TupleId tuple = node_tuple(g, id);
    bool reduces = op_info((Op)n->op)->flags & OPF_REDUCE;
    if (n->op == OP_CONST) {
        text_char(out, ' ');
        number_text(out, node_number(g, id), REAL_DOUBLE);
    } else if (n->op == OP_REF || n->op == OP_OWN) {
        put_sym(g, n->a, out);
    } else if (n->op == OP_NAME || n->op == OP_ARRAY) {
        put_sym(g, n->b, out);
        text_put(out, n->op == OP_ARRAY && n->c == ARRAY_ADD ? " +=" : "");
    } else if (reduces || n->op == OP_INDEX) {
        text_printf(out, " %s", name_text(graph_ctx(g), index_at(g, reduces ? n->b : n->a)->name));
    }
    for (uint32_t i = 0; i < tuple_size(g, tuple); i++)
        text_printf(out, "%s%%%u", i ? "," : "[", (unsigned)tuple_item(g, tuple, i));
    if (tuple)
        text_char(out, ']');
}

void graph_dump(Graph *g, const Fn *fn, Text *out)
{
    U32Vec roots = {0};
    for (uint32_t i = 0; i < fn->results.count; i++)
        *vec_push(graph_ctx(g), &roots) = fn->results.at[i].node;
    uint8_t *live = graph_live(g, roots.at, roots.count);
    for (NodeId id = 1; id < graph_count(g); id++) {
        if (!live[id])
            continue;
        text_printf(out, "%%%u = %s", (unsigned)id, op_info(node_op(g, id))->id);
        for (int i = 0; i < node_arity(g, id); i++)
            text_printf(out, " %%%u", (unsigned)node_operand(g, id, i));
        put_payload(g, id, out);
        put_set(g, node_at(g, id)->free, out);
        text_char(out, '\n');
    }
    for (uint32_t i = 0; i < fn->results.count; i++) {
        text_put(out, arg_role_name(fn->results.at[i].role));
        put_sym(g, fn->results.at[i].sym, out);
        text_printf(out, " = %%%u\n", (unsigned)fn->results.at[i].node);
    }
    ctx_resize(graph_ctx(g), live, 0);
    vec_free(graph_ctx(g), &roots);
}
