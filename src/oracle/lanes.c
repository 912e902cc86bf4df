/* lanes: values at several neighbouring points at once. Operators and literals come in; their
 * values go out, in the precision of the world that they are computed in.
 *
 * The one idea: see note [lanes] in oracle.h. All of a value, its digits included, is one block
 * of the context, so that nothing is lost when ctx_fatal jumps and nothing is to be cleared.
 */
#include <assert.h>
#include <string.h>

#include "oracle/oracle.h"

/* ---- life ------------------------------------------------------------------------------- */

uint32_t lanes_count(uint32_t depth)
{
    uint32_t count = 1;
    while (depth--)
        count *= ORACLE_SIDES;
    return count;
}

Lanes *lanes_new(Oracle *o, uint32_t depth, uint32_t count, mpfr_prec_t bits)
{
    size_t limbs = mpfr_custom_get_size(bits);
    size_t size = sizeof(Lanes) + count * (sizeof(mpfr_t) + limbs + 1);
    Lanes *lanes = ctx_resize(o->ctx, NULL, size);
    lanes->holders = 1;
    lanes->depth = depth;
    lanes->count = count;
    lanes->step = 0;
    lanes->at = (mpfr_t *)(void *)(lanes + 1);
    char *digits = (char *)(lanes->at + count);
    for (uint32_t i = 0; i < count; i++, digits += limbs) {
        mpfr_custom_init(digits, bits);
        mpfr_custom_init_set(lanes->at[i], MPFR_NAN_KIND, 0, bits, digits);
    }
    lanes->taint = (uint8_t *)digits;
    memset(lanes->taint, 0, count);
    return lanes;
}

Lanes *lanes_hold(Lanes *lanes)
{
    lanes->holders++;
    return lanes;
}

void lanes_drop(Oracle *o, Lanes *lanes)
{
    if (lanes && --lanes->holders == 0)
        ctx_resize(o->ctx, lanes, 0);
}

Lanes *lanes_of(Oracle *o, mpfr_srcptr value)
{
    Lanes *lanes = lanes_new(o, 0, 1, mpfr_get_prec(value));
    mpfr_set(lanes->at[0], value, MPFR_RNDN);
    return lanes;
}

/* ---- access ----------------------------------------------------------------------------- */

uint32_t lanes_index(const Lanes *lanes, uint32_t depth, uint32_t lane)
{
    for (uint32_t d = lanes->depth; d < depth; d++)
        lane /= ORACLE_SIDES;
    return lane;
}

/* Equal as what they lead to is equal: NaN as NaN, zeros by their sign. */
static bool same(mpfr_srcptr a, mpfr_srcptr b)
{
    if (mpfr_nan_p(a) || mpfr_nan_p(b))
        return mpfr_nan_p(a) && mpfr_nan_p(b);
    return mpfr_equal_p(a, b) && !mpfr_signbit(a) == !mpfr_signbit(b);
}

bool lanes_equal(const Lanes *a, const Lanes *b)
{
    if (a == b)
        return true;
    if (a->depth != b->depth || memcmp(a->taint, b->taint, a->count) != 0)
        return false;
    for (uint32_t i = 0; i < a->count; i++)
        if (!same(a->at[i], b->at[i]))
            return false;
    return true;
}

/* ---- perturbation ----------------------------------------------------------------------- */

uint64_t lanes_mix(uint64_t a, uint64_t b)
{
    uint64_t x = (a ^ (b + 0x9e3779b97f4a7c15u + (a << 6) + (a >> 2))) + 0x9e3779b97f4a7c15u;
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
    return x ^ (x >> 31);
}

/* By how many times 2^-53 a double's result may be off. Powers of small integers may be
 * products. */
static unsigned weight_of(Op op, Lanes *const *x)
{
    static const Op exact[] = {OP_NEG, OP_ABS, OP_MIN, OP_MAX, OP_CLAMP, OP_RELU, OP_COPYSIGN,
                               OP_MOD, OP_REMAINDER, OP_STOP};
    for (size_t i = 0; i < sizeof exact / sizeof *exact; i++)
        if (exact[i] == op)
            return 0;
    unsigned flags = op_info(op)->flags;
    if (flags & (OPF_BOOL | OPF_STEP))
        return 0;
    if (op == OP_POW && mpfr_integer_p(x[1]->at[0])) {
        long n = mpfr_get_si(x[1]->at[0], MPFR_RNDN);
        return n > 4 && n <= 64 ? (unsigned)n : n < -4 && n >= -64 ? (unsigned)-n : 4;
    }
    return flags & OPF_HELPER ? 4 : flags & OPF_LIBM ? 2 : 1;
}

static bool is_double(mpfr_srcptr x)
{
    return !mpfr_regular_p(x) || mpfr_cmp_d(x, mpfr_get_d(x, MPFR_RNDN)) == 0;
}

