/* How a function is called: its title, its prototype, how long its `work` must be, and the locals
 * by which the body of a packed one gets at its arguments. */
#include <string.h>

#include "emit/emit.h"

/* ---- arguments */

static bool is_result_role(ArgRole role)
{
    return role == ARG_OUTPUT || role == ARG_OUTPUT_TANGENT || role == ARG_ADJOINT ||
           role == ARG_ADJOINT_TANGENT || role == ARG_JACOBIAN || role == ARG_HESSIAN ||
           role == ARG_WORK;
}

const char *pointer_type(const Job *job)
{
    static const char *const types[] = {
        [REAL_FLOAT] = "float *", [REAL_DOUBLE] = "double *",
        [REAL_LONG_DOUBLE] = "long double *", [REAL_COMPLEX] = "double complex *",
    };
    return types[job->real];
}

const char *argument_type(const Job *job, ArgRole role, bool scalar)
{
    static const char *const arrays[] = {
        [REAL_FLOAT] = "const float *", [REAL_DOUBLE] = "const double *",
        [REAL_LONG_DOUBLE] = "const long double *", [REAL_COMPLEX] = "const double complex *",
    };
    if (role == ARG_DIM)
        return scalar ? "size_t" : "const size_t *";
    if (role == ARG_INDEX)
        return scalar ? "int" : "const int *";
    if (is_result_role(role))
        return pointer_type(job);
    return scalar ? real_name(job->real) : arrays[job->real];
}

bool type_is_pointer(const char *type) { return type[strlen(type) - 1] == '*'; }

uint32_t fn_argument_count(const Fn *fn) { return fn->params.count + fn->results.count; }

Param fn_argument(const Fn *fn, uint32_t i)
{
    if (i < fn->params.count)
        return fn->params.at[i];
    const Result *r = &fn->results.at[i - fn->params.count];
    const Param p = {r->sym, r->role, r->of};
    return p;
}

static void put_argument(Job *job, ArgRole role, bool scalar, const char *name, bool *first,
                         Text *out)
{
    const char *type = argument_type(job, role, scalar);
    text_printf(out, "%s%s%s%s", *first ? "" : ", ", type, type_is_pointer(type) ? "" : " ", name);
    *first = false;
}

/* ---- prototypes */

void put_title(FnKind kind, Text *out)
{
    static const char *const titles[FN_KIND_COUNT] = {
        [FN_VALUE] = "The outputs.",
        [FN_FORWARD] = "The outputs and their tangents along one direction of the inputs.",
        [FN_REVERSE] = "The outputs and the adjoints of the inputs for given seeds of the outputs.",
        [FN_GRADIENT] = "The output and its derivative in each input.",
        [FN_JACOBIAN] = "The outputs and their Jacobian: outputs by inputs, row by row.",
        [FN_HESSIAN] = "The output and its Hessian: inputs by inputs, row by row.",
        [FN_HVP] = "The output and the Hessian times a direction of the inputs.",
    };
    text_printf(out, "/* %s */\n", titles[kind]);
}

/* What stands before the type of each function. */
static const char *linkage(const Job *job) { return job->is_static ? "static inline " : ""; }

void put_prototype(Job *job, const Fn *fn, Text *out)
{
    bool first = true;
    text_printf(out, "%svoid %s_%s(", linkage(job), job->prefix, fn_kind_name(fn->kind));
    for (ArgRole role = ARG_DIM; role < ARG_ROLE_COUNT; role++)
        if (pack_is_packed(job, role) && pack_has(fn, role))
            put_argument(job, role, false, names_of_packed(job->names, role), &first, out);
    for (uint32_t i = 0; i < fn_argument_count(fn); i++) {
        Param a = fn_argument(fn, i);
        bool scalar = !sym_at(job->model->graph, a.sym)->shape;
        if (!pack_is_packed(job, a.role))
            put_argument(job, a.role, scalar, names_of(job->names, a.sym), &first, out);
    }
    text_put(out, first ? "void)" : ")");
}

/* ---- sizes */

static void put_size_operand(Job *job, NodeId node, bool c, bool brackets, Text *out)
{
    text_put(out, brackets ? "(" : "");
    put_size(job, node, c, out);
    text_put(out, brackets ? ")" : "");
}

static void put_size_choice(Job *job, Node n, bool c, Text *out)
{
    text_char(out, '(');
    put_size(job, n.a, c, out);
    text_put(out, " ? ");
    put_size(job, n.b, c, out);
    text_put(out, " : ");
    put_size(job, n.c, c, out);
    text_char(out, ')');
}

/* An entry of an index array has its subscripts. */
static void put_size_name(Job *job, Node n, bool c, Text *out)
{
    Graph *g = job->model->graph;
    const uint32_t rank = tuple_size(g, n.b);
    text_put(out, c ? names_of(job->names, n.a) : name_text(job->ctx, sym_at(g, n.a)->name));
    for (uint32_t k = 0; k < rank; k++) {
        text_put(out, k ? ", " : "[");
        put_size(job, tuple_item(g, n.b, k), c, out);
    }
    text_put(out, rank ? "]" : "");
}

static void put_size_extreme(Job *job, Node n, bool c, Text *out)
{
    text_put(out, n.op == OP_MAX ? "max(" : "min(");
    put_size(job, n.a, c, out);
    text_put(out, ", ");
    put_size(job, n.b, c, out);
    text_put(out, ")");
}

static bool is_sum(Op op) { return op == OP_ADD || op == OP_SUB; }

