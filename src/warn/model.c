/* A lowered model in, all warnings of it out. What is lowered for that is forgotten again, so that
 * what is generated is the same with warnings and without. */
#include "warn/warn.h"

static bool is_wanted(Ctx *ctx)
{
    static const char *const names[] = {"singular", "maybe-singular", "zero-gradient",
                                        "unused-input", "unused-definition", "unused-param"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (diag_wanted(ctx, names[i]))
            return true;
    return false;
}

void warn_model(Model *m)
{
    Graph *g = m->graph;
    U32Vec outputs = {0}, assumptions = {0};
    Reach reach;
    if (!is_wanted(m->ctx))
        return;
    const uint32_t mark = graph_mark(g);
    lower_assumptions(m, true, &assumptions);
    for (uint32_t i = 0; i < m->unit->outputs.count; i++)
        *vec_push(m->ctx, &outputs) = m->nodes.at[m->unit->outputs.at[i]];
    reach_begin(&reach, g, outputs.at, outputs.count);
    warn_useless(m, &reach);
    if (diag_wanted(m->ctx, "singular") || diag_wanted(m->ctx, "maybe-singular"))
        warn_singular(m, &reach, assumptions.at, assumptions.count);
    reach_end(&reach);
    vec_free(m->ctx, &outputs);
    vec_free(m->ctx, &assumptions);
    graph_release(g, mark);
}
