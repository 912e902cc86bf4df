/* grow: random models. A number comes in; a model's text, and points for it, go out.
 *
 * The one idea: an expression grows from its operands, whose values at the points are known, so
 * that each operation gets operands from its domain (ops.def says which) and gives a number of
 * moderate size; what does not fit is bent until it does. In the arm of a condition that no point
 * takes anything goes: it must have no influence.
 *
 * Rows are chosen with equal chance, but that each model has favourites, other ones than the models
 * before it: so few models have all rows, in arms, too. Conditions, calls of user functions and
 * diffs besides. What the oracle will have to do is estimated and kept within bounds.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "trial.h"

enum {
    KIDS = 4,        /* operands of a node */
    ENTITIES = 16,   /* inputs, params, constants and definitions */
    FUNCTIONS = 4,
    LOCALS = 6,      /* of a function, parameters included */
    BENDS = 60,      /* tries to make operands fit */
    NESTED = 2,      /* diffs in one another */
    FAVOURITES = 3,  /* rows that a model prefers */
    ALL = (1 << GROW_POINTS) - 1 /* all points */
};

/* What a value may cost the oracle, in operations at a point; in a model of fifty more. */
static const double labour_most = 400, labour_rare = 3000;

typedef uint32_t Twig; /* a node of an expression; 0 is none */

typedef enum TwigKind { TWIG_NUMBER, TWIG_PI, TWIG_ENTITY, TWIG_LOCAL, TWIG_OP, TWIG_CALL, TWIG_DIFF } TwigKind;

typedef struct TwigNode {
    TwigKind kind;
    Op op;                     /* OP */
    Twig kid[KIDS];            /* OP, CALL: operands; DIFF: the expression and the name */
    uint32_t count;            /* of them */
    uint32_t target;           /* ENTITY, LOCAL, CALL: which */
    uint32_t style;            /* how it is written, where there are several ways */
    uint32_t diffs;            /* within one another, at most */
    uint32_t size;             /* nodes */
    double labour;             /* what its value costs the oracle */
    double number;             /* NUMBER */
    double value[GROW_POINTS]; /* in a body: at the arguments it is tried with */
} TwigNode;

typedef enum GrowKind { GROW_INPUT, GROW_PARAM, GROW_CONST, GROW_DEF } GrowKind;

typedef struct GrowEntity {
    GrowKind kind;
    char name[16];
    Twig twig;                 /* CONST, DEF */
    double value[GROW_POINTS];
    uint32_t diffs;
    double labour;
    bool counted;              /* are its rows? */
    bool output;               /* stated to be one */
} GrowEntity;

/* A function with hand derivatives, or a grown one. */
typedef struct HandFunction {
    uint32_t params;
    const char *text;          /* # stands for its name */
    double (*value)(const double *);
} HandFunction;

typedef struct GrowFunction {
    const HandFunction *hand;  /* NULL: a grown one */
    char name[16];
    uint32_t params, locals;   /* locals include params */
    Twig local[LOCALS];        /* behind the params */
    Twig result;
    uint32_t ruled;            /* 1 + the param that a rule is given for; 0 none */
    uint32_t diffs;
    double labour;
    bool counted;              /* are its rows? */
    double sample[LOCALS][GROW_POINTS];
} GrowFunction;

struct Grower {
    Ctx *ctx;
    Formula *domain[OP_COUNT]; /* NULL: everywhere */
    Op rows[OP_COUNT];         /* those that can be written */
    uint32_t row_count;
    Op favourite[FAVOURITES];  /* of the model that grows */
    double most;               /* what a value in it may cost */
    uint64_t state;            /* of random numbers */
    VEC(TwigNode) twigs;
    GrowEntity entity[ENTITIES];
    uint32_t entities;
    GrowFunction function[FUNCTIONS];
    uint32_t functions;
    GrowFunction *body;        /* the function that grows; NULL outside */
    uint32_t args;             /* how many of the entities are inputs and params */
    uint32_t arm;              /* how many conditions are around */
    bool closed;               /* may a function name the last definition? */
    Grown *grown;
};

/* ---- chance ----------------------------------------------------------------------------- */

static uint32_t below(Grower *g, uint32_t limit)
{
    return random_below(&g->state, limit);
}

static bool chance(Grower *g, uint32_t percent)
{
    return below(g, 100) < percent;
}

/* A number as a person might write it. */
static double nice_number(Grower *g)
{
    static const double favourites[] = {0.5, 2, 1, 3, 1.5, 0.25, 10, 0.1, 4, 0.75};
    if (chance(g, 40))
        return favourites[below(g, 10)];
    return (double)(1 + below(g, 399))/100;
}

static double point_value(Grower *g)
{
    static const double special[] = {0.5, 1, 2, -1, 1.5, -0.5, 3, -2};
    uint32_t kind = below(g, 100);
    double u = random_unit(&g->state);
    if (kind < 12)
        return special[below(g, 8)];
    if (kind < 30)
        return 0.1 + 1.8*u;
    if (kind < 36)
        return (u < 0.5 ? -1 : 1)*pow(10, 6*random_unit(&g->state) - 3);
    return 6*u - 3;
}

/* ---- functions with hand derivatives ---------------------------------------------------- */

