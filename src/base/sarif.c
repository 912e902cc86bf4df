/* sarif: messages as data in, a log for programs out: SARIF 2.1.0 (OASIS, 2020), one run in it.
 *
 * The kinds of messages.def are the rules; a head is a result; its notes, and through which files
 * its own is included, are related locations. What ended a run before its time is a notification.
 * Lines and columns count from 1, columns in code points; an end is behind the last one.
 */
#include "base/base.h"

#include <string.h>

/* Of a longer piece of a source only the beginning is quoted. */
enum { SNIPPET_MOST = 200 };

typedef struct Sarif {
    Ctx *ctx;
    Text *out;
} Sarif;

/* `"name": "value"` */
static void put_pair(Text *out, const char *name, const char *value)
{
    text_printf(out, "\"%s\": ", name);
    text_json(out, value);
}

/* `"name": {"text": "value"}` */
static void put_text(Text *out, const char *name, const char *value)
{
    text_printf(out, "\"%s\": {", name);
    put_pair(out, "text", value);
    text_char(out, '}');
}

/* ---- places ----------------------------------------------------------------------------- */

/* A path as a relative reference or a file URI (RFC 3986). */
static void put_uri(Text *out, const char *path)
{
    static const char plain[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/";
    text_put(out, *path == '/' ? "\"file://" : "\"");
    for (; *path; path++) {
        if (strchr(plain, *path))
            text_char(out, *path);
        else
            text_printf(out, "%%%02X", (unsigned)(unsigned char)*path);
    }
    text_char(out, '"');
}

static void put_region(Sarif *s, Span span)
{
    const Place from = source_place(s->ctx, span.start);
    const Place to = source_place(s->ctx, span.end > span.start ? span.end : span.start);
    size_t length;
    const char *text = source_text(s->ctx, span, &length);
    text_printf(s->out, "{\"startLine\": %u, \"startColumn\": %u, ", (unsigned)from.line,
                (unsigned)from.column);
    if (to.line != from.line)
        text_printf(s->out, "\"endLine\": %u, ", (unsigned)to.line);
    text_printf(s->out, "\"endColumn\": %u", (unsigned)to.column);
    if (length > SNIPPET_MOST)
        for (length = SNIPPET_MOST; length && ((unsigned char)text[length] & 0xc0) == 0x80;)
            length--;
    if (length) {
        text_put(s->out, ", \"snippet\": {\"text\": ");
        text_json_bytes(s->out, text, length);
        text_char(s->out, '}');
    }
    text_char(s->out, '}');
}

/* Else it is the text of an option, which bears the name of that. */
static bool is_file(const Source *source)
{
    return source->file || !strcmp(source->name, "<stdin>");
}

/* A place in a file; in the text of an option, its name. */
static void put_location(Sarif *s, Span span)
{
    const Source *source = source_of(s->ctx, span.start);
    if (!is_file(source)) {
        text_put(s->out, "\"logicalLocations\": [{");
        put_pair(s->out, "name", source->name);
        text_put(s->out, ", \"kind\": \"option\"}]");
        return;
    }
    text_put(s->out, "\"physicalLocation\": {\"artifactLocation\": {\"uri\": ");
    put_uri(s->out, source->name);
    text_put(s->out, "}, \"region\": ");
    put_region(s, span);
    text_char(s->out, '}');
}

/* ---- parts of a run --------------------------------------------------------------------- */

static const char *level_name(DiagLevel level)
{
    return level == DIAG_ERROR ? "error" : level == DIAG_WARNING ? "warning" : "note";
}

static void put_rules(Sarif *s)
{
    const DiagKind *kind;
    text_put(s->out, "\"rules\": [");
    for (uint32_t i = 0; (kind = diag_kind(i)); i++) {
        text_put(s->out, i ? ",\n            {" : "\n            {");
        put_pair(s->out, "id", kind->name);
        text_put(s->out, ", ");
        put_text(s->out, "shortDescription", kind->about);
        text_printf(s->out, ", \"defaultConfiguration\": {\"enabled\": %s, \"level\": \"%s\"}, ",
                    kind->on ? "true" : "false", level_name(kind->level));
        put_text(s->out, "help", kind->about);
        text_char(s->out, '}');
    }
    text_put(s->out, "\n          ]");
}

static void put_tool(Sarif *s, const SarifRun *run)
{
    text_put(s->out, "      \"tool\": {\n        \"driver\": {\n          ");
    put_pair(s->out, "name", "bpgen");
    text_put(s->out, ", ");
    put_pair(s->out, "version", run->version);
    text_put(s->out, ", ");
    put_pair(s->out, "semanticVersion", run->version);
    text_put(s->out, ",\n          ");
    put_rules(s);
    text_put(s->out, "\n        }\n      },\n");
}

/* Was the command line, or the system, at fault? */
static void put_notification(Sarif *s, const char *list, const char *level, const char *text)
{
    text_printf(s->out, ",\n        \"%s\": [{\"level\": \"%s\", ", list, level);
    put_text(s->out, "message", text);
    text_put(s->out, "}]");
}

static void put_invocation(Sarif *s, const SarifRun *run)
{
    const char *more = diag_more(s->ctx);
    const bool usage = run->status == STATUS_USAGE;
    text_printf(s->out,
                "      \"invocations\": [{\n        \"executionSuccessful\": %s, \"exitCode\": %d",
                run->fatal || run->status > STATUS_MODEL ? "false" : "true", run->status);
    if (run->fatal)
        put_notification(
            s, usage ? "toolConfigurationNotifications" : "toolExecutionNotifications", "error",
            run->fatal);
    if (more && (!run->fatal || usage))
        put_notification(s, "toolExecutionNotifications", "note", more);
    text_put(s->out, "\n      }],\n");
}

static void put_artifacts(Sarif *s)
{
    bool any = false;
    text_put(s->out, "      \"artifacts\": [");
    for (uint32_t i = 0; i < source_count(s->ctx); i++) {
        const Source *source = source_at(s->ctx, i);
        if (!is_file(source))
            continue;
        text_put(s->out, any ? ",\n        " : "\n        ");
        text_put(s->out, "{\"location\": {\"uri\": ");
        put_uri(s->out, source->name);
        text_put(s->out, "}, \"encoding\": \"UTF-8\"}");
        any = true;
    }
    text_put(s->out, any ? "\n      ],\n" : "],\n");
}

/* ---- results ---------------------------------------------------------------------------- */

static void put_rule_id(Sarif *s, const char *id)
{
    const DiagKind *kind;
    put_pair(s->out, "ruleId", id);
    for (uint32_t i = 0; (kind = diag_kind(i)); i++)
        if (!strcmp(kind->name, id))
            text_printf(s->out, ", \"ruleIndex\": %u", (unsigned)i);
}

/* The sentence, and the hints below it. */
static void put_sentences(Sarif *s, uint32_t head)
{
    Text text = text_new(s->ctx);
    const DiagMessage *m = diag_message(s->ctx, head);
    text_put(&text, m->text);
    while ((m = diag_message(s->ctx, ++head)) && m->level == DIAG_NOTE)
        if (m->hint)
            text_printf(&text, "\nhint: %s", m->text);
    put_text(s->out, "message", text.at);
    text_free(&text);
}

static void put_related(Sarif *s, uint32_t number, Span span, const char *text)
{
    text_put(s->out, number > 1 ? "," : ",\n        \"relatedLocations\": [");
    text_printf(s->out, "\n          {\"id\": %u, ", (unsigned)number);
    if (source_place(s->ctx, span.start).line) {
        put_location(s, span);
        text_put(s->out, ", ");
    }
    put_text(s->out, "message", text);
    text_char(s->out, '}');
}

static void put_all_related(Sarif *s, uint32_t head)
{
    const DiagMessage *m = diag_message(s->ctx, head);
    const Source *source =
        source_place(s->ctx, m->span.start).line ? source_of(s->ctx, m->span.start) : NULL;
    uint32_t count = 0;
    while ((m = diag_message(s->ctx, ++head)) && m->level == DIAG_NOTE)
        if (!m->hint)
            put_related(s, ++count, m->span, m->text);
    for (; source && source->includer; source = source->includer)
        put_related(s, ++count, source->included, "included from here");
    text_put(s->out, count ? "\n        ]" : "");
}

static void put_result(Sarif *s, uint32_t head)
{
    const DiagMessage *m = diag_message(s->ctx, head);
    text_put(s->out, "{\n        ");
    put_rule_id(s, m->id);
    text_printf(s->out, ", \"level\": \"%s\", ", level_name(m->level));
    put_sentences(s, head);
    if (source_place(s->ctx, m->span.start).line) {
        text_put(s->out, ",\n        \"locations\": [{");
        put_location(s, m->span);
        text_put(s->out, "}]");
    }
    put_all_related(s, head);
    text_put(s->out, "\n      }");
}

static void put_results(Sarif *s)
{
    U32Vec heads = {0};
    diag_sort(s->ctx, &heads);
    text_put(s->out, "      \"results\": [");
    for (uint32_t i = 0; i < heads.count; i++) {
        text_put(s->out, i ? ", " : "");
        put_result(s, heads.at[i]);
    }
    text_put(s->out, "]\n");
    vec_free(s->ctx, &heads);
}

void sarif_put(Ctx *ctx, const SarifRun *run, Text *out)
{
    Sarif s = {ctx, out};
    text_put(out, "{\n  \"version\": \"2.1.0\",\n  \"$schema\": "
                  "\"https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/"
                  "sarif-schema-2.1.0.json\",\n  \"runs\": [\n    {\n");
    put_tool(&s, run);
    put_invocation(&s, run);
    put_artifacts(&s);
    text_put(out, "      \"columnKind\": \"unicodeCodePoints\",\n");
    put_results(&s);
    text_put(out, "    }\n  ]\n}\n");
}
