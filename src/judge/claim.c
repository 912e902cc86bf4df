/* claim: a check in, a verdict out. Both sides are evaluated as exactly as wanted at the point that
 * is given, or at points drawn under the assumptions. */
#include <string.h>

#include "judge/judge.h"

/* ---- what is claimed -------------------------------------------------------------------- */

static const AstNode *node_of(const Judge *j, AstId id)
{
    return &j->unit->ast->nodes.at[id];
}

static bool is_diff(const AstNode *n)
{
    return n->kind == AST_CALL && n->resolution == RES_DIFF;
}

/* The diff in an expression that is within no other; 0 if there is none, or more than one. */
static AstId only_diff(const Judge *j, AstId root, uint32_t *count)
{
    AstId found = 0;
    *count = 0;
    for (AstId id = root; id >= node_of(j, root)->first; id--)
        if (is_diff(node_of(j, id))) {
            found = id;
            id = node_of(j, id)->first;
            ++*count;
        }
    return *count == 1 ? found : 0;
}

/* A name that stands for a diff is that diff. */
static AstId behind_name(const Judge *j, AstId side)
{
    const AstNode *n = node_of(j, side);
    if (n->kind != AST_NAME || n->resolution != RES_ENTITY)
        return side;
    const Entity *e = &j->unit->entities.at[n->target];
    bool plain = e->kind == ENTITY_DEF && !e->element && e->value;
    return plain && is_diff(node_of(j, e->value)) ? e->value : side;
}

/* Does it depend on no input? */
static bool is_constant(const Judge *j, AstId root)
{
    bool constant = true;
    uint8_t *reached = say_reached(j, &root, 1);
    for (uint32_t i = 0; i < j->unit->entities.count; i++)
        constant = constant && !(reached[i] && entity_is_argument(j->unit->entities.at[i].kind));
    ctx_resize(j->ctx, reached, 0);
    return constant;
}

static bool is_formula(const Judge *j, AstId root)
{
    return node_of(j, root)->kind != AST_NAME;
}

Claim claim_of(const Judge *j, uint32_t number)
{
    const Check *check = &j->unit->checks.at[number];
    uint32_t left, right;
    AstId sides[2] = {behind_name(j, check->left), behind_name(j, check->right)};
    AstId diffs[2] = {only_diff(j, sides[0], &left), only_diff(j, sides[1], &right)};
    bool formula = is_formula(j, sides[0]) && !is_formula(j, sides[1]);
    bool turned = left == right ? formula : left < right;
    Claim c = {.check = check, .number = number, .by = ORACLE_NONE,
               .correct = turned ? sides[1] : sides[0],
               .yours = turned ? check->left : check->right,
               .diff = diffs[turned]};
    c.plain = c.diff && c.diff == c.correct;
    c.constant = is_constant(j, c.yours);
    if (c.diff) {
        const U32Vec *list = &j->unit->ast->list;
        const AstNode *by = node_of(j, list->at[node_of(j, c.diff)->a + 1]);
        c.value = list->at[node_of(j, c.diff)->a];
        c.by = by->resolution == RES_ENTITY ? by->target : ORACLE_NONE;
    }
    return c;
}

bool claim_fix(Judge *j, Oracle *o, const Check *check)
{
    mpfr_t value;
    bool integers = true;
    mpfr_init2(value, 2*JUDGE_BITS);
    for (uint32_t i = 0; i < check->point.count; i++) {
        const Binding *b = &check->point.at[i];
        const Entity *e = &j->unit->entities.at[b->entity];
        oracle_value(o, oracle_expression(b->value), value);
        oracle_fix(o, b->entity, value);
        integers = integers && ((e->kind != ENTITY_DIM && e->kind != ENTITY_INDEX) ||
                                (mpfr_integer_p(value) && mpfr_sgn(value) >= 0));
    }
    mpfr_clear(value);
    return integers;
}

/* ---- comparison ------------------------------------------------------------------------- */

/* The values of both sides at a point. */
typedef struct Sides {
    Oracle *o;
    size_t count[2];    /* elements; one has as many as the other, or is a scalar */
    mpfr_t *value[2];   /* the correct side's, then yours */
} Sides;

