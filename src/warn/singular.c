/* The ranges of operands in, warnings of derivatives that are infinite or undefined out: where an
 * operator's domain (ops.def) is left.
 *
 * note [seen]: a model that is sound must be read in silence. So what is on by default is said only
 * of points that are seen to be reached: the range of the operand is exact. And of an operator
 * whose value is infinite or undefined just where its derivative is, as 1/y and log(x), it is said
 * only where something is known of the operand, by assumptions or by how it is made, as of relu(y):
 * whoever writes 1/y says that y is not 0. Of sqrt(x), whose value at 0 is a number, it is said
 * although nothing is known of x. The rest, where it is not seen that all is well, is another
 * warning. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "warn/warn.h"

typedef enum Verdict { VERDICT_WELL, VERDICT_MAYBE, VERDICT_SEEN } Verdict;

typedef struct Finding {
    NodeId node;
    NodePlace place;
    Verdict verdict;
    const char *domain; /* where the derivative is finite, of operands x and y */
    Range range;        /* of the first operand that the domain names */
    bool second;        /* that is y */
    bool never;         /* the domain holds nothing that the operands can be */
} Finding;

typedef struct Search {
    Model *model;
    Ctx *ctx;
    Graph *g;
    Ranges *ranges;
    bool maybe;               /* is what is not seen wanted? */
    VEC(Finding) findings;
    NodeId condition[OP_COUNT + 4]; /* domains as conditions, */
    const char *text[OP_COUNT + 4]; /* by their texts */
    uint32_t conditions;
    NodeId operand[3];        /* the symbols that these are of */
} Search;

/* ---- domains */

/* The domain of an operator with operands in these ranges; `steep`: the value is finite where it is
 * left. NULL: the derivative is finite everywhere. */
static const char *domain_of(Op op, const Range *x, bool *steep)
{
    *steep = op_info(op)->flags & OPF_STEEP;
    switch (op) {
    case OP_TGAMMA: return op_info(OP_LGAMMA)->domain; /* without where it overflows */
    case OP_TAN: return "cos(x) != 0";
    case OP_IPOW: return range_is_below(&x[1], 0) ? op_info(op)->domain : NULL;
    case OP_POW:
        if (range_is_at_least(&x[1], 1)) {
            *steep = false;
            return "x >= 0";
        }
        *steep = range_is_above(&x[1], 0) && !isinf(x[1].high);
        return op_info(op)->domain;
    default: return op_info(op)->domain;
    }
}

/* The text of a domain as a condition. */
static NodeId condition_of(Search *s, const char *text)
{
    static const char *const names[] = {"x", "y", "z"};
    uint32_t i = 0;
    while (i < s->conditions && strcmp(s->text[i], text))
        i++;
    if (i == s->conditions) {
        s->text[i] = text;
        s->condition[i] = lower_text(s->g, text, names, s->operand, 3);
        s->conditions++;
    }
    return s->condition[i];
}

/* What a node of a condition can be. Conditions are our own, and short. */
static Range truth_of(const Search *s, NodeId id, const Range *x)
{
    Range operands[3] = {0};
    double value;
    for (int i = 0; i < 3; i++)
        if (id == s->operand[i])
            return x[i];
    const Node n = *node_at(s->g, id);
    if (n.op == OP_CONST) {
        mpfr_t real;
        mpfr_init2(real, 53);
        number_get(node_number(s->g, id), real);
        value = mpfr_get_d(real, MPFR_RNDN);
        mpfr_clear(real);
        return range_point(value);
    }
    for (int i = 0; i < op_info((Op)n.op)->arity; i++)
        operands[i] = truth_of(s, node_operand(s->g, id, i), x);
    return image_of(&s->ranges->images, (Op)n.op, operands, false);
}

/* ---- verdicts */

static Verdict judge(Search *s, Op op, const Range *x, Finding *f)
{
    bool steep;
    f->domain = domain_of(op, x, &steep);
    if (!f->domain || !*f->domain)
        return VERDICT_WELL;
    const bool first = strchr(f->domain, 'x') != NULL, second = strchr(f->domain, 'y') != NULL;
    const Range truth = truth_of(s, condition_of(s, f->domain), x);
    f->second = !first;
    f->range = x[!first];
    if (range_is_empty(&truth) || range_is_point(&truth)) {
        f->never = range_is_point(&truth) && truth.low == 0;
        return f->never ? VERDICT_SEEN : VERDICT_WELL;
    }
    bool exact = true, generic = false;
    for (int i = 0; i < 2; i++) {
        if (!(i ? second : first))
            continue;
        exact = exact && x[i].flags & RANGE_EXACT;
        generic = generic || x[i].flags & RANGE_GENERIC;
    }
    if (first && second)
        exact = exact && !(x[0].leaves & x[1].leaves);
    return exact && (steep || !generic) ? VERDICT_SEEN : VERDICT_MAYBE;
}

