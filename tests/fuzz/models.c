/* Bytes in: decisions, one a byte, that make a model of the whole language which is nearly always
 * right. Bytes that are not there count as 0, and every list of choices begins with the simplest,
 * so that a shorter input is a smaller model. */
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"

/* What a value may be: a scalar, a vector of n or of m, a matrix of m by n, a square one. */
typedef enum Shape { SCALAR, VEC_N, VEC_M, MAT_MN, MAT_MM, SHAPE_COUNT } Shape;

enum { NAMES_MOST = 40, DEPTH_MOST = 5 };

typedef struct Value {
    char name[16]; /* how it is called */
    Shape shape;  /* of what shape it is */
    bool input;   /* may it be differentiated by without a cut? */
} Value;

typedef struct Maker {
    const uint8_t *at, *end;   /* the decisions that are left */
    Value values[NAMES_MOST];  /* what can be used */
    int count;                 /* how many of them */
    int functions;             /* f0, f1, ... of the model's own */
    int indices;               /* i, j, k, l that are bound here, of which range is in `over` */
    char over[8];              /* 'n' or 'm' each */
    int diffs;                 /* how many have been made: they multiply */
    FILE *out;                 /* the model */
} Maker;

static int choose(Maker *m, int count)
{
    return m->at < m->end ? *m->at++ % count : 0;
}

