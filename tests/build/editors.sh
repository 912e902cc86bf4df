# The syntax files, over a model that has everything: Vim itself, and the grammar of VS Code.

vim_words() (
    cp "$here/editors/sample.expr" "$WORK/sample.expr"
    cd "$WORK" && FOUND=$WORK/found VIMFILES=$share/vim/vimfiles HOME=$WORK \
        vim -u NONE -i NONE -n -e -s -S "$here/editors/vim.vim"
    cat "$WORK/found"
)
textmate_words() {
    python3 "$here/editors/textmate.py" "$share/bpgen/vscode/syntaxes/bpgen.tmLanguage.json" \
        "$here/editors/sample.expr"
}
words=$(<"$here/editors/sample.words")
if command -v vim >/dev/null && vim --version | grep -q +syntax; then
    prints 'Vim: the words of a model' "$words"$'\n# %s' vim_words
fi
prints 'VS Code: the words of a model' "$words" textmate_words

# Every function of the table is a word of both; what the parser says of it is the truth.
known() { # all at once: how many arguments each wants does not matter
    sh tools/words | sed -n 's/^functions //p' | tr '|' '\n' | grep -vx diff |
        sed 's/.*/&_ = &(a)/' | bpgen --with=value - 2>&1 | grep unknown-function
}
refuses 'a function that is none is seen' unknown-function eval 'echo "f = sine(a)" | bpgen -'
prints 'the functions are those of the language' '' eval 'known || true'
prints 'no function of the manual is missing' '' comm -13 \
    <(sh tools/words | sed -n 's/^functions //p' | tr '|' '\n' | sort) \
    <(sh tools/op-table | grep -o '^| `[a-z_0-9]*(' | tr -d '|` (' | sort)
for file in package.json language-configuration.json; do
    must "VS Code: $file" python3 -m json.tool "$share/bpgen/vscode/$file"
done
