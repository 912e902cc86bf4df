# The CMake package, with each generator: in a folder with a blank in its name.

configure() { # folder option...
    local folder=$1
    shift
    cmake -S "$source" -B "$folder" -DCMAKE_PREFIX_PATH="$prefix" -DCMAKE_BUILD_TYPE=Debug \
        -Wno-dev -Werror=dev "$@"
}
run_program() { # folder
    "$(find "$1" -name consumer -type f | head -n 1)"
}
both=$'product -12 -4 -4 3\nspring 18 12'

# Ninja looks again at the times of what was made, so that --if-changed is of use there.
try_generator() { # generator
    local name=$1 build
    project 'a project'
    source="$WORK/a project"
    build="$source/of $1"
    must "$name: configure" configure "$build" -G "$1"
    must "$name: build" cmake --build "$build"
    prints "$name: run" "$both" run_program "$build"
    makes "$name: nothing to do" "$build" '' cmake --build "$build"

    sed -i 's/f = .*/f = (x + y)*z*2/' "$source/models/product.expr"
    makes "$name: a model changed" "$build" \
        'consumer main.o product_grad.c product_grad.h product_grad.o' cmake --build "$build"
    prints "$name: a model changed, run" $'product -24 -8 -8 6\nspring 18 12' run_program "$build"
    makes "$name: a model changed, nothing to do" "$build" '' cmake --build "$build"

    echo 'const k = 5' >"$source/models/parts/stiffness.expr"
    local same='consumer libspring.a' # and what the header is for, if its time has changed
    [[ $1 = *Ninja* ]] || same+=' main.o spring_grad.h'
    makes "$name: an included file changed" "$build" \
        "$(printf '%s\n' $same spring_grad.c spring_grad.o | sort | paste -sd ' ')" \
        cmake --build "$build"
    prints "$name: an included file changed, run" $'product -24 -8 -8 6\nspring 22.5 15' \
        run_program "$build"
    makes "$name: an included file changed, nothing to do" "$build" '' cmake --build "$build"

    touch "$source/models/product.expr"
    if [[ $1 = *Ninja* ]]; then
        makes "$name: a model touched" "$build" '' cmake --build "$build"
    else
        makes "$name: a model touched" "$build" \
            'consumer main.o product_grad.c product_grad.h product_grad.o' cmake --build "$build"
    fi
    makes "$name: a model touched, nothing to do" "$build" '' cmake --build "$build"

    configure "$build" -DMORE=--prefix=product >"$log" 2>&1
    makes "$name: options changed" "$build" \
        'consumer main.o product_grad.c product_grad.h product_grad.o' cmake --build "$build"

    echo 'f = (x + y' >"$source/models/product.expr"
    refuses "$name: a wrong model" 'product.expr:1:' cmake --build "$build"
    refuses "$name: a wrong model, again" 'product.expr:1:' cmake --build "$build"
    echo 'f = (x + y)*z' >"$source/models/product.expr"
    must "$name: a model mended" cmake --build "$build"
    must "$name: clean" cmake --build "$build" --target clean
    prints "$name: clean leaves nothing" '' made "$build"
}
try_generator Ninja
try_generator 'Unix Makefiles'

project 'a project'
source="$WORK/a project"
must 'multi: configure' configure "$source/multi" -G 'Ninja Multi-Config'
must 'multi: build' cmake --build "$source/multi" --config Debug
prints 'multi: run' "$both" "$source/multi/Debug/consumer"
makes 'multi: another configuration, the same C' "$source/multi" \
    'consumer libspring.a main.o product_grad.o spring_grad.o' \
    cmake --build "$source/multi" --config Release

# For another machine: the command that runs is the one of this machine.
mkdir -p "$WORK/sysroot/usr/share/cmake" "$WORK/sysroot/usr/bin"
cp -R "$share/cmake/bpgen" "$WORK/sysroot/usr/share/cmake"
printf '#!/bin/sh\nexit 126\n' >"$WORK/sysroot/usr/bin/bpgen"
chmod +x "$WORK/sysroot/usr/bin/bpgen"
cat >"$WORK/toolchain.cmake" <<TOOLCHAIN
set(CMAKE_SYSTEM_NAME Linux)
set(CMAKE_C_COMPILER ${CC%% *})
set(CMAKE_FIND_ROOT_PATH "$WORK/sysroot")
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_PACKAGE ONLY)
TOOLCHAIN
must 'cross: configure' cmake -S "$source" -B "$source/cross" -G Ninja \
    -DCMAKE_TOOLCHAIN_FILE="$WORK/toolchain.cmake"