void lanes_perturb(const World *world, Lanes *lanes, unsigned weight, uint64_t where)
{
    if (!world->trial || !weight || is_double(lanes->at[0]))
        return;
    bool up = lanes_mix(lanes_mix(world->trial, world->trial), where) & 1;
    mpfr_exp_t size = mpfr_get_exp(lanes->at[0]);
    for (uint32_t i = 0; i < lanes->count; i++) {
        mpfr_ptr x = lanes->at[i];
        if (size > 1024)
            mpfr_set_inf(x, mpfr_signbit(lanes->at[0]) ? -1 : 1);
        else if (size < -1021)
            mpfr_add_d(x, x, (up ? 0x1p-1074 : -0x1p-1074) * weight, MPFR_RNDN);
        else
            (up ? mpfr_div_d : mpfr_mul_d)(x, x, 1 - weight * 0x1p-53, MPFR_RNDN);
    }
}

/* note [terms]: the derivative of an operation of several operands is a sum of terms, partial
 * times tangent, each of which double rounds by itself: where they cancel, as in u/u, that is all
 * that is left. So in a trial each operand's way from the point is made a little longer or
 * shorter, of every diff that moves it. Sums have partials of 1. */
static bool has_terms(const World *world, Op op, Lanes *const *x)
{
    return world->trial && op_info(op)->arity == 2 && op != OP_ADD && op != OP_SUB &&
           weight_of(op, x) > 0;
}

static Lanes *stretched(Oracle *o, const World *world, const Lanes *x, unsigned weight,
                        uint64_t where)
{
    Lanes *r = lanes_new(o, x->depth, x->count, world->bits);
    bool up = lanes_mix(lanes_mix(world->trial, ~world->trial), where) & 1;
    for (uint32_t i = 0; i < x->count; i++) {
        mpfr_set(r->at[i], x->at[i], MPFR_RNDN);
        r->taint[i] = x->taint[i];
    }
    for (uint32_t stride = 1; stride < x->count; stride *= ORACLE_SIDES)
        for (uint32_t i = 0; i < x->count; i++) {
            mpfr_srcptr from = r->at[i - i/stride%ORACLE_SIDES*stride];
            if (from == r->at[i] || !mpfr_number_p(from) || !mpfr_number_p(r->at[i]))
                continue;
            mpfr_sub(r->at[i], r->at[i], from, MPFR_RNDN);
            (up ? mpfr_div_d : mpfr_mul_d)(r->at[i], r->at[i], 1 - weight*0x1p-53, MPFR_RNDN);
            mpfr_add(r->at[i], r->at[i], from, MPFR_RNDN);
        }
    return r;
}

/* ---- values ----------------------------------------------------------------------------- */

Lanes *lanes_literal(Oracle *o, const World *world, Name text, uint64_t where)
{
    const char *digits = name_text(o->ctx, text);
    Lanes *lanes = lanes_new(o, 0, 1, world->bits);
    Number number;
    number_init(&number);
    if (number_parse(&number, digits, strlen(digits)))
        number_get(&number, lanes->at[0]);
    number_clear(&number);
    lanes_perturb(world, lanes, 1, where);
    return lanes;
}

Lanes *lanes_pi(Oracle *o, const World *world, uint64_t where)
{
    Lanes *lanes = lanes_new(o, 0, 1, world->bits);
    mpfr_const_pi(lanes->at[0], MPFR_RNDN);
    lanes_perturb(world, lanes, 1, where);
    return lanes;
}

Lanes *lanes_inf(Oracle *o)
{
    Lanes *lanes = lanes_new(o, 0, 1, MPFR_PREC_MIN);
    mpfr_set_inf(lanes->at[0], 1);
    return lanes;
}

/* The value at the point itself, whatever is moved. */
static Lanes *stopped(Oracle *o, const Lanes *x)
{
    Lanes *lanes = lanes_of(o, x->at[0]);
    lanes->taint[0] = x->taint[0];
    return lanes;
}

/* What so many operations take, about, an addition of few bits being 1. */
static uint64_t labour_of(Op op, uint32_t count, mpfr_prec_t bits)
{
    uint64_t words = 1 + (uint64_t)bits/512, all = count*words;
    if (op == OP_TRIGAMMA || op == OP_POLYGAMMA)
        return 1000*all*words;
    return op_info(op)->flags & (OPF_LIBM | OPF_HELPER) ? 24*all*words : all;
}

static void note_undefined(Oracle *o, Lanes *const *x, int arity, const Lanes *r)
{
    bool numbers = !mpfr_number_p(r->at[0]);
    for (int i = 0; i < arity; i++)
        numbers = numbers && mpfr_number_p(x[i]->at[0]);
    o->undefined += numbers;
}

/* What is so small beside the other that a step of it is not seen in the sum may be all that is
 * left of that later. */
static void note_absorbed(Oracle *o, const World *world, Op op, Lanes *const *x)
{
    if ((op != OP_ADD && op != OP_SUB) || !mpfr_regular_p(x[0]->at[0]) ||
        !mpfr_regular_p(x[1]->at[0]))
        return;
    const mpfr_exp_t a = mpfr_get_exp(x[0]->at[0]), b = mpfr_get_exp(x[1]->at[0]);
    o->absorbed += (a > b ? a - b : b - a) > (mpfr_exp_t)world->bits - world->fine;
}

