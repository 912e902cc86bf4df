/* Functions of a test that call the model's, the user's and its own: flat arrays of double in, the
 * same out, whatever the arguments are. */
#include <string.h>

#include "emit/emit.h"

/* ---- arguments */

static void put_flat(Test *t, const char *array, const Block *b, bool scalar)
{
    if (scalar)
        text_printf(t->out, "%s[%u]", array, (unsigned)b->offset);
    else
        text_printf(t->out, b->offset ? "%s + %u" : "%s", array, (unsigned)b->offset);
}

static void put_dim(Test *t, SymId sym)
{
    for (uint32_t i = 0; i < t->dim_count; i++)
        if (t->dims[i].sym == sym)
            text_printf(t->out, "%lu", mpfr_get_ui(t->dims[i].values[0], MPFR_RNDN));
}

static void put_argument(Test *t, const Fn *fn, uint32_t i)
{
    const Param a = fn_argument(fn, i);
    const bool scalar = !sym_at(t->g, a.sym)->shape;
    switch (a.role) {
    case ARG_DIM: put_dim(t, a.sym); break;
    case ARG_INPUT: case ARG_PARAM:
        put_flat(t, "a_", test_block(&t->arguments, a.sym), scalar);
        break;
    case ARG_INDEX: put_flat(t, "ix_", test_block(&t->indices, a.sym), scalar); break;
    case ARG_TANGENT: put_flat(t, "d_", test_block(&t->inputs, a.of), scalar); break;
    case ARG_SEED: put_flat(t, "s_", test_block(&t->outputs, a.of), scalar); break;
    case ARG_OUTPUT:
        if (test_block(&t->outputs, a.sym))
            put_flat(t, "o_", test_block(&t->outputs, a.sym), false);
        else
            put_flat(t, "o_", test_block(&t->sides, a.sym), false);
        break;
    case ARG_OUTPUT_TANGENT: put_flat(t, "od_", test_block(&t->outputs, a.of), false); break;
    case ARG_ADJOINT: put_flat(t, "b_", test_block(&t->inputs, a.of), false); break;
    case ARG_WORK: text_put(t->out, "work"); break;
    case ARG_ADJOINT_TANGENT: case ARG_JACOBIAN: case ARG_HESSIAN: case ARG_ROLE_COUNT: break;
    }
}

static bool has_work(const Fn *fn)
{
    return fn->results.count && fn->results.at[fn->results.count - 1].role == ARG_WORK;
}

static void put_new_work(Test *t, const Fn *fn)
{
    const bool complex = t->job->real == REAL_COMPLEX;
    t->works = t->works || !complex;
    text_put(t->out, complex ? "    double complex *work = malloc(sizeof *work*(1 + "
                             : "    real *work = new_work(");
    put_work_name(t->job, fn->kind, t->out);
    if (has_runtime_dims(t->job)) {
        text_char(t->out, '(');
        for (uint32_t i = 0; i < t->dim_count; i++) {
            text_put(t->out, i ? ", " : "");
            put_dim(t, t->dims[i].sym);
        }
        text_char(t->out, ')');
    }
    text_put(t->out, complex ? "));\n    if (!work)\n        exit(3);\n" : ");\n");
}

/* FUNCTION(arguments); with the work of the model's function behind. */
static void put_call(Test *t, const Plan *plan, const char *prefix)
{
    const size_t start = t->out->len;
    text_printf(t->out, "    %s_%s(", prefix, fn_kind_name(plan->fn.kind));
    for (uint32_t i = 0; i < fn_argument_count(&plan->fn); i++) {
        text_put(t->out, i ? ", " : "");
        put_argument(t, &plan->fn, i);
    }
    text_put(t->out, ");\n");
    wrap_lines(t->out, start);
}

/* ---- the model's functions */

typedef struct Adapter {
    Test *t;
    const char *head, *before, *after;
} Adapter;

static void put_adapter(Job *job, const Plan *plan, void *with)
{
    const Adapter *a = with;
    Test *t = a->t;
    const bool work = has_work(&plan->fn);
    text_printf(t->out, "\n%s\n{\n%s", a->head, a->before);
    if (work)
        put_new_work(t, &plan->fn);
    put_call(t, plan, job->prefix);
    text_printf(t->out, "%s%s    (void)ix_;\n}\n", a->after, work ? "    free(work);\n" : "");
}