/* ---- search */

/* Is the node an operation of the text at its place, and no part of what a function is made of? */
static bool is_written(const Search *s, const Finding *f)
{
    const AstNode *n = &s->model->unit->ast->nodes.at[f->place.place];
    const Op op = node_op(s->g, f->node);
    if (n->kind == AST_BINARY)
        return n->op == op || (n->op == OP_POW && op == OP_IPOW);
    return n->kind == AST_CALL && n->resolution == RES_OP &&
           (n->target == op || (n->target == OP_POW && op == OP_IPOW));
}

static void look(Search *s, NodeId id)
{
    const Node n = *node_at(s->g, id);
    Finding f = {.node = id, .place = node_place(s->g, id)};
    Range x[3] = {0};
    if (!f.place.place || !is_written(s, &f))
        return;
    for (int i = 0; i < op_info((Op)n.op)->arity; i++)
        x[i] = range_of_operand(s->ranges, id, node_operand(s->g, id, i));
    f.verdict = judge(s, (Op)n.op, x, &f);
    if (f.verdict == VERDICT_SEEN && s->ranges->reach->marks[id] & REACH_MERGED)
        f.verdict = VERDICT_MAYBE;
    if (f.verdict == VERDICT_SEEN || (f.verdict == VERDICT_MAYBE && s->maybe))
        *vec_push(s->ctx, &s->findings) = f;
}

static int finding_order(const void *left, const void *right)
{
    const Finding *a = left, *b = right;
    if (a->place.place != b->place.place)
        return a->place.place < b->place.place ? -1 : 1;
    if (a->verdict != b->verdict)
        return a->verdict > b->verdict ? -1 : 1;
    return (a->node > b->node) - (a->node < b->node);
}

/* ---- words */

enum { OPERAND_MOST = 40 };

static const AstNode *node(const Search *s, AstId id)
{
    return &s->model->unit->ast->nodes.at[id];
}

/* Can an assumption name what the operand is made of? */
static bool is_nameable(const Search *s, AstId id)
{
    for (AstId k = node(s, id)->first; k <= id; k++) {
        const AstNode *n = node(s, k);
        if (n->resolution == RES_LOCAL || n->resolution == RES_INDEX || n->resolution == RES_SIZE ||
            n->kind == AST_SUBSCRIPT)
            return false;
    }
    return true;
}

/* The operand's text, in brackets where a comparison would take it apart; an array's name for its
 * element. NULL, if it is long. */
static const char *operand_text(const Search *s, AstId id, bool whole)
{
    const AstNode *n = node(s, id);
    Text text = text_new(s->ctx);
    const bool loose = n->kind == AST_COND || (n->kind == AST_BINARY && op_info((Op)n->op)->prec &&
                                               op_info((Op)n->op)->prec <= PREC_REL);
    const char *line = whole && n->kind == AST_SUBSCRIPT
                           ? name_text(s->ctx, n->name)
                           : name_text(s->ctx, ast_line(s->ctx, s->model->unit->ast, n->span));
    if (strlen(line) > OPERAND_MOST)
        return NULL;
    text_printf(&text, loose ? "(%s)" : "%s", line);
    return text.at;
}

/* A domain with the operands' texts in it. */
static const char *domain_text(const Search *s, const char *domain, const char *const *operands)
{
    Text text = text_new(s->ctx);
    for (const char *c = domain; *c; c++) {
        const bool begins = c == domain || c[-1] == ' ' || c[-1] == '(';
        if (begins && (*c == 'x' || *c == 'y') && (c[1] == ' ' || c[1] == ')' || !c[1]))
            text_put(&text, operands[*c == 'y']);
        else
            text_char(&text, *c);
    }
    return text.at;
}

static void put_number(Text *out, double value)
{
    text_printf(out, "%.6g", value == 0 ? 0 : value);
}

static const char *range_text(const Search *s, const Range *r)
{
    Text text = text_new(s->ctx);
    if (isinf(r->low) && isinf(r->high))
        return "can be any number";
    if (range_is_point(r)) {
        text_put(&text, "is ");
        put_number(&text, r->low);
        return text.at;
    }
    text_put(&text, "is in ");
    text_char(&text, r->flags & RANGE_LOW_OPEN ? '(' : '[');
    put_number(&text, r->low);
    text_put(&text, ", ");
    put_number(&text, r->high);
    text_char(&text, r->flags & RANGE_HIGH_OPEN ? ')' : ']');
    return text.at;
}

