/* Files in: each is run once, or, behind -p, printed as the command and model it stands for. */
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"

static uint8_t *read_all(const char *path, size_t *size)
{
    FILE *file = fopen(path, "rb");
    if (!file || fseek(file, 0, SEEK_END)) {
        perror(path);
        exit(2);
    }
    *size = (size_t)ftell(file);
    rewind(file);
    uint8_t *bytes = malloc(*size + 1);
    if (!bytes || fread(bytes, 1, *size, file) != *size)
        exit(2);
    fclose(file);
    return bytes;
}

/* All are read before the first is run: that one changes the folder. */
int main(int argc, char **argv)
{
    bool print = argc > 1 && !strcmp(argv[1], "-p");
    int first = print ? 2 : 1;
    size_t *sizes = calloc((size_t)argc, sizeof *sizes);
    uint8_t **files = calloc((size_t)argc, sizeof *files);
    if (!sizes || !files)
        return 2;
    for (int i = first; i < argc; i++)
        files[i] = read_all(argv[i], &sizes[i]);
    for (int i = first; i < argc; i++) {
        Command command = {0};
        command_make(&command, files[i], sizes[i]);
        if (print)
            command_print(&command, stdout);
        else
            command_run(&command);
        free(files[i]);
    }
    free(files);
    free(sizes);
    return 0;
}
