/* say: numbers, points and places of the model in, text for a person out. */
#include <string.h>

#include "judge/judge.h"

enum { NUMBERS_MAX = 12 }; /* of a point */

int say_digits(long bits)
{
    return (int)((double)bits * 0.30103);
}

/* ---- numbers ---------------------------------------------------------------------------- */

static void digits_of(char *text, size_t size, mpfr_srcptr x, int digits)
{
    if (mpfr_nan_p(x))
        snprintf(text, size, "nan");
    else if (mpfr_zero_p(x))
        snprintf(text, size, "0");
    else
        mpfr_snprintf(text, size, "%.*Rg", digits, x);
}

void say_number(Text *out, mpfr_srcptr x, int digits)
{
    char text[100];
    digits_of(text, sizeof text, x, digits);
    text_put(out, text);
}

void say_numbers(Text *out, const char *before, mpfr_srcptr a, const char *between, mpfr_srcptr b)
{
    char left[100], right[100];
    int digits = 6;
    do {
        digits_of(left, sizeof left, a, digits);
        digits_of(right, sizeof right, b, digits);
        digits += 6;
    } while (!strcmp(left, right) && digits < 60);
    text_printf(out, "%s%s%s%s", before, left, between, right);
}

void say_element(Text *out, const long *extent, uint32_t rank, size_t element)
{
    long at[ORACLE_RANK_MAX];
    for (uint32_t k = rank; k-- > 0;) {
        at[k] = (long)(element % (size_t)extent[k]);
        element /= (size_t)extent[k];
    }
    for (uint32_t k = 0; k < rank; k++)
        text_printf(out, "%s%ld", k ? "," : "[", at[k]);
    text_put(out, rank ? "]" : "");
}

/* ---- places ----------------------------------------------------------------------------- */

const char *say_node(const Judge *j, AstId id)
{
    return name_text(j->ctx, ast_line(j->ctx, j->unit->ast, j->unit->ast->nodes.at[id].span));
}

static bool contains(const Judge *j, AstId root, AstId id)
{
    return root && id <= root && id >= j->unit->ast->nodes.at[root].first;
}

static bool body_contains(const Judge *j, const Function *f, AstId id)
{
    for (uint32_t i = f->params; i < f->locals.count; i++)
        if (contains(j, f->locals.at[i].value, id))
            return true;
    return contains(j, f->result, id);
}

const char *say_statement(const Judge *j, AstId id)
{
    const Unit *u = j->unit;
    for (uint32_t i = 0; i < u->equations.count; i++)
        if (contains(j, u->equations.at[i].value, id))
            return name_text(j->ctx, u->equations.at[i].line);
    for (uint32_t i = 0; i < u->functions.count; i++)
        if (body_contains(j, &u->functions.at[i], id))
            return name_text(j->ctx, u->functions.at[i].name);
    return "";
}

/* ---- what an expression depends on ------------------------------------------------------- */

typedef struct Reach {
    const Judge *j;
    uint8_t *marks;  /* an entity each, then a function each */
    U32Vec pending;  /* of these */
} Reach;

static void reach(Reach *r, uint32_t vertex)
{
    if (r->marks[vertex])
        return;
    r->marks[vertex] = 1;
    *vec_push(r->j->ctx, &r->pending) = vertex;
}

static void reach_expression(Reach *r, AstId root)
{
    const Unit *u = r->j->unit;
    for (AstId id = root ? u->ast->nodes.at[root].first : 1; id <= root; id++) {
        const AstNode *n = &u->ast->nodes.at[id];
        if (n->resolution == RES_ENTITY)
            reach(r, n->target);
        if (n->resolution == RES_FUNCTION)
            reach(r, u->entities.count + n->target);
    }
}

static void reach_vertex(Reach *r, uint32_t vertex)
{
    const Unit *u = r->j->unit;
    if (vertex < u->entities.count) {
        const Entity *e = &u->entities.at[vertex];
        for (uint32_t k = 0; k < e->count && e->kind != ENTITY_DEF; k++)
            reach_expression(r, u->ast->list.at[e->items + k]);
        reach_expression(r, e->kind == ENTITY_DEF && e->equation ? 0 : e->value);
        for (uint32_t i = e->kind == ENTITY_DEF ? e->equation : 0; i;
             i = u->equations.at[i - 1].next)
            reach_expression(r, u->equations.at[i - 1].value);
        return;
    }
    const Function *f = &u->functions.at[vertex - u->entities.count];
    for (uint32_t i = f->params; i < f->locals.count; i++)
        reach_expression(r, f->locals.at[i].value);
    reach_expression(r, f->result);
}

static Reach reach_begin(const Judge *j)
{
    const Unit *u = j->unit;
    uint32_t count = u->entities.count + u->functions.count;
    return (Reach){.j = j, .marks = array_new(j->ctx, count + 1, 1)};
}

static uint8_t *reach_all(Reach *r)
{
    while (r->pending.count)
        reach_vertex(r, r->pending.at[--r->pending.count]);
    vec_free(r->j->ctx, &r->pending);
    return r->marks;
}