static void put(Maker *m, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
static void put(Maker *m, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    vfprintf(m->out, fmt, args);
    va_end(args);
}

static const char index_names[] = "ijklpqrs";

/* ---- what can be used */

static void add_value(Maker *m, const char *name, Shape shape, bool input)
{
    if (m->count == NAMES_MOST)
        return;
    Value *v = &m->values[m->count++];
    snprintf(v->name, sizeof v->name, "%s", name);
    v->shape = shape;
    v->input = input;
}

/* One of the shape: there always is one, for inputs of each are declared. */
static const Value *choose_value(Maker *m, Shape shape)
{
    int start = choose(m, m->count);
    for (int i = 0; i < m->count; i++) {
        const Value *v = &m->values[(start + i) % m->count];
        if (v->shape == shape)
            return v;
    }
    abort();
}

/* ---- expressions */

static void put_expr(Maker *m, Shape shape, int depth);

static void put_number(Maker *m)
{
    static const char *const numbers[] = {
        "1", "2", "0", "0.5", "3", "-1", "1e-3", "pi", "1/3", "10", "7", "1e300", "inf", "1e-320",
    };
    put(m, "%s", numbers[choose(m, sizeof numbers / sizeof *numbers)]);
}

/* A subscript below n or m (or an extent of 3: the same m). */
static void put_subscript(Maker *m, char range)
{
    for (int i = m->indices; i-- > 0;)
        if (m->over[i] == range && choose(m, 4) != 3) {
            put(m, "%c", index_names[i]);
            return;
        }
    switch (choose(m, 3)) {
    case 0: put(m, "0"); return;
    case 1: put(m, "%c - 1", range); return;
    default: put(m, range == 'n' ? "kn[0]" : "km[0]"); return;
    }
}

static void put_element(Maker *m)
{
    static const char *const ranges[] = {"", "n", "m", "mn", "mm"};
    Shape shape = (Shape)(1 + choose(m, SHAPE_COUNT - 1));
    const char *range = ranges[shape];
    put(m, "%s[", choose_value(m, shape)->name);
    for (const char *at = range; *at; at++) {
        put(m, at > range ? "," : "");
        put_subscript(m, *at);
    }
    put(m, "]");
}

static void put_leaf(Maker *m, Shape shape)
{
    if (shape != SCALAR) {
        put(m, "%s", choose_value(m, shape)->name);
        return;
    }
    switch (choose(m, 5)) {
    case 0: case 1: put(m, "%s", choose_value(m, SCALAR)->name); return;
    case 2: put_number(m); return;
    case 3: put_element(m); return;
    default:
        if (m->indices && choose(m, 2))
            put(m, "%c", index_names[choose(m, m->indices)]);
        else
            put_element(m);
    }
}

static void put_operator(Maker *m, Shape shape, int depth)
{
    static const char *const ops[] = {" + ", "*", " - ", "/", "^", " % "};
    put(m, "(");
    put_expr(m, choose(m, 4) == 3 ? SCALAR : shape, depth);
    int op = choose(m, 6);
    put(m, "%s", ops[op]);
    if (op == 4)
        put(m, "%d", choose(m, 6) - 2);
    else
        put_expr(m, shape, depth);
    put(m, ")");
}

static void put_call(Maker *m, Shape shape, int depth)
{
    static const char *const one[] = {
        "exp", "tanh", "sin", "sqrt", "log", "abs", "sigmoid", "relu", "softplus", "cbrt", "exp2",
        "expm1", "log2", "log10", "log1p", "cos", "tan", "asin", "acos", "atan", "sinh", "cosh",
        "asinh", "acosh", "atanh", "sign", "floor", "ceil", "round", "trunc", "erf", "erfc",
        "tgamma", "lgamma", "digamma", "trigamma", "elu", "gelu", "silu", "leaky_relu",
        "stop_gradient", "-", "+",
    };
    static const char *const two[] = {
        "max", "min", "pow", "atan2", "hypot", "mod", "remainder", "fdim", "copysign", "logaddexp",
        "leaky_relu", "elu",
    };
    if (choose(m, 3)) {
        put(m, "%s(", two[choose(m, sizeof two / sizeof *two)]);
        put_expr(m, shape, depth);
        put(m, ", ");
        put_expr(m, choose(m, 3) ? shape : SCALAR, depth);
    } else {
        put(m, "%s(", one[choose(m, sizeof one / sizeof *one)]);
        put_expr(m, shape, depth);
    }
    put(m, ")");
}

static void put_condition(Maker *m, Shape shape, int depth)
{
    static const char *const relations[] = {" < ", " >= ", " == ", " != ", " <= ", " > "};
    put(m, "(");
    put_expr(m, SCALAR, depth);
    put(m, "%s", relations[choose(m, 6)]);
    put_expr(m, SCALAR, depth);
    if (choose(m, 4) == 3) {
        put(m, choose(m, 2) ? " && !(" : " || (");
        put_expr(m, SCALAR, depth);
        put(m, " < ");
        put_expr(m, SCALAR, depth);
        put(m, ")");
    }
    put(m, " ? ");
    put_expr(m, shape, depth);
    put(m, " : ");
    put_expr(m, shape, depth);
    put(m, ")");
}

/* What is a number where it is asked for alone. */
static void put_guarded(Maker *m, int depth)
{
    static const char *const open[] = {"sqrt(", "log(", "cbrt(", "(1/", "acosh(1 + ", "(y^0.5*"};
    char *text = NULL;
    size_t length = 0;
    FILE *out = m->out;
    m->out = open_memstream(&text, &length);
    if (!m->out)
        abort();
    put_expr(m, SCALAR, depth + 2);
    fclose(m->out);
    m->out = out;
    const int way = choose(m, 4);
    put(m, way == 2 ? "(%s <= 0 ? 0 : " : way == 1 ? "(y > 0 && %s > 0 ? " : "(%s > 0 ? ", text);
    put(m, "%s%s)%s)", open[choose(m, sizeof open / sizeof *open)], text, way == 2 ? "" : " : 0");
    free(text);
}

/* Over an index of its own. */
static void put_reduction(Maker *m, int depth)
{
    static const char *const names[] = {"sum", "prod", "max", "mean", "norm", "logsumexp", "min"};
    if (m->indices == 6) {
        put_leaf(m, SCALAR);
        return;
    }
    put(m, "%s[%c", names[choose(m, 7)], index_names[m->indices]);
    char range = choose(m, 2) ? 'm' : 'n';
    switch (choose(m, 4)) {
    case 0: case 1: put(m, " in 0..%c", range); break;
    case 2: put(m, " in 1..%c", range); break;
    default:
        if (m->indices && m->over[m->indices - 1] == range)
            put(m, " in 0..%c", index_names[m->indices - 1]);
        else
            put(m, " in 0..%c-1", range);
    }
    put(m, "](");
    m->over[m->indices++] = range;
    put_expr(m, SCALAR, depth);
    m->indices--;
    put(m, ")");
}

static void put_own_call(Maker *m, int depth)
{
    if (!m->functions) {
        put_leaf(m, SCALAR);
        return;
    }
    int f = choose(m, m->functions);
    put(m, "f%d(", f);
    put_expr(m, f % 2 ? VEC_M : SCALAR, depth);
    if (f % 2) {
        put(m, ", ");
        put_expr(m, SCALAR, depth);
    }
    put(m, ")");
}

static void put_diff(Maker *m, Shape by, int depth)
{
    if (m->indices || m->diffs++ > 2) {
        put_leaf(m, by);
        return;
    }
    put(m, "diff(");
    put_expr(m, SCALAR, depth);
    put(m, ", %s)", choose_value(m, by)->name);
}

static void put_scalar(Maker *m, int depth)
{
    static const char *const whole[] = {"sum", "norm", "max", "mean", "logsumexp", "prod", "min"};
    switch (choose(m, 10)) {
    case 0: case 1: put_operator(m, SCALAR, depth); return;
    case 2: put_call(m, SCALAR, depth); return;
    case 3: put_reduction(m, depth); return;
    case 4: put_condition(m, SCALAR, depth); return;
    case 5: put_own_call(m, depth); return;
    case 6: put_diff(m, SCALAR, depth); return;
    case 7:
        put(m, "%s(", whole[choose(m, 7)]);
        put_expr(m, (Shape)(1 + choose(m, SHAPE_COUNT - 1)), depth);
        put(m, ")");
        return;
    case 8: put_guarded(m, depth); return;
    default: {
        Shape shape = choose(m, 2) ? VEC_M : VEC_N;
        put(m, "dot(");
        put_expr(m, shape, depth);
        put(m, ", ");
        put_expr(m, shape, depth);
        put(m, ")");
        return;
    }
    }
}

static void put_one(Maker *m, const char *open, Shape a, const char *close, int depth)
{
    put(m, "%s", open);
    put_expr(m, a, depth);
    put(m, "%s", close);
}

static void put_two(Maker *m, const char *open, Shape a, const char *between, Shape b,
                    const char *close, int depth)
{
    put_one(m, open, a, between, depth);
    put_one(m, "", b, close, depth);
}

/* What only whole arrays have. */
static void put_whole(Maker *m, Shape shape, int depth)
{
    switch (shape) {
    case SCALAR: case SHAPE_COUNT: put_leaf(m, SCALAR); return;
    case VEC_N:
        switch (choose(m, 4)) {
        case 0: put_two(m, "(", MAT_MN, "'@", VEC_M, ")", depth); return;
        case 1: put_one(m, "softmax(", VEC_N, ")", depth); return;
        case 2: put(m, "%s[km[0],:]", choose_value(m, MAT_MN)->name); return;
        default: put_diff(m, VEC_N, depth); return;
        }
    case VEC_M:
        switch (choose(m, 6)) {
        case 0: put_two(m, "(", MAT_MN, "@", VEC_N, ")", depth); return;
        case 1: put(m, "[1, %s, 2]", choose_value(m, SCALAR)->name); return;
        case 2: put_two(m, "solve(", MAT_MM, ", ", VEC_M, ")", depth); return;
        case 3: put_two(m, "cross(", VEC_M, ", ", VEC_M, ")", depth); return;
        case 4: put_one(m, "log_softmax(", VEC_M, ")", depth); return;
        default: put_diff(m, VEC_M, depth); return;
        }
    case MAT_MN:
        switch (choose(m, 3)) {
        case 0: put_two(m, "outer(", VEC_M, ", ", VEC_N, ")", depth); return;
        case 1: put_two(m, "(", MAT_MM, "@", MAT_MN, ")", depth); return;
        default: put_one(m, "softmax(", MAT_MN, ")", depth); return;
        }
    case MAT_MM:
        switch (choose(m, 4)) {
        case 0: put_one(m, "", MAT_MM, "'", depth); return;
        case 1: put_one(m, "inv(", MAT_MM, ")", depth); return;
        case 2: put_two(m, "(", MAT_MN, "@", MAT_MN, "')", depth); return;
        default: put_two(m, "(det(", MAT_MM, ")*", MAT_MM, ")", depth); return;
        }
    }
}

static void put_expr(Maker *m, Shape shape, int depth)
{
    if (depth >= DEPTH_MOST || m->at >= m->end) {
        put_leaf(m, shape);
        return;
    }
    switch (choose(m, shape == SCALAR ? 3 : 5)) {
    case 0: put_leaf(m, shape); return;
    case 1: case 2:
        if (shape == SCALAR)
            put_scalar(m, depth + 1);
        else
            put_operator(m, shape, depth + 1);
        return;
    case 3: put_call(m, shape, depth + 1); return;
    default: put_whole(m, shape, depth + 1); return;
    }
}

/* ---- statements */

static void put_declarations(Maker *m)
{
    static const struct { const char *name; Shape shape; } known[] = {
        {"x", SCALAR}, {"y", SCALAR}, {"a", VEC_N}, {"b", VEC_M}, {"W", MAT_MN}, {"S", MAT_MM},
    };
    static const char *const extents[] = {"", "[n]", "[m]", "[m, n]", "[m, m]"};
    put(m, choose(m, 3) == 2 ? "dim n = 4, m = 3\n" : "dim n, m = 3\n");
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        bool input = choose(m, 4) != 3;
        put(m, "%s %s%s\n", input ? "input" : "param", known[i].name, extents[known[i].shape]);
        add_value(m, known[i].name, known[i].shape, input);
    }
    put(m, "index kn[n] < n, km[n] < m\n");
    if (choose(m, 4) == 3)
        put(m, "assume x > 0, 0 <= y <= 1\n");
    if (choose(m, 4) == 3) {
        put(m, "const c0 = ");
        put_number(m);
        put(m, "\n");
        add_value(m, "c0", SCALAR, false);
    }
}

