# What shells complete.

completions() { # word...: the last one is completed
    (
        cd "$here/project" || exit
        # shellcheck source=/dev/null
        . "$share/bash-completion/completions/bpgen" || exit
        COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
        "$(complete -p bpgen | sed 's/.* -F \([^ ]*\) .*/\1/')" bpgen "${!#}" "${*: -2:1}"
        printf '%s\n' "${COMPREPLY[@]}"
    )
}
flags() { # value or not
    bpgen --list-options | awk -F'\t' '{ print $2 ($4 != "" && $2 ~ /^--/ ? "=" : "") }' | grep -e "$1"
}

prints 'bash: all options' "$(flags -)" completions bpgen -
prints 'bash: a name' '--color=' completions bpgen --co
prints 'bash: the value behind =' $'header\nhtml' completions bpgen --emit = h
while IFS=$'\t' read -r option values; do
    prints "bash: all values of $option" "$(tr , '\n' <<<"$values" | sed 's/ /\\ /')" \
        completions bpgen "$option" =
done < <(bpgen --list-options | awk -F'\t' '$5 != "" && $2 ~ /^--/ { print $2 "\t" $5 }')
prints 'bash: the value as a word' forward completions bpgen --jacobian f
prints 'bash: a value with a blank' 'long\ double' completions bpgen --real = l
warnings() { # before each: the words of all warnings
    bpgen --list-options | awk -F'\t' -v before="$1" '$2 == "-W" {
        count = split($5, word, /,/)
        for (i = 1; i <= count; i++) print before word[i] }'
}

prints 'bash: all warnings' "$(warnings -W)" completions bpgen -W
prints 'bash: a warning' $'-Wsingular' completions bpgen -Ws
prints 'bash: no warning' $'-Wno-undecided\n-Wno-unused-input\n-Wno-unused-definition\n-Wno-unused-param' \
    completions bpgen -Wno-un
prints 'bash: a warning behind =' $'singular' completions bpgen -Wno-error = s
prints 'bash: a warning behind = alone' "$(warnings '' | sed -n 's/^error=//p')" \
    completions bpgen -Werror =
prints 'bash: a model behind a warning' 'models/product.expr' completions bpgen -Werror models/pro
prints 'bash: the rest of a list' $'value,hessian\nvalue,hvp' completions bpgen --with = value,h
prints 'bash: a model' $'models/parts\nmodels/product.expr' completions bpgen models/p
prints 'bash: a file' $'models\nmeson.build\nmain.c' completions bpgen -o m
prints 'bash: a folder' models completions bpgen --include-root = m
prints 'bash: a flag has no value' $'models/product.expr' completions bpgen --pack models/pro

if command -v zsh >/dev/null; then
    zsh=$share/zsh/site-functions # a distribution has another folder for it
    [[ -e $zsh/_bpgen ]] || zsh=$share/zsh/vendor-completions
    zsh_completes() { # line: what stands there after a tab
        (cd "$here/project" && zsh -f "$here/zsh.zsh" "$zsh" "$WORK/zsh" "$1")
    }
    prints 'zsh: a name' 'bpgen --if-changed ' zsh_completes 'bpgen --if'
    prints 'zsh: a value' 'bpgen --emit=html ' zsh_completes 'bpgen --emit=ht'
    prints 'zsh: a value with a blank' 'bpgen --real=long\ double ' zsh_completes 'bpgen --real=lo'
    prints 'zsh: the rest of a list' 'bpgen --with=value,hvp,' zsh_completes 'bpgen --with=value,hv'
    prints 'zsh: a warning' 'bpgen -Wmaybe-singular ' zsh_completes 'bpgen -Wmaybe-s'
    prints 'zsh: a second warning' 'bpgen -Wall -Wno-error=maybe-singular ' \
        zsh_completes 'bpgen -Wall -Wno-error=maybe-s'
    prints 'zsh: a model' 'bpgen models/product.expr ' zsh_completes 'bpgen models/prod'
    zsh_options() {
        sed -n "s/^ *'\*\{0,1\}\(--*[A-Za-z]*\(-[A-Za-z][A-Za-z]*\)*\)[-=+]\{0,1\}\[.*/\1/p" "$zsh/_bpgen"
    }
    zsh_values() { # option
        sed -n "s/^ *'\**$1.*:[A-Z]*:\(_values -s , [A-Z]* \)\{0,1\}(\{0,1\}\([^()]*\))\{0,1\}' .*/\2/p" \
            "$zsh/_bpgen" | sed 's/\\ /_/g' | tr ' _' '\n '
    }
    prints 'zsh: all warnings' "$(warnings '')" zsh_values -W-
    prints 'zsh: all options' "$(bpgen --list-options | cut -f 2)" zsh_options
    while IFS=$'\t' read -r option values; do
        prints "zsh: all values of $option" "$(tr , '\n' <<<"$values")" zsh_values "$option="
    done < <(bpgen --list-options | awk -F'\t' '$5 != "" && $2 ~ /^--/ { print $2 "\t" $5 }')
    prints 'zsh: a folder' 'bpgen --include-root=models/' zsh_completes 'bpgen --include-root=mo'
    prints 'zsh: a file' 'bpgen -o main.c ' zsh_completes 'bpgen -o ma'
fi
if command -v fish >/dev/null; then
    fish_completes() { # command
        HOME=$WORK fish -c "source $share/fish/vendor_completions.d/bpgen.fish
            complete -C '$1'" | cut -f 1
    }
    fish_options() {
        sed -n 's/^complete -c bpgen -\([lso]\) \([^ ]*\) .*/\1 \2/p' \
            "$share/fish/vendor_completions.d/bpgen.fish" | sed 's/^l /--/; s/^[so] /-/'
    }
    prints 'fish: all options' "$(bpgen --list-options | cut -f 2)" fish_options
    while IFS=$'\t' read -r option values; do
        prints "fish: all values of $option" \
            "$(tr , '\n' <<<"$values" | sed "s/^/$option=/" | sort)" \
            eval 'fish_completes "bpgen $option=" | sort'
    done < <(bpgen --list-options | awk -F'\t' '$5 != "" && $2 ~ /^--/ { print $2 "\t" $5 }')
    prints 'fish: a folder' '--include-root=integrations/' fish_completes 'bpgen --include-root=integ'
    prints 'fish: a warning' -Wno-error=maybe-singular fish_completes 'bpgen -Wno-error=maybe-s'
    prints 'fish: all warnings' "$(warnings -W | sort)" eval 'fish_completes "bpgen -W" | sort'
    prints 'fish: a value' $'--emit=header\n--emit=html' fish_completes 'bpgen --emit=h'
    prints 'fish: a value with a blank' '--real=long double' fish_completes 'bpgen --real=l'
    prints 'fish: the rest of a list' $'--with=value,hessian\n--with=value,hvp' \
        fish_completes 'bpgen --with=value,h'
    prints 'fish: a name' '--color' fish_completes 'bpgen --co'
fi