static double hand_logistic(const double *x) { return 1/(1 + exp(-x[0])); }
static double hand_square(const double *x) { return x[0]*x[0]; }
static double hand_gauss(const double *x) { return exp(-x[0]*x[0]); }
static double hand_product(const double *x) { return x[0]*x[1]; }
static double hand_witch(const double *x) { return 1/(1 + x[0]*x[0]); }
static double hand_distance(const double *x) { return sqrt(x[0]*x[0] + x[1]*x[1] + 1); }
static double hand_mix(const double *x) { return x[2]*x[0] + (1 - x[2])*x[1]; }
static double hand_soft(const double *x) { return log(1 + exp(x[0])); }
static double hand_wave(const double *x) { return sin(x[0])*cos(x[1]); }

/* Their rules are written to be as accurate as the functions are: what rounding does in a rule,
 * which the oracle does not look at, it cannot tell. */
static const HandFunction hand_functions[] = {
    {1, "#(t) = 1/(1 + exp(-t))\nrule diff(#(t), t) = #(t)*#(-t)\n", hand_logistic},
    {1, "#(x) = x*x\nrule diff(#(u), u) = 2*u\n", hand_square},
    {1, "#(t) = { q = -t^2; exp(q) }\nrule diff(#(t), t) = { p = #(t); -2*t*p }\n", hand_gauss},
    {2, "#(t, u) = t*u\nrule diff(#(a, b), b) = a\n", hand_product},
    {2, "#(t, u) = t*u\nrule diff(#(t, u), u) = t\nrule diff(#(t, u), t) = u\n", hand_product},
    {1, "#(t) = 1/(1 + t^2)\nrule diff(#(t), t) = -2*t*#(t)^2\n", hand_witch},
    {2, "#(t, u) = sqrt(t^2 + u*u + 1)\nrule diff(#(t, u), t) = t/#(t, u)\n", hand_distance},
    {3, "#(a, b, t) = t*a + (1 - t)*b\nrule diff(#(a, b, t), t) = a - b\n", hand_mix},
    {1, "#(t) = log(1 + exp(t))\nrule diff(#(t), t) = 1/(1 + exp(-t))\n", hand_soft},
    {2, "#(t, u) = sin(t)*cos(u)\nrule diff(#(t, u), u) = -sin(t)*sin(u)\n", hand_wave},
    {2, "#(t, u) = sin(t)*cos(u)\nrule diff(#(t, u), t) = diff(sin(t), t)*cos(u)\n", hand_wave},
};

/* ---- values ----------------------------------------------------------------------------- */

/* An operation on doubles. */
static double apply(Op op, const double *x)
{
    mpfr_t r, args[3];
    mpfr_srcptr from[3];
    mpfr_init2(r, 53);
    for (int i = 0; i < 3; i++) {
        mpfr_init2(args[i], 53);
        mpfr_set_d(args[i], i < op_info(op)->arity ? x[i] : 0, MPFR_RNDN);
        from[i] = args[i];
    }
    op_eval(op, r, from);
    double result = mpfr_get_d(r, MPFR_RNDN);
    mpfr_clears(r, args[0], args[1], args[2], (mpfr_ptr)0);
    return result;
}

/* A node's operation on the values of its kids. */
static double combine(const TwigNode *n, const double *x)
{
    double sum = 0, pair[3] = {x[0], n->count > 1 ? x[1] : 0, n->count > 2 ? x[2] : 0};
    switch (n->op) {
    case OP_NORM:
        for (uint32_t i = 0; i < n->count; i++)
            sum += x[i]*x[i];
        return sqrt(sum);
    case OP_MIN: case OP_MAX:
        for (uint32_t i = 1; i < n->count; i++, pair[0] = sum) {
            pair[1] = x[i];
            sum = apply(n->op, pair);
        }
        return sum;
    case OP_LEAKY_RELU: case OP_ELU:
        if (n->count == 1)
            pair[1] = n->op == OP_ELU ? 1 : 0.01;
        return apply(n->op, pair);
    default: return apply(n->op, pair);
    }
}

/* Where names have which values: the point, with names moved by diffs around. */
typedef struct Soil {
    const Grower *g;
    uint32_t point;
    bool moved[ENTITIES], known[ENTITIES];
    double value[ENTITIES];
} Soil;

typedef struct Frame {
    const GrowFunction *f;
    bool moved[LOCALS], known[LOCALS];
    double value[LOCALS];
} Frame;

static double evaluate(Soil *soil, Frame *frame, Twig twig);

static double evaluate_entity(Soil *soil, uint32_t e)
{
    const GrowEntity *entity = &soil->g->entity[e];
    if (!soil->moved[e] && !soil->known[e]) {
        soil->value[e] = entity->twig ? evaluate(soil, NULL, entity->twig)
                                      : entity->value[soil->point];
        soil->known[e] = true;
    }
    return soil->value[e];
}

static double evaluate_local(Soil *soil, Frame *frame, uint32_t i)
{
    if (!frame->known[i] && !frame->moved[i]) {
        frame->value[i] = evaluate(soil, frame, frame->f->local[i]);
        frame->known[i] = true;
    }
    return frame->value[i];
}

static double evaluate_call(Soil *soil, const GrowFunction *f, const double *args)
{
    Frame frame = {.f = f};
    if (f->hand)
        return f->hand->value(args);
    for (uint32_t i = 0; i < f->params; i++) {
        frame.value[i] = args[i];
        frame.known[i] = true;
    }
    return evaluate(soil, &frame, f->result);
}

