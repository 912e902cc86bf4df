"""Small models of arrays. Each in one or more forms that mean the same, with a reference in Python.

`case(name, declarations, [form...], reference)`; with `least` the least value of dims that must not
be 0, `sizes` the values of all dims where 3, 2, 4... will not do, `ranges` the intervals that inputs
are drawn from (-1 to 1 otherwise), `at` values to take instead, `kink=True` where differences say
nothing."""
from collections import namedtuple

Case = namedtuple("Case", "name declare forms reference least sizes ranges at kink")
CASES = []


def case(name, declare, forms, reference, least=None, sizes=None, ranges=None, at=None, kink=False):
    forms = [forms] if isinstance(forms, str) else forms
    CASES.append(Case(name, declare, forms, reference, least or {}, sizes or {}, ranges or {},
                      at or {}, kink))


# ---- reductions

A = "dim n, m; input A[n,m]; output y"
case("sum_inner", A, ["y[i] = sum[j](A[i,j])", "y[i] = sum(A[i,:])", "y[i] = sum[j in 0..m](A[i,j])"],
     "y = [sum(a) for a in A]")
case("sum_outer", A, ["y[j] = sum[i](A[i,j])", "y[j] = sum(A[:,j])", "y[j] = sum(A'[j,:])"],
     "y = [sum(a[j] for a in A) for j in R(m)]")
case("sum_both", A, ["y = sum[i,j](A[i,j])", "y = sum(A)", "y = sum[i](sum[j](A[i,j]))",
                     "y = sum[j](sum[i](A[i,j]))", "y = sum[j,i](A[i,j])"], "y = sum(every(A))")
case("sum_squares", A, ["y = sum[i,j](A[i,j]^2)", "y = sum(A^2)", "y = norm(A)^2", "y = sum(A*A)"],
     "y = sum(a*a for a in every(A))")
case("prod_inner", A, ["y[i] = prod[j](A[i,j])", "y[i] = prod(A[i,:])"], "y = [prod(a) for a in A]")
case("prod_all", A, ["y = prod[i,j](A[i,j])", "y = prod(A)"], "y = prod(every(A))")
case("max_inner", A, ["y[i] = max[j](A[i,j])", "y[i] = max(A[i,:])"], "y = [most(a) for a in A]",
     least={"m": 1})
case("max_all", A, ["y = max[i,j](A[i,j])", "y = max(A)", "y = -min(-A)"], "y = most(every(A))",
     least={"m": 1, "n": 1})
case("min_outer", A, ["y[j] = min[i](A[i,j])", "y[j] = min(A[:,j])"],
     "y = [least(a[j] for a in A) for j in R(m)]", least={"n": 1})
case("min_all", A, ["y = min[i,j](A[i,j])", "y = min(A)"], "y = least(every(A))",
     least={"m": 1, "n": 1})
case("mean_inner", A, ["y[i] = mean[j](A[i,j])", "y[i] = mean(A[i,:])", "y[i] = sum[j](A[i,j])/m"],
     "y = [mean(a) for a in A]", least={"m": 1})
case("mean_all", A, ["y = mean[i,j](A[i,j])", "y = mean(A)", "y = sum(A)/(n*m)"],
     "y = mean(every(A))", least={"m": 1, "n": 1})
case("lse_inner", A, ["y[i] = logsumexp[j](A[i,j])", "y[i] = logsumexp(A[i,:])",
                      "y[i] = log(sum[j](exp(A[i,j])))"], "y = [lse(a) for a in A]", least={"m": 1})
case("lse_all", A, ["y = logsumexp[i,j](A[i,j])", "y = logsumexp(A)", "y = log(sum(exp(A)))"],
     "y = lse(every(A))", least={"m": 1, "n": 1})
case("norm_inner", A, ["y[i] = norm[j](A[i,j])", "y[i] = norm(A[i,:])", "y[i] = sqrt(sum[j](A[i,j]^2))"],
     "y = [norm(a) for a in A]")
case("norm_outer", A, ["y[j] = norm[i](A[i,j])", "y[j] = norm(A[:,j])", "y[j] = sqrt(sum[i](A[i,j]^2))"],
     "y = [norm([a[j] for a in A]) for j in R(m)]")
case("norm_all", A, ["y = norm[i,j](A[i,j])", "y = norm(A)", "y = sqrt(sum(A*A))"],
     "y = norm(every(A))")
for name, scale in (("huge", 1e200), ("tiny", 1e-200), ("zero", 0.0)):
    case("norm_" + name, "dim n, m; input x[n], A[n,m]; output f, g, h, G, H",
         ["f = norm(x)\ng = stop_gradient(diff(f, x))\nh = norm[j,i](A[i,j])\nG = stop_gradient(diff(h, A))\n"
          "H = stop_gradient(diff(diff(f, x), x))",
          "f = norm[i](x[i])\ng = stop_gradient(diff(norm(x), x))\nh = norm(A')\n"
          "G[i,j] = h == 0 ? 0 : stop_gradient(A[i,j]/h)\n"
          "H[i in 0..n, j in 0..n] = f == 0 ? 0 : stop_gradient(((i == j ? 1 : 0) - x[i]/f*(x[j]/f))/f)"],
         "f = math.hypot(*x)\ng = [e/f if f else 0 for e in x]\nh = math.hypot(*every(A))\n"
         "G = [[e/h if h else 0 for e in r] for r in A]\n"
         "H = [[((i == j) - x[i]/f*(x[j]/f))/f if f else 0 for j in R(n)] for i in R(n)]", kink=True,
         at={"x": [3*scale, -4*scale, 12*scale], "A": [-scale, 2*scale, 3*scale, 4*scale, 5*scale, -6*scale]})
case("reductions_of_expressions", "dim n, m; input A[n,m], x[m]; output y, z, w",
     ["y[i] = prod[j](1 + A[i,j]*x[j])\nz = logsumexp[i,j](sin(A[i,j]) + 2*x[j])\n"
      "w = norm[i,j](A[i,j] - x[j])",
      "y[i] = prod(1 + A[i,:]*x)\nz = logsumexp(outer(0*A[:,0], x) + outer(1 + 0*A[:,0], 2*x) + sin(A))\n"
      "w = sqrt(sum[i](norm[j](A[i,j] - x[j])^2))"],
     "y = [prod(1 + a*b for a, b in zip(r, x)) for r in A]\n"
     "z = lse([sin(A[i][j]) + 2*x[j] for i in R(n) for j in R(m)])\n"
     "w = norm([A[i][j] - x[j] for i in R(n) for j in R(m)])", least={"n": 1, "m": 1})
case("sum_of_three", "dim a, b, c; input T[a,b,c], x[c]; output y, z, s",
     ["y[j] = sum[i,k](T[i,j,k]*x[k])\nz[k,i] = sum[j](T[i,j,k]^2)\ns = sum(T)",
      "y[j] = sum[i](T[i,j,:] @ x)\nz[k,i] = norm(T[i,:,k])^2\ns = sum[i](sum(T[i,:,:]))"],
     "y = [sum(T[i][j][k]*x[k] for i in R(a) for k in R(c)) for j in R(b)]\n"
     "z = [[sum(T[i][j][k]**2 for j in R(b)) for i in R(a)] for k in R(c)]\ns = sum(every(T))")
case("constant_in_sum", "dim n, m; input x[n], s; output y, z",
     "y = sum[i in 0..n](s)\nz = sum[i, j in 0..m](x[i] + s*j)",
     "y = n*s\nz = sum(x[i] + s*j for i in R(n) for j in R(m))")

# ---- softmax and its like

case("softmax", "dim n; input x[n]; output y",
     ["y = softmax(x)", "y[i] = exp(x[i] - logsumexp(x))", "y[i] = exp(x[i])/sum[j](exp(x[j]))"],
     "y = softmax(x)", least={"n": 1})
case("softmax_rows", A, ["y = softmax(A)", "y[i,j] = exp(A[i,j] - logsumexp[k](A[i,k]))",
                         "y[i,j] = softmax(A[i,:])[j]"], "y = [softmax(a) for a in A]", least={"m": 1})
case("log_softmax_rows", A, ["y = log_softmax(A)", "y[i,j] = A[i,j] - logsumexp[k](A[i,k])"],
     "y = [[e - lse(a) for e in a] for a in A]", least={"m": 1})
case("softmax_three", "dim a, b, c; input T[a,b,c]; output y",
     ["y = softmax(T)", "y[i,j,k] = exp(T[i,j,k])/sum[l](exp(T[i,j,l]))"],
     "y = [[softmax(s) for s in r] for r in T]", least={"c": 1})
case("softmax_large", "dim n; input x[n]; output y, l", "y = softmax(x)\nl = log_softmax(x)",
     "y = softmax(x)\nl = [e - lse(x) for e in x]", sizes={"n": 3}, least={"n": 3},
     at={"x": [1000.0, 999.0, -1000.0]}, kink=True)
case("lse_huge", "dim n; input x[n]; output F", "F = logsumexp(x)", "F = lse(x)", sizes={"n": 3},
     least={"n": 3}, at={"x": [1e300, 1.0, -1e300]}, kink=True)
case("lse_low", "dim n; input x[n]; output F", "F = logsumexp[i](x[i])", "F = lse(x)",
     sizes={"n": 2}, least={"n": 2}, at={"x": [-1e300, -1.5e300]}, kink=True)

# ---- products of arrays

case("matrix_vector", "dim n, m; input A[n,m], x[m]; output y",
     ["y[i] = sum[j](A[i,j]*x[j])", "y = A @ x", "y = x @ A'", "y[i] = dot(A[i,:], x)"],
     "y = [dot(a, x) for a in A]")
case("vector_matrix", "dim n, m; input A[n,m], x[n]; output y",
     ["y[j] = sum[i](A[i,j]*x[i])", "y = x @ A", "y = A' @ x", "y = x' @ A"],
     "y = [sum(A[i][j]*x[i] for i in R(n)) for j in R(m)]")
case("matrix_matrix", "dim n, m, k; input A[n,m], B[m,k]; output Y",
     ["Y[i,l] = sum[j](A[i,j]*B[j,l])", "Y = A @ B", "Y = (B' @ A')'", "Y = transpose(transpose(B) @ A')"],
     "Y = [[sum(A[i][j]*B[j][l] for j in R(m)) for l in R(k)] for i in R(n)]")
case("vector_vector", "dim n; input x[n], y[n]; output s",
     ["s = sum[i](x[i]*y[i])", "s = x @ y", "s = dot(x, y)", "s = sum(x*y)", "s = x' @ y"],
     "s = dot(x, y)")
case("chain", "dim n, m, k; input A[n,m], B[m,k], x[k]; output y",
     ["y = A @ B @ x", "y = A @ (B @ x)", "y[i] = sum[j,l](A[i,j]*B[j,l]*x[l])"],
     "t = [dot(b, x) for b in B]\ny = [dot(a, t) for a in A]")
case("quadratic_form", "dim n; input A[n,n], x[n]; output s",
     ["s = x @ A @ x", "s = sum[i,j](x[i]*A[i,j]*x[j])", "s = dot(x, A @ x)"],
     "s = sum(x[i]*A[i][j]*x[j] for i in R(n) for j in R(n))")
