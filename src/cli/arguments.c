/* The command line in, options out, as options.def says. Long options take their value behind '='
 * or as the next word; the others as the rest of the word or the next one, and where several of
 * these fit, the longest is meant: -MF is no -M. */
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"

typedef struct Arguments {
    Ctx *ctx;
    int argc;
    char **argv;
    int next;      /* the word to be read next */
    bool operands; /* behind "--" all words are operands */
    Options *o;
} Arguments;

_Noreturn static void usage(Ctx *ctx, const char *fmt, ...) BP_PRINTF(2, 3);
static void usage(Ctx *ctx, const char *fmt, ...)
{
    Text text = text_new(ctx);
    va_list args;
    va_start(args, fmt);
    text_vprintf(&text, fmt, args);
    va_end(args);
    ctx_fatal(ctx, STATUS_USAGE, "%s; try 'bpgen --help'", text.at);
}

/* ---- values */

/* " (did you mean 'name'?)", if there is one. */
static const char *hint(Ctx *ctx, const char *name)
{
    Text text = text_new(ctx);
    text_put(&text, "");
    if (*name)
        text_printf(&text, " (did you mean '%s'?)", name);
    return text.at;
}

/* The name that the word is a misspelling of, "" if none is near. */
static const char *nearest(Ctx *ctx, const char *word, const Name *names, uint32_t count)
{
    if (!*word)
        return "";
    return name_text(ctx, name_nearest(ctx, name_of(ctx, word), names, count));
}

/* The number of a name of the row. */
static uint32_t read_name(Ctx *ctx, const OptionRow *row, const char *text)
{
    VEC(Name) known = {0};
    for (uint32_t i = 0; row->names(i); i++) {
        if (!strcmp(text, row->names(i)))
            return i;
        *vec_push(ctx, &known) = name_of(ctx, row->names(i));
    }
    Text names = text_new(ctx);
    option_put_names(&names, row, ", ");
    ctx_fatal(ctx, STATUS_USAGE, "%s takes %s %s, found '%s'%s", row->spelling,
              row->kind == KIND_SET ? "some of" : "one of", names.at, text,
              hint(ctx, nearest(ctx, text, known.at, known.count)));
}

static const char *read_text(Ctx *ctx, const OptionRow *row, const char *text)
{
    if (!*text)
        usage(ctx, "the option %s needs a value, found ''", row->spelling);
    return text;
}

/* A number of at most nine digits. */
static uint32_t read_number(Ctx *ctx, const OptionRow *row, const char *text)
{
    size_t length = strlen(text);
    if (!length || length > 9 || strspn(text, "0123456789") != length)
        usage(ctx, "%s takes a number from 0 to 999999999, found '%s'", row->spelling, text);
    return (uint32_t)strtoul(text, NULL, 10);
}

/* The items of a list without the blanks beside the commas. */
static const char *read_list(Ctx *ctx, const char *text)
{
    Text out = text_new(ctx);
    text_put(&out, "");
    for (;;) {
        text += strspn(text, " ");
        const size_t length = strcspn(text, ",");
        size_t end = length;
        while (end && text[end - 1] == ' ')
            end--;
        text_bytes(&out, text, end);
        if (!text[length])
            return out.at;
        text_char(&out, ',');
        text += length + 1;
    }
}

static uint32_t read_set(Ctx *ctx, const OptionRow *row, const char *text)
{
    uint32_t set = 0;
    for (const char *at = read_list(ctx, text);; at++) {
        const size_t length = strcspn(at, ",");
        set |= UINT32_C(1) << read_name(ctx, row, ctx_copy(ctx, at, length));
        at += length;
        if (!*at)
            return set;
    }
}

static void set_option(Arguments *a, OptionId id, const char *value)
{
    const OptionRow *row = &option_rows[id];
    void *field = (char *)a->o + row->offset;
    a->o->given |= UINT64_C(1) << id;
    switch (row->kind) {
    case KIND_FLAG: *(bool *)field = true; break;
    case KIND_TEXT: *(const char **)field = read_text(a->ctx, row, value); break;
    case KIND_LIST: *(const char **)field = read_list(a->ctx, value); break;
    case KIND_NUMBER: *(uint32_t *)field = read_number(a->ctx, row, value); break;
    case KIND_CHOICE: *(uint32_t *)field = read_name(a->ctx, row, value); break;
    case KIND_SET: *(uint32_t *)field = read_set(a->ctx, row, value); break;
    case KIND_WORDS: case KIND_PREFIX:
        *vec_push(a->ctx, (Words *)field) = read_text(a->ctx, row, value);
        break;
    }
}

/* ---- words */

static const char *next_word(Arguments *a, const char *option)
{
    if (a->next >= a->argc)
        usage(a->ctx, "the option %s needs a value", option);
    return a->argv[a->next++];
}

