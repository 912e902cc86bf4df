/* Conditions and loops that an expression stands in, what they say of integers out: in
 * i > 0 ? x[i-1] : 0 the subscript is never below 0, and where a loop has a turn its range is not
 * empty. A condition that is no comparison of sums and products of indices, sizes and integers says
 * nothing, and then nothing is said of subscripts under it. */
#include <string.h>

#include "front/front.h"

/* How deep the operands of comparisons are looked into: they are short, as people write them. */
enum { MAX_DEPTH = 12 };

static const AstNode *node(const Shaping *s, AstId id) { return &s->unit->ast->nodes.at[id]; }

uint32_t guard_new(Shaping *s, AstId condition, bool holds, uint32_t outer)
{
    Guard g = {.condition = condition, .holds = holds, .outer = outer};
    *vec_push(s->ctx, &s->guards) = g;
    return s->guards.count;
}

uint32_t guard_loop(Shaping *s, uint32_t binder, uint32_t outer)
{
    Guard g = {.binder = binder, .outer = outer};
    *vec_push(s->ctx, &s->guards) = g;
    return s->guards.count;
}

/* An operand of a comparison as an integer node; 0 if it is none that can be reasoned about. */
static NodeId integer_of(Shaping *s, AstId id, int depth)
{
    const AstNode *n = node(s, id);
    NodeId known = s->unit->types.at[id].integer;
    if (n->kind == AST_NAME || n->kind == AST_SUBSCRIPT) /* of an index array */
        return known;
    if (n->kind == AST_NUMBER) {
        Number number;
        long value;
        number_init(&number);
        const char *text = name_text(s->ctx, n->name);
        bool fits = number_parse(&number, text, strlen(text)) && number_integer(&number, &value);
        number_clear(&number);
        return fits ? build_int(s->g, value) : 0;
    }
    if (n->kind == AST_UNARY && n->op == OP_NEG && depth > 0) {
        NodeId a = integer_of(s, n->a, depth - 1);
        return a ? build2(s->g, OP_SUB, build_int(s->g, 0), a) : 0;
    }
    if (n->kind != AST_BINARY || depth == 0 ||
        (n->op != OP_ADD && n->op != OP_SUB && n->op != OP_MUL))
        return 0;
    NodeId a = integer_of(s, n->a, depth - 1), b = integer_of(s, n->b, depth - 1);
    return a && b ? build2(s->g, (Op)n->op, a, b) : 0;
}

/* `more` is at least `less`, and greater if `strict`; the fact. */
static NodeId add_fact(Shaping *s, NodeId more, NodeId less, bool strict, Facts *f)
{
    NodeId fact = build2(s->g, OP_SUB, more, less);
    if (strict)
        fact = build2(s->g, OP_SUB, fact, build_int(s->g, 1));
    facts_add(f, fact);
    return fact;
}

static bool comparison_facts(Shaping *s, Op op, NodeId a, NodeId b, Facts *f)
{
    switch (op) {
    case OP_LT: case OP_LE: add_fact(s, b, a, op == OP_LT, f); return true;
    case OP_GT: case OP_GE: add_fact(s, a, b, op == OP_GT, f); return true;
    case OP_EQ:
        add_fact(s, a, b, false, f);
        add_fact(s, b, a, false, f);
        return true;
    case OP_NE: /* at an end of the range it is a matter of less or more */
        if (extent_nonnegative(s->g, build2(s->g, OP_SUB, a, b), f->at, f->count))
            add_fact(s, a, b, true, f);
        else if (extent_nonnegative(s->g, build2(s->g, OP_SUB, b, a), f->at, f->count))
            add_fact(s, b, a, true, f);
        else
            return false;
        return true;
    default: return false;
    }
}

