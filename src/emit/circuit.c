/* The model's graph in, its steps out: note [circuit] of emit.h. From the outputs down it is marked
 * which nodes are steps; then, operands first, each gets a symbol and its value over those of
 * others. */
#include "emit/emit.h"

typedef struct Builder {
    Circuit *c;
    Graph *g;
    uint8_t *marked;   /* a node each: is it a step? */
    NodeId *outside;   /* a node each: of an array of a recurrence its MEMBER */
    U32Vec used;       /* symbols of arguments that are */
    uint32_t *stamp;   /* a node each: the walk that has seen it */
    uint32_t walk;
    NodeId *image;     /* a node each: in the value that is built */
    NodeId *inside;    /* a node each: what it stands for where it is a cut of the walk */
    U32Vec region;     /* the nodes of a walk */
    U32Vec cuts;       /* those of them that are other steps */
    U32Vec arrays;     /* a symbol each: the array of a recurrence that bears it */
    uint32_t number;   /* of the last name made up */
} Builder;

/* ---- what is a step */

static bool is_call(const Builder *b, NodeId id)
{
    const Node *n = node_at(b->g, id);
    return n->op == OP_NAME && sym_at(b->g, n->b)->kind == SYM_CALL && !sym_at(b->g, n->b)->base;
}

static bool is_call_argument(const Builder *b, NodeId id)
{
    const Node *n = node_at(b->g, id);
    return n->op == OP_NAME && sym_at(b->g, n->b)->kind == SYM_CALL && sym_at(b->g, n->b)->base;
}

static bool is_definition(const Builder *b, NodeId id)
{
    const Node *n = node_at(b->g, id);
    return n->op == OP_NAME && sym_at(b->g, n->b)->kind == SYM_DEF;
}

/* Behind what is there for lowering and differentiation only. */
static NodeId bare(const Builder *b, NodeId id)
{
    for (;;) {
        Op op = node_op(b->g, id);
        if (op != OP_TEMP && op != OP_HOLD && !is_call_argument(b, id))
            return id;
        id = node_at(b->g, id)->a;
    }
}

/* The array that a MEMBER is. */
static NodeId array_of(const Builder *b, NodeId id)
{
    return node_op(b->g, id) == OP_MEMBER ? member_array(b->g, id) : id;
}

static bool is_argument(const Builder *b, NodeId id)
{
    const Node *n = node_at(b->g, id);
    SymKind kind = n->op == OP_REF ? sym_at(b->g, n->a)->kind : SYM_DIM;
    return kind == SYM_INPUT || kind == SYM_PARAM;
}

/* A value of its own: what ends the walk through any step. */
static bool is_value(const Builder *b, NodeId id)
{
    const Node *n = node_at(b->g, id);
    bool closed = !n->free;
    return is_definition(b, id) || is_argument(b, id) || n->op == OP_OWN ||
           ((n->op == OP_ARRAY || n->op == OP_MEMBER) && closed);
}

/* An operation on scalars, which is a step where scalars are taken apart. */
static bool is_scalar(const Builder *b, NodeId id)
{
    const Node *n = node_at(b->g, id);
    const OpInfo *info = op_info((Op)n->op);
    if (n->free || n->flags & (NODE_INT | NODE_CONST) || node_is_array(b->g, id) ||
        node_is_bool(b->g, id)) /* conditions are read where they decide */
        return false;
    if (is_call(b, id) || n->op == OP_LINK || n->op == OP_STOP)
        return true;
    return !(info->flags & OPF_LEAF) && n->op != OP_READ && n->op != OP_REAL && n->op != OP_NAME &&
           n->op != OP_PART;
}

static bool is_shifted(const Builder *b, NodeId id)
{
    const Node *n = node_at(b->g, id);
    return n->op == OP_SUB && formula_is_shift(b->g, n->b);
}

/* A logsumexp, or an element of a softmax or log_softmax? Lowering takes the largest from their
 * exponents, which is shown by none of their operations. */
