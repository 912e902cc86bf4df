#include <stddef.h>

#define LAYER(NAME) \
    void NAME(size_t n, size_t d, size_t q, const double *W, const double *b, const double *X, \
              const double *Y, double lambda, const int *pick, double *L, double *gW, double *gb)

void layer_good(size_t n, size_t d, size_t q, const double *W, const double *b, const double *X,
                const double *Y, double lambda, const int *pick, double *L, double *gW, double *gb);
void layer_transposed(size_t n, size_t d, size_t q, const double *W, const double *b, const double *X,
                      const double *Y, double lambda, const int *pick, double *L, double *gW,
                      double *gb);
void layer_columns(size_t n, size_t d, size_t q, const double *W, const double *b, const double *X,
                   const double *Y, double lambda, const int *pick, double *L, double *gW, double *gb);
void layer_decay(size_t n, size_t d, size_t q, const double *W, const double *b, const double *X,
                 const double *Y, double lambda, const int *pick, double *L, double *gW, double *gb);
void layer_batch(size_t n, size_t d, size_t q, const double *W, const double *b, const double *X,
                 const double *Y, double lambda, const int *pick, double *L, double *gW, double *gb);
void layer_minus(size_t n, size_t d, size_t q, const double *W, const double *b, const double *X,
                 const double *Y, double lambda, const int *pick, double *L, double *gW, double *gb);
void layer_added(size_t n, size_t d, size_t q, const double *W, const double *b, const double *X,
                 const double *Y, double lambda, const int *pick, double *L, double *gW, double *gb);
void layer_inner(size_t n, size_t d, size_t q, const double *W, const double *b, const double *X,
                 const double *Y, double lambda, const int *pick, double *L, double *gW, double *gb);
void layer_long(size_t n, size_t d, size_t q, const double *W, const double *b, const double *X,
                const double *Y, double lambda, const long *pick, double *L, double *gW, double *gb);