/* Only names that are not moved, and no parameters, are computed anew. */
static double evaluate_moved(const Soil *soil, const Frame *frame, const TwigNode *n, double by)
{
    const TwigNode *name = &soil->g->twigs.at[n->kid[1]];
    Soil inner = *soil;
    Frame body = {.f = NULL};
    if (frame)
        body = *frame;
    memset(inner.known, 0, sizeof inner.known);
    if (name->kind == TWIG_ENTITY) {
        inner.moved[name->target] = true;
        inner.value[name->target] = by;
    } else {
        body.moved[name->target] = true;
        body.value[name->target] = by;
    }
    for (uint32_t i = frame ? body.f->params : LOCALS; i < LOCALS; i++)
        body.known[i] = false;
    return evaluate(&inner, frame ? &body : NULL, n->kid[0]);
}

static double evaluate_diff(Soil *soil, Frame *frame, const TwigNode *n)
{
    double x = evaluate(soil, frame, n->kid[1]), h = 1e-4*(1 + fabs(x));
    return (evaluate_moved(soil, frame, n, x + h) - evaluate_moved(soil, frame, n, x - h))/(2*h);
}

static double evaluate(Soil *soil, Frame *frame, Twig twig)
{
    const TwigNode *n = &soil->g->twigs.at[twig];
    double x[KIDS] = {0};
    for (uint32_t i = 0; i < n->count && n->kind != TWIG_DIFF; i++)
        x[i] = evaluate(soil, frame, n->kid[i]);
    switch (n->kind) {
    case TWIG_NUMBER: return n->number;
    case TWIG_PI: return acos(-1);
    case TWIG_ENTITY: return evaluate_entity(soil, n->target);
    case TWIG_LOCAL: return evaluate_local(soil, frame, n->target);
    case TWIG_OP: return combine(n, x);
    case TWIG_CALL: return evaluate_call(soil, &soil->g->function[n->target], x);
    case TWIG_DIFF: return evaluate_diff(soil, frame, n);
    }
    return NAN;
}

/* ---- twigs ------------------------------------------------------------------------------ */

static TwigNode *at(const Grower *g, Twig twig)
{
    return &g->twigs.at[twig];
}

/* The values of the node at all points; in a body at its sample arguments. */
static void settle(Grower *g, TwigNode *n, Twig twig)
{
    for (uint32_t k = 0; k < GROW_POINTS; k++) {
        double x[KIDS] = {0};
        for (uint32_t i = 0; i < n->count; i++)
            x[i] = at(g, n->kid[i])->value[k];
        if (n->kind == TWIG_OP) {
            n->value[k] = combine(n, x);
            continue;
        }
        Soil soil = {.g = g, .point = k};
        Frame frame = {.f = g->body};
        for (uint32_t i = 0; g->body && i < g->body->locals; i++) {
            frame.value[i] = g->body->sample[i][k];
            frame.known[i] = true;
        }
        n->value[k] = evaluate(&soil, g->body ? &frame : NULL, twig);
    }
}

/* What the node costs without its kids: some functions are long, and a diff looks at its
 * expression at five points, in more bits. */
static double own_labour(const Grower *g, const TwigNode *n)
{
    switch (n->kind) {
    case TWIG_NUMBER: case TWIG_PI: return 0;
    case TWIG_ENTITY: return g->entity[n->target].labour;
    case TWIG_LOCAL: return n->target < g->body->params ? 0 : at(g, g->body->local[n->target])->labour;
    case TWIG_OP: break;
    case TWIG_CALL: return g->function[n->target].labour;
    case TWIG_DIFF: return 7*at(g, n->kid[0])->labour;
    }
    return n->op == OP_DIGAMMA || n->op == OP_TRIGAMMA || n->op == OP_POLYGAMMA ? 120
           : n->op == OP_TGAMMA || n->op == OP_LGAMMA                          ? 10
                                                                               : 1;
}

static Twig plant(Grower *g, TwigNode n)
{
    Twig twig = g->twigs.count;
    n.size = 1;
    n.labour = own_labour(g, &n);
    for (uint32_t i = 0; i < n.count; i++) {
        const TwigNode *kid = at(g, n.kid[i]);
        n.diffs = kid->diffs > n.diffs ? kid->diffs : n.diffs;
        n.size += kid->size;
        n.labour += kid->labour;
    }
    if (n.kind == TWIG_DIFF)
        n.diffs++;
    *vec_push(g->ctx, &g->twigs) = n;
    settle(g, &n, twig);
    *at(g, twig) = n;
    return twig;
}

static Twig plant_number(Grower *g, double number)
{
    return plant(g, (TwigNode){.kind = TWIG_NUMBER, .number = number});
}

static Twig plant_op(Grower *g, Op op, Twig a, Twig b)
{
    return plant(g, (TwigNode){.kind = TWIG_OP, .op = op, .kid = {a, b}, .count = b ? 2 : 1,
                               .style = below(g, 4)});
}

static Twig plant_entity(Grower *g, uint32_t e)
{
    return plant(g, (TwigNode){.kind = TWIG_ENTITY, .target = e, .diffs = g->entity[e].diffs});
}

