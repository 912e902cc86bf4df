"""Generated C called from Python: a model's text in, functions that take and give lists out.

Everything that is known of a function's arguments comes from the manifest. Each array lies between
guards; results and `work` are filled with NaN before a call, and a call that writes out of its
arrays, or into its inputs, is an error.
"""
import ctypes
import json
import math
import os
import re
import subprocess
from fractions import Fraction

BPGEN = os.environ.get("BPGEN", "build/bpgen")
CC = os.environ.get("CC", "cc").split()
WORK = os.environ.get("WORK", "/tmp")
STRICT = ("-Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wdouble-promotion "
          "-Wstrict-prototypes -Werror").split()
SANITIZE = "-g -fsanitize=address,undefined -fno-sanitize-recover=undefined".split()
SANITIZED = bool(os.environ.get("ARRAYS_SANITIZED"))  # then the sanitizers see what the guards do
GUARD = 0 if SANITIZED else 8
NAN, TOKEN = float("nan"), -123456789.0


class Failure(Exception):
    """What went wrong, in words for the log."""


def run_bpgen(text, *options):
    try:
        said = subprocess.run([BPGEN, *options, "-"], input=text, capture_output=True, text=True,
                              timeout=60, check=False)
    except subprocess.TimeoutExpired as e:
        raise Failure("bpgen %s: no end after a minute" % " ".join(options)) from e
    if said.returncode:
        raise Failure("bpgen %s: status %d\n%s" % (" ".join(options), said.returncode,
                                                  said.stderr[:2000]))
    return said.stdout


class Source:
    """The C of a model and its manifest."""

    def __init__(self, text, prefix, *options):
        options = ("--prefix=" + prefix, *options)
        self.text, self.prefix, self.options = text, prefix, options
        self.manifest = json.loads(run_bpgen(text, "--emit=json", *options))
        self.c = run_bpgen(text, *options)


def compile_library(name, sources, *flags):
    """All the sources in one library; gives the library, or None and what the compiler said.
    Without a level of optimisation $CC only warns, and tcc compiles, which takes no time."""
    path = os.path.join(WORK, ("sanitized_" if SANITIZED else "") + name)
    if SANITIZED:
        flags = (*flags, *SANITIZE)
    with open(path + ".c", "w", encoding="utf-8") as f:
        for s in sources:
            f.write(s.c)
    calls = [[*CC, "-std=c99", *flags, *STRICT, "-shared", "-fPIC", "-o", path + ".so",
              path + ".c", "-lm"]]
    if not any(f.startswith("-O") for f in flags):
        calls = [[*CC, "-std=c99", *flags, *STRICT, "-fsyntax-only", path + ".c"],
                 ["tcc", "-shared", "-o", path + ".so", path + ".c"]]
    for call in calls:
        said = subprocess.run(call, capture_output=True, text=True, timeout=600, check=False)
        if said.returncode:
            return None, said.stderr
    return ctypes.CDLL(path + ".so"), ""


class Block:
    """Numbers between guards."""

    def __init__(self, ctype, values):
        self.ctype, self.count = ctype, len(values)
        guard = [TOKEN if ctype is ctypes.c_double else int(TOKEN)]*GUARD
        self.memory = (ctype*(self.count + 2*GUARD))(*guard, *values, *guard)
        self.before = bytes(self.memory)

    def argument(self):
        return ctypes.byref(self.memory, GUARD*ctypes.sizeof(self.ctype))

    def values(self):
        return self.memory[GUARD:GUARD + self.count]

    def unchanged(self):
        return bytes(self.memory) == self.before

    def intact(self):
        width = GUARD*ctypes.sizeof(self.ctype)
        after = bytes(self.memory)
        return not GUARD or (after[:width] == self.before[:width]
                             and after[-width:] == self.before[-width:])


class Model:
    """The functions of one source in a library."""

    def __init__(self, library, source):
        self.library, self.source = library, source
        m = source.manifest
        self.dims = m["dims"]
        self.inputs = {x["name"]: x for x in m["inputs"]}
        self.outputs = {x["name"]: x for x in m["outputs"]}
        self.active = [x["name"] for x in m["inputs"] if x["active"]]
        self.functions = {f["kind"]: f for f in m["functions"]}

    def sizes(self, dims):
        """All dims, those compiled in, too."""
        return {x["name"]: dims[x["name"]] if x["value"] is None else x["value"]
                for x in self.dims}

    def extent(self, e, dims):
        """A number, or text of dims, + - * / % ( ), where / leaves no remainder."""
        if isinstance(e, int):
            return e
        sizes = self.sizes(dims)
        if set(re.findall(r"[^\s+\-*/%()]+", e)) - {*sizes, *re.findall(r"\b\d+\b", e)} or "//" in e:
            raise Failure("the manifest has the size %s" % e)
        value = eval(e, {}, {k: Fraction(v) for k, v in sizes.items()})
        if value != int(value):
            raise Failure("%s divides with a remainder at %s" % (e, sizes))
        return int(value)

    def shape(self, entry, dims):
        return [self.extent(e, dims) for e in entry["shape"]]

    def size(self, entry, dims):
        return math.prod(self.shape(entry, dims))

    def limit(self, entry, dims):
        return self.extent(entry["limit"], dims)

    def work(self, entry, dims):
        if "size" in entry:
            return entry["size"]
        function = getattr(self.library, entry["size_function"])
        function.restype = ctypes.c_size_t
        size = function(*[ctypes.c_size_t(dims[d["name"]]) for d in self.dims
                          if d["value"] is None])
        if [size] != self.shape(entry, dims):
            raise Failure("%s gives %d, the manifest %s" % (entry["size_function"], size,
                                                            entry["shape"][0]))
        return size

    def bind(self, kind, dims, values, tangents=None, seeds=None):
        """The function, its arguments, the blocks it reads (name, block) and those it writes by
        (role, name)."""
        f = self.functions[kind]
        given = {"input": values, "param": values, "index": values, "tangent": tangents,
                 "seed": seeds}
        arguments, read, written = [], [], {}
        for a in f["args"]:
            role = a["role"]
            if role == "dim":
                arguments.append(ctypes.c_size_t(dims[a["of"]]))
                continue
            if role in given:
                numbers = given[role][a["of"]]
                ctype = ctypes.c_int if "int" in a["type"] else ctypes.c_double
                if "*" not in a["type"]:
                    arguments.append(ctype(numbers[0]))
                    continue
                if len(numbers) != self.size(a, dims):
                    raise Failure("%s has %d elements" % (a["of"], len(numbers)))
                block = Block(ctype, numbers)
                read.append((a["c"], block))
            else:
                size = self.work(a, dims) if role == "work" else self.size(a, dims)
                block = Block(ctypes.c_double, [NAN]*size)
                written[role, a["of"]] = block
            arguments.append(block.argument())
        function = getattr(self.library, f["name"])
        function.restype = None
        return function, arguments, read, written

    def call(self, kind, dims, values, tangents=None, seeds=None):
        """What the function gives: lists by (role, name)."""
        called = self.functions[kind]["name"]
        function, arguments, read, written = self.bind(kind, dims, values, tangents, seeds)
        function(*arguments)
        for name, block in read:
            if not block.unchanged():
                raise Failure("%s writes into %s" % (called, name))
        for (role, name), block in written.items():
            if not block.intact():
                raise Failure("%s writes beyond the %s %s" % (called, role, name or ""))
        return {k: b.values() for k, b in written.items() if k[0] != "work"}
