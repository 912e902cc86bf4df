/* The tree of a file in, the checked unit out: collects what the statements declare, has names
 * resolved, finds the outputs, and reports every error of the file on the way. */
#include <string.h>

#include "front/front.h"

typedef struct Checker {
    Scope scope;          /* what names stand for */
    Define *defines;      /* values from outside */
    uint32_t define_count;
    const Stmt *model;    /* statements that may stand once */
    const Stmt *output;
    uint32_t *rule_of;    /* a statement each: 0, or 1 + its rule, function or equation */
    uint32_t statement;   /* the number of the one that is declared */
} Checker;

static Unit *unit_of(Checker *c) { return c->scope.unit; }
static Ctx *ctx_of(Checker *c) { return c->scope.unit->ctx; }

static const AstDecl *decl_at(Checker *c, const Stmt *s, uint32_t i)
{
    return &unit_of(c)->ast->decls.at[s->decls + i];
}

/* ---- declarations */

static void warn_hidden(Checker *c, const AstDecl *d)
{
    const char *text = name_text(ctx_of(c), d->name);
    if (!strcmp(text, "pi") || !strcmp(text, "inf"))
        diag_warning(ctx_of(c), d->span, "hides", "the value '%s' hides the constant of that name",
                     text);
}

static void add_entity(Checker *c, const AstDecl *d, EntityKind kind, Name line)
{
    Unit *u = unit_of(c);
    uint32_t twin = scope_get(&c->scope.entity, d->name);
    if (twin) {
        diag_error(u->ctx, d->span, "redefined", "the name '%s' is defined twice",
                   name_text(u->ctx, d->name));
        diag_note(u->ctx, u->entities.at[twin - 1].span, "the first definition is here");
        if (kind == ENTITY_DEF)
            diag_hint(u->ctx, "a new value needs a name of its own, such as '%s_new'",
                      name_text(u->ctx, d->name));
        return;
    }
    warn_hidden(c, d);
    Entity e = {.kind = kind, .name = d->name, .span = d->span, .value = d->value, .line = line,
                .items = d->items, .count = d->count, .limit = d->limit,
                .comment = ast_comment(u->ctx, u->ast, d->span)};
    *vec_push(u->ctx, &u->entities) = e;
    scope_set(u->ctx, &c->scope.entity, d->name, u->entities.count);
}

/* What the option -D makes of a constant's line. */
static Name defined_line(Checker *c, const AstDecl *d)
{
    size_t length;
    const char *value = source_text(ctx_of(c), unit_of(c)->ast->nodes.at[d->value].span, &length);
    Text line = text_new(ctx_of(c));
    text_printf(&line, "%s = %.*s, by -D", name_text(ctx_of(c), d->name), (int)length, value);
    Name name = name_intern(ctx_of(c), line.at, line.len);
    text_free(&line);
    return name;
}

static void declare_entities(Checker *c, const Stmt *s, EntityKind kind)
{
    Unit *u = unit_of(c);
    for (uint32_t i = 0; i < s->count; i++) {
        AstDecl d = *decl_at(c, s, i);
        Name line = 0;
        bool defined = false;
        for (uint32_t k = 0; k < c->define_count && (kind == ENTITY_CONST || kind == ENTITY_DIM);
             k++)
            if (c->defines[k].name == d.name) {
                d.value = c->defines[k].value;
                c->defines[k].used = defined = true;
                line = defined_line(c, &d);
            }
        if (d.value && !defined)
            line =
                ast_line(u->ctx, u->ast, (Span){d.span.start, u->ast->nodes.at[d.value].span.end});
        uint32_t count = u->entities.count;
        add_entity(c, &d, kind == ENTITY_DIM && d.value ? ENTITY_CONST : kind, line);
        if (u->entities.count > count)
            u->entities.at[count].dim = kind == ENTITY_DIM && d.value;
    }
}

/* Another equation for an array that is defined by its elements. */
static bool adds_equation(Checker *c, const AstDecl *d, Equation e)
{
    Unit *u = unit_of(c);
    uint32_t twin = scope_get(&c->scope.entity, d->name);
    if (!twin || !d->count || !u->entities.at[twin - 1].element)
        return false;
    uint32_t *last = &u->entities.at[twin - 1].last;
    *vec_push(u->ctx, &u->equations) = e;
    u->equations.at[*last - 1].next = u->equations.count;
    *last = u->equations.count;
    c->rule_of[c->statement] = u->equations.count;
    return true;
}

