# Where the shell remembers programs to be: they run from there, even when $PATH would now lead elsewhere or they are gone.
mkdir -p /tmp/a /tmp/b
printf '#!/bin/bash\necho from b\n' > /tmp/b/prog; chmod +x /tmp/b/prog
PATH=/tmp/a:/tmp/b:$PATH
prog
printf '#!/bin/bash\necho from a\n' > /tmp/a/prog; chmod +x /tmp/a/prog
prog
( prog )
type prog
command -v prog
type -t prog
rm /tmp/b/prog
prog; echo "status $?"
hash -t prog
prog; echo "status $?"
( prog ); echo "status $?"
type prog
command -v prog; echo $?
env prog
hash -r
prog
PATH=/tmp/b:$PATH
printf '#!/bin/bash\necho from b\n' > /tmp/b/prog; chmod +x /tmp/b/prog
prog
chmod -x /tmp/b/prog
prog; echo "status $?"
hash -r
prog; echo "status $?"
rm -f /tmp/a/prog
prog; echo "status $?"
hash -p /tmp/b/prog prog
prog; echo "status $?"
rm /tmp/b/prog
( exec prog ); echo "exec $?"

hash -r
hash -t; echo $?; hash -d; echo $?; hash -p /x; echo $?; hash -p /tmp foo; echo $?; foo; echo $?; hash -t foo ls; hash ls; hash -t ls foo; hash -d ls; hash -t ls; hash -d nosuch; echo $?; hash /bin/ls; echo $?; hash /nosuch; echo $?; hash -r nosuch; echo $?; hash -q; echo $?; hash echo; echo $?; hash -x -t
hash -p /tmp/b/gone gone; gone; echo $?
