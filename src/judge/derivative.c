/* derivative: a model in, verdicts out on every derivative that it can produce: what forward and
 * reverse mode compute, in many bits, against what the oracle has by differences of the tree.
 *
 * The one idea: a derivative is a column of the tangents and a row of the adjoints, and both have
 * to be the oracle's number. Of large arrays some elements are looked at. */
#include <string.h>

#include "judge/judge.h"

enum {
    POINTS = 3,
    ROWS_MAX = 6,     /* elements of an output that are looked at, */
    COLUMNS_MAX = 8,  /* and of an input */
    WIDE = 300, NARROW = 150, /* bits of what is computed: what shrinks as they grow is rounding */
    WIDEST = 2400,    /* what is wrong in WIDE bits must be wrong in so many, too */
    HIGHER_BITS = 80, /* asked of derivatives of derivatives, */
    NOISE = -700,     /* of which less than 2^NOISE is what rounding leaves of differences */
    NEEDED = 64,      /* bits in which derivatives have to agree */
    SHRINKS = 80,
    NODES_MAX = 5000000, /* that are evaluated at a point */
    LABOUR_MAX = 2000000 /* of the oracle for all outputs together, about */
};

/* An output and its derivatives by one input. */
typedef struct Pair {
    uint32_t input;     /* the entity */
    uint32_t points;    /* where they were compared */
    long compared;      /* numbers */
    long bits;          /* in which all of them agree */
    bool empty;         /* at a point the output or the input had no elements */
    OracleStatus skipped; /* the worst status of those that were not */
    bool switched, tied;  /* where a condition changes, an operation is at a hard point */
    const char *wrong;  /* what is wrong; NULL: nothing */
} Pair;

typedef struct Trial {
    Judge *j;
    uint32_t output;       /* the entity */
    VEC(Pair) pairs;
    Fn forward, reverse;
    VEC(PointValue) values;/* of all arguments */
    uint64_t state;        /* of random numbers */
    long bits;             /* asked of the oracle */
    uint64_t most;         /* labour of the oracle, beyond which one number must do */
    size_t rows[ROWS_MAX]; /* the elements of the output that are looked at */
    size_t row_count, height; /* how many, of how many */
    OracleReport *reports; /* an element of the output each */
} Trial;

/* ---- the point -------------------------------------------------------------------------- */

static void add_value(Trial *t, uint32_t entity, SymId sym, size_t count)
{
    PointValue v = {.entity = entity, .sym = sym, .count = count};
    v.values = array_new(t->j->ctx, count + 1, sizeof *v.values);
    for (size_t k = 0; k < count; k++) {
        mpfr_init2(v.values[k], WIDE + 20);
        mpfr_set_zero(v.values[k], 1);
    }
    *vec_push(t->j->ctx, &t->values) = v;
}

static void forget_values(Trial *t, uint32_t from)
{
    while (t->values.count > from) {
        PointValue *v = &t->values.at[--t->values.count];
        for (size_t k = 0; k < v->count; k++)
            mpfr_clear(v->values[k]);
        ctx_resize(t->j->ctx, v->values, 0);
    }
}

static void read_point(Trial *t)
{
    const Judge *j = t->j;
    for (uint32_t i = 0; i < j->unit->entities.count; i++) {
        EntityKind kind = j->unit->entities.at[i].kind;
        bool integer = kind == ENTITY_DIM || kind == ENTITY_INDEX;
        if (!entity_is_argument(kind))
            continue;
        size_t count = oracle_count(j->oracle, oracle_entity(i));
        add_value(t, i, j->job->model->syms.at[i], count);
        PointValue *v = &t->values.at[t->values.count - 1];
        for (size_t k = 0; k < count; k++)
            if (integer)
                mpfr_set_si(v->values[k], oracle_input_integer(j->oracle, i, k), MPFR_RNDN);
            else
                mpfr_set(v->values[k], oracle_input(j->oracle, i, k), MPFR_RNDN);
    }
}

/* ---- what differentiation gives --------------------------------------------------------- */

