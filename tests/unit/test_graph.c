/* The graph by its own interface: consing, free indices, folding, and a matrix product derived,
 * planned and emitted as loops. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "emit/emit.h"

static Ctx *ctx;
static Graph *g;

static void setup(void)
{
    ctx = ctx_new();
    g = graph_new(ctx);
}

static void teardown(void)
{
    ck_assert_ptr_null(graph_verify(g));
    ctx_free(ctx);
}

static NodeId input(const char *name)
{
    return build_ref(g, sym_new(g, name_of(ctx, name), SYM_INPUT, 0), 0);
}

START_TEST(equal_nodes_are_one)
{
    NodeId x = input("x"), y = input("y");
    ck_assert_uint_eq(build2(g, OP_ADD, x, y), build2(g, OP_ADD, y, x));
    ck_assert_uint_ne(build2(g, OP_SUB, x, y), build2(g, OP_SUB, y, x));
    ck_assert_uint_eq(build_int(g, 7), build_ratio(g, 14, 2));
}
END_TEST

START_TEST(names_are_never_merged)
{
    NodeId sum = build2(g, OP_ADD, input("x"), input("y"));
    SymId a = sym_new(g, name_of(ctx, "a"), SYM_DEF, 0), b = sym_new(g, name_of(ctx, "b"), SYM_DEF, 0);
    ck_assert_uint_ne(build_name(g, a, sum, 0), build_name(g, b, sum, 0));
}
END_TEST

START_TEST(constants_fold_exactly)
{
    NodeId tenth = build_ratio(g, 1, 10), fifth = build_ratio(g, 2, 10);
    ck_assert_uint_eq(build2(g, OP_ADD, tenth, fifth), build_ratio(g, 3, 10));
    ck_assert_uint_eq(build1(g, OP_SQRT, build_int(g, 16)), build_int(g, 4));
    ck_assert_uint_eq(build2(g, OP_POW, build_ratio(g, 2, 3), build_int(g, -2)), build_ratio(g, 9, 4));
    /* what was rounded is compared as rounded */
    NodeId two_thirds = build_ratio(g, 2, 3), root = build1(g, OP_SQRT, build_ratio(g, 4, 9));
    ck_assert_uint_eq(build2(g, OP_EQ, root, two_thirds), build_true(g));
    ck_assert_uint_eq(build2(g, OP_GE, build1(g, OP_RELU, two_thirds), two_thirds), build_true(g));
    ck_assert_uint_eq(build2(g, OP_EQ, tenth, build_ratio(g, 1000000001, 10000000000)),
                      build_false(g));
    NodeId zero = build1(g, OP_NEG, build_int(g, 0)); /* a zero with a sign is not the integer */
    ck_assert_uint_ne(zero, build_int(g, 0));
    ck_assert(!node_is_int(g, zero, 0));
}
END_TEST

START_TEST(released_nodes_are_forgotten)
{
    NodeId x = input("x");
    uint32_t mark = graph_mark(g);
    NodeId s = build1(g, OP_SIN, x);
    graph_release(g, mark);
    ck_assert_uint_eq(graph_count(g), mark);
    ck_assert_uint_eq(build1(g, OP_COS, x), s); /* the same place, another node */
    ck_assert_uint_ne(build1(g, OP_SIN, x), s);
}
END_TEST

/* All indices of a graph are looked at by some passes: none may lead to a node that is gone. */
START_TEST(ranges_of_released_nodes_are_none)
{
    const NodeId first = build_int(g, 0), last = build_int(g, 3);
    const IndexId stays = index_of(g, name_of(ctx, "i"), first, last, 0);
    const uint32_t mark = graph_mark(g);
    const NodeId far = build_int(g, 100000);
    const IndexId goes = index_of(g, name_of(ctx, "k"), first, far, 0);
    graph_release(g, mark);
    ck_assert_uint_eq(index_at(g, stays)->upper, last);
    ck_assert_uint_eq(index_at(g, goes)->upper, 0);
    ck_assert(!index_is_empty(g, goes));
    const NodeId other = build_int(g, 100001); /* in the place of the one that is gone */
    ck_assert_uint_ne(index_of(g, name_of(ctx, "k"), first, other, 0), goes);
}
END_TEST

