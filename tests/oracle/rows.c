/* rows: the operator table in; models' texts for its rows out.
 *
 * The one idea: a function's text is its name and operands, an operator's stands between or
 * before them. Only what a model writes otherwise, or in several ways, is said here. */
#include <stdlib.h>
#include <string.h>

#include "trial.h"

static const struct {
    Op op;
    RowText text;
} more[] = {
    {OP_IPOW, {"x^2", ""}},
    {OP_IPOW, {"x^3", ""}},
    {OP_IPOW, {"x^4", ""}},
    {OP_IPOW, {"x^7", ""}},
    {OP_IPOW, {"x^16", ""}},
    {OP_IPOW, {"x^33", ""}},
    {OP_IPOW, {"x^-1", "x != 0"}},
    {OP_IPOW, {"x^-2", "x != 0"}},
    {OP_IPOW, {"x^-5", "x != 0"}},
    {OP_POW, {"x^y", "x > 0"}},
    {OP_POW, {"x^0.5", "x > 0"}},
    {OP_POW, {"x^-1.5", "x > 0"}},
    {OP_POW, {"3^y", ""}},
    {OP_NORM, {"sqrt(x^2)", "x != 0"}},
    {OP_NORM, {"sqrt(x*x + y^2)", "x != 0 || y != 0"}},
    {OP_NORM, {"sqrt(x^2 + y^2 + z^2)", "x != 0 || y != 0 || z != 0"}},
    {OP_LOG_SUM, {"logsumexp([x, y, z])", ""}},
    {OP_MOD, {"x % y", "y != 0 && x/y != floor(x/y)"}},
    {OP_MIN, {"min(x, y, z)", "x != y && y != z && x != z"}},
    {OP_MAX, {"max(x, y, z)", "x != y && y != z && x != z"}},
    {OP_LEAKY_RELU, {"leaky_relu(x)", "x != 0"}},
    {OP_ELU, {"elu(x)", "x != 0"}},
    {OP_POLYGAMMA, {"polygamma(1, y)", "y > 0 || y != floor(y)"}},
    {OP_POLYGAMMA, {"polygamma(2, y)", "y > 0 || y != floor(y)"}},
    {OP_POLYGAMMA, {"polygamma(5, y)", "y > 0 || y != floor(y)"}},
};

bool row_is_written(Op op)
{
    const OpInfo *info = op_info(op);
    bool arrays = info->flags & OPF_ARRAY || op == OP_DET; /* what they take: see arrays.c */
    return *info->spelling && !(info->flags & (OPF_LEAF | OPF_REDUCE)) && !arrays && op != OP_DIFF;
}

static bool is_name(const char *spelling)
{
    return (*spelling >= 'a' && *spelling <= 'z') || (*spelling >= 'A' && *spelling <= 'Z');
}

/* The row's text by its spelling and arity; NULL if a model does not write it so. */
static const char *plain_text(Ctx *ctx, Op op)
{
    const OpInfo *info = op_info(op);
    const char *name = info->spelling;
    Text text = text_new(ctx);
    if (op == OP_IPOW || op == OP_POLYGAMMA)
        return NULL; /* one operand is a literal */
    if (is_name(name) && (info->flags & OPF_HIDDEN))
        return NULL; /* another row has the name */
    if (is_name(name))
        text_printf(&text, "%s(%s)", name, info->arity == 1 ? "x" : info->arity == 2 ? "x, y" : "x, y, z");
    else if (info->arity == 1)
        text_printf(&text, "%sx", name);
    else if (info->arity == 2)
        text_printf(&text, "x %s y", name);
    else
        text_printf(&text, "x %c y %c z", name[0], name[1]);
    return text.at;
}

bool row_text(Ctx *ctx, Op op, uint32_t i, RowText *text)
{
    const char *plain = plain_text(ctx, op);
    if (plain && i == 0) {
        *text = (RowText){plain, op_info(op)->domain};
        return true;
    }
    i -= plain != NULL;
    for (size_t k = 0; k < sizeof more / sizeof *more; k++)
        if (more[k].op == op && i-- == 0) {
            *text = more[k].text;
            return true;
        }
    return false;
}

/* ---- formulas --------------------------------------------------------------------------- */

struct Formula {
    Ctx *ctx;
    jmp_buf fatal;
    Oracle *oracle;
    uint32_t operand[3], value; /* entities */
};

Formula *formula_new(const char *text)
{
    static const char *const operands[3] = {"x", "y", "z"};
    Ctx *ctx = ctx_new();
    Formula *f = ctx_alloc(ctx, sizeof *f);
    f->ctx = ctx;
    if (setjmp(f->fatal)) {
        printf("'%s': %s\n", text, ctx_message(f->ctx));
        exit(1);
    }
    ctx_catch(ctx, &f->fatal);
    Text model = text_new(ctx);
    text_printf(&model, "input x, y, z\nf = %s\n", text);
    Ast *ast = ctx_alloc(ctx, sizeof *ast);
    parse_source(ctx, source_string(ctx, "formula", model.at, model.len), ast);
    const Unit *u = check_ast(ctx, graph_new(ctx), REAL_DOUBLE, ast, NULL, 0);
    if (diag_errors(ctx))
        ctx_fatal(ctx, STATUS_MODEL, "this is no expression of x, y, z");
    f->oracle = oracle_new(ctx, u);
    for (int i = 0; i < 3; i++)
        f->operand[i] = (uint32_t)unit_find(u, name_of(ctx, operands[i]));
    f->value = (uint32_t)unit_find(u, name_of(ctx, "f"));
    return f;
}

void formula_free(Formula *f)
{
    ctx_free(f->ctx);
}

double formula_value(Formula *f, const double *x)
{
    mpfr_t value;
    if (setjmp(f->fatal)) {
        printf("formula: %s\n", ctx_message(f->ctx));
        exit(1);
    }
    for (int i = 0; i < 3; i++)
        oracle_set(f->oracle, f->operand[i], &x[i]);
    mpfr_init2(value, 53);
    oracle_value(f->oracle, oracle_entity(f->value), value);
    double result = mpfr_get_d(value, MPFR_RNDN);
    mpfr_clear(value);
    return result;
}