static SymId param_sym(const Fn *fn, ArgRole role, SymId of)
{
    for (uint32_t i = 0; i < fn->params.count; i++)
        if (fn->params.at[i].role == role && (!of || fn->params.at[i].of == of))
            return fn->params.at[i].sym;
    return 0;
}

static NodeId result_node(const Fn *fn, ArgRole role, SymId of)
{
    for (uint32_t i = 0; i < fn->results.count; i++)
        if (fn->results.at[i].role == role && (!of || fn->results.at[i].of == of))
            return fn->results.at[i].node;
    return 0;
}

/* The function's values where one element of a tangent or seed is 1. */
static Values *computed(Trial *t, const Fn *fn, SymId moved, size_t count, size_t element, int bits)
{
    uint32_t mark = t->values.count;
    add_value(t, ORACLE_NONE, moved, count);
    mpfr_set_si(t->values.at[mark].values[element], 1, MPFR_RNDN);
    Values *v = values_new(t->j->job->model->graph, fn, t->values.at, t->values.count, REAL_DOUBLE,
                           bits);
    forget_values(t, mark);
    return v;
}

/* Where a number is: in the results of a function, as one element of its only argument is 1. */
typedef struct Spot {
    const Fn *fn;
    SymId moved;
    size_t count, element; /* of the argument */
    NodeId node;           /* the result */
    size_t at;             /* the element of it */
    const char *mode;
} Spot;

static Spot forward_spot(Trial *t, const Pair *p, size_t row, size_t column)
{
    SymId of = t->j->job->model->syms.at[p->input];
    return (Spot){&t->forward, param_sym(&t->forward, ARG_TANGENT, of),
                  oracle_count(t->j->oracle, oracle_entity(p->input)), column,
                  result_node(&t->forward, ARG_OUTPUT_TANGENT, 0), row, "forward"};
}

static Spot reverse_spot(Trial *t, const Pair *p, size_t row, size_t column)
{
    SymId of = t->j->job->model->syms.at[p->input];
    return (Spot){&t->reverse, param_sym(&t->reverse, ARG_SEED, 0), t->height, row,
                  result_node(&t->reverse, ARG_ADJOINT, of), column, "reverse"};
}

/* ---- comparison ------------------------------------------------------------------------- */

/* Is it the truth in so many bits? In fewer, as of sin(1e300*x), all can be rounding. */
static bool is_right_in(Trial *t, const Spot *s, int bits, mpfr_srcptr truth)
{
    Values *v = computed(t, s->fn, s->moved, s->count, s->element, bits);
    bool agrees = judge_agreement(values_at(v, s->node, s->at), truth) >= NEEDED;
    values_free(v);
    return agrees;
}

/* Does the difference shrink from so many bits to the wide ones, or is there none in them? */
static bool has_shrunk(Trial *t, const Spot *s, int bits, mpfr_srcptr wide, mpfr_srcptr truth)
{
    mpfr_t far, near;
    Values *v = computed(t, s->fn, s->moved, s->count, s->element, bits);
    mpfr_inits2(WIDE + 20, far, near, (mpfr_ptr)0);
    bool agrees = judge_agreement(values_at(v, s->node, s->at), truth) >= NEEDED;
    mpfr_sub(far, values_at(v, s->node, s->at), truth, MPFR_RNDN);
    mpfr_sub(near, wide, truth, MPFR_RNDN);
    mpfr_mul_2ui(near, near, SHRINKS, MPFR_RNDN);
    bool shrunk = agrees || (mpfr_number_p(near) && mpfr_cmpabs(near, far) < 0);
    mpfr_clears(far, near, (mpfr_ptr)0);
    values_free(v);
    return shrunk;
}

/* Is the difference one of rounding? In some numbers of bits there may be none by chance, where all
 * that is rounded is rounded alike. */
static bool is_rounding(Trial *t, const Spot *s, mpfr_srcptr wide, mpfr_srcptr truth)
{
    return has_shrunk(t, s, NARROW, wide, truth) || has_shrunk(t, s, NARROW - 13, wide, truth) ||
           is_right_in(t, s, WIDEST, truth);
}

