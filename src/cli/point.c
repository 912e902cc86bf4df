/* The text of --at in, a value for every argument of the model out: numbers, and literals of the
 * shape that the argument has once the dims are known. */
#include <string.h>

#include "cli/cli.h"

typedef struct Reading {
    Job *job;
    Ctx *ctx;
    Unit *unit;
    Graph *g;
    Scope scope;
    Point *point;
} Reading;

static void clear_values(void *with)
{
    Point *p = with;
    for (uint32_t i = 0; i < p->count; i++)
        for (size_t k = 0; k < p->values[i].count; k++)
            mpfr_clear(p->values[i].values[k]);
}

/* ---- literals */

/* No array has more axes. */
enum { MAX_DEPTH = 64 };

/* The cells of a literal, row by row, and its extents; false if its rows are not alike. One within
 * another has an axis more: a row of those is a list of them. */
static bool flatten(Ctx *ctx, const Ast *ast, AstId id, uint32_t depth, U32Vec *cells,
                    U32Vec *extents)
{
    const AstNode n = ast->nodes.at[id];
    U32Vec inner = {0};
    uint32_t width = 0;
    if (depth == MAX_DEPTH)
        return false;
    if (n.kind != AST_MATRIX) {
        *vec_push(ctx, cells) = id;
        return true;
    }
    for (uint32_t r = 0; r < n.b; r++) {
        const AstNode row = ast->nodes.at[ast->list.at[n.a + r]];
        for (uint32_t c = 0; c < row.b; c++) {
            U32Vec own = {0};
            bool same = flatten(ctx, ast, ast->list.at[row.a + c], depth + 1, cells, &own);
            if (r == 0 && c == 0) {
                inner = own;
                continue;
            }
            same = same && own.count == inner.count &&
                   (!own.count || !memcmp(own.at, inner.at, own.count * sizeof *own.at));
            vec_free(ctx, &own);
            if (!same)
                return false;
        }
        if (r > 0 && row.b != width)
            return false;
        width = row.b;
    }
    if (n.b > 1)
        *vec_push(ctx, extents) = n.b;
    *vec_push(ctx, extents) = width;
    for (uint32_t i = 0; i < inner.count; i++)
        *vec_push(ctx, extents) = inner.at[i];
    vec_free(ctx, &inner);
    return true;
}

/* ---- reading */

static void scope_begin(Reading *r)
{
    r->scope.unit = r->unit;
    for (uint32_t i = 0; i < r->unit->entities.count; i++)
        if (r->unit->entities.at[i].kind == ENTITY_CONST)
            scope_set(r->ctx, &r->scope.entity, r->unit->entities.at[i].name, i + 1);
    for (uint32_t i = 0; i < r->unit->functions.count; i++)
        scope_set(r->ctx, &r->scope.function, r->unit->functions.at[i].name, i + 1);
}

static bool is_integer(const Reading *r, uint32_t entity)
{
    EntityKind kind = r->unit->entities.at[entity].kind;
    return kind == ENTITY_DIM || kind == ENTITY_INDEX;
}

/* The cells of one binding are constant expressions. */
static void resolve_cells(Reading *r, const AstDecl *d)
{
    U32Vec cells = {0}, extents = {0};
    flatten(r->ctx, r->unit->ast, d->value, 0, &cells, &extents);
    for (uint32_t i = 0; i < cells.count; i++)
        resolve_expression(&r->scope, cells.at[i], true);
    vec_free(r->ctx, &cells);
    vec_free(r->ctx, &extents);
}

