/* A model in, its derivation out as a lecture writes it on the board: the steps with their values;
 * from each output backwards what reaches a step, its local derivatives and what it hands on; the
 * gradients as formulas; one direction forwards; and what all that costs. */
#include <gmp.h>
#include <string.h>

#include "emit/emit.h"

typedef struct Explanation {
    Job *job;
    Circuit *c;
    Derivation *d;
    Page page;
    Notation notation;
    bool numbers; /* is there a point? */
} Explanation;

/* ---- cells */

static void formula_cell(Explanation *e, void put(Explanation *, uint32_t, Text *), uint32_t of)
{
    Text text = text_new(e->job->ctx);
    text_put(&text, "");
    put(e, of, &text);
    page_cell(&e->page, CELL_FORMULA, &text);
    text_free(&text);
}

static void text_cell(Explanation *e, const char *words)
{
    Text text = text_new(e->job->ctx);
    text_put(&text, words);
    page_cell(&e->page, CELL_TEXT, &text);
    text_free(&text);
}

static void number_cell(Explanation *e, CellKind kind,
                        bool put(const Derivation *, uint32_t, Text *), uint32_t of)
{
    Text text = text_new(e->job->ctx);
    text_put(&text, "");
    if (e->numbers && !put(e->d, of, &text) && kind == CELL_GRADIENT && !e->c->steps.at[of].array)
        text_put(&text, "0");
    if (e->numbers)
        page_cell(&e->page, kind, &text);
    text_free(&text);
}

static void put_name(Explanation *e, uint32_t step, Text *out)
{
    put_step_name(e->c, e->notation, step, out);
}

static void put_value(Explanation *e, uint32_t step, Text *out)
{
    put_step_value(e->c, e->notation, step, out);
}

static void put_equation(Explanation *e, uint32_t step, Text *out)
{
    const Gate *s = &e->c->steps.at[step];
    if (!s->array) {
        put_name(e, step, out);
        text_put(out, " = ");
    }
    put_value(e, step, out);
}

static SymId bar_sym(const Explanation *e, uint32_t step)
{
    return sym_derived(e->c->g, e->c->steps.at[step].sym, ROLE_BAR);
}

static void put_bar(Explanation *e, uint32_t step, Text *out)
{
    put_symbol_name(e->job, e->notation, bar_sym(e, step), out);
}

/* ---- forward */

static const char *words_of(const Gate *s)
{
    return s->active ? "input" : "param";
}

static void explain_values(Explanation *e)
{
    static const char *const head[] = {"step", "is computed by", "value"};
    page_heading(&e->page, "Forward: values");
    page_table(&e->page, e->numbers ? 3 : 2, head);
    for (uint32_t i = 0; i < e->c->steps.count; i++) {
        const Gate *s = &e->c->steps.at[i];
        formula_cell(e, put_name, i);
        if (s->kind == STEP_ARGUMENT)
            text_cell(e, words_of(s));
        else
            formula_cell(e, put_value, i);
        number_cell(e, CELL_VALUE, put_step_number, i);
    }
    page_end_table(&e->page);
}

/* ---- backward: what one step hands to one operand */

/* x_bar[j] += ..., and as matrices. */
static void put_part(Explanation *e, uint32_t from, TupleId at, NodeId value, Text *out)
{
    put_symbol_at(e->job, e->notation, bar_sym(e, from), at, out);
    text_put(out, " += ");
    put_formula_at(e->job, e->notation, value, at, out);
    Text matrix = text_new(e->job->ctx);
    text_put(&matrix, "");
    if (put_matrix_form(e->job, e->notation, value, at, &matrix)) {
        text_put(out, e->notation == NOTATION_LATEX ? ",\\quad " : ", or ");
        put_symbol_name(e->job, e->notation, bar_sym(e, from), out);
        text_printf(out, " += %s", matrix.at);
    }
    text_free(&matrix);
}