static const char *pair_text(const Trial *t, const Pair *p)
{
    Text text = text_new(t->j->ctx);
    text_printf(&text, "diff(%s, %s)",
                name_text(t->j->ctx, t->j->unit->entities.at[t->output].name),
                name_text(t->j->ctx, t->j->unit->entities.at[p->input].name));
    return text.at;
}

static void put_subscripts(const Trial *t, uint32_t entity, size_t element, Text *text)
{
    long extent[ORACLE_RANK_MAX];
    uint32_t rank = oracle_shape(t->j->oracle, oracle_entity(entity), extent);
    say_element(text, extent, rank, element);
}

static void note_wrong(Trial *t, Pair *p, const Spot *s, size_t row, size_t column,
                       mpfr_srcptr found, mpfr_srcptr truth)
{
    Text text = text_new(t->j->ctx);
    AstId root = t->j->unit->entities.at[t->output].value;
    text_put(&text, pair_text(t, p));
    put_subscripts(t, t->output, row, &text);
    put_subscripts(t, p->input, column, &text);
    text_printf(&text, " by %s mode", s->mode);
    say_numbers(&text, ": bpgen has ", found, ", the model ", truth);
    say_point(t->j, t->j->oracle, &root, root ? 1 : 0, &text);
    if (t->j->unit->rules.count)
        text_put(&text, " (the rules of functions are taken as they are given)");
    p->wrong = text.at;
}

/* Is an operation at a kink or pole although the whole has none, as min(x, x) or sqrt(0*x)? Then
 * conventions count: by IEEE arithmetic the latter's tangent is 0/0. */
static bool is_at_hard_point(Trial *t)
{
    Tape tape;
    oracle_record(t->j->oracle, oracle_entity(t->output), &tape);
    bool hard = tape.hard;
    tape_free(t->j->oracle, &tape);
    return hard;
}

static void compare(Trial *t, Pair *p, const Spot *s, const Values *v, size_t row, size_t column)
{
    const OracleReport *truth = &t->reports[row];
    if (truth->status != ORACLE_OK || truth->inside != ORACLE_OK || truth->switched || p->wrong) {
        p->skipped = truth->status > p->skipped ? truth->status : p->skipped;
        p->skipped = truth->inside > p->skipped ? truth->inside : p->skipped;
        p->switched = p->switched || truth->switched;
        return;
    }
    mpfr_t zero;
    mpfr_init2(zero, 2);
    mpfr_set_zero(zero, 1);
    mpfr_srcptr found = s->node ? values_at(v, s->node, s->at) : zero;
    long bits = judge_agreement(found, truth->value);
    if (t->bits == HIGHER_BITS && mpfr_zero_p(found) && mpfr_regular_p(truth->value) &&
        mpfr_get_exp(truth->value) < NOISE)
        bits = JUDGE_BITS;
    long known = truth->bits < t->bits ? truth->bits : t->bits;
    long needed = known < NEEDED ? known - 4 : NEEDED;
    if (bits < needed && is_rounding(t, s, found, truth->value))
        bits = needed;
    if (bits < needed && is_at_hard_point(t))
        p->tied = true;
    else if (bits < needed)
        note_wrong(t, p, s, row, column, found, truth->value);
    else
        p->bits = bits < p->bits ? bits : p->bits;
    p->compared += bits >= needed;
    mpfr_clear(zero);
}

/* ---- one output ------------------------------------------------------------------------- */

static uint32_t random_below(Trial *t, size_t limit)
{
    t->state = t->state*6364136223846793005u + 1442695040888963407u;
    return (uint32_t)((t->state >> 33) % limit);
}

/* Some of so many elements, all if they are few. */
static size_t choose(Trial *t, size_t count, size_t most, size_t *chosen)
{
    size_t number = count < most ? count : most;
    for (size_t i = 0; i < number; i++)
        chosen[i] = count <= most ? i : random_below(t, count);
    return number;
}

/* Some of the output's elements, of those that an equation gives. */
static void choose_rows(Trial *t)
{
    Ctx *ctx = t->j->ctx;
    size_t *given = array_new(ctx, t->height + 1, sizeof *given), count = 0;
    for (size_t k = 0; k < t->height; k++)
        if (oracle_is_given(t->j->oracle, t->output, k))
            given[count++] = k;
    t->row_count = choose(t, count, ROWS_MAX, t->rows);
    for (size_t i = 0; i < t->row_count; i++)
        t->rows[i] = given[t->rows[i]];
    ctx_resize(ctx, given, 0);
}