/* The rest of one with a rule, which is right: derivatives are judged. */
static void put_function_with_rule(Maker *m)
{
    put(m, "sin(t) + ");
    put_expr(m, SCALAR, 3);
    put(m, "\nrule diff(f%d(t), t) = cos(t)\n", m->functions++);
}

/* f0, f2: of a scalar; f1, f3: of three numbers and a scalar. */
static void put_function(Maker *m)
{
    int f = m->functions, count = m->count;
    bool vector = f % 2;
    put(m, vector ? "f%d(v[3], t) = " : "f%d(t) = ", f);
    if (!vector && choose(m, 4) == 3) {
        put_function_with_rule(m);
        return;
    }
    bool block = choose(m, 3) == 2;
    /* only its own parameters, and what is declared */
    add_value(m, "t", SCALAR, false);
    if (vector)
        add_value(m, "v", VEC_M, false);
    if (block) {
        put(m, "{ u = ");
        put_expr(m, SCALAR, 3);
        put(m, "; ");
        add_value(m, "u", SCALAR, false);
    }
    put_expr(m, SCALAR, 2);
    put(m, block ? " }\n" : "\n");
    m->functions++;
    m->count = count;
}

static void put_recurrence(Maker *m, int number)
{
    char name[16];
    snprintf(name, sizeof name, "h%d", number);
    put(m, "%s[0] = ", name);
    put_expr(m, SCALAR, 3);
    m->over[m->indices++] = 'n';
    if (choose(m, 3) == 2) {
        put(m, "\n%s[i in 1..n] = ", name);
        put(m, choose(m, 2) ? "tanh(%s[i-1]) + " : "%s[i-1]*", name);
    } else {
        put(m, "\n%s[i+1 in 1..n] = ", name);
        put(m, choose(m, 2) ? "sin(%s[i])*" : "%s[i] + ", name);
    }
    put_expr(m, SCALAR, 3);
    m->indices--;
    put(m, "\n");
    add_value(m, name, VEC_N, false);
}

