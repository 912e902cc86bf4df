/* Arrays of two or three equations over ranges, in one dimension and two: what is said of them is
 * held to their elements, for sizes up to a few. */
#include <check.h>
#include <string.h>

#include "checked.h"
#include "each.h"
#include "integers.h"

enum { DIMS = 2, MOST = 4, EXTENT = 2 * MOST + 2, EQUATIONS = 3, ADMITTED = 96 };

/* An end of a range, in n and m. */
typedef struct End {
    const char *text;
    int per_n, per_m, more;
} End;

static const End ends[] = {{"0", 0, 0, 0},   {"1", 0, 0, 1},    {"n", 1, 0, 0},  {"m", 0, 1, 0},
                           {"n+1", 1, 0, 1}, {"n-1", 1, 0, -1}, {"2", 0, 0, 2},  {"n+m", 1, 1, 0},
                           {"m+1", 0, 1, 1}};
enum { ENDS = sizeof ends / sizeof *ends };

static Ctx *ctx;
static uint32_t state;

static void setup(void) { ctx = ctx_new(); }
static void teardown(void) { ctx_free(ctx); }

static uint32_t draw(uint32_t below)
{
    state = state * 1664525u + 1013904223u;
    return (state >> 16) % below;
}

/* What an equation gives, an axis each. */
typedef struct Box {
    const End *start[2], *end[2];
} Box;

typedef struct Table {
    Box boxes[EQUATIONS];
    int count, rank;
} Table;

static int at(const End *end, const int *sizes)
{
    return end->per_n * sizes[0] + end->per_m * sizes[1] + end->more;
}

/* A box often begins where another one ends. */
static Table random_table(void)
{
    Table m = {.count = 1 + (int)draw(EQUATIONS), .rank = 1 + (int)draw(2)};
    for (int i = 0; i < m.count; i++) {
        const int along = (int)draw((uint32_t)m.rank);
        for (int k = 0; k < m.rank; k++) {
            Box *b = &m.boxes[i];
            b->start[k] = i == 0 ? &ends[0] : m.boxes[i - 1].start[k];
            b->end[k] = i == 0 ? &ends[1 + draw(ENDS - 1)] : m.boxes[i - 1].end[k];
            if (i > 0 && (k == along || draw(8) == 0)) {
                b->start[k] = draw(8) ? m.boxes[i - 1].end[k] : &ends[draw(ENDS)];
                b->end[k] = &ends[1 + draw(ENDS - 1)];
            }
        }
    }
    return m;
}

static const char *text_of(const Table *m)
{
    Text text = text_new(ctx);
    text_put(&text, "dim n, m\ninput x\n");
    for (int i = 0; i < m->count; i++) {
        const Box *b = &m->boxes[m->count - 1 - i];
        text_printf(&text, "A[i in %s..%s", b->start[0]->text, b->end[0]->text);
        if (m->rank == 2)
            text_printf(&text, ", j in %s..%s", b->start[1]->text, b->end[1]->text);
        text_put(&text, "] = x\n");
    }
    return text.at;
}

/* ---- what is so */

static int given[EXTENT][EXTENT]; /* how often, in one dimension with no more than one column */

/* Gives all elements; the array's extents are those of the elements there are. False if a range
 * begins below 0. */
static bool give(const Table *m, const int *sizes, int *extents)
{
    memset(given, 0, sizeof given);
    extents[0] = extents[1] = 0;
    for (int b = 0; b < m->count; b++) {
        int start[2] = {0, 0}, end[2] = {1, 1};
        for (int k = 0; k < m->rank; k++) {
            start[k] = at(m->boxes[b].start[k], sizes);
            end[k] = at(m->boxes[b].end[k], sizes);
            if (start[k] < 0)
                return false;
        }
        for (int i = start[0]; i < end[0]; i++)
            for (int j = start[1]; j < end[1]; j++) {
                given[i][j]++;
                extents[0] = end[0] > extents[0] ? end[0] : extents[0];
                extents[1] = end[1] > extents[1] ? end[1] : extents[1];
            }
    }
    return true;
}

