/* plan: a function's graph in, the statements and loops of its code out.
 *
 *   unroll    short loops written out
 *   unread    likewise without elements of recurrences that no result needs
 *   contract  elements that are read where they are made become scalars again
 *   need      under which condition each node is needed
 *   uses      which nodes get a statement of their own
 *   schedule  the statements in order
 *   place     what is computed, into the tree of loops
 *   elements  likewise what sets and adds to arrays
 *   system    likewise recurrences
 *   ahead     and before their loops what these read
 *   text      what each statement depends on
 *   tree      loops and statements
 *   fuse      where among the loops each goes
 *   entry     entries of index arrays that are read once for many
 *   begin     what sums begin with
 *   storage   what is an array, and where it lives
 *   window    what of it is needed at a time
 *   checkpoint  states that are kept, and what is computed again between
 *   guarded   what is done under one condition in one block
 *   unused    without locals that nothing mentions then
 *   split     a long body in parts: functions that compilers are done with in time
 *   reorder   its statements so that few values are alive at a time
 *   mention   which locals a statement mentions
 *   count     operations by kind, for --stats
 *   live      how many values are alive at once, likewise
 *   dump      a plan as text
 */
#ifndef BPGEN_PLAN_H
#define BPGEN_PLAN_H

#include "pass/pass.h"

/* ---- plan ------------------------------------------------------------------------------- */

typedef enum PlanKind {
    PLAN_LET,    /* a local: const real NAME = [guard ?] expression [: 0]; or an element */
    PLAN_STORE,  /* *result = expression; */
    PLAN_LOOP,   /* for (index from lower to upper) { */
    PLAN_IF,     /* if (guard) { */
    PLAN_END,    /* } */
    PLAN_START,  /* real NAME = neutral element; a reduction begins; or an element */
    PLAN_FOLD,   /* NAME += expression; or by the reduction's operator */
    PLAN_KEEP,   /* array[...] = NAME; of a reduction that is folded in a local and kept */
    PLAN_PUT,    /* array[subscripts] = expression; of an ARRAY node's part */
    PLAN_ADD,    /* array[subscripts] += expression; */
    PLAN_ZERO,   /* array[subscripts] = 0; */
    PLAN_CALL    /* function(operands as a whole, array); of what note [linear] has as an array */
} PlanKind;

/* There can be millions. */
typedef struct PlanStmt {
    uint8_t kind;           /* PlanKind: what it is */
    bool down : 1;          /* LOOP: from the last turn to the first */
    bool ordered : 1;       /* LOOP: of a recurrence */
    bool block : 1;         /* LOOP: over blocks of turns: checkpoint.c */
    bool derived : 1;       /* is it a tangent, or of the reverse sweep? */
    bool quiet : 1;         /* it needs no comment: the beginning of a sum, or said before */
    bool strict : 1;        /* FOLD: not to be done where the guard does not hold, also in loops of
                               others: what it reads may not be there */
    NodeId node;            /* LET: what the local holds; START, FOLD: the reduction; STORE: what is
                               stored; PUT, ADD, ZERO: the ARRAY; CALL: what it computes */
    union {
        NodeId guard;       /* LET, IF, FOLD, ADD, CALL: done only where this holds; 0 always */
        NodeId upper;       /* LOOP: where its range ends, if not where the index's does */
    };
    SymId origin;           /* the definition that it belongs to; 0 if none */
    union {
        NodeId value;       /* FOLD, PUT, ADD: the expression; LET: likewise, if it is not the
                               node's: guarded.c */
        uint32_t result;    /* STORE: which result of the function */
        IndexId index;      /* LOOP */
    };
    union {
        TupleId subscripts; /* PUT, ADD, ZERO: where */
        NodeId lower;       /* LOOP: likewise where it begins */
    };
} PlanStmt;

/* What a statement of this kind has of what shares its place with others; 0 for none. */
static inline NodeId stmt_value(const PlanStmt *s)
{
    return s->kind == PLAN_FOLD || s->kind == PLAN_PUT || s->kind == PLAN_ADD ? s->value : 0;
}

static inline NodeId stmt_guard(const PlanStmt *s) { return s->kind == PLAN_LOOP ? 0 : s->guard; }

static inline TupleId stmt_subscripts(const PlanStmt *s)
{
    return s->kind == PLAN_LOOP ? 0 : s->subscripts;
}

enum { PLAN_UNNUMBERED = INT32_MAX };

