/* test_base: the context, vectors, names, text, sources, messages and Unicode. */
#include <limits.h>
#include <check.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "each.h"
#include "base/base.h"

Suite *suite_base(void);

static Ctx *ctx;

static void setup(void)
{
    ctx = ctx_new();
    ck_assert_ptr_nonnull(ctx);
}

static void teardown(void)
{
    ctx_free(ctx);
}

/* ---- context ---------------------------------------------------------------------------- */

START_TEST(alloc_is_zeroed_and_aligned)
{
    for (size_t size = 0; size < 40000; size = 2 * size + 1) {
        char *object = ctx_alloc(ctx, size);
        ck_assert_uint_eq((uintptr_t)object % _Alignof(max_align_t), 0);
        for (size_t i = 0; i < size; i++)
            each_assert(object[i] == 0);
        memset(object, 'x', size);
    }
}
END_TEST

START_TEST(resize_keeps_and_frees)
{
    char *blocks[3] = {NULL, NULL, NULL};
    for (size_t size = 1; size < 100000; size *= 3)
        for (int i = 0; i < 3; i++) {
            blocks[i] = ctx_resize(ctx, blocks[i], size);
            memset(blocks[i] + size / 3, 'a' + i, size - size / 3);
            ck_assert_int_eq(blocks[i][size / 3], 'a' + i);
        }
    ck_assert_int_eq(blocks[1][0], 'b');
    ck_assert_ptr_null(ctx_resize(ctx, blocks[1], 0)); /* from the middle, the newest, the last */
    ck_assert_ptr_null(ctx_resize(ctx, blocks[2], 0));
    ck_assert_ptr_null(ctx_resize(ctx, blocks[0], 0));
    ck_assert_ptr_null(ctx_resize(ctx, NULL, 0));
}
END_TEST

START_TEST(fatal_jumps_with_message)
{
    jmp_buf where;
    ck_assert_str_eq(ctx_message(ctx), "");
    int status = setjmp(where);
    if (!status) {
        ctx_catch(ctx, &where);
        ctx_fatal(ctx, STATUS_MODEL, "no %s at %d", "way", 7);
    }
    ck_assert_int_eq(status, STATUS_MODEL);
    ck_assert_str_eq(ctx_message(ctx), "no way at 7");
}
END_TEST

START_TEST(fatal_when_out_of_memory)
{
    jmp_buf where;
    int status = setjmp(where);
    if (!status) {
        ctx_catch(ctx, &where);
        array_new(ctx, SIZE_MAX / 2, 4);
    }
    ck_assert_int_eq(status, STATUS_SYSTEM);
    ck_assert_ptr_nonnull(strstr(ctx_message(ctx), "out of memory"));
}
END_TEST

static void note_order(void *object)
{
    static char seen[4];
    strncat(seen, object, sizeof seen - 1 - strlen(seen));
    if (!strcmp(object, "1"))
        ck_assert_str_eq(seen, "21");
}

START_TEST(cleaners_run_last_first)
{
    Ctx *other = ctx_new();
    char one[] = "1", two[] = "2";
    ctx_at_free(other, note_order, one);
    ctx_at_free(other, note_order, two);
    ctx_free(other);
}
END_TEST

/* ---- vectors ---------------------------------------------------------------------------- */

START_TEST(vectors_grow)
{
    VEC(int) v = {0};
    for (int i = 0; i < 1000; i++)
        *vec_push(ctx, &v) = i;
    ck_assert_uint_eq(v.count, 1000);
    for (int i = 0; i < 1000; i++)
        ck_assert_int_eq(v.at[i], i);
    vec_free(ctx, &v);
    ck_assert_ptr_null(v.at);
    ck_assert_uint_eq(v.count, 0);
    *vec_push(ctx, &v) = 5;
    ck_assert_int_eq(v.at[0], 5);
}
END_TEST

START_TEST(arrays_are_zeroed)
{
    int *array = array_new(ctx, 1000, sizeof *array);
    for (int i = 0; i < 1000; i++)
        ck_assert_int_eq(array[i], 0);
    ctx_resize(ctx, array, 0);
    ck_assert_ptr_nonnull(array_new(ctx, 0, 8));
}
END_TEST

/* ---- lookups ---------------------------------------------------------------------------- */

/* Things that are near nothing, all near one, near the thing before, and all of one hash. */
static LookupKey key_of_thing(const void *with, uint32_t number)
{
    switch (*(const int *)with) {
    case 0: return hash_mix(7, number);
    case 1: return (LookupKey)3 << 32 | hash_mix(7, number);
    case 2: return (LookupKey)number << 32 | hash_mix(7, number);
    default: return (LookupKey)(number / 100) << 32 | 5;
    }
}

