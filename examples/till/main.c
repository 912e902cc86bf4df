/* What 2 apples and 3 oranges cost, and how that depends on prices, numbers and tax. */
#include "till_grad.h"

#include "../beside.h"

int main(void)
{
    double total, apple_price_bar, apples_bar, orange_price_bar, oranges_bar, tax_bar;

    till_gradient(10, 2, 15, 3, 1.1, &total, &apple_price_bar, &apples_bar, &orange_price_bar,
                  &oranges_bar, &tax_bar);

    beside_title("2 apples at 10, 3 oranges at 15, tax 1.1");
    beside(total, 71.5, 1e-12, "total");
    beside(apple_price_bar, 2.2, 1e-12, "d total/d apple_price");
    beside(apples_bar, 11, 1e-12, "d total/d apples");
    beside(orange_price_bar, 3.3, 1e-12, "d total/d orange_price");
    beside(oranges_bar, 16.5, 1e-12, "d total/d oranges");
    beside(tax_bar, 65, 1e-12, "d total/d tax");
    return beside_failed;
}