typedef struct PlanLocal {
    NodeId node;    /* what it holds: a scalar or an element, or an ARRAY */
    SymId sym;      /* its name, if it is a named value */
    NodeId partner; /* else, of an adjoint or tangent: the node whose name it takes */
    uint8_t role;   /* SymRole: and what it is of that, or of `origin` */
    bool summed;    /* a reduction in an array that is folded in a local of its own first */
    TupleId element;/* of a named value: the constants among its subscripts, as in R_0_1 */
    TupleId entry;  /* of an entry of the index array `sym`: its subscripts */
    SymId origin;   /* else the definition that it is a part of */
    uint32_t serial;/* and its number there, from 1; PLAN_UNNUMBERED until the text is there */
    uint32_t array; /* 0, or the plan's array that holds it */
    TupleId at;     /* and where in it */
} PlanLocal;

/* An array that a function keeps: a result, or one of its own. */
typedef struct PlanArray {
    uint32_t local;   /* of an own one: what it is called */
    SymId sym;        /* of a result: its name */
    TupleId extents;  /* its shape */
    uint64_t dropped; /* axes, bit k the k-th, that one element is enough for */
    uint32_t turns;   /* how many elements a window keeps: 0 if it is none */
    uint32_t rolling; /* 1 + an axis of which the last elements are kept in turns; 0 if none */
    TupleId outer;    /* of an own one within loops: subscripts before those that are written */
    bool own;         /* does the function need room for it? */
    bool scalar;      /* an own one of one element: a variable */
    bool once;        /* a variable set by one statement, before all that read it, in one turn */
    bool behind;      /* likewise: is it set in loops alone, and read behind them? */
    bool stack;       /* an own one: on the stack, else in `work` */
    NodeId size;      /* how many elements: an integer node */
} PlanArray;

/* A value that later parts of a split body find in an array. */
typedef struct PlanKeep {
    uint32_t stmt;    /* it is put there behind this statement */
    uint32_t local;   /* the value */
} PlanKeep;

typedef struct Plan {
    Ctx *ctx;               /* who owns it */
    Graph *graph;           /* of the nodes */
    Fn fn;                  /* what was planned, as contract left it */
    VEC(PlanStmt) stmts;    /* in order */
    VEC(PlanLocal) locals;  /* from 1 */
    VEC(PlanArray) arrays;  /* from 1 */
    U32Vec local_of;        /* a node each: 0, or its local; nodes beyond it have none */
    U32Vec array_of;        /* a node each: 0, or the array that an array-valued node is kept in */
    U32Vec array_of_sym;    /* a symbol each: 0, or the array of a recurrence's member */
    U32Vec alias;           /* a node each: the node that stands for it elsewhere */
    NodeId work;            /* the length of `work`: an integer node; 0 if there is none */
    U32Vec parts;           /* of a split body: the first statement of each part; else empty */
    uint32_t kept;          /* of a split body: the array for values of other parts; 0 if none */
    U32Vec slot_of;         /* a local each: 0, or 1 + its element there */
    U32Vec part_of;         /* a local each: 0, or 1 + the part that computes it */
    VEC(PlanKeep) keeps;    /* in the order of statements */
} Plan;

/* What comes out keeps to these; the defaults are those of the command. */
typedef struct PlanLimits {
    uint32_t operations; /* the most operations in one statement */
    uint32_t unroll;     /* the most turns of a loop that is written out */
    uint32_t stack;      /* the most bytes of arrays on the stack */
    uint32_t split;      /* the most statements of a body that is not split; 0: any number */
    uint32_t real_size;  /* of a number, in bytes */
    uint32_t checkpoint; /* turns between kept states of recurrences; 0: all are kept */
} PlanLimits;

/* Plans a simplified function, of which it takes the order: that is empty then. The plan is the
 * caller's: plan_free. */
Plan *plan_function(Rules *r, Graph *g, Fn *fn, const PlanLimits *limits);
void plan_free(Plan *plan);

/* The local that holds a node; 0 if it has none. */
static inline uint32_t plan_local(const Plan *plan, NodeId node)
{
    return node < plan->local_of.count ? plan->local_of.at[node] : 0;
}

/* Is it a truth value that is kept in an array? It is a number there, and C compares it with 0
 * wherever it is read. */
static inline bool plan_is_kept_truth(const Plan *plan, NodeId node)
{
    const uint32_t local = plan_local(plan, node);
    return local && plan->locals.at[local].array &&
           (op_info(node_op(plan->graph, node))->flags & OPF_BOOL);
}

/* The node that is printed as the i-th operand of a node: the operand, or what stands for it;
 * `alias` is a plan's, for `count` nodes. */
static inline NodeId plan_operand(const Graph *g, const NodeId *alias, uint32_t count, NodeId id,
                                  int i)
{
    const NodeId operand = node_operand(g, id, i);
    const NodeId stands = operand < count ? alias[operand] : operand;
    if (stands == operand)
        return operand;
    const Node *n = node_at(g, stands);
    const bool itself = stands == id || ((n->op == OP_NAME || n->op == OP_TEMP) && n->a == id);
    return itself ? operand : stands;
}