/* Is it among what a look-up finds? */
static bool finds(const Lookup *t, int kind, uint32_t number, LookupTry *at)
{
    uint32_t found;
    *at = lookup_try(key_of_thing(&kind, number));
    while ((found = lookup_find(t, at)) && found != number)
        continue;
    return found;
}

START_TEST(lookups_find_what_is_in_them)
{
    const uint32_t most = _i == 3 ? 300 : 5000;
    const int kind = _i;
    Lookup t = {0};
    LookupTry at;
    for (uint32_t i = 1; i <= most; i++) {
        each_assert(!finds(&t, kind, i, &at));
        lookup_enter(ctx, &t, i, &at, key_of_thing, &kind);
    }
    for (uint32_t i = 1; i <= most; i++)
        each_assert(finds(&t, kind, i, &at));
    for (uint32_t i = most; i > most / 2; i--)
        lookup_remove(&t, i, key_of_thing(&kind, i));
    for (uint32_t i = 1; i <= most; i++)
        each_assert(finds(&t, kind, i, &at) == (i <= most / 2));
    lookup_renew(ctx, &t, most / 3, key_of_thing, &kind);
    for (uint32_t i = 1; i <= most; i++)
        each_assert(finds(&t, kind, i, &at) == (i <= most / 3));
    lookup_forget(ctx, &t);
}
END_TEST

/* ---- arcs ------------------------------------------------------------------------------- */

static uint32_t draw(uint32_t *state, uint32_t below)
{
    *state = *state*1664525u + 1013904223u;
    return (*state >> 16)%below;
}

/* Which vertices can be reached from which, by trying all ways between. */
static void close_arcs(const ArcVec *arcs, uint32_t count, bool reached[12][12])
{
    memset(reached, 0, 12 * sizeof *reached);
    for (uint32_t i = 0; i < count; i++)
        reached[i][i] = true;
    for (uint32_t i = 0; i < arcs->count; i++)
        reached[arcs->at[i].from][arcs->at[i].to] = true;
    for (uint32_t k = 0; k < count; k++)
        for (uint32_t i = 0; i < count; i++)
            for (uint32_t j = 0; j < count; j++)
                reached[i][j] |= reached[i][k] && reached[k][j];
}

/* Two vertices are in one component if each can be reached from the other. */
START_TEST(components_of_arcs)
{
    uint32_t state = (uint32_t)_i + 1, count = 1 + draw(&state, 12), component[12];
    bool reached[12][12];
    ArcVec arcs = {0};
    for (uint32_t i = draw(&state, 2 * count + 1); i; i--) {
        const uint32_t from = draw(&state, count);
        *vec_push(ctx, &arcs) = (Arc){from, draw(&state, count)};
    }
    close_arcs(&arcs, count, reached);
    uint32_t found = arcs_components(ctx, &arcs, count, component), first = 0;
    for (uint32_t i = 0; i < count; i++) {
        ck_assert_uint_le(component[i], first); /* numbered as they come */
        first += component[i] == first;
        for (uint32_t j = 0; j < count; j++)
            each_assert((component[i] == component[j]) == (reached[i][j] && reached[j][i]));
    }
    ck_assert_uint_eq(found, first);
    vec_free(ctx, &arcs);
}
END_TEST

START_TEST(heaps_give_the_least)
{
    uint32_t state = 7, held[100] = {0}, count = 0;
    U32Vec heap = {0};
    for (int turn = 0; turn < 5000; turn++)
        if (draw(&state, 2) || !heap.count) {
            const uint32_t value = draw(&state, 100);
            heap_push(ctx, &heap, value);
            held[value]++, count++;
        } else {
            uint32_t least = 0;
            while (!held[least])
                least++;
            ck_assert_uint_eq(heap_pop(&heap), least);
            held[least]--, count--;
            ck_assert_uint_eq(heap.count, count);
        }
    vec_free(ctx, &heap);
}
END_TEST

