/* The table of options in, texts for readers and for programs out: --help, --list-options. */
#include <string.h>

#include "cli/cli.h"

enum { HELP_COLUMN = 21, HELP_WIDTH = 80 };

/* ---- the text of a row */

/* The names of a row's values as a shell needs them, the initial one marked. */
static void put_choices(Text *out, const OptionRow *row)
{
    for (uint32_t i = 0; row->names(i); i++) {
        const char *quote = strchr(row->names(i), ' ') ? "'" : "";
        text_printf(out, "%s`%s%s%s`%s", i ? ", " : "", quote, row->names(i), quote,
                    row->kind == KIND_CHOICE && i == row->initial ? " (default)" : "");
    }
}

/* The help with % filled in. */
static void put_help(Text *out, const OptionRow *row)
{
    for (const char *at = row->help; *at; at++)
        if (*at != '%')
            text_char(out, *at);
        else if (row->names)
            put_choices(out, row);
        else
            text_printf(out, "%u", (unsigned)row->initial);
}

/* "--emit=KIND", "-o FILE", "-Wname". */
static void put_usage(Text *out, const OptionRow *row)
{
    text_put(out, row->spelling);
    if (!row->value)
        return;
    if (row->kind != KIND_PREFIX)
        text_char(out, row->spelling[1] == '-' ? '=' : ' ');
    text_put(out, row->value);
}

/* ---- --help */

/* The text in lines up to the width, from the column on. */
static void put_wrapped(Text *out, const char *text, size_t column)
{
    size_t at = column;
    while (*text) {
        const size_t length = strcspn(text, " ");
        if (at > column && at + 1 + length >= HELP_WIDTH) {
            text_printf(out, "\n%*s", (int)column, "");
            at = column;
        } else if (at > column) {
            text_char(out, ' ');
            at++;
        }
        text_bytes(out, text, length);
        at += length;
        text += length + (text[length] == ' ');
    }
    text_char(out, '\n');
}

static void put_row(Ctx *ctx, Text *out, const OptionRow *row)
{
    Text usage = text_new(ctx), help = text_new(ctx), plain = text_new(ctx);
    put_usage(&usage, row);
    text_printf(out, "  %s", usage.at);
    if (usage.len + 3 < HELP_COLUMN)
        text_printf(out, "%*s", (int)(HELP_COLUMN - 2 - usage.len), "");
    else
        text_printf(out, "\n%*s", HELP_COLUMN, "");
    put_help(&help, row);
    for (size_t i = 0; i < help.len; i++)
        if (help.at[i] != '`')
            text_char(&plain, help.at[i]);
    put_wrapped(out, plain.at, HELP_COLUMN);
}

void options_help(Ctx *ctx, Text *out)
{
    text_put(out, "Usage: bpgen [OPTION]... FILE\n"
                  "Writes C that computes the value and the derivatives of the model in FILE.\n"
                  "FILE may be -, the standard input.\n");
    for (OptionId id = 0; id < OPTION_COUNT; id++) {
        if (option_section(id))
            text_printf(out, "\n%s:\n", option_section(id));
        put_row(ctx, out, &option_rows[id]);
    }
    text_put(out, "\nExit status: 0 done; 1 the model is wrong or a check was refuted; 2 the\n"
                  "command line is wrong; 3 the system failed.\n");
}

/* ---- --list-options */

static const char *kind_name(OptionKind kind)
{
    static const char *const names[] = {
        [KIND_FLAG] = "flag", [KIND_TEXT] = "text", [KIND_LIST] = "list",
        [KIND_NUMBER] = "number", [KIND_CHOICE] = "choice", [KIND_SET] = "set",
        [KIND_WORDS] = "words", [KIND_PREFIX] = "prefix",
    };
    return names[kind];
}

void options_list(Text *out)
{
    const char *section = "";
    for (OptionId id = 0; id < OPTION_COUNT; id++) {
        const OptionRow *row = &option_rows[id];
        if (option_section(id))
            section = option_section(id);
        text_printf(out, "%s\t%s\t%s\t%s\t", section, row->spelling, kind_name(row->kind),
                    row->value ? row->value : "");
        if (row->names)
            option_put_names(out, row, ",");
        text_char(out, '\t');
        if (row->names && row->kind == KIND_CHOICE && row->names(row->initial))
            text_put(out, row->names(row->initial));
        else if (row->kind == KIND_NUMBER)
            text_printf(out, "%u", (unsigned)row->initial);
        text_char(out, '\t');
        put_help(out, row);
        text_char(out, '\n');
    }
}