static size_t element_count(const Sides *s)
{
    return s->count[0] > s->count[1] ? s->count[0] : s->count[1];
}

static mpfr_srcptr side_at(const Sides *s, int side, size_t k)
{
    return s->value[side][s->count[side] > 1 ? k : 0];
}

static void sides_open(Judge *j, const Claim *c, Sides *s)
{
    OracleOf what[2] = {oracle_expression(c->correct), oracle_expression(c->yours)};
    s->o = j->oracle;
    for (int side = 0; side < 2; side++) {
        s->count[side] = oracle_count(j->oracle, what[side]);
        s->value[side] = array_new(j->ctx, s->count[side] + 1, sizeof(mpfr_t));
        for (size_t k = 0; k < s->count[side]; k++)
            mpfr_init2(s->value[side][k], JUDGE_BITS);
        if (s->count[side])
            oracle_value(j->oracle, what[side], s->value[side][0]);
    }
}

static void sides_close(Judge *j, Sides *s)
{
    for (int side = 0; side < 2; side++) {
        for (size_t k = 0; k < s->count[side]; k++)
            mpfr_clear(s->value[side][k]);
        ctx_resize(j->ctx, s->value[side], 0);
    }
}

/* The relative tolerance of the check; 0 if it has none. */
static double tolerance_of(Judge *j, const Claim *c)
{
    mpfr_t within;
    double result = 0;
    if (!c->check->within)
        return 0;
    mpfr_init2(within, 64);
    oracle_value(j->oracle, oracle_expression(c->check->within), within);
    result = mpfr_get_d(within, MPFR_RNDN);
    mpfr_clear(within);
    return result;
}

static bool is_within(mpfr_srcptr a, mpfr_srcptr b, double tolerance)
{
    mpfr_t apart, most;
    mpfr_inits2(JUDGE_BITS, apart, most, (mpfr_ptr)0);
    mpfr_sub(apart, a, b, MPFR_RNDN);
    mpfr_mul_d(most, mpfr_cmpabs(a, b) > 0 ? a : b, tolerance, MPFR_RNDN);
    bool within = mpfr_cmpabs(apart, most) <= 0;
    mpfr_clears(apart, most, (mpfr_ptr)0);
    return within;
}

/* The first element in which the sides differ; how many there are if they agree, and then in how
 * many bits. */
static size_t first_difference(const Sides *s, double tolerance, long *bits)
{
    size_t count = element_count(s);
    for (size_t k = 0; k < count; k++) {
        mpfr_srcptr a = side_at(s, 0, k), b = side_at(s, 1, k);
        long agree = judge_agreement(a, b);
        if (agree < JUDGE_BITS - JUDGE_SLACK && !(tolerance > 0 && is_within(a, b, tolerance)))
            return k;
        *bits = agree < *bits ? agree : *bits;
    }
    return count;
}

/* ---- verdicts --------------------------------------------------------------------------- */

static const char *claim_text(const Judge *j, const Claim *c)
{
    return name_text(j->ctx, ast_line(j->ctx, j->unit->ast, c->check->span));
}

/* `diff(f, y)[1]: yours 4, correct -4 at x=-2` */
static void put_difference(Judge *j, const Claim *c, const Sides *s, size_t k, Text *text)
{
    long extent[ORACLE_RANK_MAX];
    AstId roots[2] = {c->correct, c->yours};
    bool first = s->count[0] >= s->count[1];
    uint32_t rank = oracle_shape(s->o, oracle_expression(first ? c->correct : c->yours), extent);
    text_put(text, say_node(j, c->correct));
    say_element(text, extent, rank, k);
    say_numbers(text, ": yours ", side_at(s, 1, k), ", correct ", side_at(s, 0, k));
    say_point(j, s->o, roots, 2, text);
}

/* The span of what is claimed, without the word `check`. */
static Span claimed(const Judge *j, const Claim *c)
{
    return (Span){node_of(j, c->check->left)->span.start, node_of(j, c->check->right)->span.end};
}

