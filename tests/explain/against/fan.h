void fan_good(double x, double y, double *gx, double *gy);
void fan_sin(double x, double y, double *gx, double *gy);
void fan_square(double x, double y, double *gx, double *gy);
void fan_direct(double x, double y, double *gx, double *gy);
void fan_twice(double x, double y, double *gx, double *gy);
