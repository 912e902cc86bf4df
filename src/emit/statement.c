/* A plan's statements in, lines of C out: each definition's under the line of the model that it
 * comes from. */
#include <string.h>

#include "emit/emit.h"

static void indent(Body *b)
{
    text_spaces(b->out, 4 * (size_t)(b->depth + 1));
}

/* A line of the model, the middle of a very long one left out. */
static void put_line(Text *out, const char *line)
{
    enum { SHOWN = 200 };
    size_t length = strnlen(line, 2 * SHOWN + 1), keep = SHOWN;
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

/* What a derivative's statements do with the model's line. */
static const char *derived_words(FnKind kind)
{
    switch (kind) {
    case FN_VALUE: case FN_REVERSE: case FN_GRADIENT: return "/* backwards through ";
    case FN_FORWARD: return "/* tangent of ";
    case FN_JACOBIAN: case FN_HESSIAN: case FN_HVP: case FN_KIND_COUNT: break;
    }
    return "/* derivatives of ";
}

/* Has this part shown the line of a definition? Then its name does. */
static bool is_told(Body *b, const PlanStmt *s)
{
    uint32_t *told = b->told ? &b->told[2 * s->origin + s->derived] : NULL;
    if (!told || *told == b->part + 1)
        return told != NULL;
    *told = b->part + 1;
    return false;
}

/* Is it of the definition whose comment was the last but one? Then the two are computed side by
 * side, and what follows bears the names of one or the other. */
static bool is_beside(const Body *b, const PlanStmt *s)
{
    return b->told && s->origin && s->origin == b->beside && s->derived == b->beside_derived;
}

static void set_origin(Body *b, const PlanStmt *s)
{
    b->beside = b->origin;
    b->beside_derived = b->derived;
    b->origin = s->origin;
    b->derived = s->derived;
}

/* The model's line above its statements; where they are the derivative's, that is said. */
void put_comment(Body *b, const PlanStmt *s)
{
    if (s->quiet || (s->origin == b->origin && s->derived == b->derived))
        return;
    Graph *g = b->job->model->graph;
    const Sym *sym = sym_at(g, s->origin);
    const bool same = s->origin && sym->line == sym_at(g, b->origin)->line; /* another equation */
    if (is_beside(b, s) || (same && sym->line && s->derived == b->derived)) {
        set_origin(b, s);
        return;
    }
    if (s->origin && sym->line) {
        if (text_length(b->out) && !b->opened)
            text_char(b->out, '\n');
        indent(b);
        text_put(b->out, s->derived ? derived_words(b->plan->fn.kind) : "/* ");
        if (is_told(b, s))
            put_comment_text(b->out, name_text(b->job->ctx, sym->name));
        else
            put_line(b->out, name_text(b->job->ctx, sym->line));
        text_put(b->out, " */\n");
    }
    if (s->origin && sym->kind == SYM_DERIVED && s->origin != b->origin) {
        text_put(b->out, b->origin ? "\n" : "");
        indent(b);
        text_put(b->out, "/* an input that is an output, too */\n");
    }
    set_origin(b, s);
}

/* The text of a node that has a local: what the local is set to. */
static void put_definition(Body *b, NodeId node)
{
    uint32_t local = b->plan->local_of.at[node];
    b->plan->local_of.at[node] = 0;
    put_expression(b->job, b->plan, node, PREC_COND, b->out);
    b->plan->local_of.at[node] = local;
}

/* The name of a local, or the element that it is. */
static void put_local(Body *b, NodeId node)
{
    put_local_text(b->job, b->plan, plan_local(b->plan, node), b->out);
}

static bool is_element(const Body *b, NodeId node)
{
    return b->plan->locals.at[plan_local(b->plan, node)].array != 0;
}

static void put_let(Body *b, const PlanStmt *s)
{
    Graph *g = b->job->model->graph;
    const char *type = real_name(b->job->real);
    if (op_info(node_op(g, s->node))->flags & OPF_BOOL)
        type = "int";
    if (node_at(g, s->node)->flags & NODE_INT)
        type = "size_t"; /* an entry of an index array */
    if (!is_element(b, s->node)) {
        text_put(b->out, "const ");
        text_put(b->out, type);
        text_char(b->out, ' ');
    }
    put_local(b, s->node);
    text_put(b->out, " = ");
    if (s->guard) {
        put_expression(b->job, b->plan, s->guard, PREC_OR, b->out);
        text_put(b->out, " ? ");
    }
    size_t start = b->out->len;
    if (s->value)
        put_expression(b->job, b->plan, s->value, PREC_COND, b->out);
    else
        put_definition(b, s->node);
    if (s->guard && strstr(b->out->at + start, " ? ")) { /* a condition within an arm */
        text_insert(b->out, start, "(");
        text_char(b->out, ')');
    }
    text_put(b->out, s->guard ? " : 0;" : ";");
}

/* ---- reductions */

static bool is_summed(const Body *b, NodeId node)
{
    return b->plan->locals.at[plan_local(b->plan, node)].summed;
}

/* What a reduction is folded in: the local that it is, or one of its own if it is kept. */
static void put_folded(Body *b, NodeId node)
{
    if (is_summed(b, node))
        text_put(b->out, names_of_folded(b->job->names, b->plan, plan_local(b->plan, node)));
    else
        put_local(b, node);
}

static void put_keep(Body *b, const PlanStmt *s)
{
    put_local(b, s->node);
    text_put(b->out, " = ");
    put_folded(b, s->node);
    text_char(b->out, ';');
}

static void put_start(Body *b, const PlanStmt *s)
{
    static const char *const huge[] = {
        [REAL_FLOAT] = "HUGE_VALF", [REAL_DOUBLE] = "HUGE_VAL", [REAL_LONG_DOUBLE] = "HUGE_VALL",
    };
    Op op = node_op(b->job->model->graph, s->node);
    if (!is_element(b, s->node) || is_summed(b, s->node))
        text_printf(b->out, "%s ", real_name(b->job->real));
    put_folded(b, s->node);
    if (op == OP_RMAX || op == OP_RMIN)
        text_printf(b->out, " = %s%s;", op == OP_RMAX ? "-" : "", huge[b->job->real]);
    else
        text_put(b->out, op == OP_PROD ? " = 1;" : " = 0;");
}

/* Puts `+= value;`, or `-= value;` of a negative one. */
static void put_addition(Body *b, NodeId value)
{
    const NodeId minus = plan_subtracted(b->plan, value);
    text_put(b->out, minus ? " -= " : " += ");
    put_expression(b->job, b->plan, minus ? minus : value, PREC_COND, b->out);
    text_char(b->out, ';');
}

static void put_fold(Body *b, const PlanStmt *s)
{
    Op op = node_op(b->job->model->graph, s->node);
    put_folded(b, s->node);
    if (op == OP_SUM) {
        put_addition(b, s->value);
        return;
    }
    if (op == OP_PROD) {
        text_put(b->out, " *= ");
        put_expression(b->job, b->plan, s->value, PREC_COND, b->out);
        text_char(b->out, ';');
        return;
    }
    if (op == OP_RHYPOT) {
        static const char *const names[] = {
            [REAL_FLOAT] = "hypotf", [REAL_DOUBLE] = "hypot", [REAL_LONG_DOUBLE] = "hypotl",
        };
        text_printf(b->out, " = %s(", names[b->job->real]);
        put_folded(b, s->node);
        text_put(b->out, ", ");
        put_expression(b->job, b->plan, s->value, PREC_COND, b->out);
        text_put(b->out, ");");
        return;
    }
    Op extreme = op == OP_RMAX ? OP_MAX : OP_MIN;
    job_calls(b->job, extreme);
    text_printf(b->out, " = %s_%s(", b->job->prefix, op_info(extreme)->spelling);
    put_folded(b, s->node);
    text_put(b->out, ", ");
    put_expression(b->job, b->plan, s->value, PREC_COND, b->out);
    text_put(b->out, ");");
}

/* ---- elements */

/* The condition under which alone a statement is executed, on a line before it. */
static void put_guard(Body *b, const PlanStmt *s)
{
    if (!s->guard)
        return;
    text_put(b->out, "if (");
    put_expression(b->job, b->plan, s->guard, PREC_COND, b->out);
    text_put(b->out, ")\n");
    b->depth++;
    indent(b);
    b->depth--;
}

/* Is the operand read from where the text says? */
static bool is_read_from(Body *b, NodeId operand, const char *place)
{
    const Op op = node_op(b->plan->graph, operand);
    const uint32_t local = plan_local(b->plan, operand);
    if (local ? !b->plan->locals.at[local].array : op != OP_READ && op != OP_OWN)
        return false;
    Text text = text_new(b->job->ctx);
    put_expression(b->job, b->plan, operand, PREC_ADD, &text);
    const bool same = !strcmp(text.at, place);
    text_free(&text);
    return same;
}

/* Puts `+= g;` of S = S + g, where S stands in the text from `start` on; false if it is no such
 * sum. */
static bool put_in_place(Body *b, NodeId value, size_t start)
{
    const Plan *plan = b->plan;
    const Op op = node_op(plan->graph, value);
    if (plan_local(plan, value) || (op != OP_ADD && op != OP_SUB))
        return false;
    for (int i = 0; i < (op == OP_ADD ? 2 : 1); i++) {
        const uint32_t count = plan->alias.count;
        const NodeId operand = plan_operand(plan->graph, plan->alias.at, count, value, i);
        if (!is_read_from(b, operand, b->out->at + start))
            continue;
        const NodeId other = plan_operand(plan->graph, plan->alias.at, count, value, 1 - i);
        text_put(b->out, op == OP_ADD ? " += " : " -= ");
        put_expression(b->job, plan, other, PREC_COND, b->out);
        text_char(b->out, ';');
        return true;
    }
    return false;
}

static void put_element_statement(Body *b, const PlanStmt *s)
{
    put_guard(b, s);
    uint32_t array = b->plan->array_of.at[s->node];
    if (b->plan->arrays.at[array].once)
        text_printf(b->out, "const %s ", real_name(b->job->real));
    const size_t start = b->out->len;
    put_element(b->job, b->plan, array, s->subscripts, b->out);
    if (s->kind == PLAN_ADD) {
        put_addition(b, s->value);
        return;
    }
    if (s->kind == PLAN_PUT && put_in_place(b, s->value, start))
        return;
    text_put(b->out, " = ");
    if (s->kind == PLAN_ZERO) {
        text_put(b->out, "0;");
        return;
    }
    put_expression(b->job, b->plan, s->value, PREC_COND, b->out);
    text_char(b->out, ';');
}

static void put_call(Body *b, const PlanStmt *s)
{
    put_guard(b, s);
    put_linear(b->job, b->plan, s->node, b->out);
    text_char(b->out, ';');
}

static void put_store(Body *b, const PlanStmt *s)
{
    const Result *r = &b->plan->fn.results.at[s->result];
    const char *name = names_of(b->job->names, r->sym);
    text_printf(b->out, "*%s = ", name);
    put_expression(b->job, b->plan, s->node, PREC_COND, b->out);
    text_char(b->out, ';');
}

/* Where a loop begins that goes down: n - 1, but not below 0. */
static void put_upper(Body *b, NodeId upper)
{
    Graph *g = b->job->model->graph;
    if (!extent_promised(g, upper)) {
        put_below(b->job, b->plan, upper, build_int(g, 0), ">", b->out);
        text_put(b->out, " ? ");
        put_integer(b->job, b->plan, upper, PREC_OR, b->out);
        text_put(b->out, " : 0");
    } else {
        put_integer(b->job, b->plan, upper, PREC_COND, b->out);
    }
}

static void put_loop(Body *b, const PlanStmt *s)
{
    Graph *g = b->job->model->graph;
    Index index = *index_at(g, s->index);
    NodeId name = build_index(g, s->index);
    index.lower = s->lower ? s->lower : index.lower;
    index.upper = s->upper ? s->upper : index.upper;
    names_open_index(b->job->names, s->index);
    const char *text = names_of_index(b->job->names, s->index);
    if (s->down) {
        text_printf(b->out, "for (size_t %s = ", text);
        put_upper(b, index.upper);
        text_printf(b->out, "; %s-- > ", text);
        put_integer(b->job, b->plan, index.lower, PREC_ADD, b->out);
        text_put(b->out, ";) {");
        return;
    }
    text_printf(b->out, "for (size_t %s = ", text);
    put_integer(b->job, b->plan, index.lower, PREC_COND, b->out);
    text_put(b->out, "; ");
    put_below(b->job, b->plan, name, index.upper, "<", b->out);
    text_printf(b->out, "; %s++) {", text);
}

static void put_if(Body *b, const PlanStmt *s)
{
    text_put(b->out, "if (");
    put_expression(b->job, b->plan, s->guard, PREC_COND, b->out);
    text_put(b->out, ") {");
}

/* What ends a loop: the index of the one that is open. */
static void end_loop(Body *b)
{
    b->depth--;
    if (b->open.at[--b->open.count])
        names_close_index(b->job->names);
}

void put_statement(Body *b, const PlanStmt *s)
{
    if (s->kind == PLAN_END)
        end_loop(b);
    else
        put_comment(b, s);
    if (s->block) {
        text_put(b->out, b->opened ? "" : "\n");
        indent(b);
        text_put(b->out,
                 "/* by blocks of turns: their values again, from the states that were kept */\n");
    }
    b->opened = s->kind == PLAN_LOOP || s->kind == PLAN_IF;
    indent(b);
    switch ((PlanKind)s->kind) {
    case PLAN_LET: put_let(b, s); break;
    case PLAN_STORE: put_store(b, s); break;
    case PLAN_LOOP: case PLAN_IF:
        if (s->kind == PLAN_LOOP)
            put_loop(b, s);
        else
            put_if(b, s);
        *vec_push(b->job->ctx, &b->open) = s->kind == PLAN_LOOP;
        b->depth++;
        break;
    case PLAN_END: text_char(b->out, '}'); break;
    case PLAN_START: put_start(b, s); break;
    case PLAN_FOLD: put_fold(b, s); break;
    case PLAN_KEEP: put_keep(b, s); break;
    case PLAN_PUT: case PLAN_ADD: case PLAN_ZERO: put_element_statement(b, s); break;
    case PLAN_CALL: put_call(b, s); break;
    }
    text_char(b->out, '\n');
}