static void put_model_calls(Test *t)
{
    Adapter value = {t, "static void call_value(const double *x, const int *ix_, double *value)",
                     "    static real a_[ARGS + 1], o_[OUTPUTS + 1];\n    to_real(a_, x, ARGS);\n",
                     "    from_real(value, o_, OUTPUTS);\n"};
    Adapter forward = {
        t,
        "static void call_forward(const double *x, const int *ix_, const double *dot, "
        "double *value,\n                         double *out_dot)",
        "    static real a_[ARGS + 1], d_[INPUTS + 1], o_[OUTPUTS + 1], od_[OUTPUTS + 1];\n"
        "    to_real(a_, x, ARGS);\n    to_real(d_, dot, INPUTS);\n",
        "    from_real(value, o_, OUTPUTS);\n    from_real(out_dot, od_, OUTPUTS);\n"};
    Adapter reverse = {
        t,
        "static void call_reverse(const double *x, const int *ix_, const double *weight, "
        "double *value,\n                         double *result)",
        "    static real a_[ARGS + 1], s_[OUTPUTS + 1], o_[OUTPUTS + 1], b_[INPUTS + 1];\n"
        "    to_real(a_, x, ARGS);\n    to_real(s_, weight, OUTPUTS);\n",
        "    from_real(value, o_, OUTPUTS);\n    from_real(result, b_, INPUTS);\n"};
    job_function(t->job, FN_VALUE, put_adapter, &value);
    job_function(t->job, FN_FORWARD, put_adapter, &forward);
    job_function(t->job, FN_REVERSE, put_adapter, &reverse);
}

/* ---- the test's own functions */

static void put_claim_calls(Test *t)
{
    text_put(t->out,
             "\nstatic void call_claims(const double *x, const int *ix_, double *sides)\n{\n");
    if (!t->claims) {
        text_put(t->out, "    (void)x;\n    (void)ix_;\n    sides[0] = 0;\n}\n");
    } else {
        text_put(t->out,
                 "    static real a_[ARGS + 1], o_[SIDES + 1];\n    to_real(a_, x, ARGS);\n");
        text_put(t->out, t->claims_call.at);
        text_put(t->out, "    from_real(sides, o_, SIDES);\n    (void)ix_;\n}\n");
    }
    text_printf(t->out, "\n/* Does the point satisfy what the model assumes? */\n"
                "static int is_assumed(const double *x, const int *ix_)\n{\n"
                "    static double sides[SIDES + 1];\n    call_claims(x, ix_, sides);\n"
                "    for (int i = SIDES - %u; i < SIDES; i++)\n        if (sides[i] == 0)\n"
                "            return 0;\n    return 1;\n}\n", (unsigned)t->assumed);
}

static void put_path_calls(Test *t)
{
    text_put(
        t->out,
        "\nstatic void call_path(int k, const double *x, const int *ix_, double *result)\n{\n");
    if (!t->path_count) {
        text_put(t->out, "    (void)x;\n    (void)ix_;\n    result[0] = k;\n}\n");
        return;
    }
    text_put(t->out,
             "    static real a_[ARGS + 1], o_[PATHS*INPUTS + 1];\n    to_real(a_, x, ARGS);\n");
    text_put(t->out, t->paths_call.at);
    text_put(t->out, "    from_real(result, o_ + k*INPUTS, INPUTS);\n    (void)ix_;\n}\n");
}

/* The call of a function of the test's own, kept until it is put. */
void test_keep_call(Test *t, const Plan *plan, Text *call)
{
    Text *out = t->out;
    t->out = call;
    if (has_work(&plan->fn))
        put_new_work(t, &plan->fn);
    put_call(t, plan, t->job->prefix);
    if (has_work(&plan->fn))
        text_put(call, "    free(work);\n");
    t->out = out;
}

/* ---- the user's function */

