/* Expressions with bare names in, the same with each name and call resolved out: to an entity,
 * a local, an operator or a function. Looks at the nodes in their order, operands first. */
#include <string.h>

#include "front/front.h"

void scope_set(Ctx *ctx, U32Vec *map, Name name, uint32_t value)
{
    while (map->count <= name)
        *vec_push(ctx, map) = 0;
    map->at[name] = value;
}

uint32_t scope_get(const U32Vec *map, Name name)
{
    return name < map->count ? map->at[name] : 0;
}

static AstNode *node(const Scope *s, AstId id) { return &s->unit->ast->nodes.at[id]; }

/* Adds to the newest error the known names that are near to `name`. */
static void suggest_value(Scope *s, Name name, bool constant)
{
    Ctx *ctx = s->unit->ctx;
    U32Vec known = {0};
    for (uint32_t i = 0; i < s->unit->entities.count; i++)
        *vec_push(ctx, &known) = s->unit->entities.at[i].name;
    for (uint32_t i = 0; s->locals && i < s->locals->count; i++)
        *vec_push(ctx, &known) = s->locals->at[i].name;
    *vec_push(ctx, &known) = name_of(ctx, "pi");
    *vec_push(ctx, &known) = name_of(ctx, "inf");
    Name near = name_nearest(ctx, name, known.at, known.count);
    if (scope_get(&s->function, name) || op_named(name_text(ctx, name)))
        diag_hint(ctx, "'%s' is a function: write %s(...)", name_text(ctx, name),
                  name_text(ctx, name));
    else if (near)
        diag_hint(ctx, "did you mean '%s'?", name_text(ctx, near));
    else if (s->declared && !constant)
        diag_hint(ctx, "declare it, as in 'input %s'", name_text(ctx, name));
    vec_free(ctx, &known);
}

static void suggest_function(Scope *s, Name name)
{
    Ctx *ctx = s->unit->ctx;
    if (scope_get(&s->local, name) || scope_get(&s->entity, name)) {
        diag_hint(ctx, "'%s' is a value; a product is written with '*'", name_text(ctx, name));
        return;
    }
    if (!strcmp(name_text(ctx, name), "pi") || !strcmp(name_text(ctx, name), "inf")) {
        diag_hint(ctx, "'%s' is a constant; a product is written with '*'", name_text(ctx, name));
        return;
    }
    static const struct { const char *elsewhere, *here; } called[] = {
        {"ln", "log(x)"}, {"lg", "log10(x)"}, {"tg", "tan(x)"}, {"arctg", "atan(x)"}, {"sgn", "sign(x)"},
        {"sqr", "x^2"}, {"square", "x^2"}, {"gamma", "tgamma(x)"}, {"psi", "digamma(x)"},
        {"logistic", "sigmoid(x)"}, {"expit", "sigmoid(x)"}, {"if", "c ? a : b"}, {"cot", "1/tan(x)"},
        {"sec", "1/cos(x)"}, {"csc", "1/sin(x)"}, {"ceiling", "ceil(x)"}, {"fmod", "mod(x, y)"},
        {"grad", "diff(f, x)"}, {"gradient", "diff(f, x)"}, {"derivative", "diff(f, x)"}, {"D", "diff(f, x)"},
    };
    for (size_t i = 0; i < sizeof called / sizeof *called; i++)
        if (!strcmp(name_text(ctx, name), called[i].elsewhere)) {
            diag_hint(ctx, "write %s", called[i].here);
            return;
        }
    U32Vec known = {0};
    for (uint32_t i = 0; i < s->unit->functions.count; i++)
        *vec_push(ctx, &known) = s->unit->functions.at[i].name;
    for (int op = 1; op < OP_COUNT; op++)
        if (!(op_info((Op)op)->flags & OPF_HIDDEN))
            *vec_push(ctx, &known) = name_of(ctx, op_info((Op)op)->spelling);
    Name near = name_nearest(ctx, name, known.at, known.count);
    if (near)
        diag_hint(ctx, "did you mean '%s'?", name_text(ctx, near));
    vec_free(ctx, &known);
}