case("gram", "dim n, m; input A[n,m]; output G, t",
     ["G = A' @ A\nt = sum[i](G[i,i])", "G[i,j] = sum[k](A[k,i]*A[k,j])\nt = norm(A)^2"],
     "G = [[sum(A[k][i]*A[k][j] for k in R(n)) for j in R(m)] for i in R(m)]\n"
     "t = sum(a*a for a in every(A))")
case("outer", "dim n, m; input x[n], y[m]; output P",
     ["P = outer(x, y)", "P[i,j] = x[i]*y[j]", "P = outer(y, x)'"], "P = [[a*b for b in y] for a in x]")
case("cross", "input a[3], b[3]; output c, s",
     ["c = cross(a, b)\ns = dot(c, c)",
      "c = [a[1]*b[2] - a[2]*b[1], a[2]*b[0] - a[0]*b[2], a[0]*b[1] - a[1]*b[0]]\n"
      "s = dot(a,a)*dot(b,b) - dot(a,b)^2"], "c = cross(a, b)\ns = dot(c, c)")
case("transpose", A, ["y = A'", "y = transpose(A)", "y[j,i] = A[i,j]", "y = A'''"],
     "y = [[A[i][j] for i in R(n)] for j in R(m)]")
case("transpose_three", "dim a, b, c; input T[a,b,c]; output y", ["y = T'", "y[k,j,i] = T[i,j,k]"],
     "y = [[[T[i][j][k] for i in R(a)] for j in R(b)] for k in R(c)]")
case("elementwise", "dim n, m; input A[n,m], B[n,m], s; output Y",
     ["Y = A*B + s*A - B/2 + A^2 - sin(B)*s", "Y[i,j] = A[i,j]*(B[i,j] + s + A[i,j]) - B[i,j]/2 - s*sin(B[i,j])"],
     "Y = [[A[i][j]*(B[i][j] + s + A[i][j]) - B[i][j]/2 - s*sin(B[i][j]) for j in R(m)] for i in R(n)]")
case("functions_elementwise", "dim n; input x[n], y[n]; output z",
     ["z = hypot(x, y) + atan2(x, y) + max(x, y)*min(x, 0.5) - softplus(x)*sigmoid(-y) + (1.5 + x)^y",
      "z[i] = hypot(x[i], y[i]) + atan2(x[i], y[i]) + max(x[i], y[i])*min(x[i], 0.5)"
      " - softplus(x[i])*sigmoid(-y[i]) + (1.5 + x[i])^y[i]"],
     "z = [hypot(a, b) + atan2(a, b) + max(a, b)*min(a, 0.5) - softplus(a)*sigmoid(-b) + (1.5 + a)**b"
     " for a, b in zip(x, y)]")
case("minus_and_unary", "dim n; input x[n], s; output y", ["y = -x + (+x)*s - -x^2", "y[i] = x[i]*(s - 1) + x[i]^2"],
     "y = [a*(s - 1) + a*a for a in x]")

# ---- literals, slices, elements

case("literals", "input x, y; output v, M, s",
     ["v = [x, y, x*y]\nM = [x, 1, 2; y, x^2, -1]\ns = sum(M @ v)",
      "v[0] = x\nv[1] = y\nv[2] = x*y\nM = [1, 0, 0; 0, 0, 0]*x + [0, 1, 2; y, x*x, -1]\n"
      "s = sum[i,j](M[i,j]*v[j])"],
     "v = [x, y, x*y]\nM = [[x, 1, 2], [y, x*x, -1]]\ns = sum(dot(r, v) for r in M)")
case("literal_of_vectors", "input x[3], y[3]; output M, d",
     ["M = [x[0], x[1], x[2]; y[0], y[1], y[2]]\nd = sum[i,j](M[i,j]*(i + 2*j))",
      "M[0, j in 0..3] = x[j]\nM[1, j in 0..3] = y[j]\nd = sum[j](2*j*x[j] + (1 + 2*j)*y[j])"],
     "M = [x, y]\nd = sum(M[i][j]*(i + 2*j) for i in R(2) for j in R(3))")
case("elements", "input x[3], A[2,3]; output y", "y = x[0]*x[2] + A[1,0]*sin(A[0,2]) + x[1]^3",
     "y = x[0]*x[2] + A[1][0]*sin(A[0][2]) + x[1]**3")
case("slices", "dim n, m; input x[n+2], A[n,m+1]; output u, v, w, r",
     ["u = x[1..n+1] - x[0..n]\nv = A[:,0..m]\nw = A[:,m]\nr = x[0]*x[n+1]",
      "u[i in 0..n] = x[i+1] - x[i]\nv[i, j in 0..m] = A[i,j]\nw[i] = A[i,m]\nr = x[0]*x[n+1]"],
     "u = [x[i+1] - x[i] for i in R(n)]\nv = [a[:m] for a in A]\nw = [a[m] for a in A]\nr = x[0]*x[n+1]")
case("slices_in_products", "dim n, m; input A[n,m+2], x[m]; output y, z",
     ["y = A[:,1..m+1] @ x\nz = sum(A[:,2..m+2])",
      "y[i] = sum[j](A[i,j+1]*x[j])\nz = sum[i, j in 0..m](A[i,j+2])"],
     "y = [sum(a[j+1]*x[j] for j in R(m)) for a in A]\nz = sum(a[j+2] for a in A for j in R(m))")
case("slice_of_slice", "dim n; input x[n+4]; output y",
     ["y = x[1..n+3][1..n+1]", "y[i in 0..n] = x[i+2]"], "y = x[2:n+2]")
case("slice_of_expression", "dim n; input x[n+1], y[n+1]; output z",
     ["z = (x*y + 1)[0..n]", "z[i in 0..n] = x[i]*y[i] + 1"], "z = [x[i]*y[i] + 1 for i in R(n)]")
case("element_of_expression", "dim n; input A[n+1,n+1], x[n+1]; output z",
     ["z = (A @ x)[n]", "z = sum[j](A[n,j]*x[j])"], "z = dot(A[n], x)")

# ---- subscripts, ranges

case("shifted", "dim n; input x[n+2]; output r",
     ["r[i in 0..n] = x[i+2] - 2*x[i+1] + x[i]", "r = x[2..n+2] - 2*x[1..n+1] + x[0..n]"],
     "r = [x[i+2] - 2*x[i+1] + x[i] for i in R(n)]")
case("reversed", "dim n; input x[n]; output y, s", "y[i in 0..n] = x[n-1-i]*i\ns = sum[i](x[i]*x[n-1-i])",
     "y = [x[n-1-i]*i for i in R(n)]\ns = sum(x[i]*x[n-1-i] for i in R(n))")
case("rosenbrock", "dim n; input x[n]; output F",
     ["F = sum[i in 0..n-1](100*(x[i+1] - x[i]^2)^2 + (1 - x[i])^2)",
      "r[i in 0..n-1] = 10*(x[i+1] - x[i]^2)\nF = sum(r^2) + sum[i in 0..n-1]((1 - x[i])^2)"],
     "F = sum(100*(x[i+1] - x[i]**2)**2 + (1 - x[i])**2 for i in R(n-1))")
case("strided", "dim n; input x[2*n+1]; output y, z",
     "y[i in 0..n] = x[2*i]*x[2*i+1]\nz = sum[i in 0..n+1](x[2*i])",
     "y = [x[2*i]*x[2*i+1] for i in R(n)]\nz = sum(x[2*i] for i in R(n+1))")
case("halved", "dim n; input x[n]; output y, z", "y[i in 0..2*n] = x[i/2] + x[i%n]\nz = sum[i in 0..n](x[i/3])",
     "y = [x[i//2] + x[i % n] for i in R(2*n)]\nz = sum(x[i//3] for i in R(n))")
case("turnless", "dim n; input x[n]; output y, z, w",
     "last(v[m]) = v[m-1]\ny = sum[i](x[i]*x[0] + last(x)*x[i/n])\nz[i in 0..n] = x[n-1-i]*last(x) + x[0]\n"
     "w[i in 0..3*n] = i < n ? x[i] : x[i % n]/2",
     "y = sum(e*x[0] + x[-1]*x[0] for e in x)\nz = [e*x[-1] + x[0] for e in reversed(x)]\n"
     "w = [x[i] if i < n else x[i % n]/2 for i in R(3*n)]")
case("clipped", "dim n; input x[n]; output y",
     "y[i in 0..n] = x[max(i-1, 0)] + 2*x[min(i+1, n-1)] + (x[i > 0 ? i-1 : n-1])^2",
     "y = [x[max(i-1, 0)] + 2*x[min(i+1, n-1)] + x[i-1 if i > 0 else n-1]**2 for i in R(n)]")
case("sizes_of_extremes", "dim n, m; input x[n], A[n,m], h[n/2]; output a, b, c, d, e, f",
     "a[i in 0..max(n,m)] = i < n ? sin(x[i]) : 1\nb[i in 0..min(n,m)] = exp(A[i,i])\n"
     "c[i in 0..max(n-2,0)] = x[i+1]*x[i]\nd[i in 0..max(n/2-m,0)] = h[i]\ne[i in 0..max(m%3, min(n,2)-1)] = i*x[0]\n"
     "f = sum[i](a[i]*sin(sum(a)))*sum[i](b[i]*sin(sum(b))) + sum[i](c[i]*sin(sum(c)))",
     "a = [sin(x[i]) if i < n else 1 for i in R(max(n, m))]\nb = [exp(A[i][i]) for i in R(min(n, m))]\n"
     "c = [x[i+1]*x[i] for i in R(max(n-2, 0))]\nd = h[:max(n//2-m, 0)]\n"
     "e = [i*x[0] for i in R(max(m % 3, min(n, 2)-1))]\n"
     "f = sum(a)*sin(sum(a))*sum(b)*sin(sum(b)) + sum(c)*sin(sum(c))", least={"n": 1})
case("triangle", "dim n; input A[n,n], x[n]; output y, z, c",
     "y[i] = sum[j in 0..i](A[i,j]*x[j])\nz[i] = prod[j in i..n](1 + A[i,j])\nc[i in 0..n] = sum[j in 0..i+1](x[j])",
     "y = [sum(A[i][j]*x[j] for j in R(i)) for i in R(n)]\n"
     "z = [prod(1 + A[i][j] for j in R(i, n)) for i in R(n)]\nc = [sum(x[:i+1]) for i in R(n)]")
case("triangle_both", "dim n; input x[n]; output F",
     ["F = sum[i in 0..n, j in 0..i](x[i]*sin(x[j]))", "F = sum[j in 0..n, i in j+1..n](x[i]*sin(x[j]))",
      "F = sum[i in 0..n, j in 0..n](j < i ? x[i]*sin(x[j]) : 0)"],
     "F = sum(x[i]*sin(x[j]) for i in R(n) for j in R(i))")
case("packed_triangle", "dim d; input L[d*(d-1)/2], x[d]; output y",
     ["y[r] = x[r] + sum[c in 0..r](L[c*d - c*(c+1)/2 + r - c - 1]*x[c])",
      "y[r] = x[r] + sum[c in 0..r](L[c*(2*d - c - 1)/2 + r - c - 1]*x[c])"],
     "y = [x[r] + sum(L[c*d - c*(c+1)//2 + r - c - 1]*x[c] for c in R(r)) for r in R(d)]", sizes={"d": 4})
