/* A shaped expression in, the subscripts at which each of its nodes is wanted out: from the root
 * down, for what is wanted of an operand depends on what is wanted of its user. Products and
 * reductions over whole arrays get indices of their own here. */
#include <string.h>

#include "front/front.h"

static const AstNode *node(const Lowering *l, AstId id) { return &l->ast->nodes.at[id]; }

static TupleId shape_of(const Lowering *l, AstId id)
{
    return l->model ? unit_shape(l->model->unit, id) : 0;
}

Want *want_of(Lowering *l, AstId id) { return &l->places.at[id - l->first]; }

/* ---- indices without a name in the model */

static bool name_in_set(Lowering *l, SetId set, Name name)
{
    for (uint32_t i = 0; i < set_size(l->g, set); i++)
        if (index_at(l->g, set_member(l->g, set, i))->name == name)
            return true;
    return false;
}

/* Does an index of the user's within this expression bear the name? */
static bool name_inside(Lowering *l, AstId id, Name name)
{
    for (uint32_t i = 0; id && i < l->binders.count; i++)
        if (l->binders.at[i] >= node(l, id)->first && l->binders.at[i] <= id &&
            node(l, l->binders.at[i])->name == name)
            return true;
    return false;
}

static Name letter(Lowering *l, uint32_t number)
{
    char text[16];
    if (number < 6)
        snprintf(text, sizeof text, "%c", "ijklmp"[number]);
    else
        snprintf(text, sizeof text, "%c%u", "ijklmp"[number % 6], (unsigned)(number / 6 + 1));
    return name_of(l->ctx, text);
}

SetId place_within(Lowering *l, SetId within, TupleId axes)
{
    for (uint32_t i = 0; i < tuple_size(l->g, axes); i++) {
        const Node *n = node_at(l->g, tuple_item(l->g, axes, i));
        if (n->op == OP_INDEX)
            within = set_with(l->g, within, n->a);
    }
    return within;
}

static bool is_usable(Lowering *l, AstId id, SetId within, Name name)
{
    return !name_in_set(l, within, name) && !name_inside(l, id, name) &&
           !scope_get(&l->taken, name);
}

/* An index that the model has over this range already: so that `sum(W^2)` runs over the indices
 * that the definitions of what W is used for run over, and shares their loops. 0 if there is
 * none. */
static IndexId known_index(Lowering *l, AstId id, SetId within, NodeId extent)
{
    for (IndexId k = 1; k < index_count(l->g); k++) {
        const Index *i = index_at(l->g, k);
        if (i->serial == 0 && i->upper == extent && node_is_int(l->g, i->lower, 0) &&
            is_usable(l, id, within, i->name))
            return k;
    }
    return 0;
}

TupleId place_axes(Lowering *l, AstId id, SetId within, TupleId shape)
{
    NodeId axes[64];
    uint32_t number = 0, count = tuple_size(l->g, shape);
    for (uint32_t i = 0; i < count; i++) {
        NodeId extent = tuple_item(l->g, shape, i);
        IndexId index = known_index(l, id, within, extent);
        while (!index) {
            Name name = letter(l, number++);
            if (is_usable(l, id, within, name))
                index = index_of(l->g, name, build_int(l->g, 0), extent, 0);
        }
        within = set_with(l->g, within, index);
        axes[i] = build_index(l->g, index);
    }
    return tuple_of(l->g, axes, count);
}

/* ---- what is wanted of the operands */

static void want(Lowering *l, AstId id, TupleId at, SetId within)
{
    *want_of(l, id) = (Want){.at = shape_of(l, id) ? at : 0, .within = within};
}

/* Does lowering make an array of it anyway? Names, matrices, and calls of what has an array as its
 * value; an array of the recurrence that is lowered is not there yet. */
static bool is_array_by_itself(Lowering *l, const AstNode *n)
{
    const Unit *u = l->model->unit;
    if (n->kind == AST_NAME && n->resolution == RES_ENTITY)
        return !l->system || u->entities.at[n->target].system != l->system;
    if (n->kind == AST_CALL && n->resolution == RES_ARRAY)
        return n->target == ARRAY_INV || n->target == ARRAY_SOLVE;
    return n->kind == AST_NAME || n->kind == AST_MATRIX ||
           (n->kind == AST_CALL && n->resolution == RES_FUNCTION &&
            u->functions.at[n->target].shape);
}

Want place_array(Lowering *l, AstId id, SetId named)
{
    Want p = {.within = named, .named = named, .form = FORM_CLOSED};
    if (is_array_by_itself(l, node(l, id))) {
        p.form = FORM_WHOLE;
        return p;
    }
    p.at = place_axes(l, id, named, shape_of(l, id));
    p.within = place_within(l, named, p.at);
    return p;
}

static void want_array(Lowering *l, AstId id, SetId named)
{
    *want_of(l, id) = place_array(l, id, named);
}

static TupleId with_item(Lowering *l, TupleId at, uint32_t from, uint32_t to, NodeId before,
                         NodeId behind)
{
    NodeId items[64];
    uint32_t count = 0;
    if (before)
        items[count++] = before;
    for (uint32_t i = from; i < to; i++)
        items[count++] = tuple_item(l->g, at, i);
    if (behind)
        items[count++] = behind;
    return tuple_of(l->g, items, count);
}

