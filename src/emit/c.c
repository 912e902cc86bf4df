/* The C file: a head that says where it comes from, helper functions, the functions. */
#include <string.h>

#include "emit/emit.h"

/* What the functions of a file have in common. */
typedef struct File {
    Text *body;            /* the functions */
    bool helpers[OP_COUNT];/* the helper functions that they call */
} File;

/* ---- statements */

typedef struct Body {
    Job *job;
    const Plan *plan;
    File *file;
    Text *out;
    int depth;         /* of loops */
    SymId origin;      /* of the statement before */
    bool derived;
} Body;

static void indent(Body *b)
{
    text_printf(b->out, "%*s", 4 * (b->depth + 1), "");
}

/* A line of the model, the middle of a very long one left out. */
static void put_line(Text *out, const char *line)
{
    enum { SHOWN = 200 };
    size_t length = strlen(line), keep = SHOWN;
    if (length <= 2 * SHOWN) {
        put_comment_text(out, line);
        return;
    }
    while (((unsigned char)line[keep] & 0xc0) == 0x80) /* no code point is cut */
        keep--;
    Text head = text_new(out->ctx);
    text_bytes(&head, line, keep);
    put_comment_text(out, head.at);
    text_put(out, " ... (and so on)");
    text_free(&head);
}

/* The model's line above its statements; where they are the derivative's, that is said. */
static void put_origin(Body *b, const PlanStmt *s)
{
    if (s->origin == b->origin && s->derived == b->derived)
        return;
    const Sym *sym = sym_at(b->job->model->graph, s->origin);
    if (s->origin && sym->line) {
        if (b->origin)
            text_char(b->out, '\n');
        indent(b);
        text_put(b->out, !s->derived ? "/* "
                 : b->plan->fn->kind == FN_FORWARD ? "/* tangent of " : "/* backwards through ");
        put_line(b->out, name_text(b->job->ctx, sym->line));
        text_put(b->out, " */\n");
    }
    if (s->origin && sym->kind == SYM_DERIVED && s->origin != b->origin) {
        text_put(b->out, b->origin ? "\n" : "");
        indent(b);
        text_put(b->out, "/* an input that is an output, too */\n");
    }
    b->origin = s->origin;
    b->derived = s->derived;
}

/* Marks the helpers that the text of a node calls. */
static void note_helpers(Body *b, NodeId root)
{
    Graph *g = b->job->model->graph;
    U32Vec stack = {0};
    *vec_push(b->job->ctx, &stack) = root;
    while (stack.count) {
        NodeId id = stack.at[--stack.count];
        if (op_info(node_op(g, id))->flags & OPF_HELPER)
            b->file->helpers[node_op(g, id)] = true;
        for (int i = 0; i < node_arity(g, id); i++) {
            NodeId operand = plan_operand(g, b->plan->alias.at, b->plan->alias.count, id, i);
            if (!plan_local(b->plan, operand))
                *vec_push(b->job->ctx, &stack) = operand;
        }
    }
    vec_free(b->job->ctx, &stack);
}

/* The text of a node that has a local: what the local is set to. */
static void put_definition(Body *b, NodeId node)
{
    uint32_t local = b->plan->local_of.at[node];
    b->plan->local_of.at[node] = 0;
    note_helpers(b, node);
    put_expression(b->job, b->plan, node, PREC_COND, b->out);
    b->plan->local_of.at[node] = local;
}

static void put_let(Body *b, const PlanStmt *s)
{
    uint32_t local = plan_local(b->plan, s->node);
    bool truth = op_info(node_op(b->job->model->graph, s->node))->flags & OPF_BOOL;
    text_printf(b->out, "const %s %s = ", truth ? "int" : real_name(b->job->real),
                names_of_local(b->job->names, b->plan, local));
    if (s->guard) {
        note_helpers(b, s->guard);
        put_expression(b->job, b->plan, s->guard, PREC_OR, b->out);
        text_put(b->out, " ? ");
    }
    size_t start = b->out->len;
    put_definition(b, s->node);
    if (s->guard && strstr(b->out->at + start, " ? ")) { /* a condition within an arm */
        Text text = text_new(b->job->ctx);
        text_put(&text, b->out->at + start);
        b->out->len = start;
        text_printf(b->out, "(%s)", text.at);
        text_free(&text);
    }
    text_put(b->out, s->guard ? " : 0;" : ";");
}

