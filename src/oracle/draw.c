/* draw: points. The state of random numbers comes in; sizes, entries and values are set, under the
 * assumptions and in the domain of what is wanted.
 *
 * The one idea: what an assumption says of a single name, name < limit, bounds what is drawn for
 * it; for all else one argument after the other is drawn anew, and kept where that leaves less that
 * is wrong.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "oracle/oracle.h"

enum {
    STARTS = 12,        /* draws of the whole point */
    STEPS = 200,        /* of one argument at each of them, */
    LABOUR_MAX = 4000000, /* unless the oracle has done so much for it */
    SIZE_TRIES = 400,   /* of the sizes */
    ELEMENTS_MAX = 4000,/* of all arguments; sizes are drawn that keep below it if there are such */
    DRAW_BITS = 64
};

/* What is assumed of a name: name OP limit. */
typedef struct Limit {
    uint32_t entity;
    Op op;
    AstId root;
} Limit;

typedef struct Bounds {
    double low, high;
} Bounds;

typedef struct Drawing {
    Oracle *o;
    uint64_t *state;
    const OracleOf *wanted;
    uint32_t count;
    VEC(Limit) limits;
    uint64_t most;   /* labour, at which the search ends */
    Drawn worst;     /* the last fault that was seen */
} Drawing;

/* ---- random numbers: xorshift64* (Vigna 2016) ------------------------------------------- */

static uint32_t below(Drawing *d, uint32_t limit)
{
    uint64_t x = *d->state ? *d->state : 1;
    x ^= x >> 12;
    x ^= x << 25;
    x ^= x >> 27;
    *d->state = x;
    return (uint32_t)((x * 0x2545f4914f6cdd1du >> 32) % limit);
}

/* From 0 to 1, neither of them. */
static double unit(Drawing *d)
{
    return (below(d, 9999) + 1) / 10000.0;
}

/* With three digits, as a person would write it. */
static double tidy(double x)
{
    char text[40];
    snprintf(text, sizeof text, "%.3g", x);
    return strtod(text, NULL);
}

/* ---- bounds ----------------------------------------------------------------------------- */

static const AstNode *node_of(const Oracle *o, AstId id)
{
    return &o->unit->ast->nodes.at[id];
}

/* The input or param that a node names; -1 for anything else. */
static int64_t argument_of(const Oracle *o, AstId id)
{
    const AstNode *n = node_of(o, id);
    bool entity = n->kind == AST_NAME && n->resolution == RES_ENTITY;
    EntityKind kind = entity ? o->unit->entities.at[n->target].kind : ENTITY_DEF;
    return kind == ENTITY_INPUT || kind == ENTITY_PARAM ? (int64_t)n->target : -1;
}

/* Can it be evaluated to bound this argument: does it name arguments and constants only, and not
 * this one? */
static bool is_limit(const Oracle *o, AstId id, uint32_t entity)
{
    for (AstId k = node_of(o, id)->first; k <= id; k++) {
        const AstNode *n = node_of(o, k);
        if ((n->kind == AST_NAME || n->kind == AST_SUBSCRIPT) && n->resolution == RES_ENTITY &&
            (n->target == entity || o->unit->entities.at[n->target].kind == ENTITY_DEF))
            return false;
    }
    return true;
}

/* name OP limit */
static void add_limit(Drawing *d, Op op, AstId name, AstId limit)
{
    int64_t entity = argument_of(d->o, name);
    bool known = op == OP_LT || op == OP_LE || op == OP_GT || op == OP_GE || op == OP_EQ;
    if (entity >= 0 && known && is_limit(d->o, limit, (uint32_t)entity))
        *vec_push(d->o->ctx, &d->limits) = (Limit){(uint32_t)entity, op, limit};
}

static Op turned(Op op)
{
    switch (op) {
    case OP_LT: return OP_GT;
    case OP_LE: return OP_GE;
    case OP_GT: return OP_LT;
    case OP_GE: return OP_LE;
    default: return op;
    }
}

static void find_limits(Drawing *d)
{
    U32Vec left = {0};
    for (uint32_t i = 0; i < d->o->unit->assumes.count; i++)
        *vec_push(d->o->ctx, &left) = d->o->unit->assumes.at[i];
    while (left.count) {
        const AstNode *n = node_of(d->o, left.at[--left.count]);
        if (n->kind != AST_BINARY)
            continue;
        if (n->op == OP_AND) {
            *vec_push(d->o->ctx, &left) = n->a;
            *vec_push(d->o->ctx, &left) = n->b;
            continue;
        }
        add_limit(d, (Op)n->op, n->a, n->b);
        add_limit(d, turned((Op)n->op), n->b, n->a);
    }
    vec_free(d->o->ctx, &left);
}

