/* Conditions in, shorter conditions out: what is built by && and || is never longer than it must
 * be where few comparisons decide.
 *
 * note [tables]: a condition of a few comparisons has a table of truth. Two values compare in one
 * of four ways: equal, less, greater, or not at all, so all comparisons of a pair are two variables
 * of the table (one if they are asked for equality alone); any other truth value is a variable
 * itself. A value that compares with several numbers does so in their order: what is above 2 is
 * above 0, and a remainder by 2 is 0 or 1, so that some assignments of values never are. A part of
 * a condition is dropped if it has one value wherever the others leave it a say: B in A || !A && B.
 * What is asked first keeps what is asked later from being computed: such a guard is only dropped
 * in front of what is cheap and defined everywhere. */
#include <assert.h>

#include "graph/graph.h"

NodeId build_true(Graph *g) { return build_int(g, 1); }
NodeId build_false(Graph *g) { return build_int(g, 0); }

bool node_is_bool(const Graph *g, NodeId node)
{
    return op_info(node_op(g, node))->flags & OPF_BOOL || node_is_int(g, node, 0) ||
           node_is_int(g, node, 1);
}

NodeId build_truth(Graph *g, NodeId node)
{
    if (node_is_bool(g, node))
        return node;
    const Node *n = node_at(g, node);
    if (n->op == OP_SELECT && node_is_int(g, n->b, 1) && node_is_int(g, n->c, 0))
        return n->a;
    return build2(g, OP_NE, node, build_int(g, 0));
}

NodeId build_real(Graph *g, NodeId node)
{
    if (!(op_info(node_op(g, node))->flags & OPF_BOOL))
        return node;
    NodeId one = build_int(g, 1), zero = build_int(g, 0);
    return build_select(g, node, one, zero);
}

NodeId build_select(Graph *g, NodeId condition, NodeId yes, NodeId no)
{
    if (node_number(g, condition))
        return node_is_int(g, condition, 0) ? no : yes;
    if (yes == no)
        return yes;
    if (node_op(g, condition) == OP_NOT)
        return graph_put(g, OP_SELECT, node_at(g, condition)->a, no, yes);
    return graph_put(g, OP_SELECT, condition, yes, no);
}

int logic_operands(const Graph *g, NodeId condition, int most)
{
    const Node *n = node_at(g, condition);
    if (most <= 0 || (n->op != OP_AND && n->op != OP_OR))
        return 1;
    int left = logic_operands(g, n->a, most - 1);
    return left + logic_operands(g, n->b, most - left);
}

NodeId build_not(Graph *g, NodeId a)
{
    const Node *n = node_at(g, a);
    if (node_number(g, a))
        return node_is_int(g, a, 0) ? build_true(g) : build_false(g);
    if (n->op == OP_NOT)
        return n->a;
    if (n->op == OP_EQ || n->op == OP_NE) /* true of NaN, too */
        return graph_put(g, n->op == OP_EQ ? OP_NE : OP_EQ, n->a, n->b, 0);
    if (op_is_comparison((Op)n->op) && node_is_integer(g, n->a) && node_is_integer(g, n->b))
        return graph_put(g, op_opposite((Op)n->op), n->a, n->b, 0); /* neither is a NaN */
    return graph_put(g, OP_NOT, a, 0, 0);
}

/* ---- what a condition is made of */

/* Longer conditions, or of more variables, are left as they are. */
enum { MAX_JOINTS = 16, MAX_VARIABLES = 8, WORDS = 1 << (MAX_VARIABLES - 6) };

typedef struct Table {
    uint64_t at[WORDS]; /* a bit for each assignment of values to the variables */
} Table;

/* What is compared, or a truth value that is no comparison. */
typedef struct Pair {
    NodeId a, b;     /* b = 0: a is a truth value */
    bool ordered;    /* is it asked for more than equality? */
    bool integer;    /* then they always compare, with a literal, too */
    int variable;    /* its first */
    Table asked;     /* where it is, in the condition that came in */
} Pair;

typedef struct Logic {
    Graph *g;
    Pair pairs[MAX_JOINTS + 1];
    int count;       /* of pairs */
    int joints;      /* how many && and || there are */
    bool common;     /* is a pair, or a value beside numbers, asked for in both conditions? */
    int words;       /* of a table that are used */
    Table possible;  /* what assignments there are */
    bool guarded;    /* is every guard kept for what is asked behind it? */
} Logic;

