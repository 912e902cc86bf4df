/* Gradients of (x+y)*z: the first three are right, each in a convention of its own. */
#include <stddef.h>

/* Not void good(void), and // not void good(int);
 */
#define GOOD(x) \
    good((x), 1, 2)
#ifdef NEVER /* what is behind it
    counts, too */
const char *text = "good(1) \" good(2)";
static inline double use(double x)
{
    if (x > '{') { good(x, 1, 2, NULL, NULL, NULL, NULL); }
    return good (x);
}
#endif

void good(double x, double y, double z, double *f, double *gx, double *gy, double *gz);
double returns(double x, double y, double z, double *gx, double *gy, double *gz);
void bare(double x, double y, double z, double *gx, double *gy, double *gz);
void minus(double x, double y, double z, double *gx, double *gy, double *gz);
void halved(double x, double y, double z, double *gx, double *gy, double *gz);
void doubled(double x, double y, double z, double *gx, double *gy, double *gz);
void added(double x, double y, double z, double *gx, double *gy, double *gz);
void unwritten(double x, double y, double z, double *gx, double *gy, double *gz);
void order(double x, double z, double y, double *gx, double *gz, double *gy);
void mixed(double x, double y, double z, double *gz, double *gy, double *gx);
void other(double x, double y, double z, double *gx, double *gy, double *gz);
void value(double x, double y, double z, double *f, double *gx, double *gy, double *gz);
void few(double x, double y, double *gx);
void pointer(double x, const double *y, double z, double *gx, double *gy, double *gz);
void single(float x, float y, float z, float *gx, float *gy, float *gz);
#ifdef NEVER
void rows(double x, double y, double z, double gx[3][3], double **gy, double (*gz)(void));
int state(double x, double y, double z, double *gx, double *gy, double *gz);
const double *address(double x, double y, double z, double *gx, double *gy, double *gz);
double both(double x, double y, double z, double *f, double *gx, double *gy, double *gz);
void nothing(void);
double unfinished(double x,
#endif
