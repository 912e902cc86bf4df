/* Models of arrays to the graph: what their definitions have become, as text. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "checked.h"

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

static void show(Graph *g, NodeId id, Text *out);

static void show_list(Graph *g, TupleId tuple, Text *out)
{
    if (tuple)
        text_char(out, '[');
    for (uint32_t i = 0; i < tuple_size(g, tuple); i++) {
        text_put(out, i ? "," : "");
        show(g, tuple_item(g, tuple, i), out);
    }
    if (tuple)
        text_char(out, ']');
}

static void show_index(Graph *g, IndexId index, Text *out)
{
    text_put(out, name_text(ctx, index_at(g, index)->name));
    for (uint32_t i = 0; i < index_at(g, index)->serial; i++)
        text_char(out, '\'');
}

static void show_range(Graph *g, IndexId index, Text *out)
{
    show_index(g, index, out);
    text_char(out, ':');
    show(g, index_at(g, index)->lower, out);
    text_put(out, "..");
    show(g, index_at(g, index)->upper, out);
}

static void show_part(Graph *g, const Node *part, Text *out)
{
    show_list(g, part->b, out);
    for (uint32_t i = 0; i < set_size(g, part->c); i++) {
        text_char(out, ' ');
        show_range(g, set_member(g, part->c, i), out);
    }
    text_put(out, " = ");
    show(g, part->a, out);
}

/* An array: its name, or its parts if it has none. */
static void show_array(Graph *g, NodeId id, bool whole, Text *out)
{
    if (node_op(g, id) == OP_MEMBER) {
        const Node m = *node_at(g, id);
        id = tuple_item(g, node_at(g, m.a)->a, m.b);
    }
    const Node n = *node_at(g, id);
    SymId sym = n.op == OP_REF ? n.a : n.b;
    text_put(out, name_text(ctx, sym_at(g, sym)->name));
    if (sym_at(g, sym)->name && !whole)
        return;
    show_list(g, sym_at(g, sym)->shape, out);
    text_char(out, '{');
    for (uint32_t i = 0; i < tuple_size(g, n.a); i++) {
        const Node part = *node_at(g, tuple_item(g, n.a, i));
        text_put(out, i ? "; " : "");
        show_part(g, &part, out);
    }
    text_char(out, '}');
}

static void show(Graph *g, NodeId id, Text *out)
{
    const Node n = *node_at(g, id);
    const OpInfo *info = op_info((Op)n.op);
    int arity = node_arity(g, id);
    if (n.op == OP_CONST) {
        number_text(out, node_number(g, id), REAL_DOUBLE);
    } else if (n.op == OP_INDEX) {
        show_index(g, n.a, out);
    } else if (n.op == OP_NAME) {
        text_put(out, name_text(ctx, sym_at(g, n.b)->name));
    } else if (n.op == OP_REF && !node_is_array(g, id)) {
        text_put(out, name_text(ctx, sym_at(g, n.a)->name));
        show_list(g, n.b, out);
    } else if (n.op == OP_REF || n.op == OP_ARRAY || n.op == OP_MEMBER) {
        show_array(g, id, false, out);
    } else if (n.op == OP_READ) {
        show_array(g, n.a, false, out);
        show_list(g, n.b, out);
    } else if (n.op == OP_OWN) {
        text_printf(out, "own %s", name_text(ctx, sym_at(g, n.a)->name));
        show_list(g, n.b, out);
    } else if (n.op == OP_DIFF) {
        text_put(out, "diff(");
        show(g, n.a, out);
        text_put(out, ", ");
        show(g, n.b, out);
        text_char(out, ')');
        show_list(g, n.c, out);
    } else if (info->flags & OPF_REDUCE) {
        text_printf(out, "%s(", info->id);
        show_range(g, n.b, out);
        text_put(out, " ");
        show(g, n.a, out);
        text_char(out, ')');
    } else if (arity == 2 && info->prec != PREC_CALL) {
        text_char(out, '(');
        show(g, n.a, out);
        text_printf(out, "%s", info->spelling);
        show(g, n.b, out);
        text_char(out, ')');
    } else {
        text_printf(out, "%s(", info->id);
        for (int i = 0; i < arity; i++) {
            text_put(out, i ? ", " : "");
            show(g, node_operand(g, id, i), out);
        }
        text_char(out, ')');
    }
}