/* The value of an element that is read at the subscripts where it is made; 0 if it is none. */
static NodeId made_here(const Graph *g, const Node *read)
{
    const Node *array = node_at(g, read->a);
    if (array->op != OP_ARRAY || array->c != ARRAY_SET || tuple_size(g, array->a) != 1)
        return 0;
    const Node *part = node_at(g, tuple_item(g, array->a, 0));
    return part->b == read->b ? part->a : 0;
}

/* What is compared by its name is what it is. */
static NodeId behind_names(const Graph *g, NodeId id)
{
    NodeId next = id;
    do {
        const Node *n = node_at(g, id = next);
        next = n->op == OP_NAME || n->op == OP_TEMP ? n->a : n->op == OP_READ ? made_here(g, n) : 0;
    } while (next);
    return id;
}

static Pair pair_of(const Graph *g, NodeId leaf)
{
    const Node n = *node_at(g, leaf);
    if (!op_is_comparison((Op)n.op))
        return (Pair){.a = leaf};
    const NodeId a = behind_names(g, n.a), b = behind_names(g, n.b);
    return (Pair){.a = a < b ? a : b,
                  .b = a < b ? b : a,
                  .ordered = n.op != OP_EQ && n.op != OP_NE,
                  .integer = (node_at(g, n.a)->flags | node_at(g, n.b)->flags) & NODE_INT};
}

static Pair *find_pair(Logic *l, const Pair *p)
{
    for (int i = 0; i < l->count; i++)
        if (l->pairs[i].a == p->a && l->pairs[i].b == p->b)
            return &l->pairs[i];
    return NULL;
}

/* The number that is compared with, and the value; 0 if there is none, or but numbers. */
static NodeId number_in(const Graph *g, const Pair *p)
{
    const bool first = p->b && node_op(g, p->a) == OP_CONST,
               second = p->b && node_op(g, p->b) == OP_CONST;
    return first == second ? 0 : first ? p->a : p->b;
}

static NodeId value_in(const Graph *g, const Pair *p)
{
    const NodeId number = number_in(g, p);
    return !number ? 0 : number == p->a ? p->b : p->a;
}

/* Is the value that of one of the first pairs, too, beside another number? */
static bool is_beside(const Logic *l, const Pair *p, int pairs)
{
    const NodeId value = value_in(l->g, p);
    for (int i = 0; value && i < pairs; i++)
        if (value_in(l->g, &l->pairs[i]) == value)
            return true;
    return false;
}

/* Notes what the condition is made of; false if it is too long. So many pairs are of another. */
static bool note_leaves(Logic *l, NodeId condition, int other)
{
    const Node n = *node_at(l->g, condition);
    if (n.op == OP_NOT)
        return note_leaves(l, n.a, other);
    if (n.op == OP_AND || n.op == OP_OR)
        return ++l->joints < MAX_JOINTS && note_leaves(l, n.a, other) && note_leaves(l, n.b, other);
    const Pair pair = pair_of(l->g, condition);
    Pair *known = find_pair(l, &pair);
    if (known) {
        known->ordered |= pair.ordered;
        l->common |= known - l->pairs < other;
    } else {
        l->common |= is_beside(l, &pair, other);
        l->pairs[l->count++] = pair;
    }
    return true;
}

static bool give_variables(Logic *l)
{
    int count = 0;
    for (int i = 0; i < l->count; i++) {
        l->pairs[i].variable = count;
        count += l->pairs[i].ordered ? 2 : 1;
    }
    l->words = count > 6 ? 1 << (count - 6) : 1;
    return count <= MAX_VARIABLES;
}

/* ---- tables */

static uint64_t variable_word(int variable, int word)
{
    static const uint64_t within[] = {0xaaaaaaaaaaaaaaaa, 0xcccccccccccccccc, 0xf0f0f0f0f0f0f0f0,
                                      0xff00ff00ff00ff00, 0xffff0000ffff0000, 0xffffffff00000000};
    return variable < 6 ? within[variable] : word >> (variable - 6) & 1 ? UINT64_MAX : 0;
}

/* One word of a comparison's table. Two variables: neither for equal, the first for less, the
 * second for greater, both for not at all. */
