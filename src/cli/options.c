/* The command line in, options out. Long options take their value behind '=' or as the next
 * word; those of one letter as the rest of the word or the next one. */
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"

typedef struct Words {
    Ctx *ctx;
    int argc;
    char **argv;
    int next;       /* the word to be read next */
    bool operands;  /* behind "--" all words are operands */
} Words;

static void usage(Ctx *ctx, const char *fmt, const char *what) BP_NORETURN;
static void usage(Ctx *ctx, const char *fmt, const char *what)
{
    char message[300];
    snprintf(message, sizeof message, fmt, what);
    ctx_fatal(ctx, STATUS_USAGE, "%s; try 'bpgen --help'", message);
}

static const char *next_word(Words *w, const char *option)
{
    if (w->next >= w->argc)
        usage(w->ctx, "the option %s needs a value", option);
    return w->argv[w->next++];
}

/* Does the word have this long option's name? Then its value is found, too. */
static bool is_long(Words *w, const char *word, const char *name, const char **value)
{
    size_t length = strlen(name);
    if (strncmp(word, name, length) || (word[length] && word[length] != '='))
        return false;
    *value = word[length] ? word + length + 1 : next_word(w, name);
    return true;
}

static bool is_flag(Ctx *ctx, const char *word, const char *name)
{
    size_t length = strlen(name);
    if (!strncmp(word, name, length) && word[length] == '=')
        usage(ctx, "the option %s takes no value", name);
    return !strcmp(word, name);
}

static const BackEnd *back_end(Ctx *ctx, const char *name)
{
    for (const BackEnd *b = back_ends; b->name; b++)
        if (!strcmp(b->name, name))
            return b;
    Text known = text_new(ctx);
    for (const BackEnd *b = back_ends; b->name; b++)
        text_printf(&known, "%s%s", b == back_ends ? "" : ", ", b->name);
    ctx_fatal(ctx, STATUS_USAGE, "--emit takes one of %s, found '%s'", known.at, name);
}

static ColourWhen colour_when(Ctx *ctx, const char *text)
{
    static const char *const names[] = {
        [COLOUR_AUTO] = "auto", [COLOUR_ALWAYS] = "always", [COLOUR_NEVER] = "never",
    };
    for (ColourWhen when = COLOUR_AUTO; when <= COLOUR_NEVER; when++)
        if (!strcmp(text, names[when]))
            return when;
    usage(ctx, "--color takes auto, always or never, found '%s'", text);
}

static RealType real_type(Ctx *ctx, const char *text)
{
    for (RealType type = REAL_FLOAT; type <= REAL_LONG_DOUBLE; type++)
        if (!strcmp(text, real_name(type)))
            return type;
    usage(ctx, "--real takes float, double or long double, found '%s'", text);
}

/* A number of at most nine digits. */
static uint32_t small_number(Ctx *ctx, const char *option, const char *text)
{
    size_t length = strlen(text);
    if (!length || length > 9 || strspn(text, "0123456789") != length)
        ctx_fatal(ctx, STATUS_USAGE,
                  "%s takes a number from 0 to 999999999, found '%s'; try 'bpgen --help'", option,
                  text);
    return (uint32_t)strtoul(text, NULL, 10);
}

static const char *const jacobian_modes[] = {
    [JACOBIAN_FORWARD] = "forward", [JACOBIAN_REVERSE] = "reverse",
};

static JacobianMode jacobian_mode(Ctx *ctx, const char *text)
{
    if (!strcmp(text, jacobian_modes[JACOBIAN_FORWARD]))
        return JACOBIAN_FORWARD;
    if (!strcmp(text, jacobian_modes[JACOBIAN_REVERSE]))
        return JACOBIAN_REVERSE;
    usage(ctx, "--jacobian takes forward or reverse, found '%s'", text);
}

static bool is_static(Ctx *ctx, const char *linkage)
{
    if (strcmp(linkage, "static") && strcmp(linkage, "extern"))
        usage(ctx, "--linkage takes extern or static, found '%s'", linkage);
    return !strcmp(linkage, "static");
}

