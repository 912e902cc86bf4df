/* Derivatives of what is solved: tangents and adjoints of note [linear] in, solutions with the same
 * factors out. With A*x = b it is A*x_dot = b_dot - A_dot*x; and with w the solution of A'*w =
 * x_bar, b receives w, and A[i,j] receives -w[i]*x[j]. An inverse is the solution for the unit
 * matrix. Of the determinant d the derivative in A[i,j] is d*inv(A)[j,i]. Method: Giles, Collected
 * Matrix Derivative Results for Forward and Reverse Mode Algorithmic Differentiation, 2008,
 * sections 2.2 and 2.3. */
#include "pass/pass.h"

bool linear_is(Op op)
{
    return op == OP_SOLVE || op == OP_TSOLVE || op == OP_INVERSE || op == OP_DET;
}

NodeId linear_matrix(const Graph *g, NodeId id)
{
    return node_at(g, node_at(g, id)->a)->a;
}

NodeId linear_right(const Graph *g, NodeId id)
{
    return node_arity(g, id) > 1 ? node_at(g, id)->b : 0;
}

static SetId with_axes(Graph *g, SetId set, TupleId at)
{
    for (uint32_t i = 0; i < tuple_size(g, at); i++)
        set = set_with(g, set, node_at(g, tuple_item(g, at, i))->a);
    return set;
}

/* Subscripts over the rows and columns of a matrix, then one over further columns of a solution if
 * it has such (else 0). */
typedef struct Axes {
    NodeId row, column, other;
    SetId bound; /* of row and column */
} Axes;

static Axes axes_of(Graph *g, TupleId matrix, TupleId solution, SetId avoid)
{
    SetId ignored;
    Axes x = {.other = 0};
    TupleId at = index_axes(g, matrix, avoid, &x.bound);
    x.row = tuple_item(g, at, 0);
    x.column = tuple_item(g, at, 1);
    if (tuple_size(g, solution) == 2) {
        NodeId extent = tuple_item(g, solution, 1);
        at = index_axes(g, tuple_of(g, &extent, 1), set_union(g, avoid, x.bound), &ignored);
        x.other = tuple_item(g, at, 0);
    }
    return x;
}

static TupleId pair(Graph *g, NodeId a, NodeId b)
{
    const NodeId items[2] = {a, b};
    return tuple_of(g, items, b ? 2 : 1);
}

/* ---- forward */

/* The product, with the mask of a one-hot factor outside. */
static NodeId times(Graph *g, NodeId dot, NodeId value)
{
    NodeId condition, inside;
    if (!one_hot_inside(g, dot, &condition, &inside))
        return build2(g, OP_MUL, dot, value);
    inside = build2(g, OP_MUL, inside, value);
    return build_select(g, condition, inside, build_int(g, 0));
}

/* The right side of what the tangent solves: b_dot - A_dot*x. */
static NodeId tangent_right(Graph *g, NodeId id, NodeId matrix_dot, NodeId right_dot)
{
    TupleId shape = node_shape(g, id);
    SetId avoid = node_at(g, id)->free;
    avoid = matrix_dot ? set_union(g, avoid, node_at(g, matrix_dot)->free) : avoid;
    avoid = right_dot ? set_union(g, avoid, node_at(g, right_dot)->free) : avoid;
    Axes x = axes_of(g, node_shape(g, linear_matrix(g, id)), shape, avoid);
    TupleId at = pair(g, x.row, x.other);
    NodeId sum = 0;
    if (matrix_dot) {
        bool turned = node_op(g, id) == OP_TSOLVE;
        TupleId place = turned ? pair(g, x.column, x.row) : pair(g, x.row, x.column);
        NodeId dot = array_element_at(g, matrix_dot, place);
        sum = times(g, dot, build_read(g, id, pair(g, x.column, x.other)));
        sum = build1(g, OP_NEG, one_hot_sum(g, sum, node_at(g, x.column)->a));
    }
    NodeId value = right_dot ? array_element_at(g, right_dot, at) : sum;
    if (sum && right_dot)
        value = build2(g, OP_ADD, value, sum);
    SymId sym = sym_new(g, 0, SYM_DERIVED, shape);
    return array_of_one(g, value, at, with_axes(g, 0, at), sym, ARRAY_SET);
}