static uint64_t comparison_word(const Pair *p, Op op, bool swapped, int word)
{
    const uint64_t one = variable_word(p->variable, word);
    const uint64_t two = p->ordered ? variable_word(p->variable + 1, word) : 0;
    const uint64_t equal = p->integer ? ~(one ^ two) : ~(one | two);
    const uint64_t below = one & ~two, above = two & ~one;
    switch (op) {
    case OP_NE: return ~equal;
    case OP_LT: return swapped ? above : below;
    case OP_LE: return equal | (swapped ? above : below);
    case OP_GT: return swapped ? below : above;
    case OP_GE: return equal | (swapped ? below : above);
    default: return equal;
    }
}

static Table leaf_table(Logic *l, NodeId leaf)
{
    const Node n = *node_at(l->g, leaf);
    const Pair pair = pair_of(l->g, leaf), *known = find_pair(l, &pair);
    const bool turned = known && behind_names(l->g, n.a) != known->a;
    Table t = {{0}};
    for (int i = 0; i < l->words; i++)
        t.at[i] = !known     ? (node_is_int(l->g, leaf, 0) ? 0 : UINT64_MAX)
                  : known->b ? comparison_word(known, (Op)n.op, turned, i)
                             : variable_word(known->variable, i);
    return t;
}

static Table table_of(Logic *l, NodeId condition)
{
    const Node n = *node_at(l->g, condition);
    if (n.op != OP_AND && n.op != OP_OR && n.op != OP_NOT)
        return leaf_table(l, condition);
    Table t = table_of(l, n.a);
    const Table other = n.op == OP_NOT ? t : table_of(l, n.b);
    for (int i = 0; i < l->words; i++)
        t.at[i] = n.op == OP_AND ? t.at[i] & other.at[i]
                  : n.op == OP_OR ? t.at[i] | other.at[i] : ~t.at[i];
    return t;
}

/* ---- numbers in their order */

/* How far the second number is above the first: 0 if it is not, 1 if it is the next integer, else
 * 2. Numbers that round to the same are none that a value can be between. */
static int step_between(const Graph *g, NodeId first, NodeId second)
{
    enum { FLOAT_BITS = 24 };
    long a, b;
    mpfr_t low, high;
    if (node_integer(g, first, &a) && node_integer(g, second, &b))
        return a >= b ? 0 : a + 1 == b ? 1 : 2;
    mpfr_inits2(FLOAT_BITS, low, high, (mpfr_ptr)0);
    number_get(node_number(g, first), low);
    number_get(node_number(g, second), high);
    const int step = mpfr_less_p(low, high) ? 2 : 0;
    mpfr_clears(low, high, (mpfr_ptr)0);
    return step;
}

/* In one word of a table: where the value compares so with the number of its pair. */
typedef struct Sides {
    uint64_t below, equal, above;
} Sides;

static Sides sides_word(const Logic *l, const Pair *p, int word)
{
    const bool swapped = number_in(l->g, p) == p->a;
    return (Sides){comparison_word(p, OP_LT, swapped, word),
                   comparison_word(p, OP_EQ, swapped, word),
                   comparison_word(p, OP_GT, swapped, word)};
}

/* One word of what cannot be of a value beside two numbers, the second so far above the first. */
static uint64_t impossible_word(const Logic *l, const Pair *p, const Pair *q, int step, int word)
{
    const Sides low = sides_word(l, p, word), high = sides_word(l, q, word);
    uint64_t never = low.equal & high.equal;
    if (p->ordered)
        never |= high.equal & ~low.above;
    if (q->ordered)
        never |= low.equal & ~high.below;
    if (!p->ordered || !q->ordered)
        return never;
    never |= (low.below & ~high.below) | (high.above & ~low.above);
    never |= ~(low.below | low.equal | low.above) ^ ~(high.below | high.equal | high.above);
    return p->integer && step == 1 ? never | (low.above & high.below) : never;
}

/* How many values the remainder by a number has, from 0 on; 0 if it is none, or there are many. */
static long remainders_of(const Graph *g, NodeId value)
{
    enum { MOST = MAX_VARIABLES };
    long divisor;
    const Node *n = node_at(g, value);
    return n->op == OP_IMOD && node_integer(g, n->b, &divisor) && divisor > 0 && divisor <= MOST
               ? divisor : 0;
}

