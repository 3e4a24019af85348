# Within double quotes a backslash of an operand quotes what it quotes in double quotes, and the closing brace.
p() { local a; for a in "$@"; do printf '<%s>' "$a"; done; echo; }
unset u; s=abc
p ${u:-\$HOME} "${u:-\$HOME}" ${u:-"\$HOME"} "${u:-"\$HOME"}" "${u:-\a}" "${u:-\\}" "${u:-\"}" "${u:-\}}" ${u:-\}} "${u:-\`}"
p "${s:+a\$b}" "${s:+"a\$b"}" "${s:+\\x}" "${u-one\
two}"
p ${s/b/\$} "${s/b/\$}" "${s/b/\\}" ${s/b/\\} "${s/b/\x}" ${s/b/\x} "${s/b/"\$"}" "${s/b/\"}" "${s/b/\/}"
p "${s%\c}" "${s#\a}" "${s/\b/x}" "${s%"c"}" "${s%'c'}" ${s%'c'}