/* What a name that has no local of its own is in the text: the node below it, and below others of
 * its kind, up to one that has a local; itself if it is no such name. */
static inline NodeId plan_unnamed(const Plan *plan, NodeId node)
{
    const Graph *g = plan->graph;
    while (node_op(g, node) == OP_NAME || node_op(g, node) == OP_TEMP) {
        const NodeId of = plan_operand(g, plan->alias.at, plan->alias.count, node, 0);
        if (plan_local(plan, of) || of > node)
            break;
        node = of;
    }
    return node;
}

/* What `+= value` subtracts, where it is written `-=`; 0 if it is not. */
static inline NodeId plan_subtracted(const Plan *plan, NodeId value)
{
    const Number *number = node_number(plan->graph, value);
    if (number)
        return number_sign(number) < 0 ? build1(plan->graph, OP_NEG, value) : 0;
    if (plan_local(plan, value) || node_op(plan->graph, value) != OP_NEG)
        return 0;
    return plan_operand(plan->graph, plan->alias.at, plan->alias.count, value, 0);
}

/* ---- turns ------------------------------------------------------------------------------ */

typedef struct TurnRange {
    long lower, upper; /* half open */
} TurnRange;

/* Which loops of a function are written out, and where one stands that goes through their turns. */
typedef struct Turns {
    Graph *g;
    uint32_t *count;       /* an index each: how many values a short one has; 0 of others */
    long *lowest;          /* an index each: of a short one the first of these */
    uint8_t *empty;        /* an index each: has it none? */
    uint32_t *value;       /* an index each: the one at hand, from 0 */
    uint32_t *table;       /* an index each: 0, or where its ranges begin, one for each of the turns
                              of the indices that they depend on, the last index fastest */
    VEC(TurnRange) ranges; /* from 1 */
} Turns;

/* None yet. The caller's: turns_free. */
Turns turns_new(Graph *g);
void turns_free(Turns *t);
/* Chooses indices of at most `most` values; fewer where the function would grow too much. False if
 * there are none, and no empty ones. */
bool turns_choose(Turns *t, const Fn *fn, uint32_t most);

bool turns_short(const Turns *t, IndexId index);
bool turns_any_empty(const Turns *t, SetId set);
/* How many turns there are of a set's short indices, those that no range has included; 0 if a loop
 * over one of the set has none. */
uint32_t turns_instances(const Turns *t, SetId set);
/* The number of the turn at hand among these; the next one, false behind the last. */
uint32_t turns_offset(const Turns *t, SetId set);
bool turns_next(Turns *t, SetId set);
/* Is the value at hand of a short index, or of all of a set, in the range that it has there? */
bool turns_within(const Turns *t, IndexId index);
bool turns_all_within(const Turns *t, SetId set);

/* ---- unroll ----------------------------------------------------------------------------- */

/* Writes out the loops of the function over indices of at most `most` values that are known. */
void plan_unroll(Rules *r, Graph *g, Fn *fn, uint32_t most);
/* What the nodes below the roots become (an entry each) without the elements of recurrences that no
 * root is computed from; NULL where there are none of these. The caller's. */
NodeId *plan_without_unread(Graph *g, const U32Vec *roots);

/* ---- contract --------------------------------------------------------------------------- */

/* Makes a named scalar of each element that is read at the subscripts where it is made, in the
 * place of the read. */
void plan_contract(Graph *g, Fn *fn);

/* ---- tree ------------------------------------------------------------------------------- */

/* Loops and statements as a tree; node TREE_ROOT is the function's body. */
typedef uint32_t TreeId;
enum { TREE_ROOT = 1 };

typedef struct TreeNode {
    uint64_t key;              /* rises among siblings */
    TreeId parent, prev, next; /* 0 for none; of what was replaced the parent is what it was
                                  replaced by */
    uint32_t search; /* the last search that found it: fuse.c */
    uint32_t edges;  /* of a statement: 0, or 1 + the first of those it must come behind */
    uint32_t body;   /* of a loop: what is in it; of a statement the body that is empty */
    bool loop : 1;   /* or a statement */
    bool joined : 1; /* a loop: of two, join.c */
    bool by_way : 1; /* of the last search that found it: by way of a sibling? */
    bool barred : 1; /* likewise, a loop: must what is placed be behind all its turns? */
    SetId known;     /* likewise: the indices of what is needed of it */
    PlanStmt stmt;   /* of a loop: its index and origin */
} TreeNode;

/* What is in a loop; and the loops of it, so that none of the statements between them need be
 * passed. */
