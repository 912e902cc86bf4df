# Generated C in, the same with a `Model` (driver.h) behind each file out. The files are called
# m<line>.c, with `m<line>` as the prefix. With -v list=1: the list of all models instead.
#
# The one idea: the arguments of m<line>_value tell all: scalars are inputs, pointers outputs.

function finish(    id, i, n, m, words, in_names, out_names, ins, dots, outs, out_dots, seeds, bars) {
    if (id_now == "" || list)
        return
    id = id_now
    n = split(args, words, ",")
    m = 0
    count_in = count_out = 0
    for (i = 1; i <= n; i++) {
        sub(/^ +/, "", words[i])
        if (words[i] ~ /^double \*/) {
            out_names = out_names substr(words[i], 9) " "
            outs = outs ", out + " count_out
            out_dots = out_dots ", out_dot + " count_out
            seeds = seeds ", out_bar[" count_out++ "]"
        } else if (words[i] ~ /^double /) {
            in_names = in_names substr(words[i], 8) " "
            ins = ins ", in[" count_in "]"
            dots = dots ", in_dot[" count_in "]"
            bars = bars ", in_bar + " count_in++
        }
    }
    head("value", "const double *in, double *out", ins outs)
    head("forward", "const double *in, const double *in_dot, double *out, double *out_dot",
         ins dots outs out_dots)
    head("reverse", "const double *in, const double *out_bar, double *out, double *in_bar",
         ins seeds outs bars)
    if (has_gradient)
        head("gradient", "const double *in, double *out, double *in_bar", ins outs bars)
    printf "extern const Model %s_model;\n", id
    printf "const Model %s_model = {%s, %d, %d, \"%s\", \"%s\", call_%s_value, call_%s_forward, " \
           "call_%s_reverse, %s};\n", id, substr(id, 2), count_in, count_out, in_names, out_names,
           id, id, id, has_gradient ? "call_" id "_gradient" : "0"
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
    has_gradient = 0
    args = ""
    all[++count] = id_now
}

!list { print }

index($0, "void " id_now "_value(") == 1 { open = 1 }
index($0, "void " id_now "_gradient(") == 1 { has_gradient = 1 }

open {
    args = args $0
    if (/\)/) {
        open = 0
        gsub(/.*\(|\).*/, "", args)
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
