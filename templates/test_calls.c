
/* ---- calls by flat arrays of double */

static void to_real(real *to, const double *from, int count)
{
    for (int i = 0; i < count; i++)
        to[i] = (real)from[i];
}

static void from_real(double *to, const real *from, int count)
{
    for (int i = 0; i < count; i++)
        to[i] = (double)from[i];
}