/* In one word of a table: where the value of a pair's stands to its number as this one does. */
static uint64_t stands_word(const Logic *l, const Pair *p, long value, int word)
{
    const Sides sides = sides_word(l, p, word);
    long number;
    if (!node_integer(l->g, number_in(l->g, p), &number))
        return UINT64_MAX;
    if (!p->ordered)
        return value == number ? sides.equal : ~sides.equal;
    return value == number ? sides.equal : value < number ? sides.below : sides.above;
}

/* A remainder is one of few integers. */
static void leave_remainders(Logic *l)
{
    for (int i = 0; i < l->count; i++) {
        const NodeId value = value_in(l->g, &l->pairs[i]);
        const long count = value ? remainders_of(l->g, value) : 0;
        for (int w = 0; count && w < l->words; w++) {
            uint64_t any = 0;
            for (long x = 0; x < count; x++) {
                uint64_t all = UINT64_MAX;
                for (int k = 0; k < l->count; k++)
                    if (value_in(l->g, &l->pairs[k]) == value)
                        all &= stands_word(l, &l->pairs[k], x, w);
                any |= all;
            }
            l->possible.at[w] &= any;
        }
    }
}

/* What assignments there are, of all that are numbered. */
static void find_possible(Logic *l)
{
    for (int i = 0; i < l->words; i++)
        l->possible.at[i] = UINT64_MAX;
    for (int i = 0; i < l->count; i++)
        for (int k = 0; k < l->count; k++) {
            const Pair *p = &l->pairs[i], *q = &l->pairs[k];
            const NodeId value = value_in(l->g, p);
            const bool beside = i != k && value && value_in(l->g, q) == value;
            const int step =
                beside ? step_between(l->g, number_in(l->g, p), number_in(l->g, q)) : 0;
            for (int w = 0; step && w < l->words; w++)
                l->possible.at[w] &= ~impossible_word(l, p, q, step, w);
        }
    leave_remainders(l);
}

/* ---- what is so wherever it matters */

/* Where the one holds, and the other does, or does not. */
static Table with(const Logic *l, const Table *one, const Table *other, bool holds)
{
    Table t = {{0}};
    for (int i = 0; i < l->words; i++)
        t.at[i] = one->at[i] & (holds ? other->at[i] : ~other->at[i]);
    return t;
}

/* Is it the same wherever it matters? */
static bool is_constant(const Logic *l, const Table *t, const Table *matters, bool value)
{
    for (int i = 0; i < l->words; i++)
        if (matters->at[i] & (value ? ~t->at[i] : t->at[i]))
            return false;
    return true;
}

/* ---- what may be asked without the guard in front of it */

/* Does an index run over no more than the axis? */
static bool is_over_axis(Graph *g, NodeId subscript, NodeId extent)
{
    const Index index = *index_at(g, node_at(g, subscript)->a);
    const Number *room = node_number(g, build2(g, OP_SUB, extent, index.upper));
    return node_is_int(g, index.lower, 0) && room && number_sign(room) >= 0;
}

bool logic_may_be_outside(Graph *g, TupleId at, TupleId shape)
{
    for (uint32_t i = 0; i < tuple_size(g, at); i++) {
        const NodeId subscript = tuple_item(g, at, i);
        if (node_op(g, subscript) != OP_CONST &&
            (node_op(g, subscript) != OP_INDEX ||
             !is_over_axis(g, subscript, tuple_item(g, shape, i))))
            return true;
    }
    return false;
}

/* May the element be none? */
static bool is_beyond(Graph *g, NodeId element)
{
    const Node n = *node_at(g, element);
    const TupleId shape = n.op == OP_READ ? node_shape(g, n.a) : sym_at(g, n.a)->shape;
    return n.b && logic_may_be_outside(g, n.b, shape);
}

/* What derivatives test is computed for other reasons, too; it may be dear. */
static bool is_harmless(Graph *g, NodeId leaf)
{
    enum { MOST = 32 };
    NodeId stack[MOST];
    int depth = 0, looked = 0;
    const bool derived = node_is_derived(g, leaf);
    stack[depth++] = leaf;
    while (depth) {
        const NodeId id = stack[--depth];
        const Op op = node_op(g, id);
        const bool element = op == OP_REF || op == OP_READ || op == OP_OWN;
        if (looked++ == MOST || (element && is_beyond(g, id)) ||
            !(derived || op_info(op)->flags & OPF_CHEAP))
            return false;
        if (op == OP_READ)
            continue;
        for (int i = 0; i < node_arity(g, id); i++) {
            if (depth == MOST)
                return false;
            stack[depth++] = node_operand(g, id, i);
        }
    }
    return true;
}

