/* 两个苹果、三个橙子：总价及其对各输入的导数。 */
#include "till_grad.h"

#include "../beside.h"

int main(void)
{
    double total, apple_price_bar, apples_bar, orange_price_bar, oranges_bar, tax_bar;

    till_gradient(10, 2, 15, 3, 1.1, &total, &apple_price_bar, &apples_bar, &orange_price_bar,
                  &oranges_bar, &tax_bar);

    beside_title("苹果两个，单价 10；橙子三个，单价 15；税率 1.1");
    beside(total, 71.5, 1e-12, "总价");
    beside(apple_price_bar, 2.2, 1e-12, "总价对苹果单价的导数");
    beside(apples_bar, 11, 1e-12, "总价对苹果个数的导数");
    beside(orange_price_bar, 3.3, 1e-12, "总价对橙子单价的导数");
    beside(oranges_bar, 16.5, 1e-12, "总价对橙子个数的导数");
    beside(tax_bar, 65, 1e-12, "总价对税率的导数");
    return beside_failed;
}
