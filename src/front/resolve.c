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

/* Is the node in what another lists, as subscripts? */
static bool is_listed(const Scope *s, const AstNode *in, AstId id)
{
    for (uint32_t k = 0; k < in->b; k++) {
        const AstId item = s->unit->ast->list.at[in->a + k];
        if (id >= node(s, item)->first && id <= item)
            return true;
    }
    return false;
}

/* How a name would be declared that stands here: a size, an index or an input. */
static void suggest_declaration(const Scope *s, const AstNode *n)
{
    Ctx *ctx = s->unit->ctx;
    const char *name = name_text(ctx, n->name);
    const AstId id = (AstId)(n - s->unit->ast->nodes.at);
    bool size = s->sizes, subscript = false;
    for (AstId i = id + 1; i <= s->root && !size; i++) {
        const AstNode *over = node(s, i);
        size = over->kind == AST_RANGE && over->first <= id;
        subscript = subscript || (over->kind == AST_SUBSCRIPT && is_listed(s, over, id));
    }
    if (size)
        diag_hint(ctx, "declare it, as in 'dim %s'", name);
    else if (subscript)
        diag_hint(ctx, "bind it, as in sum[%s](...), or declare it, as in 'index %s < 3'", name,
                  name);
    else
        diag_hint(ctx, "declare it, as in 'input %s'", name);
}

/* What the constant is called here that others call so; NULL if there is none. */
static const char *constant_elsewhere(const char *name)
{
    static const struct { const char *elsewhere, *here;
    } constants[] = {
        {"\xcf\x80", "pi"}, {"PI", "pi"}, {"Pi", "pi"}, {"M_PI", "pi"},
        {"INF", "inf"}, {"Inf", "inf"}, {"INFINITY", "inf"}, {"infinity", "inf"},
    };
    for (size_t i = 0; i < sizeof constants / sizeof *constants; i++)
        if (!strcmp(name, constants[i].elsewhere))
            return constants[i].here;
    return NULL;
}

/* Adds to the newest error the known names that are near to that of the node. */
static void suggest_value(Scope *s, const AstNode *n, bool constant)
{
    Ctx *ctx = s->unit->ctx;
    const Name name = n->name;
    U32Vec known = {0};
    if (!diag_kept(ctx))
        return;
    for (uint32_t i = 0; i < s->unit->entities.count; i++)
        *vec_push(ctx, &known) = s->unit->entities.at[i].name;
    for (uint32_t i = 0; s->locals && i < s->locals->count; i++)
        *vec_push(ctx, &known) = s->locals->at[i].name;
    if (name_text(ctx, name)[1]) { /* i is an index that nothing binds */
        *vec_push(ctx, &known) = name_of(ctx, "pi");
        *vec_push(ctx, &known) = name_of(ctx, "inf");
    }
    Name near = name_nearest(ctx, name, known.at, known.count);
    const char *here = constant_elsewhere(name_text(ctx, name));
    if (here)
        diag_hint(ctx, "the constant is written '%s'", here);
    else if (scope_get(&s->function, name) || op_named(name_text(ctx, name)))
        diag_hint(ctx, "'%s' is a function: write %s(...)", name_text(ctx, name),
                  name_text(ctx, name));
    else if (near)
        diag_hint(ctx, "did you mean '%s'?", name_text(ctx, near));
    else if (s->declared && !constant)
        suggest_declaration(s, n);
    vec_free(ctx, &known);
}

