exec {a}>/tmp/s16x1 {b}</dev/null; echo $a $b
echo hello >&$a; cat /tmp/s16x1
exec {a}>&-; echo x >&$a; echo "rc $?"
{ echo in >&$c; } {c}>/tmp/s16x2; echo "c=$c"; echo more >&$c; cat /tmp/s16x2
exec {d}<<< "text"; read -u $d line; echo "$line $d"; exec {d}<&-
exec {e}>&1; echo dup >&$e; exec {e}>&-
for i in 1 2; do exec {f}</dev/null; echo "f=$f"; done
echo to {h}>/tmp/s16x3; echo "h=$h"
readonly ro=1; exec {ro}>/dev/null; echo "rc $?"
exec {nope}</nosuch; echo "rc $?"
exec {z}>&-; echo "rc $?"
coproc_fd=5; exec {c}>&-; while read -r -u $b x; do :; done; echo ok