/* n + a and n + b - 2 + c as they stand: empty for any n, or not. */
START_TEST(ranges_without_turns_are_empty)
{
    static const struct { int a, b, c; bool empty; } cases[] = {
        {2, 1, 2, true}, {1, 1, 2, true}, {1, 2, 2, false}, {0, 1, 1, true}, {-3, -2, 2, false},
        {-1, -2, 2, true}, {5, 7, 0, true}, {5, 7, 1, false},
    };
    const NodeId n = build_ref(g, sym_new(g, name_of(ctx, "n"), SYM_DIM, 0), 0);
    const NodeId m = build_ref(g, sym_new(g, name_of(ctx, "m"), SYM_DIM, 0), 0);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const NodeId lower = build2(g, OP_ADD, n, build_int(g, cases[i].a));
        const NodeId most = build2(g, OP_ADD, build_int(g, cases[i].b), n);
        const NodeId less = build2(g, OP_SUB, most, build_int(g, 2));
        const NodeId upper = build2(g, OP_ADD, less, build_int(g, cases[i].c));
        const IndexId same = index_of(g, name_of(ctx, "i"), lower, upper, 0);
        ck_assert_msg(index_is_empty(g, same) == cases[i].empty, "case %d", (int)i);
        ck_assert(!index_is_empty(g, index_of(g, name_of(ctx, "i"), m, upper, 0)));
        ck_assert(!index_is_empty(g, index_of(g, name_of(ctx, "i"), lower, m, 0)));
    }
}
END_TEST

/* The one is at most the other, and no less is known of it. */
static void expect_at_most(NodeId a, NodeId b)
{
    ck_assert(bound_at_most(g, a, b, 0));
    ck_assert(!bound_at_most(g, a, b, 1));
}

static NodeId ranging(const char *name, NodeId lower, NodeId upper)
{
    return build_index(g, index_of(g, name_of(ctx, name), lower, upper, 0));
}

/* Each bound is reached, so that one more is too much. */
START_TEST(integers_are_bounded_by_their_ranges)
{
    const NodeId zero = build_int(g, 0), one = build_int(g, 1);
    const NodeId n = build_ref(g, sym_new(g, name_of(ctx, "n"), SYM_DIM, 0), 0);
    const NodeId m = build_ref(g, sym_new(g, name_of(ctx, "m"), SYM_DIM, 0), 0);
    const NodeId i = ranging("i", zero, n);
    const NodeId j = ranging("j", build_int(g, -1), build2(g, OP_ADD, i, one));
    const NodeId k = ranging("k", j, build2(g, OP_ADD, j, one));
    expect_at_most(i, build2(g, OP_SUB, n, one));
    expect_at_most(zero, i);
    expect_at_most(k, build2(g, OP_SUB, n, one)); /* by three ranges within each other */
    expect_at_most(build_int(g, -1), k);
    const NodeId low = ranging("l", n, m), lower = ranging("l", low, m);
    expect_at_most(n, ranging("l", lower, m));
    expect_at_most(build2(g, OP_ADD, build_int(g, 3), i), /* n - 1 + 3 */
                   build2(g, OP_ADD, build2(g, OP_SUB, n, build_int(g, 2)), build_int(g, 4)));
}
END_TEST

/* Sizes, and what is made of them, are 0 or more; of others that is not known. */
START_TEST(sums_and_products_of_sizes_are_natural)
{
    const NodeId zero = build_int(g, 0);
    const NodeId n = build_ref(g, sym_new(g, name_of(ctx, "n"), SYM_DIM, 0), 0);
    const NodeId m = build_ref(g, sym_new(g, name_of(ctx, "m"), SYM_DIM, 0), 0);
    const NodeId i = ranging("i", zero, n), below = ranging("j", build_int(g, -1), n);
    const NodeId nm = build2(g, OP_MUL, n, m);
    expect_at_most(zero, n);
    expect_at_most(zero, nm);
    expect_at_most(zero, build2(g, OP_MUL, i, m));
    expect_at_most(zero, build2(g, OP_ADD, n, m));
    expect_at_most(zero, graph_put(g, OP_MUL, nm, m, 0));
    expect_at_most(zero, graph_put(g, OP_MUL, n, nm, 0));
    ck_assert(!bound_at_most(g, zero, graph_put(g, OP_MUL, n, below, 0), 0));
    ck_assert(!bound_at_most(g, zero, graph_put(g, OP_MUL, below, n, 0), 0));
    ck_assert(!bound_at_most(g, zero, build2(g, OP_SUB, n, m), 0));
}
END_TEST

