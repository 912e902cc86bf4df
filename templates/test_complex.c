
/* ---- complex steps */

#if !defined __STDC_NO_COMPLEX__ && !defined __TINYC__
#include <tgmath.h>
#undef I /* may be a name of the model's */
