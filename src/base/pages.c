/* pages: large blocks of memory in the system's large pages.
 *
 * In: a block that malloc or realloc gave. Out: the system's leave to put pages of 2 MB under it in
 * place of 512 of 4 kB. Arrays as long as a graph are filled from one end to the other, and most of
 * what the system does for a large model is to find a page each time that one is touched first.
 *
 * The idea: advice that changes no result. It must hold for the whole of what the block's memory
 * was mapped as: a mapping that is advised in part is two, and realloc can move only one.
 */
#define _GNU_SOURCE /* madvise, malloc_usable_size */
#include "base/base.h"

#ifdef __linux__
#include <malloc.h>
#include <sys/mman.h>
#include <unistd.h>

void pages_advise(void *block, size_t size)
{
    if (size < LARGE_BLOCK)
        return;
    uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
    uintptr_t first = (uintptr_t)block / page * page;
    uintptr_t end = ((uintptr_t)block + malloc_usable_size(block) + page - 1) / page * page;
    (void)madvise((void *)first, end - first, MADV_HUGEPAGE); /* refused: smaller pages */
}
#else
void pages_advise(void *block, size_t size)
{
    (void)block;
    (void)size;
}
#endif