/* ---- z[i] = sum[k](A[i,k]*x[k]) */

typedef struct Product {
    SymId q, d, A, x, z;
    IndexId i, k;
    NodeId sum; /* the element */
    Result output;
} Product;

static SymId array(const char *name, SymKind kind, const NodeId *shape, uint32_t rank)
{
    return sym_new(g, name_of(ctx, name), kind, tuple_of(g, shape, rank));
}

static Product product(void)
{
    Product p;
    p.q = sym_new(g, name_of(ctx, "q"), SYM_DIM, 0);
    p.d = sym_new(g, name_of(ctx, "d"), SYM_DIM, 0);
    NodeId shape[2] = {build_ref(g, p.q, 0), build_ref(g, p.d, 0)};
    p.A = array("A", SYM_INPUT, shape, 2);
    p.x = array("x", SYM_INPUT, shape + 1, 1);
    p.z = array("z", SYM_DEF, shape, 1);
    p.i = index_of(g, name_of(ctx, "i"), build_int(g, 0), shape[0], 0);
    p.k = index_of(g, name_of(ctx, "k"), build_int(g, 0), shape[1], 0);
    NodeId at[2] = {build_index(g, p.i), build_index(g, p.k)};
    NodeId a = build_ref(g, p.A, tuple_of(g, at, 2)), x = build_ref(g, p.x, tuple_of(g, at + 1, 1));
    NodeId sum = build_sum(g, build2(g, OP_MUL, a, x), p.k);
    NodeId part = build_part(g, sum, tuple_of(g, at, 1), set_with(g, 0, p.i));
    p.sum = sum;
    p.output = (Result){.sym = p.z, .role = ARG_OUTPUT, .of = p.z,
                        .node = build_array(g, tuple_of(g, &part, 1), p.z, ARRAY_SET)};
    return p;
}

/* Small integers have a way of their own, and where it ends the next one is exact, too. */
START_TEST(integers_fold_exactly)
{
    static const long sizes[] = {1, 3, 111, 112, 32767, 32768, 65536, 1073741823};
    const NodeId zero = build_int(g, 0);
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
        for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++) {
            const long a = sizes[i], b = sizes[k];
            const NodeId x = build_int(g, a), y = build_int(g, -b);
            ck_assert_uint_eq(build2(g, OP_ADD, x, y), build_int(g, a - b));
            ck_assert_uint_eq(build2(g, OP_SUB, y, x), build_ratio(g, -a - b, 1));
            ck_assert_uint_eq(build2(g, OP_DIV, x, y), build_ratio(g, -a, (unsigned long)b));
            ck_assert_uint_eq(build2(g, OP_DIV, build2(g, OP_MUL, x, y), y), x);
            ck_assert_uint_eq(build2(g, OP_LE, x, y), build_false(g));
            ck_assert_uint_eq(build2(g, OP_GT, x, y), build_true(g));
            ck_assert_uint_eq(build1(g, OP_NEG, x), build_int(g, -a));
            ck_assert_uint_ne(build2(g, OP_MUL, y, zero), zero); /* it is -0 */
            ck_assert_uint_ne(build2(g, OP_DIV, zero, y), zero);
            ck_assert_uint_eq(build2(g, OP_DIV, y, zero), build1(g, OP_NEG, build_inf(g)));
        }
}
END_TEST

START_TEST(sums_take_an_index_away)
{
    Product p = product();
    SetId free = node_at(g, p.sum)->free;
    ck_assert_uint_eq(set_size(g, free), 1);
    ck_assert(set_has(g, free, p.i) && !set_has(g, free, p.k));
    NodeId s = input("s"); /* a body without the index: the extent times it */
    NodeId times = build_sum(g, s, p.k);
    ck_assert_int_eq(node_op(g, times), OP_MUL);
}
END_TEST

