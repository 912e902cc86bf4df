/* Constants: the numbers of a graph.
 *
 * In: numbers. Out: their nodes; of nodes that are constant, the numbers.
 *
 * The idea: equal numbers are one, to the last bit; and the small integers, of which most constants
 * are, are found without a look at their digits.
 */
#include <string.h>

#include "graph/graph.h"

struct Constants {
    VEC(Number) numbers;            /* from 1; the integers first */
    bool made[INTEGERS + 1];        /* an integer each: has its number been asked for yet? */
    Lookup table;                   /* of the others, from 1 */
    U32Vec nodes;                   /* a number each; 0: not made yet */
};

static void clear_numbers(void *object)
{
    Constants *c = object;
    for (uint32_t i = 1; i < c->numbers.count; i++)
        if (i > INTEGERS || c->made[i])
            number_forget(&c->numbers.at[i]);
}

void constants_begin(Graph *g)
{
    g->constants = ctx_alloc(g->ctx, sizeof *g->constants);
    for (int i = 0; i <= INTEGERS; i++) {
        memset(vec_push(g->ctx, &g->constants->numbers), 0, sizeof *g->constants->numbers.at);
        *vec_push(g->ctx, &g->constants->nodes) = 0;
    }
    ctx_at_free(g->ctx, clear_numbers, g->constants);
}

/* ---- numbers */

static uint32_t number_hash(const Number *n)
{
    if (!n->rational) {
        double rounded = mpfr_get_d(n->real, MPFR_RNDN);
        uint32_t words[2];
        memcpy(words, &rounded, sizeof words);
        return mpfr_nan_p(n->real) ? 1 : hash_mix(words[0], words[1]);
    }
    uint32_t h = (uint32_t)mpz_get_ui(mpq_numref(n->ratio));
    return hash_mix(hash_mix(h, (uint32_t)mpz_get_ui(mpq_denref(n->ratio))),
               (uint32_t)mpz_sgn(mpq_numref(n->ratio)));
}

static LookupKey key_of_number(const void *with, uint32_t id)
{
    const Constants *c = with;
    return number_hash(&c->numbers.at[INTEGERS + id]);
}

/* Equal to the last bit: signs of zeros differ, NaNs are all one. */
static bool number_same(const Number *a, const Number *b)
{
    if (a->rational != b->rational)
        return false;
    if (a->rational)
        return mpq_equal(a->ratio, b->ratio);
    if (mpfr_nan_p(a->real) || mpfr_nan_p(b->real))
        return mpfr_nan_p(a->real) && mpfr_nan_p(b->real);
    return mpfr_equal_p(a->real, b->real) && mpfr_signbit(a->real) == mpfr_signbit(b->real);
}

/* The number of an integer; 0 if it is none of the commonest. */
static uint32_t integer_put(Constants *c, const Number *number)
{
    long value;
    if (!number->rational || !number_integer(number, &value) || !is_common_integer(value))
        return 0;
    const uint32_t id = common_integer(value);
    if (!c->made[id]) {
        number_keep(&c->numbers.at[id], number);
        c->made[id] = true;
    }
    return id;
}

static uint32_t number_put(Ctx *ctx, Constants *c, const Number *number)
{
    const uint32_t integer = integer_put(c, number);
    if (integer)
        return integer;
    LookupTry at = lookup_try(number_hash(number));
    uint32_t id;
    while ((id = lookup_find(&c->table, &at)))
        if (number_same(&c->numbers.at[INTEGERS + id], number))
            return INTEGERS + id;
    Number copy = {0}; /* it is one of the graph's, to be forgotten, when it is whole */
    number_keep(&copy, number);
    *vec_push(ctx, &c->numbers) = copy;
    *vec_push(ctx, &c->nodes) = 0;
    id = c->numbers.count - 1;
    lookup_enter(ctx, &c->table, id - INTEGERS, &at, key_of_number, c);
    return id;
}

/* ---- nodes */

NodeId build_number(Graph *g, const Number *number)
{
    Constants *c = g->constants;
    const uint32_t id = number_put(g->ctx, c, number);
    if (!c->nodes.at[id])
        c->nodes.at[id] = graph_put(g, OP_CONST, id, 0, 0);
    return c->nodes.at[id];
}

NodeId build_int(Graph *g, long value)
{
    if (!is_common_integer(value))
        return build_ratio(g, value, 1);
    const NodeId known = g->constants->nodes.at[common_integer(value)];
    return known ? known : build_ratio(g, value, 1);
}

/* The node of a constant: through the names of constants. */
static NodeId constant_of(const Graph *g, NodeId id)
{
    while (node_op(g, id) == OP_NAME && g->nodes.at[id].flags & NODE_CONST)
        id = g->nodes.at[id].a;
    return id;
}

const Number *constant_number(const Graph *g, NodeId id)
{
    const Node *n = &g->nodes.at[constant_of(g, id)];
    return n->op == OP_CONST ? &g->constants->numbers.at[n->a] : NULL;
}

bool constant_integer(const Graph *g, NodeId id, long *value)
{
    const Number *n = constant_number(g, id);
    return n && number_integer(n, value);
}

/* ---- nodes that go */

void constants_release(Graph *g, NodeId mark)
{
    for (NodeId id = mark; id < g->nodes.count; id++)
        if (g->nodes.at[id].op == OP_CONST)
            g->constants->nodes.at[g->nodes.at[id].a] = 0;
}

void constants_keep(Graph *g, const NodeId *image)
{
    U32Vec *nodes = &g->constants->nodes;
    for (uint32_t i = 1; i < nodes->count; i++)
        nodes->at[i] = image[nodes->at[i]];
}