START_TEST(segments_that_meet_are_found)
{
    uint32_t state = 11;
    for (uint32_t count = 0; count < 40; count++) {
        Segment all[40];
        for (uint32_t i = 0; i < count; i++) {
            all[i].start = draw(&state, 9) ? (long)draw(&state, 30) : LONG_MIN;
            all[i].end = draw(&state, 9) ? (long)draw(&state, 35) : LONG_MAX;
        }
        Segments s = segments_new(ctx, all, count);
        for (uint32_t i = 0; i < count; i++) {
            U32Vec found = {0};
            uint32_t n = 0;
            segments_meeting(ctx, &s, i, &found);
            for (uint32_t k = 0; k < i; k++)
                if (all[k].start < all[i].end && all[i].start < all[k].end) {
                    ck_assert_uint_lt(n, found.count);
                    ck_assert_uint_eq(found.at[n++], k);
                }
            ck_assert_uint_eq(found.count, n);
            segments_enter(&s, i);
            vec_free(ctx, &found);
        }
        segments_free(ctx, &s);
    }
}
END_TEST

/* ---- lists ------------------------------------------------------------------------------ */

START_TEST(lists_are_interned)
{
    Lists lists = {0};
    const uint32_t items[] = {7, 7, 8, 7};
    lists_begin(ctx, &lists);
    ck_assert_uint_eq(lists_put(ctx, &lists, items, 0), 0);
    ck_assert_uint_eq(lists_size(&lists, 0), 0);
    const uint32_t pair = lists_put(ctx, &lists, items, 2);
    ck_assert_uint_ne(pair, 0);
    ck_assert_uint_ne(lists_put(ctx, &lists, items, 3), pair);
    ck_assert_uint_ne(lists_put(ctx, &lists, items + 1, 2), pair);
    ck_assert_uint_ne(lists_put(ctx, &lists, items + 2, 2), lists_put(ctx, &lists, items + 1, 2));
    for (uint32_t i = 100; i < 2000; i++) {
        const uint32_t list = lists_put(ctx, &lists, &i, 1);
        ck_assert_uint_eq(lists_size(&lists, list), 1);
        ck_assert_uint_eq(lists_item(&lists, list, 0), i);
    }
    ck_assert_uint_eq(lists_put(ctx, &lists, items, 2), pair);
    ck_assert_uint_eq(lists_size(&lists, pair), 2);
    ck_assert_uint_eq(lists_item(&lists, pair, 1), 7);
}
END_TEST

/* ---- names ------------------------------------------------------------------------------ */

START_TEST(names_are_interned)
{
    Name x = name_of(ctx, "x");
    ck_assert_uint_ne(x, 0);
    ck_assert_uint_eq(name_intern(ctx, "xyz", 1), x);
    ck_assert_uint_ne(name_of(ctx, "X"), x);
    ck_assert_uint_eq(name_of(ctx, ""), 0);
    ck_assert_str_eq(name_text(ctx, x), "x");
    ck_assert_str_eq(name_text(ctx, 0), "");
}
END_TEST

START_TEST(names_stay_when_the_table_grows)
{
    enum { MANY = 5000 };
    static Name names[MANY];
    char text[16];
    for (int i = 0; i < MANY; i++) {
        snprintf(text, sizeof text, "n%d", i);
        names[i] = name_of(ctx, text);
    }
    for (int i = 0; i < MANY; i++) {
        snprintf(text, sizeof text, "n%d", i);
        ck_assert_uint_eq(name_of(ctx, text), names[i]);
        ck_assert_str_eq(name_text(ctx, names[i]), text);
    }
}
END_TEST

static const struct { const char *name, *known, *nearest; } slips[] = {
    {"lamda", "mu lambda", "lambda"},
    {"x", "y z", ""},           /* nothing would remain */
    {"x", "y x1", "x1"},
    {"x", "yz", ""},
    {"X", "x", "x"},            /* but for case */
    {"WEIGHTS", "weights", "weights"},
    {"ab", "ba", "ba"},         /* a swap is one edit */
    {"ab", "cd", ""},
    {"ab", "abcd", ""},
    {"abcd", "abxy", ""},       /* two edits of four characters */
    {"abcde", "abxye", "abxye"},
    {"abcde", "axyze", ""},
    {"velocities", "valocitie_", "valocitie_"},
    {"learning_rate", "laerning_raet_", "laerning_raet_"},
    {"learning_rate", "learn", ""},
    {"theta", "theta sigma", ""}, /* itself is no suggestion */
    {"beta", "zeta bet theta", "zeta"},
    {"\xce\xb8" "1", "\xce\xb8" "2", "\xce\xb8" "2"},
    {"\xce\xb8", "\xcf\x86", ""}
};

