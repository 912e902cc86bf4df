/* A model and its oracle, which the suites of the oracle ask: included by each once. */
#include <check.h>
#include <string.h>

#include "checked.h"
#include "oracle/oracle.h"

static Ctx *ctx;
static Unit *unit;
static Oracle *oracle;

static void setup(void)
{
    ctx = ctx_new();
    ck_assert_ptr_nonnull(ctx);
}

static void teardown(void)
{
    ctx_free(ctx);
}

/* ---- models ----------------------------------------------------------------------------- */

static void model(const char *text)
{
    unit = checked(ctx, text);
    if (diag_errors(ctx)) {
        Text messages = text_new(ctx);
        diag_print(ctx, &messages, false);
        ck_abort_msg("%s", messages.at);
    }
    oracle = oracle_new(ctx, unit);
}

static uint32_t entity(const char *name)
{
    int64_t found = unit_find(unit, name_of(ctx, name));
    ck_assert_msg(found >= 0, "no %s in the model", name);
    return (uint32_t)found;
}