static void refute(Judge *j, const Claim *c, const Sides *s, size_t k, uint64_t state)
{
    Text text = text_new(j->ctx);
    put_difference(j, c, s, k, &text);
    const char *why = diagnosis_of(j, c, state);
    if (why)
        text_printf(&text, ": %s", why);
    diag_error(j->ctx, claimed(j, c), "refuted", "%s", text.at);
    judge_say(j, VERDICT_REFUTED, c->check->span, claim_text(j, c), why ? why : "");
}

static void leave_undecided(Judge *j, const Claim *c, const Drawn *drawn)
{
    AstId roots[2] = {c->correct, c->yours};
    const char *why = say_fault(j, j->oracle, drawn, roots, 2);
    diag_warning(j->ctx, claimed(j, c), "undecided", "%s", why);
    judge_say(j, VERDICT_UNDECIDED, c->check->span, claim_text(j, c), why);
}

static void confirm(Judge *j, const Claim *c, uint32_t points, long bits)
{
    Text text = text_new(j->ctx);
    if (proof_of_claim(j, c->number))
        text_put(&text, "proved; ");
    text_printf(&text, "%d digits at %u point%s", say_digits(bits), (unsigned)points,
                points == 1 ? "" : "s");
    judge_say(j, VERDICT_CONFIRMED, c->check->span, claim_text(j, c), text.at);
}

/* Is there only one point? */
static bool is_point(const Judge *j, const Claim *c)
{
    AstId roots[2] = {c->correct, c->yours};
    uint8_t *reached = say_reached(j, roots, 2);
    for (uint32_t i = 0; i < c->check->point.count; i++)
        reached[c->check->point.at[i].entity] = 0;
    bool one = true;
    for (uint32_t i = 0; i < j->unit->entities.count; i++)
        one = one && !(reached[i] && entity_is_argument(j->unit->entities.at[i].kind));
    ctx_resize(j->ctx, reached, 0);
    return one;
}

/* The correct side alone is a number at the point of the check. */
static bool only_yours_fails(const Judge *j, const Claim *c, const Drawn *drawn)
{
    OracleOf correct = oracle_expression(c->correct);
    return c->check->at && drawn->fault == DRAW_VALUE &&
           oracle_fault(j->oracle, &correct, 1).fault == DRAW_FOUND;
}

static bool judge_point(Judge *j, const Claim *c, uint64_t state, long *bits)
{
    Sides s;
    sides_open(j, c, &s);
    size_t k = first_difference(&s, tolerance_of(j, c), bits);
    bool agree = k == element_count(&s);
    if (!agree)
        refute(j, c, &s, k, state);
    sides_close(j, &s);
    return agree;
}

void claim_judge(Judge *j, uint32_t number)
{
    Claim c = claim_of(j, number);
    OracleOf wanted[2] = {oracle_expression(c.correct), oracle_expression(c.yours)};
    uint64_t state = judge_state(j, number);
    uint32_t points = 0, all = is_point(j, &c) ? 1 : JUDGE_POINTS;
    long bits = JUDGE_BITS;
    uint64_t most = oracle_labour(j->oracle) + JUDGE_LABOUR;
    if (!claim_fix(j, j->oracle, c.check)) {
        diag_error(j->ctx, claimed(j, &c), "check", "the point gives a size or an index that is "
                                                    "no integer from 0");
        oracle_unfix(j->oracle);
        return;
    }
    for (; points < all; points++) {
        if (points >= JUDGE_LEAST && oracle_labour(j->oracle) > most)
            break;
        const uint64_t here = state;
        Drawn drawn = oracle_draw(j->oracle, &state, wanted, 2);
        if (drawn.fault != DRAW_FOUND && !only_yours_fails(j, &c, &drawn)) {
            if (!points)
                leave_undecided(j, &c, &drawn);
            break;
        }
        if (!judge_point(j, &c, here, &bits)) {
            points = 0;
            break;
        }
    }
    if (points)
        confirm(j, &c, points, bits);
    oracle_unfix(j->oracle);
}