static void declare_definition(Checker *c, const Stmt *s, uint32_t number)
{
    Unit *u = unit_of(c);
    AstDecl d = *decl_at(c, s, 0);
    Equation e = {.items = d.items, .count = d.count, .value = s->value, .span = d.span,
                  .line = ast_line(u->ctx, u->ast, s->span)};
    c->statement = number;
    if (adds_equation(c, &d, e))
        return;
    d.value = s->value;
    uint32_t count = u->entities.count;
    bool element = d.count > 0;
    d.items = d.count = 0;
    add_entity(c, &d, ENTITY_DEF, e.line);
    *vec_push(u->ctx, &u->equations) = e;
    c->rule_of[number] = u->equations.count;
    if (u->entities.count > count) {
        u->entities.at[count].equation = u->entities.at[count].last = u->equations.count;
        u->entities.at[count].element = element;
    }
}

static void take_locals(Checker *c, const Stmt *s, uint32_t count, LocalVec *locals)
{
    for (uint32_t i = 1; i < count; i++) {
        const AstDecl *d = decl_at(c, s, i);
        Local l = {.name = d->name, .span = d->span, .value = d->value, .bracketed = d->bracketed,
                   .items = d->items, .count = d->count};
        *vec_push(ctx_of(c), locals) = l;
    }
}

static bool is_built_in(const char *name)
{
    return op_named(name) || !strcmp(name, "diff") || reduction_named(name) != REDUCTION_COUNT ||
           array_function_named(name) != ARRAY_FUNCTION_COUNT;
}

static void declare_function(Checker *c, const Stmt *s, uint32_t number)
{
    Unit *u = unit_of(c);
    const AstDecl *d = decl_at(c, s, 0);
    Function f = {.name = d->name, .span = d->span, .params = s->params, .result = s->value};
    uint32_t twin = scope_get(&c->scope.function, d->name);
    if (twin) {
        diag_error(u->ctx, d->span, "redefined", "the function '%s' is defined twice",
                   name_text(u->ctx, d->name));
        diag_note(u->ctx, u->functions.at[twin - 1].span, "the first definition is here");
        return;
    }
    if (is_built_in(name_text(u->ctx, d->name)))
        diag_warning(u->ctx, d->span, "hides", "the function '%s' hides the built-in one",
                     name_text(u->ctx, d->name));
    take_locals(c, s, s->count, &f.locals);
    for (uint32_t i = 0; i < f.params; i++)
        *vec_push(u->ctx, &f.rules) = 0;
    *vec_push(u->ctx, &u->functions) = f;
    scope_set(u->ctx, &c->scope.function, d->name, u->functions.count);
    c->rule_of[number] = u->functions.count;
}

static void once(Checker *c, const Stmt **seen, const Stmt *s, const char *what)
{
    if (*seen) {
        diag_error(ctx_of(c), s->span, "redefined", "a model has one '%s' statement", what);
        diag_note(ctx_of(c), (*seen)->span, "the first one is here");
    } else {
        *seen = s;
    }
}

static void declare(Checker *c, const Stmt *s, uint32_t number)
{
    Unit *u = unit_of(c);
    switch (s->kind) {
    case STMT_MODEL:
        once(c, &c->model, s, "model");
        u->model = decl_at(c, s, 0)->name;
        break;
    case STMT_DIM: declare_entities(c, s, ENTITY_DIM); break;
    case STMT_INDEX: declare_entities(c, s, ENTITY_INDEX); break;
    case STMT_INPUT: declare_entities(c, s, ENTITY_INPUT); break;
    case STMT_PARAM: declare_entities(c, s, ENTITY_PARAM); break;
    case STMT_CONST: declare_entities(c, s, ENTITY_CONST); break;
    case STMT_OUTPUT: once(c, &c->output, s, "output"); break;
    case STMT_DEFINE: declare_definition(c, s, number); break;
    case STMT_FUNCTION: declare_function(c, s, number); break;
    case STMT_ASSUME: case STMT_RULE: case STMT_CHECK: break;
    }
}

/* ---- rules, checks, assumptions */

