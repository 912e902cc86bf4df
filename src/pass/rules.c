/* The texts of ops.def and identities.def in, nodes out: partial derivatives multiplied into an
 * adjoint or a tangent, and identities matched against a node. All texts become nodes at once,
 * before any work that graph_release takes back. */
#include <string.h>

#include "pass/pass.h"

/* What the texts may name: operands, value, `both`; in identities constants and truths; and a test
 * of y, which is no parameter. */
enum { X, Y, Z, F, BOTH, C, P, Q, PARAM_COUNT, NONZERO_Y = PARAM_COUNT, NAME_COUNT };

_Static_assert(PARAM_COUNT <= sizeof ((Partial *)0)->args / sizeof(NodeId), "room for all");

static const char *const param_names[NAME_COUNT] = {"x", "y", "z", "f",        "both",
                                                    "c", "p", "q", "nonzero_y"};

/* What an operand must be to fit a pattern, told at once. */
typedef struct Fit {
    NodeId node; /* just this one; 0: another may be */
    Op op;       /* an operation of this kind; OP_NONE: of any */
} Fit;

/* Of the patterns with an operator on top, a bit each: which can be that of a node whose i-th
 * operand has this operator? All that most nodes are asked. */
typedef struct Fitting {
    uint64_t by[3][OP_COUNT];
} Fitting;

typedef struct Identity {
    NodeId pattern, result, condition; /* condition 0: always */
    Fit fit[3];                        /* the pattern's operands */
    int commuting;                     /* how many nodes of the pattern commute */
    bool derived;                      /* for what differentiation made only */
} Identity;

enum { IEEE, DERIVED };

static const struct { const char *pattern, *result, *condition; int class; } identity_texts[] = {
#define ID(PATTERN, RESULT, CONDITION, CLASS) {PATTERN, RESULT, CONDITION, CLASS},
#include "pass/identities.def"
#undef ID
};

enum { IDENTITY_COUNT = sizeof identity_texts / sizeof *identity_texts };

_Static_assert(IDENTITY_COUNT <= 64, "a bit each in Fitting");

static const struct { Op op; const char *partial[3]; } textbook[] = {
#define TAUGHT(ID, X, Y, Z) {OP_##ID, {X, Y, Z}},
#include "pass/textbook.def"
#undef TAUGHT
};

struct Rules {
    Graph *g;
    bool teaching;
    SymId jacobian, hessian;
    NodeId param[NAME_COUNT];
    uint8_t *param_of; /* a node of the texts each: 1 + the parameter that it is, else 0 */
    NodeId end;        /* of those nodes */
    NodeId partial[OP_COUNT][3];
    NodeId taught[OP_COUNT][3]; /* by textbook.def; 0: as partial */
    Identity identities[IDENTITY_COUNT];
    Fitting *fitting[OP_COUNT]; /* NULL: no pattern has this operator on top */
    uint64_t anywhere;          /* the identities, a bit each, that are not derived */
};

/* Texts are small, so that walking their nodes may recurse; users' expressions only this deep. */
enum { MAX_DEPTH = 12 };

/* Which parameter is it? PARAM_COUNT if none. */
static int param_at(const Rules *r, NodeId text)
{
    return text < r->end && r->param_of[text] ? r->param_of[text] - 1 : PARAM_COUNT;
}

static NodeId text_node(Rules *r, const char *text)
{
    return *text ? lower_text(r->g, text, param_names, r->param, NAME_COUNT) : 0;
}

static int count_commuting(const Rules *r, NodeId id)
{
    int count = (op_info(node_op(r->g, id))->flags & OPF_COMMUTES) != 0;
    if (param_at(r, id) < PARAM_COUNT)
        return 0;
    for (int i = 0; i < node_arity(r->g, id); i++)
        count += count_commuting(r, node_operand(r->g, id, i));
    return count;
}

static Fit fit_of(const Rules *r, const Identity *id, NodeId pattern)
{
    const int param = param_at(r, pattern);
    if (param < PARAM_COUNT)
        return (Fit){0, param == C && id->condition ? OP_CONST : OP_NONE};
    return node_arity(r->g, pattern) ? (Fit){0, node_op(r->g, pattern)} : (Fit){pattern, OP_NONE};
}

static void number_params(Rules *r)
{
    r->end = graph_count(r->g);
    r->param_of = ctx_alloc(graph_ctx(r->g), r->end);
    for (int k = 0; k < PARAM_COUNT; k++)
        r->param_of[r->param[k]] = (uint8_t)(k + 1);
}