static void put_store(Body *b, const PlanStmt *s)
{
    const Result *r = &b->plan->fn->results.at[s->result];
    const char *name = names_of(b->job->names, r->sym);
    text_printf(b->out, "*%s = ", name);
    if (!plan_local(b->plan, s->node))
        note_helpers(b, s->node);
    put_expression(b->job, b->plan, s->node, PREC_COND, b->out);
    text_char(b->out, ';');
}

static void put_loop(Body *b, const PlanStmt *s)
{
    const Index *index = index_at(b->job->model->graph, s->index);
    const char *name = names_of_index(b->job->names, s->index);
    text_printf(b->out, "for (size_t %s = ", name);
    put_expression(b->job, b->plan, index->lower, PREC_COND, b->out);
    text_printf(b->out, "; %s < ", name);
    put_expression(b->job, b->plan, index->upper, PREC_ADD, b->out);
    text_printf(b->out, "; %s++) {", name);
}

static void put_statement(Body *b, const PlanStmt *s)
{
    if (s->kind == PLAN_END)
        b->depth--;
    else
        put_origin(b, s);
    indent(b);
    switch (s->kind) {
    case PLAN_LET: put_let(b, s); break;
    case PLAN_STORE: put_store(b, s); break;
    case PLAN_LOOP: put_loop(b, s); b->depth++; break;
    case PLAN_END: text_char(b->out, '}'); break;
    case PLAN_START:
        text_printf(b->out, "%s %s = 0;", real_name(b->job->real),
                    names_of_local(b->job->names, b->plan, plan_local(b->plan, s->node)));
        break;
    case PLAN_ADD:
        text_printf(b->out, "%s += ",
                    names_of_local(b->job->names, b->plan, plan_local(b->plan, s->target)));
        note_helpers(b, s->node);
        put_expression(b->job, b->plan, s->node, PREC_COND, b->out);
        text_char(b->out, ';');
        break;
    }
    text_char(b->out, '\n');
}

/* ---- functions */

/* Which parameters the plan reads: those of REF nodes that are live. */
static void put_unused(Body *b, const Fn *fn)
{
    Graph *g = b->job->model->graph;
    uint8_t *used = array_new(b->job->ctx, sym_count(g), 1);
    bool any = false;
    for (uint32_t i = 0; i < fn->order.count; i++)
        if (node_op(g, fn->order.at[i]) == OP_REF)
            used[node_at(g, fn->order.at[i])->a] = 1;
    for (uint32_t i = 0; i < fn->params.count; i++)
        if (!used[fn->params.at[i].sym]) {
            text_printf(b->out, "    (void)%s;\n", names_of(b->job->names, fn->params.at[i].sym));
            any = true;
        }
    text_put(b->out, any ? "\n" : "");
    ctx_resize(b->job->ctx, used, 0);
}

static void put_title(FnKind kind, Text *out)
{
    static const char *const titles[FN_KIND_COUNT] = {
        [FN_VALUE] = "The outputs.",
        [FN_FORWARD] = "The outputs and their tangents along one direction of the inputs.",
        [FN_REVERSE] = "The outputs and the adjoints of the inputs for given seeds of the outputs.",
        [FN_GRADIENT] = "The output and its derivative in each input.",
        [FN_JACOBIAN] = "The outputs and their Jacobian: outputs by inputs, row by row.",
        [FN_HESSIAN] = "The output and its Hessian: inputs by inputs, row by row.",
        [FN_HVP] = "The output, its gradient, and the Hessian times a direction.",
    };
    text_printf(out, "/* %s */\n", titles[kind]);
}

