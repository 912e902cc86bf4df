/* Reads of arrays whose equations give no box, in: is there an equation for each element that is
 * read? As L[i,j] with j in 0..i+1 gives a triangle, and a sum over all i and j asks for more.
 *
 * An element is within what an equation gives where some integers are not below 0: the distances
 * of the indices that it would take from the ends of their ranges. Outside of it one of these is
 * below 0, which is a fact for the search among the other equations. What is found neither given
 * so, nor, at a corner of the loops around it, surely not given, is left alone. */
#include <assert.h>
#include <string.h>

#include "front/front.h"

enum {
    RANK_MAX = CORNER_MOST, /* of arrays that are defined by element */
    NEEDS = 32,       /* two of an axis: of its index, or of its subscript */
    STEPS = 600,      /* of a search: the facts at hand for each equation, */
    BRANCHES = 6,     /*   of which so many are of equations that do not give the element */
    OUTSIDE = 64,     /* equations that an element may be outside of */
    ANY = 1 << 21,    /* serial numbers of indices of what is read as a whole */
    ONLY = INT32_MAX, /* for the number of an equation */
    APART = 1 << 22   /* serial numbers of an equation's indices apart from those of who reads */
};

/* What must not be below 0 for an element to be within. */
typedef struct Needs {
    NodeId at[NEEDS];
    uint32_t count;
} Needs;

/* An element of an array of the model, or of one that a function's body defines. */
typedef struct Given {
    Shaping *s;
    Graph *g;
    Name name;           /* of the array */
    Span span;           /* where its equations begin */
    U32Vec equations;    /* those that may give it, 1 + index into unit->equations; or ONLY: */
    Equation only;       /* of a body there is just one; or one that is looked at alone */
    uint32_t rank;
    NodeId at[RANK_MAX]; /* the element's subscripts */
    uint32_t steps, depth; /* of a search */
} Given;

/* Indices that an equation would have for an element. */
typedef struct Taken {
    IndexId index[RANK_MAX]; /* the equation's */
    IndexId other[RANK_MAX]; /* the same apart from all others */
    NodeId value[RANK_MAX];
    uint32_t count;
} Taken;

static const AstNode *node(const Given *v, AstId id) { return &v->s->unit->ast->nodes.at[id]; }

static NodeId minus(const Given *v, NodeId a, NodeId b) { return build2(v->g, OP_SUB, a, b); }

static NodeId below_zero(const Given *v, NodeId a) { return minus(v, build_int(v->g, -1), a); }

/* ---- what is read */

/* Some subscript from `low` up to below low + size. */
static NodeId any_within(Shaping *s, NodeId low, NodeId size, uint32_t k)
{
    static const char *const names[RANK_MAX] = {"i", "j", "k", "l", "m", "n", "o", "p",
                                                "q", "r", "s", "t", "u", "v", "w", "x"};
    IndexId index = index_of(s->g, name_of(s->ctx, names[k % RANK_MAX]), build_int(s->g, 0), size,
                             ANY + k);
    return build2(s->g, OP_ADD, build_index(s->g, index), low);
}

static NodeId read_subscript(Shaping *s, AstId item, NodeId extent, uint32_t k)
{
    const AstNode *n = &s->unit->ast->nodes.at[item];
    if (n->kind == AST_WHOLE)
        return any_within(s, build_int(s->g, 0), extent, k);
    if (n->kind != AST_RANGE)
        return s->unit->types.at[item].integer;
    NodeId low = s->unit->types.at[n->a].integer, high = s->unit->types.at[n->b].integer;
    return any_within(s, low, extent_between(s->g, low, high), k);
}

void given_subscripts(Shaping *s, AstId id, TupleId shape, NodeId *at)
{
    const AstNode *n = &s->unit->ast->nodes.at[id];
    for (uint32_t k = 0; k < tuple_size(s->g, shape); k++) {
        NodeId extent = tuple_item(s->g, shape, k);
        at[k] = n->kind == AST_SUBSCRIPT
                    ? read_subscript(s, s->unit->ast->list.at[n->a + k], extent, k)
                    : any_within(s, build_int(s->g, 0), extent, k);
    }
}

