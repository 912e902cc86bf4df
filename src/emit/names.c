/* Symbols in, C names out. A name keeps its text where C allows it; what clashes gets a '_'
 * behind it. Interface names are given at once and in a fixed order, so that they do not
 * depend on which functions are wanted. */
#include <stdlib.h>
#include <string.h>

#include "emit/emit.h"

/* What a function's own arguments are called; texts of numbers that are kept. */
enum {
    FIXED_COUNT = 7,
    NUMBERS = 256 /* a power of two */
};

static const char *const fixed_texts[FIXED_COUNT] = {"work", "jac",   "hess", "kept",
                                                     "frame", "parts", "part"};

struct Names {
    Ctx *ctx;
    Model *model;
    const char *prefix;  /* of functions */
    Text text;           /* for a name that is being made */
    U32Vec taken;        /* a Name each: 1 taken by the interface, 2 by a local */
    U32Vec locals_taken; /* Names to be freed by names_begin */
    Text numbered;       /* the stem of a local that was numbered beyond names that are taken: */
    uint32_t from, to;   /* all from this number on and below that one are */
    VEC(const char *) of_sym;   /* a symbol each; NULL if none yet */
    U32Vec local_syms;   /* symbols to be freed by names_begin */
    U32Vec owner;        /* a symbol each: has a local of the function at hand its name? */
    U32Vec owned;        /* those that are set there */
    U32Vec open;         /* indices of loops that are open */
    VEC(const char *) open_names;
    const char *fixed[FIXED_COUNT];
    const char
        *packed[ARG_JACOBIAN]; /* a role each: what its array is called; NULL if it has none */
    U32Vec put;          /* a symbol each: has its name been asked for? */
    NamesAsked *asked;   /* where that is noted, too; NULL: nowhere */
    VEC(const char *) of_local; /* of the function at hand */
    VEC(const char *) of_folded; /* likewise */
    struct {
        NodeId node;     /* a constant of the function at hand */
        Name text;       /* its number */
    } numbers[NUMBERS];  /* texts that took time, by the last bits of the node */
};

static const char *const reserved[] = {
#include "emit/reserved.def"
};

static int compare(const void *a, const void *b)
{
    return strcmp(a, *(const char *const *)b);
}

bool name_is_reserved(const char *name)
{
    return bsearch(name, reserved, sizeof reserved / sizeof *reserved, sizeof *reserved, compare);
}

bool name_is_identifier(const char *text)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789";
    return *text && !strchr("0123456789", *text) && strspn(text, letters) == strlen(text);
}

static bool is_ascii(const char *text)
{
    for (; *text; text++)
        if ((unsigned char)*text >= 0x80)
            return false;
    return true;
}

const char *name_as_c(Ctx *ctx, const char *text)
{
    Text out = text_new(ctx);
    utf8_transliterate(&out, text);
    return out.at;
}

static uint32_t *slot(Ctx *ctx, U32Vec *map, uint32_t key)
{
    while (map->count <= key)
        *vec_push(ctx, map) = 0;
    return &map->at[key];
}

/* Names that C leaves to compilers, whose macros may have them: __LINE__, _Pragma. */
static bool is_of_compilers(const char *name)
{
    return name[0] == '_' && (name[1] == '_' || (name[1] >= 'A' && name[1] <= 'Z'));
}

/* Is it like the name of a part of a function? How many of these there are is not known. */
static bool is_of_parts(const Names *n, const char *name)
{
    size_t length = strlen(n->prefix);
    if (strncmp(name, n->prefix, length) != 0 || name[length] != '_')
        return false;
    for (int kind = 0; kind < FN_KIND_COUNT; kind++) {
        const char *text = fn_kind_name((FnKind)kind), *rest = name + length + 1;
        if (!strncmp(rest, text, strlen(text)) && !strncmp(rest + strlen(text), "_part_", 6))
            return true;
    }
    return false;
}

static void take_reserved(Names *n)
{
    for (size_t i = 0; i < sizeof reserved / sizeof *reserved; i++)
        *slot(n->ctx, &n->taken, name_of(n->ctx, reserved[i])) = 1;
}