/* The value of a limit at the point as it is; NaN if it has none yet, or is an array. */
static double limit_value(Oracle *o, AstId root)
{
    mpfr_t value;
    long extent[ORACLE_RANK_MAX];
    if (oracle_shape(o, oracle_expression(root), extent))
        return NAN;
    mpfr_init2(value, DRAW_BITS);
    oracle_value(o, oracle_expression(root), value);
    double result = mpfr_get_d(value, MPFR_RNDN);
    mpfr_clear(value);
    return result;
}

static Bounds bounds_of(const Drawing *d, uint32_t entity)
{
    Bounds b = {-INFINITY, INFINITY};
    for (uint32_t i = 0; i < d->limits.count; i++) {
        const Limit *l = &d->limits.at[i];
        double value = l->entity == entity ? limit_value(d->o, l->root) : NAN;
        if ((l->op == OP_LT || l->op == OP_LE || l->op == OP_EQ) && value < b.high)
            b.high = value;
        if ((l->op == OP_GT || l->op == OP_GE || l->op == OP_EQ) && value > b.low)
            b.low = value;
    }
    return b;
}

/* ---- conditions ------------------------------------------------------------------------- */

/* Values of an entity or expression: how many are wrong; conditions have to be true. */
static uint32_t faults_in(Drawing *d, OracleOf what, bool condition, OracleStatus *status)
{
    size_t count = oracle_count(d->o, what);
    uint32_t faults = 0;
    *status = ORACLE_OK;
    if (!count)
        return 0;
    Lanes *values = lanes_new(d->o, 0, (uint32_t)count, DRAW_BITS);
    *status = oracle_value(d->o, what, values->at[0]);
    for (size_t k = 0; k < count; k++) {
        mpfr_srcptr x = values->at[k];
        if (!what.root && !oracle_is_given(d->o, what.entity, k))
            continue;
        faults += condition ? mpfr_nan_p(x) || mpfr_zero_p(x) : !mpfr_number_p(x);
    }
    lanes_drop(d->o, values);
    return faults ? faults : *status != ORACLE_OK;
}

/* ---- sizes ------------------------------------------------------------------------------ */

static size_t elements_of(const Drawing *d)
{
    size_t count = 0;
    for (uint32_t i = 0; i < d->o->unit->entities.count; i++)
        if (entity_is_argument(d->o->unit->entities.at[i].kind))
            count += oracle_count(d->o, oracle_entity(i));
    return count;
}

/* Does the expression speak of sizes only? */
static bool is_of_sizes(const Oracle *o, AstId root)
{
    for (AstId id = node_of(o, root)->first; id <= root; id++) {
        const AstNode *n = node_of(o, id);
        bool entity = (n->kind == AST_NAME || n->kind == AST_SUBSCRIPT) &&
                      n->resolution == RES_ENTITY;
        EntityKind kind = entity ? o->unit->entities.at[n->target].kind : ENTITY_DIM;
        if (kind != ENTITY_DIM && kind != ENTITY_CONST)
            return false;
    }
    return true;
}

static bool sizes_assumed(Drawing *d)
{
    OracleStatus status;
    for (uint32_t i = 0; i < d->o->unit->assumes.count; i++) {
        AstId root = d->o->unit->assumes.at[i];
        if (is_of_sizes(d->o, root) && faults_in(d, oracle_expression(root), true, &status))
            return false;
    }
    return true;
}

static bool sizes_fit(Drawing *d, size_t most)
{
    const Unit *u = d->o->unit;
    for (uint32_t i = 0; i < u->entities.count; i++)
        if (u->entities.at[i].kind == ENTITY_DIM && oracle_input_integer(d->o, i, 0) < 0)
            return false;
    for (uint32_t i = 0; i < u->preconditions.count; i++)
        if (size_node(d->o, u->preconditions.at[i].node) < 0)
            return false;
    if (elements_of(d) > most || !sizes_assumed(d))
        return false;
    for (uint32_t i = 0; i < u->entities.count; i++)
        if (u->entities.at[i].kind == ENTITY_INDEX && oracle_count(d->o, oracle_entity(i)) &&
            oracle_integer(d->o, u->entities.at[i].limit) <= 0)
            return false;
    return true;
}

/* Sets an argument that is the same in all points; false if it is not. */
static bool set_fixed(Oracle *o, uint32_t entity)
{
    EntityKind kind = o->unit->entities.at[entity].kind;
    const Lanes *fixed = o->fixed[entity];
    if (!fixed)
        return false;
    long integer = mpfr_get_si(fixed->at[0], MPFR_RNDN);
    if (kind == ENTITY_DIM || kind == ENTITY_INDEX)
        oracle_set_integers(o, entity, &integer);
    else
        oracle_set_real(o, entity, fixed->at[0]);
    return true;
}