static void emit_product(Text *out)
{
    Product p = product();
    static Ast ast;
    Unit unit = {.ctx = ctx, .ast = &ast};
    Model model = {.ctx = ctx, .unit = &unit, .graph = g};
    Job job = {.ctx = ctx, .model = &model, .prefix = "product", .real = REAL_DOUBLE,
               .limits = {.operations = 20}};
    job.rules = rules_new(g);
    job.names = names_new(ctx, &model, job.prefix);
    const Param params[4] = {{p.q, ARG_DIM, p.q}, {p.d, ARG_DIM, p.d}, {p.A, ARG_INPUT, p.A},
                             {p.x, ARG_INPUT, p.x}};
    const SymId inputs[2] = {p.A, p.x};
    Fn fn = derive_reverse(job.rules, g, &p.output, 1, inputs, 2, params, 4, true);
    simplify(job.rules, g, &fn);
    Plan *plan = plan_function(job.rules, g, &fn, &job.limits);
    emit_c_function(&job, plan, out);
    plan_free(plan);
    fn_free(ctx, &fn);
}

/* What a function does not need goes, and it stays the same function; what stays is found again,
 * and what was there before has its number. */
START_TEST(what_is_not_needed_goes)
{
    const NodeId x = input("x"), y = input("y"), before = build1(g, OP_SIN, x);
    const uint32_t mark = graph_mark(g);
    for (long k = 2; k < 100; k++)
        build2(g, OP_MUL, build_int(g, 1000 + k), before);
    const NodeId kept = build2(g, OP_MUL, before, build1(g, OP_EXP, y));
    for (long k = 2; k < 100; k++)
        build2(g, OP_SUB, kept, build_int(g, 1000 + k));
    const Result result = {.node = build2(g, OP_DIV, kept, build_int(g, 1050))};
    Fn fn = {.kind = FN_VALUE};
    *vec_push(ctx, &fn.results) = result;
    *vec_push(ctx, &fn.order) = result.node;
    Text old = text_new(ctx), now = text_new(ctx);
    graph_dump(g, &fn, &old);
    const uint32_t all = graph_count(g);
    fn_keep(g, mark, &fn);
    graph_dump(g, &fn, &now);
    ck_assert_str_eq(old.at, now.at);
    ck_assert_uint_lt(graph_count(g), all - 250);
    ck_assert_uint_eq(fn.order.at[0], fn.results.at[0].node);
    const NodeId again = build2(g, OP_MUL, before, build1(g, OP_EXP, y));
    ck_assert_uint_eq(again, node_at(g, fn.results.at[0].node)->a);
    ck_assert_uint_eq(build1(g, OP_SIN, x), before);
    ck_assert_uint_eq(node_op(g, build_int(g, 1050)), OP_CONST);
    fn_free(ctx, &fn);
}
END_TEST

/* One pass over the matrix, row by row, for the value and both adjoints. */
static const char product_text[] =
    "void product_reverse(size_t q, size_t d, const double *A, const double *x, const double *z_bar,\n"
    "                     double *z, double *A_bar, double *x_bar)\n"
    "{\n"
    "    for (size_t k = 0; k < d; k++) {\n"
    "        x_bar[k] = 0;\n"
    "    }\n"
    "    for (size_t i = 0; i < q; i++) {\n"
    "        double t_1 = 0;\n"
    "        for (size_t k = 0; k < d; k++) {\n"
    "            t_1 += A[i*d + k]*x[k];\n"
    "            x_bar[k] += z_bar[i]*A[i*d + k];\n"
    "            A_bar[i*d + k] = z_bar[i]*x[k];\n"
    "        }\n"
    "        z[i] = t_1;\n"
    "    }\n"
    "}\n";

START_TEST(a_matrix_product_is_loops)
{
    Text out = text_new(ctx);
    emit_product(&out);
    const char *body = strstr(out.at, "void ");
    ck_assert_ptr_nonnull(body);
    ck_assert_str_eq(body, product_text);
}
END_TEST