typedef struct TreeBody {
    TreeId first, last;           /* 0 for none */
    TreeId first_loop, last_loop; /* likewise */
    TreeId prev_loop, next_loop;  /* around the loop itself, of its siblings */
    uint32_t needs;               /* of the loop itself: 0, or the first of its needs */
} TreeBody;

/* That something in a loop must come behind a sibling of the loop, or something in that. Each is
 * there once, and a sibling that was moved elsewhere is none any more. */
typedef struct TreeNeed {
    TreeId loop, sibling;
    uint32_t next; /* 0, or the next one of the loop */
} TreeNeed;

typedef struct TreeEdge {
    TreeId on;     /* what a statement must come behind */
    SetId share;   /* or be in the same turns of loops over these indices */
    uint32_t next; /* 0, or 1 + the next edge of the statement */
} TreeEdge;

typedef struct Tree {
    Graph *g;
    VEC(TreeNode) nodes;
    VEC(TreeEdge) edges;
    VEC(TreeBody) bodies;
    VEC(TreeNeed) needs; /* from 1 */
    Lookup needs_of;
    uint32_t searches; /* so far: fuse.c */
    TreeId active; /* the loop of a recurrence that is being filled; TREE_ROOT else */
    TreeId before; /* if that is TREE_ROOT: all goes before this loop; 0 for none */
} Tree;

/* A statement must come behind another, or be in the same loops as that as far as these are over
 * indices of `share`. */
typedef struct Dep {
    TreeId at;
    SetId share;
} Dep;

typedef VEC(Dep) DepVec;

/* How much it matters that memory is walked through in order, and how little in which order a
 * definition names its subscripts. */
enum { VOTE_BY_ACCESS = 4, VOTE_BY_DEFINITION = 1 };

/* Which loop should be the outer one of two: votes of what is accessed. */
typedef struct Votes {
    IndexId outer, inner;
    int weight;
} Votes;

typedef VEC(Votes) VoteVec;

void tree_begin(Tree *t, Graph *g);
void tree_end(Tree *t);

/* Puts a statement, a loop over an index, the condition of a statement before `sibling` or last in
 * the body. */
TreeId tree_add(Tree *t, TreeId body, TreeId sibling, const PlanStmt *stmt, const DepVec *deps);
TreeId tree_add_body(Tree *t, TreeId body, TreeId sibling, const PlanStmt *stmt);
TreeId tree_add_loop(Tree *t, TreeId body, TreeId sibling, IndexId index, const PlanStmt *inner);
TreeId tree_add_guard(Tree *t, TreeId body, TreeId sibling, const PlanStmt *inner);

/* The first thing that a loop needs among its siblings; 0: none. */
uint32_t tree_needs(const Tree *t, TreeId loop);

/* Notes that a statement must come behind another. */
void tree_depend(Tree *t, TreeId id, TreeId on, SetId share);

/* Puts a statement before `sibling`, within new loops over `domain` in the order of the path of
 * `like`. */
TreeId tree_insert(Tree *t, TreeId sibling, SetId domain, TreeId like, const PlanStmt *stmt);

/* Opens a loop of a recurrence, last in the active one; it is the active one until tree_close. */
TreeId tree_open(Tree *t, const PlanStmt *loop);
void tree_close(Tree *t, TreeId loop);

/* The loop over this index around `at`; 0 if there is none. */
TreeId tree_loop_over(const Tree *t, TreeId at, IndexId index);

/* Is the node within a condition like this one? */
bool tree_is_guarded(const Tree *t, TreeId at, NodeId guard);

/* Puts a statement right behind a node. */
void tree_append(Tree *t, TreeId sibling, const PlanStmt *stmt);

/* The outermost loop around `at` over an index of the set, or the condition right around that;
 * 0 if there is none. */
TreeId tree_outermost(const Tree *t, TreeId at, SetId set);
/* The innermost one; TREE_ROOT if there is none. */
TreeId tree_innermost(const Tree *t, TreeId at, SetId set);
/* The child of `body` that `at` is or is in; 0 if it is not in it. */
TreeId tree_child(const Tree *t, TreeId body, TreeId at);
/* The first and the last node of a loop; 0 if it is empty, as a statement is. */
TreeId tree_first(const Tree *t, TreeId loop);
TreeId tree_last(const Tree *t, TreeId loop);
/* The first loop of a body; the next of its siblings, from a loop on; 0 for none. */
TreeId tree_first_loop(const Tree *t, TreeId body);
TreeId tree_next_loop(const Tree *t, TreeId loop);
/* The first loop behind a node in its body; 0 for none. */
TreeId tree_loop_behind(const Tree *t, TreeId id);
/* The next node of the subtree of `top`, in the order of the text; 0 behind the last. */
TreeId tree_next(const Tree *t, TreeId top, TreeId id);
/* Makes a node the last of a body. */
void tree_append_to(Tree *t, TreeId body, TreeId node);
/* Moves a node before a sibling or keeps it if it is there. */
void tree_before(Tree *t, TreeId node, TreeId sibling);
/* Is a before b in the text? */
bool tree_precedes(const Tree *t, TreeId a, TreeId b);
/* The indices of the loops around both. */
SetId tree_common(const Tree *t, TreeId a, TreeId b);
/* Takes a statement out again. */
void tree_remove(Tree *t, TreeId id);
/* Likewise; what must come behind it must now come behind another one. */
void tree_replace(Tree *t, TreeId id, TreeId by);
/* The statements and loops of the tree, in order, to the plan. */
void tree_flatten(const Tree *t, Plan *plan);