case("packed_with_diagonal", "dim d; input P[d + d*(d-1)/2], x[d]; output y",
     "y[r in 0..d] = exp(P[r])*x[r] + sum[c in 0..r](P[d + c*(2*d - c - 1)/2 + r - c - 1]*x[c])",
     "y = [exp(P[r])*x[r] + sum(P[d + c*(2*d - c - 1)//2 + r - c - 1]*x[c] for c in R(r)) for r in R(d)]",
     sizes={"d": 4})
case("packed_rows", "dim d; input L[d*(d+1)/2], x[d]; output y",
     "y[r in 0..d] = sum[c in 0..r+1](L[r*(r+1)/2 + c]*x[c])",
     "y = [sum(L[r*(r+1)//2 + c]*x[c] for c in R(r + 1)) for r in R(d)]", sizes={"d": 4})
case("convolution", "dim n, k; input x[n+k], w[k+1]; output y",
     ["y[i in 0..n] = sum[j in 0..k+1](w[j]*x[i+j])", "y[i in 0..n] = sum[j](w[j]*x[i+j])"],
     "y = [sum(w[j]*x[i+j] for j in R(k + 1)) for i in R(n)]")
case("convolution_chosen", "dim n, k; input x[n+k+1], w[k+1]; output f",
     "y[i in 0..n] = sum[j in 0..k+1](x[i+1+j-(j == k ? 1 : 0)]*w[j])\nf = sum(y^3)",
     "f = sum(sum(x[i+1+j-(j == k)]*w[j] for j in R(k+1))**3 for i in R(n))")
case("convolution_two", "dim n, m, k; input x[n+k, m+k], w[k+1,k+1]; output y",
     "y[i in 0..n, j in 0..m] = sum[p,q](w[p,q]*x[i+p,j+q])",
     "y = [[sum(w[p][q]*x[i+p][j+q] for p in R(k+1) for q in R(k+1)) for j in R(m)] for i in R(n)]",
     sizes={"k": 2})
case("name_of_addition", "input p, A[3,3]; output w",
     "s = logsumexp[i in 0..3](A[0,i])\n"
     "w[i in 0..3] = hypot(hypot(s, 1 + tanh(p*i)^2), 1 + tanh(i < 2 ? A[i,i] : p)^2)",
     "s = lse(A[0])\n"
     "w = [hypot(hypot(s, 1 + tanh(p*i)**2), 1 + tanh(A[i][i] if i < 2 else p)**2) for i in R(3)]")
case("slices_of_both_kinds", "input y[3]; output v, z",
     "v[i in 0..3] = y[i]^2\nz[i in 0..3] = sum[a in 0..i+1](1.5)*sum[b in 0..3](v[min(b+1,2)]^2)",
     "v = [e*e for e in y]\nz = [1.5*(i + 1)*sum(v[min(b+1, 2)]**2 for b in R(3)) for i in R(3)]")
case("diagonal", "dim n; input A[n,n]; output t, d", "t = sum[i](A[i,i])\nd[i] = A[i,i]^2 - A[i,n-1-i]",
     "t = sum(A[i][i] for i in R(n))\nd = [A[i][i]**2 - A[i][n-1-i] for i in R(n)]")
case("index_as_number", "dim n, m; input x[n]; output y, s",
     "y[i] = 2*i/(n + 1) + x[i]^2*(i - m)\ns = n*log(1.5 + m) + sum[i](i*x[i])",
     "y = [2*i/(n + 1) + x[i]**2*(i - m) for i in R(n)]\ns = n*log(1.5 + m) + sum(i*x[i] for i in R(n))")
case("constant_of_index", "dim n; input s; output y, F", "y[i in 0..n] = i^2\nF = s*sum(y)",
     "y = [i*i for i in R(n)]\nF = s*sum(y)")
case("parts", "dim n; input a, x[n]; output y, F",
     "y[0] = a^2\ny[i+1 in 1..n+1] = x[i]*a\ny[n+1] = sum(x)\nF = sum[i](y[i]*(i + 1))",
     "y = [a*a] + [e*a for e in x] + [sum(x)]\nF = sum(y[i]*(i+1) for i in R(n+2))")
case("parts_before_the_first", "dim n; input x[n], s; output t", "v = x*s\nt[k in 0..n+1] = k == 0 ? s : v[k-1]",
     "t = [s] + [e*s for e in x]")
case("parts_of_matrix", "dim n; input x[n], A[n,n]; output M",
     "M[0, j in 0..n] = x[j]\nM[i+1 in 1..n+1, j in 0..n] = A[i,j]*x[i]",
     "M = [x] + [[A[i][j]*x[i] for j in R(n)] for i in R(n)]")

# ---- gathers

case("gather", "dim n, m; input x[m]; index c[n] < m; output y, F",
     ["y[i] = x[c[i]]^2\nF = sum[i](x[c[i]]*(i + 1))",
      "y[i] = x[c[i]]*x[c[i]]\nF = sum[i](x[c[i]]) + sum[i,j](c[i] == j ? i*x[j] : 0)"],
     "y = [x[k]**2 for k in c]\nF = sum(x[k]*(i + 1) for i, k in enumerate(c))", least={"m": 1},
     sizes={"n": 5, "m": 4}, at={"c": [2, 2, 0, 3, 2], "x": [0.5, 0.25, 1.5, 0.75]})
case("gather_guarded", "dim n; input x[n]; index c[n] < n; output y",
     "y[i] = (c[i] > 0 && i + c[i] < n ? x[i+c[i]]*x[c[i]-1] : 0) + (i <= c[i] ? 0 : x[i-1-c[i]])",
     "y = [(x[i+k]*x[k-1] if k > 0 and i + k < n else 0) + (x[i-1-k] if i > k else 0)"
     " for i, k in enumerate(c)]", sizes={"n": 5}, at={"c": [2, 0, 3, 1, 1], "x": [0.5, 2, -1.5, 0.75, 3]})
case("gather_guarded_elsewhere", "dim n, m; input x[n], c[n]; index a[m] < n+3; output F",
     ["y[v in 0..n] = sum[e](a[e] < v ? exp(x[a[e]])*c[v] : 0)\nF = sum(y^2)",
      "y[v in 0..n] = sum[e](v <= a[e] ? 0 : c[v]*exp(x[a[e]]))\nF = sum(y^2)"],
     "F = sum(sum(exp(x[k])*c[v] for k in a if k < v)**2 for v in R(n))", sizes={"n": 4, "m": 5},
     at={"a": [2, 6, 0, 4, 1], "x": [0.5, -1, 0.25, 0.75], "c": [1, 2, -0.5, 1.5]})
case("gather_rows", "dim n, m, k; input X[m,k], w[n]; index c[n] < m; output y",
     ["y[i,j] = w[i]*X[c[i],j]", "y[i,j] = w[i]*X[c[i],:][j]"],
     "y = [[w[i]*e for e in X[c[i]]] for i in R(n)]", least={"m": 1})
case("gather_two", "dim n, m, k; input X[m], Y[k]; index a[n] < m, b[n] < k; output F",
     "F = sum[i](sin(X[a[i]])*Y[b[i]] + X[a[i]]^2)",
     "F = sum(sin(X[a[i]])*Y[b[i]] + X[a[i]]**2 for i in R(n))", least={"m": 1, "k": 1}, sizes={"n": 6})
case("gather_same_array", "dim n, m; input x[m]; index a[n] < m, b[n] < m; output F",
     "F = sum[i]((x[a[i]] - x[b[i]])^2*x[a[i]])", "F = sum((x[a[i]] - x[b[i]])**2*x[a[i]] for i in R(n))",
     least={"m": 1}, sizes={"n": 6})
case("gather_chained", "dim n, m, k; input x[k]; index a[n] < m, b[m] < k; output y",
     "y[i] = x[b[a[i]]]^2", "y = [x[b[e]]**2 for e in a]", least={"m": 1, "k": 1})
case("gather_matrix", "dim n, m; input A[m,m]; index c[n] < m; output y, P",
     "y[i] = A[c[i],c[i]]\nP[i,j] = A[c[i],c[j]]*y[j]",
     "y = [A[k][k] for k in c]\nP = [[A[k][l]*A[l][l] for l in c] for k in c]", least={"m": 1})
case("gather_of_definition", "dim n, m; input x[m]; index c[n] < m; output F",
     "e[j] = exp(x[j])\nF = sum[i](e[c[i]]*(i+1))", "F = sum(exp(x[k])*(i+1) for i, k in enumerate(c))",
     least={"m": 1})
case("gather_shifted", "dim n, m; input x[m+1]; index c[n] < m; output y",
     "y[i] = x[c[i]+1] - x[c[i]]^2", "y = [x[k+1] - x[k]**2 for k in c]", least={"m": 1})
case("gather_scalar_index", "dim m; input x[m]; index k < m; output y, F", "y = x[k]\nF = x[k]*sum(x)",
     "y = x[k[0] if isinstance(k, list) else k]\nF = y*sum(x)", least={"m": 1})
case("labels", "dim n, k; input z[n,k]; index lab[n] < k; output J, s",
     ["J = -sum[t,c](lab[t] == c ? log_softmax(z)[t,c] : 0)\ns = sum[t](lab[t]*z[t,0])",
      "J = sum[t](logsumexp[c](z[t,c]) - z[t,lab[t]])\ns = sum[t](z[t,0]*lab[t])"],
     "J = sum(lse(z[t]) - z[t][lab[t]] for t in R(n))\ns = sum(lab[t]*z[t][0] for t in R(n))", least={"k": 1})
case("bounds_by_index_array", "dim n, m; input x[m]; index e[n] < m+1; output y",
     "y[i] = sum[j in 0..e[i]](x[j]^2)", "y = [sum(v*v for v in x[:k]) for k in e]")

# ---- sums whose condition names an element

case("messages", "dim n, e; input x[n], w[e]; index a[e] < n, b[e] < n; output y, F",
     ["y[v in 0..n] = sum[k](b[k] == v ? w[k]*x[a[k]]^2 : 0)\nF = sum(y^2)",
      "m[k] = w[k]*x[a[k]]^2\ny[v in 0..n] = sum[k in 0..e](v == b[k] ? m[k] : 0)\nF = sum[v](y[v]*y[v])"],
     "y = [sum(w[k]*x[a[k]]**2 for k in R(e) if b[k] == v) for v in R(n)]\nF = sum(v*v for v in y)",
     least={"n": 1}, sizes={"n": 4, "e": 6})
case("messages_beside_others", "dim n, e, c; input x[n,c], w[e], s; index a[e] < n, b[e] < n; output y, z",
     ["y[v in 0..n, j in 0..c] = s*x[v,j] + sum[k](b[k] == v && a[k] != v ? w[k]*x[a[k],j]*x[v,j] : 0)\n"
      "z[j in 0..c, v in 0..n] = sin(sum[k](a[k] == v ? w[k]*(k + 1)*x[b[k],j] : 0))"],
     "y = [[s*x[v][j] + sum(w[k]*x[a[k]][j]*x[v][j] for k in R(e) if b[k] == v != a[k]) for j in R(c)]"
     " for v in R(n)]\n"
     "z = [[sin(sum(w[k]*(k + 1)*x[b[k]][j] for k in R(e) if a[k] == v)) for v in R(n)] for j in R(c)]",
     least={"n": 1}, sizes={"n": 3, "e": 5, "c": 2})
