/* Text to tree to unit: which words open statements, what continues a line, what names are. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "front/front.h"

static Ctx *ctx;
static Ast ast;

static void setup(void)
{
    ctx = ctx_new();
    memset(&ast, 0, sizeof ast);
}

static void teardown(void)
{
    ctx_free(ctx);
}

static void parse(const char *text)
{
    parse_source(ctx, source_string(ctx, "test", text, strlen(text)), &ast);
}

static Unit *check(const char *text)
{
    parse(text);
    return check_ast(ctx, graph_new(ctx), REAL_DOUBLE, &ast, NULL, 0);
}

static const char *name_at(uint32_t stmt)
{
    return name_text(ctx, ast.decls.at[ast.stmts.at[stmt].decls].name);
}

/* A line, the kind of its statement, and the first name that it declares. */
static const struct { const char *text; StmtKind kind; const char *name; } lines[] = {
    {"model gmm", STMT_MODEL, "gmm"}, {"model = 3", STMT_DEFINE, "model"},
    {"input x, y", STMT_INPUT, "x"}, {"input = 3", STMT_DEFINE, "input"},
    {"input input", STMT_INPUT, "input"}, {"input(t) = t", STMT_FUNCTION, "input"},
    {"param lambda", STMT_PARAM, "lambda"}, {"const g = 9.81", STMT_CONST, "g"},
    {"const = 9.81", STMT_DEFINE, "const"}, {"output f", STMT_OUTPUT, "f"},
    {"index = 1", STMT_DEFINE, "index"}, {"index cam[n] < m", STMT_INDEX, "cam"},
    {"dim n, d = 3", STMT_DIM, "n"}, {"dim = 1", STMT_DEFINE, "dim"},
    {"check = 1", STMT_DEFINE, "check"}, {"check(x) = 1", STMT_FUNCTION, "check"},
    {"check 2 == x", STMT_CHECK, NULL}, {"check -x == y within 1e-3", STMT_CHECK, NULL},
    {"check f == 3 at (x=1, y=2)", STMT_CHECK, "x"}, {"assume = 2", STMT_DEFINE, "assume"},
    {"assume 0 <= p <= 1, x > 0", STMT_ASSUME, NULL}, {"in = at*within", STMT_DEFINE, "in"},
    {"rule = 3", STMT_DEFINE, "rule"}, {"include = 3", STMT_DEFINE, "include"},
    {"diff = e*d*I", STMT_DEFINE, "diff"},
    {"rule diff(f(t), t) = 2", STMT_RULE, "f"}, {"f(a, b) = { c = a\n d = b; c*d }", STMT_FUNCTION, "f"},
    {"r[i in 0..n-1] = x[i+1] - x[i]^2", STMT_DEFINE, "r"}, {"s = sum[i, j in 0..i](A[i,j])", STMT_DEFINE, "s"},
    {"M = [1, 2; 3, 4]' @ v[:, 0..2]", STMT_DEFINE, "M"},
};

START_TEST(words_are_told_from_names)
{
    parse(lines[_i].text);
    ck_assert_uint_eq(diag_errors(ctx), 0);
    ck_assert_uint_eq(ast.stmts.count, 1);
    ck_assert_int_eq(ast.stmts.at[0].kind, lines[_i].kind);
    if (lines[_i].name)
        ck_assert_str_eq(name_at(0), lines[_i].name);
}
END_TEST

/* Texts and how many statements they are. */
static const struct { const char *text; uint32_t count; } texts[] = {
    {"a = 1\nb = 2", 2}, {"a = 1; b = 2;; c = 3\n\n", 3}, {"a = 1 +\n  2\n", 1},
    {"a = (1\n + 2)\nb = 1", 2}, {"a =\n 1\n", 1}, {"a = x > 0 ?\n 1 :\n 2\n", 1}, {"", 0},
    {"# only this\n", 0}, {"a = f(1,\n 2)\r\nb = 2\rc = 3", 3}, {"a = -\n x", 1},
    {"f(x) = {\n y = x\n\n y*y\n}\ng = 1", 2}, {"a = b'\nc = 1", 2}, {"\xef\xbb\xbf" "a = 1", 1},
    {"a = 1 # so\n# and\nb = 2 # so", 2},
};

START_TEST(lines_end_where_they_should)
{
    parse(texts[_i].text);
    ck_assert_uint_eq(diag_errors(ctx), 0);
    ck_assert_uint_eq(ast.stmts.count, texts[_i].count);
}
END_TEST

/* The tree as text with all brackets: how tightly operators bind. */
static void show(AstId id, Text *out)
{
    const AstNode *n = &ast.nodes.at[id];
    if (n->kind == AST_BINARY) {
        text_char(out, '(');
        show(n->a, out);
        text_put(out, op_info((Op)n->op)->spelling);
        show(n->b, out);
        text_char(out, ')');
    } else if (n->kind == AST_UNARY) {
        text_printf(out, "(%s", op_info((Op)n->op)->spelling);
        show(n->a, out);
        text_char(out, ')');
    } else if (n->kind == AST_COND) {
        text_char(out, '(');
        show(n->a, out);
        text_char(out, '?');
        show(n->b, out);
        text_char(out, ':');
        show(n->c, out);
        text_char(out, ')');
    } else {
        text_put(out, name_text(ctx, n->name));
    }
}