prints 'cross: the command' "$prefix/bin/bpgen" \
    sed -n 's/^BPGEN_EXECUTABLE:FILEPATH=//p' "$source/cross/CMakeCache.txt"
must 'cross: build' cmake --build "$source/cross"

# The source of bpgen within a project; it has been built here already.
if [[ $prefix = "$WORK"/* ]]; then
    mkdir -p "$source/vendored/bpgen"
    ln -s "$BUILD" "$source/vendored/bpgen/build"
    must 'vendored: configure' cmake -S "$source" -B "$source/vendored" -G Ninja \
        -DVENDORED="$root/integrations/cmake"
    must 'vendored: build' cmake --build "$source/vendored"
    prints 'vendored: run' "$both" "$source/vendored/consumer"
    makes 'vendored: nothing to do' "$source/vendored" '' cmake --build "$source/vendored"
fi

# The same by FetchContent, for three targets at once that share a model.
if [[ $prefix = "$WORK"/* ]]; then
    mkdir -p "$WORK/fetched/build/_deps/bpgen-build"
    ln -s "$BUILD" "$WORK/fetched/build/_deps/bpgen-build/build"
    cp -R "$here/project/models" "$WORK/fetched"
    cat >"$WORK/fetched/CMakeLists.txt" <<FETCHED
cmake_minimum_required(VERSION 3.20)
project(fetched LANGUAGES C)
include(FetchContent)
FetchContent_Declare(bpgen SOURCE_DIR "$root" SOURCE_SUBDIR integrations/cmake)
FetchContent_MakeAvailable(bpgen)
foreach(target a b c)
    add_library(\${target} STATIC)
    bpgen_generate(TARGET \${target} MODELS models/spring.expr models/product.expr)
endforeach()
FETCHED
    must 'fetched: configure' cmake -S "$WORK/fetched" -B "$WORK/fetched/build" -G 'Unix Makefiles'
    must 'fetched: build' cmake --build "$WORK/fetched/build" -j 3
    prints 'fetched: each target has its own' 6 \
        eval 'find "$WORK/fetched/build/bpgen" -name "*_grad.c" | wc -l'
    makes 'fetched: nothing to do' "$WORK/fetched/build" '' cmake --build "$WORK/fetched/build" -j 3

    refuses 'vendored: a blank in the name' 'because of the blank in its name' \
        cmake -S "$WORK/fetched" -B "$WORK/fetched/of make"
fi

# What bpgen_generate says of wrong arguments.
errs() { # name words lines-of-CMake
    mkdir -p "$WORK/wrong"
    echo 'f = x' >"$WORK/wrong/a.expr"
    cat >"$WORK/wrong/CMakeLists.txt" <<WRONG
cmake_minimum_required(VERSION 3.20)
project(wrong LANGUAGES NONE)
find_package(bpgen REQUIRED)
add_library(t STATIC a.c)
add_library(interface INTERFACE)
$3
WRONG
    rm -rf "$WORK/wrong/build"
    refuses "CMake: $1" "$2" cmake -S "$WORK/wrong" -B "$WORK/wrong/build" \
        -DCMAKE_PREFIX_PATH="$prefix"
}
errs 'an unknown word' "unexpected argument 'OPTION'; it takes TARGET, MODELS, OPTIONS, HEADER" \
    'bpgen_generate(TARGET t OPTION -Dn=3 MODELS a.expr)'
errs 'no target' 'TARGET and MODELS must be given' 'bpgen_generate(MODELS a.expr)'
errs 'no models' 'nothing follows MODELS' 'bpgen_generate(TARGET t MODELS)'
errs 'an unknown target' "'u' is no target" 'bpgen_generate(TARGET u MODELS a.expr)'
errs 'a target without sources' "'interface' compiles no sources" \
    'bpgen_generate(TARGET interface MODELS a.expr)'
errs 'options that it gives itself' '--emit=json cannot be among OPTIONS' \
    'bpgen_generate(TARGET t MODELS a.expr OPTIONS --emit=json)'
errs 'no C' 'add C to the languages of project()' 'bpgen_generate(TARGET t MODELS a.expr)'
errs 'no such model' 'there is no model' \
    'bpgen_generate(TARGET t MODELS b.expr)'
errs 'two models of one name' 'give one of them another OUTPUT_DIRECTORY' \
    'bpgen_generate(TARGET t MODELS a.expr ../wrong/a.expr)'
errs 'a version that is not there' "with requested version \"99.0\"" 'find_package(bpgen 99.0 REQUIRED)'