START_TEST(nearest_name)
{
    Name known[4];
    size_t count = 0;
    char list[64];
    snprintf(list, sizeof list, "%s", slips[_i].known);
    for (char *word = strtok(list, " "); word; word = strtok(NULL, " "))
        known[count++] = name_of(ctx, word);
    Name nearest = name_nearest(ctx, name_of(ctx, slips[_i].name), known, count);
    ck_assert_str_eq(name_text(ctx, nearest), slips[_i].nearest);
}
END_TEST

/* ---- text ------------------------------------------------------------------------------- */

START_TEST(text_grows)
{
    Text text = text_new(ctx);
    text_put(&text, "");
    ck_assert_str_eq(text.at, "");
    text_put(&text, "ab");
    text_char(&text, 'c');
    text_bytes(&text, "defg", 2);
    text_printf(&text, " %d %s", 42, "z");
    ck_assert_str_eq(text.at, "abcde 42 z");
    ck_assert_uint_eq(text.len, 10);
    text.len = 0;
    text_printf(&text, "%*s|%*s|%u%% %ld%c", 4, "ab", 1, "abc", 7U, -12L, '!');
    ck_assert_str_eq(text.at, "  ab|abc|7% -12!");
    text_free(&text);
    text_printf(&text, "%*d", 3000, 1);
    text_printf(&text, "%*d", 100, 2);
    ck_assert_uint_eq(text.len, 3100);
    ck_assert_uint_eq(strlen(text.at), 3100);
}
END_TEST

static bool put_run(void *with, const char *bytes, size_t length)
{
    text_bytes(with, bytes, length);
    return true;
}

static bool refuse_run(void *with, const char *bytes, size_t length)
{
    (void)bytes;
    *(size_t *)with += length;
    return false;
}

/* `count` lines of 16 bytes. */
static void put_lines(Text *text, char what, int count)
{
    for (int i = 0; i < count; i++) {
        text_printf(text, "%c%*s\n", what, 14, "");
        text_settle(text, text->len);
    }
}

/* A long text with others put before it, within it and behind it. */
static void put_long(Text *text, int count)
{
    Text before = text_aside(text), within = text_aside(text), behind = text_aside(text);
    put_lines(text, 'a', count);
    const uint64_t place = text_length(text);
    put_lines(text, 'b', count);
    put_lines(&within, 'c', count);
    put_lines(&behind, 'd', 3);
    put_lines(&before, 'e', 2);
    text_join(text, place, &within);
    text_join(text, text_length(text), &behind);
    text_join(text, 0, &before);
    put_lines(text, 'f', 1);
}

/* Where a file of texts can be had, and where none can; short ones, too, and not spooled. */
static const struct {
    const char *folder;
    int count;
    bool spooled;
} spools[] = {
    {"/tmp", 50000, true}, {"/tmp", 3, true}, {"/nowhere", 50000, true}, {"/tmp", 50000, false},
};

/* A file that is full is not asked again, and what is in it stays. */
START_TEST(full_spools_are_left_alone)
{
    Text text = text_new(ctx), whole = text_new(ctx);
    struct rlimit old, limit;
    getrlimit(RLIMIT_FSIZE, &old);
    limit = old;
    limit.rlim_cur = 1 << 20;
    setenv("TMPDIR", "/tmp", 1);
    signal(SIGXFSZ, SIG_IGN);
    text_spool(&text);
    setrlimit(RLIMIT_FSIZE, &limit);
    put_lines(&text, 'a', 100000);
    setrlimit(RLIMIT_FSIZE, &old); /* it could take more again */
    const size_t kept = text.len;
    put_lines(&text, 'b', 100000);
    ck_assert_uint_eq(text.len, kept + (size_t)16 * 100000);
    ck_assert_uint_lt(text.len, text_length(&text));
    ck_assert(text_each(&text, put_run, &whole));
    ck_assert_uint_eq(whole.len, (size_t)16 * 200000);
    for (size_t i = 0; i < 200000; i++)
        each_assert(whole.at[16 * i] == (i < 100000 ? 'a' : 'b'));
    signal(SIGXFSZ, SIG_DFL);
    unsetenv("TMPDIR");
}
END_TEST

