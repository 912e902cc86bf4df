/* Elements of arrays, told apart by those of their subscripts that are constants.
 *
 * In: elements that are written, where each is. Out: those that may be the one at hand, so that an
 * array which is given element by element is not compared element by element with each that reads.
 *
 * The idea: an array has few patterns of which subscripts are constants. Of each pattern all
 * elements are in a chain, and those of the same constants in another, that a lookup finds.
 */
#include "graph/graph.h"

static LookupKey key_of(uint32_t array, uint32_t fixed, TupleId part)
{
    return hash_mix(hash_mix(hash_mix(1, array), fixed), part);
}

static LookupKey key_of_chain(const void *with, uint32_t number)
{
    const ElementChain *c = &((const Elements *)with)->chains.at[number - 1];
    return key_of(c->array, c->fixed, c->part);
}

static bool is_chain(const ElementChain *c, uint32_t array, uint32_t fixed, TupleId part)
{
    return c->array == array && c->fixed == fixed && c->part == part;
}

/* The number of the chain; a new one, or 0, where there is none yet. */
static uint32_t chain_of(Graph *g, Elements *e, uint32_t array, uint32_t fixed, TupleId part,
                         bool make)
{
    LookupTry at = lookup_try(key_of(array, fixed, part));
    uint32_t number;
    while ((number = lookup_find(&e->table, &at)))
        if (is_chain(&e->chains.at[number - 1], array, fixed, part))
            return number;
    if (!make)
        return 0;
    *vec_push(graph_ctx(g), &e->chains) = (ElementChain){array, fixed, part, 0, 0};
    lookup_enter(graph_ctx(g), &e->table, e->chains.count, &at, key_of_chain, e);
    return e->chains.count;
}

/* Chains that are no list of constants: of all elements of a pattern; and, of no elements, at which
 * an array's patterns begin. */
#define ALL UINT32_MAX
#define PATTERNS (UINT32_MAX - 1)

/* Which subscripts are constants, a bit each. */
static uint32_t find_fixed(const Graph *g, TupleId at)
{
    uint32_t fixed = 0;
    for (uint32_t k = 0; k < tuple_size(g, at) && k < 32; k++)
        fixed |= (uint32_t)(node_op(g, tuple_item(g, at, k)) == OP_CONST) << k;
    return fixed;
}

/* The constants among the subscripts in the places that are asked for; 0 in the others. */
static TupleId fixed_part(Graph *g, TupleId at, uint32_t fixed)
{
    U32Vec items = {0};
    for (uint32_t k = 0; k < tuple_size(g, at); k++)
        *vec_push(graph_ctx(g), &items) = k < 32 && fixed >> k & 1 ? tuple_item(g, at, k) : 0;
    TupleId part = tuple_of(g, items.at, items.count);
    vec_free(graph_ctx(g), &items);
    return part;
}

void elements_add(Graph *g, Elements *e, uint32_t array, TupleId at, uint32_t number)
{
    const uint32_t fixed = find_fixed(g, at), before = e->chains.count;
    const uint32_t all = chain_of(g, e, array, fixed, ALL, true);
    if (e->chains.count > before) {
        const uint32_t patterns = chain_of(g, e, array, 0, PATTERNS, true);
        e->chains.at[all - 1].next = e->chains.at[patterns - 1].next;
        e->chains.at[patterns - 1].next = all;
    }
    const uint32_t same = chain_of(g, e, array, fixed, fixed_part(g, at, fixed), true);
    Element element = {number, e->chains.at[all - 1].newest, e->chains.at[same - 1].newest};
    *vec_push(graph_ctx(g), &e->all) = element;
    e->chains.at[all - 1].newest = e->chains.at[same - 1].newest = e->all.count;
}

void elements_like(Graph *g, Elements *e, uint32_t array, TupleId at, U32Vec *numbers)
{
    const uint32_t known = find_fixed(g, at), before = numbers->count;
    uint32_t pattern = chain_of(g, e, array, 0, PATTERNS, false);
    pattern = pattern ? e->chains.at[pattern - 1].next : 0;
    for (; pattern; pattern = e->chains.at[pattern - 1].next) {
        const uint32_t fixed = e->chains.at[pattern - 1].fixed;
        const bool told = fixed && !(fixed & ~known);
        uint32_t chain =
            told ? chain_of(g, e, array, fixed, fixed_part(g, at, fixed), false) : pattern;
        uint32_t element = chain ? e->chains.at[chain - 1].newest : 0;
        while (element) {
            const Element *this = &e->all.at[element - 1];
            *vec_push(graph_ctx(g), numbers) = this->number;
            element = told ? this->older_same : this->older;
        }
    }
    vec_sort(numbers, before);
}

void elements_end(Graph *g, Elements *e)
{
    vec_free(graph_ctx(g), &e->all);
    vec_free(graph_ctx(g), &e->chains);
    lookup_forget(graph_ctx(g), &e->table);
}
