/* A circuit in, the chain rule at each of its steps out: for reading by textbook.def, tidied, and
 * as numbers by ops.def. Each step is differentiated by itself, over the symbols of its operands;
 * the adjoints' numbers are those of one reverse sweep over the model. */
#include "emit/emit.h"

/* Explanations of more steps than this are read by nobody. */
enum { STEPS_MAX = 5000, NUMBER_DIGITS = 6, ELEMENTS_MAX = 9, FEW_ELEMENTS = 3 };

/* ---- formulas */

/* The same with nodes replaced: image[] has what some become. */
static NodeId replaced(Graph *g, NodeId root, NodeId *image)
{
    uint8_t *live = graph_live(g, &root, 1);
    for (NodeId id = 1; id <= root; id++)
        if (live[id] && !image[id] && !(node_at(g, id)->flags & NODE_INT))
            image[id] = node_map(g, id, image);
    ctx_resize(graph_ctx(g), live, 0);
    return image[root] ? image[root] : root;
}

/* Is it worth a name: more than a sum or product of what has one? */
static bool is_named_well(Graph *g, NodeId value)
{
    switch (node_op(g, value)) {
    case OP_CONST: case OP_REF: case OP_NEG: case OP_ADD: case OP_SUB: case OP_MUL: case OP_IPOW:
    case OP_READ: case OP_ARRAY:
        return false;
    default:
        return true;
    }
}

/* A node with one value in it by its name. */
static NodeId named(Graph *g, NodeId node, NodeId value, NodeId name)
{
    NodeId *image = array_new(graph_ctx(g), graph_count(g), sizeof *image);
    image[value] = name;
    node = replaced(g, node, image);
    ctx_resize(graph_ctx(g), image, 0);
    return node;
}

/* Values of an array's parts by the names of elements: tanh(z[i]) is h[i]. */
static NodeId name_elements(const Circuit *c, uint32_t step, NodeId node)
{
    Graph *g = c->g;
    const Gate s = c->steps.at[step];
    for (uint32_t i = 0; i < tuple_size(g, node_tuple(g, s.shown)); i++) {
        const Node part = *node_at(g, tuple_item(g, node_tuple(g, s.shown), i));
        NodeId value = formula_tidy(c->job->rules, g, formula_plain(g, part.a));
        if (is_named_well(g, value) && node_op(g, value) != OP_DIV)
            node = named(g, node, value, build_ref(g, s.sym, part.b));
    }
    return node;
}

/* A derivative as it is read: tidied, the step's own value by its name, as f*(1 - f). */
static NodeId readable(const Derivation *d, uint32_t step, NodeId node)
{
    Circuit *c = d->circuit;
    Graph *g = c->g;
    const Gate s = c->steps.at[step];
    node = formula_plain(g, node);
    if (s.kind == STEP_CALL || node_op(g, s.root) == OP_LINK)
        node = named(g, node, s.shown, step_ref(c, step));
    node = formula_tidy(c->job->rules, g, node);
    if (s.array)
        return formula_tidy(c->job->rules, g, name_elements(c, step, node));
    NodeId value = formula_tidy(c->job->rules, g, s.shown);
    if (!is_named_well(g, value) || node_op(g, value) == OP_DIV)
        return node;
    return formula_tidy(c->job->rules, g, named(g, node, value, step_ref(c, step)));
}

/* ---- a step by itself */

/* The adjoints of the operands of a step for a seed, a list as of vjp. */
static Adjoints sweep(const Derivation *d, uint32_t step, NodeId seed, bool teaching)
{
    Circuit *c = d->circuit;
    Graph *g = c->g;
    const Gate *s = &c->steps.at[step];
    for (uint32_t k = 0; k < s->operands.count; k++)
        step_ref(c, s->operands.at[k]);
    uint8_t *varied = array_new(graph_ctx(g), graph_count(g) + 1, 1);
    for (uint32_t k = 0; k < s->operands.count; k++)
        varied[step_ref(c, s->operands.at[k])] = c->steps.at[s->operands.at[k]].active;
    rules_teach(c->job->rules, teaching);
    graph_origin(g, 0, MADE_BY_SWEEP);
    Adjoints a = vjp(c->job->rules, g, &s->value, &seed, 1, varied, SWEEP_PLAIN);
    graph_origin(g, 0, MADE_BY_MODEL);
    rules_teach(c->job->rules, false);
    ctx_resize(graph_ctx(g), varied, 0);
    return a;
}

