/* oracle: the oracle as others see it. A unit and a point come in; values and derivatives go
 * out, as exactly as they are asked for.
 *
 * The one idea: how many bits are lost on the way nobody knows beforehand, so everything is
 * computed twice, the second time with many more bits, and again where the two do not agree.
 */
#include <string.h>

#include "oracle/oracle.h"

/* ---- reports ---------------------------------------------------------------------------- */

void oracle_report_init(OracleReport *report, mpfr_prec_t bits)
{
    *report = (OracleReport){.status = ORACLE_UNSURE};
    mpfr_init2(report->value, bits);
    mpfr_init2(report->left, bits);
    mpfr_init2(report->right, bits);
}

void oracle_report_clear(OracleReport *report)
{
    mpfr_clear(report->value);
    mpfr_clear(report->left);
    mpfr_clear(report->right);
}

static void report_reset(OracleReport *report)
{
    report->status = ORACLE_UNSURE;
    report->inside = ORACLE_OK;
    report->switched = false;
    report->bits = 0;
    mpfr_set_nan(report->value);
    mpfr_set_nan(report->left);
    mpfr_set_nan(report->right);
}

const char *oracle_status_name(OracleStatus status)
{
    switch (status) {
    case ORACLE_OK: return "ok";
    case ORACLE_EDGE: return "edge";
    case ORACLE_KINK: return "kink";
    case ORACLE_JUMP: return "jump";
    case ORACLE_POLE: return "pole";
    case ORACLE_UNDEFINED: return "undefined";
    case ORACLE_UNSURE: return "unsure";
    }
    return "";
}

/* ---- the point -------------------------------------------------------------------------- */

/* MPFR keeps pi and the like in a store of its own. */
static void release(void *oracle)
{
    (void)oracle;
    mpfr_free_cache();
}

/* Which symbols are integers. */
static void find_symbols(Oracle *o)
{
    const Unit *u = o->unit;
    o->syms = array_new(o->ctx, sym_count(u->graph) + 1, sizeof *o->syms);
    for (uint32_t i = 0; i < u->entities.count; i++)
        o->syms[u->entities.at[i].sym] = (SizeSym){i, false};
    for (uint32_t i = 0; i < u->sizes.count; i++)
        o->syms[u->sizes.at[i].sym] = (SizeSym){i, true};
}

Oracle *oracle_new(Ctx *ctx, const Unit *unit)
{
    Oracle *o = ctx_alloc(ctx, sizeof *o);
    o->ctx = ctx;
    o->unit = unit;
    ctx_at_free(ctx, release, o);
    o->inputs = array_new(ctx, unit->entities.count + 1, sizeof *o->inputs);
    o->integers = array_new(ctx, unit->entities.count + 1, sizeof *o->integers);
    o->index = array_new(ctx, unit->binders.count + 1, sizeof *o->index);
    o->graph_index = array_new(ctx, index_count(unit->graph) + 1, sizeof *o->graph_index);
    o->sizes = array_new(ctx, unit->sizes.count + 1, sizeof *o->sizes);
    o->fixed = array_new(ctx, unit->entities.count + 1, sizeof *o->fixed);
    o->busy = lanes_new(o, 0, 1, MPFR_PREC_MIN);
    find_symbols(o);
    tree_scan(o);
    return o;
}

static size_t entity_shape(Oracle *o, uint32_t entity, uint32_t *rank, long *extent)
{
    size_t count = 1;
    *rank = size_shape(o, o->unit->entities.at[entity].shape, extent);
    for (uint32_t k = 0; k < *rank; k++)
        count *= (size_t)extent[k];
    return count;
}

static void set_value(Oracle *o, uint32_t entity, Value *value)
{
    value_drop(o, o->inputs[entity]);
    o->inputs[entity] = value;
    world_forget(o);
}

void oracle_set_real(Oracle *o, uint32_t entity, mpfr_srcptr values)
{
    long extent[ORACLE_RANK_MAX];
    uint32_t rank;
    entity_shape(o, entity, &rank, extent);
    Value *v = value_new(o, rank, extent);
    for (size_t k = 0; k < v->count; k++)
        v->at[k] = lanes_of(o, values + k);
    set_value(o, entity, v);
}