/* Notes where each comparison of the condition is asked; or, if that is noted, tells whether none
 * is asked where it was not. What is harmless may be. */
static bool is_asked(Logic *l, NodeId condition, const Table *asked, bool note)
{
    const Node n = *node_at(l->g, condition);
    if (n.op == OP_NOT)
        return is_asked(l, n.a, asked, note);
    if (n.op == OP_AND || n.op == OP_OR) {
        const Table first = table_of(l, n.a), second = with(l, asked, &first, n.op == OP_AND);
        return is_asked(l, n.a, asked, note) && is_asked(l, n.b, &second, note);
    }
    const Pair pair = pair_of(l->g, condition);
    Pair *known = find_pair(l, &pair);
    if (!note)
        return !known || is_constant(l, &known->asked, asked, true) || is_harmless(l->g, condition);
    for (int i = 0; i < l->words; i++)
        known->asked.at[i] |= asked->at[i];
    return true;
}

/* ---- shorter ones */

static NodeId joined(Graph *g, Op op, NodeId a, NodeId b)
{
    const bool neutral = op == OP_AND; /* true && b is b, false || b, too */
    if (node_number(g, a))
        return node_is_int(g, a, neutral) ? b : a;
    if (node_number(g, b))
        return node_is_int(g, b, neutral) ? a : b;
    return graph_put(g, op, a, b, 0);
}

/* The condition, whose table is `all`, where it is asked, at `asked`, and its answer matters at
 * `matters` alone. */
static NodeId shorter(Logic *l, NodeId condition, const Table *all, const Table *asked,
                      const Table *matters)
{
    const Node n = *node_at(l->g, condition);
    if (is_constant(l, all, matters, false))
        return build_false(l->g);
    if (is_constant(l, all, matters, true))
        return build_true(l->g);
    if (n.op == OP_NOT) {
        const Table inner = with(l, matters, all, false);
        const NodeId a = shorter(l, n.a, &inner, asked, matters);
        return a == n.a ? condition : build_not(l->g, a);
    }
    if (n.op != OP_AND && n.op != OP_OR)
        return condition;
    const bool holds = n.op == OP_AND; /* where the first operand does, the second is asked */
    const Table one = table_of(l, n.a), two = table_of(l, n.b);
    const Table differs = with(l, matters, &one, holds), decides = with(l, matters, &two, holds);
    if (is_constant(l, &two, &differs, holds))
        return shorter(l, n.a, &one, asked, matters);
    const NodeId a = shorter(l, n.a, &one, asked, l->guarded ? asked : &decides);
    const Table first = a == n.a ? one : table_of(l, a), reached = with(l, asked, &first, holds),
                counts = with(l, matters, &first, holds);
    const NodeId b = shorter(l, n.b, &two, &reached, &counts);
    return a == n.a && b == n.b ? condition : joined(l->g, (Op)n.op, a, b);
}

/* Of a condition that is not yet as short as it can be. */
static NodeId shortest(Logic *l, NodeId condition)
{
    NodeId before;
    find_possible(l);
    const Table always = l->possible;
    is_asked(l, condition, &always, true);
    do {
        const Table all = table_of(l, condition);
        before = condition;
        l->guarded = false;
        condition = shorter(l, before, &all, &always, &always);
        l->guarded = condition != before && !is_asked(l, condition, &always, false);
        if (l->guarded)
            condition = shorter(l, before, &all, &always, &always);
    } while (condition != before);
    return condition;
}

/* What has nothing in common says nothing about each other. */
static NodeId build_logic(Graph *g, Op op, NodeId a, NodeId b)
{
    if (a == b)
        return a;
    if (node_number(g, a) || node_number(g, b))
        return joined(g, op, a, b);
    Logic l;
    l.g = g;
    l.count = l.joints = 0;
    l.common = false;
    bool known = note_leaves(&l, a, 0);
    known = known && note_leaves(&l, b, l.count);
    const NodeId condition = graph_put(g, op, a, b, 0);
    return known && l.common && give_variables(&l) ? shortest(&l, condition) : condition;
}

NodeId build_and(Graph *g, NodeId a, NodeId b) { return build_logic(g, OP_AND, a, b); }
NodeId build_or(Graph *g, NodeId a, NodeId b) { return build_logic(g, OP_OR, a, b); }