static NodeId bar_of(const Circuit *c, const Adjoints *a, uint32_t operand)
{
    NodeId ref = step_ref(c, operand);
    NodeId bar = ref < a->count ? a->bar[ref] : 0;
    return bar || c->steps.at[operand].array ? bar : build_int(c->g, 0);
}

static void add_edge(Derivation *d, uint32_t step, uint32_t operand, const Adjoints a[4])
{
    Circuit *c = d->circuit;
    Edge e = {.from = operand, .to = step};
    const Gate *s = &c->steps.at[step], *u = &c->steps.at[operand];
    e.exact = bar_of(c, &a[2], operand);
    e.product = bar_of(c, &a[0], operand);
    e.product = e.product ? readable(d, step, e.product) : 0;
    if (!s->array && !u->array) {
        e.local = readable(d, step, bar_of(c, &a[1], operand));
        e.exact_local = bar_of(c, &a[3], operand);
    }
    /* what only decides a condition hands nothing on */
    const bool decides =
        node_op(c->g, s->value) == OP_SELECT && e.product && node_is_int(c->g, e.product, 0);
    if (e.product && !decides)
        *vec_push(c->job->ctx, &d->edges) = e;
}

static void add_edges(Derivation *d, uint32_t step)
{
    Circuit *c = d->circuit;
    const Gate s = c->steps.at[step];
    NodeId seed = build_ref(c->g, sym_derived(c->g, s.sym, ROLE_BAR), 0), one = build_int(c->g, 1);
    Adjoints a[4] = {{0}};
    a[0] = sweep(d, step, seed, true);
    a[2] = sweep(d, step, seed, false);
    if (!s.array) {
        a[1] = sweep(d, step, one, true);
        a[3] = sweep(d, step, one, false);
    }
    for (uint32_t k = 0; k < s.operands.count; k++)
        if (c->steps.at[s.operands.at[k]].active)
            add_edge(d, step, s.operands.at[k], a);
    for (int i = 0; i < 4; i++)
        ctx_resize(c->job->ctx, a[i].bar, 0);
}

/* The tangent of a step, over its operands and their tangents. */
static NodeId rate_of(Derivation *d, uint32_t step)
{
    Circuit *c = d->circuit;
    Graph *g = c->g;
    const Gate s = c->steps.at[step];
    for (uint32_t k = 0; k < s.operands.count; k++)
        build_ref(g, sym_derived(g, c->steps.at[s.operands.at[k]].sym, ROLE_DOT), 0);
    NodeId *tangent = array_new(graph_ctx(g), graph_count(g) + 64, sizeof *tangent);
    for (uint32_t k = 0; k < s.operands.count; k++) {
        const Gate *u = &c->steps.at[s.operands.at[k]];
        if (u->active)
            tangent[step_ref(c, s.operands.at[k])] =
                build_ref(g, sym_derived(g, u->sym, ROLE_DOT), 0);
    }
    rules_teach(c->job->rules, true);
    graph_origin(g, 0, MADE_BY_SWEEP);
    jvp(c->job->rules, g, &s.value, 1, tangent, SWEEP_PLAIN);
    graph_origin(g, 0, MADE_BY_MODEL);
    rules_teach(c->job->rules, false);
    NodeId rate = tangent[s.value];
    ctx_resize(graph_ctx(g), tangent, 0);
    return rate ? readable(d, step, rate) : 0;
}

/* ---- numbers */

static void add_result(Graph *g, Fn *fn, SymId sym, NodeId node)
{
    Result r = {.sym = sym, .node = node};
    *vec_push(graph_ctx(g), &fn->results) = r;
}

/* A function of the model's arguments without results. */
static Fn function_of_model(Derivation *d)
{
    Fn fn = job_derive(d->circuit->job, FN_VALUE);
    fn.results.count = 0;
    return fn;
}

