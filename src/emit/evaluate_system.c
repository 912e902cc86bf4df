/* Recurrences in, the values of their arrays out. A recurrence is computed as a whole: what reads
 * its elements has entries that are known or not yet, and is gone through until nothing becomes
 * known any more; an element is when all parts that give it or add to it have been evaluated. */
#include <stdint.h>

#include "emit/emit.h"

static bool holds_own(const Values *v, NodeId id, NodeId system, const uint8_t *holds)
{
    const Node *n = node_at(v->g, id);
    NodeId need;
    if (n->op == OP_OWN)
        return n->a < v->array.count && v->array.at[n->a] && v->system[v->array.at[n->a]] == system;
    for (uint32_t k = 0; (need = node_need(v->g, id, k)); k++)
        if (holds[need])
            return true;
    return false;
}

/* Finds what is at home in the recurrence: its arrays, and what speaks of their elements and is not
 * at home in another within it. */
void values_find_home(Values *v, NodeId system)
{
    const TupleId arrays = node_at(v->g, system)->a;
    for (uint32_t k = 0; k < tuple_size(v->g, arrays); k++) {
        NodeId array = tuple_item(v->g, arrays, k);
        SymId sym = array_sym(v->g, array);
        while (v->array.count <= sym)
            *vec_push(v->ctx, &v->array) = 0;
        v->array.at[sym] = array;
        v->system[array] = system;
    }
    uint8_t *live = graph_live(v->g, &system, 1), *holds = array_new(v->ctx, v->count, 1);
    for (NodeId id = 1; id < system; id++) {
        if (!live[id])
            continue;
        holds[id] = holds_own(v, id, system, holds);
        if ((holds[id] || v->system[id] == system) && !v->home[id])
            v->home[id] = system;
    }
    ctx_resize(v->ctx, live, 0);
    ctx_resize(v->ctx, holds, 0);
}

/* Is the value known for the present assignment? */
static bool is_known(const Values *v, NodeId id)
{
    if (!v->home[id] || node_op(v->g, id) == OP_MEMBER)
        return !v->home[id] ||
               v->tables[node_at(v->g, id)->a].known[values_place(v, node_at(v->g, id)->a)];
    if (node_op(v->g, id) != OP_ARRAY)
        return v->tables[id].known[values_place(v, id)];
    bool all = true;
    for (size_t i = 0, at = values_array_place(v, id); i < v->tables[id].size && all; i++)
        all = v->tables[id].known[at + i];
    return all;
}

static bool element_known(const Values *v, const Node *n)
{
    NodeId array = n->op == OP_OWN ? v->array.at[n->a] : n->a;
    size_t element;
    if (node_op(v->g, array) != OP_ARRAY)
        return is_known(v, array);
    return !v->home[array] || !values_element(v, n->b, node_shape(v->g, array), &element) ||
           v->tables[array].known[values_array_place(v, array) + element];
}

/* Is the value of && or || known by that of one operand? */
static bool is_decided(const Values *v, const Node *n)
{
    for (int i = 0; i < 2; i++) {
        const NodeId operand = i == 0 ? n->a : n->b;
        if (is_known(v, operand) && mpfr_zero_p(values_here(v, operand)) == (n->op == OP_AND))
            return true;
    }
    return false;
}

/* Is all known that the value needs? Of a condition only the arm that is taken. */
static bool is_ready(Values *v, NodeId id)
{
    const Node n = *node_at(v->g, id);
    bool ready = true;
    if (n.op == OP_OWN || n.op == OP_READ)
        return element_known(v, &n);
    if (n.op == OP_SELECT)
        return is_known(v, n.a) && is_known(v, mpfr_zero_p(values_here(v, n.a)) ? n.c : n.b);
    if ((n.op == OP_AND || n.op == OP_OR) && is_decided(v, &n))
        return true;
    if (op_info((Op)n.op)->flags & OPF_REDUCE) {
        SetId set = set_with(v->g, 0, n.b);
        for (bool more = values_next(v, set, true); more; more = values_next(v, set, false))
            ready = ready && is_known(v, n.a);
        return ready;
    }
    for (int i = 0; i < node_arity(v->g, id); i++)
        ready = ready && is_known(v, node_operand(v->g, id, i));
    return ready;
}

/* The indices of a node that run while those of the recurrence stand. */
static SetId running(const Values *v, NodeId id, NodeId system)
{
    return set_minus(v->g, node_at(v->g, id)->free, node_at(v->g, system)->free);
}

static uint32_t tuple_count(const Values *v, NodeId id)
{
    return tuple_size(v->g, node_tuple(v->g, id));
}

/* Goes through the values that the parts of an array give; all of them at first, to count them,
 * then those that are known and have not been taken yet. Gives whether there was one. */
