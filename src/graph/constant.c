/* Constants: the numbers of a graph.
 *
 * In: numbers. Out: their nodes; of nodes that are constant, the numbers.
 *
 * The idea: equal numbers are one, to the last bit; and integers, of which most constants are, need
 * neither memory of their own nor arithmetic to be found. There can be millions of subscripts.
 */
#include <string.h>

#include "graph/graph.h"

/* An integer that fits is its value, and a number only for those who ask for one. */
typedef struct Constant {
    Number *number; /* NULL: not asked for yet */
    long value;     /* of an integer */
    bool integer;
    NodeId node;    /* 0: not made yet */
} Constant;

/* The number of an integer, with its digit. */
typedef struct Borrowed {
    Number number;
    mp_limb_t limb;
} Borrowed;

/* They stay where they are. */
enum { CHUNK_BITS = 8, CHUNK = 1 << CHUNK_BITS };

struct Constants {
    VEC(Constant *) chunks;
    uint32_t count;         /* of numbers, from 1; the commonest integers first */
    Lookup table;           /* of the others, from 1 */
};

static inline Constant *constant_at(const Constants *c, uint32_t id)
{
    return &c->chunks.at[id >> CHUNK_BITS][id % CHUNK];
}

static void clear_numbers(void *object)
{
    const Constants *c = object;
    for (uint32_t i = 1; i <= c->count; i++)
        if (!constant_at(c, i)->integer)
            number_clear(constant_at(c, i)->number);
}

/* Room for one more, which is not there until it is counted. */
static Constant *constant_new(Ctx *ctx, Constants *c)
{
    const uint32_t id = c->count + 1;
    if (id >> CHUNK_BITS == c->chunks.count) {
        Constant *chunk = ctx_alloc(ctx, CHUNK * sizeof *chunk);
        *vec_push(ctx, &c->chunks) = chunk;
    }
    return constant_at(c, id);
}

static uint32_t put_integer(Ctx *ctx, Constants *c, long value)
{
    Constant *constant = constant_new(ctx, c);
    *constant = (Constant){.value = value, .integer = true};
    return ++c->count;
}

void constants_begin(Graph *g)
{
    g->constants = ctx_alloc(g->ctx, sizeof *g->constants);
    ctx_at_free(g->ctx, clear_numbers, g->constants);
    for (long value = INTEGERS_LEAST; value <= INTEGERS_MOST; value++)
        put_integer(g->ctx, g->constants, value);
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

/* They come in the order of their values, as subscripts do. */
static LookupKey integer_key(long value)
{
    const unsigned long size = value < 0 ? -(unsigned long)value : (unsigned long)value;
    return (LookupKey)size << 32 | hash_mix((uint32_t)size, value < 0);
}

static LookupKey key_of_number(const void *with, uint32_t id)
{
    const Constant *known = constant_at(with, INTEGERS + id);
    return known->integer ? integer_key(known->value) : number_hash(known->number);
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

static uint32_t find_integer(Ctx *ctx, Constants *c, long value)
{
    if (is_common_integer(value))
        return common_integer(value);
    LookupTry at = lookup_try(integer_key(value));
    uint32_t id;
    while ((id = lookup_find(&c->table, &at))) {
        const Constant *known = constant_at(c, INTEGERS + id);
        if (known->integer && known->value == value)
            return INTEGERS + id;
    }
    id = put_integer(ctx, c, value);
    lookup_enter(ctx, &c->table, id - INTEGERS, &at, key_of_number, c);
    return id;
}

static uint32_t find_number(Ctx *ctx, Constants *c, const Number *number)
{
    long value;
    if (number->rational && number_integer(number, &value))
        return find_integer(ctx, c, value);
    LookupTry at = lookup_try(number_hash(number));
    uint32_t id;
    while ((id = lookup_find(&c->table, &at))) {
        const Constant *known = constant_at(c, INTEGERS + id);
        if (!known->integer && number_same(known->number, number))
            return INTEGERS + id;
    }
    Constant *constant = constant_new(ctx, c);
    *constant = (Constant){.number = ctx_alloc(ctx, sizeof *constant->number)};
    number_copy(constant->number, number);
    id = ++c->count;
    lookup_enter(ctx, &c->table, id - INTEGERS, &at, key_of_number, c);
    return id;
}

/* ---- nodes */

static NodeId node_of(Graph *g, uint32_t id)
{
    Constant *constant = constant_at(g->constants, id);
    if (!constant->node)
        constant->node = graph_put(g, OP_CONST, id, 0, 0);
    return constant->node;
}

NodeId build_number(Graph *g, const Number *number)
{
    return node_of(g, find_number(g->ctx, g->constants, number));
}

NodeId build_int(Graph *g, long value)
{
    return node_of(g, find_integer(g->ctx, g->constants, value));
}

NodeId build_literal(Graph *g, const char *text)
{
    enum { DIGITS = 9 }; /* fit a long of 32 bits, too */
    const size_t length = strlen(text);
    long value = 0;
    if (length <= DIGITS && strspn(text, "0123456789") == length) {
        for (size_t i = 0; i < length; i++)
            value = 10 * value + (text[i] - '0');
        return build_int(g, value);
    }
    Number n;
    number_init(&n);
    number_parse(&n, text, length);
    NodeId id = build_number(g, &n);
    number_clear(&n);
    return id;
}

/* The node of a constant: through the names of constants. */
static NodeId constant_of(const Graph *g, NodeId id)
{
    while (node_op(g, id) == OP_NAME && g->nodes.at[id].flags & NODE_CONST)
        id = g->nodes.at[id].a;
    return id;
}

static Constant *known_constant(const Graph *g, NodeId id)
{
    const Node *n = &g->nodes.at[constant_of(g, id)];
    return n->op == OP_CONST ? constant_at(g->constants, n->a) : NULL;
}

const Number *constant_number(const Graph *g, NodeId id)
{
    Constant *known = known_constant(g, id);
    if (known && !known->number) {
        Borrowed *own = ctx_alloc(g->ctx, sizeof *own);
        number_borrow(&own->number, &own->limb, known->value);
        known->number = &own->number;
    }
    return known ? known->number : NULL;
}

bool constant_integer(const Graph *g, NodeId id, long *value)
{
    const Constant *known = known_constant(g, id);
    if (!known || !known->integer)
        return known && number_integer(known->number, value);
    *value = known->value;
    return true;
}

/* ---- nodes that go */

void constants_release(Graph *g, NodeId mark)
{
    for (NodeId id = mark; id < g->nodes.count; id++)
        if (g->nodes.at[id].op == OP_CONST)
            constant_at(g->constants, g->nodes.at[id].a)->node = 0;
}

void constants_keep(Graph *g, const NodeId *image)
{
    for (uint32_t i = 1; i <= g->constants->count; i++)
        constant_at(g->constants, i)->node = image[constant_at(g->constants, i)->node];
}