static void read_long(Words *w, const char *word, Options *o)
{
    Ctx *ctx = w->ctx;
    const char *value;
    if (is_flag(ctx, word, "--help"))
        o->help = true;
    else if (is_flag(ctx, word, "--version"))
        o->version = true;
    else if (is_flag(ctx, word, "--eval"))
        o->eval = true;
    else if (is_flag(ctx, word, "--explain"))
        o->explain = true;
    else if (is_flag(ctx, word, "--expand"))
        o->expand = true;
    else if (is_flag(ctx, word, "--check"))
        o->check = true;
    else if (is_flag(ctx, word, "--pack"))
        o->pack = true;
    else if (is_flag(ctx, word, "--stats"))
        o->stats = true;
    else if (is_flag(ctx, word, "--verify"))
        o->verify = true;
    else if (is_flag(ctx, word, "--if-changed"))
        o->if_changed = true;
    else if (is_long(w, word, "--jacobian", &value))
        o->jacobian = jacobian_mode(ctx, value);
    else if (is_long(w, word, "--linkage", &value))
        o->is_static = is_static(ctx, value);
    else if (is_long(w, word, "--emit", &value))
        o->emit = back_end(ctx, value);
    else if (is_long(w, word, "--color", &value))
        o->colour = colour_when(ctx, value);
    else if (is_long(w, word, "--real", &value))
        o->real = real_type(ctx, value);
    else if (is_long(w, word, "--unroll", &value))
        o->unroll = small_number(ctx, "--unroll", value);
    else if (is_long(w, word, "--checkpoint", &value))
        o->checkpoint = small_number(ctx, "--checkpoint", value);
    else if (is_long(w, word, "--stack", &value))
        o->stack = small_number(ctx, "--stack", value);
    else if (is_long(w, word, "--seed", &value))
        o->seed = small_number(ctx, "--seed", value), o->seeded = true;
    else if (is_long(w, word, "--with", &o->with) || is_long(w, word, "--wrt", &o->wrt) ||
             is_long(w, word, "--prefix", &o->prefix) || is_long(w, word, "--at", &o->at) ||
             is_long(w, word, "--against", &o->against))
        return;
    else
        usage(ctx, "unknown option '%s'", word);
}

/* The options of gcc for rules of make. */
static void read_depend(Words *w, const char *word, Options *o)
{
    const char kind = word[2];
    if (!kind || (strchr("DP", kind) && !word[3])) {
        *(!kind ? &o->depend_only : kind == 'D' ? &o->depend : &o->depend_phony) = true;
        return;
    }
    if (!strchr("FTQ", kind))
        usage(w->ctx, "unknown option '%s'", word);
    const char option[4] = {'-', 'M', kind, 0};
    const char *value = word[3] ? word + 3 : next_word(w, option);
    if (kind == 'F')
        o->depend_file = value;
    else if (kind == 'T')
        *vec_push(w->ctx, &o->targets) = value;
    else
        *vec_push(w->ctx, &o->quoted_targets) = value;
}

static void read_short(Words *w, const char *word, Options *o)
{
    const char option[3] = {'-', word[1], 0};
    if (!strcmp(word, "-Werror")) {
        o->strict = true;
        return;
    }
    if (word[1] == 'M') {
        read_depend(w, word, o);
        return;
    }
    if (word[1] != 'o' && word[1] != 'D')
        usage(w->ctx, "unknown option '%s'", word);
    const char *value = word[2] ? word + 2 : next_word(w, option);
    if (word[1] == 'o')
        o->output = value;
    else
        *vec_push(w->ctx, &o->defines) = value;
}

static void read_operand(Words *w, const char *word, Options *o)
{
    if (o->file)
        usage(w->ctx, "one model at a time; found '%s', too", word);
    o->file = word;
}

static void check_outputs(Ctx *ctx, const Options *o)
{
    const bool depends = o->depend || o->depend_only;
    if ((o->verify || o->if_changed) && !o->output)
        usage(ctx, "%s needs a file: -o FILE", o->verify ? "--verify" : "--if-changed");
    if (o->verify && o->if_changed)
        usage(ctx, "%s", "--verify writes nothing; it does not go with --if-changed");
    if (o->verify && o->depend_file && !strcmp(o->depend_file, "-"))
        usage(ctx, "%s", "--verify writes nothing; it does not go with -MF -");
    if (o->depend && o->depend_only)
        usage(ctx, "%s", "-M writes a rule instead of the output, -MD beside it; give one of them");
    if (!depends && (o->depend_file || o->depend_phony || o->targets.count ||
                     o->quoted_targets.count))
        usage(ctx, "%s", "-MF, -MT, -MQ and -MP are for -M and -MD");
    if (o->depend && o->depend_file && !strcmp(o->depend_file, o->output ? o->output : "-"))
        usage(ctx, "the output and its rule are two files; found '%s' for both", o->depend_file);
}

