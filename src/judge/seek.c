/* seek: samples of a claim that is refuted in, explanations out: which mistake at which place of
 * the text gives the numbers. The likeliest are tried first. */
#include "judge/judge.h"

enum { CHAIN_MAX = 6 }; /* operations that a person takes as one */

typedef VEC(Site) SiteVec;

/* ---- sites ------------------------------------------------------------------------------ */

/* All edges on paths, by place; last operations first, as derivations go. */
static void find_sites(Inquiry *q, SiteVec *sites)
{
    const Sample *s = &q->samples[0];
    uint8_t *seen = array_new(q->j->ctx, (size_t)q->j->unit->ast->nodes.count + 1, 1);
    uint8_t *op = array_new(q->j->ctx, (size_t)q->j->unit->ast->nodes.count + 1, 1);
    for (uint32_t k = s->tape.steps.count; k-- > 1;) {
        const TapeStep *t = &s->tape.steps.at[k];
        for (int i = 0; i < 3; i++) {
            if (!t->node || !sample_edge(s, k, i))
                continue;
            if (seen[t->node] & 1 << i && op[t->node] == (uint8_t)t->op)
                continue;
            bool known = false;
            for (uint32_t n = 0; n < sites->count && seen[t->node]; n++)
                known = known || (sites->at[n].node == t->node && sites->at[n].op == t->op &&
                                  sites->at[n].operand == i);
            seen[t->node] |= (uint8_t)(1 << i);
            op[t->node] = (uint8_t)t->op;
            if (!known)
                *vec_push(q->j->ctx, sites) = (Site){t->node, t->op, i, k};
        }
    }
    ctx_resize(q->j->ctx, seen, 0);
    ctx_resize(q->j->ctx, op, 0);
}

/* ---- text ------------------------------------------------------------------------------- */

static const AstNode *node_of(const Inquiry *q, AstId id)
{
    return &q->j->unit->ast->nodes.at[id];
}

/* The operand of an operation in the text; 0 if it has none there (a sum of elements). */
static AstId operand_node(const Inquiry *q, const Site *s)
{
    const AstNode *n = node_of(q, s->node);
    if (n->kind == AST_UNARY || n->kind == AST_BINARY)
        return s->operand == 0 ? n->a : n->b;
    if (n->kind == AST_CALL && n->resolution == RES_OP && s->operand < (int)n->b)
        return q->j->unit->ast->list.at[n->a + (uint32_t)s->operand];
    return 0;
}

/* 'q' of 'q*z', as far as it can be said. */
static const char *operand_text(const Inquiry *q, const Site *s)
{
    AstId id = operand_node(q, s);
    return id ? say_node(q->j, id) : say_node(q->j, s->node);
}

static const char *site_text(const Inquiry *q, const Site *s)
{
    return say_node(q->j, s->node);
}

static bool is_sum(const Site *s)
{
    return s->op == OP_ADD || s->op == OP_SUB;
}

/* Does the text have this operation, not one of several that a reduction or product makes? */
static bool is_written(const Inquiry *q, const Site *s)
{
    return operand_node(q, s) != 0;
}

static bool is_reference(const Site *s)
{
    return s->op == OP_NAME;
}

/* ---- mistakes, the likeliest first -------------------------------------------------------- */

/* Of the names on a path the one that is nearest to what is differentiated by: where the value
 * fans out. */
static void seek_entities(Inquiry *q)
{
    const Sample *s = &q->samples[0];
    uint8_t *tried = array_new(q->j->ctx, q->j->unit->entities.count + 1, 1);
    const uint32_t before = q->found.count;
    for (uint32_t k = 1; k < s->tape.steps.count && q->found.count == before; k++) {
        uint32_t entity = s->tape.steps.at[k].entity;
        if (entity == ORACLE_NONE || entity == s->by || !s->active[k] || tried[entity])
            continue;
        tried[entity] = 1;
        Wrong w = {.kind = WRONG_ENTITY, .entity = entity};
        const char *name = name_text(q->j->ctx, q->j->unit->entities.at[entity].name);
        if (wrong_holds(q, &w))
            inquiry_found(q, "the path through '%s' is forgotten", name);
    }
    ctx_resize(q->j->ctx, tried, 0);
}

static bool is_plain_name(const Inquiry *q, AstId id)
{
    AstKind kind = (AstKind)node_of(q, id)->kind;
    return kind == AST_NAME || kind == AST_SUBSCRIPT;
}

