/* Signs and sums of integer nodes: what is said to be proved is held to all values up to a few. */
#include <check.h>
#include <string.h>

#include "checked.h"
#include "each.h"
#include "integers.h"

enum { DIMS = 2, INDICES = 3, MOST = 5, NODES = 24, TRIALS = 400, PROVED = 60 };

static Ctx *ctx;
static Graph *g;
static SymId dims[DIMS];
static IndexId indices[INDICES];
static long values[DIMS + INDICES];

static NodeId dim(int k) { return build_ref(g, dims[k], 0); }

/* Two dims n and m; i over 0..n, j over i..n + 1 within it, k over 0..max(m - 1, 0). */
static void setup(void)
{
    static const char *const names[] = {"n", "m", "i", "j", "k"};
    ctx = ctx_new();
    g = graph_new(ctx);
    for (int k = 0; k < DIMS; k++)
        dims[k] = sym_new(g, name_of(ctx, names[k]), SYM_DIM, 0);
    NodeId one = build_int(g, 1), zero = build_int(g, 0);
    indices[0] = index_of(g, name_of(ctx, names[2]), zero, dim(0), 0);
    indices[1] = index_of(g, name_of(ctx, names[3]), build_index(g, indices[0]),
                          build2(g, OP_ADD, dim(0), one), 0);
    indices[2] = index_of(g, name_of(ctx, names[4]), zero,
                          build2(g, OP_MAX, build2(g, OP_SUB, dim(1), one), zero), 0);
}

static void teardown(void) { ctx_free(ctx); }

/* ---- values */

static long value_of_leaf(Graph *graph, const Node *leaf, const void *with)
{
    (void)graph, (void)with;
    if (leaf->op == OP_REF)
        return values[leaf->a == dims[0] ? 0 : 1];
    return values[DIMS + (leaf->a == indices[0] ? 0 : leaf->a == indices[1] ? 1 : 2)];
}

static long value_of(NodeId id, bool *undefined)
{
    return integer_value(g, id, value_of_leaf, NULL, undefined);
}

/* Calls `see` for all values of dims and indices; those that are not in the node may be anything. */
static void for_all(SetId set, void see(void *with), void *with)
{
    for (values[0] = 0; values[0] <= MOST; values[0]++)
        for (values[1] = 0; values[1] <= MOST; values[1]++) {
            long i_end = set_has(g, set, indices[0]) ? values[0] : 1;
            for (values[2] = 0; values[2] < i_end; values[2]++) {
                long j_end = set_has(g, set, indices[1]) ? values[0] + 1 : values[2] + 1;
                for (values[3] = values[2]; values[3] < j_end; values[3]++) {
                    long k_end = set_has(g, set, indices[2]) ? values[1] - 1 : 1;
                    for (values[4] = 0; values[4] < k_end; values[4]++)
                        see(with);
                }
            }
        }
}

typedef struct Claim {
    NodeId node, fact; /* where the fact is not below 0, the node is not */
    NodeId other;      /* 0, or what the node equals */
    bool holds;
} Claim;

static void see_claim(void *with)
{
    Claim *c = with;
    bool undefined = false;
    bool applies = !c->fact || value_of(c->fact, &undefined) >= 0;
    long value = value_of(c->node, &undefined);
    if (applies && !undefined)
        c->holds = c->holds && (c->other ? value == value_of(c->other, &undefined) : value >= 0);
}

static bool holds(NodeId node, NodeId fact, NodeId other)
{
    Claim c = {node, fact, other, true};
    SetId set = node_at(g, node)->free;
    set = fact ? set_union(g, set, node_at(g, fact)->free) : set;
    for_all(other ? set_union(g, set, node_at(g, other)->free) : set, see_claim, &c);
    return c.holds;
}

/* ---- random nodes */

static uint32_t state;

static uint32_t draw(uint32_t below)
{
    state = state * 1664525u + 1013904223u;
    return (state >> 16) % below;
}

