void two_good(double x, const double *v, double u_bar, double w_bar, double *x_bar, double *v_bar);
void two_upstream(double x, const double *v, double u_bar, double w_bar, double *x_bar, double *v_bar);
double two_returning(double x, const double *v, double u_bar, double w_bar, double *x_bar, double *v_bar);
