"""Logs in SARIF 2.1.0 in, beside the same run's messages as text; what is wrong with them out."""
import glob
import json
import os
import re
import shlex
import subprocess
import sys

BPGEN, WORK = os.environ["BPGEN"], os.environ["WORK"]

# Of each object of a log (SARIF 2.1.0, section 3): its properties with what they are, those that
# must be there with a '!'. Only what bpgen writes is listed: another name is a slip of the pen.
# It is at least as strict as the schema of OASIS, which is not ours to hand on.
FORM = {
    "sarifLog": {"version!": "string", "$schema": "uri", "runs!": ["run"]},
    "run": {"tool!": "tool", "invocations": ["invocation"], "artifacts": ["artifact"],
            "columnKind": "columnKind", "results": ["result"]},
    "tool": {"driver!": "toolComponent"},
    "toolComponent": {"name!": "string", "version": "string", "semanticVersion": "string",
                      "rules": ["reportingDescriptor"]},
    "reportingDescriptor": {"id!": "string", "shortDescription": "text",
                            "defaultConfiguration": "reportingConfiguration", "help": "text"},
    "reportingConfiguration": {"enabled": "boolean", "level": "level"},
    "text": {"text!": "string"},
    "invocation": {"executionSuccessful!": "boolean", "exitCode": "integer",
                   "toolConfigurationNotifications": ["notification"],
                   "toolExecutionNotifications": ["notification"]},
    "notification": {"message!": "text", "level": "level"},
    "artifact": {"location": "artifactLocation", "encoding": "string"},
    "artifactLocation": {"uri": "uri"},
    "result": {"ruleId": "string", "ruleIndex!": "integer", "level": "level", "message!": "text",
               "locations": ["location"], "relatedLocations": ["relatedLocation"]},
    "location": {"physicalLocation": "physicalLocation", "logicalLocations": ["logicalLocation"]},
    "relatedLocation": {"id!": "integer", "physicalLocation": "physicalLocation",
                        "message!": "text", "logicalLocations": ["logicalLocation"]},
    "logicalLocation": {"name": "string", "kind": "string"},
    "physicalLocation": {"artifactLocation!": "artifactLocation", "region": "region"},
    "region": {"startLine!": "integer", "startColumn": "integer", "endLine": "integer",
               "endColumn": "integer", "snippet": "text"},
}
URI = re.compile(r"(https://|file://)?([-A-Za-z0-9._~/]|%[0-9A-F]{2})+$")
# Lists in which nothing may occur twice.
UNIQUE = ("reportingDescriptor", "artifact", "logicalLocation", "relatedLocation")
SIMPLE = {
    "string": lambda v: isinstance(v, str) and v != "",
    "boolean": lambda v: isinstance(v, bool),
    "integer": lambda v: isinstance(v, int) and not isinstance(v, bool) and v >= 0,
    "uri": lambda v: isinstance(v, str) and URI.match(v),
    "level": lambda v: v in ("none", "note", "warning", "error"),
    "columnKind": lambda v: v in ("utf16CodeUnits", "unicodeCodePoints"),
}


def faults_of(value, kind, where):
    if isinstance(kind, list):
        if not isinstance(value, list):
            return [f"{where} is no list"]
        if kind[0] in UNIQUE and len({json.dumps(v, sort_keys=True) for v in value}) < len(value):
            return [f"{where} has something twice"]
        return [f for i, v in enumerate(value) for f in faults_of(v, kind[0], f"{where}[{i}]")]
    if kind in SIMPLE:
        return [] if SIMPLE[kind](value) else [f"{where} is no {kind}: {value!r}"]
    if not isinstance(value, dict):
        return [f"{where} is no object"]
    form = {name.rstrip("!"): k for name, k in FORM[kind].items()}
    faults = [f"{where} has no {name[:-1]}" for name in FORM[kind]
              if name.endswith("!") and name[:-1] not in value]
    for name, v in value.items():
        if name in form:
            faults += faults_of(v, form[name], f"{where}.{name}")
        else:
            faults.append(f"{where} has a {name}")
    return faults


def region_faults(result):
    for location in result.get("locations", []) + result.get("relatedLocations", []):
        r = location.get("physicalLocation", {}).get("region")
        if r and (r["startLine"] < 1 or r["startColumn"] < 1 or
                  (r.get("endLine", r["startLine"]), r["endColumn"]) <
                  (r["startLine"], r["startColumn"])):
            yield f"the region {r}"


HEAD = re.compile(r"(?:(.*?):(\d+):(\d+)|bpgen): (error|warning): (.*?)"
                  r"(?: \[(?:-W(?:error=)?)?([a-z0-9-]+)\])?$")


def compare(run, text, status):
    """What the log and the text do not agree in."""
    heads = [m.groups() for m in map(HEAD.match, text.split("\n")) if m]
    invocation = run["invocations"][0]
    if invocation["exitCode"] != status:
        yield f"exitCode {invocation['exitCode']}, exit status {status}"
    if invocation["executionSuccessful"] != (status < 2):
        yield "executionSuccessful is not right"
    fatal = [n["message"]["text"] for name in ("toolConfigurationNotifications",
                                               "toolExecutionNotifications")
             for n in invocation.get(name, []) if n["level"] == "error"]
    said = [h[4] for h in heads if h[5] is None]
    if len(fatal) != len(said):
        yield f"notifications {fatal}, in the text {said}"
    found = [h for h in heads if h[5] is not None]
    if len(found) != len(run["results"]):
        yield f"{len(run['results'])} results, in the text {len(found)}"
    rules = run["tool"]["driver"]["rules"]
    for (_, line, column, level, sentence, kind), r in zip(found, run["results"]):
        if (level, kind) != (r["level"], r["ruleId"]) or rules[r["ruleIndex"]]["id"] != kind:
            yield f"{level} {kind} in the text, in the log {r}"
        if re.match(r"[ -~]*$", sentence) and "<" not in sentence and \
                r["message"]["text"].split("\n")[0] != sentence:
            yield f"'{sentence}' in the text, in the log '{r['message']['text']}'"
        for location in r.get("locations", []):
            region = location.get("physicalLocation", {}).get("region")
            if region and (region["startLine"], region["startColumn"]) != (int(line), int(column)):
                yield f"{line}:{column} in the text, in the log {region}"


