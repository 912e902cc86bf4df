" Prints each run of a file's characters that has one group of the syntax: line, group, text.
set nocompatible
let &runtimepath = $VIMFILES . ',' . $VIMRUNTIME
filetype plugin on
syntax on
edit sample.expr
let found = [&filetype]
for number in range(1, line('$'))
  let text = getline(number)
  let before = ''
  let run = ''
  for column in range(1, len(text) + 1)
    let group = synIDattr(synID(number, column, 1), 'name')
    if column > len(text) || group != before
      if before != ''
        call add(found, number . ' ' . substitute(before, 'bpgen', '', '') . ' ' . trim(run))
      endif
      let before = group
      let run = ''
    endif
    let run .= strpart(text, column - 1, 1)
  endfor
endfor
call add(found, &commentstring)
call writefile(found, $FOUND)
quitall!
