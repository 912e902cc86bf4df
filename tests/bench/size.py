"""What large straight-line models cost: the generator, the compilers, and a call.

A row a model and a compiler:

    operations   as written
    s, MB        what bpgen takes for the C of value and gradient: processor time, and memory at
                 most; the median of three runs
    us/op, B/op  the same for an operation: they stay where they are as models grow if the generator
                 is linear
    C            how long its C is, in MB
    compiled     seconds that the compiler takes for it at -O2; stopped after LIMIT
    value        microseconds of a call, the least of many; value and gradient take turns
    ratio        of a call of the gradient, which computes the value too, to that

    tests/bench/size.py [OPERATIONS]...      powers of ten from 1000 to 100000 if none are given

Models up to COMPILED operations are compiled. MODELS, a list of names, chooses among the models.
"""
import os
import random
import re
import resource
import shutil
import statistics
import subprocess
import sys

BPGEN = os.environ.get("BPGEN", "build/bpgen")
WORK = os.environ.get("WORK", "build/bench")
ROUNDS = 3
LIMIT = 300       # seconds for a compiler
COMPILED = int(os.environ.get("COMPILED", "10000"))


def product(n):
    yield f"input x[{n + 1}]"
    yield "f = " + "*".join(f"x[{i}]" for i in range(n + 1))


def rosenbrock(n):
    """The chained function; eight operations a term."""
    terms = n // 8
    yield f"input x[{terms + 1}]"
    yield "f = " + " + ".join(f"100*(x[{i+1}] - x[{i}]^2)^2 + (1 - x[{i}])^2" for i in range(terms))


def named(n):
    """The same of scalars, with a name for each difference."""
    terms = n // 8
    for i in range(terms):
        yield f"a{i} = x{i+1} - x{i}^2"
        yield f"b{i} = 1 - x{i}"
    yield "f = " + " + ".join(f"100*a{i}^2 + b{i}^2" for i in range(terms))


