# Generated C in, the same with a `Model` (driver.h) behind each file out. The files are called
# m<line>.c, with `m<line>` as the prefix. With -v list=1: the list of all models instead.
#
# The one idea: the arguments of m<line>_forward tell all: scalars are inputs and, as NAME_dot,
# tangents, which only active inputs have; pointers are outputs and their tangents.

# The names of the arguments: scalars as scalar[1] to scalar[scalars], pointers likewise.
function cut(arguments,    words, n, i) {
    n = split(arguments, words, ",")
    scalars = pointers = 0
    for (i = 1; i <= n; i++) {
        sub(/^ +/, "", words[i])
        if (words[i] ~ /^double \*/)
            pointer[++pointers] = substr(words[i], 9)
        else if (words[i] ~ /^double /)
            scalar[++scalars] = substr(words[i], 8)
    }
}

function finish(    id, i, tangents, in_names, out_names, ins, dots, outs, out_dots, seeds, bars) {
    if (id_now == "" || list)
        return
    id = id_now
    cut(args["value"])
    count_in = scalars
    count_out = pointers
    cut(args["forward"])
    tangents = count_in
    for (i = 1; i <= count_in; i++) {
        in_names = in_names scalar[i] " "
        ins = ins ", in[" i - 1 "]"
        if (tangents < scalars && index(scalar[tangents + 1], scalar[i] "_dot") == 1) {
            tangents++
            dots = dots ", in_dot[" i - 1 "]"
            bars = bars ", in_bar + " i - 1
        }
    }
    for (i = 1; i <= count_out; i++) {
        out_names = out_names pointer[i] " "
        outs = outs ", out + " i - 1
        out_dots = out_dots ", out_dot + " i - 1
        seeds = seeds ", out_bar[" i - 1 "]"
    }
    head("value", "const double *in, double *out", ins outs)
    head("forward", "const double *in, const double *in_dot, double *out, double *out_dot",
         ins dots outs out_dots)
    head("reverse", "const double *in, const double *out_bar, double *out, double *in_bar",
         ins seeds outs bars)
    if (args["gradient"])
        head("gradient", "const double *in, double *out, double *in_bar", ins outs bars)
    printf "extern const Model %s_model;\n", id
    printf "const Model %s_model = {%s, %d, %d, \"%s\", \"%s\", call_%s_value, call_%s_forward, " \
           "call_%s_reverse, %s};\n", id, substr(id, 2), count_in, count_out, in_names, out_names,
           id, id, id, args["gradient"] ? "call_" id "_gradient" : "0"
    id_now = ""
}

function head(kind, parameters, arguments) {
    sub(/^, /, "", arguments)
    printf "static void call_%s_%s(%s)\n{\n    (void)in;\n", id_now, kind, parameters
    if (parameters ~ /in_dot/)
        print "    (void)in_dot;"
    if (parameters ~ /in_bar/)
        print "    (void)in_bar;"
    printf "    %s_%s(%s);\n}\n", id_now, kind, arguments
}

FNR == 1 {
    finish()
    id_now = FILENAME
    sub(/.*\//, "", id_now)
    sub(/\.c$/, "", id_now)
    for (kind in args)
        args[kind] = ""
    all[++count] = id_now
}

!list { print }

index($0, "void " id_now "_") == 1 {
    open = substr($0, length("void _") + length(id_now) + 1)
    sub(/\(.*/, "", open)
}

open != "" {
    args[open] = args[open] $0
    if (/\)/) {
        gsub(/.*\(|\).*/, "", args[open])
        open = ""
    }
}

END {
    finish()
    for (i = 1; list && i <= count; i++)
        printf "extern const Model %s_model;\n", all[i]
    if (list) {
        print "const Model *const models[] = {"
        for (i = 1; i <= count; i++)
            printf "    &%s_model,\n", all[i]
        print "    0\n};"
    }
}