case("assembly", "dim n, e; input s[e], d; index c[e,2] < n; output K, F",
     ["K[i in 0..n, j in 0..n] = sum[k, a in 0..2, b in 0..2](c[k,a] == i && c[k,b] == j ? s[k]^(a+b+1) : 0)"
      " + (i == j ? d : 0)\nF = sum(K^2)",
      "K[i in 0..n, j in 0..n] = sum[k, b in 0..2, a in 0..2](c[k,b] == j && c[k,a] == i ? s[k]^(a+b+1) : 0)"
      " + d*(i == j ? 1 : 0)\nF = sum[i,j](K[i,j]^2)"],
     "K = [[sum(s[k]**(a+b+1) for k in R(e) for a in R(2) for b in R(2) if c[k][a] == i and c[k][b] == j)"
     " + (d if i == j else 0) for j in R(n)] for i in R(n)]\nF = sum(v*v for v in every(K))",
     least={"n": 1}, sizes={"n": 3, "e": 4}, ranges={"s": (0.5, 1.5)})
case("groups_in_turns", "dim n, t, g; input x[t,n]; index c[n] < g; output F",
     ["F = sum[r in 0..t](sum[v in 0..g](sum[k](c[k] == v ? x[r,k] : 0)^2))",
      "s[r in 0..t, v in 0..g] = sum[k](c[k] == v ? x[r,k] : 0)\nF = sum(s^2)",
      "F = sum[r in 0..t, v in 0..g](sum[k](c[k] == v ? x[r,k] : 0)*sum[k](v == c[k] ? x[r,k] : 0))"],
     "F = sum(sum(x[r][k] for k in R(n) if c[k] == v)**2 for r in R(t) for v in R(g))",
     least={"g": 1}, sizes={"n": 5, "t": 2, "g": 3})
case("groups_in_turns_within", "dim n, t, g; input x[n], w[t]; param b[g]; index c[n] < g; output F",
     ["F = sum[v in 0..g](b[v]*sum[r in 0..t](w[r]*sum[k](c[k] == v ? sin(w[r]*x[k]) : 0)^2))",
      "F = sum[r in 0..t](w[r]*sum[v in 0..g](b[v]*sum[k](v == c[k] ? sin(w[r]*x[k]) : 0)^2))"],
     "F = sum(b[v]*w[r]*sum(sin(w[r]*x[k]) for k in R(n) if c[k] == v)**2 for r in R(t) for v in R(g))",
     least={"g": 1}, sizes={"n": 5, "t": 2, "g": 3})
case("groups_of_few", "dim n; input x[n], w[3]; index c[n] < 3; output F, m",
     ["m[v in 0..3] = sum[k](c[k] == v ? w[v]*x[k] : 0)/(1 + sum[k](c[k] == v ? 1 : 0))\nF = sum[v](w[v]*m[v]^2)"],
     "m = [sum(w[v]*x[k] for k in R(n) if c[k] == v)/(1 + sum(k == v for k in c)) for v in R(3)]\n"
     "F = sum(w[v]*m[v]**2 for v in R(3))", sizes={"n": 5})
case("named_twice", "dim n, e; input x[n,n], w[e]; index a[e] < n, b[e] < n; output F, G",
     ["F = sum[k, i in 0..n, j in 0..n](a[k] == i && j == b[k] ? w[k]*x[i,j] : 0)\n"
      "G = sum[i in 0..n, j in 0..n](x[i,j]*sum[k](a[k] == i && b[k] == j ? w[k]^2 : 0))",
      "F = sum[k](w[k]*x[a[k],b[k]])\nG = sum[k](w[k]^2*x[a[k],b[k]])"],
     "F = sum(w[k]*x[a[k]][b[k]] for k in R(e))\nG = sum(w[k]**2*x[a[k]][b[k]] for k in R(e))",
     least={"n": 1}, sizes={"n": 3, "e": 5})
case("springs", "dim n, m; input x[n], k[m]; index a[m] < n, b[m] < n; output force, F, g",
     ["pull[s] = k[s]*(x[b[s]] - x[a[s]])\n"
      "force[i in 0..n] = sum[s](a[s] == i ? pull[s] : 0) - (x[i]^3 + sum[s](b[s] == i ? pull[s] : 0))\n"
      "F = sum[i](force[i]^2)\ng = diff(F, x)",
      "force[i in 0..n] = -x[i]^3 + sum[s](a[s] == i ? k[s]*(x[b[s]] - x[i]) : 0)"
      " - sum[s](b[s] == i ? k[s]*(x[i] - x[a[s]]) : 0)\nF = sum(force^2)\n"
      "g[j in 0..n] = -6*x[j]^2*force[j] + 2*sum[s](k[s]*(force[a[s]] - force[b[s]])*"
      "((b[s] == j ? 1 : 0) - (a[s] == j ? 1 : 0)))"],
     "p = [k[s]*(x[b[s]] - x[a[s]]) for s in R(m)]\n"
     "force = [sum(((a[s] == i) - (b[s] == i))*p[s] for s in R(m)) - x[i]**3 for i in R(n)]\n"
     "F = sum(v*v for v in force)\n"
     "g = [-6*x[j]**2*force[j] + sum(2*k[s]*(force[a[s]] - force[b[s]])*((b[s] == j) - (a[s] == j))"
     " for s in R(m)) for j in R(n)]", least={"n": 1}, sizes={"n": 4, "m": 6})
case("cut_at_a_sum", "dim n, m; input x[m], w[n]; index c[m] < n; output F, g",
     ["s[i in 0..n] = w[i] + sum[k](c[k] == i ? x[k]^2 : 0)\nF = sum[i](w[i]*s[i]^2)\ng = diff(F, s)",
      "s[i in 0..n] = sum[k](i == c[k] ? x[k]*x[k] : 0) + w[i]\nF = sum[i](w[i]*s[i]^2)\ng[i] = 2*w[i]*s[i]"],
     "s = [w[i] + sum(x[k]**2 for k in R(m) if c[k] == i) for i in R(n)]\n"
     "F = sum(w[i]*s[i]**2 for i in R(n))\ng = [2*w[i]*s[i] for i in R(n)]", least={"n": 1},
     sizes={"n": 3, "m": 5})
case("ranges_of_the_named", "dim n, m; input x[m], y[n]; index c[m] < n; output w",
     "w[i in 0..n] = y[i] + sum[j in min(i, n-1-i)..n, k in 0..m](c[k] == i ? x[k]^2 : 0)",
     "w = [y[i] + sum(x[k]**2 for j in R(min(i, n-1-i), n) for k in R(m) if c[k] == i) for i in R(n)]",
     least={"n": 1}, sizes={"n": 3, "m": 4})
case("named_by_another_axis", "dim n, m; input x[m]; index c[2] < n; output F",
     ["u[i in 0..2, j in 0..n] = sum[k](exp(x[k]*(j + 1)))\nF = sum[i in 0..2](u[i,c[i]]^2)",
      "F = sum[i in 0..2](sum[k](exp(x[k]*(c[i] + 1)))^2)"],
     "F = sum(sum(exp(e*(c[i] + 1)) for e in x)**2 for i in R(2))", least={"n": 1},
     sizes={"n": 3, "m": 2}, at={"c": [1, 2], "x": [0.25, -0.5]})
GROUPS = "dim n, m; input x[m], z[m]; param w[m]; index c[m] < n; output y"
SQUARES = "s[v in 0..n] = sum[k](c[k] == v ? x[k]^2 : 0)\n"
SQUARED = "s = [sum(x[k]**2 for k in R(m) if c[k] == v) for v in R(n)]\n"
case("groups_shared_by_some", GROUPS,
     [SQUARES + "y[v in 0..n] = sum[k](c[k] == v && w[k] > 0 ? z[k]*s[v]^2 : 0)",
      SQUARES + "y[v in 0..n] = s[v]^2*sum[k](w[k] > 0 && v == c[k] ? z[k] : 0)"],
     SQUARED + "y = [sum(z[k]*s[v]**2 for k in R(m) if c[k] == v and w[k] > 0) for v in R(n)]",
     least={"n": 1}, sizes={"n": 3, "m": 6})
case("groups_of_a_guarded_sum", GROUPS,
     SQUARES + "y = sum[k](w[k] > 0 ? z[k]/s[c[k]]^2 : 0) + sum[k](k > 0 ? z[k-1]*s[c[k]]^2 : 0)",
     SQUARED + "y = sum(z[k]/s[c[k]]**2 for k in R(m) if w[k] > 0) + sum(z[k-1]*s[c[k]]**2 for k in R(1, m))",
     least={"n": 1}, sizes={"n": 3, "m": 6})
case("groups_differentiated", GROUPS,
     SQUARES + "F = sum[k](w[k] > 0 ? z[k]*s[c[k]]^2 : 0)\ny = diff(F, x)",
     SQUARED + "y = [sum(4*z[k]*s[c[k]]*x[l] for k in R(m) if w[k] > 0 and c[k] == c[l]) for l in R(m)]",
     least={"n": 1}, sizes={"n": 3, "m": 6})
case("shares_of_groups", GROUPS, SQUARES + "y[v in 0..n] = sum[k](c[k] == v ? x[k]/s[v] : 0)",
     SQUARED + "y = [sum(x[k]/s[v] for k in R(m) if c[k] == v) for v in R(n)]",
     least={"n": 1}, sizes={"n": 3, "m": 6})
case("adjoints_of_the_named", "dim n, m; input x[n], z[m]; index c[m] < n; output y",
     "F = sum[k](z[k]*x[c[k]]^3)\ny = sum[k](z[k]*diff(F, x)[c[k]]^2)",
     "d = [sum(3*z[k]*x[i]**2 for k in R(m) if c[k] == i) for i in R(n)]\n"
     "y = sum(z[k]*d[c[k]]**2 for k in R(m))", least={"n": 1}, sizes={"n": 3, "m": 6})
case("sums_behind_by_diff", "dim n, m; input x[n,m], z[2*n]; output f",
     "G[i in 0..n, j in 0..m] = x[i,j]^2\nr[i in 0..2*n] = i >= n ? sum[j in 0..m](G[i-n,j]*z[i]) : 2*z[i]\n"
     "g = diff(sum(sin(r)), x)\nf = sum(g^2)",
     "r = [z[n+i]*sum(e*e for e in x[i]) for i in R(n)]\n"
     "f = sum((2*x[i][j]*z[n+i]*cos(r[i]))**2 for i in R(n) for j in R(m))", least={"n": 1, "m": 1})
case("messages_in_layers", "dim n, e, t; input h[n], w[t]; index a[e] < n, b[e] < n; output F",
     ["y[0,v] = h[v]\ny[r+1 in 1..t+1, v in 0..n] = tanh(y[r,v] + w[r]*sum[k](b[k] == v ? y[r,a[k]] : 0))\n"
      "F = sum[v in 0..n](y[t,v]*(v + 1))"],
     "y = h\nfor r in R(t):\n    y = [tanh(y[v] + w[r]*sum(y[a[k]] for k in R(e) if b[k] == v)) for v in R(n)]\n"
     "F = sum(y[v]*(v + 1) for v in R(n))", least={"n": 1}, sizes={"n": 3, "e": 5, "t": 2})