START_TEST(text_spools)
{
    Text text = text_new(ctx), whole = text_new(ctx);
    const size_t count = (size_t)spools[_i].count;
    setenv("TMPDIR", spools[_i].folder, 1);
    if (spools[_i].spooled)
        text_spool(&text);
    put_long(&text, spools[_i].count);
    ck_assert(text_each(&text, put_run, &whole));
    ck_assert_uint_eq(whole.len, 16 * (3 * count + 6));
    ck_assert_uint_eq(text_length(&text), whole.len);
    const bool away = spools[_i].spooled && count > 3 && *spools[_i].folder == '/' &&
                      strcmp(spools[_i].folder, "/nowhere") != 0;
    ck_assert_int_eq(text.len < whole.len, away);
    static const char order[] = "eacbdf";
    const size_t counts[] = {2, count, count, count, 3, 1};
    size_t at = 0;
    for (size_t k = 0; order[k]; k++)
        for (size_t i = 0; i < counts[k]; i++, at += 16)
            each_assert(whole.at[at] == order[k]);
    size_t seen = 0;
    ck_assert(!text_each(&text, refuse_run, &seen));
    ck_assert_uint_gt(seen, 0);
    unsetenv("TMPDIR");
}
END_TEST

static const struct { const char *plain, *json; } json[] = {
    {"", "\"\""},
    {"a/b", "\"a/b\""},
    {"\"\\\b\f\n\r\t", "\"\\\"\\\\\\b\\f\\n\\r\\t\""},
    {"\x01\x1f\x7f", "\"\\u0001\\u001f\\u007f\""},
    {"\xce\xb8", "\"\xce\xb8\""},
    {"a\xff" "b", "\"a\\ufffdb\""},
    {"\xed\xa0\x80", "\"\\ufffd\\ufffd\\ufffd\""}
};

START_TEST(json_escapes)
{
    Text text = text_new(ctx);
    text_json(&text, json[_i].plain);
    ck_assert_str_eq(text.at, json[_i].json);
}
END_TEST

/* ---- sources ---------------------------------------------------------------------------- */

/* A source of this text; returns the place of its first byte. */
static uint32_t base_of(const char *name, const char *text)
{
    return source_at(ctx, source_string(ctx, name, text, strlen(text)))->base;
}

static void expect_place(uint32_t place, const char *name, uint32_t line, uint32_t column)
{
    Place found = source_place(ctx, place);
    ck_assert_str_eq(found.source->name, name);
    ck_assert_uint_eq(found.line, line);
    ck_assert_uint_eq(found.column, column);
}

START_TEST(places)
{
    uint32_t a = base_of("a", "x\r\ny\rz\n\xce\xb8=1");
    uint32_t empty = base_of("empty", "");
    uint32_t b = base_of("b", "\xff\xff" "q\n\n");
    expect_place(a, "a", 1, 1);
    expect_place(a + 1, "a", 1, 2);  /* \r */
    expect_place(a + 2, "a", 1, 3);  /* \n of the same newline */
    expect_place(a + 3, "a", 2, 1);
    expect_place(a + 5, "a", 3, 1);  /* behind a lone \r */
    expect_place(a + 7, "a", 4, 1);
    expect_place(a + 9, "a", 4, 2);  /* behind a code point of two bytes */
    expect_place(a + 8, "a", 4, 1);  /* within it */
    expect_place(a + 11, "a", 4, 4); /* the end */
    expect_place(empty, "empty", 1, 1);
    expect_place(b + 2, "b", 1, 3);  /* invalid bytes count one each */
    expect_place(b + 5, "b", 3, 1);
    expect_place(b + 500, "b", 3, 1);
    expect_place(a + 10, "a", 4, 3);
    expect_place(0, "bpgen", 0, 0);
}
END_TEST

START_TEST(text_of_a_span)
{
    uint32_t a = base_of("a", "alpha+beta");
    size_t length;
    const char *text = source_text(ctx, (Span){a + 6, a + 10}, &length);
    ck_assert_uint_eq(length, 4);
    ck_assert_int_eq(memcmp(text, "beta", 4), 0);
    source_text(ctx, (Span){a + 6, a + 100}, &length);
    ck_assert_uint_eq(length, 4);
    source_text(ctx, (Span){0, 0}, &length);
    ck_assert_uint_eq(length, 0);
}
END_TEST

START_TEST(byte_order_mark_is_dropped)
{
    const Source *source = source_at(ctx, source_string(ctx, "a", "\xef\xbb\xbfx", 4));
    ck_assert_str_eq(source->bytes, "x");
    ck_assert_uint_eq(source->length, 1);
}
END_TEST

START_TEST(files_are_read_whole)
{
    char path[] = "/tmp/bpgen-test-XXXXXX";
    int descriptor = mkstemp(path);
    FILE *file = fdopen(descriptor, "wb");
    ck_assert_ptr_nonnull(file);
    for (int i = 0; i < 100000; i++)
        fputc(1 + i % 250, file);
    fclose(file);
    const Source *source = source_at(ctx, source_read(ctx, path));
    unlink(path);
    ck_assert_str_eq(source->name, path);
    ck_assert_uint_eq(source->length, 100000);
    for (int i = 0; i < 100000; i++)
        each_assert((unsigned char)source->bytes[i] == 1 + i % 250);
    ck_assert_int_eq(source->bytes[100000], 0);
}
END_TEST