static bool go_through_parts(Values *v, NodeId array, NodeId system, bool count)
{
    const Node n = *node_at(v->g, array);
    const SetId set = running(v, array, system);
    Table *t = &v->tables[array];
    uint32_t number = 0;
    size_t element;
    bool any = false;
    for (bool more = values_next(v, set, true); more; more = values_next(v, set, false))
        for (uint32_t i = 0; i < tuple_count(v, array); i++) {
            const Node p = *node_at(v->g, tuple_item(v->g, n.a, i));
            for (bool on = values_next(v, p.c, true); on; on = values_next(v, p.c, false)) {
                if (!values_element(v, p.b, node_shape(v->g, array), &element))
                    continue;
                size_t place = values_array_place(v, array) + element;
                if (count) {
                    *vec_push(v->ctx, &t->done) = 0;
                    t->left[place]++;
                } else if (!t->done.at[number] && is_known(v, p.a)) {
                    values_set(v, (int)n.c, t->at[place], values_here(v, p.a));
                    t->done.at[number] = 1;
                    t->known[place] = --t->left[place] == 0;
                    any = true;
                }
                number++;
            }
        }
    return any;
}

static void forget_array(Values *v, NodeId array, NodeId system)
{
    const Node n = *node_at(v->g, array);
    const SetId set = running(v, array, system);
    Table *t = &v->tables[array];
    t->done.count = 0;
    for (int turn = 0; turn < 2; turn++) {
        for (bool more = values_next(v, set, true); more; more = values_next(v, set, false))
            for (size_t i = 0, at = values_array_place(v, array); i < t->size; i++) {
                if (turn == 0)
                    t->left[at + i] = 0;
                t->known[at + i] = t->left[at + i] == 0;
                mpfr_set_nan(t->at[at + i]);
                if (n.c == ARRAY_ADD)
                    mpfr_set_zero(t->at[at + i], 1);
            }
        if (turn == 0)
            go_through_parts(v, array, system, true);
    }
}

static bool run_system(Values *v, NodeId system);

/* Computes what has become known; gives whether there was something. */
static bool go_through_node(Values *v, NodeId id, NodeId system)
{
    const Node n = *node_at(v->g, id);
    const SetId set = running(v, id, system);
    bool any = false;
    if (n.op == OP_PART || n.op == OP_MEMBER)
        return false;
    if (n.op == OP_ARRAY)
        return go_through_parts(v, id, system, false);
    for (bool more = values_next(v, set, true); more; more = values_next(v, set, false)) {
        uint8_t *known = &v->tables[id].known[values_place(v, id)];
        if (*known || (n.op == OP_SYSTEM ? !run_system(v, id) : !is_ready(v, id)))
            continue;
        if (n.op != OP_SYSTEM)
            values_evaluate(v, id);
        *known = 1;
        any = true;
    }
    return any;
}

/* Computes a recurrence for the present assignment of what it is free in; gives whether it was
 * possible: one within another may depend on what is not known yet. */
static bool run_system(Values *v, NodeId system)
{
    bool any = true, all = true;
    for (NodeId id = 1; id < system; id++) {
        Table *t = &v->tables[id];
        if (v->home[id] == system && node_op(v->g, id) == OP_ARRAY)
            forget_array(v, id, system);
        else if (v->home[id] == system)
            for (size_t i = 0; i < t->count; i++)
                t->known[i] = 0;
    }
    while (any) {
        any = false;
        for (NodeId id = 1; id < system; id++)
            if (v->home[id] == system && go_through_node(v, id, system))
                any = true;
    }
    const TupleId arrays = node_at(v->g, system)->a;
    for (uint32_t k = 0; k < tuple_size(v->g, arrays); k++) {
        NodeId array = tuple_item(v->g, arrays, k);
        const Table *t = &v->tables[array];
        for (size_t i = 0, at = values_array_place(v, array); i < t->size; i++)
            all = all && t->known[at + i];
    }
    return all;
}

/* Makes the tables of what is at home in recurrences up to this one. */
static void prepare_system(Values *v, NodeId system)
{
    for (NodeId id = 1; id <= system; id++) {
        const Node n = *node_at(v->g, id);
        Table *t = &v->tables[id];
        if ((!v->home[id] && id != system) || t->at || n.op == OP_PART || n.op == OP_MEMBER)
            continue;
        if (op_info((Op)n.op)->flags & OPF_REDUCE)
            values_find_axes(v, set_with(v->g, 0, n.b));
        for (uint32_t i = 0; n.op == OP_ARRAY && i < tuple_size(v->g, n.a); i++)
            values_find_axes(v, node_at(v->g, tuple_item(v->g, n.a, i))->c);
        values_new_table(v, id);
        t->known = array_new(v->ctx, t->count + 1, 1);
        if (n.op == OP_ARRAY)
            t->left = array_new(v->ctx, t->count + 1, sizeof *t->left);
    }
}

/* Elements that no order of computation gives are no numbers, not even in part. */
static void give_up(Values *v, NodeId system)
{
    const TupleId arrays = node_at(v->g, system)->a;
    for (uint32_t k = 0; k < tuple_size(v->g, arrays); k++) {
        const NodeId array = tuple_item(v->g, arrays, k);
        const Table *t = &v->tables[array];
        for (size_t i = 0, at = values_array_place(v, array); i < t->size; i++)
            if (!t->known[at + i])
                mpfr_set_nan(t->at[at + i]);
    }
}

void values_fill_system(Values *v, NodeId system)
{
    const SetId free = node_at(v->g, system)->free;
    prepare_system(v, system);
    for (bool more = values_next(v, free, true); more; more = values_next(v, free, false))
        if (!run_system(v, system))
            give_up(v, system);
}

/* How many indices the live nodes name. */
