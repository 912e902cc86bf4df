/* Assertions within long loops: what holds costs nothing. Check's own write down each place they
 * pass, and in one process (CK_FORK=no, as under the sanitizers) all are read again for each test:
 * millions of them take minutes. */
#ifndef BPGEN_TESTS_EACH_H
#define BPGEN_TESTS_EACH_H

#include <check.h>

#define each_assert(holds) ((holds) ? (void)0 : ck_abort_msg("not so: %s", #holds))
#define each_assert_msg(holds, ...) ((holds) ? (void)0 : ck_abort_msg(__VA_ARGS__))

#endif