static const struct { const char *path, *message; } unreadable[] = {
    {"/", "cannot read '/': Is a directory"},
    {"/no/such", "cannot read '/no/such': No such file or directory"},
    {"", "cannot read '': No such file or directory"}
};

START_TEST(unreadable_files)
{
    jmp_buf where;
    int status = setjmp(where);
    if (!status) {
        ctx_catch(ctx, &where);
        source_read(ctx, unreadable[_i].path);
    }
    ck_assert_int_eq(status, STATUS_SYSTEM);
    ck_assert_str_eq(ctx_message(ctx), unreadable[_i].message);
}
END_TEST

/* ---- diag ------------------------------------------------------------------------------- */

static void expect_messages(const char *expected)
{
    Text text = text_new(ctx);
    diag_print(ctx, &text, false);
    ck_assert_str_eq(text.at ? text.at : "", expected);
}

START_TEST(messages_are_sorted)
{
    uint32_t a = base_of("a.expr", "f = x +\ng = lamda\n");
    ck_assert_uint_eq(diag_errors(ctx), 0);
    diag_error(ctx, (Span){a + 12, a + 17}, "unknown-name", "unknown name '%s'", "lamda");
    diag_hint(ctx, "did you mean '%s'?", "lambda");
    diag_note(ctx, (Span){a, a + 1}, "first");
    diag_warning(ctx, (Span){a + 7, a + 7}, "w", "one");
    diag_error(ctx, (Span){a + 7, a + 8}, "e", "two");
    diag_error(ctx, (Span){0, 0}, "nowhere", "three");
    ck_assert_uint_eq(diag_errors(ctx), 3);
    expect_messages("bpgen: error: three [nowhere]\n"
                    "a.expr:1:8: warning: one [-Ww]\n"
                    "f = x +\n"
                    "       ^\n"
                    "a.expr:1:8: error: two [e]\n"
                    "f = x +\n"
                    "       ^\n"
                    "a.expr:2:5: error: unknown name 'lamda' [unknown-name]\n"
                    "g = lamda\n"
                    "    ^~~~~\n"
                    "hint: did you mean 'lambda'?\n"
                    "a.expr:1:1: note: first\n"
                    "f = x +\n"
                    "^\n");
}
END_TEST

/* A source line, a span in it, and what is shown. */
static const struct { const char *line; uint32_t start, end; const char *shown; } carets[] = {
    {"\tx = y\r\n", 5, 6, "a:1:6\n\tx = y\n\t    ^\n"},
    {"a\r\nb", 2, 3, "a:1:3\na\n ^\n"},
    {"ab\tcd", 1, 4, "a:1:2\nab\tcd\n ^\t~\n"},
    {"", 0, 0, "a:1:1\n\n^\n"},
    {"\xce\xb8+\xce\xb8", 3, 5, "a:1:3\n\xce\xb8+\xce\xb8\n  ^\n"},
    {"\xe4\xbd\xa0=\xe4\xbd\xa0", 4, 7, "a:1:3\n\xe4\xbd\xa0=\xe4\xbd\xa0\n   ^~\n"},
    {"e\xcc\x81+x", 4, 5, "a:1:4\ne\xcc\x81+x\n  ^\n"},
    {"\x1b[1m\xff x", 6, 7, "a:1:7\n<U+001B>[1m<FF> x\n                ^\n"},
    {"x\xe2\x80\xaey", 4, 5, "a:1:3\nx<U+202E>y\n         ^\n"},
    {"ab\ncd", 1, 5, "a:1:2\nab\n ^\n"}
};

START_TEST(caret_lines)
{
    uint32_t a = base_of("a", carets[_i].line);
    diag_error(ctx, (Span){a + carets[_i].start, a + carets[_i].end}, "e", "m");
    Text text = text_new(ctx);
    diag_print(ctx, &text, false);
    char *sentence = strstr(text.at, ": error: m [e]");
    ck_assert_ptr_nonnull(sentence);
    memmove(sentence, sentence + 14, strlen(sentence + 14) + 1);
    ck_assert_str_eq(text.at, carets[_i].shown);
}
END_TEST