uint8_t *say_reached(const Judge *j, const AstId *roots, uint32_t count)
{
    Reach r = reach_begin(j);
    for (uint32_t i = 0; i < count; i++)
        reach_expression(&r, roots[i]);
    return reach_all(&r);
}

uint8_t *say_reached_by(const Judge *j, uint32_t entity)
{
    Reach r = reach_begin(j);
    reach(&r, entity);
    return reach_all(&r);
}

bool say_is_within(const Judge *j, AstId id, const uint8_t *marks)
{
    const Unit *u = j->unit;
    for (uint32_t i = 0; i < u->functions.count; i++)
        if (marks[u->entities.count + i] && body_contains(j, &u->functions.at[i], id))
            return true;
    for (uint32_t i = 0; i < u->entities.count; i++) {
        const Entity *e = &u->entities.at[i];
        for (uint32_t k = e->kind == ENTITY_DEF ? e->equation : 0; k && marks[i];
             k = u->equations.at[k - 1].next)
            if (contains(j, u->equations.at[k - 1].value, id))
                return true;
    }
    return false;
}

/* ---- points ----------------------------------------------------------------------------- */

static bool is_integer(const Entity *e)
{
    return e->kind == ENTITY_DIM || e->kind == ENTITY_INDEX;
}

static void put_value(Oracle *o, const Entity *e, uint32_t entity, size_t k, Text *out)
{
    if (is_integer(e))
        text_printf(out, "%ld", oracle_input_integer(o, entity, k));
    else
        say_number(out, oracle_input(o, entity, k), 6);
}

/* As a list, row by row. */
static void put_values(Oracle *o, const Entity *e, uint32_t entity, size_t count, Text *out)
{
    long extent[ORACLE_RANK_MAX] = {1};
    uint32_t rank = oracle_shape(o, oracle_entity(entity), extent);
    size_t width = rank > 1 ? (size_t)extent[rank - 1] : count;
    text_put(out, rank ? "[" : "");
    for (size_t k = 0; k < count; k++) {
        text_put(out, !k ? "" : width && k % width == 0 ? "; " : ", ");
        put_value(o, e, entity, k, out);
    }
    text_put(out, rank ? "]" : "");
}

void say_point(const Judge *j, Oracle *o, const AstId *roots, uint32_t count, Text *out)
{
    uint8_t *reached = say_reached(j, roots, count);
    size_t numbers = 0;
    bool any = false, all = true;
    for (uint32_t i = 0; i < j->unit->entities.count; i++) {
        const Entity *e = &j->unit->entities.at[i];
        if (!reached[i] || !entity_is_argument(e->kind))
            continue;
        size_t size = oracle_count(o, oracle_entity(i));
        if (!size || numbers + size > NUMBERS_MAX) {
            all = all && !size;
            continue;
        }
        numbers += size;
        text_printf(out, "%s%s=", any ? ", " : " at ", name_text(j->ctx, e->name));
        put_values(o, e, i, size, out);
        any = true;
    }
    if (!all)
        text_put(out, any ? ", ..." : "");
    ctx_resize(j->ctx, reached, 0);
}

/* ---- faults ----------------------------------------------------------------------------- */

const char *say_status(OracleStatus status)
{
    switch (status) {
    case ORACLE_OK: break;
    case ORACLE_EDGE: return "is at an edge of the domain, with a derivative from one side only";
    case ORACLE_KINK: return "is at a kink, with different derivatives from left and right";
    case ORACLE_JUMP: return "is at a jump";
    case ORACLE_POLE: return "is at a pole";
    case ORACLE_UNDEFINED: return "is outside of the domain";
    case ORACLE_UNSURE: return "could not be determined";
    }
    return "is no number";
}

static void put_fault(const Judge *j, const Drawn *d, Text *text)
{
    switch (d->fault) {
    case DRAW_FOUND: break;
    case DRAW_SIZES: text_put(text, "no sizes were found that the subscripts allow"); break;
    case DRAW_ASSUME:
        text_printf(text, "no point was found where '%s' holds", say_node(j, d->root));
        break;
    case DRAW_VALUE:
        if (d->entity != ORACLE_NONE)
            text_printf(text, "'%s' is no number",
                        name_text(j->ctx, j->unit->entities.at[d->entity].name));
        else if (d->root)
            text_printf(text, "'%s' is no number", say_node(j, d->root));
        else
            text_put(text, "the value is no number");
        break;
    case DRAW_POLICY: text_printf(text, "a derivative %s", say_status(d->status)); break;
    }
}

const char *say_fault(const Judge *j, Oracle *o, const Drawn *drawn, const AstId *roots,
                      uint32_t count)
{
    Text text = text_new(j->ctx);
    put_fault(j, drawn, &text);
    if (drawn->fault == DRAW_VALUE || drawn->fault == DRAW_POLICY)
        say_point(j, o, roots, count, &text);
    return text.at;
}