/* All definitions, then the preconditions. */
static void show_model(Model *m, Text *out)
{
    Graph *g = m->graph;
    for (uint32_t i = 0; i < m->unit->entities.count; i++) {
        const Entity *e = &m->unit->entities.at[i];
        if (e->kind != ENTITY_DEF)
            continue;
        text_put(out, out->len ? "\n" : "");
        if (e->shape) {
            show_array(g, e->node, true, out);
        } else {
            text_printf(out, "%s = ", name_text(ctx, e->name));
            show(g, node_at(g, e->node)->a, out);
        }
    }
    for (uint32_t i = 0; i < m->unit->preconditions.count; i++) {
        text_put(out, "\n");
        show(g, m->unit->preconditions.at[i].node, out);
        text_put(out, " >= 0");
    }
}

/* Read by a person, each line. */
static const struct { const char *model, *graph; } models[] = {
    {"input W[2,3], x[3], b[2]\n"
     "z[i] = sum[j](W[i,j]*x[j]) + b[i]",
     "z[2]{[i] i:0..2 = (SUM(j:0..3 (W[i,j]*x[j]))+b[i])}"},
    {"input W[2,3], x[3], b[2]\n"
     "z = W @ x + b\n"
     "L = sum(z^2)",
     "z[2]{[i] i:0..2 = (SUM(j:0..3 (W[i,j]*x[j]))+b[i])}\n"
     "L = SUM(i:0..2 (z[i]^2))"},
    {"dim n\n"
     "input x[n]\n"
     "r[i in 0..n-1] = x[i+1] - x[i]^2",
     "r[(n-1)]{[i] i:0..(n-1) = (x[(i+1)]-(x[i]^2))}\n"
     "(n-1) >= 0"},
    {"dim n\n"
     "input x[n]\n"
     "param A[n,n]\n"
     "q = x @ A @ x\n"
     "B = A @ (A @ A)\n"
     "C = A @ (A + A')",
     "q = SUM(i:0..n (SUM(j:0..n (x[j]*A[j,i]))*x[i]))\n"
     "B[n,n]{[i,j] i:0..n j:0..n = SUM(k:0..n (A[i,k]*[n,n]{[i,j] i:0..n j:0..n = SUM(k:0..n (A[i,k]*A[k,j]))}[k,j]))}\n"
     "C[n,n]{[i,j] i:0..n j:0..n = SUM(k:0..n (A[i,k]*(A[k,j]+A[j,k])))}"},
    {"sigma(t) = 1/(1+exp(-t))\n"
     "input x[3]\n"
     "y = sigma(x)",
     "y[3]{[i] i:0..3 = (1/(1+EXP(NEG(x[i]))))}"},
    {"dim n, d = 3\n"
     "input x[n,d], mu[d]\n"
     "index lab[n] < 4\n"
     "f = sum[i](lab[i] == 2 ? x[i,0] : x[i,1]*mu[1])\n"
     "g = sum[i](x[i,0])/n\n"
     "h[i] = 2*i/(n-1)*x[i,0]",
     "f = SUM(i:0..n SELECT((lab[i]==2), x[i,0], (x[i,1]*mu[1])))\n"
     "g = (SUM(i:0..n x[i,0])/REAL(n))\n"
     "h[n]{[i] i:0..n = (((2*REAL(i))/(REAL(n)-1))*x[i,0])}"},
    {"input x[4]\n"
     "p = softmax(x)\n"
     "l = logsumexp(x)\n"
     "m = max(x)\n"
     "me = mean[i](x[i]^2)",
     "p[4]{[i] i:0..4 = (EXP((x[i]-STOP(SELECT((ABS(RMAX(j:0..4 x[j]))<inf), RMAX(j:0..4 x[j]), 0))))/SUM(j:0..4 EXP((x[j]-STOP(SELECT((ABS(RMAX(j:0..4 x[j]))<inf), RMAX(j:0..4 x[j]), 0))))))}\n"
     "l = (STOP(SELECT((ABS(RMAX(i:0..4 x[i]))<inf), RMAX(i:0..4 x[i]), 0))+LOG_SUM(SUM(i:0..4 EXP((x[i]-STOP(SELECT((ABS(RMAX(i:0..4 x[i]))<inf), RMAX(i:0..4 x[i]), 0)))))))\n"
     "m = RMAX(i:0..4 x[i])\n"
     "me = (SUM(i:0..4 (x[i]^2))/4)"},
    {"A = [1,2;3,4]\n"
     "input x[2]\n"
     "y = A @ x\n"
     "b = A[1,0] + [x[0],2][0]\n"
     "z = A[0,:] + A[:,1]",
     "A[2,2]{[0,0] = 1; [0,1] = 2; [1,0] = 3; [1,1] = 4}\n"
     "y[2]{[i] i:0..2 = SUM(j:0..2 (A[i,j]*x[j]))}\n"
     "b = (A[1,0]+x[0])\n"
     "z[2]{[i] i:0..2 = (A[0,i]+A[i,1])}"},
    {"input x[3]\n"
     "L = sum(x^2)\n"
     "g = diff(L,x)\n"
     "h = diff(diff(L,x),x)\n"
     "w = x - 0.1*diff(L,x)",
     "L = SUM(i:0..3 (x[i]^2))\n"
     "g[3]{[i] i:0..3 = diff(L, x)[i]}\n"
     "h[3,3]{[i,j] i:0..3 j:0..3 = diff(diff(L, x)[i], x)[j]}\n"
     "w[3]{[i] i:0..3 = (x[i]-(0.1*diff(L, x)[i]))}"},
    {"f(v[n]) = sum[i](v[i])/n\n"
     "input x[4], y[7]\n"
     "a = f(x) + f(y) + f(2*y)",
     "a = (((SUM(i:0..4 x[i])/4)+(SUM(i:0..7 y[i])/7))+(SUM(i:0..7 [7]{[i] i:0..7 = (2*y[i])}[i])/7))"},
    {"dim n\n"
     "input x[n], L[n*(n+1)/2]\n"
     "f = sum[i, j in 0..i+1](L[i*(i+1)/2 + j]*x[i])\n"
     "h[0] = 1\n"
     "h[t+1 in 1..n+1] = x[t]\n"
     "A[0,j] = x[j]\n"
     "A[i in 1..n,0] = x[i]\n"
     "A[i in 1..n,j in 1..n] = x[i]*x[j]\n"
     "B = A @ x",
     "f = SUM(i:0..n SUM(j:0..(i+1) (L[(((i*(i+1))/2)+j)]*x[i])))\n"
     "h[(n+1)]{[0] = 1; [(t+1)] t:0..n = x[t]}\n"
     "A[n,n]{[0,j] j:0..n = x[j]; [i,0] i:1..n = x[i]; [i,j] i:1..n j:1..n = (x[i]*x[j])}\n"
     "B[n]{[i] i:0..n = SUM(t:0..n (A[i,t]*x[t]))}\n"
     "(n-1) >= 0"},
    {"turn(w[3], p[3]) = { th = norm(w); k = w/th; cos(th)*p + sin(th)*cross(k, p) }\n"
     "input w[3], p[3]\n"
     "q = turn(w, p)",
     "q[3]{[i] i:0..3 = ((COS(LINK(STOP(RHYPOT(i:0..3 w[i])), SUM(i:0..3 LINK(0, w[i], RULE())), SELECT((STOP(RHYPOT(i:0..3 w[i]))==0), 0, 1)))*p[i])+(SIN(LINK(STOP(RHYPOT(i:0..3 w[i])), SUM(i:0..3 LINK(0, w[i], RULE())), SELECT((STOP(RHYPOT(i:0..3 w[i]))==0), 0, 1)))*[3]{[0] = ((k[1]*p[2])-(k[2]*p[1])); [1] = ((k[2]*p[0])-(k[0]*p[2])); [2] = ((k[0]*p[1])-(k[1]*p[0]))}[i]))}"},
    {"dim n, m\n"
     "input x[n], s\n"
     "index c[m] < n, one < 4\n"
     "y[k] = x[c[k]]*(c[k] < one ? 1 : s)\n"
     "z[k in 0..m-1] = x[c[k+1]] - x[(c[k] + one) % n]\n"
     "d = max[i in 1..n](x[i] - x[i-1])",
     "y[m]{[k] k:0..m = (x[c[k]]*SELECT((c[k]<one), 1, s))}\n"
     "z[(m-1)]{[k] k:0..(m-1) = (x[c[(k+1)]]-x[((c[k]+one)%n)])}\n"
     "d = RMAX(i:1..n (x[i]-x[(i-1)]))\n"
     "(n-1) >= 0\n"
     "(m-1) >= 0"},
    {"input A[2,3]\n"
     "B[i,j] = A[j,i]\n"
     "C = A'\n"
     "D = sum[i](A[i,:])\n"
     "E = transpose(A)[1,:]\n"
     "F = outer(A[0,:], A[1,1..3])\n"
     "G = A > 0 ? A : 0\n"
     "N = norm(A)",
     "B[3,2]{[i,j] i:0..3 j:0..2 = A[j,i]}\n"
     "C[3,2]{[i,j] i:0..3 j:0..2 = A[j,i]}\n"
     "D[3]{[j] j:0..3 = SUM(i:0..2 A[i,j])}\n"
     "E[2]{[j] j:0..2 = A[j,1]}\n"
     "F[3,2]{[i,j] i:0..3 j:0..2 = (A[0,i]*A[1,(j+1)])}\n"
     "G[2,3]{[j,i] i:0..3 j:0..2 = SELECT((A[j,i]>0), A[j,i], 0)}\n"
     "N = LINK(STOP(RHYPOT(j:0..2 RHYPOT(i:0..3 A[j,i]))), SUM(j:0..2 SUM(i:0..3 LINK(0, A[j,i], RULE()))), SELECT((STOP(RHYPOT(j:0..2 RHYPOT(i:0..3 A[j,i])))==0), 0, 1))"},
    {"f(v[n], t) = { k[i] = v[i]*t; dot(k, v)/n }\n"
     "input x[3], s\n"
     "a = f(x, s) + f(3*x, s)\n"
     "b = f(x, x)",
     "a = ((SUM(i:0..3 (k[i]*x[i]))/3)+(SUM(i:0..3 (k[i]*[3]{[i] i:0..3 = (3*x[i])}[i]))/3))\n"
     "b[3]{[i] i:0..3 = (SUM(i':0..3 (k[i']*x[i']))/3)}"},
    {"f(v[3]) = diff(sum(v^2), v)\n"
     "input x[3]\n"
     "y = f(x)",
     "y[3]{[i] i:0..3 = diff(SUM(j:0..3 ([3]{[i] i:0..3 = x[i]}[j]^2)), [3]{[i] i:0..3 = x[i]})[i]}"},
    {"input X[4,3]\n"
     "P = log_softmax(X)\n"
     "Q[i] = logsumexp[k](X[i,k])\n"
     "R = softmax(2*X)",
     "P[4,3]{[i,k] i:0..4 k:0..3 = ((X[i,k]-STOP(SELECT((ABS(RMAX(j:0..3 X[i,j]))<inf), RMAX(j:0..3 X[i,j]), 0)))-LOG_SUM(SUM(j:0..3 EXP((X[i,j]-STOP(SELECT((ABS(RMAX(j:0..3 X[i,j]))<inf), RMAX(j:0..3 X[i,j]), 0)))))))}\n"
     "Q[4]{[i] i:0..4 = (STOP(SELECT((ABS(RMAX(k:0..3 X[i,k]))<inf), RMAX(k:0..3 X[i,k]), 0))+LOG_SUM(SUM(k:0..3 EXP((X[i,k]-STOP(SELECT((ABS(RMAX(k:0..3 X[i,k]))<inf), RMAX(k:0..3 X[i,k]), 0)))))))}\n"
     "R[4,3]{[i,k] i:0..4 k:0..3 = (EXP(([4,3]{[i,k] i:0..4 k:0..3 = (2*X[i,k])}[i,k]-STOP(SELECT((ABS(RMAX(j:0..3 [4,3]{[i,k] i:0..4 k:0..3 = (2*X[i,k])}[i,j]))<inf), RMAX(j:0..3 [4,3]{[i,k] i:0..4 k:0..3 = (2*X[i,k])}[i,j]), 0))))/SUM(j:0..3 EXP(([4,3]{[i,k] i:0..4 k:0..3 = (2*X[i,k])}[i,j]-STOP(SELECT((ABS(RMAX(j:0..3 [4,3]{[i,k] i:0..4 k:0..3 = (2*X[i,k])}[i,j]))<inf), RMAX(j:0..3 [4,3]{[i,k] i:0..4 k:0..3 = (2*X[i,k])}[i,j]), 0))))))}"},
    {"input A[3,3], x[3]\n"
     "y = A @ tanh(A @ x)\n"
     "z = (A + A) @ x",
     "y[3]{[i] i:0..3 = SUM(j:0..3 (A[i,j]*[3]{[i] i:0..3 = TANH(SUM(j:0..3 (A[i,j]*x[j])))}[j]))}\n"
     "z[3]{[i] i:0..3 = SUM(j:0..3 ((A[i,j]+A[i,j])*x[j]))}"},
    {"dim T\n"
     "input x[T], w, u, h0\n"
     "h[0] = h0\n"
     "h[t+1 in 1..T+1] = tanh(w*h[t] + u*x[t])\n"
     "y = h[T]",
     "h[(T+1)]{[0] = h0; [(t+1)] t:0..T = TANH(((w*own h[t])+(u*x[t])))}\n"
     "y = h[T]"},
    {"dim T\n"
     "input x[T], w, h0\n"
     "g = diff(L, h)\n"
     "L = sum(h^2)\n"
     "h[t+1] = w*h[t] + x[t]\n"
     "h[0] = h0",
     "g[(T+1)]{[i] i:0..(T+1) = diff(L, h)[i]}\n"
     "L = SUM(i:0..(T+1) (h[i]^2))\n"
     "h[(T+1)]{[(t+1)] t:0..T = ((w*own h[t])+x[t]); [0] = h0}"},
    {"dim T, q, p\n"
     "input x[T,p], W[q,q], U[q,p], h0[q]\n"
     "h[t+1,i] = tanh(sum[j](W[i,j]*h[t,j]) + sum[j](U[i,j]*x[t,j]))\n"
     "h[0,i] = h0[i]\n"
     "L = sum(h[T,:])",
     "h[(T+1),q]{[(t+1),i] t:0..T i:0..q = TANH((SUM(j:0..q (W[i,j]*own h[t,j]))+SUM(j:0..p (U[i,j]*x[t,j])))); [0,i] i:0..q = h0[i]}\n"
     "L = SUM(i:0..q h[T,i])"},
    {"dim m, n\n"
     "input a[m], b[n]\n"
     "D[i+1 in 1..m+1,0] = D[i,0] + 1\n"
     "D[0,j+1 in 1..n+1] = D[0,j] + 1\n"
     "D[i+1 in 1..m+1,j+1 in 1..n+1] = a[i]*b[j] + min(D[i,j], D[i+1,j])\n"
     "D[0,0] = 0\n"
     "f = D[m,n]",
     "D[(m+1),(n+1)]{[(i+1),0] i:0..m = (own D[i,0]+1); [0,(j+1)] j:0..n = (own D[0,j]+1); [(i+1),(j+1)] i:0..m j:0..n = ((a[i]*b[j])+MIN(own D[i,j], own D[(i+1),j])); [0,0] = 0}\n"
     "f = D[m,n]"},
    {"dim n\n"
     "input c[n], A[n,n]\n"
     "z[i] = (c[i] - sum[j in 0..i](A[i,j]*z[j]))/A[i,i]\n"
     "y[i] = (z[i] - sum[j in i+1..n](A[i,j]*y[j]))/A[i,i]",
     "z[n]{[i] i:0..n = ((c[i]-SUM(j:0..i (A[i,j]*own z[j])))/A[i,i])}\n"
     "y[n]{[i] i:0..n = ((z[i]-SUM(j:(i+1)..n (A[i,j]*own y[j])))/A[i,i])}"},
    {"dim T\n"
     "input x0, v0, dt\n"
     "x[0] = x0\n"
     "v[0] = v0\n"
     "x[t+1 in 1..T+1] = x[t] + dt*v[t+1]\n"
     "v[t+1 in 1..T+1] = v[t] - dt*x[t]\n"
     "output x",
     "x[(T+1)]{[0] = x0; [(t+1)] t:0..T = (own x[t]+(dt*own v[(t+1)]))}\n"
     "v[(T+1)]{[0] = v0; [(t+1)] t:0..T = (own v[t]-(dt*own x[t]))}"},
    {"dim T, n\n"
     "input x0[n], c\n"
     "x[t+1 in 1..T+1,j] = c*x[t,j]\n"
     "x[0,j] = x0[j]",
     "x[(T+1),n]{[(t+1),j] t:0..T j:0..n = (c*own x[t,j]); [0,j] j:0..n = x0[j]}"},
    {"dim n\n"
     "input c[n]\n"
     "g[t] = h[t]*c[t]\n"
     "h[0] = 1\n"
     "h[t+1 in 1..n+1] = g[t]\n"
     "k[t] = h[t]^2",
     "g[n]{[t] t:0..n = (own h[t]*c[t])}\n"
     "h[(n+1)]{[0] = 1; [(t+1)] t:0..n = own g[t]}\n"
     "k[(n+1)]{[t] t:0..(n+1) = (h[t]^2)}"},
    {"dim n\n"
     "input c[n]\n"
     "F[0] = 1\n"
     "F[1] = 1\n"
     "F[i in 2..n] = F[i-1] + F[i-2]*c[i]\n"
     "G[n-1] = c[0]\n"
     "G[i in 0..n-1] = i > 2 ? G[i+1]*c[i] : 0",
     "F[n]{[0] = 1; [1] = 1; [i] i:2..n = (own F[(i-1)]+(own F[(i-2)]*c[i]))}\n"
     "G[n]{[(n-1)] = c[0]; [i] i:0..(n-1) = SELECT((i>2), (own G[(i+1)]*c[i]), 0)}\n"
     "(n-2) >= 0\n"
     "(n-1) >= 0"},
    {"dim n, T\n"
     "input u0[n], k\n"
     "u[0,i] = u0[i]\n"
     "u[t+1 in 1..T+1,0] = 0\n"
     "u[t+1 in 1..T+1,n-1] = 0\n"
     "u[t+1 in 1..T+1,i in 1..n-1] = u[t,i] + k*(u[t,i+1] + u[t,i-1])",
     "u[(T+1),n]{[0,i] i:0..n = u0[i]; [(t+1),0] t:0..T = 0; [(t+1),(n-1)] t:0..T = 0; [(t+1),i] t:0..T i:1..(n-1) = (own u[t,i]+(k*(own u[t,(i+1)]+own u[t,(i-1)])))}\n"
     "(n-2) >= 0\n"
     "(n-1) >= 0"},
    {"dim T, n\n"
     "input W[n,n], h0[n]\n"
     "f(v[k]) = dot(v, v)\n"
     "h[0,i] = h0[i]\n"
     "h[t+1 in 1..T,i] = (W @ h[t,:])[i]*f(h[t,:])*sum(h[0..t+1,i])",
     "h[T,n]{[0,i] i:0..n = h0[i]; [(t+1),i] i:0..n t:0..(T-1) = ((SUM(j:0..n (W[i,j]*own h[t,j]))*SUM(i:0..n ([n]{[j] j:0..n = own h[t,j]}[i]*[n]{[j] j:0..n = own h[t,j]}[i])))*SUM(j:0..(t+1) own h[j,i]))}\n"
     "(T-1) >= 0"},
    {"dim n\n"
     "input A[n,n]\n"
     "L[i,i] = sqrt(A[i,i] - sum[k in 0..i](L[i,k]^2))\n"
     "L[i,j in 0..i] = (A[i,j] - sum[k in 0..j](L[i,k]*L[j,k]))/L[j,j]",
     "L[n,n]{[i,i] i:0..n = SQRT((A[i,i]-SUM(k:0..i (own L[i,k]^2)))); [i,j] i:0..n j:0..i = ((A[i,j]-SUM(k:0..j (own L[i,k]*own L[j,k])))/own L[j,j])}"},
    {"dim n\n"
     "input c[n]\n"
     "a[i] = b[i] + c[i]\n"
     "b[i in 1..n] = a[i-1]\n"
     "b[0] = 1\n"
     "d[i] = e[i]*a[i]\n"
     "e[0] = 1\n"
     "e[i in 1..n] = d[i-1]*diff(sum(c^2), c)[i]\n"
     "output e",
     "a[n]{[i] i:1..n = (own b[i]+c[i]); [0] = (own b[0]+c[0])}\n"
     "b[n]{[i] i:1..n = own a[(i-1)]; [0] = 1}\n"
     "d[n]{[i] i:1..n = (own e[i]*a[i]); [0] = (own e[0]*a[0])}\n"
     "e[n]{[0] = 1; [i] i:1..n = (own d[(i-1)]*diff(SUM(j:0..n (c[j]^2)), c)[i])}\n"
     "(n-1) >= 0"},
    {"input A[2,2], c[2], C[2,3]\n"
     "d = det(A)\n"
     "Q = inv(A)\n"
     "x = solve(A, c)\n"
     "y = inv(A)[0,1] + sum(solve(A, C))",
     "d = ((A[0,0]*A[1,1])-(A[0,1]*A[1,0]))\n"
     "Q[2,2]{[0,0] = (A[1,1]/((A[0,0]*A[1,1])-(A[0,1]*A[1,0]))); [0,1] = (NEG(A[0,1])/((A[0,0]*A[1,1])-(A[0,1]*A[1,0]))); [1,0] = (NEG(A[1,0])/((A[0,0]*A[1,1])-(A[0,1]*A[1,0]))); [1,1] = (A[0,0]/((A[0,0]*A[1,1])-(A[0,1]*A[1,0])))}\n"
     "x[2]{[0] = (((A[1,1]*c[0])-(A[0,1]*c[1]))/((A[0,0]*A[1,1])-(A[0,1]*A[1,0]))); [1] = ((NEG((A[1,0]*c[0]))+(A[0,0]*c[1]))/((A[0,0]*A[1,1])-(A[0,1]*A[1,0])))}\n"
     "y = ((NEG(A[0,1])/((A[0,0]*A[1,1])-(A[0,1]*A[1,0])))+SUM(i:0..2 SUM(j:0..3 [2,3]{[0,j] j:0..3 = (((A[1,1]*C[0,j])-(A[0,1]*C[1,j]))/((A[0,0]*A[1,1])-(A[0,1]*A[1,0]))); [1,j] j:0..3 = ((NEG((A[1,0]*C[0,j]))+(A[0,0]*C[1,j]))/((A[0,0]*A[1,1])-(A[0,1]*A[1,0])))}[i,j])))"},
    {"input A[3,3]\n"
     "d = det(A)",
     "d = (((A[0,0]*((A[1,1]*A[2,2])-(A[1,2]*A[2,1])))-(A[0,1]*((A[1,0]*A[2,2])-(A[1,2]*A[2,0]))))+(A[0,2]*((A[1,0]*A[2,1])-(A[1,1]*A[2,0]))))"},
};

