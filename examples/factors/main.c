/* A matrix of rank 2 of which half of the entries are known; the others are found. */
#include "factors_grad.h"

#include "../beside.h"
#include "../descent.h"

enum { ROWS = 20, COLUMNS = 15, RANK = 2, ENTRIES = ROWS*COLUMNS,
       UNKNOWNS = (ROWS + COLUMNS)*RANK };

/* Numbers between -1 and 1, the same everywhere. */
static double random_number(unsigned long *state)
{
    *state = (*state*1103515245ul + 12345ul)%2147483648ul;
    return (double)*state/1073741824.0 - 1;
}

typedef struct Matrix {
    double all[ENTRIES];                /* what should be found */
    size_t known;                       /* how many entries are known; these: */
    int row[ENTRIES], column[ENTRIES];
    double value[ENTRIES];
} Matrix;

static void make_matrix(Matrix *a, unsigned long *state)
{
    double u[ROWS*RANK], v[COLUMNS*RANK];

    for (int i = 0; i < ROWS*RANK; i++)
        u[i] = random_number(state);
    for (int j = 0; j < COLUMNS*RANK; j++)
        v[j] = random_number(state);
    for (int i = 0; i < ROWS; i++)
        for (int j = 0; j < COLUMNS; j++) {
            double *entry = &a->all[i*COLUMNS + j];
            for (int k = 0; k < RANK; k++)
                *entry += u[i*RANK + k]*v[j*RANK + k];
            if (random_number(state) < 0) {
                a->row[a->known] = i;
                a->column[a->known] = j;
                a->value[a->known++] = *entry;
            }
        }
}

static double objective(const double *w, double *g, void *data)
{
    const size_t v = ROWS*RANK;  /* where V begins, behind U */
    const double lambda = 1e-8;
    Matrix *a = data;
    double J;

    factors_gradient(ROWS, COLUMNS, RANK, a->known, w, w + v, a->row, a->column, a->value, lambda,
                     &J, g, g + v);
    return J;
}

/* The greatest error of an entry, known or not. */
static double greatest_error(const Matrix *a, const double *w)
{
    const double *u = w, *v = w + ROWS*RANK;
    double worst = 0;
    for (int i = 0; i < ROWS; i++)
        for (int j = 0; j < COLUMNS; j++) {
            double entry = 0;
            for (int k = 0; k < RANK; k++)
                entry += u[i*RANK + k]*v[j*RANK + k];
            worst = fmax(worst, fabs(entry - a->all[i*COLUMNS + j]));
        }
    return worst;
}

int main(void)
{
    static Matrix a;
    unsigned long state = 1;
    double w[UNKNOWNS];

    make_matrix(&a, &state);
    for (int i = 0; i < UNKNOWNS; i++)
        w[i] = random_number(&state);
    printf("%d rows, %d columns, %d of %d entries known\n", ROWS, COLUMNS, (int)a.known, ENTRIES);
    beside_true(descent_check(objective, &a, UNKNOWNS, w) < 1e-8,
                "the gradient is that of differences");
    printf("\ngreatest error of an entry: %.2f before\n", greatest_error(&a, w));
    descent(objective, &a, UNKNOWNS, w, 1e-11, 2000);
    beside_true(greatest_error(&a, w) < 1e-5, "less than 0.00001 afterwards, known or not");
    return beside_failed;
}
