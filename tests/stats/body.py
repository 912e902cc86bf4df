"""Generated C in, what its functions do out: operations by kind, loops, statements, values alive at
once, bytes of arrays. Knows nothing of how bpgen counts: it reads the text as a compiler does, as
far as generated C goes."""
import re
from collections import Counter

TOKEN = re.compile(r"0[xX][\w.+-]+|\d+\.?\d*(?:[eE][+-]?\d+)?\w*|\.\d+(?:[eE][+-]?\d+)?\w*|[A-Za-z_]\w*|"
                   r"->|\+\+|--|[-+*/]=|[<>=!]=|&&|\|\||\S")
COMMENT = re.compile(r"/\*.*?\*/", re.S)
FUNCTION = re.compile(r"^(?:static (?:inline )?)?void (\w+)\(([^)]*)\)\n\{\n(.*?)^\}$", re.S | re.M)
FRAME = re.compile(r"^struct (\w+)_frame \{\n(.*?)^\};$", re.S | re.M)
REAL = ("float", "double", "long double")
MATH = set("""sqrt cbrt exp exp2 expm1 log log2 log10 log1p pow sin cos tan asin acos atan atan2 sinh cosh
tanh asinh acosh atanh hypot fabs floor ceil round trunc fmod remainder fdim copysign erf erfc tgamma
lgamma""".split())
RENAMED = {"fabs": "abs", "fmod": "mod", "trigamma": "polygamma"}
LINEAR = ("factor", "solve", "solve_transposed", "inverse", "det")
RELATIONS = ("<", ">", "<=", ">=", "==", "!=")
# in this order ends a side of a comparison
SIDE_ENDS = ("&&", "||", "?", ":", "=", ",", "(", ")", "+=", "-=", "*=", "!") + RELATIONS


class Statement:
    """Of kind for, if, end, or one that does something."""

    def __init__(self, kind, tokens):
        self.kind, self.tokens = kind, tokens


def matching(tokens, at):
    """The place of the bracket that closes the one there."""
    close = {"(": ")", "[": "]", "{": "}"}[tokens[at]]
    depth = 0
    for i in range(at, len(tokens)):
        depth += (tokens[i] == tokens[at]) - (tokens[i] == close)
        if not depth:
            return i
    raise ValueError("no bracket closes " + " ".join(tokens[at:at + 9]))


def statements(text):
    tokens, out, i = TOKEN.findall(COMMENT.sub(" ", text)), [], 0
    head = []  # of an `if` without a block
    while i < len(tokens):
        if tokens[i] == "}":
            out.append(Statement("end", []))
            i += 1
        elif tokens[i] in ("for", "if"):
            end = matching(tokens, i + 1)
            if tokens[end + 1] == "{":
                out.append(Statement(tokens[i], tokens[i + 2:end]))
                i = end + 2
            elif tokens[i] == "for":
                out.append(Statement("call", []))
                i = tokens.index(";", end) + 1
            else:
                head = ["if", *tokens[i + 1:end + 1]]
                i = end + 1
        else:
            end = tokens.index(";", i)
            out.append(Statement("do", head + tokens[i:end]))
            head, i = [], end + 1
    return out


def drop_subscripts(tokens):
    out, i = [], 0
    while i < len(tokens):
        if tokens[i] == "[":
            i = matching(tokens, i)
        else:
            out.append(tokens[i])
        i += 1
    return out


def drop_conversions(tokens):
    """`(double)(n - 1)` is a number like any other."""
    out, i = [], 0
    while i < len(tokens):
        end = i + tokens[i:i + 4].index(")") if tokens[i] == "(" and ")" in tokens[i:i + 4] else 0
        inner = " ".join(tokens[i + 1:end]) if end else ""
        if inner in ("size_t", "ptrdiff_t"):
            i = end + 1
        elif inner in REAL:
            i = end + 1
            while tokens[i] == "(" and tokens[i + 1] in ("ptrdiff_t", "size_t"):
                i += 3
            call = tokens[i + 1:i + 2] == ["("] and tokens[i] != "("
            i = matching(tokens, i + call) + 1 if tokens[i] == "(" or call else i + 1
            out.append("1")
        else:
            out.append(tokens[i])
            i += 1
    return out


def drop_arguments(tokens, prefix):
    """Those of linear algebra are arrays and sizes."""
    out, i = [], 0
    while i < len(tokens):
        out.append(tokens[i])
        if tokens[i] in [prefix + "_" + name for name in LINEAR]:
            i = matching(tokens, i + 1)
            out += ["(", ")"]
        i += 1
    return out


def side(tokens, at, step):
    """The tokens of one side of a comparison."""
    found, i, depth = [], at + step, 0
    opening, closing = ("(", ")") if step > 0 else (")", "(")
    while 0 <= i < len(tokens):
        if not depth and tokens[i] in SIDE_ENDS and tokens[i] != opening:
            break
        depth += (tokens[i] == opening) - (tokens[i] == closing)
        found.append(i)
        i += step
    return found


def drop_integer_comparisons(tokens, integers):
    gone = set()
    for at, token in enumerate(tokens):
        if token in RELATIONS:
            places = side(tokens, at, -1) + side(tokens, at, 1)
            names = [tokens[i] for i in places if re.match(r"[A-Za-z_]", tokens[i])]
            if names and all(n in integers for n in names):
                gone |= {at, *places}
    return [t for i, t in enumerate(tokens) if i not in gone]


