"""What large straight-line models cost: time and memory of the generator, time of the compiler.

A row a model: operations as written, seconds and MB that bpgen takes for the C of the gradient (the
median of three runs), microseconds and bytes an operation, which stay where they are as models grow
if the generator is linear, and how long the C is. Where there is time for it (LIMIT), the seconds
that the compiler takes for that at -O2.

    tests/bench/size.py [OPERATIONS]...      powers of ten from 1000 to 100000 if none are given
"""
import os
import random
import resource
import shutil
import statistics
import subprocess
import sys

BPGEN = os.environ.get("BPGEN", "build/bpgen")
WORK = os.environ.get("WORK", "build/bench")
CC = os.environ.get("CC", "cc")
ROUNDS = 3
LIMIT = 60        # seconds for the compiler
COMPILED = 10000  # operations of the largest model that is compiled


def product(n):
    yield "f = " + "*".join(f"x{i}" for i in range(n + 1))


def rosenbrock(n):
    """The chained function; eight operations a term."""
    yield "f = " + " + ".join(f"100*(x{i+1} - x{i}^2)^2 + (1 - x{i})^2" for i in range(n // 8))


def network(n):
    """Layers of 32 units, each a sum of 32 products."""
    width, layer = 32, 0
    before = [f"x{i}" for i in range(width)]
    for layer in range(max(1, n // (2 * width * width))):
        now = []
        for j in range(width):
            terms = " + ".join(f"w{layer}_{j}_{k}*{v}" for k, v in enumerate(before))
            yield f"h{layer}_{j} = tanh({terms} + b{layer}_{j})"
            now.append(f"h{layer}_{j}")
        before = now
    yield "f = " + " + ".join(v + "^2" for v in before)


def graph(n):
    """Random: an operation a definition, of two of the last hundred; each is used."""
    draw = random.Random(1)
    names = [f"x{i}" for i in range(100)]
    for i in range(n):
        a, b = names[-100], names[-draw.randint(1, 99)]
        yield f"v{i} = " + draw.choice([f"{a} + {b}", f"{a}*{b}", f"{a} - {b}", f"sin({a}) + {b}",
                                        f"tanh({a})*{b}"])
        names.append(f"v{i}")
    yield "f = " + " + ".join(names[-100:])


def processor_time():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def generate(path, out):
    """Seconds of processor time and the most memory, in MB."""
    before = processor_time()
    with open(out, "wb") as file:
        # in a process of its own, whose greatest child is this run
        script = ("import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True); "
                  "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, file=sys.stderr)")
        run = subprocess.run([sys.executable, "-c", script, BPGEN, "--with=gradient", path],
                             stdout=file, stderr=subprocess.PIPE, check=True, text=True)
    return processor_time() - before, int(run.stderr.split()[-1]) / 1024


def compile_time(path):
    """Seconds of processor time; the compiler is stopped after LIMIT of the clock."""
    before = processor_time()
    try:
        subprocess.run([CC, "-O2", "-c", "-o", os.devnull, path], check=True, timeout=LIMIT)
    except subprocess.TimeoutExpired:
        return "not in time"
    return f"{processor_time() - before:.1f}"


def main():
    sizes = [int(n) for n in sys.argv[1:]] or [1000, 10000, 100000]
    os.makedirs(WORK, exist_ok=True)
    print(f"{'model':<12}{'operations':>11}{'s':>8}{'MB':>7}{'us/op':>8}{'B/op':>7}{'C in MB':>9}"
          f"{'  ' + os.path.basename(shutil.which(CC) or CC) + ' -O2 in s':>15}")
    for make in product, rosenbrock, network, graph:
        for n in sizes:
            path = os.path.join(WORK, f"size_{make.__name__}.expr")
            out = os.path.join(WORK, f"size_{make.__name__}.c")
            with open(path, "w", encoding="utf-8") as file:
                file.writelines(line + "\n" for line in make(n))
            runs = [generate(path, out) for _ in range(ROUNDS)]
            seconds = statistics.median(r[0] for r in runs)
            memory = max(r[1] for r in runs)
            compiled = compile_time(out) if n <= COMPILED else "-"
            print(f"{make.__name__:<12}{n:>11}{seconds:>8.2f}{memory:>7.0f}{seconds/n*1e6:>8.1f}"
                  f"{memory*2**20/n:>7.0f}{os.path.getsize(out)/2**20:>9.1f}{compiled:>15}",
                  flush=True)


if __name__ == "__main__":
    main()