static void put_handed(Explanation *e, uint32_t edge, Text *out)
{
    const Edge *g = &e->d->edges.at[edge];
    Graph *graph = e->c->g;
    if (g->local) {
        put_derivative(&e->page, e->c, g->to, g->from, out);
        text_put(out, " = ");
        put_formula(e->job, e->notation, g->local, PREC_COND, out);
        return;
    }
    if (node_op(graph, g->product) != OP_ARRAY) {
        put_part(e, g->from, 0, g->product, out);
        return;
    }
    for (uint32_t i = 0; i < tuple_size(graph, node_tuple(graph, g->product)); i++) {
        const Node part = *node_at(graph, tuple_item(graph, node_tuple(graph, g->product), i));
        text_put(out, i ? "; " : "");
        put_part(e, g->from, part.b, part.a, out);
    }
}

/* The product of upstream and local derivative, as a formula or a number. */
static void put_product(Explanation *e, uint32_t edge, Text *out)
{
    const Edge *g = &e->d->edges.at[edge];
    if (g->local)
        put_formula(e->job, e->notation, g->product, PREC_COND, out);
}

static void edge_number_cell(Explanation *e, CellKind kind, uint32_t edge, bool local)
{
    Text text = text_new(e->job->ctx);
    text_put(&text, "");
    put_edge_number(e->d, &e->d->edges.at[edge], local, &text);
    page_cell(&e->page, kind, &text);
    text_free(&text);
}

static void edge_row(Explanation *e, uint32_t edge, bool first)
{
    const Edge *g = &e->d->edges.at[edge];
    if (first) {
        formula_cell(e, put_equation, g->to);
        if (e->numbers && !e->c->steps.at[g->to].array)
            number_cell(e, CELL_GRADIENT, put_bar_number, g->to);
        else
            formula_cell(e, put_bar, g->to);
    } else {
        text_cell(e, "");
        text_cell(e, "");
    }
    formula_cell(e, put_name, g->from);
    formula_cell(e, put_handed, edge);
    if (e->numbers) {
        if (g->exact_local)
            edge_number_cell(e, CELL_VALUE, edge, true);
        else
            text_cell(e, "");
        edge_number_cell(e, CELL_GRADIENT, edge, false);
    } else {
        formula_cell(e, put_product, edge);
    }
}

/* ---- backward: the sum where a value fans out */

static bool is_on_way(const Explanation *e, const Edge *g)
{
    return e->d->bar[g->to] != 0;
}

static uint32_t paths_into(const Explanation *e, uint32_t step)
{
    uint32_t count = step == e->d->output;
    for (uint32_t k = 0; k < e->d->edges.count; k++)
        count += e->d->edges.at[k].from == step && is_on_way(e, &e->d->edges.at[k]);
    return count;
}

static void put_sum(Explanation *e, uint32_t step, Text *out)
{
    bool any = step == e->d->output;
    put_bar(e, step, out);
    if (e->c->steps.at[step].array)
        return;
    text_put(out, any ? " = 1" : " = ");
    for (uint32_t k = e->d->edges.count; k-- > 0;) {
        const Edge *g = &e->d->edges.at[k];
        if (g->from != step || !is_on_way(e, g))
            continue;
        text_put(out, any ? " + " : "");
        any = true;
        Text number = text_new(e->job->ctx);
        text_put(&number, "");
        if (!e->numbers && g->local)
            put_formula(e->job, e->notation, g->product, PREC_MUL, out);
        else if (e->numbers && put_edge_number(e->d, g, false, &number))
            text_printf(out, *number.at == '-' ? "(%s)" : "%s", number.at);
        else
            text_put(out, e->notation == NOTATION_LATEX ? "\\ldots" : "...");
        text_free(&number);
    }
}

static void put_users(Explanation *e, uint32_t step, Text *out)
{
    uint32_t count = 0;
    text_printf(out, "sum of %u: by ", (unsigned)paths_into(e, step));
    for (uint32_t k = e->d->edges.count; k-- > 0;) {
        const Edge *g = &e->d->edges.at[k];
        if (g->from != step || !is_on_way(e, g))
            continue;
        text_put(out, count++ ? ", " : "");
        put_step_name(e->c, NOTATION_TEXT, g->to, out);
    }
    if (step == e->d->output)
        text_put(out, " and as the output");
}