/* ---- what an equation gives */

static void need(Needs *needs, NodeId what)
{
    assert(needs->count < NEEDS);
    needs->at[needs->count++] = what;
}

/* The subscript that an equation has on the left. */
static NodeId written(const Given *v, const Equation *is, uint32_t axis)
{
    AstId item = v->s->unit->ast->list.at[is->items + axis];
    return v->s->unit->types.at[ast_rangeless(v->s->unit->ast, item)].integer;
}

static Equation equation_at(const Given *v, uint32_t i)
{
    const uint32_t number = v->equations.at[i];
    return number == ONLY ? v->only : v->s->unit->equations.at[number - 1];
}

/* The index is what makes the subscript that of the element; or, where it is taken already, so must
 * the subscript be. */
static void take(Given *v, NodeId subscript, NodeId element, Taken *taken, Needs *needs)
{
    const IndexId index = corner_innermost(v->g, node_at(v->g, subscript)->free);
    NodeId same = subscript;
    if (index != UINT32_MAX) {
        uint32_t i = 0;
        while (i < taken->count && taken->index[i] != index)
            i++;
        NodeId rest = fn_substitute(v->g, subscript, index, build_int(v->g, 0));
        if (i == taken->count) {
            const Index is = *index_at(v->g, index);
            taken->index[i] = index;
            taken->other[i] = index_of(v->g, is.name, is.lower, is.upper, APART + i);
            taken->value[i] = minus(v, element, rest);
            taken->count++;
            return;
        }
        same = build2(v->g, OP_ADD, taken->value[i], rest);
    }
    need(needs, minus(v, element, same));
    need(needs, minus(v, same, element));
}

/* With the equation's indices as they are taken; first apart from those of the element, which may
 * be the same. */
static NodeId with_taken(const Given *v, const Taken *taken, NodeId id)
{
    for (uint32_t i = 0; i < taken->count; i++)
        id = fn_substitute(v->g, id, taken->index[i], build_index(v->g, taken->other[i]));
    for (uint32_t i = 0; i < taken->count; i++)
        id = fn_substitute(v->g, id, taken->other[i], taken->value[i]);
    return id;
}

static Needs needs_of(Given *v, const Equation *is)
{
    Needs needs = {.count = 0};
    Taken taken = {.count = 0};
    for (uint32_t k = 0; k < v->rank; k++)
        take(v, written(v, is, k), v->at[k], &taken, &needs);
    for (uint32_t i = 0; i < taken.count; i++) {
        const Index index = *index_at(v->g, taken.index[i]);
        NodeId last = minus(v, index.upper, build_int(v->g, 1));
        need(&needs, minus(v, taken.value[i], with_taken(v, &taken, index.lower)));
        need(&needs, minus(v, with_taken(v, &taken, last), taken.value[i]));
    }
    return needs;
}

/* ---- which equations */

/* Enters all equations of an array, to be found by where they write. */
static void enter_equations(Given *v, uint32_t entity)
{
    const Unit *u = v->s->unit;
    TupleId at;
    for (uint32_t i = u->entities.at[entity].equation; i; i = u->equations.at[i - 1].next) {
        for (uint32_t k = 0; k < v->rank; k++)
            v->at[k] = written(v, &u->equations.at[i - 1], k);
        at = tuple_of(v->g, v->at, v->rank);
        elements_add(v->g, &v->s->given, entity, at, i);
    }
    scope_set(v->s->ctx, &v->s->entered, entity, 1);
}

/* Of an array of the model those that may give the element. */
static Given given_of_entity(Shaping *s, uint32_t entity, const NodeId *at)
{
    const Entity *e = &s->unit->entities.at[entity];
    Given v = {.s = s, .g = s->g, .name = e->name, .span = e->span,
               .rank = tuple_size(s->g, e->shape)};
    if (entity >= s->entered.count || !s->entered.at[entity])
        enter_equations(&v, entity);
    elements_like(v.g, &s->given, entity, tuple_of(v.g, at, v.rank), &v.equations);
    return v;
}