/* Is an element of it cheap enough to be computed for each use? */
static bool is_cheap(Lowering *l, AstId root)
{
    for (AstId i = node(l, root)->first; i <= root; i++) {
        AstKind kind = (AstKind)node(l, i)->kind;
        if (kind == AST_REDUCE || kind == AST_MATMUL || kind == AST_MATRIX ||
            (kind == AST_CALL && !node(l, i)->subscript))
            return false;
    }
    return true;
}

/* An operand of a product: made an array where its elements are used more often than once and
 * are not cheap; that stands outside of the sum. */
static void want_factor(Lowering *l, AstId id, TupleId at, SetId within, SetId named, bool repeated)
{
    if (repeated && !is_cheap(l, id))
        want_array(l, id, named);
    else
        want(l, id, at, within);
}

TupleId place_factor(Lowering *l, AstId id, bool right)
{
    const AstNode *n = node(l, id);
    const Want *p = want_of(l, id);
    uint32_t rows = tuple_size(l->g, shape_of(l, n->a)) - 1;
    NodeId k = tuple_item(l->g, p->axes, 0);
    return right ? with_item(l, p->at, rows, tuple_size(l->g, p->at), k, 0)
                 : with_item(l, p->at, 0, rows, 0, k);
}

static void place_matmul(Lowering *l, AstId id)
{
    const AstNode *n = node(l, id);
    const Want p = *want_of(l, id);
    TupleId a = shape_of(l, n->a), b = shape_of(l, n->b);
    uint32_t rows = tuple_size(l->g, a) - 1, columns = tuple_size(l->g, b) - 1;
    NodeId size = tuple_item(l->g, a, rows);
    TupleId axes = place_axes(l, id, p.within, tuple_of(l->g, &size, 1));
    SetId within = place_within(l, p.within, axes);
    want_of(l, id)->axes = axes;
    want_factor(l, n->a, place_factor(l, id, false), within, p.named, columns > 0);
    want_factor(l, n->b, place_factor(l, id, true), within, p.named, rows > 0);
}

static void place_subscript(Lowering *l, AstId id)
{
    const AstNode *n = node(l, id);
    const Want p = *want_of(l, id);
    if (n->c)
        want(l, n->c, lower_subscripts(l, id, p.at), p.within);
}

static void place_reduce(Lowering *l, AstId id)
{
    const AstNode *n = node(l, id);
    const Want p = *want_of(l, id);
    SetId within = p.within;
    NodeId axes[64];
    for (uint32_t k = 0; k < n->b; k++) {
        const AstNode *item = node(l, l->ast->list.at[n->a + k]);
        if (item->kind == AST_IN)
            item = node(l, item->a);
        /* NOLINTNEXTLINE(*-core.NullDereference): note [own text] */
        axes[k] = build_index(l->g, l->model->unit->binders.at[item->target].index);
    }
    want_of(l, id)->axes = tuple_of(l->g, axes, n->b);
    within = place_within(l, within, want_of(l, id)->axes);
    want(l, n->c, p.at, within);
}

static void place_reversed(Lowering *l, AstId child, const Want *p)
{
    NodeId items[64];
    uint32_t count = tuple_size(l->g, p->at);
    for (uint32_t i = 0; i < count; i++)
        items[i] = tuple_item(l->g, p->at, count - 1 - i);
    want(l, child, tuple_of(l->g, items, count), p->within);
}

/* ---- calls */

static void place_function_call(Lowering *l, const AstNode *n, const Want *p)
{
    /* NOLINTNEXTLINE(*-core.NullDereference): note [own text] */
    const Function *f = &l->model->unit->functions.at[n->target];
    for (uint32_t k = 0; k < n->b; k++) {
        AstId arg = l->ast->list.at[n->a + k];
        if (f->locals.at[k].bracketed)
            want_array(l, arg, p->named);
        else
            want(l, arg, p->at, p->within);
    }
}

static void place_array_function(Lowering *l, AstId id, const Want *p)
{
    const AstNode *n = node(l, id);
    AstId a = l->ast->list.at[n->a], b = n->b > 1 ? l->ast->list.at[n->a + 1] : 0;
    uint32_t last = tuple_size(l->g, p->at) - 1;
    NodeId size;
    switch ((ArrayFunction)n->target) {
    case ARRAY_DOT: {
        TupleId axes = place_axes(l, id, p->within, shape_of(l, a));
        want_of(l, id)->axes = axes;
        want(l, a, axes, place_within(l, p->within, axes));
        want(l, b, axes, place_within(l, p->within, axes));
        break;
    }
    case ARRAY_OUTER:
        want(l, a, with_item(l, p->at, 0, 1, 0, 0), p->within);
        want(l, b, with_item(l, p->at, 1, 2, 0, 0), p->within);
        break;
    case ARRAY_TRANSPOSE: place_reversed(l, a, p); break;
    case ARRAY_CROSS:
        want_array(l, a, p->named);
        want_array(l, b, p->named);
        break;
    case ARRAY_SOFTMAX: case ARRAY_LOG_SOFTMAX:
        want_array(l, a, p->named);
        size = tuple_item(l->g, shape_of(l, a), last);
        want_of(l, id)->axes = place_axes(l, 0, p->within, tuple_of(l->g, &size, 1));
        break;
    case ARRAY_DET: case ARRAY_INV: want_array(l, a, p->named); break;
    case ARRAY_SOLVE:
        want_array(l, a, p->named);
        want_array(l, b, p->named);
        if (tuple_size(l->g, shape_of(l, b)) == 2) {
            size = tuple_item(l->g, shape_of(l, b), 1);
            want_of(l, id)->axes = place_axes(l, id, p->named, tuple_of(l->g, &size, 1));
        }
        break;
    case ARRAY_FUNCTION_COUNT: break;
    }
}

