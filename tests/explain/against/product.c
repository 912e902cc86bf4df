#include "product.h"

#define WITHOUT(NAME, X, Y, Z) \
    void NAME(double x, double y, double z, double *gx, double *gy, double *gz) \
    { \
        *gx = X; \
        *gy = Y; \
        *gz = Z; \
    }

void good(double x, double y, double z, double *f, double *gx, double *gy, double *gz)
{
    *f = (x + y)*z;
    *gx = *gy = z;
    *gz = x + y;
}

double returns(double x, double y, double z, double *gx, double *gy, double *gz)
{
    *gx = *gy = z;
    *gz = x + y;
    return (x + y)*z;
}

WITHOUT(bare, z, z, x + y)
WITHOUT(minus, z, -z, x + y)
WITHOUT(halved, z/2, z, x + y)
WITHOUT(doubled, z, z, 2*(x + y))
WITHOUT(added, z, z, *gz + x + y)
WITHOUT(other, z, x + y, x + y)

void unwritten(double x, double y, double z, double *gx, double *gy, double *gz)
{
    (void)gx;
    *gy = z;
    *gz = x + y;
}

void order(double x, double z, double y, double *gx, double *gz, double *gy)
{
    *gx = *gy = z;
    *gz = x + y;
}

void mixed(double x, double y, double z, double *gz, double *gy, double *gx)
{
    *gx = *gy = z;
    *gz = x + y;
}

void value(double x, double y, double z, double *f, double *gx, double *gy, double *gz)
{
    *f = x + y*z;
    *gx = *gy = z;
    *gz = x + y;
}