/* Different ones, so that what is counted twice shows, and small; larger in the end. */
static bool draw_sizes(Drawing *d)
{
    const Unit *u = d->o->unit;
    for (uint32_t try = 0; try < SIZE_TRIES; try++) {
        bool any = false;
        for (uint32_t i = 0; i < u->entities.count; i++) {
            long size = 2 + (long)below(d, 3);
            if (u->entities.at[i].kind != ENTITY_DIM || set_fixed(d->o, i))
                continue;
            if (try > 20)
                size = (long)below(d, 3 + try / 10);
            oracle_set_integers(d->o, i, &size);
            any = true;
        }
        if (sizes_fit(d, try < SIZE_TRIES / 2 ? ELEMENTS_MAX : SIZE_MAX))
            return true;
        if (!any)
            return sizes_fit(d, SIZE_MAX);
    }
    return false;
}

/* ---- values ----------------------------------------------------------------------------- */

static double positive(Drawing *d, uint32_t style)
{
    switch (style % 5) {
    case 0: case 1: return 0.2 + 2.7 * unit(d);
    case 2: return 0.05 + 0.9 * unit(d);
    case 3: return 1.05 + 6 * unit(d);
    default: return pow(10, 6 * unit(d) - 3);
    }
}

static double value_within(Drawing *d, const Bounds *b, uint32_t style)
{
    double x;
    if (b->low >= b->high)
        return b->low;
    if (isfinite(b->low) && isfinite(b->high))
        x = b->low + (b->high - b->low) * (style == 4 ? pow(unit(d), 3) : unit(d));
    else if (isfinite(b->low))
        x = b->low + positive(d, style);
    else if (isfinite(b->high))
        x = b->high - positive(d, style);
    else {
        const bool negative = style < 5 && below(d, 2);
        x = positive(d, style) * (negative ? -1 : 1);
    }
    return tidy(x) > b->low && tidy(x) < b->high ? tidy(x) : x;
}

static void draw_reals(Drawing *d, uint32_t entity, bool usual)
{
    size_t count = oracle_count(d->o, oracle_entity(entity));
    double *values = array_new(d->o->ctx, count + 1, sizeof *values);
    uint32_t style = usual || below(d, 4) == 0 ? 0 : below(d, 10);
    const Bounds bounds = bounds_of(d, entity);
    for (size_t k = 0; k < count; k++)
        values[k] = value_within(d, &bounds, style);
    oracle_set(d->o, entity, values);
    ctx_resize(d->o->ctx, values, 0);
}

static void draw_entries(Drawing *d, uint32_t entity)
{
    size_t count = oracle_count(d->o, oracle_entity(entity));
    long limit = oracle_integer(d->o, d->o->unit->entities.at[entity].limit);
    long *values = array_new(d->o->ctx, count + 1, sizeof *values);
    for (size_t k = 0; k < count; k++)
        values[k] = (long)below(d, limit < 1 ? 1 : limit > 1000000 ? 1000000 : (uint32_t)limit);
    oracle_set_integers(d->o, entity, values);
    ctx_resize(d->o->ctx, values, 0);
}

static void draw_argument(Drawing *d, uint32_t entity, bool usual)
{
    if (d->o->unit->entities.at[entity].kind == ENTITY_INDEX)
        draw_entries(d, entity);
    else
        draw_reals(d, entity, usual);
}

static bool is_drawn(const Oracle *o, uint32_t entity)
{
    EntityKind kind = o->unit->entities.at[entity].kind;
    return kind == ENTITY_INPUT || kind == ENTITY_PARAM || kind == ENTITY_INDEX;
}

/* ---- faults ----------------------------------------------------------------------------- */

static uint32_t note(Drawing *d, uint32_t faults, Drawn fault)
{
    if (faults)
        d->worst = fault;
    return faults;
}

/* The first definition that is no number is what is behind the others. */
static void faults_of_definitions(Drawing *d)
{
    OracleStatus status;
    uint8_t *sources = tree_sources(d->o, d->wanted, d->count);
    for (uint32_t i = d->o->unit->entities.count; i-- > 0;)
        if (d->o->unit->entities.at[i].kind == ENTITY_DEF && sources[i]) {
            uint32_t here = faults_in(d, oracle_entity(i), false, &status);
            if (status == ORACLE_OK)
                note(d, here, (Drawn){.fault = DRAW_VALUE, .entity = i});
        }
    ctx_resize(d->o->ctx, sources, 0);
}