static void suggest_function(Scope *s, Name name)
{
    Ctx *ctx = s->unit->ctx;
    if (!diag_kept(ctx))
        return;
    if (scope_get(&s->local, name) || scope_get(&s->entity, name)) {
        diag_hint(ctx, "'%s' is a value; a product is written with '*'", name_text(ctx, name));
        return;
    }
    if (!strcmp(name_text(ctx, name), "pi") || !strcmp(name_text(ctx, name), "inf")) {
        diag_hint(ctx, "'%s' is a constant; a product is written with '*'", name_text(ctx, name));
        return;
    }
    static const struct { const char *elsewhere, *here;
    } called[] = {
        {"ln", "log(x)"},           {"lg", "log10(x)"},           {"tg", "tan(x)"},
        {"arctg", "atan(x)"},       {"sgn", "sign(x)"},           {"sqr", "x^2"},
        {"square", "x^2"},          {"gamma", "tgamma(x)"},       {"psi", "digamma(x)"},
        {"logistic", "sigmoid(x)"}, {"expit", "sigmoid(x)"},      {"if", "c ? a : b"},
        {"cot", "1/tan(x)"},        {"sec", "1/cos(x)"},          {"csc", "1/sin(x)"},
        {"ceiling", "ceil(x)"},     {"fmod", "mod(x, y)"},        {"grad", "diff(f, x)"},
        {"gradient", "diff(f, x)"}, {"derivative", "diff(f, x)"}, {"D", "diff(f, x)"},
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

/* An input that is not declared: is it meant as one? */
static void warn_of_constant(const Scope *s, const AstNode *n)
{
    Ctx *ctx = s->unit->ctx;
    const char *name = name_text(ctx, n->name), *here = constant_elsewhere(name);
    if (!here)
        return;
    diag_warning(ctx, n->span, "constant-name", "'%s' is an input of this model, and no constant",
                 name);
    diag_hint(ctx, "the constant is written '%s'; declare the input if it is one, as in 'input %s'",
              here, name);
}

/* A name that nothing declares: an input where that is allowed, else an error. */
static void unknown_name(Scope *s, AstNode *n, bool constant)
{
    Unit *u = s->unit;
    if (s->implicit && !constant && n->kind == AST_SUBSCRIPT) {
        diag_error(u->ctx, n->span, "unknown-name", "the array '%s' is not declared",
                   name_text(u->ctx, n->name));
        diag_hint(u->ctx, "declare it with its sizes, as in 'input %s[3]'",
                  name_text(u->ctx, n->name));
        return;
    }
    if (s->implicit && !constant) {
        Entity e = {.kind = ENTITY_INPUT, .name = n->name, .span = n->span};
        *vec_push(u->ctx, &u->entities) = e;
        scope_set(u->ctx, &s->entity, n->name, u->entities.count);
        n->resolution = RES_ENTITY;
        n->target = u->entities.count - 1;
        warn_of_constant(s, n);
        return;
    }
    if (ast_is_broken(u->ast, n->name))
        return;
    diag_error(u->ctx, n->span, "unknown-name", "the name '%s' is not defined",
               name_text(u->ctx, n->name));
    suggest_value(s, n, constant);
}

static void resolve_name(Scope *s, AstNode *n, bool constant)
{
    Ctx *ctx = s->unit->ctx;
    const char *text = name_text(ctx, n->name);
    uint32_t slot = scope_get(&s->local, n->name), size = scope_get(&s->size, n->name);
    uint32_t entity = scope_get(&s->entity, n->name);
    if (slot) {
        n->resolution = RES_LOCAL;
        n->target = slot - 1;
    } else if (size) {
        n->resolution = RES_SIZE;
        n->target = size - 1;
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
    if ((op == OP_MIN || op == OP_MAX) && n->b == 1) {
        n->resolution = RES_REDUCTION;
        n->target = op == OP_MIN ? REDUCTION_MIN : REDUCTION_MAX;
    } else if (op == OP_MIN || op == OP_MAX) {
        if (n->b < 1)
            wrong_arity(s, n, "one or more arguments");
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
        diag_error(ctx, by->span, "diff",
                   "expected a name to differentiate by, found an expression");
        diag_hint(ctx,
                  "give it a name, use that in what is differentiated, and differentiate by it");
    } else if (by->resolution == RES_INDEX || by->resolution == RES_SIZE ||
               (by->resolution == RES_ENTITY &&
                (s->unit->entities.at[by->target].kind == ENTITY_DIM ||
                 s->unit->entities.at[by->target].kind == ENTITY_INDEX)))
        diag_error(ctx, by->span, "diff", "a derivative by the integer '%s' has no meaning",
                   name_text(ctx, by->name));
    else if (by->resolution == RES_PI || by->resolution == RES_INF ||
             (by->resolution == RES_ENTITY &&
              s->unit->entities.at[by->target].kind == ENTITY_CONST))
        diag_error(ctx, by->span, "diff", "a derivative by the constant '%s' has no meaning",
                   name_text(ctx, by->name));
    else if (by->resolution == RES_LOCAL && s->locals->at[by->target].value) {
        diag_error(
            ctx, by->span, "diff",
            "expected a parameter or a name of the model to differentiate by, found the local '%s'",
            name_text(ctx, by->name));
        diag_hint(ctx, "make it a parameter of a function of its own");
    }
}

static void resolve_reduction(Scope *s, AstNode *n, Reduction reduction)
{
    n->resolution = RES_REDUCTION;
    n->target = (uint32_t)reduction;
    if (n->kind == AST_CALL)
        check_arity(s, n, 1);
}

static void resolve_array_function(Scope *s, AstNode *n, ArrayFunction function)
{
    static const uint8_t arity[ARRAY_FUNCTION_COUNT] = {
        [ARRAY_DOT] = 2, [ARRAY_CROSS] = 2, [ARRAY_OUTER] = 2, [ARRAY_TRANSPOSE] = 1,
        [ARRAY_SOFTMAX] = 1, [ARRAY_LOG_SOFTMAX] = 1, [ARRAY_DET] = 1, [ARRAY_INV] = 1,
        [ARRAY_SOLVE] = 2,
    };
    n->resolution = RES_ARRAY;
    n->target = (uint32_t)function;
    check_arity(s, n, arity[function]);
}

/* NAME[items](body): a reduction, or a slip. */
static void resolve_reduce(Scope *s, AstNode *n)
{
    Ctx *ctx = s->unit->ctx;
    const char *text = name_text(ctx, n->name);
    Reduction reduction = reduction_named(text);
    if (reduction != REDUCTION_COUNT) {
        resolve_reduction(s, n, reduction);
    } else {
        diag_error(ctx, n->span, "reduction", "'%s' is no reduction over indices", text);
        if (scope_get(&s->local, n->name) || scope_get(&s->entity, n->name))
            diag_hint(ctx, "'%s' is a value; a product is written with '*'", text);
        else
            diag_hint(ctx, "reductions are sum, prod, max, min, mean, logsumexp and norm");
    }
}

/* What can be no constant, since that is a scalar. */
static void resolve_array_form(Scope *s, const AstNode *n)
{
    diag_error(s->unit->ctx, n->span, "not-constant", "expected a constant scalar, found %s",
               n->kind == AST_SUBSCRIPT ? "an element of an array"
               : n->kind == AST_REDUCE || n->kind == AST_CALL ? "a reduction" : "an array");
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
    } else if (reduction_named(text) != REDUCTION_COUNT) {
        resolve_reduction(s, n, reduction_named(text));
    } else if (array_function_named(text) != ARRAY_FUNCTION_COUNT) {
        resolve_array_function(s, n, array_function_named(text));
    } else if (!ast_is_broken(s->unit->ast, n->name)) {
        diag_error(ctx, n->span, "unknown-function", "the function '%s' is not defined", text);
        suggest_function(s, n->name);
    }
}

enum {
    DIGITS_MOST = 10000000, /* of a literal, for the sake of the time that they take */
    PLAIN_MOST = 30         /* of one without an exponent that is in the range of every type */
};

static void resolve_number(const Scope *s, const AstNode *n)
{
    Ctx *ctx = s->unit->ctx;
    const char *text = name_text(ctx, n->name);
    size_t length = strlen(text);
    if (length <= PLAIN_MOST && strspn(text, "0123456789.") == length)
        return;
    if (length > DIGITS_MOST) {
        diag_error(ctx, n->span, "limit", "a number of %zu characters is longer than %d", length,
                   DIGITS_MOST);
        diag_system(ctx);
        return;
    }
    Number number;
    number_init(&number);
    if (!number_parse(&number, text, length) || number_out_of_range(&number, s->unit->real))
        diag_error(ctx, n->span, "range", "the number %.60s is beyond the range of %s", text,
                   real_name(s->unit->real));
    number_clear(&number);
}

static void resolve_node(Scope *s, AstNode *n, bool constant)
{
    switch ((AstKind)n->kind) {
    case AST_NONE: case AST_UNARY: case AST_BINARY: case AST_COND:
        break;
    case AST_NUMBER: resolve_number(s, n); break;
    case AST_NAME: resolve_name(s, n, constant); break;
    case AST_CALL:
        resolve_call(s, n, constant);
        if (constant && (n->resolution == RES_REDUCTION || n->resolution == RES_ARRAY))
            resolve_array_form(s, n);
        break;
    case AST_SUBSCRIPT: case AST_REDUCE: case AST_MATMUL: case AST_TRANSPOSE: case AST_MATRIX:
        if (constant)
            resolve_array_form(s, n);
        else if (n->kind == AST_SUBSCRIPT && n->name)
            resolve_name(s, n, false);
        else if (n->kind == AST_REDUCE)
            resolve_reduce(s, n);
        break;
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
        if ((n->kind == AST_NAME || n->kind == AST_SUBSCRIPT) && n->resolution == RES_ENTITY &&
            !inside && n->target + 1 != s->defines)
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
    s->root = root;
    bind_indices(s, root);
    for (AstId i = node(s, root)->first; i <= root; i++)
        if (node(s, i)->resolution == RES_NONE &&
            (!constant || diag_errors(s->unit->ctx) == errors)) /* one is enough of a constant */
            resolve_node(s, node(s, i), constant);
    if (diag_errors(s->unit->ctx) == errors)
        mark_used(s, root);
}

void resolve_sizes(Scope *s, uint32_t items, uint32_t count)
{
    s->sizes = true;
    for (uint32_t k = 0; k < count; k++)
        resolve_expression(s, s->unit->ast->list.at[items + k], false);
    s->sizes = false;
}

void resolve_equation(Scope *s, uint32_t items, uint32_t count, AstId value)
{
    bind_left(s, items, count);
    resolve_sizes(s, items, count);
    resolve_expression(s, value, false);
    unbind_left(s, items, count);
}

/* ---- bodies */

/* Where the nodes of a local definition, subscripts and value, begin. */
static AstId local_first(const Scope *s, const Local *l)
{
    AstId first = node(s, l->value)->first;
    for (uint32_t k = 0; k < l->count; k++) {
        AstId item = s->unit->ast->list.at[l->items + k];
        if (node(s, item)->first < first)
            first = node(s, item)->first;
    }
    return first;
}

/* Has the local definition a local that is not placed? */
static bool waits(const Scope *s, const Local *l, const uint32_t *slot)
{
    for (AstId i = local_first(s, l); i <= l->value; i++)
        if (node(s, i)->resolution == RES_LOCAL && slot[node(s, i)->target] == UINT32_MAX)
            return true;
    return false;
}

static void renumber(const Scope *s, AstId first, AstId last, const uint32_t *slot)
{
    for (AstId i = first; i <= last; i++)
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
            if (slot[i] != UINT32_MAX || waits(s, &locals->at[i], slot))
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
            if (locals->at[i].count)
                diag_hint(ctx, "recurrences are definitions of the model: a function takes none");
            break;
        }
    if (placed == count) {
        for (uint32_t i = params; i < count; i++)
            renumber(s, local_first(s, &locals->at[i]), locals->at[i].value, slot);
        renumber(s, node(s, result)->first, result, slot);
        memcpy(locals->at, ordered, count * sizeof *ordered);
    }
    ctx_resize(ctx, slot, 0);
    ctx_resize(ctx, ordered, 0);
}

/* Does the model have a size of that name? */
static bool is_dim(const Scope *s, Name name)
{
    uint32_t entity = scope_get(&s->entity, name);
    const Entity *e = entity ? &s->unit->entities.at[entity - 1] : NULL;
    return e && (e->kind == ENTITY_DIM || e->dim);
}

/* The extents of a parameter: a bare name that is no size of the model's is bound by it, and hides
 * what else bears it. */
static void resolve_extents(Scope *s, const Local *l, U32Vec *sizes)
{
    Unit *u = s->unit;
    for (uint32_t k = 0; k < l->count; k++) {
        AstId item = u->ast->list.at[l->items + k];
        AstNode *n = node(s, item);
        if (n->kind == AST_NAME && !is_dim(s, n->name) && !scope_get(&s->size, n->name)) {
            if (scope_get(&s->local, n->name))
                diag_error(u->ctx, n->span, "redefined",
                           "the size '%s' bears the name of a parameter or local",
                           name_text(u->ctx, n->name));
            *vec_push(u->ctx, &u->sizes) = (Size){.name = n->name};
            *vec_push(u->ctx, sizes) = u->sizes.count - 1;
            scope_set(u->ctx, &s->size, n->name, u->sizes.count);
        }
        if (n->kind == AST_NAME && scope_get(&s->size, n->name)) {
            n->resolution = RES_SIZE;
            n->target = scope_get(&s->size, n->name) - 1;
        } else {
            bool implicit = s->implicit;
            s->implicit = false;
            s->sizes = true;
            resolve_expression(s, item, false);
            s->sizes = false;
            s->implicit = implicit;
        }
    }
}

void resolve_body(Scope *s, LocalVec *locals, uint32_t params, AstId *result, U32Vec *sizes)
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
    for (uint32_t i = 0; i < params; i++)
        resolve_extents(s, &locals->at[i], sizes);
    for (uint32_t i = params; i < locals->count; i++)
        resolve_equation(s, locals->at[i].items, locals->at[i].count, locals->at[i].value);
    resolve_expression(s, *result, false);
    if (diag_errors(ctx) == errors)
        order_locals(s, locals, params, *result);
    for (uint32_t i = 0; i < locals->count; i++)
        scope_set(ctx, &s->local, locals->at[i].name, 0);
    for (uint32_t i = 0; i < sizes->count; i++)
        scope_set(ctx, &s->size, s->unit->sizes.at[sizes->at[i]].name, 0);
    s->locals = NULL;
}
