void if(double x, double y, double *a, double *b);
