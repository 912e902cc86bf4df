
static real *new_work(size_t count)
{
    real *work = malloc((count + 1)*sizeof *work);
    if (!work) {
        fputs("out of memory\n", stderr);
        exit(3);
    }
    return work;
}
