/* A node in, mathematics for people out: in the model language or in LaTeX. Names are those of the
 * model, adjoints and tangents are x_bar and x_dot or bars and dots over them. A formula of more
 * than MOST nodes is not written: nobody reads it, and recursion stays shallow. */
#include <string.h>

#include "emit/emit.h"

enum { MOST = 600, DEPTH = 64 };

typedef struct Writer {
    Job *job;
    Graph *g;
    Notation notation;
    Text *out;
    int left; /* nodes that may still be written */
    IndexId around[DEPTH]; /* the indices that have a meaning here */
    uint32_t depth;
} Writer;

static Prec put(Writer *w, NodeId node);

static bool is_latex(const Writer *w) { return w->notation == NOTATION_LATEX; }

/* Puts a node, in brackets if its text binds looser than `around`. */
static void put_within(Writer *w, NodeId node, Prec around)
{
    size_t start = w->out->len;
    Prec prec = put(w, node);
    if (prec >= around)
        return;
    Text inner = text_new(w->job->ctx);
    text_put(&inner, w->out->at + start);
    w->out->len = start;
    text_printf(w->out, is_latex(w) ? "\\left(%s\\right)" : "(%s)", inner.at);
    text_free(&inner);
}

/* ---- names */

static const char *const greek[] = {
    "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda",
    "mu", "nu", "xi", "pi", "rho", "sigma", "tau", "upsilon", "phi", "chi", "psi", "omega",
    "Gamma", "Delta", "Theta", "Lambda", "Xi", "Pi", "Sigma", "Upsilon", "Phi", "Psi", "Omega",
};

static bool is_greek(const char *word)
{
    for (size_t i = 0; i < sizeof greek / sizeof *greek; i++)
        if (!strcmp(word, greek[i]))
            return true;
    return false;
}

/* A letter, a Greek letter or a word. */
static void put_word(const char *word, size_t length, Text *out)
{
    char copy[40];
    snprintf(copy, sizeof copy, "%.*s", (int)length, word);
    if (is_greek(copy)) {
        text_printf(out, "\\%s", copy);
    } else if ((length == 1 && *word != '_') || strspn(copy, "0123456789") == strlen(copy)) {
        text_bytes(out, word, length);
    } else {
        text_put(out, "\\mathrm{");
        for (size_t i = 0; i < length; i++)
            text_printf(out, word[i] == '_' ? "\\%c" : "%c", word[i]);
        text_char(out, '}');
    }
}

/* How long the first word of a name is: it ends where a '_' parts it from another one. Those at the
 * ends of a name, and all but one between two words, are of a word. */
static size_t word_length(const char *name)
{
    size_t end = strspn(name, "_");
    end += strcspn(name + end, "_");
    return name[end + strspn(name + end, "_")] ? end : strlen(name);
}

/* x1 is x with the subscript 1, w_new is w with new: gives where the subscript begins. */
static size_t stem_of(const char *name)
{
    size_t length = strlen(name), digits = length, word = word_length(name);
    if (word < length)
        return word;
    while (digits > 1 && strchr("0123456789", name[digits - 1]))
        digits--;
    return digits;
}

/* Puts a name in LaTeX; a subscript stays open, so that others can follow: gives whether it is. */
static bool put_latex_name(Writer *w, const char *name, SymRole role)
{
    static const char *const accents[ROLE_COUNT] = {
        [ROLE_BAR] = "\\bar", [ROLE_SUM] = "\\bar", [ROLE_DOT] = "\\dot",
    };
    Text ascii = text_new(w->job->ctx);
    utf8_transliterate(&ascii, name);
    /* Only C wants a letter before a '_'. */
    const char *text = ascii.at + (*name == '_');
    size_t stem = stem_of(text), length = strlen(text);
    text_printf(w->out, accents[role] ? "%s{" : "%s", accents[role] ? accents[role] : "");
    put_word(text, stem, w->out);
    text_put(w->out, accents[role] ? "}" : "");
    bool more = stem < length;
    if (more) {
        text_put(w->out, "_{");
        for (size_t at = stem + (text[stem] == '_'), next; at < length; at = next + 1) {
            next = at + word_length(text + at);
            put_word(text + at, next - at, w->out);
            text_put(w->out, next < length ? "," : "");
        }
    }
    text_free(&ascii);
    return more;
}

