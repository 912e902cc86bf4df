/* gradients: random models with their own derived gradients as checks; and with one wrong change in
 * one of them.
 *
 *     gradients FOLDER FIRST COUNT
 *
 * Model i becomes FOLDER/i.expr, whose checks all hold, and FOLDER/i_wrong.expr, whose checks do
 * not, if a change was found that changes the derivative at one of the points that the model was
 * grown for: one check at that point, another anywhere. What is said of the change is on the first
 * line. Models whose derivative cannot be written as a model are left out. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "trial.h"

enum { BITS = 160, CHANGES = 20 };

typedef struct Case {
    Subject subject;
    Ctx *ctx;            /* of the model as it was grown */
    Grown grown;
    Fn fn;               /* the gradient of one output */
    uint32_t output;     /* the entity */
    uint64_t state;
    bool writable;
} Case;

/* A change of one statement of the derivation. */
typedef struct Change {
    NodeId node;  /* 0: none */
    uint32_t kind;
} Change;

/* ---- text of the derivation ------------------------------------------------------------- */

static void put_number(Case *c, const Number *n, Text *out)
{
    char *digits = NULL;
    if (number_out_of_range(n, REAL_DOUBLE)) /* no literal */
        c->writable = false;
    else if (n->rational)
        gmp_asprintf(&digits, "(%Qd)", n->ratio);
    else if (mpfr_number_p(n->real))
        mpfr_asprintf(&digits, "(%.110Rg)", n->real);
    else
        c->writable = false;
    text_put(out, digits ? digits : "0");
    free(digits);
}

static bool is_infix(Op op)
{
    char first = *op_info(op)->spelling;
    return !((first >= 'a' && first <= 'z') || (first >= 'A' && first <= 'Z'));
}

static void put_operand(Case *c, NodeId id, int i, const char *prefix, Text *out)
{
    Graph *g = c->subject.job.model->graph;
    text_printf(out, "%s%u", prefix, (unsigned)node_operand(g, id, i));
}

static void put_operation(Case *c, NodeId id, Op op, bool turned, const char *prefix, Text *out)
{
    Graph *g = c->subject.job.model->graph;
    int arity = node_arity(g, id);
    const char *name = op_info(op)->spelling;
    if (op == OP_SELECT) {
        put_operand(c, id, 0, prefix, out);
        text_put(out, " ? ");
        put_operand(c, id, turned ? 2 : 1, prefix, out);
        text_put(out, " : ");
        put_operand(c, id, turned ? 1 : 2, prefix, out);
        return;
    }
    if (is_infix(op)) {
        text_put(out, arity == 1 ? name : "");
        put_operand(c, id, turned ? 1 : 0, prefix, out);
        if (arity > 1) {
            text_printf(out, " %s ", op == OP_IPOW ? "^" : name);
            put_operand(c, id, turned ? 0 : 1, prefix, out);
        }
        return;
    }
    text_printf(out, "%s(", name);
    for (int i = 0; i < arity; i++) {
        text_put(out, i ? ", " : "");
        put_operand(c, id, turned ? arity - 1 - i : i, prefix, out);
    }
    text_char(out, ')');
}

/* Another operation of as many operands. */
static Op other_op(Op op)
{
    static const Op pairs[][2] = {{OP_ADD, OP_SUB}, {OP_MUL, OP_ADD}, {OP_SUB, OP_ADD},
                                  {OP_DIV, OP_MUL}, {OP_SIN, OP_COS}, {OP_COS, OP_SIN},
                                  {OP_EXP, OP_COSH}, {OP_LOG, OP_LOG2}, {OP_TANH, OP_ATAN},
                                  {OP_SQRT, OP_CBRT}, {OP_SINH, OP_COSH}, {OP_SIGMOID, OP_TANH}};
    for (size_t i = 0; i < sizeof pairs/sizeof *pairs; i++)
        if (pairs[i][0] == op)
            return pairs[i][1];
    return op;
}