static bool is_exponential(const Builder *b, NodeId id)
{
    const Node n = *node_at(b->g, id);
    switch (n.op) {
    case OP_ADD: return node_op(b->g, n.b) == OP_LOG_SUM && formula_is_shift(b->g, n.a);
    case OP_SUB: return node_op(b->g, n.b) == OP_LOG_SUM && is_shifted(b, n.a);
    case OP_DIV: return node_op(b->g, n.a) == OP_EXP && is_shifted(b, node_at(b->g, n.a)->a);
    default: return false;
    }
}

/* Is it taken apart into steps: an operation, and no reduction? */
static bool is_operation(const Builder *b, NodeId root)
{
    const OpInfo *info = op_info(node_op(b->g, root));
    return is_scalar(b, root) && !(info->flags & OPF_REDUCE) && node_op(b->g, root) != OP_LINK &&
           !is_call(b, root) && !is_exponential(b, root);
}

/* What a step is computed by: of a definition the operation, call or array behind the name. */
static NodeId root_of(const Builder *b, NodeId id)
{
    return is_definition(b, id) ? bare(b, node_at(b->g, id)->a) : id;
}

/* ---- walks */

static void see(Builder *b, NodeId id)
{
    if (b->stamp[id] != b->walk)
        *vec_push(b->c->job->ctx, &b->region) = id;
    b->stamp[id] = b->walk;
}

/* A norm, whose derivative goes by the sum of squares: one step with all that is in it. */
static bool is_norm(const Builder *b, NodeId link)
{
    const Node value = *node_at(b->g, node_at(b->g, link)->a);
    return value.op == OP_STOP && node_op(b->g, value.a) == OP_RHYPOT;
}

/* Marks the operands that hand derivatives go with: they end the walk there. */
static void mark_links(Builder *b, NodeId root)
{
    for (; node_op(b->g, root) == OP_LINK && !is_norm(b, root); root = node_at(b->g, root)->a) {
        NodeId by = bare(b, node_at(b->g, root)->b);
        if (is_scalar(b, by))
            b->inside[by] = b->walk;
    }
}

/* Does the walk of a step, down from its root, end here at another step? */
static bool is_cut(const Builder *b, NodeId id, NodeId step, NodeId root, bool apart)
{
    if (id == step)
        return false;
    if (is_value(b, id) || is_call_argument(b, id))
        return true;
    return id != root &&
           ((apart && is_scalar(b, id)) || is_call(b, id) || b->inside[id] == b->walk);
}

/* Where the walk through a step begins: of a call in the function. */
static NodeId walk_root(const Builder *b, NodeId root)
{
    return is_call(b, root) ? node_at(b->g, root)->a : root;
}

/* Fills region with the nodes of a step, ascending, and cuts with those of them where other steps
 * begin, as they are written. */
static void walk(Builder *b, NodeId step)
{
    const bool apart = is_operation(b, root_of(b, step));
    const NodeId root = walk_root(b, root_of(b, step));
    NodeId need;
    b->walk++;
    b->region.count = b->cuts.count = 0;
    mark_links(b, root);
    see(b, root);
    for (uint32_t i = 0; i < b->region.count; i++) {
        NodeId at = b->region.at[i];
        if (is_cut(b, at, step, root, apart)) {
            *vec_push(b->c->job->ctx, &b->cuts) = at;
            continue;
        }
        for (uint32_t k = 0; (need = node_need(b->g, at, k)); k++)
            if (!(node_at(b->g, need)->flags & NODE_INT))
                see(b, need);
    }
    vec_sort(&b->region, 0);
}

/* Is it an element of an array? */
static bool is_element(const Builder *b, NodeId id)
{
    Op op = node_op(b->g, id);
    return op == OP_REF || op == OP_OWN || op == OP_READ;
}