/* How much is wrong with the point; the last thing noted is what is behind the others. */
static uint32_t faults(Drawing *d)
{
    uint32_t wanted = 0, broken = 0;
    OracleStatus status;
    d->worst = (Drawn){.fault = DRAW_FOUND, .entity = ORACLE_NONE};
    Drawn policy = d->worst;
    const uint64_t undefined = d->o->undefined;
    for (uint32_t i = d->count; i-- > 0;) {
        uint32_t here = faults_in(d, d->wanted[i], false, &status);
        bool value = status == ORACLE_OK || status == ORACLE_UNDEFINED;
        wanted += here;
        if (here && value)
            d->worst = (Drawn){DRAW_VALUE, d->wanted[i].root, ORACLE_NONE, status};
        else if (here)
            policy = (Drawn){DRAW_POLICY, d->wanted[i].root, ORACLE_NONE, status};
    }
    if (wanted) /* the fewer operations fail the nearer it is */
        wanted += (uint32_t)(d->o->undefined - undefined);
    if (wanted && d->worst.fault == DRAW_VALUE)
        faults_of_definitions(d);
    if (policy.fault)
        d->worst = policy;
    for (uint32_t i = d->o->unit->assumes.count; i-- > 0;) {
        AstId root = d->o->unit->assumes.at[i];
        uint32_t here = faults_in(d, oracle_expression(root), true, &status);
        broken += note(d, here, (Drawn){.fault = DRAW_ASSUME, .root = root});
    }
    return wanted + 1000 * broken;
}

/* ---- the point -------------------------------------------------------------------------- */

/* Draws one argument anew; keeps it unless that makes more wrong. */
static uint32_t step(Drawing *d, uint32_t entity, uint32_t before)
{
    size_t count = oracle_count(d->o, oracle_entity(entity));
    Drawn fault = d->worst;
    if (d->o->unit->entities.at[entity].kind == ENTITY_INDEX) {
        draw_entries(d, entity);
        return faults(d);
    }
    double *kept = array_new(d->o->ctx, count + 1, sizeof *kept);
    for (size_t k = 0; k < count; k++)
        kept[k] = mpfr_get_d(oracle_input(d->o, entity, k), MPFR_RNDN);
    draw_reals(d, entity, false);
    uint32_t after = faults(d);
    if (after > before) {
        oracle_set(d->o, entity, kept);
        d->worst = fault;
        after = before;
    }
    ctx_resize(d->o->ctx, kept, 0);
    return after;
}

static bool is_tired(const Drawing *d)
{
    return oracle_labour(d->o) > d->most;
}

static bool start(Drawing *d, uint32_t round)
{
    U32Vec drawn = {0};
    Ctx *ctx = d->o->ctx;
    if (!draw_sizes(d)) {
        d->worst = (Drawn){.fault = DRAW_SIZES};
        return false;
    }
    for (uint32_t i = 0; i < d->o->unit->entities.count; i++)
        if (is_drawn(d->o, i) && !set_fixed(d->o, i)) {
            draw_argument(d, i, round < 2);
            *vec_push(ctx, &drawn) = i;
        }
    uint32_t wrong = faults(d);
    for (uint32_t k = 0; wrong && k < STEPS && drawn.count && !is_tired(d); k++)
        wrong = step(d, drawn.at[below(d, drawn.count)], wrong);
    vec_free(ctx, &drawn);
    return !wrong;
}

Drawn oracle_draw(Oracle *o, uint64_t *state, const OracleOf *wanted, uint32_t count)
{
    Drawing d = {.o = o, .state = state, .wanted = wanted, .count = count};
    bool found = false;
    find_limits(&d);
    d.most = oracle_labour(o) + LABOUR_MAX;
    for (uint32_t round = 0; round < STARTS && !found && (!round || !is_tired(&d)); round++)
        found = start(&d, round);
    vec_free(o->ctx, &d.limits);
    if (found)
        d.worst = (Drawn){.fault = DRAW_FOUND};
    return d.worst;
}

Drawn oracle_fault(Oracle *o, const OracleOf *wanted, uint32_t count)
{
    Drawing d = {.o = o, .wanted = wanted, .count = count};
    faults(&d);
    return d.worst;
}

void oracle_fix(Oracle *o, uint32_t entity, mpfr_srcptr value)
{
    lanes_drop(o, o->fixed[entity]);
    o->fixed[entity] = lanes_of(o, value);
}

void oracle_unfix(Oracle *o)
{
    for (uint32_t i = 0; i < o->unit->entities.count; i++) {
        lanes_drop(o, o->fixed[i]);
        o->fixed[i] = NULL;
    }
}

mpfr_srcptr oracle_input(Oracle *o, uint32_t entity, size_t element)
{
    return o->inputs[entity]->at[element]->at[0];
}

long oracle_input_integer(Oracle *o, uint32_t entity, size_t element)
{
    return o->integers[entity] ? o->integers[entity][element] : 0;
}