/* The function and the parameter that a rule is for; false after an error. */
static bool rule_target(Checker *c, const Stmt *s, uint32_t *function, uint32_t *param)
{
    Unit *u = unit_of(c);
    const AstDecl *head = decl_at(c, s, 0), *by = decl_at(c, s, s->count - 1);
    uint32_t f = scope_get(&c->scope.function, head->name);
    if (!f) {
        const char *text = name_text(u->ctx, head->name);
        bool built_in = op_named(text);
        if (!ast_is_broken(u->ast, head->name))
            diag_error(u->ctx, head->span, "rule",
                       built_in
                           ? "expected a function that the model defines, found the built-in '%s'"
                           : "the function '%s' is not defined",
                       text);
        return false;
    }
    *function = f - 1;
    if (s->params != u->functions.at[f - 1].params) {
        diag_error(u->ctx, head->span, "arity",
                   "the function '%s' has %u parameters, the rule names %u",
                   name_text(u->ctx, head->name), (unsigned)u->functions.at[f - 1].params,
                   (unsigned)s->params);
        return false;
    }
    for (*param = 0; *param < s->params; ++*param)
        if (decl_at(c, s, 1 + *param)->name == by->name)
            return true;
    diag_error(u->ctx, by->span, "rule", "expected one of the arguments of '%s' here, found '%s'",
               name_text(u->ctx, head->name), name_text(u->ctx, by->name));
    diag_hint(u->ctx, "the rule's own names count: rule diff(f(a, b), a) = ...");
    return false;
}

static void declare_rule(Checker *c, const Stmt *s, uint32_t number)
{
    Unit *u = unit_of(c);
    uint32_t function, param;
    if (!rule_target(c, s, &function, &param))
        return;
    uint32_t *place = &u->functions.at[function].rules.at[param];
    if (*place) {
        diag_error(u->ctx, s->span, "redefined", "this partial derivative has a rule already");
        diag_note(u->ctx, u->rules.at[*place - 1].span, "the first one is here");
        return;
    }
    Rule r = {.function = function, .param = param, .params = s->params, .result = s->value,
              .span = s->span};
    take_locals(c, s, s->count - 1, &r.locals);
    *vec_push(u->ctx, &u->rules) = r;
    *place = u->rules.count;
    c->rule_of[number] = u->rules.count;
}

static void declare_check(Checker *c, const Stmt *s)
{
    Unit *u = unit_of(c);
    Check check = {.left = s->value, .right = s->other, .within = s->within, .at = s->at,
                   .span = s->span};
    bool implicit = c->scope.implicit;
    c->scope.implicit = false; /* a check only speaks of what the model has */
    resolve_expression(&c->scope, s->value, false);
    resolve_expression(&c->scope, s->other, false);
    resolve_expression(&c->scope, s->within, true);
    for (uint32_t i = 0; i < s->count; i++) {
        const AstDecl *d = decl_at(c, s, i);
        uint32_t e = scope_get(&c->scope.entity, d->name);
        resolve_expression(&c->scope, d->value, true);
        bool twice = false;
        for (uint32_t k = 0; k < check.point.count && e; k++)
            twice |= check.point.at[k].entity == e - 1;
        if (twice)
            diag_error(u->ctx, d->span, "check", "the point gives '%s' twice",
                       name_text(u->ctx, d->name));
        else if (!e || !entity_is_argument(u->entities.at[e - 1].kind))
            diag_error(u->ctx, d->span, "check", "expected the name of an input, found '%s'",
                       name_text(u->ctx, d->name));
        else
            *vec_push(u->ctx, &check.point) = (Binding){e - 1, d->value};
    }
    c->scope.implicit = implicit;
    *vec_push(u->ctx, &u->checks) = check;
}

static void declare_assume(Checker *c, const Stmt *s)
{
    bool implicit = c->scope.implicit;
    c->scope.implicit = false;
    for (uint32_t i = 0; i < s->expr_count; i++) {
        AstId root = unit_of(c)->ast->list.at[s->exprs + i];
        resolve_expression(&c->scope, root, false);
        *vec_push(ctx_of(c), &unit_of(c)->assumes) = root;
    }
    c->scope.implicit = implicit;
}

/* ---- uses */

/* Extents, limits and the values of constants: nothing new may be named in them. */
static void resolve_declared(Checker *c)
{
    Unit *u = unit_of(c);
    bool implicit = c->scope.implicit;
    c->scope.implicit = false;
    for (uint32_t i = 0; i < u->entities.count; i++) {
        const Entity e = u->entities.at[i];
        if (e.kind == ENTITY_CONST)
            resolve_expression(&c->scope, e.value, true);
        if (e.kind != ENTITY_DEF)
            resolve_sizes(&c->scope, e.items, e.count);
        c->scope.sizes = true;
        resolve_expression(&c->scope, e.limit, false);
        c->scope.sizes = false;
    }
    c->scope.implicit = implicit;
}

