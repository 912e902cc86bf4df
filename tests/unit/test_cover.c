/* What parts are to an array, and addends to a part, against a list of their elements: random
 * subscripts, also over a size that is known at run time alone. */
#include <check.h>
#include <string.h>

#include "each.h"
#include "pass/pass.h"

/* Sizes and values that are tried; an array has one axis or two, and a few parts. */
enum { SIZES = 5, RANK = 2, PARTS = 4, ELEMENTS = SIZES * SIZES };

static Ctx *ctx;
static Graph *g;
static NodeId size, entry; /* n, and something that is read */
static uint32_t state, serial;

static void setup(void)
{
    ctx = ctx_new();
    g = graph_new(ctx);
    size = build_ref(g, sym_new(g, name_of(ctx, "n"), SYM_DIM, 0), 0);
    entry = build_ref(g, sym_new(g, name_of(ctx, "c"), SYM_INDEX, 0), 0);
    serial = 0;
}

static void teardown(void) { ctx_free(ctx); }

static int draw(int count)
{
    state = state * 1664525u + 1013904223u;
    return (int)((state >> 8) % (uint32_t)count);
}

/* An integer: a number, and perhaps the size or the entry. */
typedef struct Amount {
    int number;
    bool of_size, of_entry;
} Amount;

static NodeId node_of(Amount t)
{
    NodeId node = build_int(g, t.number);
    if (t.of_size)
        node = build2(g, OP_ADD, node, size);
    return t.of_entry ? build2(g, OP_ADD, node, entry) : node;
}

static int value_of(Amount t, int n, int c)
{
    return t.number + (t.of_size ? n : 0) + (t.of_entry ? c : 0);
}

/* A subscript: a number, or an index over a range, once or twice, plus a number. The second one's
 * index may be that of the first one, or below it. */
typedef struct Subscript {
    Amount lower, upper, plus;
    bool indexed, twice, like_first, below_first;
} Subscript;

typedef struct Places {
    Subscript at[RANK];
} Places;

typedef struct Case {
    int rank, parts;
    Amount shape[RANK];
    Places place[PARTS];
    bool plain; /* numbers alone, no diagonals, and no empty range */
} Case;

static Subscript random_subscript(Case *k, int axis)
{
    const Amount extent = k->shape[axis];
    Subscript s = {.indexed = draw(3) > 0};
    if (!s.indexed) {
        s.plus = draw(3) || !extent.of_size ? (Amount){draw(SIZES - 1), false, false}
                                            : (Amount){-1 - draw(2), true, false};
        s.plus.of_entry = !draw(12);
    } else {
        s.lower.number = draw(2) ? 0 : draw(3);
        s.upper = extent;
        s.upper.number -= draw(2) ? 0 : draw(3);
        s.plus.number = draw(3) ? 0 : draw(3) - 1;
        s.twice = !draw(8);
        s.like_first = axis && !draw(8);
        s.below_first = axis && !draw(8);
    }
    k->plain = k->plain && !s.plus.of_entry && !s.twice && !s.like_first && !s.below_first &&
               (!s.indexed || s.upper.of_size || s.lower.number < s.upper.number);
    return s;
}

static Case random_case(void)
{
    Case k = {.rank = 1 + draw(2), .parts = 1 + draw(PARTS), .plain = true};
    for (int axis = 0; axis < k.rank; axis++) {
        k.shape[axis] = draw(2) ? (Amount){1 + draw(SIZES - 1), false, false}
                                : (Amount){0, true, false};
        k.plain = k.plain && !k.shape[axis].of_size;
    }
    for (int p = 0; p < k.parts; p++)
        for (int axis = 0; axis < k.rank; axis++)
            k.place[p].at[axis] = random_subscript(&k, axis);
    return k;
}

static TupleId tuple_at(const Case *k, const Places *place, SetId *bound)
{
    NodeId items[RANK], index[RANK];
    *bound = 0;
    for (int axis = 0; axis < k->rank; axis++) {
        const Subscript *s = &place->at[axis];
        items[axis] = node_of(s->plus);
        if (!s->indexed)
            continue;
        if (!s->like_first || !place->at[0].indexed) {
            const bool below = s->below_first && place->at[0].indexed;
            const IndexId i = index_of(g, name_of(ctx, "i"), node_of(s->lower),
                                       below ? index[0] : node_of(s->upper), ++serial);
            index[axis] = build_index(g, i);
            *bound = set_with(g, *bound, i);
        } else {
            index[axis] = index[0];
        }
        items[axis] = build2(g, OP_ADD, index[axis], items[axis]);
        if (s->twice)
            items[axis] = build2(g, OP_ADD, index[axis], items[axis]);
    }
    return tuple_of(g, items, (uint32_t)k->rank);
}

