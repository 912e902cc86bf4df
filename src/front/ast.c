/* Tree nodes, as the parser completes them: each knows where its expression begins and which
 * text it covers. Comments and statements as text, too. */
#include <string.h>

#include "front/front.h"

static AstId put(Ctx *ctx, Ast *ast, AstNode node)
{
    if (ast->nodes.count == 0)
        memset(vec_push(ctx, &ast->nodes), 0, sizeof *ast->nodes.at);
    if (ast->nodes.count > UINT32_MAX - 2)
        ctx_fatal(ctx, STATUS_SYSTEM, "the model is too large");
    AstId id = ast->nodes.count;
    if (!node.first)
        node.first = id;
    *vec_push(ctx, &ast->nodes) = node;
    return id;
}

AstId ast_leaf(Ctx *ctx, Ast *ast, AstKind kind, Name name, Span span)
{
    AstNode n = {.kind = (uint8_t)kind, .name = name, .span = span};
    return put(ctx, ast, n);
}

_Static_assert(OP_COUNT <= UINT8_MAX + 1, "an operator fits the member of a tree node");

AstId ast_unary(Ctx *ctx, Ast *ast, AstKind kind, Op op, AstId a, Span span)
{
    AstNode n = {.kind = (uint8_t)kind, .op = (uint8_t)op, .a = a,
                 .first = ast->nodes.at[a].first, .span = span};
    return put(ctx, ast, n);
}

AstId ast_binary(Ctx *ctx, Ast *ast, AstKind kind, Op op, AstId a, AstId b)
{
    const AstNode *x = &ast->nodes.at[a], *y = &ast->nodes.at[b];
    AstNode n = {.kind = (uint8_t)kind, .op = (uint8_t)op, .a = a, .b = b,
                 .first = x->first, .span = {x->span.start, y->span.end}};
    return put(ctx, ast, n);
}

AstId ast_cond(Ctx *ctx, Ast *ast, AstId a, AstId b, AstId c)
{
    const AstNode *x = &ast->nodes.at[a], *z = &ast->nodes.at[c];
    AstNode n = {.kind = AST_COND, .a = a, .b = b, .c = c,
                 .first = x->first, .span = {x->span.start, z->span.end}};
    return put(ctx, ast, n);
}

AstId ast_list(Ctx *ctx, Ast *ast, AstKind kind, Name name, const U32Vec *items, AstId body,
               Span span)
{
    AstNode n = {.kind = (uint8_t)kind, .name = name, .a = ast->list.count, .b = items->count,
                 .c = body, .span = span};
    for (uint32_t i = 0; i < items->count; i++) {
        *vec_push(ctx, &ast->list) = items->at[i];
        AstId first = ast->nodes.at[items->at[i]].first;
        if (!n.first || first < n.first)
            n.first = first;
    }
    if (body && (!n.first || ast->nodes.at[body].first < n.first))
        n.first = ast->nodes.at[body].first;
    return put(ctx, ast, n);
}

AstId ast_item(const Ast *ast, AstId id, uint32_t k)
{
    const AstNode *n = &ast->nodes.at[id];
    switch ((AstKind)n->kind) {
    case AST_NONE: case AST_NUMBER: case AST_NAME: case AST_WHOLE: return 0;
    case AST_UNARY: case AST_TRANSPOSE: return k == 0 ? n->a : 0;
    case AST_BINARY: case AST_MATMUL: case AST_RANGE: case AST_IN:
        return k == 0 ? n->a : k == 1 ? n->b : 0;
    case AST_COND: return k == 0 ? n->a : k == 1 ? n->b : k == 2 ? n->c : 0;
    case AST_CALL: case AST_MATRIX: case AST_ROW: return k < n->b ? ast->list.at[n->a + k] : 0;
    case AST_SUBSCRIPT: case AST_REDUCE:
        return k < n->b ? ast->list.at[n->a + k] : k == n->b ? n->c : 0;
    }
    return 0;
}

void ast_return(Ast *ast, const Ast *copy)
{
    ast->nodes.count = copy->nodes.count;
    ast->comments.count = copy->comments.count;
    ast->list.count = copy->list.count;
    ast->decls.count = copy->decls.count;
    ast->stmts.count = copy->stmts.count;
}

bool ast_is_broken(const Ast *ast, Name name)
{
    for (uint32_t i = 0; i < ast->broken.count; i++)
        if (ast->broken.at[i] == name)
            return true;
    return ast->lost;
}

/* The number of the first comment at or behind a place. */
static uint32_t comment_from(const Ast *ast, uint32_t place)
{
    uint32_t low = 0, high = ast->comments.count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (ast->comments.at[middle].start < place)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

Name ast_comment(Ctx *ctx, const Ast *ast, Span declared)
{
    uint32_t i = comment_from(ast, declared.end);
    if (i == ast->comments.count)
        return 0;
    Span between = {declared.end, ast->comments.at[i].start};
    size_t length;
    const char *text = source_text(ctx, between, &length);
    bool same = length == between.end - between.start; /* the comment is in the same file */
    if (!same || memchr(text, '\n', length) || memchr(text, '\r', length))
        return 0;
    /* another name between would have the comment for itself */
    uint32_t depth = 0;
    for (size_t k = 0; k < length; k++) {
        depth += text[k] == '[' || text[k] == '(';
        depth -= text[k] == ']' || text[k] == ')';
        if (text[k] == ',' && depth == 0 && strspn(text + k + 1, " \t") < length - k - 1)
            return 0;
    }
    const char *comment = source_text(ctx, ast->comments.at[i], &length);
    while (length && strchr("# \t", *comment))
        comment++, length--;
    while (length && strchr(" \t", comment[length - 1]))
        length--;
    return length ? name_intern(ctx, comment, length) : 0;
}

/* Also a NUL, as it may stand in a text. */
static bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r') || !c; }

Name ast_line(Ctx *ctx, const Ast *ast, Span span)
{
    Text line = text_new(ctx);
    size_t length;
    const char *text = source_text(ctx, span, &length);
    uint32_t next = comment_from(ast, span.start);
    bool space = false;
    for (size_t i = 0; i < length; i++) {
        uint32_t place = span.start + (uint32_t)i;
        if (next < ast->comments.count && place == ast->comments.at[next].start) {
            i += ast->comments.at[next].end - place - 1;
            next++;
            space = true;
        } else if (is_space(text[i])) {
            space = true;
        } else {
            if (space && line.len)
                text_char(&line, ' ');
            space = false;
            text_char(&line, text[i]);
        }
    }
    Name name = name_intern(ctx, line.at, line.len);
    text_free(&line);
    return name;
}
