# The pattern rules of bpgen.mk, for models in a folder of their own.

project make
source=$WORK/make
must 'Make: build' make -C "$source"
prints 'Make: run' $'product -12 -4 -4 3\nspring 18 12' "$source/consumer"
makes 'Make: nothing to do' "$source" '' make -C "$source"
sed -i 's/f = .*/f = (x + y)*z*2/' "$source/models/product.expr"
makes 'Make: a model changed' "$source" \
    'consumer main.o product_grad.c product_grad.h product_grad.o' make -C "$source"
echo 'const k = 5' >"$source/models/parts/stiffness.expr"
makes 'Make: an included file changed' "$source" \
    'consumer main.o spring_grad.c spring_grad.h spring_grad.o' make -C "$source"
prints 'Make: changed, run' $'product -24 -8 -8 6\nspring 22.5 15' "$source/consumer"
makes 'Make: nothing to do, again' "$source" '' make -C "$source"
sed -i '/include/d; s/k\*/3*/' "$source/models/spring.expr"
rm "$source/models/parts/stiffness.expr"
makes 'Make: an included file is gone' "$source" \
    'consumer main.o spring_grad.c spring_grad.h spring_grad.o' make -C "$source"
echo 'f = (x + y' >"$source/models/product.expr"
refuses 'Make: a wrong model' 'product.expr:1:' make -C "$source"

# Beside the Makefile, and the Makefile's own goal.
mkdir -p "$WORK/flat"
echo 'f = x^2' >"$WORK/flat/square.expr"
printf 'include %s\nall: square_grad.h\n\t@echo goal\n' "$share/bpgen/bpgen.mk" \
    >"$WORK/flat/Makefile"
must 'Make: beside the Makefile' make -C "$WORK/flat" square_grad.c
prints 'Make: the first goal is the own one' goal make -s -C "$WORK/flat"