static void evaluate_steps(Derivation *d)
{
    Circuit *c = d->circuit;
    Fn fn = function_of_model(d);
    for (uint32_t i = 0; i < c->steps.count; i++) {
        if (c->steps.at[i].kind != STEP_ARGUMENT)
            add_result(c->g, &fn, c->steps.at[i].sym, c->steps.at[i].outside);
        if (d->tangent[i])
            add_result(c->g, &fn, c->steps.at[i].sym, d->tangent[i]);
    }
    d->values = values_new(c->g, &fn, d->point, d->point_count, c->job->real, 0);
    fn_free(c->job->ctx, &fn);
}

static const PointValue *argument_value(const Derivation *d, SymId sym)
{
    for (uint32_t i = 0; i < d->point_count; i++)
        if (d->point[i].sym == sym)
            return &d->point[i];
    return NULL;
}

/* The numbers of a node of the model: how many, and the i-th. */
static size_t number_count(const Derivation *d, const Values *v, const Gate *s, NodeId node)
{
    const PointValue *p =
        s && s->kind == STEP_ARGUMENT && v == d->values ? argument_value(d, s->model) : NULL;
    return p ? p->count : values_count(v, node);
}

static mpfr_srcptr number_at(const Derivation *d, const Values *v, const Gate *s, NodeId node,
                             size_t i)
{
    const PointValue *p =
        s && s->kind == STEP_ARGUMENT && v == d->values ? argument_value(d, s->model) : NULL;
    return p ? p->values[i] : values_at(v, node, i);
}

/* Gives the evaluation of edges the numbers of a step or adjoint. */
static void give(Derivation *d, SymId sym, const Values *v, const Gate *s, NodeId node)
{
    Ctx *ctx = d->circuit->job->ctx;
    PointValue p = {.sym = sym};
    p.count = number_count(d, v, s, node);
    p.values = array_new(ctx, p.count + 1, sizeof *p.values);
    for (size_t i = 0; i < p.count; i++) {
        mpfr_srcptr number = number_at(d, v, s, node, i);
        mpfr_init2(p.values[i], mpfr_get_prec(number));
        mpfr_set(p.values[i], number, MPFR_RNDN);
    }
    *vec_push(ctx, &d->given) = p;
}

static void take_back(Derivation *d)
{
    for (uint32_t i = d->point_count; i < d->given.count; i++) {
        for (size_t k = 0; k < d->given.at[i].count; k++)
            mpfr_clear(d->given.at[i].values[k]);
        ctx_resize(d->circuit->job->ctx, d->given.at[i].values, 0);
    }
    d->given.count = 0;
}

static void evaluate_edges(Derivation *d)
{
    Circuit *c = d->circuit;
    Fn fn = function_of_model(d);
    take_back(d);
    for (uint32_t i = 0; i < d->point_count; i++)
        *vec_push(c->job->ctx, &d->given) = d->point[i];
    for (uint32_t i = 0; i < c->steps.count; i++) {
        const Gate *s = &c->steps.at[i];
        give(d, s->sym, d->values, s, s->outside);
        if (d->bar[i])
            give(d, sym_derived(c->g, s->sym, ROLE_BAR), d->bar_values, NULL, d->bar[i]);
    }
    for (uint32_t i = 0; i < d->edges.count; i++) {
        const Edge *e = &d->edges.at[i];
        if (!d->bar[e->to])
            continue;
        add_result(c->g, &fn, c->steps.at[e->from].sym, e->exact);
        if (e->exact_local)
            add_result(c->g, &fn, c->steps.at[e->from].sym, e->exact_local);
    }
    d->edge_values = values_new(c->g, &fn, d->given.at, d->given.count, c->job->real, 0);
    fn_free(c->job->ctx, &fn);
}

/* What an array's step hands on of the adjoint that it has: as a reverse sweep over the model
 * knows which elements something depends on, this does. */
