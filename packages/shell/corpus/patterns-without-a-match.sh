shopt -s failglob
echo no*; echo not here
echo $?
for i in no*; do echo $i; done; echo not here
echo $?; x=no*; echo "$x"; y=(no* b); echo not here
echo ${#y[@]}; work() { echo no*; echo not here; }
work; echo not here
echo $?; (echo no*; echo not here); echo $?
[ -e no* ] || echo not here
echo $?; case no* in no*) echo matches;; esac; eval 'echo no*; echo not here'; echo after
if echo no*; then echo not here; else echo nor here; fi
echo $?; [ a = a ]; x=$(echo no*); echo "$? <$x>"; shopt -u failglob
set -e; shopt -s failglob; echo no* || echo not here; echo not here
