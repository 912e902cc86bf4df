# zsh.zsh: a line to a shell on a terminal, then a tab; prints what the line is then.
#
#     zsh -f zsh.zsh FUNCTIONS SCRATCH-FILE LINE
zmodload zsh/zpty || exit 1
rm -f $2
zpty shell 'TERM=dumb zsh -f -i'
zpty -w shell "fpath=(${(q)1} \$fpath); autoload -Uz compinit; compinit -u -d ${(q)2}.dump
    say() { print -r -- \$BUFFER >${(q)2}; BUFFER= }; zle -N say; bindkey '^G' say"
zpty -w -n shell $3$'\t\a'
zpty -w shell exit
while zpty -r shell screen; do :; done
cat $2