/* ---- fuse -------------------------------------------------------------------------------- */

/* Puts a statement with this domain (an enclosing loop for each index of it) as early as its
 * dependences allow into loops that are there, else into new ones at the end. `early`: before
 * loops that it does not depend on. Gives its place. */
TreeId tree_place(Tree *t, SetId domain, const DepVec *deps, const VoteVec *votes, bool early,
                  const PlanStmt *stmt);

/* ---- schedule --------------------------------------------------------------------------- */

/* A value with a statement, or an array, and a statement that mentions it. */
typedef struct PlanUse {
    NodeId node;
    TupleId subscripts; /* of an array */
    TreeId at;
} PlanUse;

typedef VEC(PlanUse) PlanUseVec;

/* A statement that sets or adds to elements of an array. */
typedef struct PlanWriter {
    NodeId array;
    TupleId subscripts;
    TreeId at;
    bool adds; /* others that add need not wait for it */
} PlanWriter;

/* Things that are numbered from 1 as they come, in a chain for each key: its first and last one,
 * the one behind each; 0: none. */
typedef struct PlanChain {
    uint32_t first, last;
} PlanChain;

typedef struct PlanChains {
    VEC(PlanChain) of; /* a key each */
    U32Vec next;       /* a thing each */
} PlanChains;

/* A cheap value computed where it is needed, perhaps in several places. */
typedef struct PlanFloat {
    NodeId node;
    TreeId body, at;
    uint32_t next; /* the next place of this node: index + 1 */
} PlanFloat;

/* What is to be said of a reduction, and of what floats. */
typedef struct PlanInner {
    NodeId part;     /* the part of an array that a reduction is a term of, or 0 */
    NodeId name;     /* the name that it is the whole value of, or 0 */
    SetId rest;      /* indices within the loops that it is folded in */
    TreeId start;    /* its START */
    uint32_t floats; /* index + 1 of the first place of what floats */
} PlanInner;

/* Some that follow each other in a list. */
typedef struct PlanSlice {
    uint32_t first, count;
} PlanSlice;

/* The work of planning one function. */
typedef struct Schedule {
    Plan *plan;
    Graph *g;
    uint32_t count;      /* of nodes at the outset */
    NodeId *need;        /* plan_need */
    uint8_t *stated;     /* plan_stated */
    uint8_t *floating;   /* a node each: stated, and computed again rather than kept */
    uint8_t *adds;       /* a PART each: is its sum added up in the array? */
    uint8_t *done;       /* a node each: is its statement placed? */
    uint32_t *seen;      /* a node each: the last walk that came to it */
    uint32_t walks;      /* so far */
    PlanSlice *votes_of; /* a node each that floats, of the text at hand: those of `votes` */
    VoteVec votes;
    uint32_t *users;     /* a node each: how many mention it */
    uint32_t *inner_of;  /* a node each: what is only to be said within loops, or 0 for zeros */
    VEC(PlanInner) inners;
    uint32_t *result_of; /* a node each: 0, or 1 + the first result that it is the value of */
    uint32_t *result_as; /* likewise of what an array is kept as */
    uint8_t *handed_out; /* a symbol each: is it that of a result? */
    uint32_t handed_out_count;
    uint32_t *also;      /* a result each: 0, or 1 + the next result of the same node */
    bool loops, arrays, selects; /* are there any? */
    U32Vec array_of_sym; /* a symbol each: the member of a recurrence that bears it, or 0 */
    U32Vec system_of_sym;/* a symbol each: that recurrence */
    U32Vec stack;        /* of plan_schedule_for */
    Tree tree;           /* empty if there are no loops */
    Dep *dep;            /* a node each: its statement, and the loops that its users may share */
    TreeId *home;        /* a node each: where it is at hand: in the body that this stands in */
    PlanUseVec uses;
    PlanChains uses_of, uses_at;       /* a node each, a statement each */
    VEC(PlanWriter) writers;
    PlanChains writers_of, writers_at; /* an array's node each, a statement each */
    Elements written, set;             /* by all writers, by those that do not add */
    U32Vec kept;                       /* values that are kept in arrays */
    PlanChains kept_in;                /* an array of the plan each */
    U32Vec zeros;        /* arrays that are yet to be zeroed: begin.c */
    PlanUseVec afloat;   /* what floats, and a statement that mentions it */
    Groups afloat_at;    /* those of each statement: storage.c */
    Groups puts_of;      /* the writers that set elements to a node's value, a node each */
    VEC(PlanFloat) floats;
} Schedule;