static void read_value(Reading *r, const AstDecl *d)
{
    int64_t entity = unit_find(r->unit, d->name);
    U32Vec cells = {0}, extents = {0};
    bool even = flatten(r->ctx, r->unit->ast, d->value, 0, &cells, &extents);
    if (entity < 0 || !entity_is_argument(r->unit->entities.at[entity].kind)) {
        diag_error(r->ctx, d->span, "unknown-name", "the model has no input '%s'",
                   name_text(r->ctx, d->name));
        return;
    }
    if (!even)
        diag_error(r->ctx, d->span, "shape", "expected rows of the same length for '%s'",
                   name_text(r->ctx, d->name));
    if (diag_errors(r->ctx))
        return;
    PointValue *p = &r->point->values[r->point->count];
    r->point->spans[r->point->count] = d->span;
    r->point->extents[r->point->count] = extents;
    p->entity = (uint32_t)entity;
    p->sym = r->job->model->syms.at[entity];
    p->count = cells.count;
    p->values = ctx_alloc(r->ctx, (cells.count + 1) * sizeof *p->values);
    for (uint32_t i = 0; i < cells.count; i++) {
        NodeId value = lower_constant(r->job->model, cells.at[i]);
        mpfr_init2(p->values[i], is_integer(r, p->entity) ? 64 : real_bits(r->job->real));
        number_get(node_number(r->g, value), p->values[i]);
    }
    r->point->count++;
    vec_free(r->ctx, &cells);
}

/* ---- checks */

/* An extent as it is at the point. */
static unsigned extent_at(const Values *v, NodeId extent)
{
    return (unsigned)mpfr_get_ui(values_at(v, extent, 0), MPFR_RNDN);
}

/* May the argument be left out? An array without elements has no literal. */
static bool is_empty(const Reading *r, const Values *v, uint32_t entity)
{
    TupleId shape = sym_at(r->g, r->job->model->syms.at[entity])->shape;
    for (uint32_t i = 0; i < tuple_size(r->g, shape); i++)
        if (extent_at(v, tuple_item(r->g, shape, i)) == 0)
            return true;
    return false;
}

/* Each argument has one value; only what shapes are made of is known if v is NULL. */
static void check_given(const Reading *r, const Values *v)
{
    Text missing = text_new(r->ctx);
    for (uint32_t i = 0; i < r->unit->entities.count; i++) {
        const Entity *e = &r->unit->entities.at[i];
        uint32_t times = 0;
        for (uint32_t k = 0; k < r->point->count; k++)
            times += r->point->values[k].entity == i;
        if (times > 1)
            ctx_fatal(r->ctx, STATUS_USAGE, "--at gives '%s' twice", name_text(r->ctx, e->name));
        if (entity_is_argument(e->kind) && times == 0 &&
            (v ? !is_empty(r, v, i) : e->kind == ENTITY_DIM))
            text_printf(&missing, "%s%s", missing.len ? ", " : "", name_text(r->ctx, e->name));
    }
    if (missing.len)
        ctx_fatal(r->ctx, STATUS_USAGE, "--at lacks a value for %s", missing.at);
}

static void put_extents(Text *out, const U32Vec *extents)
{
    for (uint32_t i = 0; i < extents->count; i++)
        text_printf(out, "%s%u", i ? "," : "[", (unsigned)extents->at[i]);
    text_put(out, extents->count ? "]" : "");
}

static void shape_error(const Reading *r, uint32_t i, const U32Vec *want)
{
    const U32Vec *found = &r->point->extents[i];
    Text text = text_new(r->ctx);
    text_printf(&text, want->count ? "expected an array of the shape " : "expected a scalar");
    put_extents(&text, want);
    text_printf(&text, " for '%s', found ",
                name_text(r->ctx, r->unit->entities.at[r->point->values[i].entity].name));
    text_put(&text, found->count ? "one of the shape " : "a scalar");
    put_extents(&text, found);
    diag_error(r->ctx, r->point->spans[i], "shape", "%s", text.at);
    text_free(&text);
}

/* The same but for axes of extent 1, which a literal cannot say: a row is a vector. */
static bool same_shape(const U32Vec *a, const U32Vec *b)
{
    uint32_t i = 0, k = 0;
    for (;; i++, k++) {
        while (i < a->count && a->at[i] == 1)
            i++;
        while (k < b->count && b->at[k] == 1)
            k++;
        if (i == a->count || k == b->count)
            return i == a->count && k == b->count;
        if (a->at[i] != b->at[k])
            return false;
    }
}