# ---- conditions

case("condition_on_index", "dim n; input x[n], a; output y",
     "y[i] = i == 0 ? a^2 : i % 2 == 0 ? x[i]*a : x[i-1]",
     "y = [a*a if i == 0 else x[i]*a if i % 2 == 0 else x[i-1] for i in R(n)]")
case("condition_on_value", "dim n; input x[n]; output y, F",
     ["y[i] = x[i] > 0 ? x[i]^2 : -x[i]\nF = sum[i](x[i] < 0.2 && x[i] > -0.3 || i == 1 ? x[i]*2 : x[i]^3)",
      "y = x > 0 ? x^2 : -x\nF = sum[i](!(x[i] >= 0.2 || x[i] <= -0.3) || i == 1 ? x[i]*2 : x[i]^3)"],
     "y = [a*a if a > 0 else -a for a in x]\n"
     "F = sum(2*a if -0.3 < a < 0.2 or i == 1 else a**3 for i, a in enumerate(x))")
case("condition_with_arrays", "dim n; input x[n], y[n], s; param k; output z",
     ["z = k > 0 ? x*s : y^2", "z[i] = k > 0 ? x[i]*s : y[i]^2"],
     "z = [a*s if k > 0 else b*b for a, b in zip(x, y)]")
case("condition_with_sums", "dim n; input x[n], s; output z",
     "z[i] = x[i] > 0 ? sum[j](x[j]^2)*s : prod[j](1 + x[j])",
     "z = [sum(a*a for a in x)*s if e > 0 else prod(1 + a for a in x) for e in x]")
case("condition_before_sum", "dim n; input x, A[n,n]; param q[n]; output u, F",
     "u[i in 0..n, j in 0..n] = q[i] > 0.05 ? x : sum[t](A[j,t])\nF = sum(u^2)",
     "u = [[x if q[i] > 0.05 else sum(A[j]) for j in R(n)] for i in R(n)]\nF = sum(e*e for e in every(u))")
case("condition_not_opened", "dim k, m; input x[m]; param q[m]; output v",
     "v[i in 0..k, j in 0..m] = sin(hypot(q[m-1-j], 1 + x[m-1-j]^2))",
     "v = [[sin(hypot(q[m-1-j], 1 + x[m-1-j]**2)) for j in R(m)] for i in R(k)]")
case("guarded_root", "dim n; input x[n]; output y", "y[i] = x[i] > 0 ? sqrt(x[i]) : 0",
     "y = [sqrt(a) if a > 0 else 0.0 for a in x]", sizes={"n": 4}, least={"n": 4},
     at={"x": [0.0, -1.0, 4.0, 0.25]}, kink=True)
case("guarded_log", "dim n; input x[n]; output F", "F = sum[i](x[i] > 0 ? x[i]*log(x[i]) : 0)",
     "F = sum(a*log(a) if a > 0 else 0.0 for a in x)", sizes={"n": 3}, least={"n": 3},
     at={"x": [0.0, -1.0, 2.0]}, kink=True)
case("guarded_sum", "dim n; input x[n]; output F", "F = sum[i](log(x[i])) > 0 || x[0] < 0 ? x[0] : sum[i](sqrt(x[i]))",
     "F = x[0]", sizes={"n": 3}, least={"n": 3}, at={"x": [-1.0, 0.0, 2.0]}, kink=True)
case("norm_of_zero", "dim n, m; input A[n,m]; output y, F", "y[i] = norm[j](A[i,j])\nF = norm(A)",
     "y = [norm(a) for a in A]\nF = norm(every(A))", sizes={"n": 2, "m": 2}, least={"n": 2, "m": 2},
     at={"A": [0.0, 0.0, 3.0, 4.0]}, kink=True)

# ---- kinks of reductions

case("prod_with_zero", "dim n; input x[n]; output y", "y = prod(x)", "y = prod(x)", sizes={"n": 4},
     least={"n": 4}, at={"x": [2.0, 0.0, 3.0, 4.0]})
case("prod_with_zeros", "dim n; input x[n]; output y", "y = prod[i](x[i]*2)", "y = prod(2*a for a in x)",
     sizes={"n": 4}, least={"n": 4}, at={"x": [2.0, 0.0, 0.0, 4.0]})
case("max_beside_constant", "dim n; input x[n]; output y", ["y = max(x, 0.25)", "y[i] = max(x[i], 0.25)"],
     "y = [max(a, 0.25) for a in x]")
case("max_of_arrays", "dim n; input x[n], y[n], z[n]; output w", ["w = max(x, y, z)", "w[i] = max(x[i], max(y[i], z[i]))"],
     "w = [max(t) for t in zip(x, y, z)]")
case("max_of_nothing", "dim n; input x[n], s; output y, z", "y = max(x) < 0 ? s : 2*s\nz = s + (n == 0 ? 0 : min(x))",
     "y = s if most(x) < 0 else 2*s\nz = s + (least(x) if n else 0)")
case("stop_gradient", "dim n; input x[n]; output y, F",
     "y = x*stop_gradient(sin(x))\nF = sum[i](stop_gradient(x[i])^2*x[i])",
     "y = [a*sin(a) for a in x]\nF = sum(a**3 for a in x)", kink=True)

# ---- functions

case("function_of_arrays", "dim n, m; input x[n], y[m]; output a, b, c",
     ["sq(v) = v^2 + v\nmid(v[k]) = sum(v)/k\nspread(v[k]) = { mu = mid(v); sum[i]((v[i] - mu)^2)/k }\n"
      "a = sq(x)\nb = spread(x)\nc = spread(y)*mid(x)",
      "a[i] = x[i]^2 + x[i]\nmx = mean(x)\nmy = mean(y)\nb = mean[i]((x[i] - mx)^2)\nc = mean[i]((y[i] - my)^2)*mx"],
     "a = [e*e + e for e in x]\nmx = mean(x)\nmy = mean(y)\nb = mean((e - mx)**2 for e in x)\n"
     "c = mean((e - my)**2 for e in y)*mx", least={"n": 1, "m": 1})
case("function_sizes", "dim n, m; input A[n,m], x[m]; output y, s",
     ["apply(M[p,q], v[q]) = M @ v\ny = apply(A, x)\ns = sum(apply(A', apply(A, x)))",
      "y = A @ x\ns = sum(A' @ (A @ x))"],
     "y = [dot(a, x) for a in A]\ns = sum(A[i][j]*y[i] for i in R(n) for j in R(m))")
case("function_in_loop", "dim n, m; input A[n,m], s; output y",
     ["f(v[k], t) = { r = norm(v); t*r + sum(v) }\ny[i] = f(A[i,:], s + i)",
      "y[i] = (s + i)*norm[j](A[i,j]) + sum[j](A[i,j])"],
     "y = [(s + i)*norm(A[i]) + sum(A[i]) for i in R(n)]")
case("function_giving_array", "dim n; input X[n,3], w[3]; output Y",
     ["turn(w[3], p[3]) = { th = norm(w); k = w/th; cos(th)*p + sin(th)*cross(k, p) + (1-cos(th))*dot(k,p)*k }\n"
      "Y[i,j] = turn(w, X[i,:])[j]",
      "th = norm(w)\nk = w/th\nc[i,0] = k[1]*X[i,2] - k[2]*X[i,1]\nc[i,1] = k[2]*X[i,0] - k[0]*X[i,2]\n"
      "c[i,2] = k[0]*X[i,1] - k[1]*X[i,0]\nd = X @ k\n"
      "Y[i,j] = cos(th)*X[i,j] + sin(th)*c[i,j] + (1-cos(th))*d[i]*k[j]"],
     "th = norm(w)\nk = [e/th for e in w]\n"
     "Y = [[cos(th)*p[j] + sin(th)*cross(k, p)[j] + (1-cos(th))*dot(k, p)*k[j] for j in R(3)] for p in X]")
case("function_of_dims", "dim n; input x[n]; output y", ["scale(v[n]) = v/(n + 1)\ny = scale(x) + scale(x^2)",
                                                        "y = (x + x^2)/(n + 1)"], "y = [(e + e*e)/(n+1) for e in x]")
case("function_nested", "dim n; input x[n], y[n]; output F",
     ["g(a, b) = a*b + sin(a)\nh(u[k], v[k]) = sum(g(u, v)) + g(sum(u), sum(v))\nF = h(x, y) + h(y, x)",
      "F = sum[i](2*x[i]*y[i] + sin(x[i]) + sin(y[i])) + 2*sum(x)*sum(y) + sin(sum(x)) + sin(sum(y))"],
     "F = sum(2*a*b + sin(a) + sin(b) for a, b in zip(x, y)) + 2*sum(x)*sum(y) + sin(sum(x)) + sin(sum(y))")
case("function_with_rule", "dim n; input x[n]; output y",
     ["s(t) = 1/(1 + exp(-t))\nrule diff(s(t), t) = s(t)*(1 - s(t))\ny = s(2*x)", "y[i] = sigmoid(2*x[i])"],
     "y = [sigmoid(2*e) for e in x]")
case("function_hides", "dim n; input x[n], p[n]; output y",
     ["f(v[p]) = sum(v)/(p + 1)\ny = f(x) + f(p^2)", "y = (sum(x) + sum(p*p))/(n + 1)"],
     "y = (sum(x) + sum(a*a for a in p))/(n + 1)")
case("function_using_model", "dim n; input x[n], k; output y", ["f(i) = k*i + sum(x)\ny = f(x)", "y[i] = k*x[i] + sum(x)"],
     "y = [k*e + sum(x) for e in x]")

# ---- several outputs, inputs as outputs, params, unused

case("many_outputs", "dim n, m; input A[n,m], x[m]; param p[n]; output s, v, M, t",
     "v = A @ x + p\ns = sum(v^2)\nM = outer(v, x)\nt[k in 0..n+1] = k == 0 ? s : v[k-1]",
     "v = [dot(a, x) + e for a, e in zip(A, p)]\ns = sum(e*e for e in v)\n"
     "M = [[a*b for b in x] for a in v]\nt = [s] + v")
case("input_as_output", "dim n; input x[n], s; output x, y, s", "y = x*s", "y = [e*s for e in x]")
case("param_as_output", "dim n; input x[n]; param p[n]; output p, y", "y = x*p", "y = [a*b for a, b in zip(x, p)]")
case("copy", "dim n; input x[n]; output y, z", "y = x\nz = y", "y = z = x")
case("unused_input", "dim n, m; input x[n], y[m], t; output F", "F = sum(x^2)", "F = sum(a*a for a in x)")
case("zero_derivative", "dim n; input x[n]; output y, F", "y = floor(x) + 2\nF = sum(x)*0 + n",
     "y = [floor(e) + 2 for e in x]\nF = float(n)")
case("constants_out", "dim n; input x[n]; const a = 3; output y, z, w", "y[i in 0..n] = a\nz = [1, 2; 3, a]\nw = sum(x)",
     "y = [3]*n\nz = [[1,2],[3,3]]\nw = sum(x)")
case("derived_dims", "dim n = 3, p = n*(n+1)/2, q = 3; input x[p], y[q]; output u, v",
     "u[i in 0..n] = x[i*(i+1)/2]\nv = sum(x)*y", "u = [x[i*(i+1)//2] for i in R(n)]\nv = [sum(x)*e for e in y]")
