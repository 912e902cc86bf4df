/* What stands for a value in the text: its name, or the condition that it is the arm of. Decided
 * before the order, from which conditions values are needed under. */
#include "plan/plan.h"

/* Does the value belong to another definition than its name, or to the model itself while the
 * name is that of a derivative? Then it is not known by it. */
static bool is_foreign(const Schedule *s, NodeId name, NodeId value)
{
    return node_definition(s->g, name) != node_definition(s->g, value) ||
           node_is_derived(s->g, name) > node_is_derived(s->g, value);
}

void plan_alias_named(Schedule *s)
{
    for (int weak = 0; weak < 2; weak++) {
        for (NodeId id = 1; id < s->count; id++) {
            const Node *n = node_at(s->g, id);
            if (!s->need[id] || n->op != (weak ? OP_TEMP : OP_NAME) ||
                n->free != node_at(s->g, n->a)->free)
                continue;
            Op op = node_op(s->g, n->a);
            NodeId *stands = &s->plan->alias.at[n->a];
            if (op == OP_NAME || op == OP_TEMP || op == OP_READ || node_arity(s->g, n->a) == 0 ||
                is_foreign(s, id, n->a))
                continue;
            if (*stands == n->a) {
                *stands = id;
                s->need[id] = s->need[n->a];
            } else if (weak) { /* one name is enough */
                s->plan->alias.at[id] = *stands;
            }
        }
    }
}

/* How many live nodes use each; and the name that each is the value of, if any, and not only that
 * of each element of an array of it. */
static void find_users(const Schedule *s, uint32_t *users, NodeId *name)
{
    for (NodeId id = 1; id < s->count; id++) {
        if (!s->need[id])
            continue;
        for (int i = 0; i < node_arity(s->g, id); i++)
            users[node_operand(s->g, id, i)]++;
        const Node *n = node_at(s->g, id);
        if ((n->op == OP_NAME || n->op == OP_TEMP) && n->free == node_at(s->g, n->a)->free)
            name[n->a] = id;
    }
}

/* Worth a name to stand for it, and has it none? */
static bool may_be_aliased(const Schedule *s, const uint32_t *users, NodeId arm)
{
    Op op = node_op(s->g, arm);
    return users[arm] > 1 && node_arity(s->g, arm) && op != OP_NAME && op != OP_TEMP &&
           !(op_info(op)->flags & OPF_CHEAP) && s->plan->alias.at[arm] == arm;
}

/* Is all that the condition is made of older than a node, so that it does not depend on it? */
static bool is_older(const Graph *g, NodeId condition, NodeId node, int depth)
{
    const Op op = node_op(g, condition);
    bool older = depth > 0 && (op == OP_AND || op == OP_OR || op == OP_NOT || op == OP_CONST);
    for (int i = 0; older && i < node_arity(g, condition); i++)
        older = is_older(g, node_operand(g, condition, i), node, depth - 1);
    return older || condition < node;
}

/* How many nodes are looked at before what is asked for is taken for granted. */
enum { MAX_LED = 64 };

typedef struct Led {
    NodeId seen[MAX_LED];
    uint32_t count;
} Led;

/* Looks at a node, once; false if there is no room for it. */
static bool led_to(const Schedule *s, Led *led, NodeId node)
{
    const NodeId stands = plan_stands_for(s, node);
    uint32_t known = 0;
    while (known < led->count && led->seen[known] != stands)
        known++;
    if (known == MAX_LED)
        return false;
    led->count += known == led->count;
    led->seen[known] = stands;
    return true;
}

/* Does the node lead to the value, by way of what stands for what it needs and of the condition
 * that it is computed under? What it needs is older than it, but for arms that a condition stands
 * for, of which `least` is the oldest. */
static bool may_lead_to(const Schedule *s, NodeId node, NodeId value, NodeId least)
{
    Led led = {.count = 0};
    bool room = led_to(s, &led, node);
    NodeId next;
    for (uint32_t k = 0; k < led.count && room; k++) {
        if (led.seen[k] == value)
            return true;
        if (led.seen[k] < s->count && s->need[led.seen[k]])
            room = led_to(s, &led, s->need[led.seen[k]]);
        for (uint32_t i = 0; room && (next = node_need(s->g, led.seen[k], i)); i++)
            room = next < least || led_to(s, &led, next);
    }
    return !room;
}

void plan_alias_arms(Schedule *s)
{
    NodeId least = s->count;
    uint32_t *users = array_new(s->plan->ctx, s->count, sizeof *users);
    NodeId *name = array_new(s->plan->ctx, s->count, sizeof *name);
    find_users(s, users, name);
    for (NodeId id = 1; id < s->count; id++) {
        const Node n = *node_at(s->g, id);
        if (!s->need[id] || n.op != OP_SELECT)
            continue;
        const NodeId arms[2] = {n.b, n.c};
        for (int i = 0; i < 2; i++) {
            NodeId condition = i == 0 ? n.a : build_not(s->g, n.a);
            const NodeId from = least < arms[i] ? least : arms[i];
            if (may_be_aliased(s, users, arms[i]) && !is_foreign(s, id, arms[i]) &&
                node_at(s->g, arms[i])->free == n.free &&
                is_older(s->g, s->need[id], arms[i], 16) &&
                build_and(s->g, s->need[id], condition) == s->need[arms[i]] &&
                !may_lead_to(s, n.a, arms[i], from) && !may_lead_to(s, arms[!i], arms[i], from)) {
                NodeId target = name[id] ? name[id] : id;
                s->plan->alias.at[arms[i]] = target;
                s->stated[target] = 1;
                least = from;
            }
        }
    }
    ctx_resize(s->plan->ctx, users, 0);
    ctx_resize(s->plan->ctx, name, 0);
}