static bool is_product(Op op) { return op == OP_MUL || op == OP_IDIV || op == OP_IMOD; }

/* Sums, products, and what conditions are made of, which bind looser. */
static void put_size_operation(Job *job, Node n, bool c, Text *out)
{
    const Graph *g = job->model->graph;
    const Op op = (Op)n.op, left = node_op(g, n.a), right = node_op(g, n.b);
    const bool loose = is_sum(op) || op_info(op)->flags & OPF_BOOL;
    const bool right_simple = right == OP_CONST || right == OP_REF || right == OP_MAX ||
                              right == OP_MIN || right == OP_SELECT ||
                              (loose && is_product(right)) ||
                              (op == OP_ADD && right == OP_ADD) ||
                              (op == OP_MUL && right == OP_MUL);
    put_size_operand(job, n.a, c, !loose && is_sum(left), out);
    text_printf(out, loose ? " %s " : "%s", op_info(op)->spelling);
    put_size_operand(job, n.b, c, !right_simple, out);
}

void put_size(Job *job, NodeId node, bool c, Text *out)
{
    const Graph *g = job->model->graph;
    const Node n = *node_at(g, node);
    switch (n.op) {
    case OP_CONST: number_text(out, node_number(g, node), REAL_LONG_DOUBLE); break;
    case OP_REF: put_size_name(job, n, c, out); break;
    case OP_SELECT: put_size_choice(job, n, c, out); break;
    case OP_MIN: case OP_MAX: put_size_extreme(job, n, c, out); break;
    case OP_NOT:
        text_char(out, '!');
        put_size_operand(job, n.a, c, true, out);
        break;
    default: put_size_operation(job, n, c, out);
    }
}

bool has_runtime_dims(const Job *job)
{
    const Unit *u = job->model->unit;
    for (uint32_t i = 0; i < u->entities.count; i++)
        if (u->entities.at[i].kind == ENTITY_DIM)
            return true;
    return false;
}

void put_capitals(Text *out, const char *text)
{
    for (; *text; text++)
        text_char(out, *text >= 'a' && *text <= 'z' ? (char)(*text - 32) : *text);
}

/* ---- work */

void put_work_name(Job *job, FnKind kind, Text *out)
{
    Text name = text_new(job->ctx);
    text_printf(&name, "%s_%s_work", job->prefix, fn_kind_name(kind));
    if (has_runtime_dims(job))
        text_put(out, name.at);
    else
        put_capitals(out, name.at);
    text_free(&name);
}

/* The arguments of a function of the sizes: all run-time dims of the model. */
static void put_dims(Job *job, Text *out)
{
    const Unit *u = job->model->unit;
    bool first = true;
    if (job->pack) {
        put_argument(job, ARG_DIM, false, names_of_packed(job->names, ARG_DIM), &first, out);
        return;
    }
    for (uint32_t i = 0; i < u->entities.count; i++)
        if (u->entities.at[i].kind == ENTITY_DIM)
            put_argument(job, ARG_DIM, true, names_of(job->names, job->model->syms.at[i]), &first,
                         out);
}

/* The body of that function. */
static void put_work_body(Job *job, const Plan *plan, Text *out)
{
    Text size = text_new(job->ctx);
    names_forget_put(job->names);
    put_integer(job, plan, plan->work, PREC_COND, &size);
    put_opening(job, plan, true, out);
    const size_t line = out->len;
    text_printf(out, "    return %s;\n", size.at);
    wrap_lines(out, line);
    text_free(&size);
}

void put_work(Job *job, const Plan *plan, bool define, Text *out)
{
    if (!plan->work)
        return;
    text_put(out, "\n/* How many numbers its last argument, `work`, must have room for. */\n");
    if (!has_runtime_dims(job)) {
        text_put(out, "#define ");
        put_work_name(job, plan->fn.kind, out);
        text_char(out, ' ');
        put_size(job, plan->work, true, out);
        text_char(out, '\n');
        return;
    }
    text_printf(out, "%ssize_t ", linkage(job));
    put_work_name(job, plan->fn.kind, out);
    text_char(out, '(');
    put_dims(job, out);
    text_put(out, define ? ")\n{\n" : ");\n");
    if (!define)
        return;
    put_work_body(job, plan, out);
    text_put(out, "}\n");
}

/* ---- how a body begins */

/* Arguments that the text of the body does not name; results if they have no element. */
static bool put_unused(Job *job, const Fn *fn, bool dims, Text *out)
{
    bool any = false;
    for (uint32_t i = 0; i < fn_argument_count(fn); i++) {
        Param a = fn_argument(fn, i);
        if (names_was_put(job->names, a.sym) || (dims && a.role != ARG_DIM) ||
            pack_is_packed(job, a.role) || a.role == ARG_WORK) /* which holds arrays */
            continue;
        text_printf(out, "    (void)%s;\n", names_of(job->names, a.sym));
        any = true;
    }
    return any;
}

void put_unnamed(Job *job, const Fn *fn, Text *out)
{
    put_unused(job, fn, false, out);
    for (ArgRole role = ARG_DIM; role < ARG_ROLE_COUNT; role++)
        if (pack_is_packed(job, role) && pack_has(fn, role) && !pack_is_named(job, fn, role))
            text_printf(out, "    (void)%s;\n", names_of_packed(job->names, role));
}

void put_opening(Job *job, const Plan *plan, bool dims, Text *out)
{
    bool any = put_unused(job, &plan->fn, dims, out);
    if (job->pack && pack_open(job, plan, dims, out))
        any = true;
    text_put(out, any && !dims ? "\n" : "");
}
