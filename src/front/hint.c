/* An element that is read in, a hint out: how the model can say that it is computed before. */
#include "front/front.h"

static const AstNode *node(const Shaping *s, AstId id) { return &s->unit->ast->nodes.at[id]; }

static AstId listed(const Shaping *s, uint32_t place) { return s->unit->ast->list.at[place]; }

const char *hint_text(const Shaping *s, AstId id)
{
    return name_text(s->ctx, ast_line(s->ctx, s->unit->ast, node(s, id)->span));
}

/* The first tree node of an entry of an index array in a subscript; 0 if there is none. */
static AstId entry_in(const Shaping *s, AstId item)
{
    for (AstId id = node(s, item)->first; id <= item; id++) {
        const AstNode *n = node(s, id);
        if (n->kind == AST_SUBSCRIPT && n->resolution == RES_ENTITY &&
            s->unit->entities.at[n->target].kind == ENTITY_INDEX)
            return id;
    }
    return 0;
}

bool hint_entry(Shaping *s, const Equation *reader, AstId id)
{
    const AstNode *read = node(s, id);
    for (uint32_t k = 0; read->kind == AST_SUBSCRIPT && k < read->b && k < reader->count; k++) {
        const AstId entry = entry_in(s, listed(s, read->a + k)),
                    at = ast_rangeless(s->unit->ast, listed(s, reader->items + k));
        if (!entry)
            continue;
        const bool plain = node(s, at)->kind == AST_NAME;
        const char *open = plain ? "" : "(", *close = plain ? "" : ")";
        const char *is = hint_text(s, entry), *here = hint_text(s, at);
        diag_hint(s->ctx, "an entry of an index array may be any: where %s < %s holds, or at "
                          "min(%s, %s%s%s - 1), the element comes before; where %s > %s, or at "
                          "max(%s, %s%s%s + 1), behind", is, here, is, open, here, close,
                  is, here, is, open, here, close);
        return true;
    }
    return false;
}