/* It may be the beginning of an option, or a misspelling of one. */
_Noreturn static void unknown_option(Arguments *a, const char *word)
{
    Name names[OPTION_COUNT];
    const char *spelt = ctx_copy(a->ctx, word, strcspn(word, "=")), *meant = "";
    for (OptionId id = 0; id < OPTION_COUNT; id++) {
        const char *spelling = option_rows[id].spelling;
        if (option_rows[id].kind == KIND_PREFIX && !strcmp(word, spelling))
            usage(a->ctx, "the option %s needs a name right behind it, as in %s%s", word, word,
                  option_rows[id].names(0));
        names[id] = name_of(a->ctx, spelling);
        if (strlen(spelt) > 3 && !strncmp(spelling, spelt, strlen(spelt)) && !*meant)
            meant = spelling;
    }
    if (!*meant && strlen(spelt) > 2)
        meant = nearest(a->ctx, spelt, names, OPTION_COUNT);
    usage(a->ctx, "unknown option '%s'%s", spelt, hint(a->ctx, meant));
}

static void read_long(Arguments *a, const char *word)
{
    const size_t length = strcspn(word, "=");
    OptionId id = 0;
    while (id < OPTION_COUNT && (strncmp(word, option_rows[id].spelling, length) ||
                                 option_rows[id].spelling[length]))
        id++;
    if (id == OPTION_COUNT)
        unknown_option(a, word);
    const char *spelling = option_rows[id].spelling;
    if (option_rows[id].kind == KIND_FLAG && word[length])
        usage(a->ctx, "the option %s takes no value", spelling);
    if (option_rows[id].kind == KIND_FLAG)
        set_option(a, id, "");
    else
        set_option(a, id, word[length] ? word + length + 1 : next_word(a, spelling));
}

/* May the word be this option, its value in it or not? */
static bool fits_short(const OptionRow *row, const char *word)
{
    const size_t length = strlen(row->spelling);
    if (row->spelling[1] == '-' || strncmp(word, row->spelling, length))
        return false;
    switch (row->kind) {
    case KIND_FLAG:
        return !word[length];
    case KIND_PREFIX:
        return word[length];
    case KIND_TEXT: case KIND_LIST: case KIND_NUMBER: case KIND_CHOICE: case KIND_SET:
    case KIND_WORDS:
        return true;
    }
    return false;
}

static void read_short(Arguments *a, const char *word)
{
    OptionId best = OPTION_COUNT;
    size_t length = 0;
    for (OptionId id = 0; id < OPTION_COUNT; id++)
        if (fits_short(&option_rows[id], word) && strlen(option_rows[id].spelling) > length) {
            best = id;
            length = strlen(option_rows[id].spelling);
        }
    if (best == OPTION_COUNT)
        unknown_option(a, word);
    if (option_rows[best].kind == KIND_FLAG)
        set_option(a, best, "");
    else
        set_option(a, best, word[length] ? word + length : next_word(a, word));
}

static void read_operand(Arguments *a, const char *word)
{
    if (a->o->file)
        usage(a->ctx, "one model at a time; found '%s', too", word);
    a->o->file = word;
}

/* ---- which go together */

static const struct {
    Task task;
    const char *name; /* as messages call it */
} tasks[] = {
    {TASK_C, "--emit=c"}, {TASK_HEADER, "--emit=header"}, {TASK_JSON, "--emit=json"},
    {TASK_DRAWING, "--emit=dot|latex|markdown|html"}, {TASK_TEST, "--emit=test"},
    {TASK_EVAL, "--eval"}, {TASK_EXPLAIN, "--explain"}, {TASK_CHECK, "--check"},
    {TASK_DUMP, "--dump"},
};

enum { TASK_COUNT = sizeof tasks / sizeof *tasks };

/* The names of tasks, as "a, b and c". */
static const char *task_list(Ctx *ctx, uint32_t set)
{
    Text text = text_new(ctx);
    uint32_t left = 0;
    for (int i = 0; i < TASK_COUNT; i++)
        left += (set & tasks[i].task) != 0;
    for (int i = 0; i < TASK_COUNT; i++)
        if (set & tasks[i].task)
            text_printf(&text, "%s%s", tasks[i].name, --left > 1 ? ", " : left ? " and " : "");
    return text.at;
}

static Task task_of_emit(const BackEnd *emit)
{
    return emit->explains                 ? TASK_DRAWING
           : emit->emit == emit_header    ? TASK_HEADER
           : emit->emit == emit_json      ? TASK_JSON
           : emit->emit == emit_test      ? TASK_TEST
                                          : TASK_C;
}