/* A term of a sum that is left out, as that of a regularisation. */
static void seek_terms(Inquiry *q, const SiteVec *sites, bool names)
{
    for (uint32_t i = 0; i < sites->count; i++) {
        const Site *s = &sites->at[i];
        Wrong w = {.kind = WRONG_DROP, .site = *s};
        if (is_sum(s) && is_written(q, s) && is_plain_name(q, operand_node(q, s)) == names &&
            wrong_holds(q, &w))
            inquiry_found(q, "the term '%s' is left out", operand_text(q, s));
    }
}

static void seek_paths(Inquiry *q, const SiteVec *sites)
{
    for (uint32_t i = 0; i < sites->count; i++) {
        const Site *s = &sites->at[i];
        Wrong w = {.kind = WRONG_DROP, .site = *s};
        if (!is_reference(s) || !wrong_holds(q, &w))
            continue;
        const char *where = say_statement(q->j, s->node);
        inquiry_found(q, "the path through '%s'%s%s%s is forgotten", site_text(q, s),
                      *where ? " in '" : "", where, *where ? "'" : "");
    }
}

/* A sum of which one term alone is counted: its index is not summed over. */
static void seek_unsummed(Inquiry *q, const SiteVec *sites)
{
    for (uint32_t i = 0; i < sites->count; i++) {
        const Site *s = &sites->at[i];
        Wrong w = {.kind = WRONG_DROP, .site = *s};
        if (is_sum(s) && !is_written(q, s) && wrong_holds(q, &w))
            inquiry_found(q, "it is not summed over the index of '%s': only the %s term counts",
                          site_text(q, s), s->operand ? "first" : "last");
    }
}

/* ---- uses of names ---------------------------------------------------------------------- */

typedef struct Use {
    uint32_t entity, user;
} Use;

typedef VEC(Use) UseVec;

static void find_uses(Inquiry *q, UseVec *uses)
{
    const Sample *s = &q->samples[0];
    for (uint32_t k = s->tape.steps.count; k-- > 1;) {
        Use use = {s->active[k] ? wrong_entity_behind(s, k) : ORACLE_NONE, wrong_user_of(s, k)};
        bool known = use.entity == ORACLE_NONE || use.user == ORACLE_NONE || uses->count > 200;
        for (uint32_t i = 0; i < uses->count && !known; i++)
            known = uses->at[i].entity == use.entity && uses->at[i].user == use.user;
        if (!known)
            *vec_push(q->j->ctx, uses) = use;
    }
}

static const char *name_of_entity(const Inquiry *q, uint32_t entity)
{
    return name_text(q->j->ctx, q->j->unit->entities.at[entity].name);
}

static const char *line_of_entity(const Inquiry *q, uint32_t entity)
{
    return name_text(q->j->ctx, q->j->unit->entities.at[entity].line);
}

static bool use_holds(Inquiry *q, const Use *use, WrongKind kind, uint32_t axis)
{
    Wrong w = {.kind = kind, .entity = use->entity, .user = use->user, .axis = axis};
    return wrong_holds(q, &w);
}

static void seek_paths_of_uses(Inquiry *q)
{
    UseVec uses = {0};
    find_uses(q, &uses);
    for (uint32_t i = 0; i < uses.count; i++)
        if (use_holds(q, &uses.at[i], WRONG_PATH, 0))
            inquiry_found(q, "the path through '%s' in '%s' is forgotten",
                          name_of_entity(q, uses.at[i].entity), line_of_entity(q, uses.at[i].user));
    vec_free(q->j->ctx, &uses);
}

/* A factor that is left out where a name is used: that of what uses it, or its own. */
static void seek_factors_of_uses(Inquiry *q, const SiteVec *sites)
{
    UseVec uses = {0};
    (void)sites;
    find_uses(q, &uses);
    for (uint32_t i = 0; i < uses.count; i++) {
        const char *name = name_of_entity(q, uses.at[i].entity);
        const char *line = line_of_entity(q, uses.at[i].user);
        if (use_holds(q, &uses.at[i], WRONG_UPSTREAM, 0))
            inquiry_found(q, "the upstream factor is missing in the path through '%s' in '%s'",
                          name, line);
        else if (use_holds(q, &uses.at[i], WRONG_INNER, 0))
            inquiry_found(q, "the inner derivative, that of '%s', is missing in '%s'", name, line);
    }
    vec_free(q->j->ctx, &uses);
}