static void sum_row(Explanation *e, uint32_t step)
{
    Text users = text_new(e->job->ctx);
    put_users(e, step, &users);
    page_cell(&e->page, CELL_TEXT, &users);
    text_cell(e, "");
    formula_cell(e, put_name, step);
    formula_cell(e, put_sum, step);
    if (e->numbers)
        text_cell(e, "");
    if (e->numbers && !e->c->steps.at[step].array)
        number_cell(e, CELL_GRADIENT, put_bar_number, step);
    else
        text_cell(e, "");
    text_free(&users);
}

static bool is_live(const Explanation *e, uint32_t step)
{
    return e->c->steps.at[step].active && derivation_reaches(e->d, step);
}

/* All that a step hands on, when all that reaches it is known. */
static void explain_step(Explanation *e, uint32_t step)
{
    bool first = true;
    if (paths_into(e, step) > 1)
        sum_row(e, step);
    for (uint32_t k = 0; k < e->d->edges.count; k++)
        if (e->d->edges.at[k].to == step) {
            edge_row(e, k, first);
            first = false;
        }
}

static void explain_seed(Explanation *e)
{
    Text text = text_new(e->job->ctx);
    const Gate *f = &e->c->steps.at[e->d->output];
    put_symbol_name(e->job, NOTATION_TEXT, bar_sym(e, e->d->output), &text);
    text_put(&text, f->array
                        ? " is 1 in each element: gradients are those of the sum of its elements."
                        : " = 1.");
    text_put(&text, " Each gate multiplies what comes from upstream by its local derivative.");
    page_text(&e->page, text.at);
    text_free(&text);
}

static void explain_adjoints(Explanation *e)
{
    static const char *const with[] = {"gate",  "upstream", "to", "local derivative",
                                       "value", "product"};
    static const char *const without[] = {"gate", "upstream", "to", "local derivative", "product"};
    Text title = text_new(e->job->ctx);
    text_put(&title, "Backward: gradients of ");
    put_step_name(e->c, NOTATION_TEXT, e->d->output, &title);
    page_heading(&e->page, title.at);
    explain_seed(e);
    page_table(&e->page, e->numbers ? 6 : 5, e->numbers ? with : without);
    for (uint32_t i = e->c->steps.count; i-- > 0;)
        if (is_live(e, i))
            explain_step(e, i);
    page_end_table(&e->page);
    text_free(&title);
}

/* ---- gradients */

/* What is longer than this in arguments alone is read better in the names of the model. */
enum { SHORT = 60 };

static void put_closed(Explanation *e, uint32_t step, Text *out)
{
    NodeId named = derivation_closed(e->d, step, false), bare;
    Text other = text_new(e->job->ctx), first = text_new(e->job->ctx);
    if (named && node_op(e->c->g, named) == OP_ARRAY) {
        put_parts(e->job, e->notation, bar_sym(e, step), named, out);
        return;
    }
    named = named ? named : build_int(e->c->g, 0);
    put_formula(e->job, e->notation, named, PREC_COND, &first);
    text_put(out, first.at);
    bare = e->c->steps.at[step].array ? 0 : derivation_closed(e->d, step, true);
    if (bare && put_formula(e->job, e->notation, bare, PREC_COND, &other) && other.len <= SHORT &&
        strcmp(other.at, first.at))
        text_printf(out, " = %s", other.at);
    text_free(&first);
    text_free(&other);
}

static void put_gradient_name(Explanation *e, uint32_t step, Text *out)
{
    if (e->c->steps.at[e->d->output].array || e->c->steps.at[step].array)
        put_bar(e, step, out);
    else
        put_derivative(&e->page, e->c, e->d->output, step, out);
}

static void explain_gradients(Explanation *e)
{
    static const char *const head[] = {"gradient", "formula", "value"};
    Text title = text_new(e->job->ctx);
    text_put(&title, "Gradients of ");
    put_step_name(e->c, NOTATION_TEXT, e->d->output, &title);
    page_heading(&e->page, title.at);
    page_table(&e->page, e->numbers ? 3 : 2, head);
    for (uint32_t i = 0; i < e->c->steps.count; i++) {
        const Gate *s = &e->c->steps.at[i];
        if (s->kind != STEP_ARGUMENT || !s->active)
            continue;
        formula_cell(e, put_gradient_name, i);
        formula_cell(e, put_closed, i);
        number_cell(e, CELL_GRADIENT, put_bar_number, i);
    }
    page_end_table(&e->page);
    text_free(&title);
}

