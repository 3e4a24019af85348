alias ll='ls -l' q="it's"
alias; alias ll; alias nope; echo $?
ll / 2>/dev/null || echo "no ll"
unalias ll; unalias ll; echo $?; alias
unalias -a; alias; unalias; echo $?
type ll; alias x=1; (alias); alias -p
