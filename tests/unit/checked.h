/* A model as checked: what it declares and defines, with shapes. */
#ifndef BPGEN_TESTS_CHECKED_H
#define BPGEN_TESTS_CHECKED_H

#include <string.h>

#include "front/front.h"

/* What is wrong with it goes to diag. The unit keeps the tree. */
static inline Unit *checked(Ctx *ctx, const char *text)
{
    Ast *ast = ctx_alloc(ctx, sizeof *ast);
    parse_source(ctx, source_string(ctx, "test", text, strlen(text)), ast);
    return check_ast(ctx, graph_new(ctx), REAL_DOUBLE, ast, NULL, 0);
}

#endif
