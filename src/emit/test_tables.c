/* The tables of a test: its arguments with what is assumed of them, its inputs, the point if one
 * was given, and the checks of the model. */
#include "emit/emit.h"

static void put_c_string(Text *out, const char *text)
{
    text_char(out, '"');
    for (; *text; text++) {
        if (*text == '"' || *text == '\\')
            text_char(out, '\\');
        text_char(out, *text);
        if (*text == '?') /* no trigraphs */
            text_put(out, text[1] == '?' ? "\"\"" : "");
    }
    text_char(out, '"');
}

static void put_name(Test *t, SymId sym)
{
    put_c_string(t->out, name_text(t->job->ctx, sym_at(t->g, sym)->name));
}

/* A bound as C: none is infinite. */
static void put_bound(Test *t, bool high, NodeId node)
{
    if (!node) {
        text_put(t->out, high ? "DBL_MAX" : "-DBL_MAX");
        return;
    }
    number_text(t->out, node_number(t->g, node), REAL_DOUBLE);
}

/* ---- what is assumed of one argument */

typedef struct Bounds {
    uint32_t entity;
    NodeId low, high;
} Bounds;

/* A constant expression's value; 0 if it is none. */
static NodeId constant_at(Test *t, AstId id)
{
    const Ast *ast = t->job->model->unit->ast;
    for (AstId i = ast->nodes.at[id].first; i <= id; i++) {
        const AstNode *n = &ast->nodes.at[i];
        const bool known = n->kind == AST_NUMBER || n->kind == AST_UNARY || n->kind == AST_BINARY ||
                           n->resolution == RES_PI;
        if (!known)
            return 0;
    }
    NodeId value = lower_constant(t->job->model, id);
    return node_number(t->g, value) ? value : 0;
}

static NodeId tighter(Test *t, NodeId a, NodeId b, bool high)
{
    if (!a)
        return b;
    NodeId less = build2(t->g, OP_LT, a, b);
    return node_is_int(t->g, less, 0) == high ? b : a;
}

/* a < b, if one of them is the argument and the other a number. */
static void take_comparison(Test *t, AstId left, AstId right, Bounds *b)
{
    const Ast *ast = t->job->model->unit->ast;
    const AstNode *l = &ast->nodes.at[left], *r = &ast->nodes.at[right];
    NodeId number;
    if (l->kind == AST_NAME && l->resolution == RES_ENTITY && l->target == b->entity &&
        (number = constant_at(t, right)))
        b->high = tighter(t, b->high, number, true);
    if (r->kind == AST_NAME && r->resolution == RES_ENTITY && r->target == b->entity &&
        (number = constant_at(t, left)))
        b->low = tighter(t, b->low, number, false);
}

static void find_bounds(Test *t, Bounds *b)
{
    const Unit *u = t->job->model->unit;
    for (uint32_t i = 0; i < u->assumes.count; i++) {
        const AstId root = u->assumes.at[i];
        for (AstId k = u->ast->nodes.at[root].first; k <= root; k++) {
            const AstNode n = u->ast->nodes.at[k];
            if (u->ast->nodes.at[root].kind != AST_BINARY || n.kind != AST_BINARY)
                continue;
            if (n.op == OP_LT || n.op == OP_LE)
                take_comparison(t, n.a, n.b, b);
            if (n.op == OP_GT || n.op == OP_GE)
                take_comparison(t, n.b, n.a, b);
        }
    }
}

/* ---- tables */

static void put_table_row(Test *t, const Block *b, uint32_t argument, const Bounds *bounds)
{
    text_put(t->out, "    {");
    put_name(t, b->sym);
    text_printf(t->out, ", %u, %u, %u, %u, %u, %d, ", (unsigned)b->offset, (unsigned)argument,
                (unsigned)b->count, (unsigned)b->rows, (unsigned)b->columns,
                !sym_at(t->g, b->sym)->shape);
    put_bound(t, false, bounds->low);
    text_put(t->out, ", ");
    put_bound(t, true, bounds->high);
    text_put(t->out, "},\n");
}

static void put_blocks(Test *t, const char *name, const BlockVec *blocks)
{
    text_printf(t->out, "static const Block %s[] = {\n", name);
    for (uint32_t i = 0; i < blocks->count; i++) {
        Bounds bounds = {.entity = blocks->at[i].entity};
        find_bounds(t, &bounds);
        put_table_row(t, &blocks->at[i], test_block(&t->arguments, blocks->at[i].sym)->offset,
                      &bounds);
    }
    text_put(t->out, "    {NULL, 0, 0, 0, 0, 0, 0, 0, 0},\n};\n");
}