/* What there is to say of a node within loops; and the same to be changed. */
static inline const PlanInner *plan_inner(const Schedule *s, NodeId node)
{
    return &s->inners.at[s->inner_of[node]];
}

PlanInner *plan_inner_new(Schedule *s, NodeId node);

/* Has the walk at hand not come to the node before? */
static inline bool plan_is_new(Schedule *s, NodeId node)
{
    const bool is_new = s->seen[node] != s->walks;
    s->seen[node] = s->walks;
    return is_new;
}

/* What a node is known by: itself, or a name that stands for it. */
NodeId plan_stands_for(const Schedule *s, NodeId node);

/* A value that has a name is known by it to all its users, also those that the rules of
 * derivatives made, which speak of the value itself. A weak name does if there is no other. */
void plan_alias_named(Schedule *s);

/* Where a value is needed in one arm of a condition only, the condition's own value is that value
 * to all its users: f = x > 0 ? sqrt(x) : 0 serves x_bar = x > 0 ? 1/(2*f) : 0. Whether it is
 * needed, then, must not be decided by what the arm leads to, nor may the other arm be made of it,
 * as in x > 0 ? sqrt(x) : sin(x > 0 ? 2*sqrt(x) : 1). Comes behind plan_alias_named. */
void plan_alias_arms(Schedule *s);

/* ---- access ----------------------------------------------------------------------------- */

/* Notes a use, a writer, that a value with a local is kept in an array at these subscripts. */
void plan_note_use(Schedule *s, PlanUse use);
void plan_note_writer(Schedule *s, NodeId array, TupleId subscripts, TreeId at, bool adds);
void plan_keep_in(Schedule *s, NodeId node, uint32_t array, TupleId at);

/* The first of a key, the one behind another: of uses, writers, values that are kept, by number. */
static inline uint32_t plan_first(const PlanChains *c, uint32_t key)
{
    return key < c->of.count ? c->of.at[key].first : 0;
}

static inline uint32_t plan_next(const PlanChains *c, uint32_t number)
{
    return c->next.at[number - 1];
}

static inline const PlanUse *plan_use(const Schedule *s, uint32_t i) { return &s->uses.at[i - 1]; }

static inline const PlanWriter *plan_writer(const Schedule *s, uint32_t i)
{
    return &s->writers.at[i - 1];
}

/* What is read of an array, also of values that are kept in it: begins with the array and zeros. */
typedef struct PlanReads {
    NodeId array;
    TupleId at;         /* the subscripts of the use that was given last */
    uint32_t kept, use; /* that value, 0: none; that use */
} PlanReads;

/* The next one; NULL behind the last. */
const PlanUse *plan_next_read(const Schedule *s, PlanReads *r);

/* Takes a statement out; another does what it did. */
void plan_replace(Schedule *s, TreeId from, TreeId to);

void plan_access_end(Schedule *s);

/* ---- texts, and statements of nodes ------------------------------------------------------- */

/* Puts a statement whose text is that of `roots` into the tree; where the function has no loops,
 * behind all others of the plan, and gives 0. `own` is the node that the text defines (0: none).
 * What floats in the text comes before it. */
TreeId plan_place_text(Schedule *s, SetId domain, const NodeId *roots, uint32_t count, NodeId own,
                  PlanStmt stmt);

/* What floats, once all else has its place. */
void plan_place_floats(Schedule *s);

/* The statement of a node: a local, or the START and FOLD of a reduction. */
void plan_place_local(Schedule *s, NodeId node);
/* All statements of an ARRAY node. */
void plan_place_array(Schedule *s, NodeId array);
/* What an array-valued node is kept as: of an array of a recurrence the ARRAY. */
NodeId plan_kept_as(const Graph *g, NodeId node);
/* Is it an array that a function computes? The statement that calls that. */
static inline bool plan_is_call(const Graph *g, NodeId node)
{
    return op_info(node_op(g, node))->flags & OPF_ARRAY;
}
void plan_place_call(Schedule *s, NodeId node);

/* One part of an array, of the values that are placed before it. */
void plan_place_part(Schedule *s, NodeId array, NodeId part);
/* What an ARRAY_ADD array begins with; gives the part that sets it, 0 if it is zeros. `may` tells
 * which parts can be first (NULL: all). */