/* ---- forward mode */

static void put_rate_name(Explanation *e, uint32_t step, Text *out)
{
    put_symbol_name(e->job, e->notation, sym_derived(e->c->g, e->c->steps.at[step].sym, ROLE_DOT),
                    out);
}

static void put_rate(Explanation *e, uint32_t step, Text *out)
{
    Graph *g = e->c->g;
    NodeId rate = e->d->rate[step];
    if (node_op(g, rate) != OP_ARRAY) {
        put_formula(e->job, e->notation, rate, PREC_COND, out);
        return;
    }
    const SymId dot = sym_derived(g, e->c->steps.at[step].sym, ROLE_DOT);
    put_parts(e->job, e->notation, dot, rate, out);
}

static void explain_direction(Explanation *e)
{
    Text text = text_new(e->job->ctx);
    const uint32_t along = e->d->direction;
    text_put(&text, "Forward mode along ");
    put_step_name(e->c, NOTATION_TEXT, along, &text);
    page_heading(&e->page, text.at);
    text.len = 0;
    put_symbol_name(e->job, NOTATION_TEXT,
                    sym_derived(e->c->g, e->c->steps.at[along].sym, ROLE_DOT), &text);
    text_put(&text, e->c->steps.at[along].array ? " is 1 in each element" : " = 1");
    text_put(&text,
             ", the tangents of all other inputs are 0: one pass, one column of the Jacobian.");
    page_text(&e->page, text.at);
    text_free(&text);
}

static void explain_tangents(Explanation *e)
{
    static const char *const head[] = {"tangent", "is computed by", "value"};
    explain_direction(e);
    page_table(&e->page, e->numbers ? 3 : 2, head);
    for (uint32_t i = 0; i < e->c->steps.count; i++) {
        if (!e->d->rate[i] || !e->c->steps.at[i].active)
            continue;
        formula_cell(e, put_rate_name, i);
        formula_cell(e, put_rate, i);
        number_cell(e, CELL_GRADIENT, put_tangent_number, i);
    }
    page_end_table(&e->page);
}

/* ---- costs */

static void take_total(Job *job, const Plan *plan, void *with)
{
    (void)job;
    *(uint32_t *)with = plan_count(plan).total;
}

/* How many passes forward the gradient takes: one for each number in the inputs; 0 if that depends
 * on sizes at run time. */
static unsigned long passes_of(const Explanation *e)
{
    unsigned long count = 0;
    for (uint32_t i = 0; i < e->c->steps.count; i++) {
        const Gate *s = &e->c->steps.at[i];
        unsigned long size = 1;
        if (s->kind != STEP_ARGUMENT || !s->active)
            continue;
        TupleId shape = sym_at(e->c->g, s->sym)->shape;
        for (uint32_t k = 0; k < tuple_size(e->c->g, shape); k++) {
            long extent;
            if (!node_integer(e->c->g, tuple_item(e->c->g, shape, k), &extent))
                return 0;
            size *= (unsigned long)extent;
        }
        count += size;
    }
    return count;
}

static void explain_operations(Explanation *e)
{
    uint32_t forward, reverse;
    Text text = text_new(e->job->ctx);
    const unsigned long n = passes_of(e);
    job_function(e->job, FN_FORWARD, take_total, &forward);
    job_function(e->job, FN_REVERSE, take_total, &reverse);
    if (n)
        text_printf(&text,
                    "All derivatives by inputs: %lu forward pass%s of %u operations, %lu together; "
                    "by one reverse pass: %u for each output.",
                    n, n == 1 ? "" : "es", (unsigned)forward, n * forward, (unsigned)reverse);
    else
        text_printf(
            &text,
            "A forward pass has %u operations (loop bodies counted once), and there is one "
            "for each element of each input; a reverse pass has %u, and there is one for each "
            "output.",
            (unsigned)forward, (unsigned)reverse);
    page_text(&e->page, text.at);
    text_free(&text);
}