def operations(tokens, prefix, integers):
    """Of one statement, by the names that the table of --stats has for them."""
    tokens = drop_arguments(drop_conversions(drop_subscripts(tokens)), prefix)
    tokens = drop_integer_comparisons(tokens, integers)
    count = Counter()
    for i, token in enumerate(tokens):
        before = tokens[i - 1] if i else "="
        behind = tokens[i + 1] if i + 1 < len(tokens) else ""
        binary = re.match(r"[\w.)]", before) and before not in ("return", "if")
        if token == "-" and not binary:
            count["- (negative)"] += not re.match(r"[\d.]|HUGE_VAL", behind)
        elif token in ("+", "-", "*", "/"):
            count[token] += bool(binary)
        elif token in ("+=", "-=", "*="):
            count[token[0]] += 1
        elif token in ("&&", "||", "!") + RELATIONS:
            count[token] += 1
        elif token == "?":
            count["?:"] += 1
        elif behind == "(" and re.match(r"[a-z_A-Z]", token) and token != "if":
            name = token[len(prefix) + 1:] if token.startswith(prefix + "_") else \
                token if token in MATH else token[:-1]
            count[RENAMED.get(name, name)] += 1
            count["calls"] += name != "fabs"  # an instruction
    return +count


DECLARED = re.compile(r"^(?:const )?(float|double|long double|int|size_t) (\w+)( =.*)?$")


def declaration(tokens):
    """Type, name, and whether it is set; None if it declares no single value."""
    found = DECLARED.match(" ".join(tokens))
    return (found[1], found[2], bool(found[3])) if found else None


class Value:
    def __init__(self, begin, depth):
        self.begin, self.until, self.depth, self.counts = begin, begin, depth, True


def ends(body):
    """For each statement that opens a block, the one that ends it."""
    opened, end = [], {}
    for i, s in enumerate(body):
        if s.kind in ("for", "if"):
            opened.append(i)
        elif s.kind == "end":
            end[opened.pop()] = i
    return end


def live(body):
    """The most values alive at once: from where they are set to where they are last mentioned; what
    a loop needs of what was set before is alive to its end."""
    end, scopes, blocks, all_values = ends(body), [{}], [], []
    for i, s in enumerate(body):
        declared = declaration(s.tokens) if s.kind == "do" else None
        for name in re.findall(r"(?<!-> )\b[A-Za-z_]\w*", " ".join(s.tokens)):
            if declared and name == declared[1]:
                continue
            value = next((x[name] for x in reversed(scopes) if name in x), None)
            if value is None:
                continue
            if value.begin is None:
                at = blocks[value.depth] if len(blocks) > value.depth else None
                value.begin = value.until = 2*i if at is None else 2*at - 1
            loops = [b for b in blocks[value.depth:] if body[b].kind == "for"]
            value.until = max(value.until, 2*(end[loops[0]] if loops else i))
        if declared and declared[0] != "size_t":
            value = Value(2*i if declared[2] else None, len(blocks))
            value.counts = "->" not in s.tokens
            scopes[-1][declared[1]] = value
            all_values.append(value)
        if s.kind in ("for", "if"):
            blocks.append(i)
            scopes.append({})
        elif s.kind == "end":
            blocks.pop()
            scopes.pop()
    change = Counter()
    for v in all_values:
        if v.counts and v.begin is not None:
            change[v.begin] += 1
            change[v.until] -= 1
    alive = most = 0
    for at in sorted(change):
        alive += change[at]
        most = max(most, alive)
    return most


def is_computed(s, kept):
    """Does it compute or set something of the model's? Not what a part takes from others or leaves
    them."""
    text = " ".join(s.tokens)
    declared = declaration(s.tokens)
    if s.kind != "do" or text.startswith(("( void )", "const size_t", "static", "struct", "const struct")):
        return False
    if re.match(r"(?:const )?(?:float|double|long double) (?:\* ?)+\w", text) or "frame" in s.tokens:
        return False
    if re.match(r"(?:float|double|long double) \w+ \[", text) or (declared and not declared[2]):
        return False
    return not (kept and re.search(r"\b%s \[" % kept, text))


def summary(c, prefix, kind, real_size):
    """What --stats says of a function, from its text."""
    functions = {m[1]: (m[2], m[3]) for m in FUNCTION.finditer(c)}
    name = "%s_%s" % (prefix, kind)
    arguments, main = functions[name]
    parts = [f for f in functions if re.match(name + r"_part_\d+$", f)]
    bodies = [statements(functions[f][1]) for f in parts or [name]]
    count, found = Counter(), {"statements": 0, "loops": 0, "live": 0}
    named = re.findall(r"(?:size_t|const int \*|int) ?(\w+)", arguments)
    for body in bodies:
        integers = {"size_t", "ptrdiff_t", prefix + "_floor_div", prefix + "_floor_mod", *named}
        for s in body:
            text = " ".join(s.tokens)
            integers |= set(re.findall(r"size_t (\w+)", text))
            integers |= set(re.findall(r"const int \* (\w+)", text))
        for s in body:
            if s.kind == "for":
                found["loops"] += 1
            elif s.kind == "if":
                count += operations(s.tokens, prefix, integers)
            elif is_computed(s, "kept" if parts else None):
                found["statements"] += 1
                count += operations(s.tokens, prefix, integers)
        found["live"] = max(found["live"], live(body))
    arrays = re.findall(r"^    (?:float|double|long double) \w+\[(\d+)\](?: = \{0\})?;$", main, re.M)
    found["arrays"] = real_size*sum(map(int, arrays))
    frame = {m[1]: m[2] for m in FRAME.finditer(c)}.get(name, "")
    found["frame"] = sum(real_size if re.match(r"\s*(float|double|long double) \w", f) else 8
                         for f in frame.splitlines())
    found["calls"] = count.pop("calls", 0)
    found["operations"] = +count
    return found