/* Counts each of its elements once more; the last count is of those outside of the array. */
static void count_elements(const Case *k, const Places *place, int n, int c, int *counts)
{
    int low[RANK] = {0}, high[RANK] = {1, 1}, extent[RANK] = {1, 1};
    for (int axis = 0; axis < k->rank; axis++) {
        const Subscript *s = &place->at[axis];
        extent[axis] = value_of(k->shape[axis], n, c);
        low[axis] = s->indexed ? value_of(s->lower, n, c) : 0;
        high[axis] = s->indexed ? value_of(s->upper, n, c) : 1;
    }
    const Subscript *one = &place->at[0], *two = &place->at[1];
    const bool like = two->like_first && one->indexed, below = two->below_first && one->indexed;
    for (int i = low[0]; i < high[0]; i++)
        for (int j = like ? i : low[1]; j < (like ? i + 1 : below ? i : high[1]); j++) {
            const int x = i * (1 + one->twice) + value_of(one->plus, n, c),
                      y = k->rank > 1 ? j * (1 + two->twice) + value_of(two->plus, n, c) : 0;
            const bool outside = x < 0 || y < 0 || x >= extent[0] || y >= extent[1];
            counts[outside ? ELEMENTS : x * SIZES + y]++;
        }
}

static TupleId shape_of(const Case *k)
{
    NodeId items[RANK];
    for (int axis = 0; axis < k->rank; axis++)
        items[axis] = node_of(k->shape[axis]);
    return tuple_of(g, items, (uint32_t)k->rank);
}

/* Is each element of the array set once, for sizes from this on? */
static bool are_all_set(const Case *k, int n)
{
    for (; n < SIZES; n++)
        for (int c = 0; c < SIZES; c++) {
            int counts[ELEMENTS + 1] = {0}, elements = 1;
            for (int axis = 0; axis < k->rank; axis++)
                elements *= value_of(k->shape[axis], n, c);
            for (int p = 0; p < k->parts; p++)
                count_elements(k, &k->place[p], n, c, counts);
            for (int i = 0; i < ELEMENTS; i++) {
                elements -= counts[i] == 1;
                if (counts[i] > 1)
                    return false;
            }
            if (counts[ELEMENTS] || elements)
                return false;
        }
    return true;
}

START_TEST(parts_cover_what_they_set)
{
    enum { CASES = 20000 };
    int covered = 0;
    state = (uint32_t)_i;
    for (int turn = 0; turn < CASES; turn++) {
        const Case k = random_case();
        U32Vec parts = {0};
        for (int p = 0; p < k.parts; p++) {
            SetId bound;
            const TupleId at = tuple_at(&k, &k.place[p], &bound);
            *vec_push(ctx, &parts) = build_part(g, entry, at, bound);
        }
        const bool found = parts_cover(g, &parts, shape_of(&k));
        each_assert_msg(!found || are_all_set(&k, 0), "case %d is not covered", turn);
        each_assert_msg(found || !k.plain || !are_all_set(&k, SIZES - 1), "case %d is", turn);
        covered += found;
        vec_free(ctx, &parts);
        teardown();
        setup();
    }
    ck_assert_int_gt(covered, CASES / 200);
}
END_TEST

/* Many parts, each an element; or the last one is an index over a range of one, or nobody knows. */
START_TEST(many_elements_cover)
{
    enum { MANY = 100 };
    const NodeId many = build_int(g, MANY);
    for (int turn = 0; turn < 3; turn++) {
        U32Vec parts = {0};
        for (int i = 0; i < MANY; i++) {
            NodeId at = build_int(g, i);
            SetId bound = 0;
            if (turn == 1 && i == MANY - 1) {
                const IndexId one = index_of(g, name_of(ctx, "i"), at, many, 1);
                at = build_index(g, one);
                bound = set_with(g, 0, one);
            } else if (turn == 2 && i == MANY - 1) {
                at = entry;
            }
            *vec_push(ctx, &parts) = build_part(g, entry, tuple_of(g, &at, 1), bound);
        }
        ck_assert_int_eq(parts_cover(g, &parts, tuple_of(g, &many, 1)), turn == 0);
        parts.count--;
        ck_assert(!parts_cover(g, &parts, tuple_of(g, &many, 1)));
        vec_free(ctx, &parts);
    }
}
END_TEST

/* How many elements of the first place, within the array, the others have; all that it has. Is
 * nothing outside of the array? */
static bool count_common(const Case *k, int n, int c, int *common, int *all)
{
    int own[ELEMENTS + 1] = {0}, others[ELEMENTS + 1] = {0};
    count_elements(k, &k->place[0], n, c, own);
    for (int p = 1; p < k->parts; p++)
        count_elements(k, &k->place[p], n, c, others);
    *common = *all = 0;
    for (int i = 0; i < ELEMENTS; i++) {
        *all += own[i] > 0;
        *common += own[i] && others[i];
    }
    return !own[ELEMENTS] && !others[ELEMENTS];
}

static void judge_receipt(const Case *k, Receipt receipt, int turn)
{
    int common, all;
    bool within = false;
    for (int n = k->plain ? SIZES - 1 : 0; n < SIZES; n++)
        for (int c = 0; c < SIZES; c++) {
            within = count_common(k, n, c, &common, &all);
            each_assert_msg(receipt != RECEIPT_NONE || !common, "case %d gets some", turn);
            each_assert_msg(receipt != RECEIPT_ALL || common == all, "case %d not all", turn);
        }
    if (!k->plain || !within || !all || k->rank > 1) /* it may be that nobody knows */
        return;
    each_assert_msg(receipt == RECEIPT_NONE || common, "case %d gets nothing", turn);
    each_assert_msg(receipt == RECEIPT_ALL || common < all, "case %d gets all", turn);
}

