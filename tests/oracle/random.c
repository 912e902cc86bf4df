/* random: random models, and models from files, against the oracle.
 *
 *     random [--seed=N] [--first=N] [--count=N] [--points=N] [--show] [--rows]
 *     random FILE...
 *
 * Model i is made from seed and i alone: `random --first=I --count=1 --show` prints it. A file's
 * lines `# at x=1, y=-2` are its points. Prints what is wrong, each time with the model, and how
 * much was compared; with --rows also how often each row of ops.def occurs, and in arms of
 * conditions; then there are more models, up to four times as many, if one is missing. The last
 * line is `random: N passed, N failed`, N being models.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "trial.h"

enum { BATCH = 100, POINTS_MAX = 16 };

typedef struct Entry {
    Subject subject;
    bool good;                                  /* as far as is known */
    uint32_t points;
    double in[POINTS_MAX][ARGS_MAX];
    uint64_t seed;
} Entry;

typedef struct Run {
    uint64_t seed, first, count;
    uint32_t points;
    bool show, rows;
    Entry entry[BATCH];
    uint32_t entries;    /* in the batch */
    uint64_t batches;
    Tally tally;
    long passed, failed;
    long used[OP_COUNT], in_arms[OP_COUNT], deep_arms;
} Run;

static Run run;

/* ---- batches ---------------------------------------------------------------------------- */

static void judge_entry(Entry *e)
{
    long before = run.tally.failed;
    for (uint32_t k = 0; k < e->points; k++)
        judge_point(&e->subject, e->in[k], e->seed + k + 1, e->seed % 5 == 0, &run.tally);
    e->good = e->good && run.tally.failed == before;
}

/* A library that is loaded is not loaded again under its name: each batch has its own.
 * Compiles all; where that fails one by one, to find out which it is. */
static void compile_batch(void)
{
    Subject *subjects[BATCH];
    char tag[64];
    static const char flags[] = "-O1 -Wall -Wextra -Wconversion -Wshadow -Werror";
    for (uint32_t i = 0; i < run.entries; i++)
        subjects[i] = &run.entry[i].subject;
    snprintf(tag, sizeof tag, "random%llu", (unsigned long long)run.batches);
    if (!run.entries || subjects_compile(subjects, run.entries, tag, flags))
        return;
    for (uint32_t i = 0; i < run.entries; i++) {
        snprintf(tag, sizeof tag, "one%llu_%u", (unsigned long long)run.batches, i);
        if (!subjects_compile(&subjects[i], 1, tag, flags)) {
            printf("---- %s has no good C\n%s", subjects[i]->prefix, subjects[i]->text);
            run.entry[i].good = false;
            run.entry[i].points = 0;
        }
    }
}

static void end_batch(void)
{
    compile_batch();
    for (uint32_t i = 0; i < run.entries; i++) {
        judge_entry(&run.entry[i]);
        *(run.entry[i].good ? &run.passed : &run.failed) += 1;
        subject_close(&run.entry[i].subject);
    }
    run.entries = 0;
    run.batches++;
    fflush(stdout);
}

/* A new entry; NULL if the text is no model, which counts as failed. */
static Entry *begin_entry(const char *text, const char *prefix)
{
    const char *complaint;
    if (run.entries == BATCH)
        end_batch();
    Entry *e = &run.entry[run.entries];
    *e = (Entry){.good = true};
    if (!subject_open(&e->subject, text, prefix, &complaint)) {
        printf("---- %s is no model: %s\n%s", prefix, complaint, text);
        subject_close(&e->subject);
        run.failed++;
        return NULL;
    }
    run.entries++;
    return e;
}

/* ---- random models ---------------------------------------------------------------------- */

static void add_random(Grower *grower, Ctx *ctx, uint64_t number)
{
    char prefix[32];
    Grown grown = {.text = text_new(ctx)};
    grow(grower, run.seed, number, &grown);
    snprintf(prefix, sizeof prefix, "m%llu", (unsigned long long)number);
    if (run.show)
        printf("---- %s\n%s", prefix, grown.text.at);
    Entry *e = begin_entry(grown.text.at, prefix);
    if (e) {
        e->points = run.points < GROW_POINTS ? run.points : GROW_POINTS;
        e->seed = number;
        for (uint32_t i = 0; i < grown.names.count; i++) {
            int place = subject_arg(&e->subject, name_text(ctx, grown.names.at[i]));
            for (uint32_t k = 0; place >= 0 && k < GROW_POINTS; k++)
                e->in[k][place] = grown.at.at[i*GROW_POINTS + k];
        }
    }
    for (int op = 0; op < OP_COUNT; op++) {
        run.used[op] += grown.rows[op];
        run.in_arms[op] += grown.in_arms[op];
    }
    run.deep_arms += grown.deep_arms;
    text_free(&grown.text);
    vec_free(ctx, &grown.names);
    vec_free(ctx, &grown.at);
}

