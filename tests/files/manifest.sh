# shellcheck shell=bash disable=SC2154,SC2034
# The manifest, read by a program.

# Shapes have no other operators than + - * / % and brackets, and are right for all sizes.
case_manifest_sizes() {
    cat >m.expr <<'END'
dim n, m
input x[max(n, m) - 1], y[min(n + 3, 2*m)], z[n/2 + m%3], w[max(n - 4, 0)]
f = sum(x) + sum(y) + sum(z) + sum(w)
END
    expect 0 "$BPGEN" --emit=json --with=value m.expr
    python3 - <<'END'
import json
with open("out", encoding="utf-8") as f:
    shapes = {i["name"]: i["shape"] for i in json.load(f)["inputs"]}
exact = {}
for name, (shape,) in shapes.items():
    assert not set(shape) - set("nm0123456789 +-*/%()"), shape
    exact[name] = compile(shape.replace("/", "//"), name, "eval")
for n in range(1, 30):
    for m in range(1, 30):
        wanted = {"x": max(n, m) - 1, "y": min(n + 3, 2*m), "z": n//2 + m % 3, "w": max(n - 4, 0)}
        for name, size in wanted.items():
            found = eval(exact[name], {"n": n, "m": m})
            assert found == size, (name, n, m, found, size)
END
}