/* Is it free? Then it is this name; else 0. */
static Name free_name(Names *n, const char *text)
{
    const Name id = name_of(n->ctx, text);
    return *slot(n->ctx, &n->taken, id) ? 0 : id;
}

/* The text with as many '_' behind it as make it free. */
static Name longer_name(Names *n, const char *text)
{
    Text name = text_new(n->ctx);
    Name id;
    text_put(&name, text);
    do
        text_char(&name, '_');
    while (!(id = free_name(n, name.at)));
    text_free(&name);
    return id;
}

/* Is it left to others than models, although they may not have it now? */
static bool is_kept_clear(const Names *n, const char *text)
{
    return is_of_compilers(text) || is_of_parts(n, text) || pack_is_enumerator(n->prefix, text);
}

/* The name `free` of a text if that is not 0, or with as many '_' behind it as make it free. */
static const char *take_free(Names *n, const char *text, Name free, bool local)
{
    const Name id = free && !is_kept_clear(n, text) ? free : longer_name(n, text);
    *slot(n->ctx, &n->taken, id) = local ? 2 : 1;
    if (local)
        *vec_push(n->ctx, &n->locals_taken) = id;
    return name_text(n->ctx, id);
}

static const char *take(Names *n, const char *text, bool local)
{
    return take_free(n, text, free_name(n, text), local);
}

static const char **place(Names *n, SymId sym)
{
    while (n->of_sym.count <= sym)
        *vec_push(n->ctx, &n->of_sym) = NULL;
    return &n->of_sym.at[sym];
}

static void give(Names *n, SymId sym, const char *text, bool local)
{
    const char *name = take(n, text, local);
    *place(n, sym) = name;
    if (local)
        *vec_push(n->ctx, &n->local_syms) = sym;
}

/* The name, given now if it has none: for others that begin with it. */
static const char *stem_of(Names *n, SymId sym);

/* A derived name: its base's C name with the role's suffix. */
static void give_derived(Names *n, SymId sym, bool local)
{
    Graph *g = n->model->graph;
    SymId base = sym_at(g, sym)->base;
    /* the model's name, not what C made of it: new_bar, not new__bar */
    const char *stem =
        sym_at(g, base)->kind == SYM_DERIVED || !is_ascii(name_text(n->ctx, sym_at(g, base)->name))
            ? stem_of(n, base)
            : name_text(n->ctx, sym_at(g, base)->name);
    n->text.len = 0;
    text_put(&n->text, stem);
    text_put(&n->text, role_suffix(sym_at(g, sym)->role));
    give(n, sym, n->text.at, local);
}

/* First the names that C allows, which are kept, then those that get a '_' behind them, then those
 * in other letters. */
typedef enum Spelling { SPELLING_KEPT, SPELLING_LONGER, SPELLING_OTHER, SPELLING_COUNT } Spelling;

static Spelling spelling_of(Names *n, const char *text)
{
    if (!is_ascii(text))
        return SPELLING_OTHER;
    return free_name(n, text) && !is_kept_clear(n, text) ? SPELLING_KEPT : SPELLING_LONGER;
}

static void give_model_names(Names *n, Spelling spelling)
{
    Unit *u = n->model->unit;
    for (uint32_t i = 0; i < u->entities.count; i++) {
        const char *text = name_text(n->ctx, u->entities.at[i].name);
        if (*place(n, n->model->syms.at[i]) || spelling_of(n, text) != spelling)
            continue;
        n->text.len = 0;
        if (spelling == SPELLING_OTHER)
            utf8_transliterate(&n->text, text);
        else
            text_put(&n->text, text);
        give(n, n->model->syms.at[i], n->text.at, false);
    }
}