static NodeId random_node(uint32_t size)
{
    static const Op ops[] = {OP_ADD, OP_SUB, OP_SUB, OP_MUL, OP_MIN, OP_MAX, OP_IDIV, OP_IMOD};
    NodeId made[NODES];
    uint32_t count = 0;
    made[count++] = build_int(g, (long)draw(3));
    made[count++] = dim((int)draw(DIMS));
    made[count++] = build_index(g, indices[draw(INDICES)]);
    while (count < size) {
        Op op = ops[draw(sizeof ops / sizeof *ops)];
        NodeId a = made[draw(count)], b = made[draw(count)];
        if (op == OP_IDIV || op == OP_IMOD)
            b = op == OP_IMOD && draw(2) ? dim((int)draw(DIMS)) : build_int(g, 1 + (long)draw(4));
        made[count++] = build2(g, op, a, b);
    }
    return made[count - 1];
}

START_TEST(what_is_proved_is_true)
{
    uint32_t proved = 0;
    for (uint32_t trial = 0; trial < TRIALS; trial++) {
        state = (uint32_t)_i * TRIALS + trial;
        NodeId node = random_node(4 + draw(6)), fact = draw(2) ? random_node(4 + draw(3)) : 0;
        Text text = text_new(ctx);
        extent_text(g, node, &text);
        text_put(&text, fact ? " where " : "");
        if (fact)
            extent_text(g, fact, &text);
        if (extent_nonnegative(g, node, &fact, fact != 0)) {
            ck_assert_msg(holds(node, fact, 0), "not always 0 or more: %s", text.at);
            proved++;
        }
        NodeId least = extent_least(g, node, NULL, 0), most = extent_most(g, node, NULL, 0);
        if (least)
            ck_assert_msg(holds(build2(g, OP_SUB, node, least), 0, 0), "sometimes less: %s", text.at);
        if (most)
            ck_assert_msg(holds(build2(g, OP_SUB, most, node), 0, 0), "sometimes more: %s", text.at);
        text_free(&text);
    }
    ck_assert_uint_ge(proved, PROVED);
}
END_TEST

START_TEST(sums_keep_their_value)
{
    for (uint32_t trial = 0; trial < TRIALS; trial++) {
        state = (uint32_t)_i * TRIALS + trial;
        NodeId a = random_node(4 + draw(6)), b = random_node(4 + draw(6));
        NodeId sum = extent_plus(g, extent_plus(g, a, b), a);
        ck_assert(holds(sum, 0, build2(g, OP_ADD, build2(g, OP_ADD, a, b), a)));
    }
}
END_TEST

/* ---- what people write */

/* Of sizes, whether it is seen that they are not below 0. */
static const struct { const char *size; bool seen; } sizes[] = {
    {"n", true}, {"n - 1", false}, {"n*(n-1)/2", true}, {"n*(n+1)/2 - n", true}, {"n^2 - 3*n + 2", true},
    {"n^2 - 3*n + 1", false}, {"n*m - n", false}, {"n - n/2", true}, {"n - 2*(n/2)", true},
    {"n/2*2 + 1 - n", true}, {"n - 3*(n/2)", false}, {"max(n-1, 0)", true}, {"n - max(n-1, 0)", true},
    {"n - min(n, m)", true}, {"max(n, m) - m", true}, {"n + m - max(n, m)", true}, {"min(n, m) - 1", false},
    {"m - m % 5", false}, {"4 - m % 5", true}, {"n/2 - max(n/2 - m, 0)", true}, {"2*n*m + 1 - 2*n", false},
    {"n^2 + m^2 - 2*n*m", false}, {"n - (n + 1)/2", true}, {"n - (n + 2)/2", false},
};

