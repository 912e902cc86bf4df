/* A network with a long short-term memory learns a poem by heart and says it. */
#include "lstm_grad.h"

#include "../beside.h"
#include "../descent.h"
#include "text.h"

enum { T = sizeof text - 2, UNITS = 24, CHARS_MAX = 64, UNKNOWNS_MAX = 16384 };

static char alphabet[CHARS_MAX]; /* the characters of the text */
static size_t q;

typedef struct Net {
    size_t steps, n;
    int at[T + 1];  /* the text by numbers of characters */
    double zero[UNITS], *work;
} Net;

/* Where the unknowns are: W, U, b, V, d one behind the other. */
typedef struct Parts {
    size_t U, b, V, d, all;
} Parts;

static Parts parts_of(size_t n)
{
    Parts p;
    p.U = 4*n*q;
    p.b = p.U + 4*n*n;
    p.V = p.b + 4*n;
    p.d = p.V + q*n;
    p.all = p.d + q;
    return p;
}

static int number_of(char c)
{
    char *at = memchr(alphabet, c, q);
    if (!at) {
        at = &alphabet[q++];
        *at = c;
    }
    return (int)(at - alphabet);
}

static double objective(const double *u, double *g, void *data)
{
    const Net *net = data;
    const Parts p = parts_of(net->n);
    double L;

    lstm_gradient(net->steps, q, net->n, u, u + p.U, u + p.b, u + p.V, u + p.d, net->zero,
                  net->zero, net->at, &L, g, g + p.U, g + p.b, g + p.V, g + p.d, net->work);
    return L;
}

/* ---- by hand: one character after the other */

static double sigmoid(double x) { return 1/(1 + exp(-x)); }

/* Units and memory behind one more character; the scores of the next one. */
static void step(const double *u, size_t n, int c, double *h, double *memory, double *y)
{
    const Parts p = parts_of(n);
    double z[4][UNITS];

    for (size_t s = 0; s < 4; s++)
        for (size_t j = 0; j < n; j++) {
            z[s][j] = u[(s*n + j)*q + (size_t)c] + u[p.b + s*n + j];
            for (size_t k = 0; k < n; k++)
                z[s][j] += u[p.U + (s*n + j)*n + k]*h[k];
        }
    for (size_t j = 0; j < n; j++) {
        memory[j] = sigmoid(z[1][j] + 1)*memory[j] + sigmoid(z[0][j])*tanh(z[3][j]);
        h[j] = sigmoid(z[2][j])*tanh(memory[j]);
    }
    for (size_t k = 0; k < q; k++) {
        y[k] = u[p.d + k];
        for (size_t j = 0; j < n; j++)
            y[k] += u[p.V + k*n + j]*h[j];
    }
}

static double by_hand(const double *u, const Net *net)
{
    double h[UNITS] = {0}, memory[UNITS] = {0}, y[CHARS_MAX], L = 0;
    for (size_t t = 0; t < net->steps; t++) {
        double sum = 0;
        step(u, net->n, net->at[t], h, memory, y);
        for (size_t k = 0; k < q; k++)
            sum += exp(y[k]);
        L += log(sum) - y[net->at[t + 1]];
    }
    return L/(double)net->steps;
}

/* What it has learnt, each character the likeliest behind those before; is it the text? */
static int recite(const double *u, size_t n, char *said)
{
    double h[UNITS] = {0}, memory[UNITS] = {0}, y[CHARS_MAX];
    int c = number_of(text[0]);
    said[0] = text[0];
    for (int t = 0; t < T; t++) {
        size_t best = 0;
        step(u, n, c, h, memory, y);
        for (size_t k = 1; k < q; k++)
            best = y[k] > y[best] ? k : best;
        c = (int)best;
        said[t + 1] = alphabet[best];
    }
    return !memcmp(said, text, T + 1);
}

/* Small numbers, of any sign, the same everywhere. */
static void scatter(double *u, size_t count)
{
    unsigned long state = 1;
    for (size_t i = 0; i < count; i++) {
        state = (state*1103515245ul + 12345ul)%2147483648ul;
        u[i] = ((double)state/2147483648.0 - 0.5)*0.1;
    }
}

int main(void)
{
    static double u[UNKNOWNS_MAX];
    static Net net;
    static char said[T + 2];

    for (int t = 0; t <= T; t++)
        net.at[t] = number_of(text[t]);
    if (parts_of(UNITS).all > UNKNOWNS_MAX)
        return EXIT_FAILURE;
    net.work = malloc(lstm_gradient_work(T, q, UNITS)*sizeof *net.work);
    if (!net.work)
        return EXIT_FAILURE;
    scatter(u, parts_of(UNITS).all);
    net.steps = 20;
    net.n = 3;
    beside_true(descent_check(objective, &net, parts_of(net.n).all, u) < 1e-8,
                "the gradient is that of differences");
    net.steps = T;
    net.n = UNITS;
    double *g = malloc(parts_of(UNITS).all*sizeof *g);
    if (!g)
        return EXIT_FAILURE;
    beside_title("");
    beside(objective(u, g, &net), by_hand(u, &net), 1e-12, "loss of a character, before");
    int rounds = 0;
    double L;
    do {
        L = descent(objective, &net, parts_of(UNITS).all, u, 1e-6, 200);
    } while (!recite(u, UNITS, said) && ++rounds < 20);
    beside_true(fabs(L - by_hand(u, &net)) < 1e-10, "the same behind training");
    printf("\n%s\n", said);
    beside_true(!strcmp(said, text), "by heart");
    free(g);
    free(net.work);
    return beside_failed;
}