static void compare_column(Trial *t, Pair *p, size_t column, Values *const *reverse)
{
    oracle_derivative(t->j->oracle, oracle_entity(t->output), oracle_by(p->input, column),
                      t->reports);
    Spot forward = forward_spot(t, p, 0, column);
    Values *v = computed(t, forward.fn, forward.moved, forward.count, column, WIDE);
    for (size_t i = 0; i < t->row_count; i++) {
        Spot f = forward_spot(t, p, t->rows[i], column), r = reverse_spot(t, p, t->rows[i], column);
        compare(t, p, &f, v, t->rows[i], column);
        compare(t, p, &r, reverse[i], t->rows[i], column);
    }
    values_free(v);
}

static void compare_pair(Trial *t, Pair *p, Values *const *reverse)
{
    size_t columns[COLUMNS_MAX];
    size_t width = oracle_count(t->j->oracle, oracle_entity(p->input));
    size_t count = choose(t, width, COLUMNS_MAX, columns);
    p->empty = p->empty || !width;
    if (p->points && oracle_labour(t->j->oracle) > t->most)
        return;
    for (size_t i = 0; i < count && (i < 1 || oracle_labour(t->j->oracle) < t->most); i++)
        compare_column(t, p, columns[i], reverse);
    p->points++;
}

/* Of very many derivatives of a large model some are looked at, evenly spread. */
static bool is_looked_at(const Trial *t, uint32_t pair)
{
    uint32_t most = NODES_MAX/graph_count(t->j->job->model->graph) + 4, all = t->pairs.count;
    return all <= most || (uint64_t)pair*most/all != (uint64_t)(pair + 1)*most/all;
}

static void compare_point(Trial *t)
{
    Values *reverse[ROWS_MAX] = {NULL};
    t->height = oracle_count(t->j->oracle, oracle_entity(t->output));
    choose_rows(t);
    if (!t->row_count) {
        for (uint32_t i = 0; i < t->pairs.count; i++)
            t->pairs.at[i].empty = true;
        return;
    }
    t->reports = array_new(t->j->ctx, t->height, sizeof *t->reports);
    for (size_t k = 0; k < t->height; k++)
        oracle_report_init(&t->reports[k], t->bits);
    read_point(t);
    for (size_t i = 0; i < t->row_count; i++) {
        SymId seed = param_sym(&t->reverse, ARG_SEED, 0);
        reverse[i] = computed(t, &t->reverse, seed, t->height, t->rows[i], WIDE);
    }
    for (uint32_t i = 0; i < t->pairs.count; i++)
        if (is_looked_at(t, i))
            compare_pair(t, &t->pairs.at[i], reverse);
    for (size_t i = 0; i < t->row_count; i++)
        values_free(reverse[i]);
    forget_values(t, 0);
    for (size_t k = 0; k < t->height; k++)
        oracle_report_clear(&t->reports[k]);
    ctx_resize(t->j->ctx, t->reports, 0);
}

static Fn derived(Trial *t, FnKind kind)
{
    Job *job = t->j->job;
    Fn fn = job_derive(job, kind);
    simplify(job->rules, job->model->graph, &fn);
    return fn;
}

/* Why nothing could be compared. */
static const char *why_undecided(const Trial *t, const Pair *p)
{
    Text text = text_new(t->j->ctx);
    if (p->switched)
        return "a condition is decided otherwise nearby";
    if (p->tied)
        return "an operation is at a kink or pole of its own";
    text_printf(&text, "the derivative %s", say_status(p->skipped));
    return text.at;
}

static void report_confirmed(const Trial *t, const Pair *p)
{
    Text text = text_new(t->j->ctx);
    text_printf(&text, "forward and reverse, %d digits at %u point%s", say_digits(p->bits),
                (unsigned)p->points, p->points == 1 ? "" : "s");
    text_put(&text, p->tied ? ", but where an operation is at a kink or pole of its own" : "");
    judge_say(t->j, VERDICT_CONFIRMED, (Span){0, 0}, pair_text(t, p),
              p->compared ? text.at : "it has no elements");
}

