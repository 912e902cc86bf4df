# The recipe for Meson, which the cookbook shows: a generator and targets.

project meson
source=$WORK/meson
must 'Meson: setup' meson setup "$source/build" "$source"
must 'Meson: build' ninja -C "$source/build"
prints 'Meson: run' $'product -12 -4 -4 3\nspring 18 12' "$source/build/consumer"
makes 'Meson: nothing to do' "$source/build" '' ninja -C "$source/build"
sed -i 's/f = .*/f = (x + y)*z*2/' "$source/models/product.expr"
makes 'Meson: a model changed' "$source/build" \
    'consumer main.o product_grad.c product_grad.h product_grad.o' ninja -C "$source/build"
echo 'const k = 5' >"$source/models/parts/stiffness.expr"
makes 'Meson: an included file changed' "$source/build" 'consumer spring_grad.c spring_grad.o' \
    ninja -C "$source/build"
prints 'Meson: changed, run' $'product -24 -8 -8 6\nspring 22.5 15' "$source/build/consumer"
touch "$source"/models/*.expr
makes 'Meson: models touched' "$source/build" '' ninja -C "$source/build"
makes 'Meson: nothing to do, again' "$source/build" '' ninja -C "$source/build"
