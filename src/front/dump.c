/* Tokens, the tree and the unit as text for people and tests: `--dump`. A line a thing; a node of
 * the tree is `%3`, as others mention it. */
#include "front/front.h"
#include "parser.h"

/* ---- tokens */

static const char *token_kind(Token t, const char *text)
{
    switch (t.type) {
    case 0: return "end of file";
    case T_END: return "end";
    case T_ID: return "name";
    case T_NUMBER: return "number";
    case T_STRING: return "string";
    default: return (*text >= 'a' && *text <= 'z') ? "word" : "mark";
    }
}

void tokens_dump(Ctx *ctx, uint32_t source, Text *out)
{
    Ast ast = {0};
    Tokens tokens;
    Token t;
    tokens_begin(&tokens, ctx, &ast, source);
    do {
        size_t length;
        t = tokens_next(&tokens);
        const char *text = source_text(ctx, t.span, &length);
        const Place place = source_place(ctx, t.span.start);
        if (t.type == T_BAD) {
            lexer_report(&tokens.lexer, t);
            continue;
        }
        text_printf(out, "%4u:%-4u ", (unsigned)place.line, (unsigned)place.column);
        if (t.type && t.type != T_END)
            text_printf(out, "%-7s %.*s\n", token_kind(t, text), (int)length, text);
        else
            text_printf(out, "%s\n", token_kind(t, text));
    } while (t.type);
}

/* ---- the tree */

static const char *stmt_word(StmtKind kind)
{
    static const char *const words[] = {
        [STMT_MODEL] = "model", [STMT_DIM] = "dim", [STMT_INPUT] = "input", [STMT_PARAM] = "param",
        [STMT_INDEX] = "index", [STMT_CONST] = "const", [STMT_ASSUME] = "assume",
        [STMT_OUTPUT] = "output", [STMT_DEFINE] = "define", [STMT_FUNCTION] = "function",
        [STMT_RULE] = "rule", [STMT_CHECK] = "check",
    };
    return words[kind];
}

static const char *ast_word(AstKind kind)
{
    static const char *const words[] = {
        [AST_NONE] = "none", [AST_NUMBER] = "number", [AST_NAME] = "name", [AST_UNARY] = "unary",
        [AST_BINARY] = "binary", [AST_COND] = "condition", [AST_CALL] = "call",
        [AST_SUBSCRIPT] = "subscript", [AST_REDUCE] = "reduce", [AST_MATMUL] = "product",
        [AST_TRANSPOSE] = "transpose", [AST_MATRIX] = "matrix", [AST_ROW] = "row",
        [AST_RANGE] = "range", [AST_WHOLE] = "whole", [AST_IN] = "in",
    };
    return words[kind];
}

static void put_ast_node(Ctx *ctx, const Ast *ast, AstId id, Text *out)
{
    const AstNode *n = &ast->nodes.at[id];
    text_printf(out, "    %%%u = %s", (unsigned)id, ast_word((AstKind)n->kind));
    if (n->name)
        text_printf(out, " %s", name_text(ctx, n->name));
    if (n->kind == AST_UNARY || n->kind == AST_BINARY)
        text_printf(out, " %s", op_info((Op)n->op)->spelling);
    for (uint32_t k = 0; ast_child(ast, id, k); k++)
        text_printf(out, " %%%u", (unsigned)ast_child(ast, id, k));
    text_char(out, '\n');
}

static void put_word(const char *word, AstId root, Text *out)
{
    if (root)
        text_printf(out, "%s %%%u", word, (unsigned)root);
}

static void put_decl(Ctx *ctx, const Ast *ast, const AstDecl *d, Text *out)
{
    text_printf(out, "  %s", name_text(ctx, d->name));
    for (uint32_t i = 0; i < d->count; i++)
        text_printf(out, "%s%%%u", i ? "," : "[", (unsigned)ast->list.at[d->items + i]);
    text_put(out, d->count ? "]" : d->bracketed ? "[]" : "");
    put_word(" <", d->limit, out);
    put_word(" =", d->value, out);
    text_char(out, '\n');
}

/* The nodes of a statement; none of -D is between them. */
typedef struct Nodes {
    AstId first, last;
} Nodes;

static void add_tree(const Ast *ast, AstId root, Nodes *n)
{
    if (!root)
        return;
    const AstId first = ast->nodes.at[root].first;
    n->first = n->first && n->first < first ? n->first : first;
    n->last = root > n->last ? root : n->last;
}

static Nodes nodes_of(const Ast *ast, const Stmt *s)
{
    Nodes n = {0, 0};
    for (uint32_t k = 0; k < s->count; k++) {
        const AstDecl *d = &ast->decls.at[s->decls + k];
        for (uint32_t i = 0; i < d->count; i++)
            add_tree(ast, ast->list.at[d->items + i], &n);
        add_tree(ast, d->limit, &n);
        add_tree(ast, d->value, &n);
    }
    for (uint32_t k = 0; k < s->expr_count; k++)
        add_tree(ast, ast->list.at[s->exprs + k], &n);
    add_tree(ast, s->value, &n);
    add_tree(ast, s->other, &n);
    add_tree(ast, s->within, &n);
    return n;
}

