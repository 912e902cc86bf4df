/* Bytes in: a byte that chooses a model, then the words of a command line, each ended by a
 * newline. */
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"

static const char *const models[] = {
    "f = (x + y)*z\n",
    ("dim n, m = 3\ninput w[n, m], b\nparam a[m], c\nindex k[n] < m\n"
     "z[i] = sum[j](w[i,j]*a[j]) + b*a[k[i]]\nL = logsumexp[i](c*z[i])\ncheck diff(L, c) == L\n"),
    "input h0, u[4]\nh[0] = h0\nh[t+1 in 1..5] = tanh(h[t] + u[t])\nf = h[4]\n",
    "input x\nconst c = 2\np = max(x, c)\nq = sqrt(x)*p\noutput p, q, x\n",
    "f = g(x\n",
    "",
};

/* Options by which files elsewhere would be read or written. */
static bool is_elsewhere(const char *word)
{
    return (!strncmp(word, "-o", 2) || !strncmp(word, "-M", 2) || strchr(word, '/')) != 0;
}

void command_make(Command *command, const uint8_t *bytes, size_t size)
{
    static char *words;
    free(words);
    words = calloc(size + 1, 1);
    if (!words)
        abort();
    command->model = models[size ? bytes[0] % (sizeof models / sizeof *models) : 0];
    command->length = strlen(command->model);
    if (size > 1)
        memcpy(words, bytes + 1, size - 1);
    char *next;
    for (char *word = words; *word; word = next) {
        next = word + strcspn(word, "\n");
        if (*next)
            *next++ = 0;
        if (!is_elsewhere(word))
            command_add(command, word);
    }
}