static const struct { const char *text, *tree; } trees[] = {
    {"-x^2", "(-(xpow2))"}, {"2^-x", "(2pow(-x))"}, {"a^b^c", "(apow(bpowc))"},
    {"a**b", "(apowb)"}, {"a-b-c", "((a-b)-c)"}, {"a/b*c", "((a/b)*c)"}, {"a%b", "(amodb)"},
    {"a+b*c", "(a+(b*c))"}, {"!a && b || c", "(((!a)&&b)||c)"}, {"a < b && c >= d", "((a<b)&&(c>=d))"},
    {"a ? b : c ? d : e", "(a?b:(c?d:e))"}, {"a ? b ? c : d : e", "(a?(b?c:d):e)"},
    {"--x", "(-(-x))"}, {"+x", "x"}, {"-x*y", "((-x)*y)"}, {"a == b", "(a==b)"}, {"2^-x^2", "(2pow(-(xpow2)))"},
};

START_TEST(operators_bind_as_in_the_table)
{
    Text line = text_new(ctx), tree = text_new(ctx);
    text_printf(&line, "f = %s", trees[_i].text);
    parse(line.at);
    ck_assert_uint_eq(diag_errors(ctx), 0);
    show(ast.stmts.at[0].value, &tree);
    ck_assert_str_eq(tree.at, trees[_i].tree);
}
END_TEST

START_TEST(nodes_of_an_expression_are_a_range)
{
    parse("f = sin(a*b) + (c ? d : g(e, 2))");
    AstId root = ast.stmts.at[0].value;
    for (AstId i = ast.nodes.at[root].first; i <= root; i++) {
        const AstNode *n = &ast.nodes.at[i];
        ck_assert(n->first >= ast.nodes.at[root].first && n->first <= i);
        if (n->kind == AST_BINARY)
            ck_assert(n->a < i && n->b < i);
    }
    ck_assert_uint_eq(ast.nodes.at[root].first, 1);
}
END_TEST

START_TEST(names_become_inputs_in_order)
{
    Unit *u = check("f = q*z\nq = x + y\n");
    ck_assert_uint_eq(diag_errors(ctx), 0);
    const char *want[] = {"z", "x", "y", "f", "q"};
    ck_assert_uint_eq(u->entities.count, 5);
    for (uint32_t i = 0; i < 5; i++)
        ck_assert_str_eq(name_text(ctx, u->entities.at[i].name), want[i]);
    ck_assert_uint_eq(u->outputs.count, 1); /* q is used */
    ck_assert_uint_eq(u->outputs.at[0], 3);
    ck_assert_uint_eq(u->order.at[0].target, 4); /* and comes first */
}
END_TEST

START_TEST(what_is_only_differentiated_stays_an_output)
{
    Unit *u = check("L = (w*x - y)^2\nw_new = w - eta*diff(L, w)\n");
    ck_assert_uint_eq(diag_errors(ctx), 0);
    ck_assert_uint_eq(u->outputs.count, 2);
}
END_TEST

START_TEST(comments_belong_to_their_names)
{
    Unit *u = check("input x, # the first\n  y  # the second\ninput a, b\nf = x*y+a*b # a sum\n");
    ck_assert_str_eq(name_text(ctx, u->entities.at[0].comment), "the first");
    ck_assert_str_eq(name_text(ctx, u->entities.at[1].comment), "the second");
    ck_assert_uint_eq(u->entities.at[2].comment, 0);
    ck_assert_str_eq(name_text(ctx, u->entities.at[4].line), "f = x*y+a*b");
}
END_TEST

START_TEST(lines_are_shown_without_breaks_and_comments)
{
    parse("f = a + # one\n    b\t*\n  c\n");
    ck_assert_str_eq(name_text(ctx, ast_line(ctx, &ast, ast.stmts.at[0].span)), "f = a + b * c");
}
END_TEST

START_TEST(locals_are_put_in_order)
{
    Unit *u = check("f(x) = { b = a*2; a = x + 1; b }\ny = f(z)\n");
    ck_assert_uint_eq(diag_errors(ctx), 0);
    const Function *f = &u->functions.at[0];
    ck_assert_str_eq(name_text(ctx, f->locals.at[1].name), "a");
    ck_assert_str_eq(name_text(ctx, f->locals.at[2].name), "b");
    ck_assert_uint_eq(ast.nodes.at[f->result].target, 2);
}
END_TEST

/* Deep and long: nothing recurses. */
START_TEST(depth_is_no_limit)
{
    Text text = text_new(ctx);
    text_put(&text, "f = ");
    for (int i = 0; i < 200000; i++)
        text_put(&text, i % 2 ? "-(" : "sin(");
    text_put(&text, "x");
    for (int i = 0; i < 200000; i++)
        text_char(&text, ')');
    Unit *u = check(text.at);
    ck_assert_uint_eq(diag_errors(ctx), 0);
    Model *m = lower_unit(ctx, u);
    ck_assert_uint_ge(graph_count(m->graph), 200000);
}
END_TEST

Suite *suite_front(void);
Suite *suite_front(void)
{
    Suite *s = suite_create("front");
    TCase *t = tcase_create("front");
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_loop_test(t, words_are_told_from_names, 0, sizeof lines / sizeof *lines);
    tcase_add_loop_test(t, lines_end_where_they_should, 0, sizeof texts / sizeof *texts);
    tcase_add_loop_test(t, operators_bind_as_in_the_table, 0, sizeof trees / sizeof *trees);
    tcase_add_test(t, nodes_of_an_expression_are_a_range);
    tcase_add_test(t, names_become_inputs_in_order);
    tcase_add_test(t, what_is_only_differentiated_stays_an_output);
    tcase_add_test(t, comments_belong_to_their_names);
    tcase_add_test(t, lines_are_shown_without_breaks_and_comments);
    tcase_add_test(t, locals_are_put_in_order);
    tcase_add_test(t, depth_is_no_limit);
    suite_add_tcase(s, t);
    return s;
}
