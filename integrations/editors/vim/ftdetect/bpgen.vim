autocmd BufNewFile,BufRead *.expr setfiletype bpgen