/* Is each element of the extents given once? */
static bool is_well(const int *extents)
{
    for (int i = 0; i < EXTENT; i++)
        for (int j = 0; j < EXTENT; j++)
            if (given[i][j] != (i < extents[0] && j < extents[1]))
                return false;
    return true;
}

/* Has each range so many elements, at least? */
static bool has_elements(const Table *m, const int *sizes, int least)
{
    for (int b = 0; b < m->count; b++)
        for (int k = 0; k < m->rank; k++)
            if (at(m->boxes[b].end[k], sizes) - at(m->boxes[b].start[k], sizes) < least)
                return false;
    return true;
}

/* ---- what is said */

static long size_of(Graph *g, const Node *dim, const void *with)
{
    const int *sizes = with;
    return strcmp(name_text(ctx, sym_at(g, dim->a)->name), "n") ? sizes[1] : sizes[0];
}

static long value_of(Graph *g, NodeId id, const int *sizes)
{
    bool undefined = false;
    const long value = integer_value(g, id, size_of, sizes, &undefined);
    each_assert(!undefined);
    return value;
}

static bool is_admitted(const Unit *u, const int *sizes)
{
    for (uint32_t i = 0; i < u->preconditions.count; i++)
        if (value_of(u->graph, u->preconditions.at[i].node, sizes) < 0)
            return false;
    return true;
}

/* How many sizes would do, without a range that ends before it begins, and how many of these are
 * admitted; how many models are refused. */
typedef struct Tally {
    int well, admitted, refused;
} Tally;

/* Of the shape in numbers all are given once, where there are any. */
static void judge_sizes(const Unit *u, const Table *m, const int *sizes, Tally *t, const char *text)
{
    const TupleId shape = u->entities.at[unit_find(u, name_of(ctx, "A"))].shape;
    int needed[2], extents[2] = {1, 1};
    const bool starts = give(m, sizes, needed), well = starts && is_well(needed),
               admitted = is_admitted(u, sizes);
    t->well += well && has_elements(m, sizes, 0);
    t->admitted += well && has_elements(m, sizes, 0) && admitted;
    if (!admitted)
        return;
    for (int k = 0; k < m->rank; k++)
        extents[k] = (int)value_of(u->graph, tuple_item(u->graph, shape, (uint32_t)k), sizes);
    each_assert_msg(starts && extents[0] >= 0 && extents[1] >= 0 && is_well(extents),
                    "n = %d, m = %d: %d, %d of\n%s", sizes[0], sizes[1], extents[0], extents[1],
                    text);
}

static void judge(Tally *t)
{
    const Table m = random_table();
    const char *text = text_of(&m);
    const Unit *u = checked(ctx, text);
    const bool error = diag_errors(ctx);
    int extents[2], sizes[2];
    for (sizes[0] = 1; sizes[0] <= MOST && error; sizes[0]++)
        for (sizes[1] = 1; sizes[1] <= MOST; sizes[1]++)
            each_assert_msg(!has_elements(&m, sizes, 1) || !give(&m, sizes, extents) ||
                                !is_well(extents), "refused:\n%s", text);
    t->refused += error;
    for (sizes[0] = 0; sizes[0] <= MOST && !error; sizes[0]++)
        for (sizes[1] = 0; sizes[1] <= MOST; sizes[1]++)
            judge_sizes(u, &m, sizes, t, text);
    teardown();
    setup();
}

START_TEST(all_elements_are_given_once)
{
    enum { MODELS = 2000 };
    Tally t = {0, 0, 0};
    state = (uint32_t)_i;
    for (int k = 0; k < MODELS; k++)
        judge(&t);
    ck_assert_int_ge(t.admitted * 100, t.well * ADMITTED);
}
END_TEST

Suite *suite_boxes(void);
Suite *suite_boxes(void)
{
    Suite *s = suite_create("boxes");
    TCase *c = tcase_create("boxes");
    tcase_add_checked_fixture(c, setup, teardown);
    tcase_add_loop_test(c, all_elements_are_given_once, 0, 2);
    suite_add_tcase(s, c);
    return s;
}
