/* What models.awk makes of a model's generated functions: one type for all, with packed arguments. */
#ifndef DRIVER_H
#define DRIVER_H

typedef struct Model {
    int line;                /* of the table that it stands in */
    int inputs, outputs;
    const char *input_names; /* as in C, a space behind each */
    const char *output_names;
    void (*value)(const double *in, double *out);
    void (*forward)(const double *in, const double *in_dot, double *out, double *out_dot);
    void (*reverse)(const double *in, const double *out_bar, double *out, double *in_bar);
    void (*gradient)(const double *in, double *out, double *in_bar); /* NULL for several outputs */
} Model;

/* All, in the order of their lines; NULL behind the last. */
extern const Model *const models[];

#endif