/* Its results hold numbers before the call; whether they count is for the test to see. */
static void put_yours(Job *job, const Plan *plan, void *with)
{
    Test *t = with;
    const Against *a = job->against;
    bool first = true;
    text_put(t->out,
             "    static real a_[ARGS + 1], s_[OUTPUTS + 1], o_[OUTPUTS + 1], b_[INPUTS + 1];\n"
             "    to_real(a_, x_, ARGS);\n    to_real(s_, weight_, OUTPUTS);\n"
             "    to_real(o_, value_, OUTPUTS);\n    to_real(b_, result_, INPUTS);\n");
    const size_t start = t->out->len;
    text_printf(t->out, "    %s%s(", a->returns ? "o_[0] = " : "", a->function);
    for (uint32_t i = 0; i < fn_argument_count(&plan->fn); i++) {
        const ArgRole role = fn_argument(&plan->fn, i).role;
        if (role == ARG_WORK || (role == ARG_OUTPUT && !a->values))
            continue;
        text_put(t->out, first ? "" : ", ");
        first = false;
        put_argument(t, &plan->fn, i);
    }
    text_put(t->out, ");\n");
    wrap_lines(t->out, start);
    text_put(t->out, "    from_real(value_, o_, OUTPUTS);\n    from_real(result_, b_, INPUTS);\n"
                     "    (void)ix_;\n    (void)s_;\n");
}

static void put_your_calls(Test *t)
{
    const bool gradient = t->outputs.count == 1 && t->outputs.at[0].count == 1 &&
                          !sym_at(t->g, t->outputs.at[0].sym)->shape;
    text_put(
        t->out,
        "\nstatic void call_yours(const double *x_, const int *ix_, "
        "const double *weight_,\n                       double *value_, double *result_)\n{\n");
    if (t->job->against)
        job_function(t->job, gradient ? FN_GRADIENT : FN_REVERSE, put_yours, t);
    else
        text_put(
            t->out,
            "    (void)x_;\n    (void)ix_;\n    (void)weight_;\n    value_[0] = result_[0] = 0;\n");
    text_put(t->out, "}\n");
}

/* The derivative of the outputs, weighted, in one argument. */
static void put_complex_call(Test *t)
{
    text_put(t->out, "\nstatic double call_complex(const double *x, const int *ix_, int at, "
                     "const double *weight)\n{\n");
    if (!t->no_complex) {
        text_put(t->out, "#if !defined __STDC_NO_COMPLEX__ && !defined __TINYC__\n"
                         "    static double complex a_[ARGS + 1], o_[OUTPUTS + 1];\n"
                         "    const double step = 1e-100;\n    double sum = 0;\n"
                         "    for (int i = 0; i < ARGS; i++)\n        a_[i] = x[i];\n"
                         "    ((double *)&a_[at])[1] = step; /* its imaginary part */\n");
        text_put(t->out, t->complex_call.at);
        text_put(t->out,
                 "    for (int i = 0; i < OUTPUTS; i++)\n        sum += weight[i]*cimag(o_[i]);\n"
                 "    (void)ix_;\n    return sum/step;\n#else\n");
    }
    text_put(t->out, "    (void)x;\n    (void)ix_;\n    (void)at;\n    return weight[0];\n");
    text_put(t->out, t->no_complex ? "}\n" : "#endif\n}\n");
}

/* Does the text use the identifier? */
static bool uses(const char *text, const char *name)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789";
    const size_t length = strlen(name);
    for (const char *at = text; (at = strstr(at, name)); at += length)
        if ((at == text || !strchr(letters, at[-1])) &&
            (!at[length] || !strchr(letters, at[length])))
            return true;
    return false;
}

/* The user's function may have a name of the test's own, which then gets another. */
static bool is_own_name(const Test *t, const char *name)
{
    static const char *const texts[] = {"test.c", "test_tables.c", "test_work.c"};
    static const char *const calls[] = {
        "call_value",   "call_forward",
        "call_reverse", "call_claims",
        "call_path",    "call_complex",
        "is_assumed",   "x",
        "at",           "k",
        "dot",          "value",
        "out_dot",      "weight",
        "result",       "sides",
        "step",         "sum",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (uses(template_text(t->job->ctx, texts[i]), name))
            return true;
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++)
        if (!strcmp(calls[i], name))
            return true;
    return false;
}

void put_test_yours(Test *t)
{
    const char *name = t->job->against ? t->job->against->function : NULL;
    text_put(t->out, template_text(t->job->ctx, "test_calls.c"));
    put_your_calls(t);
    if (name && is_own_name(t, name))
        text_printf(t->out, "\n#define %s own_%s /* from here on */\n", name, name);
}

void put_test_calls(Test *t)
{
    Text calls = text_new(t->job->ctx), *out = t->out;
    t->out = &calls;
    put_model_calls(t);
    put_claim_calls(t);
    put_path_calls(t);
    t->out = out;
    if (t->works)
        text_put(out, template_text(t->job->ctx, "test_work.c"));
    text_put(out, calls.at);
    put_complex_call(t);
    text_free(&calls);
}