START_TEST(long_lines_are_cut)
{
    Text line = text_new(ctx);
    for (int i = 0; i < 1000; i++)
        text_printf(&line, "%d", i % 10);
    uint32_t a = base_of("a", line.at);
    diag_error(ctx, (Span){a + 500, a + 503}, "e", "m");
    Text expected = text_new(ctx);
    text_put(&expected, "a:1:501: error: m [e]\n...");
    text_bytes(&expected, line.at + 440, 120);
    text_printf(&expected, "...\n%*s\n", 3 + 60 + 3, "^~~");
    expect_messages(expected.at);
}
END_TEST

START_TEST(long_lines_at_their_ends)
{
    Text line = text_new(ctx), expected = text_new(ctx);
    for (int i = 0; i < 130; i++)
        text_put(&line, "\xce\xb8");
    uint32_t a = base_of("a", line.at);
    diag_error(ctx, (Span){a, a + 260}, "e", "m");
    diag_error(ctx, (Span){a + 260, a + 260}, "e", "m");
    text_put(&expected, "a:1:1: error: m [e]\n");
    text_bytes(&expected, line.at, 240);
    text_put(&expected, "...\n^");
    for (int i = 1; i < 120; i++)
        text_char(&expected, '~');
    text_put(&expected, "\na:1:131: error: m [e]\n...");
    text_bytes(&expected, line.at, 120);
    text_printf(&expected, "\n%*s\n", 3 + 60 + 1, "^");
    expect_messages(expected.at);
}
END_TEST

START_TEST(colours)
{
    uint32_t a = base_of("a", "x");
    diag_error(ctx, (Span){a, a + 1}, "e", "m");
    Text text = text_new(ctx);
    diag_print(ctx, &text, true);
    ck_assert_str_eq(text.at, "\033[1ma:1:1:\033[0m \033[1;31merror:\033[0m m [e]\n"
                              "x\n\033[1;32m^\033[0m\n");
}
END_TEST

START_TEST(no_messages)
{
    expect_messages("");
    diag_hint(ctx, "to nobody");
    expect_messages("");
}
END_TEST

/* ---- unicode ---------------------------------------------------------------------------- */

static const struct { const char *bytes; int length; uint32_t point; } encoded[] = {
    {"", 0, 0}, {"a", 1, 'a'}, {"\xce\xb8", 2, 0x3b8}, {"\xe4\xbd\xa0", 3, 0x4f60},
    {"\xf0\x9d\x9c\x83", 4, 0x1d703}, {"\xce", 0, 0}, {"\x80", 0, 0}, {"\xc0\xaf", 0, 0},
    {"\xed\xa0\x80", 0, 0}, {"\xf4\x90\x80\x80", 0, 0}
};

START_TEST(decode)
{
    uint32_t point = 0;
    const char *bytes = encoded[_i].bytes;
    ck_assert_int_eq(utf8_decode(bytes, bytes + strlen(bytes), &point), encoded[_i].length);
    ck_assert_uint_eq(point, encoded[_i].point);
}
END_TEST

START_TEST(identifier_characters)
{
    ck_assert(utf8_starts_name('a') && utf8_starts_name('_') && utf8_starts_name(0x3b8));
    ck_assert(!utf8_starts_name('1') && !utf8_starts_name('-') && !utf8_starts_name(0x301));
    ck_assert(utf8_continues_name('1') && utf8_continues_name(0x301));
    ck_assert(!utf8_continues_name('$') && !utf8_continues_name(0x2202));
    ck_assert(!utf8_continues_name(0xb7) && !utf8_continues_name(0x387)); /* middle dots */
}
END_TEST

START_TEST(normal_form)
{
    Name composed = utf8_normalise(ctx, "\xc3\xa9", 2);
    ck_assert_uint_eq(utf8_normalise(ctx, "e\xcc\x81", 3), composed);
    ck_assert_str_eq(name_text(ctx, composed), "\xc3\xa9");
    ck_assert_uint_eq(utf8_normalise(ctx, "x1", 2), name_of(ctx, "x1"));
    ck_assert_uint_eq(utf8_normalise(ctx, "\xff", 1), name_of(ctx, "\xff"));
}
END_TEST

