/* The price of a call and its Greeks, as derived by bpgen, beside the closed formulas. */
#include "call_grad.h"

#include "../beside.h"

/* The normal distribution function and its density. */
static double normal(double x) { return erfc(-x/sqrt(2.0))/2; }
static double density(double x) { return exp(-x*x/2)/sqrt(8*atan(1.0)); }

int main(void)
{
    const double S = 100, sigma = 0.2, T = 1, r = 0.05, K = 100;
    double C, delta, gamma, vega, theta, rho;

    call_value(S, sigma, T, r, K, &C, &delta, &gamma, &vega, &theta, &rho);

    const double d1 = (log(S/K) + (r + sigma*sigma/2)*T)/(sigma*sqrt(T));
    const double d2 = d1 - sigma*sqrt(T);
    const double discount = exp(-r*T);

    beside_title("S = K = 100, sigma = 0.2, T = 1, r = 0.05");
    beside(C, S*normal(d1) - K*discount*normal(d2), 1e-12, "C");
    beside(delta, normal(d1), 1e-12, "delta = N(d1)");
    beside(gamma, density(d1)/(S*sigma*sqrt(T)), 1e-12, "gamma = n(d1)/(S sigma sqrt(T))");
    beside(vega, S*density(d1)*sqrt(T), 1e-12, "vega = S n(d1) sqrt(T)");
    beside(theta, -S*density(d1)*sigma/(2*sqrt(T)) - r*K*discount*normal(d2), 1e-12,
           "theta = -S n(d1) sigma/(2 sqrt(T)) - r K exp(-rT) N(d2)");
    beside(rho, K*T*discount*normal(d2), 1e-12, "rho = K T exp(-rT) N(d2)");
    return beside_failed;
}