/* What would be assumed to quiet the warning. */
static void hint(Search *s, const Finding *f, const AstId *ids, const char *const *operands)
{
    bool named = !f->place.call;
    const char *texts[2] = {operands[0], operands[1]};
    for (int i = 0; i < 2; i++) {
        if (!ids[i])
            continue;
        const bool element = node(s, ids[i])->kind == AST_SUBSCRIPT &&
                             node(s, ids[i])->resolution == RES_ENTITY;
        named = named && (element || is_nameable(s, ids[i]));
        texts[i] = operand_text(s, ids[i], element);
        named = named && texts[i];
    }
    if (named && node_op(s->g, f->node) != OP_TAN)
        diag_hint(s->ctx, "if that never happens, say so: 'assume %s'",
                  domain_text(s, f->domain, texts));
    else
        diag_hint(s->ctx,
                  "if that never happens, say so by an 'assume' of what the operand is made of");
}

static void say(Search *s, const Finding *f)
{
    const AstNode *n = node(s, f->place.place);
    const char *own[2] = {"x", "y"}, *operands[2];
    AstId ids[2] = {0};
    for (int i = 0; i < 2; i++) {
        const bool needed = strchr(f->domain, "xy"[i]) != NULL;
        ids[i] = needed ? ast_child(s->model->unit->ast, f->place.place, (uint32_t)i) : 0;
        operands[i] = ids[i] ? operand_text(s, ids[i], false) : NULL;
        if (!operands[i])
            operands[i] = own[i];
    }
    const char *domain = domain_text(s, f->domain, operands);
    const char *operand = operands[f->second];
    const char *name =
        n->kind == AST_BINARY ? op_info((Op)n->op)->spelling : name_text(s->ctx, n->name);
    if (n->kind == AST_BINARY && n->op == OP_POW)
        name = "^";
    if (f->verdict == VERDICT_SEEN)
        diag_warning(s->ctx, n->span, "singular",
                     "the derivative of '%s' is finite for %s only, and %s %s", name, domain,
                     operand, range_text(s, &f->range));
    else
        diag_warning(s->ctx, n->span, "maybe-singular",
                     "the derivative of '%s' is finite for %s only, which is not seen here", name,
                     domain);
    if (!diag_kept(s->ctx))
        return;
    if (f->place.call)
        diag_note(s->ctx, node(s, f->place.call)->span, "in this call");
    if (!f->never)
        hint(s, f, ids, operands);
}

/* Does a derivative go through an operator with a pole? A power like x^2 has none. */
static bool may_be_singular(const Graph *g, const Reach *reach, NodeId id)
{
    const Node *n = node_at(g, id);
    if (!(op_info((Op)n->op)->flags & OPF_POLE) || !(reach->marks[id] & REACH_FLOW) ||
        !(n->flags & NODE_ACTIVE))
        return false;
    return n->op != OP_IPOW || number_sign(node_number(g, n->b)) < 0;
}

/* Most models have few such nodes or none: then nobody need know what ranges there are. */
static void search(Search *s, Reach *reach, const NodeId *assumptions, uint32_t count)
{
    Ranges ranges;
    NodeId id = 1;
    while (id < reach->count && !may_be_singular(s->g, reach, id))
        id++;
    if (id == reach->count)
        return;
    ranges_begin(&ranges, reach, assumptions, count);
    s->ranges = &ranges;
    for (int i = 0; i < 3; i++)
        s->operand[i] = build_ref(s->g, sym_new(s->g, 0, SYM_ARG, 0), 0);
    for (; id < reach->count; id++)
        if (may_be_singular(s->g, reach, id))
            look(s, id);
    ranges_end(&ranges);
    s->ranges = NULL;
}

void warn_singular(Model *model, Reach *reach, const NodeId *assumptions, uint32_t count)
{
    Search s = {.model = model, .ctx = model->ctx, .g = model->graph};
    s.maybe = diag_wanted(s.ctx, "maybe-singular");
    search(&s, reach, assumptions, count);
    if (s.findings.count)
        qsort(s.findings.at, s.findings.count, sizeof *s.findings.at, finding_order);
    for (uint32_t i = 0; i < s.findings.count; i++)
        if (!i || s.findings.at[i].place.place != s.findings.at[i - 1].place.place)
            say(&s, &s.findings.at[i]);
    vec_free(s.ctx, &s.findings);
}