static void put_node(Case *c, NodeId id, const Change *change, const char *prefix, Text *out)
{
    Graph *g = c->subject.job.model->graph;
    const Node n = *node_at(g, id);
    Op op = (Op)n.op;
    bool changed = change->node == id;
    static const char *const before[] = {"-(", "2*(", "(", "(", "("};
    static const char *const behind[] = {")", ")", ")/2", ")", ")"};
    text_printf(out, "%s%u = %s", prefix, (unsigned)id, changed ? before[change->kind] : "");
    if (op == OP_CONST)
        put_number(c, node_number(g, id), out);
    else if (op == OP_REF)
        text_put(out, name_text(c->subject.ctx, sym_at(g, n.a)->name));
    else if (op == OP_NAME || op == OP_TEMP || op == OP_REAL)
        put_operand(c, id, 0, prefix, out);
    else if (op_info(op)->flags & (OPF_LEAF | OPF_REDUCE) || !*op_info(op)->spelling)
        c->writable = false;
    else
        put_operation(c, id, changed && change->kind == 4 ? other_op(op) : op,
                      changed && change->kind == 3, prefix, out);
    text_printf(out, "%s\n", changed ? behind[change->kind] : "");
}

static void put_derivation(Case *c, const Change *change, const char *prefix, Text *out)
{
    for (uint32_t i = 0; i < c->fn.order.count; i++)
        put_node(c, c->fn.order.at[i], change, prefix, out);
}

/* The model, with its outputs stated. */
static void put_model(Case *c, Text *out)
{
    const char *text = c->subject.text;
    text_put(out, text);
    if (!strncmp(text, "output ", 7) || strstr(text, "\noutput "))
        return;
    for (uint32_t i = 0; i < c->subject.unit->outputs.count; i++)
        text_printf(out, "%s%s", i ? ", " : "output ",
                    name_text(c->subject.ctx,
                              c->subject.unit->entities.at[c->subject.unit->outputs.at[i]].name));
    text_char(out, '\n');
}

static const char *name_of_sym(Case *c, SymId sym)
{
    return name_text(c->subject.ctx, sym_at(c->subject.job.model->graph, sym)->name);
}

static void put_check(Case *c, const Result *r, const char *prefix, Text *out)
{
    text_printf(out, "check diff(%s, %s) == %s%u",
                name_text(c->subject.ctx, c->subject.unit->entities.at[c->output].name),
                name_of_sym(c, r->of), prefix, (unsigned)r->node);
}

/* ---- is a change one? ------------------------------------------------------------------- */

/* The value of a name of a model at a point, by the graph, NaN if there is none. */
static double value_at(Subject *s, const char *name, const double *at)
{
    Graph *g = s->job.model->graph;
    int64_t entity = unit_find(s->unit, name_of(s->ctx, name));
    PointValue values[ARGS_MAX];
    mpfr_t numbers[ARGS_MAX];
    Fn fn = {.kind = FN_VALUE};
    Result r = {.sym = s->job.model->syms.at[entity], .node = s->job.model->nodes.at[entity]};
    *vec_push(s->ctx, &fn.results) = r;
    for (uint32_t i = 0; i < s->args.count; i++) {
        mpfr_init2(numbers[i], BITS);
        mpfr_set_d(numbers[i], at[i], MPFR_RNDN);
        SymId sym = s->job.model->syms.at[s->args.at[i]];
        values[i] = (PointValue){s->args.at[i], sym, &numbers[i], 1};
    }
    Values *v = values_new(g, &fn, values, s->args.count, REAL_DOUBLE, BITS);
    double value = mpfr_get_d(values_at(v, r.node, 0), MPFR_RNDN);
    values_free(v);
    for (uint32_t i = 0; i < s->args.count; i++)
        mpfr_clear(numbers[i]);
    return value;
}

static void point_of(Case *c, uint32_t k, double *at)
{
    for (uint32_t i = 0; i < c->grown.names.count; i++) {
        int place = subject_arg(&c->subject, name_text(c->ctx, c->grown.names.at[i]));
        if (place >= 0)
            at[place] = c->grown.at.at[i*GROW_POINTS + k];
    }
}

/* The point at which two names of a model differ; -1 if they are the same at all. */
static int differ_at(Case *c, const char *text, const char *right, const char *wrong)
{
    Subject both;
    const char *complaint;
    int found = -1;
    if (subject_open(&both, text, "both", &complaint))
        for (int k = 0; k < GROW_POINTS && found < 0; k++) {
            double at[ARGS_MAX] = {0};
            point_of(c, (uint32_t)k, at);
            double a = value_at(&both, right, at), b = value_at(&both, wrong, at);
            if (isfinite(a) && fabs(a) < 1e100 && isfinite(b) && fabs(b) < 1e100 &&
                fabs(a - b) > 1e-6*fmax(fabs(a), fabs(b)) && fabs(a - b) > 1e-20)
                found = k;
        }
    subject_close(&both);
    return found;
}