static void report_pair(Trial *t, const Pair *p, const char *fault)
{
    const Entity *e = &t->j->unit->entities.at[t->output];
    const Span none = {0, 0};
    if (p->wrong) {
        diag_error(t->j->ctx, e->span, "refuted", "%s", p->wrong);
        judge_say(t->j, VERDICT_REFUTED, none, pair_text(t, p), "");
        return;
    }
    if (p->compared || p->empty) {
        report_confirmed(t, p);
        return;
    }
    const char *why = fault ? fault : why_undecided(t, p);
    if (!fault)
        diag_warning(t->j->ctx, e->span, "undecided", "%s: %s", pair_text(t, p), why);
    else if (p == t->pairs.at) /* of all of them */
        diag_warning(t->j->ctx, e->span, "undecided", "%s", fault);
    judge_say(t->j, VERDICT_UNDECIDED, none, pair_text(t, p), why);
}

static void add_pairs(Trial *t)
{
    for (uint32_t i = 0; i < t->j->unit->entities.count; i++)
        if (t->j->unit->entities.at[i].kind == ENTITY_INPUT)
            *vec_push(t->j->ctx, &t->pairs) = (Pair){.input = i, .bits = JUDGE_BITS};
}

/* Are there derivatives in what an output is computed from? Those of derivatives take long. */
static bool has_diff(const Judge *j, uint32_t output)
{
    bool found = false;
    uint8_t *reached = say_reached_by(j, output);
    for (AstId id = 1; id < j->unit->ast->nodes.count && !found; id++) {
        const AstNode *n = &j->unit->ast->nodes.at[id];
        found = n->kind == AST_CALL && n->resolution == RES_DIFF && say_is_within(j, id, reached);
    }
    ctx_resize(j->ctx, reached, 0);
    return found;
}

static void judge_output(Judge *j, uint32_t output, uint64_t labour)
{
    Trial t = {.j = j, .output = output, .state = judge_state(j, 5000 + output)};
    Graph *g = j->job->model->graph;
    uint32_t mark = graph_mark(g);
    OracleOf wanted = oracle_entity(output);
    uint64_t state = judge_state(j, 3000 + output);
    const char *fault = NULL;
    uint32_t others = 0;
    AstId root = j->unit->entities.at[output].value;
    t.most = oracle_labour(j->oracle) + labour;
    t.bits = has_diff(j, output) ? HIGHER_BITS : JUDGE_BITS;
    add_pairs(&t);
    t.forward = derived(&t, FN_FORWARD);
    t.reverse = derived(&t, FN_REVERSE);
    for (uint32_t i = 0; i < POINTS && !fault; i++) {
        Drawn drawn = oracle_draw(j->oracle, &state, &wanted, 1);
        if (drawn.fault == DRAW_FOUND)
            compare_point(&t);
        else
            fault = say_fault(j, j->oracle, &drawn, &root, root ? 1 : 0);
    }
    for (uint32_t i = 0; i < t.pairs.count; i++)
        if (is_looked_at(&t, i))
            report_pair(&t, &t.pairs.at[i], fault);
        else
            others++;
    if (others)
        text_printf(j->out,
                    "not looked at, for the model is large: diff(%s, ...) by %u of %u inputs\n",
                    name_text(j->ctx, j->unit->entities.at[output].name), (unsigned)others,
                    (unsigned)t.pairs.count);
    fn_free(j->ctx, &t.forward);
    fn_free(j->ctx, &t.reverse);
    vec_free(j->ctx, &t.pairs);
    vec_free(j->ctx, &t.values);
    graph_release(g, mark);
}

/* Each output by itself: a seed of 0 at another one would meet infinite derivatives there. */
void derivatives_judge(Judge *j)
{
    U32Vec *outputs = &j->unit->outputs;
    const U32Vec all = *outputs;
    for (uint32_t i = 0; i < all.count; i++) {
        outputs->at = all.at + i;
        outputs->count = 1;
        judge_output(j, all.at[i], LABOUR_MAX/all.count);
    }
    *outputs = all;
}