case("scalar_chain", "dim n; input x[n], a, b; output F", "c = a*b\nd = sin(c)\ny = d*x + c\nF = sum(y)*c + d",
     "c = a*b\nd = sin(c)\nF = sum(d*e + c for e in x)*c + d")
case("shared_between_loops", "dim n, m; input A[n,m], x[m]; output y, z",
     "e[i,j] = exp(A[i,j]*x[j])\ny[i] = sum[j](e[i,j])\nz[j] = sum[i](e[i,j]/y[i])",
     "e = [[exp(A[i][j]*x[j]) for j in R(m)] for i in R(n)]\ny = [sum(r) for r in e]\n"
     "z = [sum(e[i][j]/y[i] for i in R(n)) for j in R(m)]")
case("normalised_rows", "dim n, m; input A[n,m]; output B, F",
     ["B[i,j] = A[i,j]/norm[k](A[i,k])\nF = sum[i in 0..n, k in 0..n](sum[j](B[i,j]*B[k,j])^2)",
      "r[i] = norm(A[i,:])\nB[i,j] = A[i,j]/r[i]\nF = sum((B @ B')^2)"],
     "B = [[e/norm(a) for e in a] for a in A]\nF = sum(dot(a, b)**2 for a in B for b in B)", least={"m": 1})
case("distances", "dim n, k, d; input X[n,d], C[k,d]; output D, F",
     "D[i,c] = sum[j]((X[i,j] - C[c,j])^2)\nF = sum[i](min[c](D[i,c]))",
     "D = [[sum((a-b)**2 for a, b in zip(x, c)) for c in C] for x in X]\nF = sum(map(least, D))", least={"k": 1})
case("attention", "dim n, d; input Q[n,d], K[n,d], V[n,d]; output Y",
     ["Y = softmax(Q @ K' / sqrt(d + 1)) @ V",
      "s[i,j] = sum[k](Q[i,k]*K[j,k])/sqrt(d + 1)\nY[i,k] = sum[j](exp(s[i,j] - logsumexp[l](s[i,l]))*V[j,k])"],
     "S = [softmax([dot(q, k)/sqrt(d + 1) for k in K]) for q in Q]\n"
     "Y = [[sum(S[i][j]*V[j][k] for j in R(n)) for k in R(d)] for i in R(n)]", least={"n": 1})
case("network", "dim b, d, h; input W[h,d], c[h], v[h]; param X[b,d], t[b]; output J",
     ["A = tanh(X @ W' + outer(0*t + 1, c))\nJ = mean((A @ v - t)^2)",
      "A[i,j] = tanh(sum[k](X[i,k]*W[j,k]) + c[j])\nJ = sum[i]((sum[j](A[i,j]*v[j]) - t[i])^2)/b"],
     "A = [[tanh(dot(x, w) + e) for w, e in zip(W, c)] for x in X]\n"
     "J = mean((dot(a, v) - e)**2 for a, e in zip(A, t))", least={"b": 1})

# ---- diff in models

case("diff_scalar", "dim n; input x[n]; output g", ["L = sum[i](x[i]^3)\ng = diff(L, x)", "g = 3*x^2"],
     "g = [3*e*e for e in x]")
case("diff_array_by_array", "dim n, m; input A[n,m], x[m]; output J",
     ["y = A @ x\nJ = diff(y, x)", "J = A"], "J = A")
case("diff_by_matrix", "dim n, m; input A[n,m], x[m]; output J, G",
     ["y = A @ x\nJ = diff(y, A)\nG = diff(sum(y^2), A)",
      "J[i in 0..n, k in 0..n, j in 0..m] = i == k ? x[j] : 0\ny = A @ x\nG[k,j] = 2*y[k]*x[j]"],
     "y = [dot(a, x) for a in A]\n"
     "J = [[[x[j] if i == k else 0 for j in R(m)] for k in R(n)] for i in R(n)]\n"
     "G = [[2*y[k]*x[j] for j in R(m)] for k in R(n)]")
case("diff_nested", "dim n; input x[n]; output H", ["L = sum[i in 0..n-1](x[i]^2*x[i+1]) + sum(x)^3\nH = diff(diff(L, x), x)",
     "s = sum(x)\nH[i in 0..n, j in 0..n] = 6*s + (i == j && i < n-1 ? 2*x[min(i+1, n-1)] : 0)"
     " + (j == i+1 ? 2*x[i] : 0) + (i == j+1 ? 2*x[j] : 0)"],
     "s = sum(x)\nH = [[6*s + (2*x[i+1] if i == j and i < n-1 else 0) + (2*x[i] if j == i+1 else 0)"
     " + (2*x[j] if i == j+1 else 0) for j in R(n)] for i in R(n)]")
case("diff_by_name", "dim n, m; input A[n,m], x[m]; output g, h",
     ["y = A @ x\nL = sum(y^2)*sum(x)\ng = diff(L, y)\nh = diff(L, x)",
      "y = A @ x\ng = 2*y*sum(x)\nh = 2*(A' @ y)*sum(x) + sum(y^2)*(0*x + 1)"],
     "y = [dot(a, x) for a in A]\ng = [2*e*sum(x) for e in y]\n"
     "h = [2*sum(A[i][j]*y[i] for i in R(n))*sum(x) + sum(e*e for e in y) for j in R(m)]")
case("diff_step", "dim n; input w[n], x[n]; const eta = 0.1; output u",
     ["L = (dot(w, x) - 1)^2\nu = w - eta*diff(L, w)", "u = w - 0.2*(dot(w, x) - 1)*x"],
     "u = [a - 0.2*(dot(w, x) - 1)*b for a, b in zip(w, x)]")
case("diff_in_function", "dim n; input x[n], y[n]; output g",
     ["q(u[k], v[k]) = diff(sum(u*u*v), u)\ng = q(x, y) + q(y, x)", "g = 4*x*y"], "g = [4*a*b for a, b in zip(x, y)]")
case("diff_by_scalar", "dim n; input x[n], s; output g", ["y[i] = sin(s*x[i])\ng = diff(y, s)", "g[i] = cos(s*x[i])*x[i]"],
     "g = [cos(s*e)*e for e in x]")
case("diff_gather", "dim n, m; input x[m]; index c[n] < m; output g",
     ["L = sum[i](x[c[i]]^2)\ng = diff(L, x)", "g[j] = sum[i](c[i] == j ? 2*x[j] : 0)"],
     "g = [sum(2*x[j] for k in c if k == j) for j in R(m)]", least={"m": 1})
case("diff_directional", "dim n; input x[n], v[n]; output h",
     ["L = prod(x)*sum(x)\ng = diff(L, x)\nh = diff(dot(g, v), x)",
      "L = prod(x)*sum(x)\nH = diff(diff(L, x), x)\nh = H @ v"],
     "h = [sum(v[j]*((prod(x[q] for q in R(n) if q not in (i, j))*sum(x) if i != j else 0)"
     " + prod(x[q] for q in R(n) if q != i) + prod(x[q] for q in R(n) if q != j)) for j in R(n)) for i in R(n)]")

# what is needed under a condition that excludes the one around it: of a reduction that decides, too
case("arm_excluded", "dim n, m; input x[n]; param q[n]; output z",
     "u[i in 0..n, j in 0..m] = logsumexp[k in 0..m](q[i])*x[i]\n"
     "z[i in 0..m] = i % 2 == 1 ? atan2(x[0], 2.5 + sin(i % 2 == 1 ? x[0] : u[0,i])) : i",
     "z = [atan2(x[0], 2.5 + sin(x[0])) if i % 2 else i for i in R(m)]",
     least={"n": 1})

# what two equations of a recurrence need: the condition of the later speaks of what is not there yet
case("later_condition", "dim n; input x, y, w[n]; output f",
     "a[0] = x\nb[0] = y\na[t+1 in 1..n+1] = a[t] > 0 ? exp(w[t]) : b[t]\n"
     "b[t+1 in 1..n+1] = a[t+1] > 2.5 ? exp(w[t]) : b[t] - 1\nf = a[n] + b[n]^2",
     "a, b = x, y\n"
     "for t in R(n):\n"
     "    a = exp(w[t]) if a > 0 else b\n"
     "    b = exp(w[t]) if a > 2.5 else b - 1\n"
     "f = a + b*b", at={"x": [-0.5], "y": [3.0], "w": [0.1, 0.2, 0.3]})
case("later_condition_unrolled", "input u[2], w[2]; output f",
     "q[0,k in 0..2] = u[k]\n"
     "q[t+1 in 1..3, k in 0..2] = q[t,k] > 0 ? sin(q[t,k]) - 1 : exp(w[t])\nf = q[2,0]*q[2,1]",
     "q = list(u)\nfor t in R(2):\n    q = [sin(e) - 1 if e > 0 else exp(w[t]) for e in q]\n"
     "f = q[0]*q[1]", at={"u": [0.75, -0.5], "w": [0.2, -0.4]})

# a conjunction that is needed where it holds, or something else does
case("needed_where_it_holds", "dim n; input w; output F",
     "h[n-1] = w\nh[l+1 in 0..n-1] = l+4 <= n-1 ? b[l+4] : 0\n"
     "b[k in 0..n] = (k < n-4 ? (k % 3 == 1 || k >= n-3 ? w : h[k+3]) : w) +\n"
     "    (k % 2 == 0 || k+3 > n-1 ? 0.5 : h[k+3])\nF = sum(w*h)",
     "h, b = [0]*(n - 1) + [w], [0]*n\n"
     "for k in reversed(R(n)):\n"
     "    if k + 3 < n:\n"
     "        h[k] = b[k+3]\n"
     "    b[k] = (h[k+3] if k < n - 4 and k % 3 != 1 else w) + (h[k+3] if k % 2 and k + 3 < n else 0.5)\n"
     "F = sum(w*e for e in h)", sizes={"n": 9}, least={"n": 1})

# tangents of rows over all inputs, where one of the rows has none, read in a recurrence
case("row_without_tangents", "dim n; input w, x[n]; output F",
     "h[0, t in 0..n] = w\nh[l in 1..n, k in 0..n] = x[k]*w\n"
     "v[l in 0..n] = w*h[0,0]*(l+1 < n ? v[l+1] : 0.5)\nF = sum(w*v)",
     "F, v = 0, 0.5\nfor _ in R(n):\n    v = w*w*v\n    F += w*v", least={"n": 1})

# tangents of an array of which a turn of a recurrence reads the elements of later turns
case("sums_of_later_ones", "dim n, d; input g[d]; output F",
     "h[q in 0..n] = cos(sum[r in 0..2](q > r ? u[q-1-r] : 0))\nb[q in 0..n] = sin(g[0])\n"
     "u[r in 0..n] = sum[l in r..n](b[l]) + (r > 0 ? h[r-1] : 0)\nF = sum(h)",
     "F, h, u = 0, [], []\nfor q in R(n):\n    s = 0*g[0]\n    for r in R(2):\n"
     "        s = s + (u[q-1-r] if q > r else 0)\n    h.append(cos(s))\n"
     "    u.append((n - q)*sin(g[0]) + (h[q-1] if q else 0))\n    F = F + h[q]", least={"n": 1, "d": 1})