/* The node whose step a cut is, or is an element of; a REF stands for its symbol. */
static NodeId target_of(const Builder *b, NodeId cut)
{
    NodeId id = bare(b, cut);
    const Node *n = node_at(b->g, id);
    if (n->op == OP_OWN)
        return n->a < b->arrays.count ? b->arrays.at[n->a] : 0;
    return n->op == OP_READ ? n->a : id;
}

/* ---- marks */

/* All arrays of a recurrence at once, for they name each other. */
static void mark_system(Builder *b, NodeId system)
{
    const TupleId arrays = node_at(b->g, system)->a;
    for (uint32_t k = 0; k < tuple_size(b->g, arrays); k++) {
        NodeId array = tuple_item(b->g, arrays, k);
        SymId sym = array_sym(b->g, array);
        b->marked[array] = 1;
        b->outside[array] = build_member(b->g, system, k);
        while (b->arrays.count <= sym)
            *vec_push(b->c->job->ctx, &b->arrays) = 0;
        b->arrays.at[sym] = array;
    }
}

static void mark(Builder *b, NodeId cut)
{
    NodeId id = target_of(b, cut);
    if (id && node_op(b->g, id) == OP_MEMBER)
        mark_system(b, node_at(b->g, id)->a);
    else if (id && node_op(b->g, id) == OP_REF)
        *vec_push(b->c->job->ctx, &b->used) = node_at(b->g, id)->a;
    else if (id)
        b->marked[id] = 1;
}

static void mark_steps(Builder *b)
{
    const Model *m = b->c->job->model;
    for (uint32_t i = 0; i < m->unit->outputs.count; i++)
        mark(b, m->nodes.at[m->unit->outputs.at[i]]);
    for (NodeId id = b->c->end - 1; id > 0; id--) {
        if (!b->marked[id])
            continue;
        walk(b, id);
        for (uint32_t k = 0; k < b->cuts.count; k++)
            mark(b, b->cuts.at[k]);
    }
}

/* ---- steps */

static bool is_taken(const Builder *b, Name name)
{
    const Unit *u = b->c->job->model->unit;
    for (uint32_t i = 0; i < u->entities.count; i++)
        if (u->entities.at[i].name == name)
            return true;
    return false;
}

/* v1, v2, ...: none that the model has. */
static Name new_name(Builder *b)
{
    char text[20];
    Name name;
    do {
        snprintf(text, sizeof text, "v%u", (unsigned)++b->number);
        name = name_of(b->c->job->ctx, text);
    } while (is_taken(b, name));
    return name;
}

/* Not the adjoint of an array that a diff in the model made: it has that one's name, and its bar is
 * here the adjoint of what is explained. */
static SymId model_sym(const Builder *b, NodeId id)
{
    const Node *n = node_at(b->g, id);
    SymId sym = is_definition(b, id) || n->op == OP_ARRAY ? n->b : n->op == OP_REF ? n->a : 0;
    const Sym *s = sym_at(b->g, sym);
    return sym && s->name && s->role == ROLE_SELF ? sym : 0;
}

static GateKind kind_of(const Builder *b, NodeId root)
{
    if (is_call(b, root))
        return STEP_CALL;
    return is_operation(b, root) ? STEP_OPERATION : STEP_WHOLE;
}

static Gate *add_step(Builder *b, NodeId id, GateKind kind)
{
    Circuit *c = b->c;
    Gate s = {.kind = kind, .node = id, .root = root_of(b, id), .model = model_sym(b, id)};
    s.array = node_is_array(b->g, id);
    s.active = node_at(b->g, id)->flags & NODE_ACTIVE;
    TupleId shape = s.array ? node_shape(b->g, id) : 0;
    Name name = s.model ? sym_at(b->g, s.model)->name : new_name(b);
    s.sym = sym_new(b->g, name, s.active ? SYM_INPUT : SYM_PARAM, shape);
    if (s.array && !s.model && kind != STEP_ARGUMENT) { /* so that its elements can be spoken of */
        sym_at(b->g, array_sym(b->g, id))->name = name;
        sym_at(b->g, array_sym(b->g, id))->role = ROLE_SELF;
    }
    s.outside = id;
    *vec_push(c->job->ctx, &c->steps) = s;
    return &c->steps.at[c->steps.count - 1];
}

