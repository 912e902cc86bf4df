/* memory: the numbers of GMP and MPFR are allocated in the run's context, too. So memory that runs
 * out within their functions ends the run as it does elsewhere, and nothing is lost when ctx_fatal
 * jumps over the frames that would have cleared numbers.
 *
 * GMP's manual leaves open what holds after its functions were left by a jump. What is done with
 * numbers then is to free them; the tests let each of these allocations fail. */
#include <gmp.h>
#include <stdlib.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

#include "cli/cli.h"

/* These functions are the process's, and are handed no object of their user's. */
static Ctx *owner;

static void *number_allocate(size_t size)
{
    return ctx_resize(owner, NULL, size);
}

static void *number_resize(void *number, size_t old, size_t size)
{
    (void)old;
    return ctx_resize(owner, number, size);
}

static void number_free(void *number, size_t size)
{
    (void)size;
    ctx_resize(owner, number, 0);
}

void memory_own(Ctx *ctx)
{
    owner = ctx;
#ifdef __GLIBC__
    /* Large arrays come from the system and go back there. Left to itself, glibc raises the limit
     * to 32 MB when it sees the first ones go, keeps those that follow, and clears by hand what the
     * system would have cleared where it is touched. */
    mallopt(M_MMAP_THRESHOLD, LARGE_BLOCK);
#endif
    if (ctx)
        mp_set_memory_functions(number_allocate, number_resize, number_free);
    else
        mp_set_memory_functions(NULL, NULL, NULL);
}