/* Of an array that a body defines. */
static Given given_of_local(Shaping *s, const Local *l)
{
    Given v = {.s = s, .g = s->g, .name = l->name, .span = l->span,
               .only = {.items = l->items, .count = l->count, .span = l->span},
               .rank = tuple_size(s->g, l->shape)};
    *vec_push(s->ctx, &v.equations) = ONLY;
    return v;
}

/* ---- is it given? */

/* Is one of these surely below 0? */
static bool is_lacking(const Given *v, const Needs *needs, const Facts *f)
{
    for (uint32_t i = 0; i < needs->count; i++)
        if (extent_nonnegative(v->g, below_zero(v, needs->at[i]), f->at, f->count))
            return true;
    return false;
}

/* Is it within one of the equations from there on wherever the facts hold? */
static bool is_covered(Given *v, Facts f, uint32_t from)
{
    Needs needs;
    if (guard_never(v->s, &f))
        return true;
    do {
        v->steps += 1 + f.count;
        if (from == v->equations.count || v->steps > STEPS)
            return false;
        const Equation is = equation_at(v, from++);
        needs = needs_of(v, &is);
    } while (is_lacking(v, &needs, &f));
    for (uint32_t i = 0; i < needs.count; i++) {
        if (extent_nonnegative(v->g, needs.at[i], f.at, f.count))
            continue;
        Facts without = f;
        facts_add(&without, below_zero(v, needs.at[i]));
        if (without.count == f.count || v->depth == BRANCHES)
            return false;
        v->depth++;
        const bool covered = is_covered(v, without, from);
        v->depth--;
        if (!covered)
            return false;
        facts_add(&f, needs.at[i]);
    }
    return true;
}

/* Is the element surely within none, or within this one? */
static bool is_outside(void *with, const NodeId *at, const Facts *sizes)
{
    Given *v = with;
    memcpy(v->at, at, v->rank * sizeof *at);
    for (uint32_t i = 0; i < v->equations.count; i++) {
        const Equation is = equation_at(v, i);
        const Needs needs = needs_of(v, &is);
        bool outside = false;
        for (uint32_t k = 0; k < needs.count && !outside; k++)
            outside = corner_fails(v->g, needs.at[k], sizes);
        if (!outside || i == OUTSIDE)
            return false;
    }
    return true;
}

static bool is_inside(void *with, const NodeId *at, const Facts *sizes)
{
    Given *v = with;
    memcpy(v->at, at, v->rank * sizeof *at);
    const Needs needs = needs_of(v, &v->only);
    for (uint32_t k = 0; k < needs.count; k++)
        if (!corner_holds(v->g, needs.at[k], sizes))
            return false;
    return true;
}

/* ---- reads */

static void put_element(const Given *v, Text *out)
{
    text_put(out, name_text(v->s->ctx, v->name));
    extent_shape_text(v->g, tuple_of(v->g, v->at, v->rank), out);
}

static bool report_read(const Given *v, AstId id)
{
    Text text = text_new(v->s->ctx);
    put_element(v, &text);
    if (shape_fails(v->s)) {
        diag_error(v->s->ctx, node(v, id)->span, "missing",
                   "no equation gives the element %s, which is read here", text.at);
        diag_note(v->s->ctx, v->span, "the equations for '%s' begin here",
                  name_text(v->s->ctx, v->name));
        diag_hint(v->s->ctx, "read what is given only, or give the others, too, as 0 for example");
    }
    text_free(&text);
    return false;
}

/* Is the element given wherever the facts hold, or at least not surely missing? (`all`: whether
 * they are all that decides whether it is read) */
static bool check_element(Given *v, AstId id, const NodeId *at, const Facts *f, bool all)
{
    memcpy(v->at, at, v->rank * sizeof *at);
    if (is_covered(v, *f, 0) || !all)
        return true;
    return !corner_any(v->g, at, v->rank, f, is_outside, v) || report_read(v, id);
}