/* A name that has a value, or a number. */
static Twig leaf(Grower *g)
{
    uint32_t kind = below(g, 100);
    if (g->body && kind < 65) {
        uint32_t i = below(g, g->body->locals);
        uint32_t diffs = i < g->body->params ? 0 : at(g, g->body->local[i])->diffs;
        return plant(g, (TwigNode){.kind = TWIG_LOCAL, .target = i, .diffs = diffs});
    }
    if (kind < 85 && g->entities) /* the newest is a definition, if there is one yet */
        return plant_entity(g, chance(g, 25) ? g->entities - 1 : below(g, g->entities));
    if (kind < 88)
        return plant(g, (TwigNode){.kind = TWIG_PI});
    return plant_number(g, nice_number(g));
}

/* ---- fitting ---------------------------------------------------------------------------- */

/* A value that the model can go on with. */
static bool is_moderate(double x)
{
    return x == 0 || (fabs(x) >= 1e-4 && fabs(x) <= 1e4);
}

static bool all_different(const double *x, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        for (uint32_t k = 0; k < i; k++)
            if (x[i] == x[k])
                return false;
    return true;
}

/* Is this point of the operands in the row's domain? */
static bool in_domain(Grower *g, const TwigNode *n, const double *x)
{
    double args[3] = {x[0], n->count > 1 ? x[1] : 0, n->count > 2 ? x[2] : 0}, sum = 0;
    switch (n->op) {
    case OP_MIN: case OP_MAX: return all_different(x, n->count);
    case OP_IPOW: return x[0] != 0 || x[1] > 0;
    case OP_NORM:
        for (uint32_t i = 0; i < n->count; i++)
            sum += x[i]*x[i];
        return sum > 0;
    default: return !g->domain[n->op] || formula_value(g->domain[n->op], args) != 0;
    }
}

/* At the points where it counts. */
static bool fits(Grower *g, const TwigNode *n, unsigned mask)
{
    for (uint32_t k = 0; k < GROW_POINTS; k++) {
        double x[KIDS] = {0};
        if (!(mask >> k & 1))
            continue;
        for (uint32_t i = 0; i < n->count; i++)
            x[i] = at(g, n->kid[i])->value[k];
        if (n->kind == TWIG_OP && !in_domain(g, n, x))
            return false;
        if (n->kind == TWIG_OP && !is_moderate(combine(n, x)))
            return false;
    }
    return true;
}

/* Something made of the operand that may fit better. */
static Twig bend(Grower *g, Twig u, uint32_t turn)
{
    Twig size = 0;
    switch (below(g, turn > BENDS/2 ? 12 : 8)) {
    case 0: return plant_op(g, OP_ADD, plant_op(g, OP_ABS, u, 0), plant_number(g, nice_number(g)));
    case 1:
        size = plant_op(g, OP_ADD, plant_number(g, 1), plant_op(g, OP_ABS, u, 0));
        return plant_op(g, OP_DIV, u, size);
    case 2: return plant_op(g, OP_ADD, plant_number(g, 1.5), plant_op(g, OP_ABS, u, 0));
    case 3: return plant_op(g, OP_SIN, u, 0);
    case 4: return plant_op(g, OP_SIGMOID, u, 0);
    case 5: return plant_op(g, OP_ADD, u, plant_number(g, nice_number(g)));
    case 6: return plant_op(g, OP_MUL, u, plant_number(g, chance(g, 50) ? 0.1 : 0.01));
    case 7: return leaf(g);
    default: return plant_number(g, nice_number(g));
    }
}

/* The node with operands bent so that it fits; 0 if that cannot be done. */
static Twig fit(Grower *g, TwigNode n, unsigned mask, bool fixed_second)
{
    TwigNode original = n;
    for (uint32_t turn = 0; turn < BENDS; turn++) {
        if (fits(g, &n, mask)) {
            Twig twig = plant(g, n);
            bool good = true;
            for (uint32_t k = 0; k < GROW_POINTS; k++)
                good = good && (!(mask >> k & 1) || is_moderate(at(g, twig)->value[k]));
            if (good)
                return twig;
        }
        uint32_t i = below(g, fixed_second && n.count > 1 ? 1 : n.count);
        n = chance(g, 50) ? original : n;
        n.kid[i] = bend(g, original.kid[i], turn);
    }
    return 0;
}

/* ---- growing ---------------------------------------------------------------------------- */

static Twig sprout(Grower *g, int budget, unsigned mask);

static Twig literal_for(Grower *g, Op op)
{
    static const double powers[] = {2, 3, -1, -2, 4, 2, 3, 5, 1, 0};
    if (op == OP_POLYGAMMA)
        return plant_number(g, 1 + below(g, 3));
    return plant_number(g, powers[below(g, 10)]);
}

/* Operands for a row, as many as it may have. */
static uint32_t operand_count(Grower *g, Op op)
{
    switch (op) {
    case OP_MIN: case OP_MAX: return chance(g, 70) ? 2 : 3 + below(g, 2);
    case OP_NORM: return 1 + below(g, 3);
    case OP_LEAKY_RELU: case OP_ELU: return 1 + below(g, 2);
    default: return (uint32_t)op_info(op)->arity;
    }
}

static Twig sprout_condition(Grower *g, int budget)
{
    static const Op relations[] = {OP_LT, OP_LE, OP_GT, OP_GE, OP_LT, OP_GT, OP_EQ, OP_NE};
    if (budget > 2 && chance(g, 20)) {
        Op op = chance(g, 50) ? OP_AND : OP_OR;
        Twig left = sprout_condition(g, budget/2);
        return plant_op(g, op, left, sprout_condition(g, budget/2));
    }
    if (chance(g, 10))
        return plant_op(g, OP_NOT, sprout_condition(g, budget/2), 0);
    Twig left = sprout(g, budget/2, ALL);
    return plant_op(g, relations[below(g, 8)], left, sprout(g, budget/2 - 1, ALL));
}