/* A name that nothing declares: an input where that is allowed, else an error. */
static void unknown_name(Scope *s, AstNode *n, bool constant)
{
    Unit *u = s->unit;
    if (s->implicit && !constant) {
        Entity e = {.kind = ENTITY_INPUT, .name = n->name, .span = n->span};
        *vec_push(u->ctx, &u->entities) = e;
        scope_set(u->ctx, &s->entity, n->name, u->entities.count);
        n->resolution = RES_ENTITY;
        n->target = u->entities.count - 1;
        return;
    }
    if (ast_is_broken(u->ast, n->name))
        return;
    diag_error(u->ctx, n->span, "unknown-name", "the name '%s' is not defined",
               name_text(u->ctx, n->name));
    suggest_value(s, n->name, constant);
}

static void resolve_name(Scope *s, AstNode *n, bool constant)
{
    Ctx *ctx = s->unit->ctx;
    const char *text = name_text(ctx, n->name);
    uint32_t slot = scope_get(&s->local, n->name);
    uint32_t entity = scope_get(&s->entity, n->name);
    if (slot) {
        n->resolution = RES_LOCAL;
        n->target = slot - 1;
    } else if (entity) {
        n->resolution = RES_ENTITY;
        n->target = entity - 1;
        if (constant && s->unit->entities.at[entity - 1].kind != ENTITY_CONST)
            diag_error(ctx, n->span, "not-constant", "expected a constant, found '%s'", text);
    } else if (!strcmp(text, "pi")) {
        n->resolution = RES_PI;
    } else if (!strcmp(text, "inf")) {
        n->resolution = RES_INF;
    } else {
        unknown_name(s, n, constant);
    }
}

static void wrong_arity(Scope *s, const AstNode *n, const char *expected)
{
    diag_error(s->unit->ctx, n->span, "arity", "'%s' takes %s, found %u",
               name_text(s->unit->ctx, n->name), expected, (unsigned)n->b);
}

static void check_arity(Scope *s, const AstNode *n, uint32_t wanted)
{
    char text[40];
    snprintf(text, sizeof text, "%u argument%s", (unsigned)wanted, wanted == 1 ? "" : "s");
    if (n->b != wanted)
        wrong_arity(s, n, text);
}

static void resolve_operator(Scope *s, AstNode *n, Op op)
{
    n->resolution = RES_OP;
    n->target = (uint32_t)op;
    if (op == OP_MIN || op == OP_MAX) {
        if (n->b < 2)
            wrong_arity(s, n, "two or more arguments");
    } else if (op == OP_LEAKY_RELU || op == OP_ELU) {
        if (n->b < 1 || n->b > 2)
            wrong_arity(s, n, "1 or 2 arguments");
    } else {
        check_arity(s, n, (uint32_t)op_info(op)->arity);
    }
}

static void resolve_diff(Scope *s, AstNode *n, bool constant)
{
    Ctx *ctx = s->unit->ctx;
    n->resolution = RES_DIFF;
    if (n->b != 2) {
        wrong_arity(s, n, "2 arguments, an expression and a name");
        diag_hint(ctx, "diff(f, x) is the derivative of f with respect to x");
        return;
    }
    const AstNode *by = node(s, s->unit->ast->list.at[n->a + 1]);
    if (constant)
        diag_error(ctx, n->span, "not-constant", "expected a constant, found a derivative");
    else if (by->kind == AST_NUMBER)
        diag_error(ctx, by->span, "diff", "expected a name to differentiate by, found a number");
    else if (by->kind != AST_NAME) {
        diag_error(ctx, by->span, "diff", "expected a name to differentiate by, found an expression");
        diag_hint(ctx, "give it a name, use that in what is differentiated, and differentiate by it");
    } else if (by->resolution == RES_PI || by->resolution == RES_INF ||
             (by->resolution == RES_ENTITY && s->unit->entities.at[by->target].kind == ENTITY_CONST))
        diag_error(ctx, by->span, "diff", "a derivative by the constant '%s' has no meaning",
                   name_text(ctx, by->name));
    else if (by->resolution == RES_LOCAL && s->locals->at[by->target].value) {
        diag_error(ctx, by->span, "diff",
                   "expected a parameter or a name of the model to differentiate by, found the local '%s'",
                   name_text(ctx, by->name));
        diag_hint(ctx, "make it a parameter of a function of its own");
    }
}