START_TEST(arrays_become_this_graph)
{
    Text text = text_new(ctx);
    Unit *u = checked(ctx, models[_i].model);
    if (diag_errors(ctx))
        diag_print(ctx, &text, false);
    ck_assert_str_eq(diag_errors(ctx) ? text.at : "", "");
    Model *m = lower_unit(ctx, u);
    ck_assert_ptr_null(graph_verify(m->graph));
    show_model(m, &text);
    ck_assert_str_eq(text.at, models[_i].graph);
}
END_TEST

START_TEST(arguments_are_sizes_then_the_others)
{
    const char *text = "param y[n, p]\ndim m\ninput x[n], s\nindex c[m] < n\ndim n, p = 2*k\nconst k = 3\nf = x\n";
    const char *want[] = {"m", "n", "y", "x", "s", "c", "p", "k", "f"};
    Unit *u = checked(ctx, text);
    ck_assert_uint_eq(diag_errors(ctx), 0);
    ck_assert_uint_eq(u->entities.count, 9);
    for (uint32_t i = 0; i < 9; i++)
        ck_assert_str_eq(name_text(ctx, u->entities.at[i].name), want[i]);
    ck_assert(node_is_int(u->graph, u->entities.at[6].node, 6)); /* p */
    ck_assert_uint_eq(tuple_size(u->graph, u->entities.at[2].shape), 2);
    ck_assert(node_is_int(u->graph, tuple_item(u->graph, u->entities.at[2].shape, 1), 6));
    ck_assert_uint_eq(sym_at(u->graph, u->entities.at[5].sym)->limit, u->entities.at[1].node);
}
END_TEST