static void put_subscripts(Writer *w, TupleId at, const char *open, const char *close)
{
    for (uint32_t i = 0; i < tuple_size(w->g, at); i++) {
        text_put(w->out, i ? "," : open);
        put_within(w, tuple_item(w->g, at, i), PREC_COND);
    }
    text_put(w->out, close);
}

/* The name of a symbol, with what it is of another: x_bar. */
static void put_symbol(Writer *w, SymId sym, TupleId at)
{
    const Sym *s = sym_at(w->g, sym);
    SymRole role = s->kind == SYM_DERIVED ? s->role : ROLE_SELF;
    const char *name = name_text(w->job->ctx, s->name);
    if (!is_latex(w)) {
        text_printf(w->out, "%s%s", name, role == ROLE_SELF ? "" : role_suffix(role));
        if (at)
            put_subscripts(w, at, "[", "]");
        return;
    }
    bool open = put_latex_name(w, name, role);
    if (at)
        put_subscripts(w, at, open ? "," : "_{", "}");
    else
        text_put(w->out, open ? "}" : "");
}

void put_symbol_name(Job *job, Notation notation, SymId sym, Text *out)
{
    Writer w = {.job = job, .g = job->model->graph, .notation = notation, .out = out, .left = MOST};
    put_symbol(&w, sym, 0);
}

void put_symbol_at(Job *job, Notation notation, SymId sym, TupleId at, Text *out)
{
    Writer w = {.job = job, .g = job->model->graph, .notation = notation, .out = out, .left = MOST};
    put_symbol(&w, sym, at);
}

/* ---- indices */

/* Binds an index, perhaps anew. */
static void open_index(Writer *w, IndexId id)
{
    if (w->depth < DEPTH)
        w->around[w->depth++] = id;
}

/* Where an index was bound last: 1 + its place; 0 if it was not. */
static uint32_t place_of(const Writer *w, IndexId id)
{
    uint32_t i = w->depth;
    while (i && w->around[i - 1] != id)
        i--;
    return i;
}

/* Indices that are free in a node are there already. */
static void open_free(Writer *w, NodeId node)
{
    const SetId free = node_at(w->g, node)->free;
    for (uint32_t i = 0; i < set_size(w->g, free); i++)
        if (!place_of(w, set_member(w->g, free, i)))
            open_index(w, set_member(w->g, free, i));
}

/* Puts the name of an index: j2 for a second j within the first. */
static void put_index_name(Writer *w, IndexId id)
{
    const Name name = index_at(w->g, id)->name;
    Text text = text_new(w->job->ctx);
    uint32_t number = 1;
    text_put(&text, name_text(w->job->ctx, name));
    for (uint32_t i = 0; i + 1 < place_of(w, id); i++)
        number += index_at(w->g, w->around[i])->name == name;
    if (number > 1)
        text_printf(&text, "%u", (unsigned)number);
    if (is_latex(w))
        text_put(w->out, put_latex_name(w, text.at, ROLE_SELF) ? "}" : "");
    else
        text_put(w->out, text.at);
    text_free(&text);
}

/* ---- constants */

/* Has the fraction a finite decimal text? */
static bool is_decimal(const Number *n)
{
    mpz_t rest, two, five;
    bool decimal;
    mpz_init_set(rest, mpq_denref(n->ratio));
    mpz_init_set_ui(two, 2);
    mpz_init_set_ui(five, 5);
    mpz_remove(rest, rest, two);
    mpz_remove(rest, rest, five);
    decimal = mpz_cmp_ui(rest, 1) == 0;
    mpz_clears(rest, two, five, NULL);
    return decimal;
}

static Prec put_ratio(Writer *w, const Number *n)
{
    char *over = mpz_get_str(NULL, 10, mpq_numref(n->ratio));
    char *under = mpz_get_str(NULL, 10, mpq_denref(n->ratio));
    void (*release)(void *, size_t);
    text_printf(w->out, is_latex(w) ? "\\frac{%s}{%s}" : "%s/%s", over, under);
    mp_get_memory_functions(NULL, NULL, &release);
    release(over, strlen(over) + 1);
    release(under, strlen(under) + 1);
    return is_latex(w) ? PREC_UNARY : PREC_MUL;
}