static void find_products(Derivation *d)
{
    Circuit *c = d->circuit;
    uint32_t k = 0;
    for (uint32_t i = 0; i < d->edges.count; i = k) {
        const uint32_t step = d->edges.at[i].to;
        const bool whole = c->steps.at[step].array && d->bar[step];
        Adjoints a = {0};
        if (whole)
            a = sweep(d, step, d->bar[step], false);
        for (k = i; k < d->edges.count && d->edges.at[k].to == step; k++)
            if (whole)
                d->edges.at[k].exact = bar_of(c, &a, d->edges.at[k].from);
        ctx_resize(c->job->ctx, a.bar, 0);
    }
}

/* ---- the model as a whole */

/* The seed of an output: 1, in each element. */
static NodeId seed_of(Graph *g, const Gate *s)
{
    SetId bound;
    if (!s->array)
        return build_int(g, 1);
    TupleId at = index_axes(g, sym_at(g, s->sym)->shape, 0, &bound);
    return array_of_one(g, build_int(g, 1), at, bound, sym_derived(g, s->sym, ROLE_BAR), ARRAY_SET);
}

static Adjoints sweep_model(Derivation *d, uint32_t output, bool teaching)
{
    Circuit *c = d->circuit;
    Graph *g = c->g;
    const Gate s = c->steps.at[output];
    NodeId seed = seed_of(g, &s), root = s.outside;
    uint8_t *varied = array_new(c->job->ctx, graph_count(g), 1);
    for (uint32_t i = 0; i < c->steps.count; i++)
        if (c->steps.at[i].kind == STEP_ARGUMENT && c->steps.at[i].active)
            varied[c->steps.at[i].node] = 1;
    rules_teach(c->job->rules, teaching);
    graph_origin(g, 0, MADE_BY_SWEEP);
    Adjoints a = vjp(c->job->rules, g, &root, &seed, 1, varied, SWEEP_PLAIN);
    graph_origin(g, 0, MADE_BY_MODEL);
    rules_teach(c->job->rules, false);
    ctx_resize(c->job->ctx, varied, 0);
    return a;
}

/* Tangents along the first input that derivatives are taken of, by 1 in each element. */
static void find_tangents(Derivation *d)
{
    Circuit *c = d->circuit;
    Graph *g = c->g;
    U32Vec roots = {0};
    for (uint32_t i = 0; i < c->steps.count; i++)
        *vec_push(c->job->ctx, &roots) = c->steps.at[i].outside;
    while (d->direction < c->steps.count && !(c->steps.at[d->direction].kind == STEP_ARGUMENT &&
                                              c->steps.at[d->direction].active))
        d->direction++;
    if (d->direction < c->steps.count) {
        const Gate s = c->steps.at[d->direction];
        NodeId seed = seed_of(g, &s);
        NodeId *tangent = array_new(c->job->ctx, graph_count(g), sizeof *tangent);
        tangent[s.node] = seed;
        jvp(c->job->rules, g, roots.at, roots.count, tangent, SWEEP_PLAIN);
        for (uint32_t i = 0; i < c->steps.count; i++)
            d->tangent[i] = tangent[roots.at[i]];
        ctx_resize(c->job->ctx, tangent, 0);
    }
    vec_free(c->job->ctx, &roots);
}

/* ---- names of values */

/* What definitions are in a formula: their names, or nothing but arguments. */
static void name_steps(const Circuit *c, bool arguments_only, NodeId *image)
{
    for (uint32_t i = 0; i < c->steps.count; i++) {
        const Gate *s = &c->steps.at[i];
        if (s->kind == STEP_ARGUMENT || (s->model && !arguments_only) || s->array)
            image[s->outside] = step_ref(c, i);
    }
}

/* A definition's value in the names of others: as it is written, and tidied. */
static void find_value(Derivation *d, uint32_t step)
{
    const Circuit *c = d->circuit;
    const Gate s = c->steps.at[step];
    NodeId *names = array_new(c->job->ctx, graph_count(c->g), sizeof *names);
    name_steps(c, false, names);
    names[s.outside] = 0;
    d->plain_value[step] = formula_plain(c->g, replaced(c->g, node_at(c->g, s.node)->a, names));
    d->tidy_value[step] = formula_tidy(c->job->rules, c->g, d->plain_value[step]);
    ctx_resize(c->job->ctx, names, 0);
}

