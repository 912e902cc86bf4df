/* plan: a function's graph in, the statements and loops of its code out.
 *
 *   need      under which condition each node is needed
 *   uses      which nodes get a statement of their own
 *   schedule  the statements in order, loop nests around them
 *   count     operations by kind, for --stats
 */
#ifndef BPGEN_PLAN_H
#define BPGEN_PLAN_H

#include "graph/graph.h"

/* ---- plan ------------------------------------------------------------------------------- */

typedef enum PlanKind {
    PLAN_LET,    /* a local: const real NAME = [guard ?] expression [: 0]; */
    PLAN_STORE,  /* *result = expression; or result[subscripts] = (or +=) expression; */
    PLAN_LOOP,   /* for (index from lower to upper) { */
    PLAN_END,    /* } */
    PLAN_START,  /* real NAME = 0; a sum begins */
    PLAN_ADD     /* NAME += expression; */
} PlanKind;

typedef struct PlanStmt {
    PlanKind kind;      /* what it is */
    NodeId node;        /* LET, START: what the local holds; STORE, ADD: what is stored or added */
    NodeId guard;       /* LET: computed only where this holds; 0 always */
    NodeId target;      /* ADD: the node whose local is added to */
    uint32_t result;    /* STORE: which result of the function */
    IndexId index;      /* LOOP */
    SymId origin;       /* the definition that it belongs to; 0 if none */
    bool derived;       /* is it a tangent, or of the reverse sweep? */
} PlanStmt;

typedef struct PlanLocal {
    NodeId node;    /* what it holds */
    SymId sym;      /* its name, if it is a named value */
    NodeId partner; /* else, of an adjoint or tangent: the node whose name it takes */
    SymRole role;   /* and what it is of that */
    SymId origin;   /* else the definition that it is a part of */
    uint32_t serial;/* and its number there, from 1 */
} PlanLocal;

typedef struct Plan {
    Ctx *ctx;               /* who owns it */
    Graph *graph;           /* of the nodes */
    const Fn *fn;           /* what was planned */
    VEC(PlanStmt) stmts;    /* in order */
    VEC(PlanLocal) locals;  /* from 1 */
    U32Vec local_of;        /* a node each: 0, or its local; nodes beyond it have none */
    U32Vec alias;           /* a node each: the node that stands for it elsewhere */
} Plan;

/* What comes out keeps to these; the defaults are those of the command. */
typedef struct PlanLimits {
    uint32_t operations; /* the most operations in one statement */
} PlanLimits;

/* Plans a simplified function. The plan is the caller's: plan_free. */
Plan *plan_function(Graph *g, const Fn *fn, const PlanLimits *limits);
void plan_free(Plan *plan);

/* The local that holds a node; 0 if it has none. */
uint32_t plan_local(const Plan *plan, NodeId node);

/* The node that is printed as the i-th operand of a node: the operand, or what stands for it;
 * `alias` is a plan's, for `count` nodes. */
NodeId plan_operand(const Graph *g, const NodeId *alias, uint32_t count, NodeId id, int i);

/* ---- need ------------------------------------------------------------------------------- */

/* For each node the condition under which the results need it: the node of `true` where always,
 * 0 where never. Conditions are new nodes behind `count`. Nodes whose condition would depend on
 * them are marked in `circular`. The array is the caller's. */
NodeId *plan_need(Graph *g, const Fn *fn, uint32_t count, uint8_t *circular);

/* ---- uses ------------------------------------------------------------------------------- */

/* Fills `stated` (a node each): which nodes get a local. `need` and `circular` are plan_need's;
 * `alias` maps each node to itself or to the condition's value that stands for it. */
void plan_stated(Graph *g, const Fn *fn, uint32_t count, const NodeId *need,
                 const uint8_t *circular, const NodeId *alias, const PlanLimits *limits,
                 uint8_t *stated);

/* How often the C text of a node mentions its i-th operand. */
uint32_t plan_mentions(const Graph *g, NodeId id, int i);

/* Is it cheap and defined everywhere, with all that is computed in its statement? */
bool plan_is_total(const Graph *g, NodeId id, const uint8_t *stated);

/* ---- count ------------------------------------------------------------------------------ */

typedef struct PlanCount {
    uint32_t by_op[OP_COUNT]; /* operations */
    uint32_t total;           /* of them */
    uint32_t calls;           /* to the C library or to helpers */
    uint32_t statements;
} PlanCount;

/* Counts what the plan computes (loop bodies once). */
PlanCount plan_count(const Plan *plan);

#endif