/* An index must not bear the name of a value. */
static void check_binders(Checker *c)
{
    Unit *u = unit_of(c);
    for (uint32_t i = 0; i < u->binders.count; i++) {
        const Binder *b = &u->binders.at[i];
        uint32_t e = scope_get(&c->scope.entity, b->name);
        if (!e)
            continue;
        diag_error(u->ctx, b->span, "index-name",
                   "the index '%s' bears the name of a value of the model",
                   name_text(u->ctx, b->name));
        diag_note(u->ctx, u->entities.at[e - 1].span, "the value is this");
    }
}

/* Right sides in the order of the text, so that implicit inputs come in that of appearance. */
static void resolve_statement(Checker *c, const Stmt *s, uint32_t number)
{
    Unit *u = unit_of(c);
    if (s->kind == STMT_DEFINE && c->rule_of[number]) {
        const Equation e = u->equations.at[c->rule_of[number] - 1];
        c->scope.defines = scope_get(&c->scope.entity, decl_at(c, s, 0)->name);
        resolve_equation(&c->scope, e.items, e.count, e.value);
        c->scope.defines = 0;
    } else if (s->kind == STMT_FUNCTION && c->rule_of[number]) {
        /* the vector may move while names are added */
        Function f = u->functions.at[c->rule_of[number] - 1];
        resolve_body(&c->scope, &f.locals, f.params, &f.result, &f.sizes);
        u->functions.at[c->rule_of[number] - 1].sizes = f.sizes;
    } else if (s->kind == STMT_RULE && c->rule_of[number]) {
        Rule r = u->rules.at[c->rule_of[number] - 1];
        resolve_body(&c->scope, &r.locals, r.params, &r.result, &r.sizes);
        u->rules.at[c->rule_of[number] - 1].sizes = r.sizes;
    }
}

/* ---- outputs */

static void named_outputs(Checker *c)
{
    Unit *u = unit_of(c);
    for (uint32_t i = 0; i < c->output->count; i++) {
        const AstDecl *d = decl_at(c, c->output, i);
        uint32_t e = scope_get(&c->scope.entity, d->name);
        if (!e && ast_is_broken(u->ast, d->name)) {
            continue;
        } else if (!e) {
            diag_error(u->ctx, d->span, "unknown-name", "the output '%s' is not defined",
                       name_text(u->ctx, d->name));
            U32Vec known = {0};
            for (uint32_t k = 0; k < u->entities.count && diag_kept(u->ctx); k++)
                *vec_push(u->ctx, &known) = u->entities.at[k].name;
            Name near = name_nearest(u->ctx, d->name, known.at, known.count);
            if (scope_get(&c->scope.function, d->name))
                diag_hint(u->ctx, "'%s' is a function: give a value of it a name",
                          name_text(u->ctx, d->name));
            else if (near)
                diag_hint(u->ctx, "did you mean '%s'?", name_text(u->ctx, near));
            vec_free(u->ctx, &known);
        } else if (u->entities.at[e - 1].output) {
            diag_error(u->ctx, d->span, "redefined", "the output '%s' is named twice",
                       name_text(u->ctx, d->name));
        } else {
            u->entities.at[e - 1].output = true;
            *vec_push(u->ctx, &u->outputs) = e - 1;
        }
    }
}

static void find_outputs(Checker *c)
{
    Unit *u = unit_of(c);
    if (c->output)
        named_outputs(c);
    for (uint32_t i = 0; i < u->entities.count && !c->output; i++)
        if (u->entities.at[i].kind == ENTITY_DEF && !u->entities.at[i].used) {
            u->entities.at[i].output = true;
            *vec_push(u->ctx, &u->outputs) = i;
        }
}

static void check_outputs(Checker *c)
{
    Unit *u = unit_of(c);
    bool defines = false;
    Span end = {u->ast->start, u->ast->start};
    if (u->outputs.count || diag_errors(u->ctx))
        return;
    for (uint32_t i = 0; i < u->entities.count; i++)
        defines |= u->entities.at[i].kind == ENTITY_DEF;
    if (u->ast->stmts.count)
        end = u->ast->stmts.at[u->ast->stmts.count - 1].span;
    diag_error(
        u->ctx, end, "no-output", "%s",
        defines ? "every value of the model is used by another one or a function: none is an output"
                : "the model defines nothing that could be an output");
    diag_hint(u->ctx, "%s", defines ? "say which are outputs, as in 'output f'"
                                    : "write a definition, as in f = (x + y)*z");
}

/* Sizes, then other arguments come first among the entities, in their order. Implicit
 * inputs are found after the definitions: this puts them before, everywhere. */
