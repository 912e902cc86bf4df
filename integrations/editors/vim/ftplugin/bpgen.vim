" Models of bpgen (*.expr): comments, and :make, which asks bpgen what is wrong.
if exists('b:did_ftplugin')
  finish
endif
let b:did_ftplugin = 1

setlocal commentstring=#\ %s comments=:#
setlocal include=^\\s*include\\>
setlocal makeprg=bpgen\ --color=never\ -o\ /dev/null\ %:S
setlocal errorformat=%f:%l:%c:\ %trror:\ %m,%f:%l:%c:\ %tarning:\ %m,%f:%l:%c:\ %tote:\ %m,%-G%.%#

let b:undo_ftplugin = 'setlocal commentstring< comments< include< makeprg< errorformat<'