static void put_definition(Maker *m, int number)
{
    static const char *const heads[] = {"", "[i]", "[i]", "[i,j]", "[i,j]"};
    static const char *const forced[] = {"", "[i in 0..n]", "[i in 0..m]", "[i in 0..m, j in 0..n]",
                                         "[i in 0..m, j in 0..m]"};
    static const char *const ranges[] = {"", "n", "m", "mn", "mm"};
    char name[16];
    Shape shape = (Shape)choose(m, SHAPE_COUNT);
    snprintf(name, sizeof name, "q%d", number);
    if (shape == SCALAR || choose(m, 2)) {
        put(m, "%s = ", name);
        put_expr(m, shape, 0);
    } else {
        put(m, "%s%s = ", name, choose(m, 8) == 7 ? heads[shape] : forced[shape]);
        for (const char *at = ranges[shape]; *at; at++)
            m->over[m->indices++] = *at;
        put_expr(m, SCALAR, 0);
        m->indices = 0;
    }
    put(m, choose(m, 8) == 7 ? "  # why it is\n" : "\n");
    add_value(m, name, shape, false);
}

static void put_last(Maker *m)
{
    const Value *last = &m->values[m->count - 1];
    if (choose(m, 4) == 3)
        put(m, "check diff(%s, x) == diff(%s, x)%s\n", last->name, last->name,
            choose(m, 2) ? " within 1e-6" : "");
    if (choose(m, 2))
        put(m, "output %s\n", last->name);
    else if (choose(m, 2))
        put(m, "loss = sum(%s)\noutput loss\n", last->name);
}