static const struct { const char *name, *ascii; } spelled[] = {
    {"x_1", "x_1"}, {"\xce\xb8", "theta"}, {"\xce\x98", "Theta"},
    {"\xcf\x83\xcf\x82", "sigmasigma"},
    {"\xcf\x89_0", "omega_0"}, {"\xce\xa9", "Omega"}, {"\xce\xac", "alpha"}, {"\xcf\x95", "phi"},
    {"\xf0\x9d\x9c\x83", "theta"}, {"\xc2\xb5", "mu"}, {"\xc3\xa9t\xc3\xa9", "ete"},
    {"x\xcc\x82", "x"}, {"Stra\xc3\x9f" "e", "Strasse"}, {"\xc3\xb8\xc3\xa6\xc5\x82", "oael"},
    {"\xc3\x86", "AE"}, {"x\xe2\x82\x81\xe2\x82\x80", "x10"}, {"x\xc2\xb2", "x2"},
    {"\xe4\xbd\xa0", "u4f60"}, {"\xe4\xbd\xa0\xe5\xa5\xbd", "u4f60_u597d"},
    {"a\xe4\xbd\xa0" "b", "a_u4f60_b"}, {"a_\xe4\xbd\xa0_b", "a_u4f60_b"},
    {"\xe4\xbd\xa0\xce\xb8", "u4f60_theta"}, {"\xed\x95\x9c", "ud55c"}, {"\xe3\x81\x8c", "u304c"},
    {"_x", "x_x"}, {"1x", "x1x"}, {"\xe2\x82\x81", "x1"}, {"", "x"}, {"\xcc\x82", "x"},
    {"two-layer.v2", "two_layer_v2"}, {"-a", "a"}, {"a_-b", "a_b"}, {"a\xff", "a_uff"},
    {"__", "x__"}, {"\xf0\x9f\x98\x80", "u1f600"}, {"\xc2\xbd", "u00bd"}, {"a-", "a"}
};

START_TEST(transliteration)
{
    Text text = text_new(ctx);
    text_put(&text, "1=");
    utf8_transliterate(&text, spelled[_i].name);
    ck_assert_str_eq(text.at + 2, spelled[_i].ascii);
    ck_assert_uint_eq(strlen(text.at), text.len);
}
END_TEST

/* ---- suite ------------------------------------------------------------------------------ */

#define LOOP(tcase, test, table) \
    tcase_add_loop_test(tcase, test, 0, (int)(sizeof(table) / sizeof *(table)))

static void add_memory(TCase *t)
{
    tcase_add_test(t, alloc_is_zeroed_and_aligned);
    tcase_add_test(t, resize_keeps_and_frees);
    tcase_add_test(t, fatal_jumps_with_message);
    tcase_add_test(t, fatal_when_out_of_memory);
    tcase_add_test(t, cleaners_run_last_first);
    tcase_add_test(t, vectors_grow);
    tcase_add_test(t, arrays_are_zeroed);
    tcase_add_loop_test(t, lookups_find_what_is_in_them, 0, 4);
    tcase_add_loop_test(t, components_of_arcs, 0, 200);
    tcase_add_test(t, heaps_give_the_least);
    tcase_add_test(t, segments_that_meet_are_found);
    tcase_add_test(t, lists_are_interned);
    tcase_add_test(t, names_are_interned);
    tcase_add_test(t, names_stay_when_the_table_grows);
    LOOP(t, nearest_name, slips);
    tcase_add_test(t, text_grows);
    tcase_add_loop_test(t, text_spools, 0, sizeof spools / sizeof *spools);
    tcase_add_test(t, full_spools_are_left_alone);
    LOOP(t, json_escapes, json);
}

static void add_sources(TCase *t)
{
    tcase_add_test(t, places);
    tcase_add_test(t, text_of_a_span);
    tcase_add_test(t, byte_order_mark_is_dropped);
    tcase_add_test(t, files_are_read_whole);
    LOOP(t, unreadable_files, unreadable);
    tcase_add_test(t, messages_are_sorted);
    LOOP(t, caret_lines, carets);
    tcase_add_test(t, long_lines_are_cut);
    tcase_add_test(t, long_lines_at_their_ends);
    tcase_add_test(t, colours);
    tcase_add_test(t, no_messages);
}

static void add_unicode(TCase *t)
{
    LOOP(t, decode, encoded);
    tcase_add_test(t, identifier_characters);
    tcase_add_test(t, normal_form);
    LOOP(t, transliteration, spelled);
}

Suite *suite_base(void)
{
    static void (*const add[])(TCase *) = {add_memory, add_sources, add_unicode};
    static const char *const name[] = {"memory", "sources", "unicode"};
    Suite *suite = suite_create("base");
    for (int i = 0; i < 3; i++) {
        TCase *tcase = tcase_create(name[i]);
        tcase_add_checked_fixture(tcase, setup, teardown);
        add[i](tcase);
        suite_add_tcase(suite, tcase);
    }
    return suite;
}