static bool condition_facts(Shaping *s, AstId id, bool holds, int depth, Facts *f)
{
    const AstNode *n = node(s, id);
    if (n->kind == AST_UNARY && n->op == OP_NOT && depth > 0)
        return condition_facts(s, n->a, !holds, depth - 1, f);
    if (n->kind != AST_BINARY || depth == 0)
        return false;
    Op op = holds ? (Op)n->op : op_opposite((Op)n->op);
    if (op == OP_AND) {
        bool a = condition_facts(s, n->a, holds, depth - 1, f);
        return condition_facts(s, n->b, holds, depth - 1, f) && a;
    }
    NodeId a = integer_of(s, n->a, MAX_DEPTH), b = a ? integer_of(s, n->b, MAX_DEPTH) : 0;
    return b && comparison_facts(s, op, a, b, f);
}

/* The range of an index is not empty in a turn of its loop; the longest one is not, either. */
static void loop_facts(Shaping *s, uint32_t binder, Facts *f)
{
    if (!s->unit->binders.at[binder].index)
        return;
    const Index index = *index_at(s->g, s->unit->binders.at[binder].index);
    const NodeId fact = add_fact(s, index.upper, index.lower, true, f);
    NodeId most = node_at(s->g, fact)->free ? extent_most(s->g, fact, NULL, 0) : 0;
    if (most)
        facts_add(f, most);
}

/* Is it a loop of `loops`, if these are not all? */
static bool is_among(const Shaping *s, uint32_t binder, const SetId *loops)
{
    return !loops || set_has(s->g, *loops, s->unit->binders.at[binder].index);
}

/* Conditions that the range `within`, if that is given, stands in say nothing. */
static bool add_around(Shaping *s, AstId id, const SetId *loops, AstId within, Facts *f)
{
    const uint32_t outside = within ? s->standing[within].guard : 0;
    bool all = true, inside = true;
    for (uint32_t i = s->standing[id].guard; i; i = s->guards.at[i - 1].outer) {
        const Guard g = s->guards.at[i - 1];
        inside = inside && i != outside;
        if (g.condition && inside)
            all = condition_facts(s, g.condition, g.holds, MAX_DEPTH, f) && all;
        else if (!g.condition && is_among(s, g.binder, loops))
            loop_facts(s, g.binder, f);
    }
    return all;
}

/* What is said by those within may be understood only with those around: i != j where i <= j. */
bool guard_facts_around(Shaping *s, AstId id, Facts *f)
{
    return add_around(s, id, NULL, 0, f) || add_around(s, id, NULL, 0, f);
}

bool guard_facts(Shaping *s, AstId id, Facts *f)
{
    f->count = 0;
    for (uint32_t i = 0; i < s->left.count; i++)
        loop_facts(s, s->left.at[i], f);
    return guard_facts_around(s, id, f);
}

void guard_facts_in(Shaping *s, AstId id, SetId loops, AstId within, Facts *f)
{
    uint32_t count = 0;
    f->count = 0;
    for (uint32_t i = 0; i < s->left.count; i++)
        if (is_among(s, s->left.at[i], &loops))
            loop_facts(s, s->left.at[i], f);
    if (!add_around(s, id, &loops, within, f))
        add_around(s, id, &loops, within, f);
    for (uint32_t i = 0; i < f->count; i++)
        if (!set_minus(s->g, node_at(s->g, f->at[i])->free, loops))
            f->at[count++] = f->at[i];
    f->count = count;
}

bool guard_conditional(const Shaping *s, AstId id)
{
    for (uint32_t i = s->standing[id].guard; i; i = s->guards.at[i - 1].outer)
        if (s->guards.at[i - 1].condition)
            return true;
    return false;
}

bool guard_never(Shaping *s, const Facts *f)
{
    for (uint32_t i = 0; i < f->count; i++) {
        NodeId below = build2(s->g, OP_SUB, build_int(s->g, -1), f->at[i]);
        if (extent_nonnegative(s->g, below, f->at, f->count))
            return true;
    }
    return false;
}