void oracle_set(Oracle *o, uint32_t entity, const double *values)
{
    long extent[ORACLE_RANK_MAX];
    uint32_t rank;
    entity_shape(o, entity, &rank, extent);
    Value *v = value_new(o, rank, extent);
    for (size_t k = 0; k < v->count; k++) {
        v->at[k] = lanes_new(o, 0, 1, 53);
        mpfr_set_d(v->at[k]->at[0], values[k], MPFR_RNDN);
    }
    set_value(o, entity, v);
}

/* What has a shape may have another one from now on. */
static void unset_arrays(Oracle *o)
{
    for (uint32_t i = 0; i < o->unit->entities.count; i++) {
        if (!o->unit->entities.at[i].shape)
            continue;
        value_drop(o, o->inputs[i]);
        o->inputs[i] = NULL;
        o->integers[i] = ctx_resize(o->ctx, o->integers[i], 0);
    }
}

void oracle_set_integers(Oracle *o, uint32_t entity, const long *values)
{
    long extent[ORACLE_RANK_MAX];
    uint32_t rank;
    if (o->unit->entities.at[entity].kind == ENTITY_DIM)
        unset_arrays(o);
    size_t count = entity_shape(o, entity, &rank, extent);
    ctx_resize(o->ctx, o->integers[entity], 0);
    o->integers[entity] = array_new(o->ctx, count + 1, sizeof *values);
    memcpy(o->integers[entity], values, count * sizeof *values);
    set_value(o, entity, NULL);
}

long oracle_integer(Oracle *o, AstId root)
{
    return size_expression(o, root);
}

uint64_t oracle_labour(const Oracle *o)
{
    return o->labour;
}

OracleOf oracle_entity(uint32_t entity)
{
    return (OracleOf){.entity = entity};
}

OracleOf oracle_expression(AstId root)
{
    return (OracleOf){.root = root};
}

OracleBy oracle_by(uint32_t entity, size_t element)
{
    return (OracleBy){.entity = entity, .element = element};
}

OracleBy oracle_along(const double *const *direction)
{
    return (OracleBy){.along = direction};
}

uint32_t oracle_shape(Oracle *o, OracleOf what, long *extent)
{
    TupleId shape = what.root ? unit_shape(o->unit, what.root)
                              : o->unit->entities.at[what.entity].shape;
    return size_shape(o, shape, extent);
}

size_t oracle_count(Oracle *o, OracleOf what)
{
    long extent[ORACLE_RANK_MAX];
    size_t count = 1;
    for (uint32_t k = oracle_shape(o, what, extent); k-- > 0;)
        count *= (size_t)extent[k];
    return count;
}

/* ---- values ----------------------------------------------------------------------------- */

/* What is to be evaluated: an entity, an expression, or the result of a body at arguments. */
typedef struct Wanted {
    OracleOf what;
    const LocalVec *locals; /* of a body; NULL if it is none */
    uint32_t params;
    const mpfr_srcptr *args;
} Wanted;

static Value *evaluate(Oracle *o, World *world, const Wanted *wanted)
{
    if (wanted->locals) {
        Activation *a = activation_new(o, wanted->locals, wanted->params, wanted->what.root, world,
                                       1);
        for (uint32_t i = 0; i < wanted->params; i++)
            a->slot[i] = value_of(o, lanes_of(o, wanted->args[i]));
        walk_activation(o, a);
    } else if (wanted->what.root) {
        walk_expression(o, world, NULL, wanted->what.root, ORACLE_NONE, 1);
    } else {
        walk_fetch(o, world, wanted->what.entity);
    }
    return walk_run(o);
}

/* Do two attempts agree? A zero may be all that rounding has left, if not looked at closely. */
static bool element_settled(mpfr_srcptr before, mpfr_srcptr now, int attempt, mpfr_prec_t bits)
{
    if (mpfr_nan_p(before) || mpfr_nan_p(now))
        return mpfr_nan_p(before) && mpfr_nan_p(now);
    if (mpfr_zero_p(now))
        return mpfr_zero_p(before) && attempt > 1;
    return mpfr_equal_p(before, now) || verdict_agreement(before, now) >= (long)bits;
}

static bool all_settled(const Value *before, const Value *now, int attempt, mpfr_prec_t bits)
{
    for (size_t k = 0; k < now->count; k++)
        if (!before || !element_settled(before->at[k]->at[0], now->at[k]->at[0], attempt, bits))
            return false;
    return true;
}

/* Less than any double, and different in every precision: rounding of a zero. */
static bool is_tiny(mpfr_srcptr x)
{
    return mpfr_zero_p(x) || (mpfr_regular_p(x) && mpfr_get_exp(x) < -1500);
}

