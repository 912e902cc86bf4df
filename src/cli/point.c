/* The text of --at in, or the file that it names; a value for every argument of the model out. What
 * is given are numbers and arrays of the shape that the argument has once the dims are known; a dim
 * that is not given is what the shape of an array says that has it as an extent. */
#include <string.h>

#include "cli/cli.h"

/* A size that no memory holds is a slip. */
enum { SIZE_MOST = 1000000000 };

typedef struct Reading {
    Job *job;
    Ctx *ctx;
    Unit *unit;
    Graph *g;
    Scope scope;
    bool file;          /* from a file: shapes are exact */
    PointGivens givens; /* what is given, */
    uint32_t *given_of; /* where that of an entity is, from 1; 0: it is not given */
    Point *point;       /* and what that is: a value each, then those of dims */
} Reading;

static void clear_values(void *with)
{
    Point *p = with;
    for (uint32_t i = 0; i < p->count; i++)
        for (size_t k = 0; k < p->values[i].count; k++)
            mpfr_clear(p->values[i].values[k]);
}

/* ---- literals */

/* The cells of a literal, row by row, and its extents; false if its rows are not alike. One within
 * another has an axis more: a row of those is a list of them. */
static bool flatten(Ctx *ctx, const Ast *ast, AstId id, uint32_t depth, U32Vec *cells,
                    U32Vec *extents)
{
    const AstNode n = ast->nodes.at[id];
    U32Vec inner = {0};
    uint32_t width = 0;
    if (depth == POINT_AXES)
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

/* The literals of the command line. */
static void read_bindings(Reading *r, const char *text)
{
    U32Vec decls = {0};
    const Ast *ast = r->unit->ast;
    parse_bindings(r->ctx, source_string(r->ctx, "--at", text, strlen(text)), r->unit->ast, &decls);
    scope_begin(r);
    for (uint32_t i = 0; i < decls.count; i++) {
        const AstDecl d = ast->decls.at[decls.at[i]];
        PointGiven given = {.name = d.name, .span = d.span};
        if (!flatten(r->ctx, ast, d.value, 0, &given.cells, &given.extents))
            diag_error(r->ctx, d.span, "shape", "expected rows of the same length for '%s'",
                       name_text(r->ctx, d.name));
        for (uint32_t k = 0; k < given.cells.count; k++)
            resolve_expression(&r->scope, given.cells.at[k], true);
        *vec_push(r->ctx, &r->givens) = given;
    }
    vec_free(r->ctx, &decls);
}

/* ---- numbers */

/* The number that begins at a place of the file, exact until it is rounded into `out`. */
static void read_number(const Reading *r, uint32_t place, mpfr_ptr out)
{
    size_t length;
    Number number;
    const Span rest = {place, UINT32_MAX};
    const char *text = source_text(r->ctx, rest, &length);
    const bool minus = *text == '-';
    length = point_json_number(text);
    number_init(&number);
    const bool fits = number_parse(&number, text + minus, length - minus) &&
                      !number_out_of_range(&number, r->job->real);
    if (fits)
        number_get(&number, out);
    number_clear(&number);
    if (!fits)
        diag_error(r->ctx, (Span){place, place + (uint32_t)length}, "range",
                   "the number %.*s is beyond the range of %s", length < 60 ? (int)length : 60,
                   text, real_name(r->job->real));
    if (minus)
        mpfr_neg(out, out, MPFR_RNDN);
}

/* The k-th element of what is given. */
static void read_cell(const Reading *r, const PointGiven *given, uint32_t k, mpfr_ptr out)
{
    const uint32_t cell = given->cells.at[k];
    if (r->file)
        read_number(r, cell, out);
    else
        number_get(node_number(r->g, lower_constant(r->job->model, cell)), out);
}

/* ---- which argument is given */

/* A size that is compiled in may be given, too, if it is the same. */
static void check_compiled(const Reading *r, const PointGiven *given, const Entity *e)
{
    mpfr_t value;
    long size = 0;
    mpfr_init2(value, 64);
    mpfr_set_inf(value, 1);
    if (given->cells.count == 1 && !given->extents.count)
        read_cell(r, given, 0, value);
    if ((!node_integer(r->g, e->node, &size) || mpfr_nan_p(value) || mpfr_cmp_si(value, size)) &&
        !diag_errors(r->ctx))
        diag_error(r->ctx, given->span, "size", "the size '%s' is compiled in as %ld, and must not "
                   "be another", name_text(r->ctx, e->name), size);
    mpfr_clear(value);
}

/* There is no argument of that name. */
static void unknown_error(const Reading *r, const PointGiven *given)
{
    VEC(Name) known = {0};
    diag_error(r->ctx, given->span, "unknown-name", "the model has no input '%s'",
               name_text(r->ctx, given->name));
    for (uint32_t i = 0; i < r->unit->entities.count && diag_kept(r->ctx); i++)
        if (entity_is_argument(r->unit->entities.at[i].kind))
            *vec_push(r->ctx, &known) = r->unit->entities.at[i].name;
    const Name near = name_nearest(r->ctx, given->name, known.at, known.count);
    if (near)
        diag_hint(r->ctx, "did you mean '%s'?", name_text(r->ctx, near));
    vec_free(r->ctx, &known);
}

/* Finds the argument of each value; one that has two is an error. */
static void match_givens(Reading *r)
{
    for (uint32_t i = 0; i < r->givens.count; i++) {
        const PointGiven *given = &r->givens.at[i];
        const int64_t entity = unit_find(r->unit, given->name);
        const Entity *e = entity < 0 ? NULL : &r->unit->entities.at[entity];
        if (!e || !(entity_is_argument(e->kind) || e->dim)) {
            unknown_error(r, given);
        } else if (r->given_of[entity]) {
            diag_error(r->ctx, given->span, "redefined", "'%s' is given twice",
                       name_text(r->ctx, given->name));
            diag_note(r->ctx, r->givens.at[r->given_of[entity] - 1].span, "here, too");
        } else {
            r->given_of[entity] = i + 1;
            if (e->dim)
                check_compiled(r, given, e);
        }
    }
}

/* ---- values */

static PointValue *value_new(Reading *r, uint32_t entity, size_t count)
{
    PointValue *p = &r->point->values[r->point->count];
    p->entity = entity;
    p->sym = r->job->model->syms.at[entity];
    p->values = ctx_alloc(r->ctx, (count + 1) * sizeof *p->values);
    for (; p->count < count; p->count++) {
        mpfr_init2(p->values[p->count], is_integer(r, entity) ? 64 : real_bits(r->job->real));
        mpfr_set_zero(p->values[p->count], 1);
    }
    r->point->count++;
    return p;
}

/* What is given for an entity; NULL if that is nothing. */
static const PointGiven *given_for(const Reading *r, uint32_t entity)
{
    const uint32_t number = r->given_of[entity];
    return number && number <= r->givens.count ? &r->givens.at[number - 1] : NULL;
}

static void read_value(Reading *r, uint32_t entity, const PointGiven *given)
{
    PointValue *p = value_new(r, entity, given->cells.count);
    for (uint32_t i = 0; i < given->cells.count; i++)
        read_cell(r, given, i, p->values[i]);
}

/* What an array that is given says of a size; false if none does. */
static bool find_extent(const Reading *r, SymId dim, uint32_t *extent)
{
    for (uint32_t i = 0; i < r->unit->entities.count; i++) {
        const TupleId shape = sym_at(r->g, r->job->model->syms.at[i])->shape;
        const PointGiven *given = given_for(r, i);
        if (!given)
            continue;
        const U32Vec *extents = &given->extents;
        for (uint32_t k = 0; k < tuple_size(r->g, shape) && k < extents->count; k++) {
            const Node *n = node_at(r->g, tuple_item(r->g, shape, k));
            const bool is_axis = extents->count == tuple_size(r->g, shape) || !extents->at[k];
            if (n->op == OP_REF && n->a == dim && is_axis) {
                *extent = extents->at[k];
                return true;
            }
        }
    }
    return false;
}

/* The values, in the order of the arguments. */
static void read_values(Reading *r)
{
    uint32_t extent;
    const uint32_t count = r->unit->entities.count;
    r->point->values = ctx_alloc(r->ctx, (count + 1) * sizeof *r->point->values);
    ctx_at_free(r->ctx, clear_values, r->point);
    for (uint32_t i = 0; i < count; i++) {
        const EntityKind kind = r->unit->entities.at[i].kind;
        const PointGiven *given = given_for(r, i);
        if (given && entity_is_argument(kind))
            read_value(r, i, given);
        else if (kind == ENTITY_DIM && find_extent(r, r->job->model->syms.at[i], &extent))
            mpfr_set_ui(value_new(r, i, 1)->values[0], extent, MPFR_RNDN);
    }
}

/* ---- checks */

/* An extent as it is at the point. */
static unsigned extent_at(const Values *v, NodeId extent)
{
    return (unsigned)mpfr_get_ui(values_at(v, extent, 0), MPFR_RNDN);
}

/* Is it an array without elements? Such an argument may be left out. */
static bool is_empty(const Reading *r, const Values *v, uint32_t entity)
{
    TupleId shape = sym_at(r->g, r->job->model->syms.at[entity])->shape;
    for (uint32_t i = 0; i < tuple_size(r->g, shape); i++)
        if (extent_at(v, tuple_item(r->g, shape, i)) == 0)
            return true;
    return false;
}

/* How a value is given; NULL: it is a size that an array says. */
static const PointGiven *given_at(const Reading *r, uint32_t value)
{
    const uint32_t given = r->given_of[r->point->values[value].entity];
    return given ? &r->givens.at[given - 1] : NULL;
}

static void put_extents(Text *out, const U32Vec *extents)
{
    for (uint32_t i = 0; i < extents->count; i++)
        text_printf(out, "%s%u", i ? "," : "[", (unsigned)extents->at[i]);
    text_put(out, extents->count ? "]" : "");
}

static void shape_error(const Reading *r, const PointGiven *given, const U32Vec *want)
{
    const U32Vec *found = &given->extents;
    Text text = text_new(r->ctx);
    text_printf(&text, want->count ? "expected an array of the shape " : "expected a scalar");
    put_extents(&text, want);
    text_printf(&text, " for '%s', found ", name_text(r->ctx, given->name));
    text_put(&text, found->count ? "one of the shape " : "a scalar");
    put_extents(&text, found);
    diag_error(r->ctx, given->span, "shape", "%s", text.at);
    text_free(&text);
}

/* The same but for axes of extent 1, which a literal cannot say: a row is a vector. */
static bool same_but_units(const U32Vec *a, const U32Vec *b)
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

/* The same but for axes behind one of extent 0, whose extents brackets cannot say. */
static bool same_but_empty(const U32Vec *want, const U32Vec *found)
{
    uint32_t i = 0;
    while (i < want->count && i < found->count && want->at[i] == found->at[i])
        i++;
    return i == found->count && (i == want->count || (i && !found->at[i - 1]));
}

/* An array of more axes than the argument has says nothing of sizes; a literal's of extent 1 may be
 * none. */
static void check_rank(const Reading *r, const PointGiven *given, uint32_t rank)
{
    const U32Vec scalar = {0};
    uint32_t axes = 0;
    for (uint32_t k = 0; k < given->extents.count; k++)
        axes += r->file || given->extents.at[k] != 1;
    if (axes <= rank)
        return;
    if (!rank) {
        shape_error(r, given, &scalar);
        return;
    }
    Text found = text_new(r->ctx);
    put_extents(&found, &given->extents);
    diag_error(r->ctx, given->span, "shape",
               "expected an array of %u %s for '%s', found one of the shape %s", (unsigned)rank,
               rank == 1 ? "axis" : "axes", name_text(r->ctx, given->name), found.at);
    text_free(&found);
}

static void check_ranks(const Reading *r)
{
    for (uint32_t i = 0; i < r->point->count; i++) {
        const PointGiven *given = given_at(r, i);
        if (given)
            check_rank(r, given, tuple_size(r->g, sym_at(r->g, r->point->values[i].sym)->shape));
    }
}

/* Each argument has a value; only what shapes are made of is known if v is NULL. */
static void check_given(const Reading *r, const Values *v)
{
    Text missing = text_new(r->ctx);
    uint8_t *known = array_new(r->ctx, (size_t)r->unit->entities.count + 1, 1);
    for (uint32_t k = 0; k < r->point->count; k++)
        known[r->point->values[k].entity] = 1;
    for (uint32_t i = 0; i < r->unit->entities.count; i++) {
        const Entity *e = &r->unit->entities.at[i];
        if (entity_is_argument(e->kind) && !known[i] &&
            (v ? !is_empty(r, v, i) : e->kind == ENTITY_DIM))
            text_printf(&missing, "%s%s", missing.len ? ", " : "", name_text(r->ctx, e->name));
    }
    ctx_resize(r->ctx, known, 0);
    if (missing.len && !v && !diag_errors(r->ctx))
        check_ranks(r); /* that may be why */
    if (missing.len && !diag_errors(r->ctx))
        ctx_fatal(r->ctx, STATUS_USAGE, "--at lacks a value for %s", missing.at);
}

/* Empty brackets on the command line are an array without elements, of any shape. */
static void check_shape(const Reading *r, const Values *v, uint32_t i)
{
    const uint32_t entity = r->point->values[i].entity;
    const TupleId shape = sym_at(r->g, r->point->values[i].sym)->shape;
    const PointGiven *given = given_at(r, i);
    U32Vec want = {0};
    for (uint32_t k = 0; k < tuple_size(r->g, shape); k++)
        *vec_push(r->ctx, &want) = extent_at(v, tuple_item(r->g, shape, k));
    const bool none = given && !r->file && !given->cells.count && is_empty(r, v, entity);
    if (given && !none && !(r->file ? same_but_empty : same_but_units)(&want, &given->extents))
        shape_error(r, given, &want);
    vec_free(r->ctx, &want);
}

/* Entries are integers from 0 to below the limit, if there is one; dims are sizes of arrays. */
static void check_integers(const Reading *r, const Values *v, uint32_t i)
{
    const PointValue *p = &r->point->values[i];
    const PointGiven *given = given_at(r, i);
    const NodeId limit = sym_at(r->g, p->sym)->limit;
    for (size_t k = 0; given && k < p->count; k++) {
        bool integer = mpfr_integer_p(p->values[k]) && mpfr_sgn(p->values[k]) >= 0;
        bool below = !v || !limit || mpfr_cmp(p->values[k], values_at(v, limit, 0)) < 0;
        bool is_size = v || mpfr_cmp_ui(p->values[k], SIZE_MOST) <= 0;
        if (integer && below && is_size)
            continue;
        Text text = text_new(r->ctx);
        number_real_text(&text, p->values[k], REAL_DOUBLE);
        if (v && limit)
            diag_error(r->ctx, given->span, "range",
                       "expected integers from 0 to below %u for '%s', found %s",
                       extent_at(v, limit), name_text(r->ctx, given->name), text.at);
        else
            diag_error(r->ctx, given->span, "range",
                       "expected an integer from 0%s for '%s', found %s",
                       is_size ? "" : " to 1000000000", name_text(r->ctx, given->name), text.at);
        text_free(&text);
        return;
    }
}

/* Dims are known, and they are sizes. */
static void check_dims(const Reading *r)
{
    const U32Vec scalar = {0};
    for (uint32_t i = 0; i < r->point->count; i++)
        if (r->unit->entities.at[r->point->values[i].entity].kind == ENTITY_DIM) {
            const PointGiven *given = given_at(r, i);
            if (given && given->extents.count)
                shape_error(r, given, &scalar);
            check_integers(r, NULL, i);
        }
    check_given(r, NULL);
}

static void add_root(const Reading *r, Fn *fn, NodeId node)
{
    const Result root = {.node = node};
    *vec_push(r->ctx, &fn->results) = root;
}

/* Both sides of what must hold of sizes, to be computed. */
static void add_preconditions(const Reading *r, Fn *shapes)
{
    for (uint32_t i = 0; i < r->unit->preconditions.count; i++) {
        NodeId more, less;
        extent_sides(r->g, r->unit->preconditions.at[i].node, &more, &less);
        add_root(r, shapes, more);
        add_root(r, shapes, less);
    }
}

static void put_value(const Values *v, NodeId node, Text *out)
{
    number_real_text(out, values_at(v, node, 0), REAL_DOUBLE);
}

/* What the model needs of its sizes holds of these. */
static void check_preconditions(const Reading *r, const Fn *shapes, const Values *v)
{
    for (uint32_t i = 0; i < shapes->results.count; i += 2) {
        const Result *sides = &shapes->results.at[i];
        const NodeId more = sides[0].node, less = sides[1].node;
        if (mpfr_cmp(values_at(v, more, 0), values_at(v, less, 0)) >= 0)
            continue;
        Text text = text_new(r->ctx);
        extent_text(r->g, more, &text);
        text_put(&text, " must be at least ");
        extent_text(r->g, less, &text);
        if (!node_number(r->g, less)) {
            text_put(&text, ", which is ");
            put_value(v, less, &text);
        }
        text_put(&text, "; by --at it is ");
        put_value(v, more, &text);
        diag_error(r->ctx, r->unit->preconditions.at[i / 2].span, "bounds", "%s", text.at);
        text_free(&text);
    }
}

/* The values are of the right shapes, which are known once the dims are. */
static void check_values(Reading *r)
{
    Fn shapes = {0};
    add_preconditions(r, &shapes);
    for (uint32_t i = 0; i < r->unit->entities.count; i++)
        if (entity_is_argument(r->unit->entities.at[i].kind)) {
            Param p = {.sym = r->job->model->syms.at[i]};
            *vec_push(r->ctx, &shapes.params) = p;
        }
    Values *v = values_new(r->g, &shapes, r->point->values, r->point->count, r->job->real, 0);
    for (uint32_t i = 0; i < r->point->count; i++) {
        check_shape(r, v, i);
        if (is_integer(r, r->point->values[i].entity))
            check_integers(r, v, i);
    }
    check_given(r, v);
    check_preconditions(r, &shapes, v);
    values_free(v);
    fn_free(r->ctx, &shapes);
}

/* Reads all that is given, and finds out what it is the value of. */
static void read_givens(Reading *r, const char *text)
{
    r->file = *text == '@';
    if (r->file)
        point_json_read(r->ctx, source_read(r->ctx, text + 1), &r->givens);
    else
        read_bindings(r, text);
    if (!diag_errors(r->ctx))
        match_givens(r);
}

Point *point_read(Job *job, const char *text)
{
    Ctx *ctx = job->ctx;
    Reading r = {.job = job, .ctx = ctx, .unit = job->model->unit, .g = job->model->graph};
    r.point = ctx_alloc(ctx, sizeof *r.point);
    r.given_of = ctx_alloc(ctx, (r.unit->entities.count + 1) * sizeof *r.given_of);
    read_givens(&r, text);
    if (!diag_errors(ctx))
        read_values(&r);
    if (!diag_errors(ctx))
        check_dims(&r);
    if (!diag_errors(ctx))
        check_values(&r);
    for (uint32_t i = 0; i < r.givens.count; i++) {
        vec_free(ctx, &r.givens.at[i].cells);
        vec_free(ctx, &r.givens.at[i].extents);
    }
    vec_free(ctx, &r.givens);
    return r.point;
}