static void set_step_of_sym(Builder *b, SymId sym, uint32_t step)
{
    Circuit *c = b->c;
    while (c->step_of_sym.count <= sym)
        *vec_push(c->job->ctx, &c->step_of_sym) = 0;
    c->step_of_sym.at[sym] = step;
}

static bool uses_symbol(const Builder *b, SymId sym)
{
    for (uint32_t i = 0; i < b->used.count; i++)
        if (b->used.at[i] == sym)
            return true;
    return false;
}

/* The arguments in the order of the model. */
static void add_arguments(Builder *b)
{
    const Model *m = b->c->job->model;
    for (uint32_t i = 0; i < m->unit->entities.count; i++) {
        EntityKind kind = m->unit->entities.at[i].kind;
        if ((kind != ENTITY_INPUT && kind != ENTITY_PARAM) || !uses_symbol(b, m->syms.at[i]))
            continue;
        Gate *s = add_step(b, build_ref(b->g, m->syms.at[i], 0), STEP_ARGUMENT);
        s->value = s->shown = build_ref(b->g, s->sym, 0);
        set_step_of_sym(b, m->syms.at[i], b->c->steps.count);
        if (s->node < b->c->end)
            b->c->step_of[s->node] = b->c->steps.count;
    }
}

static void add_steps(Builder *b)
{
    for (NodeId id = 1; id < b->c->end; id++) {
        if (!b->marked[id])
            continue;
        Gate *s = add_step(b, id, kind_of(b, root_of(b, id)));
        if (s->kind == STEP_CALL)
            s->call = node_at(b->g, s->root)->b;
        b->c->step_of[id] = b->c->steps.count;
        if (b->outside[id])
            s->outside = b->outside[id];
    }
}

/* ---- values */

/* 1 + the step of a cut; 0 if it is none. */
static uint32_t step_of_cut(const Builder *b, NodeId cut)
{
    const Circuit *c = b->c;
    NodeId target = target_of(b, cut);
    if (!target)
        return 0;
    if (node_op(b->g, target) != OP_REF)
        return c->step_of[array_of(b, target)];
    SymId sym = node_at(b->g, target)->a;
    return sym < c->step_of_sym.count ? c->step_of_sym.at[sym] : 0;
}

/* What a cut becomes: a REF to its step, at its subscripts. */
static NodeId cut_image(const Builder *b, NodeId cut)
{
    uint32_t step = step_of_cut(b, cut);
    NodeId id = bare(b, cut);
    return !step ? cut : build_ref(b->g, b->c->steps.at[step - 1].sym,
                                   is_element(b, id) ? node_tuple(b->g, id) : 0);
}

static void note_operand(Builder *b, Gate *s, NodeId cut)
{
    uint32_t step = step_of_cut(b, cut);
    for (uint32_t k = 0; k < s->operands.count; k++)
        if (s->operands.at[k] + 1 == step)
            return;
    if (step)
        *vec_push(b->c->job->ctx, &s->operands) = step - 1;
}

/* The arguments of a call in their order: constants as they are. */
static void note_args(Builder *b, Gate *s)
{
    const SymId call = s->call;
    for (SymId arg = call + 1; arg < sym_count(b->g) && sym_at(b->g, arg)->base == call; arg++) {
        NodeId node = sym_at(b->g, arg)->value;
        for (uint32_t k = 0; k < b->region.count; k++)
            if (node_op(b->g, b->region.at[k]) == OP_NAME &&
                node_at(b->g, b->region.at[k])->b == arg)
                node = b->image[b->region.at[k]];
        *vec_push(b->c->job->ctx, &s->args) = node;
    }
}

/* Without what lowering does for the sake of the arithmetic, but for a gradient that is stopped. */
static NodeId shown_value(const Builder *b, NodeId value)
{
    return node_op(b->g, value) == OP_STOP ? value : formula_plain(b->g, value);
}