/* diff(f, x) at the subscripts of f, then those of x. */
static void place_diff(Lowering *l, const AstNode *n, const Want *p)
{
    AstId f = l->ast->list.at[n->a], x = l->ast->list.at[n->a + 1];
    uint32_t split = tuple_size(l->g, shape_of(l, f));
    want(l, f, with_item(l, p->at, 0, split, 0, 0), p->within);
    *want_of(l, x) = (Want){.within = p->within, .form = FORM_WHOLE,
                              .axes = with_item(l, p->at, split, tuple_size(l->g, p->at), 0, 0)};
}

static void place_call(Lowering *l, AstId id)
{
    const AstNode *n = node(l, id);
    const Want p = *want_of(l, id);
    if (n->resolution == RES_FUNCTION) {
        place_function_call(l, n, &p);
    } else if (n->resolution == RES_DIFF) {
        place_diff(l, n, &p);
    } else if (n->resolution == RES_ARRAY) {
        place_array_function(l, id, &p);
    } else if (n->resolution == RES_REDUCTION) {
        AstId a = l->ast->list.at[n->a];
        TupleId axes = place_axes(l, id, p.within, shape_of(l, a));
        want_of(l, id)->axes = axes;
        want(l, a, axes, place_within(l, p.within, axes));
    } else {
        for (uint32_t k = 0; k < n->b; k++)
            want(l, l->ast->list.at[n->a + k], p.at, p.within);
    }
}

static void place_node(Lowering *l, AstId id)
{
    const AstNode *n = node(l, id);
    const Want p = *want_of(l, id);
    AstId child;
    switch ((AstKind)n->kind) {
    case AST_NONE:
    case AST_NUMBER:
    case AST_NAME:
    case AST_RANGE:
    case AST_WHOLE:
    case AST_IN: break;
    case AST_UNARY: case AST_BINARY: case AST_COND: case AST_ROW: case AST_MATRIX:
        for (uint32_t k = 0; (child = ast_child(l->ast, id, k)); k++)
            want(l, child, p.at, p.within);
        break;
    case AST_CALL: place_call(l, id); break;
    case AST_SUBSCRIPT: place_subscript(l, id); break;
    case AST_REDUCE: place_reduce(l, id); break;
    case AST_MATMUL: place_matmul(l, id); break;
    case AST_TRANSPOSE: place_reversed(l, n->a, &p); break;
    }
    SetId named = n->kind == AST_REDUCE ? place_within(l, p.named, want_of(l, id)->axes) : p.named;
    for (uint32_t k = 0; (child = ast_child(l->ast, id, k)); k++)
        want_of(l, child)->named = named;
}

/* Is it, like most, of scalars alone, so that nothing is wanted at any subscripts? */
static bool is_scalar(const Lowering *l, AstId first, AstId root)
{
    for (AstId i = first; i <= root; i++) {
        const AstNode *n = node(l, i);
        const bool plain = n->kind == AST_NUMBER || n->kind == AST_NAME || n->kind == AST_UNARY ||
                           n->kind == AST_BINARY || n->kind == AST_COND;
        if (!plain || shape_of(l, i))
            return false;
    }
    return true;
}

static void place_scalar(Lowering *l, AstId first, AstId root, Want place)
{
    const Want all = {.within = place.within, .named = place.named};
    for (AstId i = first; i < root; i++)
        *vec_push(l->ctx, &l->places) = all;
    *vec_push(l->ctx, &l->places) = place;
}

void place_expression(Lowering *l, AstId root, Want place)
{
    AstId first = node(l, root)->first;
    l->first = first;
    l->places.count = l->binders.count = 0;
    if (!place.at && is_scalar(l, first, root)) {
        place_scalar(l, first, root, place);
        return;
    }
    for (AstId i = first; i <= root; i++) {
        const AstNode *n = node(l, i);
        memset(vec_push(l->ctx, &l->places), 0, sizeof *l->places.at);
        if (n->kind == AST_NAME && n->resolution == RES_INDEX &&
            l->model->unit->binders.at[n->target].item == i)
            *vec_push(l->ctx, &l->binders) = i;
    }
    *want_of(l, root) = place;
    for (AstId i = root; i >= first; i--)
        if (!l->model || !node(l, i)->subscript)
            place_node(l, i);
}