static void read_identities(Rules *r)
{
    for (uint32_t k = 0; k < IDENTITY_COUNT; k++) {
        Identity *id = &r->identities[k];
        id->pattern = text_node(r, identity_texts[k].pattern);
        id->result = text_node(r, identity_texts[k].result);
        id->condition = text_node(r, identity_texts[k].condition);
        id->derived = identity_texts[k].class == DERIVED;
    }
}

/* Which operators can the i-th operand have? */
static void note_fitting(Rules *r, uint32_t k, int i)
{
    const Identity *id = &r->identities[k];
    const Fit *fit = &id->fit[i];
    const Op only = fit->node ? node_op(r->g, fit->node) : fit->op;
    Fitting *of = r->fitting[node_op(r->g, id->pattern)];
    for (int op = 1; op < OP_COUNT; op++)
        if (!only || only == (Op)op)
            of->by[i][op] |= (uint64_t)1 << k;
}

static void list_identities(Rules *r)
{
    for (uint32_t k = 0; k < IDENTITY_COUNT; k++) {
        Identity *id = &r->identities[k];
        Fitting **of = &r->fitting[node_op(r->g, id->pattern)];
        if (!*of)
            *of = ctx_alloc(graph_ctx(r->g), sizeof **of);
        id->commuting = count_commuting(r, id->pattern);
        for (int i = 0; i < node_arity(r->g, id->pattern); i++) {
            id->fit[i] = fit_of(r, id, node_operand(r->g, id->pattern, i));
            note_fitting(r, k, i);
        }
        r->anywhere |= (uint64_t)!id->derived << k;
    }
}

Rules *rules_new(Graph *g)
{
    Rules *r = ctx_alloc(graph_ctx(g), sizeof *r);
    r->g = g;
    graph_uncounted_begin(g);
    r->jacobian = sym_new(g, name_of(graph_ctx(g), "jac"), SYM_DERIVED, 0);
    r->hessian = sym_new(g, name_of(graph_ctx(g), "hess"), SYM_DERIVED, 0);
    for (int k = 0; k < PARAM_COUNT; k++) {
        SymId sym = sym_new(g, name_of(graph_ctx(g), param_names[k]), SYM_ARG, 0);
        r->param[k] = build_ref(g, sym, 0);
        if (k == P || k == Q) /* stand for truths: any comparison will do as their place */
            r->param[k] = build2(g, OP_LT, r->param[k], r->param[k]);
    }
    r->param[NONZERO_Y] = build1(g, OP_NONZERO, r->param[Y]);
    for (int op = 1; op < OP_COUNT; op++)
        for (int i = 0; i < 3; i++)
            r->partial[op][i] = text_node(r, op_info((Op)op)->partial[i]);
    for (size_t k = 0; k < sizeof textbook / sizeof *textbook; k++)
        for (int i = 0; i < 3; i++)
            r->taught[textbook[k].op][i] = text_node(r, textbook[k].partial[i]);
    read_identities(r);
    number_params(r);
    list_identities(r);
    graph_uncounted_end(g);
    return r;
}

void rules_teach(Rules *r, bool teaching) { r->teaching = teaching; }

/* ---- instances of texts */

/* A text's node with the parameters replaced; args[k] 0 leaves the parameter. args NULL: the
 * node is no text but an expression as it stands. */
static NodeId instance(Rules *r, NodeId text, const NodeId *args)
{
    NodeId operands[3];
    if (!args)
        return text;
    const int param = param_at(r, text);
    if (param < PARAM_COUNT)
        return args[param];
    int arity = node_arity(r->g, text);
    for (int i = 0; i < arity; i++)
        operands[i] = instance(r, node_operand(r->g, text, i), args);
    return arity ? node_rebuild(r->g, text, operands) : text;
}

/* Conditions that these operands decide are left behind. */
static NodeId decided(Rules *r, NodeId text, const NodeId *args)
{
    while (node_op(r->g, text) == OP_SELECT) {
        NodeId condition = instance(r, node_at(r->g, text)->a, args);
        if (!node_number(r->g, condition))
            break;
        text = node_is_int(r->g, condition, 0) ? node_at(r->g, text)->c : node_at(r->g, text)->b;
    }
    return text;
}