static Prec put_number(Writer *w, NodeId node)
{
    const NodeId pi = build_pi(w->g), inf = build_inf(w->g);
    if (node == pi || node == inf) {
        const char *text = node == pi ? "pi" : is_latex(w) ? "infty" : "inf";
        text_printf(w->out, "%s%s", is_latex(w) ? "\\" : "", text);
        return PREC_CALL;
    }
    const Number *n = node_number(w->g, node);
    if (n->rational && !is_decimal(n))
        return put_ratio(w, n);
    Text text = text_new(w->job->ctx);
    number_text(&text, n, REAL_DOUBLE);
    char *power = strchr(text.at, 'e');
    Prec prec = *text.at == '-' ? PREC_UNARY : PREC_CALL;
    if (is_latex(w) && power) {
        *power = 0;
        const bool one = !strcmp(text.at, "1");
        text_printf(w->out, "%s%s10^{%s}", one ? "" : text.at, one ? "" : " \\cdot ",
                    power + 1 + (power[1] == '+'));
        prec = one ? PREC_UNARY : PREC_MUL;
    } else {
        text_put(w->out, text.at);
    }
    text_free(&text);
    return prec;
}

/* ---- operators */

/* How tightly an operand must bind in LaTeX: not at all within braces, unless they are those of a
 * base, or within brackets. */
static Prec latex_around(const OpInfo *info, const char *at)
{
    char before = at > info->latex ? at[-1] : 0, after = at[2];
    int i = at[1] - '0';
    if (before == '{' && after == '}')
        return at[3] == '^' ? PREC_CALL : PREC_COND;
    if (before == '(' || before == '|' || (before == ' ' && after == ')') || after == ',')
        return PREC_COND;
    switch (info->prec) {
    case PREC_ADD: return i == 0 ? PREC_ADD : PREC_MUL;
    case PREC_MUL: return i == 0 ? PREC_MUL : PREC_UNARY;
    case PREC_UNARY: return PREC_MUL;
    case PREC_REL: return PREC_ADD;
    case PREC_AND: case PREC_OR: return PREC_REL;
    case PREC_COND: return PREC_OR;
    case PREC_LEAF: return PREC_MUL;
    case PREC_CALL: break;
    }
    return strncmp(info->latex, "\\left", 5) == 0 ? PREC_COND : PREC_CALL;
}

/* How tightly a text binds: a fraction like a sign; what ends in its operand, as \sin x, and powers
 * are no base of a power. */
static Prec latex_prec(const OpInfo *info)
{
    const char last = info->latex[strlen(info->latex) - 1];
    if (info->prec == PREC_MUL)
        return *info->latex == '%' ? PREC_MUL : PREC_UNARY;
    return last == '0' || last == '1' || strchr(info->latex, '^') ? PREC_UNARY : PREC_CALL;
}

/* The text of ops.def, %i an operand. */
static Prec put_latex(Writer *w, NodeId node, const OpInfo *info)
{
    for (const char *at = info->latex; *at; at++) {
        if (*at == '%' && at[1] >= '0' && at[1] <= '2') {
            put_within(w, node_operand(w->g, node, at[1] - '0'), latex_around(info, at));
            at++;
        } else {
            text_char(w->out, *at);
        }
    }
    return info->prec == PREC_CALL || info->prec == PREC_MUL ? latex_prec(info) : info->prec;
}

static Prec put_call(Writer *w, NodeId node, const OpInfo *info)
{
    text_printf(w->out, "%s(", info->spelling);
    for (int i = 0; i < info->arity; i++) {
        text_put(w->out, i ? ", " : "");
        put_within(w, node_operand(w->g, node, i), PREC_COND);
    }
    text_char(w->out, ')');
    return PREC_CALL;
}

/* An infix operator: its C text is that of the model language. */
static Prec put_infix(Writer *w, NodeId node, const OpInfo *info)
{
    static const Prec left[] = {
        [PREC_COND] = PREC_OR, [PREC_OR] = PREC_OR, [PREC_AND] = PREC_AND, [PREC_REL] = PREC_ADD,
        [PREC_ADD] = PREC_ADD, [PREC_MUL] = PREC_MUL, [PREC_UNARY] = PREC_MUL,
    };
    static const Prec right[] = {
        [PREC_COND] = PREC_COND, [PREC_OR] = PREC_AND, [PREC_AND] = PREC_REL, [PREC_REL] = PREC_ADD,
        [PREC_ADD] = PREC_MUL, [PREC_MUL] = PREC_UNARY, [PREC_UNARY] = PREC_MUL,
    };
    Op op = node_op(w->g, node);
    for (const char *at = info->c; *at; at++) {
        if (*at != '%' || at[1] < '0' || at[1] > '2') {
            text_char(w->out, *at);
            continue;
        }
        int i = *++at - '0';
        bool flat = i == 1 && op == OP_ADD;
        put_within(w, node_operand(w->g, node, i),
                   i == 0 ? left[info->prec] : flat ? PREC_ADD : right[info->prec]);
    }
    return info->prec;
}