NodeId plan_place_first(Schedule *s, NodeId array, const uint8_t *may);
/* An array's place. */
void plan_add_array(Schedule *s, NodeId array);
/* Computes what a value needs. */
void plan_schedule_for(Schedule *s, NodeId root);
/* Is it an array of a recurrence? */
bool plan_is_member(const Schedule *s, NodeId array);
/* Places the arrays that values of a recurrence read and that do not vary with its loop over an
 * index, before that loop is opened. */
void plan_place_ahead(Schedule *s, const NodeId *values, uint32_t count, IndexId index);
/* All of a recurrence, in loops of its own. */
void plan_place_system(Schedule *s, NodeId system);
/* Is an element that is read in a turn of an index's loop written in an earlier one, if in any? */
bool plan_is_carried(Graph *g, TupleId write, TupleId read, IndexId index, bool down);

/* A new statement with what is known of its node. */
PlanStmt plan_place_new(const Schedule *s, PlanKind kind, NodeId node);
/* Decides what a node's local is called. */
uint32_t plan_place_name(Schedule *s, NodeId node);

/* ---- entry ------------------------------------------------------------------------------ */

/* Is it an entry of an index array that can have a local? */
bool plan_is_entry(Graph *g, NodeId node);
/* A node each: is it one that shall have one? Of what is afloat. The array is the caller's. */
uint8_t *plan_find_entries(Schedule *s);

/* ---- begin ------------------------------------------------------------------------------ */

/* Places the zeros that sums begin with, once these have their places; joins nests that only set
 * zeros; what comes right behind its zero is set, not added. */
void plan_place_begins(Schedule *s);

/* Makes one of loops of recurrences that may be one; before what floats has its places. */
void plan_join_loops(Schedule *s);

/* ---- storage ---------------------------------------------------------------------------- */

/* Gives an array to each value that is used outside the loops that it is computed in. */
void plan_storage(Schedule *s, const PlanLimits *limits);

/* Puts the arrays on the stack or into `work`. */
void plan_lay_out(Plan *plan, const PlanLimits *limits);

/* An axis of a recurrence's array of which only the last elements are needed, if there is one. */
void plan_window(Schedule *s, NodeId array);
/* Does it set an element to one that is kept in the same place? */
bool plan_is_idle(const Schedule *s, TreeId at);

/* ---- checkpoint ------------------------------------------------------------------------- */

/* Sweeps back over recurrences by blocks of so many turns (0: does nothing). */
void plan_checkpoints(Schedule *s, uint32_t turns);

/* ---- said ------------------------------------------------------------------------------- */

/* What a condition says of indices that are free, and of sizes. */
typedef struct PlanSaying {
    NodeId of;      /* a condition, or a value */
    unsigned asked; /* that it holds, or does not, or is not 0 */
    SetId free;
    NodeId said;    /* a condition that holds then */
} PlanSaying;

typedef struct PlanSaid {
    Graph *g;
    VEC(PlanSaying) all;
    Lookup table; /* of these; number 1 is the first */
} PlanSaid;

/* What is left of a condition that is made wider, over free indices alone: note [wider]. */
NodeId plan_said(PlanSaid *s, NodeId condition, SetId free);
void plan_said_end(PlanSaid *s);

/* ---- missing ---------------------------------------------------------------------------- */

/* Which nodes read elements that may not be there where nobody needs them, themselves or in what
 * they are made of; below `count`. The array is the caller's. */
uint8_t *plan_missing(Graph *g, uint32_t count);

/* Is it computed as a whole before what mentions it? Not an array within a loop. */
static inline bool plan_is_whole(const Graph *g, NodeId id)
{
    const Op op = node_op(g, id);
    return (op == OP_ARRAY || op == OP_SYSTEM) && !node_at(g, id)->free;
}

/* ---- need ------------------------------------------------------------------------------- */

/* For each node the condition under which the results need it: the node of `true` where always,
 * 0 where never. Conditions are new nodes behind `count`. Nodes whose condition would depend on
 * them are marked in `circular`. The array is the caller's. */
NodeId *plan_need(Graph *g, const Fn *fn, uint32_t count, uint8_t *circular);

/* ---- uses ------------------------------------------------------------------------------- */

/* Fills `stated` (a node each): which nodes get a local. `need` and `circular` are plan_need's;
 * `alias` maps each node to itself or to the condition's value that stands for it; `loops`: are
 * there any? */
void plan_stated(Graph *g, const Fn *fn, uint32_t count, const NodeId *need,
                 const uint8_t *circular, const NodeId *alias, bool loops,
                 const PlanLimits *limits, uint8_t *stated);