static void put_stmt(Ctx *ctx, const Ast *ast, const Stmt *s, Text *out)
{
    for (uint32_t k = 0; k < s->count; k++)
        put_decl(ctx, ast, &ast->decls.at[s->decls + k], out);
    for (uint32_t k = 0; k < s->expr_count; k++)
        text_printf(out, "  holds %%%u\n", (unsigned)ast->list.at[s->exprs + k]);
    if (!s->value)
        return;
    text_put(out, s->kind == STMT_CHECK ? "  claim" : "  value");
    put_word(s->kind == STMT_CHECK ? "" : " =", s->value, out);
    put_word(" ==", s->other, out);
    put_word(" within", s->within, out);
    text_char(out, '\n');
}

void ast_dump(Ctx *ctx, const Ast *ast, Text *out)
{
    for (uint32_t i = 0; i < ast->stmts.count; i++) {
        const Stmt *s = &ast->stmts.at[i];
        text_printf(out, "%s at %u\n", stmt_word(s->kind),
                    (unsigned)source_place(ctx, s->span.start).line);
        const Nodes n = nodes_of(ast, s);
        for (AstId id = n.first; id && id <= n.last; id++)
            put_ast_node(ctx, ast, id, out);
        put_stmt(ctx, ast, s, out);
    }
}

/* ---- the unit */

static const char *entity_word(const Entity *e)
{
    switch (e->kind) {
    case ENTITY_DIM: return "dim";
    case ENTITY_INPUT: return "input";
    case ENTITY_PARAM: return "param";
    case ENTITY_INDEX: return "index";
    case ENTITY_CONST: return e->dim ? "dim" : "const";
    case ENTITY_DEF: return "define";
    }
    return "";
}

static void put_shape(const Unit *u, TupleId shape, Text *out)
{
    if (shape)
        extent_shape_text(u->graph, shape, out);
}

static void put_entity(const Unit *u, const Entity *e, Text *out)
{
    text_printf(out, "%-8s %s", entity_word(e), name_text(u->ctx, e->name));
    put_shape(u, e->shape, out);
    if (e->kind == ENTITY_INDEX) {
        text_put(out, " < ");
        extent_text(u->graph, sym_at(u->graph, e->sym)->limit, out);
    }
    if (e->kind == ENTITY_CONST) {
        text_put(out, " = ");
        number_text(out, node_number(u->graph, e->node), REAL_DOUBLE);
    }
    text_put(out, e->output ? ", an output" : "");
    text_put(out, e->used || e->output ? "" : ", not used");
    text_char(out, '\n');
}

static void put_function(const Unit *u, const Function *f, Text *out)
{
    text_printf(out, "function %s(", name_text(u->ctx, f->name));
    for (uint32_t i = 0; i < f->params; i++) {
        text_printf(out, "%s%s", i ? ", " : "", name_text(u->ctx, f->locals.at[i].name));
        put_shape(u, f->locals.at[i].shape, out);
    }
    text_char(out, ')');
    put_shape(u, f->shape, out);
    for (uint32_t i = 0; i < f->params && i < f->rules.count; i++)
        if (f->rules.at[i])
            text_printf(out, ", a rule in %s", name_text(u->ctx, f->locals.at[i].name));
    text_char(out, '\n');
}

/* The steps in the order in which they are computed; a recurrence is one. */
static void put_order(const Unit *u, Text *out)
{
    text_put(out, "order   ");
    for (uint32_t i = 0; i < u->order.count; i++) {
        const Step *s = &u->order.at[i];
        const U32Vec *members = s->system ? &u->systems.at[s->system - 1].members : NULL;
        text_char(out, ' ');
        for (uint32_t k = 0; members && k < members->count; k++)
            text_printf(out, "%s%s", k ? "+" : "",
                        name_text(u->ctx, u->entities.at[members->at[k]].name));
        if (!members)
            text_printf(out, "%s%s", name_text(u->ctx, s->function
                                                           ? u->functions.at[s->target].name
                                                           : u->entities.at[s->target].name),
                        s->function ? "()" : "");
    }
    text_char(out, '\n');
}

void unit_dump(const Unit *u, Text *out)
{
    for (uint32_t i = 0; i < u->entities.count; i++)
        put_entity(u, &u->entities.at[i], out);
    for (uint32_t i = 0; i < u->functions.count; i++)
        put_function(u, &u->functions.at[i], out);
    put_order(u, out);
    for (uint32_t i = 0; i < u->preconditions.count; i++) {
        text_put(out, "callers  ");
        extent_text(u->graph, u->preconditions.at[i].node, out);
        text_put(out, " >= 0\n");
    }
}