static void give_interface_names(Names *n)
{
    Graph *g = n->model->graph;
    Unit *u = n->model->unit;
    for (uint32_t i = 0; i < u->entities.count; i++) {
        SymId sym = n->model->syms.at[i];
        if (u->entities.at[i].output && entity_is_argument(u->entities.at[i].kind)) {
            sym = sym_derived(g, sym, ROLE_OUT);
            give_derived(n, sym, false);
        }
        if (u->entities.at[i].kind == ENTITY_INPUT || u->entities.at[i].output)
            for (SymRole role = ROLE_DOT; role <= ROLE_BAR; role++)
                give_derived(n, sym_derived(g, sym, role), false);
        if (u->entities.at[i].kind == ENTITY_INPUT && u->entities.at[i].output)
            for (SymRole role = ROLE_DOT; role <= ROLE_BAR; role++)
                give_derived(n, sym_derived(g, n->model->syms.at[i], role), false);
    }
}

/* The name of a function or macro: PREFIX_KIND, followed by `what`. */
static void take_global(Names *n, const char *prefix, const char *kind, const char *what,
                        bool capitals)
{
    Text text = text_new(n->ctx), name = text_new(n->ctx);
    text_printf(&text, "%s_%s%s", prefix, kind, what);
    if (capitals)
        put_capitals(&name, text.at);
    else
        text_put(&name, text.at);
    *slot(n->ctx, &n->taken, name_of(n->ctx, name.at)) = 1;
    text_free(&text);
    text_free(&name);
}

/* The functions themselves, their macros and helpers: no local may hide one. */
static void take_functions(Names *n, const char *prefix)
{
    Text text = text_new(n->ctx);
    for (int kind = 0; kind < FN_KIND_COUNT; kind++) {
        const char *name = fn_kind_name((FnKind)kind);
        take_global(n, prefix, name, "", false);
        take_global(n, prefix, name, "_work", false);
        take_global(n, prefix, name, "_work", true);
        take_global(n, prefix, name, "_frame", false);
    }
    take_global(n, prefix, "grad_h", "", true);
    take_global(n, prefix, "offsets", "", true);
    for (int op = 1; op < OP_COUNT; op++) {
        text.len = 0;
        text_printf(&text, "%s_%s", prefix, op_info((Op)op)->spelling);
        if (op_info((Op)op)->flags & OPF_HELPER)
            *slot(n->ctx, &n->taken, name_of(n->ctx, text.at)) = 1;
    }
    text_free(&text);
}

Names *names_new(Ctx *ctx, Model *model, const char *prefix)
{
    Names *n = ctx_alloc(ctx, sizeof *n);
    n->ctx = ctx;
    n->model = model;
    n->prefix = prefix;
    n->text = text_new(ctx);
    n->numbered = text_new(ctx);
    take_reserved(n);
    take_functions(n, prefix);
    for (int i = 0; i < SPELLING_COUNT; i++)
        give_model_names(n, (Spelling)i);
    give_interface_names(n);
    for (int i = 0; i < FIXED_COUNT; i++)
        n->fixed[i] = take(n, fixed_texts[i], false);
    return n;
}

void names_pack(Names *n)
{
    static const char *const texts[ARG_JACOBIAN] = {
        [ARG_DIM] = "dims", [ARG_INPUT] = "in", [ARG_PARAM] = "par", [ARG_INDEX] = "index",
        [ARG_TANGENT] = "in_dot", [ARG_SEED] = "out_bar", [ARG_OUTPUT] = "out",
        [ARG_OUTPUT_TANGENT] = "out_dot", [ARG_ADJOINT] = "in_bar",
        [ARG_ADJOINT_TANGENT] = "in_bar_dot",
    };
    for (int role = 0; role < ARG_JACOBIAN; role++)
        n->packed[role] = take(n, texts[role], false);
}

const char *names_of_packed(const Names *n, ArgRole role) { return n->packed[role]; }

/* The names that every function may have: of no input or definition of the model. */
static const char *fixed_name(Names *n, SymId sym)
{
    const char *text = name_text(n->ctx, sym_at(n->model->graph, sym)->name);
    for (int i = 0; i < FIXED_COUNT; i++)
        if (!strcmp(fixed_texts[i], text))
            return n->fixed[i];
    return NULL;
}