/* An index of a definition that is not summed over: of its elements one alone counts. */
static void seek_unsummed_uses(Inquiry *q, const SiteVec *sites)
{
    UseVec uses = {0};
    (void)sites;
    find_uses(q, &uses);
    for (uint32_t i = 0; i < uses.count; i++)
        for (uint32_t k = 0; k < 2*tuple_size(q->j->unit->graph,
                                              q->j->unit->entities.at[uses.at[i].user].shape); k++)
            if (use_holds(q, &uses.at[i], k%2 ? WRONG_LAST : WRONG_FIRST, k/2))
                inquiry_found(q, "it is not summed over an index: of '%s' only the %s element "
                                 "counts",
                              line_of_entity(q, uses.at[i].user), k%2 ? "last" : "first");
    vec_free(q->j->ctx, &uses);
}

/* ---- local derivatives ------------------------------------------------------------------- */

/* Has the operation another operand that is no constant? */
static bool has_other(const Inquiry *q, const Site *s)
{
    return s->operand < 2 && q->samples[0].tape.steps.at[s->step].from[1 - s->operand];
}

static void seek_operand(Inquiry *q, const SiteVec *sites)
{
    for (uint32_t i = 0; i < sites->count; i++) {
        const Site *s = &sites->at[i];
        Wrong other = {.kind = WRONG_OTHER, .site = *s};
        Wrong turned = {.kind = WRONG_EXCHANGED, .site = *s};
        bool binary = op_info(s->op)->arity == 2;
        if (s->op == OP_MUL && wrong_holds(q, &other))
            inquiry_found(q, "the local derivative of '%s' by '%s' is the other factor, not '%s' "
                             "itself",
                          site_text(q, s), operand_text(q, s), operand_text(q, s));
        else if (binary && !is_sum(s) && has_other(q, s) && wrong_holds(q, &other))
            inquiry_found(q, "the local derivative of '%s' is that by the other operand, not by "
                             "'%s'",
                          site_text(q, s), operand_text(q, s));
        else if (binary && !is_sum(s) && !(op_info(s->op)->flags & OPF_COMMUTES) &&
                 wrong_holds(q, &turned))
            inquiry_found(q, "the operands of '%s' are exchanged", site_text(q, s));
    }
}

static void seek_ones(Inquiry *q, const SiteVec *sites, bool logarithms)
{
    for (uint32_t i = 0; i < sites->count; i++) {
        const Site *s = &sites->at[i];
        Wrong w = {.kind = WRONG_ONE, .site = *s};
        if (is_sum(s) || is_reference(s) || (s->op == OP_LOG) != logarithms || !wrong_holds(q, &w))
            continue;
        if (logarithms)
            inquiry_found(q, "it is the derivative of '%s', not that of its logarithm",
                          operand_text(q, s));
        else
            inquiry_found(q, "the local derivative of '%s' by '%s' is missing", site_text(q, s),
                          operand_text(q, s));
    }
}

static void seek_logarithms(Inquiry *q, const SiteVec *sites)
{
    seek_ones(q, sites, true);
}

static void seek_missing(Inquiry *q, const SiteVec *sites)
{
    seek_ones(q, sites, false);
}

static void seek_values(Inquiry *q, const SiteVec *sites)
{
    for (uint32_t i = 0; i < sites->count; i++) {
        const Site *s = &sites->at[i];
        if (is_reference(s) || is_sum(s) ||
            s->operand != wrong_first_operand(&q->samples[0], s->step))
            continue;
        for (uint32_t n = 1; n <= CHAIN_MAX && !inquiry_enough(q); n++) {
            Wrong value = {.kind = WRONG_VALUE, .site = *s, .length = n};
            Wrong rest = {.kind = WRONG_REST, .site = *s, .length = n};
            if (wrong_holds(q, &value))
                inquiry_found(q, "the value of '%s' stands for its derivative", site_text(q, s));
            if (wrong_holds(q, &rest))
                inquiry_found(q, "1 less the value of '%s' stands for its derivative",
                              site_text(q, s));
        }
    }
}

static void seek_chains(Inquiry *q, const SiteVec *sites)
{
    for (uint32_t i = 0; i < sites->count; i++) {
        const Site *s = &sites->at[i];
        if (is_reference(s) || s->operand != wrong_first_operand(&q->samples[0], s->step))
            continue;
        for (uint32_t n = 2; n <= CHAIN_MAX && !inquiry_enough(q); n++) {
            Wrong w = {.kind = WRONG_CHAIN, .site = *s, .length = n};
            if (wrong_holds(q, &w))
                inquiry_found(q, "the local derivative of '%s' is missing", site_text(q, s));
        }
    }
}