static void set_value(Builder *b, uint32_t number)
{
    const NodeId id = b->c->steps.at[number].node;
    const bool apart = is_operation(b, root_of(b, id));
    const NodeId root = walk_root(b, root_of(b, id));
    walk(b, id);
    for (uint32_t k = 0; k < b->region.count; k++) {
        NodeId at = b->region.at[k];
        b->image[at] = is_cut(b, at, id, root, apart) ? cut_image(b, at)
                                                       : node_map(b->g, at, b->image);
    }
    Gate *s = &b->c->steps.at[number];
    s->value = b->image[root];
    s->shown = shown_value(b, s->value);
    for (uint32_t k = 0; k < b->cuts.count; k++)
        note_operand(b, s, b->cuts.at[k]);
    if (s->kind == STEP_CALL)
        note_args(b, s);
    for (uint32_t k = 0; k < b->region.count; k++)
        b->image[b->region.at[k]] = 0;
}

/* ---- the interface */

/* Steps that depend on an input that derivatives are taken of. */
static void find_active(Builder *b)
{
    Circuit *c = b->c;
    const Model *m = c->job->model;
    for (uint32_t i = 0; i < c->steps.count; i++)
        c->steps.at[i].active = false;
    for (uint32_t i = 0; i < m->unit->entities.count; i++)
        if (c->job->wrt[i] && uses_symbol(b, m->syms.at[i]))
            c->steps.at[c->step_of_sym.at[m->syms.at[i]] - 1].active = true;
    for (bool again = true; again;) { /* more than once for recurrences only */
        again = false;
        for (uint32_t i = 0; i < c->steps.count; i++) {
            Gate *s = &c->steps.at[i];
            for (uint32_t k = 0; k < s->operands.count && !s->active; k++)
                again = s->active = c->steps.at[s->operands.at[k]].active;
        }
    }
}

static void find_outputs(Builder *b)
{
    const Model *m = b->c->job->model;
    for (uint32_t i = 0; i < m->unit->outputs.count; i++) {
        NodeId id = array_of(b, bare(b, m->nodes.at[m->unit->outputs.at[i]]));
        *vec_push(m->ctx, &b->c->outputs) = step_of_cut(b, id) - 1;
    }
}

Circuit *circuit_new(Job *job)
{
    Ctx *ctx = job->ctx;
    Circuit *c = ctx_alloc(ctx, sizeof *c);
    c->job = job;
    c->g = job->model->graph;
    c->end = graph_count(c->g);
    c->step_of = array_new(ctx, c->end, sizeof *c->step_of);
    Builder b = {.c = c, .g = c->g};
    b.marked = array_new(ctx, c->end, 1);
    b.outside = array_new(ctx, c->end, sizeof *b.outside);
    b.stamp = array_new(ctx, c->end, sizeof *b.stamp);
    b.inside = array_new(ctx, c->end, sizeof *b.inside);
    b.image = array_new(ctx, c->end, sizeof *b.image);
    mark_steps(&b);
    add_arguments(&b);
    add_steps(&b);
    for (uint32_t i = 0; i < c->steps.count; i++)
        if (c->steps.at[i].kind != STEP_ARGUMENT)
            set_value(&b, i);
    find_active(&b);
    find_outputs(&b);
    ctx_resize(ctx, b.marked, 0);
    ctx_resize(ctx, b.outside, 0);
    ctx_resize(ctx, b.stamp, 0);
    ctx_resize(ctx, b.inside, 0);
    ctx_resize(ctx, b.image, 0);
    vec_free(ctx, &b.used);
    vec_free(ctx, &b.region);
    vec_free(ctx, &b.cuts);
    vec_free(ctx, &b.arrays);
    return c;
}