def layers(n, width, weights):
    """Layers of units with tanh, each a sum of as many products."""
    count = max(1, n // (2 * width * width))
    yield f"input x[{width}]"
    yield f"{weights} w[{count * width * (width + 1)}]"
    before = [f"x[{i}]" for i in range(width)]
    k = 0
    for layer in range(count):
        now = []
        for j in range(width):
            terms = " + ".join(f"w[{k + i}]*{v}" for i, v in enumerate(before))
            yield f"h{layer}_{j} = tanh({terms} + w[{k + width}])"
            now.append(f"h{layer}_{j}")
            k += width + 1
        before = now
    yield "f = " + " + ".join(v + "^2" for v in before)


def network(n):
    """Wide layers, as they are trained: the gradient is in the weights, too."""
    return layers(n, 32, "input")


def narrow(n):
    """The same with layers of four units: mostly tanh."""
    return layers(n, 4, "input")


def trained(n):
    """Narrow layers as a controller has them: the weights are given."""
    return layers(n, 4, "param")


def arm(n):
    """How far a chain of joints in the plane is from a point; seven operations a joint."""
    joints = n // 7
    yield f"input q[{joints}]"
    yield "param tx, ty"
    yield "a0 = q[0]"
    yield "px0 = cos(a0)"
    yield "py0 = sin(a0)"
    for i in range(1, joints):
        yield f"a{i} = a{i-1} + q[{i}]"
        yield f"px{i} = px{i-1} + cos(a{i})"
        yield f"py{i} = py{i-1} + sin(a{i})"
    yield f"f = (px{joints-1} - tx)^2 + (py{joints-1} - ty)^2"


def graph(n):
    """Random: an operation or two a definition, of two of the last hundred; each is used."""
    draw = random.Random(1)
    yield "input x[100]"
    names = [f"x[{i}]" for i in range(100)]
    for i in range(n // 3 * 2):
        a, b = names[-100], names[-draw.randint(1, 99)]
        yield f"v{i} = " + draw.choice([f"{a} + {b}", f"{a}*{b}", f"{a} - {b}", f"sin({a}) + {b}",
                                        f"tanh({a})*{b}"])
        names.append(f"v{i}")
    yield "f = " + " + ".join(names[-100:])


FAMILIES = product, rosenbrock, named, network, narrow, trained, arm, graph


def processor_time():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def generate(path, out):
    """Seconds of processor time and the most memory, in MB."""
    # in a process of its own, whose only child is this run
    script = ("import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True); "
              "u = resource.getrusage(resource.RUSAGE_CHILDREN); "
              "print(u.ru_utime + u.ru_stime, u.ru_maxrss / 1024)")
    run = subprocess.run([sys.executable, "-c", script, BPGEN, "--with=value,gradient",
                          "--prefix=model", "-o", out, path],
                         stdout=subprocess.PIPE, check=True, text=True)
    return [float(x) for x in run.stdout.split()]


def compile_time(compiler, source, program):
    """Seconds of processor time; None if the compiler was stopped."""
    before = processor_time()
    try:
        subprocess.run([compiler, "-O2", "-c", "-o", program + ".o", source], check=True,
                       timeout=LIMIT)
    except subprocess.TimeoutExpired:
        return None
    return processor_time() - before


def prototype(text, function):
    """The declaration of a function, and a call with an array for each pointer."""
    declaration = re.search(rf"^void model_{function}\(.*?\)", text, re.S | re.M).group(0)
    call = []
    for argument in declaration[declaration.index("(") + 1:-1].split(","):
        name = argument.split()[-1]
        call.append(name.lstrip("*") + "_array" if name.startswith("*") else "0.3")
    return declaration + ";", f"model_{function}({', '.join(call)})"


def run_times(compiler, source, program):
    """Microseconds of a call of the value and of the gradient, the least of many."""
    with open(source, encoding="utf-8") as file:
        text = file.read()
    value, gradient = prototype(text, "value"), prototype(text, "gradient")
    names = sorted(set(re.findall(r"\w+_array", value[1] + gradient[1])))
    fill = "".join(f"        {n}[i] = 0.01*(i*37%19 - 9) + {int(n == 'x_array')};\n" for n in names)
    with open(program + "_run.c", "w", encoding="utf-8") as file:
        file.write("#define _POSIX_C_SOURCE 199309L\n#include <stdio.h>\n#include <time.h>\n"
                   f"{value[0]}\n{gradient[0]}\nenum {{ ROOM = 1 << 20 }};\n"
                   + "".join(f"static double {n}[ROOM];\n" for n in names) + f"""
static double now(void)
{{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return t.tv_sec + 1e-9*t.tv_nsec;
}}

int main(void)
{{
    enum {{ TURNS = 40, CALLS = 25 }};
    double value = 1e9, gradient = 1e9;
    for (int i = 0; i < ROOM; i++) {{
{fill}    }}
    for (int turn = 0; turn < TURNS; turn++) {{
        double begin = now(), middle, end;
        for (int i = 0; i < CALLS; i++)
            {value[1]};
        middle = now();
        for (int i = 0; i < CALLS; i++)
            {gradient[1]};
        end = now();
        value = middle - begin < value ? middle - begin : value;
        gradient = end - middle < gradient ? end - middle : gradient;
    }}
    printf("%g %g\\n", value*1e6/CALLS, gradient*1e6/CALLS);
    return 0;
}}
""")
    subprocess.run([compiler, "-O2", "-o", program, program + "_run.c", program + ".o", "-lm"],
                   check=True)
    run = subprocess.run([program], check=True, stdout=subprocess.PIPE, text=True)
    return [float(x) for x in run.stdout.split()]


def measure(make, n, compilers):
    stem = os.path.join(WORK, f"size_{make.__name__}")
    path, out = stem + ".expr", stem + ".c"
    with open(path, "w", encoding="utf-8") as file:
        file.writelines(line + "\n" for line in make(n))
    runs = [generate(path, out) for _ in range(ROUNDS)]
    seconds = statistics.median(r[0] for r in runs)
    memory = max(r[1] for r in runs)
    row = (f"{make.__name__:<12}{n:>10}{seconds:>8.2f}{memory:>7.0f}{seconds/n*1e6:>7.1f}"
           f"{memory*2**20/n:>7.0f}{os.path.getsize(out)/2**20:>7.1f}")
    if n > COMPILED:
        print(row, flush=True)
        return
    for compiler in compilers:
        took = compile_time(compiler, out, stem)
        row += f"  {os.path.basename(compiler):<8}"
        if took is None:
            row += f"not in {LIMIT} s"
        else:
            value, gradient = run_times(compiler, out, stem)
            row += f"{took:>8.1f}{value:>9.2f}{gradient/value:>7.2f}"
        print(row, flush=True)
        row = " " * 58


def main():
    sizes = [int(n) for n in sys.argv[1:]] or [1000, 10000, 100000]
    chosen = os.environ.get("MODELS", "").replace(",", " ").split()
    compilers = [c for c in ("gcc", "clang") if shutil.which(c)]
    os.makedirs(WORK, exist_ok=True)
    print(f"{'model':<12}{'operations':>10}{'s':>8}{'MB':>7}{'us/op':>7}{'B/op':>7}{'C':>7}"
          f"  {'compiler':<8}{'compiled':>8}{'value':>9}{'ratio':>7}")
    for make in FAMILIES:
        for n in sizes:
            if not chosen or make.__name__ in chosen:
                measure(make, n, compilers)


if __name__ == "__main__":
    main()