static void put_model(Maker *m)
{
    put_declarations(m);
    int functions = choose(m, 4), definitions = 1 + choose(m, 5);
    for (int i = 0; i < functions; i++)
        put_function(m);
    for (int i = 0; i < definitions; i++)
        if (choose(m, 6) == 5)
            put_recurrence(m, i);
        else
            put_definition(m, i);
    put_last(m);
}

static void add_options(Maker *m, Command *command)
{
    static char *const options[] = {
        "--with=value,forward,reverse", "--with=jacobian", "--with=gradient",
        "--with=hessian,hvp", "--jacobian=forward", "--jacobian=reverse", "--real=float",
        "--real=long double", "--pack", "--unroll=0", "--unroll=64", "--stack=0", "--checkpoint=2",
        "--emit=header", "--emit=json", "--emit=dot", "--emit=latex", "--emit=markdown",
        "--emit=html", "--emit=test", "--explain", "--expand", "--wrt=x", "--linkage=static",
        "-Dn=2", "--stats",
    };
    int count = choose(m, 4);
    for (int i = 0; i < count; i++)
        command_add(command, options[choose(m, sizeof options / sizeof *options)]);
}

void command_make(Command *command, const uint8_t *bytes, size_t size)
{
    static char *text;
    Maker m = {.at = bytes, .end = bytes + size};
    free(text);
    text = NULL;
    m.out = open_memstream(&text, &command->length);
    if (!m.out)
        abort();
    add_options(&m, command);
    put_model(&m);
    fclose(m.out);
    command->model = text;
}