/* The paths from the inputs to the output, counted along the steps. */
static void count_paths(const Explanation *e, mpz_t total, uint32_t *merged)
{
    const uint32_t count = e->c->steps.count;
    mpz_t *paths = array_new(e->job->ctx, count + 1, sizeof *paths);
    for (uint32_t i = 0; i < count; i++)
        mpz_init_set_ui(paths[i], i == e->d->output);
    for (uint32_t i = count; i-- > 0;)
        for (uint32_t k = 0; k < e->d->edges.count; k++)
            if (e->d->edges.at[k].to == i && mpz_sgn(paths[i]) && e->d->edges.at[k].from < i) {
                mpz_add(paths[e->d->edges.at[k].from], paths[e->d->edges.at[k].from], paths[i]);
                ++*merged;
            }
    for (uint32_t i = 0; i < count; i++)
        if (e->c->steps.at[i].kind == STEP_ARGUMENT)
            mpz_add(total, total, paths[i]);
    for (uint32_t i = 0; i < count; i++)
        mpz_clear(paths[i]);
    ctx_resize(e->job->ctx, paths, 0);
}

static void explain_paths(Explanation *e)
{
    mpz_t total;
    uint32_t merged = 0;
    Text text = text_new(e->job->ctx);
    mpz_init(total);
    count_paths(e, total, &merged);
    char *digits = mpz_get_str(NULL, 10, total);
    void (*release)(void *, size_t);
    put_step_name(e->c, NOTATION_TEXT, e->d->output, &text);
    text_printf(&text,
                ": %s path%s from the inputs, each a product of local derivatives; merged at the "
                "steps that they share, %u product%s.",
                digits, strcmp(digits, "1") ? "s" : "", (unsigned)merged, merged == 1 ? "" : "s");
    page_text(&e->page, text.at);
    mp_get_memory_functions(NULL, NULL, &release);
    release(digits, strlen(digits) + 1);
    mpz_clear(total);
    text_free(&text);
}

/* ---- all of it */

/* The definitions as they are written, in the order in which they are computed. */
static void put_lines(Explanation *e)
{
    const Unit *u = e->job->model->unit;
    for (uint32_t i = 0; i < u->order.count; i++) {
        const Step *step = &u->order.at[i];
        if (step->function || u->entities.at[step->target].kind != ENTITY_DEF)
            continue;
        for (uint32_t k = u->entities.at[step->target].equation; k; k = u->equations.at[k - 1].next)
            page_code(&e->page, name_text(e->job->ctx, u->equations.at[k - 1].line));
    }
}

static void explain_output(Explanation *e, uint32_t output)
{
    derivation_of(e->d, output);
    explain_adjoints(e);
    explain_gradients(e);
}

static void explain(Job *job, PageForm form, Text *out)
{
    Explanation e = {.job = job, .page = {.job = job, .form = form, .out = out}};
    e.notation = page_notation(&e.page);
    e.numbers = job->point != NULL;
    e.c = circuit_new(job);
    e.d = derivation_new(e.c, job->point, job->point_count);
    page_begin(&e.page, job->source);
    put_lines(&e);
    explain_values(&e);
    for (uint32_t i = 0; i < e.c->outputs.count; i++)
        explain_output(&e, i);
    if (e.d->direction < e.c->steps.count)
        explain_tangents(&e);
    page_heading(&e.page, "What it costs");
    explain_operations(&e);
    for (uint32_t i = 0; i < e.c->outputs.count; i++) {
        e.d->output = e.c->outputs.at[i];
        explain_paths(&e);
    }
    page_end(&e.page);
    vec_free(job->ctx, &e.page.cells);
    derivation_free(e.d);
    circuit_free(e.c);
}

void emit_explanation(Job *job, Text *out) { explain(job, PAGE_TERMINAL, out); }
void emit_markdown(Job *job, Text *out) { explain(job, PAGE_MARKDOWN, out); }
void emit_latex(Job *job, Text *out) { explain(job, PAGE_LATEX, out); }
void emit_html(Job *job, Text *out) { explain(job, PAGE_HTML, out); }