static Prec put_power(Writer *w, NodeId node)
{
    put_within(w, node_operand(w->g, node, 0), PREC_CALL);
    text_char(w->out, '^');
    put_within(w, node_operand(w->g, node, 1), PREC_UNARY);
    return PREC_UNARY;
}

/* ---- reductions */

/* An index; where its range does not begin at 0, with it. */
static void put_index(Writer *w, IndexId id)
{
    const Index *index = index_at(w->g, id);
    open_index(w, id);
    put_index_name(w, id);
    if (node_is_int(w->g, index->lower, 0))
        return;
    text_put(w->out, is_latex(w) ? "=" : " in ");
    put_within(w, index->lower, PREC_ADD);
    text_put(w->out, is_latex(w) ? "\\ldots" : "..");
    put_within(w, index->upper, PREC_ADD);
}

/* In LaTeX a norm stands between bars. */
static Prec put_norm(Writer *w, NodeId node)
{
    const uint32_t depth = w->depth;
    const IndexId index = node_at(w->g, node)->b;
    open_index(w, index);
    text_put(w->out, "\\left\\Vert ");
    put_within(w, node_at(w->g, node)->a, PREC_COND);
    text_put(w->out, "\\right\\Vert_{");
    put_index_name(w, index);
    text_char(w->out, '}');
    w->depth = depth;
    return PREC_UNARY;
}

static Prec put_reduction(Writer *w, NodeId node, const OpInfo *info)
{
    static const char *const signs[OP_COUNT] = {
        [OP_SUM] = "\\sum", [OP_PROD] = "\\prod", [OP_RMAX] = "\\max", [OP_RMIN] = "\\min",
    };
    const Op op = node_op(w->g, node);
    const uint32_t depth = w->depth;
    if (is_latex(w) && !signs[op])
        return put_norm(w, node);
    text_printf(w->out, is_latex(w) ? "%s_{" : "%s[", is_latex(w) ? signs[op] : info->spelling);
    put_index(w, node_at(w->g, node)->b);
    node = node_at(w->g, node)->a;
    while (node_op(w->g, node) == op) { /* over several */
        text_char(w->out, ',');
        put_index(w, node_at(w->g, node)->b);
        node = node_at(w->g, node)->a;
    }
    if (is_latex(w)) {
        text_put(w->out, "} ");
        put_within(w, node, PREC_MUL);
        w->depth = depth;
        return PREC_MUL;
    }
    text_put(w->out, "](");
    put_within(w, node, PREC_COND);
    text_char(w->out, ')');
    w->depth = depth;
    return PREC_CALL;
}

/* ---- arrays as a whole */

/* An array by its name; one without a name by that of which it is a copy, else by its elements. */
static Prec put_array(Writer *w, NodeId node)
{
    const Node n = *node_at(w->g, node);
    const Sym *sym = sym_at(w->g, n.b);
    if (*name_text(w->job->ctx, sym->name) || !tuple_size(w->g, n.a)) {
        put_symbol(w, n.b, 0);
        return PREC_CALL;
    }
    const uint32_t depth = w->depth;
    Prec prec = PREC_MUL;
    for (uint32_t i = 0; i < tuple_size(w->g, n.a); i++) {
        const Node part = *node_at(w->g, tuple_item(w->g, n.a, i));
        text_put(w->out, i ? " + " : "");
        const NodeId whole = matrix_whole(w->g, part.a, part.b);
        if (whole) {
            prec = put(w, whole);
            continue;
        }
        for (uint32_t k = 0; k < set_size(w->g, part.c); k++)
            open_index(w, set_member(w->g, part.c, k));
        put_within(w, part.a, PREC_MUL);
    }
    w->depth = depth;
    return tuple_size(w->g, n.a) > 1 ? PREC_ADD : prec;
}

