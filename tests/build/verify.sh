# In continuous integration: is the C that was committed the C of the model?

project verify
source=$WORK/verify/models
committed() {
    bpgen --verify --with=gradient -o "$source/product_grad.c" "$source/product.expr"
}
bpgen --with=gradient -o "$source/product_grad.c" "$source/product.expr"
must 'verify: up to date' committed
sed -i 's/f = .*/f = (x + y)*z*2/' "$source/product.expr"
before=$(md5sum "$source/product_grad.c")
committed >"$log" 2>&1 </dev/null
judge 'verify: stale' $(($? != 1))
prints 'verify: writes nothing' "$before" md5sum "$source/product_grad.c"
rm "$source/product_grad.c"
committed >"$log" 2>&1 </dev/null
judge 'verify: not there' $(($? != 1))
