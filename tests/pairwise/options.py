"""Generated functions under any options that shape them, called by what the manifest says: packed
arguments, other types, static functions."""
import ctypes

from model import Block, Failure, Model

TYPES = {"float": ctypes.c_float, "double": ctypes.c_double, "long double": ctypes.c_longdouble}
NAN = float("nan")
ORDER = {"input": "inputs", "tangent": "active", "adjoint": "active", "adjoint_tangent": "active",
         "param": "params", "index": "indices", "seed": "outputs", "output": "outputs",
         "output_tangent": "outputs"}


def functions_of(manifest):
    """The names of all functions, those of sizes behind the others."""
    functions = manifest["functions"]
    return [f["name"] for f in functions] + [
        a["size_function"] for f in functions for a in f["args"] if "size_function" in a]


def table_of(source):
    """C that makes all functions known to a caller from outside, static ones, too."""
    return "extern void (*const %s_table[])(void);\nvoid (*const %s_table[])(void) = {%s};\n" % (
        source.prefix, source.prefix,
        ", ".join("(void (*)(void))" + n for n in functions_of(source.manifest)))


class AnyModel(Model):
    """A model of any options."""

    def __init__(self, library, source):
        super().__init__(library, source)
        self.number = TYPES[source.manifest["real"]]
        entries = source.manifest["inputs"]
        self.names = {
            "inputs": [x["name"] for x in entries if x["kind"] == "input"],
            "active": [x["name"] for x in entries if x["active"]],
            "params": [x["name"] for x in entries if x["kind"] == "param"],
            "indices": [x["name"] for x in entries if x["kind"] == "index"],
            "outputs": list(self.outputs)}
        names = functions_of(source.manifest)
        table = (ctypes.c_void_p*len(names)).in_dll(library, source.prefix + "_table")
        self.table = dict(zip(names, table))

    def work(self, entry, dims):
        if "size" in entry:
            return entry["size"]
        function = ctypes.CFUNCTYPE(ctypes.c_size_t)(self.table[entry["size_function"]])
        sizes = [dims[d["name"]] for d in self.dims if d["value"] is None]
        packed = any(a["role"] == "dim" and a["of"] is None
                     for f in self.source.manifest["functions"] for a in f["args"])
        size = function((ctypes.c_size_t*len(sizes))(*sizes)) if packed else \
            function(*[ctypes.c_size_t(s) for s in sizes])
        if [size] != self.shape(entry, dims):
            raise Failure("%s gives %d, the manifest %s" % (entry["size_function"], size,
                                                            entry["shape"][0]))
        return size

    def entry(self, name):
        return self.inputs.get(name) or self.outputs[name]

    def parts(self, a):
        """The names that an argument holds, in their order."""
        return [a["of"]] if a["of"] else self.names[ORDER[a["role"]]]

    def call(self, kind, dims, values, tangents=None, seeds=None):
        f = self.functions[kind]
        given = {"input": values, "param": values, "index": values, "tangent": tangents,
                 "seed": seeds}
        arguments, read, written = [], [], []
        for a in f["args"]:
            role, pointer = a["role"], "*" in a["type"]
            if role == "dim":
                sizes = [dims[n] for n in ([a["of"]] if a["of"] else
                         [d["name"] for d in self.dims if d["value"] is None])]
                arguments.append((ctypes.c_size_t*len(sizes))(*sizes) if pointer
                                 else ctypes.c_size_t(sizes[0]))
                continue
            ctype = ctypes.c_int if role == "index" else self.number
            if role in given:
                numbers = [x for n in self.parts(a) for x in given[role][n]]
                if not pointer:
                    arguments.append(ctype(numbers[0]))
                    continue
                if len(numbers) != self.size(a, dims):
                    raise Failure("%s has %d elements, not %d" % (a["c"], self.size(a, dims),
                                                                  len(numbers)))
                block = Block(ctype, numbers)
                read.append((a["c"], block))
            else:
                size = self.work(a, dims) if role == "work" else self.size(a, dims)
                block = Block(ctype, [NAN]*size)
                written.append((a, block))
            arguments.append(block.argument())
        ctypes.CFUNCTYPE(None)(self.table[f["name"]])(*arguments)
        return self.results(f["name"], dims, read, written)

    def results(self, name, dims, read, written):
        out = {}
        for c, block in read:
            if not block.unchanged():
                raise Failure("%s writes into %s" % (name, c))
        for a, block in written:
            if not block.intact():
                raise Failure("%s writes beyond %s" % (name, a["c"]))
            numbers = block.values()
            if a["role"] in ("jacobian", "hessian"):
                out[a["role"], None] = numbers
            elif a["role"] != "work":
                for part in self.parts(a):
                    size = self.size(self.entry(part), dims)
                    out[a["role"], part], numbers = numbers[:size], numbers[size:]
        return out