static void check_shape(const Reading *r, const Values *v, uint32_t i)
{
    TupleId shape = sym_at(r->g, r->point->values[i].sym)->shape;
    const U32Vec *found = &r->point->extents[i];
    U32Vec want = {0};
    for (uint32_t k = 0; k < tuple_size(r->g, shape); k++)
        *vec_push(r->ctx, &want) = extent_at(v, tuple_item(r->g, shape, k));
    if (!same_shape(&want, found))
        shape_error(r, i, &want);
    vec_free(r->ctx, &want);
}

/* Entries are integers from 0 to below the limit, if there is one. */
static void check_integers(const Reading *r, const Values *v, uint32_t i)
{
    const PointValue *p = &r->point->values[i];
    NodeId limit = sym_at(r->g, p->sym)->limit;
    const char *name = name_text(r->ctx, r->unit->entities.at[p->entity].name);
    for (size_t k = 0; k < p->count; k++) {
        bool integer = mpfr_integer_p(p->values[k]) && mpfr_sgn(p->values[k]) >= 0;
        bool below = !v || !limit || mpfr_cmp(p->values[k], values_at(v, limit, 0)) < 0;
        if (integer && below)
            continue;
        Text text = text_new(r->ctx);
        number_real_text(&text, p->values[k], REAL_DOUBLE);
        if (v && limit)
            diag_error(r->ctx, r->point->spans[i], "range",
                       "expected integers from 0 to below %u for '%s', found %s",
                       extent_at(v, limit), name, text.at);
        else
            diag_error(r->ctx, r->point->spans[i], "range",
                       "expected an integer from 0 for '%s', found %s", name, text.at);
        text_free(&text);
        return;
    }
}

/* The values are of the right shapes, which are known once the dims are. */
static void check_values(Reading *r)
{
    Fn shapes = {0};
    for (uint32_t i = 0; i < r->unit->entities.count; i++)
        if (entity_is_argument(r->unit->entities.at[i].kind)) {
            Param p = {.sym = r->job->model->syms.at[i]};
            *vec_push(r->ctx, &shapes.params) = p;
        }
    check_given(r, NULL);
    for (uint32_t i = 0; i < r->point->count; i++)
        if (r->unit->entities.at[r->point->values[i].entity].kind == ENTITY_DIM)
            check_integers(r, NULL, i);
    if (diag_errors(r->ctx))
        return;
    Values *v = values_new(r->g, &shapes, r->point->values, r->point->count, r->job->real, 0);
    check_given(r, v);
    for (uint32_t i = 0; i < r->point->count; i++) {
        check_shape(r, v, i);
        if (is_integer(r, r->point->values[i].entity))
            check_integers(r, v, i);
    }
    values_free(v);
    fn_free(r->ctx, &shapes);
}

Point *point_read(Job *job, const char *text)
{
    Ctx *ctx = job->ctx;
    U32Vec decls = {0};
    Reading r = {.job = job, .ctx = ctx, .unit = job->model->unit, .g = job->model->graph};
    r.point = ctx_alloc(ctx, sizeof *r.point);
    parse_bindings(ctx, source_string(ctx, "--at", text, strlen(text)), r.unit->ast, &decls);
    r.point->values = ctx_alloc(ctx, (decls.count + 1) * sizeof *r.point->values);
    r.point->spans = ctx_alloc(ctx, (decls.count + 1) * sizeof *r.point->spans);
    r.point->extents = ctx_alloc(ctx, (decls.count + 1) * sizeof *r.point->extents);
    ctx_at_free(ctx, clear_values, r.point);
    scope_begin(&r);
    for (uint32_t i = 0; i < decls.count; i++)
        resolve_cells(&r, &r.unit->ast->decls.at[decls.at[i]]);
    bool failed = diag_errors(ctx);
    for (uint32_t i = 0; i < decls.count && !failed; i++) {
        const AstDecl d = r.unit->ast->decls.at[decls.at[i]];
        read_value(&r, &d);
    }
    vec_free(ctx, &decls);
    if (!diag_errors(ctx))
        check_values(&r);
    return r.point;
}