Partial rule_partial(Rules *r, NodeId node, int i)
{
    Graph *g = r->g;
    const Node n = *node_at(g, node);
    const int arity = op_info((Op)n.op)->arity;
    Partial p = {.node = node, .args = {n.a, arity > 1 ? n.b : 0, arity > 2 ? n.c : 0, node}};
    if (n.op == OP_LINK && i == 1) {
        p.plain = true;
        p.text = node_op(g, n.c) == OP_RULE ? graph_rule_apply(g, n.c) : n.c;
        return p;
    }
    const bool both = node_at(g, n.a)->flags & (arity > 1 ? node_at(g, n.b)->flags : NODE_ACTIVE) &
                      NODE_ACTIVE;
    p.args[BOTH] = both ? build_true(g) : build_false(g);
    p.text = r->partial[n.op][i];
    if (r->teaching && r->taught[n.op][i])
        p.text = r->taught[n.op][i];
    p.text = decided(r, p.text, p.args);
    return p;
}

/* NULL if it is no text. */
static const NodeId *args_of(const Partial *p) { return p->plain ? NULL : p->args; }

SymId rule_matrix(const Rules *r, ArgRole role)
{
    return role == ARG_HESSIAN ? r->hessian : r->jacobian;
}

/* ---- products with partials */

static NodeId negate(Graph *g, NodeId a)
{
    return node_op(g, a) == OP_NEG ? node_at(g, a)->a : build1(g, OP_NEG, a);
}

static NodeId times(Graph *g, NodeId factor, NodeId p);

/* A constant into a factor that has one already, as c1*b, b/c2 or b/(c2*d): one is enough. 0 if
 * it has none. */
static NodeId times_constant(Graph *g, NodeId factor, NodeId c)
{
    Node n = *node_at(g, factor);
    if (n.op == OP_TEMP)
        n = *node_at(g, n.a);
    if (n.op == OP_MUL && node_op(g, n.a) == OP_CONST)
        return times(g, n.b, build2(g, OP_MUL, n.a, c));
    if (n.op != OP_DIV)
        return 0;
    if (node_op(g, n.b) == OP_CONST)
        return times(g, n.a, build2(g, OP_DIV, c, n.b));
    Node below = *node_at(g, n.b);
    if (below.op != OP_MUL || node_op(g, below.a) != OP_CONST)
        return 0;
    return build2(g, OP_DIV, times(g, n.a, build2(g, OP_DIV, c, below.a)), below.b);
}

static NodeId times(Graph *g, NodeId factor, NodeId p)
{
    if (node_is_int(g, p, 0))
        return 0;
    if (node_is_int(g, p, 1))
        return factor;
    if (node_is_int(g, factor, 1))
        return p;
    if (node_is_int(g, p, -1))
        return negate(g, factor);
    if (node_is_int(g, factor, -1))
        return negate(g, p);
    if (node_op(g, factor) == OP_NEG)
        return negate(g, times(g, node_at(g, factor)->a, p));
    NodeId merged = node_op(g, p) == OP_CONST ? times_constant(g, factor, p) : 0;
    if (merged)
        return merged;
    return node_op(g, p) == OP_CONST ? build2(g, OP_MUL, p, factor) : build2(g, OP_MUL, factor, p);
}

static NodeId scale(Rules *r, NodeId factor, NodeId p, const NodeId *args, int depth);

static NodeId scale_select(Rules *r, NodeId factor, const Node *n, const NodeId *args, int depth)
{
    Graph *g = r->g;
    NodeId condition = instance(r, n->a, args);
    if (node_number(g, condition))
        return scale(r, factor, node_is_int(g, condition, 0) ? n->c : n->b, args, depth);
    NodeId yes = scale(r, factor, n->b, args, depth);
    NodeId no = scale(r, factor, n->c, args, depth);
    if (!yes && !no)
        return 0;
    return build_select(g, condition, yes ? yes : build_int(g, 0), no ? no : build_int(g, 0));
}

static NodeId scale(Rules *r, NodeId factor, NodeId p, const NodeId *args, int depth)
{
    Graph *g = r->g;
    Node n = *node_at(g, p);
    const int param = args ? param_at(r, p) : PARAM_COUNT;
    if (param < PARAM_COUNT)
        return times(g, factor, args[param]);
    if (depth == 0)
        return times(g, factor, instance(r, p, args));
    if (n.op == OP_SELECT)
        return scale_select(r, factor, &n, args, depth - 1);
    if (n.op == OP_NEG) {
        NodeId inner = scale(r, factor, n.a, args, depth - 1);
        return inner ? negate(g, inner) : 0;
    }
    if (n.op == OP_MUL) {
        NodeId first = scale(r, factor, n.a, args, depth - 1);
        return first ? scale(r, first, n.b, args, depth - 1) : 0;
    }
    if (n.op == OP_DIV && node_is_int(g, n.a, 1))
        return build2(g, OP_DIV, factor, instance(r, n.b, args));
    if (n.op == OP_DIV && node_op(g, n.a) == OP_NEG) {
        NodeId positive = instance(r, node_at(g, n.a)->a, args);
        positive = build2(g, OP_DIV, positive, instance(r, n.b, args));
        return negate(g, times(g, factor, positive));
    }
    return times(g, factor, instance(r, p, args));
}