static const char *stem_of(Names *n, SymId sym)
{
    const Sym *s = sym_at(n->model->graph, sym);
    if (s->kind == SYM_DERIVED && !s->base && fixed_name(n, sym))
        return fixed_name(n, sym);
    if (!*place(n, sym)) {
        if (sym_at(n->model->graph, sym)->kind == SYM_DERIVED)
            give_derived(n, sym, true);
        else
            give(n, sym, name_text(n->ctx, sym_at(n->model->graph, sym)->name), true);
    }
    return *place(n, sym);
}

const char *names_of(Names *n, SymId sym)
{
    *slot(n->ctx, &n->put, sym) = 1;
    if (n->asked)
        *vec_push(n->ctx, &n->asked->syms) = sym;
    return stem_of(n, sym);
}

const char *names_stem(Names *n, SymId sym) { return stem_of(n, sym); }

const char *names_of_number(Names *n, NodeId node, RealType type)
{
    const size_t i = node % NUMBERS;
    if (n->numbers[i].node != node) {
        n->text.len = 0;
        number_text(&n->text, node_number(n->model->graph, node), type);
        n->numbers[i].node = node;
        n->numbers[i].text = name_of(n->ctx, n->text.at);
    }
    return name_text(n->ctx, n->numbers[i].text);
}

const char *names_of_fixed(const Names *n, const char *text)
{
    int i = 0;
    while (i < FIXED_COUNT - 1 && strcmp(fixed_texts[i], text) != 0)
        i++;
    return n->fixed[i];
}

void names_note(Names *n, NamesAsked *asked) { n->asked = asked; }

void names_open_index(Names *n, IndexId index)
{
    const char *text = name_text(n->ctx, index_at(n->model->graph, index)->name);
    Text c = text_new(n->ctx);
    utf8_transliterate(&c, text);
    const char *name = take(n, is_ascii(text) ? text : c.at, false);
    text_free(&c);
    *vec_push(n->ctx, &n->open) = index;
    *vec_push(n->ctx, &n->open_names) = name;
}

void names_close_index(Names *n)
{
    const char *name = n->open_names.at[--n->open_names.count];
    n->open.count--;
    *slot(n->ctx, &n->taken, name_of(n->ctx, name)) = 0;
}

const char *names_of_index(Names *n, IndexId index)
{
    for (uint32_t i = n->open.count; i-- > 0;)
        if (n->open.at[i] == index)
            return n->open_names.at[i];
    ctx_fatal(n->ctx, STATUS_SYSTEM, "internal error: '%s' is used outside of its loop",
              name_text(n->ctx, index_at(n->model->graph, index)->name));
}

void names_forget_put(Names *n)
{
    for (uint32_t i = 0; i < n->put.count; i++)
        n->put.at[i] = 0;
}

bool names_was_put(Names *n, SymId sym) { return sym < n->put.count && n->put.at[sym]; }

void names_begin(Names *n)
{
    while (n->locals_taken.count)
        n->taken.at[n->locals_taken.at[--n->locals_taken.count]] = 0;
    while (n->local_syms.count)
        n->of_sym.at[n->local_syms.at[--n->local_syms.count]] = NULL;
    while (n->owned.count)
        n->owner.at[n->owned.at[--n->owned.count]] = 0;
    n->of_local.count = 0;
    n->of_folded.count = 0;
    n->numbered.len = 0;
    memset(n->numbers, 0, sizeof n->numbers);
}

/* Behind the name of an element the constants among its subscripts: R_0_1. */
static void put_element_numbers(const Graph *g, TupleId element, Text *out)
{
    long value;
    for (uint32_t i = 0; i < tuple_size(g, element); i++) {
        if (node_integer(g, tuple_item(g, element, i), &value))
            text_printf(out, "_%ld", value);
    }
}

/* The first local of a symbol has its name; others, as of a function that is called twice, one
 * like it. */
