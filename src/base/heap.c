/* heap: the least of the numbers at hand, again and again.
 *
 * In: numbers as they come. Out: the least. A binary heap in a list.
 */
#include "base/base.h"

void heap_push(Ctx *ctx, U32Vec *heap, uint32_t value)
{
    *vec_push(ctx, heap) = value;
    uint32_t at = heap->count - 1;
    for (; at && heap->at[(at - 1) / 2] > value; at = (at - 1) / 2)
        heap->at[at] = heap->at[(at - 1) / 2];
    heap->at[at] = value;
}

uint32_t heap_pop(U32Vec *heap)
{
    const uint32_t least = heap->at[0], value = heap->at[--heap->count];
    uint32_t at = 0;
    for (uint32_t child; (child = 2 * at + 1) < heap->count; at = child) {
        child += child + 1 < heap->count && heap->at[child + 1] < heap->at[child];
        if (heap->at[child] >= value)
            break;
        heap->at[at] = heap->at[child];
    }
    if (heap->count)
        heap->at[at] = value;
    return least;
}