START_TEST(sizes_need_no_precondition)
{
    Text text = text_new(ctx);
    text_printf(&text, "dim n, m\ninput x[%s]\nf = 1\n", sizes[_i].size);
    Unit *u = checked(ctx, text.at);
    ck_assert_uint_eq(diag_errors(ctx), 0);
    ck_assert_uint_eq(u->preconditions.count, !sizes[_i].seen);
}
END_TEST

/* Sums, an addend after the other, as they come out. */
static const struct { const char *addends[5], *sum; } sums[] = {
    {{"n", "n", "n"}, "3*n"}, {{"n", "m", "n"}, "2*n + m"}, {{"n - 1", "n - 1"}, "2*n - 2"},
    {{"n*m", "m", "m*n"}, "2*n*m + m"}, {{"1", "n", "2"}, "n + 3"}, {{"n*(n+1)/2", "n*(n+1)/2"}, "2*(n*(n+1)/2)"},
    {{"2*n", "n"}, "3*n"}, {{"n", "max(n, m)", "max(n, m)"}, "n + 2*max(n, m)"}, {{"n - m", "m"}, "n"},
};

START_TEST(equal_addends_are_counted)
{
    Text text = text_new(ctx);
    text_put(&text, "dim n, m\nf = 1\n");
    for (int k = 0; sums[_i].addends[k]; k++)
        text_printf(&text, "input x%d[%s]\n", k, sums[_i].addends[k]);
    Unit *u = checked(ctx, text.at);
    ck_assert_uint_eq(diag_errors(ctx), 0);
    NodeId sum = build_int(u->graph, 0);
    for (int k = 0; sums[_i].addends[k]; k++)
        sum = extent_plus(u->graph, sum, tuple_item(u->graph, u->entities.at[2 + k].shape, 0));
    text.len = 0;
    extent_text(u->graph, sum, &text);
    ck_assert_str_eq(text.at, sums[_i].sum);
}
END_TEST

/* Equations of one array, and how many columns it has: as many as elements need, and none for rows
 * that are none. In the last one n may be 0, and there is an element. */
static const struct { const char *equations, *columns; } tables[] = {
    {"a[i in 0..n, j in 0..n] = 1", "n"},
    {"a[i in 0..n, 0] = 1\na[i in 0..n, j in 1..i+1] = 2", "n"},
    {"a[i in 0..n, j in 1..i+1] = 2\na[i in 0..n, 0] = 1", "n"},
    {"a[i in 0..n, 0] = 1\na[i in 0..m, j in 1..i+1] = 2", "max(1, m)"},
    {"a[i in 0..n, 0] = 1\na[n, 0] = 3\na[i in 0..n, j in 1..i+1] = 2", "max(1, n)"},
};

START_TEST(columns_are_those_of_elements)
{
    Text text = text_new(ctx);
    text_printf(&text, "dim n, m\ninput x\n%s\n", tables[_i].equations);
    Unit *u = checked(ctx, text.at);
    const TupleId shape = u->entities.at[unit_find(u, name_of(ctx, "a"))].shape;
    ck_assert_uint_eq(diag_errors(ctx), 0);
    text.len = 0;
    extent_text(u->graph, tuple_item(u->graph, shape, 1), &text);
    ck_assert_str_eq(text.at, tables[_i].columns);
}
END_TEST

Suite *suite_extent(void);
Suite *suite_extent(void)
{
    Suite *s = suite_create("extent");
    TCase *t = tcase_create("extent");
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_loop_test(t, what_is_proved_is_true, 0, 20);
    tcase_add_loop_test(t, sums_keep_their_value, 0, 2);
    tcase_add_loop_test(t, sizes_need_no_precondition, 0, sizeof sizes / sizeof *sizes);
    tcase_add_loop_test(t, equal_addends_are_counted, 0, sizeof sums / sizeof *sums);
    tcase_add_loop_test(t, columns_are_those_of_elements, 0, sizeof tables / sizeof *tables);
    suite_add_tcase(s, t);
    return s;
}