START_TEST(receipts_are_of_what_is_added)
{
    enum { CASES = 20000 };
    int counts[RECEIPT_ALL + 1] = {0};
    state = (uint32_t)_i;
    for (int turn = 0; turn < CASES; turn++) {
        const Case k = random_case();
        const TupleId shape = shape_of(&k);
        Addends list = {.whole = 0};
        SetId bound;
        for (int p = 1; p < k.parts; p++) {
            Addend a = {.value = entry, .hard = build_true(g), .soft = build_true(g)};
            a.at = tuple_at(&k, &k.place[p], &a.bound);
            addends_add(g, &list, shape, a);
        }
        const TupleId at = tuple_at(&k, &k.place[0], &bound);
        const Receipt receipt = addends_receipt(g, &list, build_part(g, entry, at, bound));
        judge_receipt(&k, receipt, turn);
        counts[receipt]++;
        addends_free(g, &list);
        teardown();
        setup();
    }
    for (int i = 0; i <= RECEIPT_ALL; i++)
        ck_assert_int_gt(counts[i], CASES / 20);
}
END_TEST

/* The condition where the axes' indices are these numbers; -1 if it is none of numbers then. */
static int truth_at(NodeId condition, TupleId axes, int x, int y)
{
    const int values[RANK] = {x, y};
    long truth;
    for (uint32_t k = 0; k < tuple_size(g, axes); k++)
        condition = fn_substitute(g, condition, node_at(g, tuple_item(g, axes, k))->a,
                                  build_int(g, values[k]));
    return node_integer(g, condition, &truth) ? (int)truth : -1;
}

static bool is_number(Amount t) { return !t.of_size && !t.of_entry; }

static bool is_of_numbers(const Case *k)
{
    bool numbers = true;
    for (int axis = 0; axis < k->rank; axis++) {
        numbers = numbers && is_number(k->shape[axis]);
        for (int p = 0; p < k->parts; p++) {
            const Subscript *s = &k->place[p].at[axis];
            numbers = numbers && is_number(s->plus) &&
                      (!s->indexed || (is_number(s->lower) && is_number(s->upper)));
        }
    }
    return numbers;
}

/* Adds place after place, some of them in the first rows alone, and counts what each adds to. */
static void add_places(const Case *k, Addends *list, int *counts)
{
    for (int p = 0; p < k->parts; p++) {
        int own[ELEMENTS + 1] = {0};
        const int rows = draw(2) ? SIZES : 2;
        Addend a = {.value = entry, .hard = build_true(g), .soft = build_true(g)};
        a.at = tuple_at(k, &k->place[p], &a.bound);
        if (rows < SIZES)
            a.hard = build2(g, OP_LT, tuple_item(g, a.at, 0), build_int(g, rows));
        addends_add(g, list, shape_of(k), a);
        count_elements(k, &k->place[p], SIZES, 0, own);
        for (int i = 0; i < rows * SIZES; i++)
            counts[i] += own[i];
    }
}

/* An array of few elements is told, under which conditions anything is added to one of them. */
START_TEST(arrivals_are_where_something_is_added)
{
    enum { CASES = 20000 };
    int told = 0;
    state = (uint32_t)_i;
    for (int turn = 0; turn < CASES; turn++) {
        const Case k = random_case();
        Addends list = {.whole = 0};
        int counts[ELEMENTS + 1] = {0};
        NodeId hard, soft;
        SetId bound;
        const TupleId shape = shape_of(&k), axes = index_axes(g, shape, 0, &bound);
        add_places(&k, &list, counts);
        if (is_of_numbers(&k) && addends_arrive(g, &list, shape,
                                                build_part(g, entry, axes, bound), &hard, &soft)) {
            for (int x = 0; x < k.shape[0].number; x++)
                for (int y = 0; y < (k.rank > 1 ? k.shape[1].number : 1); y++)
                    each_assert_msg(truth_at(hard, axes, x, y) == (counts[x * SIZES + y] > 0),
                                    "case %d at %d, %d", turn, x, y);
            told++;
        }
        addends_free(g, &list);
        teardown();
        setup();
    }
    ck_assert_int_gt(told, CASES / 20);
}
END_TEST

Suite *suite_cover(void);
Suite *suite_cover(void)
{
    Suite *s = suite_create("cover");
    TCase *c = tcase_create("cover");
    tcase_add_checked_fixture(c, setup, teardown);
    tcase_add_loop_test(c, parts_cover_what_they_set, 0, 2);
    tcase_add_test(c, many_elements_cover);
    tcase_add_loop_test(c, receipts_are_of_what_is_added, 0, 2);
    tcase_add_loop_test(c, arrivals_are_where_something_is_added, 0, 2);
    suite_add_tcase(s, c);
    return s;
}
