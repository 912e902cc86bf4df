/* Bytes in: a model. If its first line is that of a golden test, `# bpgen OPTIONS FILE`, these are
 * the options. */
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"

/* Options by which files other than the model's would be read or written. */
static bool is_about_files(const char *word)
{
    return word[0] != '-' || word[1] == 'o' || word[1] == 'M' || !strncmp(word, "--at=@", 6) ||
           !strncmp(word, "--against", 9);
}

/* The words of a line as a shell would see them if it knew only ' '. */
static void add_words(Command *command, char *line)
{
    char *from = line;
    while (*from) {
        char *to = from, *word = from;
        bool quoted = false;
        for (; *from && (quoted || *from != ' '); from++) {
            if (*from == '\'')
                quoted = !quoted;
            else
                *to++ = *from;
        }
        bool end = !*from;
        *to = 0;
        if (!is_about_files(word))
            command_add(command, word);
        if (end)
            return;
        from++;
    }
}

void command_make(Command *command, const uint8_t *bytes, size_t size)
{
    static const char mark[] = "# bpgen ";
    static char *line;
    const char *text = (const char *)bytes;
    const char *end = memchr(text, '\n', size);
    free(line);
    line = NULL;
    command->model = text;
    command->length = size;
    if (!end || strncmp(text, mark, sizeof mark - 1))
        return;
    line = strndup(text + sizeof mark - 1, (size_t)(end - text) - (sizeof mark - 1));
    if (!line)
        abort();
    add_words(command, line);
}
