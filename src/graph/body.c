/* Functions that nodes apply: hand derivatives (RULE), and functions that others call (CALL).
 *
 * In: results over parameters. Out: numbers for them, and what a node stands for.
 */
#include <string.h>

#include "graph/graph.h"

struct Bodies {
    VEC(FnBody) rules;  /* what RULE nodes apply: hand derivatives of users' functions */
    VEC(FnBody) called; /* what CALL nodes apply */
};

void bodies_begin(Graph *g) { g->bodies = ctx_alloc(g->ctx, sizeof *g->bodies); }

/* ---- hand derivatives */

uint32_t graph_rule_new(Graph *g)
{
    memset(vec_push(g->ctx, &g->bodies->rules), 0, sizeof *g->bodies->rules.at);
    return g->bodies->rules.count - 1;
}

void graph_rule_set(Graph *g, uint32_t rule, NodeId result, const SymId *params, uint32_t count)
{
    fn_body_end(g, &g->bodies->rules.at[rule]);
    g->bodies->rules.at[rule] = fn_body(g, result, params, count);
}

uint32_t graph_rule_count(const Graph *g) { return g->bodies->rules.count; }
NodeId graph_rule_result(const Graph *g, uint32_t rule) { return g->bodies->rules.at[rule].result; }

void graph_rule_replace(Graph *g, uint32_t rule, NodeId result)
{
    const FnBody old = g->bodies->rules.at[rule];
    graph_rule_set(g, rule, result, old.params, old.count);
}

NodeId graph_rule_apply(Graph *g, NodeId id)
{
    const Node n = *node_at(g, id);
    const uint32_t count = tuple_size(g, n.b);
    NodeId *items = array_new(g->ctx, count + 1, sizeof *items);
    for (uint32_t i = 0; i < count; i++)
        items[i] = tuple_item(g, n.b, i);
    NodeId result = fn_apply(g, &g->bodies->rules.at[n.a], items);
    ctx_resize(g->ctx, items, 0);
    return result;
}

/* ---- functions that call others */

uint32_t graph_body_put(Graph *g, const FnBody *body)
{
    *vec_push(g->ctx, &g->bodies->called) = *body;
    return g->bodies->called.count - 1;
}

const FnBody *graph_body(const Graph *g, uint32_t number) { return &g->bodies->called.at[number]; }