/* The element that is read at a node, any of several. */
static bool check_read(Shaping *s, AstId id)
{
    const AstNode *n = &s->unit->ast->nodes.at[id];
    const Local *l = n->resolution == RES_LOCAL ? &s->locals->at[n->target] : NULL;
    NodeId at[RANK_MAX];
    Facts f;
    given_subscripts(s, id, l ? l->shape : s->unit->entities.at[n->target].shape, at);
    Given v = l ? given_of_local(s, l) : given_of_entity(s, n->target, at);
    const bool all = guard_facts(s, id, &f), good = check_element(&v, id, at, &f, all);
    vec_free(s->ctx, &v.equations);
    return good;
}

void given_note(Shaping *s, AstId id)
{
    const AstNode *n = &s->unit->ast->nodes.at[id];
    const bool partial = n->resolution == RES_ENTITY ? s->unit->entities.at[n->target].partial
                         : n->resolution == RES_LOCAL && s->locals->at[n->target].partial;
    if (n->name && partial && !s->quiet)
        *vec_push(s->ctx, &s->reads) = id;
}

void given_pass_on(Shaping *s, AstId argument)
{
    for (uint32_t i = 0; i < s->reads.count; i++)
        if (s->reads.at[i] == argument && s->unit->types.at[argument].shape)
            s->reads.at[i] = 0;
}

bool given_check(Shaping *s)
{
    enum { REPORTED = 20 }; /* of one equation */
    uint32_t wrong = 0;
    for (uint32_t i = 0; i < s->reads.count && wrong < REPORTED; i++)
        wrong += s->reads.at[i] && !check_read(s, s->reads.at[i]);
    s->reads.count = 0;
    return !wrong;
}

bool given_wholly(Shaping *s, const Entity *e)
{
    const Facts none = {.count = 0};
    NodeId at[RANK_MAX];
    for (uint32_t k = 0; k < tuple_size(s->g, e->shape); k++)
        at[k] = any_within(s, build_int(s->g, 0), tuple_item(s->g, e->shape, k), k);
    Given v = given_of_entity(s, (uint32_t)(e - s->unit->entities.at), at);
    memcpy(v.at, at, v.rank * sizeof *at);
    const bool wholly = is_covered(&v, none, 0);
    vec_free(s->ctx, &v.equations);
    return wholly;
}

/* ---- elements that are given twice */

static bool report_twice(const Given *v, const Equation *one, const Equation *other)
{
    const bool turned = one->span.start < other->span.start;
    const Equation *later = turned ? other : one, *earlier = turned ? one : other;
    Text text = text_new(v->s->ctx);
    put_element(v, &text);
    diag_error(v->s->ctx, later->span, "redefined", "elements of '%s' are defined twice: %s is one",
               name_text(v->s->ctx, v->name), text.at);
    diag_note(v->s->ctx, earlier->span, "the other equation for them is here");
    text_free(&text);
    return false;
}

/* Is there an element of the one that the other gives, too? At a corner of the one's loops. */
static bool check_twice(Given *v, const Equation *one, const Equation *other)
{
    const Facts none = {.count = 0};
    NodeId at[RANK_MAX];
    for (uint32_t k = 0; k < v->rank; k++)
        at[k] = written(v, one, k);
    v->only = *other;
    return !corner_any(v->g, at, v->rank, &none, is_inside, v) || report_twice(v, one, other);
}

bool given_once(Shaping *s, const Entity *e)
{
    enum { LOOKED_AT = 40 }; /* equations: of triangles and diagonals there are few */
    Given v = {.s = s, .g = s->g, .name = e->name, .span = e->span,
               .rank = tuple_size(s->g, e->shape)};
    uint32_t count = 0;
    for (uint32_t i = e->equation; i && count < LOOKED_AT; count++) {
        const Equation one = s->unit->equations.at[i - 1];
        for (uint32_t k = e->equation; k != i; k = s->unit->equations.at[k - 1].next) {
            const Equation other = s->unit->equations.at[k - 1];
            if (!check_twice(&v, &one, &other) || !check_twice(&v, &other, &one))
                return false;
        }
        i = one.next;
    }
    return true;
}