static void check_options(Ctx *ctx, const Options *o)
{
    if (o->help || o->version)
        return;
    if (!o->file)
        usage(ctx, "%s", "no model given");
    check_outputs(ctx, o);
    if (o->seeded && !o->check && o->emit->emit != emit_test)
        usage(ctx, "%s", "--seed is for --check and tests");
    if (o->check && (o->explain || o->emit != back_ends))
        usage(ctx, "%s",
              "--check has a text of its own; it goes with neither --explain nor --emit");
    if (o->check && o->eval)
        usage(ctx, "%s", "--check and --eval are different things to do");
    if (o->check && o->wrt)
        usage(ctx, "%s", "--check looks at the derivatives by all inputs; --wrt is not for it");
    if (o->eval && !o->at)
        usage(ctx, "%s", "--eval needs a point: --at='x=1, y=2'");
    const bool explains = o->explain || o->emit->explains;
    if (o->explain && o->emit != back_ends && !o->emit->explains)
        usage(ctx, "%s",
              "--explain is a text of its own; with --emit it is markdown, latex or html");
    if (o->eval && explains)
        usage(ctx, "%s", "--eval and --explain are two different texts");
    if (o->against && o->emit->emit != emit_test)
        usage(ctx, "%s", "--against is for --emit=test");
    if (o->expand && !explains)
        usage(ctx, "%s", "--expand is for --explain and drawings");
    if (o->at && !o->eval && !o->explain && !o->emit->at)
        usage(ctx, "%s", "--at is for --eval, --explain, drawings and tests");
    if (o->at && *o->at == '@')
        usage(ctx, "%s", "--at takes a list such as 'x=1, y=2'");
}

void options_read(Ctx *ctx, int argc, char **argv, Options *o)
{
    Words w = {ctx, argc, argv, 1, false};
    memset(o, 0, sizeof *o);
    o->emit = back_ends;
    o->real = REAL_DOUBLE;
    o->seed = SEED_DEFAULT;
    o->stack = STACK_DEFAULT;
    o->unroll = UNROLL_DEFAULT;
    while (w.next < argc) {
        const char *word = argv[w.next++];
        if (w.operands || *word != '-' || !word[1])
            read_operand(&w, word, o);
        else if (!strcmp(word, "--"))
            w.operands = true;
        else if (word[1] == '-')
            read_long(&w, word, o);
        else
            read_short(&w, word, o);
    }
    check_options(ctx, o);
}

const char *options_text(Ctx *ctx, const Options *o)
{
    Text out = text_new(ctx);
    text_put(&out, "");
    if (o->with)
        text_printf(&out, " --with=%s", o->with);
    if (o->wrt)
        text_printf(&out, " --wrt=%s", o->wrt);
    if (o->jacobian)
        text_printf(&out, " --jacobian=%s", jacobian_modes[o->jacobian]);
    if (o->prefix)
        text_printf(&out, " --prefix=%s", o->prefix);
    text_put(&out, o->pack ? " --pack" : "");
    text_put(&out, o->is_static ? " --linkage=static" : "");
    if (o->real != REAL_DOUBLE)
        text_printf(&out, " --real='%s'", real_name(o->real));
    if (o->unroll != UNROLL_DEFAULT)
        text_printf(&out, " --unroll=%u", (unsigned)o->unroll);
    if (o->stack != STACK_DEFAULT)
        text_printf(&out, " --stack=%u", (unsigned)o->stack);
    if (o->checkpoint)
        text_printf(&out, " --checkpoint=%u", (unsigned)o->checkpoint);
    for (uint32_t i = 0; i < o->defines.count; i++)
        text_printf(&out, " -D %s", o->defines.at[i]);
    return out.len ? out.at + 1 : "";
}
