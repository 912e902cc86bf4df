/* name: interned strings.
 *
 * In: text. Out: a number for it, the same for equal text in one context, counted from 1 in
 * order of first appearance; the empty text is 0, no name. And the other way round.
 *
 * The idea: compare text once, when it comes in; afterwards names are compared as numbers.
 */
#include "base/base.h"

#include <string.h>

typedef struct Entry {
    const char *text; /* a 0 behind it */
    uint32_t length;  /* without the 0 */
    uint32_t hash;    /* of the text */
} Entry;

typedef struct Names {
    VEC(Entry) entries; /* by name; entry 0 is the empty text */
    Lookup table;        /* of their numbers */
} Names;

/* ---- interning -------------------------------------------------------------------------- */

/* Bits of a hash that names have which differ in the last digit alone. */
#define ALIKE 0xffu

/* The bits of a hash mixed once more, since the table takes the low ones. */
static uint32_t mixed(uint64_t hash)
{
    hash ^= hash >> 32;
    hash *= UINT64_C(0x9e3779b97f4a7c15);
    return (uint32_t)(hash >> 32);
}

static uint64_t hash_char(uint64_t hash, char c)
{
    return (hash ^ (unsigned char)c) * UINT64_C(0x100000001b3);
}

/* Where it is; the end if there is none. */
static const char *last_digit(const char *text, const char *end)
{
    for (const char *at = end; at > text; at--)
        if (at[-1] >= '0' && at[-1] <= '9')
            return at - 1;
    return end;
}

static uint64_t hash_run(uint64_t hash, const char *text, const char *end)
{
    while (text < end)
        hash = hash_char(hash, *text++);
    return hash;
}

/* FNV-1a; the last digit is in the lowest bits alone. */
static uint32_t hash_text(const char *text, size_t length)
{
    const char *end = text + length, *digit = last_digit(text, end);
    uint64_t hash = hash_run(UINT64_C(0xcbf29ce484222325), text, digit);
    hash = hash_run(hash, digit + (digit < end), end);
    const uint32_t whole = mixed(hash_char(hash, digit < end ? *digit : 0));
    return (mixed(hash) & ~ALIKE) | (whole & ALIKE);
}

/* Names that differ in their last digit, as x10_bar to x19_bar, are near each other: where there
 * are many they are numbered, and come in turn. */
static LookupKey key_of_hash(uint32_t hash)
{
    return (LookupKey)(hash / (ALIKE + 1) + 1) << 32 | hash_mix(0, hash);
}

static Names *names_of(Ctx *ctx)
{
    void **slot = ctx_slot(ctx, SLOT_NAMES);
    if (*slot)
        return *slot; /* cppcheck-suppress identicalInnerCondition ; it is no condition */
    Names *names = ctx_alloc(ctx, sizeof *names);
    *vec_push(ctx, &names->entries) = (Entry){"", 0, 0};
    *slot = names;
    return names;
}

static LookupKey key_of_name(const void *with, uint32_t name)
{
    const Names *names = with;
    return key_of_hash(names->entries.at[name].hash);
}

/* The name of this text; 0 if it has none yet. */
static Name find(const Names *names, const char *text, size_t length, uint32_t hash, LookupTry *at)
{
    Name name;
    while ((name = lookup_find(&names->table, at))) {
        const Entry *entry = &names->entries.at[name];
        if (entry->hash == hash && entry->length == length && !memcmp(entry->text, text, length))
            break;
    }
    return name;
}

Name name_intern(Ctx *ctx, const char *text, size_t length)
{
    if (!length)
        return 0;
    if (length > UINT32_MAX / 2)
        ctx_fatal(ctx, STATUS_SYSTEM, "a name is %zu bytes long", length);
    Names *names = names_of(ctx);
    const uint32_t hash = hash_text(text, length);
    LookupTry at = lookup_try(key_of_hash(hash));
    Name name = find(names, text, length, hash, &at);
    if (name)
        return name;
    Entry entry = {ctx_copy(ctx, text, length), (uint32_t)length, hash};
    *vec_push(ctx, &names->entries) = entry;
    name = names->entries.count - 1;
    lookup_enter(ctx, &names->table, name, &at, key_of_name, names);
    return name;
}