/* One thing is done in a run. */
static Task find_task(Ctx *ctx, const Options *o)
{
    const Task emitted = task_of_emit(&back_ends[o->emit]);
    /* a drawing explains */
    const bool explains = o->explain && emitted != TASK_DRAWING;
    const struct {
        bool wanted;
        Task task;
    } wishes[] = {
        {o->eval, TASK_EVAL}, {explains, TASK_EXPLAIN}, {o->check, TASK_CHECK},
        {option_given(o, OPTION_DUMP), TASK_DUMP}, {option_given(o, OPTION_EMIT), emitted},
    };
    int found = -1;
    for (int i = 0; i < (int)(sizeof wishes / sizeof *wishes); i++) {
        if (wishes[i].wanted && found >= 0)
            usage(ctx, "%s and %s are different things to do; give one of them",
                  task_list(ctx, wishes[found].task), task_list(ctx, wishes[i].task));
        if (wishes[i].wanted)
            found = i;
    }
    return found < 0 ? emitted : wishes[found].task;
}

static void check_task(Ctx *ctx, const Options *o, OptionId id)
{
    const OptionRow *row = &option_rows[id];
    const uint32_t others = TASKS_ALL & ~row->tasks;
    if (row->tasks & o->task)
        return;
    if (others & (others - 1))
        usage(ctx, "%s is for %s", row->spelling, task_list(ctx, row->tasks));
    usage(ctx, "%s does not go with %s", row->spelling, task_list(ctx, others));
}

static void check_needs(Ctx *ctx, const Options *o, OptionId id)
{
    Text text = text_new(ctx);
    if (!option_rows[id].needs || option_rows[id].needs & o->given)
        return;
    for (OptionId need = 0; need < OPTION_COUNT; need++)
        if (option_rows[id].needs >> need & 1) {
            const OptionRow *row = &option_rows[need];
            text_printf(&text, "%s%s", text.len ? " or " : "", row->spelling);
            if (row->value)
                text_printf(&text, "%s%s", row->spelling[1] == '-' ? "=" : " ", row->value);
        }
    usage(ctx, "%s needs %s, too", option_rows[id].spelling, text.at);
}

/* What a row of the table cannot say of files and of the standard error. */
static void check_outputs(Ctx *ctx, const Options *o)
{
    if (o->verify && o->if_changed)
        usage(ctx, "--verify writes nothing; it does not go with --if-changed");
    if (o->verify && o->depend_file && !strcmp(o->depend_file, "-"))
        usage(ctx, "--verify writes nothing; it does not go with -MF -");
    if (o->no_include && o->include_root)
        usage(ctx, "--no-include allows no file, --include-root some; give one of them");
    if (o->stats && o->diagnostics == DIAGNOSTICS_SARIF)
        usage(ctx, "--stats and --diagnostics=sarif both write to standard error");
    if (o->depend && o->depend_only)
        usage(ctx, "-M writes a rule instead of the output, -MD beside it; give one of them");
    const char *rule = o->depend ? depend_path(ctx, o) : NULL, *output = o->output;
    if (o->depend && (rule && output ? output_is_same(ctx, rule, output) : rule == output))
        usage(ctx, "the output and its rule are two files; found '%s' for both",
              output ? output : "-");
}

static void check_options(Ctx *ctx, const Options *o)
{
    if (!o->file)
        usage(ctx, "no model given");
    check_outputs(ctx, o);
    if (o->at && !strcmp(o->at, "@-") && !strcmp(o->file, "-"))
        usage(ctx, "the model and the point are two files; found '-' for both");
    for (OptionId id = 0; id < OPTION_COUNT; id++)
        if (option_given(o, id)) {
            check_task(ctx, o, id);
            check_needs(ctx, o, id);
        }
}

/* ---- all of it */

static void set_initial(Options *o)
{
    memset(o, 0, sizeof *o);
    for (OptionId id = 0; id < OPTION_COUNT; id++) {
        const OptionRow *row = &option_rows[id];
        if (row->kind == KIND_NUMBER || row->kind == KIND_CHOICE)
            *(uint32_t *)((char *)o + row->offset) = row->initial;
    }
}

void options_read(Ctx *ctx, int argc, char **argv, Options *o)
{
    Arguments a = {ctx, argc, argv, 1, false, o};
    set_initial(o);
    while (a.next < argc) {
        const char *word = argv[a.next++];
        if (a.operands || *word != '-' || !word[1])
            read_operand(&a, word);
        else if (!strcmp(word, "--"))
            a.operands = true;
        else if (word[1] == '-')
            read_long(&a, word);
        else
            read_short(&a, word);
    }
    if (o->output && !strcmp(o->output, "-")) { /* as if it were not given */
        o->output = NULL;
        o->given &= ~(UINT64_C(1) << OPTION_OUTPUT);
    }
    if (options_about(o))
        return;
    o->task = find_task(ctx, o);
    check_options(ctx, o);
}

bool options_sarif(int argc, char **argv)
{
    bool sarif = false;
    for (int i = 1; i < argc && strcmp(argv[i], "--"); i++) {
        const char *value = !strncmp(argv[i], "--diagnostics=", 14) ? argv[i] + 14 : NULL;
        if (!strcmp(argv[i], "--diagnostics") && i + 1 < argc)
            value = argv[++i];
        if (value)
            sarif = !strcmp(value, "sarif");
    }
    return sarif;
}
