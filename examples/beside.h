/* beside: a result is printed beside the number that the hand derivation has for it. */
#ifndef BESIDE_H
#define BESIDE_H

#include <math.h>
#include <stdio.h>

static int beside_failed;  /* how many results disagreed; the program's exit status */

static inline void beside_title(const char *text)
{
    printf("%14s %14s   %s\n", "bpgen", "by hand", text);
}

/* They agree if they differ by no more than `tolerance`. */
static inline void beside(double result, double hand, double tolerance, const char *name)
{
    int agree = fabs(result - hand) <= tolerance;
    printf("%14.8g %14.8g   %s%s\n", result, hand, name, agree ? "" : "   DISAGREES");
    beside_failed |= !agree;
}

/* A statement about the results, and whether it is so. */
static inline void beside_true(int so, const char *statement)
{
    printf("%s: %s\n", statement, so ? "yes" : "NO");
    beside_failed |= !so;
}

#endif