Name name_of(Ctx *ctx, const char *text)
{
    return name_intern(ctx, text, strlen(text));
}

const char *name_text(const Ctx *ctx, Name name)
{
    const Names *names = *ctx_slot(ctx, SLOT_NAMES);
    return names && name < names->entries.count ? names->entries.at[name].text : "";
}

/* ---- the nearest name ------------------------------------------------------------------- */

/* Longer names are near only if they differ in case alone. */
enum { LONGEST = 64 };

typedef struct Points {
    uint32_t at[LONGEST]; /* code points */
    int count;            /* their number; LONGEST + 1 if there are more */
} Points;

static void points_of(const char *text, Points *points)
{
    const char *end = text + strlen(text);
    for (points->count = 0; text < end && points->count <= LONGEST; points->count++) {
        uint32_t point = (unsigned char)*text;
        int length = utf8_decode(text, end, &point);
        text += length ? length : 1;
        if (points->count < LONGEST)
            points->at[points->count] = point;
    }
}

static int smaller(int a, int b)
{
    return a < b ? a : b;
}

/* Insertions, deletions, substitutions and swaps of neighbours that turn a into b. Only what
 * can be within `limit` is computed, the band about the diagonal; the rest counts as far. */
static int distance(const Points *a, const Points *b, int limit)
{
    unsigned char d[LONGEST + 1][LONGEST + 1];
    enum { FAR_OFF = 100 };
    memset(d, FAR_OFF, sizeof d);
    for (int i = 0; i <= a->count; i++) {
        for (int j = i > limit ? i - limit : 0; j <= smaller(b->count, i + limit); j++) {
            int best = i && j ? FAR_OFF : i + j;
            if (i)
                best = smaller(best, d[i - 1][j] + 1);
            if (j)
                best = smaller(best, d[i][j - 1] + 1);
            if (i && j)
                best = smaller(best, d[i - 1][j - 1] + (a->at[i - 1] != b->at[j - 1]));
            if (i > 1 && j > 1 && a->at[i - 1] == b->at[j - 2] && a->at[i - 2] == b->at[j - 1])
                best = smaller(best, d[i - 2][j - 2] + 1);
            d[i][j] = (unsigned char)best;
        }
    }
    return d[a->count][b->count];
}

static int fold(char c)
{
    return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c;
}

static bool same_but_for_case(const char *a, const char *b)
{
    while (*a && fold(*a) == fold(*b))
        a++, b++;
    return fold(*a) == fold(*b);
}

/* Of a name of one character something must remain. */
static bool near(const Points *a, const Points *b, int edits, int limit)
{
    bool whole = a->count == 1 && b->count <= 1;
    if (a->count == 1 && b->count == 2)
        whole = b->at[0] != a->at[0] && b->at[1] != a->at[0];
    return edits <= limit && !whole;
}

/* How far the candidate is; more than `limit` if it is not near. */
static int rate(const Ctx *ctx, Name name, const Points *a, Name candidate, int limit)
{
    const char *text = name_text(ctx, candidate);
    if (same_but_for_case(name_text(ctx, name), text))
        return 0;
    Points b;
    points_of(text, &b);
    if (a->count > LONGEST || b.count > LONGEST || b.count > a->count + limit ||
        b.count < a->count - limit)
        return limit + 1;
    int edits = distance(a, &b, limit);
    return near(a, &b, edits, limit) ? edits : limit + 1;
}

Name name_nearest(Ctx *ctx, Name name, const Name *candidates, size_t count)
{
    Points points;
    points_of(name_text(ctx, name), &points);
    int limit = points.count <= 4 ? 1 : points.count <= 8 ? 2 : 3;
    int best = limit + 1;
    Name nearest = 0;
    for (size_t i = 0; i < count && best; i++) {
        if (!candidates[i] || candidates[i] == name)
            continue;
        int edits = rate(ctx, name, &points, candidates[i], limit);
        if (edits < best) {
            best = edits;
            nearest = candidates[i];
        }
    }
    return nearest;
}