static NodeId tangent_of_det(Graph *g, NodeId id, NodeId dot)
{
    TupleId shape = node_shape(g, linear_matrix(g, id));
    Axes x = axes_of(g, shape, 0, set_union(g, node_at(g, id)->free, node_at(g, dot)->free));
    NodeId inverse = build_inverse(g, node_at(g, id)->a);
    NodeId partial = build2(g, OP_MUL, id, build_read(g, inverse, pair(g, x.column, x.row)));
    NodeId sum = times(g, array_element_at(g, dot, pair(g, x.row, x.column)), partial);
    sum = one_hot_sum(g, sum, node_at(g, x.column)->a);
    return one_hot_sum(g, sum, node_at(g, x.row)->a);
}

NodeId linear_tangent(Graph *g, NodeId id, NodeId matrix_dot, NodeId right_dot)
{
    if (!matrix_dot && !right_dot)
        return 0;
    if (node_op(g, id) == OP_DET)
        return tangent_of_det(g, id, matrix_dot);
    NodeId right = tangent_right(g, id, matrix_dot, right_dot);
    return build_solve(g, node_at(g, id)->a, right, node_op(g, id) == OP_TSOLVE);
}

/* ---- reverse */

/* The condition under which something is contributed at all, as far as it is one for the whole
 * array. */
static NodeId guard_of(Reverse *s, NodeId v)
{
    Graph *g = s->g;
    NodeId guard = build_false(g);
    const Addends *list = s->list[v] ? &s->lists.at[s->list[v] - 1] : NULL;
    for (uint32_t i = 0; list && i < list->all.count; i++)
        guard = build_or(g, guard, list->all.at[i].hard);
    if (!list || set_size(g, set_minus(g, node_at(g, guard)->free, node_at(g, v)->free)))
        return build_true(g);
    return guard;
}

static void deliver(Reverse *s, NodeId v, NodeId to, NodeId value, TupleId at, NodeId hard,
                    NodeId soft)
{
    Graph *g = s->g;
    Gift gift = {.to = to, .a = {.value = value, .at = at, .hard = hard, .soft = soft}};
    gift.scope = with_axes(g, node_at(g, v)->free, at); /* not over what only the adjoint has:
                                                           the rows of a Jacobian */
    reverse_deliver(s, gift);
}

/* To the matrix: -w[i]*x[j], summed over further columns. */
static void give_matrix(Reverse *s, NodeId v, NodeId w, NodeId guard)
{
    Graph *g = s->g;
    SetId avoid = set_union(g, node_at(g, v)->free, node_at(g, w)->free);
    Axes x = axes_of(g, node_shape(g, linear_matrix(g, v)), node_shape(g, v), avoid);
    bool turned = node_op(g, v) == OP_TSOLVE;
    NodeId left = build_read(g, turned ? v : w, pair(g, x.row, x.other));
    NodeId right = build_read(g, turned ? w : v, pair(g, x.column, x.other));
    NodeId value = build2(g, OP_MUL, left, right);
    if (x.other)
        value = build_sum(g, value, node_at(g, x.other)->a);
    value = guard_apply(g, guard, build1(g, OP_NEG, value));
    deliver(s, v, linear_matrix(g, v), value, pair(g, x.row, x.column), guard, guard);
}

static void give_right(Reverse *s, NodeId v, NodeId w, NodeId guard)
{
    Graph *g = s->g;
    SetId bound, avoid = set_union(g, node_at(g, v)->free, node_at(g, w)->free);
    TupleId at = index_axes(g, node_shape(g, v), avoid, &bound);
    NodeId value = guard_apply(g, guard, build_read(g, w, at));
    deliver(s, v, linear_right(g, v), value, at, guard, guard);
}

static void give_det(Reverse *s, NodeId v)
{
    Graph *g = s->g;
    SetId avoid = set_union(g, node_at(g, v)->free, node_at(g, s->bar[v])->free);
    Axes x = axes_of(g, node_shape(g, linear_matrix(g, v)), 0, avoid);
    NodeId guard = build_and(g, s->hard[v], s->soft[v]);
    NodeId factor = build2(g, OP_MUL, guard_inside(g, guard, s->bar[v]), v);
    NodeId inverse = build_inverse(g, node_at(g, v)->a);
    NodeId value = build2(g, OP_MUL, factor, build_read(g, inverse, pair(g, x.column, x.row)));
    deliver(s, v, linear_matrix(g, v), guard_apply(g, guard, value), pair(g, x.row, x.column),
            s->hard[v], s->soft[v]);
}

void linear_contribute(Reverse *s, NodeId v, uint32_t i)
{
    Graph *g = s->g;
    if (node_op(g, v) == OP_DET) {
        give_det(s, v);
        return;
    }
    NodeId w = build_solve(g, node_at(g, v)->a, s->bar[v], node_op(g, v) != OP_TSOLVE);
    (i ? give_right : give_matrix)(s, v, w, guard_of(s, v));
}
