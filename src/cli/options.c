/* The table of options, and the text of those that shape an output. The text is made from the
 * values, so that it does not depend on how and in which order they were written. */
#include <string.h>

#include "cli/cli.h"

/* ---- names of values */

static const char *back_end_name(uint32_t i) { return back_ends[i].name; }

static const char *fn_name(uint32_t i)
{
    return i < FN_KIND_COUNT ? fn_kind_name((FnKind)i) : NULL;
}

static const char *real_type_name(uint32_t i)
{
    return i <= REAL_LONG_DOUBLE ? real_name((RealType)i) : NULL;
}

static const char *jacobian_mode_name(uint32_t i)
{
    static const char *const names[] = {
        [JACOBIAN_CHEAPER] = "cheaper", [JACOBIAN_FORWARD] = "forward",
        [JACOBIAN_REVERSE] = "reverse", [JACOBIAN_REVERSE + 1] = NULL,
    };
    return names[i];
}

static const char *linkage_name(uint32_t i)
{
    static const char *const names[] = {
        [LINKAGE_EXTERN] = "extern", [LINKAGE_STATIC] = "static", [LINKAGE_STATIC + 1] = NULL,
    };
    return names[i];
}

static const char *diagnostics_name(uint32_t i)
{
    static const char *const names[] = {
        [DIAGNOSTICS_TEXT] = "text", [DIAGNOSTICS_SARIF] = "sarif", [DIAGNOSTICS_SARIF + 1] = NULL,
    };
    return names[i];
}

static const char *colour_name(uint32_t i)
{
    static const char *const names[] = {
        [COLOUR_AUTO] = "auto", [COLOUR_ALWAYS] = "always", [COLOUR_NEVER] = "never",
        [COLOUR_NEVER + 1] = NULL,
    };
    return names[i];
}

/* What stands behind -W: diag_option. */
static const char *warning_word(uint32_t i)
{
    static const char *const words[] = {
        "all", "no-all", "error", "no-error",
#define WORDS_OF_ERROR(name)
#define WORDS_OF_WARNING(name) name, "no-" name, "error=" name, "no-error=" name,
#define KIND(level, name, on, about) WORDS_OF_##level(name)
#include "base/messages.def"
#undef KIND
        NULL,
    };
    return words[i];
}

/* ---- the table */

#define BIT(id) (UINT64_C(1) << OPTION_##id)

const OptionRow option_rows[OPTION_COUNT] = {
#define SECTION(title)
#define OPTION(id, kind, spelling, value, field, initial, names, tasks, needs, shapes, help) \
    [OPTION_##id] = {KIND_##kind, spelling, value, offsetof(Options, field), names, \
                     initial, tasks, needs, shapes, help},
#include "cli/options.def"
#undef SECTION
#undef OPTION
};

const char *option_section(OptionId id)
{
    /* the titles stand among the options: a row either has a title or is an option */
    static const struct {
        const char *title;
        OptionId id;
    } lines[] = {
#define SECTION(title) {title, OPTION_COUNT},
#define OPTION(id, ...) {NULL, OPTION_##id},
#include "cli/options.def"
#undef SECTION
#undef OPTION
    };
    const char *title = NULL;
    for (size_t i = 0; lines[i].id != id; i++)
        title = lines[i].title;
    return title;
}

bool options_about(const Options *o) { return o->help || o->version || o->list_options; }

bool option_given(const Options *o, OptionId id) { return o->given >> id & 1; }

void option_put_names(Text *out, const OptionRow *row, const char *between)
{
    for (uint32_t i = 0; row->names(i); i++)
        text_printf(out, "%s%s", i ? between : "", row->names(i));
}

/* ---- as they would be written */

/* Quoted for a shell where it needs to be. */
static void put_value(Text *out, const char *value)
{
    static const char plain[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.,:=+-/@%";
    if (*value && strspn(value, plain) == strlen(value)) {
        text_put(out, value);
        return;
    }
    text_char(out, '\'');
    for (; *value; value++)
        if (*value == '\'')
            text_put(out, "'\\''");
        else
            text_char(out, *value);
    text_char(out, '\'');
}

static void put_set(Text *out, const OptionRow *row, uint32_t set)
{
    const char *between = "";
    for (uint32_t i = 0; row->names(i); i++)
        if (set >> i & 1) {
            text_printf(out, "%s%s", between, row->names(i));
            between = ",";
        }
}

static void put_words(Text *out, const OptionRow *row, const Words *words)
{
    for (uint32_t i = 0; i < words->count; i++) {
        text_printf(out, " %s%s", row->spelling, row->kind == KIND_WORDS ? " " : "");
        put_value(out, words->at[i]);
    }
}

static void put_option(Text *out, const OptionRow *row, const void *field)
{
    const char *const equals = row->spelling[1] == '-' ? "=" : " ";
    switch (row->kind) {
    case KIND_FLAG:
        text_printf(out, " %s", row->spelling);
        break;
    case KIND_TEXT: case KIND_LIST:
        text_printf(out, " %s%s", row->spelling, equals);
        put_value(out, *(const char *const *)field);
        break;
    case KIND_NUMBER:
        text_printf(out, " %s%s%u", row->spelling, equals, (unsigned)*(const uint32_t *)field);
        break;
    case KIND_CHOICE:
        text_printf(out, " %s%s", row->spelling, equals);
        put_value(out, row->names(*(const uint32_t *)field));
        break;
    case KIND_SET:
        text_printf(out, " %s%s", row->spelling, equals);
        put_set(out, row, *(const uint32_t *)field);
        break;
    case KIND_WORDS: case KIND_PREFIX:
        put_words(out, row, field);
        break;
    }
}

/* Has the field the value that it has without the option? */
static bool is_initial(const OptionRow *row, const void *field)
{
    return (row->kind == KIND_NUMBER || row->kind == KIND_CHOICE) &&
           *(const uint32_t *)field == row->initial;
}

const char *options_text(Ctx *ctx, const Options *o)
{
    Text out = text_new(ctx);
    text_put(&out, "");
    for (OptionId id = 0; id < OPTION_COUNT; id++) {
        const OptionRow *row = &option_rows[id];
        const void *field = (const char *)o + row->offset;
        if (row->shapes && option_given(o, id) && !is_initial(row, field))
            put_option(&out, row, field);
    }
    return out.len ? out.at + 1 : "";
}
