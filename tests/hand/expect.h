/* What the programs of this folder count, and say where it is wrong. */
#ifndef EXPECT_H
#define EXPECT_H

#include <math.h>
#include <stdio.h>

static int passed, failed;

/* An element, of a matrix, within some units in the last place of numbers of order 1. */
static void expect(const char *what, int row, int column, double found, double expected)
{
    int right = fabs(found - expected) <= 1e-12*fmax(1, fabs(expected));
    passed += right;
    failed += !right;
    if (!right)
        printf("%s[%d,%d] is %.17g, not %.17g\n", what, row, column, found, expected);
}

#endif