# what is kept for a condition that comes to less
case("kept_for_nothing", "dim n; input w, x[n]; index c[n] < n; output F",
     "b[i in 0..n, t in 0..n-1] = 0.6*w*(i > t ? b[i-1,t+1] : 1)\nb[t in 0..n, n-1] = x[t]\n"
     "u[r] = 0.6*sin(0.7*w*(x[r] + w))*(sum[i in 0..r+1, l in 0..n](b[i,l]))\n"
     "v[t-1 in 0..n] = cos(0.7*(0.7*(!(w > 0.0371) || 0 == t-1 ? 0.5 : u[t-2]) + 0.2*w)*\n"
     "    (w > 0.0371 ? (c[t-1] != t-1 ? w : x[t-1]) : x[t-1])*(t+1 <= n-1 ? v[t+1] : 0.5))\n"
     "F = w + sum(v^2)",
     "b = []\n"
     "for i in R(n):\n"
     "    b.append([0.6*w*(b[i-1][t+1] if i > t else 1) for t in R(n - 1)] + [x[i]])\n"
     "u = [0.6*sin(0.7*w*(x[r] + w))*sum(sum(b[i]) for i in R(r + 1)) for r in R(n)]\n"
     "v = [0]*n\n"
     "for s in reversed(R(n)):\n"
     "    a = 0.7*(0.5 if w <= 0.0371 or s == 0 else u[s-1]) + 0.2*w\n"
     "    a = 0.7*a*(w if w > 0.0371 and c[s] != s else x[s])\n"
     "    v[s] = cos(a*(v[s+2] if s + 2 < n else 0.5))\n"
     "F = w + sum(e*e for e in v)", least={"n": 1})

# equations whose turns are apart by one: what one of them reads is of this turn or of earlier ones
case("sums_up_to_this_turn", "dim n, d; input g[d], x[n]; output F",
     ["h[i in 0..n] = x[i] + sum[t in 0..d](i > t ? g[t]*b[i-1-t] : 0)\n"
      "b[q-1 in 0..n] = sin(h[q-1])\nF = sum(b)",
      "h[i in 0..n] = x[i] + sum[t in 0..min(i, d)](g[t]*b[i-1-t])\nb[i] = sin(h[i])\nF = sum(b)"],
     "b = []\n"
     "for i in R(n):\n"
     "    b.append(sin(x[i] + sum(g[t]*b[i-1-t] for t in R(min(i, d)))))\n"
     "F = sum(b)")
case("sums_before_the_last", "dim n; input x; output F",
     "u[0] = tanh(x)\nu[1] = x\nv[0] = x\n"
     "v[i+1 in 1..n+1] = tanh(u[i] + sum[t in 0..i+2](u[t]))\n"
     "u[i in 2..n+2] = tanh(v[i-1])\nF = u[n+1]",
     "u, v = [tanh(x), x], [x]\n"
     "for i in R(n):\n"
     "    v.append(tanh(u[i] + sum(u[:i + 2])))\n"
     "    u.append(tanh(v[i + 1]))\n"
     "F = u[n + 1]")

# comparisons of integers that can be negative, and of what can be told before
case("integers_compared", "dim n, m; input x; index c[n] < n; output f, g, h, k",
     "f[i in 0..n] = 3*(i - 1) > 2 ? x : x^2\n"
     "g[i in 0..n, j in 0..m] = x*((i - 2)*(j - n) < 1) + x^2*(min(i - 2, 1 - j) >= (c[i] - n)*m)\n"
     "h[i in 0..n] = (sum[q in 0..i+1](-1) <= -2 ? x : 2*x) + (i + m < 0 ? 3*x : 0) +\n"
     "    ((n - n)*(-2) == i ? x^3 : 0) + (i >= n - n ? x : x^2) + (n*(-1) + i < i ? x^4 : 0)\n"
     "k[i in 0..n] = sum[q in (i-2)*2..i](q*x) + sum[q in i*(i-2)..m](x^2/(q + 5)) +\n"
     "    sum[q in (1-i)*m..m](q*x^3)",
     "f = [x if 3*(i - 1) > 2 else x*x for i in R(n)]\n"
     "g = [[x*((i - 2)*(j - n) < 1) + x*x*(min(i - 2, 1 - j) >= (c[i] - n)*m) for j in R(m)]\n"
     "    for i in R(n)]\n"
     "h = [(x if -(i + 1) <= -2 else 2*x) + (x**3 if i == 0 else 0) + x + x**4 for i in R(n)]\n"
     "k = [sum(q*x for q in R((i-2)*2, i)) + sum(x*x/(q + 5) for q in R(i*(i-2), m)) +\n"
     "    sum(q*x**3 for q in R((1-i)*m, m)) for i in R(n)]")
# a value that does not vary in its array, by an arm of which it is known
case("arm_of_equal_elements", "dim n; input x, z; output f",
     "y[j in 0..n] = x <= 0 ? z : sqrt(x)\nf = sum[j](y[j] + hypot(y[j], z - y[j]))",
     "y = z if x <= 0 else x**0.5\nf = n*(y + math.hypot(y, z - y))")

# an adjoint to which the diagonal alone adds, and which is read by columns
case("added_diagonal", "dim n; input v[n]; param A[n,n]; output f",
     "q[j in 0..n, k in 0..n] = sigmoid(A[k,j] > 0 ? 2 : v[k])\nf = sum[j in 0..n, k in 0..n](q[k,k]^2)",
     "f = n*sum(sigmoid(2 if A[k][k] > 0 else v[k])**2 for k in R(n))")

# a value that the sweeps back from two outputs share, which either needs where its adjoint is not 0
case("need_of_two_sweeps", "dim n, d, L; input q0[d], p0[d]; param X[n,d], c; output a, b",
     "pull(t[k]) = sum[i in 0..n](exp(sum[j in 0..k](X[i,j]*t[j])))\n"
     "slope(t[k]) = diff(pull(t), t)\n"
     "q[0, j in 0..d] = q0[j]\np[0, j in 0..d] = p0[j]\n"
     "h[s in 0..L, j in 0..d] = p[s,j] - 0.1*slope(q[s,:])[j]\n"
     "q[s+1 in 1..L+1, j in 0..d] = q[s,j] + 0.1*h[s,j]\n"
     "p[s+1 in 1..L+1, j in 0..d] = h[s,j] - (c < 2 ? 0.1*slope(q[s+1,:])[j] : 0)\n"
     "a = c > -2 ? sum(p[L,:]) : 0\nb = a*sum(q[L,:])",
     "def slope(t):\n    w = [exp(sum(X[i][j]*t[j] for j in R(d))) for i in R(n)]\n"
     "    return [sum(w[i]*X[i][j] for i in R(n)) for j in R(d)]\n"
     "q, p = list(q0), list(p0)\nfor s in R(L):\n    h = [u - 0.1*v for u, v in zip(p, slope(q))]\n"
     "    q = [u + 0.1*v for u, v in zip(q, h)]\n    p = [u - 0.1*v for u, v in zip(h, slope(q))]\n"
     "a = sum(p) + 0*c\nb = a*sum(q)", sizes={"n": 2, "d": 2, "L": 2})

# an adjoint that a sweep through a diff adds to, by an index that runs beyond it
case("adjoint_beyond_an_arm", "dim n, m; input G[n,m], z[2*n]; output f",
     "H[i,j] = sin(G[i,j])\nr[i in 0..2*n] = i < n ? (i == 0 ? z[0] : sum[j](H[i,j]*z[i])) : 1\n"
     "f = sum(diff(r, z)^2)", "f = 1 + sum(sum(sin(e) for e in G[i])**2 for i in R(1, n)) if n else 0*sum(z)",
     least={"n": 1})
case("tests_beyond_an_arm", "dim n, m; input G[n,m], H[n], z[2*n]; param q[2*n]; output f",
     "r[i in 0..2*n] = i < n && q[i] > 0 ? (i + 1 < n ? H[i+1]*sum[j](G[i,j]^2) : "
     "max[j](exp(H[i])*z[i+n]*G[i,j])) : 0\nf = sum(diff(sum(r), z)^2)",
     "j = max(R(m), key=lambda j: z[2*n-1]*G[n-1][j])\n"
     "f = (exp(H[n-1])*G[n-1][j])**2 if q[n-1] > 0 else 0*z[0]", least={"n": 1, "m": 1})

# ---- systems of equations

M = "dim n, m; input A[n,n], B[n,m]; output y"
HEAVY = "H[i,j] = A[i,j] + (i == j ? 4 : 0)\n"
PLAIN = "H = [[A[i][j] + (4 if i == j else 0) for j in R(n)] for i in R(n)]\n"
case("solve_twice", M.replace("B[n,m]", "b[n]"),
     [HEAVY + "y = solve(H, solve(H, b)) + b", HEAVY + "y = inv(H@H)@b + b"],
     PLAIN + "y = [s + e for s, e in zip(solved(H, solved(H, b)), b)]", least={"n": 1})
case("solve_columns", M, [HEAVY + "y = solve(H', B)", HEAVY + "y = inv(H)'@B"],
     PLAIN + "y = times(turned(inverse(H)), B)", least={"n": 1, "m": 1})
case("inverse_shared", M, [HEAVY + "y = H@B + inv(H)@(B*B)", HEAVY + "y = solve(H, H@(H@B) + B^2)"],
     PLAIN + "I = times(inverse(H), [[e*e for e in r] for r in B])\n"
     "y = [[s + t for s, t in zip(p, q)] for p, q in zip(times(H, B), I)]", least={"n": 1, "m": 1})
case("det_rows", M.replace("B[n,m]", "x[m]"),
     [HEAVY + "y[i] = det(H)*x[i]", HEAVY + "d = det(H')\ny = d*x"],
     PLAIN + "d = 1\nG = H\n"
     "while G:\n"
     "    d *= G[0][0]\n"
     "    G = [[G[i][j] - G[i][0]*G[0][j]/G[0][0] for j in R(1, len(G))] for i in R(1, len(G))]\n"
     "y = [d*e for e in x]", least={"n": 1})

# two arrays have the same part, a sum of which one of them adds up more
case("shared_part", "dim n; input L[n,n], x[n]; output g",
     ["y[i] = sum[j in 0..i+1](L[i,j]*x[j])\nf = sum(y^2)/2 + sin(y[0])\ng = diff(f, x)",
      "y[i] = sum[j in 0..i+1](L[i,j]*x[j])\n"
      "g[k] = sum[i](i >= k ? (y[i] + (i == 0 ? cos(y[0]) : 0))*L[i,k] : 0)"],
     "y = [sum(L[i][j]*x[j] for j in R(i + 1)) for i in R(n)]\n"
     "g = [sum((y[i] + (cos(y[0]) if i == 0 else 0))*L[i][k] for i in R(k, n)) for k in R(n)]",
     least={"n": 1})

# ---- recurrences that have an order by their conditions alone

ONE = "dim n; input v[n], w; output F"
SPD = "A[i in 0..n, j in 0..n] = (i == j ? n + 1 : 0) + v[i]*v[j]\n"
PLAIN_SPD = "A = [[(n + 1 if i == j else 0) + v[i]*v[j] for j in R(n)] for i in R(n)]\n"
LOWER = ("L = [[0]*n for _ in R(n)]\nfor i in R(n):\n    for j in R(i + 1):\n"
         "        s = A[i][j] - sum(L[i][k]*L[j][k] for k in R(j))\n"
         "        L[i][j] = s/L[j][j] if j < i else s**0.5\n")