/* c ? a : b, where each arm need only be good at the points that take it. */
static Twig sprout_select(Grower *g, int budget, unsigned mask)
{
    Twig condition = sprout_condition(g, budget/3);
    unsigned yes = 0;
    for (uint32_t k = 0; k < GROW_POINTS; k++)
        yes |= (unsigned)(at(g, condition)->value[k] != 0) << k;
    g->arm++;
    Twig a = sprout(g, budget/2, mask & yes);
    Twig b = sprout(g, budget/2, mask & ~yes);
    g->arm--;
    return plant(g, (TwigNode){.kind = TWIG_OP, .op = OP_SELECT, .kid = {condition, a, b}, .count = 3});
}

static Op choose_row(Grower *g)
{
    if (chance(g, g->arm ? 80 : 20))
        return g->favourite[below(g, FAVOURITES)];
    return g->rows[below(g, g->row_count)];
}

/* Steps have no derivative: something that has one goes beside most of them. */
static Twig enliven(Grower *g, Twig twig, unsigned mask)
{
    if (!chance(g, 85))
        return twig;
    Twig other = g->body ? leaf(g) : plant_entity(g, below(g, g->args));
    TwigNode n = {.kind = TWIG_OP, .op = chance(g, 70) ? OP_ADD : OP_SUB, .kid = {twig, other}, .count = 2};
    return fits(g, &n, mask) ? plant(g, n) : twig;
}

static Twig sprout_row(Grower *g, int budget, unsigned mask)
{
    Op op = choose_row(g);
    TwigNode n = {.kind = TWIG_OP, .op = op, .count = operand_count(g, op), .style = below(g, 4)};
    Twig twig;
    if (op == OP_SELECT)
        twig = sprout_select(g, budget, mask);
    else {
        for (uint32_t i = 0; i < n.count; i++)
            n.kid[i] = sprout(g, (budget - 1)/(int)n.count, mask);
        if (op == OP_IPOW)
            n.kid[1] = literal_for(g, op);
        if (op == OP_POLYGAMMA) {
            n.kid[0] = literal_for(g, op);
            TwigNode turned = n; /* bend the second only: order is fixed */
            for (uint32_t turn = 0; turn < BENDS && !fits(g, &n, mask); turn++)
                n.kid[1] = bend(g, turned.kid[1], turn);
            twig = fits(g, &n, mask) ? plant(g, n) : 0;
        } else
            twig = fit(g, n, mask, op == OP_IPOW);
    }
    bool step = (op_info(op)->flags & (OPF_STEP | OPF_BOOL)) || op == OP_STOP;
    return twig && step ? enliven(g, twig, mask) : twig;
}

static Twig sprout_call(Grower *g, int budget, unsigned mask)
{
    uint32_t which = below(g, g->functions);
    const GrowFunction *f = &g->function[which];
    TwigNode n = {.kind = TWIG_CALL, .target = which, .count = f->params, .diffs = f->diffs};
    for (uint32_t i = 0; i < n.count; i++) {
        Twig u = sprout(g, (budget - 1)/(int)n.count, mask);
        /* near the arguments that it was grown for */
        Twig near = plant_op(g, OP_ADD, plant_number(g, 0.3), plant_op(g, OP_SIGMOID, u, 0));
        n.kid[i] = f->hand ? u : near;
    }
    return fit(g, n, mask, false);
}

static Twig sprout_diff(Grower *g, int budget, unsigned mask)
{
    Twig of = sprout(g, budget - 1, mask), by = 0;
    for (int turn = 0; turn < 20 && !by; turn++) {
        Twig name = leaf(g);
        const TwigNode *n = at(g, name);
        if ((n->kind == TWIG_LOCAL && n->target < g->body->params) ||
            (n->kind == TWIG_ENTITY && g->entity[n->target].kind != GROW_CONST))
            by = name;
    }
    if (!by || at(g, of)->diffs >= NESTED || 8*at(g, of)->labour > g->most)
        return of;
    TwigNode n = {.kind = TWIG_DIFF, .kid = {of, by}, .count = 2};
    n.diffs = 0;
    Twig twig = plant(g, n);
    for (uint32_t k = 0; k < GROW_POINTS; k++)
        if ((mask >> k & 1) && !is_moderate(at(g, twig)->value[k]))
            return of;
    return twig;
}

static Twig sprout(Grower *g, int budget, unsigned mask)
{
    for (int turn = 0; budget > 0 && turn < 4; turn++) {
        uint32_t kind = below(g, 100);
        Twig twig = kind < 18 && budget > 3      ? sprout_select(g, budget, mask)
                    : kind < 24 && g->functions ? sprout_call(g, budget, mask)
                    : kind < 30 && budget > 1   ? sprout_diff(g, budget, mask)
                                                : sprout_row(g, budget, mask);
        if (twig && at(g, twig)->size < 300 && at(g, twig)->labour < g->most)
            return twig;
    }
    return leaf(g);
}

/* ---- models ----------------------------------------------------------------------------- */

