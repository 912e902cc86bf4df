/* Constants: the numbers of a graph.
 *
 * In: numbers. Out: their nodes; of nodes that are constant, the numbers.
 *
 * The idea: equal numbers are one, to the last bit; and the small integers, of which most constants
 * are, are found without a look at their digits.
 */
#include <string.h>

#include "graph/graph.h"

/* Integers of these are the commonest constants. */
enum { INTEGERS_LEAST = -16, INTEGERS_MOST = 111, INTEGERS = INTEGERS_MOST - INTEGERS_LEAST + 1 };

struct Constants {
    VEC(Number) numbers;
    Lookup table;                   /* of them */
    uint32_t integers[INTEGERS];    /* the numbers of integers; 0: not made yet */
    NodeId integer_nodes[INTEGERS]; /* likewise their nodes */
};

static void clear_numbers(void *object)
{
    Constants *c = object;
    for (uint32_t i = 1; i < c->numbers.count; i++)
        number_clear(&c->numbers.at[i]);
}

void constants_begin(Graph *g)
{
    g->constants = ctx_alloc(g->ctx, sizeof *g->constants);
    memset(vec_push(g->ctx, &g->constants->numbers), 0, sizeof *g->constants->numbers.at);
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
    return number_hash(&c->numbers.at[id]);
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

static bool is_common(long value) { return value >= INTEGERS_LEAST && value <= INTEGERS_MOST; }

static void note_integer(Constants *c, uint32_t id)
{
    long value;
    if (c->numbers.at[id].rational && number_integer(&c->numbers.at[id], &value) &&
        is_common(value))
        c->integers[value - INTEGERS_LEAST] = id;
}

static uint32_t number_put(Ctx *ctx, Constants *c, const Number *number)
{
    LookupTry at = lookup_try(number_hash(number));
    uint32_t id;
    while ((id = lookup_find(&c->table, &at)))
        if (number_same(&c->numbers.at[id], number))
            return id;
    Number copy; /* it is one of the graph's, to be cleared, when it is whole */
    number_init(&copy);
    copy.rational = number->rational;
    if (number->rational)
        mpq_set(copy.ratio, number->ratio);
    else
        mpfr_set(copy.real, number->real, MPFR_RNDN);
    *vec_push(ctx, &c->numbers) = copy;
    id = c->numbers.count - 1;
    lookup_enter(ctx, &c->table, id, &at, key_of_number, c);
    note_integer(c, id);
    return id;
}

/* ---- nodes */

NodeId build_number(Graph *g, const Number *number)
{
    return graph_put(g, OP_CONST, number_put(g->ctx, g->constants, number), 0, 0);
}

NodeId build_int(Graph *g, long value)
{
    if (!is_common(value))
        return build_ratio(g, value, 1);
    Constants *c = g->constants;
    NodeId *known = &c->integer_nodes[value - INTEGERS_LEAST];
    if (!*known) {
        const uint32_t number = c->integers[value - INTEGERS_LEAST];
        *known = number ? graph_put(g, OP_CONST, number, 0, 0) : build_ratio(g, value, 1);
    }
    return *known;
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

bool constant_is_int(const Graph *g, NodeId id, long value)
{
    const Constants *c = g->constants;
    const Node *n = &g->nodes.at[constant_of(g, id)];
    long found;
    if (n->op != OP_CONST)
        return false;
    if (c->numbers.at[n->a].rational && is_common(value))
        return c->integers[value - INTEGERS_LEAST] == n->a;
    return number_integer(&c->numbers.at[n->a], &found) && found == value;
}

bool constants_zero(const Graph *g, uint32_t number)
{
    const Number *n = &g->constants->numbers.at[number];
    return n->rational && mpq_sgn(n->ratio) == 0;
}

/* ---- nodes that go */

void constants_release(Graph *g, NodeId mark)
{
    for (uint32_t i = 0; i < INTEGERS; i++)
        if (g->constants->integer_nodes[i] >= mark)
            g->constants->integer_nodes[i] = 0;
}

void constants_keep(Graph *g, const NodeId *image)
{
    for (uint32_t i = 0; i < INTEGERS; i++)
        g->constants->integer_nodes[i] = image[g->constants->integer_nodes[i]];
}