START_TEST(a_size_can_come_from_outside)
{
    const char *text = "dim n\ninput x[n]\nf = x[0..2]\n";
    U32Vec decls = {0};
    parse_bindings(ctx, source_string(ctx, "-D", "n=5", 3), &ast, &decls);
    Define define = {.name = name_of(ctx, "n"), .value = ast.decls.at[decls.at[0]].value};
    parse_source(ctx, source_string(ctx, "test", text, strlen(text)), &ast);
    Unit *u = check_ast(ctx, graph_new(ctx), REAL_DOUBLE, &ast, &define, 1);
    ck_assert_uint_eq(diag_errors(ctx), 0);
    ck_assert(define.used);
    ck_assert_uint_eq(u->preconditions.count, 0);
    ck_assert(node_is_int(u->graph, tuple_item(u->graph, u->entities.at[0].shape, 0), 5));
}
END_TEST

/* Pairs of extents, and whether they are equal whatever n and m are. */
static const struct { const char *a, *b; bool same; } extents[] = {
    {"n + m", "m + n", true}, {"n*(n + 1)/2", "(n^2 + n)/2", true}, {"n - 1 + 1", "n", true},
    {"2*n", "n + n", true}, {"n*(m - 1)", "n*m - n", true}, {"n/2*2", "n", false}, {"n", "m", false},
    {"n % 3", "n % 3", true}, {"max(n, 0)", "n", true}, {"min(n, n + m)", "n", true}, {"n*n", "n", false},
    {"n*(n+1)*(n+2)/6", "(n^3 + 3*n^2 + 2*n)/6", true}, {"max(n, 1)", "n", false},
};

START_TEST(extents_are_compared_by_what_they_are)
{
    Text text = text_new(ctx);
    text_printf(&text, "dim n, m\ninput x[%s], y[%s]\nf = 1\n", extents[_i].a, extents[_i].b);
    Unit *u = checked(ctx, text.at);
    ck_assert_uint_eq(diag_errors(ctx), 0);
    ck_assert_int_eq(extent_shape_same(u->graph, u->entities.at[2].shape, u->entities.at[3].shape), extents[_i].same);
}
END_TEST

Suite *suite_array(void);
Suite *suite_array(void)
{
    Suite *s = suite_create("array");
    TCase *t = tcase_create("array");
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_loop_test(t, arrays_become_this_graph, 0, sizeof models / sizeof *models);
    tcase_add_test(t, arguments_are_sizes_then_the_others);
    tcase_add_test(t, a_size_can_come_from_outside);
    tcase_add_loop_test(t, extents_are_compared_by_what_they_are, 0, sizeof extents / sizeof *extents);
    suite_add_tcase(s, t);
    return s;
}
