/* The files that were read in, a rule of make out: what is made on its left, what it is made of
 * on its right, in the syntax and with the options of gcc; make, ninja and CMake read it. */
#include <string.h>

#include "cli/cli.h"

/* Where lines are broken, as gcc does. */
enum { COLUMNS = 72 };

/* The name without its last suffix. */
static size_t stem_length(const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash ? slash + 1 : path;
    const char *point = strrchr(name, '.');
    return point && point > name ? (size_t)(point - path) : strlen(path);
}

/* What is made from the model, with another suffix, in the folder where bpgen runs. */
static const char *beside_model(Ctx *ctx, const Options *o, const char *suffix)
{
    const char *slash = strrchr(o->file, '/');
    const char *name = !strcmp(o->file, "-") ? "model" : slash ? slash + 1 : o->file;
    Text out = text_new(ctx);
    text_bytes(&out, name, stem_length(name));
    text_put(&out, suffix);
    return out.at;
}

/* A line break would begin another rule, and nothing escapes it. */
static const char *of_one_line(Ctx *ctx, const char *name)
{
    if (strchr(name, '\n'))
        ctx_fatal(ctx, STATUS_USAGE, "a rule of make cannot hold a name with a line break: '%s'",
                  name);
    return name;
}

/* make takes backslashes as they are, but in front of what they escape. */
static const char *escape(Ctx *ctx, const char *name)
{
    name = of_one_line(ctx, name);
    Text out = text_new(ctx);
    text_put(&out, "");
    size_t backslashes = 0;
    for (; *name; name++) {
        if (*name == ' ' || *name == '\t')
            for (size_t i = 0; i <= backslashes; i++)
                text_char(&out, '\\');
        else if (*name == '#')
            text_char(&out, '\\');
        else if (*name == '$')
            text_char(&out, '$');
        text_char(&out, *name);
        backslashes = *name == '\\' ? backslashes + 1 : 0;
    }
    return out.at;
}

/* Puts a word behind what is on the line, or on the next one if it is full. */
static void put_word(Text *out, size_t *column, const char *word)
{
    const size_t length = strlen(word);
    if (*column && *column + 1 + length > COLUMNS) {
        text_put(out, " \\\n");
        *column = 0;
    }
    if (out->len)
        text_char(out, ' ');
    text_put(out, word);
    *column += 1 + length;
}

static void put_targets(Ctx *ctx, const Options *o, Text *out, size_t *column)
{
    for (uint32_t i = 0; i < o->targets.count; i++)
        put_word(out, column, of_one_line(ctx, o->targets.at[i]));
    for (uint32_t i = 0; i < o->quoted_targets.count; i++)
        put_word(out, column, escape(ctx, o->quoted_targets.at[i]));
    if (o->targets.count || o->quoted_targets.count)
        return;
    const bool is_made = o->output && (!o->depend_only || o->depend_file);
    put_word(out, column, escape(ctx, is_made ? o->output : beside_model(ctx, o, ".c")));
}

void depend_put(Ctx *ctx, const Options *o, Text *out)
{
    size_t column = 0;
    text_put(out, "");
    put_targets(ctx, o, out, &column);
    text_char(out, ':');
    for (uint32_t i = 0; i < source_count(ctx); i++)
        if (source_at(ctx, i)->file)
            put_word(out, &column, escape(ctx, source_at(ctx, i)->name));
    text_char(out, '\n');
    /* the model is the first that is read */
    for (uint32_t i = 1; i < source_count(ctx) && o->depend_phony; i++)
        if (source_at(ctx, i)->file)
            text_printf(out, "%s:\n", escape(ctx, source_at(ctx, i)->name));
}

const char *depend_path(Ctx *ctx, const Options *o)
{
    if (o->depend_file)
        return strcmp(o->depend_file, "-") ? o->depend_file : NULL;
    if (o->depend_only)
        return o->output;
    if (!o->output || output_is_special(ctx, o->output)) /* there is nothing beside a device */
        return beside_model(ctx, o, ".d");
    Text out = text_new(ctx);
    text_bytes(&out, o->output, stem_length(o->output));
    text_put(&out, ".d");
    return out.at;
}
