#include <math.h>

#include "fan.h"

/* Each path times how often it is taken. */
static void all(double x, double y, double *gx, double *gy, const double *times)
{
    const double q = x*y;
    const double q_bar = times[0]*cos(q) + times[1]*2*q*x + times[2]*exp(q/4)/4;
    *gx = q_bar*y + times[3]*q*q;
    *gy = q_bar*x;
}

#define FAN(NAME, ...) \
    void NAME(double x, double y, double *gx, double *gy) \
    { \
        static const double times[] = {__VA_ARGS__}; \
        all(x, y, gx, gy, times); \
    }

FAN(fan_good, 1, 1, 1, 1)
FAN(fan_sin, 0, 1, 1, 1)
FAN(fan_square, 1, 0, 1, 1)
FAN(fan_direct, 1, 1, 1, 0)
FAN(fan_twice, 1, 1, 2, 1)
