/* Pieces that several back ends put: prototypes, helper functions, comments, broken lines. */
#include <string.h>

#include "emit/emit.h"

const char *template_text(Ctx *ctx, const char *name)
{
    for (const struct TemplateFile *t = template_files; t->name; t++)
        if (!strcmp(t->name, name))
            return t->text;
    ctx_fatal(ctx, STATUS_SYSTEM, "internal error: no template '%s'", name);
}

/* ---- prototypes */

static bool is_result_role(ArgRole role)
{
    return role == ARG_OUTPUT || role == ARG_OUTPUT_TANGENT || role == ARG_ADJOINT ||
           role == ARG_ADJOINT_TANGENT || role == ARG_JACOBIAN || role == ARG_HESSIAN ||
           role == ARG_WORK;
}

const char *argument_type(Job *job, ArgRole role, bool scalar, Text *storage)
{
    const char *real = real_name(job->real);
    storage->len = 0;
    if (role == ARG_DIM)
        text_put(storage, "size_t");
    else if (role == ARG_INDEX)
        text_put(storage, scalar ? "int" : "const int *");
    else if (is_result_role(role))
        text_printf(storage, "%s *", real);
    else
        text_printf(storage, scalar ? "%s" : "const %s *", real);
    return storage->at;
}

static void put_argument(Job *job, SymId sym, ArgRole role, bool *first, Text *out)
{
    Text storage = text_new(job->ctx);
    bool scalar = !sym_at(job->model->graph, sym)->shape;
    const char *type = argument_type(job, role, scalar, &storage);
    size_t length = strlen(type);
    text_printf(out, "%s%s%s%s", *first ? "" : ", ", type, type[length - 1] == '*' ? "" : " ",
                names_of(job->names, sym));
    *first = false;
    text_free(&storage);
}

void put_prototype(Job *job, const Fn *fn, Text *out)
{
    bool first = true;
    text_printf(out, "void %s_%s(", job->prefix, fn_kind_name(fn->kind));
    for (uint32_t i = 0; i < fn->params.count; i++)
        put_argument(job, fn->params.at[i].sym, fn->params.at[i].role, &first, out);
    for (uint32_t i = 0; i < fn->results.count; i++) {
        const Result *r = &fn->results.at[i];
        put_argument(job, r->sym, r->role, &first, out);
    }
    text_put(out, first ? "void)" : ")");
}

/* ---- sizes */

static void put_size_operand(Job *job, NodeId node, bool c, bool brackets, Text *out)
{
    text_put(out, brackets ? "(" : "");
    put_size(job, node, c, out);
    text_put(out, brackets ? ")" : "");
}

void put_size(Job *job, NodeId node, bool c, Text *out)
{
    Graph *g = job->model->graph;
    const Node n = *node_at(g, node);
    if (n.op == OP_CONST) {
        number_text(out, node_number(g, node), REAL_LONG_DOUBLE);
        return;
    }
    if (n.op == OP_REF) {
        text_put(out, c ? names_of(job->names, n.a) : name_text(job->ctx, sym_at(g, n.a)->name));
        return;
    }
    if ((n.op == OP_MAX || n.op == OP_MIN) && c) {
        put_size_operand(job, n.a, c, true, out);
        text_put(out, n.op == OP_MAX ? " > " : " < ");
        put_size_operand(job, n.b, c, true, out);
        text_put(out, " ? ");
        put_size_operand(job, n.a, c, true, out);
        text_put(out, " : ");
        put_size_operand(job, n.b, c, true, out);
        return;
    }
    bool sum = n.op == OP_ADD || n.op == OP_SUB;
    Op left = node_op(g, n.a), right = node_op(g, n.b);
    bool left_sum = left == OP_ADD || left == OP_SUB || left == OP_MAX || left == OP_MIN;
    bool right_simple = right == OP_CONST || right == OP_REF || (sum && right == OP_MUL) ||
                        (n.op == OP_ADD && right == OP_ADD) || (n.op == OP_MUL && right == OP_MUL);
    put_size_operand(job, n.a, c, !sum && left_sum, out);
    if (sum)
        text_printf(out, " %s ", op_info((Op)n.op)->spelling);
    else
        text_put(out, n.op == OP_MAX ? " max " : n.op == OP_MIN ? " min " : op_info((Op)n.op)->spelling);
    put_size_operand(job, n.b, c, !right_simple, out);
}

void put_shape(Job *job, TupleId shape, Text *out)
{
    Graph *g = job->model->graph;
    for (uint32_t i = 0; i < tuple_size(g, shape); i++) {
        bool number = node_op(g, tuple_item(g, shape, i)) == OP_CONST;
        text_printf(out, "%s%s", i ? ", " : "", number ? "" : "\"");
        put_size(job, tuple_item(g, shape, i), false, out);
        text_put(out, number ? "" : "\"");
    }
}