static void find_values(Derivation *d)
{
    const Circuit *c = d->circuit;
    for (uint32_t i = 0; i < c->steps.count; i++) {
        const Gate *s = &c->steps.at[i];
        if (s->kind != STEP_ARGUMENT && !s->array && s->model && node_op(c->g, s->node) == OP_NAME)
            find_value(d, i);
    }
}

/* Values of definitions by their names: sigma(d) is f. Before tidying what is written as a call,
 * after it all that is worth a name. */
static NodeId name_values(const Derivation *d, NodeId root, bool tidy)
{
    const Circuit *c = d->circuit;
    NodeId *image = array_new(c->job->ctx, graph_count(c->g), sizeof *image);
    for (uint32_t i = 0; i < c->steps.count; i++) {
        const NodeId value = tidy ? d->tidy_value[i] : d->plain_value[i];
        if (value && (tidy || c->steps.at[i].kind == STEP_CALL) && is_named_well(c->g, value))
            image[value] = step_ref(c, i);
    }
    root = replaced(c->g, root, image);
    ctx_resize(c->job->ctx, image, 0);
    for (uint32_t i = 0; i < c->steps.count && tidy; i++)
        if (c->steps.at[i].array && c->steps.at[i].kind != STEP_ARGUMENT)
            root = name_elements(c, i, root);
    return root;
}

Derivation *derivation_new(Circuit *c, const PointValue *point, uint32_t count)
{
    Ctx *ctx = c->job->ctx;
    Derivation *d = ctx_alloc(ctx, sizeof *d);
    if (c->steps.count > STEPS_MAX)
        ctx_fatal(ctx, STATUS_SYSTEM, "the model has %u steps; explanations have at most %d",
                  (unsigned)c->steps.count, STEPS_MAX);
    d->circuit = c;
    d->point = point;
    d->point_count = count;
    d->tangent = array_new(ctx, c->steps.count + 1, sizeof *d->tangent);
    d->rate = array_new(ctx, c->steps.count + 1, sizeof *d->rate);
    d->bar = array_new(ctx, c->steps.count + 1, sizeof *d->bar);
    d->closed = array_new(ctx, c->steps.count + 1, sizeof *d->closed);
    d->plain_value = array_new(ctx, c->steps.count + 1, sizeof *d->plain_value);
    d->tidy_value = array_new(ctx, c->steps.count + 1, sizeof *d->tidy_value);
    for (uint32_t i = 0; i < c->steps.count; i++)
        if (c->steps.at[i].kind != STEP_ARGUMENT && c->steps.at[i].active) {
            add_edges(d, i);
            d->rate[i] = rate_of(d, i);
        }
    find_tangents(d);
    find_values(d);
    if (point)
        evaluate_steps(d);
    return d;
}

void derivation_of(Derivation *d, uint32_t output)
{
    Circuit *c = d->circuit;
    Ctx *ctx = c->job->ctx;
    d->output = c->outputs.at[output];
    Adjoints read = sweep_model(d, d->output, true), exact = sweep_model(d, d->output, false);
    Fn fn = function_of_model(d);
    for (uint32_t i = 0; i < c->steps.count; i++) {
        const Gate *s = &c->steps.at[i];
        d->closed[i] = s->outside < read.count ? read.bar[s->outside] : 0;
        d->bar[i] = s->outside < exact.count ? exact.bar[s->outside] : 0;
        if (d->bar[i])
            add_result(c->g, &fn, sym_derived(c->g, s->sym, ROLE_BAR), d->bar[i]);
    }
    if (d->point) {
        find_products(d);
        if (d->bar_values)
            values_free(d->bar_values);
        if (d->edge_values)
            values_free(d->edge_values);
        d->bar_values = values_new(c->g, &fn, d->point, d->point_count, c->job->real, 0);
        evaluate_edges(d);
    }
    ctx_resize(ctx, read.bar, 0);
    ctx_resize(ctx, exact.bar, 0);
    fn_free(ctx, &fn);
}