/* How often the C text of a node mentions its i-th operand. */
uint32_t plan_mentions(const Graph *g, NodeId id, int i);

/* About how many cycles the text of a node takes, without what has a statement. */
uint32_t plan_cost(const Graph *g, NodeId id, const uint8_t *stated, const NodeId *alias,
                   uint32_t count);

/* note [unneeded] of elements.c: 0 if there is none. */
NodeId plan_guard_of_element(const Schedule *s, NodeId value);
/* Is it cheap and defined everywhere, with all that is computed in its statement? */
/* Is an integer made of an entry of an index array, which may be anything where nobody needs it? */
bool plan_is_of_entry(const Graph *g, NodeId id);
/* Is it an element that may be none of the array where nobody needs it? Entries of index arrays may
 * be anything there, or are `kept` below their limits. */
bool plan_may_be_outside(Graph *g, NodeId id, bool kept);
bool plan_is_total(Graph *g, NodeId id, const uint8_t *stated);

/* ---- mention ---------------------------------------------------------------------------- */

/* What texts mention, each as often as they do. */
typedef struct PlanMentions {
    U32Vec locals; /* also variables; not what is an element of an array */
    U32Vec arrays; /* of more than one element */
    U32Vec walk;   /* nodes that are yet to be looked at; empty between calls */
} PlanMentions;

/* Adds what the text of a statement mentions, also the variable that it sets, but not an array of
 * which it sets an element; of a loop, what its head mentions. */
void plan_mention(const Plan *plan, const PlanStmt *s, PlanMentions *to);
void plan_mentions_end(const Plan *plan, PlanMentions *m);

/* ---- guarded ---------------------------------------------------------------------------- */

/* Joins statements in a row that are done under the same condition to one block of it. */
void plan_join_guarded(Plan *plan);

/* ---- unused ----------------------------------------------------------------------------- */

/* Without the locals that nothing mentions any more. */
void plan_leave_unused(Plan *plan);

/* ---- split ------------------------------------------------------------------------------ */

/* Statements that stay together. */
typedef struct SplitAtom {
    uint32_t first, end; /* among the statements; half open */
    uint32_t mentions;   /* where its mentions begin; they end where the next atom's do */
    uint32_t part;       /* that it is in */
} SplitAtom;

/* The work of splitting a body. */
typedef struct Split {
    Plan *plan;
    Ctx *ctx;
    VEC(SplitAtom) atoms;       /* and one behind them */
    U32Vec mentioned;      /* locals of other atoms that each mentions, once each */
    uint32_t *home;        /* a local each: 1 + the atom that computes it; 0 for none */
    uint32_t *let;         /* a local each: 1 + its LET; 0 for none */
    uint32_t *last;        /* a local each: the last atom that mentions it */
    uint32_t *seen;        /* a local each: 1 + the last atom where it was met */
    uint32_t least, most;  /* statements of a part */
    PlanMentions mentions; /* of the statements at hand */
    bool reads;            /* is an element of a result read? */
    uint32_t slots;        /* elements of `kept` so far */
    U32Vec spare;          /* those that nothing needs any more */
    uint32_t *ending;      /* a part each: 1 + the first of those whose values end there; */
    U32Vec next;           /* an element each: 1 + the next of those */
} Split;

/* Cuts a body that is longer than the limit into parts of a fifth to two fifths of that. */
void plan_split(Plan *plan, const PlanLimits *limits);

/* Changes the order of the statements if fewer values are alive at a time then. */
void plan_reorder(Split *s);

/* ---- count ------------------------------------------------------------------------------ */

typedef struct PlanCount {
    uint32_t by_op[OP_COUNT]; /* operations, as C writes them: NORM is SQRT, x^3 two MUL */
    uint32_t total;           /* of them */
    uint32_t calls;           /* to the C library or to helpers */
    uint32_t statements;
    uint32_t loops;
    uint32_t live;            /* values alive at once, at most: of a split body in one part */
} PlanCount;

/* Counts what the plan computes (loop bodies once). */
PlanCount plan_count(const Plan *plan);

/* Is the operand a factor 1, `next` behind it being *, in the text of more than a product, as of
 * elu(x)? It is left out. */
bool plan_is_silent(const Plan *plan, NodeId node, int operand, char next);

/* Does the text of a node begin with a literal, where it has no local? */
bool plan_begins_with_number(const Plan *plan, NodeId id);

/* ---- live ------------------------------------------------------------------------------- */

/* The most values, numbers and conditions, that are alive at once in the body, or in one part. */
uint32_t plan_live(const Plan *plan);

/* ---- dump ------------------------------------------------------------------------------- */

/* As text for people and tests: the nodes, the arrays, the statements with their loops. */
void plan_dump(const Plan *plan, Text *out);

#endif