case("cholesky_in_one_equation", ONE,
     [SPD + "L[i in 0..n, j in 0..i+1] = (j < i ? (A[i,j] - sum[k in 0..j](L[i,k]*L[j,k]))/L[j,j]\n"
      "                                  : sqrt(A[i,i] - sum[k in 0..i](L[i,k]^2)))\n"
      "F = w*sum[i in 0..n, j in 0..i+1](L[i,j]*cos(v[j]))",
      SPD + "L[i in 0..n, j in 0..n] = (j > i ? 0 : j == i ? sqrt(A[i,i] - sum[k in 0..i](L[i,k]^2))\n"
      "                                : (A[i,j] - sum[k in 0..j](L[i,k]*L[j,k]))/L[j,j])\n"
      "F = w*sum[i,j](L[i,j]*cos(v[j]))",
      SPD + "L[i in 0..n, j in 0..n] = i < j ? 0 : (i == j ? 1 : 1/L[j,j])*\n"
      "    (i == j ? sqrt(A[i,i] - sum[k in 0..i](L[i,k]^2))\n"
      "            : A[i,j] - sum[k in 0..j](L[i,k]*L[j,k]))\n"
      "F = w*sum[i,j](L[i,j]*cos(v[j]))"],
     PLAIN_SPD + LOWER + "F = w*sum(L[i][j]*cos(v[j]) for i in R(n) for j in R(n))")
case("lu_in_one_equation", ONE,
     [SPD + "U[i in 0..n, j in 0..n] = (j >= i ? A[i,j] - sum[k in 0..i](U[i,k]*U[k,j])\n"
      "                                : (A[i,j] - sum[k in 0..j](U[i,k]*U[k,j]))/U[j,j])\n"
      "F = w*sum[i,j](U[i,j]*cos(v[j]))"],
     PLAIN_SPD + "U = [[0]*n for _ in R(n)]\nfor i in R(n):\n    for j in R(n):\n"
     "        s = A[i][j] - sum(U[i][k]*U[k][j] for k in R(min(i, j)))\n"
     "        U[i][j] = s if j >= i else s/U[j][j]\n"
     "F = w*sum(U[i][j]*cos(v[j]) for i in R(n) for j in R(n))")
case("mirrored_elements", ONE,
     ["S[i in 0..n, j in 0..n] = i <= j ? w*v[i]*sin(v[j]) : S[j,i]\nF = sum[i,j](S[i,j]*v[i])",
      "S[i in 0..n, j in 0..n] = i > j ? S[j,i] : w*v[i]*sin(v[j])\nF = sum[i,j](S[i,j]*v[i])",
      "S[i in 0..n, j in 0..n] = !(i > j) ? w*v[i]*sin(v[j]) : S[j,i]\nF = sum[i,j](S[i,j]*v[i])"],
     "F = sum(w*v[min(i, j)]*sin(v[max(i, j)])*v[i] for i in R(n) for j in R(n))")
case("forth_and_back", "dim n; input v[n], w; output F",
     "y[i in 0..2*n] = i < n ? sin(v[i] + (i > 0 ? w*y[i-1] : 0)) : y[2*n-1-i]*y[i-1]*w\n"
     "F = sum(y)",
     "y = []\nfor i in R(n):\n    y.append(sin(v[i] + (w*y[i-1] if i else 0)))\n"
     "for i in R(n, 2*n):\n    y.append(y[2*n-1-i]*y[i-1]*w)\nF = sum(y) if n else 0*w")

# what is kept for all turns of a loop whose range neither rises nor falls, or is an entry's
case("kept_where_ranges_are_longest", "dim n; input x[n], w; output F",
     ["h[i in 0..n] = prod[k in 0..min(i,n-i)](sin(x[k]*w) + 2)\nF = sum(h^2)",
      "h[i in 0..n] = prod[k in 0..(i < n-i ? i : n-i)](sin(x[k]*w) + 2)\nF = sum(h^2)",
      "F = sum[i in 0..n](prod[k in 0..max(min(i,n-i), 0)](sin(x[k]*w) + 2)^2)"],
     "F = sum(prod(sin(x[k]*w) + 2 for k in R(min(i, n - i)))**2 for i in R(n))", sizes={"n": 7})
case("kept_for_products", "dim n; input x[n], w; output F",
     ["F = sum[i in 0..n](prod[k in 0..i*(n-i)](sin(x[k % n]*w + k) + 2)^2)",
      "F = sum[i in 0..n](prod[k in 0..(n-i)*i](sin(x[k - n*(k/n)]*w + k) + 2)^2)"],
     "F = sum(prod(sin(x[k % n]*w + k) + 2 for k in R(i*(n - i)))**2 for i in R(n))", sizes={"n": 5})
case("kept_for_entries", "dim n, m; input x[m], w; index c[n] < m; output F",
     ["F = sum[i in 0..n](prod[k in 0..c[i]](sin(x[k]*w) + 2)^2)",
      "h[i] = prod[k in 0..c[i]](sin(x[k]*w) + 2)\nF = sum(h^2)"],
     "F = sum(prod(sin(x[k]*w) + 2 for k in R(c[i]))**2 for i in R(n))", sizes={"n": 4, "m": 5})
case("arrays_as_long_as_an_entry", "dim m; input x[m], w; index c < m; output F",
     ["h[i in 0..c] = x[i]*w*(i > 0 ? h[i-1] : 1)\nF = sum[i in 0..c](h[i]^2*h[c-1-i])",
      "h[i in 0..c] = x[i]*w*(i > 0 ? h[i-1] : 1)\nF = sum[i in 0..c](h[c-1-i]^2*h[i])"],
     "h = []\nfor i in R(c):\n    h.append(x[i]*w*(h[i-1] if i else 1))\n"
     "F = sum(h[i]**2*h[c-1-i] for i in R(c)) if c else 0*w", sizes={"m": 5},
     least={"m": 1})
case("system_as_large_as_an_entry", "dim m; input x[m], A[m,m]; index c < m; output F",
     "H[i in 0..c, j in 0..c] = A[i,j] + (i == j ? 4 : 0)\nF = sum(solve(H, x[0..c]))",
     "H = [[A[i][j] + (4 if i == j else 0) for j in R(c)] for i in R(c)]\n"
     "F = sum(solved(H, x[:c])) if c else 0*x[0]", sizes={"m": 4},
     least={"m": 1})

# reductions over less than their ranges, since the rest of the elements is neutral
case("sums_where_conditions_hold", "dim n, m; input h[n], x[n,m], w; output a, b, e, g, s",
     ["a[t in 0..n] = sum[k in 0..n](k < t ? sin(h[k]*w) : 0)\n"
      "b[t in 0..n] = sum[k in 0..n](k == t ? h[k]*x[t,0] : 0)\n"
      "e[t in 0..n] = prod[k in 0..n](k > t ? 1 : cos(h[k]*w))\n"
      "g[t in 0..n] = max(-9, max[k in 0..n](k <= t && t < n-1 ? -h[k]^2 : -inf))\n"
      "s = sum[i in 0..n, j in 0..m, k in 0..n](j != 0 || k < i ? 0 : x[i,j]*h[k]*w)",
      "a[t in 0..n] = sum[k in 0..n](!(k >= t) ? sin(h[k]*w) : 0)\n"
      "b[t in 0..n] = sum[k in 0..n](k != t ? 0 : h[k]*x[t,0])\n"
      "e[t in 0..n] = prod[k in 0..n](k <= t ? cos(h[k]*w) : 1)\n"
      "g[t in 0..n] = -min(9, min[k in 0..n](t < n-1 && t >= k ? h[k]^2 : inf))\n"
      "s = sum[i in 0..n, j in 0..m](j == 0 ? sum[k in 0..n](k >= i ? x[i,j]*h[k]*w : 0) : 0)"],
     "a = [sum(sin(h[k]*w) for k in R(t)) for t in R(n)]\nb = [h[t]*x[t][0] for t in R(n)]\n"
     "e = [prod(cos(h[k]*w) for k in R(t + 1)) for t in R(n)]\n"
     "g = [most(-h[k]**2 for k in R(t + 1)) if t < n - 1 else -9 for t in R(n)]\n"
     "s = sum(x[i][0]*h[k]*w for i in R(n) for k in R(i, n))", least={"m": 1})
case("recurrence_by_conditions_of_sums", "dim n; input h[n], x[n,n], w; output F",
     ["y[t in 0..n] = w*sum[k in 0..n](k < t ? y[k]*x[t,k] : 0) + h[t]\nF = sum(sin(y))",
      "y[t in 0..n] = w*sum[k in 0..t](y[k]*x[t,k]) + h[t]\nF = sum(sin(y))",
      "y[t in 0..n] = h[t] + sum[k in 0..n](t-1 >= k ? w*(y[k]*x[t,k]) : 0)\nF = sum(sin(y))"],
     "y = []\nfor t in R(n):\n    y.append(h[t] + w*sum(y[k]*x[t][k] for k in R(t)))\n"
     "F = sum(sin(e) for e in y)")
case("tree_by_entries", "dim n; input q[n], w; index par[n] < n; output F",
     ["T[i in 0..n] = q[i] + (par[i] < i ? w*sin(T[par[i]]) : 0)\nF = sum(T^2)",
      "T[i in 0..n] = q[i] + (i <= par[i] ? 0 : w*sin(T[par[i]]))\nF = sum(T^2)",
      "T[i in 0..n] = q[i] + (par[i] != i && par[i] <= i ? w*sin(T[par[i]]) : 0)\nF = sum(T^2)",
      "T[i in 0..n] = q[i] + (par[i] < i ? w*sin(T[min(par[i], i-1)]) : 0)\nF = sum(T^2)"],
     "T = []\nfor i in R(n):\n    T.append(q[i] + (w*sin(T[par[i]]) if par[i] < i else 0))\n"
     "F = sum(e*e for e in T)", sizes={"n": 6})
case("arms_on_a_tree", "dim n; input q[n], l[n]; index par[n] < n; output a, b, F",
     "p[i in 0..n] = q[i] + (par[i] > i && q[i] > -2 ? p[par[i]] : 0)\n"
     "a[i in 0..n] = l[i]*cos(p[i]) + (par[i] > i ? a[par[i]] : 0)\n"
     "b[i in 0..n] = l[i]*sin(p[i]) + (!(par[i] <= i) ? b[par[i]]*(1 + 0.1*a[par[i]]) : 0)\n"
     "F = sum(a*b)",
     "p, a, b = [0]*n, [0]*n, [0]*n\nfor i in reversed(R(n)):\n    k = par[i] if par[i] > i else None\n"
     "    p[i] = q[i] + (0 if k is None else p[k])\n"
     "    a[i] = l[i]*cos(p[i]) + (0 if k is None else a[k])\n"
     "    b[i] = l[i]*sin(p[i]) + (0 if k is None else b[k]*(1 + 0.1*a[k]))\n"
     "F = sum(s*t for s, t in zip(a, b))", sizes={"n": 5})