static bool takes_arrays(const char *text)
{
    static const char *const names[] = {
        "softmax", "log_softmax", "logsumexp", "norm", "dot", "cross", "sum", "prod", "mean",
        "transpose", "outer", "det", "inv", "solve",
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (!strcmp(text, names[i]))
            return true;
    return false;
}

static void array_error(Scope *s, Span span, const char *what)
{
    diag_error(s->unit->ctx, span, "array", "expected a scalar, found %s", what);
    diag_hint(s->unit->ctx, "this version of bpgen takes models of scalars");
}

static void resolve_call(Scope *s, AstNode *n, bool constant)
{
    Ctx *ctx = s->unit->ctx;
    const char *text = name_text(ctx, n->name);
    uint32_t function = scope_get(&s->function, n->name);
    Op op = op_named(text);
    if (function) {
        n->resolution = RES_FUNCTION;
        n->target = function - 1;
        check_arity(s, n, s->unit->functions.at[function - 1].params);
    } else if (!strcmp(text, "diff")) {
        resolve_diff(s, n, constant);
    } else if (op) {
        resolve_operator(s, n, op);
    } else if (takes_arrays(text)) {
        array_error(s, n->span, "a function of arrays");
    } else if (!ast_is_broken(s->unit->ast, n->name)) {
        diag_error(ctx, n->span, "unknown-function", "the function '%s' is not defined", text);
        suggest_function(s, n->name);
    }
}

static void resolve_node(Scope *s, AstNode *n, bool constant)
{
    switch ((AstKind)n->kind) {
    case AST_NONE: case AST_UNARY: case AST_BINARY: case AST_COND:
        break;
    case AST_NUMBER: {
        size_t length = strlen(name_text(s->unit->ctx, n->name));
        Number number;
        number_init(&number);
        if (!number_parse(&number, name_text(s->unit->ctx, n->name), length) ||
            number_out_of_range(&number, REAL_DOUBLE))
            diag_error(s->unit->ctx, n->span, "range", "the number %.60s is beyond the range of double",
                       name_text(s->unit->ctx, n->name));
        number_clear(&number);
        break;
    }
    case AST_NAME: resolve_name(s, n, constant); break;
    case AST_CALL: resolve_call(s, n, constant); break;
    case AST_SUBSCRIPT: array_error(s, n->span, "an element of an array"); break;
    case AST_REDUCE: array_error(s, n->span, "a reduction over an index"); break;
    case AST_MATMUL: array_error(s, n->span, "a matrix product"); break;
    case AST_TRANSPOSE: array_error(s, n->span, "a transposed array"); break;
    case AST_MATRIX: array_error(s, n->span, "an array"); break;
    case AST_ROW: case AST_RANGE: case AST_WHOLE: case AST_IN: break;
    }
}

/* Is this call the built-in diff? */
static bool is_diff(Scope *s, const AstNode *n)
{
    return n->kind == AST_CALL && n->b == 2 && !scope_get(&s->function, n->name) &&
           !strcmp(name_text(s->unit->ctx, n->name), "diff");
}

/* Notes which entities are used: from the root down, so that the first argument of a diff is
 * known before what is in it. */
static void mark_used(Scope *s, AstId root)
{
    AstId inside = 0; /* nodes from here to the argument's root are within a diff */
    for (AstId i = root; i >= node(s, root)->first; i--) {
        AstNode *n = node(s, i);
        if (inside && i < inside)
            inside = 0;
        if (n->kind == AST_NAME && n->resolution == RES_ENTITY && !inside)
            s->unit->entities.at[n->target].used = true;
        if (!inside && is_diff(s, n)) {
            AstId by = s->unit->ast->list.at[n->a + 1];
            if (node(s, by)->kind == AST_NAME && node(s, by)->resolution == RES_ENTITY)
                s->unit->entities.at[node(s, by)->target].used = true;
            i = by; /* what is left of the call is the first argument */
            inside = node(s, s->unit->ast->list.at[n->a])->first;
        }
    }
}

void resolve_expression(Scope *s, AstId root, bool constant)
{
    if (!root)
        return;
    uint32_t errors = diag_errors(s->unit->ctx);
    for (AstId i = node(s, root)->first; i <= root; i++)
        if (node(s, i)->resolution == RES_NONE &&
            (!constant || diag_errors(s->unit->ctx) == errors)) /* one is enough of a constant */
            resolve_node(s, node(s, i), constant);
    if (diag_errors(s->unit->ctx) == errors)
        mark_used(s, root);
}

/* Has the expression a local that is not placed? */
static bool waits(const Scope *s, AstId root, const uint32_t *slot)
{
    for (AstId i = node(s, root)->first; i <= root; i++)
        if (node(s, i)->resolution == RES_LOCAL && slot[node(s, i)->target] == UINT32_MAX)
            return true;
    return false;
}

static void renumber(const Scope *s, AstId root, const uint32_t *slot)
{
    for (AstId i = node(s, root)->first; i <= root; i++)
        if (node(s, i)->resolution == RES_LOCAL)
            node(s, i)->target = slot[node(s, i)->target];
}

/* Orders the local definitions: as written, but behind what they use. */
static void order_locals(Scope *s, LocalVec *locals, uint32_t params, AstId result)
{
    Ctx *ctx = s->unit->ctx;
    uint32_t count = locals->count, placed = params;
    uint32_t *slot = array_new(ctx, count + 1, sizeof *slot);
    Local *ordered = array_new(ctx, count + 1, sizeof *ordered);
    for (uint32_t i = 0; i < count; i++) {
        slot[i] = i < params ? i : UINT32_MAX;
        ordered[i] = locals->at[i];
    }
    for (bool moved = true; moved && placed < count;) {
        moved = false;
        for (uint32_t i = params; i < count; i++) {
            if (slot[i] != UINT32_MAX || waits(s, locals->at[i].value, slot))
                continue;
            ordered[placed] = locals->at[i];
            slot[i] = placed++;
            moved = true;
        }
    }
    for (uint32_t i = params; i < count && placed < count; i++)
        if (slot[i] == UINT32_MAX) {
            diag_error(ctx, locals->at[i].span, "cycle", "the local '%s' depends on itself",
                       name_text(ctx, locals->at[i].name));
            break;
        }
    if (placed == count) {
        for (uint32_t i = params; i < count; i++)
            renumber(s, locals->at[i].value, slot);
        renumber(s, result, slot);
        memcpy(locals->at, ordered, count * sizeof *ordered);
    }
    ctx_resize(ctx, slot, 0);
    ctx_resize(ctx, ordered, 0);
}

void resolve_body(Scope *s, LocalVec *locals, uint32_t params, AstId *result)
{
    Ctx *ctx = s->unit->ctx;
    uint32_t errors = diag_errors(ctx);
    for (uint32_t i = 0; i < locals->count; i++) {
        const Local *l = &locals->at[i];
        uint32_t twin = scope_get(&s->local, l->name);
        if (twin) {
            diag_error(ctx, l->span, "redefined", "the name '%s' is defined twice in this function",
                       name_text(ctx, l->name));
            diag_note(ctx, locals->at[twin - 1].span, "the first definition is here");
        }
        scope_set(ctx, &s->local, l->name, i + 1);
    }
    s->locals = locals;
    for (uint32_t i = params; i < locals->count; i++)
        resolve_expression(s, locals->at[i].value, false);
    resolve_expression(s, *result, false);
    if (diag_errors(ctx) == errors)
        order_locals(s, locals, params, *result);
    for (uint32_t i = 0; i < locals->count; i++)
        scope_set(ctx, &s->local, locals->at[i].name, 0);
    s->locals = NULL;
}