NodeId rule_scale(Rules *r, NodeId factor, const Partial *p)
{
    if (reduce_has_partial(node_op(r->g, p->node)))
        return reduce_scale(r->g, factor, p->node, r->teaching);
    return p->text ? scale(r, factor, p->text, args_of(p), MAX_DEPTH) : 0;
}

NodeId rule_support(Rules *r, const Partial *p)
{
    Graph *g = r->g;
    if (reduce_has_partial(node_op(g, p->node)))
        return reduce_support(g, p->node);
    const Node *n = node_at(g, p->text);
    if (n->op != OP_SELECT)
        return build_true(g);
    if (node_is_int(g, n->b, 0))
        return build_not(g, instance(r, n->a, args_of(p)));
    return node_is_int(g, n->c, 0) ? instance(r, n->a, args_of(p)) : build_true(g);
}

/* Can an instance of the text be a number? Of operands that are none only a power is, x^0. */
static bool may_fold(Rules *r, NodeId text, const NodeId *args)
{
    const int param = args ? param_at(r, text) : PARAM_COUNT;
    if (param < PARAM_COUNT)
        return node_number(r->g, args[param]);
    const Op op = node_op(r->g, text);
    if (!args || !node_arity(r->g, text))
        return true;
    if ((op == OP_POW || op == OP_IPOW) && may_fold(r, node_operand(r->g, text, 1), args) &&
        node_is_int(r->g, instance(r, node_operand(r->g, text, 1), args), 0))
        return true;
    for (int i = 0; i < node_arity(r->g, text); i++)
        if (!may_fold(r, node_operand(r->g, text, i), args))
            return false;
    return true;
}

bool rule_is_constant(Rules *r, const Partial *p)
{
    if (!may_fold(r, p->text, args_of(p)))
        return false;
    const Number *number = node_number(r->g, instance(r, p->text, args_of(p)));
    return number && (number->rational || mpfr_number_p(number->real));
}

bool rule_is_zero(Rules *r, const Partial *p) { return node_is_int(r->g, p->text, 0); }

bool rule_is_steep(const Graph *g, NodeId node)
{
    const Node *n = node_at(g, node);
    if (n->op == OP_LINK) /* by hand, or a number */
        return node_op(g, n->c) == OP_RULE;
    return !(op_info((Op)n->op)->flags & OPF_CHEAP);
}

/* ---- identities */

/* Does the node fit the pattern, with bit k of `order` turning the k-th commuting node? */
static bool match(const Rules *r, NodeId pattern, NodeId node, NodeId *bound, unsigned *order)
{
    const Graph *g = r->g;
    const int param = param_at(r, pattern);
    if (param < PARAM_COUNT && bound[param])
        return bound[param] == node;
    if (param < PARAM_COUNT) {
        bound[param] = node;
        return true;
    }
    if (pattern == node)
        return true;
    if (node_op(g, pattern) != node_op(g, node) || node_op(g, node) == OP_CONST)
        return false;
    int arity = node_arity(g, node);
    bool turn = false;
    if (op_info(node_op(g, node))->flags & OPF_COMMUTES) {
        turn = *order & 1;
        *order >>= 1;
    }
    for (int i = 0; i < arity; i++)
        if (!match(r, node_operand(g, pattern, i), node_operand(g, node, turn && i < 2 ? 1 - i : i),
                   bound, order))
            return false;
    return arity > 0;
}

/* The condition holds if it folds to true for what is bound. */
static bool holds(Rules *r, NodeId condition, const NodeId *bound)
{
    if (!condition)
        return true;
    if (!node_number(r->g, bound[C]) || node_op(r->g, bound[C]) != OP_CONST)
        return false;
    NodeId value = instance(r, condition, bound);
    return node_number(r->g, value) && !node_is_int(r->g, value, 0);
}