def schema_faults(log):
    if "SARIF_SCHEMA" not in os.environ:
        return []
    import jsonschema
    with open(os.environ["SARIF_SCHEMA"]) as file:
        schema = json.load(file)
    validator = jsonschema.validators.validator_for(schema)(schema)
    return [e.message[:200] for e in validator.iter_errors(log)]


def run(words, stdin=b""):
    done = subprocess.run([BPGEN, *words], input=stdin, capture_output=True)
    return done.returncode, done.stderr


def judge(words, stdin=b""):
    status, text = run(words, stdin)
    same, log = run(["--diagnostics=sarif", *words], stdin)
    if same != status:
        return [f"status {status}, with --diagnostics=sarif {same}"]
    try:
        log = json.loads(log.decode("utf-8"))
    except ValueError as e:
        return [f"no JSON: {e}"]
    faults = faults_of(log, "sarifLog", "log")
    if faults:
        return faults
    if log["version"] != "2.1.0" or len(log["runs"]) != 1:
        return ["a log of SARIF 2.1.0 with one run is wanted"]
    faults += [f for r in log["runs"][0]["results"] for f in region_faults(r)]
    faults += compare(log["runs"][0], text.decode("utf-8", "replace"), status)
    return faults + schema_faults(log)


def cases():
    for path in sorted(glob.glob("*.expr")):
        with open(path, "rb") as file:
            first = file.readline().replace(b"\0", b"").decode("utf-8", "replace").rstrip("\n")
        words = shlex.split(first[8:]) if first.startswith("# bpgen ") else [path]
        if not any(w.startswith("--diagnostics") for w in words):
            yield path, [w for w in words if w != "--color=always"], b""
    yield "nothing to say", ["-"], b"f = x"
    yield "a warning", ["-"], b"exp(x) = 2*x; f = exp(y)"
    yield "a warning that is an error", ["-Werror=hides", "-"], b"exp(x) = 2*x; f = exp(y)"
    yield "no such warning", ["-Whide", "-"], b"f = x"
    yield "a full disk", ["-o", "/dev/full", "-"], b"f = x"
    yield "many errors", ["--max-errors=3", "-"], b"input x\n" + b"f = y\n" * 10
    yield "bytes that are no UTF-8", ["-"], b"f = x + \xff\xfe\n"
    yield "quotes and controls", ["-"], b"f = x \"\\\x01\x7f\x1b[31m\n"
    odd = os.path.join(WORK, "a b%:\\\"\xe9.expr")
    with open(odd.encode("utf-8", "surrogateescape"), "wb") as file:
        file.write(b"input x\nf = y\n")
    yield "a file's name", [odd.encode("utf-8", "surrogateescape")], b""
    yield "a byte order mark", ["-"], b"\xef\xbb\xbfinput x\nf = y\n"
    yield "lines of other systems", ["-"], b"input x\r\n\r\nf = y\r\n"
    yield "an error over lines", ["-"], b"input x\nf = [x,\n   y] @ [1,\n 2, 3]\n"
    yield "letters of other scripts", ["-"], "input x\n𝛼 = é + 模型 + e\u0301 + y\n".encode()
    yield "a limit", ["--max-nodes=5", "-"], b"f = x*y + sin(x) + cos(y)"
    yield "a notification and its hint", ["--with=gradients", "-"], b"f = x"
    yield "refuted", ["--check", "-"], b"f = x*y\ncheck diff(f, x) == x"
    yield "in an option", ["--eval", "--at=x=1,y=é", "-"], b"f = x"
    yield "no such file", ["é #1?.expr"], b""


INCLUDED = {"dir/in ner#1.expr": "input x\nf = 2\nθ = qq*x\n",
            "dir/middle.expr": "# one line\n  include \"in ner#1.expr\"\n",
            "outer.expr": "include \"dir/middle.expr\"\nf = x + y\n"}


def judge_included():
    """Is it told through which files the wrong one is included?"""
    for name, text in INCLUDED.items():
        path = os.path.join(WORK, "included", name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
    faults = judge([path])
    _, log = run(["--diagnostics=sarif", path])
    result = next(r for r in json.loads(log)["runs"][0]["results"] if "'qq'" in str(r))
    places = result["locations"] + result["relatedLocations"]
    told = [(p["physicalLocation"]["artifactLocation"]["uri"].rsplit("included/")[-1],
             p["physicalLocation"]["region"]["startLine"]) for p in places]
    wanted = [("dir/in%20ner%231.expr", 3), ("dir/middle.expr", 2), ("outer.expr", 1)]
    return faults + ([] if told == wanted else [f"told {told}, wanted {wanted}"])


def main():
    passed = failed = 0
    judged = [(name, judge(words, stdin)) for name, words, stdin in cases()]
    for name, faults in judged + [("included files", judge_included())]:
        passed += not faults
        failed += bool(faults)
        for fault in faults:
            print(f"sarif: {name}: {fault}")
    print(f"sarif: {passed} passed, {failed} failed")
    sys.exit(failed > 0)


main()
