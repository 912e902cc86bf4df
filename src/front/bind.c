/* Expressions with bare names in, the names of indices resolved out: those that a reduction
 * binds, sum[i](...), and those on the left of a definition. Looks at the nodes from the root
 * down, so that a binder is seen before what stands in its scope. */
#include <string.h>

#include "front/front.h"

static AstNode *node(const Scope *s, AstId id) { return &s->unit->ast->nodes.at[id]; }

static const char *const reductions[REDUCTION_COUNT] = {
    [REDUCTION_SUM] = "sum", [REDUCTION_PROD] = "prod", [REDUCTION_MAX] = "max",
    [REDUCTION_MIN] = "min", [REDUCTION_MEAN] = "mean", [REDUCTION_LOGSUMEXP] = "logsumexp",
    [REDUCTION_NORM] = "norm",
};

static const char *const array_functions[ARRAY_FUNCTION_COUNT] = {
    [ARRAY_DOT] = "dot", [ARRAY_CROSS] = "cross", [ARRAY_OUTER] = "outer",
    [ARRAY_TRANSPOSE] = "transpose", [ARRAY_SOFTMAX] = "softmax",
    [ARRAY_LOG_SOFTMAX] = "log_softmax", [ARRAY_DET] = "det", [ARRAY_INV] = "inv",
    [ARRAY_SOLVE] = "solve",
};

Reduction reduction_named(const char *text)
{
    int i = 0;
    while (i < REDUCTION_COUNT && strcmp(text, reductions[i]))
        i++;
    return (Reduction)i;
}

ArrayFunction array_function_named(const char *text)
{
    int i = 0;
    while (i < ARRAY_FUNCTION_COUNT && strcmp(text, array_functions[i]))
        i++;
    return (ArrayFunction)i;
}

/* A new index for this name node. */
static uint32_t binder_new(Scope *s, AstId name, AstId range)
{
    Unit *u = s->unit;
    Binder b = {
        .name = node(s, name)->name, .span = node(s, name)->span, .item = name, .range = range};
    *vec_push(u->ctx, &u->binders) = b;
    node(s, name)->resolution = RES_INDEX;
    node(s, name)->target = u->binders.count - 1;
    return u->binders.count - 1;
}

/* ---- reductions */

typedef struct Bound {
    Name name;
    uint32_t before; /* what the name stood for */
    AstId low;       /* the scope begins behind this node */
} Bound;

typedef VEC(Bound) BoundVec;

static void open_scope(Scope *s, BoundVec *stack, AstId item, AstId name, AstId range)
{
    Ctx *ctx = s->unit->ctx;
    Name text = node(s, name)->name;
    uint32_t before = scope_get(&s->index, text);
    if (before) {
        diag_error(ctx, node(s, name)->span, "index-name", "the index '%s' is in use here already",
                   name_text(ctx, text));
        diag_note(ctx, s->unit->binders.at[before - 1].span, "it is bound here");
    }
    Bound b = {text, before, item};
    *vec_push(ctx, stack) = b;
    scope_set(ctx, &s->index, text, binder_new(s, name, range) + 1);
}

static void bind_items(Scope *s, BoundVec *stack, AstId id)
{
    AstNode reduce = *node(s, id);
    for (uint32_t k = 0; k < reduce.b; k++) {
        AstId item = s->unit->ast->list.at[reduce.a + k];
        const AstNode n = *node(s, item);
        AstId name = n.kind == AST_IN ? n.a : item;
        if (node(s, name)->kind != AST_NAME) {
            diag_error(s->unit->ctx, n.span, "index", "expected the name of an index");
            diag_hint(s->unit->ctx, "a range is given as in %s[i in 0..n](...)",
                      name_text(s->unit->ctx, reduce.name));
            node(s, item)->resolution = RES_INDEX; /* nothing more to say */
        } else {
            open_scope(s, stack, item, name, n.kind == AST_IN ? n.b : 0);
        }
    }
}

void bind_indices(Scope *s, AstId root)
{
    Ctx *ctx = s->unit->ctx;
    BoundVec stack = {0};
    for (AstId i = root; root && i >= node(s, root)->first; i--) {
        while (stack.count && i <= stack.at[stack.count - 1].low) {
            Bound b = stack.at[--stack.count];
            scope_set(ctx, &s->index, b.name, b.before);
        }
        AstNode *n = node(s, i);
        if (n->kind == AST_REDUCE && !scope_get(&s->index, n->name)) {
            bind_items(s, &stack, i);
        } else if ((n->kind == AST_NAME || (n->kind == AST_SUBSCRIPT && n->name)) &&
                   n->resolution == RES_NONE && scope_get(&s->index, n->name)) {
            n->resolution = RES_INDEX;
            n->target = scope_get(&s->index, n->name) - 1;
        }
    }
    while (stack.count) {
        Bound b = stack.at[--stack.count];
        scope_set(ctx, &s->index, b.name, b.before);
    }
    vec_free(ctx, &stack);
}

/* ---- the left side */

static bool is_value(const Scope *s, Name name)
{
    return scope_get(&s->local, name) || scope_get(&s->entity, name) || scope_get(&s->size, name);
}

/* Is there a name in the subscript that is no value? */
static bool has_other_name(const Scope *s, AstId subscript)
{
    for (AstId i = node(s, subscript)->first; i <= subscript; i++)
        if (node(s, i)->kind == AST_NAME && !is_value(s, node(s, i)->name))
            return true;
    return false;
}

/* Must a value of the model have been meant as an index? What has a range needs one, and a real
 * value is no subscript. check_binders of check.c says so. */
static bool is_mistaken(const Scope *s, AstId subscript, bool ranged, AstId name)
{
    const uint32_t e = scope_get(&s->entity, node(s, name)->name);
    if (!e || scope_get(&s->local, node(s, name)->name))
        return false;
    switch (s->unit->entities.at[e - 1].kind) {
    case ENTITY_INPUT: case ENTITY_PARAM: case ENTITY_DEF:
        return name == subscript || (ranged && !has_other_name(s, subscript));
    case ENTITY_DIM: case ENTITY_INDEX: case ENTITY_CONST:
        return ranged && !has_other_name(s, subscript);
    }
    return false;
}

void bind_left(Scope *s, uint32_t items, uint32_t count)
{
    Ctx *ctx = s->unit->ctx;
    for (uint32_t k = 0; k < count; k++) {
        AstId item = s->unit->ast->list.at[items + k];
        const AstNode n = *node(s, item);
        AstId subscript = n.kind == AST_IN ? n.a : item;
        for (AstId i = node(s, subscript)->first; i <= subscript; i++) {
            AstNode *name = node(s, i);
            if (name->kind != AST_NAME || name->resolution != RES_NONE ||
                (is_value(s, name->name) && !is_mistaken(s, subscript, n.kind == AST_IN, i)))
                continue;
            uint32_t known = scope_get(&s->index, name->name);
            if (known) {
                name->resolution = RES_INDEX;
                name->target = known - 1;
            } else {
                scope_set(ctx, &s->index, name->name,
                          binder_new(s, i, n.kind == AST_IN ? n.b : 0) + 1);
            }
        }
    }
}

void unbind_left(Scope *s, uint32_t items, uint32_t count)
{
    for (uint32_t k = 0; k < count; k++) {
        AstId item = s->unit->ast->list.at[items + k];
        for (AstId i = node(s, item)->first; i <= item; i++)
            if (node(s, i)->kind == AST_NAME && node(s, i)->resolution == RES_INDEX)
                scope_set(s->unit->ctx, &s->index, node(s, i)->name, 0);
    }
}