void derivation_free(Derivation *d)
{
    Ctx *ctx = d->circuit->job->ctx;
    take_back(d);
    vec_free(ctx, &d->given);
    if (d->values)
        values_free(d->values);
    if (d->bar_values)
        values_free(d->bar_values);
    if (d->edge_values)
        values_free(d->edge_values);
    vec_free(ctx, &d->edges);
    ctx_resize(ctx, d->tangent, 0);
    ctx_resize(ctx, d->rate, 0);
    ctx_resize(ctx, d->bar, 0);
    ctx_resize(ctx, d->closed, 0);
    ctx_resize(ctx, d->plain_value, 0);
    ctx_resize(ctx, d->tidy_value, 0);
}

bool derivation_reaches(const Derivation *d, uint32_t step) { return d->bar[step] != 0; }

/* ---- closed forms */

NodeId derivation_closed(Derivation *d, uint32_t step, bool arguments_only)
{
    Circuit *c = d->circuit;
    NodeId root = d->closed[step];
    if (!root)
        return 0;
    NodeId *image = array_new(c->job->ctx, graph_count(c->g), sizeof *image);
    name_steps(c, arguments_only, image);
    root = formula_plain(c->g, replaced(c->g, root, image));
    ctx_resize(c->job->ctx, image, 0);
    if (arguments_only)
        return formula_tidy(c->job->rules, c->g, root);
    root = formula_tidy(c->job->rules, c->g, name_values(d, root, false));
    return formula_tidy(c->job->rules, c->g, name_values(d, root, true));
}

/* ---- texts of numbers */

/* Six digits, as few as they take. */
static void put_short(mpfr_srcptr number, Text *out)
{
    char digits[60];
    if (mpfr_nan_p(number) || mpfr_inf_p(number)) {
        text_put(out, mpfr_nan_p(number) ? "nan" : mpfr_sgn(number) < 0 ? "-inf" : "inf");
        return;
    }
    if (mpfr_zero_p(number)) {
        text_char(out, '0');
        return;
    }
    mpfr_snprintf(digits, sizeof digits, "%.*Rg", NUMBER_DIGITS, number);
    text_put(out, digits);
}

/* How many elements a row has, to be separated from the next: 0 of what is no matrix. */
static size_t row_length(const Derivation *d, TupleId shape)
{
    const uint32_t rank = tuple_size(d->circuit->g, shape);
    if (rank != 2)
        return 0;
    return mpfr_get_ui(values_at(d->values, tuple_item(d->circuit->g, shape, 1), 0), MPFR_RNDN);
}

static bool put_numbers(const Derivation *d, const Values *v, const Gate *s, NodeId node, bool own,
                        size_t most, Text *out)
{
    const Circuit *c = d->circuit;
    if (!v || !node)
        return false;
    size_t count = number_count(d, v, own ? s : NULL, node),
           row = row_length(d, sym_at(c->g, s->sym)->shape);
    if (count > most)
        return false;
    text_put(out, s->array ? "[" : "");
    for (size_t i = 0; i < count; i++) {
        text_put(out, !i ? "" : row && i % row == 0 ? "; " : ", ");
        put_short(number_at(d, v, own ? s : NULL, node, i), out);
    }
    text_put(out, s->array ? "]" : "");
    return true;
}

bool put_step_number(const Derivation *d, uint32_t step, Text *out)
{
    const Gate *s = &d->circuit->steps.at[step];
    return put_numbers(d, d->values, s, s->outside, true, ELEMENTS_MAX, out);
}

bool put_bar_number(const Derivation *d, uint32_t step, Text *out)
{
    const Gate *s = &d->circuit->steps.at[step];
    return put_numbers(d, d->bar_values, s, d->bar[step], false, ELEMENTS_MAX, out);
}

bool put_tangent_number(const Derivation *d, uint32_t step, Text *out)
{
    const Gate *s = &d->circuit->steps.at[step];
    return put_numbers(d, d->values, s, d->tangent[step], false, ELEMENTS_MAX, out);
}

bool put_edge_number(const Derivation *d, const Edge *e, bool local, Text *out)
{
    const Gate *s = &d->circuit->steps.at[e->from];
    NodeId node = local ? e->exact_local : e->exact;
    return d->bar[e->to] && put_numbers(d, d->edge_values, s, node, false, FEW_ELEMENTS, out);
}