static void name_entity(Grower *g, GrowEntity *e)
{
    static const char *const stock[] = {
        "x", "y", "z", "a", "b", "c", "d", "e", "f", "g", "h", "k", "n", "s", "w", "int", "double", "exp", "sin", "index", "lambda", "diff", "y0", "I",
        "x_bar", "out", "f_1", "max", "sum", "loss", "at", "within", "in", "e1", "j0", "gamma",
        "theta_1", "x_dot", "NAN", "value", "rule", "model", "_a", "A", "B", "NULL", "errno"};
    for (;;) {
        bool taken = false;
        snprintf(e->name, sizeof e->name, "%s", stock[below(g, sizeof stock / sizeof *stock)]);
        for (uint32_t i = 0; i < g->entities; i++)
            taken = taken || (&g->entity[i] != e && !strcmp(g->entity[i].name, e->name));
        if (!taken)
            return;
    }
}

static GrowEntity *add_entity(Grower *g, GrowKind kind)
{
    GrowEntity *e = &g->entity[g->entities];
    *e = (GrowEntity){.kind = kind};
    name_entity(g, e);
    g->entities++;
    return e;
}

static void add_args(Grower *g, bool implicit)
{
    uint32_t inputs = 1 + below(g, 4), params = implicit ? 0 : below(g, 3);
    for (uint32_t i = 0; i < inputs + params; i++) {
        GrowEntity *e = add_entity(g, i < inputs ? GROW_INPUT : GROW_PARAM);
        for (uint32_t k = 0; k < GROW_POINTS; k++)
            e->value[k] = point_value(g);
    }
    g->args = g->entities;
}

static void add_const(Grower *g)
{
    GrowEntity *e = add_entity(g, GROW_CONST);
    e->twig = plant_number(g, nice_number(g));
    if (chance(g, 50))
        e->twig = plant_op(g, OP_DIV, e->twig, plant_number(g, nice_number(g)));
    memcpy(e->value, at(g, e->twig)->value, sizeof e->value);
}

static void add_function(Grower *g)
{
    GrowFunction *f = &g->function[g->functions];
    *f = (GrowFunction){.params = 1 + below(g, 3)};
    snprintf(f->name, sizeof f->name, "%s%u", chance(g, 50) ? "g" : "fun", g->functions);
    if (chance(g, 35)) {
        f->hand = &hand_functions[below(g, sizeof hand_functions / sizeof *hand_functions)];
        f->params = f->hand->params;
        g->functions++;
        return;
    }
    for (uint32_t i = 0; i < f->params; i++)
        for (uint32_t k = 0; k < GROW_POINTS; k++)
            f->sample[i][k] = 0.3 + random_unit(&g->state);
    f->locals = f->params;
    g->body = f;
    for (uint32_t more = below(g, 3); more > 0; more--) {
        Twig twig = sprout(g, 1 + (int)below(g, 3), ALL);
        memcpy(f->sample[f->locals], at(g, twig)->value, sizeof *f->sample);
        f->local[f->locals++] = twig;
        f->diffs = at(g, twig)->diffs > f->diffs ? at(g, twig)->diffs : f->diffs;
        f->labour += at(g, twig)->labour;
    }
    f->result = sprout(g, 2 + (int)below(g, 4), ALL);
    f->labour += at(g, f->result)->labour;
    f->diffs = at(g, f->result)->diffs > f->diffs ? at(g, f->result)->diffs : f->diffs;
    g->body = NULL;
    if (chance(g, 40) && f->diffs < NESTED)
        f->ruled = 1 + below(g, f->params);
    g->functions++;
}

static void add_definition(Grower *g)
{
    Twig twig = sprout(g, 3 + (int)below(g, 10), ALL);
    GrowEntity *e = add_entity(g, GROW_DEF);
    e->twig = twig;
    e->diffs = at(g, twig)->diffs;
    e->labour = at(g, twig)->labour;
    memcpy(e->value, at(g, twig)->value, sizeof e->value);
}

/* ---- text ------------------------------------------------------------------------------- */

static const char *local_name(const GrowFunction *f, uint32_t i)
{
    static const char *const params[] = {"t", "u", "v"}, *const locals[] = {"p", "q", "r"};
    return i < f->params ? params[i] : locals[i - f->params];
}

static bool is_infix(Op op)
{
    const char *name = op_info(op)->spelling;
    return !((*name >= 'a' && *name <= 'z') || (*name >= 'A' && *name <= 'Z'));
}

static void put(const Grower *g, const GrowFunction *body, Twig twig, Text *out);

/* In brackets where the text around could take it apart. */
static void put_tight(const Grower *g, const GrowFunction *body, Twig twig, Text *out)
{
    const TwigNode *n = at(g, twig);
    bool infix = n->kind == TWIG_OP && (is_infix(n->op) || ((n->op == OP_POW || n->op == OP_MOD) && n->style < 2));
    bool brackets = infix || (n->kind == TWIG_NUMBER && n->number < 0);
    text_put(out, brackets ? "(" : "");
    put(g, body, twig, out);
    text_put(out, brackets ? ")" : "");
}

static void put_list(const Grower *g, const GrowFunction *body, const char *name,
                     const TwigNode *n, Text *out)
{
    text_printf(out, "%s(", name);
    for (uint32_t i = 0; i < n->count; i++) {
        text_put(out, i ? ", " : "");
        put(g, body, n->kid[i], out);
    }
    text_char(out, ')');
}

