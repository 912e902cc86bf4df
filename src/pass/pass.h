/* pass: graph to graph.
 *
 *   rules     the partial derivatives of the operator table, applied to a node
 *   jvp       forward mode: tangents, a loop up
 *   vjp       reverse mode: adjoints, a loop down
 *   derive    the model's functions: value, forward, reverse, gradient; `diff` in expressions
 *   simplify  identities.def to a fixed point; what was there for derivatives only goes
 */
#ifndef BPGEN_PASS_H
#define BPGEN_PASS_H

#include "front/front.h"
#include "graph/graph.h"

/* ---- rules ------------------------------------------------------------------------------ */

typedef struct Rules Rules;

/* The rows of ops.def and identities.def as nodes of this graph. */
Rules *rules_new(Graph *g);

/* factor times the partial derivative of `node` in its operand `i`, as few operations and as
 * well ordered as a person would write them: nothing is multiplied by 1, a condition stays
 * outside, 1/y divides. 0 (no node) where the partial is 0 everywhere. */
NodeId rule_scale(Rules *r, NodeId factor, NodeId node, int i);

/* The condition outside of which that partial is 0 as its row says at the outset; the node of
 * `true` if it does not say so. */
NodeId rule_support(Rules *r, NodeId node, int i);

/* Is that partial one constant, and finite? */
bool rule_is_constant(Rules *r, NodeId node, int i);

/* Is that partial 0 everywhere? */
bool rule_is_zero(Rules *r, NodeId node, int i);

/* The node that the identities of identities.def make of this one, whose operands are in final
 * form; itself if none applies. `derived`: it was made by differentiation. */
NodeId rule_identity(Rules *r, NodeId node, bool derived);

/* p under the condition, 0 outside: note [guards] of vjp.c. */
NodeId guard_apply(Graph *g, NodeId condition, NodeId p);

/* Inside the condition, what guard_apply(g, condition, p) is: p. */
NodeId guard_inside(Graph *g, NodeId condition, NodeId bar);

/* How many operands can carry a derivative: of LINK the first two, of SELECT the last two. */
bool rule_differentiable(Op op, int i);

/* ---- jvp -------------------------------------------------------------------------------- */

/* Tangents of all nodes below the roots, given those of some nodes: on entry tangent[n] is the
 * tangent of n (0: none); on return also those of the others. Named values get named tangents
 * if `named`. The array has graph_count entries on entry; new nodes have none. */
void jvp(Rules *r, Graph *g, const NodeId *roots, uint32_t count, NodeId *tangent, bool named);

/* ---- vjp -------------------------------------------------------------------------------- */

typedef struct Adjoints {
    NodeId *bar;     /* a node each (as many as the graph had): its adjoint, 0 if it has none */
    uint32_t count;  /* of them */
} Adjoints;

/* Adjoints of all nodes on a path from a marked node (varied[n] != 0) to one of the outputs,
 * whose adjoints are the seeds. Named values get named adjoints if `named`, in the order in
 * which they become known. `varied` is extended to all nodes that depend on marked ones; the
 * caller frees bar with ctx_resize(.., 0).
 * Method: Griewank and Walther, Evaluating Derivatives, 2nd ed., section 3.2 (incremental
 * reverse mode), here on free indices: what v has and u has not is summed over. */
Adjoints vjp(Rules *r, Graph *g, const NodeId *outputs, const NodeId *seeds, uint32_t count,
             uint8_t *varied, bool named);

/* ---- derive ----------------------------------------------------------------------------- */

/* Replaces every `diff` in the model's nodes by the derivative it stands for. */
void derive_expand(Rules *r, Model *model);

/* One function of the model: `wrt` flags, an entity each, the inputs that derivatives are taken
 * of. The result's nodes are named for emission, not yet simplified. */
Fn derive_function(Rules *r, Model *model, FnKind kind, const bool *wrt);

/* A function of one array or scalar by the graph's own interface: the adjoint of `output`
 * (over the free indices of its subscripts) in each of `inputs`, with a seed array. */
Fn derive_reverse(Rules *r, Graph *g, const Result *outputs, uint32_t output_count,
                  const SymId *inputs, uint32_t input_count, const Param *params,
                  uint32_t param_count, bool seeds);

void fn_free(Ctx *ctx, Fn *fn);

/* ---- simplify --------------------------------------------------------------------------- */

/* The same function with identities applied to a fixed point, and without links, stops and
 * those weak names that are used once. */
void simplify(Rules *r, Graph *g, Fn *fn);

#endif