static void put_index_blocks(Test *t)
{
    text_put(t->out, "static const IndexBlock index_arguments[] = {\n");
    for (uint32_t i = 0; i < t->indices.count; i++) {
        const Block *b = &t->indices.at[i];
        const NodeId limit = sym_at(t->g, b->sym)->limit;
        text_put(t->out, "    {");
        put_name(t, b->sym);
        text_printf(t->out, ", %u, %u, %u},\n", (unsigned)b->offset, (unsigned)b->count,
                    limit ? (unsigned)mpfr_get_ui(values_at(t->sizes, limit, 0), MPFR_RNDN) : 2);
    }
    text_put(t->out, "    {NULL, 0, 0, 0},\n};\n");
}

static void put_given_block(Test *t, const Block *b, bool integer)
{
    for (uint32_t k = 0; k < t->job->point_count; k++) {
        const PointValue *p = &t->job->point[k];
        if (p->sym != b->sym)
            continue;
        for (size_t i = 0; i < p->count; i++) {
            if (integer)
                text_printf(t->out, "%ld", mpfr_get_si(p->values[i], MPFR_RNDN));
            else
                number_real_text(t->out, p->values[i], REAL_DOUBLE);
            text_put(t->out, ", ");
        }
    }
}

static void put_given(Test *t)
{
    text_put(t->out, "static const double given[ARGS + 1] = {");
    for (uint32_t i = 0; i < t->arguments.count; i++)
        put_given_block(t, &t->arguments.at[i], false);
    text_put(t->out, "0};\nstatic const int given_indices[INDICES + 1] = {");
    for (uint32_t i = 0; i < t->indices.count; i++)
        put_given_block(t, &t->indices.at[i], true);
    text_put(t->out, "0};\n");
}

/* The point of a check, as far as it is one of scalars. */
static void put_fixed(Test *t, uint32_t check)
{
    const Check *c = &t->job->model->unit->checks.at[check];
    if (!c->at)
        return;
    text_printf(t->out, "static const Fixed fixed_%u[] = {", (unsigned)check);
    for (uint32_t i = 0; i < c->point.count; i++) {
        const Block *b = test_block(&t->arguments, t->job->model->syms.at[c->point.at[i].entity]);
        NodeId value = b && b->count == 1 ? lower_constant(t->job->model, c->point.at[i].value) : 0;
        if (!value)
            continue;
        text_printf(t->out, "{%u, ", (unsigned)b->offset);
        number_text(t->out, node_number(t->g, value), REAL_DOUBLE);
        text_put(t->out, "}, ");
    }
    text_put(t->out, "{-1, 0}};\n");
}

static void put_claim(Test *t, uint32_t check)
{
    const Check *c = &t->job->model->unit->checks.at[check];
    const Block *left = &t->sides.at[2 * check], *right = &t->sides.at[2 * check + 1];
    text_put(t->out, "    {");
    put_c_string(t->out,
                 name_text(t->job->ctx, ast_line(t->job->ctx, t->job->model->unit->ast, c->span)));
    text_printf(t->out, ", %u, %u, %u, %u, %u, ",
                (unsigned)source_place(t->job->ctx, c->span.start).line, (unsigned)left->offset,
                (unsigned)left->count, (unsigned)right->offset, (unsigned)right->count);
    if (c->within)
        number_text(t->out, node_number(t->g, lower_constant(t->job->model, c->within)),
                    REAL_DOUBLE);
    else
        text_char(t->out, '0');
    if (c->at)
        text_printf(t->out, ", fixed_%u},\n", (unsigned)check);
    else
        text_put(t->out, ", NULL},\n");
}

static void put_claims(Test *t)
{
    const uint32_t count = t->job->model->unit->checks.count;
    for (uint32_t i = 0; i < count; i++)
        put_fixed(t, i);
    text_put(t->out, "static const Claim claims[] = {\n");
    for (uint32_t i = 0; i < count; i++)
        put_claim(t, i);
    text_put(t->out, "    {NULL, 0, 0, 0, 0, 0, 0, NULL},\n};\n");
}

void put_test_tables(Test *t)
{
    text_put(t->out, template_text(t->job->ctx, "test_tables.c"));
    put_blocks(t, "arguments", &t->arguments);
    put_blocks(t, "inputs", &t->inputs);
    put_index_blocks(t);
    put_given(t);
    put_claims(t);
}