/* ---- files ------------------------------------------------------------------------------ */

static void write_file(const char *folder, uint64_t number, const char *tail, const Text *text)
{
    char path[500];
    snprintf(path, sizeof path, "%s/%llu%s.expr", folder, (unsigned long long)number, tail);
    FILE *f = fopen(path, "w");
    if (!f || fwrite(text->at, 1, text->len, f) != text->len || fclose(f)) {
        perror(path);
        exit(1);
    }
}

static void write_right(Case *c, const char *folder, uint64_t number)
{
    Text text = text_new(c->subject.ctx);
    const Change none = {0, 0};
    put_model(c, &text);
    put_derivation(c, &none, "zz_", &text);
    for (uint32_t i = 0; i < c->fn.results.count; i++)
        if (c->fn.results.at[i].role == ARG_ADJOINT) {
            put_check(c, &c->fn.results.at[i], "zz_", &text);
            text_char(&text, '\n');
        }
    if (c->writable)
        write_file(folder, number, "", &text);
}

/* A model with both derivations, and checks of the wrong one; false if the change is none. */
static bool write_wrong(Case *c, const char *folder, uint64_t number, const Change *change,
                        const Result *r)
{
    const Change none = {0, 0};
    char right[40], wrong[40];
    double at[ARGS_MAX] = {0};
    Text text = text_new(c->subject.ctx);
    put_model(c, &text);
    put_derivation(c, &none, "zz_", &text);
    put_derivation(c, change, "zw_", &text);
    snprintf(right, sizeof right, "zz_%u", (unsigned)r->node);
    snprintf(wrong, sizeof wrong, "zw_%u", (unsigned)r->node);
    int point = differ_at(c, text.at, right, wrong);
    if (point < 0)
        return false;
    put_check(c, r, "zw_", &text);
    text_char(&text, '\n');
    put_check(c, r, "zw_", &text);
    point_of(c, (uint32_t)point, at);
    for (uint32_t i = 0; i < c->subject.args.count; i++)
        text_printf(&text, "%s%s=%.17g", i ? ", " : " at (",
                    name_of_sym(c, c->subject.job.model->syms.at[c->subject.args.at[i]]), at[i]);
    text_put(&text, ")\n");
    write_file(folder, number, "_wrong", &text);
    return true;
}

static void try_changes(Case *c, const char *folder, uint64_t number)
{
    for (int try = 0; try < CHANGES; try++) {
        const Result *r = &c->fn.results.at[random_below(&c->state, c->fn.results.count)];
        Change change = {c->fn.order.at[random_below(&c->state, c->fn.order.count)],
                         random_below(&c->state, 5)};
        if (r->role == ARG_ADJOINT && write_wrong(c, folder, number, &change, r))
            return;
    }
}

/* The gradient of one of the outputs, by itself. */
static void derive(Case *c)
{
    Job *job = &c->subject.job;
    U32Vec *outputs = &c->subject.unit->outputs;
    const U32Vec all = *outputs;
    outputs->at = all.at + random_below(&c->state, all.count);
    outputs->count = 1;
    c->output = outputs->at[0];
    c->fn = job_derive(job, FN_GRADIENT);
    simplify(job->rules, job->model->graph, &c->fn);
    *outputs = all;
}

static void make(Grower *grower, Ctx *ctx, const char *folder, uint64_t number)
{
    const char *complaint;
    Case c = {.ctx = ctx, .grown = {.text = text_new(ctx)}, .writable = true,
              .state = number*0x9e3779b97f4a7c15u + 12345};
    grow(grower, 7, number, &c.grown);
    if (subject_open(&c.subject, c.grown.text.at, "model", &complaint)) {
        derive(&c);
        write_right(&c, folder, number);
        if (c.writable)
            try_changes(&c, folder, number);
    }
    subject_close(&c.subject);
    text_free(&c.grown.text);
    vec_free(ctx, &c.grown.names);
    vec_free(ctx, &c.grown.at);
}

int main(int argc, char **argv)
{
    Ctx *ctx = ctx_new();
    if (argc != 4 || !ctx)
        return 2;
    Grower *grower = grower_new(ctx);
    uint64_t first = strtoull(argv[2], NULL, 10), count = strtoull(argv[3], NULL, 10);
    for (uint64_t i = 0; i < count; i++)
        make(grower, ctx, argv[1], first + i);
    grower_free(grower);
    ctx_free(ctx);
    mpfr_free_cache();
    return 0;
}