static void put_function(Job *job, const Plan *plan, void *with)
{
    File *file = with;
    Body b = {.job = job, .plan = plan, .file = file, .out = file->body};
    names_begin(job->names);
    text_char(b.out, '\n');
    put_title(plan->fn->kind, b.out);
    size_t start = b.out->len;
    put_prototype(job, plan->fn, b.out);
    text_put(b.out, "\n{\n");
    put_unused(&b, plan->fn);
    for (uint32_t i = 0; i < plan->stmts.count; i++)
        put_statement(&b, &plan->stmts.at[i]);
    text_put(b.out, "}\n");
    wrap_lines(b.out, start);
}

void emit_c_function(Job *job, const Plan *plan, Text *out)
{
    File file = {.body = out};
    put_function(job, plan, &file);
}

/* ---- the file */

static void put_head(Job *job, Text *out)
{
    text_put(out, "/* Made by bpgen " BPGEN_VERSION " from ");
    put_comment_text(out, job->source);
    if (*job->options) {
        text_put(out, " with ");
        put_comment_text(out, job->options);
    }
    text_printf(out, ".\n%s */\n", template_text(job->ctx, "head.txt"));
}

void emit_c(Job *job, Text *out)
{
    Text body = text_new(job->ctx);
    File file = {.body = &body};
    for (int kind = 0; kind < FN_KIND_COUNT; kind++)
        if (job->with[kind])
            job_function(job, (FnKind)kind, put_function, &file);
    put_head(job, out);
    text_put(out, "#include <math.h>\n#include <stddef.h>\n\n");
    text_put(out, "#ifdef __cplusplus\nextern \"C\" {\n#endif\n");
    Text helpers = text_new(job->ctx);
    put_helpers(job, file.helpers, &helpers);
    if (helpers.len)
        text_printf(out, "\n%s", helpers.at);
    text_put(out, body.at ? body.at : "");
    text_put(out, "\n#ifdef __cplusplus\n}\n#endif\n");
    text_free(&helpers);
    text_free(&body);
}

/* ---- the header */

/* What the caller knows of an argument: the comment behind its declaration. */
static void put_arguments(Job *job, Text *out)
{
    Unit *u = job->model->unit;
    for (uint32_t i = 0; i < u->entities.count; i++) {
        const Entity *e = &u->entities.at[i];
        if (!entity_is_argument(e->kind) && !e->output)
            continue;
        const char *role = e->kind == ENTITY_INPUT ? "input" : e->kind == ENTITY_PARAM ? "param" : "output";
        text_printf(out, " *   %-7s %s", role, names_of(job->names, job->model->syms.at[i]));
        Name said = e->comment ? e->comment : e->kind == ENTITY_DEF ? e->line : 0;
        if (said) {
            text_put(out, ": ");
            put_comment_text(out, name_text(job->ctx, said));
        }
        text_char(out, '\n');
    }
}

void emit_header(Job *job, Text *out)
{
    Text guard = text_new(job->ctx);
    for (const char *at = job->prefix; *at; at++)
        text_char(&guard, *at >= 'a' && *at <= 'z' ? (char)(*at - 32) : *at);
    put_head(job, out);
    text_printf(out, "#ifndef %s_GRAD_H\n#define %s_GRAD_H\n\n", guard.at, guard.at);
    text_put(out, "#include <stddef.h>\n\n");
    text_put(out, "#ifdef __cplusplus\nextern \"C\" {\n#endif\n\n");
    text_printf(out, "/* The model's arguments, in this order:\n");
    put_arguments(job, out);
    text_put(out, " * Behind NAME_dot is the tangent of NAME, behind NAME_bar its adjoint. Results are\n"
                  " * overwritten; no pointer may be NULL; arguments must not overlap. */\n");
    for (int kind = 0; kind < FN_KIND_COUNT; kind++) {
        if (!job->with[kind])
            continue;
        Fn fn = job_signature(job, (FnKind)kind);
        names_begin(job->names);
        text_char(out, '\n');
        put_title((FnKind)kind, out);
        size_t start = out->len;
        put_prototype(job, &fn, out);
        text_put(out, ";\n");
        wrap_lines(out, start);
        fn_free(job->ctx, &fn);
    }
    text_put(out, "\n#ifdef __cplusplus\n}\n#endif\n\n#endif\n");
    text_free(&guard);
}
