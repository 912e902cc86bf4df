/* A model in, its computational graph in DOT out, as courses draw it: gates in circles, values
 * above the wires in green, gradients below in red. Graphviz draws it: dot -Tsvg. */
#include <string.h>

#include "emit/emit.h"

/* Text between the tags of a label. */
static void put_escaped(const char *text, Text *out)
{
    for (; *text; text++) {
        const char *name = *text == '&' ? "&amp;" : *text == '<' ? "&lt;" : *text == '>' ? "&gt;"
                           : *text == '"' ? "&quot;" : NULL;
        if (name)
            text_put(out, name);
        else
            text_char(out, *text);
    }
}

static void put_label(Job *job, void put(const Circuit *, uint32_t, Text *), const Circuit *c,
                      uint32_t step, Text *out)
{
    Text text = text_new(job->ctx);
    text_put(&text, "");
    put(c, step, &text);
    put_escaped(text.at, out);
    text_free(&text);
}

static void put_plain_name(const Circuit *c, uint32_t step, Text *out)
{
    put_step_name(c, NOTATION_TEXT, step, out);
}

static void put_node(const Circuit *c, uint32_t step, Text *out)
{
    const Gate *s = &c->steps.at[step];
    const bool round = s->kind == STEP_OPERATION || s->kind == STEP_CALL;
    text_printf(out, "    s%u [shape=%s, label=<", (unsigned)step,
                s->kind == STEP_ARGUMENT ? "plaintext" : round ? "circle" : "box, style=rounded");
    put_label(c->job, s->kind == STEP_ARGUMENT ? put_plain_name : put_gate, c, step, out);
    text_put(out, ">];\n");
}

/* The name of a definition, its value, and the gradient, one below the other. */
static void put_wire(const Derivation *d, uint32_t from, const Edge *edge, Text *out)
{
    const Circuit *c = d->circuit;
    Text value = text_new(c->job->ctx), bar = text_new(c->job->ctx);
    text_put(&value, "");
    text_put(&bar, "");
    const Gate *s = &c->steps.at[from];
    if (s->kind != STEP_ARGUMENT && s->model)
        put_label(c->job, put_plain_name, c, from, out);
    if (d->point && put_step_number(d, from, &value))
        text_printf(out, "%s<font color=\"darkgreen\">%s</font>",
                    s->kind != STEP_ARGUMENT && s->model ? "<br/>" : "", value.at);
    if (d->point && (edge ? put_edge_number(d, edge, false, &bar) : put_bar_number(d, from, &bar)))
        text_printf(out, "<br/><font color=\"red\">%s</font>", bar.at);
    text_free(&value);
    text_free(&bar);
}

static const Edge *edge_between(const Derivation *d, uint32_t from, uint32_t to)
{
    for (uint32_t k = 0; k < d->edges.count; k++)
        if (d->edges.at[k].from == from && d->edges.at[k].to == to)
            return &d->edges.at[k];
    return NULL;
}

static void put_edge(const Derivation *d, uint32_t from, uint32_t to, Text *out)
{
    text_printf(out, "    s%u -> s%u [label=<", (unsigned)from, (unsigned)to);
    const size_t start = out->len;
    put_wire(d, from, edge_between(d, from, to), out);
    if (out->len == start)
        text_char(out, ' ');
    text_put(out, ">];\n");
}

static void put_output(const Derivation *d, uint32_t i, Text *out)
{
    const Circuit *c = d->circuit;
    const uint32_t step = c->outputs.at[i];
    text_printf(out, "    o%u [shape=plaintext, label=<", (unsigned)i);
    put_label(c->job, put_plain_name, c, step, out);
    text_printf(out, ">];\n    s%u -> o%u [label=<", (unsigned)step, (unsigned)i);
    const size_t start = out->len;
    Text text = text_new(c->job->ctx);
    text_put(&text, "");
    if (d->point && put_step_number(d, step, &text))
        text_printf(out, "<font color=\"darkgreen\">%s</font>", text.at);
    text.len = 0;
    if (d->point && d->output == step && put_bar_number(d, step, &text))
        text_printf(out, "<br/><font color=\"red\">%s</font>", text.at);
    if (out->len == start)
        text_char(out, ' ');
    text_put(out, ">];\n");
    text_free(&text);
}

/* Gradients are those of the first output. */
void emit_dot(Job *job, Text *out)
{
    Circuit *c = circuit_new(job);
    Derivation *d = derivation_new(c, job->point, job->point_count);
    derivation_of(d, 0);
    text_printf(out, "/* %s by bpgen %s", job->source, BPGEN_VERSION);
    text_put(out, job->point ? ": values green, gradients of " : "");
    if (job->point)
        put_plain_name(c, d->output, out);
    text_printf(out, "%s */\ndigraph \"%s\" {\n    rankdir=LR;\n    node [fontsize=12];\n"
                "    edge [fontsize=10];\n", job->point ? " red" : "", job->prefix);
    for (uint32_t i = 0; i < c->steps.count; i++)
        put_node(c, i, out);
    for (uint32_t i = 0; i < c->steps.count; i++)
        for (uint32_t k = 0; k < c->steps.at[i].operands.count; k++)
            put_edge(d, c->steps.at[i].operands.at[k], i, out);
    for (uint32_t i = 0; i < c->outputs.count; i++)
        put_output(d, i, out);
    text_put(out, "}\n");
    derivation_free(d);
    circuit_free(c);
}