static OracleStatus worse(OracleStatus a, OracleStatus b)
{
    return a > b ? a : b;
}

/* Values of the last two attempts: what they come to. */
static OracleStatus conclude(const Value *before, const Value *now, mpfr_ptr out)
{
    OracleStatus status = ORACLE_OK;
    for (size_t k = 0; k < now->count; k++) {
        const Lanes *lanes = now->at[k];
        mpfr_set(out + k, lanes->at[0], MPFR_RNDN);
        status = worse(status, verdict_worst(lanes->taint[0]));
        if (element_settled(before->at[k]->at[0], lanes->at[0], ORACLE_ATTEMPTS,
                            mpfr_get_prec(out)))
            continue;
        if (is_tiny(lanes->at[0]))
            mpfr_set_zero(out + k, 1);
        else
            status = worse(status, ORACLE_UNSURE);
    }
    return status;
}

static OracleStatus value_of_wanted(Oracle *o, uint64_t trial, const Wanted *wanted, mpfr_ptr out)
{
    tree_scan(o);
    mpfr_prec_t bits = mpfr_get_prec(out);
    Value *before = NULL, *now = NULL;
    bool settled = false;
    for (int attempt = 0; attempt < ORACLE_ATTEMPTS && !settled; attempt++) {
        value_drop(o, before);
        before = now;
        now = evaluate(o, world_root(o, trial, attempt, bits), wanted);
        settled = all_settled(before, now, attempt, bits);
    }
    OracleStatus status = conclude(before, now, out);
    value_drop(o, before);
    value_drop(o, now);
    return status;
}

OracleStatus trial_value(Oracle *o, uint64_t trial, OracleOf what, mpfr_ptr out)
{
    Wanted wanted = {.what = what};
    return oracle_count(o, what) ? value_of_wanted(o, trial, &wanted, out) : ORACLE_OK;
}

OracleStatus oracle_value(Oracle *o, OracleOf what, mpfr_ptr out)
{
    return trial_value(o, 0, what, out);
}

OracleStatus oracle_call(Oracle *o, uint32_t function, const mpfr_srcptr *args, mpfr_ptr out)
{
    const Function *f = &o->unit->functions.at[function];
    Wanted wanted = {.what = oracle_expression(f->result), .locals = &f->locals,
                     .params = f->params, .args = args};
    return value_of_wanted(o, 0, &wanted, out);
}

void oracle_pretend(Oracle *o, AstId diff, const double *values)
{
    o->pretended = diff;
    o->pretence = values;
    world_forget(o);
}

/* ---- derivatives ------------------------------------------------------------------------ */

static void derive(Oracle *o, Slope request, size_t count)
{
    tree_scan(o);
    for (size_t k = 0; k < count; k++)
        report_reset(&request.report[k]);
    if (!count)
        return;
    Slope *s = ctx_resize(o->ctx, NULL, sizeof *s);
    *s = request;
    s->bits = mpfr_get_prec(s->report->value);
    s->path = 1;
    walk_slope(o, s);
    value_drop(o, walk_run(o));
}

void trial_derivative(Oracle *o, uint64_t trial, OracleOf what, OracleBy by, OracleReport *reports)
{
    derive(o, (Slope){.what = what, .by = by.entity, .element = by.element, .along = by.along,
                      .report = reports, .trial = trial}, oracle_count(o, what));
}

void oracle_derivative(Oracle *o, OracleOf what, OracleBy by, OracleReport *reports)
{
    trial_derivative(o, 0, what, by, reports);
}

void oracle_call_derivative(Oracle *o, uint32_t function, const mpfr_srcptr *args, uint32_t param,
                            OracleReport *report)
{
    derive(o, (Slope){.called = &o->unit->functions.at[function], .args = args, .by = param,
                      .report = report}, 1);
}

OracleStatus oracle_rule(Oracle *o, uint32_t rule, const mpfr_srcptr *args, mpfr_ptr claimed,
                         OracleReport *truth)
{
    const Rule *r = &o->unit->rules.at[rule];
    Wanted wanted = {.what = oracle_expression(r->result), .locals = &r->locals,
                     .params = r->params, .args = args};
    OracleStatus status = value_of_wanted(o, 0, &wanted, claimed);
    oracle_call_derivative(o, r->function, args, r->param, truth);
    return status;
}
