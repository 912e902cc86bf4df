"""Models nested, chained or listed n deep or long: python3 model.py KIND N prints one, and
python3 model.py the kinds.

A row each: what repeats, with {i} the turn, {j} the one before it, and what stands around.
"""
import sys


def repeat(piece, n, start=0):
    return ''.join(piece.format(i=i, j=i - 1) for i in range(start, n))


def around(left, middle, right, before='f = ', after=''):
    return lambda n: before + left * n + middle + right * n + after


def chain(operator, operand='x', before='f = ', after=''):
    return lambda n: before + operator.join([operand] * n) + after


def numbered(operator, operand='x{i}', before='f = ', after=''):
    return lambda n: before + operator.join(operand.format(i=i) for i in range(n)) + after


def lines(first, line, last='', reverse=False):
    def write(n):
        middle = [line.format(i=i, j=i - 1) for i in range(1, n)]
        text = first + '\n' + '\n'.join(middle[::-1] if reverse else middle) + '\n'
        return text + last.format(j=n - 1)
    return write


KINDS = {
    # brackets, operators before and behind
    'brackets': around('(', 'x', ')'),
    'neg': around('-', 'x', ''),
    'plusu': around('+', 'x', ''),
    'not': around('!', '(x < 1) ? x : y', ''),
    'transpose': around('', 'A', "'", 'input A[2,2]\nf = sum(', ')'),
    # chains of one name, and of many
    'plus': chain('+'),
    'minus': chain('-'),
    'times': chain('*'),
    'div': chain('/'),
    'pow': chain('^'),
    'mod': chain('%'),
    'plusv': numbered('+'),
    'minusv': numbered('-'),
    'timesv': numbered('*'),
    'divv': numbered('/'),
    'powv': numbered('^'),
    'and': numbered(' && ', 'x{i} < 1', after=' ? y : z'),
    'or': numbered(' || ', 'x{i} < 1', after=' ? y : z'),
    'newlines': numbered(' +\n'),
    'arrays': chain('+', before='input x[3]\nf = sum(', after=')'),
    'matrix': chain('@', 'A', 'input A[2,2]\nf = sum(', ')'),
    # nested to the left, to the right, in functions
    'right': around('(1 + ', 'x', ')'),
    'left': around('(', 'x', '*y + 1)'),
    'sub': around('(x - ', 'x', ')'),
    'square': around('(', 'x', '^2)'),
    'powl': around('(', 'x', '^y)'),
    'less': around('(', 'x', ' < 1)'),
    'sin': around('sin(', 'x', ')'),
    'tanh': around('tanh(w*', 'x', ')'),
    'sqrt': around('sqrt(1 + ', 'x', ')'),
    'max': around('max(x, ', 'y', ')'),
    'maxl': around('max(', 'y', ', x)'),
    'hypot': around('hypot(x, ', 'y', ')'),
    'clamp': around('clamp(', 'x', ', -1, y)'),
    'stop': around('stop_gradient(', 'x', ')', 'f = x*'),
    'cond': around('x < 1 ? y : ', 'z', ''),
    'condv': lambda n: 'f = ' + repeat('x{i} < 1 ? y : ', n) + 'z',
    'condl': around('(x < 1 ? ', 'z', ' : y)'),
    'condc': around('(', 'x', ' < 1 ? y : z)'),
    'condt': around('x < 1 ? ', 'z', ' : y'),
    'conds': around('(x < 1 ? sin(', 'x', ') : y)'),
    # arrays
    'sums': lambda n: 'input x[3]\nf = ' + repeat('sum[i{i}](x[i{i}]*', n) + 'x[0]' + ')' * n,
    'literal': around('[', 'x', ']', 'f = sum(', ')'), # more axes than there may be
    'element': around('[x, ', 'y', '][0]', 'f = '),
    'norm': around('norm([', 'sum(x)', ', 1])', 'input x[3]\nf = '),
    'index': around('a[', '0', ']', 'index a[5] < 5\ninput x[5]\nf = x[', ']'),
    'subscript': lambda n: 'input x[9]\nf = x[' + '+'.join(['0'] * n) + ']',
    'wide': lambda n: 'f = sum([' + ', '.join(['x*y'] * n) + '])',
    'widev': lambda n: 'f = sum([' + ', '.join('x%d' % i for i in range(n)) + '])',
    'scan': lambda n: 'input x[5]\nh[0] = 0\nh[t+1 in 1..5] = ' + 'tanh(' * n + 'h[t] + x[t]'
                      + ')' * n + '\nf = h[4]',
    'body': lambda n: 'input x[5]\nf = sum[i](' + 'tanh(' * n + 'x[i]' + ')' * n + ')',
    # definitions, each of the one before
    'defs': lines('v0 = x*y', 'v{i} = sin(v{j})'),
    'defsr': lines('', 'v{i} = sin(v{j})', 'v0 = x*y', reverse=True),
    'defs2': lines('v0 = x*y', 'v{i} = v{j}*v{j} + x', 'f = v{j}'),
    'names': lines('v0 = x', 'v{i} = v{j}', 'f = v{j}'),
    'maxdefs': lines('v0 = max(x, y)', 'v{i} = max(v{j}, x{i})'),
    'arrdefs': lines('input x[3]\nv0 = x', 'v{i} = sin(v{j})', 'f = sum(v{j})'),
    'eldefs': lines('input x[3]\nv0[i] = x[i]', 'v{i}[i] = sin(v{j}[i])', 'f = sum(v{j})'),
    'floats': lines('dim m\ninput x[m]\nv0[i] = x[i]', 'v{i}[i] = v{j}[i]*v{j}[i] + x[i]',
                    'f = sum(v{j})'),
    'kept': lambda n: 'dim m\ninput x[m], y[m]\ng(a, b) = { v0 = a*b\n'
                      + repeat('v{i} = sin(v{j})*v{j} + b\n', n, 1)
                      + 'v%d }\nf = sum[i](g(x[i], y[i]))' % (n - 1),
    'slices': lambda n: 'input x[%d]\n' % (3*n + 3)
                        + ''.join('v%d = x[%d..%d]*2\n' % (i, 3*i, 3*i + 3) for i in range(n)),
    'coupled': lambda n: 'dim m\ninput x[m], p\n'
                         + ''.join('h%d[0] = p\nh%d[t+1 in 1..m+1] = sin(h%d[t])*x[t] + h%d[t]\n'
                                   % (i, i, i, (i + 1) % n) for i in range(n)) + 'f = h0[m]',
    'elements': lambda n: 'input x[%d]\n' % n + repeat('a[{i}] = sin(x[{i}])*x[{i}]\n', n)
                          + 'f = ' + ' + '.join('a[%d]*a[%d]' % (i, i*3 % n) for i in range(n)),
    'carried': lambda n: 'input x[%d]\na[0] = x[0]\n' % n
                         + repeat('a[{i}] = a[{j}]*x[{i}]\n', n, 1) + 'f = a[%d]' % (n - 1),
    'recurrences': lambda n: 'dim m\ninput x[m]\nh0[0] = 1\nh0[t+1 in 1..m+1] = h0[t]*x[t]\n'
                             + repeat('h{i}[0] = 1\nh{i}[t+1 in 1..m+1] = h{i}[t]*x[t] + h{j}[t]\n',
                                      n, 1) + 'f = h%d[m]' % (n - 1),
    'list': lambda n: 'f = sum([' + ', '.join('x%d*x%d' % (i, i) for i in range(n)) + '])',
    'consts': lambda n: 'const c0 = 1\n' + repeat('const c{i} = c{j} + 1\n', n, 1)
                        + 'f = x*c%d' % (n - 1),
    'const': around('(1 + ', '1', ')', 'const c = ', '\nf = c*x'),
    'dims': lambda n: 'dim d0 = 1\n' + repeat('dim d{i} = d{j}\n', n, 1)
                      + 'input x[d%d]\nf = sum(x)' % (n - 1),
    'dim': around('(', '3', ')', 'dim n = ', '\ninput x[n]\nf = sum(x)'),
    'assume': around('(', '1', ')', 'assume x < ', '\nf = x*x'),
    # functions
    'call': around('g(', 'x', ')', 'g(t) = t*t + 1\nf = '),
    'functions': lines('g0(t) = t*t', 'g{i}(t) = g{j}(t) + 1', 'f = g{j}(x)'),
    'sumsf': lines('g0(t) = sum[i in 0..3](t*i)', 'g{i}(t) = sum[i in 0..3](g{j}(t*i))',
                   'f = g{j}(x)'),
    'sumsn': lines('dim n\ninput v[n]\ng0(t[m]) = sum[i in 0..m](t[i])',
                   'g{i}(t[m]) = sum[i in 0..m](g{j}(t)*t[i])', 'f = g{j}(v)'),
    'functions2': lines('g0(t, s) = t*s', 'g{i}(t, s) = g{j}(s, t*s)', 'f = g{j}(x, y)'),
    'locals': lambda n: 'g(t) = { v0 = t\n' + repeat('v{i} = sin(v{j})\n', n, 1)
                        + 'v%d }\nf = g(x)' % (n - 1),
    'params': lambda n: 'g(' + ', '.join('t%d' % i for i in range(n)) + ') = '
                        + '+'.join('t%d' % i for i in range(n)) + '\nf = g('
                        + ', '.join('x%d' % i for i in range(n)) + ')',
    'args': lambda n: 'f = max(' + ', '.join('x%d' % i for i in range(n)) + ')',
    'rules': lines('', 'g{i}(t) = t*t\nrule diff(g{i}(t), t) = 2*t', 'f = g{j}(x)'),
    # diff
    'diff': around('diff(', 'x*sin(x)', ', x)'),
    'diffcalls': lines('g0(t) = sin(t)', 'g{i}(t) = g{j}(t)*t + diff(sin(t)*t, t)', 'f = g{j}(x)'),
    'diffs': lines('v0 = sin(x)', 'v{i} = v{j} + diff(sin(x)*y, x)', 'f = v{j}'),
    'diffd': lines('v0 = sin(x)', 'v{i} = diff(v{j}, x)', 'f = v{j}'),
    # lists
    'inputs': lambda n: 'input ' + ', '.join('x%d' % i for i in range(n)) + '\nf = x0*x%d'
                        % (n - 1),
    'given': numbered('+', 'x{i}*x{i}'),
    'inputl': lambda n: repeat('input x{i}\n', n) + 'f = x0*x%d' % (n - 1),
    'paramsl': lambda n: 'input y\n' + repeat('param x{i}\n', n) + 'f = y*x%d' % (n - 1),
    'outputs': lambda n: repeat('f{i} = x*{i}\n', n),
    'checks': lambda n: 'f = x*x\n' + 'check diff(f, x) == 2*x\n' * n,
    'assumes': lambda n: 'f = x*x\n' + 'assume x > 0\n' * n,
    'long': lambda n: 'f = ' + 'a' * n + '*x',
    'comment': lambda n: '#' * n + '\nf = x*x # ' + 'a' * n,
    'comments': lambda n: '# a\n' * n + 'f = x*x',
    'blank': lambda n: 'f = x' + ' ' * n + '*x' + '\n' * n,
    'digits': lambda n: 'f = x*0.' + '1' * n,
    'errors': lambda n: repeat('f{i} = y{i}[3]\n', n),
    'open': around('(', 'x', ''),
    'close': around('', 'x', ')'),
    'wrong': around('(', 'x +* y', ')'),
}

# The values of `given`.
POINT = numbered(', ', '"x{i}": {i}.5', '{', '}')

if __name__ == '__main__':
    if len(sys.argv) == 1:
        print('\n'.join(KINDS))
    else:
        write = POINT if sys.argv[1] == 'point' else KINDS[sys.argv[1]]
        sys.stdout.write(write(int(sys.argv[2])) + '\n')