bool has_runtime_dims(const Job *job)
{
    const Unit *u = job->model->unit;
    for (uint32_t i = 0; i < u->entities.count; i++)
        if (u->entities.at[i].kind == ENTITY_DIM)
            return true;
    return false;
}

void put_work_name(Job *job, FnKind kind, Text *out)
{
    Text name = text_new(job->ctx);
    text_printf(&name, "%s_%s_work", job->prefix, fn_kind_name(kind));
    bool upper = !has_runtime_dims(job);
    for (const char *at = name.at; *at; at++)
        text_char(out, upper && *at >= 'a' && *at <= 'z' ? (char)(*at - 32) : *at);
    text_free(&name);
}

/* The arguments of a function of the sizes: all run-time dims of the model. */
static void put_dims(Job *job, Text *out)
{
    const Unit *u = job->model->unit;
    bool first = true;
    for (uint32_t i = 0; i < u->entities.count; i++)
        if (u->entities.at[i].kind == ENTITY_DIM) {
            text_printf(out, "%ssize_t %s", first ? "" : ", ", names_of(job->names, job->model->syms.at[i]));
            first = false;
        }
}

void put_work(Job *job, const Plan *plan, bool define, Text *out)
{
    if (!plan->work)
        return;
    text_put(out, "\n/* How many numbers its last argument, `work`, must have room for. */\n");
    if (!has_runtime_dims(job)) {
        text_put(out, "#define ");
        put_work_name(job, plan->fn.kind, out);
        text_char(out, ' ');
        put_size(job, plan->work, true, out);
        text_char(out, '\n');
        return;
    }
    text_put(out, "size_t ");
    put_work_name(job, plan->fn.kind, out);
    text_char(out, '(');
    put_dims(job, out);
    text_put(out, define ? ")\n{\n" : ");\n");
    if (!define)
        return;
    Text size = text_new(job->ctx);
    names_forget_put(job->names);
    put_size(job, plan->work, true, &size);
    const Unit *u = job->model->unit;
    for (uint32_t i = 0; i < u->entities.count; i++)
        if (u->entities.at[i].kind == ENTITY_DIM && !names_was_put(job->names, job->model->syms.at[i]))
            text_printf(out, "    (void)%s;\n", names_of(job->names, job->model->syms.at[i]));
    text_printf(out, "    return %s;\n}\n", size.at);
    text_free(&size);
}

/* ---- comments */

void put_comment_text(Text *out, const char *text)
{
    const char *end = text + strlen(text);
    for (const char *at = text; at < end;) {
        uint32_t point;
        int length = utf8_decode(at, end, &point);
        bool invisible = !length || point < 0x20 || (point >= 0x7f && point < 0xa0) ||
                         (point >= 0x200b && point <= 0x200f) ||
                         (point >= 0x2028 && point <= 0x202e) ||
                         (point >= 0x2060 && point <= 0x206f) || point == 0xfeff;
        if (invisible)
            text_char(out, '?');
        else
            text_bytes(out, at, (size_t)length);
        if ((*at == '*' && at[1] == '/') || (*at == '/' && at[1] == '*') ||
            (*at == '?' && at[1] == '?') || (*at == '\\'))
            text_char(out, ' ');
        at += length ? length : 1;
    }
}

/* ---- helpers */

static const char *section_of(const char *templates, const char *name)
{
    size_t length = strlen(name);
    for (const char *at = strstr(templates, "@@ "); at; at = strstr(at + 3, "@@ "))
        if (!strncmp(at + 3, name, length) && strchr(" \n", at[3 + length]))
            return at;
    return NULL;
}

/* A function's text: @ the prefix, $r the type, $ the type's suffix: behind a name or behind a
 * literal. */
static void put_section(Job *job, const char *text, size_t length, Text *out)
{
    for (size_t i = 0; i < length; i++) {
        if (text[i] == '@') {
            text_printf(out, "%s_", job->prefix);
        } else if (text[i] == '$' && text[i + 1] == 'r') {
            text_put(out, real_name(job->real));
            i++;
        } else if (text[i] == '$') {
            bool call = text[i + 1] == '(';
            text_put(out, job->real == REAL_FLOAT ? "f"
                          : job->real == REAL_LONG_DOUBLE ? (call ? "l" : "L") : "");
        } else {
            text_char(out, text[i]);
        }
    }
}

