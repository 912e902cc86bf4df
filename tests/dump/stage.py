"""The stage: the dumps of many models, each held to what must be true of it.

tokens      all of the text but blanks and comments, in its order, at the places that are said
ast         a node's operands come before it, every node is part of one tree
unit        each definition is computed once, in the order
graph ...   numbers rise by one; operands come first; a node is free in what its operands are free
            in, less what it binds; results are there
plan        the same, and loops and conditions end
"""
import glob
import os
import re
import shlex
import subprocess
import sys

from collection import CASES

HERE = os.path.dirname(os.path.abspath(__file__))
BPGEN = os.environ["BPGEN"]
passed = failed = faults = 0


def check(name, what, is_so):
    global faults
    if not is_so:
        faults += 1
        print("dump: %s: %s" % (name, what), flush=True)


def tally(checking, *arguments):
    """Counts one dump."""
    global passed, failed
    before = faults
    checking(*arguments)
    passed += faults == before
    failed += faults != before


def dump(stage, options, path, text):
    said = subprocess.run([BPGEN, "--dump=" + stage, "-w", *options, path], input=text,
                          capture_output=True, text=True, check=False, timeout=60)
    return said.stdout if said.returncode == 0 else None


# ---- one stage each

def check_tokens(name, text, source):
    lines, said = source.split("\n"), ""
    for line in text.splitlines():
        place, _, rest = line.partition(" ")
        found = re.match(r" *(\d+):(\d+) +(name|number|string|word|mark) +(.*)$", line)
        if found:
            row, column, token = int(found[1]) - 1, int(found[2]) - 1, found[4]
            check(name, "the token %s is not there" % token,
                  lines[row][column:column + len(token)] == token)
            said += token
    bare = re.sub(r'"[^"\n]*"|#[^\n]*', lambda m: m[0] if m[0][0] == '"' else "", source)
    check(name, "tokens are missing", re.sub(r"[\s;]|\ufeff", "", bare) == re.sub(r"[\s;]", "", said))


def check_ast(name, text):
    # a claim is a comparison that was taken apart
    for sides in re.findall(r"^  claim (%\d+) == (%\d+)", text, re.M):
        text = re.sub(r"^    %%\d+ = binary == %s %s\n" % sides, "", text, flags=re.M)
    defined, used = [], set()
    for line in text.splitlines():
        found = re.match(r"    %(\d+) = (.*)$", line)
        mentions = {int(n) for n in re.findall(r"%(\d+)", found[2] if found else line)}
        check(name, "a node before its operands: " + line, mentions <= set(defined))
        check(name, "a node in two trees: " + line, not mentions & used)
        used |= mentions
        if found:
            defined.append(int(found[1]))
    check(name, "nodes that no tree has", used == set(defined))
    check(name, "nodes are not in order", defined == sorted(defined))


def check_unit(name, text):
    defined = re.findall(r"^define +(\S+?)(?:\[|,|$)", text, re.M)
    order = re.search(r"^order *(.*)$", text, re.M)[1].replace("+", " ").split()
    names = [n for n in order if not n.endswith("()")]
    check(name, "not computed once each: %s, %s" % (defined, names), set(defined) <= set(names) and
          len(names) == len(set(names)))


NODE = re.compile(r"%(\d+) = ([A-Z0-9_]+)((?: %\d+)*)([^{']*?)(?: for all \{(.*?)\})?(?: \{(.*?)\})?( ')?$")


def check_nodes(name, text):
    free, last = {0: set()}, 0
    for line in text.splitlines():
        found = NODE.match(line)
        if not found:
            continue
        number, mentions = int(found[1]), [int(n) for n in re.findall(r"%(\d+)", found[3] + found[4])]
        check(name, "numbers do not rise by one: " + line, number == last + 1)
        check(name, "an operand that is not there: " + line,
              all(0 < n < number for n in mentions))
        bound = set(found[5].split(",")) if found[5] else set()
        index = re.search(r" (\S+) in %(\d+)\.\.%(\d+)", found[4])
        needed = set().union(*(free.get(n, set()) for n in mentions)) - bound
        if index and found[2] == "INDEX":
            needed |= {index[1]}
        elif index:
            needed -= {index[1]}
        has = set(found[6].split(",")) if found[6] else set()
        # indices of one name and different ranges are shown alike
        check(name, "free in %s, not in %s: %s" % (sorted(has), sorted(needed), line),
              has <= needed or bool(index) or bool(bound))
        free[number] = has
        last = number
    return last


def check_function(name, text):
    for function in ("\n" + text).split("\nfunction ")[1:]:
        count = check_nodes(name, function)
        results = re.findall(r"^(?:output|adjoint|jacobian|hessian)\S* \S+ = %(\d+)", function, re.M)
        check(name, "no results", results and all(0 < int(n) <= count for n in results))


def check_plan(name, text):
    for function in ("\n" + text).split("\nfunction ")[1:]:
        count, depth, did = check_nodes(name, function), 0, 0
        for line in function.splitlines():
            word = line.split()[0] if line.split() else ""
            if word in ("let", "store", "loop", "if", "end", "start", "fold", "keep", "put", "add",
                        "zero", "call"):
                depth -= word == "end"
                check(name, "indented wrongly: " + line, line.startswith(" "*4*depth + word))
                depth += word in ("loop", "if")
                did += 1
                mentions = [int(n) for n in re.findall(r"%(\d+)", line)]
                check(name, "no such node: " + line, all(0 < n <= count for n in mentions))
        check(name, "loops do not end", depth == 0)
        check(name, "no statements", did)


def check_model(name, options, path, source):
    text = source if path == "-" else None
    said = {s: dump(s, options, path, text)
            for s in ("tokens", "ast", "unit", "graph", "derived", "simplified", "plan")}
    if None in said.values():
        tally(check, name, "no dump of " + ", ".join(s for s in said if said[s] is None), False)
        return
    tally(check_tokens, name + ": tokens", said["tokens"], source)
    tally(check_ast, name + ": ast", said["ast"])
    tally(check_unit, name + ": unit", said["unit"])
    tally(check_function, name + ": graph", "function graph\n" + said["graph"])
    tally(check_function, name + ": derived", said["derived"])
    tally(check_function, name + ": simplified", said["simplified"])
    tally(check_plan, name + ": plan", said["plan"])


def main():
    for path in sorted(glob.glob(os.path.join(HERE, "..", "golden", "*.expr"))):
        with open(path, encoding="utf-8") as f:
            source = f.read()
        words = shlex.split(source.split("\n")[0][len("# bpgen "):].replace("-D ", "-D"))[:-1]
        if "--eval" in words:  # some are evaluated alone: no loops are found for them
            continue
        words = [w for w in words if re.match(r"-D|--(with|wrt|unroll|split|stack|checkpoint)=", w)]
        check_model(os.path.basename(path), words, path, source)
    for case in CASES[::12]:
        source = "%s\n%s\n" % (case.declare.replace("; ", "\n"), case.forms[0])
        check_model(case.name, ["--split=12"], "-", source)
    print("dump: %d passed, %d failed" % (passed, failed))
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