static void arguments_first(Unit *u)
{
    uint32_t *to = array_new(u->ctx, u->entities.count + 1, sizeof *to);
    VEC(Entity) sorted = {0};
    for (int pass = 0; pass < 3; pass++)
        for (uint32_t i = 0; i < u->entities.count; i++)
            if ((u->entities.at[i].kind == ENTITY_DIM         ? 0
                 : entity_is_argument(u->entities.at[i].kind) ? 1
                                                              : 2) == pass) {
                to[i] = sorted.count;
                *vec_push(u->ctx, &sorted) = u->entities.at[i];
            }
    for (uint32_t i = 1; i < u->ast->nodes.count; i++)
        if (u->ast->nodes.at[i].resolution == RES_ENTITY)
            u->ast->nodes.at[i].target = to[u->ast->nodes.at[i].target];
    for (uint32_t i = 0; i < u->outputs.count; i++)
        u->outputs.at[i] = to[u->outputs.at[i]];
    for (uint32_t i = 0; i < u->checks.count; i++)
        for (uint32_t k = 0; k < u->checks.at[i].point.count; k++)
            u->checks.at[i].point.at[k].entity = to[u->checks.at[i].point.at[k].entity];
    for (uint32_t i = 0; i < u->entities.count; i++)
        u->entities.at[i] = sorted.at[i];
    vec_free(u->ctx, &sorted);
    ctx_resize(u->ctx, to, 0);
}

static bool declares_arguments(const Ast *ast)
{
    for (uint32_t i = 0; i < ast->stmts.count; i++)
        if (ast->stmts.at[i].kind == STMT_INPUT || ast->stmts.at[i].kind == STMT_PARAM ||
            ast->stmts.at[i].kind == STMT_INDEX)
            return true;
    return false;
}

Unit *check_ast(Ctx *ctx, Graph *graph, RealType real, Ast *ast,
                Define *defines, uint32_t define_count)
{
    Unit *u = ctx_alloc(ctx, sizeof *u);
    u->ctx = ctx;
    u->ast = ast;
    u->graph = graph;
    u->real = real;
    Checker c = {.scope = {.unit = u, .implicit = !declares_arguments(ast) && !ast->lost,
                           .declared = declares_arguments(ast)},
                 .defines = defines, .define_count = define_count};
    c.rule_of = array_new(ctx, ast->stmts.count + 1, sizeof *c.rule_of);
    for (uint32_t i = 0; i < ast->stmts.count; i++)
        declare(&c, &ast->stmts.at[i], i);
    for (uint32_t i = 0; i < ast->stmts.count; i++)
        if (ast->stmts.at[i].kind == STMT_RULE)
            declare_rule(&c, &ast->stmts.at[i], i);
    resolve_declared(&c);
    for (uint32_t i = 0; i < ast->stmts.count; i++)
        resolve_statement(&c, &ast->stmts.at[i], i);
    find_outputs(&c); /* what is only used in claims still is one */
    for (uint32_t i = 0; i < ast->stmts.count; i++) {
        if (ast->stmts.at[i].kind == STMT_CHECK)
            declare_check(&c, &ast->stmts.at[i]);
        if (ast->stmts.at[i].kind == STMT_ASSUME)
            declare_assume(&c, &ast->stmts.at[i]);
    }
    check_binders(&c);
    arguments_first(u);
    StepVec all = {0};
    order_unit(u, &all);
    check_outputs(&c);
    if (!diag_errors(ctx))
        shape_unit(u, &all);
    vec_free(ctx, &all);
    ctx_resize(ctx, c.rule_of, 0);
    vec_free(ctx, &c.scope.entity);
    for (uint32_t i = u->entities.count; i-- > 0;)
        scope_set(ctx, &u->entity_of, u->entities.at[i].name, i + 1);
    vec_free(ctx, &c.scope.function);
    vec_free(ctx, &c.scope.local);
    vec_free(ctx, &c.scope.size);
    vec_free(ctx, &c.scope.index);
    return u;
}

int64_t unit_find(const Unit *unit, Name name)
{
    return (int64_t)scope_get(&unit->entity_of, name) - 1;
}

bool entity_is_argument(EntityKind kind)
{
    return kind < ENTITY_CONST;
}

void unit_forget_tree(Unit *unit)
{
    Ctx *ctx = unit->ctx;
    Ast *ast = unit->ast;
    vec_free(ctx, &ast->nodes);
    vec_free(ctx, &ast->list);
    vec_free(ctx, &ast->decls);
    vec_free(ctx, &ast->stmts);
    vec_free(ctx, &ast->comments);
    vec_free(ctx, &unit->types);
    vec_free(ctx, &unit->binders);
    vec_free(ctx, &unit->equations);
    vec_free(ctx, &unit->order);
}
