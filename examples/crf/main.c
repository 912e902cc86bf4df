/* Kinds of words by a conditional random field: compared with a sum over all sequences of labels,
 * trained, and asked about a sentence that it has not seen. */
#include "crf_grad.h"
#include "marginals_grad.h"

#include "../beside.h"
#include "../descent.h"
#include "words.h"

enum { Q = 5, V_MAX = 64, N_MAX = 12, U_MAX = V_MAX*Q + Q*Q + Q };

static const char *lexicon[V_MAX]; /* the words that are known, each at the head of a text */
static size_t V;

static double work[4096];

/* The number of the word that the text begins with; it becomes known if it is not. */
static int number_of(const char *text)
{
    size_t length = strcspn(text, " ");
    for (size_t i = 0; i < V; i++)
        if (strcspn(lexicon[i], " ") == length && !strncmp(lexicon[i], text, length))
            return (int)i;
    lexicon[V] = text;
    return (int)V++;
}

static size_t read_words(const char *text, int *word)
{
    size_t n = 0;
    for (; *text; text += strspn(text, " ")) {
        word[n++] = number_of(text);
        text += strcspn(text, " ");
    }
    return n;
}

static void read_kinds(const char *text, int *label)
{
    for (size_t t = 0; text[t]; t++)
        label[t] = (int)(strchr(kinds, text[t]) - kinds);
}

/* The unknowns are U, T and s, one behind the other. */
static size_t unknowns(void) { return V*Q + Q*Q + Q; }

/* Minus the logarithm of the probability of all labels, with a penalty. */
static double objective(const double *u, double *g, void *data)
{
    double *part = data, value = 0;

    memset(g, 0, unknowns()*sizeof *g);
    for (int i = 0; i < SENTENCES; i++) {
        int word[N_MAX], label[N_MAX];
        size_t n = read_words(sentences[i].words, word);
        double L;
        read_kinds(sentences[i].kinds, label);
        crf_gradient(n, V, Q, u, u + V*Q, u + V*Q + Q*Q, word, label, &L, part, part + V*Q,
                     part + V*Q + Q*Q, work);
        value -= L;
        descent_add(unknowns(), g, -1, part);
    }
    for (size_t i = 0; i < unknowns(); i++) {
        value += 0.05*u[i]*u[i];
        g[i] += 0.1*u[i];
    }
    return value;
}

/* The probabilities of the labels of each word, row by row; gives logZ. */
static double marginals(const double *u, size_t n, const int *word, double *p)
{
    double logZ;

    marginals_value(n, V, Q, u, u + V*Q, u + V*Q + Q*Q, word, p, &logZ, work);
    return logZ;
}

/* The same from all sequences of labels, one after the other. */
static double by_hand(const double *u, size_t n, const int *word, double *p)
{
    const double *T = u + V*Q, *s = T + Q*Q;
    int label[N_MAX] = {0};
    double Z = 0;

    memset(p, 0, n*Q*sizeof *p);
    for (size_t t = 0; t < n;) {
        double score = s[label[0]];
        for (t = 0; t < n; t++)
            score += u[word[t]*Q + label[t]] + (t ? T[label[t - 1]*Q + label[t]] : 0);
        Z += exp(score);
        for (t = 0; t < n; t++)
            p[t*Q + (size_t)label[t]] += exp(score);
        for (t = 0; t < n && ++label[t] == Q; t++)
            label[t] = 0;
    }
    for (size_t i = 0; i < n*Q; i++)
        p[i] /= Z;
    return log(Z);
}

static void compare(const double *u, const char *text)
{
    int word[N_MAX];
    double p[N_MAX*Q], hand[N_MAX*Q], worst = 0;
    size_t n = read_words(text, word);

    beside_title(text);
    beside(marginals(u, n, word, p), by_hand(u, n, word, hand), 1e-11, "logZ");
    for (size_t i = 0; i < n*Q; i++)
        worst = fmax(worst, fabs(p[i] - hand[i]));
    beside_true(worst < 1e-12, "the probabilities of labels are the same");
}

/* The likeliest label of each word as text; how many are right. */
static int guess(const double *u, const char *text, const char *right, char *guessed)
{
    int word[N_MAX], good = 0;
    double p[N_MAX*Q];
    size_t n = read_words(text, word);

    marginals(u, n, word, p);
    for (size_t t = 0; t < n; t++) {
        size_t best = 0;
        for (size_t k = 1; k < Q; k++)
            best = p[t*Q + k] > p[t*Q + best] ? k : best;
        guessed[t] = kinds[best];
        good += guessed[t] == right[t];
    }
    guessed[n] = 0;
    return good;
}

int main(void)
{
    static double u[U_MAX], part[U_MAX];
    int words = 0, right = 0, ignored[N_MAX];
    char guessed[N_MAX + 1];

    for (int i = 0; i < SENTENCES; i++)
        words += (int)read_words(sentences[i].words, ignored);
    if (crf_gradient_work(N_MAX, V, Q) > 4096 || marginals_value_work(N_MAX, V, Q) > 4096)
        return EXIT_FAILURE;
    for (size_t i = 0; i < unknowns(); i++)
        u[i] = sin((double)i);
    beside_true(descent_check(objective, part, unknowns(), u) < 1e-6,
                "the gradient is that of differences");
    compare(u, "they watch the old film");
    double J = descent(objective, part, unknowns(), u, 1e-8, 500);
    compare(u, "they watch the old film");

    for (int i = 0; i < SENTENCES; i++)
        right += guess(u, sentences[i].words, sentences[i].kinds, guessed);
    printf("\ntrained: J = %.6g, %d of %d words right\n", J, right, words);
    beside_true(right == words, "all that it was trained on");
    int good = guess(u, unseen, unseen_kinds, guessed);
    printf("%s: %s\n", unseen, guessed);
    beside_true(good == (int)strlen(unseen_kinds), "right about a sentence that it has not seen");
    return beside_failed;
}
