ln -s /proc/self/fd /dev/fd
cat <(echo a) <(echo b)
echo <(true) <(true)
echo <(true) && echo <(true)
f() { echo "in f: $1 $2"; cat "$1"; echo <(true); }
f <(echo hello) <(true)
while read x; do echo "got $x"; echo <(:); done < <(seq 3)
exec 3< <(echo persist); read -u 3 y; echo "$y"; exec 3<&-
echo to > >(sed 's/^/out: /'); sleep 0.1
tee >(wc -c) >/dev/null <<< "abc"; sleep 0.1
for i in <(true) x; do echo "i=$i"; done
[[ -p <(:) ]] && echo pipe
[ -e <(:) ] && echo exists
: <(exit 7); wait $!; echo "st $?"
cat "<(x)" 2>&1
case <(true) in /dev/fd/*) echo devfd;; esac
false < <(true); echo "rc $?"
read a b < <(echo 1 2); echo "$a-$b"
mapfile -t arr < <(seq 3); echo "${arr[*]}"
cat <(cat <(echo nested))
echo $BASHPID > /dev/null; : <(echo $BASH_SUBSHELL >&2)
sleep 0.1
wait; echo "done $?"
set -x; cat <(echo t); set +x
{ cat <(echo 1) ; echo <(:); } 
x=1; cat <(x=2; echo $x); echo $x
( echo <(:) ); echo $(cat <(echo sub))
trap 'echo bye' EXIT; : <(:)
sort -m <(printf 'a\nc\n') <(printf 'b\n')
set -e; cat <(false; echo after); echo end