static Lanes *apply(Oracle *o, const World *world, Op op, int arity, Lanes *const *x,
                    uint64_t where)
{
    uint32_t depth = 0;
    for (int i = 0; i < arity; i++)
        depth = x[i]->depth > depth ? x[i]->depth : depth;
    Lanes *r = lanes_new(o, depth, lanes_count(depth), world->bits);
    o->labour += labour_of(op, r->count, world->bits);
    for (uint32_t lane = 0; lane < r->count; lane++) {
        mpfr_srcptr operands[3] = {NULL, NULL, NULL};
        for (int i = 0; i < arity; i++) {
            uint32_t index = lanes_index(x[i], depth, lane);
            operands[i] = x[i]->at[index];
            r->taint[lane] |= x[i]->taint[index];
        }
        op_eval(op, r->at[lane], operands);
    }
    note_undefined(o, x, arity, r);
    note_absorbed(o, world, op, x);
    lanes_perturb(world, r, weight_of(op, x), where);
    return r;
}

/* In no more bits than the world has. */
static Lanes *rounded(Oracle *o, const World *world, Lanes *x)
{
    if (mpfr_get_prec(x->at[0]) <= world->bits)
        return lanes_hold(x);
    Lanes *r = lanes_new(o, x->depth, x->count, world->bits);
    for (uint32_t i = 0; i < x->count; i++) {
        mpfr_set(r->at[i], x->at[i], MPFR_RNDN);
        r->taint[i] = x->taint[i];
    }
    return r;
}

/* Values from outside may have more bits than a diff's world: what is the same is to be equal
 * there, however it was computed. */
static Lanes *compared(Oracle *o, const World *world, Op op, int arity, Lanes *const *x,
                       uint64_t where)
{
    Lanes *near[3] = {NULL, NULL, NULL};
    for (int i = 0; i < arity; i++)
        near[i] = rounded(o, world, x[i]);
    Lanes *r = apply(o, world, op, arity, near, where);
    for (int i = 0; i < arity; i++)
        lanes_drop(o, near[i]);
    return r;
}

Lanes *lanes_apply(Oracle *o, const World *world, Op op, Lanes *const *x, uint64_t where)
{
    const int arity = op_info(op)->arity;
    assert(arity <= 3);
    if (op == OP_STOP)
        return stopped(o, x[0]);
    if (op_info(op)->flags & OPF_BOOL && world->parent)
        return compared(o, world, op, arity, x, where);
    if (!has_terms(world, op, x)) {
        Lanes *plain = apply(o, world, op, arity, x, where);
        tape_apply(o, world, op, x, plain);
        return plain;
    }
    unsigned weight = weight_of(op, x);
    assert(arity == 2); /* what has terms */
    Lanes *moved[2] = {stretched(o, world, x[0], weight, lanes_mix(where, 1)),
                       stretched(o, world, x[1], weight, lanes_mix(where, 2))};
    Lanes *r = apply(o, world, op, arity, moved, where);
    lanes_drop(o, moved[0]);
    lanes_drop(o, moved[1]);
    return r;
}

/* ---- conditions ------------------------------------------------------------------------- */

/* As C: what is not 0 is true, NaN too. */
static bool is_true(const Lanes *condition, uint32_t lane)
{
    return !mpfr_zero_p(condition->at[lane]);
}

int lanes_decides(const Lanes *condition)
{
    for (uint32_t i = 0; i < condition->count; i++)
        if ((condition->taint[i] & ~LANES_DIFF) || is_true(condition, i) != is_true(condition, 0))
            return -1;
    return is_true(condition, 0);
}

/* Do the lanes around one point (of the deepest world) differ? */
static bool switches(const Lanes *condition, uint32_t depth, uint32_t lane)
{
    uint32_t first = lane - lane % ORACLE_SIDES;
    bool taken = is_true(condition, lanes_index(condition, depth, first));
    for (uint32_t i = 1; i < ORACLE_SIDES; i++)
        if (is_true(condition, lanes_index(condition, depth, first + i)) != taken)
            return true;
    return false;
}

/* Where the condition is decided alike at all points, the result is that arm alone: the other
 * one has no influence, not even on what the result is seen to depend on. */
Lanes *lanes_select(Oracle *o, const World *world, Lanes *condition, Lanes *yes, Lanes *no)
{
    if (lanes_decides(condition) >= 0)
        return lanes_hold(is_true(condition, 0) ? yes : no);
    uint32_t depth = condition->depth;
    depth = yes->depth > depth ? yes->depth : depth;
    depth = no->depth > depth ? no->depth : depth;
    Lanes *r = lanes_new(o, depth, lanes_count(depth), world->bits);
    for (uint32_t lane = 0; lane < r->count; lane++) {
        uint32_t decides = lanes_index(condition, depth, lane);
        const Lanes *arm = is_true(condition, decides) ? yes : no;
        uint32_t index = lanes_index(arm, depth, lane);
        mpfr_set(r->at[lane], arm->at[index], MPFR_RNDN);
        r->taint[lane] = arm->taint[index] | condition->taint[decides];
        if (depth && switches(condition, depth, lane))
            r->taint[lane] |= LANES_SWITCHED;
    }
    return r;
}