static const char *name_of_symbol(Names *n, const PlanLocal *local)
{
    uint32_t *owner = slot(n->ctx, &n->owner, local->sym);
    const bool owned = *owner;
    if (!owned && !local->element) {
        *owner = 1;
        *vec_push(n->ctx, &n->owned) = local->sym;
        return stem_of(n, local->sym);
    }
    const char *stem = stem_of(n, local->sym);
    n->text.len = 0;
    text_put(&n->text, stem);
    const size_t length = n->text.len;
    put_element_numbers(n->model->graph, local->element, &n->text);
    if (owned || n->text.len != length)
        return take(n, n->text.at, true);
    *slot(n->ctx, &n->owner, local->sym) = 1;
    *vec_push(n->ctx, &n->owned) = local->sym;
    return stem;
}

/* Behind the name of an index array the subscripts: p_t for p[t]. */
static const char *name_of_entry(Names *n, const PlanLocal *local)
{
    Graph *g = n->model->graph;
    Text text = text_new(n->ctx);
    text_put(&text, stem_of(n, local->sym));
    for (uint32_t i = 0; i < tuple_size(g, local->entry); i++) {
        NodeId at = tuple_item(g, local->entry, i);
        long value;
        if (node_op(g, at) == OP_INDEX)
            text_printf(&text, "_%s", names_of_index(n, node_at(g, at)->a));
        else if (node_integer(g, at, &value))
            text_printf(&text, "_%ld", value);
    }
    const char *name = take(n, text.at, true);
    text_free(&text);
    return name;
}

static const char *local_name(Names *n, const Plan *plan, uint32_t id);

/* Puts the first number behind a stem that makes a name which is not taken, and gives it. */
static Name number(Names *n, Text *text, uint32_t first)
{
    const size_t length = text->len;
    uint32_t serial = first;
    Name id;
    if (!n->numbered.len || strcmp(n->numbered.at, text->at) != 0 || first < n->from ||
        first > n->to) {
        n->numbered.len = 0;
        text_put(&n->numbered, text->at);
        n->from = n->to = first;
    }
    do {
        if (serial < n->to)
            serial = n->to;
        text->len = length;
        text_char(text, '_');
        text_number(text, serial++);
    } while (!(id = free_name(n, text->at)));
    n->to = serial;
    return id;
}

/* What it is a part of, and which; or the adjoint or tangent of what. */
static const char *make_local(Names *n, const Plan *plan, const PlanLocal *local)
{
    if (local->entry)
        return name_of_entry(n, local);
    if (local->sym)
        return name_of_symbol(n, local);
    const uint32_t partner = local->partner ? plan_local(plan, local->partner) : 0;
    const char *stem = partner         ? local_name(n, plan, partner)
                       : local->origin ? stem_of(n, local->origin)
                                       : "t";
    n->text.len = 0;
    text_put(&n->text, stem);
    text_put(&n->text, partner || local->origin ? role_suffix(local->role) : "");
    if (partner)
        return take(n, n->text.at, true);
    const Name id = number(n, &n->text, local->serial);
    return take_free(n, n->text.at, id, true);
}

static const char *local_name(Names *n, const Plan *plan, uint32_t id)
{
    const PlanLocal *local = &plan->locals.at[id];
    while (n->of_local.count <= id)
        *vec_push(n->ctx, &n->of_local) = NULL;
    if (!n->of_local.at[id]) {
        const char *name = make_local(n, plan, local);
        n->of_local.at[id] = name;
    }
    return n->of_local.at[id];
}

const char *names_of_local(Names *n, const Plan *plan, uint32_t id)
{
    if (n->asked)
        *vec_push(n->ctx, &n->asked->locals) = id;
    return local_name(n, plan, id);
}

const char *names_of_folded(Names *n, const Plan *plan, uint32_t id)
{
    while (n->of_folded.count <= id)
        *vec_push(n->ctx, &n->of_folded) = NULL;
    if (!n->of_folded.at[id]) {
        Text text = text_new(n->ctx);
        const PlanArray *array = &plan->arrays.at[plan->locals.at[id].array];
        text_printf(&text, "%s_here", array->own ? names_of_local(n, plan, array->local)
                                                 : names_of(n, array->sym));
        n->of_folded.at[id] = take(n, text.at, true);
        text_free(&text);
    }
    return n->of_folded.at[id];
}