/* A is 2 by 3, x = (1,2,3), z_bar = (10,100): by hand z = (14,32), x_bar = A' z_bar. */
static const char product_main[] =
    "#include <stdio.h>\n"
    "int main(void)\n"
    "{\n"
    "    const double A[6] = {1,2,3,4,5,6}, x[3] = {1,2,3}, z_bar[2] = {10,100};\n"
    "    const double want[11] = {14,32, 10,20,30,100,200,300, 410,520,630};\n"
    "    double got[11];\n"
    "    product_reverse(2, 3, A, x, z_bar, got, got + 2, got + 8);\n"
    "    for (int i = 0; i < 11; i++) if (got[i] != want[i]) return 1;\n"
    "    return 0;\n"
    "}\n";

START_TEST(a_matrix_product_runs)
{
    const char *cc = getenv("CC"), *folder = getenv("WORK");
    Text out = text_new(ctx), command = text_new(ctx);
    text_put(&out, "#include <stddef.h>\n");
    emit_product(&out);
    text_put(&out, product_main);
    if (!folder)
        folder = "/tmp";
    text_printf(&command, "cd '%s' && cat > product.c && %s -std=c99 -o product product.c && ./product",
                folder, cc ? cc : "cc");
    FILE *pipe = popen(command.at, "w");
    ck_assert_ptr_nonnull(pipe);
    fwrite(out.at, 1, out.len, pipe);
    ck_assert_int_eq(pclose(pipe), 0);
}
END_TEST

/* Subscripts: a constant below 3, or an index. */
static TupleId draw_place(uint32_t *state, NodeId index)
{
    NodeId items[2];
    for (int k = 0; k < 2; k++) {
        *state = *state*1664525u + 1013904223u;
        const uint32_t drawn = (*state >> 16)%4;
        items[k] = drawn < 3 ? build_int(g, (long)drawn) : index;
    }
    return tuple_of(g, items, 2);
}

/* Are two places surely different ones: other constants on an axis? */
static bool differ(TupleId a, TupleId b)
{
    for (uint32_t k = 0; k < 2; k++) {
        const NodeId x = tuple_item(g, a, k), y = tuple_item(g, b, k);
        if (node_op(g, x) == OP_CONST && node_op(g, y) == OP_CONST && x != y)
            return true;
    }
    return false;
}

START_TEST(elements_are_found_by_their_constants)
{
    enum { COUNT = 60 };
    Elements elements = {0};
    TupleId places[COUNT];
    uint32_t state = 1;
    NodeId index = build_index(g, index_of(g, name_of(ctx, "i"), build_int(g, 0), input("n"), 1));
    for (uint32_t i = 0; i < COUNT; i++) {
        places[i] = draw_place(&state, index);
        elements_add(g, &elements, i%2, places[i], i);
    }
    for (uint32_t turn = 0; turn < 200; turn++) {
        const TupleId at = draw_place(&state, index);
        U32Vec found = {0};
        uint32_t next = 0;
        elements_like(g, &elements, turn%2, at, &found);
        for (uint32_t i = turn%2; i < COUNT; i += 2) {
            const bool is_found = next < found.count && found.at[next] == i;
            ck_assert(is_found || differ(places[i], at));
            if (tuple_item(g, at, 0) != index && tuple_item(g, at, 1) != index)
                ck_assert(!is_found || !differ(places[i], at));
            next += is_found;
        }
        ck_assert_uint_eq(next, found.count);
        vec_free(ctx, &found);
    }
    elements_end(g, &elements);
}
END_TEST

Suite *suite_graph(void);
Suite *suite_graph(void)
{
    Suite *s = suite_create("graph");
    TCase *t = tcase_create("graph");
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_test(t, equal_nodes_are_one);
    tcase_add_test(t, names_are_never_merged);
    tcase_add_test(t, constants_fold_exactly);
    tcase_add_test(t, integers_fold_exactly);
    tcase_add_test(t, what_is_not_needed_goes);
    tcase_add_test(t, released_nodes_are_forgotten);
    tcase_add_test(t, ranges_of_released_nodes_are_none);
    tcase_add_test(t, ranges_without_turns_are_empty);
    tcase_add_test(t, integers_are_bounded_by_their_ranges);
    tcase_add_test(t, sums_and_products_of_sizes_are_natural);
    tcase_add_test(t, sums_take_an_index_away);
    tcase_add_test(t, elements_are_found_by_their_constants);
    tcase_add_test(t, a_matrix_product_is_loops);
    tcase_add_test(t, a_matrix_product_runs);
    suite_add_tcase(s, t);
    return s;
}
