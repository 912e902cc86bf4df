"""Prints what a TextMate grammar makes of a file: line, scope, text (as vim.vim does for Vim).

    textmate.py GRAMMAR FILE

Takes what bpgen's grammar uses: patterns with `match`, of which the first counts among those that
match at the earliest place, and at most one capture. Its regular expressions are Oniguruma's,
which for these differ from Python's in the names of letters and digits alone.
"""
import json
import re
import sys

GROUPS = {
    'comment': 'Comment', 'string': 'String', 'keyword.control': 'Statement',
    'keyword.operator.word': 'Word', 'support.function.reduction': 'Reduction',
    'support.function': 'Builtin', 'entity.name.function': 'Function',
    'constant.language': 'Constant', 'constant.numeric': 'Number',
    'keyword.operator': 'Operator', 'variable': None,
}


def group(scope):
    return GROUPS[max((g for g in GROUPS if scope.startswith(g)), key=len)]


def compiled(pattern):
    text = pattern['match'].replace(r'[\p{L}_]', r'[^\W\d]').replace(r'\p{L}\p{N}', r'\w')
    assert r'\p' not in text, text
    inner = pattern.get('captures')
    return re.compile(text), group(inner['1']['name'] if inner else pattern['name']), bool(inner)


def words(patterns, line):
    at = 0
    while True:
        found = [(m.start(), i, m) for i, (rule, _, _) in enumerate(patterns)
                 if (m := rule.search(line, at)) and m.end() > m.start()]
        if not found:
            return
        _, i, m = min(found, key=lambda f: f[:2])
        at = m.end()
        if patterns[i][1]:
            yield patterns[i][1], m.group(1 if patterns[i][2] else 0)


def main():
    with open(sys.argv[1], encoding='utf-8') as file:
        grammar = json.load(file)
    patterns = [compiled(p) for p in grammar['patterns']]
    print(grammar['scopeName'].replace('source.', ''))
    with open(sys.argv[2], encoding='utf-8') as file:
        for number, line in enumerate(file, 1):
            for name, text in words(patterns, line.rstrip('\n')):
                print(number, name, text.strip())


main()