void circuit_free(Circuit *c)
{
    Ctx *ctx = c->job->ctx;
    for (uint32_t i = 0; i < c->steps.count; i++) {
        vec_free(ctx, &c->steps.at[i].operands);
        vec_free(ctx, &c->steps.at[i].args);
    }
    vec_free(ctx, &c->steps);
    vec_free(ctx, &c->outputs);
    vec_free(ctx, &c->step_of_sym);
    ctx_resize(ctx, c->step_of, 0);
}

/* ---- what steps are called */

NodeId step_ref(const Circuit *c, uint32_t step)
{
    return build_ref(c->g, c->steps.at[step].sym, 0);
}

void put_step_name(const Circuit *c, Notation notation, uint32_t step, Text *out)
{
    put_symbol_name(c->job, notation, c->steps.at[step].sym, out);
}

static void put_call(const Circuit *c, Notation notation, const Gate *s, Text *out)
{
    put_symbol_name(c->job, notation, s->call, out);
    text_put(out, notation == NOTATION_LATEX ? "\\left(" : "(");
    for (uint32_t i = 0; i < s->args.count; i++) {
        text_put(out, i ? ", " : "");
        put_formula(c->job, notation, s->args.at[i], PREC_COND, out);
    }
    text_put(out, notation == NOTATION_LATEX ? "\\right)" : ")");
}

/* An equation for each part. */
void put_parts(Job *job, Notation notation, SymId sym, NodeId array, Text *out)
{
    Graph *g = job->model->graph;
    const char *gets = node_at(g, array)->c == ARRAY_ADD ? " += " : " = ";
    for (uint32_t i = 0; i < tuple_size(g, node_tuple(g, array)); i++) {
        const Node part = *node_at(g, tuple_item(g, node_tuple(g, array), i));
        text_put(out, i ? "; " : "");
        put_symbol_at(job, notation, sym, part.b, out);
        text_put(out, gets);
        put_formula_at(job, notation, part.a, part.b, out);
    }
}

void put_step_value(const Circuit *c, Notation notation, uint32_t step, Text *out)
{
    const Gate *s = &c->steps.at[step];
    if (s->kind == STEP_CALL)
        put_call(c, notation, s, out);
    else if (s->array && s->kind != STEP_ARGUMENT)
        put_parts(c->job, notation, s->sym, s->shown, out);
    else
        put_formula(c->job, notation, s->shown, PREC_COND, out);
}

/* An operation with a constant: +1, *2, 1/x. */
static void put_operation(const Circuit *c, NodeId value, Text *out)
{
    const Node n = *node_at(c->g, value);
    const OpInfo *info = op_info((Op)n.op);
    const bool left = info->arity > 0 && node_number(c->g, node_operand(c->g, value, 0));
    const bool right = info->arity > 1 && node_number(c->g, node_operand(c->g, value, 1));
    if (n.op == OP_NEG) {
        text_put(out, "*-1");
        return;
    }
    if (n.op == OP_IPOW || n.op == OP_POW) {
        text_char(out, '^');
        if (right)
            put_formula(c->job, NOTATION_TEXT, n.b, PREC_UNARY, out);
        return;
    }
    const bool before = left && (n.op == OP_DIV || n.op == OP_SUB);
    if (before)
        put_formula(c->job, NOTATION_TEXT, n.a, PREC_UNARY, out);
    text_put(out, info->spelling);
    if (before || info->arity < 2 || (!left && !right))
        text_put(out, before ? "x" : "");
    else
        put_formula(c->job, NOTATION_TEXT, left ? n.a : n.b, PREC_UNARY, out);
}

void put_gate(const Circuit *c, uint32_t step, Text *out)
{
    const Gate *s = &c->steps.at[step];
    const OpInfo *info = op_info(node_op(c->g, s->shown));
    if (s->kind == STEP_CALL)
        put_symbol_name(c->job, NOTATION_TEXT, s->call, out);
    else if (s->kind == STEP_OPERATION)
        put_operation(c, s->shown, out);
    else if (info->flags & OPF_REDUCE)
        text_put(out, info->spelling);
    else
        put_step_value(c, NOTATION_TEXT, step, out);
}