static void put_norm(const Grower *g, const GrowFunction *body, const TwigNode *n, Text *out)
{
    text_put(out, "sqrt(");
    for (uint32_t i = 0; i < n->count; i++) {
        text_put(out, i ? " + " : "");
        put_tight(g, body, n->kid[i], out);
        text_put(out, (n->style + i) % 2 ? "^2" : "*");
        if ((n->style + i) % 2 == 0)
            put_tight(g, body, n->kid[i], out);
    }
    text_char(out, ')');
}

static void put_infix(const Grower *g, const GrowFunction *body, const TwigNode *n,
                      const char *name, Text *out)
{
    if (n->count == 1)
        text_put(out, name);
    for (uint32_t i = 0; i < n->count; i++) {
        if (i && n->count == 3)
            text_printf(out, " %c ", name[i - 1]);
        else if (i)
            text_printf(out, *name == '^' || *name == '*' ? "%s" : " %s ", name);
        put_tight(g, body, n->kid[i], out);
    }
}

static void put_op(const Grower *g, const GrowFunction *body, const TwigNode *n, Text *out)
{
    const char *name = op_info(n->op)->spelling;
    if (n->op == OP_NORM)
        put_norm(g, body, n, out);
    else if (n->op == OP_POW && n->style < 2)
        put_infix(g, body, n, n->style ? "^" : "**", out);
    else if (n->op == OP_MOD && n->style < 2)
        put_infix(g, body, n, "%", out);
    else if (is_infix(n->op))
        put_infix(g, body, n, name, out);
    else
        put_list(g, body, name, n, out);
}

static void put(const Grower *g, const GrowFunction *body, Twig twig, Text *out)
{
    const TwigNode *n = at(g, twig);
    switch (n->kind) {
    case TWIG_NUMBER: text_printf(out, "%.15g", n->number); break;
    case TWIG_PI: text_put(out, "pi"); break;
    case TWIG_ENTITY: text_put(out, g->entity[n->target].name); break;
    case TWIG_LOCAL: text_put(out, local_name(body, n->target)); break;
    case TWIG_OP: put_op(g, body, n, out); break;
    case TWIG_CALL: put_list(g, body, g->function[n->target].name, n, out); break;
    case TWIG_DIFF: put_list(g, body, "diff", n, out); break;
    }
}

static void put_function_head(const GrowFunction *f, Text *out)
{
    text_printf(out, "%s(", f->name);
    for (uint32_t i = 0; i < f->params; i++)
        text_printf(out, "%s%s", i ? ", " : "", local_name(f, i));
    text_char(out, ')');
}

/* The body; `by` is what it is differentiated by, NULL if it is not. */
static void put_body(const Grower *g, const GrowFunction *f, const char *by, Text *out)
{
    text_put(out, f->locals > f->params ? " = { " : " = ");
    for (uint32_t i = f->params; i < f->locals; i++) {
        text_printf(out, "%s = ", local_name(f, i));
        put(g, f, f->local[i], out);
        text_put(out, "; ");
    }
    text_put(out, by ? "diff(" : "");
    put(g, f, f->result, out);
    if (by)
        text_printf(out, ", %s)", by);
    text_put(out, f->locals > f->params ? " }\n" : "\n");
}

static void put_hand_function(const GrowFunction *f, Text *out)
{
    for (const char *at = f->hand->text; *at; at++)
        if (*at == '#')
            text_put(out, f->name);
        else
            text_char(out, *at);
}

static void put_function(const Grower *g, const GrowFunction *f, Text *out)
{
    if (f->hand) {
        put_hand_function(f, out);
        return;
    }
    put_function_head(f, out);
    put_body(g, f, NULL, out);
    if (f->ruled) {
        text_put(out, "rule diff(");
        put_function_head(f, out);
        text_printf(out, ", %s)", local_name(f, f->ruled - 1));
        put_body(g, f, local_name(f, f->ruled - 1), out);
    }
}

static void put_declaration(const Grower *g, GrowKind kind, Text *out)
{
    static const char *const words[] = {"input", "param", "const"};
    bool any = false;
    for (uint32_t i = 0; i < g->entities; i++) {
        const GrowEntity *e = &g->entity[i];
        if (e->kind != kind)
            continue;
        text_printf(out, "%s%s", any ? ", " : words[kind], any ? "" : " ");
        text_put(out, e->name);
        if (kind == GROW_CONST) {
            text_put(out, " = ");
            put(g, NULL, e->twig, out);
        }
        any = true;
    }
    text_put(out, any ? "\n" : "");
}

static void put_outputs(Grower *g, bool implicit, Text *out)
{
    bool any = false;
    for (uint32_t i = 0; i < g->entities; i++) {
        bool last = i == g->entities - 1 && !any;
        bool input = g->entity[i].kind == GROW_INPUT && !implicit; /* an unused one is none */
        uint32_t percent = g->entity[i].kind == GROW_DEF ? 50 : input ? 6 : 0;
        if (!last && !chance(g, percent))
            continue;
        text_printf(out, "%s%s", any ? ", " : "output ", g->entity[i].name);
        any = g->entity[i].output = true;
    }
    text_char(out, '\n');
}