/* Puts a section behind those that it needs; `put` remembers which are there by their place. */
static void put_needed(Job *job, const char *templates, const char *section, U32Vec *done, Text *out)
{
    uint32_t place = (uint32_t)(section - templates);
    for (uint32_t i = 0; i < done->count; i++)
        if (done->at[i] == place)
            return;
    *vec_push(job->ctx, done) = place;
    const char *line_end = strchr(section, '\n');
    const char *word = section + 3 + strcspn(section + 3, " \n");
    while (*word == ' ') {
        char name[32];
        size_t length = strcspn(word + 1, " \n");
        snprintf(name, sizeof name, "%.*s", (int)length, word + 1);
        const char *needed = section_of(templates, name);
        if (needed)
            put_needed(job, templates, needed, done, out);
        word += 1 + length;
    }
    const char *end = strstr(line_end, "\n@@ ");
    size_t size = end ? (size_t)(end - line_end - 1) : strlen(line_end + 1);
    if (out->len)
        text_char(out, '\n');
    put_section(job, line_end + 1, size, out);
}

void put_helpers(Job *job, const bool *wanted, Text *out)
{
    const char *templates = template_text(job->ctx, "helpers.c");
    U32Vec done = {0};
    for (int op = 1; op < OP_COUNT; op++) {
        const char *name = strchr(op_info((Op)op)->c, '@');
        if (!wanted[op] || !name)
            continue;
        char called[32];
        snprintf(called, sizeof called, "%.*s", (int)strcspn(name + 1, "("), name + 1);
        const char *section = section_of(templates, called);
        if (!section)
            ctx_fatal(job->ctx, STATUS_SYSTEM, "internal error: no helper '%s'", called);
        put_needed(job, templates, section, &done, out);
    }
    vec_free(job->ctx, &done);
}

/* ---- lines */

enum { COLUMNS = 100 };

/* May a line break at this space? Behind a comma; in a statement also behind a sign between
 * terms, and before what goes on a condition. */
static bool breaks_here(const char *at, bool list)
{
    if (at[-1] == ',')
        return true;
    if (list)
        return false;
    return ((at[-1] == '+' || at[-1] == '-') && at[-2] == ' ') || strchr("?:&|", at[1]);
}

/* The place before the limit where the line should break: the last one within the fewest
 * brackets; 0 if there is none. `line` is what is left, beginning at `column`. */
static size_t break_place(const char *line, size_t length, size_t column, bool list, bool comment)
{
    size_t best = 0, from = strspn(line, " ") + 1;
    int depth = 0, least = 1000;
    const char *equal = column || list ? NULL : memchr(line, '=', length);
    if (equal)
        from = (size_t)(equal - line) + 2;
    for (size_t i = 0; i < length && column < COLUMNS; i++) {
        depth += (line[i] == '(') - (line[i] == ')');
        if (line[i] == ' ' && i >= from && (depth <= least || column < COLUMNS / 2) &&
            (comment || breaks_here(line + i, list))) {
            best = i;
            least = depth;
        }
        column += ((unsigned char)line[i] & 0xc0) != 0x80;
    }
    return best;
}

static size_t width(const char *line, size_t length)
{
    size_t columns = 0;
    for (size_t i = 0; i < length; i++)
        columns += ((unsigned char)line[i] & 0xc0) != 0x80;
    return columns;
}

/* Continuation lines of an argument list stand below its first argument if that leaves room,
 * those of a comment below its first word; others are indented by four more. */
static size_t continuation(const char *line, size_t length)
{
    size_t indent = strspn(line, " ");
    const char *open = memchr(line, '(', length);
    if (!strncmp(line, "void ", 5) && open && open - line < 40)
        return (size_t)(open - line) + 1;
    return indent + (strncmp(line + indent, "/*", 2) ? 4 : 3);
}

void wrap_lines(Text *text, size_t from)
{
    Text old = text_new(text->ctx);
    text_put(&old, text->at + from);
    text->len = from;
    for (const char *at = old.at; *at;) {
        size_t length = strcspn(at, "\n");
        size_t indent = continuation(at, length), column = 0;
        bool list = !strncmp(at, "void ", 5);
        bool comment = !strncmp(at + strspn(at, " "), "/*", 2);
        while (column + width(at, length) > COLUMNS) {
            size_t place = break_place(at, length, column, list, comment);
            if (!place)
                break;
            text_bytes(text, at, place);
            text_printf(text, "\n%*s", (int)indent, "");
            at += place + 1;
            length -= place + 1;
            column = indent;
        }
        text_bytes(text, at, length);
        at += length;
        if (*at) {
            text_char(text, '\n');
            at++;
        }
    }
    text_free(&old);
}