/* Linear algebra: solve(A, b), inv(A), det(A), of the factors of A. */
static void put_solution(Writer *w, NodeId node)
{
    static const char *const texts[OP_COUNT][2] = {
        [OP_FACTOR] = {"%0", "%0"},
        [OP_SOLVE] = {"solve(%0, %1)", "%0^{-1} %1"},
        [OP_TSOLVE] = {"solve(%0', %1)", "%0^{-\\top} %1"},
        [OP_INVERSE] = {"inv(%0)", "%0^{-1}"},
        [OP_DET] = {"det(%0)", "\\det %0"},
    };
    for (const char *at = texts[node_op(w->g, node)][is_latex(w)]; *at; at++) {
        if (*at == '%')
            put_within(w, node_operand(w->g, node, *++at - '0'),
                       is_latex(w) ? PREC_CALL : PREC_COND);
        else
            text_char(w->out, *at);
    }
}

/* An element of an array. */
static void put_read(Writer *w, const Node *n)
{
    const bool linear = op_info(node_op(w->g, n->a))->flags & OPF_ARRAY;
    if (!linear) {
        put_symbol(w,
                   node_op(w->g, n->a) == OP_REF ? node_at(w->g, n->a)->a : array_sym(w->g, n->a),
                   n->b);
        return;
    }
    text_put(w->out, is_latex(w) ? "\\left(" : "");
    put_solution(w, n->a);
    put_subscripts(w, n->b, is_latex(w) ? "\\right)_{" : "[", is_latex(w) ? "}" : "]");
}

/* ---- nodes */

static Prec put_operator(Writer *w, NodeId node, Op op)
{
    const OpInfo *info = op_info(op);
    if (info->flags & OPF_REDUCE)
        return put_reduction(w, node, info);
    if (op == OP_IDIV || op == OP_IMOD) {
        put_within(w, node_operand(w->g, node, 0), PREC_MUL);
        text_put(w->out, op == OP_IDIV ? "/" : is_latex(w) ? " \\bmod " : "%");
        put_within(w, node_operand(w->g, node, 1), PREC_UNARY);
        return PREC_MUL;
    }
    if (is_latex(w))
        return put_latex(w, node, info);
    if (op == OP_IPOW || op == OP_POW)
        return put_power(w, node);
    bool infix = info->prec < PREC_CALL && info->flags & OPF_HIDDEN;
    return infix ? put_infix(w, node, info) : put_call(w, node, info);
}

static Prec put(Writer *w, NodeId node)
{
    const Node n = *node_at(w->g, node);
    if (--w->left < 0)
        return PREC_CALL;
    switch (n.op) {
    case OP_CONST: return put_number(w, node);
    case OP_REF: case OP_OWN: put_symbol(w, n.a, n.b); return PREC_CALL;
    case OP_NAME: put_symbol(w, n.b, 0); return PREC_CALL;
    case OP_READ: put_read(w, &n); return PREC_CALL;
    case OP_FACTOR: case OP_SOLVE: case OP_TSOLVE: case OP_INVERSE: case OP_DET:
        put_solution(w, node);
        return is_latex(w) && n.op != OP_FACTOR ? PREC_UNARY : PREC_CALL;
    case OP_ARRAY: return put_array(w, node);
    case OP_MEMBER: put_symbol(w, array_sym(w->g, node), 0); return PREC_CALL;
    case OP_INDEX: put_index_name(w, n.a); return PREC_CALL;
    case OP_TEMP: case OP_HOLD: case OP_LINK: case OP_REAL: return put(w, n.a);
    case OP_STOP: return n.b ? put(w, n.a) : put_operator(w, node, OP_STOP);
    default: return put_operator(w, node, (Op)n.op);
    }
}

static bool put_all(Writer *w, NodeId node, Prec around)
{
    const size_t start = w->out->len;
    open_free(w, node);
    put_within(w, node, around);
    if (w->left >= 0)
        return true;
    w->out->len = start;
    text_put(w->out, is_latex(w) ? "\\ldots" : "...");
    return false;
}

bool put_formula(Job *job, Notation notation, NodeId node, Prec around, Text *out)
{
    Writer w = {.job = job, .g = job->model->graph, .notation = notation, .out = out, .left = MOST};
    return put_all(&w, node, around);
}

bool put_formula_at(Job *job, Notation notation, NodeId node, TupleId at, Text *out)
{
    Writer w = {.job = job, .g = job->model->graph, .notation = notation, .out = out, .left = MOST};
    for (uint32_t i = 0; i < tuple_size(w.g, at); i++)
        open_free(&w, tuple_item(w.g, at, i));
    return put_all(&w, node, PREC_COND);
}
