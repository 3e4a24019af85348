keep() { while IFS= read -r l; do if [[ $l =~ $1 ]]; then printf "%s\n" "$l"; fi; done; }; drop() { while IFS= read -r l; do if [[ ! $l =~ $1 ]]; then printf "%s\n" "$l"; fi; done; }; names() { while IFS= read -r l; do printf "%s " "${l%%=*}"; done; echo; }
x=1; y='a b'; arr=(1 2 'c d'); declare -A m=([k]=v ['a b']='c$d'); declare -i n=5; declare -r ro=q; export EX=$'tab\there'; declare un
set | keep '^(x|y|arr|m|n|ro|EX|un|IFS|PS4|OPTIND|OPTERR|BASH_VERSION|BASHOPTS|SHELLOPTS|UID|EUID|HOSTTYPE|MACHTYPE|OSTYPE|PIPESTATUS|BASH_LINENO|FUNCNAME)='
declare -p x y arr m n ro EX un
set | drop '^(OLDPWD|LC_ALL|DM_DISABLE_UDEV|TERM|SHELL|HOSTNAME)=' | names
declare -p | drop ' (LC_ALL|DM_DISABLE_UDEV|TERM|BASH_ARGV0|OLDPWD|SHELL|HOSTNAME)(=|$)' | names
declare -i | drop PPID; declare -r | drop PPID; declare -a; declare -A; readonly -a; export EX; declare -x | keep EX
RANDOM=5; echo $RANDOM $BASH_SUBSHELL $LINENO; set | keep '^(RANDOM|BASH_SUBSHELL|LINENO)='
declare -p LINENO RANDOM BASH_VERSINFO UID SHELLOPTS FUNCNAME PIPESTATUS nosuch
set -e -o pipefail -u; set | keep SHELLOPTS; echo $SHELLOPTS; set +eu; shopt -s nullglob; echo $BASHOPTS; shopt -u nullglob
a=$'\x01b'; b="it's"; c='a!b'; d='~x'; e='a=b'; f='#x'; g=''; h='a#b'; i=$'nl\nx'; k='x~y'; l='a:~b'; m2='{a,b}'; o='*'; p='a,b'; q='^a'; s='a]b[' t='\'
set | keep '^[a-t]2?='
declare -a u; set | keep '^u'; u=(); set | keep '^u'; declare -p u
declare -n ref=x; set | keep ^ref; declare -n
declare -l lo=ABC; declare -u up=abc; set | keep '^(lo|up)='; declare -l; declare -u
fn() { local v=1; local -a w=(1 2); local; local -p; local -x; set | keep '^(FUNCNAME|v|w)='; declare -p v; }; fn
g2 () ( cd /; ); set | keep 'g2|cd'; declare | keep 'g2|cd'
UID=7; echo "not reached on this line"
PPID=7
EUID+=1
BASHOPTS=x
echo end