static void seek_signs(Inquiry *q, const SiteVec *sites)
{
    for (uint32_t i = 0; i < sites->count; i++) {
        const Site *s = &sites->at[i];
        Wrong w = {.kind = WRONG_NEGATE, .site = *s};
        if (is_reference(s) || !is_written(q, s) || !wrong_holds(q, &w))
            continue;
        if (is_sum(s))
            inquiry_found(q, "the sign of the term '%s' is wrong", operand_text(q, s));
        else
            inquiry_found(q, "the sign of the local derivative of '%s' by '%s' is wrong",
                          site_text(q, s), operand_text(q, s));
    }
}

static void seek_power(Inquiry *q, const Site *s)
{
    Wrong times = {.kind = WRONG_TIMES, .site = *s}, over = {.kind = WRONG_OVER, .site = *s};
    if (s->op == OP_ADD || s->op == OP_SUB || s->op == OP_MUL || is_reference(s))
        return;
    if (wrong_holds(q, &times))
        inquiry_found(q, "the local derivative of '%s' is multiplied by '%s'%s", site_text(q, s),
                      operand_text(q, s),
                      s->op == OP_POW ? ": the exponent is to be one less" : "");
    if (wrong_holds(q, &over))
        inquiry_found(q, "the local derivative of '%s' is divided by '%s'", site_text(q, s),
                      operand_text(q, s));
}

static void seek_local_factor(Inquiry *q, const Site *s)
{
    static const double numbers[] = {2, 3, 4};
    const TapeStep *t = &q->samples[0].tape.steps.at[s->step];
    if (is_reference(s) || !is_written(q, s))
        return;
    for (int k = 0; k < 4; k++) {
        double number = k < 3 ? numbers[k] : t->x[1];
        bool exponent = k == 3;
        if (exponent && (s->op != OP_POW || s->operand != 0 || t->from[1]))
            continue;
        Wrong more = {.kind = WRONG_FACTOR, .site = *s, .factor = number};
        Wrong less = {.kind = WRONG_FACTOR, .site = *s, .factor = 1/number};
        if (wrong_holds(q, &more))
            inquiry_found(q, "a factor %g is too much in the derivative of '%s' by '%s'", number,
                          site_text(q, s), operand_text(q, s));
        if (wrong_holds(q, &less))
            inquiry_found(q, "a factor %g is missing in the derivative of '%s' by '%s'", number,
                          site_text(q, s), operand_text(q, s));
    }
}

static void seek_transposed(Inquiry *q, const SiteVec *sites)
{
    (void)sites;
    for (uint32_t i = 0; i < q->j->unit->entities.count; i++) {
        if (tuple_size(q->j->unit->graph, q->j->unit->entities.at[i].shape) != 2)
            continue;
        Wrong w = {.kind = WRONG_TRANSPOSED, .entity = i};
        if (wrong_holds(q, &w))
            inquiry_found(q, "'%s' is transposed",
                          name_text(q->j->ctx, q->j->unit->entities.at[i].name));
    }
}

void seek_forgotten(Inquiry *q)
{
    SiteVec sites = {0};
    find_sites(q, &sites);
    seek_terms(q, &sites, false);
    seek_entities(q);
    if (!q->found.count)
        seek_paths_of_uses(q);
    if (!q->found.count)
        seek_paths(q, &sites);
    seek_terms(q, &sites, true);
    vec_free(q->j->ctx, &sites);
}

static void seek_local_factors(Inquiry *q, const SiteVec *sites)
{
    for (uint32_t i = 0; i < sites->count; i++)
        seek_local_factor(q, &sites->at[i]);
}

static void seek_powers(Inquiry *q, const SiteVec *sites)
{
    for (uint32_t i = 0; i < sites->count; i++)
        seek_power(q, &sites->at[i]);
}

/* What is less likely is sought only if nothing was found. */
void seek_wrong(Inquiry *q)
{
    static void (*const seek[])(Inquiry *, const SiteVec *) = {
        seek_operand, seek_logarithms, seek_factors_of_uses, seek_missing, seek_values,
        seek_transposed, seek_chains, seek_unsummed, seek_unsummed_uses, seek_signs,
        seek_local_factors, seek_powers,
    };
    SiteVec sites = {0};
    find_sites(q, &sites);
    for (size_t i = 0; i < sizeof seek/sizeof *seek && (!i || !q->found.count); i++)
        seek[i](q, &sites);
    vec_free(q->j->ctx, &sites);
}