/* An identity's result with what is bound, every node of it brought to its final form. */
static NodeId normal_instance(Rules *r, NodeId text, const NodeId *bound, bool derived)
{
    NodeId operands[3];
    const int param = param_at(r, text);
    if (param < PARAM_COUNT)
        return bound[param];
    int arity = node_arity(r->g, text);
    if (arity == 0)
        return text;
    for (int i = 0; i < arity; i++)
        operands[i] = normal_instance(r, node_operand(r->g, text, i), bound, derived);
    return rule_identity(r, node_rebuild(r->g, text, operands), derived);
}

/* Can the node's operands, in this order or turned, be those of the pattern? */
static bool fits(const Rules *r, const Identity *id, NodeId node, bool turned)
{
    const int arity = node_arity(r->g, node);
    for (int i = 0; i < arity; i++) {
        const Fit *fit = &id->fit[turned && i < 2 ? 1 - i : i];
        const NodeId operand = node_operand(r->g, node, i);
        if (fit->node ? fit->node != operand : fit->op && fit->op != node_op(r->g, operand))
            return false;
    }
    return true;
}

/* Does the identity hold for the node, and for what? */
static bool applies(Rules *r, const Identity *id, NodeId node, NodeId *bound)
{
    const bool commutes = op_info(node_op(r->g, node))->flags & OPF_COMMUTES;
    const bool fit[2] = {fits(r, id, node, false), commutes && fits(r, id, node, true)};
    for (unsigned turn = 0; (fit[0] || fit[1]) && turn < 1u << id->commuting; turn++) {
        unsigned order = turn;
        if (!fit[commutes && turn & 1])
            continue;
        memset(bound, 0, PARAM_COUNT * sizeof *bound);
        if (match(r, id->pattern, node, bound, &order) && holds(r, id->condition, bound))
            return true;
    }
    return false;
}

/* The identities, a bit each, that a node's operators do not exclude. */
static uint64_t candidates_for(const Rules *r, NodeId node)
{
    const Node *n = node_at(r->g, node);
    const OpInfo *info = op_info((Op)n->op);
    const Fitting *of = r->fitting[n->op];
    if (!of)
        return 0;
    const Op a = node_op(r->g, n->a), b = info->arity > 1 ? node_op(r->g, n->b) : OP_NONE;
    uint64_t some = of->by[0][a];
    if (info->arity > 1)
        some &= of->by[1][b];
    if (info->flags & OPF_COMMUTES)
        some |= of->by[0][b] & of->by[1][a];
    return info->arity > 2 ? some & of->by[2][node_op(r->g, n->c)] : some;
}

/* What an arm comes to where `here` holds: of a condition in it, or in a term of it, that is
 * decided there, the arm that this takes. */
static NodeId arm_under(Graph *g, NodeId here, NodeId arm, int depth)
{
    while (node_op(g, arm) == OP_SELECT) {
        const Node n = *node_at(g, arm);
        if (node_is_int(g, build_and(g, here, n.a), 0))
            arm = n.c;
        else if (node_is_int(g, build_and(g, here, build_not(g, n.a)), 0))
            arm = n.b;
        else
            break;
    }
    const Node n = *node_at(g, arm);
    if ((n.op != OP_ADD && n.op != OP_SUB) || !depth--)
        return arm;
    const NodeId a = arm_under(g, here, n.a, depth), b = arm_under(g, here, n.b, depth);
    return a == n.a && b == n.b ? arm : build2(g, (Op)n.op, a, b);
}

enum { TERMS_DEPTH = 3 };

static NodeId select_decided(Graph *g, NodeId select)
{
    const Node n = *node_at(g, select);
    const NodeId yes = arm_under(g, n.a, n.b, TERMS_DEPTH);
    const NodeId no = arm_under(g, build_not(g, n.a), n.c, TERMS_DEPTH);
    return yes == n.b && no == n.c ? select : build_select(g, n.a, yes, no);
}

NodeId rule_identity(Rules *r, NodeId node, bool derived)
{
    if (node_op(r->g, node) == OP_SELECT)
        node = select_decided(r->g, node);
    uint64_t candidates = candidates_for(r, node);
    NodeId bound[PARAM_COUNT];
    if (!derived)
        candidates &= r->anywhere;
    for (uint32_t k = 0; candidates; k++, candidates >>= 1)
        if (candidates & 1 && applies(r, &r->identities[k], node, bound))
            return normal_instance(r, r->identities[k].result, bound, derived);
    return node;
}