/* Statements in any order. */
static void put_model(Grower *g, bool implicit, Text *out)
{
    enum { PIECES = ENTITIES + FUNCTIONS + 4 };
    Text piece[PIECES];
    uint32_t count = 0;
    for (int kind = implicit ? GROW_CONST : GROW_INPUT; kind <= GROW_CONST; kind++) {
        piece[count] = text_new(g->ctx);
        put_declaration(g, (GrowKind)kind, &piece[count++]);
    }
    if (g->closed || chance(g, 50)) {
        piece[count] = text_new(g->ctx);
        put_outputs(g, implicit, &piece[count++]);
    }
    for (uint32_t i = 0; i < g->functions; i++) {
        piece[count] = text_new(g->ctx);
        put_function(g, &g->function[i], &piece[count++]);
    }
    for (uint32_t i = 0; i < g->entities; i++)
        if (g->entity[i].kind == GROW_DEF) {
            piece[count] = text_new(g->ctx);
            text_printf(&piece[count], "%s = ", g->entity[i].name);
            put(g, NULL, g->entity[i].twig, &piece[count]);
            text_char(&piece[count++], '\n');
        }
    while (count) {
        uint32_t i = below(g, count--);
        if (piece[i].len)
            text_bytes(out, piece[i].at, piece[i].len);
        text_free(&piece[i]);
        piece[i] = piece[count];
    }
}

/* ---- rows that occur -------------------------------------------------------------------- */

/* Counts the rows of an expression and of all that it names: of what is computed, that is not
 * the expressions of diffs. In arms counts what stands in one that one of the points takes. */
static void count_rows(Grower *g, Twig twig, bool arm, unsigned mask)
{
    const TwigNode n = *at(g, twig);
    GrowEntity *e = n.kind == TWIG_ENTITY ? &g->entity[n.target] : NULL;
    GrowFunction *f = n.kind == TWIG_CALL ? &g->function[n.target] : NULL;
    unsigned taken = mask;
    if (e && e->twig && !e->counted) {
        e->counted = true;
        count_rows(g, e->twig, false, ALL);
    }
    if (f && !f->hand && !f->counted) {
        f->counted = true;
        for (uint32_t i = f->params; i < f->locals; i++)
            count_rows(g, f->local[i], false, ALL);
        count_rows(g, f->result, false, ALL);
    }
    if (n.kind == TWIG_DIFF)
        return;
    g->grown->rows[n.op] += n.kind == TWIG_OP;
    g->grown->in_arms[n.op] += n.kind == TWIG_OP && arm && mask;
    g->grown->deep_arms += n.kind == TWIG_OP && n.op == OP_SELECT && arm && mask;
    for (uint32_t i = 0; i < n.count; i++) {
        bool in = n.kind == TWIG_OP && n.op == OP_SELECT && i > 0;
        for (uint32_t k = 0; in && k < GROW_POINTS; k++)
            if ((at(g, n.kid[0])->value[k] != 0) != (i == 1))
                taken &= ~(1u << k);
        count_rows(g, n.kid[i], arm || in, taken);
        taken = mask;
    }
}

static void count_outputs(Grower *g)
{
    bool stated = false;
    for (uint32_t i = 0; i < g->entities; i++)
        stated = stated || g->entity[i].output;
    for (uint32_t i = 0; i < g->entities; i++)
        if (g->entity[i].kind == GROW_DEF && (g->entity[i].output || !stated)) {
            g->entity[i].counted = true;
            count_rows(g, g->entity[i].twig, false, ALL);
        }
}

/* ---- the whole -------------------------------------------------------------------------- */

Grower *grower_new(Ctx *ctx)
{
    Grower *g = ctx_alloc(ctx, sizeof *g);
    g->ctx = ctx;
    for (int op = 1; op < OP_COUNT; op++)
        if (row_is_written((Op)op)) {
            const char *domain = op_info((Op)op)->domain;
            g->rows[g->row_count++] = (Op)op;
            g->domain[op] = *domain ? formula_new(domain) : NULL;
        }
    return g;
}

void grower_free(Grower *g)
{
    for (int op = 1; op < OP_COUNT; op++)
        if (g->domain[op])
            formula_free(g->domain[op]);
    vec_free(g->ctx, &g->twigs);
}

void grow(Grower *g, uint64_t seed, uint64_t number, Grown *grown)
{
    g->state = (seed*1000003 + number)*0x9e3779b97f4a7c15u + 1;
    for (int i = 0; i < 8; i++)
        random_bits(&g->state);
    g->twigs.count = 0;
    g->entities = g->functions = g->arm = 0;
    g->body = NULL;
    g->closed = false;
    g->grown = grown;
    for (uint32_t i = 0; i < FAVOURITES; i++)
        g->favourite[i] = g->rows[(number*FAVOURITES + i) % g->row_count];
    *vec_push(g->ctx, &g->twigs) = (TwigNode){.kind = TWIG_NUMBER};
    bool implicit = chance(g, 25);
    g->most = chance(g, 2) ? labour_rare : labour_most;
    add_args(g, implicit);
    for (uint32_t more = below(g, 3); more > 0; more--)
        add_const(g);
    for (uint32_t more = below(g, 4); more > 0; more--)
        add_function(g);
    for (uint32_t more = 1 + below(g, 4); more > 0; more--) {
        add_definition(g);
        if (chance(g, 15) && g->functions < FUNCTIONS) {
            add_function(g);
            g->closed = true;
        }
    }
    put_model(g, implicit, &grown->text);
    count_outputs(g);
    for (uint32_t i = 0; i < g->entities && g->entity[i].kind <= GROW_PARAM; i++) {
        *vec_push(g->ctx, &grown->names) = name_of(g->ctx, g->entity[i].name);
        for (uint32_t k = 0; k < GROW_POINTS; k++)
            *vec_push(g->ctx, &grown->at) = g->entity[i].value[k];
    }
}