static bool has_all_rows(void)
{
    for (int op = 1; op < OP_COUNT; op++)
        if (row_is_written((Op)op) && (!run.used[op] || !run.in_arms[op]))
            return false;
    return true;
}

static void add_random_models(void)
{
    Ctx *ctx = ctx_new();
    Grower *grower = grower_new(ctx);
    for (uint64_t i = 0; i < run.count || (run.rows && !has_all_rows() && i < 4*run.count); i++)
        add_random(grower, ctx, run.first + i);
    if (run.entries)
        end_batch();
    grower_free(grower);
    ctx_free(ctx);
}

/* ---- files ------------------------------------------------------------------------------ */

/* `# at x=1, y=-2` */
static void read_point(Entry *e, const char *line)
{
    const char *end = line + strcspn(line, "\n");
    while (line < end && e->points < POINTS_MAX) {
        char name[64];
        size_t length = strcspn(line, "=");
        while (*line == ' ' || *line == ',')
            line++, length--;
        if (line >= end || length >= sizeof name || line[length] != '=')
            break;
        snprintf(name, sizeof name, "%.*s", (int)length, line);
        int place = subject_arg(&e->subject, name);
        char *behind;
        double value = strtod(line + length + 1, &behind);
        if (place >= 0)
            e->in[e->points][place] = value;
        else
            printf("%s: no input %s\n", e->subject.prefix, name);
        e->good = e->good && place >= 0;
        line = behind;
    }
    e->points++;
}

static void add_file(const char *path)
{
    Ctx *ctx = ctx_new();
    jmp_buf fatal;
    if (setjmp(fatal)) {
        printf("%s: %s\n", path, ctx_message(ctx));
        run.failed++;
        ctx_free(ctx);
        return;
    }
    ctx_catch(ctx, &fatal);
    const Source *source = source_at(ctx, source_read(ctx, path));
    const char *slash = strrchr(path, '/');
    const char *name = slash ? slash + 1 : path;
    Entry *e = begin_entry(source->bytes, name_as_c(ctx, ctx_copy(ctx, name, strcspn(name, "."))));
    if (e) {
        for (const char *at = source->bytes; (at = strstr(at, "# at ")); at++)
            read_point(e, at + 5);
        if (!e->points) {
            printf("%s: no line '# at' with a point\n", path);
            e->good = false;
        }
    }
    ctx_free(ctx);
}

/* ---- the run ---------------------------------------------------------------------------- */

static void report_rows(void)
{
    for (int op = 1; op < OP_COUNT; op++) {
        if (!row_is_written((Op)op))
            continue;
        printf("row %-10s %6ld %6ld\n", op_info((Op)op)->id, run.used[op], run.in_arms[op]);
    }
    printf("conditions in arms: %ld\n", run.deep_arms);
}

static void report(void)
{
    const Tally *t = &run.tally;
    long skipped = 0;
    printf("compared %ld (%ld zeros), skipped", t->compared, t->zeros);
    for (int k = 1; k < SKIP_COUNT; k++) {
        static const char *const more[] = {"switched", "inside", "unstable", "range"};
        skipped += t->skipped[k];
        if (t->skipped[k])
            printf(" %ld %s,", t->skipped[k], k <= ORACLE_UNSURE
                   ? oracle_status_name((OracleStatus)k) : more[k - SKIP_SWITCHED]);
    }
    printf(" together %.1f %%; inner products %ld, without rounding %ld, lines of --eval %ld; "
           "worst %.2f of what is allowed\n", 100.0*(double)skipped/(double)(t->compared + skipped + 1),
           t->sums, t->exact, t->evaluated, t->worst);
    if (skipped > 0.4*(double)(t->compared + skipped)) {
        printf("more than 40 %% were skipped\n");
        run.failed++;
    }
}

static bool number_option(const char *word, const char *name, uint64_t *value)
{
    size_t length = strlen(name);
    if (strncmp(word, name, length) || word[length] != '=')
        return false;
    *value = strtoull(word + length + 1, NULL, 10);
    return true;
}

int main(int argc, char **argv)
{
    uint64_t points = GROW_POINTS;
    bool files = false;
    run.seed = 1;
    run.count = 300;
    for (int i = 1; i < argc; i++)
        if (!strcmp(argv[i], "--show"))
            run.show = true;
        else if (!strcmp(argv[i], "--rows"))
            run.rows = true;
        else if (!number_option(argv[i], "--seed", &run.seed) &&
                 !number_option(argv[i], "--first", &run.first) &&
                 !number_option(argv[i], "--count", &run.count) &&
                 !number_option(argv[i], "--points", &points)) {
            files = true;
            add_file(argv[i]);
        }
    run.points = (uint32_t)points;
    if (!files)
        add_random_models();
    else if (run.entries)
        end_batch();
    if (run.rows)
        report_rows();
    if (run.rows && !has_all_rows()) {
        printf("a row never occurs, or not in an arm\n");
        run.failed++;
    }
    report();
    printf("random: %ld passed, %ld failed\n", run.passed, run.failed);
    return run.failed > 0;
}
