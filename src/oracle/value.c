/* value: the oracle as others see it. A unit and a point come in; values and derivatives go
 * out, as exactly as they are asked for.
 *
 * The one idea: how many bits are lost on the way nobody knows beforehand, so everything is
 * computed twice, the second time with many more bits, and again where the two do not agree.
 */
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

Oracle *oracle_new(Ctx *ctx, const Unit *unit)
{
    Oracle *o = ctx_alloc(ctx, sizeof *o);
    o->ctx = ctx;
    o->unit = unit;
    ctx_at_free(ctx, release, o);
    o->inputs = array_new(ctx, unit->entities.count + 1, sizeof *o->inputs);
    for (uint32_t i = 0; i < unit->entities.count; i++)
        o->inputs[i] = lanes_new(o, 0, 1, MPFR_PREC_MIN);
    tree_scan(o);
    return o;
}

void oracle_set_real(Oracle *o, uint32_t entity, mpfr_srcptr value)
{
    Lanes *lanes = lanes_of(o, value);
    lanes_drop(o, o->inputs[entity]);
    o->inputs[entity] = lanes;
    world_forget(o);
}

void oracle_set(Oracle *o, uint32_t entity, double value)
{
    Lanes *lanes = lanes_new(o, 0, 1, 53);
    mpfr_set_d(lanes->at[0], value, MPFR_RNDN);
    oracle_set_real(o, entity, lanes->at[0]);
    lanes_drop(o, lanes);
}

OracleOf oracle_entity(uint32_t entity)
{
    return (OracleOf){.entity = entity};
}

OracleOf oracle_expression(AstId root)
{
    return (OracleOf){.root = root};
}

/* ---- values ----------------------------------------------------------------------------- */

/* What is to be evaluated: an entity, an expression, or the result of a body at arguments. */
typedef struct Wanted {
    OracleOf what;
    const LocalVec *locals; /* of a body; NULL if it is none */
    uint32_t params;
    const mpfr_srcptr *args;
} Wanted;

static Lanes *evaluate(Oracle *o, World *world, const Wanted *wanted)
{
    if (wanted->locals) {
        Activation *a = activation_new(o, wanted->locals, wanted->params, wanted->what.root, world,
                                       1);
        for (uint32_t i = 0; i < wanted->params; i++)
            a->slot[i] = lanes_of(o, wanted->args[i]);
        walk_activation(o, a);
    } else if (wanted->what.root) {
        walk_expression(o, world, NULL, wanted->what.root, ORACLE_NONE, 1);
    } else {
        o->returned = world_fetch(o, world, wanted->what.entity);
    }
    return walk_run(o);
}

/* Do two attempts agree? A zero may be all that rounding has left, if not looked at closely. */
static bool value_settled(mpfr_srcptr before, mpfr_srcptr now, int attempt, mpfr_prec_t bits)
{
    if (mpfr_nan_p(before) || mpfr_nan_p(now))
        return mpfr_nan_p(before) && mpfr_nan_p(now);
    if (mpfr_zero_p(now))
        return mpfr_zero_p(before) && attempt > 1;
    return mpfr_equal_p(before, now) || verdict_agreement(before, now) >= (long)bits;
}

/* Less than any double, and different in every precision: rounding of a zero. */
static bool is_tiny(mpfr_srcptr x)
{
    return mpfr_zero_p(x) || (mpfr_regular_p(x) && mpfr_get_exp(x) < -1500);
}

static OracleStatus value_of(Oracle *o, uint64_t trial, const Wanted *wanted, mpfr_ptr out)
{
    tree_scan(o);
    mpfr_prec_t bits = mpfr_get_prec(out);
    Lanes *before = NULL;
    bool settled = false;
    for (int attempt = 0; attempt < ORACLE_ATTEMPTS && !settled; attempt++) {
        Lanes *now = evaluate(o, world_root(o, trial, attempt, bits), wanted);
        settled = before && value_settled(before->at[0], now->at[0], attempt, bits);
        lanes_drop(o, before);
        before = now;
    }
    mpfr_set(out, before->at[0], MPFR_RNDN);
    OracleStatus status = verdict_worst(before->taint[0]);
    if (!settled && is_tiny(before->at[0]))
        mpfr_set_zero(out, 1);
    else if (!settled)
        status = ORACLE_UNSURE;
    lanes_drop(o, before);
    return status;
}

OracleStatus value_trial(Oracle *o, uint64_t trial, OracleOf what, mpfr_ptr out)
{
    Wanted wanted = {.what = what};
    return value_of(o, trial, &wanted, out);
}

OracleStatus oracle_value(Oracle *o, OracleOf what, mpfr_ptr out)
{
    return value_trial(o, 0, what, out);
}

OracleStatus oracle_call(Oracle *o, uint32_t function, const mpfr_srcptr *args, mpfr_ptr out)
{
    const Function *f = &o->unit->functions.at[function];
    Wanted wanted = {.what = oracle_expression(f->result), .locals = &f->locals,
                     .params = f->params, .args = args};
    return value_of(o, 0, &wanted, out);
}

/* ---- derivatives ------------------------------------------------------------------------ */

static void derive(Oracle *o, Slope request)
{
    tree_scan(o);
    report_reset(request.report);
    Slope *s = ctx_resize(o->ctx, NULL, sizeof *s);
    *s = request;
    s->bits = mpfr_get_prec(s->report->value);
    s->path = 1;
    walk_slope(o, s);
    lanes_drop(o, walk_run(o));
}

void derivative_trial(Oracle *o, uint64_t trial, OracleOf what, uint32_t by, OracleReport *report)
{
    derive(o, (Slope){.what = what, .by = by, .report = report, .trial = trial});
}

void oracle_derivative(Oracle *o, OracleOf what, uint32_t by, OracleReport *report)
{
    derivative_trial(o, 0, what, by, report);
}

void oracle_call_derivative(Oracle *o, uint32_t function, const mpfr_srcptr *args, uint32_t param,
                            OracleReport *report)
{
    derive(o, (Slope){.called = &o->unit->functions.at[function], .args = args, .by = param,
                      .report = report});
}

OracleStatus oracle_rule(Oracle *o, uint32_t rule, const mpfr_srcptr *args, mpfr_ptr claimed,
                         OracleReport *truth)
{
    const Rule *r = &o->unit->rules.at[rule];
    Wanted wanted = {.what = oracle_expression(r->result), .locals = &r->locals,
                     .params = r->params, .args = args};
    OracleStatus status = value_of(o, 0, &wanted, claimed);
    oracle_call_derivative(o, r->function, args, r->param, truth);
    return status;
}
